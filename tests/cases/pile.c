/* SPDX-License-Identifier: MIT */
/* A checklist put together by hand. */
#include "tests/cases/pile.h"

#include <stdlib.h>

struct prov_requirement *pile_require(struct case_checklist *list,
				      enum prov_req_kind kind, const char *code,
				      const char *group)
{
	struct prov_requirement *req = desk_want(&list->customer, kind, code);

	req->group = group;
	return req;
}

void pile_merge(struct case_checklist *list, int64_t stage_since_ms)
{
	free(list->items);
	free(list->reasons);
	free(list->parts);
	list->items = NULL;
	list->count = 0;
	if (!list->forms)
		merge_forms_make(list);
	case_checklist_merge(list, stage_since_ms);
}

void pile_choose(struct case_checklist *list, const char *type,
		 enum doc_side side, int64_t chosen_ms)
{
	struct case_document *doc = NULL;

	list->documents.list =
		mem_grow(list->documents.list, list->documents.count,
			 sizeof(*list->documents.list));
	doc = &list->documents.list[list->documents.count++];
	*doc = (struct case_document){ .side = side,
				       .checked = true,
				       .chosen_ms = chosen_ms };
	doc->type = mem_dup(type);
	doc->path = mem_dup("/tmp/x.jpg");
	doc->facts.sha256[0] = 'a';
}

void pile_submit(struct case_checklist *list, enum prov_rank rank,
		 const char *type, enum case_state state, int64_t queued_ms,
		 int64_t settled_ms)
{
	struct case_submission *sub = NULL;

	list->submissions.list =
		mem_grow(list->submissions.list, list->submissions.count,
			 sizeof(*list->submissions.list));
	sub = &list->submissions.list[list->submissions.count++];
	*sub = (struct case_submission){ .rank = rank,
					 .state = state,
					 .queued_ms = queued_ms,
					 .settled_ms = settled_ms };
	sub->type = mem_dup(type);
	sub->message = mem_dup("not sharp");
}

struct prov_requirement *pile_require_of(struct case_checklist *list,
					 const char *party, const char *code)
{
	struct prov_requirement *req =
		pile_require(list, PROV_REQ_DOCUMENT, code, NULL);

	req->party = mem_dup(party);
	return req;
}
