/* SPDX-License-Identifier: MIT */
/* Drafts of a form that begins anew: what comes back, and when. */
#include "cases/answers.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

#define REFUSED                                                          \
	"UPDATE submissions SET state = 'refused', settled_ms = 5 WHERE" \
	" id = 1"

/* The owner Ana is queued; then steps: "=X" types the name X, "!" sends it,
 * SQL settles. What is the draft's name in the end? */
static const struct walk {
	const char *name;
	const char *steps[4];
	const char *draft;
} walks[] = {
	{ "queued: it begins empty", { NULL }, "" },
	{ "accepted: it stays empty",
	  { "UPDATE submissions SET state = 'accepted', settled_ms = 5" },
	  "" },
	{ "refused: it is there again", { REFUSED }, "Ana" },
	{ "cancelled: it is there again",
	  { "UPDATE submissions SET state = 'cancelled', settled_ms = 5" },
	  "Ana" },
	{ "replaced by another one: it is not",
	  { "UPDATE submissions SET state = 'cancelled', settled_ms = 5,"
	    " code = 'superseded'" },
	  "" },
	{ "refused while the next one is typed: that stays",
	  { "=Bia", REFUSED },
	  "Bia" },
	{ "and comes back when that is sent", { "=Bia", REFUSED, "!" }, "Ana" },
	{ "refused twice in its order", { "=Bia", "!", REFUSED }, "Ana" },
	{ "corrected and sent again: gone", { REFUSED, "=Anna", "!" }, "" },
	{ "unsure: it is not over",
	  { "UPDATE submissions SET"
	    " state = 'unsure'" },
	  "" },
};

static void send(struct desk *desk, int64_t id)
{
	struct case_checklist list = { 0 };
	const struct case_form *form = NULL;
	int64_t submission = 0;

	OK(case_checklist_load(desk->store, &desk->profile, "c1", &list, &err));
	form = case_checklist_form(&list, "desk_owner", NULL);
	OK(case_submit_form(desk->store, &desk->profile, id,
			    form->requirement->form, form->requirement, NULL,
			    form->answers, &submission, &err));
	case_checklist_release(&list);
}

static int64_t open_owner(struct desk *desk)
{
	struct prov_customer customer = { 0 };
	int64_t id;

	desk_open(desk);
	customer.id = mem_dup("c1");
	customer.kind = PROV_BUSINESS;
	desk_want(&customer, PROV_REQ_INFORMATION, "owner");
	id = desk_put(desk, &customer);
	OK(case_answer_put(desk->store, id, "desk_owner", "name", "Ana", &err));
	return id;
}

static void assert_draft(struct desk *desk, int64_t id, const char *name)
{
	struct form_answers *answers = form_answers_new();

	OK(case_answers_load(desk->store, id, "desk_owner", answers, &err));
	assert_string_equal(form_answer(answers, "name"), name);
	form_answers_free(answers);
}

static void test_walk(void **state)
{
	const struct walk *row = *state;
	struct desk desk;
	int64_t id = open_owner(&desk);

	send(&desk, id);
	for (size_t i = 0; i < 4 && row->steps[i]; i++) {
		const char *step = row->steps[i];

		if (*step == '=')
			OK(case_answer_put(desk.store, id, "desk_owner", "name",
					   step + 1, &err));
		else if (*step == '!')
			send(&desk, id);
		else
			desk_sql(&desk, step);
	}
	desk_reopen(&desk);
	assert_draft(&desk, id, row->draft);
	desk_close(&desk);
}

/* A form about somebody keeps its draft: it is compared with what is known. */
static void test_answers_stay(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "1", &err));
	desk_submit_information(&desk, id, "1");
	OK(case_answers_load(desk.store, id, "desk_person", answers, &err));
	assert_string_equal(form_answer(answers, "phone"), "1");
	form_answers_free(answers);
	desk_close(&desk);
}

/* From a file, say: what is being typed is another one. */
static void test_other_answers_leave_the_draft(void **state)
{
	struct desk desk;
	int64_t id = open_owner(&desk);

	(void)state;
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Bia");
	assert_draft(&desk, id, "Ana");
	desk_close(&desk);
}

static void test_the_same_twice_is_a_slip(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	struct err why = { 0 };
	int64_t submission = 0;
	int64_t id = open_owner(&desk);

	(void)state;
	form_answer_set(answers, "name", "Ana");
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Ana");
	assert_int_equal(
		case_submit_form(desk.store, &desk.profile, id,
				 prov_form_find(&desk_provider, "desk_owner"),
				 NULL, NULL, answers, &submission, &why),
		-1);
	assert_int_equal(why.code, ERR_INPUT);
	/* Nobody will ever know of the first: then it may go again. */
	desk_sql(&desk, "UPDATE submissions SET state = 'unsure',"
			" sent_before = 1, key_made_ms = 1");
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Ana");
	assert_int_equal(desk_state(&desk, 1), CASE_CANCELLED);
	form_answers_free(answers);
	desk_close(&desk);
}

static void test_clear(void **state)
{
	struct desk desk;
	int64_t id = open_owner(&desk);

	(void)state;
	OK(case_answer_put(desk.store, id, "desk_owner@p1", "name", "Bia",
			   &err));
	OK(case_answers_clear(desk.store, id, "desk_owner", &err));
	assert_draft(&desk, id, "");
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM answers"), 1);
	desk_close(&desk);
}

/* What was sent is no draft again before somebody says so; also where the clock
 * was set back since. */
static void test_confirm(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	customer.id = mem_dup("c1");
	desk_want(&customer, PROV_REQ_INFORMATION, "record");
	id = desk_put(&desk, &customer);
	OK(case_answer_put(desk.store, id, "desk_record", "street", "Rua A",
			   &err));
	desk_submit_form(&desk, id, "desk_record", NULL, "street", "Rua A");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" queued_ms = queued_ms + 31536000000,"
			" settled_ms = queued_ms + 31536000000");
	desk_sql(&desk, "UPDATE customers SET stage_since_ms ="
			" (SELECT settled_ms + 1 FROM submissions)");
	OK(case_checklist_load(desk.store, &desk.profile, "c1", &list, &err));
	assert_int_equal(list.items[0].state, CASE_ITEM_MISSING);
	assert_int_equal(list.ready, 0);
	form_answer_set(answers, "street", "Rua A");
	OK(case_answers_confirm(desk.store, id, "desk_record", answers, &err));
	OK(case_checklist_load(desk.store, &desk.profile, "c1", &list, &err));
	assert_int_equal(list.items[0].state, CASE_ITEM_DRAFT);
	assert_int_equal(list.ready, 1);
	case_checklist_release(&list);
	form_answers_free(answers);
	desk_close(&desk);
}

/* What was accepted once need not go again; what says something else must. */
static void test_accepted(void **state)
{
	const struct prov_form *owner = NULL;
	struct form_answers *said = form_answers_new();
	const struct prov_form *person = NULL;
	struct err err = { 0 };
	int64_t found = 0;
	struct desk desk;
	int64_t id;

	(void)state;
	id = open_owner(&desk);
	owner = prov_form_find(&desk_provider, "desk_owner");
	person = prov_form_find(&desk_provider, "desk_person");
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Ana");
	form_answer_set(said, "name", "Ana");
	assert_int_equal(case_accepted_form(desk.store, id, owner, NULL, said,
					    &found, &err),
			 0);
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 1");
	desk_submit_form(&desk, id, "desk_owner", NULL, "name", "Bia");
	desk_submit_form(&desk, id, "desk_person", NULL, "phone", "1");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 1");
	desk_submit_form(&desk, id, "desk_person", NULL, "phone", "2");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 1");
	assert_int_equal(case_accepted_form(desk.store, id, owner, NULL, said,
					    &found, &err),
			 1);
	assert_int_equal(found, 1);
	assert_int_equal(case_accepted_form(desk.store, id, owner, "p1", said,
					    &found, &err),
			 0);
	form_answers_free(said);
	said = form_answers_new();
	/* The customer has another phone by now. */
	form_answer_set(said, "phone", "1");
	assert_int_equal(case_accepted_form(desk.store, id, person, NULL, said,
					    &found, &err),
			 0);
	form_answer_set(said, "phone", "2");
	assert_int_equal(case_accepted_form(desk.store, id, person, NULL, said,
					    &found, &err),
			 1);
	form_answers_free(said);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_walk, walks);
	test_add(&tests, "answers stay", test_answers_stay);
	test_add(&tests, "other answers leave the draft",
		 test_other_answers_leave_the_draft);
	test_add(&tests, "the same twice is a slip",
		 test_the_same_twice_is_a_slip);
	test_add(&tests, "clear", test_clear);
	test_add(&tests, "confirm", test_confirm);
	test_add(&tests, "accepted", test_accepted);
	return test_run(&tests, "cases/answers");
}
