/* SPDX-License-Identifier: MIT */
/* kyc upload: one file, checked, queued, sent, answered. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

static int need(const char *value, const char *option, struct err *err)
{
	if (value && *value)
		return 0;
	return err_set(err, ERR_USAGE, _("'%s' is needed"), option);
}

static int read_fields(const struct tui_arguments *arguments,
		       struct form_answers *fields, struct err *err)
{
	for (size_t i = 0; i < arguments->field_count; i++) {
		const char *equals = strchr(arguments->fields[i], '=');
		char *key = NULL;

		if (!equals || equals == arguments->fields[i])
			return err_set(err, ERR_USAGE,
				       _("-i wants KEY=VALUE, not '%s'"),
				       arguments->fields[i]);
		key = mem_dup_n(arguments->fields[i],
				(size_t)(equals - arguments->fields[i]));
		form_answer_set(fields, key, equals + 1);
		free(key);
	}
	return 0;
}

static int send(struct tui_app *app, const struct tui_item *item, bool no_wait,
		struct err *err)
{
	const struct tui_refused what = { .customer = item->customer,
					  .type = item->type,
					  .side = item->side,
					  .party = item->party,
					  .rank = PROV_RANK_DOCUMENT };
	struct prov_customer customer = { 0 };
	struct findings findings = { 0 };
	int64_t submission = 0;
	int64_t seen_ms = 0;
	int queued = 0;
	int status = -1;

	if (tui_customer_now(app, item->customer, &customer, &seen_ms, err)) {
		if (err->code != ERR_NETWORK) {
			tui_say_refused_for(app, &what, err);
			goto out;
		}
		tui_report(app, "%s", err->text);
	}
	memset(err, 0, sizeof(*err));
	queued = tui_item_queue(app, item, &customer, &submission, &findings,
				err);
	if (queued < 0) {
		tui_say_refused_for(app, &what, err);
		goto out;
	}
	if (queued == 0 && !submission) {
		status = tui_say_refused(app, &what, &findings);
		tui_report_findings(&findings);
		goto out;
	}
	tui_report_findings(&findings);
	if (queued == 0)
		tui_report(app, _("accepted already, not sent again (--again "
				  "sends a second copy)"));
	status = tui_send_one(app, submission, no_wait || queued == 0, err);
out:
	findings_release(&findings);
	prov_customer_release(&customer);
	return status;
}

int tui_cmd_upload(const struct tui_arguments *arguments)
{
	struct form_answers *fields = form_answers_new();
	struct tui_item item = {
		.customer = arguments->customer,
		.type = arguments->type,
		.side = arguments->side,
		.country = arguments->country,
		.party = arguments->party,
		.path = arguments->operands[0],
		.fields = arguments->field_count ? fields : NULL,
		.again = arguments->again,
	};
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int status = -1;

	if (need(item.customer, "-c CUSTOMER", &err) ||
	    need(item.type, "-t TYPE", &err) || need(item.path, "FILE", &err) ||
	    read_fields(arguments, fields, &err) ||
	    tui_app_open(&app, &arguments->global,
			 TUI_APP_OUTBOX | TUI_APP_LOOKER, &err))
		goto out;
	status = send(&app, &item, arguments->no_wait, &err);
	tui_app_close(&app);
out:
	if (status < 0)
		status = tui_report_err(&err);
	form_answers_free(fields);
	return status;
}
