/* SPDX-License-Identifier: MIT */
/* What the end of an attempt means: one table. */
#include "cases/attempt.h"

#include <string.h>

#define WAIT_FIRST_MS 500
#define WAIT_MOST_MS  30000
#define WAIT_LIMIT_MS (24 * 3600 * INT64_C(1000))
#define ASK_FIRST_MS  2000 /* what arrived has to show over there */

enum then {
	THEN_NOTHING, /* it is settled */
	THEN_WAIT,    /* and go on by itself, a few times */
	THEN_PARK,
	THEN_STOP,
};

/*
 * BEFORE: an earlier attempt under the same key may have arrived. Then a
 * failure of this one proves nothing, unless it is the answer that the
 * provider stored under the key: that is what the earlier one got as well.
 */
static const struct {
	enum prov_outcome outcome;
	bool before;
	enum case_state state;
	bool before_after;
	enum then then;
} meanings[] = {
	{ PROV_ACCEPTED, false, CASE_ACCEPTED, true, THEN_NOTHING },
	{ PROV_ACCEPTED, true, CASE_ACCEPTED, true, THEN_NOTHING },
	{ PROV_REFUSED, false, CASE_REFUSED, false, THEN_NOTHING },
	{ PROV_REFUSED, true, CASE_REFUSED, true, THEN_NOTHING },
	{ PROV_AGAIN, false, CASE_QUEUED, false, THEN_WAIT },
	{ PROV_AGAIN, true, CASE_UNSURE, true, THEN_WAIT },
	{ PROV_UNSURE, false, CASE_UNSURE, true, THEN_WAIT },
	{ PROV_UNSURE, true, CASE_UNSURE, true, THEN_WAIT },
	{ PROV_DENIED, false, CASE_QUEUED, false, THEN_STOP },
	{ PROV_DENIED, true, CASE_UNSURE, true, THEN_STOP },
};

static enum then look_up(enum prov_outcome outcome, bool before,
			 struct attempt_verdict *verdict)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (meanings[i].outcome != outcome ||
		    meanings[i].before != before)
			continue;
		verdict->state = meanings[i].state;
		verdict->sent_before = meanings[i].before_after;
		return meanings[i].then;
	}
	verdict->state = CASE_UNSURE;
	verdict->sent_before = true;
	return THEN_PARK;
}

/* Full jitter: many that failed together do not come back together. */
static int64_t backoff(unsigned tries, uint32_t dice)
{
	int64_t most = WAIT_FIRST_MS;

	for (unsigned i = 1; i < tries && most < WAIT_MOST_MS; i++)
		most *= 2;
	if (most > WAIT_MOST_MS)
		most = WAIT_MOST_MS;
	return (int64_t)dice % (most + 1);
}

static void wait_as_told(const struct attempt *attempt,
			 struct attempt_verdict *verdict)
{
	if (verdict->wait_ms < attempt->result->wait_ms)
		verdict->wait_ms = attempt->result->wait_ms;
	if (verdict->wait_ms > WAIT_LIMIT_MS)
		verdict->wait_ms = WAIT_LIMIT_MS;
}

static void wait_or_park(const struct attempt *attempt,
			 struct attempt_verdict *verdict)
{
	const struct prov_result *result = attempt->result;
	unsigned most =
		result->most_attempts ? result->most_attempts : ATTEMPTS_MOST;

	/* What may have arrived is repeated under its own key or not at all. */
	if (attempt->tries >= most ||
	    (verdict->state == CASE_UNSURE && !attempt->key_lives)) {
		verdict->parked = true;
		return;
	}
	verdict->wait_ms = backoff(attempt->tries, attempt->dice);
	wait_as_told(attempt, verdict);
}

/* However often it was tried: first it has to be known what became of it. */
static void ask(const struct attempt *attempt, struct attempt_verdict *verdict)
{
	verdict->ask = true;
	verdict->wait_ms = ASK_FIRST_MS;
	wait_as_told(attempt, verdict);
}

/* A server that failed may have failed after it took what was sent. */
static bool failed_over_there(const struct attempt *attempt)
{
	return attempt->asks_first && attempt->end == PROV_END_ANSWER &&
	       attempt->result->outcome == PROV_AGAIN && attempt->status >= 500;
}

static bool was_cancelled(const struct attempt *attempt)
{
	return attempt->end == PROV_END_CANCELLED &&
	       attempt->why == ATTEMPT_CANCELLED;
}

void attempt_judge(const struct attempt *attempt,
		   struct attempt_verdict *verdict)
{
	const struct prov_result *result = attempt->result;
	enum prov_outcome outcome = result->outcome;
	bool before = attempt->sent_before;
	enum then then;

	*verdict = (struct attempt_verdict){ 0 };
	if (failed_over_there(attempt)) {
		outcome = PROV_UNSURE;
		verdict->new_key = result->new_key;
	} else if (outcome == PROV_AGAIN && result->new_key &&
		   (!before || result->stored)) {
		before = false;
		verdict->new_key = true;
	}
	/* A conflict with ourselves: the earlier attempt is still running. */
	if (outcome == PROV_REFUSED && before && result->may_be_running)
		outcome = PROV_UNSURE;
	then = look_up(outcome, before, verdict);
	if (was_cancelled(attempt) && then == THEN_WAIT) {
		then = verdict->sent_before ? THEN_PARK : THEN_NOTHING;
		if (!verdict->sent_before)
			verdict->state = CASE_CANCELLED;
	}
	/* Our own file failed: that says nothing about what went before. */
	if (attempt->end == PROV_END_SOURCE && before) {
		verdict->state = CASE_UNSURE;
		then = THEN_PARK;
	}
	verdict->stop = then == THEN_STOP;
	verdict->parked = then == THEN_PARK;
	/* Leaving is no failure: the next program starts at once. */
	if (then != THEN_WAIT || (attempt->end == PROV_END_CANCELLED &&
				  attempt->why == ATTEMPT_LEAVING))
		return;
	if (attempt->asks_first && verdict->state == CASE_UNSURE)
		ask(attempt, verdict);
	else
		wait_or_park(attempt, verdict);
}

const char *attempt_end_name(enum prov_end end)
{
	static const char *const names[] = {
		[PROV_END_LOST] = "lost",
		[PROV_END_ANSWER] = "answer",
		[PROV_END_UNREACHED] = "unreached",
		[PROV_END_SOURCE] = "source",
		[PROV_END_CANCELLED] = "cancelled",
		[PROV_END_TOO_LARGE] = "too_large",
	};

	return names[end];
}

const char *attempt_outcome_name(enum prov_outcome outcome)
{
	static const char *const names[] = {
		[PROV_UNSURE] = "unsure",   [PROV_ACCEPTED] = "accepted",
		[PROV_REFUSED] = "refused", [PROV_AGAIN] = "again",
		[PROV_DENIED] = "denied",
	};

	return names[outcome];
}
