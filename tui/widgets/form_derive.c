/* SPDX-License-Identifier: MIT */
/*
 * What can be told of a form from elsewhere: the country that most live in,
 * and what a telephone number there begins with. It is shown as derived, and
 * is no answer before the operator takes it.
 */
#include <stdio.h>
#include <string.h>

#include "tui/widgets/form_view.h"

const char *tui_form_view_derived(const struct tui_form_view *view, size_t i)
{
	const struct form_field *field = view->shown[i];

	/* Where one may be left out, none is as likely. */
	if (!view->home[0] || field->kind != FORM_COUNTRY ||
	    !(field->flags & FORM_HOME) ||
	    tui_form_view_state(view, i) != TUI_FIELD_EMPTY)
		return NULL;
	return view->home;
}

const struct form_field *tui_form_view_derive(struct tui_form_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		if (tui_form_view_derived(view, i)) {
			view->focus = i;
			return tui_form_view_put(view, view->home);
		}
	return NULL;
}

/* As answered here, else the customer's. */
static const char *country_of(const struct tui_form_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		if ((view->shown[i]->flags & FORM_HOME) &&
		    tui_form_view_answer(view, i)[0])
			return tui_form_view_answer(view, i);
	return view->home;
}

const char *tui_form_view_prefix(const struct tui_form_view *view,
				 char prefix[TUI_FORM_PREFIX])
{
	const struct form_field *field = tui_form_view_field(view);
	const char *country = country_of(view);
	const char *dial = NULL;

	if (!field || field->kind != FORM_PHONE ||
	    form_answer(view->answers, field->key)[0])
		return NULL;
	dial = country_dial(country);
	if (!dial)
		return NULL;
	snprintf(prefix, TUI_FORM_PREFIX, "+%s ", dial);
	return country;
}

const char *tui_form_view_typed(const struct tui_form_view *view)
{
	const char *typed = tui_edit_text(&view->edit);
	char prefix[TUI_FORM_PREFIX];
	const char *rest = NULL;

	if (!tui_form_view_prefix(view, prefix) ||
	    strncmp(typed, prefix, strlen(prefix) - 1) != 0)
		return typed;
	rest = typed + strlen(prefix) - 1;
	rest += strspn(rest, " ");
	/* Nothing was added, or all of a number pasted behind. */
	if (!*rest || *rest == '+' || strncmp(rest, "00", 2) == 0)
		return rest;
	return typed;
}
