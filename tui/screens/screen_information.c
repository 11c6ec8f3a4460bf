/* SPDX-License-Identifier: MIT */
/*
 * Step 3: a form, generated from the provider's rows, about the customer or a
 * party. Every field is recorded the moment it is left.
 */
#include "tui/screens/information.h"

#include <stdlib.h>

static void *information_enter(struct tui_wizard *wizard)
{
	struct information *state = mem_alloc(sizeof(*state));
	struct err err = { 0 };

	if (country_load(&err))
		tui_say_err(wizard, &err);
	information_open(wizard, state, wizard->form, wizard->field);
	mem_replace(&wizard->form, NULL);
	mem_replace(&wizard->field, NULL);
	return state;
}

static void information_leave(struct tui_wizard *wizard, void *arg)
{
	struct information *state = arg;

	information_accept(wizard, state);
	information_release(state);
	free(state);
}

void information_translate(struct information *state)
{
	if (state->use)
		mem_replace(&state->title, _(state->form.schema->title));
	if (state->chooser.open)
		tui_chooser_translate(
			&state->chooser,
			_(tui_form_view_field(&state->form)->label));
}

static void information_changed(struct tui_wizard *wizard, void *arg,
				unsigned what)
{
	struct information *state = arg;

	if (what & TUI_CHANGED_LANGUAGE)
		information_translate(state);
	if (what & TUI_CHANGED_RECORD)
		information_follow(wizard, state);
}

bool information_typing(const void *arg)
{
	const struct information *state = arg;
	const struct form_field *field =
		state->form.schema ? tui_form_view_field(&state->form) : NULL;

	return state->chooser.open || (field && tui_form_typed(field));
}

/* Keys. */

static void go(struct tui_wizard *wizard, struct information *state, size_t i)
{
	information_accept(wizard, state);
	tui_form_view_go(&state->form, i);
}

static void open_chooser(const struct tui_wizard *wizard,
			 struct information *state)
{
	/* Nobody is offered yet; a code may still be typed. */
	static const struct form_choice none[] = { { NULL, NULL, NULL } };
	const struct form_field *field = tui_form_view_field(&state->form);
	const char *answer = form_answer(state->form.answers, field->key);
	unsigned flags = 0;

	/* Most live where they are registered. */
	if (field->kind == FORM_COUNTRY && !answer[0])
		answer = wizard->checklist.customer.country;
	if (field->kind == FORM_MULTI)
		flags |= TUI_CHOOSER_MULTI;
	if (field->flags & FORM_OPEN)
		flags |= TUI_CHOOSER_TYPED;
	tui_chooser_open(&state->chooser, _(field->label),
			 field->kind == FORM_COUNTRY ? NULL
			 : field->choices	     ? field->choices
						     : none,
			 flags, answer);
}

static void mark(struct tui_wizard *wizard, struct information *state)
{
	information_store(
		wizard, state,
		tui_form_view_mark(&state->form,
				   tui_chooser_taken(&state->chooser)));
}

/* Enter where one is required and none is marked means the one it is on. */
static void mark_the_only(struct tui_wizard *wizard, struct information *state)
{
	const struct tui_form_view *form = &state->form;
	const struct form_field *field = tui_form_view_field(form);

	if (form_field_required(field, form->answers) &&
	    !form_answer(form->answers, field->key)[0] &&
	    tui_chooser_take(&state->chooser))
		mark(wizard, state);
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
		information_store(wizard, state,
				  tui_form_view_put(form, value));
		mem_free_private(value);
		tui_chooser_close(&state->chooser);
		tui_form_view_go(form, form->focus + 1);
		break;
	case TUI_CHOOSER_MARKED:
		mark(wizard, state);
		break;
	case TUI_CHOOSER_LEFT:
		if (in->key == TUI_KEY_ENTER)
			mark_the_only(wizard, state);
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
		open_chooser(wizard, state);
		return chooser_key(wizard, state, in);
	}
	answer = yes_no_of(in->key);
	if (answer)
		information_store(wizard, state,
				  tui_form_view_put(&state->form, answer));
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
			open_chooser(wizard, state);
		else if (in->key == ' ')
			information_store(wizard, state,
					  tui_form_view_flip(form));
		else
			return TUI_IGNORED;
		return TUI_REDRAW;
	case TUI_KEY_LEFT:
	case TUI_KEY_RIGHT:
		information_store(
			wizard, state,
			yes_no ? tui_form_view_flip(form)
			       : tui_form_view_cycle(
					 form,
					 in->key == TUI_KEY_RIGHT ? 1 : -1));
		return TUI_REDRAW;
	case TUI_KEY_BACKSPACE:
	case TUI_KEY_DELETE:
		information_store(wizard, state, tui_form_view_put(form, ""));
		return TUI_REDRAW;
	default:
		return letter_key(wizard, state, field, in);
	}
}

/* The form is left behind: its button, or F2. */
static void finish(struct tui_wizard *wizard, struct information *state,
		   bool adds)
{
	if (state->use) {
		information_accept(wizard, state);
		state->use->done(wizard, state->owner);
	} else if (adds) {
		information_add(wizard, state);
	} else {
		information_confirm(wizard, state);
		tui_go(wizard, &tui_screen_review);
	}
}

static unsigned move_key(struct tui_wizard *wizard, struct information *state,
			 const struct tui_input *in)
{
	struct tui_form_view *form = &state->form;

	switch (in->key) {
	case TUI_KEY_ENTER:
		if (form->focus == form->count) {
			finish(wizard, state, state->adds);
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
		information_accept(wizard, state);
		tui_form_view_go_section(form,
					 in->key == TUI_KEY_PAGE_DOWN ? 1 : -1);
		break;
	case TUI_CTRL('D'):
		information_derive(wizard, state);
		break;
	case TUI_KEY_F2:
		finish(wizard, state, false);
		break;
	case TUI_KEY_F3:
	case TUI_CTRL('F'):
	case 'f': /* on the button: elsewhere it is typed, or chosen */
		if (state->count < 2)
			return TUI_IGNORED;
		information_next(wizard, state);
		break;
	case TUI_KEY_ESC:
		information_accept(wizard, state);
		return TUI_BACK;
	default:
		return TUI_IGNORED;
	}
	return TUI_REDRAW;
}

/* On the button letters are keys. */
static unsigned undo_key(struct tui_wizard *wizard, struct information *state,
			 const struct tui_input *in)
{
	bool letters = state->form.focus == state->form.count;
	enum tui_undo what = tui_undo_key(in->key, letters);

	if (!what)
		return TUI_IGNORED;
	information_undo(wizard, state, what);
	return TUI_REDRAW;
}

unsigned information_key(struct tui_wizard *wizard, void *arg,
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
		if (tui_edit_key(&state->form.edit, in, NULL)) {
			const char *notice = tui_edit_notice(&state->form.edit);

			if (notice)
				tui_say(wizard, "%s", notice);
			return TUI_REDRAW;
		}
	} else if (field) {
		ret = choice_key(wizard, state, field, in);
	}
	if (ret == TUI_IGNORED)
		ret = undo_key(wizard, state, in);
	return ret != TUI_IGNORED ? ret : move_key(wizard, state, in);
}

/* Without the first key where there is one form only. */
static const struct tui_binding bindings[] = {
	{ TUI_KEY_F3, "F3", N_("next form"),
	  N_("The next form of this customer. Ctrl-F is the same, and f on the "
	     "button at the end.") },
	{ TUI_CTRL('F'), NULL, NULL, NULL },
	{ TUI_KEY_TAB, "Tab", N_("next"),
	  N_("The next field, whatever is in this one. What was typed is "
	     "kept at once. Ctrl-N is the same.") },
	{ TUI_CTRL('N'), NULL, NULL, NULL },
	{ TUI_KEY_BACKTAB, "Shift-Tab", N_("before"),
	  N_("The field before. The arrows up and down move as well. Ctrl-P "
	     "is the same.") },
	{ TUI_CTRL('P'), NULL, NULL, NULL },
	{ TUI_KEY_ENTER, "Enter", N_("accept, choose"),
	  N_("Take the field and go on; on a choice: open its list.") },
	{ ' ', "Space", N_("yes/no"),
	  N_("The other answer; in a list of several: mark.") },
	{ 'a', N_("letters"), NULL,
	  N_("On a choice: open its list at what is typed; y and n answer yes "
	     "and no.") },
	{ TUI_KEY_BACKSPACE, N_("Backspace"), NULL,
	  N_("On a choice: no answer any more. Delete is the same.") },
	{ TUI_KEY_DELETE, NULL, NULL, NULL },
	{ TUI_KEY_LEFT, "←→", NULL,
	  N_("The choice before or after, without opening the list.") },
	{ TUI_KEY_RIGHT, NULL, NULL, NULL },
	{ TUI_KEY_PAGE_DOWN, "PgDn", NULL,
	  N_("The next section; PgUp: the one before.") },
	{ TUI_KEY_PAGE_UP, NULL, NULL, NULL },
	{ TUI_CTRL('_'), "Ctrl-_", N_("undo"),
	  N_("Undo typing; then the last change of what is drafted for this "
	     "customer, and go there. What was sent or waits to be stays. On "
	     "the button at the end u and z are the same.") },
	{ TUI_CTRL('R'), "Ctrl-R", NULL,
	  N_("Do again what was undone. On the button at the end Z is the "
	     "same.") },
	{ TUI_CTRL('D'), "Ctrl-D", NULL,
	  N_("Take all that is derived from what is known of the customer, "
	     "such as the country.") },
	{ TUI_KEY_F2, "F2", N_("review"), N_("Go on to review and send.") },
	{ 0 },
};

const struct tui_binding *const information_bindings = bindings + 2;

static const struct tui_binding *bindings_now(const void *arg)
{
	const struct information *state = arg;

	return state->count > 1 ? bindings : information_bindings;
}

static bool information_useful(const struct tui_wizard *wizard,
			       const void *arg, int key)
{
	const struct information *state = arg;

	if (key != TUI_CTRL('_'))
		return true;
	return state->form.edit.past || tui_undo_useful(wizard);
}

const struct tui_screen tui_screen_information = {
	.name = "information",
	.step = 3,
	.bindings = bindings,
	.bindings_now = bindings_now,
	.enter = information_enter,
	.leave = information_leave,
	.layout = information_layout,
	.key = information_key,
	.typing = information_typing,
	.changed = information_changed,
	.useful = information_useful,
	.draw = information_draw,
};
