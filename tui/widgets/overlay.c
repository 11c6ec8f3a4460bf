/* SPDX-License-Identifier: MIT */
#include "tui/widgets/overlay.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"

#define TEXT_MOST ((size_t)256 << 10)
#define INDENT	  16 /* of the second column */

static void open_box(struct tui_overlay *overlay, enum tui_overlay_kind kind,
		     const char *title, char *text)
{
	tui_overlay_close(overlay);
	overlay->kind = kind;
	overlay->title = mem_dup(title);
	overlay->text = text;
}

/* Clean TEXT but for line ends and the first tab of each line. */
static char *clean_text(const char *text)
{
	struct buf out = { 0 };

	while (*text && out.len < TEXT_MOST) {
		size_t len = strcspn(text, "\n\t");
		char *part = mem_dup_n(text, len);
		char *clean = text_clean_new(part);

		buf_add_text(&out, clean);
		free(clean);
		free(part);
		text += len;
		if (*text)
			buf_add_char(&out, *text++);
	}
	return buf_take(&out);
}

void tui_overlay_read(struct tui_overlay *overlay, const char *title,
		      const char *text)
{
	open_box(overlay, TUI_OVERLAY_READ, title, clean_text(text));
}

void tui_overlay_sheet(struct tui_overlay *overlay, const char *title,
		       const char *text)
{
	tui_overlay_read(overlay, title, text);
	overlay->bare = true;
}

void tui_overlay_ask(struct tui_overlay *overlay, const char *text,
		     void (*on_yes)(struct tui_wizard *wizard, void *arg),
		     void *arg)
{
	open_box(overlay, TUI_OVERLAY_ASK, NULL, clean_text(text));
	overlay->on_yes = on_yes;
	overlay->arg = arg;
}

static bool is_character(int key)
{
	return key >= ' ' && key < TUI_KEY_ENTER;
}

static void add_bindings(struct buf *out, const struct tui_binding *binding,
			 bool letters)
{
	for (; binding && binding->key; binding++) {
		const char *words =
			binding->help ? binding->help : binding->label;

		if (is_character(binding->key) && !letters)
			continue;
		if (binding->name && words)
			buf_addf(out, "%s\t%s\n", _(binding->name), _(words));
	}
}

void tui_overlay_help(struct tui_overlay *overlay, const char *title,
		      const struct tui_binding *own,
		      const struct tui_binding *common, bool letters)
{
	struct buf text = { 0 };

	add_bindings(&text, own, true);
	buf_addf(&text, "\n%s\n", _("Everywhere"));
	add_bindings(&text, common, letters);
	open_box(overlay, TUI_OVERLAY_READ, title, buf_take(&text));
}

void tui_overlay_close(struct tui_overlay *overlay)
{
	free(overlay->title);
	free(overlay->text);
	*overlay = (struct tui_overlay){ 0 };
}

static enum tui_overlay_answer read_key(struct tui_overlay *overlay,
					const struct tui_input *in)
{
	switch (in->key) {
	case TUI_KEY_ESC:
	case TUI_KEY_ENTER:
	case TUI_KEY_HELP:
	case 'q':
	case '?':
		tui_overlay_close(overlay);
		return TUI_OVERLAY_CLOSED;
	case TUI_KEY_UP:
	case 'k':
		overlay->top -= overlay->top > 0;
		break;
	case TUI_KEY_DOWN:
	case 'j':
		overlay->top++; /* brought back when drawn */
		break;
	case TUI_KEY_PAGE_UP:
		overlay->top -= overlay->top < 10 ? overlay->top : 10;
		break;
	case TUI_KEY_PAGE_DOWN:
	case ' ':
		overlay->top += 10;
		break;
	case TUI_KEY_HOME:
	case 'g':
		overlay->top = 0;
		break;
	case TUI_KEY_END:
	case 'G':
		overlay->top = TEXT_MOST;
		break;
	default:
		break;
	}
	return TUI_OVERLAY_OPEN;
}

/* Is KEY the first letter of WORD, in either case? The translation decides. */
static bool is_initial(int key, const char *word)
{
	int low = key >= 'A' && key <= 'Z' ? key - 'A' + 'a' : key;

	return low >= 'a' && low <= 'z' &&
	       (low == word[0] || low == word[0] - 'A' + 'a');
}

static enum tui_overlay_answer ask_key(struct tui_overlay *overlay,
				       const struct tui_input *in)
{
	bool yes = overlay->yes;

	switch (in->key) {
	case TUI_KEY_LEFT:
	case TUI_KEY_RIGHT:
	case TUI_KEY_UP:
	case TUI_KEY_DOWN:
	case TUI_KEY_TAB:
	case TUI_KEY_BACKTAB:
		overlay->yes = !overlay->yes;
		return TUI_OVERLAY_OPEN;
	case TUI_KEY_ENTER:
		return yes ? TUI_OVERLAY_YES : TUI_OVERLAY_CLOSED;
	case TUI_KEY_ESC:
		return TUI_OVERLAY_CLOSED;
	default:
		if (is_initial(in->key, _("Yes")))
			return TUI_OVERLAY_YES;
		if (is_initial(in->key, _("No")))
			return TUI_OVERLAY_CLOSED;
		return TUI_OVERLAY_OPEN;
	}
}

enum tui_overlay_answer tui_overlay_key(struct tui_overlay *overlay,
					const struct tui_input *in)
{
	enum tui_overlay_answer answer;

	if (overlay->kind == TUI_OVERLAY_READ)
		return read_key(overlay, in);
	answer = ask_key(overlay, in);
	/* After a yes the wizard still has to call on_yes; it closes. */
	if (answer == TUI_OVERLAY_CLOSED)
		tui_overlay_close(overlay);
	return answer;
}

/* Walks over TEXT as it breaks into COLS columns and draws what falls between
 * FIRST and FIRST + INSIDE's rows (INSIDE NULL: nothing). Returns the lines. */
static size_t lay(const char *text, int cols, const struct tui_area *inside,
		  size_t first)
{
	size_t line = 0;

	while (*text) {
		const char *tab = strpbrk(text, "\t\n");
		size_t before = tab && *tab == '\t' ? (size_t)(tab - text) : 0;
		int indent = before ? (cols > 2 * INDENT ? INDENT : 12) : 0;
		size_t end = strcspn(text, "\n");
		char *head = mem_dup_n(text, before);
		char *body = mem_dup_n(text + before + (before > 0),
				       end - before - (before > 0));
		const char *at = body;

		do {
			size_t next = 0;
			size_t len = tui_wrap(at, cols - indent, &next);
			bool seen = inside && line >= first &&
				    line - first < (size_t)inside->rows;
			char *part = mem_dup_n(at, len);
			int row = (int)(line - first);

			if (seen && before && at == body)
				tui_text(inside, row, 0, indent - 1, TUI_STRONG,
					 head);
			if (seen)
				tui_text(inside, row, indent, -1, TUI_PLAIN,
					 part);
			free(part);
			at += next;
			line++;
		} while (*at);
		free(head);
		free(body);
		text += end;
		text += *text == '\n';
	}
	return line;
}

static struct tui_area centred(const struct tui_area *area, int rows, int cols)
{
	struct tui_area box = *area;

	if (rows < box.rows) {
		box.top += (box.rows - rows) / 2;
		box.rows = rows;
	}
	if (cols < box.cols) {
		box.left += (box.cols - cols) / 2;
		box.cols = cols;
	}
	return box;
}

static void draw_buttons(const struct tui_overlay *overlay,
			 const struct tui_area *inside)
{
	int row = inside->rows - 1;
	char *no = mem_printf(
		"%s %s ", overlay->yes ? " " : tui_symbol(TUI_SYMBOL_POINTER),
		_("No"));
	char *yes = mem_printf(
		"%s %s ", !overlay->yes ? " " : tui_symbol(TUI_SYMBOL_POINTER),
		_("Yes"));
	int width = text_width(no);

	tui_text(inside, row, 2, width, overlay->yes ? TUI_PLAIN : TUI_FOCUS,
		 no);
	tui_text(inside, row, 4 + width, text_width(yes),
		 overlay->yes ? TUI_FOCUS : TUI_PLAIN, yes);
	tui_textf(inside, row, 6 + width + text_width(yes), -1, TUI_DIM,
		  "(%c/%c)", tolower((unsigned char)_("Yes")[0]),
		  toupper((unsigned char)_("No")[0]));
	tui_cursor(inside, row, overlay->yes ? 4 + width : 2);
	free(no);
	free(yes);
}

/* Rules above and below, the text between them from edge to edge. */
static void draw_sheet(struct tui_overlay *overlay, const struct tui_area *area)
{
	size_t lines = lay(overlay->text, area->cols, NULL, 0);
	int rows = (int)(lines > 500 ? 500 : lines) + 2;
	struct tui_area sheet = centred(area, rows, area->cols);
	struct tui_area words = { sheet.top + 1, sheet.left, sheet.rows - 2,
				  sheet.cols };
	size_t room = words.rows > 0 ? (size_t)words.rows : 1;

	if (overlay->top + room > lines)
		overlay->top = lines > room ? lines - room : 0;
	tui_clear(&sheet);
	tui_rule(&sheet, 0, overlay->title);
	tui_rule(&sheet, sheet.rows - 1, NULL);
	lay(overlay->text, words.cols, &words, overlay->top);
	tui_more(&sheet, 0, false, overlay->top);
	tui_more(&sheet, sheet.rows - 1, true,
		 lines - overlay->top > room ? lines - overlay->top - room : 0);
	tui_cursor(&words, 0, 0);
}

void tui_overlay_draw(struct tui_overlay *overlay, const struct tui_area *area)
{
	bool ask = overlay->kind == TUI_OVERLAY_ASK;
	int most = ask ? 64 : 92;
	int cols = (area->cols < most + 4 ? area->cols - 4 : most) - 4;
	size_t lines = lay(overlay->text, cols, NULL, 0);
	int rows = (int)(lines > 500 ? 500 : lines) + 2 + (ask ? 2 : 0);
	struct tui_area box = centred(area, rows, cols + 4);
	struct tui_area inside = { box.top + 1, box.left + 2, box.rows - 2,
				   box.cols - 4 };
	struct tui_area words = inside;

	if (overlay->bare) {
		draw_sheet(overlay, area);
		return;
	}
	words.rows -= ask ? 2 : 0;
	if (words.rows < 1)
		words.rows = 1;
	if (overlay->top + (size_t)words.rows > lines)
		overlay->top = lines > (size_t)words.rows
				       ? lines - (size_t)words.rows
				       : 0;
	tui_box(&box, overlay->title);
	lay(overlay->text, cols, &words, overlay->top);
	tui_more(&box, 0, false, overlay->top);
	tui_more(&box, box.rows - 1, true,
		 lines - overlay->top > (size_t)words.rows
			 ? lines - overlay->top - (size_t)words.rows
			 : 0);
	if (ask)
		draw_buttons(overlay, &inside);
	else
		tui_cursor(&words, 0, 0);
}
