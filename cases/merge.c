/* SPDX-License-Identifier: MIT */
/*
 * What the provider wants, what was drafted and what was sent, made into one
 * list. Nothing here looks at the record or a clock.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/checklist.h"
#include "forms/form.h"

struct merge {
	struct case_checklist *list;
	const struct form_schema *schema;
	int64_t stage_since_ms;
};

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_unsettled(const struct case_submission *submission)
{
	return submission && (submission->state == CASE_QUEUED ||
			      submission->state == CASE_SENDING ||
			      submission->state == CASE_UNSURE);
}

static enum case_item_state
state_of_unsettled(const struct case_submission *submission)
{
	return submission->state == CASE_UNSURE ? CASE_ITEM_UNSURE
						: CASE_ITEM_QUEUED;
}

static enum case_item_state
state_of_status(const struct prov_requirement *requirement)
{
	static const enum case_item_state states[] = {
		[PROV_REQ_MISSING] = CASE_ITEM_MISSING,
		[PROV_REQ_SENT] = CASE_ITEM_SENT,
		[PROV_REQ_IN_REVIEW] = CASE_ITEM_IN_REVIEW,
		[PROV_REQ_ACCEPTED] = CASE_ITEM_ACCEPTED,
		[PROV_REQ_REJECTED] = CASE_ITEM_REJECTED,
	};

	return states[requirement->status];
}

static bool is_reviewed(const struct prov_requirement *requirement)
{
	return requirement->status == PROV_REQ_IN_REVIEW ||
	       requirement->status == PROV_REQ_ACCEPTED;
}

/* The latest that says something; cancelled ones only if ALL. */
static const struct case_submission *
find_submission(const struct case_checklist *list, enum prov_rank rank,
		const struct case_item *item, bool all)
{
	const struct prov_requirement *req = item->requirement;

	for (size_t i = list->submissions.count; i-- > 0;) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (sub->rank != rank || (!all && sub->state == CASE_CANCELLED))
			continue;
		if (rank != PROV_RANK_DOCUMENT ||
		    (same_text(sub->type, req->type->code) &&
		     sub->side == item->side &&
		     same_text(sub->party, req->party)))
			return sub;
	}
	return NULL;
}

static const struct case_document *
find_document(const struct case_checklist *list, const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	for (size_t i = 0; i < list->documents.count; i++) {
		const struct case_document *doc = &list->documents.list[i];

		if (same_text(doc->type, req->type->code) &&
		    doc->side == item->side &&
		    same_text(doc->party, req->party))
			return doc;
	}
	return NULL;
}

/* What a submission that was refused leads to: the same thing chosen anew. */
static const struct prov_reason *
reason_of(struct case_checklist *list, const struct case_submission *submission)
{
	struct prov_reason *reason =
		&list->reasons[submission - list->submissions.list];

	if (!reason->message && !reason->code) {
		reason->code = mem_dup(submission->code);
		reason->message = mem_dup(submission->message);
		if (submission->rank == PROV_RANK_DOCUMENT)
			reason->next = PROV_NEXT_NEW_PICTURE;
		else if (submission->rank == PROV_RANK_INFORMATION)
			reason->next = PROV_NEXT_CORRECT_DATA;
	}
	return reason;
}

/* What the provider says, unless something that arrived is newer than that. */
static enum case_item_state state_after(const struct merge *merge,
					const struct prov_requirement *req,
					const struct case_submission *sub)
{
	bool newer = sub->settled_ms > merge->stage_since_ms;

	if (req->status == PROV_REQ_REJECTED && newer)
		return CASE_ITEM_SENT;
	if (req->status != PROV_REQ_MISSING)
		return state_of_status(req);
	/* It arrived and is not mentioned any more: the verification as a
	 * whole speaks for it. */
	if (!newer && merge->list->customer.stage == PROV_STAGE_APPROVED)
		return CASE_ITEM_ACCEPTED;
	return CASE_ITEM_SENT;
}

static enum case_item_state refused(const struct merge *merge,
				    struct case_item *item,
				    const struct case_submission *sub)
{
	if (is_reviewed(item->requirement))
		return state_of_status(item->requirement);
	item->reason = reason_of(merge->list, sub);
	return CASE_ITEM_REJECTED;
}

/*
 * A draft counts until it is queued, and again when it was chosen after what
 * was queued last: the row stays when its file is sent, so that it can be
 * shown. After a refusal the item stays rejected until something newer is
 * chosen; a cancelled one is as if it had never been queued.
 */
static bool draft_counts(const struct case_document *draft,
			 const struct case_submission *sub)
{
	return draft && draft->path &&
	       (!sub || draft->chosen_ms > sub->queued_ms);
}

/* Providers state a document as one: what arrived as its other side says
 * nothing about this one. */
static bool other_side_explains(const struct case_checklist *list,
				const struct case_item *item)
{
	struct case_item other = *item;

	if (item->side == DOC_SIDE_NONE)
		return false;
	other.side =
		item->side == DOC_SIDE_FRONT ? DOC_SIDE_BACK : DOC_SIDE_FRONT;
	return find_submission(list, PROV_RANK_DOCUMENT, &other, false);
}

static enum case_item_state document_state(const struct merge *merge,
					   struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub =
		find_submission(merge->list, PROV_RANK_DOCUMENT, item, false);

	if (is_unsettled(sub))
		return state_of_unsettled(sub);
	if (draft_counts(item->document, sub))
		return CASE_ITEM_DRAFT;
	if (sub && sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	if (sub)
		return state_after(merge, req, sub);
	if (!is_reviewed(req) && other_side_explains(merge->list, item))
		return CASE_ITEM_MISSING;
	return state_of_status(req);
}

static char *spell(const struct form_schema *schema,
		   const struct form_answers *answers)
{
	struct buf json = { 0 };

	form_answers_to_json(schema, answers, NULL, &json);
	return buf_take(&json);
}

static bool same_answers(const struct form_schema *schema,
			 const struct form_answers *a,
			 const struct form_answers *b)
{
	char *left = spell(schema, a);
	char *right = spell(schema, b);
	bool same = strcmp(left, right) == 0;

	mem_free_private(left);
	mem_free_private(right);
	return same;
}

static bool provider_has(const struct merge *merge)
{
	const char *json = merge->list->customer.information;
	struct form_answers *known = form_answers_new();
	struct findings findings = { 0 };
	bool same = json &&
		    !form_answers_from_json(merge->schema, json, known,
					    &findings, &(struct err){ 0 }) &&
		    same_answers(merge->schema, known, merge->list->answers);

	findings_release(&findings);
	form_answers_free(known);
	return same;
}

/* Are the answers something that was not sent? What the provider knows is
 * nothing new, unless it says all the same that the form is missing. */
static bool answers_are_new(const struct merge *merge,
			    const struct prov_requirement *req,
			    const struct case_submission *sub)
{
	const struct form_answers *answers = merge->list->answers;

	if (!merge->schema || !answers || !form_answers_count(answers))
		return false;
	if (sub && sub->answers &&
	    same_answers(merge->schema, sub->answers, answers))
		return false;
	return req->status == PROV_REQ_MISSING || !provider_has(merge);
}

static enum case_item_state information_state(const struct merge *merge,
					      struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub = find_submission(
		merge->list, PROV_RANK_INFORMATION, item, false);

	if (is_unsettled(sub))
		return state_of_unsettled(sub);
	if (answers_are_new(merge, req, sub))
		return findings_errors(&merge->list->answer_findings)
			       ? state_of_status(req)
			       : CASE_ITEM_DRAFT;
	if (sub && sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	return sub ? state_after(merge, req, sub) : state_of_status(req);
}

/* A start counts for the stage it was asked in: after a rejection it can be
 * asked for again. */
static enum case_item_state start_state(const struct merge *merge,
					struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub =
		find_submission(merge->list, PROV_RANK_START, item, false);

	if (is_unsettled(sub))
		return state_of_unsettled(sub);
	if (!sub || sub->settled_ms < merge->stage_since_ms ||
	    req->status != PROV_REQ_MISSING)
		return state_of_status(req);
	if (sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	return CASE_ITEM_SENT;
}

static bool is_listed(const struct case_checklist *list,
		      const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	for (size_t i = 0; i < list->count; i++) {
		const struct prov_requirement *other =
			list->items[i].requirement;

		if (other->kind == req->kind &&
		    list->items[i].side == item->side &&
		    same_text(other->party, req->party) &&
		    (req->kind == PROV_REQ_DOCUMENT
			     ? same_text(other->type->code, req->type->code)
			     : same_text(other->code, req->code)))
			return true;
	}
	return false;
}

static void add_item(const struct merge *merge,
		     const struct prov_requirement *req, enum doc_side side,
		     bool side_optional)
{
	struct case_checklist *list = merge->list;
	struct case_item item = {
		.requirement = req,
		.side = side,
		.side_optional = side_optional,
	};

	if (is_listed(list, &item))
		return;
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		item.document = find_document(list, &item);
		item.submission =
			find_submission(list, PROV_RANK_DOCUMENT, &item, true);
		item.state = document_state(merge, &item);
		break;
	case PROV_REQ_INFORMATION:
		item.submission = find_submission(list, PROV_RANK_INFORMATION,
						  &item, true);
		item.state = information_state(merge, &item);
		break;
	case PROV_REQ_START:
		item.submission =
			find_submission(list, PROV_RANK_START, &item, true);
		item.state = start_state(merge, &item);
		break;
	default:
		item.state = state_of_status(req);
	}
	if (item.state == CASE_ITEM_REJECTED && !item.reason)
		item.reason = &req->reason;
	list->items = mem_grow(list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = item;
}

static void add_requirement(const struct merge *merge,
			    const struct prov_requirement *req)
{
	enum doc_sides sides = req->kind == PROV_REQ_DOCUMENT ? req->type->sides
							      : DOC_NO_SIDES;

	if (sides == DOC_NO_SIDES) {
		add_item(merge, req, DOC_SIDE_NONE, false);
		return;
	}
	add_item(merge, req, DOC_SIDE_FRONT, false);
	/* One file may show both sides: the back is asked for, not demanded. */
	if (sides == DOC_FRONT_AND_BACK)
		add_item(merge, req, DOC_SIDE_BACK, true);
}

static bool is_of(const struct prov_customer *customer,
		  const struct prov_requirement *req, const char *party)
{
	if (req->party && !prov_customer_party(customer, req->party))
		return !party || same_text(req->party, party);
	return same_text(req->party, party);
}

/* INFORMATION: the form alone; else all but the form. */
static void add_all_of(const struct merge *merge, const char *party,
		       bool information)
{
	const struct prov_customer *customer = &merge->list->customer;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if ((req->kind == PROV_REQ_INFORMATION) == information &&
		    is_of(customer, req, party))
			add_requirement(merge, req);
	}
}

static bool is_chosen(enum case_item_state state)
{
	return state != CASE_ITEM_MISSING && state != CASE_ITEM_REJECTED &&
	       state != CASE_ITEM_NOT_NEEDED;
}

static bool same_group(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a == b ||
	       (a->group && b->group && same_text(a->group, b->group) &&
		same_text(a->party, b->party));
}

/* Does WANTED hold for an item of the same requirement (or group)? */
static bool any_item(const struct case_checklist *list,
		     const struct prov_requirement *req, bool whole_group,
		     bool (*wanted)(enum case_item_state state))
{
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];

		if (wanted(item->state) &&
		    (whole_group ? same_group(item->requirement, req)
				 : item->requirement == req))
			return true;
	}
	return false;
}

static bool is_rejected(enum case_item_state state)
{
	return state == CASE_ITEM_REJECTED;
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
		    !any_item(list, req, false, is_chosen) &&
		    any_item(list, req, true, is_chosen))
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
	if (!req->group || any_item(list, req, false, is_chosen))
		return true;
	return !any_item(list, req, true, is_rejected) &&
	       first_of_group(list, at);
}

bool case_item_ready(const struct case_item *item,
		     const struct case_checklist *list)
{
	const struct case_document *doc = item->document;
	struct findings findings = { 0 };
	bool ready;

	if (item->state != CASE_ITEM_DRAFT)
		return false;
	if (item->requirement->kind != PROV_REQ_DOCUMENT)
		return !findings_errors(&list->answer_findings);
	doc_check_choice(item->requirement->type, doc->side, doc->country,
			 &findings);
	ready = doc->checked && *doc->facts.sha256 &&
		!findings_errors(&doc->findings) && !findings_errors(&findings);
	findings_release(&findings);
	return ready;
}

static void count_items(struct case_checklist *list)
{
	list->missing = list->ready = list->rejected = list->in_flight = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];

		list->missing += counts_as_missing(list, i);
		list->ready += case_item_ready(item, list);
		list->in_flight += item->state == CASE_ITEM_QUEUED ||
				   item->state == CASE_ITEM_UNSURE;
		/* One of its group that is chosen instead makes up for it. */
		list->rejected +=
			item->state == CASE_ITEM_REJECTED &&
			!(item->requirement->group &&
			  any_item(list, item->requirement, true, is_chosen));
	}
}

void case_checklist_merge(struct case_checklist *list,
			  const struct form_schema *schema,
			  int64_t stage_since_ms)
{
	const struct merge merge = { list, schema, stage_since_ms };
	const struct prov_customer *customer = &list->customer;

	list->reasons =
		mem_array(list->submissions.count, sizeof(*list->reasons));
	add_all_of(&merge, NULL, true);
	add_all_of(&merge, NULL, false);
	for (size_t i = 0; i < customer->party_count; i++)
		add_all_of(&merge, customer->parties[i].id, false);
	mark_not_needed(list);
	count_items(list);
}
