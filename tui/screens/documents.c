/* SPDX-License-Identifier: MIT */
/* The checklist screen: how it is drawn. */
#include "tui/screens/documents.h"

#include <stdlib.h>

#include "tui/words/part_words.h"
#include "tui/words/status_words.h"

#define WORDS_LEAST 34 /* columns of how an item stands, beside a long name */

const struct tui_row *documents_row(const struct documents *state)
{
	const struct tui_row *row = NULL;

	if (state->list.selected >= state->rows.count)
		return NULL;
	row = &state->rows.list[state->list.selected];
	return row->kind == TUI_ROW_SLOTS && row->count ? row : NULL;
}

const struct case_item *documents_item(const struct documents *state)
{
	const struct tui_row *row = documents_row(state);

	if (!row)
		return NULL;
	return row->items[state->side < row->count ? state->side : 0];
}

/* How many rows the title and the foot take of ROWS. */
static int foot_rows(int rows)
{
	return rows >= 12 ? 3 : rows >= 8 ? 1 : 0;
}

void documents_layout(struct tui_wizard *wizard, void *arg,
		      const struct tui_area *area)
{
	struct documents *state = arg;
	int rows = area->rows - 1 - foot_rows(area->rows);

	(void)wizard;
	rows = tui_more_rows(state->rows.count, rows > 1 ? rows : 1);
	tui_list_fit(&state->list, state->rows.count, rows);
}

static void counts_words(const struct case_checklist *checklist, char *out,
			 size_t size)
{
	struct buf text = { 0 };
	unsigned wrong = 0;

	for (size_t i = 0; i < checklist->count; i++)
		wrong += tui_item_blocked(&checklist->items[i]);
	if (checklist->missing)
		buf_addf(&text,
			 P_("%u missing", "%u missing", checklist->missing),
			 checklist->missing);
	if (checklist->rejected)
		buf_addf(&text,
			 P_("%s%u rejected", "%s%u rejected",
			    checklist->rejected),
			 text.len ? " · " : "", checklist->rejected);
	if (wrong)
		buf_addf(
			&text,
			P_("%s%u cannot be sent", "%s%u cannot be sent", wrong),
			text.len ? " · " : "", wrong);
	if (checklist->ready)
		buf_addf(&text,
			 P_("%s%u ready", "%s%u ready", checklist->ready),
			 text.len ? " · " : "", checklist->ready);
	if (checklist->in_flight)
		buf_addf(&text,
			 P_("%s%u on its way", "%s%u on their way",
			    checklist->in_flight),
			 text.len ? " · " : "", checklist->in_flight);
	snprintf(out, size, "%s",
		 text.len ? buf_text(&text) : _("nothing left to send"));
	buf_release(&text);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	char counts[120] = "";
	int width = 0;

	if (checklist->count)
		counts_words(checklist, counts, sizeof(counts));
	width = text_width(counts);
	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_textf(area, 0, 2, area->cols - width - 4, TUI_STRONG, "%s · %s%s%s",
		  tui_holder_name(checklist, NULL),
		  tui_kind_word(checklist->customer.kind),
		  checklist->customer.country[0] ? " · " : "",
		  checklist->customer.country);
	tui_text(area, 0, area->cols - width - 1, width, TUI_PLAIN, counts);
}

static void draw_slot(const struct tui_wizard *wizard,
		      const struct case_item *item, const struct tui_area *area,
		      int row, int col, int cols, bool focused, bool words)
{
	enum tui_style style = focused ? TUI_FOCUS : tui_item_style(item);
	char text[160];

	if (words)
		tui_item_words(&wizard->checklist, item, false, xfer_now_unix(),
			       text, sizeof(text));
	else
		text[0] = '\0';
	tui_textf(area, row, col, cols, style, "%s %s%s%s",
		  tui_side_word(item->side), tui_symbol(tui_item_symbol(item)),
		  text[0] ? " " : "", text);
	if (focused)
		tui_cursor(area, row, col);
}

static const char *country_of(const struct case_item *item)
{
	if (item->document && item->document->country[0])
		return item->document->country;
	return item->submission ? item->submission->country : "";
}

/* The mark at the left: of a group, which one is chosen; else the state. */
static void draw_mark(const struct tui_row *line, const struct tui_area *area,
		      int row)
{
	const struct case_item *worst = line->items[tui_row_open_item(line)];
	bool chosen = false;

	if (!line->in_group) {
		tui_text(area, row, 2, 2, tui_item_style(worst),
			 tui_symbol(tui_item_symbol(worst)));
		return;
	}
	for (size_t i = 0; i < line->count; i++)
		chosen = chosen ||
			 (line->items[i]->state != CASE_ITEM_MISSING &&
			  line->items[i]->state != CASE_ITEM_NOT_NEEDED);
	tui_text(area, row, 2, 2, TUI_PLAIN,
		 tui_symbol(chosen ? TUI_SYMBOL_CHOSEN : TUI_SYMBOL_OPEN));
}

static int label_cols(const struct tui_area *area)
{
	return area->cols < 60 ? 16 : area->cols < 100 ? 28 : 36;
}

/* The columns of a NAME that is longer than USUAL: as many as the first
 * WORDS_LEAST of WORDS leave it. */
static int long_label_cols(const char *name, const char *words, int usual,
			   int cols)
{
	int wanted = text_width(name) + 1; /* it is out of line: a gap */
	int after = text_width(words);
	int most = 0;

	if (wanted <= usual)
		return usual;
	after = after < WORDS_LEAST ? after : WORDS_LEAST;
	most = cols - after - 4 - 1 - 5; /* the marks, a blank, the country */
	most = most > usual ? most : usual;
	return wanted < most ? wanted : most;
}

static void draw_row(const struct tui_wizard *wizard,
		     const struct documents *state, const struct tui_row *line,
		     const struct tui_area *area, int row, bool selected)
{
	const struct case_item *item = line->items[0];
	int label = label_cols(area);
	int col = 0;
	bool wide = area->cols >= 60;
	int room = 0;
	bool one = line->count == 1 || item->state == CASE_ITEM_NOT_NEEDED;
	enum tui_style style =
		item->state == CASE_ITEM_NOT_NEEDED ? TUI_DIM : TUI_PLAIN;
	char *name = tui_row_label(item->requirement);
	char text[300];

	tui_item_words(&wizard->checklist, item, true, xfer_now_unix(), text,
		       sizeof(text));
	if (one && wide)
		label = long_label_cols(name, text, label, area->cols);
	col = 4 + label + 1;
	room = area->cols - col - (wide ? 5 : 0);
	tui_text(area, row, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	draw_mark(line, area, row);
	tui_text(area, row, 4, label,
		 !selected ? style
		 : one	   ? TUI_FOCUS
			   : TUI_STRONG,
		 name);
	free(name);
	if (selected && one)
		tui_cursor(area, row, 4);
	if (!one) {
		for (size_t i = 0; i < line->count; i++)
			draw_slot(wizard, line->items[i], area, row,
				  col + (int)i * (room / 2),
				  i + 1 < line->count ? room / 2 - 1
						      : room - room / 2,
				  selected && i == state->side, room >= 36);
		if (wide)
			tui_text(area, row, area->cols - 4, 3, TUI_DIM,
				 country_of(item));
		return;
	}
	if (wide && country_of(item)[0])
		tui_text(area, row, area->cols - 4, 3, TUI_DIM,
			 country_of(item));
	else
		room = area->cols - col;
	tui_text(area, row, col, room, tui_item_style(item), text);
}

/* Whose the rows below are; what is missing there keeps its place. */
static void draw_holder(const struct tui_row *line, const struct tui_area *area,
			int row)
{
	int width = text_width(line->counts);

	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_text(area, row, 0, area->cols - width - (width ? 2 : 0), TUI_STRONG,
		 line->text);
	tui_text(area, row, area->cols - width - 1, width, TUI_PLAIN,
		 line->counts);
}

static void draw_list(const struct tui_wizard *wizard,
		      const struct documents *state,
		      const struct tui_area *area)
{
	for (int i = 0; i < state->list.rows; i++) {
		size_t at = state->list.top + (size_t)i;
		const struct tui_row *line = NULL;

		if (at >= state->rows.count)
			break;
		line = &state->rows.list[at];
		switch (line->kind) {
		case TUI_ROW_HOLDER:
			draw_holder(line, area, i);
			break;
		case TUI_ROW_BUDGET:
			tui_text(area, i, 2, -1,
				 line->full ? TUI_WARN : TUI_DIM, line->text);
			break;
		case TUI_ROW_HEADING:
			tui_rule(area, i, line->text);
			break;
		case TUI_ROW_NOTE:
			tui_text(area, i, 6, -1, TUI_BAD, line->text);
			break;
		case TUI_ROW_SLOTS:
			draw_row(wizard, state, line, area, i,
				 at == state->list.selected);
			break;
		}
	}
	tui_more_line(area, state->list.rows, tui_list_above(&state->list),
		      tui_list_below(&state->list));
}

static const char *help_of(const struct prov_requirement *req)
{
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return req->type->help ? _(req->type->help) : NULL;
	case PROV_REQ_INFORMATION:
		if (req->form->use == PROV_FORM_PARTY)
			return _("Enter opens an empty form. It is sent before "
				 "the documents, and is empty again for the "
				 "next one.");
		return _("A form to fill in. It is sent before the "
			 "documents.");
	case PROV_REQ_TERMS:
		return _("Only the customer can do this, behind a link. Enter "
			 "asks for the link.");
	case PROV_REQ_START:
		return _("Asks the provider to begin, once all else is "
			 "there.");
	case PROV_REQ_OTHER:
		break;
	}
	return NULL;
}

/* What the selected item is, or what holds it back, in full. NULL: nothing
 * to say. free() it. */
static char *foot_words(const struct case_checklist *checklist,
			const struct case_item *item, enum tui_style *style)
{
	const struct finding *error = tui_draft_error(item->document);
	const char *why = tui_item_why(item);
	const char *next =
		item->reason ? tui_next_words(item->reason->next) : "";
	const char *help = help_of(item->requirement);
	char words[300];

	*style = TUI_BAD;
	if (item->state == CASE_ITEM_REJECTED && why)
		return mem_printf("%s%s%s%s", why, *next ? tui_stop(why) : "",
				  *next ? " " : "", next);
	if (item->state == CASE_ITEM_DRAFT && error)
		return mem_dup(error->text);
	*style = TUI_DIM;
	if (!item->waits &&
	    !(item->requirement->kind == PROV_REQ_START && checklist->missing))
		return mem_dup(help);
	/* The row may have no room for all of it. */
	*style = TUI_WARN;
	tui_item_words(checklist, item, true, xfer_now_unix(), words,
		       sizeof(words));
	return mem_dup(words);
}

static void draw_foot(const struct tui_wizard *wizard,
		      const struct documents *state,
		      const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_item *item = documents_item(state);
	enum tui_style style = TUI_DIM;
	int row = area->rows > 1;
	char *label = NULL;
	char *words = NULL;

	if (!item)
		return;
	/* Its heading may be out of view. */
	if (row)
		tui_rule(area, 0,
			 checklist->part_count > 1
				 ? tui_holder_name(checklist,
						   item->requirement->party)
				 : NULL);
	words = foot_words(checklist, item, &style);
	label = tui_row_label(item->requirement);
	/* The label in full, where its row has no room for it. */
	if (text_width(label) > label_cols(area)) {
		char *full = mem_printf("%s%s%s", label, words ? ": " : "",
					words ? words : "");

		free(words);
		words = full;
	}
	if (words)
		tui_paragraph(area, row, 2, area->cols - 3, area->rows - row,
			      style, words);
	free(label);
	free(words);
}

static void draw_empty(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const char *title = wizard->app->profile->provider->title;

	if (wizard->refreshing)
		tui_textf(area, 2, 2, -1, TUI_PLAIN,
			  _("Asking %s what it wants of this customer…"),
			  title);
	else if (wizard->checklist.seen_ms)
		tui_textf(area, 2, 2, -1, TUI_PLAIN, _("%s asks for nothing."),
			  title);
	else
		tui_paragraph(
			area, 2, 2, area->cols - 3, area->rows - 2, TUI_PLAIN,
			_("Nothing is known of this customer yet, and the "
			  "provider could not be asked. R tries again."));
}

void documents_draw(const struct tui_wizard *wizard, void *arg,
		    const struct tui_area *area)
{
	struct documents *state = arg;
	const char *closed = wizard->checklist.customer.closed_because;
	int foot = foot_rows(area->rows);
	struct tui_area list = *area;
	struct tui_area below = *area;

	draw_title(wizard, area);
	list.top += 1;
	list.rows -= 1 + foot;
	if (closed && list.rows > 5) {
		int used = tui_paragraph(&list, 0, 2, list.cols - 3, 2,
					 TUI_WARN, closed);

		list.top += used;
		list.rows -= used;
	}
	if (!state->rows.count) {
		draw_empty(wizard, area);
		return;
	}
	tui_list_fit(&state->list, state->rows.count,
		     tui_more_rows(state->rows.count, list.rows));
	/* The headings above the first row would never come into view. */
	if (state->list.selected == tui_rows_next(&state->rows, 0, false) &&
	    state->list.selected < (size_t)state->list.rows)
		state->list.top = 0;
	draw_list(wizard, state, &list);
	below.top += area->rows - foot;
	below.rows = foot;
	if (foot)
		draw_foot(wizard, state, &below);
}
