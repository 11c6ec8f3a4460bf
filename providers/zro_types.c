/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: document types, as rows. A code is a type of theirs, with the
 * identity document it is behind a colon. Sizes are read as powers of ten, the
 * smaller of their two meanings; PNG is on older pages only.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-2-upload-legal-representative-document-file-rest-controller-execute-v-2
 *	v-1-upload-legal-person-onboarding-document-rest-controller-execute-v-1
 *	v-1-upload-onboarding-document-file-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <string.h>

#define REPRESENTATIVE_FILE                                           \
	.holders = DOC_FOR_PARTY_PERSON, .kinds = DOC_JPEG | DOC_PDF, \
	.max_bytes = 25000000
#define COMPANY_FILE                                              \
	.holders = DOC_FOR_BUSINESS, .kinds = DOC_JPEG | DOC_PDF, \
	.max_bytes = 10000000
#define PERSON_FILE .holders = DOC_FOR_PERSON, .max_bytes = 25000000

const struct doc_type zro_types[] = {
	{
		REPRESENTATIVE_FILE,
		.code = "identity_document:national_id",
		.label = N_("Identity card (RG)"),
		.help = N_("Front and back, each a file of its own; flat, in "
			   "colour, all four corners."),
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		REPRESENTATIVE_FILE,
		.code = "identity_document:driver_license",
		.label = N_("Driving licence (CNH)"),
		.help = N_("Front and back, each a file of its own; flat, in "
			   "colour, all four corners."),
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		REPRESENTATIVE_FILE,
		.code = "identity_document:passport",
		.label = N_("Passport"),
		.help = N_("The page with the photo, with the two lines of "
			   "signs at its foot."),
	},
	{
		REPRESENTATIVE_FILE,
		.code = "selfie",
		.label = N_("Selfie"),
		.help = N_("The representative's face from the front, well "
			   "lit; not a photo of a photo."),
	},
	{
		REPRESENTATIVE_FILE,
		.code = "qualification_declaration",
		.label = N_("Declaration of powers"),
		.help = N_("What gives the representative the power to act "
			   "for the company, signed."),
	},
	{
		REPRESENTATIVE_FILE,
		.code = "income_declaration",
		.label = N_("Declaration of income"),
		.help = N_("Of the representative; not needed for the "
			   "review."),
	},
	{
		REPRESENTATIVE_FILE,
		.code = "address_proof",
		.label = N_("Proof of address"),
		.help = N_("Of the representative; not needed for the "
			   "review."),
	},
	{
		COMPANY_FILE,
		.code = "social_contract",
		.label = N_("Articles (contrato social)"),
		.help = N_("As registered, all pages, with the latest "
			   "change."),
	},
	{
		COMPANY_FILE,
		.code = "balance_sheet",
		.label = N_("Balance sheet"),
		.help = N_("The latest one, signed; or a statement of "
			   "revenue."),
	},
	{
		COMPANY_FILE,
		.code = "revenue_statement",
		.label = N_("Statement of revenue"),
		.help = N_("Declaração de faturamento, signed; or a balance "
			   "sheet."),
	},
	{
		COMPANY_FILE,
		.code = "kyc_aml_policy",
		.label = N_("Policy against money laundering"),
		.help = N_("The company's own KYC and AML policy, if it has "
			   "one."),
	},
	{
		PERSON_FILE,
		.kinds = DOC_JPEG | DOC_PDF,
		.code = "physical_document:rg",
		.label = N_("Identity card (RG)"),
		.help = N_("Front and back, each a file of its own; sent "
			   "together with the selfie."),
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		PERSON_FILE,
		.kinds = DOC_JPEG | DOC_PDF,
		.code = "physical_document:cnh",
		.label = N_("Driving licence (CNH)"),
		.help = N_("Front and back, each a file of its own; sent "
			   "together with the selfie."),
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		/* Told by a number, not by a picture: the file is the selfie
		 * that goes with it. */
		PERSON_FILE,
		.kinds = DOC_JPEG,
		.code = ZRO_DIGITAL,
		.label = N_("Digital identity (SERPRO)"),
		.help = N_("In place of RG or CNH: give the selfie here, as "
			   "JPEG; Z.ro Bank compares it with the official "
			   "record, and asks for no other one."),
	},
	{
		PERSON_FILE,
		.kinds = DOC_JPEG,
		.code = "selfie",
		.label = N_("Selfie"),
		.help = N_("The face from the front, well lit, as JPEG; not a "
			   "photo of a photo."),
	},
	{
		PERSON_FILE,
		.kinds = DOC_JPEG | DOC_PDF,
		.code = "address_proof",
		.label = N_("Proof of address"),
		.help = N_("Goes together with the identity document or not "
			   "at all."),
	},
	{ .code = NULL },
};

const char *const zro_groups[] = { N_("Identity document"),
				   N_("Proof of revenue"), NULL };

const struct doc_type *zro_type(const char *code, unsigned holder)
{
	for (const struct doc_type *type = zro_types; type->code; type++)
		if (strcmp(type->code, code) == 0 && (type->holders & holder))
			return type;
	return NULL;
}
