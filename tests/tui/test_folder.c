/* SPDX-License-Identifier: MIT */
/* Which files of a whole folder are proposed: also of one with very many, one
 * that does not answer, one that goes away. */
#include "tests/test.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/screens/folder.h"

#define DEADLINE 2000 /* ticks of 5 ms */

static char *place;
static struct folder folder;

/* A disk that does not answer: who reads it waits until it does. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t answers = PTHREAD_COND_INITIALIZER;
static bool still;

static void stand_still(bool yes)
{
	pthread_mutex_lock(&lock);
	still = yes;
	pthread_cond_broadcast(&answers);
	pthread_mutex_unlock(&lock);
}

/* In place of the library's. */
struct dirent *readdir(DIR *dir)
{
	static struct dirent *(*real)(DIR * dir);
	void *found = NULL;

	pthread_mutex_lock(&lock);
	while (still)
		pthread_cond_wait(&answers, &lock);
	if (!real) {
		found = dlsym(RTLD_NEXT, "readdir");
		memcpy(&real, &found, sizeof(real));
	}
	pthread_mutex_unlock(&lock);
	return real(dir);
}

static int begin(void **state)
{
	(void)state;
	place = mem_dup("/tmp/kyc-folder-XXXXXX");
	folder = (struct folder){ 0 };
	folder_init(&folder);
	return mkdtemp(place) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	stand_still(false);
	folder_release(&folder);
	test_remove_tree(place);
	free(place);
	return 0;
}

/* NAME, changed MINUTES ago. */
static void put_file(const char *name, int minutes)
{
	char *path = mem_printf("%s/%s", place, name);
	struct timespec times[2] = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	times[0].tv_sec = times[1].tv_sec = 1700000000 - minutes * 60L;
	assert_true(fd >= 0);
	assert_int_equal(futimens(fd, times), 0);
	close(fd);
	free(path);
}

static void list(char *path)
{
	struct tui_paths paths = { &path, 1 };
	struct err err = { 0 };

	assert_int_equal(folder_list(&folder, &paths, &err), 0);
}

static int read_all(struct err *err)
{
	bool changed = false;
	int ret = 0;

	for (int i = 0; !ret && folder.reader && i < DEADLINE; i++) {
		ret = folder_read(&folder, &changed, err);
		if (folder.reader)
			poll(NULL, 0, 5);
	}
	assert_null(folder.reader);
	return ret;
}

static bool has(const char *name)
{
	for (size_t i = 0; i < folder.count; i++)
		if (strcmp(tui_base_name(folder.files[i].path), name) == 0)
			return true;
	return false;
}

static void test_folder_lists_by_name(void **state)
{
	struct err err = { 0 };
	char *inner = mem_printf("%s/inner", place);

	(void)state;
	put_file("b.jpg", 1);
	put_file("a.jpg", 2);
	put_file(".hidden", 3);
	assert_int_equal(mkdir(inner, 0700), 0);
	free(inner);
	list(place);
	assert_int_equal(read_all(&err), 0);
	assert_int_equal(folder.count, 2);
	assert_string_equal(tui_base_name(folder.files[0].path), "a.jpg");
	assert_string_equal(tui_base_name(folder.files[1].path), "b.jpg");
}

static void test_folder_keeps_the_newest(void **state)
{
	struct err err = { 0 };
	char name[32];

	(void)state;
	for (int i = 0; i < FOLDER_FILES_MOST + 100; i++) {
		snprintf(name, sizeof(name), "%05d.jpg", i);
		put_file(name, i);
	}
	list(place);
	assert_int_equal(read_all(&err), 0);
	assert_int_equal(folder.count, FOLDER_FILES_MOST);
	assert_int_equal(folder.seen, FOLDER_FILES_MOST + 100);
	assert_true(has("00000.jpg"));
	snprintf(name, sizeof(name), "%05d.jpg", FOLDER_FILES_MOST - 1);
	assert_true(has(name));
	snprintf(name, sizeof(name), "%05d.jpg", FOLDER_FILES_MOST);
	assert_false(has(name));
}

static void test_folder_may_be_a_file(void **state)
{
	struct err err = { 0 };
	char *path = mem_printf("%s/a.jpg", place);

	(void)state;
	put_file("a.jpg", 1);
	list(path);
	assert_int_equal(read_all(&err), 0);
	assert_int_equal(folder.count, 1);
	assert_string_equal(folder.files[0].path, path);
	free(path);
}

static void test_folder_says_that_it_is_empty(void **state)
{
	struct err err = { 0 };

	(void)state;
	list(place);
	assert_int_equal(read_all(&err), -1);
	assert_true(strstr(err.text, "there is no file in '/tmp/kyc-folder-"));
}

/* Nothing waits for it, not even leaving. */
static void test_folder_may_not_answer(void **state)
{
	struct err err = { 0 };
	bool changed = true;

	(void)state;
	put_file("a.jpg", 1);
	stand_still(true);
	list(place);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(folder_read(&folder, &changed, &err), 0);
		assert_false(changed);
		assert_non_null(folder.reader);
	}
	folder_forget(&folder);
	assert_null(folder.reader);
}

static void test_folder_may_go_away(void **state)
{
	struct err err = { 0 };

	(void)state;
	stand_still(true);
	list(place);
	/* It is open by now, or will not be. */
	assert_int_equal(rmdir(place), 0);
	stand_still(false);
	assert_int_equal(read_all(&err), -1);
	assert_true(strstr(err.text, "cannot read the folder"));
	assert_int_equal(mkdir(place, 0700), 0);
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

	add(&tests, "lists by name", test_folder_lists_by_name);
	add(&tests, "keeps the newest", test_folder_keeps_the_newest);
	add(&tests, "may be a file", test_folder_may_be_a_file);
	add(&tests, "says that it is empty", test_folder_says_that_it_is_empty);
	add(&tests, "may not answer", test_folder_may_not_answer);
	add(&tests, "may go away", test_folder_may_go_away);
	return test_run(&tests, "tui/folder");
}
