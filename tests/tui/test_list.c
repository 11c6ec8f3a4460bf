/* SPDX-License-Identifier: MIT */
#include "tests/test.h"
#include "tui/widgets/list.h"

static const struct moving {
	const char *name;
	size_t count;
	int rows;
	const char *keys; /* j k g G, d and u for pages */
	size_t selected, top, above, below;
} movings[] = {
	{ "nothing to move in", 0, 5, "jkGgdu", 0, 0, 0, 0 },
	{ "down", 10, 5, "jj", 2, 0, 0, 5 },
	{ "down out of view", 10, 5, "jjjjj", 5, 1, 1, 4 },
	{ "up stops", 10, 5, "kkk", 0, 0, 0, 5 },
	{ "down stops", 3, 5, "jjjjjj", 2, 0, 0, 0 },
	{ "last", 10, 5, "G", 9, 5, 5, 0 },
	{ "last and first", 10, 5, "Gg", 0, 0, 0, 5 },
	{ "a page keeps a row in view", 100, 10, "d", 9, 0, 0, 90 },
	{ "two pages", 100, 10, "dd", 18, 9, 9, 81 },
	{ "a page back", 100, 10, "Gu", 90, 90, 90, 0 },
	{ "one row in view", 5, 1, "jj", 2, 2, 2, 2 },
	{ "no row in view", 5, 0, "jj", 2, 2, 2, 3 },
	{ "a million", 1000000, 20, "Gk", 999998, 999980, 999980, 0 },
};

static int key_of(char c)
{
	return c == 'd' ? TUI_KEY_PAGE_DOWN : c == 'u' ? TUI_KEY_PAGE_UP : c;
}

static void test_list_moves(void **state)
{
	const struct moving *row = *state;
	struct tui_list list = { 0 };

	tui_list_fit(&list, row->count, row->rows);
	for (const char *key = row->keys; *key; key++) {
		struct tui_input in = { .key = key_of(*key) };

		assert_true(tui_list_key(&list, &in, true));
	}
	assert_int_equal(list.selected, row->selected);
	assert_int_equal(list.top, row->top);
	assert_int_equal(tui_list_above(&list), row->above);
	assert_int_equal(tui_list_below(&list), row->below);
}

static const struct fitting {
	const char *name;
	struct tui_list before;
	size_t count;
	int rows;
	size_t selected, top;
} fittings[] = {
	{ "a smaller window keeps the selection in view",
	  { 50, 9, 0, 10 },
	  50,
	  4,
	  9,
	  6 },
	{ "a larger one fills up", { 20, 19, 15, 5 }, 20, 10, 19, 10 },
	{ "fewer rows take the selection along",
	  { 20, 19, 15, 5 },
	  3,
	  5,
	  2,
	  0 },
	{ "none are left", { 20, 19, 15, 5 }, 0, 5, 0, 0 },
};

static void test_list_fits(void **state)
{
	const struct fitting *row = *state;
	struct tui_list list = row->before;

	tui_list_fit(&list, row->count, row->rows);
	assert_int_equal(list.selected, row->selected);
	assert_int_equal(list.top, row->top);
}

static void test_list_leaves_letters_to_others(void **state)
{
	struct tui_list list = { 0 };
	struct tui_input in = { .key = 'j' };

	(void)state;
	tui_list_fit(&list, 5, 5);
	assert_false(tui_list_key(&list, &in, false));
	in.key = TUI_KEY_DOWN;
	assert_true(tui_list_key(&list, &in, false));
	assert_int_equal(list.selected, 1);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_list_moves, movings);
	TEST_ROWS(&tests, test_list_fits, fittings);
	test_add(&tests, "test_list_leaves_letters_to_others",
		 test_list_leaves_letters_to_others);
	return test_run(&tests, "tui/list");
}
