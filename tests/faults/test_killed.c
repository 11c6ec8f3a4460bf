/* SPDX-License-Identifier: MIT */
/*
 * kill -9 at each system call of an upload that writes or sends: whatever was
 * noted by then is there, what follows goes on with it, what is repeated is
 * the same to the byte, and the provider has the document once. The same of
 * a new customer. Some of the calls in turn; KYC_FAULTS_EACH takes every one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/faults/rig.h"
#include "tests/faults/tracer.h"
#include "tests/test.h"

#define SEVERAL	   3
#define WALKS_MOST 600 /* customers; more calls than an upload makes */

static const struct walk {
	const char *name;
	const char *provider;
	unsigned first; /* of seven invented customers, who takes documents */
	int step;	/* each so many-th call */
	const char *type, *side, *country; /* NULL: a batch of several */
} walks[] = {
	{ "with keys", "lumx", 2, 4, "PASSPORT", "front", "BRA" },
	{ "with keys, several at once", "lumx", 2, 7, NULL, NULL, NULL },
	{ "asked first", "dwolla", 1, 9, "license", "", "" },
};

static struct rig rig;

static size_t items_of(const struct walk *row)
{
	return row->type ? 1 : SEVERAL;
}

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

/* Of one customer, sent beside each other. */
static char *manifest_for(const char *customer)
{
	static const char *const slots[] = {
		"\"type\":\"PASSPORT\",\"side\":\"front\"",
		"\"type\":\"DRIVERS_LICENSE\",\"side\":\"front\"",
		"\"type\":\"SELFIE\"",
	};
	char *sample = practice_sample("selfie.jpg");
	struct buf text = { 0 };
	char *path = NULL;

	for (size_t i = 0; i < SEVERAL; i++)
		buf_addf(&text,
			 "{\"customer\":\"%s\",%s,\"country\":\"BRA\","
			 "\"file\":\"%s\"}\n",
			 customer, slots[i], sample);
	path = practice_file(&rig.practice, "manifest.jsonl", buf_text(&text));
	buf_release(&text);
	free(sample);
	return path;
}

static size_t count(const char *text, const char *word)
{
	size_t found = 0;

	for (; (text = strstr(text, word)); text++)
		found++;
	return found;
}

/* Run COMMAND, kill it, and go on as anybody would. */
static int kill_and_go_on(const char *const *command, const char *customer,
			  size_t items, int nth)
{
	struct practice_run run = { 0 };
	int made = tracer_run(&rig.practice, command, nth);

	if (made < 0)
		skip();
	run = KYC(&rig.practice, "resume");
	if (run.status)
		fail_msg("killed at %d, resume: %d\n%s%s", nth, run.status,
			 run.out, run.err);
	practice_run_release(&run);
	run = practice_kyc(&rig.practice, command);
	if (run.status || count(run.out, ": accepted") != items)
		fail_msg("killed at %d, again: %d\n%s%s", nth, run.status,
			 run.out, run.err);
	practice_run_release(&run);
	if (practice_documents(&rig.practice, customer) != items)
		fail_msg("killed at %d: %zu documents", nth,
			 practice_documents(&rig.practice, customer));
	return made;
}

static int walk(const struct walk *row, int number, int nth)
{
	char *customer = begin(row, number);
	char *path = row->type ? practice_sample("drivers-license-front.jpg")
			       : manifest_for(customer);
	const char *const upload[] = { "upload",     "-c", customer,  "-t",
				       row->type,    "-s", row->side, "-C",
				       row->country, path, NULL };
	const char *const batch[] = { "batch", path, NULL };
	int made = kill_and_go_on(row->type ? upload : batch, customer,
				  items_of(row), nth);

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
	assert_int_equal(fault_server_check(rig.server).stored,
			 (size_t)(walked + 1) * items_of(row));
	if (step == 1)
		print_message("%s: %d calls\n", row->name, calls);
}

/* A new customer, another one each time: killed, and made once all the same.
 * Returns how many calls there were. */
static int create_and_kill(int number, int nth)
{
	char *answers = mem_printf("{\"name\":\"Killed %03d\",\"birthDate\":"
				   "\"1990-01-01\",\"country\":\"PRT\","
				   "\"taxId\":\"K%06d\",\"email\":"
				   "\"k@example.com\"}",
				   number, number);
	char *path = practice_file(&rig.practice, "new.json", answers);
	char *name = mem_printf("Killed %03d", number);
	const char *const create[] = { "create", path, NULL };
	struct practice_run run = { 0 };
	int made = tracer_run(&rig.practice, create, nth);

	if (made < 0)
		skip();
	run = practice_kyc(&rig.practice, create);
	if (run.status || count(run.out, ": accepted") != 1)
		fail_msg("killed at %d, again: %d\n%s%s", nth, run.status,
			 run.out, run.err);
	practice_run_release(&run);
	run = KYC(&rig.practice, "customers", "--json");
	if (count(run.out, name) != 1)
		fail_msg("killed at %d: made %zu times", nth,
			 count(run.out, name));
	practice_run_release(&run);
	free(answers);
	free(path);
	free(name);
	return made;
}

static void test_killed_while_creating(void **state)
{
	int step = getenv("KYC_FAULTS_EACH") ? 1 : 9;
	int calls = 0;
	int made = 0;

	(void)state;
	rig_open(&rig, "lumx", "");
	calls = create_and_kill(made++, -1);
	assert_in_range(calls, 10, WALKS_MOST);
	for (int nth = 0; nth < calls; nth += step)
		create_and_kill(made++, nth);
	if (step == 1)
		print_message("creating: %d calls\n", calls);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_killed_at_each_call, walks);
	test_add(&tests, "while creating", test_killed_while_creating);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "faults/killed");
}
