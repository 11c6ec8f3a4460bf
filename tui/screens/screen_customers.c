/* SPDX-License-Identifier: MIT */
/*
 * Step 1: whom to work on. A type-ahead list over the customers seen before,
 * there at once and without a network; the provider's own list fills it in
 * the background.
 */
#include "forms/form.h"
#include "tui/screens/customers.h"
#include "tui/wizard/wizard_private.h"

#define FRESH_MS (5 * 60 * 1000) /* a list this young is not asked again */

/* Without the first where nobody can be made. */
static const struct tui_binding bindings[] = {
	{ TUI_CTRL('N'), "Ctrl-N", N_("new"),
	  N_("make a new customer at the provider. One who is not sent yet "
	     "stays in this list, first.") },
	{ TUI_KEY_ENTER, N_("Enter"), N_("open"),
	  N_("work on the customer, or open the id that was pasted or typed "
	     "whole") },
	{ 'a', N_("letters"), N_("filter"),
	  N_("show those whose name, id or tax id has what is typed; accents "
	     "and capitals do not matter") },
	{ TUI_KEY_TAB, "Tab", N_("list"),
	  N_("into the list, where letters are keys") },
	{ TUI_KEY_F2, "F2", N_("rejected inbox"),
	  N_("only customers with rejected or unsent items, what waited "
	     "longest first. Ctrl-T is the same.") },
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

/* In the list letters are keys; the others are the same ones there. */
static const struct tui_binding list_bindings[] = {
	{ 'c', "c", N_("new"),
	  N_("make a new customer at the provider. Ctrl-N is the same.") },
	{ TUI_CTRL('N'), NULL, NULL, NULL },
	{ TUI_KEY_ENTER, N_("Enter"), N_("open"), N_("work on the customer") },
	{ '/', "/", N_("filter"),
	  N_("back to the filter: type part of a name. Tab is the same.") },
	{ TUI_KEY_TAB, NULL, NULL, NULL },
	{ 'i', "i", N_("enter an id"),
	  N_("type or paste the id of a customer, also of one not seen "
	     "before") },
	{ 'r', "r", N_("rejected inbox"),
	  N_("only customers with rejected or unsent items, what waited "
	     "longest first. F2 and Ctrl-T are the same.") },
	{ TUI_KEY_F2, NULL, NULL, NULL },
	{ TUI_CTRL('T'), NULL, NULL, NULL },
	{ 'R', "R", N_("refresh"),
	  N_("ask the provider for its list again. F5 and Ctrl-R are the "
	     "same.") },
	{ TUI_KEY_F5, NULL, NULL, NULL },
	{ TUI_CTRL('R'), NULL, NULL, NULL },
	{ 'p', "p", N_("profile"),
	  N_("another provider, or another environment. F3 and Ctrl-P are "
	     "the same.") },
	{ TUI_KEY_F3, NULL, NULL, NULL },
	{ TUI_CTRL('P'), NULL, NULL, NULL },
	{ TUI_KEY_ESC, "Esc", NULL, N_("back to the filter, and clear it") },
	{ 0, NULL, NULL, NULL },
};

static void *enter(struct tui_wizard *wizard)
{
	struct customers *state = customers_new(wizard);
	const struct tui_listing *listing = tui_listing_of(wizard);

	state->creates = wizard->app->profile->provider->creations;
	if (xfer_now_unix() - listing->done_ms > FRESH_MS)
		tui_listing_start(wizard);
	return state;
}

/* A letter as the key that does the same from within the filter. */
static int without_letter(const struct customers *state, int key)
{
	if (!state->in_list)
		return key;
	switch (key) {
	case 'c':
		return TUI_CTRL('N');
	case 'r':
		return TUI_KEY_F2;
	case 'p':
		return TUI_KEY_F3;
	case 'R':
		return TUI_KEY_F5;
	case '/':
		return TUI_KEY_TAB;
	default:
		return key;
	}
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct customers *state = opaque;
	const char *typed = tui_edit_text(&state->filter);

	switch (without_letter(state, in->key)) {
	case TUI_CTRL('N'):
		if (!state->creates)
			return TUI_IGNORED;
		tui_create_open(wizard, *typed && !state->found.matching
						? typed
						: NULL);
		return TUI_HANDLED;
	case TUI_KEY_ESC:
		customers_clear(wizard, state);
		return TUI_HANDLED | TUI_REDRAW;
	case TUI_KEY_TAB:
		state->in_list = !state->in_list;
		return TUI_HANDLED | TUI_REDRAW;
	case TUI_KEY_F2:
	case TUI_CTRL('T'):
		tui_go(wizard, &tui_screen_inbox);
		return TUI_HANDLED;
	case TUI_KEY_F3:
	case TUI_CTRL('P'):
		tui_go(wizard, &tui_screen_profiles);
		return TUI_HANDLED;
	case TUI_KEY_F5:
	case TUI_CTRL('R'):
		tui_listing_start(wizard);
		return TUI_HANDLED | TUI_REDRAW;
	default:
		return customers_key(wizard, state, in);
	}
}

static bool letters_type(const void *opaque)
{
	const struct customers *state = opaque;

	return !state->in_list;
}

static const struct tui_binding *bindings_now(const void *opaque)
{
	const struct customers *state = opaque;
	const struct tui_binding *now =
		state->in_list ? list_bindings : bindings;

	if (state->creates)
		return now;
	return now + (state->in_list ? 2 : 1);
}

const struct tui_screen tui_screen_customers = {
	.name = "customers",
	.step = 1,
	.bindings = bindings,
	.bindings_now = bindings_now,
	.enter = enter,
	.leave = customers_leave,
	.layout = customers_layout,
	.key = key,
	.typing = customers_typing,
	.letters_type = letters_type,
	.changed = customers_changed,
	.tick = customers_tick,
	.tick_in = customers_tick_in,
	.draw = customers_draw,
};
