/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: answers in its JSON, and back. Answers are text; there, amounts
 * are whole cents, house numbers are numbers and days are times. The kind of a
 * field says which, but for the keys below.
 */
#include "providers/zro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MOST 300

enum shape {
	SHAPE_TEXT,
	SHAPE_DIGITS,  /* text without what people write between digits */
	SHAPE_PHONE,   /* digits with the country code, without '+' */
	SHAPE_NUMBER,  /* a whole number */
	SHAPE_CENTS,   /* a whole number of hundredths */
	SHAPE_PERCENT, /* a number */
	SHAPE_DAY,     /* "2026-01-31" */
	SHAPE_TIME,    /* "2026-01-31T00:00:00.000Z" */
	SHAPE_YES_NO,
};

static const struct shape_row {
	const char *key;
	enum shape shape;
} shape_rows[] = {
	{ "document", SHAPE_DIGITS },
	{ "zip_code", SHAPE_DIGITS },
	{ "address.zip_code", SHAPE_DIGITS },
	{ "participation_percentage", SHAPE_PERCENT },
	{ "pep_since", SHAPE_DAY },
	{ NULL, SHAPE_TEXT },
};

static enum shape shape_of(const struct form_field *field)
{
	const struct shape_row *row = shape_rows;

	while (row->key && strcmp(row->key, field->key) != 0)
		row++;
	if (row->key)
		return row->shape;
	switch (field->kind) {
	case FORM_NUMBER:
		return SHAPE_NUMBER;
	case FORM_MONEY:
		return SHAPE_CENTS;
	case FORM_PHONE:
		return SHAPE_PHONE;
	case FORM_DATE:
		return SHAPE_TIME;
	case FORM_YES_NO:
		return SHAPE_YES_NO;
	default:
		return SHAPE_TEXT;
	}
}

/* Whole numbers of at most 15 digits: what survives as a JSON number. */
static int64_t whole(const char *text, size_t len)
{
	int64_t number = 0;

	if (!len || len > 15)
		return -1;
	for (size_t i = 0; i < len; i++)
		number = number * 10 + (text[i] - '0');
	return number;
}

int64_t zro_cents(const char *text)
{
	size_t len = strspn(text, "0123456789");
	int64_t units = whole(text, len > 13 ? 99 : len);
	const char *rest = text + len;
	size_t more = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;

	if (units < 0 || (*rest && (!more || more > 2 || rest[1 + more])))
		return -1;
	if (more)
		units = units * 100 + (rest[1] - '0') * 10 +
			(more == 2 ? rest[2] - '0' : 0);
	else
		units *= 100;
	return units;
}

static char *only_digits(const char *text)
{
	struct buf out = { 0 };

	for (; *text; text++)
		if (!strchr(" .-/()+", *text))
			buf_add_char(&out, *text);
	return buf_take(&out);
}

static json_t *digits_json(const char *answer)
{
	char *digits = only_digits(answer);
	json_t *value = NULL;

	if (*digits && !digits[strspn(digits, "0123456789")])
		value = json_string(digits);
	mem_free_private(digits);
	return value;
}

static json_t *number_json(const char *answer)
{
	size_t len = strlen(answer);
	int64_t number = -1;

	if (strspn(answer, "0123456789") == len)
		number = whole(answer, len);
	return number < 0 ? NULL : json_integer(number);
}

/* Divided here and not read as text: the locale may want a comma there. */
static json_t *percent_json(const char *answer)
{
	int64_t cents = zro_cents(answer);

	if (cents < 0 || cents > 10000)
		return NULL;
	return cents % 100 ? json_real((double)cents / 100)
			   : json_integer(cents / 100);
}

static json_t *time_json(const char *answer)
{
	return strlen(answer) == 10 ? json_sprintf("%sT00:00:00.000Z", answer)
				    : NULL;
}

/* NULL: ANSWER is not what the shape needs. */
static json_t *to_json(const struct form_field *field, const char *answer)
{
	int64_t cents;

	switch (shape_of(field)) {
	case SHAPE_DIGITS:
	case SHAPE_PHONE:
		return digits_json(answer);
	case SHAPE_NUMBER:
		return number_json(answer);
	case SHAPE_CENTS:
		cents = zro_cents(answer);
		return cents < 0 ? NULL : json_integer(cents);
	case SHAPE_PERCENT:
		return percent_json(answer);
	case SHAPE_TIME:
		return time_json(answer);
	case SHAPE_YES_NO:
		if (strcmp(answer, "true") == 0)
			return json_true();
		return strcmp(answer, "false") == 0 ? json_false() : NULL;
	default:
		return json_string(answer);
	}
}

/* Put VALUE under the key, whose one dot nests. */
static void put(json_t *object, const char *key, json_t *value)
{
	const char *dot = strchr(key, '.');
	json_t *inner = NULL;
	char *outer = NULL;

	if (!dot) {
		json_object_set_new(object, key, value);
		return;
	}
	outer = mem_dup_n(key, (size_t)(dot - key));
	inner = json_object_get(object, outer);
	if (!inner) {
		inner = json_object();
		json_object_set_new(object, outer, inner);
	}
	json_object_set_new(inner, dot + 1, value);
	free(outer);
}

static json_t *find(const json_t *object, const char *key)
{
	const char *dot = strchr(key, '.');
	json_t *found = NULL;
	char *outer = NULL;

	if (!dot)
		return json_object_get(object, key);
	outer = mem_dup_n(key, (size_t)(dot - key));
	found = json_object_get(json_object_get(object, outer), dot + 1);
	free(outer);
	return found;
}

/* 0, or -1 and ERR_INPUT. Private answers are named, never quoted. */
static int put_answer(json_t *object, const struct form_field *field,
		      const struct form_answers *answers, struct err *err)
{
	const char *answer = form_answer(answers, field->key);
	json_t *value = NULL;

	if (!*answer)
		return form_field_required(field, answers)
			       ? err_set(err, ERR_INPUT,
					 _("'%s' (%s) has to be answered"),
					 field->key, _(field->label))
			       : 0;
	value = to_json(field, answer);
	if (!value)
		return err_set(err, ERR_INPUT,
			       _("the answer to '%s' (%s) cannot be sent as "
				 "it is"),
			       field->key, _(field->label));
	put(object, field->key, value);
	return 0;
}

json_t *zro_body(const struct form_schema *schema,
		 const struct form_answers *answers, struct err *err)
{
	const struct form_field *field = schema->fields;
	json_t *object = json_object();

	for (; field->key; field++) {
		if (!form_field_shown(field, answers))
			continue;
		if (put_answer(object, field, answers, err)) {
			zro_forget(object);
			return NULL;
		}
	}
	return object;
}

static json_t *amount_json(int64_t cents)
{
	if (cents % 100)
		return json_sprintf("%lld.%02lld", (long long)cents / 100,
				    (long long)cents % 100);
	return json_sprintf("%lld", (long long)cents / 100);
}

/* VALUE in hundredths, once multiplied by FACTOR; -1: no believable amount. */
static int64_t hundredths(const json_t *value, double factor)
{
	double number = json_is_number(value) ? json_number_value(value) : -1;

	number = number * factor + 0.5;
	return number >= 0 && number < 1e15 ? (int64_t)number : -1;
}

static json_t *known_words(const json_t *value, enum shape shape)
{
	char *text = NULL;
	json_t *out = NULL;

	if (!json_is_string(value) || !json_string_length(value))
		return NULL;
	text = prov_clean(json_string_value(value), TEXT_MOST);
	if (shape == SHAPE_PHONE)
		out = json_sprintf("+%s", text + strspn(text, "+"));
	else if (shape == SHAPE_DAY || shape == SHAPE_TIME)
		out = json_sprintf("%.10s", text);
	else
		out = json_string(text);
	mem_free_private(text);
	return out;
}

/* VALUE of theirs as our form would be answered, or NULL: of another shape, as
 * the {} that samples show for texts. */
static json_t *known_json(const struct form_field *field, const json_t *value)
{
	enum shape shape = shape_of(field);
	int64_t amount;

	switch (shape) {
	case SHAPE_YES_NO:
		return json_is_boolean(value)
			       ? json_boolean(json_is_true(value))
			       : NULL;
	case SHAPE_CENTS:
	case SHAPE_PERCENT:
		amount = hundredths(value, shape == SHAPE_CENTS ? 1 : 100);
		return amount < 0 ? NULL : amount_json(amount);
	case SHAPE_NUMBER:
		amount = hundredths(value, 1);
		return amount < 0 ? NULL
				  : json_sprintf("%lld", (long long)amount);
	default:
		return known_words(value, shape);
	}
}

char *zro_known(const struct form_schema *schema, const json_t *object)
{
	const struct form_field *field = schema->fields;
	json_t *known = json_object();
	char *text = NULL;

	for (; field->key; field++) {
		json_t *value = known_json(field, find(object, field->key));

		if (value)
			put(known, field->key, value);
	}
	if (json_object_size(known))
		text = zro_dump(known);
	zro_forget(known);
	return text;
}

/* 35.1 as 35.1, not as 35.100000000000001. */
char *zro_dump(const json_t *object)
{
	return json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(15));
}

/* jansson's strings are its own, but nobody else holds these, and it frees
 * without wiping. */
void zro_forget(json_t *value)
{
	const char *key = NULL;
	json_t *member = NULL;
	void *next = NULL;
	size_t i;

	json_object_foreach_safe(value, next, key, member)
		zro_forget(json_incref(member));
	json_array_foreach(value, i, member) zro_forget(json_incref(member));
	if (json_is_string(value))
		mem_wipe((char *)json_string_value(value),
			 json_string_length(value));
	json_decref(value);
}
