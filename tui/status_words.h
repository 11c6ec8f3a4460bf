/* SPDX-License-Identifier: MIT */
/* What became of an item, for people: what to do about it, its receipt, and
 * the lines of the timeline. Draws nothing. */
#ifndef TUI_STATUS_WORDS_H
#define TUI_STATUS_WORDS_H

#include "cases/case.h"

/* Where a rejection leads, as a sentence; "" when there is nothing to do. */
const char *tui_next_words(enum prov_next next);

/* The submission with ID in CHECKLIST, or NULL. */
const struct case_submission *
tui_submission_of(const struct case_checklist *checklist, int64_t id);

/* One event as a line: when, who, what, of which thing, its digest. */
char *tui_event_line(const struct case_event *event,
		     const struct case_checklist *checklist,
		     const struct prov_profile *profile, bool wide);

/* The whole receipt of what was sent, tab between name and value; ITEM or
 * SUBMISSION may be NULL. */
char *tui_receipt(const struct case_item *item,
		  const struct case_submission *submission,
		  const struct case_checklist *checklist,
		  const struct case_event_list *events,
		  const struct prov_profile *profile);

#endif
