/* SPDX-License-Identifier: MIT */
/* Notes on a case: kept, dated, and never spelled out in the audit trail. */
#include "cases/notes.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

static struct desk desk;
static int64_t of_maria;

static int set_up(void **state)
{
	(void)state;
	desk_open(&desk);
	of_maria = desk_customer(&desk, "c1", "Maria");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static void test_notes_are_kept(void **state)
{
	struct case_note_list notes = { 0 };
	int64_t of_joao = desk_customer(&desk, "c2", "João");

	(void)state;
	OK(case_note_add(desk.store, of_maria, "called; sends it today", &err));
	OK(case_note_add(desk.store, of_joao, "of somebody else", &err));
	OK(case_note_add(desk.store, of_maria, " she did\n", &err));
	desk_reopen(&desk);
	OK(case_notes(desk.store, of_maria, &notes, &err));
	assert_int_equal(notes.count, 2);
	/* On one line, whatever was pasted. */
	assert_null(strchr(notes.list[0].text, '\n'));
	assert_memory_equal(notes.list[0].text, "she did", 7);
	assert_string_equal(notes.list[1].text, "called; sends it today");
	assert_true(*notes.list[1].who);
	assert_true(notes.list[1].when_ms > 0);
	case_note_list_release(&notes);
}

/* The trail has that it was written and can prove the words; it never says
 * them. */
static void test_notes_stay_out_of_the_trail(void **state)
{
	struct case_event_list events = { 0 };
	struct audit_report report = { 0 };

	(void)state;
	OK(case_note_add(desk.store, of_maria, "her mother is ill", &err));
	OK(case_events(desk.store, of_maria, 10, &events, &err));
	assert_string_equal(events.list[0].what, "note_added");
	assert_null(strstr(events.list[0].detail, "mother"));
	assert_int_equal(case_event_note(&events.list[0]), 1);
	assert_int_equal(case_event_note(&events.list[1]), 0);
	case_event_list_release(&events);
	OK(case_audit_verify(desk.store, NULL, &report, &err));
	assert_int_equal(report.fault, AUDIT_FINE);
}

static void test_notes_need_words(void **state)
{
	char *long_one = mem_alloc(CASE_NOTE_BYTES + 2);
	struct case_note_list notes = { 0 };
	struct err refused = { 0 };

	(void)state;
	memset(long_one, 'x', CASE_NOTE_BYTES + 1);
	assert_int_equal(case_note_add(desk.store, of_maria, "  ", &refused),
			 -1);
	assert_int_equal(refused.code, ERR_INPUT);
	refused = (struct err){ 0 };
	assert_int_equal(
		case_note_add(desk.store, of_maria, long_one, &refused), -1);
	assert_int_equal(refused.code, ERR_INPUT);
	OK(case_notes(desk.store, of_maria, &notes, &err));
	assert_int_equal(notes.count, 0);
	free(long_one);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "are kept", test_notes_are_kept);
	test_add(&tests, "stay out of the trail",
		 test_notes_stay_out_of_the_trail);
	test_add(&tests, "need words", test_notes_need_words);
	for (size_t i = 0; i < tests.count; i++) {
		tests.tests[i].setup_func = set_up;
		tests.tests[i].teardown_func = tear_down;
	}
	return test_run(&tests, "cases/notes");
}
