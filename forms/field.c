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

bool form_field_required(const struct form_field *field,
			 const struct form_answers *answers)
{
	return (field->flags & FORM_REQUIRED) ||
	       (field->needed && field->needed(answers));
}

static char *parse_by(char *(*parse)(const struct form_field *field,
				     const char *typed),
		      const struct form_field *field, const char *typed)
{
	char *trimmed = text_trim(typed);
	char *parsed = NULL;

	if (*trimmed && parse)
		parsed = parse(field, trimmed);
	if (!parsed)
		return trimmed;
	mem_free_private(trimmed);
	return parsed;
}

char *form_field_parse(const struct form_field *field, const char *typed)
{
	return parse_by(form_kind_ops(field->kind)->parse, field, typed);
}

char *form_field_typed(const struct form_field *field, const char *typed)
{
	const struct form_kind_ops *ops = form_kind_ops(field->kind);

	return parse_by(ops->typed ? ops->typed : ops->parse, field, typed);
}

const char *form_field_help(const struct form_field *field)
{
	const struct form_kind_ops *ops = form_kind_ops(field->kind);

	if (field->help)
		return _(field->help);
	if (ops->help_now)
		return _(ops->help_now());
	return ops->help ? _(ops->help) : NULL;
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

static const char *check_length(const struct form_field *field,
				const char *answer, struct buf *words)
{
	size_t count = text_count(answer);

	if (field->kind == FORM_NUMBER && field->min &&
	    field->min == field->max && count != field->max) {
		buf_addf(words, _("%zu digits, and %zu are wanted"), count,
			 field->max);
		return "wrong_length";
	}
	if (is_too_long(field, answer)) {
		if (field->max)
			buf_addf(words,
				 _("too long, %zu characters of at most %zu"),
				 count, field->max);
		else
			buf_add_text(words, _("too long"));
		return "too_long";
	}
	if (count < field->min) {
		buf_addf(words, _("too short, %zu characters of at least %zu"),
			 count, field->min);
		return "too_short";
	}
	return NULL;
}

/* Is ANSWER, whatever its kind, fit to be looked at? */
static const char *check_text(const struct form_field *field,
			      const char *answer, struct buf *words)
{
	if (!text_plain(answer)) {
		buf_add_text(words, _("has characters that cannot be sent, "
				      "type it anew"));
		return "not_plain";
	}
	/* Letters among digits are the graver fault. */
	if (field->kind == FORM_NUMBER && field->min &&
	    form_kind_ops(field->kind)->check(field, answer, words))
		return "not_a_number";
	return check_length(field, answer, words);
}

/* What is wrong with an answer that is there. */
static const char *check_answer(const struct form_field *field,
				const struct form_answers *answers,
				const char *answer, struct buf *words)
{
	const char *code = check_text(field, answer, words);

	if (!code)
		code = form_kind_ops(field->kind)->check(field, answer, words);
	if (!code && field->rule)
		code = field->rule(answers, answer, words);
	return code;
}

static void add_finding(struct findings *findings,
			enum finding_severity severity, const char *code,
			const struct form_field *field, const char *words)
{
	findings_add(findings, severity, code, field->key, "%s: %s",
		     field->label ? _(field->label) : field->key, words);
}

void form_check_field(const struct form_field *field,
		      const struct form_answers *answers,
		      struct findings *findings)
{
	const char *answer = form_answer(answers, field->key);
	struct buf words = { 0 };
	const char *code = NULL;

	if (!form_field_shown(field, answers))
		return;
	if (!is_blank(answer)) {
		code = check_answer(field, answers, answer, &words);
		if (code)
			add_finding(findings, FINDING_ERROR, code, field,
				    buf_text(&words));
	} else if (form_field_required(field, answers)) {
		add_finding(findings, FINDING_ERROR, "missing", field,
			    _("has no answer yet"));
	} else if (field->flags & FORM_ADVISED) {
		add_finding(findings, FINDING_WARNING, "advised", field,
			    _("has no answer; it may be missed"));
	}
	buf_release(&words);
}

void form_check(const struct form_schema *schema,
		const struct form_answers *answers, struct findings *findings)
{
	const struct form_field *field = schema->fields;

	for (; field->key; field++)
		form_check_field(field, answers, findings);
}
