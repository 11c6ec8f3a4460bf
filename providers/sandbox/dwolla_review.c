/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what becomes of documents as time passes. Reviews need no timer:
 * the time that has passed is caught up with whenever somebody asks.
 * https://developers.dwolla.com/docs/balance/personal-verified-customer/handle-verification-statuses
 */
#include "providers/sandbox/dwolla.h"

#include <strings.h>

#include "forms/mem.h"

#define RECERTIFY_MS ((int64_t)30 * 24 * 60 * 60 * 1000)
#define CODE_MOST    40

/* Why a document is rejected, and the data that is wrong then. */
static const struct reason {
	const char *code, *description;
	const char *field; /* of a person; NULL: the data is right */
	const char *of_controller;
} reasons[] = {
	{ "BusinessDocNotSupported", "Business document not supported", NULL,
	  NULL },
	{ "BusinessNameMismatch",
	  "Business name on account does not match document", "businessName",
	  "businessName" },
	{ "BusinessTypeMismatch",
	  "Business type chosen does not match document", "businessType",
	  "businessType" },
	{ "ForeignPassportNotAllowed", "Foreign passport not allowed", NULL,
	  NULL },
	{ "ScanDobMismatch", "Scan DOB does not match DOB on account",
	  "dateOfBirth", "controller.dateOfBirth" },
	{ "ScanFailedOther", "ID may be fraudulent or a generic example ID",
	  NULL, NULL },
	{ "ScanIdExpired", "ID is expired or missing expiration date", NULL,
	  NULL },
	{ "ScanIdTypeNotSupported",
	  "ID may be a military ID, firearm license, "
	  "or other unsupported ID type",
	  NULL, NULL },
	{ "ScanIdUnrecognized", "ID is not recognized", NULL, NULL },
	{ "ScanNameMismatch", "Scan name does not match name on account",
	  "name", "controller.name" },
	{ "ScanNotReadable", "Image blurry, too dark, or obscured by glare",
	  NULL, NULL },
	{ "ScanNotUploaded", "Scan not uploaded", NULL, NULL },
	{ NULL, NULL, NULL, NULL },
};

/* Words that sample files have for these reasons. */
static const struct word {
	const char *word, *code;
} words[] = {
	{ "blurry", "ScanNotReadable" },
	{ "unreadable", "ScanNotReadable" },
	{ "dark", "ScanNotReadable" },
	{ "expired", "ScanIdExpired" },
	{ "too-old", "ScanIdExpired" },
	{ "name", "ScanNameMismatch" },
	{ "birth", "ScanDobMismatch" },
	{ "unsupported", "ScanIdTypeNotSupported" },
	{ "unknown", "ScanIdUnrecognized" },
	{ "foreign", "ForeignPassportNotAllowed" },
	{ NULL, "ScanFailedOther" },
};

static const struct reason *reason_of(const char *code)
{
	const struct reason *reason = reasons;

	while (reason->code && strcasecmp(reason->code, code))
		reason++;
	return reason;
}

/* What a paper is rejected for, other than by code, is all the same. */
static const char *code_of(const char *word, const char *type)
{
	const struct reason *reason = reason_of(word);
	const struct word *known = words;

	if (reason->code)
		return reason->code;
	if (!strcmp(type, "other"))
		return "BusinessDocNotSupported";
	while (known->word && strcasecmp(known->word, word) != 0)
		known++;
	return known->code;
}

/* MARK is a word, or several codes with hyphens between; a new list. */
static json_t *codes_of(const char *mark, const char *type)
{
	json_t *list = json_array();
	char *copy = mem_dup(mark), *next = copy, *word;
	bool codes = true;

	while ((word = strsep(&next, "-")))
		codes &= reason_of(word)->code != NULL;
	memcpy(copy, mark, strlen(mark) + 1);
	next = copy;
	while (codes && (word = strsep(&next, "-")))
		json_array_append_new(list, json_string(code_of(word, type)));
	if (!codes)
		json_array_append_new(list, json_string(code_of(mark, type)));
	free(copy);
	return list;
}

void dwolla_reject(json_t *document, json_t *codes)
{
	json_object_set_new(document, "verdict", json_string("rejected"));
	json_object_set_new(document, "reasons", codes);
}

json_t *dwolla_show_document(const json_t *document, const char *base)
{
	const char *verdict = dwolla_text(document, "verdict");
	json_t *reasons_of = json_object_get(document, "reasons"), *code;
	json_t *links = json_object(), *list = json_array(), *shown;
	size_t i;

	dwolla_link(links, "self", "document", base, "/documents/%s",
		    dwolla_text(document, "id"));
	shown = json_pack("{so ss ss ss ss ss}", "_links", links, "id",
			  dwolla_text(document, "id"), "status",
			  strcmp(verdict, "pending") ? "reviewed" : "pending",
			  "type", dwolla_text(document, "type"), "created",
			  dwolla_text(document, "created"),
			  "documentVerificationStatus", verdict);
	json_array_foreach(reasons_of, i, code)
	{
		const struct reason *reason =
			reason_of(json_string_value(code));

		json_array_append_new(
			list, json_pack("{ss ss}", "reason", reason->code,
					"description", reason->description));
	}
	if (json_array_size(list)) {
		json_object_set(shown, "failureReason",
				json_array_get(reasons_of, 0));
		/* So one of the provider's own examples has it. */
		if (json_is_true(json_object_get(document, "apart")))
			json_array_remove(list, 0);
		json_object_set(shown, "allFailureReasons", list);
	}
	json_decref(list);
	return shown;
}

/* Of the customer's own. */

/* The need that DOCUMENT answers: an ID proves a person, anything else a
 * business, and which paper is which the server is not told. */
static bool take_need(json_t *record, const json_t *document)
{
	json_t *needs = json_object_get(record, "needs"), *need;
	json_t *codes = json_object_get(record, "directives");
	bool paper = dwolla_is(document, "type", "other");
	size_t i, k;

	json_array_foreach(needs, i, need)
	{
		const char *code = dwolla_text(need, "code");

		if (paper == dwolla_is(need, "what", "person"))
			continue;
		for (k = json_array_size(codes); k--;)
			if (!strcmp(json_string_value(json_array_get(codes, k)),
				    code))
				json_array_remove(codes, k);
		json_array_remove(needs, i);
		return true;
	}
	return false;
}

/* The first of DOCUMENT's reasons that speaks of wrong data; NULL: none. A
 * person has no business that could be wrong. */
static const struct reason *mismatch(const json_t *document, bool business)
{
	json_t *code;
	size_t i;

	json_array_foreach(json_object_get(document, "reasons"), i, code)
	{
		const struct reason *reason =
			reason_of(json_string_value(code));

		if (reason->field &&
		    (business || strncmp(reason->field, "business", 8) != 0))
			return reason;
	}
	return NULL;
}

static void after_customer(json_t *record, const json_t *document, int64_t now)
{
	bool accepted = dwolla_is(document, "verdict", "accepted");
	const struct reason *reason =
		mismatch(document, dwolla_is_business(record));
	const char *field;

	dwolla_event(record, now,
		     accepted ? "customer_verification_document_approved"
			      : "customer_verification_document_failed",
		     "documents", dwolla_text(document, "id"));
	/* Whatever happened to the customer meanwhile stays. */
	if (!dwolla_in(record, "document") && !dwolla_in(record, "retry"))
		return;
	if (reason) {
		field = dwolla_has_owners(record) ? reason->of_controller
						  : reason->field;
		/* Corrected, the data fits the paper that is there. */
		take_need(record, document);
		dwolla_ask_retry(record, !strncmp(field, "controller.", 11),
				 field, now);
	} else if (accepted && take_need(record, document) &&
		   dwolla_in(record, "document")) {
		dwolla_advance(record, now);
	}
}

/* Of an owner's. */
static void after_owner(json_t *record, json_t *owner, const json_t *document,
			int64_t now)
{
	bool accepted = dwolla_is(document, "verdict", "accepted");
	const char *id = dwolla_text(owner, "id");
	const char *status = accepted			 ? "verified"
			     : mismatch(document, false) ? "incomplete"
							 : NULL;

	dwolla_event(record, now,
		     accepted ? "customer_beneficial_owner_verification_"
				"document_approved"
			      : "customer_beneficial_owner_verification_"
				"document_failed",
		     "documents", dwolla_text(document, "id"));
	if (!dwolla_is(owner, "verificationStatus", "document") || !status)
		return;
	json_object_set_new(owner, "verificationStatus", json_string(status));
	dwolla_event(
		record, now,
		accepted ? "customer_beneficial_owner_verified"
			 : "customer_beneficial_owner_reverification_needed",
		"beneficial-owners", id);
}

static void decide(json_t *document)
{
	const char *mark = dwolla_text(document, "mark");

	if (*mark)
		dwolla_reject(document,
			      codes_of(mark, dwolla_text(document, "type")));
	else if (dwolla_is(document, "name", "test-document-upload-fail.png"))
		dwolla_reject(document, json_pack("[s]", "ScanNotReadable"));
	else
		json_object_set_new(document, "verdict",
				    json_string("accepted"));
}

static bool settle_document(json_t *record, json_t *document, int64_t now)
{
	int64_t due = json_integer_value(json_object_get(document, "due"));
	const char *owner = dwolla_text(document, "owner");
	json_t *entry = dwolla_find(json_object_get(record, "owners"), owner);

	if (!due || due > now || !dwolla_is(document, "verdict", "pending"))
		return false;
	decide(document);
	if (!*owner)
		after_customer(record, document, due);
	else if (entry)
		after_owner(record, entry, document, due);
	return true;
}

/* A certification that was not renewed lapses. */
static bool settle_certification(json_t *record, int64_t now)
{
	json_t *certification = json_object_get(record, "certification");
	int64_t since =
		json_integer_value(json_object_get(certification, "since"));

	if (!dwolla_is(certification, "status", "recertify") ||
	    now < since + RECERTIFY_MS)
		return false;
	json_object_set_new(certification, "status",
			    json_string("uncertified"));
	return true;
}

bool dwolla_settle(json_t *record, int64_t now)
{
	bool changed = settle_certification(record, now);
	json_t *document;
	size_t i;

	json_array_foreach(json_object_get(record, "documents"), i, document)
	{
		changed |= settle_document(record, document, now);
	}
	return changed;
}
