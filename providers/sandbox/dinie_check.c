/* SPDX-License-Identifier: MIT */
/*
 * Dinie: what may be in a body.
 * https://dinie.nexaedge.dev/apis/openapi/customers/createcustomer.md
 */
#include "providers/sandbox/dinie.h"

#include <ctype.h>

#include "forms/mem.h"

#define TEXT_MOST 255

void dinie_digits(const char *text, char out[16])
{
	size_t used = 0;

	for (; *text && used < 15; text++)
		if (isdigit((unsigned char)*text))
			out[used++] = *text;
	out[used] = '\0';
}

/* The check digit after COUNT digits, weighed from the right with 2 to MOST
 * and from 2 again. */
static char check_digit(const char *digits, size_t count, unsigned most)
{
	unsigned sum = 0, weight = 2;

	while (count--) {
		sum += (unsigned)(digits[count] - '0') * weight;
		weight = weight == most ? 2 : weight + 1;
	}
	sum = sum * 10 % 11;
	return (char)('0' + (sum == 10 ? 0 : sum));
}

/* Only digits and the usual marks between them, COUNT digits in all, the last
 * two right, and not one digit all along. */
static bool number_valid(const char *text, size_t count, unsigned most)
{
	char digits[16];

	if (text[strspn(text, "0123456789.-/")])
		return false;
	dinie_digits(text, digits);
	if (strlen(digits) != count ||
	    strspn(digits, (const char[]){ digits[0], '\0' }) == count)
		return false;
	return check_digit(digits, count - 2, most) == digits[count - 2] &&
	       check_digit(digits, count - 1, most) == digits[count - 1];
}

bool dinie_cpf_valid(const char *text)
{
	return number_valid(text, 11, 11);
}

bool dinie_cnpj_valid(const char *text)
{
	return number_valid(text, 14, 9);
}

void dinie_cpf_make(unsigned number, char out[15])
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%09u", number % 1000000000);
	digits[9] = check_digit(digits, 9, 11);
	digits[10] = check_digit(digits, 10, 11);
	snprintf(out, 15, "%.3s.%.3s.%.3s-%.2s", digits, digits + 3, digits + 6,
		 digits + 9);
}

void dinie_cnpj_make(unsigned number, char out[19])
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%08u0001", number % 100000000);
	digits[12] = check_digit(digits, 12, 9);
	digits[13] = check_digit(digits, 13, 9);
	snprintf(out, 19, "%.2s.%.3s.%.3s/%.4s-%.2s", digits, digits + 2,
		 digits + 5, digits + 8, digits + 12);
}

static bool phone_valid(const char *text)
{
	size_t len = strlen(text);

	return *text == '+' && len >= 8 && len <= 16 &&
	       strspn(text + 1, "0123456789") == len - 1;
}

static bool email_valid(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at != text && strchr(at, '.') && !strchr(at + 1, '@') &&
	       !strpbrk(text, " \t\r\n");
}

static bool text_any(const char *text)
{
	return text[strspn(text, " ")];
}

static const struct field {
	const char *name;
	bool (*valid)(const char *text);
	const char *code;
	const char *detail;
	bool corrected; /* may be in a PATCH */
	bool null;
} fields[] = {
	{ "cpf", dinie_cpf_valid, "invalid_cpf", "cpf is not valid", false,
	  false },
	{ "cnpj", dinie_cnpj_valid, "invalid_cnpj", "cnpj is not valid", true,
	  true },
	{ "name", text_any, "invalid_format", "name must be a text", true,
	  false },
	{ "email", email_valid, "invalid_format",
	  "email must be an e-mail address", true, false },
	{ "phone", phone_valid, "invalid_format",
	  "phone must be E.164, like +5511999999999", true, false },
	{ "trading_name", text_any, "invalid_format",
	  "trading_name must be a text", true, true },
	{ "external_id", text_any, "invalid_format",
	  "external_id must be a text", false, true },
};

static void add(json_t *list, const char *param, const char *detail,
		const char *code)
{
	json_array_append_new(list, json_pack("{ss ss ss}", "param", param,
					      "detail", detail, "code", code));
}

/* Member KEY of a body; one that may not be there is a field as well. */
static void check(json_t *list, const char *key, const json_t *value,
		  bool correction)
{
	size_t i = 0, count = sizeof(fields) / sizeof(fields[0]);
	const char *text = json_string_value(value);

	while (i < count && strcmp(fields[i].name, key))
		i++;
	if (i == count)
		add(list, key, "this field is not known", "invalid_format");
	else if (correction && !fields[i].corrected)
		add(list, key, "this field cannot be changed",
		    "invalid_format");
	else if (json_is_null(value) && fields[i].null && !correction)
		;
	else if (!text || strlen(text) > TEXT_MOST || !fields[i].valid(text))
		add(list, key, fields[i].detail, fields[i].code);
}

static json_t *check_all(const json_t *body, bool correction)
{
	json_t *list = json_array(), *value;
	const char *key;

	json_object_foreach((json_t *)(uintptr_t)body, key, value)
		check(list, key, value, correction);
	return list;
}

json_t *dinie_check_customer(const json_t *body)
{
	json_t *list = check_all(body, false);

	if (!json_object_get(body, "cpf"))
		add(list, "cpf", "cpf is needed", "missing_required_field");
	return list;
}

json_t *dinie_check_correction(const json_t *body)
{
	return check_all(body, true);
}
