/* SPDX-License-Identifier: MIT */
/* The rejected inbox, over step 1: at whatever profile, who waits longest
 * first. Enter goes straight to what has to be done. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/screens/inbox.h"
#include "tui/wizard/remedy.h"
#include "tui/wizard/wizard_private.h"

#define FRESH_MS (10 * 60 * 1000) /* as it was read: not asked about again */

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("what to do"),
	  N_("go straight to where it is put right; the profile is changed "
	     "where it has to be, PRODUCTION only after a question") },
	{ 's', "s", N_("status"), N_("the status of this case first") },
	{ '/', "/", N_("filter"),
	  N_("only those whose name has what is typed, or whose id begins "
	     "with it") },
	{ TUI_KEY_ESC, "Esc", N_("all customers"),
	  N_("clear the filter, then to the list of all customers. F2 is the "
	     "same.") },
	{ TUI_KEY_F2, NULL, NULL, NULL },
	{ 'R', "R", N_("refresh"),
	  N_("ask the provider in use about its list and those in view; "
	     "other profiles are asked when they are in use. F5 is the "
	     "same.") },
	{ TUI_KEY_F5, NULL, NULL, NULL },
	{ 0, NULL, NULL, NULL },
};

static void *enter(struct tui_wizard *wizard)
{
	struct inbox *state = mem_alloc(sizeof(*state));

	state->filter.max = 256;
	state->list.rows = 1;
	state->ask.since_ms = xfer_now_unix() - FRESH_MS;
	inbox_load(wizard, state);
	return state;
}

static void leave(struct tui_wizard *wizard, void *opaque)
{
	struct inbox *state = opaque;

	(void)wizard;
	inbox_ask_stop(state);
	inbox_release(state);
	free(state);
}

static void layout(struct tui_wizard *wizard, void *opaque,
		   const struct tui_area *area)
{
	struct inbox *state = opaque;

	state->screen_rows = area->rows;
	inbox_fit(state);
	inbox_load(wizard, state);
}

static bool typing(const void *opaque)
{
	const struct inbox *state = opaque;

	return state->filtering;
}

static void changed(struct tui_wizard *wizard, void *opaque, unsigned what)
{
	struct inbox *state = opaque;

	(void)wizard;
	(void)what;
	state->stale = true;
}

static bool tick(struct tui_wizard *wizard, void *opaque, int64_t now_ms)
{
	struct inbox *state = opaque;
	bool redraw = state->stale;

	if (state->stale)
		inbox_load_again(wizard, state);
	inbox_ask_next(wizard, state, now_ms);
	return redraw || state->ask.asking;
}

static int tick_in(const struct tui_wizard *wizard, const void *opaque)
{
	const struct inbox *state = opaque;

	return state->stale ? 0 : inbox_ask_wait(wizard, state);
}

/* Whose row it was is kept: after a question the rows may be others. */
static void open_case(struct tui_wizard *wizard, struct inbox *state)
{
	const struct case_item *item = NULL;

	inbox_ask_stop(state);
	tui_wizard_open(wizard, state->opening);
	if (!wizard->customer)
		return;
	item = tui_remedy_first(&wizard->checklist);
	tui_go(wizard, &tui_screen_status);
	if (item)
		tui_remedy_go(wizard, item);
}

static void open_remedy(struct tui_wizard *wizard, void *opaque)
{
	open_case(wizard, opaque);
}

static void open_status(struct tui_wizard *wizard, void *opaque)
{
	open_case(wizard, opaque);
	tui_go(wizard, &tui_screen_status);
}

static void open_row(struct tui_wizard *wizard, struct inbox *state,
		     void (*then)(struct tui_wizard *wizard, void *arg))
{
	const struct inbox_row *row = inbox_row(state, state->list.selected);

	if (!row)
		return;
	if (!row->profile) {
		tui_say(wizard, _("Profile '%s' is not in the configuration."),
			row->from->profile);
		return;
	}
	mem_replace(&state->opening, row->from->id);
	tui_profile_use(wizard, row->profile, then, state);
}

static unsigned filter_key(struct tui_wizard *wizard, struct inbox *state,
			   const struct tui_input *in)
{
	bool is_changed = false;

	if (in->key == TUI_KEY_ENTER) {
		state->filtering = false;
		return TUI_REDRAW;
	}
	if (!tui_edit_key(&state->filter, in, &is_changed))
		return TUI_IGNORED;
	if (is_changed) {
		state->list.selected = state->list.top = 0;
		inbox_load(wizard, state);
	}
	return TUI_REDRAW;
}

/* The filter goes first, then the screen. */
static unsigned leave_key(struct tui_wizard *wizard, struct inbox *state,
			  bool at_once)
{
	if (!at_once && (state->filtering || *tui_edit_text(&state->filter))) {
		state->filtering = false;
		tui_edit_set(&state->filter, "");
		inbox_load(wizard, state);
		return TUI_REDRAW;
	}
	if (wizard->private->depth > 1)
		return TUI_BACK;
	tui_go(wizard, &tui_screen_customers);
	return TUI_REDRAW;
}

static unsigned list_key(struct tui_wizard *wizard, struct inbox *state,
			 const struct tui_input *in)
{
	size_t top = state->list.top;

	if (!tui_list_key(&state->list, in, true))
		return TUI_IGNORED;
	if (state->list.top != top)
		inbox_load(wizard, state);
	return TUI_REDRAW;
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct inbox *state = opaque;

	if (in->key == TUI_KEY_ESC || in->key == TUI_KEY_F2)
		return leave_key(wizard, state, in->key == TUI_KEY_F2);
	if (state->filtering && filter_key(wizard, state, in) != TUI_IGNORED)
		return TUI_REDRAW;
	switch (state->filtering ? 0 : in->key) {
	case TUI_KEY_ENTER:
		open_row(wizard, state, open_remedy);
		return TUI_REDRAW;
	case 's':
		open_row(wizard, state, open_status);
		return TUI_REDRAW;
	case '/':
		state->filtering = true;
		return TUI_REDRAW;
	case 'R':
	case TUI_KEY_F5:
		tui_listing_start(wizard);
		inbox_ask_again(state);
		return TUI_REDRAW;
	default:
		return list_key(wizard, state, in);
	}
}

static bool useful(const struct tui_wizard *wizard, const void *opaque, int key)
{
	const struct inbox *state = opaque;

	(void)wizard;
	return (key != TUI_KEY_ENTER && key != 's') ||
	       inbox_row(state, state->list.selected);
}

const struct tui_screen tui_screen_inbox = {
	.name = "inbox",
	.step = 1,
	.bindings = bindings,
	.enter = enter,
	.leave = leave,
	.layout = layout,
	.key = key,
	.useful = useful,
	.typing = typing,
	.changed = changed,
	.tick = tick,
	.tick_in = tick_in,
	.draw = inbox_draw,
};
