/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what is wanted, as the links of a customer and of its owners have
 * it.
 * https://developers.dwolla.com/docs/balance/business-verified-customer/handle-verification-statuses
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

/* Links that speak of the owners, noted for the calls and files that come
 * after the customer's own. */
static const char *const noted[] = { "beneficial-owners",
				     "verify-beneficial-owners",
				     "certify-beneficial-ownership", NULL };

/* Links that want papers, in the order in which they are shown. */
static const struct want {
	const char *link;
	bool identity;
	const char *paper; /* beside it, or NULL */
} wants[] = {
	{ "verify-with-document", true, NULL },
	{ "verify-business-with-document", false, "other" },
	{ "verify-controller-and-business-with-document", true, "other" },
	{ "upload-dba-document", false, "other:dba" },
	{ NULL, false, NULL },
};

bool dwolla_has_link(const json_t *object, const char *name)
{
	return json_is_object(
		json_object_get(json_object_get(object, "_links"), name));
}

const char *dwolla_href(const json_t *object, const char *name)
{
	return prov_json_word(
		json_object_get(json_object_get(object, "_links"), name),
		"href");
}

/* Kept in the customer's record, one name after another. */
static void note_links(struct prov_customer *customer, const json_t *root)
{
	struct buf names = { 0 };

	for (size_t i = 0; noted[i]; i++)
		if (dwolla_has_link(root, noted[i]))
			buf_addf(&names, " %s ", noted[i]);
	free(customer->record);
	customer->record = names.len ? buf_take(&names) : NULL;
	buf_release(&names);
}

bool dwolla_linked(const struct prov_customer *customer, const char *name)
{
	char *word = mem_printf(" %s ", name);
	bool linked = customer->record && strstr(customer->record, word);

	free(word);
	return linked;
}

static bool has_status(const struct prov_customer *customer, const char *word)
{
	return prov_same_word(customer->stage_word, word);
}

/* A link says that a paper of the business is wanted, a directive says which:
 * then no other is needed beside it, and many slow down the review. The paper
 * with the DBA has a link of its own. */
static bool stand_in(struct prov_customer *customer, const char *link)
{
	static const char *const papers[] = { "other:ein", "other:formation",
					      "other:address" };
	bool stands = false;

	for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++) {
		struct prov_requirement *req =
			dwolla_find(customer, papers[i], NULL);

		if (req && req->kind == PROV_REQ_DOCUMENT) {
			mem_replace(&req->target, link);
			stands = true;
		}
	}
	return stands;
}

/* Papers are wanted, but nothing says which, nor that data would do: the least
 * that makes sense may be sent. */
static void want_anything(struct prov_customer *customer)
{
	bool person = customer->kind == PROV_INDIVIDUAL;

	if (!has_status(customer, "document") || customer->requirement_count)
		return;
	dwolla_want_identity(customer, NULL);
	if (!person)
		dwolla_want_paper(customer, "other", NULL);
	for (size_t i = 0; i < customer->requirement_count; i++)
		customer->requirements[i].optional = !person;
}

/* Files are taken in this status only. */
static void want_papers(struct prov_customer *customer, const json_t *root)
{
	if (!has_status(customer, "document"))
		return;
	for (const struct want *row = wants; row->link; row++) {
		bool stands = false;

		if (!dwolla_has_link(root, row->link))
			continue;
		if (row->identity)
			dwolla_want_identity(customer, NULL);
		if (row->paper && strcmp(row->paper, "other") == 0)
			stands = stand_in(customer, row->link);
		if (row->paper && !stands)
			mem_replace(
				&dwolla_want_paper(customer, row->paper, NULL)
					 ->target,
				row->link);
	}
}

static const struct form_schema *
retry_schema(const struct prov_customer *customer, const json_t *root,
	     bool controller)
{
	if (customer->kind == PROV_INDIVIDUAL)
		return &dwolla_personal_retry;
	if (prov_same_word(prov_json_word(root, "businessType"),
			   "soleProprietorship"))
		return &dwolla_sole_retry;
	return controller ? &dwolla_controller_retry : &dwolla_business_retry;
}

/* There is one try. Where the controller has to be redone, a form without
 * would waste it: of two links the larger one counts. */
static struct prov_requirement *want_retry(struct prov_customer *customer,
					   const json_t *root, bool controller)
{
	const struct form_schema *schema =
		retry_schema(customer, root, controller);
	struct prov_requirement *req = dwolla_want_form(
		customer, schema,
		schema == &dwolla_controller_retry ? "retry-with-full-ssn"
						   : "retry-verification",
		NULL, root);

	req->status = PROV_REQ_REJECTED;
	free(req->reason.code);
	free(req->reason.message);
	req->reason = (struct prov_reason){
		.code = mem_dup(customer->reason.code),
		.message = mem_dup(customer->reason.message),
		.next = PROV_NEXT_CORRECT_DATA,
	};
	dwolla_join(&req->reason.message,
		    _("the check of the data failed; there is one more try, "
		      "and the same data would fail again"));
	return req;
}

/* A correction in place, where the status takes one. */
static struct prov_requirement *want_edit(struct prov_customer *customer,
					  const json_t *root)
{
	struct prov_requirement *req = dwolla_want_form(
		customer, &dwolla_business_edit, "edit", NULL, root);

	req->status = PROV_REQ_REJECTED;
	req->reason.next = PROV_NEXT_CORRECT_DATA;
	mem_replace(&req->reason.code, customer->reason.code);
	mem_replace(&req->reason.message, customer->reason.message);
	return req;
}

/* The address: a form that is wanted anyway makes the proof a free choice;
 * where each would do alone, any one of the two is needed. */
static void settle_address(struct prov_customer *customer,
			   struct prov_requirement *form, bool demanded)
{
	struct prov_requirement *proof =
		dwolla_find(customer, "other:address", NULL);

	if (!form || !proof || proof->kind != PROV_REQ_DOCUMENT)
		return;
	if (demanded) {
		proof->optional = true;
	} else {
		proof->group = DWOLLA_ADDRESS;
		form->group = DWOLLA_ADDRESS;
	}
}

static void want_forms(struct prov_customer *customer, const json_t *root,
		       const struct dwolla_hints *hints)
{
	bool full = dwolla_has_link(root, "retry-with-full-ssn");
	bool retry = full || hints->retry || hints->controller ||
		     has_status(customer, "retry") ||
		     dwolla_has_link(root, "retry-verification");
	const char *code = NULL;

	if (retry)
		code = want_retry(customer, root, full || hints->controller)
			       ->code;
	else if (hints->edit || hints->address)
		code = want_edit(customer, root)->code;
	if (code && hints->address)
		settle_address(customer, dwolla_find(customer, code, NULL),
			       retry || hints->edit);
}

/* Optional: nobody may hold a quarter of the company. Not in every answer is
 * it said what a verified customer still owes, so the links decide there. */
static void want_owners(struct prov_customer *customer, const json_t *root)
{
	bool asked = dwolla_linked(customer, "verify-beneficial-owners") ||
		     dwolla_linked(customer, "certify-beneficial-ownership");
	bool open = has_status(customer, "retry") ||
		    has_status(customer, "document");
	struct prov_requirement *req = NULL;
	char *admin = NULL;

	if (asked || (open && dwolla_linked(customer, "beneficial-owners")))
		dwolla_want_form(customer, &dwolla_owner_new,
				 "beneficial-owners", NULL, NULL)
			->optional = true;
	if (!dwolla_linked(customer, "certify-beneficial-ownership"))
		return;
	req = dwolla_want_form(customer, &dwolla_certification,
			       "certify-beneficial-ownership", NULL, NULL);
	/* Of a business these are the account admin's names. */
	dwolla_join(&admin, prov_json_word(root, "firstName"));
	if (admin && prov_json_word(root, "lastName")) {
		char *both = mem_printf("%s %s", admin,
					prov_json_word(root, "lastName"));

		free(admin);
		admin = prov_clean(both, 200);
		free(both);
	}
	if (admin)
		req->label = mem_printf(_("Certification of the owners by %s"),
					admin);
	mem_free_private(admin);
}

static void want_quiz(struct prov_customer *customer)
{
	struct prov_requirement *req = NULL;

	if (!has_status(customer, "kba"))
		return;
	req = dwolla_want_other(customer, "kba");
	mem_replace(&req->label, _("Knowledge questions, asked elsewhere"));
}

void dwolla_want_of_customer(struct prov_customer *customer, const json_t *root)
{
	struct dwolla_hints hints = { 0 };

	note_links(customer, root);
	dwolla_read_hints(customer, root, &hints);
	want_quiz(customer);
	if (customer->closed_because)
		return;
	want_papers(customer, root);
	want_forms(customer, root, &hints);
	want_anything(customer);
	want_owners(customer, root);
}

static void want_owner_retry(struct prov_customer *customer, const char *party,
			     const json_t *root)
{
	struct prov_requirement *req =
		dwolla_want_form(customer, &dwolla_owner_retry,
				 "retry-verification", party, root);

	req->status = PROV_REQ_REJECTED;
	req->reason.next = PROV_NEXT_CORRECT_DATA;
	mem_replace(&req->reason.message,
		    _("the check of the data failed; there is one more try, "
		      "and the same data would fail again"));
}

/* The owner is a party already. No link says that it can be removed: each
 * can. */
void dwolla_want_of_owner(struct prov_customer *customer, const char *party,
			  const json_t *root)
{
	const char *status = prov_json_word(root, "verificationStatus");

	if (customer->closed_because)
		return;
	if (prov_same_word(status, "document") ||
	    dwolla_has_link(root, "verify-with-document"))
		dwolla_want_identity(customer, party);
	if (prov_same_word(status, "incomplete") ||
	    dwolla_has_link(root, "retry-verification"))
		want_owner_retry(customer, party, root);
	dwolla_want_form(customer, &dwolla_owner_removal, "removal", party,
			 NULL)
		->optional = true;
}
