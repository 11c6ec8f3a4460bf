/* SPDX-License-Identifier: MIT */
/* kyc create: a new customer, as a JSON object of answers. */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/command.h"

#define ANSWERS_MOST ((size_t)256 << 10)

/* The form for the kind that was said; where it was not, the first. */
static const struct prov_creation *
creation_for(const struct tui_app *app, const char *kind, struct err *err)
{
	const struct provider *provider = app->profile->provider;
	const struct prov_creation *found = NULL;

	if (!provider->creations) {
		err_set(err, ERR_INPUT,
			_("%s lets nobody make customers from here"),
			provider->title);
		return NULL;
	}
	if (!kind)
		return provider->creations;
	if (strcmp(kind, prov_kind_name(PROV_INDIVIDUAL)) == 0)
		found = prov_creation_of(provider, PROV_INDIVIDUAL);
	else if (strcmp(kind, prov_kind_name(PROV_BUSINESS)) == 0)
		found = prov_creation_of(provider, PROV_BUSINESS);
	if (!found)
		err_set(err, ERR_USAGE,
			_("'%s' is no kind of customer: individual or "
			  "business"),
			kind);
	return found;
}

/* What is said goes over what a new form begins with. */
static int read_answers(const struct prov_creation *creation, const char *json,
			struct form_answers *answers, struct findings *findings,
			struct err *err)
{
	prov_creation_preset(creation, answers);
	if (form_answers_from_json(creation->form.schema, json, answers,
				   findings, err))
		return -1;
	form_check(creation->form.schema, answers, findings);
	return 0;
}

/* Who is there already is named, as far as he can be found. */
static void name_known(struct tui_app *app,
		       const struct prov_creation *creation,
		       struct case_submission *submission)
{
	struct prov_customer known = { 0 };
	struct err ignored = { 0 };

	if (tui_alike_now(app, creation, submission->answers, &known,
			  &ignored) == 0 &&
	    known.id)
		mem_replace(&submission->customer, known.id);
	prov_customer_release(&known);
}

static int say_result(struct tui_app *app, const struct prov_creation *creation,
		      int64_t id)
{
	struct case_submission submission = { 0 };
	struct err err = { 0 };
	int status;

	/* A result is a promise: what it says outlives a power cut. */
	if (case_store_settle(app->store, &err) ||
	    case_submission_load(app->store, id, &submission, &err) != 1) {
		case_submission_release(&submission);
		return tui_report_err(&err);
	}
	if (submission.state == CASE_REFUSED &&
	    text_same(submission.code, PROV_CODE_EXISTS))
		name_known(app, creation, &submission);
	status = tui_report_result(app, &submission, NULL);
	case_submission_release(&submission);
	return status;
}

static int send(struct tui_app *app, const struct prov_creation *creation,
		const struct form_answers *answers, bool no_wait,
		struct err *err)
{
	int64_t submission = 0;
	int drove = 0;
	int queued = case_newcomer_queue(app->store, app->profile, creation,
					 answers, &submission, err);

	if (queued < 0 || (queued > 0 && tui_go_on(app, submission, err) < 0))
		return -1;
	if (queued && !no_wait)
		drove = tui_drive(app, submission, NULL, err);
	if (drove < 0)
		return -1;
	return tui_ended(app, drove, say_result(app, creation, submission),
			 err);
}

static int create(struct tui_app *app, const struct tui_arguments *arguments,
		  const char *json, struct err *err)
{
	const struct prov_creation *creation =
		creation_for(app, arguments->kind, err);
	struct form_answers *answers = form_answers_new();
	struct tui_refused what = { .rank = PROV_RANK_CUSTOMER };
	struct findings findings = { 0 };
	int status = -1;

	if (creation)
		what.schema = creation->form.schema->name;
	if (creation &&
	    !read_answers(creation, json, answers, &findings, err)) {
		tui_report_findings(&findings);
		status = findings_errors(&findings)
				 ? tui_say_refused(app, &what, &findings)
				 : send(app, creation, answers,
					arguments->no_wait, err);
	}
	findings_release(&findings);
	form_answers_free(answers);
	return status;
}

int tui_cmd_create(const struct tui_arguments *arguments)
{
	struct tui_app app = { 0 };
	struct err err = { 0 };
	char *json = tui_read_text(arguments->operands[0], ANSWERS_MOST, &err);
	int status = -1;

	if (json &&
	    !tui_app_open(&app, &arguments->global, TUI_APP_OUTBOX, &err)) {
		status = create(&app, arguments, json, &err);
		tui_app_close(&app);
	}
	if (status < 0)
		status = tui_report_err(&err);
	mem_free_private(json);
	return status;
}
