/* SPDX-License-Identifier: MIT */
/* Lumx: its routes, and the answers that they share.
 * https://docs.lumx.io/api-reference */
#include "providers/sandbox/lumx.h"

static bool lumx_admit(struct call *call, bool sign_in)
{
	const char *key = call_bearer(call);

	(void)sign_in;
	return key && !strcmp(key, PRACTICE_SECRET);
}

static const char *status_name(int status)
{
	switch (status) {
	case 400:
		return "Bad Request";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 409:
		return "Conflict";
	case 413:
		return "Payload Too Large";
	case 415:
		return "Unsupported Media Type";
	case 429:
		return "Too Many Requests";
	default:
		return "Internal Server Error";
	}
}

/* MESSAGE is a string or a list of them, and taken. */
static void lumx_refuse_with(struct call *call, int status, json_t *message)
{
	char log_id[UUID_SIZE];

	uuid_new(log_id);
	call_json(call, status,
		  json_pack("{so ss ss}", "message", message, "error",
			    status_name(status), "logId", log_id));
}

void lumx_refuse(struct call *call, int status, const char *message)
{
	lumx_refuse_with(call, status, json_string(message));
}

/* One field is wrong. */
void lumx_refuse_field(struct call *call, const char *sentence)
{
	lumx_refuse_with(call, 400, json_pack("[s]", sentence));
}

/* Refuse with what LIST (taken) says; false when it says nothing. */
bool lumx_refuse_list(struct call *call, int status, json_t *list)
{
	bool any = json_array_size(list) > 0;

	if (any)
		lumx_refuse_with(call, status, list);
	else
		json_decref(list);
	return any;
}

/* Settle RECORD and write it down when it changed (or CHANGED already). */
bool lumx_keep(struct call *call, json_t *record, bool changed)
{
	struct err err = { 0 };

	changed |= lumx_settle(record, call->now, call->review_ms);
	if (!changed || !world_keep(call->world, record, &err))
		return true;
	fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	lumx_refuse(call, 500, "Internal Server Error");
	return false;
}

/* The customer of the path as it is now; NULL: refused. A new reference. */
json_t *lumx_customer(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record;

	if (!uuid_read(call->args[0], id)) {
		lumx_refuse_field(call, "id must be a UUID");
		return NULL;
	}
	record = world_find(call->world, id);
	if (!record) {
		lumx_refuse(call, 404, "customer not found");
		return NULL;
	}
	if (!lumx_keep(call, record, false)) {
		json_decref(record);
		return NULL;
	}
	return record;
}

/* The same, when it may still send something. */
json_t *lumx_open_customer(struct call *call)
{
	json_t *record = lumx_customer(call);
	const char *status = record ? lumx_status(record) : "";

	if (!record || !strcmp(status, "NOT_STARTED") || !strcmp(status, "RFI"))
		return record;
	lumx_refuse_with(
		call, 409,
		json_sprintf("the customer is in %s and takes nothing more",
			     status));
	json_decref(record);
	return NULL;
}

/* What the practice server knows of a customer, for tests and the curious. */
static void page_record(struct call *call)
{
	json_t *record = lumx_customer(call);

	if (record)
		call_json(call, 200, json_incref(record));
	json_decref(record);
}

static const struct route routes[] = {
	{ "GET", "/customers", 0, lumx_list },
	{ "POST", "/customers", ROUTE_KEYED | ROUTE_JSON, lumx_create },
	{ "GET", "/customers/{}", 0, lumx_read },
	{ "PATCH", "/customers/{}/additional-information",
	  ROUTE_KEYED | ROUTE_JSON, lumx_inform },
	{ "POST", "/customers/{}/documents", ROUTE_KEYED | ROUTE_FORM,
	  lumx_upload },
	{ "GET", "/customers/{}/associated-parties", 0, lumx_list_parties },
	{ "POST", "/customers/{}/associated-parties", ROUTE_KEYED | ROUTE_JSON,
	  lumx_create_party },
	{ "GET", "/customers/{}/associated-parties/{}", 0, lumx_read_party },
	{ "POST", "/customers/{}/tos", ROUTE_JSON | ROUTE_BODY_OPTIONAL,
	  lumx_offer_terms },
	{ "GET", "/customers/{}/verifications", 0, lumx_read_verification },
	{ "POST", "/customers/{}/verifications",
	  ROUTE_KEYED | ROUTE_JSON | ROUTE_BODY_OPTIONAL,
	  lumx_start_verification },
	{ "GET", "/tos/{}/{}", ROUTE_PUBLIC, lumx_page_terms },
	{ "GET", "/practice/verify/{}", ROUTE_PUBLIC, lumx_page_verify },
	{ "GET", "/practice/customers/{}", 0, page_record },
	{ NULL, NULL, 0, NULL },
};

const struct practice practice_lumx = {
	.name = "lumx",
	.routes = routes,
	.maker = {
		.seeds = LUMX_SEEDS,
		.seed = lumx_seed,
		.generate = lumx_generate,
		.adopt = lumx_adopt,
	},
	.key_header = "Idempotency-Key",
	.key_marks = true,
	.key_conflict = 409,
	.admit = lumx_admit,
	.refuse = lumx_refuse,
};
