/* SPDX-License-Identifier: MIT */
/* Lumx: what its readers make of lists, customers, parties and reasons. The
 * stored answers in lumx/ are written after the samples of docs.lumx.io. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "providers/lumx.h"
#include "tests/providers/adapter_case.h"

#define PERSON	"3c90c3cc-0d44-4b50-8888-8dd25736052a"
#define COMPANY "5d2f7c1e-7a33-4b1b-9d7a-0d6c2f8e4b11"
#define PARTY	"a1b2c3d4-e5f6-4890-abcd-ef1234567890"

/* Step NUMBER of reading customer ID reads BODY. */
static enum prov_outcome read_step(size_t number, const char *id, int status,
				   const char *body,
				   struct prov_customer *customer)
{
	struct prov_ctx ctx = { .secret = "k", .customer = id };

	return adapter_read(&prov_lumx.customer_read[number].op, &ctx, status,
			    body, customer);
}

/* What is known of the information form, or NULL. */
static const char *known_of(const struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].kind == PROV_REQ_INFORMATION &&
		    customer->requirements[i].known)
			return customer->requirements[i].known;
	return NULL;
}

static void read_stored(size_t number, const char *id, const char *name,
			struct prov_customer *customer)
{
	char *body = adapter_stored("lumx", name);

	assert_int_equal(read_step(number, id, 200, body, customer),
			 PROV_ACCEPTED);
	free(body);
}

/* A line for each requirement: CODE status, '?' when it is optional, its
 * group, '*' when it is a party's, where a rejection leads. */
static char *lines_of(const struct prov_customer *customer)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		assert_true((req->kind == PROV_REQ_DOCUMENT) ==
			    (req->type != NULL));
		buf_addf(&out, "%s%s %s%s", req->party ? "*" : "", req->code,
			 adapter_status(req), req->optional ? "?" : "");
		if (req->group)
			buf_addf(&out, " (%s)", req->group);
		if (req->reason.next)
			buf_addf(&out, " -> %s",
				 prov_next_name(req->reason.next));
		buf_add_char(&out, '\n');
	}
	return buf_take(&out);
}

static void assert_lines(const struct prov_customer *customer, const char *want)
{
	char *lines = lines_of(customer);

	assert_string_equal(lines, want);
	free(lines);
}

static void test_individual_not_started(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored(0, PERSON, "individual_not_started", &customer);
	assert_string_equal(customer.id, PERSON);
	assert_string_equal(customer.name, "William Default");
	assert_int_equal(customer.kind, PROV_INDIVIDUAL);
	assert_string_equal(customer.country, "BRA");
	assert_string_equal(customer.tax_id, "123.456.789-00");
	assert_string_equal(customer.link, "https://example.com/verify/ind");
	assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
	assert_null(customer.closed_because);
	assert_false(prov_lumx.customer_read[1].wanted(&customer));
	assert_false(prov_lumx.customer_read[2].wanted(&customer));
	assert_lines(&customer, "ID_CARD missing (Identity)\n"
				"PASSPORT missing (Identity)\n"
				"DRIVERS_LICENSE missing (Identity)\n"
				"PROOF_OF_ADDRESS missing\n"
				"SELFIE missing?\n"
				"BANK_STATEMENT missing?\n"
				"INCOME_TAX_RETURN missing?\n"
				"DELIVERY_RECEIPT missing?\n"
				"OTHER missing?\n"
				"ADDITIONAL_INFORMATION missing\n"
				"TERMS_OF_SERVICE missing\n");
	prov_customer_release(&customer);
}

static void test_business_not_started(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored(0, COMPANY, "business_not_started", &customer);
	assert_true(prov_lumx.customer_read[1].wanted(&customer));
	read_stored(1, COMPANY, "parties", &customer);
	assert_string_equal(customer.name, "Exemplo S.A.");
	assert_int_equal(customer.kind, PROV_BUSINESS);
	assert_int_equal(customer.party_count, 1);
	assert_string_equal(customer.parties[0].name, "Maria Santos");
	assert_string_equal(customer.parties[0].role, "owner");
	assert_ptr_equal(prov_customer_party(&customer, PARTY),
			 &customer.parties[0]);
	assert_lines(&customer, "PROOF_OF_ADDRESS missing\n"
				"INCORPORATION_ARTICLES missing\n"
				"SHAREHOLDER_REGISTRY missing?\n"
				"DIRECTORS_REGISTRY missing?\n"
				"SIGNED_CORPORATE_STRUCTURE_CHART missing?\n"
				"POWER_OF_ATTORNEY missing?\n"
				"REGULATED_ACTIVITY_DOCUMENT missing?\n"
				"SIGNED_BALANCE_SHEET missing?\n"
				"SIGNED_INCOME_STATEMENT missing?\n"
				"OTHER missing?\n"
				"ADDITIONAL_INFORMATION missing\n"
				"ASSOCIATED_PARTY missing?\n"
				"TERMS_OF_SERVICE accepted\n"
				"*ID_CARD missing (Identity)\n"
				"*PASSPORT missing (Identity)\n"
				"*DRIVERS_LICENSE missing (Identity)\n"
				"*PROOF_OF_ADDRESS missing\n"
				"*OTHER missing?\n"
				"VERIFICATION_START missing\n");
	prov_customer_release(&customer);
}

static void test_individual_rfi(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored(0, PERSON, "individual_rfi", &customer);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(customer.stage_word, "RFI");
	assert_string_equal(customer.reason.code, "DOCUMENT_QUALITY");
	assert_string_equal(customer.reason.message,
			    "DOCUMENT_QUALITY, DOCUMENT_BLURRY");
	assert_null(customer.closed_because);
	assert_false(prov_lumx.customer_read[2].wanted(&customer));
	assert_lines(&customer, "ID_CARD missing (Identity)\n"
				"PASSPORT rejected (Identity) -> new_picture\n"
				"DRIVERS_LICENSE missing (Identity)\n"
				"PROOF_OF_ADDRESS missing?\n"
				"OTHER missing?\n"
				"ADDITIONAL_INFORMATION missing?\n"
				"TERMS_OF_SERVICE accepted\n"
				"VERIFICATION_START missing\n");
	assert_string_equal(customer.requirements[1].reason.message,
			    "Photo cannot be read");
	assert_string_equal(customer.requirements[1].reason.code,
			    "DOCUMENT_QUALITY");
	assert_string_equal(customer.requirements[1].status_word, "DECLINED");
	prov_customer_release(&customer);
}

static void test_business_rfi(void **state)
{
	struct prov_customer customer = { 0 };
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };

	(void)state;
	read_stored(0, COMPANY, "business_rfi", &customer);
	read_stored(1, COMPANY, "parties", &customer);
	assert_false(prov_lumx.customer_read[2].wanted(&customer));
	assert_lines(&customer, "PROOF_OF_ADDRESS missing?\n"
				"INCORPORATION_ARTICLES missing?\n"
				"REGULATED_ACTIVITY_DOCUMENT missing?\n"
				"SIGNED_BALANCE_SHEET rejected -> new_picture\n"
				"OTHER missing?\n"
				"ADDITIONAL_INFORMATION sent?\n"
				"ASSOCIATED_PARTY missing?\n"
				"TERMS_OF_SERVICE accepted\n"
				"UTILITY_BILL rejected -> other_paper\n"
				"*ID_CARD missing (Identity)\n"
				"*PASSPORT rejected (Identity) -> new_picture\n"
				"*DRIVERS_LICENSE missing (Identity)\n"
				"*PROOF_OF_ADDRESS missing\n"
				"*OTHER missing?\n"
				"VERIFICATION_START missing\n");
	/* The reason spelled the id in capitals, the list did not. */
	assert_string_equal(customer.requirements[9].party, PARTY);

	assert_int_equal(form_answers_from_json(&lumx_business,
						known_of(&customer), answers,
						&findings, NULL),
			 0);
	assert_int_equal(findings.count, 0);
	assert_string_equal(form_answer(answers, "address.city"), "São Paulo");
	assert_string_equal(form_answer(answers, "isRegulatedActivity"),
			    "true");
	findings_release(&findings);
	form_answers_free(answers);
	prov_customer_release(&customer);
}

static const struct closed_row {
	const char *name;
	const char *file;
	enum prov_stage stage;
	const char *words; /* in closed_because */
	enum prov_next next;
} closed_rows[] = {
	{ "under verification", "individual_under_verification",
	  PROV_STAGE_IN_REVIEW, "reviewing", PROV_NEXT_NONE },
	{ "approved", "individual_approved", PROV_STAGE_APPROVED, "approved",
	  PROV_NEXT_NONE },
	{ "rejected for good", "individual_final_rejection", PROV_STAGE_CLOSED,
	  "for good", PROV_NEXT_STOP },
};

/* Nothing is called missing or sent that Lumx has not spoken of. */
static void test_closed_stages_say_why(void **state)
{
	const struct closed_row *row = *state;
	struct prov_customer customer = { 0 };

	read_stored(0, PERSON, row->file, &customer);
	assert_int_equal(customer.stage, row->stage);
	assert_non_null(strstr(customer.closed_because, row->words));
	assert_int_equal(customer.reason.next, row->next);
	assert_lines(&customer, "ID_CARD missing? (Identity)\n"
				"PASSPORT missing? (Identity)\n"
				"DRIVERS_LICENSE missing? (Identity)\n"
				"PROOF_OF_ADDRESS missing?\n"
				"OTHER missing?\n"
				"ADDITIONAL_INFORMATION missing?\n"
				"TERMS_OF_SERVICE accepted\n");
	assert_int_equal(prov_lumx.customer_read[2].wanted(&customer),
			 row->stage == PROV_STAGE_CLOSED);
	prov_customer_release(&customer);
}

static const struct shape_row {
	const char *name;
	const char *body;
	const char *lines; /* one that must be there, or NULL */
	enum prov_stage stage;
} shape_rows[] = {
	{ "unknown stage",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"PAUSED\"}}",
	  "PROOF_OF_ADDRESS missing?\n", PROV_STAGE_UNKNOWN },
	{ "lower-case stage",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"rfi\"}}",
	  "VERIFICATION_START missing\n", PROV_STAGE_ACTION_NEEDED },
	{ "older stage",
	  "{\"id\":\"c\",\"verification\":"
	  "{\"status\":\"TEMPORARY_REJECTION\"}}",
	  "VERIFICATION_START missing\n", PROV_STAGE_ACTION_NEEDED },
	{ "nothing but an id", "{\"id\":\"c\"}", "OTHER missing?\n",
	  PROV_STAGE_UNKNOWN },
	{ "wrong types everywhere",
	  "{\"id\":\"c\",\"name\":7,\"type\":[],\"country\":{},\"taxId\":1,"
	  "\"email\":false,\"verification\":[1],\"requirements\":{\"a\":1},"
	  "\"additionalInformation\":\"x\",\"statusReason\":7}",
	  "OTHER missing?\n", PROV_STAGE_UNKNOWN },
	{ "wrong types inside",
	  "{\"id\":\"c\",\"verification\":{\"status\":7,\"link\":[],"
	  "\"statusReason\":{\"documents\":[1,null,[],{\"type\":7}],"
	  "\"rejectLabels\":\"x\",\"associatedParties\":[1,{\"id\":9}]}},"
	  "\"requirements\":[1,null,{},{\"name\":7},{\"name\":\"SELFIE\","
	  "\"status\":7}]}",
	  "SELFIE missing?\n", PROV_STAGE_UNKNOWN },
	{ "sent, in review",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"UNDER_VERIFICATION\"},"
	  "\"requirements\":[{\"name\":\"SELFIE\",\"status\":\"SENT\"}]}",
	  "SELFIE in review?\n", PROV_STAGE_IN_REVIEW },
	{ "sent, approved",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"APPROVED\"},"
	  "\"requirements\":[{\"name\":\"SELFIE\",\"status\":\"X\"}]}",
	  "SELFIE accepted?\n", PROV_STAGE_APPROVED },
	{ "sent, with a word of their own",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"NOT_STARTED\"},"
	  "\"requirements\":[{\"name\":\"PASSPORT\",\"status\":\"QUEUED\"}]}",
	  "PASSPORT sent (Identity)\n", PROV_STAGE_NOT_STARTED },
	{ "unknown requirement",
	  "{\"id\":\"c\",\"requirements\":[{\"name\":\"HOROSCOPE\","
	  "\"status\":\"NOT_SENT\"}]}",
	  "HOROSCOPE missing?\n", PROV_STAGE_UNKNOWN },
	{ "information sent, entry gone",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"NOT_STARTED\"},"
	  "\"requirements\":[],\"additionalInformation\":{\"phone\":\"+1\"}}",
	  "ADDITIONAL_INFORMATION sent\n", PROV_STAGE_NOT_STARTED },
	{ "regulated",
	  "{\"id\":\"c\",\"type\":\"BUSINESS\",\"verification\":"
	  "{\"status\":\"NOT_STARTED\"},\"additionalInformation\":"
	  "{\"isRegulatedActivity\":true}}",
	  "REGULATED_ACTIVITY_DOCUMENT missing\n", PROV_STAGE_NOT_STARTED },
	{ "regulated and approved",
	  "{\"id\":\"c\",\"type\":\"BUSINESS\",\"verification\":"
	  "{\"status\":\"APPROVED\"},\"additionalInformation\":"
	  "{\"isRegulatedActivity\":true}}",
	  "REGULATED_ACTIVITY_DOCUMENT missing?\n", PROV_STAGE_APPROVED },
	{ "reason at the top",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"RFI\"},"
	  "\"statusReason\":{\"documents\":[{\"type\":\"SELFIE\"}]}}",
	  "SELFIE rejected -> new_picture\n", PROV_STAGE_ACTION_NEEDED },
	{ "information declined",
	  "{\"id\":\"c\",\"verification\":{\"status\":\"RFI\","
	  "\"statusReason\":{\"documents\":[{\"type\":"
	  "\"ADDITIONAL_INFORMATION\"}]}}}",
	  "ADDITIONAL_INFORMATION rejected -> correct_data\n",
	  PROV_STAGE_ACTION_NEEDED },
	{ "party declined as a whole",
	  "{\"id\":\"c\",\"type\":\"BUSINESS\",\"verification\":{\"status\":"
	  "\"RFI\",\"statusReason\":{\"associatedParties\":[{"
	  "\"associatedPartyId\":\"p\",\"rejectLabels\":[\"PENDING\"]}]}}}",
	  "*VERIFICATION rejected? -> wait\n", PROV_STAGE_ACTION_NEEDED },
};

static void test_shapes_are_tolerated(void **state)
{
	const struct shape_row *row = *state;
	struct prov_customer customer = { 0 };
	char *lines = NULL;

	assert_int_equal(read_step(0, "c", 200, row->body, &customer),
			 PROV_ACCEPTED);
	assert_int_equal(customer.stage, row->stage);
	lines = lines_of(&customer);
	if (!strstr(lines, row->lines))
		assert_string_equal(lines, row->lines);
	if (row->stage == PROV_STAGE_UNKNOWN)
		assert_null(customer.closed_because);
	free(lines);
	prov_customer_release(&customer);
}

static const struct lead_row {
	const char *name; /* the label */
	enum prov_next want;
} lead_rows[] = {
	{ "screenshot", PROV_NEXT_NEW_PICTURE },
	{ "SCREENSHOT", PROV_NEXT_NEW_PICTURE },
	{ "DOCUMENT_QUALITY", PROV_NEXT_NEW_PICTURE },
	{ "badPhoto", PROV_NEXT_NEW_PICTURE },
	{ "something new", PROV_NEXT_NEW_PICTURE },
	{ "DOCUMENT_EXPIRED", PROV_NEXT_OTHER_PAPER },
	{ "documentExpired", PROV_NEXT_OTHER_PAPER },
	{ "NAME_MISMATCH", PROV_NEXT_CORRECT_DATA },
	{ "selfieMismatch", PROV_NEXT_NEW_PICTURE },
	{ "FRAUDULENT_PATTERNS", PROV_NEXT_STOP },
	{ "forgery", PROV_NEXT_STOP },
};

static void test_label_leads_somewhere(void **state)
{
	const struct lead_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body = mem_printf(
		"{\"id\":\"c\",\"verification\":{\"status\":\"RFI\","
		"\"statusReason\":{\"documents\":[{\"type\":\"id_card\","
		"\"rejectLabels\":[\"%s\"]}]}}}",
		row->name);

	assert_int_equal(read_step(0, "c", 200, body, &customer),
			 PROV_ACCEPTED);
	assert_string_equal(customer.requirements[0].code, "ID_CARD");
	assert_int_equal(customer.requirements[0].status, PROV_REQ_REJECTED);
	assert_int_equal(customer.requirements[0].reason.next, row->want);
	assert_string_equal(customer.requirements[0].reason.message, row->name);
	free(body);
	prov_customer_release(&customer);
}

static const struct strange_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome want;
} strange_rows[] = {
	{ "empty", 200, "", PROV_UNSURE },
	{ "cut off", 200, "{\"id\":\"c\"", PROV_UNSURE },
	{ "list", 200, "[]", PROV_UNSURE },
	{ "number", 200, "7", PROV_UNSURE },
	{ "page", 200, "<html>login</html>", PROV_UNSURE },
	{ "somebody else", 200, "{\"id\":\"d\"}", PROV_UNSURE },
	{ "nobody", 200, "{}", PROV_UNSURE },
	{ "id that is a number", 200, "{\"id\":7}", PROV_UNSURE },
	{ "broken UTF-8", 200, "{\"id\":\"c\",\"name\":\"\xff\"}",
	  PROV_UNSURE },
	{ "no body promised", 204, "", PROV_UNSURE },
	{ "not found", 404, "{}", PROV_REFUSED },
	{ "busy", 503, "", PROV_AGAIN },
};

/* A reader that fails leaves what was there. */
static void test_strange_customer_changes_nothing(void **state)
{
	const struct strange_row *row = *state;
	struct prov_customer customer = { 0 };

	customer.name = mem_dup("before");
	assert_int_equal(read_step(0, "c", row->status, row->body, &customer),
			 row->want);
	assert_string_equal(customer.name, "before");
	assert_int_equal(customer.requirement_count, 0);
	prov_customer_release(&customer);
}

static void test_nonsense_of_any_size_is_unsure(void **state)
{
	static const char *const pieces[] = { "[", "{\"a\":", "\"",
					      "<", "9",	      NULL };
	size_t size = (size_t)8 << 20;
	char *body = mem_alloc(size + 1);
	struct prov_customer customer = { 0 };

	(void)state;
	for (size_t n = 0; pieces[n]; n++) {
		size_t len = strlen(pieces[n]);

		for (size_t i = 0; i < size; i++)
			body[i] = pieces[n][i % len];
		assert_int_equal(read_step(0, "c", 200, body, &customer),
				 PROV_UNSURE);
		assert_int_equal(read_step(1, "c", 500, body, &customer),
				 PROV_AGAIN);
	}
	free(body);
	prov_customer_release(&customer);
}

static void test_texts_are_cleaned(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	assert_int_equal(
		read_step(0, "c", 200,
			  "{\"id\":\"c\",\"name\":\"a\\u001b[31mb\\u0000c\","
			  "\"verification\":{\"status\":\"A\\nB\","
			  "\"link\":\"http://example.com/\"}}",
			  &customer),
		PROV_ACCEPTED);
	assert_null(strchr(customer.name, 0x1b));
	assert_null(strchr(customer.stage_word, '\n'));
	assert_null(customer.link);
	prov_customer_release(&customer);
}

static void test_lists_in_one_answer_have_a_ceiling(void **state)
{
	struct prov_customer customer = { 0 };
	struct buf body = { 0 };

	(void)state;
	buf_add_text(&body, "{\"id\":\"c\",\"requirements\":[0");
	for (int i = 0; i < 5000; i++)
		buf_addf(&body, ",{\"name\":\"R%d\",\"status\":\"X\"}", i);
	buf_add_text(&body, "]}");
	assert_int_equal(read_step(0, "c", 200, buf_text(&body), &customer),
			 PROV_ACCEPTED);
	assert_true(customer.requirement_count < 600);
	prov_customer_release(&customer);
	buf_release(&body);
}

static void test_report_fills_missing_reasons(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_step(0, PERSON, 200,
		  "{\"id\":\"" PERSON "\",\"verification\":"
		  "{\"status\":\"RFI\"},\"requirements\":[]}",
		  &customer);
	assert_true(prov_lumx.customer_read[2].wanted(&customer));
	read_stored(2, PERSON, "report", &customer);
	assert_string_equal(customer.reason.code, "screenshot");
	assert_string_equal(customer.requirements[1].code, "PASSPORT");
	assert_string_equal(customer.requirements[1].reason.message, "Blurry");
	assert_false(prov_lumx.customer_read[2].wanted(&customer));
	prov_customer_release(&customer);
}

static const struct gone_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome want;
} gone_rows[] = {
	{ "not found", 404, "{\"message\":\"Not Found\"}", PROV_ACCEPTED },
	{ "no such method", 405, "", PROV_ACCEPTED },
	{ "no reasons inside", 200, "{}", PROV_ACCEPTED },
	{ "garbled", 200, "{", PROV_UNSURE },
	{ "failed", 500, "", PROV_AGAIN },
};

static void test_report_that_is_gone_is_said(void **state)
{
	const struct gone_row *row = *state;
	struct prov_customer customer = { 0 };

	assert_int_equal(read_step(2, "c", row->status, row->body, &customer),
			 row->want);
	if (row->want == PROV_ACCEPTED)
		assert_non_null(strstr(customer.reason.message, "no reasons"));
	else
		assert_null(customer.reason.message);
	prov_customer_release(&customer);
}

static const struct party_row {
	const char *name;
	const char *party;
	const char *role;
	const char *lines;
} party_rows[] = {
	{ "representative",
	  "{\"id\":\"p\",\"type\":\"INDIVIDUAL\",\"role\":\"REPRESENTATIVE\"}",
	  "representative",
	  "*ID_CARD missing (Identity)\n*PASSPORT missing (Identity)\n"
	  "*DRIVERS_LICENSE missing (Identity)\n*PROOF_OF_ADDRESS missing\n"
	  "*OTHER missing?\n" },
	{ "both spellings of the role",
	  "{\"id\":\"p\",\"role\":\"SHAREHOLDER\",\"roles\":[\"UBO\","
	  "\"SHAREHOLDER\",7],\"ownershipPercentage\":20}",
	  "shareholder, owner",
	  "*ID_CARD missing (Identity)\n*PASSPORT missing (Identity)\n"
	  "*DRIVERS_LICENSE missing (Identity)\n*PROOF_OF_ADDRESS missing\n"
	  "*OTHER missing?\n" },
	{ "small shareholder",
	  "{\"id\":\"p\",\"type\":\"INDIVIDUAL\",\"role\":\"SHAREHOLDER\","
	  "\"ownershipPercentage\":25}",
	  "shareholder",
	  "*ID_CARD missing? (Identity)\n*PASSPORT missing? (Identity)\n"
	  "*DRIVERS_LICENSE missing? (Identity)\n"
	  "*PROOF_OF_ADDRESS missing?\n*OTHER missing?\n" },
	{ "company behind the company",
	  "{\"id\":\"p\",\"type\":\"BUSINESS\",\"role\":\"SHAREHOLDER\"}",
	  "shareholder", "*PROOF_OF_ADDRESS missing?\n*OTHER missing?\n" },
	{ "approved",
	  "{\"id\":\"p\",\"type\":\"INDIVIDUAL\",\"role\":\"UBO\","
	  "\"verification\":{\"status\":\"APPROVED\"}}",
	  "owner",
	  "*ID_CARD missing? (Identity)\n*PASSPORT missing? (Identity)\n"
	  "*DRIVERS_LICENSE missing? (Identity)\n"
	  "*PROOF_OF_ADDRESS missing?\n*OTHER missing?\n" },
	{ "own reason",
	  "{\"id\":\"p\",\"type\":\"BUSINESS\",\"role\":\"CHAIR\","
	  "\"verification\":{\"status\":\"RFI\",\"statusReason\":"
	  "{\"documents\":[{\"type\":\"PROOF_OF_ADDRESS\","
	  "\"comment\":\"It has expired\"}]}}}",
	  "CHAIR",
	  "*PROOF_OF_ADDRESS rejected -> other_paper\n*OTHER missing?\n" },
	{ "no id", "{\"type\":\"INDIVIDUAL\"}", NULL, "" },
	{ "no object", "7", NULL, "" },
};

static void test_party_wants(void **state)
{
	const struct party_row *row = *state;
	struct prov_customer customer = { .stage = PROV_STAGE_NOT_STARTED };
	char *body = mem_printf("{\"data\":[%s]}", row->party);

	assert_int_equal(read_step(1, "c", 200, body, &customer),
			 PROV_ACCEPTED);
	assert_int_equal(customer.party_count, row->role ? 1 : 0);
	if (row->role)
		assert_string_equal(customer.parties[0].role, row->role);
	assert_lines(&customer, row->lines);
	free(body);
	prov_customer_release(&customer);
}

static const struct page_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome want;
	size_t count;
	const char *next;
} page_rows[] = {
	{ "no cursor", 200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}",
	  PROV_ACCEPTED, 2, NULL },
	{ "null cursor", 200, "{\"data\":[],\"nextCursor\":null}",
	  PROV_ACCEPTED, 0, NULL },
	{ "empty cursor", 200, "{\"data\":[],\"nextCursor\":\"\"}",
	  PROV_ACCEPTED, 0, NULL },
	{ "another page", 200, "{\"data\":[],\"nextCursor\":\"x\"}",
	  PROV_ACCEPTED, 0, "x" },
	{ "cursor of a wrong type", 200, "{\"data\":[],\"nextCursor\":7}",
	  PROV_ACCEPTED, 0, NULL },
	{ "items without an id", 200,
	  "{\"data\":[{},7,null,{\"id\":7},{\"id\":\"\"},{\"id\":\"..\"},"
	  "{\"id\":\"a\\nb\"},{\"id\":\"b\"}]}",
	  PROV_ACCEPTED, 1, NULL },
	{ "data is no list", 200, "{\"data\":{}}", PROV_UNSURE, 0, NULL },
	{ "no data", 200, "{}", PROV_UNSURE, 0, NULL },
	{ "garbled", 200, "{\"data\":[", PROV_UNSURE, 0, NULL },
	{ "key is wrong", 401, "{}", PROV_DENIED, 0, NULL },
	{ "busy", 429, "", PROV_AGAIN, 0, NULL },
};

static void test_page_is_read(void **state)
{
	const struct page_row *row = *state;
	struct prov_ctx ctx = { .secret = "k" };
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_result result = { 0 };
	struct prov_page page = { 0 };

	prov_lumx.customer_list.read(&reply, &ctx, &page, &result);
	assert_int_equal(result.outcome, row->want);
	assert_int_equal(page.count, row->count);
	if (row->next)
		assert_string_equal(page.next, row->next);
	else
		assert_null(page.next);
	prov_result_release(&result);
	prov_page_release(&page);
}

static void test_stored_pages(void **state)
{
	static const char *const names[] = { "page_first", "page_last" };
	struct prov_ctx ctx = { .secret = "k" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *body = adapter_stored("lumx", names[i]);
		struct prov_reply reply = adapter_reply(200, body);
		struct prov_result result = { 0 };
		struct prov_page page = { 0 };

		prov_lumx.customer_list.read(&reply, &ctx, &page, &result);
		assert_int_equal(page.count, 1);
		assert_int_equal(page.customers[0].kind,
				 i ? PROV_BUSINESS : PROV_INDIVIDUAL);
		assert_int_equal(page.customers[0].requirement_count, 0);
		assert_int_equal(page.next == NULL, i == 1);
		prov_result_release(&result);
		prov_page_release(&page);
		free(body);
	}
}

static void test_record_round_trip(void **state)
{
	static const char *const files[] = { "individual_rfi", "business_rfi",
					     "individual_final_rejection" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct prov_customer customer = { 0 }, again = { 0 };
		struct buf first = { 0 }, second = { 0 };

		read_stored(0, i == 1 ? COMPANY : PERSON, files[i], &customer);
		if (i == 1)
			read_stored(1, COMPANY, "parties", &customer);
		prov_customer_to_json(&customer, &first);
		assert_int_equal(prov_customer_from_json(&again,
							 buf_text(&first),
							 &prov_lumx, NULL),
				 0);
		prov_customer_to_json(&again, &second);
		assert_string_equal(buf_text(&first), buf_text(&second));
		assert_int_equal(again.requirement_count,
				 customer.requirement_count);
		/* What they do not speak of is no less there for that. */
		for (size_t j = 0; j < customer.requirement_count; j++)
			assert_int_equal(again.requirements[j].unlisted,
					 customer.requirements[j].unlisted);
		prov_customer_release(&customer);
		prov_customer_release(&again);
		buf_release(&first);
		buf_release(&second);
	}
}

static void test_record_that_is_broken_changes_nothing(void **state)
{
	struct prov_customer customer = { 0 };
	struct err err = { 0 };

	(void)state;
	customer.name = mem_dup("before");
	assert_int_equal(
		prov_customer_from_json(&customer, "[]", &prov_lumx, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_string_equal(customer.name, "before");
	/* A document type that is not known any more cannot be sent. */
	assert_int_equal(
		prov_customer_from_json(
			&customer,
			"{\"stage\":\"odd\",\"country\":\"TOOLONG\","
			"\"requirements\":[{\"kind\":\"document\","
			"\"code\":\"X\",\"type\":\"X\",\"group\":\"Y\"},7]}",
			&prov_lumx, &err),
		0);
	assert_int_equal(customer.requirements[0].kind, PROV_REQ_OTHER);
	assert_null(customer.requirements[0].group);
	assert_string_equal(customer.country, "");
	prov_customer_release(&customer);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "individual, not started",
		 test_individual_not_started);
	test_add(&tests, "business, not started", test_business_not_started);
	test_add(&tests, "individual, RFI", test_individual_rfi);
	test_add(&tests, "business, RFI", test_business_rfi);
	TEST_ROWS(&tests, test_closed_stages_say_why, closed_rows);
	TEST_ROWS(&tests, test_shapes_are_tolerated, shape_rows);
	TEST_ROWS(&tests, test_label_leads_somewhere, lead_rows);
	TEST_ROWS(&tests, test_strange_customer_changes_nothing, strange_rows);
	test_add(&tests, "8 MB of nonsense",
		 test_nonsense_of_any_size_is_unsure);
	test_add(&tests, "cleaned texts", test_texts_are_cleaned);
	test_add(&tests, "long lists", test_lists_in_one_answer_have_a_ceiling);
	test_add(&tests, "report", test_report_fills_missing_reasons);
	TEST_ROWS(&tests, test_report_that_is_gone_is_said, gone_rows);
	TEST_ROWS(&tests, test_party_wants, party_rows);
	TEST_ROWS(&tests, test_page_is_read, page_rows);
	test_add(&tests, "stored pages", test_stored_pages);
	test_add(&tests, "record and back", test_record_round_trip);
	test_add(&tests, "broken record",
		 test_record_that_is_broken_changes_nothing);
	return test_run(&tests, "providers/lumx_read");
}
