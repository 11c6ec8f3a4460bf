/* SPDX-License-Identifier: MIT */
/* Paths as terminals and people give them. Each test works in a directory of
 * its own, which it is in. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/test.h"
#include "tui/files/path.h"

static char directory[] = "/tmp/kyc-path-XXXXXX";

static void make_file(const char *name, time_t modified)
{
	struct timespec times[2] = { { modified, 0 }, { modified, 0 } };
	int fd = open(name, O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	futimens(fd, times);
	close(fd);
}

static const struct parsing {
	const char *name;
	const char *text;
	const char *want[4];
} parsings[] = {
	{ "one", "/a/b.pdf", { "/a/b.pdf" } },
	{ "blank behind, as terminals do", "/a/b.pdf ", { "/a/b.pdf" } },
	{ "two", "/a/b.pdf /c.png", { "/a/b.pdf", "/c.png" } },
	{ "lines", "/a\r\n/b\n", { "/a", "/b" } },
	{ "single quotes", "'/a/my file.pdf'", { "/a/my file.pdf" } },
	{ "double quotes",
	  "\"/a/my file.pdf\" /b",
	  { "/a/my file.pdf", "/b" } },
	{ "a quote in quotes", "'/a/it'\\''s.pdf'", { "/a/it's.pdf" } },
	{ "backslashes", "/a/my\\ file\\(1\\).pdf", { "/a/my file(1).pdf" } },
	{ "a backslash in single quotes stays", "'/a\\b'", { "/a\\b" } },
	{ "an address", "file:///a/my%20file.pdf", { "/a/my file.pdf" } },
	{ "an address with its host",
	  "file://desk/a%C3%A9.pdf",
	  { "/a\xc3\xa9.pdf" } },
	{ "addresses in lines", "file:///a\r\nfile:///b\r\n", { "/a", "/b" } },
	{ "no byte is smuggled in", "file:///a%00b", { "/a%00b" } },
	{ "half a code stays", "file:///a%2", { "/a%2" } },
	{ "not an address of a file", "https://x/y", { "https://x/y" } },
	{ "an open quote", "'/a b", { "/a b" } },
	{ "a bare name with blanks that exists",
	  "my scan (1).pdf",
	  { "my scan (1).pdf" } },
	{ "two of them, in lines",
	  "my scan (1).pdf\nmy scan (1).pdf\n",
	  { "my scan (1).pdf", "my scan (1).pdf" } },
	{ "one with a quote that exists", "it's.pdf", { "it's.pdf" } },
	{ "nothing", " \n ", { NULL } },
};

static void test_paths_parse(void **state)
{
	const struct parsing *row = *state;
	struct tui_paths paths = { 0 };
	size_t i;

	tui_paths_parse(row->text, strlen(row->text), &paths);
	for (i = 0; i < 4 && row->want[i]; i++) {
		assert_true(i < paths.count);
		assert_string_equal(paths.list[i], row->want[i]);
	}
	assert_int_equal(paths.count, i);
	tui_paths_release(&paths);
}

static void test_paths_have_a_ceiling(void **state)
{
	struct tui_paths paths = { 0 };
	size_t size = 1 << 20;
	char *text = mem_alloc(size + 1);

	(void)state;
	for (size_t i = 0; i < size; i++)
		text[i] = i % 2 ? '\n' : 'x';
	tui_paths_parse(text, size, &paths);
	assert_int_equal(paths.count, 1000);
	tui_paths_release(&paths);
	/* No file has such a name. */
	memset(text, 'x', size);
	tui_paths_parse(text, size, &paths);
	assert_int_equal(paths.count, 0);
	tui_paths_release(&paths);
	free(text);
}

static const struct likely {
	const char *name;
	const char *text;
	bool want;
} likelies[] = {
	{ "absolute", "/a", true },   { "home", "~/a", true },
	{ "here", "./a", true },      { "an address", "file:///a", true },
	{ "quoted", "'/a b'", true }, { "blanks before", "  /a", true },
	{ "a word", "Maria", false }, { "a date", "31/01/2026", false },
	{ "nothing", "", false },
};

static void test_paths_likely(void **state)
{
	const struct likely *row = *state;

	assert_int_equal(!!tui_paths_likely(row->text), row->want);
}

static void test_path_absolute(void **state)
{
	char *here = mem_printf("%s/a", directory);
	const struct {
		const char *typed, *want;
	} rows[] = {
		{ "/a//b", "/a//b" },	  { "~", "/home/ana" },
		{ "~/a", "/home/ana/a" }, { "a", here },
		{ "./a", here },
	};

	(void)state;
	setenv("HOME", "/home/ana", 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *path = tui_path_absolute(rows[i].typed);

		assert_string_equal(path, rows[i].want);
		free(path);
	}
	free(here);
}

static const struct completing {
	const char *name;
	const char *typed;
	const char *want[5];
	const char *common;
} completings[] = {
	{ "newest first, no hidden ones",
	  "sub/",
	  { "beta.pdf", "Bernard.pdf", "alpha.pdf", "deeper/" },
	  "sub/" },
	{ "a beginning", "sub/al", { "alpha.pdf" }, "sub/alpha.pdf" },
	{ "case does not matter", "sub/AL", { "alpha.pdf" }, "sub/alpha.pdf" },
	{ "several, in two cases",
	  "sub/be",
	  { "beta.pdf", "Bernard.pdf" },
	  "sub/be" },
	{ "a directory", "sub/d", { "deeper/" }, "sub/deeper/" },
	{ "hidden ones after a dot", "sub/.", { ".hidden" }, "sub/.hidden" },
	{ "none", "sub/zzz", { NULL }, "sub/zzz" },
	{ "no such directory", "nowhere/a", { NULL }, "nowhere/a" },
	{ "here", "s", { "sub/" }, "sub/" },
};

static void test_path_complete(void **state)
{
	const struct completing *row = *state;
	struct tui_paths names = { 0 };
	char *common = NULL;
	size_t i;

	tui_path_complete(row->typed, 5, &names, &common);
	for (i = 0; i < 5 && row->want[i]; i++) {
		assert_true(i < names.count);
		assert_string_equal(names.list[i], row->want[i]);
	}
	assert_int_equal(names.count, i);
	assert_string_equal(common, row->common);
	free(common);
	tui_paths_release(&names);
}

static void test_path_complete_keeps_its_room(void **state)
{
	struct tui_paths names = { 0 };

	(void)state;
	tui_path_complete("sub/", 2, &names, NULL);
	assert_int_equal(names.count, 2);
	tui_paths_release(&names);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	if (!mkdtemp(directory) || chdir(directory) || mkdir("sub", 0700) ||
	    mkdir("sub/deeper", 0700))
		return 1;
	make_file("my scan (1).pdf", 1000);
	make_file("it's.pdf", 1000);
	make_file("sub/alpha.pdf", 1000000001);
	make_file("sub/Bernard.pdf", 1000000002);
	make_file("sub/beta.pdf", 1000000003);
	make_file("sub/.hidden", 1000000004);
	utimensat(AT_FDCWD, "sub/deeper",
		  (struct timespec[]){ { 1000000000, 0 }, { 1000000000, 0 } },
		  0);
	TEST_ROWS(&tests, test_paths_parse, parsings);
	test_add(&tests, "test_paths_have_a_ceiling",
		 test_paths_have_a_ceiling);
	TEST_ROWS(&tests, test_paths_likely, likelies);
	test_add(&tests, "test_path_absolute", test_path_absolute);
	TEST_ROWS(&tests, test_path_complete, completings);
	test_add(&tests, "test_path_complete_keeps_its_room",
		 test_path_complete_keeps_its_room);
	failed = test_run(&tests, "tui/path");
	test_remove_tree(directory);
	return failed;
}
