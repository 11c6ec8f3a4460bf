/* SPDX-License-Identifier: MIT */
/* From an upload to its receipt, and from the receipt to the proof that nobody
 * changed what it stands on: the program itself. */
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/practice.h"
#include "tests/test.h"

/* Information is in, documents are wanted. */
#define INFORMED "5eed0000-0000-4000-8000-000000000010"

/* Rejected at the provider, with papers that came another way. */
#define ELSEWHERE "5eed0000-0000-4000-8000-000000000019"

static struct practice practice;

static int set_up(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 1000");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

static void expect(const struct practice_run *run, int status, const char *says)
{
	if (run->status != status ||
	    (!strstr(run->out, says) && !strstr(run->err, says)))
		fail_msg("wanted %d '%s', got %d\nout: %s\nerr: %s", status,
			 says, run->status, run->out, run->err);
}

static void upload_passport(void)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run =
		KYC(&practice, "upload", "-c", INFORMED, "-t", "PASSPORT", "-s",
		    "front", "-C", "BRA", passport);

	expect(&run, 0, "accepted");
	practice_run_release(&run);
	free(passport);
}

static json_t *only_line(const struct practice_run *run)
{
	json_t *line = json_loads(run->out, 0, NULL);

	if (!line)
		fail_msg("not one JSON object: '%s'", run->out);
	return line;
}

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text)
		fail_msg("there is no '%s'", key);
	return text;
}

/* Behind the program's back, around the guards. */
static void tamper(const char *sql)
{
	char *path = mem_printf("%s/kyc.db", practice.state);
	char *all = mem_printf("DROP TRIGGER events_stay;"
			       "DROP TRIGGER events_remain; %s",
			       sql);
	sqlite3 *db = NULL;
	char *why = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, all, NULL, NULL, &why))
		fail_msg("%s", why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	free(all);
	free(path);
}

static void test_receipt_fits_a_ticket(void **state)
{
	struct practice_run run = { 0 };

	(void)state;
	upload_passport();
	run = KYC(&practice, "receipt", "-c", INFORMED);
	expect(&run, 0, "Passport front");
	expect(&run, 0, "answer 204 after ");
	expect(&run, 0, " s, received");
	expect(&run, 0, "passport.jpg");
	expect(&run, 0, "SHA-256");
	assert_null(strstr(run.out, practice.dir));
	assert_null(strstr(run.out, "/samples"));
	for (const char *at = run.out; *at; at++) {
		size_t len = strcspn(at, "\n");

		assert_true(len <= 80);
		at += len;
		if (!*at)
			break;
	}
	practice_run_release(&run);
	run = KYC(&practice, "receipt", "--submission", "2");
	expect(&run, 3, "no submission 2");
	practice_run_release(&run);
}

static void test_receipt_to_proof(void **state)
{
	struct practice_run run = { 0 };
	json_t *line = NULL;
	json_t *attempts = NULL;
	char *head = NULL;

	(void)state;
	upload_passport();
	run = KYC(&practice, "receipt", "--submission", "1", "--json");
	expect(&run, 0, "");
	line = only_line(&run);
	assert_string_equal(text_of(line, "event"), "receipt");
	assert_string_equal(text_of(line, "customer"), INFORMED);
	assert_string_equal(text_of(line, "provider"), "lumx");
	assert_string_equal(text_of(line, "type"), "PASSPORT");
	assert_string_equal(text_of(line, "side"), "front");
	assert_string_equal(text_of(line, "state"), "accepted");
	assert_int_equal(strlen(text_of(line, "key")), 36);
	assert_int_equal(strlen(text_of(line, "sha256")), 64);
	assert_non_null(strstr(text_of(line, "endpoint"), "127.0.0.1"));
	attempts = json_object_get(line, "attempts");
	assert_int_equal(json_array_size(attempts), 1);
	assert_string_equal(text_of(json_array_get(attempts, 0), "outcome"),
			    "accepted");
	assert_true(json_is_null(json_object_get(line, "doubt")));
	head = mem_dup(text_of(json_object_get(line, "head"), "hash"));
	json_decref(line);
	practice_run_release(&run);

	run = KYC(&practice, "audit", "verify", "--head", head);
	expect(&run, 0, head);
	practice_run_release(&run);

	/* Who was it? The record does not stand by the receipt any more. */
	tamper("UPDATE events SET who = 'eve' WHERE id = 3");
	run = KYC(&practice, "audit", "verify");
	expect(&run, 6, "entry 3 was changed");
	practice_run_release(&run);
	run = KYC(&practice, "audit", "verify", "--json");
	expect(&run, 6, "");
	line = only_line(&run);
	assert_string_equal(text_of(line, "fault"), "changed");
	assert_int_equal(json_integer_value(json_object_get(line, "entry")), 3);
	assert_true(json_is_false(json_object_get(line, "ok")));
	json_decref(line);
	practice_run_release(&run);
	free(head);
}

static void test_cut_is_found(void **state)
{
	struct practice_run run = { 0 };

	(void)state;
	upload_passport();
	run = KYC(&practice, "audit", "verify");
	expect(&run, 0, "as they were written");
	practice_run_release(&run);
	tamper("DELETE FROM events WHERE id > 3;"
	       "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'events'");
	run = KYC(&practice, "audit", "verify");
	expect(&run, 6, "entry 4 and what followed it were cut off");
	practice_run_release(&run);
}

static void test_changed_record_is_said(void **state)
{
	struct practice_run run = { 0 };

	(void)state;
	upload_passport();
	tamper("UPDATE submissions SET sha256 = replace(sha256, '0', '1')");
	run = KYC(&practice, "receipt", "-c", INFORMED);
	expect(&run, 0, "Warning");
	practice_run_release(&run);
}

static void test_audit_lists_without_private_values(void **state)
{
	char *form =
		practice_file(&practice, "form.json", practice_information);
	struct practice_run run =
		KYC(&practice, "info", "-c", PRACTICE_MARIA, form);
	char *head = NULL;

	(void)state;
	expect(&run, 0, "accepted");
	practice_run_release(&run);
	run = KYC(&practice, "audit", "list", "--json");
	expect(&run, 0, PRACTICE_MARIA);
	assert_null(strstr(run.out, "Maria"));
	assert_null(strstr(run.out, "+55"));
	assert_null(strstr(run.out, "form.json"));
	practice_run_release(&run);
	run = KYC(&practice, "audit", "list", "-c", INFORMED, "--json");
	expect(&run, 0, "");
	assert_string_equal(run.out, "");
	practice_run_release(&run);
	run = KYC(&practice, "audit", "head");
	expect(&run, 0, " ");
	head = mem_dup_n(strchr(run.out, ' ') + 1, 64);
	practice_run_release(&run);
	run = KYC(&practice, "audit", "verify", "--head", head);
	expect(&run, 0, "that was asked for");
	practice_run_release(&run);
	free(head);
	free(form);
}

static void test_resume_says_what_is_left(void **state)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run = { 0 };
	json_t *line = NULL;
	char *last = NULL;

	(void)state;
	practice_kill_server(&practice);
	run = KYC(&practice, "upload", "-c", INFORMED, "-t", "PASSPORT", "-s",
		  "front", "-C", "BRA", "--no-wait", passport);
	expect(&run, 4, "queued");
	practice_run_release(&run);
	run = KYC(&practice, "resume", "--json");
	expect(&run, 4, "");
	last = strstr(run.out, "{\"event\":\"unsettled\"");
	assert_non_null(last);
	line = json_loads(last, 0, NULL);
	assert_non_null(line);
	assert_int_equal(
		json_integer_value(json_object_get(line, "submission")), 1);
	assert_non_null(strstr(text_of(line, "next"), "kyc resume"));
	json_decref(line);
	practice_run_release(&run);
	free(passport);
}

/* Its papers were there before anything was sent from here. */
static void test_status_names_differences(void **state)
{
	struct practice_run run = KYC(&practice, "status", "-c", ELSEWHERE);

	(void)state;
	expect(&run, 0, "! Passport was not sent from here, but Lumx has it");
	practice_run_release(&run);
	run = KYC(&practice, "status", "-c", ELSEWHERE, "--json");
	expect(&run, 0, "\"kind\":\"not_ours\"");
	/* Each line still is a requirement. */
	for (const char *at = run.out; *at; at = strchr(at, '\n') + 1)
		assert_int_equal(strncmp(at, "{\"requirement\":\"", 16), 0);
	practice_run_release(&run);
}

/* The screen shows the receipt that the shell prints. */
static void test_screen_shows_the_same_receipt(void **state)
{
	struct practice_run run = { 0 };
	struct pty *pty = NULL;
	char *body = NULL;

	(void)state;
	upload_passport();
	run = KYC(&practice, "receipt", "-c", INFORMED);
	expect(&run, 0, "Key            ");
	body = mem_dup_n(strstr(run.out, "Key            ") + 15, 36);
	practice_run_release(&run);
	pty = hands_open(&practice, 40, 100);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	hands_point_at(pty, "Passport");
	pty_send(pty, "d");
	pty_expect(pty, "─ Receipt ─");
	pty_expect(pty, body);
	pty_expect(pty, "answer 204 after ");
	pty_send(pty, "G");
	pty_expect_match(pty, "Audit head +entry [0-9]+");
	pty_send(pty, HANDS_ESC);
	pty_expect_gone(pty, "─ Receipt ─");
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	free(body);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "a receipt fits a ticket", test_receipt_fits_a_ticket);
	test_add(&tests, "from the receipt to the proof",
		 test_receipt_to_proof);
	test_add(&tests, "a cut is found", test_cut_is_found);
	test_add(&tests, "a changed record is said",
		 test_changed_record_is_said);
	test_add(&tests, "audit lists without private values",
		 test_audit_lists_without_private_values);
	test_add(&tests, "resume says what is left",
		 test_resume_says_what_is_left);
	test_add(&tests, "status names differences",
		 test_status_names_differences);
	test_add(&tests, "the screen shows the same receipt",
		 test_screen_shows_the_same_receipt);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/receipt");
}
