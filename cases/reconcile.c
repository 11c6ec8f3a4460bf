/* SPDX-License-Identifier: MIT */
/* What was sent from here, compared with what the provider says it has. */
#include "cases/reconcile.h"

#include <stdlib.h>
#include <string.h>

#include "cases/merge.h"
#include "forms/form.h"

/* What arrived may take a while to show over there. */
#define SHOWS_AFTER_MS 10000

void case_differences_release(struct case_differences *differences)
{
	free(differences->list);
	*differences = (struct case_differences){ 0 };
}

const char *case_difference_name(enum case_difference_kind kind)
{
	static const char *const names[] = {
		[CASE_DIFF_NOT_THERE] = "not_there",
		[CASE_DIFF_NOT_OURS] = "not_ours",
		[CASE_DIFF_UNSURE] = "unsure",
	};

	return names[kind];
}

static void add(struct case_differences *out,
		const struct case_difference *difference)
{
	out->list = mem_grow(out->list, out->count, sizeof(*out->list));
	out->list[out->count++] = *difference;
}

static const char *type_of(const struct case_submission *sub)
{
	return sub->schema ? sub->schema : sub->type;
}

static bool same_slot(const struct case_submission *a,
		      const struct case_submission *b)
{
	return a->rank == b->rank && a->side == b->side &&
	       text_same(type_of(a), type_of(b)) &&
	       text_same(a->party, b->party);
}

/* Was something newer sent in the place of submission AT? */
static bool is_replaced(const struct case_checklist *list, size_t at)
{
	const struct case_submission *sub = &list->submissions.list[at];

	for (size_t i = at + 1; i < list->submissions.count; i++) {
		const struct case_submission *other =
			&list->submissions.list[i];

		if (same_slot(other, sub) && other->state != CASE_CANCELLED &&
		    (other->state != CASE_REFUSED || other->sent_before))
			return true;
	}
	return false;
}

static bool may_be_there(const struct case_submission *sub)
{
	return sub->state == CASE_ACCEPTED || sub->state == CASE_SENDING ||
	       sub->sent_before;
}

/* Does PAPER stand in the slot of SUB? What says no type can be anything. */
static bool is_in_slot(const struct prov_paper *paper,
		       const struct case_submission *sub)
{
	if (sub->rank != PROV_RANK_DOCUMENT || sub->schema ||
	    !text_same(paper->party, sub->party))
		return false;
	return !paper->type || !*paper->type ||
	       (text_same(paper->type, sub->type) && paper->side == sub->side);
}

static bool has_paper(const struct prov_customer *customer,
		      const struct case_submission *sub)
{
	for (size_t i = 0; i < customer->paper_count; i++) {
		const struct prov_paper *paper = &customer->papers[i];

		if ((sub->provider_id && paper->id &&
		     text_same(paper->id, sub->provider_id)) ||
		    is_in_slot(paper, sub))
			return true;
	}
	return false;
}

/* The requirement that speaks of SUB, or NULL. */
static const struct prov_requirement *
requirement_of(const struct prov_customer *customer,
	       const struct case_submission *sub)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (!text_same(req->party, sub->party))
			continue;
		if (sub->schema
			    ? req->kind == PROV_REQ_INFORMATION &&
				      text_same(req->form->schema->name,
						sub->schema)
			    : req->kind == PROV_REQ_DOCUMENT &&
				      text_same(req->type->code, sub->type) &&
				      (req->side == DOC_SIDE_NONE ||
				       req->side == sub->side))
			return req;
	}
	return NULL;
}

/* Accepted, and yet the provider says that it has no such thing? Only what it
 * speaks of counts, and only what it said after a while. */
static bool is_gone(const struct case_checklist *list,
		    const struct case_submission *sub)
{
	const struct prov_customer *customer = &list->customer;
	const struct prov_requirement *req = requirement_of(customer, sub);

	if (sub->settled_ms + SHOWS_AFTER_MS > list->seen_ms ||
	    (sub->rank == PROV_RANK_START && !sub->schema))
		return false;
	if (req && req->form && req->form->use == PROV_FORM_PARTY)
		return sub->provider_id &&
		       !prov_customer_party(customer, sub->provider_id);
	if (!sub->schema && customer->lists_papers)
		return !has_paper(customer, sub);
	return req && req->status == PROV_REQ_MISSING && !req->unlisted &&
	       !has_paper(customer, sub);
}

static void compare_ours(const struct case_checklist *list,
			 struct case_differences *out)
{
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];
		struct case_difference one = {
			.submission = sub,
			.requirement = requirement_of(&list->customer, sub),
			.party = prov_customer_party(&list->customer,
						     sub->party),
			.type = type_of(sub),
			.side = sub->side,
		};

		one.kind = CASE_DIFF_NOT_THERE;
		if (sub->state == CASE_UNSURE)
			one.kind = CASE_DIFF_UNSURE;
		else if (sub->state != CASE_ACCEPTED || is_replaced(list, i) ||
			 !is_gone(list, sub))
			continue;
		add(out, &one);
	}
}

/* Is PAPER one that was, or may have been, sent from here? */
static bool is_ours(const struct case_checklist *list,
		    const struct prov_paper *paper)
{
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (!may_be_there(sub))
			continue;
		if (sub->provider_id && paper->id
			    ? text_same(sub->provider_id, paper->id)
			    : is_in_slot(paper, sub))
			return true;
	}
	return false;
}

/* Is there one of ours beside PAPER, which is not? */
static bool is_beside(const struct case_checklist *list,
		      const struct prov_paper *paper)
{
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (may_be_there(sub) && is_in_slot(paper, sub))
			return true;
	}
	return false;
}

static bool has_sent(const struct case_checklist *list,
		     const struct prov_requirement *req)
{
	for (size_t i = 0; i < list->submissions.count; i++) {
		const struct case_submission *sub = &list->submissions.list[i];

		if (may_be_there(sub) &&
		    requirement_of(&list->customer, sub) == req)
			return true;
	}
	return false;
}

static void compare_papers(const struct case_checklist *list,
			   struct case_differences *out)
{
	for (size_t i = 0; i < list->customer.paper_count; i++) {
		const struct prov_paper *paper = &list->customer.papers[i];

		if (!is_ours(list, paper))
			add(out, &(struct case_difference){
					 .kind = CASE_DIFF_NOT_OURS,
					 .paper = paper,
					 .beside = is_beside(list, paper),
					 .party = prov_customer_party(
						 &list->customer, paper->party),
					 .type = paper->type,
					 .side = paper->side,
				 });
	}
}

/* Where papers are not listed, the requirements speak for them. */
static void compare_requirements(const struct case_checklist *list,
				 struct case_differences *out)
{
	for (size_t i = 0; i < list->customer.requirement_count; i++) {
		const struct prov_requirement *req =
			&list->customer.requirements[i];

		if (req->kind != PROV_REQ_DOCUMENT ||
		    req->status == PROV_REQ_MISSING || has_sent(list, req))
			continue;
		add(out, &(struct case_difference){
				 .kind = CASE_DIFF_NOT_OURS,
				 .requirement = req,
				 .party = prov_customer_party(&list->customer,
							      req->party),
				 .type = req->type->code,
				 .side = req->side,
			 });
	}
}

void case_reconcile(const struct case_checklist *list,
		    struct case_differences *out)
{
	compare_ours(list, out);
	if (!list->seen_ms)
		return;
	if (list->customer.lists_papers)
		compare_papers(list, out);
	else
		compare_requirements(list, out);
}

/* "Identity card front", as a person says it; free() it. */
bool case_label_names_side(const char *label, enum doc_side side)
{
	/* In the languages of the providers, folded. */
	static const char *const words[][2] = {
		[DOC_SIDE_FRONT] = { "front", "frente" },
		[DOC_SIDE_BACK] = { "back", "verso" },
	};
	char *folded = NULL;
	bool names = false;

	if (side == DOC_SIDE_NONE)
		return false;
	folded = text_fold(label);
	for (size_t i = 0; i < 2; i++)
		names = names || strstr(folded, words[side][i]);
	free(folded);
	return names;
}

static char *name_of(const struct case_difference *difference,
		     const struct provider *provider)
{
	const struct prov_requirement *req = difference->requirement;
	const struct prov_form *form =
		difference->type ? prov_form_find(provider, difference->type)
				 : NULL;
	const struct doc_type *type =
		difference->type && !form
			? prov_type(provider, difference->type, 0)
			: NULL;
	const char *label = _("a document");
	const char *side = NULL;

	if (req && req->label)
		label = req->label;
	else if (form)
		label = _(form->schema->title);
	else if (type)
		label = _(type->label);
	else if (difference->submission &&
		 difference->submission->rank == PROV_RANK_START)
		label = _("the start of the review");
	else if (difference->type && *difference->type)
		label = difference->type;
	side = case_label_names_side(label, difference->side)
		       ? ""
		       : doc_side_name(difference->side);
	return mem_printf("%s%s%s", label, *side ? " " : "", side);
}

char *case_difference_words(const struct case_difference *difference,
			    const struct provider *provider)
{
	char *name = name_of(difference, provider);
	char *words = NULL;

	switch (difference->kind) {
	case CASE_DIFF_NOT_THERE:
		words = mem_printf(_("%s was accepted, but %s does not have "
				     "it now; choose it again to send it once "
				     "more"),
				   name, provider->title);
		break;
	case CASE_DIFF_NOT_OURS:
		words = mem_printf(
			difference->beside
				? _("%s: %s has another one as well, which was "
				    "not sent from here")
				: _("%s was not sent from here, but %s has "
				    "it"),
			name, provider->title);
		break;
	case CASE_DIFF_UNSURE:
		words = mem_printf(_("%s was sent, but it is not known whether "
				     "%s has it; retry asks or sends it under "
				     "its own key, cancel gives it up"),
				   name, provider->title);
		break;
	}
	free(name);
	return words;
}
