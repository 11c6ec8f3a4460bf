/* SPDX-License-Identifier: MIT */
/* The line-mode commands, whole, against the practice server: what a script
 * would see. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"

/* Information is in, documents are wanted. */
#define INFORMED "5eed0000-0000-4000-8000-000000000010"
#define BUSINESS "5eed0000-0000-4000-8000-000000000031"
#define PARTY	 "5eed0000-0000-4000-9000-000000003102"
#define APPROVED "5eed0000-0000-4000-8000-000000000024"

static struct practice practice;

static int set_up(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 1");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

/* Line NUMBER of TEXT as JSON; fails the test if it is none. */
static json_t *json_line(const char *text, size_t number)
{
	const char *at = text;
	json_t *line = NULL;
	char *one = NULL;

	while (number--) {
		at = strchr(at, '\n');
		assert_non_null(at);
		at++;
	}
	one = mem_dup_n(at, strcspn(at, "\n"));
	line = json_loads(one, 0, NULL);
	if (!line)
		fail_msg("not JSON: '%s'", one);
	free(one);
	return line;
}

static void expect_text(json_t *object, const char *key, const char *want)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text || strcmp(text, want) != 0)
		fail_msg("'%s' is '%s', wanted '%s'", key, text ? text : "null",
			 want);
}

/* Send the information of CUSTOMER; documents may follow then. */
static void inform(const char *customer)
{
	char *path = practice_file(&practice, "information.json",
				   practice_information);
	struct practice_run run =
		KYC(&practice, "info", "-c", customer, "--json", path);

	practice_expect(&run, 0);
	practice_run_release(&run);
	free(path);
}

static void test_customers_lists_and_searches(void **state)
{
	struct practice_run run = KYC(&practice, "customers", "--json");
	json_t *line = NULL;

	(void)state;
	practice_expect(&run, 0);
	assert_true(walk_lines(run.out) >= 40);
	practice_run_release(&run);

	run = KYC(&practice, "customers", "--json", "--search", "sao joao");
	practice_expect(&run, 0);
	assert_int_equal(walk_lines(run.out), 1);
	line = json_line(run.out, 0);
	expect_text(line, "kind", "business");
	expect_text(line, "country", "BRA");
	expect_text(line, "status", "not_started");
	json_decref(line);
	practice_run_release(&run);
}

static void test_upload_before_information_is_refused(void **state)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run =
		KYC(&practice, "upload", "-c", PRACTICE_MARIA, "-t", "PASSPORT",
		    "-s", "front", "-C", "BRA", "--json", passport);
	json_t *line = NULL;

	(void)state;
	practice_expect(&run, 1);
	line = json_line(run.out, 0);
	expect_text(line, "state", "refused");
	assert_true(json_is_object(json_object_get(line, "error")));
	json_decref(line);
	practice_run_release(&run);
	free(passport);
}

static void test_upload_accepts_and_sends_once(void **state)
{
	char *passport = practice_sample("passport.jpg");
	const char *const words[] = { "upload",	  "-c",	    INFORMED, "-t",
				      "PASSPORT", "-s",	    "front",  "-C",
				      "BR",	  "--json", passport, NULL };
	struct practice_run run = practice_kyc(&practice, words);
	struct practice_run again = practice_kyc(&practice, words);
	json_t *line = NULL;
	json_t *second = NULL;

	(void)state;
	practice_expect(&run, 0);
	practice_expect(&again, 0);
	line = json_line(run.out, 0);
	second = json_line(again.out, 0);
	expect_text(line, "event", "result");
	expect_text(line, "state", "accepted");
	expect_text(line, "type", "PASSPORT");
	expect_text(line, "side", "front");
	expect_text(line, "customer", INFORMED);
	assert_int_equal(
		strlen(json_string_value(json_object_get(line, "sha256"))), 64);
	assert_int_equal(json_integer_value(json_object_get(line, "attempts")),
			 1);
	/* The second run answers from the record: the same submission. */
	assert_int_equal(
		json_integer_value(json_object_get(line, "submission")),
		json_integer_value(json_object_get(second, "submission")));
	json_decref(line);
	json_decref(second);
	practice_run_release(&run);
	practice_run_release(&again);
	free(passport);
}

static const struct refused {
	const char *name;
	const char *words[12];
	const char *sample;
	int status;
	const char *said; /* on standard error */
} refusals[] = {
	{ "an empty file",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "BRA" },
	  "refused-empty.jpg",
	  3,
	  "empty" },
	{ "a renamed file",
	  { "-c", INFORMED, "-t", "BANK_STATEMENT", "-C", "BRA" },
	  "refused-text-named.pdf",
	  3,
	  "plain text" },
	{ "a truncated file",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "BRA" },
	  "refused-truncated.jpg",
	  3,
	  "" },
	{ "an encrypted file",
	  { "-c", INFORMED, "-t", "BANK_STATEMENT", "-C", "BRA" },
	  "refused-encrypted.pdf",
	  3,
	  "password" },
	{ "a missing file",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "BRA" },
	  "there-is-none.jpg",
	  3,
	  "there-is-none.jpg" },
	{ "a directory",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "BRA" },
	  "",
	  3,
	  "folder" },
	{ "a type that is none",
	  { "-c", INFORMED, "-t", "PASPORT", "-C", "BRA" },
	  "passport.jpg",
	  3,
	  "'PASSPORT'" },
	{ "a country that is none",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "XXX" },
	  "selfie.jpg",
	  3,
	  "XXX" },
	{ "no country",
	  { "-c", INFORMED, "-t", "SELFIE" },
	  "selfie.jpg",
	  3,
	  "country" },
	{ "no side where one is needed",
	  { "-c", INFORMED, "-t", "ID_CARD", "-C", "BRA" },
	  "id-card-front.jpg",
	  3,
	  "side" },
	{ "a side where none is taken",
	  { "-c", INFORMED, "-t", "SELFIE", "-C", "BRA", "-s", "back" },
	  "selfie.jpg",
	  3,
	  "side" },
	{ "a party that is none",
	  { "-c", BUSINESS, "-t", "PASSPORT", "-C", "BRA", "-s", "front", "-P",
	    "Nobody" },
	  "passport.jpg",
	  3,
	  "Nobody" },
	{ "a customer that is none",
	  { "-c", PRACTICE_UNKNOWN, "-t", "SELFIE", "-C", "BRA" },
	  "selfie.jpg",
	  1,
	  PRACTICE_UNKNOWN },
	{ "a customer that takes nothing",
	  { "-c", APPROVED, "-t", "SELFIE", "-C", "BRA" },
	  "selfie.jpg",
	  3,
	  "" },
	{ "an id that could leave the path",
	  { "-c", "..", "-t", "SELFIE", "-C", "BRA" },
	  "selfie.jpg",
	  3,
	  "'..'" },
	{ "no customer", { "-t", "SELFIE" }, "selfie.jpg", 2, "-c" },
};

static void test_upload_refuses(void **state)
{
	const struct refused *row = *state;
	char *sample = practice_sample(row->sample);
	const char *words[16] = { "upload", "--json" };
	struct practice_run run = { 0 };
	size_t count = 2;

	for (size_t i = 0; i < 12 && row->words[i]; i++)
		words[count++] = row->words[i];
	words[count] = sample;
	run = practice_kyc(&practice, words);
	practice_expect(&run, row->status);
	if (!strstr(run.err, row->said) && !strstr(run.out, row->said))
		fail_msg("nobody says '%s'\nout: %s\nerr: %s", row->said,
			 run.out, run.err);
	if (row->status != 2) {
		json_t *line = json_line(run.out, 0);

		assert_int_equal(walk_lines(run.out), 1);
		expect_text(line, "event", "result");
		expect_text(line, "state", "refused");
		json_decref(line);
	}
	/* Nothing of it waits to be sent. */
	practice_run_release(&run);
	run = KYC(&practice, "resume", "--json");
	practice_expect(&run, 0);
	assert_string_equal(run.out, "");
	practice_run_release(&run);
	free(sample);
}

static void test_upload_finds_a_party_by_name(void **state)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run =
		KYC(&practice, "status", "-c", BUSINESS, "--json");
	json_t *line = NULL;

	(void)state;
	practice_expect(&run, 0);
	assert_non_null(strstr(run.out, PARTY));
	practice_run_release(&run);
	run = KYC(&practice, "upload", "-c", BUSINESS, "-t", "PASSPORT", "-s",
		  "front", "-C", "BRA", "-P", PARTY, "--json", passport);
	practice_expect(&run, 0);
	line = json_line(run.out, 0);
	expect_text(line, "party", PARTY);
	json_decref(line);
	practice_run_release(&run);
	free(passport);
}

static void test_info_says_what_is_wrong(void **state)
{
	char *path = practice_file(&practice, "wrong.json",
				   "{\"phone\":\"12\",\"fistName\":\"M\"}");
	struct practice_run run =
		KYC(&practice, "info", "-c", PRACTICE_MARIA, "--json", path);
	json_t *line = NULL;

	(void)state;
	practice_expect(&run, 3);
	line = json_line(run.out, 0);
	expect_text(line, "state", "refused");
	assert_non_null(
		json_object_get(json_object_get(line, "error"), "field"));
	assert_non_null(strstr(run.err, "firstName"));
	assert_non_null(strstr(run.err, "+55"));
	json_decref(line);
	practice_run_release(&run);
	free(path);
}

/* What is not said stays as the provider knows it. */
/* A script reads a result, also of what was no form at all. */
static void test_info_answers_what_it_cannot_read(void **state)
{
	char *path = practice_file(&practice, "form.json", "{\"phone\":");
	struct practice_run run =
		KYC(&practice, "info", "-c", PRACTICE_MARIA, "--json", path);
	json_t *line = json_line(run.out, 0);

	(void)state;
	practice_expect(&run, 3);
	expect_text(line, "event", "result");
	expect_text(line, "type", "information");
	expect_text(line, "state", "refused");
	expect_text(json_object_get(line, "error"), "code", "refused");
	json_decref(line);
	practice_run_release(&run);
	free(path);
}

static void test_info_goes_over_what_is_known(void **state)
{
	struct practice_run run = { 0 };
	char *path = practice_file(&practice, "other.json",
				   "{\"professionalOccupation\":\"Nurse\"}");

	(void)state;
	run = KYC(&practice, "info", "-c", PRACTICE_MARIA, "--json", path);
	practice_expect(&run, 3);
	practice_run_release(&run);
	inform(PRACTICE_MARIA);
	run = KYC(&practice, "info", "-c", PRACTICE_MARIA, "--json", path);
	practice_expect(&run, 0);
	practice_run_release(&run);
	free(path);
}

static void test_info_accepts(void **state)
{
	struct practice_run run = { 0 };
	json_t *line = NULL;
	bool found = false;

	(void)state;
	inform(PRACTICE_MARIA);
	run = KYC(&practice, "status", "-c", PRACTICE_MARIA, "--json");
	practice_expect(&run, 0);
	for (size_t i = 0; i < walk_lines(run.out); i++) {
		line = json_line(run.out, i);
		if (strcmp(json_string_value(
				   json_object_get(line, "requirement")),
			   "ADDITIONAL_INFORMATION") == 0) {
			expect_text(line, "status", "sent");
			found = true;
		}
		json_decref(line);
	}
	assert_true(found);
	practice_run_release(&run);
}

static void test_check_says_what_would_be(void **state)
{
	char *good = practice_sample("passport.jpg");
	char *small = practice_sample("refused-too-small.jpg");
	char *bad = practice_sample("refused-encrypted.pdf");
	struct practice_run run = KYC(&practice, "check", "-t", "PASSPORT",
				      "--json", good, small, bad);
	json_t *line = NULL;

	(void)state;
	practice_expect(&run, 3);
	assert_int_equal(walk_lines(run.out), 3);
	line = json_line(run.out, 0);
	expect_text(line, "verdict", "accept");
	json_decref(line);
	line = json_line(run.out, 1);
	expect_text(line, "verdict", "warn");
	json_decref(line);
	line = json_line(run.out, 2);
	expect_text(line, "verdict", "reject");
	json_decref(line);
	practice_run_release(&run);
	free(good);
	free(small);
	free(bad);
}

/* The sum of the ids of all that was accepted. */
static json_int_t accepted_ids(const char *out)
{
	json_int_t sum = 0;

	for (size_t i = 0; i < walk_lines(out); i++) {
		json_t *line = json_line(out, i);
		const char *word =
			json_string_value(json_object_get(line, "state"));

		if (strcmp(word, "accepted") == 0)
			sum += json_integer_value(
				json_object_get(line, "submission"));
		json_decref(line);
	}
	return sum;
}

static void test_batch_sends_only_what_was_not_accepted(void **state)
{
	char *passport = practice_sample("passport.jpg");
	char *address = practice_sample("proof-of-address.pdf");
	char *text = mem_printf(
		"{\"customer\":\"%s\",\"info\":%s}\n"
		"{\"customer\":\"%s\",\"type\":\"PASSPORT\",\"side\":\"front\","
		"\"country\":\"BRA\",\"file\":\"%s\"}\n"
		"\n"
		"{\"customer\":\"%s\",\"type\":\"PROOF_OF_ADDRESS\","
		"\"country\":\"BRA\",\"file\":\"%s\"}\n"
		"{\"customer\":\"%s\",\"type\":\"SELFIE\","
		"\"country\":\"BRA\",\"file\":\"none.jpg\"}\n"
		"not JSON\n",
		PRACTICE_MARIA, practice_information, PRACTICE_MARIA, passport,
		PRACTICE_MARIA, address, PRACTICE_MARIA);
	char *manifest = practice_file(&practice, "manifest.jsonl", text);
	struct practice_run run = KYC(&practice, "batch", "--json", manifest);
	struct practice_run again = { 0 };
	size_t accepted = 0, refused = 0;

	(void)state;
	practice_expect(&run, 3);
	assert_int_equal(walk_lines(run.out), 5);
	for (size_t i = 0; i < 5; i++) {
		json_t *line = json_line(run.out, i);
		const char *word =
			json_string_value(json_object_get(line, "state"));

		accepted += strcmp(word, "accepted") == 0;
		refused += strcmp(word, "refused") == 0;
		json_decref(line);
	}
	assert_int_equal(accepted, 3);
	assert_int_equal(refused, 2);
	again = KYC(&practice, "batch", "--json", manifest);
	practice_expect(&again, 3);
	assert_int_equal(walk_lines(again.out), 5);
	/* The form is no second one either. */
	assert_int_equal(accepted_ids(again.out), accepted_ids(run.out));
	practice_run_release(&run);
	practice_run_release(&again);
	free(passport);
	free(address);
	free(text);
	free(manifest);
}

static void test_queue_outlives_a_server_that_is_not_there(void **state)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run = { 0 };
	json_t *line = NULL;
	char *key = NULL;

	(void)state;
	practice_kill_server(&practice);
	run = KYC(&practice, "upload", "-c", INFORMED, "-t", "PASSPORT", "-s",
		  "front", "-C", "BRA", "--json", "--no-wait", passport);
	practice_expect(&run, 4);
	line = json_line(run.out, 0);
	expect_text(line, "state", "queued");
	key = mem_dup(json_string_value(json_object_get(line, "key")));
	json_decref(line);
	practice_run_release(&run);
	practice_restart_server(&practice);
	run = KYC(&practice, "resume", "--json");
	practice_expect(&run, 0);
	line = json_line(run.out, 0);
	expect_text(line, "state", "accepted");
	expect_text(line, "key", key);
	json_decref(line);
	practice_run_release(&run);
	free(key);
	free(passport);
}

static void test_wrong_key_is_said_once(void **state)
{
	char *passport = practice_sample("passport.jpg");
	struct practice_run run = { 0 };

	(void)state;
	setenv("PRACTICE_KEY", "another", 1);
	run = KYC(&practice, "upload", "-c", INFORMED, "-t", "PASSPORT", "-s",
		  "front", "-C", "BRA", passport);
	unsetenv("PRACTICE_KEY");
	practice_expect(&run, 5);
	assert_null(strstr(run.err, "another"));
	practice_run_release(&run);
	free(passport);
}

static void test_no_configuration_and_no_state(void **state)
{
	char *blocked = practice_file(&practice, "blocked", "not a directory");
	char *config = mem_printf("%s/none", practice.dir);
	struct practice_run run = KYC(&practice, "--config", config, "status",
				      "-c", PRACTICE_MARIA);

	(void)state;
	practice_expect(&run, 6);
	assert_non_null(strstr(run.err, "kyc demo"));
	practice_run_release(&run);
	run = KYC(&practice, "--state", blocked, "status", "-c",
		  PRACTICE_MARIA);
	practice_expect(&run, 6);
	assert_non_null(strstr(run.err, blocked));
	practice_run_release(&run);
	free(config);
	free(blocked);
}

/* A sparse 50 MB PDF that is whole enough to be looked into. */
static char *big_pdf(void)
{
	char *small = practice_sample("bank-statement.pdf");
	char *path = mem_printf("%s/big.pdf", practice.dir);
	int from = open(small, O_RDONLY);
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	char chunk[65536] = "%PDF-1.7\n%";
	ssize_t got = 0;
	off_t filled = 10;

	/* One long comment in front: offsets inside stay wrong, so that the
	 * reader has to rebuild the table; then the real document. */
	assert_true(from >= 0 && to >= 0);
	memset(chunk + 10, 'x', sizeof(chunk) - 10);
	assert_int_equal(write(to, chunk, sizeof(chunk)), sizeof(chunk));
	memset(chunk, 'x', sizeof(chunk));
	for (filled = sizeof(chunk); filled < 49900000;
	     filled += (off_t)sizeof(chunk))
		assert_int_equal(write(to, chunk, sizeof(chunk)),
				 sizeof(chunk));
	assert_int_equal(write(to, "\n", 1), 1);
	while ((got = read(from, chunk, sizeof(chunk))) > 0)
		assert_int_equal(write(to, chunk, (size_t)got), got);
	close(from);
	close(to);
	free(small);
	return path;
}

static void test_upload_of_50_megabytes(void **state)
{
	struct practice_run run = { 0 };
	char *path = NULL;

	(void)state;
	practice_stop(&practice);
	/* Slow enough for progress to be worth a word. */
	practice_start(&practice, "--fault rate=40000000,method=POST");
	path = big_pdf();
	run = KYC(&practice, "upload", "-c", INFORMED, "-t", "BANK_STATEMENT",
		  "-C", "BRA", "--json", path);
	practice_expect(&run, 0);
	/* Off a terminal progress is sparse lines, full only at the end. */
	assert_non_null(strstr(run.err, "BANK_STATEMENT"));
	assert_null(strstr(run.err, "100 %"));
	practice_run_release(&run);
	free(path);
}

static void test_kill_in_the_middle_loses_nothing(void **state)
{
	char *passport = practice_sample("passport.jpg");
	const char *const words[] = { "upload",	  "-c",	    INFORMED, "-t",
				      "PASSPORT", "-s",	    "front",  "-C",
				      "BRA",	  passport, NULL };
	struct practice_run run = { 0 };
	json_t *line = NULL;
	int ends[2];
	char byte = 0;
	pid_t pid = 0;

	(void)state;
	practice_kill_server(&practice);
	practice_stop(&practice);
	practice_start(&practice, "--fault rate=100000,method=POST");
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = practice_kyc_start(&practice, words, ends[1]);
	close(ends[1]);
	/* The first word of progress: bytes are on their way. */
	assert_int_equal(read(ends[0], &byte, 1), 1);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(ends[0]);
	practice_kill_server(&practice);
	practice_restart_server(&practice);
	run = KYC(&practice, "resume", "--json");
	practice_expect(&run, 0);
	line = json_line(run.out, 0);
	expect_text(line, "state", "accepted");
	json_decref(line);
	assert_int_equal(walk_lines(run.out), 1);
	practice_run_release(&run);
	free(passport);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "customers lists and searches",
		 test_customers_lists_and_searches);
	test_add(&tests, "upload before information is refused",
		 test_upload_before_information_is_refused);
	test_add(&tests, "upload accepts and sends once",
		 test_upload_accepts_and_sends_once);
	TEST_ROWS(&tests, test_upload_refuses, refusals);
	test_add(&tests, "upload finds a party by name",
		 test_upload_finds_a_party_by_name);
	test_add(&tests, "info says what is wrong",
		 test_info_says_what_is_wrong);
	test_add(&tests, "info answers what it cannot read",
		 test_info_answers_what_it_cannot_read);
	test_add(&tests, "info accepts", test_info_accepts);
	test_add(&tests, "info goes over what is known",
		 test_info_goes_over_what_is_known);
	test_add(&tests, "check says what would be",
		 test_check_says_what_would_be);
	test_add(&tests, "batch sends only what was not accepted",
		 test_batch_sends_only_what_was_not_accepted);
	test_add(&tests, "queue outlives a server that is not there",
		 test_queue_outlives_a_server_that_is_not_there);
	test_add(&tests, "wrong key is said once", test_wrong_key_is_said_once);
	test_add(&tests, "no configuration and no state",
		 test_no_configuration_and_no_state);
	test_add(&tests, "upload of 50 megabytes", test_upload_of_50_megabytes);
	test_add(&tests, "kill in the middle loses nothing",
		 test_kill_in_the_middle_loses_nothing);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/commands");
}
