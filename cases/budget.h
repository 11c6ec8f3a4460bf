/* SPDX-License-Identifier: MIT */
/*
 * How much one provider may be bothered: what failed in vain is counted, so
 * that a dead provider is noticed once and then probed, one request at a time
 * with growing waits, and not hammered by all that waits; and how many
 * requests go at once, fewer when it says that they are too many. Pure: the
 * clock is an argument (monotonic ms). All-zero is a fresh one.
 */
#ifndef CASES_BUDGET_H
#define CASES_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

enum budget_end {
	BUDGET_NOTHING,	 /* says nothing of the provider */
	BUDGET_ANSWERED, /* whatever it said: it is alive */
	BUDGET_TOO_MANY, /* 429 */
	BUDGET_FAILED,	 /* busy, failing, or no answer */
};

struct budget {
	unsigned in_flight;
	/* Requests of this minute and of the one before. */
	unsigned now, before;
	int64_t minute_ms; /* when this minute began; 0: never */
	unsigned failed;   /* in vain, and not made up for by answers */
	bool probing;	   /* the provider counts as dead */
	unsigned probes;   /* in vain, in a row */
	int64_t probe_ms;  /* when the next one may go */
	unsigned width;	   /* requests at once; 0: as many as the profile */
	unsigned good;	   /* answers since it was changed */
	unsigned old;	   /* in flight since before it was lowered */
};

/* May one more begin, where the profile has at most MOST at once? */
bool budget_has_room(const struct budget *budget, unsigned most,
		     int64_t now_ms);

/* When one may begin that may not now for its time alone; -1: no such. */
int64_t budget_next(const struct budget *budget, int64_t now_ms);

void budget_begin(struct budget *budget, int64_t now_ms);

/* One ended so. WAIT_MS: what the provider asked to wait; -1 or 0: nothing. */
void budget_end(struct budget *budget, enum budget_end how, unsigned most,
		int64_t wait_ms, int64_t now_ms);

/* The operator says that it is there again: it is tried at once. */
void budget_forgive(struct budget *budget);

#endif
