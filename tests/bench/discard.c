/* SPDX-License-Identifier: MIT */
/*
 * A server that discards: it reads requests as fast as the system hands them
 * over, keeps nothing, and answers each alike. One process, no threads; what
 * it saw is counted where its parent can read it.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/test.h"

#define PEERS	   64
#define HEAD_BYTES 16384
#define AT_ONCE	   (1 << 20)

struct peer {
	char head[HEAD_BYTES];
	size_t head_len;
	uint64_t left; /* of the body */
	bool in_body;
};

static struct bench_seen *seen;
static const char *answer;
static pid_t server;
static char endpoint[64];

static int listen_on(unsigned *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) ||
	    listen(fd, 128) || getsockname(fd, (struct sockaddr *)&at, &size))
		fail_msg("no port to listen on");
	*port = ntohs(at.sin_port);
	return fd;
}

static bool say(int fd)
{
	seen->requests++;
	return send(fd, answer, strlen(answer), MSG_NOSIGNAL) ==
	       (ssize_t)strlen(answer);
}

/* A head is whole: how long is the body? What came behind it is part of it. */
static bool begin_body(int fd, struct peer *peer, char *end)
{
	const char *length = strcasestr(peer->head, "\r\nContent-Length:");
	size_t behind = 0;

	end += 4;
	behind = (size_t)(peer->head + peer->head_len - end);
	peer->left =
		length && length < end ? strtoull(length + 17, NULL, 10) : 0;
	if (behind > peer->left)
		return false;
	peer->left -= behind;
	seen->bytes += behind;
	peer->head_len = 0;
	peer->in_body = peer->left > 0;
	return peer->in_body || say(fd);
}

/* False: the connection is over. */
static bool serve(int fd, struct peer *peer)
{
	char *end = NULL;
	ssize_t got = 0;

	if (peer->in_body) {
		/* Taken off the queue without being copied. */
		got = recv(fd, NULL,
			   peer->left < AT_ONCE ? (size_t)peer->left : AT_ONCE,
			   MSG_TRUNC | MSG_DONTWAIT);
		if (got <= 0)
			return got < 0 && (errno == EAGAIN || errno == EINTR);
		peer->left -= (uint64_t)got;
		seen->bytes += (uint64_t)got;
		peer->in_body = peer->left > 0;
		return peer->in_body || say(fd);
	}
	got = recv(fd, peer->head + peer->head_len,
		   HEAD_BYTES - 1 - peer->head_len, MSG_DONTWAIT);
	if (got <= 0)
		return got < 0 && (errno == EAGAIN || errno == EINTR);
	peer->head_len += (size_t)got;
	peer->head[peer->head_len] = '\0';
	end = strstr(peer->head, "\r\n\r\n");
	if (!end)
		return peer->head_len < HEAD_BYTES - 1;
	return begin_body(fd, peer, end);
}

static void be_server(int listener)
{
	static struct peer peers[PEERS];
	struct pollfd fds[PEERS + 1] = { { .fd = listener, .events = POLLIN } };
	nfds_t count = 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		if (poll(fds, count, -1) < 0)
			continue;
		for (nfds_t i = count; i-- > 1;) {
			if (!fds[i].revents || serve(fds[i].fd, &peers[i - 1]))
				continue;
			close(fds[i].fd);
			fds[i] = fds[--count];
			peers[i - 1] = peers[count - 1];
		}
		if (fds[0].revents && count <= PEERS) {
			int fd = accept(listener, NULL, NULL);

			if (fd < 0)
				continue;
			seen->connections++;
			(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY,
					 &(int){ 1 }, sizeof(int));
			memset(&peers[count - 1], 0, sizeof(*peers));
			fds[count++] =
				(struct pollfd){ .fd = fd, .events = POLLIN };
		}
	}
}

const char *bench_discard_start(const char *says)
{
	unsigned port = 0;
	int listener = listen_on(&port);

	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(seen, MAP_FAILED);
	answer = says;
	server = fork();
	assert_true(server >= 0);
	if (!server) {
		be_server(listener);
		_exit(0);
	}
	close(listener);
	snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u", port);
	return endpoint;
}

struct bench_seen bench_discard_seen(void)
{
	struct bench_seen now = *seen;

	memset(seen, 0, sizeof(*seen));
	return now;
}

void bench_discard_stop(void)
{
	if (server <= 0)
		return;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	server = 0;
	munmap(seen, sizeof(*seen));
}
