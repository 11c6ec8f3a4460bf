// SPDX-License-Identifier: MIT
/* One call: build, send, read. */
#include "providers/call.h"

#include "forms/i18n.h"
#include "forms/mem.h"
#include "providers/session_private.h"

/* What CTX points at, kept for the reader. */
struct kept {
	char *customer, *key, *cursor, *party, *target, *code;
	struct prov_document documents[PROV_FILES_MOST];
	char *country[PROV_FILES_MOST], *of_party[PROV_FILES_MOST];
};

struct prov_call {
	const struct prov_profile *profile;
	const struct prov_op *op;
	struct prov_ctx ctx;
	struct kept kept;
	char language[8];
	/* Stand in REQUEST for what is put in when it leaves. */
	char secret_mark[37], nonce_mark[37];
	struct prov_request request;
	struct prov_file files[PROV_FILES_MOST];
	char digests[PROV_FILES_MOST][65];
	size_t file_count;
	int64_t not_before;
	bool asks;     /* a GET: to ask again changes nothing */
	bool signs_in; /* it is what fetches the token */
	bool renewed;  /* went once more with another token */
	unsigned generation;
	void *into;
	prov_call_done *done;
	void *arg;
	struct xfer *xfer;
	struct xfer_call *wire; /* NULL: waits for a token */
	struct prov_call *next; /* among those */
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

/* As headers name it: "pt-BR". */
static void language_tag(char *out, size_t size)
{
	char *underscore = NULL;

	snprintf(out, size, "%s", language_now()->code);
	underscore = strchr(out, '_');
	if (underscore)
		*underscore = '-';
}

static int build(const struct prov_order *order, const struct prov_ctx *ctx,
		 struct prov_request *request, struct err *err)
{
	if (!prov_can(order->op))
		return err_set(err, ERR_BUG, _("%s cannot do this"),
			       order->profile->provider->title);
	return order->op->build(ctx, request, err);
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

static void keep_context(struct prov_call *call, const struct prov_order *order)
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
	language_tag(call->language, sizeof(call->language));
	keep_documents(call, from);
}

/* The operator's answers may be gone before the reply is there. */
static void forget_answers(struct prov_call *call)
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

static void keep_files(struct prov_call *call, const struct prov_order *order)
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

static void release(struct prov_call *call)
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
	release(call);
}

static bool wants_token(const struct prov_call *call)
{
	return prov_has_tokens(call->profile->provider) && !call->signs_in;
}

static int wait_for_token(struct prov_call *call, struct err *err);
static void fail_for(struct prov_call *call, const struct err *err);

static void on_done(void *arg, const struct prov_reply *reply)
{
	struct prov_call *call = arg;
	struct prov_session *session = call->profile->session;
	struct err err = { 0 };

	session_answered(session, call->profile->provider, reply);
	if (reply->end == PROV_END_ANSWER && reply->status == 401 &&
	    wants_token(call) && !call->renewed) {
		call->renewed = true;
		call->wire = NULL;
		session_token_drop(session, call->generation);
		if (wait_for_token(call, &err))
			fail_for(call, &err);
		return;
	}
	conclude(call, reply);
}

/* Put the call on the wire, with secret and nonce in their places. */
static int launch(struct prov_call *call, struct err *err)
{
	const struct prov_profile *profile = call->profile;
	struct prov_session *session = profile->session;
	const char *secret = profile->secret;
	struct prov_request request = { 0 };
	char nonce[37];
	int ret;

	if (wants_token(call)) {
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

/* Ends a call that never got onto the wire. */
static void fail(struct prov_call *call, const struct prov_result *why)
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
	release(call);
}

static void fail_for(struct prov_call *call, const struct err *err)
{
	const struct prov_result why = {
		.outcome =
			err->code == ERR_CREDENTIALS ? PROV_DENIED : PROV_AGAIN,
		.code = (char[]){ "no_token" },
		.message = (char *)(uintptr_t)err->text,
		.wait_ms = -1,
	};

	fail(call, &why);
}

/* The token. */

/* WHY: there is none, and that is what became of the call for it. */
static void launch_waiting(struct prov_session *session,
			   const struct prov_result *why)
{
	struct prov_call *call = NULL;

	/* Who is told may cancel others of them, and begin new ones. */
	session->going = session->waiting;
	session->waiting = NULL;
	while ((call = session->going)) {
		struct err err = { 0 };

		session->going = call->next;
		call->next = NULL;
		if (why)
			fail(call, why);
		else if (launch(call, &err))
			fail_for(call, &err);
	}
}

static int sign_in(struct prov_session *session, struct xfer *xfer,
		   const struct prov_profile *profile, const struct prov_op *op,
		   struct err *err);

static void on_token(void *arg, const struct prov_result *result,
		     const struct prov_reply *reply)
{
	struct prov_call *fetch = arg;
	const struct prov_profile *profile = fetch->profile;
	struct prov_session *session = profile->session;
	bool renewal = fetch->op == &profile->provider->token_renew;
	struct err err = { 0 };

	session->fetch = NULL;
	if (result->outcome == PROV_ACCEPTED && session->fresh.text &&
	    prov_header_safe(session->fresh.text)) {
		session_token_take(session);
		launch_waiting(session, NULL);
		return;
	}
	prov_token_release(&session->fresh);
	/* What cannot be renewed is asked for anew. */
	if (renewal && reply->end == PROV_END_ANSWER &&
	    !sign_in(session, fetch->xfer, profile, &profile->provider->token,
		     &err))
		return;
	launch_waiting(session, result);
}

static int start(const struct prov_order *order, bool signs_in,
		 prov_call_done *done, void *arg, struct prov_call **out,
		 struct err *err);

static int sign_in(struct prov_session *session, struct xfer *xfer,
		   const struct prov_profile *profile, const struct prov_op *op,
		   struct err *err)
{
	struct prov_ctx ctx = { .token = session->token.text };
	struct prov_order order = {
		.xfer = xfer,
		.profile = profile,
		.op = op,
		.ctx = &ctx,
		.into = &session->fresh,
	};

	return start(&order, true, on_token, NULL, &session->fetch, err);
}

static int fetch_token(struct prov_call *call, struct err *err)
{
	const struct prov_profile *profile = call->profile;
	const struct provider *provider = profile->provider;
	struct prov_session *session = profile->session;
	struct err ignored = { 0 };

	if (prov_can(&provider->token_renew) && session->token.text &&
	    !sign_in(session, call->xfer, profile, &provider->token_renew,
		     &ignored))
		return 0;
	return sign_in(session, call->xfer, profile, &provider->token, err);
}

/* Get into line; -1 and ERR: no token can be had, and the call is not in it. */
static int wait_for_token(struct prov_call *call, struct err *err)
{
	struct prov_session *session = call->profile->session;
	struct prov_call **last = &session->waiting;

	if (!session->fetch && session_token_good(session))
		return launch(call, err);
	if (!session->fetch && fetch_token(call, err))
		return -1;
	while (*last)
		last = &(*last)->next;
	*last = call;
	return 0;
}

/* Starting. */

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

static int start(const struct prov_order *order, bool signs_in,
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
	keep_context(call, order);
	keep_files(call, order);
	/* A client's secret is encoded into a header: no mark would be found
	 * there. */
	if (signs_in)
		call->ctx.secret = order->profile->secret;
	if (build(order, &call->ctx, &call->request, err))
		goto failed;
	call->asks = signs_in || !strcmp(call->request.method, "GET");
	forget_answers(call);
	if (out)
		*out = call;
	if (wants_token(call) ? wait_for_token(call, err) : launch(call, err))
		goto failed;
	return 0;
failed:
	if (out)
		*out = NULL;
	release(call);
	return -1;
}

int prov_call_start(const struct prov_order *order, prov_call_done *done,
		    void *arg, struct prov_call **out, struct err *err)
{
	return check(order, err) ? -1
				 : start(order, false, done, arg, out, err);
}

static void leave_line(struct prov_call **line, const struct prov_call *call)
{
	while (*line && *line != call)
		line = &(*line)->next;
	if (*line)
		*line = call->next;
}

void prov_call_cancel(struct prov_call *call)
{
	struct prov_reply reply = { .end = PROV_END_CANCELLED };
	struct prov_session *session = call->profile->session;

	if (call->wire) {
		xfer_cancel(call->xfer, call->wire);
		return;
	}
	leave_line(&session->waiting, call);
	leave_line(&session->going, call);
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
	language_tag(language, sizeof(language));
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
