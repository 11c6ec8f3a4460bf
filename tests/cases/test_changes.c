/* SPDX-License-Identifier: MIT */
/* Undoing what was drafted, and doing it again. */
#include "cases/changes.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

/* Undo or redo one step: was there one? */
static bool turn(struct desk *desk, int64_t id, bool undo,
		 struct case_change *change)
{
	struct err err = { 0 };
	int got = undo ? case_undo(desk->store, id, change, &err)
		       : case_redo(desk->store, id, change, &err);

	if (got < 0)
		fail_msg("%s", err.text);
	return got > 0;
}

static void turn_only(struct desk *desk, int64_t id, bool undo)
{
	struct case_change change = { 0 };

	turn(desk, id, undo, &change);
	case_change_release(&change);
}

static char *answer_of(struct desk *desk, int64_t id, const char *key)
{
	struct form_answers *answers = form_answers_new();
	char *answer = NULL;

	OK(case_answers_load(desk->store, id, "desk_person", answers, &err));
	answer = mem_dup(form_answer(answers, key));
	form_answers_free(answers);
	return answer;
}

/* "p1": the phone is 1, "cX": the city is X, 'u' and 'r', 'x': forget all that
 * was filled in, '!': send it. In the end, phone and city. */
static const struct script {
	const char *name;
	const char *steps;
	const char *phone, *city;
} scripts[] = {
	{ "nothing to undo", "u r", "", "" },
	{ "an answer", "p1 u", "", "" },
	{ "and again", "p1 u r", "1", "" },
	{ "the last of two", "p1 p2 u", "1", "" },
	{ "both", "p1 p2 u u", "", "" },
	{ "there and back", "p1 p2 u u r r", "2", "" },
	{ "other fields stay", "p1 cX p2 u", "1", "X" },
	{ "in the order of time", "p1 cX p2 u u", "1", "" },
	{ "the same answer is no step", "p1 p2 p2 u", "1", "" },
	{ "a cleared answer comes back", "p1 p u", "1", "" },
	{ "a new answer ends redoing", "p1 p2 u p3 r", "3", "" },
	{ "and undoing goes on before it", "p1 p2 u p3 u", "1", "" },
	{ "a form that was forgotten", "p1 cX x u", "1", "X" },
	{ "and again without", "p1 cX x u r", "", "" },
	{ "and before", "p1 cX x u u", "1", "" },
	{ "what was queued stays", "p1 cX ! u u", "1", "X" },
	{ "and is not done again", "p1 cX u ! r", "1", "" },
	{ "what is changed after it does not", "p1 ! p2 u", "1", "" },
};

static void step(struct desk *desk, int64_t id, const char *what, size_t len)
{
	char *value = mem_dup_n(what + 1, len - 1);

	switch (*what) {
	case 'p':
	case 'c':
		OK(case_answer_put(desk->store, id, "desk_person",
				   *what == 'p' ? "phone" : "city", value,
				   &err));
		break;
	case 'x':
		OK(case_answers_clear(desk->store, id, "desk_person", &err));
		break;
	case '!':
		free(value);
		value = answer_of(desk, id, "phone");
		desk_submit_information(desk, id, value);
		break;
	default:
		turn_only(desk, id, *what == 'u');
	}
	free(value);
}

static void test_script(void **state)
{
	const struct script *row = *state;
	char *phone = NULL;
	char *city = NULL;
	struct desk desk;
	int64_t id;

	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	for (const char *at = row->steps; *at; at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");

		step(&desk, id, at, len);
		/* However the program ended, it goes on where it was. */
		desk_reopen(&desk);
		at += len;
	}
	phone = answer_of(&desk, id, "phone");
	city = answer_of(&desk, id, "city");
	assert_string_equal(phone, row->phone);
	assert_string_equal(city, row->city);
	free(phone);
	free(city);
	desk_close(&desk);
}

static void test_it_is_told(void **state)
{
	struct case_change change = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	assert_false(turn(&desk, id, true, &change));
	assert_false(case_undoable(desk.store, id));
	OK(case_answer_put(desk.store, id, "desk_person@p1", "city", "Engenho",
			   &err));
	assert_true(case_undoable(desk.store, id));
	assert_true(turn(&desk, id, true, &change));
	assert_false(case_undoable(desk.store, id));
	assert_string_equal(change.form, "desk_person@p1");
	assert_string_equal(change.key, "city");
	assert_string_equal(change.was, "Engenho");
	assert_string_equal(change.now, "");
	case_change_release(&change);
	assert_true(turn(&desk, id, false, &change));
	assert_string_equal(change.was, "");
	assert_string_equal(change.now, "Engenho");
	case_change_release(&change);
	desk_close(&desk);
}

static char *path_of(struct desk *desk)
{
	return desk_text(desk,
			 "SELECT coalesce(max(path), '') FROM documents"
			 " WHERE ?1 >= 0",
			 0);
}

static void put_file(struct desk *desk, int64_t id, const char *path)
{
	struct case_document document = {
		.case_id = id,
		.type = mem_dup("ID"),
		.side = DOC_SIDE_BACK,
		.party = mem_dup("p1"),
		.country = "BRA",
		.path = mem_dup(path),
	};

	OK(case_document_put(desk->store, &document, &err));
	case_document_release(&document);
}

static void assert_path(struct desk *desk, const char *path)
{
	char *now = path_of(desk);

	assert_string_equal(now, path);
	free(now);
}

/* The names of files are bytes, whatever they mean. */
static void test_a_slot(void **state)
{
	static const char first[] = "/a \"\\\xff\xfe\n\xe2\x80\xae.jpg";
	struct case_change change = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	put_file(&desk, id, first);
	put_file(&desk, id, "/b.jpg");
	assert_true(turn(&desk, id, true, &change));
	assert_path(&desk, first);
	assert_null(change.form);
	assert_string_equal(change.key, "ID");
	assert_int_equal(change.side, DOC_SIDE_BACK);
	assert_string_equal(change.party, "p1");
	assert_string_equal(change.was, "/b.jpg");
	assert_string_equal(change.now, first);
	assert_string_equal(change.now_country, "BRA");
	case_change_release(&change);
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM documents"),
			 0);
	turn_only(&desk, id, false);
	assert_path(&desk, first);
	turn_only(&desk, id, false);
	assert_path(&desk, "/b.jpg");
	desk_close(&desk);
}

static void test_a_file_taken_out(void **state)
{
	struct desk desk;
	int64_t document;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	document = desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "me");
	OK(case_document_remove(desk.store, document, &err));
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk,
				     "SELECT count(*) FROM documents"
				     " WHERE type = 'SELFIE' AND checked = 0"
				     " AND sha256 <> ''"),
			 1);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM events"
					    " WHERE what = 'document_chosen'"),
			 2);
	desk_close(&desk);
}

/* What is looked into afterwards is no choice. */
static void test_a_check_is_no_step(void **state)
{
	struct case_document_list list = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	put_file(&desk, id, "/b.jpg");
	OK(case_documents(desk.store, id, &list, &err));
	list.list[0].checked = true;
	snprintf(list.list[0].facts.sha256, sizeof(list.list[0].facts.sha256),
		 "%064d", 1);
	OK(case_document_put(desk.store, &list.list[0], &err));
	case_document_list_release(&list);
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM documents"),
			 0);
	desk_close(&desk);
}

/* A file in place of one that was sent, undone: it is the sent one again, and
 * nothing is to be sent. The one that was sent stays whatever is undone. */
static void test_a_slot_that_was_sent(void **state)
{
	struct desk desk;
	int64_t chosen;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	desk_submit(&desk, id, "PASS", DOC_SIDE_FRONT, "one");
	chosen = desk_number(&desk, "SELECT chosen_ms FROM documents");
	desk_document(&desk, id, "PASS", DOC_SIDE_FRONT, "two");
	assert_true(chosen <
		    desk_number(&desk, "SELECT chosen_ms FROM documents"));
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk, "SELECT chosen_ms FROM documents"),
			 chosen);
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM documents"),
			 1);
	desk_close(&desk);
}

/* Answers that the provider holds are kept nowhere else. */
static void test_forgotten_with_the_answers(void **state)
{
	char *phone = NULL;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "111",
			   &err));
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "222",
			   &err));
	OK(changes_forget(desk.store, id, "desk_person", INT64_MAX, &err));
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM changes"
					    " WHERE before LIKE '%111%'"),
			 0);
	turn_only(&desk, id, true);
	phone = answer_of(&desk, id, "phone");
	assert_string_equal(phone, "");
	free(phone);
	desk_close(&desk);
}

/* A refused owner comes back while the next one was begun and dropped: undoing
 * that must not write over it. */
static void test_answers_that_come_back_stay(void **state)
{
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_owner", "name", "Ana", &err));
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Ana");
	OK(case_answer_put(desk.store, id, "desk_owner", "name", "Bia", &err));
	OK(case_answers_clear(desk.store, id, "desk_owner", &err));
	desk_sql(&desk, "UPDATE submissions SET state = 'refused',"
			" settled_ms = 5");
	turn_only(&desk, id, true);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM answers"
					    " WHERE value = 'Ana'"),
			 1);
	desk_close(&desk);
}

static void test_so_many_are_kept(void **state)
{
	struct case_change change = { 0 };
	struct desk desk;
	size_t undone = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	for (int i = 0; i < CHANGES_MOST + 20; i++) {
		char value[16];

		snprintf(value, sizeof(value), "%d", i);
		OK(case_answer_put(desk.store, id, "desk_person", "phone",
				   value, &err));
	}
	while (turn(&desk, id, true, &change)) {
		case_change_release(&change);
		undone++;
	}
	assert_int_equal(undone, CHANGES_MOST);
	desk_close(&desk);
}

/* Random walks against a list that is kept by hand. */
static void test_walks(void **state)
{
	enum {
		STEPS = 300
	};
	char past[STEPS + 1][8] = { "" };
	unsigned random = 7;
	size_t at = 0, end = 0;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	for (int i = 0; i < STEPS; i++) {
		char *phone = NULL;

		random = random * 1103515245 + 12345;
		switch ((random >> 16) % 4) {
		case 0:
			at -= at > 0;
			turn_only(&desk, id, true);
			break;
		case 1:
			at += at < end;
			turn_only(&desk, id, false);
			break;
		default:
			end = ++at;
			snprintf(past[at], sizeof(past[at]), "%d", i + 1);
			OK(case_answer_put(desk.store, id, "desk_person",
					   "phone", past[at], &err));
		}
		phone = answer_of(&desk, id, "phone");
		assert_string_equal(phone, past[at]);
		free(phone);
	}
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_script, scripts);
	test_add(&tests, "it is told", test_it_is_told);
	test_add(&tests, "a slot", test_a_slot);
	test_add(&tests, "a file taken out", test_a_file_taken_out);
	test_add(&tests, "a check is no step", test_a_check_is_no_step);
	test_add(&tests, "a slot that was sent", test_a_slot_that_was_sent);
	test_add(&tests, "forgotten with the answers",
		 test_forgotten_with_the_answers);
	test_add(&tests, "answers that come back stay",
		 test_answers_that_come_back_stay);
	test_add(&tests, "so many are kept", test_so_many_are_kept);
	test_add(&tests, "walks", test_walks);
	return test_run(&tests, "cases/changes");
}
