/* SPDX-License-Identifier: MIT */
/*
 * What is begun and launched. That something was begun must be durable before
 * its first byte leaves. So that one sync does for many, more are begun than
 * the wire has room for, where it does no harm to find them begun after a
 * crash: under the same key they may be sent again. Where the provider would
 * have to be asked about each, only those are begun that go at once.
 */
#include <stdlib.h>

#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define TURN_MS 4 /* keys wait for what is begun in one turn of the loop */

size_t outbox_ahead(const struct outbox *outbox)
{
	return outbox->count - outbox->launched;
}

bool outbox_has_room(const struct outbox *outbox)
{
	unsigned most = outbox_parallel(outbox);

	return !outbox->unwritten &&
	       outbox->launched - outbox->landed + outbox->asked < most &&
	       outbox->landed < (size_t)most * OUTBOX_AHEAD &&
	       budget_has_room(&outbox->budget, most, xfer_now());
}

bool outbox_goes_singly(const struct outbox *outbox)
{
	return outbox->budget.probing ||
	       submission_asks_first(outbox->profile->provider);
}

/* May one more be begun, with so many begun already? */
static bool fits(const struct outbox *outbox)
{
	size_t ahead = outbox_ahead(outbox);
	unsigned most = outbox_parallel(outbox);

	if (outbox->budget.probing)
		return !ahead && outbox_has_room(outbox);
	if (outbox_goes_singly(outbox))
		return ahead + outbox->launched + outbox->asked < most;
	return ahead < (size_t)most * OUTBOX_AHEAD;
}

/* Not before half of them are gone: few syncs, of many each. */
bool outbox_wants_more(const struct outbox *outbox)
{
	return fits(outbox) &&
	       (outbox_goes_singly(outbox) ||
		outbox_ahead(outbox) * 2 <=
			(size_t)outbox_parallel(outbox) * OUTBOX_AHEAD);
}

static int ask(struct outbox *outbox, int64_t id, int64_t case_id,
	       struct err *err)
{
	struct inquiry *inquiry = NULL;

	if (inquiry_new(&inquiry, outbox->store, outbox->xfer, outbox->profile,
			id, outbox_on_answered, outbox, err))
		return -1;
	if (outbox->budget.probing)
		inquiry_hurry(inquiry);
	budget_begin(&outbox->budget, xfer_now());
	outbox->inquiries[outbox->asked++] = inquiry;
	queue_set_asking(&outbox->queue, case_id, true);
	return inquiry_is_over(inquiry)
		       ? outbox_record_answer(outbox, inquiry, err)
		       : 0;
}

/* *TAKEN: nothing came of it, as another process has it. */
static int begin(struct outbox *outbox, int64_t id, int64_t case_id,
		 bool *taken, struct err *err)
{
	struct flight *flight = NULL;
	enum flight_start how;

	if (flight_new(&flight, outbox->store, outbox->xfer, outbox->profile,
		       id, outbox_on_landed, outbox, &how, err))
		return -1;
	*taken = how == FLIGHT_TAKEN;
	if (flight)
		outbox->flights[outbox->count++] = flight;
	if (outbox_reload(outbox, case_id, err))
		return -1;
	if (how == FLIGHT_DECIDED)
		outbox_tell(outbox, id);
	return 0;
}

/* What may have arrived is asked about where it must not be repeated. */
static bool is_asked_about(const struct outbox *outbox,
			   const struct submission_brief *brief)
{
	return brief->state == CASE_UNSURE &&
	       submission_is_asked_about(outbox->profile->provider,
					 brief->key_used, brief->key_made_ms,
					 xfer_now_unix());
}

/* Begin what may begin, until there is no more, no room or no time. */
static int begin_some(struct outbox *outbox, struct err *err)
{
	int64_t until_ms = xfer_now() + TURN_MS;
	int64_t last = 0; /* that another process has */

	while (!outbox->stopped) {
		const struct queue_item *item =
			queue_pick(&outbox->queue, xfer_now());
		bool taken = false;
		int ret = 0;

		/* Another process may take and give back the same one. */
		if (!item || item->brief.id == last)
			break;
		last = item->brief.id;
		if (!is_asked_about(outbox, &item->brief))
			ret = begin(outbox, last, item->brief.case_id, &taken,
				    err);
		else if (outbox_has_room(outbox))
			ret = ask(outbox, last, item->brief.case_id, err);
		else
			break; /* until something has ended */
		if (ret)
			return -1;
		if (!taken)
			last = 0;
		if (xfer_now() >= until_ms || !fits(outbox))
			return 0;
	}
	outbox->idle = true;
	return 0;
}

/* What was begun since there were BEFORE is not in the record after all. */
static void forget(struct outbox *outbox, size_t before)
{
	while (outbox->count > before)
		flight_free(outbox->flights[--outbox->count]);
	outbox->stale = true;
}

int outbox_begin(struct outbox *outbox, struct err *err)
{
	size_t before = outbox->count;
	int ret;

	outbox->idle = outbox->idle && (outbox->idle_until_ms < 0 ||
					xfer_now() < outbox->idle_until_ms);
	if (outbox->idle || !outbox_wants_more(outbox))
		return 0;
	if (queue_pick(&outbox->queue, xfer_now())) {
		if (case_store_begin(outbox->store, err))
			return -1;
		ret = begin_some(outbox, err);
		if (db_finish(outbox->store, ret, err)) {
			forget(outbox, before);
			return -1;
		}
		for (size_t i = before; i < outbox->count; i++)
			flight_set_mark(outbox->flights[i],
					case_store_mark(outbox->store));
	} else {
		outbox->idle = true;
	}
	outbox->idle_until_ms = queue_next(&outbox->queue, xfer_now());
	return 0;
}

static struct flight *next_ready(const struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->count; i++)
		if (!flight_is_launched(outbox->flights[i]))
			return flight_mark(outbox->flights[i]) <=
					       outbox->durable
				       ? outbox->flights[i]
				       : NULL;
	return NULL;
}

int outbox_launch(struct outbox *outbox, struct err *err)
{
	struct flight *flight = NULL;

	while (!outbox->stopped && outbox_has_room(outbox) &&
	       (flight = next_ready(outbox))) {
		budget_begin(&outbox->budget, xfer_now());
		outbox->launched++;
		flight_launch(flight);
		if (!flight_has_landed(flight)) {
			outbox_tell(outbox, flight_submission(flight));
			continue;
		}
		outbox_note_landed(outbox, flight);
		if (outbox_record(outbox, err))
			return -1;
	}
	return 0;
}

int outbox_withdraw(struct outbox *outbox, struct flight *flight,
		    struct err *err)
{
	int64_t id = flight_submission(flight);
	int64_t case_id = flight_case(flight);

	if (flight_withdraw(flight, err))
		return -1;
	outbox_remove(outbox, flight);
	outbox_tell(outbox, id);
	return outbox_reload(outbox, case_id, err);
}

int outbox_withdraw_all(struct outbox *outbox, struct err *err)
{
	size_t kept = 0;
	int ret = 0;

	if (!outbox_ahead(outbox))
		return 0;
	if (case_store_begin(outbox->store, err))
		return -1;
	for (size_t i = 0; !ret && i < outbox->count; i++)
		if (!flight_is_launched(outbox->flights[i]))
			ret = flight_withdraw(outbox->flights[i], err);
	if (db_finish(outbox->store, ret, err))
		return -1;
	for (size_t i = 0; i < outbox->count; i++) {
		struct flight *flight = outbox->flights[i];

		if (flight_is_launched(flight)) {
			outbox->flights[kept++] = flight;
			continue;
		}
		outbox_tell(outbox, flight_submission(flight));
		if (outbox_reload(outbox, flight_case(flight), err))
			ret = -1; /* stale: it is read again */
		flight_free(flight);
	}
	outbox->count = kept;
	return ret;
}
