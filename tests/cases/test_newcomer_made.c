/* SPDX-License-Identifier: MIT */
/* What becomes of new customers: nobody is made twice, whatever becomes of the
 * answer, and nothing of theirs is lost. */
#include <stdlib.h>
#include <string.h>

#include "cases/submission.h"
#include "forms/form.h"
#include "tests/cases/maker.h"

#define NOBODY LISTS("{\"data\":[{\"id\":\"c7\",\"tax_id\":\"999\"}]}")
#define MORE \
	LISTS("{\"data\":[{\"id\":\"c7\",\"tax_id\":\"9\"}],\"next\":\"c7\"}")
#define HIM LISTS("{\"data\":[{\"id\":\"c8\",\"tax_id\":\"1.234\"}]}")

/* What comes of one POST after another. */
static const struct road {
	const char *name;
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *made;  /* NULL: nobody */
	unsigned requests; /* in all */
	bool forgotten;	   /* its key, before the second */
	bool one_key;
} roads[] = {
	{ .name = "made",
	  .script = { MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 1 },
	{ .name = "there already",
	  .script = { ANSWERS("409") },
	  .state = CASE_REFUSED,
	  .requests = 1 },
	{ .name = "the answer is lost",
	  .script = { LOSES, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 2,
	  .one_key = true },
	{ .name = "lost, the key is forgotten, and he is there",
	  .script = { LOSES, HIM, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c8",
	  .requests = 2,
	  .forgotten = true },
	{ .name = "lost, the key is forgotten, and he is on the second page",
	  .script = { LOSES, MORE, HIM },
	  .state = CASE_ACCEPTED,
	  .made = "c8",
	  .requests = 3,
	  .forgotten = true },
	{ .name = "lost, the key is forgotten, and he is not",
	  .script = { LOSES, NOBODY, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 3,
	  .forgotten = true },
};

static void forget_key(struct bench *bench)
{
	bench_stop(bench);
	desk_sql(&bench->desk,
		 "UPDATE submissions SET key_made_ms = key_made_ms - 90000000");
	bench_start(bench);
}

static void test_newcomer_is_made_once(void **state)
{
	const struct road *row = *state;
	struct case_newcomer newcomer = { 0 };
	struct case_submission sent = { 0 };
	struct bench bench;
	int64_t id;

	bench_open(&bench, &maker, row->script, 3);
	maker_fill_in(&newcomer, &bench.desk, "1-234");
	id = maker_submit(&newcomer, &bench.desk);
	if (row->forgotten) {
		bench_drive_to(&bench, id, CASE_UNSURE);
		forget_key(&bench);
		bench_age(&bench, 40000);
	}
	bench_drive(&bench);
	sent = desk_read(&bench.desk, id);
	assert_int_equal(sent.state, row->state);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	if (row->one_key) {
		char *first = bench_key(&bench, 0);
		char *second = bench_key(&bench, 1);

		assert_string_equal(first, second);
		free(first);
		free(second);
	}
	if (row->made) {
		assert_string_equal(sent.provider_id, row->made);
		assert_string_equal(sent.customer, row->made);
	}
	assert_int_equal(maker_has(&bench.desk, newcomer.id), !row->made);
	case_submission_release(&sent);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Row, case and what was sent are the new customer's; the draft is gone, and
 * the trail tells of all of it. */
static void test_newcomer_becomes_the_customer(void **state)
{
	static wire_script scripts[] = { MAKES("201", "c9") };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	int64_t case_id = 0;
	char *detail = NULL;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	maker_submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_open(bench.desk.store, &bench.desk.profile, "c9", &case_id,
		     &err));
	assert_int_equal(case_id, newcomer.case_id);
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "ana",
				 0, 10, &list, &err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.list[0].id, "c9");
	assert_int_equal(list.list[0].unsent, 0);
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM answers"), 0);
	detail = desk_text(&bench.desk,
			   "SELECT detail FROM events"
			   " WHERE what = 'customer_made' AND case_id = ?1",
			   case_id);
	assert_string_equal(detail, "id c9");
	free(detail);
	case_customer_list_release(&list);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* What belongs to somebody, whoever he turns out to be. */
static void put_aside(const struct case_newcomer *newcomer, struct desk *desk)
{
	OK(case_note_add(desk->store, newcomer->case_id, "Rang twice", &err));
	desk_document(desk, newcomer->case_id, "PASS", DOC_SIDE_FRONT, "pass");
}

static void assert_put_aside(struct desk *desk, int64_t case_id)
{
	struct case_document_list documents = { 0 };
	struct case_note_list notes = { 0 };

	OK(case_notes(desk->store, case_id, &notes, &err));
	assert_int_equal(notes.count, 1);
	assert_string_equal(notes.list[0].text, "Rang twice");
	OK(case_documents(desk->store, case_id, &documents, &err));
	assert_int_equal(documents.count, 1);
	assert_string_equal(documents.list[0].type, "PASS");
	case_note_list_release(&notes);
	case_document_list_release(&documents);
}

/* Somebody whom the list knew before he was made here, with work or not. */
static const struct known_row {
	const char *name;
	bool has_case;
} known_rows[] = {
	{ "seen", false },
	{ "worked on", true },
};

static void test_newcomer_joins_who_is_known(void **state)
{
	static wire_script scripts[] = { MAKES("200", "c1") };
	const struct known_row *row = *state;
	struct prov_customer known = { .id = (char *)"c1",
				       .name = (char *)"Ana" };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct case_submission sent = { 0 };
	struct bench bench;
	int64_t before = 0;
	int64_t after = 0;
	int64_t id;

	bench_open(&bench, &maker, scripts, 1);
	OK(case_customers_put(bench.desk.store, &bench.desk.profile, &known, 1,
			      &err));
	if (row->has_case)
		OK(case_open(bench.desk.store, &bench.desk.profile, "c1",
			     &before, &err));
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	put_aside(&newcomer, &bench.desk);
	id = maker_submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_open(bench.desk.store, &bench.desk.profile, "c1", &after,
		     &err));
	assert_int_equal(after, row->has_case ? before : newcomer.case_id);
	assert_put_aside(&bench.desk, after);
	sent = desk_read(&bench.desk, id);
	assert_int_equal(sent.case_id, after);
	assert_int_equal(sent.state, CASE_ACCEPTED);
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "", 0,
				 10, &list, &err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.total, 1);
	assert_false(maker_has(&bench.desk, newcomer.id));
	assert_int_equal(outbox_next(bench.outbox), -1);
	case_customer_list_release(&list);
	case_submission_release(&sent);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Refused, put right, and sent again: under a key of its own. */
static void test_newcomer_is_put_right(void **state)
{
	static wire_script scripts[] = { ANSWERS("400"), MAKES("201", "c9") };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	struct err failed = { 0 };
	char *first = NULL;
	char *second = NULL;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	maker_fill_in(&newcomer, &bench.desk, "1.23");
	maker_submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	assert_int_equal(case_newcomer_load(bench.desk.store,
					    &bench.desk.profile, newcomer.id,
					    &newcomer, &failed),
			 1);
	assert_int_equal(newcomer.last.state, CASE_REFUSED);
	assert_string_equal(newcomer.last.problems.list[0].field, "tax_id");
	assert_true(case_newcomer_is_as_sent(&newcomer));
	OK(case_newcomer_put(bench.desk.store, &bench.desk.profile, &newcomer,
			     "tax_id", "1.234", &err));
	assert_false(case_newcomer_is_as_sent(&newcomer));
	maker_submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	assert_false(maker_has(&bench.desk, newcomer.id));
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_not_equal(first, second);
	free(first);
	free(second);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Nobody knows whether he was made: nothing of him changes, he is not sent
 * anew, and not forgotten. */
static void test_newcomer_in_doubt_stays_as_he_is(void **state)
{
	static wire_script scripts[] = { LOSES };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	struct err err = { 0 };
	int64_t id;
	int64_t other = 0;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	id = maker_submit(&newcomer, &bench.desk);
	bench_drive_to(&bench, id, CASE_UNSURE);
	forget_key(&bench);
	assert_int_equal(case_newcomer_submit(bench.desk.store,
					      &bench.desk.profile, &newcomer,
					      &other, &err),
			 -1);
	assert_int_equal(case_newcomer_put(bench.desk.store,
					   &bench.desk.profile, &newcomer,
					   "tax_id", "9", &err),
			 -1);
	assert_int_equal(case_newcomer_discard(bench.desk.store,
					       &bench.desk.profile, newcomer.id,
					       &err),
			 -1);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* What another process has decided meanwhile is not decided again. */
static void test_newcomer_is_decided_once(void **state)
{
	static wire_script scripts[] = {
		LOSES,
		{ DO_HEAD, DO_GATE,
		  DO_SAY("HTTP/1.1 200 X\r\nConnection: close\r\n"
			 "Content-Type: application/json\r\n\r\n"
			 "{\"data\":[{\"id\":\"c8\",\"tax_id\":\"1.234\"}]}") },
	};
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	id = maker_submit(&newcomer, &bench.desk);
	bench_drive_to(&bench, id, CASE_UNSURE);
	forget_key(&bench);
	bench_age(&bench, 40000);
	while (wire_server_requests(bench.server) < 2) {
		assert_true(xfer_now() < deadline);
		bench_turn(&bench);
	}
	desk_sql(&bench.desk,
		 "UPDATE submissions SET state = 'refused', settled_ms = 7");
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_REFUSED);
	assert_true(maker_has(&bench.desk, newcomer.id));
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

static void test_newcomer_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 MAKES("201", "c9") };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	char *first = NULL;
	char *second = NULL;
	int64_t id;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	id = maker_submit(&newcomer, &bench.desk);
	bench_kill_sending(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	assert_true(maker_has(&bench.desk, newcomer.id));
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 2);
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_equal(first, second);
	free(first);
	free(second);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

static void test_newcomer_is_discarded(void **state)
{
	static wire_script scripts[] = { ANSWERS("400") };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	maker_fill_in(&newcomer, &bench.desk, "1.234");
	put_aside(&newcomer, &bench.desk);
	maker_submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_newcomer_discard(bench.desk.store, &bench.desk.profile,
				 newcomer.id, &err));
	assert_false(maker_has(&bench.desk, newcomer.id));
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "ana",
				 0, 10, &list, &err));
	assert_int_equal(list.count + list.total, 0);
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM submissions"),
		0);
	assert_true(desk_number(&bench.desk,
				"SELECT count(*) FROM events"
				" WHERE what = 'attempt_ended'") == 1);
	case_customer_list_release(&list);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 4 && strcmp(argv[1], "send") == 0)
		return bench_child(&maker, argv[2], argv[3]);
	TEST_ROWS(&tests, test_newcomer_is_made_once, roads);
	test_add(&tests, "becomes the customer",
		 test_newcomer_becomes_the_customer);
	TEST_ROWS(&tests, test_newcomer_joins_who_is_known, known_rows);
	test_add(&tests, "is put right", test_newcomer_is_put_right);
	test_add(&tests, "in doubt stays as he is",
		 test_newcomer_in_doubt_stays_as_he_is);
	test_add(&tests, "is decided once", test_newcomer_is_decided_once);
	test_add(&tests, "survives kill", test_newcomer_survives_kill);
	test_add(&tests, "is discarded", test_newcomer_is_discarded);
	return test_run(&tests, "cases/newcomer_made");
}
