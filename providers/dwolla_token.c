/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: the access token. There is no renewal: it is asked for again.
 * https://developers.dwolla.com/docs/balance/api-reference/authorization/application-authorization
 */
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "providers/dwolla.h"

#define PAIR_MOST 1000
#define LIFE_MOST (24 * 60 * 60) /* seconds; a longer one is not believed */

int dwolla_token_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	const char *client = ctx->profile ? ctx->profile->client : NULL;
	unsigned char code[PAIR_MOST / 3 * 4 + 8];
	char *pair = NULL;
	int ret = -1;

	if (!client || !*client || !ctx->secret || !*ctx->secret)
		return err_set(err, ERR_CREDENTIALS,
			       _("there is no client id or no client secret "
				 "for Dwolla"));
	pair = mem_printf("%s:%s", client, ctx->secret);
	if (!prov_header_safe(pair) || strchr(client, ':') ||
	    strlen(pair) > PAIR_MOST) {
		err_set(err, ERR_CREDENTIALS,
			_("the client id or secret for Dwolla holds blanks or "
			  "other characters that none has"));
		goto out;
	}
	EVP_EncodeBlock(code, (unsigned char *)pair, (int)strlen(pair));
	request->method = "POST";
	ret = prov_request_path(request, err, "/token");
	prov_request_header(request, "Authorization", "Basic %s", (char *)code);
	prov_request_header(request, "Accept", DWOLLA_MEDIA);
	prov_request_body(request, "application/x-www-form-urlencoded",
			  mem_dup("grant_type=client_credentials"));
	mem_wipe(code, sizeof(code));
out:
	mem_free_private(pair);
	return ret;
}

void dwolla_token_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *text = prov_json_word(root, "access_token");
	const char *type = prov_json_word(root, "token_type");
	const json_t *life = json_object_get(root, "expires_in");
	struct prov_token *token = into;

	if (!prov_reply_succeeded(reply, 200) || !text || !*text ||
	    !prov_header_safe(text) ||
	    (type && !prov_same_word(type, "bearer"))) {
		dwolla_fail(reply, ctx, NULL, NULL, result);
		/* Not HAL here: the machine word stands elsewhere. */
		if (dwolla_same_code(prov_json_word(root, "error"),
				     "invalid_client"))
			mem_replace(&result->code, "invalid_client");
		goto out;
	}
	prov_token_release(token);
	token->text = mem_dup(text);
	if (json_is_integer(life) && json_integer_value(life) > 0 &&
	    json_integer_value(life) <= LIFE_MOST)
		token->life_ms = (int64_t)json_integer_value(life) * 1000;
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}
