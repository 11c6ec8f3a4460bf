/* SPDX-License-Identifier: MIT */
/* Dwolla: its forms, what is right in them, how they are sent and what the
 * answers mean. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"

#define CLASSIFICATION "9ed38155-7d6f-11e3-83c3-5404a6144203"

#define ADMIN                                                    \
	"\"firstName\":\"Ed\",\"lastName\":\"Admin\",\"email\":" \
	"\"ed@example.com\""
#define ADDRESS                                                  \
	"\"address1\":\"9876 Main St\",\"city\":\"Des Moines\"," \
	"\"state\":\"IA\",\"postalCode\":\"50265\""
#define SECRETS "\"dateOfBirth\":\"1980-12-31\",\"ssn\":\"123456789\""
#define BUSINESS(ein)                           \
	"\"businessName\":\"Example LLC\"," ein \
	"\"businessClassification\":\"" CLASSIFICATION "\""
#define HOME                                                                  \
	"\"address\":{\"address1\":\"1749 18th st\",\"city\":\"Des Moines\"," \
	"\"stateProvinceRegion\":\"IA\",\"country\":\"US\",\"postalCode\":"   \
	"\"50266\"}"
#define ABROAD                                                  \
	"\"address\":{\"address1\":\"Weg 1\",\"city\":\"Ulm\"," \
	"\"stateProvinceRegion\":\"BW\",\"country\":\"DE\"}"
#define OWNER "\"firstName\":\"Joe\",\"lastName\":\"Owner\""

static struct form_answers *answers_of(const struct form_schema *schema,
				       const char *json)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };

	assert_int_equal(
		form_answers_from_json(schema, json, answers, &findings, NULL),
		0);
	for (size_t i = 0; i < findings.count; i++)
		assert_string_equal(findings.list[i].text, "");
	findings_release(&findings);
	return answers;
}

static const struct prov_form *form_of(const char *name)
{
	const struct prov_form *form = prov_form_find(&prov_dwolla, name);

	assert_non_null(form);
	return form;
}

static int build(const char *name, const char *json, const char *party,
		 struct prov_request *request, struct err *err)
{
	const struct prov_form *form = form_of(name);
	struct prov_ctx ctx = dwolla_ctx();
	struct form_answers *answers = answers_of(form->schema, json);
	int ret;

	ctx.form = form;
	ctx.answers = answers;
	ctx.party = party;
	ret = form->send.build(&ctx, request, err);
	form_answers_free(answers);
	return ret;
}

static const struct sending_row {
	const char *name;
	const char *form;
	const char *answers;
	const char *party;
	const char *path;
	const char *body;
} sending_rows[] = {
	{ "person", "dwolla.personal_retry",
	  "{" ADMIN "," SECRETS "," ADDRESS "}", NULL,
	  "/customers/" DWOLLA_SELF,
	  "{\"type\":\"personal\"," ADMIN "," SECRETS "," ADDRESS "}" },
	{ "person, as typed", "dwolla.personal_retry",
	  "{" ADMIN ",\"dateOfBirth\":\"31/12/1980\",\"ssn\":\"123-45-6789\","
	  "\"address1\":\"9876 Main St\",\"address2\":\"Apt 3\",\"city\":"
	  "\"Des Moines\",\"state\":\"iowa\",\"postalCode\":\"50265\","
	  "\"phone\":\"(515) 555-0100\",\"ipAddress\":\"203.0.113.7\"}",
	  NULL, "/customers/" DWOLLA_SELF,
	  "{\"type\":\"personal\"," ADMIN "," SECRETS
	  ",\"address1\":\"9876 Main St\",\"address2\":\"Apt 3\",\"city\":"
	  "\"Des Moines\",\"state\":\"IA\",\"postalCode\":\"50265\","
	  "\"phone\":\"5155550100\",\"ipAddress\":\"203.0.113.7\"}" },
	{ "sole proprietor", "dwolla.sole_retry",
	  "{" ADMIN "," SECRETS "," BUSINESS("") "," ADDRESS "}", NULL,
	  "/customers/" DWOLLA_SELF,
	  "{\"type\":\"business\"," ADMIN "," SECRETS "," BUSINESS(
		  "") "," ADDRESS ",\"businessType\":\"soleProprietorship\"}" },
	{ "business", "dwolla.business_retry",
	  "{" ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"12-3456789\"," ADDRESS
					       "}",
	  NULL, "/customers/" DWOLLA_SELF,
	  "{\"type\":\"business\"," ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"123456789\"," ADDRESS
					       "}" },
	{ "controller", "dwolla.controller_retry",
	  "{" ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"123456789\"," ADDRESS
					       ",\"controller\":{" OWNER
					       ",\"title\":\"CEO\"," SECRETS
					       "," HOME "}}",
	  NULL, "/customers/" DWOLLA_SELF,
	  "{\"type\":\"business\"," ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"123456789\"," ADDRESS
					       ",\"controller\":{" OWNER
					       ",\"title\":\"CEO\"," SECRETS
					       "," HOME "}}" },
	{ "controller abroad", "dwolla.controller_retry",
	  "{" ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"123456789\"," ADDRESS
					       ",\"controller\":{" OWNER
					       ",\"title\":\"CEO\",\"dateOfBirth\":\"1980-12-31\",\"passport\":{"
					       "\"number\":\"X1\",\"country\":\"DE\"}," ABROAD
					       "}}",
	  NULL, "/customers/" DWOLLA_SELF,
	  "{\"type\":\"business\"," ADMIN "," BUSINESS(
		  "\"businessType\":\"llc\",") ",\"ein\":\"123456789\"," ADDRESS
					       ",\"controller\":{" OWNER
					       ",\"title\":\"CEO\","
					       "\"dateOfBirth\":\"1980-12-31\",\"passport\":{\"number\":\"X1\","
					       "\"country\":\"DE\"}," ABROAD
					       "}}" },
	{ "correction", "dwolla.business_edit",
	  "{\"address1\":\"12 Elm St\",\"doingBusinessAs\":\"Shop\"}", NULL,
	  "/customers/" DWOLLA_SELF,
	  "{\"address1\":\"12 Elm St\",\"doingBusinessAs\":\"Shop\"}" },
	{ "new owner", "dwolla.owner", "{" OWNER "," SECRETS "," HOME "}", NULL,
	  "/customers/" DWOLLA_SELF "/beneficial-owners",
	  "{" OWNER "," SECRETS "," HOME "}" },
	{ "owner, again", "dwolla.owner_retry",
	  "{" OWNER ",\"dateOfBirth\":\"1980-12-31\",\"passport\":{\"number\":"
	  "\"X1\",\"country\":\"DE\"}," ABROAD "}",
	  DWOLLA_OWNER, "/beneficial-owners/" DWOLLA_OWNER,
	  "{" OWNER ",\"dateOfBirth\":\"1980-12-31\",\"passport\":{\"number\":"
	  "\"X1\",\"country\":\"DE\"}," ABROAD "}" },
	{ "certification", "dwolla.certification", "{\"certified\":true}", NULL,
	  "/customers/" DWOLLA_SELF "/beneficial-ownership",
	  "{\"status\":\"certified\"}" },
};

static void test_form_is_sent(void **state)
{
	const struct sending_row *row = *state;
	struct prov_request request = { 0 };
	struct err err = { 0 };

	if (build(row->form, row->answers, row->party, &request, &err))
		assert_string_equal(err.text, "");
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, row->path);
	assert_string_equal(request.body, row->body);
	assert_string_equal(adapter_header(&request, "Content-Type"),
			    "application/json");
	assert_string_equal(adapter_header(&request, "Accept"),
			    "application/vnd.dwolla.v1.hal+json");
	assert_string_equal(adapter_header(&request, "Authorization"),
			    "Bearer " DWOLLA_TOKEN);
	assert_string_equal(adapter_header(&request, "Idempotency-Key"),
			    DWOLLA_KEY);
	prov_request_release(&request);
}

static const struct id_row {
	const char *name;
	const char *id;
	const char *spelled; /* NULL: refused */
} id_rows[] = {
	{ "with a slash", "a/b", "a%2Fb" },
	{ "with a way up", "../b", "..%2Fb" },
	{ "with a question", "a?b", "a%3Fb" },
	{ "a way up", "..", NULL },
	{ "empty", "", NULL },
	{ "a new line", "a\r\nb", NULL },
	{ "an escape", "a\x1b[2J", NULL },
};

/* Everything that is sent above, to somebody of a strange name. */
static void test_id_stays_one_part(void **state)
{
	const struct id_row *row = *state;
	size_t count = sizeof(sending_rows) / sizeof(sending_rows[0]);

	for (size_t i = 0; i < count; i++) {
		const struct prov_form *form = form_of(sending_rows[i].form);
		struct form_answers *answers =
			answers_of(form->schema, sending_rows[i].answers);
		struct prov_ctx ctx = dwolla_ctx();
		struct prov_request request = { 0 };
		struct err err = { 0 };
		char *end = NULL;

		ctx.form = form;
		ctx.answers = answers;
		ctx.customer = row->id;
		ctx.party = row->id;
		if (row->spelled) {
			assert_int_equal(form->send.build(&ctx, &request, &err),
					 0);
			end = mem_printf("s/%s", row->spelled);
			assert_non_null(strstr(request.path, end));
			assert_null(strstr(request.path, row->id));
			free(end);
		} else {
			assert_int_equal(form->send.build(&ctx, &request, &err),
					 -1);
			assert_int_equal(err.code, ERR_INPUT);
		}
		prov_request_release(&request);
		form_answers_free(answers);
	}
}

static void test_form_needs_token_and_key(void **state)
{
	const struct sending_row *row = *state;
	const struct prov_form *form = form_of(row->form);
	struct form_answers *answers = answers_of(form->schema, row->answers);
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.form = form;
	ctx.answers = answers;
	ctx.party = row->party;
	ctx.secret = "a\r\nX-Other: 1";
	assert_int_equal(form->send.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	prov_request_release(&request);
	ctx.secret = DWOLLA_TOKEN;
	ctx.key = NULL;
	assert_int_equal(form->send.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_BUG);
	prov_request_release(&request);
	form_answers_free(answers);
}

/* There is one try: what is not right does not leave. */
static void test_unfit_form_does_not_leave(void **state)
{
	const struct prov_form *form = prov_dwolla.forms;

	(void)state;
	for (; form->schema; form++) {
		struct prov_request request = { 0 };
		struct err err = { 0 };

		assert_int_equal(build(form->schema->name, "{}", DWOLLA_OWNER,
				       &request, &err),
				 -1);
		assert_int_equal(err.code, ERR_INPUT);
		prov_request_release(&request);
	}
	assert_int_equal(form - prov_dwolla.forms, 9);
}

static const struct removal_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
} removal_rows[] = {
	{ "removed", 200, "{\"id\":\"" DWOLLA_OWNER "\"}", PROV_ACCEPTED },
	{ "removed, without a word", 200, "", PROV_ACCEPTED },
	{ "another one", 200, "{\"id\":\"other\"}", PROV_UNSURE },
	{ "gone already", 404, "{\"code\":\"NotFound\"}", PROV_ACCEPTED },
	{ "gone, says somebody else", 404, "{}", PROV_REFUSED },
	{ "not now", 403, "{\"code\":\"InvalidResourceState\"}", PROV_REFUSED },
};

static void test_owner_is_removed(void **state)
{
	const struct removal_row *row = *state;
	const struct prov_form *form = form_of("dwolla.owner_removal");
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_request request = { 0 };
	struct prov_result result = { 0 };

	assert_int_equal(build(form->schema->name, "{\"remove\":true}",
			       DWOLLA_OWNER, &request, NULL),
			 0);
	assert_string_equal(request.method, "DELETE");
	assert_string_equal(request.path, "/beneficial-owners/" DWOLLA_OWNER);
	assert_null(request.body);
	prov_request_release(&request);
	ctx.form = form;
	ctx.party = DWOLLA_OWNER;
	dwolla_answer(&form->send, &ctx, row->status, row->body, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	prov_result_release(&result);
}

/* An answer that was lost: who is not listed any more is removed. */
static void test_removal_shows_in_the_list(void **state)
{
	const struct prov_form *form = form_of("dwolla.owner_removal");
	struct prov_customer customer = { 0 };

	(void)state;
	assert_true(prov_dwolla.form_arrived(&customer, form, DWOLLA_OWNER));
	prov_customer_add_party(&customer)->id = mem_dup(DWOLLA_OWNER);
	assert_false(prov_dwolla.form_arrived(&customer, form, DWOLLA_OWNER));
	prov_customer_release(&customer);
}

/* What a form asks for: '!' required, '+' when something else asks for it,
 * '?' advised, '~' only shown after another answer. */
static const struct asking_row {
	const char *name;
	const char *fields;
} asking_rows[] = {
	{ "dwolla.personal_retry",
	  "firstName! lastName! email! dateOfBirth! ssn! address1! address2 "
	  "city! state! postalCode! phone ipAddress " },
	{ "dwolla.sole_retry",
	  "firstName! lastName! email! dateOfBirth! ssn! businessName! "
	  "businessClassification! ein? doingBusinessAs website address1! "
	  "address2 city! state! postalCode! phone ipAddress " },
	{ "dwolla.business_retry",
	  "firstName! lastName! email! businessName! businessType! "
	  "businessClassification! ein! doingBusinessAs website address1! "
	  "address2 city! state! postalCode! phone ipAddress " },
	{ "dwolla.controller_retry",
	  "firstName! lastName! email! businessName! businessType! "
	  "businessClassification! ein! doingBusinessAs website address1! "
	  "address2 city! state! postalCode! phone ipAddress "
	  "controller.firstName! controller.lastName! controller.title! "
	  "controller.dateOfBirth! controller.ssn+ "
	  "controller.passport.number~ controller.passport.country!~ "
	  "controller.address.address1! controller.address.address2 "
	  "controller.address.address3 controller.address.city! "
	  "controller.address.stateProvinceRegion! "
	  "controller.address.country! controller.address.postalCode+ " },
	{ "dwolla.business_edit",
	  "address1 address2 city state postalCode email phone ipAddress "
	  "doingBusinessAs website " },
	{ "dwolla.owner",
	  "firstName! lastName! dateOfBirth! ssn+ passport.number~ "
	  "passport.country!~ address.address1! address.address2 "
	  "address.address3 address.city! address.stateProvinceRegion! "
	  "address.country! address.postalCode+ " },
	{ "dwolla.owner_retry",
	  "firstName! lastName! dateOfBirth! ssn+ passport.number~ "
	  "passport.country!~ address.address1! address.address2 "
	  "address.address3 address.city! address.stateProvinceRegion! "
	  "address.country! address.postalCode+ " },
	{ "dwolla.certification", "certified! " },
};

static void test_form_asks(void **state)
{
	const struct asking_row *row = *state;
	const struct form_field *field = form_of(row->name)->schema->fields;
	struct buf fields = { 0 };

	for (; field->key; field++) {
		bool secret = strstr(field->key, "ssn") ||
			      strstr(field->key, "ein") ||
			      strstr(field->key, "dateOfBirth") ||
			      strstr(field->key, "passport.number");

		assert_non_null(field->label);
		assert_true(!secret || (field->flags & FORM_PRIVATE));
		buf_addf(&fields, "%s%s%s%s%s ", field->key,
			 field->flags & FORM_REQUIRED ? "!" : "",
			 field->needed ? "+" : "",
			 field->flags & FORM_ADVISED ? "?" : "",
			 field->shown ? "~" : "");
	}
	assert_string_equal(buf_text(&fields), row->fields);
	buf_release(&fields);
}

#define FIFTY "12345678901234567890123456789012345678901234567890"

static const struct rule_row {
	const char *name;
	const char *form;
	const char *field;
	const char *typed;
	const char *wrong; /* NULL: nothing */
} rule_rows[] = {
	{ "name", "dwolla.owner", "firstName", "María José", NULL },
	{ "name, fifty", "dwolla.owner", "firstName", FIFTY, NULL },
	{ "name, fifty-one", "dwolla.owner", "firstName", FIFTY "1",
	  "too_long" },
	{ "name, <", "dwolla.owner", "firstName", "a<b", "sign_not_taken" },
	{ "name, >", "dwolla.owner", "firstName", "a>b", "sign_not_taken" },
	{ "name, =", "dwolla.owner", "firstName", "a=b", "sign_not_taken" },
	{ "name, quote", "dwolla.owner", "firstName", "a\"b",
	  "sign_not_taken" },
	{ "name, back-quote", "dwolla.owner", "lastName", "a`b",
	  "sign_not_taken" },
	{ "name, !", "dwolla.owner", "lastName", "a!", "sign_not_taken" },
	{ "name, ?", "dwolla.owner", "lastName", "a?", "sign_not_taken" },
	{ "name, percent", "dwolla.owner", "lastName", "a%", "sign_not_taken" },
	{ "name, ~", "dwolla.owner", "lastName", "a~", "sign_not_taken" },
	{ "name, $", "dwolla.owner", "lastName", "a$", "sign_not_taken" },
	{ "name, {", "dwolla.owner", "lastName", "a{", "sign_not_taken" },
	{ "name, }", "dwolla.owner", "lastName", "a}", "sign_not_taken" },
	{ "name, backslash", "dwolla.owner", "lastName", "a\\b",
	  "sign_not_taken" },
	{ "name, [", "dwolla.owner", "lastName", "a[", "sign_not_taken" },
	{ "name, ]", "dwolla.owner", "lastName", "a]", "sign_not_taken" },
	{ "name, apostrophe", "dwolla.owner", "lastName", "O'Brien", NULL },
	{ "street", "dwolla.personal_retry", "address1", "99-99 33rd St",
	  NULL },
	{ "street, long", "dwolla.personal_retry", "address1", FIFTY "1",
	  "too_long" },
	{ "street, PO box", "dwolla.personal_retry", "address1", "PO Box 12",
	  "po_box" },
	{ "street, P.O. box", "dwolla.personal_retry", "address1",
	  "P.O. Box 12", "po_box" },
	{ "street, p o box", "dwolla.personal_retry", "address1", "p o  box 1",
	  "po_box" },
	{ "street, post office", "dwolla.personal_retry", "address1",
	  "Post Office Box 7", "po_box" },
	{ "street, behind", "dwolla.personal_retry", "address1",
	  "Suite 3, PO Box 12", "po_box" },
	{ "street, POB", "dwolla.personal_retry", "address1", "POB 12",
	  "po_box" },
	{ "street, Box Elder", "dwolla.personal_retry", "address1",
	  "12 Box Elder Rd", NULL },
	{ "street, Depot", "dwolla.personal_retry", "address1",
	  "1 Depo Boxwood Ln", NULL },
	{ "city", "dwolla.personal_retry", "city", "Des Moines", NULL },
	{ "city, digits", "dwolla.personal_retry", "city", "29 Palms",
	  "digits_not_taken" },
	{ "city, long", "dwolla.personal_retry", "city",
	  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy", "too_long" },
	{ "state", "dwolla.personal_retry", "state", "NY", NULL },
	{ "state, by name", "dwolla.personal_retry", "state", "new york",
	  NULL },
	{ "state, small", "dwolla.personal_retry", "state", "ny", NULL },
	{ "state, none", "dwolla.personal_retry", "state", "XX",
	  "not_a_choice" },
	{ "ZIP", "dwolla.personal_retry", "postalCode", "11101", NULL },
	{ "ZIP+4", "dwolla.personal_retry", "postalCode", "11101-1234",
	  "wrong_length" },
	{ "ZIP, four", "dwolla.personal_retry", "postalCode", "1110",
	  "wrong_length" },
	{ "phone", "dwolla.personal_retry", "phone", "515.555.0100", NULL },
	{ "phone, nine", "dwolla.personal_retry", "phone", "515555010",
	  "wrong_length" },
	{ "phone, eleven", "dwolla.personal_retry", "phone", "15155550100",
	  "wrong_length" },
	{ "SSN", "dwolla.personal_retry", "ssn", "123-45-6789", NULL },
	{ "SSN, four", "dwolla.personal_retry", "ssn", "6789", "wrong_length" },
	{ "SSN, letters", "dwolla.personal_retry", "ssn", "12345678x",
	  "not_a_number" },
	{ "EIN", "dwolla.business_retry", "ein", "12-3456789", NULL },
	{ "EIN, eight", "dwolla.business_retry", "ein", "12345678",
	  "wrong_length" },
	{ "birth", "dwolla.personal_retry", "dateOfBirth", "1980-12-31", NULL },
	{ "birth, a child", "dwolla.personal_retry", "dateOfBirth",
	  "2020-01-01", "age_not_taken" },
	{ "birth, long ago", "dwolla.personal_retry", "dateOfBirth",
	  "1890-01-01", "age_not_taken" },
	{ "birth, to come", "dwolla.personal_retry", "dateOfBirth",
	  "2999-01-01", "age_not_taken" },
	{ "birth, no day", "dwolla.personal_retry", "dateOfBirth", "1980-13-31",
	  "not_a_date" },
	{ "e-mail", "dwolla.personal_retry", "email", "a@b", "not_an_email" },
	{ "address", "dwolla.personal_retry", "ipAddress", "2001:db8::1",
	  NULL },
	{ "address, none", "dwolla.personal_retry", "ipAddress", "1.2.3",
	  "not_an_address" },
	{ "classification", "dwolla.business_retry", "businessClassification",
	  CLASSIFICATION, NULL },
	{ "classification, none", "dwolla.business_retry",
	  "businessClassification", "Bakeries", "not_an_id" },
	{ "type, a sole proprietor's", "dwolla.business_retry", "businessType",
	  "soleProprietorship", "not_a_choice" },
	{ "type", "dwolla.business_retry", "businessType", "partnership",
	  NULL },
	{ "website", "dwolla.business_retry", "website", "www.example.com",
	  "not_a_url" },
	{ "title", "dwolla.controller_retry", "controller.title",
	  FIFTY FIFTY "1", "too_long" },
	{ "region abroad", "dwolla.owner", "address.stateProvinceRegion", "BW",
	  NULL },
	{ "region, a word", "dwolla.owner", "address.stateProvinceRegion",
	  "BAYERN", "not_a_state" },
	{ "region, small", "dwolla.owner", "address.stateProvinceRegion", "bw",
	  "not_a_choice" },
	{ "certified", "dwolla.certification", "certified", "no",
	  "not_certified" },
	{ "certified, yes", "dwolla.certification", "certified", "yes", NULL },
};

static void test_answer_is_right(void **state)
{
	const struct rule_row *row = *state;
	const struct form_schema *schema = form_of(row->form)->schema;
	const struct form_field *field = form_field_find(schema, row->field);
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	char *kept = form_field_parse(field, row->typed);

	form_answer_set(answers, row->field, kept);
	form_check_field(field, answers, &findings);
	if (row->wrong) {
		assert_int_equal(findings.count, 1);
		assert_string_equal(findings.list[0].code, row->wrong);
		if (field->flags & FORM_PRIVATE)
			assert_null(strstr(findings.list[0].text, row->typed));
	} else {
		assert_int_equal(findings.count, 0);
	}
	free(kept);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct identity_row {
	const char *name;
	const char *ssn, *number, *country, *home, *zip;
	const char *wrong; /* "field code" of each finding */
} identity_rows[] = {
	{ "neither", "", "", "", "DEU", "", "ssn missing\n" },
	{ "an SSN", "123456789", "", "", "DEU", "", "" },
	{ "a passport", "", "X1", "DEU", "DEU", "", "" },
	{ "a passport of nowhere", "", "X1", "", "DEU", "",
	  "passport.country missing\n" },
	{ "both", "123456789", "X1", "DEU", "DEU", "", "ssn one_too_many\n" },
	{ "at home", "123456789", "", "", "USA", "50266", "" },
	{ "at home, no ZIP", "123456789", "", "", "USA", "",
	  "address.postalCode missing\n" },
	{ "at home, half a ZIP", "123456789", "", "", "USA", "502",
	  "address.postalCode not_a_zip_code\n" },
	{ "abroad, any code", "123456789", "", "", "GBR", "SW1A 1AA", "" },
};

static void test_ssn_or_passport(void **state)
{
	const struct identity_row *row = *state;
	const struct form_schema *schema = form_of("dwolla.owner")->schema;
	struct form_answers *answers =
		answers_of(schema, "{" OWNER ",\"dateOfBirth\":\"1980-12-31\","
				   "\"address\":{\"address1\":\"Weg 1\","
				   "\"city\":\"Ulm\",\"stateProvinceRegion\":"
				   "\"BW\"}}");
	struct findings findings = { 0 };
	struct buf wrong = { 0 };

	form_answer_set(answers, "ssn", row->ssn);
	form_answer_set(answers, "passport.number", row->number);
	form_answer_set(answers, "passport.country", row->country);
	form_answer_set(answers, "address.country", row->home);
	form_answer_set(answers, "address.postalCode", row->zip);
	form_check(schema, answers, &findings);
	for (size_t i = 0; i < findings.count; i++)
		buf_addf(&wrong, "%s %s\n", findings.list[i].field,
			 findings.list[i].code);
	assert_string_equal(buf_text(&wrong), row->wrong);
	buf_release(&wrong);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct answer_row {
	const char *name;
	const char *form;
	int status;
	const char *body;
	enum prov_outcome want;
	const char *field; /* of the only problem; NULL: there is none */
	const char *words; /* in the message; NULL: there is none */
} answer_rows[] = {
	{ "verified", "dwolla.personal_retry", 200,
	  "{\"id\":\"" DWOLLA_SELF "\",\"status\":\"verified\"}", PROV_ACCEPTED,
	  NULL, NULL },
	{ "stored answer", "dwolla.personal_retry", 201,
	  "{\"id\":\"" DWOLLA_SELF "\"}", PROV_ACCEPTED, NULL, NULL },
	{ "somebody else", "dwolla.personal_retry", 200,
	  "{\"id\":\"" DWOLLA_OWNER "\"}", PROV_UNSURE, NULL, "promises" },
	{ "nothing", "dwolla.personal_retry", 200, "", PROV_UNSURE, NULL,
	  "promises" },
	{ "first name", "dwolla.personal_retry", 400,
	  "{\"code\":\"ValidationError\",\"message\":\"See below.\","
	  "\"_embedded\":{\"errors\":[{\"code\":\"Invalid\",\"message\":"
	  "\"FirstName is not valid.\",\"path\":\"/firstName\"}]}}",
	  PROV_REFUSED, "firstName", "Dwolla: FirstName is not valid. (" },
	{ "controller's city", "dwolla.controller_retry", 400,
	  "{\"code\":\"ValidationError\",\"message\":\"See below.\","
	  "\"_embedded\":{\"errors\":[{\"code\":\"Required\",\"message\":"
	  "\"City required.\",\"path\":\"/controller/address/city\"}]}}",
	  PROV_REFUSED, "controller.address.city", "City required." },
	{ "an object", "dwolla.owner", 400,
	  "{\"code\":\"ValidationError\",\"message\":\"See below.\","
	  "\"_embedded\":{\"errors\":{\"code\":\"Required\",\"message\":"
	  "\"Date of birth required.\",\"path\":\"/dateOfBirth\"}}}",
	  PROV_REFUSED, "dateOfBirth", "Date of birth required." },
	{ "an unknown place", "dwolla.owner", 400,
	  "{\"code\":\"ValidationError\",\"message\":\"See below.\","
	  "\"_embedded\":{\"errors\":[{\"code\":\"Invalid\",\"message\":"
	  "\"No.\",\"path\":\"/somewhere\"}]}}",
	  PROV_REFUSED, NULL, "Dwolla: No. (" },
	{ "second try", "dwolla.personal_retry", 403,
	  "{\"code\":\"InvalidResourceState\",\"message\":\"Too late.\"}",
	  PROV_REFUSED, NULL, "refresh the customer" },
	{ "correction", "dwolla.business_edit", 200,
	  "{\"id\":\"" DWOLLA_SELF "\"}", PROV_ACCEPTED, NULL, NULL },
	{ "owner again", "dwolla.owner_retry", 200,
	  "{\"id\":\"" DWOLLA_OWNER "\"}", PROV_ACCEPTED, NULL, NULL },
	{ "owner again, another", "dwolla.owner_retry", 200,
	  "{\"id\":\"" DWOLLA_SELF "\"}", PROV_UNSURE, NULL, "promises" },
	{ "owner, not created", "dwolla.owner", 200, "{}", PROV_UNSURE, NULL,
	  "promises" },
	{ "certified", "dwolla.certification", 200,
	  "{\"status\":\"certified\"}", PROV_ACCEPTED, NULL, NULL },
	{ "not certified", "dwolla.certification", 200,
	  "{\"status\":\"uncertified\"}", PROV_UNSURE, NULL, "promises" },
	{ "certification refused", "dwolla.certification", 403,
	  "{\"code\":\"Forbidden\",\"message\":\"No.\"}", PROV_REFUSED, NULL,
	  "Dwolla: No. (" },
	{ "lost its way", "dwolla.owner", 404, "<html>404</html>", PROV_REFUSED,
	  NULL, "unknown there" },
};

static void test_answer_has_its_outcome(void **state)
{
	const struct answer_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	ctx.form = form_of(row->form);
	ctx.party = DWOLLA_OWNER;
	dwolla_answer(&ctx.form->send, &ctx, row->status, row->body, NULL,
		      &result);
	assert_int_equal(result.outcome, row->want);
	assert_int_equal(result.problems.count, row->field ? 1 : 0);
	if (row->field)
		assert_non_null(findings_for(&result.problems, row->field));
	if (!row->words)
		assert_null(result.message);
	else if (!strstr(result.message, row->words))
		assert_string_equal(result.message, row->words);
	prov_result_release(&result);
}

static void test_new_owner_has_an_id(void **state)
{
	char name[] = "Location", value[] = "https://api-sandbox.dwolla.com/"
					    "beneficial-owners/" DWOLLA_OWNER;
	struct prov_header header = { name, value };
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .status = 201,
				    .sent_whole = true,
				    .body = "",
				    .headers = &header,
				    .header_count = 1 };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	(void)state;
	ctx.form = form_of("dwolla.owner");
	ctx.form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	assert_string_equal(result.provider_id, DWOLLA_OWNER);
	reply.sent_whole = false;
	ctx.form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_UNSURE);
	prov_result_release(&result);
}

/* A form whose answer was lost, and whose requirement is gone. */

#define NOW(type, status, more)                                         \
	"{\"id\":\"c\",\"type\":\"" type "\",\"businessType\":\"llc\"," \
	"\"status\":\"" status "\"" more "}"
#define DIRECTIVE(code, links)                                            \
	",\"_embedded\":{\"errors\":[{\"code\":\"" code "\",\"message\":" \
	"\"M\",\"_links\":{" links "}}]}"
#define RETRY_LINK \
	",\"_links\":{\"retry-verification\":{\"href\":\"/customers/c\"}}"
#define OWNERS_LINK \
	",\"_links\":{\"verify-beneficial-owners\":{\"href\":\"/x\"}}"

static const struct lost_row {
	const char *name;
	const char *form;
	const char *customer;
	const char *owner;  /* its status; NULL: there is none */
	const char *papers; /* NULL: none are listed */
	bool arrived;
} lost_rows[] = {
	{ "person, verified", "dwolla.personal_retry",
	  NOW("personal", "verified", ""), NULL, "", true },
	{ "person, documents wanted", "dwolla.personal_retry",
	  NOW("personal", "document", ""), NULL, "", true },
	{ "person, questions", "dwolla.personal_retry",
	  NOW("personal", "kba", ""), NULL, "", true },
	{ "person, still asked", "dwolla.personal_retry",
	  NOW("personal", "retry", ""), NULL, "", false },
	{ "person, suspended", "dwolla.personal_retry",
	  NOW("personal", "suspended", ""), NULL, "", false },
	{ "person, deactivated", "dwolla.personal_retry",
	  NOW("personal", "deactivated", ""), NULL, "", false },
	{ "person, a new word", "dwolla.personal_retry",
	  NOW("personal", "paused", ""), NULL, "", false },
	{ "person, no word", "dwolla.personal_retry",
	  "{\"id\":\"c\",\"type\":\"personal\"}", NULL, "", false },
	{ "sole proprietor", "dwolla.sole_retry",
	  NOW("business", "verified", ""), NULL, "", true },
	{ "business", "dwolla.business_retry", NOW("business", "document", ""),
	  NULL, "", true },
	{ "business, the controller's asked now", "dwolla.business_retry",
	  NOW("business", "retry", DIRECTIVE("ResidentialAddressRequired", "")),
	  NULL, "", false },
	{ "business, asked beside documents", "dwolla.business_retry",
	  NOW("business", "document", RETRY_LINK), NULL, "", false },
	{ "controller", "dwolla.controller_retry",
	  NOW("business", "verified", ""), NULL, "", true },
	{ "owner, verified", "dwolla.owner_retry",
	  NOW("business", "verified", OWNERS_LINK), "verified", "", true },
	{ "owner, document wanted", "dwolla.owner_retry",
	  NOW("business", "verified", OWNERS_LINK), "document", "", true },
	{ "owner, still asked", "dwolla.owner_retry",
	  NOW("business", "verified", OWNERS_LINK), "incomplete", "", false },
	{ "owner, removed", "dwolla.owner_retry",
	  NOW("business", "verified", OWNERS_LINK), NULL, "", false },
	{ "correction", "dwolla.business_edit", NOW("business", "verified", ""),
	  NULL, "", true },
	{ "correction, another directive", "dwolla.business_edit",
	  NOW("business", "document", DIRECTIVE("EINDocumentRequired", "")),
	  NULL, "", false },
	{ "correction, or a paper", "dwolla.business_edit",
	  NOW("business", "document", ""), NULL,
	  "{\"id\":\"d\",\"type\":\"other\",\"status\":\"pending\"}", false },
	{ "correction, and an ID", "dwolla.business_edit",
	  NOW("business", "document", ""), NULL,
	  "{\"id\":\"d\",\"type\":\"license\",\"status\":\"pending\"}", true },
	{ "correction, papers not known", "dwolla.business_edit",
	  NOW("business", "document", ""), NULL, NULL, false },
	{ "certification, not spoken of", "dwolla.certification",
	  NOW("business", "verified", ""), NULL, "", false },
	{ "new owner, not spoken of", "dwolla.owner",
	  NOW("business", "verified", ""), NULL, "", false },
};

static void test_lost_form_has_arrived(void **state)
{
	const struct lost_row *row = *state;
	const struct prov_form *form = form_of(row->form);
	bool owner = form->holders == DOC_FOR_PARTY_PERSON;
	struct prov_customer customer = { 0 };

	assert_int_equal(dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200,
				     row->customer, &customer),
			 PROV_ACCEPTED);
	if (row->owner) {
		char *owners = mem_printf("{\"_embedded\":{\"beneficial-owners"
					  "\":[{\"id\":\"" DWOLLA_OWNER
					  "\",\"verificationStatus\":\"%s\""
					  "}]}}",
					  row->owner);

		assert_int_equal(dwolla_read(DWOLLA_OWNERS, "c", NULL, 200,
					     owners, &customer),
				 PROV_ACCEPTED);
		free(owners);
	}
	if (row->papers) {
		char *papers = mem_printf(
			"{\"_embedded\":{\"documents\":[%s]}}", row->papers);

		assert_int_equal(dwolla_read(DWOLLA_PAPERS, "c", NULL, 200,
					     papers, &customer),
				 PROV_ACCEPTED);
		free(papers);
	}
	prov_dwolla.customer_settle(&customer);
	assert_int_equal(prov_dwolla.form_arrived(&customer, form,
						  owner ? DWOLLA_OWNER : NULL),
			 row->arrived);
	prov_customer_release(&customer);
}

static void test_order_of_sending(void **state)
{
	(void)state;
	assert_int_equal(form_of("dwolla.business_retry")->rank,
			 PROV_RANK_INFORMATION);
	assert_int_equal(form_of("dwolla.owner")->rank, PROV_RANK_PARTY);
	assert_int_equal(form_of("dwolla.owner")->use, PROV_FORM_PARTY);
	assert_int_equal(form_of("dwolla.owner_retry")->holders,
			 DOC_FOR_PARTY_PERSON);
	assert_int_equal(form_of("dwolla.certification")->rank,
			 PROV_RANK_START);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	TEST_ROWS(&tests, test_form_is_sent, sending_rows);
	TEST_ROWS(&tests, test_form_needs_token_and_key, sending_rows);
	TEST_ROWS(&tests, test_id_stays_one_part, id_rows);
	TEST_ROWS(&tests, test_owner_is_removed, removal_rows);
	test_add(&tests, "removal", test_removal_shows_in_the_list);
	test_add(&tests, "unfit forms", test_unfit_form_does_not_leave);
	TEST_ROWS(&tests, test_form_asks, asking_rows);
	TEST_ROWS(&tests, test_answer_is_right, rule_rows);
	TEST_ROWS(&tests, test_ssn_or_passport, identity_rows);
	TEST_ROWS(&tests, test_answer_has_its_outcome, answer_rows);
	test_add(&tests, "new owner", test_new_owner_has_an_id);
	TEST_ROWS(&tests, test_lost_form_has_arrived, lost_rows);
	test_add(&tests, "order", test_order_of_sending);
	failed = test_run(&tests, "providers/dwolla_forms");
	country_unload();
	return failed;
}
