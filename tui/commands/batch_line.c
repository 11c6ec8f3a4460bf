/* SPDX-License-Identifier: MIT */
/* One line of a manifest: read strictly, checked, and queued. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/commands/batch.h"

#define LINES_AT_ONCE 64
#define OPEN_MS	      50

int batch_commit(struct batch *batch, struct err *err)
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
	    batch_commit(batch, err))
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
	if (batch_commit(batch, err))
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

/* As tui_item_queue(), but what concerns this line alone is a finding. */
static int queue_line(struct batch *batch, json_t *line, size_t number,
		      int64_t *submission, struct findings *findings,
		      struct err *err)
{
	int queued = 0;

	check_line(line, findings);
	if (!json_is_object(line) || !text_of(line, "customer"))
		findings_add(findings, FINDING_ERROR, "line_unreadable", NULL,
			     _("line %zu is not a JSON object with a "
			       "'customer'"),
			     number);
	else if (findings_errors(findings))
		;
	else if (json_is_object(json_object_get(line, "info")))
		queued = queue_info(batch, line, submission, findings, err);
	else
		queued = queue_document(batch, line, submission, findings, err);
	if (queued >= 0 ||
	    (err->code != ERR_INPUT && err->code != ERR_REFUSED &&
	     err->code != ERR_NETWORK))
		return queued;
	findings_add(findings, FINDING_ERROR,
		     err->code == ERR_NETWORK ? "unreachable" : "refused", NULL,
		     "%s", err->text);
	memset(err, 0, sizeof(*err));
	return 0;
}

int batch_line(struct batch *batch, const char *text, size_t number,
	       struct err *err)
{
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	struct findings findings = { 0 };
	int64_t submission = 0;
	int queued =
		queue_line(batch, line, number, &submission, &findings, err);

	if (queued >= 0 && submission) {
		tui_report_findings(&findings);
		batch->accepted += queued == 0;
		batch->waiting = mem_grow(batch->waiting, batch->waiting_count,
					  sizeof(*batch->waiting));
		batch->waiting[batch->waiting_count++] = submission;
	} else if (queued >= 0) {
		refuse(batch, line, number, &findings);
	}
	findings_release(&findings);
	json_decref(line);
	return queued < 0 ? -1 : 0;
}
