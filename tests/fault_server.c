/* SPDX-License-Identifier: MIT */
/* A line to the practice server on which things go wrong. */
#include "tests/fault_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/faults/ledger.h"
#include "tests/test.h"

#define HEAD_MOST  ((size_t)16 << 10)
#define BODY_MOST  ((size_t)4 << 20)
#define BACKLOG	   64
#define LINGER_MS  2000
#define NARROW	   (16 << 10)
#define PROVIDER_S 20 /* only a broken practice server takes longer */

struct kept {
	char key[80];
	const struct fault *fault;
	struct kept *next;
};

struct tried {
	char *path;
	unsigned times;
};

struct fault_server {
	struct fault_clock *clock;
	unsigned upstream;
	int listener, other; /* sockets */
	unsigned port, other_port;
	int stop[2];
	bool deaf;
	bool keeps_none;
	int filling[BACKLOG * 2]; /* connections that nobody takes */
	size_t filling_count;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned open, connections, elsewhere;
	struct ledger ledger;
	struct kept *kept;
	/* The plan. */
	const struct fault *script, *chance;
	size_t script_count, chance_count, turn;
	unsigned percent, seed;
	struct tried *tried;
	size_t tried_count;
};

/* One connection, and the request that is being read on it. */
struct line {
	struct fault_server *server;
	unsigned number;
	int fd;
	bool busy;
	char head[HEAD_MOST];
	size_t head_len;
	struct buf body;
	size_t promised;
	const struct fault *fault;
	size_t seen; /* its place in the ledger */
	struct seen entry;
	struct buf answer; /* the provider's */
};

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

/* While somebody is at work for the client, its time does not leap. */
static void set_busy(struct line *line, bool busy)
{
	if (line->busy != busy)
		line->server->clock->busy += busy ? 1 : -1;
	line->busy = busy;
}

/* Sockets. */

/* False: the server is ending. */
static bool wait_for(struct fault_server *server, int fd, short events)
{
	struct pollfd fds[2] = { { .fd = fd, .events = events },
				 { .fd = server->stop[0], .events = POLLIN } };

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	return !fds[1].revents;
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

/* Each byte when the client's clock says so. */
static bool drip(struct line *line, const char *text, unsigned pause_ms)
{
	struct fault_server *server = line->server;
	struct pollfd stop = { .fd = server->stop[0], .events = POLLIN };

	set_busy(line, false);
	for (; *text; text++) {
		int64_t due = fault_clock_now(server->clock) + pause_ms;

		while (fault_clock_now(server->clock) < due)
			if (poll(&stop, 1, 2))
				return false;
		if (!put(line, text, 1))
			return false;
	}
	return true;
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
	    listen(fd, BACKLOG) ||
	    getsockname(fd, (struct sockaddr *)&address, &size))
		fail_msg("no port to listen at: %s", strerror(errno));
	*port = ntohs(address.sin_port);
	return fd;
}

static int connect_to(unsigned port, int flags)
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
static bool peek(struct line *line, char *out, size_t size)
{
	for (;;) {
		ssize_t got;

		if (!wait_for(line->server, line->fd, POLLIN))
			return false;
		set_busy(line, true);
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

static bool read_head(struct line *line)
{
	char *end = NULL;
	size_t len = 0;

	while (!end) {
		ssize_t got;

		if (len == HEAD_MOST - 1 ||
		    !wait_for(line->server, line->fd, POLLIN))
			return false;
		got = recv(line->fd, line->head + len, HEAD_MOST - 1 - len, 0);
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
static bool read_body(struct line *line, size_t most)
{
	size_t want = line->promised < most ? line->promised : most;
	char piece[16384];

	while (line->body.len < want) {
		size_t left = want - line->body.len;
		ssize_t got;

		if (!wait_for(line->server, line->fd, POLLIN))
			return false;
		got = recv(line->fd, piece,
			   left < sizeof(piece) ? left : sizeof(piece), 0);
		if (got <= 0 || buf_add(&line->body, piece, (size_t)got))
			return false;
	}
	return true;
}

/* The plan. */

static unsigned mix(unsigned seed, const char *text, unsigned times)
{
	uint32_t hash = 2166136261u ^ seed * 2654435761u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	hash = (hash ^ times) * 16777619u;
	hash ^= hash >> 15;
	hash *= 2246822519u;
	hash ^= hash >> 13;
	return hash;
}

static unsigned count_try(struct fault_server *server, const char *path)
{
	for (size_t i = 0; i < server->tried_count; i++)
		if (strcmp(server->tried[i].path, path) == 0)
			return ++server->tried[i].times;
	server->tried = mem_grow(server->tried, server->tried_count,
				 sizeof(*server->tried));
	server->tried[server->tried_count++] =
		(struct tried){ .path = mem_dup(path) };
	return 0;
}

/* Which fault a request gets; its line tells. */
static const struct fault *choose(struct fault_server *server,
				  const struct seen *entry)
{
	unsigned dice;

	if (entry->upload && server->turn < server->script_count)
		return &server->script[server->turn++];
	if (!server->percent)
		return NULL;
	dice = mix(server->seed, entry->path, count_try(server, entry->path));
	if (dice % 100 >= server->percent)
		return NULL;
	return &server->chance[dice / 100 % server->chance_count];
}

/* What the provider keeps under this key, if it was told to. */
static const struct fault *kept_under(struct fault_server *server,
				      const char *key)
{
	for (struct kept *kept = server->kept; kept; kept = kept->next)
		if (*key && strcmp(kept->key, key) == 0)
			return kept->fault;
	return NULL;
}

/* Unless it holds the provider's own answer by now: then this one came from
 * somebody in between. */
static void keep(struct fault_server *server, const char *key,
		 const struct fault *fault)
{
	struct kept *kept = NULL;

	if (ledger_answered(&server->ledger, key) && !fault->stores)
		return;
	kept = mem_alloc(sizeof(*kept));

	snprintf(kept->key, sizeof(kept->key), "%s", key);
	kept->fault = fault;
	kept->next = server->kept;
	server->kept = kept;
}

/* Asking the provider. */

static size_t length_in(const char *head)
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
						  length_in(answer->data))
			return true;
		got = recv(fd, piece, sizeof(piece), 0);
		if (got <= 0 || buf_add(answer, piece, (size_t)got))
			return false;
	}
}

/* The provider gets it; false: it gave no answer. */
static bool ask_provider(struct line *line)
{
	int fd = connect_to(line->server->upstream, 0);
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

/* Answering. */

static char *date_at(const struct fault_clock *clock, long seconds)
{
	int64_t ms = clock->ahead_ms + clock->wall_ms;
	time_t at = time(NULL) + (time_t)(ms / 1000) + 1 + seconds;
	struct tm tm;
	char text[64];

	gmtime_r(&at, &tm);
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	return mem_dup(text);
}

/* What stands in FAULT, with "OTHER" and "DATE+N" replaced. */
static char *words_of(struct fault_server *server, const char *say)
{
	const char *other = strstr(say, "OTHER");
	const char *date = strstr(say, "DATE");
	char *moment = NULL, *all = NULL, *end = NULL;

	if (other)
		return mem_printf("%.*s%u%s", (int)(other - say), say,
				  server->other_port, other + 5);
	if (!date)
		return mem_dup(say);
	moment = date_at(server->clock, strtol(date + 4, &end, 10));
	all = mem_printf("%.*s%s%s", (int)(date - say), say, moment, end);
	free(moment);
	return all;
}

/* Many at a time: a million small writes take seconds. */
static bool say(struct line *line, const struct fault *fault)
{
	char *words = words_of(line->server, fault->say);
	size_t count = fault->times ? fault->times : 1;
	size_t at_once = 1 + (64 << 10) / (strlen(words) + 1);
	struct buf block = { 0 };
	bool well =
		!fault->opens || put(line, fault->opens, strlen(fault->opens));

	if (fault->pause_ms) {
		well = drip(line, words, fault->pause_ms);
		free(words);
		return well;
	}
	if (at_once > count)
		at_once = count;
	for (size_t i = 0; i < at_once; i++)
		buf_add_text(&block, words);
	for (; well && count >= at_once; count -= at_once)
		well = put(line, block.data, block.len);
	for (; well && count; count--)
		well = put(line, words, strlen(words));
	buf_release(&block);
	free(words);
	return well;
}

/* A kept answer is marked. */
static bool say_kept(struct line *line, const struct fault *fault)
{
	size_t first = strcspn(fault->say, "\n") + 1;

	return put(line, fault->say, first) &&
	       put(line, "X-Idempotency-Cached: true\r\n", 28) &&
	       put(line, fault->say + first, strlen(fault->say + first));
}

static void note(struct line *line)
{
	struct fault_server *server = line->server;

	pthread_mutex_lock(&server->lock);
	server->ledger.list[line->seen] = line->entry;
	pthread_mutex_unlock(&server->lock);
}

static bool answer(struct line *line)
{
	static const struct fault none = { .stores = true, .answers = true };
	const struct fault *fault = line->fault ? line->fault : &none;
	size_t len;

	if (fault->stores && !ask_provider(line))
		return false;
	if (fault->keeps) {
		pthread_mutex_lock(&line->server->lock);
		keep(line->server, line->entry.key, fault);
		pthread_mutex_unlock(&line->server->lock);
	}
	line->entry.answered_ms = fault_clock_now(line->server->clock);
	note(line);
	if (fault->say && !say(line, fault))
		return false;
	line->server->clock->wall_ms += fault->wall_ms;
	len = fault->cut ? fault->cut : line->answer.len;
	return !fault->answers || put(line, line->answer.data, len);
}

static void reset(struct line *line)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(line->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

/* Whoever answers before it has read takes nothing for a while. */
static void linger(struct line *line)
{
	struct fault_server *server = line->server;
	struct pollfd stop = { .fd = server->stop[0], .events = POLLIN };
	int64_t due = fault_clock_now(server->clock) + LINGER_MS;

	set_busy(line, false);
	while (fault_clock_now(server->clock) < due && !poll(&stop, 1, 2))
		;
}

/* Close in order: what is still coming is read, so that no reset overtakes
 * what was said. */
static void close_well(struct line *line)
{
	char rest[4096];

	set_busy(line, false);
	shutdown(line->fd, SHUT_WR);
	while (wait_for(line->server, line->fd, POLLIN) &&
	       recv(line->fd, rest, sizeof(rest), 0) > 0)
		;
}

/* True: more may follow on this connection. */
static bool end(struct line *line)
{
	switch (line->fault ? line->fault->end : FAULT_KEEP) {
	case FAULT_KEEP:
		set_busy(line, false);
		return !line->server->keeps_none;
	case FAULT_CLOSE:
		if (line->fault->when == FAULT_IN_BODY && line->fault->say)
			linger(line);
		if (line->fault->say || line->fault->answers)
			close_well(line);
		break;
	case FAULT_RESET:
		reset(line);
		break;
	case FAULT_STALL:
		set_busy(line, false);
		(void)wait_for(line->server, line->fd, POLLRDHUP);
		break;
	}
	return false;
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
	line->fault = entry->fault = choose(server, entry);
	line->seen = ledger_add(&server->ledger, entry);
	pthread_mutex_unlock(&server->lock);
}

/* One request; true: another may come. */
static bool serve_one(struct line *line)
{
	char first[1024];
	const struct fault *kept;
	size_t most = SIZE_MAX;

	if (!peek(line, first, sizeof(first)))
		return false;
	begin(line, first);
	if (line->fault && line->fault->when == FAULT_BEFORE_HEAD)
		return end(line);
	if (!read_head(line))
		return false;
	ledger_header(line->head, "Idempotency-Key", line->entry.key,
		      sizeof(line->entry.key));
	line->promised = length_in(line->head);
	if (line->fault && line->fault->when == FAULT_IN_BODY)
		most = line->fault->bytes;
	if (!read_body(line, most)) {
		note(line);
		return false;
	}
	if (line->body.len == line->promised)
		ledger_digest(&line->entry, line->head, buf_text(&line->body),
			      line->body.len);
	pthread_mutex_lock(&line->server->lock);
	kept = kept_under(line->server, line->entry.key);
	pthread_mutex_unlock(&line->server->lock);
	note(line);
	if (kept && (!line->fault || line->fault->stores)) {
		set_busy(line, false);
		return say_kept(line, kept);
	}
	return answer(line) && end(line);
}

static void *serve(void *arg)
{
	struct line *line = arg;
	struct fault_server *server = line->server;

	while (serve_one(line))
		;
	set_busy(line, false);
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

static void *listen_on(void *arg)
{
	struct fault_server *server = arg;
	struct pollfd fds[] = { { .fd = server->stop[0], .events = POLLIN },
				{ .fd = server->other, .events = POLLIN },
				{ .fd = server->listener, .events = POLLIN } };

	for (;;) {
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
	while (server->kept) {
		struct kept *next = server->kept->next;

		free(server->kept);
		server->kept = next;
	}
	for (size_t i = 0; i < server->tried_count; i++)
		free(server->tried[i].path);
	free(server->tried);
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
	while (server->filling_count < BACKLOG * 2) {
		int fd = connect_to(server->port, SOCK_NONBLOCK);

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
