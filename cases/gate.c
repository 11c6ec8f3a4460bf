/* SPDX-License-Identifier: MIT */
/* Which of a case may start. */
#include "cases/gate.h"

#include <string.h>

bool gate_may_go(const struct submission_brief *brief)
{
	return (brief->state == CASE_QUEUED || brief->state == CASE_UNSURE) &&
	       !brief->held;
}

static bool same_slot(const struct submission_brief *a,
		      const struct submission_brief *b)
{
	return a->rank == b->rank && a->side == b->side &&
	       strcmp(a->type, b->type) == 0 && strcmp(a->party, b->party) == 0;
}

/* Was the same thing queued again after item AT? */
static bool is_replaced(const struct queue_case *one, size_t at)
{
	for (size_t i = at + 1; i < one->count; i++)
		if (one->items[i].brief.state != CASE_CANCELLED &&
		    same_slot(&one->items[i].brief, &one->items[at].brief))
			return true;
	return false;
}

/*
 * Does refused item AT stand in the way of BRIEF? Without what a form says of
 * somebody the provider takes nothing about him; without what it says of the
 * customer, nothing at all. A document, or a party that was not made, is in
 * the way only if it was refused after BRIEF was queued: who queues later has
 * seen it.
 */
static bool refusal_blocks(const struct queue_case *one, size_t at,
			   const struct submission_brief *brief)
{
	const struct submission_brief *other = &one->items[at].brief;

	if (other->state != CASE_REFUSED || other->rank >= brief->rank ||
	    is_replaced(one, at))
		return false;
	if (other->rank == PROV_RANK_DOCUMENT ||
	    (other->rank == PROV_RANK_PARTY && !*other->party))
		return other->settled_ms >= brief->queued_ms;
	/* The start is about them all. */
	return !*other->party || brief->rank >= PROV_RANK_START ||
	       strcmp(other->party, brief->party) == 0;
}

const struct submission_brief *
gate_refused_before(const struct queue_case *one,
		    const struct submission_brief *brief)
{
	for (size_t i = 0; i < one->count; i++)
		if (refusal_blocks(one, i, brief))
			return &one->items[i].brief;
	return NULL;
}

static bool same_bundle(const struct submission_brief *a,
			const struct submission_brief *b)
{
	return *a->bundle && strcmp(a->bundle, b->bundle) == 0 &&
	       strcmp(a->party, b->party) == 0;
}

/* As submission_group() says. */
static bool go_together(const struct submission_brief *a,
			const struct submission_brief *b)
{
	return same_bundle(a, b) && a->leader == b->leader &&
	       (a->leader || (submission_is_open(a) && submission_is_open(b) &&
			      !a->held && !b->held));
}

/* Front before back, and never both at once, unless in one request. */
static bool side_blocks(const struct submission_brief *other,
			const struct submission_brief *brief)
{
	return brief->rank == PROV_RANK_DOCUMENT &&
	       other->rank == PROV_RANK_DOCUMENT &&
	       strcmp(other->type, brief->type) == 0 &&
	       strcmp(other->party, brief->party) == 0 &&
	       !go_together(other, brief) &&
	       (other->state == CASE_SENDING || other->side < brief->side);
}

static bool is_blocked(const struct queue_case *one,
		       const struct submission_brief *brief)
{
	for (size_t i = 0; i < one->count; i++) {
		const struct submission_brief *other = &one->items[i].brief;

		if (other != brief && submission_is_open(other) &&
		    (other->rank < brief->rank || side_blocks(other, brief)))
			return true;
	}
	return gate_refused_before(one, brief);
}

/* Does OTHER keep its bundle, led by BRIEF, from starting? What went before
 * is repeated as it was: who joined since waits for the next request. */
static bool bundle_blocks(const struct queue_case *one,
			  const struct queue_item *other,
			  const struct submission_brief *brief, int64_t now_ms)
{
	if (!go_together(&other->brief, brief))
		return same_bundle(&other->brief, brief) &&
		       submission_is_open(&other->brief) &&
		       other->brief.leader && !brief->leader;
	return other->brief.id < brief->id || !gate_may_go(&other->brief) ||
	       other->due_ms > now_ms || is_blocked(one, &other->brief);
}

bool gate_is_open(const struct queue_case *one, const struct queue_item *item,
		  int64_t now_ms)
{
	if (!gate_may_go(&item->brief) || item->due_ms > now_ms ||
	    is_blocked(one, &item->brief))
		return false;
	for (size_t i = 0; *item->brief.bundle && i < one->count; i++)
		if (&one->items[i] != item &&
		    bundle_blocks(one, &one->items[i], &item->brief, now_ms))
			return false;
	return true;
}

bool gate_was_joined(const struct queue_case *one,
		     const struct submission_brief *brief)
{
	if (brief->leader || brief->next_ms != SUBMISSION_PARKED)
		return false;
	for (size_t i = 0; i < one->count; i++) {
		const struct submission_brief *other = &one->items[i].brief;

		if (other != brief && go_together(other, brief) &&
		    other->next_ms != SUBMISSION_PARKED)
			return true;
	}
	return false;
}
