/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the requirement list. It lists nothing itself, so what has to be
 * done follows from what was found, in the order of the guide: onboarding,
 * shareholders, representatives, their documents, the company's, the review.
 * https://docs.zrobank.io/baas/guides/legal-person-onboarding
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : !a && !b;
}

struct prov_requirement *zro_find(struct prov_customer *customer,
				  const char *code, const char *party)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		if (same_text(req->code, code) && same_text(req->party, party))
			return req;
	}
	return NULL;
}

static unsigned holder_of(const struct prov_customer *customer,
			  const char *party)
{
	if (party)
		return DOC_FOR_PARTY_PERSON;
	return customer->kind == PROV_BUSINESS ? DOC_FOR_BUSINESS
					       : DOC_FOR_PERSON;
}

static const char *id_of(const struct prov_paper *paper)
{
	return paper ? paper->id : NULL;
}

struct prov_requirement *zro_want(struct prov_customer *customer,
				  const char *code, enum doc_side side,
				  const char *party, const char *owner)
{
	struct prov_requirement *req = prov_customer_require(customer);
	const struct prov_paper *whole =
		zro_paper(customer, code, DOC_SIDE_NONE, party);
	const struct prov_paper *front =
		zro_paper(customer, code, DOC_SIDE_FRONT, party);
	const struct prov_paper *back =
		zro_paper(customer, code, DOC_SIDE_BACK, party);
	bool there = whole || (front && back);

	if (side == DOC_SIDE_FRONT)
		there = front;
	if (side == DOC_SIDE_BACK)
		there = back;
	req->kind = PROV_REQ_DOCUMENT;
	req->code = mem_dup(code);
	req->type = zro_type(code, holder_of(customer, party));
	req->side = side;
	req->party = mem_dup(party);
	req->status =
		there ? zro_arrived(zro_phase(customer)) : PROV_REQ_MISSING;
	if (owner)
		req->target =
			req->type->sides == DOC_NO_SIDES
				? zro_target(owner, id_of(whole), NULL)
				: zro_target(owner, id_of(front), id_of(back));
	return req;
}

/* What the readers have noted, taken off the list to be put back in order. */
struct noted {
	struct prov_requirement *list;
	size_t count;
};

/* Put CODE of PARTY back, at the end; NULL: it was not noted. */
static struct prov_requirement *put_back(struct prov_customer *customer,
					 struct noted *noted, const char *code,
					 const char *party)
{
	for (size_t i = 0; i < noted->count; i++) {
		struct prov_requirement *req = NULL;

		if (!noted->list[i].code ||
		    !same_text(noted->list[i].code, code) ||
		    !same_text(noted->list[i].party, party))
			continue;
		req = prov_customer_require(customer);
		*req = noted->list[i];
		noted->list[i] = (struct prov_requirement){ 0 };
		return req;
	}
	return NULL;
}

static void put_back_rest(struct prov_customer *customer, struct noted *noted)
{
	for (size_t i = 0; i < noted->count; i++)
		if (noted->list[i].code)
			*prov_customer_require(customer) = noted->list[i];
	free(noted->list);
}

static struct prov_requirement *want_form(struct prov_customer *customer,
					  const char *code,
					  const struct form_schema *schema)
{
	struct prov_requirement *req = prov_customer_require(customer);

	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup(code);
	req->form = zro_form(schema);
	return req;
}

/* The shareholders there are, for the field that links to one. */
static void offer_shareholders(const struct prov_customer *customer,
			       struct prov_requirement *req)
{
	for (size_t i = 0; i < customer->party_count; i++) {
		const struct prov_party *party = &customer->parties[i];

		if (zro_has_role(party, ZRO_SHAREHOLDER))
			prov_requirement_offer(req, "shareholder_id", party->id,
					       party->name ? party->name
							   : party->id);
	}
}

/* A member of what is known for a form, as text; NULL: it is not known. */
static char *known_text(const struct prov_requirement *req, const char *name)
{
	json_t *root =
		req && req->known ? json_loads(req->known, 0, NULL) : NULL;
	char *text = mem_dup(prov_json_word(root, name));

	json_decref(root);
	return text;
}

static bool is_active(const struct prov_party *party)
{
	return zro_has_role(party, ZRO_REPRESENTATIVE) &&
	       party->stage != PROV_STAGE_CLOSED;
}

static bool has_parties(const struct prov_customer *customer, const char *role)
{
	for (size_t i = 0; i < customer->party_count; i++)
		if (zro_has_role(&customer->parties[i], role) &&
		    customer->parties[i].stage != PROV_STAGE_CLOSED)
			return true;
	return false;
}

/* Has SHAREHOLDER a representative, as far as the list says? One whose
 * shareholder is not told may be his. */
static bool is_represented(struct prov_customer *customer,
			   const char *shareholder)
{
	bool found = false;

	for (size_t i = 0; i < customer->party_count && !found; i++) {
		const struct prov_party *party = &customer->parties[i];
		struct prov_requirement *fix =
			zro_find(customer, ZRO_REPRESENTATIVE_FIX, party->id);
		char *link = known_text(fix, "shareholder_id");

		if (is_active(party))
			found = link ? same_text(link, shareholder)
				     : fix && fix->status != PROV_REQ_MISSING;
		free(link);
	}
	return found;
}

/* Shares above the whole are refused with the next one; the corrections say
 * where to look. */
static void check_shares(struct prov_customer *customer)
{
	int64_t sum = 0;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];
		char *share = NULL;
		int64_t part;

		if (!same_text(req->code, ZRO_SHAREHOLDER_FIX))
			continue;
		share = known_text(req, "participation_percentage");
		part = share ? zro_cents(share) : 0;
		sum += part > 0 ? part : 0;
		free(share);
		if (part > 0 && sum > 10000) {
			free(req->reason.message);
			req->reason.message = mem_dup(
				_("the shares add up to more than 100 %"));
			req->reason.next = PROV_NEXT_CORRECT_DATA;
		}
	}
}

static void want_shareholders(struct prov_customer *customer,
			      struct noted *noted)
{
	want_form(customer, ZRO_SHAREHOLDER_NEW, &zro_schema_shareholder)
		->optional = has_parties(customer, ZRO_SHAREHOLDER);
	for (size_t i = 0; i < customer->party_count; i++)
		if (zro_has_role(&customer->parties[i], ZRO_SHAREHOLDER))
			put_back(customer, noted, ZRO_SHAREHOLDER_FIX,
				 customer->parties[i].id);
	check_shares(customer);
}

/* A representative of PARTY, a company: the form has it chosen already. */
static void want_representative_of(struct prov_customer *customer,
				   const struct prov_party *party)
{
	struct prov_requirement *req = want_form(
		customer, ZRO_REPRESENTATIVE_NEW, &zro_schema_representative);
	json_t *known = json_object();

	req->party = mem_dup(party->id);
	req->label = mem_printf(_("Legal representative of %s"),
				party->name ? party->name : party->id);
	json_object_set_new(known, "shareholder_id", json_string(party->id));
	req->known = zro_dump(known);
	offer_shareholders(customer, req);
	zro_forget(known);
}

static void want_papers_of(struct prov_customer *customer, const char *party)
{
	static const struct {
		const char *code;
		bool optional;
	} rows[] = {
		{ "selfie", false },
		{ "qualification_declaration", false },
		{ "income_declaration", true },
		{ "address_proof", true },
	};

	zro_want_identity(customer, zro_families, party, party, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		zro_want(customer, rows[i].code, DOC_SIDE_NONE, party, party)
			->optional = rows[i].optional;
}

static void want_removal(struct prov_customer *customer,
			 const struct prov_party *party)
{
	struct prov_requirement *req = want_form(
		customer, ZRO_REPRESENTATIVE_OUT, &zro_schema_removal);

	req->party = mem_dup(party->id);
	req->optional = true;
}

static void want_representatives(struct prov_customer *customer,
				 struct noted *noted)
{
	struct prov_requirement *req = NULL;
	bool any = has_parties(customer, ZRO_REPRESENTATIVE);

	/* First what is known of each: who represents whom stands there. */
	for (size_t i = 0; i < customer->party_count; i++)
		if (zro_has_role(&customer->parties[i], ZRO_REPRESENTATIVE)) {
			req = put_back(customer, noted, ZRO_REPRESENTATIVE_FIX,
				       customer->parties[i].id);
			if (req)
				offer_shareholders(customer, req);
			if (zro_phase(customer) == ZRO_OPEN)
				want_removal(customer, &customer->parties[i]);
		}
	for (size_t i = 0; i < customer->party_count; i++) {
		const struct prov_party *party = &customer->parties[i];

		if (zro_has_role(party, ZRO_SHAREHOLDER) &&
		    party->kind == PROV_BUSINESS &&
		    !is_represented(customer, party->id)) {
			want_representative_of(customer, party);
			any = true;
		}
	}
	req = want_form(customer, ZRO_REPRESENTATIVE_NEW,
			&zro_schema_representative);
	req->optional = any;
	offer_shareholders(customer, req);
	for (size_t i = 0; i < customer->party_count; i++)
		if (is_active(&customer->parties[i]))
			want_papers_of(customer, customer->parties[i].id);
}

static void want_company_papers(struct prov_customer *customer,
				const char *owner)
{
	zro_want(customer, "social_contract", DOC_SIDE_NONE, NULL, owner);
	zro_want(customer, "balance_sheet", DOC_SIDE_NONE, NULL, owner)->group =
		zro_groups[1];
	zro_want(customer, "revenue_statement", DOC_SIDE_NONE, NULL, owner)
		->group = zro_groups[1];
	zro_want(customer, "kyc_aml_policy", DOC_SIDE_NONE, NULL, owner)
		->optional = true;
}

static void want_review(struct prov_customer *customer, const char *owner)
{
	enum zro_phase phase = zro_phase(customer);
	struct prov_requirement *req = NULL;
	struct buf words = { 0 };
	const char *code = zro_lacks(customer, &words);

	req = prov_customer_require(customer);
	req->kind = PROV_REQ_START;
	req->code = mem_dup(ZRO_FINALIZE);
	req->target = mem_dup(owner);
	if (phase == ZRO_WATCHED || phase == ZRO_DONE) {
		req->status = zro_arrived(phase);
	} else if (code) {
		req->reason.code = mem_dup(code);
		req->reason.message =
			mem_printf(_("still missing: %s"), buf_text(&words));
	}
	buf_release(&words);
}

/* A natural person's files go all at once; that is what submits them. */
static void want_upload(struct prov_customer *customer, const char *owner)
{
	struct prov_requirement *req = NULL;

	zro_want_identity(customer, zro_natural_families, NULL, owner,
			  ZRO_BUNDLE);
	zro_want(customer, ZRO_DIGITAL, DOC_SIDE_NONE, NULL, owner)->group =
		zro_groups[0];
	req = zro_want(customer, "selfie", DOC_SIDE_NONE, NULL, owner);
	req->bundle = mem_dup(ZRO_BUNDLE);
	req = zro_want(customer, "address_proof", DOC_SIDE_NONE, NULL, owner);
	req->bundle = mem_dup(ZRO_BUNDLE);
	req->optional = true;
}

/* Afterwards each that is there can be replaced, one at a time; one that is
 * not can no longer be added. */
static void want_replacements(struct prov_customer *customer, const char *owner)
{
	static const struct {
		const char *code;
		enum doc_side side;
	} rows[] = {
		{ "physical_document:rg", DOC_SIDE_FRONT },
		{ "physical_document:rg", DOC_SIDE_BACK },
		{ "physical_document:cnh", DOC_SIDE_FRONT },
		{ "physical_document:cnh", DOC_SIDE_BACK },
		{ ZRO_DIGITAL, DOC_SIDE_NONE },
		{ "selfie", DOC_SIDE_NONE },
		{ "address_proof", DOC_SIDE_NONE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (zro_paper(customer, rows[i].code, rows[i].side, NULL))
			zro_want(customer, rows[i].code, rows[i].side, NULL,
				 owner);
}

/* A selfie without an identity document came with a digital one. */
static void name_digital(struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->paper_count; i++)
		if (strncmp(customer->papers[i].type,
			    "physical_document:", 18) == 0 ||
		    strcmp(customer->papers[i].type, ZRO_UNNAMED) == 0)
			return;
	for (size_t i = 0; i < customer->paper_count; i++)
		if (strcmp(customer->papers[i].type, "selfie") == 0)
			mem_replace(&customer->papers[i].type, ZRO_DIGITAL);
}

static void settle_person(struct prov_customer *customer, struct noted *noted)
{
	enum zro_phase phase = zro_phase(customer);
	const char *owner = phase == ZRO_DEAD ? NULL : customer->record;

	put_back(customer, noted, ZRO_OPENING, NULL);
	name_digital(customer);
	if (!owner || !customer->paper_count) {
		want_upload(customer, owner);
		return;
	}
	want_replacements(customer, owner);
	/* Open, and everything is there: they are looking at it. */
	if (customer->stage == PROV_STAGE_NOT_STARTED) {
		customer->stage = PROV_STAGE_IN_REVIEW;
		customer->reason.next = PROV_NEXT_WAIT;
	}
}

static void settle_company(struct prov_customer *customer, struct noted *noted)
{
	const char *owner =
		zro_phase(customer) == ZRO_DEAD ? NULL : customer->record;

	put_back(customer, noted, ZRO_OPENING, NULL);
	want_shareholders(customer, noted);
	want_representatives(customer, noted);
	want_company_papers(customer, owner);
	want_review(customer, owner);
}

/* Something that could be done: what is missing, or a correction. */
static bool is_offer(const struct prov_requirement *req)
{
	return req->status == PROV_REQ_MISSING ||
	       (req->kind == PROV_REQ_INFORMATION && req->optional);
}

/* While nothing can be sent, what is not there is nothing to be done. */
static void drop_missing(struct prov_customer *customer)
{
	struct prov_customer kept = { 0 };
	struct prov_customer rest = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		*prov_customer_require(is_offer(req) ? &rest : &kept) = *req;
	}
	free(customer->requirements);
	customer->requirements = kept.requirements;
	customer->requirement_count = kept.requirement_count;
	prov_customer_release(&rest);
}

void zro_settle(struct prov_customer *customer)
{
	struct noted noted = { customer->requirements,
			       customer->requirement_count };

	if (customer->stage == PROV_STAGE_CLOSED)
		return;
	customer->requirements = NULL;
	customer->requirement_count = 0;
	if (customer->kind == PROV_BUSINESS)
		settle_company(customer, &noted);
	else
		settle_person(customer, &noted);
	put_back_rest(customer, &noted);
	if (zro_phase(customer) == ZRO_WATCHED ||
	    zro_phase(customer) == ZRO_DONE)
		drop_missing(customer);
	/* One that is over is nothing to add to. */
	if (zro_phase(customer) == ZRO_DEAD)
		mem_replace(&customer->record, NULL);
}
