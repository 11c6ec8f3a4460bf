/* SPDX-License-Identifier: MIT */
/* The status screen: writing a note down. */
#include "forms/form.h"
#include "tui/screens/status.h"
#include "tui/wizard/draft.h"

/* What is refused stays to be mended. */
static void write_down(struct tui_wizard *wizard, struct status *state)
{
	const char *text = tui_edit_text(&state->note);
	struct err err = { 0 };
	int64_t case_id = 0;

	if (*text && (tui_case(wizard, &case_id, &err) ||
		      case_note_add(wizard->app->store, case_id, text, &err))) {
		tui_say_err(wizard, &err);
		return;
	}
	if (*text)
		tui_say(wizard, "%s", _("The note is kept with this case."));
	state->noting = false;
	tui_edit_set(&state->note, "");
	tui_wizard_reload(wizard);
}

unsigned status_note_key(struct tui_wizard *wizard, struct status *state,
			 const struct tui_input *in)
{
	switch (in->key) {
	case TUI_KEY_ENTER:
		write_down(wizard, state);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
		state->noting = false;
		tui_edit_set(&state->note, "");
		return TUI_REDRAW;
	default:
		return tui_edit_key(&state->note, in, NULL) ? TUI_REDRAW
							    : TUI_IGNORED;
	}
}

void status_note_draw(struct status *state, const struct tui_area *area)
{
	const char *label = _("Note:");
	int row = area->rows - 1;
	int col = 2 + text_width(label) + 1;

	tui_text(area, row, 0, -1, TUI_PLAIN, "");
	tui_text(area, row, 2, -1, TUI_STRONG, label);
	tui_edit_draw(&state->note, area, row, col, area->cols - col, true);
}
