/* SPDX-License-Identifier: MIT */
/* The screen of a new customer: its state. What is done is create.c's, keys and
 * drawing are screen_create.c's. */
#ifndef TUI_CREATE_H
#define TUI_CREATE_H

#include "providers/ask.h"
#include "tui/screens/information.h"

#define CREATE_BINDINGS 32

struct creating {
	struct tui_wizard *wizard;
	const struct prov_creation *creation; /* NULL: the kind is chosen */
	struct tui_list kinds;
	struct case_newcomer newcomer; /* id NULL: nothing was filled in yet */
	struct information form;
	struct tui_binding bindings[CREATE_BINDINGS]; /* of the form */
	struct prov_asking *asking; /* who is there already; NULL: nobody is
				       asked */
	char *known;		    /* his id; NULL */
	char *typed;		    /* what he was looked for by; NULL */
};

/* As tui_create_open(). */
void create_open(struct tui_wizard *wizard, struct creating *state,
		 const char *whom);
void create_release(struct tui_wizard *wizard, struct creating *state);

/* CREATION was chosen. */
void create_begin(struct creating *state, const struct prov_creation *creation);

/* Is his answer waited for, so that nothing can be filled in? */
bool create_waits(const struct creating *state);

/* The record may say more of him: that he was made, or refused. */
void create_follow(struct creating *state);

/* By the operator; asks before it forgets anything. */
void create_discard(struct creating *state);
void create_retry(struct creating *state);
void create_cancel(struct creating *state);

#endif
