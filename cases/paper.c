/* SPDX-License-Identifier: MIT */
/* Documents: which file was chosen for which slot of the checklist. */
#include <stdlib.h>
#include <string.h>

#include "cases/admit.h"
#include "cases/changes.h"
#include "cases/record.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define COLUMNS                                                          \
	"SELECT id, case_id, type, side, party, country, path, checked," \
	" kind, mime, bytes, sha256, width, height, pages, encrypted,"   \
	" damaged, findings, fields, chosen_ms FROM documents "

void case_document_release(struct case_document *document)
{
	free(document->type);
	free(document->party);
	mem_free_private(document->path);
	findings_release(&document->findings);
	form_answers_free(document->fields);
	*document = (struct case_document){ 0 };
}

void case_document_list_release(struct case_document_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		case_document_release(&list->list[i]);
	free(list->list);
	*list = (struct case_document_list){ 0 };
}

static void read_facts(sqlite3_stmt *stmt, struct doc_facts *facts)
{
	facts->kind = (enum doc_kind)sqlite3_column_int(stmt, 8);
	db_column_copy(stmt, 9, facts->mime, sizeof(facts->mime));
	facts->bytes = (uint64_t)sqlite3_column_int64(stmt, 10);
	db_column_copy(stmt, 11, facts->sha256, sizeof(facts->sha256));
	facts->width = (unsigned)sqlite3_column_int64(stmt, 12);
	facts->height = (unsigned)sqlite3_column_int64(stmt, 13);
	facts->pages = (unsigned)sqlite3_column_int64(stmt, 14);
	facts->encrypted = sqlite3_column_int(stmt, 15);
	facts->damaged = sqlite3_column_int(stmt, 16);
}

static int read_document(sqlite3_stmt *stmt, struct case_document *document,
			 struct err *err)
{
	document->id = sqlite3_column_int64(stmt, 0);
	document->case_id = sqlite3_column_int64(stmt, 1);
	document->type = mem_dup(db_column(stmt, 2));
	if (doc_side_parse(db_column(stmt, 3), &document->side))
		document->side = DOC_SIDE_NONE;
	if (*db_column(stmt, 4))
		document->party = db_column_dup(stmt, 4);
	db_column_copy(stmt, 5, document->country, sizeof(document->country));
	document->path = db_column_dup(stmt, 6);
	document->checked = sqlite3_column_int(stmt, 7);
	read_facts(stmt, &document->facts);
	document->fields =
		answers_from_text((const char *)sqlite3_column_text(stmt, 18));
	document->chosen_ms = sqlite3_column_int64(stmt, 19);
	if (findings_from_json(&document->findings, db_column(stmt, 17), err))
		return -1;
	admit_unmark(&document->findings);
	return 0;
}

static int read_documents(struct case_store *store, const char *sql,
			  const struct db_arg *args,
			  struct case_document_list *out, struct err *err)
{
	struct case_document_list list = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct case_document *document = NULL;

		list.list = mem_grow(list.list, list.count, sizeof(*list.list));
		document = &list.list[list.count++];
		*document = (struct case_document){ 0 };
		if (read_document(stmt, document, err)) {
			more = -1;
			break;
		}
	}
	db_give_back(store, stmt);
	if (more < 0) {
		case_document_list_release(&list);
		return -1;
	}
	*out = list;
	return 0;
}

int case_documents(struct case_store *store, int64_t case_id,
		   struct case_document_list *out, struct err *err)
{
	return read_documents(store,
			      COLUMNS "WHERE case_id = ?1"
				      " ORDER BY party, type, side DESC",
			      DB_ARGS(db_int(case_id)), out, err);
}

int document_load(struct case_store *store, int64_t id,
		  struct case_document *out, struct err *err)
{
	struct case_document_list list = { 0 };

	if (read_documents(store, COLUMNS "WHERE id = ?1", DB_ARGS(db_int(id)),
			   &list, err))
		return -1;
	if (!list.count)
		return err_set(err, ERR_INPUT, _("no such document is kept"));
	*out = list.list[0];
	free(list.list);
	return 0;
}

/* Is NEW, put over OLD, something else to the provider? That a check has
 * finished since is nothing new. */
static bool chosen_anew(const struct case_document *old,
			const struct case_document *new)
{
	char *old_fields = answers_to_text(old->fields);
	char *new_fields = answers_to_text(new->fields);
	bool anew = !new->chosen_ms || !text_same(old->path, new->path) ||
		    !text_same(old->country, new->country) ||
		    !text_same(old_fields, new_fields) ||
		    (*old->facts.sha256 &&
		     !text_same(old->facts.sha256, new->facts.sha256));

	free(old_fields);
	free(new_fields);
	return anew;
}

/* What is chosen now is newer than all that was queued, whatever the clock
 * says: that is how the checklist tells a draft from what was sent. */
static int choose_time(struct case_store *store,
		       const struct case_document *document, int64_t *chosen_ms,
		       struct err *err)
{
	int64_t queued = 0;
	int64_t now = xfer_now_unix();

	if (db_number(store, &queued,
		      "SELECT coalesce(max(queued_ms), 0) FROM submissions"
		      " WHERE case_id = ?1 AND type = ?2 AND side = ?3"
		      " AND party = ?4",
		      DB_ARGS(db_int(document->case_id),
			      db_text(document->type),
			      db_text(doc_side_name(document->side)),
			      db_text(document->party ? document->party : "")),
		      err) < 0)
		return -1;
	*chosen_ms = now > queued ? now : queued + 1;
	return 0;
}

static int write_document(struct case_store *store,
			  const struct case_document *document, struct err *err)
{
	const struct doc_facts *facts = &document->facts;
	char *findings = findings_to_text(&document->findings);
	char *fields = answers_to_text(document->fields);
	int ret = db_run(
		store,
		"INSERT INTO documents (case_id, type, side, party, country,"
		" path, checked, kind, mime, bytes, sha256, width, height,"
		" pages, encrypted, damaged, findings, fields, chosen_ms)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18, ?19) ON CONFLICT"
		" (case_id, type, side, party) DO UPDATE SET"
		" country = excluded.country, path = excluded.path,"
		" checked = excluded.checked, kind = excluded.kind,"
		" mime = excluded.mime, bytes = excluded.bytes,"
		" sha256 = excluded.sha256, width = excluded.width,"
		" height = excluded.height, pages = excluded.pages,"
		" encrypted = excluded.encrypted, damaged = excluded.damaged,"
		" findings = excluded.findings, fields = excluded.fields,"
		" chosen_ms = excluded.chosen_ms",
		DB_ARGS(db_int(document->case_id), db_text(document->type),
			db_text(doc_side_name(document->side)),
			db_text(document->party ? document->party : ""),
			db_text(document->country), db_text(document->path),
			db_int(document->checked), db_int(facts->kind),
			db_text(facts->mime), db_int((int64_t)facts->bytes),
			db_text(facts->sha256), db_int(facts->width),
			db_int(facts->height), db_int(facts->pages),
			db_int(facts->encrypted), db_int(facts->damaged),
			db_text(findings), db_text(fields),
			db_int(document->chosen_ms)),
		err);

	free(findings);
	free(fields);
	return ret;
}

static int find_slot(struct case_store *store,
		     const struct case_document *document,
		     struct case_document_list *old, struct err *err)
{
	return read_documents(
		store,
		COLUMNS "WHERE case_id = ?1 AND type = ?2 AND side = ?3"
			" AND party = ?4",
		DB_ARGS(db_int(document->case_id), db_text(document->type),
			db_text(doc_side_name(document->side)),
			db_text(document->party ? document->party : "")),
		old, err);
}

/* The trail names content by its digest: a file's name may be a person's. */
static int note_choice(struct case_store *store,
		       const struct case_document *document, struct err *err)
{
	return event_addf(
		store, err, "document_chosen", document->case_id, 0,
		"%s %s %s%s %s", document->type, doc_side_name(document->side),
		document->party ? "party " : "",
		document->party ? document->party : "", document->facts.sha256);
}

/* A step, to be undone. */
static int note_change(struct case_store *store,
		       const struct case_document *document, struct err *err)
{
	return change_note(store,
			   &(struct change_place){ .case_id = document->case_id,
						   .key = document->type,
						   .side = document->side,
						   .party = document->party },
			   err);
}

static int put(struct case_store *store, struct case_document *document,
	       int64_t *id, struct err *err)
{
	struct case_document_list old = { 0 };
	bool anew = true;
	int ret = -1;

	if (find_slot(store, document, &old, err))
		return -1;
	if (old.count)
		anew = chosen_anew(&old.list[0], document);
	if (anew && (choose_time(store, document, &document->chosen_ms, err) ||
		     note_change(store, document, err)))
		goto out;
	if (!anew)
		document->chosen_ms = old.list[0].chosen_ms;
	if (write_document(store, document, err))
		goto out;
	*id = old.count ? old.list[0].id : sqlite3_last_insert_rowid(store->db);
	if (anew && document->path && note_choice(store, document, err))
		goto out;
	ret = customer_touch(store, document->case_id, err);
out:
	case_document_list_release(&old);
	return ret;
}

int case_document_put(struct case_store *store, struct case_document *document,
		      struct err *err)
{
	int64_t chosen_ms = document->chosen_ms;
	int64_t id = 0;
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = db_finish(store, put(store, document, &id, err), err);
	if (ret)
		document->chosen_ms = chosen_ms;
	else
		document->id = id;
	return ret;
}

static int remove_document(struct case_store *store, int64_t id,
			   struct err *err)
{
	struct case_document document = { 0 };
	int ret = -1;

	if (document_load(store, id, &document, err))
		return -1;
	if (!note_change(store, &document, err) &&
	    !db_run(store, "DELETE FROM documents WHERE id = ?1",
		    DB_ARGS(db_int(id)), err) &&
	    !event_addf(store, err, "document_removed", document.case_id, 0,
			"%s %s %s", document.type, doc_side_name(document.side),
			document.facts.sha256) &&
	    !customer_touch(store, document.case_id, err))
		ret = 0;
	case_document_release(&document);
	return ret;
}

int case_document_remove(struct case_store *store, int64_t id, struct err *err)
{
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, remove_document(store, id, err), err);
}
