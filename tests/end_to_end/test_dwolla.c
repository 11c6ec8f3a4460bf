/* SPDX-License-Identifier: MIT */
/* Dwolla's road through the line-mode commands, whole, against its practice
 * server: what a script would see. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/road.h"

#define CUSTOMER(n)  "5eed0000-0000-4000-8000-0000000000" n
#define OWNER(n, mm) "5eed0000-0000-4000-9000-00000000" n mm
#define PERSON	     CUSTOMER("01") /* an ID of three kinds will do */
#define RETRY	     CUSTOMER("02")
#define VERIFIED     CUSTOMER("03")
#define SUSPENDED    CUSTOMER("04")
#define BLURRED	     CUSTOMER("07") /* a license that could not be read */
#define UNVERIFIED   CUSTOMER("09")
#define ACCENTED     CUSTOMER("19")
#define COMPANY	     CUSTOMER("20") /* controller, business and two owners */
#define RUTH	     OWNER("20", "01")
#define THEO	     OWNER("20", "02")
#define CERTIFIES    CUSTOMER("36") /* nothing but the certification */

#define LIVES                                                            \
	"\"address\":{\"address1\":\"1 Elm Street\",\"city\":\"Boise\"," \
	"\"stateProvinceRegion\":\"ID\",\"country\":\"US\","             \
	"\"postalCode\":\"83702\"}"
#define AN_OWNER(first, last)                                     \
	"{\"firstName\":\"" first "\",\"lastName\":\"" last "\"," \
	"\"dateOfBirth\":\"1980-02-03\",\"ssn\":\"123456789\"," LIVES "}"
#define CERTIFY "{\"certified\":true}"

#define ADMIN(first)                                            \
	"\"firstName\":\"" first "\",\"lastName\":\"Example\"," \
	"\"email\":\"" first "@example.com\","
#define PLACE                                                                \
	"\"address1\":\"7 Elm Street\",\"city\":\"Boise\",\"state\":\"ID\"," \
	"\"postalCode\":\"83702\""
#define BORN "\"dateOfBirth\":\"1980-02-03\",\"ssn\":\"123456789\","
#define BUSINESS(name)                                                         \
	"\"businessName\":\"" name "\",\"businessType\":\"llc\","              \
	"\"businessClassification\":\"9ed3f670-7d6f-11e3-b1ce-5404a6144203\"," \
	"\"ein\":\"123456789\","
#define SOLE(name)                                                             \
	"\"businessName\":\"" name "\","                                       \
	"\"businessClassification\":\"9ed3f670-7d6f-11e3-b1ce-5404a6144203\"," \
	"\"ein\":\"123456789\","
#define CONTROLLER                                                          \
	",\"controller\":{\"firstName\":\"Maud\",\"lastName\":\"Example\"," \
	"\"title\":\"CEO\",\"dateOfBirth\":\"1970-01-02\","                 \
	"\"ssn\":\"987654321\"," LIVES "}"

static const struct walk_paper papers[] = {
	{ .customer = PERSON,
	  .type = "license",
	  .sample = "drivers-license-front.jpg" },
	{ .customer = ACCENTED,
	  .type = "idCard",
	  .sample = "id-card-front.jpg" },
	{ .customer = CUSTOMER("22"),
	  .type = "other",
	  .sample = "incorporation-articles.pdf" },
	{ .type = NULL },
};

const struct road road = {
	.provider = "dwolla",
	.options = "--review-seconds 0",
	.customers = 60,
	.papers = papers,
};

static void upload(const char *customer, const char *party, const char *type,
		   const char *sample, int status, const char *says)
{
	road_upload(&(struct road_paper){ NULL, customer, party, type, NULL,
					  sample, status, says });
}

static void test_a_person_is_verified(void **state)
{
	(void)state;
	walk_expect_customer(&practice, PERSON, "action_needed");
	walk_expect_item(&practice, PERSON, "license", NULL, "status",
			 "missing");
	walk_expect_item(&practice, PERSON, "passport", NULL, "group",
			 "Identity");
	/* Rejected, with the reason and what to do; then another one. */
	upload(PERSON, NULL, "passport", "passport-blurry.jpg", 0, ACCEPTED);
	walk_expect_item(&practice, PERSON, "passport", NULL, "status",
			 "rejected");
	walk_expect_item(&practice, PERSON, "passport", NULL, "reason.code",
			 "ScanNotReadable");
	walk_expect_item(&practice, PERSON, "passport", NULL, "reason.next",
			 "new_picture");
	upload(PERSON, NULL, "passport", "passport.jpg", 0, ACCEPTED);
	walk_expect_item(&practice, PERSON, "passport", NULL, "status",
			 "accepted");
	/* Any one of the group was enough. */
	walk_expect_item(&practice, PERSON, "license", NULL, "status", NULL);
	walk_expect_customer(&practice, PERSON, "approved");
	assert_int_equal(practice_documents(&practice, PERSON), 2);
}

static void test_a_rejected_paper_is_replaced(void **state)
{
	(void)state;
	walk_expect_item(&practice, BLURRED, "license", NULL, "status",
			 "rejected");
	upload(BLURRED, NULL, "license", "drivers-license-front.jpg", 0,
	       ACCEPTED);
	walk_expect_item(&practice, BLURRED, "license", NULL, "status",
			 "accepted");
	walk_expect_customer(&practice, BLURRED, "approved");
}

static void test_a_company_with_two_owners(void **state)
{
	char *added = NULL;

	(void)state;
	upload(COMPANY, NULL, "idCard", "id-card-front.jpg", 0, ACCEPTED);
	upload(COMPANY, NULL, "other:ein", "incorporation-articles.pdf", 0,
	       ACCEPTED);
	/* One owner by id and by a part of the name, one by all of it. */
	upload(COMPANY, RUTH, "passport", "passport-blurry.jpg", 0,
	       "\"party\":\"" RUTH "\"");
	walk_expect_item(&practice, COMPANY, "passport", RUTH, "status",
			 "rejected");
	upload(COMPANY, "ruth", "passport", "passport.jpg", 0,
	       "\"party\":\"" RUTH "\"");
	walk_expect_item(&practice, COMPANY, "retry-verification", THEO,
			 "reason.next", "correct_data");
	walk_form(&practice, COMPANY, "Theo Lindqvist", "dwolla.owner_retry",
		  AN_OWNER("Theodore", "Lindqvist"), 0, ACCEPTED);
	walk_expect_item(&practice, COMPANY, "retry-verification", THEO,
			 "status", NULL);
	/* A third one, who has to show an ID. */
	walk_form(&practice, COMPANY, NULL, "dwolla.owner",
		  AN_OWNER("Document", "Lindqvist"), 0, ACCEPTED);
	added = walk_party(&practice, COMPANY, "license", 0);
	upload(COMPANY, "Lindqvist", "license", "drivers-license-front.jpg", 3,
	       "Lindqvist");
	upload(COMPANY, added, "license", "drivers-license-back.jpg", 0,
	       ACCEPTED);
	walk_expect_item(&practice, COMPANY, "certify-beneficial-ownership",
			 NULL, "status", "missing");
	walk_form(&practice, COMPANY, NULL, "dwolla.certification", CERTIFY, 0,
		  ACCEPTED);
	walk_expect_item(&practice, COMPANY, "certify-beneficial-ownership",
			 NULL, "status", "accepted");
	walk_expect_customer(&practice, COMPANY, "approved");
	free(added);
}

static void test_an_owner_and_the_certification(void **state)
{
	static const char code[] = "certify-beneficial-ownership";

	(void)state;
	walk_form(&practice, CERTIFIES, NULL, "dwolla.certification",
		  "{\"certified\":false}", 3, "certified");
	walk_form(&practice, CERTIFIES, NULL, "dwolla.owner",
		  AN_OWNER("Wilma", "Example"), 0, ACCEPTED);
	walk_expect_item(&practice, CERTIFIES, code, NULL, "status", "missing");
	walk_form(&practice, CERTIFIES, NULL, "dwolla.certification", CERTIFY,
		  0, ACCEPTED);
	walk_expect_item(&practice, CERTIFIES, code, NULL, "status",
			 "accepted");
}

static const struct form_row {
	const char *name;
	const char *customer, *form, *json;
	const char *code; /* of the requirement that it answers */
	int status;
	const char *says;
} form_rows[] = {
	{ "a person's data", RETRY, "dwolla.personal_retry",
	  "{" ADMIN("Rhea") BORN PLACE "}", "retry-verification", 0, ACCEPTED },
	{ "a business's", CUSTOMER("23"), "dwolla.business_retry",
	  "{" ADMIN("Edith") BUSINESS("Fenn Bakeries LLC") PLACE "}",
	  "retry-verification", 0, ACCEPTED },
	{ "its controller's as well", CUSTOMER("24"), "dwolla.controller_retry",
	  "{" ADMIN("Flora") BUSINESS("Gray Optics LLC") PLACE CONTROLLER "}",
	  "retry-with-full-ssn", 0, ACCEPTED },
	{ "a sole proprietor's", CUSTOMER("52"), "dwolla.sole_retry",
	  "{" ADMIN("Hazel") BORN SOLE("Olsen Bouquets") PLACE "}",
	  "retry-verification", 0, ACCEPTED },
	{ "a post office box", CUSTOMER("26"), "dwolla.business_retry",
	  "{" ADMIN("Hugo") BUSINESS("Irwin Freight LLC") PLACE "}",
	  "retry-verification", 0, ACCEPTED },
	{ "another address", CUSTOMER("29"), "dwolla.business_edit",
	  "{" PLACE "}", "edit", 0, ACCEPTED },
};

static void test_a_form(void **state)
{
	const struct form_row *row = *state;

	walk_expect_item(&practice, row->customer, row->code, NULL, "form",
			 row->form);
	walk_form(&practice, row->customer, NULL, row->form, row->json,
		  row->status, row->says);
	walk_expect_item(&practice, row->customer, row->code, NULL, "status",
			 NULL);
}

static const struct wrong_row {
	const char *name;
	const char *customer, *form, *json;
	const char *says;
} wrong_rows[] = {
	{ "an ssn of four digits", RETRY, "dwolla.personal_retry",
	  "{" ADMIN(
		  "Rhea") "\"dateOfBirth\":\"1980-02-03\",\"ssn\":\"6789\"," PLACE
			  "}",
	  "ssn" },
	{ "a child", RETRY, "dwolla.personal_retry",
	  "{" ADMIN("Rhea") "\"dateOfBirth\":\"2020-02-03\","
			    "\"ssn\":\"123456789\"," PLACE "}",
	  "dateOfBirth" },
	{ "a city with digits", RETRY, "dwolla.personal_retry",
	  "{" ADMIN("Rhea") BORN
	  "\"address1\":\"7 Elm Street\","
	  "\"city\":\"Boise 7\",\"state\":\"ID\",\"postalCode\":\"83702\"}",
	  "city" },
	{ "a name with a bracket", RETRY, "dwolla.personal_retry",
	  "{" ADMIN("Rh<a") BORN PLACE "}", "firstName" },
	{ "an ssn and a passport", CERTIFIES, "dwolla.owner",
	  "{\"firstName\":\"W\",\"lastName\":\"E\","
	  "\"dateOfBirth\":\"1980-02-03\",\"ssn\":\"123456789\","
	  "\"passport\":{\"number\":\"X1\",\"country\":\"CA\"}," LIVES "}",
	  "passport" },
	{ "a form that is none", RETRY, "dwolla.retry", "{}", "dwolla.retry" },
};

/* There is one try: what is wrong does not leave. */
static void test_a_wrong_form(void **state)
{
	const struct wrong_row *row = *state;

	walk_form(&practice, row->customer, NULL, row->form, row->json, 3,
		  row->says);
	WALK(&practice, 0, "nothing is waiting", "resume");
}

static const struct road_paper paper_rows[] = {
	{ "a license", ACCENTED, NULL, "license", NULL,
	  "drivers-license-front.jpg", 0, ACCEPTED },
	{ "an identity card", CUSTOMER("16"), NULL, "idCard", NULL,
	  "id-card-front.jpg", 0, ACCEPTED },
	{ "a PNG", CUSTOMER("08"), NULL, "passport", NULL, "selfie.png", 0,
	  ACCEPTED },
	{ "a paper of a business", CUSTOMER("22"), NULL, "other", NULL,
	  "incorporation-articles.pdf", 0, ACCEPTED },
	{ "an EIN letter", CUSTOMER("34"), NULL, "other:ein", NULL,
	  "incorporation-articles.pdf", 0, ACCEPTED },
	{ "formation papers", CUSTOMER("38"), NULL, "other:formation", NULL,
	  "incorporation-articles.pdf", 0, ACCEPTED },
	{ "a DBA document", CUSTOMER("25"), NULL, "other:dba", NULL,
	  "incorporation-articles.pdf", 0, ACCEPTED },
	{ "a proof of address", CUSTOMER("32"), NULL, "other:address", NULL,
	  "proof-of-address.pdf", 0, ACCEPTED },
	{ "a controller's passport", CUSTOMER("21"), NULL, "passport", NULL,
	  "passport.jpg", 0, ACCEPTED },
	{ "an owner's card", CUSTOMER("58"), OWNER("58", "01"), "idCard", NULL,
	  "id-card-front.jpg", 0, ACCEPTED },
	{ "a sole proprietor's paper", CUSTOMER("54"), NULL, "other", NULL,
	  "proof-of-address.pdf", 0, ACCEPTED },
	{ "a PDF of an ID", BLURRED, NULL, "license", NULL,
	  "proof-of-address.pdf", 3, "PDF" },
	{ "a type of another owner", BLURRED, NULL, "other", NULL,
	  "proof-of-address.pdf", 3, "other" },
	{ "somebody who is none", COMPANY, "Nobody", "license", NULL,
	  "drivers-license-front.jpg", 3, "Nobody" },
	{ "a customer who is verified", VERIFIED, NULL, "license", NULL,
	  "drivers-license-front.jpg", 3, "takes nothing more" },
	{ "one who is suspended", SUSPENDED, NULL, "license", NULL,
	  "drivers-license-front.jpg", 3, "ask Dwolla's support" },
	{ "one who is never verified", UNVERIFIED, NULL, "license", NULL,
	  "drivers-license-front.jpg", 3, "takes no documents" },
	{ "one with four papers unread", CUSTOMER("37"), NULL, "license", NULL,
	  "drivers-license-front.jpg", 3, "4 files wait for review" },
};

static const struct road_trouble trouble_rows[] = {
	/* Six pages, each slower than a third of a token's life. */
	{ "tokens that expire on the way",
	  "--token-seconds 1 --customers 1000 --fault delay=400,method=GET" },
	{ "a token that is taken back",
	  "--customers 1000 "
	  "--fault status=401,method=GET,path=/customers,skip=2,count=1" },
	{ "too many requests, with a wait",
	  "--customers 1000 --fault status=429,retry-after=1,method=GET,"
	  "path=/customers,skip=1,count=1" },
	{ "a moment's trouble",
	  "--customers 1000 "
	  "--fault status=503,method=GET,skip=1,count=1" },
};

/* How many a minute is not published: after the first refusal nothing is asked
 * before the time that was named, or at once. */
static void test_too_many_requests(void **state)
{
	(void)state;
	practice_start_for(&practice, "dwolla", "--rate-limit 3");
	WALK(&practice, 0, "Rosa Delgado", "customers");
	WALK(&practice, 4, "nothing is lost", "status", "-c", COMPANY);
}

static const struct prism_known known[] = {
	{ "POST", "/token", "NOT_ACCEPTABLE",
	  "each call has to accept HAL, and this answer is plain JSON" },
	{ NULL, NULL, NULL, NULL },
};

/* Prism finds nothing wrong with whatever is said on these roads. */
static void test_contract(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	prism_expect_refused(prism, "GET", "/customers?limit=900",
			     "Accept: application/vnd.dwolla.v1.hal+json\r\n",
			     NULL);
	for (size_t i = 0; i < sizeof(form_rows) / sizeof(*form_rows); i++)
		test_a_form(&(void *){ (void *)(uintptr_t)&form_rows[i] });
	for (size_t i = 0; i < sizeof(paper_rows) / sizeof(*paper_rows); i++)
		road_paper(&(void *){ (void *)(uintptr_t)&paper_rows[i] });
	test_a_person_is_verified(state);
	test_a_company_with_two_owners(state);
	test_an_owner_and_the_certification(state);
	prism_expect_content(prism, 300, known);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "a person is verified", test_a_person_is_verified);
	test_add(&tests, "a rejected paper is replaced",
		 test_a_rejected_paper_is_replaced);
	test_add(&tests, "a company with two owners",
		 test_a_company_with_two_owners);
	test_add(&tests, "an owner and the certification",
		 test_an_owner_and_the_certification);
	TEST_ROWS(&tests, test_a_form, form_rows);
	TEST_ROWS(&tests, test_a_wrong_form, wrong_rows);
	TEST_ROWS(&tests, road_paper, paper_rows);
	prism_add(&tests, "contract", test_contract);
	road_add(&tests);
	TEST_ROWS(&tests, road_trouble, trouble_rows);
	test_add(&tests, "too many requests", test_too_many_requests);
	return road_run(&tests, "end_to_end/dwolla");
}
