/* SPDX-License-Identifier: MIT */
/* Dinie's road through the line-mode commands, whole, against its practice
 * server: what a script would see. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/prism.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"

#define CUST(n) "cust_5eed00000000400080000000000000" n
#define CARD	CUST("01") /* a card, a selfie, an address, biometrics */
#define LICENCE CUST("02")
#define TO_FIX	CUST("04") /* e-mail and telephone to correct */
#define UNDER	CUST("05")
#define UNKNOWN CUST("08")
#define NEWER	CUST("12")
#define PARTNER CUST("18")
#define CNPJ	CUST("20")

static struct practice practice;
static struct prism *prism;

static int set_up(void **state)
{
	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 0");
	return 0;
}

/* Nobody looks at anything while the test runs. */
static int set_up_slow(void **state)
{
	(void)state;
	practice_start_for(&practice, "dinie", "--review-seconds 10000");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	prism_free(prism);
	prism = NULL;
	practice_stop(&practice);
	return 0;
}

/* Upload sample FILE as TYPE (and SIDE, or NULL) of CUSTOMER. */
static void upload(const char *customer, const char *type, const char *side,
		   const char *file, int status, const char *says)
{
	char *path = practice_sample(file);

	if (side)
		walk_expect(KYC(&practice, "upload", "-c", customer, "-t", type,
				"-s", side, "--json", path),
			    status, says);
	else
		walk_expect(KYC(&practice, "upload", "-c", customer, "-t", type,
				"--json", path),
			    status, says);
	free(path);
}

static void expect_status(const char *customer, const char *says)
{
	walk_expect(KYC(&practice, "status", "-c", customer), 0, says);
}

static void test_walks_to_active(void **state)
{
	static const char kept[] = "\"state\":\"accepted\"";

	(void)state;
	upload(CARD, "identity_card", "front", "id-card-front.jpg", 0, kept);
	/* By Dinie's own name for the side as well. */
	upload(CARD, "identity_card_back", NULL, "id-card-back.jpg", 0,
	       "\"side\":\"back\"");
	upload(CARD, "selfie", NULL, "selfie.jpg", 0, kept);
	upload(CARD, "proof_of_address", NULL, "proof-of-address-too-old.pdf",
	       0, kept);
	expect_status(CARD, "older than 90 days");
	expect_status(CARD, "action_needed");
	walk_expect(KYC(&practice, "link", "-c", CARD), 0, "/face/");
	upload(CARD, "proof_of_address", NULL, "proof-of-address.pdf", 0, kept);
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
		walk_expect(KYC(&practice, "upload", "-c", LICENCE, "-t", "cnh",
				"--again", path),
			    0, "accepted");
		expect_status(LICENCE, "rejected   Carteira");
	}
	free(path);
}

static const struct upload_row {
	const char *name;
	const char *customer, *type, *side, *file;
	int status;
	const char *says;
} upload_rows[] = {
	{ "a partner's paper", PARTNER, "partner_identity", "front",
	  "id-card-front.jpg", 0, "\"state\":\"accepted\"" },
	{ "a type that nobody knows", UNKNOWN, "vehicle_registration_front",
	  NULL, "id-card-front.jpg", 0, "\"state\":\"accepted\"" },
	{ "a type that is not asked for", LICENCE, "ccmei", NULL,
	  "proof-of-address.pdf", 1, "\"field\":\"type\"" },
	{ "a side too few", CARD, "identity_card", NULL, "id-card-front.jpg", 3,
	  "side" },
	{ "a side too many", LICENCE, "cnh", "front",
	  "drivers-license-front.jpg", 3, "side" },
	{ "a check that is no upload", CARD, "biometrics", NULL, "selfie.jpg",
	  3, "behind a link" },
};

static void test_upload(void **state)
{
	const struct upload_row *row = *state;

	upload(row->customer, row->type, row->side, row->file, row->status,
	       row->says);
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
	walk_expect(KYC(&practice, "info", "-c", TO_FIX, "-t", "dinie_email",
			"--json", email),
		    0, "\"form\":\"dinie_email\"");
	walk_expect(KYC(&practice, "info", "-c", TO_FIX, "-t", "dinie_phone",
			"--json", phone),
		    0, "\"state\":\"accepted\"");
	expect_status(TO_FIX, "in_review");
	/* A number that cannot be right does not leave. */
	walk_expect(KYC(&practice, "info", "-c", CNPJ, "-t", "dinie_cnpj", bad),
		    3, "check digits");
	free(email);
	free(phone);
	free(bad);
}

static void test_states_are_told(void **state)
{
	(void)state;
	expect_status(UNDER, "is reviewing");
	walk_expect(KYC(&practice, "status", "-c", CUST("03"), "--json"), 0,
		    "\"requirement\":\"identity_card_back\"");
	walk_expect(KYC(&practice, "status", "-c", CUST("03"), "--json"), 0,
		    "\"next\":\"new_picture\"");
	expect_status(NEWER, "newer version");
	walk_expect(
		KYC(&practice, "customers", "--json", "--search", "Fernanda"),
		0, "\"provider_status\":\"awaiting_bureau\"");
	walk_expect(KYC(&practice, "customers", "--json", "--search", "Araújo"),
		    0, "\"status\":\"action_needed\"");
	walk_expect(KYC(&practice, "link", "-c", LICENCE), 3, "no page");
}

/* One session at a time, and what that means in words. */
static void test_one_check_at_a_time(void **state)
{
	(void)state;
	walk_expect(KYC(&practice, "link", "-c", CARD), 0, "http://");
	walk_expect(KYC(&practice, "link", "-c", CARD), 1, "still counts");
}

/* The client's secret is wrong: nothing goes, and the exit status says why. */
static void test_wrong_secret(void **state)
{
	(void)state;
	setenv("PRACTICE_KEY", "another", 1);
	walk_expect(KYC(&practice, "customers"), 5, "secret is wrong");
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
	upload(LICENCE, "cnh", NULL, "drivers-license-front.jpg", 0,
	       "\"state\":\"accepted\"");
	assert_int_equal(
		practice_documents(&practice,
				   "5eed0000-0000-4000-8000-000000000002"),
		1);
}

/* More customers than requests of a minute would be: pages, and the pace. */
static void test_many_customers(void **state)
{
	struct practice_run run;
	size_t count = 0;

	(void)state;
	practice_start_for(&practice, "dinie", "--customers 1000");
	run = KYC(&practice, "customers", "--json");
	assert_int_equal(run.status, 0);
	for (const char *at = run.out; (at = strchr(at, '\n')); at++)
		count++;
	assert_int_equal(count, 1024);
	practice_run_release(&run);
}

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
		test_upload(&(void *){ (void *)(uintptr_t)&upload_rows[i] });
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
	tests.tests[0].setup_func = set_up;
	test_add(&tests, "rejected once more", test_rejected_once_more);
	tests.tests[1].setup_func = set_up;
	prism_add(&tests, "contract", test_contract);
	tests.tests[tests.count - 1].setup_func = set_up;
	prism_add(&tests, "contract in review", test_contract_in_review);
	test_add(&tests, "corrections", test_corrections);
	test_add(&tests, "states are told", test_states_are_told);
	test_add(&tests, "one check at a time", test_one_check_at_a_time);
	test_add(&tests, "a wrong secret", test_wrong_secret);
	TEST_ROWS(&tests, test_upload, upload_rows);
	for (size_t i = 0; i < tests.count; i++) {
		if (!tests.tests[i].setup_func)
			tests.tests[i].setup_func = set_up_slow;
		tests.tests[i].teardown_func = tear_down;
	}
	test_add(&tests, "a lost answer", test_lost_answer);
	test_add(&tests, "many customers", test_many_customers);
	for (size_t i = tests.count - 2; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/dinie");
}
