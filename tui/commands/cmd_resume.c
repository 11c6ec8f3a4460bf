/* SPDX-License-Identifier: MIT */
/* kyc resume: drive everything still in the outbox to an answer. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/words/receipt_words.h"

/* What waits for a later time is tried now; what cannot be is left. */
static void wake(struct tui_app *app, const struct case_submission_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct err err = { 0 };

		if (list->list[i].held || (list->list[i].state == CASE_QUEUED &&
					   !list->list[i].next_ms))
			continue; /* it stays, or goes by itself */
		if (outbox_retry(app->outbox, list->list[i].id, &err))
			tui_report(app, "%s", err.text);
	}
}

/* Why one has no answer yet, and what to do about it. */
struct unsettled {
	const char *action; /* for scripts */
	char *words;
};

static bool waits_for_time(const struct case_submission *sent)
{
	return sent->next_ms && sent->next_ms != INT64_MAX;
}

static struct unsettled why_unsettled(const struct case_submission *sent,
				      const struct provider *provider)
{
	char when[40] = "";

	if (sent->held)
		return (struct unsettled){
			"let_go", mem_dup(_("kept back by an operator; let it "
					    "go in the wizard, step 4"))
		};
	if (sent->state == CASE_SENDING)
		return (struct unsettled){
			"wait", mem_dup(_("another kyc is sending it just now"))
		};
	if (waits_for_time(sent)) {
		tui_receipt_time(when, sizeof(when), sent->next_ms);
		return (struct unsettled){
			"again_later",
			mem_printf(_("it waits until %s; 'kyc resume' does not "
				     "wait for that"),
				   when)
		};
	}
	if (sent->state == CASE_UNSURE && sent->rank == PROV_RANK_CUSTOMER)
		return (struct unsettled){
			"ask",
			mem_printf(_("nobody knows whether %s has made this "
				     "customer: 'kyc resume' asks again, and "
				     "support there finds it by key %s"),
				   provider->title, sent->key)
		};
	if (sent->state == CASE_UNSURE)
		return (struct unsettled){
			"ask",
			mem_printf(_("nobody knows whether %s has it: see 'kyc "
				     "status -c %s'; 'kyc resume' asks again, "
				     "and support at %s finds it by key %s"),
				   provider->title, sent->customer,
				   provider->title, sent->key)
		};
	if (sent->next_ms && !sent->attempts)
		return (struct unsettled){
			"complete", mem_dup(_("it goes only together with "
					      "others that are not there yet"))
		};
	if (sent->next_ms)
		return (struct unsettled){
			"again", mem_printf(_("tried %u times; 'kyc resume' "
					      "tries again"),
					    sent->attempts)
		};
	return (struct unsettled){
		"again", mem_dup(_("it waits for what has to be received "
				   "first; 'kyc resume' goes on then"))
	};
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

static void say_json(const struct case_submission *sent,
		     const struct unsettled *why)
{
	json_t *object = json_pack(
		"{s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:s, s:s, "
		"s:o}",
		"event", "unsettled", "submission", (json_int_t)sent->id,
		"customer", text_or_null(tui_known_id(sent->customer)), "type",
		text_or_null(sent->type), "form", text_or_null(sent->schema),
		"side", text_or_null(doc_side_name(sent->side)), "party",
		text_or_null(sent->party), "state",
		case_state_name(sent->state), "key", sent->key, "message",
		text_or_null(sent->message), "action", why->action, "next",
		why->words, "not_before",
		tui_json_time(waits_for_time(sent) ? sent->next_ms : 0));
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
}

/* What could not be settled, at the end, with what to do about each. */
static int say_unsettled(struct tui_app *app, struct err *err)
{
	const struct provider *provider = app->profile->provider;
	struct case_submission_list list = { 0 };

	if (case_submissions(app->store, app->profile, 0, true, &list, err))
		return -1;
	if (list.count && !app->options.json)
		printf(P_("%lu could not be settled:\n",
			  "%lu could not be settled:\n",
			  (unsigned long)list.count),
		       (unsigned long)list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct case_submission *sent = &list.list[i];
		struct unsettled why = why_unsettled(sent, provider);
		char *label = NULL;

		if (app->options.json) {
			say_json(sent, &why);
		} else {
			label = tui_submission_label(sent, provider, 0);
			printf("  %s%s%s%s%s: %s\n",
			       tui_known_id(sent->customer),
			       *tui_known_id(sent->customer) ? " " : "", label,
			       sent->party ? " " : "",
			       sent->party ? sent->party : "", why.words);
		}
		free(label);
		free(why.words);
	}
	case_submission_list_release(&list);
	return 0;
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
	drove = list.count ? tui_drive(app, 0, NULL, err) : 0;
	if (drove >= 0)
		for (size_t i = 0; i < list.count; i++)
			status = tui_worse(
				status,
				tui_say_submission(app, list.list[i].id));
	case_submission_list_release(&list);
	/* Where the credentials were denied that is all there is to say. */
	if (drove < 0 ||
	    (!outbox_stopped(app->outbox) && say_unsettled(app, err)))
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
