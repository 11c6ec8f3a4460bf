/* SPDX-License-Identifier: MIT */
/* Line mode: results and messages. */
#include "tui/report.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What to do next, by the code of what failed. */
static const char *const next_steps[] = {
	[ERR_USAGE] = N_("see 'kyc --help' and 'kyc COMMAND --help'"),
	[ERR_NETWORK] = N_("nothing is lost; try again, or 'kyc resume'"),
	[ERR_CREDENTIALS] = N_("check the key that the profile names; nothing "
			       "is lost"),
	[ERR_CONFIG] = N_("mend the configuration, or try 'kyc demo', which "
			  "needs none"),
	[ERR_STORE] = N_("nothing more is sent before that is mended"),
	[ERR_BUG] = N_("this is a mistake in kyc; please report it"),
};

int tui_report_err(const struct err *err)
{
	const char *next = NULL;

	if ((size_t)err->code < sizeof(next_steps) / sizeof(*next_steps))
		next = next_steps[err->code];
	fprintf(stderr, "kyc: %s\n", err->text);
	if (next)
		fprintf(stderr, "     %s\n", _(next));
	return err_exit_status(err->code);
}

int tui_report_end(int status)
{
	struct pollfd out = { .fd = STDOUT_FILENO };
	int failed = fflush(stdout) ? errno : 0;

	if (!failed && !ferror(stdout))
		return status;
	/* "| head -1" has seen enough. */
	if (poll(&out, 1, 0) > 0 && (out.revents & POLLERR))
		return status;
	fprintf(stderr,
		_("kyc: cannot write the results%s%s\n"
		  "     what was sent is in the record; 'kyc status' shows it\n"),
		failed ? ": " : "", failed ? strerror(failed) : "");
	return tui_worse(status, 6);
}

void tui_report(const struct tui_app *app, const char *format, ...)
{
	char raw[1024];
	char clean[3072];
	va_list args;

	if (app->options.quiet)
		return;
	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_clean(clean, sizeof(clean), raw);
	fprintf(stderr, "%s\n", clean);
}

void tui_report_findings(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];
		bool error = finding->severity == FINDING_ERROR;

		fprintf(stderr, "  %s: %s\n", error ? _("error") : _("warning"),
			finding->text);
	}
}

/* The state that is promised to scripts; what still waits is "queued". */
static const char *state_word(const struct case_submission *submission)
{
	switch (submission->state) {
	case CASE_ACCEPTED:
		return "accepted";
	case CASE_REFUSED:
	case CASE_CANCELLED:
		return "refused";
	case CASE_SENDING: /* and not waited for any more */
	case CASE_UNSURE:
		return "unsure";
	default:
		return "queued";
	}
}

static const struct finding *first_error(const struct findings *findings)
{
	for (size_t i = 0; findings && i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR)
			return &findings->list[i];
	return NULL;
}

/* What is no UTF-8 is shown as far as it is: a line lacks nothing. */
static json_t *text_or_null(const char *text)
{
	json_t *value = text && *text ? json_string(text) : json_null();
	char *clean = value ? NULL : text_clean_new(text);

	if (!value)
		value = json_string(clean);
	free(clean);
	return value;
}

static json_t *error_object(const struct case_submission *submission,
			    const struct findings *findings)
{
	const struct finding *finding = first_error(findings);

	if (!finding)
		finding = first_error(&submission->problems);
	if (submission->state == CASE_ACCEPTED ||
	    (!finding && !submission->message))
		return json_null();
	return json_pack(
		"{s:o, s:o, s:o}", "code",
		text_or_null(finding && findings ? finding->code
						 : submission->code),
		"field", text_or_null(finding ? finding->field : NULL),
		"message",
		text_or_null(finding ? finding->text : submission->message));
}

static bool is_form(const struct case_submission *submission)
{
	return submission->schema || submission->rank < PROV_RANK_DOCUMENT;
}

const char *tui_known_id(const char *customer)
{
	return customer && !case_newcomer_is(customer) ? customer : "";
}

static void print_json(const struct case_submission *submission,
		       const struct findings *findings)
{
	const char *type = submission->type;
	json_t *object = NULL;
	char *text = NULL;

	if (submission->rank == PROV_RANK_CUSTOMER)
		type = "customer";
	else if (!type)
		type = is_form(submission) ? "information" : "start";
	object = json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:I, "
		"s:i, s:o, s:o}",
		"event", "result", "submission",
		submission->id ? json_integer(submission->id) : json_null(),
		"customer", text_or_null(tui_known_id(submission->customer)),
		"type", text_or_null(type), "side",
		text_or_null(doc_side_name(submission->side)), "party",
		text_or_null(submission->party), "state",
		state_word(submission), "provider_id",
		text_or_null(submission->provider_id), "key",
		text_or_null(submission->key), "sha256",
		text_or_null(submission->sha256), "bytes",
		(json_int_t)submission->bytes, "attempts",
		(int)submission->attempts, "form",
		text_or_null(submission->schema), "error",
		error_object(submission, findings));
	text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	printf("%s\n", text ? text : "{}");
	fflush(stdout);
	free(text);
	json_decref(object);
}

const char *tui_what_of(const struct case_submission *submission)
{
	const char *what = submission->type;

	if (!what)
		what = is_form(submission) ? submission->schema
					   : _("start of the verification");
	return what ? what : _("information");
}

static void print_words(const struct case_submission *submission)
{
	const char *what = tui_what_of(submission);
	const char *side = doc_side_name(submission->side);
	const char *whom = tui_known_id(submission->customer);
	char *raw = NULL;
	char *words = NULL;

	raw = mem_printf(
		"%s %s%s%s%s%s: %s%s%s",
		*whom					 ? whom
		: submission->rank == PROV_RANK_CUSTOMER ? _("new customer")
							 : "?",
		what, *side ? " " : "", side, submission->party ? " " : "",
		submission->party ? submission->party : "",
		state_word(submission), submission->message ? ": " : "",
		submission->message ? submission->message : "");
	words = text_clean_new(raw);
	printf("%s\n", words);
	fflush(stdout);
	mem_free_private(words);
	mem_free_private(raw);
}

int tui_report_result(const struct tui_app *app,
		      const struct case_submission *submission,
		      const struct findings *findings)
{
	if (app->options.json)
		print_json(submission, findings);
	else
		print_words(submission);
	if (findings && findings_errors(findings))
		return 3;
	switch (submission->state) {
	case CASE_ACCEPTED:
		return 0;
	case CASE_REFUSED:
	case CASE_CANCELLED:
		return submission->attempts ? 1 : 3;
	default:
		return 4;
	}
}

int tui_worse(int one, int other)
{
	static const int order[] = { 6, 5, 130, 2, 1, 3, 4, 0 };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (one == order[i] || other == order[i])
			return order[i];
	return one;
}
