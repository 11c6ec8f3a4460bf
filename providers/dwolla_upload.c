/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: sending a document.
 * https://developers.dwolla.com/docs/balance/api-reference/documents/create-document-for-customer
 */
#include "providers/dwolla.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MOST 100

/* What errors call the parts of an upload. */
static const struct prov_field_name names[] = {
	{ "file", "file" },
	{ "documentType", "type" },
	{ NULL, NULL },
};

static unsigned holder_of(const struct prov_ctx *ctx,
			  const struct prov_document *document)
{
	if (document->party)
		return DOC_FOR_PARTY_PERSON;
	return ctx->kind == PROV_BUSINESS ? DOC_FOR_BUSINESS : DOC_FOR_PERSON;
}

static int check(const struct prov_ctx *ctx,
		 const struct prov_document *document, struct err *err)
{
	const struct doc_type *type = document->type;

	if (!(type->holders & holder_of(ctx, document)))
		return err_set(err, ERR_INPUT,
			       _("%s is a paper of a business, not of a "
				 "person"),
			       type->code);
	return prov_document_check(document, DWOLLA_TITLE, err);
}

/* The limit is on the whole request. */
static int check_size(const struct prov_request *request, uint64_t bytes,
		      struct err *err)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct buf content_type = { 0 };
	uint64_t total = bytes;

	prov_multipart_frames(request, frames, &content_type);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		total += frames[i].len;
		buf_release(&frames[i]);
	}
	buf_release(&content_type);
	if (bytes <= DWOLLA_BODY_MOST && total <= DWOLLA_BODY_MOST)
		return 0;
	return err_set(err, ERR_INPUT,
		       _("the file is too large: Dwolla takes requests of "
			 "10 MiB, %d bytes, all included"),
		       DWOLLA_BODY_MOST);
}

static bool is_suffix_of(const char *suffix, enum doc_kind kind)
{
	return prov_same_word(suffix, doc_kind_suffix(kind)) ||
	       (kind == DOC_JPEG && prov_same_word(suffix, "jpeg"));
}

/* NAME without its folder, in ASCII, as nobody has to quote it. */
static char *ascii_of(const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-_.() ";
	const char *slash = name ? strpbrk(name, "/\\") : NULL;
	struct buf out = { .max = 4096 };

	for (; slash; slash = strpbrk(name, "/\\"))
		name = slash + 1;
	for (; name && *name; name++) {
		unsigned char c = (unsigned char)*name;

		/* The rest of a character that has its mark already. */
		if ((c & 0xc0) == 0x80)
			continue;
		if (buf_add_char(&out, strchr(plain, *name) ? *name : '_'))
			break;
	}
	return buf_take(&out);
}

/*
 * The operator's own name of the file: the sandbox knows its samples by it,
 * and the suffix has to be that of the content.
 */
static char *file_name(const struct prov_document *document)
{
	const char *suffix = doc_kind_suffix(document->kind);
	char *name = ascii_of(document->name);
	const char *dot = strrchr(name, '.');
	size_t stem = dot ? (size_t)(dot - name) : strlen(name);
	char *full = NULL;

	if (!stem || name[0] == '.') {
		full = mem_printf("document.%s", suffix);
	} else {
		bool right = dot && is_suffix_of(dot + 1, document->kind);
		const char *end = right ? dot + 1 : suffix;
		size_t room = NAME_MOST - 1 - strlen(end);

		full = mem_printf("%.*s.%s", (int)(stem < room ? stem : room),
				  name, end);
	}
	mem_free_private(name);
	return full;
}

/* The type comes first, so that a server that reads on the fly knows what it
 * is getting. What stands behind the colon is ours. */
int dwolla_upload_build(const struct prov_ctx *ctx,
			struct prov_request *request, struct err *err)
{
	const struct prov_document *document = ctx->documents;
	char *type = NULL, *name = NULL;

	if (!document || ctx->document_count != 1 || !document->type)
		return err_set(err, ERR_BUG, "not one document to send");
	if (check(ctx, document, err))
		return -1;
	request->method = "POST";
	if (document->party
		    ? prov_request_path(request, err,
					"/beneficial-owners/%s/documents",
					document->party)
		    : prov_request_path(request, err, "/customers/%s/documents",
					ctx->customer))
		return -1;
	if (dwolla_headers(ctx, true, request, err))
		return -1;
	type = mem_dup_n(document->type->code,
			 strcspn(document->type->code, ":"));
	name = file_name(document);
	prov_request_part(request, "documentType", type);
	prov_request_file(request, "file", name, doc_kind_mime(document->kind));
	mem_replace(&request->key, ctx->key);
	free(type);
	mem_free_private(name);
	return check_size(request, document->bytes, err);
}

/* Two codes at the top, or one below "ValidationError". The entry with the
 * code is what is returned, NULL: it is no duplicate. */
static const json_t *duplicate_of(const json_t *root)
{
	const json_t *errors =
		json_object_get(json_object_get(root, "_embedded"), "errors");
	const json_t *entry = NULL;
	size_t i;

	if (dwolla_same_code(prov_json_word(root, "code"), "DuplicateResource"))
		return root;
	if (dwolla_same_code(prov_json_word(errors, "code"), "Duplicate"))
		return errors;
	json_array_foreach(errors, i, entry)
	{
		if (i < DWOLLA_LIST_MOST &&
		    dwolla_same_code(prov_json_word(entry, "code"),
				     "Duplicate"))
			return entry;
	}
	return NULL;
}

/*
 * The same bytes are there already. That is this very attempt's success only
 * if an earlier one under its key got through, which the list of documents
 * tells: who sent nothing before is refused. One sample of the error is about
 * a bank account: only a document counts.
 */
static void note_duplicate(const json_t *root, const json_t *entry,
			   struct prov_result *result)
{
	char *id = dwolla_id_in(dwolla_href(entry, "about"), "/documents/");

	if (!id)
		id = dwolla_id_in(dwolla_href(root, "about"), "/documents/");
	if (!id)
		return;
	free(result->message);
	result->message = mem_printf(
		_("%s: the same file is there already, as document %s; choose "
		  "another one"),
		DWOLLA_TITLE, id);
	result->may_be_running = true;
	free(result->provider_id);
	result->provider_id = id;
}

/* 201, no body, and where it is. */
void dwolla_upload_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result)
{
	json_t *root = prov_reply_json(reply);
	const json_t *duplicate = NULL;

	(void)into;
	if (prov_reply_succeeded(reply, 201) && !prov_reply_is_page(reply)) {
		prov_reply_accept(result, NULL);
		result->provider_id = dwolla_id_in(
			prov_reply_header(reply, "Location"), "/documents/");
		goto out;
	}
	dwolla_fail(reply, ctx, NULL, names, result);
	duplicate = reply->status == 400 ? duplicate_of(root) : NULL;
	if (duplicate)
		note_duplicate(root, duplicate, result);
out:
	json_decref(root);
}
