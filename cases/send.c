/* SPDX-License-Identifier: MIT */
/* One submission on its way. */
#include "cases/send.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "cases/cargo.h"
#include "cases/before.h"
#include "cases/store_private.h"
#include "forms/form.h"

struct flight {
	struct case_store *store;
	struct xfer *xfer;
	const struct prov_profile *profile;
	struct cargo cargo;
	unsigned number; /* of the attempt */
	bool launched;
	uint64_t mark; /* of the commit that begins it */
	struct prov_call *call;
	flight_landed *landed;
	void *arg;
	enum attempt_why why;
	/* From here: what was brought back. */
	bool over;
	enum prov_end end;
	int status;
	bool repeated;
	uint64_t sent;
	struct prov_result result;
	/* Decided once: writing it down may take several tries. */
	bool judged;
	struct attempt_verdict verdict;
	int64_t next_ms;
};

/* The one that speaks for all. */
static struct case_submission *lead(struct flight *flight)
{
	return &flight->cargo.loads[0].submission;
}

int64_t flight_submission(const struct flight *flight)
{
	return flight->cargo.group.ids[0];
}

bool flight_carries(const struct flight *flight, int64_t submission)
{
	for (size_t i = 0; i < flight->cargo.group.count; i++)
		if (flight->cargo.group.ids[i] == submission)
			return true;
	return false;
}

int64_t flight_case(const struct flight *flight)
{
	return flight->cargo.loads[0].submission.case_id;
}

void flight_set_mark(struct flight *flight, uint64_t mark)
{
	flight->mark = mark;
}

uint64_t flight_mark(const struct flight *flight)
{
	return flight->mark;
}

bool flight_is_launched(const struct flight *flight)
{
	return flight->launched;
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
	cargo_release(&flight->cargo);
	prov_result_release(&flight->result);
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

static int decide_one(struct flight *flight, const struct case_submission *sub,
		      const char *code, const char *message, struct err *err)
{
	const struct submission_end end = {
		.state = cargo_in_doubt(sub) ? CASE_UNSURE : CASE_REFUSED,
		.sent_before = sub->sent_before,
		.alone = true,
		.next_ms = cargo_in_doubt(sub) ? SUBMISSION_PARKED : 0,
		.code = code,
		.message = message,
	};

	return submission_end(flight->store, sub->id, &end, err);
}

/*
 * The steps before a start answer: 1, go on; 0, it will not go and the record
 * says why; -1, ERR. This is the second: refused here, unless an earlier
 * attempt may have arrived. Then it stays unsure, with the reason why it is
 * not repeated. ONLY: nothing is wrong with the others that would go with it,
 * and they may go without it; NULL: all.
 */
static int decide(struct flight *flight, const struct cargo_load *only,
		  const char *code, const char *message, struct err *err)
{
	int ret = 0;

	if (cargo_in_doubt(lead(flight)))
		only = NULL;
	if (case_store_begin(flight->store, err))
		return -1;
	if (only && lead(flight)->leader)
		ret = bundle_dissolve(flight->store, lead(flight)->leader, err);
	for (size_t i = 0; !ret && i < flight->cargo.group.count; i++)
		if (!only || only == &flight->cargo.loads[i])
			ret = decide_one(flight,
					 &flight->cargo.loads[i].submission,
					 code, message, err);
	return db_finish(flight->store, ret, err);
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
	flight->repeated = reply->repeated;
	flight->sent = progress.sent;
	flight->result = *result;
	flight->result.code = mem_dup(result->code);
	flight->result.message = mem_dup(result->message);
	flight->result.provider_id = mem_dup(result->provider_id);
	flight->result.log_id = mem_dup(result->log_id);
	flight->result.more = NULL;
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
static int open_files(struct flight *flight, struct err *err)
{
	struct err failed = { 0 };

	for (size_t i = 0; i < flight->cargo.ctx.document_count; i++) {
		struct cargo_load *load = &flight->cargo.loads[i];

		if (doc_file_open(&load->file, load->submission.path, &failed))
			return decide(flight, load, "file_gone", failed.text,
				      err);
		if (load->file.bytes != load->submission.bytes)
			return decide(flight, load, "file_changed",
				      _("the file is not the one that was "
					"checked; choose it again"),
				      err);
	}
	return 1;
}

/* Nothing of a bundle can have arrived: it may be that others are missing. */
static int refuse(struct flight *flight, const struct err *failed,
		  struct err *err)
{
	const struct case_submission *sub = lead(flight);
	char *message = NULL;
	int ret;

	if (!sub->bundle || sub->sent_before || failed->code != ERR_INPUT)
		return decide(flight, NULL, "not_sent", failed->text, err);
	message = mem_printf(_("waits for others: %s"), failed->text);
	ret = bundle_park(flight->store, sub->id, message, err);
	free(message);
	return ret;
}

/*
 * Under a key that may have arrived, only the very same bytes may be repeated.
 * Where nothing can have arrived, other bytes get another key.
 */
static int fix_body(struct flight *flight, char hex[65], struct err *err)
{
	struct case_submission *sub = lead(flight);
	struct prov_order order =
		cargo_order(&flight->cargo, flight->profile, flight->xfer);
	struct err failed = { 0 };

	if (prov_call_digest(&order, hex, &failed))
		return refuse(flight, &failed, err);
	if (!*sub->body_sha256 || strcmp(hex, sub->body_sha256) == 0)
		return 1;
	if (cargo_in_doubt(sub))
		return decide(flight, NULL, "body_changed",
			      _("this program would now send it in other "
				"words than before, so it is not repeated"),
			      err);
	prov_key_new(sub->key);
	if (prov_call_digest(&order, hex, &failed))
		return refuse(flight, &failed, err);
	return 1;
}

/* All that can be known before anything is opened. */
static int look(struct flight *flight, struct err *err)
{
	const struct provider *provider = flight->profile->provider;
	struct case_submission *sub = lead(flight);
	bool lives = submission_key_lives(provider, sub->key_made_ms,
					  xfer_now_unix());
	int described;

	if (!cargo_is_for(&flight->cargo, flight->profile->endpoint))
		return submission_hold(
			flight->store, sub->id, true, "other_endpoint",
			_("this was queued for another address of the "
			  "provider; it is held, and goes nowhere else"),
			err);
	if (cargo_in_doubt(sub) && !(lives && *sub->body_sha256))
		return decide(flight, NULL, "key_expired",
			      _("the answer was lost, and the provider does "
				"not remember the attempt any more; look "
				"whether it arrived"),
			      err);
	/* It was asked about, and is not there: it may go under another. */
	if (sub->sent_before && !cargo_in_doubt(sub) && !lives)
		prov_key_new(sub->key);
	described = cargo_describe(&flight->cargo, flight->store,
				   flight->profile, err);
	if (!described)
		return decide(flight, NULL, "not_sent",
			      _("the provider takes no such thing"), err);
	return described;
}

/* Will it have to be known what the provider had before? 1, 0, or -1. */
static int needs_evidence(struct flight *flight, struct err *err)
{
	const struct case_submission *sub = lead(flight);
	int64_t again = 0;

	if (sub->attempts)
		return 0;
	if (submission_asks_first(flight->profile->provider))
		return 1;
	if (db_number(flight->store, &again,
		      "SELECT standing = 'rejected' FROM submissions"
		      " WHERE id = ?1",
		      DB_ARGS(db_int(sub->id)), err) < 0)
		return -1;
	return again != 0;
}

static int begin(struct flight *flight, const char *hex, struct err *err)
{
	const struct case_submission *sub = lead(flight);
	char *papers = NULL;
	int needs = needs_evidence(flight, err);
	int begun;

	if (needs < 0)
		return -1;
	if (needs && before_note(flight->store, flight->profile, sub->customer,
				 &papers, err))
		return -1;
	begun = submission_begin(
		flight->store,
		&(struct submission_start){ .group = &flight->cargo.group,
					    .attempts = sub->attempts,
					    .key = sub->key,
					    .body_sha256 = hex,
					    .target = flight->cargo.target,
					    .papers = papers },
		&flight->number, err);
	mem_free_private(papers);
	return begun;
}

static int start(struct flight *flight, enum flight_start *how, struct err *err)
{
	char hex[65] = "";
	int go = look(flight, err);

	*how = FLIGHT_DECIDED;
	if (go > 0)
		go = open_files(flight, err);
	if (go > 0)
		go = fix_body(flight, hex, err);
	if (go <= 0)
		return go;
	go = begin(flight, hex, err);
	*how = go > 0 ? FLIGHT_BEGUN : FLIGHT_TAKEN;
	return go < 0 ? -1 : 0;
}

int flight_new(struct flight **out, struct case_store *store, struct xfer *xfer,
	       const struct prov_profile *profile, int64_t id,
	       flight_landed *landed, void *arg, enum flight_start *how,
	       struct err *err)
{
	struct flight *flight = mem_alloc(sizeof(*flight));
	int got;

	flight->store = store;
	flight->xfer = xfer;
	flight->profile = profile;
	flight->landed = landed;
	flight->arg = arg;
	*how = FLIGHT_TAKEN;
	got = cargo_load(&flight->cargo, store, id, err);
	if (got > 0)
		got = start(flight, how, err);
	if (got < 0 || *how != FLIGHT_BEGUN)
		flight_free(flight);
	else
		*out = flight;
	return got < 0 ? -1 : 0;
}

void flight_launch(struct flight *flight)
{
	struct prov_order order =
		cargo_order(&flight->cargo, flight->profile, flight->xfer);
	struct err failed = { 0 };

	flight->launched = true;
	flight->cargo.loads[0].extra.tries++;
	if (prov_call_start(&order, on_done, flight, &flight->call, &failed))
		land_unsent(flight, &failed);
}

int flight_withdraw(struct flight *flight, struct err *err)
{
	const struct cargo *cargo = &flight->cargo;
	int ret = 0;

	if (case_store_begin(flight->store, err))
		return -1;
	for (size_t i = 0; !ret && i < cargo->group.count; i++)
		ret = submission_withdraw(
			flight->store, &cargo->loads[i].submission,
			cargo->loads[i].extra.tries, flight->number, err);
	return db_finish(flight->store, ret, err);
}

static void judge(struct flight *flight)
{
	const struct provider *provider = flight->profile->provider;
	const struct case_submission *sub = lead(flight);
	struct attempt attempt = {
		.result = &flight->result,
		.end = flight->end,
		.why = flight->why,
		.sent_before = sub->sent_before || flight->repeated,
		.tries = flight->cargo.loads[0].extra.tries,
		.asks_first = submission_asks_first(provider),
		.can_ask = prov_can(&provider->customer_read[0].op),
		.status = flight->status,
	};
	int64_t now = xfer_now_unix();

	/* A key that is used for the first time was made when it began. */
	attempt.key_lives = submission_key_lives(
		provider, *sub->body_sha256 ? sub->key_made_ms : now, now);
	if (getrandom(&attempt.dice, sizeof(attempt.dice), 0) !=
	    sizeof(attempt.dice))
		attempt.dice = (uint32_t)xfer_now();
	attempt_judge(&attempt, &flight->verdict);
	if (flight->verdict.parked)
		flight->next_ms = SUBMISSION_PARKED;
	else if (flight->verdict.wait_ms)
		flight->next_ms = now + flight->verdict.wait_ms;
}

/* What the operator reads while it is not known what became of it. */
static char *words_of(const struct flight *flight)
{
	const char *said = flight->result.message;

	if (flight->verdict.ask && flight->result.outcome != PROV_REFUSED)
		return said ? mem_printf(_("%s; the provider is asked whether "
					   "it arrived"),
					 said)
			    : mem_dup(_("the answer was lost; the provider is "
					"asked whether it arrived"));
	if (!said && flight->verdict.state == CASE_UNSURE)
		return mem_dup(_("it was sent, but the answer was lost"));
	return mem_dup(said);
}

const struct attempt_verdict *flight_verdict(struct flight *flight)
{
	if (!flight->judged)
		judge(flight);
	flight->judged = true;
	return &flight->verdict;
}

int flight_record(struct flight *flight, struct err *err)
{
	const struct attempt_verdict *verdict = flight_verdict(flight);
	const struct prov_result *result = &flight->result;
	struct submission_end end = { 0 };
	char *message = NULL;
	int ret;

	message = words_of(flight);
	end = (struct submission_end){
		.state = verdict->state,
		.sent_before = verdict->sent_before,
		.new_key = verdict->new_key,
		.spent = verdict->spent,
		.next_ms = flight->next_ms,
		.code = result->code,
		.message = message,
		.provider_id = result->provider_id,
		.problems = &result->problems,
		.number = flight->number,
		.ended = attempt_end_name(flight->end),
		.outcome = attempt_outcome_name(result->outcome),
		.log_id = result->log_id,
		.status = flight->status,
		.sent = flight->sent,
	};
	ret = submission_end(flight->store, flight->cargo.group.ids[0], &end,
			     err);
	mem_free_private(message);
	return ret;
}
