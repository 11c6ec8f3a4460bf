/* SPDX-License-Identifier: MIT */
/*
 * The provider was asked because of what is unsure, or could not be: what
 * becomes of it. What is not there is sent again: evidence.c says what is
 * there.
 */
#include <stdlib.h>
#include <sys/random.h>

#include "cases/attempt.h"
#include "cases/doubt.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

/* What was sent may take a while to show over there. */
#define SHOWS_AFTER_MS 10000
#define ASK_AGAIN_MS   2000

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

	if (doubts_weigh(doubts, doubt, provider, customer) != EVIDENCE_ABSENT)
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
		if (doubt_waits_for_word(&doubts.list[i]))
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
		if (doubt_waits_for_word(&doubts.list[i]))
			ret = ask_again(store, &doubts.list[i], why, err);
	doubts_release(&doubts);
	return ret;
}
