/* SPDX-License-Identifier: MIT */
/* Lumx: how calls are put together, and what the answers to what was sent
 * mean. What readers make of customers is in test_lumx_read.c. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "providers/lumx.h"
#include "tests/providers/adapter_case.h"

#define SECRET	 "practice-key"
#define CUSTOMER "3c90c3cc-0d44-4b50-8888-8dd25736052a"
#define PARTY	 "a1b2c3d4-e5f6-4890-abcd-ef1234567890"
#define KEY	 "11111111-2222-4333-8444-555555555555"

static struct prov_ctx ctx_of(void)
{
	return (struct prov_ctx){
		.secret = SECRET,
		.customer = CUSTOMER,
		.key = KEY,
		.language = "en",
		.now = 1777636800000,
	};
}

static const struct call_row {
	const char *name;
	const struct prov_op *op;
	const char *method;
	const char *path;
	bool keyed;
} call_rows[] = {
	{ "list", &prov_lumx.customer_list, "GET", "/customers?size=100",
	  false },
	{ "customer", &prov_lumx.customer_read[0].op, "GET",
	  "/customers/" CUSTOMER, false },
	{ "parties", &prov_lumx.customer_read[1].op, "GET",
	  "/customers/" CUSTOMER "/associated-parties", false },
	{ "report", &prov_lumx.customer_read[2].op, "GET",
	  "/customers/" CUSTOMER "/verifications", false },
	{ "start", &prov_lumx.start, "POST",
	  "/customers/" CUSTOMER "/verifications", true },
	{ "terms", &prov_lumx.link, "POST", "/customers/" CUSTOMER "/tos",
	  false },
};

static void test_call_is_as_the_page_has_it(void **state)
{
	const struct call_row *row = *state;
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_int_equal(row->op->build(&ctx, &request, &err), 0);
	adapter_assert_call(&request, row->method, row->path, SECRET,
			    row->keyed ? KEY : NULL);
	assert_null(adapter_header(&request, "Content-Type"));
	prov_request_release(&request);
}

static void test_list_asks_for_the_page(void **state)
{
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };

	(void)state;
	ctx.cursor = "a&size=1";
	assert_int_equal(prov_lumx.customer_list.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.path,
			    "/customers?size=100&cursor=a%26size%3D1");
	prov_request_release(&request);
}

static const struct secret_row {
	const char *name;
	const char *secret;
} secret_rows[] = {
	{ "none", NULL },   { "empty", "" },	    { "line end", "a\r\nX: y" },
	{ "blank", "a b" }, { "not ASCII", "clé" },
};

static void test_secret_that_is_none_is_not_sent(void **state)
{
	const struct secret_row *row = *state;
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.secret = row->secret;
	assert_int_equal(prov_lumx.start.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	if (row->secret && *row->secret)
		assert_null(strstr(err.text, row->secret));
	prov_request_release(&request);
}

static const struct bad_id_row {
	const char *name;
	const char *id;
} bad_id_rows[] = {
	{ "empty", "" },	  { "dots", ".." }, { "line end", "a\nb" },
	{ "escape", "a\x1b[2J" }, { "none", NULL },
};

static void test_customer_without_a_real_id_is_refused(void **state)
{
	const struct bad_id_row *row = *state;
	struct form_answers *answers = form_answers_new();
	struct prov_ctx ctx = ctx_of();

	ctx.customer = row->id;
	ctx.answers = answers;
	for (size_t i = 1; i < sizeof(call_rows) / sizeof(*call_rows); i++) {
		struct prov_request request = { 0 };
		struct err err = { 0 };

		assert_int_equal(call_rows[i].op->build(&ctx, &request, &err),
				 -1);
		assert_int_equal(err.code, ERR_INPUT);
		prov_request_release(&request);
	}
	form_answers_free(answers);
}

static void answer(struct form_answers *answers, const char *key,
		   const char *value)
{
	assert_non_null(key);
	form_answer_set(answers, key, value);
}

static void test_information_of_an_individual(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct findings findings = { 0 };

	(void)state;
	answer(answers, "firstName", "Maria");
	answer(answers, "lastName", "Souza");
	answer(answers, "phone", "+5511999999999");
	answer(answers, "address.country", "BRA");
	answer(answers, "address.line1", "Rua das Flores, 123");
	answer(answers, "address.city", "São Paulo");
	answer(answers, "address.state", "SP");
	answer(answers, "address.postalCode", "01310-100");
	answer(answers, "professionalSituation", "EMPLOYEE");
	answer(answers, "professionalOccupation", "teacher");
	answer(answers, "sourceOfFunds", "EMPLOYMENT");
	answer(answers, "monthlyVolumeInUSD", "5000");
	answer(answers, "transactionVolumeInUSD", "1000.50");
	answer(answers, "jurisdictions", "BRA,EU");
	answer(answers, "involvedActivities", "NONE");
	answer(answers, "transactionCounterparties", "SELF,FAMILY");
	assert_int_equal(country_load(NULL), 0);
	form_check(&lumx_individual, answers, &findings);
	assert_int_equal(findings.count, 0);

	ctx.answers = answers;
	ctx.form = &lumx_forms[PROV_INDIVIDUAL];
	assert_int_equal(lumx_forms[0].send.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "PATCH");
	assert_string_equal(request.path,
			    "/customers/" CUSTOMER "/additional-information");
	assert_string_equal(adapter_header(&request, "Content-Type"),
			    "application/json");
	assert_string_equal(adapter_header(&request, "Idempotency-Key"), KEY);
	assert_string_equal(
		request.body,
		"{\"type\":\"INDIVIDUAL\",\"firstName\":\"Maria\","
		"\"middleName\":\"\",\"lastName\":\"Souza\","
		"\"phone\":\"+5511999999999\",\"address\":{\"country\":"
		"\"BRA\",\"line1\":\"Rua das Flores, 123\",\"city\":"
		"\"São Paulo\",\"state\":\"SP\",\"postalCode\":\"01310-100\"},"
		"\"professionalSituation\":\"EMPLOYEE\","
		"\"professionalOccupation\":\"teacher\","
		"\"sourceOfFunds\":\"EMPLOYMENT\","
		"\"monthlyVolumeInUSD\":\"5000\","
		"\"transactionVolumeInUSD\":\"1000.50\","
		"\"jurisdictions\":[\"BRA\",\"EU\"],"
		"\"involvedActivities\":[\"NONE\"],"
		"\"transactionCounterparties\":[\"SELF\",\"FAMILY\"]}");
	prov_request_release(&request);
	form_answers_free(answers);
	country_unload();
}

static void test_licence_is_asked_and_sent_when_regulated(void **state)
{
	const struct form_schema *schema = &lumx_business;
	struct form_answers *answers = form_answers_new();
	struct prov_ctx ctx = ctx_of();

	(void)state;
	ctx.kind = PROV_BUSINESS;
	ctx.answers = answers;
	for (int regulated = 0; regulated < 2; regulated++) {
		struct prov_request request = { 0 };
		struct findings findings = { 0 };

		answer(answers, "isRegulatedActivity",
		       regulated ? "true" : "false");
		form_check(schema, answers, &findings);
		assert_int_equal(
			findings_for(&findings, "regulatedActivityDetails") !=
				NULL,
			regulated);
		findings_release(&findings);
		answer(answers, "regulatedActivityDetails", "BCB 123");
		assert_int_equal(lumx_forms[0].send.build(&ctx, &request, NULL),
				 0);
		assert_non_null(
			strstr(request.body, "{\"type\":\"BUSINESS\","));
		assert_non_null(strstr(
			request.body,
			regulated ? "\"isRegulatedActivity\":true,"
				    "\"regulatedActivityDetails\":"
				    "\"BCB 123\""
				  : "\"isRegulatedActivity\":false,"
				    "\"regulatedActivityDetails\":\"\""));
		prov_request_release(&request);
		answer(answers, "regulatedActivityDetails", NULL);
	}
	form_answers_free(answers);
}

/* Everything that a person sees has words, and every key is there once. */
static void test_forms_have_words(void **state)
{
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		const struct form_field *field =
			lumx_forms[kind].schema->fields;

		assert_non_null(field->section);
		for (; field->key; field++) {
			const struct form_choice *choice = field->choices;

			assert_non_null(field->label);
			assert_true(field->help || field->choices);
			assert_ptr_equal(
				form_field_find(lumx_forms[kind].schema,
						field->key),
				field);
			assert_int_equal(choice != NULL,
					 field->kind == FORM_CHOICE ||
						 field->kind == FORM_MULTI);
			for (; choice && choice->code; choice++)
				assert_non_null(choice->label);
		}
	}
}

/* Find "name" in the body of REQUEST; "" when it has no such part. */
static const char *part_of(const struct prov_request *request, const char *name)
{
	for (size_t i = 0; i < request->part_count; i++)
		if (strcmp(request->parts[i].name, name) == 0)
			return request->parts[i].value;
	return "";
}

/* Read the frame back as a server would: the names of its parts in order. */
static char *names_in_frame(const struct prov_request *request)
{
	static const char mark[] = "Content-Disposition: form-data; name=\"";
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct buf type = { 0 }, names = { 0 };
	const char *boundary = NULL, *at = NULL;

	prov_multipart_frames(request, frames, &type);
	boundary = strstr(buf_text(&type), "boundary=") + strlen("boundary=");
	at = buf_text(&frames[0]);
	while (strncmp(at, "--", 2) == 0) {
		assert_memory_equal(at + 2, boundary, strlen(boundary));
		at += 2 + strlen(boundary) + 2;
		assert_memory_equal(at, mark, strlen(mark));
		at += strlen(mark);
		buf_add(&names, at, strcspn(at, "\""));
		buf_add_char(&names, ' ');
		at = strstr(at, "\r\n\r\n") + 4;
		at = strstr(at, "\r\n") ? strstr(at, "\r\n") + 2 : "";
	}
	/* The file comes last, so nothing but the end is behind it. */
	assert_memory_equal(buf_text(&frames[1]), "\r\n--", 4);
	assert_memory_equal(buf_text(&frames[1]) + 4, boundary,
			    strlen(boundary));
	assert_string_equal(buf_text(&frames[1]) + 4 + strlen(boundary),
			    "--\r\n");
	buf_release(&frames[0]);
	buf_release(&frames[1]);
	buf_release(&type);
	return buf_take(&names);
}

static void check_upload(const struct doc_type *type, enum doc_side side,
			 const char *party, enum doc_kind kind)
{
	struct prov_document document = {
		.type = type,
		.side = side,
		.country = "BRA",
		.party = party,
		.kind = kind,
		.bytes = 50000000,
	};
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	const struct prov_part *file = NULL;
	char *names = NULL, *want = NULL;

	ctx.documents = &document;
	ctx.document_count = 1;
	assert_int_equal(prov_lumx.document_send.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/customers/" CUSTOMER "/documents");
	assert_string_equal(adapter_header(&request, "Idempotency-Key"), KEY);
	assert_null(adapter_header(&request, "Content-Type"));
	assert_string_equal(part_of(&request, "type"), type->code);
	assert_string_equal(part_of(&request, "country"), "BRA");
	assert_string_equal(part_of(&request, "side"),
			    side == DOC_SIDE_NONE    ? ""
			    : side == DOC_SIDE_FRONT ? "FRONT_SIDE"
						     : "BACK_SIDE");
	assert_string_equal(part_of(&request, "associatedPartyId"),
			    party ? party : "");
	file = &request.parts[request.part_count - 1];
	assert_null(file->value);
	assert_string_equal(file->content_type, doc_kind_mime(kind));
	want = mem_printf("document%s%s.%s", side ? "-" : "",
			  doc_side_name(side), doc_kind_suffix(kind));
	assert_string_equal(file->filename, want);
	free(want);
	names = names_in_frame(&request);
	want = mem_printf("type country %s%sfile ", side ? "side " : "",
			  party ? "associatedPartyId " : "");
	assert_string_equal(names, want);
	free(want);
	free(names);
	prov_request_release(&request);
}

static void test_upload_of_every_shape(void **state)
{
	static const enum doc_kind kinds[] = { DOC_JPEG, DOC_PNG, DOC_PDF };
	size_t count = 0;

	(void)state;
	for (const struct doc_type *type = prov_lumx.doctypes; type->code;
	     type++, count++) {
		bool sided = type->sides != DOC_NO_SIDES;

		assert_non_null(type->label);
		assert_non_null(type->help);
		assert_int_equal(type->max_bytes, 50000000);
		assert_int_equal(type->country, DOC_NEEDED);
		for (int side = sided ? DOC_SIDE_FRONT : DOC_SIDE_NONE;
		     side <= (sided ? DOC_SIDE_BACK : DOC_SIDE_NONE); side++)
			for (size_t i = 0; i < 6; i++)
				check_upload(type, (enum doc_side)side,
					     i % 2 ? PARTY : NULL,
					     kinds[i / 2]);
	}
	assert_int_equal(count, 17);
}

static const struct unfit_row {
	const char *name;
	const char *type;
	enum doc_side side;
	const char *country;
	const char *party;
	enum doc_kind kind;
	uint64_t bytes;
} unfit_rows[] = {
	{ "no side", "ID_CARD", DOC_SIDE_NONE, "BRA", NULL, DOC_JPEG, 9 },
	{ "a side too many", "SELFIE", DOC_SIDE_FRONT, "BRA", NULL, DOC_JPEG,
	  9 },
	{ "no country", "SELFIE", DOC_SIDE_NONE, NULL, NULL, DOC_JPEG, 9 },
	{ "two letters", "SELFIE", DOC_SIDE_NONE, "BR", NULL, DOC_JPEG, 9 },
	{ "lower case", "SELFIE", DOC_SIDE_NONE, "bra", NULL, DOC_JPEG, 9 },
	{ "empty", "SELFIE", DOC_SIDE_NONE, "BRA", NULL, DOC_JPEG, 0 },
	{ "too large", "SELFIE", DOC_SIDE_NONE, "BRA", NULL, DOC_JPEG,
	  50000001 },
	{ "unknown format", "SELFIE", DOC_SIDE_NONE, "BRA", NULL, DOC_UNKNOWN,
	  9 },
	{ "odd party", "SELFIE", DOC_SIDE_NONE, "BRA", "a\nb", DOC_JPEG, 9 },
};

static void test_unfit_document_does_not_leave(void **state)
{
	const struct unfit_row *row = *state;
	struct prov_document document = {
		.type = doc_type_find(prov_lumx.doctypes, row->type),
		.side = row->side,
		.country = row->country,
		.party = row->party,
		.kind = row->kind,
		.bytes = row->bytes,
	};
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.documents = &document;
	ctx.document_count = 1;
	assert_int_equal(prov_lumx.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	prov_request_release(&request);
}

#define JSON "application/json"
#define PAGE "text/html"

enum {
	DOCUMENT = 1,
	INFORMATION = 2,
	START = 4,
	ALL = 7
};

static const struct answer_row {
	const char *name;
	int status;
	const char *type;
	const char *body;
	unsigned ops;
	enum prov_outcome want;
	bool new_key;
	const char *words; /* in the message; NULL: there is none */
} answer_rows[] = {
	{ "204", 204, NULL, "", DOCUMENT, PROV_ACCEPTED, false, NULL },
	{ "200 and nothing", 200, NULL, " \r\n", DOCUMENT, PROV_ACCEPTED, false,
	  NULL },
	{ "201 and JSON", 201, JSON, "{}", DOCUMENT | START, PROV_ACCEPTED,
	  false, NULL },
	{ "200 and a page", 200, PAGE, "<html>log in</html>", ALL, PROV_UNSURE,
	  false, "web page" },
	{ "200 and an empty page", 200, PAGE, "", ALL, PROV_UNSURE, false,
	  "web page" },
	{ "200 and a page in disguise", 200, JSON, " <!doctype html>", ALL,
	  PROV_UNSURE, false, "web page" },
	{ "200 and half of it", 200, JSON, "{\"id\":", ALL, PROV_UNSURE, false,
	  "not what it promises" },
	{ "200 and text", 200, "text/plain", "ok", ALL, PROV_UNSURE, false,
	  "not what it promises" },
	{ "204 elsewhere", 204, NULL, "", INFORMATION | START, PROV_UNSURE,
	  false, "not what it promises" },
	{ "200 and nothing elsewhere", 200, NULL, "", INFORMATION | START,
	  PROV_UNSURE, false, "not what it promises" },
	{ "customer", 200, JSON, "{\"id\":\"" CUSTOMER "\"}", INFORMATION,
	  PROV_ACCEPTED, false, NULL },
	{ "somebody else", 200, JSON, "{\"id\":\"" PARTY "\"}", INFORMATION,
	  PROV_UNSURE, false, "not what it promises" },
	{ "list", 200, JSON, "[]", INFORMATION | START, PROV_UNSURE, false,
	  "not what it promises" },
	{ "started, older page", 202, NULL, "", START, PROV_ACCEPTED, false,
	  NULL },
	{ "400", 400, JSON, "{\"message\":\"Bad Request\"}", ALL, PROV_REFUSED,
	  true, "Lumx: Bad Request (" },
	{ "401", 401, JSON, "{\"message\":\"Unauthorized\"}", ALL, PROV_DENIED,
	  true, "API key" },
	{ "403", 403, JSON, "{\"message\":\"Forbidden\"}", ALL, PROV_DENIED,
	  true, "API key" },
	{ "404", 404, JSON, "{\"error\":\"Not Found\"}", ALL, PROV_REFUSED,
	  true, "Lumx: Not Found (" },
	{ "405", 405, NULL, "", ALL, PROV_REFUSED, true, "HTTP 405" },
	{ "408", 408, NULL, "", ALL, PROV_AGAIN, true, "in time" },
	{ "409", 409, JSON, "{\"message\":\"Conflict\"}", ALL, PROV_REFUSED,
	  true, "refresh the customer" },
	{ "413", 413, PAGE, "<h1>413</h1>", ALL, PROV_REFUSED, true,
	  "too large" },
	{ "415", 415, NULL, "", ALL, PROV_REFUSED, true, "content" },
	{ "422", 422, JSON, "{\"title\":\"Odd\",\"detail\":\"very\"}", ALL,
	  PROV_REFUSED, true, "Lumx: Odd: very (" },
	{ "429", 429, NULL, "", ALL, PROV_AGAIN, true, "too many" },
	{ "500", 500, JSON, "{\"message\":[\"a\",7,\"b\"]}", ALL, PROV_AGAIN,
	  true, "Lumx: a; b (" },
	{ "502", 502, PAGE,
	  "<html><title>Bad\tGateway</title>\n<p>nginx</p></html>", ALL,
	  PROV_AGAIN, true, "Lumx: Bad Gateway nginx (" },
	{ "503", 503, "text/plain", "a\x1b[31mb", ALL, PROV_AGAIN, true,
	  "Lumx: a [31mb (" },
	{ "504", 504, NULL, "", ALL, PROV_AGAIN, true, "HTTP 504" },
	{ "wrong types", 400, JSON, "{\"message\":{\"a\":1},\"error\":7}", ALL,
	  PROV_REFUSED, true, "{\"message\"" },
	{ "redirect", 302, NULL, "", ALL, PROV_UNSURE, false, "endpoint" },
	{ "no status", 0, NULL, "", ALL, PROV_UNSURE, false, "HTTP 0" },
};

static void read_answer(const struct prov_op *op, const struct answer_row *row,
			bool sent_whole, struct prov_result *result)
{
	char name[] = "Content-Type", value[40];
	struct prov_header header = { name, value };
	struct prov_reply reply = {
		.end = PROV_END_ANSWER,
		.status = row->status,
		.sent_whole = sent_whole,
		.body = row->body,
		.len = strlen(row->body),
		.headers = &header,
		.header_count = row->type ? 1 : 0,
	};
	struct prov_ctx ctx = ctx_of();

	snprintf(value, sizeof(value), "%s", row->type ? row->type : "");
	op->read(&reply, &ctx, NULL, result);
}

static void test_answer_has_its_outcome(void **state)
{
	const struct answer_row *row = *state;
	const struct prov_op *ops[] = { &prov_lumx.document_send,
					&lumx_forms[0].send, &prov_lumx.start };

	for (size_t i = 0; i < 3; i++) {
		struct prov_result result = { 0 };

		if (!(row->ops & (1u << i)))
			continue;
		read_answer(ops[i], row, true, &result);
		assert_int_equal(result.outcome, row->want);
		assert_int_equal(result.new_key, row->new_key);
		if (!row->words)
			assert_null(result.message);
		else if (!strstr(result.message, row->words))
			assert_string_equal(result.message, row->words);
		if (row->status >= 500 || row->status == 408)
			assert_int_equal(result.most_attempts, 3);
		prov_result_release(&result);
		if (row->want != PROV_ACCEPTED)
			continue;
		/* An answer before the last byte settles nothing. */
		read_answer(ops[i], row, false, &result);
		assert_int_equal(result.outcome, PROV_UNSURE);
		prov_result_release(&result);
	}
}

static void test_busy_says_when(void **state)
{
	char name[] = "Retry-After", value[] = "7";
	struct prov_header header = { name, value };
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .status = 429,
				    .body = "",
				    .headers = &header,
				    .header_count = 1 };
	struct prov_ctx ctx = ctx_of();
	struct prov_result result = { 0 };

	(void)state;
	prov_lumx.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.wait_ms, 7000);
	reply.header_count = 0;
	prov_lumx.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.wait_ms, -1);
	prov_result_release(&result);
}

static void test_log_id_and_code_are_kept(void **state)
{
	const struct answer_row row = {
		.status = 500,
		.body = "{\"message\":\"x\",\"logId\":\"L-1\\u001b\","
			"\"code\":\"E_17\"}",
	};
	struct prov_result result = { 0 };

	(void)state;
	read_answer(&prov_lumx.start, &row, true, &result);
	assert_string_equal(result.log_id, "L-1\xEF\xBF\xBD");
	assert_string_equal(result.code, "E_17");
	prov_result_release(&result);
}

static const struct field_row {
	const char *name;
	const char *body;
	const char *field; /* of the only problem; NULL: there is none */
	bool upload;
} field_rows[] = {
	{ "first word", "{\"message\":[\"phone must be a phone number\"]}",
	  "phone", false },
	{ "dotted", "{\"message\":[\"address.city should not be empty\"]}",
	  "address.city", false },
	{ "last part", "{\"message\":\"postalCode is wrong\"}",
	  "address.postalCode", false },
	{ "inside", "{\"message\":\"each value in sourceOfFunds must be ok\"}",
	  "sourceOfFunds", false },
	{ "quoted", "{\"message\":\"the field \\\"phone\\\" is wrong\"}",
	  "phone", false },
	{ "at the end", "{\"message\":\"bad address.line1.\"}", "address.line1",
	  false },
	{ "only a word", "{\"message\":\"invalid state of the customer\"}",
	  NULL, false },
	{ "no field", "{\"message\":\"Bad Request\"}", NULL, false },
	{ "beside", "{\"errors\":[{\"path\":\"phone\",\"message\":\"no\"}]}",
	  "phone", false },
	{ "wrong types", "{\"message\":[7,{},[\"phone\"]],\"errors\":\"\"}",
	  NULL, false },
	{ "side of an upload", "{\"message\":[\"side should not be empty\"]}",
	  "side", true },
	{ "party of an upload",
	  "{\"message\":[\"associatedPartyId must be a UUID\"]}", "party",
	  true },
	{ "field of the other kind",
	  "{\"message\":[\"phone must be a phone number\"]}", NULL, true },
};

static void test_words_find_their_field(void **state)
{
	const struct field_row *row = *state;
	const struct answer_row reply = { .status = 400, .body = row->body };
	struct prov_result result = { 0 };

	read_answer(row->upload ? &prov_lumx.document_send
				: &lumx_forms[0].send,
		    &reply, true, &result);
	assert_int_equal(result.outcome, PROV_REFUSED);
	assert_int_equal(result.problems.count, row->field ? 1 : 0);
	if (row->field)
		assert_non_null(findings_for(&result.problems, row->field));
	prov_result_release(&result);
}

static void test_many_messages_stay_few(void **state)
{
	struct buf body = { 0 };
	struct prov_result result = { 0 };
	struct answer_row row = { .status = 400 };

	(void)state;
	buf_add_text(&body, "{\"message\":[\"\"");
	for (int i = 0; i < 100000; i++)
		buf_add_text(&body, ",\"phone is wrong\"");
	buf_add_text(&body, "]}");
	row.body = buf_text(&body);
	read_answer(&lumx_forms[0].send, &row, true, &result);
	assert_true(result.problems.count < 100);
	assert_true(strlen(result.message) < 1000);
	assert_non_null(strstr(result.message, "phone is wrong; … ("));
	prov_result_release(&result);
	buf_release(&body);
}

static const struct link_row {
	const char *name;
	int status;
	const char *body;
	const char *url; /* NULL: unsure */
} link_rows[] = {
	{ "good", 200,
	  "{\"url\":\"https://example.com/tos/abc\","
	  "\"expiresAt\":\"2026-04-09T16:00:00Z\"}",
	  "https://example.com/tos/abc" },
	{ "on this machine", 200, "{\"url\":\"http://127.0.0.1:4010/tos\"}",
	  "http://127.0.0.1:4010/tos" },
	{ "in the clear", 200, "{\"url\":\"http://example.com/\"}", NULL },
	{ "script", 200, "{\"url\":\"javascript:alert(1)\"}", NULL },
	{ "user in front", 200, "{\"url\":\"https://a@example.com/\"}", NULL },
	{ "escape inside", 200, "{\"url\":\"https://example.com/\\u001b\"}",
	  NULL },
	{ "number", 200, "{\"url\":7}", NULL },
	{ "none", 200, "{}", NULL },
	{ "garbled", 200, "{", NULL },
};

static void test_terms_link(void **state)
{
	const struct link_row *row = *state;
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_ctx ctx = ctx_of();
	struct prov_result result = { 0 };
	struct prov_link link = { 0 };

	prov_lumx.link.read(&reply, &ctx, &link, &result);
	assert_int_equal(result.outcome,
			 row->url ? PROV_ACCEPTED : PROV_UNSURE);
	if (row->url)
		assert_string_equal(link.url, row->url);
	else
		assert_null(link.url);
	prov_link_release(&link);
	prov_result_release(&result);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_call_is_as_the_page_has_it, call_rows);
	test_add(&tests, "list, page", test_list_asks_for_the_page);
	TEST_ROWS(&tests, test_secret_that_is_none_is_not_sent, secret_rows);
	TEST_ROWS(&tests, test_customer_without_a_real_id_is_refused,
		  bad_id_rows);
	test_add(&tests, "information, individual",
		 test_information_of_an_individual);
	test_add(&tests, "information, licence",
		 test_licence_is_asked_and_sent_when_regulated);
	test_add(&tests, "information, words", test_forms_have_words);
	test_add(&tests, "uploads", test_upload_of_every_shape);
	TEST_ROWS(&tests, test_unfit_document_does_not_leave, unfit_rows);
	TEST_ROWS(&tests, test_answer_has_its_outcome, answer_rows);
	test_add(&tests, "busy", test_busy_says_when);
	test_add(&tests, "log id", test_log_id_and_code_are_kept);
	TEST_ROWS(&tests, test_words_find_their_field, field_rows);
	test_add(&tests, "many messages", test_many_messages_stay_few);
	TEST_ROWS(&tests, test_terms_link, link_rows);
	return test_run(&tests, "providers/lumx");
}
