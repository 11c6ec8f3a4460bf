/* SPDX-License-Identifier: MIT */
/* What requirements, drafts and submissions make of each other. */
#include "cases/merge.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

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
	list.customer.stage = row->stage;
	list.rejected_ms = mem_array(1, sizeof(*list.rejected_ms));
	list.rejected_ms[0] = row->rejected;
	merge(&list, STAGE_SINCE);
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

/* One side alone is asked for: it is no option. */
static void test_merge_one_side(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "ID", NULL)->side = DOC_SIDE_BACK;
	merge(&list, 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].side, DOC_SIDE_BACK);
	assert_false(list.items[0].side_optional);
	assert_int_equal(list.missing, 1);
	case_checklist_release(&list);
}

/* Each side asked for by itself, in a group with a passport: rows say what is
 * at hand of them. */
static const struct sides_row {
	const char *name;
	bool front, back, passport; /* drafted */
	enum prov_req_status back_status;
	enum case_item_state states[3]; /* front, back, passport */
	unsigned missing, rejected;
} sides_rows[] = {
	{ .name = "nothing is one thing missing", .missing = 1 },
	{ .name = "the front needs its back",
	  .front = true,
	  .states = { CASE_ITEM_DRAFT, CASE_ITEM_MISSING,
		      CASE_ITEM_NOT_NEEDED },
	  .missing = 1 },
	{ .name = "both will do",
	  .front = true,
	  .back = true,
	  .states = { CASE_ITEM_DRAFT, CASE_ITEM_DRAFT,
		      CASE_ITEM_NOT_NEEDED } },
	{ .name = "the passport will do",
	  .passport = true,
	  .states = { CASE_ITEM_NOT_NEEDED, CASE_ITEM_NOT_NEEDED,
		      CASE_ITEM_DRAFT } },
	{ .name = "a front does not make up for its back",
	  .front = true,
	  .back_status = PROV_REQ_REJECTED,
	  .states = { CASE_ITEM_DRAFT, CASE_ITEM_REJECTED,
		      CASE_ITEM_NOT_NEEDED },
	  .rejected = 1 },
	{ .name = "a passport makes up for a back",
	  .passport = true,
	  .back_status = PROV_REQ_REJECTED,
	  .states = { CASE_ITEM_NOT_NEEDED, CASE_ITEM_REJECTED,
		      CASE_ITEM_DRAFT } },
};

static void test_merge_sides_apart(void **state)
{
	const struct sides_row *row = *state;
	struct case_checklist list = { 0 };
	struct prov_requirement *back = NULL;

	require(&list, PROV_REQ_DOCUMENT, "ID", "identity")->side =
		DOC_SIDE_FRONT;
	back = require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	back->side = DOC_SIDE_BACK;
	back->status = row->back_status;
	require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	if (row->front)
		choose(&list, "ID", DOC_SIDE_FRONT, 1);
	if (row->back)
		choose(&list, "ID", DOC_SIDE_BACK, 1);
	if (row->passport)
		choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	merge(&list, 0);
	assert_int_equal(list.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(list.items[i].state, row->states[i]);
	assert_int_equal(list.missing, row->missing);
	assert_int_equal(list.rejected, row->rejected);
	case_checklist_release(&list);
}

static struct prov_requirement *require_of(struct case_checklist *list,
					   const char *party, const char *code)
{
	struct prov_requirement *req =
		require(list, PROV_REQ_DOCUMENT, code, NULL);

	req->party = mem_dup(party);
	return req;
}

/* The customer is always there; a party without anything to do, too. What is
 * about somebody who is not listed stands with the customer. */
static void test_merge_parts(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	merge(&list, 0);
	assert_int_equal(list.part_count, 1);
	assert_null(list.parts[0].party);
	assert_int_equal(list.parts[0].count, 0);

	prov_customer_add_party(&list.customer)->id = mem_dup("p2");
	prov_customer_add_party(&list.customer)->id = mem_dup("p0");
	prov_customer_add_party(&list.customer)->id = mem_dup("p1");
	require_of(&list, "p1", "SELFIE")->status = PROV_REQ_REJECTED;
	require_of(&list, "p2", "SELFIE");
	require_of(&list, "gone", "PROOF");
	require_of(&list, NULL, "SELFIE");
	require_of(&list, "p1", "PROOF");
	merge(&list, 0);
	assert_int_equal(list.part_count, 4);
	assert_int_equal(list.parts[0].count, 2);
	assert_int_equal(list.parts[0].missing, 2);
	assert_string_equal(list.parts[1].party->id, "p2");
	assert_int_equal(list.parts[1].first, 2);
	assert_int_equal(list.parts[1].missing, 1);
	assert_int_equal(list.parts[2].count, 0);
	assert_string_equal(list.parts[3].party->id, "p1");
	assert_int_equal(list.parts[3].first, 3);
	assert_int_equal(list.parts[3].count, 2);
	assert_int_equal(list.parts[3].missing, 1);
	assert_int_equal(list.parts[3].rejected, 1);
	assert_int_equal(list.missing, 4);
	assert_int_equal(list.rejected, 1);
	case_checklist_release(&list);
}

/* One request takes an identity document and a selfie, and a proof where there
 * is one: a word a file, '!' with errors, '>' in the outbox. */
static const struct bundle_row {
	const char *name;
	const char *files;
	bool waits;
} bundle_rows[] = {
	{ "a selfie alone waits", "SELFIE", true },
	{ "a passport alone waits", "PASS", true },
	{ "a passport and a selfie go", "PASS SELFIE", false },
	{ "the front of a card is enough", "ID SELFIE", false },
	{ "the selfie is on its way", "PASS >SELFIE", false },
	{ "the passport is on its way", ">PASS SELFIE", false },
	{ "a selfie with errors keeps the passport", "PASS !SELFIE", true },
	{ "a proof goes along", "PASS SELFIE PROOF", false },
	{ "a proof alone waits", "PROOF", true },
	{ "a proof with errors would be left behind", "PASS SELFIE !PROOF",
	  true },
	{ "a card with errors is not needed", "PASS SELFIE !ID", false },
};

static void bring(struct case_checklist *list, const char *word)
{
	const char *type = word + strspn(word, "!>");
	enum doc_side side = strcmp(type, "ID") && strcmp(type, "PASS")
				     ? DOC_SIDE_NONE
				     : DOC_SIDE_FRONT;

	choose(list, type, side, 1);
	if (*word == '!')
		findings_add(&list->documents.list[list->documents.count - 1]
				      .findings,
			     FINDING_ERROR, "damaged", NULL, "it is damaged");
	if (*word != '>')
		return;
	submit(list, PROV_RANK_DOCUMENT, type, CASE_QUEUED, 2, 0);
	list->submissions.list[list->submissions.count - 1].side = side;
}

static void test_merge_bundle(void **state)
{
	const struct bundle_row *row = *state;
	struct case_checklist list = { 0 };
	char *files = mem_dup(row->files);
	char *rest = files;

	require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL)->optional = true;
	for (size_t i = 0; i < list.customer.requirement_count; i++)
		list.customer.requirements[i].bundle = mem_dup("papers");
	/* Another party's is another one. */
	require_of(&list, "p1", "SELFIE")->bundle = mem_dup("papers");
	while (rest)
		bring(&list, strsep(&rest, " "));
	merge(&list, 0);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(
			list.items[i].waits,
			row->waits && case_item_ready(&list.items[i], &list));
	free(files);
	case_checklist_release(&list);
}

/* A form that makes a party: NAME is its draft, SENT what became of the last
 * one, in which the name was "Ana". */
static const struct owner_row {
	const char *label;
	const char *name;
	enum case_state sent; /* DRAFT: none */
	enum prov_req_status status;
	bool broken;
	enum case_item_state state;
	unsigned ready, in_flight;
} owner_rows[] = {
	{ "nothing", "", CASE_DRAFT, PROV_REQ_MISSING, false, CASE_ITEM_MISSING,
	  0, 0 },
	{ "filled in", "Ana", CASE_DRAFT, PROV_REQ_MISSING, false,
	  CASE_ITEM_DRAFT, 1, 0 },
	{ "filled in badly", "Ana", CASE_DRAFT, PROV_REQ_MISSING, true,
	  CASE_ITEM_MISSING, 0, 0 },
	{ "there are enough, one more", "Ana", CASE_DRAFT, PROV_REQ_ACCEPTED,
	  false, CASE_ITEM_DRAFT, 1, 0 },
	{ "on its way", "", CASE_SENDING, PROV_REQ_MISSING, false,
	  CASE_ITEM_QUEUED, 0, 1 },
	{ "on its way, and the next one", "Bia", CASE_SENDING, PROV_REQ_MISSING,
	  false, CASE_ITEM_DRAFT, 1, 1 },
	{ "taken, and still wanted", "", CASE_ACCEPTED, PROV_REQ_MISSING, false,
	  CASE_ITEM_MISSING, 0, 0 },
	{ "taken, and enough", "", CASE_ACCEPTED, PROV_REQ_ACCEPTED, false,
	  CASE_ITEM_ACCEPTED, 0, 0 },
	{ "taken, and the same again", "Ana", CASE_ACCEPTED, PROV_REQ_MISSING,
	  false, CASE_ITEM_DRAFT, 1, 0 },
	{ "refused", "Ana", CASE_REFUSED, PROV_REQ_MISSING, false,
	  CASE_ITEM_REJECTED, 0, 0 },
	{ "refused and corrected", "Anna", CASE_REFUSED, PROV_REQ_MISSING,
	  false, CASE_ITEM_DRAFT, 1, 0 },
	{ "refused and thrown away", "", CASE_REFUSED, PROV_REQ_MISSING, false,
	  CASE_ITEM_MISSING, 0, 0 },
};

static void test_merge_makes_party(void **state)
{
	const struct owner_row *row = *state;
	struct case_checklist list = { 0 };
	struct case_submission *sub = NULL;

	require(&list, PROV_REQ_INFORMATION, "owner", NULL)->status =
		row->status;
	merge_forms_make(&list);
	form_answer_set(list.forms[0].answers, "name", row->name);
	if (row->broken)
		findings_add(&list.forms[0].findings, FINDING_ERROR, "short",
			     "name", "it is too short");
	if (row->sent) {
		submit(&list, PROV_RANK_PARTY, NULL, row->sent, 1, 2);
		sub = &list.submissions.list[0];
		sub->schema = mem_dup("desk_owner");
		sub->answers = form_answers_new();
		form_answer_set(sub->answers, "name", "Ana");
	}
	merge(&list, 0);
	assert_int_equal(list.items[0].state, row->state);
	assert_int_equal(list.ready, row->ready);
	assert_int_equal(list.in_flight, row->in_flight);
	if (row->state == CASE_ITEM_REJECTED)
		assert_int_equal(list.items[0].reason->next,
				 PROV_NEXT_CORRECT_DATA);
	case_checklist_release(&list);
}

/* What begins filled in is no draft of a party. */
static void test_merge_party_begins_filled(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_INFORMATION, "owner", NULL)->known =
		mem_dup("{\"name\":\"?\"}");
	merge(&list, 0);
	assert_int_equal(list.items[0].state, CASE_ITEM_MISSING);
	case_checklist_release(&list);
}

/* Asked for twice, with a reason each: both show it, one goes. */
static void test_merge_form_for_two(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	require(&list, PROV_REQ_INFORMATION, "FORM", NULL);
	mem_replace(&require(&list, PROV_REQ_INFORMATION, "FORM", NULL)->code,
		    "FORM_AGAIN");
	merge_forms_make(&list);
	for (size_t i = 0; i < 2; i++)
		form_answer_set(list.forms[i].answers, "phone", "1");
	merge(&list, 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.items[1].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.ready, 1);
	case_checklist_release(&list);
}

/* What is not asked for any more is seen, and nothing to be done. */
static void test_merge_unasked(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	prov_customer_add_party(&list.customer)->id = mem_dup("p1");
	require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	submit(&list, PROV_RANK_DOCUMENT, "SELFIE", CASE_ACCEPTED, 1, 2);
	submit(&list, PROV_RANK_DOCUMENT, "PROOF", CASE_REFUSED, 1, 2);
	submit(&list, PROV_RANK_DOCUMENT, "PROOF", CASE_ACCEPTED, 1, 2);
	list.submissions.list[2].party = mem_dup("p1");
	submit(&list, PROV_RANK_DOCUMENT, "ID", CASE_CANCELLED, 1, 2);
	choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	merge_unasked_make(&desk_provider, &list);
	merge(&list, STAGE_SINCE);
	assert_int_equal(list.count, 4);
	assert_false(list.items[0].unasked);
	assert_int_equal(list.items[1].state, CASE_ITEM_REJECTED);
	assert_true(list.items[1].unasked);
	assert_true(list.items[1].requirement->optional);
	assert_int_equal(list.items[2].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.items[2].side, DOC_SIDE_FRONT);
	assert_false(case_item_ready(&list.items[2], &list));
	assert_int_equal(list.parts[1].first, 3);
	assert_int_equal(list.items[3].state, CASE_ITEM_SENT);
	assert_int_equal(list.ready, 0);
	assert_int_equal(list.rejected, 0);
	assert_int_equal(list.missing, 0);
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_merge, mergings);
	test_add(&tests, "groups", test_merge_groups);
	test_add(&tests, "rejected group", test_merge_rejected_group);
	test_add(&tests, "sides", test_merge_sides);
	test_add(&tests, "order", test_merge_order);
	test_add(&tests, "one side", test_merge_one_side);
	TEST_ROWS(&tests, test_merge_sides_apart, sides_rows);
	test_add(&tests, "parts", test_merge_parts);
	TEST_ROWS(&tests, test_merge_bundle, bundle_rows);
	TEST_ROWS(&tests, test_merge_makes_party, owner_rows);
	test_add(&tests, "party begins filled", test_merge_party_begins_filled);
	test_add(&tests, "form for two", test_merge_form_for_two);
	test_add(&tests, "unasked", test_merge_unasked);
	return test_run(&tests, "cases/merge");
}
