/* SPDX-License-Identifier: MIT */
/*
 * Misbehaving on request: a list of rules, each from one --fault SPEC, a
 * comma-separated list of effects and of filters that say which requests
 * they fall on. Rules keep count of the requests that fit them.
 */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "forms/err.h"

/* How SPEC is written; for --help. */
extern const char fault_grammar[];

struct fault;

/* Put a rule at the end of *LIST (NULL is an empty list). */
int fault_add(struct fault **list, const char *spec,
	      struct err *err) ERR_CHECKED;
void fault_free(struct fault *list);

enum fault_answer {
	FAULT_ANSWER_WHOLE,
	FAULT_ANSWER_HTML,  /* a page where JSON was due */
	FAULT_ANSWER_HALF,  /* cut in the middle */
	FAULT_ANSWER_EMPTY, /* no body where one was due */
};

/* All that is to go wrong with one request. All-zero: nothing. */
struct fault_effect {
	int64_t delay_ms;
	uint64_t rate;	 /* bytes of body a second; 0: as fast as it comes */
	int status;	 /* answer this instead of doing anything */
	int retry_after; /* seconds, with STATUS; -1: no such header */
	bool cuts;
	uint64_t cut; /* close after so many bytes of body */
	bool lose;    /* do it, store it, and close without an answer */
	enum fault_answer answer;
};

/* What falls on a request that begins now; it is counted. */
struct fault_effect fault_on(struct fault *list, const char *method,
			     const char *path);

/* Does any rule slow bodies down? */
bool fault_slows(const struct fault *list);

#endif
