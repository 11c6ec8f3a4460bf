/* SPDX-License-Identifier: MIT */
/*
 * One list to choose from, filtered as one types, in a box over the screen
 * that opened it: choices of a form field, or countries.
 */
#ifndef TUI_CHOOSER_H
#define TUI_CHOOSER_H

#include "forms/form.h"
#include "tui/terminal/draw.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/list.h"

enum {
	TUI_CHOOSER_MULTI = 1 << 0, /* Space marks, Enter is done */
	TUI_CHOOSER_TYPED = 1 << 1, /* what is typed may be taken as a code */
	TUI_CHOOSER_NUMBERED = 1 << 2, /* the codes are not for people */
};

/* All-zero is closed. */
struct tui_chooser {
	bool open;
	unsigned flags;
	char *title;
	const struct form_choice *choices; /* NULL: the countries */
	struct form_choice *all;	   /* codes and labels borrowed */
	char **folded; /* what the filter looks at; NULL: countries have their
			  own */
	size_t count;
	size_t *matches; /* indexes into ALL, best first */
	struct tui_edit filter;
	struct tui_list list; /* of the matches */
	char *taken;
};

/* CHOICES end with a NULL code; NULL: the countries. They must stay; TITLE is
 * copied. CURRENT (a code, or several joined by ',') is where it starts. */
void tui_chooser_open(struct tui_chooser *chooser, const char *title,
		      const struct form_choice *choices, unsigned flags,
		      const char *current);
/* In another language, under TITLE: what was typed stays. Nothing when it is
 * not open. */
void tui_chooser_translate(struct tui_chooser *chooser, const char *title);
void tui_chooser_close(struct tui_chooser *chooser); /* all-zero after */

enum tui_chooser_answer {
	TUI_CHOOSER_STAYS,  /* the key was used up */
	TUI_CHOOSER_TAKEN,  /* tui_chooser_taken() is the answer: close it */
	TUI_CHOOSER_MARKED, /* put tui_chooser_taken() in or out; it stays */
	TUI_CHOOSER_LEFT,   /* close it; with MULTI the marks count */
};

enum tui_chooser_answer tui_chooser_key(struct tui_chooser *chooser,
					const struct tui_input *in);

/* Take the row it is on, whatever the key was; false: there is none. */
bool tui_chooser_take(struct tui_chooser *chooser);

/* A code; borrowed until the next key. */
const char *tui_chooser_taken(const struct tui_chooser *chooser);

/* MARKED: the codes that are chosen now, joined by ','. */
void tui_chooser_draw(struct tui_chooser *chooser, const struct tui_area *area,
		      const char *marked);

/* Is CODE one of those in MARKED? */
bool tui_marked(const char *marked, const char *code);

#endif
