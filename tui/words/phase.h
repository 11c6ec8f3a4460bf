/* SPDX-License-Identifier: MIT */
/* The five phases of what is sent: checked here, sent, waiting for the
 * provider, received, in review. Past the last one it is accepted; where it
 * ended otherwise has a mark of its own. Draws nothing. */
#ifndef TUI_PHASE_H
#define TUI_PHASE_H

#include "tui/words/review_view.h"

#define TUI_PHASES 5

struct tui_phase {
	unsigned done;	     /* how many are behind it */
	enum tui_symbol now; /* the mark of the next one */
};

/* False: nothing of it has begun. MOVING: NULL when it is not on the wire. */
bool tui_item_phase(const struct case_item *item,
		    const struct xfer_progress *moving, struct tui_phase *out);
bool tui_send_phase(const struct tui_send_row *row,
		    const struct xfer_progress *moving, struct tui_phase *out);

/* "✓✓▸○○": TUI_PHASES columns. */
void tui_phase_marks(const struct tui_phase *phase, char *out, size_t size);

/* A line for each phase, with its mark; free() it. */
char *tui_phase_lines(const struct tui_phase *phase);

#endif
