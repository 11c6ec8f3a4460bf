/* SPDX-License-Identifier: MIT */
/*
 * The outbox: picks what may go, keeps the flights, and is what the operator
 * speaks to. What the end of an attempt means is the table in attempt.c.
 */
#include "cases/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/queue.h"
#include "cases/send.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define STARTS_A_TURN	2 /* each waits for the disk, and keys wait for it */
#define PARALLEL_MOST	16
#define RECORD_AGAIN_MS 1000

struct outbox {
	struct case_store *store;
	struct xfer *xfer;
	const struct prov_profile *profile;
	outbox_changed *changed;
	void *arg;
	struct queue queue;
	struct flight *flights[PARALLEL_MOST];
	size_t count;
	char *stopped;
	bool stale;	       /* the queue could not be read after a change */
	bool idle;	       /* nothing may start before IDLE_UNTIL_MS */
	int64_t idle_until_ms; /* monotonic; -1: for good */
	int64_t record_ms;     /* monotonic; when to write again what failed */
};

static unsigned parallel(const struct outbox *outbox)
{
	unsigned most = outbox->profile->parallel;

	if (!most)
		return 1;
	return most < PARALLEL_MOST ? most : PARALLEL_MOST;
}

static struct flight *find_flight(const struct outbox *outbox,
				  int64_t submission)
{
	for (size_t i = 0; i < outbox->count; i++)
		if (flight_submission(outbox->flights[i]) == submission)
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

/* Something of CASE_ID is new in the record. */
static int reload(struct outbox *outbox, int64_t case_id, struct err *err)
{
	outbox->idle = false;
	if (!queue_reload(&outbox->queue, outbox->store, outbox->profile,
			  case_id, err))
		return 0;
	outbox->stale = true;
	return -1;
}

static void tell(struct outbox *outbox, int64_t submission)
{
	if (outbox->changed)
		outbox->changed(outbox->arg, submission);
}

static void stop(struct outbox *outbox, const char *why)
{
	free(outbox->stopped);
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
	if (verdict.stop)
		stop(outbox, flight_message(flight));
	remove_flight(outbox, flight);
	ret = reload(outbox, case_id, err);
	if (verdict.wait_ms)
		queue_set_due(&outbox->queue, case_id, id,
			      now + verdict.wait_ms);
	tell(outbox, id);
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
	queue_release(&outbox->queue);
	free(outbox->stopped);
	free(outbox);
}

static int start(struct outbox *outbox, int64_t id, int64_t case_id,
		 struct err *err)
{
	struct flight *flight = NULL;
	enum flight_start how;

	if (flight_new(&flight, outbox->store, outbox->xfer, outbox->profile,
		       id, on_landed, outbox, &how, err))
		return -1;
	if (flight)
		outbox->flights[outbox->count++] = flight;
	if (flight && flight_has_landed(flight))
		return record(outbox, flight, err);
	if (reload(outbox, case_id, err))
		return -1;
	if (how != FLIGHT_TAKEN)
		tell(outbox, id);
	return 0;
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

int outbox_pump(struct outbox *outbox, struct err *err)
{
	const struct queue_item *item = NULL;
	int64_t last = 0;

	if (record_late(outbox, err) || follow(outbox, err))
		return -1;
	if (outbox->stopped || is_idle(outbox, xfer_now()))
		return 0;
	for (int i = 0; outbox->count < parallel(outbox); i++) {
		item = queue_pick(&outbox->queue, xfer_now());
		/* Another process may take and give back the same one. */
		if (!item || item->brief.id == last)
			break;
		if (i == STARTS_A_TURN)
			return 0;
		last = item->brief.id;
		if (start(outbox, item->brief.id, item->brief.case_id, err))
			return -1;
		if (outbox->stopped)
			return 0;
	}
	outbox->idle = true;
	outbox->idle_until_ms = outbox->count < parallel(outbox)
					? queue_next(&outbox->queue, xfer_now())
					: -1;
	return 0;
}

int64_t outbox_next(const struct outbox *outbox)
{
	int64_t next = -1;

	for (size_t i = 0; i < outbox->count; i++)
		if (flight_has_landed(outbox->flights[i]))
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
	const struct flight *flight = find_flight(outbox, submission);

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

static bool is_unsettled(enum case_state state)
{
	return state == CASE_QUEUED || state == CASE_SENDING ||
	       state == CASE_UNSURE;
}

/* One that the operator may still do something about. Comes with the record
 * locked, so that no other process starts it meanwhile. */
static int load_open(struct outbox *outbox, int64_t id, bool sending_too,
		     struct case_submission *sub, struct err *err)
{
	int got = case_submission_load(outbox->store, id, sub, err);

	if (got < 0)
		return -1;
	if (!got)
		return err_set(err, ERR_INPUT, _("there is no such item"));
	if (!is_unsettled(sub->state))
		return err_set(err, ERR_INPUT,
			       _("this has its answer already"));
	if (sub->state == CASE_SENDING && !sending_too)
		return err_set(err, ERR_INPUT,
			       _("this is being sent just now"));
	return 0;
}

static int cancel_waiting(struct outbox *outbox, int64_t id,
			  struct case_submission *sub, struct err *err)
{
	struct submission_end end = {
		.state = CASE_CANCELLED,
		.code = "cancelled",
		.message = _("cancelled before it was sent"),
	};

	if (load_open(outbox, id, false, sub, err))
		return -1;
	if (sub->sent_before) {
		end.state = CASE_UNSURE;
		end.sent_before = true;
		end.next_ms = SUBMISSION_PARKED;
		end.message = _("cancelled, but it may have arrived before");
	}
	return submission_end(outbox->store, id, &end, err);
}

/* Commit or undo, then show what became of it. */
static int conclude(struct outbox *outbox, struct case_submission *sub, int ret,
		    struct err *err)
{
	int64_t id = sub->id;
	int64_t case_id = sub->case_id;

	case_submission_release(sub);
	if (db_finish(outbox->store, ret, err) || reload(outbox, case_id, err))
		return -1;
	tell(outbox, id);
	return 0;
}

int outbox_cancel(struct outbox *outbox, int64_t id, struct err *err)
{
	struct flight *flight = find_flight(outbox, id);
	struct case_submission sub = { 0 };

	if (flight) {
		flight_cancel(flight, ATTEMPT_CANCELLED);
		return 0;
	}
	if (case_store_begin(outbox->store, err))
		return -1;
	return conclude(outbox, &sub, cancel_waiting(outbox, id, &sub, err),
			err);
}

int outbox_hold(struct outbox *outbox, int64_t id, bool held, struct err *err)
{
	struct case_submission sub = { 0 };
	int ret;

	if (case_store_begin(outbox->store, err))
		return -1;
	ret = load_open(outbox, id, true, &sub, err);
	if (!ret)
		ret = submission_hold(outbox->store, id, held, NULL, NULL, err);
	return conclude(outbox, &sub, ret, err);
}

static int wake(struct outbox *outbox, int64_t id, struct case_submission *sub,
		struct err *err)
{
	if (load_open(outbox, id, false, sub, err))
		return -1;
	if (sub->sent_before &&
	    !submission_key_lives(outbox->profile->provider, sub->key_made_ms,
				  xfer_now_unix()))
		return err_set(err, ERR_INPUT,
			       _("this may have arrived, and the provider does "
				 "not remember the attempt any more; look "
				 "whether it is there before sending another"));
	return submission_wake(outbox->store, id, err);
}

int outbox_retry(struct outbox *outbox, int64_t id, struct err *err)
{
	struct case_submission sub = { 0 };

	if (case_store_begin(outbox->store, err))
		return -1;
	return conclude(outbox, &sub, wake(outbox, id, &sub, err), err);
}
