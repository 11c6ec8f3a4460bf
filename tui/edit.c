/* SPDX-License-Identifier: MIT */
/* A line being edited. The text is kept as it is, raw bytes of a file name
 * included; it is cleaned where it is drawn. */
#include "tui/edit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "forms/form.h"

#define DEFAULT_MAX 4096

const char *tui_edit_text(const struct tui_edit *edit)
{
	return edit->text ? edit->text : "";
}

static size_t max_of(const struct tui_edit *edit)
{
	return edit->max ? edit->max : DEFAULT_MAX;
}

void tui_edit_set(struct tui_edit *edit, const char *text)
{
	char *copy = NULL;
	size_t len = 0, max = max_of(edit);

	while (text && text[len]) {
		size_t next = text_next(text, len);

		if (next > max)
			break;
		len = next;
	}
	if (len)
		copy = mem_dup_n(text, len);
	mem_free_private(edit->text);
	edit->text = copy;
	edit->cursor = len;
	edit->scroll = 0;
}

void tui_edit_release(struct tui_edit *edit)
{
	mem_free_private(edit->text);
	edit->text = NULL;
	edit->cursor = edit->scroll = 0;
}

/* Replace the bytes from FROM to TO by LEN bytes of NEW; cursor behind. */
static void splice(struct tui_edit *edit, size_t from, size_t to,
		   const char *new, size_t len)
{
	const char *old = tui_edit_text(edit);
	size_t rest = strlen(old + to);
	char *text = mem_alloc(from + len + rest + 1);

	memcpy(text, old, from);
	memcpy(text + from, new, len);
	memcpy(text + from + len, old + to, rest);
	mem_free_private(edit->text);
	edit->text = text;
	edit->cursor = from + len;
	if (edit->scroll > edit->cursor)
		edit->scroll = edit->cursor;
}

/* As much of LEN bytes at NEW as there is room for, whole characters. */
static bool insert(struct tui_edit *edit, const char *new, size_t len)
{
	size_t used = strlen(tui_edit_text(edit));
	size_t max = max_of(edit);
	size_t fit = 0;

	while (fit < len) {
		size_t next = text_next(new, fit);

		if (used + next > max)
			break;
		fit = next;
	}
	if (fit == 0)
		return false;
	splice(edit, edit->cursor, edit->cursor, new, fit);
	return true;
}

static bool insert_character(struct tui_edit *edit, int key)
{
	uint8_t bytes[8] = { 0 };
	int len = u8_uctomb(bytes, (ucs4_t)key, 6);

	return len > 0 && insert(edit, (const char *)bytes, (size_t)len);
}

/* Line ends and tabs become one blank each run, other control bytes go; blanks
 * at both ends are the terminal's, not the text's. */
static bool insert_paste(struct tui_edit *edit, const char *paste, size_t len)
{
	char *text = mem_alloc(len + 1);
	char *start = text;
	size_t n = 0;
	bool inserted;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)paste[i];

		if (c == '\n' || c == '\r' || c == '\t') {
			if (n && text[n - 1] != ' ')
				text[n++] = ' ';
		} else if (c >= 0x20 && c != 0x7f) {
			text[n++] = (char)c;
		}
	}
	while (n && text[n - 1] == ' ')
		text[--n] = '\0';
	text[n] = '\0';
	while (*start == ' ')
		start++;
	inserted = insert(edit, start, strlen(start));
	mem_wipe(text, len);
	free(text);
	return inserted;
}

static size_t word_left(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return at;
}

static size_t word_right(const char *text, size_t at)
{
	while (text[at] == ' ')
		at++;
	while (text[at] && text[at] != ' ')
		at++;
	return at;
}

static bool cut(struct tui_edit *edit, size_t from, size_t to)
{
	if (from >= to)
		return false;
	splice(edit, from, to, "", 0);
	return true;
}

static bool move_key(struct tui_edit *edit, int key)
{
	const char *text = tui_edit_text(edit);

	switch (key) {
	case TUI_KEY_LEFT:
	case TUI_CTRL('B'):
		edit->cursor = text_previous(text, edit->cursor);
		return true;
	case TUI_KEY_RIGHT:
		edit->cursor = text_next(text, edit->cursor);
		return true;
	case TUI_KEY_HOME:
	case TUI_CTRL('A'):
		edit->cursor = 0;
		return true;
	case TUI_KEY_END:
	case TUI_CTRL('E'):
		edit->cursor = strlen(text);
		return true;
	case TUI_KEY_WORD_LEFT:
		edit->cursor = word_left(text, edit->cursor);
		return true;
	case TUI_KEY_WORD_RIGHT:
		edit->cursor = word_right(text, edit->cursor);
		return true;
	default:
		return false;
	}
}

static bool change_key(struct tui_edit *edit, const struct tui_input *in,
		       bool *changed)
{
	const char *text = tui_edit_text(edit);
	size_t at = edit->cursor;

	switch (in->key) {
	case TUI_KEY_BACKSPACE:
		*changed = cut(edit, text_previous(text, at), at);
		return true;
	case TUI_KEY_DELETE:
		*changed = cut(edit, at, text_next(text, at));
		return true;
	case TUI_CTRL('U'):
		*changed = cut(edit, 0, at);
		return true;
	case TUI_CTRL('K'):
		*changed = cut(edit, at, strlen(text));
		return true;
	case TUI_CTRL('W'):
		*changed = cut(edit, word_left(text, at), at);
		return true;
	case TUI_KEY_PASTE:
		*changed = insert_paste(edit, in->paste, in->paste_len);
		return true;
	default:
		if (in->key < ' ' || in->key >= 0x110000)
			return false;
		*changed = insert_character(edit, in->key);
		return true;
	}
}

bool tui_edit_key(struct tui_edit *edit, const struct tui_input *in,
		  bool *changed)
{
	bool is_changed = false;
	bool handled =
		move_key(edit, in->key) || change_key(edit, in, &is_changed);

	if (changed)
		*changed = is_changed;
	return handled;
}

/* Columns of the character from FROM to TO once it is cleaned. */
static int width_of(const char *text, size_t from, size_t to, char clean[64])
{
	char raw[64];
	size_t len = to - from < sizeof(raw) ? to - from : sizeof(raw) - 1;
	int width;

	memcpy(raw, text + from, len);
	raw[len] = '\0';
	text_clean(clean, 64, raw);
	width = text_width(clean);
	return width > 0 ? width : 1;
}

static int width_between(const char *text, size_t from, size_t to)
{
	char clean[64];
	int width = 0;

	while (from < to) {
		size_t next = text_next(text, from);

		width += width_of(text, from, next, clean);
		from = next;
	}
	return width;
}

/* The cursor needs a column of its own, and so does the mark of a cut. */
static void scroll_to_cursor(struct tui_edit *edit, int cols)
{
	const char *text = tui_edit_text(edit);
	int room = cols > 3 ? cols - 2 : 1;

	if (edit->cursor < edit->scroll)
		edit->scroll = edit->cursor;
	if (width_between(text, 0, strlen(text)) < cols)
		edit->scroll = 0;
	while (edit->scroll < edit->cursor &&
	       width_between(text, edit->scroll, edit->cursor) >
		       room - (edit->scroll > 0))
		edit->scroll = text_next(text, edit->scroll);
}

void tui_edit_draw(struct tui_edit *edit, const struct tui_area *area, int row,
		   int col, int cols, bool focused)
{
	const char *text = tui_edit_text(edit);
	enum tui_style style = focused ? TUI_STRONG : TUI_PLAIN;
	int x = 0;
	size_t at;

	if (cols < 0 || cols > area->cols - col)
		cols = area->cols - col;
	if (cols <= 0)
		return;
	scroll_to_cursor(edit, cols);
	tui_text(area, row, col, cols, style, "");
	if (edit->scroll > 0)
		x += tui_text(area, row, col, 1, TUI_DIM,
			      tui_utf8() ? "…" : "<");
	for (at = edit->scroll; text[at] && x < cols;) {
		size_t next = text_next(text, at);
		char clean[64];
		int width = width_of(text, at, next, clean);

		if (at == edit->cursor && focused)
			tui_cursor(area, row, col + x);
		if (x + width > cols - (text[next] != '\0')) {
			tui_text(area, row, col + x, 1, TUI_DIM,
				 tui_utf8() ? "…" : ">");
			return;
		}
		tui_text(area, row, col + x, width, style, clean);
		x += width;
		at = next;
	}
	if (at == edit->cursor && focused)
		tui_cursor(area, row, col + x);
}
