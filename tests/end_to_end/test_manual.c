/* SPDX-License-Identifier: MIT */
/* Each command and each key that the program has, and each setting, is in the
 * manual; commands are completed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"
#include "tui/files/picker.h"
#include "tui/wizard/wizard_private.h"

#define TEXT_MOST 131072

static char *slurp(const char *path)
{
	char *whole = test_source_path(path);
	char *text = mem_alloc(TEXT_MOST);
	FILE *file = fopen(whole, "r");
	size_t len;

	assert_non_null(file);
	len = fread(text, 1, TEXT_MOST - 1, file);
	assert_true(len > 0 && len < TEXT_MOST - 1);
	fclose(file);
	free(whole);
	return text;
}

/* Calls EACH with every command that the help lists; returns how many. */
static size_t each_command(const char *help, const char *text,
			   void (*each)(const char *command, const char *text))
{
	static const char before[] = "\n       kyc ";
	size_t count = 0;

	for (const char *at = help; (at = strstr(at, before)); count++) {
		char *command = NULL;

		at += strlen(before);
		command = mem_dup_n(at, strcspn(at, " \n"));
		each(command, text);
		free(command);
	}
	return count;
}

static void is_in_manual(const char *command, const char *text)
{
	char *entry = mem_printf("\n.B %s\n", command);
	char *part = mem_printf("\n.B %s ", command);

	if (!strstr(text, entry) && !strstr(text, part))
		fail_msg("the manual does not explain '%s'", command);
	free(part);
	free(entry);
}

static void is_completed(const char *command, const char *text)
{
	const char *list = strstr(text, "local commands='");
	char *all = NULL;

	assert_non_null(list);
	list += strlen("local commands='");
	all = mem_dup_n(list, strcspn(list, "'"));
	if (!strstr(all, command))
		fail_msg("'%s' is not completed", command);
	free(all);
}

static void test_manual_has_every_command(void **state)
{
	struct practice practice = { 0 };
	struct practice_run run = { 0 };
	char *manual = slurp("assets/kyc.1");
	char *portuguese = slurp("assets/pt_BR/kyc.1");
	char *completion = slurp("assets/kyc.bash");

	(void)state;
	practice_start(&practice, "");
	run = KYC(&practice, "--help");
	assert_int_equal(run.status, 0);
	assert_true(each_command(run.out, manual, is_in_manual) > 10);
	assert_true(each_command(run.out, portuguese, is_in_manual) > 10);
	assert_true(each_command(run.out, completion, is_completed) > 10);
	practice_run_release(&run);
	practice_stop(&practice);
	free(completion);
	free(portuguese);
	free(manual);
}

static const struct doc_type any_type = { .code = "any" };
static const struct picker file_picker = { .type = &any_type };
static const struct picker folder_picker = { 0 };

static const struct keys {
	const char *name;
	const char *heading;		 /* of the manual's part about them */
	const char *portuguese;		 /* of the translated one's */
	const struct tui_screen *screen; /* NULL: what follows */
	const struct picker *picker;	 /* NULL: what goes everywhere */
} keys[] = {
	{ "everywhere", "Everywhere", "Em toda parte", NULL, NULL },
	{ "customers", "Customers", "Clientes", &tui_screen_customers, NULL },
	{ "a new customer", "A new customer", "Um cliente novo",
	  &tui_screen_create, NULL },
	{ "inbox", "The rejected inbox", "A caixa dos recusados",
	  &tui_screen_inbox, NULL },
	{ "documents", "The checklist", "A lista", &tui_screen_documents,
	  NULL },
	{ "document", "One document", "Um documento", &tui_screen_document,
	  NULL },
	{ "picker", "Looking for a file", "Procurar um arquivo", NULL,
	  &file_picker },
	{ "folder picker", "Looking for a folder", "Procurar uma pasta", NULL,
	  &folder_picker },
	{ "folder", "A whole folder", "Uma pasta inteira", &tui_screen_folder,
	  NULL },
	{ "information", "Information", "Informações", &tui_screen_information,
	  NULL },
	{ "review", "Review and send", "Revisar e enviar", &tui_screen_review,
	  NULL },
	{ "status", "Status", "Situação", &tui_screen_status, NULL },
	{ "profiles", "Profiles", "Perfis", &tui_screen_profiles, NULL },
};

/* LABEL as a manual spells it; free() it. */
static char *spelt(const char *label)
{
	struct buf text = { 0 };

	buf_add_text(&text, "\n.B ");
	for (; *label; label++)
		buf_addf(&text, "%s%c", *label == '-' ? "\\" : "", *label);
	buf_add_char(&text, '\n');
	return buf_take(&text);
}

/* The part of MANUAL under HEADING; free() it. */
static char *part_of(const char *manual, const char *heading)
{
	char *first = mem_printf("\n.SS \"%s\"\n", heading);
	const char *begin = strstr(manual, first);
	const char *end = NULL;

	if (!begin)
		fail_msg("the manual has no part '%s'", heading);
	begin += strlen(first) - 1;
	end = strstr(begin, "\n.S");
	free(first);
	return mem_dup_n(begin,
			 end ? (size_t)(end - begin) + 1 : strlen(begin));
}

/* What is drawn as a key is the same in both languages; what is a word ("drop")
 * is looked for in the English one alone. */
static void expect_keys(const struct tui_binding *row, const char *part,
			bool words)
{
	for (; row->key; row++) {
		char *key = row->name ? spelt(row->name) : NULL;
		bool word = row->name && row->name[0] >= 'a' &&
			    row->name[0] <= 'z' && row->name[1];

		if (key && (words || !word) && !strstr(part, key))
			fail_msg("the manual does not explain the key '%s'",
				 row->name);
		free(key);
	}
}

static void test_manual_has_every_key(void **state)
{
	const struct keys *row = *state;
	const struct tui_binding *bindings =
		row->screen   ? row->screen->bindings
		: row->picker ? picker_bindings(row->picker)
			      : tui_common_bindings;
	char *manual = slurp("assets/kyc.1");
	char *portuguese = slurp("assets/pt_BR/kyc.1");
	char *part = part_of(manual, row->heading);

	expect_keys(bindings, part, true);
	free(part);
	part = part_of(portuguese, row->portuguese);
	expect_keys(bindings, part, false);
	free(part);
	free(portuguese);
	free(manual);
}

static void test_manuals_have_the_same_sections(void **state)
{
	char *manual = slurp("assets/kyc.1");
	char *portuguese = slurp("assets/pt_BR/kyc.1");
	static const char *const marks[] = { "\n.SH ", "\n.SS ", "\n.TP\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		assert_int_equal(walk_count(manual, marks[i]),
				 walk_count(portuguese, marks[i]));
	free(portuguese);
	free(manual);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "the manual has every command",
		 test_manual_has_every_command);
	TEST_ROWS(&tests, test_manual_has_every_key, keys);
	test_add(&tests, "both manuals have the same sections",
		 test_manuals_have_the_same_sections);
	return test_run(&tests, "end_to_end/manual");
}
