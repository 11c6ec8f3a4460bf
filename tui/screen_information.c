/* SPDX-License-Identifier: MIT */
/*
 * Step 3: the information form, generated from the provider's rows for this
 * kind of customer. Every field is recorded the moment it is left.
 */
#include "tui/information.h"

#include <stdlib.h>

#include "tui/draft.h"
#include "tui/item_words.h"

static const struct form_schema *schema_of(const struct tui_wizard *wizard)
{
	const struct provider *provider = wizard->app->profile->provider;

	return provider->information[wizard->checklist.customer.kind];
}

/* The latest information that was sent, if the provider refused it. */
static const struct findings *refused_fields(const struct tui_wizard *wizard)
{
	const struct case_submission_list *all = &wizard->checklist.submissions;

	for (size_t i = all->count; i-- > 0;)
		if (all->list[i].rank == PROV_RANK_INFORMATION)
			return all->list[i].state == CASE_REFUSED
				       ? &all->list[i].problems
				       : NULL;
	return NULL;
}

/* A refusal that names no field stands above the whole form. */
static void add_general(const struct tui_wizard *wizard,
			struct findings *refused)
{
	const struct case_checklist *checklist = &wizard->checklist;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];
		const char *why = tui_item_why(item);

		if (item->requirement->kind == PROV_REQ_INFORMATION &&
		    item->state == CASE_ITEM_REJECTED && why && !refused->count)
			findings_add(refused, FINDING_ERROR, "refused", NULL,
				     "%s", why);
	}
}

/* A field that was changed since the refusal is another answer. */
static void drop_changed(const struct tui_wizard *wizard,
			 struct findings *refused)
{
	const struct case_submission_list *all = &wizard->checklist.submissions;
	const struct form_answers *sent = NULL;
	struct findings kept = { 0 };

	for (size_t i = all->count; i-- > 0 && !sent;)
		if (all->list[i].rank == PROV_RANK_INFORMATION)
			sent = all->list[i].answers;
	for (size_t i = 0; i < refused->count; i++) {
		const struct finding *finding = &refused->list[i];
		const char *key = finding->field;

		if (sent && key && wizard->checklist.answers &&
		    !form_answer_is(wizard->checklist.answers, key,
				    form_answer(sent, key)))
			continue;
		findings_add(&kept, finding->severity, finding->code, key, "%s",
			     finding->text);
	}
	findings_release(refused);
	*refused = kept;
}

static struct form_answers *known_answers(const struct tui_wizard *wizard,
					  const struct form_schema *schema)
{
	const char *json = wizard->checklist.customer.information;
	struct form_answers *known = NULL;
	struct findings findings = { 0 };
	struct err err = { 0 };

	if (!json)
		return NULL;
	known = form_answers_new();
	if (form_answers_from_json(schema, json, known, &findings, &err)) {
		form_answers_free(known);
		known = NULL;
	}
	findings_release(&findings);
	return known;
}

static void make_form(const struct tui_wizard *wizard,
		      struct information *state)
{
	const struct form_schema *schema = schema_of(wizard);
	const struct findings *last = refused_fields(wizard);
	struct findings refused = { 0 };
	struct form_answers *known = NULL;

	tui_form_view_release(&state->form);
	state->from_record = wizard->checklist.answers;
	if (!schema || !wizard->customer)
		return;
	if (last) {
		findings_append(&refused, last);
		drop_changed(wizard, &refused);
	}
	add_general(wizard, &refused);
	known = known_answers(wizard, schema);
	tui_form_view_init(&state->form, schema, wizard->checklist.answers,
			   known, &refused);
	form_answers_free(known);
	findings_release(&refused);
}

static void *information_enter(struct tui_wizard *wizard)
{
	struct information *state = mem_alloc(sizeof(*state));
	struct err err = { 0 };

	if (country_load(&err))
		tui_say_err(wizard, &err);
	make_form(wizard, state);
	if (!state->form.schema)
		return state;
	if (!tui_form_view_go_key(&state->form, wizard->field))
		tui_form_view_go_wrong(&state->form);
	free(wizard->field);
	wizard->field = NULL;
	return state;
}

/* Record FIELD, which may be NULL: nothing changed. */
static void store(struct tui_wizard *wizard, struct information *state,
		  const struct form_field *field)
{
	struct err err = { 0 };
	int64_t case_id = 0;

	if (!field)
		return;
	if (tui_case(wizard, &case_id, &err) ||
	    case_answer_put(wizard->app->store, case_id,
			    state->form.schema->name, field->key,
			    form_answer(state->form.answers, field->key), &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

static void accept(struct tui_wizard *wizard, struct information *state)
{
	if (state->form.schema)
		store(wizard, state, tui_form_view_accept(&state->form));
}

static void information_leave(struct tui_wizard *wizard, void *arg)
{
	struct information *state = arg;

	accept(wizard, state);
	tui_form_view_release(&state->form);
	tui_chooser_close(&state->chooser);
	tui_page_release(&state->page);
	free(state);
}

/* What is typed here is newer than the record; only a form that was made
 * before anything was known of the customer starts again. */
static void information_changed(struct tui_wizard *wizard, void *arg,
				unsigned what)
{
	struct information *state = arg;

	if (!(what & TUI_CHANGED_RECORD) || state->from_record)
		return;
	make_form(wizard, state);
	if (state->form.schema)
		tui_form_view_go_wrong(&state->form);
}

static bool information_typing(const void *arg)
{
	const struct information *state = arg;
	const struct form_field *field =
		state->form.schema ? tui_form_view_field(&state->form) : NULL;

	return state->chooser.open || (field && tui_form_typed(field));
}

/* Keys. */

static void go(struct tui_wizard *wizard, struct information *state, size_t i)
{
	accept(wizard, state);
	tui_form_view_go(&state->form, i);
}

static void open_chooser(struct information *state)
{
	const struct form_field *field = tui_form_view_field(&state->form);
	const char *answer = form_answer(state->form.answers, field->key);
	unsigned flags = 0;

	if (field->kind == FORM_MULTI)
		flags |= TUI_CHOOSER_MULTI;
	if (field->flags & FORM_OPEN)
		flags |= TUI_CHOOSER_TYPED;
	tui_chooser_open(&state->chooser, _(field->label),
			 field->kind == FORM_COUNTRY ? NULL : field->choices,
			 flags, answer);
}

static unsigned chooser_key(struct tui_wizard *wizard,
			    struct information *state,
			    const struct tui_input *in)
{
	struct tui_form_view *form = &state->form;
	const struct form_field *field = tui_form_view_field(form);
	const char *code = NULL;
	char *value = NULL;

	switch (tui_chooser_key(&state->chooser, in)) {
	case TUI_CHOOSER_TAKEN:
		code = tui_chooser_taken(&state->chooser);
		value = form_field_parse(field, code);
		store(wizard, state, tui_form_view_put(form, value));
		mem_free_private(value);
		tui_chooser_close(&state->chooser);
		tui_form_view_go(form, form->focus + 1);
		break;
	case TUI_CHOOSER_MARKED:
		code = tui_chooser_taken(&state->chooser);
		store(wizard, state, tui_form_view_mark(form, code));
		break;
	case TUI_CHOOSER_LEFT:
		tui_chooser_close(&state->chooser);
		if (in->key == TUI_KEY_ENTER)
			tui_form_view_go(form, form->focus + 1);
		break;
	case TUI_CHOOSER_STAYS:
		break;
	}
	return TUI_REDRAW;
}

/* The answer that begins with KEY, in either case; the translation decides. */
static const char *yes_no_of(int key)
{
	int low = key >= 'A' && key <= 'Z' ? key - 'A' + 'a' : key;

	if (low == _("yes")[0])
		return "true";
	return low == _("no")[0] ? "false" : NULL;
}

/* Who types an answer where one is chosen means the list, not another step of
 * the road. */
static unsigned letter_key(struct tui_wizard *wizard, struct information *state,
			   const struct form_field *field,
			   const struct tui_input *in)
{
	const char *answer = NULL;

	if (!tui_input_is_typed(in))
		return TUI_IGNORED;
	if (field->kind != FORM_YES_NO) {
		open_chooser(state);
		return chooser_key(wizard, state, in);
	}
	answer = yes_no_of(in->key);
	if (answer)
		store(wizard, state, tui_form_view_put(&state->form, answer));
	return TUI_REDRAW;
}

/* Enter, Space and the arrows on a field that is chosen, not typed. */
static unsigned choice_key(struct tui_wizard *wizard, struct information *state,
			   const struct form_field *field,
			   const struct tui_input *in)
{
	struct tui_form_view *form = &state->form;
	bool yes_no = field->kind == FORM_YES_NO;

	switch (in->key) {
	case ' ':
	case TUI_KEY_ENTER:
		if (!yes_no)
			open_chooser(state);
		else if (in->key == ' ')
			store(wizard, state, tui_form_view_flip(form));
		else
			return TUI_IGNORED;
		return TUI_REDRAW;
	case TUI_KEY_LEFT:
	case TUI_KEY_RIGHT:
		store(wizard, state,
		      yes_no ? tui_form_view_flip(form)
			     : tui_form_view_cycle(
				       form,
				       in->key == TUI_KEY_RIGHT ? 1 : -1));
		return TUI_REDRAW;
	case TUI_KEY_BACKSPACE:
	case TUI_KEY_DELETE:
		store(wizard, state, tui_form_view_put(form, ""));
		return TUI_REDRAW;
	default:
		return letter_key(wizard, state, field, in);
	}
}

static unsigned move_key(struct tui_wizard *wizard, struct information *state,
			 const struct tui_input *in)
{
	struct tui_form_view *form = &state->form;

	switch (in->key) {
	case TUI_KEY_ENTER:
		if (form->focus == form->count) {
			tui_go(wizard, &tui_screen_review);
			break;
		}
		go(wizard, state, form->focus + 1);
		break;
	case TUI_KEY_TAB:
	case TUI_KEY_DOWN:
	case TUI_CTRL('N'):
		go(wizard, state, form->focus + 1);
		break;
	case TUI_KEY_BACKTAB:
	case TUI_KEY_UP:
	case TUI_CTRL('P'):
		go(wizard, state, form->focus ? form->focus - 1 : 0);
		break;
	case TUI_KEY_PAGE_DOWN:
	case TUI_KEY_PAGE_UP:
		accept(wizard, state);
		tui_form_view_go_section(form,
					 in->key == TUI_KEY_PAGE_DOWN ? 1 : -1);
		break;
	case TUI_KEY_F2:
		accept(wizard, state);
		tui_go(wizard, &tui_screen_review);
		break;
	case TUI_KEY_ESC:
		accept(wizard, state);
		return TUI_BACK;
	default:
		return TUI_IGNORED;
	}
	return TUI_REDRAW;
}

static unsigned information_key(struct tui_wizard *wizard, void *arg,
				const struct tui_input *in)
{
	struct information *state = arg;
	const struct form_field *field = NULL;
	unsigned ret = TUI_IGNORED;

	if (!state->form.schema)
		return in->key == TUI_KEY_ESC ? TUI_BACK : TUI_IGNORED;
	if (state->chooser.open)
		return chooser_key(wizard, state, in);
	field = tui_form_view_field(&state->form);
	if (field && tui_form_typed(field)) {
		if (tui_edit_key(&state->form.edit, in, NULL))
			return TUI_REDRAW;
	} else if (field) {
		ret = choice_key(wizard, state, field, in);
	}
	return ret != TUI_IGNORED ? ret : move_key(wizard, state, in);
}

static const struct tui_binding bindings[] = {
	{ TUI_KEY_TAB, "Tab", N_("next"),
	  N_("The next field, whatever is in this one. What was typed is "
	     "kept at once.") },
	{ TUI_KEY_BACKTAB, "Shift-Tab", N_("before"),
	  N_("The field before. The arrows up and down move as well.") },
	{ TUI_KEY_ENTER, "Enter", N_("accept, choose"),
	  N_("Take the field and go on; on a choice: open its list.") },
	{ ' ', "Space", N_("yes/no"),
	  N_("The other answer; in a list of several: mark.") },
	{ 'a', N_("letters"), NULL,
	  N_("On a choice: open its list at what is typed; y and n answer yes "
	     "and no.") },
	{ TUI_KEY_BACKSPACE, N_("Backspace"), NULL,
	  N_("On a choice: no answer any more.") },
	{ TUI_KEY_LEFT, "←→", NULL,
	  N_("The choice before or after, without opening the list.") },
	{ TUI_KEY_PAGE_DOWN, "PgDn", NULL,
	  N_("The next section; PgUp: the one before.") },
	{ TUI_KEY_F2, "F2", N_("review"), N_("Go on to review and send.") },
	{ 0 },
};

const struct tui_screen tui_screen_information = {
	.name = "information",
	.step = 3,
	.bindings = bindings,
	.enter = information_enter,
	.leave = information_leave,
	.layout = information_layout,
	.key = information_key,
	.typing = information_typing,
	.changed = information_changed,
	.draw = information_draw,
};
