/* SPDX-License-Identifier: MIT */
/*
 * The rejected inbox: whoever has something rejected, at whatever profile,
 * whoever waits longest first; then those of whom a list alone says that
 * something is wanted.
 */
#ifndef CASES_INBOX_H
#define CASES_INBOX_H

#include "cases/checklist.h"

struct case_inbox_row {
	char *profile; /* by name, as it was configured then */
	char *id;
	char *name;
	int64_t since_ms; /* unix; since when it is known to be rejected */
	int64_t read_ms;  /* unix; when it was read whole; 0: a list alone
			     told of it, without saying what */
	unsigned rejected;
	unsigned notes;
};

struct case_inbox {
	struct case_inbox_row *rows; /* those asked for */
	size_t count;
	size_t matching; /* all of them */
};

/* Rows OFFSET..OFFSET+ROOM of those whose name has TEXT in it, or whose id
 * begins with it (case and accents folded; "": all). OUT comes in empty. */
int case_inbox_read(struct case_store *store, const char *text, size_t offset,
		    size_t room, struct case_inbox *out,
		    struct err *err) ERR_CHECKED;
void case_inbox_release(struct case_inbox *inbox);

struct case_inbox_counts {
	size_t rejected; /* of whom it is known */
	size_t wanted;	 /* of whom a list alone says that something is */
};

/* How many rows there are of both kinds. */
int case_inbox_count(struct case_store *store, struct case_inbox_counts *counts,
		     struct err *err) ERR_CHECKED;

/* What is rejected of CUSTOMER, and why: its checklist as the record has it.
 * Nothing is noted by having looked. CHECKLIST comes in empty or loaded before
 * (it is replaced). */
int case_inbox_look(struct case_store *store,
		    const struct prov_profile *profile, const char *customer,
		    struct case_checklist *checklist,
		    struct err *err) ERR_CHECKED;

#endif
