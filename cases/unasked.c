/* SPDX-License-Identifier: MIT */
/* Documents that the provider does not ask for today: requirements are made up
 * for them, so that nothing that was chosen or sent is out of sight. */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

struct slot {
	const char *type;
	enum doc_side side;
	const char *party;
};

static bool covers(const struct prov_requirement *req, const struct slot *slot)
{
	return req->kind == PROV_REQ_DOCUMENT &&
	       same_text(req->type->code, slot->type) &&
	       same_text(req->party, slot->party) &&
	       (req->side == DOC_SIDE_NONE || req->side == slot->side);
}

static bool is_covered(const struct case_checklist *list,
		       const struct slot *slot)
{
	for (size_t i = 0; i < list->customer.requirement_count; i++)
		if (covers(&list->customer.requirements[i], slot))
			return true;
	for (size_t i = 0; i < list->unasked_count; i++)
		if (covers(&list->unasked[i], slot))
			return true;
	return false;
}

static void add(const struct provider *provider, struct case_checklist *list,
		const struct slot *slot)
{
	struct prov_requirement *req = &list->unasked[list->unasked_count];
	const struct doc_type *type = NULL;

	if (!slot->type || is_covered(list, slot))
		return;
	type = prov_type(provider, slot->type,
			 prov_holder(&list->customer, slot->party));
	/* Without its side it could never have been sent. */
	if (!type ||
	    (type->sides != DOC_NO_SIDES && slot->side == DOC_SIDE_NONE))
		return;
	*req = (struct prov_requirement){
		.kind = PROV_REQ_DOCUMENT,
		.type = type,
		.side = slot->side,
		.optional = true,
	};
	req->code = mem_dup(type->code);
	req->party = mem_dup(slot->party);
	list->unasked_count++;
}

void merge_unasked_make(const struct provider *provider,
			struct case_checklist *list)
{
	list->unasked =
		mem_array(list->documents.count + list->submissions.count,
			  sizeof(*list->unasked));
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (sub->rank == PROV_RANK_DOCUMENT && !sub->schema &&
		    sub->state != CASE_CANCELLED)
			add(provider, list,
			    &(struct slot){ sub->type, sub->side, sub->party });
	}
	for (size_t i = 0; i < list->documents.count; i++) {
		const struct case_document *doc = &list->documents.list[i];

		if (doc->path)
			add(provider, list,
			    &(struct slot){ doc->type, doc->side, doc->party });
	}
}

void merge_unasked_release(struct case_checklist *list)
{
	for (size_t i = 0; i < list->unasked_count; i++) {
		free(list->unasked[i].code);
		free(list->unasked[i].party);
	}
	free(list->unasked);
	list->unasked = NULL;
	list->unasked_count = 0;
}
