/* SPDX-License-Identifier: MIT */
/*
 * kill -9 at each system call of an upload that writes or sends: whatever was
 * noted by then is there, what follows goes on with it, what is repeated is
 * the same to the byte, and the provider has the document once. Some of the
 * calls in turn; KYC_FAULTS_EACH takes every one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/faults/rig.h"
#include "tests/faults/tracer.h"
#include "tests/test.h"

#define WALKS_MOST 400 /* customers; more calls than an upload makes */

static const struct walk {
	const char *name;
	const char *provider;
	unsigned first; /* of seven invented customers, who takes documents */
	int step;	/* each so many-th call */
	const char *type, *side, *country;
} walks[] = {
	{ "with keys", "lumx", 2, 3, "PASSPORT", "front", "BRA" },
	{ "asked first", "dwolla", 1, 8, "license", "", "" },
};

static struct rig rig;

static int tear_down(void **state)
{
	(void)state;
	rig_close(&rig);
	return 0;
}

/* Another record for each walk, and another customer. */
static char *begin(const struct walk *row, int number)
{
	char *state = mem_printf("%s/state-%d", rig.practice.dir, number);

	mem_replace(&rig.practice.state, state);
	free(state);
	return mem_printf("9e4e0000-0000-4000-8000-%012x",
			  row->first + 7 * (unsigned)number);
}

static int walk(const struct walk *row, int number, int nth)
{
	char *customer = begin(row, number);
	char *path = practice_sample("drivers-license-front.jpg");
	const char *const upload[] = { "upload",     "-c", customer,  "-t",
				       row->type,    "-s", row->side, "-C",
				       row->country, path, NULL };
	struct practice_run run = { 0 };
	int made = tracer_run(&rig.practice, upload, nth);

	if (made < 0)
		skip();
	run = KYC(&rig.practice, "resume");
	if (run.status)
		fail_msg("killed at %d, resume: %d\n%s%s", nth, run.status,
			 run.out, run.err);
	practice_run_release(&run);
	run = practice_kyc(&rig.practice, upload);
	if (run.status || !strstr(run.out, ": accepted"))
		fail_msg("killed at %d, again: %d\n%s%s", nth, run.status,
			 run.out, run.err);
	practice_run_release(&run);
	if (practice_documents(&rig.practice, customer) != 1)
		fail_msg("killed at %d: %zu documents", nth,
			 practice_documents(&rig.practice, customer));
	free(path);
	free(customer);
	return made;
}

static void test_killed_at_each_call(void **state)
{
	const struct walk *row = *state;
	char *options = mem_printf("--customers %d --review-seconds 86400",
				   WALKS_MOST * 7);
	int step = getenv("KYC_FAULTS_EACH") ? 1 : row->step;
	int calls = 0;
	int walked = 0;

	rig_open(&rig, row->provider, options);
	free(options);
	calls = walk(row, 0, -1);
	assert_in_range(calls, 20, WALKS_MOST);
	for (int nth = 0; nth < calls; nth += step)
		walk(row, ++walked, nth);
	assert_int_equal(fault_server_check(rig.server).stored, walked + 1);
	if (step == 1)
		print_message("%s: %d calls\n", row->name, calls);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_killed_at_each_call, walks);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "faults/killed");
}
