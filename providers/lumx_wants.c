/* SPDX-License-Identifier: MIT */
/*
 * Lumx: the requirement list. What Lumx lists mixes alternatives with what it
 * insists on, leaves out the proof of address that it insists on as well, and
 * says nothing for parties; here it becomes what a person has to do.
 * https://docs.lumx.io/guides/create-a-customer
 */
#include "providers/lumx.h"

#include <stdlib.h>

/* The information form is small; more than this is not prefilled. */
#define KNOWN_MOST ((size_t)64 * 1024)

/* What a review cannot start without, and of whom. All else is optional: it
 * may be asked for, and then it is asked for by name. */
static const struct need {
	const char *code;
	unsigned holders;
} needs[] = {
	{ "ID_CARD", DOC_FOR_ANY_PERSON },
	{ "PASSPORT", DOC_FOR_ANY_PERSON },
	{ "DRIVERS_LICENSE", DOC_FOR_ANY_PERSON },
	{ "PROOF_OF_ADDRESS", DOC_FOR_ANY_PERSON | DOC_FOR_BUSINESS },
	{ "INCORPORATION_ARTICLES", DOC_FOR_BUSINESS },
	{ "ADDITIONAL_INFORMATION", DOC_FOR_PERSON | DOC_FOR_BUSINESS },
	{ "TERMS_OF_SERVICE", DOC_FOR_PERSON | DOC_FOR_BUSINESS },
	{ NULL, 0 },
};

/* What is no upload; all other names are types, or unknown. */
static const struct chore {
	const char *code;
	enum prov_req_kind kind;
} chores[] = {
	{ "ADDITIONAL_INFORMATION", PROV_REQ_INFORMATION },
	{ "TERMS_OF_SERVICE", PROV_REQ_TERMS },
	{ "VERIFICATION_START", PROV_REQ_START },
	{ NULL, PROV_REQ_OTHER },
};

static bool is_needed(const char *code, unsigned holder)
{
	for (size_t i = 0; needs[i].code; i++)
		if (prov_same_word(needs[i].code, code))
			return needs[i].holders & holder;
	return false;
}

static unsigned holder_of(const struct prov_customer *customer,
			  const struct prov_party *party)
{
	if (party)
		return party->kind == PROV_BUSINESS ? DOC_FOR_PARTY_BUSINESS
						    : DOC_FOR_PARTY_PERSON;
	return customer->kind == PROV_BUSINESS ? DOC_FOR_BUSINESS
					       : DOC_FOR_PERSON;
}

/* Any one identity document will do, for every person. */
static const char *group_of(const struct doc_type *type)
{
	return type && type->sides != DOC_NO_SIDES ? lumx_groups[0] : NULL;
}

struct prov_requirement *lumx_want(struct prov_customer *customer,
				   const char *code, const char *party)
{
	const struct doc_type *type = lumx_type_find(code);
	struct prov_requirement *req = NULL;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		req = &customer->requirements[i];
		if (prov_same_word(req->code, code) &&
		    prov_same_party(req->party, party)) {
			/* Ids may differ in case: the latest is right. */
			mem_replace(&req->party, party);
			return req;
		}
	}
	req = prov_customer_require(customer);
	req->party = mem_dup(party);
	req->optional = true;
	if (type) {
		req->unlisted = true;
		req->kind = PROV_REQ_DOCUMENT;
		req->type = type;
		req->code = mem_dup(type->code);
		req->group = group_of(type);
		return req;
	}
	req->code = prov_clean(code, 64);
	for (size_t i = 0; chores[i].code; i++)
		if (prov_same_word(chores[i].code, code)) {
			mem_replace(&req->code, chores[i].code);
			req->kind = chores[i].kind;
		}
	if (req->kind == PROV_REQ_INFORMATION)
		req->form = &lumx_forms[customer->kind];
	return req;
}

/* What has arrived shares the fate of the whole. */
static enum prov_req_status sent_status(enum prov_stage stage)
{
	if (stage == PROV_STAGE_APPROVED)
		return PROV_REQ_ACCEPTED;
	if (stage == PROV_STAGE_IN_REVIEW)
		return PROV_REQ_IN_REVIEW;
	return PROV_REQ_SENT;
}

/* One entry of their list. NOT_SENT is the only status they document. */
static void want_listed(struct prov_customer *customer, const json_t *entry)
{
	const char *word = prov_json_word(entry, "status");
	char *name = prov_json_text(entry, "name");
	struct prov_requirement *req = NULL;

	if (name) {
		req = lumx_want(customer, name, NULL);
		free(req->status_word);
		req->status_word = prov_json_text(entry, "status");
		req->unlisted = false;
		req->optional =
			!is_needed(req->code, holder_of(customer, NULL));
		if (word && !prov_same_word(word, "NOT_SENT"))
			req->status = sent_status(customer->stage);
	}
	free(name);
}

/* Offer CODE also where Lumx does not list it; it is NEEDED only where the
 * table says so. */
static void want_always(struct prov_customer *customer, const char *code,
			const struct prov_party *party, bool needed)
{
	struct prov_requirement *req =
		lumx_want(customer, code, party ? party->id : NULL);

	if (needed && is_needed(code, holder_of(customer, party)))
		req->optional = false;
}

static void want_identity(struct prov_customer *customer,
			  const struct prov_party *party, bool needed)
{
	for (const struct doc_type *type = lumx_types; type->code; type++)
		if (group_of(type))
			want_always(customer, type->code, party, needed);
}

static bool is_regulated(const json_t *root)
{
	const json_t *info = json_object_get(root, "additionalInformation");

	return json_is_true(json_object_get(info, "isRegulatedActivity"));
}

/* Needed because of an answer in the form, unless a review has passed that did
 * not miss it. */
static void want_licence(struct prov_customer *customer, bool needed)
{
	struct prov_requirement *req =
		lumx_want(customer, "REGULATED_ACTIVITY_DOCUMENT", NULL);

	if (needed || req->status_word)
		req->optional = false;
}

/* As form_answers_from_json() reads it: same nesting, without the kind. */
static char *known_of(const json_t *root)
{
	json_t *info = json_object_get(root, "additionalInformation");
	json_t *copy = NULL;
	char *text = NULL;

	if (!json_is_object(info) || !json_object_size(info))
		return NULL;
	copy = json_copy(info);
	json_object_del(copy, "type");
	text = json_dumps(copy, JSON_COMPACT);
	json_decref(copy);
	if (text && strlen(text) > KNOWN_MOST) {
		mem_free_private(text);
		text = NULL;
	}
	return text;
}

/* A business may name its people as long as it may send anything. */
static void want_parties(struct prov_customer *customer)
{
	struct prov_requirement *req = NULL;

	if (customer->kind != PROV_BUSINESS ||
	    (customer->stage != PROV_STAGE_NOT_STARTED &&
	     customer->stage != PROV_STAGE_ACTION_NEEDED))
		return;
	req = prov_customer_require(customer);
	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup("ASSOCIATED_PARTY");
	req->label = mem_dup(_("Add an owner or representative"));
	req->form = prov_form_find(&prov_lumx, lumx_party.name);
	req->optional = true;
}

/* The two that are no uploads. An absent entry for the terms means that they
 * were accepted; the information shows by itself. */
static void want_chores(struct prov_customer *customer, const json_t *root,
			bool needed)
{
	struct prov_requirement *req =
		lumx_want(customer, "ADDITIONAL_INFORMATION", NULL);

	req->known = known_of(root);
	if (!req->status_word && req->known)
		req->status = sent_status(customer->stage);
	want_always(customer, "ADDITIONAL_INFORMATION", NULL, needed);
	if (!json_is_array(json_object_get(root, "requirements")))
		return;
	req = lumx_want(customer, "TERMS_OF_SERVICE", NULL);
	req->optional = false;
	if (!req->status_word)
		req->status = PROV_REQ_ACCEPTED;
}

/* An individual's first review starts by itself, after the liveness check
 * behind the link: https://docs.lumx.io/compliance/rfi */
static void want_start(struct prov_customer *customer)
{
	if (customer->stage == PROV_STAGE_ACTION_NEEDED ||
	    (customer->stage == PROV_STAGE_NOT_STARTED &&
	     customer->kind == PROV_BUSINESS))
		lumx_want(customer, "VERIFICATION_START", NULL)->optional =
			false;
}

void lumx_want_of_customer(struct prov_customer *customer, const json_t *root)
{
	const json_t *list = json_object_get(root, "requirements");
	/* Before the first review the needs are known; later Lumx asks for
	 * what it wants by name, or by a reason. */
	bool needed = customer->stage == PROV_STAGE_NOT_STARTED;
	const json_t *entry = NULL;
	size_t i;

	if (customer->kind == PROV_INDIVIDUAL)
		want_identity(customer, NULL, needed);
	want_always(customer, "PROOF_OF_ADDRESS", NULL, needed);
	json_array_foreach(list, i, entry) if (i < LUMX_LIST_MOST)
		want_listed(customer, entry);
	if (customer->kind == PROV_BUSINESS)
		want_always(customer, "INCORPORATION_ARTICLES", NULL, needed);
	if (customer->kind == PROV_BUSINESS && is_regulated(root))
		want_licence(customer, needed);
	want_chores(customer, root, needed);
	want_always(customer, "OTHER", NULL, false);
	want_parties(customer);
	want_start(customer);
}

/* Of shareholders, only above a quarter, or when they do not say:
 * https://docs.lumx.io/compliance/identity-verification */
static bool is_small_shareholder(const json_t *root)
{
	const json_t *share = json_object_get(root, "ownershipPercentage");

	return prov_same_word(prov_json_word(root, "role"), "SHAREHOLDER") &&
	       !json_array_size(json_object_get(root, "roles")) &&
	       json_is_number(share) && json_number_value(share) <= 25;
}

/* A party that came later has its own first review still ahead. */
static bool is_party_waited_for(const struct prov_customer *customer,
				const struct prov_party *party)
{
	if (customer->stage == PROV_STAGE_NOT_STARTED)
		return party->stage == PROV_STAGE_NOT_STARTED ||
		       party->stage == PROV_STAGE_UNKNOWN;
	return customer->stage == PROV_STAGE_ACTION_NEEDED &&
	       party->stage == PROV_STAGE_NOT_STARTED;
}

void lumx_want_of_party(struct prov_customer *customer,
			const struct prov_party *party, const json_t *root)
{
	bool needed = !is_small_shareholder(root) &&
		      is_party_waited_for(customer, party);

	if (party->kind == PROV_INDIVIDUAL)
		want_identity(customer, party, needed);
	want_always(customer, "PROOF_OF_ADDRESS", party, needed);
	want_always(customer, "OTHER", party, false);
}

/* With one identity document rejected, any of them is wanted again. */
static void want_group_again(struct prov_customer *customer,
			     const struct prov_requirement *one)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *other = &customer->requirements[i];

		if (other->group == one->group &&
		    prov_same_party(other->party, one->party))
			other->optional = false;
	}
}

static size_t place_of(const struct prov_requirement *req)
{
	static const size_t ranks[] = {
		[PROV_REQ_DOCUMENT] = 100, [PROV_REQ_INFORMATION] = 200,
		[PROV_REQ_TERMS] = 201,	   [PROV_REQ_OTHER] = 202,
		[PROV_REQ_START] = 203,
	};

	if (req->type && req->group)
		return (size_t)(req->type - lumx_types);
	return ranks[req->kind] +
	       (req->type ? (size_t)(req->type - lumx_types) : 0);
}

void lumx_want_settle(struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].group &&
		    customer->requirements[i].status == PROV_REQ_REJECTED)
			want_group_again(customer, &customer->requirements[i]);
	prov_customer_sort(customer, place_of);
}
