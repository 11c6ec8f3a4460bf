/* SPDX-License-Identifier: MIT */
/* What several line-mode commands do: queue an item, read a text. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/files/path.h"

const struct doc_type *tui_find_type(const struct tui_app *app,
				     const char *code, unsigned holder,
				     struct findings *findings)
{
	const struct doc_type *types = app->profile->provider->doctypes;
	const struct doc_type *type =
		prov_type(app->profile->provider, code, holder);
	const char *known[128] = { 0 };
	const char *near = NULL;

	if (type)
		return type;
	for (size_t i = 0; types && types[i].code && i < 127; i++)
		known[i] = types[i].code;
	near = text_nearest(code, known);
	findings_add(findings, FINDING_ERROR, "type_unknown", "type",
		     near ? _("%s knows no document type '%s'; did you mean "
			      "'%s'?")
			  : _("%s knows no document type '%s'%s"),
		     app->profile->provider->title, code, near ? near : "");
	return NULL;
}

/* Who is called so: 0, or how many. The whole name counts before a part of
 * one: "Ana Lima" is not "Ana Lima Souza". */
static size_t parties_named(const struct prov_customer *customer,
			    const char *folded, bool whole, const char **party)
{
	size_t matches = 0;

	for (size_t i = 0; *folded && i < customer->party_count; i++) {
		const struct prov_party *one = &customer->parties[i];
		char *name = text_fold(one->name ? one->name : "");

		if (whole ? !strcmp(name, folded) : !!strstr(name, folded)) {
			*party = one->id;
			matches++;
		}
		mem_free_private(name);
	}
	return matches;
}

void tui_find_party(const struct prov_customer *customer, const char *said,
		    const char **party, struct findings *findings)
{
	const struct prov_party *known = prov_customer_party(customer, said);
	char *folded = text_fold(said);
	size_t matches = known ? 1 : 0;

	*party = known ? known->id : NULL;
	if (!matches)
		matches = parties_named(customer, folded, true, party);
	if (!matches)
		matches = parties_named(customer, folded, false, party);
	mem_free_private(folded);
	if (matches > 1)
		*party = NULL;
	if (matches == 0 && !customer->id && prov_id_valid(said))
		*party = said; /* nothing is known here: the provider judges */
	else if (matches == 0)
		findings_add(findings, FINDING_ERROR, "party_unknown", "party",
			     _("this customer has no associated party '%s'"),
			     said);
	else if (matches > 1)
		findings_add(findings, FINDING_ERROR, "party_ambiguous",
			     "party",
			     _("'%s' may be %zu associated parties: give the "
			       "id"),
			     said, matches);
}

/* What the provider itself calls CODE, where that is more than a type: its
 * name for one side. */
static const struct prov_requirement *
requirement_named(const struct prov_customer *customer, const char *code,
		  const char *party)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->kind == PROV_REQ_DOCUMENT && req->side &&
		    !text_same(req->type->code, code) &&
		    text_same(req->code, code) && text_same(req->party, party))
			return req;
	}
	return NULL;
}

/* Fill DOCUMENT from ITEM as far as words go; findings say what is wrong. */
static const struct doc_type *describe(struct tui_app *app,
				       const struct tui_item *item,
				       const struct prov_customer *customer,
				       struct case_document *document,
				       struct findings *findings)
{
	const struct doc_type *type = NULL;
	const struct country *country = NULL;
	const struct prov_requirement *wanted = NULL;
	const char *party = NULL;
	struct err err = { 0 };

	if (item->party)
		tui_find_party(customer, item->party, &party, findings);
	wanted = requirement_named(customer, item->type, party);
	if (wanted)
		type = wanted->type;
	else
		type = tui_find_type(app, item->type,
				     customer->id ? prov_holder(customer, party)
						  : 0,
				     findings);
	if (wanted && !item->side)
		document->side = wanted->side;
	else if (doc_side_parse(item->side ? item->side : "", &document->side))
		findings_add(findings, FINDING_ERROR, "side_unknown", "side",
			     _("a side is 'front' or 'back', not '%s'"),
			     item->side);
	if (item->country && country_load(&err) == 0)
		country = country_find(item->country);
	if (country)
		memcpy(document->country, country->alpha3, 4);
	else if (item->country && *item->country)
		findings_add(findings, FINDING_ERROR, "country_unknown",
			     "country", _("there is no country '%s'"),
			     item->country);
	document->type = mem_dup(type ? type->code : item->type);
	document->party = mem_dup(party);
	if (type && !findings_errors(findings))
		doc_check_choice(type, document->side, document->country,
				 findings);
	return type;
}

/* Open and look: the file's own findings. -1: ERR, not about the file. */
static int inspect(struct tui_app *app, const struct doc_type *type,
		   const char *path, struct case_document *document,
		   struct findings *findings, struct err *err)
{
	struct doc_file file = DOC_FILE_NONE;
	int ret = 0;

	document->path = tui_path_absolute(path);
	if (doc_file_open(&file, document->path, err)) {
		if (err->code != ERR_INPUT)
			return -1;
		findings_add(findings, FINDING_ERROR, "file_unusable", "file",
			     "%s", err->text);
		memset(err, 0, sizeof(*err));
		return 0;
	}
	ret = doc_look(app->looker, &file, &document->facts, err);
	if (ret == 0)
		doc_check_file(type, &document->facts, path, findings);
	document->checked = ret == 0;
	doc_file_close(&file);
	return ret;
}

int tui_go_on(struct tui_app *app, int64_t submission, struct err *err)
{
	struct case_submission waiting = { 0 };
	struct err refused = { 0 };
	int got = case_submission_load(app->store, submission, &waiting, err);

	if (got == 1 && !waiting.held && waiting.next_ms &&
	    waiting.state != CASE_SENDING &&
	    outbox_retry(app->outbox, submission, &refused)) {
		/* With the record, what was open in it may be undone, too. */
		if (refused.code == ERR_STORE) {
			*err = refused;
			got = -1;
		} else {
			tui_report(app, "%s", refused.text);
		}
	}
	case_submission_release(&waiting);
	return got < 0 ? -1 : 1;
}

/* What the provider wants it for, or NULL. */
static const struct prov_requirement *
requirement_for(const struct prov_customer *customer,
		const struct case_document *document)
{
	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		if (req->kind == PROV_REQ_DOCUMENT &&
		    text_same(req->type->code, document->type) &&
		    text_same(req->party, document->party) &&
		    (req->side == DOC_SIDE_NONE || req->side == document->side))
			return req;
	}
	return NULL;
}

/* All or nothing: what cannot be queued leaves no draft behind. */
static int record_document(struct tui_app *app,
			   const struct prov_customer *customer, const char *id,
			   struct case_document *document, int64_t *submission,
			   struct err *err)
{
	if (case_store_begin(app->store, err))
		return -1;
	if (case_open(app->store, app->profile, id, &document->case_id, err) ||
	    case_document_put(app->store, document, err) ||
	    case_submit_document(app->store, app->profile, document->id,
				 requirement_for(customer, document),
				 submission, err)) {
		case_store_rollback(app->store);
		*submission = 0;
		return -1;
	}
	return case_store_commit(app->store, err);
}

int tui_item_queue(struct tui_app *app, const struct tui_item *item,
		   const struct prov_customer *customer, int64_t *submission,
		   struct findings *findings, struct err *err)
{
	struct case_document document = { 0 };
	const struct doc_type *type = NULL;
	int before = 0;
	int ret = -1;

	*submission = 0;
	type = describe(app, item, customer, &document, findings);
	if (type && inspect(app, type, item->path, &document, findings, err))
		goto out;
	if (findings_errors(findings)) {
		ret = 0;
		goto out;
	}
	before = item->again
			 ? 0
			 : case_accepted_before(
				   app->store, app->profile, item->customer,
				   document.type, document.side, document.party,
				   document.facts.sha256, submission, err);
	if (before) {
		ret = before < 0 ? -1 : 0;
		goto out;
	}
	before = case_waiting_document(app->store, app->profile, item->customer,
				       document.type, document.side,
				       document.party, document.facts.sha256,
				       submission, err);
	if (before) {
		ret = before < 0 ? -1 : tui_go_on(app, *submission, err);
		goto out;
	}
	findings_append(&document.findings, findings);
	document.fields = form_answers_copy(item->fields);
	document.chosen_ms = xfer_now_unix();
	ret = record_document(app, customer, item->customer, &document,
			      submission, err)
		      ? -1
		      : 1;
out:
	case_document_release(&document);
	return ret;
}

/* Somebody types it, perhaps, and may give up: -1 and ERR after a signal. */
static int await_text(int fd, struct err *err)
{
	struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
				{ .fd = tui_signals_fd(), .events = POLLIN } };

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	if (fds[1].revents && tui_signal_taken())
		return err_set(err, ERR_CANCELLED, _("interrupted"));
	return 0;
}

/* Some editors begin UTF-8 with a mark that is no part of the text. */
static void drop_mark(struct buf *text)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (text->len < 3 || memcmp(text->data, mark, 3) != 0)
		return;
	text->len -= 3;
	memmove(text->data, text->data + 3, text->len + 1);
}

char *tui_read_text(const char *path, size_t most, struct err *err)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO
			  : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct buf text = { .max = most };
	char chunk[16384];
	bool stopped = false;
	ssize_t got = 0;

	if (fd < 0) {
		err_set(err, ERR_INPUT, _("cannot read '%s': %s"), path,
			strerror(errno));
		return NULL;
	}
	while (!(stopped = await_text(fd, err)) &&
	       (got = read(fd, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || buf_add(&text, chunk, (size_t)got))
			break;
	}
	if (stopped)
		got = -1;
	else if (got < 0)
		err_set(err, ERR_INPUT, _("cannot read '%s': %s"), path,
			strerror(errno));
	else if (got > 0)
		err_set(err, ERR_INPUT,
			_("cannot use '%s': longer than %zu bytes"), path,
			most);
	mem_wipe(chunk, sizeof(chunk));
	if (!standard)
		close(fd);
	drop_mark(&text);
	if (got == 0 && text.len && memchr(text.data, '\0', text.len))
		got = err_set(err, ERR_INPUT,
			      _("cannot use '%s': it has bytes that no UTF-8 "
				"text has"),
			      path);
	if (got != 0) {
		buf_release(&text);
		return NULL;
	}
	return buf_take(&text);
}
