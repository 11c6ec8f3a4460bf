/* SPDX-License-Identifier: MIT */
/*
 * kyc batch: what a manifest lists, one JSON object a line. All lines are
 * checked and queued, many to one transaction; then the outbox is driven and
 * each result is said as it comes, once it is durable. Running it again sends
 * what was not accepted.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/command.h"

#define MANIFEST_MOST ((size_t)64 << 20)
#define LINES_AT_ONCE 64
#define OPEN_MS	      50

struct batch {
	struct tui_app *app;
	char *directory; /* of the manifest; relative paths start here */
	struct prov_customer customer; /* the last one asked about */
	int64_t *waiting;	       /* submissions not yet said */
	size_t waiting_count;
	unsigned open; /* lines queued in the open transaction */
	int64_t opened_ms;
	size_t accepted; /* by an earlier run */
	bool unreached;	 /* the provider gave no answer */
	bool again;
	int status;
};

/* Nobody else may touch the record while lines are open: not what the provider
 * answers, nor the outbox. */
static int commit_lines(struct batch *batch, struct err *err)
{
	if (!batch->open)
		return 0;
	batch->open = 0;
	return case_store_commit(batch->app->store, err);
}

static int begin_line(struct batch *batch, struct err *err)
{
	/* Looking into files takes time, and others may want the record. */
	if ((batch->open == LINES_AT_ONCE ||
	     xfer_now() - batch->opened_ms >= OPEN_MS) &&
	    commit_lines(batch, err))
		return -1;
	if (!batch->open) {
		batch->opened_ms = xfer_now();
		if (case_store_begin(batch->app->store, err))
			return -1;
	}
	batch->open++;
	return 0;
}

static int known_customer(struct batch *batch, const char *id, struct err *err)
{
	int64_t seen_ms = 0;
	int got = case_customer_load(batch->app->store, batch->app->profile, id,
				     &batch->customer, &seen_ms, err);

	if (got)
		return got < 0 ? -1 : 0;
	return err_set(err, ERR_NETWORK,
		       _("customer '%s' is not known here, and %s gives no "
			 "answer"),
		       id, batch->app->profile->provider->title);
}

/* Ask about ID unless it is the one that is known already. A provider that
 * cannot be reached is asked once; then the record has to know. */
static int know_customer(struct batch *batch, const char *id, struct err *err)
{
	int64_t seen_ms = 0;

	if (batch->customer.id && strcmp(batch->customer.id, id) == 0)
		return 0;
	prov_customer_release(&batch->customer);
	if (commit_lines(batch, err))
		return -1;
	if (batch->unreached)
		return known_customer(batch, id, err);
	if (tui_customer_now(batch->app, id, &batch->customer, &seen_ms, err)) {
		batch->unreached = err->code == ERR_NETWORK;
		return -1;
	}
	/* The record answered for a provider that is not asked again. */
	batch->unreached = err->code == ERR_NETWORK;
	memset(err, 0, sizeof(*err));
	return 0;
}

static const char *text_of(json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key));
}

static int queue_info(struct batch *batch, json_t *line, int64_t *submission,
		      struct findings *findings, struct err *err)
{
	const char *customer = text_of(line, "customer");
	char *json = json_dumps(json_object_get(line, "info"), JSON_COMPACT);
	const struct tui_info info = {
		.customer = customer,
		.form = text_of(line, "type"),
		.party = text_of(line, "party"),
		.json = json ? json : "{}",
		.once = !batch->again,
	};
	int ret = -1;

	if (know_customer(batch, customer, err) == 0 &&
	    begin_line(batch, err) == 0)
		ret = tui_info_queue(batch->app, &info, &batch->customer,
				     submission, findings, err);
	mem_free_private(json);
	return ret;
}

static struct form_answers *read_fields(json_t *line)
{
	json_t *fields = json_object_get(line, "fields");
	struct form_answers *answers = NULL;
	const char *key = NULL;
	json_t *value = NULL;

	if (!json_is_object(fields) || !json_object_size(fields))
		return NULL;
	answers = form_answers_new();
	json_object_foreach(fields, key, value)
	{
		if (json_is_string(value))
			form_answer_set(answers, key, json_string_value(value));
	}
	return answers;
}

static int queue_document(struct batch *batch, json_t *line,
			  int64_t *submission, struct findings *findings,
			  struct err *err)
{
	const char *file = text_of(line, "file");
	struct form_answers *fields = read_fields(line);
	struct prov_customer nobody = { 0 };
	struct tui_item item = {
		.customer = text_of(line, "customer"),
		.type = text_of(line, "type"),
		.side = text_of(line, "side"),
		.country = text_of(line, "country"),
		.party = text_of(line, "party"),
		.fields = fields,
		.again = batch->again,
	};
	char *path = NULL;
	int ret = -1;

	if (!item.type || !file) {
		findings_add(findings, FINDING_ERROR, "line_incomplete", NULL,
			     _("a line needs 'type' and 'file', or 'info'"));
		ret = 0;
		goto out;
	}
	path = *file == '/' ? mem_dup(file)
			    : mem_printf("%s/%s", batch->directory, file);
	item.path = path;
	/* Only a party's name has to be looked up; all else the provider
	 * says when it is sent. */
	if ((item.party && know_customer(batch, item.customer, err)) ||
	    begin_line(batch, err))
		goto out;
	ret = tui_item_queue(batch->app, &item,
			     item.party ? &batch->customer : &nobody,
			     submission, findings, err);
out:
	form_answers_free(fields);
	free(path);
	return ret;
}

/* A line that goes no further: said at once. */
static void refuse(struct batch *batch, json_t *line, size_t number,
		   const struct findings *findings)
{
	bool unreached = findings->count &&
			 strcmp(findings->list[0].code, "unreachable") == 0;
	const char *type = text_of(line, "type");
	char *message = mem_printf(_("line %zu is not sent"), number);
	const struct tui_refused what = {
		.customer = text_of(line, "customer"),
		.type = type,
		.side = text_of(line, "side"),
		.party = text_of(line, "party"),
		.message = message,
		.rank = type ? PROV_RANK_DOCUMENT : PROV_RANK_INFORMATION,
	};
	int status = tui_say_refused(batch->app, &what, findings);

	tui_report_findings(findings);
	if (unreached)
		status = 4; /* the same manifest goes on with it */
	batch->status = tui_worse(batch->status, status);
	free(message);
}

enum value {
	VALUE_UNKNOWN,
	VALUE_TEXT,
	VALUE_OBJECT,
};

static enum value value_of(const char *key)
{
	static const char *const texts[] = { "customer", "type",  "side",
					     "country",	 "party", "file" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(key, texts[i]) == 0)
			return VALUE_TEXT;
	return strcmp(key, "info") == 0 || strcmp(key, "fields") == 0
		       ? VALUE_OBJECT
		       : VALUE_UNKNOWN;
}

/*
 * What is not understood is not passed over: a 'party' that is misspelt, or is
 * no text, would send one person's paper as another's.
 */
static void check_line(json_t *line, struct findings *findings)
{
	json_t *value = NULL;
	const char *key = NULL;

	json_object_foreach(line, key, value)
	{
		enum value wanted = value_of(key);

		if (wanted == VALUE_UNKNOWN)
			findings_add(findings, FINDING_ERROR, "key_unknown",
				     key, _("a line has no '%s'"), key);
		else if (!json_is_null(value) &&
			 (wanted == VALUE_TEXT ? !json_is_string(value)
					       : !json_is_object(value)))
			findings_add(findings, FINDING_ERROR, "value_unusable",
				     key, _("'%s' is not what belongs there"),
				     key);
	}
	json_object_foreach(json_object_get(line, "fields"), key, value)
	{
		if (!json_is_string(value))
			findings_add(findings, FINDING_ERROR, "value_unusable",
				     key, _("'%s' of 'fields' is not a text"),
				     key);
	}
	if (json_is_object(json_object_get(line, "info")) &&
	    text_of(line, "file"))
		findings_add(findings, FINDING_ERROR, "value_unusable", "file",
			     _("a line has a 'file' or 'info', not both"));
}

/* One line; NUMBER is for a person. -1: ERR, and the batch ends. */
static int take_line(struct batch *batch, const char *text, size_t number,
		     struct err *err)
{
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	struct findings findings = { 0 };
	int64_t submission = 0;
	int queued = 0;
	int ret = 0;

	check_line(line, &findings);
	if (!json_is_object(line) || !text_of(line, "customer"))
		findings_add(&findings, FINDING_ERROR, "line_unreadable", NULL,
			     _("line %zu is not a JSON object with a "
			       "'customer'"),
			     number);
	else if (findings_errors(&findings))
		;
	else if (json_is_object(json_object_get(line, "info")))
		queued = queue_info(batch, line, &submission, &findings, err);
	else
		queued = queue_document(batch, line, &submission, &findings,
					err);
	if (queued < 0 && (err->code == ERR_INPUT || err->code == ERR_REFUSED ||
			   err->code == ERR_NETWORK)) {
		findings_add(&findings, FINDING_ERROR,
			     err->code == ERR_NETWORK ? "unreachable"
						      : "refused",
			     NULL, "%s", err->text);
		memset(err, 0, sizeof(*err));
		queued = 0;
	}
	if (queued < 0) {
		ret = -1;
	} else if (submission) {
		tui_report_findings(&findings);
		batch->accepted += queued == 0;
		batch->waiting = mem_grow(batch->waiting, batch->waiting_count,
					  sizeof(*batch->waiting));
		batch->waiting[batch->waiting_count++] = submission;
	} else {
		refuse(batch, line, number, &findings);
	}
	findings_release(&findings);
	json_decref(line);
	return ret;
}

/* Check and queue all lines, LINES_AT_ONCE to one transaction. */
static int take_lines(struct batch *batch, char *text, struct err *err)
{
	size_t number = 0;
	char *next = text;

	while (next) {
		char *line = next;
		char *end = strchr(line, '\n');

		next = end ? end + 1 : NULL;
		if (end)
			*end = '\0';
		number++;
		if (line[strspn(line, " \t\r")] == '\0')
			continue;
		if (tui_signal_taken()) {
			/* What is queued stays so: 'kyc resume' sends it. */
			if (commit_lines(batch, err))
				return -1;
			return err_set(err, ERR_CANCELLED, _("interrupted"));
		}
		if (take_line(batch, line, number, err)) {
			if (batch->open)
				case_store_rollback(batch->app->store);
			return -1;
		}
	}
	return commit_lines(batch, err);
}

static bool settled(const struct case_submission *submission)
{
	return submission->state == CASE_ACCEPTED ||
	       submission->state == CASE_REFUSED ||
	       submission->state == CASE_CANCELLED;
}

/* Say ITEM's result; with ANY also when it has no answer. True when said. */
static bool say_one(struct batch *batch, int64_t item, bool any)
{
	struct case_submission submission = { 0 };
	struct err err = { 0 };
	bool said = false;

	if (case_submission_load(batch->app->store, item, &submission, &err) ==
		    1 &&
	    (any || settled(&submission))) {
		batch->status = tui_worse(
			batch->status,
			tui_report_result(batch->app, &submission, NULL));
		said = true;
	}
	case_submission_release(&submission);
	return said;
}

static void moved(void *arg, int64_t submission)
{
	struct batch *batch = arg;

	for (size_t i = 0; i < batch->waiting_count; i++)
		if (batch->waiting[i] == submission &&
		    say_one(batch, submission, false)) {
			batch->waiting[i] =
				batch->waiting[--batch->waiting_count];
			return;
		}
}

/* What was accepted by an earlier run is said before anything is sent; with ANY
 * all that is left is said. */
static int say_settled(struct batch *batch, bool any, struct err *err)
{
	size_t kept = 0;

	if (batch->waiting_count && case_store_settle(batch->app->store, err))
		return -1;
	for (size_t i = 0; i < batch->waiting_count; i++)
		if (!say_one(batch, batch->waiting[i], any))
			batch->waiting[kept++] = batch->waiting[i];
	batch->waiting_count = kept;
	return 0;
}

static int run(struct batch *batch, char *text, struct err *err)
{
	const struct tui_driver driver = { .changed = moved, .arg = batch };
	int drove = 0;

	if (take_lines(batch, text, err))
		return -1;
	tui_report(batch->app, _("%zu to send, %zu accepted already"),
		   batch->waiting_count - batch->accepted, batch->accepted);
	if (say_settled(batch, false, err))
		return -1;
	if (batch->waiting_count)
		drove = tui_drive(batch->app, 0, &driver, err);
	if (drove < 0 || say_settled(batch, true, err))
		return -1;
	return tui_ended(batch->app, drove, batch->status, err);
}

static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_dup(".");
	return slash == path ? mem_dup("/")
			     : mem_dup_n(path, (size_t)(slash - path));
}

static int set_parallel(struct tui_app *app, const char *parallel,
			struct err *err)
{
	char *end = NULL;
	unsigned long number = 0;

	if (!parallel)
		return 0;
	number = strtoul(parallel, &end, 10);
	if (!*parallel || *end || number < 1 || number > 16)
		return err_set(err, ERR_USAGE,
			       _("--parallel is a number from 1 to 16, not "
				 "'%s'"),
			       parallel);
	app->profile->parallel = (unsigned)number;
	xfer_set_most(app->xfer, (unsigned)number);
	return 0;
}

int tui_cmd_batch(const struct tui_arguments *arguments)
{
	const char *path = arguments->operands[0];
	struct tui_app app = { 0 };
	struct batch batch = { .app = &app, .again = arguments->again };
	struct err err = { 0 };
	char *text = NULL;
	int status = -1;

	batch.directory = directory_of(path);
	text = tui_read_text(path, MANIFEST_MOST, &err);
	if (text && tui_app_open(&app, &arguments->global,
				 TUI_APP_OUTBOX | TUI_APP_LOOKER, &err) == 0) {
		if (set_parallel(&app, arguments->parallel, &err) == 0)
			status = run(&batch, text, &err);
		tui_app_close(&app);
	}
	if (status < 0)
		status = tui_report_err(&err);
	prov_customer_release(&batch.customer);
	free(batch.waiting);
	free(batch.directory);
	mem_free_private(text);
	return status;
}
