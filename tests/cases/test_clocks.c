/* SPDX-License-Identifier: MIT */
/* Since when a case waits for us, and for the provider. */
#include "cases/clocks.h"

#include "tests/test.h"

#define DAY	(24 * 60 * 60 * (int64_t)1000)
#define REFUSED 300
#define SENT	400

static const struct ticking {
	const char *name;
	enum prov_stage stage;
	enum case_item_state states[2];
	int64_t rejected_ms[2]; /* of the requirements */
	int64_t ours_ms, theirs_ms;
} tickings[] = {
	{ "only the customer can bring it",
	  PROV_STAGE_ACTION_NEEDED,
	  { CASE_ITEM_MISSING, CASE_ITEM_MISSING },
	  { 0, 0 },
	  0,
	  0 },
	{ "the earliest rejection",
	  PROV_STAGE_ACTION_NEEDED,
	  { CASE_ITEM_REJECTED, CASE_ITEM_REJECTED },
	  { 200, 100 },
	  100,
	  0 },
	{ "one whose time nobody knows",
	  PROV_STAGE_ACTION_NEEDED,
	  { CASE_ITEM_REJECTED, CASE_ITEM_REJECTED },
	  { 0, 250 },
	  250,
	  0 },
	{ "chosen and not sent",
	  PROV_STAGE_ACTION_NEEDED,
	  { CASE_ITEM_DRAFT, CASE_ITEM_MISSING },
	  { 0, 0 },
	  500,
	  0 },
	{ "both at once",
	  PROV_STAGE_ACTION_NEEDED,
	  { CASE_ITEM_REJECTED, CASE_ITEM_SENT },
	  { 100, 0 },
	  100,
	  SENT },
	{ "a verdict ends theirs",
	  PROV_STAGE_APPROVED,
	  { CASE_ITEM_ACCEPTED, CASE_ITEM_SENT },
	  { 0, 0 },
	  0,
	  0 },
};

static void test_clocks(void **state)
{
	const struct ticking *row = *state;
	struct prov_requirement requirements[2] = { 0 };
	struct case_document draft = { .chosen_ms = 500 };
	struct case_submission sent = { .state = CASE_ACCEPTED,
					.settled_ms = SENT };
	int64_t rejected_ms[2] = { row->rejected_ms[0], row->rejected_ms[1] };
	struct case_item items[2] = { 0 };
	struct case_clocks clocks = { 0 };
	struct case_checklist list = {
		.customer = { .stage = row->stage,
			      .requirements = requirements,
			      .requirement_count = 2 },
		.rejected_ms = rejected_ms,
		.items = items,
		.count = 2,
	};

	for (size_t i = 0; i < 2; i++) {
		items[i].requirement = &requirements[i];
		items[i].state = row->states[i];
		if (row->states[i] == CASE_ITEM_DRAFT)
			items[i].document = &draft;
		if (row->states[i] == CASE_ITEM_SENT)
			items[i].submission = &sent;
	}
	case_clocks(&list, &clocks);
	assert_int_equal(clocks.ours_ms, row->ours_ms);
	assert_int_equal(clocks.theirs_ms, row->theirs_ms);
}

/* What was refused as it arrived was so then, whatever a review said. */
static void test_clocks_refused_at_once(void **state)
{
	struct case_submission refused = { .state = CASE_REFUSED,
					   .settled_ms = REFUSED };
	struct prov_requirement requirement = { 0 };
	int64_t rejected_ms = 100;
	struct case_item item = { .requirement = &requirement,
				  .state = CASE_ITEM_REJECTED,
				  .submission = &refused };
	struct case_checklist list = {
		.customer = { .requirements = &requirement,
			      .requirement_count = 1 },
		.rejected_ms = &rejected_ms,
		.items = &item,
		.count = 1,
	};

	(void)state;
	assert_int_equal(case_rejected_since(&list), REFUSED);
}

/* 1970-01-01, where time begins, was a Thursday. */
static const struct due {
	const char *name;
	int64_t from;
	unsigned days;
	int64_t due;
} dues[] = {
	{ "Thursday and one is Friday", 0, 1, DAY },
	{ "Thursday and two is Monday", 0, 2, 4 * DAY },
	{ "Friday and one is Monday", DAY + 5, 1, 4 * DAY + 5 },
	{ "Saturday and one is Monday", 2 * DAY, 1, 4 * DAY },
	{ "a week", 0, 5, 7 * DAY },
	{ "none", 7, 0, 7 },
};

static void test_business_days(void **state)
{
	const struct due *row = *state;

	assert_int_equal(case_business_days(row->from, row->days), row->due);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_clocks, tickings);
	test_add(&tests, "refused at once", test_clocks_refused_at_once);
	TEST_ROWS(&tests, test_business_days, dues);
	return test_run(&tests, "cases/clocks");
}
