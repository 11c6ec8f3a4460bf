/* SPDX-License-Identifier: MIT */
/* What is sent, as rows, sums and words. */
#include "tui/review_view.h"

#include <stdlib.h>
#include <string.h>

#include "tui/item_words.h"
#include "tui/meter.h"

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

void tui_send_rows_release(struct tui_send_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		mem_free_private(rows->list[i].label);
	free(rows->list);
	*rows = (struct tui_send_rows){ 0 };
}

static char *label_of(const struct case_checklist *checklist, const char *what,
		      enum doc_side side, const char *party)
{
	const char *word = tui_side_word(side);

	return mem_printf("%s%s%s%s%s", what, word[0] ? " · " : "", word,
			  party ? " · " : "",
			  party ? tui_holder_name(checklist, party) : "");
}

static void add(struct tui_send_rows *rows, struct tui_send_row row)
{
	rows->list = mem_grow(rows->list, rows->count, sizeof(*rows->list));
	rows->list[rows->count++] = row;
	rows->ready += row.state == TUI_SEND_READY;
}

static enum prov_rank rank_of(const struct case_item *item)
{
	switch (item->requirement->kind) {
	case PROV_REQ_INFORMATION:
		return PROV_RANK_INFORMATION;
	case PROV_REQ_START:
		return PROV_RANK_START;
	default:
		return PROV_RANK_DOCUMENT;
	}
}

static enum tui_send_state draft_state(const struct case_checklist *checklist,
				       const struct case_item *item)
{
	if (item->document && !item->document->checked)
		return TUI_SEND_CHECKING;
	return case_item_ready(item, checklist) ? TUI_SEND_READY
						: TUI_SEND_BLOCKED;
}

/* Something of ours that could go: a chosen file, or the form, which is listed
 * as long as it is wanted and not right, because all else may wait for it. */
static bool is_draft(const struct case_checklist *checklist,
		     const struct case_item *item)
{
	switch (item->requirement->kind) {
	case PROV_REQ_DOCUMENT:
		return item->state == CASE_ITEM_DRAFT && item->document &&
		       item->document->path;
	case PROV_REQ_INFORMATION:
		return item->state == CASE_ITEM_DRAFT ||
		       (item->state == CASE_ITEM_MISSING &&
			findings_errors(&checklist->answer_findings));
	default:
		return false;
	}
}

static bool unsettled(const struct case_submission *submission)
{
	return !submission->settled_ms;
}

/* An answer that is still news, or still stands against the item. */
static bool worth_showing(const struct case_submission *submission,
			  const struct case_item *item, int64_t now_unix_ms)
{
	if (unsettled(submission) ||
	    now_unix_ms - submission->settled_ms < TUI_SEND_LATELY_MS)
		return true;
	return submission->state == CASE_REFUSED && item &&
	       item->state == CASE_ITEM_REJECTED;
}

static void add_submission(const struct case_checklist *checklist,
			   const struct case_submission *submission,
			   const struct case_item *item, const char *what,
			   struct tui_send_rows *rows)
{
	add(rows, (struct tui_send_row){
			  .state = unsettled(submission) ? TUI_SEND_MOVING
							 : TUI_SEND_SETTLED,
			  .rank = submission->rank,
			  .label = label_of(checklist, what, submission->side,
					    submission->party),
			  .bytes = submission->bytes,
			  .item = item,
			  .submission = submission,
		  });
}

static void add_item(const struct case_checklist *checklist,
		     const struct case_item *item, int64_t now_unix_ms,
		     struct tui_send_rows *rows)
{
	const char *what = tui_requirement_label(item->requirement);
	const struct case_document *document = item->document;

	if (is_draft(checklist, item))
		add(rows, (struct tui_send_row){
				  .state = draft_state(checklist, item),
				  .rank = rank_of(item),
				  .label = label_of(checklist, what, item->side,
						    item->requirement->party),
				  .bytes = document ? document->facts.bytes : 0,
				  .item = item,
				  .document = document,
			  });
	else if (item->submission &&
		 worth_showing(item->submission, item, now_unix_ms))
		add_submission(checklist, item->submission, item, what, rows);
}

/* Does an item of the checklist stand for SUBMISSION, or for a newer one of
 * the same thing? */
static bool has_item(const struct case_checklist *checklist,
		     const struct case_submission *submission)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];
		const struct prov_requirement *req = item->requirement;

		if (item->submission == submission)
			return true;
		if (rank_of(item) == submission->rank &&
		    item->side == submission->side &&
		    same_text(req->party, submission->party) &&
		    (req->kind != PROV_REQ_DOCUMENT ||
		     same_text(req->type->code, submission->type)))
			return true;
	}
	return false;
}

static bool same_slot(const struct case_submission *a,
		      const struct case_submission *b)
{
	return a->rank == b->rank && a->side == b->side &&
	       same_text(a->type, b->type) && same_text(a->party, b->party);
}

/* What was sent for something that the provider does not list (any more). */
static void add_unlisted(const struct case_checklist *checklist,
			 const struct doc_type *types, size_t i,
			 int64_t now_unix_ms, struct tui_send_rows *rows)
{
	const struct case_submission_list *all = &checklist->submissions;
	const struct case_submission *submission = &all->list[i];
	const struct doc_type *type =
		submission->type ? doc_type_find(types, submission->type)
				 : NULL;
	const char *what = _("Additional information");

	if (has_item(checklist, submission) ||
	    !worth_showing(submission, NULL, now_unix_ms))
		return;
	for (size_t j = i + 1; j < all->count; j++)
		if (same_slot(submission, &all->list[j]))
			return;
	if (submission->rank == PROV_RANK_START)
		what = _("Request for the review");
	else if (submission->rank == PROV_RANK_DOCUMENT)
		what = type ? _(type->label)
			    : (submission->type ? submission->type : "");
	add_submission(checklist, submission, NULL, what, rows);
}

void tui_send_rows_build(const struct case_checklist *checklist,
			 const struct doc_type *types, int64_t now_unix_ms,
			 struct tui_send_rows *out)
{
	struct tui_send_rows rows = { 0 };

	for (int rank = PROV_RANK_INFORMATION; rank <= PROV_RANK_START;
	     rank++) {
		for (size_t i = 0; i < checklist->count; i++)
			if ((int)rank_of(&checklist->items[i]) == rank)
				add_item(checklist, &checklist->items[i],
					 now_unix_ms, &rows);
		for (size_t i = 0; i < checklist->submissions.count; i++)
			if ((int)checklist->submissions.list[i].rank == rank)
				add_unlisted(checklist, types, i, now_unix_ms,
					     &rows);
	}
	tui_send_rows_release(out);
	*out = rows;
}

/* Words. */

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
	const struct findings *findings = &context->checklist->answer_findings;
	struct findings choice = { 0 };
	size_t wrong = 0;

	if (row->document) {
		doc_check_choice(row->item->requirement->type,
				 row->document->side, row->document->country,
				 &choice);
		findings = tui_draft_error(row->document)
				   ? &row->document->findings
				   : &choice;
	}
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].severity == FINDING_ERROR && !wrong++)
			add_problem(&findings->list[i],
				    row->document ? NULL : context->schema,
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

static void ready_words(const struct tui_send_row *row, struct buf *text)
{
	const struct case_document *document = row->document;

	if (document && document->findings.count)
		buf_addf(text, _("ready, but: %s"),
			 document->findings.list[0].text);
	else
		buf_add_text(text, _("ready"));
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

static void queued_words(const struct tui_send_row *row,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	const struct case_submission *sub = row->submission;
	const struct tui_send_row *other = waits_for(row, context->rows);
	const char *reason = reason_of(sub);
	long seconds = seconds_to(sub->next_ms, context->now_unix_ms);

	if (sub->next_ms && !seconds)
		buf_addf(text, _("waits for r: %s"),
			 reason[0] ? reason : _("it was tried often enough"));
	else if (sub->next_ms > context->now_unix_ms && reason[0])
		buf_addf(text, _("waits %ld s (%s)"), seconds, reason);
	else if (sub->next_ms > context->now_unix_ms)
		buf_addf(text, _("waits %ld s"), seconds);
	else if (other)
		buf_addf(text, _("waits for: %s"), other->label);
	else
		buf_add_text(text, _("queued"));
}

static void unsure_words(const struct case_submission *sub,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	long seconds = seconds_to(sub->next_ms, context->now_unix_ms);

	if (sub->next_ms && seconds)
		buf_addf(text,
			 _("sent, the answer was lost; %s is asked again with "
			   "the same key in %ld s"),
			 context->provider, seconds);
	else
		buf_addf(text,
			 _("sent, the answer was lost; r asks %s again with "
			   "the same key"),
			 context->provider);
}

static void moving_words(const struct tui_send_row *row,
			 const struct tui_send_context *context,
			 struct buf *text)
{
	const struct case_submission *sub = row->submission;
	char words[160];

	if (context->moving) {
		tui_meter_words(words, sizeof(words), context->moving,
				context->provider, context->now_ms);
		buf_add_text(text, words);
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
		break;
	case CASE_CANCELLED:
		buf_addf(text, _("cancelled %s"), ago);
		break;
	default:
		if (sub->problems.count)
			add_problem(&sub->problems.list[0], context->schema,
				    text);
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
		ready_words(row, &text);
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

const char *tui_send_field(const struct tui_send_row *row)
{
	const struct case_submission *sub = row->submission;

	for (size_t i = 0; sub && i < sub->problems.count; i++)
		if (sub->problems.list[i].field)
			return sub->problems.list[i].field;
	return NULL;
}

/* Bytes of ROW that count as gone: all of them only with an answer. */
static uint64_t sent_of(const struct tui_send_row *row,
			const struct xfer_progress *moving)
{
	if (row->state == TUI_SEND_SETTLED)
		return row->bytes;
	if (!moving || !moving->total)
		return 0;
	/* The body is a little more than the file. */
	return moving->sent < row->bytes ? moving->sent : row->bytes;
}

void tui_send_sum(const struct tui_send_rows *rows, tui_send_progress *progress,
		  const void *arg, struct tui_send_total *out)
{
	*out = (struct tui_send_total){ .left_ms = -1 };
	for (size_t i = 0; i < rows->count; i++) {
		const struct tui_send_row *row = &rows->list[i];
		const struct case_submission *sub = row->submission;
		struct xfer_progress moving = { 0 };
		bool on_wire = false;

		if (!sub)
			continue;
		if (sub->state == CASE_REFUSED ||
		    sub->state == CASE_CANCELLED) {
			out->refused += sub->state == CASE_REFUSED;
			continue; /* their bytes say nothing any more */
		}
		on_wire = row->state == TUI_SEND_MOVING &&
			  progress(arg, sub->id, &moving);
		out->bytes += row->bytes;
		out->sent += sent_of(row, on_wire ? &moving : NULL);
		out->rate += on_wire ? moving.bytes_per_s : 0;
		out->moving += row->state == TUI_SEND_MOVING;
		out->accepted += sub->state == CASE_ACCEPTED;
	}
	if (out->rate && out->bytes >= out->sent)
		out->left_ms =
			(int64_t)((out->bytes - out->sent) * 1000 / out->rate);
}
