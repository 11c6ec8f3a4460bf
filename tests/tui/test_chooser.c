/* SPDX-License-Identifier: MIT */
/* Choosing from a list by typing. */
#include "tests/test.h"

#include <string.h>

#include "tui/widgets/chooser.h"

static const struct form_choice choices[] = {
	{ "SALARY", "Salary or pension", NULL },
	{ "SAVINGS", "Savings", NULL },
	{ "REAL_ESTATE", "Sale of a house", NULL },
	{ NULL, NULL, NULL },
};

static enum tui_chooser_answer press(struct tui_chooser *chooser, int key)
{
	struct tui_input in = { .key = key };

	return tui_chooser_key(chooser, &in);
}

static void type(struct tui_chooser *chooser, const char *text)
{
	for (; *text; text++)
		press(chooser, *text);
}

static const struct search {
	const char *name;
	const char *typed;
	const char *want; /* "": nothing is taken */
} searches[] = {
	{ "nothing typed", "", "SALARY" },
	{ "start of a label", "sav", "SAVINGS" },
	{ "start of a later word", "pen", "SALARY" },
	{ "words before insides", "a", "REAL_ESTATE" },
	{ "the provider's own word", "real_", "REAL_ESTATE" },
	{ "case and accents", "HÓUSE", "REAL_ESTATE" },
	{ "no such thing", "zebra", "" },
};

static void test_search(void **state)
{
	const struct search *row = *state;
	struct tui_chooser chooser = { 0 };
	struct tui_input paste = {
		.key = TUI_KEY_PASTE,
		.paste = row->typed,
		.paste_len = strlen(row->typed),
	};

	tui_chooser_open(&chooser, "Source", choices, 0, "");
	tui_chooser_key(&chooser, &paste);
	assert_int_equal(press(&chooser, TUI_KEY_ENTER),
			 row->want[0] ? TUI_CHOOSER_TAKEN : TUI_CHOOSER_STAYS);
	assert_string_equal(tui_chooser_taken(&chooser), row->want);
	tui_chooser_close(&chooser);
}

static void test_chooser_starts_at_the_answer(void **state)
{
	struct tui_chooser chooser = { 0 };

	(void)state;
	tui_chooser_open(&chooser, "Source", choices, 0, "SAVINGS");
	assert_int_equal(press(&chooser, TUI_KEY_ENTER), TUI_CHOOSER_TAKEN);
	assert_string_equal(tui_chooser_taken(&chooser), "SAVINGS");
	tui_chooser_close(&chooser);
}

static void test_chooser_takes_an_unlisted_code(void **state)
{
	struct tui_chooser chooser = { 0 };

	(void)state;
	tui_chooser_open(&chooser, "Kind", choices, TUI_CHOOSER_TYPED, "");
	type(&chooser, "LOTTERY");
	assert_int_equal(press(&chooser, TUI_KEY_ENTER), TUI_CHOOSER_TAKEN);
	assert_string_equal(tui_chooser_taken(&chooser), "LOTTERY");
	tui_chooser_close(&chooser);
}

static void test_chooser_marks_with_space(void **state)
{
	struct tui_chooser chooser = { 0 };

	(void)state;
	tui_chooser_open(&chooser, "Several", choices, TUI_CHOOSER_MULTI, "");
	press(&chooser, TUI_KEY_DOWN);
	assert_int_equal(press(&chooser, ' '), TUI_CHOOSER_MARKED);
	assert_string_equal(tui_chooser_taken(&chooser), "SAVINGS");
	assert_int_equal(press(&chooser, TUI_KEY_ENTER), TUI_CHOOSER_LEFT);
	/* What Enter left may be meant all the same. */
	press(&chooser, TUI_KEY_DOWN);
	assert_true(tui_chooser_take(&chooser));
	assert_string_equal(tui_chooser_taken(&chooser), "REAL_ESTATE");
	tui_chooser_close(&chooser);
	assert_true(tui_marked("A,B", "B"));
	assert_false(tui_marked("AB", "B"));
	assert_false(tui_marked("", "B"));
}

static void test_chooser_finds_countries(void **state)
{
	struct tui_chooser chooser = { 0 };

	(void)state;
	tui_chooser_open(&chooser, "Country", NULL, 0, "BRA");
	assert_int_equal(press(&chooser, TUI_KEY_ENTER), TUI_CHOOSER_TAKEN);
	assert_string_equal(tui_chooser_taken(&chooser), "BRA");
	type(&chooser, "united king");
	press(&chooser, TUI_KEY_ENTER);
	assert_string_equal(tui_chooser_taken(&chooser), "GBR");
	tui_chooser_close(&chooser);
	country_unload();
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_search, searches);
	test_add(&tests, "starts at the answer",
		 test_chooser_starts_at_the_answer);
	test_add(&tests, "takes an unlisted code",
		 test_chooser_takes_an_unlisted_code);
	test_add(&tests, "marks with space", test_chooser_marks_with_space);
	test_add(&tests, "finds countries", test_chooser_finds_countries);
	return test_run(&tests, "tui/chooser");
}
