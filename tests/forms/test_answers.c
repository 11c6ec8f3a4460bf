/* SPDX-License-Identifier: MIT */
/* Answers: kept, toggled, and on their way to JSON and back. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "forms/country.h"
#include "forms/field.h"
#include "forms/mem.h"

static const struct form_choice places[] = {
	{ "BRA", "Brazil", NULL },
	{ "USA", "United States", NULL },
	{ "NONE", "Nowhere", NULL },
	{ NULL, NULL, NULL },
};

static bool is_regulated(const struct form_answers *answers)
{
	return form_answer_is(answers, "isRegulated", "true");
}

static const struct form_field fields[] = {
	{ .key = "firstName", .kind = FORM_TEXT, .flags = FORM_REQUIRED },
	{ .key = "middleName", .kind = FORM_TEXT, .flags = FORM_SEND_EMPTY },
	{ .key = "address.country", .kind = FORM_COUNTRY },
	{ .key = "address.city", .kind = FORM_TEXT },
	{ .key = "volume", .kind = FORM_MONEY },
	{ .key = "employees", .kind = FORM_NUMBER },
	{ .key = "places",
	  .kind = FORM_MULTI,
	  .choices = places,
	  .flags = FORM_OPEN,
	  .alone = "NONE" },
	{ .key = "isRegulated", .kind = FORM_YES_NO },
	{ .key = "regulatedDetails",
	  .kind = FORM_TEXT,
	  .shown = is_regulated,
	  .flags = FORM_SEND_EMPTY },
	{ .key = "license", .kind = FORM_TEXT, .shown = is_regulated },
	{ .key = "address.line1", .kind = FORM_TEXT },
	{ .key = "origin", .kind = FORM_COUNTRY, .flags = FORM_ALPHA2 },
	{ .key = NULL },
};

static const struct form_schema schema = {
	.name = "test",
	.title = "Test",
	.fields = fields,
};

/* ANSWERS as "key=value" lines, in the order given. */
static struct form_answers *answers_of(const char *lines)
{
	struct form_answers *answers = form_answers_new();

	while (*lines) {
		const char *equals = strchr(lines, '=');
		const char *end = strchr(lines, '\n');
		char *key = mem_dup_n(lines, (size_t)(equals - lines));
		char *value = mem_dup_n(equals + 1, (size_t)(end - equals - 1));

		form_answer_set(answers, key, value);
		free(key);
		free(value);
		lines = end + 1;
	}
	return answers;
}

static char *lines_of(const struct form_answers *answers)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < form_answers_count(answers); i++)
		buf_addf(&out, "%s=%s\n", form_answers_key(answers, i),
			 form_answer(answers, form_answers_key(answers, i)));
	return buf_take(&out);
}

static void test_answer_set_and_remove(void **state)
{
	struct form_answers *answers = form_answers_new();

	(void)state;
	assert_string_equal(form_answer(answers, "a"), "");
	assert_string_equal(form_answer(NULL, "a"), "");
	form_answer_set(answers, "a", "1");
	form_answer_set(answers, "b", "2");
	form_answer_set(answers, "c", "3");
	form_answer_set(answers, "b", form_answer(answers, "c"));
	assert_true(form_answer_is(answers, "b", "3"));
	form_answer_set(answers, "a", "");
	assert_int_equal(form_answers_count(answers), 2);
	assert_string_equal(form_answers_key(answers, 0), "b");
	assert_null(form_answers_key(answers, 2));
	form_answer_set(answers, "b", NULL);
	form_answer_set(answers, "c", NULL);
	form_answer_set(answers, "c", NULL);
	assert_int_equal(form_answers_count(answers), 0);
	form_answers_free(answers);
	form_answers_free(NULL);
}

static const struct toggling {
	const char *name;
	const char *before;
	const char *code;
	const char *after;
} togglings[] = {
	{ "first in", "", "USA", "USA" },
	{ "in the order of the choices", "USA", "BRA", "BRA,USA" },
	{ "out", "BRA,USA", "BRA", "USA" },
	{ "last out", "BRA", "BRA", "" },
	{ "alone puts the others out", "BRA,USA", "NONE", "NONE" },
	{ "another puts the lone one out", "NONE", "USA", "USA" },
	{ "the lone one out", "NONE", "NONE", "" },
	{ "one that is not listed", "BRA", "MARS", "BRA,MARS" },
	{ "one before those not listed", "MARS", "USA", "USA,MARS" },
	{ "one not listed, out", "BRA,MARS", "MARS", "BRA" },
	{ "alone puts those not listed out", "MARS", "NONE", "NONE" },
	{ "half a code is another code", "USA", "US", "USA,US" },
};

static void test_answer_toggle(void **state)
{
	const struct toggling *row = *state;
	const struct form_field *field = form_field_find(&schema, "places");
	struct form_answers *answers = form_answers_new();
	bool was = false;

	form_answer_set(answers, "places", row->before);
	was = form_answer_has(answers, "places", row->code);
	form_answer_toggle(answers, field, row->code);
	assert_string_equal(form_answer(answers, "places"), row->after);
	assert_int_equal(form_answer_has(answers, "places", row->code), !was);
	form_answers_free(answers);
}

static const struct sending {
	const char *name;
	const char *lines;
	const char *type;
	const char *json;
} sendings[] = {
	{ "nothing answered", "", NULL,
	  "{\"middleName\":\"\",\"regulatedDetails\":\"\"}" },
	{ "type comes first", "firstName=Ana\n", "INDIVIDUAL",
	  "{\"type\":\"INDIVIDUAL\",\"firstName\":\"Ana\","
	  "\"middleName\":\"\",\"regulatedDetails\":\"\"}" },
	{ "order of the schema, dots nested",
	  "address.line1=Rua A\naddress.city=São Paulo\nfirstName=Ana\n"
	  "middleName=B\naddress.country=BRA\n",
	  NULL,
	  "{\"firstName\":\"Ana\",\"middleName\":\"B\",\"address\":{"
	  "\"country\":\"BRA\",\"city\":\"São Paulo\",\"line1\":\"Rua A\"},"
	  "\"regulatedDetails\":\"\"}" },
	{ "lists, amounts as text, booleans",
	  "places=BRA,USA\nvolume=50000.00\nemployees=007\n"
	  "isRegulated=false\n",
	  NULL,
	  "{\"middleName\":\"\",\"volume\":\"50000.00\","
	  "\"employees\":\"007\",\"places\":[\"BRA\",\"USA\"],"
	  "\"isRegulated\":false,\"regulatedDetails\":\"\"}" },
	{ "shown", "isRegulated=true\nregulatedDetails=CVM\nlicense=1\n", NULL,
	  "{\"middleName\":\"\",\"isRegulated\":true,"
	  "\"regulatedDetails\":\"CVM\",\"license\":\"1\"}" },
	{ "hidden answers stay here",
	  "isRegulated=false\nregulatedDetails=CVM\nlicense=1\n", NULL,
	  "{\"middleName\":\"\",\"isRegulated\":false,"
	  "\"regulatedDetails\":\"\"}" },
	{ "what the schema does not have stays here", "nonsense=1\n", NULL,
	  "{\"middleName\":\"\",\"regulatedDetails\":\"\"}" },
	{ "a country in two letters", "origin=BRA\n", NULL,
	  "{\"middleName\":\"\",\"regulatedDetails\":\"\","
	  "\"origin\":\"BR\"}" },
	{ "quotes and broken text", "firstName=a\"b\xFF\n", NULL,
	  "{\"firstName\":\"a\\\"b\xEF\xBF\xBD\",\"middleName\":\"\","
	  "\"regulatedDetails\":\"\"}" },
};

static void test_answers_to_json(void **state)
{
	const struct sending *row = *state;
	struct form_answers *answers = answers_of(row->lines);
	struct buf out = { 0 };

	form_answers_to_json(&schema, answers, row->type, &out);
	assert_string_equal(buf_text(&out), row->json);
	buf_reset(&out);
	form_answers_to_json(&schema, answers, row->type, &out);
	assert_string_equal(buf_text(&out), row->json);
	buf_release(&out);
	form_answers_free(answers);
}

static void test_answers_to_json_is_whole_or_nothing(void **state)
{
	struct form_answers *answers = answers_of("firstName=Ana Maria\n");
	struct buf out = { .max = 30 };

	(void)state;
	buf_add_text(&out, "before");
	form_answers_to_json(&schema, answers, NULL, &out);
	assert_string_equal(buf_text(&out), "before");
	buf_release(&out);
	form_answers_free(answers);
}

static const struct reading {
	const char *name;
	const char *json;
	const char *lines; /* answers after; "firstName=Old" was there before */
	const char *found; /* "code field" of each finding, a line each */
} readings[] = {
	{ "empty", "{}", "firstName=Old\n", "" },
	{ "type is ignored", "{\"type\":\"INDIVIDUAL\"}", "firstName=Old\n",
	  "" },
	{ "over what is there", "{\"firstName\":\"Ana\"}", "firstName=Ana\n",
	  "" },
	{ "null changes nothing", "{\"firstName\":null,\"address\":null}",
	  "firstName=Old\n", "" },
	{ "empty text takes it away", "{\"firstName\":\"\"}", "", "" },
	{ "nested", "{\"address\":{\"city\":\"Recife\",\"country\":\"br\"}}",
	  "firstName=Old\naddress.city=Recife\naddress.country=BRA\n", "" },
	{ "dotted", "{\"address.city\":\"Recife\"}",
	  "firstName=Old\naddress.city=Recife\n", "" },
	{ "list", "{\"places\":[\"USA\",\"BRA\"]}",
	  "firstName=Old\nplaces=BRA,USA\n", "" },
	{ "list of labels", "{\"places\":[\"United States\"]}",
	  "firstName=Old\nplaces=USA\n", "" },
	{ "list as text", "{\"places\":\"USA, Brazil\"}",
	  "firstName=Old\nplaces=BRA,USA\n", "" },
	{ "boolean", "{\"isRegulated\":true}",
	  "firstName=Old\nisRegulated=true\n", "" },
	{ "boolean as text", "{\"isRegulated\":\"no\"}",
	  "firstName=Old\nisRegulated=false\n", "" },
	{ "whole number", "{\"volume\":50000,\"employees\":12}",
	  "firstName=Old\nvolume=50000\nemployees=12\n", "" },
	{ "decimal number", "{\"volume\":1234.5}",
	  "firstName=Old\nvolume=1234.5\n", "" },
	{ "decimal that is whole", "{\"volume\":50000.00}",
	  "firstName=Old\nvolume=50000\n", "" },
	{ "decimal that binary cannot say", "{\"volume\":0.30}",
	  "firstName=Old\nvolume=0.3\n", "" },
	{ "amount as text", "{\"volume\":\"1.234,50\"}",
	  "firstName=Old\nvolume=1234.50\n", "" },
	{ "unknown", "{\"shoeSize\":42}", "firstName=Old\n",
	  "unknown_field shoeSize\n" },
	{ "unknown and nested", "{\"address\":{\"planet\":{\"a\":1}}}",
	  "firstName=Old\n", "unknown_field address.planet\n" },
	{ "type further down is unknown", "{\"address\":{\"type\":\"HOME\"}}",
	  "firstName=Old\n", "unknown_field address.type\n" },
	{ "number for a text", "{\"firstName\":7}", "firstName=Old\n",
	  "wrong_shape firstName\n" },
	{ "object for a text", "{\"firstName\":{}}", "firstName=Old\n",
	  "wrong_shape firstName\n" },
	{ "text for an object", "{\"address\":\"Rua A\"}", "firstName=Old\n",
	  "wrong_shape address\n" },
	{ "list of numbers", "{\"places\":[1]}", "firstName=Old\n",
	  "wrong_shape places\n" },
	{ "list for a text", "{\"firstName\":[\"a\"]}", "firstName=Old\n",
	  "wrong_shape firstName\n" },
	{ "number for yes or no", "{\"isRegulated\":1}", "firstName=Old\n",
	  "wrong_shape isRegulated\n" },
	{ "boolean for a text", "{\"firstName\":true}", "firstName=Old\n",
	  "wrong_shape firstName\n" },
	{ "name with an escape", "{\"a\\u001bb\":1}", "firstName=Old\n",
	  "unknown_field a\xEF\xBF\xBD"
	  "b\n" },
};

static void test_answers_from_json(void **state)
{
	const struct reading *row = *state;
	struct form_answers *answers = answers_of("firstName=Old\n");
	struct findings findings = { 0 };
	struct err err = { 0 };
	struct buf found = { 0 };
	char *lines = NULL;

	assert_int_equal(form_answers_from_json(&schema, row->json, answers,
						&findings, &err),
			 0);
	lines = lines_of(answers);
	for (size_t i = 0; i < findings.count; i++) {
		buf_addf(&found, "%s %s\n", findings.list[i].code,
			 findings.list[i].field);
		assert_int_equal(findings.list[i].severity == FINDING_ERROR,
				 strcmp(findings.list[i].code, "wrong_shape") ==
					 0);
	}
	assert_string_equal(lines, row->lines);
	assert_string_equal(buf_text(&found), row->found);
	free(lines);
	buf_release(&found);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct refusal {
	const char *name;
	const char *json;
	const char *text; /* how it starts: columns are the library's */
} refusals[] = {
	{ "a list", "[]", "cannot read the answers: not a JSON object" },
	{ "a text", "\"Maria\"",
	  "cannot read the answers: not JSON at line 1, " },
	{ "nothing", "", "cannot read the answers: not JSON at line 1, " },
	{ "cut short: no private word in the error", "{\"firstName\":\"Maria",
	  "cannot read the answers: not JSON at line 1, " },
	{ "two objects", "{} {}",
	  "cannot read the answers: not JSON at line 1, " },
	{ "twice the same name", "{\"firstName\":\"a\",\n\"firstName\":\"b\"}",
	  "cannot read the answers: a name is given twice, at line 2" },
	{ "broken text", "{\"firstName\":\"\xFF\"}",
	  "cannot read the answers: not JSON at line 1, " },
	{ "text with an end inside", "{\"firstName\":\"a\\u0000b\"}",
	  "cannot read the answers: not JSON at line 1, " },
};

static void test_answers_from_json_refuses(void **state)
{
	const struct refusal *row = *state;
	struct form_answers *answers = answers_of("firstName=Old\n");
	struct findings findings = { 0 };
	struct err err = { 0 };

	assert_int_equal(form_answers_from_json(&schema, row->json, answers,
						&findings, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_true(strncmp(err.text, row->text, strlen(row->text)) == 0);
	assert_null(strstr(err.text, "Maria"));
	assert_true(form_answer_is(answers, "firstName", "Old"));
	assert_int_equal(findings.count, 0);
	form_answers_free(answers);
}

static void test_answers_from_json_has_ceilings(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	struct err err = { 0 };
	struct buf json = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_add_text(&json, "{\"address\":");
	assert_int_equal(form_answers_from_json(&schema, buf_text(&json),
						answers, &findings, &err),
			 -1);
	buf_reset(&json);
	buf_addf(&json, "{\"%0*d\":1", 100000, 0);
	for (int i = 0; i < 1000; i++)
		buf_addf(&json, ",\"unknown%d\":1", i);
	buf_add_text(&json, "}");
	assert_int_equal(form_answers_from_json(&schema, buf_text(&json),
						answers, &findings, &err),
			 0);
	assert_int_equal(findings.count, FINDINGS_MAX);
	assert_true(strlen(findings.list[0].text) < 2000);
	buf_reset(&json);
	buf_addf(&json, "{\"firstName\":\"%0*d\"}", (int)FORM_JSON_MAX, 0);
	assert_int_equal(form_answers_from_json(&schema, buf_text(&json),
						answers, &findings, &err),
			 -1);
	buf_release(&json);
	findings_release(&findings);
	form_answers_free(answers);
}

static void test_answers_from_json_knows_the_nearest(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(form_answers_from_json(&schema,
						"{\"firstname\":\"Maria\"}",
						answers, &findings, &err),
			 0);
	assert_string_equal(findings.list[0].text,
			    "'firstname' is not asked for and was left out, "
			    "did you mean 'firstName'?");
	findings_release(&findings);
	form_answers_free(answers);
}

/* What was sent reads back as what was answered. */
static void test_answers_there_and_back(void **state)
{
	static const char lines[] =
		"firstName=Ana\naddress.country=BRA\naddress.city=Recife\n"
		"address.line1=Rua \"A\"\nvolume=50000.00\nemployees=007\n"
		"places=BRA,USA\nisRegulated=true\nregulatedDetails=CVM\n";
	struct form_answers *answers = answers_of(lines);
	struct form_answers *back = form_answers_new();
	struct findings findings = { 0 };
	struct err err = { 0 };
	struct buf json = { 0 };
	char *again = NULL;

	(void)state;
	form_answers_to_json(&schema, answers, "BUSINESS", &json);
	assert_int_equal(form_answers_from_json(&schema, buf_text(&json), back,
						&findings, &err),
			 0);
	again = lines_of(back);
	assert_string_equal(again, lines);
	assert_int_equal(findings.count, 0);
	free(again);
	buf_release(&json);
	form_answers_free(back);
	form_answers_free(answers);
}

static void test_copy_says_the_same(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct form_answers *copy = NULL;

	(void)state;
	assert_null(form_answers_copy(NULL));
	form_answer_set(answers, "b", "2");
	form_answer_set(answers, "a", "1");
	copy = form_answers_copy(answers);
	assert_true(form_answers_say(copy, answers));
	assert_true(form_answers_say(answers, copy));
	form_answer_set(copy, "c", "3");
	assert_true(form_answers_say(copy, answers));
	assert_false(form_answers_say(answers, copy));
	form_answer_set(copy, "a", "other");
	assert_false(form_answers_say(copy, answers));
	assert_true(form_answers_say(NULL, NULL));
	assert_false(form_answers_say(NULL, answers));
	form_answers_free(copy);
	form_answers_free(answers);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	test_add(&tests, "answer set and remove", test_answer_set_and_remove);
	TEST_ROWS(&tests, test_answer_toggle, togglings);
	TEST_ROWS(&tests, test_answers_to_json, sendings);
	test_add(&tests, "answers to JSON: whole or nothing",
		 test_answers_to_json_is_whole_or_nothing);
	TEST_ROWS(&tests, test_answers_from_json, readings);
	TEST_ROWS(&tests, test_answers_from_json_refuses, refusals);
	test_add(&tests, "answers from JSON: ceilings",
		 test_answers_from_json_has_ceilings);
	test_add(&tests, "answers from JSON: the nearest",
		 test_answers_from_json_knows_the_nearest);
	test_add(&tests, "answers there and back", test_answers_there_and_back);
	test_add(&tests, "copy says the same", test_copy_says_the_same);
	failed = test_run(&tests, "forms/answers");
	country_unload();
	return failed;
}
