/* SPDX-License-Identifier: MIT */
/*
 * What has ended, written down and only then believed: attempts, several of
 * them together, and questions. What the end of an attempt means is the table
 * in attempt.c.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define RECORD_AGAIN_MS 1000
/* So long what was accepted waits for others, to be written down with them,
 * while more goes out. */
#define GATHER_MS 10

static void remove_inquiry(struct outbox *outbox, struct inquiry *inquiry)
{
	for (size_t i = 0; i < outbox->asked; i++) {
		if (outbox->inquiries[i] != inquiry)
			continue;
		outbox->inquiries[i] = outbox->inquiries[--outbox->asked];
		inquiry_free(inquiry);
		return;
	}
}

/* Several that are denied at once say so once. */
static void stop(struct outbox *outbox, const char *why)
{
	if (outbox->stopped)
		return;
	outbox->stopped = mem_dup(
		why && *why ? why : _("the provider denied the credentials"));
}

static int write_landed(struct outbox *outbox, struct err *err)
{
	int ret = 0;

	if (case_store_begin(outbox->store, err))
		return -1;
	for (size_t i = 0; !ret && i < outbox->count; i++)
		if (flight_has_landed(outbox->flights[i]))
			ret = flight_record(outbox->flights[i], err);
	return db_finish(outbox->store, ret, err);
}

/* It is in the record: believe it, and be rid of it. */
static int believe(struct outbox *outbox, struct flight *flight,
		   struct err *err)
{
	int64_t wait_ms = flight_verdict(flight)->wait_ms;
	int64_t case_id = flight_case(flight);
	int64_t id = flight_submission(flight);
	int ret = outbox_reload(outbox, case_id, err);

	if (wait_ms)
		queue_set_due(&outbox->queue, case_id, id,
			      xfer_now() + wait_ms);
	outbox_tell(outbox, id);
	flight_free(flight);
	return ret;
}

/*
 * What cannot be written (a full disk) is kept and tried again: it must not be
 * forgotten that something arrived.
 */
int outbox_record(struct outbox *outbox, struct err *err)
{
	size_t kept = 0;
	int ret = 0;

	if (!outbox->landed)
		return 0;
	outbox->unwritten = write_landed(outbox, err) != 0;
	if (outbox->unwritten) {
		outbox->record_ms = xfer_now() + RECORD_AGAIN_MS;
		return -1;
	}
	for (size_t i = 0; i < outbox->count; i++) {
		struct flight *flight = outbox->flights[i];

		if (!flight_has_landed(flight))
			outbox->flights[kept++] = flight;
		else if (believe(outbox, flight, err))
			ret = -1; /* stale: it is read again */
	}
	outbox->count = kept;
	outbox->launched -= outbox->landed;
	outbox->landed = 0;
	return ret;
}

void outbox_note_landed(struct outbox *outbox, struct flight *flight)
{
	const struct attempt_verdict *verdict = flight_verdict(flight);

	outbox->landed++;
	budget_end(&outbox->budget, verdict->health, outbox_parallel(outbox),
		   verdict->told_ms, xfer_now());
	if (verdict->stop)
		stop(outbox, flight_message(flight));
}

/* Not when it has to be known before anything else may go. */
static bool may_gather(const struct outbox *outbox, struct flight *flight)
{
	return flight_verdict(flight)->state == CASE_ACCEPTED &&
	       outbox_ahead(outbox) && !outbox_goes_singly(outbox);
}

void outbox_on_landed(void *arg, struct flight *flight)
{
	struct outbox *outbox = arg;
	struct err failed = { 0 };

	outbox_note_landed(outbox, flight);
	if (outbox->landed == 1)
		outbox->record_ms = xfer_now() + GATHER_MS;
	if (may_gather(outbox, flight))
		return;
	/* Whatever failed is tried again, and said, by outbox_pump(). */
	if (outbox_record(outbox, &failed))
		outbox->idle = false;
}

int outbox_record_answer(struct outbox *outbox, struct inquiry *inquiry,
			 struct err *err)
{
	int64_t case_id = inquiry_case(inquiry);
	int64_t id = inquiry_submission(inquiry);
	const char *denied = NULL;
	int ret;

	if (inquiry_record(inquiry, &denied, err)) {
		outbox->record_ms = xfer_now() + RECORD_AGAIN_MS;
		return -1;
	}
	budget_end(&outbox->budget, inquiry_health(inquiry),
		   outbox_parallel(outbox), -1, xfer_now());
	if (denied)
		stop(outbox, denied);
	remove_inquiry(outbox, inquiry);
	queue_set_asking(&outbox->queue, case_id, false);
	ret = outbox_reload(outbox, case_id, err);
	outbox_tell_case(outbox, case_id);
	outbox_tell(outbox, id); /* may be in another case now */
	return ret;
}

void outbox_on_answered(void *arg, struct inquiry *inquiry)
{
	struct outbox *outbox = arg;
	struct err failed = { 0 };

	if (outbox_record_answer(outbox, inquiry, &failed))
		outbox->idle = false;
}

int outbox_record_late(struct outbox *outbox, struct err *err)
{
	if (xfer_now() < outbox->record_ms)
		return 0;
	if (outbox_record(outbox, err))
		return -1;
	for (size_t i = outbox->asked; i-- > 0;)
		if (i < outbox->asked &&
		    inquiry_is_over(outbox->inquiries[i]) &&
		    outbox_record_answer(outbox, outbox->inquiries[i], err))
			return -1;
	return 0;
}
