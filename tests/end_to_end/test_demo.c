/* SPDX-License-Identifier: MIT */
/*
 * kyc demo in a real pseudo-terminal: for a provider the road that a person
 * walks who has never seen it, from the list of customers to "approved".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/pty.h"
#include "tests/test.h"

#define ENTER "\r"
#define ESC   "\033"
#define TAB   "\t"
#define UP    "\033OA"
#define DOWN  "\033OB"

/* Where the demo keeps its things; it goes with each test. */
static char place[] = "/tmp/kyc-test-demo-XXXXXX";
static char run_dir[sizeof(place)];

static int set_up(void **state)
{
	(void)state;
	memcpy(run_dir, place, sizeof(place));
	return mkdtemp(run_dir) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	test_remove_tree(run_dir);
	return 0;
}

static struct pty *open_demo(const char *provider)
{
	char *program = test_build_path("kyc");
	char *where = mem_printf("XDG_RUNTIME_DIR=%s", run_dir);
	const char *env[] = { where, "NO_COLOR", NULL };
	const char *argv[] = { program, "demo",	  "--review-seconds",
			       "0",	provider, NULL };
	struct pty_options options = { .env = env, .argv = argv };
	struct pty *pty = pty_start(&options);

	free(program);
	free(where);
	return pty;
}

/* From anywhere but a text field to the checklist of the only one whose name
 * has TYPED in it; NAME is how it is shown. */
static void choose(struct pty *pty, const char *typed, const char *name)
{
	pty_expect(pty, "[1 Customer");
	pty_send(pty, typed);
	pty_expect_match(pty, "/ .* 1 of ");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, name);
	pty_expect_gone(pty, "asking");
	pty_expect_match(pty, "^▸ ");
}

/* Give the selected slot the file that TYPED is the beginning of, and go back
 * to the list. */
static void give(struct pty *pty, const char *typed, const char *file)
{
	pty_send(pty, ENTER);
	pty_expect(pty, "no file yet");
	pty_expect(pty, "Here are:");
	pty_send(pty, typed);
	pty_send(pty, TAB);
	pty_expect(pty, file);
	pty_send(pty, ENTER);
	pty_expect(pty, "nothing wrong was found");
	pty_expect_match(pty, "▸ \\[ Done \\]");
	pty_send(pty, ENTER);
	pty_expect_gone(pty, "[ Done ]");
}

/* The same for one that was rejected: its slot opens where files are chosen. */
static void replace(struct pty *pty, const char *typed, const char *file)
{
	char *row = mem_printf("^▸ %s ", file);

	pty_send(pty, ENTER);
	pty_expect(pty, "rejected: ");
	pty_expect(pty, "Find:");
	pty_expect_match(pty, "^▸ .* kB ");
	pty_send(pty, typed);
	pty_expect_match(pty, row);
	pty_send(pty, ENTER);
	pty_expect(pty, "nothing wrong was found");
	pty_expect_match(pty, "▸ \\[ Done \\]");
	pty_send(pty, ENTER);
	pty_expect_gone(pty, "[ Done ]");
	free(row);
}

/* From the list: send COUNT things, and go to what became of them. */
static void send_all(struct pty *pty, const char *button)
{
	pty_send(pty, "s");
	pty_expect(pty, button);
	pty_send(pty, ENTER);
	pty_expect(pty, "has arrived");
	/* What was said while it was on its way is not true any more. */
	pty_expect_gone(pty, "was handed over");
}

static void leave(struct pty *pty)
{
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

static void test_demo_dwolla_takes_a_person(void **state)
{
	struct pty *pty = open_demo("dwolla");

	(void)state;
	choose(pty, "rosa", "Rosa Delgado · individual");
	pty_expect(pty, "1 missing");
	give(pty, "drivers-license-f", "drivers-license-front.jpg");
	pty_expect(pty, "1 ready");
	send_all(pty, "[ Send 1 item ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "[5 Status");
	pty_send(pty, "R");
	pty_expect(pty, "Verification: approved");
	pty_expect_match(pty, "Driver's license +(✓)+ accepted");
	/* No key is offered that would do nothing. */
	assert_false(pty_shows(pty, "v verify"));
	assert_false(pty_shows(pty, "t link"));
	leave(pty);
}

static void test_demo_dwolla_replaces_what_was_rejected(void **state)
{
	struct pty *pty = open_demo("dwolla");

	(void)state;
	choose(pty, "nora", "Nora Blake · individual");
	pty_expect(pty, "1 rejected");
	pty_expect(pty, "Image blurry, too dark, or obscured by glare. Take a");
	pty_send(pty, "5");
	pty_expect(pty, "Take a new picture and send it.");
	replace(pty, "drivers-license-f", "drivers-license-front.jpg");
	/* Back where it was opened from, which leads on to sending. */
	pty_expect(pty, "[5 Status");
	pty_expect(pty, "s review & send");
	send_all(pty, "[ Send 1 item ]");
	pty_send(pty, ENTER "R");
	pty_expect(pty, "Verification: approved");
	leave(pty);
}

/* Controller, company, two owners and the certification. */
static void test_demo_dwolla_takes_a_business(void **state)
{
	struct pty *pty = open_demo("dwolla");

	(void)state;
	choose(pty, "lovell", "Lovell Trading LLC · business");
	pty_expect(pty, "4 missing · 1 rejected");
	give(pty, "drivers-license-f", "drivers-license-front.jpg");
	pty_send(pty, "n" ENTER);
	pty_expect(pty, "Certified by the account admin");
	pty_send(pty, "y");
	pty_expect(pty, "✓ complete");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents]"); /* more of them is missing */
	pty_send(pty, "n");
	pty_expect_match(pty, "▸ ○ Business document");
	give(pty, "incorp", "incorporation-articles.pdf");
	pty_send(pty, "n");
	pty_expect(pty, "── Ruth Calloway ─");
	give(pty, "id-card-front.j", "id-card-front.jpg");
	pty_send(pty, "n" ENTER);
	pty_expect(pty, "Theo Lindqvist");
	pty_expect_match(pty, "Social Security number \\(SSN\\) +to fill in");
	pty_send(pty, "1970-01-02" TAB "123-45-6789" TAB);
	pty_expect(pty, "✓ complete");
	pty_send(pty, ESC);
	pty_expect(pty, "5 ready");
	send_all(pty, "[ Send 5 items ]");
	pty_send(pty, ENTER "R");
	pty_expect(pty, "Verification: approved");
	leave(pty);
}

/* Front, back and selfie in one request, while the window changes its size. */
static void test_demo_zro_takes_a_person(void **state)
{
	struct pty *pty = open_demo("zro");

	(void)state;
	choose(pty, "maria sou", "Maria Souza · individual");
	pty_expect(pty, "3 missing");
	pty_send(pty, ENTER "id-card-front.j" TAB TAB "id-card-b" TAB ENTER);
	pty_expect(pty, "▸ [ Done ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "ready; goes together with: Selfie");
	pty_send(pty, "n" ENTER);
	pty_expect(pty, "Personal data · Maria Souza");
	pty_send(pty, "01310-100" TAB "Av. Paulista" TAB "1578" TAB TAB
		      "Bela Vista" TAB "Sao Paulo" TAB "sao" ENTER);
	pty_expect_match(pty, "State +São Paulo");
	pty_send(pty, "bra" ENTER "brasileira" TAB "n");
	pty_expect(pty, "✓ complete");
	pty_send(pty, ESC);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "n");
	pty_expect_match(pty, "▸ ○ Selfie");
	give(pty, "selfie.j", "selfie.jpg");
	pty_send(pty, "s");
	pty_expect(pty, "[ Send 4 items ]");
	/* What could go along and was not chosen is not named. */
	assert_false(pty_shows(pty, "Driving licence"));
	pty_send(pty, ENTER);
	pty_resize(pty, 12, 40);
	pty_resize(pty, 43, 132);
	pty_resize(pty, 24, 80);
	pty_expect(pty, "has arrived");
	pty_send(pty, ENTER "R");
	pty_expect(pty, "Verification: approved");
	leave(pty);
}

/* Two representatives and two shareholders are there, the company's papers are
 * not. */
static void test_demo_zro_takes_a_business(void **state)
{
	struct pty *pty = open_demo("zro");

	(void)state;
	choose(pty, "constru", "Construções Irmãos Araújo Ltda. · business");
	pty_expect(pty, "2 missing");
	give(pty, "bank", "bank-statement.pdf");
	pty_send(pty, "n"); /* not the review, while something is missing */
	pty_expect_match(pty, "▸ ○ Articles");
	give(pty, "incorp", "incorporation-articles.pdf");
	pty_send(pty, "s");
	pty_expect(pty, "[ Send 2 items ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "[ Request the review ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "begin its review of");
	pty_send(pty, "y");
	pty_expect_match(pty, "Request for the review .*received");
	pty_send(pty, "5R");
	pty_expect(pty, "Verification: approved");
	leave(pty);
}

/* Its onboarding was rejected: a new one, with a digital identity. */
static void test_demo_zro_replaces_what_was_rejected(void **state)
{
	struct pty *pty = open_demo("zro");

	(void)state;
	choose(pty, "thiago", "Thiago Araújo · individual");
	pty_expect_match(pty, "✓ Personal data +ready");
	pty_send(pty, "5");
	pty_expect(pty, "; what is listed goes");
	pty_send(pty, "2");
	pty_expect_match(pty, "▸ ○ Identity card");
	pty_send(pty, DOWN DOWN);
	pty_expect_match(pty, "▸ ○ Digital identity");
	give(pty, "selfie.j", "selfie.jpg");
	send_all(pty, "[ Send 2 items ]");
	pty_send(pty, ENTER "R");
	pty_expect(pty, "Verification: approved");
	leave(pty);
}

static void test_demo_zro_takes_answers_back(void **state)
{
	struct pty *pty = open_demo("zro");

	(void)state;
	choose(pty, "tecela", "Tecelagem Santo Antônio Ltda. · business");
	pty_send(pty, "3");
	pty_expect(pty, "+ Shareholder · ");
	pty_send(pty, "Ana" TAB);
	pty_expect_match(pty, "▸ ○ CPF or CNPJ");
	pty_send(pty, ESC);
	pty_expect_match(pty, "\\+ Shareholder +draft: 2 fields");
	pty_send(pty, "n");
	pty_expect_match(pty, "▸ ○ \\+ Legal representative");
	pty_expect_gone(pty, "x remove");
	pty_send(pty, UP);
	pty_expect_match(pty, "▸ ○ \\+ Shareholder");
	pty_send(pty, "x");
	pty_expect(pty, "Forget what was filled in of 'Shareholder'?");
	pty_send(pty, "y");
	pty_expect_match(pty, "\\+ Shareholder +missing: Enter adds one");
	leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "dwolla: a person", test_demo_dwolla_takes_a_person);
	test_add(&tests, "dwolla: a rejected license",
		 test_demo_dwolla_replaces_what_was_rejected);
	test_add(&tests, "dwolla: a business",
		 test_demo_dwolla_takes_a_business);
	test_add(&tests, "zro: a person", test_demo_zro_takes_a_person);
	test_add(&tests, "zro: a business", test_demo_zro_takes_a_business);
	test_add(&tests, "zro: a rejected onboarding",
		 test_demo_zro_replaces_what_was_rejected);
	test_add(&tests, "zro: answers taken back",
		 test_demo_zro_takes_answers_back);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "end_to_end/demo");
}
