/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the forms about shareholders and legal representatives, as rows.
 * Order here is order on screen and in what is sent.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-create-shareholder-rest-controller-execute-v-1
 *	v-3-create-legal-representative-rest-controller-execute-v-3
 *	v-1-delete-legal-representative-rest-controller-execute-v-1
 */
#include <stdlib.h>
#include <string.h>

#include "providers/zro_fields.h"

static const struct form_choice party_types[] = {
	{ "PARTNER", N_("Partner"), NULL },
	{ "ATTORNEY", N_("Attorney"), N_("Acts under a power of attorney.") },
	{ "ADMINISTRATOR", N_("Administrator"), NULL },
	{ "OTHER", N_("Something else"), NULL },
	{ NULL, NULL, NULL },
};

/* Filled when the form is shown: who there is. */
static const struct form_choice no_shareholders[] = { { NULL, NULL, NULL } };

/* Rules that no kind of field knows. */

static const char *is_share(const struct form_answers *answers,
			    const char *answer, struct buf *words)
{
	(void)answers;
	if (zro_cents(answer) >= 0 && zro_cents(answer) <= 10000)
		return NULL;
	buf_add_text(words, _("a percentage, from 0 to 100"));
	return "out_of_range";
}

/* An address is sent whole or not at all. */
static bool has_address(const struct form_answers *answers)
{
	for (size_t i = 0; i < form_answers_count(answers); i++)
		if (strncmp(form_answers_key(answers, i), "address.", 8) == 0)
			return true;
	return false;
}

#define PARTY_NAME(flag)                                            \
	{                                                           \
		.key = "name", .kind = FORM_TEXT, .max = NAME_MOST, \
		.flags = flag, .label = N_("Full name"),            \
	}
#define SHARE                                                               \
	{                                                                   \
		.key = "participation_percentage", .kind = FORM_MONEY,      \
		.flags = FORM_PRIVATE, .rule = is_share,                    \
		.label = N_("Share of the company, percent"),               \
		.help = N_("From 0 to 100, for example 35.5; all together " \
			   "no more than 100."),                            \
	}
#define SHAREHOLDER_TYPE(flag)                                              \
	{                                                                   \
		.key = "type", .kind = FORM_CHOICE, .choices = party_types, \
		.flags = flag, .label = N_("Relation to the company"),      \
	}
#define SHAREHOLDER_ZIP                                                     \
	{                                                                   \
		.key = "zip_code", .kind = FORM_NUMBER, .min = 8, .max = 8, \
		.flags = FORM_PRIVATE, .label = N_("CEP"),                  \
		.help = N_("Eight digits, for example 01310-100."),         \
	}

static const struct form_field shareholder_fields[] = {
	PARTY_NAME(WANTED),
	{
		.key = "document",
		.kind = FORM_TAX_ID,
		/* Only numbers of digits alone are documented there. */
		.flags = WANTED | FORM_CPF | FORM_CNPJ | FORM_NUMERIC,
		.label = N_("CPF or CNPJ"),
		.help = N_("A company's CNPJ makes it a shareholder that "
			   "needs a legal representative of its own."),
	},
	SHAREHOLDER_TYPE(FORM_REQUIRED),
	SHARE,
	SHAREHOLDER_ZIP,
	{ .key = NULL },
};

static const struct form_field shareholder_fix_fields[] = {
	PARTY_NAME(FORM_PRIVATE), SHAREHOLDER_TYPE(0), SHARE,
	SHAREHOLDER_ZIP,	  { .key = NULL },
};

#define LINK                                                              \
	{                                                                 \
		.key = "shareholder_id", .kind = FORM_CHOICE,             \
		.choices = no_shareholders,                               \
		.flags = FORM_REQUIRED | FORM_OPEN,                       \
		.label = N_("Shareholder"),                               \
		.help = N_("Whom this person represents, or is; add the " \
			   "shareholder first."),                         \
	}
#define MONEY_OF_PARTY                                                         \
	{                                                                      \
		.key = "income",                                               \
		.kind = FORM_MONEY,                                            \
		.flags = FORM_PRIVATE,                                         \
		.label = N_("Income, reais"),                                  \
		.help = N_("For example 5000 or 5000.50."),                    \
	},                                                                     \
	{                                                                      \
		.key = "patrimony", .kind = FORM_MONEY, .flags = FORM_PRIVATE, \
		.label = N_("Property and savings, reais"),                    \
		.help = N_("For example 200000."),                             \
	}
#define MOTHER(flag)                                                       \
	{                                                                  \
		.key = "mother_name", .kind = FORM_TEXT, .max = NAME_MOST, \
		.flags = flag, .label = N_("Mother's full name"),          \
	}
#define REPRESENTOR_TYPE(flag)                                                \
	{                                                                     \
		.key = "representor_type", .kind = FORM_CHOICE,               \
		.choices = party_types, .flags = flag, .section = N_("Role"), \
		.label = N_("Relation to the company"),                       \
	}
#define CONTACT(flag)                                                         \
	{                                                                     \
		.key = "phone_number",                                        \
		.kind = FORM_PHONE,                                           \
		.flags = flag,                                                \
		.section = N_("Contact"),                                     \
		.label = N_("Phone"),                                         \
		.help = N_("With country code, for example +5511999999999."), \
	},                                                                    \
	{                                                                     \
		.key = "email", .kind = FORM_EMAIL, .flags = flag,            \
		.label = N_("E-mail"),                                        \
	}
#define SINCE(flag)                                                \
	{                                                          \
		.key = "relationship_start_date",                  \
		.kind = FORM_DATE,                                 \
		.flags = flag,                                     \
		.label = N_("With the company since"),             \
	},                                                         \
	{                                                          \
		.key = "relationship_end_date", .kind = FORM_DATE, \
		.label = N_("Until"),                              \
		.help = N_("Only if an end is set already."),      \
	}

static const struct form_field representative_fields[] = {
	PARTY_NAME(WANTED),
	MOTHER(WANTED),
	{
		.key = "document",
		.kind = FORM_TAX_ID,
		.flags = WANTED | FORM_CPF,
		.label = N_("CPF"),
		.help = N_("Somebody without a CPF cannot be entered."),
	},
	{
		.key = "birth_date",
		.kind = FORM_DATE,
		.flags = WANTED,
		.label = N_("Date of birth"),
	},
	EXPOSED(WANTED),
	{
		.key = "is_public_server",
		.kind = FORM_YES_NO,
		.flags = WANTED,
		.label = N_("Public servant"),
		.help = N_("Works for the state, a city, or a body of one."),
	},
	MONEY_OF_PARTY,
	REPRESENTOR_TYPE(FORM_REQUIRED),
	LINK,
	SHARE,
	SINCE(FORM_REQUIRED),
	{
		.key = "registration_update_date",
		.kind = FORM_DATE,
		.label = N_("Data last checked on"),
	},
	CONTACT(WANTED),
	ADDRESS(N_("Home address"), WANTED, NULL, WANTED, NULL),
	{ .key = NULL },
};

/* "No" is not an answer to send: it is left empty, or taken back. */
static const char *is_sure(const struct form_answers *answers,
			   const char *answer, struct buf *words)
{
	(void)answers;
	if (strcmp(answer, "true") == 0)
		return NULL;
	buf_add_text(words, _("only 'yes' is sent; leave it empty to keep "
			      "the representative"));
	return "not_confirmed";
}

static const struct form_field removal_fields[] = {
	{
		.key = "remove",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.rule = is_sure,
		.label = N_("Remove this representative"),
		.help = N_("With all documents of theirs at Z.ro Bank. A "
			   "company among the shareholders needs another one "
			   "then."),
	},
	{ .key = NULL },
};

/* Who it is (CPF, date of birth) cannot be changed. */
static const struct form_field representative_fix_fields[] = {
	PARTY_NAME(FORM_PRIVATE),
	MOTHER(FORM_PRIVATE),
	EXPOSED(FORM_PRIVATE),
	MONEY_OF_PARTY,
	REPRESENTOR_TYPE(0),
	LINK,
	SHARE,
	SINCE(0),
	CONTACT(FORM_PRIVATE),
	ADDRESS(N_("Home address"), FORM_PRIVATE, has_address, FORM_PRIVATE,
		has_address),
	{ .key = NULL },
};

const struct form_schema zro_schema_shareholder = {
	.name = "zro.shareholder",
	.title = N_("Shareholder"),
	.fields = shareholder_fields,
};

const struct form_schema zro_schema_shareholder_fix = {
	.name = "zro.shareholder_correction",
	.title = N_("Correct the data"),
	.fields = shareholder_fix_fields,
};

const struct form_schema zro_schema_representative = {
	.name = "zro.representative",
	.title = N_("Legal representative"),
	.fields = representative_fields,
};

const struct form_schema zro_schema_representative_fix = {
	.name = "zro.representative_correction",
	.title = N_("Correct the data"),
	.fields = representative_fix_fields,
};

const struct form_schema zro_schema_removal = {
	.name = "zro.representative_removal",
	.title = N_("Remove the representative"),
	.fields = removal_fields,
};
