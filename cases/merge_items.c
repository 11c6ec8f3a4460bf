/* SPDX-License-Identifier: MIT */
/* How one item stands: its requirement, its draft and what was sent for it,
 * made into one state. */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

bool merge_is_unsettled(const struct case_submission *submission)
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
status_of(const struct prov_requirement *requirement)
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

/* A form goes by its schema, whatever its rank. */
bool merge_is_about(const struct case_submission *sub,
		    const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return !sub->schema && sub->rank == PROV_RANK_DOCUMENT &&
		       text_same(sub->type, req->type->code) &&
		       sub->side == item->side &&
		       text_same(sub->party, req->party);
	case PROV_REQ_INFORMATION:
		return sub->schema &&
		       text_same(sub->schema, item->form->schema->name) &&
		       text_same(sub->party, req->party);
	case PROV_REQ_START:
		return !sub->schema && sub->rank == PROV_RANK_START;
	default:
		return false;
	}
}

/* The latest submission for ITEM that says something; cancelled ones only if
 * ALL. Or NULL. */
static const struct case_submission *
submission_for(const struct case_checklist *list, const struct case_item *item,
	       bool all)
{
	for (size_t i = list->submissions.count; i-- > 0;) {
		const struct case_submission *sub = &list->submissions.list[i];

		if ((all || sub->state != CASE_CANCELLED) &&
		    merge_is_about(sub, item))
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

		if (text_same(doc->type, req->type->code) &&
		    doc->side == item->side &&
		    text_same(doc->party, req->party))
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
		if (submission->schema)
			reason->next = PROV_NEXT_CORRECT_DATA;
		else if (submission->rank == PROV_RANK_DOCUMENT)
			reason->next = PROV_NEXT_NEW_PICTURE;
	}
	return reason;
}

/* Since when the rejection of REQ is known, as it reads now. */
static int64_t rejected_since(const struct merge *merge,
			      const struct prov_requirement *req)
{
	const struct case_checklist *list = merge->list;
	const struct prov_requirement *first = list->customer.requirements;
	int64_t since = 0;

	for (size_t i = 0; i < list->customer.requirement_count; i++)
		if (&first[i] == req && list->rejected_ms)
			since = list->rejected_ms[i];
	return since ? since : merge->stage_since_ms;
}

/* What the provider says, unless something that arrived is newer than that. */
static enum case_item_state arrived(const struct merge *merge,
				    const struct prov_requirement *req,
				    const struct case_submission *sub)
{
	if (req->status == PROV_REQ_REJECTED &&
	    sub->settled_ms > rejected_since(merge, req))
		return CASE_ITEM_SENT;
	if (req->status != PROV_REQ_MISSING)
		return status_of(req);
	/* It arrived and is not mentioned any more: the verification as a
	 * whole speaks for it. */
	if (sub->settled_ms <= merge->stage_since_ms &&
	    merge->list->customer.stage == PROV_STAGE_APPROVED)
		return CASE_ITEM_ACCEPTED;
	return CASE_ITEM_SENT;
}

/* It was refused, or the provider says otherwise; ITEM gets the reason. */
static enum case_item_state refused(const struct merge *merge,
				    struct case_item *item,
				    const struct case_submission *sub)
{
	if (is_reviewed(item->requirement))
		return status_of(item->requirement);
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

/* Where a requirement speaks for both sides of a document as one, what arrived
 * as its other side says nothing about this one. */
static bool other_side_explains(const struct case_checklist *list,
				const struct case_item *item)
{
	struct case_item other = *item;

	if (item->side == DOC_SIDE_NONE ||
	    item->requirement->side != DOC_SIDE_NONE)
		return false;
	other.side =
		item->side == DOC_SIDE_FRONT ? DOC_SIDE_BACK : DOC_SIDE_FRONT;
	return submission_for(list, &other, false);
}

static enum case_item_state document_state(const struct merge *merge,
					   struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub =
		submission_for(merge->list, item, false);

	if (merge_is_unsettled(sub))
		return state_of_unsettled(sub);
	if (draft_counts(item->document, sub))
		return CASE_ITEM_DRAFT;
	if (sub && sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	if (sub)
		return arrived(merge, req, sub);
	if (!is_reviewed(req) && other_side_explains(merge->list, item))
		return CASE_ITEM_MISSING;
	return status_of(req);
}

/* That one party was taken says nothing of the next. Another one can be
 * entered while the last one is on its way. */
static enum case_item_state party_form_state(const struct merge *merge,
					     struct case_item *item,
					     const struct case_submission *sub)
{
	const struct case_form *form = item->form;

	if (merge_form_drafted(merge, item, sub) &&
	    !findings_errors(&form->findings))
		return CASE_ITEM_DRAFT;
	if (merge_is_unsettled(sub))
		return state_of_unsettled(sub);
	/* Its answers are the draft again, unless they were thrown away. */
	if (sub && sub->state == CASE_REFUSED &&
	    form_answers_count(form->answers))
		return refused(merge, item, sub);
	return status_of(item->requirement);
}

static enum case_item_state form_state(const struct merge *merge,
				       struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub =
		submission_for(merge->list, item, false);

	if (req->form->use == PROV_FORM_PARTY)
		return party_form_state(merge, item, sub);
	if (merge_is_unsettled(sub))
		return state_of_unsettled(sub);
	if (merge_form_drafted(merge, item, sub))
		return findings_errors(&item->form->findings) ? status_of(req)
							      : CASE_ITEM_DRAFT;
	if (sub && sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	if (merge_opens_again(merge, req, sub))
		return status_of(req);
	return sub ? arrived(merge, req, sub) : status_of(req);
}

/* A start counts for the stage it was asked in: after a rejection it can be
 * asked for again. */
static enum case_item_state start_state(const struct merge *merge,
					struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_submission *sub =
		submission_for(merge->list, item, false);

	if (merge_is_unsettled(sub))
		return state_of_unsettled(sub);
	if (!sub || sub->settled_ms < merge->stage_since_ms ||
	    req->status != PROV_REQ_MISSING)
		return status_of(req);
	if (sub->state == CASE_REFUSED)
		return refused(merge, item, sub);
	return CASE_ITEM_SENT;
}

void merge_item(const struct merge *merge, struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	item->submission = submission_for(merge->list, item, true);
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		item->document = find_document(merge->list, item);
		item->state = document_state(merge, item);
		break;
	case PROV_REQ_INFORMATION:
		item->state = form_state(merge, item);
		break;
	case PROV_REQ_START:
		item->state = start_state(merge, item);
		break;
	default:
		item->state = status_of(req);
	}
	if (item->state == CASE_ITEM_REJECTED && !item->reason)
		item->reason = &req->reason;
}
