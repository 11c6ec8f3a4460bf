/* SPDX-License-Identifier: MIT */
/* After a lost answer to a form: whom it made, and what it opened. */
#include "cases/inquiry.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

static const struct naming {
	const char *name;
	const char *before;
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *provider_id;
	unsigned requests;
} namings[] = {
	{ .name = "a new party of that name",
	  .before = "{\"parties\":[{\"id\":\"o0\",\"name\":\"Ana Lima\"}]}",
	  .script = { LOSES,
		      LISTS("{\"parties\":["
			    "{\"id\":\"o0\",\"name\":\"Ana Lima\"},"
			    "{\"id\":\"o1\",\"name\":\"ANA LIMA\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .provider_id = "o1",
	  .requests = 2 },
	{ .name = "a new party of another name",
	  .before = "{}",
	  .script = { LOSES,
		      LISTS("{\"parties\":[{\"id\":\"o1\",\"name\":\"Rui\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .requests = 2 },
	{ .name = "no new party",
	  .before = "{\"parties\":[{\"id\":\"o0\",\"name\":\"Ana Lima\"}]}",
	  .script = { LOSES,
		      LISTS("{\"parties\":["
			    "{\"id\":\"o0\",\"name\":\"Ana Lima\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .provider_id = "p-1",
	  .requests = 3 },
};

static void test_inquiry_knows_a_party(void **state)
{
	const struct naming *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	asker_make(&provider, true, false);
	bench_open(&bench, &provider, row->script, 3);
	id = desk_submit_form(&bench.desk,
			      asker_customer(&bench.desk, row->before),
			      "desk_owner", NULL, "name", "Ana Lima");
	bench_drive_to(&bench, id, CASE_UNSURE);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	if (row->provider_id)
		assert_string_equal(sub.provider_id, row->provider_id);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* The record that was opened is known by its id: what follows goes there. */
static void test_inquiry_finds_an_opened_record(void **state)
{
	static wire_script scripts[] = {
		LOSES, LISTS("{\"form\":\"sent\",\"record\":\"r-7\"}"),
		ANSWERS("204")
	};
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t case_id;
	int64_t selfie;
	int64_t id;

	(void)state;
	asker_make(&provider, true, false);
	bench_open(&bench, &provider, scripts, 3);
	case_id = asker_customer(&bench.desk, "{\"form\":\"missing\"}");
	id = desk_submit_form(&bench.desk, case_id, "desk_record", NULL,
			      "street", "Rua A");
	selfie = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			      "a face", NULL);
	bench_drive_to(&bench, id, CASE_UNSURE);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	sub = desk_read(&bench.desk, selfie);
	assert_int_equal(sub.state, CASE_ACCEPTED);
	assert_string_equal(sub.target, "r-7");
	assert_non_null(strstr(wire_server_seen(bench.server, 2)->body, "r-7"));
	case_submission_release(&sub);
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_inquiry_knows_a_party, namings);
	test_add(&tests, "finds an opened record",
		 test_inquiry_finds_an_opened_record);
	return test_run(&tests, "cases/inquiry, forms");
}
