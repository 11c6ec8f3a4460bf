/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: signing in. The pages are those of its sister products; for this
 * one the path is not published, so the profile may name another.
 * https://docs.zrobank.io/paas/endpoints/login-auth-rest-controller-execute
 * https://docs.zrobank.io/caas/endpoints/refresh-token-auth-rest-controller-execute
 */
#include "providers/zro.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define PATH_MOST  200
#define TOKEN_MOST 8192

bool zro_path_valid(const char *path)
{
	return path[0] == '/' && path[1] && strlen(path) <= PATH_MOST &&
	       path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "abcdefghijklmnopqrstuvwxyz"
				 "0123456789-._~/")] == '\0';
}

static bool has_text(const char *text)
{
	return text && *text;
}

/* The id is no secret, but it goes with one. */
static void add_credentials(const struct prov_ctx *ctx,
			    struct prov_request *request)
{
	json_t *body = json_object();

	json_object_set_new(body, "api_id", json_string(ctx->profile->client));
	json_object_set_new(body, "api_key", json_string(ctx->secret));
	prov_request_body(request, "application/json", zro_dump(body));
	zro_forget(body);
}

int zro_signin_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	const char *path = prov_setting(ctx, "sign_in_path");

	if (!has_text(path))
		path = "/auth/signin";
	if (!zro_path_valid(path))
		return err_set(err, ERR_CONFIG,
			       _("'sign_in_path' has to be a path like "
				 "/auth/signin"));
	if (!ctx->profile || !has_text(ctx->profile->client))
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no client id (api_id) for Z.ro "
				 "Bank"));
	if (!has_text(ctx->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no API key for Z.ro Bank"));
	if (!text_valid(ctx->secret, strlen(ctx->secret)) ||
	    !text_valid(ctx->profile->client, strlen(ctx->profile->client)))
		return err_set(err, ERR_CREDENTIALS,
			       _("the API key or client id for Z.ro Bank is "
				 "not text"));
	request->method = "POST";
	mem_replace(&request->path, path);
	if (zro_common_headers(ctx, request, err))
		return -1;
	add_credentials(ctx, request);
	return 0;
}

/* An old token will do, even one that has expired; without one there is only
 * signing in. */
int zro_renew_build(const struct prov_ctx *ctx, struct prov_request *request,
		    struct err *err)
{
	if (!ctx->token || !prov_header_safe(ctx->token))
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no access token to renew"));
	request->method = "POST";
	if (prov_request_path(request, err, "/auth/refresh-token") ||
	    zro_common_headers(ctx, request, err))
		return -1;
	prov_request_header(request, "x-access-token", "%s", ctx->token);
	return 0;
}

/* The middle part of a JWT, RFC 7519, as text; NULL: it is none. free() it. */
static char *claims_of(const char *token)
{
	const char *start = strchr(token, '.');
	const char *end = start ? strchr(start + 1, '.') : NULL;
	struct buf plain = { 0 };
	unsigned char *out = NULL;
	int len;

	if (!end)
		return NULL;
	for (const char *at = start + 1; at < end; at++)
		buf_add_char(&plain, *at == '-' ? '+' : *at == '_' ? '/' : *at);
	while (plain.len % 4)
		buf_add_char(&plain, '=');
	out = mem_alloc(plain.len + 1);
	len = EVP_DecodeBlock(out, (const unsigned char *)buf_text(&plain),
			      (int)plain.len);
	buf_release(&plain);
	if (len < 0) {
		free(out);
		return NULL;
	}
	/* Padding comes out as NULs: they end the text. */
	out[len] = '\0';
	return (char *)out;
}

/* How long TOKEN lives, if it says so: no page does. */
static int64_t life_of(const char *token, int64_t now)
{
	char *claims = claims_of(token);
	json_t *root = claims ? json_loads(claims, 0, NULL) : NULL;
	const json_t *exp = json_object_get(root, "exp");
	double seconds = json_is_number(exp) ? json_number_value(exp) : 0;
	int64_t life = 0;

	/* No more than a year is believed. */
	if (seconds > 0 && seconds < 1e11)
		life = (int64_t)(seconds * 1000) - now;
	if (life < 0 || life > INT64_C(366) * 24 * 3600 * 1000)
		life = 0;
	json_decref(root);
	mem_free_private(claims);
	return life;
}

void zro_token_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		    void *into, struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *text = prov_json_word(zro_data(root), "access_token");
	struct prov_token *token = into;

	if ((reply->status == 200 || reply->status == 201) && text &&
	    prov_header_safe(text) && strlen(text) <= TOKEN_MOST) {
		prov_token_release(token);
		token->text = mem_dup(text);
		token->life_ms = life_of(text, ctx->now);
		prov_reply_accept(result, NULL);
	} else {
		zro_fail(reply, ctx, result);
	}
	zro_forget(root);
}
