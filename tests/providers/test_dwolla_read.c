/* SPDX-License-Identifier: MIT */
/* Dwolla: what its readers make of lists, customers, owners and papers. The
 * stored answers in dwolla/ are the samples of developers.dwolla.com. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"

#define PERSON	 "64dd2beb-fe56-4cdc-80dd-82a3d7f5b921"
#define COMPANY	 "d56c07fa-3832-427d-bb88-a9eb2d375c14"
#define PARTNERS "62c3aa1b-3a1b-46d0-ae90-17304d60c3d5"

#define IDENTITY(status)                  \
	"license " status " (Identity)\n" \
	"idCard " status " (Identity)\n"  \
	"passport " status " (Identity)\n"
#define OWNER_FORM    "beneficial-owners missing? [dwolla.owner]\n"
#define CERTIFICATION "certify-beneficial-ownership missing "

static void test_page(void **state)
{
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };
	struct prov_page page = { 0 };
	char *body = dwolla_stored("page");

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
	dwolla_assert_lines(&customer, OWNER_FORM
			    "*license rejected (Identity) -> correct_data\n"
			    "*idCard missing (Identity)\n"
			    "*passport in review (Identity)\n" CERTIFICATION
			    "[dwolla.certification]\n");
	/* The controller's and the owners' may be foreign. */
	assert_string_equal(customer.requirements[3].type->label, "Passport");
	assert_int_equal(customer.parties[0].stage, PROV_STAGE_IN_REVIEW);
	assert_int_equal(customer.parties[0].pending, 1);
	assert_int_equal(customer.parties[0].pending_most, 4);
	assert_int_equal(customer.pending, 0);
	assert_string_equal(customer.papers[0].party, DWOLLA_OWNER);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(customer.requirements[4].label,
			    "Certification of the owners by Gus Admin");
	assert_non_null(
		strstr(customer.requirements[4].reason.message, "30 days"));
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

#define LINK(name) "\"" name "\":{\"href\":\"/customers/c\"}"
#define PERSONAL(status, links)                                          \
	"{\"id\":\"c\",\"type\":\"personal\",\"status\":\"" status "\"," \
	"\"_links\":{" links "}}"
#define COMPANY_OF(kind, status, links)                                  \
	"{\"id\":\"c\",\"type\":\"business\",\"status\":\"" status "\"," \
	"\"businessType\":\"" kind "\",\"_links\":{" links "}}"
#define LLC(status, links) COMPANY_OF("llc", status, links)

static const struct status_row {
	const char *name;
	const char *body;
	enum prov_stage stage;
	const char *lines;
	const char *closed;
} status_rows[] = {
	{ "unverified",
	  "{\"id\":\"c\",\"type\":\"unverified\",\"status\":"
	  "\"unverified\"}",
	  PROV_STAGE_NOT_STARTED, "", "does not verify" },
	{ "receive-only, suspended",
	  "{\"id\":\"c\",\"type\":\"receive-only\",\"status\":\"suspended\"}",
	  PROV_STAGE_CLOSED, "", "support" },
	{ "personal, retry", PERSONAL("retry", LINK("retry-verification")),
	  PROV_STAGE_ACTION_NEEDED,
	  "retry-verification rejected [dwolla.personal_retry] -> "
	  "correct_data\n",
	  NULL },
	{ "personal, retry without a link", PERSONAL("retry", ""),
	  PROV_STAGE_ACTION_NEEDED,
	  "retry-verification rejected [dwolla.personal_retry] -> "
	  "correct_data\n",
	  NULL },
	{ "personal, kba", PERSONAL("kba", ""), PROV_STAGE_ACTION_NEEDED,
	  "kba missing\n", "questions" },
	{ "personal, document",
	  PERSONAL("document", LINK("verify-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing"), NULL },
	{ "personal, document, only the hint",
	  PERSONAL("document", LINK("document-form")), PROV_STAGE_ACTION_NEEDED,
	  IDENTITY("missing"), NULL },
	{ "personal, verified", PERSONAL("verified", LINK("send")),
	  PROV_STAGE_APPROVED, "", "verified" },
	{ "personal, suspended", PERSONAL("suspended", ""), PROV_STAGE_CLOSED,
	  "", "support" },
	{ "personal, deactivated", PERSONAL("deactivated", ""),
	  PROV_STAGE_CLOSED, "", "reactivated" },
	{ "personal, a new word", PERSONAL("paused", ""), PROV_STAGE_UNKNOWN,
	  "", NULL },
	{ "personal, loud", PERSONAL("DOCUMENT", LINK("verify-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing"), NULL },
	{ "document link after the review",
	  PERSONAL("verified", LINK("verify-with-document")),
	  PROV_STAGE_APPROVED, "", "verified" },

	{ "sole proprietor, retry",
	  COMPANY_OF("soleProprietorship", "retry", LINK("retry-verification")),
	  PROV_STAGE_ACTION_NEEDED,
	  "retry-verification rejected [dwolla.sole_retry] -> correct_data\n",
	  NULL },
	{ "sole proprietor, document",
	  COMPANY_OF("soleProprietorship", "document",
		     LINK("verify-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing"), NULL },
	{ "sole proprietor, both",
	  COMPANY_OF("soleProprietorship", "document",
		     LINK("verify-controller-and-business-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing") "other missing\n",
	  NULL },
	{ "sole proprietor, verified",
	  COMPANY_OF("soleProprietorship", "verified", LINK("send")),
	  PROV_STAGE_APPROVED, "", "verified" },

	{ "business, retry", LLC("retry", LINK("retry-verification")),
	  PROV_STAGE_ACTION_NEEDED,
	  "retry-verification rejected [dwolla.business_retry] -> "
	  "correct_data\n",
	  NULL },
	{ "business, retry with the controller",
	  LLC("retry", LINK("retry-with-full-ssn")), PROV_STAGE_ACTION_NEEDED,
	  "retry-with-full-ssn rejected [dwolla.controller_retry] -> "
	  "correct_data\n",
	  NULL },
	{ "business, both retries",
	  LLC("retry",
	      LINK("retry-verification") "," LINK("retry-with-full-ssn")),
	  PROV_STAGE_ACTION_NEEDED,
	  "retry-with-full-ssn rejected [dwolla.controller_retry] -> "
	  "correct_data\n",
	  NULL },
	{ "business, the controller's document",
	  LLC("document", LINK("verify-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing"), NULL },
	{ "business, its document",
	  LLC("document", LINK("verify-business-with-document")),
	  PROV_STAGE_ACTION_NEEDED, "other missing\n", NULL },
	{ "business, both documents",
	  LLC("document", LINK("verify-controller-and-business-with-document")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing") "other missing\n",
	  NULL },
	{ "business, DBA", LLC("document", LINK("upload-dba-document")),
	  PROV_STAGE_ACTION_NEEDED, "other:dba missing\n", NULL },
	{ "business, DBA and its document",
	  LLC("document", LINK("upload-dba-document") "," LINK(
				  "verify-business-with-document")),
	  PROV_STAGE_ACTION_NEEDED, "other missing\nother:dba missing\n",
	  NULL },
	{ "business, document, nothing said", LLC("document", ""),
	  PROV_STAGE_ACTION_NEEDED,
	  "license missing? (Identity)\nidCard missing? (Identity)\n"
	  "passport missing? (Identity)\nother missing?\n",
	  NULL },
	{ "business, owners may be named",
	  LLC("document",
	      LINK("verify-with-document") "," LINK("beneficial-owners")),
	  PROV_STAGE_ACTION_NEEDED, IDENTITY("missing") OWNER_FORM, NULL },
	{ "business, verified, an owner is not",
	  LLC("verified", LINK("verify-beneficial-owners")),
	  PROV_STAGE_ACTION_NEEDED,
	  "beneficial-owners missing [dwolla.owner]\n", NULL },
	{ "business, verified, not certified",
	  LLC("verified", LINK("certify-beneficial-ownership")),
	  PROV_STAGE_ACTION_NEEDED,
	  OWNER_FORM CERTIFICATION "[dwolla.certification]\n", NULL },
	{ "business, verified", LLC("verified", LINK("beneficial-owners")),
	  PROV_STAGE_APPROVED, "", "verified" },
	{ "business, suspended", LLC("suspended", LINK("beneficial-owners")),
	  PROV_STAGE_CLOSED, "", "support" },
	{ "business, deactivated", LLC("deactivated", ""), PROV_STAGE_CLOSED,
	  "", "reactivated" },
};

static void test_status_and_links(void **state)
{
	const struct status_row *row = *state;
	struct prov_customer customer = { 0 };

	dwolla_read_customer(row->body, &customer);
	dwolla_assert_lines(&customer, row->lines);
	assert_int_equal(customer.stage, row->stage);
	if (row->closed && !customer.closed_because)
		assert_string_equal("", row->closed);
	if (row->closed)
		assert_non_null(strstr(customer.closed_because, row->closed));
	else
		assert_null(customer.closed_because);
	prov_customer_release(&customer);
}

#define BUSINESS_RETRY                                            \
	"retry-verification rejected [dwolla.business_retry] -> " \
	"correct_data\n"
#define CONTROLLER_RETRY                                             \
	"retry-with-full-ssn rejected [dwolla.controller_retry] -> " \
	"correct_data\n"
#define EDIT "edit rejected [dwolla.business_edit] -> correct_data\n"

static const struct directive_row {
	const char *name;
	const char *status;
	const char *code;
	const char *links; /* of the directive */
	const char *lines;
} directive_rows[] = {
	{ "full SSN", "retry", "Required", LINK("retry-with-full-ssn"),
	  CONTROLLER_RETRY },
	{ "DBA", "document", "Required",
	  "\"upload-dba-document\":{\"href\":\"/customers/c/documents\"}",
	  "other:dba missing\n" },
	{ "required, no link", "document", "Required", "",
	  "Required missing?\n" },
	{ "PO box", "retry", "POBoxNotAllowed", LINK("retry-verification"),
	  BUSINESS_RETRY },
	{ "PO box, verified", "verified", "POBoxNotAllowed", "", EDIT },
	{ "PO box, no data taken", "document", "POBoxNotAllowed", "",
	  "POBoxNotAllowed missing? -> correct_data\n" },
	{ "PO box, data taken all the same", "document", "POBoxNotAllowed",
	  LINK("update-customer"), EDIT },
	{ "registered agent", "retry", "RegisteredAgentAddressNotAllowed", "",
	  BUSINESS_RETRY },
	{ "state", "retry", "SOSStateMismatch", "", BUSINESS_RETRY },
	{ "address, by paper", "document", "AddressNotAssociatedWithBusiness",
	  "", "other:address missing\n" },
	{ "address, by data", "retry", "AddressNotAssociatedWithBusiness", "",
	  BUSINESS_RETRY },
	{ "address, by either", "document", "AddressNotAssociatedWithBusiness",
	  LINK("update-customer"),
	  "other:address missing (Business address)\n"
	  "edit rejected (Business address) [dwolla.business_edit] -> "
	  "correct_data\n" },
	{ "address, retry and paper", "retry",
	  "AddressNotAssociatedWithBusiness",
	  "\"x\":{\"href\":\"/customers/c/documents\"}",
	  "other:address missing?\n" BUSINESS_RETRY },
	{ "co-working", "document", "CoWorkingAddress", "",
	  "other:address missing\n" },
	{ "residential", "retry", "ResidentialAddressRequired", "",
	  CONTROLLER_RETRY },
	{ "residential, in the sandbox", "retry", "ControllerNonResidential",
	  "", CONTROLLER_RETRY },
	{ "residential, no data taken", "document",
	  "ResidentialAddressRequired", "",
	  "ResidentialAddressRequired missing? -> correct_data\n" },
	{ "proof of address", "document", "BusinessAddressDocRequired", "",
	  "other:address missing\n" },
	{ "EIN", "retry", "EINMismatch", "", BUSINESS_RETRY },
	{ "EIN letter", "document", "EINDocumentRequired", "",
	  "other:ein missing\n" },
	{ "EIN letter, by link", "verified", "EINDocumentRequired",
	  "\"upload-ein-document\":{\"href\":\"/customers/c/documents\"}",
	  "other:ein missing\n" },
	{ "EIN letter, not taken", "retry", "EINDocumentRequired", "",
	  BUSINESS_RETRY "EINDocumentRequired missing? -> other_paper\n" },
	{ "formation", "document", "BusinessFormationDocRequired", "",
	  "other:formation missing\n" },
	{ "personal ID", "document", "PersonalIDRequired", "",
	  IDENTITY("missing") },
	{ "legal name and DBA", "retry", "LegalDBAMismatch", "",
	  BUSINESS_RETRY },
	{ "DBA differs", "retry", "BusinessDBAMismatch", "", BUSINESS_RETRY },
	{ "name differs", "retry", "BusinessNameMismatch", "", BUSINESS_RETRY },
	{ "name differs, by link", "verified", "BusinessNameMismatch",
	  LINK("update-customer"), BUSINESS_RETRY },
	{ "standing", "retry", "SOSNotInGoodStanding", "", BUSINESS_RETRY },
	{ "foreign passport", "retry", "ForeignPassportNumberRequired", "",
	  CONTROLLER_RETRY },
	{ "review", "verified", "AdditionalReviewRequired", "",
	  "AdditionalReviewRequired in review? -> wait\n" },
	{ "review, document", "document", "AdditionalReviewRequired", "",
	  "AdditionalReviewRequired in review? -> wait\n" },
	{ "review, spelled otherwise", "verified", "additional_review_required",
	  "", "additional_review_required in review? -> wait\n" },
	{ "unknown", "verified", "SomethingNew", "",
	  "SomethingNew missing?\n" },
	{ "unknown, upload", "document", "SomethingNew",
	  "\"new-link\":{\"href\":\"/customers/c/documents\"}",
	  "other missing\n" },
	{ "unknown, update", "verified", "SomethingNew",
	  "\"new-link\":{\"href\":\"/customers/c\"}", EDIT },
	{ "suspended", "suspended", "EINDocumentRequired", "", "" },
};

static void test_directive(void **state)
{
	const struct directive_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body = mem_printf(
		"{\"id\":\"c\",\"type\":\"business\",\"businessType\":\"llc\","
		"\"status\":\"%s\",\"_embedded\":{\"errors\":[{\"code\":\"%s\","
		"\"message\":\"What they say\",\"_links\":{%s}}]}}",
		row->status, row->code, row->links);

	dwolla_read_customer(body, &customer);
	dwolla_assert_lines(&customer, row->lines);
	assert_string_equal(customer.reason.code, row->code);
	assert_string_equal(customer.reason.message, "What they say");
	for (size_t i = 0; i < customer.requirement_count; i++)
		if (customer.requirements[i].kind == PROV_REQ_OTHER)
			assert_string_equal(customer.requirements[i].label,
					    "What they say");
	if (strcmp(row->status, "suspended") == 0)
		assert_non_null(strstr(customer.closed_because, "support"));
	else if (strstr(row->lines, "-> wait"))
		assert_non_null(strstr(customer.closed_because, "wait for"));
	else
		assert_null(customer.closed_because);
	free(body);
	prov_customer_release(&customer);
}

#define DIRECTIVE(code) "{\"code\":\"" code "\",\"message\":\"M\"}"
#define REVIEW		"AdditionalReviewRequired in review? -> wait\n"
#define COMPANY_PAPER	LINK("verify-business-with-document")

/* What links and several directives ask for together. */
static const struct together_row {
	const char *name;
	const char *status;
	const char *links;
	const char *directives;
	const char *lines;
	enum prov_stage stage;
	enum prov_next next;
	bool closed;
} together_rows[] = {
	{ "EIN letter stands in", "document", COMPANY_PAPER,
	  DIRECTIVE("EINDocumentRequired"), "other:ein missing\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "formation papers stand in", "document", COMPANY_PAPER,
	  DIRECTIVE("BusinessFormationDocRequired"),
	  "other:formation missing\n", PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE,
	  false },
	{ "proof of address stands in", "document", COMPANY_PAPER,
	  DIRECTIVE("BusinessAddressDocRequired"), "other:address missing\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "proof of address or data stands in", "document", COMPANY_PAPER,
	  "{\"code\":\"CoWorkingAddress\",\"message\":\"M\",\"_links\":{" LINK(
		  "update-customer") "}}",
	  "other:address missing (Business address)\n"
	  "edit rejected (Business address) [dwolla.business_edit] -> "
	  "correct_data\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_CORRECT_DATA, false },
	{ "two papers stand in", "document", COMPANY_PAPER,
	  DIRECTIVE("EINDocumentRequired") "," DIRECTIVE(
		  "BusinessAddressDocRequired"),
	  "other:ein missing\nother:address missing\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "a DBA paper does not", "document",
	  COMPANY_PAPER "," LINK("upload-dba-document"), "",
	  "other missing\nother:dba missing\n", PROV_STAGE_ACTION_NEEDED,
	  PROV_NEXT_NONE, false },
	{ "for both, it stands in for the business's", "document",
	  LINK("verify-controller-and-business-with-document"),
	  DIRECTIVE("BusinessAddressDocRequired"),
	  IDENTITY("missing") "other:address missing\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "an ID is no paper of the business", "document", COMPANY_PAPER,
	  DIRECTIVE("PersonalIDRequired"),
	  IDENTITY("missing") "other missing\n", PROV_STAGE_ACTION_NEEDED,
	  PROV_NEXT_NONE, false },
	{ "a review beside a paper", "document", COMPANY_PAPER,
	  DIRECTIVE("AdditionalReviewRequired"), "other missing\n" REVIEW,
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "a review beside a retry", "retry", LINK("retry-verification"),
	  DIRECTIVE("AdditionalReviewRequired") "," DIRECTIVE("EINMismatch"),
	  BUSINESS_RETRY REVIEW, PROV_STAGE_ACTION_NEEDED,
	  PROV_NEXT_CORRECT_DATA, false },
	{ "a review, owners may be named", "document",
	  LINK("beneficial-owners"), DIRECTIVE("AdditionalReviewRequired"),
	  OWNER_FORM REVIEW, PROV_STAGE_IN_REVIEW, PROV_NEXT_WAIT, true },
	{ "a review, certification owed", "verified",
	  LINK("certify-beneficial-ownership"),
	  DIRECTIVE("AdditionalReviewRequired"),
	  OWNER_FORM REVIEW CERTIFICATION "[dwolla.certification]\n",
	  PROV_STAGE_ACTION_NEEDED, PROV_NEXT_NONE, false },
	{ "a review of a suspended one", "suspended", "",
	  DIRECTIVE("AdditionalReviewRequired") "," DIRECTIVE(
		  "EINDocumentRequired"),
	  "", PROV_STAGE_IN_REVIEW, PROV_NEXT_WAIT, true },
};

static void test_asked_together(void **state)
{
	const struct together_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body = mem_printf(
		"{\"id\":\"c\",\"type\":\"business\",\"businessType\":\"llc\","
		"\"status\":\"%s\",\"_links\":{%s},\"_embedded\":{\"errors\":"
		"[%s]}}",
		row->status, row->links, row->directives);

	dwolla_read_customer(body, &customer);
	dwolla_assert_lines(&customer, row->lines);
	assert_int_equal(customer.stage, row->stage);
	assert_int_equal(customer.reason.next, row->next);
	assert_int_equal(customer.closed_because != NULL, row->closed);
	free(body);
	prov_customer_release(&customer);
}

/* Several directives: all of them, each thing once. */
static void test_directives_add_up(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	dwolla_read_customer(
		"{\"id\":\"c\",\"type\":\"business\",\"businessType\":\"llc\","
		"\"status\":\"retry\",\"_links\":{" LINK(
			"retry-verification") "},\"_embedded\":{\"errors\":["
					      "{\"code\":\"EINMismatch\",\"message\":\"EIN\"},"
					      "{\"code\":\"ResidentialAddressRequired\",\"message\":\"Home\"}"
					      "]}}",
		&customer);
	dwolla_assert_lines(&customer, CONTROLLER_RETRY);
	assert_string_equal(customer.reason.message, "EIN; Home");
	assert_int_equal(customer.reason.next, PROV_NEXT_CORRECT_DATA);
	assert_non_null(
		strstr(customer.requirements[0].reason.message, "EIN; Home; "));
	prov_customer_release(&customer);
}

static const struct reason_row {
	const char *name; /* the code */
	enum prov_next want;
	const char *words; /* without a description */
} reason_rows[] = {
	{ "BusinessDocNotSupported", PROV_NEXT_OTHER_PAPER, "not supported" },
	{ "BusinessNameMismatch", PROV_NEXT_CORRECT_DATA, "name" },
	{ "BusinessTypeMismatch", PROV_NEXT_CORRECT_DATA, "type" },
	{ "ForeignPassportNotAllowed", PROV_NEXT_OTHER_PAPER, "passport" },
	{ "ScanDobMismatch", PROV_NEXT_CORRECT_DATA, "birth" },
	{ "ScanFailedOther", PROV_NEXT_OTHER_PAPER, "genuine" },
	{ "ScanIdExpired", PROV_NEXT_OTHER_PAPER, "expired" },
	{ "ScanIdTypeNotSupported", PROV_NEXT_OTHER_PAPER, "military" },
	{ "ScanIdUnrecognized", PROV_NEXT_NEW_PICTURE, "recognized" },
	{ "ScanNameMismatch", PROV_NEXT_CORRECT_DATA, "name" },
	{ "ScanNotReadable", PROV_NEXT_NEW_PICTURE, "blurred" },
	{ "ScanNotUploaded", PROV_NEXT_OTHER_PAPER, "ID" },
	{ "SomethingNew", PROV_NEXT_OTHER_PAPER, "SomethingNew" },
};

static void read_rejected(const char *reasons, struct prov_customer *customer)
{
	char *body = mem_printf(
		"{\"_embedded\":{\"documents\":[{\"id\":\"d\",\"status\":"
		"\"reviewed\",\"type\":\"license\",\"created\":"
		"\"2025-02-01T21:42:16.000Z\",\"documentVerificationStatus\":"
		"\"rejected\"%s}]}}",
		reasons);

	assert_int_equal(
		dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200,
			    PERSONAL("document", LINK("verify-with-document")),
			    customer),
		PROV_ACCEPTED);
	assert_int_equal(
		dwolla_read(DWOLLA_PAPERS, "c", NULL, 200, body, customer),
		PROV_ACCEPTED);
	assert_int_equal(customer->requirements[0].status, PROV_REQ_REJECTED);
	free(body);
}

static void test_reason_leads_somewhere(void **state)
{
	const struct reason_row *row = *state;
	struct prov_customer customer = { 0 };
	char *plain = mem_printf(",\"failureReason\":\"%s\"", row->name);
	char *told = mem_printf(",\"allFailureReasons\":[{\"reason\":\"%s\","
				"\"description\":\"In their words\"}]",
				row->name);
	const struct prov_reason *reason;

	read_rejected(plain, &customer);
	reason = &customer.requirements[0].reason;
	assert_string_equal(reason->code, row->name);
	assert_int_equal(reason->next, row->want);
	if (!strstr(reason->message, row->words))
		assert_string_equal(reason->message, row->words);
	prov_customer_release(&customer);
	read_rejected(told, &customer);
	reason = &customer.requirements[0].reason;
	assert_string_equal(reason->code, row->name);
	assert_int_equal(reason->next, row->want);
	assert_non_null(strstr(reason->message, "In their words"));
	prov_customer_release(&customer);
	free(plain);
	free(told);
}

static const struct union_row {
	const char *name;
	const char *reasons;
	const char *code; /* NULL: none */
	const char *message;
	enum prov_next next;
} union_rows[] = {
	{ "none at all", "", NULL, NULL, PROV_NEXT_OTHER_PAPER },
	{ "primary is not in the list",
	  ",\"failureReason\":\"ScanNotReadable\",\"allFailureReasons\":[{"
	  "\"reason\":\"ScanIdExpired\",\"description\":\"Expired\"}]",
	  "ScanNotReadable",
	  "it cannot be read: blurred, dark, glare or cut off; Expired",
	  PROV_NEXT_OTHER_PAPER },
	{ "data over all else",
	  ",\"failureReason\":\"ScanIdExpired\",\"allFailureReasons\":[{"
	  "\"reason\":\"ScanIdExpired\",\"description\":\"Expired\"},{"
	  "\"reason\":\"ScanNameMismatch\",\"description\":\"Name\"}]",
	  "ScanIdExpired", "Expired; Name", PROV_NEXT_CORRECT_DATA },
	{ "only new ones",
	  ",\"allFailureReasons\":[{\"reason\":\"A\",\"description\":\"B\"},"
	  "{\"reason\":\"C\"}]",
	  "A", "A: B; C", PROV_NEXT_OTHER_PAPER },
	{ "wrong types",
	  ",\"failureReason\":7,\"allFailureReasons\":[1,null,[],{\"reason\":"
	  "{}}]",
	  NULL, NULL, PROV_NEXT_OTHER_PAPER },
	{ "spelled otherwise", ",\"failureReason\":\"scan_not_readable\"",
	  "scan_not_readable",
	  "it cannot be read: blurred, dark, glare or cut off",
	  PROV_NEXT_NEW_PICTURE },
};

static void assert_text(const char *text, const char *want)
{
	if (want)
		assert_string_equal(text, want);
	else
		assert_null(text);
}

static void test_all_reasons_are_told(void **state)
{
	const struct union_row *row = *state;
	struct prov_customer customer = { 0 };
	const struct prov_reason *reason;

	read_rejected(row->reasons, &customer);
	reason = &customer.requirements[0].reason;
	assert_text(reason->code, row->code);
	assert_text(reason->message, row->message);
	assert_int_equal(reason->next, row->next);
	prov_customer_release(&customer);
}

/* A document of TYPE made on DAY of a month. */
#define PAPER(type, day, status)                                      \
	"{\"id\":\"d" day "\",\"type\":\"" type "\",\"status\":"      \
	"\"reviewed\",\"created\":\"2025-02-" day "T00:00:00.000Z\"," \
	"\"documentVerificationStatus\":\"" status "\"}"
#define BOTH LINK("verify-controller-and-business-with-document")

static const struct paper_row {
	const char *name;
	const char *customer;
	const char *papers;
	const char *lines;
	enum prov_stage stage;
	const char *types; /* of the papers, newest first; '-': left open */
} paper_rows[] = {
	{ "half of both", LLC("document", BOTH),
	  PAPER("license", "01", "pending"),
	  "license in review (Identity)\nidCard missing (Identity)\n"
	  "passport missing (Identity)\nother missing\n",
	  PROV_STAGE_ACTION_NEEDED, "license " },
	{ "both in review", LLC("document", BOTH),
	  PAPER("license", "01", "pending") "," PAPER("other", "02", "pending"),
	  "license in review (Identity)\nidCard missing (Identity)\n"
	  "passport missing (Identity)\nother in review\n",
	  PROV_STAGE_IN_REVIEW, "other license " },
	{ "one accepted", LLC("document", BOTH),
	  PAPER("license", "01", "accepted") "," PAPER("other", "02",
						       "rejected"),
	  "license accepted (Identity)\nidCard missing (Identity)\n"
	  "passport missing (Identity)\nother rejected -> other_paper\n",
	  PROV_STAGE_ACTION_NEEDED, "other license " },
	{ "the latest counts",
	  PERSONAL("document", LINK("verify-with-document")),
	  PAPER("license", "09", "pending") "," PAPER("license", "01",
						      "rejected"),
	  "license in review (Identity)\nidCard missing (Identity)\n"
	  "passport missing (Identity)\n",
	  PROV_STAGE_IN_REVIEW, "license license " },
	{ "the latest counts, listed last",
	  PERSONAL("document", LINK("verify-with-document")),
	  PAPER("license", "01", "pending") "," PAPER("license", "09",
						      "rejected"),
	  "license rejected (Identity) -> other_paper\n"
	  "idCard missing (Identity)\npassport missing (Identity)\n",
	  PROV_STAGE_ACTION_NEEDED, "license license " },
	{ "another after a rejection",
	  LLC("document", LINK("verify-business-with-document")),
	  PAPER("other", "09", "rejected") "," PAPER("other", "01", "pending"),
	  "other in review\n", PROV_STAGE_IN_REVIEW, "other other " },
	{ "two purposes, one paper",
	  LLC("document", LINK("upload-dba-document") "," LINK(
				  "verify-business-with-document")),
	  PAPER("other", "01", "pending"),
	  "other in review\nother:dba missing\n", PROV_STAGE_ACTION_NEEDED,
	  "- " },
	{ "two purposes, two papers",
	  LLC("document", LINK("upload-dba-document") "," LINK(
				  "verify-business-with-document")),
	  PAPER("other", "01", "pending") "," PAPER("other", "02", "rejected"),
	  "other in review\nother:dba rejected -> other_paper\n",
	  PROV_STAGE_ACTION_NEEDED, "- - " },
	{ "an older paper is no DBA paper",
	  LLC("document", LINK("upload-dba-document")),
	  PAPER("other", "01", "accepted"), "other:dba missing\n",
	  PROV_STAGE_ACTION_NEEDED, "other:dba " },
	{ "DBA paper in review", LLC("document", LINK("upload-dba-document")),
	  PAPER("other", "01", "pending"), "other:dba in review\n",
	  PROV_STAGE_IN_REVIEW, "other:dba " },
	{ "a status of its own",
	  PERSONAL("document", LINK("verify-with-document")),
	  "{\"id\":\"d\",\"type\":\"idCard\",\"status\":\"reviewed\"}",
	  "license missing (Identity)\nidCard sent (Identity)\n"
	  "passport missing (Identity)\n",
	  PROV_STAGE_IN_REVIEW, "idCard " },
	{ "without a verdict",
	  PERSONAL("document", LINK("verify-with-document")),
	  "{\"id\":\"d\",\"type\":\"idCard\",\"status\":\"pending\"}",
	  "license missing (Identity)\nidCard in review (Identity)\n"
	  "passport missing (Identity)\n",
	  PROV_STAGE_IN_REVIEW, "idCard " },
	{ "an unknown type", PERSONAL("document", LINK("verify-with-document")),
	  PAPER("selfie", "01", "pending"), IDENTITY("missing"),
	  PROV_STAGE_ACTION_NEEDED, "- " },
	{ "nothing wanted any more", PERSONAL("verified", ""),
	  PAPER("license", "01", "accepted"), "", PROV_STAGE_APPROVED,
	  "license " },
};

static void test_paper_finds_its_requirement(void **state)
{
	const struct paper_row *row = *state;
	struct prov_customer customer = { 0 };
	struct buf types = { 0 };
	char *body =
		mem_printf("{\"_embedded\":{\"documents\":[%s]}}", row->papers);

	assert_int_equal(dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200,
				     row->customer, &customer),
			 PROV_ACCEPTED);
	assert_int_equal(
		dwolla_read(DWOLLA_PAPERS, "c", NULL, 200, body, &customer),
		PROV_ACCEPTED);
	prov_dwolla.customer_settle(&customer);
	dwolla_assert_lines(&customer, row->lines);
	assert_int_equal(customer.stage, row->stage);
	for (size_t i = 0; i < customer.paper_count; i++)
		buf_addf(&types, "%s ",
			 customer.papers[i].type ? customer.papers[i].type
						 : "-");
	assert_string_equal(buf_text(&types), row->types);
	buf_release(&types);
	free(body);
	prov_customer_release(&customer);
}

/* The mismatch moved the customer to "retry": the form says what is wrong. */
static void test_mismatch_explains_the_form(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	assert_int_equal(dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200,
				     PERSONAL("retry", ""), &customer),
			 PROV_ACCEPTED);
	dwolla_read_stored(DWOLLA_PAPERS, "c", NULL, "documents_mixed",
			   &customer);
	prov_dwolla.customer_settle(&customer);
	assert_string_equal(customer.requirements[0].reason.code,
			    "ScanDobMismatch");
	assert_non_null(strstr(customer.requirements[0].reason.message,
			       "Scan DOB does not match DOB on account"));
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
		char *body = dwolla_stored(answers[n].name);
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
	TEST_ROWS(&tests, test_status_and_links, status_rows);
	TEST_ROWS(&tests, test_directive, directive_rows);
	TEST_ROWS(&tests, test_asked_together, together_rows);
	test_add(&tests, "directives add up", test_directives_add_up);
	TEST_ROWS(&tests, test_reason_leads_somewhere, reason_rows);
	TEST_ROWS(&tests, test_all_reasons_are_told, union_rows);
	TEST_ROWS(&tests, test_paper_finds_its_requirement, paper_rows);
	test_add(&tests, "mismatch", test_mismatch_explains_the_form);
	test_add(&tests, "known answers", test_known_answers_fill_the_form);
	TEST_ROWS(&tests, test_strange_answer, strange_rows);
	test_add(&tests, "record", test_customer_survives_the_record);
	test_add(&tests, "broken answers", test_broken_answers_do_no_harm);
	return test_run(&tests, "providers/dwolla_read");
}
