/* SPDX-License-Identifier: MIT */
/*
 * Dinie: the list of customers.
 * https://dinie.nexaedge.dev/apis/openapi/customers/listcustomers.md
 */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

#define PAGE_MOST    100
#define PAGE_DEFAULT 25

/* What was asked for. */
struct list {
	size_t limit;
	const char *after; /* an id; NULL: from the beginning */
	const char *cpf, *external_id, *sort; /* NULL: not given */
	bool backwards;
};

/* Who is on the list: where in the world, and what it is sorted by. */
struct place {
	size_t at;
	char *key; /* NULL: by AT */
};

static bool one_of(const char *text, const char *const *words)
{
	while (*words && strcmp(*words, text))
		words++;
	return *words;
}

static bool refuse_query(struct call *call, const char *name,
			 const char *detail)
{
	dinie_problem(call, 400, NULL, name, detail, NULL);
	return false;
}

static bool read_list(struct call *call, struct list *list)
{
	static const char *const sorts[] = { "created_at", "updated_at", "name",
					     NULL };
	static const char *const orders[] = { "asc", "desc", NULL };
	const char *limit = call_query(call, "limit");
	const char *order = call_query(call, "order");
	char *end = NULL;

	list->limit = limit ? strtoul(limit, &end, 10) : PAGE_DEFAULT;
	if (limit && (*limit < '0' || *limit > '9' || *end || !list->limit ||
		      list->limit > PAGE_MOST))
		return refuse_query(call, "limit", "limit must be 1 to 100");
	list->sort = call_query(call, "sort");
	if (list->sort && !one_of(list->sort, sorts))
		return refuse_query(call, "sort",
				    "sort must be created_at, updated_at or "
				    "name");
	if (order && !one_of(order, orders))
		return refuse_query(call, "order", "order must be asc or desc");
	list->backwards = order && !strcmp(order, "desc");
	list->after = call_query(call, "starting_after");
	list->cpf = call_query(call, "cpf");
	list->external_id = call_query(call, "external_id");
	return true;
}

static json_t *record_at(struct call *call, size_t at)
{
	char id[UUID_SIZE];
	json_t *record;

	world_id_at(call->world, at, id);
	record = world_find(call->world, id);
	if (!dinie_keep(call, record, false)) {
		json_decref(record);
		return NULL;
	}
	return record;
}

/* Add who is AT to LIST; false: refused. */
static bool append(struct call *call, json_t *data, size_t at)
{
	json_t *record = record_at(call, at);

	if (record)
		json_array_append_new(data, dinie_show(record));
	json_decref(record);
	return record;
}

static void answer(struct call *call, json_t *data, bool more)
{
	if (call->status)
		json_decref(data);
	else
		call_json(call, 200,
			  json_pack("{so sb}", "data", data, "has_more", more));
}

static void refuse_after(struct call *call)
{
	refuse_query(call, "starting_after",
		     "starting_after must be the id of a listed customer");
}

/* As they are in the world: no need to look at those before and after. */
static void answer_plain(struct call *call, const struct list *list)
{
	size_t first = 0, count = world_count(call->world), i;
	char id[UUID_SIZE];
	json_t *data;

	if (list->after) {
		if (!dinie_uuid(list->after, id) ||
		    !world_position(call->world, id, &first)) {
			refuse_after(call);
			return;
		}
		first++;
	}
	data = json_array();
	for (i = first; i < count && i < first + list->limit; i++)
		if (!append(call, data, i))
			break;
	answer(call, data, first + list->limit < count);
}

/* Filtered or sorted: all of them are looked at. */

static bool fits(const struct list *list, const json_t *record)
{
	const json_t *shape = dinie_shape(record);
	char wanted[16], own[16];

	if (list->cpf) {
		dinie_digits(list->cpf, wanted);
		dinie_digits(dinie_text(shape, "cpf"), own);
		if (strcmp(wanted, own))
			return false;
	}
	return !list->external_id ||
	       dinie_is(shape, "external_id", list->external_id);
}

static int by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = x->key ? strcmp(x->key, y->key) : 0;

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct place *collect(struct call *call, const struct list *list,
			     size_t *count)
{
	struct place *places = NULL;

	*count = 0;
	for (size_t at = 0; at < world_count(call->world); at++) {
		json_t *record = record_at(call, at);

		if (record && fits(list, record)) {
			places = mem_grow(places, *count, sizeof(*places));
			places[*count].at = at;
			places[(*count)++].key =
				list->sort ? mem_dup(dinie_text(
						     dinie_shape(record),
						     list->sort))
					   : NULL;
		}
		json_decref(record);
	}
	if (*count)
		qsort(places, *count, sizeof(*places), by_key);
	return places;
}

/* The place behind LIST->after; false: nobody of this list. */
static bool first_of(struct call *call, const struct list *list,
		     const struct place *places, size_t count, size_t *first)
{
	char id[UUID_SIZE];
	size_t at;

	*first = 0;
	if (!list->after)
		return true;
	if (!dinie_uuid(list->after, id) ||
	    !world_position(call->world, id, &at))
		return false;
	for (; *first < count; (*first)++)
		if (places[list->backwards ? count - 1 - *first : *first].at ==
		    at) {
			(*first)++;
			return true;
		}
	return false;
}

static void answer_sorted(struct call *call, const struct list *list)
{
	size_t count, first, i;
	struct place *places = collect(call, list, &count);
	json_t *data = NULL;

	if (!first_of(call, list, places, count, &first)) {
		refuse_after(call);
		goto out;
	}
	data = json_array();
	for (i = first; i < count && i < first + list->limit; i++)
		if (!append(call, data,
			    places[list->backwards ? count - 1 - i : i].at))
			break;
	answer(call, data, first + list->limit < count);
out:
	for (i = 0; i < count; i++)
		free(places[i].key);
	free(places);
}

void dinie_list_customers(struct call *call)
{
	struct list list = { 0 };

	if (!read_list(call, &list))
		return;
	if (list.sort || list.backwards || list.cpf || list.external_id)
		answer_sorted(call, &list);
	else
		answer_plain(call, &list);
}
