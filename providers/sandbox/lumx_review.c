/* SPDX-License-Identifier: MIT */
/*
 * Lumx: what a review wants, when it begins and how it ends, and what the API
 * shows of it. Reviews need no timer: the time that has passed is caught up
 * with whenever somebody asks.
 *
 * The last digit of the tax id decides, as in the provider's own sandbox:
 * https://docs.lumx.io/guides/create-a-customer
 */
#include "providers/sandbox/lumx.h"

#include <ctype.h>

#include "forms/mem.h"

/* Under this much of a company nobody asks a shareholder for papers. */
#define SHARE_SMALL 25.0

static const char *const identities[] = { "PASSPORT", "ID_CARD",
					  "DRIVERS_LICENSE", NULL };

/* The requirement lists of https://docs.lumx.io/guides/create-a-customer */
static const char *const person_list[] = { "ID_CARD",
					   "PASSPORT",
					   "DRIVERS_LICENSE",
					   "BANK_STATEMENT",
					   "INCOME_TAX_RETURN",
					   "DELIVERY_RECEIPT",
					   "SELFIE",
					   NULL };
static const char *const company_list[] = { "INCORPORATION_ARTICLES",
					    "POWER_OF_ATTORNEY",
					    "DIRECTORS_REGISTRY",
					    "SHAREHOLDER_REGISTRY",
					    "REGULATED_ACTIVITY_DOCUMENT",
					    "SIGNED_BALANCE_SHEET",
					    "SIGNED_CORPORATE_STRUCTURE_CHART",
					    "SIGNED_INCOME_STATEMENT",
					    NULL };

/* What a document may be declined for. */
static const struct reason {
	const char *word, *label, *sub_label, *comment;
} reasons[] = {
	{ "blurry", "DOCUMENT_QUALITY", "DOCUMENT_BLURRY",
	  "The photo cannot be read" },
	{ "expired", "DOCUMENT_EXPIRED", "DOCUMENT_EXPIRED",
	  "The document has expired" },
	{ "too-old", "DOCUMENT_TOO_OLD", "DOCUMENT_TOO_OLD",
	  "The document is older than 90 days" },
	{ NULL, "DOCUMENT_REJECTED", "OTHER", NULL },
};

const char *lumx_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool lumx_is(const json_t *object, const char *key, const char *text)
{
	return !strcmp(lumx_text(object, key), text);
}

static json_t *customer_of(const json_t *record)
{
	return json_object_get(record, "customer");
}

static json_t *review_of(const json_t *owner)
{
	return json_object_get(owner, "review");
}

const char *lumx_status(const json_t *record)
{
	return lumx_text(review_of(record), "status");
}

static bool is_person(const json_t *shape)
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

/* '\0' when the tax id holds no digit. */
static char last_digit(const json_t *record)
{
	char last = '\0';

	for (const char *at = lumx_text(customer_of(record), "taxId"); *at;
	     at++)
		if (isdigit((unsigned char)*at))
			last = *at;
	return last;
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
static bool is_newest(const json_t *record, const json_t *document)
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

static bool was_sent(const json_t *record, const char *party, const char *type)
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

	if (!is_person(party))
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
		json_object_get(customer_of(record), "additionalInformation");

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
static bool unresolved(const json_t *record, const json_t *document)
{
	const struct lumx_document *kind =
		lumx_document_find(lumx_text(document, "type"));

	if (!declined(document) || !is_newest(record, document))
		return false;
	return !(kind && kind->sided &&
		 has_identity(record, lumx_text(document, "party")));
}

static bool listed(const json_t *list, const char *id)
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
		if (!unresolved(record, document) ||
		    (parties && !listed(parties, lumx_text(document, "party"))))
			continue;
		json_array_append_new(
			list, json_sprintf("%s was declined and must "
					   "be sent again",
					   lumx_text(document, "type")));
	}
}

json_t *lumx_missing(const json_t *record, const json_t *parties)
{
	const json_t *customer = customer_of(record);
	json_t *list = json_array();

	lack_again(list, record, parties);
	if (parties)
		return list;
	if (!json_object_get(customer, "additionalInformation"))
		lack(list, "ADDITIONAL_INFORMATION", "");
	if (!json_is_true(json_object_get(json_object_get(record, "terms"),
					  "accepted")))
		lack(list, "TERMS_OF_SERVICE", "");
	if (is_person(customer))
		lack_papers(list, record, "");
	else
		lack_of_company(list, record);
	return list;
}

static bool complete(const json_t *record)
{
	json_t *list = lumx_missing(record, NULL);
	bool none = !json_array_size(list);

	json_decref(list);
	return none;
}

/* The review. */

static void set_review(json_t *review, const char *status, json_t *reason)
{
	json_object_set_new(review, "status", json_string(status));
	json_object_del(review, "reason");
	if (reason)
		json_object_set_new(review, "reason", reason);
}

void lumx_set_status(json_t *record, const char *status, json_t *reason)
{
	json_t *party;
	size_t i;

	set_review(review_of(record), status, reason);
	json_array_foreach(json_object_get(record, "parties"), i, party)
		set_review(review_of(party), status, NULL);
}

void lumx_touch(json_t *record, int64_t now)
{
	char text[MOMENT_SIZE];

	moment_text(now, text);
	json_object_set_new(customer_of(record), "updatedAt",
			    json_string(text));
	json_object_set_new(record, "touched", json_integer(now));
}

void lumx_start(json_t *record, const json_t *parties, int64_t due)
{
	json_t *review = review_of(record), *party;
	size_t i;

	json_object_set_new(review, "due", json_integer(due));
	if (!parties) {
		json_object_del(review, "parties");
		lumx_set_status(record, "UNDER_VERIFICATION", NULL);
		return;
	}
	json_object_set_new(review, "parties", json_deep_copy(parties));
	json_array_foreach(json_object_get(record, "parties"), i,
			   party) if (listed(parties, lumx_text(party, "id")))
		set_review(review_of(party), "UNDER_VERIFICATION", NULL);
}

static const struct reason *reason_of(const char *word)
{
	const struct reason *reason = reasons;

	while (reason->word && strcmp(reason->word, word))
		reason++;
	return reason;
}

static void add_once(json_t *list, const char *text)
{
	if (!listed(list, text))
		json_array_append_new(list, json_string(text));
}

static json_t *array_in(json_t *object, const char *key)
{
	json_t *array = json_object_get(object, key);

	if (!array) {
		array = json_array();
		json_object_set_new(object, key, array);
	}
	return array;
}

/* Put DOCUMENT, declined, into REASON as the provider shows it. */
static void add_reason(json_t *reason, const json_t *document)
{
	const char *word = lumx_text(document, "reason");
	const struct reason *known = reason_of(word);

	add_once(array_in(reason, "rejectLabels"), known->label);
	add_once(array_in(reason, "rejectSubLabels"), known->sub_label);
	json_array_append_new(array_in(reason, "documents"),
			      json_pack("{ss ss ss s[s]}", "type",
					lumx_text(document, "type"), "status",
					"DECLINED", "comment",
					known->comment ? known->comment
					: *word	       ? word
						       : "Please send it again",
					"rejectLabels", known->label));
}

/* All that is declined of PARTY's ("": the customer's own); NULL: nothing. */
static json_t *reason_for(const json_t *record, const char *party)
{
	json_t *reason = json_object(), *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i,
			   document) if (lumx_is(document, "party", party) &&
					 unresolved(record, document))
		add_reason(reason, document);
	if (json_object_size(reason))
		return reason;
	json_decref(reason);
	return NULL;
}

/* The reviewers look at what is newest. True when something is declined. */
static bool look_through(json_t *record)
{
	bool any = false;
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		if (*lumx_text(document, "reason") &&
		    is_newest(record, document))
			json_object_set_new(document, "declined", json_true());
		any |= unresolved(record, document);
	}
	return any;
}

/* A tax id that ends in 2 is asked once more, whatever was sent. */
static bool ask_once(json_t *record)
{
	json_t *documents = json_object_get(record, "documents"), *document;
	json_t *review = review_of(record), *chosen = NULL;
	size_t i;

	if (last_digit(record) != '2' ||
	    json_is_true(json_object_get(review, "asked_once")))
		return false;
	json_array_foreach(documents, i, document)
	{
		const struct lumx_document *kind =
			lumx_document_find(lumx_text(document, "type"));

		if (*lumx_text(document, "party"))
			continue;
		if (!chosen || (kind && kind->sided))
			chosen = document;
	}
	if (!chosen)
		return false;
	json_object_set_new(chosen, "reason", json_string("blurry"));
	json_object_set_new(chosen, "declined", json_true());
	return true;
}

/* RFI, the reasons of the parties at each of them and in the customer's. */
static void ask_again(json_t *record)
{
	json_t *reason = reason_for(record, ""), *party;
	size_t i;

	if (!reason)
		reason = json_object();
	json_object_set_new(review_of(record), "asked_once", json_true());
	json_array_foreach(json_object_get(record, "parties"), i, party)
	{
		const char *id = lumx_text(party, "id");
		json_t *own = reason_for(record, id);

		set_review(review_of(party), own ? "RFI" : "APPROVED", own);
		if (own)
			json_array_append_new(
				array_in(reason, "associatedParties"),
				json_pack("{ss sO}", "id", id, "statusReason",
					  own));
	}
	set_review(review_of(record), "RFI", reason);
}

void lumx_decide(json_t *record)
{
	bool partial = json_object_get(review_of(record), "parties");

	json_object_del(review_of(record), "due");
	json_object_del(review_of(record), "parties");
	if (look_through(record) || (!partial && ask_once(record)))
		ask_again(record);
	else if (last_digit(record) == '1')
		lumx_set_status(record, "NOT_STARTED", NULL);
	else if (last_digit(record) == '3')
		lumx_set_status(
			record, "FINAL_REJECTION",
			json_pack("{s[s]}", "rejectLabels", "COMPLIANCE"));
	else
		lumx_set_status(record, "APPROVED", NULL);
}

/* Nobody opened the link: after a while the terms count as accepted, so that
 * a demonstration gets on. */
static bool settle_terms(json_t *record, int64_t now, int64_t review_ms)
{
	json_t *terms = json_object_get(record, "terms");
	int64_t asked = json_integer_value(json_object_get(terms, "asked"));

	if (!asked || json_is_true(json_object_get(terms, "accepted")) ||
	    now < asked + 2 * review_ms)
		return false;
	json_object_set_new(terms, "accepted", json_true());
	lumx_touch(record, asked + 2 * review_ms);
	return true;
}

/* The check that it is a living person is taken as passed, and an
 * individual's review begins once nothing more came for a while. */
static bool settle_start(json_t *record, int64_t now, int64_t review_ms)
{
	int64_t touched =
		json_integer_value(json_object_get(record, "touched"));

	if (!is_person(customer_of(record)) ||
	    strcmp(lumx_status(record), "NOT_STARTED") ||
	    last_digit(record) == '1' || now < touched + review_ms ||
	    !complete(record))
		return false;
	lumx_touch(record, touched + review_ms);
	lumx_start(record, NULL, touched + 2 * review_ms);
	return true;
}

static bool settle_end(json_t *record, int64_t now)
{
	int64_t due =
		json_integer_value(json_object_get(review_of(record), "due"));

	if (!due || now < due)
		return false;
	lumx_decide(record);
	lumx_touch(record, due);
	return true;
}

bool lumx_settle(json_t *record, int64_t now, int64_t review_ms)
{
	bool changed = settle_terms(record, now, review_ms);

	changed |= settle_start(record, now, review_ms);
	changed |= settle_end(record, now);
	return changed;
}

/* What the API shows. */

static json_t *show_verification(const json_t *review, const char *base,
				 const char *id)
{
	const char *status = lumx_text(review, "status");
	json_t *reason = json_object_get(review, "reason");
	json_t *shown =
		json_pack("{ss ss}", "status", status, "level", "STANDARD");

	if (!strcmp(status, "NOT_STARTED") || !strcmp(status, "RFI"))
		json_object_set_new(
			shown, "link",
			json_sprintf("%s/practice/verify/%s", base, id));
	if (reason)
		json_object_set(shown, "statusReason", reason);
	return shown;
}

/* While a review goes on only what was sent is listed. */
static void list_one(json_t *list, const char *name, bool sent, bool under)
{
	if (sent || !under)
		json_array_append_new(
			list, json_pack("{ss ss}", "name", name, "status",
					sent ? "SENT" : "NOT_SENT"));
}

/*
 * PROOF_OF_ADDRESS is wanted and yet in no list that the provider's pages
 * show: it appears here once it was sent.
 */
static json_t *show_requirements(const json_t *record)
{
	const json_t *customer = customer_of(record);
	const char *const *names =
		is_person(customer) ? person_list : company_list;
	const char *status = lumx_status(record);
	bool under = !strcmp(status, "UNDER_VERIFICATION");
	json_t *list = json_array();

	if (!strcmp(status, "APPROVED") || !strcmp(status, "FINAL_REJECTION"))
		return list;
	for (; *names; names++)
		list_one(list, *names, was_sent(record, "", *names), under);
	if (lumx_newest(record, "", "PROOF_OF_ADDRESS", ""))
		list_one(list, "PROOF_OF_ADDRESS",
			 was_sent(record, "", "PROOF_OF_ADDRESS"), under);
	list_one(list, "ADDITIONAL_INFORMATION",
		 json_object_get(customer, "additionalInformation"), under);
	if (!json_is_true(json_object_get(json_object_get(record, "terms"),
					  "accepted")))
		list_one(list, "TERMS_OF_SERVICE", false, under);
	return list;
}

/* An address on a chain that is nobody's, made of the customer's id. */
static json_t *show_wallets(const char *id)
{
	char hex[41] = "";
	size_t used = 0;

	while (used < 40)
		for (const char *at = id; *at && used < 40; at++)
			if (*at != '-')
				hex[used++] = *at;
	return json_pack("[{ss ss+ ss+ sb}]", "blockchain", "POLYGON",
			 "address", "0x", hex, "blockExplorerUrl",
			 "https://example.com/0x", hex, "isDefault", 1);
}

/* WHOLE: as one customer is read; else as in a list. */
json_t *lumx_show(const json_t *record, const char *base, bool whole)
{
	const char *id = lumx_text(record, "id");
	json_t *shown = json_copy(customer_of(record));

	json_object_set_new(shown, "verification",
			    show_verification(review_of(record), base, id));
	if (whole)
		json_object_set_new(shown, "requirements",
				    show_requirements(record));
	if (!strcmp(lumx_status(record), "APPROVED"))
		json_object_set_new(shown, "wallets", show_wallets(id));
	return shown;
}

json_t *lumx_show_party(const json_t *party, const char *base)
{
	json_t *shown = json_copy((json_t *)(uintptr_t)party);

	json_object_del(shown, "review");
	json_object_set_new(shown, "verification",
			    show_verification(review_of(party), base,
					      lumx_text(party, "id")));
	return shown;
}

json_t *lumx_show_report(const json_t *record)
{
	const json_t *review = review_of(record);

	return json_pack("{ss ss ss sO*}", "customerId",
			 lumx_text(record, "id"), "status",
			 lumx_text(review, "status"), "level", "STANDARD",
			 "statusReason", json_object_get(review, "reason"));
}
