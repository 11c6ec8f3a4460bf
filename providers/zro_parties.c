/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: shareholders and legal representatives. Somebody who is both is
 * two parties, as it is two entries there.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-get-all-shareholder-rest-controller-execute-v-1
 *	v-1-get-all-legal-representative-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

bool zro_has_role(const struct prov_party *party, const char *role)
{
	return party->role && strcmp(party->role, _(role)) == 0;
}

int zro_shareholders_build(const struct prov_ctx *ctx,
			   struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/v1/users/shareholders"))
		return -1;
	return zro_ask_page(ctx, request, "desc", err);
}

/* This list has no pages. */
int zro_representatives_build(const struct prov_ctx *ctx,
			      struct prov_request *request, struct err *err)
{
	request->method = "GET";
	if (prov_request_path(request, err, "/v1/users/legal-representatives"))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

static bool is_company(const json_t *root)
{
	const char *type = prov_json_word(root, "person_type");
	const char *document = prov_json_word(root, "document");

	return type ? prov_same_word(type, "LEGAL_PERSON")
		    : document && strlen(document) == 14;
}

static bool is_there(const struct prov_customer *customer, const char *id,
		     const char *role)
{
	for (size_t i = 0; i < customer->party_count; i++)
		if (strcmp(customer->parties[i].id, id) == 0 &&
		    zro_has_role(&customer->parties[i], role))
			return true;
	return false;
}

/* The party that ROOT is, new; NULL: it has no id, or is there already. Its
 * data can be corrected: the form for it is the latest requirement. */
static struct prov_party *add_party(struct prov_customer *customer,
				    const json_t *root, const char *role,
				    const char *code,
				    const struct form_schema *schema)
{
	struct prov_party *party = NULL;
	struct prov_requirement *req = NULL;
	char *id = zro_id(root, "id");

	if (!id || customer->party_count >= ZRO_LIST_MOST ||
	    is_there(customer, id, role)) {
		free(id);
		return NULL;
	}
	party = prov_customer_add_party(customer);
	party->id = id;
	party->name = prov_json_text(root, "name");
	if (!party->name)
		party->name = prov_json_text(root, "full_name");
	party->role = mem_dup(_(role));
	party->kind = PROV_INDIVIDUAL;
	req = prov_customer_require(customer);
	req->kind = PROV_REQ_INFORMATION;
	req->code = mem_dup(code);
	req->party = mem_dup(id);
	req->form = zro_form(schema);
	req->known = zro_known(schema, root);
	req->optional = true;
	/* It hangs on the account, and stays whatever becomes of a record. */
	req->status = zro_phase(customer) == ZRO_DEAD
			      ? PROV_REQ_SENT
			      : zro_arrived(zro_phase(customer));
	return party;
}

void zro_shareholders_read(const struct prov_reply *reply,
			   const struct prov_ctx *ctx, void *into,
			   struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);
	const json_t *list = zro_list(data);
	struct prov_customer *customer = into;
	struct prov_party *party = NULL;
	const json_t *item = NULL;
	size_t i;

	if ((reply->status != 200 || !list) && !zro_is_nothing(reply, root)) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	json_array_foreach(list, i, item)
	{
		party = add_party(customer, item, ZRO_SHAREHOLDER,
				  ZRO_SHAREHOLDER_FIX,
				  &zro_schema_shareholder_fix);
		if (party && is_company(item))
			party->kind = PROV_BUSINESS;
	}
	prov_reply_accept(result, NULL);
	if (customer->party_count < ZRO_LIST_MOST)
		result->more = zro_next_page(data, ctx);
out:
	json_decref(root);
}

/* Whether the list names the shareholder is not said; if it does and there is
 * none, the review cannot begin before it is corrected. */
static void want_link(struct prov_customer *customer, const json_t *root)
{
	const json_t *link = json_object_get(root, "shareholder_id");
	const char *id = json_string_value(link);
	struct prov_requirement *req =
		&customer->requirements[customer->requirement_count - 1];

	if (!link || (id && *id))
		return;
	req->optional = false;
	req->status = PROV_REQ_MISSING;
	req->reason.message =
		mem_dup(_("this representative is not linked to a "
			  "shareholder"));
	req->reason.next = PROV_NEXT_CORRECT_DATA;
}

static void add_representative(struct prov_customer *customer,
			       const json_t *root)
{
	struct prov_party *party = NULL;

	party = add_party(customer, root, ZRO_REPRESENTATIVE,
			  ZRO_REPRESENTATIVE_FIX,
			  &zro_schema_representative_fix);
	if (!party)
		return;
	if (json_is_false(json_object_get(root, "active"))) {
		party->stage = PROV_STAGE_CLOSED;
		return;
	}
	want_link(customer, root);
}

void zro_representatives_read(const struct prov_reply *reply,
			      const struct prov_ctx *ctx, void *into,
			      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *list = zro_list(zro_data(root));
	const json_t *item = NULL;
	size_t i;

	if ((reply->status != 200 || !list) && !zro_is_nothing(reply, root)) {
		zro_fail(reply, ctx, result);
		goto out;
	}
	json_array_foreach(list, i, item) add_representative(into, item);
	prov_reply_accept(result, NULL);
out:
	json_decref(root);
}
