/* SPDX-License-Identifier: MIT */
/* A page of lines that scrolls by its focused field. */
#include "tui/widgets/page.h"

#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "forms/text.h"

static void drop_lines(struct tui_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		mem_free_private(page->list[i].text);
	page->count = 0;
}

void tui_page_begin(struct tui_page *page, int cols)
{
	drop_lines(page);
	page->cols = cols > 1 ? cols : 1;
}

void tui_page_release(struct tui_page *page)
{
	drop_lines(page);
	free(page->list);
	*page = (struct tui_page){ 0 };
}

static struct tui_page_line *add(struct tui_page *page)
{
	page->list = mem_grow(page->list, page->count, sizeof(*page->list));
	page->list[page->count] = (struct tui_page_line){ 0 };
	if (page->count)
		page->list[page->count].field =
			page->list[page->count - 1].field;
	return &page->list[page->count++];
}

void tui_page_field(struct tui_page *page, size_t field)
{
	struct tui_page_line *line = add(page);

	line->is_field = true;
	line->field = field;
}

/* Bytes of TEXT that go on one line: up to a line end or the last blank that
 * fits; a word longer than the line is cut. */
static size_t line_length(const char *text, int cols)
{
	size_t whole = strcspn(text, "\n");
	size_t fits = text_fit(text, cols, NULL);
	size_t at = 0;

	if (whole <= fits)
		return whole;
	for (at = fits; at > 0 && text[at] != ' ';)
		at--;
	if (at)
		return at;
	return fits ? fits : whole;
}

static void add_text(struct tui_page *page, enum tui_style style, int indent,
		     const char *text, size_t len)
{
	struct tui_page_line *line = add(page);

	line->style = style;
	line->indent = indent;
	line->text = mem_dup_n(text, len);
}

/* One paragraph, clean and without line ends. */
static void add_paragraph(struct tui_page *page, enum tui_style style,
			  int indent, const char *text)
{
	int cols = page->cols - indent > 8 ? page->cols - indent : 8;

	do {
		size_t len = line_length(text, cols);

		add_text(page, style, indent, text, len);
		text += len;
		text += strspn(text, " ");
	} while (*text);
}

void tui_page_text(struct tui_page *page, enum tui_style style, int indent,
		   const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");
		char *raw = mem_dup_n(text, len);
		char *clean = text_clean_new(raw);

		add_paragraph(page, style, indent, clean);
		mem_free_private(raw);
		mem_free_private(clean);
		if (!text[len])
			return;
		text += len + 1;
	}
}

/* Lines in view; where they are not all, one row tells so. */
static size_t room_of(const struct tui_page *page, int rows)
{
	return rows > 0 ? (size_t)tui_more_rows(page->count, rows) : 1;
}

void tui_page_fit(struct tui_page *page, int rows, size_t field)
{
	size_t room = room_of(page, rows);
	size_t first = 0;
	size_t last = 0;
	size_t before = 0;

	while (first < page->count && !(page->list[first].is_field &&
					page->list[first].field == field))
		first++;
	if (first == page->count)
		first = 0;
	for (last = first + 1;
	     last < page->count && !page->list[last].is_field;)
		last++;
	/* A heading, or all that stands above the first field, comes along. */
	for (before = first; before > 0 && !page->list[before - 1].is_field &&
			     page->list[before - 1].style == TUI_TITLE;)
		before--;
	if (page->top + room < last)
		page->top = last - room;
	if (page->top > before && last - before <= room)
		page->top = before;
	if (page->top > first)
		page->top = first;
	if (last <= room)
		page->top = 0;
	if (page->top + room > page->count)
		page->top = page->count > room ? page->count - room : 0;
}

void tui_page_draw(const struct tui_page *page, const struct tui_area *area,
		   tui_page_draw_field *draw, void *arg)
{
	size_t rows = room_of(page, area->rows);

	for (size_t i = 0; i < rows && page->top + i < page->count; i++) {
		const struct tui_page_line *line = &page->list[page->top + i];

		if (line->is_field)
			draw(arg, area, (int)i, line->field);
		else
			tui_text(area, (int)i, line->indent, -1, line->style,
				 line->text);
	}
	if (rows < page->count)
		tui_more_line(area, (int)rows, page->top,
			      page->count - page->top - rows);
}
