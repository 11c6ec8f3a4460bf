/* SPDX-License-Identifier: MIT */
/* How the document screen is drawn. */
#include "tui/screens/document_view.h"

#include <stdlib.h>

#include "tui/words/part_words.h"

#define WIDE	     100 /* columns from which findings stand beside the fields */
#define PICTURE_ROWS 3	 /* below what was found, at least */
#define NAMES_ROWS   4
#define OFFER_COLS   60 /* and from which the files here are named */

struct drawing {
	const struct tui_wizard *wizard;
	struct document_view *view;
};

static int label_cols(const struct tui_area *area)
{
	return area->cols < 60 ? 10 : 18;
}

static const char *side_label(const struct document_view *view, size_t side)
{
	bool optional = view->optional[side];

	switch (view->sides[side]) {
	case DOC_SIDE_FRONT:
		return optional ? _("Front (optional)") : _("Front");
	case DOC_SIDE_BACK:
		return optional ? _("Back (optional)") : _("Back");
	case DOC_SIDE_NONE:
		break;
	}
	return _("File");
}

static void draw_field(void *arg, const struct tui_area *area, int row,
		       size_t field)
{
	struct drawing *drawing = arg;
	struct document_view *view = drawing->view;
	bool focused = view->focus == field && !view->chooser.open;
	const struct country *country = NULL;
	int col = 2 + label_cols(area) + 1;
	size_t side = field - document_view_first(view);

	tui_text(area, row, 0, 2, TUI_PLAIN,
		 focused ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (field + 1 == document_view_fields(view)) {
		tui_textf(area, row, 2, 10, focused ? TUI_FOCUS : TUI_PLAIN,
			  "[ %s ]", _("Done"));
		if (focused)
			tui_cursor(area, row, 2);
		return;
	}
	if (document_view_first(view) && field == 0) {
		country = view->country[0] ? country_find(view->country) : NULL;
		tui_text(area, row, 2, label_cols(area), TUI_STRONG,
			 _("Country"));
		tui_text(area, row, col, -1, focused ? TUI_FOCUS : TUI_PLAIN,
			 country	    ? country->name
			 : view->country[0] ? view->country
					    : _("not chosen; Enter chooses"));
		if (focused)
			tui_cursor(area, row, col);
		return;
	}
	tui_label(area, row, 2, label_cols(area),
		  focused ? TUI_FOCUS : TUI_STRONG, side_label(view, side));
	tui_edit_draw(&view->paths[side], area, row, col, area->cols - col - 1,
		      focused);
}

/* Why it was rejected, and what was sent then. */
static void add_rejection(struct tui_page *page, const struct drawing *drawing,
			  size_t side)
{
	const struct case_item *item =
		document_view_item(drawing->view, drawing->wizard, side);
	const char *why =
		document_view_why(drawing->view, drawing->wizard, side);
	const struct case_submission *sent = item ? item->submission : NULL;
	struct buf text = { 0 };
	char ago[48];

	if (!why)
		return;
	buf_addf(&text, "%s %s%s%s: %s", tui_symbol(TUI_SYMBOL_BAD),
		 tui_side_word(item->side),
		 item->side == DOC_SIDE_NONE ? "" : " ", _("rejected"), why);
	tui_page_text(page, TUI_BAD, 2, buf_text(&text));
	buf_reset(&text);
	if (sent && sent->path) {
		tui_ago(ago, sizeof(ago),
			sent->settled_ms ? sent->settled_ms : sent->queued_ms,
			xfer_now_unix());
		buf_addf(&text, _("sent %s: %s · sha256 %.8s…"), ago,
			 tui_base_name(sent->path), sent->sha256);
		tui_page_text(page, TUI_DIM, 4, buf_text(&text));
	}
	buf_release(&text);
}

/* That one was sent already, and how it stands. */
static void add_sent(struct tui_page *page, const struct drawing *drawing,
		     size_t side)
{
	const struct tui_wizard *wizard = drawing->wizard;
	const struct case_item *item =
		document_view_item(drawing->view, wizard, side);
	const char *name = "";
	char words[256];
	char *text = NULL;

	if (!item || item->state == CASE_ITEM_MISSING ||
	    item->state == CASE_ITEM_DRAFT ||
	    item->state == CASE_ITEM_NOT_NEEDED ||
	    item->state == CASE_ITEM_REJECTED)
		return;
	tui_item_words(&wizard->checklist, item, true, xfer_now_unix(), words,
		       sizeof(words));
	name = tui_side_word(item->side);
	text = mem_printf("%s %s%s%s", tui_symbol(tui_item_symbol(item)), name,
			  *name ? " " : "", words);
	tui_page_text(page, tui_item_style(item), 2, text);
	free(text);
}

/* Where a provider reviews only so many files at a time. */
static void add_budget(struct tui_page *page, const struct drawing *drawing)
{
	const struct case_checklist *list = &drawing->wizard->checklist;
	const struct case_item *item =
		drawing->view->side_count
			? document_view_item(drawing->view, drawing->wizard, 0)
			: NULL;
	const struct case_part *part = item ? tui_part_of(list, item) : NULL;
	char *words = part ? tui_part_budget(list, part) : NULL;

	if (words)
		tui_page_text(page,
			      tui_part_full(list, part) ? TUI_WARN : TUI_DIM, 2,
			      words);
	free(words);
}

static void add_names(struct tui_page *page, struct document_view *view,
		      size_t side, int cols)
{
	const char *head = "";
	char *text = NULL;

	if (!tui_edit_text(&view->paths[side])[0]) {
		if (cols < OFFER_COLS)
			return; /* they would push the fields out of view */
		head = _("Here are:");
	}
	text = tui_names_page(&view->names, head, cols - 6, NAMES_ROWS);
	if (text[0])
		tui_page_text(page, TUI_PLAIN, 4, text);
	free(text);
}

static void fill_page(const struct drawing *drawing, int cols, bool beside)
{
	struct document_view *view = drawing->view;
	struct tui_page *page = &view->page;
	size_t focused = 0;
	size_t first = document_view_first(view);

	tui_page_begin(page, cols - 1);
	if (view->type->help)
		tui_page_text(page, TUI_DIM, 2, _(view->type->help));
	add_budget(page, drawing);
	for (size_t i = 0; i < view->side_count; i++) {
		add_rejection(page, drawing, i);
		add_sent(page, drawing, i);
	}
	tui_page_text(page, TUI_PLAIN, 0, "");
	if (first)
		tui_page_field(page, 0);
	for (size_t i = 0; i < view->side_count; i++) {
		tui_page_field(page, first + i);
		if (document_view_side(view, &focused) && focused == i)
			add_names(page, view, i, cols);
		if (!beside)
			tui_page_checks(
				page, 4,
				document_view_draft(view, drawing->wizard, i));
	}
	tui_page_text(page, TUI_PLAIN, 0, "");
	tui_page_field(page, document_view_fields(view) - 1);
}

/* At the right, from WIDE columns on: what was found, side by side, and
 * pictures of the side that is worked on. */
static void draw_beside(const struct drawing *drawing,
			const struct tui_area *area)
{
	struct document_view *view = drawing->view;
	struct slot_files files = document_view_files(view, drawing->wizard);
	struct tui_page page = { 0 };
	struct tui_area words = *area, rest = *area;

	tui_page_begin(&page, area->cols - 1);
	for (size_t side = 0; side < view->side_count; side++) {
		tui_page_text(&page, TUI_STRONG, 0, side_label(view, side));
		tui_page_checks(
			&page, 2,
			document_view_draft(view, drawing->wizard, side));
		tui_page_text(&page, TUI_PLAIN, 0, "");
	}
	if (words.rows > (int)page.count)
		words.rows = (int)page.count;
	rest.top += words.rows;
	rest.rows -= words.rows;
	tui_page_draw(&page, &words, draw_field, NULL);
	tui_page_release(&page);
	if (rest.rows >= PICTURE_ROWS)
		slot_pictures_draw(&view->pictures, &files, &rest);
}

void document_layout(struct tui_wizard *wizard, void *view,
		     const struct tui_area *area)
{
	(void)wizard;
	(void)view;
	(void)area; /* the page is made and scrolled when it is drawn */
}

void document_draw(const struct tui_wizard *wizard, void *arg,
		   const struct tui_area *area)
{
	struct drawing drawing = { wizard, arg };
	struct document_view *view = arg;
	struct slot_files files = document_view_files(view, wizard);
	struct tui_area left = *area;
	struct tui_area right = *area;
	bool beside = area->cols >= WIDE;
	const char *holder =
		tui_holder_name(&wizard->checklist, wizard->slot.party);
	int width = text_width(holder);

	slot_pictures_hide(&view->pictures);
	if (view->pictures.alone) {
		slot_pictures_draw_alone(&view->pictures, &files, area);
		return;
	}
	if (view->picker.open) {
		picker_draw(&view->picker, area);
		return;
	}
	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_text(area, 0, 2, area->cols - width - 4, TUI_STRONG,
		 document_view_label(view, wizard));
	tui_text(area, 0, area->cols - width - 1, width, TUI_PLAIN, holder);
	left.top++;
	left.rows--;
	if (beside) {
		left.cols = area->cols * 3 / 5;
		right.left += left.cols + 2;
		right.cols -= left.cols + 2;
		right.top += 2;
		right.rows -= 2;
		draw_beside(&drawing, &right);
	}
	fill_page(&drawing, left.cols, beside);
	tui_page_fit(&view->page, left.rows, view->focus);
	tui_page_draw(&view->page, &left, draw_field, &drawing);
	if (view->chooser.open)
		tui_chooser_draw(&view->chooser, area, view->country);
}
