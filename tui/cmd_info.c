/* SPDX-License-Identifier: MIT */
/* kyc info: the additional information as a JSON object. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/command.h"

#define INFO_MOST ((size_t)256 << 10)

static int send(struct tui_app *app, const char *id, const char *json,
		bool no_wait, struct err *err)
{
	struct case_submission refused = { 0 };
	struct prov_customer customer = { 0 };
	struct findings findings = { 0 };
	int64_t submission = 0;
	int64_t seen_ms = 0;
	int queued = 0;
	int drove = 0;
	int status = -1;

	/* Which form it is depends on the customer. */
	if (tui_customer_now(app, id, &customer, &seen_ms, err))
		goto out;
	memset(err, 0, sizeof(*err));
	queued = tui_info_queue(app, id, &customer, json, &submission,
				&findings, err);
	if (queued < 0)
		goto out;
	tui_report_findings(&findings);
	if (queued == 0) {
		refused.state = CASE_REFUSED;
		refused.rank = PROV_RANK_INFORMATION;
		refused.customer = mem_dup(id);
		refused.message = mem_dup(_("not sent"));
		status = tui_report_result(app, &refused, &findings);
		goto out;
	}
	if (!no_wait)
		drove = tui_drive(app, submission, NULL, NULL, err);
	if (drove < 0)
		goto out;
	status =
		tui_ended(app, drove, tui_say_submission(app, submission), err);
out:
	case_submission_release(&refused);
	findings_release(&findings);
	prov_customer_release(&customer);
	return status;
}

int tui_cmd_info(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	char *json = NULL;
	int status = -1;

	if (!arguments->customer || !*arguments->customer) {
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-c CUSTOMER");
		goto out;
	}
	json = tui_read_text(arguments->operands[0], INFO_MOST, &err);
	if (!json ||
	    tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err))
		goto out;
	status =
		send(&app, arguments->customer, json, arguments->no_wait, &err);
	tui_app_close(&app);
out:
	if (status < 0)
		status = tui_report_err(&err);
	mem_free_private(json);
	return status;
}
