/* SPDX-License-Identifier: MIT */
/* Linear mode: sending what is ready, and how everything stands. */
#include <stdlib.h>
#include <string.h>

#include "tui/command.h"
#include "tui/item_words.h"
#include "tui/linear.h"
#include "tui/receipt_words.h"
#include "tui/status_words.h"

/* A line for each step of an item; the progress between is tui_drive()'s. */
static void on_change(void *arg, int64_t submission)
{
	struct linear *linear = arg;
	struct case_submission now = { 0 };
	struct err ignored = { 0 };
	char *label = NULL;

	if (case_submission_load(linear->app->store, submission, &now,
				 &ignored) != 1)
		return;
	label = tui_submission_label(
		&now, linear->app->profile->provider,
		prov_holder(&linear->list.customer, now.party));
	linear_say("%s: %s%s%s", label, tui_submission_state(now.state),
		   now.message ? ": " : "", now.message ? now.message : "");
	free(label);
	case_submission_release(&now);
}

void linear_drive(struct linear *linear, int64_t submission)
{
	struct tui_app *app = linear->app;
	struct err err = { 0 };

	switch (tui_drive(app, submission, on_change, linear, &err)) {
	case -1:
		linear_say_err(&err);
		linear->status = err_exit_status(err.code);
		linear->ended = true;
		break;
	case 1:
		linear->status = 130;
		linear->ended = true;
		break;
	default:
		break;
	}
	if (outbox_stopped(app->outbox)) {
		linear_say(_("Error: %s"), outbox_stopped(app->outbox));
		linear->status = tui_worse(linear->status, 5);
		outbox_go_on(app->outbox);
	}
}

void linear_send(struct linear *linear)
{
	struct tui_app *app = linear->app;
	struct err err = { 0 };
	unsigned queued = 0;

	if (case_checklist_submit(app->store, app->profile, &linear->list,
				  false, &queued, &err)) {
		linear_say_err(&err);
	} else if (!queued && outbox_next(app->outbox) < 0) {
		linear_say("%s", _("There is nothing ready to send."));
		return;
	}
	if (queued)
		linear_say(P_("Sending %u item.", "Sending %u items.", queued),
			   queued);
	linear_drive(linear, 0);
	linear_reload(linear);
}

void linear_status(struct linear *linear)
{
	const struct case_checklist *list = &linear->list;
	char words[300];

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		char *label = NULL;
		const char *why = tui_item_why(item);

		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_NOT_NEEDED)
			continue;
		tui_item_words(list, item, true, xfer_now_unix(), words,
			       sizeof(words));
		label = tui_item_label(item);
		linear_say("%zu. %s: %s", i + 1, label, words);
		free(label);
		if (item->state == CASE_ITEM_REJECTED)
			linear_say("   %s. %s",
				   why ? why : _("no reason was given"),
				   item->reason
					   ? tui_next_words(item->reason->next)
					   : "");
	}
}
