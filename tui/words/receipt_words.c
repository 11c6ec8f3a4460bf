/* SPDX-License-Identifier: MIT */
/* Receipts in words. */
#include "tui/words/receipt_words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/form.h"
#include "tui/report.h"
#include "tui/words/item_words.h"

char *tui_submission_label(const struct case_submission *submission,
			   const struct provider *provider, unsigned holder)
{
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
		type = prov_type(provider, submission->type, holder);
	return mem_printf("%s%s%s",
			  type		     ? _(type->label)
			  : submission->type ? submission->type
					     : "",
			  *side ? " " : "", side);
}

const char *tui_submission_state(enum case_state state)
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
		return _("sent, no clear answer");
	case CASE_CANCELLED:
		return _("cancelled");
	}
	return "";
}

struct word {
	const char *code, *word;
};

static const char *word_of(const struct word *words, const char *code)
{
	for (; words->code; words++)
		if (!strcmp(words->code, code))
			return _(words->word);
	return code;
}

const char *tui_event_word(const char *what)
{
	static const struct word words[] = {
		{ "attempt_ended", N_("answer") },
		{ "attempt_started", N_("sending") },
		{ "attempt_withdrawn", N_("not sent after all") },
		{ "audit_head_made", N_("the file audit.head was missing") },
		{ "case_opened", N_("case opened") },
		{ "customer_discarded", N_("new customer discarded") },
		{ "customer_known", N_("customer was there already") },
		{ "customer_made", N_("customer made") },
		{ "decided", N_("decided") },
		{ "document_chosen", N_("file chosen") },
		{ "document_removed", N_("file taken out") },
		{ "held", N_("held") },
		{ "let_go", N_("let go") },
		{ "note_added", N_("note") },
		{ "queued", N_("queued") },
		{ "retry_asked", N_("retry asked for") },
		{ NULL, NULL },
	};

	return word_of(words, what);
}

void tui_receipt_time(char *out, size_t size, int64_t unix_ms)
{
	time_t when = (time_t)(unix_ms / 1000);
	struct tm tm = { 0 };

	if (!unix_ms || !localtime_r(&when, &tm) ||
	    !strftime(out, size, "%Y-%m-%d %H:%M:%S %z", &tm))
		snprintf(out, size, "%s", "");
}

static void add_line(struct buf *text, const char *name, const char *value)
{
	if (value && *value)
		buf_addf(text, "%s\t%s\n", name, value);
}

static void add_time(struct buf *text, const char *name, int64_t unix_ms)
{
	char when[40];

	tui_receipt_time(when, sizeof(when), unix_ms);
	add_line(text, name, when);
}

static void add_bytes(struct buf *text, const char *name, uint64_t bytes)
{
	char size[32];

	text_bytes(size, sizeof(size), bytes);
	if (bytes)
		buf_addf(text, "%s\t%s (%llu)\n", name, size,
			 (unsigned long long)bytes);
}

/* How it ended at the wire: only with an answer there is more to say. */
static void add_end(struct buf *text, const struct receipt_attempt *attempt)
{
	static const struct word ends[] = {
		{ "", N_("under way, or its end was never noted") },
		{ "lost", N_("the answer was lost") },
		{ "unreached", N_("not reached") },
		{ "source", N_("the file could not be read as it was") },
		{ "cancelled", N_("cancelled") },
		{ "too_large", N_("an answer that is too long") },
		{ NULL, NULL },
	};
	static const struct word outcomes[] = {
		{ "accepted", N_("received") },
		{ "refused", N_("refused") },
		{ "again", N_("to be tried again") },
		{ "unsure", N_("not known whether it arrived") },
		{ "denied", N_("credentials not accepted") },
		{ "", "" },
		{ NULL, NULL },
	};
	const char *outcome =
		word_of(outcomes, attempt->outcome ? attempt->outcome : "");

	if (attempt->ended && !strcmp(attempt->ended, "answer"))
		buf_addf(text, _("answer %d"), attempt->status);
	else
		buf_add_text(text, word_of(ends, attempt->ended ? attempt->ended
								: ""));
	if (attempt->ended_ms)
		buf_addf(text, _(" after %.1f s"),
			 (double)(attempt->ended_ms - attempt->started_ms) /
				 1000);
	if (*outcome)
		buf_addf(text, ", %s", outcome);
}

static void add_attempt(struct buf *text, const struct receipt *receipt,
			const struct receipt_attempt *attempt)
{
	char when[40];

	tui_receipt_time(when, sizeof(when), attempt->started_ms);
	buf_addf(text, _("Attempt %u"), attempt->number);
	buf_addf(text, "\t%s: ", when);
	add_end(text, attempt);
	buf_add_char(text, '\n');
	add_line(text, " ", attempt->message);
	if (attempt->code && *attempt->code)
		buf_addf(text, _(" \tcode %s\n"), attempt->code);
	if (attempt->log_id && *attempt->log_id)
		buf_addf(text, _(" \tprovider's log %s\n"), attempt->log_id);
	if (attempt->key && strcmp(attempt->key, receipt->sent.key) != 0)
		buf_addf(text, _(" \tkey %s\n"), attempt->key);
	if (attempt->ended_entry)
		buf_addf(text, _(" \tentries %lld and %lld\n"),
			 (long long)attempt->began_entry,
			 (long long)attempt->ended_entry);
	else if (attempt->began_entry)
		buf_addf(text, _(" \tentry %lld\n"),
			 (long long)attempt->began_entry);
}

/* What was done to it beside its attempts. */
static void add_history(struct buf *text, const struct receipt *receipt)
{
	static const char *const told[] = { "queued", "attempt_started",
					    "attempt_ended", NULL };

	for (size_t i = 0; i < receipt->history.count; i++) {
		const struct case_event *event = &receipt->history.list[i];
		bool said = false;
		char when[40];

		for (size_t j = 0; told[j]; j++)
			said = said || !strcmp(told[j], event->what);
		if (said)
			continue;
		tui_receipt_time(when, sizeof(when), event->when_ms);
		buf_addf(text, _("Also\t%s: %s, %s%s%s; entry %lld\n"), when,
			 tui_event_word(event->what), event->who,
			 *event->detail ? ": " : "", event->detail,
			 (long long)event->id);
	}
}

static void add_provider(struct buf *text, const struct receipt *receipt,
			 const struct provider *provider)
{
	const struct case_submission *sent = &receipt->sent;

	add_line(text, _("Customer"), tui_known_id(sent->customer));
	add_line(text, _("About party"), sent->party);
	add_line(text, _("Country"), sent->country);
	buf_addf(text, _("%s\t%s, profile %s\n"), _("Provider"),
		 provider->title, receipt->profile);
	add_line(text, _("Endpoint"), receipt->endpoint);
	add_line(text, _("Provider's id"), sent->provider_id);
}

static void add_content(struct buf *text, const struct receipt *receipt)
{
	const struct case_submission *sent = &receipt->sent;

	add_line(text, _("Key"), sent->key);
	add_line(text, _("File"), receipt_file(receipt));
	add_bytes(text, _("Size"), sent->bytes);
	add_line(text, _("SHA-256"), sent->sha256);
	add_line(text, _("Body SHA-256"), sent->body_sha256);
}

static void add_answer(struct buf *text, const struct case_submission *sent)
{
	if (sent->state == CASE_ACCEPTED)
		return;
	add_line(text, _("Answer"), sent->message);
	for (size_t i = 0; i < sent->problems.count; i++)
		add_line(text,
			 sent->problems.list[i].field
				 ? sent->problems.list[i].field
				 : _("Problem"),
			 sent->problems.list[i].text);
}

char *tui_receipt_text(const struct receipt *receipt,
		       const struct provider *provider)
{
	const struct case_submission *sent = &receipt->sent;
	char *label = tui_submission_label(sent, provider, 0);
	struct buf text = { 0 };

	buf_addf(&text, "%s\t%lld\n", _("Submission"), (long long)sent->id);
	add_line(&text, _("Sent as"), label);
	if (sent->type && strcmp(sent->type, label) != 0)
		add_line(&text, _("Type"), sent->type);
	add_line(&text, _("State"), tui_submission_state(sent->state));
	add_provider(&text, receipt, provider);
	add_line(&text, _("Operator"), receipt->operator_name);
	add_time(&text, _("Queued"), sent->queued_ms);
	add_time(&text, _("Settled"), sent->settled_ms);
	add_content(&text, receipt);
	for (size_t i = 0; i < receipt->attempt_count; i++)
		add_attempt(&text, receipt, &receipt->attempts[i]);
	add_history(&text, receipt);
	add_answer(&text, sent);
	if (receipt->doubt)
		buf_addf(&text,
			 _("Warning\tthe record was changed behind "
			   "kyc's back: %s\n"),
			 receipt->doubt);
	buf_addf(&text, _("Audit head\tentry %lld\n \t%s\n"),
		 (long long)receipt->head.number, receipt->head.hash);
	free(label);
	return buf_take(&text);
}
