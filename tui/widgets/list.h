/* SPDX-License-Identifier: MIT */
/* Which row of a list is selected and which rows are in view. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/terminal/draw.h"
#include "tui/terminal/input.h"

/* All-zero is a valid empty list. */
struct tui_list {
	size_t count, selected, top;
	int rows; /* in view; set by tui_list_fit */
};

/* After a resize or a change of content: keeps the selection in view. */
void tui_list_fit(struct tui_list *list, size_t count, int rows);

/* Arrows, page keys, Home, End; with LETTERS also j k g G. True when handled.
 */
bool tui_list_key(struct tui_list *list, const struct tui_input *in,
		  bool letters);

size_t tui_list_above(const struct tui_list *list); /* rows cut above */
size_t tui_list_below(const struct tui_list *list); /* and below */

#endif
