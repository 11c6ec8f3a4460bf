/* SPDX-License-Identifier: MIT */
/* kyc receipt: what became of what was sent, to be quoted. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/terminal/draw.h"
#include "tui/words/receipt_words.h"

#define COLUMNS 80
#define INDENT	15 /* 64 digits of a hash fit behind it */

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

static json_t *number_or_null(int64_t number)
{
	return number ? json_integer(number) : json_null();
}

json_t *tui_json_time(int64_t unix_ms)
{
	time_t when = (time_t)(unix_ms / 1000);
	struct tm tm = { 0 };
	char text[40];
	char whole[48];

	if (!unix_ms || !gmtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm))
		return json_null();
	snprintf(whole, sizeof(whole), "%s.%03dZ", text, (int)(unix_ms % 1000));
	return json_string(whole);
}

static json_t *attempt_object(const struct receipt_attempt *attempt)
{
	return json_pack(
		"{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, "
		"s:[o, o]}",
		"number", (int)attempt->number, "started",
		tui_json_time(attempt->started_ms), "ended",
		tui_json_time(attempt->ended_ms), "end",
		text_or_null(attempt->ended), "status",
		number_or_null(attempt->status), "outcome",
		text_or_null(attempt->outcome), "code",
		text_or_null(attempt->code), "message",
		text_or_null(attempt->message), "log_id",
		text_or_null(attempt->log_id), "key",
		text_or_null(attempt->key), "body_sha256",
		text_or_null(attempt->body_sha256), "sent",
		(json_int_t)attempt->sent, "entries",
		number_or_null(attempt->began_entry),
		number_or_null(attempt->ended_entry));
}

static json_t *attempts_array(const struct receipt *receipt)
{
	json_t *array = json_array();

	for (size_t i = 0; i < receipt->attempt_count; i++)
		json_array_append_new(array,
				      attempt_object(&receipt->attempts[i]));
	return array;
}

static json_t *history_array(const struct receipt *receipt)
{
	json_t *array = json_array();

	for (size_t i = 0; i < receipt->history.count; i++) {
		const struct case_event *event = &receipt->history.list[i];

		json_array_append_new(
			array, json_pack("{s:I, s:o, s:s, s:s, s:s}", "entry",
					 (json_int_t)event->id, "at",
					 tui_json_time(event->when_ms), "who",
					 event->who, "what", event->what,
					 "detail", event->detail));
	}
	return array;
}

static json_t *problems_array(const struct findings *problems)
{
	json_t *array = json_array();

	for (size_t i = 0; i < problems->count; i++)
		json_array_append_new(
			array, json_pack("{s:o, s:o}", "field",
					 text_or_null(problems->list[i].field),
					 "message",
					 text_or_null(problems->list[i].text)));
	return array;
}

/* What it is: the same words as a result of upload has. */
static const char *type_of(const struct case_submission *sent)
{
	if (sent->type)
		return sent->type;
	return sent->schema ? "information" : "start";
}

static json_t *receipt_object(const struct receipt *receipt,
			      const struct provider *provider)
{
	const struct case_submission *sent = &receipt->sent;
	json_t *object = json_pack(
		"{s:s, s:I, s:o, s:s, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:o, "
		"s:s}",
		"event", "receipt", "submission", (json_int_t)sent->id,
		"customer", text_or_null(tui_known_id(sent->customer)),
		"provider", provider->name, "profile", receipt->profile,
		"endpoint", text_or_null(receipt->endpoint), "operator",
		text_or_null(receipt->operator_name), "type", type_of(sent),
		"form", text_or_null(sent->schema), "side",
		text_or_null(doc_side_name(sent->side)), "party",
		text_or_null(sent->party), "country",
		text_or_null(sent->country), "state",
		case_state_name(sent->state));
	json_t *more = json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:o, "
		"s:o, s:o, s:{s:I, s:s}}",
		"queued", tui_json_time(sent->queued_ms), "settled",
		tui_json_time(sent->settled_ms), "provider_id",
		text_or_null(sent->provider_id), "key", text_or_null(sent->key),
		"file", text_or_null(receipt_file(receipt)), "sha256",
		text_or_null(sent->sha256), "bytes", (json_int_t)sent->bytes,
		"body_sha256", text_or_null(sent->body_sha256), "code",
		text_or_null(sent->code), "message",
		text_or_null(sent->message), "problems",
		problems_array(&sent->problems), "attempts",
		attempts_array(receipt), "history", history_array(receipt),
		"doubt", text_or_null(receipt->doubt), "head", "entry",
		(json_int_t)receipt->head.number, "hash", receipt->head.hash);

	json_object_update_missing(object, more);
	json_decref(more);
	return object;
}

static void print_json(const struct receipt *receipt,
		       const struct provider *provider)
{
	json_t *object = receipt_object(receipt, provider);
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

	printf("%s\n", text ? text : "{}");
	mem_free_private(text);
	json_decref(object);
}

/* One line of a receipt, broken to the columns, what goes on indented. */
static void print_line(const char *name, const char *value)
{
	const char *at = value;
	int width = text_width(name);

	do {
		size_t next = 0;
		size_t len = tui_wrap(at, COLUMNS - INDENT, &next);

		if (at != value)
			width = 0;
		printf("%s%*s%.*s\n", at == value ? name : "",
		       width < INDENT ? INDENT - width : 1, "", (int)len, at);
		at += next;
	} while (*at);
}

static void print_words(const struct receipt *receipt,
			const struct provider *provider)
{
	char *text = tui_receipt_text(receipt, provider);

	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");
		size_t tab = strcspn(at, "\t\n");
		char *raw = mem_dup_n(at, tab);
		char *name = text_clean_new(raw);
		char *value = NULL;

		free(raw);
		raw = tab < len ? mem_dup_n(at + tab + 1, len - tab - 1)
				: mem_dup("");
		value = text_clean_new(raw);
		print_line(name, value);
		free(value);
		mem_free_private(raw);
		free(name);
		at += len;
		at += *at == '\n';
	}
	mem_free_private(text);
}

static int parse_number(const char *text, int64_t *number, struct err *err)
{
	char *end = NULL;

	*number = 0;
	if (!text)
		return 0;
	errno = 0;
	*number = strtoll(text, &end, 10);
	if (errno || *end || *number < 1)
		return err_set(err, ERR_USAGE,
			       _("'%s' is no submission's number"), text);
	return 0;
}

static int show(struct tui_app *app, const struct tui_arguments *arguments,
		struct err *err)
{
	const struct provider *provider = app->profile->provider;
	struct receipt_list list = { 0 };
	int64_t number = 0;

	if (parse_number(arguments->submission, &number, err) ||
	    case_receipts(app->store, app->profile, arguments->customer, number,
			  &list, err))
		return -1;
	if (!list.count)
		tui_report(app, _("nothing was sent for '%s' from here"),
			   arguments->customer);
	for (size_t i = 0; i < list.count; i++) {
		if (app->options.json) {
			print_json(&list.list[i], provider);
			continue;
		}
		if (i)
			putchar('\n');
		print_words(&list.list[i], provider);
	}
	receipt_list_release(&list);
	return 0;
}

int tui_cmd_receipt(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	int ret = -1;

	if (!arguments->submission &&
	    (!arguments->customer || !*arguments->customer))
		err_set(&err, ERR_USAGE, _("'%s' is needed"),
			"-c CUSTOMER | --submission ID");
	else if (!tui_app_open(&app, &arguments->global,
			       TUI_APP_PROFILE | TUI_APP_STORE, &err))
		ret = show(&app, arguments, &err);
	tui_app_close(&app);
	return ret ? tui_report_err(&err) : 0;
}
