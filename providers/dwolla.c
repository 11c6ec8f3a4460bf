/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: the provider, and how questions are put. HAL over HTTPS: what is
 * wanted stands in links. https://developers.dwolla.com
 */
#include "providers/dwolla.h"

#include <string.h>

/* https://developers.dwolla.com/docs/balance/api-reference/api-fundamentals/making-requests-and-authentication
 * KEYED: it changes something and may be repeated. */
int dwolla_headers(const struct prov_ctx *ctx, bool keyed,
		   struct prov_request *request, struct err *err)
{
	if (!ctx->secret || !*ctx->secret)
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no access token for Dwolla"));
	if (!prov_header_safe(ctx->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("the access token for Dwolla holds blanks or "
				 "other characters that none has"));
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	prov_request_header(request, "Accept", DWOLLA_MEDIA);
	return keyed ? prov_request_key(request, "Idempotency-Key", ctx->key,
					err)
		     : 0;
}

/*
 * https://developers.dwolla.com/docs/balance/api-reference/customers/list-and-search
 * The cursor is the query of the link to the next page: encoded already.
 */
static int page_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/customers"))
		return -1;
	if (ctx->cursor && *ctx->cursor) {
		char *path = mem_printf("%s?%s", request->path, ctx->cursor);

		mem_replace(&request->path, path);
		mem_free_private(path);
	} else {
		prov_request_query(request, "limit", "200");
	}
	return dwolla_headers(ctx, false, request, err);
}

static int ask(const struct prov_ctx *ctx, const char *format, const char *id,
	       struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, format, id))
		return -1;
	return dwolla_headers(ctx, false, request, err);
}

/* https://developers.dwolla.com/docs/balance/api-reference/customers/retrieve
 */
static int customer_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	return ask(ctx, "/customers/%s", ctx->customer, request, err);
}

/* https://developers.dwolla.com/docs/balance/api-reference/documents/list-documents-for-customer
 */
static int papers_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err)
{
	if (ctx->party)
		return ask(ctx, "/beneficial-owners/%s/documents", ctx->party,
			   request, err);
	return ask(ctx, "/customers/%s/documents", ctx->customer, request, err);
}

/* https://developers.dwolla.com/docs/balance/api-reference/beneficial-owners/list
 */
static int owners_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err)
{
	return ask(ctx, "/customers/%s/beneficial-owners", ctx->customer,
		   request, err);
}

/* https://developers.dwolla.com/docs/balance/business-verified-customer/certify-beneficial-ownership
 */
static int certification_build(const struct prov_ctx *ctx,
			       struct prov_request *request, struct err *err)
{
	return ask(ctx, "/customers/%s/beneficial-ownership", ctx->customer,
		   request, err);
}

/* Types that are never verified have no documents. */
static bool has_papers(const struct prov_customer *so_far)
{
	return !prov_same_word(so_far->stage_word, "unverified");
}

static bool has_owners(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_BUSINESS &&
	       (dwolla_linked(so_far, "beneficial-owners") ||
		dwolla_linked(so_far, "verify-beneficial-owners"));
}

static bool has_certification(const struct prov_customer *so_far)
{
	return has_owners(so_far) ||
	       dwolla_linked(so_far, "certify-beneficial-ownership");
}

/* Of all owners: what was sent for one that is verified by now is settled by
 * the list as well. */
static bool has_own_papers(const struct prov_customer *so_far,
			   const struct prov_party *party)
{
	(void)so_far;
	(void)party;
	return true;
}

const struct provider prov_dwolla = {
	.name = "dwolla",
	.title = DWOLLA_TITLE,
	.sandbox_endpoint = "https://api-sandbox.dwolla.com",
	.endpoint = "https://api.dwolla.com",
	.doctypes = dwolla_types,
	.groups = dwolla_groups,
	.forms = dwolla_forms,
	.token = { dwolla_token_build, dwolla_token_read },
	.customer_list = { page_build, dwolla_page_read },
	.customer_read = {
		{ .op = { customer_build, dwolla_customer_read } },
		{
			.op = { papers_build, dwolla_papers_read },
			.wanted = has_papers,
		},
		{
			.op = { owners_build, dwolla_owners_read },
			.wanted = has_owners,
		},
		{
			.op = { papers_build, dwolla_papers_read },
			.of_party = has_own_papers,
		},
		{
			.op = { certification_build,
				dwolla_certification_read },
			.wanted = has_certification,
		},
	},
	.customer_settle = dwolla_settle,
	.form_arrived = dwolla_form_arrived,
	.document_send = { dwolla_upload_build, dwolla_upload_read },
	.review_days = 2,
	.key_life_ms = (int64_t)24 * 60 * 60 * 1000,
	.asks_first = true,
	.refuses_copies = true,
};
