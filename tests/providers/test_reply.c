/* SPDX-License-Identifier: MIT */
/* What all readers make of an error: its fields, and who gave it. */
#include "providers/reply.h"

#include <string.h>

#include "tests/test.h"

static const struct form_field fields[] = {
	{ .key = "cpf", .kind = FORM_TEXT, .label = "CPF" },
	{ .key = "address.city", .kind = FORM_TEXT, .label = "City" },
	{ .key = NULL },
};

static const struct form_schema schema = {
	.name = "person",
	.title = "Person",
	.fields = fields,
};

static const struct prov_status_rule rules[] = {
	{ 400, 499, PROV_REFUSED, true, 0, "turned down" },
	{ 0, 0, PROV_UNSURE, false, 0, "not expected" },
};

static const struct failing {
	const char *name;
	const char *body;
	size_t count;
	const char *field, *text; /* of the first */
	bool foreign;
} failings[] = {
	{ .name = "one field in the list",
	  .body = "{\"errors\":[{\"param\":\"cpf\",\"detail\":\"bad\"}]}",
	  .count = 1,
	  .field = "cpf",
	  .text = "bad" },
	{ .name = "one field at the top",
	  .body = "{\"param\":\"cpf\",\"detail\":\"bad\"}",
	  .count = 1,
	  .field = "cpf",
	  .text = "bad" },
	{ .name = "the same field at the top and in the list",
	  .body = "{\"param\":\"cpf\",\"detail\":\"something is wrong\","
		  "\"errors\":[{\"param\":\"cpf\",\"detail\":\"bad\"}]}",
	  .count = 1,
	  .field = "cpf",
	  .text = "bad" },
	{ .name = "another field at the top",
	  .body = "{\"param\":\"address.city\",\"detail\":\"missing\","
		  "\"errors\":[{\"param\":\"cpf\",\"detail\":\"bad\"}]}",
	  .count = 2,
	  .field = "cpf",
	  .text = "bad" },
	{ .name = "two things about one field, in one list",
	  .body = "{\"errors\":[{\"param\":\"cpf\",\"detail\":\"short\"},"
		  "{\"param\":\"cpf\",\"detail\":\"not digits\"}]}",
	  .count = 2,
	  .field = "cpf",
	  .text = "short" },
	{ .name = "a list below and words about the same above",
	  .body = "{\"message\":[\"cpf is bad\"],\"_embedded\":{\"errors\":"
		  "[{\"path\":\"/cpf\",\"message\":\"too short\"}]}}",
	  .count = 1,
	  .field = "cpf",
	  .text = "too short" },
	{ .name = "a page in between",
	  .body = "<html>blocked</html>",
	  .foreign = true },
	{ .name = "nothing", .body = "" },
};

static void test_reply_fails(void **state)
{
	const struct failing *row = *state;
	const struct prov_reply reply = { .end = PROV_END_ANSWER,
					  .status = 422,
					  .sent_whole = true,
					  .body = row->body,
					  .len = strlen(row->body) };
	struct prov_result result = { 0 };

	prov_reply_fail(&reply, "Acme", rules, 0, &schema, NULL, &result);
	assert_int_equal(result.outcome, PROV_REFUSED);
	assert_int_equal(result.foreign, row->foreign);
	assert_int_equal(result.problems.count, row->count);
	if (row->count) {
		assert_string_equal(result.problems.list[0].field, row->field);
		assert_string_equal(result.problems.list[0].text, row->text);
	}
	prov_result_release(&result);
}

static const struct later {
	const char *name;
	const char *retry_after, *date;
	int64_t want;
} laters[] = {
	{ "seconds", "120", NULL, 120000 },
	{ "a date by our clock", "Sat, 01 Jan 2000 00:01:00 GMT", NULL, 60000 },
	{ "a date that has passed", "Fri, 31 Dec 1999 23:00:00 GMT", NULL, 0 },
	/* Whatever our clock says. */
	{ "a date by theirs", "Thu, 01 Jan 1998 00:01:00 GMT",
	  "Thu, 01 Jan 1998 00:00:30 GMT", 30000 },
	{ "a date by theirs, far ahead", "Mon, 01 Jan 2035 00:01:00 GMT",
	  "Mon, 01 Jan 2035 00:00:00 GMT", 60000 },
	{ "a date, and theirs cannot be read", "Sat, 01 Jan 2000 00:01:00 GMT",
	  "yesterday", 60000 },
	{ "absurd", "99999999999999999999", NULL, 86400000 },
	{ "neither", "soon", NULL, -1 },
	{ "nothing", NULL, NULL, -1 },
};

static void test_reply_retry_after(void **state)
{
	const struct later *row = *state;
	char after[] = "Retry-After";
	char date[] = "Date";
	struct prov_header headers[] = {
		{ after, (char *)(uintptr_t)row->retry_after },
		{ date, (char *)(uintptr_t)row->date },
	};
	struct prov_reply reply = { .headers = headers };

	if (row->retry_after)
		reply.header_count = row->date ? 2 : 1;
	/* 2000-01-01 00:00:00. */
	assert_int_equal(prov_reply_retry_after(&reply, 946684800000),
			 row->want);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_reply_fails, failings);
	TEST_ROWS(&tests, test_reply_retry_after, laters);
	return test_run(&tests, "providers/reply");
}
