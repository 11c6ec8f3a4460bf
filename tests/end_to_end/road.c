/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/road.h"

struct practice practice;
struct prism *prism;

static int begin(void **state)
{
	(void)state;
	practice_start_for(&practice, road.provider, road.options);
	return 0;
}

static int end(void **state)
{
	(void)state;
	prism_free(prism);
	prism = NULL;
	practice_stop(&practice);
	return 0;
}

void road_upload(const struct road_paper *row)
{
	const struct walk_paper paper = { .customer = row->customer,
					  .party = row->party,
					  .type = row->type,
					  .side = row->side,
					  .country = road.country,
					  .sample = row->sample };

	walk_upload(&practice, &paper, row->status, row->says);
}

void road_paper(void **state)
{
	const struct road_paper *row = *state;
	size_t before = practice_documents(&practice, row->customer);
	size_t after = 0;

	road_upload(row);
	after = practice_documents(&practice, row->customer);
	if (row->status ? after != before : after <= before)
		fail_msg("%zu papers there, then %zu", before, after);
}

void road_trouble(void **state)
{
	const struct road_trouble *row = *state;
	struct practice_run run = { 0 };

	practice_start_for(&practice, road.provider, row->options);
	run = KYC(&practice, "customers", "--json");
	assert_int_equal(run.status, 0);
	assert_string_equal(run.err, "");
	assert_int_equal(walk_lines(run.out), 1000 + road.customers);
	practice_run_release(&run);
	walk_upload(&practice, &road.papers[0], 0, ACCEPTED);
}

static void test_odd_ids(void **state)
{
	(void)state;
	walk_odd_ids(&practice, road.papers[0].type, road.papers[0].sample);
}

static void test_wrong_secret(void **state)
{
	(void)state;
	walk_wrong_secret(&practice, road.papers);
}

void road_add(struct test_list *tests)
{
	test_add(tests, "odd ids", test_odd_ids);
	test_add(tests, "a wrong secret", test_wrong_secret);
	for (size_t i = 0; i < tests->count; i++)
		if (!tests->tests[i].setup_func)
			tests->tests[i].setup_func = begin;
}

int road_run(struct test_list *tests, const char *title)
{
	for (size_t i = 0; i < tests->count; i++)
		tests->tests[i].teardown_func = end;
	return test_run(tests, title);
}
