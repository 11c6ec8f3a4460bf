/* SPDX-License-Identifier: MIT */
/* Lumx: the terms behind their link, and the start of a review.
 * https://docs.lumx.io/api-reference */
#include "providers/sandbox/lumx.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* POST /customers/{id}/tos, and the page that it links to */

void lumx_offer_terms(struct call *call)
{
	json_t *redirect = json_object_get(call->body, "redirectUrl");
	char token[UUID_SIZE], expires[MOMENT_SIZE];
	json_t *record, *terms;

	if (redirect && (!json_is_string(redirect) ||
			 !strstr(json_string_value(redirect), "://"))) {
		lumx_refuse_field(call, "redirectUrl must be a URL");
		return;
	}
	record = lumx_customer(call);
	if (!record)
		return;
	uuid_new(token);
	token[LINK_TOKEN] = '\0';
	moment_text(call->now + DAY_MS, expires);
	terms = json_object_get(record, "terms");
	json_object_set_new(terms, "token", json_string(token));
	json_object_set_new(terms, "expires", json_integer(call->now + DAY_MS));
	/* Asked again, the wait does not begin anew. */
	if (!json_object_get(terms, "asked"))
		json_object_set_new(terms, "asked", json_integer(call->now));
	if (lumx_keep(call, record, true))
		call_json(
			call, 200,
			json_pack("{so ss}", "url",
				  json_sprintf("%s/tos/%s/%s", call->base,
					       lumx_text(record, "id"), token),
				  "expiresAt", expires));
	json_decref(record);
}

void lumx_page_terms(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record = uuid_read(call->args[0], id)
				 ? world_find(call->world, id)
				 : NULL;
	json_t *terms = json_object_get(record, "terms");

	if (!terms || !lumx_is(terms, "token", call->args[1])) {
		call_page(call, 404, "No such link",
			  "A newer link may have taken its place.");
	} else if (json_integer_value(json_object_get(terms, "expires")) <
		   call->now) {
		call_page(call, 410, "This link has lapsed",
			  "Ask for another one.");
	} else {
		json_object_set_new(terms, "accepted", json_true());
		lumx_touch(record, call->now);
		if (lumx_keep(call, record, true))
			call_page(call, 200, "Terms accepted",
				  "This is practice: opening this page "
				  "accepted them.");
	}
	json_decref(record);
}

void lumx_page_verify(struct call *call)
{
	call_page(call, 200, "Practice verification",
		  "At the provider a person shows their face here. In practice "
		  "that counts as passed.");
}

/* /customers/{id}/verifications */

void lumx_read_verification(struct call *call)
{
	json_t *record = lumx_customer(call);

	if (!record)
		return;
	call_json(call, 200, lumx_show_report(record));
	json_decref(record);
}

/* The parties of the body: refused when they are no good. */
static bool check_retry(struct call *call, const json_t *record,
			const json_t *parties)
{
	json_t *one;
	size_t i;

	if (!json_array_size(parties)) {
		lumx_refuse_field(call,
				  "associatedPartyIds must be a list of UUIDs");
		return false;
	}
	if (strcmp(lumx_status(record), "RFI")) {
		lumx_refuse(call, 409, "there is nothing to retry");
		return false;
	}
	json_array_foreach(parties, i, one)
	{
		if (json_is_string(one) &&
		    lumx_party(record, json_string_value(one)))
			continue;
		lumx_refuse_field(call, "associatedPartyIds must be associated "
					"parties of this customer");
		return false;
	}
	return true;
}

void lumx_start_verification(struct call *call)
{
	json_t *parties = json_object_get(call->body, "associatedPartyIds");
	json_t *record = lumx_open_customer(call);
	char id[UUID_SIZE];

	if (!record)
		return;
	if (parties && !check_retry(call, record, parties))
		goto out;
	if (lumx_refuse_list(call, 409, lumx_missing(record, parties)))
		goto out;
	uuid_new(id);
	lumx_touch(record, call->now);
	lumx_start(record, parties, call->now + call->review_ms);
	if (lumx_keep(call, record, true))
		call_json(call, 201, json_pack("{ss}", "id", id));
out:
	json_decref(record);
}
