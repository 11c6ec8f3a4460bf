// SPDX-License-Identifier: MIT
/* One call: build, send, read. */
#include "providers/call.h"

#include <locale.h>

#include "forms/i18n.h"
#include "forms/mem.h"

struct prov_call {
	const struct provider *provider;
	const struct prov_op *op;
	struct prov_ctx ctx;
	struct prov_document document;
	/* What CTX points at, kept for the reader. */
	char *customer, *key, *cursor, *country, *party;
	char language[8];
	bool asks; /* a GET: to ask again changes nothing */
	void *into;
	prov_call_done *done;
	void *arg;
	struct xfer *xfer;
	struct xfer_call *wire;
};

/* What an attempt without a whole answer comes to; the sentence is the wire's.
 * CANCELLED has a rule of its own below. */
static const struct {
	enum prov_outcome asking, telling;
	const char *code;
} fates[] = {
	[PROV_END_LOST] = { PROV_AGAIN, PROV_UNSURE, "no_answer" },
	[PROV_END_UNREACHED] = { PROV_AGAIN, PROV_AGAIN, "unreachable" },
	[PROV_END_SOURCE] = { PROV_REFUSED, PROV_REFUSED, "file_changed" },
	[PROV_END_CANCELLED] = { PROV_AGAIN, PROV_AGAIN, "cancelled" },
	[PROV_END_TOO_LARGE] = { PROV_AGAIN, PROV_UNSURE, "answer_too_large" },
};

/* "pt_BR.UTF-8" is "pt-BR"; without a language it is English. */
static void language_now(char *out, size_t size)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	size_t len = locale ? strcspn(locale, ".@") : 0;

	if ((len != 2 && len != 5) || len >= size)
		len = 0;
	snprintf(out, size, "%.*s", (int)len, len ? locale : "");
	if (!len)
		snprintf(out, size, "en");
	else if (len == 5)
		out[2] = '-';
}

static int build(const struct prov_order *order, const struct prov_ctx *ctx,
		 struct prov_request *request, struct err *err)
{
	if (!prov_can(order->op))
		return err_set(err, ERR_BUG, _("%s cannot do this"),
			       order->profile->provider->title);
	return order->op->build(ctx, request, err);
}

static void keep_context(struct prov_call *call, const struct prov_order *order)
{
	const struct prov_ctx *from = order->ctx;

	call->ctx = *from;
	call->ctx.customer = call->customer = mem_dup(from->customer);
	call->ctx.key = call->key = mem_dup(from->key);
	call->ctx.cursor = call->cursor = mem_dup(from->cursor);
	call->ctx.secret = order->profile->secret;
	call->ctx.language = call->language;
	call->ctx.now = xfer_now_unix();
	language_now(call->language, sizeof(call->language));
	if (!from->document)
		return;
	call->document = *from->document;
	call->document.country = call->country =
		mem_dup(from->document->country);
	call->document.party = call->party = mem_dup(from->document->party);
	call->ctx.document = &call->document;
}

/* The operator's answers may be gone before the reply is there. */
static void forget_answers(struct prov_call *call)
{
	call->ctx.answers = NULL;
	call->document.fields = NULL;
	call->ctx.secret = NULL;
}

static void release(struct prov_call *call)
{
	mem_free_private(call->customer);
	mem_free_private(call->party);
	free(call->key);
	free(call->cursor);
	free(call->country);
	free(call);
}

static void judge_end(const struct prov_call *call,
		      const struct prov_reply *reply,
		      struct prov_result *result)
{
	struct xfer_progress progress;

	result->outcome = call->asks ? fates[reply->end].asking
				     : fates[reply->end].telling;
	if (reply->end == PROV_END_CANCELLED) {
		xfer_progress_of(call->wire, &progress);
		if (progress.phase >= XFER_SENDING)
			result->outcome = PROV_UNSURE;
	}
	result->code = mem_dup(fates[reply->end].code);
	result->message = mem_dup(reply->detail);
	result->wait_ms = -1;
}

static void on_done(void *arg, const struct prov_reply *reply)
{
	struct prov_call *call = arg;
	struct prov_result result = { 0 };

	if (reply->end == PROV_END_ANSWER) {
		call->ctx.now = xfer_now_unix();
		call->op->read(reply, &call->ctx, call->into, &result);
	} else {
		judge_end(call, reply, &result);
	}
	/* Whatever a reader thinks: a success for half a request is none. */
	if (result.outcome == PROV_ACCEPTED && !reply->sent_whole) {
		result.outcome = PROV_UNSURE;
		mem_replace(&result.code, "answered_early");
		free(result.message);
		result.message =
			mem_printf(_("%s answered before all had been sent"),
				   call->provider->title);
	}
	call->done(call->arg, &result, reply);
	prov_result_release(&result);
	release(call);
}

int prov_call_start(const struct prov_order *order, prov_call_done *done,
		    void *arg, struct prov_call **out, struct err *err)
{
	const struct prov_profile *profile = order->profile;
	struct prov_request request = { 0 };
	struct prov_call *call;
	int ret = -1;

	if (!profile->secret || !profile->secret[0])
		return err_set(err, ERR_CREDENTIALS,
			       _("profile '%s' has no API key"), profile->name);
	call = mem_alloc(sizeof(*call));
	call->provider = profile->provider;
	call->op = order->op;
	call->xfer = order->xfer;
	call->into = order->into;
	call->done = done;
	call->arg = arg;
	keep_context(call, order);
	if (build(order, &call->ctx, &request, err))
		goto out;
	call->asks = !strcmp(request.method, "GET");
	forget_answers(call);
	ret = xfer_start(
		order->xfer,
		&(struct xfer_order){ .endpoint = profile->endpoint,
				      .ca_file = profile->ca_file,
				      .request = &request,
				      .file = order->file,
				      .sha256 = order->sha256,
				      .not_before = order->not_before },
		on_done, call, &call->wire, err);
out:
	prov_request_release(&request);
	if (ret)
		release(call);
	else if (out)
		*out = call;
	return ret;
}

void prov_call_cancel(struct prov_call *call)
{
	xfer_cancel(call->xfer, call->wire);
}

void prov_call_progress(const struct prov_call *call, struct xfer_progress *out)
{
	xfer_progress_of(call->wire, out);
}

static void digest_body(const struct prov_request *request, const char *sha256,
			struct doc_digest *digest)
{
	struct buf before = { 0 }, after = { 0 }, content_type = { 0 };

	if (!request->part_count) {
		doc_digest_add(digest, request->body, request->body_len);
		return;
	}
	prov_multipart_frame(request, &before, &after, &content_type);
	doc_digest_add(digest, before.data, before.len);
	if (sha256)
		doc_digest_add(digest, sha256, strlen(sha256));
	doc_digest_add(digest, after.data, after.len);
	buf_release(&before);
	buf_release(&after);
	buf_release(&content_type);
}

int prov_call_digest(const struct prov_order *order, char hex[65],
		     struct err *err)
{
	struct prov_ctx ctx = *order->ctx;
	struct prov_request request = { 0 };
	struct doc_digest *digest;
	char language[8];
	int ret;

	/* The body never holds the secret; it may not be there yet. */
	ctx.secret = "-";
	ctx.now = 0;
	ctx.language = language;
	language_now(language, sizeof(language));
	ret = build(order, &ctx, &request, err);
	if (!ret) {
		digest = doc_digest_new();
		digest_body(&request, order->sha256, digest);
		doc_digest_hex(digest, hex);
		doc_digest_free(digest);
	}
	prov_request_release(&request);
	return ret;
}
