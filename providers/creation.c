/* SPDX-License-Identifier: MIT */
/* New customers: what their answers say of them, and who is the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/tax_id.h"
#include "providers/provider.h"

const struct prov_creation *prov_creation_find(const struct provider *provider,
					       const char *schema)
{
	const struct prov_creation *creation = provider->creations;

	for (; schema && creation && creation->form.schema; creation++)
		if (strcmp(creation->form.schema->name, schema) == 0)
			return creation;
	return NULL;
}

const struct prov_creation *prov_creation_of(const struct provider *provider,
					     enum prov_kind kind)
{
	const struct prov_creation *creation = provider->creations;

	for (; creation && creation->form.schema; creation++)
		if (creation->kind == kind)
			return creation;
	return NULL;
}

void prov_creation_preset(const struct prov_creation *creation,
			  struct form_answers *answers)
{
	struct findings ignored = { 0 };
	struct err err = { 0 };
	int bad =
		creation->preset &&
		form_answers_from_json(creation->form.schema, creation->preset,
				       answers, &ignored, &err);

	assert(!bad);
	(void)bad;
	findings_release(&ignored);
}

/* The answer KEY, or NULL where there is none. */
static const char *said(const struct form_answers *answers, const char *key)
{
	const char *answer = key ? form_answer(answers, key) : "";

	return *answer ? answer : NULL;
}

void prov_creation_fill(const struct prov_creation *creation,
			const struct form_answers *answers,
			struct prov_customer *customer)
{
	const char *country = said(answers, creation->country);

	customer->kind = creation->kind;
	customer->name = mem_dup(said(answers, creation->name));
	customer->tax_id = mem_dup(said(answers, creation->tax_id));
	customer->email = mem_dup(said(answers, creation->email));
	if (country && strlen(country) < sizeof(customer->country))
		strncpy(customer->country, country,
			sizeof(customer->country) - 1);
}

/* Marks and capitals do not tell two people apart; what is not known does not
 * either. */
bool prov_creation_is(const struct prov_creation *creation,
		      const struct form_answers *answers,
		      const struct prov_customer *known)
{
	const char *own = said(answers, creation->tax_id);
	const char *country = said(answers, creation->country);
	char *mine = NULL;
	char *theirs = NULL;
	bool same;

	if (!own || !known->tax_id || known->kind != creation->kind ||
	    (country && *known->country && strcmp(country, known->country)))
		return false;
	mine = tax_id_plain(own);
	theirs = tax_id_plain(known->tax_id);
	same = strcmp(mine, theirs) == 0;
	mem_free_private(mine);
	mem_free_private(theirs);
	return same;
}
