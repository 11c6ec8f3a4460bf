/* SPDX-License-Identifier: MIT */
/* The information screen's state and its drawing; the keys are in
 * screen_information.c. */
#ifndef TUI_INFORMATION_H
#define TUI_INFORMATION_H

#include "tui/chooser.h"
#include "tui/form_view.h"
#include "tui/page.h"
#include "tui/wizard.h"

struct information {
	struct tui_form_view form; /* without a schema: nothing is asked */
	struct tui_chooser chooser;
	struct tui_page page;
	bool from_record; /* was the checklist there when it was made? */
};

void information_layout(struct tui_wizard *wizard, void *state,
			const struct tui_area *area);
void information_draw(const struct tui_wizard *wizard, void *state,
		      const struct tui_area *area);

#endif
