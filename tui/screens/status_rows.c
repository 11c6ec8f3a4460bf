/* SPDX-License-Identifier: MIT */
/* The status screen: which items have something to tell. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/screens/status.h"
#include "tui/words/item_words.h"

static bool same_group(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a != b && a->group && text_same(a->group, b->group) &&
	       text_same(a->party, b->party);
}

/* Does another one of its group have something to tell? */
static bool has_better(const struct case_checklist *checklist,
		       const struct prov_requirement *req)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (same_group(req, other->requirement) &&
		    other->state != CASE_ITEM_MISSING &&
		    other->state != CASE_ITEM_NOT_NEEDED)
			return true;
	}
	return false;
}

/* Another requirement of ITEM's group, before it or (LATER) anywhere. */
static bool has_other(const struct case_checklist *checklist,
		      const struct case_item *item, bool later)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (other == item && !later)
			return false;
		if (same_group(item->requirement, other->requirement))
			return true;
	}
	return false;
}

bool status_stands_for_group(const struct case_checklist *checklist,
			     const struct case_item *item)
{
	return item->state == CASE_ITEM_MISSING &&
	       has_other(checklist, item, true);
}

/* What may be left out and was is not worth a line here. */
static bool counts(const struct case_checklist *checklist,
		   const struct case_item *item)
{
	if (item->state == CASE_ITEM_MISSING)
		return !item->requirement->optional && !item->side_optional &&
		       !has_better(checklist, item->requirement) &&
		       !has_other(checklist, item, false);
	/* Nor what was there before anybody came here. */
	if (item->state == CASE_ITEM_SENT && item->form && !item->submission)
		return !item->requirement->optional;
	return item->state != CASE_ITEM_NOT_NEEDED;
}

void status_rows_build(const struct case_checklist *checklist,
		       struct status *state)
{
	free(state->items);
	state->items =
		mem_array(checklist->count + 1, sizeof(struct case_item *));
	state->item_count = 0;
	for (size_t i = 0; i < checklist->count; i++)
		if (counts(checklist, &checklist->items[i]))
			state->items[state->item_count++] =
				&checklist->items[i];
}

const struct case_item *status_item(const struct status *state, size_t field)
{
	return field < state->item_count ? state->items[field] : NULL;
}

const struct case_event *status_event(const struct status *state, size_t field)
{
	size_t at = field - state->item_count;

	return field >= state->item_count && at < state->events.count
		       ? &state->events.list[at]
		       : NULL;
}
