/* SPDX-License-Identifier: MIT */
/*
 * Lumx: how each call is put together, and what the answers to what was sent
 * mean. https://docs.lumx.io
 */
#include "providers/lumx.h"

#include <stdlib.h>
#include <string.h>

/* https://docs.lumx.io/get-started/troubleshooting; failures are kept under
 * their key (https://docs.lumx.io/additional-information/idempotency), so
 * whoever repeats after an answer needs a new one. */
static const struct prov_status_rule status_rules[] = {
	{ 400, 400, PROV_REFUSED, true, 0,
	  N_("not accepted as it is; correct it and send it again") },
	{ 401, 401, PROV_DENIED, true, 0,
	  N_("the API key is missing, wrong or of the other environment") },
	{ 403, 403, PROV_DENIED, true, 0, N_("this API key may not do that") },
	{ 404, 404, PROV_REFUSED, true, 0,
	  N_("unknown there; is it a customer of this environment?") },
	{ 408, 408, PROV_AGAIN, true, 3, N_("it did not arrive in time") },
	{ 409, 409, PROV_REFUSED, true, 0,
	  N_("it does not fit the customer's present state; refresh the "
	     "customer first") },
	{ 413, 413, PROV_REFUSED, true, 0, N_("the file is too large") },
	{ 415, 415, PROV_REFUSED, true, 0,
	  N_("this kind of content is not taken") },
	{ 422, 422, PROV_REFUSED, true, 0,
	  N_("not accepted as it is; correct it and send it again") },
	{ 425, 425, PROV_AGAIN, true, 3, N_("it was too early") },
	{ 429, 429, PROV_AGAIN, true, 0,
	  N_("too many requests at the moment") },
	{ 400, 499, PROV_REFUSED, true, 0, N_("it was turned down") },
	{ 500, 599, PROV_AGAIN, true, 3, N_("something failed on their side") },
	{ 0, 0, PROV_UNSURE, false, 0,
	  N_("an answer that was not expected; is the endpoint right?") },
};

/* What errors call the parts of an upload. */
static const struct prov_field_name upload_names[] = {
	{ "country", "country" },
	{ "side", "side" },
	{ "type", "type" },
	{ "file", "file" },
	{ "associatedPartyId", "party" },
	{ NULL, NULL },
};

/* What every call carries. KEYED: it changes something and may be repeated. */
int lumx_headers(const struct prov_ctx *ctx, bool keyed,
		 struct prov_request *request, struct err *err)
{
	if (!ctx->secret || !*ctx->secret)
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no API key for Lumx"));
	if (!prov_header_safe(ctx->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("the API key for Lumx holds blanks or other "
				 "characters that no key has"));
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	prov_request_header(request, "Accept", "application/json");
	return keyed ? prov_request_key(request, "Idempotency-Key", ctx->key,
					err)
		     : 0;
}

/* https://docs.lumx.io/api-reference/customers/read-all-customers */
static int page_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/customers"))
		return -1;
	prov_request_query(request, "size", "100");
	prov_request_query(request, "cursor", ctx->cursor);
	return lumx_headers(ctx, false, request, err);
}

/* https://docs.lumx.io/api-reference/customers/read-a-customer */
static int customer_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/customers/%s", ctx->customer))
		return -1;
	return lumx_headers(ctx, false, request, err);
}

/* https://docs.lumx.io/api-reference/customers/read-all-associated-parties */
static int parties_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/customers/%s/associated-parties",
			      ctx->customer))
		return -1;
	return lumx_headers(ctx, false, request, err);
}

/* https://docs.lumx.io/api-reference/customers/read-a-verification, which
 * only older pages have. */
static int report_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/customers/%s/verifications",
			      ctx->customer))
		return -1;
	return lumx_headers(ctx, false, request, err);
}

static const struct form_schema *schema_of(const struct prov_ctx *ctx)
{
	return ctx->form ? ctx->form->schema : lumx_forms[ctx->kind].schema;
}

/* https://docs.lumx.io/api-reference/customers/send-additional-information
 * Whether a second one replaces or adds is not said: always the whole form. */
static int information_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	const struct form_schema *schema = schema_of(ctx);

	if (!ctx->answers)
		return err_set(err, ERR_BUG, "no answers to send");
	request->method = "PATCH";
	if (prov_request_path(request, err,
			      "/customers/%s/additional-information",
			      ctx->customer) ||
	    lumx_headers(ctx, true, request, err))
		return -1;
	prov_request_answers(request, schema, ctx->answers,
			     ctx->kind == PROV_BUSINESS ? "BUSINESS"
							: "INDIVIDUAL");
	return 0;
}

static int document_check(const struct prov_document *document, struct err *err)
{
	const struct doc_type *type = document->type;
	const char *country = document->country ? document->country : "";

	if (strlen(country) != 3 ||
	    strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
		return err_set(err, ERR_INPUT,
			       _("%s needs the country of the document, three "
				 "letters, not '%s'"),
			       type->code, country);
	if (document->party && !prov_id_valid(document->party))
		return err_set(err, ERR_INPUT, _("'%.60s' is no party's id"),
			       document->party);
	return prov_document_check(document, LUMX_TITLE, err) ||
			       prov_document_fits(document, err)
		       ? -1
		       : 0;
}

/*
 * https://docs.lumx.io/api-reference/customers/upload-a-document.md
 * The file goes last, so that a server that reads on the fly knows what it is
 * getting. A part that does not apply is left out, never sent empty.
 */
static int document_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;

	if (ctx->document_count != 1 || !document->type)
		return err_set(err, ERR_BUG, "no document to send");
	if (document_check(document, err))
		return -1;
	request->method = "POST";
	if (prov_request_path(request, err, "/customers/%s/documents",
			      ctx->customer) ||
	    lumx_headers(ctx, true, request, err))
		return -1;

	prov_request_part(request, "type", document->type->code);
	prov_request_part(request, "country", document->country);
	if (document->side != DOC_SIDE_NONE)
		prov_request_part(request, "side",
				  document->side == DOC_SIDE_FRONT
					  ? "FRONT_SIDE"
					  : "BACK_SIDE");
	if (document->party)
		prov_request_part(request, "associatedPartyId",
				  document->party);
	prov_document_part(document, request);
	mem_replace(&request->key, ctx->key);
	return 0;
}

/* https://docs.lumx.io/api-reference/customers/start-a-verification */
static int start_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	request->method = "POST";
	if (prov_request_path(request, err, "/customers/%s/verifications",
			      ctx->customer))
		return -1;
	return lumx_headers(ctx, true, request, err);
}

/* https://docs.lumx.io/api-reference/customers/create-tos-acceptance-link.md
 * does not list the key among its headers. */
static int terms_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	request->method = "POST";
	if (prov_request_path(request, err, "/customers/%s/tos", ctx->customer))
		return -1;
	return lumx_headers(ctx, false, request, err);
}

/* What is not the success that was promised. A stored answer is marked:
 * https://docs.lumx.io/additional-information/idempotency */
static void fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		 const struct form_schema *schema,
		 const struct prov_field_name *names,
		 struct prov_result *result)
{
	const char *cached = prov_reply_header(reply, "X-Idempotency-Cached");

	if (reply->status >= 200 && reply->status <= 299) {
		prov_reply_puzzles(reply, LUMX_TITLE, result);
		return;
	}
	prov_reply_fail(reply, LUMX_TITLE, status_rules, ctx->now, schema,
			names, result);
	result->stored = cached && prov_same_word(cached, "true");
	result->may_be_running = reply->status == 409 && !result->stored;
}

void lumx_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
	       const struct form_schema *schema, struct prov_result *result)
{
	fail(reply, ctx, schema, NULL, result);
}

/* A success with no body at all, or with one that is JSON. */
static bool is_plain_success(const struct prov_reply *reply, const json_t *root)
{
	if (prov_reply_is_page(reply))
		return false;
	return root || prov_reply_is_empty(reply);
}

/* 204 and no body today; older pages promise 200 or 201. */
static void document_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)into;
	if ((prov_reply_succeeded(reply, 204) ||
	     prov_reply_succeeded(reply, 200) ||
	     prov_reply_succeeded(reply, 201)) &&
	    is_plain_success(reply, root))
		prov_reply_accept(result, root);
	else
		fail(reply, ctx, NULL, upload_names, result);
	json_decref(root);
}

/* 200 and the customer; an answer about another one settles nothing. */
static void information_read(const struct prov_reply *reply,
			     const struct prov_ctx *ctx, void *into,
			     struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *id = prov_json_word(root, "id");

	(void)into;
	if (prov_reply_succeeded(reply, 200) && json_is_object(root) &&
	    (!id || prov_same_word(id, ctx->customer)))
		prov_reply_accept(result, NULL);
	else
		lumx_fail(reply, ctx, schema_of(ctx), result);
	json_decref(root);
}

/* 201 as for all that is created, or 200 where a page states no status. */
void lumx_made_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		    const struct form_schema *schema,
		    struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	char *id = prov_json_id(root, "id");

	if ((prov_reply_succeeded(reply, 201) ||
	     prov_reply_succeeded(reply, 200)) &&
	    id)
		prov_reply_accept(result, root);
	else
		lumx_fail(reply, ctx, schema, result);
	mem_free_private(id);
	json_decref(root);
}

/* 201 and the id of the verification today; 202 without a body before. */
static void start_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)into;
	if ((prov_reply_succeeded(reply, 201) && json_is_object(root)) ||
	    (prov_reply_succeeded(reply, 202) && is_plain_success(reply, root)))
		prov_reply_accept(result, root);
	else
		lumx_fail(reply, ctx, NULL, result);
	json_decref(root);
}

static void terms_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	struct prov_link *link = into;
	char *url = prov_json_address(root, "url");

	if (prov_reply_succeeded(reply, 200) && url) {
		prov_reply_accept(result, NULL);
		prov_link_release(link);
		link->url = url;
		link->expires = prov_json_text(root, "expiresAt");
		url = NULL;
	} else {
		lumx_fail(reply, ctx, NULL, result);
	}
	mem_free_private(url);
	json_decref(root);
}

const struct prov_form lumx_forms[] = {
	[PROV_INDIVIDUAL] = {
		.schema = &lumx_individual,
		.holders = DOC_FOR_PERSON,
		.send = { information_build, information_read },
	},
	[PROV_BUSINESS] = {
		.schema = &lumx_business,
		.holders = DOC_FOR_BUSINESS,
		.send = { information_build, information_read },
	},
	{
		.schema = &lumx_party,
		.use = PROV_FORM_PARTY,
		.holders = DOC_FOR_BUSINESS,
		.rank = PROV_RANK_PARTY,
		.send = { lumx_party_build, lumx_party_sent },
	},
	{ .schema = NULL },
};

const struct provider prov_lumx = {
	.name = "lumx",
	.title = LUMX_TITLE,
	.sandbox_endpoint = "https://api-sandbox.lumx.io",
	.endpoint = "https://api.lumx.io",
	.doctypes = lumx_types,
	.groups = lumx_groups,
	.forms = lumx_forms,
	.creations = lumx_creations,
	.customer_list = { page_build, lumx_page_read },
	.customer_read = {
		{ .op = { customer_build, lumx_customer_read } },
		{
			.op = { parties_build, lumx_parties_read },
			.wanted = lumx_has_parties,
		},
		{
			.op = { report_build, lumx_report_read },
			.wanted = lumx_lacks_reasons,
			.optional = true,
		},
	},
	.document_send = { document_build, document_read },
	.start = { start_build, start_read },
	.link = { terms_build, terms_read },
	.key_life_ms = (int64_t)24 * 60 * 60 * 1000,
};
