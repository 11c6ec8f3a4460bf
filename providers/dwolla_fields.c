/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: forms about a customer itself. Order here is order on screen and in
 * what is sent.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 */
#include "providers/dwolla_fields.h"

static const struct form_field personal_retry[] = {
	DWOLLA_PERSON_NAMES(N_("Person"), ""),
	DWOLLA_EMAIL(FORM_REQUIRED),
	DWOLLA_BIRTH(""),
	DWOLLA_SSN,
	DWOLLA_US_ADDRESS(N_("Home address"), FORM_REQUIRED),
	DWOLLA_CONTACT,
	{ .key = NULL },
};

static const struct form_field sole_retry[] = {
	DWOLLA_PERSON_NAMES(N_("Owner"), ""),
	DWOLLA_EMAIL(FORM_REQUIRED),
	DWOLLA_BIRTH(""),
	DWOLLA_SSN,
	DWOLLA_BUSINESS_NAME,
	DWOLLA_CLASSIFICATION,
	/* Required on one page, optional on another. */
	DWOLLA_EIN(FORM_ADVISED),
	DWOLLA_OTHER_NAMES,
	DWOLLA_US_ADDRESS(N_("Address"), FORM_REQUIRED),
	DWOLLA_CONTACT,
	{ .key = NULL },
};

static const struct form_field business_retry[] = {
	DWOLLA_ADMIN,
	DWOLLA_BUSINESS,
	DWOLLA_US_ADDRESS(N_("Business address"), FORM_REQUIRED),
	DWOLLA_CONTACT,
	{ .key = NULL },
};

static const struct form_field business_edit[] = {
	DWOLLA_US_ADDRESS(N_("Business address"), 0),
	DWOLLA_EMAIL(0),
	DWOLLA_CONTACT,
	DWOLLA_OTHER_NAMES,
	{ .key = NULL },
};

static const struct form_field certification[] = {
	{
		.key = "certified",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.rule = dwolla_yes_rule,
		.label = N_("Certified by the account admin"),
		.help = N_("\"I hereby certify, to the best of my knowledge, "
			   "that the information about the beneficial owners "
			   "is complete and correct.\""),
	},
	{ .key = NULL },
};

const struct form_schema dwolla_personal_retry = {
	.name = "dwolla.personal_retry",
	.title = N_("Corrected data of the person"),
	.fields = personal_retry,
};

const struct form_schema dwolla_sole_retry = {
	.name = "dwolla.sole_retry",
	.title = N_("Corrected data of the sole proprietor"),
	.fields = sole_retry,
};

const struct form_schema dwolla_business_retry = {
	.name = "dwolla.business_retry",
	.title = N_("Corrected data of the business"),
	.fields = business_retry,
};

const struct form_schema dwolla_business_edit = {
	.name = "dwolla.business_edit",
	.title = N_("Corrected address or names of the business"),
	.fields = business_edit,
};

const struct form_schema dwolla_certification = {
	.name = "dwolla.certification",
	.title = N_("Certification of the owners"),
	.fields = certification,
};
