/* SPDX-License-Identifier: MIT */
/* Which of a checklist's forms is meant: the most urgent, the next, the one
 * that a rejection is about. Draws nothing. */
#ifndef TUI_FORM_PICK_H
#define TUI_FORM_PICK_H

#include "cases/case.h"

/* The one to be worked on first; NULL: no form is asked for. */
const struct case_form *
tui_form_urgent(const struct case_checklist *checklist);

/* By its name (case_form.name), or NULL. */
const struct case_form *tui_form_named(const struct case_checklist *checklist,
				       const char *name);

/* The form after FORM, going round; its place among all, from 1; how many. */
const struct case_form *tui_form_next(const struct case_checklist *checklist,
				      const struct case_form *form);
size_t tui_form_place(const struct case_checklist *checklist,
		      const struct case_form *form);
size_t tui_form_count(const struct case_checklist *checklist);

/* ITEM is a form, or was rejected for what is in the data: its form; else NULL.
 */
const struct case_form *tui_form_for(const struct case_checklist *checklist,
				     const struct case_item *item);

/* What the provider refused of FORM, less what is answered otherwise since; with
 * the reason of a rejection that names no field. */
void tui_form_refused(const struct case_checklist *checklist,
		      const struct case_form *form, struct findings *out);

/* The required form that goes before FORM and is not ready; or NULL. */
const struct case_form *
tui_form_goes_before(const struct case_checklist *checklist,
		     const struct case_form *form);

/* Does sending it make a new party? */
bool tui_form_adds(const struct case_form *form);

/* Was anything filled in that the provider does not know? */
bool tui_form_begun(const struct case_form *form);

#endif
