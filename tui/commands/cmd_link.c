/* SPDX-License-Identifier: MIT */
/* kyc link: the address of a page that only the customer can open. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

/* The link CODE (NULL: the first that is not done) of PARTY. */
static const struct prov_requirement *
link_of(const struct prov_customer *customer, const char *code,
	const char *party)
{
	const struct prov_requirement *found = NULL;

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->kind != PROV_REQ_TERMS ||
		    !text_same(req->party, party) ||
		    (code && !prov_same_word(code, req->code)))
			continue;
		if (!found || found->status == PROV_REQ_ACCEPTED)
			found = req;
	}
	return found;
}

static void print(const struct tui_app *app, const struct prov_link *link)
{
	json_t *object = NULL;
	char *text = NULL;

	if (!app->options.json) {
		printf("%s\n", link->url);
		return;
	}
	object = json_pack("{ss ss*}", "url", link->url, "expires",
			   link->expires);
	text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	printf("%s\n", text ? text : "{}");
	mem_free_private(text);
	json_decref(object);
}

static int ask(struct tui_app *app, const struct tui_arguments *arguments,
	       struct err *err)
{
	const struct prov_requirement *requirement = NULL;
	struct prov_customer customer = { 0 };
	struct findings findings = { 0 };
	struct prov_link link = { 0 };
	const char *party = NULL;
	int64_t seen_ms = 0;
	int ret = -1;

	if (tui_customer_now(app, arguments->customer, &customer, &seen_ms,
			     err) ||
	    err->code)
		goto out;
	if (arguments->party)
		tui_find_party(&customer, arguments->party, &party, &findings);
	if (findings_errors(&findings)) {
		err_set(err, ERR_INPUT, "%s", findings.list[0].text);
		goto out;
	}
	requirement = link_of(&customer, arguments->type, party);
	if (!requirement) {
		err_set(err, ERR_INPUT,
			_("there is no page that this customer has to open"));
		goto out;
	}
	if (tui_link_now(app, arguments->customer, requirement, &link, err))
		goto out;
	print(app, &link);
	ret = 0;
out:
	prov_link_release(&link);
	findings_release(&findings);
	prov_customer_release(&customer);
	return ret;
}

int tui_cmd_link(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int ret = -1;

	if (!arguments->customer || !*arguments->customer)
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-c CUSTOMER");
	else if (!tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err))
		ret = ask(&app, arguments, &err);
	tui_app_close(&app);
	return ret ? tui_report_err(&err) : 0;
}
