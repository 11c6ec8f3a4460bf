/* SPDX-License-Identifier: MIT */
/* What all tests share: rows that become tests. */
#include "tests/test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"

static void append(struct test_list *list, char *name,
		   CMUnitTestFunction function, void *state)
{
	list->tests = mem_grow(list->tests, list->count, sizeof(*list->tests));
	list->tests[list->count++] = (struct CMUnitTest){
		.name = name,
		.test_func = function,
		.initial_state = state,
	};
}

void test_add(struct test_list *list, const char *name,
	      CMUnitTestFunction function)
{
	append(list, mem_dup(name), function, NULL);
}

void test_add_rows(struct test_list *list, const char *what,
		   CMUnitTestFunction function, const void *rows, size_t count,
		   size_t size)
{
	for (size_t i = 0; i < count; i++) {
		/* cmocka hands states about as plain pointers. */
		char *row = (char *)rows + i * size;
		const char *name = NULL;

		memcpy(&name, row, sizeof(name));
		append(list, mem_printf("%s: %s", what, name), function, row);
	}
}

int test_run(struct test_list *list, const char *title)
{
	int failed;

	cmocka_set_test_filter(getenv("KYC_TEST"));
	failed = _cmocka_run_group_tests(title, list->tests, list->count, NULL,
					 NULL);
	for (size_t i = 0; i < list->count; i++)
		free((char *)list->tests[i].name);
	free(list->tests);
	list->tests = NULL;
	list->count = 0;
	return failed;
}

static char *path_under(const char *variable, const char *path)
{
	const char *base = getenv(variable);

	return mem_printf("%s/%s", base ? base : ".", path);
}

char *test_source_path(const char *path)
{
	return path_under("KYC_SOURCE", path);
}

char *test_build_path(const char *path)
{
	return path_under("KYC_BUILD", path);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void test_remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
