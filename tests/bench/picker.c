/* SPDX-License-Identifier: MIT */
/* A folder of 100,000 files in the wizard: how soon there is something to
 * choose from, and whether a key waits while the rest is read. */
#include "tests/bench/bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"

#define FILES	  100000
#define LETTERS	  400 /* at most */
#define FIRST_MS  50
#define KEY_MS	  50
#define CTRL_F	  "\006"
#define CTRL_U	  "\025"
#define BACKSPACE "\177"
#define READING	  "so far"

static char *make_folder(const struct practice *practice)
{
	char *folder = mem_printf("%s/many", practice->dir);
	char name[32];
	int dir = -1;

	assert_int_equal(mkdir(folder, 0700), 0);
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(dir >= 0);
	for (int i = 0; i < FILES; i++) {
		int fd;

		snprintf(name, sizeof(name), "scan-%06d.jpg", i);
		fd = openat(dir, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		assert_true(fd >= 0);
		assert_int_equal(write(fd, "x", 1), 1);
		close(fd);
	}
	close(dir);
	return folder;
}

static bool shows(struct pty *pty, const void *text)
{
	return pty_shows(pty, text);
}

/* One letter into the filter and out again, which goes through all files that
 * were found so far; how long each took to be seen. */
static void type_and_erase(struct pty *pty, double *ms)
{
	double began = bench_now_ms();

	pty_send(pty, "s");
	pty_expect_that(pty, shows, "Find: s", "the letter");
	ms[0] = bench_now_ms() - began;
	began = bench_now_ms();
	pty_send(pty, BACKSPACE);
	pty_expect_gone(pty, "Find: s");
	ms[1] = bench_now_ms() - began;
}

static void open_folder(struct pty *pty, const char *folder)
{
	pty_send(pty, CTRL_U BENCH_CUSTOMER "\r");
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	pty_expect(pty, "Passport");
	pty_send(pty, "\r");
	pty_expect(pty, "Ctrl-F");
	pty_send(pty, CTRL_U);
	pty_send(pty, folder);
	pty_send(pty, "/");
	pty_expect(pty, "/many/");
}

static void measure(struct pty *pty)
{
	double ms[LETTERS], began = bench_now_ms();
	size_t count = 0;

	pty_send(pty, CTRL_F);
	pty_expect_that(pty, shows, "scan-", "the first rows");
	bench_promise("from Ctrl-F to the first rows", bench_now_ms() - began,
		      "ms", FIRST_MS);
	while (pty_shows(pty, READING) && count + 2 <= LETTERS) {
		type_and_erase(pty, ms + count);
		count += 2;
	}
	if (count)
		bench_promise("a key until it is seen, while it is read, p99",
			      bench_percentile(ms, count, 99), "ms", KEY_MS);
	pty_expect_gone(pty, READING);
	bench_number("until all of it is read", bench_now_ms() - began, "ms",
		     "");
	for (count = 0; count < 100; count += 2)
		type_and_erase(pty, ms + count);
	bench_promise("and when it is, p99", bench_percentile(ms, count, 99),
		      "ms", KEY_MS);
}

void bench_picker(void)
{
	const struct practice *practice = NULL;
	struct pty *pty = NULL;
	char *folder = NULL;

	bench_title("A folder of 100,000 files, in the picker");
	practice = bench_practice("");
	folder = make_folder(practice);
	pty = bench_wizard(practice, NULL);
	pty_expect_gone(pty, "loading");
	open_folder(pty, folder);
	measure(pty);
	pty_free(pty);
	bench_practice_stop();
	free(folder);
}
