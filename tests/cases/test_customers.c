/* SPDX-License-Identifier: MIT */
/* Customers seen: noting, finding, order. */
#include "cases/customers.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cases/desk.h"

static const struct {
	const char *id, *name, *tax_id;
} people[] = {
	{ "aaaa-1", "Maria Souza", "123.456.789-09" },
	{ "bbbb-2", "Mário Rossi", "987.654.321-00" },
	{ "cccc-3", "Marlin Pescados Ltda", "11.222.333/0001-81" },
	{ "dddd-4", "José \"Zé\" Núñez", NULL },
	{ "eeee-5", "Ümit Straße", NULL },
	{ "ffff-6", "Li Wu", NULL },
};

#define PEOPLE (sizeof(people) / sizeof(*people))

static void note_people(struct desk *desk)
{
	struct prov_customer list[PEOPLE] = { 0 };

	for (size_t i = 0; i < PEOPLE; i++) {
		list[i].id = mem_dup(people[i].id);
		list[i].name = mem_dup(people[i].name);
		list[i].tax_id = mem_dup(people[i].tax_id);
		list[i].stage = PROV_STAGE_NOT_STARTED;
	}
	OK(case_customers_put(desk->store, &desk->profile, list, PEOPLE, &err));
	for (size_t i = 0; i < PEOPLE; i++)
		prov_customer_release(&list[i]);
}

static const struct finding_row {
	const char *name;
	const char *text;
	const char *found; /* ids, in order, by their first letter */
} findings_rows[] = {
	{ "nothing typed, by name", "", "dfabce" },
	{ "one letter, the start of a word", "m", "abc" },
	{ "two letters", "ma", "abc" },
	{ "a word's start", "mar", "abc" },
	{ "accents do not matter", "mário", "b" },
	{ "nor does their absence", "jose nunez", "d" },
	{ "case does not matter", "MARLIN", "c" },
	{ "two words, any order", "souza maria", "a" },
	{ "within a word", "scad", "c" },
	{ "short words", "li w", "f" },
	{ "a short word is a start only", "i", "" },
	{ "a tax id as it is written", "123.456.789-09", "a" },
	{ "a tax id without marks", "12345678909", "a" },
	{ "a part of a tax id", "654.321", "b" },
	{ "a company's tax id", "11.222.333/0001", "c" },
	{ "a pasted id", "cccc-3", "c" },
	{ "the start of an id", "ee", "e" },
	{ "blanks around", "  rossi ", "b" },
	{ "quotes are no syntax", "\"z\"", "d" },
	{ "nor are operators", "maria OR rossi", "" },
	{ "nor stars", "mar*", "" },
	{ "nothing like it", "xyzzy", "" },
};

static void test_search(void **state)
{
	const struct finding_row *row = *state;
	struct case_customer_list list = { 0 };
	char found[PEOPLE + 1] = "";
	struct desk desk;

	desk_open(&desk);
	note_people(&desk);
	OK(case_customers_search(desk.store, &desk.profile, row->text, 0, 50,
				 &list, &err));
	for (size_t i = 0; i < list.count; i++)
		found[i] = list.list[i].id[0];
	/* Without work they are in the order of their folded names. */
	if (!*row->text) {
		assert_int_equal(list.count, PEOPLE);
		assert_int_equal(found[0], 'd');
	} else {
		assert_string_equal(found, row->found);
	}
	assert_int_equal(list.matching, list.count);
	assert_int_equal(list.total, PEOPLE);
	case_customer_list_release(&list);
	desk_close(&desk);
}

static void test_search_pages(void **state)
{
	struct case_customer_list list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note_people(&desk);
	OK(case_customers_search(desk.store, &desk.profile, "mar", 1, 1, &list,
				 &err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.matching, 3);
	assert_string_equal(list.list[0].id, "bbbb-2");
	case_customer_list_release(&list);
	desk_close(&desk);
}

static void test_search_keeps_profiles_apart(void **state)
{
	struct case_customer_list list = { 0 };
	struct prov_profile other;
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note_people(&desk);
	other = desk.profile;
	other.name = mem_dup("another");
	OK(case_customers_search(desk.store, &other, "mar", 0, 50, &list,
				 &err));
	assert_int_equal(list.matching, 0);
	assert_int_equal(list.total, 0);
	case_customer_list_release(&list);
	free(other.name);
	desk_close(&desk);
}

/* Unsent and rejected work first, then what was touched last. */
static void test_search_order(void **state)
{
	struct case_customer_list list = { 0 };
	struct desk desk;
	int64_t li;
	int64_t umit;

	(void)state;
	desk_open(&desk);
	note_people(&desk);
	OK(case_open(desk.store, &desk.profile, "eeee-5", &umit, &err));
	OK(case_answer_put(desk.store, umit, "desk_person", "city", "x", &err));
	OK(case_open(desk.store, &desk.profile, "ffff-6", &li, &err));
	desk_document(&desk, li, "SELFIE", DOC_SIDE_NONE, "face");
	OK(case_customers_search(desk.store, &desk.profile, "", 0, 50, &list,
				 &err));
	assert_string_equal(list.list[0].id, "ffff-6");
	assert_int_equal(list.list[0].unsent, 1);
	assert_string_equal(list.list[1].id, "eeee-5");
	assert_true(list.list[1].touched_ms > 0);
	assert_int_equal(list.list[2].touched_ms, 0);
	case_customer_list_release(&list);
	desk_close(&desk);
}

/* Whoever types how a name begins means that one. */
static void test_search_names_that_begin_so_first(void **state)
{
	static const char *const rows[][2] = {
		{ "1", "Três Marias Sociedade" },
		{ "2", "Maria Souza" },
	};
	struct case_customer_list list = { 0 };
	struct desk desk;
	int64_t other;

	(void)state;
	desk_open(&desk);
	for (size_t i = 0; i < 2; i++) {
		struct prov_customer page = { 0 };

		page.id = mem_dup(rows[i][0]);
		page.name = mem_dup(rows[i][1]);
		OK(case_customers_put(desk.store, &desk.profile, &page, 1,
				      &err));
		prov_customer_release(&page);
	}
	OK(case_open(desk.store, &desk.profile, "1", &other, &err));
	OK(case_answer_put(desk.store, other, "desk_person", "city", "x",
			   &err));
	OK(case_customers_search(desk.store, &desk.profile, "", 0, 50, &list,
				 &err));
	assert_string_equal(list.list[0].id, "1"); /* touched last */
	case_customer_list_release(&list);
	OK(case_customers_search(desk.store, &desk.profile, "maria s", 0, 50,
				 &list, &err));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.list[0].id, "2");
	case_customer_list_release(&list);
	desk_close(&desk);
}

/* What a list says of a customer that nobody has opened is work as well, and
 * is none any more when it says something else. */
static void test_search_order_unread(void **state)
{
	static const struct {
		enum prov_stage stage;
		unsigned rejected;
	} said[] = {
		{ PROV_STAGE_ACTION_NEEDED, 1 },
		{ PROV_STAGE_ACTION_NEEDED, 1 },
		{ PROV_STAGE_IN_REVIEW, 0 },
		{ PROV_STAGE_ACTION_NEEDED, 1 },
		{ PROV_STAGE_APPROVED, 0 },
	};
	struct case_customer_list list = { 0 };
	struct prov_customer page = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note_people(&desk);
	page.id = mem_dup("eeee-5");
	page.name = mem_dup("Zoe");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		page.stage = said[i].stage;
		OK(case_customers_put(desk.store, &desk.profile, &page, 1,
				      &err));
		OK(case_customers_search(desk.store, &desk.profile, "eeee", 0,
					 1, &list, &err));
		assert_int_equal(list.list[0].rejected, said[i].rejected);
		case_customer_list_release(&list);
		OK(case_customers_search(desk.store, &desk.profile, "", 0, 1,
					 &list, &err));
		assert_int_equal(strcmp(list.list[0].id, "eeee-5") == 0,
				 said[i].rejected);
		case_customer_list_release(&list);
	}
	prov_customer_release(&page);
	desk_close(&desk);
}

static void test_renamed_is_found_by_the_new_name(void **state)
{
	struct case_customer_list list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note_people(&desk);
	desk_customer(&desk, "aaaa-1", "Ana Lima");
	OK(case_customers_search(desk.store, &desk.profile, "souza", 0, 5,
				 &list, &err));
	assert_int_equal(list.matching, 0);
	case_customer_list_release(&list);
	OK(case_customers_search(desk.store, &desk.profile, "lima", 0, 5, &list,
				 &err));
	assert_int_equal(list.matching, 1);
	assert_int_equal(list.list[0].missing, 3);
	assert_int_equal(list.total, PEOPLE);
	case_customer_list_release(&list);
	desk_close(&desk);
}

static void test_load(void **state)
{
	struct prov_customer customer = { 0 };
	struct prov_customer page = { 0 };
	struct desk desk;
	struct err err = { 0 };
	int64_t seen_ms = 0;

	(void)state;
	desk_open(&desk);
	assert_int_equal(case_customer_load(desk.store, &desk.profile, "c1",
					    &customer, &seen_ms, &err),
			 0);
	desk_customer(&desk, "c1", "Maria");
	page.id = mem_dup("c1");
	page.name = mem_dup("Maria Nova");
	page.stage = PROV_STAGE_IN_REVIEW;
	assert_int_equal(
		case_customers_put(desk.store, &desk.profile, &page, 1, &err),
		0);
	assert_int_equal(case_customer_load(desk.store, &desk.profile, "c1",
					    &customer, &seen_ms, &err),
			 1);
	assert_string_equal(customer.name, "Maria Nova");
	assert_int_equal(customer.stage, PROV_STAGE_IN_REVIEW);
	assert_int_equal(customer.requirement_count, 5);
	assert_true(seen_ms > 0);
	prov_customer_release(&page);
	prov_customer_release(&customer);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_search, findings_rows);
	test_add(&tests, "search pages", test_search_pages);
	test_add(&tests, "search keeps profiles apart",
		 test_search_keeps_profiles_apart);
	test_add(&tests, "search order", test_search_order);
	test_add(&tests, "search names that begin so first",
		 test_search_names_that_begin_so_first);
	test_add(&tests, "search order, unread", test_search_order_unread);
	test_add(&tests, "renamed is found by the new name",
		 test_renamed_is_found_by_the_new_name);
	test_add(&tests, "load", test_load);
	return test_run(&tests, "cases/customers");
}
