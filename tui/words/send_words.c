/* SPDX-License-Identifier: MIT */
/* How what is sent stands, in words and percent. */
#include <stdlib.h>
#include <string.h>

#include "tui/widgets/meter.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/review_view.h"

/* The rows of what ROW is, where it is a form. */
static const struct form_schema *
schema_of(const struct tui_send_row *row,
	  const struct tui_send_context *context)
{
	const char *name = row->submission ? row->submission->schema : NULL;
	const struct prov_form *form =
		name ? prov_form_find(context->provider, name) : NULL;

	if (row->item && row->item->form)
		return row->item->form->schema;
	return form ? form->schema : NULL;
}

static const char *field_label(const struct form_schema *schema,
			       const char *key)
{
	const struct form_field *field =
		schema && key ? form_field_find(schema, key) : NULL;

	return field ? _(field->label) : key;
}

static void add_problem(const struct finding *finding,
			const struct form_schema *schema, struct buf *text)
{
	const char *label = field_label(schema, finding->field);

	/* Our own checks name the field themselves. */
	if (label && strncmp(finding->text, label, strlen(label)) == 0)
		label = NULL;
	buf_addf(text, "%s%s%s", label ? label : "", label ? ": " : "",
		 finding->text);
}

static void blocked_words(const struct tui_send_row *row,
			  const struct tui_send_context *context,
			  struct buf *text)
{
	const struct findings *findings = NULL;
	struct findings choice = { 0 };
	size_t wrong = 0;

	if (row->document) {
		doc_check_choice(row->item->requirement->type,
				 row->document->side, row->document->country,
				 &choice);
		findings = tui_draft_error(row->document)
				   ? &row->document->findings
				   : &choice;
	} else {
		findings = &row->item->form->findings;
	}
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR && !wrong++)
			add_problem(&findings->list[i], schema_of(row, context),
				    text);
	wrong = findings_errors(findings);
	if (wrong > 1)
		buf_addf(text,
			 P_(" (and %zu more)", " (and %zu more)", wrong - 1),
			 wrong - 1);
	if (!wrong)
		buf_add_text(text, _("could not be checked"));
	findings_release(&choice);
}

static void ready_words(const struct tui_send_row *row,
			const struct tui_send_context *context,
			struct buf *text)
{
	const struct case_document *document = row->document;
	char *mates = tui_send_mates(row, context);

	if (document && document->findings.count)
		buf_addf(text, _("ready, but: %s"),
			 document->findings.list[0].text);
	else if (mates[0])
		buf_addf(text, _("ready, together with: %s"), mates);
	else
		buf_add_text(text, _("ready"));
	free(mates);
}

/* It is right itself, but others of its request are not there. */
static void waits_words(const struct tui_send_row *row,
			const struct tui_send_context *context,
			struct buf *text)
{
	char *mates = tui_mates_names(context->checklist, row->item, true);

	buf_addf(text, _("goes together with: %s"), mates);
	free(mates);
}

/* The row that has to be accepted before ROW may start, or NULL. */
static const struct tui_send_row *waits_for(const struct tui_send_row *row,
					    const struct tui_send_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct tui_send_row *other = &rows->list[i];

		if (other->rank < row->rank && other->submission &&
		    (other->state == TUI_SEND_MOVING ||
		     other->submission->state == CASE_REFUSED))
			return other;
	}
	return NULL;
}

static const char *reason_of(const struct case_submission *submission)
{
	if (submission->message && submission->message[0])
		return submission->message;
	return submission->code ? submission->code : "";
}

/* Whole seconds until THEN, at least 1; 0: not by time alone. */
static long seconds_to(int64_t then_unix_ms, int64_t now_unix_ms)
{
	int64_t left = then_unix_ms - now_unix_ms;

	/* What waits for a word of the operator is parked beyond all times. */
	if (!then_unix_ms || left > (int64_t)366 * 24 * 3600 * 1000)
		return 0;
	return left > 0 ? (long)((left + 999) / 1000) : 1;
}

static void plain_queued_words(const struct tui_send_row *row,
			       const struct tui_send_context *context,
			       struct buf *text)
{
	char *mates = tui_send_mates(row, context);

	if (mates[0])
		buf_addf(text, _("queued, together with: %s"), mates);
	else
		buf_add_text(text, _("queued"));
	free(mates);
}

/* Nothing goes for a while, whatever is due. */
static void paused_words(const struct tui_send_context *context,
			 const char *reason, struct buf *text)
{
	int64_t left = context->paused_ms - context->now_ms;

	buf_addf(text, _("%s does not answer; tried again in %ld s"),
		 context->provider->title, (long)((left + 999) / 1000));
	if (reason[0])
		buf_addf(text, " (%s)", reason);
}

static void queued_words(const struct tui_send_row *row,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	const struct case_submission *sub = row->submission;
	const struct tui_send_row *other = waits_for(row, context->rows);
	const char *reason = reason_of(sub);
	long seconds = seconds_to(sub->next_ms, context->now_unix_ms);
	int64_t paused = context->paused_ms - context->now_ms;

	if (sub->next_ms && !seconds)
		buf_addf(text, _("waits for t: %s"),
			 reason[0] ? reason : _("it was tried often enough"));
	else if (context->paused_ms > context->now_ms &&
		 sub->next_ms <= context->now_unix_ms + paused)
		paused_words(context, reason, text);
	else if (sub->next_ms > context->now_unix_ms && reason[0])
		buf_addf(text, _("waits %ld s (%s)"), seconds, reason);
	else if (sub->next_ms > context->now_unix_ms)
		buf_addf(text, _("waits %ld s"), seconds);
	else if (other)
		buf_addf(text, _("waits for: %s"), other->label);
	else
		plain_queued_words(row, context, text);
}

/* It may be there: how that is found out, and when. */
static void unsure_words(const struct case_submission *sub,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	const char *title = context->provider->title;
	bool asks = context->provider->asks_first ||
		    !context->provider->key_life_ms;
	bool due = sub->next_ms <= context->now_unix_ms;
	long seconds = seconds_to(sub->next_ms, context->now_unix_ms);

	if (asks && due)
		buf_addf(text,
			 _("sent, no clear answer; asking %s what it has…"),
			 title);
	else if (sub->next_ms && seconds)
		buf_addf(text,
			 asks ? _("sent, no clear answer; %s is asked what "
				  "it has in %ld s")
			      : _("sent, no clear answer; %s is asked "
				  "again with the same key in %ld s"),
			 title, seconds);
	else
		buf_addf(text,
			 asks ? _("sent, no clear answer; t asks %s what "
				  "it has")
			      : _("sent, no clear answer; t asks %s again "
				  "with the same key"),
			 title);
	if (reason_of(sub)[0])
		buf_addf(text, " (%s)", reason_of(sub));
}

static void moving_words(const struct tui_send_row *row,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	const struct case_submission *sub = row->submission;
	char words[160];

	if (context->moving) {
		tui_meter_words(words, sizeof(words), context->moving,
				context->provider->title, context->now_ms);
		buf_add_text(text, words);
	} else if (sub->held && sub->state == CASE_UNSURE) {
		buf_add_text(text, _("sent, no clear answer; held: h lets it "
				     "go on"));
	} else if (sub->held) {
		buf_add_text(text, _("held; h lets it go on"));
	} else if (sub->state == CASE_SENDING) {
		buf_add_text(text, _("being sent by another window"));
	} else if (context->stopped) {
		buf_add_text(text, context->stopped);
	} else if (sub->state == CASE_UNSURE) {
		unsure_words(sub, context, text);
	} else {
		queued_words(row, context, text);
	}
}

/* What the provider has said of it since it received it. */
static void add_verdict(const struct tui_send_row *row, struct buf *text)
{
	if (!row->item || row->item->submission != row->submission)
		return;
	if (row->item->state == CASE_ITEM_IN_REVIEW)
		buf_addf(text, " · %s", _("in review"));
	else if (row->item->state == CASE_ITEM_ACCEPTED)
		buf_addf(text, " · %s", _("accepted"));
	else if (row->item->state == CASE_ITEM_REJECTED)
		buf_addf(text, " · %s", _("rejected"));
}

static void settled_words(const struct tui_send_row *row,
			  const struct tui_send_context *context,
			  struct buf *text)
{
	const struct case_submission *sub = row->submission;
	char ago[48];

	tui_ago(ago, sizeof(ago), sub->settled_ms, context->now_unix_ms);
	switch (sub->state) {
	case CASE_ACCEPTED:
		buf_addf(text, _("received %s"), ago);
		add_verdict(row, text);
		break;
	case CASE_CANCELLED:
		buf_addf(text, _("cancelled %s"), ago);
		break;
	default:
		if (sub->problems.count)
			add_problem(&sub->problems.list[0],
				    schema_of(row, context), text);
		else if (reason_of(sub)[0])
			buf_add_text(text, reason_of(sub));
		else
			buf_addf(text, _("refused %s"), ago);
		break;
	}
}

void tui_send_words(const struct tui_send_row *row,
		    const struct tui_send_context *context, char *out,
		    size_t size)
{
	struct buf text = { 0 };

	switch (row->state) {
	case TUI_SEND_READY:
		ready_words(row, context, &text);
		break;
	case TUI_SEND_WAITS:
		waits_words(row, context, &text);
		break;
	case TUI_SEND_CHECKING:
		buf_add_text(&text, _("being checked"));
		break;
	case TUI_SEND_BLOCKED:
		blocked_words(row, context, &text);
		break;
	case TUI_SEND_MOVING:
		moving_words(row, context, &text);
		break;
	case TUI_SEND_SETTLED:
		settled_words(row, context, &text);
		break;
	}
	snprintf(out, size, "%s", buf_text(&text));
	buf_release(&text);
}

enum tui_style tui_send_style(const struct tui_send_row *row)
{
	switch (row->state) {
	case TUI_SEND_BLOCKED:
		return TUI_BAD;
	case TUI_SEND_CHECKING:
	case TUI_SEND_WAITS:
		return TUI_WARN;
	case TUI_SEND_READY:
		return row->document && row->document->findings.count
			       ? TUI_WARN
			       : TUI_PLAIN;
	case TUI_SEND_MOVING:
		return row->submission->state == CASE_UNSURE ? TUI_WARN
							     : TUI_PLAIN;
	case TUI_SEND_SETTLED:
		break;
	}
	switch (row->submission->state) {
	case CASE_ACCEPTED:
		return TUI_GOOD;
	case CASE_REFUSED:
		return TUI_BAD;
	default:
		return TUI_DIM;
	}
}

bool tui_send_percent(const struct tui_send_row *row,
		      const struct xfer_progress *moving, unsigned *percent)
{
	const struct case_submission *sub = row->submission;

	*percent = 0;
	if (!sub || sub->state == CASE_REFUSED || sub->state == CASE_CANCELLED)
		return false;
	if (sub->state == CASE_ACCEPTED)
		*percent = 100;
	else if (moving)
		*percent =
			tui_meter_percent(moving->sent, moving->total, false);
	else if (sub->state == CASE_UNSURE)
		*percent = 99;
	return true;
}

char *tui_send_mates(const struct tui_send_row *row,
		     const struct tui_send_context *context)
{
	struct buf text = { 0 };

	if (!row->submission)
		return row->item ? tui_mates_names(context->checklist,
						   row->item, false)
				 : mem_dup("");
	for (size_t i = 0; i < context->rows->count; i++) {
		const struct tui_send_row *other = &context->rows->list[i];

		if (other != row && other->submission &&
		    tui_send_together(row->submission, other->submission))
			buf_addf(&text, "%s%s", text.len ? ", " : "",
				 other->what);
	}
	return buf_take(&text);
}
