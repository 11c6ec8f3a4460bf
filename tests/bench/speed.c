/* SPDX-License-Identifier: MIT */
/*
 * How long an upload takes, beside curl that sends the same form: in pairs, in
 * turns, to the same server, so that what the machine does meanwhile meets
 * both. kyc does more: it asks about the customer, looks into the file, digests
 * it and keeps a record. So the exchange alone is compared too, as either of
 * them measured it.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/case.h"
#include "forms/form.h"
#include "tests/test.h"

#define PAIRS 11
/* More than what one machine varies by from run to run. */
#define SLOWER_MOST 1.25

/* What one of the two took. */
struct lap {
	double whole[PAIRS];
	double exchange[PAIRS];
};

static struct bench_run run_curl(const struct practice *practice,
				 const char *paper)
{
	char *url = mem_printf("%s/customers/" BENCH_CUSTOMER "/documents",
			       practice->endpoint);
	char *file = mem_printf("file=@%s;type=application/pdf", paper);
	char key[37];
	char header[64];
	struct bench_run run;

	prov_key_new(key);
	snprintf(header, sizeof(header), "Idempotency-Key: %s", key);
	run = bench_run(practice,
			(const char *const[]){
				"curl", "-qsSf", "-w", "%{time_total}", "-H",
				"Authorization: Bearer kyc-sandbox-key", "-H",
				header, "-H", "Expect:", "-F",
				"type=BANK_STATEMENT", "-F", "country=BRA",
				"-F", file, url, NULL });
	free(url);
	free(file);
	return run;
}

/* From the newest attempt's beginning to its end, as recorded. */
static double exchange_ms(const struct practice *practice)
{
	struct case_event_list events = { 0 };
	struct case_store *store = NULL;
	struct err err = { 0 };
	int64_t ended = 0;
	int64_t began = 0;

	if (case_store_open(&store, practice->state, "bench", &err) ||
	    case_events(store, 0, 16, &events, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < events.count && !began; i++) {
		if (!ended && !strcmp(events.list[i].what, "attempt_ended"))
			ended = events.list[i].when_ms;
		if (!strcmp(events.list[i].what, "attempt_started"))
			began = events.list[i].when_ms;
	}
	assert_true(began > 0 && ended >= began);
	case_event_list_release(&events);
	case_store_close(store);
	return (double)(ended - began);
}

static void lap_kyc(const struct practice *practice, const char *paper,
		    struct lap *lap, unsigned number)
{
	const char *const argv[] = {
		"upload",	  "--again", "-c",  BENCH_CUSTOMER, "-t",
		"BANK_STATEMENT", "-C",	     "BRA", paper,	    NULL
	};

	lap->whole[number] = bench_kyc(practice, 0, argv).ms;
	lap->exchange[number] = exchange_ms(practice);
}

/* Its exit status. */
static int lap_curl(const struct practice *practice, const char *paper,
		    struct lap *lap, unsigned number)
{
	struct bench_run run = run_curl(practice, paper);
	char *said = bench_log(practice);

	lap->whole[number] = run.ms;
	lap->exchange[number] = strtod(said, NULL) * 1e3;
	free(said);
	return run.status;
}

static void report(struct lap *kyc, struct lap *curl)
{
	double theirs = bench_percentile(curl->whole, PAIRS, 50);
	double theirs_exchange = bench_percentile(curl->exchange, PAIRS, 50);
	double ours = bench_percentile(kyc->whole, PAIRS, 50);
	double ours_exchange = bench_percentile(kyc->exchange, PAIRS, 50);
	char note[64];

	bench_number("curl -F", theirs, "ms", "");
	snprintf(note, sizeof(note), "%.2f times curl", ours / theirs);
	bench_number("kyc upload: checked, recorded, sent", ours, "ms", note);
	bench_number("of curl's the exchange", theirs_exchange, "ms",
		     "its time_total");
	bench_number("of kyc's the exchange", ours_exchange, "ms",
		     "as recorded");
	bench_promise("kyc's exchange by curl's",
		      ours_exchange / theirs_exchange, "times", SLOWER_MOST);
}

void bench_speed(void)
{
	struct lap kyc = { 0 };
	struct lap curl = { 0 };
	const struct practice *practice = NULL;
	char *paper = NULL;
	int status = 0;

	bench_title("A PDF of 50 MB to kyc-sandbox on loopback; medians of 11");
	practice = bench_practice("");
	paper = bench_paper(practice, 0);
	for (unsigned i = 0; i < PAIRS && !status; i++) {
		if (i % 2)
			lap_kyc(practice, paper, &kyc, i);
		status = lap_curl(practice, paper, &curl, i);
		if (i % 2 == 0)
			lap_kyc(practice, paper, &kyc, i);
	}
	if (status == 127)
		puts("  skipped: there is no curl to compare with");
	else if (status)
		fail_msg("curl ended with %d", status);
	else
		report(&kyc, &curl);
	bench_practice_stop();
	free(paper);
}
