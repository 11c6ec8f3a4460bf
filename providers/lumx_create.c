/* SPDX-License-Identifier: MIT */
/*
 * Lumx: making a customer.
 * https://docs.lumx.io/api-reference/customers/create-a-customer
 * https://docs.lumx.io/guides/create-a-customer
 */
#include "providers/lumx.h"

#include <string.h>

#include "forms/tax_id.h"

#define BRAZIL	      "BRA"
#define CPF_LEAST     10 /* that many digits are no other paper's number */
#define TAX_ID_LEAST  4
#define REFERENCE_KEY "metadata.reference"

/* The changelog announces that the field will have to be there: it always is.
 * https://docs.lumx.io/changelog */
static const struct form_choice currencies[] = {
	{ "BRL", N_("Brazilian real (BRL)"),
	  N_("Made also where none is asked for.") },
	{ "USD", N_("US dollar (USD)"), NULL },
	{ "EUR", N_("Euro (EUR)"), NULL },
	{ "MXN", N_("Mexican peso (MXN)"), NULL },
	{ NULL, NULL, NULL },
};

/* A person in Brazil has a CPF; a passport or another described paper may
 * stand in, so only what looks like a CPF has to be one.
 * https://docs.lumx.io/additional-information/tax-ids-by-country */
static const char *person_rule(const char *plain, struct buf *words)
{
	size_t len = strlen(plain);

	if (strspn(plain, "0123456789") != len || len < CPF_LEAST ||
	    tax_id_is_cpf(plain))
		return NULL;
	buf_add_text(words, tax_id_is_cnpj(plain)
				    ? _("is a company's (CNPJ); a person has "
					"a CPF")
				    : _("is not valid: its check digits do "
					"not fit a CPF"));
	return "not_a_cpf";
}

static const char *company_rule(const char *plain, struct buf *words)
{
	if (tax_id_is_cnpj(plain))
		return NULL;
	buf_add_text(words, tax_id_is_cpf(plain)
				    ? _("is a person's (CPF); a company has "
					"a CNPJ")
				    : _("is not valid: its check digits do "
					"not fit a CNPJ"));
	return "not_a_cnpj";
}

static const char *
check(const struct form_answers *answers, const char *answer, struct buf *words,
      const char *(*in_brazil)(const char *plain, struct buf *words))
{
	char *plain = tax_id_plain(answer);
	const char *code = NULL;

	if (strlen(plain) < TAX_ID_LEAST) {
		buf_add_text(words, _("is too short for a tax id"));
		code = "too_short";
	} else if (form_answer_is(answers, "country", BRAZIL)) {
		code = in_brazil(plain, words);
	}
	mem_free_private(plain);
	return code;
}

static const char *tax_id_of_person(const struct form_answers *answers,
				    const char *answer, struct buf *words)
{
	return check(answers, answer, words, person_rule);
}

static const char *tax_id_of_company(const struct form_answers *answers,
				     const char *answer, struct buf *words)
{
	return check(answers, answer, words, company_rule);
}

#define EMAIL                                                                \
	{                                                                    \
		.key = "email", .kind = FORM_EMAIL, .max = 200,              \
		.flags = FORM_REQUIRED | FORM_PRIVATE,                       \
		.section = N_("Contact"), .label = N_("E-mail"),             \
		.help = N_("Where the customer is told what to do, such as " \
			   "accepting the terms."),                          \
	}
/* Any object is taken as metadata: one word of our own in it will do. */
#define OURS                                                                  \
	{                                                                     \
		.key = "accounts",                                            \
		.kind = FORM_MULTI,                                           \
		.choices = currencies,                                        \
		.flags = FORM_REQUIRED,                                       \
		.section = N_("With Lumx"),                                   \
		.label = N_("Accounts"),                                      \
		.help = N_("The currencies that the customer will hold, at "  \
			   "least one."),                                     \
	},                                                                    \
	{                                                                     \
		.key = REFERENCE_KEY, .kind = FORM_TEXT, .max = 100,          \
		.label = N_("Your own reference"),                            \
		.help = N_("Kept with the customer, for example a number in " \
			   "your own books. May be left empty."),             \
	}

static const struct form_field person[] = {
	{
		.key = "name",
		.kind = FORM_TEXT,
		.max = 200,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.section = N_("Person"),
		.label = N_("Full name"),
		.help = N_("As it stands on the identity document."),
	},
	{
		.key = "birthDate",
		.kind = FORM_DATE,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.label = N_("Date of birth"),
		.help = N_("For example 1980-12-31."),
	},
	{
		.key = "country",
		.kind = FORM_COUNTRY,
		.flags = FORM_REQUIRED,
		.label = N_("Country"),
		.help = N_("Where the person lives; name or code, for example "
			   "Brazil or BRA."),
	},
	{
		.key = "taxId",
		.kind = FORM_TEXT,
		.max = 40,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.rule = tax_id_of_person,
		.label = N_("Tax id"),
		.help = N_("Of that country; in Brazil the CPF. Outside the "
			   "United States the number of a passport or "
			   "national identity card will do."),
	},
	EMAIL,
	OURS,
	{ .key = NULL },
};

static const struct form_field company[] = {
	{
		.key = "legalName",
		.kind = FORM_TEXT,
		.max = 200,
		.flags = FORM_REQUIRED,
		.section = N_("Company"),
		.label = N_("Registered name"),
		.help = N_("As it stands in the company register."),
	},
	{
		.key = "incorporationDate",
		.kind = FORM_DATE,
		.flags = FORM_REQUIRED,
		.label = N_("Date of incorporation"),
		.help = N_("For example 2010-12-31."),
	},
	{
		.key = "country",
		.kind = FORM_COUNTRY,
		.flags = FORM_REQUIRED,
		.label = N_("Country"),
		.help = N_("Where the company is registered; name or code, "
			   "for example Brazil or BRA."),
	},
	{
		.key = "taxId",
		.kind = FORM_TEXT,
		.max = 40,
		.flags = FORM_REQUIRED,
		.rule = tax_id_of_company,
		.label = N_("Tax id"),
		.help = N_("Of that country; in Brazil the CNPJ, also one "
			   "with letters."),
	},
	EMAIL,
	OURS,
	{ .key = NULL },
};

static const struct form_schema person_schema = {
	.name = "lumx.new_individual",
	.title = N_("New customer: a person"),
	.fields = person,
};

static const struct form_schema company_schema = {
	.name = "lumx.new_business",
	.title = N_("New customer: a company"),
	.fields = company,
};

static int build(const struct prov_ctx *ctx, struct prov_request *request,
		 struct err *err)
{
	if (!ctx->answers || !ctx->form)
		return err_set(err, ERR_BUG, "no answers to send");
	request->method = "POST";
	if (prov_request_path(request, err, "/customers") ||
	    lumx_headers(ctx, true, request, err))
		return -1;
	prov_request_answers(request, ctx->form->schema, ctx->answers,
			     ctx->form->schema == &company_schema
				     ? "BUSINESS"
				     : "INDIVIDUAL");
	return 0;
}

/* 201 and the customer. Which conflicts there are is not said: one that is not
 * about the key is about somebody who is there. */
static void sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 void *into, struct prov_result *result)
{
	(void)into;
	lumx_made_read(reply, ctx, ctx->form ? ctx->form->schema : NULL,
		       result);
	if (reply->status == 409) {
		mem_replace(&result->code, PROV_CODE_EXISTS);
		mem_replace(&result->message,
			    _("Lumx has this customer already, as it seems"));
	}
}

#define PRESET "{\"accounts\":[\"BRL\"]}"

const struct prov_creation lumx_creations[] = {
	{
		.form = PROV_MAKES(&person_schema, DOC_FOR_PERSON, build, sent),
		.kind = PROV_INDIVIDUAL,
		.preset = PRESET,
		.name = "name",
		.tax_id = "taxId",
		.country = "country",
		.email = "email",
	},
	{
		.form = PROV_MAKES(&company_schema, DOC_FOR_BUSINESS, build,
				   sent),
		.kind = PROV_BUSINESS,
		.preset = PRESET,
		.name = "legalName",
		.tax_id = "taxId",
		.country = "country",
		.email = "email",
	},
	{ .form = { .schema = NULL } },
};
