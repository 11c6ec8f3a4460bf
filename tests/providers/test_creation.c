/* SPDX-License-Identifier: MIT */
/* Making a customer: what is sent, what the answer means, who is the same. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/providers/adapter_case.h"
#include "tests/test.h"

#define TOKEN "t0ken"
#define KEY   "7d444840-9dc0-41d1-b245-5ffdce74fad2"

#define ANA                                                          \
	"\"name\":\"Ana Nova\",\"birthDate\":\"1990-02-03\","        \
	"\"country\":\"BRA\",\"taxId\":\"123.456.789-09\",\"email\"" \
	":\"ana@example.com\""
#define FIRM                                                                \
	"\"legalName\":\"Nova Ltda.\",\"incorporationDate\":\"2015-06-01\"" \
	",\"country\":\"BRA\",\"taxId\":\"12.ABC.345/01DE-35\",\"email\""   \
	":\"n@example.com\""

static struct form_answers *answers_of(const struct prov_creation *creation,
				       const char *json)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	struct err err = { 0 };

	prov_creation_preset(creation, answers);
	if (form_answers_from_json(creation->form.schema, json, answers,
				   &findings, &err))
		fail_msg("%s: %s", json, err.text);
	assert_int_equal(findings.count, 0);
	findings_release(&findings);
	return answers;
}

static const struct sent_row {
	const char *name;
	const struct provider *provider;
	enum prov_kind kind;
	const char *answers;
	const char *body;
} sent_rows[] = {
	{ "lumx, a person", &prov_lumx, PROV_INDIVIDUAL, "{" ANA "}",
	  "{\"type\":\"INDIVIDUAL\"," ANA ",\"accounts\":[\"BRL\"]}" },
	{ "lumx, a company", &prov_lumx, PROV_BUSINESS,
	  "{" FIRM ",\"accounts\":[\"USD\",\"BRL\"],\"metadata\":"
	  "{\"reference\":\"x7\"}}",
	  "{\"type\":\"BUSINESS\"," FIRM ",\"accounts\":[\"BRL\",\"USD\"],"
	  "\"metadata\":{\"reference\":\"x7\"}}" },
	{ "dinie, a person", &prov_dinie, PROV_INDIVIDUAL,
	  "{\"cpf\":\"529.982.247-25\"}", "{\"cpf\":\"529.982.247-25\"}" },
	{ "dinie, a company", &prov_dinie, PROV_BUSINESS,
	  "{\"cpf\":\"529.982.247-25\",\"cnpj\":\"11.222.333/0001-81\","
	  "\"external_id\":\"mine\"}",
	  "{\"cnpj\":\"11.222.333/0001-81\",\"cpf\":\"529.982.247-25\","
	  "\"external_id\":\"mine\"}" },
};

static void test_creation_is_sent_as_the_page_has_it(void **state)
{
	const struct sent_row *row = *state;
	const struct prov_creation *creation =
		prov_creation_of(row->provider, row->kind);
	struct prov_request request = { 0 };
	struct prov_ctx ctx = { .secret = TOKEN, .key = KEY, .language = "en" };
	struct form_answers *answers = NULL;
	struct findings findings = { 0 };
	struct err err = { 0 };

	answers = answers_of(creation, row->answers);
	form_check(creation->form.schema, answers, &findings);
	assert_int_equal(findings_errors(&findings), 0);
	ctx.form = &creation->form;
	ctx.answers = answers;
	assert_int_equal(creation->form.send.build(&ctx, &request, &err), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/customers");
	assert_string_equal(adapter_header(&request, "Idempotency-Key"), KEY);
	assert_string_equal(request.body, row->body);
	ctx.key = NULL;
	prov_request_release(&request);
	assert_int_equal(creation->form.send.build(&ctx, &request, &err), -1);
	prov_request_release(&request);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct answer_row {
	const char *name;
	const struct provider *provider;
	int status;
	const char *body;
	enum prov_outcome outcome;
	const char *id;
	const char *code;
	const char *field;
} answer_rows[] = {
	{ "lumx, made", &prov_lumx, 201, "{\"id\":\"c1\",\"type\":\"X\"}",
	  PROV_ACCEPTED, "c1", NULL, NULL },
	{ "lumx, no id", &prov_lumx, 201, "{}", PROV_UNSURE, NULL, "http_201",
	  NULL },
	{ "lumx, an id that is none", &prov_lumx, 201, "{\"id\":\"..\"}",
	  PROV_UNSURE, NULL, "http_201", NULL },
	{ "lumx, a page", &prov_lumx, 201, "<html>", PROV_UNSURE, NULL,
	  "http_201", NULL },
	{ "lumx, there already", &prov_lumx, 409,
	  "{\"message\":\"exists\",\"error\":\"Conflict\"}", PROV_REFUSED, NULL,
	  PROV_CODE_EXISTS, NULL },
	{ "lumx, a bad field", &prov_lumx, 400,
	  "{\"message\":[\"taxId must be valid in BRA\"]}", PROV_REFUSED, NULL,
	  "http_400", "taxId" },
	{ "lumx, busy", &prov_lumx, 429, "{}", PROV_AGAIN, NULL, "http_429",
	  NULL },
	{ "dinie, made", &prov_dinie, 201, "{\"id\":\"cust_1\",\"kyc\":[]}",
	  PROV_ACCEPTED, "cust_1", NULL, NULL },
	{ "dinie, the same one", &prov_dinie, 200,
	  "{\"id\":\"cust_1\",\"kyc\":[]}", PROV_ACCEPTED, "cust_1",
	  PROV_CODE_EXISTS, NULL },
	{ "dinie, under another external id", &prov_dinie, 409,
	  "{\"code\":\"customer_already_exists\",\"title\":\"Conflict\"}",
	  PROV_REFUSED, NULL, PROV_CODE_EXISTS, NULL },
	{ "dinie, the key is busy", &prov_dinie, 409, "{\"title\":\"x\"}",
	  PROV_REFUSED, NULL, "http_409", NULL },
	{ "dinie, a bad CPF", &prov_dinie, 422,
	  "{\"code\":\"invalid_cpf\",\"param\":\"cpf\",\"detail\":\"bad\"}",
	  PROV_REFUSED, NULL, "invalid_cpf", "cpf" },
	{ "dinie, no id", &prov_dinie, 201, "{\"kyc\":[]}", PROV_UNSURE, NULL,
	  "http_201", NULL },
};

static void test_creation_answer_has_its_outcome(void **state)
{
	const struct answer_row *row = *state;
	const struct prov_form *form = &row->provider->creations[0].form;
	struct prov_ctx ctx = { .form = form, .language = "en" };
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_result result = { 0 };

	form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	assert_true(text_same(result.provider_id, row->id));
	assert_true(text_same(result.code, row->code));
	if (row->field)
		assert_non_null(findings_for(&result.problems, row->field));
	if (row->outcome != PROV_ACCEPTED)
		assert_non_null(result.message);
	prov_result_release(&result);
}

static const struct rule_row {
	const char *name;
	const struct provider *provider;
	enum prov_kind kind;
	const char *answers;
	const char *field;
	bool good;
} rule_rows[] = {
	{ "a CPF", &prov_lumx, PROV_INDIVIDUAL,
	  "{\"country\":\"BRA\",\"taxId\":\"123.456.789-09\"}", "taxId", true },
	{ "another digit", &prov_lumx, PROV_INDIVIDUAL,
	  "{\"country\":\"BRA\",\"taxId\":\"123.456.789-08\"}", "taxId",
	  false },
	{ "a passport", &prov_lumx, PROV_INDIVIDUAL,
	  "{\"country\":\"BRA\",\"taxId\":\"FX123456\"}", "taxId", true },
	{ "a company's, of a person", &prov_lumx, PROV_INDIVIDUAL,
	  "{\"country\":\"BRA\",\"taxId\":\"11.222.333/0001-81\"}", "taxId",
	  false },
	{ "the same abroad", &prov_lumx, PROV_INDIVIDUAL,
	  "{\"country\":\"PRT\",\"taxId\":\"123.456.789-08\"}", "taxId", true },
	{ "a CNPJ with letters", &prov_lumx, PROV_BUSINESS,
	  "{\"country\":\"BRA\",\"taxId\":\"12.abc.345/01de-35\"}", "taxId",
	  true },
	{ "a CNPJ with another digit", &prov_lumx, PROV_BUSINESS,
	  "{\"country\":\"BRA\",\"taxId\":\"12.ABC.345/01DE-36\"}", "taxId",
	  false },
	{ "a person's, of a company", &prov_lumx, PROV_BUSINESS,
	  "{\"country\":\"BRA\",\"taxId\":\"123.456.789-09\"}", "taxId",
	  false },
	{ "no account", &prov_lumx, PROV_INDIVIDUAL, "{\"accounts\":[]}",
	  "accounts", false },
	{ "no CPF", &prov_dinie, PROV_INDIVIDUAL, "{\"name\":\"Ana\"}", "cpf",
	  false },
	{ "a CPF of one digit", &prov_dinie, PROV_INDIVIDUAL,
	  "{\"cpf\":\"111.111.111-11\"}", "cpf", false },
	{ "a company without a CNPJ", &prov_dinie, PROV_BUSINESS,
	  "{\"cpf\":\"123.456.789-09\"}", "cnpj", false },
};

static void test_creation_is_checked_here_first(void **state)
{
	const struct rule_row *row = *state;
	const struct prov_creation *creation =
		prov_creation_of(row->provider, row->kind);
	struct form_answers *answers = answers_of(creation, row->answers);
	struct findings findings = { 0 };

	form_check(creation->form.schema, answers, &findings);
	assert_int_equal(findings_for(&findings, row->field) == NULL,
			 row->good);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct alike_row {
	const char *name;
	enum prov_kind kind;
	const char *country, *tax_id;
	bool same;
} alike_rows[] = {
	{ "the same", PROV_INDIVIDUAL, "BRA", "123.456.789-09", true },
	{ "without its marks", PROV_INDIVIDUAL, "BRA", "12345678909", true },
	{ "of no known country", PROV_INDIVIDUAL, "", "12345678909", true },
	{ "of another country", PROV_INDIVIDUAL, "PRT", "12345678909", false },
	{ "a company", PROV_BUSINESS, "BRA", "12345678909", false },
	{ "another number", PROV_INDIVIDUAL, "BRA", "12345678908", false },
	{ "no number", PROV_INDIVIDUAL, "BRA", NULL, false },
};

static void test_creation_knows_who_is_alike(void **state)
{
	const struct alike_row *row = *state;
	const struct prov_creation *creation =
		prov_creation_of(&prov_lumx, PROV_INDIVIDUAL);
	struct form_answers *answers = answers_of(
		creation, "{\"country\":\"BRA\",\"taxId\":\"123.456.789-09\"}");
	struct prov_customer known = { .kind = row->kind };

	known.tax_id = mem_dup(row->tax_id);
	memcpy(known.country, row->country, strlen(row->country) + 1);
	assert_int_equal(prov_creation_is(creation, answers, &known),
			 row->same);
	prov_customer_release(&known);
	form_answers_free(answers);
}

static void test_dinie_is_asked_by_cpf(void **state)
{
	const struct prov_creation *creation =
		prov_creation_of(&prov_dinie, PROV_INDIVIDUAL);
	struct form_answers *answers =
		answers_of(creation, "{\"cpf\":\"529.982.247-25\"}");
	struct prov_ctx ctx = { .secret = TOKEN,
				.form = &creation->form,
				.answers = answers };
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(prov_dinie.customer_find.build(&ctx, &request, &err),
			 0);
	assert_string_equal(request.path,
			    "/customers?limit=100&cpf=529.982.247-25");
	prov_request_release(&request);
	form_answers_free(answers);
}

/* Every row can be read by a person, and each form is found by its name. */
static void test_creation_has_words(void **state)
{
	static const struct provider *const makers[] = { &prov_lumx,
							 &prov_dinie };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (const struct prov_creation *one = makers[i]->creations;
		     one->form.schema; one++) {
			const struct form_schema *schema = one->form.schema;

			assert_ptr_equal(
				prov_form_find(makers[i], schema->name),
				&one->form);
			assert_non_null(form_field_find(schema, one->tax_id));
			for (const struct form_field *field = schema->fields;
			     field->key; field++)
				assert_true(field->label && field->help);
		}
	assert_null(prov_dwolla.creations);
	assert_null(prov_zro.creations);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_creation_is_sent_as_the_page_has_it, sent_rows);
	TEST_ROWS(&tests, test_creation_answer_has_its_outcome, answer_rows);
	TEST_ROWS(&tests, test_creation_is_checked_here_first, rule_rows);
	TEST_ROWS(&tests, test_creation_knows_who_is_alike, alike_rows);
	test_add(&tests, "dinie is asked by CPF", test_dinie_is_asked_by_cpf);
	test_add(&tests, "has words", test_creation_has_words);
	return test_run(&tests, "providers/creation");
}
