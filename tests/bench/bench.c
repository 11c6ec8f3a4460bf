/* SPDX-License-Identifier: MIT */
/* Which numbers are measured, and how they are printed. */
#include "tests/bench/bench.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "forms/form.h"

static unsigned missed;
unsigned bench_runs = 11;

/* atexit() knows no argument. */
static struct practice practice;

double bench_now_ms(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left;
	double b = *(const double *)right;

	return (a > b) - (a < b);
}

double bench_percentile(double *values, size_t count, unsigned percent)
{
	size_t rank = (count * percent + 99) / 100;

	qsort(values, count, sizeof(*values), compare);
	return values[rank ? rank - 1 : 0];
}

void bench_title(const char *title)
{
	printf("\n%s\n", title);
}

static void print(const char *what, double value, const char *unit)
{
	char text[32];
	int places = value < 10 ? 2 : value < 1000 ? 1 : 0;

	if (strncmp(unit, "byte", 4) == 0)
		places = 0;
	snprintf(text, sizeof(text), "%.*f", places, value);
	printf("  %-46s %7s %-7s ", what, text, unit);
}

void bench_number(const char *what, double value, const char *unit,
		  const char *note)
{
	print(what, value, unit);
	puts(note);
	fflush(stdout);
}

void bench_promise(const char *what, double value, const char *unit,
		   double limit)
{
	bool kept = value < limit;

	missed += !kept;
	print(what, value, unit);
	printf("promised: below %g %s, %s\n", limit, unit,
	       kept ? "kept" : "MISSED");
	fflush(stdout);
}

void bench_practice_stop(void)
{
	bench_discard_stop();
	if (practice.dir)
		practice_stop(&practice);
}

const struct practice *bench_practice(const char *options)
{
	char *text = NULL;

	practice_start(&practice, options);
	text = mem_printf("[profile practice]\nprovider = lumx\n"
			  "endpoint = %s\napi_key_env = PRACTICE_KEY\n"
			  "parallel = %d\n",
			  practice.endpoint, BENCH_EIGHT);
	free(practice_file(&practice, "config", text));
	free(text);
	return &practice;
}

/* abort() raised it here, not in the middle of anything. */
static void on_abort(int number)
{
	(void)number;
	bench_practice_stop();
}

/* cmocka says why outside of a test too, when it may abort. */
static void be_ready_to_fail(void)
{
	atexit(bench_practice_stop);
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	signal(SIGABRT, on_abort);
}

static void say_where(void)
{
	struct utsname name = { 0 };
	double load = 0;

	uname(&name);
	getloadavg(&load, 1);
	printf("%s %s %s, %ld processors, load %.1f\n", name.sysname,
	       name.release, name.machine, sysconf(_SC_NPROCESSORS_ONLN), load);
#ifndef __OPTIMIZE__
	puts("built without optimisation: the promises are for -O2");
#endif
}

/* "-n 3" in front: three runs instead of eleven. */
static void take_runs(int *argc, char ***argv)
{
	unsigned long runs = 0;

	if (*argc < 3 || strcmp((*argv)[1], "-n") != 0)
		return;
	runs = strtoul((*argv)[2], NULL, 10);
	if (runs >= 1 && runs <= BENCH_RUNS_MOST)
		bench_runs = (unsigned)runs;
	*argc -= 2;
	*argv += 2;
}

/* All of them, or those that are named. */
int main(int argc, char **argv)
{
	/* The last one makes this program large: a child's peak of memory
	 * would begin there. */
	static const struct {
		const char *name;
		void (*measure)(void);
	} parts[] = {
		{ "memory", bench_memory }, { "speed", bench_speed },
		{ "screen", bench_screen }, { "load", bench_load },
		{ "sent", bench_sent },	    { "many", bench_many },
		{ "dead", bench_dead },	    { "preview", bench_preview },
		{ "picker", bench_picker }, { "search", bench_search },
	};
	double began = bench_now_ms();

	take_runs(&argc, &argv);
	be_ready_to_fail();
	say_where();
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		bool wanted = argc == 1;

		for (int k = 1; k < argc; k++)
			wanted |= strcmp(argv[k], parts[i].name) == 0;
		if (wanted)
			parts[i].measure();
	}
	printf("\npromises missed: %u; %.0f s\n", missed,
	       (bench_now_ms() - began) / 1e3);
	return missed ? 1 : 0;
}
