/* SPDX-License-Identifier: MIT */
/* The information screen: how it is drawn. */
#include "tui/screens/information.h"

#include <stdlib.h>

#include "tui/words/item_words.h"

#define WIDE 100 /* columns from which a problem stands beside its field */

struct drawing {
	const struct tui_wizard *wizard;
	struct information *state;
};

static int label_cols(const struct tui_area *area)
{
	if (area->cols < 60)
		return 14;
	return area->cols < 80 ? 30 : area->cols < WIDE ? 40 : 44;
}

/* The columns of the value: the rest, or half of it beside the problems. */
static int value_cols(const struct tui_area *area)
{
	int rest = area->cols - label_cols(area) - 6;

	return area->cols < WIDE ? rest : rest / 2;
}

/* In place of an answer. */
static const char *no_answer(const struct form_field *field, bool wanted)
{
	if (!wanted)
		return _("optional");
	if (field->kind == FORM_YES_NO)
		return _("yes or no? (y/n)");
	return tui_form_typed(field) ? _("to fill in") : _("to choose");
}

static void draw_choice(const struct tui_form_view *form, size_t i,
			const struct tui_area *area, int row, int col,
			bool focused)
{
	const struct form_field *field = form->shown[i];
	const char *answer = tui_form_view_answer(form, i);
	int cols = value_cols(area);
	/* Which are wanted may depend on other answers. */
	bool wanted = tui_form_view_state(form, i) == TUI_FIELD_EMPTY;
	const char *derived = tui_form_view_derived(form, i);
	char *shown = NULL;

	if (answer[0] || derived)
		shown = form_field_show(field, answer[0] ? answer : derived);
	tui_text(area, row, col, cols,
		 focused     ? TUI_FOCUS
		 : answer[0] ? TUI_PLAIN
			     : TUI_DIM,
		 shown ? shown : no_answer(field, wanted));
	if (focused)
		tui_cursor(area, row, col);
	mem_free_private(shown);
}

/* Beside a field that is right: where its answer comes from; and what one that
 * is empty most likely is. */
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

	if (tui_form_view_derived(form, field)) {
		answer = tui_form_view_derived(form, field);
		snprintf(text, sizeof(text), "%s", _("derived"));
	} else if (tui_form_view_is_known(form, field)) {
		snprintf(text, sizeof(text), _("from %s"), title);
	} else {
		return;
	}
	shown = form_field_show(form->shown[field], answer);
	taken = label_cols(area) + 5 + text_width(shown);
	mem_free_private(shown);
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

static const char *button_of(const struct information *state)
{
	if (state->use)
		return _(state->use->button);
	return state->adds ? _("Send, and begin another") : _("Review & send");
}

/* What is wrong with a field stands beside it where there is room for all of
 * it, else below. */
static bool stands_beside(const struct tui_area *area, const char *problem)
{
	int col = 4 + label_cols(area) + 1 + value_cols(area) + 1;

	return area->cols >= WIDE && text_width(problem) <= area->cols - col;
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
		tui_textf(area, row, 4, 36, focused ? TUI_FOCUS : TUI_PLAIN,
			  "[ %s ]", button_of(drawing->state));
		if (focused)
			tui_cursor(area, row, 4);
		return;
	}
	field = form->shown[i];
	answer = tui_form_view_answer(form, i);
	draw_mark(form, i, area, row);
	tui_label(area, row, 4, label_cols(area),
		  !focused		  ? TUI_PLAIN
		  : tui_form_typed(field) ? TUI_FOCUS
					  : TUI_STRONG,
		  _(field->label));
	if (focused && tui_form_typed(field))
		tui_edit_draw(&form->edit, area, row, col, value_cols(area),
			      true);
	else
		draw_choice(form, i, area, row, col, focused);
	problem = problem_text(form, i);
	if (problem && stands_beside(area, problem))
		tui_text(area, row, col + value_cols(area) + 1, -1, TUI_BAD,
			 problem);
	else if (!problem && !(focused && tui_form_typed(field)))
		draw_origin(drawing, area, row, i, answer);
}

/* HELP (may be NULL) belongs to the field with the focus. */
static void fill_page(struct information *state, const struct tui_area *area,
		      const char *help)
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
		if (problem && !stands_beside(area, problem))
			tui_page_text(&state->page, TUI_BAD, 6, problem);
		if (help && i == form->focus)
			tui_page_text(&state->page, TUI_DIM, 6, help);
	}
	tui_page_field(&state->page, form->count);
	if (help && form->focus == form->count)
		tui_page_text(&state->page, TUI_DIM, 6, help);
}

/* "form 2 of 3 · 4 of 9 left" */
static void standing_words(const struct information *state, bool narrow,
			   char *out, size_t size)
{
	size_t left = tui_form_view_left(&state->form);
	struct buf text = { 0 };

	if (state->count > 1)
		buf_addf(&text,
			 narrow ? _("%zu of %zu · ") : _("form %zu of %zu · "),
			 state->place, state->count);
	if (!left)
		buf_addf(&text, "%s %s", tui_symbol(TUI_SYMBOL_DONE),
			 _("complete"));
	else if (state->count > 1)
		buf_addf(&text, _("%zu left"), left);
	else
		buf_addf(&text, _("%zu of %zu left"), left, state->form.count);
	snprintf(out, size, "%s", buf_text(&text));
	buf_release(&text);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct information *state,
		       const struct tui_area *area)
{
	char text[80];
	int width = 0;

	standing_words(state, area->cols < 60, text, sizeof(text));
	width = text_width(text);
	tui_textf(
		area, 0, 2, area->cols - width - 4, TUI_STRONG, "%s%s%s%s",
		state->adds ? "+ " : "", state->title, state->use ? "" : " · ",
		state->use ? ""
			   : tui_holder_name(&wizard->checklist, state->party));
	tui_text(area, 0, area->cols - width - 1, width,
		 tui_form_view_left(&state->form) ? TUI_PLAIN : TUI_GOOD, text);
}

/* What to write into the focused FIELD, and where that is derived from. */
static const char *field_words(const struct tui_form_view *form,
			       const struct form_field *field)
{
	char prefix[TUI_FORM_PREFIX];

	if (tui_form_view_derived(form, form->focus))
		return _("Derived from the customer's country, and no answer "
			 "yet: Enter chooses, Ctrl-D takes all that is "
			 "derived.");
	if (tui_form_view_prefix(form, prefix))
		return _("Its beginning is derived from the country; another "
			 "number may be typed or pasted in place of it.");
	if (form_field_help(field))
		return form_field_help(field);
	if (tui_form_view_state(form, form->focus) == TUI_FIELD_EMPTY)
		return tui_form_view_problem(form, form->focus)->text;
	return NULL;
}

/* On the button: what is wrong with all of the form. */
static const char *form_words(const struct tui_form_view *form)
{
	for (size_t i = 0; i < form->refused.count; i++)
		if (!form->refused.list[i].field)
			return form->refused.list[i].text;
	if (tui_form_view_left(form))
		return _("Fields that are not right yet keep the information "
			 "from being sent; all else can go on.");
	return NULL;
}

/* Help for the focused field, or what is wrong with all of the form; free()
 * it. NULL: there is nothing to say. */
static char *help_of(const struct tui_form_view *form,
		     const struct tui_area *area)
{
	const struct form_field *field = tui_form_view_field(form);
	const char *text = field ? field_words(form, field) : form_words(form);

	/* The label in full, where its row has no room for it. */
	if (field && text_width(_(field->label)) > label_cols(area))
		return mem_printf("%s%s%s", _(field->label), text ? ": " : "",
				  text ? text : "");
	return mem_dup(text);
}

static void draw_help(const char *help, const struct tui_area *area)
{
	if (area->rows > 1)
		tui_rule(area, 0, NULL);
	if (help)
		tui_paragraph(area, area->rows > 1, 2, area->cols - 3,
			      area->rows > 1 ? area->rows - 1 : 1, TUI_PLAIN,
			      help);
}

/* The rows at the foot for HELP; none where it does not fit: then it stands
 * below its field, and scrolls with it. */
static int foot_rows(const char *help, const struct tui_area *area)
{
	bool fits = !help || text_width(help) <= area->cols - 3;

	if (area->rows >= 12)
		return 3;
	return area->rows >= 6 && fits;
}

void information_layout(struct tui_wizard *wizard, void *arg,
			const struct tui_area *area)
{
	(void)wizard;
	(void)arg;
	(void)area; /* the page is made and scrolled when it is drawn */
}

void information_draw(const struct tui_wizard *wizard, void *arg,
		      const struct tui_area *area)
{
	struct information *state = arg;
	struct drawing drawing = { wizard, state };
	struct tui_area page = *area;
	struct tui_area foot = *area;
	char *help = NULL;

	if (!state->form.schema) {
		tui_textf(area, 1, 2, -1, TUI_PLAIN,
			  _("%s asks for no form to be filled in here."),
			  wizard->app->profile->provider->title);
		return;
	}
	help = help_of(&state->form, area);
	foot.rows = foot_rows(help, area);
	foot.top += area->rows - foot.rows;
	page.top++;
	page.rows -= 1 + foot.rows;
	draw_title(wizard, state, area);
	fill_page(state, &page, foot.rows ? NULL : help);
	tui_page_fit(&state->page, page.rows, state->form.focus);
	tui_page_draw(&state->page, &page, draw_field, &drawing);
	if (foot.rows)
		draw_help(help, &foot);
	if (state->chooser.open)
		tui_chooser_draw(
			&state->chooser, area,
			form_answer(state->form.answers,
				    tui_form_view_field(&state->form)->key));
	mem_free_private(help);
}
