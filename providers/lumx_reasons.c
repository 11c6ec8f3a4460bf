/* SPDX-License-Identifier: MIT */
/*
 * Lumx: why something was rejected, and where that leads. Every part of a
 * reason may be missing, and labels come in several spellings, so all of it is
 * searched for, nothing is relied on. https://docs.lumx.io/compliance/rfi
 */
#include "providers/lumx.h"

#include <stdlib.h>
#include <string.h>

/* What label words lead to; the first row found in any label decides, so the
 * graver ones stand above. Letters only, in lower case. */
static const struct lead {
	const char *word;
	enum prov_next next;
} leads[] = {
	{ "fraud", PROV_NEXT_STOP },
	{ "forge", PROV_NEXT_STOP },
	{ "fake", PROV_NEXT_STOP },
	{ "tampered", PROV_NEXT_STOP },
	{ "graphiceditor", PROV_NEXT_STOP },
	{ "sanction", PROV_NEXT_STOP },
	{ "blacklist", PROV_NEXT_STOP },
	{ "blocklist", PROV_NEXT_STOP },
	{ "criminal", PROV_NEXT_STOP },
	{ "compromisedperson", PROV_NEXT_STOP },
	{ "adversemedia", PROV_NEXT_STOP },
	{ "agerequirement", PROV_NEXT_STOP },
	{ "underage", PROV_NEXT_STOP },
	/* The face, not the data, has to be taken again. */
	{ "selfiemismatch", PROV_NEXT_NEW_PICTURE },
	{ "facematch", PROV_NEXT_NEW_PICTURE },
	{ "mismatch", PROV_NEXT_CORRECT_DATA },
	{ "inconsistent", PROV_NEXT_CORRECT_DATA },
	{ "wrongaddress", PROV_NEXT_CORRECT_DATA },
	{ "wrongdata", PROV_NEXT_CORRECT_DATA },
	{ "incorrectdata", PROV_NEXT_CORRECT_DATA },
	{ "applicantdata", PROV_NEXT_CORRECT_DATA },
	{ "invaliddata", PROV_NEXT_CORRECT_DATA },
	{ "invalidtaxid", PROV_NEXT_CORRECT_DATA },
	{ "expired", PROV_NEXT_OTHER_PAPER },
	{ "expiration", PROV_NEXT_OTHER_PAPER },
	{ "outdated", PROV_NEXT_OTHER_PAPER },
	{ "tooold", PROV_NEXT_OTHER_PAPER },
	{ "notadocument", PROV_NEXT_OTHER_PAPER },
	{ "notdocument", PROV_NEXT_OTHER_PAPER },
	{ "idinvalid", PROV_NEXT_OTHER_PAPER },
	{ "wrongdocument", PROV_NEXT_OTHER_PAPER },
	{ "documenttype", PROV_NEXT_OTHER_PAPER },
	{ "unsupported", PROV_NEXT_OTHER_PAPER },
	{ "notaccepted", PROV_NEXT_OTHER_PAPER },
	{ "damaged", PROV_NEXT_OTHER_PAPER },
	{ "badproof", PROV_NEXT_OTHER_PAPER },
	{ "additionaldocument", PROV_NEXT_OTHER_PAPER },
	{ "incompatiblelanguage", PROV_NEXT_OTHER_PAPER },
	{ "screenshot", PROV_NEXT_NEW_PICTURE },
	{ "quality", PROV_NEXT_NEW_PICTURE },
	{ "blur", PROV_NEXT_NEW_PICTURE },
	{ "badphoto", PROV_NEXT_NEW_PICTURE },
	{ "unsatisfactoryphoto", PROV_NEXT_NEW_PICTURE },
	{ "badselfie", PROV_NEXT_NEW_PICTURE },
	{ "blackandwhite", PROV_NEXT_NEW_PICTURE },
	{ "glare", PROV_NEXT_NEW_PICTURE },
	{ "unreadable", PROV_NEXT_NEW_PICTURE },
	{ "cannotberead", PROV_NEXT_NEW_PICTURE },
	{ "incomplete", PROV_NEXT_NEW_PICTURE },
	{ "pagemissing", PROV_NEXT_NEW_PICTURE },
	{ "sidemissing", PROV_NEXT_NEW_PICTURE },
	{ "pending", PROV_NEXT_WAIT },
	{ "notallcheckscompleted", PROV_NEXT_WAIT },
	{ NULL, PROV_NEXT_NONE },
};

/* Letters of TEXT in lower case, a blank between texts. */
static void add_letters(struct buf *out, const char *text)
{
	for (; text && *text && out->len < 2000; text++) {
		if (*text >= 'A' && *text <= 'Z')
			buf_add_char(out, (char)(*text - 'A' + 'a'));
		else if (*text >= 'a' && *text <= 'z')
			buf_add_char(out, *text);
	}
	buf_add_char(out, ' ');
}

static void add_list_letters(struct buf *out, const json_t *labels)
{
	const json_t *label = NULL;
	size_t i;

	json_array_foreach(labels, i, label) if (i < LUMX_LIST_MOST)
		add_letters(out, json_string_value(label));
}

/* Where the labels of HOLDER lead, else its comment, else nowhere. */
static enum prov_next next_of(const json_t *holder)
{
	struct buf letters = { 0 };
	enum prov_next next = PROV_NEXT_NONE;

	add_list_letters(&letters, json_object_get(holder, "rejectLabels"));
	add_list_letters(&letters, json_object_get(holder, "rejectSubLabels"));
	add_letters(&letters, prov_json_word(holder, "comment"));
	for (size_t i = 0; leads[i].word && !next; i++)
		if (strstr(buf_text(&letters), leads[i].word))
			next = leads[i].next;
	buf_release(&letters);
	return next;
}

static void add_labels(struct buf *out, const json_t *labels)
{
	const json_t *label = NULL;
	size_t i;

	json_array_foreach(labels, i, label)
	{
		const char *text = json_string_value(label);

		if (text && *text && out->len < 300)
			buf_addf(out, "%s%s", out->len ? ", " : "", text);
	}
}

/* The comment is written for people; labels are shown as they come. */
static char *message_of(const json_t *holder)
{
	struct buf raw = { 0 };
	char *message = prov_json_text(holder, "comment");

	if (message)
		return message;
	add_labels(&raw, json_object_get(holder, "rejectLabels"));
	add_labels(&raw, json_object_get(holder, "rejectSubLabels"));
	message = raw.len ? prov_clean(buf_text(&raw), 300) : NULL;
	buf_release(&raw);
	return message;
}

static char *code_of(const json_t *holder)
{
	const json_t *labels = json_object_get(holder, "rejectLabels");
	const char *label = json_string_value(json_array_get(labels, 0));

	return label && *label ? prov_clean(label, 64) : NULL;
}

/* OTHERWISE is where it leads when the labels do not say. */
static void set_reason(const struct prov_customer *customer,
		       struct prov_reason *reason, const json_t *holder,
		       enum prov_next otherwise)
{
	free(reason->code);
	free(reason->message);
	reason->code = code_of(holder);
	reason->message = message_of(holder);
	reason->next = next_of(holder);
	if (!reason->next)
		reason->next = otherwise;
	if (customer->stage == PROV_STAGE_CLOSED)
		reason->next = PROV_NEXT_STOP;
}

static void set_sentence(struct prov_reason *reason, const char *text)
{
	free(reason->message);
	reason->message = *text ? prov_clean(text, 300) : NULL;
}

/* One of "documents". A type that cannot be uploaded is listed all the same:
 * somebody has to choose what to send instead. */
static void reject_document(struct prov_customer *customer, const json_t *entry,
			    const char *party)
{
	char *type = prov_json_text(entry, "type");
	char *status = prov_json_text(entry, "status");
	struct prov_requirement *req = NULL;

	if (!json_is_object(entry))
		goto out;
	req = lumx_want(customer, type ? type : "OTHER", party);
	mem_replace(&req->status_word, status ? status : "DECLINED");
	if (prov_same_word(status, "APPROVED")) {
		req->status = PROV_REQ_ACCEPTED;
		goto out;
	}
	req->status = PROV_REQ_REJECTED;
	req->optional = false;
	set_reason(customer, &req->reason, entry,
		   req->kind == PROV_REQ_INFORMATION ? PROV_NEXT_CORRECT_DATA
						     : PROV_NEXT_NEW_PICTURE);
out:
	free(type);
	free(status);
}

/* A reason for all of a party stands on an entry of its own. */
static void reject_party(struct prov_customer *customer, const json_t *reason,
			 const char *party)
{
	struct prov_requirement *req = NULL;

	if (json_array_size(json_object_get(reason, "documents")) ||
	    !json_array_size(json_object_get(reason, "rejectLabels")))
		return;
	req = lumx_want(customer, "VERIFICATION", party);
	req->status = PROV_REQ_REJECTED;
	set_reason(customer, &req->reason, reason, PROV_NEXT_NONE);
}

static void apply(struct prov_customer *customer, const json_t *reason,
		  const char *party);

/* The members that may say which party it is are not documented. */
static void reject_parties(struct prov_customer *customer,
			   const json_t *parties)
{
	static const char *const names[] = { "id", "associatedPartyId",
					     "partyId", NULL };
	const json_t *entry = NULL;
	size_t i;

	json_array_foreach(parties, i, entry)
	{
		const json_t *reason = json_object_get(entry, "statusReason");
		char *id = NULL;

		if (i >= LUMX_LIST_MOST)
			break;
		for (size_t n = 0; names[n] && !id; n++)
			id = prov_json_id(entry, names[n]);
		if (id)
			apply(customer, reason ? reason : entry, id);
		free(id);
	}
}

static void apply(struct prov_customer *customer, const json_t *reason,
		  const char *party)
{
	const json_t *entry = NULL;
	size_t i;

	json_array_foreach(json_object_get(reason, "documents"), i,
			   entry) if (i < LUMX_LIST_MOST)
		reject_document(customer, entry, party);
	if (party) {
		reject_party(customer, reason, party);
		return;
	}
	set_reason(customer, &customer->reason, reason, PROV_NEXT_NONE);
	reject_parties(customer, json_object_get(reason, "associatedParties"));
}

void lumx_reasons(struct prov_customer *customer, const json_t *holder,
		  const char *party)
{
	const json_t *inner = json_object_get(holder, "verification");
	const json_t *reason = json_object_get(inner, "statusReason");

	if (!reason)
		reason = json_object_get(holder, "statusReason");
	if (json_is_object(reason))
		apply(customer, reason, party);
	else if (json_is_string(reason) && !party)
		set_sentence(&customer->reason, json_string_value(reason));
}
