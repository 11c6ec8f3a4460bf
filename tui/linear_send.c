/* SPDX-License-Identifier: MIT */
/* Linear mode: sending what is ready, and how everything stands. */
#include <stdlib.h>
#include <string.h>

#include "tui/command.h"
#include "tui/item_words.h"
#include "tui/linear.h"
#include "tui/status_words.h"

static const char *state_words(enum case_state state)
{
	static const char *const words[] = {
		[CASE_DRAFT] = N_("not queued"),
		[CASE_QUEUED] = N_("queued"),
		[CASE_SENDING] = N_("being sent"),
		[CASE_ACCEPTED] = N_("received"),
		[CASE_REFUSED] = N_("refused"),
		[CASE_UNSURE] = N_("sent, the answer was lost"),
		[CASE_CANCELLED] = N_("cancelled"),
	};

	return _(words[state]);
}

/* A line for each step of an item; the progress between is tui_drive()'s. */
static void on_change(void *arg, int64_t submission)
{
	struct linear *linear = arg;
	struct case_submission now = { 0 };
	struct err ignored = { 0 };
	const struct doc_type *type = NULL;
	const char *side = NULL;

	if (case_submission_load(linear->app->store, submission, &now,
				 &ignored) != 1)
		return;
	type = now.type ? prov_type(linear->app->profile->provider, now.type,
				    prov_holder(&linear->list.customer,
						now.party))
			: NULL;
	side = tui_side_word(now.side);
	linear_say("%s%s%s: %s%s%s",
		   type	      ? _(type->label)
		   : now.type ? now.type
			      : _("Information"),
		   *side ? ", " : "", side, state_words(now.state),
		   now.message ? ": " : "", now.message ? now.message : "");
	case_submission_release(&now);
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
	switch (tui_drive(app, 0, on_change, linear, &err)) {
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
	linear_reload(linear);
}

void linear_status(struct linear *linear)
{
	const struct case_checklist *list = &linear->list;
	char words[300];

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		const char *side = tui_side_word(item->side);
		const char *why = tui_item_why(item);

		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_NOT_NEEDED)
			continue;
		tui_item_words(list, item, true, xfer_now_unix(), words,
			       sizeof(words));
		linear_say("%zu. %s%s%s: %s", i + 1,
			   tui_requirement_label(item->requirement),
			   *side ? ", " : "", side, words);
		if (item->state == CASE_ITEM_REJECTED)
			linear_say("   %s. %s",
				   why ? why : _("no reason was given"),
				   item->reason
					   ? tui_next_words(item->reason->next)
					   : "");
	}
}
