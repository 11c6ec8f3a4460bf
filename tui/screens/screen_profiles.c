/* SPDX-License-Identifier: MIT */
/* The profiles of the configuration: which is in use, and another one. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"

#define FIRST_ROW 2

struct state {
	struct tui_list list;
};

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("use it"),
	  N_("work with this profile from now on; what waits in the outbox of "
	     "the other one is sent when that is used again") },
	{ TUI_KEY_ESC, "Esc", N_("go back"), N_("stay with the present one") },
	{ 0, NULL, NULL, NULL },
};

static void *enter(struct tui_wizard *wizard)
{
	struct state *state = mem_alloc(sizeof(*state));

	for (size_t i = 0; i < wizard->app->profile_count; i++)
		if (tui_app_profile(wizard->app, i) == wizard->app->profile)
			state->list.selected = i;
	return state;
}

static void leave(struct tui_wizard *wizard, void *opaque)
{
	(void)wizard;
	free(opaque);
}

static void layout(struct tui_wizard *wizard, void *opaque,
		   const struct tui_area *area)
{
	struct state *state = opaque;

	tui_list_fit(&state->list, wizard->app->profile_count,
		     tui_more_rows(wizard->app->profile_count,
				   area->rows - FIRST_ROW));
}

static void show_customers(struct tui_wizard *wizard, void *unused)
{
	(void)unused;
	tui_go(wizard, &tui_screen_customers);
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct state *state = opaque;

	if (in->key == TUI_KEY_ENTER) {
		tui_profile_use(
			wizard,
			tui_app_profile(wizard->app, state->list.selected),
			show_customers, NULL);
		return TUI_HANDLED | TUI_REDRAW;
	}
	if (in->key == TUI_KEY_ESC)
		return TUI_BACK;
	return tui_list_key(&state->list, in, true) ? TUI_HANDLED | TUI_REDRAW
						    : TUI_IGNORED;
}

static void draw_row(const struct tui_wizard *wizard,
		     const struct tui_area *area, int row, size_t i,
		     bool selected)
{
	const struct prov_profile *profile = tui_app_profile(wizard->app, i);
	enum tui_style style = selected ? TUI_FOCUS : TUI_PLAIN;
	bool used = profile == wizard->app->profile;
	/* Which environment it is has room whatever else has not. */
	bool narrow = area->cols < 60;
	int name = area->cols >= 80 ? 24 : 14;
	int col = 4;

	tui_text(area, row, 0, 2, style,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	tui_text(area, row, 2, 2, TUI_PLAIN,
		 used ? tui_symbol(TUI_SYMBOL_CHOSEN) : "");
	tui_text(area, row, col, name, style, profile->name);
	col += name + 2;
	tui_text(area, row, col, narrow ? 8 : 12, TUI_PLAIN,
		 profile->provider->title);
	col += narrow ? 9 : 14;
	tui_text(area, row, col, 10,
		 prov_environment(profile) == PROV_PRODUCTION ? TUI_STRONG
							      : TUI_PLAIN,
		 tui_realm(profile));
	col += 12;
	if (col < area->cols - 10)
		tui_text(area, row, col, -1, TUI_DIM, profile->endpoint);
}

static void draw(const struct tui_wizard *wizard, void *opaque,
		 const struct tui_area *area)
{
	struct state *state = opaque;

	tui_text(area, 0, 0, -1, TUI_STRONG, _("Profiles"));
	for (int i = 0; i < state->list.rows; i++) {
		size_t at = state->list.top + (size_t)i;

		if (at >= state->list.count)
			break;
		draw_row(wizard, area, FIRST_ROW + i, at,
			 at == state->list.selected);
		if (at == state->list.selected)
			tui_cursor(area, FIRST_ROW + i, 0);
	}
	tui_more_line(area, FIRST_ROW + state->list.rows,
		      tui_list_above(&state->list),
		      tui_list_below(&state->list));
}

const struct tui_screen tui_screen_profiles = {
	.name = "profiles",
	.bindings = bindings,
	.enter = enter,
	.leave = leave,
	.layout = layout,
	.key = key,
	.draw = draw,
};
