/* SPDX-License-Identifier: MIT */
/*
 * A page of lines that scrolls by its focused field: plain lines, broken to
 * the width, and lines that a screen draws itself. Made anew for every draw;
 * only where it is scrolled to is kept.
 */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "tui/terminal/draw.h"

struct tui_page_line {
	bool is_field;
	size_t field; /* the field on this line, or above it */
	enum tui_style style;
	int indent;
	char *text;
};

/* All-zero is a valid empty page. */
struct tui_page {
	struct tui_page_line *list;
	size_t count;
	size_t top;
	int cols; /* lines are broken to this */
};

void tui_page_begin(struct tui_page *page, int cols); /* empty, TOP is kept */
void tui_page_release(struct tui_page *page);	      /* wiped */

/* A field's line; the text lines that follow belong to it. */
void tui_page_field(struct tui_page *page, size_t field);
/* TEXT over as many lines as it takes; line ends in it are kept. */
void tui_page_text(struct tui_page *page, enum tui_style style, int indent,
		   const char *text);

/* Scroll so that FIELD and what belongs to it is in view, with whatever is
 * above the first field as far as there is room. */
void tui_page_fit(struct tui_page *page, int rows, size_t field);

typedef void tui_page_draw_field(void *arg, const struct tui_area *area,
				 int row, size_t field);
void tui_page_draw(const struct tui_page *page, const struct tui_area *area,
		   tui_page_draw_field *draw, void *arg);

#endif
