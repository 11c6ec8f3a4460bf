/* SPDX-License-Identifier: MIT */
/*
 * kyc batch: what a manifest lists, one JSON object a line. All lines are
 * checked and queued, many to one transaction; then the outbox is driven and
 * each result is said as it comes, once it is durable. Running it again sends
 * what was not accepted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/batch.h"

#define MANIFEST_MOST ((size_t)64 << 20)

/* Check and queue all lines. */
static int take_lines(struct batch *batch, char *text, struct err *err)
{
	size_t number = 0;
	char *next = text;

	while (next) {
		char *line = next;
		char *end = strchr(line, '\n');

		next = end ? end + 1 : NULL;
		if (end)
			*end = '\0';
		number++;
		if (line[strspn(line, " \t\r")] == '\0')
			continue;
		if (tui_signal_taken()) {
			/* What is queued stays so: 'kyc resume' sends it. */
			if (batch_commit(batch, err))
				return -1;
			return err_set(err, ERR_CANCELLED, _("interrupted"));
		}
		if (batch_line(batch, line, number, err)) {
			if (batch->open)
				case_store_rollback(batch->app->store);
			return -1;
		}
	}
	return batch_commit(batch, err);
}

static bool settled(const struct case_submission *submission)
{
	return submission->state == CASE_ACCEPTED ||
	       submission->state == CASE_REFUSED ||
	       submission->state == CASE_CANCELLED;
}

/* Say ITEM's result; with ANY also when it has no answer. True when said. */
static bool say_one(struct batch *batch, int64_t item, bool any)
{
	struct case_submission submission = { 0 };
	struct err err = { 0 };
	bool said = false;

	if (case_submission_load(batch->app->store, item, &submission, &err) ==
		    1 &&
	    (any || settled(&submission))) {
		batch->status = tui_worse(
			batch->status,
			tui_report_result(batch->app, &submission, NULL));
		said = true;
	}
	case_submission_release(&submission);
	return said;
}

static void moved(void *arg, int64_t submission)
{
	struct batch *batch = arg;

	for (size_t i = 0; i < batch->waiting_count; i++)
		if (batch->waiting[i] == submission &&
		    say_one(batch, submission, false)) {
			batch->waiting[i] =
				batch->waiting[--batch->waiting_count];
			return;
		}
}

/* What was accepted by an earlier run is said before anything is sent; with ANY
 * all that is left is said. */
static int say_settled(struct batch *batch, bool any, struct err *err)
{
	size_t kept = 0;

	if (batch->waiting_count && case_store_settle(batch->app->store, err))
		return -1;
	for (size_t i = 0; i < batch->waiting_count; i++)
		if (!say_one(batch, batch->waiting[i], any))
			batch->waiting[kept++] = batch->waiting[i];
	batch->waiting_count = kept;
	return 0;
}

static int run(struct batch *batch, char *text, struct err *err)
{
	const struct tui_driver driver = { .changed = moved, .arg = batch };
	int drove = 0;

	if (take_lines(batch, text, err))
		return -1;
	tui_report(batch->app, _("%zu to send, %zu accepted already"),
		   batch->waiting_count - batch->accepted, batch->accepted);
	if (say_settled(batch, false, err))
		return -1;
	if (batch->waiting_count)
		drove = tui_drive(batch->app, 0, &driver, err);
	if (drove < 0 || say_settled(batch, true, err))
		return -1;
	return tui_ended(batch->app, drove, batch->status, err);
}

static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_dup(".");
	return slash == path ? mem_dup("/")
			     : mem_dup_n(path, (size_t)(slash - path));
}

static int set_parallel(struct tui_app *app, const char *parallel,
			struct err *err)
{
	char *end = NULL;
	unsigned long number = 0;

	if (!parallel)
		return 0;
	number = strtoul(parallel, &end, 10);
	if (!*parallel || *end || number < 1 || number > 16)
		return err_set(err, ERR_USAGE,
			       _("--parallel is a number from 1 to 16, not "
				 "'%s'"),
			       parallel);
	app->profile->parallel = (unsigned)number;
	xfer_set_most(app->xfer, (unsigned)number);
	return 0;
}

int tui_cmd_batch(const struct tui_arguments *arguments)
{
	const char *path = arguments->operands[0];
	struct tui_app app = { 0 };
	struct batch batch = { .app = &app, .again = arguments->again };
	struct err err = { 0 };
	char *text = NULL;
	int status = -1;

	batch.directory = directory_of(path);
	text = tui_read_text(path, MANIFEST_MOST, &err);
	if (text && tui_app_open(&app, &arguments->global,
				 TUI_APP_OUTBOX | TUI_APP_LOOKER, &err) == 0) {
		if (set_parallel(&app, arguments->parallel, &err) == 0)
			status = run(&batch, text, &err);
		tui_app_close(&app);
	}
	if (status < 0)
		status = tui_report_err(&err);
	prov_customer_release(&batch.customer);
	free(batch.waiting);
	free(batch.directory);
	mem_free_private(text);
	return status;
}
