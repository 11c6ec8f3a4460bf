/* SPDX-License-Identifier: MIT */
/* Kinds that are chosen from a list: one code, or several. */
#include <stdlib.h>
#include <string.h>

#include "forms/buf.h"
#include "forms/i18n.h"
#include "forms/kinds.h"
#include "forms/mem.h"
#include "forms/text.h"

#define LABEL_COMMAS 2	 /* at most in one label, where a list is typed */
#define SEGMENTS_MAX 200 /* between commas, where a list is typed */

const struct form_choice *form_choice_find(const struct form_field *field,
					   const char *code)
{
	const struct form_choice *choice = field->choices;

	for (; choice && choice->code; choice++)
		if (strcmp(choice->code, code) == 0)
			return choice;
	return NULL;
}

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL	 "abcdefghijklmnopqrstuvwxyz"
#define DIGITS	 "0123456789"

static bool made_of(const char *code, const char *characters)
{
	return code[strspn(code, characters)] == '\0';
}

/* Are those that are listed words in capitals, such as NFT_MARKETPLACE? */
static bool in_capitals(const struct form_field *field)
{
	const struct form_choice *choice = field->choices;

	for (; choice && choice->code; choice++)
		if (!made_of(choice->code, CAPITALS "_"))
			return false;
	return field->choices && field->choices->code;
}

/* May CODE, which is not listed, be a code all the same? It looks like those
 * that are; where there are none, it may be an id. */
static bool is_open_code(const struct form_field *field, const char *code)
{
	if (!(field->flags & FORM_OPEN) || !code[0] || strchr("_-.", code[0]))
		return false;
	return made_of(code, in_capitals(field) ? CAPITALS "_"
						: CAPITALS SMALL DIGITS "_-.");
}

static bool folds_to(const char *text, const char *folded)
{
	char *mine = text ? text_fold(text) : NULL;
	bool same = mine && strcmp(mine, folded) == 0;

	free(mine);
	return same;
}

/* The code that TYPED (trimmed) means: a code, or a label in the operator's
 * language or in English. Borrowed from the choices or TYPED itself; or NULL.
 */
static const char *code_meant(const struct form_field *field, const char *typed)
{
	const struct form_choice *choice = form_choice_find(field, typed);
	char *folded = NULL;

	if (choice)
		return choice->code;
	folded = text_fold(typed);
	for (choice = field->choices; choice && choice->code; choice++)
		if (folds_to(choice->code, folded) ||
		    folds_to(choice->label, folded) ||
		    folds_to(choice->label ? _(choice->label) : NULL, folded))
			break;
	mem_free_private(folded);
	if (choice && choice->code)
		return choice->code;
	return is_open_code(field, typed) ? typed : NULL;
}

char *form_choice_parse(const struct form_field *field, const char *typed)
{
	return mem_dup(code_meant(field, typed));
}

static const char *label_of(const struct form_field *field, const char *code)
{
	const struct form_choice *choice = form_choice_find(field, code);

	return choice && choice->label ? _(choice->label) : code;
}

/* The label nearest to CODE by the spelling of either, or NULL. */
static const char *label_nearest(const struct form_field *field,
				 const char *code)
{
	const struct form_choice *choice = field->choices;
	const char **words = NULL;
	const char *nearest = NULL;
	size_t count = 0;

	while (choice && choice[count].code)
		count++;
	words = mem_array(2 * count + 1, sizeof(*words));
	for (size_t i = 0; i < count; i++) {
		words[i] = choice[i].code;
		words[count + i] = label_of(field, choice[i].code);
	}
	nearest = text_nearest(code, words);
	free(words);
	return nearest ? label_of(field, nearest) : NULL;
}

const char *form_choice_check(const struct form_field *field,
			      const char *answer, struct buf *words)
{
	bool is_private = field->flags & FORM_PRIVATE;
	const char *nearest = NULL;

	if (form_choice_find(field, answer) || is_open_code(field, answer))
		return NULL;
	if (!is_private)
		nearest = label_nearest(field, answer);
	if (nearest)
		buf_addf(words,
			 _("'%s' is not one of the choices, did you "
			   "mean '%s'?"),
			 answer, nearest);
	else if (is_private)
		buf_add_text(words, _("not one of the choices"));
	else
		buf_addf(words, _("'%s' is not one of the choices"), answer);
	return "not_a_choice";
}

char *form_choice_show(const struct form_field *field, const char *answer)
{
	return text_clean_new(label_of(field, answer));
}

bool form_multi_next(const char **at, struct buf *code)
{
	size_t len = 0;

	*at += strspn(*at, ",");
	len = strcspn(*at, ",");
	buf_reset(code);
	buf_add(code, *at, len);
	*at += len;
	return len > 0;
}

static bool multi_has(const char *answer, const char *code)
{
	struct buf one = { 0 };
	bool found = false;

	while (!found && form_multi_next(&answer, &one))
		found = strcmp(buf_text(&one), code) == 0;
	buf_release(&one);
	return found;
}

static void add_code(struct buf *list, const char *code)
{
	if (list->len)
		buf_add_char(list, ',');
	buf_add_text(list, code);
}

char *form_multi_with(const struct form_field *field, const char *answer,
		      const char *code, bool in)
{
	const struct form_choice *choice = field->choices;
	struct buf out = { 0 }, one = { 0 };
	const char *at = answer;

	for (; choice && choice->code; choice++)
		if (strcmp(choice->code, code) == 0
			    ? in
			    : multi_has(answer, choice->code))
			add_code(&out, choice->code);
	/* Codes that are not listed come behind, as they came. */
	while (form_multi_next(&at, &one))
		if (!form_choice_find(field, buf_text(&one)) &&
		    strcmp(buf_text(&one), code) != 0 &&
		    !multi_has(buf_text(&out), buf_text(&one)))
			add_code(&out, buf_text(&one));
	if (in && !form_choice_find(field, code))
		add_code(&out, code);
	buf_release(&one);
	return buf_take(&out);
}

/*
 * Read what one choice takes up at the start of TYPED: labels may have commas
 * of their own, so the longest run that means something wins. Returns its
 * code, malloc'd, and its length in *LEN; NULL: it means nothing.
 */
static char *multi_one(const struct form_field *field, const char *typed,
		       size_t *len)
{
	size_t ends[LABEL_COMMAS + 1];
	size_t count = 0;
	char *code = NULL;

	for (size_t end = 0; count <= LABEL_COMMAS; end++) {
		end += strcspn(typed + end, ",;\n");
		ends[count++] = end;
		if (!typed[end])
			break;
	}
	while (!code && count-- > 0) {
		char *part = mem_dup_n(typed, ends[count]);
		char *trimmed = text_trim(part);

		*len = ends[count];
		code = form_choice_parse(field, trimmed);
		if (!code && !*trimmed) /* nothing between two commas */
			code = mem_dup("");
		mem_free_private(trimmed);
		mem_free_private(part);
	}
	return code;
}

char *form_multi_parse(const struct form_field *field, const char *typed)
{
	char *answer = mem_dup("");

	for (int segments = 0; answer && *typed; segments++) {
		size_t len = 0;
		char *code = segments < SEGMENTS_MAX
				     ? multi_one(field, typed, &len)
				     : NULL;
		char *more = NULL;

		if (code && *code)
			more = form_multi_with(field, answer, code, true);
		else if (code)
			more = mem_dup(answer);
		mem_free_private(code);
		mem_free_private(answer);
		answer = more;
		typed += len;
		typed += *typed != '\0';
	}
	return answer;
}

const char *form_multi_check(const struct form_field *field, const char *answer,
			     struct buf *words)
{
	struct buf one = { 0 };
	const char *at = answer;
	const char *code = NULL;
	size_t count = 0;

	while (!code && form_multi_next(&at, &one)) {
		count++;
		code = form_choice_check(field, buf_text(&one), words);
	}
	if (!code && field->alone && count > 1 &&
	    multi_has(answer, field->alone)) {
		code = "not_alone";
		buf_addf(words, _("'%s' cannot stand beside others"),
			 label_of(field, field->alone));
	}
	buf_release(&one);
	return code;
}

char *form_multi_show(const struct form_field *field, const char *answer)
{
	struct buf out = { 0 }, one = { 0 };

	while (form_multi_next(&answer, &one)) {
		if (out.len)
			buf_add_text(&out, ", ");
		buf_add_text(&out, label_of(field, buf_text(&one)));
	}
	buf_release(&one);
	return buf_take(&out);
}
