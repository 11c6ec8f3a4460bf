/* SPDX-License-Identifier: MIT */
/*
 * Lumx: when a review begins and how it ends. Reviews need no timer: the time
 * that has passed is caught up with whenever somebody asks.
 *
 * The last digit of the tax id decides, as in the provider's own sandbox:
 * https://docs.lumx.io/guides/create-a-customer
 */
#include "providers/sandbox/lumx.h"

#include <ctype.h>

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

/* '\0' when the tax id holds no digit. */
static char last_digit(const json_t *record)
{
	char last = '\0';

	for (const char *at = lumx_text(lumx_shape(record), "taxId"); *at; at++)
		if (isdigit((unsigned char)*at))
			last = *at;
	return last;
}

static bool complete(const json_t *record)
{
	json_t *list = lumx_missing(record, NULL);
	bool none = !json_array_size(list);

	json_decref(list);
	return none;
}

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

	set_review(lumx_review(record), status, reason);
	json_array_foreach(json_object_get(record, "parties"), i, party)
		set_review(lumx_review(party), status, NULL);
}

void lumx_touch(json_t *record, int64_t now)
{
	char text[MOMENT_SIZE];

	moment_text(now, text);
	json_object_set_new(lumx_shape(record), "updatedAt", json_string(text));
	json_object_set_new(record, "touched", json_integer(now));
}

void lumx_start(json_t *record, const json_t *parties, int64_t due)
{
	json_t *review = lumx_review(record), *party;
	size_t i;

	json_object_set_new(review, "due", json_integer(due));
	if (!parties) {
		json_object_del(review, "parties");
		lumx_set_status(record, "UNDER_VERIFICATION", NULL);
		return;
	}
	json_object_set_new(review, "parties", json_deep_copy(parties));
	json_array_foreach(
		json_object_get(record, "parties"), i,
		party) if (lumx_listed(parties, lumx_text(party, "id")))
		set_review(lumx_review(party), "UNDER_VERIFICATION", NULL);
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
	if (!lumx_listed(list, text))
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
					 lumx_unresolved(record, document))
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
		    lumx_is_newest(record, document))
			json_object_set_new(document, "declined", json_true());
		any |= lumx_unresolved(record, document);
	}
	return any;
}

/* A tax id that ends in 2 is asked once more, whatever was sent. */
static bool ask_once(json_t *record)
{
	json_t *documents = json_object_get(record, "documents"), *document;
	json_t *review = lumx_review(record), *chosen = NULL;
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
	json_object_set_new(lumx_review(record), "asked_once", json_true());
	json_array_foreach(json_object_get(record, "parties"), i, party)
	{
		const char *id = lumx_text(party, "id");
		json_t *own = reason_for(record, id);

		set_review(lumx_review(party), own ? "RFI" : "APPROVED", own);
		if (own)
			json_array_append_new(
				array_in(reason, "associatedParties"),
				json_pack("{ss sO}", "id", id, "statusReason",
					  own));
	}
	set_review(lumx_review(record), "RFI", reason);
}

void lumx_decide(json_t *record)
{
	bool partial = json_object_get(lumx_review(record), "parties");

	json_object_del(lumx_review(record), "due");
	json_object_del(lumx_review(record), "parties");
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

	if (!lumx_is_person(lumx_shape(record)) ||
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
		json_integer_value(json_object_get(lumx_review(record), "due"));

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
