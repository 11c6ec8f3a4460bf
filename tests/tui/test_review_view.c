/* SPDX-License-Identifier: MIT */
/* What is sent: rows, words and sums that never claim too much. */
#include "tests/test.h"

#include <string.h>

#include "tui/words/phase.h"
#include "tui/words/review_view.h"

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

static const struct form_schema schema = { .name = "test",
					   .title = "About you",
					   .fields = fields };

static const struct form_field partner_fields[] = {
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Name" },
	{ .key = NULL },
};

static const struct form_schema partner = { .name = "partner",
					    .title = "Add a partner",
					    .fields = partner_fields };

static const struct prov_form forms[] = {
	{ .schema = &schema,
	  .holders = DOC_FOR_ANYONE,
	  .rank = PROV_RANK_INFORMATION },
	{ .schema = &partner,
	  .use = PROV_FORM_PARTY,
	  .holders = DOC_FOR_ANYONE,
	  .rank = PROV_RANK_PARTY },
	{ .schema = NULL },
};

static const struct provider acme = {
	.name = "acme",
	.title = "Acme",
	.doctypes = types,
	.forms = forms,
	.key_life_ms = 24 * 3600 * 1000,
};

static const struct provider acme_lists = {
	.name = "acme",
	.title = "Acme",
	.doctypes = types,
	.forms = forms,
	.key_life_ms = 24 * 3600 * 1000,
	.asks_first = true,
};

static struct prov_requirement *
require(struct case_checklist *list, enum prov_req_kind kind, const char *code)
{
	struct prov_requirement *req = prov_customer_require(&list->customer);

	req->kind = kind;
	req->code = mem_dup(code);
	req->type = doc_type_find(types, code);
	req->form = kind != PROV_REQ_INFORMATION   ? NULL
		    : strcmp(code, "PARTNER") == 0 ? &forms[1]
						   : &forms[0];
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
	if (rank == PROV_RANK_INFORMATION || rank == PROV_RANK_PARTY) {
		sub->schema =
			mem_dup(rank == PROV_RANK_PARTY ? "partner" : "test");
		sub->answers = form_answers_new();
	}
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
	return list;
}

/* As the record does, of nothing that was drafted. */
static void make_forms(struct case_checklist *list)
{
	const struct prov_customer *customer = &list->customer;

	list->forms = mem_array(customer->requirement_count + 1,
				sizeof(*list->forms));
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

static void merge(struct case_checklist *list, struct tui_send_rows *rows)
{
	make_forms(list);
	case_checklist_merge(list, 0);
	tui_send_rows_build(list, &acme, NOW, rows);
}

static const char *words_of(const struct case_checklist *list,
			    const struct tui_send_rows *rows, size_t i)
{
	static char words[300];
	struct tui_send_context context = {
		.checklist = list,
		.provider = &acme,
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
	merge(&list, &rows);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.list[0].label, "About you");
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
	  "waits for t: no network", true, 0 },
	{ "held", CASE_QUEUED, 0, false, true, NULL, "held", true, 0 },
	{ "lost", CASE_UNSURE, 7000, false, false, NULL,
	  "sent, no clear answer; Acme is asked again with the same key "
	  "in 7 s",
	  true, 99 },
	{ "lost, then unreachable", CASE_UNSURE, 7000, false, false,
	  "no connection", "in 7 s (no connection)", true, 99 },
	{ "lost and parked", CASE_UNSURE, 0, true, false, NULL,
	  "t asks Acme again", true, 99 },
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
	assert_string_equal(words_of(&list, &rows, 1), "waits for: About you");
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

static void test_words_say_that_the_provider_is_asked_what_it_has(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct tui_send_context context = {
		.checklist = &list,
		.provider = &acme_lists,
		.rows = &rows,
		.now_unix_ms = NOW,
	};
	char words[300];

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "BILL");
	submit(&list, PROV_RANK_DOCUMENT, "BILL", DOC_SIDE_NONE, CASE_UNSURE)
		->next_ms = NOW + 7000;
	merge(&list, &rows);
	tui_send_words(&rows.list[0], &context, words, sizeof(words));
	assert_string_equal(words, "sent, no clear answer; Acme is asked "
				   "what it has in 7 s");
	context.now_unix_ms = NOW + 7001;
	tui_send_words(&rows.list[0], &context, words, sizeof(words));
	assert_string_equal(words, "sent, no clear answer; asking Acme "
				   "what it has…");
	release(&list, &rows);
}

/* Part by part, and in each as it is sent; the start is the last of all. */
static void test_rows_go_part_by_part(void **state)
{
	static const struct {
		const char *label;
		size_t part;
	} want[] = {
		{ "About you", 0 },
		{ "Bill", 0 },
		{ "About you · Ana", 1 },
		{ "Bill · Ana", 1 },
		{ "Request for the review", 0 },
	};
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct prov_party *party = prov_customer_add_party(&list.customer);

	(void)state;
	party->id = mem_dup("p1");
	party->name = mem_dup("Ana");
	require(&list, PROV_REQ_START, "START");
	require(&list, PROV_REQ_DOCUMENT, "BILL")->party = mem_dup("p1");
	require(&list, PROV_REQ_INFORMATION, "INFO")->party = mem_dup("p1");
	require(&list, PROV_REQ_DOCUMENT, "BILL");
	require(&list, PROV_REQ_INFORMATION, "INFO");
	choose(&list, "BILL", DOC_SIDE_NONE);
	choose(&list, "BILL", DOC_SIDE_NONE)->party = mem_dup("p1");
	submit(&list, PROV_RANK_START, NULL, DOC_SIDE_NONE, CASE_QUEUED);
	merge(&list, &rows);
	assert_int_equal(rows.count, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < rows.count; i++) {
		assert_string_equal(rows.list[i].label, want[i].label);
		assert_int_equal(rows.list[i].part, want[i].part);
	}
	release(&list, &rows);
}

static void test_rows_show_each_new_party(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };

	(void)state;
	require(&list, PROV_REQ_INFORMATION, "PARTNER")->optional = true;
	form_answer_set(submit(&list, PROV_RANK_PARTY, NULL, DOC_SIDE_NONE,
			       CASE_ACCEPTED)
				->answers,
			"name", "Ana");
	form_answer_set(
		submit(&list, PROV_RANK_PARTY, NULL, DOC_SIDE_NONE, CASE_QUEUED)
			->answers,
		"name", "Rui");
	merge(&list, &rows);
	assert_int_equal(rows.count, 2);
	assert_non_null(strstr(rows.list[0].label, "Add a partner: "));
	assert_non_null(strstr(rows.list[1].label, "Add a partner: "));
	assert_string_not_equal(rows.list[0].label, rows.list[1].label);
	release(&list, &rows);
}

/* What goes together is told, held back together and counted once. */
static void test_bundle_waits_for_its_others(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "BILL")->bundle = mem_dup("face");
	require(&list, PROV_REQ_DOCUMENT, "CARD")->bundle = mem_dup("face");
	choose(&list, "BILL", DOC_SIDE_NONE);
	merge(&list, &rows);
	assert_int_equal(rows.count, 1);
	assert_int_equal(rows.ready, 0);
	assert_int_equal(rows.list[0].state, TUI_SEND_WAITS);
	assert_string_equal(words_of(&list, &rows, 0),
			    "goes together with: ID card front");
	release(&list, &rows);
}

/* Both of one request are told its numbers. */
static bool both_move(const void *arg, int64_t submission,
		      struct xfer_progress *out)
{
	(void)arg;
	(void)submission;
	*out = (struct xfer_progress){
		.phase = XFER_SENDING,
		.sent = 1500,
		.total = 3000,
		.bytes_per_s = 500,
	};
	return true;
}

static void test_sum_counts_a_bundle_once(void **state)
{
	struct case_checklist list = empty_list();
	struct tui_send_rows rows = { 0 };
	struct tui_send_total total;
	struct case_submission *sub = NULL;
	struct xfer_progress moving = { 0 };
	unsigned percent = 0;

	(void)state;
	require(&list, PROV_REQ_DOCUMENT, "CARD");
	for (int side = DOC_SIDE_FRONT; side <= DOC_SIDE_BACK; side++) {
		sub = submit(&list, PROV_RANK_DOCUMENT, "CARD",
			     (enum doc_side)side, CASE_SENDING);
		sub->bundle = mem_dup("card");
		sub->leader = 1;
	}
	merge(&list, &rows);
	tui_send_sum(&rows, both_move, NULL, &total);
	assert_int_equal(total.bytes, 2000);
	assert_int_equal(total.sent, 1500);
	assert_int_equal(total.rate, 500);
	assert_int_equal(total.moving, 2);
	assert_int_equal(total.left_ms, 1000);
	both_move(NULL, 1, &moving);
	for (size_t i = 0; i < rows.count; i++) {
		assert_true(tui_send_percent(&rows.list[i], &moving, &percent));
		assert_int_equal(percent, 50);
	}
	release(&list, &rows);
}

/* How far it has come is never said to be further than is known. */
static const struct coming {
	const char *name;
	enum case_item_state item;
	enum case_state sent; /* CASE_DRAFT: nothing was */
	bool awaiting;	      /* all bytes are out */
	const char *marks;    /* as they are without UTF-8; NULL: none */
} comings[] = {
	{ "missing", CASE_ITEM_MISSING, CASE_DRAFT, false, NULL },
	{ "ready", CASE_ITEM_DRAFT, CASE_DRAFT, false, "+oooo" },
	{ "queued", CASE_ITEM_QUEUED, CASE_QUEUED, false, "+>ooo" },
	{ "on the wire", CASE_ITEM_QUEUED, CASE_SENDING, false, "+>ooo" },
	{ "all sent", CASE_ITEM_QUEUED, CASE_SENDING, true, "++>oo" },
	{ "unsure", CASE_ITEM_UNSURE, CASE_UNSURE, false, "++?oo" },
	{ "refused", CASE_ITEM_REJECTED, CASE_REFUSED, false, "+++xo" },
	{ "received", CASE_ITEM_SENT, CASE_ACCEPTED, false, "+++>o" },
	{ "in review", CASE_ITEM_IN_REVIEW, CASE_ACCEPTED, false, "++++>" },
	{ "accepted", CASE_ITEM_ACCEPTED, CASE_ACCEPTED, false, "+++++" },
	{ "rejected", CASE_ITEM_REJECTED, CASE_ACCEPTED, false, "++++x" },
};

static void test_phase(void **state)
{
	const struct coming *row = *state;
	const struct xfer_progress moving = { .phase = XFER_AWAITING };
	struct case_submission sub = { .state = row->sent };
	struct prov_requirement req = { .kind = PROV_REQ_DOCUMENT };
	struct case_item item = {
		.requirement = &req,
		.state = row->item,
		.submission = row->sent == CASE_DRAFT ? NULL : &sub,
	};
	struct tui_phase phase = { 0 };
	char marks[32] = "";

	assert_int_equal(
		tui_item_phase(&item, row->awaiting ? &moving : NULL, &phase),
		row->marks != NULL);
	if (!row->marks)
		return;
	tui_phase_marks(&phase, marks, sizeof(marks));
	assert_string_equal(marks, row->marks);
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
	test_add(&tests, "words: say that the provider is asked what it has",
		 test_words_say_that_the_provider_is_asked_what_it_has);
	test_add(&tests, "rows: go part by part", test_rows_go_part_by_part);
	test_add(&tests, "rows: show each new party",
		 test_rows_show_each_new_party);
	test_add(&tests, "bundle: waits for its others",
		 test_bundle_waits_for_its_others);
	test_add(&tests, "sum: counts a bundle once",
		 test_sum_counts_a_bundle_once);
	TEST_ROWS(&tests, test_phase, comings);
	return test_run(&tests, "tui/review_view");
}
