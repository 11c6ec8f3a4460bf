/* SPDX-License-Identifier: MIT */
/*
 * Dinie: how each call is put together, and what the answers to what was sent
 * mean. https://dinie.nexaedge.dev/apis/openapi.md
 */
#include "providers/dinie.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define CREDENTIALS_MOST 2000 /* bytes of client id and secret together */
#define LIFE_MOST_S	 (24 * 3600)

/* What errors call the parts of an upload. */
static const struct prov_field_name upload_names[] = {
	{ "type", "type" },
	{ "file", "file" },
	{ NULL, NULL },
};

int dinie_headers(const struct prov_ctx *ctx, bool keyed,
		  struct prov_request *request, struct err *err)
{
	if (!ctx->secret || !*ctx->secret)
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no access token for Dinie"));
	if (!prov_header_safe(ctx->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("the access token for Dinie holds characters "
				 "that no token has"));
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	prov_request_header(request, "Accept", "application/json");
	return keyed ? prov_request_key(request, DINIE_KEY_HEADER, ctx->key,
					err)
		     : 0;
}

/* "Basic …" of both, wiped when freed; NULL: they make no header. */
static char *basic(const char *client, const char *secret)
{
	char *both = NULL, *header = NULL;
	size_t len;

	if (!client || !secret || !*client || !*secret || strchr(client, ':') ||
	    !prov_header_safe(client) || !prov_header_safe(secret) ||
	    strlen(client) + strlen(secret) > CREDENTIALS_MOST)
		return NULL;
	both = mem_printf("%s:%s", client, secret);
	len = strlen(both);
	header = mem_alloc(sizeof("Basic ") + 4 * ((len + 2) / 3));
	memcpy(header, "Basic ", strlen("Basic "));
	EVP_EncodeBlock((unsigned char *)header + strlen("Basic "),
			(const unsigned char *)both, (int)len);
	mem_free_private(both);
	return header;
}

/* https://dinie.nexaedge.dev/apis/concepts/authentication */
static int token_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	const char *client = ctx->profile ? ctx->profile->client : NULL;
	char *signature = basic(client, ctx->secret);
	int ret = -1;

	if (!signature)
		return err_set(err, ERR_CREDENTIALS,
			       _("the client id or client secret for Dinie is "
				 "missing, or holds characters that neither "
				 "has"));
	request->method = "POST";
	if (!prov_request_path(request, err, DINIE_TOKEN)) {
		prov_request_header(request, "Authorization", "%s", signature);
		prov_request_header(request, "Accept", "application/json");
		prov_request_body(request, "application/x-www-form-urlencoded",
				  mem_dup("grant_type=client_credentials"));
		ret = 0;
	}
	mem_free_private(signature);
	return ret;
}

static void token_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *text = prov_json_word(root, "access_token");
	const json_t *life = json_object_get(root, "expires_in");
	struct prov_token *token = into;
	int64_t seconds = 0;

	if (reply->status != 200 || !text || !*text ||
	    !prov_header_safe(text)) {
		dinie_fail(reply, ctx, NULL, NULL, result);
		goto out;
	}
	if (json_is_number(life) && json_number_value(life) > 0)
		seconds = json_number_value(life) < LIFE_MOST_S
				  ? (int64_t)json_number_value(life)
				  : LIFE_MOST_S;
	prov_token_release(token);
	token->text = mem_dup(text);
	token->life_ms = seconds * 1000;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}

/* https://dinie.nexaedge.dev/apis/openapi/customers/listcustomers.md */
static int page_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, DINIE_CUSTOMERS))
		return -1;
	prov_request_query(request, "limit", "100");
	prov_request_query(request, "starting_after", ctx->cursor);
	return dinie_headers(ctx, false, request, err);
}

/* https://dinie.nexaedge.dev/apis/openapi/customers/getcustomer.md */
static int customer_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, DINIE_CUSTOMER, ctx->customer))
		return -1;
	return dinie_headers(ctx, false, request, err);
}

static int document_check(const struct prov_document *document, struct err *err)
{
	const struct doc_type *type = document->type;

	if (strcmp(type->code, DINIE_BIOMETRICS) == 0)
		return err_set(err, ERR_INPUT,
			       _("%s is done by the customer, behind a link, "
				 "and cannot be uploaded"),
			       type->code);
	if (document->party)
		return err_set(err, ERR_INPUT,
			       _("Dinie knows no associated parties: their "
				 "papers have types of their own"));
	return prov_document_check(document, DINIE_TITLE, err) ||
			       prov_document_fits(document, err)
		       ? -1
		       : 0;
}

/*
 * https://dinie.nexaedge.dev/apis/openapi/customers/uploaddocument.md
 * The type goes first and the file last, so that a server that reads on the
 * fly knows what it is getting.
 */
static int document_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;
	char *name = NULL;

	if (ctx->document_count != 1 || !document || !document->type)
		return err_set(err, ERR_BUG, "no document to send");
	if (document_check(document, err))
		return -1;
	request->method = "POST";
	if (prov_request_path(request, err, DINIE_DOCUMENTS, ctx->customer) ||
	    dinie_headers(ctx, true, request, err))
		return -1;
	name = ctx->target ? mem_dup(ctx->target)
			   : dinie_type_name(document->type, document->side);
	prov_request_part(request, "type", name);
	prov_document_part(document, request);
	mem_replace(&request->key, ctx->key);
	free(name);
	return 0;
}

/* 201, whatever its body lacks; a web page is no answer of theirs. */
static void document_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)into;
	if (prov_reply_succeeded(reply, 201) && !prov_reply_is_page(reply))
		prov_reply_accept(result, root);
	else
		dinie_fail(reply, ctx, NULL, upload_names, result);
	json_decref(root);
}

/* https://dinie.nexaedge.dev/apis/openapi/customers/updatecustomer.md
 * What was not answered is left out: it stays as it is. */
int dinie_correction_build(const struct prov_ctx *ctx,
			   struct prov_request *request, struct err *err)
{
	if (!ctx->answers || !ctx->form || !ctx->form->schema)
		return err_set(err, ERR_BUG, "no answers to send");
	request->method = "PATCH";
	if (prov_request_path(request, err, DINIE_CUSTOMER, ctx->customer) ||
	    dinie_headers(ctx, false, request, err))
		return -1;
	prov_request_answers(request, ctx->form->schema, ctx->answers, NULL);
	return 0;
}

/* 200 and the customer; an answer about another one settles nothing. */
void dinie_correction_read(const struct prov_reply *reply,
			   const struct prov_ctx *ctx, void *into,
			   struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *id = prov_json_word(root, "id");

	(void)into;
	if (prov_reply_succeeded(reply, 200) && json_is_object(root) &&
	    (!id || (ctx->customer && strcmp(id, ctx->customer) == 0)))
		prov_reply_accept(result, NULL);
	else
		dinie_fail(reply, ctx, ctx->form ? ctx->form->schema : NULL,
			   NULL, result);
	json_decref(root);
}

/*
 * https://dinie.nexaedge.dev/apis/openapi/customers/createbiometricssession.md
 * Each link is another one: the nonce will do as its key.
 */
static int session_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	const char *key = ctx->key ? ctx->key : ctx->nonce;

	if (ctx->code && strcmp(ctx->code, DINIE_BIOMETRICS) != 0)
		return err_set(err, ERR_INPUT, _("Dinie has no link for '%s'"),
			       ctx->code);
	request->method = "POST";
	if (prov_request_path(request, err, DINIE_SESSION, ctx->customer) ||
	    dinie_headers(ctx, false, request, err))
		return -1;
	return key ? prov_request_key(request, DINIE_KEY_HEADER, key, err) : 0;
}

static void session_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	char *url = prov_json_address(root, "session_url");
	struct prov_link *link = into;

	if (prov_reply_succeeded(reply, 200) && url) {
		prov_link_release(link);
		link->url = url;
		link->expires = prov_json_text(root, "expires_at");
		url = NULL;
		prov_reply_accept(result, NULL);
	} else {
		dinie_fail(reply, ctx, NULL, NULL, result);
	}
	mem_free_private(url);
	json_decref(root);
}

const struct provider prov_dinie = {
	.name = "dinie",
	.title = DINIE_TITLE,
	.sandbox_endpoint = "https://sandbox.api.dinie.com.br/v3",
	.endpoint = "https://api.dinie.com.br/v3",
	.doctypes = dinie_types,
	.open_type = &dinie_open_type,
	.forms = dinie_forms,
	.creations = dinie_creations,
	.token = { token_build, token_read },
	.customer_list = { page_build, dinie_page_read },
	.customer_find = { dinie_find_build, dinie_page_read },
	.customer_read = {
		{ .op = { customer_build, dinie_customer_read } },
	},
	.document_send = { document_build, document_read },
	.link = { session_build, session_read },
	.pace = dinie_pace,
	.key_life_ms = (int64_t)24 * 60 * 60 * 1000,
	.drops_accepted = true,
};
