/* SPDX-License-Identifier: MIT */
/* Z.ro Bank's road through the line-mode commands, whole, against its practice
 * server: what a script would see. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/road.h"

#define ACCOUNT(n)   "5eed0000-0000-4000-8000-0000000000" n
#define PARTY(n, mm) "5eed0000-0000-4000-9000-00000000" n mm
#define PERSON	     ACCOUNT("01")
#define APPROVED     ACCOUNT("03")
#define REJECTED     ACCOUNT("04")
#define CLOSED	     ACCOUNT("11")
#define COMPANY	     ACCOUNT("20") /* nothing but an account */
#define NO_PAPERS    ACCOUNT("21") /* all parties, no paper */
#define IN_REVIEW    ACCOUNT("23")
#define SENT_BACK    ACCOUNT("25") /* rejected as a company */
#define EXPIRED	     ACCOUNT("36") /* its onboarding is */
#define COMPLETE     ACCOUNT("33") /* not finalised */

#define QUEUED "\"state\":\"queued\""
#define TERMS  "legal_person_version = v2\n"

#define ADDRESS                                                    \
	"\"address\":{\"zip_code\":\"01310-100\","                 \
	"\"street\":\"Avenida Paulista\",\"number\":1000,"         \
	"\"neighborhood\":\"Bela Vista\",\"city\":\"São Paulo\"," \
	"\"federative_unit\":\"SP\",\"country\":\"BRA\"}"
#define OPENING_PERSON \
	"{" ADDRESS ",\"nationality\":\"Brasileiro\",\"pep\":false}"
#define OPENING_COMPANY "{" ADDRESS ",\"company_revenue\":\"1500000.50\"}"
#define SHAREHOLDER(name, number, share)                      \
	"{\"name\":\"" name "\",\"document\":\"" number "\"," \
	"\"type\":\"PARTNER\",\"participation_percentage\":\"" share "\"}"

static const struct walk_paper papers[] = {
	{ .customer = NO_PAPERS,
	  .type = "social_contract",
	  .sample = "incorporation-articles.pdf" },
	{ .customer = NO_PAPERS,
	  .party = PARTY("21", "11"),
	  .type = "selfie",
	  .sample = "selfie.jpg" },
	{ .customer = COMPLETE,
	  .type = "kyc_aml_policy",
	  .sample = "bank-statement.pdf" },
	{ .type = NULL },
};

const struct road road = {
	.provider = "zro",
	.options = "--review-seconds 0",
	.customers = 38,
	.papers = papers,
};

static void upload(const char *account, const char *party, const char *type,
		   const char *side, const char *sample, int status,
		   const char *says)
{
	road_upload(&(struct road_paper){ NULL, account, party, type, side,
					  sample, status, says });
}

static void upload_later(const char *account, const char *type,
			 const char *side, const char *sample)
{
	walk_upload(&practice,
		    &(struct walk_paper){ .customer = account,
					  .type = type,
					  .side = side,
					  .sample = sample,
					  .later = true },
		    4, QUEUED);
}

/* All papers of a person go in one request, when the last one is there. */
static void test_a_person_is_approved(void **state)
{
	static const char rg[] = "physical_document:rg";

	(void)state;
	walk_expect_item(&practice, PERSON, "onboarding", NULL, "status",
			 "missing");
	upload_later(PERSON, rg, "front", "id-card-front.jpg");
	walk_form(&practice, PERSON, NULL, NULL, OPENING_PERSON, 0, ACCEPTED);
	upload_later(PERSON, rg, "back", "id-card-back.jpg");
	assert_int_equal(practice_documents(&practice, PERSON), 0);
	upload(PERSON, NULL, "selfie", NULL, "selfie.jpg", 0, ACCEPTED);
	WALK(&practice, 0, "", "resume");
	walk_expect_item(&practice, PERSON, "physical_document:rg/front", NULL,
			 "status", "accepted");
	walk_expect_item(&practice, PERSON, "physical_document:rg/back", NULL,
			 "status", "accepted");
	walk_expect_item(&practice, PERSON, "selfie", NULL, "status",
			 "accepted");
	assert_int_equal(practice_documents(&practice, PERSON), 3);
	WALK(&practice, 0, "· approved", "status", "-c", PERSON);
}

/* Why is said; a new record is opened, and all papers go again. */
static void test_a_rejected_person_tries_again(void **state)
{
	(void)state;
	WALK(&practice, 0, "action_needed\nThe document was not accepted",
	     "status", "-c", REJECTED);
	walk_form(&practice, REJECTED, NULL, "zro.person", OPENING_PERSON, 0,
		  ACCEPTED);
	upload_later(REJECTED, "physical_document:cnh", "front",
		     "drivers-license-front.jpg");
	upload_later(REJECTED, "physical_document:cnh", "back",
		     "drivers-license-back.jpg");
	upload(REJECTED, NULL, "selfie", NULL, "selfie.jpg", 0, ACCEPTED);
	WALK(&practice, 0, "· approved", "status", "-c", REJECTED);
}

/* A representative of SHAREHOLDER; free() it. */
static char *representative(const char *name, const char *number,
			    const char *shareholder)
{
	return mem_printf("{\"name\":\"%s\",\"mother_name\":\"Eva Exemplo\","
			  "\"document\":\"%s\",\"birth_date\":\"1979-03-14\","
			  "\"pep\":false,\"is_public_server\":false,"
			  "\"representor_type\":\"ADMINISTRATOR\","
			  "\"shareholder_id\":\"%s\","
			  "\"relationship_start_date\":\"2020-01-02\","
			  "\"phone_number\":\"+5511955551234\","
			  "\"email\":\"rep@example.com\"," ADDRESS "}",
			  name, number, shareholder);
}

static void add_representative(const char *name, const char *number,
			       const char *shareholder)
{
	char *json = representative(name, number, shareholder);

	/* For whom is said by the form; with -P as well it is the same, for
	 * the first as for the next. */
	walk_form(&practice, COMPANY, shareholder, "zro.representative", json,
		  0, ACCEPTED);
	free(json);
}

/* Two shareholders, one of them a company, and whom each is spoken for by. */
static void add_parties(void)
{
	char *company = NULL;

	walk_form(&practice, COMPANY, NULL, "zro.shareholder",
		  SHAREHOLDER("Ana Exemplo", "111.444.777-35", "60"), 0,
		  ACCEPTED);
	walk_form(
		&practice, COMPANY, NULL, "zro.shareholder",
		SHAREHOLDER("Sócia Exemplo Ltda.", "11.222.333/0001-81", "40"),
		0, ACCEPTED);
	/* The one that is a company needs somebody. */
	company = walk_party(&practice, COMPANY, "legal_representative", 0);
	add_representative("João Pessoa", "529.982.247-25", company);
	walk_expect_item(&practice, COMPANY, "legal_representative", company,
			 "status", NULL);
	add_representative("Maria Exemplo", "123.456.789-09", company);
	free(company);
}

static void add_papers(const char *party, const char *sides)
{
	upload(COMPANY, party, "selfie", NULL, "selfie.jpg", 0, ACCEPTED);
	upload(COMPANY, party, "qualification_declaration", NULL,
	       "incorporation-articles.pdf", 0, ACCEPTED);
	if (!sides) {
		upload(COMPANY, party, "identity_document:passport", NULL,
		       "passport.jpg", 0, ACCEPTED);
		return;
	}
	upload(COMPANY, party, "identity_document:national_id", "front",
	       "id-card-front.jpg", 0, "\"side\":\"front\"");
	upload(COMPANY, party, "identity_document:national_id", "back",
	       "id-card-back.jpg", 0, "\"side\":\"back\"");
}

static void test_a_company_is_approved(void **state)
{
	char *maria = NULL, *joao = NULL;

	(void)state;
	WALK(&practice, 3, "Company data", "start", "-c", COMPANY);
	walk_form(&practice, COMPANY, NULL, NULL, OPENING_COMPANY, 0, ACCEPTED);
	WALK(&practice, 3, "cannot begin yet", "start", "-c", COMPANY);
	add_parties();
	joao = walk_party(&practice, COMPANY, "selfie", 0);
	maria = walk_party(&practice, COMPANY, "selfie", 1);
	/* One by name, without its accents; one by id. */
	add_papers("joao", NULL);
	walk_expect_item(&practice, COMPANY, "selfie", maria, "status",
			 "missing");
	WALK(&practice, 3, "Declaration of powers (Maria", "start", "-c",
	     COMPANY);
	add_papers(maria, "both");
	walk_expect_item(&practice, COMPANY, "selfie", joao, "status", "sent");
	upload(COMPANY, NULL, "social_contract", NULL,
	       "incorporation-articles.pdf", 0, ACCEPTED);
	WALK(&practice, 3, "Proof of revenue", "start", "-c", COMPANY);
	upload(COMPANY, NULL, "revenue_statement", NULL, "bank-statement.pdf",
	       0, ACCEPTED);
	WALK(&practice, 0, "\"type\":\"start\"", "start", "--json", "-c",
	     COMPANY);
	WALK(&practice, 0, "· approved", "status", "-c", COMPANY);
	upload(COMPANY, NULL, "kyc_aml_policy", NULL, "bank-statement.pdf", 3,
	       "takes nothing more");
	WALK(&practice, 3, "takes nothing more", "start", "-c", COMPANY);
	free(joao);
	free(maria);
}

/* Sent back for a paper: a new record, and only what hangs on the record. */
static void test_a_company_tries_again(void **state)
{
	(void)state;
	WALK(&practice, 0, "action_needed\nThe document was not accepted",
	     "status", "-c", SENT_BACK);
	walk_form(&practice, SENT_BACK, NULL, "zro.company", OPENING_COMPANY, 0,
		  ACCEPTED);
	walk_expect_item(&practice, SENT_BACK, "selfie", PARTY("25", "11"),
			 "status", "sent");
	walk_expect_item(&practice, SENT_BACK, "social_contract", NULL,
			 "status", "missing");
	/* In the place of the one that is there. */
	upload(SENT_BACK, PARTY("25", "11"), "selfie", NULL, "selfie.jpg", 0,
	       ACCEPTED);
	upload(SENT_BACK, NULL, "social_contract", NULL, "passport-blurry.jpg",
	       0, ACCEPTED);
	/* Nobody has looked at it: it can be replaced. */
	upload(SENT_BACK, NULL, "social_contract", NULL,
	       "incorporation-articles.pdf", 0, ACCEPTED);
	upload(SENT_BACK, NULL, "balance_sheet", NULL, "bank-statement.pdf", 0,
	       ACCEPTED);
	WALK(&practice, 0, "accepted", "start", "-c", SENT_BACK);
	WALK(&practice, 0, "· approved", "status", "-c", SENT_BACK);
}

static void test_corrections_of_parties(void **state)
{
	static const char linked[] =
		"{\"name\":\"Ana Lúcia G. Exemplo\",\"shareholder_id\":\"" PARTY(
			"33", "01") "\"}";

	(void)state;
	walk_form(&practice, COMPLETE, PARTY("33", "01"),
		  "zro.shareholder_correction",
		  "{\"name\":\"Ana Lúcia Exemplo\"}", 0, ACCEPTED);
	walk_form(&practice, COMPLETE, PARTY("33", "11"),
		  "zro.representative_correction", linked, 0, ACCEPTED);
	WALK(&practice, 0, "Ana Lúcia G. Exemplo · legal representative",
	     "status", "-c", COMPLETE);
	WALK(&practice, 0, "accepted", "start", "-c", COMPLETE);
	WALK(&practice, 0, "· approved", "status", "-c", COMPLETE);
}

/* Where companies accept terms first, nothing is opened without. */
static void test_terms(void **state)
{
	char *text = mem_printf("[profile practice]\nprovider = zro\n"
				"endpoint = %s\napi_key_env = PRACTICE_KEY\n"
				"client_id = kyc-sandbox-client\n"
				"product_uuid = "
				"5eed0000-0000-4000-b000-000000000001\n" TERMS,
				practice.endpoint);

	(void)state;
	free(practice.config);
	practice.config = practice_file(&practice, "config", text);
	walk_form(&practice, EXPIRED, NULL, NULL, OPENING_COMPANY, 3,
		  "accepted_terms");
	walk_form(&practice, EXPIRED, NULL, NULL,
		  "{" ADDRESS ",\"company_revenue\":\"1\","
		  "\"accepted_terms\":true}",
		  0, ACCEPTED);
	walk_expect_item(&practice, EXPIRED, "onboarding", NULL, "status",
			 "accepted");
	free(text);
}

static const struct wrong_row {
	const char *name;
	const char *account, *form, *json;
	const char *says;
} wrong_rows[] = {
	{ "a CPF whose digits do not fit", COMPLETE, "zro.shareholder",
	  SHAREHOLDER("Ana", "111.444.777-34", "1"), "check digits" },
	{ "more than all of it", COMPLETE, "zro.shareholder",
	  SHAREHOLDER("Ana", "111.444.777-35", "101"), "from 0 to 100" },
	{ "a CEP of seven digits", PERSON, "zro.person",
	  "{\"address\":{\"zip_code\":\"0131010\"}}", "zip_code" },
	{ "a country that is none", PERSON, "zro.person",
	  "{\"address\":{\"country\":\"XXX\"}}", "country" },
	{ "a form for somebody else", PERSON, "zro.company", OPENING_COMPANY,
	  "not for" },
	{ "a form about nobody", COMPLETE, "zro.representative_correction",
	  "{\"name\":\"Ana\"}", "-P" },
};

static void test_a_wrong_form(void **state)
{
	const struct wrong_row *row = *state;

	walk_form(&practice, row->account, NULL, row->form, row->json, 3,
		  row->says);
	WALK(&practice, 0, "nothing is waiting", "resume");
}

static const struct road_paper paper_rows[] = {
	{ "a licence's front", NO_PAPERS, PARTY("21", "11"),
	  "identity_document:driver_license", "front",
	  "drivers-license-front.jpg", 0, ACCEPTED },
	{ "its back", NO_PAPERS, PARTY("21", "11"),
	  "identity_document:driver_license", "back",
	  "drivers-license-back.jpg", 0, ACCEPTED },
	{ "an income", NO_PAPERS, "João Antônio Peçanha", "income_declaration",
	  NULL, "bank-statement.pdf", 0, ACCEPTED },
	{ "a proof of address", NO_PAPERS, PARTY("21", "12"), "address_proof",
	  NULL, "proof-of-address.pdf", 0, ACCEPTED },
	{ "a balance sheet", NO_PAPERS, NULL, "balance_sheet", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a policy", NO_PAPERS, NULL, "kyc_aml_policy", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a name that two have", NO_PAPERS, "Ana Lúcia Gonçalves", "selfie",
	  NULL, "selfie.jpg", 3, "give the id" },
	{ "a PNG", NO_PAPERS, PARTY("21", "11"), "selfie", NULL, "selfie.png",
	  3, "PNG" },
	{ "a side too few", NO_PAPERS, PARTY("21", "11"),
	  "identity_document:national_id", NULL, "id-card-front.jpg", 3,
	  "side" },
	{ "a side too many", NO_PAPERS, PARTY("21", "11"),
	  "identity_document:passport", "front", "passport.jpg", 3, "side" },
	{ "a paper of a representative, of nobody", NO_PAPERS, NULL, "selfie",
	  NULL, "selfie.jpg", 3, "" },
	{ "an account that is approved", APPROVED, NULL, "selfie", NULL,
	  "selfie.jpg", 3, "takes nothing more" },
	{ "one that is closed", CLOSED, NULL, "selfie", NULL, "selfie.jpg", 3,
	  "deactivated" },
	{ "one in review", IN_REVIEW, NULL, "social_contract", NULL,
	  "incorporation-articles.pdf", 3, "" },
};

static const struct road_trouble trouble_rows[] = {
	/* Ten pages, each a third of a token's life. */
	{ "tokens that expire on the way",
	  "--token-seconds 1 --customers 1000 --fault delay=300,method=GET" },
	{ "a token that is taken back",
	  "--customers 1000 "
	  "--fault status=401,method=GET,path=/v1/users/accounts,skip=2,"
	  "count=1" },
	{ "too many requests, with a wait",
	  "--customers 1000 --fault status=429,retry-after=1,method=GET,"
	  "skip=1,count=1" },
	{ "a moment's trouble",
	  "--customers 1000 "
	  "--fault status=503,method=GET,skip=1,count=1" },
};

/* Prism finds nothing wrong with whatever is said on these roads; in two parts,
 * as four hundred requests a minute are all that there are. */
static void test_contract_of_papers(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	prism_expect_refused(prism, "GET", "/v1/users/accounts", "", NULL);
	for (size_t i = 0; i < sizeof(paper_rows) / sizeof(*paper_rows); i++)
		road_paper(&(void *){ (void *)(uintptr_t)&paper_rows[i] });
	test_a_person_is_approved(state);
	test_corrections_of_parties(state);
	prism_expect_content(prism, 100, NULL);
}

static void test_contract_of_companies(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	test_a_company_is_approved(state);
	test_a_company_tries_again(state);
	test_terms(state);
	WALK(&practice, 0, "Maria Souza", "customers");
	prism_expect_content(prism, 200, NULL);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "a person is approved", test_a_person_is_approved);
	test_add(&tests, "a rejected person tries again",
		 test_a_rejected_person_tries_again);
	test_add(&tests, "a company is approved", test_a_company_is_approved);
	test_add(&tests, "a company tries again", test_a_company_tries_again);
	test_add(&tests, "corrections of parties", test_corrections_of_parties);
	test_add(&tests, "terms", test_terms);
	TEST_ROWS(&tests, test_a_wrong_form, wrong_rows);
	TEST_ROWS(&tests, road_paper, paper_rows);
	prism_add(&tests, "contract of papers", test_contract_of_papers);
	prism_add(&tests, "contract of companies", test_contract_of_companies);
	road_add(&tests);
	TEST_ROWS(&tests, road_trouble, trouble_rows);
	return road_run(&tests, "end_to_end/zro");
}
