/* SPDX-License-Identifier: MIT */
/* What a call keeps of its order until the reply is read: the adapter's reader
 * sees the context again, when the caller's own may be gone. */
#include "providers/call_private.h"

#include "forms/i18n.h"
#include "forms/mem.h"

void call_language_tag(char *out, size_t size)
{
	char *underscore = NULL;

	snprintf(out, size, "%s", language_now()->code);
	underscore = strchr(out, '_');
	if (underscore)
		*underscore = '-';
}

static void keep_documents(struct prov_call *call, const struct prov_ctx *from)
{
	struct kept *kept = &call->kept;

	for (size_t i = 0; i < from->document_count; i++) {
		struct prov_document *document = &kept->documents[i];

		*document = from->documents[i];
		document->country = kept->country[i] =
			mem_dup(document->country);
		document->party = kept->of_party[i] = mem_dup(document->party);
	}
	if (from->document_count)
		call->ctx.documents = kept->documents;
}

void call_keep_context(struct prov_call *call, const struct prov_order *order)
{
	const struct prov_ctx *from = order->ctx;
	struct kept *kept = &call->kept;

	prov_key_new(call->secret_mark);
	prov_key_new(call->nonce_mark);
	call->ctx = *from;
	call->ctx.profile = order->profile;
	call->ctx.customer = kept->customer = mem_dup(from->customer);
	call->ctx.key = kept->key = mem_dup(from->key);
	call->ctx.cursor = kept->cursor = mem_dup(from->cursor);
	call->ctx.party = kept->party = mem_dup(from->party);
	call->ctx.target = kept->target = mem_dup(from->target);
	call->ctx.code = kept->code = mem_dup(from->code);
	call->ctx.secret = call->secret_mark;
	call->ctx.nonce = call->nonce_mark;
	call->ctx.language = call->language;
	call->ctx.now = xfer_now_unix();
	call_language_tag(call->language, sizeof(call->language));
	keep_documents(call, from);
}

void call_forget_answers(struct prov_call *call)
{
	call->ctx.answers = NULL;
	call->ctx.so_far = NULL;
	call->ctx.secret = NULL;
	call->ctx.token = NULL;
	for (size_t i = 0; i < call->ctx.document_count; i++) {
		call->kept.documents[i].fields = NULL;
		call->kept.documents[i].name = NULL;
	}
}

void call_keep_files(struct prov_call *call, const struct prov_order *order)
{
	for (size_t i = 0; i < order->file_count; i++) {
		const char *sha256 = order->files[i].sha256;

		call->files[i].file = order->files[i].file;
		snprintf(call->digests[i], sizeof(call->digests[i]), "%s",
			 sha256 ? sha256 : "");
		call->files[i].sha256 = sha256 ? call->digests[i] : NULL;
	}
	call->file_count = order->file_count;
}

void call_release(struct prov_call *call)
{
	struct kept *kept = &call->kept;

	mem_free_private(kept->customer);
	mem_free_private(kept->party);
	mem_free_private(kept->target);
	free(kept->key);
	free(kept->cursor);
	free(kept->code);
	for (size_t i = 0; i < PROV_FILES_MOST; i++) {
		free(kept->country[i]);
		mem_free_private(kept->of_party[i]);
	}
	prov_request_release(&call->request);
	free(call);
}
