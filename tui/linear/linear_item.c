/* SPDX-License-Identifier: MIT */
/* Linear mode: one line of the checklist. */
#include <stdlib.h>
#include <string.h>

#include "tui/commands/command.h"
#include "tui/files/path.h"
#include "tui/linear/linear.h"
#include "tui/wizard/draft.h"
#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"
#include "tui/words/status_words.h"

static const struct linear_key country_keys[] = {
	{ N_("text"), N_("the name of a country, or its code: BRA."), NULL },
	{ "", N_("takes the one in brackets."), NULL },
	{ "b", N_("goes back; nothing is changed."), NULL },
	{ NULL, NULL, NULL },
};

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
		answer = linear_ask(linear, country_keys,
				    _("Country of the document [%s]:"), given);
		if (!answer || strcmp(answer, "b") == 0) {
			free(answer);
			return NULL;
		}
		country = country_find(*answer ? answer : given);
		if (country || (!*answer && type->country != DOC_NEEDED)) {
			free(answer);
			return mem_dup(country ? country->alpha3 : "");
		}
		linear_say(_("Error: '%.40s' is not a country; write its name "
			     "or its code, for example BRA"),
			   answer);
		free(answer);
	}
	return mem_dup("");
}

static const struct linear_key file_keys[] = {
	{ N_("text"), N_("the path of a file takes that one."), NULL },
	{ "x", N_("forgets the file that was chosen."), NULL },
	{ "b", N_("goes back; nothing is changed."), NULL },
	{ NULL, NULL, NULL },
};

/* The path in ANSWER if it can be opened, else why not is said. */
static char *usable_path(const char *answer)
{
	struct tui_paths paths = { 0 };
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	char *path = NULL;

	tui_paths_parse(answer, strlen(answer), &paths);
	if (paths.count > 1)
		linear_say("%s", _("Error: one file at a time; a of the list "
				   "takes several."));
	else if (paths.count)
		path = tui_path_absolute(paths.list[0]);
	tui_paths_release(&paths);
	if (path && doc_file_open(&file, path, &err)) {
		linear_say_err(&err);
		free(path);
		path = NULL;
	}
	doc_file_close(&file);
	return path;
}

/* A file that can be opened; "" forgets the one that is chosen; NULL: the
 * operator went back. */
static char *ask_file(struct linear *linear)
{
	char *answer = NULL;
	char *path = NULL;

	while (!path &&
	       (answer = linear_ask(linear, file_keys,
				    _("Path of the file:"))) &&
	       strcmp(answer, "b") != 0) {
		path = strcmp(answer, "x") == 0 ? mem_dup("")
						: usable_path(answer);
		free(answer);
		answer = NULL;
	}
	free(answer);
	return path;
}

/* What DOCUMENT's file is; one that cannot be opened is no draft that could be
 * sent, and says why. */
static int look(struct linear *linear, const struct doc_type *type,
		struct case_document *document, struct err *err)
{
	struct doc_file file = DOC_FILE_NONE;
	struct err why = { 0 };
	int ret = 0;

	document->checked = true;
	if (doc_file_open(&file, document->path, &why)) {
		findings_add(&document->findings, FINDING_ERROR, "cannot_open",
			     NULL, "%s", why.text);
		return 0;
	}
	ret = doc_look(linear->app->looker, &file, &document->facts, err);
	doc_file_close(&file);
	if (!ret)
		tui_draft_check(linear->app, linear->customer, &linear->list,
				type, document);
	return ret;
}

bool linear_check(struct linear *linear)
{
	struct case_document_list *documents = &linear->list.documents;
	bool looked = false;

	for (size_t i = 0; i < documents->count; i++) {
		struct case_document *document = &documents->list[i];
		const struct doc_type *type = prov_type(
			linear->app->profile->provider, document->type,
			prov_holder(&linear->list.customer, document->party));
		struct err err = { 0 };

		if (document->checked || !document->path || !type)
			continue;
		if (look(linear, type, document, &err) ||
		    case_document_put(linear->app->store, document, &err)) {
			linear_say_err(&err);
			return false;
		}
		looked = true;
	}
	return looked;
}

void linear_draft(struct linear *linear, const struct doc_type *type,
		  enum doc_side side, const char *party, const char *country,
		  const char *path)
{
	struct case_document document = {
		.case_id = linear->list.case_id,
		.type = mem_dup(type->code),
		.side = side,
		.party = mem_dup(party),
		.path = mem_dup(path),
		.chosen_ms = xfer_now_unix(),
	};
	struct case_store *store = linear->app->store;
	struct err err = { 0 };

	snprintf(document.country, sizeof(document.country), "%s", country);
	/* Recorded at once, then looked into: what was said stays, whatever
	 * comes. */
	if ((!document.case_id &&
	     case_open(store, linear->app->profile, linear->customer,
		       &document.case_id, &err)) ||
	    case_document_put(store, &document, &err) ||
	    look(linear, type, &document, &err) ||
	    case_document_put(store, &document, &err))
		linear_say_err(&err);
	else if (document.findings.count)
		linear_say_findings(&document.findings);
	else
		linear_say(_("Checked: %s, nothing wrong was found."),
			   tui_base_name(path));
	case_document_release(&document);
	linear_reload(linear);
}

static void forget(struct linear *linear, const struct case_item *item)
{
	struct err err = { 0 };

	if (!item->document)
		linear_say("%s", _("No file is chosen."));
	else if (case_document_remove(linear->app->store, item->document->id,
				      &err))
		linear_say_err(&err);
	linear_reload(linear);
}

static void take_document(struct linear *linear, const struct case_item *item)
{
	const struct doc_type *type = item->requirement->type;
	const char *closed = linear->list.customer.closed_because;
	char *party = mem_dup(item->requirement->party);
	enum doc_side side = item->side;
	char *country = NULL;
	char *path = NULL;

	if (closed)
		linear_say("%s", closed);
	else if (type->help)
		linear_say("%s", _(type->help));
	if (!closed)
		country = ask_country(linear, type, party);
	if (country)
		path = ask_file(linear);
	if (path && !*path)
		forget(linear, item);
	else if (path)
		linear_draft(linear, type, side, party, country, path);
	free(country);
	free(party);
	free(path);
}

static const struct linear_key flight_keys[] = {
	{ "y", N_("tries again now, without waiting."), NULL },
	{ "h", N_("holds it, or lets it go again."), NULL },
	{ "k", N_("cancels it."), NULL },
	{ "", N_("leaves it as it is."), NULL },
	{ NULL, NULL, NULL },
};

/* What was queued: tried again, held, cancelled. */
static void operate(struct linear *linear, const struct case_item *item)
{
	struct outbox *outbox = linear->app->outbox;
	int64_t id = item->submission->id;
	bool held = item->submission->held;
	struct err err = { 0 };
	char *answer =
		linear_ask(linear, flight_keys, _("Leave it, y, h or k:"));
	int ret = 0;

	if (!answer || !*answer)
		;
	else if (strcmp(answer, "y") == 0)
		ret = outbox_retry(outbox, id, &err);
	else if (strcmp(answer, "h") == 0)
		ret = outbox_hold(outbox, id, !held, &err);
	else if (strcmp(answer, "k") == 0)
		ret = outbox_cancel(outbox, id, &err);
	free(answer);
	if (ret)
		linear_say_err(&err);
	linear_reload(linear);
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

	if (!linear_confirm(linear, false,
			    _("Ask %s to begin its review of %s now?"),
			    linear->app->profile->provider->title,
			    tui_holder_name(&linear->list, NULL)))
		return;
	if (case_submit_start(linear->app->store, linear->app->profile,
			      linear->list.case_id, requirement, &submission,
			      &err))
		linear_say_err(&err);
	else
		linear_drive(linear, 0);
}

static void open_kind(struct linear *linear, const struct case_item *item)
{
	const struct prov_requirement *requirement = item->requirement;
	const struct case_form *form = tui_form_for(&linear->list, item);

	if (form) {
		linear_form(linear, form, tui_wrong_field(item->submission));
		return;
	}
	switch (requirement->kind) {
	case PROV_REQ_DOCUMENT:
		take_document(linear, item);
		break;
	case PROV_REQ_TERMS:
		show_link(linear, requirement);
		break;
	case PROV_REQ_START:
		start_review(linear, requirement);
		break;
	case PROV_REQ_INFORMATION: /* has a form */
	case PROV_REQ_OTHER:
		linear_say(_("%s is between the customer and %s."),
			   tui_requirement_label(requirement),
			   linear->app->profile->provider->title);
		break;
	}
}

void linear_item(struct linear *linear, size_t at)
{
	const struct case_item *item = NULL;

	if (at >= linear->list.count)
		return;
	item = &linear->list.items[at];
	linear_say_item(linear, at, true);
	linear_say_details(linear, item);
	if (item->state == CASE_ITEM_REJECTED && item->reason &&
	    item->reason->next == PROV_NEXT_STOP)
		return;
	if ((item->state == CASE_ITEM_QUEUED ||
	     item->state == CASE_ITEM_UNSURE) &&
	    item->submission)
		operate(linear, item);
	else
		open_kind(linear, item);
	if (at < linear->list.count && !linear->ended)
		linear_say_item(linear, at, true);
}
