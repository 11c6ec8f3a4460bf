/* SPDX-License-Identifier: MIT */
/* Countries: found by whatever an operator types. */
#include "tests/test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "forms/country.h"
#include "forms/text.h"

static const struct finding_row {
	const char *name;
	const char *text;
	const char *alpha3; /* NULL: none */
} findings[] = {
	{ "alpha-3", "BRA", "BRA" },
	{ "alpha-3, small", "bra", "BRA" },
	{ "alpha-2", "br", "BRA" },
	{ "English name", "Brazil", "BRA" },
	{ "English name, loud", "  BRAZIL ", "BRA" },
	{ "accents", "Côte d'Ivoire", "CIV" },
	{ "no accents, curly apostrophe", "Cote d’Ivoire", "CIV" },
	{ "common name", "South Korea", "KOR" },
	{ "formal name", "Korea, Republic of", "KOR" },
	{ "formal name, common one shown", "Bolivia, Plurinational State of",
	  "BOL" },
	{ "code before name", "ch", "CHE" },
	{ "beginning only", "Braz", NULL },
	{ "two names", "Brazil\nBrazil", NULL },
	{ "unknown code", "XXX", NULL },
	{ "nothing", "", NULL },
	{ "blanks", "   ", NULL },
	{ "broken", "\xFF\xFE", NULL },
};

static void test_country_find(void **state)
{
	const struct finding_row *row = *state;
	const struct country *country = country_find(row->text);

	if (row->alpha3) {
		assert_non_null(country);
		assert_string_equal(country->alpha3, row->alpha3);
	} else {
		assert_null(country);
	}
}

static const struct searching {
	const char *name;
	const char *text;
	const char *first; /* alpha-3 codes, joined by blanks */
} searchings[] = {
	{ "nothing typed: all, sorted", "", "AFG ALA ALB" },
	{ "accents are not needed", "sao", "STP" },
	{ "accents do not hurt", "SÃO", "STP" },
	{ "code before names", "br", "BRA" },
	{ "three letters", "deu", "DEU" },
	{ "names before words before insides", "ira", "IRN IRQ" },
	{ "a word inside", "leone", "SLE" },
	{ "inside a word", "ngapor", "SGP" },
	{ "a word behind a hyphen", "bissau", "GNB" },
	{ "the formal name", "plurinational", "BOL" },
	{ "nowhere", "zzz", "" },
};

static void test_country_search(void **state)
{
	const struct searching *row = *state;
	const struct country *list[300];
	size_t count = country_search(row->text, list, 300);
	char codes[64] = "";
	size_t wanted = (strlen(row->first) + 1) / 4;

	assert_true(count >= wanted);
	if (!wanted)
		assert_int_equal(count, 0);
	for (size_t i = 0; i < wanted; i++) {
		memcpy(codes + 4 * i, list[i]->alpha3, 3);
		codes[4 * i + 3] = i + 1 < wanted ? ' ' : '\0';
	}
	assert_string_equal(codes, row->first);
}

static void test_country_search_keeps_to_its_room(void **state)
{
	const struct country *list[2] = { NULL, NULL };

	(void)state;
	assert_int_equal(country_search("", list, 1), 1);
	assert_null(list[1]);
	assert_int_equal(country_search("", list, 0), 0);
}

static void test_country_list_is_sorted_and_whole(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(country_load(&err), 0);
	assert_true(country_count() >= 240);
	assert_null(country_at(country_count()));
	for (size_t i = 0; i < country_count(); i++) {
		const struct country *country = country_at(i);

		assert_int_equal(strlen(country->alpha2), 2);
		assert_int_equal(strlen(country->alpha3), 3);
		assert_ptr_equal(country_find(country->alpha2), country);
		assert_ptr_equal(country_find(country->alpha3), country);
		assert_ptr_equal(country_find(country->name), country);
		assert_ptr_equal(country_find(country->english), country);
		if (i)
			assert_true(strcmp(country_at(i - 1)->folded,
					   country->folded) < 0);
	}
}

/* The C library may lack the locale, or a package the translations. */
static void test_country_in_the_operators_language(void **state)
{
	const struct country *list[3];
	bool translated = false;

	country_unload();
	assert_int_equal(country_count(), 0);
	setenv("LANGUAGE", "pt_BR", 1);
	if (!setlocale(LC_ALL, "pt_BR.UTF-8"))
		setlocale(LC_ALL, "C.UTF-8");
	assert_non_null(country_find("BRA"));
	translated = strcmp(country_find("BRA")->name, "Brasil") == 0;
	if (translated) {
		assert_string_equal(country_find("brasil")->alpha3, "BRA");
		assert_string_equal(country_find("Brazil")->alpha3, "BRA");
		assert_string_equal(country_find("coreia do sul")->alpha3,
				    "KOR");
		assert_string_equal(country_find("KOR")->english,
				    "South Korea");
		assert_true(country_search("alem", list, 3) >= 1);
		assert_string_equal(list[0]->alpha3, "DEU");
		test_country_list_is_sorted_and_whole(state);
	}
	country_unload();
	setlocale(LC_ALL, "C");
	unsetenv("LANGUAGE");
	if (!translated)
		skip();
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	TEST_ROWS(&tests, test_country_find, findings);
	TEST_ROWS(&tests, test_country_search, searchings);
	test_add(&tests, "country_search keeps to its room",
		 test_country_search_keeps_to_its_room);
	test_add(&tests, "country list is sorted and whole",
		 test_country_list_is_sorted_and_whole);
	test_add(&tests, "country in the operator's language",
		 test_country_in_the_operators_language);
	failed = test_run(&tests, "forms/country");
	country_unload();
	return failed;
}
