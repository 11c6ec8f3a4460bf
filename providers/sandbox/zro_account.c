/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: who is acted for, and the list of accounts.
 * https://docs.zrobank.io/baas/endpoints/
 * v-1-get-all-user-account-rest-controller-execute-v-1 */
#include "providers/sandbox/zro.h"

#include "forms/mem.h"

#define SEARCH_MOST    50
#define ENVELOPE_PAGES 7 /* each seventh page of accounts comes in one */

const char *zro_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool zro_is(const json_t *object, const char *key, const char *text)
{
	return !strcmp(zro_text(object, key), text);
}

bool zro_flag(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

json_t *zro_by_id(const json_t *list, const char *id)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (zro_is(one, "id", id))
			return one;
	}
	return NULL;
}

json_t *zro_newest(const json_t *record)
{
	const json_t *list = json_object_get(record, "onboardings");
	size_t count = json_array_size(list);

	return count ? json_array_get(list, count - 1) : NULL;
}

void zro_moment(int64_t ms, char out[ZRO_MOMENT_SIZE])
{
	char whole[MOMENT_SIZE];

	moment_text(ms, whole);
	whole[strcspn(whole, "Z")] = '\0';
	snprintf(out, ZRO_MOMENT_SIZE, "%.19s.%03dZ", whole, (int)(ms % 1000));
}

static json_t *in_envelope(json_t *body)
{
	return json_pack("{sb so sn}", "success", 1, "data",
			 body ? body : json_null(), "error");
}

void zro_answer(struct call *call, const json_t *record, int status,
		json_t *body)
{
	if (zro_flag(record, "envelope"))
		call_json(call, status, in_envelope(body));
	else if (body)
		call_json(call, status, body);
	else
		call_empty(call, status);
}

bool zro_keep(struct call *call, json_t *record, bool changed)
{
	struct err err = { 0 };

	changed |= zro_settle(record, call->now, call->review_ms);
	if (!changed || !world_keep(call->world, record, &err))
		return true;
	fprintf(stderr, "kyc-sandbox: %s\n", err.text);
	zro_refuse(call, 500, "");
	return false;
}

static json_t *find(struct call *call, const char *id)
{
	json_t *record = world_find(call->world, id);

	if (!record)
		zro_deny(call, "USER_NOT_FOUND", NULL);
	else if (zro_keep(call, record, false))
		return record;
	json_decref(record);
	return NULL;
}

static json_t *partner(void)
{
	return json_pack("{ss sb s{ss ss ss ss sb ss ss} s[] s[] s[] s[]}",
			 "id", ZRO_PRACTICE_PARTNER, "partner", 1, "account",
			 "id", ZRO_PRACTICE_PARTNER, "state", "active", "name",
			 "Practice partner", "document", "11222333000181",
			 "active", 1, "person_type", ZRO_LEGAL, "created_at",
			 "2025-01-02T09:00:00.000Z", "onboardings",
			 "shareholders", "representatives", "documents");
}

json_t *zro_customer(struct call *call)
{
	const char *target = call_header(call, "x-product-target-user-uuid");
	char id[UUID_SIZE];

	if (!target || !uuid_read(target, id) ||
	    !strcmp(id, ZRO_PRACTICE_PARTNER))
		return partner();
	return find(call, id);
}

json_t *zro_customer_of(struct call *call, const char *person_type)
{
	json_t *record = zro_customer(call);

	const json_t *account = json_object_get(record, "account");

	if (!record || (zro_is(account, "person_type", person_type) &&
			!zro_flag(record, "partner")))
		return record;
	json_decref(record);
	zro_deny(call, "FORBIDDEN", NULL);
	return NULL;
}

json_t *zro_open_customer(struct call *call)
{
	json_t *record = zro_customer_of(call, ZRO_LEGAL);
	const json_t *newest = record ? zro_newest(record) : NULL;

	if (!record || (newest && zro_is(newest, "status", "pending")))
		return record;
	json_decref(record);
	zro_deny(call,
		 newest ? "ONBOARDING_INVALID_STATUS" : "ONBOARDING_NOT_FOUND",
		 NULL);
	return NULL;
}

/* GET /v1/users/accounts */

/* One account of a list that is put in order. */
struct place {
	size_t at;
	char *key;
};

static int by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static char *sort_key(const json_t *account, const char *sort)
{
	if (!strcmp(sort, "active"))
		return mem_dup(zro_flag(account, sort) ? "1" : "0");
	return mem_dup(zro_text(account, !strcmp(sort, "fullName") ? "full_name"
								   : sort));
}

static bool is_found(const json_t *account, const char *text)
{
	static const char *const keys[] = { "name", "full_name", "document",
					    "email" };

	for (size_t i = 0; i < 4; i++)
		if (strcasestr(zro_text(account, keys[i]), text))
			return true;
	return false;
}

/* All accounts that SEARCH (NULL: any) finds, in the order of PAGE. */
static struct place *choose(struct call *call, const struct zro_page *page,
			    const char *search, size_t *count)
{
	size_t all = world_count(call->world), at;
	struct place *places = NULL;

	*count = 0;
	for (at = 0; at < all; at++) {
		char id[UUID_SIZE];
		json_t *record, *account;

		world_id_at(call->world, at, id);
		record = world_find(call->world, id);
		account = json_object_get(record, "account");
		if (!search || is_found(account, search)) {
			places = mem_grow(places, *count, sizeof(*places));
			places[(*count)++] = (struct place){
				at,
				sort_key(account, page->sort ? page->sort : "")
			};
		}
		json_decref(record);
	}
	if (*count)
		qsort(places, *count, sizeof(*places), by_key);
	return places;
}

/* The account at AT of the list, as it is now. */
static void add_account(struct call *call, json_t *data, size_t at)
{
	char id[UUID_SIZE];
	json_t *record;

	world_id_at(call->world, at, id);
	record = world_find(call->world, id);
	if (zro_keep(call, record, false))
		json_array_append(data, json_object_get(record, "account"));
	json_decref(record);
}

static json_t *page_data(struct call *call, const struct zro_page *page,
			 const char *search, size_t *total)
{
	size_t first = (page->page - 1) * page->size, i;
	struct place *places = NULL;
	json_t *data = json_array();

	/* In the order they came nobody needs to be looked at. */
	*total = world_count(call->world);
	if (page->sort || search)
		places = choose(call, page, search, total);
	for (i = first; i < *total && i < first + page->size; i++) {
		size_t at = page->descending ? *total - 1 - i : i;

		add_account(call, data, places ? places[at].at : at);
	}
	for (i = 0; places && i < *total; i++)
		free(places[i].key);
	free(places);
	return data;
}

static bool search_good(const char *text)
{
	size_t length = 0;

	for (; *text; text++)
		length += ((unsigned char)*text & 0xc0) != 0x80;
	return length >= 1 && length <= SEARCH_MOST;
}

void zro_list_accounts(struct call *call)
{
	static const char *const sorts[] = { "id",	   "document", "name",
					     "fullName",   "active",   "state",
					     "created_at", NULL };
	const char *search = call_query(call, "search");
	struct zro_page page;
	json_t *data, *body;
	size_t total;

	if (!zro_page_read(call, sorts, false, &page))
		return;
	if (search && !search_good(search)) {
		zro_deny(call, "VALIDATION", "search");
		return;
	}
	data = page_data(call, &page, search, &total);
	if (call->status) {
		json_decref(data);
		return;
	}
	body = zro_page_make(&page, total, data);
	if (page.page % ENVELOPE_PAGES == 0)
		body = in_envelope(body);
	call_json(call, 200, body);
}

/* GET /v1/users/accounts/{id} */
void zro_read_account(struct call *call)
{
	char id[UUID_SIZE];
	json_t *record;

	if (!zro_id(call, 0, "id", id))
		return;
	record = strcmp(id, ZRO_PRACTICE_PARTNER) ? find(call, id) : partner();
	if (record)
		zro_answer(call, record, 200,
			   json_incref(json_object_get(record, "account")));
	json_decref(record);
}
