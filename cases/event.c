/* SPDX-License-Identifier: MIT */
/*
 * The audit trail. Each line's hash covers the hash of the line before it, so
 * that a line which was taken out or changed behind our back shows.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/buf.h"
#include "forms/look.h"
#include "forms/mem.h"
#include "forms/text.h"
#include "providers/xfer.h"

#define EVENTS_MAX 100000

static void hash_event(const struct case_event *event, const char *previous,
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

static int last_hash(struct case_store *store, char hash[65], struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	hash[0] = '\0';
	if (db_query(store, &stmt,
		     "SELECT hash FROM events ORDER BY id DESC LIMIT 1", NULL,
		     err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0)
		db_column_copy(stmt, 0, hash, 65);
	sqlite3_finalize(stmt);
	return got < 0 ? -1 : 0;
}

static int insert(struct case_store *store, const struct case_event *event,
		  struct err *err)
{
	char previous[65];
	char hash[65];

	if (last_hash(store, previous, err))
		return -1;
	hash_event(event, previous, hash);
	return db_run(store,
		      "INSERT INTO events (when_ms, who, what, case_id,"
		      " submission, detail, previous_hash, hash)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		      DB_ARGS(db_int(event->when_ms), db_text(event->who),
			      db_text(event->what), db_int(event->case_id),
			      db_int(event->submission), db_text(event->detail),
			      db_text(previous), db_text(hash)),
		      err);
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
		ret = db_finish(store, insert(store, &event, err), err);
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

static void read_event(sqlite3_stmt *stmt, struct case_event *event)
{
	event->id = sqlite3_column_int64(stmt, 0);
	event->when_ms = sqlite3_column_int64(stmt, 1);
	event->who = mem_dup(db_column(stmt, 2));
	event->what = mem_dup(db_column(stmt, 3));
	event->case_id = sqlite3_column_int64(stmt, 4);
	event->submission = sqlite3_column_int64(stmt, 5);
	event->detail = mem_dup(db_column(stmt, 6));
}

int case_events(struct case_store *store, int64_t case_id, size_t room,
		struct case_event_list *out, struct err *err)
{
	struct case_event_list list = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     case_id ? "SELECT id, when_ms, who, what, case_id,"
			       " submission, detail FROM events"
			       " WHERE case_id = ?1 ORDER BY id DESC LIMIT ?2"
			     : "SELECT id, when_ms, who, what, case_id,"
			       " submission, detail FROM events"
			       " ORDER BY id DESC LIMIT ?2",
		     DB_ARGS(db_int(case_id),
			     db_int(room < EVENTS_MAX ? (int64_t)room
						      : EVENTS_MAX)),
		     err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		list.list = mem_grow(list.list, list.count, sizeof(*list.list));
		read_event(stmt, &list.list[list.count++]);
	}
	sqlite3_finalize(stmt);
	if (more < 0) {
		case_event_list_release(&list);
		return -1;
	}
	*out = list;
	return 0;
}

void case_event_list_release(struct case_event_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->list[i].who);
		free(list->list[i].what);
		free(list->list[i].detail);
	}
	free(list->list);
	*list = (struct case_event_list){ 0 };
}
