/* SPDX-License-Identifier: MIT */
/* A line being edited, drawn: scrolled to its cursor, cut with a sign. Nothing
 * here takes longer for a longer line than finding where its characters are. */
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"
#include "tui/widgets/edit_private.h"

/* Of a character with its marks: more could not be told apart. */
#define CHARACTER_MOST 64

/* A text, and where its characters begin. */
struct line {
	const char *text;
	size_t len;
	char *edges;
};

static size_t next_edge(const struct line *line, size_t at)
{
	do
		at++;
	while (!line->edges[at]);
	return at;
}

static size_t previous_edge(const struct line *line, size_t at)
{
	do
		at--;
	while (!line->edges[at]);
	return at;
}

/* Columns of the character from FROM to TO once it is cleaned. */
static int width_of(const struct line *line, size_t from, size_t to,
		    char clean[3 * CHARACTER_MOST + 1])
{
	char raw[CHARACTER_MOST + 1];
	size_t len = to - from;
	int width;

	/* Not inside of the bytes of one code. */
	if (len > CHARACTER_MOST)
		for (len = CHARACTER_MOST;
		     (line->text[from + len] & 0xc0) == 0x80 && len > 1;)
			len--;
	memcpy(raw, line->text + from, len);
	raw[len] = '\0';
	text_clean(clean, 3 * CHARACTER_MOST + 1, raw);
	width = text_width(clean);
	return width > 0 ? width : 1;
}

/* Does the rest of the line, from FROM on, fit into COLS columns? */
static bool fits(const struct line *line, size_t from, int cols)
{
	char clean[3 * CHARACTER_MOST + 1];
	int width = 0;

	while (from < line->len && width <= cols) {
		size_t next = next_edge(line, from);

		width += width_of(line, from, next, clean);
		from = next;
	}
	return width <= cols;
}

/* The first character from which on the cursor is within COLS columns. */
static size_t start_within(const struct line *line, size_t cursor, int cols)
{
	char clean[3 * CHARACTER_MOST + 1];
	size_t from = cursor;
	int width = 0;

	while (from > 0) {
		size_t before = previous_edge(line, from);

		width += width_of(line, before, from, clean);
		if (width > cols)
			break;
		from = before;
	}
	return from;
}

/* The cursor needs a column of its own, and so does the mark of a cut. It
 * jumps a third of the line: one letter more must not draw all of it again. */
static void scroll_to_cursor(struct tui_edit *edit, const struct line *line,
			     int cols)
{
	int room = cols > 4 ? cols - 3 : 1;

	if (edit->scroll > line->len || fits(line, 0, cols - 1))
		edit->scroll = 0;
	while (!line->edges[edit->scroll])
		edit->scroll--;
	if (edit->cursor < edit->scroll ||
	    (edit->cursor == edit->scroll && edit->scroll > 0) ||
	    start_within(line, edit->cursor, room) > edit->scroll)
		edit->scroll = start_within(line, edit->cursor, room * 2 / 3);
	/* No sign of a cut in place of what would fit there. */
	if (edit->scroll && fits(line, 0, cols - 1))
		edit->scroll = 0;
}

static void draw_cut(const struct tui_area *area, int row, int col,
		     const char *ascii)
{
	tui_text(area, row, col, 1, TUI_DIM, tui_utf8() ? "…" : ascii);
}

static void draw(const struct tui_edit *edit, const struct line *line,
		 const struct tui_area *area, int row, int col, int cols,
		 bool focused)
{
	size_t at = edit->scroll;
	int x = at > 0;

	if (at > 0)
		draw_cut(area, row, col, "<");
	while (at < line->len && x < cols) {
		size_t next = next_edge(line, at);
		char clean[3 * CHARACTER_MOST + 1];
		int width = width_of(line, at, next, clean);

		if (at == edit->cursor && focused)
			tui_cursor(area, row, col + x);
		if (x + width > cols - (next < line->len)) {
			draw_cut(area, row, col + x, ">");
			return;
		}
		tui_text(area, row, col + x, width, TUI_PLAIN, clean);
		x += width;
		at = next;
	}
	if (at == edit->cursor && focused)
		tui_cursor(area, row, col + x);
}

/* Plain, also with the focus: that has its mark and the cursor, and a letter
 * that is typed costs the line a byte and not the attributes around it. */
void tui_edit_draw(struct tui_edit *edit, const struct tui_area *area, int row,
		   int col, int cols, bool focused)
{
	struct line line = { .text = tui_edit_text(edit) };

	if (cols < 0 || cols > area->cols - col)
		cols = area->cols - col;
	if (cols <= 0)
		return;
	line.len = strlen(line.text);
	line.edges = tui_edit_edges(line.text, line.len);
	scroll_to_cursor(edit, &line, cols);
	tui_text(area, row, col, cols, TUI_PLAIN, "");
	draw(edit, &line, area, row, col, cols, focused);
	free(line.edges);
}
