/* SPDX-License-Identifier: MIT */
/* One connection of the fault server: its socket, what is read from it, and
 * the provider's server behind. */
#include "tests/faults/line.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forms/mem.h"

#define BODY_MOST  ((size_t)4 << 20)
#define PROVIDER_S 20 /* only a broken practice server takes longer */

void line_busy(struct line *line, bool busy)
{
	if (line->busy != busy)
		line->server->clock->busy += busy ? 1 : -1;
	line->busy = busy;
}

/* Sockets. */

bool line_wait(struct fault_server *server, int fd, short events)
{
	struct pollfd fds[2] = { { .fd = fd, .events = events },
				 { .fd = server->stop[0], .events = POLLIN } };

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	return !fds[1].revents;
}

bool line_put(struct line *line, const char *text, size_t len)
{
	while (len) {
		ssize_t sent;

		if (!line_wait(line->server, line->fd, POLLOUT))
			return false;
		sent = send(line->fd, text, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno != EAGAIN)
			return false;
		text += sent > 0 ? sent : 0;
		len -= sent > 0 ? (size_t)sent : 0;
	}
	return true;
}

/* Each byte when the client's clock says so. */
bool line_drip(struct line *line, const char *text, unsigned pause_ms)
{
	struct fault_server *server = line->server;
	struct pollfd stop = { .fd = server->stop[0], .events = POLLIN };

	line_busy(line, false);
	for (; *text; text++) {
		int64_t due = fault_clock_now(server->clock) + pause_ms;

		while (fault_clock_now(server->clock) < due)
			if (poll(&stop, 1, 2))
				return false;
		if (!line_put(line, text, 1))
			return false;
	}
	return true;
}

int line_connect(unsigned port, int flags)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);

	if (fd >= 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) &&
	    errno != EINPROGRESS) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Reading a request. */

/* The request's first line, without taking it from the socket. */
bool line_peek(struct line *line, char *out, size_t size)
{
	for (;;) {
		ssize_t got;

		if (!line_wait(line->server, line->fd, POLLIN))
			return false;
		line_busy(line, true);
		got = recv(line->fd, out, size - 1, MSG_PEEK);
		if (got <= 0)
			return false;
		out[got] = '\0';
		if (strstr(out, "\r\n"))
			return true;
		if ((size_t)got == size - 1)
			return false;
	}
}

bool line_read_head(struct line *line)
{
	char *end = NULL;
	size_t len = 0;

	while (!end) {
		ssize_t got;

		if (len == LINE_HEAD_MOST - 1 ||
		    !line_wait(line->server, line->fd, POLLIN))
			return false;
		got = recv(line->fd, line->head + len, LINE_HEAD_MOST - 1 - len,
			   0);
		if (got <= 0)
			return false;
		len += (size_t)got;
		line->head[len] = '\0';
		end = strstr(line->head, "\r\n\r\n");
	}
	end += 4;
	line->head_len = (size_t)(end - line->head);
	buf_reset(&line->body);
	line->body.max = BODY_MOST;
	if (buf_add(&line->body, end, len - line->head_len))
		return false;
	*end = '\0';
	return true;
}

/* Up to MOST bytes of the body; false when they do not come. */
bool line_read_body(struct line *line, size_t most)
{
	size_t want = line->promised < most ? line->promised : most;
	char piece[16384];

	while (line->body.len < want) {
		size_t left = want - line->body.len;
		ssize_t got;

		if (!line_wait(line->server, line->fd, POLLIN))
			return false;
		got = recv(line->fd, piece,
			   left < sizeof(piece) ? left : sizeof(piece), 0);
		if (got <= 0 || buf_add(&line->body, piece, (size_t)got))
			return false;
	}
	return true;
}

/* Asking the provider. */

size_t line_length(const char *head)
{
	char length[32];

	ledger_header(head, "Content-Length", length, sizeof(length));
	return strtoul(length, NULL, 10);
}

static bool pass_on(struct line *line, int fd)
{
	struct timeval patience = { .tv_sec = PROVIDER_S };
	const char *parts[] = { line->head, buf_text(&line->body) };
	size_t lens[] = { line->head_len, line->body.len };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	for (size_t i = 0; i < 2; i++)
		while (lens[i]) {
			ssize_t sent =
				send(fd, parts[i], lens[i], MSG_NOSIGNAL);

			if (sent <= 0)
				return false;
			parts[i] += sent;
			lens[i] -= (size_t)sent;
		}
	return true;
}

static bool read_answer(struct line *line, int fd)
{
	struct buf *answer = &line->answer;
	char piece[16384];

	buf_reset(answer);
	for (;;) {
		const char *end = strstr(buf_text(answer), "\r\n\r\n");
		ssize_t got;

		if (end && answer->len >= (size_t)(end + 4 - answer->data) +
						  line_length(answer->data))
			return true;
		got = recv(fd, piece, sizeof(piece), 0);
		if (got <= 0 || buf_add(answer, piece, (size_t)got))
			return false;
	}
}

/* The provider gets it; false: it gave no answer. */
bool line_ask_provider(struct line *line)
{
	int fd = line_connect(line->server->upstream, 0);
	bool well = fd >= 0 && pass_on(line, fd) && read_answer(line, fd);
	char cached[8] = "";

	if (fd >= 0)
		close(fd);
	if (!well)
		return false;
	sscanf(line->answer.data, "HTTP/1.1 %d", &line->entry.status);
	ledger_header(line->answer.data, "X-Idempotency-Cached", cached,
		      sizeof(cached));
	line->entry.cached = strcmp(cached, "true") == 0;
	return true;
}
