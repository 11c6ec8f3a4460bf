/* SPDX-License-Identifier: MIT */
/* The made-up provider of the desk. */
#include "tests/cases/desk.h"

#include "providers/reply.h"

static const struct doc_type types[] = {
	{ .code = "ID",
	  .label = "Card",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_AND_BACK,
	  .kinds = DOC_JPEG },
	{ .code = "PASS",
	  .label = "Passport",
	  .holders = DOC_FOR_ANYONE,
	  .sides = DOC_FRONT_ONLY,
	  .kinds = DOC_JPEG },
	{ .code = "SELFIE",
	  .label = "Selfie",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = "PROOF",
	  .label = "Proof",
	  .holders = DOC_FOR_ANYONE,
	  .kinds = DOC_JPEG },
	{ .code = NULL },
};

static const char *const groups[] = { "identity", NULL };

static const struct form_field fields[] = {
	{ .key = "phone",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Phone" },
	{ .key = "city", .kind = FORM_TEXT, .label = "City" },
	{ .key = NULL },
};

static const struct form_schema person_schema = {
	.name = "desk_person",
	.title = "Person",
	.fields = fields,
};

static const struct form_field record_fields[] = {
	{ .key = "street",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Street" },
	{ .key = NULL },
};

static const struct form_schema record_schema = {
	.name = "desk_record",
	.title = "Record",
	.fields = record_fields,
};

static const struct form_choice bosses[] = { { NULL, NULL, NULL } };

static const struct form_field owner_fields[] = {
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Name" },
	{ .key = "boss",
	  .kind = FORM_CHOICE,
	  .flags = FORM_OPEN,
	  .choices = bosses,
	  .label = "Boss" },
	{ .key = NULL },
};

static const struct form_schema owner_schema = {
	.name = "desk_owner",
	.title = "Owner",
	.fields = owner_fields,
};

static int build(const struct prov_ctx *ctx, struct prov_request *request,
		 struct err *err)
{
	request->method = "POST";
	request->key = mem_dup(ctx->key);
	prov_request_header(request, "Idempotency-Key", "%s", ctx->key);
	return prov_request_path(request, err, "/customers/%s/things",
				 ctx->customer);
}

static int document_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	if (build(ctx, request, err))
		return -1;
	for (size_t i = 0; i < ctx->document_count; i++) {
		const struct prov_document *document = &ctx->documents[i];

		prov_request_part(request, "type", document->type->code);
		prov_request_part(request, "side",
				  doc_side_name(document->side));
		prov_request_file(request, "file", "document.jpg",
				  "image/jpeg");
	}
	if (ctx->target)
		prov_request_part(request, "target", ctx->target);
	return 0;
}

static int form_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	struct buf json = { 0 };

	if (build(ctx, request, err))
		return -1;
	form_answers_to_json(ctx->form->schema, ctx->answers, "PERSON", &json);
	prov_request_body(request, "application/json", buf_take(&json));
	return 0;
}

static int start_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	if (build(ctx, request, err))
		return -1;
	prov_request_body(request, "application/json",
			  mem_dup("{\"start\":true}"));
	return 0;
}

static void read_any(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	(void)ctx;
	(void)into;
	result->wait_ms = -1;
	result->code = mem_printf("http_%d", reply->status);
	if (reply->status / 100 == 2) {
		result->outcome = PROV_ACCEPTED;
		result->provider_id = mem_dup("p-1");
	} else if (reply->status == 400) {
		result->outcome = PROV_REFUSED;
		result->foreign = prov_reply_is_page(reply);
		result->message = mem_dup("phone is not a number");
		findings_add(&result->problems, FINDING_ERROR, "invalid",
			     "phone", "not a number");
	} else if (reply->status == 401) {
		result->outcome = PROV_DENIED;
		result->message = mem_dup("the key is not known");
	} else if (reply->status == 429 || reply->status == 500 ||
		   reply->status == 503) {
		result->outcome = PROV_AGAIN;
		result->message = mem_dup("busy");
		result->new_key = reply->status != 429;
	}
}

static const struct prov_form forms[] = {
	{ .schema = &person_schema,
	  .holders = DOC_FOR_ANYONE,
	  .rank = PROV_RANK_INFORMATION,
	  .send = { form_build, read_any } },
	{ .schema = &record_schema,
	  .holders = DOC_FOR_ANYONE,
	  .rank = PROV_RANK_INFORMATION,
	  .opens = true,
	  .send = { form_build, read_any } },
	{ .schema = &owner_schema,
	  .use = PROV_FORM_PARTY,
	  .holders = DOC_FOR_BUSINESS,
	  .rank = PROV_RANK_PARTY,
	  .send = { form_build, read_any } },
	{ .schema = NULL },
};

const struct provider desk_provider = {
	.name = "desk",
	.title = "Desk",
	.doctypes = types,
	.groups = groups,
	.forms = forms,
	.document_send = { document_build, read_any },
	.start = { start_build, read_any },
	.key_life_ms = 24 * 3600 * INT64_C(1000),
};
