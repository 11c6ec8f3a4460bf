/* SPDX-License-Identifier: MIT */
/* How an item stands, in words. */
#include "tui/words/item_words.h"

#include <stdlib.h>
#include <string.h>

#include "tui/words/checklist_view.h"
#include "tui/words/form_pick.h"
#include "tui/words/part_words.h"

#define NAMES_MOST 3 /* of what is missing, on one row */

const char *tui_requirement_label(const struct prov_requirement *requirement)
{
	if (requirement->label && requirement->label[0])
		return _(requirement->label);
	switch (requirement->kind) {
	case PROV_REQ_DOCUMENT:
		return _(requirement->type->label);
	case PROV_REQ_INFORMATION:
		return _(requirement->form->schema->title);
	case PROV_REQ_TERMS:
		return _("Terms of service");
	case PROV_REQ_START:
		return _("Request for the review");
	case PROV_REQ_OTHER:
		break;
	}
	return requirement->code ? requirement->code : "";
}

const char *tui_side_word(enum doc_side side)
{
	switch (side) {
	case DOC_SIDE_FRONT:
		return _("front");
	case DOC_SIDE_BACK:
		return _("back");
	case DOC_SIDE_NONE:
		break;
	}
	return "";
}

const char *tui_kind_word(enum prov_kind kind)
{
	return kind == PROV_BUSINESS ? _("business") : _("individual");
}

const char *tui_holder_name(const struct case_checklist *checklist,
			    const char *party)
{
	const struct prov_customer *customer = &checklist->customer;
	const struct prov_party *found = prov_customer_party(customer, party);
	const char *name = !party ? customer->name
			   : found && found->name && found->name[0]
				   ? found->name
				   : party;

	return name && name[0] ? name : customer->id ? customer->id : "";
}

const struct finding *tui_draft_error(const struct case_document *document)
{
	if (!document || !document->checked)
		return NULL;
	for (size_t i = 0; i < document->findings.count; i++)
		if (document->findings.list[i].severity == FINDING_ERROR)
			return &document->findings.list[i];
	return NULL;
}

bool tui_item_blocked(const struct case_item *item)
{
	return item->state == CASE_ITEM_DRAFT &&
	       tui_draft_error(item->document) != NULL;
}

static const char *reason_text(const struct prov_reason *reason)
{
	return reason->message ? reason->message : reason->code;
}

const char *tui_item_why(const struct case_item *item)
{
	const struct case_submission *sent = item->submission;
	const struct prov_requirement *req = item->requirement;
	const char *text = item->reason ? reason_text(item->reason) : NULL;

	/* Something newer may be chosen: what was said of the last one. */
	if (!text && sent && sent->state == CASE_REFUSED)
		text = sent->message ? sent->message : sent->code;
	if (!text && req->status == PROV_REQ_REJECTED)
		text = reason_text(&req->reason);
	return text;
}

const char *tui_stop(const char *sentence)
{
	size_t len = strlen(sentence);

	return len && strchr(".!?", sentence[len - 1]) ? "" : ".";
}

const char *tui_wrong_field(const struct case_submission *submission)
{
	for (size_t i = 0; submission && i < submission->problems.count; i++)
		if (submission->problems.list[i].field)
			return submission->problems.list[i].field;
	return NULL;
}

bool tui_item_only_known(const struct case_item *item)
{
	return item->state == CASE_ITEM_DRAFT && item->form && !item->waits &&
	       !tui_form_begun(item->form);
}

static bool draft_ready(const struct case_item *item)
{
	if (item->waits)
		return false;
	if (item->requirement->kind == PROV_REQ_INFORMATION)
		return !findings_errors(&item->form->findings);
	if (item->requirement->kind != PROV_REQ_DOCUMENT)
		return true;
	return item->document && item->document->path &&
	       item->document->checked && !tui_draft_error(item->document);
}

enum tui_symbol tui_item_symbol(const struct case_item *item)
{
	switch (item->state) {
	case CASE_ITEM_DRAFT:
		if (tui_draft_error(item->document))
			return TUI_SYMBOL_BAD;
		return draft_ready(item) ? TUI_SYMBOL_DONE : TUI_SYMBOL_WAIT;
	case CASE_ITEM_QUEUED:
		return TUI_SYMBOL_WAIT;
	case CASE_ITEM_SENT:
	case CASE_ITEM_IN_REVIEW:
	case CASE_ITEM_ACCEPTED:
		return TUI_SYMBOL_DONE;
	case CASE_ITEM_REJECTED:
		return TUI_SYMBOL_BAD;
	case CASE_ITEM_UNSURE:
		return TUI_SYMBOL_UNSURE;
	case CASE_ITEM_MISSING:
	case CASE_ITEM_NOT_NEEDED:
		break;
	}
	return TUI_SYMBOL_OPEN;
}

enum tui_style tui_item_style(const struct case_item *item)
{
	switch (tui_item_symbol(item)) {
	case TUI_SYMBOL_DONE:
		return TUI_GOOD;
	case TUI_SYMBOL_BAD:
		return TUI_BAD;
	case TUI_SYMBOL_UNSURE:
	case TUI_SYMBOL_WAIT:
		return TUI_WARN;
	default:
		break;
	}
	return item->state == CASE_ITEM_NOT_NEEDED ||
			       item->requirement->optional ||
			       item->side_optional
		       ? TUI_DIM
		       : TUI_PLAIN;
}

static void form_words(const struct case_item *item, char *out, size_t size)
{
	const struct prov_requirement *req = item->requirement;
	size_t wrong = findings_errors(&item->form->findings);

	if (tui_form_begun(item->form))
		snprintf(out, size,
			 P_("draft: %zu field to fill in or correct",
			    "draft: %zu fields to fill in or correct", wrong),
			 wrong);
	else if (req->form->use == PROV_FORM_PARTY)
		snprintf(out, size, "%s",
			 req->optional ? _("Enter adds one")
				       : _("missing: Enter adds one"));
	else if (req->optional)
		snprintf(out, size, "%s", _("nothing filled in"));
	else
		snprintf(out, size,
			 P_("missing: %zu field to fill in",
			    "missing: %zu fields to fill in", wrong),
			 wrong);
}

static void start_words(const struct case_checklist *checklist, char *out,
			size_t size)
{
	char *names = tui_missing_names(checklist, NAMES_MOST);

	if (names[0])
		snprintf(out, size, _("not yet; missing: %s"), names);
	else
		snprintf(out, size, "%s", _("not made yet"));
	free(names);
}

static void missing_words(const struct case_checklist *checklist,
			  const struct case_item *item, bool full, char *out,
			  size_t size)
{
	const struct prov_requirement *req = item->requirement;

	if (!full || req->kind == PROV_REQ_DOCUMENT)
		snprintf(out, size, "%s",
			 req->optional || item->side_optional
				 ? _("nothing chosen")
				 : _("missing"));
	else if (req->kind == PROV_REQ_INFORMATION)
		form_words(item, out, size);
	else if (req->kind == PROV_REQ_TERMS)
		snprintf(out, size, "%s", _("waits for the customer"));
	else if (req->kind == PROV_REQ_START)
		start_words(checklist, out, size);
	else
		tui_code_words(req->status_word ? req->status_word
						: _("missing"),
			       out, size);
}

static void ready_words(const struct case_checklist *checklist,
			const struct case_item *item, bool full, char *out,
			size_t size)
{
	const struct case_document *document = item->document;
	char *mates =
		item->waits ? tui_mates_names(checklist, item, true) : NULL;

	if (item->waits && full)
		snprintf(out, size, _("ready; goes together with: %s"), mates);
	else if (item->waits)
		snprintf(out, size, "%s", _("waits"));
	else if (document && document->findings.count && full)
		snprintf(out, size, _("ready, but: %s"),
			 document->findings.list[0].text);
	else
		snprintf(out, size, "%s", _("ready"));
	free(mates);
}

static void draft_words(const struct case_checklist *checklist,
			const struct case_item *item, bool full, char *out,
			size_t size)
{
	const struct case_document *document = item->document;
	const struct finding *error = tui_draft_error(document);

	if (item->requirement->kind == PROV_REQ_INFORMATION &&
	    findings_errors(&item->form->findings))
		form_words(item, out, size);
	else if (tui_item_only_known(item))
		snprintf(out, size, "%s",
			 full ? _("ready; nothing was changed here")
			      : _("ready"));
	else if (item->requirement->kind != PROV_REQ_DOCUMENT)
		ready_words(checklist, item, full, out, size);
	else if (!document || !document->path)
		snprintf(out, size, "%s", _("no file yet"));
	else if (!document->checked)
		snprintf(out, size, "%s", _("being checked"));
	else if (error && full)
		snprintf(out, size, _("cannot be sent: %s"), error->text);
	else if (error)
		snprintf(out, size, "%s", _("cannot be sent"));
	else
		ready_words(checklist, item, full, out, size);
}

static void queued_words(const struct case_item *item, char *out, size_t size)
{
	const struct case_submission *sent = item->submission;

	if (sent && sent->held)
		snprintf(out, size, "%s", _("held"));
	else if (sent && sent->state == CASE_SENDING)
		snprintf(out, size, "%s", _("being sent"));
	else
		snprintf(out, size, "%s", _("queued"));
}

/* WORD, and when the latest submission was settled, and why. */
static void settled_words(const struct case_item *item, bool full,
			  int64_t now_unix_ms, const char *word,
			  const char *why, char *out, size_t size)
{
	const struct case_submission *sent = item->submission;
	char ago[48] = "";

	if (full && sent && sent->settled_ms)
		tui_ago(ago, sizeof(ago), sent->settled_ms, now_unix_ms);
	snprintf(out, size, "%s%s%s%s%s", word, ago[0] ? " " : "", ago,
		 full && why ? ": " : "", full && why ? why : "");
}

void tui_item_words(const struct case_checklist *checklist,
		    const struct case_item *item, bool full,
		    int64_t now_unix_ms, char *out, size_t size)
{
	const struct case_item *other = NULL;

	switch (item->state) {
	case CASE_ITEM_MISSING:
		missing_words(checklist, item, full, out, size);
		break;
	case CASE_ITEM_DRAFT:
		draft_words(checklist, item, full, out, size);
		break;
	case CASE_ITEM_QUEUED:
		queued_words(item, out, size);
		break;
	case CASE_ITEM_SENT:
		settled_words(item, full, now_unix_ms, _("received"), NULL, out,
			      size);
		/* Nobody sent it from here: what is there can be changed. */
		if (item->form && !item->submission)
			snprintf(out, size, "%s",
				 full ? _("there already; Enter changes it")
				      : _("there already"));
		break;
	case CASE_ITEM_IN_REVIEW:
		settled_words(item, full, now_unix_ms, _("in review, sent"),
			      NULL, out, size);
		if (!full || !item->submission)
			snprintf(out, size, "%s", _("in review"));
		break;
	case CASE_ITEM_ACCEPTED:
		snprintf(out, size, "%s", _("accepted"));
		break;
	case CASE_ITEM_REJECTED:
		settled_words(item, full, now_unix_ms, _("rejected"),
			      tui_item_why(item), out, size);
		break;
	case CASE_ITEM_UNSURE:
		snprintf(out, size, "%s",
			 full ? _("sent, no clear answer")
			      : _("unsure"));
		break;
	case CASE_ITEM_NOT_NEEDED:
		other = tui_chosen_instead(checklist, item);
		snprintf(out, size, _("not needed while %s is chosen"),
			 other ? tui_requirement_label(other->requirement)
			       : _("another one"));
		break;
	}
}
