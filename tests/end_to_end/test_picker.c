/* SPDX-License-Identifier: MIT */
/* A file chosen from a folder instead of typed, in the wizard. */
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"

#define CTRL_F "\006"
#define CTRL_R "\022"

static struct practice practice;
static char *scans;

static void scan(const char *sample, const char *name, int minutes)
{
	char *from = practice_sample(sample);
	char *to = mem_printf("%s/%s", scans, name);
	struct timespec times[2] = { 0 };
	char bytes[4096];
	size_t got = 0;
	FILE *in = fopen(from, "rb");
	FILE *out = fopen(to, "wb");

	assert_non_null(in);
	assert_non_null(out);
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, got, out), got);
	times[0].tv_sec = times[1].tv_sec = 1700000000 - minutes * 60L;
	fclose(in);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(utimensat(AT_FDCWD, to, times, 0), 0);
	free(from);
	free(to);
}

static void start(void)
{
	char *inner = NULL;

	practice_start(&practice, "--review-seconds 3600");
	scans = mem_printf("%s/scans", practice.dir);
	inner = mem_printf("%s/scans/inner", practice.dir);
	assert_int_equal(mkdir(scans, 0700), 0);
	assert_int_equal(mkdir(inner, 0700), 0);
	free(inner);
	scan("passport.jpg", "older.jpg", 20);
	scan("passport.jpg", "São.jpg", 10);
	scan("passport.jpg", "notes.txt", 5);
}

static void stop(void)
{
	practice_stop(&practice);
	free(scans);
}

static void leave(struct pty *pty)
{
	pty_send(pty, "\003\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
}

/* The passport's document screen, the picker open on SCANS. */
static struct pty *open_picker(const char *typed, const char *name)
{
	struct pty *pty = hands_open(&practice, 24, 80);

	hands_choose(pty, typed, name);
	hands_point_at(pty, "Passport");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "Ctrl-F");
	pty_send(pty, HANDS_CTRL_U);
	pty_send(pty, scans);
	pty_send(pty, CTRL_F);
	pty_expect_match(pty, "Passport.*/scans");
	pty_expect_match(pty, "inner/");
	pty_expect_match(pty, "São.jpg +.* (MB|kB) +2023-11-14");
	pty_expect_gone(pty, "notes.txt");
	pty_expect(pty, "1 file that is not taken here");
	return pty;
}

static void test_picker_gives_a_file(void **state)
{
	struct pty *pty = open_picker("Beatriz", "Beatriz");

	(void)state;
	pty_send(pty, "sao");
	pty_expect_gone(pty, "older.jpg");
	pty_send(pty, HANDS_ENTER);
	pty_expect_match(pty, "/scans/São.jpg");
	pty_expect(pty, "nothing wrong was found");
	pty_send(pty, HANDS_ESC);
	pty_expect_match(pty, "Passport +.*ready");
	/* And from then on that folder is known. */
	hands_point_at(pty, "Proof of address");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "Ctrl-F");
	pty_send(pty, CTRL_F);
	pty_expect(pty, "older.jpg");
	pty_send(pty, CTRL_R);
	pty_expect(pty, "recent folders");
	pty_expect_match(pty, "▸ /.*/scans");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "older.jpg");
	leave(pty);
}

static void test_picker_says_why_not(void **state)
{
	struct pty *pty = open_picker("Camila", "Camila");

	(void)state;
	pty_send(pty, "\t");
	pty_expect(pty, "notes.txt");
	pty_send(pty, "notes");
	pty_expect(pty, "notes.txt: not taken here: only JPEG");
	pty_send(pty, HANDS_ESC);
	pty_expect(pty, "Ctrl-F");
	leave(pty);
}

static void test_picker_notices_a_lost_folder(void **state)
{
	struct pty *pty = open_picker("Beatriz", "Beatriz");
	char *inner = mem_printf("%s/inner", scans);

	(void)state;
	pty_send(pty, "inner");
	pty_expect_gone(pty, "older.jpg");
	assert_int_equal(rmdir(inner), 0);
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "This folder is not there any more.");
	pty_send(pty, "\033OD");
	pty_expect(pty, "older.jpg");
	assert_int_equal(mkdir(inner, 0700), 0);
	free(inner);
	leave(pty);
}

/* For a whole folder, the folder is chosen the same way. */
static void test_picker_gives_a_folder(void **state)
{
	struct pty *pty = hands_open(&practice, 24, 80);

	(void)state;
	hands_choose(pty, "Camila", "Camila");
	pty_send(pty, "a");
	pty_expect(pty, "A whole folder");
	pty_send(pty, practice.dir);
	pty_send(pty, CTRL_F);
	pty_expect(pty, "scans/");
	pty_send(pty, "scans");
	pty_expect_gone(pty, "../");
	pty_send(pty, HANDS_ENTER);
	pty_expect(pty, "inner/");
	pty_send(pty, "\033OQ");
	pty_expect(pty, "3 files");
	leave(pty);
}

/* Beside the list where there is room, else alone for a moment. */
static void test_picker_shows_a_picture(void **state)
{
	struct pty *pty = open_picker("Camila", "Camila");

	(void)state;
	pty_send(pty, "jpg");
	pty_expect_gone(pty, "inner");
	pty_send(pty, "\033OR"); /* F3 */
	pty_expect_match(pty, "[▀▄▌▐]{8}");
	pty_expect_gone(pty, "older.jpg");
	pty_send(pty, " ");
	pty_expect(pty, "older.jpg");
	pty_resize(pty, 30, 120);
	pty_expect_match(pty, "(older|São).jpg .*[▀▄▌▐ ]{8}");
	leave(pty);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	test_add(&tests, "gives a file", test_picker_gives_a_file);
	test_add(&tests, "says why not", test_picker_says_why_not);
	test_add(&tests, "notices a lost folder",
		 test_picker_notices_a_lost_folder);
	test_add(&tests, "gives a folder", test_picker_gives_a_folder);
	test_add(&tests, "shows a picture", test_picker_shows_a_picture);
	start();
	failed = test_run(&tests, "end_to_end/picker");
	stop();
	return failed;
}
