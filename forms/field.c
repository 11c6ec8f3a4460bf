/* SPDX-License-Identifier: MIT */
/* Fields and schemas: what is common to every kind of field. */
#include "forms/field.h"

#include <stdlib.h>
#include <string.h>

#include "forms/i18n.h"
#include "forms/kinds.h"
#include "forms/mem.h"
#include "forms/text.h"

const struct form_field *form_field_find(const struct form_schema *schema,
					 const char *key)
{
	const struct form_field *field = schema->fields;

	for (; field->key; field++)
		if (strcmp(field->key, key) == 0)
			return field;
	return NULL;
}

bool form_field_shown(const struct form_field *field,
		      const struct form_answers *answers)
{
	return !field->shown || field->shown(answers);
}

char *form_field_parse(const struct form_field *field, const char *typed)
{
	const struct form_kind_ops *ops = form_kind_ops(field->kind);
	char *trimmed = text_trim(typed);
	char *parsed = NULL;

	if (*trimmed && ops->parse)
		parsed = ops->parse(field, trimmed);
	if (!parsed)
		return trimmed;
	mem_free_private(trimmed);
	return parsed;
}

char *form_field_show(const struct form_field *field, const char *answer)
{
	const struct form_kind_ops *ops = form_kind_ops(field->kind);
	char *shown = *answer && ops->show ? ops->show(field, answer) : NULL;
	char *clean = text_clean_new(shown ? shown : answer);

	mem_free_private(shown);
	return clean;
}

static bool is_blank(const char *answer)
{
	char *trimmed = text_trim(answer);
	bool blank = !*trimmed;

	mem_free_private(trimmed);
	return blank;
}

/* MAX of the field counts characters; the kind's own ceiling is bytes. */
static bool is_too_long(const struct form_field *field, const char *answer)
{
	if (field->max)
		return text_count(answer) > field->max;
	return strlen(answer) > form_kind_ops(field->kind)->max;
}

/* What is wrong with ANSWER, whatever its kind, then by its kind. */
static const char *check_answer(const struct form_field *field,
				const char *answer, struct buf *words)
{
	if (is_blank(answer)) {
		if (!(field->flags & FORM_REQUIRED))
			return NULL;
		buf_add_text(words, _("has no answer yet"));
		return "missing";
	}
	if (!text_plain(answer)) {
		buf_add_text(words, _("has characters that cannot be sent, "
				      "type it anew"));
		return "not_plain";
	}
	if (is_too_long(field, answer)) {
		if (field->max)
			buf_addf(words,
				 _("too long, %zu characters of at most %zu"),
				 text_count(answer), field->max);
		else
			buf_add_text(words, _("too long"));
		return "too_long";
	}
	return form_kind_ops(field->kind)->check(field, answer, words);
}

void form_check_field(const struct form_field *field,
		      const struct form_answers *answers,
		      struct findings *findings)
{
	struct buf words = { 0 };
	const char *code = NULL;

	if (!form_field_shown(field, answers))
		return;
	code = check_answer(field, form_answer(answers, field->key), &words);
	if (code)
		findings_add(findings, FINDING_ERROR, code, field->key,
			     "%s: %s",
			     field->label ? _(field->label) : field->key,
			     buf_text(&words));
	buf_release(&words);
}

void form_check(const struct form_schema *schema,
		const struct form_answers *answers, struct findings *findings)
{
	const struct form_field *field = schema->fields;

	for (; field->key; field++)
		form_check_field(field, answers, findings);
}
