/* SPDX-License-Identifier: MIT */
/* After a lost answer: what a provider has that does not say by itself whether
 * it is what was sent. */
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

/* Papers of which only the beginning of the type is known. */

static void read_beginnings(const struct prov_reply *reply,
			    const struct prov_ctx *ctx, void *into,
			    struct prov_result *result)
{
	struct prov_customer *customer = into;
	struct provider plain;

	asker_make(&plain, true, true);
	plain.customer_read[0].op.read(reply, ctx, into, result);
	for (size_t i = 0; i < customer->paper_count; i++)
		customer->papers[i].begins = mem_dup(customer->papers[i].type);
	for (size_t i = 0; i < customer->paper_count; i++)
		mem_replace(&customer->papers[i].type, NULL);
}

#define PAPER(id, type) "{\"id\":\"" id "\",\"type\":\"" type "\"}"
#define PAPERS(list)	LISTS("{\"papers\":[" list "]}")

static const struct beginning {
	const char *name;
	bool twice; /* another one of such a type is lost as well */
	struct wire_step script[4][WIRE_STEPS];
	enum case_state state;
	const char *code;
	unsigned requests;
} beginnings[] = {
	{ .name = "one that begins so",
	  .script = { LOSES, PAPERS(PAPER("n1", "PRO")), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2 },
	{ .name = "one that begins otherwise",
	  .script = { LOSES, PAPERS(PAPER("n1", "other")), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3 },
	{ .name = "two that begin so",
	  .script = { LOSES, PAPERS(PAPER("n1", "PRO") "," PAPER("n2", "P")),
		      ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "one, and two that wait for it",
	  .twice = true,
	  .script = { LOSES, LOSES, PAPERS(PAPER("n1", "P")),
		      PAPERS(PAPER("n1", "P")) },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 3 },
};

static void test_beginning(void **state)
{
	const struct beginning *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t case_id, id;

	asker_make(&provider, true, true);
	provider.customer_read[0].op.read = read_beginnings;
	bench_open(&bench, &provider, row->script, 4);
	case_id = asker_customer(&bench.desk, "{}");
	id = asker_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE,
			  "a face", NULL);
	if (row->twice)
		asker_submit(&bench.desk, case_id, "PASS", DOC_SIDE_FRONT,
			     "another", NULL);
	while (wire_server_requests(bench.server) < 1u + row->twice ||
	       xfer_active(bench.xfer))
		bench_turn(&bench);
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
	TEST_ROWS(&tests, test_beginning, beginnings);
	return test_run(&tests, "cases/evidence");
}
