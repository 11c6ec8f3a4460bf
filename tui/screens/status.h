/* SPDX-License-Identifier: MIT */
/* The status screen's state. Which items are shown is status_rows.c's, the
 * drawing status.c's, and the keys are in screen_status.c. */
#ifndef TUI_STATUS_H
#define TUI_STATUS_H

#include "cases/notes.h"
#include "cases/reconcile.h"
#include "tui/widgets/list.h"
#include "tui/widgets/page.h"
#include "tui/wizard/requests.h"
#include "tui/wizard/wizard.h"

/* The page's fields: the items of the checklist that count, then events. */
struct status {
	const struct case_item **items;
	size_t item_count;
	struct case_event_list events;
	struct tui_list list;
	struct tui_page page;
	struct tui_link link;
	struct case_differences differences; /* point into the checklist */
	struct case_note_list notes;
	struct tui_edit note; /* being written */
	bool noting;
	bool moved; /* a key was pressed */
};

/* After the checklist was loaded. */
void status_rows_build(const struct case_checklist *checklist,
		       struct status *state);

/* The item, or the event, of FIELD; NULL: it is the other. */
const struct case_item *status_item(const struct status *state, size_t field);
const struct case_event *status_event(const struct status *state, size_t field);

/* A key while a note is being written. */
unsigned status_note_key(struct tui_wizard *wizard, struct status *state,
			 const struct tui_input *in);
/* Its line, at the foot of AREA. */
void status_note_draw(struct status *state, const struct tui_area *area);

/* Of a group with nothing chosen, the first item stands for all. */
bool status_stands_for_group(const struct case_checklist *checklist,
			     const struct case_item *item);

void status_layout(struct tui_wizard *wizard, void *state,
		   const struct tui_area *area);
void status_draw(const struct tui_wizard *wizard, void *state,
		 const struct tui_area *area);

#endif
