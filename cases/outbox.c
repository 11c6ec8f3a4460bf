/* SPDX-License-Identifier: MIT */
/*
 * The outbox: picks what may go, keeps the flights, and is what the operator
 * speaks to. What the end of an attempt means is the table in attempt.c.
 */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define STARTS_A_TURN	2 /* each waits for the disk, and keys wait for it */
#define RECORD_AGAIN_MS 1000

static unsigned parallel(const struct outbox *outbox)
{
	unsigned most = outbox->profile->parallel;

	if (!most)
		return 1;
	return most < OUTBOX_MOST ? most : OUTBOX_MOST;
}

/* Is there room for one more on the wire, and does the provider bear it? */
static bool has_room(const struct outbox *outbox)
{
	return outbox->count + outbox->asked < parallel(outbox) &&
	       budget_has_room(&outbox->budget, parallel(outbox), xfer_now());
}

struct flight *outbox_flight(const struct outbox *outbox, int64_t submission)
{
	for (size_t i = 0; i < outbox->count; i++)
		if (flight_carries(outbox->flights[i], submission))
			return outbox->flights[i];
	return NULL;
}

static void remove_flight(struct outbox *outbox, struct flight *flight)
{
	for (size_t i = 0; i < outbox->count; i++) {
		if (outbox->flights[i] != flight)
			continue;
		outbox->flights[i] = outbox->flights[--outbox->count];
		flight_free(flight);
		return;
	}
}

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

int outbox_reload(struct outbox *outbox, int64_t case_id, struct err *err)
{
	outbox->idle = false;
	if (!queue_reload(&outbox->queue, outbox->store, outbox->profile,
			  case_id, err))
		return 0;
	outbox->stale = true;
	return -1;
}

static void tell_one(struct outbox *outbox, int64_t submission)
{
	if (outbox->changed)
		outbox->changed(outbox->arg, submission);
}

void outbox_tell(struct outbox *outbox, int64_t submission)
{
	struct submission_group group = { 0 };
	struct err ignored = { 0 };

	if (submission_group(outbox->store, submission, true, &group, &ignored))
		group.count = 0;
	if (!group.count)
		tell_one(outbox, submission);
	for (size_t i = 0; i < group.count; i++)
		tell_one(outbox, group.ids[i]);
	submission_group_release(&group);
}

/* Several that are denied at once say so once. */
static void stop(struct outbox *outbox, const char *why)
{
	if (outbox->stopped)
		return;
	outbox->stopped = mem_dup(
		why && *why ? why : _("the provider denied the credentials"));
}

/*
 * Write a landed flight's end down, and only then believe it. What cannot be
 * written (a full disk) is kept and tried again: it must not be forgotten
 * that something arrived.
 */
static int record(struct outbox *outbox, struct flight *flight, struct err *err)
{
	struct attempt_verdict verdict;
	int64_t id = flight_submission(flight);
	int64_t case_id = flight_case(flight);
	int64_t now = xfer_now();
	int ret;

	if (flight_record(flight, &verdict, err)) {
		outbox->record_ms = now + RECORD_AGAIN_MS;
		return -1;
	}
	budget_end(&outbox->budget, verdict.health, parallel(outbox),
		   verdict.told_ms, now);
	if (verdict.stop)
		stop(outbox, flight_message(flight));
	remove_flight(outbox, flight);
	ret = outbox_reload(outbox, case_id, err);
	if (verdict.wait_ms)
		queue_set_due(&outbox->queue, case_id, id,
			      now + verdict.wait_ms);
	outbox_tell(outbox, id);
	return ret;
}

static void on_landed(void *arg, struct flight *flight)
{
	struct outbox *outbox = arg;
	struct err failed = { 0 };

	/* Whatever failed is tried again, and said, by outbox_pump(). */
	if (record(outbox, flight, &failed))
		outbox->idle = false;
}

/* All of the case that an answer may have decided. */
static void tell_case(struct outbox *outbox, int64_t case_id)
{
	struct case_submission_list list = { 0 };
	struct err ignored = { 0 };

	if (case_submissions(outbox->store, outbox->profile, case_id, false,
			     &list, &ignored))
		return;
	for (size_t i = 0; i < list.count; i++)
		if (list.list[i].sent_before)
			tell_one(outbox, list.list[i].id);
	case_submission_list_release(&list);
}

/* As record(), for what was asked. */
static int record_answer(struct outbox *outbox, struct inquiry *inquiry,
			 struct err *err)
{
	int64_t case_id = inquiry_case(inquiry);
	const char *denied = NULL;
	int ret;

	if (inquiry_record(inquiry, &denied, err)) {
		outbox->record_ms = xfer_now() + RECORD_AGAIN_MS;
		return -1;
	}
	budget_end(&outbox->budget, inquiry_health(inquiry), parallel(outbox),
		   -1, xfer_now());
	if (denied)
		stop(outbox, denied);
	remove_inquiry(outbox, inquiry);
	queue_set_asking(&outbox->queue, case_id, false);
	ret = outbox_reload(outbox, case_id, err);
	tell_case(outbox, case_id);
	return ret;
}

static void on_answered(void *arg, struct inquiry *inquiry)
{
	struct outbox *outbox = arg;
	struct err failed = { 0 };

	if (record_answer(outbox, inquiry, &failed))
		outbox->idle = false;
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
	if (!outbox)
		return;
	outbox->changed = NULL;
	/* Each is gone from the list when it was written down; one that could
	 * not be is found as interrupted by the next program. */
	for (size_t i = outbox->count; i-- > 0;)
		if (i < outbox->count)
			flight_cancel(outbox->flights[i], ATTEMPT_LEAVING);
	while (outbox->count)
		flight_free(outbox->flights[--outbox->count]);
	while (outbox->asked)
		inquiry_free(outbox->inquiries[--outbox->asked]);
	queue_release(&outbox->queue);
	free(outbox->stopped);
	free(outbox);
}

/* *TAKEN: nothing came of it, as another process has it. */
static int start(struct outbox *outbox, int64_t id, int64_t case_id,
		 bool *taken, struct err *err)
{
	struct flight *flight = NULL;
	enum flight_start how;

	if (flight_new(&flight, outbox->store, outbox->xfer, outbox->profile,
		       id, on_landed, outbox, &how, err))
		return -1;
	*taken = how == FLIGHT_TAKEN;
	if (flight) {
		outbox->flights[outbox->count++] = flight;
		budget_begin(&outbox->budget, xfer_now());
	}
	if (flight && flight_has_landed(flight))
		return record(outbox, flight, err);
	if (outbox_reload(outbox, case_id, err))
		return -1;
	if (!*taken)
		outbox_tell(outbox, id);
	return 0;
}

static int ask(struct outbox *outbox, int64_t id, int64_t case_id,
	       struct err *err)
{
	struct inquiry *inquiry = NULL;

	if (inquiry_new(&inquiry, outbox->store, outbox->xfer, outbox->profile,
			id, on_answered, outbox, err))
		return -1;
	if (outbox->budget.probing)
		inquiry_hurry(inquiry);
	outbox->inquiries[outbox->asked++] = inquiry;
	budget_begin(&outbox->budget, xfer_now());
	queue_set_asking(&outbox->queue, case_id, true);
	return inquiry_is_over(inquiry) ? record_answer(outbox, inquiry, err)
					: 0;
}

/* What may have arrived is asked about where it must not be repeated. */
static int start_or_ask(struct outbox *outbox,
			const struct submission_brief *brief, bool *taken,
			struct err *err)
{
	*taken = false;
	if (brief->state == CASE_UNSURE &&
	    submission_is_asked_about(outbox->profile->provider,
				      brief->key_used, brief->key_made_ms,
				      xfer_now_unix()))
		return ask(outbox, brief->id, brief->case_id, err);
	return start(outbox, brief->id, brief->case_id, taken, err);
}

/* Ends that could not be written down when they came. */
static int record_late(struct outbox *outbox, struct err *err)
{
	if (xfer_now() < outbox->record_ms)
		return 0;
	for (size_t i = outbox->count; i-- > 0;)
		if (i < outbox->count &&
		    flight_has_landed(outbox->flights[i]) &&
		    record(outbox, outbox->flights[i], err))
			return -1;
	for (size_t i = outbox->asked; i-- > 0;)
		if (i < outbox->asked &&
		    inquiry_is_over(outbox->inquiries[i]) &&
		    record_answer(outbox, outbox->inquiries[i], err))
			return -1;
	return 0;
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

static bool is_idle(const struct outbox *outbox, int64_t now_ms)
{
	return outbox->idle &&
	       (outbox->idle_until_ms < 0 || now_ms < outbox->idle_until_ms);
}

/* When time alone lets something start; -1: never. */
static int64_t next_start(const struct outbox *outbox, int64_t now_ms)
{
	int64_t probe = budget_next(&outbox->budget, now_ms);
	int64_t due = queue_next(&outbox->queue, now_ms);

	if (has_room(outbox))
		return due;
	if (probe < 0 || queue_pick(&outbox->queue, now_ms))
		return probe;
	return due > probe ? due : due < 0 ? -1 : probe;
}

int outbox_pump(struct outbox *outbox, struct err *err)
{
	const struct queue_item *item = NULL;
	int64_t last = 0; /* that another process has */
	bool taken = false;

	if (record_late(outbox, err) || follow(outbox, err))
		return -1;
	if (outbox->stopped || is_idle(outbox, xfer_now()))
		return 0;
	for (int i = 0; has_room(outbox); i++) {
		item = queue_pick(&outbox->queue, xfer_now());
		/* Another process may take and give back the same one. */
		if (!item || item->brief.id == last)
			break;
		if (i == STARTS_A_TURN)
			return 0;
		last = item->brief.id;
		if (start_or_ask(outbox, &item->brief, &taken, err))
			return -1;
		if (!taken)
			last = 0;
		if (outbox->stopped)
			return 0;
	}
	outbox->idle = true;
	outbox->idle_until_ms = next_start(outbox, xfer_now());
	return 0;
}

int64_t outbox_next(const struct outbox *outbox)
{
	int64_t next = -1;

	for (size_t i = 0; i < outbox->count; i++)
		if (flight_has_landed(outbox->flights[i]))
			next = outbox->record_ms;
	for (size_t i = 0; i < outbox->asked; i++)
		if (inquiry_is_over(outbox->inquiries[i]))
			next = outbox->record_ms;
	if (outbox->stopped)
		return next;
	if (outbox->stale || !outbox->idle ||
	    outbox->queue.queued != outbox->store->queued)
		return xfer_now();
	if (next < 0 ||
	    (outbox->idle_until_ms >= 0 && outbox->idle_until_ms < next))
		next = outbox->idle_until_ms;
	return next;
}

bool outbox_progress(const struct outbox *outbox, int64_t submission,
		     struct xfer_progress *out)
{
	const struct flight *flight = outbox_flight(outbox, submission);

	if (!flight || flight_has_landed(flight))
		return false;
	flight_progress(flight, out);
	return true;
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

static void count_item(const struct queue_item *item, int64_t now_ms,
		       struct outbox_totals *out)
{
	const struct submission_brief *brief = &item->brief;

	if (brief->state == CASE_SENDING)
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
			count_item(&queue->cases[c].items[i], now_ms, out);
}
