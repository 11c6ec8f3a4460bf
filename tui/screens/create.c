/* SPDX-License-Identifier: MIT */
/* A new customer: kept as he is filled in, sent, and opened when he is made;
 * who is there already is found and offered. */
#include "tui/screens/create.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"

bool create_waits(const struct creating *state)
{
	return state->newcomer.id && case_newcomer_waits(&state->newcomer);
}

/* The form. */

static struct tui_app *app_of(const struct creating *state)
{
	return state->wizard->app;
}

/* What is filled in now, into the record: with the first answer he is there. */
static void store(struct tui_wizard *wizard, void *owner,
		  const struct form_field *field)
{
	struct creating *state = owner;
	struct tui_app *app = wizard->app;
	const struct form_answers *answers = state->form.form.answers;
	struct err err = { 0 };
	int failed;

	if (state->newcomer.id)
		failed = case_newcomer_put(
			app->store, app->profile, &state->newcomer, field->key,
			form_answer(answers, field->key), &err);
	else
		failed = case_newcomer_begin(app->store, app->profile,
					     state->creation, answers,
					     &state->newcomer, &err);
	if (failed)
		tui_say_err(wizard, &err);
	tui_wizard_tell(wizard, TUI_CHANGED_CUSTOMERS);
}

/* Was this very person refused because somebody there is him? */
static bool is_known(const struct creating *state)
{
	const struct case_submission *last = &state->newcomer.last;

	return state->newcomer.id && last->state == CASE_REFUSED &&
	       text_same(last->code, PROV_CODE_EXISTS) &&
	       (case_newcomer_is_as_sent(&state->newcomer) ||
		findings_for(&state->form.form.refused,
			     state->creation->tax_id));
}

static void show_form(struct creating *state);
static void ask_who_is_there(struct creating *state);

static void done(struct tui_wizard *wizard, void *owner)
{
	struct creating *state = owner;
	struct tui_app *app = wizard->app;
	struct err err = { 0 };
	int64_t submission = 0;

	if (is_known(state)) {
		ask_who_is_there(state);
		return;
	}
	if (!state->newcomer.id || tui_form_view_left(&state->form.form)) {
		tui_form_view_go_wrong(&state->form.form);
		tui_say(wizard, "%s", _("This is still to be put right."));
		return;
	}
	outbox_go_on(app->outbox);
	if (case_newcomer_submit(app->store, app->profile, &state->newcomer,
				 &submission, &err))
		tui_say_err(wizard, &err);
	create_follow(state);
}

static void undo(struct tui_wizard *wizard, void *owner, enum tui_undo what)
{
	struct creating *state = owner;
	struct tui_app *app = wizard->app;
	struct case_change change = { 0 };
	struct err err = { 0 };
	int got = 0;

	if (state->newcomer.id)
		got = case_newcomer_undo(app->store, app->profile,
					 &state->newcomer, what == TUI_REDO,
					 &change, &err);
	if (got < 0) {
		tui_say_err(wizard, &err);
	} else if (!got) {
		tui_say(wizard, "%s",
			what == TUI_UNDO ? _("There is nothing to undo.")
					 : _("There is nothing to do again."));
	} else {
		show_form(state);
		if (change.key)
			tui_form_view_go_key(&state->form.form, change.key);
	}
	case_change_release(&change);
}

static const struct information_use use = {
	.button = N_("Make this customer"),
	.store = store,
	.done = done,
	.undo = undo,
};

/* What was refused, but for fields that say something else since. */
static void add_refused(const struct case_newcomer *newcomer,
			struct findings *out)
{
	const struct case_submission *last = &newcomer->last;
	size_t fields = 0;

	if (!last->id || last->state != CASE_REFUSED)
		return;
	for (size_t i = 0; i < last->problems.count; i++) {
		const struct finding *one = &last->problems.list[i];

		fields += one->field != NULL;
		if (!one->field ||
		    form_answer_is(last->answers, one->field,
				   form_answer(newcomer->answers, one->field)))
			findings_add(out, one->severity, one->code, one->field,
				     "%s", one->text);
	}
	if (!fields && last->message)
		findings_add(out, FINDING_ERROR, "refused", NULL, "%s",
			     last->message);
}

static void show_form(struct creating *state)
{
	struct findings refused = { 0 };

	add_refused(&state->newcomer, &refused);
	information_begin(&state->form, state->creation->form.schema,
			  state->newcomer.answers, &refused, &use, state);
	findings_release(&refused);
}

/* Whoever was looked for and is not there is filled in already: by his number,
 * or his name. */
static void take_typed(const struct creating *state,
		       struct form_answers *answers)
{
	const struct prov_creation *creation = state->creation;
	const char *key = strpbrk(state->typed, "0123456789") ? creation->tax_id
							      : creation->name;
	const struct form_field *field =
		key ? form_field_find(creation->form.schema, key) : NULL;
	char *value = field ? form_field_parse(field, state->typed) : NULL;

	if (value)
		form_answer_set(answers, key, value);
	mem_free_private(value);
}

void create_begin(struct creating *state, const struct prov_creation *creation)
{
	struct form_answers *preset = form_answers_new();

	state->creation = creation;
	prov_creation_preset(creation, preset);
	if (state->typed)
		take_typed(state, preset);
	information_begin(&state->form, creation->form.schema, preset, NULL,
			  &use, state);
	form_answers_free(preset);
}

void create_open(struct tui_wizard *wizard, struct creating *state,
		 const char *whom)
{
	const struct prov_creation *all =
		wizard->app->profile->provider->creations;
	struct err err = { 0 };
	int got = 0;

	state->wizard = wizard;
	if (case_newcomer_is(whom))
		got = case_newcomer_load(wizard->app->store,
					 wizard->app->profile, whom,
					 &state->newcomer, &err);
	else
		state->typed = mem_dup(whom);
	if (got < 0)
		tui_say_err(wizard, &err);
	if (got > 0) {
		state->creation = state->newcomer.creation;
		show_form(state);
	} else if (!all[1].form.schema) {
		create_begin(state, all);
	}
}

void create_release(struct tui_wizard *wizard, struct creating *state)
{
	if (state->form.form.schema && !create_waits(state))
		information_accept(wizard, &state->form);
	if (state->asking)
		prov_ask_cancel(state->asking);
	information_release(&state->form);
	/* The list goes on with him, if he is still there. */
	mem_replace(&wizard->newcomer, state->newcomer.id);
	case_newcomer_release(&state->newcomer);
	free(state->known);
	mem_free_private(state->typed);
}

/* What becomes of him. */

/* Nothing that is still being typed begins another one. */
static void forget(struct creating *state)
{
	information_release(&state->form);
	case_newcomer_release(&state->newcomer);
}

/* In the record as well; false: why not was said. */
static bool discard_now(struct creating *state)
{
	struct tui_app *app = app_of(state);
	struct err err = { 0 };

	if (case_newcomer_discard(app->store, app->profile, state->newcomer.id,
				  &err)) {
		tui_say_err(state->wizard, &err);
		return false;
	}
	forget(state);
	return true;
}

static void open_customer(struct creating *state, const char *id, bool known)
{
	struct tui_wizard *wizard = state->wizard;

	tui_wizard_open(wizard, id);
	tui_go(wizard, &tui_screen_documents);
	tui_say(wizard,
		known ? _("%s had this customer already; here is what it has.")
		      : _("%s has made the customer. Next: the documents."),
		wizard->app->profile->provider->title);
}

/* The record has nobody of his id any more: he got another one. */
static void follow_made(struct creating *state)
{
	struct case_submission sent = { 0 };
	struct err err = { 0 };
	int64_t id = state->newcomer.last.id;

	if (id &&
	    case_submission_load(app_of(state)->store, id, &sent, &err) > 0 &&
	    sent.state == CASE_ACCEPTED && sent.provider_id)
		open_customer(state, sent.provider_id,
			      text_same(sent.code, PROV_CODE_EXISTS));
	else
		tui_go(state->wizard, &tui_screen_customers);
	forget(state);
	case_submission_release(&sent);
}

static void open_known(struct tui_wizard *wizard, void *arg)
{
	struct creating *state = arg;

	(void)wizard;
	if (discard_now(state))
		open_customer(state, state->known, true);
}

static void on_known(void *arg, struct prov_customer *customer,
		     const struct err *err)
{
	struct creating *state = arg;
	struct tui_wizard *wizard = state->wizard;

	state->asking = NULL;
	if (!customer) {
		tui_say_err(wizard, err);
		return;
	}
	if (!customer->id) {
		tui_say(wizard,
			_("%s refused it as somebody it has, but lists nobody "
			  "with this tax id."),
			wizard->app->profile->provider->title);
		return;
	}
	mem_replace(&state->known, customer->id);
	tui_ask(wizard, open_known, state,
		_("%s has somebody with this tax id already: %s. Open that "
		  "customer? What was filled in here is forgotten then."),
		wizard->app->profile->provider->title,
		customer->name ? customer->name : customer->id);
}

static void ask_who_is_there(struct creating *state)
{
	struct tui_app *app = app_of(state);
	struct err err = { 0 };

	if (state->asking)
		return;
	if (prov_ask_alike(app->xfer, app->profile, state->creation,
			   state->newcomer.last.answers, on_known, state,
			   &state->asking, &err))
		tui_say_err(state->wizard, &err);
}

void create_follow(struct creating *state)
{
	struct tui_app *app = app_of(state);
	bool waited = create_waits(state);
	struct err err = { 0 };
	int got;

	if (!state->newcomer.id)
		return;
	got = case_newcomer_load(app->store, app->profile, state->newcomer.id,
				 &state->newcomer, &err);
	if (got < 0)
		tui_say_err(state->wizard, &err);
	if (!got)
		follow_made(state);
	if (got <= 0 || !waited || create_waits(state))
		return;
	show_form(state);
	if (is_known(state))
		ask_who_is_there(state);
}

/* By the operator. */

static void discard(struct tui_wizard *wizard, void *arg)
{
	if (!discard_now(arg))
		return;
	tui_wizard_tell(wizard, TUI_CHANGED_CUSTOMERS);
	tui_wizard_back(wizard);
}

void create_discard(struct creating *state)
{
	if (create_waits(state))
		tui_say(state->wizard, "%s",
			_("It is on the way: cancel it first, or wait for "
			  "the answer."));
	else if (state->newcomer.id)
		tui_ask(state->wizard, discard, state, "%s",
			_("Discard this new customer? What was filled in is "
			  "forgotten."));
	else
		tui_say(state->wizard, "%s",
			_("Nothing was filled in yet. Esc leaves."));
}

void create_retry(struct creating *state)
{
	struct tui_app *app = app_of(state);
	struct err err = { 0 };

	outbox_go_on(app->outbox);
	if (outbox_retry(app->outbox, state->newcomer.last.id, &err))
		tui_say_err(state->wizard, &err);
	create_follow(state);
}

void create_cancel(struct creating *state)
{
	struct tui_app *app = app_of(state);
	struct err err = { 0 };

	if (outbox_cancel(app->outbox, state->newcomer.last.id, &err))
		tui_say_err(state->wizard, &err);
	create_follow(state);
}
