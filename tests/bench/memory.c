/* SPDX-License-Identifier: MIT */
/*
 * Peak memory while documents are sent. What the system says of a program that
 * ended is its own peak or that of a child it waited for, whichever is
 * higher: kyc's helper, which looks into files, is therefore also measured
 * alone.
 */
#include "tests/bench/bench.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"

#define MOST_MB 20

/* In a process of its own, whose only child the helper is. */
static int look_alone(const char *path, int answer)
{
	char *program = test_build_path("kyc-inspect");
	struct doc_looker *looker = doc_looker_new(program);
	struct doc_file file = DOC_FILE_NONE;
	struct doc_facts facts = { 0 };
	struct rusage used = { 0 };
	struct err err = { 0 };

	if (doc_file_open(&file, path, &err) ||
	    doc_look(looker, &file, &facts, &err) || facts.pages != 1)
		return 1;
	doc_file_close(&file);
	doc_looker_free(looker);
	free(program);
	if (getrusage(RUSAGE_CHILDREN, &used) ||
	    write(answer, &used.ru_maxrss, sizeof(used.ru_maxrss)) !=
		    sizeof(used.ru_maxrss))
		return 1;
	return 0;
}

static double helper_peak_mb(const char *path)
{
	long kilobytes = 0;
	int ends[2];
	pid_t pid = 0;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		_exit(look_alone(path, ends[1]));
	close(ends[1]);
	if (read(ends[0], &kilobytes, sizeof(kilobytes)) != sizeof(kilobytes))
		fail_msg("kyc-inspect could not look into '%s'", path);
	close(ends[0]);
	waitpid(pid, NULL, 0);
	return (double)kilobytes * 1024 / 1e6;
}

static char *write_manifest(const struct practice *practice)
{
	struct buf lines = { 0 };
	char *manifest = NULL;

	for (unsigned i = 0; i < BENCH_EIGHT; i++) {
		const struct bench_slot *slot = &bench_slots[i];
		char *side =
			slot->side ? mem_printf("\"side\":\"%s\",", slot->side)
				   : mem_dup("");

		buf_addf(&lines,
			 "{\"customer\":\"%s\",\"type\":\"%s\",%s"
			 "\"country\":\"BRA\",\"file\":\"%u.pdf\"}\n",
			 BENCH_CUSTOMER, slot->type, side, i);
		free(bench_paper(practice, i));
		free(side);
	}
	manifest = practice_file(practice, "manifest", buf_text(&lines));
	buf_release(&lines);
	return manifest;
}

void bench_memory(void)
{
	const struct practice *practice = NULL;
	char *manifest = NULL;
	char *paper = NULL;
	struct bench_run one, eight;
	double helper = 0;

	bench_title("Peak resident memory; to kyc-sandbox on loopback");
	/* Slow enough that the eight are under way together. */
	practice = bench_practice("--fault rate=50000000,method=POST");
	manifest = write_manifest(practice);
	paper = bench_paper(practice, BENCH_EIGHT);
	one = bench_kyc(practice, 0,
			(const char *const[]){ "upload", "-c", BENCH_CUSTOMER,
					       "-t", "BANK_STATEMENT", "-C",
					       "BRA", paper, NULL });
	eight = bench_kyc(practice, 0,
			  (const char *const[]){ "batch", "--parallel", "8",
						 manifest, NULL });
	assert_int_equal(practice_documents(practice, BENCH_CUSTOMER),
			 BENCH_EIGHT + 1);
	helper = helper_peak_mb(paper);
	bench_promise("kyc upload, a PDF of 50 MB", one.peak_mb, "MB", MOST_MB);
	bench_promise("kyc batch --parallel 8, eight of them", eight.peak_mb,
		      "MB", MOST_MB);
	bench_promise("kyc-inspect, the process that looks into one", helper,
		      "MB", MOST_MB);
	bench_practice_stop();
	free(manifest);
	free(paper);
}
