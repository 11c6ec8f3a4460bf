/* SPDX-License-Identifier: MIT */
/*
 * Undoing what was changed of the draft of the wizard's customer, and doing it
 * again, on any screen of it. What is still being typed is the line's own to
 * undo (edit.h).
 */
#ifndef TUI_UNDO_H
#define TUI_UNDO_H

#include "tui/wizard/wizard.h"

enum tui_undo {
	TUI_UNDO_NOT, /* zero: another key */
	TUI_UNDO,
	TUI_REDO,
};

/* What KEY means; LETTERS: no text is typed where the focus is. */
enum tui_undo tui_undo_key(int key, bool letters);

/* Undo or do again one step, load the checklist again, and say what became
 * what. True when there was one: CHANGE tells where; release it. */
bool tui_undo(struct tui_wizard *wizard, enum tui_undo what,
	      struct case_change *change);

/* The parts of it, without a screen. -1 and ERR when there was none, too. */
int tui_undo_step(struct case_store *store, int64_t case_id, enum tui_undo what,
		  struct case_change *change, struct err *err) ERR_CHECKED;
/* What CHANGE was, in a sentence, where LIST was loaded after it; free() it. */
char *tui_undo_words(const struct provider *provider,
		     const struct case_checklist *list, enum tui_undo what,
		     const struct case_change *change);

/* Is there something to undo? For a screen's useful(). */
bool tui_undo_useful(const struct tui_wizard *wizard);

/* For the checklist: the same, and the row of it is the selected one. */
void tui_undo_on_list(struct tui_wizard *wizard, enum tui_undo what);

#endif
