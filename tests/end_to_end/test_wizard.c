/* SPDX-License-Identifier: MIT */
/* The wizard in a real pseudo-terminal with scripted keys, against the
 * practice server: the road that a person walks. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

/* Information is in, nothing else. */
#define ANTONIO "5eed0000-0000-4000-8000-000000000010"
/* A passport was rejected as blurred. */
#define PEDRO "5eed0000-0000-4000-8000-000000000017"

#define ENTER HANDS_ENTER
#define ESC   HANDS_ESC

static struct practice practice;

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

static void test_wizard_walks_the_whole_road(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	hands_open_slot(pty, "Passport");
	hands_give(pty, "passport.jpg");
	pty_expect_match(pty, "Passport .*ready");
	hands_open_slot(pty, "Proof of address");
	hands_give(pty, "proof-of-address.pdf");
	pty_expect_match(pty, "Proof of address .*ready");
	/* The customer accepts the terms behind the link that is shown. */
	hands_point_at(pty, "Terms of service");
	pty_send(pty, ENTER);
	pty_expect(pty, "http://127.0.0.1");
	pty_send(pty, ESC);
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_expect(pty, "Passport");
	pty_send(pty, "s");
	pty_resize(pty, 40, 120);
	pty_expect_match(pty, "Passport.*received");
	pty_expect_match(pty, "Proof of address.*received");
	pty_resize(pty, 24, 80);
	pty_expect_match(pty, "Passport.*received");
	assert_int_equal(practice_documents(&practice, ANTONIO), 2);
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	/* The review goes on by itself; asking again shows it. */
	hands_await(&practice, ANTONIO, "approved");
	pty_send(pty, "R");
	pty_expect(pty, "approved");
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	assert_false(pty_alternate(pty));
	pty_free(pty);
}

/* The information form, field by field, as somebody would type it. */
static void fill_information(struct pty *pty)
{
	static const char *const typed[] = {
		"Maria" ENTER,
		ENTER,
		"Souza" ENTER,
		"+5511987654321" ENTER,
	};
	static const char *const home[] = {
		"Rua Augusta 100" ENTER,
		"São Paulo" ENTER,
		"SP" ENTER,
		"01305-000" ENTER,
	};

	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++)
		pty_send(pty, typed[i]);
	pty_send(pty, ENTER);
	pty_expect(pty, "Find:");
	pty_send(pty, "braz" ENTER);
	pty_expect_match(pty, "Country +Brazil");
	for (size_t i = 0; i < sizeof(home) / sizeof(*home); i++)
		pty_send(pty, home[i]);
	pty_expect_match(pty, "Postal code +01305-000");
}

static void test_wizard_keeps_what_was_typed_when_killed(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "maria souza", "Maria Souza");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	fill_information(pty);
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	hands_open_slot(pty, "Passport");
	hands_give(pty, "passport.jpg");
	pty_signal(pty, SIGKILL);
	pty_wait_exit(pty);
	pty_free(pty);

	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "maria souza", "Maria Souza");
	pty_expect_match(pty, "Passport .*ready");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	pty_expect_match(pty, "Postal code +01305-000");
	pty_free(pty);
}

static void test_wizard_sends_once_when_killed_while_sending(void **state)
{
	struct practice_run run = { 0 };
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "--fault rate=100000,method=POST,count=1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	hands_open_slot(pty, "Passport");
	hands_give(pty, "passport.jpg");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_send(pty, "s");
	/* Part of it is out, the bar says so. */
	pty_expect_match(pty, "Passport.* [1-9][0-9]? %");
	pty_signal(pty, SIGKILL);
	pty_wait_exit(pty);
	pty_free(pty);

	/* Opening the wizard again is all that it takes. */
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	pty_send(pty, "4");
	pty_expect_match(pty, "Passport.*received");
	assert_int_equal(practice_documents(&practice, ANTONIO), 1);
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	run = KYC(&practice, "resume", "--json");
	assert_string_equal(run.out, "");
	practice_run_release(&run);
}

static void test_wizard_leads_from_a_rejection_to_its_slot(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "pedro", "Pedro Simões");
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	pty_expect(pty, "BLURRY");
	hands_point_at(pty, "Passport");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "Passport · front · /");
	pty_send(pty, ESC);
	pty_expect(pty, "Front");
	hands_give(pty, "passport.jpg");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_send(pty, "s");
	pty_expect_match(pty, "Passport.*received");
	pty_send(pty, "v");
	pty_expect(pty, "begin its review");
	pty_send(pty, "y");
	pty_expect_match(pty, "eview.*received");
	pty_send(pty, "5");
	hands_await(&practice, PEDRO, "approved");
	pty_send(pty, "R");
	pty_expect(pty, "approved");
	pty_free(pty);
}

static void test_wizard_refuses_a_bad_file_before_sending(void **state)
{
	char *path = NULL;
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	path = practice_sample("refused-truncated.jpg");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	hands_open_slot(pty, "Passport");
	/* As a terminal pastes a dropped file. */
	pty_send(pty, "\033[200~'");
	pty_send(pty, path);
	pty_send(pty, "'\033[201~");
	pty_expect(pty, "✗");
	pty_send(pty, ESC);
	pty_expect_match(pty, "Passport .*cannot be sent");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review & send");
	pty_send(pty, "s");
	assert_int_equal(practice_documents(&practice, ANTONIO), 0);
	pty_free(pty);
	free(path);
}

static void test_wizard_shows_what_it_knows_without_a_network(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	pty_send(pty, "1");
	pty_expect(pty, "[1 Customer");
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	practice_kill_server(&practice);

	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "antonio", "Antônio Guimarães");
	hands_open_slot(pty, "Passport");
	hands_give(pty, "passport.jpg");
	pty_expect_match(pty, "Passport .*ready");
	pty_free(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "walks the whole road",
		 test_wizard_walks_the_whole_road);
	test_add(&tests, "keeps what was typed when killed",
		 test_wizard_keeps_what_was_typed_when_killed);
	test_add(&tests, "sends once when killed while sending",
		 test_wizard_sends_once_when_killed_while_sending);
	test_add(&tests, "leads from a rejection to its slot",
		 test_wizard_leads_from_a_rejection_to_its_slot);
	test_add(&tests, "refuses a bad file before sending",
		 test_wizard_refuses_a_bad_file_before_sending);
	test_add(&tests, "shows what it knows without a network",
		 test_wizard_shows_what_it_knows_without_a_network);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/wizard");
}
