/* SPDX-License-Identifier: MIT */
/*
 * The wizard while eight documents are sent, by a server that takes so many
 * bytes a second of each that they last longer than the measuring.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/form.h"
#include "tests/test.h"

#define DOWN	 "\033[B"
#define UP	 "\033[A"
#define KEYS	 200
#define KEY_MS	 13 /* faster than a held key, and in step with nothing */
#define P99_MS	 5
#define FRAME_MS 16.7
#define BARS	 1000 /* bytes a second */
#define BARS_MS	 3000

/* Queued by eight runs of the program: opening the wizard sends them. */
static void queue_eight(const struct practice *practice)
{
	for (unsigned i = 0; i < BENCH_EIGHT; i++) {
		const struct bench_slot *slot = &bench_slots[i];
		char *paper = bench_paper(practice, i);
		const char *argv[] = { "upload",   "--no-wait",
				       "-c",	   BENCH_CUSTOMER,
				       "-t",	   slot->type,
				       "-C",	   "BRA",
				       paper,	   slot->side ? "-s" : NULL,
				       slot->side, NULL };
		/* Queued is not yet settled: that is status 4. */
		bench_kyc(practice, 4, argv);
		free(paper);
	}
}

/* Until AT: a key that follows the last frame at once would meet none of what
 * goes on meanwhile. */
static void pause_until(double at)
{
	long long ns = (long long)(at * 1e6);
	struct timespec time = {
		.tv_sec = (time_t)(ns / 1000000000),
		.tv_nsec = (long)(ns % 1000000000),
	};

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

/* KEYS moves of the pointer, within STEPS rows down and up again. */
static void press_keys(struct pty *pty, const char *screen, unsigned steps)
{
	double began = bench_now_ms();
	double times[KEYS];
	char what[80];

	for (unsigned i = 0; i < KEYS; i++) {
		pause_until(began + i * KEY_MS);
		times[i] = bench_move(pty, i / steps % 2 ? UP : DOWN);
	}
	/* None has ended: all were on their way until here. */
	assert_true(pty_shows(pty, "8 sending"));
	snprintf(what, sizeof(what), "key to paint, %s, p50", screen);
	bench_promise(what, bench_percentile(times, KEYS, 50), "ms", FRAME_MS);
	snprintf(what, sizeof(what), "key to paint, %s, p99", screen);
	bench_promise(what, bench_percentile(times, KEYS, 99), "ms", P99_MS);
	snprintf(what, sizeof(what), "key to paint, %s, slowest of %d", screen,
		 KEYS);
	bench_promise(what, times[KEYS - 1], "ms", FRAME_MS);
}

/* Eight bars that move, and that of them all. */
static bool eight_move(struct pty *pty, const void *arg)
{
	unsigned moving = 0;

	(void)arg;
	for (int i = 0; i < 24; i++) {
		char *row = pty_row(pty, i);

		moving += strstr(row, " % ") && strstr(row, "B/s");
		free(row);
	}
	return moving == BENCH_EIGHT + 1;
}

static bool is_past(struct pty *pty, const void *end)
{
	(void)pty;
	return bench_now_ms() >= *(const double *)end;
}

static void watch_bars(struct pty *pty)
{
	double began = 0;
	size_t before = 0, after = 0;

	pty_expect_that(pty, eight_move, NULL, "eight bars that move");
	began = bench_now_ms();
	pty_bytes(pty, &before);
	pty_expect_that(pty, is_past, &(double){ began + BARS_MS },
			"the end of the time to watch");
	pty_bytes(pty, &after);
	bench_promise("to the terminal, eight bars moving",
		      (double)(after - before) * 1e3 / (bench_now_ms() - began),
		      "bytes/s", BARS);
}

void bench_load(void)
{
	const struct practice *practice = NULL;
	struct pty *pty = NULL;

	bench_title("The same while eight PDFs of 50 MB are sent, "
		    "each at 4 MB/s");
	practice = bench_practice(BENCH_CUSTOMERS
				  " "
				  "--fault rate=4000000,method=POST");
	bench_kyc(practice, 0, (const char *const[]){ "customers", NULL });
	queue_eight(practice);
	pty = bench_wizard(practice, NULL);
	pty_expect_gone(pty, "refreshing");
	pty_send(pty, "antonio");
	pty_expect_match(pty, "1 of 1,000 match");
	pty_send(pty, "\r");
	pty_expect(pty, "[2 Documents");
	pty_expect_gone(pty, "asking");
	pty_send(pty, "4");
	watch_bars(pty);
	pty_send(pty, "2");
	pty_expect(pty, "[2 Documents");
	press_keys(pty, "checklist", 4);
	pty_send(pty, "1");
	pty_expect(pty, "1,000 of 1,000 match");
	press_keys(pty, "customers", 10);
	pty_free(pty);
	bench_practice_stop();
}
