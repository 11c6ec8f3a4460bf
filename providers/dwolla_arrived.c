/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what a customer says of a form whose answer was lost. Nothing lists
 * the forms that came; but one that is taken ends the status that asked for
 * it, and there is one try, so who has moved on has made it.
 * https://developers.dwolla.com/docs/balance/business-verified-customer/handle-verification-statuses
 */
#include "providers/dwolla.h"

#include <string.h>

static bool is_retry(const struct prov_form *form)
{
	return form->schema == &dwolla_personal_retry ||
	       form->schema == &dwolla_sole_retry ||
	       form->schema == &dwolla_business_retry ||
	       form->schema == &dwolla_controller_retry;
}

static bool is_any(const char *word, const char *const *words)
{
	while (*words && !prov_same_word(word, *words))
		words++;
	return *words;
}

/* Suspended or deactivated is who did wrong elsewhere, too. */
static bool has_moved_on(const struct prov_customer *customer)
{
	static const char *const words[] = { "verified", "document", "kba",
					     NULL };

	return is_any(customer->stage_word, words) &&
	       !dwolla_find(customer, "retry-verification", NULL) &&
	       !dwolla_find(customer, "retry-with-full-ssn", NULL);
}

static bool owner_has_moved_on(const struct prov_customer *customer,
			       const char *party)
{
	static const char *const words[] = { "verified", "document", NULL };
	const struct prov_party *owner = prov_customer_party(customer, party);

	return owner && is_any(owner->stage_word, words) &&
	       !dwolla_find(customer, "retry-verification", party);
}

/* The directive that asked for it is gone; unless a paper may have done it. */
static bool is_corrected(const struct prov_customer *customer)
{
	static const char *const words[] = { "verified", "document", NULL };

	if (!is_any(customer->stage_word, words) || customer->reason.code ||
	    dwolla_find(customer, "edit", NULL) || !customer->lists_papers)
		return false;
	/* A type that is left open is a paper of the business as well. */
	for (size_t i = 0; i < customer->paper_count; i++) {
		const struct prov_paper *paper = &customer->papers[i];

		if (!paper->party &&
		    (!paper->type || strncmp(paper->type, "other", 5) == 0))
			return false;
	}
	return true;
}

bool dwolla_form_arrived(const struct prov_customer *customer,
			 const struct prov_form *form, const char *party)
{
	if (is_retry(form))
		return !party && has_moved_on(customer);
	if (form->schema == &dwolla_owner_removal)
		return party && !prov_customer_party(customer, party);
	if (form->schema == &dwolla_owner_retry)
		return party && owner_has_moved_on(customer, party);
	return form->schema == &dwolla_business_edit && !party &&
	       is_corrected(customer);
}
