/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: pages of customers and of events.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/list-and-search
 */
#include "providers/sandbox/dwolla.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "forms/text.h"

#define PAGE_DEFAULT 25
#define PAGE_MOST    200
#define STATES_MOST  8
#define EVENTS_MS    ((int64_t)30 * 24 * 60 * 60 * 1000)

struct page {
	size_t limit, offset, total;
};

/* The number ?NAME= of the request; false: refused. */
static bool read_number(struct call *call, const char *name, size_t least,
			size_t most, size_t *out)
{
	const char *text = call_query(call, name);
	char *end = NULL, *said;
	unsigned long long n;

	if (!text)
		return true;
	errno = 0;
	n = strtoull(text, &end, 10);
	if (isdigit((unsigned char)*text) && !*end && !errno && n >= least &&
	    n <= most) {
		*out = (size_t)n;
		return true;
	}
	said = mem_printf("%s must be a number from %zu to %zu.", name, least,
			  most);
	dwolla_refuse(call, 400, said);
	free(said);
	return false;
}

static bool read_page(struct call *call, struct page *page)
{
	*page = (struct page){ PAGE_DEFAULT, 0, 0 };
	return read_number(call, "limit", 1, PAGE_MOST, &page->limit) &&
	       read_number(call, "offset", 0, 1000000000, &page->offset);
}

/* &NAME=VALUE, escaped as RFC 3986 wants it. */
static void add_filter(struct buf *query, const char *name, const char *value)
{
	if (buf_addf(query, "&%s=", name))
		return;
	for (; *value; value++) {
		bool plain = isascii((unsigned char)*value) &&
			     (isalnum((unsigned char)*value) ||
			      strchr("-._~", *value));

		if (buf_addf(query, plain ? "%c" : "%%%02X",
			     (unsigned char)*value))
			return;
	}
}

static void add_link(json_t *links, const char *name, const char *base,
		     const char *path, const struct page *page, size_t offset,
		     const char *filters)
{
	char *href = mem_printf("%s%s?limit=%zu&offset=%zu%s", base, path,
				page->limit, offset, filters);

	json_object_set_new(
		links, name,
		json_pack("{ss ss}", "href", href, "type", DWOLLA_TYPE));
	free(href);
}

/* Answer with LIST (taken), called NAME, and the links around it. */
static void answer_page(struct call *call, const char *path,
			const struct page *page, const char *filters,
			const char *name, json_t *list)
{
	json_t *links = json_object();
	size_t limit = page->limit, offset = page->offset;
	size_t last = page->total ? (page->total - 1) / limit * limit : 0;

	add_link(links, "self", call->base, path, page, offset, filters);
	add_link(links, "first", call->base, path, page, 0, filters);
	add_link(links, "last", call->base, path, page, last, filters);
	if (offset + limit < page->total)
		add_link(links, "next", call->base, path, page, offset + limit,
			 filters);
	if (offset)
		add_link(links, "prev", call->base, path, page,
			 offset > limit ? offset - limit : 0, filters);
	dwolla_answer(call, 200,
		      json_pack("{so s{so} sI}", "_links", links, "_embedded",
				name, list, "total", (json_int_t)page->total));
}

/* GET /customers */

struct filter {
	char *search; /* folded; NULL: any */
	const char *email;
	const char *states[STATES_MOST];
	size_t state_count;
};

/* False: refused. */
static bool read_filter(struct call *call, struct filter *filter,
			struct buf *query)
{
	const char *search = call_query(call, "search");
	size_t i;

	filter->email = call_query(call, "email");
	filter->state_count =
		call_query_all(call, "status", filter->states, STATES_MOST);
	for (i = 0; i < filter->state_count; i++) {
		if (!dwolla_is_status(filter->states[i])) {
			dwolla_refuse(call, 400,
				      "status is not a known value.");
			return false;
		}
		add_filter(query, "status", filter->states[i]);
	}
	if (search && *search) {
		filter->search = text_fold(search);
		add_filter(query, "search", search);
	}
	if (filter->email)
		add_filter(query, "email", filter->email);
	return true;
}

/* Every word that is searched for is somewhere in its names. */
static bool is_found(const json_t *shape, const char *folded)
{
	char *all = mem_printf("%s %s %s %s", dwolla_text(shape, "firstName"),
			       dwolla_text(shape, "lastName"),
			       dwolla_text(shape, "businessName"),
			       dwolla_text(shape, "email"));
	char *names = text_fold(all), *words = mem_dup(folded);
	char *next = words, *word;
	bool found = true;

	while ((word = strsep(&next, " ")))
		found &= strstr(names, word) != NULL;
	free(words);
	free(names);
	free(all);
	return found;
}

static bool fits(const json_t *record, const struct filter *filter)
{
	const json_t *shape = dwolla_shape(record);
	size_t i = 0;

	while (i < filter->state_count &&
	       strcmp(filter->states[i], dwolla_status(record)) != 0)
		i++;
	if (filter->state_count && i == filter->state_count)
		return false;
	if (filter->email && !dwolla_is(shape, "email", filter->email))
		return false;
	return !filter->search || is_found(shape, filter->search);
}

/* Without a filter only the page itself is looked at. */
static json_t *collect(struct call *call, const struct filter *filter,
		       struct page *page)
{
	bool any = !filter->search && !filter->email && !filter->state_count;
	size_t count = world_count(call->world), i;
	json_t *list = json_array();

	page->total = any ? count : 0;
	for (i = any ? page->offset : 0; i < count; i++) {
		char id[UUID_SIZE];
		json_t *record;

		if (any && json_array_size(list) == page->limit)
			break;
		world_id_at(call->world, i, id);
		record = world_find(call->world, id);
		if (dwolla_keep(call, record, false) &&
		    (any ||
		     (fits(record, filter) && page->total++ >= page->offset &&
		      json_array_size(list) < page->limit)))
			json_array_append_new(list,
					      dwolla_show(record, call->base));
		json_decref(record);
	}
	return list;
}

void dwolla_list_customers(struct call *call)
{
	struct filter filter = { 0 };
	struct buf query = { 0 };
	struct page page;
	json_t *list;

	if (read_page(call, &page) && read_filter(call, &filter, &query)) {
		list = collect(call, &filter, &page);
		if (call->status)
			json_decref(list);
		else
			answer_page(call, "/customers", &page, buf_text(&query),
				    "customers", list);
	}
	buf_release(&query);
	free(filter.search);
}

/* GET /events */

/* The ids of those with something to tell; never the one that fits. */
static bool note_id(const json_t *record, const void *ids)
{
	if (json_array_size(json_object_get(record, "documents")) ||
	    json_array_size(json_object_get(record, "events")))
		json_array_append_new((json_t *)(uintptr_t)ids,
				      json_string(dwolla_text(record, "id")));
	return false;
}

struct news {
	json_t *record, *event;
	size_t order;
};

static int newest_first(const void *a, const void *b)
{
	const struct news *x = a, *y = b;
	json_int_t at = json_integer_value(json_object_get(x->event, "at"));
	json_int_t other = json_integer_value(json_object_get(y->event, "at"));

	/* Of one moment, what came later in its record comes first. */
	if (at == other)
		return (x->order > y->order) - (x->order < y->order);
	return at < other ? 1 : -1;
}

/* All that happened within the last days; RECORDS keep them alive. */
static struct news *gather(struct call *call, const json_t *ids,
			   json_t *records, size_t *count)
{
	struct news *all = NULL;
	json_t *id, *event;
	size_t i, k;

	json_array_foreach(ids, i, id)
	{
		json_t *record = world_find(call->world, json_string_value(id));
		json_t *events = json_object_get(record, "events");

		json_array_append_new(records, record);
		if (!dwolla_keep(call, record, false))
			break;
		for (k = json_array_size(events); k--;) {
			event = json_array_get(events, k);
			if (call->now - json_integer_value(
						json_object_get(event, "at")) >
			    EVENTS_MS)
				continue;
			all = mem_grow(all, *count, sizeof(*all));
			all[*count] = (struct news){ record, event, *count };
			(*count)++;
		}
	}
	return all;
}

static json_t *show_event(const struct news *news, const char *base)
{
	const char *id = dwolla_text(news->event, "id");
	const char *resource = dwolla_text(news->event, "resource");
	json_t *links = json_object();
	char at[MOMENT_SIZE];

	moment_text(json_integer_value(json_object_get(news->event, "at")), at);
	dwolla_link(links, "self", "event", base, "/events/%s", id);
	dwolla_link(links, "resource", "resource", base, "/%s/%s",
		    dwolla_text(news->event, "kind"), resource);
	dwolla_link(links, "customer", "customer", base, "/customers/%s",
		    dwolla_text(news->record, "id"));
	return json_pack("{so ss ss ss ss}", "_links", links, "id", id,
			 "created", at, "topic",
			 dwolla_text(news->event, "topic"), "resourceId",
			 resource);
}

void dwolla_list_events(struct call *call)
{
	json_t *ids, *records, *list;
	struct news *all;
	struct page page;
	size_t count = 0, i;

	if (!read_page(call, &page))
		return;
	ids = json_array();
	records = json_array();
	list = json_array();
	world_any(call->world, note_id, ids);
	all = gather(call, ids, records, &count);
	if (count)
		qsort(all, count, sizeof(*all), newest_first);
	page.total = count;
	for (i = page.offset; i < count && i < page.offset + page.limit; i++)
		json_array_append_new(list, show_event(&all[i], call->base));
	if (!call->status)
		answer_page(call, "/events", &page, "", "events",
			    json_incref(list));
	free(all);
	json_decref(list);
	json_decref(records);
	json_decref(ids);
}
