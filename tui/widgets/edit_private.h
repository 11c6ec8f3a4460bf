/* SPDX-License-Identifier: MIT */
/* What the files of a line being edited share: edit.c, edit_past.c,
 * edit_draw.c. */
#ifndef TUI_EDIT_PRIVATE_H
#define TUI_EDIT_PRIVATE_H

#include "tui/widgets/edit.h"

/* One flag for each of the LEN bytes of TEXT: does a character begin there?
 * And one more, set. free() it. */
char *tui_edit_edges(const char *text, size_t len);

/* edit_past.c. How a text comes to be another: typing on and deleting on are
 * one step each. */
enum tui_edit_way {
	TUI_EDIT_MOVED, /* zero: whatever comes is a step of its own */
	TUI_EDIT_TYPED,
	TUI_EDIT_DELETED,
	TUI_EDIT_OTHER,
};

/* Keep the text as it is, before WAY makes another of it. */
void tui_edit_keep(struct tui_edit *edit, enum tui_edit_way way);
void tui_edit_moved(struct tui_edit *edit);
/* As it was before the last step, or after it again; false: there is none. */
bool tui_edit_undo(struct tui_edit *edit, bool again);
void tui_edit_forget(struct tui_edit *edit);

#endif
