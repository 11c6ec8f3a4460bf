/* SPDX-License-Identifier: MIT */
/*
 * Receipts: what became of a submission, and how that can be proved. What is
 * said comes from the record; each step of it names the entry of the audit
 * trail that said so at the time, and where the record says something else
 * today, the receipt says that. The trail's last entry stands in each, so that
 * `kyc audit verify --head` can be asked about it later.
 *
 * A receipt names content by its digest and people by the provider's ids. Two
 * things in it may be private all the same: the base name of the file, which
 * the operator needs to tell files apart (its directory is never given), and
 * the words of a provider who refuses something.
 */
#ifndef CASES_RECEIPT_H
#define CASES_RECEIPT_H

#include <stdbool.h>

#include "cases/audit.h"
#include "cases/record.h"

struct receipt_attempt {
	unsigned number;
	int64_t started_ms, ended_ms; /* unix; ended 0: no end is known */
	char *key;		      /* NULL: the record has lost it */
	char *body_sha256;
	char *ended;   /* "answer", "lost", "unreached", "cancelled", … */
	int status;    /* HTTP; 0: there was no answer */
	char *outcome; /* "accepted", "refused", "again", "unsure", … */
	char *code;    /* the provider's, or ours; may be NULL */
	char *message; /* why it ended so, for staff; may be NULL */
	char *log_id;  /* to quote to the provider's support; may be NULL */
	uint64_t sent; /* bytes */
	/* Entries of the trail; 0: there is none that says so. */
	int64_t began_entry, ended_entry;
};

struct receipt {
	struct case_submission sent;
	char *profile, *endpoint;
	char *operator_name; /* who queued it; NULL: the trail does not say */
	struct receipt_attempt *attempts; /* oldest first */
	size_t attempt_count;
	struct case_event_list history; /* all entries about it, oldest first */
	/* Why the record is not what the trail says, a sentence; NULL: it is.
	 * Whether the trail itself is whole, case_audit_verify() says. */
	char *doubt;
	struct audit_head head; /* when this was made */
};

struct receipt_list {
	struct receipt *list;
	size_t count;
};

/* The name of the file without its directory; NULL: there is none. */
const char *receipt_file(const struct receipt *receipt);

/*
 * One of SUBMISSION, or with 0 of all that was ever queued for CUSTOMER (may
 * be NULL otherwise), oldest first. OUT is filled anew. ERR_INPUT when there is
 * no such submission of PROFILE.
 */
int case_receipts(struct case_store *store, const struct prov_profile *profile,
		  const char *customer, int64_t submission,
		  struct receipt_list *out, struct err *err) ERR_CHECKED;
/* The state that EVENT left its submission in, as the entry begins to say it;
 * NULL: it decided none. */
const char *case_event_state(const struct case_event *event);

void receipt_list_release(struct receipt_list *list); /* wiped; empty after */

#endif
