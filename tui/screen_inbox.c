/* SPDX-License-Identifier: MIT */
/* The rejected inbox, over step 1: customers with rejected or unsent items,
 * what waited longest first. */
#include "forms/form.h"
#include "tui/customers.h"
#include "tui/wizard_private.h"

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("open"), N_("work on the customer") },
	{ 'a', N_("letters"), N_("filter"),
	  N_("show those whose name, id or tax id has what is typed; accents "
	     "and capitals do not matter") },
	{ TUI_KEY_ESC, "Esc", N_("all customers"),
	  N_("clear the filter, then back to all customers. F2 and Ctrl-T go "
	     "there at once.") },
	{ TUI_KEY_F2, NULL, NULL, NULL },
	{ TUI_CTRL('T'), NULL, NULL, NULL },
	{ TUI_KEY_F5, "F5", N_("refresh"),
	  N_("ask the provider for its list again. Ctrl-R is the same.") },
	{ TUI_CTRL('R'), NULL, NULL, NULL },
	{ '?', "?", NULL,
	  N_("this help, while the filter is empty. F1 is the same.") },
	{ '/', "/", NULL,
	  N_("type into the filter, also what begins with q or ?") },
	{ 'q', "q", NULL,
	  N_("back to all customers, while the filter is empty") },
	{ 0, NULL, NULL, NULL },
};

static void *enter(struct tui_wizard *wizard)
{
	return customers_new(wizard, true);
}

static unsigned key(struct tui_wizard *wizard, void *state,
		    const struct tui_input *in)
{
	switch (in->key) {
	case TUI_KEY_ESC:
		return customers_clear(wizard, state) ? TUI_HANDLED | TUI_REDRAW
						      : TUI_BACK;
	case TUI_KEY_F2:
	case TUI_CTRL('T'):
		return TUI_BACK;
	case TUI_KEY_F5:
	case TUI_CTRL('R'):
		tui_listing_start(wizard);
		return TUI_HANDLED | TUI_REDRAW;
	default:
		return customers_key(wizard, state, in);
	}
}

const struct tui_screen tui_screen_inbox = {
	.name = "inbox",
	.step = 1,
	.letters_type = true,
	.bindings = bindings,
	.enter = enter,
	.leave = customers_leave,
	.layout = customers_layout,
	.key = key,
	.typing = customers_typing,
	.changed = customers_changed,
	.tick = customers_tick,
	.tick_in = customers_tick_in,
	.draw = customers_draw,
};
