/* SPDX-License-Identifier: MIT */
/* The inbox over all profiles: who is in it, and in which order. */
#include "cases/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/notes.h"
#include "tests/cases/desk.h"

static struct desk desk;

static int set_up(void **state)
{
	(void)state;
	desk_open(&desk);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

/* Note ID at PROFILE with its selfie rejected (or not), DAYS ago. */
static int64_t note(const char *profile, const char *id, const char *name,
		    bool rejected, int days)
{
	struct prov_customer customer = { 0 };
	struct prov_requirement *req = NULL;
	char *usual = desk.profile.name;
	char *sql = NULL;
	int64_t case_id;

	customer.id = mem_dup(id);
	customer.name = mem_dup(name);
	customer.stage = PROV_STAGE_ACTION_NEEDED;
	req = desk_want(&customer, PROV_REQ_DOCUMENT, "SELFIE");
	if (rejected) {
		req->status = PROV_REQ_REJECTED;
		req->reason.message = mem_dup("blurred");
		req->reason.next = PROV_NEXT_NEW_PICTURE;
	}
	desk.profile.name = mem_dup(profile);
	case_id = desk_put(&desk, &customer);
	free(desk.profile.name);
	desk.profile.name = usual;
	sql = mem_printf("UPDATE customers SET rejected_ms = rejected_ms -"
			 " %d * 86400000 WHERE id = '%s' AND rejected_ms > 0",
			 days, id);
	desk_sql(&desk, sql);
	free(sql);
	return case_id;
}

static void expect(const char *text, const char *wanted)
{
	struct case_inbox inbox = { 0 };
	struct buf found = { 0 };

	OK(case_inbox_read(desk.store, text, 0, 10, &inbox, &err));
	for (size_t i = 0; i < inbox.count; i++)
		buf_addf(&found, "%s%s/%s", i ? " " : "", inbox.rows[i].profile,
			 inbox.rows[i].id);
	assert_string_equal(buf_text(&found), wanted);
	assert_int_equal(inbox.matching, inbox.count);
	buf_release(&found);
	case_inbox_release(&inbox);
}

static void test_inbox_is_over_all_profiles(void **state)
{
	struct case_inbox_counts counts = { 0 };

	(void)state;
	note("one", "c1", "Maria", true, 1);
	note("two", "c2", "João", true, 3);
	note("two", "c3", "Ana", false, 9);
	note("one", "c4", "Beatriz", true, 2);
	expect("", "two/c2 one/c4 one/c1");
	expect("joao", "two/c2");
	expect("c4", "one/c4");
	expect("nobody", "");
	OK(case_inbox_count(desk.store, &counts, &err));
	assert_int_equal(counts.rejected, 3);
	assert_int_equal(counts.wanted, 0);
}

/* What was answered by something newer is not rejected any more, and does not
 * make the rest of the case older than it is. */
static void test_inbox_forgets_what_was_answered(void **state)
{
	(void)state;
	note("one", "c1", "Maria", true, 5);
	note("one", "c1", "Maria", false, 0);
	expect("", "");
}

static void test_inbox_tells_what_it_knows(void **state)
{
	struct case_checklist list = { 0 };
	struct prov_customer listed = { 0 };
	struct case_inbox_counts counts = { 0 };
	struct case_inbox inbox = { 0 };
	int64_t of_maria = note("one", "c1", "Maria", true, 1);

	(void)state;
	/* A list says that there is something, not what. */
	listed.id = mem_dup("c2");
	listed.stage = PROV_STAGE_ACTION_NEEDED;
	OK(case_customers_put(desk.store, &desk.profile, &listed, 1, &err));
	prov_customer_release(&listed);
	OK(case_note_add(desk.store, of_maria, "called", &err));
	OK(case_inbox_read(desk.store, "", 0, 10, &inbox, &err));
	assert_int_equal(inbox.count, 2);
	assert_int_equal(inbox.rows[0].notes, 1);
	assert_true(inbox.rows[0].read_ms > 0);
	assert_int_equal(inbox.rows[1].read_ms, 0);
	assert_true(inbox.rows[1].since_ms > 0);
	case_inbox_release(&inbox);
	OK(case_inbox_count(desk.store, &counts, &err));
	assert_int_equal(counts.rejected, 1);
	assert_int_equal(counts.wanted, 1);
	/* Looking opens no case. */
	OK(case_inbox_look(desk.store, &desk.profile, "c2", &list, &err));
	assert_int_equal(list.case_id, 0);
	case_checklist_release(&list);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "is over all profiles",
		 test_inbox_is_over_all_profiles);
	test_add(&tests, "forgets what was answered",
		 test_inbox_forgets_what_was_answered);
	test_add(&tests, "tells what it knows", test_inbox_tells_what_it_knows);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "cases/inbox");
}
