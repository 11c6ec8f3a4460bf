/* SPDX-License-Identifier: MIT */
/* What the end of an attempt means: one table. */
#include "cases/attempt.h"

#include <string.h>

#define WAIT_FIRST_MS 500
#define WAIT_MOST_MS  30000
#define WAIT_LIMIT_MS (24 * 3600 * INT64_C(1000))
#define ASK_FIRST_MS  2000 /* what arrived has to show over there */

/* What an attempt's end is, before anybody asks what it means. */
enum event {
	EVENT_ACCEPTED,
	EVENT_REFUSED, /* a final answer of the provider's own */
	/* One that may be about an attempt under the same key that still runs
	 * there, or that something in between gave. */
	EVENT_UNCLEAR,
	EVENT_BUSY,	 /* too many, not now, too slow; or not reached */
	EVENT_BUSY_KEPT, /* likewise, and it is what the key holds */
	EVENT_FAILED,	 /* over there, perhaps after it took what was sent */
	EVENT_FAILED_KEPT,
	EVENT_LOST, /* no whole answer, or a success that is none */
	EVENT_DENIED,
	EVENT_SOURCE,	 /* our own file failed: not sent whole */
	EVENT_CANCELLED, /* by the operator; nothing can have arrived */
	EVENT_CANCELLED_LATE,
	EVENT_LEFT, /* the program ended; likewise */
	EVENT_LEFT_LATE,
};

enum then {
	THEN_NOTHING, /* it is settled, or starts at once next time */
	THEN_WAIT,    /* and send it again by itself, a few times */
	THEN_ASK,     /* what the provider has, and only then decide */
	THEN_PARK,
	THEN_STOP,
};

/* Does a row count for a provider that is asked first, for others, or both? */
enum whose {
	OF_ALL,
	OF_KEYS, /* a key alone makes a repeat harmless */
	OF_ASKED,
};

enum before {
	EITHER,
	FIRST,
	AFTER, /* an earlier attempt under the key may have arrived */
};

/*
 * The rule for an attempt's end; the first row that fits counts. NEW_KEY: if
 * the provider keeps failures under the key, the next attempt gets another.
 *
 * After a lost answer a failure under the same key proves nothing: the key is
 * kept, and only what the provider marks as the answer that it stored ends the
 * doubt. A final refusal is the provider's word for all attempts under the key
 * where keys are what guards; where the provider is asked first it is asked.
 * 503 counts as "not now" only where a key guards: elsewhere, as for any other
 * failure, the provider is asked first, which costs one question and cannot
 * send a thing twice.
 */
static const struct row {
	enum event event;
	enum before before;
	enum whose whose;
	enum case_state state;
	bool sent_before; /* from now on */
	bool new_key;
	enum then then;
} rows[] = {
	{ EVENT_ACCEPTED, EITHER, OF_ALL, CASE_ACCEPTED, true, false,
	  THEN_NOTHING },

	{ EVENT_REFUSED, FIRST, OF_ALL, CASE_REFUSED, false, false,
	  THEN_NOTHING },
	{ EVENT_REFUSED, AFTER, OF_KEYS, CASE_REFUSED, true, false,
	  THEN_NOTHING },
	{ EVENT_REFUSED, AFTER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },

	{ EVENT_UNCLEAR, FIRST, OF_ALL, CASE_REFUSED, false, false,
	  THEN_NOTHING },
	{ EVENT_UNCLEAR, AFTER, OF_KEYS, CASE_UNSURE, true, false, THEN_WAIT },
	{ EVENT_UNCLEAR, AFTER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },

	{ EVENT_BUSY, FIRST, OF_ALL, CASE_QUEUED, false, true, THEN_WAIT },
	{ EVENT_BUSY, AFTER, OF_KEYS, CASE_UNSURE, true, false, THEN_WAIT },
	{ EVENT_BUSY, AFTER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },
	{ EVENT_BUSY_KEPT, EITHER, OF_ALL, CASE_QUEUED, false, true,
	  THEN_WAIT },

	{ EVENT_FAILED, FIRST, OF_ALL, CASE_UNSURE, true, true, THEN_ASK },
	{ EVENT_FAILED, AFTER, OF_KEYS, CASE_UNSURE, true, false, THEN_WAIT },
	{ EVENT_FAILED, AFTER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },
	{ EVENT_FAILED_KEPT, EITHER, OF_ALL, CASE_UNSURE, true, true,
	  THEN_ASK },

	{ EVENT_LOST, EITHER, OF_KEYS, CASE_UNSURE, true, false, THEN_WAIT },
	{ EVENT_LOST, EITHER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },

	{ EVENT_DENIED, FIRST, OF_ALL, CASE_QUEUED, false, false, THEN_STOP },
	{ EVENT_DENIED, AFTER, OF_ALL, CASE_UNSURE, true, false, THEN_STOP },

	{ EVENT_SOURCE, FIRST, OF_ALL, CASE_REFUSED, false, false,
	  THEN_NOTHING },
	{ EVENT_SOURCE, AFTER, OF_KEYS, CASE_UNSURE, true, false, THEN_PARK },
	{ EVENT_SOURCE, AFTER, OF_ASKED, CASE_UNSURE, true, false, THEN_ASK },

	{ EVENT_CANCELLED, FIRST, OF_ALL, CASE_CANCELLED, false, false,
	  THEN_NOTHING },
	{ EVENT_CANCELLED, AFTER, OF_ALL, CASE_UNSURE, true, false, THEN_PARK },
	{ EVENT_CANCELLED_LATE, EITHER, OF_ALL, CASE_UNSURE, true, false,
	  THEN_PARK },

	{ EVENT_LEFT, FIRST, OF_ALL, CASE_QUEUED, false, false, THEN_NOTHING },
	{ EVENT_LEFT, AFTER, OF_ALL, CASE_UNSURE, true, false, THEN_NOTHING },
	{ EVENT_LEFT_LATE, EITHER, OF_ALL, CASE_UNSURE, true, false,
	  THEN_NOTHING },
};

static const struct row *row_of(enum event event, bool before, bool asked)
{
	const struct row *row = rows;

	while (row->event != event ||
	       (row->before != EITHER && (row->before == AFTER) != before) ||
	       (row->whose != OF_ALL && (row->whose == OF_ASKED) != asked))
		row++;
	return row;
}

/* A server that failed may have failed after it took what was sent; one that
 * says that it is away has not. */
static bool failed_over_there(const struct attempt *attempt)
{
	return attempt->end == PROV_END_ANSWER && attempt->status >= 500 &&
	       (attempt->status != 503 || attempt->asks_first);
}

static enum event event_of_again(const struct attempt *attempt)
{
	bool kept = attempt->result->stored && attempt->result->new_key;

	if (failed_over_there(attempt))
		return kept ? EVENT_FAILED_KEPT : EVENT_FAILED;
	return kept ? EVENT_BUSY_KEPT : EVENT_BUSY;
}

static enum event event_of(const struct attempt *attempt)
{
	const struct prov_result *result = attempt->result;

	if (attempt->end == PROV_END_SOURCE)
		return EVENT_SOURCE;
	switch (result->outcome) {
	case PROV_ACCEPTED:
		return EVENT_ACCEPTED;
	case PROV_REFUSED:
		return result->may_be_running || result->foreign
			       ? EVENT_UNCLEAR
			       : EVENT_REFUSED;
	case PROV_AGAIN:
		return event_of_again(attempt);
	case PROV_DENIED:
		return EVENT_DENIED;
	case PROV_UNSURE:
		break;
	}
	return EVENT_LOST;
}

/* What would go on by itself does not, when it was ended by hand. */
static enum event ended_by_hand(const struct attempt *attempt, enum event event)
{
	bool cancelled = attempt->why == ATTEMPT_CANCELLED;
	bool left = attempt->why == ATTEMPT_LEAVING &&
		    attempt->end == PROV_END_CANCELLED;

	if (!cancelled && !left)
		return event;
	switch (event) {
	case EVENT_BUSY:
	case EVENT_BUSY_KEPT:
		return cancelled ? EVENT_CANCELLED : EVENT_LEFT;
	case EVENT_FAILED:
	case EVENT_FAILED_KEPT:
	case EVENT_LOST:
		return cancelled ? EVENT_CANCELLED_LATE : EVENT_LEFT_LATE;
	default:
		return event;
	}
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

static bool is_spent(const struct attempt *attempt)
{
	unsigned most = attempt->result->most_attempts;

	return attempt->tries >= (most ? most : ATTEMPTS_MOST);
}

static void wait_or_park(const struct attempt *attempt,
			 struct attempt_verdict *verdict)
{
	if (is_spent(attempt)) {
		verdict->parked = true;
		return;
	}
	verdict->wait_ms = backoff(attempt->tries, attempt->dice);
	wait_as_told(attempt, verdict);
}

/* However often it was tried: first it has to be known what became of it. */
static void ask(const struct attempt *attempt, struct attempt_verdict *verdict)
{
	if (!attempt->can_ask) {
		verdict->parked = true;
		return;
	}
	verdict->ask = true;
	verdict->wait_ms = ASK_FIRST_MS;
	wait_as_told(attempt, verdict);
}

/* What it says of the provider, whatever it means for the item. */
static enum budget_end health_of(const struct attempt *attempt)
{
	switch (attempt->end) {
	case PROV_END_SOURCE:
	case PROV_END_CANCELLED:
		return BUDGET_NOTHING;
	case PROV_END_ANSWER:
		break;
	default:
		return BUDGET_FAILED;
	}
	if (attempt->status == 429)
		return BUDGET_TOO_MANY;
	return attempt->result->outcome == PROV_AGAIN ||
			       attempt->result->outcome == PROV_UNSURE
		       ? BUDGET_FAILED
		       : BUDGET_ANSWERED;
}

void attempt_judge(const struct attempt *attempt,
		   struct attempt_verdict *verdict)
{
	enum event event = ended_by_hand(attempt, event_of(attempt));
	const struct row *row =
		row_of(event, attempt->sent_before, attempt->asks_first);
	enum then then = row->then;

	*verdict = (struct attempt_verdict){
		.state = row->state,
		.sent_before = row->sent_before,
		.new_key = row->new_key && attempt->result->new_key,
		.spent = is_spent(attempt),
		.health = health_of(attempt),
		.told_ms = attempt->result->wait_ms,
	};
	/* A key that is as good as new is asked with itself, an old one not
	 * at all: what may have arrived is never repeated without one. */
	if (then == THEN_ASK && !attempt->asks_first && attempt->key_lives &&
	    !verdict->new_key)
		then = THEN_WAIT;
	if (then == THEN_WAIT && row->state == CASE_UNSURE &&
	    !attempt->key_lives)
		then = THEN_ASK;
	switch (then) {
	case THEN_WAIT:
		wait_or_park(attempt, verdict);
		break;
	case THEN_ASK:
		ask(attempt, verdict);
		break;
	case THEN_PARK:
		verdict->parked = true;
		break;
	case THEN_STOP:
		verdict->stop = true;
		break;
	case THEN_NOTHING:
		break;
	}
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
