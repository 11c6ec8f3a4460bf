/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the headers that every call carries, signing in, and tokens.
 * https://docs.zrobank.io/baas/api-overview/authentication
 * https://docs.zrobank.io/caas/api-overview/request-id
 */
#include "providers/sandbox/zro.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "forms/buf.h"
#include "forms/mem.h"

/* So many nonces are remembered at least, and twice as many at most. */
#define NONCES	   20000
#define REFRESH_MS ((int64_t)60000)

static const char *const langs[] = { "pt-BR", "en-US", NULL };

/* Was NONCE used before? It is now. */
static bool nonce_is_used(struct call *call, const char *nonce)
{
	json_t *notes = world_notes(call->world);
	json_t *used = json_object_get(notes, "nonces");
	json_t *before = json_object_get(notes, "nonces_before");

	if (json_object_get(used, nonce) || json_object_get(before, nonce))
		return true;
	if (!used || json_object_size(used) >= NONCES) {
		if (used)
			json_object_set(notes, "nonces_before", used);
		used = json_object();
		json_object_set_new(notes, "nonces", used);
	}
	json_object_set_new(used, nonce, json_true());
	return false;
}

/* A header that is a UUID v4 when it is there; OUT "" when it is not. */
static bool header_uuid(struct call *call, const char *name,
			char out[UUID_SIZE])
{
	const char *value = call_header(call, name);

	*out = '\0';
	if (!value)
		return true;
	if (uuid_is_v4(value) && uuid_read(value, out))
		return true;
	return zro_deny(call, "IS_UUID", name);
}

/* The customer to act for is never named without the product. */
static bool admit_product(struct call *call)
{
	char product[UUID_SIZE], target[UUID_SIZE];

	if (!header_uuid(call, "x-product-uuid", product) ||
	    !header_uuid(call, "x-product-target-user-uuid", target))
		return false;
	if (*target && !*product)
		return zro_deny(call, "MISSING_DATA", "x-product-uuid");
	if (*product && strcmp(product, ZRO_PRACTICE_PRODUCT))
		return zro_deny(call, "FORBIDDEN", NULL);
	return true;
}

bool zro_admit(struct call *call, bool sign_in)
{
	const char *lang = call_header(call, "x-lang");
	char nonce[UUID_SIZE];

	if (!call_header(call, "nonce"))
		return zro_deny(call, "MISSING_DATA", "nonce");
	if (!header_uuid(call, "nonce", nonce))
		return false;
	if (lang && !zro_is_one_of(call, lang, langs, "x-lang"))
		return false;
	if (!sign_in && tokens_state(call->tokens, call_bearer(call),
				     call->now) != TOKEN_LIVE)
		return zro_deny(call, "UNAUTHORIZED", NULL);
	if (nonce_is_used(call, nonce))
		return zro_deny(call, "REPLAY", "nonce");
	return sign_in || admit_product(call);
}

/* Base64 as it stands in a JWT (RFC 7515, 2). */
static void add_base64url(struct buf *out, const void *data, size_t len)
{
	unsigned char *text = mem_alloc((len + 2) / 3 * 4 + 1);

	EVP_EncodeBlock(text, data, (int)len);
	for (unsigned char *at = text; *at && *at != '='; at++)
		if (buf_add_char(out, *at == '+'   ? '-'
				      : *at == '/' ? '_'
						   : (char)*at))
			break;
	free(text);
}

/* A JWT whose claims say until when it is good; free() it. */
static char *make_token(int64_t now, int64_t until)
{
	static const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
	unsigned char signature[EVP_MAX_MD_SIZE];
	struct buf token = { 0 };
	unsigned len = 0;
	char id[UUID_SIZE], *claims;

	uuid_new(id);
	claims = mem_printf("{\"sub\":\"" ZRO_PRACTICE_PARTNER "\","
			    "\"jti\":\"%s\",\"iat\":%lld,\"exp\":%lld}",
			    id, (long long)(now / 1000),
			    (long long)(until / 1000));
	add_base64url(&token, head, strlen(head));
	if (buf_add_char(&token, '.'))
		abort();
	add_base64url(&token, claims, strlen(claims));
	HMAC(EVP_sha256(), PRACTICE_SECRET, (int)strlen(PRACTICE_SECRET),
	     (const unsigned char *)token.data, token.len, signature, &len);
	if (buf_add_char(&token, '.'))
		abort();
	add_base64url(&token, signature, len);
	free(claims);
	return buf_take(&token);
}

static void give_token(struct call *call)
{
	int64_t until = call->now + call->token_ms;
	char *token = make_token(call->now, until);

	tokens_add(call->tokens, token, until);
	call_json(call, 200, json_pack("{ss}", "access_token", token));
	free(token);
}

/* POST /auth/signin */
void zro_sign_in(struct call *call)
{
	static const char *const fields[] = { "api_id", "api_key" };

	for (size_t i = 0; i < 2; i++) {
		json_t *value = json_object_get(call->body, fields[i]);

		if (!value ||
		    (json_is_string(value) && !json_string_length(value))) {
			zro_deny(call, "MISSING_DATA", fields[i]);
			return;
		}
		if (!json_is_string(value)) {
			zro_deny_as(call, 400, "VALIDATION", fields[i]);
			return;
		}
	}
	if (zro_is(call->body, "api_id", PRACTICE_CLIENT) &&
	    zro_is(call->body, "api_key", PRACTICE_SECRET))
		give_token(call);
	else
		zro_deny(call, "UNAUTHORIZED", NULL);
}

/* POST /auth/refresh-token: an old one, even an expired one, for a new one */
void zro_refresh(struct call *call)
{
	const char *old = call_header(call, "x-access-token");
	json_t *notes = world_notes(call->world);
	int64_t last = json_integer_value(json_object_get(notes, "refreshed"));

	if (!old || !*old) {
		zro_deny(call, "MISSING_DATA", "x-access-token");
		return;
	}
	if (tokens_state(call->tokens, old, call->now) == TOKEN_UNKNOWN) {
		zro_deny(call, "UNAUTHORIZED", NULL);
		return;
	}
	if (last && call->now - last < REFRESH_MS) {
		zro_refuse(call, 429, "");
		return;
	}
	json_object_set_new(notes, "refreshed", json_integer(call->now));
	give_token(call);
}

bool zro_transaction(struct call *call, bool optional, char out[UUID_SIZE])
{
	static const char name[] = "x-transaction-uuid";

	if (!header_uuid(call, name, out))
		return false;
	if (*out)
		return true;
	if (!optional)
		return zro_deny(call, "MISSING_DATA", name);
	uuid_new(out);
	return true;
}

bool zro_id(struct call *call, size_t arg, const char *param,
	    char out[UUID_SIZE])
{
	if (uuid_is_v4(call->args[arg]) && uuid_read(call->args[arg], out))
		return true;
	return zro_deny(call, "IS_UUID", param);
}
