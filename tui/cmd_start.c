/* SPDX-License-Identifier: MIT */
/* kyc start: ask the provider to begin its review (or to finalise). */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/command.h"

static const struct prov_requirement *
start_of(const struct prov_customer *customer)
{
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (customer->requirements[i].kind == PROV_REQ_START)
			return &customer->requirements[i];
	return NULL;
}

/* A start needs everything else to be there: what is missing is said. */
static int check(struct tui_app *app, const char *id, struct err *err)
{
	struct case_checklist list = { 0 };
	struct buf names = { 0 };
	int ret = -1;

	if (case_checklist_load(app->store, app->profile, id, &list, err))
		return -1;
	for (size_t i = 0; i < list.count; i++) {
		const struct case_item *item = &list.items[i];
		const struct prov_requirement *req = item->requirement;

		if (req->kind == PROV_REQ_START || req->optional ||
		    (item->state != CASE_ITEM_MISSING &&
		     item->state != CASE_ITEM_REJECTED) ||
		    item->side_optional)
			continue;
		buf_addf(&names, "%s%s", names.len ? ", " : "", req->code);
	}
	if (list.missing || list.rejected)
		err_set(err, ERR_INPUT,
			_("the review cannot begin yet; still wanted: %s"),
			buf_text(&names));
	else
		ret = 0;
	buf_release(&names);
	case_checklist_release(&list);
	return ret;
}

static int send(struct tui_app *app, const char *id, bool no_wait,
		struct err *err)
{
	const struct prov_requirement *requirement = NULL;
	struct prov_customer customer = { 0 };
	int64_t submission = 0, case_id = 0, seen_ms = 0;
	int drove = 0;
	int status = -1;

	if (tui_customer_now(app, id, &customer, &seen_ms, err))
		goto out;
	memset(err, 0, sizeof(*err));
	requirement = start_of(&customer);
	if (!requirement) {
		err_set(err, ERR_INPUT, _("there is nothing to start: %s"),
			customer.closed_because
				? customer.closed_because
				: _("the provider begins its review by "
				    "itself"));
		goto out;
	}
	if (check(app, id, err) ||
	    case_open(app->store, app->profile, id, &case_id, err) ||
	    case_submit_start(app->store, app->profile, case_id, requirement,
			      &submission, err))
		goto out;
	if (!no_wait)
		drove = tui_drive(app, submission, NULL, NULL, err);
	if (drove < 0)
		goto out;
	status =
		tui_ended(app, drove, tui_say_submission(app, submission), err);
out:
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
