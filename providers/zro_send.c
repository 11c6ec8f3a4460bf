/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: documents on their way. Each kind of holder has its own path and
 * its own names of parts; what is there already is replaced, never sent twice.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-2-upload-legal-representative-document-file-rest-controller-execute-v-2
 *	v-1-update-legal-representative-document-rest-controller-execute-v-1
 *	v-1-upload-legal-person-onboarding-document-rest-controller-execute-v-1
 *	v-1-update-legal-person-onboarding-document-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

char *zro_target(const char *owner, const char *front, const char *back)
{
	if (back)
		return mem_printf("%s/%s/%s", owner, front ? front : "", back);
	return front ? mem_printf("%s/%s", owner, front) : mem_dup(owner);
}

int zro_target_parts(const char *target, enum doc_side side, char **owner,
		     char **id)
{
	const char *at = target ? target : "";
	size_t len = strcspn(at, "/");

	*owner = NULL;
	*id = NULL;
	if (!len)
		return -1;
	*owner = mem_dup_n(at, len);
	at += len + (at[len] == '/');
	if (side == DOC_SIDE_BACK) {
		len = strcspn(at, "/");
		at += len + (at[len] == '/');
	}
	len = strcspn(at, "/");
	if (len)
		*id = mem_dup_n(at, len);
	return 0;
}

/* Never the operator's own file name, which may say too much. */
static void add_file(const struct prov_document *document, const char *part,
		     const char *name, struct prov_request *request)
{
	const char *side = doc_side_name(document->side);
	char *filename = mem_printf("%s%s%s.%s", name, *side ? "_" : "", side,
				    doc_kind_suffix(document->kind));

	prov_request_file(request, part, filename,
			  doc_kind_mime(document->kind));
	free(filename);
}

/* "identity_document:passport": type and subtype. */
static void add_type_parts(const struct prov_document *document,
			   struct prov_request *request)
{
	const char *code = document->type->code;
	const char *colon = strchr(code, ':');
	char *type =
		mem_dup_n(code, colon ? (size_t)(colon - code) : strlen(code));

	prov_request_part(request, "document_type", type);
	if (colon)
		prov_request_part(request, "identity_document_type", colon + 1);
	if (document->side != DOC_SIDE_NONE)
		prov_request_part(request, "document_side",
				  doc_side_name(document->side));
	free(type);
}

/* Text parts come before the file; a replacement is the file alone. */
static int representative_build(const struct prov_ctx *ctx, const char *id,
				struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;
	char *name = NULL;
	int ret;

	request->method = id ? "PUT" : "POST";
	if (id)
		ret = prov_request_path(
			request, err,
			"/v1/users/legal-representatives/%s/documents/%s",
			document->party, id);
	else
		ret = prov_request_path(
			request, err,
			"/v2/users/legal-representatives/%s/documents",
			document->party);
	if (ret || zro_headers(ctx, ZRO_MULTIPART, request, err))
		return -1;
	if (!id)
		add_type_parts(document, request);
	name = mem_dup_n(document->type->code,
			 strcspn(document->type->code, ":"));
	add_file(document, "file", name, request);
	free(name);
	return 0;
}

static int company_build(const struct prov_ctx *ctx, const char *record,
			 const char *id, struct prov_request *request,
			 struct err *err)
{
	const struct prov_document *document = ctx->documents;
	int ret;

	request->method = id ? "PATCH" : "POST";
	if (id)
		ret = prov_request_path(
			request, err,
			"/v1/users/onboardings/legal-person/%s/documents/%s",
			record, id);
	else
		ret = prov_request_path(
			request, err,
			"/v1/users/onboardings/legal-person/%s/documents",
			record);
	if (ret || zro_headers(ctx, ZRO_KEYED | ZRO_MULTIPART, request, err))
		return -1;
	prov_request_part(request, "type", document->type->code);
	add_file(document, "file", document->type->code, request);
	return 0;
}

/* What hangs on the onboarding cannot go before there is one. */
static int record_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;
	char *record = NULL;
	char *id = NULL;
	int ret = -1;

	if (document->party)
		err_set(err, ERR_INPUT,
			_("%s is of the customer itself, not of a party"),
			document->type->code);
	else if (zro_target_parts(ctx->target, document->side, &record, &id))
		err_set(err, ERR_INPUT,
			_("there is no open onboarding; open one first"));
	else if (document->type->holders & DOC_FOR_BUSINESS)
		ret = company_build(ctx, record, id, request, err);
	else if (id)
		ret = zro_natural_replace(ctx, record, id, request, err);
	else if (strcmp(document->type->code, ZRO_DIGITAL) == 0 &&
		 ctx->document_count == 1)
		ret = zro_digital_build(ctx, record, request, err);
	else
		ret = zro_bundle_build(ctx, request, err);
	free(record);
	free(id);
	return ret;
}

static int party_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	const struct prov_document *document = ctx->documents;
	char *owner = NULL;
	char *id = NULL;
	int ret;

	if (!document->party)
		return err_set(err, ERR_INPUT,
			       _("%s is of a legal representative: say of "
				 "which"),
			       document->type->code);
	/* A target of another owner says nothing about this one's files. */
	if (!zro_target_parts(ctx->target, document->side, &owner, &id) &&
	    strcmp(owner, document->party) != 0) {
		free(id);
		id = NULL;
	}
	ret = representative_build(ctx, id, request, err);
	free(owner);
	free(id);
	return ret;
}

int zro_document_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	const struct prov_document *document = ctx->documents;

	if (!document || !ctx->document_count || !document->type)
		return err_set(err, ERR_BUG, "no document to send");
	for (size_t i = 0; i < ctx->document_count; i++)
		if (prov_document_check(&ctx->documents[i], ZRO_TITLE, err) ||
		    prov_document_fits(&ctx->documents[i], err))
			return -1;
	if (document->type->holders & DOC_FOR_PERSON)
		return record_build(ctx, request, err);
	if (ctx->document_count > 1)
		return err_set(err, ERR_BUG,
			       "several documents for one request");
	return document->type->holders & DOC_FOR_PARTY_PERSON
		       ? party_build(ctx, request, err)
		       : record_build(ctx, request, err);
}

static bool is_new_of_party(const struct prov_ctx *ctx)
{
	return ctx->documents && ctx->documents->party &&
	       !(ctx->target && strchr(ctx->target, '/'));
}

/* There "id" is the onboarding's. */
static bool is_new_of_company(const struct prov_ctx *ctx)
{
	return ctx->documents && !ctx->documents->party &&
	       !(ctx->target && strchr(ctx->target, '/'));
}

/* 201 and the stored document; for a natural person's files no body is
 * described at all. Which id it has is read from the list afterwards. */
void zro_document_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *data = zro_data(root);
	bool plain = !prov_reply_is_page(reply) &&
		     (root || prov_reply_is_empty(reply));
	const char *note = NULL;

	(void)into;
	if (plain && reply->sent_whole && reply->status >= 200 &&
	    reply->status <= 204 &&
	    !json_is_false(json_object_get(root, "success"))) {
		prov_reply_accept(result, NULL);
		result->provider_id = zro_id(data, "document_id");
		if (!result->provider_id && !is_new_of_company(ctx))
			result->provider_id = zro_id(data, "id");
	} else {
		if (is_new_of_party(ctx))
			note = N_("this environment does not have the upload "
				  "by sides (v2), or does not know the "
				  "representative; ask Z.ro's support");
		zro_fail_sent(reply, ctx, note, result);
	}
	json_decref(root);
}
