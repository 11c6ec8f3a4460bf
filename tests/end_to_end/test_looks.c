/* SPDX-License-Identifier: MIT */
/*
 * Pictures in the wizard: of what is chosen, and beside it what was rejected;
 * from a rejection to its replacement with few keys.
 */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"

#define ENTER	HANDS_ENTER
#define ESC	HANDS_ESC
#define CTRL_V	"\026"
#define NORA	"5eed0000-0000-4000-8000-000000000007"
#define PICTURE "[▀▄▌▐]{6}"

static struct practice practice;
static char *scans; /* the folder of files */

static char *scan_path(const char *name)
{
	return mem_printf("%s/%s", scans, name);
}

/* A copy of a sample; it is the newest file there. */
static void scan(const char *sample, const char *name)
{
	char *from = practice_sample(sample), *to = scan_path(name);
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	static char bytes[1 << 20];
	size_t got = 0;

	assert_non_null(in);
	assert_non_null(out);
	got = fread(bytes, 1, sizeof(bytes), in);
	assert_int_equal(fwrite(bytes, 1, got, out), got);
	fclose(in);
	assert_int_equal(fclose(out), 0);
	free(from);
	free(to);
}

static int start(void **state)
{
	(void)state;
	practice_start_for(&practice, "dwolla", "--review-seconds 1");
	scans = mem_printf("%s/scans", practice.dir);
	assert_int_equal(mkdir(scans, 0700), 0);
	scan("passport-blurry.jpg", "blurred.jpg");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	practice_stop(&practice);
	free(scans);
	return 0;
}

/* What was sent for Nora's license from SCANS was rejected. */
static struct pty *open_rejected(int rows, int cols)
{
	struct pty *pty = hands_open(&practice, rows, cols);
	char *blurred = scan_path("blurred.jpg");

	pty_expect(pty, "60 of 60 match");
	pty_send(pty, "nora");
	pty_expect_match(pty, "^▸ Nora Blake");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	hands_point_at(pty, "Driver's license");
	pty_send(pty, ENTER);
	pty_expect(pty, "rejected: Image blurry");
	pty_expect(pty, "Find:");
	pty_send(pty, "\033[200~");
	pty_send(pty, blurred);
	pty_send(pty, "\033[201~");
	free(blurred);
	pty_expect(pty, "nothing wrong was found");
	pty_send(pty, "ss");
	pty_expect(pty, "has arrived");
	pty_send(pty, "5");
	pty_expect_match(pty, "Driver's license .* (in review|received)");
	hands_await(&practice, NORA, "rejected");
	pty_send(pty, "R");
	pty_expect(pty, "Take a new picture");
	return pty;
}

static void leave(struct pty *pty)
{
	pty_send(pty, "\003\003");
	assert_int_equal(pty_wait_exit(pty), 130);
	pty_free(pty);
}

/* Enter, Enter, s, s. */
static void test_looks_replace_what_was_rejected(void **state)
{
	struct pty *pty = open_rejected(24, 80);

	(void)state;
	scan("drivers-license-front.jpg", "new.jpg");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "Driver's license · .*/scans");
	pty_expect_match(pty, "▸ new.jpg");
	pty_send(pty, ENTER "ss");
	pty_expect(pty, "has arrived");
	leave(pty);
}

/* Where there is room for one, v shows the other; where there is for two, they
 * stand side by side. */
static void test_looks_show_both(void **state)
{
	struct pty *pty = open_rejected(24, 80);

	(void)state;
	scan("drivers-license-front.jpg", "new.jpg");
	pty_send(pty, ENTER);
	pty_expect_match(pty, "▸ new.jpg");
	pty_send(pty, ENTER);
	pty_expect(pty, "nothing wrong was found");
	pty_send(pty, "v");
	pty_expect(pty, "New: new.jpg");
	pty_expect_match(pty, PICTURE);
	pty_send(pty, CTRL_V);
	pty_expect_match(pty, "Sent .*: blurred.jpg");
	pty_expect_match(pty, PICTURE);
	pty_resize(pty, 40, 120);
	pty_expect_match(pty, "New: new.jpg .*Sent .*: blurred.jpg");
	pty_send(pty, " ");
	pty_expect_match(pty, "▸ \\[ Done \\]");
	pty_expect_match(pty, " New: new.jpg");
	pty_expect_match(pty, " Sent .*: blurred.jpg");
	pty_expect_match(pty, PICTURE);
	leave(pty);
}

/* What is not what was sent is not shown as that. */
static void test_looks_show_only_what_was_sent(void **state)
{
	struct pty *pty = open_rejected(40, 120);
	char *blurred = scan_path("blurred.jpg");

	(void)state;
	scan("selfie.jpg", "blurred.jpg");
	pty_send(pty, ENTER);
	pty_expect(pty, "The file was changed since");
	pty_send(pty, ESC);
	pty_expect(pty, "[ Done ]");
	pty_send(pty, ESC);
	pty_expect(pty, "[5 Status");
	assert_int_equal(unlink(blurred), 0);
	pty_send(pty, ENTER);
	pty_expect(pty, "What was sent cannot be shown");
	pty_expect(pty, "there is no such file");
	free(blurred);
	leave(pty);
}

/* The same once more is said to be that. */
static void test_looks_know_the_rejected_one(void **state)
{
	struct pty *pty = open_rejected(24, 80);

	(void)state;
	pty_send(pty, ENTER);
	pty_expect_match(pty, "▸ blurred.jpg");
	pty_send(pty, ENTER);
	pty_expect(pty, "this very file was rejected before");
	leave(pty);
}

static void add(struct test_list *tests, const char *name,
		CMUnitTestFunction function)
{
	test_add(tests, name, function);
	tests->tests[tests->count - 1].setup_func = start;
	tests->tests[tests->count - 1].teardown_func = stop;
}

int main(void)
{
	struct test_list tests = { 0 };

	add(&tests, "replace what was rejected",
	    test_looks_replace_what_was_rejected);
	add(&tests, "show both", test_looks_show_both);
	add(&tests, "show only what was sent",
	    test_looks_show_only_what_was_sent);
	add(&tests, "know the rejected one", test_looks_know_the_rejected_one);
	return test_run(&tests, "end_to_end/looks");
}
