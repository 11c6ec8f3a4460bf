/* SPDX-License-Identifier: MIT */
/* Dwolla: what its readers make of lists, customers, owners and papers. The
 * stored answers in dwolla/ are the samples of developers.dwolla.com. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"
#include "tests/providers/dwolla_words.h"

#define PERSON	 "64dd2beb-fe56-4cdc-80dd-82a3d7f5b921"
#define COMPANY	 "d56c07fa-3832-427d-bb88-a9eb2d375c14"
#define PARTNERS "62c3aa1b-3a1b-46d0-ae90-17304d60c3d5"

static void test_page(void **state)
{
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };
	struct prov_page page = { 0 };
	char *body = adapter_stored("dwolla", "page");

	(void)state;
	dwolla_answer(&prov_dwolla.customer_list, &ctx, 200, body, &page,
		      &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	assert_int_equal(page.count, 2);
	assert_string_equal(page.customers[0].id, PERSON);
	assert_string_equal(page.customers[0].name, "Ada Example");
	assert_string_equal(page.customers[0].email, "ada@example.com");
	assert_string_equal(page.customers[0].country, "USA");
	assert_int_equal(page.customers[0].kind, PROV_INDIVIDUAL);
	assert_int_equal(page.customers[0].stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(page.customers[0].stage_word, "document");
	assert_string_equal(page.customers[1].name, "Example Corp");
	assert_int_equal(page.customers[1].kind, PROV_BUSINESS);
	assert_string_equal(page.next, "limit=25&offset=25");
	free(body);
	prov_page_release(&page);
	prov_result_release(&result);
}

static const struct next_row {
	const char *name;
	const char *next; /* the link, as JSON */
	const char *cursor;
	enum prov_outcome want;
} next_rows[] = {
	{ "none", "null", NULL, PROV_ACCEPTED },
	{ "no address", "{}", NULL, PROV_ACCEPTED },
	{ "of another host", "{\"href\":\"https://evil.example/x?offset=200\"}",
	  "offset=200", PROV_ACCEPTED },
	{ "only a path", "{\"href\":\"/customers?limit=2&offset=4\"}",
	  "limit=2&offset=4", PROV_ACCEPTED },
	{ "without a query", "{\"href\":\"https://a.example/customers\"}", NULL,
	  PROV_UNSURE },
	{ "with a header", "{\"href\":\"/customers?a=1\\r\\nX: y\"}", NULL,
	  PROV_UNSURE },
	{ "with a fragment", "{\"href\":\"/customers?a=1#b\"}", NULL,
	  PROV_UNSURE },
	{ "with another path behind", "{\"href\":\"/customers?a=1/../b\"}",
	  NULL, PROV_UNSURE },
};

static void test_next_page(void **state)
{
	const struct next_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };
	struct prov_page page = { 0 };
	char *body = mem_printf("{\"_links\":{\"next\":%s},"
				"\"_embedded\":{\"customers\":[]}}",
				row->next);

	dwolla_answer(&prov_dwolla.customer_list, &ctx, 200, body, &page,
		      &result);
	assert_int_equal(result.outcome, row->want);
	if (row->cursor)
		assert_string_equal(page.next, row->cursor);
	else
		assert_null(page.next);
	free(body);
	prov_page_release(&page);
	prov_result_release(&result);
}

static void test_personal_document(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	dwolla_read_stored(DWOLLA_CUSTOMER, PERSON, NULL, "personal_document",
			   &customer);
	assert_true(prov_dwolla.customer_read[DWOLLA_PAPERS].wanted(&customer));
	assert_false(
		prov_dwolla.customer_read[DWOLLA_OWNERS].wanted(&customer));
	assert_false(prov_dwolla.customer_read[DWOLLA_CERTIFICATION].wanted(
		&customer));
	dwolla_read_stored(DWOLLA_PAPERS, PERSON, NULL, "documents_empty",
			   &customer);
	prov_dwolla.customer_settle(&customer);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_true(customer.lists_papers);
	assert_int_equal(customer.pending, 0);
	assert_int_equal(customer.pending_most, 4);
	assert_null(customer.closed_because);
	assert_string_equal(customer.requirements[2].type->label,
			    "US passport");
	dwolla_assert_lines(&customer, IDENTITY("missing"));
	prov_customer_release(&customer);
}

/* A passport in review, a license rejected for two reasons. */
static void test_papers_answer(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	dwolla_read_stored(DWOLLA_CUSTOMER, PERSON, NULL, "personal_document",
			   &customer);
	dwolla_read_stored(DWOLLA_PAPERS, PERSON, NULL, "documents_mixed",
			   &customer);
	prov_dwolla.customer_settle(&customer);
	assert_int_equal(customer.stage, PROV_STAGE_IN_REVIEW);
	assert_int_equal(customer.pending, 1);
	dwolla_assert_lines(&customer,
			    "license rejected (Identity) -> correct_data\n"
			    "idCard missing (Identity)\n"
			    "passport in review (Identity)\n");
	assert_string_equal(customer.requirements[0].reason.code,
			    "ScanDobMismatch");
	assert_string_equal(customer.requirements[0].reason.message,
			    "Scan DOB does not match DOB on account; ID is "
			    "expired or missing expiration date");
	assert_int_equal(customer.paper_count, 2);
	assert_string_equal(customer.papers[0].id,
			    "20988444-c7e1-40cf-ab1a-a20da878e568");
	assert_string_equal(customer.papers[0].type, "license");
	assert_int_equal(customer.papers[0].made_ms, 1738447300000);
	assert_null(customer.papers[0].party);
	prov_customer_release(&customer);
}

static const struct sample_row {
	const char *name; /* of the stored answer */
	const char *id;
	enum prov_stage stage;
	const char *closed; /* words in it, or NULL */
	const char *lines;
} sample_rows[] = {
	{ "personal_retry", "53863b11-1758-47c8-821f-00e6a126f97f",
	  PROV_STAGE_ACTION_NEEDED, NULL,
	  "retry-verification rejected [dwolla.personal_retry] -> "
	  "correct_data\n" },
	{ "personal_verified", "9da3aa7c-2524-430b-a751-6dc722735fce",
	  PROV_STAGE_APPROVED, "verified", "" },
	{ "business_controller_and_business", COMPANY, PROV_STAGE_ACTION_NEEDED,
	  NULL, IDENTITY("missing") "other:ein missing\n" OWNER_FORM },
	{ "business_dba", "41432759-6d65-42e5-a6be-400ddd103b78",
	  PROV_STAGE_ACTION_NEEDED, NULL, "other:dba missing\n" },
	{ "business_retry_full_ssn", "20c2d8e2-8ccf-42fd-bd9e-757c396f342d",
	  PROV_STAGE_ACTION_NEEDED, NULL,
	  "retry-with-full-ssn rejected [dwolla.controller_retry] -> "
	  "correct_data\n" },
	{ "business_suspended_review", "b70c3194-35fa-49e8-9243-d55a30e06d1e",
	  PROV_STAGE_IN_REVIEW, "wait", "" },
	{ "business_verified_owners_pending", PARTNERS,
	  PROV_STAGE_ACTION_NEEDED, NULL,
	  "beneficial-owners missing [dwolla.owner]\n" CERTIFICATION
	  "[dwolla.certification]\n" },
};

static void test_sample(void **state)
{
	const struct sample_row *row = *state;
	struct prov_customer customer = { 0 };

	dwolla_read_stored(DWOLLA_CUSTOMER, row->id, NULL, row->name,
			   &customer);
	prov_dwolla.customer_settle(&customer);
	assert_int_equal(customer.stage, row->stage);
	if (row->closed)
		assert_non_null(strstr(customer.closed_because, row->closed));
	else
		assert_null(customer.closed_because);
	dwolla_assert_lines(&customer, row->lines);
	prov_customer_release(&customer);
}

static void test_owners(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	dwolla_read_stored(DWOLLA_CUSTOMER, PARTNERS, NULL,
			   "business_verified_owners_pending", &customer);
	assert_true(prov_dwolla.customer_read[DWOLLA_OWNERS].wanted(&customer));
	assert_true(prov_dwolla.customer_read[DWOLLA_CERTIFICATION].wanted(
		&customer));
	dwolla_read_stored(DWOLLA_OWNERS, PARTNERS, NULL, "owners", &customer);
	assert_int_equal(customer.party_count, 2);
	assert_string_equal(customer.parties[0].id, DWOLLA_OWNER);
	assert_string_equal(customer.parties[0].name, "document Owner");
	assert_string_equal(customer.parties[0].role, "beneficial owner");
	assert_int_equal(customer.parties[0].stage, PROV_STAGE_ACTION_NEEDED);
	assert_int_equal(customer.parties[1].stage, PROV_STAGE_APPROVED);
	assert_true(prov_dwolla.customer_read[DWOLLA_OWNER_PAPERS].of_party(
		&customer, &customer.parties[0]));
	dwolla_read_stored(DWOLLA_OWNER_PAPERS, PARTNERS, DWOLLA_OWNER,
			   "documents_mixed", &customer);
	assert_int_equal(dwolla_read(DWOLLA_CERTIFICATION, PARTNERS, NULL, 200,
				     "{\"status\":\"recertify\"}", &customer),
			 PROV_ACCEPTED);
	prov_dwolla.customer_settle(&customer);
	dwolla_assert_lines(
		&customer, OWNER_FORM
		"*license rejected (Identity) -> correct_data\n"
		"*idCard missing (Identity)\n"
		"*passport in review (Identity)\n"
		"*removal missing? [dwolla.owner_removal]\n"
		"*removal missing? [dwolla.owner_removal]\n" CERTIFICATION
		"[dwolla.certification]\n");
	/* The controller's and the owners' may be foreign. */
	assert_string_equal(customer.requirements[3].type->label, "Passport");
	assert_int_equal(customer.parties[0].stage, PROV_STAGE_IN_REVIEW);
	assert_int_equal(customer.parties[0].pending, 1);
	assert_int_equal(customer.parties[0].pending_most, 4);
	assert_int_equal(customer.pending, 0);
	assert_string_equal(customer.papers[0].party, DWOLLA_OWNER);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(customer.requirements[6].label,
			    "Certification of the owners by Gus Admin");
	assert_non_null(
		strstr(customer.requirements[6].reason.message, "30 days"));
	prov_customer_release(&customer);
}

static const struct certification_row {
	const char *name;
	const char *links;
	int status;
	const char *body;
	const char *lines;
	enum prov_stage stage;
} certification_rows[] = {
	{ "certified", "\"beneficial-owners\":{}", 200,
	  "{\"status\":\"certified\"}",
	  "certify-beneficial-ownership accepted [dwolla.certification]\n",
	  PROV_STAGE_APPROVED },
	{ "exempt", "\"beneficial-owners\":{}", 200,
	  "{\"status\":\"uncertified\"}", "", PROV_STAGE_APPROVED },
	{ "wanted", "\"certify-beneficial-ownership\":{}", 200,
	  "{\"status\":\"uncertified\"}",
	  OWNER_FORM CERTIFICATION "[dwolla.certification]\n",
	  PROV_STAGE_ACTION_NEEDED },
	{ "wanted again", "\"beneficial-owners\":{}", 200,
	  "{\"status\":\"recertify\"}",
	  CERTIFICATION "[dwolla.certification]\n", PROV_STAGE_ACTION_NEEDED },
	{ "wanted, not known there", "\"certify-beneficial-ownership\":{}", 404,
	  "{\"code\":\"NotFound\"}",
	  OWNER_FORM CERTIFICATION "[dwolla.certification]\n",
	  PROV_STAGE_ACTION_NEEDED },
	{ "a word of their own", "\"certify-beneficial-ownership\":{}", 200,
	  "{\"status\":7}", OWNER_FORM CERTIFICATION "[dwolla.certification]\n",
	  PROV_STAGE_ACTION_NEEDED },
};

static void test_certification(void **state)
{
	const struct certification_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body =
		mem_printf("{\"id\":\"c\",\"type\":\"business\",\"status\":"
			   "\"verified\",\"_links\":{%s}}",
			   row->links);

	assert_int_equal(
		dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200, body, &customer),
		PROV_ACCEPTED);
	assert_int_equal(dwolla_read(DWOLLA_CERTIFICATION, "c", NULL,
				     row->status, row->body, &customer),
			 PROV_ACCEPTED);
	prov_dwolla.customer_settle(&customer);
	dwolla_assert_lines(&customer, row->lines);
	assert_int_equal(customer.stage, row->stage);
	free(body);
	prov_customer_release(&customer);
}

static void test_known_answers_fill_the_form(void **state)
{
	struct prov_customer customer = { 0 };
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	const struct prov_requirement *req;

	(void)state;
	dwolla_read_stored(DWOLLA_CUSTOMER,
			   "20c2d8e2-8ccf-42fd-bd9e-757c396f342d", NULL,
			   "business_retry_full_ssn", &customer);
	req = &customer.requirements[0];
	assert_int_equal(form_answers_from_json(req->form->schema, req->known,
						answers, &findings, NULL),
			 0);
	assert_int_equal(findings.count, 0);
	assert_string_equal(form_answer(answers, "firstName"), "Ed");
	assert_string_equal(form_answer(answers, "state"), "IA");
	assert_string_equal(form_answer(answers, "businessName"),
			    "Example LLC");
	assert_string_equal(form_answer(answers, "businessClassification"),
			    "9ed38155-7d6f-11e3-83c3-5404a6144203");
	assert_string_equal(form_answer(answers, "controller.address.country"),
			    "USA");
	assert_string_equal(form_answer(answers, "controller.title"), "CEO");
	assert_string_equal(form_answer(answers, "ein"), "");
	form_check(req->form->schema, answers, &findings);
	/* Only what Dwolla never shows is left to be asked for. */
	assert_int_equal(findings_errors(&findings), 3);
	assert_non_null(findings_for(&findings, "ein"));
	assert_non_null(findings_for(&findings, "controller.dateOfBirth"));
	assert_non_null(findings_for(&findings, "controller.ssn"));
	findings_release(&findings);
	form_answers_free(answers);
	prov_customer_release(&customer);
}

static const struct strange_row {
	const char *name;
	enum dwolla_step step;
	int status;
	const char *body;
	enum prov_outcome want;
} strange_rows[] = {
	{ "customer, empty", DWOLLA_CUSTOMER, 200, "", PROV_UNSURE },
	{ "customer, cut off", DWOLLA_CUSTOMER, 200, "{\"id\":\"c\"",
	  PROV_UNSURE },
	{ "customer, list", DWOLLA_CUSTOMER, 200, "[]", PROV_UNSURE },
	{ "customer, nothing", DWOLLA_CUSTOMER, 200, "{}", PROV_UNSURE },
	{ "customer, somebody else", DWOLLA_CUSTOMER, 200, "{\"id\":\"d\"}",
	  PROV_UNSURE },
	{ "customer, page", DWOLLA_CUSTOMER, 200, "<html>", PROV_UNSURE },
	{ "customer, wrong types", DWOLLA_CUSTOMER, 200,
	  "{\"id\":\"c\",\"status\":7,\"type\":[],\"_links\":[1],"
	  "\"_embedded\":{\"errors\":[1,null,{\"code\":7,\"_links\":[]},"
	  "{\"_links\":{\"a\":1}}]},\"firstName\":{},\"controller\":3}",
	  PROV_ACCEPTED },
	{ "customer, no id", DWOLLA_CUSTOMER, 200, "{\"status\":\"verified\"}",
	  PROV_ACCEPTED },
	{ "customer, 404", DWOLLA_CUSTOMER, 404, "{\"code\":\"NotFound\"}",
	  PROV_REFUSED },
	{ "customer, 403", DWOLLA_CUSTOMER, 403, "{\"code\":\"Forbidden\"}",
	  PROV_REFUSED },
	{ "customer, 401", DWOLLA_CUSTOMER, 401, "", PROV_DENIED },
	{ "customer, 500", DWOLLA_CUSTOMER, 500, "{\"code\":\"ServerError\"}",
	  PROV_AGAIN },
	{ "papers, 403", DWOLLA_PAPERS, 403, "{\"code\":\"Forbidden\"}",
	  PROV_ACCEPTED },
	{ "papers, 404", DWOLLA_PAPERS, 404, "", PROV_ACCEPTED },
	{ "papers, scope", DWOLLA_PAPERS, 403, "{\"code\":\"InvalidScopes\"}",
	  PROV_DENIED },
	{ "papers, 429", DWOLLA_PAPERS, 429, "", PROV_AGAIN },
	{ "papers, cut off", DWOLLA_PAPERS, 200,
	  "{\"_embedded\":", PROV_UNSURE },
	{ "papers, no list", DWOLLA_PAPERS, 200,
	  "{\"_embedded\":{\"documents\":7}}", PROV_UNSURE },
	{ "papers, wrong types", DWOLLA_PAPERS, 200,
	  "{\"_embedded\":{\"documents\":[1,{},{\"type\":7},{\"type\":\"other\""
	  ",\"id\":7,\"status\":[],\"created\":\"9999999-99-99T\"}]}}",
	  PROV_ACCEPTED },
	{ "owners, 404", DWOLLA_OWNERS, 404, "", PROV_ACCEPTED },
	{ "owners, 500", DWOLLA_OWNERS, 500, "", PROV_AGAIN },
	{ "owners, page", DWOLLA_OWNERS, 200, "<p>", PROV_UNSURE },
	{ "owners, wrong types", DWOLLA_OWNERS, 200,
	  "{\"_embedded\":{\"beneficial-owners\":[1,{},{\"id\":7},{\"id\":"
	  "\"o\",\"_links\":7},{\"id\":\"o\"}]}}",
	  PROV_ACCEPTED },
	{ "certification, 403", DWOLLA_CERTIFICATION, 403, "", PROV_ACCEPTED },
	{ "certification, list", DWOLLA_CERTIFICATION, 200, "[]", PROV_UNSURE },
	{ "certification, nothing", DWOLLA_CERTIFICATION, 200, "{}",
	  PROV_ACCEPTED },
};

static void test_strange_answer(void **state)
{
	const struct strange_row *row = *state;
	struct prov_customer customer = { 0 };

	assert_int_equal(dwolla_read(row->step, "c", NULL, row->status,
				     row->body, &customer),
			 row->want);
	if (row->status != 200)
		assert_false(customer.lists_papers);
	prov_dwolla.customer_settle(&customer);
	prov_customer_release(&customer);
}

/* What is found goes into the record and comes back. */
static void test_customer_survives_the_record(void **state)
{
	struct prov_customer customer = { 0 }, again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	(void)state;
	dwolla_read_stored(DWOLLA_CUSTOMER, PARTNERS, NULL,
			   "business_verified_owners_pending", &customer);
	dwolla_read_stored(DWOLLA_OWNERS, PARTNERS, NULL, "owners", &customer);
	dwolla_read_stored(DWOLLA_OWNER_PAPERS, PARTNERS, DWOLLA_OWNER,
			   "documents_mixed", &customer);
	prov_dwolla.customer_settle(&customer);
	prov_customer_to_json(&customer, &first);
	assert_int_equal(prov_customer_from_json(&again, buf_text(&first),
						 &prov_dwolla, NULL),
			 0);
	prov_customer_to_json(&again, &second);
	assert_string_equal(buf_text(&first), buf_text(&second));
	assert_ptr_equal(again.requirements[3].type,
			 customer.requirements[3].type);
	buf_release(&first);
	buf_release(&second);
	prov_customer_release(&customer);
	prov_customer_release(&again);
}

/* Any prefix, and any one byte changed, is read without harm. */
static void test_broken_answers_do_no_harm(void **state)
{
	static const struct {
		enum dwolla_step step;
		const char *name;
	} answers[] = {
		{ DWOLLA_CUSTOMER, "business_controller_and_business" },
		{ DWOLLA_PAPERS, "documents_mixed" },
		{ DWOLLA_OWNERS, "owners" },
	};
	unsigned seed = 7;

	(void)state;
	for (size_t n = 0; n < 3; n++) {
		char *body = adapter_stored("dwolla", answers[n].name);
		size_t len = strlen(body);

		for (int round = 0; round < 400; round++) {
			struct prov_customer customer = { 0 };
			char *copy = mem_dup(body);

			seed = seed * 1103515245 + 12345;
			copy[(seed >> 8) % len] =
				(char)(1 + (seed >> 24) % 126);
			if (round % 4 == 0)
				copy[(seed >> 4) % len] = '\0';
			dwolla_read(answers[n].step, COMPANY, NULL, 200, copy,
				    &customer);
			prov_dwolla.customer_settle(&customer);
			prov_customer_release(&customer);
			free(copy);
		}
		free(body);
	}
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "page", test_page);
	TEST_ROWS(&tests, test_next_page, next_rows);
	test_add(&tests, "personal document", test_personal_document);
	test_add(&tests, "papers answer", test_papers_answer);
	TEST_ROWS(&tests, test_sample, sample_rows);
	test_add(&tests, "owners", test_owners);
	TEST_ROWS(&tests, test_certification, certification_rows);
	test_add(&tests, "known answers", test_known_answers_fill_the_form);
	TEST_ROWS(&tests, test_strange_answer, strange_rows);
	test_add(&tests, "record", test_customer_survives_the_record);
	test_add(&tests, "broken answers", test_broken_answers_do_no_harm);
	return test_run(&tests, "providers/dwolla_read");
}
