/* SPDX-License-Identifier: MIT */
/* A provider's JSON, read with suspicion. */
#include <stdlib.h>
#include <string.h>

#include "providers/reply.h"

#define TEXT_MOST    300
#define ADDRESS_MOST 2000

json_t *prov_reply_json(const struct prov_reply *reply)
{
	if (!reply->body || !reply->len)
		return NULL;
	/* \u0000 inside a text ends that text, not the whole answer. */
	return json_loadb(reply->body, reply->len, JSON_ALLOW_NUL, NULL);
}

char *prov_clean(const char *text, size_t most)
{
	char *clean = mem_alloc(most + 1);

	text_clean(clean, most + 1, text);
	return clean;
}

const char *prov_json_word(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

char *prov_json_text(const json_t *object, const char *name)
{
	const char *text = prov_json_word(object, name);

	return text && *text ? prov_clean(text, TEXT_MOST) : NULL;
}

char *prov_json_id(const json_t *object, const char *name)
{
	const char *text = prov_json_word(object, name);

	return text && prov_id_valid(text) ? mem_dup(text) : NULL;
}

char *prov_json_address(const json_t *object, const char *name)
{
	const char *text = prov_json_word(object, name);
	size_t len = text ? strlen(text) : 0;
	const char *host = text ? strstr(text, "://") : NULL;
	char *start = NULL;
	int bad;

	if (!host || len > ADDRESS_MOST)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] >= 0x7f || text[i] == '"' ||
		    text[i] == '<' || text[i] == '>')
			return NULL;
	host += strlen("://");
	start = mem_dup_n(text, (size_t)(host - text) + strcspn(host, "/?#"));
	bad = prov_endpoint_check(start, NULL);
	free(start);
	return bad ? NULL : mem_dup(text);
}

void prov_page_fill(struct prov_page *page, const json_t *list, size_t most,
		    void (*fill)(const json_t *root,
				 struct prov_customer *customer))
{
	const json_t *item = NULL;
	size_t i;

	prov_page_release(page);
	json_array_foreach(list, i, item)
	{
		struct prov_customer customer = { 0 };

		if (page->count >= most)
			break;
		fill(item, &customer);
		if (customer.id)
			*prov_page_add(page) = customer;
		else
			prov_customer_release(&customer);
	}
}
