/* SPDX-License-Identifier: MIT */
/* What is sent, as rows, sums and words. */
#include "tui/words/review_view.h"

#include <stdlib.h>
#include <string.h>

#include "tui/words/form_pick.h"
#include "tui/words/item_words.h"

static const enum prov_rank ranks[] = {
	PROV_RANK_INFORMATION,
	PROV_RANK_PARTY,
	PROV_RANK_DOCUMENT,
	PROV_RANK_START,
};

struct building {
	const struct case_checklist *checklist;
	const struct provider *provider;
	int64_t now_unix_ms;
	struct tui_send_rows rows;
};

void tui_send_rows_release(struct tui_send_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		mem_free_private(rows->list[i].label);
		mem_free_private(rows->list[i].what);
	}
	free(rows->list);
	*rows = (struct tui_send_rows){ 0 };
}

/* The part that is about PARTY; what is about nobody known is the
 * customer's. */
static size_t part_about(const struct case_checklist *checklist,
			 const char *party)
{
	for (size_t i = 0; i < checklist->part_count; i++)
		if (checklist->parts[i].party &&
		    text_same(checklist->parts[i].party->id, party))
			return i;
	return 0;
}

/* WHAT is taken. */
static void add(struct building *building, struct tui_send_row row, char *what,
		enum doc_side side, const char *party)
{
	struct tui_send_rows *rows = &building->rows;
	const char *word = tui_side_word(side);

	row.part = part_about(building->checklist, party);
	row.what = mem_printf("%s%s%s", what, word[0] ? " · " : "", word);
	row.label = mem_printf(
		"%s%s%s", row.what, party ? " · " : "",
		party ? tui_holder_name(building->checklist, party) : "");
	rows->list = mem_grow(rows->list, rows->count, sizeof(*rows->list));
	rows->list[rows->count++] = row;
	rows->ready += row.state == TUI_SEND_READY;
	mem_free_private(what);
}

static enum prov_rank rank_of(const struct case_item *item)
{
	switch (item->requirement->kind) {
	case PROV_REQ_INFORMATION:
		return item->requirement->form->rank;
	case PROV_REQ_START:
		return PROV_RANK_START;
	default:
		return PROV_RANK_DOCUMENT;
	}
}

static enum prov_req_kind kind_of(const struct case_submission *submission)
{
	if (submission->schema)
		return PROV_REQ_INFORMATION;
	return submission->rank == PROV_RANK_START ? PROV_REQ_START
						   : PROV_REQ_DOCUMENT;
}

static enum tui_send_state draft_state(const struct case_checklist *checklist,
				       const struct case_item *item)
{
	if (item->document && !item->document->checked)
		return TUI_SEND_CHECKING;
	if (!case_item_ready(item, checklist))
		return TUI_SEND_BLOCKED;
	return item->waits ? TUI_SEND_WAITS : TUI_SEND_READY;
}

/* Something of ours that could go: a chosen file, or a form, which is listed
 * as long as it is wanted and not right, because all else may wait for it. */
static bool is_draft(const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return item->state == CASE_ITEM_DRAFT && item->document &&
		       item->document->path;
	case PROV_REQ_INFORMATION:
		return item->state == CASE_ITEM_DRAFT ||
		       (item->state == CASE_ITEM_MISSING &&
			findings_errors(&item->form->findings) &&
			(!req->optional || tui_form_begun(item->form)));
	default:
		return false;
	}
}

/* Does SUBMISSION make a new party? Then it is a thing of its own. */
static bool adds_party(const struct provider *provider,
		       const struct case_submission *submission)
{
	const struct prov_form *form =
		submission->schema
			? prov_form_find(provider, submission->schema)
			: NULL;

	return form && form->use == PROV_FORM_PARTY;
}

/* Who is made, in the first words of the form: enough to tell one from
 * another. */
static const char *first_answer(const struct prov_form *form,
				const struct case_submission *submission)
{
	for (const struct form_field *field = form->schema->fields;
	     submission->answers && field->key; field++)
		if (field->kind == FORM_TEXT &&
		    form_answer(submission->answers, field->key)[0])
			return form_answer(submission->answers, field->key);
	return "";
}

static char *what_was_sent(const struct building *building,
			   const struct case_submission *submission,
			   const struct case_item *item)
{
	const struct provider *provider = building->provider;
	const struct prov_customer *customer = &building->checklist->customer;
	const struct prov_form *form = NULL;
	const struct doc_type *type = NULL;
	const char *what =
		item ? tui_requirement_label(item->requirement) : NULL;
	const char *who = "";

	if (submission->schema) {
		form = prov_form_find(provider, submission->schema);
		if (form && form->use == PROV_FORM_PARTY)
			who = first_answer(form, submission);
		what = what   ? what
		       : form ? _(form->schema->title)
			      : submission->schema;
	} else if (submission->type && !what) {
		type = prov_type(provider, submission->type,
				 prov_holder(customer, submission->party));
		what = type ? _(type->label) : submission->type;
	}
	return mem_printf("%s%s%s", what ? what : _("Request for the review"),
			  *who ? ": " : "", who);
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

static void add_submission(struct building *building,
			   const struct case_submission *submission,
			   const struct case_item *item)
{
	struct tui_send_row row = {
		.state = unsettled(submission) ? TUI_SEND_MOVING
					       : TUI_SEND_SETTLED,
		.kind = kind_of(submission),
		.rank = submission->rank,
		.bytes = submission->bytes,
		.item = item,
		.submission = submission,
	};

	add(building, row, what_was_sent(building, submission, item),
	    submission->side, submission->party);
}

static void add_item(struct building *building, const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;
	const struct case_document *document = item->document;
	struct tui_send_row row = {
		.kind = req->kind,
		.rank = rank_of(item),
		.bytes = document ? document->facts.bytes : 0,
		.item = item,
		.document = document,
	};

	if (is_draft(item)) {
		row.state = draft_state(building->checklist, item);
		add(building, row, mem_dup(tui_requirement_label(req)),
		    item->side, req->party);
	} else if (item->submission && worth_showing(item->submission, item,
						     building->now_unix_ms)) {
		add_submission(building, item->submission, item);
	}
}

static bool same_slot(const struct case_submission *submission,
		      const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	if (req->kind != kind_of(submission) ||
	    !text_same(req->party, submission->party))
		return false;
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return item->side == submission->side &&
		       text_same(req->type->code, submission->type);
	case PROV_REQ_INFORMATION:
		return text_same(req->form->schema->name, submission->schema);
	default:
		return true;
	}
}

/* Does an item of the checklist stand for SUBMISSION, or for a newer one of
 * the same thing? */
static bool has_item(const struct building *building,
		     const struct case_submission *submission)
{
	const struct case_checklist *checklist = building->checklist;
	bool alone = adds_party(building->provider, submission);

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		/* While the next one is filled in, the last one still goes. */
		if (alone ? item->submission == submission && !is_draft(item)
			  : item->submission == submission ||
				    same_slot(submission, item))
			return true;
	}
	return false;
}

static bool same_thing(const struct case_submission *a,
		       const struct case_submission *b)
{
	return a->rank == b->rank && a->side == b->side &&
	       text_same(a->type, b->type) && text_same(a->schema, b->schema) &&
	       text_same(a->party, b->party);
}

/* What was sent for something that the provider does not list (any more). */
static void add_unlisted(struct building *building, size_t i)
{
	const struct case_submission_list *all =
		&building->checklist->submissions;
	const struct case_submission *submission = &all->list[i];

	if (has_item(building, submission) ||
	    !worth_showing(submission, NULL, building->now_unix_ms))
		return;
	if (!adds_party(building->provider, submission))
		for (size_t j = i + 1; j < all->count; j++)
			if (same_thing(submission, &all->list[j]))
				return;
	add_submission(building, submission, NULL);
}

/* All of PART (and the start, of whichever part) that go with RANK. */
static void add_rank(struct building *building, size_t part,
		     enum prov_rank rank)
{
	const struct case_checklist *checklist = building->checklist;
	bool start = rank == PROV_RANK_START;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (rank_of(item) == rank &&
		    (start ||
		     part_about(checklist, item->requirement->party) == part))
			add_item(building, item);
	}
	for (size_t i = 0; i < checklist->submissions.count; i++) {
		const struct case_submission *submission =
			&checklist->submissions.list[i];

		if (submission->rank == rank &&
		    (start || part_about(checklist, submission->party) == part))
			add_unlisted(building, i);
	}
}

void tui_send_rows_build(const struct case_checklist *checklist,
			 const struct provider *provider, int64_t now_unix_ms,
			 struct tui_send_rows *out)
{
	struct building building = { checklist, provider, now_unix_ms, { 0 } };
	size_t last = sizeof(ranks) / sizeof(ranks[0]) - 1;

	for (size_t part = 0; part < checklist->part_count; part++)
		for (size_t i = 0; i < last; i++)
			add_rank(&building, part, ranks[i]);
	add_rank(&building, 0, ranks[last]);
	tui_send_rows_release(out);
	*out = building.rows;
}

bool tui_send_together(const struct case_submission *a,
		       const struct case_submission *b)
{
	return a == b || (a->bundle && b->bundle && a->leader == b->leader &&
			  strcmp(a->bundle, b->bundle) == 0 &&
			  text_same(a->party, b->party));
}

/* The bytes of all that goes with row AT; 0 when an earlier row counts them. */
static uint64_t bytes_of_request(const struct tui_send_rows *rows, size_t at)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct tui_send_row *row = &rows->list[i];

		if (row->state != TUI_SEND_MOVING ||
		    !tui_send_together(row->submission,
				       rows->list[at].submission))
			continue;
		if (i < at)
			return 0;
		bytes += row->bytes;
	}
	return bytes;
}

/* What is on the wire: its bytes count as gone, but all of them only with an
 * answer. */
static void add_moving(const struct tui_send_rows *rows, size_t at,
		       const struct xfer_progress *moving,
		       struct tui_send_total *out)
{
	uint64_t bytes = bytes_of_request(rows, at);

	if (!bytes && rows->list[at].bytes)
		return; /* counted with another one */
	/* The body is a little more than the files. */
	if (moving->total)
		out->sent += moving->sent < bytes ? moving->sent : bytes;
	out->rate += moving->bytes_per_s;
}

void tui_send_sum(const struct tui_send_rows *rows, tui_send_progress *progress,
		  const void *arg, struct tui_send_total *out)
{
	*out = (struct tui_send_total){ .left_ms = -1 };
	for (size_t i = 0; i < rows->count; i++) {
		const struct tui_send_row *row = &rows->list[i];
		const struct case_submission *sub = row->submission;
		struct xfer_progress moving = { 0 };

		if (!sub)
			continue;
		if (sub->state == CASE_REFUSED ||
		    sub->state == CASE_CANCELLED) {
			out->refused += sub->state == CASE_REFUSED;
			continue; /* their bytes say nothing any more */
		}
		out->bytes += row->bytes;
		out->moving += row->state == TUI_SEND_MOVING;
		out->accepted += sub->state == CASE_ACCEPTED;
		if (row->state == TUI_SEND_SETTLED || sub->state == CASE_UNSURE)
			out->sent += row->bytes;
		else if (progress(arg, sub->id, &moving))
			add_moving(rows, i, &moving, out);
	}
	/* Rounded up to seconds, as each item's is. */
	if (out->rate && out->bytes >= out->sent)
		out->left_ms =
			(int64_t)((out->bytes - out->sent + out->rate - 1) /
				  out->rate) *
			1000;
}
