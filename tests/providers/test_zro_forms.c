/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: its forms, as they are checked, sent and filled in from what it
 * knows. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/zro_case.h"

#define ADDRESS                                                                  \
	"\"address\":{\"zip_code\":\"01310-100\",\"street\":\"Rua das Flores\"," \
	"\"number\":\"123\",\"complement\":\"apto 45\","                         \
	"\"neighborhood\":\"Centro\",\"city\":\"São Paulo\","                   \
	"\"federative_unit\":\"SP\",\"country\":\"BRA\"}"
#define ADDRESS_SENT                                                            \
	"\"address\":{\"zip_code\":\"01310100\",\"street\":\"Rua das Flores\"," \
	"\"number\":123,\"complement\":\"apto 45\","                            \
	"\"neighborhood\":\"Centro\",\"city\":\"São Paulo\","                  \
	"\"federative_unit\":\"SP\",\"country\":\"BRA\"}"
#define REPRESENTATIVE                                                           \
	"\"name\":\"Ana Prado\",\"mother_name\":\"Eva Prado\","                  \
	"\"document\":\"111.444.777-35\",\"birth_date\":\"06/05/1980\","         \
	"\"pep\":false,\"is_public_server\":true,"                               \
	"\"representor_type\":\"ADMINISTRATOR\",\"shareholder_id\":\"" ZRO_OWNER \
	"\",\"relationship_start_date\":\"2020-01-02\","                         \
	"\"phone_number\":\"+55 11 95555-1234\","                                \
	"\"email\":\"ana@example.com\"," ADDRESS

/* Forms filled in right. */
static const struct form_row {
	const char *name; /* of the schema */
	const char *answers;
	const char *party;
	const char *method, *path;
	bool keyed;
	const char *body;
} form_rows[] = {
	{ "zro.person",
	  "{" ADDRESS ",\"nationality\":\"Brasileira\",\"pep\":true,"
	  "\"pep_since\":\"2020-02-03\",\"occupation_cbo_code\":\"252105\","
	  "\"occupation_income\":\"5000.5\",\"patrimony\":\"200000\"}",
	  NULL, "POST", "/v1/users/onboardings", true,
	  "{" ADDRESS_SENT ",\"nationality\":\"Brasileira\",\"pep\":true,"
	  "\"pep_since\":\"2020-02-03\",\"occupation_cbo_code\":252105,"
	  "\"occupation_income\":500050,\"patrimony\":20000000}" },
	{ "zro.company", "{" ADDRESS ",\"company_revenue\":\"1500000.50\"}",
	  NULL, "POST", "/v1/users/onboardings/legal-person", true,
	  "{" ADDRESS_SENT ",\"company_revenue\":150000050}" },
	{ "zro.company_terms",
	  "{" ADDRESS ",\"company_revenue\":\"0\",\"accepted_terms\":true}",
	  NULL, "POST", "/v2/users/onboardings/legal-person", true,
	  "{" ADDRESS_SENT ",\"company_revenue\":0,\"accepted_terms\":true}" },
	{ "zro.shareholder",
	  "{\"name\":\"Dois Ltda.\",\"document\":\"11.222.333/0001-81\","
	  "\"type\":\"PARTNER\",\"participation_percentage\":\"35.5\","
	  "\"zip_code\":\"01310-100\"}",
	  NULL, "POST", "/v1/users/shareholders", true,
	  "{\"name\":\"Dois Ltda.\",\"document\":\"11222333000181\","
	  "\"type\":\"PARTNER\",\"participation_percentage\":35.5,"
	  "\"zip_code\":\"01310100\"}" },
	{ "zro.shareholder",
	  "{\"name\":\"João Silva\",\"document\":\"024.656.760-08\","
	  "\"type\":\"OTHER\",\"participation_percentage\":\"100\"}",
	  NULL, "POST", "/v1/users/shareholders", true,
	  "{\"name\":\"João Silva\",\"document\":\"02465676008\","
	  "\"type\":\"OTHER\",\"participation_percentage\":100}" },
	{ "zro.shareholder_correction",
	  "{\"participation_percentage\":\"35.1\"}", ZRO_OWNER, "PUT",
	  "/v1/users/shareholders/" ZRO_OWNER, true,
	  "{\"participation_percentage\":35.1}" },
	{ "zro.representative", "{" REPRESENTATIVE "}", NULL, "POST",
	  "/v3/users/legal-representatives", true,
	  "{\"name\":\"Ana Prado\",\"mother_name\":\"Eva Prado\","
	  "\"document\":\"11144477735\","
	  "\"birth_date\":\"1980-05-06T00:00:00.000Z\","
	  "\"pep\":false,\"is_public_server\":true,"
	  "\"representor_type\":\"ADMINISTRATOR\","
	  "\"shareholder_id\":\"" ZRO_OWNER "\","
	  "\"relationship_start_date\":\"2020-01-02T00:00:00.000Z\","
	  "\"phone_number\":\"5511955551234\","
	  "\"email\":\"ana@example.com\"," ADDRESS_SENT "}" },
	{ "zro.representative_correction",
	  "{\"shareholder_id\":\"" ZRO_OWNER "\",\"income\":\"1.50\"}", ZRO_REP,
	  "PUT", "/v2/users/legal-representatives/" ZRO_REP, false,
	  "{\"income\":150,\"shareholder_id\":\"" ZRO_OWNER "\"}" },
	{ "zro.representative_removal", "{\"remove\":true}", ZRO_REP, "DELETE",
	  "/v1/users/legal-representatives/" ZRO_REP, false, NULL },
};

static struct form_answers *answers_of(const struct prov_form *form,
				       const char *json,
				       struct findings *findings)
{
	struct form_answers *answers = form_answers_new();
	struct prov_requirement req = { .form = form };
	struct form_schema *schema = NULL;

	assert_int_equal(form_answers_from_json(form->schema, json, answers,
						findings, NULL),
			 0);
	prov_requirement_offer(&req, "shareholder_id", ZRO_OWNER, "Dois");
	schema = prov_requirement_schema(&req);
	form_check(schema, answers, findings);
	prov_schema_free(schema);
	free(req.offers->field);
	free(req.offers->code);
	free(req.offers->label);
	free(req.offers);
	return answers;
}

static void test_form_is_sent_as_the_page_has_it(void **state)
{
	const struct form_row *row = *state;
	const struct prov_form *form = prov_form_find(&prov_zro, row->name);
	struct findings findings = { 0 };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct form_answers *answers = NULL;

	assert_non_null(form);
	answers = answers_of(form, row->answers, &findings);
	assert_int_equal(findings.count, 0);
	ctx.form = form;
	ctx.answers = answers;
	ctx.party = row->party;
	assert_int_equal(form->send.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, row->method);
	assert_string_equal(request.path, row->path);
	if (row->body) {
		assert_string_equal(request.body, row->body);
		assert_string_equal(adapter_header(&request, "Content-Type"),
				    "application/json");
	} else {
		assert_null(request.body);
	}
	assert_int_equal(adapter_header(&request, "x-transaction-uuid") != NULL,
			 row->keyed);
	prov_request_release(&request);
	form_answers_free(answers);
}

/* Filled in wrong: said before, and not sent all the same. */
static const struct wrong_row {
	const char *name;
	const char *form;
	const char *answers;
	const char *field;
	bool built; /* what only the check finds */
} wrong_rows[] = {
	{ "no CEP", "zro.company", "{\"company_revenue\":\"1\"}",
	  "address.zip_code", false },
	{ "a removal that is not meant", "zro.representative_removal",
	  "{\"remove\":false}", "remove", false },
	{ "short CEP", "zro.shareholder",
	  "{\"name\":\"A\",\"document\":\"02465676008\",\"type\":\"OTHER\","
	  "\"zip_code\":\"0131010\"}",
	  "zip_code", true },
	{ "number with a letter", "zro.company",
	  "{\"address\":{\"zip_code\":\"01310100\",\"street\":\"R\","
	  "\"number\":\"12a\",\"neighborhood\":\"C\",\"city\":\"S\","
	  "\"federative_unit\":\"SP\",\"country\":\"BRA\"},"
	  "\"company_revenue\":\"1\"}",
	  "address.number", false },
	{ "no such state", "zro.company",
	  "{\"address\":{\"federative_unit\":\"XX\"},"
	  "\"company_revenue\":\"1\"}",
	  "address.federative_unit", false },
	{ "terms refused", "zro.company_terms",
	  "{" ADDRESS ",\"company_revenue\":\"1\",\"accepted_terms\":false}",
	  "accepted_terms", false },
	{ "wrong CPF", "zro.shareholder",
	  "{\"name\":\"A\",\"document\":\"024.656.760-09\","
	  "\"type\":\"OTHER\"}",
	  "document", true },
	{ "CNPJ with letters", "zro.shareholder",
	  "{\"name\":\"A\",\"document\":\"12.ABC.345/01DE-35\","
	  "\"type\":\"OTHER\"}",
	  "document", false },
	{ "more than all", "zro.shareholder",
	  "{\"name\":\"A\",\"document\":\"02465676008\",\"type\":\"OTHER\","
	  "\"participation_percentage\":\"100.01\"}",
	  "participation_percentage", false },
	{ "no such type", "zro.shareholder",
	  "{\"name\":\"A\",\"document\":\"02465676008\","
	  "\"type\":\"owner\"}",
	  "type", true },
	{ "CPF of a representative", "zro.representative",
	  "{\"document\":\"11222333000181\"}", "document", false },
	{ "no shareholder", "zro.representative_correction",
	  "{\"income\":\"1\"}", "shareholder_id", false },
	{ "half an address", "zro.representative_correction",
	  "{\"shareholder_id\":\"" ZRO_OWNER "\","
	  "\"address\":{\"city\":\"Santos\"}}",
	  "address.street", false },
};

static void test_form_filled_in_wrong(void **state)
{
	const struct wrong_row *row = *state;
	const struct prov_form *form = prov_form_find(&prov_zro, row->form);
	struct findings findings = { 0 };
	struct form_answers *answers =
		answers_of(form, row->answers, &findings);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_non_null(findings_for(&findings, row->field));
	ctx.form = form;
	ctx.answers = answers;
	ctx.party = ZRO_REP;
	assert_int_equal(form->send.build(&ctx, &request, &err),
			 row->built ? 0 : -1);
	if (!row->built)
		assert_int_equal(err.code, ERR_INPUT);
	findings_release(&findings);
	prov_request_release(&request);
	form_answers_free(answers);
}

/* pep_since is asked of the exposed only, and not sent for others. */
static void test_exposed_since_needs_exposed(void **state)
{
	const struct prov_form *form = prov_form_find(&prov_zro, "zro.person");
	struct form_answers *answers = form_answers_new();
	const struct form_field *since =
		form_field_find(form->schema, "pep_since");

	(void)state;
	form_answer_set(answers, "pep", "false");
	form_answer_set(answers, "pep_since", "2020-01-01");
	assert_false(form_field_shown(since, answers));
	form_answer_set(answers, "pep", "true");
	assert_true(form_field_shown(since, answers));
	form_answers_free(answers);
}

/* What each form says of itself to the record. */
static const struct use_row {
	const char *name;
	enum prov_form_use use;
	enum prov_rank rank;
	bool opens;
	unsigned holder; /* is among its */
} use_rows[] = {
	{ "zro.person", PROV_FORM_ANSWERS, PROV_RANK_INFORMATION, true,
	  DOC_FOR_PERSON },
	{ "zro.company", PROV_FORM_ANSWERS, PROV_RANK_INFORMATION, true,
	  DOC_FOR_BUSINESS },
	{ "zro.company_terms", PROV_FORM_ANSWERS, PROV_RANK_INFORMATION, true,
	  DOC_FOR_BUSINESS },
	{ "zro.shareholder", PROV_FORM_PARTY, PROV_RANK_PARTY, false,
	  DOC_FOR_BUSINESS },
	{ "zro.shareholder_correction", PROV_FORM_ANSWERS, PROV_RANK_PARTY,
	  false, DOC_FOR_PARTY_BUSINESS },
	{ "zro.representative", PROV_FORM_PARTY, PROV_RANK_PARTY, false,
	  DOC_FOR_BUSINESS },
	{ "zro.representative_correction", PROV_FORM_ANSWERS, PROV_RANK_PARTY,
	  false, DOC_FOR_PARTY_PERSON },
	{ "zro.representative_removal", PROV_FORM_ANSWERS, PROV_RANK_PARTY,
	  false, DOC_FOR_PARTY_PERSON },
};

static void test_form_goes_in_its_turn(void **state)
{
	const struct use_row *row = *state;
	const struct prov_form *form = prov_form_find(&prov_zro, row->name);

	assert_non_null(form);
	assert_int_equal(form->use, row->use);
	assert_int_equal(form->rank, row->rank);
	assert_int_equal(form->opens, row->opens);
	assert_true(form->holders & row->holder);
}

static const struct answer_row {
	const char *name;
	const char *form;
	int status;
	const char *body; /* "@name": stored */
	enum prov_outcome outcome;
	const char *id;
} answer_rows[] = {
	{ "opened", "zro.company", 201,
	  "{\"id\":\"" ZRO_RECORD "\",\"status\":\"pending\"}", PROV_ACCEPTED,
	  ZRO_RECORD },
	{ "opened, enveloped", "zro.person", 201,
	  "{\"success\":true,\"data\":{\"id\":\"" ZRO_RECORD "\"},"
	  "\"error\":null}",
	  PROV_ACCEPTED, ZRO_RECORD },
	{ "opened, but which", "zro.company", 201, "{\"status\":\"pending\"}",
	  PROV_UNSURE, NULL },
	{ "another is active", "zro.company", 409, "{}", PROV_REFUSED, NULL },
	{ "another is active, as a rule", "zro.company", 422,
	  "{\"code\":\"DEFAULT\"}", PROV_REFUSED, NULL },
	{ "shareholder", "zro.shareholder", 201, "@shareholder", PROV_ACCEPTED,
	  ZRO_OWNER },
	{ "representative", "zro.representative", 201, "@representative",
	  PROV_ACCEPTED, ZRO_REP },
	{ "corrected", "zro.representative_correction", 200, "@representative",
	  PROV_ACCEPTED, NULL },
	{ "corrected, of another", "zro.representative_correction", 200,
	  "@shareholder", PROV_UNSURE, NULL },
	{ "broken on the way", "zro.shareholder", 502, "", PROV_UNSURE, NULL },
	{ "removed", "zro.representative_removal", 200, "", PROV_ACCEPTED,
	  NULL },
	{ "removed before", "zro.representative_removal", 422,
	  "{\"code\":\"LEGAL_REPRESENTATIVE_NOT_FOUND\"}", PROV_ACCEPTED,
	  NULL },
	{ "not removed", "zro.representative_removal", 422,
	  "{\"code\":\"ONBOARDING_INVALID_STATUS\"}", PROV_REFUSED, NULL },
	{ "a removal of nobody known", "zro.representative_removal", 404, "{}",
	  PROV_REFUSED, NULL },
	{ "removed, perhaps", "zro.representative_removal", 502, "",
	  PROV_UNSURE, NULL },
};

static void test_form_answer(void **state)
{
	const struct answer_row *row = *state;
	const struct prov_form *form = prov_form_find(&prov_zro, row->form);
	char *body = adapter_body("zro", row->body);
	struct prov_reply reply = adapter_reply(row->status, body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	ctx.form = form;
	ctx.party = ZRO_REP;
	form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	if (row->id)
		assert_string_equal(result.provider_id, row->id);
	else
		assert_null(result.provider_id);
	prov_result_release(&result);
	free(body);
}

/* An answer that was lost: who is not listed any more is removed. */
static void test_removal_shows_in_the_list(void **state)
{
	const struct prov_form *removal =
		prov_form_find(&prov_zro, "zro.representative_removal");
	const struct prov_form *other =
		prov_form_find(&prov_zro, "zro.representative_correction");
	struct prov_customer customer = { 0 };

	(void)state;
	prov_customer_add_party(&customer)->id = mem_dup(ZRO_REP);
	assert_false(prov_zro.form_arrived(&customer, removal, ZRO_REP));
	assert_true(prov_zro.form_arrived(&customer, removal, ZRO_OWNER));
	assert_false(prov_zro.form_arrived(&customer, other, ZRO_OWNER));
	prov_customer_release(&customer);
}

/* The provider's words about a field are shown at that field. */
static void test_form_refusal_names_the_field(void **state)
{
	const struct prov_form *form =
		prov_form_find(&prov_zro, "zro.representative");
	struct prov_reply reply = adapter_reply(
		422, "{\"success\":false,\"data\":null,\"error\":\"USER\","
		     "\"message\":\"The value is not accepted in param "
		     "phone_number.\",\"code\":\"MATCHES\"}");
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	(void)state;
	ctx.form = form;
	form->send.read(&reply, &ctx, NULL, &result);
	assert_non_null(findings_for(&result.problems, "phone_number"));
	prov_result_release(&result);
}

static const struct known_row {
	const char *name;
	const struct form_schema *schema;
	const char *theirs;
	const char *known; /* NULL: nothing */
} known_rows[] = {
	{ "shareholder", &zro_schema_shareholder_fix,
	  "{\"name\":\"A\",\"participation_percentage\":35.5,"
	  "\"type\":\"PARTNER\",\"zip_code\":\"01310100\",\"id\":\"x\"}",
	  "{\"name\":\"A\",\"type\":\"PARTNER\","
	  "\"participation_percentage\":\"35.50\",\"zip_code\":\"01310100\"}" },
	{ "amounts", &zro_schema_natural,
	  "{\"occupation_income\":500050,\"patrimony\":20000000.0,"
	  "\"occupation_cbo_code\":252105,\"pep\":false}",
	  "{\"pep\":false,\"occupation_cbo_code\":\"252105\","
	  "\"occupation_income\":\"5000.50\",\"patrimony\":\"200000\"}" },
	{ "dates and phone", &zro_schema_representative_fix,
	  "{\"relationship_start_date\":\"2020-01-02T00:00:00.000Z\","
	  "\"phone_number\":\"5511955551234\"}",
	  "{\"relationship_start_date\":\"2020-01-02\","
	  "\"phone_number\":\"+5511955551234\"}" },
	{ "an object for a text", &zro_schema_representative_fix,
	  "{\"name\":{},\"phone_number\":{},\"income\":\"much\","
	  "\"address\":[]}",
	  NULL },
	{ "amounts beyond belief", &zro_schema_representative_fix,
	  "{\"income\":1e30,\"patrimony\":-5}", NULL },
	{ "nothing", &zro_schema_natural, "{}", NULL },
};

static void test_known_fills_in_the_form(void **state)
{
	const struct known_row *row = *state;
	json_t *theirs = json_loads(row->theirs, 0, NULL);
	char *known = zro_known(row->schema, theirs);

	if (row->known)
		assert_string_equal(known, row->known);
	else
		assert_null(known);
	free(known);
	json_decref(theirs);
}

static const struct cents_row {
	const char *name; /* the text */
	int64_t cents;
} cents_rows[] = {
	{ "0", 0 },
	{ "1", 100 },
	{ "1.5", 150 },
	{ "1.05", 105 },
	{ "9999999999999.99", INT64_C(999999999999999) },
	{ "10000000000000000", -1 },
	{ "", -1 },
	{ "1.", -1 },
	{ "1.234", -1 },
	{ "1,50", -1 },
	{ "-1", -1 },
	{ "1e3", -1 },
};

static void test_cents_are_exact(void **state)
{
	const struct cents_row *row = *state;

	assert_int_equal(zro_cents(row->name), row->cents);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_form_is_sent_as_the_page_has_it, form_rows);
	TEST_ROWS(&tests, test_form_filled_in_wrong, wrong_rows);
	test_add(&tests, "exposed since", test_exposed_since_needs_exposed);
	TEST_ROWS(&tests, test_form_goes_in_its_turn, use_rows);
	TEST_ROWS(&tests, test_form_answer, answer_rows);
	test_add(&tests, "refusal", test_form_refusal_names_the_field);
	test_add(&tests, "removal", test_removal_shows_in_the_list);
	TEST_ROWS(&tests, test_known_fills_in_the_form, known_rows);
	TEST_ROWS(&tests, test_cents_are_exact, cents_rows);
	return test_run(&tests, "providers/zro_forms");
}
