/* SPDX-License-Identifier: MIT */
/* Names below a path that is typed: as many as fit, and the way to the others.
 */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "forms/mem.h"
#include "tui/files/names.h"

static void fill(struct tui_names *names, unsigned count)
{
	struct tui_paths paths = { mem_array(count + 1, sizeof(char *)), 0 };

	for (unsigned i = 0; i < count; i++)
		paths.list[paths.count++] = mem_printf("name-%02u", i);
	tui_names_set(names, &paths);
	assert_null(paths.list);
}

static void assert_page(struct tui_names *names, const char *head, int cols,
			int rows, const char *want)
{
	char *page = tui_names_page(names, head, cols, rows);

	assert_string_equal(page, want);
	free(page);
}

static bool press(struct tui_names *names, int key)
{
	return tui_names_key(names, &(struct tui_input){ .key = key });
}

static void test_names_all_fit(void **state)
{
	struct tui_names names = { 0 };

	(void)state;
	assert_page(&names, "Here:", 40, 3, "");
	fill(&names, 3);
	assert_page(&names, "Here:", 20, 3, "Here: name-00\nname-01   name-02");
	assert_false(press(&names, TUI_KEY_PAGE_DOWN));
	tui_names_release(&names);
}

static void test_names_page(void **state)
{
	struct tui_names names = { 0 };

	(void)state;
	fill(&names, 10);
	assert_page(&names, "", 20, 3,
		    "name-00   name-01\nname-02   name-03\nv 6 more (PgDn)");
	assert_true(press(&names, TUI_KEY_PAGE_DOWN));
	assert_page(&names, "", 20, 3,
		    "name-04   name-05\nname-06   name-07\n"
		    "^ 4 more (PgUp) · v 2 more (PgDn)");
	assert_true(press(&names, TUI_KEY_PAGE_DOWN));
	assert_page(&names, "", 20, 3, "name-08   name-09\n^ 8 more (PgUp)");
	assert_false(press(&names, TUI_KEY_PAGE_DOWN));
	assert_true(press(&names, TUI_KEY_PAGE_UP));
	assert_true(press(&names, TUI_KEY_PAGE_UP));
	assert_int_equal(names.top, 0);
	assert_false(press(&names, TUI_KEY_PAGE_UP));
	tui_names_release(&names);
}

/* Also where not even one fits. */
static void test_names_go_on(void **state)
{
	struct tui_names names = { 0 };

	(void)state;
	fill(&names, 2);
	assert_page(&names, "", 3, 1, "name-00\nv 1 more (PgDn)");
	assert_true(press(&names, TUI_KEY_PAGE_DOWN));
	assert_page(&names, "", 3, 1, "name-01\n^ 1 more (PgUp)");
	tui_names_release(&names);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "all fit", test_names_all_fit);
	test_add(&tests, "page", test_names_page);
	test_add(&tests, "go on", test_names_go_on);
	return test_run(&tests, "tui/names");
}
