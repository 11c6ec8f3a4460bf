/* SPDX-License-Identifier: MIT */
#include "tui/status_words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/form.h"
#include "tui/item_words.h"

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

/* "2026-01-31 10:41:07" in local time; "" for 0. */
static void time_words(char *out, size_t size, int64_t unix_ms)
{
	time_t when = (time_t)(unix_ms / 1000);
	struct tm tm = { 0 };

	if (!unix_ms || !localtime_r(&when, &tm) ||
	    !strftime(out, size, "%Y-%m-%d %H:%M:%S", &tm))
		snprintf(out, size, "%s", "");
}

/* "ID card front", "Shareholder", …; cleaned by who draws it. */
static char *submission_label(const struct case_submission *submission,
			      const struct case_checklist *checklist,
			      const struct prov_profile *profile)
{
	const struct provider *provider = profile->provider;
	const struct prov_form *form = NULL;
	const struct doc_type *type = NULL;
	const char *side = tui_side_word(submission->side);

	if (submission->schema) {
		form = prov_form_find(provider, submission->schema);
		return mem_dup(form ? _(form->schema->title)
				    : submission->schema);
	}
	if (submission->rank == PROV_RANK_START)
		return mem_dup(_("Request for the review"));
	if (submission->type)
		type = prov_type(
			provider, submission->type,
			prov_holder(&checklist->customer, submission->party));
	return mem_printf("%s%s%s",
			  type		     ? _(type->label)
			  : submission->type ? submission->type
					     : "",
			  *side ? " " : "", side);
}

const struct case_submission *
tui_submission_of(const struct case_checklist *checklist, int64_t id)
{
	for (size_t i = 0; id && i < checklist->submissions.count; i++)
		if (checklist->submissions.list[i].id == id)
			return &checklist->submissions.list[i];
	return NULL;
}

/* What the record calls it, and what people do. */
static const char *event_word(const char *what)
{
	static const struct {
		const char *what, *word;
	} words[] = {
		{ "attempt_ended", N_("answer") },
		{ "attempt_started", N_("sending") },
		{ "case_opened", N_("case opened") },
		{ "decided", N_("decided") },
		{ "document_chosen", N_("file chosen") },
		{ "document_removed", N_("file taken out") },
		{ "held", N_("held") },
		{ "let_go", N_("let go") },
		{ "queued", N_("queued") },
		{ "retry_asked", N_("retry asked for") },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].what, what))
			return _(words[i].word);
	return what;
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

static bool is_about_paper(const struct case_event *event)
{
	return event->detail && (!strcmp(event->what, "document_chosen") ||
				 !strcmp(event->what, "document_removed"));
}

char *tui_event_line(const struct case_event *event,
		     const struct case_checklist *checklist,
		     const struct prov_profile *profile, bool wide)
{
	const struct case_submission *sent =
		tui_submission_of(checklist, event->submission);
	char *label =
		sent ? submission_label(sent, checklist, profile) : mem_dup("");
	struct buf line = { 0 };
	char when[32];

	time_words(when, sizeof(when), event->when_ms);
	if (!wide && strlen(when) > 16)
		when[16] = '\0'; /* without the seconds */
	buf_addf(&line, "%s  %s  %s", when, event->who ? event->who : "",
		 event_word(event->what));
	if (*label)
		buf_addf(&line, ": %s", label);
	if (sent && sent->sha256[0])
		buf_addf(&line, "  %.*s", DIGEST_SHOWN, sent->sha256);
	if (is_about_paper(event))
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

static void add_time(struct buf *text, const char *name, int64_t unix_ms)
{
	char when[32];

	time_words(when, sizeof(when), unix_ms);
	add_line(text, name, when);
}

static void add_item(struct buf *text, const struct case_checklist *checklist,
		     const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct prov_reason *reason = item->reason;

	add_line(text, _("Item"), tui_requirement_label(req));
	if (req->party)
		add_line(text, _("About"),
			 tui_holder_name(checklist, req->party));
	add_line(text, _("Side"), tui_side_word(item->side));
	add_line(text, _("Provider says"), req->status_word);
	if (reason) {
		add_line(text, _("Reason"), reason->message);
		add_line(text, _("Code"), reason->code);
		add_line(text, _("What to do"), tui_next_words(reason->next));
	}
	if (item->document)
		add_line(text, _("File chosen"), item->document->path);
}

static const char *who_queued(const struct case_event_list *events, int64_t id)
{
	for (size_t i = 0; events && i < events->count; i++)
		if (events->list[i].submission == id &&
		    !strcmp(events->list[i].what, "queued"))
			return events->list[i].who;
	return NULL;
}

static const char *state_word(enum case_state state)
{
	switch (state) {
	case CASE_DRAFT:
		return _("not queued");
	case CASE_QUEUED:
		return _("queued");
	case CASE_SENDING:
		return _("sending");
	case CASE_ACCEPTED:
		return _("received");
	case CASE_REFUSED:
		return _("refused");
	case CASE_UNSURE:
		return _("sent, the answer was lost");
	case CASE_CANCELLED:
		return _("cancelled");
	}
	return "";
}

static void add_submission(struct buf *text, const struct case_submission *sent,
			   const struct case_checklist *checklist,
			   const struct case_event_list *events,
			   const struct prov_profile *profile)
{
	char *label = submission_label(sent, checklist, profile);
	char size[32];

	buf_addf(text, "\n%s\n", _("What was sent"));
	add_line(text, _("Sent as"), label);
	add_line(text, _("State"), state_word(sent->state));
	add_time(text, _("Queued"), sent->queued_ms);
	add_time(text, _("Settled"), sent->settled_ms);
	add_line(text, _("Operator"), who_queued(events, sent->id));
	add_line(text, _("Provider"), profile->provider->title);
	add_line(text, _("Endpoint"), profile->endpoint);
	add_line(text, _("Provider's id"), sent->provider_id);
	add_line(text, _("Key"), sent->key);
	add_line(text, _("SHA-256"), sent->sha256);
	if (sent->bytes) {
		text_bytes(size, sizeof(size), sent->bytes);
		buf_addf(text, "%s\t%s (%llu)\n", _("Size"), size,
			 (unsigned long long)sent->bytes);
	}
	add_line(text, _("Body SHA-256"), sent->body_sha256);
	buf_addf(text, "%s\t%u\n", _("Attempts"), sent->attempts);
	add_line(text, _("Answer"), sent->message);
	add_line(text, _("Answer code"), sent->code);
	for (size_t i = 0; i < sent->problems.count; i++)
		add_line(text,
			 sent->problems.list[i].field
				 ? sent->problems.list[i].field
				 : _("Problem"),
			 sent->problems.list[i].text);
	free(label);
}

char *tui_receipt(const struct case_item *item,
		  const struct case_submission *submission,
		  const struct case_checklist *checklist,
		  const struct case_event_list *events,
		  const struct prov_profile *profile)
{
	struct buf text = { 0 };

	if (item)
		add_item(&text, checklist, item);
	if (submission)
		add_submission(&text, submission, checklist, events, profile);
	else
		buf_addf(&text, "\n%s\n", _("Nothing was sent from here."));
	return buf_take(&text);
}
