/* SPDX-License-Identifier: MIT */
/*
 * Which of a case may start: the order of ranks, what stands in the way of
 * what, and what goes together. Pure: it looks at nothing but the case.
 */
#ifndef CASES_GATE_H
#define CASES_GATE_H

#include "cases/queue.h"

/* Does it wait to be sent (or asked about) at all? */
bool gate_may_go(const struct submission_brief *brief);

/* May ITEM start now, with all that it leads? Of those that go together only
 * the lowest is ever told so. */
bool gate_is_open(const struct queue_case *one, const struct queue_item *item,
		  int64_t now_ms);

/* The refused one that stands in the way of BRIEF, or NULL. */
const struct submission_brief *
gate_refused_before(const struct queue_case *one,
		    const struct submission_brief *brief);

/* Does BRIEF wait for others of its bundle, and has one come since? */
bool gate_was_joined(const struct queue_case *one,
		     const struct submission_brief *brief);

#endif
