/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: lists that come in pages.
 * https://docs.zrobank.io/baas/api-overview/pagination */
#include "providers/sandbox/zro.h"

#include <errno.h>

#define SIZE_DEFAULT 20
#define SIZE_MOST    100
#define PAGE_MOST    1000000000UL

/* A whole number from 1 to MOST, or refused; OUT stays when it is missing. */
static bool number(struct call *call, const char *name, size_t most,
		   size_t *out)
{
	const char *text = call_query(call, name);
	char *end = NULL;

	if (!text)
		return true;
	errno = 0;
	*out = strtoul(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && !errno && *out &&
	    *out <= most)
		return true;
	return zro_deny(call, "VALIDATION", name);
}

bool zro_page_read(struct call *call, const char *const *sorts, bool descending,
		   struct zro_page *page)
{
	static const char *const orders[] = { "asc", "desc", NULL };
	const char *order = call_query(call, "order");

	*page = (struct zro_page){ 1, SIZE_DEFAULT, call_query(call, "sort"),
				   descending };
	if (!number(call, "page", PAGE_MOST, &page->page) ||
	    !number(call, "size", SIZE_MOST, &page->size))
		return false;
	if (page->sort && !zro_is_one_of(call, page->sort, sorts, "sort"))
		return false;
	if (order && !zro_is_one_of(call, order, orders, "order"))
		return false;
	if (order)
		page->descending = !strcmp(order, "desc");
	return true;
}

json_t *zro_page_make(const struct zro_page *page, size_t total, json_t *data)
{
	return json_pack("{sI sI sI sI so}", "page", (json_int_t)page->page,
			 "page_size", (json_int_t)page->size, "page_total",
			 (json_int_t)((total + page->size - 1) / page->size),
			 "total", (json_int_t)total, "data", data);
}

/* Newest first unless asked otherwise: a list grows at its end. */
void zro_answer_page(struct call *call, const json_t *record,
		     const json_t *list,
		     json_t *(*show)(const struct call *call,
				     const json_t *record, const json_t *one))
{
	static const char *const sorts[] = { "created_at", NULL };
	size_t total = json_array_size(list), first, i;
	struct zro_page page;
	json_t *data;

	if (!zro_page_read(call, sorts, true, &page))
		return;
	data = json_array();
	first = (page.page - 1) * page.size;
	for (i = first; i < total && i < first + page.size; i++)
		json_array_append_new(
			data, show(call, record,
				   json_array_get(list, page.descending
								? total - 1 - i
								: i)));
	zro_answer(call, record, 200, zro_page_make(&page, total, data));
}
