/* SPDX-License-Identifier: MIT */
/*
 * Dinie: the kyc array. An item has no state in the published field list; what
 * it is follows from its message and the time of its upload, unless a status
 * is there all the same. https://dinie.nexaedge.dev/apis/openapi/customers
 */
#include "providers/dinie.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *word;
	enum prov_req_status status;
} status_words[] = {
	{ "pending", PROV_REQ_MISSING },
	{ "submitted", PROV_REQ_SENT },
	{ "approved", PROV_REQ_ACCEPTED },
	{ "accepted", PROV_REQ_ACCEPTED },
	{ "rejected", PROV_REQ_REJECTED },
	{ "pending_correction", PROV_REQ_REJECTED },
};

/* What the words of a reviewer lead to; folded, as text_fold() writes. */
static const struct {
	const char *word;
	enum prov_next next;
} leads[] = {
	{ "vencid", PROV_NEXT_OTHER_PAPER },
	{ "expirad", PROV_NEXT_OTHER_PAPER },
	{ "expired", PROV_NEXT_OTHER_PAPER },
	{ "fora da validade", PROV_NEXT_OTHER_PAPER },
	{ "desatualizad", PROV_NEXT_OTHER_PAPER },
	{ "antig", PROV_NEXT_OTHER_PAPER },
	{ "older than", PROV_NEXT_OTHER_PAPER },
	{ "nao pertence", PROV_NEXT_OTHER_PAPER },
	{ "does not belong", PROV_NEXT_OTHER_PAPER },
	{ "outro documento", PROV_NEXT_OTHER_PAPER },
	{ "another document", PROV_NEXT_OTHER_PAPER },
};

static enum prov_next next_of(const char *message)
{
	enum prov_next next = PROV_NEXT_NEW_PICTURE;
	char *folded = text_fold(message ? message : "");

	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (strstr(folded, leads[i].word)) {
			next = leads[i].next;
			break;
		}
	free(folded);
	return next;
}

static bool has_message(const json_t *item)
{
	const char *text = prov_json_word(item, "message");

	return text && *text;
}

/* A time is text, or a number of the newer interface. */
static bool is_uploaded(const json_t *item)
{
	const json_t *time = json_object_get(item, "uploaded_at");
	const char *text = json_string_value(time);

	return (text && *text) || json_is_number(time);
}

/* By the status word if it is one of ours, else by what is there. */
static enum prov_req_status derive(const json_t *item)
{
	const char *word = prov_json_word(item, "status");

	for (size_t i = 0; i < sizeof(status_words) / sizeof(status_words[0]);
	     i++)
		if (prov_same_word(status_words[i].word, word))
			return status_words[i].status;
	if (prov_same_word(prov_json_word(item, "kind"), "data") ||
	    has_message(item))
		return PROV_REQ_REJECTED;
	return is_uploaded(item) ? PROV_REQ_SENT : PROV_REQ_MISSING;
}

/* What has arrived shares the fate of the whole. */
static enum prov_req_status settle(const struct prov_customer *customer,
				   enum prov_req_status status)
{
	if (customer->stage == PROV_STAGE_APPROVED)
		return PROV_REQ_ACCEPTED;
	if (customer->stage == PROV_STAGE_IN_REVIEW && status == PROV_REQ_SENT)
		return PROV_REQ_IN_REVIEW;
	return status;
}

static void set_status(const struct prov_customer *customer,
		       struct prov_requirement *req, const json_t *item)
{
	req->status = settle(customer, derive(item));
	req->status_word = prov_json_text(item, "status");
	if (req->status != PROV_REQ_REJECTED)
		return;
	req->reason.message = prov_json_text(item, "message");
	req->reason.next = req->kind == PROV_REQ_INFORMATION
				   ? PROV_NEXT_CORRECT_DATA
				   : next_of(req->reason.message);
}

static bool is_listed(const struct prov_customer *customer,
		      const struct doc_type *type, enum doc_side side,
		      const struct prov_form *form, const char *code)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->type == type && req->side == side &&
		    req->form == form &&
		    (type || form || strcmp(req->code, code) == 0))
			return true;
	}
	return false;
}

/* The members that a form may change, as form_answers_from_json() reads them;
 * NULL: nothing is known. */
static char *known_of(const struct form_schema *schema, const json_t *root)
{
	json_t *known = json_object();
	char *text = NULL;

	for (const struct form_field *field = schema->fields; field->key;
	     field++) {
		char *value = prov_json_text(root, field->key);

		if (value)
			json_object_set_new(known, field->key,
					    json_string(value));
		mem_free_private(value);
	}
	if (json_object_size(known))
		text = json_dumps(known, JSON_COMPACT);
	json_decref(known);
	return text;
}

/* How it has to be called when its type and side do not say it; else NULL. */
static char *target_of(const struct prov_requirement *req, const char *name)
{
	char *joined = dinie_type_name(req->type, req->side);
	char *target = strcmp(joined, name) ? mem_dup(name) : NULL;

	free(joined);
	return target;
}

/* What an item was sent, by its time: rejected in the same words once more, it
 * is another paper. Approved ones vanish, so this is no list of all. */
static void add_paper(struct prov_customer *customer,
		      const struct prov_requirement *req, const json_t *item)
{
	const json_t *time = json_object_get(item, "uploaded_at");
	struct prov_paper *paper = prov_customer_add_paper(customer);

	paper->type = mem_dup(req->type->code);
	paper->side = req->side;
	paper->version = json_is_string(time)
				 ? prov_json_text(item, "uploaded_at")
				 : mem_printf("%.0f", json_number_value(time));
}

/* How a label may name a side; folded. */
static const struct {
	const char *tail;
	enum doc_side side;
} label_tails[] = {
	{ "(frente)", DOC_SIDE_FRONT }, { "frente", DOC_SIDE_FRONT },
	{ "(front)", DOC_SIDE_FRONT },	{ "front", DOC_SIDE_FRONT },
	{ "(verso)", DOC_SIDE_BACK },	{ "verso", DOC_SIDE_BACK },
	{ "(back)", DOC_SIDE_BACK },	{ "back", DOC_SIDE_BACK },
};

/* "RG (frente)" is "RG": which side it is, the program says in its own words,
 * and both sides are one paper. LABEL is taken; NULL where nothing is left. */
static char *without_side(char *label, enum doc_side side)
{
	char *folded = text_fold(label ? label : "");
	size_t tails = sizeof(label_tails) / sizeof(label_tails[0]);
	size_t len = label ? strlen(label) : 0;
	size_t folded_len = strlen(folded);

	for (size_t i = 0; i < tails && side != DOC_SIDE_NONE; i++) {
		size_t tail = strlen(label_tails[i].tail);

		/* The tails are ASCII: as long folded as not. */
		if (label_tails[i].side != side || folded_len < tail ||
		    len < tail ||
		    strcmp(folded + folded_len - tail, label_tails[i].tail))
			continue;
		len -= tail;
		while (len && strchr(" -,/", label[len - 1]))
			len--;
		label[len] = '\0';
		break;
	}
	free(folded);
	if (label && label[0])
		return label;
	free(label);
	return NULL;
}

/* A file, a field, the check in a browser, or something nobody knows. */
static void want_item(struct prov_customer *customer, const json_t *root,
		      const json_t *item)
{
	const char *name = prov_json_word(item, "type");
	const char *kind = prov_json_word(item, "kind");
	struct prov_requirement wanted = { .kind = PROV_REQ_OTHER };
	struct prov_requirement *req = NULL;
	char *code = NULL;

	if (!json_is_object(item))
		return;
	code = prov_clean(name && *name ? name : "unknown", 64);
	if (prov_same_word(name, DINIE_BIOMETRICS)) {
		wanted.kind = PROV_REQ_TERMS;
	} else if (prov_same_word(kind, "data")) {
		wanted.kind = PROV_REQ_INFORMATION;
		wanted.form = dinie_form(name);
	} else if (prov_same_word(kind, "document") && name) {
		wanted.type = dinie_type(name, &wanted.side);
		if (wanted.type)
			wanted.kind = PROV_REQ_DOCUMENT;
	}
	if (is_listed(customer, wanted.type, wanted.side, wanted.form, code)) {
		free(code);
		return;
	}
	req = prov_customer_require(customer);
	*req = wanted;
	req->code = code;
	req->label =
		without_side(prov_json_text(item, "description"), req->side);
	if (req->form)
		req->known = known_of(req->form->schema, root);
	if (req->type)
		req->target = target_of(req, name);
	set_status(customer, req, item);
	if (req->type && is_uploaded(item))
		add_paper(customer, req, item);
}

/* The newer interface, to be read only. */

static char *newer_label(const json_t *item)
{
	const json_t *subject = json_object_get(item, "subject");
	char *label = prov_json_text(item, "label");
	char *name = prov_json_text(subject, "name");
	char *both = NULL;

	if (label && name)
		both = mem_printf("%s (%s)", label, name);
	free(name);
	if (!both)
		return label;
	free(label);
	return both;
}

static void want_newer(struct prov_customer *customer, const json_t *item)
{
	const json_t *sent = json_object_get(item, "submitted");
	const char *word = prov_json_word(sent, "review_status");
	const char *id = prov_json_word(item, "requirement_id");
	struct prov_requirement *req = NULL;

	if (!json_is_object(item))
		return;
	if (!id || !*id)
		id = prov_json_word(item, "requirement_type");
	req = prov_customer_require(customer);
	req->code = prov_clean(id && *id ? id : "unknown", 64);
	req->label = newer_label(item);
	req->optional = json_is_false(json_object_get(item, "mandatory"));
	if (json_is_object(sent))
		req->status = PROV_REQ_SENT;
	if (prov_same_word(word, "pending"))
		req->status = PROV_REQ_IN_REVIEW;
	else if (prov_same_word(word, "accepted"))
		req->status = PROV_REQ_ACCEPTED;
	else if (prov_same_word(word, "rejected"))
		req->status = PROV_REQ_REJECTED;
	req->status_word = prov_json_text(sent, "review_status");
	if (req->status == PROV_REQ_REJECTED) {
		req->reason.message = prov_json_text(sent, "review_reason");
		req->reason.next = next_of(req->reason.message);
	}
}

bool dinie_is_newer(const json_t *root)
{
	const json_t *item = NULL;
	size_t i;

	json_array_foreach(
		json_object_get(root, "kyc"), i,
		item) if (json_object_get(item,
					  "requirement_type")) return true;
	return false;
}

/* Documents first, then fields, then what only the customer can do; each as
 * Dinie orders them. */
static size_t place_of(const struct prov_requirement *req)
{
	static const size_t ranks[] = {
		[PROV_REQ_DOCUMENT] = 0, [PROV_REQ_INFORMATION] = 1,
		[PROV_REQ_TERMS] = 2,	 [PROV_REQ_OTHER] = 3,
		[PROV_REQ_START] = 4,
	};

	return ranks[req->kind];
}

void dinie_want(struct prov_customer *customer, const json_t *root)
{
	const json_t *list = json_object_get(root, "kyc");
	bool newer = dinie_is_newer(root);
	const json_t *item = NULL;
	size_t i;

	json_array_foreach(list, i, item)
	{
		if (i >= DINIE_LIST_MOST)
			break;
		if (newer)
			want_newer(customer, item);
		else
			want_item(customer, root, item);
	}
	prov_customer_sort(customer, place_of);
}
