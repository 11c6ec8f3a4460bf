/* SPDX-License-Identifier: MIT */
/* Dwolla: what the status, the links and the directives of a customer ask for.
 */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"
#include "tests/providers/dwolla_words.h"

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

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_status_and_links, status_rows);
	TEST_ROWS(&tests, test_directive, directive_rows);
	TEST_ROWS(&tests, test_asked_together, together_rows);
	test_add(&tests, "directives add up", test_directives_add_up);
	return test_run(&tests, "providers/dwolla_wants");
}
