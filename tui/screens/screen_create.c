/* SPDX-License-Identifier: MIT */
/*
 * Over step 1: a new customer. First which kind, where there are several; then
 * the form, as on the information screen; then how the sending of it stands.
 */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/screens/create.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/item_words.h"
#include "tui/words/receipt_words.h"

#define FIRST_ROW 2

static void make_bindings(struct creating *state);

static void *enter(struct tui_wizard *wizard)
{
	struct creating *state = mem_alloc(sizeof(*state));
	struct err err = { 0 };

	if (country_load(&err))
		tui_say_err(wizard, &err);
	make_bindings(state);
	create_open(wizard, state, wizard->newcomer);
	mem_replace(&wizard->newcomer, NULL);
	return state;
}

static void leave(struct tui_wizard *wizard, void *opaque)
{
	struct creating *state = opaque;

	create_release(wizard, state);
	free(state);
}

static size_t kind_count(const struct creating *state)
{
	const struct prov_creation *all =
		state->wizard->app->profile->provider->creations;
	size_t count = 0;

	while (all[count].form.schema)
		count++;
	return count;
}

static void layout(struct tui_wizard *wizard, void *opaque,
		   const struct tui_area *area)
{
	struct creating *state = opaque;

	(void)wizard;
	tui_list_fit(&state->kinds, kind_count(state), area->rows - FIRST_ROW);
}

static void changed(struct tui_wizard *wizard, void *opaque, unsigned what)
{
	struct creating *state = opaque;

	(void)wizard;
	if ((what & TUI_CHANGED_LANGUAGE) && state->form.form.schema)
		information_translate(&state->form);
	if (what & TUI_CHANGED_TRANSFER)
		create_follow(state);
}

static bool typing(const void *opaque)
{
	const struct creating *state = opaque;

	return state->creation && !create_waits(state) &&
	       information_typing(&state->form);
}

/* Keys. */

static unsigned kind_key(struct creating *state, const struct tui_input *in)
{
	const struct prov_creation *all =
		state->wizard->app->profile->provider->creations;

	switch (in->key) {
	case TUI_KEY_ENTER:
		create_begin(state, &all[state->kinds.selected]);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
		return TUI_BACK;
	default:
		return tui_list_key(&state->kinds, in, true) ? TUI_REDRAW
							     : TUI_IGNORED;
	}
}

static unsigned wait_key(struct creating *state, const struct tui_input *in)
{
	switch (in->key) {
	case 'r':
		create_retry(state);
		return TUI_REDRAW;
	case 'x':
		create_cancel(state);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
		return TUI_BACK;
	default:
		return TUI_IGNORED;
	}
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct creating *state = opaque;

	if (!state->creation)
		return kind_key(state, in);
	if (create_waits(state))
		return wait_key(state, in);
	if (in->key == TUI_CTRL('V')) {
		information_accept(wizard, &state->form);
		create_discard(state);
		return TUI_REDRAW;
	}
	return information_key(wizard, &state->form, in);
}

static const struct tui_binding kind_bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("choose"),
	  N_("Fill in the form for this kind of customer.") },
	{ 0 },
};

static const struct tui_binding wait_bindings[] = {
	{ 'r', "r", N_("try now"),
	  N_("Without waiting: send it, or ask whether it arrived.") },
	{ 'x', "x", N_("cancel"),
	  N_("Take it back, as long as nothing of it was sent.") },
	{ 0 },
};

static const struct tui_binding form_bindings[] = {
	{ TUI_KEY_F2, "F2", N_("make"),
	  N_("Have the customer made: what the button at the end does.") },
	{ TUI_CTRL('V'), "Ctrl-V", N_("discard"),
	  N_("Forget this new customer, after a question.") },
	{ 0 },
};

/* Those of the form, but for what its end does here. */
static void make_bindings(struct creating *state)
{
	size_t count = 0;

	for (const struct tui_binding *own = form_bindings; own->key; own++)
		state->bindings[count++] = *own;
	for (const struct tui_binding *of = information_bindings; of->key; of++)
		if (of->key != TUI_KEY_F2 && count + 1 < CREATE_BINDINGS)
			state->bindings[count++] = *of;
}

static const struct tui_binding *bindings_now(const void *opaque)
{
	const struct creating *state = opaque;

	if (!state->creation)
		return kind_bindings;
	return create_waits(state) ? wait_bindings : state->bindings;
}

/* Drawing. */

static void draw_kinds(const struct creating *state,
		       const struct tui_area *area)
{
	const struct prov_creation *all =
		state->wizard->app->profile->provider->creations;

	tui_textf(area, 0, 2, -1, TUI_STRONG, _("New customer at %s: who?"),
		  state->wizard->app->profile->provider->title);
	for (int i = 0; i < state->kinds.rows; i++) {
		size_t at = state->kinds.top + (size_t)i;
		bool selected = at == state->kinds.selected;

		if (at >= state->kinds.count)
			break;
		tui_text(area, FIRST_ROW + i, 0, 2, TUI_PLAIN,
			 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
		tui_text(area, FIRST_ROW + i, 2, 32,
			 selected ? TUI_FOCUS : TUI_PLAIN,
			 all[at].kind == PROV_BUSINESS ? _("A company")
						       : _("A person"));
		if (selected)
			tui_cursor(area, FIRST_ROW + i, 0);
	}
}

/* How the sending stands, and what there is to do. */
static void draw_wait(const struct creating *state, const struct tui_area *area)
{
	const struct case_submission *last = &state->newcomer.last;
	const char *stopped = outbox_stopped(state->wizard->app->outbox);
	const char *name =
		form_answer(state->newcomer.answers,
			    state->creation->name ? state->creation->name : "");
	int row = FIRST_ROW;

	tui_textf(area, 0, 2, -1, TUI_STRONG, "%s%s%s",
		  _(state->creation->form.schema->title), *name ? " · " : "",
		  name);
	row += tui_paragraph(area, row, 2, area->cols - 4, 2,
			     last->state == CASE_UNSURE ? TUI_WARN : TUI_PLAIN,
			     tui_submission_state(last->state));
	if (stopped || last->message)
		row += tui_paragraph(area, row, 2, area->cols - 4, 4, TUI_PLAIN,
				     stopped ? stopped : last->message);
	tui_paragraph(area, row + 1, 2, area->cols - 4, 4, TUI_DIM,
		      _("It is saved, and goes exactly once. This can be left: "
			"the list of customers shows how it stands."));
	tui_cursor(area, FIRST_ROW, 2);
}

static void draw(const struct tui_wizard *wizard, void *opaque,
		 const struct tui_area *area)
{
	struct creating *state = opaque;

	if (!state->creation)
		draw_kinds(state, area);
	else if (create_waits(state))
		draw_wait(state, area);
	else
		information_draw(wizard, &state->form, area);
}

void tui_create_open(struct tui_wizard *wizard, const char *whom)
{
	mem_replace(&wizard->newcomer, whom);
	tui_go(wizard, &tui_screen_create);
}

const struct tui_screen tui_screen_create = {
	.name = "create",
	.bindings = form_bindings,
	.bindings_now = bindings_now,
	.enter = enter,
	.leave = leave,
	.layout = layout,
	.key = key,
	.typing = typing,
	.changed = changed,
	.draw = draw,
};
