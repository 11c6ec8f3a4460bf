/* SPDX-License-Identifier: MIT */
/* Kinds that are made of digits: numbers, amounts, phones, dates. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unictype.h>
#include <unistr.h>

#include "forms/buf.h"
#include "forms/i18n.h"
#include "forms/kinds.h"
#include "forms/mem.h"

#define TYPED_MAX   64 /* characters; no number or date is longer */
#define TYPED_BYTES (TYPED_MAX * 4)

/* People type dashes, quotes and blanks of many shapes; each becomes one. */
static char plain(ucs4_t c)
{
	int digit = uc_decimal_value(c);

	if (digit >= 0)
		return (char)('0' + digit);
	if (uc_is_property_white_space(c))
		return ' ';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	if (c == 0x2019 || c == 0x2018)
		return '\'';
	if (c == 0xff0b)
		return '+';
	return c > 0x20 && c < 0x7f ? (char)c : '\0';
}

/* Copied from an address book, a number comes wrapped in these. */
static bool is_direction_mark(ucs4_t c)
{
	return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* TYPED in ASCII, in OUT of TYPED_MAX + 1 bytes; -1 when it has letters that
 * no number has, or is too long. */
static int to_ascii(char *out, const char *typed)
{
	const uint8_t *at = (const uint8_t *)typed;
	size_t used = 0;

	while (*at) {
		ucs4_t c = 0;
		int len = u8_strmbtouc(&c, at);

		if (len <= 0 || used == TYPED_MAX)
			return -1;
		at += len;
		if (is_direction_mark(c))
			continue;
		out[used] = plain(c);
		if (!out[used++])
			return -1;
	}
	out[used] = '\0';
	return 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

/* TYPED without the characters of DROPPED; NULL when more than digits is left.
 * FIRST, if not NUL, may stand at the beginning. */
static char *only_digits(const char *typed, const char *dropped, char first)
{
	char text[TYPED_MAX + 1];
	struct buf out = { 0 };

	if (to_ascii(text, typed))
		return NULL;
	for (const char *at = text; *at; at++) {
		if (strchr(dropped, *at))
			continue;
		if (!is_digit(*at) && (*at != first || out.len)) {
			buf_release(&out);
			return NULL;
		}
		buf_add_char(&out, *at);
	}
	return buf_take(&out);
}

char *form_number_parse(const struct form_field *field, const char *typed)
{
	bool identifier = field->min && field->min == field->max;

	return only_digits(typed, identifier ? " ()-./" : " ", '\0');
}

const char *form_number_check(const struct form_field *field,
			      const char *answer, struct buf *words)
{
	(void)field;
	if (answer[digits_at(answer)] == '\0')
		return NULL;
	buf_add_text(words, _("not a number, write digits only"));
	return "not_a_number";
}

/* Copy the whole part [text, end) to OUT without its grouping, which must be
 * marks of one kind between groups of three. */
static int add_whole(struct buf *out, const char *text, const char *end)
{
	size_t first = digits_at(text);
	char mark = text[first];

	buf_add(out, text, first);
	text += first;
	if (first == 0 || (text < end && (first > 3 || !strchr(" '.,", mark))))
		return -1;
	for (; text < end; text += 4) {
		if (*text != mark || digits_at(text + 1) != 3)
			return -1;
		buf_add(out, text + 1, 3);
	}
	return 0;
}

/*
 * The decimal mark of TEXT, or its end. NULL: it cannot be told, as in 1.234,
 * which half of the world reads as a thousand times what the other half does.
 */
static const char *decimal_mark(const char *text)
{
	const char *point = strrchr(text, '.');
	const char *comma = strrchr(text, ',');
	const char *mark = point ? point : comma;

	if (!mark)
		return text + strlen(text);
	if (point && comma)
		return point > comma ? point : comma;
	if (strchr(text, *mark) != mark) /* several: they group */
		return text + strlen(text);
	return digits_at(mark + 1) == 3 ? NULL : mark;
}

/* Drop zeros that say nothing: 0050 is 50, 0.50 stays. */
static char *without_leading_zeros(struct buf *out)
{
	const char *text = buf_text(out);
	char *result = NULL;

	while (text[0] == '0' && is_digit(text[1]))
		text++;
	result = mem_dup(text);
	buf_release(out);
	return result;
}

char *form_money_parse(const struct form_field *field, const char *typed)
{
	char text[TYPED_MAX + 1];
	const char *mark = NULL;
	struct buf out = { 0 };
	size_t cents = 0;

	(void)field;
	if (to_ascii(text, typed))
		return NULL;
	mark = decimal_mark(text);
	if (!mark || add_whole(&out, text, mark))
		goto not_understood;
	if (*mark) {
		cents = digits_at(mark + 1);
		if (cents < 1 || cents > 2 || mark[1 + cents] ||
		    memchr(text, *mark, (size_t)(mark - text)))
			goto not_understood;
		buf_add_char(&out, '.');
		buf_add(&out, mark + 1, cents);
	}
	return without_leading_zeros(&out);

not_understood:
	buf_release(&out);
	return NULL;
}

const char *form_money_check(const struct form_field *field, const char *answer,
			     struct buf *words)
{
	size_t whole = digits_at(answer);
	const char *rest = answer + whole;
	size_t after = *rest ? digits_at(rest + 1) : 0;

	(void)field;
	if (whole && !*rest)
		return NULL;
	if (whole && *rest == '.' && after >= 1 && after <= 2 &&
	    !rest[1 + after])
		return NULL;
	if (whole && strchr(".,", *rest) && after == 3 && !rest[4])
		buf_add_text(words, _("can be read in two ways, write it like "
				      "1234 or 1234.50"));
	else
		buf_add_text(words, _("not an amount, write digits like 1234 "
				      "or 1234.50, without a currency"));
	return "not_an_amount";
}

/* TYPED without the (0) of +44 (0) 20 …, which is dialled at home only. */
static char *without_trunk_zero(const char *typed)
{
	const char *zero = strstr(typed, "(0)");
	bool abroad = typed[0] == '+' || strncmp(typed, "00", 2) == 0;

	if (!zero || !abroad)
		return mem_dup(typed);
	return mem_printf("%.*s%s", (int)(zero - typed), typed, zero + 3);
}

char *form_phone_parse(const struct form_field *field, const char *typed)
{
	char *dialled = NULL;
	char *text = NULL;
	char *international = NULL;

	(void)field;
	if (strlen(typed) > TYPED_BYTES)
		return NULL;
	dialled = without_trunk_zero(typed);
	text = only_digits(dialled, " ()-./", '+');
	mem_free_private(dialled);
	if (!text || strncmp(text, "00", 2) != 0)
		return text;
	international = mem_printf("+%s", text + 2);
	mem_free_private(text);
	return international;
}

/* ITU-T E.164: at most 15 digits, and no country code starts with 0. */
const char *form_phone_check(const struct form_field *field, const char *answer,
			     struct buf *words)
{
	size_t digits = answer[0] == '+' ? digits_at(answer + 1) : 0;

	(void)field;
	if (digits >= 8 && digits <= 15 && !answer[1 + digits] &&
	    answer[1] != '0')
		return NULL;
	buf_add_text(words, _("not an international number, for example "
			      "+5511999999999"));
	return "not_a_phone";
}

/* The number of COUNT digits at TEXT. */
static unsigned number_of(const char *text, size_t count)
{
	unsigned number = 0;

	for (size_t i = 0; i < count; i++)
		number = number * 10 + (unsigned)(text[i] - '0');
	return number;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
					      31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1000 || month < 1 || month > 12)
		return false;
	if (month == 2 && day == 29)
		return leap;
	return day >= 1 && day <= days[month - 1];
}

/* Year first, or last; one or two digits for days and months. */
static char *date_of(const char *typed, bool month_first)
{
	char text[TYPED_MAX + 1];
	const char *part[3] = { NULL };
	size_t len[3] = { 0 };
	unsigned number[3] = { 0 };
	size_t year = 0, month = 0, day = 0;

	if (to_ascii(text, typed))
		return NULL;
	part[0] = text;
	for (size_t i = 0; i < 3; i++) {
		len[i] = digits_at(part[i]);
		if (len[i] < 1 || len[i] > 4)
			return NULL;
		number[i] = number_of(part[i], len[i]);
		if (i < 2)
			part[i + 1] = part[i] + len[i] + 1;
		if (i < 2 &&
		    (!part[i][len[i]] || !strchr("-/.", part[i][len[i]])))
			return NULL;
	}
	year = len[0] == 4 ? 0 : 2;
	month = year == 2 && month_first ? 0 : 1;
	day = 3 - year - month;
	if (part[2][len[2]] || part[1][-1] != part[2][-1] || len[year] != 4 ||
	    len[month] > 2 || len[day] > 2 ||
	    !is_day(number[year], number[month], number[day]))
		return NULL;
	return mem_printf("%04u-%02u-%02u", number[year], number[month],
			  number[day]);
}

char *form_date_parse(const struct form_field *field, const char *typed)
{
	(void)field;
	return date_of(typed, false);
}

/* The C locale is nobody's: who works there has the day first, as in files. */
static bool is_month_first(void)
{
	const char *locale = setlocale(LC_TIME, NULL);
	const char *format = nl_langinfo(D_FMT);

	return locale && strncmp(locale, "C", 1) != 0 &&
	       strcmp(locale, "POSIX") != 0 && strncmp(format, "%m", 2) == 0;
}

char *form_date_typed(const struct form_field *field, const char *typed)
{
	(void)field;
	return date_of(typed, is_month_first());
}

const char *form_date_help(void)
{
	return is_month_first() ? N_("For example 12/31/1980 or 1980-12-31.")
				: N_("For example 31/12/1980 or 1980-12-31.");
}

const char *form_date_check(const struct form_field *field, const char *answer,
			    struct buf *words)
{
	bool shaped = strlen(answer) == 10 && digits_at(answer) == 4 &&
		      answer[4] == '-' && digits_at(answer + 5) == 2 &&
		      answer[7] == '-' && digits_at(answer + 8) == 2;

	(void)field;
	if (shaped && is_day(number_of(answer, 4), number_of(answer + 5, 2),
			     number_of(answer + 8, 2)))
		return NULL;
	buf_add_text(words, is_month_first()
				    ? _("not a day of the calendar, write it "
					"like 2026-01-31 or 01/31/2026")
				    : _("not a day of the calendar, write it "
					"like 2026-01-31 or 31/01/2026"));
	return "not_a_date";
}

int form_years_since(const char *date)
{
	time_t now = time(NULL);
	struct tm today;
	struct buf ignored = { 0 };
	int day, since, years;

	if (form_date_check(NULL, date, &ignored)) {
		buf_release(&ignored);
		return -1;
	}
	gmtime_r(&now, &today);
	day = (int)(number_of(date + 5, 2) * 100 + number_of(date + 8, 2));
	since = (today.tm_mon + 1) * 100 + today.tm_mday;
	years = today.tm_year + 1900 - (int)number_of(date, 4) - (since < day);
	return years < 0 ? -1 : years;
}
