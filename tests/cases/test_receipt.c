/* SPDX-License-Identifier: MIT */
/* Receipts: every attempt is in them, and what was changed in the record since
 * is said. */
#include "cases/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

static wire_script answers[] = {
	{ DO_HEAD, DO_BODY,
	  DO_SAY("HTTP/1.1 429 X\r\nContent-Length: 0\r\n"
		 "Retry-After: 0\r\nConnection: close\r\n\r\n") },
	LOSES,
	ANSWERS("204"),
};

static struct receipt_list receipts(struct desk *desk, int64_t submission)
{
	struct receipt_list list = { 0 };

	OK(case_receipts(desk->store, &desk->profile, "c1", submission, &list,
			 &err));
	return list;
}

static bool has_entry(struct desk *desk, int64_t entry, const char *what)
{
	char *is =
		desk_text(desk, "SELECT what FROM events WHERE id = ?1", entry);
	bool same = is && strcmp(is, what) == 0;

	free(is);
	return same;
}

/* A record in which one document took three attempts. */
static int64_t bench_with_three(struct bench *bench)
{
	int64_t id;

	bench_open(bench, &desk_provider, answers, 3);
	id = desk_submit(&bench->desk,
			 desk_customer(&bench->desk, "c1", "Maria"), "SELFIE",
			 DOC_SIDE_NONE, "face");
	bench_drive_to(bench, id, CASE_ACCEPTED);
	return id;
}

static void test_receipt_has_every_attempt(void **state)
{
	static const char *const ends[] = { "answer", "lost", "answer" };
	static const int statuses[] = { 429, 0, 204 };
	struct receipt_list list = { 0 };
	const struct receipt *one = NULL;
	struct audit_head head = { 0 };
	struct bench bench;
	int64_t id = bench_with_three(&bench);

	(void)state;
	list = receipts(&bench.desk, id);
	assert_int_equal(list.count, 1);
	one = &list.list[0];
	if (one->doubt)
		fail_msg("%s", one->doubt);
	assert_string_equal(one->sent.customer, "c1");
	assert_string_equal(one->operator_name, "ana");
	assert_string_equal(one->profile, "desk");
	assert_non_null(strstr(one->endpoint, "127.0.0.1"));
	assert_int_equal(strlen(one->sent.sha256), 64);
	assert_null(strchr(receipt_file(one), '/'));
	assert_int_equal(one->attempt_count, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct receipt_attempt *attempt = &one->attempts[i];

		assert_int_equal(attempt->number, i + 1);
		assert_string_equal(attempt->ended, ends[i]);
		assert_int_equal(attempt->status, statuses[i]);
		assert_int_equal(strlen(attempt->key), 36);
		assert_true(attempt->started_ms <= attempt->ended_ms);
		assert_true(has_entry(&bench.desk, attempt->began_entry,
				      "attempt_started"));
		assert_true(has_entry(&bench.desk, attempt->ended_entry,
				      "attempt_ended"));
	}
	assert_string_equal(one->attempts[2].outcome, "accepted");
	assert_string_equal(one->history.list[0].what, "queued");
	OK(case_audit_head(bench.desk.store, &head, &err));
	assert_int_equal(one->head.number, head.number);
	assert_string_equal(one->head.hash, head.hash);
	receipt_list_release(&list);
	bench_close(&bench);
}

static const struct lie {
	const char *name;
	const char *sql;
	const char *says; /* part of the sentence */
} lies[] = {
	{ "another digest",
	  "UPDATE submissions SET sha256 = replace(sha256, 'a', 'b')",
	  "digest" },
	{ "another end", "UPDATE submissions SET state = 'refused'",
	  "another end" },
	{ "another status", "UPDATE attempts SET status = 500 WHERE number = 3",
	  "ended otherwise" },
	{ "another outcome",
	  "UPDATE attempts SET outcome = 'refused' WHERE number = 1",
	  "ended otherwise" },
	{ "another key",
	  "UPDATE attempts SET key = '00000000-0000-4000-8000-000000000001'"
	  " WHERE number = 2",
	  "does not have so" },
	{ "another body",
	  "UPDATE attempts SET body_sha256 = replace(body_sha256, '1', '2')"
	  " WHERE number = 2",
	  "does not have so" },
	{ "an attempt less", "DELETE FROM attempts WHERE number = 2",
	  "the record does not have so" },
	{ "an attempt more",
	  "INSERT INTO attempts (submission, number, key, body_sha256,"
	  " started_ms) VALUES (1, 4, 'k', 'b', 5)",
	  "the audit trail does not have so" },
};

static void test_receipt_doubts(void **state)
{
	const struct lie *row = *state;
	struct receipt_list list = { 0 };
	struct bench bench;
	int64_t id = bench_with_three(&bench);

	desk_sql(&bench.desk, row->sql);
	list = receipts(&bench.desk, id);
	assert_int_equal(list.count, 1);
	assert_non_null(list.list[0].doubt);
	if (!strstr(list.list[0].doubt, row->says))
		fail_msg("it says: %s", list.list[0].doubt);
	receipt_list_release(&list);
	bench_close(&bench);
}

/* What went with others shows the attempt that its leader made. */
static void test_receipt_of_a_bundle(void **state)
{
	static wire_script scripts[] = { ANSWERS("204") };
	struct receipt_list list = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t case_id, last;

	(void)state;
	asker_make(&provider, false, true);
	bench_open(&bench, &provider, scripts, 1);
	case_id = asker_customer(&bench.desk, "{}");
	asker_submit(&bench.desk, case_id, "ID", DOC_SIDE_FRONT, "front", "b");
	asker_submit(&bench.desk, case_id, "ID", DOC_SIDE_BACK, "back", "b");
	last = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			    "face", "b");
	bench_drive_to(&bench, last, CASE_ACCEPTED);
	list = receipts(&bench.desk, 0);
	assert_int_equal(list.count, 3);
	for (size_t i = 0; i < list.count; i++) {
		if (list.list[i].doubt)
			fail_msg("%zu: %s", i, list.list[i].doubt);
		assert_int_equal(list.list[i].attempt_count, 1);
		assert_int_equal(list.list[i].attempts[0].status, 204);
		assert_string_equal(list.list[i].attempts[0].key,
				    list.list[0].attempts[0].key);
	}
	receipt_list_release(&list);
	bench_close(&bench);
}

static void test_receipt_of_what_waits(void **state)
{
	struct receipt_list list = { 0 };
	struct err why = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	list = receipts(&desk, 0);
	assert_int_equal(list.count, 0);
	id = desk_submit_information(&desk, desk_customer(&desk, "c1", "Maria"),
				     "5");
	list = receipts(&desk, 0);
	assert_int_equal(list.count, 1);
	assert_null(list.list[0].doubt);
	assert_null(receipt_file(&list.list[0]));
	assert_int_equal(list.list[0].attempt_count, 0);
	assert_int_equal(case_receipts(desk.store, &desk.profile, NULL, id + 1,
				       &list, &why),
			 -1);
	assert_int_equal(why.code, ERR_INPUT);
	assert_int_equal(list.count, 1); /* as it was */
	receipt_list_release(&list);
	desk_close(&desk);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	(void)argc, (void)argv;
	test_add(&tests, "has every attempt", test_receipt_has_every_attempt);
	TEST_ROWS(&tests, test_receipt_doubts, lies);
	test_add(&tests, "of a bundle", test_receipt_of_a_bundle);
	test_add(&tests, "of what waits", test_receipt_of_what_waits);
	return test_run(&tests, "cases/receipt");
}
