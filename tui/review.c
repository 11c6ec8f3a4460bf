/* SPDX-License-Identifier: MIT */
/* The review screen: what it shows and how it is drawn. */
#include "tui/review.h"

#include "tui/item_words.h"
#include "tui/meter.h"
#include "tui/requests.h"

void review_rebuild(const struct tui_wizard *wizard, struct review *state)
{
	state->now_ms = xfer_now();
	state->now_unix_ms = xfer_now_unix();
	tui_send_rows_build(&wizard->checklist,
			    wizard->app->profile->provider->doctypes,
			    state->now_unix_ms, &state->rows);
}

static bool no_progress(const void *arg, int64_t submission,
			struct xfer_progress *out)
{
	(void)arg;
	(void)submission;
	(void)out;
	return false;
}

bool review_all_answered(const struct review *state)
{
	struct tui_send_total total;

	tui_send_sum(&state->rows, no_progress, NULL, &total);
	return total.accepted && !total.moving && !total.refused &&
	       !state->rows.ready;
}

static bool on_wire(const void *arg, int64_t submission,
		    struct xfer_progress *out)
{
	return outbox_progress(arg, submission, out);
}

static struct tui_send_context context_of(const struct tui_wizard *wizard,
					  const struct review *state)
{
	const struct provider *provider = wizard->app->profile->provider;

	return (struct tui_send_context){
		.checklist = &wizard->checklist,
		.schema =
			provider->information[wizard->checklist.customer.kind],
		.provider = provider->title,
		.rows = &state->rows,
		.stopped = outbox_stopped(wizard->app->outbox),
		.now_ms = state->now_ms,
		.now_unix_ms = state->now_unix_ms,
	};
}

static void row_words(const struct tui_wizard *wizard,
		      const struct review *state,
		      const struct tui_send_row *row, char *out, size_t size)
{
	struct tui_send_context context = context_of(wizard, state);
	struct xfer_progress moving = { 0 };

	if (row->state == TUI_SEND_MOVING &&
	    outbox_progress(wizard->app->outbox, row->submission->id, &moving))
		context.moving = &moving;
	tui_send_words(row, &context, out, size);
}

void review_show(struct tui_wizard *wizard, const struct review *state,
		 const struct tui_send_row *row)
{
	const struct case_submission *sub = row->submission;
	struct buf text = { 0 };
	char words[400];

	row_words(wizard, state, row, words, sizeof(words));
	buf_addf(&text, "%s\n", words);
	if (sub && sub->path)
		buf_addf(&text, _("\nFile: %s"), tui_base_name(sub->path));
	if (sub && sub->sha256[0])
		buf_addf(&text, _("\nSHA-256: %s"), sub->sha256);
	if (sub && sub->attempts)
		buf_addf(&text, _("\nTried: %u times"), sub->attempts);
	if (sub && sub->message)
		buf_addf(&text, _("\nLast answer: %s"), sub->message);
	if (sub && sub->code)
		buf_addf(&text, " (%s)", sub->code);
	if (sub)
		buf_addf(&text, _("\nIdempotency key: %s"), sub->key);
	tui_show(wizard, row->label, buf_text(&text));
	buf_release(&text);
}

/* Draw. */

struct columns {
	int label, size, bar, words; /* where each begins */
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
		c.size = cols < 100 ? 26 : 44;
		c.bar = c.size + 10;
		c.bar_cols = cols < 100 ? 12 : 24;
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
			answered ? TUI_GOOD : TUI_PLAIN);
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

/* Draw row I at line AT; returns the lines it took. ROOMY: words that do not
 * fit beside it have lines of their own. */
static int draw_row(const struct tui_wizard *wizard, const struct review *state,
		    const struct tui_area *area, int at, size_t i, bool roomy)
{
	const struct tui_send_row *row = &state->rows.list[i];
	struct columns c = columns_of(area->cols);
	bool selected = state->list.selected == i;
	struct xfer_progress moving = { 0 };
	bool wire = row->state == TUI_SEND_MOVING &&
		    outbox_progress(wizard->app->outbox, row->submission->id,
				    &moving);
	char words[300];
	char bytes[32] = "";
	unsigned percent = 0;
	int col = c.bar;

	tui_text(area, at, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	tui_text(area, at, 2, (c.size ? c.size : c.bar) - 3,
		 selected ? TUI_FOCUS : TUI_PLAIN, row->label);
	if (selected)
		tui_cursor(area, at, 2);
	if (c.size && row->bytes) {
		text_bytes(bytes, sizeof(bytes), row->bytes);
		tui_textf(area, at, c.size, 9, TUI_PLAIN, "%8s", bytes);
	}
	if (tui_send_percent(row, wire ? &moving : NULL, &percent))
		col = draw_bar(area, at, &c, percent, percent == 100);
	row_words(wizard, state, row, words, sizeof(words));
	tui_text(area, at, col, 2, tui_send_style(row),
		 tui_symbol(symbol_of(row)));
	col += 2;
	if (!roomy || words_fit(area, col, words)) {
		tui_text(area, at, col, -1, tui_send_style(row), words);
		return 1;
	}
	tui_text(area, at, col, -1, tui_send_style(row), short_word(row));
	return 1 + tui_paragraph(area, at + 1, 4, area->cols - 5, 2,
				 tui_send_style(row), words);
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
			  _("Request the review"));
	else if (review_all_answered(state))
		tui_textf(area, at, 2, -1, style, "[ %s ]", _("To the status"));
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

/* What there is to know before, or after, sending. */
static void draw_note(const struct tui_wizard *wizard,
		      const struct review *state, const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct tui_send_row *row =
		state->list.selected < state->rows.count
			? &state->rows.list[state->list.selected]
			: NULL;
	const char *stopped = outbox_stopped(wizard->app->outbox);
	char words[400];
	int used = 0;

	if (stopped) {
		used = tui_paragraph(area, 0, 2, area->cols - 3, area->rows,
				     TUI_BAD, stopped);
	} else if (row && !state->in_full) {
		/* All of what the row has no room for. */
		row_words(wizard, state, row, words, sizeof(words));
		used = tui_paragraph(area, 0, 2, area->cols - 3, area->rows,
				     tui_send_style(row), words);
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
	if (checklist->missing && used < area->rows)
		tui_textf(area, used, 2, -1, TUI_DIM,
			  P_("%u required item is still missing; 2 lists it.",
			     "%u required items are still missing; 2 lists "
			     "them.",
			     checklist->missing),
			  checklist->missing);
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
	if (c.bar_cols)
		tui_text(area, 0, c.bar, c.bar_cols, TUI_DIM, _("Progress"));
	tui_text(area, 0, c.words, -1, TUI_DIM, _("State"));
}

/* Is there room for the words of all rows, on lines of their own where they do
 * not fit beside? */
static bool is_roomy(const struct tui_wizard *wizard,
		     const struct review *state, const struct tui_area *area)
{
	struct columns c = columns_of(area->cols);
	size_t lines = state->rows.count;
	char words[300];

	for (size_t i = 0; i < state->rows.count; i++) {
		unsigned percent = 0;
		bool bar =
			tui_send_percent(&state->rows.list[i], NULL, &percent);

		row_words(wizard, state, &state->rows.list[i], words,
			  sizeof(words));
		if (!words_fit(area, (bar ? c.words : c.bar) + 2, words))
			lines += 2;
	}
	return lines <= (size_t)area->rows;
}

/* Draws the rows into AREA; returns the lines they took. */
static int draw_rows(const struct tui_wizard *wizard, struct review *state,
		     const struct tui_area *area)
{
	size_t count = state->rows.count;
	int room = tui_more_rows(count, area->rows);
	bool roomy = is_roomy(wizard, state, area);
	int at = 0;

	state->in_full = roomy;
	if (!count) {
		return tui_paragraph(area, 0, 2, area->cols - 3, 2, TUI_PLAIN,
				     _("Nothing was chosen yet: 2 takes "
				       "documents, 3 the information."));
	}
	/* The button is the last row of the list, and always in view. */
	tui_list_fit(&state->list, count + 1, room + 1);
	for (size_t i = state->list.top; i < count && at < room; i++)
		at += draw_row(wizard, state, area, at, i, roomy);
	if (count > (size_t)room)
		tui_more_line(area, at++, state->list.top,
			      count - state->list.top - (size_t)room);
	return at;
}

/* Rows, rule, total, button and note, as far as there is room. */
void review_draw(const struct tui_wizard *wizard, void *arg,
		 const struct tui_area *area)
{
	struct review *state = arg;
	struct tui_send_total total;
	int note = area->rows >= 12 ? 3 : area->rows >= 8 ? 1 : 0;
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
	if (below.rows > note)
		below.rows = note;
	if (below.rows > 0)
		draw_note(wizard, state, &below);
}
