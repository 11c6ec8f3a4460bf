/* SPDX-License-Identifier: MIT */
/* Opening a file that a person named. */
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "forms/look.h"
#include "forms/mem.h"

static char dir[] = "/tmp/kyc-test-open-XXXXXX";

static char *write_file(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
	return path;
}

/* What is there instead of a file is made by its row. */
static void make_folder(const char *path)
{
	assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const char *path)
{
	assert_int_equal(symlink("/etc/passwd", path), 0);
}

static void make_link_to_nothing(const char *path)
{
	assert_int_equal(symlink("nowhere", path), 0);
}

static void make_pipe(const char *path)
{
	assert_int_equal(mkfifo(path, 0600), 0);
}

static void make_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(strlen(path) < sizeof(address.sun_path));
	memcpy(address.sun_path, path, strlen(path));
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)),
			 0);
	close(fd);
}

static void make_unreadable(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0);

	assert_true(fd >= 0);
	close(fd);
}

static const struct refusal {
	const char *name;
	const char *path; /* absolute, or NULL: "thing" in our folder */
	void (*make)(const char *path);
	const char *said;
} refusals[] = {
	{ "missing", NULL, NULL, "there is no such file" },
	{ "no name", "", NULL, "there is no such file" },
	{ "under a file", "/etc/passwd/x", NULL, "there is no such file" },
	{ "folder", NULL, make_folder, "it is a folder" },
	{ "link", NULL, make_link, "it is a symbolic link" },
	{ "link to nothing", NULL, make_link_to_nothing, "symbolic link" },
	{ "pipe, without hanging", NULL, make_pipe, "it is a pipe" },
	{ "socket", NULL, make_socket, "it is a socket" },
	{ "device", "/dev/null", NULL, "it is a device" },
	{ "unreadable", NULL, make_unreadable, "no permission" },
};

static void test_open_refuses(void **state)
{
	const struct refusal *row = *state;
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	char *path;

	/* Nothing is unreadable to root. */
	if (row->make == make_unreadable && geteuid() == 0)
		skip();
	path = row->path ? mem_dup(row->path) : mem_printf("%s/thing", dir);
	if (row->make)
		row->make(path);
	assert_int_equal(doc_file_open(&file, path, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, row->said));
	assert_non_null(strstr(err.text, path));
	assert_int_equal(file.fd, -1);
	if (row->make)
		remove(path);
	free(path);
}

static void test_open_cleans_the_name(void **state)
{
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(doc_file_open(&file, "a\033[2Jb\n.jpg", &err), -1);
	assert_null(strchr(err.text, '\033'));
	assert_null(strchr(err.text, '\n'));
	assert_non_null(strstr(err.text, ".jpg"));
}

static void test_open_keeps_the_reason_behind_a_long_name(void **state)
{
	char name[3000];
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(doc_file_open(&file, name, &err), -1);
	assert_non_null(strstr(err.text, "the name is too long"));
}

static void test_open_takes_an_empty_file(void **state)
{
	char *path = write_file("empty", "");
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	assert_int_equal(file.bytes, 0);
	doc_file_close(&file);
	unlink(path);
	free(path);
}

static void test_open_descriptor_is_ours_alone(void **state)
{
	char *path = write_file("plain", "hello");
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	int fd;

	(void)state;
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	fd = file.fd;
	assert_int_equal(file.bytes, 5);
	assert_int_not_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
	/* Reading it waits for the disk like any file. */
	assert_int_equal(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	doc_file_close(&file);
	assert_int_equal(file.fd, -1);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	doc_file_close(&file);
	unlink(path);
	free(path);
}

static void test_close_leaves_standard_input(void **state)
{
	struct doc_file never = { 0 };

	(void)state;
	doc_file_close(&never);
	assert_int_not_equal(fcntl(0, F_GETFD), -1);
}

static void test_unchanged_until_it_is_written(void **state)
{
	char *path = write_file("changing", "one");
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	assert_true(doc_file_unchanged(&file));
	free(write_file("changing", "three"));
	assert_false(doc_file_unchanged(&file));
	doc_file_close(&file);
	unlink(path);
	free(path);
}

/* Same size, and the time set back: the change itself is still noted. */
static void test_unchanged_notices_a_disguise(void **state)
{
	char *path = write_file("disguised", "one");
	struct timespec times[2] = { { 1000, 0 }, { 1000, 0 } };
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	/* The clock of the file system moves in steps. */
	while (doc_file_unchanged(&file)) {
		free(write_file("disguised", "two"));
		assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	}
	doc_file_close(&file);
	unlink(path);
	free(path);
}

/* What was opened is what is read, whatever the name leads to later. */
static void test_open_stays_with_the_file(void **state)
{
	char *path = write_file("first", "first");
	char *other = write_file("second", "other");
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	char text[6] = { 0 };

	(void)state;
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(pread(file.fd, text, 5, 0), 5);
	assert_string_equal(text, "first");
	doc_file_close(&file);
	unlink(path);
	free(path);
	free(other);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	if (!mkdtemp(dir))
		return 1;
	TEST_ROWS(&tests, test_open_refuses, refusals);
	test_add(&tests, "cleans the name", test_open_cleans_the_name);
	test_add(&tests, "keeps the reason behind a long name",
		 test_open_keeps_the_reason_behind_a_long_name);
	test_add(&tests, "takes an empty file", test_open_takes_an_empty_file);
	test_add(&tests, "descriptor is ours alone",
		 test_open_descriptor_is_ours_alone);
	test_add(&tests, "close leaves standard input",
		 test_close_leaves_standard_input);
	test_add(&tests, "unchanged until it is written",
		 test_unchanged_until_it_is_written);
	test_add(&tests, "unchanged notices a disguise",
		 test_unchanged_notices_a_disguise);
	test_add(&tests, "stays with the file", test_open_stays_with_the_file);
	failed = test_run(&tests, "forms/open");
	rmdir(dir);
	return failed;
}
