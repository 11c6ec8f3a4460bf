/* SPDX-License-Identifier: MIT */
/* The rows of the checklist: who, which group, which sides, in which words. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tui/words/checklist_view.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

#define NOW ((int64_t)1760000000000)

static const struct doc_type types[] = {
	{ .code = "CARD",
	  .label = "ID card",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_AND_BACK,
	  .country = DOC_NEEDED,
	  .kinds = DOC_JPEG },
	{ .code = "PASS",
	  .label = "Passport",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_ONLY,
	  .kinds = DOC_JPEG },
	{ .code = "BILL",
	  .label = "Bill",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = NULL },
};

static void require(struct case_checklist *list, const char *code,
		    const char *party, const char *group, bool optional)
{
	struct prov_requirement *req = prov_customer_require(&list->customer);

	req->code = mem_dup(code);
	req->type = doc_type_find(types, code);
	req->kind = req->type ? PROV_REQ_DOCUMENT : PROV_REQ_TERMS;
	req->party = mem_dup(party);
	req->group = group;
	req->optional = optional;
}

static const struct form_field fields[] = {
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Name" },
	{ .key = NULL },
};

static const struct form_schema about = { .name = "about",
					  .title = "About you",
					  .fields = fields };
static const struct form_schema partner = { .name = "partner",
					    .title = "Add a partner",
					    .fields = fields };

static const struct prov_form forms[] = {
	{ .schema = &about,
	  .use = PROV_FORM_ANSWERS,
	  .holders = DOC_FOR_ANYONE,
	  .rank = PROV_RANK_INFORMATION },
	{ .schema = &partner,
	  .use = PROV_FORM_PARTY,
	  .holders = DOC_FOR_BUSINESS,
	  .rank = PROV_RANK_PARTY },
	{ .schema = NULL },
};

static void require_form(struct case_checklist *list,
			 const struct prov_form *form, const char *party,
			 bool optional)
{
	struct prov_requirement *req = prov_customer_require(&list->customer);

	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup(form->schema->name);
	req->form = form;
	req->party = mem_dup(party);
	req->optional = optional;
}

/* As the record does, of nothing that was drafted; what is required does not
 * move any more after this. */
static void make_forms(struct case_checklist *list)
{
	const struct prov_customer *customer = &list->customer;

	list->forms =
		mem_array(customer->requirement_count, sizeof(*list->forms));
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		struct case_form *form = &list->forms[list->form_count];

		if (!req->form)
			continue;
		list->form_count++;
		form->requirement = req;
		form->schema = prov_requirement_schema(req);
		form->name =
			case_form_name(req->form->schema->name, req->party);
		form->answers = form_answers_new();
		form_check(form->schema, form->answers, &form->findings);
	}
}

static void choose(struct case_checklist *list, const char *code,
		   enum doc_side side, const char *party)
{
	struct case_document *document = NULL;

	list->documents.list =
		mem_grow(list->documents.list, list->documents.count,
			 sizeof(*list->documents.list));
	document = &list->documents.list[list->documents.count++];
	*document = (struct case_document){
		.id = (int64_t)list->documents.count,
		.type = mem_dup(code),
		.side = side,
		.party = mem_dup(party),
		.country = "BRA",
		.path = mem_dup("/scans/a.jpg"),
		.checked = true,
		.facts = { .kind = DOC_JPEG, .bytes = 10, .sha256 = "ab" },
		.chosen_ms = NOW,
	};
}

static struct case_checklist one_person(void)
{
	struct case_checklist list = { .case_id = 1 };

	list.customer.id = mem_dup("c1");
	list.customer.name = mem_dup("Maria Souza");
	require(&list, "CARD", NULL, "Identity", false);
	require(&list, "PASS", NULL, "Identity", false);
	require(&list, "BILL", NULL, NULL, false);
	require(&list, "TERMS", NULL, NULL, false);
	return list;
}

/* One line a row, as a picture of the whole. */
static char *picture(const struct case_checklist *list)
{
	struct tui_rows rows = { 0 };
	struct buf text = { 0 };
	char *label = NULL;
	char words[200];

	tui_rows_build(list, &rows);
	for (size_t i = 0; i < rows.count; i++) {
		const struct tui_row *row = &rows.list[i];

		switch (row->kind) {
		case TUI_ROW_HOLDER:
			buf_addf(&text, "# %s|%s\n", row->text, row->counts);
			continue;
		case TUI_ROW_BUDGET:
			buf_addf(&text, "%s %s\n", row->full ? "!!" : "%",
				 row->text);
			continue;
		case TUI_ROW_HEADING:
			buf_addf(&text, "-- %s\n", row->text);
			continue;
		case TUI_ROW_NOTE:
			buf_addf(&text, "! %s\n", row->text);
			continue;
		case TUI_ROW_SLOTS:
			break;
		}
		label = tui_row_label(row->items[0]->requirement);
		buf_add_text(&text, label);
		free(label);
		for (size_t j = 0; j < row->count; j++) {
			tui_item_words(list, row->items[j], row->count == 1,
				       NOW, words, sizeof(words));
			buf_addf(&text, "|%s|%s",
				 tui_side_word(row->items[j]->side), words);
		}
		buf_add_text(&text, "\n");
	}
	tui_rows_release(&rows);
	return buf_take(&text);
}

static void assert_picture(const struct case_checklist *list, const char *want)
{
	char *got = picture(list);

	assert_string_equal(got, want);
	free(got);
}

static void test_rows_group_alternatives(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	case_checklist_merge(&list, 0);
	assert_picture(&list, "-- Identity: any one of\n"
			      "ID card|front|missing|back|nothing chosen\n"
			      "Passport|front|missing\n"
			      "-- Also required\n"
			      "Bill||missing\n"
			      "Terms of service||waits for the customer\n");
	case_checklist_release(&list);
}

static void test_rows_say_what_is_not_needed(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	choose(&list, "CARD", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, 0);
	assert_picture(&list,
		       "-- Identity: any one of\n"
		       "ID card|front|ready|back|nothing chosen\n"
		       "Passport|front|not needed while ID card is chosen\n"
		       "-- Also required\n"
		       "Bill||missing\n"
		       "Terms of service||waits for the customer\n");
	case_checklist_release(&list);
}

static void test_rows_note_why_a_side_was_rejected(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	list.customer.requirements[0].status = PROV_REQ_REJECTED;
	list.customer.requirements[0].reason.message =
		mem_dup("too blurred to read");
	case_checklist_merge(&list, 0);
	assert_picture(&list, "-- Identity: any one of\n"
			      "ID card|front|rejected|back|rejected\n"
			      "! too blurred to read\n"
			      "Passport|front|missing\n"
			      "-- Also required\n"
			      "Bill||missing\n"
			      "Terms of service||waits for the customer\n");
	case_checklist_release(&list);
}

/* A company with two parties, forms and documents of each. */
static struct case_checklist company(void)
{
	struct case_checklist list = { .case_id = 1 };
	struct prov_party *party = NULL;

	list.customer.id = mem_dup("c1");
	list.customer.name = mem_dup("Marlin Ltda");
	list.customer.kind = PROV_BUSINESS;
	list.customer.pending = 2;
	list.customer.pending_most = 4;
	party = prov_customer_add_party(&list.customer);
	party->id = mem_dup("p1");
	party->name = mem_dup("Ana Lima");
	party->role = mem_dup("owner");
	party->stage = PROV_STAGE_IN_REVIEW;
	party->pending = party->pending_most = 3;
	party = prov_customer_add_party(&list.customer);
	party->id = mem_dup("p2");
	party->name = mem_dup("Rui Paz");
	require(&list, "BILL", NULL, NULL, true);
	require_form(&list, &forms[0], NULL, false);
	require_form(&list, &forms[1], NULL, true);
	require(&list, "CARD", "p1", "Identity", false);
	require(&list, "PASS", "p1", "Identity", false);
	require(&list, "BILL", "p1", NULL, false);
	require_form(&list, &forms[0], "p2", false);
	require(&list, "BILL", "p2", NULL, false);
	list.customer.requirements[7].status = PROV_REQ_REJECTED;
	list.customer.requirements[7].reason.message = mem_dup("too dark");
	make_forms(&list);
	return list;
}

static void test_rows_go_part_by_part(void **state)
{
	struct case_checklist list = company();

	(void)state;
	case_checklist_merge(&list, 0);
	assert_picture(&list,
		       "# Marlin Ltda · business|1 missing\n"
		       "% 2 of 4 files left: 2 wait for review\n"
		       "-- Required\n"
		       "About you||missing: 1 field to fill in\n"
		       "-- Optional\n"
		       "+ Add a partner||Enter adds one\n"
		       "Bill||nothing chosen\n"
		       "# Ana Lima · owner · in review|2 missing\n"
		       "!! none of 3 files left: no more until one was "
		       "reviewed\n"
		       "-- Identity: any one of\n"
		       "ID card|front|missing|back|nothing chosen\n"
		       "Passport|front|missing\n"
		       "-- Also required\n"
		       "Bill||missing\n"
		       "# Rui Paz|1 missing · 1 rejected\n"
		       "-- Required\n"
		       "About you||missing: 1 field to fill in\n"
		       "Bill||rejected: too dark\n");
	assert_int_equal(list.missing, 4);
	case_checklist_release(&list);
}

/* The labels are the provider's where it has some. */
static void test_rows_take_the_label_of_the_requirement(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	mem_replace(&list.customer.requirements[0].label, "RG");
	mem_replace(&list.customer.requirements[3].label, "Selfie with proof");
	case_checklist_merge(&list, 0);
	assert_picture(&list, "-- Identity: any one of\n"
			      "RG|front|missing|back|nothing chosen\n"
			      "Passport|front|missing\n"
			      "-- Also required\n"
			      "Bill||missing\n"
			      "Selfie with proof||waits for the customer\n");
	case_checklist_release(&list);
}

/* Two requirements for the sides of one paper are one row. */
static void test_rows_join_the_sides_of_a_paper(void **state)
{
	struct case_checklist list = { .case_id = 1 };

	(void)state;
	list.customer.id = mem_dup("c1");
	require(&list, "CARD", NULL, NULL, false);
	list.customer.requirements[0].side = DOC_SIDE_FRONT;
	mem_replace(&list.customer.requirements[0].code, "CARD_FRONT");
	require(&list, "BILL", NULL, NULL, false);
	require(&list, "CARD", NULL, NULL, false);
	list.customer.requirements[2].side = DOC_SIDE_BACK;
	mem_replace(&list.customer.requirements[2].code, "CARD_BACK");
	case_checklist_merge(&list, 0);
	assert_picture(&list, "-- Required\n"
			      "ID card|front|missing|back|missing\n"
			      "Bill||missing\n");
	case_checklist_release(&list);
}

static void test_start_says_what_is_missing(void **state)
{
	struct case_checklist list = one_person();
	struct prov_requirement *start = NULL;
	char words[200];

	(void)state;
	start = prov_customer_require(&list.customer);
	start->kind = PROV_REQ_START;
	start->code = mem_dup("finalize");
	start->label = mem_dup("Finalise");
	case_checklist_merge(&list, 0);
	tui_item_words(&list, &list.items[list.count - 1], true, NOW, words,
		       sizeof(words));
	assert_string_equal(words, "not yet; missing: Identity, Bill, Terms of "
				   "service");
	assert_string_equal(
		tui_requirement_label(list.items[list.count - 1].requirement),
		"Finalise");
	case_checklist_release(&list);
}

static void test_bundle_names_what_it_waits_for(void **state)
{
	struct case_checklist list = { .case_id = 1 };
	char words[200];

	(void)state;
	list.customer.id = mem_dup("c1");
	require(&list, "PASS", NULL, NULL, false);
	require(&list, "BILL", NULL, NULL, false);
	list.customer.requirements[0].bundle = mem_dup("face");
	list.customer.requirements[1].bundle = mem_dup("face");
	choose(&list, "BILL", DOC_SIDE_NONE, NULL);
	case_checklist_merge(&list, 0);
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].requirement->type != &types[2])
			continue;
		assert_true(list.items[i].waits);
		tui_item_words(&list, &list.items[i], true, NOW, words,
			       sizeof(words));
		assert_string_equal(words, "ready; goes together with: "
					   "Passport front");
		assert_int_equal(tui_item_symbol(&list.items[i]),
				 TUI_SYMBOL_WAIT);
	}
	case_checklist_release(&list);
}

static const struct code_row {
	const char *name, *code, *want;
} code_rows[] = {
	{ "capitals", "SCAN_NOT_READABLE", "scan not readable" },
	{ "humps", "ScanNotReadable", "scan not readable" },
	{ "words", "in review", "in review" },
	{ "nothing", NULL, "" },
};

static void test_code_words(void **state)
{
	const struct code_row *row = *state;
	char words[40];

	tui_code_words(row->code, words, sizeof(words));
	assert_string_equal(words, row->want);
}

static void test_next_goes_round_and_skips_headings(void **state)
{
	struct case_checklist list = one_person();
	struct tui_rows rows = { 0 };

	(void)state;
	choose(&list, "PASS", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, 0);
	tui_rows_build(&list, &rows);
	/* heading, card, passport, heading, bill, terms */
	assert_int_equal(rows.count, 6);
	assert_int_equal(tui_rows_next(&rows, 0, false), 1);
	assert_int_equal(tui_rows_next(&rows, 0, true), 4);
	assert_int_equal(tui_rows_next(&rows, 5, true), 5);
	assert_int_equal(tui_rows_next(&rows, 6, true), 4);
	tui_rows_release(&rows);
	case_checklist_release(&list);
}

static void test_next_prefers_the_rejected_one_of_a_group(void **state)
{
	struct case_checklist list = one_person();
	struct tui_rows rows = { 0 };

	(void)state;
	list.customer.requirements[1].status = PROV_REQ_REJECTED;
	case_checklist_merge(&list, 0);
	tui_rows_build(&list, &rows);
	assert_int_equal(tui_rows_next(&rows, 0, true), 2);
	tui_rows_release(&rows);
	case_checklist_release(&list);

	/* Another paper instead: the rejected one asks for nothing more. */
	list = one_person();
	list.customer.requirements[1].status = PROV_REQ_REJECTED;
	choose(&list, "CARD", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, 0);
	tui_rows_build(&list, &rows);
	assert_int_equal(tui_rows_next(&rows, 0, true), 4);
	tui_rows_release(&rows);
	case_checklist_release(&list);
}

static void test_draft_says_what_is_wrong_with_it(void **state)
{
	struct case_checklist list = one_person();
	char words[200];

	(void)state;
	choose(&list, "BILL", DOC_SIDE_NONE, NULL);
	findings_add(&list.documents.list[0].findings, FINDING_ERROR, "kind",
		     NULL, "not a picture");
	case_checklist_merge(&list, 0);
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].requirement->type != &types[2])
			continue;
		tui_item_words(&list, &list.items[i], true, NOW, words,
			       sizeof(words));
		assert_string_equal(words, "cannot be sent: not a picture");
		assert_int_equal(tui_item_symbol(&list.items[i]),
				 TUI_SYMBOL_BAD);
		assert_true(tui_item_open(&list.items[i]));
	}
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "rows: group alternatives",
		 test_rows_group_alternatives);
	test_add(&tests, "rows: say what is not needed",
		 test_rows_say_what_is_not_needed);
	test_add(&tests, "rows: note why a side was rejected",
		 test_rows_note_why_a_side_was_rejected);
	test_add(&tests, "rows: go part by part", test_rows_go_part_by_part);
	test_add(&tests, "rows: take the label of the requirement",
		 test_rows_take_the_label_of_the_requirement);
	test_add(&tests, "rows: join the sides of a paper",
		 test_rows_join_the_sides_of_a_paper);
	test_add(&tests, "start: says what is missing",
		 test_start_says_what_is_missing);
	test_add(&tests, "bundle: names what it waits for",
		 test_bundle_names_what_it_waits_for);
	TEST_ROWS(&tests, test_code_words, code_rows);
	test_add(&tests, "next: goes round and skips headings",
		 test_next_goes_round_and_skips_headings);
	test_add(&tests, "next: prefers the rejected one of a group",
		 test_next_prefers_the_rejected_one_of_a_group);
	test_add(&tests, "draft: says what is wrong with it",
		 test_draft_says_what_is_wrong_with_it);
	return test_run(&tests, "tui/checklist_view");
}
