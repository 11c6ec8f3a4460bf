/* SPDX-License-Identifier: MIT */
/* The review screen's state; it is drawn in review_draw.c, the keys are in
 * screen_review.c. */
#ifndef TUI_REVIEW_H
#define TUI_REVIEW_H

#include "tui/widgets/page.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/wizard.h"
#include "tui/words/review_view.h"

struct review {
	struct tui_send_rows rows;
	struct tui_list list; /* past the last row: the button */
	struct tui_page page; /* the rows, part by part */
	struct tui_checks checks;
	bool soon;     /* to be sent, once what is chosen was checked */
	int64_t asked; /* the submission that a question is about */
	int64_t now_ms, now_unix_ms;
	bool in_full; /* the rows show all of their words */
};

/* After the checklist was loaded. */
void review_rebuild(const struct tui_wizard *wizard, struct review *state);

/* The selected row; NULL: the button is. */
const struct tui_send_row *review_selected(const struct review *state);

/* Something was sent lately, and all of it was accepted. */
bool review_all_answered(const struct review *state);

/* How ROW stands, as its words beside it. */
void review_words(const struct tui_wizard *wizard, const struct review *state,
		  const struct tui_send_row *row, char *out, size_t size);
/* All that is known of one row, in a box. */
void review_show(struct tui_wizard *wizard, const struct review *state,
		 const struct tui_send_row *row);

/* review_moving.c. Of the selected row (from the button, the only one that is
 * on its way), or of all that are; what fails, or cannot be done, is said. */
void review_ask_cancel(struct tui_wizard *wizard, struct review *state);
void review_retry(struct tui_wizard *wizard, const struct review *state);
/* A held one goes on. Of all: while one is not held, all are to be. */
void review_hold(struct tui_wizard *wizard, const struct review *state);
void review_ask_cancel_all(struct tui_wizard *wizard, struct review *state);
void review_retry_all(struct tui_wizard *wizard, const struct review *state);
void review_hold_all(struct tui_wizard *wizard, const struct review *state);

/* review_draw.c */
void review_layout(struct tui_wizard *wizard, void *state,
		   const struct tui_area *area);
void review_draw(const struct tui_wizard *wizard, void *state,
		 const struct tui_area *area);

#endif
