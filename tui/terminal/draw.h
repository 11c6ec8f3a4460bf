/* SPDX-License-Identifier: MIT */
/*
 * Drawing into an area of the terminal. Text is cleaned and clipped here, so
 * nothing from a file or a server can draw outside its place; what is cut ends
 * in "…" (or "~" without UTF-8). Style never carries meaning alone. Nobody but
 * the loop refreshes.
 */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tui_area {
	int top, left, rows, cols;
};

enum tui_style { /* how they look is the theme's */
	TUI_PLAIN,
	TUI_STRONG,
	TUI_DIM,
	TUI_FOCUS, /* reverse video, and the cursor unless it is elsewhere */
	TUI_GOOD,
	TUI_WARN,
	TUI_BAD,
	TUI_TITLE,
	TUI_HERE,  /* the step one is on */
	TUI_ALARM, /* real data */
	TUI_BAR,
	TUI_BAR_LEFT,
	TUI_LINE, /* rules and boxes */
	TUI_STYLES
};

/* Symbols with an ASCII twin; drawn by tui_symbol(). */
enum tui_symbol {
	TUI_SYMBOL_DONE,    /* ✓  or  + */
	TUI_SYMBOL_BAD,	    /* ✗  or  x */
	TUI_SYMBOL_CHOSEN,  /* ●  or  * */
	TUI_SYMBOL_OPEN,    /* ○  or  o */
	TUI_SYMBOL_POINTER, /* ▸  or  > */
	TUI_SYMBOL_DOWN,    /* ▼  or  v */
	TUI_SYMBOL_UP,	    /* ▲  or  ^ */
	TUI_SYMBOL_UNSURE,  /* ? */
	TUI_SYMBOL_WAIT,    /* … or  . */
	TUI_SYMBOL_DASH,    /* — or  - */
};
const char *tui_symbol(enum tui_symbol symbol);

bool tui_utf8(void); /* may more than ASCII be drawn? */

/* Draw TEXT at ROW, COL of AREA, at most COLS columns (-1: to its edge), the
 * rest of COLS blank. Returns the columns the text took. */
int tui_text(const struct tui_area *area, int row, int col, int cols,
	     enum tui_style style, const char *text);
int tui_textf(const struct tui_area *area, int row, int col, int cols,
	      enum tui_style style, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* The same, but no more than the words of TEXT have STYLE. */
void tui_label(const struct tui_area *area, int row, int col, int cols,
	       enum tui_style style, const char *text);

/* TEXT broken at blanks over at most ROWS rows from ROW on; returns the rows
 * used. What does not fit ends in "…". */
int tui_paragraph(const struct tui_area *area, int row, int col, int cols,
		  int rows, enum tui_style style, const char *text);

/* The bytes of TEXT (clean but for line ends) that make its first line of COLS
 * columns; *NEXT is where the second one begins. */
size_t tui_wrap(const char *text, int cols, size_t *next);

void tui_rule(const struct tui_area *area, int row, const char *title);
void tui_clear(const struct tui_area *area);
/* Also clears beside the box, where half words would remain. */
void tui_box(const struct tui_area *area, const char *title);

/* DONE of TOTAL as a bar of COLS columns in eighths (or '#'). */
void tui_bar(const struct tui_area *area, int row, int col, int cols,
	     uint64_t done, uint64_t total, enum tui_style style);

/* Where the real cursor stands when the frame is done: on the focus. */
void tui_cursor(const struct tui_area *area, int row, int col);

/* "▼ 12 more" near the right end of a box's edge at ROW; nothing when COUNT is
 * 0. */
void tui_more(const struct tui_area *area, int row, bool below, size_t count);

/* For a list or page without an edge: how many of ROWS its COUNT lines may
 * take. When that is not all of them, the last one is for tui_more_line(). */
int tui_more_rows(size_t count, int rows);
void tui_more_line(const struct tui_area *area, int row, size_t above,
		   size_t below);

/* Words for times, in the operator's language. Buffers of 32 are enough. */
void tui_ago(char *out, size_t size, int64_t then_unix_ms, int64_t now_unix_ms);
void tui_duration(char *out, size_t size, int64_t ms); /* "0:04", "1:02:03" */

#endif
