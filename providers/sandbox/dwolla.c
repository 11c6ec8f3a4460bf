/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: its routes, and who may come in.
 * https://developers.dwolla.com/docs/balance/api-reference
 */
#include "providers/sandbox/dwolla.h"

#include <stdio.h>
#include <strings.h>

#include "forms/mem.h"

#define TOKEN_MS  ((int64_t)3600 * 1000)
#define BODY_MOST ((uint64_t)10 << 20)

/* Who may come in. */

static void refuse_client(struct call *call, int status, const char *error)
{
	call_json(call, status, json_pack("{ss}", "error", error));
}

/* Is the API's own type among those that are taken back? */
static bool accepts(const struct call *call)
{
	const char *accept = call_header(call, "Accept");
	size_t len = strlen(DWOLLA_TYPE);

	while (accept && *accept) {
		accept += strspn(accept, " \t,");
		if (!strncasecmp(accept, DWOLLA_TYPE, len) &&
		    strchr("; \t,", accept[len]))
			return true;
		accept += strcspn(accept, ",");
	}
	return false;
}

static bool dwolla_admit(struct call *call, bool sign_in)
{
	char id[UUID_SIZE];

	uuid_new(id);
	call_answer_header(call, "X-Request-ID", id);
	/* Tokens are asked for, and come, as plain JSON: OAuth, not HAL. */
	if (sign_in) {
		if (!call_is_client(call))
			refuse_client(call, 401, "invalid_client");
		return !call->status;
	}
	if (!accepts(call)) {
		dwolla_refuse(call, 406, "");
		return false;
	}
	switch (tokens_state(call->tokens, call_bearer(call), call->now)) {
	case TOKEN_LIVE:
		return true;
	case TOKEN_EXPIRED:
		dwolla_refuse_code(call, 401, "ExpiredAccessToken",
				   "Generate a new access token using your "
				   "client credentials.");
		return false;
	default:
		dwolla_refuse(call, 401, "");
		return false;
	}
}

static bool is_form(const char *type)
{
	static const char wanted[] = "application/x-www-form-urlencoded";
	size_t len = sizeof(wanted) - 1;

	return type && !strncasecmp(type, wanted, len) &&
	       strchr("; \t", type[len]);
}

static void give_token(struct call *call)
{
	char id[UUID_SIZE], *token;

	if (!is_form(call_header(call, "Content-Type"))) {
		refuse_client(call, 400, "invalid_request");
		return;
	}
	if (strcmp(call->raw, "grant_type=client_credentials")) {
		refuse_client(call, 400, "unsupported_grant_type");
		return;
	}
	uuid_new(id);
	token = mem_printf("practice-%s", id);
	tokens_add(call->tokens, token, call->now + call->token_ms);
	call_json_as(call, 200, "application/json",
		     json_pack("{ss ss sI}", "access_token", token,
			       "token_type", "Bearer", "expires_in",
			       (json_int_t)(call->token_ms / 1000)));
	free(token);
}

/* Finding and keeping. */

void dwolla_answer(struct call *call, int status, json_t *body)
{
	call_json_as(call, status, DWOLLA_TYPE, body);
}

void dwolla_created(struct call *call, const char *kind, const char *id)
{
	char *location = mem_printf("%s/%s/%s", call->base, kind, id);

	call_answer_header(call, "Location", location);
	call_empty(call, 201);
	free(location);
}

bool dwolla_keep(struct call *call, json_t *record, bool changed)
{
	struct err err = { 0 };

	changed |= dwolla_settle(record, call->now);
	if (!changed || !world_keep(call->world, record, &err))
		return true;
	fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	dwolla_refuse(call, 500, "");
	return false;
}

/* RECORD (taken) as it is now; NULL: there is none, and it was refused. */
static json_t *settled(struct call *call, json_t *record)
{
	if (!record) {
		dwolla_refuse(call, 404, "");
		return NULL;
	}
	if (dwolla_keep(call, record, false))
		return record;
	json_decref(record);
	return NULL;
}

json_t *dwolla_customer(struct call *call)
{
	char id[UUID_SIZE];

	return settled(call, uuid_read(call->args[0], id)
				     ? world_find(call->world, id)
				     : NULL);
}

static bool has_owner(const json_t *record, const void *id)
{
	return dwolla_find(json_object_get(record, "owners"), id);
}

static bool has_document(const json_t *record, const void *id)
{
	return dwolla_find(json_object_get(record, "documents"), id);
}

/* The record with the entry of LIST that the path names. */
static json_t *holder(struct call *call, const char *list, json_t **entry,
		      bool (*has)(const json_t *record, const void *id))
{
	char id[UUID_SIZE];
	json_t *record = NULL;

	if (uuid_read(call->args[0], id))
		record = world_pick(call->world, has, id);
	record = settled(call, record);
	*entry = record ? dwolla_find(json_object_get(record, list), id) : NULL;
	return record;
}

json_t *dwolla_owner(struct call *call, json_t **owner)
{
	return holder(call, "owners", owner, has_owner);
}

json_t *dwolla_document(struct call *call, json_t **document)
{
	return holder(call, "documents", document, has_document);
}

/* Reading one. */

static void read_customer(struct call *call)
{
	json_t *record = dwolla_customer(call);

	if (record)
		dwolla_answer(call, 200, dwolla_show(record, call->base));
	json_decref(record);
}

static void read_owner(struct call *call)
{
	json_t *owner, *record = dwolla_owner(call, &owner);

	if (record)
		dwolla_answer(call, 200, dwolla_show_owner(owner, call->base));
	json_decref(record);
}

static void read_document(struct call *call)
{
	json_t *document, *record = dwolla_document(call, &document);

	if (record)
		dwolla_answer(call, 200,
			      dwolla_show_document(document, call->base));
	json_decref(record);
}

/* What the practice server knows of a customer, for tests and the curious;
 * with the secret itself, or a token, and in whatever type. */
static void page_record(struct call *call)
{
	const char *key = call_bearer(call);
	json_t *record;

	if (!key ||
	    (strcmp(key, PRACTICE_SECRET) &&
	     tokens_state(call->tokens, key, call->now) != TOKEN_LIVE)) {
		dwolla_refuse(call, 401, "");
		return;
	}
	record = dwolla_customer(call);
	if (record)
		call_json(call, 200, json_incref(record));
	json_decref(record);
}

#define KEYED_JSON (ROUTE_KEYED | ROUTE_JSON)
#define KEYED_FORM (ROUTE_KEYED | ROUTE_FORM)

static const struct route routes[] = {
	{ "POST", "/token", ROUTE_SIGN_IN | ROUTE_RAW, give_token },
	{ "GET", "/customers", 0, dwolla_list_customers },
	{ "POST", "/customers", KEYED_JSON, dwolla_create },
	{ "GET", "/customers/{}", 0, read_customer },
	{ "POST", "/customers/{}", KEYED_JSON, dwolla_update },
	{ "GET", "/customers/{}/documents", 0, dwolla_list_documents },
	{ "POST", "/customers/{}/documents", KEYED_FORM, dwolla_upload },
	{ "GET", "/customers/{}/beneficial-owners", 0, dwolla_list_owners },
	{ "POST", "/customers/{}/beneficial-owners", KEYED_JSON,
	  dwolla_create_owner },
	{ "GET", "/customers/{}/beneficial-ownership", 0,
	  dwolla_read_ownership },
	{ "POST", "/customers/{}/beneficial-ownership", KEYED_JSON,
	  dwolla_certify },
	{ "GET", "/beneficial-owners/{}", 0, read_owner },
	{ "POST", "/beneficial-owners/{}", KEYED_JSON, dwolla_update_owner },
	{ "DELETE", "/beneficial-owners/{}", 0, dwolla_remove_owner },
	{ "GET", "/beneficial-owners/{}/documents", 0,
	  dwolla_list_documents_of_owner },
	{ "POST", "/beneficial-owners/{}/documents", KEYED_FORM,
	  dwolla_upload_for_owner },
	{ "GET", "/documents/{}", 0, read_document },
	{ "GET", "/events", 0, dwolla_list_events },
	{ "POST", "/sandbox-simulations", KEYED_JSON, dwolla_simulate },
	{ "GET", "/practice/customers/{}", ROUTE_PUBLIC, page_record },
	{ NULL, NULL, 0, NULL },
};

const struct practice practice_dwolla = {
	.name = "dwolla",
	.routes = routes,
	.maker = {
		.seeds = DWOLLA_SEEDS,
		.seed = dwolla_seed,
		.generate = dwolla_generate,
		.adopt = dwolla_adopt,
	},
	.body_most = BODY_MOST,
	.token_ms = TOKEN_MS,
	.key_header = "Idempotency-Key",
	.key_any_text = true,
	.key_keeps_good = true,
	.key_conflict = 409,
	.admit = dwolla_admit,
	.refuse = dwolla_refuse,
};
