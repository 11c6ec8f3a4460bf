/* SPDX-License-Identifier: MIT */
/* Each command that the program has is in the manual and completed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/practice.h"
#include "tests/test.h"

#define TEXT_MOST 65536

static char *slurp(const char *path)
{
	char *whole = test_source_path(path);
	char *text = mem_alloc(TEXT_MOST);
	FILE *file = fopen(whole, "r");
	size_t len;

	assert_non_null(file);
	len = fread(text, 1, TEXT_MOST - 1, file);
	assert_true(len > 0 && len < TEXT_MOST - 1);
	fclose(file);
	free(whole);
	return text;
}

/* Calls EACH with every command that the help lists; returns how many. */
static size_t each_command(const char *help, const char *text,
			   void (*each)(const char *command, const char *text))
{
	static const char before[] = "\n       kyc ";
	size_t count = 0;

	for (const char *at = help; (at = strstr(at, before)); count++) {
		char *command = NULL;

		at += strlen(before);
		command = mem_dup_n(at, strcspn(at, " \n"));
		each(command, text);
		free(command);
	}
	return count;
}

static void is_in_manual(const char *command, const char *text)
{
	char *entry = mem_printf("\n.B %s\n", command);
	char *part = mem_printf("\n.B %s ", command);

	if (!strstr(text, entry) && !strstr(text, part))
		fail_msg("the manual does not explain '%s'", command);
	free(part);
	free(entry);
}

static void is_completed(const char *command, const char *text)
{
	const char *list = strstr(text, "local commands='");
	char *all = NULL;

	assert_non_null(list);
	list += strlen("local commands='");
	all = mem_dup_n(list, strcspn(list, "'"));
	if (!strstr(all, command))
		fail_msg("'%s' is not completed", command);
	free(all);
}

static void test_manual_has_every_command(void **state)
{
	struct practice practice = { 0 };
	struct practice_run run = { 0 };
	char *manual = slurp("assets/kyc.1");
	char *portuguese = slurp("assets/pt_BR/kyc.1");
	char *completion = slurp("assets/kyc.bash");

	(void)state;
	practice_start(&practice, "");
	run = KYC(&practice, "--help");
	assert_int_equal(run.status, 0);
	assert_true(each_command(run.out, manual, is_in_manual) > 10);
	assert_true(each_command(run.out, portuguese, is_in_manual) > 10);
	assert_true(each_command(run.out, completion, is_completed) > 10);
	practice_run_release(&run);
	practice_stop(&practice);
	free(completion);
	free(portuguese);
	free(manual);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "the manual has every command",
		 test_manual_has_every_command);
	return test_run(&tests, "end_to_end/manual");
}
