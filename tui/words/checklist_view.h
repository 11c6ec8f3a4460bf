/* SPDX-License-Identifier: MIT */
/*
 * The checklist as rows to show: who, which group, which paper with its
 * sides. Draws nothing; the words are in item_words.h.
 */
#ifndef TUI_CHECKLIST_VIEW_H
#define TUI_CHECKLIST_VIEW_H

#include "cases/case.h"

enum tui_row_kind {
	TUI_ROW_HOLDER,	 /* whose the rows below are; only with parties */
	TUI_ROW_BUDGET,	 /* how many files may wait for review */
	TUI_ROW_HEADING, /* "Identity: any one of", "Also required", … */
	TUI_ROW_SLOTS,	 /* one paper with its sides, or a form: can be
			    selected */
	TUI_ROW_NOTE,	 /* why the row above was rejected */
};

#define TUI_ROW_ITEMS 2 /* sides at most */

struct tui_row {
	enum tui_row_kind kind;
	char *text;   /* of all but slots */
	char *counts; /* of a holder: "2 missing · 1 rejected" */
	const struct case_item *items[TUI_ROW_ITEMS];
	size_t count;
	bool in_group;
	bool made_up; /* another one of its group stands for it */
	bool full;    /* of a budget: no more files are taken now */
};

/* All-zero is a valid empty list. */
struct tui_rows {
	struct tui_row *list;
	size_t count;
};

/* OUT comes in empty or built before (it is replaced). It points into
 * CHECKLIST: build it again after a load. */
void tui_rows_build(const struct case_checklist *checklist,
		    struct tui_rows *out);
void tui_rows_release(struct tui_rows *rows);

/* The first row at or after FROM, going round, that can be selected and, if
 * OPEN, still asks for something; the count when there is none. */
size_t tui_rows_next(const struct tui_rows *rows, size_t from, bool open);

/* The row after AT and, where AT is one of a group, after all of the group:
 * they are one thing to be done. */
size_t tui_rows_after(const struct tui_rows *rows, size_t at);

/* The item of ROW that asks for something first, else the first. */
size_t tui_row_open_item(const struct tui_row *row);

/* Does the operator still have to do something about it? */
bool tui_item_open(const struct case_item *item);

/* What stands on the row of REQUIREMENT: a form that adds somebody says so. */
char *tui_row_label(const struct prov_requirement *requirement);

/* What ITEM's group has chosen instead of it: its first item; or NULL. */
const struct case_item *
tui_chosen_instead(const struct case_checklist *checklist,
		   const struct case_item *item);

#endif
