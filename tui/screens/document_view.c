/* SPDX-License-Identifier: MIT */
/* The document screen: which fields there are, and what stands in them. */
#include "tui/screens/document_view.h"

static bool has_country(const struct document_view *view)
{
	return view->type->country != DOC_NOT_TAKEN;
}

size_t document_view_fields(const struct document_view *view)
{
	return has_country(view) + view->side_count + 1;
}

size_t document_view_first(const struct document_view *view)
{
	return has_country(view);
}

bool document_view_on_country(const struct document_view *view)
{
	return has_country(view) && view->focus == 0;
}

bool document_view_side(const struct document_view *view, size_t *side)
{
	size_t first = has_country(view);

	if (view->focus < first || view->focus >= first + view->side_count)
		return false;
	*side = view->focus - first;
	return true;
}

const struct case_document *
document_view_draft(const struct document_view *view,
		    const struct tui_wizard *wizard, size_t side)
{
	return tui_draft_of(&wizard->checklist, view->type, view->sides[side],
			    wizard->slot.party);
}

const struct case_item *document_view_item(const struct document_view *view,
					   const struct tui_wizard *wizard,
					   size_t side)
{
	const struct case_checklist *checklist = &wizard->checklist;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (item->requirement->type == view->type &&
		    item->side == view->sides[side] &&
		    text_same(item->requirement->party, wizard->slot.party))
			return item;
	}
	return NULL;
}

const char *document_view_label(const struct document_view *view,
				const struct tui_wizard *wizard)
{
	const struct case_item *item =
		view->side_count ? document_view_item(view, wizard, 0) : NULL;

	return item ? tui_requirement_label(item->requirement)
		    : _(view->type->label);
}

/* The last of it, also when something newer was chosen since. */
static bool was_rejected(const struct case_item *item)
{
	return item->state == CASE_ITEM_REJECTED ||
	       (item->state == CASE_ITEM_DRAFT && tui_item_why(item));
}

bool document_view_asks(const struct document_view *view,
			const struct tui_wizard *wizard, size_t side)
{
	const struct case_item *item = document_view_item(view, wizard, side);

	return item && (tui_item_open(item) || tui_item_blocked(item));
}

size_t document_view_wanting(const struct document_view *view,
			     const struct tui_wizard *wizard)
{
	for (size_t side = 0; side < view->side_count; side++)
		if (document_view_asks(view, wizard, side))
			return side;
	return view->side;
}

bool document_view_rejected(const struct document_view *view,
			    const struct tui_wizard *wizard, size_t side)
{
	const struct case_item *item = document_view_item(view, wizard, side);
	enum prov_next next =
		item && item->reason ? item->reason->next : PROV_NEXT_NONE;

	return item && item->state == CASE_ITEM_REJECTED &&
	       (next == PROV_NEXT_NONE || next == PROV_NEXT_NEW_PICTURE ||
		next == PROV_NEXT_OTHER_PAPER);
}

const char *document_view_why(const struct document_view *view,
			      const struct tui_wizard *wizard, size_t side)
{
	const struct case_item *item = document_view_item(view, wizard, side);
	const char *why = item ? tui_item_why(item) : NULL;

	if (!item || !was_rejected(item))
		return NULL;
	return why ? why : _("no reason was given");
}

static struct slot_files files_of_side(const struct document_view *view,
				       const struct tui_wizard *wizard,
				       size_t side)
{
	const struct case_item *item = document_view_item(view, wizard, side);
	const struct case_document *document =
		document_view_draft(view, wizard, side);
	const struct case_submission *sent = item ? item->submission : NULL;
	struct slot_files files = { .type = view->type };

	/* Until another one is chosen the record has the one sent. */
	if (document && document->path &&
	    (!item || item->state != CASE_ITEM_REJECTED))
		files.chosen = document;
	if (item && was_rejected(item) && sent && sent->path)
		files.sent = sent;
	return files;
}

struct slot_files document_view_files(const struct document_view *view,
				      const struct tui_wizard *wizard)
{
	struct slot_files files = files_of_side(view, wizard, view->side);

	for (size_t side = 0;
	     !files.chosen && !files.sent && side < view->side_count; side++)
		files = files_of_side(view, wizard, side);
	return files;
}

static void add_side(struct document_view *view, enum doc_side side,
		     bool optional)
{
	if (view->side_count == TUI_ROW_ITEMS)
		return;
	view->sides[view->side_count] = side;
	view->optional[view->side_count++] = optional;
}

static void find_sides(struct document_view *view,
		       const struct tui_wizard *wizard)
{
	const struct case_checklist *checklist = &wizard->checklist;

	for (size_t i = 0; i < checklist->count; i++) {
		const struct case_item *item = &checklist->items[i];

		if (item->requirement->type == view->type &&
		    text_same(item->requirement->party, wizard->slot.party))
			add_side(view, item->side, item->side_optional);
	}
	if (view->side_count)
		return;
	/* Not on the checklist: by the type's own rule. */
	if (view->type->sides == DOC_NO_SIDES) {
		add_side(view, DOC_SIDE_NONE, false);
		return;
	}
	add_side(view, DOC_SIDE_FRONT, false);
	add_side(view, DOC_SIDE_BACK, view->type->sides == DOC_FRONT_ONLY);
}

static void load_path(struct document_view *view,
		      const struct tui_wizard *wizard, size_t side)
{
	const struct case_document *document =
		document_view_draft(view, wizard, side);

	tui_edit_set(&view->paths[side],
		     document && document->path ? document->path : "");
}

void document_view_init(struct document_view *view,
			const struct tui_wizard *wizard)
{
	struct err err = { 0 };

	view->type = wizard->slot.type;
	if (country_load(&err))
		view->country[0] = '\0'; /* the codes are shown, no names */
	tui_draft_country(&wizard->checklist, view->type, wizard->slot.party,
			  view->country);
	find_sides(view, wizard);
	for (size_t i = 0; i < view->side_count; i++) {
		load_path(view, wizard, i);
		if (view->sides[i] == wizard->slot.side) {
			view->focus = has_country(view) + i;
			view->side = i;
		}
	}
	if (view->type->country == DOC_NEEDED && !view->country[0])
		view->focus = 0;
}

void document_view_release(struct document_view *view)
{
	for (size_t i = 0; i < TUI_ROW_ITEMS; i++)
		tui_edit_release(&view->paths[i]);
	tui_chooser_close(&view->chooser);
	picker_close(&view->picker);
	tui_names_release(&view->names);
	tui_page_release(&view->page);
}

void document_view_refresh(struct document_view *view,
			   const struct tui_wizard *wizard)
{
	size_t focused = 0;
	bool typing = document_view_side(view, &focused);

	for (size_t i = 0; i < view->side_count; i++)
		if (!typing || i != focused)
			load_path(view, wizard, i);
}
