/* SPDX-License-Identifier: MIT */
/* A picture's cells on the terminal. */
#include "tui/files/picture.h"

#include <curses.h>

#include "forms/i18n.h"
#include "tui/terminal/term.h"

#define NONE_ROWS 3

int picture_colours(void)
{
	if (!tui_term_colours())
		return 0;
	return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : 8;
}

/* Letters, blocks and blanks of one column: nothing else is believed. */
static wchar_t character_of(uint32_t character)
{
	bool ascii = character >= ' ' && character < 0x7f;
	bool block = character >= 0x2580 && character <= 0x259f;

	return ascii || (block && tui_utf8()) ? (wchar_t)character : L' ';
}

static int colour_of(int32_t colour)
{
	return colour >= 0 && colour < COLORS ? colour : -1;
}

static void put(const struct preview_cell *cell, int row, int col)
{
	wchar_t text[2] = { character_of(cell->character), L'\0' };
	int pair = 0;
	cchar_t cc;

	if (picture_colours())
		pair = alloc_pair(colour_of(cell->fg), colour_of(cell->bg));
	if (pair < 0)
		pair = 0;
	if (setcchar(&cc, text, A_NORMAL, (short)pair, &pair) == OK)
		mvadd_wch(row, col, &cc);
}

void picture_draw(struct picture *picture, const struct tui_area *area)
{
	const struct preview *preview = &picture->preview;
	int left = area->left, top = area->top;

	picture->cols = area->cols > 0 ? area->cols : 0;
	picture->rows = area->rows > 0 ? area->rows : 0;
	if (picture->none && picture->path)
		tui_paragraph(area, 0, 0, -1, NONE_ROWS, TUI_DIM,
			      _("no preview: this file cannot be drawn here"));
	/* Made for another size: a new one is on its way. */
	if (!preview->cells || preview->cols > area->cols ||
	    preview->rows > area->rows)
		return;
	left += (area->cols - preview->cols) / 2;
	for (int row = 0; row < preview->rows; row++)
		for (int col = 0; col < preview->cols; col++)
			put(&preview->cells[row * preview->cols + col],
			    top + row, left + col);
}
