/* SPDX-License-Identifier: MIT */
/*
 * Step 1: whom to work on. A type-ahead list over the customers seen before,
 * there at once and without a network; the provider's own list fills it in
 * the background. Only a window of rows is ever read from the record.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/item_words.h"
#include "tui/wizard_private.h"

#define FIRST_ROW 2   /* below the filter line and the heads */
#define AGAIN_MS  500 /* between searches that pages of the list cause */
#define FRESH_MS  (5 * 60 * 1000) /* a list this young is not asked again */

struct state {
	struct tui_edit filter;
	struct tui_list list;
	struct case_customer_list found; /* the rows from OFFSET on */
	size_t offset;
	bool inbox;	/* only what has unsent or rejected work */
	bool searching; /* letters that are commands type as well */
	bool stale;
	int rows, cols; /* of the area */
};

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("open"),
	  N_("work on the customer, or open the id that was pasted or typed "
	     "whole") },
	{ 'a', N_("letters"), N_("filter"),
	  N_("show those whose name, id or tax id has what is typed; accents "
	     "and capitals do not matter") },
	{ TUI_KEY_F2, "F2", N_("rejected inbox"),
	  N_("only customers with rejected or unsent items, what waited "
	     "longest first, and back to all. Ctrl-T is the same.") },
	{ TUI_CTRL('T'), NULL, NULL, NULL },
	{ TUI_KEY_F3, "F3", N_("profile"),
	  N_("another provider, or another environment. Ctrl-P is the "
	     "same.") },
	{ TUI_CTRL('P'), NULL, NULL, NULL },
	{ TUI_KEY_F5, "F5", N_("refresh"),
	  N_("ask the provider for its list again. Ctrl-R is the same.") },
	{ TUI_CTRL('R'), NULL, NULL, NULL },
	{ TUI_KEY_ESC, "Esc", NULL, N_("clear the filter") },
	{ '?', "?", NULL,
	  N_("this help, while the filter is empty. F1 is the same.") },
	{ '/', "/", NULL,
	  N_("type into the filter, also what begins with q or ?") },
	{ 'q', "q", N_("quit"),
	  N_("leave, while the filter is empty. F10 leaves from anywhere.") },
	{ 0, NULL, NULL, NULL },
};

/* Below the rows there may be why they are not newer. */
static void fit(const struct tui_wizard *wizard, struct state *state)
{
	bool notice = tui_listing_of(wizard)->error != NULL;
	int rows = state->rows - FIRST_ROW - notice;

	tui_list_fit(&state->list, state->found.matching,
		     tui_more_rows(state->found.matching, rows > 1 ? rows : 1));
}

/* Searching. */

static void load(struct tui_wizard *wizard, struct state *state)
{
	struct case_customer_list found = { 0 };
	struct err err = { 0 };
	size_t page = state->list.rows > 0 ? (size_t)state->list.rows : 1;
	size_t offset = state->list.top > page ? state->list.top - page : 0;
	int failed = (state->inbox ? case_customers_inbox
				   : case_customers_search)(
		wizard->app->store, wizard->app->profile,
		tui_edit_text(&state->filter), offset, 3 * page, &found, &err);

	if (failed) {
		tui_say_err(wizard, &err);
		return;
	}
	case_customer_list_release(&state->found);
	state->found = found;
	state->offset = offset;
	state->stale = false;
}

static const struct case_customer *row_at(const struct state *state, size_t i)
{
	if (i < state->offset || i - state->offset >= state->found.count ||
	    i >= state->found.matching)
		return NULL;
	return &state->found.list[i - state->offset];
}

/* After the view moved: read on if it left what was read. */
static void follow_view(struct tui_wizard *wizard, struct state *state)
{
	size_t last = state->list.top +
		      (size_t)(state->list.rows > 0 ? state->list.rows - 1 : 0);

	if (last >= state->found.matching)
		last = state->found.matching ? state->found.matching - 1 : 0;
	if (state->found.matching &&
	    (!row_at(state, state->list.top) || !row_at(state, last)))
		load(wizard, state);
}

/* The same search again: the selection stays on its customer, not its row. */
static void search_again(struct tui_wizard *wizard, struct state *state)
{
	const struct case_customer *row = row_at(state, state->list.selected);
	char *id = mem_dup(row ? row->id : NULL);

	load(wizard, state);
	for (size_t i = 0; id && i < state->found.count; i++)
		if (!strcmp(state->found.list[i].id, id) &&
		    state->offset + i < state->found.matching)
			state->list.selected = state->offset + i;
	fit(wizard, state);
	follow_view(wizard, state);
	free(id);
}

/* Another search: from its first row. */
static void search(struct tui_wizard *wizard, struct state *state)
{
	state->list.selected = state->list.top = 0;
	load(wizard, state);
	fit(wizard, state);
}

/* The screen. */

static void *enter(struct tui_wizard *wizard)
{
	struct state *state = mem_alloc(sizeof(*state));
	const struct tui_listing *listing = tui_listing_of(wizard);

	state->filter.max = 256;
	state->list.rows = 1;
	load(wizard, state);
	/* Where it was left is where it goes on. */
	for (size_t i = 0; wizard->customer && i < state->found.count; i++)
		if (!strcmp(state->found.list[i].id, wizard->customer))
			state->list.selected = i;
	if (xfer_now_unix() - listing->done_ms > FRESH_MS)
		tui_listing_start(wizard);
	return state;
}

static void leave(struct tui_wizard *wizard, void *opaque)
{
	struct state *state = opaque;

	(void)wizard;
	tui_edit_release(&state->filter);
	case_customer_list_release(&state->found);
	free(state);
}

static void layout(struct tui_wizard *wizard, void *opaque,
		   const struct tui_area *area)
{
	struct state *state = opaque;

	state->rows = area->rows;
	state->cols = area->cols;
	fit(wizard, state);
	follow_view(wizard, state);
}

static bool typing(const void *opaque)
{
	const struct state *state = opaque;

	return state->searching || *tui_edit_text(&state->filter);
}

static void changed(struct tui_wizard *wizard, void *opaque, unsigned what)
{
	struct state *state = opaque;

	(void)wizard;
	if (what &
	    (TUI_CHANGED_CUSTOMERS | TUI_CHANGED_RECORD | TUI_CHANGED_TRANSFER))
		state->stale = true;
}

static bool tick(struct tui_wizard *wizard, void *opaque, int64_t now_ms)
{
	struct state *state = opaque;

	(void)now_ms;
	if (!state->stale)
		return false;
	search_again(wizard, state);
	return true;
}

static int tick_in(const struct tui_wizard *wizard, const void *opaque)
{
	const struct state *state = opaque;

	(void)wizard;
	return state->stale ? AGAIN_MS : -1;
}

/* A whole id that is not in the list, as providers make them: a UUID. */
static bool is_uuid(const char *text)
{
	size_t i;

	for (i = 0; text[i]; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-'
			 : !strchr("0123456789abcdefABCDEF", text[i]))
			return false;
	}
	return i == 36;
}

static void open_customer(struct tui_wizard *wizard, const char *id)
{
	char *copy = mem_dup(id); /* ID may be in what opening replaces */

	tui_wizard_open(wizard, copy);
	if (wizard->customer && !strcmp(wizard->customer, copy))
		tui_go(wizard, &tui_screen_documents);
	free(copy);
}

static void open_selected(struct tui_wizard *wizard, struct state *state)
{
	const struct case_customer *row = row_at(state, state->list.selected);
	const char *typed = tui_edit_text(&state->filter);

	if (row)
		open_customer(wizard, row->id);
	else if (is_uuid(typed))
		open_customer(wizard, typed);
	else if (*typed)
		tui_say(wizard, _("Nobody matches. A whole customer id can be "
				  "pasted here and opened with Enter."));
	else
		tui_say(wizard, _("There is nobody in the list yet. A "
				  "customer id can be pasted and opened with "
				  "Enter."));
}

static unsigned list_key(struct tui_wizard *wizard, struct state *state,
			 const struct tui_input *in)
{
	/* Home and End belong to the text once there is one. */
	if (typing(state) &&
	    (in->key == TUI_KEY_HOME || in->key == TUI_KEY_END))
		return TUI_IGNORED;
	if (!tui_list_key(&state->list, in, false))
		return TUI_IGNORED;
	follow_view(wizard, state);
	return TUI_HANDLED | TUI_REDRAW;
}

static unsigned filter_key(struct tui_wizard *wizard, struct state *state,
			   const struct tui_input *in)
{
	bool is_changed = false;

	if (!typing(state) && (in->key == 'q' || in->key == '?'))
		return TUI_IGNORED;
	if (in->key == '/' && !typing(state)) {
		state->searching = true;
		return TUI_HANDLED | TUI_REDRAW;
	}
	if (in->key == TUI_CTRL('U')) {
		tui_edit_set(&state->filter, "");
		is_changed = true;
	} else if (!tui_edit_key(&state->filter, in, &is_changed)) {
		return TUI_IGNORED;
	}
	if (is_changed)
		search(wizard, state);
	return TUI_HANDLED | TUI_REDRAW;
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct state *state = opaque;
	unsigned flags;

	switch (in->key) {
	case TUI_KEY_ENTER:
		open_selected(wizard, state);
		return TUI_HANDLED;
	case TUI_KEY_ESC:
		state->searching = false;
		if (*tui_edit_text(&state->filter)) {
			tui_edit_set(&state->filter, "");
			search(wizard, state);
		} else if (state->inbox) {
			state->inbox = false;
			search(wizard, state);
		}
		return TUI_HANDLED | TUI_REDRAW;
	case TUI_KEY_F2:
	case TUI_CTRL('T'):
		state->inbox = !state->inbox;
		search(wizard, state);
		return TUI_HANDLED | TUI_REDRAW;
	case TUI_KEY_F3:
	case TUI_CTRL('P'):
		tui_go(wizard, &tui_screen_profiles);
		return TUI_HANDLED;
	case TUI_KEY_F5:
	case TUI_CTRL('R'):
		tui_listing_start(wizard);
		return TUI_HANDLED | TUI_REDRAW;
	default:
		break;
	}
	flags = list_key(wizard, state, in);
	return flags == TUI_IGNORED ? filter_key(wizard, state, in) : flags;
}

/* Drawing. */

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

/* What is right of the filter: how many match, and what is going on. */
static char *counts(const struct tui_wizard *wizard, const struct state *state)
{
	const struct tui_listing *listing = tui_listing_of(wizard);
	char matching[48], total[48], seen[48];

	grouped(matching, sizeof(matching), state->found.matching);
	grouped(total, sizeof(total), state->found.total);
	grouped(seen, sizeof(seen), listing->seen);
	if (listing->asking && state->cols >= 60)
		return mem_printf(_("loading… %s · %s of %s match"), seen,
				  matching, total);
	if (listing->asking)
		return mem_printf(_("loading… %s"), seen);
	return mem_printf(_("%s of %s match"), matching, total);
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

static void draw_heads(const struct tui_area *area, const struct columns *c,
		       bool inbox)
{
	int col = 2;

	tui_text(area, 1, 0, -1, TUI_DIM, "");
	col = cell(area, 1, col, c->name, TUI_DIM, _("Name"));
	col = cell(area, 1, col, c->kind, TUI_DIM, _("Kind"));
	col = cell(area, 1, col, c->country, TUI_DIM,
		   c->country > text_width(_("Country")) ? _("Country") : "");
	col = cell(area, 1, col, c->stage, TUI_DIM, _("Verification"));
	col = cell(area, 1, col, c->missing, TUI_DIM, _("Missing"));
	cell(area, 1, col, c->touched, TUI_DIM,
	     inbox ? _("Waits since") : _("Last touched"));
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
	tui_ago(ago, sizeof(ago),
		customer->waiting_ms ? customer->waiting_ms
				     : customer->touched_ms,
		xfer_now_unix());

	tui_text(area, row, 0, -1, plain,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	col = cell(area, row, col, c->name, plain,
		   customer->name && *customer->name ? customer->name
						     : customer->id);
	col = cell(area, row, col, c->kind, plain,
		   tui_kind_word(customer->kind));
	col = cell(area, row, col, c->country, plain, customer->country);
	col = cell(area, row, col, c->stage, selected ? TUI_FOCUS : style,
		   stage);
	col = cell(area, row, col, c->missing, plain, missing);
	cell(area, row, col, c->touched, plain, ago);
}

/* Why there is nothing, or what is wrong with what there is. */
static void draw_notice(const struct tui_wizard *wizard,
			const struct state *state, const struct tui_area *area)
{
	const struct tui_listing *listing = tui_listing_of(wizard);
	bool empty = state->found.matching == 0;
	char *text = NULL;

	if (empty && *tui_edit_text(&state->filter))
		text = mem_dup(is_uuid(tui_edit_text(&state->filter))
				       ? _("Not seen before. Enter opens it.")
				       : _("Nobody matches. Esc clears the "
					   "filter; a whole id can be opened "
					   "with Enter."));
	else if (empty && state->inbox)
		text = mem_dup(_("Nothing is rejected and nothing waits to be "
				 "sent."));
	else if (empty && listing->asking)
		text = mem_dup(_("Asking the provider for its customers…"));
	else if (empty && !listing->error)
		text = mem_dup(_("No customers yet. A customer id can be "
				 "pasted and opened with Enter."));
	if (text)
		tui_paragraph(area, FIRST_ROW, 2, -1, 3, TUI_PLAIN, text);
	free(text);
	if (listing->error) {
		char ago[32] = "";
		const struct case_customer *first = row_at(state, 0);

		if (first)
			tui_ago(ago, sizeof(ago), first->seen_ms,
				xfer_now_unix());
		text = first ? mem_printf(_("%s · shown as of %s · F5 tries "
					    "again"),
					  listing->error, ago)
			     : mem_printf(_("%s · F5 tries again"),
					  listing->error);
		tui_text(area, area->rows - 1, 0, -1, TUI_WARN, text);
		free(text);
	}
}

static void draw_filter(const struct tui_wizard *wizard, struct state *state,
			const struct tui_area *area)
{
	char *right = counts(wizard, state);
	int width = text_width(right);
	int col = 2;

	if (state->inbox)
		col += 1 + tui_text(area, 0, col, -1, TUI_STRONG,
				    area->cols < 60 ? _("[inbox]")
						    : _("[rejected inbox]"));
	tui_text(area, 0, 0, 2, TUI_DIM, "/");
	if (width > area->cols - col - 12)
		width = 0;
	tui_edit_draw(&state->filter, area, 0, col,
		      area->cols - col - width - 1, typing(state));
	tui_text(area, 0, area->cols - width, width, TUI_PLAIN, right);
	free(right);
}

static void draw(const struct tui_wizard *wizard, void *opaque,
		 const struct tui_area *area)
{
	struct state *state = opaque;
	struct columns columns = columns_for(area->cols);

	fit(wizard, state);
	draw_filter(wizard, state, area);
	draw_heads(area, &columns, state->inbox);
	for (int i = 0; i < state->list.rows; i++) {
		size_t at = state->list.top + (size_t)i;
		const struct case_customer *customer = row_at(state, at);

		if (!customer)
			continue;
		draw_row(area, FIRST_ROW + i, &columns, customer,
			 at == state->list.selected);
		/* While the filter is typed into, the cursor is there. */
		if (at == state->list.selected && !typing(state))
			tui_cursor(area, FIRST_ROW + i, 0);
	}
	tui_more_line(area, FIRST_ROW + state->list.rows,
		      tui_list_above(&state->list),
		      tui_list_below(&state->list));
	draw_notice(wizard, state, area);
}

const struct tui_screen tui_screen_customers = {
	.name = "customers",
	.step = 1,
	.letters_type = true,
	.bindings = bindings,
	.enter = enter,
	.leave = leave,
	.layout = layout,
	.key = key,
	.typing = typing,
	.changed = changed,
	.tick = tick,
	.tick_in = tick_in,
	.draw = draw,
};
