/* SPDX-License-Identifier: MIT */
/* What was sent and is not asked for any more stays in sight. */
#include "cases/merge.h"

#include <stdlib.h>

#include "tests/cases/pile.h"

#define READ_AT 100

static const struct vanishing {
	const char *name;
	const char *schema; /* of a form; NULL: a SELFIE */
	enum case_state sent;
	int64_t settled;
	bool asked; /* it is still asked for */
	bool drops; /* the provider drops what it accepted */
	bool again; /* it was sent once more, and refused */
	enum prov_stage stage;
	size_t count;
	enum case_item_state state; /* of the last */
} vanishings[] = {
	{ .name = "a paper",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .count = 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "a paper that was accepted, for it is gone",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .drops = true,
	  .count = 1,
	  .state = CASE_ITEM_ACCEPTED },
	{ .name = "nobody has looked since",
	  .sent = CASE_ACCEPTED,
	  .settled = READ_AT + 1,
	  .drops = true,
	  .count = 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "gone with the customer",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .drops = true,
	  .stage = PROV_STAGE_CLOSED,
	  .count = 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "the last one was refused",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .drops = true,
	  .again = true,
	  .count = 1,
	  .state = CASE_ITEM_REJECTED },
	{ .name = "a form",
	  .schema = "desk_person",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .count = 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "a form that was accepted, for it is gone",
	  .schema = "desk_person",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .drops = true,
	  .count = 1,
	  .state = CASE_ITEM_ACCEPTED },
	{ .name = "a form of which nobody knows",
	  .schema = "desk_person",
	  .sent = CASE_UNSURE,
	  .count = 1,
	  .state = CASE_ITEM_UNSURE },
	{ .name = "a form that was refused",
	  .schema = "desk_person",
	  .sent = CASE_REFUSED,
	  .settled = 2,
	  .count = 1,
	  .state = CASE_ITEM_REJECTED },
	{ .name = "a form that is still asked for",
	  .schema = "desk_person",
	  .sent = CASE_ACCEPTED,
	  .settled = 2,
	  .asked = true,
	  .count = 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "a form that was cancelled",
	  .schema = "desk_person",
	  .sent = CASE_CANCELLED,
	  .settled = 2 },
	{ .name = "a party that was taken",
	  .schema = "desk_owner",
	  .sent = CASE_ACCEPTED,
	  .settled = 2 },
	{ .name = "a party of which nobody knows",
	  .schema = "desk_owner",
	  .sent = CASE_UNSURE,
	  .count = 1,
	  .state = CASE_ITEM_UNSURE },
};

static void send(struct case_checklist *list, const struct vanishing *row,
		 enum case_state state, int64_t queued, int64_t settled)
{
	struct case_submission *sub = NULL;

	pile_submit(list,
		    row->schema ? PROV_RANK_INFORMATION : PROV_RANK_DOCUMENT,
		    row->schema ? NULL : "SELFIE", state, queued, settled);
	sub = &list->submissions.list[list->submissions.count - 1];
	sub->schema = mem_dup(row->schema);
}

static void test_unasked_stays_in_sight(void **state)
{
	const struct vanishing *row = *state;
	struct provider provider = desk_provider;
	struct case_checklist list = { .seen_ms = READ_AT };

	provider.drops_accepted = row->drops;
	list.customer.stage = row->stage;
	if (row->asked)
		pile_require(&list, PROV_REQ_INFORMATION, "FORM", NULL);
	send(&list, row, row->sent, 1, row->settled);
	if (row->again)
		send(&list, row, CASE_REFUSED, 3, 4);
	merge_forms_make(&list);
	merge_unasked_make(&provider, &list);
	pile_merge(&list, 0);
	assert_int_equal(list.count, row->count);
	assert_int_equal(list.rejected, 0);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.ready, 0);
	if (row->count) {
		assert_int_equal(list.items[0].state, row->state);
		assert_int_equal(list.items[0].unasked, !row->asked);
	}
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_unasked_stays_in_sight, vanishings);
	return test_run(&tests, "cases/unasked");
}
