/* SPDX-License-Identifier: MIT */
/* Small helpers around SQLite, and plain words for its failures. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/i18n.h"
#include "forms/mem.h"

static const struct {
	int code;
	const char *words;
} complaints[] = {
	{ SQLITE_FULL, N_("the disk is full; make room, then try again") },
	{ SQLITE_IOERR, N_("the disk could not be read or written; check it, "
			   "then try again") },
	{ SQLITE_READONLY, N_("it cannot be written; check its permissions, "
			      "or choose another directory with --state") },
	{ SQLITE_CORRUPT, N_("it is damaged; put a backup in its place, or "
			     "choose another directory with --state") },
	{ SQLITE_NOTADB, N_("it is not a record of this program; choose "
			    "another directory with --state") },
	{ SQLITE_BUSY, N_("another program has been using it for too long; "
			  "try again") },
	{ SQLITE_LOCKED, N_("another program has been using it for too long; "
			    "try again") },
	{ SQLITE_CANTOPEN, N_("it cannot be opened; check the directory's "
			      "permissions, or choose another with --state") },
	{ SQLITE_PERM, N_("access is denied; check its permissions") },
	{ SQLITE_TOOBIG, N_("something entered is too long") },
};

/* A full disk shows in more places than SQLite has a code for. */
static int error_code(struct case_store *store)
{
	int code = sqlite3_extended_errcode(store->db) & 0xff;
	int error = sqlite3_system_errno(store->db);

	if (code == SQLITE_IOERR &&
	    (error == ENOSPC || error == EDQUOT || error == EFBIG))
		return SQLITE_FULL;
	return code;
}

int db_error(struct case_store *store, struct err *err)
{
	int code = error_code(store);
	const char *words = NULL;

	for (size_t i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
		if (complaints[i].code == code)
			words = _(complaints[i].words);
	return err_set(err, ERR_STORE, _("cannot use the record '%s': %s"),
		       store->path, words ? words : sqlite3_errmsg(store->db));
}

/* Arguments past the last one that the statement names are not for it: that
 * lets variants of a statement share theirs. */
static int bind(sqlite3_stmt *stmt, const struct db_arg *args)
{
	int count = sqlite3_bind_parameter_count(stmt);

	for (int i = 0; args && i < count && args[i].kind != DB_END; i++) {
		int code =
			args[i].kind == DB_INT
				? sqlite3_bind_int64(stmt, i + 1,
						     args[i].number)
				: sqlite3_bind_text(stmt, i + 1, args[i].text,
						    -1, SQLITE_STATIC);

		if (code)
			return code;
	}
	return SQLITE_OK;
}

static int prepare(struct case_store *store, sqlite3_stmt **stmt,
		   const char *sql, unsigned flags, const struct db_arg *args,
		   struct err *err)
{
	*stmt = NULL;
	if (!sqlite3_prepare_v3(store->db, sql, -1, flags, stmt, NULL) &&
	    !bind(*stmt, args))
		return 0;
	db_error(store, err);
	sqlite3_finalize(*stmt);
	*stmt = NULL;
	return -1;
}

int db_query(struct case_store *store, sqlite3_stmt **stmt, const char *sql,
	     const struct db_arg *args, struct err *err)
{
	return prepare(store, stmt, sql, 0, args, err);
}

static struct db_kept *find_kept(struct case_store *store, const char *sql)
{
	for (size_t i = 0; i < DB_KEPT_MOST; i++)
		if (store->kept[i].stmt && !store->kept[i].out &&
		    strcmp(sqlite3_sql(store->kept[i].stmt), sql) == 0)
			return &store->kept[i];
	return NULL;
}

/* An empty place, else that of the one which was not used for longest. */
static struct db_kept *place_for(struct case_store *store)
{
	struct db_kept *place = NULL;

	for (size_t i = 0; i < DB_KEPT_MOST; i++) {
		struct db_kept *kept = &store->kept[i];

		if (!kept->stmt)
			return kept;
		if (!kept->out && (!place || kept->used < place->used))
			place = kept;
	}
	return place;
}

int db_borrow(struct case_store *store, sqlite3_stmt **stmt, const char *sql,
	      const struct db_arg *args, struct err *err)
{
	struct db_kept *kept = find_kept(store, sql);

	if (!kept) {
		if (prepare(store, stmt, sql, SQLITE_PREPARE_PERSISTENT, args,
			    err))
			return -1;
		kept = place_for(store);
		if (!kept)
			return 0;
		sqlite3_finalize(kept->stmt);
		kept->stmt = *stmt;
	} else if (bind(kept->stmt, args)) {
		*stmt = NULL;
		sqlite3_clear_bindings(kept->stmt);
		return db_error(store, err);
	}
	*stmt = kept->stmt;
	kept->out = true;
	kept->used = ++store->kept_used;
	return 0;
}

void db_give_back(struct case_store *store, sqlite3_stmt *stmt)
{
	for (size_t i = 0; stmt && i < DB_KEPT_MOST; i++) {
		if (store->kept[i].stmt != stmt)
			continue;
		sqlite3_reset(stmt);
		/* What was bound was borrowed. */
		sqlite3_clear_bindings(stmt);
		store->kept[i].out = false;
		return;
	}
	sqlite3_finalize(stmt);
}

void db_forget(struct case_store *store)
{
	for (size_t i = 0; i < DB_KEPT_MOST; i++)
		sqlite3_finalize(store->kept[i].stmt);
	memset(store->kept, 0, sizeof(store->kept));
}

int db_step(struct case_store *store, sqlite3_stmt *stmt, struct err *err)
{
	switch (sqlite3_step(stmt)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return db_error(store, err);
	}
}

int db_run(struct case_store *store, const char *sql, const struct db_arg *args,
	   struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more = 1;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	while (more > 0)
		more = db_step(store, stmt, err);
	db_give_back(store, stmt);
	return more;
}

int db_number(struct case_store *store, int64_t *number, const char *sql,
	      const struct db_arg *args, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0)
		*number = sqlite3_column_int64(stmt, 0);
	db_give_back(store, stmt);
	return got;
}

int db_finish(struct case_store *store, int ret, struct err *err)
{
	if (!ret)
		return case_store_commit(store, err);
	case_store_rollback(store);
	return -1;
}

const char *db_column(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? text : "";
}

char *db_column_dup(sqlite3_stmt *stmt, int column)
{
	return mem_dup((const char *)sqlite3_column_text(stmt, column));
}

void db_column_copy(sqlite3_stmt *stmt, int column, char *out, size_t size)
{
	snprintf(out, size, "%s", db_column(stmt, column));
}
