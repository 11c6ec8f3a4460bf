/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: "verification directives", which say in _embedded.errors what a
 * business still owes.
 * https://developers.dwolla.com/docs/balance/business-verified-customer/handle-verification-statuses
 */
#include "providers/sandbox/dwolla.h"

#define RETRY	   "retry-verification"
#define FULL_RETRY "retry-with-full-ssn"
#define UPDATE	   "update-customer"

static const struct dwolla_directive directives[] = {
	{ "Required", "Full SSN required", DWOLLA_CORRECT_CONTROLLER,
	  FULL_RETRY, "" },
	{ "POBoxNotAllowed", "A PO Box cannot be the address of a business.",
	  DWOLLA_CORRECT, RETRY, "address1" },
	{ "RegisteredAgentAddressNotAllowed",
	  "The address of a registered agent cannot be used.", DWOLLA_CORRECT,
	  RETRY, "address1" },
	{ "SOSStateMismatch",
	  "The state does not match the Secretary of State's record.",
	  DWOLLA_CORRECT, NULL, "state" },
	{ "AddressNotAssociatedWithBusiness",
	  "The address is not associated with the business.",
	  DWOLLA_SEND_OR_EDIT, UPDATE, "" },
	{ "CoWorkingAddress", "The address is that of a co-working space.",
	  DWOLLA_SEND_OR_EDIT, UPDATE, "" },
	{ "ResidentialAddressRequired",
	  "The controller's address must be residential.",
	  DWOLLA_CORRECT_CONTROLLER, FULL_RETRY, "controller.address" },
	/* What the provider's sandbox says for the one above. */
	{ "ControllerNonResidential",
	  "The controller's address must be residential.",
	  DWOLLA_CORRECT_CONTROLLER, FULL_RETRY, "controller.address" },
	{ "BusinessAddressDocRequired",
	  "Proof of the business address is required.", DWOLLA_SEND_BUSINESS,
	  NULL, "" },
	{ "EINMismatch", "The EIN does not match the business.", DWOLLA_CORRECT,
	  RETRY, "ein" },
	{ "EINDocumentRequired",
	  "EIN Letter is required to verify the business.",
	  DWOLLA_SEND_BUSINESS, "upload-ein-document", "" },
	{ "BusinessFormationDocRequired",
	  "Articles of organization or incorporation are required.",
	  DWOLLA_SEND_BUSINESS, NULL, "" },
	{ "PersonalIDRequired",
	  "Personal ID is required for account verification.",
	  DWOLLA_SEND_PERSON, NULL, "" },
	{ "LegalDBAMismatch", "The legal name and the DBA do not match.",
	  DWOLLA_CORRECT, RETRY, "doingBusinessAs" },
	{ "BusinessDBAMismatch", "The business and its DBA do not match.",
	  DWOLLA_CORRECT, RETRY, "doingBusinessAs" },
	{ "BusinessNameMismatch", "The name does not match the business.",
	  DWOLLA_CORRECT, RETRY, "businessName" },
	{ "SOSNotInGoodStanding",
	  "The business is not in good standing with the Secretary of State.",
	  DWOLLA_CORRECT, RETRY, "" },
	{ "ForeignPassportNumberRequired",
	  "The controller's passport number is required.",
	  DWOLLA_CORRECT_CONTROLLER, FULL_RETRY, "controller.passport" },
	{ "AdditionalReviewRequired",
	  "Account verification is now under review.", DWOLLA_WAIT, NULL, "" },
	/* A code that stands for two things; the other is the first row. */
	{ "RequiredDBA", "DBA (Doing Business As) document upload required",
	  DWOLLA_SEND_DBA, "upload-dba-document", "" },
	{ NULL, NULL, DWOLLA_WAIT, NULL, NULL },
};

const struct dwolla_directive *dwolla_directive(const char *code)
{
	const struct dwolla_directive *directive = directives;

	while (directive->code && (!code || strcmp(directive->code, code) != 0))
		directive++;
	return directive->code ? directive : NULL;
}

enum dwolla_action dwolla_action(const char *code)
{
	const struct dwolla_directive *directive = dwolla_directive(code);

	return directive ? directive->action : DWOLLA_WAIT;
}

void dwolla_direct(json_t *record, const char *code, int64_t now)
{
	const struct dwolla_directive *directive = dwolla_directive(code);
	json_t *codes = json_object_get(record, "directives");

	if (dwolla_listed(codes, code))
		return;
	json_array_append_new(codes, json_string(code));
	switch (directive->action) {
	case DWOLLA_CORRECT:
		dwolla_ask_retry(record, false, directive->field, now);
		break;
	case DWOLLA_CORRECT_CONTROLLER:
		dwolla_ask_retry(record, true, directive->field, now);
		break;
	case DWOLLA_SEND_PERSON:
		dwolla_need(record, "person", code);
		dwolla_set_status(record, "document", now);
		break;
	case DWOLLA_SEND_BUSINESS:
	case DWOLLA_SEND_OR_EDIT:
		dwolla_need(record, "business", code);
		dwolla_set_status(record, "document", now);
		break;
	case DWOLLA_SEND_DBA:
		dwolla_need(record, "dba", code);
		dwolla_set_status(record, "document", now);
		break;
	case DWOLLA_WAIT:
		dwolla_set_status(record, "suspended", now);
		break;
	}
}

bool dwolla_may_edit_address(const json_t *record)
{
	json_t *code;
	size_t i;

	json_array_foreach(json_object_get(record, "directives"), i, code)
	{
		if (dwolla_action(json_string_value(code)) ==
		    DWOLLA_SEND_OR_EDIT)
			return true;
	}
	return false;
}

static json_t *show_one(const struct dwolla_directive *directive,
			const char *id, const char *base)
{
	bool dba = directive->action == DWOLLA_SEND_DBA;
	bool documents = dba || directive->action == DWOLLA_SEND_BUSINESS;
	json_t *links = json_object();

	if (directive->link)
		dwolla_link(links, directive->link,
			    documents ? "document" : "customer", base,
			    "/customers/%s%s", id,
			    documents ? "/documents" : "");
	return json_pack("{ss ss so}", "code",
			 dba ? "Required" : directive->code, "message",
			 directive->message, "_links", links);
}

json_t *dwolla_show_directives(const json_t *record, const char *base)
{
	json_t *list = json_array(), *code;
	size_t i;

	json_array_foreach(json_object_get(record, "directives"), i, code)
	{
		const struct dwolla_directive *directive =
			dwolla_directive(json_string_value(code));

		if (directive)
			json_array_append_new(
				list,
				show_one(directive, dwolla_text(record, "id"),
					 base));
	}
	return list;
}
