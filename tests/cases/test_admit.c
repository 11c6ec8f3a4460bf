/* SPDX-License-Identifier: MIT */
/* What is refused before it is queued, and what it is told. */
#include "cases/admit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

/* A selfie of PARTY is to be queued; something was SENT before. */
static const struct admitting {
	const char *name;
	unsigned pending, most;		    /* of the customer */
	unsigned party_pending, party_most; /* of party p1 */
	const char *party;
	const char *closed;
	bool copies;	  /* the provider refuses them */
	const char *sent; /* content of an earlier proof, SELFIE's: "face" */
	const char *settle;
	const char *says; /* NULL: it is queued */
} admittings[] = {
	{ .name = "no limit", .pending = 90 },
	{ .name = "room for one more", .pending = 3, .most = 4 },
	{ .name = "no room",
	  .pending = 4,
	  .most = 4,
	  .says = "4 files wait for review, and Desk takes no more" },
	{ .name = "what is on its way takes room",
	  .pending = 3,
	  .most = 4,
	  .sent = "bill",
	  .says = "4 files wait" },
	{ .name = "what arrived since it was counted takes room",
	  .pending = 3,
	  .most = 4,
	  .sent = "bill",
	  .settle = "state = 'accepted', settled_ms = settled_ms + 9e15",
	  .says = "4 files wait" },
	{ .name = "what had arrived was counted",
	  .pending = 3,
	  .most = 4,
	  .sent = "bill",
	  .settle = "state = 'accepted', settled_ms = 9" },
	{ .name = "what was refused takes none",
	  .pending = 3,
	  .most = 4,
	  .sent = "bill",
	  .settle = "state = 'refused', settled_ms = 9" },
	{ .name = "a party has its own room",
	  .pending = 4,
	  .most = 4,
	  .party_pending = 0,
	  .party_most = 4,
	  .party = "p1" },
	{ .name = "a party without room",
	  .pending = 0,
	  .most = 4,
	  .party_pending = 1,
	  .party_most = 1,
	  .party = "p1",
	  .says = "1 file waits for review" },
	{ .name = "closed", .closed = "it is over", .says = "it is over" },
	{ .name = "a copy, where that is fine", .sent = "face" },
	{ .name = "a copy of what is on its way",
	  .copies = true,
	  .sent = "face",
	  .says = "sent as 'Proof' before" },
	{ .name = "a copy of what arrived",
	  .copies = true,
	  .sent = "face",
	  .settle = "state = 'accepted', settled_ms = 9",
	  .says = "sent as 'Proof' before" },
	{ .name = "a party's copy of it",
	  .copies = true,
	  .party = "p1",
	  .sent = "face",
	  .says = "sent as 'Proof' before" },
	{ .name = "a copy of what was refused",
	  .copies = true,
	  .sent = "face",
	  .settle = "state = 'refused', settled_ms = 9" },
	{ .name = "no copy", .copies = true, .sent = "bill" },
};

static int64_t open_desk(struct desk *desk, const struct admitting *row,
			 struct provider *provider)
{
	struct prov_customer customer = { 0 };
	struct prov_party *party = NULL;

	desk_open(desk);
	*provider = desk_provider;
	provider->refuses_copies = row->copies;
	desk->profile.provider = provider;
	customer.id = mem_dup("c1");
	customer.pending = row->pending;
	customer.pending_most = row->most;
	party = prov_customer_add_party(&customer);
	party->id = mem_dup("p1");
	party->pending = row->party_pending;
	party->pending_most = row->party_most;
	return desk_put(desk, &customer);
}

static int64_t selfie(struct desk *desk, int64_t case_id, const char *party)
{
	int64_t id =
		desk_document(desk, case_id, "SELFIE", DOC_SIDE_NONE, "face");

	if (party)
		desk_sql(desk, "UPDATE documents SET party = 'p1'"
			       " WHERE type = 'SELFIE'");
	return id;
}

static void close_customer(struct desk *desk, const char *why)
{
	struct prov_customer customer = { 0 };

	desk_load(desk, "c1", &customer);
	mem_replace(&customer.closed_because, why);
	desk_put(desk, &customer);
}

static void test_admit(void **state)
{
	const struct admitting *row = *state;
	struct provider provider;
	struct desk desk;
	struct err why = { 0 };
	int64_t id = open_desk(&desk, row, &provider);
	int64_t submission = 0;
	int64_t document;
	int queued;

	if (row->sent)
		desk_submit(&desk, id, "PROOF", DOC_SIDE_NONE, row->sent);
	if (row->settle) {
		char *sql =
			mem_printf("UPDATE submissions SET %s", row->settle);

		desk_sql(&desk, sql);
		free(sql);
	}
	if (row->closed)
		close_customer(&desk, row->closed);
	document = selfie(&desk, id, row->party);
	queued = case_submit_document(desk.store, &desk.profile, document, NULL,
				      &submission, &why);
	if (row->says) {
		assert_int_equal(queued, -1);
		assert_int_equal(why.code, ERR_INPUT);
		if (!strstr(why.text, row->says))
			fail_msg("%s", why.text);
	} else if (queued) {
		fail_msg("%s", why.text);
	}
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM submissions"
					    " WHERE type = 'SELFIE'"),
			 !row->says);
	desk_close(&desk);
}

/* Closed for documents is closed for all. */
static void test_closed_for_all(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct desk desk;
	struct err why = { 0 };
	int64_t submission = 0;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	close_customer(&desk, "it is over");
	form_answer_set(answers, "phone", "1");
	assert_int_equal(
		case_submit_form(desk.store, &desk.profile, id,
				 prov_form_find(&desk_provider, "desk_person"),
				 NULL, NULL, answers, &submission, &why),
		-1);
	assert_string_equal(why.text, "it is over");
	assert_int_equal(case_submit_start(desk.store, &desk.profile, id, NULL,
					   &submission, &why),
			 -1);
	assert_string_equal(why.text, "it is over");
	form_answers_free(answers);
	desk_close(&desk);
}

/* Another customer's file is no copy. */
static void test_copies_of_others(void **state)
{
	struct provider provider = desk_provider;
	struct desk desk;

	(void)state;
	desk_open(&desk);
	provider.refuses_copies = true;
	desk.profile.provider = &provider;
	desk_submit(&desk, desk_customer(&desk, "c1", "Maria"), "SELFIE",
		    DOC_SIDE_NONE, "face");
	desk_submit(&desk, desk_customer(&desk, "c2", "Ana"), "SELFIE",
		    DOC_SIDE_NONE, "face");
	desk_close(&desk);
}

/* One that turned into a copy since the list was read stays; the rest goes. */
static void test_copy_keeps_nothing_back(void **state)
{
	struct provider provider = desk_provider;
	struct case_checklist list = { 0 };
	struct err why = { 0 };
	unsigned queued = 0;
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	provider.refuses_copies = true;
	desk.profile.provider = &provider;
	id = desk_customer(&desk, "c1", "Maria");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	desk_document(&desk, id, "PASS", DOC_SIDE_FRONT, "pass");
	OK(case_checklist_load(desk.store, &desk.profile, "c1", &list, &err));
	assert_int_equal(list.ready, 2);
	desk_sql(&desk, "INSERT INTO submissions (case_id, profile, endpoint,"
			" customer, holder, standing, rank, type, side, party,"
			" country, kind, bytes, sha256, key, key_made_ms,"
			" state, queued_ms, settled_ms) SELECT case_id, 'desk',"
			" '', 'c1', '', '', 20, 'PROOF', '', '', '', 0, 4,"
			" sha256, 'k', 1, 'accepted', 1, 2 FROM documents"
			" WHERE type = 'SELFIE'");
	OK(case_checklist_submit(desk.store, &desk.profile, &list, true,
				 &queued, &err));
	assert_int_equal(queued, 1);
	/* Where nothing goes, it is said why. */
	assert_int_equal(case_checklist_submit(desk.store, &desk.profile, &list,
					       true, &queued, &why),
			 -1);
	assert_int_equal(why.code, ERR_INPUT);
	OK(case_checklist_load(desk.store, &desk.profile, "c1", &list, &err));
	assert_int_equal(list.ready, 0);
	case_checklist_release(&list);
	desk_close(&desk);
}

/* A mark that was kept by mistake means nothing when it is read again. */
static void test_mark_is_of_its_moment(void **state)
{
	struct desk desk;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	desk_document(&desk, id, "SELFIE", DOC_SIDE_NONE, "face");
	desk_sql(&desk, "UPDATE documents SET findings ="
			" '[{\"code\":\"already_sent\",\"severity\":\"error\","
			"\"message\":\"it is a copy\"}]'");
	desk_submit(&desk, id, "PASS", DOC_SIDE_FRONT, "pass");
	{
		struct case_document_list list = { 0 };

		OK(case_documents(desk.store, id, &list, &err));
		for (size_t i = 0; i < list.count; i++)
			assert_int_equal(list.list[i].findings.count, 0);
		case_document_list_release(&list);
	}
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_admit, admittings);
	test_add(&tests, "closed for all", test_closed_for_all);
	test_add(&tests, "copies of others", test_copies_of_others);
	test_add(&tests, "copy keeps nothing back",
		 test_copy_keeps_nothing_back);
	test_add(&tests, "mark is of its moment", test_mark_is_of_its_moment);
	return test_run(&tests, "cases/admit");
}
