/* SPDX-License-Identifier: MIT */
#include "tests/relay.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

#define LINES_MOST 1024
#define PATIENCE_S 60

struct line {
	struct relay *relay;
	pthread_t thread;
	int client;
	struct buf said;
};

struct relay {
	int listener;
	uint16_t port, to;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	size_t count, open; /* behind LOCK */
	struct line lines[LINES_MOST];
};

static struct sockaddr_in loopback(uint16_t port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons(port),
				     .sin_addr.s_addr =
					     htonl(INADDR_LOOPBACK) };
}

static int connect_to(uint16_t port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Some bytes from FROM to TO; false at an end. */
static bool hand_on(int from, int to, struct buf *keep)
{
	char some[16384];
	ssize_t got = read(from, some, sizeof(some));
	ssize_t gone = 0;

	if (got <= 0)
		return false;
	if (keep)
		buf_add(keep, some, (size_t)got);
	while (gone < got) {
		ssize_t now = send(to, some + gone, (size_t)(got - gone),
				   MSG_NOSIGNAL);

		if (now < 0)
			return false;
		gone += now;
	}
	return true;
}

static void *carry(void *arg)
{
	struct line *line = arg;
	struct relay *relay = line->relay;
	int server = connect_to(relay->to);
	struct pollfd fds[2] = { { .fd = line->client, .events = POLLIN },
				 { .fd = server, .events = POLLIN } };
	bool on = server >= 0;

	while (on && poll(fds, 2, -1) > 0) {
		if (fds[0].revents)
			on = hand_on(line->client, server, &line->said);
		if (on && fds[1].revents)
			on = hand_on(server, line->client, NULL);
	}
	if (server >= 0)
		close(server);
	/* Its number is not given again before the relay goes. */
	shutdown(line->client, SHUT_RDWR);
	pthread_mutex_lock(&relay->lock);
	relay->open--;
	pthread_cond_broadcast(&relay->ended);
	pthread_mutex_unlock(&relay->lock);
	return NULL;
}

static void *listen_on(void *arg)
{
	struct relay *relay = arg;
	int client;

	while ((client = accept4(relay->listener, NULL, NULL, SOCK_CLOEXEC)) >=
	       0) {
		struct line *line = &relay->lines[relay->count];

		if (relay->count == LINES_MOST) {
			close(client);
			continue;
		}
		line->relay = relay;
		line->client = client;
		pthread_mutex_lock(&relay->lock);
		relay->count++;
		relay->open++;
		pthread_mutex_unlock(&relay->lock);
		pthread_create(&line->thread, NULL, carry, line);
	}
	return NULL;
}

struct relay *relay_new(uint16_t port)
{
	struct relay *relay = mem_alloc(sizeof(*relay));
	struct sockaddr_in address = loopback(0);
	socklen_t len = sizeof(address);

	relay->to = port;
	relay->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(relay->listener >= 0);
	assert_int_equal(
		bind(relay->listener, (struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(relay->listener, 64), 0);
	assert_int_equal(
		getsockname(relay->listener, (struct sockaddr *)&address, &len),
		0);
	relay->port = ntohs(address.sin_port);
	pthread_mutex_init(&relay->lock, NULL);
	pthread_cond_init(&relay->ended, NULL);
	assert_int_equal(pthread_create(&relay->thread, NULL, listen_on, relay),
			 0);
	return relay;
}

void relay_free(struct relay *relay)
{
	if (!relay)
		return;
	shutdown(relay->listener, SHUT_RDWR);
	pthread_join(relay->thread, NULL);
	close(relay->listener);
	for (size_t i = 0; i < relay->count; i++) {
		shutdown(relay->lines[i].client, SHUT_RDWR);
		pthread_join(relay->lines[i].thread, NULL);
		close(relay->lines[i].client);
		buf_release(&relay->lines[i].said);
	}
	pthread_cond_destroy(&relay->ended);
	pthread_mutex_destroy(&relay->lock);
	free(relay);
}

uint16_t relay_port(const struct relay *relay)
{
	return relay->port;
}

const char *relay_said(struct relay *relay, size_t number, size_t *len)
{
	struct timespec end;
	bool all = false;
	size_t count = 0;
	int ret = 0;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += PATIENCE_S;
	pthread_mutex_lock(&relay->lock);
	while (relay->open && !ret)
		ret = pthread_cond_timedwait(&relay->ended, &relay->lock, &end);
	all = !relay->open;
	count = relay->count;
	pthread_mutex_unlock(&relay->lock);
	if (!all)
		fail_msg("a connection does not end");
	if (number >= count)
		return NULL;
	*len = relay->lines[number].said.len;
	return buf_text(&relay->lines[number].said);
}
