/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: verification directives, which say what has to be solved where a
 * link alone would not tell. All of them have to be.
 * https://developers.dwolla.com/docs/balance/business-verified-customer/handle-verification-statuses
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

enum way {
	WAY_LINK,	/* what its links lead to, else only words */
	WAY_ADDRESS,	/* a correction that can also be made in place */
	WAY_EITHER,	/* such a correction, or the proof */
	WAY_DATA,	/* a correction that needs all data anew */
	WAY_CONTROLLER, /* and the controller's */
	WAY_PAPER,
	WAY_IDENTITY,
	WAY_WAIT,
};

static const struct directive {
	const char *code;
	enum way way;
	const char *paper;
} directives[] = {
	{ "POBoxNotAllowed", WAY_ADDRESS, NULL },
	{ "RegisteredAgentAddressNotAllowed", WAY_ADDRESS, NULL },
	{ "SOSStateMismatch", WAY_ADDRESS, NULL },
	{ "AddressNotAssociatedWithBusiness", WAY_EITHER, "other:address" },
	{ "CoWorkingAddress", WAY_EITHER, "other:address" },
	{ "ResidentialAddressRequired", WAY_CONTROLLER, NULL },
	/* Its name in the sandbox. */
	{ "ControllerNonResidential", WAY_CONTROLLER, NULL },
	{ "BusinessAddressDocRequired", WAY_PAPER, "other:address" },
	{ "EINMismatch", WAY_DATA, NULL },
	{ "EINDocumentRequired", WAY_PAPER, "other:ein" },
	{ "BusinessFormationDocRequired", WAY_PAPER, "other:formation" },
	{ "PersonalIDRequired", WAY_IDENTITY, NULL },
	{ "LegalDBAMismatch", WAY_DATA, NULL },
	{ "BusinessDBAMismatch", WAY_DATA, NULL },
	{ "BusinessNameMismatch", WAY_DATA, NULL },
	{ "SOSNotInGoodStanding", WAY_DATA, NULL },
	{ "ForeignPassportNumberRequired", WAY_CONTROLLER, NULL },
	{ "AdditionalReviewRequired", WAY_WAIT, NULL },
	{ "Required", WAY_LINK, NULL },
	{ NULL, WAY_LINK, NULL },
};

/* What the links of one directive lead to. Their keys are not all known, so
 * the address decides: documents are uploaded, all else is an update. */
struct leads {
	bool update, controller;
	const char *paper; /* NULL: no upload */
};

/* One directive on its way to what is wanted. */
struct hint {
	struct prov_customer *customer;
	struct dwolla_hints *hints;
	const json_t *root;
	const struct directive *row;
	struct leads leads;
};

static const struct directive *directive_of(const char *code)
{
	const struct directive *row = directives;

	while (row->code && !dwolla_same_code(row->code, code))
		row++;
	return row;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), less = strlen(end);

	return len >= less && strcmp(text + len - less, end) == 0;
}

static const char *paper_of(const char *link)
{
	if (strcmp(link, "upload-dba-document") == 0)
		return "other:dba";
	if (strcmp(link, "upload-ein-document") == 0)
		return "other:ein";
	return "other";
}

static struct leads leads_of(const json_t *root)
{
	json_t *links = json_object_get(root, "_links");
	struct leads leads = { 0 };
	const char *name = NULL;
	json_t *link = NULL;

	json_object_foreach(links, name, link)
	{
		const char *href = prov_json_word(link, "href");

		if (!href)
			continue;
		if (ends_with(href, "/documents")) {
			leads.paper = paper_of(name);
		} else {
			leads.update = true;
			if (strcmp(name, "retry-with-full-ssn") == 0)
				leads.controller = true;
		}
	}
	return leads;
}

static bool has_status(const struct hint *hint, const char *word)
{
	return prov_same_word(hint->customer->stage_word, word);
}

/* Nothing that can be sent from here: said, so that somebody can act. */
static void say(const struct hint *hint, enum prov_next next)
{
	const char *code = prov_json_word(hint->root, "code");
	struct prov_requirement *req = NULL;
	char *clean = NULL;

	clean = prov_clean(code && *code ? code : "directive", 64);
	req = dwolla_want_other(hint->customer, clean);
	free(clean);
	req->optional = true;
	free(req->label);
	req->label = prov_json_text(hint->root, "message");
	if (next == PROV_NEXT_WAIT)
		req->status = PROV_REQ_IN_REVIEW;
	req->reason.next = next;
}

/* Files are taken in one status, or where the directive has a link to it. */
static void want_paper(const struct hint *hint, const char *paper)
{
	struct prov_requirement *req = NULL;

	if (!has_status(hint, "document") && !hint->leads.paper) {
		say(hint, PROV_NEXT_OTHER_PAPER);
		return;
	}
	if (!paper) {
		dwolla_want_identity(hint->customer, NULL);
		return;
	}
	req = dwolla_want_paper(hint->customer, paper, NULL);
	if (req->reason.code)
		return;
	req->reason.code = prov_json_text(hint->root, "code");
	req->reason.message = prov_json_text(hint->root, "message");
}

/* In "document" no data is taken, unless there is a link to it. */
static void want_data(const struct hint *hint)
{
	if (has_status(hint, "retry"))
		hint->hints->retry = true;
	else if (hint->leads.controller)
		hint->hints->controller = true;
	else if (hint->leads.update && hint->row->way == WAY_DATA)
		hint->hints->retry = true;
	else if (hint->customer->kind == PROV_BUSINESS &&
		 (hint->leads.update || !has_status(hint, "document")) &&
		 hint->row->way != WAY_DATA)
		hint->hints->edit = true;
	else
		say(hint, PROV_NEXT_CORRECT_DATA);
}

static void want_controller(const struct hint *hint)
{
	if (has_status(hint, "retry") || hint->leads.update)
		hint->hints->controller = true;
	else
		say(hint, PROV_NEXT_CORRECT_DATA);
}

static void want_either(const struct hint *hint)
{
	bool paper = hint->leads.paper || has_status(hint, "document");
	bool data = hint->leads.update || !has_status(hint, "document");

	if (paper)
		want_paper(hint, hint->row->paper);
	if (data && paper && !has_status(hint, "retry"))
		hint->hints->address = true;
	else if (data)
		want_data(hint);
	if (paper && has_status(hint, "retry"))
		hint->hints->address = true;
}

static void want_linked(const struct hint *hint)
{
	if (hint->leads.paper)
		want_paper(hint, hint->leads.paper);
	if (hint->leads.controller)
		want_controller(hint);
	else if (hint->leads.update)
		want_data(hint);
	if (!hint->leads.paper && !hint->leads.update)
		say(hint, PROV_NEXT_NONE);
}

static void follow(const struct hint *hint)
{
	switch (hint->row->way) {
	case WAY_LINK:
		want_linked(hint);
		break;
	case WAY_ADDRESS:
	case WAY_DATA:
		want_data(hint);
		break;
	case WAY_EITHER:
		want_either(hint);
		break;
	case WAY_CONTROLLER:
		want_controller(hint);
		break;
	case WAY_PAPER:
		want_paper(hint, hint->row->paper);
		break;
	case WAY_IDENTITY:
		want_paper(hint, NULL);
		break;
	case WAY_WAIT:
		say(hint, PROV_NEXT_WAIT);
		break;
	}
}

static void explain(struct prov_customer *customer, const json_t *entry)
{
	if (!customer->reason.code)
		customer->reason.code = prov_json_text(entry, "code");
	dwolla_join(&customer->reason.message,
		    prov_json_word(entry, "message"));
}

/* A suspended customer takes nothing: its directives are words only. */
void dwolla_read_hints(struct prov_customer *customer, const json_t *root,
		       struct dwolla_hints *hints)
{
	const json_t *list =
		json_object_get(json_object_get(root, "_embedded"), "errors");
	const json_t *entry = NULL;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *code = prov_json_word(entry, "code");
		const struct directive *row = directive_of(code);
		struct hint hint = {
			.customer = customer,
			.hints = hints,
			.root = entry,
			.row = row,
			.leads = leads_of(entry),
		};

		if (i >= DWOLLA_LIST_MOST || !json_is_object(entry))
			continue;
		explain(customer, entry);
		if (!customer->closed_because)
			follow(&hint);
	}
}
