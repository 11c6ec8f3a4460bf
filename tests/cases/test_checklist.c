/* SPDX-License-Identifier: MIT */
/* The checklist: what one requirement, one draft and one submission make of
 * each other, and what is queued from it. */
#include "cases/checklist.h"

#include <stdlib.h>
#include <string.h>

#include "cases/merge.h"
#include "tests/cases/desk.h"

#define STAGE_SINCE 100

/* A list of one customer that wants TYPE, with a draft and a submission. */
static const struct merging {
	const char *name;
	enum prov_req_kind kind;
	enum prov_req_status status;
	int64_t chosen; /* of the draft; 0: none */
	bool broken;	/* the draft has errors */
	int64_t queued; /* of the submission; 0: none */
	enum case_state sent;
	int64_t settled;
	enum case_item_state state;
	unsigned missing, ready, rejected, in_flight;
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
	  .rejected = 1 },
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
	  .rejected = 1 },
	{ .name = "rejected, and sent again after that",
	  .kind = PROV_REQ_DOCUMENT,
	  .status = PROV_REQ_REJECTED,
	  .chosen = 10,
	  .queued = 11,
	  .sent = CASE_ACCEPTED,
	  .settled = STAGE_SINCE + 1,
	  .state = CASE_ITEM_SENT },
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

static struct prov_requirement *require(struct case_checklist *list,
					enum prov_req_kind kind,
					const char *code, const char *group)
{
	struct prov_requirement *req = desk_want(&list->customer, kind, code);

	req->group = group;
	return req;
}

/* Merge, perhaps once more after something was added to what came in. */
static void merge(struct case_checklist *list, int64_t stage_since_ms)
{
	free(list->items);
	free(list->reasons);
	free(list->parts);
	list->items = NULL;
	list->count = 0;
	if (!list->forms)
		merge_forms_make(list);
	case_checklist_merge(list, stage_since_ms);
}

static void choose(struct case_checklist *list, const char *type,
		   enum doc_side side, int64_t chosen_ms)
{
	struct case_document *doc = NULL;

	list->documents.list =
		mem_grow(list->documents.list, list->documents.count,
			 sizeof(*list->documents.list));
	doc = &list->documents.list[list->documents.count++];
	*doc = (struct case_document){ .side = side,
				       .checked = true,
				       .chosen_ms = chosen_ms };
	doc->type = mem_dup(type);
	doc->path = mem_dup("/tmp/x.jpg");
	doc->facts.sha256[0] = 'a';
}

static void submit(struct case_checklist *list, enum prov_rank rank,
		   const char *type, enum case_state state, int64_t queued_ms,
		   int64_t settled_ms)
{
	struct case_submission *sub = NULL;

	list->submissions.list =
		mem_grow(list->submissions.list, list->submissions.count,
			 sizeof(*list->submissions.list));
	sub = &list->submissions.list[list->submissions.count++];
	*sub = (struct case_submission){ .rank = rank,
					 .state = state,
					 .queued_ms = queued_ms,
					 .settled_ms = settled_ms };
	sub->type = mem_dup(type);
	sub->message = mem_dup("not sharp");
}

static void test_merge(void **state)
{
	const struct merging *row = *state;
	struct case_checklist list = { 0 };
	bool document = row->kind == PROV_REQ_DOCUMENT;

	require(&list, row->kind, "SELFIE", NULL)->status = row->status;
	if (row->chosen)
		choose(&list, "SELFIE", DOC_SIDE_NONE, row->chosen);
	if (row->broken)
		findings_add(&list.documents.list[0].findings, FINDING_ERROR,
			     "damaged", NULL, "it is damaged");
	if (row->queued)
		submit(&list, document ? PROV_RANK_DOCUMENT : PROV_RANK_START,
		       document ? "SELFIE" : NULL, row->sent, row->queued,
		       row->settled);
	merge(&list, STAGE_SINCE);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].state, row->state);
	assert_int_equal(list.missing, row->missing);
	assert_int_equal(list.ready, row->ready);
	assert_int_equal(list.rejected, row->rejected);
	assert_int_equal(list.in_flight, row->in_flight);
	if (row->sent == CASE_REFUSED && row->rejected)
		assert_string_equal(list.items[0].reason->message, "not sharp");
	case_checklist_release(&list);
}

/* Any one of a group will do. */
static void test_merge_groups(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	merge(&list, 0);
	assert_int_equal(list.count, 3); /* ID has two sides */
	assert_int_equal(list.missing, 1);
	choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	merge(&list, 0);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.ready, 1);
	assert_int_equal(list.items[0].state, CASE_ITEM_NOT_NEEDED);
	assert_int_equal(list.items[1].state, CASE_ITEM_NOT_NEEDED);
	assert_int_equal(list.items[2].state, CASE_ITEM_DRAFT);
	case_checklist_release(&list);
}

static void test_merge_rejected_group(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "PASS", "identity")->status =
		PROV_REQ_REJECTED;
	require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	merge(&list, 0);
	assert_int_equal(list.rejected, 1);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.items[1].state, CASE_ITEM_MISSING);
	choose(&list, "ID", DOC_SIDE_FRONT, 1);
	merge(&list, 0);
	assert_int_equal(list.rejected, 0);
	case_checklist_release(&list);
}

/* The front that is chosen asks for the back, but does not demand it; what is
 * sent of one side is not shown for the other. */
static void test_merge_sides(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "ID", NULL)->status = PROV_REQ_SENT;
	submit(&list, PROV_RANK_DOCUMENT, "ID", CASE_ACCEPTED, 1, 2);
	list.submissions.list[0].side = DOC_SIDE_FRONT;
	merge(&list, 0);
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
	req = require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	req->party = mem_dup("p1");
	require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL);
	require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL);
	require(&list, PROV_REQ_INFORMATION, "FORM", NULL);
	merge(&list, 0);
	assert_int_equal(list.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(list.items[i].requirement->code, wanted[i]);
	assert_string_equal(list.items[3].requirement->party, "p1");
	case_checklist_release(&list);
}

static void load(struct desk *desk, struct case_checklist *list)
{
	OK(case_checklist_load(desk->store, &desk->profile, "c1", list, &err));
}

static const struct case_item *find(const struct case_checklist *list,
				    const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].requirement->code, code) == 0)
			return &list->items[i];
	fail_msg("no item %s", code);
	return NULL;
}

static void test_information(void **state)
{
	struct case_checklist list = { 0 };
	struct desk desk;
	unsigned queued = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "city", "Rio", &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_MISSING);
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "123",
			   &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_DRAFT);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 1);
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_QUEUED);
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 9");
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_SENT);
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "456",
			   &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_DRAFT);
	case_checklist_release(&list);
	desk_close(&desk);
}

static void test_submit_all(void **state)
{
	struct case_checklist list = { 0 };
	struct case_submission_list subs = { 0 };
	struct desk desk;
	unsigned queued = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "123",
			   &err));
	desk_document(&desk, id, "ID", DOC_SIDE_BACK, "back");
	desk_document(&desk, id, "ID", DOC_SIDE_FRONT, "front");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	load(&desk, &list);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.ready, 4);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 5);
	OK(case_submissions(desk.store, &desk.profile, id, true, &subs, &err));
	assert_int_equal(subs.count, 5);
	assert_int_equal(subs.list[0].rank, PROV_RANK_INFORMATION);
	assert_int_equal(subs.list[1].side, DOC_SIDE_FRONT);
	assert_int_equal(subs.list[2].side, DOC_SIDE_BACK);
	assert_int_equal(subs.list[4].rank, PROV_RANK_START);
	load(&desk, &list);
	assert_int_equal(list.in_flight, 5);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 0);
	case_submission_list_release(&subs);
	case_checklist_release(&list);
	desk_close(&desk);
}

static void test_never_seen(void **state)
{
	struct case_checklist list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	load(&desk, &list);
	assert_int_equal(list.count, 0);
	assert_int_equal(list.seen_ms, 0);
	assert_int_equal(list.part_count, 1);
	case_checklist_release(&list);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_merge, mergings);
	test_add(&tests, "merge groups", test_merge_groups);
	test_add(&tests, "merge rejected group", test_merge_rejected_group);
	test_add(&tests, "merge sides", test_merge_sides);
	test_add(&tests, "merge order", test_merge_order);
	test_add(&tests, "information", test_information);
	test_add(&tests, "submit all", test_submit_all);
	test_add(&tests, "never seen", test_never_seen);
	return test_run(&tests, "cases/checklist");
}
