/* SPDX-License-Identifier: MIT */
/*
 * Settling what is unsure by what the provider says it has. Only a change
 * that nothing else explains counts as arrived; only what is still missing
 * when a repeat is no longer possible counts as not arrived. All else stays
 * unsure, for the operator. Where the provider is asked first, what is not
 * there is sent again: evidence.c says what is there.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "cases/attempt.h"
#include "cases/evidence.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/xfer.h"

/* What was sent may take a while to show over there. */
#define SHOWS_AFTER_MS 10000
#define ASK_AGAIN_MS   2000

static const char *const status_names[] = {
	[PROV_REQ_MISSING] = "missing",	    [PROV_REQ_SENT] = "sent",
	[PROV_REQ_IN_REVIEW] = "in_review", [PROV_REQ_ACCEPTED] = "accepted",
	[PROV_REQ_REJECTED] = "rejected",
};

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A form goes by its schema, whatever its rank; the start has no type. Some
 * requirements are about one side, others speak for both. */
static bool is_about(const struct prov_requirement *requirement,
		     enum prov_rank rank, const char *type, enum doc_side side,
		     const char *party)
{
	const char *code = NULL;

	if (rank == PROV_RANK_DOCUMENT) {
		if (requirement->kind != PROV_REQ_DOCUMENT ||
		    (requirement->side != DOC_SIDE_NONE &&
		     requirement->side != side))
			return false;
		code = requirement->type->code;
	} else {
		if (requirement->kind != PROV_REQ_INFORMATION)
			return false;
		code = requirement->form->schema->name;
	}
	return same_text(code, type) && same_text(requirement->party, party);
}

/* The start that is no form has no requirement to speak for it. */
static bool goes_by_stage(enum prov_rank rank, const char *type)
{
	return rank == PROV_RANK_START && same_text(type, "");
}

const char *submission_standing(const struct prov_customer *customer,
				enum prov_rank rank, const char *type,
				enum doc_side side, const char *party)
{
	if (goes_by_stage(rank, type))
		return prov_stage_name(customer->stage);
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (is_about(req, rank, type, side, party) &&
		    !(req->unlisted && req->status == PROV_REQ_MISSING))
			return status_names[req->status];
	}
	return "";
}

bool standing_wants(enum prov_rank rank, const char *type, const char *standing)
{
	if (goes_by_stage(rank, type))
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_NOT_STARTED)) == 0 ||
		       strcmp(standing,
			      prov_stage_name(PROV_STAGE_ACTION_NEEDED)) == 0;
	return strcmp(standing, "missing") == 0 ||
	       strcmp(standing, "rejected") == 0;
}

bool standing_is_there(enum prov_rank rank, const char *type,
		       const char *standing)
{
	if (goes_by_stage(rank, type))
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_IN_REVIEW)) == 0 ||
		       strcmp(standing, prov_stage_name(PROV_STAGE_APPROVED)) ==
			       0;
	return *standing && !standing_wants(rank, type, standing);
}

/* All that is unsure about one customer. */
struct doubts {
	struct doubt *list;
	size_t count;
	struct case_submission_list of_case;
};

static void doubts_release(struct doubts *doubts)
{
	for (size_t i = 0; i < doubts->count; i++) {
		free(doubts->list[i].standing);
		mem_free_private(doubts->list[i].papers);
	}
	free(doubts->list);
	case_submission_list_release(&doubts->of_case);
	*doubts = (struct doubts){ 0 };
}

static const struct case_submission *
find_submission(const struct case_submission_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->list[i].id == id)
			return &list->list[i];
	return NULL;
}

/* The attempts of all that went together are their leader's. */
static const char sql_doubts[] =
	"SELECT id, standing, papers, tries,"
	" (SELECT min(started_ms) FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))),"
	" (SELECT max(max(started_ms, ended_ms)) FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))),"
	" (SELECT outcome FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))"
	"  ORDER BY number DESC LIMIT 1)"
	" FROM submissions s WHERE case_id = ?1 AND settled_ms = 0"
	" AND state = 'unsure' ORDER BY id";

static int read_doubts(struct case_store *store, int64_t case_id,
		       struct doubts *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt, sql_doubts, DB_ARGS(db_int(case_id)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct doubt *doubt = NULL;

		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		doubt = &out->list[out->count++];
		*doubt = (struct doubt){
			.submission = find_submission(
				&out->of_case, sqlite3_column_int64(stmt, 0)),
			.of_case = &out->of_case,
			.standing = mem_dup(db_column(stmt, 1)),
			.papers = db_column_dup(stmt, 2),
			.tries = (unsigned)sqlite3_column_int64(stmt, 3),
			.started_ms = sqlite3_column_int64(stmt, 4),
			.ended_ms = sqlite3_column_int64(stmt, 5),
			.refused =
				strcmp(db_column(stmt, 6),
				       attempt_outcome_name(PROV_REFUSED)) == 0,
		};
	}
	sqlite3_finalize(stmt);
	return more;
}

/* OUT must not move while it is used: its parts point at each other. */
static int doubts_load(struct case_store *store,
		       const struct prov_profile *profile, const char *customer,
		       struct doubts *out, struct err *err)
{
	int64_t case_id = 0;
	int got = db_number(store, &case_id,
			    "SELECT case_id FROM submissions"
			    " WHERE profile = ?1 AND settled_ms = 0"
			    " AND customer = ?2 AND state = 'unsure' LIMIT 1",
			    DB_ARGS(db_text(profile->name), db_text(customer)),
			    err);

	*out = (struct doubts){ 0 };
	if (got <= 0)
		return got;
	if (case_submissions(store, profile, case_id, false, &out->of_case,
			     err) ||
	    read_doubts(store, case_id, out, err)) {
		doubts_release(out);
		return -1;
	}
	return 0;
}

/* How many from AT on went together; they stand in a row, or are looked for. */
static bool same_request(const struct doubt *a, const struct doubt *b)
{
	return a == b || (a->submission->leader &&
			  a->submission->leader == b->submission->leader);
}

static bool leads(const struct doubt *doubt)
{
	const struct case_submission *sub = doubt->submission;

	return !sub->leader || sub->leader == sub->id;
}

/* Is it waiting for what the provider says, and not for the operator? */
static bool waits_for_word(const struct doubt *doubt)
{
	return leads(doubt) && !doubt->submission->held &&
	       doubt->submission->next_ms != SUBMISSION_PARKED;
}

static int accept(struct case_store *store, const struct doubt *doubt,
		  const char *id, struct err *err)
{
	const struct submission_end end = {
		.state = CASE_ACCEPTED,
		.sent_before = true,
		.alone = true,
		.code = "found",
		.message = _("the answer was lost, but the provider says that "
			     "it has it"),
		.provider_id = id,
	};

	return submission_end(store, doubt->submission->id, &end, err);
}

/* One verdict for all that went with LEADER: found and absent only where that
 * is true of each. */
static enum evidence weigh(const struct doubts *doubts,
			   const struct doubt *leader,
			   const struct provider *provider,
			   const struct prov_customer *customer)
{
	enum evidence all = EVIDENCE_NONE;

	for (size_t i = 0; i < doubts->count; i++) {
		const struct doubt *doubt = &doubts->list[i];
		const char *id = NULL;
		enum evidence one;

		if (!same_request(doubt, leader))
			continue;
		one = evidence_of(doubt, provider, customer, &id);
		if (doubt != leader && one != all)
			return EVIDENCE_NONE;
		all = one;
	}
	return all;
}

static int accept_all(struct case_store *store, const struct doubts *doubts,
		      const struct doubt *leader,
		      const struct provider *provider,
		      const struct prov_customer *customer, struct err *err)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < doubts->count; i++) {
		const char *id = NULL;

		if (!same_request(&doubts->list[i], leader))
			continue;
		evidence_of(&doubts->list[i], provider, customer, &id);
		ret = accept(store, &doubts->list[i], id, err);
	}
	return ret;
}

/* What can be told at any time: that it is there; and where the provider is
 * not asked first, that it is not there and cannot be repeated. */
static int settle(struct case_store *store, const struct doubts *doubts,
		  const struct doubt *doubt, const struct provider *provider,
		  const struct prov_customer *customer, struct err *err)
{
	const struct submission_end absent = {
		.state = CASE_REFUSED,
		.sent_before = true,
		.code = "not_arrived",
		.message = _("the answer was lost, and the provider says "
			     "that it does not have it; send it again"),
	};
	const struct case_submission *sub = doubt->submission;
	int64_t now = xfer_now_unix();

	switch (weigh(doubts, doubt, provider, customer)) {
	case EVIDENCE_FOUND:
		return accept_all(store, doubts, doubt, provider, customer,
				  err);
	case EVIDENCE_ABSENT:
		if (submission_asks_first(provider) ||
		    submission_key_lives(provider, sub->key_made_ms, now))
			return 0;
		/* Then the outbox asks, and sends it again by itself. */
		if (waits_for_word(doubt) &&
		    submission_is_asked_about(provider, *sub->body_sha256,
					      sub->key_made_ms, now))
			return 0;
		return submission_end(store, sub->id, &absent, err);
	case EVIDENCE_NONE:
		break;
	}
	return 0;
}

int submissions_compare(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer, struct err *err)
{
	struct doubts doubts;
	int ret = doubts_load(store, profile, customer->id, &doubts, err);

	for (size_t i = 0; !ret && i < doubts.count; i++)
		if (leads(&doubts.list[i]))
			ret = settle(store, &doubts, &doubts.list[i],
				     profile->provider, customer, err);
	doubts_release(&doubts);
	return ret;
}

static int ask_later(struct case_store *store, const struct doubt *doubt,
		     int64_t next_ms, bool counts, struct err *err)
{
	return db_run(store,
		      "UPDATE submissions SET next_ms = ?2, tries = tries + ?3"
		      " WHERE (id = ?1 OR leader = ?1) AND state = 'unsure'",
		      DB_ARGS(db_int(doubt->submission->id), db_int(next_ms),
			      db_int(counts)),
		      err);
}

static int park(struct case_store *store, const struct doubt *doubt,
		const char *code, const char *message, struct err *err)
{
	const struct submission_end end = {
		.state = CASE_UNSURE,
		.sent_before = true,
		.next_ms = SUBMISSION_PARKED,
		.code = code,
		.message = message,
	};

	return submission_end(store, doubt->submission->id, &end, err);
}

static void judge_again(const struct doubt *doubt,
			struct attempt_verdict *verdict)
{
	const struct prov_result again = { .outcome = PROV_AGAIN,
					   .wait_ms = -1 };
	struct attempt attempt = {
		.result = &again,
		.end = PROV_END_UNREACHED,
		.tries = doubt->tries,
	};

	if (getrandom(&attempt.dice, sizeof(attempt.dice), GRND_NONBLOCK) !=
	    sizeof(attempt.dice))
		attempt.dice = (uint32_t)xfer_now();
	attempt_judge(&attempt, verdict);
}

/* It is not there: as if the attempt had not reached the provider, but that
 * its key, while it is remembered, still guards against a second one. */
static int send_again(struct case_store *store, const struct doubt *doubt,
		      const struct provider *provider, struct err *err)
{
	const struct case_submission *sub = doubt->submission;
	int64_t now = xfer_now_unix();
	bool lives = submission_key_lives(provider, sub->key_made_ms, now);
	struct attempt_verdict verdict;
	struct submission_end end;

	judge_again(doubt, &verdict);
	end = (struct submission_end){
		.state = CASE_QUEUED,
		.sent_before = lives && *sub->body_sha256,
		.new_key = !lives,
		.next_ms = verdict.parked ? SUBMISSION_PARKED
					  : now + verdict.wait_ms,
		.code = "not_arrived",
		.message = verdict.parked
				   ? _("the provider does not have it after "
				       "several attempts; it goes again when "
				       "asked to")
				   : _("the answer was lost, and the provider "
				       "does not have it; it is sent again"),
	};
	return submission_end(store, sub->id, &end, err);
}

/* It is not there, and a repeat of it was refused: that is its answer. */
static int refuse(struct case_store *store, const struct doubt *doubt,
		  struct err *err)
{
	const struct case_submission *sub = doubt->submission;
	const struct submission_end refused = {
		.state = CASE_REFUSED,
		.sent_before = true,
		.code = sub->code,
		.message = sub->message,
		.problems = &sub->problems,
	};

	return submission_end(store, sub->id, &refused, err);
}

static int decide(struct case_store *store, const struct doubts *doubts,
		  const struct doubt *doubt, const struct provider *provider,
		  const struct prov_customer *customer, int64_t asked_ms,
		  struct err *err)
{
	bool together = doubt->submission->leader;
	/* A clock that was set back must not keep us asking for ever. */
	bool odd = asked_ms < doubt->ended_ms;

	if (weigh(doubts, doubt, provider, customer) != EVIDENCE_ABSENT)
		return park(store, doubt, "undecided",
			    together ? _("the answer was lost, and it cannot "
					 "be told whether all of them arrived; "
					 "look at the provider's, then cancel "
					 "or retry")
				     : _("the answer was lost, and it cannot "
					 "be told whether it arrived; look at "
					 "the provider's, then cancel or "
					 "retry"),
			    err);
	if (asked_ms >= doubt->ended_ms + SHOWS_AFTER_MS && doubt->refused)
		return refuse(store, doubt, err);
	if (asked_ms >= doubt->ended_ms + SHOWS_AFTER_MS)
		return send_again(store, doubt, provider, err);
	if (odd && doubt->tries >= ATTEMPTS_MOST)
		return park(store, doubt, "undecided",
			    _("the answer was lost, and the clock says "
			      "nothing of when; set it, then retry"),
			    err);
	return ask_later(store, doubt,
			 odd ? xfer_now_unix() + SHOWS_AFTER_MS
			     : doubt->ended_ms + SHOWS_AFTER_MS,
			 odd, err);
}

int doubts_answered(struct case_store *store,
		    const struct prov_profile *profile,
		    const struct prov_customer *customer, int64_t asked_ms,
		    struct err *err)
{
	struct doubts doubts;
	int ret = doubts_load(store, profile, customer->id, &doubts, err);

	for (size_t i = 0; !ret && i < doubts.count; i++)
		if (waits_for_word(&doubts.list[i]))
			ret = decide(store, &doubts, &doubts.list[i],
				     profile->provider, customer, asked_ms,
				     err);
	doubts_release(&doubts);
	return ret;
}

static int ask_again(struct case_store *store, const struct doubt *doubt,
		     const char *why, struct err *err)
{
	struct attempt_verdict verdict;
	char *message = NULL;
	int ret;

	judge_again(doubt, &verdict);
	if (!verdict.parked)
		return ask_later(store, doubt,
				 xfer_now_unix() + ASK_AGAIN_MS +
					 verdict.wait_ms,
				 true, err);
	message = mem_printf(_("the answer was lost, and the provider could "
			       "not be asked whether it arrived: %s; retry "
			       "asks again"),
			     why);
	ret = park(store, doubt, "not_asked", message, err);
	free(message);
	return ret;
}

int doubts_unanswered(struct case_store *store,
		      const struct prov_profile *profile, const char *customer,
		      const char *why, struct err *err)
{
	struct doubts doubts;
	int ret = doubts_load(store, profile, customer, &doubts, err);

	for (size_t i = 0; !ret && i < doubts.count; i++)
		if (waits_for_word(&doubts.list[i]))
			ret = ask_again(store, &doubts.list[i], why, err);
	doubts_release(&doubts);
	return ret;
}
