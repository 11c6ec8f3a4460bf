/* SPDX-License-Identifier: MIT */
/* The outbox, for the two files that it is made of. */
#ifndef CASES_OUTBOX_PRIVATE_H
#define CASES_OUTBOX_PRIVATE_H

#include "cases/budget.h"
#include "cases/inquiry.h"
#include "cases/outbox.h"
#include "cases/queue.h"
#include "cases/send.h"

#define OUTBOX_MOST 16

struct outbox {
	struct case_store *store;
	struct xfer *xfer;
	const struct prov_profile *profile;
	outbox_changed *changed;
	void *arg;
	struct queue queue;
	struct budget budget;
	struct flight *flights[OUTBOX_MOST];
	size_t count;
	struct inquiry *inquiries[OUTBOX_MOST];
	size_t asked;
	char *stopped;
	bool stale;	       /* the queue could not be read after a change */
	bool idle;	       /* nothing may start before IDLE_UNTIL_MS */
	int64_t idle_until_ms; /* monotonic; -1: for good */
	int64_t record_ms;     /* monotonic; when to write again what failed */
};

/* What carries SUBMISSION now, or NULL. */
struct flight *outbox_flight(const struct outbox *outbox, int64_t submission);

/* Something of CASE_ID is new in the record. */
int outbox_reload(struct outbox *outbox, int64_t case_id,
		  struct err *err) ERR_CHECKED;

/* SUBMISSION changed, and all that goes with it. */
void outbox_tell(struct outbox *outbox, int64_t submission);

#endif
