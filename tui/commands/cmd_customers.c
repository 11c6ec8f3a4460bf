/* SPDX-License-Identifier: MIT */
/* kyc customers: the provider's list, noted in the record as it comes. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

#define ROWS_AT_ONCE 500

static void print(const struct case_customer *customer, bool json)
{
	json_t *object = NULL;
	char *text = NULL;

	if (!json) {
		printf("%-36s  %-10s  %-3s  %-13s  %s\n", customer->id,
		       prov_kind_name(customer->kind), customer->country,
		       prov_stage_name(customer->stage), customer->name);
		return;
	}
	object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?}", "id",
			   customer->id, "name", customer->name, "kind",
			   prov_kind_name(customer->kind), "country",
			   customer->country, "status",
			   prov_stage_name(customer->stage), "provider_status",
			   customer->stage_word);
	text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
}

static int print_all(struct tui_app *app, const char *search, struct err *err)
{
	struct case_customer_list list = { 0 };
	size_t offset = 0;
	size_t count = 0;

	do {
		if (case_customers_search(app->store, app->profile,
					  search ? search : "", offset,
					  ROWS_AT_ONCE, &list, err))
			return -1;
		for (size_t i = 0; i < list.count; i++)
			if (!case_newcomer_is(list.list[i].id))
				print(&list.list[i], app->options.json);
		offset += list.count;
		count += list.count;
		if (list.count < ROWS_AT_ONCE)
			offset = 0;
		case_customer_list_release(&list);
	} while (offset);
	if (!count)
		tui_report(app, _("no customer is like that"));
	return 0;
}

int tui_cmd_customers(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	struct err asked = { 0 };
	int status = 0;

	if (tui_app_open(&app, &arguments->global,
			 TUI_APP_SECRET | TUI_APP_STORE | TUI_APP_WIRE, &err))
		return tui_report_err(&err);
	if (tui_customers_now(&app, &asked) && asked.code != ERR_NETWORK)
		status = tui_report_err(&asked);
	else if (print_all(&app, arguments->search, &err))
		status = tui_report_err(&err);
	else if (asked.code)
		status = tui_report_err(&asked);
	tui_app_close(&app);
	return status;
}
