/* SPDX-License-Identifier: MIT */
/* The checklist as rows: grouping, counting and wording, no drawing. */
#include "tui/words/checklist_view.h"

#include <stdlib.h>
#include <string.h>

#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

static bool same_group(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a->group && b->group && strcmp(a->group, b->group) == 0 &&
	       text_same(a->party, b->party);
}

static bool chosen(const struct case_item *item)
{
	return item->state != CASE_ITEM_MISSING &&
	       item->state != CASE_ITEM_NOT_NEEDED;
}

bool tui_item_open(const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	if (item->unasked)
		return false;
	switch (item->state) {
	case CASE_ITEM_MISSING:
		return !req->optional && !item->side_optional;
	case CASE_ITEM_REJECTED:
		return true;
	case CASE_ITEM_DRAFT:
		if (req->kind == PROV_REQ_INFORMATION)
			return findings_errors(&item->form->findings);
		if (req->kind != PROV_REQ_DOCUMENT)
			return false;
		return !item->document || !item->document->path ||
		       tui_draft_error(item->document);
	default:
		return false;
	}
}

const struct case_item *
tui_chosen_instead(const struct case_checklist *checklist,
		   const struct case_item *item)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (same_group(other->requirement, item->requirement) &&
		    chosen(other))
			return other;
	}
	return NULL;
}

/* Is something of REQ's group (ONLY: of itself; else also of the others) chosen
 * and in the state that REJECTED says? */
static bool is_chosen_in(const struct case_checklist *checklist,
			 const struct prov_requirement *req, bool only,
			 bool rejected)
{
	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if ((only ? other->requirement == req
			  : same_group(other->requirement, req)) &&
		    chosen(other) &&
		    (other->state == CASE_ITEM_REJECTED) == rejected)
			return true;
	}
	return false;
}

static bool group_has(const struct case_checklist *checklist,
		      const struct prov_requirement *req, bool rejected)
{
	return is_chosen_in(checklist, req, false, rejected);
}

/* Does another one of its group stand for REQ: chosen, or, while nothing is
 * chosen for REQ itself, rejected and so the one to look at first? */
static bool is_made_up(const struct case_checklist *checklist,
		       const struct prov_requirement *req)
{
	if (!req->group || is_chosen_in(checklist, req, true, false))
		return false;
	return group_has(checklist, req, false) ||
	       (group_has(checklist, req, true) &&
		!is_chosen_in(checklist, req, true, true));
}

/* Rows. */

static struct tui_row *add_row(struct tui_rows *rows, enum tui_row_kind kind,
			       char *text)
{
	rows->list = mem_grow(rows->list, rows->count, sizeof(*rows->list));
	rows->list[rows->count] =
		(struct tui_row){ .kind = kind, .text = text };
	return &rows->list[rows->count++];
}

void tui_rows_release(struct tui_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		mem_free_private(rows->list[i].text);
		free(rows->list[i].counts);
	}
	free(rows->list);
	*rows = (struct tui_rows){ 0 };
}

char *tui_row_label(const struct prov_requirement *requirement)
{
	const char *label = tui_requirement_label(requirement);

	if (requirement->kind == PROV_REQ_INFORMATION &&
	    requirement->form->use == PROV_FORM_PARTY)
		return mem_printf("+ %s", label);
	return mem_dup(label);
}

/* Do A and B ask for the two sides of one paper, or are they one? */
static bool same_paper(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a == b ||
	       (a->kind == PROV_REQ_DOCUMENT && b->kind == a->kind &&
		a->type == b->type && a->optional == b->optional &&
		a->side != DOC_SIDE_NONE && b->side != DOC_SIDE_NONE &&
		text_same(a->party, b->party) &&
		text_same(a->group, b->group) && text_same(a->label, b->label));
}

/* The stretch of items that PART is. */
struct stretch {
	const struct case_checklist *checklist;
	size_t first, end;
};

static const struct prov_requirement *at(const struct stretch *stretch,
					 size_t i)
{
	return stretch->checklist->items[i].requirement;
}

/* Is item I the first of its paper? */
static bool is_first(const struct stretch *stretch, size_t i)
{
	for (size_t j = stretch->first; j < i; j++)
		if (same_paper(at(stretch, j), at(stretch, i)))
			return false;
	return true;
}

/* The item at FIRST and, on the same row, the other side of the same paper. */
static void add_slots(const struct stretch *stretch, size_t first,
		      struct tui_rows *rows)
{
	const struct prov_requirement *req = at(stretch, first);
	struct tui_row *row = add_row(rows, TUI_ROW_SLOTS, NULL);
	const char *why = NULL;

	row->in_group = req->group;
	row->made_up = is_made_up(stretch->checklist, req);
	for (size_t i = first; i < stretch->end; i++) {
		const struct case_item *item = &stretch->checklist->items[i];

		if (!same_paper(item->requirement, req) ||
		    row->count == TUI_ROW_ITEMS)
			continue;
		row->items[row->count++] = item;
		if (!why && item->state == CASE_ITEM_REJECTED)
			why = tui_item_why(item);
	}
	/* With one slot the reason has room on the row itself. */
	if (row->count > 1 && why)
		add_row(rows, TUI_ROW_NOTE, mem_dup(why));
}

static void add_group(const struct stretch *stretch, size_t first,
		      struct tui_rows *rows)
{
	const struct prov_requirement *req = at(stretch, first);

	for (size_t i = stretch->first; i < first; i++)
		if (same_group(at(stretch, i), req))
			return; /* shown already */
	add_row(rows, TUI_ROW_HEADING,
		mem_printf(_("%s: any one of"), _(req->group)));
	for (size_t i = first; i < stretch->end; i++)
		if (is_first(stretch, i) && same_group(at(stretch, i), req))
			add_slots(stretch, i, rows);
}

enum alone {
	REQUIRED,
	OPTIONAL,
	DONE,	 /* it was sent, and is not asked for any more */
	UNASKED, /* the provider does not want it */
};

static enum alone alone_of(const struct case_item *item)
{
	if (item->unasked)
		return item->state == CASE_ITEM_SENT ||
				       item->state == CASE_ITEM_IN_REVIEW ||
				       item->state == CASE_ITEM_ACCEPTED
			       ? DONE
			       : UNASKED;
	return item->requirement->optional ? OPTIONAL : REQUIRED;
}

static const char *heading_of(const struct stretch *stretch, enum alone which)
{
	switch (which) {
	case OPTIONAL:
		return _("Optional");
	case DONE:
		return _("Sent before");
	case UNASKED:
		return _("Not asked for");
	case REQUIRED:
		break;
	}
	for (size_t i = stretch->first; i < stretch->end; i++)
		if (at(stretch, i)->group)
			return _("Also required");
	return _("Required");
}

/* What stands alone, under its heading. */
static void add_alone(const struct stretch *stretch, enum alone which,
		      struct tui_rows *rows)
{
	bool headed = false;

	for (size_t i = stretch->first; i < stretch->end; i++) {
		if (at(stretch, i)->group ||
		    alone_of(&stretch->checklist->items[i]) != which ||
		    !is_first(stretch, i))
			continue;
		if (!headed)
			add_row(rows, TUI_ROW_HEADING,
				mem_dup(heading_of(stretch, which)));
		headed = true;
		add_slots(stretch, i, rows);
	}
}

static void add_holder(const struct case_checklist *checklist,
		       const struct case_part *part, struct tui_rows *rows)
{
	struct tui_row *row =
		add_row(rows, TUI_ROW_HOLDER, tui_part_words(checklist, part));

	row->counts = tui_part_counts(part);
}

/* Where a provider reviews only so many files at a time. */
static void add_budget(const struct case_checklist *checklist,
		       const struct case_part *part, struct tui_rows *rows)
{
	char *words = tui_part_budget(checklist, part);
	struct tui_row *row = NULL;

	if (!words)
		return;
	row = add_row(rows, TUI_ROW_BUDGET, words);
	row->full = tui_part_full(checklist, part);
}

static void add_part(const struct case_checklist *checklist,
		     const struct case_part *part, struct tui_rows *rows)
{
	struct stretch stretch = {
		.checklist = checklist,
		.first = part->first,
		.end = part->first + part->count,
	};

	if (checklist->part_count > 1)
		add_holder(checklist, part, rows);
	add_budget(checklist, part, rows);
	for (size_t i = stretch.first; i < stretch.end; i++)
		if (at(&stretch, i)->group)
			add_group(&stretch, i, rows);
	add_alone(&stretch, REQUIRED, rows);
	add_alone(&stretch, OPTIONAL, rows);
	add_alone(&stretch, DONE, rows);
	add_alone(&stretch, UNASKED, rows);
}

void tui_rows_build(const struct case_checklist *checklist,
		    struct tui_rows *out)
{
	struct tui_rows rows = { 0 };

	for (size_t i = 0; i < checklist->part_count; i++)
		add_part(checklist, &checklist->parts[i], &rows);
	tui_rows_release(out);
	*out = rows;
}

size_t tui_row_open_item(const struct tui_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (tui_item_open(row->items[i]))
			return i;
	return 0;
}

static bool row_open(const struct tui_row *row)
{
	return !row->made_up &&
	       tui_item_open(row->items[tui_row_open_item(row)]);
}

/* The request for the review comes when all else is there. */
static bool comes_last(const struct tui_row *row)
{
	return row->items[0]->requirement->kind == PROV_REQ_START;
}

static size_t find_row(const struct tui_rows *rows, size_t from, bool open,
		       bool last)
{
	for (size_t i = 0; i < rows->count; i++) {
		size_t at = (from + i) % rows->count;
		const struct tui_row *row = &rows->list[at];

		if (row->kind == TUI_ROW_SLOTS &&
		    (!open || (row_open(row) && (last || !comes_last(row)))))
			return at;
	}
	return rows->count;
}

size_t tui_rows_next(const struct tui_rows *rows, size_t from, bool open)
{
	size_t at = find_row(rows, from, open, !open);

	return at == rows->count ? find_row(rows, from, open, true) : at;
}

size_t tui_rows_after(const struct tui_rows *rows, size_t at)
{
	const struct tui_row *from = &rows->list[at];
	const struct prov_requirement *req =
		from->count ? from->items[0]->requirement : NULL;

	do
		at++;
	while (req && req->group && at < rows->count &&
	       (rows->list[at].kind == TUI_ROW_NOTE ||
		(rows->list[at].count &&
		 same_group(rows->list[at].items[0]->requirement, req))));
	return at;
}
