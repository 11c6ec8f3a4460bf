/* SPDX-License-Identifier: MIT */
/* A form whose answer was lost and that is not asked for any more: whether it
 * arrived is for the adapter to say. */
#include "cases/inquiry.h"

#include <string.h>

#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

/* Who has a record has moved on. */
static bool has_record(const struct prov_customer *customer,
		       const struct prov_form *form, const char *party)
{
	assert_string_equal(form->schema->name, "desk_record");
	assert_null(party);
	return customer->record;
}

static const struct going {
	const char *name;
	bool told; /* the adapter can tell */
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *code;
	unsigned requests;
} goings[] = {
	{ .name = "gone, and moved on",
	  .told = true,
	  .script = { LOSES, LISTS("{\"record\":\"r-7\"}"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2 },
	{ .name = "gone, for another reason",
	  .told = true,
	  .script = { LOSES, LISTS("{}"), ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "gone, and nobody can tell",
	  .script = { LOSES, LISTS("{\"record\":\"r-7\"}"), ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "still asked for",
	  .told = true,
	  .script = { LOSES, LISTS("{\"form\":\"missing\",\"record\":\"r-7\"}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3 },
};

static void test_lost_form(void **state)
{
	const struct going *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	asker_make(&provider, true, true);
	provider.form_arrived = row->told ? has_record : NULL;
	bench_open(&bench, &provider, row->script, 3);
	id = desk_submit_form(
		&bench.desk,
		asker_customer(&bench.desk, "{\"form\":\"missing\"}"),
		"desk_record", NULL, "street", "Rua A");
	bench_drive_to(&bench, id, CASE_UNSURE);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	case_submission_release(&sub);
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_lost_form, goings);
	return test_run(&tests, "cases/form_arrived");
}
