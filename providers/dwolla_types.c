/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: document types, as rows.
 * https://developers.dwolla.com/docs/balance/api-reference/documents/create-document-for-customer
 * https://developers.dwolla.com/docs/balance/api-reference/documents/create-document-for-beneficial-owner
 *
 * Dwolla has four types and takes nothing but the type with a file. Papers of
 * a business are all "other"; which of them is meant stands behind a colon,
 * which is ours and never sent.
 */
#include "providers/dwolla.h"

/* 10 MiB counts over the whole request. What stands around the file is at
 * most 600 bytes with the longest name and key; 1 KiB is left for it. */
#define DWOLLA_SIZES \
	.max_bytes = DWOLLA_BODY_MOST - 1024, .warn_bytes = 10000000
#define DWOLLA_PICTURE DWOLLA_SIZES, .kinds = DOC_JPEG | DOC_PNG
#define DWOLLA_PAPER                                         \
	DWOLLA_SIZES, .kinds = DOC_JPEG | DOC_PNG | DOC_PDF, \
		      .holders = DOC_FOR_BUSINESS

/* The controller's papers are the business customer's. */
#define DWOLLA_PEOPLE (DOC_FOR_PERSON | DOC_FOR_BUSINESS | DOC_FOR_PARTY_PERSON)

const struct doc_type dwolla_types[] = {
	{
		DWOLLA_PICTURE,
		.code = "license",
		.label = N_("Driver's license"),
		.help = N_("Of a US state, the front only, not expired; a "
			   "colour photo on a dark ground, all edges visible, "
			   "no flash."),
		.holders = DWOLLA_PEOPLE,
	},
	{
		DWOLLA_PICTURE,
		.code = "idCard",
		.label = N_("Identity card"),
		.help = N_("A US government photo card, the front only, not "
			   "expired, no military ID; a colour photo on a dark "
			   "ground, all edges visible."),
		.holders = DWOLLA_PEOPLE,
	},
	{
		DWOLLA_PICTURE,
		.code = "passport",
		.label = N_("US passport"),
		.help = N_("The page with the photo, not expired; a passport "
			   "of another country is refused."),
		.holders = DOC_FOR_PERSON,
	},
	{
		DWOLLA_PICTURE,
		.code = "passport",
		.label = N_("Passport"),
		.help = N_("The page with the photo, not expired. Of another "
			   "country only for who has no SSN, and with its "
			   "number on record at Dwolla."),
		.holders = DOC_FOR_BUSINESS | DOC_FOR_PARTY_PERSON,
	},
	{
		DWOLLA_PAPER,
		.code = "other",
		.label = N_("Business document"),
		.help = N_(
			"Best the IRS letter with the EIN (SS-4); of a "
			"sole proprietor a license, trade name or fictitious "
			"name statement; of a trust its signed papers."),
	},
	{
		DWOLLA_PAPER,
		.code = "other:ein",
		.label = N_("EIN letter"),
		.help = N_("The letter of the IRS that confirms the EIN "
			   "(SS-4 confirmation, CP 575 or 147C), all of it."),
	},
	{
		DWOLLA_PAPER,
		.code = "other:formation",
		.label = N_("Formation papers"),
		.help = N_("Articles of organization or incorporation, with "
			   "the state's stamp."),
	},
	{
		DWOLLA_PAPER,
		.code = "other:dba",
		.label = N_("DBA document"),
		.help = N_("Issued by a government, with both the name that "
			   "is used (DBA) and the registered one."),
	},
	{
		DWOLLA_PAPER,
		.code = "other:address",
		.label = N_("Proof of business address"),
		.help = N_("A utility bill, financial or tax statement (no "
			   "W-9), or a signed lease valid for 30 more days."),
	},
	{ .code = NULL },
};

const char *const dwolla_groups[] = { N_("Identity"), N_("Business address"),
				      NULL };
