/* SPDX-License-Identifier: MIT */
/* kyc audit: the audit trail, proved, listed, and its last entry to be kept
 * elsewhere. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/words/receipt_words.h"

#define BROKEN 6 /* the exit status: the state is not to be relied upon */

/* In scripts, and in words with the entry's number. */
static const struct fault {
	const char *name;
	const char *words;
} faults[] = {
	[AUDIT_FINE] = { NULL, NULL },
	[AUDIT_CHANGED] = { "changed",
			    N_("entry %lld was changed: it does not have the "
			       "hash that it carries") },
	[AUDIT_MOVED] = { "moved",
			  N_("entry %lld does not follow from the one before "
			     "it: one of the two was changed or put there, or "
			     "what stood between was taken out") },
	[AUDIT_GONE] = { "gone", N_("entry %lld was taken out") },
	[AUDIT_CUT] = { "cut",
			N_("entry %lld and what followed it were cut off") },
	[AUDIT_REWRITTEN] = { "rewritten",
			      N_("entry %lld is not the one that was kept in "
				 "the file audit.head: it, or one before it, "
				 "was written anew with all that follow") },
	[AUDIT_UNKNOWN] = { "unknown_head",
			    N_("no entry has the hash that was asked for: it, "
			       "or one before it, was written anew with all "
			       "that follow, or cut off") },
	[AUDIT_NO_HEAD] = { "no_head",
			    N_("the file audit.head is gone, or something else "
			       "stands in it: a cut at the end cannot be "
			       "told; --head HASH asks for a head that was "
			       "kept elsewhere") },
	[AUDIT_UNGUARDED] = { "unguarded",
			      N_("the rule in the record that refuses changes "
				 "to entries was taken out; the entries "
				 "themselves are as they were written") },
};

static void dump(json_t *object)
{
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

	printf("%s\n", text ? text : "{}");
	free(text);
	json_decref(object);
}

static json_t *number_or_null(int64_t number)
{
	return number ? json_integer(number) : json_null();
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

static json_t *head_object(const struct audit_head *head)
{
	if (!head->number)
		return json_null();
	return json_pack("{s:I, s:s}", "entry", (json_int_t)head->number,
			 "hash", head->hash);
}

/* The sentence of a fault; free() it. */
static char *fault_words(const struct audit_report *report)
{
	const char *words = _(faults[report->fault].words);
	const char *place = strstr(words, "%lld");

	if (!place)
		return mem_dup(words);
	return mem_printf("%.*s%lld%s", (int)(place - words), words,
			  (long long)report->entry, place + 4);
}

static void verify_json(const struct audit_report *report)
{
	char *words = report->fault ? fault_words(report) : NULL;

	dump(json_pack("{s:s, s:b, s:o, s:o, s:o, s:o, s:b, s:o, s:o}", "event",
		       "audit", "ok", report->fault == AUDIT_FINE, "fault",
		       text_or_null(faults[report->fault].name), "entry",
		       number_or_null(report->entry), "message",
		       text_or_null(words), "head", head_object(&report->head),
		       "kept", report->kept, "known",
		       number_or_null(report->known), "remade",
		       number_or_null(report->remade)));
	free(words);
}

static void verify_words(const struct audit_report *report)
{
	const struct audit_head *head = &report->head;
	char *words = NULL;

	if (report->fault) {
		words = fault_words(report);
		printf(_("the audit trail is broken: %s\n"), words);
		if (head->number)
			printf(_("right up to entry %lld\n  %s\n"),
			       (long long)head->number, head->hash);
		free(words);
		return;
	}
	if (!head->number) {
		printf("%s\n", _("the audit trail is empty"));
		return;
	}
	printf(P_("%lld entry, as it was written; its hash is\n  %s\n",
		  "%lld entries, all as they were written; the last one's hash "
		  "is\n  %s\n",
		  (unsigned long)head->number),
	       (long long)head->number, head->hash);
	if (report->known)
		printf(_("the hash that was asked for is that of entry %lld\n"),
		       (long long)report->known);
	if (!report->kept)
		printf("%s\n", _("the file audit.head holds no entry: whether "
				 "the end was cut off cannot be told by it"));
	if (report->remade)
		printf(_("entry %lld says that the file audit.head was missing "
			 "then: whether entries before it were cut off can "
			 "only be told by a head that was kept elsewhere\n"),
		       (long long)report->remade);
}

static int verify(struct tui_app *app, const struct tui_arguments *arguments,
		  struct err *err)
{
	struct audit_report report = { 0 };

	if (case_audit_verify(app->store, arguments->head, &report, err))
		return -1;
	if (app->options.json)
		verify_json(&report);
	else
		verify_words(&report);
	return report.fault == AUDIT_FINE ? 0 : BROKEN;
}

static int print_entry(void *arg, const struct audit_entry *entry)
{
	const struct tui_app *app = arg;
	const struct case_event *event = entry->event;
	char when[40];

	if (app->options.json) {
		dump(json_pack(
			"{s:I, s:o, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s, "
			"s:I, s:I}",
			"entry", (json_int_t)event->id, "at",
			tui_json_time(event->when_ms), "who", event->who,
			"what", event->what, "profile",
			text_or_null(entry->profile), "customer",
			text_or_null(tui_known_id(entry->customer)),
			"submission", number_or_null(event->submission),
			"detail", event->detail, "previous",
			entry->previous_hash, "hash", entry->hash, "when_ms",
			(json_int_t)event->when_ms, "case",
			(json_int_t)event->case_id));
	} else {
		tui_receipt_time(when, sizeof(when), event->when_ms);
		printf("%6lld  %s  %s  %s%s%s%s%s\n", (long long)event->id,
		       when, event->who, event->what,
		       *tui_known_id(entry->customer) ? "  " : "",
		       tui_known_id(entry->customer),
		       *event->detail ? "  " : "", event->detail);
	}
	return ferror(stdout);
}

static int list(struct tui_app *app, const struct tui_arguments *arguments,
		struct err *err)
{
	return case_audit_walk(app->store, app->profile, arguments->customer,
			       print_entry, app, err);
}

static int head(struct tui_app *app, const struct tui_arguments *arguments,
		struct err *err)
{
	struct audit_head last = { 0 };

	(void)arguments;
	if (case_audit_head(app->store, &last, err))
		return -1;
	if (app->options.json)
		dump(json_pack("{s:s, s:o}", "event", "audit", "head",
			       head_object(&last)));
	else if (last.number)
		printf("%lld %s\n", (long long)last.number, last.hash);
	return 0;
}

static const struct part {
	const char *name;
	bool head, customer; /* takes --head, -c */
	int (*run)(struct tui_app *app, const struct tui_arguments *arguments,
		   struct err *err);
} parts[] = {
	{ "verify", true, false, verify },
	{ "list", false, true, list },
	{ "head", false, false, head },
};

static const struct part *part_called(const char *name, struct err *err)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strcmp(parts[i].name, name) == 0)
			return &parts[i];
	err_set(err, ERR_USAGE, _("'%s' is none of verify, list and head"),
		name);
	return NULL;
}

int tui_cmd_audit(const struct tui_arguments *arguments)
{
	const struct part *part = NULL;
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int status = -1;

	part = part_called(arguments->operands[0], &err);
	if (!part)
		return tui_report_err(&err);
	if ((arguments->head && !part->head) ||
	    (arguments->customer && !part->customer)) {
		err_set(&err, ERR_USAGE,
			_("'kyc audit %s' takes no option "
			  "'--%s'"),
			part->name,
			arguments->head && !part->head ? "head" : "customer");
		return tui_report_err(&err);
	}
	/* The whole trail is of no profile: a copy is proved without one. */
	if (!tui_app_open(&app, &arguments->global,
			  TUI_APP_STORE |
				  (arguments->customer ? TUI_APP_PROFILE : 0),
			  &err))
		status = part->run(&app, arguments, &err);
	tui_app_close(&app);
	return status < 0 ? tui_report_err(&err) : status;
}
