/* SPDX-License-Identifier: MIT */
/* Words for the customer and each party of a checklist, for what is still
 * missing, and for what goes together. Draws nothing. */
#ifndef TUI_PART_WORDS_H
#define TUI_PART_WORDS_H

#include "cases/case.h"
#include "tui/terminal/draw.h"

/* "in review", "approved", …; the whole verification, or a party's. */
const char *tui_stage_word(enum prov_stage stage);
enum tui_style tui_stage_style(enum prov_stage stage);

/* "Ana Lima · owner · in review"; free() it. */
char *tui_part_words(const struct case_checklist *checklist,
		     const struct case_part *part);
/* "2 missing · 1 rejected", "" for neither; free() it. */
char *tui_part_counts(const struct case_part *part);

/* "1 of 4 files left: 3 wait for review", or NULL where there is no limit; free() it.
 * Full: not one more is taken now. */
char *tui_part_budget(const struct case_checklist *checklist,
		      const struct case_part *part);
bool tui_part_full(const struct case_checklist *checklist,
		   const struct case_part *part);

/* Has some of it been used? */
bool tui_part_begun(const struct case_checklist *checklist,
		    const struct case_part *part);

/* The part that ITEM is in; NULL when it is of another checklist. */
const struct case_part *tui_part_of(const struct case_checklist *checklist,
				    const struct case_item *item);

/* What is required and not there, by name, and whose it is where there are
 * several: "ID card, Bill (Ana Lima) and 2 more"; "" when nothing is. free()
 * it. */
char *tui_missing_names(const struct case_checklist *checklist, size_t most);
/* The same, and what was rejected. */
char *tui_wanted_names(const struct case_checklist *checklist, size_t most);

/* The others that go in one request with ITEM: "selfie, ID card back". OPEN:
 * only those that are not ready. "" when there are none; free() it. */
char *tui_mates_names(const struct case_checklist *checklist,
		      const struct case_item *item, bool open);

/* A provider's word as people write it: "SCAN_NOT_READABLE" and
 * "ScanNotReadable" are "scan not readable". Cleaned by who draws it. */
void tui_code_words(const char *code, char *out, size_t size);

#endif
