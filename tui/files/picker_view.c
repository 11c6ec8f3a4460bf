/* SPDX-License-Identifier: MIT */
/* How a picker is drawn. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "providers/xfer.h"
#include "tui/files/picker.h"

#define HEAD_ROWS    2 /* one more with a note */
#define FOOT_ROWS    3
#define SIZE_COLS    9
#define AGE_COLS     17
#define PICTURE_FROM 100 /* columns from which there is one */
#define STACKED_ROWS 12	 /* rows from which one more is below it */
#define AGE_FROM     60	 /* columns from which dates are shown */

static const char *kinds_words(unsigned kinds, char *out, size_t size)
{
	static const enum doc_kind all[] = { DOC_JPEG, DOC_PNG, DOC_PDF };
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if ((kinds & all[i]) && used < size)
			used += (size_t)snprintf(out + used, size - used,
						 "%s%s", used ? ", " : "",
						 doc_kind_name(all[i]));
	return out;
}

/* Why a file is greyed; NULL: it is not. free() it. */
static char *why_not(const struct picker *picker,
		     const struct tui_reader_entry *entry)
{
	char most[32], kinds[64];

	switch (picker_fit(picker, entry)) {
	case PICKER_LINK:
		return mem_dup(_("a link; choose the file it leads to"));
	case PICKER_ODD:
		return mem_dup(picker->type ? _("this is no file")
					    : _("this is no folder"));
	case PICKER_KIND:
		return mem_printf(
			_("not taken here: only %s is"),
			kinds_words(picker->type->kinds, kinds, sizeof(kinds)));
	case PICKER_EMPTY:
		return mem_dup(_("the file is empty"));
	case PICKER_LARGE:
		text_bytes(most, sizeof(most), picker->type->max_bytes);
		return mem_printf(_("too large: at most %s is taken"), most);
	case PICKER_FITS:
	case PICKER_ENTER:
		break;
	}
	return NULL;
}

static void draw_pointer(const struct tui_area *area, int row, bool selected)
{
	tui_text(area, row, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (selected)
		tui_cursor(area, row, 2);
}

static void draw_entry(const struct picker *picker, const struct tui_area *area,
		       int row, size_t at)
{
	const struct tui_reader_entry *entry = picker_entry(picker, at);
	enum picker_fit fit = picker_fit(picker, entry);
	bool selected = at == picker->list.selected;
	bool dated = area->cols >= AGE_FROM;
	int right = SIZE_COLS + 1 + (dated ? AGE_COLS + 1 : 0);
	int name = area->cols - 2 - right;
	enum tui_style style = fit == PICKER_FITS    ? TUI_PLAIN
			       : fit == PICKER_ENTER ? TUI_STRONG
						     : TUI_DIM;
	char text[32] = "";
	bool grey = fit != PICKER_FITS && fit != PICKER_ENTER;
	char *shown = mem_printf(
		"%s%s%s%s", grey ? tui_symbol(TUI_SYMBOL_BAD) : "",
		grey ? " " : "", entry->name, fit == PICKER_ENTER ? "/" : "");

	draw_pointer(area, row, selected);
	tui_text(area, row, 2, name, selected ? TUI_FOCUS : style, shown);
	if (entry->kind == TUI_READER_FILE)
		text_bytes(text, sizeof(text), entry->bytes);
	tui_textf(area, row, 3 + name, SIZE_COLS, TUI_DIM, "%*s", SIZE_COLS,
		  text);
	if (dated) {
		tui_ago(text, sizeof(text), entry->modified_ms,
			xfer_now_unix());
		tui_text(area, row, 4 + name + SIZE_COLS, AGE_COLS, TUI_DIM,
			 text);
	}
	free(shown);
}

static void draw_row(const struct picker *picker, const struct tui_area *area,
		     int row, size_t at)
{
	const char *place = picker_place(picker, at);
	bool selected = at == picker->list.selected;

	if (picker_entry(picker, at)) {
		draw_entry(picker, area, row, at);
		return;
	}
	draw_pointer(area, row, selected);
	tui_text(area, row, 2, -1, selected ? TUI_FOCUS : TUI_STRONG,
		 place ? place : "../");
}

/* What is the matter with the list as a whole; free() it. */
static char *state_words(const struct picker *picker)
{
	if (picker->recent)
		return picker->places.count
			       ? mem_dup(_("Folders used before."))
			       : mem_dup(_("No folder was used before."));
	if (picker->error == ENOENT)
		return mem_dup(_("This folder is not there any more."));
	if (picker->error)
		return mem_printf(_("This folder cannot be read: %s"),
				  strerror(picker->error));
	if (picker->reader)
		return mem_printf(P_("reading… %zu so far",
				     "reading… %zu so far", picker->count),
				  picker->count);
	if (picker->cut)
		return mem_printf(_("Only %d of its files are shown."),
				  TUI_READER_MOST);
	if (picker_path_typed(picker))
		return mem_dup(_("Enter goes to this path."));
	if (picker->left_out)
		return mem_printf(P_("%zu file that is not taken here is left "
				     "out; Tab shows it.",
				     "%zu files that are not taken here are "
				     "left out; Tab shows them.",
				     picker->left_out),
				  picker->left_out);
	return picker->shown_count ? mem_dup("")
				   : mem_dup(_("There is nothing like that "
					       "here."));
}

static void draw_foot(const struct picker *picker, const struct tui_area *area)
{
	const struct tui_reader_entry *entry =
		picker_entry(picker, picker->list.selected);
	char *why = entry ? why_not(picker, entry) : NULL;
	char *state = state_words(picker);
	char *text = NULL;

	tui_rule(area, 0, NULL);
	if (why) {
		text = mem_printf("%s: %s", entry->name, why);
		tui_text(area, 1, 2, -1, TUI_WARN, text);
	}
	tui_text(area, why ? 2 : 1, 2, -1, picker->error ? TUI_BAD : TUI_DIM,
		 state);
	free(text);
	free(state);
	free(why);
}

static int head_rows(const struct picker *picker)
{
	return HEAD_ROWS + (picker->note != NULL);
}

static void draw_head(struct picker *picker, const struct tui_area *area)
{
	/* The end of a path says more than its beginning. */
	size_t size = (size_t)area->cols + 1;
	char *folder = mem_alloc(size);
	int row = head_rows(picker) - 1;
	int col = 3 + tui_text(area, row, 2, -1, TUI_PLAIN, _("Find:"));

	if (picker->note)
		tui_text(area, 1, 2, -1, TUI_BAD, picker->note);
	text_clean_ends(folder, size, picker->folder);
	tui_textf(area, 0, 2, -1, TUI_STRONG, "%s · %s", picker->title,
		  picker->recent ? _("recent folders") : folder);
	tui_edit_draw(&picker->filter, area, row, col, area->cols - col - 1,
		      !picker->list.count);
	free(folder);
}

/* Beside the list, or alone, which is WIDE; with what stands beside it. */
static void draw_picture(struct picker *picker, const struct tui_area *area,
			 bool wide)
{
	struct tui_area own = *area, rest = *area;

	if (picker->beside && (wide || area->rows >= STACKED_ROWS)) {
		if (wide) {
			own.cols = area->cols / 2 - 1;
			rest.left += area->cols / 2;
			rest.cols -= area->cols / 2;
		} else {
			own.rows = area->rows / 2;
			rest.top += own.rows;
			rest.rows -= own.rows;
		}
		picker->beside(picker->beside_arg, &rest);
	}
	picture_draw(&picker->picture, &own);
}

static void draw_alone(struct picker *picker, const struct tui_area *area)
{
	const struct tui_reader_entry *entry =
		picker_entry(picker, picker->list.selected);
	struct tui_area rest = *area;
	char bytes[32];

	if (entry) {
		text_bytes(bytes, sizeof(bytes), entry->bytes);
		tui_textf(area, 0, 0, -1, TUI_STRONG, "%s · %s", entry->name,
			  bytes);
	}
	rest.top++;
	rest.rows--;
	draw_picture(picker, &rest, area->cols >= PICTURE_FROM);
	tui_cursor(area, 0, 0);
}

static void draw_list(struct picker *picker, const struct tui_area *area)
{
	int head = head_rows(picker);
	int rows = area->rows - head - FOOT_ROWS;

	rows = tui_more_rows(picker->list.count, rows > 1 ? rows : 1);
	tui_list_fit(&picker->list, picker->list.count, rows);
	for (int i = 0; i < picker->list.rows; i++) {
		size_t at = picker->list.top + (size_t)i;

		if (at < picker->list.count)
			draw_row(picker, area, head + i, at);
	}
	tui_more_line(area, head + picker->list.rows,
		      tui_list_above(&picker->list),
		      tui_list_below(&picker->list));
}

void picker_draw(struct picker *picker, const struct tui_area *area)
{
	struct tui_area foot = *area, list = *area, right = *area;
	int head = head_rows(picker);

	tui_clear(area);
	picker->picture.cols = 0;
	if (picker->full) {
		draw_alone(picker, area);
		return;
	}
	if (picker->type && area->cols >= PICTURE_FROM) {
		list.cols = area->cols * 3 / 5;
		right.left += list.cols + 1;
		right.cols -= list.cols + 2;
		right.top += head;
		right.rows -= head + FOOT_ROWS;
		draw_picture(picker, &right, false);
	}
	draw_head(picker, area);
	draw_list(picker, &list);
	foot.top += area->rows - FOOT_ROWS;
	foot.rows = FOOT_ROWS;
	draw_foot(picker, &foot);
}
