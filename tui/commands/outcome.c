/* SPDX-License-Identifier: MIT */
/* What became of what a command was to send: driven, said, and as its exit
 * status. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

int tui_say_submission(struct tui_app *app, int64_t id)
{
	struct case_submission submission = { 0 };
	struct err err = { 0 };
	int status = 6;

	/* A result is a promise: what it says outlives a power cut. */
	if (case_store_settle(app->store, &err) == 0 &&
	    case_submission_load(app->store, id, &submission, &err) == 1)
		status = tui_report_result(app, &submission, NULL);
	else
		status = tui_report_err(&err);
	case_submission_release(&submission);
	return status;
}

int tui_ended(const struct tui_app *app, int drove, int status, struct err *err)
{
	const char *stopped = outbox_stopped(app->outbox);

	if (stopped)
		return err_set(err, ERR_CREDENTIALS, "%s", stopped);
	return drove > 0 ? 130 : status;
}

int tui_send_one(struct tui_app *app, int64_t submission, bool no_wait,
		 struct err *err)
{
	int drove = 0;

	if (!no_wait)
		drove = tui_drive(app, submission, NULL, err);
	if (drove < 0)
		return -1;
	return tui_ended(app, drove, tui_say_submission(app, submission), err);
}

int tui_say_refused(const struct tui_app *app, const struct tui_refused *what,
		    const struct findings *findings)
{
	struct case_submission refused = { .state = CASE_REFUSED,
					   .rank = what->rank };
	int status;

	refused.customer = mem_dup(what->customer);
	refused.type = mem_dup(what->type);
	refused.party = mem_dup(what->party);
	refused.schema = mem_dup(what->schema);
	refused.message =
		mem_dup(what->message ? what->message : _("not sent"));
	if (what->side && doc_side_parse(what->side, &refused.side))
		refused.side = DOC_SIDE_NONE;
	status = tui_report_result(app, &refused, findings);
	case_submission_release(&refused);
	return status;
}

void tui_say_refused_for(const struct tui_app *app,
			 const struct tui_refused *what, const struct err *err)
{
	struct findings findings = { 0 };
	int status;

	if (!app->options.json ||
	    (err->code != ERR_INPUT && err->code != ERR_REFUSED))
		return;
	findings_add(&findings, FINDING_ERROR, "refused", NULL, "%s",
		     err->text);
	status = tui_say_refused(app, what, &findings);
	(void)status; /* that of ERR counts */
	findings_release(&findings);
}
