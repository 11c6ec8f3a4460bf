/* SPDX-License-Identifier: MIT */
/* Rejections of single things, as the provider repeats them: which of them
 * what we sent has answered. */
#include "cases/rejections.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

/* The selfie was rejected ("blurred"), and sent again a while later; then the
 * customer is read, each time as a word says. */
static const struct reading {
	const char *name;
	const char *words[3]; /* "#1": that many selfies are listed */
	enum case_item_state state;
} readings[] = {
	{ "nothing was read since", { NULL }, CASE_ITEM_SENT },
	{ "it is repeated", { "blurred" }, CASE_ITEM_SENT },
	{ "it is repeated, again and again",
	  { "blurred", "blurred", "blurred" },
	  CASE_ITEM_SENT },
	{ "other words", { "cut off" }, CASE_ITEM_REJECTED },
	{ "another rejection beside it", { "blurred, proof" }, CASE_ITEM_SENT },
	{ "it was looked at, and rejected again",
	  { "in review", "blurred" },
	  CASE_ITEM_REJECTED },
	{ "another paper in the same words",
	  { "blurred #2" },
	  CASE_ITEM_REJECTED },
	{ "it is listed", { "blurred #1" }, CASE_ITEM_SENT },
	{ "it is listed, again and again",
	  { "blurred #1", "blurred #1" },
	  CASE_ITEM_SENT },
	{ "the list said that it was looked at",
	  { "listed in review", "blurred" },
	  CASE_ITEM_REJECTED },
	{ "the list said so both times",
	  { "listed in review", "listed", "blurred" },
	  CASE_ITEM_REJECTED },
	{ "the list said nothing new",
	  { "listed", "blurred" },
	  CASE_ITEM_SENT },
};

static void set_words(struct prov_requirement *req, const char *words)
{
	bool rejected = strcmp(words, "in review") != 0;

	req->status = rejected ? PROV_REQ_REJECTED : PROV_REQ_IN_REVIEW;
	mem_replace(&req->reason.message, rejected ? words : NULL);
}

/* "#2": the provider lists two selfies, the newer one first, and something
 * else; they are not told apart by when they were made. */
static void list_papers(struct prov_customer *customer, const char *number)
{
	struct prov_paper *paper = NULL;

	for (int i = number ? number[1] - '0' : 0; i > 0; i--) {
		paper = prov_customer_add_paper(customer);
		paper->id = mem_printf("d%d", i);
		paper->type = mem_dup("SELFIE");
	}
	paper = prov_customer_add_paper(customer);
	paper->id = mem_dup("z");
	paper->type = mem_dup("PROOF");
}

static void read_as(struct desk *desk, const char *words)
{
	struct prov_customer customer = { 0 };
	bool listed = strncmp(words, "listed", 6) == 0;
	bool beside = strstr(words, ", proof");
	char *first = mem_dup_n(words, strcspn(words, ",#"));

	customer.id = mem_dup("c1");
	customer.stage = strstr(words, "in review") ? PROV_STAGE_IN_REVIEW
						    : PROV_STAGE_ACTION_NEEDED;
	list_papers(&customer, strchr(words, '#'));
	if (listed) {
		OK(case_customers_put(desk->store, &desk->profile, &customer, 1,
				      &err));
		prov_customer_release(&customer);
	} else {
		set_words(desk_want(&customer, PROV_REQ_DOCUMENT, "SELFIE"),
			  first);
		set_words(desk_want(&customer, PROV_REQ_DOCUMENT, "PROOF"),
			  beside ? "torn" : "in review");
		desk_put(desk, &customer);
	}
	free(first);
}

/* All that was noted up to now was noted a while ago. */
static void grow_old(struct desk *desk)
{
	desk_sql(desk,
		 "UPDATE customers SET stage_since_ms = stage_since_ms - 1000,"
		 " rejections = (SELECT json_group_object(key, json_object("
		 "'words', value ->> 'words', 'seen_ms',"
		 " (value ->> 'seen_ms') - 1000)) FROM json_each(rejections))");
	desk_sql(desk, "UPDATE submissions SET settled_ms = settled_ms - 1000");
}

static enum case_item_state state_of_selfie(struct desk *desk)
{
	struct case_checklist list = { 0 };
	enum case_item_state found;

	OK(case_checklist_load(desk->store, &desk->profile, "c1", &list, &err));
	assert_string_equal(list.items[0].requirement->code, "SELFIE");
	found = list.items[0].state;
	case_checklist_release(&list);
	return found;
}

static void test_rejection(void **state)
{
	const struct reading *row = *state;
	struct desk desk;

	desk_open(&desk);
	read_as(&desk, row->words[0] && strchr(row->words[0], '#')
			       ? "blurred #1"
			       : "blurred");
	assert_int_equal(state_of_selfie(&desk), CASE_ITEM_REJECTED);
	grow_old(&desk);
	desk_submit(&desk, 1, "SELFIE", DOC_SIDE_NONE, "face");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = queued_ms");
	assert_int_equal(state_of_selfie(&desk), CASE_ITEM_SENT);
	for (size_t i = 0; i < 3 && row->words[i]; i++) {
		grow_old(&desk);
		read_as(&desk, row->words[i]);
	}
	desk_reopen(&desk);
	assert_int_equal(state_of_selfie(&desk), row->state);
	desk_close(&desk);
}

/* What had arrived before it was rejected is what was rejected. */
static void test_rejected_after_it_arrived(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	read_as(&desk, "in review");
	desk_submit(&desk, 1, "SELFIE", DOC_SIDE_NONE, "face");
	desk_sql(&desk, "UPDATE submissions SET state = 'accepted',"
			" settled_ms = queued_ms");
	grow_old(&desk);
	read_as(&desk, "blurred");
	assert_int_equal(state_of_selfie(&desk), CASE_ITEM_REJECTED);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_rejection, readings);
	test_add(&tests, "rejected after it arrived",
		 test_rejected_after_it_arrived);
	return test_run(&tests, "cases/rejections");
}
