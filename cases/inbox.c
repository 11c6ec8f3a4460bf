/* SPDX-License-Identifier: MIT */
#include "cases/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"

#define ROOM_MOST 1000

/* The order is that of the index customers_rejected: what is known to be
 * rejected goes first; what only a list told of is as old as the stage. ?1:
 * text, folded; ?2: as it was typed */
#define SINCE "coalesce(nullif(rejected_ms, 0), stage_since_ms)"
#define WHERE                              \
	" WHERE rejected > 0 AND (?1 = ''" \
	" OR instr(folded, ?1) > 0"        \
	" OR substr(c.id, 1, length(?2)) = ?2)"

static void read_row(sqlite3_stmt *stmt, struct case_inbox_row *row)
{
	row->profile = db_column_dup(stmt, 0);
	row->id = db_column_dup(stmt, 1);
	row->name = db_column_dup(stmt, 2);
	row->since_ms = sqlite3_column_int64(stmt, 3);
	row->read_ms = sqlite3_column_int64(stmt, 4);
	row->rejected = (unsigned)sqlite3_column_int(stmt, 5);
	row->notes = (unsigned)sqlite3_column_int(stmt, 6);
}

static int read_rows(struct case_store *store, const struct db_arg *args,
		     struct case_inbox *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt,
		      "SELECT p.name, c.id, c.name, " SINCE ", read_ms,"
		      " rejected, (SELECT count(*) FROM notes n JOIN cases k"
		      "  ON k.id = n.case_id WHERE k.customer = c.number)"
		      " FROM customers c JOIN profiles p"
		      " ON p.number = c.profile" WHERE
		      " ORDER BY rejected_ms = 0, " SINCE
		      ", folded, c.number LIMIT ?3 OFFSET ?4",
		      args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		out->rows = mem_grow(out->rows, out->count, sizeof(*out->rows));
		read_row(stmt, &out->rows[out->count++]);
	}
	db_give_back(store, stmt);
	return more;
}

int case_inbox_read(struct case_store *store, const char *text, size_t offset,
		    size_t room, struct case_inbox *out, struct err *err)
{
	char *folded = text_fold(text);
	const struct db_arg *args =
		DB_ARGS(db_text(folded), db_text(text),
			db_int(room < ROOM_MOST ? (int64_t)room : ROOM_MOST),
			db_int((int64_t)offset));
	struct case_inbox found = { 0 };
	int64_t matching = 0;
	int ret = -1;

	if (db_number(store, &matching,
		      "SELECT count(*) FROM customers c" WHERE, args,
		      err) < 0 ||
	    read_rows(store, args, &found, err))
		goto out;
	found.matching = (size_t)matching;
	*out = found;
	found = (struct case_inbox){ 0 };
	ret = 0;
out:
	case_inbox_release(&found);
	free(folded);
	return ret;
}

void case_inbox_release(struct case_inbox *inbox)
{
	for (size_t i = 0; i < inbox->count; i++) {
		free(inbox->rows[i].profile);
		free(inbox->rows[i].id);
		mem_free_private(inbox->rows[i].name);
	}
	free(inbox->rows);
	*inbox = (struct case_inbox){ 0 };
}

static int count(struct case_store *store, const char *sql, size_t *out,
		 struct err *err)
{
	int64_t found = 0;

	if (db_number(store, &found, sql, NULL, err) < 0)
		return -1;
	*out = (size_t)found;
	return 0;
}

int case_inbox_count(struct case_store *store, struct case_inbox_counts *counts,
		     struct err *err)
{
	if (count(store,
		  "SELECT count(*) FROM customers"
		  " WHERE rejected > 0 AND rejected_ms > 0",
		  &counts->rejected, err))
		return -1;
	return count(store,
		     "SELECT count(*) FROM customers"
		     " WHERE rejected > 0 AND rejected_ms = 0",
		     &counts->wanted, err);
}

int case_inbox_look(struct case_store *store,
		    const struct prov_profile *profile, const char *customer,
		    struct case_checklist *checklist, struct err *err)
{
	return checklist_read(store, profile, customer, checklist, err);
}
