/* SPDX-License-Identifier: MIT */
/* The outbox against a server that follows a script. */
#include "cases/outbox.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/cases/bench.h"

static const struct settling {
	const char *name;
	struct wire_step script[3][WIRE_STEPS];
	size_t requests;
	enum case_state state;
	const char *code;
	bool new_key; /* the second request had another key than the first */
} settlings[] = {
	{ .name = "accepted",
	  .script = { ANSWERS("204"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 1,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "refused",
	  .script = { ANSWERS("400"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 1,
	  .state = CASE_REFUSED,
	  .code = "http_400" },
	{ .name = "busy, then accepted under a new key",
	  .script = { ANSWERS("503"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .new_key = true },
	{ .name = "too many, then accepted under the same key",
	  .script = { ANSWERS("429"), ANSWERS("204"), ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "answer lost, then accepted under the same key",
	  .script = { { DO_HEAD, DO_BODY, DO_RESET },
		      ANSWERS("204"),
		      ANSWERS("204") },
	  .requests = 2,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
	{ .name = "answer lost twice, then refused",
	  .script = { { DO_HEAD, DO_BODY },
		      { DO_HEAD, DO_BODY },
		      ANSWERS("400") },
	  .requests = 3,
	  .state = CASE_REFUSED,
	  .code = "http_400" },
	{ .name = "answer lost, then busy, then accepted",
	  .script = { { DO_HEAD, DO_BODY }, ANSWERS("429"), ANSWERS("204") },
	  .requests = 3,
	  .state = CASE_ACCEPTED,
	  .code = "http_204" },
};

static void test_outbox_settles(void **state)
{
	const struct settling *row = *state;
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t case_id;
	int64_t id;

	bench_open(&bench, &desk_provider, row->script, 3);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	id = desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "face");
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	assert_int_equal(sub.attempts, row->requests);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	assert_true(sub.settled_ms > 0);
	assert_true(bench.changes > 0);
	assert_int_equal(sub.problems.count, row->state == CASE_REFUSED);
	for (size_t i = 1; i < row->requests; i++) {
		const struct wire_seen *a = wire_server_seen(bench.server, 0);
		const struct wire_seen *b = wire_server_seen(bench.server, i);
		char *key_a = bench_key(&bench, 0);
		char *key_b = bench_key(&bench, i);

		assert_int_equal(strcmp(key_a, key_b) != 0, row->new_key);
		if (!row->new_key)
			assert_string_equal(a->body, b->body);
		free(key_a);
		free(key_b);
	}
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_stops_when_denied(void **state)
{
	static wire_script scripts[] = { ANSWERS("401"), ANSWERS("204") };
	struct outbox_totals totals;
	struct bench bench;
	int64_t first;
	int64_t second;
	int64_t case_id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 2);
	bench.desk.profile.parallel = 1;
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	first = desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	second = desk_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE, "b");
	bench_drive(&bench);
	assert_string_equal(outbox_stopped(bench.outbox),
			    "the key is not known");
	assert_int_equal(desk_state(&bench.desk, first), CASE_QUEUED);
	assert_int_equal(desk_state(&bench.desk, second), CASE_QUEUED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.queued, 2);
	outbox_go_on(bench.outbox);
	bench_drive(&bench);
	assert_null(outbox_stopped(bench.outbox));
	assert_int_equal(desk_state(&bench.desk, first), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, second), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_stops_without_secret(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	mem_replace(&bench.desk.profile.secret, NULL);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	bench_drive(&bench);
	assert_non_null(outbox_stopped(bench.outbox));
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	bench_close(&bench);
}

/* The form before documents, the front before the back, the start last. */
static void test_outbox_keeps_the_order(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	static const char *const wanted[] = { "phone", "front", "back",
					      "start" };
	struct bench bench;
	int64_t start = 0;
	int64_t case_id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	OK(case_submit_start(bench.desk.store, &bench.desk.profile, case_id,
			     NULL, &start, &err));
	desk_submit(&bench.desk, case_id, "ID", DOC_SIDE_BACK, "b");
	desk_submit(&bench.desk, case_id, "ID", DOC_SIDE_FRONT, "f");
	desk_submit_information(&bench.desk, case_id, "123");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, start), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 4);
	for (size_t i = 0; i < 4; i++)
		assert_non_null(strstr(wire_server_seen(bench.server, i)->body,
				       wanted[i]));
	bench_close(&bench);
}

static void test_outbox_waits_for_refused_information(void **state)
{
	static wire_script scripts[] = { ANSWERS("400"), ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t document;
	int64_t case_id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 2);
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	desk_submit_information(&bench.desk, case_id, "abc");
	document =
		desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	bench_drive(&bench);
	sub = desk_read(&bench.desk, document);
	assert_int_equal(sub.state, CASE_QUEUED);
	assert_non_null(strstr(sub.message, "'Person', which was refused"));
	assert_int_equal(wire_server_requests(bench.server), 1);
	case_submission_release(&sub);
	desk_submit_information(&bench.desk, case_id, "123");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, document), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_keeps_to_parallel(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct outbox_totals totals;
	struct bench bench;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	bench.desk.profile.parallel = 2;
	for (int i = 0; i < 5; i++) {
		char *id = mem_printf("c%d", i);

		desk_submit(&bench.desk, desk_customer(&bench.desk, id, id),
			    "SELFIE", DOC_SIDE_NONE, "a");
		free(id);
	}
	for (int i = 0; i < 5; i++)
		bench_turn(&bench);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.sending, 2);
	assert_int_equal(totals.queued, 3);
	assert_int_equal(xfer_active(bench.xfer), 2);
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_int_equal(wire_server_requests(bench.server), 5);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.sending + totals.queued, 0);
	bench_close(&bench);
}

static void test_outbox_refuses_a_changed_file(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 1);
	sub = desk_read(&bench.desk, id);
	free(desk_file(&bench.desk, strrchr(sub.path, '/') + 1, "longer"));
	case_submission_release(&sub);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_REFUSED);
	assert_string_equal(sub.code, "file_changed");
	assert_int_equal(wire_server_requests(bench.server), 0);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* A file that went away after it may have arrived proves nothing. */
static void test_outbox_stays_unsure_without_its_file(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 2);
	bench_drive_to(&bench, id, CASE_UNSURE);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(unlink(sub.path), 0);
	case_submission_release(&sub);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_UNSURE);
	assert_string_equal(sub.code, "file_gone");
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_cancels(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD } };
	struct xfer_progress progress;
	struct err why = { 0 };
	struct bench bench;
	int64_t waiting;
	int64_t sending;
	int64_t case_id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	bench.desk.profile.parallel = 1;
	case_id = desk_customer(&bench.desk, "c1", "Maria");
	sending =
		desk_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE, "a");
	waiting =
		desk_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE, "b");
	OK(outbox_cancel(bench.outbox, waiting, &err));
	assert_int_equal(desk_state(&bench.desk, waiting), CASE_CANCELLED);
	do
		bench_turn(&bench);
	while (!outbox_progress(bench.outbox, sending, &progress) ||
	       progress.phase != XFER_AWAITING);
	OK(outbox_cancel(bench.outbox, sending, &err));
	assert_int_equal(desk_state(&bench.desk, sending), CASE_UNSURE);
	assert_false(outbox_progress(bench.outbox, sending, &progress));
	assert_int_equal(outbox_cancel(bench.outbox, waiting, &why), -1);
	assert_int_equal(why.code, ERR_INPUT);
	bench_drive(&bench);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

static void test_outbox_holds(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct outbox_totals totals;
	struct bench bench;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 1);
	OK(outbox_hold(bench.outbox, id, true, &err));
	bench_drive(&bench);
	outbox_totals(bench.outbox, &totals);
	assert_int_equal(totals.held, 1);
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	OK(outbox_hold(bench.outbox, id, false, &err));
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_outbox_holds_for_another_address(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	char *endpoint = NULL;
	int64_t id;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 1);
	endpoint = mem_dup(bench.desk.profile.endpoint);
	mem_replace(&bench.desk.profile.endpoint, "https://api.example.com");
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a");
	mem_replace(&bench.desk.profile.endpoint, endpoint);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_true(sub.held);
	assert_string_equal(sub.code, "other_endpoint");
	assert_int_equal(wire_server_requests(bench.server), 0);
	case_submission_release(&sub);
	free(endpoint);
	bench_close(&bench);
}

/* What gave up for now goes on when it is asked to, and only then. */
static void test_outbox_wakes_when_asked(void **state)
{
	struct case_submission sub = { 0 };
	struct bench bench;
	struct err why = { 0 };
	int64_t id;
	static wire_script scripts[] = {
		ANSWERS("204"),
	};

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 1);
	desk_sql(&bench.desk,
		 "UPDATE submissions SET next_ms = 9223372036854775807");
	bench_stop(&bench);
	bench_start(&bench);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_QUEUED);
	OK(outbox_retry(bench.outbox, id, &err));
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(outbox_retry(bench.outbox, id, &why), -1);
	case_submission_release(&sub);
	bench_close(&bench);
}

static void test_outbox_never_repeats_what_is_forgotten(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct bench bench;
	struct err why = { 0 };
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 2);
	bench_drive_to(&bench, id, CASE_UNSURE);
	desk_sql(&bench.desk,
		 "UPDATE submissions SET key_made_ms = key_made_ms - 90000000");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	assert_int_equal(wire_server_requests(bench.server), 1);
	assert_int_equal(outbox_retry(bench.outbox, id, &why), -1);
	assert_int_equal(why.code, ERR_INPUT);
	bench_close(&bench);
}

/* The same words: what would go out otherwise now is not repeated. */
static void test_outbox_never_repeats_another_body(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY }, ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 2);
	bench_drive_to(&bench, id, CASE_UNSURE);
	desk_sql(&bench.desk, "UPDATE submissions SET body_sha256 = 'other'");
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_UNSURE);
	assert_string_equal(sub.code, "body_changed");
	assert_int_equal(wire_server_requests(bench.server), 1);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* Leaving in the middle is no verdict: the next program goes on. */
static void test_outbox_leaves_and_returns(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 ANSWERS("204") };
	struct xfer_progress progress;
	struct bench bench;
	char *first = NULL;
	char *second = NULL;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 2);
	do
		bench_turn(&bench);
	while (!outbox_progress(bench.outbox, id, &progress) ||
	       progress.phase != XFER_AWAITING);
	bench_stop(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	desk_reopen(&bench.desk);
	bench_start(&bench);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_equal(first, second);
	free(first);
	free(second);
	bench_close(&bench);
}

/* What arrived while the disk was full is written down as soon as it can be,
 * and not sent again meanwhile. */
static void test_outbox_remembers_while_the_disk_is_full(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_GATE,
					   DO_SAY(ANSWER("204")) } };
	struct xfer_progress progress;
	struct err why = { 0 };
	struct bench bench;
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	int64_t id;

	(void)state;
	id = bench_selfie(&bench, &desk_provider, scripts, 1);
	do
		bench_turn(&bench);
	while (!outbox_progress(bench.outbox, id, &progress) ||
	       progress.phase != XFER_AWAITING);
	desk_sql(&bench.desk, "PRAGMA max_page_count = 1");
	while (!case_event_add(bench.desk.store, "fill", 0, 0, "", &why))
		;
	assert_int_equal(why.code, ERR_STORE);
	assert_non_null(strstr(why.text, "disk is full"));
	wire_server_open(bench.server);
	why = (struct err){ 0 };
	while (!outbox_pump(bench.outbox, &why)) {
		assert_true(xfer_now() < deadline);
		xfer_wait(bench.xfer, NULL, 0, 20);
	}
	assert_non_null(strstr(why.text, "disk is full"));
	assert_int_equal(desk_state(&bench.desk, id), CASE_SENDING);
	desk_sql(&bench.desk, "PRAGMA max_page_count = 1000000");
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 1);
	bench_close(&bench);
}

static void test_outbox_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 ANSWERS("204") };
	struct case_submission sub = { 0 };
	struct bench bench;
	struct pollfd fd = { .events = POLLIN };
	char *first = NULL;
	char *second = NULL;
	pid_t child;
	int64_t id;
	int status;

	(void)state;
	bench_open(&bench, &desk_provider, scripts, 2);
	id = desk_submit(&bench.desk, desk_customer(&bench.desk, "c1", "Maria"),
			 "SELFIE", DOC_SIDE_NONE, "a face that is sent once");
	assert_int_equal(id, 1);
	child = desk_child("send", bench.desk.state,
			   bench.desk.profile.endpoint, &fd.fd);
	assert_int_equal(poll(&fd, 1, BENCH_DEADLINE_MS), 1);

	/* While it lives, what it sends is its own. */
	for (int i = 0; i < 3; i++)
		bench_turn(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_SENDING);
	assert_int_equal(xfer_active(bench.xfer), 0);

	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	bench_stop(&bench);
	bench_start(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_ACCEPTED);
	assert_int_equal(sub.attempts, 2);
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_equal(first, second);
	assert_string_equal(wire_server_seen(bench.server, 0)->body,
			    wire_server_seen(bench.server, 1)->body);
	free(first);
	free(second);
	close(fd.fd);
	case_submission_release(&sub);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 4 && strcmp(argv[1], "send") == 0)
		return bench_child(&desk_provider, argv[2], argv[3]);
	TEST_ROWS(&tests, test_outbox_settles, settlings);
	test_add(&tests, "stops when denied", test_outbox_stops_when_denied);
	test_add(&tests, "stops without secret",
		 test_outbox_stops_without_secret);
	test_add(&tests, "keeps the order", test_outbox_keeps_the_order);
	test_add(&tests, "waits for refused information",
		 test_outbox_waits_for_refused_information);
	test_add(&tests, "keeps to parallel", test_outbox_keeps_to_parallel);
	test_add(&tests, "refuses a changed file",
		 test_outbox_refuses_a_changed_file);
	test_add(&tests, "stays unsure without its file",
		 test_outbox_stays_unsure_without_its_file);
	test_add(&tests, "cancels", test_outbox_cancels);
	test_add(&tests, "holds", test_outbox_holds);
	test_add(&tests, "holds for another address",
		 test_outbox_holds_for_another_address);
	test_add(&tests, "wakes when asked", test_outbox_wakes_when_asked);
	test_add(&tests, "never repeats what is forgotten",
		 test_outbox_never_repeats_what_is_forgotten);
	test_add(&tests, "never repeats another body",
		 test_outbox_never_repeats_another_body);
	test_add(&tests, "leaves and returns", test_outbox_leaves_and_returns);
	test_add(&tests, "remembers while the disk is full",
		 test_outbox_remembers_while_the_disk_is_full);
	test_add(&tests, "survives kill", test_outbox_survives_kill);
	return test_run(&tests, "cases/outbox");
}
