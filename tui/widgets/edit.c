/* SPDX-License-Identifier: MIT */
/* A line being edited. The text is kept as it is, raw bytes of a file name
 * included; it is cleaned where it is drawn. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <unistr.h>

#include "forms/form.h"
#include "tui/widgets/edit_private.h"

#define DEFAULT_MAX 4096

const char *tui_edit_text(const struct tui_edit *edit)
{
	return edit->text ? edit->text : "";
}

static size_t max_of(const struct tui_edit *edit)
{
	return edit->max ? edit->max : DEFAULT_MAX;
}

/* Bytes of TEXT that go into MOST, whole letters with their marks. */
static size_t fitting(const char *text, size_t most)
{
	size_t len = 0;

	while (text[len]) {
		size_t next = text_next(text, len);

		if (next > most)
			break;
		len = next;
	}
	return len;
}

void tui_edit_set(struct tui_edit *edit, const char *text)
{
	size_t len = text ? fitting(text, max_of(edit)) : 0;
	char *copy = len ? mem_dup_n(text, len) : NULL;

	tui_edit_forget(edit);
	mem_free_private(edit->text);
	edit->text = copy;
	edit->cursor = len;
	edit->scroll = 0;
}

void tui_edit_release(struct tui_edit *edit)
{
	tui_edit_set(edit, NULL);
	edit->pasted_less = edit->pasted_other = false;
}

char *tui_edit_edges(const char *text, size_t len)
{
	char *edges = mem_alloc(len + 1);

	u8_grapheme_breaks((const uint8_t *)text, len, edges);
	edges[0] = edges[len] = 1;
	return edges;
}

/* AT, or the next edge of a character behind it (BY 1), or before it (-1). */
static size_t edge_at(const char *text, size_t at, int by)
{
	char *edges = tui_edit_edges(text, strlen(text));

	while (!edges[at])
		at = by > 0 ? at + 1 : at - 1;
	free(edges);
	return at;
}

static size_t next(const char *text, size_t at)
{
	return text[at] ? edge_at(text, at + 1, 1) : at;
}

static size_t previous(const char *text, size_t at)
{
	return at ? edge_at(text, at - 1, -1) : at;
}

/* Replace the bytes from FROM to TO by LEN bytes of NEW; cursor behind, and
 * behind what they became one character with. */
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
	edit->cursor = edge_at(text, from + len, 1);
}

/* As much of NEW as there is room for. */
static bool insert(struct tui_edit *edit, const char *new,
		   enum tui_edit_way way)
{
	size_t used = strlen(tui_edit_text(edit));
	size_t fit =
		used < max_of(edit) ? fitting(new, max_of(edit) - used) : 0;

	edit->pasted_less = new[fit];
	if (fit == 0)
		return false;
	tui_edit_keep(edit, way);
	splice(edit, edit->cursor, edit->cursor, new, fit);
	return true;
}

/* A word that is typed is undone as one. */
static bool insert_character(struct tui_edit *edit, int key)
{
	const char *text = tui_edit_text(edit);
	uint8_t bytes[8] = { 0 };
	bool begins =
		edit->cursor && text[edit->cursor - 1] == ' ' && key != ' ';

	if (u8_uctomb(bytes, (ucs4_t)key, 6) <= 0)
		return false;
	if (begins)
		tui_edit_moved(edit);
	return insert(edit, (const char *)bytes, TUI_EDIT_TYPED);
}

/* Line ends and tabs become one blank each run, other control bytes go; blanks
 * at both ends are the terminal's, not the text's. */
static bool insert_paste(struct tui_edit *edit, const char *paste, size_t len)
{
	char *text = mem_alloc(len + 1);
	char *start = text;
	size_t n = 0;
	bool inserted;

	edit->pasted_other = false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)paste[i];

		if (c == '\n' || c == '\r' || c == '\t') {
			if (n && text[n - 1] != ' ')
				text[n++] = ' ';
		} else if (c >= 0x20 && c != 0x7f) {
			text[n++] = (char)c;
		} else {
			edit->pasted_other = true;
		}
	}
	while (n && text[n - 1] == ' ')
		text[--n] = '\0';
	text[n] = '\0';
	while (*start == ' ')
		start++;
	inserted = insert(edit, start, TUI_EDIT_OTHER);
	mem_wipe(text, len);
	free(text);
	return inserted;
}

const char *tui_edit_notice(const struct tui_edit *edit)
{
	if (edit->pasted_less)
		return _("There is no room for all that was pasted: the end of "
			 "it was left out.");
	if (edit->pasted_other)
		return _("Control characters in what was pasted were left "
			 "out.");
	return NULL;
}

static size_t word_left(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return edge_at(text, at, -1);
}

static size_t word_right(const char *text, size_t at)
{
	while (text[at] == ' ')
		at++;
	while (text[at] && text[at] != ' ')
		at++;
	return edge_at(text, at, 1);
}

static bool cut(struct tui_edit *edit, size_t from, size_t to,
		enum tui_edit_way way)
{
	if (from >= to)
		return false;
	tui_edit_keep(edit, way);
	splice(edit, from, to, "", 0);
	return true;
}

static bool move_key(struct tui_edit *edit, int key)
{
	const char *text = tui_edit_text(edit);
	size_t to = edit->cursor;

	switch (key) {
	case TUI_KEY_LEFT:
	case TUI_CTRL('B'):
		to = previous(text, to);
		break;
	case TUI_KEY_RIGHT:
		to = next(text, to);
		break;
	case TUI_KEY_HOME:
	case TUI_CTRL('A'):
		to = 0;
		break;
	case TUI_KEY_END:
	case TUI_CTRL('E'):
		to = strlen(text);
		break;
	case TUI_KEY_WORD_LEFT:
		to = word_left(text, to);
		break;
	case TUI_KEY_WORD_RIGHT:
		to = word_right(text, to);
		break;
	default:
		return false;
	}
	edit->cursor = to;
	tui_edit_moved(edit);
	return true;
}

static bool change_key(struct tui_edit *edit, const struct tui_input *in,
		       bool *changed)
{
	const char *text = tui_edit_text(edit);
	size_t at = edit->cursor;

	switch (in->key) {
	case TUI_KEY_BACKSPACE:
		*changed = cut(edit, previous(text, at), at, TUI_EDIT_DELETED);
		return true;
	case TUI_KEY_DELETE:
		*changed = cut(edit, at, next(text, at), TUI_EDIT_DELETED);
		return true;
	case TUI_CTRL('U'):
		*changed = cut(edit, 0, at, TUI_EDIT_OTHER);
		return true;
	case TUI_CTRL('K'):
		*changed = cut(edit, at, strlen(text), TUI_EDIT_OTHER);
		return true;
	case TUI_CTRL('W'):
		*changed = cut(edit, word_left(text, at), at, TUI_EDIT_OTHER);
		return true;
	case TUI_KEY_PASTE:
		*changed = insert_paste(edit, in->paste, in->paste_len);
		edit->pasted_less |= in->paste_cut;
		return true;
	case TUI_CTRL('_'):
	case TUI_CTRL('R'):
		*changed = tui_edit_undo(edit, in->key == TUI_CTRL('R'));
		return *changed;
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

	if (in->key != TUI_KEY_PASTE)
		edit->pasted_less = edit->pasted_other = false;
	if (changed)
		*changed = is_changed;
	return handled;
}
