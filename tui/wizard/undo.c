/* SPDX-License-Identifier: MIT */
/* Undoing and doing again: keys, words, and where it was. */
#include "tui/wizard/undo.h"

#include <stdlib.h>

#include "tui/wizard/draft.h"
#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"

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
static char *words_of(enum tui_undo what, const char *subject, const char *was,
		      const char *now)
{
	char shown[SHOWN_MOST];

	text_clean_ends(shown, sizeof(shown),
			*now || what == TUI_REDO ? now : was);
	if (what == TUI_UNDO && *now)
		return mem_printf(_("undone: %s is '%s' again"), subject,
				  shown);
	if (what == TUI_UNDO && *was)
		return mem_printf(_("undone: %s, was '%s'"), subject, shown);
	if (what == TUI_UNDO)
		return mem_printf(_("undone: %s"), subject);
	if (*now)
		return mem_printf(_("done again: %s is '%s'"), subject, shown);
	return mem_printf(_("done again: %s is empty"), subject);
}

static char *shown_answer(const struct form_field *field, const char *answer)
{
	return field && *answer ? form_field_show(field, answer)
				: mem_dup(answer);
}

static char *answer_words(const struct case_checklist *list, enum tui_undo what,
			  const struct case_change *change)
{
	const struct case_form *form = tui_form_named(list, change->form);
	const struct form_field *field =
		form && change->key ? form_field_find(form->schema, change->key)
				    : NULL;
	const char *title =
		form ? tui_requirement_label(form->requirement) : change->form;
	char *words = NULL;
	char *was = NULL;
	char *now = NULL;

	if (!change->key && what == TUI_UNDO)
		return mem_printf(_("undone: what was filled in of %s is there "
				    "again"),
				  title);
	if (!change->key)
		return words_of(what, title, "", "");
	was = shown_answer(field, change->was);
	/* What the provider knows, where nothing is drafted. */
	now = shown_answer(field, form ? form_answer(form->answers, change->key)
				       : change->now);
	words = words_of(what, field ? _(field->label) : change->key, was, now);
	mem_free_private(was);
	mem_free_private(now);
	return words;
}

static const char *country_words(const char *code)
{
	const struct country *country = country_find(code);

	return country ? country->name : code;
}

static char *slot_words(const struct provider *provider,
			const struct case_checklist *list, enum tui_undo what,
			const struct case_change *change)
{
	const struct doc_type *type =
		prov_type(provider, change->key,
			  prov_holder(&list->customer, change->party));
	const char *side = tui_side_word(change->side);
	bool same = text_same(change->was, change->now);
	char *slot =
		mem_printf("%s%s%s%s%s", type ? _(type->label) : change->key,
			   *side ? " · " : "", side, same ? " · " : "",
			   same ? _("country") : "");
	char *words =
		same ? words_of(what, slot, country_words(change->was_country),
				country_words(change->now_country))
		     : words_of(what, slot, tui_base_name(change->was),
				tui_base_name(change->now));

	free(slot);
	return words;
}

char *tui_undo_words(const struct provider *provider,
		     const struct case_checklist *list, enum tui_undo what,
		     const struct case_change *change)
{
	if (change->form)
		return answer_words(list, what, change);
	return slot_words(provider, list, what, change);
}

int tui_undo_step(struct case_store *store, int64_t case_id, enum tui_undo what,
		  struct case_change *change, struct err *err)
{
	int got = 0;

	if (case_id)
		got = what == TUI_UNDO ? case_undo(store, case_id, change, err)
				       : case_redo(store, case_id, change, err);
	if (got < 0)
		return -1;
	if (got)
		return 0;
	return err_set(err, ERR_INPUT, "%s",
		       what == TUI_UNDO
			       ? _("there is nothing to undo; what was sent or "
				   "waits to be stays as it is")
			       : _("there is nothing to do again"));
}

bool tui_undo(struct tui_wizard *wizard, enum tui_undo what,
	      struct case_change *change)
{
	struct tui_app *app = wizard->app;
	struct err err = { 0 };
	char *words = NULL;

	if (tui_undo_step(app->store, wizard->checklist.case_id, what, change,
			  &err)) {
		if (err.code == ERR_INPUT)
			tui_say(wizard, "%s", err.text);
		else
			tui_say_err(wizard, &err);
		return false;
	}
	tui_wizard_reload(wizard);
	words = tui_undo_words(app->profile->provider, &wizard->checklist, what,
			       change);
	tui_say(wizard, "%s", words);
	mem_free_private(words);
	return true;
}

bool tui_undo_useful(const struct tui_wizard *wizard)
{
	int64_t id = wizard->checklist.case_id;

	return id && case_undoable(wizard->app->store, id);
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
