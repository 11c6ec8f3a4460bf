/* SPDX-License-Identifier: MIT */
/* Linear mode: a form, one question a field. */
#include <stdlib.h>
#include <string.h>

#include "tui/form_pick.h"
#include "tui/form_view.h"
#include "tui/linear.h"

static void say_choices(const struct form_field *field)
{
	for (size_t i = 0; field->choices && field->choices[i].code; i++) {
		const struct form_choice *choice = &field->choices[i];
		const char *label = choice->label && *choice->label
					    ? _(choice->label)
					    : choice->code;

		if (choice->help)
			linear_say("  %zu. %s: %s", i + 1, label,
				   _(choice->help));
		else
			linear_say("  %zu. %s", i + 1, label);
	}
}

static size_t choice_count(const struct form_field *field)
{
	size_t count = 0;

	while (field->choices && field->choices[count].code)
		count++;
	return count;
}

static const char *code_of(const struct form_field *field, const char *answer)
{
	int at = linear_choice(answer, choice_count(field));

	return at >= 0 ? field->choices[at].code : answer;
}

/* Numbers of the list become codes: "2", or "1, 3" where several may be
 * chosen; words go as they are, and may have blanks. free() it. */
static char *by_number(const struct form_field *field, const char *answer)
{
	struct buf codes = { 0 };
	size_t at = 0;

	if (field->kind == FORM_CHOICE)
		return mem_dup(code_of(field, answer));
	if (field->kind != FORM_MULTI || answer[strspn(answer, "0123456789, ")])
		return mem_dup(answer);
	while (answer[at]) {
		size_t len = strcspn(answer + at, ", ");
		char *part = mem_dup_n(answer + at, len);

		if (len)
			buf_addf(&codes, "%s%s", codes.len ? "," : "",
				 code_of(field, part));
		free(part);
		at += len;
		at += answer[at] != '\0';
	}
	return buf_take(&codes);
}

static char *ask_field(struct linear *linear, struct tui_form_view *view,
		       size_t at)
{
	const struct form_field *field = view->shown[at];
	const char *stored = tui_form_view_answer(view, at);
	char *now = field->flags & FORM_PRIVATE && *stored
			    ? mem_dup(_("kept"))
			    : form_field_show(field, stored);
	bool needed = form_field_required(field, view->answers);
	char *answer = NULL;

	if (tui_form_view_section(view, at) && field->section)
		linear_say("%s", _(field->section));
	if (form_field_help(field))
		linear_say("%s", form_field_help(field));
	say_choices(field);
	answer = linear_ask(linear, _("%zu of %zu. %s (%s) [%s]:"), at + 1,
			    view->count, _(field->label),
			    needed ? _("needed") : _("optional"), now);
	mem_free_private(now);
	return answer;
}

/* What ANSWER means, as it is kept; free() it. */
static char *meant(const struct form_field *field, const char *answer)
{
	char *words = by_number(field, answer);
	char *value = strcmp(answer, "-") == 0 ? mem_dup("")
					       : form_field_typed(field, words);

	mem_free_private(words);
	return value;
}

static void say_kept(const struct form_field *field, const char *typed,
		     const char *value)
{
	char *words = tui_form_kept_words(field, typed, value);

	if (words)
		linear_say("%s", words);
	mem_free_private(words);
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

/* One field until it is right or passed over. 1: on; -1: one back; 0: stop. */
static int one_field(struct linear *linear, struct tui_form_view *view,
		     size_t at, linear_keep *kept, void *arg)
{
	const struct form_field *changed = NULL;
	char *value = NULL;
	char *answer = ask_field(linear, view, at);
	const struct finding *problem = NULL;
	int move = 1;

	if (!answer || strcmp(answer, "b") == 0) {
		move = 0;
	} else if (strcmp(answer, "<") == 0) {
		move = -1;
	} else if (*answer) {
		tui_form_view_go(view, at);
		value = meant(view->shown[at], answer);
		changed = tui_form_view_put(view, value);
		if (changed)
			say_kept(changed, answer, value);
		if (changed && kept(linear, arg, changed,
				    form_answer(view->answers, changed->key)))
			move = 0;
	}
	mem_free_private(value);
	mem_free_private(answer);
	if (move <= 0 || at >= view->count)
		return move;
	problem = tui_form_view_problem(view, at);
	/* Moving is never refused: Enter passes over what is wrong. */
	if (problem &&
	    (changed || tui_form_view_state(view, at) == TUI_FIELD_WRONG)) {
		linear_say(_("Error: %s"), problem->text);
		return changed ? 2 : 1;
	}
	return 1;
}

void linear_fill(struct linear *linear, struct tui_form_view *view,
		 linear_keep *kept, void *arg)
{
	size_t at = 0;

	linear_say("%s", _(view->schema->title));
	linear_say("%s", _("Enter keeps what is in brackets, - clears it, < "
			   "goes one back, b stops. Everything is kept."));
	while (at < view->count) {
		int move = one_field(linear, view, at, kept, arg);

		if (!move)
			break;
		if (move == 1)
			at++;
		else if (move < 0 && at)
			at--;
	}
	if (tui_form_view_left(view))
		linear_say(P_("%zu field is not right yet.",
			      "%zu fields are not right yet.",
			      tui_form_view_left(view)),
			   tui_form_view_left(view));
}

void linear_form(struct linear *linear, const struct case_form *form)
{
	struct tui_form_view view = { 0 };
	struct findings refused = { 0 };
	char *name = mem_dup(form->name);

	tui_form_refused(&linear->list, form, &refused);
	tui_form_view_init(&view, form->schema, form->answers, NULL, &refused);
	findings_release(&refused);
	linear_fill(linear, &view, keep, name);
	linear_reload(linear);
	if (!tui_form_view_left(&view))
		linear_say("%s", _("The form is complete. s sends it."));
	tui_form_view_release(&view);
	free(name);
}
