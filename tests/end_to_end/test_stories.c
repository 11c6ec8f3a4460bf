/* SPDX-License-Identifier: MIT */
/*
 * What the wizard is for, as whole stories, key by key: a company from a
 * folder of scans, whatever happens to the terminal; a customer who was
 * rejected again; a rejected paper replaced. Keys are counted as a hand
 * presses them: what is dropped into the terminal is one.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"

#define ENTER HANDS_ENTER
#define ESC   HANDS_ESC
#define TAB   "\t"
#define F2    "\033OQ"
/* As slow as a line outside: something is on its way for seconds. */
#define SLOW	   "--review-seconds 3600 --fault rate=150000,method=POST"
#define FILES_MOST 12

static struct practice practice;
static char *scans; /* the folder */
static unsigned keys;

/* One key, or several letters of a word. */
static void press(struct pty *pty, const char *key)
{
	keys += *key == '\033' ? 1 : (unsigned)strlen(key);
	pty_send(pty, key);
}

/* Dropped into the terminal, which pastes where it is. */
static void drop(struct pty *pty, const char *path)
{
	char *text = mem_printf("\033[200~%s\033[201~", path);

	keys++;
	pty_send(pty, text);
	free(text);
}

/* Scans. */

struct scan {
	const char *sample, *name;
	const char *mark; /* makes it another file than others; NULL: as it is
			   */
};

static void scan(const struct scan *from)
{
	char *path = practice_sample(from->sample);
	char *to = mem_printf("%s/%s", scans, from->name);
	FILE *in = fopen(path, "rb");
	FILE *out = fopen(to, "wb");
	char bytes[4096];
	size_t got = 0;

	assert_non_null(in);
	assert_non_null(out);
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, got, out), got);
	if (from->mark)
		assert_true(fprintf(out, "\n%%%s\n", from->mark) > 0);
	fclose(in);
	assert_int_equal(fclose(out), 0);
	free(path);
	free(to);
}

/* A company with two people, as a scanner and its operator leave it: two of
 * the files cannot be meant, and one is small. */
static const struct company {
	const char *name, *provider, *id;
	struct scan files[FILES_MOST];
	struct scan mended[2];
} companies[] = {
	{ "lumx",
	  "lumx",
	  "5eed0000-0000-4000-8000-000000000031",
	  { { "refused-encrypted.pdf", "Contrato social.pdf", NULL },
	    { "proof-of-address.pdf", "Comprovante endereco.pdf", "1" },
	    { "incorporation-articles.pdf", "Livro de acionistas.pdf", "2" },
	    { "incorporation-articles.pdf", "Ata dos diretores.pdf", "3" },
	    { "incorporation-articles.pdf", "Organograma.pdf", "4" },
	    { "incorporation-articles.pdf", "Procuracao.pdf", "5" },
	    { "id-card-front.jpg", "Ana RG frente.jpg", NULL },
	    { "id-card-front.jpg", "Ana RG verso.jpg", NULL },
	    { "proof-of-address.pdf", "Ana conta de luz.pdf", "6" },
	    { "refused-too-small.jpg", "Joao passaporte.jpg", NULL },
	    { "proof-of-address.pdf", "Joao conta de luz.pdf", "7" } },
	  { { "incorporation-articles.pdf", "Contrato social.pdf", NULL },
	    { "id-card-back.jpg", "Ana RG verso.jpg", NULL } } },
	{ "zro",
	  "zro",
	  "5eed0000-0000-4000-8000-000000000021",
	  { { "refused-encrypted.pdf", "Contrato social.pdf", NULL },
	    { "incorporation-articles.pdf", "Balanco patrimonial.pdf", "1" },
	    { "incorporation-articles.pdf", "Politica PLD.pdf", "2" },
	    { "id-card-front.jpg", "Ana RG frente.jpg", NULL },
	    { "id-card-front.jpg", "Ana RG verso.jpg", NULL },
	    { "selfie.jpg", "Ana selfie.jpg", NULL },
	    { "incorporation-articles.pdf", "Ana poderes.pdf", "3" },
	    { "id-card-front.jpg", "Joao RG frente.jpg", "4" },
	    { "id-card-back.jpg", "Joao RG verso.jpg", "5" },
	    { "refused-too-small.jpg", "Joao selfie.jpg", NULL },
	    { "incorporation-articles.pdf", "Joao poderes.pdf", "6" } },
	  { { "incorporation-articles.pdf", "Contrato social.pdf", NULL },
	    { "id-card-back.jpg", "Ana RG verso.jpg", NULL } } },
};

static void start(const char *provider, const char *options)
{
	practice_start_for(&practice, provider, options);
	scans = mem_printf("%s/scans", practice.dir);
	assert_int_equal(mkdir(scans, 0700), 0);
	keys = 0;
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	free(scans);
	scans = NULL;
	return 0;
}

/* Find a customer by what is TYPED, as the list comes in. */
static void find(struct pty *pty, const char *typed, const char *name)
{
	pty_expect(pty, "[1 Customer");
	pty_expect_match(pty, "[1-9][0-9] of [1-9][0-9] match");
	press(pty, typed);
	pty_expect_match(pty, "[ ·]1 of [0-9]+ match");
	press(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, name);
	pty_expect(pty, "── ");
	pty_expect_gone(pty, "asking");
}

/* Story 1. From the folder to what is on its way. */
static void send_company(struct pty *pty, const struct company *company)
{
	for (size_t i = 0; company->files[i].name; i++)
		scan(&company->files[i]);
	find(pty, "acai", "Café Açaí Importação S.A.");
	drop(pty, scans);
	pty_expect(pty, "11 files, 9 with a place");
	pty_expect_gone(pty, "looking");
	/* Two that cannot go, and why. */
	pty_expect_match(pty, "○ Ana RG verso.jpg .* the same as 'Ana RG");
	pty_expect_match(pty, "○ Contrato social.pdf .* such a file is not t");
	press(pty, "s");
	pty_expect(pty, "9 files were taken");
	pty_expect(pty, "2 have no place: a lists");
	for (size_t i = 0; i < 2; i++)
		scan(&company->mended[i]);
	/* Enter alone is the same folder again. */
	press(pty, "a");
	pty_expect(pty, "Enter alone: ");
	press(pty, ENTER);
	pty_expect(pty, "11 files, 2 with a place");
	pty_expect_gone(pty, "looking");
	press(pty, "s");
	pty_expect(pty, "11 ready");
	press(pty, "s");
	pty_expect(pty, "[4 Review & send");
	pty_expect(pty, "[ Send 11 items ]");
	pty_expect(pty, "1 file has a warning: ");
	press(pty, ENTER);
}

static bool all_there(struct pty *pty, const void *arg)
{
	const struct company *company = arg;

	(void)pty;
	return practice_documents(&practice, company->id) == 11;
}

/* Each file once, and a receipt for each. */
static void expect_sent_once(const struct company *company)
{
	struct practice_run run = { 0 };

	assert_int_equal(practice_documents(&practice, company->id), 11);
	run = KYC(&practice, "receipt", "--json", "-c", company->id);
	practice_expect(&run, 0);
	assert_int_equal(walk_count(run.out, "\"state\":\"accepted\""), 11);
	practice_run_release(&run);
	WALK(&practice, 0, "nothing is waiting", "resume");
}

static void go_on(const struct company *company)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	/* What was on its way goes on by itself, and is said everywhere. */
	find(pty, "acai", "Café Açaí Importação S.A.");
	pty_expect_that(pty, all_there, company, "all of it there");
	press(pty, "4");
	pty_expect(pty, "has arrived");
	press(pty, "5");
	pty_expect(pty, "[5 Status");
	hands_leave(pty);
	expect_sent_once(company);
}

/* In under three minutes by somebody who has never seen it: no more than these
 * keys, all of which are named on the screen they are pressed on. */
#define COMPANY_KEYS 14

static void test_stories_a_company(void **state)
{
	const struct company *company = *state;
	struct pty *pty = NULL;

	start(company->provider, "--review-seconds 3600");
	pty = hands_open_with(&practice, NULL);
	send_company(pty, company);
	pty_expect(pty, "has arrived");
	assert_in_range(keys, 1, COMPANY_KEYS);
	hands_leave(pty);
	expect_sent_once(company);
}

/* The terminal is closed while things are sent. */
static void test_stories_a_company_whose_terminal_goes(void **state)
{
	const struct company *company = *state;
	struct pty *pty = NULL;

	start(company->provider, SLOW);
	pty = hands_open_with(&practice, NULL);
	send_company(pty, company);
	/* The header tells how much is on its way. */
	pty_expect_match(pty, "[0-9]+ sending");
	pty_expect_match(pty, "accepted|received");
	pty_hang_up(pty);
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
	assert_true(practice_documents(&practice, company->id) < 11);
	go_on(company);
}

/* And the same, by a signal that nobody can catch. */
static void test_stories_a_company_and_a_kill(void **state)
{
	const struct company *company = *state;
	struct pty *pty = NULL;

	start(company->provider, SLOW);
	pty = hands_open_with(&practice, NULL);
	send_company(pty, company);
	/* The header tells how much is on its way. */
	pty_expect_match(pty, "[0-9]+ sending");
	pty_expect_match(pty, "accepted|received");
	pty_signal(pty, SIGKILL);
	assert_int_equal(pty_wait_exit(pty), 128 + SIGKILL);
	pty_free(pty);
	assert_true(practice_documents(&practice, company->id) < 11);
	go_on(company);
}

/* Story 2: "rejected again". */

static void answer_the_rest(struct pty *pty)
{
	/* The date of birth and the number are asked for anew. */
	press(pty, TAB TAB);
	pty_expect_match(pty, "▸ .*E-mail");
	press(pty, TAB);
	pty_expect_match(pty, "▸ .*Date of birth");
	press(pty, "1980-04-15" TAB);
	pty_expect_match(pty, "▸ .*Social Security number");
	press(pty, "123456789" TAB);
}

static void test_stories_rejected_again(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	start("dwolla", "--review-seconds 3600");
	pty = hands_open_with(&practice, NULL);
	find(pty, "mes", "Norman Ames");
	press(pty, "5");
	pty_expect(pty, "[5 Status");
	/* Data, and not a picture; and how often a file may still be sent. */
	pty_expect(pty, "Scan name does not match name on account");
	pty_expect(pty, "Correct the data; another picture will not help");
	pty_expect(pty, "1 of 4 files left: 3 wait for review");
	pty_expect(pty, "Waits for us: ");
	press(pty, "y");
	pty_expect(pty, "For the customer");
	pty_expect(pty, "details you gave us could not be confirmed");
	pty_expect_bytes(pty, "\033]52;");
	press(pty, ESC);
	pty_expect_gone(pty, "For the customer");
	press(pty, "m");
	pty_expect(pty, "Note:");
	press(pty, "called, married, new name" ENTER);
	pty_expect_match(pty, "note: called, married, new name");
	/* The same in the inbox, which leads there as well. */
	press(pty, "r");
	pty_expect_match(pty, "▸ Norman Ames \\(1 note\\)");
	pty_expect_match(pty, "1 of 4 files left.* ▸ correct the data");
	press(pty, ENTER);
	/* The field that is wrong, with what it was, and why. */
	pty_expect(pty, "[3 Information");
	pty_expect_match(pty, "▸ ✗ First name +Norman");
	pty_expect(pty, "Scan name does not match");
	press(pty, HANDS_CTRL_U "Norma");
	answer_the_rest(pty);
	press(pty, F2);
	pty_expect(pty, "[ Send 1 item ]");
	press(pty, ENTER);
	pty_expect(pty, "has arrived");
	hands_leave(pty);
	/* The note is in the record, and its words in no trail. */
	WALK(&practice, 0, "note_added", "audit", "list", "--json");
}

/* A rejected identity document replaced: keys from the moment that the
 * customer was found. */
static const struct replaced {
	const char *name, *provider, *typed, *customer, *sample;
	const char *why;
} replacements[] = {
	{ "lumx", "lumx", "pedro", "Pedro Simões", "passport.jpg",
	  "cannot be read" },
	{ "dinie", "dinie", "beatriz", "Beatriz Conceição", "id-card-back.jpg",
	  "desfocada" },
	{ "dwolla", "dwolla", "nora b", "Nora Blake",
	  "drivers-license-front.jpg", "blurry" },
};

#define REPLACE_KEYS 6

static void test_stories_replace(void **state)
{
	const struct replaced *row = *state;
	char *sample = practice_sample(row->sample);
	struct pty *pty = NULL;

	start(row->provider, "--review-seconds 3600");
	pty = hands_open_with(&practice, NULL);
	find(pty, row->typed, row->customer);
	pty_expect(pty, row->why);
	keys = 0;
	press(pty, ENTER);
	pty_expect(pty, row->why);
	drop(pty, sample);
	pty_expect(pty, "nothing wrong was found");
	press(pty, ENTER);
	pty_expect(pty, "1 ready");
	press(pty, "s");
	pty_expect(pty, "[ Send 1 item ]");
	press(pty, ENTER);
	pty_expect(pty, "has arrived");
	assert_in_range(keys, 1, REPLACE_KEYS);
	hands_leave(pty);
	free(sample);
}

/* Where other reasons lead, from Status. */
static const struct route {
	const char *name, *provider, *typed, *customer;
	const char *says;  /* what is to be done */
	const char *leads; /* what Enter shows; NULL: nothing but the same */
} routes[] = {
	{ "other paper", "dwolla", "miles", "Miles Everett",
	  "Send another paper. Enter opens what is accepted",
	  "Instead of Identity card" },
	{ "wait", "dwolla", "frost", "Frost Capital Inc.",
	  "Nothing to do but wait for Dwolla", NULL },
	{ "stop", "lumx", "otavio", "Otávio Frazão", "This has ended", NULL },
};

static void test_stories_routes(void **state)
{
	const struct route *row = *state;
	struct pty *pty = NULL;

	start(row->provider, "--review-seconds 3600");
	pty = hands_open_with(&practice, NULL);
	pty_expect_match(pty, "[1-9][0-9] of [1-9][0-9] match");
	pty_send(pty, row->typed);
	pty_expect_match(pty, "[ ·]1 of [0-9]+ match");
	pty_send(pty, ENTER);
	pty_expect(pty, row->customer);
	pty_expect_gone(pty, "asking");
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	pty_expect(pty, row->says);
	if (row->leads) {
		pty_send(pty, ENTER);
		pty_expect(pty, row->leads);
		/* The first that is accepted instead: its slot. */
		pty_send(pty, ENTER);
		pty_expect_match(pty, "^  Driver's license +Miles Everett");
		pty_send(pty, ESC);
		pty_expect(pty, "[5 Status");
	}
	hands_leave(pty);
}

/* The configuration has PROFILE as well, at the same server. */
static void add_profile(const char *profile)
{
	FILE *file = fopen(practice.config, "a");

	assert_non_null(file);
	assert_true(fprintf(file,
			    "\n[profile %s]\nprovider = %s\nendpoint = %s\n"
			    "api_key_env = PRACTICE_KEY\n"
			    "client_id = kyc-sandbox-client\n",
			    profile, practice.provider, practice.endpoint) > 0);
	assert_int_equal(fclose(file), 0);
}

/* Whoever waits longest, wherever: the profile is changed on the way. */
static void test_stories_inbox_of_all_profiles(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	start("dwolla", "--review-seconds 3600");
	add_profile("other");
	WALK(&practice, 0, "rejected", "-p", "other", "status", "-c",
	     "5eed0000-0000-4000-8000-000000000007");
	pty = hands_open_with(&practice, NULL);
	pty_expect_match(pty, "[1-9][0-9] of [1-9][0-9] match");
	pty_send(pty, F2);
	pty_expect_match(pty, "▸ Nora Blake +Dwolla practice · other");
	pty_expect_match(pty, "Driver's license: Image blurry.*"
			      "▸ new picture");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "^kyc · Dwolla practice · other");
	pty_expect_match(pty, "Driver's license.* · ");
	pty_send(pty, ESC ESC);
	hands_leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_stories_a_company, companies);
	TEST_ROWS(&tests, test_stories_a_company_whose_terminal_goes,
		  companies);
	TEST_ROWS(&tests, test_stories_a_company_and_a_kill, companies);
	test_add(&tests, "rejected again", test_stories_rejected_again);
	TEST_ROWS(&tests, test_stories_replace, replacements);
	TEST_ROWS(&tests, test_stories_routes, routes);
	test_add(&tests, "inbox of all profiles",
		 test_stories_inbox_of_all_profiles);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/stories");
}
