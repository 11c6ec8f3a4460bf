/* SPDX-License-Identifier: MIT */
/*
 * What the files of the audit trail share: event.c adds entries, anchor.c
 * keeps the last one apart from the rows, audit.c reads and proves, receipt.c
 * quotes. Not for others.
 */
#ifndef CASES_TRAIL_H
#define CASES_TRAIL_H

#include "cases/audit.h"
#include "cases/store_private.h"

#define EVENT_COLUMNS	   "id, when_ms, who, what, case_id, submission, detail"
#define EVENT_COLUMN_COUNT 7

/* What an entry's hash is, given the one before; audit.h says of what. */
void event_hash(const struct case_event *event, const char *previous,
		char hash[65]);
/* EVENT out of a row that begins with EVENT_COLUMNS; it comes in empty. */
void event_read(sqlite3_stmt *stmt, struct case_event *event);
void event_release(struct case_event *event);

/* The case of CUSTOMER at PROFILE; none is made: *CASE_ID is 0 then. */
int trail_case(struct case_store *store, const char *profile,
	       const char *customer, int64_t *case_id,
	       struct err *err) ERR_CHECKED;

/* Several reads that see one state of the record, whoever writes meanwhile;
 * nothing where a transaction is open. */
int trail_begin_reading(struct case_store *store, struct err *err) ERR_CHECKED;
void trail_end_reading(struct case_store *store);

#define ANCHOR_FILE "audit.head"
/* What is noted when it was missing. */
#define ANCHOR_REMADE "audit_head_made"

/* An entry is being added in a transaction; BEFORE is how many there are. True:
 * the file is missing, and ENTRY has to say so. */
bool anchor_begin(struct case_store *store, int64_t before);
void anchor_said(struct case_store *store, int64_t entry);
/* The entry that last said so; 0: there was none. */
int64_t anchor_said_by(const struct case_store *store);

/* The entry that was added last. */
void anchor_added(struct case_store *store, const struct audit_head *added);
/* The outermost commit is done, and durable when MARK is. */
void anchor_note(struct case_store *store, uint64_t mark);
/*
 * All up to MARK is durable: the file may say so. That it cannot be written is
 * no failure of what was committed: it then says less, and is tried again.
 */
void anchor_keep(struct case_store *store, uint64_t mark);
void anchor_free(struct anchor *anchor); /* NULL is fine */

/* 1: *HEAD is what the file says (number 0: nothing yet); 0: there is no file;
 * -1: there is something else in its place. HEAD comes in all-zero. */
int anchor_read(const struct case_store *store, struct audit_head *head);

#endif
