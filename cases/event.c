/* SPDX-License-Identifier: MIT */
/*
 * Adding to the audit trail. Each entry's hash covers the hash of the one
 * before it, so that what is taken out or changed behind our back shows:
 * audit.h says what of that can be proved.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/trail.h"
#include "forms/buf.h"
#include "forms/look.h"
#include "forms/mem.h"
#include "forms/text.h"
#include "providers/xfer.h"

#define EVENTS_MAX 100000

void event_hash(const struct case_event *event, const char *previous,
		char hash[65])
{
	struct doc_digest *digest = doc_digest_new();
	struct buf line = { 0 };

	/* Lengths first: no two different lines spell the same bytes. */
	buf_addf(&line, "%s\n%lld\n%zu:%s\n%zu:%s\n%lld\n%lld\n%zu:%s\n",
		 previous, (long long)event->when_ms, strlen(event->who),
		 event->who, strlen(event->what), event->what,
		 (long long)event->case_id, (long long)event->submission,
		 strlen(event->detail), event->detail);
	doc_digest_add(digest, buf_text(&line), line.len);
	doc_digest_hex(digest, hash);
	doc_digest_free(digest);
	buf_release(&line);
}

static int insert(struct case_store *store, const struct case_event *event,
		  struct audit_head *last, struct err *err)
{
	char hash[65];

	event_hash(event, last->hash, hash);
	if (db_run(store,
		   "INSERT INTO events (when_ms, who, what, case_id,"
		   " submission, detail, previous_hash, hash)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		   DB_ARGS(db_int(event->when_ms), db_text(event->who),
			   db_text(event->what), db_int(event->case_id),
			   db_int(event->submission), db_text(event->detail),
			   db_text(last->hash), db_text(hash)),
		   err))
		return -1;
	last->number = sqlite3_last_insert_rowid(store->db);
	memcpy(last->hash, hash, sizeof(hash));
	anchor_added(store, last);
	return 0;
}

/* That the last entry was not kept apart any more is worth an entry. */
static int note_lost(struct case_store *store, int64_t when_ms,
		     struct audit_head *last, struct err *err)
{
	char detail[64];
	const struct case_event event = {
		.when_ms = when_ms,
		.who = store->operator_name,
		.what = (char[]){ ANCHOR_REMADE },
		.detail = detail,
	};

	snprintf(detail, sizeof(detail), "entries before: %lld",
		 (long long)last->number);
	if (insert(store, &event, last, err))
		return -1;
	anchor_said(store, last->number);
	return 0;
}

/* 1: audit.head is missing, and no entry of ours says so; 0; -1: ERR. */
static int is_lost(struct case_store *store, const struct audit_head *last,
		   struct err *err)
{
	int64_t said = 0;

	if (!anchor_begin(store, last->number))
		return 0;
	/* What said so may have been undone since. */
	if (anchor_said_by(store) &&
	    db_number(store, &said,
		      "SELECT count(*) FROM events WHERE id = ?1 AND what = ?2",
		      DB_ARGS(db_int(anchor_said_by(store)),
			      db_text(ANCHOR_REMADE)),
		      err) < 0)
		return -1;
	return !said;
}

static int append(struct case_store *store, const struct case_event *event,
		  struct err *err)
{
	struct audit_head last = { 0 };
	int lost;

	if (case_audit_head(store, &last, err))
		return -1;
	lost = is_lost(store, &last, err);
	if (lost < 0 || (lost && note_lost(store, event->when_ms, &last, err)))
		return -1;
	return insert(store, event, &last, err);
}

int case_event_add(struct case_store *store, const char *what, int64_t case_id,
		   int64_t submission, const char *detail, struct err *err)
{
	struct case_event event = {
		.when_ms = xfer_now_unix(),
		.who = store->operator_name,
		.what = mem_dup(what),
		.case_id = case_id,
		.submission = submission,
		.detail = text_clean_new(detail ? detail : ""),
	};
	int ret = -1;

	if (!case_store_begin(store, err))
		ret = db_finish(store, append(store, &event, err), err);
	free(event.what);
	free(event.detail);
	return ret;
}

int event_addf(struct case_store *store, struct err *err, const char *what,
	       int64_t case_id, int64_t submission, const char *format, ...)
{
	char detail[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(detail, sizeof(detail), format, args);
	va_end(args);
	return case_event_add(store, what, case_id, submission, detail, err);
}

void event_read(sqlite3_stmt *stmt, struct case_event *event)
{
	event->id = sqlite3_column_int64(stmt, 0);
	event->when_ms = sqlite3_column_int64(stmt, 1);
	event->who = mem_dup(db_column(stmt, 2));
	event->what = mem_dup(db_column(stmt, 3));
	event->case_id = sqlite3_column_int64(stmt, 4);
	event->submission = sqlite3_column_int64(stmt, 5);
	event->detail = mem_dup(db_column(stmt, 6));
}

void event_release(struct case_event *event)
{
	free(event->who);
	free(event->what);
	free(event->detail);
	*event = (struct case_event){ 0 };
}

int case_events(struct case_store *store, int64_t case_id, size_t room,
		struct case_event_list *out, struct err *err)
{
	struct case_event_list list = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt,
		      case_id ? "SELECT " EVENT_COLUMNS " FROM events"
				" WHERE case_id = ?1 ORDER BY id DESC LIMIT ?2"
			      : "SELECT " EVENT_COLUMNS " FROM events"
				" ORDER BY id DESC LIMIT ?2",
		      DB_ARGS(db_int(case_id),
			      db_int(room < EVENTS_MAX ? (int64_t)room
						       : EVENTS_MAX)),
		      err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		list.list = mem_grow(list.list, list.count, sizeof(*list.list));
		event_read(stmt, &list.list[list.count++]);
	}
	db_give_back(store, stmt);
	if (more < 0) {
		case_event_list_release(&list);
		return -1;
	}
	*out = list;
	return 0;
}

void case_event_list_release(struct case_event_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		event_release(&list->list[i]);
	free(list->list);
	*list = (struct case_event_list){ 0 };
}
