/* SPDX-License-Identifier: MIT */
/* How much one provider may be bothered. */
#include "cases/budget.h"

/* In vain at most: these, and one of ten of the recent requests. An answer
 * makes up for one failure: a provider that fails now and then is alive. */
#define FAILED_MOST    10
#define RECENT_PART    10
#define MINUTE_MS      60000
#define PROBE_FIRST_MS 1000
#define PROBE_MOST_MS  60000
/* What a provider asks for keeps the next probe back no longer than this: the
 * item that was told so waits by itself. */
#define TOLD_MOST_MS  (15 * 60 * INT64_C(1000))
#define GOOD_TO_WIDEN 10

static unsigned width(const struct budget *budget, unsigned most)
{
	return budget->width && budget->width < most ? budget->width : most;
}

bool budget_has_room(const struct budget *budget, unsigned most, int64_t now_ms)
{
	if (budget->probing)
		return !budget->in_flight && now_ms >= budget->probe_ms;
	return budget->in_flight < width(budget, most);
}

int64_t budget_next(const struct budget *budget, int64_t now_ms)
{
	if (!budget->probing || budget->in_flight || now_ms >= budget->probe_ms)
		return -1;
	return budget->probe_ms;
}

static void turn_minute(struct budget *budget, int64_t now_ms)
{
	int64_t age = now_ms - budget->minute_ms;

	if (budget->minute_ms && age < MINUTE_MS)
		return;
	budget->before =
		budget->minute_ms && age < 2 * MINUTE_MS ? budget->now : 0;
	budget->now = 0;
	budget->minute_ms = now_ms ? now_ms : 1;
}

void budget_begin(struct budget *budget, int64_t now_ms)
{
	turn_minute(budget, now_ms);
	budget->now++;
	budget->in_flight++;
}

/* Those that were on their way already say nothing of the new width. */
static void narrow(struct budget *budget, unsigned most)
{
	budget->width = width(budget, most) / 2;
	if (!budget->width)
		budget->width = 1;
	budget->good = 0;
	budget->old = budget->in_flight;
}

static void answered(struct budget *budget, unsigned most)
{
	if (budget->probing)
		budget->failed /= 2;
	else if (budget->failed)
		budget->failed--;
	budget->probing = false;
	budget->probes = 0;
	if (!budget->width || ++budget->good < GOOD_TO_WIDEN)
		return;
	budget->good = 0;
	if (++budget->width >= most)
		budget->width = 0;
}

static unsigned failed_most(const struct budget *budget)
{
	return FAILED_MOST + (budget->now + budget->before) / RECENT_PART;
}

static void failed(struct budget *budget, int64_t wait_ms, int64_t now_ms)
{
	int64_t wait = PROBE_FIRST_MS;

	if (budget->failed < failed_most(budget))
		budget->failed++;
	if (budget->failed < failed_most(budget) && !budget->probing)
		return;
	for (unsigned i = 0; i < budget->probes && wait < PROBE_MOST_MS; i++)
		wait *= 2;
	if (wait > PROBE_MOST_MS)
		wait = PROBE_MOST_MS;
	if (wait < wait_ms)
		wait = wait_ms < TOLD_MOST_MS ? wait_ms : TOLD_MOST_MS;
	/* Several that were on their way when it died are one failure. */
	if (budget->probing && now_ms < budget->probe_ms)
		return;
	budget->probes++;
	budget->probing = true;
	budget->probe_ms = now_ms + wait;
}

void budget_end(struct budget *budget, enum budget_end how, unsigned most,
		int64_t wait_ms, int64_t now_ms)
{
	if (budget->in_flight)
		budget->in_flight--;
	if (budget->old)
		budget->old--;
	else if (how == BUDGET_TOO_MANY)
		narrow(budget, most);
	switch (how) {
	case BUDGET_ANSWERED:
		answered(budget, most);
		break;
	case BUDGET_TOO_MANY:
	case BUDGET_FAILED:
		failed(budget, wait_ms, now_ms);
		break;
	case BUDGET_NOTHING:
		break;
	}
}

void budget_forgive(struct budget *budget)
{
	budget->probing = false;
	budget->probes = 0;
	budget->failed = 0;
	budget->probe_ms = 0;
}
