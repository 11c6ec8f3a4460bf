/* SPDX-License-Identifier: MIT */
/* What was sent, compared with what the provider has. */
#include "cases/reconcile.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/cases/pile.h"

#define READ_AT 100000

/* One SELFIE of the customer: what became of ours, what the provider says. */
static const struct comparing {
	const char *name;
	bool sent;
	enum case_state state;
	int64_t settled;
	const char *id; /* as the provider called it; NULL: it did not */
	bool wanted;	/* there is a requirement */
	bool unlisted;
	enum prov_req_status status;
	bool lists;
	const char *paper; /* id of one that it has; NULL: none */
	const char *of_type;
	const char *found; /* the one difference; NULL: none */
} comparings[] = {
	{ .name = "nothing sent, nothing there", .wanted = true },
	{ .name = "sent, and spoken of",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .wanted = true,
	  .status = PROV_REQ_SENT },
	{ .name = "sent, and said to be missing",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .wanted = true,
	  .found = "not_there" },
	{ .name = "sent, and missing where it is never spoken of",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .wanted = true,
	  .unlisted = true },
	{ .name = "sent, and not spoken of any more",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10 },
	{ .name = "sent a moment before it was read",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = READ_AT - 1,
	  .wanted = true },
	{ .name = "refused, and missing",
	  .sent = true,
	  .state = CASE_REFUSED,
	  .settled = 10,
	  .wanted = true },
	{ .name = "there, and never sent from here",
	  .wanted = true,
	  .status = PROV_REQ_IN_REVIEW,
	  .found = "not_ours" },
	{ .name = "there, though ours was refused",
	  .sent = true,
	  .state = CASE_REFUSED,
	  .settled = 10,
	  .wanted = true,
	  .status = PROV_REQ_ACCEPTED,
	  .found = "not_ours" },
	{ .name = "unsure",
	  .sent = true,
	  .state = CASE_UNSURE,
	  .wanted = true,
	  .found = "unsure" },
	{ .name = "listed under its id",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .id = "p-1",
	  .lists = true,
	  .paper = "p-1",
	  .of_type = "SELFIE" },
	{ .name = "listed, the id was never told",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .lists = true,
	  .paper = "p-1",
	  .of_type = "SELFIE" },
	{ .name = "not listed",
	  .sent = true,
	  .state = CASE_ACCEPTED,
	  .settled = 10,
	  .id = "p-1",
	  .lists = true,
	  .found = "not_there" },
	{ .name = "listed, and of somebody else's sending",
	  .lists = true,
	  .paper = "p-9",
	  .of_type = "PROOF",
	  .found = "not_ours" },
};

static void make(const struct comparing *row, struct case_checklist *list)
{
	list->seen_ms = READ_AT;
	list->customer.lists_papers = row->lists;
	if (row->wanted) {
		struct prov_requirement *req =
			pile_require(list, PROV_REQ_DOCUMENT, "SELFIE", NULL);

		req->status = row->status;
		req->unlisted = row->unlisted;
	}
	if (row->sent) {
		pile_submit(list, PROV_RANK_DOCUMENT, "SELFIE", row->state, 5,
			    row->settled);
		list->submissions.list[0].provider_id = mem_dup(row->id);
	}
	if (row->paper) {
		struct prov_paper *paper =
			prov_customer_add_paper(&list->customer);

		paper->id = mem_dup(row->paper);
		paper->type = mem_dup(row->of_type);
	}
}

static void test_reconcile_compares(void **state)
{
	const struct comparing *row = *state;
	struct case_differences found = { 0 };
	struct case_checklist list = { 0 };

	make(row, &list);
	case_reconcile(&list, &found);
	assert_int_equal(found.count, row->found ? 1 : 0);
	if (row->found) {
		char *words =
			case_difference_words(&found.list[0], &desk_provider);

		assert_string_equal(case_difference_name(found.list[0].kind),
				    row->found);
		assert_non_null(strstr(words, row->of_type && !row->sent
						      ? "Proof"
						      : "Selfie"));
		assert_non_null(strstr(words, "Desk"));
		free(words);
	}
	case_differences_release(&found);
	case_checklist_release(&list);
}

/* Only the latest of a slot has to be there. */
static void test_reconcile_forgets_the_replaced(void **state)
{
	struct case_differences found = { 0 };
	struct case_checklist list = { 0 };

	(void)state;
	list.seen_ms = READ_AT;
	list.customer.lists_papers = true;
	pile_submit(&list, PROV_RANK_DOCUMENT, "SELFIE", CASE_ACCEPTED, 5, 10);
	list.submissions.list[0].provider_id = mem_dup("p-1");
	pile_submit(&list, PROV_RANK_DOCUMENT, "SELFIE", CASE_ACCEPTED, 20, 30);
	list.submissions.list[1].provider_id = mem_dup("p-2");
	case_reconcile(&list, &found);
	assert_int_equal(found.count, 1);
	assert_ptr_equal(found.list[0].submission, &list.submissions.list[1]);
	case_differences_release(&found);
	case_checklist_release(&list);
}

/* Of a customer that was never read nothing can be said but what is unsure. */
static void test_reconcile_knows_what_it_does_not_know(void **state)
{
	struct case_differences found = { 0 };
	struct case_checklist list = { 0 };

	(void)state;
	pile_submit(&list, PROV_RANK_DOCUMENT, "SELFIE", CASE_ACCEPTED, 5, 10);
	case_reconcile(&list, &found);
	assert_int_equal(found.count, 0);
	case_differences_release(&found);
	case_checklist_release(&list);
}

static const struct naming {
	const char *name; /* of the row, and the label */
	enum doc_side side;
	bool names;
} namings[] = {
	{ "RG (frente)", DOC_SIDE_FRONT, true },
	{ "RG (Verso)", DOC_SIDE_BACK, true },
	{ "Back of the card", DOC_SIDE_BACK, true },
	{ "RG (frente)", DOC_SIDE_BACK, false },
	{ "RG", DOC_SIDE_FRONT, false },
	{ "Selfie, front", DOC_SIDE_NONE, false },
};

static void test_label_names_side(void **state)
{
	const struct naming *row = *state;

	assert_int_equal(case_label_names_side(row->name, row->side),
			 row->names);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_reconcile_compares, comparings);
	test_add(&tests, "forgets the replaced",
		 test_reconcile_forgets_the_replaced);
	test_add(&tests, "knows what it does not know",
		 test_reconcile_knows_what_it_does_not_know);
	TEST_ROWS(&tests, test_label_names_side, namings);
	return test_run(&tests, "cases/reconcile");
}
