/* SPDX-License-Identifier: MIT */
/*
 * Dinie: the check in the customer's browser. Staff only pass the link on.
 * https://dinie.nexaedge.dev/apis/openapi/customers/createbiometricssession.md
 */
#include "providers/sandbox/dinie.h"

#define SESSION_MS ((int64_t)60 * 60 * 1000)

static bool is_running(const json_t *session, int64_t now)
{
	return *dinie_text(session, "token") &&
	       now < json_integer_value(json_object_get(session, "expires"));
}

static void start(struct call *call, json_t *record)
{
	json_t *session = json_object_get(record, "session");
	char token[UUID_SIZE], id[CUST_SIZE], expires[MOMENT_SIZE];

	uuid_new(token);
	token[LINK_TOKEN] = '\0';
	dinie_id(dinie_text(record, "id"), id);
	moment_text(call->now + SESSION_MS, expires);
	json_object_set_new(session, "token", json_string(token));
	json_object_set_new(session, "asked", json_integer(call->now));
	json_object_set_new(session, "expires",
			    json_integer(call->now + SESSION_MS));
	/* Settled when somebody asks next, so that the link is there first. */
	if (!world_keep(call->world, record, &(struct err){ 0 }))
		call_json(call, 200,
			  json_pack("{so ss}", "session_url",
				    json_sprintf("%s/face/%s/%s", call->base,
						 id, token),
				    "expires_at", expires));
}

void dinie_start_biometrics(struct call *call)
{
	json_t *record = dinie_customer(call), *item;

	if (!record)
		return;
	item = dinie_item(record, "document", DINIE_BIOMETRICS);
	if (is_running(json_object_get(record, "session"), call->now))
		dinie_problem(call, 409, "session_already_active", NULL,
			      "a session of this customer is open", NULL);
	else if (!item || !dinie_is_open(item))
		dinie_problem(call, 409, NULL, NULL,
			      "this customer is not asked for biometrics",
			      NULL);
	else
		start(call, record);
	json_decref(record);
}

/* GET /face/{id}/{token}: to open it is to pass. The record is
 * taken as it was left: with quick reviews time alone would have passed it. */
void dinie_page_biometrics(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record = dinie_uuid(call->args[0], id)
				 ? world_find(call->world, id)
				 : NULL;
	json_t *session = json_object_get(record, "session"), *item;

	item = dinie_item(record, "document", DINIE_BIOMETRICS);
	if (!item || !is_running(session, call->now) ||
	    !dinie_is(session, "token", call->args[1])) {
		call_page(call, 404, "No such link",
			  "It was used, or it has lapsed: ask for another.");
	} else {
		json_object_clear(session);
		dinie_sent(record, item, call->now, call->now + call->review_ms,
			   "");
		if (dinie_keep(call, record, true))
			call_page(call, 200, "Practice check",
				  "At the provider a person shows their face "
				  "here. In practice that counts as passed.");
	}
	json_decref(record);
}
