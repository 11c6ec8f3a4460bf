/* SPDX-License-Identifier: MIT */
/* The form that is worked on: which one it is, what the provider knows and
 * refused of it, and recording every answer as it is left. */
#include <stdlib.h>

#include "tui/screens/information.h"
#include "tui/wizard/draft.h"
#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"

static struct form_answers *known_answers(const struct case_form *form)
{
	const char *json = form->requirement->known;
	struct form_answers *known = NULL;
	struct findings findings = { 0 };
	struct err err = { 0 };

	if (!json)
		return NULL;
	known = form_answers_new();
	if (form_answers_from_json(form->schema, json, known, &findings,
				   &err)) {
		form_answers_free(known);
		known = NULL;
	}
	findings_release(&findings);
	return known;
}

static void forget(struct information *state)
{
	tui_chooser_close(&state->chooser);
	tui_form_view_release(&state->form);
	mem_replace(&state->name, NULL);
	mem_replace(&state->title, NULL);
	mem_replace(&state->party, NULL);
	state->page.top = 0;
}

void information_release(struct information *state)
{
	forget(state);
	tui_page_release(&state->page);
}

static void make(struct tui_wizard *wizard, struct information *state,
		 const struct case_form *form)
{
	const struct case_checklist *checklist = &wizard->checklist;
	struct findings refused = { 0 };
	struct form_answers *known = NULL;

	forget(state);
	state->name = mem_dup(form->name);
	state->title = mem_dup(tui_requirement_label(form->requirement));
	state->party = mem_dup(form->requirement->party);
	state->adds = tui_form_adds(form);
	state->place = tui_form_place(checklist, form);
	state->count = tui_form_count(checklist);
	tui_form_refused(checklist, form, &refused);
	known = known_answers(form);
	tui_form_view_init(&state->form, form->schema, form->answers, known,
			   &refused);
	snprintf(state->form.home, sizeof(state->form.home), "%s",
		 checklist->customer.country);
	form_answers_free(known);
	findings_release(&refused);
	mem_replace(&wizard->last_form, state->name);
}

void information_begin(struct information *state,
		       const struct form_schema *schema,
		       const struct form_answers *answers,
		       const struct findings *refused,
		       const struct information_use *use, void *owner)
{
	forget(state);
	state->name = mem_dup(schema->name);
	state->title = mem_dup(_(schema->title));
	state->use = use;
	state->owner = owner;
	tui_form_view_init(&state->form, schema, answers, NULL, refused);
	tui_form_view_go_wrong(&state->form);
}

void information_open(struct tui_wizard *wizard, struct information *state,
		      const char *name, const char *key)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_form *form = tui_form_named(checklist, name);

	if (!form)
		form = tui_form_urgent(checklist);
	if (!form)
		return;
	make(wizard, state, form);
	if (!tui_form_view_go_key(&state->form, key))
		tui_form_view_go_wrong(&state->form);
}

void information_follow(struct tui_wizard *wizard, struct information *state)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_form *form = tui_form_named(checklist, state->name);

	if (!state->name) {
		information_open(wizard, state, NULL, NULL);
		return;
	}
	if (!form)
		return; /* not asked for any more; what was typed stays */
	/* In another language by now, maybe. */
	mem_replace(&state->title, tui_requirement_label(form->requirement));
	state->place = tui_form_place(checklist, form);
	state->count = tui_form_count(checklist);
	if (!state->chooser.open)
		tui_form_view_renew(&state->form, form->schema);
}

void information_store(struct tui_wizard *wizard, struct information *state,
		       const struct form_field *field)
{
	struct err err = { 0 };
	int64_t case_id = 0;

	if (!field)
		return;
	if (state->use) {
		state->use->store(wizard, state->owner, field);
		return;
	}
	if (tui_case(wizard, &case_id, &err) ||
	    case_answer_put(wizard->app->store, case_id, state->name,
			    field->key,
			    form_answer(state->form.answers, field->key), &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

void information_accept(struct tui_wizard *wizard, struct information *state)
{
	const struct form_field *field = NULL;
	char *typed = NULL;
	char *words = NULL;

	if (!state->form.schema)
		return;
	typed = mem_dup(tui_form_view_typed(&state->form));
	field = tui_form_view_accept(&state->form);
	information_store(wizard, state, field);
	if (field)
		words = tui_form_kept_words(
			field, typed,
			form_answer(state->form.answers, field->key));
	if (words)
		tui_say(wizard, "%s", words);
	mem_free_private(words);
	mem_free_private(typed);
}

void information_confirm(struct tui_wizard *wizard, struct information *state)
{
	const struct case_form *form = NULL;
	struct err err = { 0 };
	int64_t case_id = 0;

	information_accept(wizard, state);
	form = tui_form_named(&wizard->checklist, state->name);
	if (!form || !form->requirement->form->opens ||
	    form->requirement->status != PROV_REQ_MISSING)
		return;
	if (tui_case(wizard, &case_id, &err) ||
	    case_answers_confirm(wizard->app->store, case_id, state->name,
				 state->form.answers, &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

void information_derive(struct tui_wizard *wizard, struct information *state)
{
	const struct form_field *field = NULL;
	size_t taken = 0;

	information_accept(wizard, state);
	while ((field = tui_form_view_derive(&state->form))) {
		information_store(wizard, state, field);
		taken++;
	}
	tui_form_view_go(&state->form, state->form.focus);
	if (!taken)
		tui_say(wizard, "%s", _("Nothing is derived here."));
}

void information_undo(struct tui_wizard *wizard, struct information *state,
		      enum tui_undo what)
{
	struct case_change change = { 0 };
	const struct doc_type *type = NULL;

	information_accept(wizard, state);
	if (state->use) {
		state->use->undo(wizard, state->owner, what);
		return;
	}
	if (!tui_undo(wizard, what, &change))
		return;
	/* Made anew: what was refused may be answered so again. */
	if (change.form)
		information_open(wizard, state, change.form, change.key);
	else
		type = tui_type_of(wizard, change.key, change.party);
	if (type)
		tui_slot_open(wizard, NULL, type, change.side, change.party);
	case_change_release(&change);
}

void information_next(struct tui_wizard *wizard, struct information *state)
{
	const struct case_form *form = NULL;

	information_accept(wizard, state);
	form = tui_form_named(&wizard->checklist, state->name);
	form = tui_form_next(&wizard->checklist, form);
	if (!form || text_same(form->name, state->name)) {
		tui_say(wizard, "%s", _("There is no other form here."));
		return;
	}
	make(wizard, state, form);
	tui_form_view_go_wrong(&state->form);
}

/* Queue FORM alone, with all required ones that go before it and are ready. */
static int queue(struct tui_wizard *wizard, const struct case_form *form,
		 struct err *err)
{
	const struct case_checklist *list = &wizard->checklist;
	const struct tui_app *app = wizard->app;
	int64_t submission = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		const struct prov_requirement *req = item->requirement;

		if (!item->form || !case_item_ready(item, list) ||
		    (item->form != form &&
		     req->form->rank >= form->requirement->form->rank))
			continue;
		if (case_submit_form(app->store, app->profile, list->case_id,
				     req->form, req, req->party,
				     item->form->answers, &submission, err))
			return -1;
	}
	return 0;
}

/* The record has emptied the form, or filled it with a party that was refused
 * before. */
static void begin_another(struct tui_wizard *wizard, struct information *state)
{
	char *name = mem_dup(state->name);
	const struct case_form *form = NULL;

	tui_wizard_reload(wizard);
	form = tui_form_named(&wizard->checklist, name);
	if (form && tui_form_begun(form))
		tui_say(wizard, "%s",
			_("It was handed over for sending. The one that was "
			  "refused before is here again, to be put right."));
	else
		tui_say(wizard, "%s",
			_("It was handed over for sending. The form is empty "
			  "again for the next one; 4 shows how it goes."));
	forget(state);
	information_open(wizard, state, name, NULL);
	free(name);
}

void information_add(struct tui_wizard *wizard, struct information *state)
{
	const struct case_form *form =
		tui_form_named(&wizard->checklist, state->name);
	const struct case_form *before = NULL;
	struct err err = { 0 };

	if (!form || tui_form_view_left(&state->form)) {
		tui_form_view_go_wrong(&state->form);
		tui_say(wizard, "%s", _("This is still to be put right."));
		return;
	}
	before = tui_form_goes_before(&wizard->checklist, form);
	if (before) {
		tui_say(wizard,
			_("%s goes first, and is not complete: F3 opens it. "
			  "What was filled in here is kept."),
			tui_requirement_label(before->requirement));
		return;
	}
	outbox_go_on(wizard->app->outbox);
	if (queue(wizard, form, &err)) {
		tui_say_err(wizard, &err);
		tui_wizard_reload(wizard);
		return;
	}
	begin_another(wizard, state);
}
