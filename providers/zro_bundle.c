/* SPDX-License-Identifier: MIT */
/*
 * Z.ro Bank: the documents of a natural person. All go in one request, which
 * submits them; there is no other way in. Afterwards each can be replaced. Who
 * has a digital identity sends a selfie alone, and where it is known.
 * https://docs.zrobank.io/baas/endpoints/
 *	v-1-upload-onboarding-document-file-rest-controller-execute-v-1
 *	v-1-update-onboarding-document-rest-controller-execute-v-1
 */
#include "providers/zro.h"

#include <stdlib.h>
#include <string.h>

static const struct slot {
	const char *part;
	enum doc_side side;
	const char *type; /* NULL: of whichever identity document */
	bool needed;
} slots[] = {
	{ "document_front", DOC_SIDE_FRONT, NULL, true },
	{ "document_back", DOC_SIDE_BACK, NULL, true },
	{ "selfie", DOC_SIDE_NONE, "selfie", true },
	{ "address_proof", DOC_SIDE_NONE, "address_proof", false },
	/* It goes alone; afterwards it is the selfie. */
	{ "selfie", DOC_SIDE_NONE, ZRO_DIGITAL, false },
};

#define SLOTS (sizeof(slots) / sizeof(*slots))

/* "rg" of "physical_document:rg"; NULL: it is no identity document. */
static const char *family_of(const struct prov_document *document)
{
	const char *colon = strcmp(document->type->code, ZRO_DIGITAL)
				    ? strchr(document->type->code, ':')
				    : NULL;

	return colon ? colon + 1 : NULL;
}

/* Index of the slot that DOCUMENT goes to; SLOTS: there is none. */
static size_t slot_of(const struct prov_document *document)
{
	size_t i = 0;

	while (i < SLOTS &&
	       (slots[i].side != document->side ||
		(slots[i].type ? strcmp(slots[i].type, document->type->code)
			       : !family_of(document))))
		i++;
	return i;
}

/* The family of all of them; NULL and ERR: of none, or of two. */
static const char *common_family(const struct prov_ctx *ctx, struct err *err)
{
	const char *family = NULL;

	for (size_t i = 0; i < ctx->document_count; i++) {
		const char *own = family_of(&ctx->documents[i]);

		if (own && family && strcmp(own, family) != 0) {
			err_set(err, ERR_INPUT,
				_("front and back have to be of the same "
				  "document, either RG or CNH"));
			return NULL;
		}
		if (own)
			family = own;
	}
	if (!family)
		err_set(err, ERR_INPUT,
			_("all documents go together, and the front and back "
			  "of RG or CNH are missing"));
	return family;
}

static const char *slot_label(size_t slot)
{
	static const char *const labels[] = {
		N_("the front of the identity document"),
		N_("the back of the identity document"),
		N_("the selfie"),
		N_("the proof of address"),
		N_("the digital identity"),
	};

	return _(labels[slot]);
}

/* Each slot once, and all that are needed. */
static int check_set(const struct prov_ctx *ctx, struct err *err)
{
	bool filled[SLOTS] = { false };
	struct buf missing = { 0 };

	for (size_t i = 0; i < ctx->document_count; i++) {
		size_t slot = slot_of(&ctx->documents[i]);

		if (slot == SLOTS)
			return err_set(err, ERR_BUG,
				       "a document that has no part");
		if (filled[slot])
			return err_set(err, ERR_INPUT, _("%s is there twice"),
				       slot_label(slot));
		filled[slot] = true;
	}
	for (size_t i = 0; i < SLOTS; i++)
		if (slots[i].needed && !filled[i])
			buf_addf(&missing, "%s%s", missing.len ? ", " : "",
				 slot_label(i));
	if (!missing.len)
		return 0;
	err_set(err, ERR_INPUT, _("all documents go together; missing: %s"),
		buf_text(&missing));
	buf_release(&missing);
	return -1;
}

/* The name tells family and side: the list of what was sent says nothing
 * else about them. */
static void add_file(const struct prov_document *document, const char *part,
		     const char *name, struct prov_request *request)
{
	const char *family = family_of(document);
	char *filename =
		mem_printf("%s%s%s.%s", family ? family : "", family ? "_" : "",
			   name, doc_kind_suffix(document->kind));

	prov_request_file(request, part, filename,
			  doc_kind_mime(document->kind));
	free(filename);
}

int zro_bundle_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	const char *family = common_family(ctx, err);
	char *record = NULL;
	char *id = NULL;
	int ret = -1;

	if (!family || check_set(ctx, err))
		return -1;
	if (zro_target_parts(ctx->target, DOC_SIDE_NONE, &record, &id)) {
		err_set(err, ERR_INPUT,
			_("there is no open onboarding; open one first"));
		goto out;
	}
	request->method = "POST";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/%s/documents", record) ||
	    zro_headers(ctx, ZRO_MULTIPART, request, err))
		goto out;
	prov_request_part(request, "document_file_type", family);
	/* The n-th file is the n-th document: in their order. */
	for (size_t i = 0; i < ctx->document_count; i++) {
		const struct prov_document *document = &ctx->documents[i];
		const char *part = slots[slot_of(document)].part;

		add_file(document, part, part, request);
	}
	ret = 0;
out:
	free(record);
	free(id);
	return ret;
}

int zro_digital_build(const struct prov_ctx *ctx, const char *record,
		      struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;

	request->method = "POST";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/%s/documents", record) ||
	    zro_headers(ctx, ZRO_MULTIPART, request, err))
		return -1;
	prov_request_part(request, "document_id",
			  strchr(document->type->code, ':') + 1);
	add_file(document, "selfie", "selfie", request);
	return 0;
}

int zro_natural_replace(const struct prov_ctx *ctx, const char *record,
			const char *id, struct prov_request *request,
			struct err *err)
{
	const struct prov_document *document = ctx->documents;
	const char *family = family_of(document);
	size_t slot = slot_of(document);

	if (slot == SLOTS || ctx->document_count != 1)
		return err_set(err, ERR_BUG,
			       "one document at a time can be replaced");
	request->method = "PUT";
	if (prov_request_path(request, err,
			      "/v1/users/onboardings/%s/documents/%s", record,
			      id) ||
	    zro_headers(ctx, ZRO_KEYED | ZRO_MULTIPART, request, err))
		return -1;
	prov_request_part(request, "type", slots[slot].part);
	if (family)
		prov_request_part(request, "document_file_type", family);
	add_file(document, "document", slots[slot].part, request);
	return 0;
}
