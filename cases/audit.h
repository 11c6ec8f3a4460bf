/* SPDX-License-Identifier: MIT */
/*
 * The audit trail as it is read and proved. Entries are numbered 1, 2, 3, …
 * without a gap, and each carries a hash over the one before:
 *
 *   HASH = SHA-256 of these, each followed by one line feed:
 *          the hash of the entry before (64 hex digits; nothing for entry 1)
 *          when      ms since 1970 UTC, decimal
 *          who       LENGTH ":" BYTES, the length in bytes, decimal
 *          what      LENGTH ":" BYTES
 *          case      decimal, 0: none
 *          submission  decimal, 0: none
 *          detail    LENGTH ":" BYTES
 *
 * The lengths make two different entries spell different bytes. Nothing in
 * an entry is private: content stands there as its digest, people as the ids
 * that the provider gave them, a provider's answer as its code. Neither names
 * of files nor what was filled in are ever in it.
 *
 * The chain alone cannot show that entries are missing at its end. For that,
 * number and hash of the last entry are kept apart from the rows: in the file
 * audit.head beside the record, as soon as the entry is durable, and in every
 * receipt. A program that is killed may leave the file some entries behind.
 *
 * What that proves, plainly. Whoever changes the record alone is found: an
 * edit, an entry taken out, put in or moved, a cut at either end, an older
 * copy put back in its place. There is no secret in any of this: who may write
 * to the whole state directory and knows this page can compute a new chain
 * from any entry on, and a new audit.head. Against that only a head helps
 * which was kept where they cannot reach: a receipt in a ticket, a line in
 * another log, a print. `kyc audit verify --head HASH` finds every change to
 * that entry and all before it. Entries younger than the youngest head that
 * was kept elsewhere are as good as the directory's permissions.
 */
#ifndef CASES_AUDIT_H
#define CASES_AUDIT_H

#include <stdbool.h>

#include "cases/store.h"

struct prov_profile;

/* An entry and the hash that stands for it and for all before it. */
struct audit_head {
	int64_t number; /* 0: there is none */
	char hash[65];	/* lower-case hex; "" then */
};

/* The last entry, as it is committed. */
int case_audit_head(struct case_store *store, struct audit_head *out,
		    struct err *err) ERR_CHECKED;

enum audit_fault {
	AUDIT_FINE,
	AUDIT_CHANGED,	 /* ENTRY does not have the hash it carries */
	AUDIT_MOVED,	 /* ENTRY does not follow from the one before it */
	AUDIT_GONE,	 /* ENTRY is not there, but later ones are */
	AUDIT_CUT,	 /* ENTRY is not there, and was the end once */
	AUDIT_REWRITTEN, /* ENTRY is not the one whose hash was kept apart */
	AUDIT_UNKNOWN,	 /* no entry has the hash that was asked for */
	AUDIT_NO_HEAD,	 /* audit.head is gone, or nothing of ours */
	AUDIT_UNGUARDED, /* the entries are fine, the rule that refuses changes
			    to them is gone */
};

struct audit_report {
	enum audit_fault fault;
	int64_t entry; /* the first that is wrong; 0: none can be named */
	struct audit_head head; /* the last one that was read and is right */
	bool kept;		/* audit.head had an entry, and it is right */
	int64_t known; /* the entry whose hash was asked for; 0: none was */
	/* The last entry which says that audit.head was missing and was made
	 * anew: a cut before it can be told by a head kept elsewhere alone.
	 * 0: there is none. */
	int64_t remade;
};

/*
 * Read the whole trail, one entry at a time, and say in REPORT whether it is
 * what was written. HEAD (64 hex digits) was kept elsewhere and has to be the
 * hash of some entry; NULL: none was. With a HEAD audit.head may be missing.
 * 0 also when something is wrong; -1 and ERR: the record cannot be read, or
 * HEAD is no hash (ERR_USAGE).
 */
int case_audit_verify(struct case_store *store, const char *head,
		      struct audit_report *report, struct err *err) ERR_CHECKED;

/* An entry as it stands there. All borrowed for the call. */
struct audit_entry {
	const struct case_event *event; /* its id is the entry's number */
	const char *previous_hash, *hash;
	/* Whose case: "" where it is about none. */
	const char *profile, *customer;
};

/* Return other than 0 to end the walk. */
typedef int audit_visit(void *arg, const struct audit_entry *entry);

/* All entries, oldest first, or those of CUSTOMER at PROFILE (both NULL:
 * all); one at a time, whatever there is. Proves nothing. */
int case_audit_walk(struct case_store *store,
		    const struct prov_profile *profile, const char *customer,
		    audit_visit *visit, void *arg, struct err *err) ERR_CHECKED;

#endif
