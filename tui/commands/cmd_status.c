/* SPDX-License-Identifier: MIT */
/* kyc status: what the provider still wants, and what became of what we sent.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/reconcile.h"
#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/status_words.h"

#define STATE 10 /* columns for how an item stands */

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

static json_t *difference_object(const struct case_difference *difference,
				 const struct provider *provider)
{
	char *words = case_difference_words(difference, provider);
	json_t *object =
		json_pack("{s:s, s:o, s:o}", "kind",
			  case_difference_name(difference->kind), "submission",
			  difference->submission
				  ? json_integer(difference->submission->id)
				  : json_null(),
			  "message", text_or_null(words));

	free(words);
	return object;
}

/* What does not match about ITEM; NULL: about nothing on the list. */
static json_t *differences_array(const struct case_differences *differences,
				 const struct case_checklist *checklist,
				 const struct case_item *item,
				 const struct provider *provider)
{
	json_t *array = json_array();

	for (size_t i = 0; i < differences->count; i++) {
		const struct case_difference *one = &differences->list[i];

		if (tui_difference_item(checklist, one) == item)
			json_array_append_new(array,
					      difference_object(one, provider));
	}
	return array;
}

static void dump(json_t *object)
{
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
}

static void print_json(const struct case_item *item, json_t *differences)
{
	const struct prov_requirement *requirement = item->requirement;

	dump(json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o, s:o}",
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
		text_or_null(requirement->status_word), "differences",
		differences));
}

/* What no line speaks of gets one of its own, of the same shape. */
static void print_json_rest(const struct case_differences *differences,
			    const struct case_checklist *checklist,
			    const struct provider *provider)
{
	for (size_t i = 0; i < differences->count; i++) {
		const struct case_difference *one = &differences->list[i];
		const struct case_submission *sent = one->submission;
		const char *party = one->party ? one->party->id : NULL;

		if (tui_difference_item(checklist, one))
			continue;
		dump(json_pack(
			"{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, "
			"s:o, s:[o]}",
			"requirement", "", "form",
			text_or_null(sent ? sent->schema : NULL), "label",
			json_null(), "type", text_or_null(one->type), "side",
			text_or_null(doc_side_name(one->side)), "party",
			text_or_null(party), "group", json_null(), "status",
			one->kind == CASE_DIFF_NOT_OURS ? "sent" : "unsure",
			"optional", true, "reason", json_null(),
			"provider_status", json_null(), "differences",
			difference_object(one, provider)));
	}
}

static const char *state_words(enum case_item_state state)
{
	static const char *const words[] = {
		[CASE_ITEM_MISSING] = N_("missing"),
		[CASE_ITEM_DRAFT] = N_("draft"),
		[CASE_ITEM_QUEUED] = N_("queued"),
		[CASE_ITEM_SENT] = N_("received"),
		[CASE_ITEM_IN_REVIEW] = N_("in review"),
		[CASE_ITEM_ACCEPTED] = N_("accepted"),
		[CASE_ITEM_REJECTED] = N_("rejected"),
		[CASE_ITEM_UNSURE] = N_("unsure"),
		[CASE_ITEM_NOT_NEEDED] = N_("not needed"),
	};

	return _(words[state]);
}

static void print_differences(const struct case_differences *differences,
			      const struct case_checklist *checklist,
			      const struct case_item *item,
			      const struct provider *provider)
{
	for (size_t i = 0; i < differences->count; i++) {
		const struct case_difference *one = &differences->list[i];
		char *words = NULL;

		if (tui_difference_item(checklist, one) != item)
			continue;
		words = case_difference_words(one, provider);
		printf(item ? "  %*s ! %s\n" : "%*s! %s\n", item ? STATE : 0,
		       "", words);
		free(words);
	}
}

static void print_words(const struct case_item *item)
{
	const struct prov_requirement *requirement = item->requirement;
	const char *state = tui_item_only_known(item)
				    ? _("known")
				    : state_words(item->state);
	const char *why = tui_item_why(item);
	char *label = tui_item_label(item);
	char *clean = text_clean_new(label);
	int width = text_width(state);

	printf("  %s%*s %s%s", state, width < STATE ? STATE - width : 0, "",
	       clean,
	       requirement->optional || item->side_optional ? _(" (optional)")
							    : "");
	/* It is missing only as long as no other one is there. */
	if (item->state == CASE_ITEM_MISSING && requirement->group)
		printf("%s", _(" (or another one)"));
	if (item->state == CASE_ITEM_REJECTED && why)
		printf(": %s", why);
	putchar('\n');
	free(clean);
	free(label);
}

static void print_party(const struct case_checklist *checklist,
			const struct case_part *part)
{
	char *words = tui_part_words(checklist, part);
	char *counts = tui_part_counts(part);

	printf("%s%s%s\n", words, *counts ? " · " : "", counts);
	free(counts);
	free(words);
}

static void print_customer(const struct prov_customer *customer)
{
	printf("%s · %s%s%s · %s\n", customer->name,
	       prov_kind_name(customer->kind),
	       customer->country[0] ? " · " : "", customer->country,
	       prov_stage_name(customer->stage));
	if (customer->reason.message)
		printf("%s\n", customer->reason.message);
	if (customer->closed_because)
		printf("%s\n", customer->closed_because);
}

static void print(const struct tui_app *app,
		  const struct case_checklist *checklist)
{
	const struct provider *provider = app->profile->provider;
	struct case_differences differences = { 0 };
	bool json = app->options.json;

	case_reconcile(checklist, &differences);
	if (!json)
		print_customer(&checklist->customer);
	for (size_t p = 0; p < checklist->part_count; p++) {
		const struct case_part *part = &checklist->parts[p];

		if (part->party && !json)
			print_party(checklist, part);
		for (size_t i = part->first; i < part->first + part->count;
		     i++) {
			const struct case_item *item = &checklist->items[i];

			if (json) {
				print_json(item,
					   differences_array(&differences,
							     checklist, item,
							     provider));
				continue;
			}
			print_words(item);
			print_differences(&differences, checklist, item,
					  provider);
		}
	}
	if (json)
		print_json_rest(&differences, checklist, provider);
	else
		print_differences(&differences, checklist, NULL, provider);
	case_differences_release(&differences);
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
