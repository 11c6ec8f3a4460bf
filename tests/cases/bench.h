/* SPDX-License-Identifier: MIT */
/* A desk with an outbox, and a server that follows a script. */
#ifndef TESTS_CASES_BENCH_H
#define TESTS_CASES_BENCH_H

#include "cases/outbox.h"
#include "tests/cases/desk.h"
#include "tests/wire_server.h"

#define BENCH_DEADLINE_MS 20000

#define ANSWER(status)                                   \
	"HTTP/1.1 " status " X\r\nContent-Length: 0\r\n" \
	"Connection: close\r\n\r\n"
#define ANSWERS(status)                                  \
	{                                                \
		DO_HEAD, DO_BODY, DO_SAY(ANSWER(status)) \
	}
/* The answer never comes. */
#define LOSES                              \
	{                                  \
		DO_HEAD, DO_BODY, DO_RESET \
	}
/* Answers a question with JSON. */
#define LISTS(json)                                                            \
	{                                                                      \
		DO_HEAD, DO_SAY("HTTP/1.1 200 X\r\nConnection: close\r\n"      \
				"Content-Type: application/json\r\n\r\n" json) \
	}

struct bench {
	struct desk desk;
	struct wire_server *server;
	struct xfer *xfer;
	struct outbox *outbox;
	unsigned changes;
};

void bench_open(struct bench *bench, const struct provider *provider,
		wire_script *scripts, size_t count);
/* The same, with a selfie of a customer queued: its submission. */
int64_t bench_selfie(struct bench *bench, const struct provider *provider,
		     wire_script *scripts, size_t count);
void bench_close(struct bench *bench);

/* The outbox alone, as if a program ended and another began. */
void bench_stop(struct bench *bench);
void bench_start(struct bench *bench);

/* One turn of the loop; until nothing goes on by itself any more; until ID is
 * in STATE. */
void bench_turn(struct bench *bench);
void bench_drive(struct bench *bench);
void bench_drive_to(struct bench *bench, int64_t id, enum case_state state);

/* As if MS had passed since everything that was noted. */
void bench_age(struct bench *bench, int64_t ms);

/* The idempotency key of request I; free() it. */
char *bench_key(struct bench *bench, size_t i);

/* What desk_child() does: send what STATE holds until it is killed. Writes
 * when submission 1 waits for its answer. */
int bench_child(const struct provider *provider, const char *state,
		const char *endpoint);

/* Start such a child, wait until its request is out, and kill it. */
void bench_kill_sending(struct bench *bench);

#endif
