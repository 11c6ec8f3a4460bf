/* SPDX-License-Identifier: MIT */
/* The wizard alone, on a record of many customers: how soon its first screen
 * is there, and how many bytes a letter costs. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"

#define OPENINGS   21
#define FIRST_MS   15
#define TIMES	   2 /* as long as dialog takes */
#define MOVES	   200
#define LETTER	   5 /* fewer bytes than that */
#define DOWN	   "\033[B"
#define UP	   "\033[A"
#define QUIET_MS   50 /* after so long a frame is not followed by another */
#define FIRST_ROW  3  /* below the head and its rule */
#define FOCUS_MOST 4  /* columns from a row's left */
#define KEYS_ROW   23
#define CTRL_U	   "\025"
#define POINTER	   "\u25b8 "

/* What is shared with the process that becomes the wizard. */
struct start {
	const char *program;
	double *at;
};

static int execute(void *arg)
{
	const struct start *start = arg;

	*start->at = bench_now_ms();
	execl(start->program, "kyc", (char *)NULL);
	return 127;
}

struct pty *bench_wizard(const struct practice *practice, double *started)
{
	char *config = mem_printf("KYC_CONFIG=%s", practice->config);
	char *state = mem_printf("KYC_STATE=%s", practice->state);
	const char *env[] = { config, state, "PRACTICE_KEY=kyc-sandbox-key",
			      NULL };
	double *at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *program = test_build_path("kyc");
	struct start start = { program, at };
	struct pty_options options = { .env = env,
				       .function = execute,
				       .arg = &start };
	struct pty *pty = NULL;

	assert_ptr_not_equal(at, MAP_FAILED);
	pty = pty_start(&options);
	pty_expect_that(pty, bench_frame, NULL, "the first screen");
	if (started)
		*started = *at;
	munmap(at, sizeof(*at));
	free(program);
	free(config);
	free(state);
	return pty;
}

static bool row_begins(struct pty *pty, int row, const char *text)
{
	char *line = pty_row(pty, row);
	bool begins = strncmp(line, text, strlen(text)) == 0;

	free(line);
	return begins;
}

/* The row of the pointer, -1 while a frame is being drawn: rows are drawn from
 * the top, and the cursor goes last to the pointer or above the rows. */
static int pointer(struct pty *pty)
{
	int found = -1;
	int row = 0, col = 0;

	pty_cursor(pty, &row, &col);
	for (int i = FIRST_ROW; i < KEYS_ROW; i++) {
		if (!row_begins(pty, i, POINTER))
			continue;
		if (found >= 0)
			return -1;
		found = i;
	}
	return row < FIRST_ROW || (row == found && col <= FOCUS_MOST) ? found
								      : -1;
}

bool bench_frame(struct pty *pty, const void *arg)
{
	char *keys = NULL;
	bool whole = false;

	(void)arg;
	if (pointer(pty) < 0)
		return false;
	keys = pty_row(pty, KEYS_ROW);
	whole = strstr(keys, " help") != NULL;
	free(keys);
	return whole;
}

static bool moved(struct pty *pty, const void *old)
{
	int row = pointer(pty);

	return row >= 0 && row != *(const int *)old;
}

double bench_move(struct pty *pty, const char *key)
{
	double began = 0;
	int row = -1;

	pty_shows(pty, POINTER); /* and takes what came meanwhile */
	pty_expect_that(pty, moved, &row, "the pointer");
	row = pointer(pty);
	began = bench_now_ms();
	pty_send(pty, key);
	pty_expect_that(pty, moved, &row, "another row");
	return bench_now_ms() - began;
}

/* Nothing was sent for a while: all that was on its way is here. */
struct quiet {
	size_t bytes;
	double since;
};

static bool is_quiet(struct pty *pty, const void *arg)
{
	struct quiet *quiet = *(struct quiet *const *)arg;
	double now = bench_now_ms();
	size_t bytes = 0;

	pty_bytes(pty, &bytes);
	if (bytes != quiet->bytes) {
		quiet->bytes = bytes;
		quiet->since = now;
	}
	return now - quiet->since >= QUIET_MS;
}

static size_t settled_bytes(struct pty *pty)
{
	struct quiet quiet = { .since = bench_now_ms() };
	struct quiet *state = &quiet;

	pty_expect_that(pty, is_quiet, &state, "quiet");
	return quiet.bytes;
}

/* Bytes a letter of TYPED, each typed when the screen is quiet. */
static double bytes_a_letter(struct pty *pty, const char *typed)
{
	size_t before = settled_bytes(pty);

	for (const char *at = typed; *at; at++) {
		pty_send_bytes(pty, at, 1);
		settled_bytes(pty);
	}
	return (double)(settled_bytes(pty) - before) / (double)strlen(typed);
}

static void count_bytes(struct pty *pty)
{
	size_t before = settled_bytes(pty);
	size_t whole = 0;
	char note[64];

	pty_send(pty, "\f");
	whole = settled_bytes(pty) - before;
	snprintf(note, sizeof(note), "the whole screen takes %zu", whole);
	bench_number("a letter in the filter, that finds other rows",
		     bytes_a_letter(pty, "anton"), "bytes", note);
	bench_promise("a letter in the filter, that finds the same",
		      bytes_a_letter(pty, "io"), "bytes", LETTER);
	/* Whose form is empty. */
	pty_send(pty, CTRL_U PRACTICE_MARIA "\r");
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	pty_send(pty, "3");
	pty_expect(pty, "[3 Information");
	bench_promise("a letter in a field of the form",
		      bytes_a_letter(pty, "Mariana"), "bytes", LETTER);
	pty_expect(pty, "Mariana");
}

/* From exec to the first screen. */
static double open_once(const struct practice *practice)
{
	double started = 0;
	struct pty *pty = bench_wizard(practice, &started);
	double ms = bench_now_ms() - started;

	assert_true(pty_shows(pty, "1,000 match"));
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
	return ms;
}

/* How long dialog takes; 0 where there is none. */
static double open_dialog(void)
{
	double ms = 0;

	if (bench_has_dialog())
		pty_free(bench_dialog(false, &ms));
	return ms;
}

static void open_often(const struct practice *practice)
{
	const char *const version[] = { "--version", NULL };
	double first[OPENINGS], nothing[OPENINGS], dialog[OPENINGS];
	double median, other;

	for (unsigned i = 0; i < OPENINGS; i++) {
		nothing[i] = bench_kyc(practice, 0, version).ms;
		dialog[i] = open_dialog();
		first[i] = open_once(practice);
	}
	median = bench_percentile(first, OPENINGS, 50);
	other = bench_percentile(dialog, OPENINGS, 50);
	bench_promise("from exec to the first screen, median of 21", median,
		      "ms", FIRST_MS);
	bench_number("the fastest of them", first[0], "ms", "");
	bench_number("the slowest", first[OPENINGS - 1], "ms", "");
	bench_number("kyc --version, median of 21",
		     bench_percentile(nothing, OPENINGS, 50), "ms",
		     "loading libraries, little else");
	if (!bench_has_dialog())
		return;
	bench_number("dialog --menu to its first screen, the same", other, "ms",
		     "");
	bench_promise("the wizard's start beside that", median / other, "times",
		      TIMES);
}

/* The row of the focus, told by reverse video alone, as that of dialog is. */
static int focus(struct pty *pty)
{
	for (int row = FIRST_ROW; row < KEYS_ROW; row++)
		if (pty_reversed(pty, row, FOCUS_MOST))
			return row;
	return -1;
}

static bool focus_moved(struct pty *pty, const void *old)
{
	int row = focus(pty);

	return row >= 0 && row != *(const int *)old;
}

static double move_focus(struct pty *pty, bool down)
{
	double began = 0;
	int row = -1;

	pty_expect_that(pty, focus_moved, &row, "a focus");
	row = focus(pty);
	began = bench_now_ms();
	pty_send(pty, down ? DOWN : UP);
	pty_expect_that(pty, focus_moved, &row, "another row");
	return bench_now_ms() - began;
}

/* Keys in both by turns, so that what else goes on slows both. */
static void move_in_both(struct pty *pty)
{
	double ours[MOVES], theirs[MOVES];
	struct pty *dialog = NULL;
	double ms = 0;

	if (!bench_has_dialog()) {
		puts("  dialog is not installed: nothing is compared with it");
		return;
	}
	dialog = bench_dialog(true, &ms);
	for (unsigned i = 0; i < MOVES; i++) {
		bool down = i / 10 % 2 == 0;

		ours[i] = move_focus(pty, down);
		theirs[i] = bench_dialog_move(dialog, down);
	}
	pty_free(dialog);
	ms = bench_percentile(theirs, MOVES, 50);
	bench_number("key to paint, dialog --menu, p50", ms, "ms", "");
	bench_promise("key to paint, customers, p50",
		      bench_percentile(ours, MOVES, 50), "ms", ms);
}

void bench_screen(void)
{
	const struct practice *practice = NULL;
	struct pty *pty = NULL;

	bench_title("The wizard, 24 by 80, a record of 1,000 customers");
	practice = bench_practice(BENCH_CUSTOMERS);
	bench_kyc(practice, 0, (const char *const[]){ "customers", NULL });
	open_often(practice);
	pty = bench_wizard(practice, NULL);
	pty_expect_gone(pty, "refreshing");
	move_in_both(pty);
	count_bytes(pty);
	pty_free(pty);
	bench_practice_stop();
}
