/* SPDX-License-Identifier: MIT */
/*
 * The durable record: one SQLite file in a directory of its own (0700, files
 * 0600 whatever the umask), WAL, synchronous=FULL. What a function here
 * returned 0 for is on the disk. SQL stays behind these headers, so that
 * another back end can stand beside SQLite.
 */
#ifndef CASES_STORE_H
#define CASES_STORE_H

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
void case_store_close(struct case_store *store); /* NULL is fine */

/* Several changes as one: all or none, one sync. May be nested; only the
 * outermost commit writes. */
int case_store_begin(struct case_store *store, struct err *err) ERR_CHECKED;
int case_store_commit(struct case_store *store, struct err *err) ERR_CHECKED;
void case_store_rollback(struct case_store *store);

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
