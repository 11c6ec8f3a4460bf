/* SPDX-License-Identifier: MIT */
/* What is to be done about a rejected item: in words, and straight to where it
 * is done. */
#ifndef TUI_REMEDY_H
#define TUI_REMEDY_H

#include "tui/wizard/wizard.h"

/* The item of CHECKLIST to begin with, the first that is rejected; or NULL. */
const struct case_item *
tui_remedy_first(const struct case_checklist *checklist);

/* Where a reason leads, in a word or two: "new picture"; "" for nowhere. */
const char *tui_remedy_word(enum prov_next next);

/* The same of ITEM as a sentence: until when to wait, how often more may be
 * sent; "" when nothing is to be done. free() it. */
char *tui_remedy_words(const struct tui_wizard *wizard,
		       const struct case_item *item);

/* Until when the provider has said that it looks at something, as of SINCE_MS
 * (unix), and when it is asked next; free() it. */
char *tui_remedy_wait(const struct tui_wizard *wizard, int64_t since_ms);

/* Go there: the slot, the field, the papers that are accepted instead; or say
 * why there is nowhere to go. Status stays below it, or comes there. */
void tui_remedy_go(struct tui_wizard *wizard, const struct case_item *item);

#endif
