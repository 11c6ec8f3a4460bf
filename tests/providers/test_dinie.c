/* SPDX-License-Identifier: MIT */
/* Dinie: how calls are put together, and what the answers to what was sent
 * mean. What readers make of customers is in test_dinie_read.c. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "providers/dinie.h"
#include "tests/providers/adapter_case.h"

#define TOKEN	 "dinie_at_practice"
#define CUSTOMER "cust_550e8400e29b41d4a716446655440000"
#define KEY	 "11111111-2222-4333-8444-555555555555"
#define NOW	 INT64_C(1777636800000)

static struct prov_ctx ctx_of(void)
{
	return (struct prov_ctx){
		.secret = TOKEN,
		.customer = CUSTOMER,
		.key = KEY,
		.language = "en",
		.now = NOW,
	};
}

/* Calls. */

static const struct call_row {
	const char *name;
	const struct prov_op *op;
	const char *method, *path;
	bool keyed;
} call_rows[] = {
	{ "list", &prov_dinie.customer_list, "GET", "/customers?limit=100",
	  false },
	{ "customer", &prov_dinie.customer_read[0].op, "GET",
	  "/customers/" CUSTOMER, false },
	{ "biometrics", &prov_dinie.link, "POST",
	  "/customers/" CUSTOMER "/biometrics", true },
};

static void test_call_is_as_the_page_has_it(void **state)
{
	const struct call_row *row = *state;
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_int_equal(row->op->build(&ctx, &request, &err), 0);
	adapter_assert_call(&request, row->method, row->path, TOKEN,
			    row->keyed ? KEY : NULL);
	prov_request_release(&request);
}

static void test_list_goes_on_after_the_last(void **state)
{
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };

	(void)state;
	ctx.cursor = "cust_&limit=1";
	assert_int_equal(prov_dinie.customer_list.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.path, "/customers?limit=100&"
					  "starting_after=cust_%26limit%3D1");
	prov_request_release(&request);
}

static const struct bad_row {
	const char *name;
	const char *text;
} bad_rows[] = {
	{ "none", NULL },	  { "empty", "" },
	{ "dots", ".." },	  { "line end", "a\r\nX: y" },
	{ "escape", "a\x1b[2J" },
};

static void test_customer_without_a_real_id_is_refused(void **state)
{
	const struct bad_row *row = *state;
	struct prov_ctx ctx = ctx_of();

	ctx.customer = row->text;
	for (size_t i = 1; i < sizeof(call_rows) / sizeof(*call_rows); i++) {
		struct prov_request request = { 0 };
		struct err err = { 0 };

		assert_int_equal(call_rows[i].op->build(&ctx, &request, &err),
				 -1);
		assert_int_equal(err.code, ERR_INPUT);
		prov_request_release(&request);
	}
}

static void test_link_is_for_biometrics_alone(void **state)
{
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	ctx.code = "selfie";
	assert_int_equal(prov_dinie.link.build(&ctx, &request, &err), -1);
	ctx.code = "biometrics";
	ctx.key = NULL;
	ctx.nonce = "00000000-0000-4000-8000-00000000000a";
	assert_int_equal(prov_dinie.link.build(&ctx, &request, &err), 0);
	assert_string_equal(adapter_header(&request, "Idempotency-Key"),
			    ctx.nonce);
	prov_request_release(&request);
}

/* The token. */

static void test_token_call(void **state)
{
	struct prov_profile profile = { .provider = &prov_dinie,
					.client = (char[]){ "dinie_ci_1" } };
	struct prov_ctx ctx = { .profile = &profile, .secret = "s:e" };
	struct prov_request request = { 0 };

	(void)state;
	assert_true(prov_has_tokens(&prov_dinie));
	assert_int_equal(prov_dinie.token.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/auth/token");
	/* dinie_ci_1:s:e */
	assert_string_equal(adapter_header(&request, "Authorization"),
			    "Basic ZGluaWVfY2lfMTpzOmU=");
	assert_string_equal(adapter_header(&request, "Content-Type"),
			    "application/x-www-form-urlencoded");
	assert_string_equal(request.body, "grant_type=client_credentials");
	assert_null(adapter_header(&request, "Idempotency-Key"));
	prov_request_release(&request);
}

static const struct credentials_row {
	const char *name;
	const char *client, *secret;
} credentials_rows[] = {
	{ "no client", NULL, "s" },
	{ "an empty client", "", "s" },
	{ "a client with a colon", "a:b", "s" },
	{ "no secret", "c", NULL },
	{ "an empty secret", "c", "" },
	{ "a secret with a line end", "c", "s\r\nX: y" },
};

static void test_bad_credentials_are_not_sent(void **state)
{
	const struct credentials_row *row = *state;
	char *client = mem_dup(row->client);
	struct prov_profile profile = { .provider = &prov_dinie,
					.client = client };
	struct prov_ctx ctx = { .profile = &profile, .secret = row->secret };
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_int_equal(prov_dinie.token.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	prov_request_release(&request);
	free(client);
}

static const struct token_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
	const char *token;
	int64_t life_ms;
} token_rows[] = {
	{ "good", 200,
	  "{\"access_token\":\"a.b\",\"token_type\":\"bearer\","
	  "\"expires_in\":3600}",
	  PROV_ACCEPTED, "a.b", 3600000 },
	{ "no life", 200, "{\"access_token\":\"a\"}", PROV_ACCEPTED, "a", 0 },
	{ "a life that is none", 200,
	  "{\"access_token\":\"a\",\"expires_in\":\"x\"}", PROV_ACCEPTED, "a",
	  0 },
	{ "a negative life", 200, "{\"access_token\":\"a\",\"expires_in\":-1}",
	  PROV_ACCEPTED, "a", 0 },
	{ "a very long life", 200,
	  "{\"access_token\":\"a\",\"expires_in\":1e300}", PROV_ACCEPTED, "a",
	  86400000 },
	{ "none", 200, "{}", PROV_UNSURE, NULL, 0 },
	{ "empty", 200, "", PROV_UNSURE, NULL, 0 },
	{ "no text", 200, "{\"access_token\":7}", PROV_UNSURE, NULL, 0 },
	{ "a line end in it", 200, "{\"access_token\":\"a\\r\\nX: y\"}",
	  PROV_UNSURE, NULL, 0 },
	{ "a wrong secret", 401,
	  "{\"type\":\"t\",\"title\":\"Unauthorized\",\"status\":401,"
	  "\"detail\":\"no\"}",
	  PROV_DENIED, NULL, 0 },
	{ "a wrong secret, as OAuth says it", 401,
	  "{\"error\":\"invalid_client\",\"error_description\":\"no\"}",
	  PROV_DENIED, NULL, 0 },
	{ "busy", 503, "", PROV_AGAIN, NULL, 0 },
};

static void test_token_read(void **state)
{
	const struct token_row *row = *state;
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_result result = { 0 };
	struct prov_token token = { 0 };
	struct prov_ctx ctx = ctx_of();

	prov_dinie.token.read(&reply, &ctx, &token, &result);
	assert_int_equal(result.outcome, row->outcome);
	if (row->token)
		assert_string_equal(token.text, row->token);
	else
		assert_null(token.text);
	assert_int_equal(token.life_ms, row->life_ms);
	prov_token_release(&token);
	prov_result_release(&result);
}

/* Documents. */

static const struct name_row {
	const char *name; /* as Dinie has it */
	const char *code;
	enum doc_side side;
	enum doc_sides sides;
} name_rows[] = {
	{ "identity_card_front", "identity_card", DOC_SIDE_FRONT,
	  DOC_FRONT_AND_BACK },
	{ "identity_card_back", "identity_card", DOC_SIDE_BACK,
	  DOC_FRONT_AND_BACK },
	{ "rg_front", "rg_front", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "partner_identity_front", "partner_identity", DOC_SIDE_FRONT,
	  DOC_FRONT_AND_BACK },
	{ "partner_identity_back", "partner_identity", DOC_SIDE_BACK,
	  DOC_FRONT_AND_BACK },
	{ "cnh", "cnh", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "selfie", "selfie", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "proof_of_address", "proof_of_address", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "income_statement", "income_statement", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "ccmei", "ccmei", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "articles_of_association", "articles_of_association", DOC_SIDE_NONE,
	  DOC_NO_SIDES },
	{ "eireli_incorporation_statement", "eireli_incorporation_statement",
	  DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "ei_registration_requirement", "ei_registration_requirement",
	  DOC_SIDE_NONE, DOC_NO_SIDES },
	/* Nobody knows whether these have sides: they go as they are called. */
	{ "cnh_front", "cnh_front", DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "vehicle_registration_back", "vehicle_registration_back",
	  DOC_SIDE_NONE, DOC_NO_SIDES },
	{ "_front", "_front", DOC_SIDE_NONE, DOC_NO_SIDES },
	/* As one: it has a front here, and still goes by its own name. */
	{ "identity_card", "identity_card", DOC_SIDE_FRONT,
	  DOC_FRONT_AND_BACK },
};

static void test_type_goes_as_dinie_calls_it(void **state)
{
	const struct name_row *row = *state;
	enum doc_side side;
	const struct doc_type *type = dinie_type(row->name, &side);
	struct prov_document document = { .kind = DOC_PDF, .bytes = 1 };
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct findings findings = { 0 };

	assert_string_equal(type->code, row->code);
	assert_int_equal(side, row->side);
	assert_int_equal(type->sides, row->sides);
	assert_ptr_equal(prov_type(&prov_dinie, row->code, 0), type);
	assert_true(*type->label);
	doc_check_choice(type, side, "", &findings);
	assert_int_equal(findings.count, 0);

	document.type = type;
	document.side = side;
	ctx.documents = &document;
	ctx.document_count = 1;
	if (strcmp(row->name, "identity_card") == 0)
		ctx.target = row->name;
	assert_int_equal(prov_dinie.document_send.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/customers/" CUSTOMER "/documents");
	assert_string_equal(adapter_header(&request, "Idempotency-Key"), KEY);
	assert_int_equal(request.part_count, 2);
	assert_string_equal(request.parts[0].name, "type");
	assert_string_equal(request.parts[0].value, row->name);
	assert_string_equal(request.parts[1].name, "file");
	assert_null(request.parts[1].value);
	assert_string_equal(request.parts[1].content_type, "application/pdf");
	assert_string_equal(request.parts[1].filename,
			    side == DOC_SIDE_FRONT  ? "document-front.pdf"
			    : side == DOC_SIDE_BACK ? "document-back.pdf"
						    : "document.pdf");
	prov_request_release(&request);
}

static const struct document_row {
	const char *name;
	const char *code;
	enum doc_side side;
	enum doc_kind kind;
	uint64_t bytes;
	const char *country, *party, *field;
	const char *key;
	const char *words; /* of the refusal; NULL: it goes */
} document_rows[] = {
	{ "a JPEG", "cnh", DOC_SIDE_NONE, DOC_JPEG, 1, "", NULL, NULL, KEY,
	  NULL },
	{ "a PNG", "cnh", DOC_SIDE_NONE, DOC_PNG, 1, "", NULL, NULL, KEY,
	  NULL },
	{ "25 MB", "cnh", DOC_SIDE_NONE, DOC_PDF, 25000000, "", NULL, NULL, KEY,
	  NULL },
	{ "a country, which is left out", "cnh", DOC_SIDE_NONE, DOC_PDF, 1,
	  "BRA", NULL, NULL, KEY, NULL },
	{ "one byte more", "cnh", DOC_SIDE_NONE, DOC_PDF, 25000001, "", NULL,
	  NULL, KEY, "25.0 MB" },
	{ "empty", "cnh", DOC_SIDE_NONE, DOC_PDF, 0, "", NULL, NULL, KEY,
	  "empty" },
	{ "of no kind", "cnh", DOC_SIDE_NONE, DOC_UNKNOWN, 1, "", NULL, NULL,
	  KEY, "JPEG, PNG or PDF" },
	{ "a side too many", "cnh", DOC_SIDE_FRONT, DOC_PDF, 1, "", NULL, NULL,
	  KEY, "no sides" },
	{ "a side too few", "identity_card", DOC_SIDE_NONE, DOC_PDF, 1, "",
	  NULL, NULL, KEY, "needs a side" },
	{ "a party", "cnh", DOC_SIDE_NONE, DOC_PDF, 1, "", "p1", NULL, KEY,
	  "associated parties" },
	{ "a field", "cnh", DOC_SIDE_NONE, DOC_PDF, 1, "", NULL, "colour", KEY,
	  "'colour'" },
	{ "biometrics", "biometrics", DOC_SIDE_NONE, DOC_JPEG, 1, "", NULL,
	  NULL, KEY, "behind a link" },
	{ "no key", "cnh", DOC_SIDE_NONE, DOC_PDF, 1, "", NULL, NULL, NULL,
	  "key" },
};

static void test_document_is_checked(void **state)
{
	const struct document_row *row = *state;
	struct form_answers *fields = form_answers_new();
	struct prov_document document = {
		.type = prov_type(&prov_dinie, row->code, 0),
		.side = row->side,
		.country = row->country,
		.party = row->party,
		.kind = row->kind,
		.bytes = row->bytes,
		.fields = fields,
	};
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	if (row->field)
		form_answer_set(fields, row->field, "x");
	ctx.key = row->key;
	ctx.documents = &document;
	ctx.document_count = 1;
	assert_int_equal(prov_dinie.document_send.build(&ctx, &request, &err),
			 row->words ? -1 : 0);
	if (row->words)
		assert_non_null(strstr(err.text, row->words));
	else
		assert_int_equal(request.part_count, 2);
	prov_request_release(&request);
	form_answers_free(fields);
}

/* Everything that a person sees has words. */
static void test_rows_have_words(void **state)
{
	(void)state;
	for (const struct doc_type *type = dinie_types; type->code; type++) {
		assert_true(*type->label && *type->help);
		assert_true(type->warn_bytes < type->max_bytes);
		assert_int_equal(type->country, DOC_NOT_TAKEN);
	}
	for (const struct prov_form *form = dinie_forms; form->schema; form++) {
		const struct form_field *field = form->schema->fields;

		assert_ptr_equal(
			prov_form_find(&prov_dinie, form->schema->name), form);
		assert_true(*form->schema->title);
		for (; field->key; field++)
			assert_true(*field->label && *field->help);
	}
}

/* Corrections. */

static const struct correction_row {
	const char *name;
	const char *type; /* of the data item */
	const char *schema;
	const char *key, *value;
	const char *body; /* NULL: the form itself refuses it */
} correction_rows[] = {
	{ "e-mail", "email", "dinie_email", "email", "a@example.com",
	  "{\"email\":\"a@example.com\"}" },
	{ "a bad e-mail", "email", "dinie_email", "email", "a", NULL },
	{ "telephone", "phone", "dinie_phone", "phone", "+5511999999999",
	  "{\"phone\":\"+5511999999999\"}" },
	{ "name", "name", "dinie_name", "name", "João", "{\"name\":\"João\"}" },
	{ "no name", "name", "dinie_name", "name", "", NULL },
	{ "CNPJ", "cnpj", "dinie_cnpj", "cnpj", "11.222.333/0001-81",
	  "{\"cnpj\":\"11.222.333/0001-81\"}" },
	{ "CNPJ, digits alone", "cnpj", "dinie_cnpj", "cnpj", "11222333000181",
	  "{\"cnpj\":\"11.222.333/0001-81\"}" },
	{ "a bad CNPJ", "cnpj", "dinie_cnpj", "cnpj", "11.222.333/0001-80",
	  NULL },
	{ "trading name", "trading_name", "dinie_trading_name", "trading_name",
	  "Loja", "{\"trading_name\":\"Loja\"}" },
	{ "in capitals", "EMAIL", "dinie_email", "email", "a@example.com",
	  "{\"email\":\"a@example.com\"}" },
	{ "something else", "mother_name", "dinie_data", "name", "João",
	  "{\"name\":\"João\"}" },
	{ "something else, by its telephone", "x", "dinie_data", "phone",
	  "+5511999999999", "{\"phone\":\"+5511999999999\"}" },
};

static void test_correction(void **state)
{
	const struct correction_row *row = *state;
	const struct prov_form *form = dinie_form(row->type);
	struct form_answers *answers = form_answers_new();
	struct prov_ctx ctx = ctx_of();
	struct prov_request request = { 0 };
	struct findings findings = { 0 };

	assert_string_equal(form->schema->name, row->schema);
	assert_ptr_equal(form, prov_form_find(&prov_dinie, row->schema));
	form_answer_set(answers, row->key, row->value);
	form_check(form->schema, answers, &findings);
	assert_int_equal(findings_errors(&findings) > 0, row->body == NULL);
	ctx.form = form;
	ctx.answers = answers;
	if (row->body) {
		assert_int_equal(form->send.build(&ctx, &request, NULL), 0);
		assert_string_equal(request.method, "PATCH");
		assert_string_equal(request.path, "/customers/" CUSTOMER);
		assert_string_equal(request.body, row->body);
		assert_null(adapter_header(&request, "Idempotency-Key"));
	}
	prov_request_release(&request);
	findings_release(&findings);
	form_answers_free(answers);
}

static void test_all_five_are_offered(void **state)
{
	static const char *const keys[] = { "email", "phone", "name", "cnpj",
					    "trading_name" };
	const struct form_field *fields = dinie_form(NULL)->schema->fields;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(fields[i].key, keys[i]);
	assert_null(fields[5].key);
}

/* Answers to what was sent. */

static const struct sent_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
	const char *id;
} document_answers[] = {
	{ "kept", 201, "{\"id\":\"doc_1\",\"status\":\"submitted\"}",
	  PROV_ACCEPTED, "doc_1" },
	{ "kept, members missing", 201, "{}", PROV_ACCEPTED, NULL },
	{ "kept, no body", 201, "", PROV_ACCEPTED, NULL },
	{ "kept, body torn", 201, "{\"id", PROV_ACCEPTED, NULL },
	{ "rejected at once has arrived all the same", 201,
	  "{\"id\":\"doc_1\",\"status\":\"rejected\"}", PROV_ACCEPTED,
	  "doc_1" },
	{ "a page", 201, "<html>log in</html>", PROV_UNSURE, NULL },
	{ "another success", 200, "{\"id\":\"doc_1\"}", PROV_UNSURE, NULL },
	{ "a redirect", 302, "", PROV_UNSURE, NULL },
	{ "a redirect that no one meant", 301, "<html>", PROV_UNSURE, NULL },
};

static void test_document_answer(void **state)
{
	const struct sent_row *row = *state;
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_result result = { 0 };
	struct prov_ctx ctx = ctx_of();

	prov_dinie.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	if (row->id)
		assert_string_equal(result.provider_id, row->id);
	else
		assert_null(result.provider_id);
	assert_true(result.message || row->outcome == PROV_ACCEPTED);
	prov_result_release(&result);
}

/* One row for each documented status and code. */
static const struct failure_row {
	const char *name;
	int status;
	const char *code; /* of the problem; "": none */
	enum prov_outcome outcome;
	const char *words;
} failure_rows[] = {
	{ "invalid_content_type", 400, "invalid_content_type", PROV_REFUSED,
	  "in between" },
	{ "malformed_body", 400, "malformed_body", PROV_REFUSED, "in between" },
	{ "missing_file", 400, "missing_file", PROV_REFUSED, "no file" },
	{ "400 alone", 400, "", PROV_REFUSED, "correct it" },
	{ "missing_token", 401, "missing_token", PROV_DENIED, "no access" },
	{ "invalid_token", 401, "invalid_token", PROV_DENIED, "not known" },
	{ "token_expired", 401, "token_expired", PROV_DENIED, "out of date" },
	{ "401 alone", 401, "", PROV_DENIED, "secret is wrong" },
	{ "forbidden", 403, "forbidden", PROV_DENIED, "may not" },
	{ "404", 404, "", PROV_REFUSED, "unknown there" },
	{ "408", 408, "", PROV_AGAIN, "in time" },
	{ "customer_already_exists", 409, "customer_already_exists",
	  PROV_REFUSED, "external id" },
	{ "session_already_active", 409, "session_already_active", PROV_REFUSED,
	  "still counts" },
	{ "offer_already_accepted", 409, "offer_already_accepted", PROV_REFUSED,
	  "refresh" },
	{ "409 alone", 409, "", PROV_REFUSED, "refresh" },
	{ "413", 413, "", PROV_REFUSED, "too large" },
	{ "missing_required_field", 422, "missing_required_field", PROV_REFUSED,
	  "needed is missing" },
	{ "missing_required_field as 400", 400, "missing_required_field",
	  PROV_REFUSED, "needed is missing" },
	{ "invalid_cpf", 422, "invalid_cpf", PROV_REFUSED, "CPF" },
	{ "invalid_cnpj", 422, "invalid_cnpj", PROV_REFUSED, "CNPJ" },
	{ "422 alone", 422, "", PROV_REFUSED, "correct it" },
	{ "rate_limit_exceeded", 429, "rate_limit_exceeded", PROV_AGAIN,
	  "too many" },
	{ "418", 418, "", PROV_REFUSED, "turned down" },
	{ "500", 500, "", PROV_AGAIN, "their side" },
	{ "502", 502, "", PROV_AGAIN, "their side" },
	{ "503", 503, "", PROV_AGAIN, "their side" },
	{ "504", 504, "", PROV_AGAIN, "their side" },
	{ "a code of another status", 500, "invalid_token", PROV_AGAIN,
	  "their side" },
	{ "a code that nobody knows", 422, "new_rule", PROV_REFUSED,
	  "correct it" },
};

static void test_failure(void **state)
{
	const struct failure_row *row = *state;
	struct prov_result result = { 0 };
	struct prov_ctx ctx = ctx_of();
	char *body = mem_printf(
		"{\"type\":\"https://docs.dinie.com/errors/x\",\"title\":"
		"\"T\",\"status\":%d,\"detail\":\"D\\u001b[2J\"%s%s%s}",
		row->status, *row->code ? ",\"code\":\"" : "", row->code,
		*row->code ? "\"" : "");
	struct prov_reply reply = adapter_reply(row->status, body);

	prov_dinie.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	assert_non_null(strstr(result.message, row->words));
	assert_non_null(strstr(result.message, "Dinie: T: D"));
	assert_null(strchr(result.message, 0x1b));
	if (*row->code)
		assert_string_equal(result.code, row->code);
	else
		assert_int_equal(strncmp(result.code, "http_", 5), 0);
	/* Whether failures are kept is not said. */
	assert_true(result.new_key);
	assert_int_equal(result.may_be_running,
			 row->status == 409 && !*row->code);
	prov_result_release(&result);
	free(body);
}

/* A proxy's words instead of a problem. */
static void test_failure_without_a_problem(void **state)
{
	struct prov_reply reply = adapter_reply(
		502, "<html><h1>Bad Gateway</h1>\r\n\x1b[2J</html>");
	struct prov_result result = { 0 };
	struct prov_ctx ctx = ctx_of();

	(void)state;
	prov_dinie.customer_read[0].op.read(
		&reply, &ctx, &(struct prov_customer){ 0 }, &result);
	assert_int_equal(result.outcome, PROV_AGAIN);
	assert_non_null(strstr(result.message, "Bad Gateway"));
	assert_null(strchr(result.message, 0x1b));
	prov_result_release(&result);
}

static const struct field_row {
	const char *name;
	const char *body;
	const char *field; /* with a problem; NULL: none has one */
} field_rows[] = {
	{ "an entry of errors",
	  "{\"title\":\"T\",\"errors\":[{\"param\":\"email\",\"detail\":"
	  "\"no such domain\",\"code\":\"invalid_format\"}]}",
	  "email" },
	{ "the param of all",
	  "{\"title\":\"T\",\"detail\":\"no such domain\",\"param\":"
	  "\"email\"}",
	  "email" },
	{ "an entry about another field",
	  "{\"title\":\"T\",\"errors\":[{\"param\":\"cpf\",\"detail\":"
	  "\"no such domain\"}]}",
	  NULL },
	{ "entries of the wrong type",
	  "{\"errors\":[1,null,{},{\"param\":7},{\"param\":\"email\","
	  "\"detail\":[]}],\"param\":{},\"code\":7}",
	  NULL },
	{ "errors that are no list", "{\"errors\":7,\"detail\":false}", NULL },
};

static void test_problem_lands_on_its_field(void **state)
{
	const struct field_row *row = *state;
	struct prov_reply reply = adapter_reply(422, row->body);
	struct prov_result result = { 0 };
	struct prov_ctx ctx = ctx_of();
	const struct finding *finding;

	ctx.form = dinie_form("email");
	ctx.form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_REFUSED);
	finding = findings_for(&result.problems, "email");
	assert_int_equal(finding != NULL, row->field != NULL);
	if (finding)
		assert_non_null(strstr(finding->text, "no such domain"));
	prov_result_release(&result);
}

static const struct corrected_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
} corrected_rows[] = {
	{ "kept", 200, "{\"id\":\"" CUSTOMER "\"}", PROV_ACCEPTED },
	{ "kept, no id", 200, "{}", PROV_ACCEPTED },
	{ "somebody else", 200, "{\"id\":\"cust_2\"}", PROV_UNSURE },
	{ "no body", 200, "", PROV_UNSURE },
	{ "a list", 200, "[]", PROV_UNSURE },
	{ "busy", 500, "", PROV_AGAIN },
};

static void test_correction_answer(void **state)
{
	const struct corrected_row *row = *state;
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_result result = { 0 };
	struct prov_ctx ctx = ctx_of();

	ctx.form = dinie_form("email");
	ctx.form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	prov_result_release(&result);
}

static void test_link_answer(void **state)
{
	char *body = adapter_stored("dinie", "session");
	struct prov_reply reply = adapter_reply(200, body);
	struct prov_result result = { 0 };
	struct prov_link link = { 0 };
	struct prov_ctx ctx = ctx_of();

	(void)state;
	prov_dinie.link.read(&reply, &ctx, &link, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	assert_string_equal(link.url, "https://example.com/session/abc");
	assert_string_equal(link.expires, "2026-03-03T16:00:00Z");
	prov_result_release(&result);
	prov_link_release(&link);

	reply = adapter_reply(200, "{\"session_url\":\"http://example.com/\"}");
	prov_dinie.link.read(&reply, &ctx, &link, &result);
	assert_int_equal(result.outcome, PROV_UNSURE);
	assert_null(link.url);
	prov_result_release(&result);
	free(body);
}

/* Waiting. */

static const struct wait_row {
	const char *name;
	int status;
	const char *retry_after, *left, *reset;
	int64_t wait_ms;
	bool known;
	unsigned pace_left;
	int64_t pace_ms;
} wait_rows[] = {
	{ "nothing is said", 429, NULL, NULL, NULL, -1, false, 0, 0 },
	{ "a moment", 429, NULL, "0", "1777636830", 30000, true, 0, 30000 },
	{ "a moment that has passed", 429, NULL, "3", "1777636770", 0, true, 3,
	  0 },
	{ "a delta", 429, NULL, "0", "45", 45000, true, 0, 45000 },
	{ "Retry-After goes before", 429, "5", "0", "1777636830", 5000, true, 0,
	  30000 },
	{ "never less than is said", 429, "90", "0", "1777636830", 90000, true,
	  0, 30000 },
	{ "a reset of nonsense", 429, NULL, "0", "soon", -1, false, 0, 0 },
	{ "a reset below nothing", 429, NULL, "0", "-5", -1, false, 0, 0 },
	{ "far away", 429, NULL, "0", "99999999999", 86400000, true, 0,
	  86400000 },
	{ "beyond all numbers", 429, NULL, "0", "99999999999999999999", -1,
	  false, 0, 0 },
	{ "a failure keeps its own backoff", 500, NULL, "9", "45", -1, true, 9,
	  45000 },
	{ "a failure that names a wait", 503, "7", "9", "45", 7000, true, 9,
	  45000 },
	{ "a success has a pace", 201, NULL, "599", "60", -1, true, 599,
	  60000 },
	{ "left of nonsense", 201, NULL, "many", "60", -1, false, 0, 0 },
};

static void test_waits(void **state)
{
	const struct wait_row *row = *state;
	const char *const names[] = { "Retry-After", "X-RateLimit-Remaining",
				      "x-ratelimit-reset" };
	const char *const values[] = { row->retry_after, row->left,
				       row->reset };
	struct prov_header headers[3];
	struct prov_reply reply = adapter_reply(row->status, "{}");
	struct prov_result result = { 0 };
	struct prov_pace pace = { 0 };
	struct prov_ctx ctx = ctx_of();

	for (size_t i = 0; i < 3; i++)
		if (values[i])
			headers[reply.header_count++] = (struct prov_header){
				.name = (char *)(uintptr_t)names[i],
				.value = (char *)(uintptr_t)values[i],
			};
	reply.headers = headers;
	prov_dinie.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.wait_ms, row->wait_ms);
	prov_dinie.pace(&reply, NOW, &pace);
	assert_int_equal(pace.known, row->known);
	if (row->known) {
		assert_int_equal(pace.left, row->pace_left);
		assert_int_equal(pace.reset_ms, row->pace_ms);
	}
	prov_result_release(&result);
}

static void test_key_life(void **state)
{
	(void)state;
	assert_int_equal(prov_dinie.key_life_ms, 86400000);
	assert_string_equal(prov_dinie.endpoint, "https://api.dinie.com.br/v3");
	assert_int_equal(prov_endpoint_check(prov_dinie.endpoint, NULL), 0);
	assert_int_equal(prov_endpoint_check(prov_dinie.sandbox_endpoint, NULL),
			 0);
	assert_ptr_equal(prov_find("dinie"), &prov_dinie);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_call_is_as_the_page_has_it, call_rows);
	TEST_ROWS(&tests, test_customer_without_a_real_id_is_refused, bad_rows);
	TEST_ROWS(&tests, test_bad_credentials_are_not_sent, credentials_rows);
	TEST_ROWS(&tests, test_token_read, token_rows);
	TEST_ROWS(&tests, test_type_goes_as_dinie_calls_it, name_rows);
	TEST_ROWS(&tests, test_document_is_checked, document_rows);
	TEST_ROWS(&tests, test_correction, correction_rows);
	TEST_ROWS(&tests, test_document_answer, document_answers);
	TEST_ROWS(&tests, test_failure, failure_rows);
	TEST_ROWS(&tests, test_problem_lands_on_its_field, field_rows);
	TEST_ROWS(&tests, test_correction_answer, corrected_rows);
	TEST_ROWS(&tests, test_waits, wait_rows);
	test_add(&tests, "list goes on after the last",
		 test_list_goes_on_after_the_last);
	test_add(&tests, "link is for biometrics alone",
		 test_link_is_for_biometrics_alone);
	test_add(&tests, "token call", test_token_call);
	test_add(&tests, "rows have words", test_rows_have_words);
	test_add(&tests, "all five are offered", test_all_five_are_offered);
	test_add(&tests, "failure without a problem",
		 test_failure_without_a_problem);
	test_add(&tests, "link answer", test_link_answer);
	test_add(&tests, "key life and endpoints", test_key_life);
	return test_run(&tests, "providers/dinie");
}
