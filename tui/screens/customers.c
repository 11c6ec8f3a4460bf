/* SPDX-License-Identifier: MIT */
/* A list of customers: which rows are in view, and how it is drawn. */
#include "tui/screens/customers.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/item_words.h"

#define FIRST_ROW    2 /* below the filter line and the heads */
#define LEAST_FILTER 12

/* Below the rows there may be why they are not newer. */
void customers_fit(const struct tui_wizard *wizard, struct customers *state)
{
	bool notice = tui_listing_of(wizard)->error != NULL;
	int rows = state->rows - FIRST_ROW - notice;

	tui_list_fit(&state->list, state->found.matching,
		     tui_more_rows(state->found.matching, rows > 1 ? rows : 1));
}

const struct case_customer *customers_row(const struct customers *state,
					  size_t i)
{
	if (i < state->offset || i - state->offset >= state->found.count ||
	    i >= state->found.matching)
		return NULL;
	return &state->found.list[i - state->offset];
}

bool customers_typing(const void *opaque)
{
	const struct customers *state = opaque;

	return !state->in_list &&
	       (state->searching || *tui_edit_text(&state->filter));
}

bool customers_whole_id(const char *text)
{
	const char *end_of_word = strchr(text, '_');
	size_t digits = 0;

	for (const char *at = end_of_word ? end_of_word + 1 : text; *at; at++) {
		if (strchr("0123456789abcdefABCDEF", *at))
			digits++;
		else if (*at != '-')
			return false;
	}
	return digits == 32;
}

/* 88310 as "88,310". */
static void grouped(char *out, size_t size, size_t number)
{
	/* TRANSLATORS: what stands between thousands */
	const char *separator = _(",");
	char digits[32];
	size_t len = (size_t)snprintf(digits, sizeof(digits), "%zu", number);
	struct buf text = { .max = 64 };

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_add_text(&text, separator);
		buf_add_char(&text, digits[i]);
	}
	snprintf(out, size, "%s", buf_text(&text));
	buf_release(&text);
}

/* "1,204", "1,000+", "…" while they are not counted. */
static void matching_words(const struct customers *state, char *out,
			   size_t size)
{
	char number[48];

	grouped(number, sizeof(number), state->found.matching);
	if (state->counting_ms)
		snprintf(out, size, "%s", tui_symbol(TUI_SYMBOL_WAIT));
	else
		snprintf(out, size, "%s%s", number,
			 state->found.more ? "+" : "");
}

static void add_as_of(struct buf *text, int64_t then_ms)
{
	char when[32];

	tui_ago(when, sizeof(when), then_ms, xfer_now_unix());
	buf_addf(text, _("as of %s"), when);
}

/* What is right of the filter: how many match, and how old the list is. */
static char *counts(const struct tui_wizard *wizard,
		    const struct customers *state)
{
	const struct tui_listing *listing = tui_listing_of(wizard);
	bool busy = tui_listing_busy(wizard);
	bool wide = state->cols >= 60;
	char matching[64], total[48];
	struct buf text = { 0 };

	matching_words(state, matching, sizeof(matching));
	grouped(total, sizeof(total), state->found.total);
	if (busy)
		buf_addf(&text, _("refreshing… page %zu"), listing->pages + 1);
	else if (listing->listed_ms && wide)
		add_as_of(&text, listing->listed_ms);
	if (wide || !busy) {
		buf_add_text(&text, text.len ? " · " : "");
		buf_addf(&text, _("%s of %s match"), matching, total);
	}
	return buf_take(&text);
}

/* One column of the table: where it stands and how wide it is; 0: not shown */
struct columns {
	int name, kind, country, stage, missing, touched;
};

static struct columns columns_for(int cols)
{
	struct columns c = { .stage = 17 };
	int left = cols - 2 - c.stage;

	if (cols >= 64) {
		c.missing = cols < 88 ? 8 : 9;
		left -= c.missing;
	}
	if (cols >= 72) {
		c.touched = cols < 88 ? 13 : 16;
		left -= c.touched;
	}
	if (cols >= 78) {
		c.country = cols < 88 ? 4 : 8;
		left -= c.country;
	}
	if (cols >= 78) {
		c.kind = cols < 88 ? 11 : 12;
		left -= c.kind;
	}
	c.name = left;
	return c;
}

static int cell(const struct tui_area *area, int row, int col, int width,
		enum tui_style style, const char *text)
{
	if (width > 0)
		tui_text(area, row, col, width - 1, style, text);
	return col + width;
}

static void stage_words(const struct case_customer *customer, char *out,
			size_t size, enum tui_style *style)
{
	/* Known from the list alone, it may as well want its first paper. */
	bool unread = customer->missing < 0 &&
		      customer->stage == PROV_STAGE_ACTION_NEEDED;

	*style = TUI_PLAIN;
	if (case_newcomer_is(customer->id)) {
		*style = TUI_WARN;
		snprintf(out, size, "%s",
			 customer->unsent > 1 ? _("new, on the way")
					      : _("new, not sent"));
		return;
	}
	if (customer->rejected && !unread) {
		*style = TUI_BAD;
		snprintf(out, size, "%s %s", tui_symbol(TUI_SYMBOL_BAD),
			 _("rejected"));
		return;
	}
	switch (customer->stage) {
	case PROV_STAGE_NOT_STARTED:
		snprintf(out, size, "%s", _("not started"));
		break;
	case PROV_STAGE_IN_REVIEW:
		snprintf(out, size, "%s", _("in review"));
		break;
	case PROV_STAGE_ACTION_NEEDED:
		*style = TUI_WARN;
		snprintf(out, size, "%s", _("action needed"));
		break;
	case PROV_STAGE_APPROVED:
		*style = TUI_GOOD;
		snprintf(out, size, "%s %s", tui_symbol(TUI_SYMBOL_DONE),
			 _("approved"));
		break;
	case PROV_STAGE_CLOSED:
		snprintf(out, size, "%s", _("closed"));
		break;
	case PROV_STAGE_UNKNOWN:
		snprintf(out, size, "%s",
			 customer->stage_word ? customer->stage_word
					      : tui_symbol(TUI_SYMBOL_DASH));
		break;
	}
}

static void draw_heads(const struct tui_area *area, const struct columns *c)
{
	int col = 2;

	tui_text(area, 1, 0, -1, TUI_DIM, "");
	col = cell(area, 1, col, c->name, TUI_DIM, _("Name"));
	col = cell(area, 1, col, c->kind, TUI_DIM, _("Kind"));
	col = cell(area, 1, col, c->country, TUI_DIM,
		   c->country > text_width(_("Country")) ? _("Country") : "");
	col = cell(area, 1, col, c->stage, TUI_DIM, _("Verification"));
	col = cell(area, 1, col, c->missing, TUI_DIM, _("Missing"));
	cell(area, 1, col, c->touched, TUI_DIM, _("Last touched"));
}

static void draw_row(const struct tui_area *area, int row,
		     const struct columns *c,
		     const struct case_customer *customer, bool selected)
{
	enum tui_style plain = selected ? TUI_FOCUS : TUI_PLAIN;
	enum tui_style style = TUI_PLAIN;
	char stage[64], missing[32] = "", ago[32];
	int col = 2;

	stage_words(customer, stage, sizeof(stage), &style);
	if (customer->missing > 0)
		snprintf(missing, sizeof(missing), "%d", customer->missing);
	else
		snprintf(missing, sizeof(missing), "%s",
			 customer->missing < 0 ? tui_symbol(TUI_SYMBOL_DASH)
					       : "0");
	tui_ago(ago, sizeof(ago), customer->touched_ms, xfer_now_unix());

	tui_text(area, row, 0, -1, plain,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	col = cell(area, row, col, c->name, plain,
		   customer->name && *customer->name ? customer->name
		   : case_newcomer_is(customer->id)  ? _("(no name yet)")
						     : customer->id);
	col = cell(area, row, col, c->kind, plain,
		   tui_kind_word(customer->kind));
	col = cell(area, row, col, c->country, plain, customer->country);
	col = cell(area, row, col, c->stage, selected ? TUI_FOCUS : style,
		   stage);
	col = cell(area, row, col, c->missing, plain, missing);
	cell(area, row, col, c->touched, plain, ago);
}

/* Why there is nothing. */
static const char *nothing(const struct tui_wizard *wizard,
			   const struct customers *state)
{
	const char *typed = tui_edit_text(&state->filter);

	if (state->found.more)
		return _("Looking for them…");
	if (*typed)
		return customers_whole_id(typed)
			       ? _("Not seen before. Enter opens it.")
			       : _("Nobody matches. Esc clears the filter; a "
				   "whole id can be opened with Enter.");
	if (tui_listing_busy(wizard))
		return _("Asking the provider for its customers…");
	return tui_listing_of(wizard)->error
		       ? ""
		       : _("No customers yet. A customer id can be pasted and "
			   "opened with Enter.");
}

/* Why there is nothing, or what is wrong with what there is. */
static void draw_notice(const struct tui_wizard *wizard,
			const struct customers *state,
			const struct tui_area *area)
{
	const struct tui_listing *listing = tui_listing_of(wizard);
	struct buf text = { 0 };
	/* The whole sentence, below a list that leaves room for it. */
	int rows = state->found.matching + 3 < (size_t)state->list.rows ? 3 : 1;

	if (!state->found.matching)
		tui_paragraph(area, FIRST_ROW, 2, -1, 3, TUI_PLAIN,
			      nothing(wizard, state));
	if (!listing->error)
		return;
	/* Where there is no room, why is what goes. */
	if (listing->listed_ms) {
		add_as_of(&text, listing->listed_ms);
		buf_add_text(&text, " · ");
	}
	buf_addf(&text, "%s · %s", _("F5 tries again"), listing->error);
	tui_paragraph(area, area->rows - rows, 0, -1, rows, TUI_WARN,
		      buf_text(&text));
	buf_release(&text);
}

static void draw_filter(const struct tui_wizard *wizard,
			struct customers *state, const struct tui_area *area)
{
	char *right = counts(wizard, state);
	int width = text_width(right);
	int col = 2;

	tui_text(area, 0, 0, 2, TUI_DIM, "/");
	if (width > area->cols - col - LEAST_FILTER) {
		char matching[64];

		matching_words(state, matching, sizeof(matching));
		mem_replace(&right, matching);
		width = text_width(right);
	}
	tui_edit_draw(&state->filter, area, 0, col,
		      area->cols - col - width - 1, customers_typing(state));
	tui_text(area, 0, area->cols - width, width, TUI_PLAIN, right);
	free(right);
}

void customers_draw(const struct tui_wizard *wizard, void *opaque,
		    const struct tui_area *area)
{
	struct customers *state = opaque;
	struct columns columns = columns_for(area->cols);

	customers_fit(wizard, state);
	draw_filter(wizard, state, area);
	draw_heads(area, &columns);
	for (int i = 0; i < state->list.rows; i++) {
		size_t at = state->list.top + (size_t)i;
		const struct case_customer *customer = customers_row(state, at);

		if (!customer)
			continue;
		draw_row(area, FIRST_ROW + i, &columns, customer,
			 at == state->list.selected);
		/* While the filter is typed into, the cursor is there. */
		if (at == state->list.selected && !customers_typing(state))
			tui_cursor(area, FIRST_ROW + i, 0);
	}
	tui_more_line(area, FIRST_ROW + state->list.rows,
		      tui_list_above(&state->list),
		      tui_list_below(&state->list));
	draw_notice(wizard, state, area);
}
