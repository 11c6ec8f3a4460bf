/* SPDX-License-Identifier: MIT */
/* What items mean for each other: groups, sides, parts, bundles, and what
 * nobody asks for. */
#include "cases/merge.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/pile.h"

#define STAGE_SINCE 100

/* Any one of a group will do. */
static void test_merge_groups(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	pile_require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	pile_merge(&list, 0);
	assert_int_equal(list.count, 3); /* ID has two sides */
	assert_int_equal(list.missing, 1);
	pile_choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	pile_merge(&list, 0);
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
	pile_require(&list, PROV_REQ_DOCUMENT, "PASS", "identity")->status =
		PROV_REQ_REJECTED;
	pile_require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	pile_merge(&list, 0);
	assert_int_equal(list.rejected, 1);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.items[1].state, CASE_ITEM_MISSING);
	pile_choose(&list, "ID", DOC_SIDE_FRONT, 1);
	pile_merge(&list, 0);
	assert_int_equal(list.rejected, 0);
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

	pile_require(&list, PROV_REQ_DOCUMENT, "ID", "identity")->side =
		DOC_SIDE_FRONT;
	back = pile_require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	back->side = DOC_SIDE_BACK;
	back->status = row->back_status;
	pile_require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	if (row->front)
		pile_choose(&list, "ID", DOC_SIDE_FRONT, 1);
	if (row->back)
		pile_choose(&list, "ID", DOC_SIDE_BACK, 1);
	if (row->passport)
		pile_choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	pile_merge(&list, 0);
	assert_int_equal(list.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(list.items[i].state, row->states[i]);
	assert_int_equal(list.missing, row->missing);
	assert_int_equal(list.rejected, row->rejected);
	case_checklist_release(&list);
}

/* The customer is always there; a party without anything to do, too. What is
 * about somebody who is not listed stands with the customer. */
static void test_merge_parts(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_merge(&list, 0);
	assert_int_equal(list.part_count, 1);
	assert_null(list.parts[0].party);
	assert_int_equal(list.parts[0].count, 0);

	prov_customer_add_party(&list.customer)->id = mem_dup("p2");
	prov_customer_add_party(&list.customer)->id = mem_dup("p0");
	prov_customer_add_party(&list.customer)->id = mem_dup("p1");
	pile_require_of(&list, "p1", "SELFIE")->status = PROV_REQ_REJECTED;
	pile_require_of(&list, "p2", "SELFIE");
	pile_require_of(&list, "gone", "PROOF");
	pile_require_of(&list, NULL, "SELFIE");
	pile_require_of(&list, "p1", "PROOF");
	pile_merge(&list, 0);
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

	pile_choose(list, type, side, 1);
	if (*word == '!')
		findings_add(&list->documents.list[list->documents.count - 1]
				      .findings,
			     FINDING_ERROR, "damaged", NULL, "it is damaged");
	if (*word != '>')
		return;
	pile_submit(list, PROV_RANK_DOCUMENT, type, CASE_QUEUED, 2, 0);
	list->submissions.list[list->submissions.count - 1].side = side;
}

static void test_merge_bundle(void **state)
{
	const struct bundle_row *row = *state;
	struct case_checklist list = { 0 };
	char *files = mem_dup(row->files);
	char *rest = files;

	pile_require(&list, PROV_REQ_DOCUMENT, "ID", "identity");
	pile_require(&list, PROV_REQ_DOCUMENT, "PASS", "identity");
	pile_require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	pile_require(&list, PROV_REQ_DOCUMENT, "PROOF", NULL)->optional = true;
	for (size_t i = 0; i < list.customer.requirement_count; i++)
		list.customer.requirements[i].bundle = mem_dup("papers");
	/* Another party's is another one. */
	pile_require_of(&list, "p1", "SELFIE")->bundle = mem_dup("papers");
	while (rest)
		bring(&list, strsep(&rest, " "));
	pile_merge(&list, 0);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(
			list.items[i].waits,
			row->waits && case_item_ready(&list.items[i], &list));
	free(files);
	case_checklist_release(&list);
}

/* What is not asked for any more is seen, and nothing to be done. */
static void test_merge_unasked(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	prov_customer_add_party(&list.customer)->id = mem_dup("p1");
	pile_require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL);
	pile_submit(&list, PROV_RANK_DOCUMENT, "SELFIE", CASE_ACCEPTED, 1, 2);
	pile_submit(&list, PROV_RANK_DOCUMENT, "PROOF", CASE_REFUSED, 1, 2);
	pile_submit(&list, PROV_RANK_DOCUMENT, "PROOF", CASE_ACCEPTED, 1, 2);
	list.submissions.list[2].party = mem_dup("p1");
	pile_submit(&list, PROV_RANK_DOCUMENT, "ID", CASE_CANCELLED, 1, 2);
	pile_choose(&list, "PASS", DOC_SIDE_FRONT, 1);
	merge_unasked_make(&desk_provider, &list);
	pile_merge(&list, STAGE_SINCE);
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

/* Both sides of one paper are one thing to do; two papers are two. */
static void test_merge_counts_papers(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_require(&list, PROV_REQ_DOCUMENT, "ID", NULL)->status =
		PROV_REQ_REJECTED;
	pile_merge(&list, 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.rejected, 1);
	pile_require(&list, PROV_REQ_DOCUMENT, "SELFIE", NULL)->status =
		PROV_REQ_REJECTED;
	pile_merge(&list, 0);
	assert_int_equal(list.rejected, 2);
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "groups", test_merge_groups);
	test_add(&tests, "counts papers", test_merge_counts_papers);
	test_add(&tests, "rejected group", test_merge_rejected_group);
	TEST_ROWS(&tests, test_merge_sides_apart, sides_rows);
	test_add(&tests, "parts", test_merge_parts);
	TEST_ROWS(&tests, test_merge_bundle, bundle_rows);
	test_add(&tests, "unasked", test_merge_unasked);
	return test_run(&tests, "cases/merge_counts");
}
