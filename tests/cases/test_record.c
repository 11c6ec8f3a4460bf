/* SPDX-License-Identifier: MIT */
/* Drafts, documents and queueing: what is durable, and what is refused. */
#include "cases/record.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/submission.h"
#include "tests/cases/desk.h"

/* In a process of its own: writes, and says so when it is written. */
static int write_until_killed(const char *state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	char value[32];

	if (case_store_open(&store, state, "child", &err))
		return 1;
	for (int i = 1;; i++) {
		snprintf(value, sizeof(value), "%d", i);
		if (case_answer_put(store, 1, "desk_person", "phone", value,
				    &err) ||
		    write(STDOUT_FILENO, &i, sizeof(i)) != sizeof(i))
			return 1;
	}
}

static void test_drafts_survive_kill(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	int from;
	int last = 0;
	int next = 0;
	int status;
	pid_t child;

	(void)state;
	desk_open(&desk);
	assert_int_equal(desk_customer(&desk, "c1", "Maria"), 1);
	child = desk_child("write", desk.state, NULL, &from);
	while (last < 25 && read(from, &next, sizeof(next)) == sizeof(next))
		last = next;
	assert_int_equal(last, 25);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	while (read(from, &next, sizeof(next)) == sizeof(next))
		last = next;
	close(from);
	desk_reopen(&desk);
	OK(case_answers_load(desk.store, 1, "desk_person", answers, &err));
	assert_true(strtol(form_answer(answers, "phone"), NULL, 10) >= last);
	assert_int_equal(desk_number(&desk, "SELECT count(*)"
					    " FROM pragma_integrity_check"
					    " WHERE integrity_check <> 'ok'"),
			 0);
	form_answers_free(answers);
	desk_close(&desk);
}

static void test_answers_clear(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	form_answer_set(answers, "city", "known to the provider");
	OK(case_answer_put(desk.store, id, "desk_person", "city", "", &err));
	OK(case_answer_put(desk.store, id, "other_form", "phone", "9", &err));
	OK(case_answers_load(desk.store, id, "desk_person", answers, &err));
	assert_int_equal(form_answers_count(answers), 0);
	form_answers_free(answers);
	desk_close(&desk);
}

static void test_case_is_one(void **state)
{
	struct desk desk;
	struct err err = { 0 };
	int64_t first = 0;
	int64_t second = 0;

	(void)state;
	desk_open(&desk);
	assert_int_equal(
		case_open(desk.store, &desk.profile, "new-1", &first, &err), 0);
	assert_int_equal(
		case_open(desk.store, &desk.profile, "new-1", &second, &err),
		0);
	assert_int_equal(first, second);
	assert_int_equal(
		case_open(desk.store, &desk.profile, "..", &second, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	desk_close(&desk);
}

static void test_document_reads_back(void **state)
{
	struct case_document document = { 0 };
	struct case_document_list list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	document.case_id = desk_customer(&desk, "c1", "Maria");
	document.type = mem_dup("ID");
	document.side = DOC_SIDE_BACK;
	document.party = mem_dup("p1");
	document.path = mem_dup("/tmp/ünï.jpg");
	document.checked = true;
	document.fields = form_answers_new();
	form_answer_set(document.fields, "number", "7");
	document.facts.kind = DOC_JPEG;
	document.facts.bytes = 5000000000;
	document.facts.width = 12;
	findings_add(&document.findings, FINDING_WARNING, "small", NULL,
		     "it is small");
	OK(case_document_put(desk.store, &document, &err));
	assert_true(document.id > 0);
	OK(case_documents(desk.store, document.case_id, &list, &err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.list[0].side, DOC_SIDE_BACK);
	assert_string_equal(list.list[0].party, "p1");
	assert_string_equal(list.list[0].path, "/tmp/ünï.jpg");
	assert_int_equal(list.list[0].facts.bytes, 5000000000);
	assert_string_equal(form_answer(list.list[0].fields, "number"), "7");
	assert_string_equal(list.list[0].findings.list[0].code, "small");
	OK(case_document_remove(desk.store, document.id, &err));
	case_document_list_release(&list);
	OK(case_documents(desk.store, document.case_id, &list, &err));
	assert_int_equal(list.count, 0);
	case_document_release(&document);
	desk_close(&desk);
}

/* Putting the same thing once more is no new choice; another file is. */
static void test_document_chosen_anew(void **state)
{
	struct case_document_list list = { 0 };
	struct desk desk;
	int64_t chosen;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	OK(case_documents(desk.store, id, &list, &err));
	chosen = list.list[0].chosen_ms;
	OK(case_document_put(desk.store, &list.list[0], &err));
	assert_int_equal(list.list[0].chosen_ms, chosen);
	desk_sql(&desk, "UPDATE documents SET chosen_ms = 5");
	list.list[0].chosen_ms = 5;
	mem_replace(&list.list[0].path, "/tmp/another.jpg");
	OK(case_document_put(desk.store, &list.list[0], &err));
	assert_true(list.list[0].chosen_ms > 5);
	case_document_list_release(&list);
	desk_close(&desk);
}

static const struct unfit {
	const char *name;
	const char *type;
	const char *spoil; /* SQL */
	const char *says;
} unfits[] = {
	{ "no file", "SELFIE", "UPDATE documents SET path = NULL", "no file" },
	{ "not checked", "SELFIE", "UPDATE documents SET checked = 0",
	  "not been checked" },
	{ "errors", "SELFIE",
	  "UPDATE documents SET findings = '[{\"code\":\"c\","
	  "\"severity\":\"error\",\"message\":\"it is torn\"}]'",
	  "it is torn" },
	{ "no such type", "UNHEARD", "SELECT 1", "UNHEARD" },
	{ "a side that is wanted is not given", "PASS", "SELECT 1",
	  "cannot be sent" },
};

static void test_submit_refuses(void **state)
{
	const struct unfit *row = *state;
	struct desk desk;
	struct err why = { 0 };
	int64_t document;
	int64_t submission = 0;

	desk_open(&desk);
	document = desk_document(&desk, desk_customer(&desk, "c1", "Maria"),
				 row->type, DOC_SIDE_NONE, "face");
	desk_sql(&desk, row->spoil);
	assert_int_equal(case_submit_document(desk.store, &desk.profile,
					      document, NULL, &submission,
					      &why),
			 -1);
	assert_int_equal(why.code, ERR_INPUT);
	assert_non_null(strstr(why.text, row->says));
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM submissions"),
			 0);
	desk_close(&desk);
}

static void test_submit_once(void **state)
{
	struct case_submission sub = { 0 };
	struct desk desk;
	struct err why = { 0 };
	int64_t document;
	int64_t first = 0;
	int64_t second = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	document = desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	OK(case_submit_document(desk.store, &desk.profile, document, NULL,
				&first, &err));
	assert_int_equal(case_submit_document(desk.store, &desk.profile,
					      document, NULL, &second, &why),
			 -1);
	assert_int_equal(why.code, ERR_INPUT);
	desk_reopen(&desk);
	sub = desk_read(&desk, first);
	assert_int_equal(strlen(sub.key), 36);
	assert_int_equal(sub.state, CASE_QUEUED);
	assert_int_equal(sub.bytes, 4);
	assert_string_equal(sub.customer, "c1");
	case_submission_release(&sub);
	desk_sql(&desk, "UPDATE submissions SET state = 'refused',"
			" settled_ms = 9");
	OK(case_submit_document(desk.store, &desk.profile, document, NULL,
				&second, &err));
	desk_close(&desk);
}

static void test_accepted_before(void **state)
{
	struct case_submission sub = { 0 };
	struct desk desk;
	struct err why = { 0 };
	int64_t found = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_submit(&desk, desk_customer(&desk, "c1", "Maria"), "SELFIE",
			 DOC_SIDE_NONE, "face");
	sub = desk_read(&desk, id);
	assert_int_equal(case_accepted_before(desk.store, &desk.profile, "c1",
					      "SELFIE", DOC_SIDE_NONE, NULL,
					      sub.sha256, &found, &why),
			 0);
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 9");
	assert_int_equal(case_accepted_before(desk.store, &desk.profile, "c1",
					      "SELFIE", DOC_SIDE_NONE, NULL,
					      sub.sha256, &found, &why),
			 1);
	assert_int_equal(found, id);
	assert_int_equal(case_accepted_before(desk.store, &desk.profile, "c1",
					      "PROOF", DOC_SIDE_NONE, NULL,
					      sub.sha256, &found, &why),
			 0);
	case_submission_release(&sub);
	desk_close(&desk);
}

/* 1: STORE has claimed ID. */
static int begin(struct case_store *store, int64_t id, unsigned *number)
{
	struct submission_group group = { .ids = &id, .count = 1 };
	struct err err = { 0 };

	return submission_begin(store,
				&(struct submission_start){
					.group = &group,
					.key = "k",
					.body_sha256 = "b",
				},
				number, &err);
}

/* Of two processes, one gets it. */
static void test_begin_is_claimed_once(void **state)
{
	struct case_store *other = NULL;
	struct desk desk;
	unsigned number = 0;
	unsigned others = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_submit(&desk, desk_customer(&desk, "c1", "Maria"), "SELFIE",
			 DOC_SIDE_NONE, "face");
	OK(case_store_open(&other, desk.state, "bia", &err));
	assert_int_equal(begin(other, id, &number), 1);
	assert_int_equal(number, 1);
	assert_int_equal(begin(desk.store, id, &number), 0);
	OK(submissions_recover(desk.store, &desk.profile, false, &others,
			       &err));
	assert_int_equal(others, 1);
	assert_int_equal(desk_state(&desk, id), CASE_SENDING);
	case_store_close(other);
	OK(submissions_recover(desk.store, &desk.profile, false, &others,
			       &err));
	assert_int_equal(others, 0);
	assert_int_equal(desk_state(&desk, id), CASE_UNSURE);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM attempts"
					    " WHERE ended = 'lost'"),
			 1);
	desk_close(&desk);
}

static struct prov_requirement *form_of(struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].form)
			return &customer->requirements[i];
	fail_msg("no form is asked for");
	return NULL;
}

/* What was sent and came back is the provider's; later edits stay ours. */
static void test_sent_answers_are_forgotten(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct prov_customer customer = { 0 };
	struct desk desk;
	struct err why = { 0 };
	int64_t seen_ms = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "123",
			   &err));
	desk_submit_information(&desk, id, "123");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" queued_ms = queued_ms + 5, settled_ms = 9");
	OK(case_answer_put(desk.store, id, "desk_person", "city", "Rio", &err));
	desk_sql(&desk, "UPDATE answers SET set_ms = set_ms + 1000"
			" WHERE key = 'city'");
	assert_int_equal(case_customer_load(desk.store, &desk.profile, "c1",
					    &customer, &seen_ms, &why),
			 1);
	form_of(&customer)->known = mem_dup("{\"phone\":\"123\"}");
	OK(case_customer_put(desk.store, &desk.profile, &customer, &err));
	OK(case_answers_load(desk.store, id, "desk_person", answers, &err));
	assert_int_equal(form_answers_count(answers), 1);
	assert_string_equal(form_answer(answers, "city"), "Rio");
	form_answers_free(answers);
	prov_customer_release(&customer);
	desk_close(&desk);
}

/* What is unsure is settled by what the provider says it has. */
static const struct doubt_row {
	const char *name;
	enum prov_req_status status;
	bool forgotten; /* the key is too old to be repeated */
	enum case_state state;
	const char *code;
} doubt_rows[] = {
	{ "it is there", PROV_REQ_SENT, false, CASE_ACCEPTED, "found" },
	{ "it is in review", PROV_REQ_IN_REVIEW, true, CASE_ACCEPTED, "found" },
	{ "missing, but it can be repeated", PROV_REQ_MISSING, false,
	  CASE_UNSURE, "interrupted" },
	{ "missing, and too old to repeat", PROV_REQ_MISSING, true,
	  CASE_REFUSED, "not_arrived" },
};

static void test_doubt_is_settled(void **state)
{
	const struct doubt_row *row = *state;
	struct prov_customer customer = { 0 };
	struct case_submission sub = { 0 };
	struct desk desk;
	struct err why = { 0 };
	int64_t seen_ms = 0;
	int64_t id;

	desk_open(&desk);
	id = desk_submit(&desk, desk_customer(&desk, "c1", "Maria"), "SELFIE",
			 DOC_SIDE_NONE, "face");
	desk_sql(&desk, "UPDATE submissions SET state = 'unsure',"
			" sent_before = 1, code = 'interrupted'");
	if (row->forgotten)
		desk_sql(&desk, "UPDATE submissions SET key_made_ms = 1");
	assert_int_equal(case_customer_load(desk.store, &desk.profile, "c1",
					    &customer, &seen_ms, &why),
			 1);
	for (size_t i = 0; i < customer.requirement_count; i++)
		if (strcmp(customer.requirements[i].code, "SELFIE") == 0)
			customer.requirements[i].status = row->status;
	OK(case_customer_put(desk.store, &desk.profile, &customer, &err));
	sub = desk_read(&desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	case_submission_release(&sub);
	prov_customer_release(&customer);
	desk_close(&desk);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 3 && strcmp(argv[1], "write") == 0)
		return write_until_killed(argv[2]);
	test_add(&tests, "drafts survive kill", test_drafts_survive_kill);
	test_add(&tests, "answers clear", test_answers_clear);
	test_add(&tests, "case is one", test_case_is_one);
	test_add(&tests, "document reads back", test_document_reads_back);
	test_add(&tests, "document chosen anew", test_document_chosen_anew);
	TEST_ROWS(&tests, test_submit_refuses, unfits);
	test_add(&tests, "submit once", test_submit_once);
	test_add(&tests, "accepted before", test_accepted_before);
	test_add(&tests, "begin is claimed once", test_begin_is_claimed_once);
	test_add(&tests, "sent answers are forgotten",
		 test_sent_answers_are_forgotten);
	TEST_ROWS(&tests, test_doubt_is_settled, doubt_rows);
	return test_run(&tests, "cases/record");
}
