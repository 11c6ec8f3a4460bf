/* SPDX-License-Identifier: MIT */
/*
 * One line of text being edited: UTF-8 inside, columns on screen. A character
 * is what people see as one (a grapheme cluster): the cursor never stands
 * inside one, and deleting takes all of it. Typing can be undone.
 */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/terminal/draw.h"
#include "tui/terminal/input.h"

struct tui_edit_past;

/* All-zero is a valid empty line. */
struct tui_edit {
	char *text;    /* NULL while empty */
	size_t cursor; /* byte offset, at a character's edge */
	size_t scroll; /* first byte shown */
	size_t max;    /* bytes at most; 0: 4096 */
	bool private;  /* never on the clipboard, wiped */
	/* Of the last key, if it was a paste. */
	bool pasted_less;	    /* there was no room for all of it */
	bool pasted_other;	    /* what no line has was left out */
	struct tui_edit_past *past; /* to be undone; NULL: nothing */
};

const char *tui_edit_text(const struct tui_edit *edit);	    /* never NULL */
void tui_edit_set(struct tui_edit *edit, const char *text); /* cursor at end */
void tui_edit_release(struct tui_edit *edit);		    /* wiped */

/* Typing, the usual line-editing keys (Ctrl-A/E/U/K/W, words, arrows, Home,
 * End, Delete, Backspace), pastes (line ends become blanks), and Ctrl-_ and
 * Ctrl-R where there is something to undo or to do again. True when the key was
 * one of these. *CHANGED (may be NULL): the text is another. */
bool tui_edit_key(struct tui_edit *edit, const struct tui_input *in,
		  bool *changed);

/* What has to be said about the last paste, or NULL. */
const char *tui_edit_notice(const struct tui_edit *edit);

/* Draw into COLS columns; FOCUSED also places the cursor. */
void tui_edit_draw(struct tui_edit *edit, const struct tui_area *area, int row,
		   int col, int cols, bool focused);

#endif
