/* SPDX-License-Identifier: MIT */
/*
 * The kinds of field. A kind is three functions; a new one is a new entry in
 * the table of kinds.c. For this room only: others go through field.h.
 *
 *   kinds.c     the table; text, addresses, countries, yes and no
 *   numbers.c   digits, amounts, phones, dates
 *   choices.c   one code, several codes
 *   tax_id.c    Brazilian tax numbers
 */
#ifndef FORMS_KINDS_H
#define FORMS_KINDS_H

#include "forms/buf.h"
#include "forms/field.h"

struct form_kind_ops {
	/* What was typed (trimmed) in canonical spelling, or NULL when it
	 * cannot be understood; malloc'd. */
	char *(*parse)(const struct form_field *field, const char *typed);

	/* What is wrong with ANSWER: a stable code, with WORDS that follow the
	 * field's label; NULL when nothing is. ANSWER is not empty and is
	 * plain text. WORDS quote nothing of a FORM_PRIVATE field. */
	const char *(*check)(const struct form_field *field, const char *answer,
			     struct buf *words);

	/* As a person reads it, malloc'd; NULL: as it is. */
	char *(*show)(const struct form_field *field, const char *answer);

	size_t max; /* bytes at most, unless the field says otherwise */

	/* What to write, for a field that does not say; not translated. NULL:
	 * HELP_NOW tells, where it depends on the operator's locale; both NULL:
	 * that is obvious. */
	const char *help;
	const char *(*help_now)(void);

	/* PARSE, of what the operator typed; NULL: the same. */
	char *(*typed)(const struct form_field *field, const char *typed);
};

/* Never NULL. */
const struct form_kind_ops *form_kind_ops(enum form_kind kind);

/* numbers.c */
char *form_number_parse(const struct form_field *field, const char *typed);
const char *form_number_check(const struct form_field *field,
			      const char *answer, struct buf *words);
char *form_money_parse(const struct form_field *field, const char *typed);
const char *form_money_check(const struct form_field *field, const char *answer,
			     struct buf *words);
char *form_phone_parse(const struct form_field *field, const char *typed);
const char *form_phone_check(const struct form_field *field, const char *answer,
			     struct buf *words);
char *form_date_parse(const struct form_field *field, const char *typed);
char *form_date_typed(const struct form_field *field, const char *typed);
const char *form_date_check(const struct form_field *field, const char *answer,
			    struct buf *words);
const char *form_date_help(void);

/* tax_id.c */
char *form_tax_id_parse(const struct form_field *field, const char *typed);
const char *form_tax_id_check(const struct form_field *field,
			      const char *answer, struct buf *words);
char *form_tax_id_show(const struct form_field *field, const char *answer);

/* choices.c */
char *form_choice_parse(const struct form_field *field, const char *typed);
const char *form_choice_check(const struct form_field *field,
			      const char *answer, struct buf *words);
char *form_choice_show(const struct form_field *field, const char *answer);
char *form_multi_parse(const struct form_field *field, const char *typed);
const char *form_multi_check(const struct form_field *field, const char *answer,
			     struct buf *words);
char *form_multi_show(const struct form_field *field, const char *answer);

/* The first code of the list at *AT in BUF, and *AT past it; false at the
 * end. Empty ones between commas are passed over. */
bool form_multi_next(const char **at, struct buf *code);

/* ANSWER with CODE put in or out, in the order of the choices; malloc'd. */
char *form_multi_with(const struct form_field *field, const char *answer,
		      const char *code, bool in);

#endif
