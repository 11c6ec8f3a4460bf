/* SPDX-License-Identifier: MIT */
#include "tests/cases/maker.h"

#include "forms/form.h"
#include "providers/reply.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))
static const struct form_field fields[] = {
	{ .key = "name", .kind = FORM_TEXT, .label = "Name" },
	{ .key = "tax_id",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .label = "Tax id" },
	{ .key = NULL },
};

static const struct form_schema person = {
	.name = "maker_person",
	.title = "New person",
	.fields = fields,
};

static int make_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	struct buf json = { 0 };

	request->method = "POST";
	form_answers_to_json(ctx->form->schema, ctx->answers, NULL, &json);
	prov_request_header(request, "Idempotency-Key", "%s", ctx->key);
	prov_request_body(request, "application/json", buf_take(&json));
	return prov_request_path(request, err, "/customers");
}

static void make_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)ctx;
	(void)into;
	if (reply->status / 100 == 2) {
		prov_reply_accept(result, root);
	} else {
		result->outcome = PROV_REFUSED;
		result->wait_ms = -1;
		result->code = mem_dup(reply->status == 409 ? PROV_CODE_EXISTS
							    : "bad");
		result->message = mem_dup("not so");
		findings_add(&result->problems, FINDING_ERROR, "bad", "tax_id",
			     "not so");
	}
	json_decref(root);
}

static int list_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	(void)ctx;
	request->method = "GET";
	return prov_request_path(request, err, "/customers");
}

static void fill(const json_t *root, struct prov_customer *customer)
{
	customer->id = prov_json_id(root, "id");
	customer->tax_id = prov_json_text(root, "tax_id");
}

static void list_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	struct prov_page *page = into;

	(void)ctx;
	prov_page_fill(page, json_object_get(root, "data"), 100, fill);
	page->next = prov_json_text(root, "next");
	prov_reply_accept(result, NULL);
	json_decref(root);
}

const struct prov_creation maker_creations[] = {
	{ .form = PROV_MAKES(&person, DOC_FOR_PERSON, make_build, make_read),
	  .kind = PROV_INDIVIDUAL,
	  .name = "name",
	  .tax_id = "tax_id" },
	{ .form = { .schema = NULL } },
};

const struct provider maker = {
	.name = "maker",
	.title = "Maker",
	.creations = maker_creations,
	.customer_list = { list_build, list_read },
	.customer_read = { { .op = { list_build, list_read } } },
	.key_life_ms = DAY_MS,
};

void maker_fill_in(struct case_newcomer *newcomer, struct desk *desk,
		   const char *tax_id)
{
	struct form_answers *answers = form_answers_new();

	form_answer_set(answers, "name", "Ana Lima");
	OK(case_newcomer_begin(desk->store, &desk->profile, maker_creations,
			       answers, newcomer, &err));
	OK(case_newcomer_put(desk->store, &desk->profile, newcomer, "tax_id",
			     tax_id, &err));
	form_answers_free(answers);
}

int64_t maker_submit(struct case_newcomer *newcomer, struct desk *desk)
{
	int64_t id = 0;

	OK(case_newcomer_submit(desk->store, &desk->profile, newcomer, &id,
				&err));
	return id;
}

bool maker_has(struct desk *desk, const char *id)
{
	struct case_newcomer found = { 0 };
	struct err err = { 0 };
	int got = case_newcomer_load(desk->store, &desk->profile, id, &found,
				     &err);

	case_newcomer_release(&found);
	assert_true(got >= 0);
	return got;
}
