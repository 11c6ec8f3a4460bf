/* SPDX-License-Identifier: MIT */
/* After a lost answer: what the provider has decides what becomes of it. */
#include "cases/inquiry.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

#define NEW_PAPER "{\"papers\":[{\"id\":\"n1\",\"type\":\"SELFIE\"}]}"

static const struct inquiring {
	const char *name;
	bool keys;	    /* the provider remembers them */
	const char *before; /* what was known; NULL: never read */
	struct wire_step script[3][WIRE_STEPS];
	enum case_state state;
	const char *code;
	unsigned requests;
	const char *provider_id; /* NULL: none */
	bool new_key;		 /* the repeat went under another key */
} inquirings[] = {
	{ .name = "it is there",
	  .keys = true,
	  .before = "{}",
	  .script = { LOSES, LISTS(NEW_PAPER), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2,
	  .provider_id = "n1" },
	{ .name = "it is not there, and goes once more",
	  .keys = true,
	  .before = "{}",
	  .script = { LOSES, LISTS("{}"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1" },
	{ .name = "it is not there, and no key is remembered",
	  .before = "{}",
	  .script = { LOSES, LISTS("{}"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1",
	  .new_key = true },
	{ .name = "what was there before is not it",
	  .keys = true,
	  .before = NEW_PAPER,
	  .script = { LOSES, LISTS(NEW_PAPER), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1" },
	{ .name = "what was there before and was replaced is it",
	  .before = "{\"papers\":[{\"id\":\"n1\",\"type\":\"SELFIE\","
		    "\"version\":\"1\"}]}",
	  .script = { LOSES,
		      LISTS("{\"papers\":[{\"id\":\"n1\","
			    "\"type\":\"SELFIE\",\"version\":\"2\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2,
	  .provider_id = "n1" },
	{ .name = "another type is not it",
	  .before = "{}",
	  .script = { LOSES,
		      LISTS("{\"papers\":[{\"id\":\"n1\","
			    "\"type\":\"PROOF\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1",
	  .new_key = true },
	{ .name = "two that could be it",
	  .keys = true,
	  .before = "{}",
	  .script = { LOSES,
		      LISTS("{\"papers\":[{\"id\":\"n1\",\"type\":\"SELFIE\"},"
			    "{\"id\":\"n2\",\"type\":\"SELFIE\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "one of which nobody says what it is",
	  .before = "{}",
	  .script = { LOSES, LISTS("{\"papers\":[{\"id\":\"n1\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "papers are not listed, but a key is remembered",
	  .keys = true,
	  .before = "{\"unlisted\":1}",
	  .script = { LOSES, LISTS("{\"unlisted\":1}"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1" },
	{ .name = "papers are not listed, and no key is remembered",
	  .before = "{\"unlisted\":1}",
	  .script = { LOSES, LISTS("{\"unlisted\":1}"), ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "never read before, and one that is old",
	  .script = { LOSES,
		      LISTS("{\"papers\":[{\"id\":\"n1\",\"type\":\"SELFIE\","
			    "\"made\":1000}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1",
	  .new_key = true },
	{ .name = "never read before, and one that is new",
	  .script = { LOSES,
		      LISTS("{\"papers\":[{\"id\":\"n1\",\"type\":\"SELFIE\","
			    "\"made\":9000000000000}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2,
	  .provider_id = "n1" },
	{ .name = "never read before, and one without a date",
	  .script = { LOSES, LISTS(NEW_PAPER), ANSWERS("204") },
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "a failure over there after it was taken",
	  .keys = true,
	  .before = "{}",
	  .script = { ANSWERS("503"), LISTS(NEW_PAPER), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2,
	  .provider_id = "n1" },
	{ .name = "a failure over there that the key holds",
	  .keys = true,
	  .before = "{}",
	  .script = { ANSWERS("503"), LISTS("{}"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .provider_id = "p-1",
	  .new_key = true },
	{ .name = "too many calls: nothing to ask about",
	  .keys = true,
	  .before = "{}",
	  .script = { ANSWERS("429"), ANSWERS("204"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 2,
	  .provider_id = "p-1" },
};

/* A customer of whom nothing is known but what BEFORE says. */
static int64_t open_case(struct bench *bench, const char *before)
{
	int64_t case_id = 0;

	if (before)
		return asker_customer(&bench->desk, before);
	OK(case_open(bench->desk.store, &bench->desk.profile, "c1", &case_id,
		     &err));
	return case_id;
}

static int64_t queue_selfie(struct bench *bench, const char *before)
{
	return asker_submit(&bench->desk, open_case(bench, before), "SELFIE",
			    DOC_SIDE_NONE, "a face", NULL);
}

static void assert_keys(struct bench *bench, size_t a, size_t b, bool differ)
{
	char *first = bench_key(bench, a);
	char *second = bench_key(bench, b);

	assert_int_equal(strcmp(first, second) != 0, differ);
	if (!differ)
		assert_string_equal(wire_server_seen(bench->server, a)->body,
				    wire_server_seen(bench->server, b)->body);
	free(first);
	free(second);
}

static void test_inquiry_decides(void **state)
{
	const struct inquiring *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	asker_make(&provider, true, row->keys);
	bench_open(&bench, &provider, row->script, 3);
	id = queue_selfie(&bench, row->before);
	while (!wire_server_requests(bench.server) || xfer_active(bench.xfer))
		bench_turn(&bench);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	if (row->provider_id)
		assert_string_equal(sub.provider_id, row->provider_id);
	else
		assert_null(sub.provider_id);
	if (row->requests == 3)
		assert_keys(&bench, 0, 2, row->new_key);
	if (sub.state == CASE_UNSURE)
		assert_true(sub.next_ms == INT64_MAX);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* A selfie whose answer was lost. */
static int64_t lose(struct bench *bench, struct provider *provider, bool keys,
		    wire_script *scripts, size_t count)
{
	int64_t id;

	asker_make(provider, true, keys);
	bench_open(bench, provider, scripts, count);
	id = queue_selfie(bench, "{}");
	bench_drive_to(bench, id, CASE_UNSURE);
	return id;
}

/* Too early, it says nothing that it is not there: asked again, it is. */
static void test_inquiry_asks_again_when_early(void **state)
{
	static wire_script scripts[] = { LOSES, LISTS("{}"), LISTS(NEW_PAPER) };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	id = lose(&bench, &provider, true, scripts, 3);
	bench_age(&bench, 8500);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 3);
	bench_close(&bench);
}

/* It waits before it asks, and nothing of the case goes meanwhile. */
static void test_inquiry_holds_the_case(void **state)
{
	static wire_script scripts[] = {
		LOSES,
		{ DO_HEAD, DO_GATE,
		  DO_SAY("HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" NEW_PAPER) },
		ANSWERS("204")
	};
	struct provider provider;
	struct bench bench;
	int64_t case_id;
	int64_t proof;
	int64_t id;

	(void)state;
	asker_make(&provider, true, true);
	bench_open(&bench, &provider, scripts, 3);
	case_id = open_case(&bench, "{}");
	id = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			  "a face", NULL);
	while (wire_server_requests(bench.server) < 2)
		bench_turn(&bench);
	proof = asker_submit(&bench.desk, case_id, "PROOF", DOC_SIDE_NONE,
			     "a proof", NULL);
	for (int i = 0; i < 3; i++)
		bench_turn(&bench);
	assert_int_equal(desk_state(&bench.desk, proof), CASE_QUEUED);
	wire_server_open(bench.server);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(desk_state(&bench.desk, proof), CASE_ACCEPTED);
	bench_close(&bench);
}

static void test_inquiry_gives_up_asking(void **state)
{
	static wire_script scripts[] = { LOSES, ANSWERS("400"),
					 LISTS(NEW_PAPER) };
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	id = lose(&bench, &provider, false, scripts, 3);
	desk_sql(&bench.desk, "UPDATE submissions SET tries = 6");
	bench_age(&bench, 11000);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_UNSURE);
	assert_string_equal(sub.code, "not_asked");
	assert_non_null(strstr(sub.message, "not now"));
	case_submission_release(&sub);
	assert_int_equal(wire_server_requests(bench.server), 2);
	OK(outbox_retry(bench.outbox, id, &err));
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 3);
	bench_close(&bench);
}

static void test_inquiry_stops_when_denied(void **state)
{
	static wire_script scripts[] = { LOSES, ANSWERS("401"),
					 LISTS(NEW_PAPER) };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	id = lose(&bench, &provider, true, scripts, 3);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	assert_non_null(outbox_stopped(bench.outbox));
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	outbox_go_on(bench.outbox);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	bench_close(&bench);
}

/* What another submission of ours made is not this one. */
static void test_inquiry_counts_its_own(void **state)
{
	static wire_script scripts[] = {
		ANSWERS("204"), LOSES,
		LISTS("{\"papers\":[{\"id\":\"p-1\",\"type\":\"SELFIE\"}]}"),
		ANSWERS("204")
	};
	struct provider provider;
	struct bench bench;
	int64_t first;
	int64_t second;
	int64_t case_id;

	(void)state;
	asker_make(&provider, true, true);
	bench_open(&bench, &provider, scripts, 4);
	case_id = open_case(&bench, "{}");
	first = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			     "a face", NULL);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, first), CASE_ACCEPTED);
	second = asker_submit(&bench.desk, case_id, "SELFIE", DOC_SIDE_NONE,
			      "another face", NULL);
	bench_drive_to(&bench, second, CASE_UNSURE);
	bench_age(&bench, 11000);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, second), CASE_ACCEPTED);
	assert_int_equal(wire_server_requests(bench.server), 4);
	bench_close(&bench);
}

static void test_inquiry_survives_kill(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_BODY, DO_HOLD },
					 LISTS(NEW_PAPER) };
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	asker_make(&provider, true, true);
	bench_open(&bench, &provider, scripts, 2);
	id = queue_selfie(&bench, "{}");
	bench_kill_sending(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, CASE_ACCEPTED);
	assert_string_equal(sub.provider_id, "n1");
	assert_int_equal(sub.attempts, 1);
	assert_int_equal(wire_server_requests(bench.server), 2);
	case_submission_release(&sub);
	bench_close(&bench);
}

/* Leaving while it is asked is no verdict. */
static void test_inquiry_is_left(void **state)
{
	static wire_script scripts[] = { LOSES,
					 { DO_HEAD, DO_HOLD },
					 LISTS(NEW_PAPER) };
	struct provider provider;
	struct bench bench;
	int64_t id;

	(void)state;
	id = lose(&bench, &provider, true, scripts, 3);
	bench_age(&bench, 11000);
	while (wire_server_requests(bench.server) < 2)
		bench_turn(&bench);
	bench_stop(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_UNSURE);
	bench_start(&bench);
	bench_drive(&bench);
	assert_int_equal(desk_state(&bench.desk, id), CASE_ACCEPTED);
	bench_close(&bench);
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };
	struct provider provider;

	if (argc == 4 && strcmp(argv[1], "send") == 0) {
		asker_make(&provider, true, true);
		return bench_child(&provider, argv[2], argv[3]);
	}
	TEST_ROWS(&tests, test_inquiry_decides, inquirings);
	test_add(&tests, "asks again when early",
		 test_inquiry_asks_again_when_early);
	test_add(&tests, "holds the case", test_inquiry_holds_the_case);
	test_add(&tests, "gives up asking", test_inquiry_gives_up_asking);
	test_add(&tests, "stops when denied", test_inquiry_stops_when_denied);
	test_add(&tests, "counts its own", test_inquiry_counts_its_own);
	test_add(&tests, "survives kill", test_inquiry_survives_kill);
	test_add(&tests, "is left", test_inquiry_is_left);
	return test_run(&tests, "cases/inquiry");
}
