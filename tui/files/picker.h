/* SPDX-License-Identifier: MIT */
/*
 * A file chosen from a folder, over the screen that opened it: newest first,
 * narrowed by typing, what the document does not take left out unless it is
 * asked for. The folder is read by a thread of its own (reader.h). What does
 * not fit is picker_fit.c's, how it is drawn picker_view.c's, its keys
 * picker_keys.c's.
 */
#ifndef TUI_PICKER_H
#define TUI_PICKER_H

#include "cases/case.h"
#include "tui/files/path.h"
#include "tui/files/picture.h"
#include "tui/files/reader.h"
#include "tui/terminal/draw.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/list.h"

/* Why a row can be taken or not; a guess by the name alone. */
enum picker_fit {
	PICKER_FITS,
	PICKER_ENTER, /* a folder, to go into */
	PICKER_LINK,
	PICKER_ODD,
	PICKER_KIND,  /* its suffix is of a kind that is not taken */
	PICKER_EMPTY, /* no bytes */
	PICKER_LARGE,
};

/* All-zero is closed. */
struct picker {
	bool open;
	const struct doc_type *type; /* NULL: a folder is chosen */
	char *title;
	char *folder; /* absolute */
	char *from;   /* the entry to select once it is read, or NULL */
	struct tui_edit filter;
	struct tui_list list; /* of the rows: "..", then SHOWN */
	bool moved;	      /* the selection, by the operator */
	bool everything;      /* also what does not fit */
	bool recent;	      /* PLACES are listed instead of the folder */
	struct tui_paths places;
	struct tui_reader_entry **all; /* newest first */
	size_t count;
	size_t *shown; /* indexes into ALL, or into PLACES */
	size_t shown_count;
	size_t left_out;	   /* what typing found but does not fit */
	struct tui_reader *reader; /* NULL: read to the end */
	bool cut;		   /* more files than are looked at */
	int error;		   /* why it cannot be read further; errno */
	struct picture picture;
	bool full; /* the picture alone is shown */
	char *taken;
	/* Set by who opened it: why another file is wanted (owned), and what is
	 * drawn beside the picture where there is room; or NULL. */
	char *note;
	void (*beside)(void *arg, const struct tui_area *area);
	void *beside_arg;
};

/* Open it for what was TYPED so far: in its folder, else in the one used last,
 * else where kyc was started. TYPE NULL: to choose a folder. TITLE is copied;
 * STORE (may be NULL) knows the folders used before. */
void picker_open(struct picker *picker, const struct doc_type *type,
		 const char *title, const char *typed,
		 struct case_store *store);
void picker_close(struct picker *picker); /* all-zero after */

/* Go to another folder, absolute; FROM (may be NULL) is selected there. */
void picker_go(struct picker *picker, const char *folder, const char *from);
void picker_up(struct picker *picker);

/* Time passed: take what was read and drawn. For tick() and tick_in(). */
bool picker_tick(struct picker *picker);
int picker_tick_in(const struct picker *picker);

/* Is there no row or no picture yet of what is being read? */
bool picker_waits(const struct picker *picker);

/* Show by what was typed and what is wanted. */
void picker_filter(struct picker *picker);
/* The same, KEEP (NULL: the first) selected unless ".." was. */
void picker_show(struct picker *picker, const struct tui_reader_entry *keep);

/* Is what was typed no part of a name, but a path to go to? */
bool picker_path_typed(const struct picker *picker);
bool picker_has_up(const struct picker *picker); /* is ".." the first row? */
/* Of row ROW of the list: NULL for ".." and for a place. */
const struct tui_reader_entry *picker_entry(const struct picker *picker,
					    size_t row);
/* Of the same, when places are listed. */
const char *picker_place(const struct picker *picker, size_t row);
enum picker_fit picker_fit(const struct picker *picker,
			   const struct tui_reader_entry *entry);
char *picker_path(const struct picker *picker, const char *name); /* free() */

enum picker_answer {
	PICKER_STAYS,	/* the key was used up */
	PICKER_TAKEN,	/* picker->taken is the path: close it */
	PICKER_DROPPED, /* several files were: they are the caller's */
	PICKER_LEFT,	/* close it */
	PICKER_PASSED	/* not a key of its own */
};

enum picker_answer picker_key(struct picker *picker,
			      const struct tui_input *in);
/* Its keys as it is now. */
const struct tui_binding *picker_bindings(const struct picker *picker);

void picker_draw(struct picker *picker, const struct tui_area *area);

#endif
