/* SPDX-License-Identifier: MIT */
/*
 * How each style looks: attributes and colours, as data. A theme is an INI
 * file of "role = words"; assets/themes has those that come along. It is read
 * over the one that is built in, so a file says only what it wants otherwise.
 *
 *	error = bold red		on every terminal
 *	[256]				in place of the row above, where there
 *	error = bold white on 124	are so many colours; [16], [8] and
 *					[none] likewise
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include "forms/err.h"
#include "tui/terminal/draw.h"

enum { /* attributes of a look */
	TUI_LOOK_BOLD = 1 << 0,
	TUI_LOOK_DIM = 1 << 1,
	TUI_LOOK_REVERSE = 1 << 2,
	TUI_LOOK_UNDERLINE = 1 << 3,
};

struct tui_look {
	unsigned attributes;
	short colour, ground; /* -1: the terminal's own */
};

enum tui_depth { /* what a terminal can do */
	TUI_DEPTH_NONE,
	TUI_DEPTH_8,
	TUI_DEPTH_16,
	TUI_DEPTH_256,
	TUI_DEPTHS
};

struct tui_theme {
	struct tui_look looks[TUI_DEPTHS][TUI_STYLES];
};

void tui_theme_default(struct tui_theme *theme);

/* Read the file PATH over the built-in theme. ERR_CONFIG names the line and
 * what is accepted there; THEME is the built-in one then. */
int tui_theme_read(struct tui_theme *theme, const char *path,
		   struct err *err) ERR_CHECKED;

/* The file of NAME: itself when it has a slash, else themes/NAME.theme beside
 * the configuration CONFIG, else the one that came along. malloc'd. */
char *tui_theme_path(const char *name, const char *config);

#endif
