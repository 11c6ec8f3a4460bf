/* SPDX-License-Identifier: MIT */
/*
 * Step 3: the information form, generated from the provider's rows for this
 * kind of customer. Every field is recorded the moment it is left.
 */
#include <stdlib.h>
#include <string.h>

#include "tui/chooser.h"
#include "tui/draft.h"
#include "tui/form_view.h"
#include "tui/item_words.h"
#include "tui/page.h"
#include "tui/wizard.h"

#define WIDE 100 /* columns from which a problem stands beside its field */

struct information {
	struct tui_form_view form; /* without a schema: nothing is asked */
	struct tui_chooser chooser;
	struct tui_page page;
	bool from_record; /* was the checklist there when it was made? */
};

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
		return TUI_IGNORED;
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

/* Draw. */

struct drawing {
	const struct tui_wizard *wizard;
	struct information *state;
};

static int label_cols(const struct tui_area *area)
{
	return area->cols < 60 ? 14 : area->cols < WIDE ? 34 : 44;
}

/* The columns of the value: the rest, or half of it beside the problems. */
static int value_cols(const struct tui_area *area)
{
	int rest = area->cols - label_cols(area) - 6;

	return area->cols < WIDE ? rest : rest / 2;
}

/* In place of an answer. */
static const char *no_answer(const struct form_field *field)
{
	if (!(field->flags & FORM_REQUIRED))
		return _("optional");
	if (field->kind == FORM_YES_NO)
		return _("yes or no?");
	return tui_form_typed(field) ? _("to fill in") : _("to choose");
}

static void draw_choice(const struct form_field *field, const char *answer,
			const struct tui_area *area, int row, int col, int cols,
			bool focused)
{
	char *shown = answer[0] ? form_field_show(field, answer) : NULL;

	tui_text(area, row, col, cols,
		 focused ? TUI_FOCUS
		 : shown ? TUI_PLAIN
			 : TUI_DIM,
		 shown ? shown : no_answer(field));
	if (focused)
		tui_cursor(area, row, col);
	mem_free_private(shown);
}

/* Beside a field that is right: where its answer comes from. */
static void draw_origin(const struct drawing *drawing,
			const struct tui_area *area, int row, size_t field,
			const char *answer)
{
	const struct tui_form_view *form = &drawing->state->form;
	const char *title = drawing->wizard->app->profile->provider->title;
	char text[80];
	char *shown = NULL;
	int width = 0;
	int taken = 0;

	if (!tui_form_view_is_known(form, field))
		return;
	shown = form_field_show(form->shown[field], answer);
	taken = label_cols(area) + 5 + text_width(shown);
	mem_free_private(shown);
	snprintf(text, sizeof(text), _("from %s"), title);
	width = text_width(text);
	if (taken + width + 3 < area->cols)
		tui_text(area, row, area->cols - width - 1, width, TUI_DIM,
			 text);
}

static const char *problem_text(const struct tui_form_view *form, size_t field)
{
	const struct finding *problem = tui_form_view_problem(form, field);

	/* An empty field has its mark; a sentence for each would be noise. */
	if (!problem || tui_form_view_state(form, field) == TUI_FIELD_EMPTY)
		return NULL;
	return problem->text;
}

static void draw_mark(const struct tui_form_view *form, size_t field,
		      const struct tui_area *area, int row)
{
	switch (tui_form_view_state(form, field)) {
	case TUI_FIELD_OK:
		tui_text(area, row, 2, 2, TUI_GOOD,
			 tui_form_view_answer(form, field)[0]
				 ? tui_symbol(TUI_SYMBOL_DONE)
				 : "");
		break;
	case TUI_FIELD_EMPTY:
		tui_text(area, row, 2, 2, TUI_PLAIN,
			 tui_symbol(TUI_SYMBOL_OPEN));
		break;
	case TUI_FIELD_WRONG:
		tui_text(area, row, 2, 2, TUI_BAD, tui_symbol(TUI_SYMBOL_BAD));
		break;
	}
}

static void draw_field(void *arg, const struct tui_area *area, int row,
		       size_t i)
{
	const struct drawing *drawing = arg;
	struct tui_form_view *form = &drawing->state->form;
	bool focused = form->focus == i && !drawing->state->chooser.open;
	int col = 4 + label_cols(area) + 1;
	const struct form_field *field = NULL;
	const char *problem = NULL;
	const char *answer = NULL;

	tui_text(area, row, 0, 2, TUI_PLAIN,
		 focused ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (i == form->count) {
		tui_textf(area, row, 4, 30, focused ? TUI_FOCUS : TUI_PLAIN,
			  "[ %s ]", _("Review & send"));
		if (focused)
			tui_cursor(area, row, 4);
		return;
	}
	field = form->shown[i];
	answer = tui_form_view_answer(form, i);
	draw_mark(form, i, area, row);
	tui_text(area, row, 4, label_cols(area),
		 focused ? TUI_STRONG : TUI_PLAIN, _(field->label));
	if (focused && tui_form_typed(field))
		tui_edit_draw(&form->edit, area, row, col, value_cols(area),
			      true);
	else
		draw_choice(field, answer, area, row, col, value_cols(area),
			    focused);
	problem = problem_text(form, i);
	if (problem && area->cols >= WIDE)
		tui_text(area, row, col + value_cols(area) + 1, -1, TUI_BAD,
			 problem);
	else if (!problem && !(focused && tui_form_typed(field)))
		draw_origin(drawing, area, row, i, answer);
}

static void fill_page(struct information *state, const struct tui_area *area)
{
	const struct tui_form_view *form = &state->form;
	const char *section = NULL;

	tui_page_begin(&state->page, area->cols - 1);
	for (size_t i = 0; i < form->count; i++) {
		const char *here = tui_form_view_section(form, i);
		const char *problem = problem_text(form, i);

		if (here && here != section)
			tui_page_text(&state->page, TUI_TITLE, 2, _(here));
		section = here;
		tui_page_field(&state->page, i);
		if (problem && area->cols < WIDE)
			tui_page_text(&state->page, TUI_BAD, 6, problem);
	}
	tui_page_field(&state->page, form->count);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct tui_form_view *form,
		       const struct tui_area *area)
{
	size_t left = tui_form_view_left(form);
	char text[80];
	int width = 0;

	if (left)
		snprintf(text, sizeof(text), _("%zu of %zu left"), left,
			 form->count);
	else
		snprintf(text, sizeof(text), "%s %s",
			 tui_symbol(TUI_SYMBOL_DONE), _("complete"));
	width = text_width(text);
	tui_textf(area, 0, 2, area->cols - width - 4, TUI_STRONG, "%s · %s",
		  _(form->schema->title),
		  tui_holder_name(&wizard->checklist, NULL));
	tui_text(area, 0, area->cols - width - 1, width,
		 left ? TUI_PLAIN : TUI_GOOD, text);
}

/* The foot: help for the focused field, or what is wrong with all of it. */
static void draw_help(const struct tui_form_view *form,
		      const struct tui_area *area)
{
	const struct form_field *field = tui_form_view_field(form);
	const struct finding *general = NULL;
	size_t left = tui_form_view_left(form);
	const char *text = NULL;

	for (size_t i = 0; i < form->refused.count && !general; i++)
		if (!form->refused.list[i].field)
			general = &form->refused.list[i];
	if (field && field->help)
		text = _(field->help);
	else if (field &&
		 tui_form_view_state(form, form->focus) == TUI_FIELD_EMPTY)
		text = tui_form_view_problem(form, form->focus)->text;
	else if (!field && general)
		text = general->text;
	else if (!field && left)
		text = _("Fields that are not right yet keep the information "
			 "from being sent; all else can go on.");
	if (area->rows > 1)
		tui_rule(area, 0, NULL);
	if (text)
		tui_paragraph(area, area->rows > 1, 2, area->cols - 3,
			      area->rows > 1 ? area->rows - 1 : 1, TUI_PLAIN,
			      text);
}

static void information_layout(struct tui_wizard *wizard, void *arg,
			       const struct tui_area *area)
{
	(void)wizard;
	(void)arg;
	(void)area; /* the page is made and scrolled when it is drawn */
}

static void information_draw(const struct tui_wizard *wizard, void *arg,
			     const struct tui_area *area)
{
	struct information *state = arg;
	struct drawing drawing = { wizard, state };
	struct tui_area page = *area;
	struct tui_area foot = *area;

	if (!state->form.schema) {
		tui_textf(area, 1, 2, -1, TUI_PLAIN,
			  _("%s asks for no additional information here."),
			  wizard->app->profile->provider->title);
		return;
	}
	foot.rows = area->rows >= 12 ? 3 : area->rows >= 6 ? 1 : 0;
	foot.top += area->rows - foot.rows;
	page.top++;
	page.rows -= 1 + foot.rows;
	draw_title(wizard, &state->form, area);
	fill_page(state, &page);
	tui_page_fit(&state->page, page.rows, state->form.focus);
	tui_page_draw(&state->page, &page, draw_field, &drawing);
	if (foot.rows)
		draw_help(&state->form, &foot);
	if (state->chooser.open)
		tui_chooser_draw(
			&state->chooser, area,
			form_answer(state->form.answers,
				    tui_form_view_field(&state->form)->key));
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
