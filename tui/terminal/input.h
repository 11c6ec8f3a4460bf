/* SPDX-License-Identifier: MIT */
/*
 * Keys as the screens see them: one decoded character, a named key, a whole
 * paste, or a resize. Reading never waits.
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

enum tui_key {
	TUI_KEY_NONE = 0,
	/* 1..31 are Ctrl-A..Ctrl-_, as TUI_CTRL('A'); 32 and up characters */
	TUI_KEY_ENTER = 0x200000,
	TUI_KEY_TAB,
	TUI_KEY_BACKTAB,
	TUI_KEY_ESC, /* also Ctrl-G */
	TUI_KEY_BACKSPACE,
	TUI_KEY_DELETE,
	TUI_KEY_UP,
	TUI_KEY_DOWN,
	TUI_KEY_LEFT,
	TUI_KEY_RIGHT,
	TUI_KEY_HOME,
	TUI_KEY_END,
	TUI_KEY_PAGE_UP,
	TUI_KEY_PAGE_DOWN,
	TUI_KEY_WORD_LEFT,  /* Alt-B, Ctrl-Left */
	TUI_KEY_WORD_RIGHT, /* Alt-F, Ctrl-Right */
	TUI_KEY_HELP,	    /* F1 */
	TUI_KEY_F2,
	TUI_KEY_F3,
	TUI_KEY_F5,
	TUI_KEY_F7,
	TUI_KEY_F8,
	TUI_KEY_F9,
	TUI_KEY_F10,
	TUI_KEY_WHEEL_UP,
	TUI_KEY_WHEEL_DOWN,
	TUI_KEY_CLICK,	/* at row, col */
	TUI_KEY_PASTE,	/* text in paste */
	TUI_KEY_RESIZE, /* the terminal has another size */
};

#define TUI_CTRL(c) ((c)&0x1f)

struct tui_input {
	int key; /* enum tui_key, or a Unicode character */
	/* TUI_KEY_PASTE: what was pasted, at most 1 MB, raw bytes with a NUL
	 * behind; borrowed until the next read. */
	const char *paste;
	size_t paste_len;
	bool paste_cut; /* there was more */
	int row, col;	/* TUI_KEY_CLICK: where, from 0 */
};

/* 1: IN is filled; 0: nothing there now; -1: the terminal is gone. */
int tui_input_read(struct tui_input *in);

/* Is it a letter, a digit or a paste: what somebody types as an answer, while
 * signs like '?' and '[' are keys wherever no text is typed? */
bool tui_input_is_typed(const struct tui_input *in);

/* Milliseconds after which to read again although nothing came, because an
 * ESC may turn out to stand alone; -1: nothing is open. */
int tui_input_wait(void);

void tui_input_release(void); /* forget what came; pastes are wiped */

/* What a screen can do, in the order it is shown. One table a screen; the
 * bottom line and the help come from it. */
struct tui_binding {
	int key;	   /* 0 ends the table */
	const char *name;  /* as shown: "Enter", "a", "Ctrl-R"; NULL: hidden
			      alias of the row before */
	const char *label; /* one or two words, for the bottom line; NULL: only
			      in the help */
	const char *help;  /* a sentence */
};

#endif
