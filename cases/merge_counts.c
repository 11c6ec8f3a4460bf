/* SPDX-License-Identifier: MIT */
/* What items mean for each other: groups of which one will do, bundles that go
 * together, and what is still to be done. */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

static bool is_chosen(enum case_item_state state)
{
	return state != CASE_ITEM_MISSING && state != CASE_ITEM_REJECTED &&
	       state != CASE_ITEM_NOT_NEEDED;
}

static bool is_rejected(enum case_item_state state)
{
	return state == CASE_ITEM_REJECTED;
}

static bool same_group(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a == b ||
	       (a->group && b->group && text_same(a->group, b->group) &&
		text_same(a->party, b->party));
}

/* One thing that could be chosen of a group: both sides of a document, even
 * where each is a requirement of its own. */
static bool same_thing(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a == b || (same_group(a, b) && a->type && b->type &&
			  text_same(a->type->code, b->type->code));
}

/* Does WANTED hold for an item of the same thing as REQ? */
static bool any_of_thing(const struct case_checklist *list,
			 const struct prov_requirement *req,
			 bool (*wanted)(enum case_item_state state))
{
	for (size_t i = 0; i < list->count; i++)
		if (wanted(list->items[i].state) &&
		    same_thing(list->items[i].requirement, req))
			return true;
	return false;
}

/* And for one of its group that is another thing? */
static bool any_instead(const struct case_checklist *list,
			const struct prov_requirement *req,
			bool (*wanted)(enum case_item_state state))
{
	for (size_t i = 0; i < list->count; i++) {
		const struct prov_requirement *other =
			list->items[i].requirement;

		if (wanted(list->items[i].state) && same_group(other, req) &&
		    !same_thing(other, req))
			return true;
	}
	return false;
}

static bool first_of_group(const struct case_checklist *list, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_group(list->items[i].requirement,
			       list->items[at].requirement))
			return false;
	return true;
}

static void mark_not_needed(struct case_checklist *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct case_item *item = &list->items[i];
		const struct prov_requirement *req = item->requirement;

		if (item->state == CASE_ITEM_MISSING && req->group &&
		    !any_of_thing(list, req, is_chosen) &&
		    any_instead(list, req, is_chosen))
			item->state = CASE_ITEM_NOT_NEEDED;
	}
}

static bool counts_as_missing(const struct case_checklist *list, size_t at)
{
	const struct case_item *item = &list->items[at];
	const struct prov_requirement *req = item->requirement;

	if (item->state != CASE_ITEM_MISSING || item->side_optional ||
	    req->optional || req->kind == PROV_REQ_START)
		return false;
	if (!req->group || any_of_thing(list, req, is_chosen))
		return true;
	return !any_of_thing(list, req, is_rejected) &&
	       !any_instead(list, req, is_rejected) && first_of_group(list, at);
}

/* What nobody asks for any more is nothing to be done. One of its group that
 * is chosen instead makes up for it. */
static bool counts_as_rejected(const struct case_checklist *list, size_t at)
{
	const struct case_item *item = &list->items[at];

	return item->state == CASE_ITEM_REJECTED && !item->unasked &&
	       !any_instead(list, item->requirement, is_chosen);
}

/* Is a side of the same paper counted already? */
static bool rejected_before(const struct case_checklist *list, size_t at)
{
	const struct prov_requirement *req = list->items[at].requirement;

	for (size_t i = 0; req->type && i < at; i++) {
		const struct prov_requirement *other =
			list->items[i].requirement;

		if (other->type && counts_as_rejected(list, i) &&
		    text_same(other->type->code, req->type->code) &&
		    text_same(other->party, req->party))
			return true;
	}
	return false;
}

bool case_item_ready(const struct case_item *item,
		     const struct case_checklist *list)
{
	const struct case_document *doc = item->document;
	struct findings findings = { 0 };
	bool ready;

	(void)list;
	if (item->state != CASE_ITEM_DRAFT || item->unasked)
		return false;
	if (item->requirement->kind != PROV_REQ_DOCUMENT)
		return !findings_errors(&item->form->findings);
	doc_check_choice(item->requirement->type, doc->side, doc->country,
			 &findings);
	ready = doc->checked && *doc->facts.sha256 &&
		!findings_errors(&doc->findings) && !findings_errors(&findings);
	findings_release(&findings);
	return ready;
}

static bool same_bundle(const struct case_item *a, const struct case_item *b)
{
	return a->requirement->bundle && b->requirement->bundle &&
	       text_same(a->requirement->bundle, b->requirement->bundle) &&
	       text_same(a->requirement->party, b->requirement->party);
}

/* Would it go along, is it on its way, or is it there? */
static bool is_at_hand(const struct case_item *item,
		       const struct case_checklist *list)
{
	if (item->state == CASE_ITEM_DRAFT)
		return case_item_ready(item, list);
	return is_chosen(item->state);
}

/* Are all sides of the thing that ITEM belongs to at hand? */
static bool thing_is_whole(const struct case_checklist *list,
			   const struct case_item *item)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *other = &list->items[i];

		if (same_thing(other->requirement, item->requirement) &&
		    !other->side_optional && !is_at_hand(other, list))
			return false;
	}
	return true;
}

/* Does MEMBER of a bundle let the others go? What is optional has no say,
 * unless it was chosen and is not ready: it would be left behind. */
static bool lets_go(const struct case_checklist *list,
		    const struct case_item *member)
{
	const struct prov_requirement *req = member->requirement;

	if (is_at_hand(member, list))
		return true;
	if (!req->group && (req->optional || member->side_optional))
		return member->state != CASE_ITEM_DRAFT;
	if (member->side_optional || req->optional)
		return true;
	for (size_t i = 0; req->group && i < list->count; i++)
		if (same_group(list->items[i].requirement, req) &&
		    thing_is_whole(list, &list->items[i]))
			return true;
	return false;
}

static void mark_waiting(struct case_checklist *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct case_item *item = &list->items[i];

		if (!case_item_ready(item, list))
			continue;
		for (size_t j = 0; j < list->count && !item->waits; j++)
			item->waits = same_bundle(item, &list->items[j]) &&
				      !lets_go(list, &list->items[j]);
	}
}

bool merge_repeats_form(const struct case_checklist *list, size_t at)
{
	const struct case_form *form = list->items[at].form;

	for (size_t i = 0; form && i < at; i++)
		if (list->items[i].form &&
		    text_same(list->items[i].form->name, form->name))
			return true;
	return false;
}

/* Of a form that makes parties several may be under way at once. */
static unsigned in_flight(const struct case_checklist *list,
			  const struct case_item *item)
{
	unsigned count = 0;

	if (!item->form ||
	    item->form->requirement->form->use != PROV_FORM_PARTY)
		return item->state == CASE_ITEM_QUEUED ||
		       item->state == CASE_ITEM_UNSURE;
	for (size_t i = 0; i < list->submissions.count; i++)
		count += merge_is_about(&list->submissions.list[i], item) &&
			 merge_is_unsettled(&list->submissions.list[i]);
	return count;
}

static void count_part(struct case_checklist *list, struct case_part *part)
{
	for (size_t i = part->first; i < part->first + part->count; i++) {
		const struct case_item *item = &list->items[i];

		part->missing += counts_as_missing(list, i);
		part->rejected += counts_as_rejected(list, i) &&
				  !rejected_before(list, i);
		if (merge_repeats_form(list, i))
			continue;
		list->ready += case_item_ready(item, list);
		list->in_flight += in_flight(list, item);
	}
	list->missing += part->missing;
	list->rejected += part->rejected;
}

void merge_count(struct case_checklist *list)
{
	mark_not_needed(list);
	mark_waiting(list);
	list->missing = list->ready = list->rejected = list->in_flight = 0;
	for (size_t i = 0; i < list->part_count; i++)
		count_part(list, &list->parts[i]);
}
