/* SPDX-License-Identifier: MIT */
/* One submission on its way. */
#include "cases/send.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "cases/store_private.h"
#include "forms/form.h"

struct flight {
	struct case_store *store;
	const struct prov_profile *profile;
	struct case_submission submission;
	struct submission_extra extra;
	struct prov_document document;
	struct prov_ctx ctx;
	struct doc_file file;
	unsigned number; /* of the attempt */
	struct prov_call *call;
	flight_landed *landed;
	void *arg;
	enum attempt_why why;
	/* From here: what was brought back. */
	bool over;
	enum prov_end end;
	int status;
	uint64_t sent;
	struct prov_result result;
	/* Decided once: writing it down may take several tries. */
	bool judged;
	struct attempt_verdict verdict;
	int64_t next_ms;
};

int64_t flight_submission(const struct flight *flight)
{
	return flight->submission.id;
}

int64_t flight_case(const struct flight *flight)
{
	return flight->submission.case_id;
}

bool flight_has_landed(const struct flight *flight)
{
	return flight->over;
}

const char *flight_message(const struct flight *flight)
{
	return flight->result.message;
}

void flight_free(struct flight *flight)
{
	if (!flight)
		return;
	case_submission_release(&flight->submission);
	submission_extra_release(&flight->extra);
	prov_result_release(&flight->result);
	doc_file_close(&flight->file);
	free(flight);
}

void flight_progress(const struct flight *flight, struct xfer_progress *out)
{
	*out = (struct xfer_progress){ 0 };
	if (flight->call)
		prov_call_progress(flight->call, out);
}

void flight_cancel(struct flight *flight, enum attempt_why why)
{
	if (flight->over || !flight->call)
		return;
	flight->why = why;
	prov_call_cancel(flight->call);
}

/* "http://127.0.0.1:8080" up to the port; 0: not on this machine. A practice
 * server comes back on another port. */
static size_t loopback_len(const char *endpoint)
{
	static const char *const hosts[] = {
		"http://127.0.0.1",  "http://localhost",  "http://[::1]",
		"https://127.0.0.1", "https://localhost", "https://[::1]",
	};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		size_t len = strlen(hosts[i]);

		if (strncmp(endpoint, hosts[i], len) == 0 &&
		    (endpoint[len] == ':' || !endpoint[len]))
			return len;
	}
	return 0;
}

static bool same_endpoint(const char *a, const char *b)
{
	size_t len = loopback_len(a);

	return strcmp(a, b) == 0 ||
	       (len && len == loopback_len(b) && strncmp(a, b, len) == 0);
}

/*
 * The steps before a start answer: 1, go on; 0, it will not go and the record
 * says why; -1, ERR. This is the second: refused here, unless an earlier
 * attempt may have arrived. Then it stays unsure, with the reason why it is
 * not repeated.
 */
static int decide(struct flight *flight, const char *code, const char *message,
		  struct err *err)
{
	const struct case_submission *sub = &flight->submission;
	const struct submission_end end = {
		.state = sub->sent_before ? CASE_UNSURE : CASE_REFUSED,
		.sent_before = sub->sent_before,
		.next_ms = sub->sent_before ? SUBMISSION_PARKED : 0,
		.code = code,
		.message = message,
	};

	return submission_end(flight->store, sub->id, &end, err);
}

static const struct prov_op *op_of(const struct flight *flight)
{
	const struct provider *provider = flight->profile->provider;

	switch (flight->submission.rank) {
	case PROV_RANK_INFORMATION:
		return &provider->information_send;
	case PROV_RANK_START:
		return &provider->start;
	default:
		return &provider->document_send;
	}
}

static const struct form_schema *schema_of(const struct flight *flight)
{
	const struct provider *provider = flight->profile->provider;
	const char *name = flight->submission.schema;

	for (size_t i = 0; name && i < 2; i++)
		if (provider->information[i] &&
		    strcmp(provider->information[i]->name, name) == 0)
			return provider->information[i];
	return NULL;
}

/* What the builder looks at. -1: this provider has no such thing any more. */
static int describe(struct flight *flight)
{
	const struct case_submission *sub = &flight->submission;
	struct prov_ctx *ctx = &flight->ctx;

	ctx->customer = sub->customer;
	ctx->kind = flight->extra.holder;
	ctx->key = sub->key;
	if (!prov_can(op_of(flight)))
		return -1;
	if (sub->rank == PROV_RANK_INFORMATION) {
		ctx->schema = schema_of(flight);
		ctx->answers = sub->answers;
		return ctx->schema && ctx->answers ? 0 : -1;
	}
	if (sub->rank != PROV_RANK_DOCUMENT)
		return 0;
	flight->document = (struct prov_document){
		.type = doc_type_find(flight->profile->provider->doctypes,
				      sub->type ? sub->type : ""),
		.side = sub->side,
		.country = sub->country,
		.party = sub->party,
		.kind = sub->kind,
		.bytes = sub->bytes,
		.fields = sub->answers,
	};
	ctx->document = &flight->document;
	return flight->document.type && sub->path ? 0 : -1;
}

static struct prov_order order_of(struct flight *flight, struct xfer *xfer)
{
	const bool has_file = flight->submission.rank == PROV_RANK_DOCUMENT;

	return (struct prov_order){
		.xfer = xfer,
		.profile = flight->profile,
		.op = op_of(flight),
		.ctx = &flight->ctx,
		.file = has_file ? &flight->file : NULL,
		.sha256 = has_file ? flight->submission.sha256 : NULL,
	};
}

static void on_done(void *arg, const struct prov_result *result,
		    const struct prov_reply *reply)
{
	struct flight *flight = arg;
	struct xfer_progress progress = { 0 };

	prov_call_progress(flight->call, &progress);
	flight->call = NULL;
	flight->over = true;
	flight->end = reply->end;
	flight->status = reply->status;
	flight->sent = progress.sent;
	flight->result = *result;
	flight->result.code = mem_dup(result->code);
	flight->result.message = mem_dup(result->message);
	flight->result.provider_id = mem_dup(result->provider_id);
	flight->result.log_id = mem_dup(result->log_id);
	flight->result.problems = (struct findings){ 0 };
	findings_append(&flight->result.problems, &result->problems);
	flight->landed(flight->arg, flight);
}

/* Begun in the record, but never on the wire: as if it had ended at once. */
static void land_unsent(struct flight *flight, const struct err *failed)
{
	flight->over = true;
	flight->end = PROV_END_UNREACHED;
	flight->result.message = mem_dup(failed->text);
	flight->result.wait_ms = -1;
	switch (failed->code) {
	case ERR_CREDENTIALS:
		flight->result.outcome = PROV_DENIED;
		flight->result.code = mem_dup("credentials");
		break;
	case ERR_INPUT:
	case ERR_BUG:
		flight->result.outcome = PROV_REFUSED;
		flight->result.code = mem_dup("not_sent");
		/* Like a file that failed: proves nothing of earlier ones. */
		flight->end = PROV_END_SOURCE;
		break;
	default:
		flight->result.outcome = PROV_AGAIN;
		flight->result.code = mem_dup("unreachable");
	}
}

/* The bytes must be those that were checked. Their number is compared here;
 * the content is hashed on its way. */
static int open_file(struct flight *flight, struct err *err)
{
	const struct case_submission *sub = &flight->submission;
	struct err failed = { 0 };

	if (sub->rank != PROV_RANK_DOCUMENT)
		return 1;
	if (doc_file_open(&flight->file, sub->path, &failed))
		return decide(flight, "file_gone", failed.text, err);
	if (flight->file.bytes != sub->bytes)
		return decide(flight, "file_changed",
			      _("the file is not the one that was checked; "
				"choose it again"),
			      err);
	return 1;
}

/*
 * Under a key that may have arrived, only the very same bytes may be repeated.
 * Where nothing can have arrived, other bytes get another key.
 */
static int fix_body(struct flight *flight, struct xfer *xfer, char hex[65],
		    struct err *err)
{
	struct case_submission *sub = &flight->submission;
	struct prov_order order = order_of(flight, xfer);
	struct err failed = { 0 };

	if (prov_call_digest(&order, hex, &failed))
		return decide(flight, "not_sent", failed.text, err);
	if (!*sub->body_sha256 || strcmp(hex, sub->body_sha256) == 0)
		return 1;
	if (sub->sent_before)
		return decide(flight, "body_changed",
			      _("this program would now send it in other "
				"words than before, so it is not repeated"),
			      err);
	prov_key_new(sub->key);
	if (prov_call_digest(&order, hex, &failed))
		return decide(flight, "not_sent", failed.text, err);
	return 1;
}

/* All that can be known before anything is opened. */
static int look(struct flight *flight, struct err *err)
{
	const struct case_submission *sub = &flight->submission;
	const struct provider *provider = flight->profile->provider;

	if (!same_endpoint(flight->extra.endpoint, flight->profile->endpoint))
		return submission_hold(
			flight->store, sub->id, true, "other_endpoint",
			_("this was queued for another address of the "
			  "provider; it is held, and goes nowhere else"),
			err);
	if (sub->sent_before &&
	    !submission_key_lives(provider, sub->key_made_ms, xfer_now_unix()))
		return decide(flight, "key_expired",
			      _("the answer was lost, and the provider does "
				"not remember the attempt any more; look "
				"whether it arrived"),
			      err);
	if (describe(flight))
		return decide(flight, "not_sent",
			      _("the provider takes no such thing"), err);
	return 1;
}

static int start(struct flight *flight, struct xfer *xfer,
		 enum flight_start *how, struct err *err)
{
	struct case_submission *sub = &flight->submission;
	struct err failed = { 0 };
	struct prov_order order;
	char hex[65] = "";
	int go = look(flight, err);

	*how = FLIGHT_DECIDED;
	if (go > 0)
		go = open_file(flight, err);
	if (go > 0)
		go = fix_body(flight, xfer, hex, err);
	if (go <= 0)
		return go;
	go = submission_begin(flight->store, sub->id, sub->key, hex,
			      &flight->number, err);
	if (go <= 0) {
		*how = FLIGHT_TAKEN;
		return go;
	}
	flight->extra.tries++;
	*how = FLIGHT_STARTED;
	order = order_of(flight, xfer);
	if (prov_call_start(&order, on_done, flight, &flight->call, &failed))
		land_unsent(flight, &failed);
	return 0;
}

int flight_new(struct flight **out, struct case_store *store, struct xfer *xfer,
	       const struct prov_profile *profile, int64_t id,
	       flight_landed *landed, void *arg, enum flight_start *how,
	       struct err *err)
{
	struct flight *flight = mem_alloc(sizeof(*flight));
	int got;

	flight->store = store;
	flight->profile = profile;
	flight->file = (struct doc_file)DOC_FILE_NONE;
	flight->landed = landed;
	flight->arg = arg;
	got = case_submission_load(store, id, &flight->submission, err);
	*how = FLIGHT_TAKEN;
	if (got > 0 && submission_extra(store, id, &flight->extra, err))
		got = -1;
	if (got > 0)
		got = start(flight, xfer, how, err);
	if (got < 0 || *how != FLIGHT_STARTED)
		flight_free(flight);
	else
		*out = flight;
	return got < 0 ? -1 : 0;
}

static void judge(struct flight *flight)
{
	const struct case_submission *sub = &flight->submission;
	struct attempt attempt = {
		.result = &flight->result,
		.end = flight->end,
		.why = flight->why,
		.sent_before = sub->sent_before,
		.tries = flight->extra.tries,
	};
	int64_t now = xfer_now_unix();

	/* A key that is used for the first time was made when it began. */
	attempt.key_lives = submission_key_lives(
		flight->profile->provider,
		*sub->body_sha256 ? sub->key_made_ms : now, now);
	if (getrandom(&attempt.dice, sizeof(attempt.dice), 0) !=
	    sizeof(attempt.dice))
		attempt.dice = (uint32_t)xfer_now();
	attempt_judge(&attempt, &flight->verdict);
	if (flight->verdict.parked)
		flight->next_ms = SUBMISSION_PARKED;
	else if (flight->verdict.wait_ms)
		flight->next_ms = now + flight->verdict.wait_ms;
}

int flight_record(struct flight *flight, struct attempt_verdict *verdict,
		  struct err *err)
{
	const struct prov_result *result = &flight->result;
	struct submission_end end = { 0 };

	if (!flight->judged) {
		judge(flight);
		flight->judged = true;
	}
	end = (struct submission_end){
		.state = flight->verdict.state,
		.sent_before = flight->verdict.sent_before,
		.new_key = flight->verdict.new_key,
		.next_ms = flight->next_ms,
		.code = result->code,
		.message = result->message,
		.provider_id = result->provider_id,
		.problems = &result->problems,
		.number = flight->number,
		.ended = attempt_end_name(flight->end),
		.outcome = attempt_outcome_name(result->outcome),
		.log_id = result->log_id,
		.status = flight->status,
		.sent = flight->sent,
	};
	if (!end.message && end.state == CASE_UNSURE)
		end.message = _("it was sent, but the answer was lost");
	*verdict = flight->verdict;
	return submission_end(flight->store, flight->submission.id, &end, err);
}
