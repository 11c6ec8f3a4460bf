/* SPDX-License-Identifier: MIT */
/*
 * Dinie: making a customer, and finding one.
 * https://dinie.nexaedge.dev/apis/openapi/customers/createcustomer.md
 */
#include "providers/dinie.h"

#include <string.h>

/* What anybody has; only the CPF must be there, and the rest will be asked
 * for. */
#define CPF(what)                                                              \
	{                                                                      \
		.key = "cpf", .kind = FORM_TAX_ID,                             \
		.flags = FORM_REQUIRED | FORM_PRIVATE | FORM_CPF | FORM_MARKS, \
		.section = N_("Person"), .label = N_("CPF"), .help = what,     \
	}
#define NAME                                                          \
	{                                                             \
		.key = "name", .kind = FORM_TEXT, .max = 200,         \
		.flags = FORM_PRIVATE, .label = N_("Full name"),      \
		.help = N_("As it stands on the identity document."), \
	}
#define REACHED                                                              \
	{                                                                    \
		.key = "email",                                              \
		.kind = FORM_EMAIL,                                          \
		.flags = FORM_PRIVATE,                                       \
		.section = N_("Contact"),                                    \
		.label = N_("E-mail"),                                       \
		.help = N_("An address that the customer reads."),           \
	},                                                                   \
	{                                                                    \
		.key = "phone", .kind = FORM_PHONE, .flags = FORM_PRIVATE,   \
		.label = N_("Telephone"),                                    \
		.help = N_("With the country, for example +5511999999999."), \
	}
#define OURS                                                                 \
	{                                                                    \
		.key = "external_id", .kind = FORM_TEXT, .max = 100,         \
		.section = N_("With Dinie"),                                 \
		.label = N_("Your own reference"),                           \
		.help = N_("Whoever is made again with the same one is the " \
			   "same customer. May be left empty."),             \
	}

static const struct form_field person[] = {
	CPF(N_("The person's number, with or without its marks.")),
	NAME,
	REACHED,
	OURS,
	{ .key = NULL },
};

static const struct form_field company[] = {
	{
		.key = "cnpj",
		.kind = FORM_TAX_ID,
		.flags = FORM_REQUIRED | FORM_PRIVATE | FORM_CNPJ | FORM_MARKS,
		.section = N_("Company"),
		.label = N_("CNPJ"),
		.help = N_("The company's number, with or without its marks."),
	},
	{
		.key = "trading_name",
		.kind = FORM_TEXT,
		.max = 200,
		.label = N_("Trading name"),
		.help = N_("The name that the business is known by."),
	},
	CPF(N_("Of who represents the company.")),
	NAME,
	REACHED,
	OURS,
	{ .key = NULL },
};

static const struct form_schema person_schema = {
	.name = "dinie_new_individual",
	.title = N_("New customer: a person"),
	.fields = person,
};

static const struct form_schema company_schema = {
	.name = "dinie_new_business",
	.title = N_("New customer: a company"),
	.fields = company,
};

static int build(const struct prov_ctx *ctx, struct prov_request *request,
		 struct err *err)
{
	if (!ctx->answers || !ctx->form)
		return err_set(err, ERR_BUG, "no answers to send");
	request->method = "POST";
	if (prov_request_path(request, err, DINIE_CUSTOMERS) ||
	    dinie_headers(ctx, true, request, err))
		return -1;
	prov_request_answers(request, ctx->form->schema, ctx->answers, NULL);
	return 0;
}

/* 201 and the customer; 200 and the one that is there already. The conflict
 * has a code of its own: https://dinie.nexaedge.dev/errors/conflict */
static void sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 void *into, struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	bool known = prov_reply_succeeded(reply, 200);
	char *id = prov_json_id(root, "id");

	(void)into;
	if (id && (known || prov_reply_succeeded(reply, 201)))
		prov_reply_accept(result, root);
	else
		dinie_fail(reply, ctx, ctx->form ? ctx->form->schema : NULL,
			   NULL, result);
	if (result->outcome == PROV_ACCEPTED && known)
		result->message = mem_dup(_("Dinie had this customer already"));
	if ((result->outcome == PROV_ACCEPTED && known) ||
	    (reply->status == 409 &&
	     text_same(result->code, "customer_already_exists")))
		mem_replace(&result->code, PROV_CODE_EXISTS);
	mem_free_private(id);
	json_decref(root);
}

/* https://dinie.nexaedge.dev/apis/openapi/customers/listcustomers.md */
int dinie_find_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	char *cpf = NULL;

	if (!ctx->answers || !ctx->form)
		return err_set(err, ERR_BUG, "nobody to look for");
	request->method = "GET";
	if (prov_request_path(request, err, DINIE_CUSTOMERS))
		return -1;
	prov_request_query(request, "limit", "100");
	prov_request_query(request, "starting_after", ctx->cursor);
	/* With its marks, as it is sent. */
	cpf = form_field_show(form_field_find(ctx->form->schema, "cpf"),
			      form_answer(ctx->answers, "cpf"));
	prov_request_query(request, "cpf", cpf);
	mem_free_private(cpf);
	return dinie_headers(ctx, false, request, err);
}

const struct prov_creation dinie_creations[] = {
	{
		.form = PROV_MAKES(&person_schema, DOC_FOR_PERSON, build, sent),
		.kind = PROV_INDIVIDUAL,
		.name = "name",
		.tax_id = "cpf",
		.email = "email",
	},
	{
		.form = PROV_MAKES(&company_schema, DOC_FOR_BUSINESS, build,
				   sent),
		.kind = PROV_BUSINESS,
		.name = "trading_name",
		.tax_id = "cnpj",
		.email = "email",
	},
	{ .form = { .schema = NULL } },
};
