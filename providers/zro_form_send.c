/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: how each form is sent. What is opened or added carries a UUID of
 * ours for the new thing; what is corrected names the old one.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-update-shareholder-rest-controller-execute-v-1
 *	v-2-update-legal-representative-rest-controller-execute-v-2
 *	v-1-delete-legal-representative-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

/* What a form answers with; a sandbox's 200 for a 201 is no reason to doubt. */
static bool is_done(const struct prov_reply *reply)
{
	return prov_reply_succeeded(reply, 200) ||
	       prov_reply_succeeded(reply, 201);
}

/* The answers as the body; the path is set. */
static int add_body(const struct prov_ctx *ctx, unsigned flags,
		    const struct form_schema *schema,
		    struct prov_request *request, struct err *err)
{
	json_t *body = NULL;

	if (!ctx->answers)
		return err_set(err, ERR_BUG, "no answers to send");
	if (zro_headers(ctx, flags, request, err))
		return -1;
	body = zro_body(schema, ctx->answers, err);
	if (!body)
		return -1;
	prov_request_body(request, "application/json", zro_dump(body));
	zro_forget(body);
	return 0;
}

static int post(const struct prov_ctx *ctx, const char *path,
		const struct form_schema *schema, struct prov_request *request,
		struct err *err)
{
	request->method = "POST";
	mem_replace(&request->path, path);
	return add_body(ctx, ZRO_KEYED, schema, request, err);
}

static int natural_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	return post(ctx, "/v1/users/onboardings", &zro_schema_natural, request,
		    err);
}

static int legal_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	return post(ctx, "/v1/users/onboardings/legal-person",
		    &zro_schema_legal, request, err);
}

/* https://docs.zroglobal.io/baas/endpoints/
 * v-2-create-legal-person-onboarding-rest-controller-execute-v-2 */
static int legal_terms_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	if (ctx->answers &&
	    !form_answer_is(ctx->answers, "accepted_terms", "true"))
		return err_set(err, ERR_INPUT,
			       _("the company has to accept the terms "
				 "first ('accepted_terms')"));
	return post(ctx, "/v2/users/onboardings/legal-person",
		    &zro_schema_legal_terms, request, err);
}

static int shareholder_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	return post(ctx, "/v1/users/shareholders", &zro_schema_shareholder,
		    request, err);
}

static int representative_build(const struct prov_ctx *ctx,
				struct prov_request *request, struct err *err)
{
	return post(ctx, "/v3/users/legal-representatives",
		    &zro_schema_representative, request, err);
}

static int shareholder_fix_build(const struct prov_ctx *ctx,
				 struct prov_request *request, struct err *err)
{
	request->method = "PUT";
	if (prov_request_path(request, err, "/v1/users/shareholders/%s",
			      ctx->party))
		return -1;
	return add_body(ctx, ZRO_KEYED, &zro_schema_shareholder_fix, request,
			err);
}

/* One page unlinks the shareholder when it is left out, another keeps it: the
 * form wants it always. */
static int representative_fix_build(const struct prov_ctx *ctx,
				    struct prov_request *request,
				    struct err *err)
{
	request->method = "PUT";
	if (prov_request_path(request, err,
			      "/v2/users/legal-representatives/%s", ctx->party))
		return -1;
	return add_body(ctx, 0, &zro_schema_representative_fix, request, err);
}

static int removal_build(const struct prov_ctx *ctx,
			 struct prov_request *request, struct err *err)
{
	if (!ctx->answers || !form_answer_is(ctx->answers, "remove", "true"))
		return err_set(err, ERR_INPUT,
			       _("a representative is removed only when "
				 "'remove' says yes"));
	request->method = "DELETE";
	if (prov_request_path(request, err,
			      "/v1/users/legal-representatives/%s", ctx->party))
		return -1;
	return zro_headers(ctx, 0, request, err);
}

/* Without the id of the new thing nobody knows what was made. */
static void made_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	char *id = zro_id(zro_data(root), "id");

	(void)into;
	if (is_done(reply) && id) {
		prov_reply_accept(result, NULL);
		result->provider_id = id;
		id = NULL;
	} else {
		zro_fail_sent(reply, ctx, NULL, result);
	}
	free(id);
	json_decref(root);
}

/* An answer about another party settles nothing. */
static void fixed_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);
	char *id = zro_id(data, "id");

	(void)into;
	if (is_done(reply) && json_is_object(data) &&
	    !json_is_false(json_object_get(root, "success")) &&
	    (!id || prov_same_word(id, ctx->party)))
		prov_reply_accept(result, NULL);
	else
		zro_fail_sent(reply, ctx, NULL, result);
	free(id);
	json_decref(root);
}

/* 200 without a body. Who is not there any more is removed. */
static void removed_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	bool plain = !prov_reply_is_page(reply) &&
		     (root || prov_reply_is_empty(reply));

	(void)into;
	if ((plain && reply->status >= 200 && reply->status <= 204 &&
	     !json_is_false(json_object_get(root, "success"))) ||
	    prov_same_word(prov_json_word(root, "code"),
			   "LEGAL_REPRESENTATIVE_NOT_FOUND"))
		prov_reply_accept(result, NULL);
	else
		zro_fail_sent(reply, ctx, NULL, result);
	json_decref(root);
}

bool zro_form_arrived(const struct prov_customer *customer,
		      const struct prov_form *form, const char *party)
{
	return form->schema == &zro_schema_removal && party &&
	       !prov_customer_party(customer, party);
}

const struct prov_form zro_forms[] = {
	{
		.schema = &zro_schema_natural,
		.holders = DOC_FOR_PERSON,
		.opens = true,
		.send = { natural_build, made_read },
	},
	{
		.schema = &zro_schema_legal,
		.holders = DOC_FOR_BUSINESS,
		.opens = true,
		.send = { legal_build, made_read },
	},
	{
		.schema = &zro_schema_legal_terms,
		.holders = DOC_FOR_BUSINESS,
		.opens = true,
		.send = { legal_terms_build, made_read },
	},
	{
		.schema = &zro_schema_shareholder,
		.use = PROV_FORM_PARTY,
		.holders = DOC_FOR_BUSINESS,
		.rank = PROV_RANK_PARTY,
		.send = { shareholder_build, made_read },
	},
	{
		.schema = &zro_schema_shareholder_fix,
		.holders = DOC_FOR_PARTY_PERSON | DOC_FOR_PARTY_BUSINESS,
		.rank = PROV_RANK_PARTY,
		.send = { shareholder_fix_build, fixed_read },
	},
	{
		/* Of the company, or of a company that is a shareholder. */
		.schema = &zro_schema_representative,
		.use = PROV_FORM_PARTY,
		.holders = DOC_FOR_BUSINESS | DOC_FOR_PARTY_BUSINESS,
		.rank = PROV_RANK_PARTY,
		.send = { representative_build, made_read },
	},
	{
		.schema = &zro_schema_representative_fix,
		.holders = DOC_FOR_PARTY_PERSON,
		.rank = PROV_RANK_PARTY,
		.send = { representative_fix_build, fixed_read },
	},
	{
		.schema = &zro_schema_removal,
		.holders = DOC_FOR_PARTY_PERSON,
		.rank = PROV_RANK_PARTY,
		.send = { removal_build, removed_read },
	},
	{ .schema = NULL },
};

const struct prov_form *zro_form(const struct form_schema *schema)
{
	const struct prov_form *form = zro_forms;

	while (form->schema && form->schema != schema)
		form++;
	return form;
}
