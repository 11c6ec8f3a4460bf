/* SPDX-License-Identifier: MIT */
/* Undoing within the draft as an operator does it, in a terminal; also after
 * the program was killed. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define ENTER	 HANDS_ENTER
#define ESC	 HANDS_ESC
#define UNDO	 "\037" /* Ctrl-_ */
#define REDO	 "\022" /* Ctrl-R */
#define NAME_ROW "▸ .*Last name"

static struct practice practice;

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

static struct pty *open_form(void)
{
	struct pty *pty = hands_open(&practice, 24, 80);

	hands_choose(pty, "maria souza", "Maria Souza");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	return pty;
}

static void kill_it(struct pty *pty)
{
	pty_signal(pty, SIGKILL);
	pty_wait_exit(pty);
	pty_free(pty);
}

static void test_undo_an_answer(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = open_form();
	pty_send(pty, "Maria" ENTER ENTER "Souza" ENTER);
	pty_expect_match(pty, "Last name +Souza");
	pty_send(pty, UNDO);
	pty_expect(pty, "undone: Last name, was 'Souza'");
	pty_expect_match(pty, NAME_ROW);
	kill_it(pty);

	/* However it ended: what was undone can be done again. */
	pty = open_form();
	pty_expect_match(pty, NAME_ROW);
	pty_send(pty, REDO);
	pty_expect(pty, "done again: Last name is 'Souza'");
	/* In the line, typing comes first. */
	pty_send(pty, "@" UNDO UNDO);
	pty_expect(pty, "undone: Last name, was 'Souza'");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	/* From the checklist, all of the draft. */
	pty_send(pty, "u");
	pty_expect(pty, "undone: First name, was 'Maria'");
	pty_send(pty, "u");
	pty_expect(pty, "there is nothing to undo");
	hands_leave(pty);
}

static struct pty *give_passport(void)
{
	struct pty *pty = NULL;

	practice_start(&practice, "");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	hands_open_slot(pty, "Passport");
	hands_give(pty, "passport.jpg");
	pty_expect_match(pty, "Passport .*ready");
	return pty;
}

static void test_undo_a_file(void **state)
{
	struct pty *pty = give_passport();

	(void)state;
	pty_send(pty, "u");
	pty_expect_match(pty, "undone: Passport.*was 'passport.jpg'");
	pty_expect_match(pty, "▸ .*Passport .*missing");
	pty_send(pty, "Z");
	pty_expect_match(pty, "done again: Passport.*'passport.jpg'");
	pty_expect_match(pty, "▸ .*Passport .*ready");
	/* What was sent stays, whatever is pressed. */
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_send(pty, "s");
	pty_expect_match(pty, "Passport.*received");
	pty_send(pty, "2");
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "u");
	pty_expect(pty, "there is nothing to undo");
	hands_leave(pty);
}

/* What is undone is gone to, also from another paper. */
static void test_undo_a_file_of_another_paper(void **state)
{
	struct pty *pty = give_passport();

	(void)state;
	hands_point_at(pty, "Selfie");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "^ *Selfie");
	pty_send(pty, UNDO);
	pty_expect_match(pty, "undone: Passport.*was 'passport.jpg'");
	pty_expect_match(pty, "^ *Passport");
	pty_expect(pty, "no file yet");
	pty_send(pty, REDO);
	pty_expect_match(pty, "done again: Passport.*'passport.jpg'");
	pty_expect(pty, "JPEG · ");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	hands_leave(pty);
}

/* The largest paste there is, and a key behind it. */
static void test_a_megabyte_pasted(void **state)
{
	size_t len = 1 << 20;
	char *paste = mem_alloc(len);
	struct pty *pty = NULL;

	(void)state;
	memset(paste, 'x', len);
	memcpy(paste, "\033[200~", 6);
	memcpy(paste + len - 6, "\033[201~", 6);
	practice_start(&practice, "");
	pty = open_form();
	pty_send_bytes(pty, paste, len);
	pty_expect(pty, "There is no room for all that was pasted");
	pty_send(pty, "\t");
	pty_expect_match(pty, "▸ .*Middle names");
	pty_expect(pty, "too long");
	pty_send(pty, UNDO);
	pty_expect(pty, "undone: First name");
	free(paste);
	hands_leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "an answer", test_undo_an_answer);
	test_add(&tests, "a file", test_undo_a_file);
	test_add(&tests, "a file of another paper",
		 test_undo_a_file_of_another_paper);
	test_add(&tests, "a megabyte pasted", test_a_megabyte_pasted);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/undo");
}
