/* SPDX-License-Identifier: MIT */
/* A form being filled in: focus, typing, answers, problems. */
#include "tui/widgets/form_view.h"

#include <stdlib.h>
#include <string.h>

bool tui_form_typed(const struct form_field *field)
{
	switch (field->kind) {
	case FORM_TEXT:
	case FORM_NUMBER:
	case FORM_MONEY:
	case FORM_PHONE:
	case FORM_DATE:
	case FORM_TAX_ID:
	case FORM_EMAIL:
	case FORM_URL:
		return true;
	case FORM_CHOICE:
	case FORM_MULTI:
	case FORM_COUNTRY:
	case FORM_YES_NO:
		break;
	}
	return false;
}

char *tui_form_kept_words(const struct form_field *field, const char *typed,
			  const char *answer)
{
	char *trimmed = text_trim(typed);
	char *shown = NULL;
	char *words = NULL;

	/* Of words, only how they are encoded is another. */
	if (tui_form_typed(field) && field->kind != FORM_TEXT && *answer &&
	    !text_same(trimmed, answer)) {
		shown = form_field_show(field, answer);
		if (!text_same(trimmed, shown))
			words = mem_printf(_("%s is kept as %s."),
					   _(field->label), shown);
	}
	mem_free_private(shown);
	mem_free_private(trimmed);
	return words;
}

const struct form_field *tui_form_view_field(const struct tui_form_view *view)
{
	return view->focus < view->count ? view->shown[view->focus] : NULL;
}

const char *tui_form_view_answer(const struct tui_form_view *view, size_t i)
{
	return form_answer(view->answers, view->shown[i]->key);
}

/* Which fields are shown depends on the answers; the focus stays on its field
 * if that is still there. */
static void show_fields(struct tui_form_view *view)
{
	const struct form_field *focused = tui_form_view_field(view);
	bool on_button = view->count && view->focus >= view->count;
	size_t count = 0;
	size_t focus = view->focus;

	for (const struct form_field *field = view->schema->fields; field->key;
	     field++) {
		if (!form_field_shown(field, view->answers))
			continue;
		if (field == focused)
			focus = count;
		view->shown[count++] = field;
	}
	view->count = count;
	view->focus = on_button || focus > count ? count : focus;
	findings_release(&view->problems);
	form_check(view->schema, view->answers, &view->problems);
}

/* What is typed starts from the answer; for people, not as it is stored. */
static void load_edit(struct tui_form_view *view)
{
	const struct form_field *field = tui_form_view_field(view);
	char prefix[TUI_FORM_PREFIX];

	tui_edit_release(&view->edit);
	if (!field || !tui_form_typed(field))
		return;
	view->edit.private = field->flags & FORM_PRIVATE;
	if (tui_form_view_prefix(view, prefix))
		tui_edit_set(&view->edit, prefix);
	else
		tui_edit_set(&view->edit,
			     form_answer(view->answers, field->key));
}

void tui_form_view_init(struct tui_form_view *view,
			const struct form_schema *schema,
			const struct form_answers *answers,
			const struct form_answers *known,
			const struct findings *refused)
{
	size_t fields = 0;

	*view = (struct tui_form_view){ .schema = tui_schema_copy(schema) };
	view->answers =
		answers ? form_answers_copy(answers) : form_answers_new();
	view->known = form_answers_copy(known);
	if (refused)
		findings_append(&view->refused, refused);
	while (schema->fields[fields].key)
		fields++;
	view->shown = mem_array(fields + 1, sizeof(struct form_field *));
	show_fields(view);
	load_edit(view);
}

void tui_form_view_release(struct tui_form_view *view)
{
	form_answers_free(view->answers);
	form_answers_free(view->known);
	findings_release(&view->problems);
	findings_release(&view->refused);
	tui_edit_release(&view->edit);
	free(view->shown);
	tui_schema_free(view->schema);
	*view = (struct tui_form_view){ 0 };
}

void tui_form_view_renew(struct tui_form_view *view,
			 const struct form_schema *schema)
{
	struct form_schema *old = view->schema;
	struct form_schema *copy = NULL;

	if (tui_schema_same(old, schema))
		return;
	copy = tui_schema_copy(schema);
	/* The rows are the same ones, in the same places. */
	for (size_t i = 0; i < view->count; i++)
		view->shown[i] = &copy->fields[view->shown[i] - old->fields];
	view->schema = copy;
	show_fields(view);
	tui_schema_free(old);
}

/* What the provider said of FIELD was about another answer. */
static void drop_refusal(struct tui_form_view *view, const char *key)
{
	struct findings kept = { 0 };

	for (size_t i = 0; i < view->refused.count; i++) {
		const struct finding *finding = &view->refused.list[i];

		if (!finding->field || strcmp(finding->field, key) != 0)
			findings_add(&kept, finding->severity, finding->code,
				     finding->field, "%s", finding->text);
	}
	findings_release(&view->refused);
	view->refused = kept;
}

/* The answer of FIELD has been set: what follows from it. */
static const struct form_field *changed(struct tui_form_view *view,
					const struct form_field *field)
{
	drop_refusal(view, field->key);
	show_fields(view);
	return field;
}

const struct form_field *tui_form_view_put(struct tui_form_view *view,
					   const char *value)
{
	const struct form_field *field = tui_form_view_field(view);

	if (!field || form_answer_is(view->answers, field->key, value))
		return NULL;
	form_answer_set(view->answers, field->key, value);
	return changed(view, field);
}

const struct form_field *tui_form_view_accept(struct tui_form_view *view)
{
	const struct form_field *field = tui_form_view_field(view);
	const struct form_field *ret = NULL;
	const char *typed = tui_form_view_typed(view);
	char *value = NULL;

	if (!field || !tui_form_typed(field))
		return NULL;
	/* As stored and untouched: parsing it again could only change it. */
	if (form_answer_is(view->answers, field->key, typed))
		return NULL;
	value = form_field_typed(field, typed);
	ret = tui_form_view_put(view, value);
	tui_edit_set(&view->edit, value);
	mem_free_private(value);
	return ret;
}

void tui_form_view_go(struct tui_form_view *view, size_t i)
{
	view->focus = i < view->count ? i : view->count;
	load_edit(view);
}

bool tui_form_view_go_key(struct tui_form_view *view, const char *key)
{
	for (size_t i = 0; key && i < view->count; i++)
		if (strcmp(view->shown[i]->key, key) == 0) {
			tui_form_view_go(view, i);
			return true;
		}
	return false;
}

void tui_form_view_go_wrong(struct tui_form_view *view)
{
	size_t i = 0;

	while (i < view->count && tui_form_view_state(view, i) == TUI_FIELD_OK)
		i++;
	tui_form_view_go(view, i);
}

/* The field that the section of field I begins with. */
static size_t section_start(const struct tui_form_view *view, size_t i)
{
	while (i > 0 && tui_form_view_section(view, i - 1) ==
				tui_form_view_section(view, i))
		i--;
	return i;
}

void tui_form_view_go_section(struct tui_form_view *view, int direction)
{
	size_t at = view->focus;

	if (direction > 0) {
		while (at < view->count &&
		       section_start(view, at) ==
			       section_start(view, view->focus))
			at++;
	} else if (at > 0) {
		at = section_start(view, at < view->count ? at : at - 1);
		if (at == view->focus && at > 0)
			at = section_start(view, at - 1);
	}
	tui_form_view_go(view, at);
}

const struct form_field *tui_form_view_cycle(struct tui_form_view *view,
					     int direction)
{
	const struct form_field *field = tui_form_view_field(view);
	const char *answer =
		field ? form_answer(view->answers, field->key) : "";
	int count = 0;
	int at = -1;

	if (!field || field->kind != FORM_CHOICE || !field->choices)
		return NULL;
	for (; field->choices[count].code; count++)
		if (strcmp(field->choices[count].code, answer) == 0)
			at = count;
	if (!count)
		return NULL;
	if (at < 0)
		at = direction > 0 ? 0 : count - 1;
	else
		at = (at + direction + count) % count;
	return tui_form_view_put(view, field->choices[at].code);
}

const struct form_field *tui_form_view_flip(struct tui_form_view *view)
{
	const struct form_field *field = tui_form_view_field(view);

	if (!field || field->kind != FORM_YES_NO)
		return NULL;
	return tui_form_view_put(
		view, form_answer_is(view->answers, field->key, "true")
			      ? "false"
			      : "true");
}

const struct form_field *tui_form_view_mark(struct tui_form_view *view,
					    const char *code)
{
	const struct form_field *field = tui_form_view_field(view);

	if (!field || field->kind != FORM_MULTI)
		return NULL;
	form_answer_toggle(view->answers, field, code);
	return changed(view, field);
}

const struct finding *tui_form_view_problem(const struct tui_form_view *view,
					    size_t i)
{
	const struct finding *finding =
		findings_for(&view->refused, view->shown[i]->key);

	return finding ? finding
		       : findings_for(&view->problems, view->shown[i]->key);
}

enum tui_field_state tui_form_view_state(const struct tui_form_view *view,
					 size_t i)
{
	const char *key = view->shown[i]->key;
	const struct finding *ours = findings_for(&view->problems, key);

	if (findings_for(&view->refused, key))
		return TUI_FIELD_WRONG;
	if (!ours || ours->severity != FINDING_ERROR)
		return TUI_FIELD_OK;
	return tui_form_view_answer(view, i)[0] ? TUI_FIELD_WRONG
						: TUI_FIELD_EMPTY;
}

bool tui_form_view_is_known(const struct tui_form_view *view, size_t i)
{
	const char *answer = tui_form_view_answer(view, i);

	return view->known && answer[0] &&
	       form_answer_is(view->known, view->shown[i]->key, answer);
}

/* A heading holds until the next one, also when the field that carries it is
 * not shown. */
const char *tui_form_view_section(const struct tui_form_view *view, size_t i)
{
	const struct form_field *field =
		i < view->count ? view->shown[i] : NULL;

	for (; field; field--) {
		if (field->section)
			return field->section;
		if (field == view->schema->fields)
			break;
	}
	return NULL;
}

size_t tui_form_view_left(const struct tui_form_view *view)
{
	size_t left = 0;

	for (size_t i = 0; i < view->count; i++)
		left += tui_form_view_state(view, i) != TUI_FIELD_OK;
	return left;
}
