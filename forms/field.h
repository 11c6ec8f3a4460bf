/* SPDX-License-Identifier: MIT */
/*
 * Fields, schemas and answers: a form is an array of rows. Order on screen,
 * validation, help, export and manual come from the same row. An answer is
 * always text in one canonical spelling, whatever the kind, so the record
 * can keep it field by field.
 */
#ifndef FORMS_FIELD_H
#define FORMS_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/buf.h"
#include "forms/err.h"
#include "forms/finding.h"

struct form_answers;

enum form_kind {
	FORM_TEXT,
	FORM_NUMBER, /* digits */
	FORM_MONEY,  /* "1234" or "1234.50": decimal text, no grouping */
	FORM_PHONE,  /* "+5511999999999" */
	FORM_DATE,   /* "2026-01-31" */
	FORM_TAX_ID, /* Brazilian, without its marks: "11144477735" */
	FORM_EMAIL,
	FORM_URL,
	FORM_CHOICE,  /* one code */
	FORM_MULTI,   /* codes in the order of the choices, joined by ',' */
	FORM_COUNTRY, /* alpha-3 */
	FORM_YES_NO,  /* "true" or "false" */
};

enum {
	FORM_REQUIRED = 1 << 0,
	FORM_PRIVATE = 1 << 1, /* never in a log, a trace, an error */
	FORM_SEND_EMPTY = 1
			  << 2, /* sent as "" when not answered or not shown */
	FORM_OPEN = 1 << 3,	/* a code that is not listed may be typed */
	FORM_ALPHA2 = 1 << 4,	/* FORM_COUNTRY: sent as alpha-2 */
	FORM_ADVISED = 1 << 5,	/* may be left out, but that is warned of */
	FORM_CPF = 1 << 6,	/* FORM_TAX_ID: a person's is taken */
	FORM_CNPJ = 1 << 7,	/* FORM_TAX_ID: a company's is taken */
	FORM_NUMERIC = 1 << 8,	/* FORM_TAX_ID: without letters only */
	FORM_MARKS = 1 << 9,	/* FORM_TAX_ID: sent with dots and dashes */
	FORM_HOME = 1 << 10, /* FORM_COUNTRY: that of most is the customer's */
};

struct form_choice {
	const char *code;  /* as the provider spells it; NULL ends the list */
	const char *label; /* plain words */
	const char *help;  /* one line; NULL when the label says it all */
};

struct form_field {
	const char *key; /* dotted where it nests, "address.city"; NULL ends */
	enum form_kind kind;
	unsigned flags;
	size_t max; /* characters at most; 0: the kind's own ceiling */
	const struct form_choice *choices;
	const char *alone; /* FORM_MULTI: this code excludes all others */
	/* Asked only when this answers true; NULL: always. */
	bool (*shown)(const struct form_answers *answers);
	const char *section; /* heading above this field; NULL: none */
	const char *label;
	const char *help; /* one line; may be NULL */
	/* Characters at least, once it is answered. A FORM_NUMBER with as many
	 * at least as at most is an identifier: dashes, dots and the like that
	 * people write into it are dropped. */
	size_t min;
	/* Required also when this answers true; NULL: as its flags say. */
	bool (*needed)(const struct form_answers *answers);
	/* What is wrong with ANSWER that no kind can know: a stable code, with
	 * WORDS that follow the label; NULL when nothing is. ANSWER has passed
	 * all other checks. WORDS quote nothing of a FORM_PRIVATE field. */
	const char *(*rule)(const struct form_answers *answers,
			    const char *answer, struct buf *words);
};

struct form_schema {
	const char *name; /* in the record; never renamed */
	const char *title;
	const struct form_field *fields;
	/* Of a copy with other choices: what it was made from; else NULL. */
	const struct form_schema *origin;
};

/* NULL when there is no such key. */
const struct form_field *form_field_find(const struct form_schema *schema,
					 const char *key);
bool form_field_shown(const struct form_field *field,
		      const struct form_answers *answers);
bool form_field_required(const struct form_field *field,
			 const struct form_answers *answers);
const struct form_choice *form_choice_find(const struct form_field *field,
					   const char *code);

/* Whole years from DATE ("2026-01-31") until today, UTC; -1 when it is no
 * date, or one to come. */
int form_years_since(const char *date);

/*
 * Turn what a person typed into the canonical spelling ("1.234,50" is 1234.50,
 * "br" is BRA, "(11) 9999" keeps its digits, labels become codes). What cannot
 * be understood comes out trimmed but otherwise as typed, for form_check to
 * complain about: typing is never refused. Returns malloc'd text.
 */
char *form_field_parse(const struct form_field *field, const char *typed);

/* The same of what this operator typed: day and month in the order of his
 * locale, while files have the day first wherever they are read. */
char *form_field_typed(const struct form_field *field, const char *typed);

/* What to write into FIELD, in the operator's language: its own line of help,
 * else that of its kind; NULL: it needs none. */
const char *form_field_help(const struct form_field *field);

/* An answer as a person reads it: labels for codes, names for countries. */
char *form_field_show(const struct form_field *field, const char *answer);

/* Findings (field = key) about one field, or about all that are shown. */
void form_check_field(const struct form_field *field,
		      const struct form_answers *answers,
		      struct findings *findings);
void form_check(const struct form_schema *schema,
		const struct form_answers *answers, struct findings *findings);

/* Answers: key to text. form_answers_new() never fails; _free(NULL) is fine. */
struct form_answers *form_answers_new(void);
void form_answers_free(struct form_answers *answers); /* wiped first */
/* To be freed; NULL of NULL. */
struct form_answers *form_answers_copy(const struct form_answers *from);
/* Do ANSWERS say all that WANTED says? Each may be NULL: nothing. */
bool form_answers_say(const struct form_answers *answers,
		      const struct form_answers *wanted);

/* "" when not answered. Borrowed until the next set of the same key. */
const char *form_answer(const struct form_answers *answers, const char *key);
bool form_answer_is(const struct form_answers *answers, const char *key,
		    const char *value);
bool form_answer_has(const struct form_answers *answers, const char *key,
		     const char *code); /* is CODE among a FORM_MULTI's */

/* KEY and VALUE are copied; NULL or "" removes the answer. */
void form_answer_set(struct form_answers *answers, const char *key,
		     const char *value);

/* Put CODE in or out of a FORM_MULTI answer, keeping the order of the choices
 * and the field's 'alone' rule. */
void form_answer_toggle(struct form_answers *answers,
			const struct form_field *field, const char *code);

size_t form_answers_count(const struct form_answers *answers);
const char *form_answers_key(const struct form_answers *answers, size_t i);

/*
 * The shown fields as one JSON object, dots nested, multi-choices as arrays,
 * yes/no as booleans, in the schema's order: the same answers give the same
 * bytes. TYPE, if given, becomes the first member "type". What is not answered
 * is left out, and so is what is not shown, unless FORM_SEND_EMPTY: then it is
 * there and empty, whatever was answered before it was hidden.
 */
void form_answers_to_json(const struct form_schema *schema,
			  const struct form_answers *answers, const char *type,
			  struct buf *out);

#define FORM_JSON_MAX ((size_t)1 << 20) /* bytes */

/*
 * Read such an object (also from a person, or from the provider) into ANSWERS,
 * over what is there; null changes nothing. Members that the schema does not
 * know and values of another shape become findings (warnings 'unknown_field',
 * with the nearest known key, and errors 'wrong_shape'). -1 only when JSON is
 * not one whole object, or is beyond FORM_JSON_MAX: ANSWERS is as it was.
 */
int form_answers_from_json(const struct form_schema *schema, const char *json,
			   struct form_answers *answers,
			   struct findings *findings,
			   struct err *err) ERR_CHECKED;

#endif
