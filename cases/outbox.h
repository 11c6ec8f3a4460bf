/* SPDX-License-Identifier: MIT */
/*
 * The outbox moves queued submissions through the wire, each exactly once. A
 * submission's key and body digest are durable before its first byte leaves;
 * its outcome is durable before anybody is told. No function here waits for
 * the disk. What an attempt's end means is one table in attempt.c. After six
 * attempts in a row without an answer that settles it, an item waits until
 * outbox_retry().
 *
 * Where the provider is asked first, where the key is forgotten, and where it
 * holds a failure over there, what may have arrived is not repeated before the
 * provider said that it has not: the outbox asks by itself, 2 s after the
 * answer was lost and, if it is not there yet, 10 s after. A provider that
 * answers nothing of use is probed, one request at a time: see budget.h.
 *
 * Of a bundle, which goes in one request, all members share one fate: each is
 * as good as any other below.
 *
 * Several processes may drive one record: each submission is claimed first;
 * a claim ends with the process that made it, however it ended.
 */
#ifndef CASES_OUTBOX_H
#define CASES_OUTBOX_H

#include "cases/record.h"
#include "providers/xfer.h"

struct outbox;

/* Something about SUBMISSION changed and is durable. Do not free the outbox
 * from here. */
typedef void outbox_changed(void *arg, int64_t submission);

/* Drives the submissions of PROFILE. All must outlive the outbox. What an
 * earlier process left as sending becomes unsure or queued again here. */
int outbox_new(struct outbox **outbox, struct case_store *store,
	       struct xfer *xfer, const struct prov_profile *profile,
	       outbox_changed *changed, void *arg, struct err *err) ERR_CHECKED;
/* Attempts in flight are cancelled and noted as such; what was begun and not
 * sent waits again. NULL is fine. */
void outbox_free(struct outbox *outbox);

/*
 * Start what may start now: due, not held, in order of rank within its case,
 * at most as many at once as the profile says. Call after queueing and once a
 * loop turn; cheap when there is nothing to do.
 */
int outbox_pump(struct outbox *outbox, struct err *err) ERR_CHECKED;

/* Monotonic ms when outbox_pump() has something to do next; -1: nothing that
 * time alone would change. */
int64_t outbox_next(const struct outbox *outbox);

/* True and OUT if SUBMISSION is on the wire now; of a bundle, the request. */
bool outbox_progress(const struct outbox *outbox, int64_t submission,
		     struct xfer_progress *out);

/* A submission that is on the wire now: BEFORE while it is, else any; 0: none
 * is. */
int64_t outbox_shown(const struct outbox *outbox, int64_t before);

/* Monotonic ms until which nothing is sent, as the provider answers nothing of
 * use; -1: it is not paused. outbox_go_on() ends it. */
int64_t outbox_paused(const struct outbox *outbox);

/* Why nothing is sent at all (a sentence), or NULL: the credentials were
 * denied. Cleared by outbox_go_on(). */
const char *outbox_stopped(const struct outbox *outbox);
void outbox_go_on(struct outbox *outbox);

struct outbox_totals {
	unsigned queued, sending, waiting, held, unsure;
};
void outbox_totals(const struct outbox *outbox, struct outbox_totals *out);

/* By the operator. Cancelling what may have arrived leaves it unsure. */
int outbox_cancel(struct outbox *outbox, int64_t submission,
		  struct err *err) ERR_CHECKED;
int outbox_hold(struct outbox *outbox, int64_t submission, bool held,
		struct err *err) ERR_CHECKED;
/* Now, without waiting; an unsure one is asked about, or repeated under its own
 * key while the provider remembers it. ERR_INPUT when neither is possible. */
int outbox_retry(struct outbox *outbox, int64_t submission,
		 struct err *err) ERR_CHECKED;

#endif
