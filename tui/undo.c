/* SPDX-License-Identifier: MIT */
/* Undoing and doing again: keys, words, and where it was. */
#include "tui/undo.h"

#include <stdlib.h>

#include "tui/draft.h"
#include "tui/form_pick.h"
#include "tui/item_words.h"

#define SHOWN_MOST 80 /* bytes of an answer in a sentence */

enum tui_undo tui_undo_key(int key, bool letters)
{
	switch (key) {
	case TUI_CTRL('_'):
		return TUI_UNDO;
	case TUI_CTRL('R'):
		return TUI_REDO;
	case 'u':
	case 'z':
		return letters ? TUI_UNDO : TUI_UNDO_NOT;
	case 'Z':
		return letters ? TUI_REDO : TUI_UNDO_NOT;
	default:
		return TUI_UNDO_NOT;
	}
}

/* SUBJECT was WAS and is NOW. */
static void say(struct tui_wizard *wizard, enum tui_undo what,
		const char *subject, const char *was, const char *now)
{
	char shown[SHOWN_MOST];

	text_clean_ends(shown, sizeof(shown),
			*now || what == TUI_REDO ? now : was);
	if (what == TUI_UNDO && *now)
		tui_say(wizard, _("undone: %s is '%s' again"), subject, shown);
	else if (what == TUI_UNDO && *was)
		tui_say(wizard, _("undone: %s, was '%s'"), subject, shown);
	else if (what == TUI_UNDO)
		tui_say(wizard, _("undone: %s"), subject);
	else if (*now)
		tui_say(wizard, _("done again: %s is '%s'"), subject, shown);
	else
		tui_say(wizard, _("done again: %s is empty"), subject);
}

static char *answer_words(const struct form_field *field, const char *answer)
{
	return field && *answer ? form_field_show(field, answer)
				: mem_dup(answer);
}

static void say_answer(struct tui_wizard *wizard, enum tui_undo what,
		       const struct case_change *change)
{
	const struct case_form *form =
		tui_form_named(&wizard->checklist, change->form);
	const struct form_field *field =
		form && change->key ? form_field_find(form->schema, change->key)
				    : NULL;
	const char *title =
		form ? tui_requirement_label(form->requirement) : change->form;

	if (!change->key && what == TUI_UNDO) {
		tui_say(wizard,
			_("undone: what was filled in of %s is there "
			  "again"),
			title);
	} else if (!change->key) {
		say(wizard, what, title, "", "");
	} else {
		char *was = answer_words(field, change->was);
		/* What the provider knows, where nothing is drafted. */
		char *now = answer_words(
			field, form ? form_answer(form->answers, change->key)
				    : change->now);

		say(wizard, what, field ? _(field->label) : change->key, was,
		    now);
		mem_free_private(was);
		mem_free_private(now);
	}
}

static const char *country_words(const char *code)
{
	const struct country *country = country_find(code);

	return country ? country->name : code;
}

static void say_slot(struct tui_wizard *wizard, enum tui_undo what,
		     const struct case_change *change)
{
	const struct doc_type *type =
		tui_type_of(wizard, change->key, change->party);
	const char *side = tui_side_word(change->side);
	char *slot = mem_printf("%s%s%s", type ? _(type->label) : change->key,
				*side ? " · " : "", side);

	if (text_same(change->was, change->now)) {
		char *country = mem_printf("%s · %s", slot, _("country"));

		say(wizard, what, country, country_words(change->was_country),
		    country_words(change->now_country));
		free(country);
	} else {
		say(wizard, what, slot, tui_base_name(change->was),
		    tui_base_name(change->now));
	}
	free(slot);
}

bool tui_undo(struct tui_wizard *wizard, enum tui_undo what,
	      struct case_change *change)
{
	struct tui_app *app = wizard->app;
	int64_t id = wizard->checklist.case_id;
	struct err err = { 0 };
	int got = 0;

	if (id)
		got = what == TUI_UNDO
			      ? case_undo(app->store, id, change, &err)
			      : case_redo(app->store, id, change, &err);
	if (got < 0) {
		tui_say_err(wizard, &err);
		return false;
	}
	if (!got) {
		tui_say(wizard, "%s",
			what == TUI_UNDO
				? _("There is nothing to undo. What was sent "
				    "or waits to be stays as it is.")
				: _("There is nothing to do again."));
		return false;
	}
	tui_wizard_reload(wizard);
	if (change->form)
		say_answer(wizard, what, change);
	else
		say_slot(wizard, what, change);
	return true;
}

void tui_undo_on_list(struct tui_wizard *wizard, enum tui_undo what)
{
	struct case_change change = { 0 };

	if (!tui_undo(wizard, what, &change))
		return;
	/* As if we came from there. */
	mem_replace(&wizard->last_form, change.form);
	if (!change.form) {
		const struct doc_type *type =
			tui_type_of(wizard, change.key, change.party);

		wizard->slot.type = type;
		wizard->slot.side = change.side;
		mem_replace(&wizard->slot.party, change.party);
	}
	case_change_release(&change);
	tui_go(wizard, &tui_screen_documents);
}
