/* SPDX-License-Identifier: MIT */
#include "tui/words/form_pick.h"

#include <string.h>

#include "tui/words/item_words.h"

bool tui_form_adds(const struct case_form *form)
{
	return form->requirement->form->use == PROV_FORM_PARTY;
}

bool tui_form_begun(const struct case_form *form)
{
	struct form_answers *known = form_answers_new();
	struct findings ignored = { 0 };
	bool begun = false;

	if (!form->requirement->known ||
	    form_answers_from_json(form->schema, form->requirement->known,
				   known, &ignored, &(struct err){ 0 }) == 0)
		begun = !form_answers_say(known, form->answers);
	findings_release(&ignored);
	form_answers_free(known);
	return begun;
}

/* The lower, the sooner. */
static int urgency(const struct case_item *item)
{
	bool optional = item->requirement->optional;

	switch (item->state) {
	case CASE_ITEM_REJECTED:
		return 0;
	case CASE_ITEM_DRAFT:
		return findings_errors(&item->form->findings) ? 1 : 3;
	case CASE_ITEM_MISSING:
		return !optional ? 2 : tui_form_adds(item->form) ? 4 : 5;
	default:
		/* One more can always be added; the others are done. */
		return tui_form_adds(item->form) ? 6 : 7;
	}
}

const struct case_form *tui_form_urgent(const struct case_checklist *checklist)
{
	const struct case_item *found = NULL;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (item->form && (!found || urgency(item) < urgency(found)))
			found = item;
	}
	return found ? found->form : NULL;
}

const struct case_form *tui_form_named(const struct case_checklist *checklist,
				       const char *name)
{
	for (size_t i = 0; name && i < checklist->form_count; i++)
		if (strcmp(checklist->forms[i].name, name) == 0)
			return &checklist->forms[i];
	return NULL;
}

/* Forms in the order of the checklist, where the customer stands first. */
static const struct case_form *form_after(const struct case_checklist *list,
					  size_t item)
{
	for (size_t i = item; i < list->count; i++)
		if (list->items[i].form)
			return list->items[i].form;
	return NULL;
}

/* The row of FORM, or NULL. */
static const struct case_item *item_of(const struct case_checklist *checklist,
				      const struct case_form *form)
{
	for (size_t i = 0; form && i < checklist->count; i++)
		if (checklist->items[i].form == form)
			return &checklist->items[i];
	return NULL;
}

const struct case_form *tui_form_next(const struct case_checklist *checklist,
				      const struct case_form *form)
{
	const struct case_item *item = item_of(checklist, form);
	const struct case_form *next = NULL;

	if (item)
		next = form_after(checklist,
				  (size_t)(item - checklist->items) + 1);
	return next ? next : form_after(checklist, 0);
}

size_t tui_form_place(const struct case_checklist *checklist,
		      const struct case_form *form)
{
	size_t place = 0;

	for (size_t i = 0; i < checklist->count; i++) {
		place += checklist->items[i].form != NULL;
		if (checklist->items[i].form == form)
			break;
	}
	return place;
}

size_t tui_form_count(const struct case_checklist *checklist)
{
	size_t count = 0;

	for (size_t i = 0; i < checklist->count; i++)
		count += checklist->items[i].form != NULL;
	return count;
}

/* The first form about PARTY, one that has the field KEY before others. */
static const struct case_form *form_about(const struct case_checklist *list,
					  const char *party, const char *key)
{
	const struct case_form *found = NULL;

	for (size_t i = 0; i < list->form_count; i++) {
		const struct case_form *form = &list->forms[i];

		if (tui_form_adds(form) ||
		    !text_same(form->requirement->party, party))
			continue;
		if (key && form_field_find(form->schema, key))
			return form;
		found = found ? found : form;
	}
	return found;
}

/* Where the data that ITEM was rejected for are corrected: its own form, one
 * about the same party, else one about the customer; or NULL. */
static const struct case_form *
to_correct(const struct case_checklist *checklist, const struct case_item *item)
{
	const char *key = tui_wrong_field(item->submission);
	const struct case_form *form = NULL;

	if (item->form)
		return item->form;
	form = form_about(checklist, item->requirement->party, key);
	return form ? form : form_about(checklist, NULL, key);
}

const struct case_form *tui_form_for(const struct case_checklist *checklist,
				     const struct case_item *item)
{
	bool data = item->state == CASE_ITEM_REJECTED && item->reason &&
		    item->reason->next == PROV_NEXT_CORRECT_DATA;

	if (item->form)
		return item->form;
	return data ? to_correct(checklist, item) : NULL;
}

/* A field that was changed since the refusal is another answer. */
static bool was_changed(const struct case_submission *sent,
			const struct form_answers *now, const char *key)
{
	return key && sent->answers &&
	       !form_answer_is(now, key, form_answer(sent->answers, key));
}

void tui_form_refused(const struct case_checklist *checklist,
		      const struct case_form *form, struct findings *out)
{
	const struct case_item *item = item_of(checklist, form);
	const struct case_submission *sent = item ? item->submission : NULL;
	const char *why = item ? tui_item_why(item) : NULL;
	const char *only = NULL;

	/* The next new party has other answers, right or wrong. */
	if (tui_form_adds(form) && item && item->state != CASE_ITEM_REJECTED)
		return;
	if (sent && sent->state == CASE_REFUSED)
		for (size_t i = 0; i < sent->problems.count; i++) {
			const struct finding *finding = &sent->problems.list[i];

			if (!was_changed(sent, form->answers, finding->field))
				findings_add(out, finding->severity,
					     finding->code, finding->field,
					     "%s", finding->text);
		}
	/* One that names no field stands above the whole form, unless its
	 * reason does, or there is but one that can be meant. */
	only = form->schema->fields[1].key ? NULL : form->schema->fields[0].key;
	if (item && item->reason && item->reason->field)
		only = item->reason->field;
	if (item && item->state == CASE_ITEM_REJECTED && !out->count &&
	    (why || only))
		findings_add(out, FINDING_ERROR, "refused", only, "%s",
			     why ? why
				 : _("the provider asks for another answer"));
}

const struct case_form *
tui_form_goes_before(const struct case_checklist *checklist,
		     const struct case_form *form)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (!item->form || item->form == form ||
		    item->requirement->optional ||
		    item->requirement->form->rank >=
			    form->requirement->form->rank)
			continue;
		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_REJECTED ||
		    (item->state == CASE_ITEM_DRAFT &&
		     !case_item_ready(item, checklist)))
			return item->form;
	}
	return NULL;
}
