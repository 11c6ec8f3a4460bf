/* SPDX-License-Identifier: MIT */
/* Lumx: customers, listed, created, read and informed about.
 * https://docs.lumx.io/api-reference */
#include "providers/sandbox/lumx.h"

#include "forms/tax_id.h"

#define PAGE_MOST    100
#define PAGE_DEFAULT 25

/* Write RECORD down, touched, and answer with the customer. */
static void answer_customer(struct call *call, json_t *record, int status)
{
	lumx_touch(record, call->now);
	if (lumx_keep(call, record, true))
		call_json(call, status, lumx_show(record, call->base, true));
}

/* GET /customers */

/* Returns false when refused. */
static bool page_of(struct call *call, size_t *first, size_t *size)
{
	const char *size_text = call_query(call, "size");
	const char *cursor = call_query(call, "cursor");
	char id[UUID_SIZE], *end = NULL;

	*first = 0;
	*size = PAGE_DEFAULT;
	if (size_text) {
		*size = strtoul(size_text, &end, 10);
		if (*size_text < '0' || *size_text > '9' || *end || !*size ||
		    *size > PAGE_MOST) {
			lumx_refuse_field(call, "size must be from 1 to 100");
			return false;
		}
	}
	if (!cursor)
		return true;
	if (!uuid_read(cursor, id) || !world_position(call->world, id, first)) {
		lumx_refuse_field(call,
				  "cursor must come from an earlier answer");
		return false;
	}
	return true;
}

static void set_cursor(json_t *page, const char *name, struct call *call,
		       bool there, size_t at)
{
	char id[UUID_SIZE];

	if (!there) {
		json_object_set_new(page, name, json_null());
		return;
	}
	world_id_at(call->world, at, id);
	json_object_set_new(page, name, json_string(id));
}

/* A cursor is the id of the first customer of its page. */
void lumx_list(struct call *call)
{
	size_t first, size, count = world_count(call->world), i;
	json_t *page, *data;

	if (!page_of(call, &first, &size))
		return;
	page = json_object();
	data = json_array();
	json_object_set_new(page, "data", data);
	for (i = first; i < count && i < first + size; i++) {
		char id[UUID_SIZE];
		json_t *record;

		world_id_at(call->world, i, id);
		record = world_find(call->world, id);
		if (lumx_keep(call, record, false))
			json_array_append_new(
				data, lumx_show(record, call->base, false));
		json_decref(record);
	}
	set_cursor(page, "nextCursor", call, first + size < count,
		   first + size);
	set_cursor(page, "previousCursor", call, first > 0,
		   first > size ? first - size : 0);
	if (call->status)
		json_decref(page);
	else
		call_json(call, 200, page);
}

/* POST /customers */

/* Marks do not make it another one. */
static bool same_tax_id(const json_t *record, const void *arg)
{
	const json_t *body = arg, *other = json_object_get(record, "customer");
	char *mine, *theirs;
	bool same;

	if (!lumx_is(other, "country", lumx_text(body, "country")))
		return false;
	mine = tax_id_plain(lumx_text(body, "taxId"));
	theirs = tax_id_plain(lumx_text(other, "taxId"));
	same = !strcmp(mine, theirs);
	free(mine);
	free(theirs);
	return same;
}

/* The accounts that were asked for; without any a BRL one is made. */
static json_t *make_accounts(const json_t *wanted)
{
	json_t *list = json_array(), *currency;
	size_t i, count = wanted ? json_array_size(wanted) : 1;

	for (i = 0; i < count; i++) {
		char id[UUID_SIZE];

		uuid_new(id);
		currency = wanted ? json_array_get(wanted, i) : NULL;
		json_array_append_new(
			list, json_pack("{ss ss}", "id", id, "currency",
					currency ? json_string_value(currency)
						 : "BRL"));
	}
	return list;
}

void lumx_create(struct call *call)
{
	char id[UUID_SIZE], now[MOMENT_SIZE];
	struct err err = { 0 };
	json_t *shape, *record;

	if (lumx_refuse_list(call, 400, lumx_check_customer(call->body)))
		return;
	if (world_any(call->world, same_tax_id, call->body)) {
		lumx_refuse(call, 409,
			    "a customer with this taxId exists already");
		return;
	}
	uuid_new(id);
	moment_text(call->now, now);
	shape = json_deep_copy(call->body);
	json_object_set_new(shape, "id", json_string(id));
	json_object_set_new(shape, "createdAt", json_string(now));
	json_object_set_new(shape, "accounts",
			    make_accounts(json_object_get(shape, "accounts")));
	if (!json_object_get(shape, "metadata"))
		json_object_set_new(shape, "metadata", json_object());
	record = lumx_record(id, shape);
	lumx_touch(record, call->now);
	if (world_add(call->world, record, &err)) {
		fprintf(stderr, "kyc-sandbox: %s\n", err.text);
		lumx_refuse(call, 500, "Internal Server Error");
	} else {
		call_json(call, 201, lumx_show(record, call->base, true));
	}
	json_decref(record);
}

/* GET /customers/{id} */

void lumx_read(struct call *call)
{
	const char *balances = call_query(call, "includeBalances");
	json_t *record;

	if (balances && strcmp(balances, "true") && strcmp(balances, "false")) {
		lumx_refuse_field(call,
				  "includeBalances must be true or false");
		return;
	}
	record = lumx_customer(call);
	if (!record)
		return;
	call_json(call, 200, lumx_show(record, call->base, true));
	json_decref(record);
}

/* PATCH /customers/{id}/additional-information */

void lumx_inform(struct call *call)
{
	json_t *record = lumx_open_customer(call), *shape;

	if (!record)
		return;
	shape = json_object_get(record, "customer");
	if (!lumx_refuse_list(call, 400,
			      lumx_check_information(
				      call->body, lumx_text(shape, "type")))) {
		json_object_set(shape, "additionalInformation", call->body);
		answer_customer(call, record, 200);
	}
	json_decref(record);
}
