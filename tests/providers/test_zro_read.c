/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: what becomes of its answers: accounts, onboardings, parties,
 * documents, and the requirement list that follows from all of them. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/zro_case.h"

#define LEGAL	"/v1/users/onboardings/legal-person"
#define NATURAL "/v1/users/onboardings"
#define OWNERS	"/v1/users/shareholders"
#define REPS	"/v1/users/legal-representatives"
#define ACCOUNT "/v1/users/accounts/"
#define EMPTY \
	"{\"page\":1,\"page_size\":100,\"page_total\":1,\"total\":0,\"data\":[]}"

/* Customers and what is wanted of them. */

static void walk(const char *id, const char *version,
		 const struct zro_page *pages, struct prov_customer *customer)
{
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, id, version);

	assert_true(zro_walk(&ctx, pages, customer));
	assert_string_equal(customer->id, id);
}

static void assert_lines(const struct prov_customer *customer, const char *want)
{
	char *lines = zro_lines(customer);

	assert_string_equal(lines, want);
	free(lines);
}

static const struct list_row {
	const char *name;
	const char *body; /* "@name": stored */
} list_rows[] = {
	{ "bare", "@accounts" },
	{ "enveloped", "@accounts_enveloped" },
};

static void test_accounts_are_listed(void **state)
{
	const struct list_row *row = *state;
	char *body = adapter_stored("zro", row->body + 1);
	struct prov_reply reply = adapter_reply(200, body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_page page = { 0 };
	struct prov_result result = { 0 };

	prov_zro.customer_list.read(&reply, &ctx, &page, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	assert_int_equal(page.count, 2);
	assert_null(page.next);
	assert_string_equal(page.customers[0].name, "ACME LTDA");
	assert_int_equal(page.customers[0].kind, PROV_BUSINESS);
	assert_string_equal(page.customers[0].tax_id, "12345678000190");
	assert_string_equal(page.customers[1].name, "Ana Exemplo");
	assert_int_equal(page.customers[1].kind, PROV_INDIVIDUAL);
	assert_string_equal(page.customers[1].email, "ana@example.com");
	assert_string_equal(page.customers[1].stage_word, "active");
	prov_page_release(&page);
	prov_result_release(&result);
	free(body);
}

static const struct next_row {
	const char *name;
	const char *cursor;
	const char *body;
	const char *next;
} next_rows[] = {
	{ "first of three", NULL,
	  "{\"page\":1,\"page_total\":3,\"data\":[{\"id\":\"a\"}]}", "2" },
	{ "second of three", "2",
	  "{\"page\":2,\"page_total\":3,\"data\":[{\"id\":\"a\"}]}", "3" },
	{ "last", "3",
	  "{\"page\":3,\"page_total\":3,\"data\":[{\"id\":\"a\"}]}", NULL },
	{ "a total that never comes", "2", "{\"page_total\":9,\"data\":[]}",
	  NULL },
	{ "no total", NULL, "{\"data\":[{\"id\":\"a\"}]}", NULL },
	{ "enveloped", NULL,
	  "{\"success\":true,\"error\":null,\"data\":{\"page_total\":2,"
	  "\"data\":[{\"id\":\"a\"}]}}",
	  "2" },
	{ "a list alone, enveloped", NULL,
	  "{\"success\":true,\"error\":null,\"data\":[{\"id\":\"a\"}]}", NULL },
};

static void test_pages_end(void **state)
{
	const struct next_row *row = *state;
	struct prov_reply reply = adapter_reply(200, row->body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_page page = { 0 };
	struct prov_result result = { 0 };

	ctx.cursor = row->cursor;
	prov_zro.customer_list.read(&reply, &ctx, &page, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	if (row->next)
		assert_string_equal(page.next, row->next);
	else
		assert_null(page.next);
	prov_page_release(&page);
	prov_result_release(&result);
}

static void test_account_of_somebody_else_is_not_shown(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON, "@account_company", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_PERSON, NULL);

	(void)state;
	assert_false(zro_walk(&ctx, pages, &customer));
	assert_null(customer.id);
	prov_customer_release(&customer);
}

static void test_account_that_is_deactivated_takes_nothing(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON,
		  "{\"id\":\"" ZRO_PERSON "\",\"state\":\"deactivated\","
		  "\"person_type\":\"NATURAL_PERSON\",\"name\":{},"
		  "\"full_name\":\"Ana\"}",
		  0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_CLOSED);
	assert_non_null(customer.closed_because);
	assert_lines(&customer, "");
	prov_customer_release(&customer);
}

/* A company from the beginning to the end. */

static void test_company_at_the_beginning(void **state)
{
	static const char *const versions[] = { NULL, "v1", "v2" };
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, EMPTY, 0 },
		{ NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct prov_customer customer = { 0 };

		walk(ZRO_COMPANY, versions[i], pages, &customer);
		assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
		assert_null(customer.record);
		assert_string_equal(customer.requirements[0].form->schema->name,
				    i == 2 ? "zro.company_terms"
					   : "zro.company");
		assert_lines(&customer,
			     "onboarding missing\n"
			     "shareholder missing\n"
			     "legal_representative missing\n"
			     "social_contract missing\n"
			     "balance_sheet missing (Proof of revenue)\n"
			     "revenue_statement missing (Proof of revenue)\n"
			     "kyc_aml_policy missing?\n"
			     "finalize missing\n");
		prov_customer_release(&customer);
	}
}

#define REP_PATH REPS "/" ZRO_REP "/documents"
#define FRONT	 "1b2c3d4e-1234-4678-9abc-def012345678"
#define SELFIE	 "2b2c3d4e-1234-4678-9abc-def012345678"

static void test_company_on_its_way(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ LEGAL "/" ZRO_RECORD, "@company_pending_enveloped", 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives_enveloped", 0 },
		{ REP_PATH, "@representative_papers_enveloped", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents",
		  "@company_papers_portuguese", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *finalize = NULL;

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
	assert_string_equal(customer.stage_word, "pending");
	assert_string_equal(customer.record, ZRO_RECORD);
	assert_null(customer.closed_because);
	assert_true(customer.lists_papers);
	assert_int_equal(customer.paper_count, 3);
	assert_lines(
		&customer,
		"onboarding accepted\n"
		"shareholder missing?\n"
		"shareholder_correction of João Silva sent?\n"
		"legal_representative_correction of Jane Doe sent?\n"
		"legal_representative_removal of Jane Doe missing?\n"
		"legal_representative missing?\n"
		"identity_document:national_id front of Jane Doe sent "
		"(Identity document) >" ZRO_REP "/" FRONT "\n"
		"identity_document:national_id back of Jane Doe missing "
		"(Identity document) >" ZRO_REP "/" FRONT "\n"
		"identity_document:driver_license front of Jane Doe missing "
		"(Identity document) >" ZRO_REP "\n"
		"identity_document:driver_license back of Jane Doe missing "
		"(Identity document) >" ZRO_REP "\n"
		"identity_document:passport of Jane Doe missing "
		"(Identity document) >" ZRO_REP "\n"
		"selfie of Jane Doe sent >" ZRO_REP "/" SELFIE "\n"
		"qualification_declaration of Jane Doe missing >" ZRO_REP "\n"
		"income_declaration of Jane Doe missing? >" ZRO_REP "\n"
		"address_proof of Jane Doe missing? >" ZRO_REP "\n"
		"social_contract sent >" ZRO_RECORD "/" ZRO_COMPANY "\n"
		"balance_sheet missing (Proof of revenue) >" ZRO_RECORD "\n"
		"revenue_statement missing (Proof of revenue) >" ZRO_RECORD "\n"
		"kyc_aml_policy missing? >" ZRO_RECORD "\n"
		"finalize missing >" ZRO_RECORD "\n");
	finalize = &customer.requirements[customer.requirement_count - 1];
	assert_string_equal(finalize->reason.code,
			    "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING");
	assert_string_equal(
		finalize->reason.message,
		"still missing: Declaration of powers (Jane Doe); an identity "
		"document, all of its sides (Jane Doe); balance sheet or "
		"statement of revenue");
	prov_customer_release(&customer);
}

/* What is known comes back into the forms, the shareholders into the field
 * that links to them. */
static void test_forms_know_what_is_there(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives", 0 },
		{ REP_PATH, "[]", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "{\"documents\":[]}", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *req = NULL;

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	req = zro_find(&customer, "onboarding", NULL);
	assert_string_equal(
		req->known,
		"{\"address\":{\"zip_code\":\"96075858\",\"street\":"
		"\"Alameda\",\"number\":\"10\",\"complement\":\"flat 1201\","
		"\"neighborhood\":\"Alphaville\",\"city\":\"São Paulo\","
		"\"federative_unit\":\"SP\",\"country\":\"Brasil\"},"
		"\"company_revenue\":\"100000\"}");
	req = zro_find(&customer, "shareholder_correction", ZRO_OWNER);
	assert_non_null(strstr(req->known, "\"35.50\""));
	req = zro_find(&customer, "legal_representative", NULL);
	assert_int_equal(req->offer_count, 1);
	assert_string_equal(req->offers[0].field, "shareholder_id");
	assert_string_equal(req->offers[0].code, ZRO_OWNER);
	assert_string_equal(req->offers[0].label, "João Silva");
	req = zro_find(&customer, "legal_representative_correction", ZRO_REP);
	assert_int_equal(req->offer_count, 1);
	assert_non_null(strstr(req->known, "\"+5511955551234\""));
	prov_customer_release(&customer);
}

/* Each state of a record. */

static const struct status_row {
	const char *name; /* as the record has it */
	enum prov_stage stage;
	bool closed, renewed; /* nothing is taken; a new one is wanted */
	enum prov_req_status papers;
	enum prov_req_status finalize;
	const char *reason; /* part of it; NULL: there is none */
} status_rows[] = {
	{ "pending", PROV_STAGE_NOT_STARTED, false, false, PROV_REQ_SENT,
	  PROV_REQ_MISSING, NULL },
	{ "PENDING", PROV_STAGE_NOT_STARTED, false, false, PROV_REQ_SENT,
	  PROV_REQ_MISSING, NULL },
	{ "in_process", PROV_STAGE_IN_REVIEW, true, false, PROV_REQ_IN_REVIEW,
	  PROV_REQ_IN_REVIEW, NULL },
	{ "in_process_delayed", PROV_STAGE_IN_REVIEW, true, false,
	  PROV_REQ_IN_REVIEW, PROV_REQ_IN_REVIEW, NULL },
	{ "approved", PROV_STAGE_IN_REVIEW, true, false, PROV_REQ_IN_REVIEW,
	  PROV_REQ_IN_REVIEW, NULL },
	{ "finished", PROV_STAGE_APPROVED, true, false, PROV_REQ_ACCEPTED,
	  PROV_REQ_ACCEPTED, NULL },
	{ "rejected", PROV_STAGE_ACTION_NEEDED, false, true, PROV_REQ_ACCEPTED,
	  PROV_REQ_MISSING, "no reason given by Z.ro" },
	{ "failed", PROV_STAGE_ACTION_NEEDED, false, true, PROV_REQ_ACCEPTED,
	  PROV_REQ_MISSING, "support" },
	{ "expired", PROV_STAGE_ACTION_NEEDED, false, true, PROV_REQ_ACCEPTED,
	  PROV_REQ_MISSING, "expired" },
	{ "invalid", PROV_STAGE_ACTION_NEEDED, false, true, PROV_REQ_ACCEPTED,
	  PROV_REQ_MISSING, "support" },
	{ "never_seen", PROV_STAGE_UNKNOWN, false, false, PROV_REQ_SENT,
	  PROV_REQ_MISSING, NULL },
};

static void test_record_decides(void **state)
{
	const struct status_row *row = *state;
	char *list = mem_printf("{\"page_total\":1,\"data\":[{\"id\":\"%s\","
				"\"status\":\"%s\"}]}",
				ZRO_RECORD, row->name);
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, list, 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives", 0 },
		{ REP_PATH, "@representative_papers", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "@company_papers", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *req = NULL;

	walk(ZRO_COMPANY, NULL, pages, &customer);
	assert_int_equal(customer.stage, row->stage);
	assert_string_equal(customer.stage_word, row->name);
	assert_int_equal(customer.closed_because != NULL, row->closed);
	if (row->reason)
		assert_non_null(strstr(customer.reason.message, row->reason));
	else
		assert_null(customer.reason.message);
	req = zro_find(&customer, "onboarding", NULL);
	assert_int_equal(req->status,
			 row->renewed ? PROV_REQ_MISSING : PROV_REQ_ACCEPTED);
	req = zro_find(&customer, "selfie", ZRO_REP);
	assert_int_equal(req->status, row->papers);
	req = zro_find(&customer, "social_contract", NULL);
	assert_int_equal(req->status,
			 row->renewed ? PROV_REQ_MISSING : row->papers);
	/* What is to go to a new one has no place yet. */
	assert_int_equal(req->target == NULL, row->renewed);
	assert_int_equal(customer.record == NULL, row->renewed);
	req = zro_find(&customer, "finalize", NULL);
	assert_int_equal(req->status, row->finalize);
	/* While nothing can be sent, nothing is asked for. */
	for (size_t i = 0; row->closed && i < customer.requirement_count; i++)
		assert_int_not_equal(customer.requirements[i].status,
				     PROV_REQ_MISSING);
	prov_customer_release(&customer);
	free(list);
}

static const struct reason_row {
	const char *name;
	const char *members;
	const char *code, *message;
} reason_rows[] = {
	{ "both", ",\"failed_code\":\"FACE\",\"failed_message\":\"Not alike\"",
	  "FACE", "Not alike" },
	{ "a code alone", ",\"failed_code\":\"FACE\"", "FACE", "FACE" },
	{ "words alone", ",\"failed_message\":\"Not alike\"", NULL,
	  "Not alike" },
	{ "neither", "", NULL, "no reason given by Z.ro" },
	{ "of another shape", ",\"failed_code\":{},\"failed_message\":[1]",
	  NULL, "no reason given by Z.ro" },
	{ "what a terminal would obey", ",\"failed_message\":\"a\\u001b[2Jb\"",
	  NULL, "a\xef\xbf\xbd[2Jb" },
};

static void test_rejection_says_why(void **state)
{
	const struct reason_row *row = *state;
	char *record = mem_printf("{\"id\":\"%s\",\"status\":\"rejected\"%s}",
				  ZRO_RECORD, row->members);
	char *list = mem_printf("[%s]", record);
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON, "@account_person", 0 },
		{ NATURAL, list, 0 },
		{ NATURAL "/" ZRO_RECORD, record, 0 },
		{ NULL, NULL, 0 },
	};
	char *want =
		mem_printf("%s; what is listed goes again, as a new onboarding",
			   row->message);
	struct prov_customer customer = { 0 };

	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_string_equal(customer.reason.message, want);
	if (row->code)
		assert_string_equal(customer.reason.code, row->code);
	else
		assert_null(customer.reason.code);
	prov_customer_release(&customer);
	free(want);
	free(list);
	free(record);
}

static const struct choice_row {
	const char *name;
	const char *list;
	const char *record; /* NULL: a new one is wanted */
	const char *word;
} choice_rows[] = {
	{ "the newest",
	  "[{\"id\":\"a\",\"status\":\"rejected\","
	  "\"created_at\":\"2026-01-01T00:00:00Z\"},"
	  "{\"id\":\"b\",\"status\":\"expired\","
	  "\"created_at\":\"2026-02-01T00:00:00Z\"}]",
	  NULL, "expired" },
	{ "the one alive, though older",
	  "[{\"id\":\"a\",\"status\":\"rejected\","
	  "\"created_at\":\"2026-03-01T00:00:00Z\"},"
	  "{\"id\":\"b\",\"status\":\"pending\","
	  "\"created_at\":\"2026-02-01T00:00:00Z\"}]",
	  "b", "pending" },
	{ "the first without dates",
	  "[{\"id\":\"a\",\"status\":\"pending\"},"
	  "{\"id\":\"b\",\"status\":\"finished\"}]",
	  "a", "pending" },
	{ "none without an id",
	  "[{\"status\":\"pending\"},{\"id\":7,\"status\":\"pending\"},"
	  "{\"id\":\"a/b\",\"status\":\"pending\"},null,[]]",
	  NULL, "active" },
};

static void test_record_is_chosen(void **state)
{
	const struct choice_row *row = *state;
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON, "@account_person", 0 },
		{ NATURAL, row->list, 0 },
		{ NATURAL "/a/documents", "[]", 0 },
		{ NATURAL "/b/documents", "[]", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_string_equal(customer.stage_word, row->word);
	if (row->record)
		assert_string_equal(customer.record, row->record);
	else
		assert_null(customer.record);
	prov_customer_release(&customer);
}

/* The combination rules of the finalization, each broken alone. */

#define OWNER(id, type)                                                \
	"{\"id\":\"" id "\",\"name\":\"" id "\",\"type\":\"PARTNER\"," \
	"\"person_type\":\"" type "\"}"
#define REP(id, members) "{\"id\":\"" id "\",\"name\":\"" id "\"" members "}"
#define PAPER(id, type)	 "{\"id\":\"" id "\",\"type\":\"" type "\"}"
#define SIDE(id, side, family)                                       \
	"{\"id\":\"" id "\",\"type\":\"identity_document" side "\"," \
	"\"identity_document_type\":\"" family "\"}"
#define POWERS \
	PAPER("p1", "selfie") "," PAPER("p2", "qualification_declaration")
#define CARD   SIDE("p3", "_front", "national_id") "," SIDE("p4", "_back", "rg")
#define FIRM   PAPER("c1", "social_contract") "," PAPER("c2", "balance_sheet")
#define ONE    OWNER("o1", "NATURAL_PERSON")
#define TWO    OWNER("o2", "LEGAL_PERSON")
#define LINKED REP("r1", ",\"shareholder_id\":\"o1\"")

static const struct lack_row {
	const char *name;
	const char *owners, *reps, *rep_papers, *company_papers;
	const char *code;  /* NULL: the review can begin */
	const char *words; /* all that is said */
} lack_rows[] = {
	{ "nothing lacks", ONE, LINKED, POWERS "," CARD, FIRM, NULL, NULL },
	{ "link not told", ONE, REP("r1", ""), POWERS "," CARD, FIRM, NULL,
	  NULL },
	{ "driving licence", ONE, LINKED,
	  POWERS "," SIDE("a", "_front",
			  "driver_license") "," SIDE("b", "_back", "cnh"),
	  FIRM, NULL, NULL },
	{ "passport stored as a front", ONE, LINKED,
	  POWERS "," SIDE("a", "_front", "passport"), FIRM, NULL, NULL },
	{ "passport without a side", ONE, LINKED,
	  POWERS "," SIDE("a", "", "passaporte"), FIRM, NULL, NULL },
	{ "a card in one file, as old environments keep it", ONE, LINKED,
	  POWERS "," SIDE("a", "", "id"), FIRM, NULL, NULL },
	{ "statement of revenue", ONE, LINKED, POWERS "," CARD,
	  PAPER("c1", "contrato_social") "," PAPER("c2",
						   "declaracao_faturamento"),
	  NULL, NULL },
	{ "company that is represented", TWO,
	  REP("r1", ",\"shareholder_id\":\"o2\""), POWERS "," CARD, FIRM, NULL,
	  NULL },
	{ "company, perhaps represented", ONE "," TWO, REP("r1", ""),
	  POWERS "," CARD, FIRM, NULL, NULL },
	{ "no shareholder", "", REP("r1", ""), POWERS "," CARD, FIRM,
	  "SHAREHOLDERS_REQUIRED", "still missing: a shareholder" },
	{ "no representative", ONE, "", "", FIRM,
	  "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES",
	  "still missing: a legal representative" },
	{ "only one that is not active", ONE, REP("r1", ",\"active\":false"),
	  "", FIRM, "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES",
	  "still missing: a legal representative" },
	{ "not linked", ONE, REP("r1", ",\"shareholder_id\":null"),
	  POWERS "," CARD, FIRM, "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES",
	  "still missing: the shareholder that a representative belongs to "
	  "(r1)" },
	{ "company that is not represented", ONE "," TWO, LINKED,
	  POWERS "," CARD, FIRM, "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES",
	  "still missing: a legal representative of a shareholder (o2)" },
	{ "no selfie", ONE, LINKED,
	  PAPER("p2", "qualification_declaration") "," CARD, FIRM,
	  "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "still missing: Selfie (r1)" },
	{ "no powers", ONE, LINKED, PAPER("p1", "selfie") "," CARD, FIRM,
	  "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "still missing: Declaration of powers (r1)" },
	{ "no identity document", ONE, LINKED, POWERS, FIRM,
	  "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "still missing: an identity document, all of its sides (r1)" },
	{ "the front alone", ONE, LINKED,
	  POWERS "," SIDE("a", "_front", "national_id"), FIRM,
	  "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "still missing: an identity document, all of its sides (r1)" },
	{ "front of one, back of another", ONE, LINKED,
	  POWERS "," SIDE("a", "_front", "national_id") "," SIDE(
		  "b", "_back", "driver_license"),
	  FIRM, "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING",
	  "still missing: an identity document, all of its sides (r1)" },
	{ "no articles", ONE, LINKED, POWERS "," CARD,
	  PAPER("c2", "balance_sheet"), "ONBOARDING_DOCUMENTS_MISSING",
	  "still missing: Articles (contrato social)" },
	{ "neither balance sheet nor revenue", ONE, LINKED, POWERS "," CARD,
	  PAPER("c1", "social_contract"), "ONBOARDING_DOCUMENTS_MISSING",
	  "still missing: balance sheet or statement of revenue" },
};

static void test_review_begins_when_all_is_there(void **state)
{
	const struct lack_row *row = *state;
	char *owners = mem_printf("{\"data\":[%s]}", row->owners);
	char *reps = mem_printf("{\"data\":[%s]}", row->reps);
	char *rep_papers = mem_printf("[%s]", row->rep_papers);
	char *company = mem_printf("{\"documents\":[%s]}", row->company_papers);
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, owners, 0 },
		{ REPS, reps, 0 },
		{ REPS "/r1/documents", rep_papers, 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", company, 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *req = NULL;

	walk(ZRO_COMPANY, NULL, pages, &customer);
	req = zro_find(&customer, "finalize", NULL);
	assert_int_equal(req->kind, PROV_REQ_START);
	assert_int_equal(req->status, PROV_REQ_MISSING);
	assert_false(req->optional);
	if (row->code) {
		assert_string_equal(req->reason.code, row->code);
		assert_string_equal(req->reason.message, row->words);
	} else {
		assert_null(req->reason.code);
		assert_null(req->reason.message);
	}
	prov_customer_release(&customer);
	free(owners);
	free(reps);
	free(rep_papers);
	free(company);
}

/* A company that is a shareholder gets a place of its own in the list. */
static void test_company_shareholder_wants_a_representative(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "{\"page_total\":2,\"data\":[" ONE "]}", 0 },
		{ OWNERS "?page=2", "{\"page_total\":2,\"data\":[" TWO "]}",
		  0 },
		{ REPS, "{\"data\":[" LINKED "]}", 0 },
		{ REPS "/r1/documents", "[]", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "{\"documents\":[]}", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *req = NULL;

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	assert_int_equal(customer.party_count, 3);
	req = zro_find(&customer, "legal_representative", "o2");
	assert_non_null(req);
	assert_false(req->optional);
	assert_string_equal(req->label, "Legal representative of o2");
	assert_string_equal(req->known, "{\"shareholder_id\":\"o2\"}");
	assert_int_equal(req->offer_count, 2);
	assert_null(zro_find(&customer, "legal_representative", "o1"));
	assert_true(
		zro_find(&customer, "legal_representative", NULL)->optional);
	prov_customer_release(&customer);
}

static void test_shares_above_the_whole_are_pointed_at(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS,
		  "[{\"id\":\"o1\",\"name\":\"A\","
		  "\"participation_percentage\":60},"
		  "{\"id\":\"o2\",\"name\":\"B\","
		  "\"participation_percentage\":40.5}]",
		  0 },
		{ REPS, "[]", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "[]", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	assert_null(zro_find(&customer, "shareholder_correction", "o1")
			    ->reason.message);
	assert_non_null(zro_find(&customer, "shareholder_correction", "o2")
				->reason.message);
	prov_customer_release(&customer);
}

/* Somebody who owns and represents is there twice, documents once. */
static void test_one_person_can_be_two_parties(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "[{\"id\":\"x\",\"name\":\"A\"}]", 0 },
		{ REPS, "[{\"id\":\"x\",\"full_name\":\"A\"}]", 0 },
		{ REPS "/x/documents", "[]", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "[]", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	assert_int_equal(customer.party_count, 2);
	assert_string_equal(customer.parties[0].role, "shareholder");
	assert_string_equal(customer.parties[1].role, "legal representative");
	assert_string_equal(customer.parties[1].name, "A");
	prov_customer_release(&customer);
}

/* A natural person. */

#define PERSON_PAGES(list)                                                 \
	{ ACCOUNT ZRO_PERSON, "@account_person", 0 },                      \
		{ NATURAL, "@person_records", 0 },                         \
		{ NATURAL "/9ac58500-b12e-49d7-892c-dfd704b94c2e",         \
		  "@person_pending", 0 },                                  \
	{                                                                  \
		NATURAL "/9ac58500-b12e-49d7-892c-dfd704b94c2e/documents", \
			list, 0                                            \
	}
#define RECORD "9ac58500-b12e-49d7-892c-dfd704b94c2e"

static const char person_at_the_beginning[] =
	"physical_document:rg front missing (Identity document)%1$s +\n"
	"physical_document:rg back missing (Identity document)%1$s +\n"
	"physical_document:cnh front missing (Identity document)%1$s +\n"
	"physical_document:cnh back missing (Identity document)%1$s +\n"
	"digital_identity:serpro-ekyc missing (Identity document)%1$s\n"
	"selfie missing%1$s +\n"
	"address_proof missing?%1$s +\n";

static void assert_upload_lines(const struct prov_customer *customer,
				const char *opening, const char *target)
{
	char *lines = zro_lines(customer);
	struct buf want = { 0 };

	buf_add_text(&want, opening);
	for (const char *at = person_at_the_beginning; *at; at++) {
		if (strncmp(at, "%1$s", 4) != 0) {
			buf_add_char(&want, *at);
			continue;
		}
		buf_add_text(&want, target);
		at += 3;
	}
	assert_string_equal(lines, buf_text(&want));
	buf_release(&want);
	free(lines);
}

static void test_person_at_the_beginning(void **state)
{
	const struct zro_page none[] = {
		{ ACCOUNT ZRO_PERSON, "@account_person", 0 },
		{ NATURAL, "{\"code\":\"ONBOARDING_NOT_FOUND\"}", 422 },
		{ NULL, NULL, 0 },
	};
	const struct zro_page opened[] = {
		PERSON_PAGES("[]"),
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_PERSON, NULL, none, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
	assert_upload_lines(&customer, "onboarding missing\n", "");
	prov_customer_release(&customer);

	walk(ZRO_PERSON, NULL, opened, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
	assert_upload_lines(&customer, "onboarding accepted\n", " >" RECORD);
	prov_customer_release(&customer);
}

static const struct person_row {
	const char *name;
	const char *papers;
	const char *lines; /* after the opening's */
} person_rows[] = {
	{ "as a list",
	  "[{\"file_id\":\"f1\",\"file_name\":\"RG - Front.\"},"
	  "{\"file_id\":\"f2\",\"file_name\":\"RG - Back.\"},"
	  "{\"file_id\":\"f3\",\"file_name\":\"Selfie.\"}]",
	  "physical_document:rg front sent >" RECORD "/f1/f2\n"
	  "physical_document:rg back sent >" RECORD "/f1/f2\n"
	  "selfie sent >" RECORD "/f3\n" },
	{ "as a page, under the names we gave",
	  "{\"page_total\":1,\"data\":["
	  "{\"file_id\":\"f1\",\"file_name\":\"cnh_document_front.jpg\"},"
	  "{\"file_id\":\"f2\",\"file_name\":\"cnh_document_back.jpg\"},"
	  "{\"file_id\":\"f3\",\"file_name\":\"selfie.jpg\"},"
	  "{\"file_id\":\"f4\",\"file_name\":\"address_proof.pdf\"}]}",
	  "physical_document:cnh front sent >" RECORD "/f1/f2\n"
	  "physical_document:cnh back sent >" RECORD "/f1/f2\n"
	  "selfie sent >" RECORD "/f3\n"
	  "address_proof sent >" RECORD "/f4\n" },
	{ "in Portuguese",
	  "[{\"file_id\":\"f1\",\"file_name\":\"CNH - Frente\"},"
	  "{\"file_id\":\"f2\",\"file_name\":\"CNH - Verso\"},"
	  "{\"file_id\":\"f4\",\"file_name\":\"Comprovante de Endereço\"}]",
	  "physical_document:cnh front sent >" RECORD "/f1/f2\n"
	  "physical_document:cnh back sent >" RECORD "/f1/f2\n"
	  "address_proof sent >" RECORD "/f4\n" },
	{ "with a digital identity",
	  "[{\"file_id\":\"f3\",\"file_name\":\"Selfie.\"}]",
	  "digital_identity:serpro-ekyc sent >" RECORD "/f3\n" },
	{ "under names that say nothing",
	  "[{\"file_id\":\"f1\",\"file_name\":\"a.jpg\"},"
	  "{\"file_id\":\"f2\",\"file_name\":\"front.jpg\"}]",
	  "" },
};

/* Complete, it is submitted: each can be replaced, none added. */
static void test_person_whose_files_are_there(void **state)
{
	const struct person_row *row = *state;
	const struct zro_page pages[] = {
		PERSON_PAGES(row->papers),
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	char *want = mem_printf("onboarding accepted\n%s", row->lines);

	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_IN_REVIEW);
	assert_int_equal(customer.reason.next, PROV_NEXT_WAIT);
	assert_null(customer.closed_because);
	assert_lines(&customer, want);
	prov_customer_release(&customer);
	free(want);
}

static void test_person_whose_address_is_a_list(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON, "@account_person", 0 },
		{ NATURAL, "@person_records", 0 },
		{ NATURAL "/" RECORD, "@person_address_array", 0 },
		{ NATURAL "/" RECORD "/documents", "[]", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_non_null(strstr(customer.requirements[0].known,
			       "\"city\":\"São Paulo\""));
	prov_customer_release(&customer);
}

static void test_person_that_expired_begins_anew(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_PERSON, "@account_person", 0 },
		{ NATURAL, "[{\"id\":\"" RECORD "\",\"status\":\"expired\"}]",
		  0 },
		{ NATURAL "/" RECORD, "@person_expired", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };

	(void)state;
	walk(ZRO_PERSON, NULL, pages, &customer);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(customer.reason.code, "ONBOARDING_EXPIRED");
	assert_string_equal(
		customer.reason.message,
		"Onboarding is expired; what is listed goes again, as "
		"a new onboarding");
	assert_upload_lines(&customer, "onboarding missing\n", "");
	prov_customer_release(&customer);
}

/* Documents. */

static const struct paper_row {
	const char *name;
	const char *theirs; /* members of one */
	const char *type;
	enum doc_side side;
} paper_rows[] = {
	{ "selfie", "\"type\":\"selfie\"", "selfie", DOC_SIDE_NONE },
	{ "front",
	  "\"type\":\"identity_document_front\","
	  "\"identity_document_type\":\"national_id\"",
	  "identity_document:national_id", DOC_SIDE_FRONT },
	{ "back of an RG",
	  "\"type\":\"identity_document_back\","
	  "\"identity_document_type\":\"rg\"",
	  "identity_document:national_id", DOC_SIDE_BACK },
	{ "id",
	  "\"type\":\"identity_document\",\"identity_document_type\":\"id\"",
	  "identity_document:national_id", DOC_SIDE_NONE },
	{ "cnh",
	  "\"type\":\"identity_document_front\","
	  "\"identity_document_type\":\"cnh\"",
	  "identity_document:driver_license", DOC_SIDE_FRONT },
	{ "passaporte",
	  "\"type\":\"identity_document_front\","
	  "\"identity_document_type\":\"passaporte\"",
	  "identity_document:passport", DOC_SIDE_NONE },
	{ "of no family", "\"type\":\"identity_document_front\"",
	  "identity_document:", DOC_SIDE_FRONT },
	{ "of a new kind", "\"type\":\"hologram\"", "hologram", DOC_SIDE_NONE },
};

static void test_paper_is_named_in_one_spelling(void **state)
{
	const struct paper_row *row = *state;
	char *list = mem_printf("[{\"id\":\"p1\",%s,\"file_id\":\"f1\","
				"\"created_at\":\"2026-03-26T10:30:00.000Z\","
				"\"updated_at\":\"2026-03-27T10:30:00.000Z\"}]",
				row->theirs);
	struct prov_reply reply = adapter_reply(200, list);
	struct prov_customer customer = { 0 };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	ctx.party = ZRO_REP;
	prov_zro.customer_read[7].op.read(&reply, &ctx, &customer, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	assert_int_equal(customer.paper_count, 1);
	assert_string_equal(customer.papers[0].id, "p1");
	assert_string_equal(customer.papers[0].type, row->type);
	assert_int_equal(customer.papers[0].side, row->side);
	assert_string_equal(customer.papers[0].party, ZRO_REP);
	assert_int_equal(customer.papers[0].made_ms, INT64_C(1774521000000));
	assert_string_equal(customer.papers[0].version,
			    "2026-03-26T10:30:00.000Z/"
			    "2026-03-27T10:30:00.000Z/f1");
	prov_customer_release(&customer);
	prov_result_release(&result);
	free(list);
}

/* An older environment, read whole. */
static void test_papers_without_sides_count(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives", 0 },
		{ REP_PATH, "@representative_papers_v1", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "@company_papers", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	const struct prov_requirement *req = NULL;

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	req = zro_find(&customer, "identity_document:driver_license", ZRO_REP);
	assert_int_equal(req->status, PROV_REQ_SENT);
	assert_int_equal(req->side, DOC_SIDE_NONE);
	req = zro_find(&customer, "finalize", NULL);
	assert_string_equal(req->reason.code, "ONBOARDING_DOCUMENTS_MISSING");
	prov_customer_release(&customer);
}

/* A question that fails leaves nothing to be taken for an answer. */

static const struct fail_row {
	const char *name;
	const char *path; /* is answered so */
	const char *body;
	int status;
} fail_rows[] = {
	{ "shareholders refused", OWNERS, "{\"code\":\"DEFAULT\"}", 422 },
	{ "shareholders of no shape", OWNERS, "{\"data\":{}}", 200 },
	{ "representatives, a page", REPS, "<html></html>", 200 },
	{ "documents of a representative", REP_PATH, "", 500 },
	{ "documents of the company", LEGAL "/" ZRO_RECORD "/documents", "7",
	  200 },
	{ "onboardings", LEGAL, "null", 200 },
};

static void test_question_that_fails_is_not_guessed(void **state)
{
	const struct fail_row *row = *state;
	const struct zro_page pages[] = {
		{ row->path, row->body, row->status },
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives", 0 },
		{ REP_PATH, "@representative_papers", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "@company_papers", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);

	assert_false(zro_walk(&ctx, pages, &customer));
	prov_customer_release(&customer);
}

/* All that was read comes back from the record. */
static void test_customer_survives_the_record(void **state)
{
	const struct zro_page pages[] = {
		{ ACCOUNT ZRO_COMPANY, "@account_company", 0 },
		{ LEGAL, "@company_records", 0 },
		{ OWNERS, "@shareholders", 0 },
		{ REPS, "@representatives", 0 },
		{ REP_PATH, "@representative_papers", 0 },
		{ LEGAL "/" ZRO_RECORD "/documents", "@company_papers", 0 },
		{ NULL, NULL, 0 },
	};
	struct prov_customer customer = { 0 }, again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	(void)state;
	walk(ZRO_COMPANY, NULL, pages, &customer);
	prov_customer_to_json(&customer, &first);
	assert_int_equal(prov_customer_from_json(&again, buf_text(&first),
						 &prov_zro, NULL),
			 0);
	prov_customer_to_json(&again, &second);
	assert_string_equal(buf_text(&first), buf_text(&second));
	prov_customer_release(&customer);
	prov_customer_release(&again);
	buf_release(&first);
	buf_release(&second);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_accounts_are_listed, list_rows);
	TEST_ROWS(&tests, test_pages_end, next_rows);
	test_add(&tests, "somebody else",
		 test_account_of_somebody_else_is_not_shown);
	test_add(&tests, "deactivated",
		 test_account_that_is_deactivated_takes_nothing);
	test_add(&tests, "company at the beginning",
		 test_company_at_the_beginning);
	test_add(&tests, "company on its way", test_company_on_its_way);
	test_add(&tests, "what forms know", test_forms_know_what_is_there);
	TEST_ROWS(&tests, test_record_decides, status_rows);
	TEST_ROWS(&tests, test_rejection_says_why, reason_rows);
	TEST_ROWS(&tests, test_record_is_chosen, choice_rows);
	TEST_ROWS(&tests, test_review_begins_when_all_is_there, lack_rows);
	test_add(&tests, "company as a shareholder",
		 test_company_shareholder_wants_a_representative);
	test_add(&tests, "shares", test_shares_above_the_whole_are_pointed_at);
	test_add(&tests, "two parties", test_one_person_can_be_two_parties);
	test_add(&tests, "person at the beginning",
		 test_person_at_the_beginning);
	TEST_ROWS(&tests, test_person_whose_files_are_there, person_rows);
	test_add(&tests, "address as a list",
		 test_person_whose_address_is_a_list);
	test_add(&tests, "person that expired",
		 test_person_that_expired_begins_anew);
	TEST_ROWS(&tests, test_paper_is_named_in_one_spelling, paper_rows);
	test_add(&tests, "papers without sides",
		 test_papers_without_sides_count);
	TEST_ROWS(&tests, test_question_that_fails_is_not_guessed, fail_rows);
	test_add(&tests, "the record", test_customer_survives_the_record);
	return test_run(&tests, "providers/zro_read");
}
