/* SPDX-License-Identifier: MIT */
/* What a provider says of a customer: its lifecycle. */
#include "providers/customer.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "providers/provider.h"

static void reason_release(struct prov_reason *reason)
{
	free(reason->code);
	free(reason->message);
}

static void requirement_release(struct prov_requirement *req)
{
	for (size_t i = 0; i < req->offer_count; i++) {
		free(req->offers[i].field);
		free(req->offers[i].code);
		mem_free_private(req->offers[i].label);
	}
	free(req->offers);
	free(req->code);
	free(req->label);
	free(req->party);
	free(req->status_word);
	reason_release(&req->reason);
	mem_free_private(req->known);
	free(req->target);
	free(req->bundle);
}

void prov_customer_release(struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		requirement_release(&customer->requirements[i]);
	for (size_t i = 0; i < customer->paper_count; i++) {
		struct prov_paper *paper = &customer->papers[i];

		free(paper->id);
		free(paper->type);
		free(paper->begins);
		free(paper->party);
		free(paper->version);
	}
	free(customer->papers);
	for (size_t i = 0; i < customer->party_count; i++) {
		struct prov_party *party = &customer->parties[i];

		free(party->id);
		mem_free_private(party->name);
		free(party->role);
		free(party->stage_word);
	}
	free(customer->requirements);
	free(customer->parties);
	free(customer->id);
	mem_free_private(customer->name);
	mem_free_private(customer->tax_id);
	mem_free_private(customer->email);
	mem_free_private(customer->link);
	free(customer->record);
	free(customer->stage_word);
	reason_release(&customer->reason);
	free(customer->closed_because);
	*customer = (struct prov_customer){ 0 };
}

struct prov_requirement *prov_customer_require(struct prov_customer *customer)
{
	struct prov_requirement *req = NULL;

	customer->requirements =
		mem_grow(customer->requirements, customer->requirement_count,
			 sizeof(*req));
	req = &customer->requirements[customer->requirement_count++];
	*req = (struct prov_requirement){ 0 };
	return req;
}

struct prov_party *prov_customer_add_party(struct prov_customer *customer)
{
	struct prov_party *party = NULL;

	customer->parties = mem_grow(customer->parties, customer->party_count,
				     sizeof(*party));
	party = &customer->parties[customer->party_count++];
	*party = (struct prov_party){ 0 };
	return party;
}

struct prov_paper *prov_customer_add_paper(struct prov_customer *customer)
{
	struct prov_paper *paper = NULL;

	customer->papers = mem_grow(customer->papers, customer->paper_count,
				    sizeof(*paper));
	paper = &customer->papers[customer->paper_count++];
	*paper = (struct prov_paper){ 0 };
	return paper;
}

void prov_requirement_offer(struct prov_requirement *req, const char *field,
			    const char *code, const char *label)
{
	struct prov_offer *offer = NULL;

	req->offers = mem_grow(req->offers, req->offer_count, sizeof(*offer));
	offer = &req->offers[req->offer_count++];
	offer->field = mem_dup(field);
	offer->code = mem_dup(code);
	offer->label = mem_dup(label);
}

static size_t offers_for(const struct prov_requirement *req, const char *field)
{
	size_t count = 0;

	for (size_t i = 0; i < req->offer_count; i++)
		count += strcmp(req->offers[i].field, field) == 0;
	return count;
}

static struct form_choice *choices_for(const struct prov_requirement *req,
				       const char *field)
{
	struct form_choice *choices =
		mem_array(offers_for(req, field) + 1, sizeof(*choices));
	size_t count = 0;

	for (size_t i = 0; i < req->offer_count; i++)
		if (strcmp(req->offers[i].field, field) == 0) {
			choices[count].code = req->offers[i].code;
			choices[count++].label = req->offers[i].label;
		}
	return choices;
}

struct form_schema *prov_requirement_schema(const struct prov_requirement *req)
{
	const struct form_schema *from = req->form->schema;
	struct form_schema *schema = mem_alloc(sizeof(*schema));
	struct form_field *fields = NULL;
	size_t count = 0;

	while (from->fields[count].key)
		count++;
	fields = mem_array(count + 1, sizeof(*fields));
	for (size_t i = 0; i < count; i++) {
		fields[i] = from->fields[i];
		if (offers_for(req, fields[i].key))
			fields[i].choices = choices_for(req, fields[i].key);
	}
	*schema = *from;
	schema->fields = fields;
	schema->origin = from;
	return schema;
}

void prov_schema_free(struct form_schema *schema)
{
	if (!schema)
		return;
	for (size_t i = 0; schema->fields[i].key; i++)
		if (schema->fields[i].choices !=
		    schema->origin->fields[i].choices)
			free((void *)(uintptr_t)schema->fields[i].choices);
	free((void *)(uintptr_t)schema->fields);
	free(schema);
}

const struct prov_party *prov_customer_party(const struct prov_customer *c,
					     const char *id)
{
	for (size_t i = 0; id && i < c->party_count; i++)
		if (c->parties[i].id && strcmp(c->parties[i].id, id) == 0)
			return &c->parties[i];
	return NULL;
}

bool prov_same_party(const char *a, const char *b)
{
	return a && b ? prov_same_word(a, b) : !a && !b;
}

struct prov_customer *prov_page_add(struct prov_page *page)
{
	struct prov_customer *customer = NULL;

	page->customers =
		mem_grow(page->customers, page->count, sizeof(*customer));
	customer = &page->customers[page->count++];
	*customer = (struct prov_customer){ 0 };
	return customer;
}

void prov_page_release(struct prov_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		prov_customer_release(&page->customers[i]);
	free(page->customers);
	free(page->next);
	*page = (struct prov_page){ 0 };
}
