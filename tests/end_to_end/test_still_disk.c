/* SPDX-License-Identifier: MIT */
/*
 * The wizard on a disk that stands still: keys are answered, what is typed is
 * kept, and nothing leaves. The keys wait for nothing but the screen, so no
 * clock is needed to see that none of them waited for the disk.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

/* Information is in, nothing else. */
#define ANTONIO "5eed0000-0000-4000-8000-000000000010"

#define ENTER "\r"
#define ESC   "\033"

static struct practice practice;
static char *gate;

static void disk_stand(void)
{
	gate = practice_file(&practice, "still", "");
}

static void disk_go(void)
{
	if (gate)
		unlink(gate);
	free(gate);
	gate = NULL;
}

static int tear_down(void **state)
{
	(void)state;
	disk_go();
	practice_stop(&practice);
	return 0;
}

static struct pty *open_wizard(void)
{
	char *load = test_build_path("tests/end_to_end/still_disk.so");
	char *preload = mem_printf("LD_PRELOAD=%s", load);
	char *still = mem_printf("KYC_STILL_DISK=%s/still", practice.dir);
	const char *env[] = { preload, still, "NO_COLOR", NULL };
	struct pty *pty = hands_open_with(&practice, env);

	free(load);
	free(preload);
	free(still);
	return pty;
}

/* Begin the form: each key is drawn before the next one is struck. */
static void type_name(struct pty *pty)
{
	static const char name[] = "Maria";

	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	for (size_t i = 0; name[i]; i++) {
		char key[] = { name[i], '\0' };
		char *wanted = mem_printf("  %.*s", (int)i + 1, name);

		pty_send(pty, key);
		pty_expect(pty, wanted);
		free(wanted);
	}
	pty_send(pty, ENTER);
}

static void test_keys_are_answered_on_a_still_disk(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = open_wizard();
	hands_choose(pty, "maria souza", "Maria Souza");
	disk_stand();
	type_name(pty);
	pty_send(pty, ENTER "Souza" ENTER "+5511987654321" ENTER);
	pty_expect(pty, "+5511987654321");
	/* All of it is in the record, whatever ends the program. */
	pty_signal(pty, SIGKILL);
	disk_go();
	pty_wait_exit(pty);
	pty_free(pty);

	pty = open_wizard();
	hands_choose(pty, "maria souza", "Maria Souza");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	pty_expect(pty, "+5511987654321");
	pty_expect_match(pty, "Maria");
	pty_send(pty, ESC);
	pty_free(pty);
}

/* What waits to be sent is begun, and stays here until that is durable. */
static void test_nothing_leaves_a_still_disk(void **state)
{
	char *paper = NULL;
	struct practice_run run = { 0 };
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	paper = practice_sample("passport.jpg");
	run = KYC(&practice, "upload", "--no-wait", "-c", ANTONIO, "-t",
		  "PASSPORT", "-s", "front", "-C", "BRA", paper);
	assert_int_equal(run.status, 4);
	practice_run_release(&run);
	disk_stand();
	pty = open_wizard();
	hands_choose(pty, "antonio", "Antônio Guimarães");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_expect_match(pty, "Passport");
	pty_send(pty, "1");
	pty_expect(pty, "[1 Customer");
	pty_send(pty, "maria souza");
	pty_expect_match(pty, "1 of 40 match");
	assert_int_equal(practice_documents(&practice, ANTONIO), 0);
	disk_go();
	pty_send(pty, ESC);
	pty_expect_match(pty, "40 of 40 match");
	hands_choose(pty, "antonio", "Antônio Guimarães");
	pty_send(pty, "4");
	pty_expect_match(pty, "Passport.*received");
	assert_int_equal(practice_documents(&practice, ANTONIO), 1);
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	free(paper);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "keys are answered on a still disk",
		 test_keys_are_answered_on_a_still_disk);
	test_add(&tests, "nothing leaves a still disk",
		 test_nothing_leaves_a_still_disk);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/still_disk");
}
