/* SPDX-License-Identifier: MIT */
/* A list of customers being found: what is typed, which rows are read from the
 * record, and staying on the selected one while they change. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/screens/customers.h"
#include "tui/wizard/wizard_private.h"

#define AGAIN_MS 500 /* between searches that pages of the list cause */
#define COUNT_MS 150 /* after a letter, until those that match are counted */

typedef int search_fn(struct case_store *store,
		      const struct prov_profile *profile, const char *text,
		      size_t offset, size_t room,
		      struct case_customer_list *out, struct err *err);

static void load(struct tui_wizard *wizard, struct customers *state,
		 search_fn *find, size_t offset, size_t room)
{
	struct case_customer_list found = { 0 };
	struct err err = { 0 };

	if (find(wizard->app->store, wizard->app->profile,
		 tui_edit_text(&state->filter), offset, room, &found, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	case_customer_list_release(&state->found);
	state->found = found;
	state->offset = offset;
	state->stale = false;
	state->counting_ms = 0;
}

/* The rows in view, with a page of them before and after. */
static void load_view(struct tui_wizard *wizard, struct customers *state)
{
	size_t page = state->list.rows > 0 ? (size_t)state->list.rows : 1;

	load(wizard, state, case_customers_search,
	     state->list.top > page ? state->list.top - page : 0, 3 * page);
}

/* After the view moved: read on if it left what was read. */
static void follow_view(struct tui_wizard *wizard, struct customers *state)
{
	size_t last = state->list.top +
		      (size_t)(state->list.rows > 0 ? state->list.rows - 1 : 0);

	if (last >= state->found.matching)
		last = state->found.matching ? state->found.matching - 1 : 0;
	if (state->found.matching && (!customers_row(state, state->list.top) ||
				      !customers_row(state, last)))
		load_view(wizard, state);
}

/* Where ID is now; as it was when that is too far away to be told. */
static size_t place_of(struct tui_wizard *wizard, struct customers *state,
		       const char *id)
{
	size_t place = state->list.selected;
	struct err err = { 0 };

	for (size_t i = 0; i < state->found.count; i++)
		if (!strcmp(state->found.list[i].id, id))
			return state->offset + i;
	if (case_customers_place(wizard->app->store, wizard->app->profile,
				 tui_edit_text(&state->filter), id, &place,
				 &err) < 0)
		tui_say_err(wizard, &err);
	return place;
}

/* The same search again: what is selected stays, and stays on its line of the
 * screen, wherever it is in the list now. */
static void search_again(struct tui_wizard *wizard, struct customers *state)
{
	const struct case_customer *row =
		customers_row(state, state->list.selected);
	size_t line = state->list.selected - state->list.top;
	/* Who was just filled in is where the next key is about. */
	char *id = mem_dup(wizard->newcomer ? wizard->newcomer
			   : row	    ? row->id
					    : NULL);
	size_t place = state->list.selected;

	mem_replace(&wizard->newcomer, NULL);
	load_view(wizard, state);
	row = customers_row(state, place);
	if (id && (!row || strcmp(row->id, id) != 0))
		place = place_of(wizard, state, id);
	/* The beginning of a list stays in view while the selection is. */
	if (state->list.top > 0 || place >= (size_t)state->list.rows)
		state->list.top = place > line ? place - line : 0;
	state->list.selected = place;
	customers_fit(wizard, state);
	follow_view(wizard, state);
	free(id);
}

/* What is typed now is looked for, from its first row. */
static void search(struct tui_wizard *wizard, struct customers *state)
{
	state->list.selected = state->list.top = 0;
	load(wizard, state, case_customers_glance, 0,
	     state->list.rows > 0 ? (size_t)state->list.rows : 1);
	if (state->found.more)
		state->counting_ms = xfer_now() + COUNT_MS;
	customers_fit(wizard, state);
}

struct customers *customers_new(struct tui_wizard *wizard)
{
	struct customers *state = mem_alloc(sizeof(*state));
	struct err err = { 0 };

	if (case_customers_listed(wizard->app->store, wizard->app->profile,
				  &tui_listing_of(wizard)->listed_ms, &err))
		tui_say_err(wizard, &err);
	state->filter.max = 256;
	state->list.rows = 1;
	load_view(wizard, state);
	/* Where it was left is where it goes on. */
	if (wizard->customer)
		state->list.selected =
			place_of(wizard, state, wizard->customer);
	return state;
}

void customers_leave(struct tui_wizard *wizard, void *opaque)
{
	struct customers *state = opaque;

	(void)wizard;
	tui_edit_release(&state->filter);
	case_customer_list_release(&state->found);
	free(state);
}

void customers_layout(struct tui_wizard *wizard, void *opaque,
		      const struct tui_area *area)
{
	struct customers *state = opaque;

	state->rows = area->rows;
	state->cols = area->cols;
	customers_fit(wizard, state);
	follow_view(wizard, state);
}

void customers_changed(struct tui_wizard *wizard, void *opaque, unsigned what)
{
	struct customers *state = opaque;

	(void)wizard;
	if (what &
	    (TUI_CHANGED_CUSTOMERS | TUI_CHANGED_RECORD | TUI_CHANGED_TRANSFER))
		state->stale = true;
}

bool customers_tick(struct tui_wizard *wizard, void *opaque, int64_t now_ms)
{
	struct customers *state = opaque;

	if (!state->stale &&
	    (!state->counting_ms || now_ms < state->counting_ms))
		return false;
	search_again(wizard, state);
	return true;
}

int customers_tick_in(const struct tui_wizard *wizard, const void *opaque)
{
	const struct customers *state = opaque;
	int64_t left = state->counting_ms - xfer_now();

	(void)wizard;
	if (state->counting_ms)
		return left > 0 ? (int)left : 0;
	return state->stale ? AGAIN_MS : -1;
}

static void open_customer(struct tui_wizard *wizard, const char *id)
{
	char *copy = NULL;

	if (case_newcomer_is(id)) {
		tui_create_open(wizard, id);
		return;
	}
	copy = mem_dup(id); /* ID may be in what opening replaces */
	tui_wizard_open(wizard, copy);
	if (wizard->customer && !strcmp(wizard->customer, copy))
		tui_go(wizard, &tui_screen_documents);
	free(copy);
}

static void open_selected(struct tui_wizard *wizard, struct customers *state)
{
	const struct case_customer *row =
		customers_row(state, state->list.selected);
	const char *typed = tui_edit_text(&state->filter);

	if (row)
		open_customer(wizard, row->id);
	else if (customers_whole_id(typed))
		open_customer(wizard, typed);
	else if (*typed)
		tui_say(wizard, _("Nobody matches. A whole customer id can be "
				  "pasted here and opened with Enter."));
	else
		tui_say(wizard, _("There is nobody in the list yet. A "
				  "customer id can be pasted and opened with "
				  "Enter."));
}

static unsigned list_key(struct tui_wizard *wizard, struct customers *state,
			 const struct tui_input *in)
{
	struct tui_list moved = state->list;

	/* Home and End belong to the text once there is one. */
	if (customers_typing(state) &&
	    (in->key == TUI_KEY_HOME || in->key == TUI_KEY_END))
		return TUI_IGNORED;
	if (!tui_list_key(&moved, in, state->in_list))
		return TUI_IGNORED;
	if (state->counting_ms)
		search_again(wizard, state);
	tui_list_key(&state->list, in, state->in_list);
	follow_view(wizard, state);
	/* There are more than were counted. */
	if (state->found.more && state->list.selected + 1 == state->list.count)
		load_view(wizard, state);
	customers_fit(wizard, state);
	return TUI_HANDLED | TUI_REDRAW;
}

/* The filter is emptied for a whole id. */
static void ask_for_id(struct tui_wizard *wizard, struct customers *state)
{
	customers_clear(wizard, state);
	state->searching = true;
	tui_say(wizard, _("Type or paste a customer's id; Enter opens it."));
}

static unsigned filter_key(struct tui_wizard *wizard, struct customers *state,
			   const struct tui_input *in)
{
	bool is_changed = false;

	if (!customers_typing(state) && (in->key == 'q' || in->key == '?'))
		return TUI_IGNORED;
	if (in->key == '/' && !customers_typing(state)) {
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
	if (in->key == TUI_KEY_PASTE && tui_edit_notice(&state->filter))
		tui_say(wizard, "%s", tui_edit_notice(&state->filter));
	return TUI_HANDLED | TUI_REDRAW;
}

void customers_clear(struct tui_wizard *wizard, struct customers *state)
{
	state->searching = state->in_list = false;
	if (!*tui_edit_text(&state->filter))
		return;
	tui_edit_set(&state->filter, "");
	search_again(wizard, state);
}

unsigned customers_key(struct tui_wizard *wizard, struct customers *state,
		       const struct tui_input *in)
{
	unsigned flags = TUI_IGNORED;

	if (in->key == TUI_KEY_ENTER) {
		open_selected(wizard, state);
		return TUI_HANDLED;
	}
	if (in->key == 'i' && state->in_list) {
		ask_for_id(wizard, state);
		return TUI_HANDLED | TUI_REDRAW;
	}
	flags = list_key(wizard, state, in);
	if (flags != TUI_IGNORED ||
	    (state->in_list && in->key != TUI_KEY_PASTE))
		return flags;
	state->in_list = false;
	return filter_key(wizard, state, in);
}
