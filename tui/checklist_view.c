/* SPDX-License-Identifier: MIT */
/* The checklist as rows: grouping, counting and wording, no drawing. */
#include "tui/checklist_view.h"

#include <stdlib.h>
#include <string.h>

#include "tui/item_words.h"

static bool same_party(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_group(const struct prov_requirement *a,
		       const struct prov_requirement *b)
{
	return a->group && b->group && strcmp(a->group, b->group) == 0 &&
	       same_party(a->party, b->party);
}

static bool chosen(const struct case_item *item)
{
	return item->state != CASE_ITEM_MISSING &&
	       item->state != CASE_ITEM_NOT_NEEDED;
}

bool tui_item_open(const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	switch (item->state) {
	case CASE_ITEM_MISSING:
		return !req->optional && !item->side_optional;
	case CASE_ITEM_REJECTED:
		return true;
	case CASE_ITEM_DRAFT:
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

/* As the checklist counts them, but of one holder: a group at its first item,
 * and not while one of it is rejected, which counts by itself; the request
 * for the review, which is nothing to bring, never. */
static bool counts_as_missing(const struct case_checklist *checklist,
			      const struct case_item *item)
{
	const struct prov_requirement *req = item->requirement;

	if (item->state != CASE_ITEM_MISSING || req->optional ||
	    item->side_optional || req->kind == PROV_REQ_START)
		return false;
	if (!req->group)
		return true;
	if (group_has(checklist, req, false))
		return tui_chosen_instead(checklist, item)->requirement == req;
	if (group_has(checklist, req, true))
		return false;
	for (size_t i = 0; i < checklist->count; i++)
		if (same_group(checklist->items[i].requirement, req))
			return &checklist->items[i] == item;
	return true;
}

unsigned tui_missing_of(const struct case_checklist *checklist,
			const char *party)
{
	unsigned missing = 0;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (same_party(item->requirement->party, party) &&
		    counts_as_missing(checklist, item))
			missing++;
	}
	return missing;
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
	for (size_t i = 0; i < rows->count; i++)
		mem_free_private(rows->list[i].text);
	free(rows->list);
	*rows = (struct tui_rows){ 0 };
}

/* The item at FIRST and, on the same row, the other side of the same paper. */
static void add_slots(const struct case_checklist *checklist, size_t first,
		      struct tui_rows *rows)
{
	const struct prov_requirement *req =
		checklist->items[first].requirement;
	struct tui_row *row = add_row(rows, TUI_ROW_SLOTS, NULL);
	const char *why = NULL;

	row->in_group = req->group;
	row->made_up = is_made_up(checklist, req);
	for (size_t i = first; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (item->requirement != req || row->count == TUI_ROW_ITEMS)
			continue;
		row->items[row->count++] = item;
		if (!why && item->state == CASE_ITEM_REJECTED)
			why = tui_item_why(item);
	}
	/* With one slot the reason has room on the row itself. */
	if (row->count > 1 && why)
		add_row(rows, TUI_ROW_NOTE, mem_dup(why));
}

/* Is item I the first of its requirement? */
static bool is_first(const struct case_checklist *checklist, size_t i)
{
	return i == 0 || checklist->items[i - 1].requirement !=
				 checklist->items[i].requirement;
}

static void add_group(const struct case_checklist *checklist, size_t first,
		      struct tui_rows *rows)
{
	const struct prov_requirement *req =
		checklist->items[first].requirement;

	for (size_t i = 0; i < first; i++)
		if (same_group(checklist->items[i].requirement, req))
			return; /* shown already */
	add_row(rows, TUI_ROW_HEADING,
		mem_printf(_("%s: any one of"), _(req->group)));
	for (size_t i = first; i < checklist->count; i++)
		if (is_first(checklist, i) &&
		    same_group(checklist->items[i].requirement, req))
			add_slots(checklist, i, rows);
}

static void add_alone(const struct case_checklist *checklist, const char *party,
		      bool optional, struct tui_rows *rows)
{
	bool headed = false;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct prov_requirement *req =
			checklist->items[i].requirement;

		if (!is_first(checklist, i) || req->group ||
		    req->optional != optional || !same_party(req->party, party))
			continue;
		if (!headed)
			add_row(rows, TUI_ROW_HEADING,
				mem_dup(optional ? _("Optional")
						 : _("Also required")));
		headed = true;
		add_slots(checklist, i, rows);
	}
}

static void add_holder(const struct case_checklist *checklist,
		       const char *party, struct tui_rows *rows)
{
	const struct prov_party *found =
		prov_customer_party(&checklist->customer, party);
	unsigned missing = tui_missing_of(checklist, party);
	struct buf text = { 0 };

	buf_add_text(&text, tui_holder_name(checklist, party));
	if (found && found->role)
		buf_addf(&text, " · %s", found->role);
	if (!party)
		buf_addf(&text, " · %s",
			 tui_kind_word(checklist->customer.kind));
	if (missing)
		buf_addf(&text, P_(" · %u missing", " · %u missing", missing),
			 missing);
	add_row(rows, TUI_ROW_HOLDER, buf_take(&text));
}

static bool is_first_of_holder(const struct case_checklist *checklist,
			       size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (same_party(checklist->items[i].requirement->party,
			       checklist->items[at].requirement->party))
			return false;
	return true;
}

void tui_rows_build(const struct case_checklist *checklist,
		    struct tui_rows *out)
{
	struct tui_rows rows = { 0 };

	for (size_t i = 0; i < checklist->count; i++) {
		const char *party = checklist->items[i].requirement->party;

		if (!is_first_of_holder(checklist, i))
			continue;
		if (checklist->customer.party_count)
			add_holder(checklist, party, &rows);
		for (size_t j = i; j < checklist->count; j++) {
			const struct prov_requirement *req =
				checklist->items[j].requirement;

			if (req->group && same_party(req->party, party))
				add_group(checklist, j, &rows);
		}
		add_alone(checklist, party, false, &rows);
		add_alone(checklist, party, true, &rows);
	}
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

size_t tui_rows_next(const struct tui_rows *rows, size_t from, bool open)
{
	for (size_t i = 0; i < rows->count; i++) {
		size_t at = (from + i) % rows->count;
		const struct tui_row *row = &rows->list[at];

		if (row->kind == TUI_ROW_SLOTS && (!open || row_open(row)))
			return at;
	}
	return rows->count;
}
