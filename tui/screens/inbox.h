/* SPDX-License-Identifier: MIT */
/* The rejected inbox: what is known of its rows, and how it is drawn. The keys
 * are in screen_inbox.c, asking the providers in inbox_ask.c. */
#ifndef TUI_INBOX_H
#define TUI_INBOX_H

#include "tui/wizard/wizard.h"

struct prov_asking;

/* A row, and what the record says of it; looked for when it is in view. */
struct inbox_row {
	struct case_inbox_row *from;	    /* in FOUND */
	const struct prov_profile *profile; /* NULL: not configured any more */
	bool looked;
	char *what; /* which paper or form; NULL: a list alone told of it */
	char *why;  /* in the provider's words; may be NULL */
	char *more; /* "and 2 more", "1 of 4 files left"; "" */
	enum prov_next next;
};

/* Whom a provider was asked about while this is shown. */
struct inbox_ask {
	struct prov_asking *asking; /* NULL: nobody */
	struct tui_wizard *wizard;
	char *id;	  /* who is being asked about */
	int64_t since_ms; /* unix; rows read since need not be asked again */
	int64_t next_ms;  /* when the next one may be */
	bool failed;	  /* so nobody is, until the operator wants it */
};

struct inbox {
	struct tui_edit filter;
	bool filtering; /* letters are typed into it */
	struct tui_list list;
	struct case_inbox found; /* from row OFFSET on */
	struct inbox_row *rows;	 /* as many */
	size_t offset;
	int screen_rows;
	bool stale;
	char *opening; /* whose id, while a question about it is open */
	struct inbox_ask ask;
};

/* Read the rows around those in view. */
void inbox_load(struct tui_wizard *wizard, struct inbox *state);
/* The same again: the selection stays on its case, wherever that is now. */
void inbox_load_again(struct tui_wizard *wizard, struct inbox *state);
/* Row I of all; NULL: not read. */
struct inbox_row *inbox_row(const struct inbox *state, size_t i);
void inbox_release(struct inbox *state);

/* How many rows fit; after a resize or a change. */
void inbox_fit(struct inbox *state);
void inbox_draw(const struct tui_wizard *wizard, void *state,
		const struct tui_area *area);

/*
 * What is shown is old: ask the provider in use about those in view, one after
 * the other and never faster than one in two seconds. Profiles that are not in
 * use are not asked. WAIT: in how many ms to call again; -1: not.
 */
void inbox_ask_next(struct tui_wizard *wizard, struct inbox *state,
		    int64_t now_ms);
int inbox_ask_wait(const struct tui_wizard *wizard, const struct inbox *state);
/* Everybody in view anew. */
void inbox_ask_again(struct inbox *state);
void inbox_ask_stop(struct inbox *state);

#endif
