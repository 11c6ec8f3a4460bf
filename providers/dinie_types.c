/* SPDX-License-Identifier: MIT */
/*
 * Dinie: document types and the fields that may have to be corrected, as rows.
 * The full list of types is not published: a customer's kyc array names those
 * it wants, and what stands here are rules and words for the ones that pages
 * show. https://dinie.nexaedge.dev/guides/customer-registration
 */
#include "providers/dinie.h"

#include <stdlib.h>
#include <string.h>

/*
 * No size is stated; above 10 MB a warning, above 25 MB not at all.
 * https://dinie.nexaedge.dev/apis/openapi/customers/uploaddocument.md
 */
#define DINIE_FILE                                                       \
	.country = DOC_NOT_TAKEN, .kinds = DOC_JPEG | DOC_PNG | DOC_PDF, \
	.max_bytes = 25000000, .warn_bytes = 10000000

#define OF_CUSTOMER (DOC_FOR_PERSON | DOC_FOR_BUSINESS)

const struct doc_type dinie_types[] = {
	{
		DINIE_FILE,
		.code = "identity_card",
		.label = N_("Identity card"),
		.help = N_("Each side as a file of its own, flat, in colour, "
			   "all four corners in the picture."),
		.holders = OF_CUSTOMER,
		.sides = DOC_FRONT_AND_BACK,
	},
	{
		DINIE_FILE,
		.code = "cnh",
		.label = N_("Driving licence (CNH)"),
		.help = N_("Opened flat, in colour, or the PDF of the digital "
			   "licence; not expired."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "selfie",
		.label = N_("Selfie"),
		.help = N_("The face from the front, well lit, without hat or "
			   "sunglasses; not a photo of a photo."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "proof_of_address",
		.label = N_("Proof of address"),
		.help = N_("For example a bill for electricity, water or "
			   "internet, recent, with name, address and date."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "income_statement",
		.label = N_("Proof of income"),
		.help = N_("For example a payslip or a tax return, with the "
			   "holder's name."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "ccmei",
		.label = N_("MEI certificate (CCMEI)"),
		.help = N_("The certificate from the Portal do Empreendedor, "
			   "current, as a PDF or a readable picture."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "articles_of_association",
		.label = N_("Articles of association"),
		.help = N_("As registered, all pages, with the latest "
			   "change."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "eireli_incorporation_statement",
		.label = N_("EIRELI incorporation statement"),
		.help = N_("As registered, all pages."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "ei_registration_requirement",
		.label = N_("Registration of a sole trader"),
		.help = N_("As registered, all pages."),
		.holders = OF_CUSTOMER,
	},
	{
		DINIE_FILE,
		.code = "partner_identity",
		.label = N_("Identity card of the partner"),
		.help = N_("Each side as a file of its own, flat, in colour, "
			   "all four corners in the picture."),
		.holders = OF_CUSTOMER,
		.sides = DOC_FRONT_AND_BACK,
	},
	{ .code = NULL },
};

/* Of a type that no page shows only the file is known. */
const struct doc_type dinie_open_type = {
	DINIE_FILE,
	.help = N_("What Dinie's own words ask for."),
	.holders = OF_CUSTOMER,
};

static const struct {
	const char *suffix;
	enum doc_side side;
} side_names[] = {
	{ "_front", DOC_SIDE_FRONT },
	{ "_back", DOC_SIDE_BACK },
};

#define SIDES (sizeof(side_names) / sizeof(side_names[0]))

/* A type of the table that has sides, by the LEN bytes of its code. */
static const struct doc_type *sided(const char *code, size_t len)
{
	for (const struct doc_type *type = dinie_types; type->code; type++)
		if (type->sides != DOC_NO_SIDES && strlen(type->code) == len &&
		    strncmp(type->code, code, len) == 0)
			return type;
	return NULL;
}

const struct doc_type *dinie_type(const char *name, enum doc_side *side)
{
	const struct doc_type *type = NULL;
	size_t len = strlen(name);

	*side = DOC_SIDE_NONE;
	for (size_t i = 0; i < SIDES; i++) {
		size_t tail = strlen(side_names[i].suffix);

		if (len <= tail ||
		    strcmp(name + len - tail, side_names[i].suffix) != 0)
			continue;
		type = sided(name, len - tail);
		if (!type)
			break;
		*side = side_names[i].side;
		return type;
	}
	/* A card that is asked for as one: a front will do. */
	type = sided(name, len);
	if (!type)
		return prov_type(&prov_dinie, name, 0);
	*side = DOC_SIDE_FRONT;
	return type;
}

char *dinie_type_name(const struct doc_type *type, enum doc_side side)
{
	for (size_t i = 0; i < SIDES; i++)
		if (side_names[i].side == side)
			return mem_printf("%s%s", type->code,
					  side_names[i].suffix);
	return mem_dup(type->code);
}

/*
 * What can be corrected, each field with a form of its own, for Dinie asks for
 * them one by one. https://dinie.nexaedge.dev/apis/openapi/customers
 */
#define EMAIL                                                      \
	.key = "email", .kind = FORM_EMAIL, .label = N_("E-mail"), \
	.help = N_("An address that the customer reads.")
#define PHONE                                                         \
	.key = "phone", .kind = FORM_PHONE, .label = N_("Telephone"), \
	.help = N_("With the country, for example +5511999999999.")
#define NAME                                          \
	.key = "name", .kind = FORM_TEXT, .max = 200, \
	.label = N_("Full name"),                     \
	.help = N_("As it stands on the identity document.")
#define CNPJ                                                     \
	.key = "cnpj", .kind = FORM_TAX_ID, .label = N_("CNPJ"), \
	.help = N_("The company's number, with or without its marks.")
#define TRADING                                               \
	.key = "trading_name", .kind = FORM_TEXT, .max = 200, \
	.label = N_("Trading name"),                          \
	.help = N_("The name that the business is known by.")

#define ALONE .flags = FORM_REQUIRED | FORM_PRIVATE
#define AMONG .flags = FORM_PRIVATE

static const struct form_field email[] = { { EMAIL, ALONE }, { .key = NULL } };
static const struct form_field phone[] = { { PHONE, ALONE }, { .key = NULL } };
static const struct form_field name[] = { { NAME, ALONE }, { .key = NULL } };
static const struct form_field cnpj[] = {
	{ CNPJ, ALONE | FORM_CNPJ | FORM_MARKS }, { .key = NULL }
};
static const struct form_field trading[] = { { TRADING, ALONE },
					     { .key = NULL } };
static const struct form_field all[] = {
	{ EMAIL, AMONG },   { PHONE, AMONG },
	{ NAME, AMONG },    { CNPJ, AMONG | FORM_CNPJ | FORM_MARKS },
	{ TRADING, AMONG }, { .key = NULL },
};

static const struct form_schema schemas[] = {
	{ "dinie_email", N_("E-mail"), email, NULL },
	{ "dinie_phone", N_("Telephone"), phone, NULL },
	{ "dinie_name", N_("Name"), name, NULL },
	{ "dinie_cnpj", N_("CNPJ"), cnpj, NULL },
	{ "dinie_trading_name", N_("Trading name"), trading, NULL },
	{ "dinie_data", N_("Details to correct"), all, NULL },
};

#define CORRECTION(i)                                                      \
	{                                                                  \
		.schema = &schemas[i], .holders = OF_CUSTOMER,             \
		.rank = PROV_RANK_INFORMATION,                             \
		.send = { dinie_correction_build, dinie_correction_read }, \
	}

const struct prov_form dinie_forms[] = {
	CORRECTION(0), CORRECTION(1), CORRECTION(2),	  CORRECTION(3),
	CORRECTION(4), CORRECTION(5), { .schema = NULL },
};

const struct prov_form *dinie_form(const char *field)
{
	const struct prov_form *form = dinie_forms;

	while (form[1].schema &&
	       !prov_same_word(form->schema->fields[0].key, field))
		form++;
	/* The last form begins like the first, and is for all the others. */
	return form;
}
