/* SPDX-License-Identifier: MIT */
/*
 * The document screen's model; its drawing is document_draw.c's. The keys are
 * in screen_document.c, what they do to files in document_files.c.
 */
#ifndef TUI_DOCUMENT_VIEW_H
#define TUI_DOCUMENT_VIEW_H

#include "tui/files/names.h"
#include "tui/files/path.h"
#include "tui/files/picker.h"
#include "tui/files/slot_pictures.h"
#include "tui/widgets/chooser.h"
#include "tui/widgets/page.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/wizard.h"
#include "tui/words/check_words.h"
#include "tui/words/checklist_view.h"
#include "tui/words/item_words.h"

struct document_view {
	const struct doc_type *type;
	enum doc_side sides[TUI_ROW_ITEMS];
	bool optional[TUI_ROW_ITEMS];
	size_t side_count;
	char country[4];
	struct tui_edit paths[TUI_ROW_ITEMS];
	size_t focus; /* country (if there is one), sides, the button */
	size_t side;  /* that has the focus, or had it last */
	struct tui_chooser chooser;
	struct picker picker;
	struct slot_pictures pictures;
	struct tui_checks checks;
	struct tui_names names; /* that the path could be completed to */
	struct tui_page page;
};

/* For the wizard's slot. VIEW comes in all-zero. */
void document_view_init(struct document_view *view,
			const struct tui_wizard *wizard);
/* All but the checks and the pictures. */
void document_view_release(struct document_view *view);
/* The checklist is another: what is not being typed comes from it. */
void document_view_refresh(struct document_view *view,
			   const struct tui_wizard *wizard);

size_t document_view_fields(const struct document_view *view);
size_t document_view_first(const struct document_view *view); /* side's field */
bool document_view_on_country(const struct document_view *view);
/* Is a side focused? Then which. */
bool document_view_side(const struct document_view *view, size_t *side);
/* The checklist's item for SIDE, or NULL; and what is recorded for it. */
const struct case_item *document_view_item(const struct document_view *view,
					   const struct tui_wizard *wizard,
					   size_t side);
const struct case_document *
document_view_draft(const struct document_view *view,
		    const struct tui_wizard *wizard, size_t side);

/* What the provider calls the paper, else we do. */
const char *document_view_label(const struct document_view *view,
				const struct tui_wizard *wizard);
/* Is there still something to be done about SIDE? Was it rejected, another file
 * helps, and none was chosen yet? */
bool document_view_asks(const struct document_view *view,
			const struct tui_wizard *wizard, size_t side);
bool document_view_rejected(const struct document_view *view,
			    const struct tui_wizard *wizard, size_t side);
/* The first side that asks for a file, else the one worked on last. */
size_t document_view_wanting(const struct document_view *view,
			     const struct tui_wizard *wizard);
/* Why the file of SIDE was rejected; NULL: it was not. */
const char *document_view_why(const struct document_view *view,
			      const struct tui_wizard *wizard, size_t side);
/* What there may be pictures of: the side that is worked on, or where it has
 * none, the other one. */
struct slot_files document_view_files(const struct document_view *view,
				      const struct tui_wizard *wizard);

/* document_files.c */

/* Before anything is typed: what there is here. */
void document_offer(struct document_view *view);
/* Record SIDE with PATH and the country as they are now. */
void document_put(struct tui_wizard *wizard, struct document_view *view,
		  size_t side, const char *path);
/* Leave the focused field, whatever is in it; and go to the next one (1), or
 * the one before (-1). */
void document_accept(struct tui_wizard *wizard, struct document_view *view);
void document_move(struct tui_wizard *wizard, struct document_view *view,
		   int direction);
/* To the first side that still wants a file, else to the button. */
void document_go_on(struct tui_wizard *wizard, struct document_view *view);
/* Tab in the path of SIDE. */
void document_complete(struct tui_wizard *wizard, struct document_view *view,
		       size_t side);
/* Dropped files: one for SIDE; two where there are two sides. */
unsigned document_paste(struct tui_wizard *wizard, struct document_view *view,
			const struct tui_input *in, size_t side);
/* Open the picker, for the side with the focus, else for the first; and what a
 * key does in it. */
void document_pick(struct tui_wizard *wizard, struct document_view *view);
/* What stands above the open picker, in the language of now. */
void document_pick_words(const struct tui_wizard *wizard,
			 struct document_view *view);
unsigned document_picked(struct tui_wizard *wizard, struct document_view *view,
			 const struct tui_input *in);

/* document_draw.c */
void document_layout(struct tui_wizard *wizard, void *view,
		     const struct tui_area *area);
void document_draw(const struct tui_wizard *wizard, void *view,
		   const struct tui_area *area);

#endif
