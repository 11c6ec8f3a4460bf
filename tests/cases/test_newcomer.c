/* SPDX-License-Identifier: MIT */
/* New customers: nothing that was filled in is lost, and who is asked for again
 * is not asked for twice. */
#include "cases/newcomer.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "tests/cases/maker.h"

static void test_newcomer_id_is_no_providers(void **state)
{
	struct case_newcomer newcomer = { 0 };
	struct desk desk;
	int64_t case_id = 0;
	struct err err = { 0 };

	(void)state;
	desk_open(&desk);
	desk.profile.provider = &maker;
	maker_fill_in(&newcomer, &desk, "1.234");
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
	maker_fill_in(&newcomer, &desk, "1.234");
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
		int queued = case_newcomer_queue(
			bench.desk.store, &bench.desk.profile, maker_creations,
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
					     maker_creations, answers, &id,
					     &err),
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
	maker_fill_in(&newcomer, &desk, "1.234");
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

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "id is no provider's",
		 test_newcomer_id_is_no_providers);
	test_add(&tests, "is kept and comes first",
		 test_newcomer_is_kept_and_comes_first);
	test_add(&tests, "is queued once", test_newcomer_is_queued_once);
	test_add(&tests, "is found among many",
		 test_newcomer_is_found_among_many);
	test_add(&tests, "can be undone", test_newcomer_can_be_undone);
	return test_run(&tests, "cases/newcomer");
}
