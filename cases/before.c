/* SPDX-License-Identifier: MIT */
#include "cases/before.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cases/customers.h"
#include "cases/store_private.h"
#include "forms/form.h"

/* Clocks differ, there and here. */
#define CLOCKS_MS (10 * 60 * INT64_C(1000))

static json_t *text_json(const char *text)
{
	return json_string(text ? text : "");
}

/* One slot of the checklist, in one word. */
static char *slot_word(const char *type, enum doc_side side, const char *party)
{
	return mem_printf("%s %s %s", type ? type : "", doc_side_name(side),
			  party ? party : "");
}

/* Not all that it has, but some: what it shows for each slot, by its version.
 */
static json_t *spell_shown(const struct prov_customer *customer)
{
	json_t *shown = json_object();

	for (size_t i = 0; i < customer->paper_count; i++) {
		const struct prov_paper *paper = &customer->papers[i];
		char *slot = slot_word(paper->type, paper->side, paper->party);

		json_object_set_new(shown, slot, text_json(paper->version));
		free(slot);
	}
	return shown;
}

/* {"as_of":…,"parties":[id,…],"papers":[[id,version],…]}; where the provider
 * lists none, "shown":{slot:version} in place of "papers". */
static char *spell(const struct prov_customer *customer, int64_t as_of)
{
	json_t *parties = json_array();
	json_t *root = json_pack("{sIso}", "as_of", (json_int_t)as_of,
				 "parties", parties);
	char *text = NULL;

	for (size_t i = 0; i < customer->party_count; i++)
		json_array_append_new(parties,
				      text_json(customer->parties[i].id));
	if (customer->lists_papers)
		json_object_set_new(root, "papers", json_array());
	else
		json_object_set_new(root, "shown", spell_shown(customer));
	for (size_t i = 0; customer->lists_papers && i < customer->paper_count;
	     i++)
		json_array_append_new(
			json_object_get(root, "papers"),
			json_pack("[oo]", text_json(customer->papers[i].id),
				  text_json(customer->papers[i].version)));
	text = json_dumps(root, JSON_COMPACT);
	json_decref(root);
	return text;
}

int before_note(struct case_store *store, const struct prov_profile *profile,
		const char *customer, char **text, struct err *err)
{
	struct prov_customer known = { 0 };
	int64_t read_ms = 0;
	int64_t seen_ms = 0;
	int got = db_number(store, &read_ms,
			    "SELECT read_ms FROM customers c JOIN profiles p"
			    " ON p.number = c.profile"
			    " WHERE p.name = ?1 AND c.id = ?2",
			    DB_ARGS(db_text(profile->name), db_text(customer)),
			    err);

	if (got > 0 && read_ms)
		got = case_customer_load(store, profile, customer, &known,
					 &seen_ms, err);
	if (got > 0 && read_ms)
		*text = spell(&known, read_ms);
	prov_customer_release(&known);
	return got < 0 ? -1 : 0;
}

struct before before_read(const char *text, int64_t started_ms)
{
	struct before before = { 0 };

	if (text)
		before.root = json_loads(text, 0, NULL);
	before.papers = json_object_get(before.root, "papers");
	before.parties = json_object_get(before.root, "parties");
	before.as_of =
		json_integer_value(json_object_get(before.root, "as_of"));
	if (!before.papers)
		before.as_of = started_ms - CLOCKS_MS;
	return before;
}

void before_release(struct before *before)
{
	json_decref(before->root);
	*before = (struct before){ 0 };
}

bool before_had_paper(const struct before *before,
		      const struct prov_paper *paper, bool *replaced)
{
	json_t *pair = NULL;
	size_t i;

	*replaced = false;
	json_array_foreach(before->papers, i, pair)
	{
		const char *id = json_string_value(json_array_get(pair, 0));
		const char *version =
			json_string_value(json_array_get(pair, 1));

		if (!text_same(id, paper->id))
			continue;
		if (text_same(version, paper->version))
			return true;
		*replaced = true;
	}
	return false;
}

bool before_had_party(const struct before *before, const char *id)
{
	json_t *party = NULL;
	size_t i;

	json_array_foreach(
		before->parties, i,
		party) if (text_same(json_string_value(party), id)) return true;
	return false;
}

int before_shows_same(const struct before *before,
		      const struct prov_customer *customer, const char *type,
		      enum doc_side side, const char *party)
{
	char *slot = slot_word(type, side, party);
	json_t *shown = spell_shown(customer);
	const char *now = json_string_value(json_object_get(shown, slot));
	const char *then = json_string_value(
		json_object_get(json_object_get(before->root, "shown"), slot));
	int same = now && then ? strcmp(now, then) == 0 : -1;

	json_decref(shown);
	free(slot);
	return same;
}
