/* SPDX-License-Identifier: MIT */
/* dialog --menu, a program of the same kind that is about as fast as one can
 * be: what the wizard is measured by, where it is installed. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"

#define PROGRAM	   "/usr/bin/dialog"
#define ITEMS	   15
#define FIRST_ITEM 3  /* its row */
#define ITEM_COL   37 /* within its words */

bool bench_has_dialog(void)
{
	return access(PROGRAM, X_OK) == 0;
}

/* ARG: when it was executed, for the process that started this one. */
static int execute(void *arg)
{
	static char words[ITEMS][2][32];
	const char *argv[7 + 2 * ITEMS + 1] = {
		"dialog", "--menu", "Customers", "23", "76", "15",
	};

	for (int i = 0; i < ITEMS; i++) {
		snprintf(words[i][0], sizeof(words[i][0]), "%d", i);
		snprintf(words[i][1], sizeof(words[i][1]), "customer %d", i);
		argv[6 + 2 * i] = words[i][0];
		argv[7 + 2 * i] = words[i][1];
	}
	*(double *)arg = bench_now_ms();
	execv(PROGRAM, (char *const *)(uintptr_t)argv);
	return 127;
}

struct pty *bench_dialog(bool mono, double *ms)
{
	double *at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	/* Without colours all but what is chosen is in reverse video. */
	const char *env[] = { "TERM=vt220", NULL };
	struct pty_options options = { .env = mono ? env : NULL,
				       .function = execute,
				       .arg = at };
	struct pty *pty = NULL;

	assert_ptr_not_equal(at, MAP_FAILED);
	pty = pty_start(&options);
	pty_expect(pty, "Cancel");
	*ms = bench_now_ms() - *at;
	munmap(at, sizeof(*at));
	return pty;
}

/* The row of the item that is not reversed as all around it is; -1: none. */
static int chosen(struct pty *pty)
{
	for (int row = FIRST_ITEM; row < FIRST_ITEM + ITEMS; row++)
		if (!pty_reversed(pty, row, ITEM_COL))
			return row;
	return -1;
}

static bool is_elsewhere(struct pty *pty, const void *old)
{
	int row = chosen(pty);

	return row >= 0 && row != *(const int *)old;
}

double bench_dialog_move(struct pty *pty, bool down)
{
	double began = 0;
	int row = -1;

	pty_expect_that(pty, is_elsewhere, &row, "an item that is chosen");
	row = chosen(pty);
	began = bench_now_ms();
	pty_send(pty, down ? "\033[B" : "\033[A");
	pty_expect_that(pty, is_elsewhere, &row, "another one");
	return bench_now_ms() - began;
}
