/* SPDX-License-Identifier: MIT */
/*
 * Cells of the screen as curses has them: a character with its marks, in the
 * look that the theme gives a style, in the locale's character set. Who draws
 * has cleaned, measured and clipped before.
 */
#ifndef TUI_CELL_H
#define TUI_CELL_H

#include <stddef.h>

#include "tui/terminal/draw.h"

struct tui_theme;

/* Look so from now on; copied. Without it: as it is built in. */
void tui_cell_theme(const struct tui_theme *theme);

/* The character of LEN bytes at TEXT, for which WIDTH columns are kept: what
 * curses would see otherwise becomes a mark in its place. */
void tui_cell_put(int row, int col, const char *text, size_t len, int width,
		  enum tui_style style);
/* The character TEXT, of one column, COUNT times. */
void tui_cell_run(int row, int col, int count, const char *text,
		  enum tui_style style);
/* COUNT bytes of TEXT, all of them printable ASCII. */
void tui_cell_ascii(int row, int col, const char *text, int count,
		    enum tui_style style);

#endif
