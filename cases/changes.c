/* SPDX-License-Identifier: MIT */
/*
 * Undoing and doing again. A step holds the rows of its place as they were; an
 * undone one also as they were when it was undone. So it is never told twice
 * what is drafted now, and undoing restores when it was entered, too: what was
 * sent unchanged reads as sent again.
 */
#include "cases/changes.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"

/* The rows of a place as JSON, and the place's parameters. */
#define ROWS_OF_FORM                                                      \
	"SELECT json_group_array(json_object('key', key, 'value', value," \
	" 'ms', set_ms)) FROM answers WHERE case_id = ?1 AND form = ?2"   \
	" AND (?3 = '' OR key = ?3)"
#define ROWS_OF_SLOT                                                      \
	"SELECT json_group_array(json_object('country', country, 'path'," \
	" path, 'fields', fields, 'sha256', sha256, 'ms', chosen_ms))"    \
	" FROM documents WHERE case_id = ?1 AND type = ?3 AND side = ?4"  \
	" AND party = ?5"
#define PLACE_ARGS(place)                                  \
	db_int((place)->case_id), db_text(form_of(place)), \
		db_text((place)->key ? (place)->key : ""), \
		db_text(doc_side_name((place)->side)),     \
		db_text((place)->party ? (place)->party : "")

/* A step as it is in the record. */
struct step {
	int64_t id;
	char *form, *key, *side, *party;
	char *rows; /* to be put back */
};

static const char *form_of(const struct change_place *place)
{
	return place->form ? place->form : "";
}

/* What was undone is the tail: found from the end, without reading it all. */
static int drop_undone(struct case_store *store, int64_t case_id,
		       struct err *err)
{
	return db_run(
		store,
		"DELETE FROM changes WHERE case_id = ?1 AND id > coalesce("
		" (SELECT id FROM changes WHERE case_id = ?1"
		"  AND after IS NULL ORDER BY id DESC LIMIT 1), 0)",
		DB_ARGS(db_int(case_id)), err);
}

static int drop_oldest(struct case_store *store, int64_t case_id,
		       struct err *err)
{
	return db_run(store,
		      "DELETE FROM changes WHERE case_id = ?1 AND id <="
		      " (SELECT id FROM changes WHERE case_id = ?1"
		      "  ORDER BY id DESC LIMIT 1 OFFSET ?2)",
		      DB_ARGS(db_int(case_id), db_int(CHANGES_MOST)), err);
}

int change_note(struct case_store *store, const struct change_place *place,
		struct err *err)
{
	const char *sql =
		place->form ? "INSERT INTO changes (case_id, form, key, side,"
			      " party, before) VALUES (?1, ?2, ?3, ?4, ?5,"
			      " (" ROWS_OF_FORM "))"
			    : "INSERT INTO changes (case_id, form, key, side,"
			      " party, before) VALUES (?1, ?2, ?3, ?4, ?5,"
			      " (" ROWS_OF_SLOT "))";

	if (drop_undone(store, place->case_id, err) ||
	    db_run(store, sql, DB_ARGS(PLACE_ARGS(place)), err))
		return -1;
	return drop_oldest(store, place->case_id, err);
}

int changes_drop(struct case_store *store, const struct change_place *place,
		 struct err *err)
{
	return db_run(store,
		      "DELETE FROM changes WHERE case_id = ?1 AND form = ?2"
		      " AND (?3 = '' OR key = ?3) AND (form <> '' OR"
		      "  side = ?4 AND party = ?5)",
		      DB_ARGS(PLACE_ARGS(place)), err);
}

int changes_forget(struct case_store *store, int64_t case_id, const char *form,
		   int64_t until_ms, struct err *err)
{
	return db_run(store,
		      "UPDATE changes SET before ="
		      " (SELECT json_group_array(json(value))"
		      "  FROM json_each(before)"
		      "  WHERE json_extract(value, '$.ms') > ?3)"
		      " WHERE case_id = ?1 AND form = ?2",
		      DB_ARGS(db_int(case_id), db_text(form), db_int(until_ms)),
		      err);
}

/* The last step that is done, or the first that was undone: 1; none: 0. */
static int find(struct case_store *store, int64_t case_id, bool undo,
		struct step *step, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      undo ? "SELECT id, form, key, side, party, before"
			     " FROM changes WHERE case_id = ?1"
			     " AND after IS NULL ORDER BY id DESC LIMIT 1"
			   : "SELECT id, form, key, side, party, after"
			     " FROM changes WHERE case_id = ?1"
			     " AND after IS NOT NULL ORDER BY id LIMIT 1",
		      DB_ARGS(db_int(case_id)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		step->id = sqlite3_column_int64(stmt, 0);
		step->form = db_column_dup(stmt, 1);
		step->key = db_column_dup(stmt, 2);
		step->side = db_column_dup(stmt, 3);
		step->party = db_column_dup(stmt, 4);
		step->rows = db_column_dup(stmt, 5);
	}
	db_give_back(store, stmt);
	return got;
}

static void step_release(struct step *step)
{
	free(step->form);
	free(step->key);
	free(step->side);
	free(step->party);
	mem_free_private(step->rows);
}

/* The rows of STEP's place as they are now; NULL: ERR. */
static char *look(struct case_store *store, const struct change_place *place,
		  struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	char *rows = NULL;

	if (db_borrow(store, &stmt, place->form ? ROWS_OF_FORM : ROWS_OF_SLOT,
		      DB_ARGS(PLACE_ARGS(place)), err))
		return NULL;
	if (db_step(store, stmt, err) > 0)
		rows = db_column_dup(stmt, 0);
	db_give_back(store, stmt);
	return rows;
}

static int put_answers(struct case_store *store,
		       const struct change_place *place, const char *rows,
		       struct err *err)
{
	if (db_run(store,
		   "DELETE FROM answers WHERE case_id = ?1 AND form = ?2"
		   " AND (?3 = '' OR key = ?3)",
		   DB_ARGS(PLACE_ARGS(place)), err))
		return -1;
	return db_run(store,
		      "INSERT INTO answers (case_id, form, key, value, set_ms)"
		      " SELECT ?1, ?2, json_extract(value, '$.key'),"
		      " json_extract(value, '$.value'),"
		      " json_extract(value, '$.ms') FROM json_each(?3)",
		      DB_ARGS(db_int(place->case_id), db_text(place->form),
			      db_text(rows)),
		      err);
}

/* As it was chosen: the file may be another since, and is looked into again.
 * Of what it was before, only its digest is kept, to tell. */
static int put_document(struct case_store *store,
			const struct change_place *place, const char *rows,
			struct err *err)
{
	if (db_run(store,
		   "DELETE FROM documents WHERE case_id = ?1 AND type = ?3"
		   " AND side = ?4 AND party = ?5",
		   DB_ARGS(PLACE_ARGS(place)), err))
		return -1;
	return db_run(
		store,
		"INSERT INTO documents (case_id, type, side, party, country,"
		" path, checked, kind, mime, bytes, sha256, width, height,"
		" pages, encrypted, damaged, findings, fields, chosen_ms)"
		" SELECT ?1, ?3, ?4, ?5, json_extract(value, '$.country'),"
		" json_extract(value, '$.path'), 0, 0, '', 0,"
		" json_extract(value, '$.sha256'), 0, 0, 0, 0, 0, '[]',"
		" json_extract(value, '$.fields'), json_extract(value, '$.ms')"
		" FROM json_each(?6)",
		DB_ARGS(PLACE_ARGS(place), db_text(rows)), err);
}

/* What is in a place, in a word: an answer, or the path of a file. */
struct words {
	char **text;
	char *country; /* of 4 */
	char sha256[65];
};

static int words_of(struct case_store *store, const char *rows,
		    struct words *words, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT coalesce(json_extract(?1, '$[0].value'),"
		      " json_extract(?1, '$[0].path')),"
		      " json_extract(?1, '$[0].country'),"
		      " json_extract(?1, '$[0].sha256')",
		      DB_ARGS(db_text(rows)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		*words->text = mem_dup(db_column(stmt, 0));
		db_column_copy(stmt, 1, words->country, 4);
		db_column_copy(stmt, 2, words->sha256, sizeof(words->sha256));
	}
	db_give_back(store, stmt);
	return got > 0 ? 0 : -1;
}

/* The trail tells of slots as when the operator chooses himself. */
static int note_slot(struct case_store *store, int64_t case_id,
		     const struct case_change *change, const char *was_sha256,
		     const char *now_sha256, struct err *err)
{
	bool chosen = *change->now;

	return event_addf(
		store, err, chosen ? "document_chosen" : "document_removed",
		case_id, 0, "%s %s %s%s %s", change->key,
		doc_side_name(change->side), change->party ? "party " : "",
		change->party ? change->party : "",
		chosen ? now_sha256 : was_sha256);
}

/* Fill OUT, and the trail: BEFORE becomes AFTER. */
static int tell(struct case_store *store, int64_t case_id,
		const struct step *step, const char *before, const char *after,
		struct case_change *out, struct err *err)
{
	struct words was = { .text = &out->was, .country = out->was_country };
	struct words now = { .text = &out->now, .country = out->now_country };

	out->form = *step->form ? mem_dup(step->form) : NULL;
	out->key = *step->key ? mem_dup(step->key) : NULL;
	out->party = *step->party ? mem_dup(step->party) : NULL;
	if (doc_side_parse(step->side, &out->side))
		out->side = DOC_SIDE_NONE;
	if (words_of(store, before, &was, err) ||
	    words_of(store, after, &now, err))
		return -1;
	return out->form ? 0
			 : note_slot(store, case_id, out, was.sha256,
				     now.sha256, err);
}

static int mark(struct case_store *store, const struct step *step, bool undo,
		const char *now, struct err *err)
{
	return db_run(store,
		      undo ? "UPDATE changes SET after = ?2 WHERE id = ?1"
			   : "UPDATE changes SET before = ?2, after = NULL"
			     " WHERE id = ?1",
		      DB_ARGS(db_int(step->id), db_text(now)), err);
}

static int take(struct case_store *store, int64_t case_id,
		const struct step *step, bool undo, struct case_change *out,
		struct err *err)
{
	struct change_place place = { .case_id = case_id };
	char *now = NULL;
	int ret = -1;

	place.form = *step->form ? step->form : NULL;
	place.key = step->key;
	place.party = step->party;
	if (doc_side_parse(step->side, &place.side))
		place.side = DOC_SIDE_NONE;
	now = look(store, &place, err);
	if (now && !mark(store, step, undo, now, err) &&
	    !tell(store, case_id, step, now, step->rows, out, err) &&
	    !(place.form ? put_answers(store, &place, step->rows, err)
			 : put_document(store, &place, step->rows, err)))
		ret = customer_touch(store, case_id, err);
	mem_free_private(now);
	return ret;
}

static int go(struct case_store *store, int64_t case_id, bool undo,
	      struct case_change *out, struct err *err)
{
	struct case_change change = { 0 };
	struct step step = { 0 };
	int got;

	if (case_store_begin(store, err))
		return -1;
	got = find(store, case_id, undo, &step, err);
	if (got > 0 && take(store, case_id, &step, undo, &change, err))
		got = -1;
	if (db_finish(store, got < 0 ? -1 : 0, err))
		got = -1;
	step_release(&step);
	if (got > 0)
		*out = change;
	else
		case_change_release(&change);
	return got;
}

int case_undo(struct case_store *store, int64_t case_id,
	      struct case_change *out, struct err *err)
{
	return go(store, case_id, true, out, err);
}

int case_redo(struct case_store *store, int64_t case_id,
	      struct case_change *out, struct err *err)
{
	return go(store, case_id, false, out, err);
}

bool case_undoable(struct case_store *store, int64_t case_id)
{
	return db_number(store, &(int64_t){ 0 },
			 "SELECT 1 FROM changes WHERE case_id = ?1"
			 " AND after IS NULL LIMIT 1",
			 DB_ARGS(db_int(case_id)), &(struct err){ 0 }) > 0;
}

void case_change_release(struct case_change *change)
{
	free(change->form);
	free(change->key);
	free(change->party);
	mem_free_private(change->was);
	mem_free_private(change->now);
	*change = (struct case_change){ 0 };
}
