/* SPDX-License-Identifier: MIT */
/* kyc status: what the provider still wants, and what became of what we sent.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/command.h"

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

static json_t *reason_object(const struct case_item *item)
{
	const struct prov_reason *reason = item->reason;

	if (!reason && item->state == CASE_ITEM_REJECTED && item->submission)
		return json_pack(
			"{s:o, s:o, s:s}", "code",
			text_or_null(item->submission->code), "message",
			text_or_null(item->submission->message), "next",
			item->submission->schema ? "correct_data"
						 : "new_picture");
	if (!reason)
		return json_null();
	return json_pack("{s:o, s:o, s:o}", "code", text_or_null(reason->code),
			 "message", text_or_null(reason->message), "next",
			 text_or_null(prov_next_name(reason->next)));
}

static void print_json(const struct case_item *item)
{
	const struct prov_requirement *requirement = item->requirement;
	json_t *object = json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o}",
		"requirement", requirement->code ? requirement->code : "",
		"form",
		text_or_null(requirement->form ? requirement->form->schema->name
					       : NULL),
		"label", text_or_null(requirement->label), "type",
		text_or_null(requirement->type ? requirement->type->code
					       : NULL),
		"side", text_or_null(doc_side_name(item->side)), "party",
		text_or_null(requirement->party), "group",
		text_or_null(requirement->group), "status",
		case_item_state_name(item->state), "optional",
		requirement->optional || item->side_optional, "reason",
		reason_object(item), "provider_status",
		text_or_null(requirement->status_word));
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
}

static const char *label_of(const struct prov_requirement *requirement)
{
	static const char *const labels[] = {
		[PROV_REQ_TERMS] = N_("Page for the customer alone"),
		[PROV_REQ_START] = N_("Start of the review"),
	};

	if (requirement->label)
		return requirement->label;
	if (requirement->type)
		return _(requirement->type->label);
	if (requirement->form)
		return _(requirement->form->schema->title);
	if ((requirement->kind == PROV_REQ_TERMS ||
	     requirement->kind == PROV_REQ_START))
		return _(labels[requirement->kind]);
	return requirement->code;
}

static void print_words(const struct case_item *item)
{
	const struct prov_requirement *requirement = item->requirement;

	printf("  %-10s %s%s%s%s", case_item_state_name(item->state),
	       label_of(requirement), item->side ? " " : "",
	       doc_side_name(item->side),
	       requirement->optional || item->side_optional ? _(" (optional)")
							    : "");
	if (item->reason && item->reason->message)
		printf(": %s", item->reason->message);
	else if (item->state == CASE_ITEM_REJECTED && item->submission &&
		 item->submission->message)
		printf(": %s", item->submission->message);
	putchar('\n');
}

static void print_party(const struct case_part *part)
{
	const struct prov_party *party = part->party;

	printf("%s%s%s · %s · ", party->name ? party->name : party->id,
	       party->role ? " · " : "", party->role ? party->role : "",
	       prov_stage_name(party->stage));
	printf(P_("%u missing", "%u missing", part->missing), part->missing);
	putchar('\n');
}

static void print(const struct tui_app *app,
		  const struct case_checklist *checklist)
{
	const struct prov_customer *customer = &checklist->customer;

	if (!app->options.json) {
		printf("%s · %s · %s · %s\n", customer->name,
		       prov_kind_name(customer->kind), customer->country,
		       prov_stage_name(customer->stage));
		if (customer->reason.message)
			printf("%s\n", customer->reason.message);
		if (customer->closed_because)
			printf("%s\n", customer->closed_because);
	}
	for (size_t p = 0; p < checklist->part_count; p++) {
		const struct case_part *part = &checklist->parts[p];

		if (part->party && !app->options.json)
			print_party(part);
		for (size_t i = part->first; i < part->first + part->count; i++)
			if (app->options.json)
				print_json(&checklist->items[i]);
			else
				print_words(&checklist->items[i]);
	}
}

int tui_cmd_status(const struct tui_arguments *arguments)
{
	struct case_checklist checklist = { 0 };
	struct prov_customer customer = { 0 };
	struct tui_app app = { 0 };
	struct err asked = { 0 };
	struct err err = { 0 };
	int64_t seen_ms = 0;
	int status = 0;

	if (!arguments->customer || !*arguments->customer) {
		err_set(&err, ERR_USAGE, _("'%s' is needed"), "-c CUSTOMER");
		return tui_report_err(&err);
	}
	if (tui_app_open(&app, &arguments->global,
			 TUI_APP_SECRET | TUI_APP_STORE | TUI_APP_WIRE, &err))
		return tui_report_err(&err);
	if (tui_customer_now(&app, arguments->customer, &customer, &seen_ms,
			     &asked))
		status = tui_report_err(&asked);
	else if (case_checklist_load(app.store, app.profile,
				     arguments->customer, &checklist, &err))
		status = tui_report_err(&err);
	else
		print(&app, &checklist);
	/* The record answered for a provider that could not be reached. */
	if (status == 0 && asked.code)
		status = tui_report_err(&asked);
	case_checklist_release(&checklist);
	prov_customer_release(&customer);
	tui_app_close(&app);
	return status;
}
