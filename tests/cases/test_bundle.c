/* SPDX-License-Identifier: MIT */
/* What goes in one request: together, as it was, or not at all. */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

#define BUNDLE 3

static int64_t front(struct bench *bench, int64_t case_id)
{
	return asker_submit(&bench->desk, case_id, "ID", DOC_SIDE_FRONT,
			    "the front", "identity");
}

/* All three, lowest first; returns the case. */
static int64_t queue_all(struct bench *bench, int64_t ids[BUNDLE])
{
	int64_t case_id = asker_customer(&bench->desk, "{}");

	ids[0] = front(bench, case_id);
	ids[1] = asker_submit(&bench->desk, case_id, "ID", DOC_SIDE_BACK,
			      "the back", "identity");
	ids[2] = asker_submit(&bench->desk, case_id, "SELFIE", DOC_SIDE_NONE,
			      "the face", "identity");
	return case_id;
}

static void assert_all(struct bench *bench, const int64_t ids[BUNDLE],
		       enum case_state state)
{
	for (size_t i = 0; i < BUNDLE; i++)
		assert_int_equal(desk_state(&bench->desk, ids[i]), state);
}

static void test_bundle_goes_as_one(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	static const char *const parts[] = { "the front", "the back",
					     "the face" };
	struct xfer_progress progress;
	const struct wire_seen *seen = NULL;
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	queue_all(&bench, ids);
	do
		bench_turn(&bench);
	while (!outbox_progress(bench.outbox, ids[2], &progress) ||
	       progress.phase != XFER_AWAITING);
	assert_all(&bench, ids, CASE_SENDING);
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_all(&bench, ids, CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	seen = wire_server_seen(bench.server, 0);
	for (size_t i = 1; i < BUNDLE; i++)
		assert_true(strstr(seen->body, parts[i - 1]) <
			    strstr(seen->body, parts[i]));
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM attempts"), 1);
	assert_int_equal(desk_number(&bench.desk,
				     "SELECT count(*) FROM events"
				     " WHERE what = 'attempt_ended'"),
			 BUNDLE);
	assert_int_equal(desk_number(&bench.desk,
				     "SELECT count(*) FROM submissions"
				     " WHERE leader = 1 AND attempts = 1"),
			 BUNDLE);
	bench_close(&bench);
}

static void test_bundle_waits_until_it_is_whole(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t case_id;
	int64_t first;
	int64_t last;

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	case_id = asker_customer(&bench.desk, "{}");
	first = front(&bench, case_id);
	asker_submit(&bench.desk, case_id, "ID", DOC_SIDE_BACK, "the back",
		     "identity");
	bench_drive(&bench);
	sub = desk_read(&bench.desk, first);
	assert_int_equal(sub.state, CASE_QUEUED);
	assert_string_equal(sub.code, "waits");
	assert_non_null(strstr(sub.message, "card and selfie go together"));
	assert_int_equal(wire_server_requests(bench.server), 0);
	case_submission_release(&sub);
	/* Asked for, it is looked at again, and waits on. */
	OK(outbox_retry(bench.outbox, first, &err));
	bench_drive(&bench);
	assert_int_equal(wire_server_requests(bench.server), 0);
	last = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			    "the face", "identity");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, first), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, last), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

/* Killed in between, the very same goes again, and nobody joins it. */
static void test_bundle_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 ANSWERS("204") };
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];
	int64_t case_id;
	int64_t late;
	char *first = NULL;
	char *second = NULL;

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 2);
	case_id = queue_all(&bench, ids);
	bench_kill_sending(&bench);
	assert_all(&bench, ids, CASE_UNSURE);
	late = asker_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE,
			    "the proof", "identity");
	bench_drive(&bench);
	assert_all(&bench, ids, CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, late), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 3);
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_equal(first, second);
	assert_string_equal(wire_server_seen(bench.server, 0)->body,
			    wire_server_seen(bench.server, 1)->body);
	assert_non_null(
		strstr(wire_server_seen(bench.server, 2)->body, "the proof"));
	free(first);
	free(second);
	bench_close(&bench);
}

static void test_bundle_shares_its_fate(void **state)
{
	static wire_script scripts[] = { ANSWERS("400") };
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	queue_all(&bench, ids);
	bench_drive(&bench);
	assert_all(&bench, ids, CASE_REFUSED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	for (size_t i = 0; i < BUNDLE; i++) {
		sub = desk_read(&bench.desk, ids[i]);
		assert_string_equal(sub.message, "phone is not a number");
		case_submission_release(&sub);
	}
	bench_close(&bench);
}

static void test_bundle_is_held_and_cancelled_whole(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct outbox_totals totals;
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	queue_all(&bench, ids);
	OK(outbox_hold(bench.outbox, ids[1], true, &err));
	bench_drive(&bench);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.held, BUNDLE);
	assert_int_equal(wire_server_requests(bench.server), 0);
	OK(outbox_cancel(bench.outbox, ids[2], &err));
	assert_all(&bench, ids, CASE_CANCELLED);
	bench_close(&bench);
}

static void test_bundle_is_cancelled_on_its_way(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD } };
	struct xfer_progress progress;
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	queue_all(&bench, ids);
	do
		bench_turn(&bench);
	while (!outbox_progress(bench.outbox, ids[0], &progress) ||
	       progress.phase != XFER_AWAITING);
	OK(outbox_cancel(bench.outbox, ids[1], &err));
	assert_all(&bench, ids, CASE_UNSURE);
	assert_false(outbox_progress(bench.outbox, ids[0], &progress));
	bench_close(&bench);
}

/* One file that is gone is one refusal; the others wait for another. */
static void test_bundle_loses_a_file(void **state)
{
	static wire_script scripts[] = { ANSWERS("429"), ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];
	int64_t case_id;
	int64_t again;

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 2);
	case_id = queue_all(&bench, ids);
	sub = desk_read(&bench.desk, ids[2]);
	while (!wire_server_requests(bench.server))
		bench_turn(&bench);
	wire_server_seen(bench.server, 0);
	assert_int_equal(unlink(sub.path), 0);
	case_submission_release(&sub);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, ids[2]);
	assert_int_equal(sub.state, CASE_REFUSED);
	assert_string_equal(sub.code, "file_gone");
	case_submission_release(&sub);
	sub = desk_read(&bench.desk, ids[0]);
	assert_int_equal(sub.state, CASE_QUEUED);
	assert_string_equal(sub.code, "waits");
	case_submission_release(&sub);
	again = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			     "another face", "identity");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, ids[0]), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, ids[1]), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, again), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 2);
	bench_close(&bench);
}

/* Killed where the provider is asked first: what it has decides. */
static const struct listing {
	const char *name;
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *code;
	unsigned requests;
	const char *second_id; /* of the second one; NULL: as answered */
} listings[] = {
	{ .name = "all are there",
	  .script = { { DO_HEAD, DO_BODY, DO_HOLD },
		      LISTS("{\"papers\":["
			    "{\"id\":\"f\",\"type\":\"ID\",\"side\":\"front\"},"
			    "{\"id\":\"b\",\"type\":\"ID\",\"side\":\"back\"},"
			    "{\"id\":\"s\",\"type\":\"SELFIE\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2,
	  .second_id = "b" },
	{ .name = "some are there",
	  .script = { { DO_HEAD, DO_BODY, DO_HOLD },
		      LISTS("{\"papers\":["
			    "{\"id\":\"f\",\"type\":\"ID\",\"side\":\"front\"},"
			    "{\"id\":\"s\",\"type\":\"SELFIE\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "none is there",
	  .script = { { DO_HEAD, DO_BODY, DO_HOLD },
		      LISTS("{}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .second_id = "p-1" },
};

static void test_bundle_is_asked_about(void **state)
{
	const struct listing *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t ids[BUNDLE];

	asker_make(&provider, true, false);
	bench_open(&bench, &provider, row->script, 3);
	queue_all(&bench, ids);
	bench_kill_sending(&bench);
	assert_all(&bench, ids, CASE_UNSURE);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	assert_all(&bench, ids, row->state);
	sub = desk_read(&bench.desk, ids[1]);
	assert_string_equal(sub.code, row->code);
	if (row->second_id)
		assert_string_equal(sub.provider_id, row->second_id);
	case_submission_release(&sub);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	if (row->requests == 3)
		assert_non_null(strstr(wire_server_seen(bench.server, 2)->body,
				       "the back"));
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };
	struct provider provider;

	if (argc == 4 && strcmp(argv[1], "send") == 0) {
		asker_make(&provider, true, true);
		return bench_child(&provider, argv[2], argv[3]);
	}
	test_add(&tests, "goes as one", test_bundle_goes_as_one);
	test_add(&tests, "waits until it is whole",
		 test_bundle_waits_until_it_is_whole);
	test_add(&tests, "survives kill", test_bundle_survives_kill);
	test_add(&tests, "shares its fate", test_bundle_shares_its_fate);
	test_add(&tests, "is held and cancelled whole",
		 test_bundle_is_held_and_cancelled_whole);
	test_add(&tests, "is cancelled on its way",
		 test_bundle_is_cancelled_on_its_way);
	test_add(&tests, "loses a file", test_bundle_loses_a_file);
	TEST_ROWS(&tests, test_bundle_is_asked_about, listings);
	return test_run(&tests, "cases/bundle");
}
