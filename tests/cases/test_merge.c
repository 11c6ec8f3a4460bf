/* SPDX-License-Identifier: MIT */
/* What requirements, drafts and submissions make of each other. */
#include "cases/merge.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/pile.h"

#define STAGE_SINCE 100

/* A list of one customer that wants TYPE, with a draft and a submission. */
static const struct merging {
	const char *name;
	enum prov_req_kind kind;
	enum prov_req_status status;
	enum prov_stage stage;
	int64_t rejected; /* since when the rejection is known; 0: as the
			     stage */
	int64_t chosen;	  /* of the draft; 0: none */
	bool broken;	  /* the draft has errors */
	int64_t queued;	  /* of the submission; 0: none */
	enum case_state sent;
	int64_t settled;
	enum case_item_state state;
	unsigned missing, ready, rejected_count, in_flight;
} mergings[] = {
	{ .name = "nothing",
	  .kind = PROV_REQ_DOCUMENT,
	  .state = CASE_ITEM_MISSING,
	  .missing = 1 },
	{ .name = "a draft",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .state = CASE_ITEM_DRAFT,
	  .ready = 1 },
	{ .name = "a draft with errors",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .broken = true,
	  .state = CASE_ITEM_DRAFT },
	{ .name = "queued",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_QUEUED,
	  .state = CASE_ITEM_QUEUED,
	  .in_flight = 1 },
	{ .name = "unsure, though another was chosen",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 12,
	  .queued = 11,
	  .sent = CASE_UNSURE,
	  .state = CASE_ITEM_UNSURE,
	  .in_flight = 1 },
	{ .name = "arrived, the provider has not said so yet",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = 12,
	  .state = CASE_ITEM_SENT },
	{ .name = "arrived, in review",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_IN_REVIEW,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = 12,
	  .state = CASE_ITEM_IN_REVIEW },
	{ .name = "arrived, another chosen since",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_SENT,
	  .chosen = 13,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = 12,
	  .state = CASE_ITEM_DRAFT,
	  .ready = 1 },
	{ .name = "refused",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_REFUSED,
	  .settled = 12,
	  .state = CASE_ITEM_REJECTED,
	  .rejected_count = 1 },
	{ .name = "refused, another chosen since",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 13,
	  .queued = 11,
	  .sent = CASE_REFUSED,
	  .settled = 12,
	  .state = CASE_ITEM_DRAFT,
	  .ready = 1 },
	{ .name = "cancelled: a draft again",
	  .kind = PROV_REQ_DOCUMENT,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_CANCELLED,
	  .settled = 12,
	  .state = CASE_ITEM_DRAFT,
	  .ready = 1 },
	{ .name = "rejected in review",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_REJECTED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_REJECTED,
	  .rejected_count = 1 },
	{ .name = "rejected, and sent again after that",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_REJECTED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE + 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "rejected before the stage changed, sent between",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_REJECTED,
	  .rejected = STAGE_SINCE - 50,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "rejected anew while the stage stayed",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_REJECTED,
	  .rejected = STAGE_SINCE + 50,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE + 1,
	  .state = CASE_ITEM_REJECTED,
	  .rejected_count = 1 },
	{ .name = "approved, and it is listed no more",
	  .kind = PROV_REQ_DOCUMENT,
	  .stage = PROV_STAGE_APPROVED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_ACCEPTED },
	{ .name = "approved, and sent after that",
	  .kind = PROV_REQ_DOCUMENT,
	  .stage = PROV_STAGE_APPROVED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE + 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "approved, but this one is looked at again",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_IN_REVIEW,
	  .stage = PROV_STAGE_APPROVED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_IN_REVIEW },
	{ .name = "approved, and refused before",
	  .kind = PROV_REQ_DOCUMENT,
	  .stage = PROV_STAGE_APPROVED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_REFUSED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_REJECTED,
	  .rejected_count = 1 },
	{ .name = "approved, and never sent",
	  .kind = PROV_REQ_DOCUMENT,
	  .stage = PROV_STAGE_APPROVED,
	  .state = CASE_ITEM_MISSING,
	  .missing = 1 },
	{ .name = "sent from elsewhere",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_ACCEPTED,
	  .state = CASE_ITEM_ACCEPTED },
	{ .name = "terms", .kind = PROV_REQ_TERMS, .missing = 1 },
	{ .name = "a start is nothing to bring",
	  .kind = PROV_REQ_START,
	  .state = CASE_ITEM_MISSING },
	{ .name = "started",
	  .kind = PROV_REQ_START,
	  .queued = STAGE_SINCE,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE + 1,
	  .state = CASE_ITEM_SENT },
	{ .name = "started before the rejection",
	  .kind = PROV_REQ_START,
	  .queued = 10,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE - 1,
	  .state = CASE_ITEM_MISSING },
};

static void test_merge(void **state)
{
	const struct merging *row = *state;
	struct case_checklist list = { 0 };
	bool document = row->kind == PROV_REQ_DOCUMENT;

	pile_require(&list, row->kind, "SELFIE", NULL)->status = row->status;
	if (row->chosen)
		pile_choose(&list, "SELFIE", DOC_SIDE_NONE, row->chosen);
	if (row->broken)
		findings_add(&list.documents.list[0].findings, FINDING_ERROR,
			     "damaged", NULL, "it is damaged");
	if (row->queued)
		pile_submit(&list,
			    document ? PROV_RANK_DOCUMENT : PROV_RANK_START,
			    document ? "SELFIE" : NULL, row->sent, row->queued,
			    row->settled);
	list.customer.stage = row->stage;
	list.rejected_ms = mem_array(1, sizeof(*list.rejected_ms));
	list.rejected_ms[0] = row->rejected;
	pile_merge(&list, STAGE_SINCE);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].state, row->state);
	assert_int_equal(list.missing, row->missing);
	assert_int_equal(list.ready, row->ready);
	assert_int_equal(list.rejected, row->rejected_count);
	assert_int_equal(list.in_flight, row->in_flight);
	if (row->sent == CASE_REFUSED && row->rejected_count)
		assert_string_equal(list.items[0].reason->message, "not sharp");
	case_checklist_release(&list);
}

/* The front that is chosen asks for the back, but does not demand it; what is
 * sent of one side is not shown for the other. */
static void test_merge_sides(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_require(&list, PROV_REQ_DOCUMENT, "ID", NULL)->status =
		PROV_REQ_SENT;
	pile_submit(&list, PROV_RANK_DOCUMENT, "ID", CASE_ACCEPTED, 1, 2);
	list.submissions.list[0].side = DOC_SIDE_FRONT;
	pile_merge(&list, 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].side, DOC_SIDE_FRONT);
	assert_int_equal(list.items[0].state, CASE_ITEM_SENT);
	assert_int_equal(list.items[1].state, CASE_ITEM_MISSING);
	assert_true(list.items[1].side_optional);
	assert_int_equal(list.missing, 0);
	case_checklist_release(&list);
}

/* The customer first, the form before all, then party by party. */
static void test_merge_order(void **state)
{
	static const char *const wanted[] = { "FORM", "SELFIE", "PROOF",
					      "SELFIE" };
	struct case_checklist list = { 0 };
	struct prov_requirement *req = NULL;

	(void)state;
	prov_customer_add_party(&list.customer)->id = mem_dup("p1");
	req = pile_require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	req->party = mem_dup("p1");
	pile_require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	pile_require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL);
	pile_require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL);
	pile_require(&list, PROV_REQ_INFORMATION, "FORM", NULL);
	pile_merge(&list, 0);
	assert_int_equal(list.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(list.items[i].requirement->code, wanted[i]);
	assert_string_equal(list.items[3].requirement->party, "p1");
	case_checklist_release(&list);
}

/* One side alone is asked for: it is no option. */
static void test_merge_one_side(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_require(&list, PROV_REQ_DOCUMENT, "ID", NULL)->side =
		DOC_SIDE_BACK;
	pile_merge(&list, 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].side, DOC_SIDE_BACK);
	assert_false(list.items[0].side_optional);
	assert_int_equal(list.missing, 1);
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_merge, mergings);
	test_add(&tests, "sides", test_merge_sides);
	test_add(&tests, "order", test_merge_order);
	test_add(&tests, "one side", test_merge_one_side);
	return test_run(&tests, "cases/merge");
}
