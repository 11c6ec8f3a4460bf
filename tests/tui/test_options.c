/* SPDX-License-Identifier: MIT */
/* The command line: what is understood, and what is said of the rest. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/options.h"

/* A command table of the test's own. */
static int nothing(const struct tui_arguments *arguments)
{
	(void)arguments;
	return 0;
}

const struct tui_command tui_commands[] = {
	{ NULL, "", "", 0, 0, "the wizard", NULL, nothing },
	{ "upload", "FILE", "ctsCPiwa", 1, 1, "send", NULL, nothing },
	{ "customers", "", "S", 0, 0, "list", NULL, nothing },
	{ NULL, NULL, NULL, 0, 0, NULL, NULL, NULL },
};

static const struct line {
	const char *name;
	const char *words[8];
	const char *command; /* NULL: the wizard */
	const char *mistake; /* in the sentence; NULL: none */
} lines[] = {
	{ "the wizard", { NULL }, NULL, NULL },
	{ "a profile for the wizard", { "-p", "one" }, NULL, NULL },
	{ "options on both sides",
	  { "-p", "one", "upload", "-c", "id", "f.pdf", "--json" },
	  "upload",
	  NULL },
	{ "a command with a typo", { "uplaod" }, NULL, "'upload'" },
	{ "an option with a typo",
	  { "upload", "--cuntry", "BRA", "f" },
	  NULL,
	  "'--country'" },
	{ "a short option that is none", { "-z" }, NULL, "'-z'" },
	{ "an option of another command",
	  { "customers", "-c", "id" },
	  NULL,
	  "--customer" },
	{ "no value", { "upload", "f", "-c" }, NULL, "needs a value" },
	{ "no file", { "upload", "-c", "id" }, NULL, "usage" },
	{ "one file too many", { "upload", "a", "b" }, NULL, "'b'" },
};

static void test_arguments_parse(void **state)
{
	const struct line *row = *state;
	char *argv[10] = { (char *)(uintptr_t) "kyc" };
	struct tui_arguments arguments = { 0 };
	const struct tui_command *command = NULL;
	struct err err = { 0 };
	int argc = 1;
	int ret = 0;

	for (; argc <= 8 && row->words[argc - 1]; argc++)
		argv[argc] = (char *)(uintptr_t)row->words[argc - 1];
	ret = tui_arguments_parse(&arguments, &command, argc, argv, &err);
	if (row->mistake) {
		assert_int_equal(ret, -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, row->mistake));
	} else {
		assert_int_equal(ret, 0);
		if (row->command)
			assert_string_equal(command->name, row->command);
		else
			assert_null(command->name);
	}
	tui_arguments_release(&arguments);
}

static void test_arguments_hold_what_was_said(void **state)
{
	char *argv[] = { (char *)(uintptr_t) "kyc",
			 (char *)(uintptr_t) "upload",
			 (char *)(uintptr_t) "-i",
			 (char *)(uintptr_t) "a=1",
			 (char *)(uintptr_t) "-i",
			 (char *)(uintptr_t) "b=2",
			 (char *)(uintptr_t) "-sback",
			 (char *)(uintptr_t) "f.pdf",
			 NULL };
	struct tui_arguments arguments = { 0 };
	const struct tui_command *command = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
		tui_arguments_parse(&arguments, &command, 8, argv, &err), 0);
	assert_int_equal(arguments.field_count, 2);
	assert_string_equal(arguments.fields[1], "b=2");
	assert_string_equal(arguments.side, "back");
	assert_string_equal(arguments.operands[0], "f.pdf");
	tui_arguments_release(&arguments);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_arguments_parse, lines);
	test_add(&tests, "hold what was said",
		 test_arguments_hold_what_was_said);
	return test_run(&tests, "tui/options");
}
