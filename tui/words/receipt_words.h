/* SPDX-License-Identifier: MIT */
/* Receipts in words: the same on a screen, at a shell and in a ticket. Draws
 * nothing. */
#ifndef TUI_RECEIPT_WORDS_H
#define TUI_RECEIPT_WORDS_H

#include "cases/case.h"

/* What SUBMISSION was, by the provider's label: "ID card front"; free() it. */
char *tui_submission_label(const struct case_submission *submission,
			   const struct provider *provider, unsigned holder);

/* How it stands: "received", "sent, no clear answer", … */
const char *tui_submission_state(enum case_state state);

/* What an entry of the trail says happened: "file chosen". */
const char *tui_event_word(const char *what);

/* "2026-01-31 10:41:07 -0300" in local time; "" for 0. */
void tui_receipt_time(char *out, size_t size, int64_t unix_ms);

/* RECEIPT as lines, a tab between name and value; free() it. */
char *tui_receipt_text(const struct receipt *receipt,
		       const struct provider *provider);

#endif
