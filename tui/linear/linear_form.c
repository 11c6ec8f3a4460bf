/* SPDX-License-Identifier: MIT */
/* Linear mode: a form, one question a field; and what was changed, undone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/linear/linear.h"
#include "tui/widgets/form_view.h"
#include "tui/wizard/draft.h"
#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"

#define CHOICES_MOST 12 /* said without being asked for */

static const char *choice_label(const struct form_choice *choice)
{
	return choice->label && *choice->label ? _(choice->label)
					       : choice->code;
}

static size_t choice_count(const struct form_field *field)
{
	size_t count = 0;

	while (field->choices && field->choices[count].code)
		count++;
	return count;
}

static void say_choices(const struct form_field *field)
{
	for (size_t i = 0; i < choice_count(field); i++) {
		const struct form_choice *choice = &field->choices[i];

		if (choice->help)
			linear_say("%zu. %s: %s", i + 1, choice_label(choice),
				   _(choice->help));
		else
			linear_say("%zu. %s", i + 1, choice_label(choice));
	}
}

/* The only choice whose label begins with TEXT, or is it; NULL: none is. */
static const struct form_choice *choice_called(const struct form_field *field,
					       const char *text)
{
	const struct form_choice *found = NULL;
	char *wanted = text_fold(text);
	size_t len = strlen(wanted);
	size_t matches = 0;

	for (size_t i = 0; len && i < choice_count(field); i++) {
		const struct form_choice *choice = &field->choices[i];
		char *label = text_fold(choice_label(choice));
		bool whole = strcmp(label, wanted) == 0;

		if (whole || strncmp(label, wanted, len) == 0) {
			found = choice;
			matches = whole ? 1 : matches + 1;
		}
		free(label);
		if (whole)
			break;
	}
	free(wanted);
	return matches == 1 ? found : NULL;
}

/* What ANSWER, a number or a label, is to the provider; else itself. */
static const char *code_of(const struct form_field *field, const char *answer)
{
	int at = linear_choice(answer, choice_count(field));
	const struct form_choice *called = NULL;

	if (at >= 0)
		return field->choices[at].code;
	called = choice_called(field, answer);
	return called ? called->code : answer;
}

/* The answer as it is kept: numbers and labels become codes, several of them
 * where several may be chosen ("1, 3"); "=" goes before what would be obeyed.
 * free() it. */
static char *value_of(const struct form_field *field, const char *answer)
{
	struct buf codes = { 0 };

	if (strcmp(answer, "-") == 0)
		return mem_dup("");
	if (*answer == '=')
		return form_field_typed(field, answer + 1);
	if (field->kind == FORM_CHOICE)
		return mem_dup(code_of(field, answer));
	if (field->kind != FORM_MULTI)
		return form_field_typed(field, answer);
	while (*answer) {
		size_t len = strcspn(answer, ",");
		char *raw = mem_dup_n(answer, len);
		char *part = text_trim(raw);

		if (*part)
			buf_addf(&codes, "%s%s", codes.len ? "," : "",
				 code_of(field, part));
		free(raw);
		free(part);
		answer += len + (answer[len] == ',');
	}
	return buf_take(&codes);
}

static const struct linear_key field_keys[] = {
	{ "", N_("keeps what is in brackets."), NULL },
	{ "-", N_("clears it."), NULL },
	{ "<", N_("goes one field back."), NULL },
	{ ">", N_("goes to the next field that is not right yet."), NULL },
	{ "*", N_("says what was answered, and the choices."), NULL },
	{ "=", N_("before a text takes it as it is, also = or b."), NULL },
	{ "b", N_("stops; everything is kept."), NULL },
	{ NULL, NULL, NULL },
};

static void say_problem(const struct tui_form_view *view, size_t at)
{
	const struct finding *problem = tui_form_view_problem(view, at);

	if (problem && tui_form_view_state(view, at) == TUI_FIELD_WRONG)
		linear_say(_("Error: %s"), problem->text);
}

/* SAID is the heading that was said last. */
static void say_field(const struct tui_form_view *view, size_t at,
		      const char **said)
{
	const struct form_field *field = view->shown[at];
	const char *section = tui_form_view_section(view, at);
	size_t choices = choice_count(field);

	if (section && !text_same(section, *said))
		linear_say("%s", _(section));
	*said = section;
	if (form_field_help(field))
		linear_say("%s", form_field_help(field));
	if (choices && choices <= CHOICES_MOST)
		say_choices(field);
	else if (choices)
		linear_say(P_("%zu choice; * says them.",
			      "%zu choices; * says them.", choices),
			   choices);
}

/* In full, also what is private: it is being worked on. */
static void say_answer(const struct tui_form_view *view, size_t at)
{
	char *now = form_field_show(view->shown[at],
				    tui_form_view_answer(view, at));

	linear_say("%s: %s", _(view->shown[at]->label), now);
	mem_free_private(now);
}

/* What Enter takes: what was answered, else what it most likely is. free() it.
 */
static char *in_brackets(const struct tui_form_view *view, size_t at)
{
	const struct form_field *field = view->shown[at];
	const char *stored = tui_form_view_answer(view, at);
	const char *derived = tui_form_view_derived(view, at);
	char *shown = NULL;
	char *whole = NULL;

	if (*stored && field->flags & FORM_PRIVATE)
		return mem_dup(_("kept"));
	if (*stored || !derived)
		return form_field_show(field, stored);
	shown = form_field_show(field, derived);
	whole = mem_printf("%s, %s", shown, _("derived"));
	mem_free_private(shown);
	return whole;
}

static char *ask_field(struct linear *linear, struct tui_form_view *view,
		       size_t at)
{
	const struct form_field *field = view->shown[at];
	char *now = in_brackets(view, at);
	bool needed = form_field_required(field, view->answers);
	char *answer =
		linear_ask(linear, field_keys, _("%zu of %zu. %s (%s) [%s]:"),
			   at + 1, view->count, _(field->label),
			   needed ? _("needed") : _("optional"), now);

	mem_free_private(now);
	return answer;
}

static void say_kept(const struct form_field *field, const char *typed,
		     const char *value)
{
	char *words = tui_form_kept_words(field, typed, value);

	if (words)
		linear_say("%s", words);
	mem_free_private(words);
}

/* The first field after AT that is not right; the count: none is. */
static size_t next_wrong(const struct tui_form_view *view, size_t at)
{
	while (++at < view->count &&
	       tui_form_view_state(view, at) == TUI_FIELD_OK)
		;
	return at;
}

/* Take ANSWER for field AT. What is wrong is said, and asked again; moving is
 * never refused. Which field comes next; the count: it stops. */
static size_t take(struct linear *linear, struct tui_form_view *view,
		   const struct linear_filling *filling, size_t at,
		   const char *answer)
{
	const struct form_field *changed = NULL;
	char *value = value_of(view->shown[at], answer);
	const struct finding *problem = NULL;
	bool failed = false;

	tui_form_view_go(view, at);
	changed = tui_form_view_put(view, value);
	if (changed)
		say_kept(changed, answer, value);
	failed = changed &&
		 filling->keep(linear, filling->arg, changed,
			       form_answer(view->answers, changed->key));
	mem_free_private(value);
	if (failed)
		return view->count;
	problem = at < view->count ? tui_form_view_problem(view, at) : NULL;
	if (!problem || !*answer || strcmp(answer, "-") == 0)
		return at + 1;
	/* Once more the same is meant: on to the next. */
	return changed ? at : at + 1;
}

/* One field. Which comes next; the count: it stops. */
static size_t one_field(struct linear *linear, struct tui_form_view *view,
			const struct linear_filling *filling, size_t at)
{
	char *answer = ask_field(linear, view, at);
	char *derived = NULL;
	size_t next = at + 1;

	if (!answer || strcmp(answer, "b") == 0) {
		next = view->count;
	} else if (strcmp(answer, "<") == 0) {
		next = at ? at - 1 : 0;
	} else if (strcmp(answer, ">") == 0) {
		next = next_wrong(view, at);
	} else if (strcmp(answer, "*") == 0) {
		say_answer(view, at);
		say_choices(view->shown[at]);
		next = at;
	} else if (*answer) {
		next = take(linear, view, filling, at, answer);
	} else if (tui_form_view_derived(view, at)) {
		derived = mem_dup(tui_form_view_derived(view, at));
		next = take(linear, view, filling, at, derived);
	}
	mem_free_private(derived);
	mem_free_private(answer);
	return next;
}

void linear_fill(struct linear *linear, struct tui_form_view *view,
		 const struct linear_filling *filling)
{
	const char *section = NULL;
	size_t at = view->focus < view->count ? view->focus : 0;
	size_t last = SIZE_MAX;
	size_t left = 0;

	while (at < view->count && !linear->ended) {
		if (at != last)
			say_field(view, at, &section);
		say_problem(view, at);
		last = at;
		at = one_field(linear, view, filling, at);
	}
	left = tui_form_view_left(view);
	if (left)
		linear_say(P_("%zu field is not right yet.",
			      "%zu fields are not right yet.", left),
			   left);
}

/* Of the checklist's form that ARG names. */
static int keep(struct linear *linear, void *arg,
		const struct form_field *field, const char *value)
{
	const char *form = arg;
	struct err err = { 0 };
	int64_t case_id = linear->list.case_id;

	if ((case_id || !case_open(linear->app->store, linear->app->profile,
				   linear->customer, &case_id, &err)) &&
	    !case_answer_put(linear->app->store, case_id, form, field->key,
			     value, &err))
		return 0;
	linear_say_err(&err);
	return -1;
}

void linear_form(struct linear *linear, const struct case_form *form,
		 const char *key)
{
	struct tui_form_view view = { 0 };
	struct findings refused = { 0 };
	char *name = mem_dup(form->name);
	const struct linear_filling filling = { keep, name };

	tui_form_refused(&linear->list, form, &refused);
	tui_form_view_init(&view, form->schema, form->answers, NULL, &refused);
	findings_release(&refused);
	snprintf(view.home, sizeof(view.home), "%s",
		 linear->list.customer.country);
	if (!key || !tui_form_view_go_key(&view, key))
		tui_form_view_go(&view, 0);
	linear_fill(linear, &view, &filling);
	linear_reload(linear);
	if (!tui_form_view_left(&view))
		linear_say("%s", _("The form is complete. s sends it."));
	tui_form_view_release(&view);
	free(name);
}
