/* SPDX-License-Identifier: MIT */
/* Long lists of customers, page by page, at each provider: everybody once, and
 * a word when a list cannot be whole. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/walk.h"
#include "tests/test.h"
#include "tests/wire_server.h"

#define WANTED 1000

static struct practice practice;

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

/* What is told of each line: the ids and names of all, none twice. */
static json_t *named_once(const char *text)
{
	json_t *names = json_object();

	while (*text) {
		size_t len = strcspn(text, "\n");
		json_t *line = json_loadb(text, len, 0, NULL);
		const char *id = json_string_value(json_object_get(line, "id"));

		if (!id || json_object_get(names, id))
			fail_msg("no id, or a second time: '%.*s'", (int)len,
				 text);
		json_object_set(names, id, json_object_get(line, "name"));
		json_decref(line);
		text += len + (text[len] != '\0');
	}
	return names;
}

static const struct provider_row {
	const char *name;
	size_t seeded; /* as the practice server begins */
} provider_rows[] = {
	{ "lumx", 40 },
	{ "dinie", 24 },
	{ "dwolla", 60 },
	{ "zro", 38 },
};

/* The same in each way to ask; and found by name as well. */
static void test_everybody_once(void **state)
{
	const struct provider_row *row = *state;
	char *options = mem_printf("--customers %zu", WANTED - row->seeded);
	struct practice_run run = { 0 };
	json_t *names = NULL, *name = NULL;
	const char *id = NULL;

	practice_start_for(&practice, row->name, options);
	for (size_t i = 0; i < 2; i++) {
		run = KYC(&practice, "customers", "--json");
		assert_int_equal(run.status, 0);
		assert_string_equal(run.err, "");
		json_decref(names);
		names = named_once(run.out);
		assert_int_equal(json_object_size(names), WANTED);
		practice_run_release(&run);
	}
	run = KYC(&practice, "customers");
	assert_int_equal(run.status, 0);
	assert_int_equal(walk_lines(run.out), WANTED);
	json_object_foreach(names, id, name)
	{
		assert_true(*json_string_value(name));
		if (!strstr(run.out, id) ||
		    !strstr(run.out, json_string_value(name)))
			fail_msg("nobody names '%s'", id);
	}
	practice_run_release(&run);
	json_decref(names);
	free(options);
}

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define HAL \
	"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.dwolla.v1.hal+json\r\n"
#define LAST "Connection: close\r\n\r\n"

#define TOKEN                                                              \
	{                                                                  \
		DO_HEAD, DO_BODY,                                          \
			DO_SAY(OK LAST "{\"access_token\":\"aaaa.bbbb."    \
				       "cccc\",\"token_type\":\"bearer\"," \
				       "\"expires_in\":3600}")             \
	}
#define SAY(head, body)                         \
	{                                       \
		DO_HEAD, DO_SAY(head LAST body) \
	}
#define LUMX                                                                 \
	SAY(OK, "{\"data\":[{\"id\":\"5eed0000-0000-4000-8000-"              \
		"000000000001\",\"type\":\"INDIVIDUAL\",\"name\":\"Ana\"}]," \
		"\"nextCursor\":\"5d2f7c1e-7a33-4b1b-9d7a-0d6c2f8e4b11\"}")
#define DINIE                                                     \
	SAY(OK, "{\"data\":[{\"id\":\"cust_1\",\"name\":\"Ana\"," \
		"\"status\":\"active\",\"kyc\":[]}],\"has_more\":true}")
#define DWOLLA                                                       \
	SAY(HAL, "{\"_links\":{\"next\":{\"href\":\"https://"        \
		 "api-sandbox.dwolla.com/customers?limit=200&"       \
		 "offset=200\"}},\"_embedded\":{\"customers\":[{"    \
		 "\"id\":\"5eed0000-0000-4000-8000-000000000001\","  \
		 "\"firstName\":\"Ana\",\"lastName\":\"Exemplo\","   \
		 "\"type\":\"personal\",\"status\":\"verified\"}]}," \
		 "\"total\":400}")
#define ZRO                                                                 \
	SAY(OK, "{\"page\":1,\"page_size\":1,\"page_total\":9,\"total\":9," \
		"\"data\":[{\"id\":\"5eed0000-0000-4000-8000-"              \
		"000000000001\",\"full_name\":\"Ana\",\"state\":"           \
		"\"active\",\"person_type\":\"NATURAL_PERSON\"}]}")

/* A server that does not look at what page was asked for. */
static const struct stuck_row {
	const char *name;
	wire_script scripts[4];
} stuck_rows[] = {
	{ "lumx", { LUMX, LUMX, LUMX, LUMX } },
	{ "dinie", { TOKEN, DINIE, DINIE, DINIE } },
	{ "dwolla", { TOKEN, DWOLLA, DWOLLA, DWOLLA } },
	{ "zro", { TOKEN, ZRO, ZRO, ZRO } },
};

static void test_same_page_again(void **state)
{
	const struct stuck_row *row = *state;
	struct wire_server *server = NULL;
	struct practice_run run = { 0 };
	json_t *names = NULL;

	practice_start_for(&practice, row->name, "");
	server = wire_server_new(row->scripts, 4);
	run = KYC(&practice, "customers", "--json", "--endpoint",
		  wire_server_endpoint(server));
	if (run.status != 4 || !strstr(run.err, "the same page came twice"))
		fail_msg("%d '%s' '%s'", run.status, run.out, run.err);
	/* What came is kept, and shown for what it is. */
	names = named_once(run.out);
	assert_int_equal(json_object_size(names), 1);
	assert_in_range(wire_server_requests(server), 2, 4);
	json_decref(names);
	practice_run_release(&run);
	wire_server_free(server);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_everybody_once, provider_rows);
	TEST_ROWS(&tests, test_same_page_again, stuck_rows);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	return test_run(&tests, "end_to_end/lists");
}
