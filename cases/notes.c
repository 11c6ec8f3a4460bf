/* SPDX-License-Identifier: MIT */
#include "cases/notes.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define EVENT  "note_added"
#define DETAIL "note "

static int check(const char *text, struct err *err)
{
	if (!*text)
		return err_set(err, ERR_INPUT, _("a note needs some words"));
	if (strlen(text) > CASE_NOTE_BYTES)
		return err_set(err, ERR_INPUT,
			       _("the note is too long: at most %d bytes"),
			       CASE_NOTE_BYTES);
	return 0;
}

static int add_event(struct case_store *store, int64_t case_id,
		     const char *text, struct err *err)
{
	struct doc_digest *digest = doc_digest_new();
	char hex[65];

	doc_digest_add(digest, text, strlen(text));
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
	return event_addf(store, err, EVENT, case_id, 0, DETAIL "%lld, %s",
			  (long long)sqlite3_last_insert_rowid(store->db), hex);
}

static int add(struct case_store *store, int64_t case_id, const char *text,
	       struct err *err)
{
	if (db_run(store,
		   "INSERT INTO notes (case_id, when_ms, who, text)"
		   " VALUES (?1, ?2, ?3, ?4)",
		   DB_ARGS(db_int(case_id), db_int(xfer_now_unix()),
			   db_text(store->operator_name), db_text(text)),
		   err) ||
	    add_event(store, case_id, text, err))
		return -1;
	return customer_touch(store, case_id, err);
}

int case_note_add(struct case_store *store, int64_t case_id, const char *text,
		  struct err *err)
{
	char *clean = text_clean_new(text + strspn(text, " "));
	int ret = check(clean, err);

	if (!ret)
		ret = case_store_begin(store, err);
	if (!ret)
		ret = db_finish(store, add(store, case_id, clean, err), err);
	mem_free_private(clean);
	return ret;
}

int case_notes(struct case_store *store, int64_t case_id,
	       struct case_note_list *out, struct err *err)
{
	struct case_note_list found = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt,
		      "SELECT id, when_ms, who, text FROM notes"
		      " WHERE case_id = ?1 ORDER BY id DESC",
		      DB_ARGS(db_int(case_id)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct case_note *note = NULL;

		found.list =
			mem_grow(found.list, found.count, sizeof(*found.list));
		note = &found.list[found.count++];
		note->id = sqlite3_column_int64(stmt, 0);
		note->when_ms = sqlite3_column_int64(stmt, 1);
		note->who = db_column_dup(stmt, 2);
		note->text = db_column_dup(stmt, 3);
	}
	db_give_back(store, stmt);
	if (more < 0) {
		case_note_list_release(&found);
		return -1;
	}
	*out = found;
	return 0;
}

void case_note_list_release(struct case_note_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->list[i].who);
		mem_free_private(list->list[i].text);
	}
	free(list->list);
	*list = (struct case_note_list){ 0 };
}

int64_t case_event_note(const struct case_event *event)
{
	if (strcmp(event->what, EVENT) != 0 ||
	    strncmp(event->detail, DETAIL, strlen(DETAIL)) != 0)
		return 0;
	return strtoll(event->detail + strlen(DETAIL), NULL, 10);
}
