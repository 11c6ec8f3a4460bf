/* SPDX-License-Identifier: MIT */
/* Many items, and a provider that is away, busy, or comes back. A minute is
 * counted and not waited for: what waits for its time is made due. */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

#define ITEMS	  500
#define MINUTE_MS 60000

#define KEEPS(status)                                              \
	{                                                          \
		DO_HEAD, DO_BODY,                                  \
			DO_SAY("HTTP/1.1 " status                  \
			       " X\r\nContent-Length: 0\r\n\r\n"), \
			DO_AGAIN                                   \
	}

/* Each of a customer of its own, that nothing waits for another. */
static void queue_many(struct bench *bench, unsigned count)
{
	OK(case_store_begin(bench->desk.store, &err));
	for (unsigned i = 0; i < count; i++) {
		char *id = mem_printf("c%u", i);

		desk_submit(&bench->desk, desk_customer(&bench->desk, id, id),
			    "SELFIE", DOC_SIDE_NONE, "a");
		free(id);
	}
	OK(case_store_commit(bench->desk.store, &err));
}

/* Turn until nothing more goes but by time. */
static void settle_down(struct bench *bench)
{
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;

	while (!bench->outbox->budget.probing || xfer_active(bench->xfer) ||
	       bench->outbox->budget.in_flight) {
		assert_true(xfer_now() < deadline);
		bench_turn(bench);
	}
}

/* As if the time of the next probe had come; returns how long that was. */
static int64_t skip_to_probe(struct bench *bench)
{
	struct budget *budget = &bench->outbox->budget;
	int64_t wait = budget->probe_ms - xfer_now();
	unsigned before = budget->probes;
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;

	budget->probe_ms = 0;
	bench->outbox->idle = false;
	while (budget->probes == before && budget->probing) {
		assert_true(xfer_now() < deadline);
		bench_turn(bench);
	}
	while (xfer_active(bench->xfer))
		bench_turn(bench);
	return wait > 0 ? wait : 0;
}

static const struct dying {
	const char *name;
	struct wire_step script[WIRE_STEPS];
	bool asks;
} dyings[] = {
	{ .name = "away", .script = KEEPS("503") },
	{ .name = "too many", .script = KEEPS("429") },
	{ .name = "away, and it is asked first",
	  .script = KEEPS("503"),
	  .asks = true },
	{ .name = "never answers", .script = { DO_HEAD, DO_BODY, DO_RESET } },
};

static void test_dead_is_not_hammered(void **state)
{
	const struct dying *row = *state;
	struct outbox_totals totals;
	struct provider provider;
	struct bench bench;
	int64_t passed = 0;

	asker_make(&provider, row->asks, true);
	if (!row->asks)
		provider = desk_provider;
	bench_open(&bench, &provider, &row->script, 1);
	queue_many(&bench, ITEMS);
	settle_down(&bench);
	assert_in_range(wire_server_requests(bench.server), 1, 20);
	while (passed < MINUTE_MS)
		passed += skip_to_probe(&bench);
	assert_in_range(wire_server_requests(bench.server), 10, 40);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.queued + totals.waiting + totals.unsure +
				 totals.sending,
			 ITEMS);
	assert_null(outbox_stopped(bench.outbox));
	bench_close(&bench);
}

/* The first answer lets all go on. */
static void test_dead_comes_back(void **state)
{
	static wire_script scripts[] = {
		ANSWERS("503"), ANSWERS("503"), ANSWERS("503"), ANSWERS("503"),
		ANSWERS("503"), ANSWERS("503"), ANSWERS("503"), ANSWERS("503"),
		ANSWERS("503"), ANSWERS("503"), ANSWERS("503"), ANSWERS("503"),
		ANSWERS("503"), ANSWERS("503"), KEEPS("204"),
	};
	struct bench bench;
	unsigned accepted;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 15);
	queue_many(&bench, 40);
	settle_down(&bench);
	while (bench.outbox->budget.probing)
		skip_to_probe(&bench);
	bench_drive(&bench);
	accepted = (unsigned)desk_number(&bench.desk,
					 "SELECT count(*) FROM submissions"
					 " WHERE state = 'accepted'");
	assert_int_equal(accepted, 40);
	bench_close(&bench);
}

/* Who asks by hand is not told to wait for a probe. */
static void test_dead_is_tried_by_hand(void **state)
{
	static wire_script scripts[] = { KEEPS("503") };
	struct bench bench;
	unsigned before;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	queue_many(&bench, 40);
	settle_down(&bench);
	before = wire_server_requests(bench.server);
	OK(outbox_retry(bench.outbox, 1, &err));
	while (wire_server_requests(bench.server) == before)
		bench_turn(&bench);
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_dead_is_not_hammered, dyings);
	test_add(&tests, "comes back", test_dead_comes_back);
	test_add(&tests, "is tried by hand", test_dead_is_tried_by_hand);
	return test_run(&tests, "cases/outbox, the provider dead");
}
