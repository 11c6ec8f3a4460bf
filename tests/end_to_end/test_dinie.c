/* SPDX-License-Identifier: MIT */
/* Dinie's road through the line-mode commands, whole, against its practice
 * server: what a script would see. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/road.h"

#define CUST(n) "cust_5eed00000000400080000000000000" n
#define CARD	CUST("01") /* a card, a selfie, an address, biometrics */
#define LICENCE CUST("02")
#define TO_FIX	CUST("04") /* e-mail and telephone to correct */
#define UNDER	CUST("05")
#define UNKNOWN CUST("08")
#define NEWER	CUST("12")
#define PARTNER CUST("18")
#define CNPJ	CUST("20")

static const struct walk_paper papers[] = {
	{ .customer = LICENCE,
	  .type = "cnh",
	  .sample = "drivers-license-front.jpg" },
	{ .customer = CARD, .type = "selfie", .sample = "selfie.jpg" },
	{ .type = NULL },
};

/* Nobody looks at anything while a test runs that says nothing else. */
const struct road road = {
	.provider = "dinie",
	.options = "--review-seconds 10000",
	.customers = 24,
	.papers = papers,
};

static int set_up_quick(void **state)
{
	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 0");
	return 0;
}

/* Upload sample FILE as TYPE (and SIDE, or NULL) of CUSTOMER. */
static void upload(const char *customer, const char *type, const char *side,
		   const char *file, int status, const char *says)
{
	road_upload(&(struct road_paper){ NULL, customer, NULL, type, side,
					  file, status, says });
}

static void expect_status(const char *customer, const char *says)
{
	WALK(&practice, 0, says, "status", "-c", customer);
}

static void test_walks_to_active(void **state)
{
	(void)state;
	upload(CARD, "identity_card", "front", "id-card-front.jpg", 0,
	       ACCEPTED);
	/* By Dinie's own name for the side as well. */
	upload(CARD, "identity_card_back", NULL, "id-card-back.jpg", 0,
	       "\"side\":\"back\"");
	upload(CARD, "selfie", NULL, "selfie.jpg", 0, ACCEPTED);
	upload(CARD, "proof_of_address", NULL, "proof-of-address-too-old.pdf",
	       0, ACCEPTED);
	expect_status(CARD, "older than 90 days");
	expect_status(CARD, "action_needed");
	WALK(&practice, 0, "/face/", "link", "-c", CARD);
	upload(CARD, "proof_of_address", NULL, "proof-of-address.pdf", 0,
	       ACCEPTED);
	expect_status(CARD, "approved");
	assert_int_equal(
		practice_documents(&practice,
				   "5eed0000-0000-4000-8000-000000000001"),
		5);
}

/* In the same words as before, and yet not the same rejection. */
static void test_rejected_once_more(void **state)
{
	char *path = practice_sample("passport-blurry.jpg");

	(void)state;
	for (int i = 0; i < 2; i++) {
		WALK(&practice, 0, "accepted", "upload", "-c", LICENCE, "-t",
		     "cnh", "--again", path);
		expect_status(LICENCE, "rejected   Carteira");
	}
	free(path);
}

static const struct road_paper paper_rows[] = {
	{ "a partner's paper", PARTNER, NULL, "partner_identity", "front",
	  "id-card-front.jpg", 0, ACCEPTED },
	{ "a type that nobody knows", UNKNOWN, NULL,
	  "vehicle_registration_front", NULL, "id-card-front.jpg", 0,
	  ACCEPTED },
	{ "a type that is not asked for", LICENCE, NULL, "ccmei", NULL,
	  "proof-of-address.pdf", 1, "\"field\":\"type\"" },
	{ "a side too few", CARD, NULL, "identity_card", NULL,
	  "id-card-front.jpg", 3, "side" },
	{ "a side too many", LICENCE, NULL, "cnh", "front",
	  "drivers-license-front.jpg", 3, "side" },
	{ "a check that is no upload", CARD, NULL, "biometrics", NULL,
	  "selfie.jpg", 3, "behind a link" },
};

/* Dinie's customers have other ids for whoever counts what is there. */
static void test_upload(void **state)
{
	road_upload(*state);
}

static void test_corrections(void **state)
{
	char *email = practice_file(&practice, "email",
				    "{\"email\":\"new@example.com\"}");
	char *phone = practice_file(&practice, "phone",
				    "{\"phone\":\"+5511999999999\"}");
	char *bad = practice_file(&practice, "bad",
				  "{\"cnpj\":\"11.222.333/0001-80\"}");

	(void)state;
	WALK(&practice, 0, "\"form\":\"dinie_email\"", "info", "-c", TO_FIX,
	     "-t", "dinie_email", "--json", email);
	WALK(&practice, 0, ACCEPTED, "info", "-c", TO_FIX, "-t", "dinie_phone",
	     "--json", phone);
	expect_status(TO_FIX, "in_review");
	/* A number that cannot be right does not leave. */
	WALK(&practice, 3, "check digits", "info", "-c", CNPJ, "-t",
	     "dinie_cnpj", bad);
	free(email);
	free(phone);
	free(bad);
}

static void test_states_are_told(void **state)
{
	(void)state;
	expect_status(UNDER, "is reviewing");
	WALK(&practice, 0, "\"requirement\":\"identity_card_back\"", "status",
	     "-c", CUST("03"), "--json");
	WALK(&practice, 0, "\"next\":\"new_picture\"", "status", "-c",
	     CUST("03"), "--json");
	expect_status(NEWER, "newer version");
	WALK(&practice, 0, "\"provider_status\":\"awaiting_bureau\"",
	     "customers", "--json", "--search", "Fernanda");
	WALK(&practice, 0, "\"status\":\"action_needed\"", "customers",
	     "--json", "--search", "Araújo");
	WALK(&practice, 3, "no page", "link", "-c", LICENCE);
}

/* One session at a time, and what that means in words. */
static void test_one_check_at_a_time(void **state)
{
	(void)state;
	WALK(&practice, 0, "http://", "link", "-c", CARD);
	WALK(&practice, 1, "still counts", "link", "-c", CARD);
}

/* The client's secret is wrong: nothing goes, and the exit status says why. */
static void test_another_secret(void **state)
{
	(void)state;
	setenv("PRACTICE_KEY", "another", 1);
	WALK(&practice, 5, "secret is wrong", "customers");
	unsetenv("PRACTICE_KEY");
}

/* An upload whose answer is lost is sent again under its key, and arrives once.
 */
static void test_lost_answer(void **state)
{
	(void)state;
	practice_start_for(&practice, "dinie",
			   "--review-seconds 10000 "
			   "--fault lose=1,count=1,path=/v3/customers/" LICENCE
			   "/documents");
	upload(LICENCE, "cnh", NULL, "drivers-license-front.jpg", 0, ACCEPTED);
	assert_int_equal(
		practice_documents(&practice,
				   "5eed0000-0000-4000-8000-000000000002"),
		1);
}

static const struct road_trouble trouble_rows[] = {
	/* More than requests of a minute would be: pages, and the pace. */
	{ "many customers", "--customers 1000" },
};

/* Prism finds nothing wrong with whatever is said on these roads. */
static void test_contract(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	prism_expect_refused(prism, "GET", "/customers?limit=900", "", NULL);
	test_walks_to_active(state);
	test_rejected_once_more(state);
	/* A partner's paper, and one of a type that nobody knows. */
	for (size_t i = 0; i < 2; i++)
		test_upload(&(void *){ (void *)(uintptr_t)&paper_rows[i] });
	prism_expect_content(prism, 30, NULL);
}

/* The same while nobody looks at anything. */
static void test_contract_in_review(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	test_states_are_told(state);
	test_corrections(state);
	prism_expect_content(prism, 20, NULL);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "walks to active", test_walks_to_active);
	test_add(&tests, "rejected once more", test_rejected_once_more);
	prism_add(&tests, "contract", test_contract);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].setup_func = set_up_quick;
	prism_add(&tests, "contract in review", test_contract_in_review);
	test_add(&tests, "corrections", test_corrections);
	test_add(&tests, "states are told", test_states_are_told);
	test_add(&tests, "one check at a time", test_one_check_at_a_time);
	test_add(&tests, "another secret", test_another_secret);
	TEST_ROWS(&tests, test_upload, paper_rows);
	road_add(&tests);
	test_add(&tests, "a lost answer", test_lost_answer);
	TEST_ROWS(&tests, road_trouble, trouble_rows);
	return road_run(&tests, "end_to_end/dinie");
}
