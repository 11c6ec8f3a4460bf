/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: requirements as they are put together, each once: documents, forms
 * with what is known of their answers, and bare names.
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

/* Larger forms than this are not prefilled. */
#define KNOWN_MOST ((size_t)16 << 10)

struct prov_requirement *dwolla_find(const struct prov_customer *customer,
				     const char *code, const char *party)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		if (req->code && strcmp(req->code, code) == 0 &&
		    prov_same_party(req->party, party))
			return req;
	}
	return NULL;
}

static struct prov_requirement *want(struct prov_customer *customer,
				     enum prov_req_kind kind, const char *code,
				     const char *party)
{
	struct prov_requirement *req = prov_customer_require(customer);

	req->kind = kind;
	req->code = mem_dup(code);
	req->party = mem_dup(party);
	return req;
}

struct prov_requirement *dwolla_want_paper(struct prov_customer *customer,
					   const char *type, const char *party)
{
	struct prov_requirement *req = dwolla_find(customer, type, party);
	unsigned holder = prov_holder(customer, party);
	const struct doc_type *row = prov_type(&prov_dwolla, type, holder);

	if (req)
		return req;
	if (row && !(row->holders & holder))
		row = NULL;
	/* A paper of a business, asked of a person: shown, not sent. */
	req = want(customer, row ? PROV_REQ_DOCUMENT : PROV_REQ_OTHER, type,
		   party);
	req->type = row;
	return req;
}

void dwolla_want_identity(struct prov_customer *customer, const char *party)
{
	static const char *const types[] = { "license", "idCard", "passport" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		dwolla_want_paper(customer, types[i], party)->group =
			DWOLLA_IDENTITY;
}

/* Never returned, and if they ever were, then masked: asked for again. */
static bool is_asked_again(const char *key)
{
	static const char *const keys[] = { "ssn",
					    "ein",
					    "dateOfBirth",
					    "controller.ssn",
					    "controller.dateOfBirth",
					    NULL };

	for (size_t i = 0; keys[i]; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

/* The member of ROOT at the dotted KEY, if it is a text. */
static const char *text_at(const json_t *root, const char *key)
{
	const char *dot = NULL;

	while ((dot = strchr(key, '.'))) {
		char *part = mem_dup_n(key, (size_t)(dot - key));

		root = json_object_get(root, part);
		free(part);
		key = dot + 1;
	}
	return prov_json_word(root, key);
}

/* What is known of the form's answers; keys are theirs as well as ours. */
static char *known_of(const struct form_schema *schema, const json_t *root)
{
	json_t *known = json_object();
	char *text = NULL;

	for (const struct form_field *field = schema->fields; field->key;
	     field++) {
		const char *value = is_asked_again(field->key)
					    ? NULL
					    : text_at(root, field->key);

		if (value && *value)
			json_object_set_new(known, field->key,
					    json_string(value));
	}
	if (json_object_size(known))
		text = json_dumps(known, JSON_COMPACT);
	json_decref(known);
	if (text && strlen(text) > KNOWN_MOST) {
		mem_free_private(text);
		text = NULL;
	}
	return text;
}

struct prov_requirement *dwolla_want_form(struct prov_customer *customer,
					  const struct form_schema *schema,
					  const char *code, const char *party,
					  const json_t *known)
{
	struct prov_requirement *req = dwolla_find(customer, code, party);

	if (req)
		return req;
	req = want(customer, PROV_REQ_INFORMATION, code, party);
	req->form = prov_form_find(&prov_dwolla, schema->name);
	req->known = known_of(schema, known);
	return req;
}

struct prov_requirement *dwolla_want_other(struct prov_customer *customer,
					   const char *code)
{
	struct prov_requirement *req = dwolla_find(customer, code, NULL);

	return req ? req : want(customer, PROV_REQ_OTHER, code, NULL);
}
