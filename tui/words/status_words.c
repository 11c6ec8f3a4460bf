/* SPDX-License-Identifier: MIT */
#include "tui/words/status_words.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/receipt_words.h"

#define DIGEST_SHOWN 12

const char *tui_next_words(enum prov_next next)
{
	switch (next) {
	case PROV_NEXT_NEW_PICTURE:
		return _("Take a new picture and send it. Enter opens it.");
	case PROV_NEXT_CORRECT_DATA:
		return _("Correct the data; another picture will not help. "
			 "Enter opens the field.");
	case PROV_NEXT_OTHER_PAPER:
		return _("Send another paper. Enter opens what is accepted.");
	case PROV_NEXT_WAIT:
		return _("Nothing to do but wait for the provider.");
	case PROV_NEXT_STOP:
		return _("This has ended. Sending again will not help; hand "
			 "it to compliance.");
	case PROV_NEXT_NONE:
		break;
	}
	return "";
}

static char *rejection_for_customer(const struct case_item *item,
				    const char *label)
{
	bool paper = item->requirement->kind == PROV_REQ_DOCUMENT;

	switch (item->reason ? item->reason->next : PROV_NEXT_NONE) {
	case PROV_NEXT_CORRECT_DATA:
		if (!paper)
			break;
		return mem_printf(_("Some of the details you gave us do not "
				    "match your document (%s). Please check "
				    "them and tell us the right ones."),
				  label);
	case PROV_NEXT_OTHER_PAPER:
		return mem_printf(_("We cannot use this document: %s. Please "
				    "send us another one."),
				  label);
	case PROV_NEXT_WAIT:
		return mem_printf(_("Your document is still being checked: "
				    "%s. You need not do anything."),
				  label);
	case PROV_NEXT_STOP:
		return tui_customer_words(NULL, NULL);
	case PROV_NEXT_NEW_PICTURE:
	case PROV_NEXT_NONE:
		break;
	}
	if (!paper)
		return mem_dup(_("Some of the details you gave us could not "
				 "be confirmed. Please check them and tell us "
				 "the right ones."));
	return mem_printf(_("We could not read your document: %s. Please send "
			    "us a new picture: sharp, well lit, in colour, "
			    "with all its edges."),
			  label);
}

char *tui_customer_words(const struct case_item *item, const char *label)
{
	if (!item)
		return mem_dup(_("We cannot go on with your registration. "
				 "Please contact us."));
	switch (item->state) {
	case CASE_ITEM_REJECTED:
		return rejection_for_customer(item, label);
	case CASE_ITEM_MISSING:
		/* What is missing there is for us to do. */
		if (item->requirement->kind == PROV_REQ_START)
			return mem_dup(_("Your registration is being prepared. "
					 "You need not do anything."));
		return mem_printf(_("We still need from you: %s."), label);
	case CASE_ITEM_ACCEPTED:
		return mem_printf(_("This was accepted, thank you: %s."),
				  label);
	default:
		return mem_printf(_("We have received this and it is being "
				    "checked: %s."),
				  label);
	}
}

char *tui_item_label(const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const char *side =
		case_label_names_side(tui_requirement_label(req), item->side)
			? ""
			: tui_side_word(item->side);
	char words[160];

	if (req->kind == PROV_REQ_OTHER && !(req->label && req->label[0])) {
		tui_code_words(req->code, words, sizeof(words));
		return mem_dup(words);
	}
	return mem_printf("%s%s%s", tui_requirement_label(req),
			  *side ? " " : "", side);
}

const struct case_item *
tui_difference_item(const struct case_checklist *checklist,
		    const struct case_difference *difference)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (difference->submission &&
		    item->submission == difference->submission)
			return item;
		if (!difference->submission && difference->requirement &&
		    item->requirement == difference->requirement &&
		    (!difference->side || item->side == difference->side))
			return item;
	}
	return NULL;
}

const struct case_submission *
tui_submission_of(const struct case_checklist *checklist, int64_t id)
{
	for (size_t i = 0; id && i < checklist->submissions.count; i++)
		if (checklist->submissions.list[i].id == id)
			return &checklist->submissions.list[i];
	return NULL;
}

/* What was noted of a document: its type, side and digest, in our words. */
static void add_paper(struct buf *line, const char *detail,
		      const struct prov_profile *profile)
{
	size_t len = strcspn(detail, " ");
	char *code = mem_dup_n(detail, len);
	const struct doc_type *type = prov_type(profile->provider, code, 0);
	const char *rest = detail + len + strspn(detail + len, " ");

	buf_addf(line, ": %s%s%.*s", type ? _(type->label) : code,
		 *rest ? "  " : "", (int)strcspn(rest, " "), rest);
	free(code);
}

/* What an answer made of it; NULL: EVENT is none, or does not say. */
static const char *outcome_word(const struct case_event *event)
{
	static const struct {
		const char *name, *word;
	} words[] = {
		{ "queued", N_("to be tried again") },
		{ "accepted", N_("received") },
		{ "refused", N_("refused") },
		{ "unsure", N_("no clear answer") },
		{ "cancelled", N_("cancelled") },
	};
	const char *said = case_event_state(event);
	size_t len = said ? strcspn(said, " ") : 0;

	for (size_t i = 0; len && i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].name) == len &&
		    !strncmp(words[i].name, said, len))
			return _(words[i].word);
	return NULL;
}

static bool is_about_paper(const struct case_event *event)
{
	return event->detail && (!strcmp(event->what, "document_chosen") ||
				 !strcmp(event->what, "document_removed"));
}

/* The words of the note that EVENT says was written, or NULL. */
static const char *note_of(const struct case_event *event,
			   const struct case_note_list *notes)
{
	int64_t id = case_event_note(event);

	for (size_t i = 0; id && i < notes->count; i++)
		if (notes->list[i].id == id)
			return notes->list[i].text;
	return NULL;
}

char *tui_event_line(const struct case_event *event,
		     const struct case_checklist *checklist,
		     const struct case_note_list *notes,
		     const struct prov_profile *profile, bool wide)
{
	const struct case_submission *sent =
		tui_submission_of(checklist, event->submission);
	char *label = NULL;
	struct buf line = { 0 };
	char when[40];

	tui_receipt_time(when, sizeof(when), event->when_ms);
	/* The zone is the operator's own; the seconds are for who has room. */
	if (strlen(when) > 19)
		when[wide ? 19 : 16] = '\0';
	buf_addf(&line, "%s  %s  %s", when, event->who ? event->who : "",
		 tui_event_word(event->what));
	if (sent) {
		label = tui_submission_label(
			sent, profile->provider,
			prov_holder(&checklist->customer, sent->party));
		buf_addf(&line, ": %s", label);
	}
	if (outcome_word(event))
		buf_addf(&line, " · %s", outcome_word(event));
	if (sent && sent->sha256[0])
		buf_addf(&line, "  %.*s", DIGEST_SHOWN, sent->sha256);
	if (note_of(event, notes))
		buf_addf(&line, ": %s", note_of(event, notes));
	else if (is_about_paper(event))
		add_paper(&line, event->detail, profile);
	else if (event->detail && *event->detail && (wide || !sent))
		buf_addf(&line, "  (%s)", event->detail);
	free(label);
	return buf_take(&line);
}

static void add_line(struct buf *text, const char *name, const char *value)
{
	if (value && *value)
		buf_addf(text, "%s\t%s\n", name, value);
}

char *tui_item_text(const struct case_checklist *checklist,
		    const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct prov_reason *reason = item->reason;
	const char *path = item->document ? item->document->path : NULL;
	char *label = tui_item_label(item);
	struct buf text = { 0 };

	add_line(&text, _("Item"), label);
	free(label);
	if (req->party)
		add_line(&text, _("About"),
			 tui_holder_name(checklist, req->party));
	add_line(&text, _("Provider says"), req->status_word);
	if (reason) {
		add_line(&text, _("Reason"), reason->message);
		add_line(&text, _("Code"), reason->code);
		add_line(&text, _("What to do"), tui_next_words(reason->next));
	}
	/* The name alone: folders are called after people. */
	if (path)
		add_line(&text, _("File chosen"),
			 strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
	return buf_take(&text);
}
