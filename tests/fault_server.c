/* SPDX-License-Identifier: MIT */
/* A line to the practice server on which things go wrong. */
#include "tests/fault_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/faults/line.h"
#include "tests/test.h"

#define NARROW (16 << 10)

/* The clock. */

struct fault_clock *fault_clock_new(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	void *map = MAP_FAILED;

	if (fd >= 0 && !ftruncate(fd, sizeof(struct fault_clock)))
		map = mmap(NULL, sizeof(struct fault_clock),
			   PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fd >= 0)
		close(fd);
	return map == MAP_FAILED ? NULL : map;
}

void fault_clock_free(struct fault_clock *clock)
{
	if (clock)
		munmap(clock, sizeof(*clock));
}

int64_t fault_clock_now(const struct fault_clock *clock)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 +
	       clock->ahead_ms;
}

static int socket_at(unsigned *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int narrow = NARROW;

	/* Its connections inherit it: what is not read shall not fit between
	 * the two programs either. */
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &narrow, sizeof(narrow));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons((uint16_t)*port);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(fd, LINE_BACKLOG) ||
	    getsockname(fd, (struct sockaddr *)&address, &size))
		fail_msg("no port to listen at: %s", strerror(errno));
	*port = ntohs(address.sin_port);
	return fd;
}

static void begin(struct line *line, const char *first)
{
	struct fault_server *server = line->server;
	struct seen *entry = &line->entry;
	const char *path = strchr(first, ' ');
	size_t len = path ? strcspn(++path, " \r") : 0;

	*entry = (struct seen){ .connection = line->number };
	snprintf(entry->path, sizeof(entry->path), "%.*s", (int)len, path);
	len = strlen(entry->path);
	entry->upload = !strncmp(first, "POST ", 5) && len > 10 &&
			!strcmp(entry->path + len - 10, "/documents");
	entry->at_ms = fault_clock_now(server->clock);
	pthread_mutex_lock(&server->lock);
	line->fault = entry->fault = plan_choose(server, entry);
	line->seen = ledger_add(&server->ledger, entry);
	pthread_mutex_unlock(&server->lock);
}

/* One request; true: another may come. */
static bool serve_one(struct line *line)
{
	char first[1024];
	const struct fault *kept;
	size_t most = SIZE_MAX;

	if (!line_peek(line, first, sizeof(first)))
		return false;
	begin(line, first);
	if (line->fault && line->fault->when == FAULT_BEFORE_HEAD)
		return line_end(line);
	if (!line_read_head(line))
		return false;
	ledger_header(line->head, "Idempotency-Key", line->entry.key,
		      sizeof(line->entry.key));
	line->promised = line_length(line->head);
	if (line->fault && line->fault->when == FAULT_IN_BODY)
		most = line->fault->bytes;
	if (!line_read_body(line, most)) {
		line_note(line);
		return false;
	}
	if (line->body.len == line->promised)
		ledger_digest(&line->entry, line->head, buf_text(&line->body),
			      line->body.len);
	pthread_mutex_lock(&line->server->lock);
	kept = plan_kept(line->server, line->entry.key);
	pthread_mutex_unlock(&line->server->lock);
	line_note(line);
	if (kept && (!line->fault || line->fault->stores)) {
		line_busy(line, false);
		return line_say_kept(line, kept);
	}
	return line_answer(line) && line_end(line);
}

static void *serve(void *arg)
{
	struct line *line = arg;
	struct fault_server *server = line->server;

	while (serve_one(line))
		;
	line_busy(line, false);
	close(line->fd);
	buf_release(&line->body);
	buf_release(&line->answer);
	free(line);
	pthread_mutex_lock(&server->lock);
	server->open--;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

static void start_line(struct fault_server *server, int fd)
{
	struct line *line = mem_alloc(sizeof(*line));
	pthread_attr_t attr;
	pthread_t thread;

	line->server = server;
	line->fd = fd;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_mutex_lock(&server->lock);
	line->number = server->connections++;
	server->open++;
	pthread_mutex_unlock(&server->lock);
	if (pthread_create(&thread, &attr, serve, line))
		abort();
	pthread_attr_destroy(&attr);
}

static void hear_no_more(struct fault_server *server)
{
	if (!server->deaf || server->deafened)
		return;
	pthread_mutex_lock(&server->lock);
	server->deafened = true;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
}

static void *listen_on(void *arg)
{
	struct fault_server *server = arg;
	struct pollfd fds[] = { { .fd = server->stop[0], .events = POLLIN },
				{ .fd = server->other, .events = POLLIN },
				{ .fd = server->listener, .events = POLLIN } };

	for (;;) {
		hear_no_more(server);
		if (poll(fds, server->deaf ? 2 : 3, 100) < 0 && errno != EINTR)
			break;
		if (fds[0].revents)
			break;
		if (fds[1].revents) {
			close(accept(server->other, NULL, NULL));
			server->elsewhere++;
		}
		if (!server->deaf && fds[2].revents) {
			int fd = accept4(server->listener, NULL, NULL,
					 SOCK_CLOEXEC);

			if (fd >= 0)
				start_line(server, fd);
		}
		fds[1].revents = fds[2].revents = 0;
	}
	return NULL;
}

/* The door. */

struct fault_server *fault_server_new(unsigned port, struct fault_clock *clock)
{
	struct fault_server *server = mem_alloc(sizeof(*server));

	server->clock = clock;
	server->upstream = port;
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->changed, NULL);
	assert_int_equal(pipe2(server->stop, O_CLOEXEC), 0);
	server->listener = socket_at(&server->port);
	server->other = socket_at(&server->other_port);
	assert_int_equal(
		pthread_create(&server->thread, NULL, listen_on, server), 0);
	return server;
}

void fault_server_free(struct fault_server *server)
{
	if (!server)
		return;
	close(server->stop[1]);
	pthread_join(server->thread, NULL);
	pthread_mutex_lock(&server->lock);
	while (server->open)
		pthread_cond_wait(&server->changed, &server->lock);
	pthread_mutex_unlock(&server->lock);
	close(server->stop[0]);
	close(server->listener);
	close(server->other);
	while (server->filling_count)
		close(server->filling[--server->filling_count]);
	plan_release(server);
	ledger_release(&server->ledger);
	pthread_cond_destroy(&server->changed);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

unsigned fault_server_port(const struct fault_server *server)
{
	return server->port;
}

void fault_server_script(struct fault_server *server,
			 const struct fault *faults, size_t count)
{
	pthread_mutex_lock(&server->lock);
	server->script = faults;
	server->script_count = count;
	server->turn = 0;
	pthread_mutex_unlock(&server->lock);
}

void fault_server_random(struct fault_server *server,
			 const struct fault *faults, size_t count,
			 unsigned percent, unsigned seed)
{
	pthread_mutex_lock(&server->lock);
	server->chance = faults;
	server->chance_count = count;
	server->percent = percent;
	server->seed = seed;
	pthread_mutex_unlock(&server->lock);
}

void fault_server_keep_none(struct fault_server *server)
{
	server->keeps_none = true;
}

void fault_server_move(struct fault_server *server, unsigned port)
{
	server->upstream = port;
}

/* The kernel completes connections for us until its queue is full. */
void fault_server_deafen(struct fault_server *server)
{
	server->deaf = true;
	pthread_mutex_lock(&server->lock);
	while (!server->deafened)
		pthread_cond_wait(&server->changed, &server->lock);
	pthread_mutex_unlock(&server->lock);
	while (server->filling_count < LINE_BACKLOG * 2) {
		int fd = line_connect(server->port, SOCK_NONBLOCK);

		if (fd < 0)
			break;
		server->filling[server->filling_count++] = fd;
	}
}

struct fault_totals fault_server_check(struct fault_server *server)
{
	struct fault_totals totals = { 0 };
	const char *wrong = NULL;

	pthread_mutex_lock(&server->lock);
	totals.connections = server->connections;
	totals.elsewhere = server->elsewhere;
	wrong = ledger_check(&server->ledger, &totals);
	pthread_mutex_unlock(&server->lock);
	if (wrong)
		fail_msg("%s", wrong);
	assert_int_equal(totals.elsewhere, 0);
	return totals;
}

const char *fault_server_key(struct fault_server *server, size_t i)
{
	const struct seen *seen = ledger_upload(&server->ledger, i);

	return seen ? seen->key : "";
}

const char *fault_server_body(struct fault_server *server, size_t i)
{
	const struct seen *seen = ledger_upload(&server->ledger, i);

	return seen ? seen->body : "";
}
