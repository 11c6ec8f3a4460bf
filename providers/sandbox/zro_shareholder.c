/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: the shareholders of a legal person.
 * https://docs.zrobank.io/baas/endpoints/
 * v-1-create-shareholder-rest-controller-execute-v-1 */
#include "providers/sandbox/zro.h"

#define SHAREHOLDERS_MOST 1000

static const char share_key[] = "participation_percentage";

/* Would all shares with SHARE for ID ("": a new one) be above 100? */
static bool is_too_much(const json_t *list, const char *id, double share)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (!zro_is(one, "id", id))
			share += json_number_value(
				json_object_get(one, share_key));
	}
	return share > 100.000001;
}

static json_t *show(const struct call *call, const json_t *record,
		    const json_t *one)
{
	(void)call;
	(void)record;
	return json_deep_copy(one);
}

static bool is_known(const json_t *list, const char *document)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (zro_is(one, "document", document))
			return true;
	}
	return false;
}

static bool check_new(struct call *call, const json_t *list, const char *id)
{
	double share =
		json_number_value(json_object_get(call->body, share_key));

	if (!zro_check_shareholder(call, true))
		return false;
	if (zro_by_id(list, id))
		return zro_deny(call, "REPLAY", "x-transaction-uuid");
	if (is_known(list, zro_text(call->body, "document")))
		return zro_deny(call, "VALIDATION", "document");
	if (is_too_much(list, "", share) ||
	    json_array_size(list) >= SHAREHOLDERS_MOST)
		return zro_deny(call, "VALIDATION", share_key);
	return true;
}

/* POST /v1/users/shareholders */
void zro_create_shareholder(struct call *call)
{
	char id[UUID_SIZE], now[ZRO_MOMENT_SIZE];
	json_t *record, *list, *made;
	bool person;

	if (!zro_transaction(call, false, id))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	list = json_object_get(record, "shareholders");
	if (!check_new(call, list, id))
		goto out;
	zro_moment(call->now, now);
	person = strlen(zro_text(call->body, "document")) == 11;
	made = json_deep_copy(call->body);
	json_object_set_new(made, "id", json_string(id));
	json_object_set_new(made, "person_type",
			    json_string(person ? ZRO_NATURAL : ZRO_LEGAL));
	json_object_set_new(made, "created_at", json_string(now));
	json_array_append_new(list, made);
	if (zro_keep(call, record, true))
		zro_answer(call, record, 201, json_deep_copy(made));
out:
	json_decref(record);
}

/* GET /v1/users/shareholders */
void zro_list_shareholders(struct call *call)
{
	json_t *record = zro_customer(call);

	if (record)
		zro_answer_page(call, record,
				json_object_get(record, "shareholders"), show);
	json_decref(record);
}

/* The one of the path; NULL: refused. Borrowed. */
static json_t *shareholder(struct call *call, const json_t *record)
{
	char id[UUID_SIZE];
	json_t *one;

	if (!zro_id(call, 0, "id", id))
		return NULL;
	one = zro_by_id(json_object_get(record, "shareholders"), id);
	if (!one)
		zro_deny(call, "SHAREHOLDER_NOT_FOUND", NULL);
	return one;
}

/* GET /v1/users/shareholders/{id} */
void zro_read_shareholder(struct call *call)
{
	json_t *record = zro_customer(call), *one;

	if (!record)
		return;
	one = shareholder(call, record);
	if (one)
		zro_answer(call, record, 200, json_deep_copy(one));
	json_decref(record);
}

/* PUT /v1/users/shareholders/{id} */
void zro_change_shareholder(struct call *call)
{
	char unused[UUID_SIZE], now[ZRO_MOMENT_SIZE];
	json_t *record, *one, *share;

	if (!zro_transaction(call, false, unused))
		return;
	record = zro_open_customer(call);
	if (!record)
		return;
	one = shareholder(call, record);
	if (!one || !zro_check_shareholder(call, false))
		goto out;
	share = json_object_get(call->body, share_key);
	if (share &&
	    is_too_much(json_object_get(record, "shareholders"),
			zro_text(one, "id"), json_number_value(share))) {
		zro_deny(call, "VALIDATION", share_key);
		goto out;
	}
	zro_moment(call->now, now);
	json_object_update(one, call->body);
	json_object_set_new(one, "updated_at", json_string(now));
	if (zro_keep(call, record, true))
		zro_answer(call, record, 200, json_deep_copy(one));
out:
	json_decref(record);
}
