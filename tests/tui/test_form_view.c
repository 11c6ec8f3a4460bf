/* SPDX-License-Identifier: MIT */
/* A form being filled in: moving, answering, what is wrong and what is left. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/widgets/form_view.h"

static const struct form_choice colours[] = {
	{ "RED", "Red", NULL },
	{ "BLUE", "Blue", NULL },
	{ "NONE", "None of them", NULL },
	{ NULL, NULL, NULL },
};

static bool is_regulated(const struct form_answers *answers)
{
	return form_answer_is(answers, "regulated", "true");
}

static const struct form_field fields[] = {
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED | FORM_PRIVATE,
	  .section = "Person",
	  .label = "Name" },
	{ .key = "phone",
	  .kind = FORM_PHONE,
	  .flags = FORM_REQUIRED,
	  .label = "Phone" },
	{ .key = "colour",
	  .kind = FORM_CHOICE,
	  .flags = FORM_REQUIRED,
	  .choices = colours,
	  .section = "Taste",
	  .label = "Colour" },
	{ .key = "others",
	  .kind = FORM_MULTI,
	  .choices = colours,
	  .alone = "NONE",
	  .label = "Others" },
	{ .key = "regulated", .kind = FORM_YES_NO, .label = "Regulated" },
	{ .key = "details",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .shown = is_regulated,
	  .label = "Details" },
	{ .key = NULL },
};

static const struct form_schema schema = {
	.name = "test",
	.title = "Test",
	.fields = fields,
};

static struct tui_form_view empty_view(void)
{
	struct tui_form_view view;

	tui_form_view_init(&view, &schema, NULL, NULL, NULL);
	return view;
}

/* The view has rows of its own. */
static void assert_field(const struct form_field *field, size_t i)
{
	assert_non_null(field);
	assert_string_equal(field->key, fields[i].key);
}

static void type(struct tui_form_view *view, const char *text)
{
	tui_edit_set(&view->edit, text);
}

static void test_moving_is_never_refused(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	tui_form_view_go(&view, 1);
	type(&view, "call me");
	assert_field(tui_form_view_accept(&view), 1);
	assert_int_equal(tui_form_view_state(&view, 1), TUI_FIELD_WRONG);
	tui_form_view_go(&view, 2);
	assert_int_equal(view.focus, 2);
	tui_form_view_go(&view, 99);
	assert_int_equal(view.focus, view.count);
	assert_null(tui_form_view_field(&view));
	tui_form_view_release(&view);
}

static void test_accept_parses_and_reports_only_changes(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	tui_form_view_go(&view, 0);
	assert_null(tui_form_view_accept(&view));
	type(&view, "  Maria ");
	assert_field(tui_form_view_accept(&view), 0);
	assert_string_equal(tui_form_view_answer(&view, 0), "Maria");
	assert_string_equal(tui_edit_text(&view.edit), "Maria");
	assert_null(tui_form_view_accept(&view));
	tui_form_view_release(&view);
}

static void test_first_wrong_field_is_found(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	assert_int_equal(tui_form_view_left(&view), 3);
	type(&view, "Maria");
	tui_form_view_accept(&view);
	tui_form_view_go_wrong(&view);
	assert_int_equal(view.focus, 1);
	type(&view, "+5511999999999");
	tui_form_view_accept(&view);
	tui_form_view_go_wrong(&view);
	assert_int_equal(view.focus, 2);
	tui_form_view_cycle(&view, 1);
	tui_form_view_go_wrong(&view);
	assert_int_equal(view.focus, view.count);
	assert_int_equal(tui_form_view_left(&view), 0);
	tui_form_view_release(&view);
}

static void test_choice_cycles_both_ways(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	tui_form_view_go_key(&view, "colour");
	assert_non_null(tui_form_view_cycle(&view, 1));
	assert_string_equal(tui_form_view_answer(&view, 2), "RED");
	tui_form_view_cycle(&view, -1);
	assert_string_equal(tui_form_view_answer(&view, 2), "NONE");
	tui_form_view_cycle(&view, 1);
	assert_string_equal(tui_form_view_answer(&view, 2), "RED");
	tui_form_view_release(&view);
}

static void test_marks_keep_the_rule_of_the_lonely_code(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	tui_form_view_go_key(&view, "others");
	assert_field(tui_form_view_mark(&view, "BLUE"), 3);
	tui_form_view_mark(&view, "RED");
	assert_string_equal(tui_form_view_answer(&view, 3), "RED,BLUE");
	tui_form_view_mark(&view, "NONE");
	assert_string_equal(tui_form_view_answer(&view, 3), "NONE");
	tui_form_view_mark(&view, "NONE");
	assert_string_equal(tui_form_view_answer(&view, 3), "");
	tui_form_view_release(&view);
}

static void test_yes_brings_its_own_question(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	assert_int_equal(view.count, 5);
	tui_form_view_go_key(&view, "regulated");
	tui_form_view_flip(&view);
	assert_int_equal(view.count, 6);
	assert_int_equal(view.focus, 4);
	assert_true(tui_form_view_go_key(&view, "details"));
	tui_form_view_go_key(&view, "regulated");
	tui_form_view_flip(&view);
	assert_int_equal(view.count, 5);
	assert_string_equal(tui_form_view_answer(&view, 4), "false");
	tui_form_view_release(&view);
}

static void test_refusal_stands_until_its_field_changes(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct findings refused = { 0 };
	struct tui_form_view view;

	(void)state;
	form_answer_set(answers, "name", "Maria");
	form_answer_set(answers, "phone", "+5511999999999");
	form_answer_set(answers, "colour", "RED");
	findings_add(&refused, FINDING_ERROR, "bad_phone", "phone",
		     "not a valid number");
	tui_form_view_init(&view, &schema, answers, NULL, &refused);
	tui_form_view_go_wrong(&view);
	assert_int_equal(view.focus, 1);
	assert_string_equal(tui_form_view_problem(&view, 1)->text,
			    "not a valid number");
	type(&view, "+5511988888888");
	tui_form_view_accept(&view);
	assert_null(tui_form_view_problem(&view, 1));
	assert_int_equal(tui_form_view_left(&view), 0);
	tui_form_view_release(&view);
	findings_release(&refused);
	form_answers_free(answers);
}

static void test_known_answers_are_told_from_typed_ones(void **state)
{
	struct form_answers *known = form_answers_new();
	struct tui_form_view view;

	(void)state;
	form_answer_set(known, "name", "Maria");
	tui_form_view_init(&view, &schema, known, known, NULL);
	assert_true(tui_form_view_is_known(&view, 0));
	assert_false(tui_form_view_is_known(&view, 1));
	type(&view, "Maria Souza");
	tui_form_view_accept(&view);
	assert_false(tui_form_view_is_known(&view, 0));
	tui_form_view_release(&view);
	form_answers_free(known);
}

/* Who there is to choose from becomes known while the form is filled in. */
static void test_renew_takes_new_choices_and_keeps_all_else(void **state)
{
	static const struct form_choice now[] = {
		{ "p1", "Ana Lima", NULL },
		{ NULL, NULL, NULL },
	};
	struct form_field offered[sizeof(fields) / sizeof(fields[0])];
	struct form_schema other = schema;
	struct tui_form_view view = empty_view();

	(void)state;
	memcpy(offered, fields, sizeof(fields));
	offered[2].choices = now;
	other.fields = offered;
	tui_form_view_go(&view, 0);
	type(&view, "Mar");
	tui_form_view_renew(&view, &other);
	memset(offered, 0, sizeof(offered)); /* nothing of it is borrowed */
	assert_int_equal(view.focus, 0);
	assert_string_equal(tui_edit_text(&view.edit), "Mar");
	tui_form_view_go_key(&view, "colour");
	assert_non_null(tui_form_view_cycle(&view, 1));
	assert_string_equal(tui_form_view_answer(&view, 2), "p1");
	tui_form_view_release(&view);
}

static void test_sections_are_gone_through(void **state)
{
	struct tui_form_view view = empty_view();

	(void)state;
	assert_string_equal(tui_form_view_section(&view, 1), "Person");
	assert_string_equal(tui_form_view_section(&view, 4), "Taste");
	tui_form_view_go_section(&view, 1);
	assert_int_equal(view.focus, 2);
	tui_form_view_go_section(&view, 1);
	assert_int_equal(view.focus, view.count);
	tui_form_view_go_section(&view, -1);
	assert_int_equal(view.focus, 2);
	tui_form_view_go_section(&view, -1);
	assert_int_equal(view.focus, 0);
	tui_form_view_release(&view);
}

/* Something pasted with marks, or written another way, is not changed in
 * silence. */
static const struct keeping {
	const char *name;
	enum form_kind kind;
	const char *typed;
	const char *kept; /* NULL: nothing to say */
} keepings[] = {
	{ "a phone", FORM_PHONE, "+55 (11) 99999-9999", "+5511999999999" },
	{ "as it is", FORM_PHONE, " +5511999999999 ", NULL },
	{ "money as in Brazil", FORM_MONEY, "1.234,50", "1234.50" },
	{ "money as in the States", FORM_MONEY, "1,234.50", "1234.50" },
	{ "a day", FORM_DATE, "31/12/1980", "1980-12-31" },
	{ "a day that is none", FORM_DATE, "31/13/1980", NULL },
	{ "a tax number", FORM_TAX_ID, "111 444 777 35", "111.444.777-35" },
	{ "a tax number as it is shown", FORM_TAX_ID, "111.444.777-35", NULL },
	{ "words", FORM_TEXT, "one\ntwo", NULL },
	{ "nothing", FORM_PHONE, "", NULL },
};

static void test_form_kept_words(void **state)
{
	const struct keeping *row = *state;
	const struct form_field field = {
		.key = "x",
		.kind = row->kind,
		.flags = FORM_CPF,
		.label = "Field",
	};
	char *kept = form_field_typed(&field, row->typed);
	char *words = tui_form_kept_words(&field, row->typed, kept);

	assert_int_equal(words != NULL, row->kept != NULL);
	if (row->kept)
		assert_non_null(strstr(words, row->kept));
	free(words);
	free(kept);
}

static const struct form_field home_fields[] = {
	{ .key = "country",
	  .kind = FORM_COUNTRY,
	  .flags = FORM_REQUIRED | FORM_HOME,
	  .label = "Country" },
	{ .key = "passport",
	  .kind = FORM_COUNTRY,
	  .flags = FORM_REQUIRED,
	  .label = "Country of the passport" },
	{ .key = "phone", .kind = FORM_PHONE, .label = "Phone" },
	{ .key = NULL },
};

static const struct form_schema home_schema = {
	.name = "home",
	.title = "Home",
	.fields = home_fields,
};

/* Where the customer lives is derived, and no answer before it is taken; what
 * anything else may be is not known. */
static void test_derived_is_no_answer_yet(void **state)
{
	struct tui_form_view view = { 0 };

	(void)state;
	tui_form_view_init(&view, &home_schema, NULL, NULL, NULL);
	assert_null(tui_form_view_derived(&view, 0));
	snprintf(view.home, sizeof(view.home), "BRA");
	assert_string_equal(tui_form_view_derived(&view, 0), "BRA");
	assert_null(tui_form_view_derived(&view, 1));
	assert_null(tui_form_view_derived(&view, 2));
	assert_int_equal(tui_form_view_left(&view), 2);
	assert_string_equal(tui_form_view_answer(&view, 0), "");
	assert_string_equal(tui_form_view_derive(&view)->key, "country");
	assert_string_equal(tui_form_view_answer(&view, 0), "BRA");
	assert_null(tui_form_view_derived(&view, 0));
	assert_null(tui_form_view_derive(&view));
	tui_form_view_release(&view);
}

/* HOME is the customer's country, LIVES what is answered here; then TYPED is
 * typed behind what stands in the line. */
static const struct prefixing {
	const char *name;
	const char *home, *lives;
	const char *line; /* before */
	const char *typed;
	const char *phone;
} prefixings[] = {
	{ "of the customer's country", "BRA", "", "+55 ", "11 99999-9999",
	  "+5511999999999" },
	{ "of the country that is answered", "BRA", "SWE", "+46 ", "8123456",
	  "+468123456" },
	{ "nothing typed is no answer", "BRA", "", "+55 ", "", "" },
	{ "a whole number pasted behind it", "BRA", "", "+55 ", "+46 8 123 456",
	  "+468123456" },
	{ "the same, dialled from a telephone", "BRA", "", "+55 ",
	  "0046 8 123 456", "+468123456" },
	{ "of no country", "", "", "", "+46 8 123 456", "+468123456" },
	{ "of one without telephones", "ATA", "", "", "+46 8 123 456",
	  "+468123456" },
};

static void test_phone_begins_as_derived(void **state)
{
	const struct prefixing *row = *state;
	struct tui_form_view view = { 0 };
	struct tui_input in = { .key = TUI_KEY_PASTE,
				.paste = row->typed,
				.paste_len = strlen(row->typed) };

	tui_form_view_init(&view, &home_schema, NULL, NULL, NULL);
	snprintf(view.home, sizeof(view.home), "%s", row->home);
	if (row->lives[0])
		tui_form_view_put(&view, row->lives);
	tui_form_view_go_key(&view, "phone");
	assert_string_equal(tui_edit_text(&view.edit), row->line);
	tui_edit_key(&view.edit, &in, NULL);
	tui_form_view_accept(&view);
	assert_string_equal(form_answer(view.answers, "phone"), row->phone);
	tui_form_view_release(&view);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "derived is no answer yet",
		 test_derived_is_no_answer_yet);
	TEST_ROWS(&tests, test_phone_begins_as_derived, prefixings);
	TEST_ROWS(&tests, test_form_kept_words, keepings);
	test_add(&tests, "moving is never refused",
		 test_moving_is_never_refused);
	test_add(&tests, "accept parses and reports only changes",
		 test_accept_parses_and_reports_only_changes);
	test_add(&tests, "first wrong field is found",
		 test_first_wrong_field_is_found);
	test_add(&tests, "choice cycles both ways",
		 test_choice_cycles_both_ways);
	test_add(&tests, "marks keep the rule of the lonely code",
		 test_marks_keep_the_rule_of_the_lonely_code);
	test_add(&tests, "yes brings its own question",
		 test_yes_brings_its_own_question);
	test_add(&tests, "refusal stands until its field changes",
		 test_refusal_stands_until_its_field_changes);
	test_add(&tests, "known answers are told from typed ones",
		 test_known_answers_are_told_from_typed_ones);
	test_add(&tests, "renew takes new choices and keeps all else",
		 test_renew_takes_new_choices_and_keeps_all_else);
	test_add(&tests, "sections are gone through",
		 test_sections_are_gone_through);
	return test_run(&tests, "tui/form_view");
}
