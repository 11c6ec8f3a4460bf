/* SPDX-License-Identifier: MIT */
/* A checklist put together by hand, without a record: requirements of the
 * made-up provider, drafts, submissions. */
#ifndef TESTS_CASES_PILE_H
#define TESTS_CASES_PILE_H

#include "cases/merge.h"
#include "tests/cases/desk.h"

/* The customer wants CODE (see desk_want()); or PARTY does. */
struct prov_requirement *pile_require(struct case_checklist *list,
				      enum prov_req_kind kind, const char *code,
				      const char *group);
struct prov_requirement *pile_require_of(struct case_checklist *list,
					 const char *party, const char *code);

/* A sound draft, and something that was queued. */
void pile_choose(struct case_checklist *list, const char *type,
		 enum doc_side side, int64_t chosen_ms);
void pile_submit(struct case_checklist *list, enum prov_rank rank,
		 const char *type, enum case_state state, int64_t queued_ms,
		 int64_t settled_ms);

/* Merge, perhaps once more after something was added to what came in. */
void pile_merge(struct case_checklist *list, int64_t stage_since_ms);

#endif
