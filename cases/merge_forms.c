/* SPDX-License-Identifier: MIT */
/* The forms of a checklist: what is known of each, and whether what was filled
 * in is something new. */
#include <stdlib.h>

#include "cases/merge.h"
#include "forms/form.h"

/* What the provider knows already; what cannot be read of it is only not
 * filled in. */
static struct form_answers *known_of(const struct case_form *form)
{
	const char *json = form->requirement->known;
	struct form_answers *known = form_answers_new();
	struct findings ignored = { 0 };

	if (json && form_answers_from_json(form->schema, json, known, &ignored,
					   &(struct err){ 0 })) {
		form_answers_free(known);
		known = form_answers_new();
	}
	findings_release(&ignored);
	return known;
}

void merge_forms_make(struct case_checklist *list)
{
	const struct prov_customer *customer = &list->customer;

	list->forms =
		mem_array(customer->requirement_count, sizeof(*list->forms));
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];
		struct case_form *form = &list->forms[list->form_count];

		if (req->kind != PROV_REQ_INFORMATION)
			continue;
		list->form_count++;
		form->requirement = req;
		form->schema = prov_requirement_schema(req);
		form->name =
			case_form_name(req->form->schema->name, req->party);
		form->answers = known_of(form);
	}
}

static void forms_free(struct case_form *forms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		prov_schema_free(forms[i].schema);
		free(forms[i].name);
		form_answers_free(forms[i].answers);
		findings_release(&forms[i].findings);
	}
	free(forms);
}

void merge_forms_release(struct case_checklist *list)
{
	forms_free(list->forms, list->form_count);
	forms_free(list->gone, list->gone_count);
	list->forms = list->gone = NULL;
	list->form_count = list->gone_count = 0;
}

void merge_form_gone(struct case_checklist *list,
		     const struct prov_requirement *req)
{
	struct case_form *form = NULL;

	list->gone = mem_grow(list->gone, list->gone_count, sizeof(*form));
	form = &list->gone[list->gone_count++];
	*form = (struct case_form){ .requirement = req };
	form->schema = prov_requirement_schema(req);
	form->name = case_form_name(req->form->schema->name, req->party);
	form->answers = form_answers_new();
}

const struct case_form *case_checklist_form(const struct case_checklist *list,
					    const char *schema,
					    const char *party)
{
	for (size_t i = 0; i < list->form_count; i++) {
		const struct prov_requirement *req = list->forms[i].requirement;

		if (schema ? text_same(req->form->schema->name, schema) &&
				     text_same(req->party, party)
			   : !req->party && req->form->use == PROV_FORM_ANSWERS)
			return &list->forms[i];
	}
	return NULL;
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

static bool is_known(const struct case_form *form)
{
	struct form_answers *known = known_of(form);
	bool same = form->requirement->known &&
		    same_answers(form->schema, known, form->answers);

	form_answers_free(known);
	return same;
}

bool merge_opens_again(const struct merge *merge,
		       const struct prov_requirement *req,
		       const struct case_submission *sub)
{
	return sub && sub->state == CASE_ACCEPTED && req->form->opens &&
	       req->status == PROV_REQ_MISSING &&
	       sub->settled_ms <= merge->stage_since_ms;
}

/*
 * What the provider knows is nothing new, unless it says all the same that the
 * form is missing; for a new party it is what all of them begin with. A party
 * that was taken is there: its like can be entered again. What was sent once is
 * no decision to send it again: only what was entered or confirmed since is.
 */
bool merge_form_drafted(const struct merge *merge, const struct case_item *item,
			const struct case_submission *sub)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_form *form = item->form;
	bool makes_party = req->form->use == PROV_FORM_PARTY;

	if (!form_answers_count(form->answers))
		return false;
	if (sub && !makes_party && form->set_ms <= sub->queued_ms)
		return false;
	if (merge_opens_again(merge, req, sub))
		return true;
	if (sub && sub->answers &&
	    !(makes_party && sub->state == CASE_ACCEPTED) &&
	    same_answers(form->schema, sub->answers, form->answers))
		return false;
	return (req->status == PROV_REQ_MISSING && !makes_party) ||
	       !is_known(form);
}
