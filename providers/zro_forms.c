/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the forms that open an onboarding, as rows. Order here is order
 * on screen and in what is sent.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-create-onboarding-rest-controller-execute-v-1
 *	v-1-create-legal-person-onboarding-rest-controller-execute-v-1
 */
#include <string.h>

#include "providers/zro_fields.h"

const struct form_choice zro_states[] = {
	{ "AC", "Acre", NULL },
	{ "AL", "Alagoas", NULL },
	{ "AP", "Amapá", NULL },
	{ "AM", "Amazonas", NULL },
	{ "BA", "Bahia", NULL },
	{ "CE", "Ceará", NULL },
	{ "DF", "Distrito Federal", NULL },
	{ "ES", "Espírito Santo", NULL },
	{ "GO", "Goiás", NULL },
	{ "MA", "Maranhão", NULL },
	{ "MT", "Mato Grosso", NULL },
	{ "MS", "Mato Grosso do Sul", NULL },
	{ "MG", "Minas Gerais", NULL },
	{ "PA", "Pará", NULL },
	{ "PB", "Paraíba", NULL },
	{ "PR", "Paraná", NULL },
	{ "PE", "Pernambuco", NULL },
	{ "PI", "Piauí", NULL },
	{ "RJ", "Rio de Janeiro", NULL },
	{ "RN", "Rio Grande do Norte", NULL },
	{ "RS", "Rio Grande do Sul", NULL },
	{ "RO", "Rondônia", NULL },
	{ "RR", "Roraima", NULL },
	{ "SC", "Santa Catarina", NULL },
	{ "SP", "São Paulo", NULL },
	{ "SE", "Sergipe", NULL },
	{ "TO", "Tocantins", NULL },
	{ NULL, NULL, NULL },
};

static const char *is_agreed(const struct form_answers *answers,
			     const char *answer, struct buf *words)
{
	(void)answers;
	if (strcmp(answer, "true") == 0)
		return NULL;
	buf_add_text(words, _("without that no onboarding can be opened"));
	return "not_accepted";
}

static bool is_exposed(const struct form_answers *answers)
{
	return form_answer_is(answers, "pep", "true");
}

#define COMPANY_ADDRESS                                                      \
	ADDRESS(N_("Company's address"), FORM_REQUIRED, NULL, FORM_REQUIRED, \
		NULL)

#define REVENUE                                                   \
	{                                                         \
		.key = "company_revenue", .kind = FORM_MONEY,     \
		.flags = FORM_REQUIRED, .section = N_("Company"), \
		.label = N_("Revenue, reais"),                    \
		.help = N_("For example 1500000 or 1500000.50."), \
	}

static const struct form_field natural_fields[] = {
	ADDRESS(N_("Home address"), WANTED, NULL, FORM_PRIVATE, NULL),
	{
		.key = "nationality",
		.kind = FORM_TEXT,
		.max = NAME_MOST,
		.flags = WANTED,
		.section = N_("Person"),
		.label = N_("Nationality"),
		.help = N_("For example Brasileiro."),
	},
	EXPOSED(WANTED),
	{
		.key = "pep_since",
		.kind = FORM_DATE,
		.flags = FORM_PRIVATE,
		.shown = is_exposed,
		.label = N_("Politically exposed since"),
	},
	{
		.key = "occupation_cbo_code",
		.kind = FORM_NUMBER,
		.max = 6,
		.flags = FORM_PRIVATE,
		.section = N_("Work and money"),
		.label = N_("Occupation, CBO code"),
		.help = N_("Digits of the Brazilian list of occupations, for "
			   "example 252105."),
	},
	{
		.key = "occupation_income",
		.kind = FORM_MONEY,
		.flags = FORM_PRIVATE,
		.label = N_("Income, reais"),
		.help = N_("For example 5000 or 5000.50."),
	},
	{
		.key = "patrimony",
		.kind = FORM_MONEY,
		.flags = FORM_PRIVATE,
		.label = N_("Property and savings, reais"),
		.help = N_("For example 200000."),
	},
	{ .key = NULL },
};

static const struct form_field legal_fields[] = {
	COMPANY_ADDRESS,
	REVENUE,
	{ .key = NULL },
};

static const struct form_field legal_terms_fields[] = {
	COMPANY_ADDRESS,
	REVENUE,
	{
		.key = "accepted_terms",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.rule = is_agreed,
		.label = N_("The company has accepted the terms"),
		.help = N_("Ask the customer; yes only if it has accepted "
			   "Z.ro Bank's terms."),
	},
	{ .key = NULL },
};

const struct form_schema zro_schema_natural = {
	.name = "zro.person",
	.title = N_("Personal data"),
	.fields = natural_fields,
};

const struct form_schema zro_schema_legal = {
	.name = "zro.company",
	.title = N_("Company data"),
	.fields = legal_fields,
};

const struct form_schema zro_schema_legal_terms = {
	.name = "zro.company_terms",
	.title = N_("Company data"),
	.fields = legal_terms_fields,
};
