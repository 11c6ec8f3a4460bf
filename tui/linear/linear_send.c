/* SPDX-License-Identifier: MIT */
/* Linear mode: sending what is ready, with a line at each quarter of a file,
 * one for each step, and how far it has come whenever that is asked. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/commands/command.h"
#include "tui/linear/linear.h"
#include "tui/wizard/requests.h"
#include "tui/words/item_words.h"
#include "tui/words/receipt_words.h"
#include "tui/words/status_words.h"

/* Something on its way, as far as was said. */
struct linear_moving {
	int64_t submission;
	unsigned quarter;
};

static bool is_of(const struct case_item *item,
		  const struct case_submission *submission)
{
	const struct prov_requirement *req = item->requirement;

	if (!text_same(req->party, submission->party))
		return false;
	if (submission->type)
		return req->kind == PROV_REQ_DOCUMENT &&
		       item->side == submission->side &&
		       text_same(req->type->code, submission->type);
	return item->form && submission->schema &&
	       text_same(item->form->schema->name, submission->schema);
}

/* As the list calls it, where it has it, and whose it is. */
static char *label_of(const struct linear *linear,
		      const struct case_submission *submission)
{
	const struct case_checklist *list = &linear->list;
	const char *party = submission->party;
	char *label = NULL;
	char *whole = NULL;

	for (size_t i = 0; !label && i < list->count; i++)
		if (is_of(&list->items[i], submission))
			label = tui_item_label(&list->items[i]);
	if (!label)
		label = tui_submission_label(
			submission, linear->app->profile->provider,
			prov_holder(&list->customer, party));
	whole = mem_printf("%s%s%s", label, party ? ", " : "",
			   party ? tui_holder_name(list, party) : "");
	free(label);
	return whole;
}

/* A line for each step of an item. */
void linear_changed(void *arg, int64_t submission)
{
	struct linear *linear = arg;
	struct case_submission now = { 0 };
	struct err ignored = { 0 };
	char *label = NULL;

	linear->stale = true;
	if (case_submission_load(linear->app->store, submission, &now,
				 &ignored) != 1)
		return;
	label = label_of(linear, &now);
	linear_say("%s: %s", tui_submission_state(now.state), label);
	if (now.message)
		linear_say("%s", now.message);
	free(label);
	case_submission_release(&now);
}

static struct linear_moving *moving_of(struct linear *linear, int64_t id)
{
	for (size_t i = 0; i < linear->moving_count; i++)
		if (linear->moving[i].submission == id)
			return &linear->moving[i];
	linear->moving = mem_grow(linear->moving, linear->moving_count,
				  sizeof(*linear->moving));
	linear->moving[linear->moving_count] =
		(struct linear_moving){ .submission = id };
	return &linear->moving[linear->moving_count++];
}

static void say_quarter(const struct linear *linear,
			const struct case_submission *submission,
			unsigned quarter)
{
	char *label = label_of(linear, submission);

	if (quarter == 4)
		linear_say(_("100 %%: %s, waiting for %s"), label,
			   linear->app->profile->provider->title);
	else
		linear_say("%u %%: %s", quarter * 25, label);
	free(label);
}

/* What has come a quarter further is said; with ALWAYS, all that is on its way.
 * How many lines. */
static unsigned say_progress(struct linear *linear, bool always)
{
	struct case_submission_list list = { 0 };
	struct err ignored = { 0 };
	unsigned said = 0;

	if (case_submissions(linear->app->store, linear->app->profile, 0, true,
			     &list, &ignored))
		return 0;
	for (size_t i = 0; i < list.count; i++) {
		struct linear_moving *moving =
			moving_of(linear, list.list[i].id);
		struct xfer_progress now = { 0 };
		unsigned quarter = 0;

		if (!outbox_progress(linear->app->outbox, list.list[i].id,
				     &now))
			continue;
		quarter = now.total ? (unsigned)(now.sent * 4 / now.total) : 0;
		if (!always && quarter <= moving->quarter)
			continue;
		moving->quarter = quarter;
		say_quarter(linear, &list.list[i], quarter);
		said++;
	}
	case_submission_list_release(&list);
	return said;
}

static void say_totals(struct linear *linear)
{
	struct outbox_totals totals = { 0 };

	outbox_totals(linear->app->outbox, &totals);
	if (!(totals.sending + totals.queued + totals.waiting + totals.held +
	      totals.unsure))
		linear_say("%s", _("Nothing is on its way."));
	else
		linear_say(
			_("%u being sent, %u queued, %u waiting, %u held, %u "
			  "unsure"),
			totals.sending, totals.queued, totals.waiting,
			totals.held, totals.unsure);
}

void linear_progress(struct linear *linear)
{
	say_progress(linear, true);
	say_totals(linear);
}

/* While it is sent, Enter tells how far, and b goes on with other things. */
static bool on_turn(void *arg, bool readable)
{
	struct linear *linear = arg;
	char *line = readable ? linear_typed(linear, true) : NULL;
	bool enough = line && strcmp(line, "b") == 0;

	say_progress(linear, false);
	if (line && strcmp(line, "?") == 0)
		linear_say("%s", _("Enter tells how far it has come. b goes "
				   "on with other things meanwhile."));
	else if (line && !enough)
		linear_progress(linear);
	free(line);
	return !enough && !linear->ended;
}

void linear_drive(struct linear *linear, int64_t submission)
{
	struct tui_app *app = linear->app;
	/* From a pipe the next answer is there already, and is for later. */
	const struct tui_driver driver = {
		.changed = linear_changed,
		.turn = on_turn,
		.fd = isatty(STDIN_FILENO) ? STDIN_FILENO : -1,
		.arg = linear,
	};
	struct err err = { 0 };

	linear->moving_count = 0;
	switch (tui_drive(app, submission, &driver, &err)) {
	case -1:
		linear_say_err(&err);
		linear_stop(linear, err_exit_status(err.code));
		break;
	case 1:
		linear_stop(linear, 130);
		break;
	default:
		break;
	}
	if (outbox_stopped(app->outbox)) {
		linear_say(_("Error: %s"), outbox_stopped(app->outbox));
		linear->status = tui_worse(linear->status, 5);
		outbox_go_on(app->outbox);
	}
	if (linear->customer)
		linear_reload(linear);
}

/* Is anything of an earlier time still on its way? */
static bool has_queued(const struct linear *linear)
{
	struct outbox_totals totals = { 0 };

	outbox_totals(linear->app->outbox, &totals);
	return totals.queued || totals.sending || totals.waiting ||
	       totals.unsure;
}

/* What will be sent, what of it may be refused, and what is chosen and cannot
 * be sent; how many will be. */
static unsigned say_ready(const struct linear *linear)
{
	unsigned ready = 0;

	for (size_t n = 1; n <= linear->list.count; n++) {
		size_t i = linear_numbered(linear, n);
		const struct case_item *item = &linear->list.items[i];

		if (item->state != CASE_ITEM_DRAFT || item->unasked)
			continue;
		linear_say_item(linear, i, true);
		if (item->document)
			linear_say_findings(&item->document->findings);
		ready += case_item_ready(item, &linear->list) && !item->waits;
	}
	return ready;
}

/* Where the provider has to be asked to begin: that nothing else is left. */
static void say_start(const struct linear *linear)
{
	for (size_t i = 0; i < linear->list.count; i++) {
		const struct case_item *item = &linear->list.items[i];

		if (item->requirement->kind == PROV_REQ_START &&
		    tui_start_possible(&linear->list))
			linear_say(_("All is there. Number %zu comes next: %s"),
				   linear_number(linear, i),
				   tui_requirement_label(item->requirement));
	}
}

void linear_send(struct linear *linear)
{
	struct tui_app *app = linear->app;
	unsigned ready = say_ready(linear);
	unsigned queued = 0;
	struct err err = { 0 };

	if (!ready && !has_queued(linear)) {
		linear_say("%s", _("There is nothing ready to send."));
		return;
	}
	if (ready &&
	    !linear_confirm(linear, true,
			    P_("Send %u item?", "Send %u items?", ready),
			    ready))
		return;
	if (ready && case_checklist_submit(app->store, app->profile,
					   &linear->list, false, &queued, &err))
		linear_say_err(&err);
	linear_drive(linear, 0);
	if (!linear->ended && !linear_news(linear, NULL))
		say_start(linear);
}
