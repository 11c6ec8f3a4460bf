/* SPDX-License-Identifier: MIT */
/* A wall clock that is set while something waits, and the program begins
 * again: nothing waits longer than it was to, and nothing is lost. */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

#define YEAR_MS (365 * 24 * 3600 * INT64_C(1000))

#define LATER                                                        \
	"HTTP/1.1 429 X\r\nContent-Length: 0\r\nConnection: close\r" \
	"\n\r\n"

static const struct jumping {
	const char *name;
	int64_t set_back_ms; /* the clock; negative: it was set forward */
	int64_t least, most; /* what is waited for then */
} jumpings[] = {
	{ "it stays", 0, 1, 30000 },
	{ "a year back", YEAR_MS, 1, 30000 },
	{ "a year forward", -YEAR_MS, 0, 0 },
	{ "a day back", 24 * 3600 * INT64_C(1000), 1, 30000 },
};

/* How long the only item waits. */
static int64_t wait_of(struct bench *bench)
{
	const struct queue *queue = &bench->outbox->queue;
	int64_t wait;

	OK(outbox_pump(bench->outbox, &err));
	assert_int_equal(queue->count, 1);
	wait = queue->cases[0].items[0].due_ms - xfer_now();
	return wait > 0 ? wait : 0;
}

static void test_clock_keeps_waits(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_SAY(LATER) },
					 { DO_HEAD, DO_BODY, DO_HOLD } };
	const struct jumping *row = *state;
	struct bench bench;
	int64_t id;

	id = bench_selfie(&bench, &desk_provider, scripts, 2);
	while (!wire_server_requests(bench.server) || xfer_active(bench.xfer))
		bench_turn(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	/* As if it had been told to wait for half a minute. */
	bench_stop(&bench);
	desk_sql(&bench.desk, "UPDATE submissions SET next_ms = (SELECT"
			      " ended_ms + 30000 FROM attempts)");
	bench_start(&bench);
	bench_age(&bench, -row->set_back_ms);
	assert_in_range(wait_of(&bench), row->least, row->most);
	bench_close(&bench);
}

/* A key that seems to be of the future is not trusted, and the provider is
 * asked. */
static void test_clock_asks_in_doubt(void **state)
{
	static wire_script scripts[] = { LOSES, LISTS("{\"papers\":[]}"),
					 ANSWERS("204") };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 3);
	id = asker_submit(&bench.desk, asker_customer(&bench.desk, "{}"),
			  "SELFIE", DOC_SIDE_NONE, "a face", NULL);
	bench_drive_to(&bench, id, CASE_UNSURE);
	bench_stop(&bench);
	desk_sql(&bench.desk, "UPDATE submissions SET key_made_ms = key_made_ms"
			      " + 31536000000, next_ms = 0; UPDATE attempts SET"
			      " started_ms = started_ms - 60000,"
			      " ended_ms = ended_ms - 60000");
	bench_start(&bench);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 3);
	assert_non_null(strstr(wire_server_seen(bench.server, 1)->head, "GET"));
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_clock_keeps_waits, jumpings);
	test_add(&tests, "asks in doubt", test_clock_asks_in_doubt);
	return test_run(&tests, "cases/outbox, the clock set");
}
