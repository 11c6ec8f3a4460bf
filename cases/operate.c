/* SPDX-License-Identifier: MIT */
/* What the operator does to the outbox: cancel, hold, retry. */
#include "cases/cargo.h"
#include "cases/outbox_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

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
		.alone = true,
		.code = "cancelled",
		.message = _("cancelled before it was sent"),
	};
	struct submission_group group = { 0 };
	int ret;

	if (load_open(outbox, id, false, sub, err) ||
	    submission_group(outbox->store, id, true, &group, err))
		return -1;
	/* What was asked about and is not there waits as queued. */
	if (cargo_in_doubt(sub)) {
		end.state = CASE_UNSURE;
		end.sent_before = true;
		end.next_ms = SUBMISSION_PARKED;
		end.message = _("cancelled, but it may have arrived before");
	}
	ret = 0;
	for (size_t i = 0; !ret && i < group.count; i++)
		ret = submission_end(outbox->store, group.ids[i], &end, err);
	submission_group_release(&group);
	return ret;
}

/* Commit or undo, then show what became of it. */
static int conclude(struct outbox *outbox, struct case_submission *sub, int ret,
		    struct err *err)
{
	int64_t id = sub->id;
	int64_t case_id = sub->case_id;

	case_submission_release(sub);
	if (db_finish(outbox->store, ret, err) ||
	    outbox_reload(outbox, case_id, err))
		return -1;
	outbox_tell(outbox, id);
	return 0;
}

int outbox_cancel(struct outbox *outbox, int64_t id, struct err *err)
{
	struct flight *flight = outbox_flight(outbox, id);
	struct case_submission sub = { 0 };

	if (flight && flight_is_launched(flight)) {
		flight_cancel(flight, ATTEMPT_CANCELLED);
		return 0;
	}
	if (flight && outbox_withdraw(outbox, flight, err))
		return -1;
	if (case_store_begin(outbox->store, err))
		return -1;
	return conclude(outbox, &sub, cancel_waiting(outbox, id, &sub, err),
			err);
}

int outbox_hold(struct outbox *outbox, int64_t id, bool held, struct err *err)
{
	struct flight *flight = outbox_flight(outbox, id);
	struct case_submission sub = { 0 };
	int ret;

	if (flight && !flight_is_launched(flight) &&
	    outbox_withdraw(outbox, flight, err))
		return -1;
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
	const struct provider *provider = outbox->profile->provider;
	int64_t now = xfer_now_unix();

	if (load_open(outbox, id, false, sub, err))
		return -1;
	if (cargo_in_doubt(sub) &&
	    !submission_is_asked_about(provider, *sub->body_sha256,
				       sub->key_made_ms, now) &&
	    !submission_key_lives(provider, sub->key_made_ms, now))
		return err_set(err, ERR_INPUT,
			       _("this may have arrived, and the provider does "
				 "not remember the attempt any more; look "
				 "whether it is there before sending another"));
	return submission_wake(outbox->store, id, err);
}

int outbox_retry(struct outbox *outbox, int64_t id, struct err *err)
{
	struct case_submission sub = { 0 };

	/* Who asks by hand has reason to think that the provider is there. */
	budget_forgive(&outbox->budget);
	if (case_store_begin(outbox->store, err))
		return -1;
	return conclude(outbox, &sub, wake(outbox, id, &sub, err), err);
}
