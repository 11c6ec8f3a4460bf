/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the provider, its settings, and what every call carries.
 * https://docs.zrobank.io/baas/
 */
#include "providers/zro.h"

#include <string.h>

#define UUID_LENGTH 36

static bool is_uuid(const char *text)
{
	if (strlen(text) != UUID_LENGTH)
		return false;
	for (size_t i = 0; i < UUID_LENGTH; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-'
			 : !strchr("0123456789abcdefABCDEF", text[i]))
			return false;
	}
	return true;
}

static bool is_version(const char *text)
{
	return strcmp(text, "v1") == 0 || strcmp(text, "v2") == 0;
}

static const struct prov_setting settings[] = {
	{
		.name = "product_uuid",
		.help = N_("UUID of the Z.ro Bank product that the customers "
			   "belong to"),
		.practice = "5eed0000-0000-4000-b000-000000000001",
		.required = true,
		.valid = is_uuid,
	},
	{
		.name = "legal_person_version",
		.help = N_("v1 (the default), or v2 where companies accept "
			   "terms when their onboarding is opened"),
		.valid = is_version,
	},
	{
		.name = "sign_in_path",
		.help = N_("where to sign in, if it is not /auth/signin"),
		.valid = zro_path_valid,
	},
	{ .name = NULL },
};

static bool is_portuguese(const char *language)
{
	return language && strncmp(language, "pt", 2) == 0;
}

/* https://docs.zrobank.io/paas/api-overview/request-id: every call has its
 * nonce, also one that only reads. */
int zro_common_headers(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	if (!ctx->nonce || !is_uuid(ctx->nonce))
		return err_set(err, ERR_BUG, "a call has no nonce");
	prov_request_header(request, "Accept", "application/json");
	prov_request_header(request, "nonce", "%s", ctx->nonce);
	prov_request_header(request, "x-lang", "%s",
			    is_portuguese(ctx->language) ? "pt-BR" : "en-US");
	return 0;
}

/* Without the customer's id a call would act on the bank's own user, and
 * without the product on another product's customer. */
static int add_target(const struct prov_ctx *ctx, unsigned flags,
		      struct prov_request *request, struct err *err)
{
	const char *product = prov_setting(ctx, "product_uuid");

	if (!product || !is_uuid(product))
		return err_set(err, ERR_CONFIG,
			       _("Z.ro Bank needs 'product_uuid' in the "
				 "profile, a UUID"));
	prov_request_header(request, "x-product-uuid", "%s", product);
	if (flags & ZRO_NO_CUSTOMER)
		return 0;
	if (!prov_id_valid(ctx->customer) || !prov_header_safe(ctx->customer))
		return err_set(err, ERR_INPUT,
			       _("'%.60s' cannot be an account at Z.ro Bank"),
			       ctx->customer ? ctx->customer : "");
	prov_request_header(request, "x-product-target-user-uuid", "%s",
			    ctx->customer);
	return 0;
}

int zro_headers(const struct prov_ctx *ctx, unsigned flags,
		struct prov_request *request, struct err *err)
{
	bool keyed = flags & (ZRO_KEYED | ZRO_MULTIPART);

	if (!ctx->secret || !*ctx->secret)
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no access token for Z.ro Bank"));
	if (!prov_header_safe(ctx->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("the access token of Z.ro Bank holds "
				 "characters that no token has"));
	if (keyed && (!ctx->key || !is_uuid(ctx->key)))
		return err_set(err, ERR_BUG,
			       "a call that changes something has no key");
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	if (zro_common_headers(ctx, request, err) ||
	    add_target(ctx, flags, request, err))
		return -1;
	if (flags & ZRO_KEYED)
		prov_request_header(request, "x-transaction-uuid", "%s",
				    ctx->key);
	if (flags & ZRO_MULTIPART)
		mem_replace(&request->key, ctx->key);
	return 0;
}

/* Which of the further calls does a customer need? */

static bool is_open_person(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_INDIVIDUAL && !so_far->closed_because;
}

static bool is_open_company(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_BUSINESS && !so_far->closed_because;
}

static bool has_natural_record(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_INDIVIDUAL && so_far->record;
}

/* Parties are not listed before there is a record. */
static bool has_legal_record(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_BUSINESS && so_far->record;
}

/* Files of a record that is over count for nothing. */
static bool wants_natural_papers(const struct prov_customer *so_far)
{
	return has_natural_record(so_far) && zro_phase(so_far) != ZRO_DEAD;
}

static bool wants_company_papers(const struct prov_customer *so_far)
{
	return has_legal_record(so_far) && zro_phase(so_far) != ZRO_DEAD;
}

static bool is_representative(const struct prov_customer *so_far,
			      const struct prov_party *party)
{
	(void)so_far;
	return zro_has_role(party, ZRO_REPRESENTATIVE);
}

const struct provider prov_zro = {
	.name = "zro",
	.title = ZRO_TITLE,
	.sandbox_endpoint = "https://api-baas-hml.zrobank.xyz",
	/* The production host is told to each client; it is not published. */
	.endpoint = NULL,
	.settings = settings,
	.doctypes = zro_types,
	.groups = zro_groups,
	.forms = zro_forms,
	.token = { zro_signin_build, zro_token_read },
	.token_renew = { zro_renew_build, zro_token_read },
	.customer_list = { zro_accounts_build, zro_accounts_read },
	.customer_read = {
		{ .op = { zro_account_build, zro_account_read } },
		{
			.op = { zro_natural_list_build, zro_record_list_read },
			.wanted = is_open_person,
		},
		{
			.op = { zro_legal_list_build, zro_record_list_read },
			.wanted = is_open_company,
		},
		/* The list has said all that cannot be done without. */
		{
			.op = { zro_natural_build, zro_record_read },
			.wanted = has_natural_record,
			.optional = true,
		},
		{
			.op = { zro_legal_build, zro_record_read },
			.wanted = has_legal_record,
			.optional = true,
		},
		{
			.op = { zro_shareholders_build, zro_shareholders_read },
			.wanted = has_legal_record,
		},
		{
			.op = { zro_representatives_build,
				zro_representatives_read },
			.wanted = has_legal_record,
		},
		{
			.op = { zro_representative_papers_build,
				zro_representative_papers_read },
			.wanted = has_legal_record,
			.of_party = is_representative,
		},
		{
			.op = { zro_company_papers_build,
				zro_company_papers_read },
			.wanted = wants_company_papers,
		},
		{
			.op = { zro_natural_papers_build,
				zro_natural_papers_read },
			.wanted = wants_natural_papers,
		},
	},
	.customer_settle = zro_settle,
	.form_arrived = zro_form_arrived,
	.document_send = { zro_document_build, zro_document_read },
	.start = { zro_finalize_build, zro_finalize_read },
	/* https://docs.zrobank.io/paas/api-overview/rate-limiting */
	.minute_most = 400,
	.asks_first = true,
};
