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

/* Information is in, nothing else. */
#define ANTONIO "5eed0000-0000-4000-8000-000000000010"

static struct practice practice;

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

/* What answering ANSWERS, line by line, printed; its exit status in *STATUS.
 * free() it. */
static char *converse(const char *answers, const char *option, int *status)
{
	char *program = test_build_path("kyc");
	char *in = practice_file(&practice, "answers", answers);
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
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
	text = read_whole(out);
	free(program);
	free(in);
	free(out);
	return text;
}

static void expect(const char *said, const char *text)
{
	if (strstr(said, text))
		return;
	fputs(said, stderr); /* longer than cmocka prints */
	fail_msg("'%s' was not said", text);
}

static void test_linear_from_start_to_received(void **state)
{
	char *passport = practice_sample("passport.jpg");
	char *address = practice_sample("proof-of-address.pdf");
	char *answers = mem_printf("anton\n1\n4\n\n%s\n7\nBrazil\n'%s'\ns\nq\n",
				   passport, address);
	int status = -1;
	char *said = converse(answers, "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	expect(said, "1. Antônio Guimarães, individual, BRA");
	expect(said, "4. Passport front: ready\n");
	expect(said, "Sending 2 items.");
	expect(said, "Passport front: received");
	expect(said, "Proof of address: received");
	/* Append-only: nothing moves the cursor. */
	assert_null(strchr(said, '\033'));
	assert_null(strchr(said, '\r'));
	assert_int_equal(practice_documents(&practice, ANTONIO), 2);
	free(said);
	free(answers);
	free(passport);
	free(address);
}

static void test_linear_fills_in_a_form(void **state)
{
	int status = -1;
	char *said = converse("beatriz\n1\n1\nAna\n\n-\n<\nClara\nb\n1\nb\nq\n",
			      "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	expect(said, "1 of 17. First name (needed) []:");
	/* Kept, and shown when it is asked again. */
	expect(said, "1 of 17. First name (needed) [kept]:");
	expect(said, "fields are not right yet.");
	free(said);
}

static void test_linear_says_what_is_wrong(void **state)
{
	char *empty = practice_sample("refused-empty.jpg");
	char *answers = mem_printf(
		"camila\n1\n99\nx\n8\nNowhere\nBRA\n/nonexistent\n%s\nq\n",
		empty);
	int status = -1;
	char *said = converse(answers, "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	expect(said, "A number opens that line.");
	expect(said, "cannot open '/nonexistent'");
	expect(said, "is empty, so there is nothing to send");
	free(said);
	free(answers);
	free(empty);
}

static void test_linear_ends_with_its_input(void **state)
{
	int status = -1;
	char *said = converse("anton", "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	expect(said, "1. Antônio"); /* also a line without an end counts */
	free(said);
}

/* Signs that a terminal would obey are marks, also when they are answers. */
static void test_linear_cleans_what_it_repeats(void **state)
{
	int status = -1;
	char *said =
		converse("\033[2Jno such person\nq\n", "--linear", &status);

	(void)state;
	assert_int_equal(status, 0);
	assert_null(strchr(said, '\033'));
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
	expect(said, "Customer: ");
	free(said);
	free(before);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	test_add(&tests, "from start to received",
		 test_linear_from_start_to_received);
	test_add(&tests, "a form", test_linear_fills_in_a_form);
	test_add(&tests, "what is wrong", test_linear_says_what_is_wrong);
	test_add(&tests, "the end", test_linear_ends_with_its_input);
	test_add(&tests, "cleans", test_linear_cleans_what_it_repeats);
	TEST_ROWS(&tests, test_linear_is_chosen_by, settings);
	practice_start(&practice, "--review-seconds 3600");
	failed = test_run(&tests, "end_to_end/linear");
	practice_stop(&practice);
	return failed;
}
