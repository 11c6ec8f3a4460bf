/* SPDX-License-Identifier: MIT */
/*
 * The outbox, for the files that it is made of:
 *
 *   outbox.c   what is on its way, and a turn of it
 *   window.c   what is begun, ahead of the wire, and launched
 *   landed.c   what has ended, written down
 *   news.c     what changed, told when it is durable
 *   operate.c  what the operator does to it
 */
#ifndef CASES_OUTBOX_PRIVATE_H
#define CASES_OUTBOX_PRIVATE_H

#include "cases/budget.h"
#include "cases/inquiry.h"
#include "cases/outbox.h"
#include "cases/queue.h"
#include "cases/send.h"

#define OUTBOX_MOST  16 /* on the wire */
#define OUTBOX_AHEAD 16 /* begun for each that may be on the wire */
/* As many again may have ended and wait to be written down together. */
#define OUTBOX_FLIGHT (OUTBOX_MOST * (2 * OUTBOX_AHEAD + 1))

/* Something to be told when MARK is durable. */
struct outbox_news {
	int64_t submission;
	uint64_t mark;
};

struct outbox {
	struct case_store *store;
	struct xfer *xfer;
	const struct prov_profile *profile;
	outbox_changed *changed;
	void *arg;
	struct queue queue;
	struct flight *flights[OUTBOX_FLIGHT]; /* as they were begun */
	size_t count;
	size_t launched; /* of them */
	size_t landed;	 /* of those, not written down yet */
	bool unwritten;	 /* that was tried, and the record failed */
	struct inquiry *inquiries[OUTBOX_MOST];
	size_t asked;
	struct budget budget;
	struct outbox_news *news; /* by mark */
	size_t news_count;
	uint64_t durable; /* mark */
	char *stopped;
	bool stale;	       /* the queue could not be read after a change */
	bool idle;	       /* nothing may begin before IDLE_UNTIL_MS */
	int64_t idle_until_ms; /* monotonic; -1: for good */
	int64_t record_ms;     /* monotonic; when to write again what failed */
};

/* How many may be on the wire at once. */
unsigned outbox_parallel(const struct outbox *outbox);

/* What carries SUBMISSION now, or NULL. */
struct flight *outbox_flight(const struct outbox *outbox, int64_t submission);
void outbox_remove(struct outbox *outbox, struct flight *flight); /* frees */

/* landed.c. A launched one has landed: what that says of the provider counts
 * at once. */
void outbox_note_landed(struct outbox *outbox, struct flight *flight);
/* Write the ends of all that have landed down, in one transaction, and only
 * then believe them. */
int outbox_record(struct outbox *outbox, struct err *err) ERR_CHECKED;
/* The same for what was asked. */
int outbox_record_answer(struct outbox *outbox, struct inquiry *inquiry,
			 struct err *err) ERR_CHECKED;
/* Ends that were not, or could not be, written down when they came. */
int outbox_record_late(struct outbox *outbox, struct err *err) ERR_CHECKED;
/* What they call when they have landed. */
void outbox_on_landed(void *arg, struct flight *flight);
void outbox_on_answered(void *arg, struct inquiry *inquiry);

/* Something of CASE_ID is new in the record. */
int outbox_reload(struct outbox *outbox, int64_t case_id,
		  struct err *err) ERR_CHECKED;

/* news.c. SUBMISSION changed, and all that goes with it: told when it is
 * durable. */
void outbox_tell(struct outbox *outbox, int64_t submission);
/* All of the case that an answer may have decided. */
void outbox_tell_case(struct outbox *outbox, int64_t case_id);
/* What is durable by now. */
int outbox_tell_durable(struct outbox *outbox, struct err *err) ERR_CHECKED;

/* window.c. Is there a reason to begin more; only what goes at once; how many
 * were begun and not launched; may one go on the wire now? */
bool outbox_wants_more(const struct outbox *outbox);
bool outbox_goes_singly(const struct outbox *outbox);
size_t outbox_ahead(const struct outbox *outbox);
bool outbox_has_room(const struct outbox *outbox);
int outbox_begin(struct outbox *outbox, struct err *err) ERR_CHECKED;
/* Those of which it is durable that they were begun. */
int outbox_launch(struct outbox *outbox, struct err *err) ERR_CHECKED;
/* One that was not launched waits again; or all of them. */
int outbox_withdraw(struct outbox *outbox, struct flight *flight,
		    struct err *err) ERR_CHECKED;
int outbox_withdraw_all(struct outbox *outbox, struct err *err) ERR_CHECKED;

#endif
