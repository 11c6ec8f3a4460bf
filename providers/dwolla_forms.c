/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: sending a form. All of it goes each time: nothing is updated in
 * part.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/update
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

/* There is one try for most of them: what is not right does not leave, whoever
 * failed to look. */
static int check(const struct prov_ctx *ctx, struct err *err)
{
	struct findings findings = { 0 };
	int ret = 0;

	if (!ctx->form || !ctx->answers)
		return err_set(err, ERR_BUG, "no answers to send");
	form_check(ctx->form->schema, ctx->answers, &findings);
	for (size_t i = 0; i < findings.count && !ret; i++)
		if (findings.list[i].severity == FINDING_ERROR)
			ret = err_set(err, ERR_INPUT, "%s",
				      findings.list[i].text);
	findings_release(&findings);
	return ret;
}

static int send(const struct prov_ctx *ctx, const char *format, const char *id,
		char *body, struct prov_request *request, struct err *err)
{
	request->method = "POST";
	prov_request_body(request, "application/json", body);
	if (prov_request_path(request, err, format, id))
		return -1;
	return dwolla_headers(ctx, true, request, err);
}

static char *spell(const struct prov_ctx *ctx, const char *type)
{
	struct buf body = { 0 };

	form_answers_to_json(ctx->form->schema, ctx->answers, type, &body);
	return buf_take(&body);
}

static int personal_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	if (check(ctx, err))
		return -1;
	return send(ctx, "/customers/%s", ctx->customer, spell(ctx, "personal"),
		    request, err);
}

static int business_build(const struct prov_ctx *ctx,
			  struct prov_request *request, struct err *err)
{
	if (check(ctx, err))
		return -1;
	return send(ctx, "/customers/%s", ctx->customer, spell(ctx, "business"),
		    request, err);
}

/* What it is goes without asking. */
static int sole_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	char *body = NULL, *whole = NULL;

	if (check(ctx, err))
		return -1;
	body = spell(ctx, "business");
	whole = mem_printf("%.*s,\"businessType\":\"soleProprietorship\"}",
			   (int)strlen(body) - 1, body);
	mem_free_private(body);
	return send(ctx, "/customers/%s", ctx->customer, whole, request, err);
}

static int edit_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	char *body = NULL;

	if (check(ctx, err))
		return -1;
	body = spell(ctx, NULL);
	if (strcmp(body, "{}") == 0) {
		free(body);
		return err_set(err, ERR_INPUT,
			       _("nothing is filled in, so there is nothing to "
				 "send"));
	}
	return send(ctx, "/customers/%s", ctx->customer, body, request, err);
}

static int owner_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	if (check(ctx, err))
		return -1;
	return send(ctx, "/customers/%s/beneficial-owners", ctx->customer,
		    spell(ctx, NULL), request, err);
}

static int owner_retry_build(const struct prov_ctx *ctx,
			     struct prov_request *request, struct err *err)
{
	if (check(ctx, err))
		return -1;
	return send(ctx, "/beneficial-owners/%s", ctx->party, spell(ctx, NULL),
		    request, err);
}

static int certification_build(const struct prov_ctx *ctx,
			       struct prov_request *request, struct err *err)
{
	if (check(ctx, err))
		return -1;
	return send(ctx, "/customers/%s/beneficial-ownership", ctx->customer,
		    mem_dup("{\"status\":\"certified\"}"), request, err);
}

/* 200; 201 when it is the stored answer to a repeat. */
static bool is_success(const struct prov_reply *reply, const json_t *root)
{
	return (prov_reply_succeeded(reply, 200) ||
		prov_reply_succeeded(reply, 201)) &&
	       json_is_object(root);
}

static const struct form_schema *schema_of(const struct prov_ctx *ctx)
{
	return ctx->form ? ctx->form->schema : NULL;
}

/* The whole customer, or the whole owner; an answer about another one settles
 * nothing. */
static void read_whole(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, const char *id,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const char *said = prov_json_word(root, "id");

	if (is_success(reply, root) && (!said || prov_same_word(said, id)))
		prov_reply_accept(result, NULL);
	else
		dwolla_fail(reply, ctx, schema_of(ctx), NULL, result);
	json_decref(root);
}

static void customer_read(const struct prov_reply *reply,
			  const struct prov_ctx *ctx, void *into,
			  struct prov_result *result)
{
	(void)into;
	read_whole(reply, ctx, ctx->customer, result);
}

static void owner_retry_read(const struct prov_reply *reply,
			     const struct prov_ctx *ctx, void *into,
			     struct prov_result *result)
{
	(void)into;
	read_whole(reply, ctx, ctx->party, result);
}

/* 201, and where the new owner is. */
static void owner_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	(void)into;
	if (!prov_reply_succeeded(reply, 201) || prov_reply_is_page(reply)) {
		dwolla_fail(reply, ctx, schema_of(ctx), NULL, result);
		return;
	}
	prov_reply_accept(result, NULL);
	result->provider_id = dwolla_id_in(prov_reply_header(reply, "Location"),
					   "/beneficial-owners/");
}

static void certification_read(const struct prov_reply *reply,
			       const struct prov_ctx *ctx, void *into,
			       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);

	(void)into;
	if (is_success(reply, root) &&
	    prov_same_word(prov_json_word(root, "status"), "certified"))
		prov_reply_accept(result, NULL);
	else
		dwolla_fail(reply, ctx, NULL, NULL, result);
	json_decref(root);
}

const struct prov_form dwolla_forms[] = {
	{
		.schema = &dwolla_personal_retry,
		.holders = DOC_FOR_PERSON,
		.send = { personal_build, customer_read },
	},
	{
		.schema = &dwolla_sole_retry,
		.holders = DOC_FOR_BUSINESS,
		.send = { sole_build, customer_read },
	},
	{
		.schema = &dwolla_business_retry,
		.holders = DOC_FOR_BUSINESS,
		.send = { business_build, customer_read },
	},
	{
		.schema = &dwolla_controller_retry,
		.holders = DOC_FOR_BUSINESS,
		.send = { business_build, customer_read },
	},
	{
		.schema = &dwolla_business_edit,
		.holders = DOC_FOR_BUSINESS,
		.send = { edit_build, customer_read },
	},
	{
		.schema = &dwolla_owner_new,
		.use = PROV_FORM_PARTY,
		.holders = DOC_FOR_BUSINESS,
		.rank = PROV_RANK_PARTY,
		.send = { owner_build, owner_read },
	},
	{
		.schema = &dwolla_owner_retry,
		.holders = DOC_FOR_PARTY_PERSON,
		.rank = PROV_RANK_PARTY,
		.send = { owner_retry_build, owner_retry_read },
	},
	{
		.schema = &dwolla_owner_removal,
		.holders = DOC_FOR_PARTY_PERSON,
		.rank = PROV_RANK_PARTY,
		.send = { dwolla_removal_build, dwolla_removal_read },
	},
	{
		.schema = &dwolla_certification,
		.holders = DOC_FOR_BUSINESS,
		.rank = PROV_RANK_START,
		.send = { certification_build, certification_read },
	},
	{ .schema = NULL },
};
