/* SPDX-License-Identifier: MIT */
/*
 * One request on its way, with a submission or a bundle of them: looked at
 * once more, begun in the record, put on the wire when that is durable, and
 * its end written down.
 */
#ifndef CASES_SEND_H
#define CASES_SEND_H

#include "cases/attempt.h"
#include "cases/submission.h"
#include "providers/call.h"

struct flight;

/* Called once when the attempt is over, and not written down yet. One that
 * cannot get onto the wire has landed when flight_launch() returns: not
 * called. */
typedef void flight_landed(void *arg, struct flight *flight);

enum flight_start {
	FLIGHT_BEGUN,	/* in the record; FLIGHT may be launched */
	FLIGHT_DECIDED, /* it will not go; the record says why */
	FLIGHT_TAKEN,	/* another process has it, or it changed */
};

/* Begin submission ID, with all that it leads. -1 and ERR only when the record
 * failed. */
int flight_new(struct flight **flight, struct case_store *store,
	       struct xfer *xfer, const struct prov_profile *profile,
	       int64_t id, flight_landed *landed, void *arg,
	       enum flight_start *how, struct err *err) ERR_CHECKED;

/* Which commit says that it was begun; noted by who made it. */
void flight_set_mark(struct flight *flight, uint64_t mark);
uint64_t flight_mark(const struct flight *flight);

/* Put it on the wire, once. It must be durable that it was begun. */
void flight_launch(struct flight *flight);

/* As if one that was not launched had never been begun; it is freed by who
 * holds it. */
int flight_withdraw(struct flight *flight, struct err *err) ERR_CHECKED;

/* What the end of a landed flight came to: judged once, and borrowed. */
const struct attempt_verdict *flight_verdict(struct flight *flight);
/* Write it down; may be tried again when it fails. */
int flight_record(struct flight *flight, struct err *err) ERR_CHECKED;
void flight_free(struct flight *flight); /* NULL is fine */

/* End the attempt now; LANDED is called within. Nothing when it has ended, or
 * was not launched. */
void flight_cancel(struct flight *flight, enum attempt_why why);
void flight_progress(const struct flight *flight, struct xfer_progress *out);

/* Which submission (of several, the one that leads), of which case; over, and
 * with what words (borrowed). */
int64_t flight_submission(const struct flight *flight);
bool flight_carries(const struct flight *flight, int64_t submission);
int64_t flight_case(const struct flight *flight);
bool flight_is_launched(const struct flight *flight);
bool flight_has_landed(const struct flight *flight);
const char *flight_message(const struct flight *flight); /* may be NULL */

#endif
