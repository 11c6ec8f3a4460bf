// SPDX-License-Identifier: MIT
/* One call: build, send, read. What it keeps meanwhile is in call_kept.c, how
 * it waits for a token in call_token.c. */
#include "providers/call_private.h"

#include "forms/i18n.h"
#include "forms/mem.h"

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

static int build(const struct prov_order *order, const struct prov_ctx *ctx,
		 struct prov_request *request, struct err *err)
{
	if (!prov_can(order->op))
		return err_set(err, ERR_BUG, _("%s cannot do this"),
			       order->profile->provider->title);
	return order->op->build(ctx, request, err);
}

static void judge_end(const struct prov_call *call,
		      const struct prov_reply *reply,
		      struct prov_result *result)
{
	struct xfer_progress progress;

	result->outcome = call->asks ? fates[reply->end].asking
				     : fates[reply->end].telling;
	if (reply->end == PROV_END_CANCELLED) {
		prov_call_progress(call, &progress);
		if (progress.phase >= XFER_SENDING)
			result->outcome = PROV_UNSURE;
	}
	result->code = mem_dup(fates[reply->end].code);
	result->message = mem_dup(reply->detail);
	result->wait_ms = -1;
}

/* DONE is called, and the call is gone. */
static void conclude(struct prov_call *call, const struct prov_reply *reply)
{
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
				   call->profile->provider->title);
	}
	call->done(call->arg, &result, reply);
	prov_result_release(&result);
	call_release(call);
}

static void on_done(void *arg, const struct prov_reply *reply)
{
	struct prov_call *call = arg;
	struct prov_session *session = call->profile->session;
	struct err err = { 0 };

	session_answered(session, call->profile->provider, reply);
	if (reply->end == PROV_END_ANSWER && reply->status == 401 &&
	    call_wants_token(call) && !call->renewed) {
		call->renewed = true;
		call->wire = NULL;
		session_token_drop(session, call->generation);
		if (call_wait_for_token(call, &err))
			call_fail_for(call, &err);
		return;
	}
	conclude(call, reply);
}

int call_launch(struct prov_call *call, struct err *err)
{
	const struct prov_profile *profile = call->profile;
	struct prov_session *session = profile->session;
	const char *secret = profile->secret;
	struct prov_request request = { 0 };
	char nonce[37];
	int ret;

	if (call_wants_token(call)) {
		secret = session->token.text;
		call->generation = session->generation;
	}
	prov_key_new(nonce);
	prov_request_copy(&request, &call->request);
	prov_request_fill(&request, call->secret_mark, secret);
	prov_request_fill(&request, call->nonce_mark, nonce);
	ret = xfer_start(
		call->xfer,
		&(struct xfer_order){
			.endpoint = profile->endpoint,
			.ca_file = profile->ca_file,
			.request = &request,
			.files = call->files,
			.file_count = call->file_count,
			.not_before = session_turn(session, profile->provider,
						   call->not_before) },
		on_done, call, &call->wire, err);
	prov_request_release(&request);
	return ret;
}

void call_fail(struct prov_call *call, const struct prov_result *why)
{
	struct prov_reply reply = { .end = PROV_END_UNREACHED };
	struct prov_result result = {
		.outcome = why->outcome,
		.code = mem_dup(why->code),
		.message = mem_dup(why->message),
		.wait_ms = why->outcome == PROV_AGAIN ? why->wait_ms : -1,
		.most_attempts = why->most_attempts,
	};

	/* Nothing of this call has left. */
	if (result.outcome == PROV_UNSURE || result.outcome == PROV_ACCEPTED)
		result.outcome = PROV_AGAIN;
	if (result.outcome == PROV_REFUSED)
		result.outcome = PROV_DENIED;
	call->done(call->arg, &result, &reply);
	prov_result_release(&result);
	call_release(call);
}

void call_fail_for(struct prov_call *call, const struct err *err)
{
	const struct prov_result why = {
		.outcome =
			err->code == ERR_CREDENTIALS ? PROV_DENIED : PROV_AGAIN,
		.code = (char[]){ "no_token" },
		.message = (char *)(uintptr_t)err->text,
		.wait_ms = -1,
	};

	call_fail(call, &why);
}

static int check(const struct prov_order *order, struct err *err)
{
	const struct prov_profile *profile = order->profile;
	bool tokens = prov_has_tokens(profile->provider);

	if (!profile->secret || !profile->secret[0])
		return err_set(err, ERR_CREDENTIALS,
			       tokens ? _("profile '%s' has no client secret")
				      : _("profile '%s' has no API key"),
			       profile->name);
	if (!prov_header_safe(profile->secret))
		return err_set(err, ERR_CREDENTIALS,
			       _("the secret of profile '%s' holds blanks or "
				 "other characters that none has"),
			       profile->name);
	if (tokens && (!profile->client || !profile->client[0]))
		return err_set(err, ERR_CREDENTIALS,
			       _("profile '%s' has no client id"),
			       profile->name);
	if (tokens && !profile->session)
		return err_set(err, ERR_BUG, "there is no session");
	if (order->file_count > PROV_FILES_MOST ||
	    order->ctx->document_count > PROV_FILES_MOST)
		return err_set(err, ERR_INPUT,
			       _("no more than %d files go in one request"),
			       PROV_FILES_MOST);
	return 0;
}

int call_start(const struct prov_order *order, bool signs_in,
	       prov_call_done *done, void *arg, struct prov_call **out,
	       struct err *err)
{
	struct prov_call *call = mem_alloc(sizeof(*call));

	call->profile = order->profile;
	call->op = order->op;
	call->xfer = order->xfer;
	call->into = order->into;
	call->done = done;
	call->arg = arg ? arg : call;
	call->not_before = order->not_before;
	call->signs_in = signs_in;
	call_keep_context(call, order);
	call_keep_files(call, order);
	/* A client's secret is encoded into a header: no mark would be found
	 * there. */
	if (signs_in)
		call->ctx.secret = order->profile->secret;
	if (build(order, &call->ctx, &call->request, err))
		goto failed;
	call->asks = signs_in || !strcmp(call->request.method, "GET");
	call_forget_answers(call);
	if (out)
		*out = call;
	if (call_wants_token(call) ? call_wait_for_token(call, err)
				   : call_launch(call, err))
		goto failed;
	return 0;
failed:
	if (out)
		*out = NULL;
	call_release(call);
	return -1;
}

int prov_call_start(const struct prov_order *order, prov_call_done *done,
		    void *arg, struct prov_call **out, struct err *err)
{
	return check(order, err)
		       ? -1
		       : call_start(order, false, done, arg, out, err);
}

void prov_call_cancel(struct prov_call *call)
{
	struct prov_reply reply = { .end = PROV_END_CANCELLED };

	if (call->wire) {
		xfer_cancel(call->xfer, call->wire);
		return;
	}
	call_leave_line(call);
	snprintf(reply.detail, sizeof(reply.detail), "%s",
		 _("it was cancelled"));
	conclude(call, &reply);
}

void prov_call_progress(const struct prov_call *call, struct xfer_progress *out)
{
	if (call->wire) {
		xfer_progress_of(call->wire, out);
		return;
	}
	*out = (struct xfer_progress){ .phase = XFER_WAITING_TURN };
	for (size_t i = 0; i < call->file_count; i++)
		out->total += call->files[i].file->bytes;
}

static void digest_body(const struct prov_request *request,
			const struct prov_file *files, size_t count,
			struct doc_digest *digest)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct buf content_type = { 0 };

	if (!request->part_count) {
		doc_digest_add(digest, request->body, request->body_len);
		return;
	}
	prov_multipart_frames(request, frames, &content_type);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		doc_digest_add(digest, frames[i].data, frames[i].len);
		if (i < count && files[i].sha256)
			doc_digest_add(digest, files[i].sha256,
				       strlen(files[i].sha256));
		buf_release(&frames[i]);
	}
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
	ctx.profile = order->profile;
	ctx.secret = "-";
	ctx.nonce = "00000000-0000-4000-8000-000000000000";
	ctx.now = 0;
	ctx.language = language;
	call_language_tag(language, sizeof(language));
	ret = build(order, &ctx, &request, err);
	if (!ret) {
		digest = doc_digest_new();
		digest_body(&request, order->files, order->file_count, digest);
		doc_digest_hex(digest, hex);
		doc_digest_free(digest);
	}
	prov_request_release(&request);
	return ret;
}
