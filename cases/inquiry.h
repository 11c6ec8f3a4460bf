/* SPDX-License-Identifier: MIT */
/*
 * After a lost answer: asking the provider what it has of a customer, so that
 * what is unsure about him can be decided. Nothing of his case is sent while
 * one is under way.
 */
#ifndef CASES_INQUIRY_H
#define CASES_INQUIRY_H

#include "cases/budget.h"
#include "cases/submission.h"
#include "providers/ask.h"

struct inquiry;

/* Called once when the answer (or that there is none) is there, and not
 * written down yet; never from inquiry_new(). */
typedef void inquiry_answered(void *arg, struct inquiry *inquiry);

/* Ask about the customer of submission ID. *INQUIRY may have its end already,
 * when it could not even begin. -1 and ERR when the record failed. */
int inquiry_new(struct inquiry **inquiry, struct case_store *store,
		struct xfer *xfer, const struct prov_profile *profile,
		int64_t submission, inquiry_answered *answered, void *arg,
		struct err *err) ERR_CHECKED;
/* The provider seems to be dead: one call without an answer ends it. */
void inquiry_hurry(struct inquiry *inquiry);
/* One that is under way is given up. NULL is fine. */
void inquiry_free(struct inquiry *inquiry);

/* Write down what was answered and decide; may be tried again when it fails.
 * *DENIED: why nothing of this profile may go on (borrowed), or NULL. */
int inquiry_record(struct inquiry *inquiry, const char **denied,
		   struct err *err) ERR_CHECKED;

/* What its end says of the provider. */
enum budget_end inquiry_health(const struct inquiry *inquiry);

int64_t inquiry_submission(const struct inquiry *inquiry);
int64_t inquiry_case(const struct inquiry *inquiry);
bool inquiry_is_over(const struct inquiry *inquiry);

#endif
