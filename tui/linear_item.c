/* SPDX-License-Identifier: MIT */
/* Linear mode: one line of the checklist. */
#include <stdlib.h>
#include <string.h>

#include "tui/command.h"
#include "tui/draft.h"
#include "tui/item_words.h"
#include "tui/linear.h"
#include "tui/path.h"
#include "tui/status_words.h"

/* A country by name or code, for a document that has one. "" means that none
 * was given; NULL: the operator went back. */
static char *ask_country(struct linear *linear, const struct doc_type *type,
			 const char *party)
{
	char given[4] = "";
	const struct country *country = NULL;
	char *answer = NULL;

	tui_draft_country(&linear->list, type, party, given);
	while (type->country != DOC_NOT_TAKEN) {
		answer = linear_ask(linear,
				    _("Country of the document [%s], or b:"),
				    given);
		if (!answer || strcmp(answer, "b") == 0) {
			free(answer);
			return NULL;
		}
		country = country_find(*answer ? answer : given);
		if (country || (!*answer && type->country != DOC_NEEDED)) {
			free(answer);
			return mem_dup(country ? country->alpha3 : "");
		}
		linear_say(_("Error: '%s' is not a country; write its name or "
			     "its code, for example BRA"),
			   answer);
		free(answer);
	}
	return mem_dup("");
}

/* A file that can be opened; NULL: the operator went back. */
static char *ask_file(struct linear *linear)
{
	struct tui_paths paths = { 0 };
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	char *answer = NULL;
	char *path = NULL;

	while (!path &&
	       (answer = linear_ask(linear, _("Path of the file, or b:"))) &&
	       strcmp(answer, "b") != 0) {
		tui_paths_parse(answer, strlen(answer), &paths);
		if (paths.count)
			path = tui_path_absolute(paths.list[0]);
		tui_paths_release(&paths);
		if (path && doc_file_open(&file, path, &err)) {
			linear_say_err(&err);
			free(path);
			path = NULL;
		}
		doc_file_close(&file);
		free(answer);
		answer = NULL;
	}
	free(answer);
	return path;
}

static int look(struct linear *linear, const struct doc_type *type,
		struct case_document *document, struct err *err)
{
	struct doc_file file = DOC_FILE_NONE;
	int ret = -1;

	if (doc_file_open(&file, document->path, err))
		return -1;
	ret = doc_look(linear->app->looker, &file, &document->facts, err);
	doc_file_close(&file);
	if (ret)
		return -1;
	document->checked = true;
	tui_draft_check(linear->app, linear->customer, &linear->list, type,
			document);
	return 0;
}

/* Recorded at once, then looked into: what was said stays, whatever comes. */
static void record(struct linear *linear, const struct case_item *item,
		   const struct doc_type *type, const char *country,
		   const char *path)
{
	struct case_document document = {
		.case_id = linear->list.case_id,
		.type = mem_dup(type->code),
		.side = item->side,
		.party = mem_dup(item->requirement->party),
		.path = mem_dup(path),
		.chosen_ms = xfer_now_unix(),
	};
	struct case_store *store = linear->app->store;
	struct err err = { 0 };

	snprintf(document.country, sizeof(document.country), "%s", country);
	if ((!document.case_id &&
	     case_open(store, linear->app->profile, linear->customer,
		       &document.case_id, &err)) ||
	    case_document_put(store, &document, &err) ||
	    look(linear, type, &document, &err) ||
	    case_document_put(store, &document, &err)) {
		linear_say_err(&err);
	} else if (document.findings.count) {
		linear_say_findings(&document.findings);
	} else {
		linear_say("%s", _("Checked: nothing wrong was found. s sends "
				   "it."));
	}
	case_document_release(&document);
	linear_reload(linear);
}

static void take_document(struct linear *linear, const struct case_item *item)
{
	const struct doc_type *type = item->requirement->type;
	char *country = NULL;
	char *path = NULL;

	if (type->help)
		linear_say("%s", _(type->help));
	country = ask_country(linear, type, item->requirement->party);
	if (country)
		path = ask_file(linear);
	if (path)
		record(linear, item, type, country, path);
	free(country);
	free(path);
}

static void show_link(struct linear *linear,
		      const struct prov_requirement *requirement)
{
	struct tui_app *app = linear->app;
	const char *page = linear->list.customer.link;
	struct prov_link link = { 0 };
	struct err err = { 0 };

	if (prov_can(&app->profile->provider->link)) {
		if (tui_link_now(app, linear->customer, requirement, &link,
				 &err)) {
			linear_say_err(&err);
			return;
		}
		page = link.url;
	}
	if (page) {
		linear_say("%s", _("Only the customer can do this, here:"));
		linear_say("%s", page);
	} else {
		linear_say("%s", _("Only the customer can do this, with the "
				   "provider itself."));
	}
	prov_link_release(&link);
}

static void start_review(struct linear *linear,
			 const struct prov_requirement *requirement)
{
	struct err err = { 0 };
	int64_t submission = 0;
	char *answer = linear_ask(
		linear, _("Ask %s to begin its review of %s now? y or n:"),
		linear->app->profile->provider->title,
		tui_holder_name(&linear->list, NULL));

	if (answer && (*answer == 'y' || *answer == 's') &&
	    case_submit_start(linear->app->store, linear->app->profile,
			      linear->list.case_id, requirement, &submission,
			      &err))
		linear_say_err(&err);
	free(answer);
	linear_send(linear);
}

/* Why it was rejected and what to do about it, before anything is asked. */
static void say_reason(const struct case_item *item)
{
	const char *why = tui_item_why(item);
	const char *next =
		item->reason ? tui_next_words(item->reason->next) : "";

	if (item->state != CASE_ITEM_REJECTED)
		return;
	why = why ? why : _("no reason was given");
	linear_say("%s%s %s", why, tui_stop(why), next);
}

void linear_item(struct linear *linear, const struct case_item *item)
{
	const struct prov_requirement *requirement = item->requirement;

	say_reason(item);
	switch (requirement->kind) {
	case PROV_REQ_DOCUMENT:
		take_document(linear, item);
		break;
	case PROV_REQ_INFORMATION:
		linear_form(linear, item->form);
		break;
	case PROV_REQ_TERMS:
		show_link(linear, requirement);
		break;
	case PROV_REQ_START:
		start_review(linear, requirement);
		break;
	case PROV_REQ_OTHER:
		linear_say(_("%s is between the customer and %s: nothing can "
			     "be sent for it from here."),
			   tui_requirement_label(requirement),
			   linear->app->profile->provider->title);
		break;
	}
}
