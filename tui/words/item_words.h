/* SPDX-License-Identifier: MIT */
/* Labels, marks and words for the items of a checklist. Draws nothing. */
#ifndef TUI_ITEM_WORDS_H
#define TUI_ITEM_WORDS_H

#include "cases/case.h"
#include "tui/terminal/draw.h"

/* The provider's own label for it, else that of its type, form or kind. */
const char *tui_requirement_label(const struct prov_requirement *requirement);
const char *tui_side_word(enum doc_side side); /* "" without one */
const char *tui_kind_word(enum prov_kind kind);

/* How an item stands. FULL: with when and why, for a row of its own. */
enum tui_symbol tui_item_symbol(const struct case_item *item);
enum tui_style tui_item_style(const struct case_item *item);
void tui_item_words(const struct case_checklist *checklist,
		    const struct case_item *item, bool full,
		    int64_t now_unix_ms, char *out, size_t size);

/* The last rejection in words, also when something newer was chosen since;
 * NULL when there is none. */
const char *tui_item_why(const struct case_item *item);

/* "." where SENTENCE lacks it and another one follows, else "". */
const char *tui_stop(const char *sentence);

/* The field that a refusal is about; NULL: not said, or not refused. */
const char *tui_wrong_field(const struct case_submission *submission);

/* The first error of a draft, or NULL. */
const struct finding *tui_draft_error(const struct case_document *document);
/* Was a file chosen that cannot be sent as it is? */
bool tui_item_blocked(const struct case_item *item);

/* The name of PARTY, NULL being the customer; never NULL. */
const char *tui_holder_name(const struct case_checklist *checklist,
			    const char *party);

/* A form ready to be sent with what the provider knows, untouched here? */
bool tui_item_only_known(const struct case_item *item);

#endif
