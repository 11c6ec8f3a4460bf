/* SPDX-License-Identifier: MIT */
/*
 * What is in a folder, read by a thread of its own: a folder of 100,000 files,
 * or one on a disk that does not answer, holds up no key. Nothing here waits.
 */
#ifndef TUI_READER_H
#define TUI_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TUI_READER_MOST 200000 /* more are not looked at */

enum tui_reader_kind {
	TUI_READER_FILE,
	TUI_READER_FOLDER, /* or a link to one */
	TUI_READER_LINK,   /* to something that is no folder */
	TUI_READER_ODD,	   /* a pipe, a device, a socket */
};

struct tui_reader_entry {
	enum tui_reader_kind kind;
	uint64_t bytes;
	int64_t modified_ms; /* unix */
	int mark;	     /* the taker's own; 0 */
	const char *folded;  /* for searching; behind the name */
	char name[];
};

void tui_reader_entry_free(struct tui_reader_entry *entry);
/* For qsort() of pointers to entries. */
int tui_reader_newest_first(const void *a, const void *b);

enum tui_reader_state {
	TUI_READER_BUSY,
	TUI_READER_DONE,
	TUI_READER_CUT,	   /* there are more than are looked at */
	TUI_READER_FAILED, /* its error says why; what was found is there */
};

struct tui_reader;

/* Begin to read the folder PATH (copied); NULL and errno: no thread is left. */
struct tui_reader *tui_reader_start(const char *path);

/* Take up to MOST entries, in no order, into LIST; free each. How many. */
size_t tui_reader_take(struct tui_reader *reader,
		       struct tui_reader_entry **list, size_t most);

/* BUSY as well while there is something to take. *ERROR: of FAILED. */
enum tui_reader_state tui_reader_state(struct tui_reader *reader, int *error);

/* A thread that hangs on a dead disk is left behind. NULL is fine. */
void tui_reader_free(struct tui_reader *reader);

#endif
