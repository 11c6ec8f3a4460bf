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

static void note(struct desk *desk, const char *id, const char *name,
		 const char *tax_id)
{
	struct prov_customer one = { .stage = PROV_STAGE_NOT_STARTED };

	one.id = mem_dup(id);
	one.name = mem_dup(name);
	one.tax_id = mem_dup(tax_id);
	OK(case_customers_put(desk->store, &desk->profile, &one, 1, &err));
	prov_customer_release(&one);
}

static size_t count_matching(struct desk *desk, const char *text)
{
	struct case_customer_list list = { 0 };
	size_t matching;

	OK(case_customers_search(desk->store, &desk->profile, text, 0, 5, &list,
				 &err));
	matching = list.matching;
	assert_false(list.more);
	case_customer_list_release(&list);
	return matching;
}

#define UUID "5eed0000-0000-4000-8000-00000000ab01"

static const struct folding_row {
	const char *label;
	const char *name;
	const char *text;
	bool found;
} folding_rows[] = {
	{ "a tilde", "São José", "sao", true },
	{ "a tilde typed", "Sao Jose", "são", true },
	{ "a tilde of its own", "Sa\xcc\x83o", "são", true },
	{ "a cedilla", "Conceição", "CONCEICAO", true },
	{ "a cedilla typed", "Conceicao", "conceição", true },
	{ "an ñ", "Peña", "pena", true },
	{ "a sharp s", "Straße", "strasse", true },
	{ "a sharp s typed", "Strasse", "straße", true },
	{ "strokes", "Łukasz Sørensen", "lukasz soren", true },
	{ "full width", "Ｔａｒｏ", "taro", true },
	{ "full width typed", "Taro", "ｔａｒｏ", true },
	{ "an apostrophe", "Ana D'Ávila", "d'avila", true },
	{ "one wide letter", "李伟", "李", true },
	{ "wide letters within", "上海貿易公司", "貿易公", true },
	{ "two letters within are not enough", "Maria", "ri", false },
	{ "three are", "Maria", "ria", true },
	{ "a word in the middle", "Maria da Silva Souza", "silv", true },
	{ "every word in any order", "Maria da Silva", "silv d mar", true },
	{ "but every one", "Maria da Silva", "silv joao", false },
	{ "across words is nothing", "Maria Silva", "riasil", false },
	{ "a mark that turns the line", "\xe2\x80\xaeMaria", "maria", true },
	{ "a letter without width", "Ma\xe2\x80\x8bria", "maria", true },
	{ "a control character", "\x1b[2JMaria", "maria", true },
	{ "no text at all", "\xff\xfe", "maria", false },
	{ "stops", "Padaria S.A.", "s.a.", true },
	{ "an id without hyphens", "X", "5eed00000000400080000000", true },
	{ "an id in capitals", "X", "5EED0000-0000-4000-8000-00000000AB",
	  true },
	{ "a whole id, blanks around", "X", " " UUID " ", true },
	{ "an id cut elsewhere", "X", "5eed-0000", true },
	{ "an id's middle is nothing", "X", "4000-8000", false },
};

static void test_folding(void **state)
{
	const struct folding_row *row = *state;
	struct desk desk;

	desk_open(&desk);
	note(&desk, UUID, row->name, NULL);
	assert_int_equal(count_matching(&desk, row->text), row->found);
	desk_close(&desk);
}

/* What is longer than anything sensible is kept, and found by its words. */
static void test_search_hostile_names(void **state)
{
	struct buf name = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	for (size_t i = 0; i < 64 * 1024 / 8; i++)
		buf_addf(&name, "w%06zu ", i);
	note(&desk, "long", buf_text(&name), NULL);
	buf_release(&name);
	buf_add_text(&name, "Mari");
	for (size_t i = 0; i < 300; i++)
		buf_add_text(&name, "\xcc\x81");
	buf_add_text(&name, "a");
	note(&desk, "marks", buf_text(&name), NULL);
	buf_release(&name);
	assert_int_equal(count_matching(&desk, "w000000 w008191"), 1);
	assert_int_equal(count_matching(&desk, "maria"), 1);
	for (size_t i = 0; i < 64 * 1024; i++)
		buf_add_char(&name, "\"(^)m "[i % 6]);
	assert_int_equal(count_matching(&desk, buf_text(&name)), 1);
	buf_release(&name);
	desk_close(&desk);
}

/* A list that does not repeat a tax id leaves it. */
static void test_tax_id_stays(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note(&desk, "a", "Maria", "123.456.789-09");
	note(&desk, "a", "Maria Souza", NULL);
	assert_int_equal(count_matching(&desk, "123.456.789-09"), 1);
	assert_int_equal(count_matching(&desk, "souza 123456"), 1);
	note(&desk, "a", "Maria Souza", "98765432100");
	assert_int_equal(count_matching(&desk, "123456789"), 0);
	assert_int_equal(count_matching(&desk, "987.654.321-00"), 1);
	desk_close(&desk);
}

#define MARIAS 300

/* More than are sorted: names that begin so by the alphabet, others as they
 * came, one of each kind before them that was worked on, and first of all work
 * that waits. */
static void note_many(struct desk *desk)
{
	static const char *const touched[] = { "other-7", "maria-200" };
	int64_t number;

	OK(case_store_begin(desk->store, &err));
	for (int i = 0; i < MARIAS; i++) {
		char id[32], name[64];

		snprintf(id, sizeof(id), "maria-%d", i);
		snprintf(name, sizeof(name), "Maria %03d", MARIAS - i);
		note(desk, id, name, NULL);
		snprintf(id, sizeof(id), "other-%d", i);
		snprintf(name, sizeof(name), "Ana Maria %03d", MARIAS - i);
		note(desk, id, name, NULL);
	}
	for (size_t i = 0; i < 2; i++) {
		OK(case_open(desk->store, &desk->profile, touched[i], &number,
			     &err));
		OK(case_answer_put(desk->store, number, "desk_person", "city",
				   "x", &err));
	}
	OK(case_open(desk->store, &desk->profile, "other-100", &number, &err));
	desk_document(desk, number, "SELFIE", DOC_SIDE_NONE, "face");
	OK(case_store_commit(desk->store, &err));
}

static void test_search_many(void **state)
{
	static const struct {
		size_t at;
		const char *id;
	} wanted[] = {
		{ 0, "other-100" },
		{ 1, "maria-200" },
		{ 2, "maria-299" },
		{ 3, "maria-298" },
		{ MARIAS, "maria-0" },
		{ MARIAS + 1, "other-7" },
		{ MARIAS + 2, "other-0" },
		{ MARIAS + 3, "other-1" },
		{ 2 * MARIAS - 1, "other-299" },
	};
	struct case_customer_list all = { 0 };
	struct case_customer_list page = { 0 };
	struct desk desk;
	size_t place = 0;

	(void)state;
	desk_open(&desk);
	note_many(&desk);
	OK(case_customers_search(desk.store, &desk.profile, "mar", 0, 1000,
				 &all, &err));
	assert_int_equal(all.count, 2 * MARIAS);
	assert_int_equal(all.matching, 2 * MARIAS);
	assert_false(all.more);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		assert_string_equal(all.list[wanted[i].at].id, wanted[i].id);
		assert_int_equal(case_customers_place(desk.store, &desk.profile,
						      "mar", wanted[i].id,
						      &place,
						      &(struct err){ 0 }),
				 1);
		assert_int_equal(place, wanted[i].at);
	}
	/* Pages, and a glance, have the same rows in the same places. */
	for (size_t i = 0; i < 2 * MARIAS; i += 70) {
		OK(case_customers_search(desk.store, &desk.profile, "mar", i,
					 70, &page, &err));
		assert_int_equal(page.matching, 2 * MARIAS);
		for (size_t k = 0; k < page.count; k++)
			assert_string_equal(page.list[k].id,
					    all.list[i + k].id);
		case_customer_list_release(&page);
	}
	OK(case_customers_glance(desk.store, &desk.profile, "mar", 0, 20, &page,
				 &err));
	assert_int_equal(page.count, 20);
	assert_true(page.more);
	for (size_t i = 0; i < page.count; i++)
		assert_string_equal(page.list[i].id, all.list[i].id);
	case_customer_list_release(&page);
	case_customer_list_release(&all);
	desk_close(&desk);
}

/* All of them, from either end. */
static void test_search_all_pages(void **state)
{
	struct case_customer_list all = { 0 };
	struct case_customer_list page = { 0 };
	struct desk desk;
	size_t place = 0;

	(void)state;
	desk_open(&desk);
	note_many(&desk);
	OK(case_customers_search(desk.store, &desk.profile, "", 0, 1000, &all,
				 &err));
	assert_int_equal(all.count, 2 * MARIAS);
	for (size_t i = 0; i < all.count; i += 47) {
		OK(case_customers_search(desk.store, &desk.profile, "", i, 50,
					 &page, &err));
		for (size_t k = 0; k < page.count; k++)
			assert_string_equal(page.list[k].id,
					    all.list[i + k].id);
		case_customer_list_release(&page);
		assert_int_equal(case_customers_place(desk.store, &desk.profile,
						      "", all.list[i].id,
						      &place,
						      &(struct err){ 0 }),
				 1);
		assert_int_equal(place, i);
	}
	assert_int_equal(case_customers_place(desk.store, &desk.profile, "",
					      "nobody", &place,
					      &(struct err){ 0 }),
			 0);
	case_customer_list_release(&all);
	desk_close(&desk);
}

static void test_listed(void **state)
{
	struct prov_profile other;
	struct desk desk;
	int64_t ended = 0;
	int64_t listed = -1;

	(void)state;
	desk_open(&desk);
	OK(case_customers_listed(desk.store, &desk.profile, &listed, &err));
	assert_int_equal(listed, 0);
	OK(case_customers_list_ended(desk.store, &desk.profile, &ended, &err));
	assert_true(ended > 0);
	desk_reopen(&desk);
	OK(case_customers_listed(desk.store, &desk.profile, &listed, &err));
	assert_int_equal(listed, ended);
	other = desk.profile;
	other.name = (char[]){ "another" };
	OK(case_customers_listed(desk.store, &other, &listed, &err));
	assert_int_equal(listed, 0);
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
	TEST_ROWS(&tests, test_folding, folding_rows);
	test_add(&tests, "search hostile names", test_search_hostile_names);
	test_add(&tests, "tax id stays", test_tax_id_stays);
	test_add(&tests, "search many", test_search_many);
	test_add(&tests, "search all pages", test_search_all_pages);
	test_add(&tests, "listed", test_listed);
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
