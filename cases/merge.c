/* SPDX-License-Identifier: MIT */
/*
 * What the provider wants, what was drafted and what was sent, made into one
 * list: the customer, then party by party, forms before all else. Nothing here
 * looks at the record or a clock.
 */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

static bool same_requirement(const struct prov_requirement *a,
			     const struct prov_requirement *b)
{
	if (a->kind != b->kind || !text_same(a->party, b->party))
		return false;
	if (a->kind == PROV_REQ_DOCUMENT)
		return text_same(a->type->code, b->type->code);
	return text_same(a->code, b->code) &&
	       (a->kind != PROV_REQ_INFORMATION || a->form == b->form);
}

static bool is_listed(const struct case_checklist *list,
		      const struct case_item *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].side == item->side &&
		    same_requirement(list->items[i].requirement,
				     item->requirement))
			return true;
	return false;
}

static const struct case_form *form_of(const struct case_checklist *list,
				       const struct prov_requirement *req)
{
	for (size_t i = 0; i < list->form_count; i++)
		if (list->forms[i].requirement == req)
			return &list->forms[i];
	for (size_t i = 0; i < list->gone_count; i++)
		if (list->gone[i].requirement == req)
			return &list->gone[i];
	return NULL;
}

static void add_item(const struct merge *merge,
		     const struct prov_requirement *req, enum doc_side side,
		     bool side_optional, bool unasked)
{
	struct case_checklist *list = merge->list;
	struct case_item item = {
		.requirement = req,
		.form = form_of(list, req),
		.side = side,
		.side_optional = side_optional,
		.unasked = unasked,
	};

	if (is_listed(list, &item))
		return;
	merge_item(merge, &item);
	list->items = mem_grow(list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = item;
}

static void add_requirement(const struct merge *merge,
			    const struct prov_requirement *req, bool unasked)
{
	enum doc_sides sides = req->kind == PROV_REQ_DOCUMENT ? req->type->sides
							      : DOC_NO_SIDES;

	if (sides == DOC_NO_SIDES || req->side != DOC_SIDE_NONE) {
		add_item(merge, req, req->side, false, unasked);
		return;
	}
	add_item(merge, req, DOC_SIDE_FRONT, false, unasked);
	/* One file may show both sides: the back is asked for, not demanded. */
	if (sides == DOC_FRONT_AND_BACK)
		add_item(merge, req, DOC_SIDE_BACK, true, unasked);
}

/* Is REQ about PARTY? What is about nobody who is listed is shown with the
 * customer. */
static bool is_of(const struct prov_customer *customer,
		  const struct prov_requirement *req,
		  const struct prov_party *party)
{
	if (!party)
		return !prov_customer_party(customer, req->party);
	return text_same(req->party, party->id);
}

static void add_wanted(const struct merge *merge,
		       const struct prov_party *party, bool forms)
{
	const struct prov_customer *customer = &merge->list->customer;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if ((req->kind == PROV_REQ_INFORMATION) == forms &&
		    is_of(customer, req, party))
			add_requirement(merge, req, false);
	}
}

static void add_part(const struct merge *merge, struct case_part *part,
		     const struct prov_party *party)
{
	struct case_checklist *list = merge->list;

	*part = (struct case_part){ .party = party, .first = list->count };
	add_wanted(merge, party, true);
	add_wanted(merge, party, false);
	for (size_t i = 0; i < list->unasked_count; i++)
		if (is_of(&list->customer, &list->unasked[i], party))
			add_requirement(merge, &list->unasked[i], true);
	part->count = list->count - part->first;
}

void case_checklist_merge(struct case_checklist *list, int64_t stage_since_ms)
{
	const struct merge merge = { list, stage_since_ms };
	const struct prov_customer *customer = &list->customer;

	list->reasons =
		mem_array(list->submissions.count, sizeof(*list->reasons));
	list->part_count = customer->party_count + 1;
	list->parts = mem_array(list->part_count, sizeof(*list->parts));
	add_part(&merge, &list->parts[0], NULL);
	for (size_t i = 0; i < customer->party_count; i++)
		add_part(&merge, &list->parts[i + 1], &customer->parties[i]);
	merge_count(list);
}
