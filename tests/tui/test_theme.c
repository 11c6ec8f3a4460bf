/* SPDX-License-Identifier: MIT */
/* Theme files: what comes along is whole and right, what one writes oneself
 * is taken row by row, and a mistake is named with its line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/terminal/theme.h"

#define PATH "/tmp/kyc-theme-XXXXXX"

/* Returns what reading TEXT returned. */
static int read_text(const char *text, struct tui_theme *theme, struct err *err)
{
	char path[] = PATH;
	int fd = mkstemp(path);
	int ret = 0;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	ret = tui_theme_read(theme, path, err);
	unlink(path);
	return ret;
}

static const struct ours {
	const char *name;
	const char *path;
} ours[] = {
	{ "high contrast", "assets/themes/high-contrast.theme" },
	{ "colour-blind", "assets/themes/colour-blind.theme" },
	{ "default", "assets/themes/default.theme" },
};

static void test_theme_of_ours(void **state)
{
	const struct ours *row = *state;
	char *path = test_source_path(row->path);
	struct tui_theme theme, built_in;
	struct err err = { 0 };

	assert_int_equal(tui_theme_read(&theme, path, &err), 0);
	tui_theme_default(&built_in);
	if (strcmp(row->name, "default") == 0)
		assert_memory_equal(&theme, &built_in, sizeof(theme));
	for (int depth = 0; depth < TUI_DEPTHS; depth++) {
		const struct tui_look *looks = theme.looks[depth];

		/* Without any colour the focus is seen all the same. */
		assert_true(looks[TUI_FOCUS].attributes & TUI_LOOK_REVERSE);
		assert_true(looks[TUI_HERE].attributes & TUI_LOOK_REVERSE);
		assert_memory_not_equal(&looks[TUI_BAD], &looks[TUI_GOOD],
					sizeof(*looks));
		/* Warnings may differ by their sign alone where there are no
		 * colours. */
		if (depth != TUI_DEPTH_NONE)
			assert_memory_not_equal(&looks[TUI_BAD],
						&looks[TUI_WARN],
						sizeof(*looks));
	}
	assert_int_equal(theme.looks[TUI_DEPTH_NONE][TUI_BAD].colour, -1);
	free(path);
}

static const struct look_row {
	const char *name;
	const char *text;
	struct tui_look looks[TUI_DEPTHS]; /* of what is wrong */
} look_rows[] = {
	{ "everywhere",
	  "error = underline blue\n",
	  { { TUI_LOOK_UNDERLINE, -1, -1 },
	    { TUI_LOOK_UNDERLINE, 4, -1 },
	    { TUI_LOOK_UNDERLINE, 4, -1 },
	    { TUI_LOOK_UNDERLINE, 4, -1 } } },
	{ "bright where there are eight",
	  "error = bright-red on bright-white\n",
	  { { 0, -1, -1 },
	    { TUI_LOOK_BOLD, 1, 7 },
	    { 0, 9, 15 },
	    { 0, 9, 15 } } },
	{ "otherwise with more colours",
	  "error = red\n[16]\nerror = bold 9\n[256]\nerror = white on 124\n",
	  { { 0, -1, -1 },
	    { 0, 1, -1 },
	    { TUI_LOOK_BOLD, 9, -1 },
	    { 0, 7, 124 } } },
	{ "otherwise without",
	  "error = default on yellow ; a remark\n[none]\nerror = reverse\n",
	  { { TUI_LOOK_REVERSE, -1, -1 },
	    { 0, -1, 3 },
	    { 0, -1, 3 },
	    { 0, -1, 3 } } },
	{ "nothing said",
	  "# nothing\nok = plain\n",
	  { { TUI_LOOK_BOLD, -1, -1 },
	    { TUI_LOOK_BOLD, 1, -1 },
	    { TUI_LOOK_BOLD, 1, -1 },
	    { TUI_LOOK_BOLD, 160, -1 } } },
};

static void test_theme_look(void **state)
{
	const struct look_row *row = *state;
	struct tui_theme theme;
	struct err err = { 0 };

	assert_int_equal(read_text(row->text, &theme, &err), 0);
	for (int depth = 0; depth < TUI_DEPTHS; depth++) {
		const struct tui_look *look = &theme.looks[depth][TUI_BAD];

		assert_int_equal(look->attributes,
				 row->looks[depth].attributes);
		assert_int_equal(look->colour, row->looks[depth].colour);
		assert_int_equal(look->ground, row->looks[depth].ground);
	}
}

static const struct mistake_row {
	const char *name;
	const char *text;
	const char *says[3];
} mistake_rows[] = {
	{ "a role that is not",
	  "ok = green\neror = red\n",
	  { ", line 2: ", "'eror'", "did you mean 'error'?" } },
	{ "a word that is not",
	  "\n\nerror = purple\n",
	  { ", line 3: ", "'purple'", "bold, dim, reverse" } },
	{ "a number on all terminals",
	  "error = 124\n",
	  { ", line 1: ", "'124'", "numbers from 0 to 7" } },
	{ "a number too large",
	  "[256]\nerror = 256\n",
	  { ", line 2: ", "'256'", "numbers from 0 to 255" } },
	{ "a colour where there are none",
	  "[none]\nerror = bold 1\n",
	  { ", line 2: ", "'1'", "is no look" } },
	{ "a section that is not",
	  "[true]\nerror = red\n",
	  { ", line 2: ", "'true'", "none, 8, 16, 256" } },
	{ "no row at all",
	  "error\n",
	  { ", line 1: ", "neither [section] nor role = look", "" } },
	{ "control characters",
	  "error = \033[31m\n",
	  { ", line 1: ", "is no look", "" } },
};

static void test_theme_mistake(void **state)
{
	const struct mistake_row *row = *state;
	struct tui_theme theme, built_in;
	struct err err = { 0 };

	tui_theme_default(&built_in);
	assert_int_equal(read_text(row->text, &theme, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	for (size_t i = 0; i < 3; i++)
		if (!strstr(err.text, row->says[i]))
			fail_msg("'%s' is not in '%s'", row->says[i], err.text);
	assert_null(strchr(err.text, '\033'));
	assert_memory_equal(&theme, &built_in, sizeof(theme));
}

static void test_theme_that_is_no_file(void **state)
{
	struct tui_theme theme;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(tui_theme_read(&theme, "/nowhere.theme", &err), -1);
	assert_non_null(strstr(err.text, "/nowhere.theme"));
	assert_int_equal(tui_theme_read(&theme, "/dev/zero", &err), -1);
	assert_int_equal(tui_theme_read(&theme, "/tmp", &err), -1);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_theme_of_ours, ours);
	TEST_ROWS(&tests, test_theme_look, look_rows);
	TEST_ROWS(&tests, test_theme_mistake, mistake_rows);
	test_add(&tests, "test_theme_that_is_no_file",
		 test_theme_that_is_no_file);
	return test_run(&tests, "tui/theme");
}
