/* SPDX-License-Identifier: MIT */
/* What becomes of a new customer: the provider has made him, or he is
 * discarded. */
#include <stdlib.h>
#include <string.h>

#include "cases/newcomer.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

/* Who he is in the record. */
struct place {
	int64_t case_id;
	int64_t customer; /* number */
	int64_t profile;
	char *id;
	char *text; /* as it is indexed */
};

static void place_release(struct place *place)
{
	free(place->id);
	mem_free_private(place->text);
}

#define PLACE                                                         \
	"SELECT k.id, c.number, c.profile, c.id, c.text FROM cases k" \
	" JOIN customers c ON c.number = k.customer"                  \
	" JOIN profiles p ON p.number = c.profile WHERE "

/* 1; 0: there is none; -1: ERR. */
static int find(struct case_store *store, struct place *place, const char *sql,
		const struct db_arg *args, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0)
		*place = (struct place){
			.case_id = sqlite3_column_int64(stmt, 0),
			.customer = sqlite3_column_int64(stmt, 1),
			.profile = sqlite3_column_int64(stmt, 2),
			.id = db_column_dup(stmt, 3),
			.text = db_column_dup(stmt, 4),
		};
	db_give_back(store, stmt);
	return got;
}

/* His row, once no case points at it. */
static int remove_row(struct case_store *store, const struct place *place,
		      struct err *err)
{
	const struct db_arg *number = DB_ARGS(db_int(place->customer));

	if (customer_index(store, place->customer, place->text, NULL, err) ||
	    db_run(store,
		   "UPDATE profiles SET customers = customers - 1"
		   " WHERE number = (SELECT profile FROM customers"
		   "  WHERE number = ?1)",
		   number, err))
		return -1;
	return db_run(store, "DELETE FROM customers WHERE number = ?1", number,
		      err);
}

/* Each of SQL, which ends with a NULL, with ARGS. */
static int run_all(struct case_store *store, const char *const *sql,
		   const struct db_arg *args, struct err *err)
{
	for (; *sql; sql++)
		if (db_run(store, *sql, args, err))
			return -1;
	return 0;
}

/* His case, but for what was sent from it. */
static int remove_case(struct case_store *store, int64_t case_id,
		       struct err *err)
{
	static const char *const sql[] = {
		"DELETE FROM answers WHERE case_id = ?1",
		"DELETE FROM changes WHERE case_id = ?1",
		"DELETE FROM documents WHERE case_id = ?1",
		"DELETE FROM notes WHERE case_id = ?1",
		"DELETE FROM cases WHERE id = ?1",
		NULL,
	};

	return run_all(store, sql, DB_ARGS(db_int(case_id)), err);
}

static int remove_sent(struct case_store *store, int64_t case_id,
		       struct err *err)
{
	static const char *const sql[] = {
		"DELETE FROM attempts WHERE submission IN"
		" (SELECT id FROM submissions WHERE case_id = ?1)",
		"DELETE FROM submissions WHERE case_id = ?1",
		NULL,
	};

	return run_all(store, sql, DB_ARGS(db_int(case_id)), err);
}

int newcomer_forget(struct case_store *store, const char *profile,
		    const char *id, struct err *err)
{
	struct place place = { 0 };
	int got = find(store, &place, PLACE "p.name = ?1 AND c.id = ?2",
		       DB_ARGS(db_text(profile), db_text(id)), err);
	int ret = got < 0 ? -1 : 0;

	if (got > 0)
		ret = case_event_add(store, "customer_discarded", place.case_id,
				     0, NULL, err) ||
				      remove_sent(store, place.case_id, err) ||
				      remove_case(store, place.case_id, err) ||
				      remove_row(store, &place, err)
			      ? -1
			      : 0;
	place_release(&place);
	return ret;
}

/* Nobody of that id was seen yet: the row and the case are his. */
static int rename_row(struct case_store *store, const struct place *place,
		      const char *made, struct err *err)
{
	if (db_run(store,
		   "UPDATE customers SET id = ?2, name = CASE WHEN name = ''"
		   " THEN ?2 ELSE name END WHERE number = ?1",
		   DB_ARGS(db_int(place->customer), db_text(made)), err))
		return -1;
	return 0;
}

/* What was sent and put aside goes into THEIRS; a file that is chosen there
 * stays. */
static int move_case(struct case_store *store, int64_t case_id, int64_t theirs,
		     struct err *err)
{
	static const char *const sql[] = {
		"UPDATE submissions SET case_id = ?2 WHERE case_id = ?1",
		"UPDATE notes SET case_id = ?2 WHERE case_id = ?1",
		"UPDATE OR IGNORE documents SET case_id = ?2"
		" WHERE case_id = ?1",
		NULL,
	};

	return run_all(store, sql, DB_ARGS(db_int(case_id), db_int(theirs)),
		       err);
}

/* Somebody was: all goes into his case, which becomes *CASE_ID. */
static int join_row(struct case_store *store, const struct place *place,
		    int64_t known, int64_t *case_id, struct err *err)
{
	int64_t theirs = 0;
	int got = db_number(store, &theirs,
			    "SELECT id FROM cases WHERE customer = ?1",
			    DB_ARGS(db_int(known)), err);

	if (got < 0)
		return -1;
	if (!got) {
		if (db_run(store,
			   "UPDATE cases SET customer = ?2 WHERE id = ?1",
			   DB_ARGS(db_int(place->case_id), db_int(known)), err))
			return -1;
	} else {
		if (move_case(store, place->case_id, theirs, err) ||
		    remove_case(store, place->case_id, err))
			return -1;
		*case_id = theirs;
	}
	return remove_row(store, place, err);
}

static int become(struct case_store *store, const struct place *place,
		  int64_t submission, const char *made, bool known,
		  struct err *err)
{
	int64_t case_id = place->case_id;
	int64_t seen = 0;
	int got =
		db_number(store, &seen,
			  "SELECT number FROM customers WHERE profile = ?1"
			  " AND id = ?2",
			  DB_ARGS(db_int(place->profile), db_text(made)), err);

	if (got < 0 || (got ? join_row(store, place, seen, &case_id, err)
			    : rename_row(store, place, made, err)))
		return -1;
	if (db_run(store,
		   "DELETE FROM answers WHERE case_id = ?1 AND form ="
		   " (SELECT schema FROM submissions WHERE id = ?2)",
		   DB_ARGS(db_int(case_id), db_int(submission)), err) ||
	    db_run(store,
		   "UPDATE submissions SET customer = ?3 WHERE case_id = ?1"
		   " AND customer = ?2",
		   DB_ARGS(db_int(case_id), db_text(place->id), db_text(made)),
		   err) ||
	    event_addf(store, err, known ? "customer_known" : "customer_made",
		       case_id, submission, "id %s", made))
		return -1;
	return customer_touch(store, case_id, err);
}

int newcomer_made(struct case_store *store, int64_t case_id, int64_t submission,
		  const char *made, bool known, struct err *err)
{
	struct place place = { 0 };
	int got = find(store, &place, PLACE "k.id = ?1",
		       DB_ARGS(db_int(case_id)), err);
	int ret = got < 0 ? -1 : 0;

	if (got > 0 && case_newcomer_is(place.id) && prov_id_valid(made))
		ret = become(store, &place, submission, made, known, err);
	place_release(&place);
	return ret;
}
