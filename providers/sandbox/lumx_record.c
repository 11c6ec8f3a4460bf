/* SPDX-License-Identifier: MIT */
/* Lumx: a customer's record: what was sent, and what a review still lacks. */
#include "providers/sandbox/lumx.h"

/* Under this much of a company nobody asks a shareholder for papers. */
#define SHARE_SMALL 25.0

static const char *const identities[] = { "PASSPORT", "ID_CARD",
					  "DRIVERS_LICENSE", NULL };

const char *lumx_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool lumx_is(const json_t *object, const char *key, const char *text)
{
	return !strcmp(lumx_text(object, key), text);
}

json_t *lumx_shape(const json_t *record)
{
	return json_object_get(record, "customer");
}

json_t *lumx_review(const json_t *owner)
{
	return json_object_get(owner, "review");
}

const char *lumx_status(const json_t *record)
{
	return lumx_text(lumx_review(record), "status");
}

bool lumx_is_person(const json_t *shape)
{
	return lumx_is(shape, "type", "INDIVIDUAL");
}

json_t *lumx_party(const json_t *record, const char *id)
{
	json_t *party;
	size_t i;

	json_array_foreach(json_object_get(record, "parties"), i,
			   party) if (lumx_is(party, "id", id)) return party;
	return NULL;
}

/* Documents. */

json_t *lumx_newest(const json_t *record, const char *party, const char *type,
		    const char *side)
{
	json_t *documents = json_object_get(record, "documents");
	size_t i = json_array_size(documents);

	while (i--) {
		json_t *document = json_array_get(documents, i);

		if (lumx_is(document, "party", party) &&
		    lumx_is(document, "type", type) &&
		    lumx_is(document, "side", side))
			return document;
	}
	return NULL;
}

/* Has nothing newer taken its place? */
bool lumx_is_newest(const json_t *record, const json_t *document)
{
	return lumx_newest(record, lumx_text(document, "party"),
			   lumx_text(document, "type"),
			   lumx_text(document, "side")) == document;
}

static bool declined(const json_t *document)
{
	return json_is_true(json_object_get(document, "declined"));
}

static bool has(const json_t *record, const char *party, const char *type,
		const char *side)
{
	const json_t *document = lumx_newest(record, party, type, side);

	return document && !declined(document);
}

/*
 * Is this identity document there as a whole? A passport's data page is all
 * of it, and one PDF may show both sides of a card.
 */
static bool identity_whole(const json_t *record, const char *party,
			   const char *type)
{
	const json_t *front = lumx_newest(record, party, type, "FRONT_SIDE");
	const json_t *back = lumx_newest(record, party, type, "BACK_SIDE");

	if (!front || declined(front) || (back && declined(back)))
		return false;
	return back || !strcmp(type, "PASSPORT") ||
	       lumx_is(front, "kind", "application/pdf");
}

static bool has_identity(const json_t *record, const char *party)
{
	for (size_t i = 0; identities[i]; i++)
		if (identity_whole(record, party, identities[i]))
			return true;
	return false;
}

bool lumx_was_sent(const json_t *record, const char *party, const char *type)
{
	const struct lumx_document *kind = lumx_document_find(type);

	return kind && kind->sided ? identity_whole(record, party, type)
				   : has(record, party, type, "");
}

/* What is missing. */

static void lack(json_t *list, const char *what, const char *party)
{
	if (*party)
		json_array_append_new(
			list, json_sprintf("%s of associated party %s is "
					   "missing",
					   what, party));
	else
		json_array_append_new(list,
				      json_sprintf("%s is missing", what));
}

static void lack_papers(json_t *list, const json_t *record, const char *party)
{
	if (!has_identity(record, party))
		lack(list, "an identity document", party);
	if (!has(record, party, "PROOF_OF_ADDRESS", ""))
		lack(list, "PROOF_OF_ADDRESS", party);
}

/* Lumx: https://docs.lumx.io/compliance/identity-verification */
static bool needs_papers(const json_t *party)
{
	double share = json_number_value(
		json_object_get(party, "ownershipPercentage"));

	if (!lumx_is_person(party))
		return false;
	return !lumx_is(party, "role", "SHAREHOLDER") || share > SHARE_SMALL;
}

static void lack_parties(json_t *list, const json_t *record)
{
	bool anybody = false;
	json_t *party;
	size_t i;

	json_array_foreach(json_object_get(record, "parties"), i, party)
	{
		if (!needs_papers(party))
			continue;
		anybody = true;
		lack_papers(list, record, lumx_text(party, "id"));
	}
	if (!anybody)
		lack(list, "an associated party", "");
}

static void lack_of_company(json_t *list, const json_t *record)
{
	const json_t *information =
		json_object_get(lumx_shape(record), "additionalInformation");

	if (!has(record, "", "INCORPORATION_ARTICLES", ""))
		lack(list, "INCORPORATION_ARTICLES", "");
	if (!has(record, "", "PROOF_OF_ADDRESS", ""))
		lack(list, "PROOF_OF_ADDRESS", "");
	if (json_is_true(json_object_get(information, "isRegulatedActivity")) &&
	    !has(record, "", "REGULATED_ACTIVITY_DOCUMENT", ""))
		lack(list, "REGULATED_ACTIVITY_DOCUMENT", "");
	lack_parties(list, record);
}

/* Is DOCUMENT still waiting to be sent again? */
bool lumx_unresolved(const json_t *record, const json_t *document)
{
	const struct lumx_document *kind =
		lumx_document_find(lumx_text(document, "type"));

	if (!declined(document) || !lumx_is_newest(record, document))
		return false;
	return !(kind && kind->sided &&
		 has_identity(record, lumx_text(document, "party")));
}

bool lumx_listed(const json_t *list, const char *id)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one) if (!strcmp(json_string_value(one),
						     id)) return true;
	return false;
}

/* What was declined and not sent again; of PARTIES alone unless NULL. */
static void lack_again(json_t *list, const json_t *record,
		       const json_t *parties)
{
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (!lumx_unresolved(record, document) ||
		    (parties &&
		     !lumx_listed(parties, lumx_text(document, "party"))))
			continue;
		json_array_append_new(
			list, json_sprintf("%s was declined and must "
					   "be sent again",
					   lumx_text(document, "type")));
	}
}

json_t *lumx_missing(const json_t *record, const json_t *parties)
{
	const json_t *customer = lumx_shape(record);
	json_t *list = json_array();

	lack_again(list, record, parties);
	if (parties)
		return list;
	if (!json_object_get(customer, "additionalInformation"))
		lack(list, "ADDITIONAL_INFORMATION", "");
	if (!json_is_true(json_object_get(json_object_get(record, "terms"),
					  "accepted")))
		lack(list, "TERMS_OF_SERVICE", "");
	if (lumx_is_person(customer))
		lack_papers(list, record, "");
	else
		lack_of_company(list, record);
	return list;
}
