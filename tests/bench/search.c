/* SPDX-License-Identifier: MIT */
/*
 * Finding one of a million customers: what each letter costs, in the record
 * alone and on the screen. Typed as people type: letter by letter, also what
 * is frequent, what is within words, numbers with and without their
 * punctuation, and what nobody is called.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/case.h"
#include "forms/form.h"
#include "tests/bench/bench.h"
#include "tests/test.h"

#define CUSTOMERS   1000000
#define ROUNDS	    5
#define KEYS_MOST   4000
#define TYPED_MOST  64
#define PAGE	    18 /* rows of a list on 24 by 80 */
#define SEARCH_MS   0.5
#define SLOWEST_MS  5
#define FILTER_ROW  3
#define FILTER_LEFT 2
#define CTRL_U	    "\025"

static const char *const queries[] = {
	"maria silva",
	"mar",
	"mario rossi",
	"sao jose",
	"são",
	"antônio",
	"antonio souza",
	"nuñez",
	"straße",
	"guimaraes",
	"joão pereira",
	"ana",
	"silva maria",
	"padaria",
	"pescados lima",
	"confeitaria",
	"ltda",
	"gmbh",
	"eira",
	"ouza",
	"ilv",
	"nci",
	"ximena",
	"xavier",
	"yamamoto",
	"o'connor",
	"d'avila",
	"xyzzy",
	"zq",
	"zzz",
	"li w",
	"m s",
	"j p",
	"wagner cardoso",
	"beatriz",
	"luiz felipe",
	"123.456.789-0",
	"98765432100",
	"12.345.678/00",
	"0001",
	"5f3a90c1",
	"7c2e-44",
	"FERREIRA",
	"çonceicao",
};

#define QUERIES (sizeof(queries) / sizeof(*queries))

struct times {
	double *ms;
	size_t count;
};

static void add(struct times *times, double ms)
{
	assert_true(times->count < KEYS_MOST);
	times->ms[times->count++] = ms;
}

static void tell(struct times *times, const char *what)
{
	char name[64];

	snprintf(name, sizeof(name), "%s, median of %zu", what, times->count);
	bench_promise(name, bench_percentile(times->ms, times->count, 50), "ms",
		      SEARCH_MS);
	bench_promise("99 of 100 of them",
		      bench_percentile(times->ms, times->count, 99), "ms",
		      SLOWEST_MS);
	bench_number("the slowest", times->ms[times->count - 1], "ms", "");
	times->count = 0;
}

/* Bytes of the character at AT. */
static size_t letter(const char *at)
{
	size_t len = 1;

	while (((unsigned char)at[len] & 0xc0) == 0x80)
		len++;
	return len;
}

static double glance(struct case_store *store,
		     const struct prov_profile *profile, const char *text)
{
	struct case_customer_list found = { 0 };
	double began = bench_now_ms();
	struct err err = { 0 };

	if (case_customers_glance(store, profile, text, 0, PAGE, &found, &err))
		fail_msg("%s", err.text);
	began = bench_now_ms() - began;
	case_customer_list_release(&found);
	return began;
}

/* Each letter of each query; the first round warms up what the disk has. */
static void search(const char *dir, const struct prov_profile *profile,
		   struct times *times)
{
	struct case_store *store = NULL;
	char typed[TYPED_MOST];
	struct err err = { 0 };

	if (case_store_open(&store, dir, "bench", &err))
		fail_msg("%s", err.text);
	for (unsigned round = 0; round <= ROUNDS; round++)
		for (size_t i = 0; i < QUERIES; i++)
			for (size_t len = 0; queries[i][len];) {
				double ms;

				len += letter(queries[i] + len);
				snprintf(typed, sizeof(typed), "%.*s", (int)len,
					 queries[i]);
				ms = glance(store, profile, typed);
				if (round)
					add(times, ms);
			}
	case_store_close(store);
}

/* The filter shows what was typed and the cursor is behind it: that is drawn
 * last. */
static bool painted(struct pty *pty, const void *arg)
{
	const char *typed = *(const char *const *)arg;
	int row = 0, col = 0;
	char *line = NULL;
	bool shown = false;

	pty_cursor(pty, &row, &col);
	if (row != FILTER_ROW || col != FILTER_LEFT + (int)text_width(typed))
		return false;
	line = pty_row(pty, FILTER_ROW);
	shown = strncmp(line + FILTER_LEFT, typed, strlen(typed)) == 0;
	free(line);
	return shown;
}

static void type(struct pty *pty, const char *query, struct times *times)
{
	char typed[TYPED_MOST] = "";
	const char *shown = typed;

	for (size_t len = 0; query[len];) {
		size_t bytes = letter(query + len);
		double began;

		snprintf(typed, sizeof(typed), "%.*s", (int)(len + bytes),
			 query);
		began = bench_now_ms();
		pty_send_bytes(pty, query + len, bytes);
		pty_expect_that(pty, painted, &shown, "what was typed");
		if (times)
			add(times, bench_now_ms() - began);
		len += bytes;
	}
	pty_send(pty, CTRL_U);
	pty_expect_that(pty, bench_frame, NULL, "all customers");
}

static void search_on_screen(const struct practice *practice,
			     struct times *times)
{
	struct pty *pty = bench_wizard(practice, NULL);

	pty_expect_gone(pty, "refreshing");
	for (unsigned round = 0; round < 2; round++)
		for (size_t i = 0; i < QUERIES; i++)
			type(pty, queries[i], round ? times : NULL);
	pty_send(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
	pty_free(pty);
}

void bench_search(void)
{
	const struct practice *practice = bench_practice("");
	struct prov_profile profile = { .name = (char[]){ "practice" },
					.provider = &prov_lumx };
	struct times times = { 0 };
	double began = bench_now_ms();

	bench_title("One of 1,000,000 customers, found letter by letter");
	times.ms = mem_array(KEYS_MOST, sizeof(*times.ms));
	bench_people(practice->state, &profile, CUSTOMERS);
	bench_number("the record is made", (bench_now_ms() - began) / 1e3, "s",
		     "");
	search(practice->state, &profile, &times);
	tell(&times, "a letter, in the record");
	search_on_screen(practice, &times);
	tell(&times, "a letter, to the painted list");
	free(times.ms);
	bench_practice_stop();
}
