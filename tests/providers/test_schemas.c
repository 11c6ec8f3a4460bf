/* SPDX-License-Identifier: MIT */
/* Every form of every provider says what it wants in plain words. */
#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"
#include "tests/test.h"

#define HELP_MOST  160 /* characters: two lines where it is narrow */
#define LABEL_MOST 60
#define FORMS_MOST 100

static struct form_row {
	const char *name; /* ours */
	const struct form_schema *schema;
} form_rows[FORMS_MOST];

/* Words and no codes: nothing of a provider's own spelling. */
static bool is_plain(const char *text)
{
	return text && *text && *text != ' ' && !strchr(text, '_') &&
	       text[strlen(text) - 1] != ' ' && text_plain(text);
}

static void test_schema_labels(void **state)
{
	const struct form_row *row = *state;

	assert_true(is_plain(row->schema->title));
	for (const struct form_field *field = row->schema->fields; field->key;
	     field++) {
		if (!is_plain(field->label) ||
		    strcmp(field->label, field->key) == 0 ||
		    text_count(field->label) > LABEL_MOST)
			fail_msg("%s: '%s'", field->key, field->label);
		if (field->section && !is_plain(field->section))
			fail_msg("%s: '%s'", field->key, field->section);
	}
}

/* An example or a reason, where more than a word could be meant. */
static bool needs_help(const struct form_field *field)
{
	if (field->kind == FORM_TEXT || field->kind == FORM_CHOICE)
		return false;
	return true;
}

static void test_schema_help(void **state)
{
	const struct form_row *row = *state;

	for (const struct form_field *field = row->schema->fields; field->key;
	     field++) {
		const char *help = form_field_help(field);

		if (!help && needs_help(field))
			fail_msg("%s: no help", field->key);
		if (help && (!is_plain(help) || text_count(help) > HELP_MOST ||
			     !strchr(".\"", help[strlen(help) - 1])))
			fail_msg("%s: '%s'", field->key, help);
	}
}

/* No two that read the same. */
static void assert_only(const struct form_field *field,
			const struct form_choice *choice)
{
	for (const struct form_choice *other = field->choices; other != choice;
	     other++)
		if (strcmp(other->label, choice->label) == 0 ||
		    strcmp(other->code, choice->code) == 0)
			fail_msg("%s: '%s' and '%s' are both '%s'", field->key,
				 other->code, choice->code, choice->label);
}

/* Either the field says what is asked, or the choices what they mean. */
static void assert_explained(const struct form_field *field)
{
	const struct form_choice *choice = field->choices;

	if (form_field_help(field))
		return;
	while (choice && choice->code && !choice->help)
		choice++;
	if (!choice || !choice->code)
		fail_msg("%s: nothing is explained", field->key);
}

static void test_schema_choices(void **state)
{
	const struct form_row *row = *state;

	for (const struct form_field *field = row->schema->fields; field->key;
	     field++) {
		const struct form_choice *choice = field->choices;

		if (field->kind != FORM_CHOICE && field->kind != FORM_MULTI)
			continue;
		for (; choice && choice->code; choice++) {
			if (!is_plain(choice->label) ||
			    strcmp(choice->label, choice->code) == 0)
				fail_msg("%s: '%s' is '%s'", field->key,
					 choice->code, choice->label);
			if (choice->help && !is_plain(choice->help))
				fail_msg("%s: '%s'", choice->code,
					 choice->help);
			assert_only(field, choice);
		}
		assert_explained(field);
		if (field->alone && !form_choice_find(field, field->alone))
			fail_msg("%s: no '%s'", field->key, field->alone);
	}
}

/* A kind that needs something of its field has it. */
static void test_schema_kinds(void **state)
{
	const struct form_row *row = *state;

	for (const struct form_field *field = row->schema->fields; field->key;
	     field++) {
		bool chosen =
			field->kind == FORM_CHOICE || field->kind == FORM_MULTI;

		if (chosen != (field->choices != NULL))
			fail_msg("%s: choices", field->key);
		if (field->kind == FORM_TAX_ID &&
		    !(field->flags & (FORM_CPF | FORM_CNPJ)))
			fail_msg("%s: whose number?", field->key);
		if (field->max && field->min > field->max)
			fail_msg("%s: min and max", field->key);
	}
}

static size_t add(size_t count, const struct provider *provider,
		  const struct form_schema *schema)
{
	assert_true(count < FORMS_MOST);
	form_rows[count] = (struct form_row){
		.name = mem_printf("%s %s", provider->name, schema->name),
		.schema = schema,
	};
	return count + 1;
}

static size_t collect(void)
{
	size_t count = 0;

	for (size_t i = 0; prov_registry[i]; i++) {
		const struct provider *provider = prov_registry[i];
		const struct prov_form *form = provider->forms;
		const struct prov_creation *creation = provider->creations;

		for (; form && form->schema; form++)
			count = add(count, provider, form->schema);
		for (; creation && creation->form.schema; creation++)
			count = add(count, provider, creation->form.schema);
	}
	return count;
}

static const struct {
	const char *name;
	CMUnitTestFunction test;
} questions[] = {
	{ "labels", test_schema_labels },
	{ "help", test_schema_help },
	{ "choices", test_schema_choices },
	{ "kinds", test_schema_kinds },
};

int main(void)
{
	struct test_list tests = { 0 };
	size_t count = collect();
	int ret;

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		test_add_rows(&tests, questions[i].name, questions[i].test,
			      form_rows, count, sizeof(*form_rows));
	ret = test_run(&tests, "providers/schemas");
	for (size_t i = 0; i < count; i++)
		free((char *)(uintptr_t)form_rows[i].name);
	return ret;
}
