/* SPDX-License-Identifier: MIT */
/*
 * The terminal: taken, given back, whatever happens. After tui_term_start()
 * the way it was is restored by tui_term_stop(), at exit(), when memory runs
 * out, and on the signals of a crash. Ctrl-C, Ctrl-Z and Ctrl-\ arrive as
 * keys; Ctrl-S and Ctrl-Q stay with the line.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "forms/err.h"

/* ERR_USAGE when standard input and output are no terminal, or one that
 * cannot show a screen; nothing was changed then. */
int tui_term_start(struct err *err) ERR_CHECKED;
void tui_term_stop(void); /* fine when not started, or twice */

int tui_term_colours(void); /* how many may be used: 0, 8, 16 or 256 */
void tui_term_size(int *rows, int *cols);

/* Readable when one of the next three, asked in this order, may answer true,
 * which each does once; -1: not started. */
int tui_term_fd(void);
bool tui_term_resized(void);   /* the new size is in force */
bool tui_term_stopping(void);  /* somebody asked to suspend (SIGTSTP) */
bool tui_term_continued(void); /* somebody stopped and continued us */

/* Give the terminal back, stop, and take it again when continued. */
void tui_term_suspend(void);

/* Send every mode again and paint all at the next frame. */
void tui_term_reassert(void);

/* Have clicks and the wheel come as keys, or leave them to the terminal, which
 * copies with them. False: this one has no mouse. */
bool tui_term_mouse(bool on);

/* term_frame.c */

/* False while output is held up (Ctrl-S, a slow line): drawing would wait. */
bool tui_term_writable(void);

/* One frame: begin wipes, end sends what differs. The cursor stands where
 * tui_term_cursor() said last, weakly where a WEAK one said first. */
void tui_term_begin(void);
void tui_term_cursor(int row, int col, bool weak);
/* The row of the first weak one in this frame; -1: there is none. */
int tui_term_focus(void);
void tui_term_end(void);

#endif
