/* SPDX-License-Identifier: MIT */
/*
 * The document screen's model and its drawing; the keys are in
 * screen_document.c.
 */
#ifndef TUI_DOCUMENT_VIEW_H
#define TUI_DOCUMENT_VIEW_H

#include "tui/checklist_view.h"
#include "tui/chooser.h"
#include "tui/draft.h"
#include "tui/item_words.h"
#include "tui/page.h"
#include "tui/path.h"
#include "tui/picker.h"
#include "tui/wizard.h"

#define DOCUMENT_NAMES	 50 /* completions looked for */
#define DOCUMENT_OFFERED 8  /* of the files here, before one is typed */

struct document_view {
	const struct doc_type *type;
	enum doc_side sides[TUI_ROW_ITEMS];
	bool optional[TUI_ROW_ITEMS];
	size_t side_count;
	char country[4];
	struct tui_edit paths[TUI_ROW_ITEMS];
	size_t focus; /* country (if there is one), sides, the button */
	struct tui_chooser chooser;
	struct picker picker;
	struct tui_checks checks;
	struct tui_paths names; /* that the path could be completed to */
	struct tui_page page;
};

/* For the wizard's slot. VIEW comes in all-zero. */
void document_view_init(struct document_view *view,
			const struct tui_wizard *wizard);
/* All but the checks. */
void document_view_release(struct document_view *view);
/* The checklist is another: what is not being typed comes from it. */
void document_view_refresh(struct document_view *view,
			   const struct tui_wizard *wizard);

size_t document_view_fields(const struct document_view *view);
bool document_view_on_country(const struct document_view *view);
/* Is a side focused? Then which. */
bool document_view_side(const struct document_view *view, size_t *side);
const struct case_document *
document_view_draft(const struct document_view *view,
		    const struct tui_wizard *wizard, size_t side);

void document_layout(struct tui_wizard *wizard, void *view,
		     const struct tui_area *area);
void document_draw(const struct tui_wizard *wizard, void *view,
		   const struct tui_area *area);

#endif
