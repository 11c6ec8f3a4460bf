/* SPDX-License-Identifier: MIT */
/* What is sent: rows, words and sums that never claim too much. */
#include "tests/test.h"

#include <string.h>

#include "tui/review_view.h"

#define NOW ((int64_t)1760000000000)

static const struct doc_type types[] = {
	{ .code = "CARD",
	  .label = "ID card",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_AND_BACK,
	  .kinds = DOC_JPEG },
	{ .code = "BILL",
	  .label = "Bill",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = NULL },
};

static const struct form_field fields[] = {
	{ .key = "phone",
	  .kind = FORM_PHONE,
	  .flags = FORM_REQUIRED,
	  .label = "Phone" },
	{ .key = NULL },
};

static const struct form_schema schema = { "test", "Test", fields };

static struct prov_requirement *
require(struct case_checklist *list, enum prov_req_kind kind, const char *code)
{
	struct prov_requirement *req = prov_customer_require(&list->customer);

	req->kind = kind;
	req->code = mem_dup(code);
	req->type = doc_type_find(types, code);
	return req;
}

static struct case_submission *submit(struct case_checklist *list,
				      enum prov_rank rank, const char *type,
				      enum doc_side side, enum case_state state)
{
	struct case_submission_list *all = &list->submissions;
	struct case_submission *sub = NULL;

	all->list = mem_grow(all->list, all->count, sizeof(*all->list));
	sub = &all->list[all->count++];
	*sub = (struct case_submission){
		.id = (int64_t)all->count,
		.rank = rank,
		.type = mem_dup(type),
		.side = side,
		.state = state,
		.bytes = rank == PROV_RANK_DOCUMENT ? 1000 : 0,
		.queued_ms = NOW - 5000,
	};
	if (state == CASE_ACCEPTED || state == CASE_REFUSED)
		sub->settled_ms = NOW - 1000;
	return sub;
}

static struct case_document *choose(struct case_checklist *list,
				    const char *code, enum doc_side side)
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
		.path = mem_dup("/scans/a.jpg"),
		.checked = true,
		.facts = { .kind = DOC_JPEG, .bytes = 500, .sha256 = "ab" },
		.chosen_ms = NOW,
	};
	return document;
}

static struct case_checklist empty_list(void)
{
	struct case_checklist list = { .case_id = 1 };

	list.customer.id = mem_dup("c1");
	list.answers = form_answers_new();
	return list;
}

static void merge(struct case_checklist *list, struct tui_send_rows *rows)
{
	case_checklist_merge(list, &schema, 0);
	tui_send_rows_build(list, types, NOW, rows);
}

static const char *words_of(const struct case_checklist *list,
			    const struct tui_send_rows *rows, size_t i)
{
	static char words[300];
	struct tui_send_context context = {
		.checklist = list,
		.schema = &schema,
		.provider = "Acme",
		.rows = rows,
		.now_unix_ms = NOW,
	};

	assert_true(i < rows->count);
	tui_send_words(&rows->list[i], &context, words, sizeof(words));
	return words;
}

static void release(struct case_checklist *list, struct tui_send_rows *rows)
{
	tui_send_rows_release(rows);
	case_checklist_release(list);
}

static void test_rows_put_information_first(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "BILL");
	require(&list, PROV_REQ_INFORMATION, "INFO");
	choose(&list, "BILL", DOC_SIDE_NONE);
	form_check(&schema, list.answers, &list.answer_findings);
	merge(&list, &rows);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.list[0].label, "Additional information");
	assert_int_equal(rows.list[0].state, TUI_SEND_BLOCKED);
	assert_non_null(strstr(words_of(&list, &rows, 0), "Phone: "));
	assert_int_equal(rows.list[1].state, TUI_SEND_READY);
	assert_int_equal(rows.ready, 1);
	release(&list, &rows);
}

static void test_rows_keep_what_is_not_listed_any_more(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };

	(void)state;
	submit(&list, PROV_RANK_DOCUMENT, "BILL", DOC_SIDE_NONE, CASE_ACCEPTED);
	submit(&list, PROV_RANK_DOCUMENT, "CARD", DOC_SIDE_FRONT, CASE_ACCEPTED)
		->settled_ms = NOW - 2 * TUI_SEND_LATELY_MS;
	merge(&list, &rows);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.list[0].label, "Bill");
	release(&list, &rows);
}

static const struct telling {
	const char *name;
	enum case_state state;
	int64_t next_ms; /* from now; 0: none */
	bool parked, held;
	const char *message;
	const char *want; /* part of the words */
	bool bar;
	unsigned percent;
} tellings[] = {
	{ "queued", CASE_QUEUED, 0, false, false, NULL, "queued", true, 0 },
	{ "waits", CASE_QUEUED, 6500, false, false, "provider busy",
	  "waits 7 s (provider busy)", true, 0 },
	{ "parked", CASE_QUEUED, 0, true, false, "no network",
	  "waits for r: no network", true, 0 },
	{ "held", CASE_QUEUED, 0, false, true, NULL, "held", true, 0 },
	{ "lost", CASE_UNSURE, 7000, false, false, NULL,
	  "sent, the answer was lost; Acme is asked again with the same key "
	  "in 7 s",
	  true, 99 },
	{ "lost, then unreachable", CASE_UNSURE, 7000, false, false,
	  "no connection", "in 7 s (no connection)", true, 99 },
	{ "lost and parked", CASE_UNSURE, 0, true, false, NULL,
	  "r asks Acme again", true, 99 },
	{ "elsewhere", CASE_SENDING, 0, false, false, NULL, "another window",
	  true, 0 },
	{ "accepted", CASE_ACCEPTED, 0, false, false, NULL, "received", true,
	  100 },
	{ "refused", CASE_REFUSED, 0, false, false, "file is empty",
	  "file is empty", false, 0 },
};

static void test_telling(void **state)
{
	const struct telling *row = *state;
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct case_submission *sub = NULL;
	unsigned percent = 0;

	require(&list, PROV_REQ_DOCUMENT, "BILL");
	sub = submit(&list, PROV_RANK_DOCUMENT, "BILL", DOC_SIDE_NONE,
		     row->state);
	sub->next_ms = row->parked    ? INT64_MAX
		       : row->next_ms ? NOW + row->next_ms
				      : 0;
	sub->held = row->held;
	sub->message = mem_dup(row->message);
	merge(&list, &rows);
	assert_non_null(strstr(words_of(&list, &rows, 0), row->want));
	assert_int_equal(tui_send_percent(&rows.list[0], NULL, &percent),
			 row->bar);
	assert_int_equal(percent, row->percent);
	release(&list, &rows);
}

static void test_words_name_the_refused_field(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct case_submission *sub = NULL;

	(void)state;
	require(&list, PROV_REQ_INFORMATION, "INFO");
	require(&list, PROV_REQ_DOCUMENT, "BILL");
	sub = submit(&list, PROV_RANK_INFORMATION, NULL, DOC_SIDE_NONE,
		     CASE_REFUSED);
	findings_add(&sub->problems, FINDING_ERROR, "bad", "phone",
		     "not a valid number");
	submit(&list, PROV_RANK_DOCUMENT, "BILL", DOC_SIDE_NONE, CASE_QUEUED);
	merge(&list, &rows);
	assert_int_equal(rows.count, 2);
	assert_string_equal(words_of(&list, &rows, 0),
			    "Phone: not a valid number");
	assert_string_equal(tui_send_field(&rows.list[0]), "phone");
	assert_string_equal(words_of(&list, &rows, 1),
			    "waits for: Additional information");
	release(&list, &rows);
}

/* The second of two is on the wire, all of its bytes out. */
static bool second_moves(const void *arg, int64_t submission,
			 struct xfer_progress *out)
{
	(void)arg;
	*out = (struct xfer_progress){
		.phase = XFER_AWAITING,
		.sent = 1200,
		.total = 1200,
	};
	return submission == 2;
}

static void test_sum_is_full_only_with_every_answer(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct tui_send_total total;
	struct xfer_progress moving = { 0 };
	unsigned percent = 0;

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "CARD");
	submit(&list, PROV_RANK_DOCUMENT, "CARD", DOC_SIDE_FRONT,
	       CASE_ACCEPTED);
	submit(&list, PROV_RANK_DOCUMENT, "CARD", DOC_SIDE_BACK, CASE_SENDING);
	merge(&list, &rows);
	tui_send_sum(&rows, second_moves, NULL, &total);
	assert_int_equal(total.bytes, 2000);
	assert_int_equal(total.sent, 2000);
	assert_int_equal(total.moving, 1);
	assert_int_equal(total.accepted, 1);
	second_moves(NULL, 2, &moving);
	assert_true(tui_send_percent(&rows.list[1], &moving, &percent));
	assert_int_equal(percent, 99);
	release(&list, &rows);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "rows: put information first",
		 test_rows_put_information_first);
	test_add(&tests, "rows: keep what is not listed any more",
		 test_rows_keep_what_is_not_listed_any_more);
	TEST_ROWS(&tests, test_telling, tellings);
	test_add(&tests, "words: name the refused field",
		 test_words_name_the_refused_field);
	test_add(&tests, "sum: full only with every answer",
		 test_sum_is_full_only_with_every_answer);
	return test_run(&tests, "tui/review_view");
}
