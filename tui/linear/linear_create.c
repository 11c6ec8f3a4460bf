/* SPDX-License-Identifier: MIT */
/* Linear mode: a new customer, filled in, made, and worked on then. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/linear/linear.h"
#include "tui/words/receipt_words.h"

struct creating {
	const struct prov_creation *creation;
	struct case_newcomer newcomer; /* id NULL: nothing was filled in yet */
	struct tui_form_view view;
	char *open; /* whom to work on then */
};

static const struct linear_key kind_keys[] = {
	{ "1, 2, …", N_("a number of the list makes such a customer."), NULL },
	{ "b", N_("goes back."), NULL },
	{ NULL, NULL, NULL },
};

static const struct prov_creation *choose_kind(struct linear *linear)
{
	const struct prov_creation *all =
		linear->app->profile->provider->creations;
	size_t count = 0;
	char *answer = NULL;
	int at;

	while (all[count].form.schema)
		count++;
	if (count == 1)
		return all;
	for (size_t i = 0; i < count; i++)
		linear_say("%zu. %s", i + 1, _(all[i].form.schema->title));
	answer = linear_ask(linear, kind_keys, _("Which kind of customer:"));
	at = answer ? linear_choice(answer, count) : -1;
	free(answer);
	return at >= 0 ? &all[at] : NULL;
}

/* With the first answer he is in the record. */
static int keep(struct linear *linear, void *arg,
		const struct form_field *field, const char *value)
{
	struct creating *state = arg;
	struct tui_app *app = linear->app;
	struct err err = { 0 };
	int failed;

	if (state->newcomer.id)
		failed = case_newcomer_put(app->store, app->profile,
					   &state->newcomer, field->key, value,
					   &err);
	else
		failed = case_newcomer_begin(
			app->store, app->profile, state->creation,
			state->view.answers, &state->newcomer, &err);
	if (failed)
		linear_say_err(&err);
	return failed ? -1 : 0;
}

static void fill_in(struct linear *linear, struct creating *state)
{
	struct form_answers *preset = form_answers_new();

	prov_creation_preset(state->creation, preset);
	tui_form_view_release(&state->view);
	tui_form_view_init(&state->view, state->creation->form.schema,
			   state->newcomer.id ? state->newcomer.answers
					      : preset,
			   NULL, NULL);
	form_answers_free(preset);
	linear_fill(linear, &state->view,
		    &(struct linear_filling){ keep, state });
}

static void discard(struct linear *linear, struct creating *state)
{
	struct tui_app *app = linear->app;
	struct err err = { 0 };

	if (state->newcomer.id &&
	    case_newcomer_discard(app->store, app->profile, state->newcomer.id,
				  &err)) {
		linear_say_err(&err);
		return;
	}
	case_newcomer_release(&state->newcomer);
	linear_say("%s", _("What was filled in is forgotten."));
}

/* Who is there already may be meant. */
static void offer_known(struct linear *linear, struct creating *state)
{
	struct prov_customer known = { 0 };
	struct err err = { 0 };

	if (tui_alike_now(linear->app, state->creation,
			  state->newcomer.last.answers, &known, &err))
		linear_say_err(&err);
	if (known.id &&
	    linear_confirm(linear, false,
			   _("%s is there already, with this tax id. Work on "
			     "that customer instead, and forget this one?"),
			   known.name ? known.name : known.id)) {
		state->open = mem_dup(known.id);
		discard(linear, state);
	}
	prov_customer_release(&known);
}

/* How it stands now, after it was sent, or asked about. */
static void follow(struct linear *linear, struct creating *state)
{
	struct tui_app *app = linear->app;
	int64_t id = state->newcomer.last.id;
	struct case_submission sent = { 0 };
	struct err err = { 0 };

	if (case_newcomer_load(app->store, app->profile, state->newcomer.id,
			       &state->newcomer, &err) < 0 ||
	    case_submission_load(app->store, id, &sent, &err) < 0) {
		linear_say_err(&err);
	} else if (sent.state == CASE_ACCEPTED) {
		state->open = mem_dup(sent.provider_id);
	} else if (sent.state == CASE_REFUSED) {
		linear_say_findings(&sent.problems);
		if (text_same(sent.code, PROV_CODE_EXISTS))
			offer_known(linear, state);
	}
	case_submission_release(&sent);
}

static void make(struct linear *linear, struct creating *state)
{
	struct tui_app *app = linear->app;
	struct err err = { 0 };

	if (!state->newcomer.id || tui_form_view_left(&state->view)) {
		linear_say("%s", _("This is still to be put right."));
		return;
	}
	if (case_newcomer_submit(app->store, app->profile, &state->newcomer,
				 &state->newcomer.last.id, &err)) {
		linear_say_err(&err);
		return;
	}
	linear_drive(linear, state->newcomer.last.id);
	follow(linear, state);
}

/* He is on the way from before. */
static void go_on(struct linear *linear, struct creating *state)
{
	struct err err = { 0 };

	if (tui_go_on(linear->app, state->newcomer.last.id, &err) < 0) {
		linear_say_err(&err);
		return;
	}
	linear_drive(linear, state->newcomer.last.id);
	follow(linear, state);
}

static const struct linear_key waiting_keys[] = {
	{ "r", N_("tries again now."), NULL },
	{ "b", N_("goes back; what was filled in is kept."), NULL },
	{ NULL, NULL, NULL },
};

static const struct linear_key draft_keys[] = {
	{ "m", N_("makes this customer."), NULL },
	{ "e", N_("goes through the form again."), NULL },
	{ "d", N_("discards what was filled in."), NULL },
	{ "b", N_("goes back; what was filled in is kept."), NULL },
	{ NULL, NULL, NULL },
};

/* False: back to the customers. */
static bool obey(struct linear *linear, struct creating *state)
{
	bool waits =
		state->newcomer.id && case_newcomer_waits(&state->newcomer);
	char *answer = NULL;
	bool stay = true;

	if (waits)
		linear_say("%s. %s",
			   tui_submission_state(state->newcomer.last.state),
			   state->newcomer.last.message
				   ? state->newcomer.last.message
				   : "");
	answer = linear_ask(linear, waits ? waiting_keys : draft_keys,
			    _("New customer:"));
	if (!answer || *answer == 'b' || *answer == 'q')
		stay = false;
	else if (waits && *answer == 'r')
		go_on(linear, state);
	else if (!waits && *answer == 'm')
		make(linear, state);
	else if (!waits && *answer == 'e')
		fill_in(linear, state);
	else if (!waits && *answer == 'd')
		discard(linear, state);
	if (answer && *answer == 'd' && !waits)
		stay = state->newcomer.id != NULL;
	free(answer);
	return stay && !state->open && !linear->ended;
}

char *linear_create(struct linear *linear, const char *begun)
{
	struct tui_app *app = linear->app;
	struct creating state = { 0 };
	struct err err = { 0 };

	if (!app->profile->provider->creations) {
		linear_say(_("%s lets nobody make customers from here"),
			   app->profile->provider->title);
		return NULL;
	}
	if (begun && case_newcomer_load(app->store, app->profile, begun,
					&state.newcomer, &err) < 0)
		linear_say_err(&err);
	state.creation = state.newcomer.id ? state.newcomer.creation
					   : choose_kind(linear);
	if (state.creation) {
		if (!state.newcomer.id || !case_newcomer_waits(&state.newcomer))
			fill_in(linear, &state);
		while (obey(linear, &state))
			;
	}
	tui_form_view_release(&state.view);
	case_newcomer_release(&state.newcomer);
	return state.open;
}
