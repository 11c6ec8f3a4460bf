/* SPDX-License-Identifier: MIT */
/*
 * What the end of an attempt means for its submission. Pure: the clock and
 * the dice are arguments.
 */
#ifndef CASES_ATTEMPT_H
#define CASES_ATTEMPT_H

#include "cases/budget.h"
#include "cases/record.h"

#define ATTEMPTS_MOST 6 /* automatic ones, until somebody asks again */

enum attempt_why {
	ATTEMPT_GOES,	   /* it ended by itself */
	ATTEMPT_CANCELLED, /* the operator cancelled it */
	ATTEMPT_LEAVING,   /* the program is ending */
};

struct attempt {
	const struct prov_result *result;
	enum prov_end end;
	enum attempt_why why;
	bool sent_before; /* an earlier one under its key may have arrived */
	unsigned tries;	  /* this one included */
	bool key_lives;	  /* the same key could be sent again */
	bool asks_first;  /* the provider is asked before a repeat */
	bool can_ask;	  /* it can be asked at all */
	int status;	  /* of the answer; 0: there was none */
	uint32_t dice;	  /* random */
};

struct attempt_verdict {
	enum case_state state;
	bool sent_before; /* from now on */
	bool new_key;
	bool stop;	 /* nothing of this profile may go on */
	bool ask;	 /* ask what the provider has, then decide */
	bool parked;	 /* goes on only when asked */
	bool spent;	 /* no automatic attempt is left */
	int64_t wait_ms; /* else: this long from now, to ask or to send */
	/* What it says of the provider, and what that asks to wait; -1:
	 * nothing. */
	enum budget_end health;
	int64_t told_ms;
};

/* VERDICT is filled anew. Pure: it looks at nothing but ATTEMPT. */
void attempt_judge(const struct attempt *attempt,
		   struct attempt_verdict *verdict);

/* As they stand in the record. */
const char *attempt_end_name(enum prov_end end);	     /* "answer" … */
const char *attempt_outcome_name(enum prov_outcome outcome); /* "again" … */

#endif
