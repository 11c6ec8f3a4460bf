/* SPDX-License-Identifier: MIT */
/*
 * Drawing: clean, clip, put cell by cell (see cell.c). Every character is put
 * at a column of our own counting, so a width that the C library sees otherwise
 * cannot shift what stands behind it.
 */
#include "tui/terminal/draw.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/terminal/cell.h"
#include "tui/terminal/term.h"

#define BOX_MARGIN 2 /* columns around a box */
#define SLIVER	   8 /* so few columns beside a box show nothing whole */

bool tui_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

const char *tui_symbol(enum tui_symbol symbol)
{
	static const char *const symbols[][2] = {
		[TUI_SYMBOL_DONE] = { "✓", "+" },
		[TUI_SYMBOL_BAD] = { "✗", "x" },
		[TUI_SYMBOL_CHOSEN] = { "●", "*" },
		[TUI_SYMBOL_OPEN] = { "○", "o" },
		[TUI_SYMBOL_POINTER] = { "▸", ">" },
		[TUI_SYMBOL_DOWN] = { "▼", "v" },
		[TUI_SYMBOL_UP] = { "▲", "^" },
		[TUI_SYMBOL_UNSURE] = { "?", "?" },
		[TUI_SYMBOL_WAIT] = { "…", "." },
		[TUI_SYMBOL_DASH] = { "—", "-" },
	};

	return symbols[symbol][!tui_utf8()];
}

/* Most text is such: it is clean, and a byte of it is a column. */
static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

/* Columns that may be drawn from COL of ROW on, at most COLS; 0: none. */
static int room_at(const struct tui_area *area, int row, int col, int cols)
{
	int room = area->cols - col;
	int rows_there = 0, cols_there = 0;

	tui_term_size(&rows_there, &cols_there);
	if (row < 0 || row >= area->rows || col < 0 || area->top + row < 0 ||
	    area->top + row >= rows_there || area->left + col < 0)
		return 0;
	if (area->left + area->cols > cols_there)
		room = cols_there - area->left - col;
	if (cols >= 0 && cols < room)
		room = cols;
	return room < 0 ? 0 : room;
}

/* Clean TEXT, whose columns are counted, and cut it to ROOM columns. */
static char *clipped(const char *text, int room, int *used)
{
	/* A column holds one character of 4 bytes, 4 marks and a mark for
	 * more: whatever is behind that many bytes cannot be seen. */
	size_t size = ((size_t)room + 1) * 32;
	char *clean = mem_alloc(size + 4);
	size_t len;

	text_clean(clean, size, text);
	if (text_width(clean) <= room) {
		*used = text_width(clean);
		return clean;
	}
	len = text_fit(clean, room - 1, used);
	clean[len] = '\0';
	memcpy(clean + len, tui_utf8() ? "…" : "~", tui_utf8() ? 4 : 2);
	*used += 1;
	return clean;
}

/* Columns of the one character of LEN bytes at TEXT: 1 or 2. */
static int cluster_width(const char *text, size_t len)
{
	int width = 0;

	/* Does it take a whole column or does one column not hold it? */
	return text_fit(text, 1, &width) >= len && width <= 1 ? 1 : 2;
}

/* Does the rest of the columns look like the words in front of it? */
static bool is_whole(enum tui_style style)
{
	return style == TUI_FOCUS || style == TUI_ALARM;
}

/* Draw clean TEXT into ROOM columns; returns those that it took. */
static int put_clusters(int row, int col, int room, const char *clean,
			enum tui_style style)
{
	int width = 0;

	for (size_t at = 0; clean[at];) {
		size_t next = text_next(clean, at);
		int columns = cluster_width(clean + at, next - at);

		if (width + columns > room)
			break;
		tui_cell_put(row, col + width, clean + at, next - at, columns,
			     style);
		width += columns;
		at = next;
	}
	return width;
}

int tui_text(const struct tui_area *area, int row, int col, int cols,
	     enum tui_style style, const char *text)
{
	int room = room_at(area, row, col, cols);
	int y = area->top + row, x = area->left + col;
	int used = 0, width = 0;
	char *clean = NULL;

	if (room <= 0)
		return 0;
	if (!text)
		text = "";
	if (strnlen(text, (size_t)room + 1) <= (size_t)room && is_ascii(text)) {
		used = width = (int)strlen(text);
		tui_cell_ascii(y, x, text, width, style);
	} else {
		clean = clipped(text, room, &used);
		width = put_clusters(y, x, room, clean, style);
		free(clean);
	}
	/* Else nobody sees how a blank is drawn, and it takes bytes. */
	tui_cell_run(y, x + width, room - width, " ",
		     is_whole(style) ? style : TUI_PLAIN);
	if (style == TUI_FOCUS)
		tui_term_cursor(y, x, true);
	return used;
}

int tui_textf(const struct tui_area *area, int row, int col, int cols,
	      enum tui_style style, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	int used = 0;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0) {
		used = tui_text(area, row, col, cols, style, text);
		free(text);
	}
	va_end(args);
	return used;
}

void tui_label(const struct tui_area *area, int row, int col, int cols,
	       enum tui_style style, const char *text)
{
	int used = tui_text(area, row, col, cols, style, text);

	tui_text(area, row, col + used, cols - used, TUI_PLAIN, "");
}

size_t tui_wrap(const char *text, int cols, size_t *next)
{
	size_t line = strcspn(text, "\n");
	char *clean = mem_dup_n(text, line);
	size_t fit = text_fit(clean, cols, NULL);
	size_t end = fit;

	free(clean);
	if (fit == 0 && line > 0)
		fit = end = text_next(text, 0); /* too wide: one at least */
	if (fit < line) {
		while (end > 0 && text[end] != ' ')
			end--;
		if (end == 0)
			end = fit;
	}
	*next = end;
	while (text[*next] == ' ' && *next < line)
		(*next)++;
	if (*next >= line && text[line] == '\n')
		*next = line + 1;
	return end;
}

/* TEXT cleaned but for its line ends, at most MOST bytes of it. */
static char *clean_lines(const char *text, size_t most)
{
	struct buf out = { 0 };

	while (*text && out.len < most) {
		size_t len = strcspn(text, "\n");
		char *line = mem_dup_n(text, len < most ? len : most);
		char *clean = text_clean_new(line);

		buf_add_text(&out, clean);
		free(clean);
		free(line);
		text += len;
		if (*text == '\n') {
			buf_add_char(&out, '\n');
			text++;
		}
	}
	return buf_take(&out);
}

int tui_paragraph(const struct tui_area *area, int row, int col, int cols,
		  int rows, enum tui_style style, const char *text)
{
	int room = room_at(area, row < 0 ? 0 : row, col, cols);
	int used = 0;
	char *clean;

	if (room <= 0 || rows <= 0)
		return 0;
	clean = clean_lines(text ? text : "",
			    ((size_t)room + 1) * 32 * (size_t)rows);
	for (const char *at = clean; *at && used < rows; used++) {
		size_t next = 0;
		size_t len = tui_wrap(at, room, &next);
		bool last = used == rows - 1 && at[next];
		/* The last row shows by its cut that there was more. */
		char *line = last ? mem_dup(at) : mem_dup_n(at, len);

		line[strcspn(line, "\n")] = '\0';
		tui_text(area, row + used, col, room, style, line);
		free(line);
		at += next;
	}
	free(clean);
	return used;
}

static void put_line(const struct tui_area *area, int row, int col, int cols,
		     const char *utf8, const char *ascii)
{
	int room = room_at(area, row, col, cols);
	const char *text = tui_utf8() ? utf8 : ascii;

	tui_cell_run(area->top + row, area->left + col, room, text, TUI_LINE);
}

void tui_rule(const struct tui_area *area, int row, const char *title)
{
	char *spaced = NULL;
	int width;

	put_line(area, row, 0, -1, "─", "-");
	if (!title || !*title)
		return;
	spaced = mem_printf(" %s ", title);
	width = text_width(spaced);
	if (width > area->cols - 4)
		width = area->cols - 4;
	if (width > 2)
		tui_text(area, row, 2, width, TUI_STRONG, spaced);
	free(spaced);
}

void tui_clear(const struct tui_area *area)
{
	for (int row = 0; row < area->rows; row++)
		tui_text(area, row, 0, -1, TUI_PLAIN, "");
}

static void clear_around(const struct tui_area *area)
{
	int left = area->left > SLIVER ? area->left - BOX_MARGIN : 0;
	int right = area->left + area->cols;
	struct tui_area around = *area;
	int rows = 0, cols = 0;

	tui_term_size(&rows, &cols);
	right = cols - right > SLIVER ? right + BOX_MARGIN : cols;
	around.left = left;
	around.cols = right - left;
	tui_clear(&around);
}

void tui_box(const struct tui_area *area, const char *title)
{
	int right = area->cols - 1, bottom = area->rows - 1;

	if (right < 1 || bottom < 1)
		return;
	clear_around(area);
	put_line(area, 0, 1, right - 1, "─", "-");
	put_line(area, bottom, 1, right - 1, "─", "-");
	for (int row = 1; row < bottom; row++) {
		put_line(area, row, 0, 1, "│", "|");
		put_line(area, row, right, 1, "│", "|");
	}
	put_line(area, 0, 0, 1, "┌", "+");
	put_line(area, 0, right, 1, "┐", "+");
	put_line(area, bottom, 0, 1, "└", "+");
	put_line(area, bottom, right, 1, "┘", "+");
	if (title && *title && right > 5) {
		char *spaced = mem_printf(" %s ", title);
		int width = text_width(spaced);

		tui_text(area, 0, 2, width < right - 3 ? width : right - 3,
			 TUI_TITLE, spaced);
		free(spaced);
	}
}

void tui_bar(const struct tui_area *area, int row, int col, int cols,
	     uint64_t done, uint64_t total, enum tui_style style)
{
	static const char *const eighths[] = { "·", "▏", "▎", "▍", "▌",
					       "▋", "▊", "▉", "█" };
	int room = room_at(area, row, col, cols);
	double part = total ? (double)done / (double)total : 0;
	int filled = (int)((part > 1 ? 1 : part) * 8 * room);

	for (int i = 0; i < room; i++) {
		int here = filled - i * 8;
		const char *cell = here >= 8 ? "#" : "-";

		if (tui_utf8())
			cell = eighths[here < 0 ? 0 : here > 8 ? 8 : here];
		tui_cell_put(area->top + row, area->left + col + i, cell,
			     strlen(cell), 1, here > 0 ? style : TUI_BAR_LEFT);
	}
}

void tui_cursor(const struct tui_area *area, int row, int col)
{
	tui_term_cursor(area->top + row, area->left + col, false);
}

static char *more_words(bool below, size_t count)
{
	return mem_printf(_(" %s %zu more "),
			  tui_symbol(below ? TUI_SYMBOL_DOWN : TUI_SYMBOL_UP),
			  count);
}

/* The corner of a box stays. */
static void put_more(const struct tui_area *area, int row, const char *text)
{
	int width = text_width(text);

	if (width < area->cols)
		tui_text(area, row, area->cols - width - 1, width, TUI_DIM,
			 text);
}

void tui_more(const struct tui_area *area, int row, bool below, size_t count)
{
	char *text = NULL;

	if (count == 0)
		return;
	text = more_words(below, count);
	put_more(area, row, text);
	free(text);
}

int tui_more_rows(size_t count, int rows)
{
	return rows > 1 && count > (size_t)rows ? rows - 1 : rows;
}

void tui_more_line(const struct tui_area *area, int row, size_t above,
		   size_t below)
{
	char *up = above ? more_words(false, above) : mem_dup("");
	char *down = below ? more_words(true, below) : mem_dup("");
	char *text = mem_printf("%s%s", up, down);

	put_more(area, row, text);
	free(text);
	free(down);
	free(up);
}

static int day_of(const struct tm *tm)
{
	return tm->tm_year * 366 + tm->tm_yday;
}

void tui_ago(char *out, size_t size, int64_t then_unix_ms, int64_t now_unix_ms)
{
	time_t then = (time_t)(then_unix_ms / 1000);
	time_t now = (time_t)(now_unix_ms / 1000);
	time_t before = now - 24 * 60 * 60;
	struct tm at = { 0 }, today = { 0 }, yesterday = { 0 };
	long days = (long)((now - then) / (24 * 60 * 60));

	if (then_unix_ms <= 0) {
		snprintf(out, size, "%s", tui_symbol(TUI_SYMBOL_DASH));
		return;
	}
	localtime_r(&then, &at);
	localtime_r(&now, &today);
	localtime_r(&before, &yesterday);
	if (day_of(&at) == day_of(&today))
		snprintf(out, size, _("today %02d:%02d"), at.tm_hour,
			 at.tm_min);
	else if (day_of(&at) == day_of(&yesterday))
		snprintf(out, size, _("yesterday %02d:%02d"), at.tm_hour,
			 at.tm_min);
	else if (days >= 1 && days < 7)
		snprintf(out, size, P_("%ld day ago", "%ld days ago", days),
			 days);
	else
		strftime(out, size, "%Y-%m-%d", &at);
}

void tui_duration(char *out, size_t size, int64_t ms)
{
	int64_t s = ms > 0 ? ms / 1000 : 0;

	if (s >= 3600)
		snprintf(out, size, "%d:%02d:%02d", (int)(s / 3600),
			 (int)(s / 60 % 60), (int)(s % 60));
	else
		snprintf(out, size, "%d:%02d", (int)(s / 60), (int)(s % 60));
}
