/* SPDX-License-Identifier: MIT */
/*
 * Drafts of forms that begin anew: where the answers go when they are queued,
 * and how those that were not taken come back.
 */
#ifndef CASES_ANSWERS_H
#define CASES_ANSWERS_H

#include "cases/record.h"

/* SENT were queued: the draft NAME is empty again, unless it says something
 * else than they do. What was not taken while it was in the way, the oldest
 * first, becomes the draft. */
int answers_leave(struct case_store *store, int64_t case_id, const char *name,
		  const struct form_answers *sent, struct err *err) ERR_CHECKED;

/* When the draft NAME was last touched; 0: there is none. */
int answers_set_ms(struct case_store *store, int64_t case_id, const char *name,
		   int64_t *set_ms, struct err *err) ERR_CHECKED;

#endif
