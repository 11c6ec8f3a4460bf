/* SPDX-License-Identifier: MIT */
/* Choosing a file from a folder: what is listed, in which order, and what the
 * keys do. */
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/files/picker.h"

#define DEADLINE 2000 /* ticks of 5 ms */

static char *folder;
static struct picker picker;

static const struct doc_type scan = {
	.code = "SCAN",
	.label = "Scan",
	.kinds = DOC_JPEG | DOC_PDF,
	.max_bytes = 1000,
};

static char *path_of(const char *name)
{
	return mem_printf("%s/%s", folder, name);
}

/* NAME of BYTES bytes, changed MINUTES ago. */
static void put_file(const char *name, off_t bytes, int minutes)
{
	char *path = path_of(name);
	struct timespec times[2] = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	times[0].tv_sec = times[1].tv_sec = 1700000000 - minutes * 60L;
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, bytes), 0);
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
	free(path);
}

static void put_folder(const char *name)
{
	char *path = path_of(name);

	assert_int_equal(mkdir(path, 0700), 0);
	free(path);
}

static int begin(void **state)
{
	(void)state;
	folder = mem_dup("/tmp/kyc-picker-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	picker_close(&picker);
	test_remove_tree(folder);
	free(folder);
	return 0;
}

static void read_all(void)
{
	for (int i = 0; picker.reader && i < DEADLINE; i++) {
		poll(NULL, 0, 5);
		picker_tick(&picker);
	}
	assert_null(picker.reader);
	tui_list_fit(&picker.list, picker.list.count, 20);
}

static void open_here(const struct doc_type *type)
{
	picker_open(&picker, type, "Scan", folder, NULL);
	read_all();
}

static enum picker_answer press(int key)
{
	struct tui_input in = { .key = key };
	enum picker_answer answer = picker_key(&picker, &in);

	if (picker.reader)
		read_all();
	return answer;
}

static void type(const char *text)
{
	for (; *text; text++)
		press(*text);
}

/* The rows as one line: "../ a.jpg b/". */
static void assert_rows(const char *want)
{
	struct buf rows = { 0 };

	for (size_t i = 0; i < picker.list.count; i++) {
		const struct tui_reader_entry *entry = picker_entry(&picker, i);

		buf_addf(&rows, "%s%s%s", i ? " " : "",
			 entry ? entry->name : "..",
			 entry && entry->kind != TUI_READER_FOLDER ? "" : "/");
	}
	assert_string_equal(buf_text(&rows), want);
	buf_release(&rows);
}

static void assert_on(const char *name)
{
	const struct tui_reader_entry *entry =
		picker_entry(&picker, picker.list.selected);

	assert_non_null(entry);
	assert_string_equal(entry->name, name);
}

static void test_picker_lists_newest_first(void **state)
{
	(void)state;
	put_file("old.jpg", 10, 30);
	put_file("new.PDF", 10, 10);
	put_file("middle.jpeg", 10, 20);
	open_here(&scan);
	assert_rows("../ new.PDF middle.jpeg old.jpg");
	assert_on("new.PDF");
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_TAKEN);
	assert_true(strstr(picker.taken, "/new.PDF"));
}

static const struct fit {
	const char *name;
	const char *file;
	off_t bytes;
	enum picker_fit fit;
} fits[] = {
	{ "a picture", "a.jpg", 5, PICKER_FITS },
	{ "in capitals", "A.JPEG", 5, PICKER_FITS },
	{ "at the limit", "a.pdf", 1000, PICKER_FITS },
	{ "above it", "a.pdf", 1001, PICKER_LARGE },
	{ "empty", "a.pdf", 0, PICKER_EMPTY },
	{ "another kind", "a.png", 5, PICKER_KIND },
	{ "no suffix", "jpg", 5, PICKER_KIND },
	{ "a suffix behind", "a.jpg.exe", 5, PICKER_KIND },
};

static void test_fit(void **state)
{
	const struct fit *row = *state;
	void *none = NULL;

	begin(&none);
	put_file(row->file, row->bytes, 0);
	open_here(&scan);
	assert_int_equal(picker.left_out, row->fit != PICKER_FITS);
	if (row->fit != PICKER_FITS)
		press(TUI_KEY_TAB);
	assert_on(row->file);
	assert_int_equal(
		picker_fit(&picker,
			   picker_entry(&picker, picker.list.selected)),
		row->fit);
	/* The checks decide, not the guess. */
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_TAKEN);
	end(&none);
}

static void test_picker_refuses_links(void **state)
{
	char *link = path_of("a.jpg"), *target = path_of("b.jpg");

	(void)state;
	put_file("b.jpg", 5, 0);
	assert_int_equal(symlink(target, link), 0);
	open_here(&scan);
	assert_rows("../ b.jpg");
	press(TUI_KEY_TAB);
	press(TUI_KEY_HOME);
	press(TUI_KEY_DOWN);
	assert_on("a.jpg");
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_STAYS);
	free(target);
	free(link);
}

static void test_picker_finds_without_accents(void **state)
{
	(void)state;
	put_file("Certidão João.pdf", 5, 1);
	put_file("contrato.pdf", 5, 0);
	put_file(".hidden.pdf", 5, 0);
	open_here(&scan);
	type("joao");
	assert_rows("Certidão João.pdf");
	assert_on("Certidão João.pdf");
	for (int i = 0; i < 4; i++)
		press(TUI_KEY_BACKSPACE);
	assert_rows("../ contrato.pdf Certidão João.pdf");
	type(".hid");
	assert_rows(".hidden.pdf");
	press(TUI_CTRL('U'));
	type("zebra");
	assert_rows("");
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_STAYS);
}

/* Coming back out, the folder that one was in is selected. */
static void test_picker_walks(void **state)
{
	(void)state;
	put_folder("one");
	put_folder("two");
	put_folder("three");
	put_file("two/in.jpg", 5, 0);
	open_here(&scan);
	type("two");
	press(TUI_KEY_RIGHT);
	assert_rows("../ in.jpg");
	press(TUI_KEY_HOME);
	press(TUI_KEY_ENTER);
	assert_on("two");
	assert_string_equal(picker.folder, folder);
	press(TUI_KEY_ENTER);
	press(TUI_KEY_BACKSPACE);
	assert_on("two");
}

static enum picker_answer drop(const char *text)
{
	struct tui_input in = { .key = TUI_KEY_PASTE,
				.paste = text,
				.paste_len = strlen(text) };

	return picker_key(&picker, &in);
}

/* One file is the answer, several are for who asked, a folder is gone to. */
static void test_picker_takes_what_is_dropped(void **state)
{
	char *one = mem_printf("'%s/a b.jpg'\n", folder);
	char *two = mem_printf("file://%s/a%%20b.jpg %s/c.jpg", folder, folder);
	char *in = mem_printf("%s/in\n", folder);

	(void)state;
	put_file("a b.jpg", 5, 0);
	put_file("c.jpg", 5, 0);
	put_folder("in");
	open_here(&scan);
	assert_int_equal(drop(one), PICKER_TAKEN);
	assert_true(strstr(picker.taken, "/a b.jpg"));
	assert_int_equal(drop(two), PICKER_DROPPED);
	assert_int_equal(drop(in), PICKER_STAYS);
	assert_true(strstr(picker.folder, "/in"));
	free(in);
	free(two);
	free(one);
}

/* No name has a slash: what begins with one, or with ~, is a path. */
static void test_picker_goes_to_a_path_that_is_typed(void **state)
{
	char *in = mem_printf("%s/in", folder);
	char *file = mem_printf("%s/in/a b.jpg", folder);

	(void)state;
	put_folder("in");
	put_file("in/a b.jpg", 5, 0);
	open_here(&scan);
	type(in);
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_STAYS);
	assert_string_equal(picker.folder, in);
	assert_rows("../ a b.jpg");
	type(file);
	assert_int_equal(press(TUI_KEY_ENTER), PICKER_TAKEN);
	assert_string_equal(picker.taken, file);
	free(file);
	free(in);
}

static void test_picker_takes_a_folder(void **state)
{
	(void)state;
	put_folder("in");
	put_file("a.jpg", 5, 0);
	open_here(NULL);
	assert_rows("../ in/");
	press(TUI_KEY_ENTER);
	assert_int_equal(press(TUI_KEY_F2), PICKER_TAKEN);
	assert_true(strstr(picker.taken, "/in"));
}

static void test_picker_says_what_is_gone(void **state)
{
	char *path = path_of("gone");

	(void)state;
	picker_open(&picker, &scan, "Scan", folder, NULL);
	read_all();
	picker_go(&picker, path, NULL);
	read_all();
	assert_int_equal(picker.error, ENOENT);
	free(path);
	press(TUI_KEY_LEFT);
	assert_int_equal(picker.error, 0);
}

static void test_picker_opens_where_was_typed(void **state)
{
	char *part = path_of("scan-");
	char *nowhere = path_of("no/such/file");
	char *here = getcwd(NULL, 0);

	(void)state;
	put_file("scan-1.jpg", 5, 0);
	picker_open(&picker, &scan, "Scan", part, NULL);
	assert_string_equal(picker.folder, folder);
	picker_open(&picker, &scan, "Scan", nowhere, NULL);
	assert_string_equal(picker.folder, here);
	free(here);
	free(nowhere);
	free(part);
}

/* Never more than some thousands at once: a key is not kept waiting. What is
 * selected stays so while others come in. */
static void test_picker_reads_many_bit_by_bit(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < 9000; i++) {
		snprintf(name, sizeof(name), "%05d.jpg", i);
		put_file(name, 5, i);
	}
	picker_open(&picker, &scan, "Scan", folder, NULL);
	for (int i = 0; !picker.count && i < DEADLINE; i++) {
		poll(NULL, 0, 1);
		picker_tick(&picker);
	}
	assert_in_range(picker.count, 1, 2048);
	read_all();
	assert_int_equal(picker.count, 9000);
	assert_on("00000.jpg");
	for (size_t i = 1; i < picker.count; i++)
		assert_true(picker.all[i - 1]->modified_ms >
			    picker.all[i]->modified_ms);
}

/* Left in the middle of it. */
static void test_picker_may_be_closed_early(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "%05d.jpg", i);
		put_file(name, 5, i);
	}
	for (int i = 0; i < 20; i++) {
		picker_open(&picker, &scan, "Scan", folder, NULL);
		picker_close(&picker);
	}
}

static void add(struct test_list *tests, const char *name,
		CMUnitTestFunction function)
{
	test_add(tests, name, function);
	tests->tests[tests->count - 1].setup_func = begin;
	tests->tests[tests->count - 1].teardown_func = end;
}

int main(void)
{
	struct test_list tests = { 0 };

	add(&tests, "lists newest first", test_picker_lists_newest_first);
	TEST_ROWS(&tests, test_fit, fits);
	add(&tests, "refuses links", test_picker_refuses_links);
	add(&tests, "finds without accents", test_picker_finds_without_accents);
	add(&tests, "walks", test_picker_walks);
	add(&tests, "takes what is dropped", test_picker_takes_what_is_dropped);
	add(&tests, "goes to a path that is typed",
	    test_picker_goes_to_a_path_that_is_typed);
	add(&tests, "takes a folder", test_picker_takes_a_folder);
	add(&tests, "says what is gone", test_picker_says_what_is_gone);
	add(&tests, "opens where was typed", test_picker_opens_where_was_typed);
	add(&tests, "reads many bit by bit", test_picker_reads_many_bit_by_bit);
	add(&tests, "may be closed early", test_picker_may_be_closed_early);
	return test_run(&tests, "tui/picker");
}
