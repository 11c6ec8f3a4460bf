/* SPDX-License-Identifier: MIT */
/* How the review screen is drawn. */
#include "tui/screens/review.h"

#include "tui/widgets/meter.h"
#include "tui/wizard/requests.h"
#include "tui/words/item_words.h"
#include "tui/words/phase.h"

#define NOTE_MOST 3 /* rows below the button */

struct columns {
	int label, size, phase, bar, words; /* where each begins */
	int bar_cols;
};

static struct columns columns_of(int cols)
{
	struct columns c = { .label = 2 };

	if (cols < 60) {
		c.size = 0; /* not shown */
		c.bar = 20;
		c.bar_cols = 0;
	} else {
		c.size = cols < 80 ? 26 : cols < 120 ? 28 : 44;
		/* 0: not shown */
		c.phase = cols < 100 ? 0 : c.size + 10;
		c.bar = c.phase ? c.phase + TUI_PHASES + 1 : c.size + 10;
		c.bar_cols = cols < 120 ? 12 : 24;
	}
	c.words = c.bar + c.bar_cols + (c.bar_cols ? 1 : 0) + 6;
	return c;
}

static enum tui_symbol symbol_of(const struct tui_send_row *row)
{
	switch (row->state) {
	case TUI_SEND_READY:
		return TUI_SYMBOL_CHOSEN;
	case TUI_SEND_BLOCKED:
		return TUI_SYMBOL_BAD;
	case TUI_SEND_CHECKING:
	case TUI_SEND_WAITS:
		return TUI_SYMBOL_WAIT;
	case TUI_SEND_MOVING:
		return row->submission->state == CASE_UNSURE ? TUI_SYMBOL_UNSURE
							     : TUI_SYMBOL_WAIT;
	case TUI_SEND_SETTLED:
		break;
	}
	return row->submission->state == CASE_ACCEPTED ? TUI_SYMBOL_DONE
						       : TUI_SYMBOL_BAD;
}

/* Returns the columns from which on nothing was drawn yet. */
static int draw_bar(const struct tui_area *area, int row,
		    const struct columns *c, unsigned percent, bool answered)
{
	if (c->bar_cols)
		tui_bar(area, row, c->bar, c->bar_cols, percent, 100,
			answered ? TUI_GOOD : TUI_BAR);
	tui_textf(area, row, c->words - 6, 5, TUI_PLAIN, "%3u %%", percent);
	return c->words;
}

/* Do the words of a row that begin at COL fit beside it? */
static bool words_fit(const struct tui_area *area, int col, const char *words)
{
	return col + text_width(words) <= area->cols;
}

/* In place of words that have a line of their own. */
static const char *short_word(const struct tui_send_row *row)
{
	switch (row->state) {
	case TUI_SEND_READY:
		return _("ready");
	case TUI_SEND_CHECKING:
		return _("being checked");
	case TUI_SEND_WAITS:
		return _("waits for others");
	case TUI_SEND_BLOCKED:
		return _("cannot be sent");
	case TUI_SEND_MOVING:
		return row->submission->state == CASE_UNSURE ? _("unsure")
							     : _("waits");
	case TUI_SEND_SETTLED:
		break;
	}
	return row->submission->state == CASE_REFUSED ? _("refused") : "";
}

struct drawing {
	const struct tui_wizard *wizard;
	const struct review *state;
};

/* Is there a heading that says whose the row is? */
static bool has_heading(const struct tui_wizard *wizard)
{
	return wizard->checklist.part_count > 1;
}

/* One line of row I; words that do not fit beside it stand below it or, of the
 * selected one, at the foot. */
static void draw_row(void *arg, const struct tui_area *area, int at, size_t i)
{
	const struct drawing *drawing = arg;
	const struct tui_wizard *wizard = drawing->wizard;
	const struct review *state = drawing->state;
	const struct tui_send_row *row = &state->rows.list[i];
	struct columns c = columns_of(area->cols);
	bool selected = state->list.selected == i;
	struct xfer_progress moving = { 0 };
	bool wire = row->state == TUI_SEND_MOVING &&
		    outbox_progress(wizard->app->outbox, row->submission->id,
				    &moving);
	char words[300];
	char bytes[32] = "";
	char marks[32];
	struct tui_phase phase = { 0 };
	unsigned percent = 0;
	int col = c.bar;

	tui_text(area, at, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	/* Without a size there is room for more of the name. */
	tui_text(area, at, 2, (c.size && row->bytes ? c.size : c.bar) - 3,
		 selected ? TUI_FOCUS : TUI_PLAIN,
		 has_heading(wizard) ? row->what : row->label);
	if (selected)
		tui_cursor(area, at, 2);
	if (c.size && row->bytes) {
		text_bytes(bytes, sizeof(bytes), row->bytes);
		tui_textf(area, at, c.size, 9, TUI_PLAIN, "%8s", bytes);
	}
	if (c.phase && tui_send_phase(row, wire ? &moving : NULL, &phase)) {
		tui_phase_marks(&phase, marks, sizeof(marks));
		tui_text(area, at, c.phase, TUI_PHASES, tui_send_style(row),
			 marks);
	}
	if (tui_send_percent(row, wire ? &moving : NULL, &percent))
		col = draw_bar(area, at, &c, percent, percent == 100);
	review_words(wizard, state, row, words, sizeof(words));
	tui_text(area, at, col, 2, tui_send_style(row),
		 tui_symbol(symbol_of(row)));
	col += 2;
	tui_text(area, at, col, -1, tui_send_style(row),
		 state->in_full && !words_fit(area, col, words)
			 ? short_word(row)
			 : words);
}

static void draw_button(const struct tui_wizard *wizard,
			const struct review *state, const struct tui_area *area,
			int at, bool moving)
{
	bool selected = state->list.selected >= state->rows.count;
	enum tui_style style = selected ? TUI_FOCUS : TUI_PLAIN;

	tui_text(area, at, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (state->rows.ready)
		tui_textf(area, at, 2, -1, style,
			  P_("[ Send %zu item ]", "[ Send %zu items ]",
			     state->rows.ready),
			  state->rows.ready);
	else if (tui_start_possible(&wizard->checklist))
		tui_textf(area, at, 2, -1, style, "[ %s ]",
			  tui_start_label(&wizard->checklist));
	else if (review_all_answered(state))
		tui_textf(area, at, 2, -1, style, "[ %s ]", _("To the status"));
	else if (moving && outbox_stopped(wizard->app->outbox))
		tui_textf(area, at, 2, -1, style, "[ %s ]", _("Try it again"));
	else
		tui_textf(area, at, 2, -1, selected ? TUI_FOCUS : TUI_DIM,
			  "[ %s ]",
			  moving ? _("Everything ready is on its way")
				 : _("Nothing ready to send"));
	if (selected)
		tui_cursor(area, at, 2);
}

static void draw_total(const struct tui_area *area, int at,
		       const struct tui_send_total *total)
{
	struct columns c = columns_of(area->cols);
	bool done = !total->moving;
	unsigned percent = tui_meter_percent(total->sent, total->bytes, done);
	struct buf text = { 0 };
	char words[32];
	int col = c.bar;

	tui_text(area, at, 2, (c.size ? c.size : c.bar) - 3, TUI_STRONG,
		 _("Total"));
	text_bytes(words, sizeof(words), total->bytes);
	if (c.size)
		tui_textf(area, at, c.size, 9, TUI_PLAIN, "%8s", words);
	col = draw_bar(area, at, &c, percent, done);
	if (total->rate) {
		text_bytes(words, sizeof(words), total->rate);
		buf_addf(&text, "%s/s", words);
		tui_duration(words, sizeof(words), total->left_ms);
		buf_addf(&text, "  %s", words);
	} else if (total->moving) {
		buf_addf(&text,
			 P_("%zu without an answer", "%zu without an answer",
			    total->moving),
			 total->moving);
	}
	tui_text(area, at, col, -1, TUI_PLAIN, buf_text(&text));
	buf_release(&text);
}

/* What may be refused, by name: its row may not be in view. "" for none. */
static void warned_words(const struct review *state, char *out, size_t size)
{
	const struct tui_send_row *first = NULL;
	size_t count = 0;

	*out = '\0';
	for (size_t i = 0; i < state->rows.count; i++) {
		const struct tui_send_row *row = &state->rows.list[i];

		if (row->state != TUI_SEND_READY || !row->document ||
		    !row->document->findings.count)
			continue;
		first = first ? first : row;
		count++;
	}
	if (count)
		snprintf(out, size,
			 P_("%zu file has a warning: %s: %s",
			    "%zu files have a warning; the first is %s: %s",
			    count),
			 count, first->label,
			 first->document->findings.list[0].text);
}

/* What there is to know before, or after, sending. */
static void draw_note(const struct tui_wizard *wizard,
		      const struct review *state, const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct tui_send_row *row = review_selected(state);
	const char *stopped = outbox_stopped(wizard->app->outbox);
	char words[400];
	int used = 0;

	warned_words(state, words, sizeof(words));
	if (stopped) {
		used = tui_paragraph(area, 0, 2, area->cols - 3, area->rows,
				     TUI_BAD, stopped);
	} else if (row && !state->in_full) {
		/* All of what the row has no room for. */
		review_words(wizard, state, row, words, sizeof(words));
		used = tui_paragraph(area, 0, 2, area->cols - 3, area->rows,
				     tui_send_style(row), words);
	} else if (!row && *words) {
		used = tui_paragraph(area, 0, 2, area->cols - 3, area->rows,
				     TUI_WARN, words);
	} else if (!row && tui_start_possible(checklist)) {
		used = tui_paragraph(
			area, 0, 2, area->cols - 3, area->rows, TUI_GOOD,
			_("Everything has arrived. v asks the provider to "
			  "begin its review."));
	} else if (!row && review_all_answered(state)) {
		used = tui_paragraph(
			area, 0, 2, area->cols - 3, area->rows, TUI_GOOD,
			_("Everything that was sent has arrived. 5 shows what "
			  "the provider says of it."));
	}
	if (!checklist->missing || used >= area->rows)
		return;
	snprintf(words, sizeof(words),
		 P_("%u required item is still missing; 2 lists it.",
		    "%u required items are still missing; 2 lists them.",
		    checklist->missing),
		 checklist->missing);
	tui_paragraph(area, used, 2, area->cols - 3, area->rows - used, TUI_DIM,
		      words);
}

void review_layout(struct tui_wizard *wizard, void *arg,
		   const struct tui_area *area)
{
	(void)wizard;
	(void)arg;
	(void)area; /* the rows are fitted when they are drawn */
}

static void draw_heading(const struct tui_area *area)
{
	struct columns c = columns_of(area->cols);

	tui_text(area, 0, 2, -1, TUI_DIM, _("Item"));
	if (c.size)
		tui_textf(area, 0, c.size, 9, TUI_DIM, "%8s", _("Size"));
	if (c.phase)
		tui_text(area, 0, c.phase, TUI_PHASES, TUI_DIM, _("Phase"));
	if (c.bar_cols)
		tui_text(area, 0, c.bar, c.bar_cols, TUI_DIM, _("Progress"));
	tui_text(area, 0, c.words, -1, TUI_DIM, _("State"));
}

/* Do the words of ROW fit beside it? */
static bool fits_beside(const struct tui_wizard *wizard,
			const struct review *state,
			const struct tui_send_row *row,
			const struct tui_area *area, char *words, size_t size)
{
	struct columns c = columns_of(area->cols);
	unsigned percent = 0;
	bool bar = tui_send_percent(row, NULL, &percent);

	review_words(wizard, state, row, words, size);
	return words_fit(area, (bar ? c.words : c.bar) + 2, words);
}

static void add_heading(const struct tui_wizard *wizard, struct review *state,
			const struct tui_send_row *row)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct prov_party *party = checklist->parts[row->part].party;

	tui_page_text(&state->page, TUI_TITLE, 0,
		      tui_holder_name(checklist, party ? party->id : NULL));
}

/* FULL: words that do not fit beside their row have lines of their own. */
static void fill_page(const struct tui_wizard *wizard, struct review *state,
		      const struct tui_area *area, bool full)
{
	size_t part = SIZE_MAX;
	char words[300];

	tui_page_begin(&state->page, area->cols - 1);
	for (size_t i = 0; i < state->rows.count; i++) {
		const struct tui_send_row *row = &state->rows.list[i];

		if (has_heading(wizard) && row->part != part)
			add_heading(wizard, state, row);
		part = row->part;
		tui_page_field(&state->page, i);
		if (full && !fits_beside(wizard, state, row, area, words,
					 sizeof(words)))
			tui_page_text(&state->page, tui_send_style(row), 4,
				      words);
	}
	state->in_full = full;
}

/* The row to be in view: from the button, the first one that is not done. */
static size_t row_in_view(const struct review *state)
{
	size_t i = 0;

	if (state->list.selected < state->rows.count)
		return state->list.selected;
	while (i < state->rows.count &&
	       state->rows.list[i].state == TUI_SEND_SETTLED)
		i++;
	return i < state->rows.count ? i : state->rows.count - 1;
}

/* Draws the rows into AREA; returns the lines they took. */
static int draw_rows(const struct tui_wizard *wizard, struct review *state,
		     const struct tui_area *area)
{
	struct drawing drawing = { wizard, state };
	size_t rows = area->rows > 0 ? (size_t)area->rows : 1;

	if (!state->rows.count) {
		tui_page_begin(&state->page, area->cols);
		return tui_paragraph(area, 0, 2, area->cols - 3, 2, TUI_PLAIN,
				     _("Nothing was chosen yet: 2 takes "
				       "documents, 3 the information."));
	}
	fill_page(wizard, state, area, true);
	if (state->page.count > rows)
		fill_page(wizard, state, area, false);
	tui_page_fit(&state->page, area->rows, row_in_view(state));
	tui_page_draw(&state->page, area, draw_row, &drawing);
	/* One row more than there are items: the button. */
	tui_list_fit(&state->list, state->rows.count + 1, area->rows);
	return (int)(state->page.count < rows ? state->page.count : rows);
}

static bool on_wire(const void *arg, int64_t submission,
		    struct xfer_progress *out)
{
	return outbox_progress(arg, submission, out);
}

/* Rows, rule, total, button and note, as far as there is room. */
void review_draw(const struct tui_wizard *wizard, void *arg,
		 const struct tui_area *area)
{
	struct review *state = arg;
	struct tui_send_total total;
	int note = area->rows >= 12 ? NOTE_MOST : area->rows >= 8 ? 1 : 0;
	int title = area->rows >= 12;
	int rows = area->rows - 4 - note - title;
	struct tui_area list = *area;
	struct tui_area below = *area;
	int at = 0;

	if (title)
		tui_text(area, 0, 2, -1, TUI_STRONG,
			 tui_holder_name(&wizard->checklist, NULL));
	list.top += title;
	draw_heading(&list);
	list.top += 1;
	list.rows = rows > 1 ? rows : 1;
	at = title + 1 + draw_rows(wizard, state, &list);
	tui_rule(area, at, NULL);
	tui_send_sum(&state->rows, on_wire, wizard->app->outbox, &total);
	if (total.moving || total.accepted)
		draw_total(area, ++at, &total);
	draw_button(wizard, state, area, ++at, total.moving);
	below.top += ++at;
	below.rows -= at;
	/* At least NOTE rows are kept free for it; there may be more. */
	if (below.rows > NOTE_MOST)
		below.rows = NOTE_MOST;
	if (below.rows > 0)
		draw_note(wizard, state, &below);
}
