/* SPDX-License-Identifier: MIT */
/* Brazilian tax numbers. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "forms/tax_id.h"

static const struct number_row {
	const char *name;
	const char *text;
	bool cpf, cnpj;
} number_rows[] = {
	{ "CPF", "11144477735", true, false },
	{ "CPF with zeros in front and as check digit", "02465676008", true,
	  false },
	{ "another CPF", "52998224725", true, false },
	{ "CPF, first check digit wrong", "11144477725", false, false },
	{ "CPF, last check digit wrong", "11144477736", false, false },
	{ "CPF, two digits swapped", "11144747735", false, false },
	{ "CPF of one digit", "11111111111", false, false },
	{ "CPF of zeros", "00000000000", false, false },
	{ "CPF, one digit short", "1114447773", false, false },
	{ "CPF, one digit long", "111444777350", false, false },
	{ "CPF as people write it", "111.444.777-35", false, false },
	{ "CPF with a letter", "1114447773A", false, false },
	{ "CNPJ", "11222333000181", false, true },
	{ "CNPJ, first check digit wrong", "11222333000191", false, false },
	{ "CNPJ, last check digit wrong", "11222333000182", false, false },
	{ "CNPJ of zeros", "00000000000000", false, false },
	{ "CNPJ, one digit short", "1122233300018", false, false },
	{ "CNPJ with letters", "12ABC34501DE35", false, true },
	{ "CNPJ with letters, wrong", "12ABC34501DE36", false, false },
	{ "CNPJ with small letters", "12abc34501de35", false, false },
	{ "CNPJ with a letter as check digit", "12ABC34501DEA5", false, false },
	{ "CNPJ with an accent",
	  "12\xc3\x87"
	  "C34501DE35",
	  false, false },
	{ "nothing", "", false, false },
	{ "none", NULL, false, false },
};

static void test_tax_id_is_what_its_check_digits_say(void **state)
{
	const struct number_row *row = *state;

	assert_int_equal(tax_id_is_cpf(row->text), row->cpf);
	assert_int_equal(tax_id_is_cnpj(row->text), row->cnpj);
}

static const struct plain_row {
	const char *name;
	const char *typed;
	const char *plain;
} plain_rows[] = {
	{ "CPF", "111.444.777-35", "11144477735" },
	{ "CNPJ", "11.222.333/0001-81", "11222333000181" },
	{ "letters", "12.abc.345/01de-35", "12ABC34501DE35" },
	{ "blanks", " 111 444 777 35 ", "11144477735" },
	{ "something else stays", "111,444", "111,444" },
	{ "nothing", "", "" },
};

static void test_tax_id_is_read_as_people_write_it(void **state)
{
	const struct plain_row *row = *state;
	char *plain = tax_id_plain(row->typed);

	assert_string_equal(plain, row->plain);
	free(plain);
}

#define BOTH (FORM_CPF | FORM_CNPJ)

/* What was typed into a field, as it is kept and as it is shown again. */
static const struct field_row {
	const char *name;
	unsigned flags;
	const char *typed;
	const char *kept;
	const char *shown;
	const char *words; /* that the complaint has in it; NULL: it is right */
} field_rows[] = {
	{ "CPF", FORM_CPF, " 111.444.777-35\n", "11144477735", "111.444.777-35",
	  NULL },
	{ "CNPJ", FORM_CNPJ, "11.222.333/0001-81", "11222333000181",
	  "11.222.333/0001-81", NULL },
	{ "letters", FORM_CNPJ, "12abc34501de35", "12ABC34501DE35",
	  "12.ABC.345/01DE-35", NULL },
	{ "either, a CPF", BOTH, "11144477735", "11144477735", "111.444.777-35",
	  NULL },
	{ "either, a CNPJ", BOTH, "12.ABC.345/01DE-35", "12ABC34501DE35",
	  "12.ABC.345/01DE-35", NULL },
	{ "a CPF's digits", FORM_CPF, "111.444.777-36", "11144477736",
	  "11144477736", "check digits" },
	{ "a CPF too short", FORM_CPF, "111.444.777-3", "1114447773",
	  "1114447773", "11 digits" },
	{ "a company's for a person", FORM_CPF, "11222333000181",
	  "11222333000181", "11.222.333/0001-81", "company's" },
	{ "a person's for a company", FORM_CNPJ, "11144477735", "11144477735",
	  "111.444.777-35", "person's" },
	{ "a CNPJ's digits", FORM_CNPJ, "11222333000182", "11222333000182",
	  "11222333000182", "check digits" },
	{ "a CNPJ too long", FORM_CNPJ, "112223330001811", "112223330001811",
	  "112223330001811", "14 digits or letters" },
	{ "no letters yet", BOTH | FORM_NUMERIC, "12ABC34501DE35",
	  "12ABC34501DE35", "12.ABC.345/01DE-35", "of digits" },
	{ "neither", BOTH, "1", "1", "1", "neither" },
	{ "no number at all stays as it was typed", FORM_CPF, "me, myself",
	  "me, myself", "me, myself", "11 digits" },
};

static void test_tax_id_field(void **state)
{
	const struct field_row *row = *state;
	const struct form_field field = {
		.key = "id",
		.kind = FORM_TAX_ID,
		.flags = row->flags,
		.label = "Id",
	};
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	char *kept = form_field_parse(&field, row->typed);
	char *shown = form_field_show(&field, kept);

	assert_string_equal(kept, row->kept);
	assert_string_equal(shown, row->shown);
	form_answer_set(answers, "id", kept);
	form_check_field(&field, answers, &findings);
	assert_int_equal(findings.count, row->words != NULL);
	if (row->words)
		assert_non_null(strstr(findings.list[0].text, row->words));
	findings_release(&findings);
	form_answers_free(answers);
	free(kept);
	free(shown);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_tax_id_is_what_its_check_digits_say,
		  number_rows);
	TEST_ROWS(&tests, test_tax_id_is_read_as_people_write_it, plain_rows);
	TEST_ROWS(&tests, test_tax_id_field, field_rows);
	return test_run(&tests, "forms/tax_id");
}
