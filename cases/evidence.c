/* SPDX-License-Identifier: MIT */
/*
 * What a provider has now, against what it had before. Only a paper (or a
 * party) that is new and that nothing else explains counts as the one whose
 * answer was lost; only where there is nothing new at all it did not arrive.
 * All else is for the operator.
 */
#include "cases/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "cases/before.h"
#include "forms/form.h"
#include "forms/text.h"
#include "providers/xfer.h"

/* A reading that was noted then may have begun this much earlier. */
#define READING_MS (60 * INT64_C(1000))

/* Another of our submissions that made what the provider calls ID. */
static const struct case_submission *maker_of(const struct doubt *doubt,
					      const char *id)
{
	const struct case_submission_list *list = doubt->of_case;

	for (size_t i = list->count; i-- > 0;)
		if (list->list[i].id != doubt->submission->id &&
		    list->list[i].provider_id &&
		    text_same(list->list[i].provider_id, id))
			return &list->list[i];
	return NULL;
}

static bool same_slot(const struct case_submission *a,
		      const struct case_submission *b)
{
	return a->rank == b->rank && a->side == b->side &&
	       text_same(a->type, b->type) && text_same(a->schema, b->schema) &&
	       text_same(a->party, b->party);
}

static bool is_listed(const struct prov_customer *customer, const char *id)
{
	for (size_t i = 0; id && i < customer->paper_count; i++)
		if (text_same(customer->papers[i].id, id))
			return true;
	return false;
}

static bool begins_with(const char *text, const char *start)
{
	return text && strncmp(text, start, strlen(start)) == 0;
}

/* Would the same paper do for both? BEGINS is what is known of its type; NULL:
 * all of it. */
static bool same_paper(const struct case_submission *a,
		       const struct case_submission *b, const char *begins)
{
	if (!begins)
		return same_slot(a, b);
	return a->rank == b->rank && text_same(a->party, b->party) &&
	       begins_with(a->type, begins);
}

/* Has another one for the same paper (perhaps) arrived since, without our
 * knowing which of them is its? */
static bool other_unaccounted(const struct doubt *doubt,
			      const struct prov_customer *customer,
			      int64_t as_of, const char *begins)
{
	const struct case_submission_list *list = doubt->of_case;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_submission *other = &list->list[i];
		bool arrived =
			other->state == CASE_ACCEPTED ||
			other->state == CASE_SENDING ||
			(other->state != CASE_REFUSED && other->sent_before);

		if (other->id != doubt->submission->id && arrived &&
		    same_paper(other, doubt->submission, begins) &&
		    (!other->settled_ms ||
		     other->settled_ms + READING_MS >= as_of) &&
		    !is_listed(customer, other->provider_id))
			return true;
	}
	return false;
}

enum claim {
	CLAIM_NOTHING, /* it is old, or another's */
	CLAIM_UNCLEAR,
	CLAIM_NEW,
};

/* Can PAPER be what was sent, as far as its type is known? */
static bool is_of_type(const struct prov_paper *paper,
		       const struct case_submission *sub)
{
	if (paper->begins)
		return begins_with(sub->type, paper->begins);
	return !paper->type || !*paper->type ||
	       (text_same(paper->type, sub->type) && paper->side == sub->side);
}

/* Is its type known well enough, for nothing else can be of it? */
static bool is_sole(const struct doubt *doubt,
		    const struct prov_customer *customer,
		    const struct before *before, const struct prov_paper *paper)
{
	if (paper->begins)
		return !other_unaccounted(doubt, customer, before->as_of,
					  paper->begins);
	return paper->type && *paper->type;
}

static enum claim claim_of(const struct doubt *doubt,
			   const struct prov_customer *customer,
			   const struct before *before,
			   const struct prov_paper *paper)
{
	const struct case_submission *sub = doubt->submission;
	const struct case_submission *maker = NULL;
	bool replaced = false;

	if (!text_same(paper->party, sub->party) || !is_of_type(paper, sub) ||
	    before_had_paper(before, paper, &replaced))
		return CLAIM_NOTHING;
	maker = maker_of(doubt, paper->id);
	if (maker && !replaced)
		return CLAIM_NOTHING;
	if (!is_sole(doubt, customer, before, paper) ||
	    (maker && maker->settled_ms + READING_MS >= before->as_of))
		return CLAIM_UNCLEAR;
	if (before->papers)
		return CLAIM_NEW;
	if (!paper->made_ms)
		return CLAIM_UNCLEAR;
	return paper->made_ms >= before->as_of ? CLAIM_NEW : CLAIM_NOTHING;
}

static enum evidence by_papers(const struct doubt *doubt,
			       const struct prov_customer *customer,
			       const char **id)
{
	struct before before = before_read(doubt->papers, doubt->started_ms);
	bool unclear = other_unaccounted(doubt, customer, before.as_of, NULL);
	size_t found = 0;

	for (size_t i = 0; i < customer->paper_count; i++) {
		switch (claim_of(doubt, customer, &before,
				 &customer->papers[i])) {
		case CLAIM_NEW:
			*id = customer->papers[i].id;
			found++;
			break;
		case CLAIM_UNCLEAR:
			unclear = true;
			break;
		case CLAIM_NOTHING:
			break;
		}
	}
	before_release(&before);
	if (unclear || found > 1)
		return EVIDENCE_NONE;
	return found ? EVIDENCE_FOUND : EVIDENCE_ABSENT;
}

/* Does CUSTOMER speak of each side of SUB's document by itself? */
static bool tells_sides(const struct prov_customer *customer,
			const struct case_submission *sub)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->kind == PROV_REQ_DOCUMENT &&
		    req->side != DOC_SIDE_NONE &&
		    text_same(req->type->code, sub->type) &&
		    text_same(req->party, sub->party))
			return true;
	}
	return false;
}

/* Another one that may have arrived and would make the requirement look the
 * same. */
static bool is_explained(const struct doubt *doubt,
			 const struct prov_customer *customer)
{
	const struct case_submission *sub = doubt->submission;
	bool sides = tells_sides(customer, sub);

	for (size_t i = 0; i < doubt->of_case->count; i++) {
		const struct case_submission *other = &doubt->of_case->list[i];

		if (other->id != sub->id && other->rank == sub->rank &&
		    text_same(other->type, sub->type) &&
		    text_same(other->schema, sub->schema) &&
		    text_same(other->party, sub->party) &&
		    (!sides || other->side == sub->side) &&
		    (other->sent_before || other->state == CASE_SENDING) &&
		    !(sub->leader && other->leader == sub->leader) &&
		    (!other->settled_ms || other->settled_ms >= sub->queued_ms))
			return true;
	}
	return false;
}

/* A rejection stays until somebody reviews again: that it is still there says
 * nothing, unless the provider shows what it is about. */
static enum evidence by_rejection(const struct doubt *doubt,
				  const struct prov_customer *customer)
{
	const struct case_submission *sub = doubt->submission;
	struct before before = before_read(doubt->papers, doubt->started_ms);
	int same = before_shows_same(&before, customer, sub->type, sub->side,
				     sub->party);

	before_release(&before);
	return same < 0 ? EVIDENCE_NONE
	       : same	? EVIDENCE_ABSENT
			: EVIDENCE_FOUND;
}

/* A form that is no more asked for, by what its provider makes of that. */
static bool form_arrived(const struct case_submission *sub,
			 const struct provider *provider,
			 const struct prov_customer *customer)
{
	const struct prov_form *form =
		sub->schema ? prov_form_find(provider, sub->schema) : NULL;

	return form && provider->form_arrived &&
	       provider->form_arrived(customer, form, sub->party);
}

static enum evidence by_standing(const struct doubt *doubt,
				 const struct provider *provider,
				 const struct prov_customer *customer)
{
	const struct case_submission *sub = doubt->submission;
	const char *type = sub->schema ? sub->schema : sub->type;
	const char *now = submission_standing(customer, sub->rank, type,
					      sub->side, sub->party);
	bool was_wanting = standing_wants(sub->rank, type, doubt->standing);

	if (is_explained(doubt, customer))
		return EVIDENCE_NONE;
	if (was_wanting && standing_is_there(sub->rank, type, now))
		return EVIDENCE_FOUND;
	if (was_wanting && !*now &&
	    (provider->drops_accepted || form_arrived(sub, provider, customer)))
		return EVIDENCE_FOUND;
	if (sub->rank == PROV_RANK_DOCUMENT && strcmp(now, "rejected") == 0)
		return by_rejection(doubt, customer);
	return standing_wants(sub->rank, type, now) ? EVIDENCE_ABSENT
						    : EVIDENCE_NONE;
}

/* Is every word of NAME one of the answers? How a form cuts a name into
 * fields is the adapter's business. */
static bool names(const struct form_schema *schema,
		  const struct form_answers *answers, const char *name)
{
	struct buf said = { 0 };
	char *folded = text_fold(name ? name : "");
	char *text = NULL;
	bool all = *folded;

	for (const struct form_field *field = schema->fields; field->key;
	     field++) {
		const char *answer = form_answer(answers, field->key);

		buf_addf(&said, " %s ", answer ? answer : "");
	}
	text = text_fold(buf_text(&said));
	for (const char *word = folded; all && *word;) {
		size_t len = strcspn(word, " ");
		char *wanted = mem_dup_n(word, len);
		const char *at = text;

		while ((at = strstr(at, wanted)) &&
		       !((at == text || at[-1] == ' ') &&
			 (!at[len] || at[len] == ' ')))
			at++;
		all = at;
		mem_free_private(wanted);
		word += len + strspn(word + len, " ");
	}
	mem_free_private(text);
	mem_free_private(folded);
	buf_release(&said);
	return all;
}

/* Does another one of the same form, not settled yet, have the same name? */
static bool names_twice(const struct doubt *doubt,
			const struct form_schema *schema, const char *name)
{
	const struct case_submission *sub = doubt->submission;

	for (size_t i = 0; i < doubt->of_case->count; i++) {
		const struct case_submission *other = &doubt->of_case->list[i];

		if (other->id != sub->id && !other->settled_ms &&
		    text_same(other->schema, sub->schema) && other->answers &&
		    names(schema, other->answers, name))
			return true;
	}
	return false;
}

static enum evidence by_parties(const struct doubt *doubt,
				const struct form_schema *schema,
				const struct prov_customer *customer,
				const char **id)
{
	struct before before = before_read(doubt->papers, doubt->started_ms);
	bool knew = before.parties;
	size_t fresh = 0;
	size_t named = 0;

	for (size_t i = 0; i < customer->party_count; i++) {
		const struct prov_party *party = &customer->parties[i];

		if (before_had_party(&before, party->id) ||
		    maker_of(doubt, party->id))
			continue;
		fresh++;
		if (doubt->submission->answers &&
		    names(schema, doubt->submission->answers, party->name)) {
			named +=
				names_twice(doubt, schema, party->name) ? 2 : 1;
			*id = party->id;
		}
	}
	before_release(&before);
	if (!fresh)
		return EVIDENCE_ABSENT;
	return knew && named == 1 ? EVIDENCE_FOUND : EVIDENCE_NONE;
}

enum evidence evidence_of(const struct doubt *doubt,
			  const struct provider *provider,
			  const struct prov_customer *customer, const char **id)
{
	const struct case_submission *sub = doubt->submission;
	const struct prov_form *form =
		sub->schema ? prov_form_find(provider, sub->schema) : NULL;
	enum evidence found;

	*id = NULL;
	/* Whom it made was looked for by himself. */
	if (sub->rank == PROV_RANK_CUSTOMER)
		return EVIDENCE_ABSENT;
	if (!submission_asks_first(provider))
		return by_standing(doubt, provider, customer);
	if (form && form->use == PROV_FORM_PARTY) {
		found = by_parties(doubt, form->schema, customer, id);
		if (found != EVIDENCE_NONE)
			return found;
		*id = NULL;
		found = by_standing(doubt, provider, customer);
		return found == EVIDENCE_FOUND ? found : EVIDENCE_NONE;
	}
	if (sub->rank == PROV_RANK_DOCUMENT && customer->lists_papers)
		return by_papers(doubt, customer, id);
	found = by_standing(doubt, provider, customer);
	if (found == EVIDENCE_FOUND && form && form->opens)
		*id = customer->record;
	/* Only a list of all papers, or a key, makes a repeat safe. */
	if (found == EVIDENCE_ABSENT && sub->rank == PROV_RANK_DOCUMENT &&
	    !submission_key_lives(provider, sub->key_made_ms, xfer_now_unix()))
		return EVIDENCE_NONE;
	return found;
}
