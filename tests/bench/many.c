/* SPDX-License-Identifier: MIT */
/* Ten thousand documents that wait: how soon the outbox stands, and in how
 * much memory; and how a provider that is dead is left in peace. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cases/case.h"
#include "forms/form.h"
#include "tests/bench/bench.h"
#include "tests/test.h"

#define FEW	    10
#define MANY	    10000
#define START_MS    50
#define MEMORY_MB   10
#define DEAD_ITEMS  500
#define DEAD_MS	    60000
#define DEAD_MOST   40
#define PAPER_BYTES 1000

static struct prov_profile profile;

/* How long opening the record and its outbox took, in milliseconds. */
static double *started;

static int open_outbox(void *arg)
{
	struct case_store *store = NULL;
	struct outbox *outbox = NULL;
	struct xfer *xfer = xfer_new(profile.parallel + 1);
	double began = bench_now_ms();
	struct err err = { 0 };

	if (case_store_open(&store, arg, "bench", &err) ||
	    outbox_new(&outbox, store, xfer, &profile, NULL, NULL, &err))
		return 1;
	*started = bench_now_ms() - began;
	_exit(0);
}

static void queue_in(const struct practice *practice, const char *state,
		     unsigned count)
{
	struct bench_file file = { .path = mem_printf("%s/one.pdf",
						      practice->dir) };

	bench_paper_at(file.path, PAPER_BYTES, 0);
	bench_digest(file.path, &file.bytes, file.sha256);
	bench_queue(state, &profile, &file, 1, count, true);
	free(file.path);
}

static double open_many(const struct practice *practice, unsigned count,
			double *peak_mb)
{
	char *state = mem_printf("%s/%u", practice->dir, count);
	double times[BENCH_RUNS_MOST], peaks[BENCH_RUNS_MOST];

	queue_in(practice, state, count);
	for (unsigned i = 0; i < bench_runs; i++) {
		struct bench_run run = bench_fork(open_outbox, state);

		assert_int_equal(run.status, 0);
		times[i] = *started;
		peaks[i] = run.peak_mb;
	}
	*peak_mb = bench_percentile(peaks, bench_runs, 50);
	free(state);
	return bench_percentile(times, bench_runs, 50);
}

static void begin(const struct practice *practice, const char *endpoint)
{
	static char name[] = "bench";
	static char key[] = "kyc-sandbox-key";

	profile = (struct prov_profile){
		.name = name,
		.provider = &prov_lumx,
		.endpoint = mem_dup(endpoint ? endpoint : practice->endpoint),
		.secret = key,
		.parallel = BENCH_EIGHT,
	};
}

void bench_many(void)
{
	const struct practice *practice = bench_practice("");
	double few_mb = 0, many_mb = 0;
	double many_ms = 0;

	bench_title("Ten thousand documents that wait");
	begin(practice, NULL);
	started = mmap(NULL, sizeof(*started), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(started, MAP_FAILED);
	bench_number("record and outbox stand, ten wait",
		     open_many(practice, FEW, &few_mb), "ms", "");
	many_ms = open_many(practice, MANY, &many_mb);
	bench_promise("record and outbox stand, 10,000 wait", many_ms, "ms",
		      START_MS);
	bench_promise("more memory than for ten", many_mb - few_mb, "MB",
		      MEMORY_MB);
	munmap(started, sizeof(*started));
	free(profile.endpoint);
	bench_practice_stop();
}

static int send_for_a_minute(void *arg)
{
	struct case_store *store = NULL;
	struct outbox *outbox = NULL;
	struct xfer *xfer = xfer_new(profile.parallel + 1);
	double until = bench_now_ms() + DEAD_MS;
	struct err err = { 0 };

	if (case_store_open(&store, arg, "bench", &err) ||
	    outbox_new(&outbox, store, xfer, &profile, NULL, NULL, &err))
		return 1;
	while (bench_now_ms() < until) {
		int64_t next = 0;

		if (outbox_pump(outbox, &err))
			return 1;
		next = outbox_next(outbox);
		xfer_wait(xfer, NULL, 0,
			  next >= 0 && next <= xfer_now() ? 0 : 20);
	}
	_exit(0);
}

void bench_dead(void)
{
	const struct practice *practice = bench_practice("");
	char *state = NULL;
	unsigned requests = 0;

	bench_title("500 documents for a provider that answers 503; a minute");
	begin(practice, bench_discard_start("HTTP/1.1 503 X\r\n"
					    "Content-Length: 0\r\n\r\n"));
	state = mem_printf("%s/dead", practice->dir);
	queue_in(practice, state, DEAD_ITEMS);
	assert_int_equal(bench_fork(send_for_a_minute, state).status, 0);
	requests = bench_discard_seen().requests;
	assert_true(requests > 0);
	bench_promise("requests", requests, "", DEAD_MOST + 1);
	free(state);
	free(profile.endpoint);
	bench_practice_stop();
}
