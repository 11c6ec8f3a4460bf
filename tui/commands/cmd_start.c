/* SPDX-License-Identifier: MIT */
/* kyc start: ask the provider to begin its review (or to finalise). */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/words/part_words.h"

static const struct prov_requirement *
start_of(const struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].kind == PROV_REQ_START)
			return &customer->requirements[i];
	return NULL;
}

/* A start needs everything else to be there: what is missing is said. */
static int check(struct tui_app *app, const char *id, struct findings *findings,
		 struct err *err)
{
	struct case_checklist list = { 0 };
	char *names = NULL;

	if (case_checklist_load(app->store, app->profile, id, &list, err))
		return -1;
	names = tui_wanted_names(&list, SIZE_MAX);
	if (list.missing || list.rejected)
		findings_add(findings, FINDING_ERROR, "still_wanted", NULL,
			     _("the review cannot begin yet; still wanted: %s"),
			     names);
	free(names);
	case_checklist_release(&list);
	return 0;
}

static int send(struct tui_app *app, const char *id, bool no_wait,
		struct err *err)
{
	const struct tui_refused what = { .customer = id,
					  .rank = PROV_RANK_START };
	const struct prov_requirement *requirement = NULL;
	struct prov_customer customer = { 0 };
	struct findings findings = { 0 };
	int64_t submission = 0, case_id = 0, seen_ms = 0;
	int status = -1;

	if (tui_customer_now(app, id, &customer, &seen_ms, err))
		goto out;
	memset(err, 0, sizeof(*err));
	requirement = start_of(&customer);
	if (!requirement) {
		findings_add(&findings, FINDING_ERROR, "nothing_to_start", NULL,
			     _("there is nothing to start: %s"),
			     customer.closed_because
				     ? customer.closed_because
				     : _("the provider begins its review by "
					 "itself"));
	} else if (check(app, id, &findings, err)) {
		goto out;
	}
	if (findings_errors(&findings)) {
		tui_report_findings(&findings);
		status = tui_say_refused(app, &what, &findings);
		goto out;
	}
	if (!case_open(app->store, app->profile, id, &case_id, err) &&
	    !case_submit_start(app->store, app->profile, case_id, requirement,
			       &submission, err))
		status = tui_send_one(app, submission, no_wait, err);
out:
	findings_release(&findings);
	prov_customer_release(&customer);
	return status;
}

int tui_cmd_start(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int status = -1;

	if (!arguments->customer || !*arguments->customer)
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-c CUSTOMER");
	else if (!tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err))
		status = send(&app, arguments->customer, arguments->no_wait,
			      &err);
	tui_app_close(&app);
	return status < 0 ? tui_report_err(&err) : status;
}
