// SPDX-License-Identifier: MIT
/* A scripted HTTP server that cuts, stalls and lies. */
#include "tests/wire_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/test.h"

enum {
	CONNECTIONS_MOST = 64,
	REQUESTS_MOST = 256,
	KEPT = 1 << 20,
	HEAD_MOST = 64 << 10,
	DEADLINE_S = 10,
};

struct seen {
	struct wire_seen public;
	bool over; /* nothing more will be added */
};

struct wire_server {
	wire_script *scripts;
	size_t script_count;
	int listener, stop[2];
	unsigned port;
	char endpoint[64];
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool open, stopping;
	struct seen seen[REQUESTS_MOST];
	size_t seen_count;
	struct line {
		struct wire_server *server;
		pthread_t thread;
		unsigned number;
		int fd;
		struct seen *request;
		size_t promised;
		char *ahead; /* read, not yet used */
		size_t ahead_len;
	} lines[CONNECTIONS_MOST];
	unsigned line_count;
	pthread_t thread;
};

/* False: the server is ending. */
static bool wait_for(struct wire_server *server, int fd, short events)
{
	struct pollfd fds[2] = { { .fd = fd, .events = events },
				 { .fd = server->stop[0], .events = POLLIN } };

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	return !fds[1].revents;
}

static void finish_request(struct line *line)
{
	struct wire_server *server = line->server;

	if (!line->request)
		return;
	pthread_mutex_lock(&server->lock);
	line->request->over = true;
	line->request->public.whole =
		line->request->public.body_len == line->promised;
	line->request = NULL;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
}

static void note_body(struct line *line, const char *data, size_t len)
{
	struct wire_seen *seen = &line->request->public;
	size_t room = seen->body_len < KEPT ? KEPT - seen->body_len : 0;

	pthread_mutex_lock(&line->server->lock);
	if (!seen->body)
		seen->body = mem_alloc(
			(line->promised < KEPT ? line->promised : KEPT) + 1);
	if (room)
		memcpy(seen->body + seen->body_len, data,
		       room < len ? room : len);
	seen->body_len += len;
	pthread_mutex_unlock(&line->server->lock);
}

static size_t promised_by(const char *head)
{
	const char *at = strcasestr(head, "\r\nContent-Length:");

	return at ? strtoul(at + 17, NULL, 10) : 0;
}

static bool read_head(struct line *line)
{
	struct wire_server *server = line->server;
	char *head = mem_alloc(HEAD_MOST);
	size_t len = line->ahead_len;
	char *end;
	ssize_t got;

	finish_request(line);
	if (len)
		memcpy(head, line->ahead, len);
	line->ahead_len = 0;
	while (!(end = strstr(head, "\r\n\r\n"))) {
		if (len > HEAD_MOST / 2 || !wait_for(server, line->fd, POLLIN))
			break;
		got = recv(line->fd, head + len, HEAD_MOST - 1 - len, 0);
		if (got <= 0)
			break;
		len += (size_t)got;
		head[len] = '\0';
	}
	if (!end) {
		free(head);
		return false;
	}
	end += 4;
	line->ahead_len = len - (size_t)(end - head);
	free(line->ahead);
	line->ahead = mem_dup_n(end, line->ahead_len);
	*end = '\0';
	line->promised = promised_by(head);
	pthread_mutex_lock(&server->lock);
	assert_true(server->seen_count < REQUESTS_MOST);
	line->request = &server->seen[server->seen_count++];
	line->request->public.connection = line->number;
	line->request->public.head = mem_dup(head);
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	free(head);
	return true;
}

/* MOST bytes of the body; false when fewer came. */
static bool read_body(struct line *line, size_t most)
{
	static const size_t piece = 64 << 10;
	size_t left = line->promised - line->request->public.body_len;
	char *data = mem_alloc(piece);
	size_t use = 0;

	if (left > most)
		left = most;
	use = line->ahead_len < left ? line->ahead_len : left;
	if (use)
		note_body(line, line->ahead, use);
	line->ahead_len -= use;
	if (line->ahead_len)
		memmove(line->ahead, line->ahead + use, line->ahead_len);
	left -= use;
	while (left && wait_for(line->server, line->fd, POLLIN)) {
		ssize_t got =
			recv(line->fd, data, left < piece ? left : piece, 0);

		if (got <= 0)
			break;
		note_body(line, data, (size_t)got);
		left -= (size_t)got;
	}
	free(data);
	return !left;
}

/* With a narrow window the bytes wait in the sender's kernel. */
static bool drip(struct line *line, size_t pause_ms)
{
	struct pollfd stop = { .fd = line->server->stop[0], .events = POLLIN };
	int narrow = 32 << 10;
	const struct wire_seen *seen = &line->request->public;

	setsockopt(line->fd, SOL_SOCKET, SO_RCVBUF, &narrow, sizeof(narrow));
	while (seen->body_len < line->promised)
		if (poll(&stop, 1, (int)pause_ms) || !read_body(line, 8192))
			return false;
	return true;
}

static bool put(struct line *line, const char *text, size_t len)
{
	while (len) {
		ssize_t sent;

		if (!wait_for(line->server, line->fd, POLLOUT))
			return false;
		sent = send(line->fd, text, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno != EAGAIN)
			return false;
		text += sent > 0 ? sent : 0;
		len -= sent > 0 ? (size_t)sent : 0;
	}
	return true;
}

/* Many at a time: a million small writes take seconds. */
static bool say(struct line *line, const char *text, size_t count)
{
	size_t at_once = 1 + (64 << 10) / strlen(text);
	struct buf block = { 0 };
	bool well = true;

	count = count ? count : 1;
	if (at_once > count)
		at_once = count;
	for (size_t i = 0; i < at_once; i++)
		well = well && !buf_add_text(&block, text);
	for (; well && count >= at_once; count -= at_once)
		well = put(line, block.data, block.len);
	for (; well && count; count--)
		well = put(line, text, strlen(text));
	buf_release(&block);
	return well;
}

/* Nobody reads here: only that the other side left can be seen. */
static void hold(struct line *line)
{
	(void)wait_for(line->server, line->fd, POLLRDHUP);
}

static void wait_at_gate(struct wire_server *server)
{
	pthread_mutex_lock(&server->lock);
	while (!server->open && !server->stopping)
		pthread_cond_wait(&server->changed, &server->lock);
	pthread_mutex_unlock(&server->lock);
}

static void reset(struct line *line)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(line->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

/* False: the script is over. */
static bool play(struct line *line, const struct wire_step *step)
{
	switch (step->act) {
	case WIRE_HEAD:
		return read_head(line);
	case WIRE_BODY:
		return read_body(line, SIZE_MAX);
	case WIRE_SOME:
		return read_body(line, step->count);
	case WIRE_DRIP:
		return drip(line, step->count);
	case WIRE_SAY:
		return say(line, step->text, step->count);
	case WIRE_RESET:
		reset(line);
		return false;
	case WIRE_HOLD:
		hold(line);
		return false;
	case WIRE_GATE:
		wait_at_gate(line->server);
		return true;
	case WIRE_AGAIN:
		return true;
	case WIRE_END:
		break;
	}
	return false;
}

static void *serve(void *arg)
{
	struct line *line = arg;
	size_t n = line->server->script_count;
	const struct wire_step *script =
		line->server->scripts[line->number < n ? line->number : n - 1];
	size_t i = 0;

	while (i < WIRE_STEPS && play(line, &script[i]))
		i = script[i].act == WIRE_AGAIN ? 0 : i + 1;
	finish_request(line);
	close(line->fd);
	free(line->ahead);
	return NULL;
}

static void *listen_on(void *arg)
{
	struct wire_server *server = arg;

	while (wait_for(server, server->listener, POLLIN)) {
		int fd = accept(server->listener, NULL, NULL);
		struct line *line;

		if (fd < 0)
			continue;
		pthread_mutex_lock(&server->lock);
		assert_true(server->line_count < CONNECTIONS_MOST);
		line = &server->lines[server->line_count];
		line->number = server->line_count++;
		line->server = server;
		line->fd = fd;
		pthread_create(&line->thread, NULL, serve, line);
		pthread_mutex_unlock(&server->lock);
	}
	return NULL;
}

struct wire_server *wire_server_new(wire_script *scripts, size_t count)
{
	struct wire_server *server = mem_alloc(sizeof(*server));
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);

	server->scripts = scripts;
	server->script_count = count;
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->changed, NULL);
	assert_int_equal(pipe(server->stop), 0);
	server->listener = socket(AF_INET, SOCK_STREAM, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(server->listener, (struct sockaddr *)&address,
			      sizeof(address)),
			 0);
	assert_int_equal(listen(server->listener, CONNECTIONS_MOST), 0);
	getsockname(server->listener, (struct sockaddr *)&address, &size);
	server->port = ntohs(address.sin_port);
	snprintf(server->endpoint, sizeof(server->endpoint),
		 "http://127.0.0.1:%u", server->port);
	pthread_create(&server->thread, NULL, listen_on, server);
	return server;
}

void wire_server_free(struct wire_server *server)
{
	if (!server)
		return;
	pthread_mutex_lock(&server->lock);
	server->stopping = true;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	close(server->stop[1]);
	pthread_join(server->thread, NULL);
	for (unsigned i = 0; i < server->line_count; i++)
		pthread_join(server->lines[i].thread, NULL);
	close(server->stop[0]);
	close(server->listener);
	for (size_t i = 0; i < server->seen_count; i++) {
		free(server->seen[i].public.head);
		free(server->seen[i].public.body);
	}
	pthread_cond_destroy(&server->changed);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

unsigned wire_server_port(const struct wire_server *server)
{
	return server->port;
}

const char *wire_server_endpoint(const struct wire_server *server)
{
	return server->endpoint;
}

unsigned wire_server_connections(struct wire_server *server)
{
	unsigned count;

	pthread_mutex_lock(&server->lock);
	count = server->line_count;
	pthread_mutex_unlock(&server->lock);
	return count;
}

unsigned wire_server_requests(struct wire_server *server)
{
	size_t count;

	pthread_mutex_lock(&server->lock);
	count = server->seen_count;
	pthread_mutex_unlock(&server->lock);
	return (unsigned)count;
}

const struct wire_seen *wire_server_seen(struct wire_server *server, size_t i)
{
	struct timespec end;
	bool there;
	int late = 0;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += DEADLINE_S;
	pthread_mutex_lock(&server->lock);
	while (!(there = i < server->seen_count && server->seen[i].over) &&
	       !late)
		late = pthread_cond_timedwait(&server->changed, &server->lock,
					      &end);
	pthread_mutex_unlock(&server->lock);
	assert_true(there);
	return &server->seen[i].public;
}

void wire_server_open(struct wire_server *server)
{
	pthread_mutex_lock(&server->lock);
	server->open = true;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
}
