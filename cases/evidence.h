/* SPDX-License-Identifier: MIT */
/*
 * What a provider's having something now, and not before, says of an attempt
 * whose answer was lost. Nothing here changes the record.
 */
#ifndef CASES_EVIDENCE_H
#define CASES_EVIDENCE_H

#include "cases/submission.h"

/* A submission whose answer was lost, and what can be asked about it. */
struct doubt {
	const struct case_submission *submission;
	const struct case_submission_list *of_case; /* all, it too */
	char *standing;				    /* when it was queued */
	char *papers;	    /* before_note() its first attempt; or NULL */
	int64_t started_ms; /* its first attempt */
	int64_t ended_ms;   /* its last one */
	unsigned tries;
	bool refused; /* what the last one was answered; not yet believed */
};

enum evidence {
	EVIDENCE_NONE,	 /* zero: it cannot be told */
	EVIDENCE_ABSENT, /* it is not there */
	EVIDENCE_FOUND,
};

/* What CUSTOMER, as it was just read, says. *ID gets what the provider calls
 * what was found, borrowed from it; NULL where it has no name of its own. */
enum evidence evidence_of(const struct doubt *doubt,
			  const struct provider *provider,
			  const struct prov_customer *customer,
			  const char **id);

#endif
