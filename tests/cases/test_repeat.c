/* SPDX-License-Identifier: MIT */
/* What is repeated, and under which key, where keys are remembered and the
 * provider is asked only when its own failure leaves a doubt. */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/cases/asker.h"
#include "tests/cases/bench.h"

#define PAGE                                                      \
	{                                                         \
		DO_HEAD, DO_BODY,                                 \
			DO_SAY("HTTP/1.1 400 X\r\nContent-Type: " \
			       "text/html\r\nConnection: close"   \
			       "\r\n\r\n<html>blocked</html>")    \
	}

static const struct repeating {
	const char *name;
	const char *before; /* what was known */
	struct wire_step script[4][WIRE_STEPS];
	bool later; /* the question comes when all has had time to show */
	enum case_state state;
	const char *code;
	unsigned requests;
	bool new_key; /* the last request had another key than the first */
} repeatings[] = {
	{ .name = "failed after it was taken",
	  .before = "{\"unlisted\":1}",
	  .script = { ANSWERS("500"),
		      LISTS("{\"unlisted\":1,"
			    "\"selfie\":\"sent\"}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2 },
	{ .name = "failed before it was taken",
	  .before = "{\"unlisted\":1}",
	  .script = { ANSWERS("500"), LISTS("{\"unlisted\":1}"),
		      ANSWERS("204") },
	  .later = true,
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .new_key = true },
	{ .name = "failed, and nobody speaks of it",
	  .before = "{\"unlisted\":1,\"selfie\":\"unlisted\"}",
	  .script = { ANSWERS("500"),
		      LISTS("{\"unlisted\":1,"
			    "\"selfie\":\"unlisted\"}"),
		      ANSWERS("204") },
	  .later = true,
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "failed, the old rejection still stands",
	  .before = "{\"unlisted\":1,\"selfie\":\"rejected\"}",
	  .script = { ANSWERS("500"),
		      LISTS("{\"unlisted\":1,"
			    "\"selfie\":\"rejected\"}"),
		      ANSWERS("204") },
	  .later = true,
	  .state = CASE_UNSURE,
	  .code = "undecided",
	  .requests = 2 },
	{ .name = "failed, the rejection is of what was there before",
	  .before = "{\"unlisted\":1,\"selfie\":\"rejected\",\"papers\":"
		    "[{\"type\":\"SELFIE\",\"version\":\"1\"}]}",
	  .script = { ANSWERS("500"),
		      LISTS("{\"unlisted\":1,\"selfie\":\"rejected\","
			    "\"papers\":[{\"type\":\"SELFIE\","
			    "\"version\":\"1\"}]}"),
		      ANSWERS("204") },
	  .later = true,
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3,
	  .new_key = true },
	{ .name = "failed, and rejected as soon as it was there",
	  .before = "{\"unlisted\":1,\"selfie\":\"rejected\",\"papers\":"
		    "[{\"type\":\"SELFIE\",\"version\":\"1\"}]}",
	  .script = { ANSWERS("500"),
		      LISTS("{\"unlisted\":1,\"selfie\":\"rejected\","
			    "\"papers\":[{\"type\":\"SELFIE\","
			    "\"version\":\"2\"}]}"),
		      ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "found",
	  .requests = 2 },
	{ .name = "lost, then failed: the key is kept",
	  .before = "{\"unlisted\":1}",
	  .script = { LOSES, ANSWERS("500"), ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3 },
	{ .name = "lost, then a page in between says no",
	  .before = "{\"unlisted\":1}",
	  .script = { LOSES, PAGE, ANSWERS("204") },
	  .state = CASE_ACCEPTED,
	  .code = "http_204",
	  .requests = 3 },
	{ .name = "a page in between says no",
	  .before = "{\"unlisted\":1}",
	  .script = { PAGE, ANSWERS("204") },
	  .state = CASE_REFUSED,
	  .code = "http_400",
	  .requests = 1 },
};

static void assert_keys(struct bench *bench, size_t last, bool differ)
{
	char *first = bench_key(bench, 0);
	char *other = bench_key(bench, last);

	assert_int_equal(strcmp(first, other) != 0, differ);
	if (!differ)
		assert_string_equal(
			wire_server_seen(bench->server, 0)->body,
			wire_server_seen(bench->server, last)->body);
	free(first);
	free(other);
}

static void test_repeat_is_decided(void **state)
{
	const struct repeating *row = *state;
	struct case_submission sub = { 0 };
	struct provider provider;
	struct bench bench;
	int64_t id;

	asker_make(&provider, false, true);
	bench_open(&bench, &provider, row->script, 4);
	id = asker_submit(&bench.desk, asker_customer(&bench.desk, row->before),
			  "SELFIE", DOC_SIDE_NONE, "a face", NULL);
	while (!wire_server_requests(bench.server) || xfer_active(bench.xfer))
		bench_turn(&bench);
	if (row->later)
		bench_age(&bench, 11000);
	bench_drive(&bench);
	sub = desk_read(&bench.desk, id);
	assert_int_equal(sub.state, row->state);
	assert_string_equal(sub.code, row->code);
	assert_int_equal(wire_server_requests(bench.server), row->requests);
	if (sub.state == CASE_ACCEPTED && strcmp(row->code, "found"))
		assert_keys(&bench, row->requests - 1, row->new_key);
	case_submission_release(&sub);
	bench_close(&bench);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_repeat_is_decided, repeatings);
	return test_run(&tests, "cases/outbox, what is repeated");
}
