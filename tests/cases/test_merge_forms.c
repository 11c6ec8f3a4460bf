/* SPDX-License-Identifier: MIT */
/* How forms stand: those that make a party, and those asked for twice. */
#include "cases/merge.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/pile.h"

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

	pile_require(&list, PROV_REQ_INFORMATION, "owner", NULL)->status =
		row->status;
	merge_forms_make(&list);
	form_answer_set(list.forms[0].answers, "name", row->name);
	if (row->broken)
		findings_add(&list.forms[0].findings, FINDING_ERROR, "short",
			     "name", "it is too short");
	if (row->sent) {
		pile_submit(&list, PROV_RANK_PARTY, NULL, row->sent, 1, 2);
		sub = &list.submissions.list[0];
		sub->schema = mem_dup("desk_owner");
		sub->answers = form_answers_new();
		form_answer_set(sub->answers, "name", "Ana");
	}
	pile_merge(&list, 0);
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
	pile_require(&list, PROV_REQ_INFORMATION, "owner", NULL)->known =
		mem_dup("{\"name\":\"?\"}");
	pile_merge(&list, 0);
	assert_int_equal(list.items[0].state, CASE_ITEM_MISSING);
	case_checklist_release(&list);
}

/* Asked for twice, with a reason each: both show it, one goes. */
static void test_merge_form_for_two(void **state)
{
	struct case_checklist list = { 0 };

	(void)state;
	pile_require(&list, PROV_REQ_INFORMATION, "FORM", NULL);
	mem_replace(
		&pile_require(&list, PROV_REQ_INFORMATION, "FORM", NULL)->code,
		"FORM_AGAIN");
	merge_forms_make(&list);
	for (size_t i = 0; i < 2; i++)
		form_answer_set(list.forms[i].answers, "phone", "1");
	pile_merge(&list, 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.items[1].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.ready, 1);
	case_checklist_release(&list);
}

/* A form that opens something, sent once at 10 and taken at 20: when it was
 * touched last, since when the stage is what it is, and what is asked. */
static const struct opening_row {
	const char *label;
	int64_t set, stage_since;
	enum prov_req_status status;
	const char *street; /* of the draft; it was sent as "A" */
	enum case_item_state state;
	unsigned ready;
} opening_rows[] = {
	{ "taken", 5, 1, PROV_REQ_ACCEPTED, "A", CASE_ITEM_ACCEPTED, 0 },
	{ "taken, not said so yet", 5, 1, PROV_REQ_MISSING, "A", CASE_ITEM_SENT,
	  0 },
	{ "over: another is wanted", 5, 30, PROV_REQ_MISSING, "A",
	  CASE_ITEM_MISSING, 0 },
	{ "over, and they know it otherwise", 5, 30, PROV_REQ_MISSING, "B",
	  CASE_ITEM_MISSING, 0 },
	{ "over, and confirmed as it was", 40, 30, PROV_REQ_MISSING, "A",
	  CASE_ITEM_DRAFT, 1 },
	{ "over, and corrected", 40, 30, PROV_REQ_MISSING, "B", CASE_ITEM_DRAFT,
	  1 },
	{ "rejected, and untouched", 5, 30, PROV_REQ_REJECTED, "B",
	  CASE_ITEM_REJECTED, 0 },
	{ "rejected, and corrected", 40, 30, PROV_REQ_REJECTED, "B",
	  CASE_ITEM_DRAFT, 1 },
};

static void test_merge_opens_again(void **state)
{
	const struct opening_row *row = *state;
	struct case_checklist list = { 0 };
	struct case_submission *sub = NULL;

	pile_require(&list, PROV_REQ_INFORMATION, "record", NULL)->status =
		row->status;
	merge_forms_make(&list);
	form_answer_set(list.forms[0].answers, "street", row->street);
	list.forms[0].set_ms = row->set;
	pile_submit(&list, PROV_RANK_INFORMATION, NULL, CASE_ACCEPTED, 10, 20);
	sub = &list.submissions.list[0];
	sub->schema = mem_dup("desk_record");
	sub->answers = form_answers_new();
	form_answer_set(sub->answers, "street", "A");
	pile_merge(&list, row->stage_since);
	assert_int_equal(list.items[0].state, row->state);
	assert_int_equal(list.ready, row->ready);
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_merge_makes_party, owner_rows);
	TEST_ROWS(&tests, test_merge_opens_again, opening_rows);
	test_add(&tests, "party begins filled", test_merge_party_begins_filled);
	test_add(&tests, "form for two", test_merge_form_for_two);
	return test_run(&tests, "cases/merge_forms");
}
