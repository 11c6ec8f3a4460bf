/* SPDX-License-Identifier: MIT */
/* Dinie: its routes. https://dinie.nexaedge.dev/apis/openapi.md */
#include "providers/sandbox/dinie.h"

#include <inttypes.h>

#include "forms/mem.h"

#define TOKEN_MS  ((int64_t)3600 * 1000)
#define BODY_MOST ((uint64_t)26000000) /* a file of 25 MB, and its envelope */
#define REQUESTS  600		       /* a minute; Dinie names no figure */

/* https://dinie.nexaedge.dev/apis/concepts/authentication */
static bool dinie_admit(struct call *call, bool sign_in)
{
	const char *token = call_bearer(call);

	if (sign_in) {
		if (call_is_client(call))
			return true;
		dinie_problem(call, 401, NULL, NULL,
			      "the client id or its secret is wrong", NULL);
		return false;
	}
	switch (tokens_state(call->tokens, token, call->now)) {
	case TOKEN_LIVE:
		return true;
	case TOKEN_EXPIRED:
		dinie_problem(call, 401, "token_expired", NULL,
			      "the access token is out of date", NULL);
		return false;
	default:
		dinie_problem(call, 401,
			      token ? "invalid_token" : "missing_token", NULL,
			      token ? "the access token is not known"
				    : "no access token was sent",
			      NULL);
		return false;
	}
}

/* https://dinie.nexaedge.dev/errors/rate-limit-exceeded */
static void dinie_limits(struct call *call, unsigned limit, unsigned left,
			 int64_t reset_s)
{
	char text[32];

	snprintf(text, sizeof(text), "%u", limit);
	call_answer_header(call, "X-RateLimit-Limit", text);
	snprintf(text, sizeof(text), "%u", left);
	call_answer_header(call, "X-RateLimit-Remaining", text);
	snprintf(text, sizeof(text), "%" PRId64, reset_s);
	call_answer_header(call, "X-RateLimit-Reset", text);
}

/* POST /auth/token */
static void give_token(struct call *call)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = call_header(call, "Content-Type");
	char uuid[UUID_SIZE], cust[CUST_SIZE];
	char *token;

	if (!type || strncasecmp(type, form, sizeof(form) - 1)) {
		dinie_problem(call, 400, "invalid_content_type", NULL,
			      "the body must be a form", NULL);
		return;
	}
	if (strcmp(call->raw, "grant_type=client_credentials")) {
		dinie_problem(call, 400, "malformed_body", "grant_type",
			      "grant_type must be client_credentials", NULL);
		return;
	}
	uuid_new(uuid);
	dinie_id(uuid, cust);
	token = mem_printf("dinie_at_%s", cust + sizeof("cust_") - 1);
	tokens_add(call->tokens, token, call->now + call->token_ms);
	call_json(call, 200,
		  json_pack("{ss ss sI}", "access_token", token, "token_type",
			    "bearer", "expires_in",
			    (json_int_t)(call->token_ms / 1000)));
	free(token);
}

bool dinie_keep(struct call *call, json_t *record, bool changed)
{
	struct err err = { 0 };

	changed |= dinie_settle(record, call->now, call->review_ms);
	if (!changed || !world_keep(call->world, record, &err))
		return true;
	fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	dinie_refuse(call, 500, "Internal Server Error");
	return false;
}

json_t *dinie_customer(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record = dinie_uuid(call->args[0], id)
				 ? world_find(call->world, id)
				 : NULL;

	if (!record) {
		dinie_refuse(call, 404, "the customer is not known");
		return NULL;
	}
	if (!dinie_keep(call, record, false)) {
		json_decref(record);
		return NULL;
	}
	return record;
}

/* What the practice server knows of a customer, for tests and the curious. */
static void page_record(struct call *call)
{
	json_t *record = dinie_customer(call), *shown;
	char id[CUST_SIZE];

	if (!record)
		return;
	dinie_id(dinie_text(record, "id"), id);
	shown = json_copy(record);
	json_object_set_new(shown, "id", json_string(id));
	call_json(call, 200, shown);
	json_decref(record);
}

static const struct route routes[] = {
	{ "POST", "/auth/token", ROUTE_SIGN_IN | ROUTE_RAW, give_token },
	{ "GET", "/customers", 0, dinie_list_customers },
	{ "POST", "/customers", ROUTE_KEYED | ROUTE_JSON,
	  dinie_create_customer },
	{ "GET", "/customers/{}", 0, dinie_read_customer },
	{ "PATCH", "/customers/{}", ROUTE_JSON, dinie_correct_customer },
	{ "POST", "/customers/{}/documents", ROUTE_KEYED | ROUTE_FORM,
	  dinie_upload },
	{ "POST", "/customers/{}/biometrics", ROUTE_KEYED,
	  dinie_start_biometrics },
	{ "GET", "/face/{}/{}", ROUTE_PUBLIC, dinie_page_biometrics },
	{ "GET", "/practice/customers/{}", ROUTE_PUBLIC, page_record },
	{ NULL, NULL, 0, NULL },
};

const struct practice practice_dinie = {
	.name = "dinie",
	.routes = routes,
	.maker = {
		.seeds = DINIE_SEEDS,
		.seed = dinie_seed,
		.generate = dinie_generate,
		.adopt = dinie_adopt,
	},
	.base = "/v3",
	.body_most = BODY_MOST,
	.token_ms = TOKEN_MS,
	.minute_most = REQUESTS,
	.key_header = "Idempotency-Key",
	.key_any_text = true,
	.key_conflict = 409,
	.admit = dinie_admit,
	.refuse = dinie_refuse,
	.limits = dinie_limits,
};
