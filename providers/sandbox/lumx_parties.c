/* SPDX-License-Identifier: MIT */
/* Lumx: a business's associated parties.
 * https://docs.lumx.io/api-reference */
#include "providers/sandbox/lumx.h"

#define PARTIES_MOST 200

void lumx_list_parties(struct call *call)
{
	json_t *record = lumx_customer(call), *data, *party;
	size_t i;

	if (!record)
		return;
	data = json_array();
	json_array_foreach(json_object_get(record, "parties"), i, party)
		json_array_append_new(data, lumx_show_party(party, call->base));
	call_json(call, 200, json_pack("{so}", "data", data));
	json_decref(record);
}

void lumx_read_party(struct call *call)
{
	json_t *record = lumx_customer(call), *party = NULL;
	char id[UUID_SIZE];

	if (!record)
		return;
	if (!uuid_read(call->args[1], id)) {
		lumx_refuse_field(call, "associatedPartyId must be a UUID");
		goto out;
	}
	party = lumx_party(record, id);
	if (party)
		call_json(call, 200, lumx_show_party(party, call->base));
	else
		lumx_refuse(call, 404, "associated party not found");
out:
	json_decref(record);
}

static void add_party(struct call *call, json_t *record)
{
	json_t *party = json_deep_copy(call->body);
	char id[UUID_SIZE], now[MOMENT_SIZE];

	uuid_new(id);
	moment_text(call->now, now);
	json_object_set_new(party, "id", json_string(id));
	json_object_set_new(party, "createdAt", json_string(now));
	json_object_set_new(party, "updatedAt", json_string(now));
	json_object_set_new(party, "review",
			    json_pack("{ss}", "status", "NOT_STARTED"));
	json_array_append(json_object_get(record, "parties"), party);
	lumx_touch(record, call->now);
	if (lumx_keep(call, record, true))
		call_json(call, 201, lumx_show_party(party, call->base));
	json_decref(party);
}

void lumx_create_party(struct call *call)
{
	json_t *record = lumx_open_customer(call);
	const char *parent = lumx_text(call->body, "parentId");

	if (!record)
		return;
	if (!lumx_is(json_object_get(record, "customer"), "type", "BUSINESS"))
		lumx_refuse(call, 400,
			    "only a business has associated parties");
	else if (lumx_refuse_list(call, 400, lumx_check_party(call->body)))
		;
	else if (*parent && !lumx_party(record, parent))
		lumx_refuse_field(call, "parentId must be an associated party");
	else if (json_array_size(json_object_get(record, "parties")) >=
		 PARTIES_MOST)
		lumx_refuse(call, 409, "there are too many parties");
	else
		add_party(call, record);
	json_decref(record);
}
