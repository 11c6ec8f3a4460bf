/* SPDX-License-Identifier: MIT */
/* kyc resume: drive everything still in the outbox to an answer. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/command.h"

/* What waits for a later time is tried now; what cannot be is left. */
static void wake(struct tui_app *app, const struct case_submission_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct err err = { 0 };

		if (list->list[i].held)
			continue;
		if (outbox_retry(app->outbox, list->list[i].id, &err))
			tui_report(app, "%s", err.text);
	}
}

static int resume(struct tui_app *app, struct err *err)
{
	struct case_submission_list list = { 0 };
	int status = 0;
	int drove = 0;

	if (case_submissions(app->store, app->profile, 0, true, &list, err))
		return -1;
	if (!list.count)
		tui_report(app, _("nothing is waiting to be sent"));
	wake(app, &list);
	drove = list.count ? tui_drive(app, 0, NULL, NULL, err) : 0;
	if (drove >= 0)
		for (size_t i = 0; i < list.count; i++)
			status = tui_worse(
				status,
				tui_say_submission(app, list.list[i].id));
	case_submission_list_release(&list);
	if (drove < 0)
		return -1;
	return tui_ended(app, drove, status, err);
}

int tui_cmd_resume(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int status = -1;

	if (tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err))
		return tui_report_err(&err);
	status = resume(&app, &err);
	if (status < 0)
		status = tui_report_err(&err);
	tui_app_close(&app);
	return status;
}
