/* SPDX-License-Identifier: MIT */
/* Which papers are accepted instead of one that was rejected: choosing one
 * opens its slot. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/item_words.h"

struct papers {
	/* One of each kind of the group, the one that was rejected last. */
	const struct case_item **items;
	size_t count;
	const struct case_item *rejected; /* NULL: not in the checklist */
	int rows;
	struct tui_list list;
};

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("choose"),
	  N_("open the slot of this paper, to give it a file") },
	{ TUI_KEY_ESC, "Esc", N_("go back"), N_("back to the status") },
	{ 0, NULL, NULL, NULL },
};

static bool is_slot(const struct tui_slot *slot, const struct case_item *item)
{
	return item->requirement->type == slot->type &&
	       item->side == slot->side &&
	       text_same(item->requirement->party, slot->party);
}

static bool is_listed(const struct papers *state,
		      const struct prov_requirement *req)
{
	for (size_t i = 0; i < state->count; i++)
		if (state->items[i]->requirement->type == req->type)
			return true;
	return req->type == state->rejected->requirement->type;
}

static void load(const struct tui_wizard *wizard, struct papers *state)
{
	const struct case_checklist *list = &wizard->checklist;
	const struct prov_requirement *wanted = NULL;

	free(state->items);
	state->items = mem_array(list->count + 1, sizeof(struct case_item *));
	state->count = 0;
	state->rejected = NULL;
	for (size_t i = 0; i < list->count; i++)
		if (is_slot(&wizard->slot, &list->items[i]))
			state->rejected = &list->items[i];
	if (!state->rejected)
		return;
	wanted = state->rejected->requirement;
	for (size_t i = 0; i < list->count; i++) {
		const struct prov_requirement *req = list->items[i].requirement;

		if (req->type && text_same(req->group, wanted->group) &&
		    text_same(req->party, wanted->party) &&
		    !is_listed(state, req))
			state->items[state->count++] = &list->items[i];
	}
	state->items[state->count++] = state->rejected;
	tui_list_fit(&state->list, state->count, state->list.rows);
}

static void *enter(struct tui_wizard *wizard)
{
	struct papers *state = mem_alloc(sizeof(*state));

	state->list.rows = 1;
	load(wizard, state);
	return state;
}

static void leave(struct tui_wizard *wizard, void *opaque)
{
	struct papers *state = opaque;

	(void)wizard;
	free(state->items);
	free(state);
}

static void changed(struct tui_wizard *wizard, void *opaque, unsigned what)
{
	(void)what;
	load(wizard, opaque);
}

static void choose(struct tui_wizard *wizard, const struct papers *state)
{
	const struct case_item *item = state->items[state->list.selected];
	const struct prov_requirement *req = item->requirement;

	tui_slot_open(wizard, NULL, req->type, item->side, req->party);
	/* This list is behind it: back is back to the status. */
	tui_go_over(wizard, &tui_screen_status, &tui_screen_document);
}

static unsigned key(struct tui_wizard *wizard, void *opaque,
		    const struct tui_input *in)
{
	struct papers *state = opaque;

	if (in->key == TUI_KEY_ENTER && state->count) {
		choose(wizard, state);
		return TUI_REDRAW;
	}
	if (in->key == TUI_KEY_ESC)
		return TUI_BACK;
	return tui_list_key(&state->list, in, true) ? TUI_REDRAW : TUI_IGNORED;
}

static int row_of(const struct papers *state)
{
	return state->rows >= 10 ? 4 : 2;
}

static int help_rows(const struct papers *state)
{
	return state->rows >= 14 ? 2 : 1;
}

static void layout(struct tui_wizard *wizard, void *opaque,
		   const struct tui_area *area)
{
	struct papers *state = opaque;

	(void)wizard;
	state->rows = area->rows;
	tui_list_fit(&state->list, state->count,
		     tui_more_rows(state->count, area->rows - row_of(state) -
							 help_rows(state)));
}

static void draw_row(const struct papers *state, const struct tui_area *area,
		     int row, size_t i)
{
	const struct case_item *item = state->items[i];
	bool selected = i == state->list.selected;
	bool same = item == state->rejected;
	char *label = mem_printf(same ? _("another %s") : "%s",
				 tui_requirement_label(item->requirement));

	tui_text(area, row, 0, 2, selected ? TUI_FOCUS : TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	tui_text(area, row, 2, -1, selected ? TUI_FOCUS : TUI_PLAIN, label);
	if (selected)
		tui_cursor(area, row, 0);
	free(label);
}

static void draw(const struct tui_wizard *wizard, void *opaque,
		 const struct tui_area *area)
{
	const struct papers *state = opaque;
	int first = row_of(state);
	const char *why = NULL;
	const char *help = NULL;

	(void)wizard;
	if (!state->rejected)
		return;
	why = tui_item_why(state->rejected);
	tui_textf(area, 0, 2, -1, TUI_STRONG, _("Instead of %s"),
		  tui_requirement_label(state->rejected->requirement));
	tui_paragraph(area, 1, 2, -1, first - 2, TUI_PLAIN, why ? why : "");
	for (int i = 0; i < state->list.rows; i++) {
		size_t at = state->list.top + (size_t)i;

		if (at < state->count)
			draw_row(state, area, first + i, at);
	}
	tui_more_line(area, first + state->list.rows,
		      tui_list_above(&state->list),
		      tui_list_below(&state->list));
	help = state->items[state->list.selected]->requirement->type->help;
	if (help)
		tui_paragraph(area, area->rows - help_rows(state), 2, -1,
			      help_rows(state), TUI_DIM, _(help));
}

const struct tui_screen tui_screen_papers = {
	.name = "papers",
	.bindings = bindings,
	.enter = enter,
	.leave = leave,
	.layout = layout,
	.key = key,
	.changed = changed,
	.draw = draw,
};
