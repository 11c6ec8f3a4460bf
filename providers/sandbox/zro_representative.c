/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: the legal representatives of a legal person.
 * https://docs.zrobank.io/baas/endpoints/
 * v-3-create-legal-representative-rest-controller-execute-v-3 */
#include "providers/sandbox/zro.h"

#define REPRESENTATIVES_MOST 1000

static json_t *show(const json_t *one)
{
	json_t *shown = json_deep_copy(one);

	json_object_del(shown, "mother_name");
	return shown;
}

static bool is_known(const json_t *list, const char *number)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (!zro_flag(one, "deleted") &&
		    zro_is(json_object_get(one, "document"), "number", number))
			return true;
	}
	return false;
}

/* The shareholder of the body (none is fine) is one of this account. */
static bool shareholder_fits(struct call *call, const json_t *record)
{
	const char *id = zro_text(call->body, "shareholder_id");

	return !*id || zro_by_id(json_object_get(record, "shareholders"), id) ||
	       zro_deny(call, "SHAREHOLDER_NOT_FOUND", "shareholder_id");
}

static bool check_new(struct call *call, const json_t *record, const char *id,
		      int version)
{
	const json_t *list = json_object_get(record, "representatives");

	if (!zro_check_representative(call, version) ||
	    !shareholder_fits(call, record))
		return false;
	if (zro_by_id(list, id))
		return zro_deny(call, "REPLAY", "x-transaction-uuid");
	if (is_known(list, zro_text(call->body, "document")) ||
	    json_array_size(list) >= REPRESENTATIVES_MOST)
		return zro_deny(call, "VALIDATION", "document");
	return true;
}

/* Give the address in OWNER an id. */
static void name_address(json_t *owner)
{
	char id[UUID_SIZE];

	uuid_new(id);
	json_object_set_new(json_object_get(owner, "address"), "id",
			    json_string(id));
}

/* What the list shows, from the body. */
static json_t *make(const struct call *call, const char *id)
{
	json_t *made = json_deep_copy(call->body);
	const char *country = zro_text(made, "document_country");
	char document[UUID_SIZE], now[ZRO_MOMENT_SIZE];

	uuid_new(document);
	zro_moment(call->now, now);
	json_object_set_new(
		made, "document",
		json_pack("{ss ss ss ss}", "id", document, "type", "CPF",
			  "number", zro_text(call->body, "document"),
			  "country_of_issue", *country ? country : "BRA"));
	json_object_del(made, "document_country");
	if (json_object_get(made, "full_name")) {
		json_object_set(made, "name",
				json_object_get(made, "full_name"));
		json_object_del(made, "full_name");
	}
	json_object_set_new(made, "id", json_string(id));
	json_object_set_new(made, "person_type", json_string(ZRO_NATURAL));
	json_object_set_new(made, "created_at", json_string(now));
	name_address(made);
	return made;
}

/* POST /v1, /v2 and /v3/users/legal-representatives */
static void create(struct call *call, int version)
{
	char id[UUID_SIZE];
	json_t *record, *made;

	if (!zro_transaction(call, false, id))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	if (check_new(call, record, id, version)) {
		made = make(call, id);
		json_array_append_new(
			json_object_get(record, "representatives"), made);
		if (zro_keep(call, record, true))
			zro_answer(call, record, 201, show(made));
	}
	json_decref(record);
}

void zro_create_representative_v1(struct call *call)
{
	create(call, 1);
}

void zro_create_representative_v2(struct call *call)
{
	create(call, 2);
}

void zro_create_representative_v3(struct call *call)
{
	create(call, 3);
}

/* GET /v1/users/legal-representatives: all of them, without pages */
void zro_list_representatives(struct call *call)
{
	json_t *record = zro_customer(call), *data, *one;
	size_t i;

	if (!record)
		return;
	data = json_array();
	json_array_foreach(json_object_get(record, "representatives"), i, one)
	{
		if (!zro_flag(one, "deleted"))
			json_array_append_new(data, show(one));
	}
	zro_answer(call, record, 200, json_pack("{so}", "data", data));
	json_decref(record);
}

json_t *zro_representative(struct call *call, const json_t *record)
{
	char id[UUID_SIZE];
	json_t *one;

	if (!zro_id(call, 0, "id", id))
		return NULL;
	one = zro_by_id(json_object_get(record, "representatives"), id);
	if (one && !zro_flag(one, "deleted"))
		return one;
	zro_deny(call, "LEGAL_REPRESENTATIVE_NOT_FOUND", NULL);
	return NULL;
}

/* PUT /v2/users/legal-representatives/{id} */
void zro_change_representative(struct call *call)
{
	char unused[UUID_SIZE];
	json_t *record, *one;

	if (!zro_transaction(call, true, unused))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	one = zro_representative(call, record);
	if (!one || !zro_check_representative_change(call) ||
	    !shareholder_fits(call, record))
		goto out;
	json_object_update(one, call->body);
	if (json_object_get(call->body, "address"))
		name_address(one);
	/* null unlinks, a field that is not there keeps the link */
	if (json_is_null(json_object_get(one, "shareholder_id")))
		json_object_del(one, "shareholder_id");
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200, show(one));
out:
	json_decref(record);
}

/* DELETE /v1/users/legal-representatives/{id} */
void zro_delete_representative(struct call *call)
{
	json_t *record = zro_open_customer(call), *one;

	if (!record)
		return;
	one = zro_representative(call, record);
	if (one) {
		json_object_set_new(one, "deleted", json_true());
		if (zro_keep(call, record, true))
			call_empty(call, 200);
	}
	json_decref(record);
}
