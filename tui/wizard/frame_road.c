/* SPDX-License-Identifier: MIT */
/* The road of the wizard, above every screen: its steps, which one is here, and
 * how each stands. */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/wizard/wizard_private.h"
#include "tui/words/item_words.h"

#define ROAD_ROW 1

static const char *documents_mark(const struct case_checklist *list)
{
	unsigned missing = list->missing;

	for (size_t i = 0; i < list->count; i++) {
		const struct case_item *item = &list->items[i];
		enum prov_req_kind kind = item->requirement->kind;

		if (kind == PROV_REQ_INFORMATION)
			missing -= missing &&
				   item->state == CASE_ITEM_MISSING &&
				   !item->requirement->optional;
		else if (kind != PROV_REQ_START &&
			 (item->state == CASE_ITEM_REJECTED ||
			  tui_item_blocked(item)))
			return tui_symbol(TUI_SYMBOL_BAD);
	}
	return list->count && !missing ? tui_symbol(TUI_SYMBOL_DONE) : "";
}

/* Of a form, as far as it concerns the mark: -1 something is wrong, 0 it is
 * still wanted, 1 unsure, 2 done. */
static int form_standing(const struct case_item *item)
{
	switch (item->state) {
	case CASE_ITEM_REJECTED:
		return -1;
	case CASE_ITEM_MISSING:
	case CASE_ITEM_DRAFT:
		return item->requirement->optional ||
				       !findings_errors(&item->form->findings)
			       ? 2
			       : 0;
	case CASE_ITEM_UNSURE:
		return 1;
	default:
		return 2;
	}
}

/* How the worst of the forms stands. */
static const char *information_mark(const struct case_checklist *list)
{
	int worst = 3;

	for (size_t i = 0; i < list->count; i++) {
		int here = list->items[i].form ? form_standing(&list->items[i])
					       : worst;

		worst = here < worst ? here : worst;
	}
	switch (worst) {
	case -1:
		return tui_symbol(TUI_SYMBOL_BAD);
	case 1:
		return tui_symbol(TUI_SYMBOL_UNSURE);
	case 2:
		return tui_symbol(TUI_SYMBOL_DONE);
	default:
		return ""; /* to be filled in, or none is asked for */
	}
}

/* A mark for how STEP stands: two of a kind never differ by colour alone. */
static const char *step_mark(const struct tui_wizard *wizard, int step)
{
	const struct case_checklist *list = &wizard->checklist;

	switch (step) {
	case 1:
		return tui_symbol(TUI_SYMBOL_DONE);
	case 2:
		return documents_mark(list);
	case 3:
		return list->count ? information_mark(list) : "";
	case 4:
		return list->in_flight ? tui_symbol(TUI_SYMBOL_WAIT) : "";
	default:
		if (list->customer.stage == PROV_STAGE_APPROVED)
			return tui_symbol(TUI_SYMBOL_DONE);
		return list->customer.stage == PROV_STAGE_CLOSED
			       ? tui_symbol(TUI_SYMBOL_BAD)
			       : "";
	}
}

/* A screen over a step is part of it. */
static int step_here(const struct tui_wizard_private *p)
{
	int step = 0;

	for (size_t i = p->depth; i > 0 && !step; i--)
		step = p->stack[i - 1].screen->step;
	return step;
}

void tui_frame_draw_road(const struct tui_wizard *wizard,
			 const struct tui_area *all)
{
	static const char *const names[] = {
		N_("Customer"),	     N_("Documents"), N_("Information"),
		N_("Review & send"), N_("Status"),
	};
	/* Whoever was open before is not who is made here. */
	bool open = wizard->customer &&
		    tui_wizard_top(wizard)->screen != &tui_screen_create;
	int here = step_here(wizard->private);
	bool wide = all->cols >= 80;
	int col = 0;

	for (int step = 1; step <= TUI_STEPS; step++) {
		bool current = step == here;
		char *text = mem_printf(current ? "[%d %s%s]"
					: wide	? "%d %s%s"
						: "%d%.0s%s",
					step, _(names[step - 1]),
					open ? step_mark(wizard, step) : "");
		enum tui_style style = current ? TUI_HERE : TUI_PLAIN;

		if (!current && step > 1 && !open)
			style = TUI_DIM;
		if (col < all->cols)
			col += tui_text(all, ROAD_ROW, col, text_width(text),
					style, text);
		wizard->private->step_cols[step - 1] = col;
		free(text);
		if (step < 5 && col + 3 < all->cols) {
			tui_textf(all, ROAD_ROW, col, 3, TUI_DIM, " %s ",
				  tui_symbol(TUI_SYMBOL_POINTER));
			col += 3;
		}
	}
}

int tui_frame_step_at(const struct tui_wizard *wizard, int row, int col)
{
	const struct tui_wizard_private *p = wizard->private;

	for (int step = 1; row == ROAD_ROW && step <= TUI_STEPS; step++)
		if (col < p->step_cols[step - 1])
			return step;
	return 0;
}
