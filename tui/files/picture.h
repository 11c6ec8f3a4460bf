/* SPDX-License-Identifier: MIT */
/* A picture of one file, drawn with characters as another process made it. */
#ifndef TUI_PICTURE_H
#define TUI_PICTURE_H

#include "forms/preview.h"
#include "tui/terminal/draw.h"

/* All-zero is none. */
struct picture {
	char *path; /* what is shown or asked for */
	struct preview preview;
	struct preview_asking *asking;
	bool none;		    /* there is no picture of PATH */
	int cols, rows;		    /* its place when last drawn; 0: none */
	int asked_cols, asked_rows; /* the place it was made for */
};

void picture_release(struct picture *picture);

/* Time passed, and PATH (NULL: nothing) is to be shown: true when something is
 * another. */
bool picture_tick(struct picture *picture, const char *path);
int picture_tick_in(const struct picture *picture, const char *path);

/* In the middle of AREA, which is remembered for the next picture; or that
 * there is none. */
void picture_draw(struct picture *picture, const struct tui_area *area);

int picture_colours(void); /* that may be used; 0: none */

#endif
