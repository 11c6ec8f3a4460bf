/* SPDX-License-Identifier: MIT */
/*
 * Lumx: naming a new associated party.
 * https://docs.lumx.io/api-reference/customers/create-an-associated-party
 */
#include "providers/lumx.h"

#include <stdlib.h>

#define SHARE_KEY "ownershipPercentage"

static const struct form_choice kinds[] = {
	{ "INDIVIDUAL", N_("A person"), NULL },
	{ "BUSINESS", N_("A company"), N_("Only as a shareholder.") },
	{ NULL, NULL, NULL },
};

static const struct form_choice roles[] = {
	{ "UBO", N_("Beneficial owner"),
	  N_("A person who owns or controls the company in the end.") },
	{ "SHAREHOLDER", N_("Shareholder"),
	  N_("Holds a share; papers are wanted above a quarter.") },
	{ "REPRESENTATIVE", N_("Legal representative"),
	  N_("A person who may sign for the company.") },
	{ NULL, NULL, NULL },
};

static bool is_person(const struct form_answers *answers)
{
	return !form_answer_is(answers, "type", "BUSINESS");
}

static bool is_company(const struct form_answers *answers)
{
	return form_answer_is(answers, "type", "BUSINESS");
}

static bool holds_a_share(const struct form_answers *answers)
{
	return !form_answer_is(answers, "role", "REPRESENTATIVE");
}

static const struct form_field fields[] = {
	{
		.key = "type",
		.kind = FORM_CHOICE,
		.choices = kinds,
		.flags = FORM_REQUIRED,
		.section = N_("Who it is"),
		.label = N_("Person or company"),
	},
	{
		.key = "role",
		.kind = FORM_CHOICE,
		.choices = roles,
		.flags = FORM_REQUIRED,
		.label = N_("Role in the company"),
	},
	{
		.key = "name",
		.kind = FORM_TEXT,
		.max = 100,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.shown = is_person,
		.label = N_("Full name"),
		.help = N_("As it stands on the identity document."),
	},
	{
		.key = "birthDate",
		.kind = FORM_DATE,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.shown = is_person,
		.label = N_("Date of birth"),
		.help = N_("For example 1980-12-31."),
	},
	{
		.key = "legalName",
		.kind = FORM_TEXT,
		.max = 200,
		.flags = FORM_REQUIRED,
		.shown = is_company,
		.label = N_("Registered name"),
		.help = N_("As it stands in the company register."),
	},
	{
		.key = "incorporationDate",
		.kind = FORM_DATE,
		.flags = FORM_REQUIRED,
		.shown = is_company,
		.label = N_("Date of incorporation"),
		.help = N_("For example 2010-12-31."),
	},
	{
		.key = "taxId",
		.kind = FORM_TEXT,
		.max = 40,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.label = N_("Tax id"),
		.help = N_("Of the country of residence; in Brazil the CPF or "
			   "CNPJ."),
	},
	{
		.key = "email",
		.kind = FORM_EMAIL,
		.max = 200,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.label = N_("E-mail"),
		.help = N_("Where this person or company can be reached."),
	},
	{
		.key = SHARE_KEY,
		.kind = FORM_MONEY,
		.shown = holds_a_share,
		.max = 6,
		.label = N_("Share of the company, percent"),
		.help = N_("0 to 100, for example 25 or 12.5."),
	},
	{
		.key = "address.country",
		.kind = FORM_COUNTRY,
		.flags = FORM_REQUIRED | FORM_HOME,
		.section = N_("Address"),
		.label = N_("Country"),
		.help = N_("Name or code, for example Brazil or BRA."),
	},
	{
		.key = "address.line1",
		.kind = FORM_TEXT,
		.max = 200,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.label = N_("Street and number"),
		.help = N_(
			"All of it in one line, for example Rua das Flores, 123, apto 45."),
	},
	{
		.key = "address.city",
		.kind = FORM_TEXT,
		.max = 100,
		.flags = FORM_REQUIRED,
		.label = N_("City"),
		.help = N_("For example São Paulo."),
	},
	{
		.key = "address.state",
		.kind = FORM_TEXT,
		.max = 100,
		.flags = FORM_REQUIRED,
		.label = N_("State or region"),
		.help = N_("In Brazil its two letters, for example SP."),
	},
	{
		.key = "address.postalCode",
		.kind = FORM_TEXT,
		.max = 20,
		.flags = FORM_REQUIRED,
		.label = N_("Postal code"),
		.help = N_("For example 01310-100."),
	},
	{ .key = NULL },
};

const struct form_schema lumx_party = {
	.name = "lumx.party",
	.title = N_("Owner or representative"),
	.fields = fields,
};

/* Only a person can be an owner or representative. */
static int check(const struct form_answers *answers, struct err *err)
{
	const char *share = form_answer(answers, SHARE_KEY);

	if (is_company(answers) &&
	    !form_answer_is(answers, "role", "SHAREHOLDER"))
		return err_set(err, ERR_INPUT,
			       _("a company can only be a shareholder: an "
				 "owner or representative is a person"));
	if (*share && strtod(share, NULL) > 100)
		return err_set(err, ERR_INPUT,
			       _("'%s' is no share: 0 to 100 percent"), share);
	return 0;
}

/* They want the share as a number; everything else is text. */
static char *spell(const struct form_answers *answers)
{
	const char *share = form_answer(answers, SHARE_KEY);
	struct buf body = { 0 };
	json_t *root = NULL;
	char *text = NULL;

	form_answers_to_json(&lumx_party, answers, NULL, &body);
	root = json_loads(buf_text(&body), 0, NULL);
	if (json_object_get(root, SHARE_KEY))
		json_object_set_new(root, SHARE_KEY,
				    json_real(strtod(share, NULL)));
	text = json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(6));
	json_decref(root);
	buf_release(&body);
	return text;
}

int lumx_party_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	if (!ctx->answers)
		return err_set(err, ERR_BUG, "no answers to send");
	request->method = "POST";
	if (check(ctx->answers, err) ||
	    prov_request_path(request, err, "/customers/%s/associated-parties",
			      ctx->customer) ||
	    lumx_headers(ctx, true, request, err))
		return -1;
	prov_request_body(request, "application/json", spell(ctx->answers));
	return 0;
}

/* The page shows the party and no status: 201 as for all that is created. */
void lumx_party_sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	(void)into;
	lumx_made_read(reply, ctx, &lumx_party, result);
}
