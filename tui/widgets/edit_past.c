/* SPDX-License-Identifier: MIT */
/* Typing undone and done again. Kept as whole texts: a line is short. */
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"
#include "tui/widgets/edit_private.h"

#define STEPS_MOST 50

struct kept {
	char *text;
	size_t cursor;
};

/* The texts before the current one, and from AT on those after it. */
struct tui_edit_past {
	struct kept list[STEPS_MOST];
	size_t count, at;
	enum tui_edit_way way; /* of the step under way */
};

static void drop(struct tui_edit_past *past, size_t i)
{
	mem_free_private(past->list[i].text);
	past->list[i] = (struct kept){ 0 };
}

void tui_edit_forget(struct tui_edit *edit)
{
	struct tui_edit_past *past = edit->past;

	for (size_t i = 0; past && i < past->count; i++)
		drop(past, i);
	free(past);
	edit->past = NULL;
}

void tui_edit_moved(struct tui_edit *edit)
{
	if (edit->past)
		edit->past->way = TUI_EDIT_MOVED;
}

void tui_edit_keep(struct tui_edit *edit, enum tui_edit_way way)
{
	struct tui_edit_past *past = edit->past;
	bool goes_on;

	if (!past)
		past = edit->past = mem_alloc(sizeof(*past));
	goes_on = past->way == way && past->at == past->count &&
		  (way == TUI_EDIT_TYPED || way == TUI_EDIT_DELETED);
	past->way = way;
	if (goes_on)
		return;
	while (past->count > past->at)
		drop(past, --past->count);
	if (past->count == STEPS_MOST) {
		drop(past, 0);
		past->count--;
		memmove(past->list, past->list + 1,
			past->count * sizeof(*past->list));
	}
	past->list[past->count++] = (struct kept){
		.text = mem_dup(tui_edit_text(edit)),
		.cursor = edit->cursor,
	};
	past->at = past->count;
}

bool tui_edit_undo(struct tui_edit *edit, bool again)
{
	struct tui_edit_past *past = edit->past;
	struct kept now = { edit->text, edit->cursor };
	struct kept *other = NULL;

	if (!past || (again ? past->at == past->count : past->at == 0))
		return false;
	other = &past->list[again ? past->at++ : --past->at];
	edit->text = other->text;
	edit->cursor = other->cursor;
	edit->scroll = 0;
	*other = now;
	past->way = TUI_EDIT_MOVED;
	return true;
}
