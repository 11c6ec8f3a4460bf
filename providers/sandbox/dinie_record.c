/* SPDX-License-Identifier: MIT */
/* Dinie: looking into a customer's record, and what the API shows of it. */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

#define PREFIX "cust_"

const char *dinie_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool dinie_is(const json_t *object, const char *key, const char *text)
{
	return !strcmp(dinie_text(object, key), text);
}

json_t *dinie_shape(const json_t *record)
{
	return json_object_get(record, "customer");
}

void dinie_id(const char *uuid, char out[CUST_SIZE])
{
	size_t used = sizeof(PREFIX) - 1;

	memcpy(out, PREFIX, used);
	for (; *uuid && used + 1 < CUST_SIZE; uuid++)
		if (*uuid != '-')
			out[used++] = *uuid;
	out[used] = '\0';
}

bool dinie_uuid(const char *id, char out[UUID_SIZE])
{
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	char spelled[UUID_SIZE] = "";
	size_t used = 0;

	if (strlen(id) != CUST_SIZE - 1 ||
	    strncmp(id, PREFIX, sizeof(PREFIX) - 1))
		return false;
	id += sizeof(PREFIX) - 1;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (i)
			spelled[used++] = '-';
		memcpy(spelled + used, id, groups[i]);
		used += groups[i];
		id += groups[i];
	}
	return uuid_read(spelled, out);
}

json_t *dinie_item(const json_t *record, const char *kind, const char *type)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(record, "kyc"), i,
			   item) if (dinie_is(item, "kind", kind) &&
				     dinie_is(item, "type", type)) return item;
	return NULL;
}

bool dinie_is_open(const json_t *item)
{
	return !dinie_is(item, "kind", "document") ||
	       !*dinie_text(item, "uploaded_at") ||
	       *dinie_text(item, "message");
}

json_t *dinie_item_new(const char *kind, const char *type,
		       const char *description, const char *message,
		       const char *uploaded_at)
{
	return json_pack("{ss ss ss ss? ss?}", "kind", kind, "type", type,
			 "description", description, "message", message,
			 "uploaded_at", uploaded_at);
}

json_t *dinie_show(const json_t *record)
{
	json_t *shown = json_object(), *list = json_array(), *item, *copy;
	char id[CUST_SIZE];
	size_t i;

	dinie_id(dinie_text(record, "id"), id);
	json_object_set_new(shown, "id", json_string(id));
	json_object_set(shown, "status", json_object_get(record, "status"));
	json_object_update(shown, dinie_shape(record));
	json_array_foreach(json_object_get(record, "kyc"), i, item)
	{
		copy = json_copy(item);
		json_object_del(copy, "review");
		json_array_append_new(list, copy);
	}
	json_object_set_new(shown, "kyc", list);
	return shown;
}

json_t *dinie_record(const char *id, json_t *shape, const char *status,
		     json_t *kyc)
{
	return json_pack("{ss so ss so s[] s{}}", "id", id, "customer", shape,
			 "status", status, "kyc", kyc, "documents", "session");
}
