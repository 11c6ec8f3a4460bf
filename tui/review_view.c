/* SPDX-License-Identifier: MIT */
/* What is sent, as rows, sums and words. */
#include "tui/review_view.h"

#include <stdlib.h>
#include <string.h>

#include "tui/item_words.h"

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

/* Bytes of ROW that count as gone: all of them only with an answer. */
static uint64_t sent_of(const struct tui_send_row *row,
			const struct xfer_progress *moving)
{
	if (row->state == TUI_SEND_SETTLED ||
	    row->submission->state == CASE_UNSURE)
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
