/* SPDX-License-Identifier: MIT */
/*
 * Memory that runs out and a disk that fails, at one call after the other of
 * an upload: it goes on, or it ends with a sentence. Nothing is sent that is
 * not recorded, nothing is lost, and what follows sends the document once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/faults/rig.h"
#include "tests/test.h"

#define WALKS_MOST 600

static const struct failure {
	const char *name;
	const char *call; /* see FAULT_FAIL */
	int error;
	bool for_good; /* all that follow fail as well */
	unsigned first, step;
} failures[] = {
	/* Tens of thousands: each is a third further on than the last. */
	{ "memory, once", "malloc", 0, false, 100, 0 },
	{ "memory, for good", "malloc", 0, true, 2000, 0 },
	{ "a full disk", "disk", ENOSPC, true, 1, 11 },
	{ "a full disk, once", "disk", ENOSPC, false, 3, 19 },
	{ "a disk that fails", "disk", EIO, false, 2, 19 },
	{ "what cannot be synced", "fsync", EIO, true, 1, 5 },
	{ "what cannot be opened", "open", EACCES, true, 1, 3 },
};

static struct rig rig;
static unsigned walked;

static int set_up(void **state)
{
	char *options = mem_printf("--customers %d --review-seconds 86400",
				   WALKS_MOST * 7);

	(void)state;
	walked = 0;
	rig_open(&rig, "lumx", options);
	free(options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	rig_close(&rig);
	return 0;
}

/* Ended in a way that a person can live with? */
static void check_end(const struct practice_run *run, const char *failure)
{
	bool said = *run->out || *run->err;

	if (run->status == 0 || run->status == 4 || (run->status == 6 && said))
		return;
	/* What could not be queued is refused, or not taken at all. */
	if ((run->status == 1 || run->status == 3) && said)
		return;
	fail_msg("%s: exit status %d\nout: %s\nerr: %s", failure, run->status,
		 run->out, run->err);
}

static void go_on_without(const char *const *upload, const char *customer,
			  const char *failure)
{
	struct practice_run run = practice_kyc(&rig.practice, upload);

	if (run.status || !strstr(run.out, ": accepted"))
		fail_msg("%s, again: %d\n%s%s", failure, run.status, run.out,
			 run.err);
	practice_run_release(&run);
	if (practice_documents(&rig.practice, customer) != 1)
		fail_msg("%s: %zu documents", failure,
			 practice_documents(&rig.practice, customer));
}

/* True while there was still such a call to fail. */
static bool walk(const struct failure *row, unsigned nth)
{
	char *customer =
		mem_printf("9e4e0000-0000-4000-8000-%012x", 2 + 7 * walked);
	char *state = mem_printf("%s/state-%u", rig.practice.dir, walked++);
	char *failure = mem_printf("%s:%u%s:%d", row->call, nth,
				   row->for_good ? "+" : "", row->error);
	char *path = practice_sample("drivers-license-front.jpg");
	const char *const upload[] = { "upload",   "-c", customer, "-t",
				       "PASSPORT", "-s", "front",  "-C",
				       "BRA",	   path, NULL };
	struct practice_run run = { 0 };
	bool fired;

	mem_replace(&rig.practice.state, state);
	rig_fail(&rig, failure);
	run = practice_kyc(&rig.practice, upload);
	fired = rig.clock->fired;
	rig_fail(&rig, NULL);
	check_end(&run, failure);
	practice_run_release(&run);
	if (fired)
		go_on_without(upload, customer, failure);
	free(path);
	free(failure);
	free(state);
	free(customer);
	return fired;
}

static void test_upload_while_failing(void **state)
{
	const struct failure *row = *state;
	bool each = getenv("KYC_FAULTS_EACH") && row->step;
	unsigned nth = each ? 1 : row->first;

#ifdef KYC_SANITIZERS
	if (strcmp(row->call, "malloc") == 0)
		skip(); /* they bring their own */
#endif
	while (walked < WALKS_MOST && walk(row, nth))
		nth += each ? 1 : row->step ? row->step : nth / 3;
	assert_true(walked > 2);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_upload_while_failing, failures);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "faults/failing");
}
