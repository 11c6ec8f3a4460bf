/* SPDX-License-Identifier: MIT */
/*
 * What it takes to send what waits, beside curl --parallel that sends the same
 * files as the same forms: in pairs, in turns, to the same server, which
 * discards. Ours does more: each state is durable before the next step.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "forms/form.h"
#include "providers/provider.h"
#include "providers/xfer.h"
#include "tests/bench/bench.h"
#include "tests/test.h"

#define SMALL_BYTES 100000
#define SMALL_COUNT 1000
#define SMALL_FILES 50 /* that many are made, and sent several times */
#define GIBIBYTE    (UINT64_C(1) << 30)

struct load {
	const char *name;
	unsigned count, parallel;
	size_t file_count;
	struct bench_file *files;
	bool hashed;
};

static char *directory;
static unsigned *syncs;
static struct prov_profile profile;

static void clear_state(const char *state)
{
	char *command = mem_printf("%s", state);
	static const char *const names[] = { "kyc.db", "kyc.db-wal",
					     "kyc.db-shm", "audit.head" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = mem_printf("%s/%s", command, names[i]);

		unlink(path);
		free(path);
	}
	free(command);
}

static int send_all(void *arg)
{
	bench_count_syncs(syncs);
	return bench_send_all(arg, &profile);
}

/* The same files for curl, as one configuration. */
static char *curl_config(const struct load *load)
{
	char *path = mem_printf("%s/curl", directory);
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	for (unsigned i = 0; i < load->count; i++) {
		char key[37];

		prov_key_new(key);
		fprintf(file,
			"%surl = \"%s/customers/be9c0000-0000-4000-8000-%012u/"
			"documents\"\n"
			"header = \"Authorization: Bearer kyc-sandbox-key\"\n"
			"header = \"Idempotency-Key: %s\"\n"
			"header = \"Expect:\"\nform = \"type=BANK_STATEMENT\"\n"
			"form = \"country=BRA\"\n"
			"form = \"file=@%s;type=application/pdf\"\n"
			"output = /dev/null\nsilent\n",
			i ? "next\n" : "", profile.endpoint, i, key,
			load->files[i % load->file_count].path);
	}
	assert_int_equal(fclose(file), 0);
	return path;
}

static struct bench_run run_curl(const struct practice *practice,
				 const struct load *load, const char *config)
{
	char most[8];
	struct bench_run run;
	struct bench_seen seen;

	snprintf(most, sizeof(most), "%u", load->parallel);
	run = bench_run(practice,
			(const char *const[]){ "curl", "-q", "--parallel",
					       "--parallel-max", most, "-K",
					       config, NULL });
	seen = bench_discard_seen();
	if (run.status != 127 && seen.requests != load->count)
		fail_msg("curl sent %u of %u", seen.requests, load->count);
	return run;
}

struct laps {
	double wall[BENCH_RUNS_MOST], cpu[BENCH_RUNS_MOST];
	double wall_by[BENCH_RUNS_MOST], cpu_by[BENCH_RUNS_MOST];
	double theirs[BENCH_RUNS_MOST], peak[BENCH_RUNS_MOST];
	double syncs[BENCH_RUNS_MOST], connections[BENCH_RUNS_MOST];
};

static double median(double *values)
{
	return bench_percentile(values, bench_runs, 50);
}

static struct bench_run lap_ours(const struct load *load, struct laps *laps,
				 unsigned i)
{
	char *state = mem_printf("%s/state", directory);
	struct bench_seen seen;
	struct bench_run run;

	clear_state(state);
	bench_queue(state, &profile, load->files, load->file_count, load->count,
		    load->hashed);
	*syncs = 0;
	run = bench_fork(send_all, state);
	seen = bench_discard_seen();
	if (run.status || seen.requests != load->count)
		fail_msg("%s: ended with %d, %u of %u sent", load->name,
			 run.status, seen.requests, load->count);
	laps->wall[i] = run.ms;
	laps->cpu[i] = run.cpu_ms;
	laps->peak[i] = run.peak_mb;
	laps->syncs[i] = *syncs;
	laps->connections[i] = seen.connections;
	free(state);
	return run;
}

/* False: there is no curl. */
static bool measure(const struct practice *practice, const struct load *load,
		    struct laps *laps)
{
	char *config = NULL;

	profile.parallel = load->parallel;
	config = curl_config(load);
	for (unsigned i = 0; i < bench_runs; i++) {
		struct bench_run ours = { 0 };
		struct bench_run theirs = { 0 };

		if (i % 2)
			ours = lap_ours(load, laps, i);
		theirs = run_curl(practice, load, config);
		if (i % 2 == 0)
			ours = lap_ours(load, laps, i);
		if (theirs.status == 127)
			break;
		laps->theirs[i] = theirs.ms;
		laps->wall_by[i] = ours.ms / theirs.ms;
		laps->cpu_by[i] = ours.cpu_ms / theirs.cpu_ms;
	}
	free(config);
	return laps->wall_by[0] > 0;
}

static void report(const struct load *load, struct laps *laps, double wall_most,
		   double cpu_most)
{
	printf(" %s\n", load->name);
	bench_number("curl --parallel, wall", median(laps->theirs), "ms", "");
	bench_number("kyc's record and wire, wall", median(laps->wall), "ms",
		     "");
	bench_number("kyc's record and wire, processor", median(laps->cpu),
		     "ms", "");
	bench_promise("wall by curl's", median(laps->wall_by), "times",
		      wall_most);
	bench_number("  the worst of them", laps->wall_by[bench_runs - 1],
		     "times", "");
	if (cpu_most > 0)
		bench_promise("processor by curl's", median(laps->cpu_by),
			      "times", cpu_most);
	else
		bench_number("processor by curl's", median(laps->cpu_by),
			     "times", "");
	bench_number("connections", median(laps->connections), "", "");
	bench_number("syncs of the disk for a document",
		     median(laps->syncs) / load->count, "", "");
}

static void make_files(struct bench_file *files, size_t count, size_t bytes,
		       const char *stem)
{
	for (size_t i = 0; i < count; i++) {
		files[i].path = mem_printf("%s/%s%zu.pdf", directory, stem, i);
		if (access(files[i].path, F_OK))
			bench_paper_at(files[i].path, bytes, (unsigned)i);
		bench_digest(files[i].path, &files[i].bytes, files[i].sha256);
	}
}

static void release_files(struct bench_file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(files[i].path);
}

static void measure_large(const struct practice *practice)
{
	struct bench_file files[BENCH_EIGHT];
	struct load load = { .count = BENCH_EIGHT,
			     .parallel = BENCH_EIGHT,
			     .file_count = BENCH_EIGHT,
			     .files = files };
	static struct laps plain, hashed, one;

	make_files(files, BENCH_EIGHT, BENCH_BYTES, "large");
	load.name = "8 of 50 MB, 8 at once, every state durable";
	if (!measure(practice, &load, &plain)) {
		puts("  skipped: there is no curl to compare with");
		return;
	}
	report(&load, &plain, 0.75, 0.75);
	load.hashed = true;
	load.name = "the same, with the SHA-256 of every byte";
	measure(practice, &load, &hashed);
	report(&load, &hashed, 1.5, 2.2);
	bench_promise("peak resident memory, eight", median(hashed.peak), "MB",
		      20);
	load.count = load.parallel = 1;
	load.name = "one of them";
	measure(practice, &load, &one);
	bench_promise("peak resident memory, one", median(one.peak), "MB", 16);
	release_files(files, BENCH_EIGHT);
}

static void measure_small(const struct practice *practice)
{
	static struct bench_file files[SMALL_FILES];
	static struct laps laps;
	struct load load = {
		.name = "1,000 of 100 kB, 4 at once, every state durable",
		.count = SMALL_COUNT,
		.parallel = 4,
		.file_count = SMALL_FILES,
		.files = files,
		.hashed = true,
	};

	make_files(files, SMALL_FILES, SMALL_BYTES, "small");
	measure(practice, &load, &laps);
	report(&load, &laps, 0.75, 0);
	bench_promise("connections", median(laps.connections), "", 4.01);
	bench_promise("syncs for a document", median(laps.syncs) / load.count,
		      "", 0.1001);
	release_files(files, SMALL_FILES);
}

static void on_done(void *arg, const struct prov_reply *reply)
{
	*(int *)arg = reply->status == 204 ? 0 : 1;
}

/* The wire alone, one file. */
static int send_file(void *arg)
{
	const char *path = arg;
	struct xfer *xfer = xfer_new(1);
	struct doc_file file = DOC_FILE_NONE;
	struct prov_request request = { .method = "POST" };
	struct prov_file part = { .file = &file };
	struct xfer_order order = { .endpoint = profile.endpoint,
				    .request = &request,
				    .files = &part,
				    .file_count = 1 };
	struct err err = { 0 };
	int status = 2;

	if (doc_file_open(&file, path, &err) ||
	    prov_request_path(&request, &err, "/discard"))
		return 1;
	prov_request_file(&request, "file", "huge.pdf", "application/pdf");
	request.key = mem_dup("be9c0000-0000-4000-8000-000000000000");
	if (xfer_start(xfer, &order, on_done, &status, NULL, &err))
		return 1;
	while (xfer_active(xfer))
		xfer_wait(xfer, NULL, 0, 1000);
	xfer_free(xfer);
	doc_file_close(&file);
	return status;
}

static void measure_huge(void)
{
	char *path = mem_printf("%s/huge.pdf", directory);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct bench_run run;

	/* Without blocks on the disk: it is memory that is measured. */
	assert_true(fd >= 0 && !ftruncate(fd, (off_t)GIBIBYTE));
	close(fd);
	run = bench_fork(send_file, path);
	if (run.status || bench_discard_seen().bytes < GIBIBYTE)
		fail_msg("1 GiB was not sent: %d", run.status);
	puts(" the wire alone, 1 GiB");
	bench_promise("peak resident memory", run.peak_mb, "MB", 16);
	bench_number("wall", run.ms, "ms", "");
	unlink(path);
	free(path);
}

void bench_sent(void)
{
	const struct practice *practice = bench_practice("");

	printf("\nSending what waits, to a server that discards; medians of "
	       "%u\n",
	       bench_runs);
	directory = practice->dir;
	syncs = mmap(NULL, sizeof(*syncs), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(syncs, MAP_FAILED);
	profile = (struct prov_profile){
		.name = (char[]){ "bench" },
		.provider = &prov_lumx,
		.endpoint = mem_dup(
			bench_discard_start("HTTP/1.1 204 No Content\r\n\r\n")),
		.secret = (char[]){ "kyc-sandbox-key" },
	};
	measure_large(practice);
	measure_small(practice);
	measure_huge();
	free(profile.endpoint);
	munmap(syncs, sizeof(*syncs));
	bench_practice_stop();
}
