/* SPDX-License-Identifier: MIT */
/* What a provider says of a customer: its lifecycle, and its way into the
 * record and back. */
#include "providers/customer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/i18n.h"
#include "forms/mem.h"

static const char *const kind_names[] = {
	[PROV_INDIVIDUAL] = "individual",
	[PROV_BUSINESS] = "business",
	NULL,
};

static const char *const stage_names[] = {
	[PROV_STAGE_UNKNOWN] = "unknown",
	[PROV_STAGE_NOT_STARTED] = "not_started",
	[PROV_STAGE_IN_REVIEW] = "in_review",
	[PROV_STAGE_ACTION_NEEDED] = "action_needed",
	[PROV_STAGE_APPROVED] = "approved",
	[PROV_STAGE_CLOSED] = "closed",
	NULL,
};

static const char *const next_names[] = {
	[PROV_NEXT_NONE] = "",
	[PROV_NEXT_NEW_PICTURE] = "new_picture",
	[PROV_NEXT_CORRECT_DATA] = "correct_data",
	[PROV_NEXT_OTHER_PAPER] = "other_paper",
	[PROV_NEXT_WAIT] = "wait",
	[PROV_NEXT_STOP] = "stop",
	NULL,
};

/* Only in the record. */
static const char *const req_kind_names[] = {
	[PROV_REQ_OTHER] = "other",
	[PROV_REQ_DOCUMENT] = "document",
	[PROV_REQ_INFORMATION] = "information",
	[PROV_REQ_TERMS] = "terms",
	[PROV_REQ_START] = "start",
	NULL,
};

static const char *const req_status_names[] = {
	[PROV_REQ_MISSING] = "missing",	    [PROV_REQ_SENT] = "sent",
	[PROV_REQ_IN_REVIEW] = "in_review", [PROV_REQ_ACCEPTED] = "accepted",
	[PROV_REQ_REJECTED] = "rejected",   NULL,
};

const char *prov_kind_name(enum prov_kind kind)
{
	return kind_names[kind];
}

const char *prov_stage_name(enum prov_stage stage)
{
	return stage_names[stage];
}

const char *prov_next_name(enum prov_next next)
{
	return next_names[next];
}

static void reason_release(struct prov_reason *reason)
{
	free(reason->code);
	free(reason->message);
}

void prov_customer_release(struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		struct prov_requirement *req = &customer->requirements[i];

		free(req->code);
		free(req->party);
		free(req->status_word);
		reason_release(&req->reason);
	}
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
	mem_free_private(customer->information);
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

const struct prov_party *prov_customer_party(const struct prov_customer *c,
					     const char *id)
{
	for (size_t i = 0; id && i < c->party_count; i++)
		if (c->parties[i].id && strcmp(c->parties[i].id, id) == 0)
			return &c->parties[i];
	return NULL;
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

/* A NULL text leaves the member out. */
static void put(json_t *object, const char *name, const char *text)
{
	if (text)
		json_object_set_new(object, name, json_string(text));
}

static void put_reason(json_t *object, const struct prov_reason *reason)
{
	json_t *out = NULL;

	if (!reason->code && !reason->message && !reason->next)
		return;
	out = json_object();
	put(out, "code", reason->code);
	put(out, "message", reason->message);
	put(out, "next", next_names[reason->next]);
	json_object_set_new(object, "reason", out);
}

static json_t *requirement_json(const struct prov_requirement *req)
{
	json_t *out = json_object();

	put(out, "kind", req_kind_names[req->kind]);
	put(out, "code", req->code);
	put(out, "type", req->type ? req->type->code : NULL);
	put(out, "party", req->party);
	put(out, "group", req->group);
	json_object_set_new(out, "optional", json_boolean(req->optional));
	put(out, "status", req_status_names[req->status]);
	put(out, "status_word", req->status_word);
	put_reason(out, &req->reason);
	return out;
}

static json_t *party_json(const struct prov_party *party)
{
	json_t *out = json_object();

	put(out, "id", party->id);
	put(out, "name", party->name);
	put(out, "kind", kind_names[party->kind]);
	put(out, "role", party->role);
	put(out, "stage", stage_names[party->stage]);
	put(out, "stage_word", party->stage_word);
	return out;
}

void prov_customer_to_json(const struct prov_customer *customer,
			   struct buf *out)
{
	json_t *root = json_object();
	json_t *requirements = json_array();
	json_t *parties = json_array();
	char *text = NULL;

	put(root, "id", customer->id);
	put(root, "name", customer->name);
	put(root, "kind", kind_names[customer->kind]);
	put(root, "country", customer->country);
	put(root, "tax_id", customer->tax_id);
	put(root, "email", customer->email);
	put(root, "stage", stage_names[customer->stage]);
	put(root, "stage_word", customer->stage_word);
	put_reason(root, &customer->reason);
	put(root, "link", customer->link);
	put(root, "information", customer->information);
	put(root, "closed_because", customer->closed_because);
	for (size_t i = 0; i < customer->requirement_count; i++)
		json_array_append_new(
			requirements,
			requirement_json(&customer->requirements[i]));
	for (size_t i = 0; i < customer->party_count; i++)
		json_array_append_new(parties,
				      party_json(&customer->parties[i]));
	json_object_set_new(root, "requirements", requirements);
	json_object_set_new(root, "parties", parties);
	text = json_dumps(root, JSON_COMPACT);
	buf_add_text(out, text ? text : "{}");
	mem_free_private(text);
	json_decref(root);
}

static char *take(const json_t *object, const char *name)
{
	return mem_dup(json_string_value(json_object_get(object, name)));
}

/* The index of the named member's word in NAMES; what is not there is 0. */
static int take_word(const json_t *object, const char *name,
		     const char *const *names)
{
	const char *word = json_string_value(json_object_get(object, name));

	for (int i = 0; word && names[i]; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	return 0;
}

static void take_reason(const json_t *object, struct prov_reason *reason)
{
	const json_t *in = json_object_get(object, "reason");

	reason->code = take(in, "code");
	reason->message = take(in, "message");
	reason->next = (enum prov_next)take_word(in, "next", next_names);
}

static const char *group_of(const json_t *in, const char *const *groups)
{
	const char *name = json_string_value(json_object_get(in, "group"));

	for (; name && groups && *groups; groups++)
		if (strcmp(*groups, name) == 0)
			return *groups;
	return NULL;
}

static void requirement_from(const json_t *in, struct prov_requirement *req,
			     const struct doc_type *types,
			     const char *const *groups)
{
	const char *type = json_string_value(json_object_get(in, "type"));

	req->kind = (enum prov_req_kind)take_word(in, "kind", req_kind_names);
	req->code = take(in, "code");
	req->type = type && types ? doc_type_find(types, type) : NULL;
	/* A type that this version does not know any more. */
	if (req->kind == PROV_REQ_DOCUMENT && !req->type)
		req->kind = PROV_REQ_OTHER;
	req->party = take(in, "party");
	req->group = group_of(in, groups);
	req->optional = json_is_true(json_object_get(in, "optional"));
	req->status =
		(enum prov_req_status)take_word(in, "status", req_status_names);
	req->status_word = take(in, "status_word");
	take_reason(in, &req->reason);
}

static void party_from(const json_t *in, struct prov_party *party)
{
	party->id = take(in, "id");
	party->name = take(in, "name");
	party->kind = (enum prov_kind)take_word(in, "kind", kind_names);
	party->role = take(in, "role");
	party->stage = (enum prov_stage)take_word(in, "stage", stage_names);
	party->stage_word = take(in, "stage_word");
}

static void texts_from(const json_t *root, struct prov_customer *customer)
{
	const char *country =
		json_string_value(json_object_get(root, "country"));

	customer->id = take(root, "id");
	customer->name = take(root, "name");
	customer->kind = (enum prov_kind)take_word(root, "kind", kind_names);
	if (country && strlen(country) < sizeof(customer->country))
		memcpy(customer->country, country, strlen(country) + 1);
	customer->tax_id = take(root, "tax_id");
	customer->email = take(root, "email");
	customer->stage =
		(enum prov_stage)take_word(root, "stage", stage_names);
	customer->stage_word = take(root, "stage_word");
	take_reason(root, &customer->reason);
	customer->link = take(root, "link");
	customer->information = take(root, "information");
	customer->closed_because = take(root, "closed_because");
}

int prov_customer_from_json(struct prov_customer *customer, const char *json,
			    const struct doc_type *types,
			    const char *const *groups, struct err *err)
{
	struct prov_customer loaded = { 0 };
	json_t *root = json_loads(json, 0, NULL);
	json_t *item = NULL;
	size_t i;

	if (!json_is_object(root)) {
		json_decref(root);
		return err_set(err, ERR_STORE,
			       _("cannot read a stored customer: not an "
				 "object"));
	}
	texts_from(root, &loaded);
	json_array_foreach(json_object_get(root, "requirements"), i, item)
		requirement_from(item, prov_customer_require(&loaded), types,
				 groups);
	json_array_foreach(json_object_get(root, "parties"), i, item)
		party_from(item, prov_customer_add_party(&loaded));
	json_decref(root);
	prov_customer_release(customer);
	*customer = loaded;
	return 0;
}
