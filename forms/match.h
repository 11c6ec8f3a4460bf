/* SPDX-License-Identifier: MIT */
/*
 * Which file of a folder is which document: a proposal from the words in its
 * name (English, Portuguese, Spanish) and from what is in it, for somebody to
 * confirm. Never certain, and silent about what it cannot tell.
 */
#ifndef FORMS_MATCH_H
#define FORMS_MATCH_H

#include <stddef.h>

#include "forms/document.h"

/* One side of one document that is still open. All borrowed. */
struct match_slot {
	const struct doc_type *type;
	const char *label; /* what the provider calls it; or NULL */
	enum doc_side side;
	const char *holder; /* name of the party; NULL: the customer itself */
};

struct match_file {
	const char *name;	       /* without its folder */
	const struct doc_facts *facts; /* NULL: not looked into */
};

#define MATCH_NONE ((size_t)-1)

enum match_why {
	MATCH_UNKNOWN, /* nothing in its name says what it is */
	MATCH_CLOSED,  /* it says, but nothing like that is open */
	MATCH_COPY,    /* the same file as OTHER */
	MATCH_TAKEN,   /* its name fits, but another file fits better */
	MATCH_UNFIT,   /* its name fits, but such a file is not taken there */
	MATCH_NAME,    /* words of its name: SLOT */
	MATCH_REMAINS, /* the only file left for the only place left: SLOT */
};

struct match {
	size_t slot; /* index; MATCH_NONE */
	enum match_why why;
	size_t other;	/* index of the file that this one is a copy of */
	char words[48]; /* what spoke for it, "rg, frente"; may be "" */
};

/*
 * Propose a slot for each of COUNT files into OUT (COUNT of them). No slot is
 * given twice; of files that fit the same, the better one has it, else the
 * first.
 */
void match_files(const struct match_slot *slots, size_t slot_count,
		 const struct match_file *files, size_t count,
		 struct match *out);

#endif
