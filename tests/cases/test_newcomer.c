/* SPDX-License-Identifier: MIT */
/* New customers: nothing that was filled in is lost, and nobody is made
 * twice, whatever becomes of the answer. */
#include "cases/newcomer.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/reply.h"
#include "tests/cases/bench.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))
/* Made, or there already, by a provider that answers with the customer. */
#define MAKES(status, id)                                                \
	{                                                                \
		DO_HEAD, DO_BODY,                                        \
			DO_SAY("HTTP/1.1 " status " X\r\nConnection: "   \
			       "close\r\nContent-Type: application/json" \
			       "\r\n\r\n{\"id\":\"" id "\"}")            \
	}
#define NOBODY LISTS("{\"data\":[{\"id\":\"c7\",\"tax_id\":\"999\"}]}")
#define MORE \
	LISTS("{\"data\":[{\"id\":\"c7\",\"tax_id\":\"9\"}],\"next\":\"c7\"}")
#define HIM LISTS("{\"data\":[{\"id\":\"c8\",\"tax_id\":\"1.234\"}]}")

/* A provider that makes customers. */

static const struct form_field fields[] = {
	{ .key = "name", .kind = FORM_TEXT, .label = "Name" },
	{ .key = "tax_id",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Tax id" },
	{ .key = NULL },
};

static const struct form_schema person = {
	.name = "maker_person",
	.title = "New person",
	.fields = fields,
};

static int make_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	struct buf json = { 0 };

	request->method = "POST";
	form_answers_to_json(ctx->form->schema, ctx->answers, NULL, &json);
	prov_request_header(request, "Idempotency-Key", "%s", ctx->key);
	prov_request_body(request, "application/json", buf_take(&json));
	return prov_request_path(request, err, "/customers");
}

static void make_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)ctx;
	(void)into;
	if (reply->status / 100 == 2) {
		prov_reply_accept(result, root);
	} else {
		result->outcome = PROV_REFUSED;
		result->wait_ms = -1;
		result->code = mem_dup(reply->status == 409 ? PROV_CODE_EXISTS
							    : "bad");
		result->message = mem_dup("not so");
		findings_add(&result->problems, FINDING_ERROR, "bad", "tax_id",
			     "not so");
	}
	json_decref(root);
}

static int list_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	(void)ctx;
	request->method = "GET";
	return prov_request_path(request, err, "/customers");
}

static void fill(const json_t *root, struct prov_customer *customer)
{
	customer->id = prov_json_id(root, "id");
	customer->tax_id = prov_json_text(root, "tax_id");
}

static void list_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	struct prov_page *page = into;

	(void)ctx;
	prov_page_fill(page, json_object_get(root, "data"), 100, fill);
	page->next = prov_json_text(root, "next");
	prov_reply_accept(result, NULL);
	json_decref(root);
}

static const struct prov_creation creations[] = {
	{ .form = PROV_MAKES(&person, DOC_FOR_PERSON, make_build, make_read),
	  .kind = PROV_INDIVIDUAL,
	  .name = "name",
	  .tax_id = "tax_id" },
	{ .form = { .schema = NULL } },
};

static const struct provider maker = {
	.name = "maker",
	.title = "Maker",
	.creations = creations,
	.customer_list = { list_build, list_read },
	.customer_read = { { .op = { list_build, list_read } } },
	.key_life_ms = DAY_MS,
};

/* The desk with somebody new, filled in. */

static void fill_in(struct case_newcomer *newcomer, struct desk *desk,
		    const char *tax_id)
{
	struct form_answers *answers = form_answers_new();

	form_answer_set(answers, "name", "Ana Lima");
	OK(case_newcomer_begin(desk->store, &desk->profile, creations, answers,
			       newcomer, &err));
	OK(case_newcomer_put(desk->store, &desk->profile, newcomer, "tax_id",
			     tax_id, &err));
	form_answers_free(answers);
}

static int64_t submit(struct case_newcomer *newcomer, struct desk *desk)
{
	int64_t id = 0;

	OK(case_newcomer_submit(desk->store, &desk->profile, newcomer, &id,
				&err));
	return id;
}

static bool is_here(struct desk *desk, const char *id)
{
	struct case_newcomer found = { 0 };
	struct err err = { 0 };
	int got = case_newcomer_load(desk->store, &desk->profile, id, &found,
				     &err);

	case_newcomer_release(&found);
	assert_true(got >= 0);
	return got;
}

static void test_newcomer_id_is_no_providers(void **state)
{
	struct case_newcomer newcomer = { 0 };
	struct desk desk;
	int64_t case_id = 0;
	struct err err = { 0 };

	(void)state;
	desk_open(&desk);
	desk.profile.provider = &maker;
	fill_in(&newcomer, &desk, "1.234");
	assert_true(case_newcomer_is(newcomer.id));
	assert_false(prov_id_valid(newcomer.id));
	assert_int_equal(case_open(desk.store, &desk.profile, newcomer.id,
				   &case_id, &err),
			 -1);
	case_newcomer_release(&newcomer);
	desk_close(&desk);
}

static void test_newcomer_is_kept_and_comes_first(void **state)
{
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct case_newcomer again = { 0 };
	struct desk desk;
	struct err failed = { 0 };

	(void)state;
	desk_open(&desk);
	desk.profile.provider = &maker;
	fill_in(&newcomer, &desk, "1.234");
	/* Somebody with work, touched later. */
	desk_document(&desk, desk_customer(&desk, "c1", "Zoe"), "SELFIE",
		      DOC_SIDE_NONE, "a face");
	desk_reopen(&desk);
	assert_int_equal(case_newcomer_load(desk.store, &desk.profile,
					    newcomer.id, &again, &failed),
			 1);
	assert_string_equal(form_answer(again.answers, "name"), "Ana Lima");
	assert_string_equal(form_answer(again.answers, "tax_id"), "1.234");
	assert_false(case_newcomer_waits(&again));
	OK(case_customers_search(desk.store, &desk.profile, "", 0, 10, &list,
				 &err));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.list[0].name, "Ana Lima");
	assert_string_equal(list.list[0].id, newcomer.id);
	assert_true(list.list[0].touched_ms <= xfer_now_unix());
	case_customer_list_release(&list);
	case_newcomer_release(&again);
	case_newcomer_release(&newcomer);
	desk_close(&desk);
}

/* What comes of one POST after another. */
static const struct road {
	const char *name;
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *made;  /* NULL: nobody */
	unsigned requests; /* in all */
	bool forgotten;	   /* its key, before the second */
	bool one_key;
} roads[] = {
	{ .name = "made",
	  .script = { MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 1 },
	{ .name = "there already",
	  .script = { ANSWERS("409") },
	  .state = CASE_REFUSED,
	  .requests = 1 },
	{ .name = "the answer is lost",
	  .script = { LOSES, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 2,
	  .one_key = true },
	{ .name = "lost, the key is forgotten, and he is there",
	  .script = { LOSES, HIM, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c8",
	  .requests = 2,
	  .forgotten = true },
	{ .name = "lost, the key is forgotten, and he is on the second page",
	  .script = { LOSES, MORE, HIM },
	  .state = CASE_ACCEPTED,
	  .made = "c8",
	  .requests = 3,
	  .forgotten = true },
	{ .name = "lost, the key is forgotten, and he is not",
	  .script = { LOSES, NOBODY, MAKES("201", "c9") },
	  .state = CASE_ACCEPTED,
	  .made = "c9",
	  .requests = 3,
	  .forgotten = true },
};

static void forget_key(struct bench *bench)
{
	bench_stop(bench);
	desk_sql(&bench->desk,
		 "UPDATE submissions SET key_made_ms = key_made_ms - 90000000");
	bench_start(bench);
}

static void test_newcomer_is_made_once(void **state)
{
	const struct road *row = *state;
	struct case_newcomer newcomer = { 0 };
	struct case_submission sent = { 0 };
	struct bench bench;
	int64_t id;

	bench_open(&bench, &maker, row->script, 3);
	fill_in(&newcomer, &bench.desk, "1-234");
	id = submit(&newcomer, &bench.desk);
	if (row->forgotten) {
		bench_drive_to(&bench, id, CASE_UNSURE);
		forget_key(&bench);
		bench_age(&bench, 40000);
	}
	bench_drive(&bench);
	sent = desk_read(&bench.desk, id);
	assert_int_equal(sent.state, row->state);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	if (row->one_key) {
		char *first = bench_key(&bench, 0);
		char *second = bench_key(&bench, 1);

		assert_string_equal(first, second);
		free(first);
		free(second);
	}
	if (row->made) {
		assert_string_equal(sent.provider_id, row->made);
		assert_string_equal(sent.customer, row->made);
	}
	assert_int_equal(is_here(&bench.desk, newcomer.id), !row->made);
	case_submission_release(&sent);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Row, case and what was sent are the new customer's; the draft is gone, and
 * the trail tells of all of it. */
static void test_newcomer_becomes_the_customer(void **state)
{
	static wire_script scripts[] = { MAKES("201", "c9") };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	int64_t case_id = 0;
	char *detail = NULL;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	fill_in(&newcomer, &bench.desk, "1.234");
	submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_open(bench.desk.store, &bench.desk.profile, "c9", &case_id,
		     &err));
	assert_int_equal(case_id, newcomer.case_id);
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "ana",
				 0, 10, &list, &err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.list[0].id, "c9");
	assert_int_equal(list.list[0].unsent, 0);
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM answers"), 0);
	detail = desk_text(&bench.desk,
			   "SELECT detail FROM events"
			   " WHERE what = 'customer_made' AND case_id = ?1",
			   case_id);
	assert_string_equal(detail, "id c9");
	free(detail);
	case_customer_list_release(&list);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* What belongs to somebody, whoever he turns out to be. */
static void put_aside(const struct case_newcomer *newcomer, struct desk *desk)
{
	OK(case_note_add(desk->store, newcomer->case_id, "Rang twice", &err));
	desk_document(desk, newcomer->case_id, "PASS", DOC_SIDE_FRONT, "pass");
}

static void assert_put_aside(struct desk *desk, int64_t case_id)
{
	struct case_document_list documents = { 0 };
	struct case_note_list notes = { 0 };

	OK(case_notes(desk->store, case_id, &notes, &err));
	assert_int_equal(notes.count, 1);
	assert_string_equal(notes.list[0].text, "Rang twice");
	OK(case_documents(desk->store, case_id, &documents, &err));
	assert_int_equal(documents.count, 1);
	assert_string_equal(documents.list[0].type, "PASS");
	case_note_list_release(&notes);
	case_document_list_release(&documents);
}

/* Somebody whom the list knew before he was made here, with work or not. */
static const struct known_row {
	const char *name;
	bool has_case;
} known_rows[] = {
	{ "seen", false },
	{ "worked on", true },
};

static void test_newcomer_joins_who_is_known(void **state)
{
	static wire_script scripts[] = { MAKES("200", "c1") };
	const struct known_row *row = *state;
	struct prov_customer known = { .id = (char *)"c1",
				       .name = (char *)"Ana" };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct case_submission sent = { 0 };
	struct bench bench;
	int64_t before = 0;
	int64_t after = 0;
	int64_t id;

	bench_open(&bench, &maker, scripts, 1);
	OK(case_customers_put(bench.desk.store, &bench.desk.profile, &known, 1,
			      &err));
	if (row->has_case)
		OK(case_open(bench.desk.store, &bench.desk.profile, "c1",
			     &before, &err));
	fill_in(&newcomer, &bench.desk, "1.234");
	put_aside(&newcomer, &bench.desk);
	id = submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_open(bench.desk.store, &bench.desk.profile, "c1", &after,
		     &err));
	assert_int_equal(after, row->has_case ? before : newcomer.case_id);
	assert_put_aside(&bench.desk, after);
	sent = desk_read(&bench.desk, id);
	assert_int_equal(sent.case_id, after);
	assert_int_equal(sent.state, CASE_ACCEPTED);
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "", 0,
				 10, &list, &err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.total, 1);
	assert_false(is_here(&bench.desk, newcomer.id));
	assert_int_equal(outbox_next(bench.outbox), -1);
	case_customer_list_release(&list);
	case_submission_release(&sent);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Refused, put right, and sent again: under a key of its own. */
static void test_newcomer_is_put_right(void **state)
{
	static wire_script scripts[] = { ANSWERS("400"), MAKES("201", "c9") };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	struct err failed = { 0 };
	char *first = NULL;
	char *second = NULL;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	fill_in(&newcomer, &bench.desk, "1.23");
	submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	assert_int_equal(case_newcomer_load(bench.desk.store,
					    &bench.desk.profile, newcomer.id,
					    &newcomer, &failed),
			 1);
	assert_int_equal(newcomer.last.state, CASE_REFUSED);
	assert_string_equal(newcomer.last.problems.list[0].field, "tax_id");
	assert_true(case_newcomer_is_as_sent(&newcomer));
	OK(case_newcomer_put(bench.desk.store, &bench.desk.profile, &newcomer,
			     "tax_id", "1.234", &err));
	assert_false(case_newcomer_is_as_sent(&newcomer));
	submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	assert_false(is_here(&bench.desk, newcomer.id));
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_not_equal(first, second);
	free(first);
	free(second);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* Nobody knows whether he was made: nothing of him changes, he is not sent
 * anew, and not forgotten. */
static void test_newcomer_in_doubt_stays_as_he_is(void **state)
{
	static wire_script scripts[] = { LOSES };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	struct err err = { 0 };
	int64_t id;
	int64_t other = 0;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	fill_in(&newcomer, &bench.desk, "1.234");
	id = submit(&newcomer, &bench.desk);
	bench_drive_to(&bench, id, CASE_UNSURE);
	forget_key(&bench);
	assert_int_equal(case_newcomer_submit(bench.desk.store,
					      &bench.desk.profile, &newcomer,
					      &other, &err),
			 -1);
	assert_int_equal(case_newcomer_put(bench.desk.store,
					   &bench.desk.profile, &newcomer,
					   "tax_id", "9", &err),
			 -1);
	assert_int_equal(case_newcomer_discard(bench.desk.store,
					       &bench.desk.profile, newcomer.id,
					       &err),
			 -1);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* What another process has decided meanwhile is not decided again. */
static void test_newcomer_is_decided_once(void **state)
{
	static wire_script scripts[] = {
		LOSES,
		{ DO_HEAD, DO_GATE,
		  DO_SAY("HTTP/1.1 200 X\r\nConnection: close\r\n"
			 "Content-Type: application/json\r\n\r\n"
			 "{\"data\":[{\"id\":\"c8\",\"tax_id\":\"1.234\"}]}") },
	};
	int64_t deadline = xfer_now() + BENCH_DEADLINE_MS;
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	int64_t id;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	fill_in(&newcomer, &bench.desk, "1.234");
	id = submit(&newcomer, &bench.desk);
	bench_drive_to(&bench, id, CASE_UNSURE);
	forget_key(&bench);
	bench_age(&bench, 40000);
	while (wire_server_requests(bench.server) < 2) {
		assert_true(xfer_now() < deadline);
		bench_turn(&bench);
	}
	desk_sql(&bench.desk,
		 "UPDATE submissions SET state = 'refused', settled_ms = 7");
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_REFUSED);
	assert_true(is_here(&bench.desk, newcomer.id));
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

static void test_newcomer_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 MAKES("201", "c9") };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;
	char *first = NULL;
	char *second = NULL;
	int64_t id;

	(void)state;
	bench_open(&bench, &maker, scripts, 2);
	fill_in(&newcomer, &bench.desk, "1.234");
	id = submit(&newcomer, &bench.desk);
	bench_kill_sending(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	assert_true(is_here(&bench.desk, newcomer.id));
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 2);
	first = bench_key(&bench, 0);
	second = bench_key(&bench, 1);
	assert_string_equal(first, second);
	free(first);
	free(second);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

static void test_newcomer_is_discarded(void **state)
{
	static wire_script scripts[] = { ANSWERS("400") };
	struct case_customer_list list = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct bench bench;

	(void)state;
	bench_open(&bench, &maker, scripts, 1);
	fill_in(&newcomer, &bench.desk, "1.234");
	put_aside(&newcomer, &bench.desk);
	submit(&newcomer, &bench.desk);
	bench_drive(&bench);
	OK(case_newcomer_discard(bench.desk.store, &bench.desk.profile,
				 newcomer.id, &err));
	assert_false(is_here(&bench.desk, newcomer.id));
	OK(case_customers_search(bench.desk.store, &bench.desk.profile, "ana",
				 0, 10, &list, &err));
	assert_int_equal(list.count + list.total, 0);
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM submissions"),
		0);
	assert_true(desk_number(&bench.desk,
				"SELECT count(*) FROM events"
				" WHERE what = 'attempt_ended'") == 1);
	case_customer_list_release(&list);
	case_newcomer_release(&newcomer);
	bench_close(&bench);
}

/* All answers at once, again and again: one submission as long as it waits or
 * was accepted; who was refused is tried again. */
static void test_newcomer_is_queued_once(void **state)
{
	static wire_script scripts[] = { ANSWERS("400"), MAKES("201", "c9") };
	struct form_answers *answers = form_answers_new();
	struct bench bench;
	int64_t ids[5] = { 0 };
	struct err err = { 0 };

	(void)state;
	form_answer_set(answers, "tax_id", "1.234");
	bench_open(&bench, &maker, scripts, 2);
	for (size_t i = 0; i < 5; i++) {
		int queued = case_newcomer_queue(bench.desk.store,
						 &bench.desk.profile, creations,
						 answers, &ids[i], &err);

		assert_int_equal(queued, i < 4);
		if (i == 1 || i == 3)
			bench_drive(&bench);
	}
	assert_int_equal(ids[0], ids[1]);
	assert_int_not_equal(ids[1], ids[2]);
	assert_int_equal(ids[2], ids[3]);
	assert_int_equal(ids[3], ids[4]);
	assert_int_equal(
		desk_number(&bench.desk, "SELECT count(*) FROM customers"), 1);
	assert_int_equal(wire_server_requests(bench.server), 2);
	form_answers_free(answers);
	bench_close(&bench);
}

/* COUNT others were made before. */
static void make_others(struct desk *desk, int count)
{
	char *sql = mem_printf(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
		" SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO submissions (case_id, profile, endpoint,"
		" customer, holder, standing, rank, type, side, party,"
		" country, kind, bytes, sha256, schema, answers, tax_id, key,"
		" key_made_ms, state, queued_ms, settled_ms) SELECT 1, 'desk',"
		" 'e', 'c' || i, 'individual', '', -10, 'maker_person', '', '',"
		" '', 0, 0, '', 'maker_person', '{\"tax_id\":\"' || i ||"
		" '\"}', i, 'k' || i, 5, 'accepted', 6, 7 FROM n",
		count);

	desk_sql(desk, sql);
	free(sql);
}

static int count_work(void *arg)
{
	++*(unsigned *)arg;
	return 0;
}

/* So much work is it to queue one after COUNT others. */
static unsigned work_of_queueing(int count)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	struct err err = { 0 };
	unsigned work = 0;
	int64_t id = 0;

	desk_open(&desk);
	desk.profile.provider = &maker;
	desk_customer(&desk, "c0", "Maria");
	make_others(&desk, count);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM submissions"),
			 count);
	form_answer_set(answers, "tax_id", "new");
	sqlite3_progress_handler(desk.store->db, 10, count_work, &work);
	assert_int_equal(case_newcomer_queue(desk.store, &desk.profile,
					     creations, answers, &id, &err),
			 1);
	sqlite3_progress_handler(desk.store->db, 0, NULL, NULL);
	form_answers_free(answers);
	desk_close(&desk);
	return work;
}

static void test_newcomer_is_found_among_many(void **state)
{
	unsigned few = work_of_queueing(10);

	(void)state;
	assert_true(few > 0);
	assert_true(work_of_queueing(1000) < 2 * few);
}

static void test_newcomer_can_be_undone(void **state)
{
	struct case_change change = { 0 };
	struct case_newcomer newcomer = { 0 };
	struct desk desk;
	struct err failed = { 0 };

	(void)state;
	desk_open(&desk);
	desk.profile.provider = &maker;
	fill_in(&newcomer, &desk, "1.234");
	OK(case_newcomer_put(desk.store, &desk.profile, &newcomer, "name",
			     "Bia", &err));
	assert_int_equal(case_newcomer_undo(desk.store, &desk.profile,
					    &newcomer, false, &change, &failed),
			 1);
	assert_string_equal(form_answer(newcomer.answers, "name"), "Ana Lima");
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM customers"
					    " WHERE name = 'Ana Lima'"),
			 1);
	case_change_release(&change);
	case_newcomer_release(&newcomer);
	desk_close(&desk);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 4 && strcmp(argv[1], "send") == 0)
		return bench_child(&maker, argv[2], argv[3]);
	test_add(&tests, "id is no provider's",
		 test_newcomer_id_is_no_providers);
	test_add(&tests, "is kept and comes first",
		 test_newcomer_is_kept_and_comes_first);
	TEST_ROWS(&tests, test_newcomer_is_made_once, roads);
	test_add(&tests, "becomes the customer",
		 test_newcomer_becomes_the_customer);
	TEST_ROWS(&tests, test_newcomer_joins_who_is_known, known_rows);
	test_add(&tests, "is put right", test_newcomer_is_put_right);
	test_add(&tests, "in doubt stays as he is",
		 test_newcomer_in_doubt_stays_as_he_is);
	test_add(&tests, "is decided once", test_newcomer_is_decided_once);
	test_add(&tests, "survives kill", test_newcomer_survives_kill);
	test_add(&tests, "is discarded", test_newcomer_is_discarded);
	test_add(&tests, "is queued once", test_newcomer_is_queued_once);
	test_add(&tests, "is found among many",
		 test_newcomer_is_found_among_many);
	test_add(&tests, "can be undone", test_newcomer_can_be_undone);
	return test_run(&tests, "cases/newcomer");
}
