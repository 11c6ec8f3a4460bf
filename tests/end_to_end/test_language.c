/* SPDX-License-Identifier: MIT */
/* The operator's language: from the environment, from the configuration, and
 * changed in the middle of the work. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define ENTER	"\r"
#define ESC	"\033"
#define F9	"\033[20~"
#define CTRL_O	"\017"
#define BACKTAB "\033[Z"

static struct practice practice;

static int set_up(void **state)
{
	(void)state;
	practice_start(&practice, "--review-seconds 3600");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

static struct pty *open_wizard(const char *language)
{
	char *list = mem_printf("LANGUAGE=%s", language);
	const char *env[] = { list, NULL };
	struct pty *pty = hands_open_with(&practice, env);

	free(list);
	return pty;
}

static void test_language_keeps_what_is_half_typed(void **state)
{
	struct pty *pty = open_wizard("en");

	(void)state;
	hands_choose(pty, "Beatriz", "Beatriz Conceição");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	pty_send(pty, "Ana Bea");
	pty_expect(pty, "Ana Bea");
	pty_send(pty, F9);
	pty_expect(pty, "[3 Informações");
	pty_expect(pty, "Ana Bea");
	pty_send(pty, "triz");
	pty_expect(pty, "Ana Beatriz");
	pty_send(pty, CTRL_O);
	pty_expect(pty, "[3 Information");
	pty_expect(pty, "Ana Beatriz");
	hands_leave(pty);
}

/* The names of countries are borrowed by the list that shows them. */
static void test_language_changes_under_an_open_list(void **state)
{
	struct pty *pty = open_wizard("en");

	(void)state;
	hands_choose(pty, "Beatriz", "Beatriz Conceição");
	pty_send(pty, ENTER);
	pty_expect(pty, "no file yet");
	pty_send(pty, BACKTAB "alem");
	pty_expect(pty, "Find:");
	pty_send(pty, F9);
	pty_expect(pty, "Achar:");
	pty_expect(pty, "alem");
	pty_expect(pty, "Alemanha");
	pty_send(pty, F9);
	pty_expect(pty, "Find:");
	pty_expect_gone(pty, "Alemanha");
	pty_send(pty, ESC);
	pty_expect_gone(pty, "Find:");
	hands_leave(pty);
}

static void test_language_stays_under_a_question(void **state)
{
	struct pty *pty = open_wizard("pt_BR");

	(void)state;
	pty_expect(pty, "[1 Cliente");
	pty_send(pty, "\003");
	pty_expect(pty, "Sair do kyc?");
	pty_send(pty, F9);
	pty_expect(pty, "[1 Customer");
	pty_send(pty, "\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
}

static void test_language_of_commands(void **state)
{
	struct practice_run run = { 0 };

	(void)state;
	setenv("LANGUAGE", "pt_BR", 1);
	run = KYC(&practice, "upload", "--help");
	assert_non_null(strstr(run.out, "conferir e enviar um documento"));
	practice_run_release(&run);
	run = KYC(&practice, "status", "-c", PRACTICE_UNKNOWN, "--json");
	assert_int_not_equal(run.status, 0);
	assert_non_null(strstr(run.err, "não é possível ler o cliente"));
	practice_run_release(&run);
	/* What programs read is the same in every language. */
	run = KYC(&practice, "customers", "--json");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "\"kind\":\"individual\""));
	practice_run_release(&run);
	unsetenv("LANGUAGE");
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	test_add(&tests, "what is half typed stays",
		 test_language_keeps_what_is_half_typed);
	test_add(&tests, "under an open list",
		 test_language_changes_under_an_open_list);
	test_add(&tests, "under a question",
		 test_language_stays_under_a_question);
	test_add(&tests, "commands", test_language_of_commands);
	set_up(NULL);
	failed = test_run(&tests, "end_to_end/language");
	tear_down(NULL);
	return failed;
}
