/* SPDX-License-Identifier: MIT */
/*
 * The durable record: one SQLite file in a directory of its own (0700, files
 * 0600 whatever the umask) with a write-ahead log.
 *
 * What a function of this room returned 0 for is in the record: it outlives
 * this process, whatever ends it. That it outlives a power cut, too, takes
 * a sync, which a thread does for all that was committed before: no function
 * here waits for the disk but case_store_open(), case_store_settle() and
 * case_store_close(). Who tells others of something, or acts on it outside,
 * waits until its mark is durable.
 *
 * SQL and sqlite3.h stay within this room: its doors speak of cases, drafts
 * and submissions alone, so that a back end for a whole team (PostgreSQL) can
 * stand beside SQLite behind the same headers.
 */
#ifndef CASES_STORE_H
#define CASES_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/err.h"

struct case_store;

/*
 * Open or make the record in DIR (made with its parents, 0700). OPERATOR, who
 * is named in every event, is copied. Refused with ERR_STORE and the file left
 * untouched: not writable, no space, corrupt, foreign, or made by a newer
 * version. Other processes may have it open.
 */
int case_store_open(struct case_store **store, const char *dir,
		    const char *operator_name, struct err *err) ERR_CHECKED;
/* Settles what can be. NULL is fine. */
void case_store_close(struct case_store *store);

/* Several changes as one: all or none. May be nested; only the outermost commit
 * writes. */
int case_store_begin(struct case_store *store, struct err *err) ERR_CHECKED;
int case_store_commit(struct case_store *store, struct err *err) ERR_CHECKED;
void case_store_rollback(struct case_store *store);

/* The number of the last commit; it means nothing to other processes. */
uint64_t case_store_mark(const struct case_store *store);

/* Up to which mark all is durable. -1 and ERR when the disk failed: nothing is
 * believed after that, and the store says so from then on. */
int case_store_durable(struct case_store *store, uint64_t *mark,
		       struct err *err) ERR_CHECKED;

/*
 * Once a loop turn: begin to make durable what was committed, when AT_ONCE or
 * when it has waited for others for some milliseconds. Returns at once; one
 * sync is under way at a time, and what comes meanwhile shares the next.
 */
int case_store_pump(struct case_store *store, bool at_once,
		    struct err *err) ERR_CHECKED;
/* Monotonic ms when case_store_pump() has something to do; -1: nothing. */
int64_t case_store_next(const struct case_store *store);
/* Readable when a sync has ended: a reason to leave poll(); -1: there was none
 * yet. */
int case_store_fd(const struct case_store *store);

/* All that was committed, durable now, waited for. */
int case_store_settle(struct case_store *store, struct err *err) ERR_CHECKED;

/* One line of the audit trail. Append-only: the schema refuses changes. */
struct case_event {
	int64_t id;
	int64_t when_ms; /* unix */
	char *who;
	char *what;	    /* "document_chosen", "attempt_ended", … */
	int64_t case_id;    /* 0: none */
	int64_t submission; /* 0: none */
	char *detail;	    /* plain text without private values */
};

struct case_event_list {
	struct case_event *list;
	size_t count;
};

/* Note WHAT, now, by the operator. DETAIL (may be NULL) is cleaned. */
int case_event_add(struct case_store *store, const char *what, int64_t case_id,
		   int64_t submission, const char *detail,
		   struct err *err) ERR_CHECKED;
/* Newest first, at most ROOM; CASE_ID 0: all. */
int case_events(struct case_store *store, int64_t case_id, size_t room,
		struct case_event_list *out, struct err *err) ERR_CHECKED;
void case_event_list_release(struct case_event_list *list);

#endif
