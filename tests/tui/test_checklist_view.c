/* SPDX-License-Identifier: MIT */
/* The rows of the checklist: who, which group, which sides, in which words. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tui/checklist_view.h"
#include "tui/item_words.h"

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
	list.answers = form_answers_new();
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
	char words[200];

	tui_rows_build(list, &rows);
	for (size_t i = 0; i < rows.count; i++) {
		const struct tui_row *row = &rows.list[i];

		switch (row->kind) {
		case TUI_ROW_HOLDER:
			buf_addf(&text, "# %s\n", row->text);
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
		buf_addf(&text, "%s",
			 tui_requirement_label(row->items[0]->requirement));
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
	case_checklist_merge(&list, NULL, 0);
	assert_picture(&list,
		       "-- Identity: any one of\n"
		       "ID card|front|missing|back|nothing chosen\n"
		       "Passport|front|missing\n"
		       "-- Also required\n"
		       "Bill||missing\n"
		       "Terms of service||waits for the customer to accept "
		       "them\n");
	case_checklist_release(&list);
}

static void test_rows_say_what_is_not_needed(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	choose(&list, "CARD", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, NULL, 0);
	assert_picture(&list,
		       "-- Identity: any one of\n"
		       "ID card|front|ready|back|nothing chosen\n"
		       "Passport|front|not needed while ID card is chosen\n"
		       "-- Also required\n"
		       "Bill||missing\n"
		       "Terms of service||waits for the customer to accept "
		       "them\n");
	case_checklist_release(&list);
}

static void test_rows_note_why_a_side_was_rejected(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	list.customer.requirements[0].status = PROV_REQ_REJECTED;
	list.customer.requirements[0].reason.message =
		mem_dup("too blurred to read");
	case_checklist_merge(&list, NULL, 0);
	assert_picture(&list,
		       "-- Identity: any one of\n"
		       "ID card|front|rejected|back|rejected\n"
		       "! too blurred to read\n"
		       "Passport|front|missing\n"
		       "-- Also required\n"
		       "Bill||missing\n"
		       "Terms of service||waits for the customer to accept "
		       "them\n");
	case_checklist_release(&list);
}

static void test_rows_go_party_by_party(void **state)
{
	struct case_checklist list = { .case_id = 1 };
	struct prov_party *party = NULL;

	(void)state;
	list.customer.id = mem_dup("c1");
	list.customer.name = mem_dup("Marlin Ltda");
	list.customer.kind = PROV_BUSINESS;
	list.answers = form_answers_new();
	party = prov_customer_add_party(&list.customer);
	party->id = mem_dup("p1");
	party->name = mem_dup("Ana Lima");
	party->role = mem_dup("owner");
	require(&list, "BILL", NULL, NULL, true);
	require(&list, "CARD", "p1", "Identity", false);
	require(&list, "PASS", "p1", "Identity", false);
	require(&list, "BILL", "p1", NULL, false);
	case_checklist_merge(&list, NULL, 0);
	assert_picture(&list, "# Marlin Ltda · business\n"
			      "-- Optional\n"
			      "Bill||nothing chosen\n"
			      "# Ana Lima · owner · 2 missing\n"
			      "-- Identity: any one of\n"
			      "ID card|front|missing|back|nothing chosen\n"
			      "Passport|front|missing\n"
			      "-- Also required\n"
			      "Bill||missing\n");
	assert_int_equal(tui_missing_of(&list, NULL), 0);
	assert_int_equal(tui_missing_of(&list, "p1"), 2);
	assert_int_equal(list.missing, 2);
	case_checklist_release(&list);
}

static void test_missing_agrees_with_the_checklist(void **state)
{
	struct case_checklist list = one_person();

	(void)state;
	choose(&list, "PASS", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, NULL, 0);
	assert_int_equal(list.missing, 2);
	assert_int_equal(tui_missing_of(&list, NULL), list.missing);
	case_checklist_release(&list);
}

static void test_next_goes_round_and_skips_headings(void **state)
{
	struct case_checklist list = one_person();
	struct tui_rows rows = { 0 };

	(void)state;
	choose(&list, "PASS", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, NULL, 0);
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
	case_checklist_merge(&list, NULL, 0);
	tui_rows_build(&list, &rows);
	assert_int_equal(tui_rows_next(&rows, 0, true), 2);
	tui_rows_release(&rows);
	case_checklist_release(&list);

	/* Another paper instead: the rejected one asks for nothing more. */
	list = one_person();
	list.customer.requirements[1].status = PROV_REQ_REJECTED;
	choose(&list, "CARD", DOC_SIDE_FRONT, NULL);
	case_checklist_merge(&list, NULL, 0);
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
	case_checklist_merge(&list, NULL, 0);
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
	test_add(&tests, "rows: go party by party",
		 test_rows_go_party_by_party);
	test_add(&tests, "missing: agrees with the checklist",
		 test_missing_agrees_with_the_checklist);
	test_add(&tests, "next: goes round and skips headings",
		 test_next_goes_round_and_skips_headings);
	test_add(&tests, "next: prefers the rejected one of a group",
		 test_next_prefers_the_rejected_one_of_a_group);
	test_add(&tests, "draft: says what is wrong with it",
		 test_draft_says_what_is_wrong_with_it);
	return test_run(&tests, "tui/checklist_view");
}
