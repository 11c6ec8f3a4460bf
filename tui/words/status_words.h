/* SPDX-License-Identifier: MIT */
/* What became of an item, for people: what to do about it, and the lines of
 * the timeline. Draws nothing. */
#ifndef TUI_STATUS_WORDS_H
#define TUI_STATUS_WORDS_H

#include "cases/case.h"
#include "cases/reconcile.h"

/* Where a rejection leads, as a sentence; "" when there is nothing to do. */
const char *tui_next_words(enum prov_next next);

/* What ITEM is called, with its side where the provider's own name for it does
 * not say that: "ID card front", "RG (frente)"; free() it. */
char *tui_item_label(const struct case_item *item);

/* The item of CHECKLIST that DIFFERENCE is about, or NULL. */
const struct case_item *
tui_difference_item(const struct case_checklist *checklist,
		    const struct case_difference *difference);

/* What the customer may read about ITEM, called LABEL: neutral, and without
 * the provider's words, which are for staff. ITEM NULL: all of it has ended.
 * free() it. */
char *tui_customer_words(const struct case_item *item, const char *label);

/* The submission with ID in CHECKLIST, or NULL. */
const struct case_submission *
tui_submission_of(const struct case_checklist *checklist, int64_t id);

/* One event as a line: when, who, what, of which thing, its digest; of a note
 * its words, which are in NOTES. */
char *tui_event_line(const struct case_event *event,
		     const struct case_checklist *checklist,
		     const struct case_note_list *notes,
		     const struct prov_profile *profile, bool wide);

/* What the provider says of ITEM and what to do about it, a tab between name
 * and value; free() it. */
char *tui_item_text(const struct case_checklist *checklist,
		    const struct case_item *item);

#endif
