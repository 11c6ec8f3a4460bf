/* SPDX-License-Identifier: MIT */
/*
 * Lumx: document types, as rows.
 * https://docs.lumx.io/additional-information/document-types
 * https://docs.lumx.io/api-reference/customers/upload-a-document.md
 */
#include "providers/lumx.h"

/* What is the same for all: the country of the document is asked for, the
 * formats, and 50 MB, read as the smaller of its two meanings. */
#define LUMX_FILE                                                     \
	.country = DOC_NEEDED, .kinds = DOC_JPEG | DOC_PNG | DOC_PDF, \
	.max_bytes = 50000000

const struct doc_type lumx_types[] = {
	{
		LUMX_FILE,
		.code = "ID_CARD",
		.label = N_("Identity card"),
		.help = N_("Both sides, flat, in colour, all four corners in "
			   "the picture; an expired card is refused."),
		.holders = DOC_FOR_ANY_PERSON,
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		LUMX_FILE,
		.code = "PASSPORT",
		.label = N_("Passport"),
		.help = N_("The page with the photo, with the two lines of "
			   "signs at its foot; glare makes it unreadable."),
		.holders = DOC_FOR_ANY_PERSON,
		.sides = DOC_FRONT_ONLY,
	},
	{
		LUMX_FILE,
		.code = "DRIVERS_LICENSE",
		.label = N_("Driving licence"),
		.help = N_("Both sides, flat, in colour; a printout of a "
			   "digital licence may be refused."),
		.holders = DOC_FOR_ANY_PERSON,
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		LUMX_FILE,
		.code = "PROOF_OF_ADDRESS",
		.label = N_("Proof of address"),
		.help = N_("For example a bill for electricity, water or "
			   "internet, with name, address and date, issued in "
			   "the last 90 days."),
		.holders = DOC_FOR_ANYONE,
		.max_age_days = 90,
	},
	{
		LUMX_FILE,
		.code = "SELFIE",
		.label = N_("Selfie"),
		.help = N_("The face from the front, well lit, without hat or "
			   "sunglasses; not a photo of a photo."),
		.holders = DOC_FOR_ANY_PERSON,
	},
	{
		LUMX_FILE,
		.code = "BANK_STATEMENT",
		.label = N_("Bank statement"),
		.help = N_("All pages, with the holder's name, from the last "
			   "90 days."),
		.holders = DOC_FOR_ANYONE,
		.max_age_days = 90,
	},
	{
		LUMX_FILE,
		.code = "INCOME_TAX_RETURN",
		.label = N_("Income tax return"),
		.help = N_("The latest one, all pages, with the receipt of "
			   "the tax office."),
		.holders = DOC_FOR_ANYONE,
	},
	{
		LUMX_FILE,
		.code = "DELIVERY_RECEIPT",
		.label = N_("Delivery receipt"),
		.help = N_("The tax office's receipt for the return, or of "
			   "another paper that was handed in."),
		.holders = DOC_FOR_ANYONE,
	},
	{
		LUMX_FILE,
		.code = "INCORPORATION_ARTICLES",
		.label = N_("Articles of incorporation"),
		.help = N_("Articles or bylaws as registered, all pages, with "
			   "the latest change."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "SHAREHOLDER_REGISTRY",
		.label = N_("Register of shareholders"),
		.help = N_("Who owns how much, all pages, current."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "DIRECTORS_REGISTRY",
		.label = N_("Register of directors"),
		.help = N_("Who runs the company; in Brazil the minutes that "
			   "name the directors."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "SIGNED_CORPORATE_STRUCTURE_CHART",
		.label = N_("Ownership chart, signed"),
		.help = N_("Every owner up to the people behind the company, "
			   "with percentages, dated and signed."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "POWER_OF_ATTORNEY",
		.label = N_("Power of attorney"),
		.help = N_("Only if somebody acts for the company under one; "
			   "all pages, signed, not expired."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "REGULATED_ACTIVITY_DOCUMENT",
		.label = N_("Licence for a regulated activity"),
		.help = N_("The licence or registration of the authority, if "
			   "the company's activity is regulated."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "SIGNED_BALANCE_SHEET",
		.label = N_("Balance sheet, signed"),
		.help = N_("The latest one, signed by the accountant or a "
			   "director."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "SIGNED_INCOME_STATEMENT",
		.label = N_("Income statement, signed"),
		.help = N_("The latest one, signed by the accountant or a "
			   "director."),
		.holders = DOC_FOR_ANY_BUSINESS,
	},
	{
		LUMX_FILE,
		.code = "OTHER",
		.label = N_("Another document"),
		.help = N_("What Lumx asked for in words and no other type "
			   "fits."),
		.holders = DOC_FOR_ANYONE,
	},
	{ .code = NULL },
};

const char *const lumx_groups[] = { N_("Identity"), NULL };

const struct doc_type *lumx_type_find(const char *code)
{
	for (const struct doc_type *type = lumx_types; type->code; type++)
		if (prov_same_word(type->code, code))
			return type;
	return NULL;
}
