/* SPDX-License-Identifier: MIT */
/* Dwolla: what follows when a customer, its documents, its owners and theirs
 * are all read. */
#include "providers/dwolla.h"

static bool is_done(const struct prov_requirement *req)
{
	return req->status == PROV_REQ_SENT ||
	       req->status == PROV_REQ_IN_REVIEW ||
	       req->status == PROV_REQ_ACCEPTED;
}

/* Of a group any one will do. */
static bool group_is_done(const struct prov_customer *customer,
			  const struct prov_requirement *req)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *other =
			&customer->requirements[i];

		if (is_done(other) && other->group == req->group &&
		    prov_same_party(other->party, req->party))
			return true;
	}
	return false;
}

/* What has to be done by somebody else than Dwolla. A text without a form or
 * a file is no less a demand for that. */
static bool is_open(const struct prov_customer *customer,
		    const struct prov_requirement *req)
{
	if (req->kind == PROV_REQ_OTHER)
		return !is_done(req);
	if (req->optional || is_done(req))
		return false;
	return !req->group || !group_is_done(customer, req);
}

static bool any_open(const struct prov_customer *customer, const char *party,
		     bool everybody)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if ((everybody || prov_same_party(req->party, party)) &&
		    is_open(customer, req))
			return true;
	}
	return false;
}

/* It is not verified because of an owner: of somebody there has to be one. */
static void settle_owners(struct prov_customer *customer)
{
	struct prov_requirement *req =
		dwolla_find(customer, "beneficial-owners", NULL);

	if (req && !customer->party_count &&
	    dwolla_linked(customer, "verify-beneficial-owners"))
		req->optional = false;
	for (size_t i = 0; i < customer->party_count; i++) {
		struct prov_party *party = &customer->parties[i];

		if (party->stage == PROV_STAGE_ACTION_NEEDED &&
		    !customer->closed_because &&
		    !any_open(customer, party->id, false))
			party->stage = PROV_STAGE_IN_REVIEW;
	}
}

static bool any_done(const struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (is_done(&customer->requirements[i]))
			return true;
	return false;
}

/* A directive that nobody but Dwolla can solve. */
static bool is_under_review(const struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].reason.next == PROV_NEXT_WAIT)
			return true;
	return false;
}

void dwolla_close_for_review(struct prov_customer *customer)
{
	customer->stage = PROV_STAGE_IN_REVIEW;
	customer->reason.next = PROV_NEXT_WAIT;
	mem_replace(&customer->closed_because,
		    _("Dwolla is looking into this customer, which takes two "
		      "to three business days: wait for its answer"));
}

/* Other directives beside a review still have to be solved. What was asked for
 * without saying that it must be is no review before something of it is
 * there. */
static void settle_stage(struct prov_customer *customer)
{
	bool verified = prov_same_word(customer->stage_word, "verified");
	bool owes = dwolla_linked(customer, "verify-beneficial-owners") ||
		    dwolla_linked(customer, "certify-beneficial-ownership");
	bool open = any_open(customer, NULL, true);

	if (customer->closed_because)
		return;
	if (is_under_review(customer) && !open) {
		dwolla_close_for_review(customer);
	} else if (verified && !owes && !open) {
		customer->stage = PROV_STAGE_APPROVED;
		customer->closed_because =
			mem_dup(_("Dwolla has verified this customer and takes "
				  "nothing more, unless it asks again"));
	} else if (verified) {
		customer->stage =
			open ? PROV_STAGE_ACTION_NEEDED : PROV_STAGE_IN_REVIEW;
	} else if (customer->stage == PROV_STAGE_ACTION_NEEDED &&
		   any_done(customer) && !open) {
		customer->stage = PROV_STAGE_IN_REVIEW;
	}
}

/* What the directives together ask for first. */
static void settle_reason(struct prov_customer *customer)
{
	struct prov_reason *reason = &customer->reason;

	if (prov_same_word(customer->stage_word, "suspended") &&
	    customer->stage == PROV_STAGE_CLOSED)
		reason->next = PROV_NEXT_STOP;
	for (size_t i = 0; reason->message && !reason->next &&
			   i < customer->requirement_count;
	     i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (!req->party && req->status == PROV_REQ_REJECTED &&
		    is_open(customer, req))
			reason->next = req->reason.next;
	}
}

/* Documents in the order of their table, then forms, then words. */
static size_t place_of(const struct prov_requirement *req)
{
	if (req->type)
		return (size_t)(req->type - dwolla_types);
	return req->kind == PROV_REQ_INFORMATION ? 100 : 101;
}

void dwolla_settle(struct prov_customer *customer)
{
	settle_owners(customer);
	settle_stage(customer);
	settle_reason(customer);
	prov_customer_sort(customer, place_of);
}
