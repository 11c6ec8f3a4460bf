/* SPDX-License-Identifier: MIT */
/*
 * Dinie: creating, reading and correcting a customer.
 * https://dinie.nexaedge.dev/apis/openapi/customers/createcustomer.md
 * https://dinie.nexaedge.dev/apis/openapi/customers/updatecustomer.md
 */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

static bool same_digits(const json_t *a, const json_t *b, const char *key)
{
	char left[16], right[16];

	dinie_digits(dinie_text(a, key), left);
	dinie_digits(dinie_text(b, key), right);
	return !strcmp(left, right);
}

/* Are RECORD and the body about the same person and company? */
static bool same_customer(const json_t *record, const void *arg)
{
	const json_t *shape = dinie_shape(record), *body = arg;

	return same_digits(shape, body, "cpf") &&
	       same_digits(shape, body, "cnpj");
}

/* Known already: that customer when the partner's own id is the same, else a
 * conflict. https://dinie.nexaedge.dev/errors/conflict */
static void answer_known(struct call *call, json_t *record)
{
	const char *own = dinie_text(dinie_shape(record), "external_id");

	if (strcmp(own, dinie_text(call->body, "external_id")))
		dinie_problem(call, 409, "customer_already_exists", NULL,
			      "this customer exists under another external_id",
			      NULL);
	else if (dinie_keep(call, record, false))
		call_json(call, 200, dinie_show(record));
}

/* All members, those that were not given as null. */
static json_t *shape_of(const json_t *body, int64_t now)
{
	static const char *const keys[] = { "cpf",	  "cnpj",
					    "name",	  "email",
					    "phone",	  "trading_name",
					    "external_id" };
	json_t *shape = json_object(), *value;
	char text[MOMENT_SIZE];

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		value = json_object_get(body, keys[i]);
		json_object_set(shape, keys[i], value ? value : json_null());
	}
	moment_text(now, text);
	json_object_set_new(shape, "created_at", json_string(text));
	json_object_set_new(shape, "updated_at", json_string(text));
	return shape;
}

static void add_customer(struct call *call)
{
	bool business = *dinie_text(call->body, "cnpj");
	struct err err = { 0 };
	char id[UUID_SIZE];
	json_t *record;

	uuid_new(id);
	record = dinie_record(id, shape_of(call->body, call->now),
			      "pending_kyc", dinie_wanted_at_first(business));
	if (world_add(call->world, record, &err)) {
		fprintf(stderr, "kyc-sandbox: %s\n", err.text);
		dinie_refuse(call, 500, "Internal Server Error");
	} else {
		call_json(call, 201, dinie_show(record));
	}
	json_decref(record);
}

void dinie_create_customer(struct call *call)
{
	json_t *known;

	if (dinie_refuse_list(call, dinie_check_customer(call->body)))
		return;
	known = world_pick(call->world, same_customer, call->body);
	if (known)
		answer_known(call, known);
	else
		add_customer(call);
	json_decref(known);
}

void dinie_read_customer(struct call *call)
{
	json_t *record = dinie_customer(call);

	if (record)
		call_json(call, 200, dinie_show(record));
	json_decref(record);
}

/* PATCH: each member takes the place of the old one, and the review goes on
 * by itself. */
void dinie_correct_customer(struct call *call)
{
	json_t *record = dinie_customer(call), *value;
	const char *key;

	if (!record)
		return;
	if (dinie_refuse_list(call, dinie_check_correction(call->body)))
		goto out;
	json_object_foreach(call->body, key, value)
	{
		json_object_set(dinie_shape(record), key, value);
		dinie_corrected(record, key);
	}
	dinie_touch(record, call->now);
	dinie_plan(record, call->now + call->review_ms);
	if (dinie_keep(call, record, true))
		call_json(call, 200, dinie_show(record));
out:
	json_decref(record);
}
