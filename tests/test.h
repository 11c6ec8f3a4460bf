/* SPDX-License-Identifier: MIT */
/*
 * What all tests share: cmocka, and rows of data that each become a test of
 * their own, so that a failure names its row.
 *
 *	static const struct reading { const char *name; … } readings[] = { … };
 *
 *	struct test_list tests = { 0 };
 *	test_add(&tests, "one", test_one);
 *	TEST_ROWS(&tests, test_reading, readings);   state: the row
 *	return test_run(&tests, "room/file");
 *
 * The folders mirror the rooms; test_x.c tests x.c. Beside them:
 *
 *   test.[ch]            this
 *   run                  everything, as a newcomer and the gate run it
 *   pty.[ch]             a program in a terminal: what it drew, keys to type
 *   wire_server.[ch]     an HTTP server that cuts, stalls and lies
 *   fault_server.[ch]    a bad line in front of the practice server
 *   sandbox_server.[ch]  the practice server, started, asked, ended
 *   practice.[ch]        a practice server, a configuration and kyc's runs
 *   cases/desk.[ch]      a throw-away record and a made-up provider
 *   providers/           adapter_case.[ch]: requests looked into, answers read
 *   relay.[ch]           hands bytes on, and keeps what the client said
 *   faults/              the line, memory, the disk or the process fails
 *   end_to_end/          whole commands, and the wizard from start to end;
 *                        walk.[ch]: steps, road.[ch]: what every provider's
 *                        road has, prism.[ch]: the contracts' judge
 *   fuzz/                for libFuzzer: the file readers, the providers'
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

/* cmocka.h wants these before it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdbool.h>

/* All-zero is a valid empty list. */
struct test_list {
	struct CMUnitTest *tests;
	size_t count;
};

/* NAME is copied. */
void test_add(struct test_list *list, const char *name,
	      CMUnitTestFunction function);

/* COUNT rows of SIZE bytes, each beginning with its name (const char *). The
 * test is called "WHAT: name" and gets the row as its *state. */
void test_add_rows(struct test_list *list, const char *what,
		   CMUnitTestFunction function, const void *rows, size_t count,
		   size_t size);

#define TEST_ROWS(list, function, rows)                \
	test_add_rows(list, #function, function, rows, \
		      sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]))

/* Runs and frees the list; what main() returns. With $KYC_TEST only those whose
 * names fit that pattern. */
int test_run(struct test_list *list, const char *title);

/* "$KYC_SOURCE/PATH" and "$KYC_BUILD/PATH"; free() them. */
char *test_source_path(const char *path);
char *test_build_path(const char *path);

/* A directory that a test made, with all that is in it. */
void test_remove_tree(const char *path);

#endif
