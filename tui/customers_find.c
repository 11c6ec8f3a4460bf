/* SPDX-License-Identifier: MIT */
/* A list of customers being found: what is typed, which rows are read from the
 * record, and staying on the selected one while they change. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/customers.h"
#include "tui/wizard_private.h"

#define AGAIN_MS 500 /* between searches that pages of the list cause */

static void load(struct tui_wizard *wizard, struct customers *state)
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

/* After the view moved: read on if it left what was read. */
static void follow_view(struct tui_wizard *wizard, struct customers *state)
{
	size_t last = state->list.top +
		      (size_t)(state->list.rows > 0 ? state->list.rows - 1 : 0);

	if (last >= state->found.matching)
		last = state->found.matching ? state->found.matching - 1 : 0;
	if (state->found.matching && (!customers_row(state, state->list.top) ||
				      !customers_row(state, last)))
		load(wizard, state);
}

/* The same search again: the selection stays on its customer, not its row. */
static void search_again(struct tui_wizard *wizard, struct customers *state)
{
	const struct case_customer *row =
		customers_row(state, state->list.selected);
	char *id = mem_dup(row ? row->id : NULL);

	load(wizard, state);
	for (size_t i = 0; id && i < state->found.count; i++)
		if (!strcmp(state->found.list[i].id, id) &&
		    state->offset + i < state->found.matching)
			state->list.selected = state->offset + i;
	customers_fit(wizard, state);
	follow_view(wizard, state);
	free(id);
}

void customers_search(struct tui_wizard *wizard, struct customers *state)
{
	state->list.selected = state->list.top = 0;
	load(wizard, state);
	customers_fit(wizard, state);
}

struct customers *customers_new(struct tui_wizard *wizard, bool inbox)
{
	struct customers *state = mem_alloc(sizeof(*state));

	state->filter.max = 256;
	state->list.rows = 1;
	state->inbox = inbox;
	load(wizard, state);
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

	(void)now_ms;
	if (!state->stale)
		return false;
	search_again(wizard, state);
	return true;
}

int customers_tick_in(const struct tui_wizard *wizard, const void *opaque)
{
	const struct customers *state = opaque;

	(void)wizard;
	return state->stale ? AGAIN_MS : -1;
}

static void open_customer(struct tui_wizard *wizard, const char *id)
{
	char *copy = mem_dup(id); /* ID may be in what opening replaces */

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
	/* Home and End belong to the text once there is one. */
	if (customers_typing(state) &&
	    (in->key == TUI_KEY_HOME || in->key == TUI_KEY_END))
		return TUI_IGNORED;
	if (!tui_list_key(&state->list, in, false))
		return TUI_IGNORED;
	follow_view(wizard, state);
	return TUI_HANDLED | TUI_REDRAW;
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
		customers_search(wizard, state);
	return TUI_HANDLED | TUI_REDRAW;
}

bool customers_clear(struct tui_wizard *wizard, struct customers *state)
{
	bool was_typing = customers_typing(state);

	state->searching = false;
	if (*tui_edit_text(&state->filter)) {
		tui_edit_set(&state->filter, "");
		customers_search(wizard, state);
	}
	return was_typing;
}

unsigned customers_key(struct tui_wizard *wizard, struct customers *state,
		       const struct tui_input *in)
{
	unsigned flags = TUI_IGNORED;

	if (in->key == TUI_KEY_ENTER) {
		open_selected(wizard, state);
		return TUI_HANDLED;
	}
	flags = list_key(wizard, state, in);
	return flags == TUI_IGNORED ? filter_key(wizard, state, in) : flags;
}
