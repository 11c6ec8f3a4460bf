/* SPDX-License-Identifier: MIT */
/* The checklist out of the record, and what is queued from it. */
#include "cases/checklist.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

static void load(struct desk *desk, struct case_checklist *list)
{
	OK(case_checklist_load(desk->store, &desk->profile, "c1", list, &err));
}

static const struct case_item *find(const struct case_checklist *list,
				    const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].requirement->code, code) == 0)
			return &list->items[i];
	fail_msg("no item %s", code);
	return NULL;
}

static void test_information(void **state)
{
	struct case_checklist list = { 0 };
	struct desk desk;
	unsigned queued = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "city", "Rio", &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_MISSING);
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "123",
			   &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_DRAFT);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 1);
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_QUEUED);
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = 9");
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_SENT);
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "456",
			   &err));
	load(&desk, &list);
	assert_int_equal(find(&list, "FORM")->state, CASE_ITEM_DRAFT);
	case_checklist_release(&list);
	desk_close(&desk);
}

static void test_submit_all(void **state)
{
	struct case_checklist list = { 0 };
	struct case_submission_list subs = { 0 };
	struct desk desk;
	unsigned queued = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	OK(case_answer_put(desk.store, id, "desk_person", "phone", "123",
			   &err));
	desk_document(&desk, id, "ID", DOC_SIDE_BACK, "back");
	desk_document(&desk, id, "ID", DOC_SIDE_FRONT, "front");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	load(&desk, &list);
	assert_int_equal(list.missing, 0);
	assert_int_equal(list.ready, 4);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 5);
	OK(case_submissions(desk.store, &desk.profile, id, true, &subs, &err));
	assert_int_equal(subs.count, 5);
	assert_int_equal(subs.list[0].rank, PROV_RANK_INFORMATION);
	assert_int_equal(subs.list[1].side, DOC_SIDE_FRONT);
	assert_int_equal(subs.list[2].side, DOC_SIDE_BACK);
	assert_int_equal(subs.list[4].rank, PROV_RANK_START);
	load(&desk, &list);
	assert_int_equal(list.in_flight, 5);
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 0);
	case_submission_list_release(&subs);
	case_checklist_release(&list);
	desk_close(&desk);
}

static void test_never_seen(void **state)
{
	struct case_checklist list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	load(&desk, &list);
	assert_int_equal(list.count, 0);
	assert_int_equal(list.seen_ms, 0);
	assert_int_equal(list.part_count, 1);
	case_checklist_release(&list);
	desk_close(&desk);
}

static void note(struct desk *desk, struct prov_customer *customer,
		 int64_t *case_id)
{
	customer->id = mem_dup("c1");
	customer->kind = PROV_BUSINESS;
	*case_id = desk_put(desk, customer);
}

static void submit_all(struct desk *desk, unsigned wanted)
{
	struct case_checklist list = { 0 };
	unsigned queued = 0;

	load(desk, &list);
	OK(case_checklist_submit(desk->store, &desk->profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, wanted);
	case_checklist_release(&list);
}

/* The same form about the customer and about a party: two drafts. */
static void test_forms_apart(void **state)
{
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	struct prov_requirement *req = NULL;
	const struct case_form *form = NULL;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	prov_customer_add_party(&customer)->id = mem_dup("p1");
	desk_want(&customer, PROV_REQ_INFORMATION, "owner");
	desk_want(&customer, PROV_REQ_INFORMATION, "FORM");
	req = desk_want(&customer, PROV_REQ_INFORMATION, "FORM");
	req->party = mem_dup("p1");
	req->known = mem_dup("{\"city\":\"Rio\"}");
	note(&desk, &customer, &id);
	OK(case_answer_put(desk.store, id, "desk_person@p1", "phone", "123",
			   &err));
	load(&desk, &list);
	assert_int_equal(list.form_count, 3);
	form = case_checklist_form(&list, NULL, NULL);
	assert_string_equal(form->name, "desk_person");
	assert_int_equal(form_answers_count(form->answers), 0);
	assert_int_equal(findings_errors(&form->findings), 1);
	form = case_checklist_form(&list, "desk_person", "p1");
	assert_string_equal(form->name, "desk_person@p1");
	assert_string_equal(form_answer(form->answers, "phone"), "123");
	assert_string_equal(form_answer(form->answers, "city"), "Rio");
	assert_null(case_checklist_form(&list, "desk_person", "p2"));
	assert_null(case_checklist_form(&list, "desk_record", NULL));
	assert_int_equal(list.items[list.parts[1].first].state,
			 CASE_ITEM_DRAFT);
	assert_ptr_equal(list.items[list.parts[1].first].form, form);
	case_checklist_release(&list);
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(list.submissions.count, 1);
	assert_string_equal(list.submissions.list[0].party, "p1");
	assert_string_equal(list.submissions.list[0].schema, "desk_person");
	assert_int_equal(list.items[list.parts[1].first].state,
			 CASE_ITEM_QUEUED);
	assert_int_equal(list.items[1].state, CASE_ITEM_MISSING);
	case_checklist_release(&list);
	desk_close(&desk);
}

/* Whom the new party belongs to is chosen among those there are. */
static void test_offers(void **state)
{
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	const struct form_field *boss = NULL;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	prov_requirement_offer(
		desk_want(&customer, PROV_REQ_INFORMATION, "owner"), "boss",
		"p1", "Ana Lima");
	note(&desk, &customer, &id);
	load(&desk, &list);
	boss = form_field_find(list.items[0].form->schema, "boss");
	assert_string_equal(boss->choices[0].code, "p1");
	assert_string_equal(boss->choices[0].label, "Ana Lima");
	assert_null(boss->choices[1].code);
	case_checklist_release(&list);
	desk_close(&desk);
}

/* Two owners, one after the other, without waiting for the first. */
static void test_two_parties(void **state)
{
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	desk_want(&customer, PROV_REQ_INFORMATION, "owner");
	note(&desk, &customer, &id);
	OK(case_answer_put(desk.store, id, "desk_owner", "name", "Ana", &err));
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(form_answers_count(list.forms[0].answers), 0);
	assert_int_equal(list.items[0].state, CASE_ITEM_QUEUED);
	OK(case_answer_put(desk.store, id, "desk_owner", "name", "Bia", &err));
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(list.in_flight, 2);
	assert_int_equal(list.submissions.list[0].rank, PROV_RANK_PARTY);
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = queued_ms + 1");
	load(&desk, &list);
	assert_int_equal(list.items[0].state, CASE_ITEM_MISSING);
	assert_int_equal(list.in_flight, 0);
	case_checklist_release(&list);
	desk_close(&desk);
}

/* All of a bundle or nothing; the target is where the provider said. */
static void test_submit_bundle(void **state)
{
	static const char *const codes[] = { "PASS", "SELFIE" };
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	struct prov_requirement *req = NULL;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	for (size_t i = 0; i < 2; i++) {
		req = desk_want(&customer, PROV_REQ_DOCUMENT, codes[i]);
		req->bundle = mem_dup("papers");
		req->target = mem_dup(i ? "/there" : NULL);
	}
	note(&desk, &customer, &id);
	desk_document(&desk, id, "PASS", DOC_SIDE_FRONT, "pass");
	load(&desk, &list);
	assert_int_equal(list.ready, 1);
	assert_true(list.items[0].waits);
	submit_all(&desk, 0);
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	submit_all(&desk, 2);
	load(&desk, &list);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(list.submissions.list[i].bundle, "papers");
	assert_null(list.submissions.list[0].target);
	assert_string_equal(list.submissions.list[1].target, "/there");
	case_checklist_release(&list);
	desk_close(&desk);
}

/* A start waits for what waits for others. */
static void test_no_start_beside_a_part_of_a_bundle(void **state)
{
	struct prov_customer customer = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	for (size_t i = 0; i < 2; i++)
		desk_want(&customer, PROV_REQ_DOCUMENT, i ? "PROOF" : "SELFIE")
			->bundle = mem_dup("papers");
	customer.requirements[1].status = PROV_REQ_REJECTED;
	desk_want(&customer, PROV_REQ_START, "START");
	note(&desk, &customer, &id);
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	submit_all(&desk, 0);
	desk_close(&desk);
}

/* Chosen for what is asked for no more: in sight, but it stays here. */
static void test_unasked_stays(void **state)
{
	struct prov_customer customer = { 0 };
	struct case_checklist list = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	desk_want(&customer, PROV_REQ_START, "START");
	note(&desk, &customer, &id);
	desk_document(&desk, id, "PROOF", DOC_SIDE_NONE, "bill");
	load(&desk, &list);
	assert_string_equal(find(&list, "PROOF")->requirement->code, "PROOF");
	assert_int_equal(find(&list, "PROOF")->state, CASE_ITEM_DRAFT);
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(find(&list, "PROOF")->state, CASE_ITEM_DRAFT);
	assert_int_equal(find(&list, "START")->state, CASE_ITEM_QUEUED);
	case_checklist_release(&list);
	desk_close(&desk);
}

/* What the provider has room for goes; that nothing goes is explained. */
static void test_submit_up_to_the_limit(void **state)
{
	struct prov_customer customer = { .pending = 1, .pending_most = 2 };
	struct case_checklist list = { 0 };
	struct desk desk;
	struct err why = { 0 };
	unsigned queued = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	desk_want(&customer, PROV_REQ_DOCUMENT, "SELFIE");
	desk_want(&customer, PROV_REQ_DOCUMENT, "PROOF");
	desk_want(&customer, PROV_REQ_START, "START");
	note(&desk, &customer, &id);
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	desk_document(&desk, id, "PROOF", DOC_SIDE_NONE, "bill");
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(list.ready, 1);
	assert_int_equal(case_checklist_submit(desk.store, &desk.profile, &list,
					       true, &queued, &why),
			 -1);
	assert_int_equal(why.code, ERR_INPUT);
	assert_non_null(strstr(why.text, "2 files wait for review"));
	case_checklist_release(&list);
	desk_close(&desk);
}

/* Said before anything is sent, and no longer when another file is chosen. */
static void test_copies_show(void **state)
{
	struct provider strict = desk_provider;
	struct case_checklist list = { 0 };
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	strict.refuses_copies = true;
	desk.profile.provider = &strict;
	id = desk_customer(&desk, "c1", "Maria");
	desk_document(&desk, id, "PASS", DOC_SIDE_FRONT, "same");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "same");
	load(&desk, &list);
	assert_int_equal(list.ready, 1);
	assert_string_equal(
		find(&list, "SELFIE")->document->findings.list[0].code,
		"already_sent");
	submit_all(&desk, 1);
	load(&desk, &list);
	assert_int_equal(list.ready, 0);
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "other");
	load(&desk, &list);
	assert_int_equal(list.ready, 1);
	case_checklist_release(&list);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "information", test_information);
	test_add(&tests, "submit all", test_submit_all);
	test_add(&tests, "never seen", test_never_seen);
	test_add(&tests, "forms apart", test_forms_apart);
	test_add(&tests, "offers", test_offers);
	test_add(&tests, "two parties", test_two_parties);
	test_add(&tests, "submit bundle", test_submit_bundle);
	test_add(&tests, "no start beside a part of a bundle",
		 test_no_start_beside_a_part_of_a_bundle);
	test_add(&tests, "unasked stays", test_unasked_stays);
	test_add(&tests, "submit up to the limit", test_submit_up_to_the_limit);
	test_add(&tests, "copies show", test_copies_show);
	return test_run(&tests, "cases/checklist");
}
