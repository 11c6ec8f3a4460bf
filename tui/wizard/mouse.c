/* SPDX-License-Identifier: MIT */
/*
 * The mouse as keys: no screen knows of it. The wheel is an arrow. A click on
 * a step goes there; one on a row brings the focus there, as far as arrows do,
 * and one on the row with the focus is Enter.
 */
#include "tui/terminal/term.h"
#include "tui/wizard/wizard_private.h"

#define NOTCH	    3	/* rows a notch of the wheel */
#define ARROWS_MOST 500 /* rows of the largest terminal there is */

static void press(struct tui_wizard *wizard, int key)
{
	const struct tui_input in = { .key = key };

	tui_wizard_key(wizard, &in);
}

/* Where the focus is drawn now, though nobody sees it yet; -1: nowhere. */
static int focus_row(struct tui_wizard *wizard)
{
	tui_term_begin();
	tui_frame_draw(wizard);
	return tui_term_focus();
}

static void bring_focus(struct tui_wizard *wizard, int row)
{
	int at = focus_row(wizard);
	int key = at < row ? TUI_KEY_DOWN : TUI_KEY_UP;

	if (at == row) {
		press(wizard, TUI_KEY_ENTER);
		return;
	}
	for (int i = 0; at >= 0 && i < ARROWS_MOST; i++) {
		int before = at;

		press(wizard, key);
		at = focus_row(wizard);
		if (at == before || at == row || (at < row) != (before < row))
			return;
	}
}

static void click(struct tui_wizard *wizard, int row, int col)
{
	const struct tui_wizard_private *p = wizard->private;
	int step = tui_frame_step_at(wizard, row, col);

	if (p->too_small || p->overlay.kind != TUI_OVERLAY_NONE)
		return;
	if (step) {
		tui_wizard_step_to(wizard, step);
		tui_wizard_go_now(wizard);
	} else if (row >= p->area.top && row < p->area.top + p->area.rows) {
		bring_focus(wizard, row);
	}
}

bool tui_mouse_key(struct tui_wizard *wizard, const struct tui_input *in)
{
	switch (in->key) {
	case TUI_KEY_WHEEL_UP:
	case TUI_KEY_WHEEL_DOWN:
		for (int i = 0; i < NOTCH; i++)
			press(wizard, in->key == TUI_KEY_WHEEL_UP
					      ? TUI_KEY_UP
					      : TUI_KEY_DOWN);
		return true;
	case TUI_KEY_CLICK:
		wizard->private->dirty = wizard->private->urgent = true;
		tui_wizard_message(wizard, NULL, false);
		click(wizard, in->row, in->col);
		return true;
	default:
		return false;
	}
}
