/* SPDX-License-Identifier: MIT */
/* What a provider says of a customer: its way into the record and back. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "providers/provider.h"

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

/* A NULL text leaves the member out. */
static void put(json_t *object, const char *name, const char *text)
{
	if (text)
		json_object_set_new(object, name, json_string(text));
}

static void put_count(json_t *object, const char *name, unsigned count)
{
	if (count)
		json_object_set_new(object, name, json_integer(count));
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
	put(out, "field", reason->field);
	json_object_set_new(object, "reason", out);
}

static void put_offers(json_t *object, const struct prov_requirement *req)
{
	json_t *list = json_array();

	for (size_t i = 0; i < req->offer_count; i++)
		json_array_append_new(list,
				      json_pack("{ss* ss* ss*}", "field",
						req->offers[i].field, "code",
						req->offers[i].code, "label",
						req->offers[i].label));
	if (json_array_size(list))
		json_object_set(object, "offers", list);
	json_decref(list);
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
	json_object_set_new(out, "unlisted", json_boolean(req->unlisted));
	put(out, "status", req_status_names[req->status]);
	put(out, "status_word", req->status_word);
	put(out, "label", req->label);
	put(out, "side",
	    *doc_side_name(req->side) ? doc_side_name(req->side) : NULL);
	put(out, "form", req->form ? req->form->schema->name : NULL);
	put(out, "known", req->known);
	put(out, "target", req->target);
	put(out, "bundle", req->bundle);
	put_offers(out, req);
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
	put_count(out, "pending", party->pending);
	put_count(out, "pending_most", party->pending_most);
	return out;
}

static json_t *paper_json(const struct prov_paper *paper)
{
	json_t *out = json_object();

	put(out, "id", paper->id);
	put(out, "type", paper->type);
	put(out, "side", doc_side_name(paper->side));
	put(out, "party", paper->party);
	put(out, "version", paper->version);
	json_object_set_new(out, "made_ms", json_integer(paper->made_ms));
	return out;
}

void prov_customer_to_json(const struct prov_customer *customer,
			   struct buf *out)
{
	json_t *root = json_object();
	json_t *requirements = json_array();
	json_t *parties = json_array();
	json_t *papers = json_array();
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
	put(root, "record", customer->record);
	put_count(root, "pending", customer->pending);
	put_count(root, "pending_most", customer->pending_most);
	put(root, "closed_because", customer->closed_because);
	for (size_t i = 0; i < customer->requirement_count; i++)
		json_array_append_new(
			requirements,
			requirement_json(&customer->requirements[i]));
	for (size_t i = 0; i < customer->party_count; i++)
		json_array_append_new(parties,
				      party_json(&customer->parties[i]));
	json_object_set_new(root, "requirements", requirements);
	for (size_t i = 0; i < customer->paper_count; i++)
		json_array_append_new(papers, paper_json(&customer->papers[i]));
	json_object_set_new(root, "parties", parties);
	json_object_set_new(root, "papers", papers);
	json_object_set_new(root, "lists_papers",
			    json_boolean(customer->lists_papers));
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

/* The key of a field, as a form of the provider's has it. */
static const char *key_of(const struct provider *provider, const char *key)
{
	for (const struct prov_form *form = provider->forms;
	     key && form && form->schema; form++) {
		const struct form_field *field =
			form_field_find(form->schema, key);

		if (field)
			return field->key;
	}
	return NULL;
}

static void take_reason(const json_t *object, const struct provider *provider,
			struct prov_reason *reason)
{
	const json_t *in = json_object_get(object, "reason");

	reason->code = take(in, "code");
	reason->message = take(in, "message");
	reason->next = (enum prov_next)take_word(in, "next", next_names);
	reason->field = key_of(provider,
			       json_string_value(json_object_get(in, "field")));
}

static const char *group_of(const json_t *in, const char *const *groups)
{
	const char *name = json_string_value(json_object_get(in, "group"));

	for (; name && groups && *groups; groups++)
		if (strcmp(*groups, name) == 0)
			return *groups;
	return NULL;
}

static void offers_from(const json_t *in, struct prov_requirement *req)
{
	const json_t *item = NULL;
	size_t i;

	json_array_foreach(json_object_get(in, "offers"), i, item)
		prov_requirement_offer(
			req, json_string_value(json_object_get(item, "field")),
			json_string_value(json_object_get(item, "code")),
			json_string_value(json_object_get(item, "label")));
}

/* Types and forms that this version does not know any more are only named. */
static void resolve(const json_t *in, struct prov_requirement *req,
		    const struct prov_customer *customer,
		    const struct provider *provider)
{
	const char *type = json_string_value(json_object_get(in, "type"));
	const char *form = json_string_value(json_object_get(in, "form"));

	if (type)
		req->type = prov_type(provider, type,
				      prov_holder(customer, req->party));
	if (form)
		req->form = prov_form_find(provider, form);
	if ((req->kind == PROV_REQ_DOCUMENT && !req->type) ||
	    (req->kind == PROV_REQ_INFORMATION && !req->form))
		req->kind = PROV_REQ_OTHER;
}

static void requirement_from(const json_t *in, struct prov_customer *customer,
			     const struct provider *provider)
{
	struct prov_requirement *req = prov_customer_require(customer);
	const char *side = json_string_value(json_object_get(in, "side"));

	req->kind = (enum prov_req_kind)take_word(in, "kind", req_kind_names);
	req->code = take(in, "code");
	req->label = take(in, "label");
	req->party = take(in, "party");
	req->known = take(in, "known");
	req->target = take(in, "target");
	req->bundle = take(in, "bundle");
	if (doc_side_parse(side ? side : "", &req->side))
		req->side = DOC_SIDE_NONE;
	offers_from(in, req);
	resolve(in, req, customer, provider);
	req->group = group_of(in, provider->groups);
	req->optional = json_is_true(json_object_get(in, "optional"));
	req->unlisted = json_is_true(json_object_get(in, "unlisted"));
	req->status =
		(enum prov_req_status)take_word(in, "status", req_status_names);
	req->status_word = take(in, "status_word");
	take_reason(in, provider, &req->reason);
}

static unsigned take_count(const json_t *object, const char *name)
{
	json_int_t count = json_integer_value(json_object_get(object, name));

	return count > 0 && count < 1000000 ? (unsigned)count : 0;
}

static void party_from(const json_t *in, struct prov_party *party)
{
	party->id = take(in, "id");
	party->name = take(in, "name");
	party->kind = (enum prov_kind)take_word(in, "kind", kind_names);
	party->role = take(in, "role");
	party->stage = (enum prov_stage)take_word(in, "stage", stage_names);
	party->stage_word = take(in, "stage_word");
	party->pending = take_count(in, "pending");
	party->pending_most = take_count(in, "pending_most");
}

static void paper_from(const json_t *in, struct prov_paper *paper)
{
	const char *side = json_string_value(json_object_get(in, "side"));

	paper->id = take(in, "id");
	paper->type = take(in, "type");
	if (doc_side_parse(side ? side : "", &paper->side))
		paper->side = DOC_SIDE_NONE;
	paper->party = take(in, "party");
	paper->version = take(in, "version");
	paper->made_ms = json_integer_value(json_object_get(in, "made_ms"));
}

static void texts_from(const json_t *root, const struct provider *provider,
		       struct prov_customer *customer)
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
	take_reason(root, provider, &customer->reason);
	customer->link = take(root, "link");
	customer->record = take(root, "record");
	customer->pending = take_count(root, "pending");
	customer->pending_most = take_count(root, "pending_most");
	customer->lists_papers =
		json_is_true(json_object_get(root, "lists_papers"));
	customer->closed_because = take(root, "closed_because");
}

int prov_customer_from_json(struct prov_customer *customer, const char *json,
			    const struct provider *provider, struct err *err)
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
	texts_from(root, provider, &loaded);
	/* Whose a requirement is decides on its type: parties come first. */
	json_array_foreach(json_object_get(root, "parties"), i, item)
		party_from(item, prov_customer_add_party(&loaded));
	json_array_foreach(json_object_get(root, "requirements"), i, item)
		requirement_from(item, &loaded, provider);
	json_array_foreach(json_object_get(root, "papers"), i, item)
		paper_from(item, prov_customer_add_paper(&loaded));
	json_decref(root);
	prov_customer_release(customer);
	*customer = loaded;
	return 0;
}
