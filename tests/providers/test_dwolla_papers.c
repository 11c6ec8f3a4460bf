/* SPDX-License-Identifier: MIT */
/* Dwolla: which requirement a listed document answers, and why one was
 * rejected. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"
#include "tests/providers/dwolla_words.h"

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

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_reason_leads_somewhere, reason_rows);
	TEST_ROWS(&tests, test_all_reasons_are_told, union_rows);
	TEST_ROWS(&tests, test_paper_finds_its_requirement, paper_rows);
	test_add(&tests, "mismatch", test_mismatch_explains_the_form);
	return test_run(&tests, "providers/dwolla_papers");
}
