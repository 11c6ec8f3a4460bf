/* SPDX-License-Identifier: MIT */
/* What the operator may do about what is on its way: cancel it, have it tried
 * now, hold it; one of it, or all. */
#include "tui/screens/review.h"

#include <stdlib.h>

/* What a key is about: the row selected, or from the button the only one that
 * is on its way. NULL and a word why not. */
static const struct tui_send_row *moving_row(struct tui_wizard *wizard,
					     const struct review *state)
{
	const struct tui_send_row *row = review_selected(state);
	const struct tui_send_row *only = NULL;
	size_t count = 0;

	for (size_t i = 0; !row && i < state->rows.count; i++) {
		if (state->rows.list[i].state != TUI_SEND_MOVING)
			continue;
		only = &state->rows.list[i];
		count++;
	}
	if (count == 1)
		row = only;
	if (row && row->state == TUI_SEND_MOVING)
		return row;
	tui_say(wizard, "%s",
		row || count ? _("Select an item that is on its way (and not "
				 "answered yet).")
			     : _("Nothing is on its way."));
	return NULL;
}

static void cancel_now(struct tui_wizard *wizard, void *arg)
{
	struct review *state = arg;
	struct err err = { 0 };

	if (outbox_cancel(wizard->app->outbox, state->asked, &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

void review_ask_cancel(struct tui_wizard *wizard, struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	const struct case_submission *sub = row ? row->submission : NULL;
	struct xfer_progress moving;

	if (!sub)
		return;
	state->asked = sub->id;
	if (sub->sent_before ||
	    outbox_progress(wizard->app->outbox, sub->id, &moving))
		tui_ask(wizard, cancel_now, state,
			_("Cancel %s? It may have arrived already; then it "
			  "stays unsure until %s has been asked."),
			row->label, wizard->app->profile->provider->title);
	else
		tui_ask(wizard, cancel_now, state,
			_("Cancel %s? Nothing of it was sent yet."),
			row->label);
}

void review_retry(struct tui_wizard *wizard, const struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	struct err err = { 0 };

	if (!row)
		return;
	outbox_go_on(wizard->app->outbox);
	if (outbox_retry(wizard->app->outbox, row->submission->id, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, "%s", _("It is tried again now."));
	tui_wizard_reload(wizard);
}

void review_hold(struct tui_wizard *wizard, const struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	const struct case_submission *sub = row ? row->submission : NULL;
	struct err err = { 0 };
	bool held = sub && !sub->held;
	struct xfer_progress moving;
	bool wire =
		sub && outbox_progress(wizard->app->outbox, sub->id, &moving);

	if (!sub)
		return;
	if (outbox_hold(wizard->app->outbox, sub->id, held, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, "%s",
			!held  ? _("It goes on.")
			: wire ? _("This attempt goes on to its end; what "
				   "would follow is held until h is pressed "
				   "again.")
			       : _("It is held until h lets it go on."));
	tui_wizard_reload(wizard);
}

/* All that is on its way, by id: what is done to one may change the rows. */
static size_t moving_rows(struct tui_wizard *wizard, const struct review *state,
			  int64_t **ids)
{
	size_t count = 0;

	*ids = mem_array(state->rows.count + 1, sizeof(**ids));
	for (size_t i = 0; i < state->rows.count; i++)
		if (state->rows.list[i].state == TUI_SEND_MOVING)
			(*ids)[count++] = state->rows.list[i].submission->id;
	if (!count)
		tui_say(wizard, "%s", _("Nothing is on its way."));
	return count;
}

/* What has its answer meanwhile, or shared the fate of another one, is no
 * failure; any other is said. True when none was. */
static bool all_went(struct tui_wizard *wizard, const struct err *err)
{
	tui_wizard_reload(wizard);
	if (err->code && err->code != ERR_INPUT) {
		tui_say_err(wizard, err);
		return false;
	}
	return true;
}

static void cancel_all_now(struct tui_wizard *wizard, void *arg)
{
	struct review *state = arg;
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);

	for (size_t i = 0; i < count; i++)
		if (outbox_cancel(wizard->app->outbox, ids[i], &err) &&
		    err.code != ERR_INPUT)
			break;
	all_went(wizard, &err);
	free(ids);
}

void review_ask_cancel_all(struct tui_wizard *wizard, struct review *state)
{
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);

	if (count)
		tui_ask(wizard, cancel_all_now, state,
			P_("Cancel %zu item on its way? What may have arrived "
			   "already stays unsure until %s has been asked.",
			   "Cancel %zu items on their way? What may have "
			   "arrived already stays unsure until %s has been "
			   "asked.",
			   count),
			count, wizard->app->profile->provider->title);
	free(ids);
}

void review_retry_all(struct tui_wizard *wizard, const struct review *state)
{
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);
	size_t tried = 0;

	if (count)
		outbox_go_on(wizard->app->outbox);
	for (size_t i = 0; i < count; i++) {
		bool failed = outbox_retry(wizard->app->outbox, ids[i], &err);

		tried += !failed;
		if (failed && err.code != ERR_INPUT)
			break;
	}
	if (count && all_went(wizard, &err)) {
		/* Where none was, ERR says why: it is on the wire already. */
		if (tried)
			tui_say(wizard, "%s",
				_("All of it is tried again now."));
		else
			tui_say_err(wizard, &err);
	}
	free(ids);
}

/* While one is not held, all are to be; else all go on. */
void review_hold_all(struct tui_wizard *wizard, const struct review *state)
{
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);
	bool held = false;

	for (size_t i = 0; i < state->rows.count; i++)
		held = held || (state->rows.list[i].state == TUI_SEND_MOVING &&
				!state->rows.list[i].submission->held);
	for (size_t i = 0; i < count; i++)
		if (outbox_hold(wizard->app->outbox, ids[i], held, &err) &&
		    err.code != ERR_INPUT)
			break;
	if (count && all_went(wizard, &err))
		tui_say(wizard, "%s",
			held ? _("All of it is held until H lets it go on.")
			     : _("All of it goes on."));
	free(ids);
}
