/* SPDX-License-Identifier: MIT */
/*
 * Document types by code. A provider may name types as it goes; each of those
 * is made once, from the provider's template, and stays: what was read points
 * at it for as long as the program runs.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "providers/provider.h"

#define CODE_MOST 64
#define MADE_MOST 1000 /* nobody names that many; enough for one who tries */

struct made {
	const struct provider *provider;
	struct doc_type type;
	struct made *next;
};

/* The one list in this room that outlives a call: see above. */
static struct made *made_types;

static bool is_code(const char *code)
{
	size_t len = strlen(code);

	for (size_t i = 0; i < len; i++)
		if (code[i] <= ' ' || code[i] >= 0x7f)
			return false;
	return len > 0 && len <= CODE_MOST;
}

/* "proof_of_address" reads "Proof of address". */
static char *label_of(const char *code)
{
	char *label = mem_dup(code);

	for (char *at = label; *at; at++)
		if (*at == '_' || *at == '-')
			*at = ' ';
	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	return label;
}

static const struct doc_type *make(const struct provider *provider,
				   const char *code)
{
	struct made *made = made_types;
	size_t count = 0;

	for (; made; made = made->next, count++)
		if (made->provider == provider &&
		    strcmp(made->type.code, code) == 0)
			return &made->type;
	if (count >= MADE_MOST)
		return NULL;
	made = mem_alloc(sizeof(*made));
	made->provider = provider;
	made->type = *provider->open_type;
	made->type.code = mem_dup(code);
	made->type.label = label_of(code);
	made->next = made_types;
	made_types = made;
	return &made->type;
}

const struct doc_type *prov_type(const struct provider *provider,
				 const char *code, unsigned holder)
{
	const struct doc_type *any = NULL;
	const struct doc_type *type = provider->doctypes;

	for (; code && type && type->code; type++) {
		if (strcmp(type->code, code) != 0)
			continue;
		if (!holder || (type->holders & holder))
			return type;
		if (!any)
			any = type;
	}
	if (any || !code || !provider->open_type || !is_code(code))
		return any;
	return make(provider, code);
}
