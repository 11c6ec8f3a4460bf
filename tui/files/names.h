/* SPDX-License-Identifier: MIT */
/*
 * Names below a path that is being typed: what there is to choose from, newest
 * first, a page at a time. What is in a folder is read by a thread (reader.h).
 */
#ifndef TUI_NAMES_H
#define TUI_NAMES_H

#include <stdbool.h>

#include "tui/files/path.h"
#include "tui/files/reader.h"
#include "tui/terminal/input.h"

#define TUI_NAMES_MOST 1000

/* All-zero is none. */
struct tui_names {
	struct tui_paths paths;
	struct tui_reader *reader;	/* of what is offered; NULL: it ended */
	struct tui_reader_entry **read; /* by it */
	size_t read_count;
	size_t top, shown; /* the page, as it was last made */
	size_t *before;	   /* where the pages before it begin */
	size_t page;	   /* how many these are */
};

void tui_names_release(struct tui_names *names);

/* Show PATHS (taken) instead; or what is in FOLDER, absolute, once it was
 * read. */
void tui_names_set(struct tui_names *names, struct tui_paths *paths);
void tui_names_offer(struct tui_names *names, const char *folder);

/* Time passed: true when there are others now. For tick() and tick_in(). */
bool tui_names_tick(struct tui_names *names);
int tui_names_tick_in(const struct tui_names *names);

/* PgDn and PgUp where there is more than a page. True when it was one. */
bool tui_names_key(struct tui_names *names, const struct tui_input *in);

/* The page as at most ROWS lines of COLS columns, HEAD (may be "") in front;
 * its last line says how many there are besides. "": there is none. free() it.
 */
char *tui_names_page(struct tui_names *names, const char *head, int cols,
		     int rows);

#endif
