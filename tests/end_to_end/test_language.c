/* SPDX-License-Identifier: MIT */
/* The operator's language: from the environment, from the configuration, and
 * changed in the middle of the work. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/practice.h"
#include "tests/pty.h"
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
	char *program = test_build_path("kyc");
	char *config = mem_printf("KYC_CONFIG=%s", practice.config);
	char *directory = mem_printf("KYC_STATE=%s", practice.state);
	char *list = mem_printf("LANGUAGE=%s", language);
	const char *env[] = { config, directory, list,
			      "PRACTICE_KEY=kyc-sandbox-key", NULL };
	const char *argv[] = { program, NULL };
	struct pty *pty =
		pty_start(&(struct pty_options){ .env = env, .argv = argv });

	free(program);
	free(config);
	free(directory);
	free(list);
	return pty;
}

static void leave(struct pty *pty)
{
	pty_send(pty, "\003\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
}

static void open_checklist(struct pty *pty, const char *customer)
{
	pty_expect(pty, "[1 Customer");
	pty_expect_match(pty, "of 40 match");
	pty_send(pty, customer);
	pty_expect_match(pty, "1 of 40 match");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
}

static void test_language_keeps_what_is_half_typed(void **state)
{
	struct pty *pty = open_wizard("en");

	(void)state;
	open_checklist(pty, "Beatriz");
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
	leave(pty);
}

/* The names of countries are borrowed by the list that shows them. */
static void test_language_changes_under_an_open_list(void **state)
{
	struct pty *pty = open_wizard("en");

	(void)state;
	open_checklist(pty, "Beatriz");
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
	leave(pty);
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
