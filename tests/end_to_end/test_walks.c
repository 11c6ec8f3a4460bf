/* SPDX-License-Identifier: MIT */
/*
 * The wizard with several providers, as somebody walks who has never seen it:
 * from the list of customers, through each paper that is missing, to what the
 * provider says in the end. A person, a company with those who own and
 * represent it, and a paper that was rejected.
 */
#include <stdlib.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define ENTER HANDS_ENTER
#define ESC   HANDS_ESC

#define CAFE "5eed0000-0000-4000-8000-000000000031" /* two parties */

#define DINIE(n) "cust_5eed00000000400080000000000000" n
#define MARIA	 DINIE("01")
#define BEATRIZ	 DINIE("03") /* the back of a card was rejected */
#define THIAGO	 DINIE("04") /* e-mail and telephone were rejected */
#define ANA	 DINIE("18") /* a company and its partner */

static struct practice practice;

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

/* Both sides of a card, which are one row of the checklist. */
static void give_card(struct pty *pty, const char *label)
{
	char *title = mem_printf("^  %s  ", label);

	pty_send(pty, ENTER);
	pty_expect_match(pty, title);
	pty_expect(pty, "no file yet");
	hands_give_side(pty, "id-card-front.jpg");
	pty_expect_match(pty, "▸ Back");
	hands_give(pty, "id-card-back.jpg");
	pty_expect_match(pty, "front ✓ ready +back ✓ ready");
	pty_send(pty, "n");
	free(title);
}

/* The link of what is selected, whole on one row, and back. */
static void show_link(struct pty *pty, const char *path)
{
	char *row = mem_printf("^http://127\\.0\\.0\\.1:[0-9]+/%s/.*$", path);

	pty_send(pty, ENTER);
	pty_expect_match(pty, row);
	pty_expect(pty, "Valid until");
	pty_expect_gone(pty, "Asking");
	pty_send(pty, ESC);
	pty_expect_gone(pty, "Valid until");
	free(row);
}

/* Send what is ready, BUTTON, until all of it has arrived. */
static void send_all(struct pty *pty, const char *button)
{
	pty_send(pty, "s");
	pty_expect(pty, "[4 Review & send");
	pty_expect(pty, button);
	pty_send(pty, ENTER);
	pty_expect(pty, "verything"); /* is on its way, or has arrived */
	pty_expect_gone(pty, "Everything ready is on its way");
}

static void expect_approved(struct pty *pty, const char *customer)
{
	pty_send(pty, "5");
	pty_expect(pty, "[5 Status");
	hands_await(&practice, customer, "approved");
	pty_send(pty, "R");
	pty_expect(pty, "Verification: approved");
	pty_expect_match(pty, "✓ accepted");
}

static void test_walks_with_dinie_a_person(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "maria", "Maria Souza");
	/* The side is in the label of each; it is said once. */
	pty_expect_match(pty, "▸ ○ RG +front ○ missing +back ○ missing");
	give_card(pty, "RG");
	hands_give_next(pty, "Selfie", "selfie.jpg");
	hands_give_next(pty, "Comprovante de endereço", "proof-of-address.pdf");
	pty_expect_match(pty, "▸ ○ Biometria facial +waits");
	show_link(pty, "face");
	send_all(pty, "[ Send 4 items ]");
	assert_int_equal(practice_documents(&practice, MARIA), 4);
	expect_approved(pty, MARIA);
	pty_free(pty);
}

static void test_walks_with_dinie_a_company(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "ana lucia", "Ana Lúcia Gonçalves · business");
	/* Nothing of a long label is cut while its row has room. */
	pty_expect_match(pty, "Comprovante de endereço do sócio +missing");
	hands_give_next(pty, "Contrato social", "incorporation-articles.pdf");
	hands_give_next(pty, "Comprovante de endereço", "proof-of-address.pdf");
	give_card(pty, "RG do sócio");
	hands_give_next(pty, "Comprovante de endereço do sócio",
			"proof-of-address.pdf");
	send_all(pty, "[ Send 5 items ]");
	assert_int_equal(practice_documents(&practice, ANA), 5);
	expect_approved(pty, ANA);
	pty_free(pty);
}

/* From the inbox, where nobody was opened yet, to the side that is wrong. */
static void test_walks_with_dinie_from_a_rejection(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	pty_expect(pty, "24 of 24 match");
	pty_send(pty, "\033OQ");
	pty_expect(pty, "Rejected or to look at");
	pty_expect(pty, "Beatriz Conceição");
	pty_send(pty, "/beatriz");
	pty_expect(pty, "1 case");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "^▸ Beatriz");
	/* What it is that was rejected is asked about while one looks. */
	pty_expect_match(pty, "RG .*A foto está desfocada.* ▸ new picture");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "RG · back · /");
	pty_expect(pty, "✗ rejected: A foto está desfocada");
	pty_send(pty, ESC);
	pty_expect(pty, "✗ back rejected: A foto está desfocada");
	pty_expect_match(pty, "▸ Back");
	hands_give(pty, "id-card-back.jpg");
	send_all(pty, "[ Send 1 item ]");
	assert_int_equal(practice_documents(&practice, BEATRIZ), 1);
	expect_approved(pty, BEATRIZ);
	pty_free(pty);
}

/* Data go where the pictures go: to their field, to be sent with the rest. */
static void test_walks_with_dinie_correcting_data(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "thiago", "Thiago Araújo");
	pty_expect(pty, "O e-mail informado não existe. Correct the data");
	pty_send(pty, ENTER);
	/* What is there is what was rejected. */
	pty_expect_match(pty, "▸ ✗ E-mail +customer4@example.com");
	pty_expect(pty, "O e-mail informado não existe.");
	pty_send(pty, HANDS_CTRL_U "thiago@example.com" ENTER);
	pty_expect_match(pty, "✓ E-mail +thiago@example.com");
	pty_send(pty, "\033OR");
	pty_expect_match(pty, "▸ ✗ Telephone");
	pty_expect(pty, "the provider asks for another answer");
	pty_send(pty, HANDS_CTRL_U "+5511987654321" ENTER);
	pty_expect_match(pty, "✓ Telephone");
	pty_send(pty, ESC);
	pty_expect_match(pty, "E-mail +ready");
	send_all(pty, "[ Send 2 items ]");
	expect_approved(pty, THIAGO);
	pty_free(pty);
}

static void test_walks_with_lumx_a_company(void **state)
{
	struct pty *pty = NULL;

	(void)state;
	practice_start_for(&practice, "lumx", "--review-seconds 1");
	pty = hands_open(&practice, 24, 80);
	hands_choose(pty, "acai", "Café Açaí Importação S.A. · business");
	hands_give_next(pty, "Proof of address", "proof-of-address.pdf");
	hands_give_next(pty, "Articles of incorporation",
			"incorporation-articles.pdf");
	pty_expect_match(pty, "▸ ○ Terms of service");
	show_link(pty, "tos");
	hands_await_gone(&practice, CAFE,
			 "missing +(Terms of service|Page for the customer)");
	pty_send(pty, "n");
	pty_expect(pty, "── Ana Lúcia Gonçalves ──");
	give_card(pty, "Identity card");
	hands_give_next(pty, "Proof of address", "proof-of-address.pdf");
	pty_expect(pty, "── João Antônio Peçanha ──");
	give_card(pty, "Identity card");
	hands_give_next(pty, "Proof of address", "proof-of-address.pdf");
	pty_send(pty, "R");
	send_all(pty, "[ Send 8 items ]");
	pty_expect(pty, "[ Request the review ]");
	pty_send(pty, ENTER);
	pty_expect(pty, "begin its review of Café");
	pty_send(pty, "y");
	pty_expect_match(pty, "Request for the review.*received");
	assert_int_equal(practice_documents(&practice, CAFE), 8);
	expect_approved(pty, CAFE);
	pty_expect(pty, "Ana Lúcia Gonçalves · owner · approved");
	pty_expect(pty, "João Antônio Peçanha · representative · approved");
	pty_free(pty);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "with Dinie: a person",
		 test_walks_with_dinie_a_person);
	test_add(&tests, "with Dinie: a company",
		 test_walks_with_dinie_a_company);
	test_add(&tests, "with Dinie: from a rejection",
		 test_walks_with_dinie_from_a_rejection);
	test_add(&tests, "with Dinie: data to correct",
		 test_walks_with_dinie_correcting_data);
	test_add(&tests, "with Lumx: a company",
		 test_walks_with_lumx_a_company);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/walks");
}
