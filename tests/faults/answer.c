/* SPDX-License-Identifier: MIT */
/* What the fault server says, and how it leaves. */
#include "tests/faults/line.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "forms/mem.h"

#define LINGER_MS 2000

/* The second that begins SECONDS from now, by the client's clock. */
static char *date_at(const struct fault_clock *clock, long seconds)
{
	struct timespec now;
	int64_t ms = clock->ahead_ms + clock->wall_ms;
	time_t at;
	struct tm tm;
	char text[64];

	clock_gettime(CLOCK_REALTIME, &now);
	ms += (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	at = (time_t)((ms + 999) / 1000) + seconds;
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
	bool well = !fault->opens ||
		    line_put(line, fault->opens, strlen(fault->opens));

	if (fault->pause_ms) {
		well = line_drip(line, words, fault->pause_ms);
		free(words);
		return well;
	}
	if (at_once > count)
		at_once = count;
	for (size_t i = 0; i < at_once; i++)
		buf_add_text(&block, words);
	for (; well && count >= at_once; count -= at_once)
		well = line_put(line, block.data, block.len);
	for (; well && count; count--)
		well = line_put(line, words, strlen(words));
	buf_release(&block);
	free(words);
	return well;
}

/* A kept answer is marked. */
bool line_say_kept(struct line *line, const struct fault *fault)
{
	size_t first = strcspn(fault->say, "\n") + 1;

	return line_put(line, fault->say, first) &&
	       line_put(line, "X-Idempotency-Cached: true\r\n", 28) &&
	       line_put(line, fault->say + first, strlen(fault->say + first));
}

void line_note(struct line *line)
{
	struct fault_server *server = line->server;

	pthread_mutex_lock(&server->lock);
	server->ledger.list[line->seen] = line->entry;
	pthread_mutex_unlock(&server->lock);
}

bool line_answer(struct line *line)
{
	static const struct fault none = { .stores = true, .answers = true };
	const struct fault *fault = line->fault ? line->fault : &none;
	size_t len;

	if (fault->stores && !line_ask_provider(line))
		return false;
	if (fault->keeps) {
		pthread_mutex_lock(&line->server->lock);
		plan_keep(line->server, line->entry.key, fault);
		pthread_mutex_unlock(&line->server->lock);
	}
	line->entry.answered_ms = fault_clock_now(line->server->clock);
	line_note(line);
	if (fault->say && !say(line, fault))
		return false;
	line->server->clock->wall_ms += fault->wall_ms;
	len = fault->cut ? fault->cut : line->answer.len;
	return !fault->answers || line_put(line, line->answer.data, len);
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

	line_busy(line, false);
	while (fault_clock_now(server->clock) < due && !poll(&stop, 1, 2))
		;
}

/* Close in order: what is still coming is read, so that no reset overtakes
 * what was said. */
static void close_well(struct line *line)
{
	char rest[4096];

	line_busy(line, false);
	shutdown(line->fd, SHUT_WR);
	while (line_wait(line->server, line->fd, POLLIN) &&
	       recv(line->fd, rest, sizeof(rest), 0) > 0)
		;
}

/* True: more may follow on this connection. */
bool line_end(struct line *line)
{
	switch (line->fault ? line->fault->end : FAULT_KEEP) {
	case FAULT_KEEP:
		line_busy(line, false);
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
		line_busy(line, false);
		(void)line_wait(line->server, line->fd, POLLRDHUP);
		break;
	}
	return false;
}
