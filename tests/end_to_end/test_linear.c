/* SPDX-License-Identifier: MIT */
/* The wizard as plain questions, from a pipe: nothing is drawn, and all of the
 * road is there. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/practice.h"
#include "tests/test.h"

extern char **environ;

#define CUSTOMER(n) "5eed0000-0000-4000-8000-0000000000" n
#define ANTONIO	    CUSTOMER("10") /* information is in, nothing else */
#define BLURRED	    CUSTOMER("17") /* a passport is */
#define COMPANY	    CUSTOMER("20") /* Dwolla's: a business, two owners */

static struct practice practice;

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	unsetenv("LANGUAGE");
	unsetenv("LC_ALL");
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 3600");
	return 0;
}

/* The provider decides at once. */
static int set_up_quick(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 0");
	return 0;
}

static int set_up_dwolla(void **state)
{
	(void)state;
	practice_start_for(&practice, "dwolla", "--review-seconds 0");
	return 0;
}

static char *read_whole(const char *path)
{
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	char chunk[4096];
	size_t got = 0;

	assert_non_null(file);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&text, chunk, got);
	fclose(file);
	return buf_take(&text);
}

/* What reading the file IN, printed; its exit status in *STATUS. free() it. */
static char *converse_from(const char *in, const char *option, int *status)
{
	char *program = test_build_path("kyc");
	char *out = mem_printf("%s/said", practice.dir);
	char *argv[] = { program, (char *)option, NULL };
	posix_spawn_file_actions_t actions;
	char *text = NULL;
	pid_t pid = 0;

	setenv("KYC_CONFIG", practice.config, 1);
	setenv("KYC_STATE", practice.state, 1);
	setenv("PRACTICE_KEY", "kyc-sandbox-key", 1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, in, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, out,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	assert_int_equal(
		posix_spawn(&pid, program, &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(waitpid(pid, status, 0), pid);
	unsetenv("PRACTICE_KEY");
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
	text = read_whole(out);
	free(program);
	free(out);
	return text;
}

/* What answering ANSWERS, line by line, printed. free() it. */
static char *converse(const char *answers, const char *option, int *status)
{
	char *in = practice_file(&practice, "answers", answers);
	char *said = converse_from(in, option, status);

	free(in);
	return said;
}

/* Each of TEXTS (NULL ends) was said, in this order. */
static void expect_all(const char *said, const char *const *texts)
{
	const char *at = said;

	for (; *texts; texts++) {
		at = strstr(at, *texts);
		if (!at) {
			fputs(said, stderr); /* longer than cmocka prints */
			fail_msg("'%s' was not said in its place", *texts);
		}
		at += strlen(*texts);
	}
}

#define EXPECT(said, ...) \
	expect_all((said), (const char *const[]){ __VA_ARGS__, NULL })

/* Answer ANSWERS, a line each, samples in place of each "@": the program ends
 * with STATUS, and says these in this order. */
static void walk(const char *answers, int status, const char *const *texts)
{
	char *sample = practice_sample("");
	struct buf whole = { 0 };
	char *said = NULL;
	int ended = -1;

	for (; *answers; answers++)
		if (*answers == '@')
			buf_add_text(&whole, sample);
		else
			buf_add_char(&whole, *answers);
	said = converse(buf_text(&whole), "--linear", &ended);
	expect_all(said, texts);
	if (ended != status) {
		fputs(said, stderr);
		fail_msg("wanted status %d, got %d", status, ended);
	}
	/* Append-only: nothing moves the cursor. */
	assert_null(strpbrk(said, "\033\r"));
	free(said);
	free(sample);
	buf_release(&whole);
}

#define WALK(answers, status, ...) \
	walk((answers), (status), (const char *const[]){ __VA_ARGS__, NULL })

static void test_linear_from_start_to_received(void **state)
{
	(void)state;
	WALK("anton\n1\n3\n\n@passport.jpg\n7\nBrazil\n'@proof-of-address.pdf'\n"
	     "s\n\nq\n",
	     0, "1. Antônio Guimarães, individual, BRA",
	     "Checked: passport.jpg, nothing wrong was found.",
	     "3. ready: Passport front\n", "Send 2 items?",
	     "received: Passport front");
	assert_int_equal(practice_documents(&practice, ANTONIO), 2);
}

/* The reason, what to do, another picture, the request, the verdict. */
static void test_linear_replaces_a_rejected_one(void **state)
{
	(void)state;
	WALK(BLURRED "\nn\n\n@passport.jpg\ns\n\n9\ny\nw\n\nq\n", 0,
	     "3. rejected: Passport front",
	     "Rejected: The photo cannot be read",
	     "What to do: Take a new picture", "3. ready: Passport front",
	     "received: Passport front",
	     "Number 9 comes next: Request for the review",
	     "received: Request for the review", "accepted: Passport front",
	     "approved: Pedro Simões");
}

/* Three files at once, for two holders; a correction; a certification. */
static void test_linear_finishes_a_business(void **state)
{
	(void)state;
	WALK(COMPANY "\na\n@id-card-front.jpg @incorporation-articles.pdf "
		     "@passport.jpg\n\n4\n?\n7\n11\nTheodore\nLindqvist\n"
		     "1980-02-03\n123456789\nb\n4\ny\ns\n\n\nq\n",
	     0, "Lovell Trading LLC", "11. rejected: Corrected data",
	     "3 files, 1 with a place", "File 1 of 3: id-card-front.jpg",
	     "Proposed: Identity card", "Because: named 'id card, front'",
	     "p: says the places.", "3 files were taken.",
	     "What to do: Correct the data", "1 of 12. First name (needed)",
	     "The form is complete.", "11. ready: Corrected data",
	     "The form is complete.", "9. ready: Passport, Ruth Calloway",
	     "Send 5 items?", "received: Certification of the owners",
	     "approved: Lovell Trading LLC");
	assert_int_equal(practice_documents(&practice, COMPANY), 3);
}

/* A form in Portuguese, from the first question on; the language may change on
 * the way. */
static void test_linear_speaks_portuguese(void **state)
{
	(void)state;
	setenv("LANGUAGE", "pt_BR", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	WALK(BLURRED "\nn\n\n@passport.jpg\ns\n?\n\n9\ns\nw\nl\n\nq\n", 0,
	     "pessoa física", "3. recusado: Passaporte",
	     "3. pronto: Passaporte", "s ou n [s]:", "s: sim.",
	     "recebido: Passaporte", "aprovado: Pedro Simões", "English",
	     "approved: Pedro Simões");
}

static void test_linear_fills_in_a_form(void **state)
{
	(void)state;
	WALK("beatriz\n1\n6\nAna\n\n-\n<\nClara\n?\nb\n6\nb\nq\n", 0,
	     "1 of 17. First name (needed) []:", "Contact",
	     "<: goes one field back.", "fields are not right yet.",
	     /* Kept, and shown when it is asked again. */
	     "1 of 17. First name (needed) [kept]:",
	     "fields are not right yet.");
}

/* What is known of the customer is offered, and taken with Enter. */
static void test_linear_derives(void **state)
{
	(void)state;
	WALK("beatriz\n1\n6\n\n\n\n\n\n<\n*\nb\nq\n", 0,
	     "Country (needed) [Brazil, derived]:", "Country (needed) [kept]:",
	     "Country: Brazil");
}

/* By number, by what a label begins with, as people write amounts. */
static void test_linear_understands_answers(void **state)
{
	(void)state;
	WALK("beatriz\n1\n6\n>\n>\n>\nBrazil\n>\n>\n>\n>\n3\n=b\n*\nsalary\n"
	     "1.234,50\n>\n1, 3\nb\n6\n\n\n\n\n*\n\n\n\n\n\n\n\n\n\n\n\n\nb\n"
	     "q\n",
	     0, "13 choices; * says them.", "Country: Brazil", "[Not working]",
	     "[b]", "[Salary", "[1234.50]", "[Brazil, European Union]");
}

static void test_linear_undoes(void **state)
{
	(void)state;
	WALK(ANTONIO "\n3\n\n@passport.jpg\nu\n\nZ\nu\nu\n3\n\n@passport.jpg\n"
		     "3\n\nx\n\nq\n",
	     0, "3. ready: Passport front",
	     "undone: ", "3. missing: Passport front",
	     "done again: ", "there is nothing to undo",
	     "3. ready: Passport front", "3. missing: Passport front");
}

/* What was done, its receipt, a sentence for the customer, a note. */
static void test_linear_tells(void **state)
{
	(void)state;
	WALK(ANTONIO "\n7\n\n@proof-of-address.pdf\ns\n\nt\nh\nd\n7\ny\n7\ny\n"
		     "x\nm\ncalled him\nm\n\np\nr\nq\n",
	     0, "7. received: Proof of address", "file chosen: Proof of",
	     "Receipt of which item:", "Submission: 1",
	     "SHA-256: ", "We have received this",
	     "'x' is no number of the list", "There is no note.",
	     ": called him", "Nothing is on its way.",
	     "Nothing new: not started");
}

static void test_linear_opens_from_the_inbox(void **state)
{
	(void)state;
	/* A list does not say who has something rejected: reading does. */
	WALK(BLURRED "\nb\nr\n1\nb\np\n1\nq\n", 0, "Pedro Simões",
	     "Customer:", "1. rejected today", "Pedro Simões, practice",
	     "3. rejected: Passport front",
	     "1. practice, Lumx, practice, in "
	     "use");
}

/* What is rejected is listed over all profiles, and opened where it is. */
static void test_linear_changes_the_profile(void **state)
{
	char *text = mem_printf("[profile one]\nprovider = lumx\n"
				"endpoint = %s\napi_key_env = PRACTICE_KEY\n"
				"[profile other]\nprovider = lumx\n"
				"endpoint = %s\napi_key_env = PRACTICE_KEY\n",
				practice.endpoint, practice.endpoint);

	(void)state;
	free(practice.config);
	practice.config = practice_file(&practice, "config", text);
	WALK(BLURRED "\nb\np\n7\np\n2\nr\n1\nb\nq\n", 0, "1. one, Lumx, ",
	     "in use", "2. other, Lumx", "'7' is no number of the list",
	     "other: Lumx", "1. rejected today", ", one", "one: Lumx",
	     "3. rejected: Passport front");
	free(text);
}

static void test_linear_says_what_is_wrong(void **state)
{
	(void)state;
	WALK("camila\n1\n99\nx\n7\nNowhere\nBRA\n/nonexistent\n@refused-empty.jpg\n"
	     "s\nq\n",
	     0, "'99' is no answer here", "'x' is no answer here",
	     "'Nowhere' is not a country", "cannot open '/nonexistent'",
	     "is empty, so there is nothing to send",
	     "There is nothing ready to send.");
}

static const struct ending {
	const char *name;
	const char *answers;
	int status;
	const char *says;
} endings[] = {
	{ "with nothing begun", "anton", 0, "1. Antônio" },
	{ "in the middle of a form", "beatriz\n1\n6\nAna", 0,
	  "fields are not right yet" },
	{ "while a file is asked for", ANTONIO "\n3\n\n", 0,
	  "Path of the file:" },
	{ "before it was sent", ANTONIO "\n3\n\n@passport.jpg\n", 4,
	  "1 item is chosen but not sent" },
	{ "and somebody left", ANTONIO "\n3\n\n@passport.jpg\nq\n", 0,
	  "1 item is chosen but not sent" },
	{ "where yes was asked for", ANTONIO "\n3\n\n@passport.jpg\ns\n", 4,
	  "1 item is chosen but not sent" },
};

/* Everything is kept, and whoever reads the exit status knows. */
static void test_linear_ends_with_its_input(void **state)
{
	const struct ending *row = *state;

	WALK(row->answers, row->status, row->says);
}

/* Signs that a terminal would obey are marks, also when they are answers. */
static void test_linear_cleans_what_it_repeats(void **state)
{
	(void)state;
	WALK("\033[2Jno such person\nx\xff\xfe\n" ANTONIO
	     "\n\xc3\n7\n\xff\033c\n"
	     "b\nq\n",
	     0, "not started: Antônio Guimarães", "is not a country");
}

/* A line that never ends, zero bytes, and then what is meant. */
static void test_linear_passes_rubbish_over(void **state)
{
	char *in = mem_printf("%s/rubbish", practice.dir);
	FILE *file = fopen(in, "w");
	char *said = NULL;
	int status = -1;

	(void)state;
	assert_non_null(file);
	for (int i = 0; i < 1 << 20; i++)
		putc('x', file);
	fwrite("\na\0b\n" ANTONIO "\n\0\nq\n", 1, 46, file);
	fclose(file);
	said = converse_from(in, "--linear", &status);
	EXPECT(said, "a line of more than 65536 bytes was not taken",
	       "a line with zero bytes was not taken",
	       "not started: Antônio Guimarães",
	       "a line with zero bytes was not taken");
	assert_int_equal(status, 0);
	assert_true(strlen(said) < 8192);
	free(said);
	free(in);
}

/* Nothing is longer than a line of a terminal but what has no blanks. */
static void test_linear_says_short_lines(void **state)
{
	int status = -1;
	char *said = converse("?\n\n" ANTONIO "\n?\n6\n?\n>\n>\n>\n>\nb\nq\n",
			      "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	for (const char *at = said; *at; at += strcspn(at, "\n") + 1) {
		char *line = mem_dup_n(at, strcspn(at, "\n"));

		if (text_width(line) > 79)
			fail_msg("too long: '%s'", line);
		free(line);
		if (!at[strcspn(at, "\n")])
			break;
	}
	free(said);
}

static const struct setting {
	const char *name;
	const char *variable, *value;
} settings[] = {
	{ "a dumb terminal", "TERM", "dumb" },
	{ "somebody who cannot see", "ACCESSIBLE", "1" },
};

static void test_linear_is_chosen_by(void **state)
{
	const struct setting *row = *state;
	char *before = mem_dup(getenv(row->variable));
	int status = -1;
	char *said = NULL;

	setenv(row->variable, row->value, 1);
	said = converse("q\n", NULL, &status);
	if (before)
		setenv(row->variable, before, 1);
	else
		unsetenv(row->variable);
	assert_int_equal(status, 0);
	EXPECT(said, "Customer:");
	free(said);
	free(before);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "a rejected one", test_linear_replaces_a_rejected_one);
	test_add(&tests, "portuguese", test_linear_speaks_portuguese);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].setup_func = set_up_quick;
	test_add(&tests, "a business", test_linear_finishes_a_business);
	tests.tests[tests.count - 1].setup_func = set_up_dwolla;
	test_add(&tests, "from start to received",
		 test_linear_from_start_to_received);
	test_add(&tests, "a form", test_linear_fills_in_a_form);
	test_add(&tests, "derived", test_linear_derives);
	test_add(&tests, "answers", test_linear_understands_answers);
	test_add(&tests, "undo", test_linear_undoes);
	test_add(&tests, "tells", test_linear_tells);
	test_add(&tests, "the inbox", test_linear_opens_from_the_inbox);
	test_add(&tests, "another profile", test_linear_changes_the_profile);
	test_add(&tests, "what is wrong", test_linear_says_what_is_wrong);
	TEST_ROWS(&tests, test_linear_ends_with_its_input, endings);
	test_add(&tests, "cleans", test_linear_cleans_what_it_repeats);
	test_add(&tests, "rubbish", test_linear_passes_rubbish_over);
	test_add(&tests, "short lines", test_linear_says_short_lines);
	TEST_ROWS(&tests, test_linear_is_chosen_by, settings);
	for (size_t i = 0; i < tests.count; i++) {
		if (!tests.tests[i].setup_func)
			tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/linear");
}
