/* SPDX-License-Identifier: MIT */
/* The checklist screen's state and, in documents.c, its drawing; the keys are
 * in screen_documents.c. */
#ifndef TUI_DOCUMENTS_H
#define TUI_DOCUMENTS_H

#include "tui/files/path.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/requests.h"
#include "tui/wizard/wizard.h"
#include "tui/words/checklist_view.h"
#include "tui/words/item_words.h"

struct documents {
	struct tui_rows rows;
	struct tui_list list;
	size_t side; /* of the selected row */
	/* The selection by name: rows move when the checklist changes. */
	char *code, *party;
	enum prov_req_kind kind;
	struct tui_checks checks;
	struct tui_link link;
	struct tui_paths dropped; /* while it is asked what to do with them */
};

/* The selected row with items, and the item of its selected side; NULL: none.
 */
const struct tui_row *documents_row(const struct documents *state);
const struct case_item *documents_item(const struct documents *state);

void documents_layout(struct tui_wizard *wizard, void *state,
		      const struct tui_area *area);
void documents_draw(const struct tui_wizard *wizard, void *state,
		    const struct tui_area *area);

/* documents_drop.c. Dropped files go to the selected slot, after a question
 * where something is in their way; more than it takes, or a folder, to the
 * folder screen. */
void documents_drop(struct tui_wizard *wizard, struct documents *state,
		    const struct tui_input *in);
/* A whole folder for the checklist: go to its screen. */
void documents_folder(struct tui_wizard *wizard, struct documents *state);

#endif
