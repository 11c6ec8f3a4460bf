/* SPDX-License-Identifier: MIT */
/* Brazilian tax numbers, and the kind of field that they are. */
#include "forms/tax_id.h"

#include <string.h>

#include "forms/buf.h"
#include "forms/i18n.h"
#include "forms/kinds.h"
#include "forms/mem.h"

#define CPF_LENGTH  11
#define CNPJ_LENGTH 14

/* A digit or a capital counts as its place in ASCII after '0': a rule made so
 * that the old numbers stay right. -1: it is neither. */
static int value_of(char c)
{
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
		return c - '0';
	return -1;
}

char *tax_id_plain(const char *text)
{
	struct buf out = { 0 };

	for (; *text; text++) {
		if (strchr(" .-/", *text))
			continue;
		if (*text >= 'a' && *text <= 'z')
			buf_add_char(&out, (char)(*text - 'a' + 'A'));
		else
			buf_add_char(&out, *text);
	}
	return buf_take(&out);
}

static bool is_one_character(const char *text)
{
	return text[strspn(text, (const char[]){ text[0], '\0' })] == '\0';
}

/* Modulo 11 over the first COUNT; weights grow from 2 at the right, and begin
 * anew after WEIGHT_MOST. */
static int check_digit(const char *text, size_t count, int weight_most)
{
	int weight = 2;
	int sum = 0;

	for (size_t i = count; i-- > 0;) {
		sum += value_of(text[i]) * weight;
		weight = weight == weight_most ? 2 : weight + 1;
	}
	return sum % 11 < 2 ? 0 : 11 - sum % 11;
}

static bool checks(const char *text, size_t length, int weight_most)
{
	return value_of(text[length - 2]) ==
		       check_digit(text, length - 2, weight_most) &&
	       value_of(text[length - 1]) ==
		       check_digit(text, length - 1, weight_most);
}

bool tax_id_is_cpf(const char *text)
{
	return text && strlen(text) == CPF_LENGTH &&
	       strspn(text, "0123456789") == CPF_LENGTH &&
	       !is_one_character(text) && checks(text, CPF_LENGTH, 11);
}

bool tax_id_is_cnpj(const char *text)
{
	if (!text || strlen(text) != CNPJ_LENGTH || is_one_character(text))
		return false;
	for (size_t i = 0; i < CNPJ_LENGTH; i++)
		if (value_of(text[i]) < 0)
			return false;
	return strspn(text + CNPJ_LENGTH - 2, "0123456789") == 2 &&
	       checks(text, CNPJ_LENGTH, 9);
}

/* Without its marks, if it is made of what a number is made of. */
char *form_tax_id_parse(const struct form_field *field, const char *typed)
{
	char *plain = tax_id_plain(typed);

	(void)field;
	for (const char *at = plain; *at; at++)
		if (value_of(*at) < 0) {
			mem_free_private(plain);
			return NULL;
		}
	return plain;
}

static bool is_taken(const struct form_field *field, const char *plain)
{
	if ((field->flags & FORM_NUMERIC) && plain[strspn(plain, "0123456789")])
		return false;
	return ((field->flags & FORM_CPF) && tax_id_is_cpf(plain)) ||
	       ((field->flags & FORM_CNPJ) && tax_id_is_cnpj(plain));
}

static const char *check_cpf(const char *plain, struct buf *words)
{
	if (tax_id_is_cnpj(plain))
		buf_add_text(words, _("is a company's (CNPJ); a person has "
				      "a CPF"));
	else if (strlen(plain) != CPF_LENGTH)
		buf_add_text(words, _("not a CPF, which has 11 digits"));
	else
		buf_add_text(words, _("not a CPF: its check digits do not "
				      "fit"));
	return "not_a_cpf";
}

static const char *check_cnpj(const char *plain, struct buf *words)
{
	if (tax_id_is_cpf(plain))
		buf_add_text(words, _("is a person's (CPF); a company has "
				      "a CNPJ"));
	else if (strlen(plain) != CNPJ_LENGTH)
		buf_add_text(words, _("not a CNPJ, which has 14 digits or "
				      "letters"));
	else
		buf_add_text(words, _("not a CNPJ: its check digits do not "
				      "fit"));
	return "not_a_cnpj";
}

static const char *check_both(const struct form_field *field, const char *plain,
			      struct buf *words)
{
	bool digits = !plain[strspn(plain, "0123456789")];

	buf_add_text(words,
		     digits || !(field->flags & FORM_NUMERIC)
			     ? _("neither a CPF nor a CNPJ: the check digits "
				 "do not fit")
			     : _("neither a CPF nor a CNPJ, which are of "
				 "digits"));
	return "not_a_tax_id";
}

const char *form_tax_id_check(const struct form_field *field,
			      const char *answer, struct buf *words)
{
	char *plain = tax_id_plain(answer);
	const char *code = NULL;

	if (is_taken(field, plain))
		code = NULL;
	else if (!(field->flags & FORM_CNPJ))
		code = check_cpf(plain, words);
	else if (!(field->flags & FORM_CPF))
		code = check_cnpj(plain, words);
	else
		code = check_both(field, plain, words);
	mem_free_private(plain);
	return code;
}

/* 111.444.777-35 and 12.ABC.345/01DE-35. */
char *form_tax_id_show(const struct form_field *field, const char *answer)
{
	char *plain = tax_id_plain(answer);
	char *shown = NULL;

	(void)field;
	if (tax_id_is_cpf(plain))
		shown = mem_printf("%.3s.%.3s.%.3s-%s", plain, plain + 3,
				   plain + 6, plain + 9);
	else if (tax_id_is_cnpj(plain))
		shown = mem_printf("%.2s.%.3s.%.3s/%.4s-%s", plain, plain + 2,
				   plain + 5, plain + 8, plain + 12);
	mem_free_private(plain);
	return shown;
}
