/* SPDX-License-Identifier: MIT */
/* The outbox: what is on its way, a turn of it, and how much there is. */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

/* The loop hears of a sync's end through case_store_fd(). Who does not listen
 * there looks so often. */
#define LOOK_MS 10

unsigned outbox_parallel(const struct outbox *outbox)
{
	unsigned most = outbox->profile->parallel;

	if (!most)
		return 1;
	return most < OUTBOX_MOST ? most : OUTBOX_MOST;
}

struct flight *outbox_flight(const struct outbox *outbox, int64_t submission)
{
	for (size_t i = 0; i < outbox->count; i++)
		if (flight_carries(outbox->flights[i], submission))
			return outbox->flights[i];
	return NULL;
}

void outbox_remove(struct outbox *outbox, struct flight *flight)
{
	for (size_t i = 0; i < outbox->count; i++) {
		if (outbox->flights[i] != flight)
			continue;
		outbox->launched -= flight_is_launched(flight);
		outbox->count--;
		memmove(&outbox->flights[i], &outbox->flights[i + 1],
			(outbox->count - i) * sizeof(*outbox->flights));
		flight_free(flight);
		return;
	}
}

int outbox_reload(struct outbox *outbox, int64_t case_id, struct err *err)
{
	outbox->idle = false;
	if (!queue_reload(&outbox->queue, outbox->store, outbox->profile,
			  case_id, err))
		return 0;
	outbox->stale = true;
	return -1;
}

int outbox_new(struct outbox **out, struct case_store *store, struct xfer *xfer,
	       const struct prov_profile *profile, outbox_changed *changed,
	       void *arg, struct err *err)
{
	struct outbox *outbox = mem_alloc(sizeof(*outbox));
	unsigned others = 0;

	outbox->store = store;
	outbox->xfer = xfer;
	outbox->profile = profile;
	outbox->changed = changed;
	outbox->arg = arg;
	/* An outbox before this one may have ended without writing down what
	 * became of its attempts (a full disk): that is lost like a crash. */
	if (submissions_recover(store, profile, true, &others, err) ||
	    queue_follow(&outbox->queue, store, profile, xfer_now(), err)) {
		outbox_free(outbox);
		return -1;
	}
	*out = outbox;
	return 0;
}

void outbox_free(struct outbox *outbox)
{
	struct err ignored = { 0 };
	int ret;

	if (!outbox)
		return;
	outbox->changed = NULL;
	/* Each is gone from the list when it was written down; one that could
	 * not be is found as interrupted by the next program. */
	for (size_t i = outbox->count; i-- > 0;)
		if (i < outbox->count)
			flight_cancel(outbox->flights[i], ATTEMPT_LEAVING);
	ret = outbox_record(outbox, &ignored);
	ret = outbox_withdraw_all(outbox, &ignored) || ret;
	(void)ret; /* likewise */
	while (outbox->count)
		flight_free(outbox->flights[--outbox->count]);
	while (outbox->asked)
		inquiry_free(outbox->inquiries[--outbox->asked]);
	queue_release(&outbox->queue);
	free(outbox->news);
	free(outbox->stopped);
	free(outbox);
}

/* Does the record hold something that the queue has not read? */
static int follow(struct outbox *outbox, struct err *err)
{
	struct queue *queue = &outbox->queue;
	int64_t version = queue->version;
	int64_t looked_ms = queue->looked_ms;
	uint64_t queued = queue->queued;

	if (outbox->stale) {
		queue->version = 0;
		queue->looked_ms = 0;
	}
	if (queue_follow(queue, outbox->store, outbox->profile, xfer_now(),
			 err))
		return -1;
	outbox->stale = false;
	if (queue->version != version || queue->looked_ms != looked_ms ||
	    queue->queued != queued)
		outbox->idle = false;
	return 0;
}

/* Does anything wait for a sync alone? What was begun does when the wire is
 * about to run out of what is durable. */
static bool is_awaited(const struct outbox *outbox)
{
	size_t ready = 0;
	size_t begun = 0;

	for (size_t i = 0; i < outbox->count; i++) {
		if (flight_is_launched(outbox->flights[i]))
			continue;
		if (flight_mark(outbox->flights[i]) <= outbox->durable)
			ready++;
		else
			begun++;
	}
	if (begun && ready <= outbox_parallel(outbox) * OUTBOX_AHEAD / 2)
		return true;
	return outbox->news_count && !outbox->launched && !outbox->asked;
}

int outbox_pump(struct outbox *outbox, struct err *err)
{
	int ret;

	if (outbox_tell_durable(outbox, err) ||
	    outbox_record_late(outbox, err) || follow(outbox, err))
		return -1;
	/* What will not go soon is not left as begun. */
	if (outbox->stopped ||
	    (outbox->budget.probing && !outbox_has_room(outbox)))
		ret = outbox_withdraw_all(outbox, err);
	else
		ret = outbox_launch(outbox, err);
	if (!ret && !outbox->stopped)
		ret = outbox_begin(outbox, err);
	return ret ? -1
		   : case_store_pump(outbox->store, is_awaited(outbox), err);
}

static int64_t sooner(int64_t a, int64_t b)
{
	if (a < 0 || b < 0)
		return a < 0 ? b : a;
	return a < b ? a : b;
}

/* When there is something to do that was done before, or was begun. */
static int64_t next_of_begun(const struct outbox *outbox)
{
	int64_t next = case_store_next(outbox->store);

	if (is_awaited(outbox) || outbox->news_count)
		next = sooner(next, xfer_now() + LOOK_MS);
	if (outbox->landed)
		next = sooner(next, outbox->record_ms);
	for (size_t i = 0; i < outbox->asked; i++)
		if (inquiry_is_over(outbox->inquiries[i]))
			next = sooner(next, outbox->record_ms);
	return next;
}

/* When a provider that counts as dead is tried again, if there is anything to
 * try it with. */
static int64_t next_probe(const struct outbox *outbox, int64_t now)
{
	int64_t probe = budget_next(&outbox->budget, now);
	int64_t due = queue_next(&outbox->queue, now);

	if (probe < 0 || outbox_ahead(outbox) ||
	    queue_pick(&outbox->queue, now))
		return probe;
	return due > probe ? due : due < 0 ? -1 : probe;
}

int64_t outbox_next(const struct outbox *outbox)
{
	int64_t next = next_of_begun(outbox);
	int64_t now = xfer_now();

	if (outbox->stopped)
		return next;
	if (outbox->stale || outbox->queue.queued != outbox->store->queued)
		return now;
	if (outbox->budget.probing && !outbox_has_room(outbox))
		return sooner(next, next_probe(outbox, now));
	if (!outbox_wants_more(outbox))
		return next;
	return outbox->idle ? sooner(next, outbox->idle_until_ms) : now;
}

bool outbox_progress(const struct outbox *outbox, int64_t submission,
		     struct xfer_progress *out)
{
	const struct flight *flight = outbox_flight(outbox, submission);

	if (!flight || !flight_is_launched(flight) || flight_has_landed(flight))
		return false;
	flight_progress(flight, out);
	return true;
}

int64_t outbox_shown(const struct outbox *outbox, int64_t before)
{
	struct xfer_progress progress;

	if (before && outbox_progress(outbox, before, &progress))
		return before;
	for (size_t i = 0; i < outbox->count; i++)
		if (flight_is_launched(outbox->flights[i]) &&
		    !flight_has_landed(outbox->flights[i]))
			return flight_submission(outbox->flights[i]);
	return 0;
}

int64_t outbox_paused(const struct outbox *outbox)
{
	return budget_next(&outbox->budget, xfer_now());
}

const char *outbox_stopped(const struct outbox *outbox)
{
	return outbox->stopped;
}

void outbox_go_on(struct outbox *outbox)
{
	free(outbox->stopped);
	outbox->stopped = NULL;
	outbox->idle = false;
	budget_forgive(&outbox->budget);
}

/* Begun, and not on the wire yet? */
static bool is_ahead(const struct outbox *outbox, int64_t id)
{
	const struct flight *flight = outbox_flight(outbox, id);

	return flight && !flight_is_launched(flight);
}

static void count_item(const struct outbox *outbox,
		       const struct queue_item *item, int64_t now_ms,
		       struct outbox_totals *out)
{
	const struct submission_brief *brief = &item->brief;

	if (brief->state == CASE_SENDING && is_ahead(outbox, brief->id))
		out->queued++;
	else if (brief->state == CASE_SENDING)
		out->sending++;
	else if (brief->state != CASE_QUEUED && brief->state != CASE_UNSURE)
		return;
	else if (brief->held)
		out->held++;
	else if (brief->state == CASE_UNSURE)
		out->unsure++;
	else if (item->due_ms > now_ms)
		out->waiting++;
	else
		out->queued++;
}

void outbox_totals(const struct outbox *outbox, struct outbox_totals *out)
{
	const struct queue *queue = &outbox->queue;
	int64_t now_ms = xfer_now();

	*out = (struct outbox_totals){ 0 };
	for (size_t c = 0; c < queue->count; c++)
		for (size_t i = 0; i < queue->cases[c].count; i++)
			count_item(outbox, &queue->cases[c].items[i], now_ms,
				   out);
}
