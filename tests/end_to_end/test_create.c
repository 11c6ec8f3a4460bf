/* SPDX-License-Identifier: MIT */
/* A new customer: made in the wizard, by plain questions and from the shell,
 * against practice servers that have some already, or lose their answers. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/end_to_end/prism.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"

#define CTRL_N "\016"
#define CTRL_V "\026"
#define TAB    "\t"
#define F2     "\033OQ"

/* A number that is nobody's at the practice server, and one of Antônio's. */
#define FREE_CPF "123.456.789-09"
#define HIS_CPF	 "111.444.777-35"

#define ANA(cpf)                                                 \
	"{\"name\":\"Ana Nova\",\"birthDate\":\"1990-02-03\","   \
	"\"country\":\"BRA\",\"taxId\":\"" cpf "\",\"email\":\"" \
	"ana@example.com\"}"

static struct practice practice;

/* The form of a person, open on its first field. */
static struct pty *open_form(int rows, int cols)
{
	struct pty *pty = hands_open(&practice, rows, cols);

	pty_expect_match(pty, "40 of 40 match");
	pty_send(pty, CTRL_N);
	pty_expect(pty, "A company");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "New customer: a person");
	return pty;
}

static void type_person(struct pty *pty, const char *cpf)
{
	pty_send(pty, "Ana Nova" TAB "1990-02-03" TAB);
	pty_send(pty, "Braz");
	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, "✓ Country +Brazil");
	pty_send(pty, cpf);
	pty_send(pty, TAB "ana@example.com" TAB);
	pty_expect_match(pty, "✓ E-mail");
}

static size_t count_ana(void)
{
	struct practice_run run = KYC(&practice, "customers", "--json");
	size_t count = walk_count(run.out, "Ana Nova");

	practice_run_release(&run);
	return count;
}

/* From the list to the new customer's checklist, and a paper given there. */
static void test_wizard_makes_a_person(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "--review-seconds 3600");
	pty = open_form(24, 80);
	type_person(pty, FREE_CPF);
	pty_expect(pty, "complete");
	pty_send(pty, F2);
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, "Lumx has made the customer");
	pty_expect_match(pty, "Ana Nova · individual · BRA");
	pty_expect(pty, "Identity: any one of");
	hands_point_at(pty, "Passport");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "Ctrl-F");
	hands_give(pty, "passport.jpg");
	pty_expect_match(pty, "Passport +.*ready");
	hands_leave(pty);
	assert_int_equal(count_ana(), 1);
	practice_stop(&practice);
}

/* The smallest terminal; what is typed outlives a kill, and can be discarded.
 */
static void test_wizard_keeps_what_was_typed(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = open_form(12, 40);
	pty_send(pty, "Ana Nova" TAB);
	pty_expect_match(pty, "✓ Full name +Ana Nova");
	pty_signal(pty, SIGKILL);
	assert_int_equal(pty_wait_exit(pty), 128 + SIGKILL);
	pty_free(pty);
	pty = hands_open(&practice, 24, 80);
	pty_expect_match(pty, "^▸ Ana Nova .*new, not sent");
	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, "✓ Full name +Ana Nova");
	pty_send(pty, CTRL_V);
	pty_expect(pty, "Discard this new customer?");
	pty_send(pty, "y");
	pty_expect(pty, "[1 Customer");
	pty_expect_match(pty, "40 of 40 match");
	pty_expect_gone(pty, "Ana Nova");
	hands_leave(pty);
	practice_stop(&practice);
}

/* Who was looked for and is not there need not be typed again. */
static void test_wizard_takes_what_was_looked_for(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = hands_open(&practice, 24, 80);
	pty_expect_match(pty, "40 of 40 match");
	pty_send(pty, "Otto Novo");
	pty_expect(pty, "Nobody matches");
	pty_send(pty, CTRL_N);
	pty_expect(pty, "A company");
	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, "✓ Full name +Otto Novo");
	pty_send(pty, "1990-02-03" TAB);
	pty_expect_match(pty, "✓ Date of birth");
	pty_send(pty, HANDS_ESC);
	pty_expect_match(pty, "▸ Otto Novo .*new, not sent");
	hands_leave(pty);
	practice_stop(&practice);
}

/* A wrong number is not sent; one that somebody has leads to him. */
static void test_wizard_finds_who_is_there(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = open_form(24, 80);
	type_person(pty, "111.444.777-36");
	pty_expect(pty, "its check digits do not fit");
	pty_send(pty, F2);
	pty_expect(pty, "still to be put right");
	pty_send(pty, HANDS_CTRL_U HIS_CPF TAB F2);
	pty_expect(pty, "Antônio");
	pty_send(pty, "n");
	pty_expect(pty, "exists already");
	pty_send(pty, F2);
	pty_expect(pty, "Antônio");
	pty_send(pty, "y");
	pty_expect(pty, "[2 Documents");
	pty_expect(pty, "Antônio Guimarães · individual");
	hands_leave(pty);
	assert_int_equal(count_ana(), 0);
	practice_stop(&practice);
}

/* Nobody answers: it waits, is taken back, and is a draft again. */
static void test_wizard_waits_and_takes_back(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "--fault "
				  "status=503,method=POST,path=/customers");
	pty = open_form(24, 80);
	type_person(pty, FREE_CPF);
	pty_send(pty, F2);
	pty_expect(pty, "goes exactly once");
	pty_send(pty, HANDS_ESC);
	pty_expect_match(pty, "Ana Nova .*new, on the way");
	hands_point_at(pty, "Ana Nova");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "goes exactly once");
	pty_send(pty, "x");
	pty_expect(pty, "Make this customer");
	hands_leave(pty);
	assert_int_equal(count_ana(), 0);
	practice_stop(&practice);
}

static void test_questions_make_a_person(void **state)
{
	static const char *const plain[] = { "ACCESSIBLE=1", "TERM=dumb",
					     NULL };
	struct pty *pty = NULL;

	(void)state;
	practice_start(&practice, "");
	pty = hands_open_with(&practice, plain);
	pty_expect(pty, "Customer:");
	pty_send(pty, "+\n");
	pty_expect(pty, "Which kind of customer:");
	pty_send(pty, "1\nAna Nova\n1990-02-03\nBrazil\n");
	pty_expect(pty, "Tax id");
	pty_send(pty, FREE_CPF "\nana@example.com\n\n\n");
	pty_expect(pty, "New customer:");
	pty_send(pty, "m\n");
	pty_expect(pty, "Terms of service");
	pty_send(pty, "q\n");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	assert_int_equal(count_ana(), 1);
	practice_stop(&practice);
}

/* From the shell: what the exit statuses say, and the same again. */
static void test_command_makes_once(void **state)
{
	char *good, *bad, *his;

	(void)state;
	practice_start(&practice, "");
	good = practice_file(&practice, "good.json", ANA(FREE_CPF));
	bad = practice_file(&practice, "bad.json", ANA("123.456.789-08"));
	his = practice_file(&practice, "his.json", ANA(HIS_CPF));
	WALK(&practice, 3, "not_a_cpf", "create", "--json", bad);
	WALK(&practice, 0, "\"state\":\"accepted\"", "create", "--json", good);
	WALK(&practice, 0, "\"type\":\"customer\"", "create", "--json", good);
	WALK(&practice, 1, "5eed0000-0000-4000-8000-000000000010", "create",
	     "--json", his);
	WALK(&practice, 1, "customer_exists", "create", "--json", his);
	WALK(&practice, 2, "no kind", "create", "-k", "robot", good);
	WALK(&practice, 3, "has no answer", "create", "-k", "business", good);
	assert_int_equal(count_ana(), 1);
	WALK(&practice, 0, "customer_made", "audit", "list");
	WALK(&practice, 0, "", "audit", "verify");
	free(good);
	free(bad);
	free(his);
	practice_stop(&practice);
}

/* The server stores, and its answers are lost until the command gives up. */
static void test_command_settles_a_lost_answer(void **state)
{
	char *file = NULL;

	(void)state;
	practice_start(&practice, "--fault lose=1,method=POST,"
				  "path=/customers,count=7");
	file = practice_file(&practice, "ana.json", ANA(FREE_CPF));
	WALK(&practice, 4, "\"state\":\"unsure\"", "create", "--json", file);
	WALK(&practice, 0, "\"state\":\"accepted\"", "create", "--json", file);
	WALK(&practice, 0, "\"state\":\"accepted\"", "create", "--json", file);
	assert_int_equal(count_ana(), 1);
	free(file);
	practice_stop(&practice);
}

/* Dinie answers with the customer that it has. */
static void test_command_meets_who_is_there(void **state)
{
	char *file = NULL;

	(void)state;
	practice_start_for(&practice, "dinie", "");
	file = practice_file(
		&practice, "he.json",
		"{\"cpf\":\"529.982.247-25\",\"external_id\":\"partner-1\"}");
	WALK(&practice, 0, "cust_5eed0000000040008000000000000001", "create",
	     "--json", file);
	WALK(&practice, 0, "customer_known", "audit", "list");
	free(file);
	file = practice_file(&practice, "other.json",
			     "{\"cpf\":\"529.982.247-25\"}");
	WALK(&practice, 1, "cust_5eed0000000040008000000000000001", "create",
	     "--json", file);
	free(file);
	practice_stop(&practice);
}

/* Where nobody can be made there is neither a key nor a hint. */
static void test_nobody_is_made_elsewhere(void **state)
{
	struct pty *pty = NULL;
	char *file = NULL;

	(void)state;
	practice_start_for(&practice, "dwolla", "");
	file = practice_file(&practice, "ana.json", "{}");
	WALK(&practice, 3, "lets nobody make customers", "create", file);
	pty = hands_open(&practice, 24, 80);
	pty_expect(pty, "Enter open");
	assert_false(pty_shows(pty, "Ctrl-N"));
	hands_leave(pty);
	free(file);
	practice_stop(&practice);
}

/* The contract has room for every request, and for none that lacks a thing. */
static const struct judged {
	const char *provider;
	const char *person, *company;
} lumx_and_dinie[] = {
	{ "lumx", ANA(FREE_CPF),
	  "{\"legalName\":\"Nova\",\"incorporationDate\":\"2015-06-01\","
	  "\"country\":\"BRA\",\"taxId\":\"11.444.777/0001-61\","
	  "\"email\":\"n@example.com\",\"accounts\":[\"USD\"],"
	  "\"metadata\":{\"reference\":\"x7\"}}" },
	{ "dinie", "{\"cpf\":\"123.456.789-09\",\"name\":\"Ana\"}",
	  "{\"cpf\":\"123.456.789-09\",\"cnpj\":\"11.444.777/0001-61\","
	  "\"trading_name\":\"Nova\",\"phone\":\"+5511999990000\"}" },
};

static void judge(const struct judged *row)
{
	struct prism *prism = NULL;
	char *person = NULL, *company = NULL;

	practice_start_for(&practice, row->provider, "");
	prism = prism_beside(&practice);
	if (!prism) {
		practice_stop(&practice);
		skip();
	}
	prism_expect_refused(prism, "POST", "/customers",
			     "Content-Type: application/json\r\n", "{}");
	person = practice_file(&practice, "person.json", row->person);
	company = practice_file(&practice, "company.json", row->company);
	WALK(&practice, 0, "accepted", "create", person);
	WALK(&practice, 0, "accepted", "create", "-k", "business", company);
	prism_expect_content(prism, 2, NULL);
	prism_free(prism);
	practice_stop(&practice);
	free(person);
	free(company);
}

static void test_lumx_contract(void **state)
{
	(void)state;
	judge(&lumx_and_dinie[0]);
}

static void test_dinie_contract(void **state)
{
	(void)state;
	judge(&lumx_and_dinie[1]);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "wizard makes a person", test_wizard_makes_a_person);
	test_add(&tests, "wizard keeps what was typed",
		 test_wizard_keeps_what_was_typed);
	test_add(&tests, "wizard takes what was looked for",
		 test_wizard_takes_what_was_looked_for);
	test_add(&tests, "wizard finds who is there",
		 test_wizard_finds_who_is_there);
	test_add(&tests, "wizard waits and takes back",
		 test_wizard_waits_and_takes_back);
	test_add(&tests, "questions make a person",
		 test_questions_make_a_person);
	test_add(&tests, "command makes once", test_command_makes_once);
	test_add(&tests, "command settles a lost answer",
		 test_command_settles_a_lost_answer);
	test_add(&tests, "command meets who is there",
		 test_command_meets_who_is_there);
	test_add(&tests, "nobody is made elsewhere",
		 test_nobody_is_made_elsewhere);
	prism_add(&tests, "Lumx's contract", test_lumx_contract);
	prism_add(&tests, "Dinie's contract", test_dinie_contract);
	return test_run(&tests, "end_to_end/create");
}
