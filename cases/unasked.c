/* SPDX-License-Identifier: MIT */
/* What the provider does not ask for today: requirements are made up for it, so
 * that nothing that was chosen or sent is out of sight. */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

struct slot {
	const struct prov_form *form; /* NULL: a document */
	const char *type;
	enum doc_side side;
	const char *party;
};

static bool covers(const struct prov_requirement *req, const struct slot *slot)
{
	if (slot->form)
		return req->kind == PROV_REQ_INFORMATION &&
		       req->form == slot->form &&
		       text_same(req->party, slot->party);
	return req->kind == PROV_REQ_DOCUMENT &&
	       text_same(req->type->code, slot->type) &&
	       text_same(req->party, slot->party) &&
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

static void add_form(struct case_checklist *list, const struct slot *slot)
{
	struct prov_requirement *req = &list->unasked[list->unasked_count++];

	*req = (struct prov_requirement){
		.kind = PROV_REQ_INFORMATION,
		.form = slot->form,
		.optional = true,
	};
	req->code = mem_dup(slot->form->schema->name);
	req->party = mem_dup(slot->party);
	merge_form_gone(list, req);
}

static void add(const struct provider *provider, struct case_checklist *list,
		const struct slot *slot)
{
	struct prov_requirement *req = &list->unasked[list->unasked_count];
	const struct doc_type *type = NULL;

	if (is_covered(list, slot))
		return;
	if (slot->form) {
		add_form(list, slot);
		return;
	}
	if (!slot->type)
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

/* A party that was taken is shown as a party; a customer is himself. */
static bool is_shown(const struct case_submission *sub,
		     const struct prov_form *form)
{
	if (sub->state == CASE_CANCELLED)
		return false;
	if (sub->schema)
		return form && form->use != PROV_FORM_CUSTOMER &&
		       (form->use != PROV_FORM_PARTY ||
			sub->state != CASE_ACCEPTED);
	return sub->rank == PROV_RANK_DOCUMENT;
}

/* What was made up for SLOT, or NULL. */
static struct prov_requirement *made_for(struct case_checklist *list,
					 const struct slot *slot)
{
	for (size_t i = 0; i < list->unasked_count; i++)
		if (covers(&list->unasked[i], slot))
			return &list->unasked[i];
	return NULL;
}

static void add_sent(const struct provider *provider,
		     struct case_checklist *list,
		     const struct case_submission *sub)
{
	const struct prov_form *form =
		sub->schema ? prov_form_find(provider, sub->schema) : NULL;
	const struct slot slot = { form, sub->type, sub->side, sub->party };
	struct prov_requirement *req = NULL;

	if (!is_shown(sub, form))
		return;
	add(provider, list, &slot);
	req = made_for(list, &slot);
	/* The latest speaks for all. */
	if (req && provider->drops_accepted)
		req->status = sub->state == CASE_ACCEPTED &&
					      sub->settled_ms < list->seen_ms &&
					      list->customer.stage !=
						      PROV_STAGE_CLOSED
				      ? PROV_REQ_ACCEPTED
				      : PROV_REQ_MISSING;
}

void merge_unasked_make(const struct provider *provider,
			struct case_checklist *list)
{
	list->unasked =
		mem_array(list->documents.count + list->submissions.count,
			  sizeof(*list->unasked));
	for (size_t i = 0; i < list->submissions.count; i++)
		add_sent(provider, list, &list->submissions.list[i]);
	for (size_t i = 0; i < list->documents.count; i++) {
		const struct case_document *doc = &list->documents.list[i];

		if (doc->path)
			add(provider, list,
			    &(struct slot){ NULL, doc->type, doc->side,
					    doc->party });
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
