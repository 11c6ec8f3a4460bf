/* SPDX-License-Identifier: MIT */
/* Brazilian tax numbers. */
#include "forms/tax_id.h"

#include <string.h>

#include "forms/buf.h"

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
