/* SPDX-License-Identifier: MIT */
/* Whom "-P" means: an id, a name, or so much of one that only one has it. */
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"
#include "tui/commands/command.h"

static struct prov_party parties[] = {
	{ .id = (char[]){ "p1" }, .name = (char[]){ "Ana Lima Souza" } },
	{ .id = (char[]){ "p2" }, .name = (char[]){ "Ana Lima" } },
	{ .id = (char[]){ "p3" }, .name = (char[]){ "Jo\xc3\xa3o Souza" } },
	{ .id = (char[]){ "p4" }, .name = (char[]){ "p1" } },
	{ .id = (char[]){ "p5" } },
};

static const struct sought {
	const char *name;
	const char *said;
	const char *party; /* NULL: nobody */
	const char *code;  /* of the finding */
} sought[] = {
	{ "an id", "p3", "p3", NULL },
	{ "an id that is another's name", "p1", "p1", NULL },
	{ "a name within another", "Ana Lima", "p2", NULL },
	{ "a name in other letters", "ANA  L\xc3\x8dMA", "p2", NULL },
	{ "a part that one has", "joao", "p3", NULL },
	{ "a part that two have", "Souza", NULL, "party_ambiguous" },
	{ "nobody", "Maria", NULL, "party_unknown" },
	{ "nothing", "", NULL, "party_unknown" },
};

static void test_find_party(void **state)
{
	const struct sought *row = *state;
	struct prov_customer customer = {
		.id = (char[]){ "c1" },
		.parties = parties,
		.party_count = sizeof(parties) / sizeof(*parties),
	};
	struct findings findings = { 0 };
	const char *party = NULL;

	tui_find_party(&customer, row->said, &party, &findings);
	assert_int_equal(findings.count, row->code ? 1 : 0);
	if (row->code)
		assert_string_equal(findings.list[0].code, row->code);
	if (row->party)
		assert_string_equal(party, row->party);
	else
		assert_null(party);
	findings_release(&findings);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_find_party, sought);
	return test_run(&tests, "tui/party");
}
