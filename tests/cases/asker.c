/* SPDX-License-Identifier: MIT */
/* A provider that is asked before anything is repeated. */
#include "tests/cases/asker.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool has(const struct prov_ctx *ctx, const char *type,
		enum doc_side side)
{
	for (size_t i = 0; i < ctx->document_count; i++)
		if (strcmp(ctx->documents[i].type->code, type) == 0 &&
		    ctx->documents[i].side == side)
			return true;
	return false;
}

static int document_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	bool front = has(ctx, "ID", DOC_SIDE_FRONT);
	bool back = has(ctx, "ID", DOC_SIDE_BACK);

	if ((front || back) &&
	    !(front && back && has(ctx, "SELFIE", DOC_SIDE_NONE)))
		return err_set(err, ERR_INPUT, "card and selfie go together");
	return desk_provider.document_send.build(ctx, request, err);
}

static int read_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	request->method = "GET";
	return prov_request_path(request, err, "/customers/%s", ctx->customer);
}

static char *text(json_t *from, const char *key)
{
	return mem_dup(json_string_value(json_object_get(from, key)));
}

static void want_record(struct prov_customer *customer, const char *status)
{
	struct prov_requirement *req =
		desk_want(customer, PROV_REQ_INFORMATION, "record");

	req->status =
		strcmp(status, "missing") ? PROV_REQ_SENT : PROV_REQ_MISSING;
}

static void want_selfie(struct prov_customer *customer, const char *status)
{
	struct prov_requirement *req =
		desk_want(customer, PROV_REQ_DOCUMENT, "SELFIE");

	if (!status)
		return;
	req->unlisted = strcmp(status, "unlisted") == 0;
	if (strcmp(status, "sent") == 0)
		req->status = PROV_REQ_SENT;
	if (strcmp(status, "rejected") == 0)
		req->status = PROV_REQ_REJECTED;
}

static void fill(struct prov_customer *customer, json_t *root)
{
	const char *form = json_string_value(json_object_get(root, "form"));
	json_t *one = NULL;
	size_t i;

	customer->lists_papers = !json_object_get(root, "unlisted");
	mem_replace(&customer->record,
		    json_string_value(json_object_get(root, "record")));
	json_array_foreach(json_object_get(root, "papers"), i, one)
	{
		struct prov_paper *paper = prov_customer_add_paper(customer);

		paper->id = text(one, "id");
		paper->type = text(one, "type");
		paper->version = text(one, "version");
		paper->made_ms =
			json_integer_value(json_object_get(one, "made"));
		if (json_object_get(one, "side"))
			assert_int_equal(
				doc_side_parse(
					json_string_value(
						json_object_get(one, "side")),
					&paper->side),
				0);
	}
	json_array_foreach(json_object_get(root, "parties"), i, one)
	{
		struct prov_party *party = prov_customer_add_party(customer);

		party->id = text(one, "id");
		party->name = text(one, "name");
	}
	if (form)
		want_record(customer, form);
	want_selfie(customer,
		    json_string_value(json_object_get(root, "selfie")));
}

static void read_customer(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	struct prov_customer *customer = into;
	json_t *root = NULL;

	if (reply->status != 200) {
		result->outcome = reply->status == 401	 ? PROV_DENIED
				  : reply->status == 503 ? PROV_AGAIN
							 : PROV_REFUSED;
		result->wait_ms = -1;
		result->message = mem_dup("not now");
		return;
	}
	root = json_loads(reply->body, 0, NULL);
	assert_non_null(root);
	mem_replace(&customer->id, ctx->customer);
	fill(customer, root);
	json_decref(root);
	result->outcome = PROV_ACCEPTED;
}

void asker_make(struct provider *out, bool asks, bool keys)
{
	*out = desk_provider;
	out->document_send.build = document_build;
	out->customer_read[0].op =
		(struct prov_op){ read_build, read_customer };
	out->asks_first = asks;
	if (!keys)
		out->key_life_ms = 0;
}

int64_t asker_customer(struct desk *desk, const char *json)
{
	struct prov_customer customer = { 0 };
	json_t *root = json_loads(json, 0, NULL);

	assert_non_null(root);
	customer.id = mem_dup("c1");
	fill(&customer, root);
	json_decref(root);
	return desk_put(desk, &customer);
}

int64_t asker_submit(struct desk *desk, int64_t case_id, const char *type,
		     enum doc_side side, const char *content,
		     const char *bundle)
{
	struct prov_requirement req = { .kind = PROV_REQ_DOCUMENT };
	int64_t document = desk_document(desk, case_id, type, side, content);
	int64_t id = 0;

	req.type = prov_type(desk->profile.provider, type, 0);
	req.bundle = mem_dup(bundle);
	OK(case_submit_document(desk->store, &desk->profile, document, &req,
				&id, &err));
	free(req.bundle);
	return id;
}
