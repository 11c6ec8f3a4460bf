/* SPDX-License-Identifier: MIT */
/*
 * Opening the record, and transactions.
 *
 * A new file is built whole under another name and then linked into place, so
 * that the name never leads to half a record, whatever happens in between.
 * An existing file is looked at before SQLite may touch it: what is foreign,
 * damaged or newer stays as it is, to the byte.
 *
 * Looking means opening and closing the file once by hand, which gives up any
 * lock this process already holds on it (a rule of POSIX). A process opens
 * one store at a time, so there is none yet.
 *
 * A record is made and brought up to date with every sync that SQLite wants.
 * From then on this connection syncs nothing: durable.c does.
 */
#include "cases/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases/claim.h"
#include "cases/durable.h"
#include "cases/trail.h"
#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"
#include "providers/provider.h"
#include "providers/xfer.h"

#define STORE_FILE    "kyc.db"
#define STORE_BUSY_MS 10000

/* Where SQLite keeps what tells a file's owner:
 * https://sqlite.org/fileformat2.html */
#define HEADER_BYTES	   100
#define HEADER_VERSION	   60
#define HEADER_APPLICATION 68

static const char pragmas[] = "PRAGMA trusted_schema = OFF;"
			      "PRAGMA cell_size_check = ON;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA secure_delete = ON;"
			      "PRAGMA synchronous = FULL;"
			      "PRAGMA temp_store = MEMORY;"
			      "PRAGMA mmap_size = 0;";

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

static int refuse(const char *path, const char *why, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("cannot open the record '%s': %s; nothing in it was "
			 "changed; choose another directory with --state"),
		       path, why);
}

static int refuse_newer(const char *path, struct err *err)
{
	return refuse(path, _("a newer version of kyc made it"), err);
}

static int check_header(const char *path, const unsigned char *header,
			struct err *err)
{
	if (memcmp(header, "SQLite format 3", 16) != 0 ||
	    big_endian(header + HEADER_APPLICATION) != DB_APPLICATION_ID)
		return refuse(path, _("it is not a record of this program"),
			      err);
	if (big_endian(header + HEADER_VERSION) > (uint32_t)schema_newest())
		return refuse_newer(path, err);
	return 0;
}

/* 1: there and ours; 0: not there; -1: ERR. */
static int check_file(const char *path, struct err *err)
{
	unsigned char header[HEADER_BYTES] = { 0 };
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int ret = -1;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return refuse(path,
			      errno == ELOOP ? _("it is a symbolic link")
					     : strerror(errno),
			      err);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		refuse(path, _("it is not a regular file"), err);
	else if (pread(fd, header, sizeof(header), 0) != sizeof(header))
		refuse(path, _("it is not a record of this program"), err);
	else if (check_header(path, header, err))
		;
	else if ((st.st_mode & 0077) && fchmod(fd, 0600))
		refuse(path,
		       _("others may read it, and that cannot be changed"),
		       err);
	else
		ret = 1;
	close(fd);
	return ret;
}

static int run(struct case_store *store, const char *sql, struct err *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL)
		       ? db_error(store, err)
		       : 0;
}

static int set_option(struct case_store *store, int option, int on,
		      struct err *err)
{
	return sqlite3_db_config(store->db, option, on, NULL)
		       ? db_error(store, err)
		       : 0;
}

static int connect_to(struct case_store *store, const char *path,
		      struct err *err)
{
	int code =
		sqlite3_open_v2(path, &store->db,
				SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
					SQLITE_OPEN_PRIVATECACHE,
				NULL);

	if (!store->db)
		return err_set(err, ERR_STORE, _("cannot use the record '%s'"),
			       path);
	if (code)
		return db_error(store, err);
	if (sqlite3_db_readonly(store->db, "main") > 0)
		return refuse(path, _("it cannot be written"), err);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
	if (set_option(store, SQLITE_DBCONFIG_DEFENSIVE, 1, err) ||
	    set_option(store, SQLITE_DBCONFIG_DQS_DML, 0, err) ||
	    set_option(store, SQLITE_DBCONFIG_DQS_DDL, 0, err) ||
	    set_option(store, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, err))
		return -1;
	return 0;
}

/* The log may hold a newer version than the header that was looked at. */
static int check_version(struct case_store *store, struct err *err)
{
	int64_t version = 0;

	if (db_number(store, &version, "PRAGMA user_version", NULL, err) < 0 ||
	    db_number(store, &(int64_t){ 0 },
		      "SELECT count(*) FROM sqlite_schema", NULL, err) < 0)
		return -1;
	return version > schema_newest() ? refuse_newer(store->path, err) : 0;
}

/* Shared memory is what the write-ahead log needs and network disks lack. */
static int start_log(struct case_store *store, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int ret = -1;

	if (db_query(store, &stmt, "PRAGMA journal_mode = WAL", NULL, err))
		return -1;
	if (db_step(store, stmt, err) < 0)
		goto out;
	if (strcmp(db_column(stmt, 0), "wal") != 0)
		err_set(err, ERR_STORE,
			_("cannot keep the record in '%s': this disk has no "
			  "shared memory for it; choose a directory on a "
			  "local disk with --state"),
			store->dir);
	else
		ret = 0;
out:
	sqlite3_finalize(stmt);
	return ret;
}

static int set_up(struct case_store *store, struct err *err)
{
	if (run(store, pragmas, err) || schema_migrate(store, err) ||
	    start_log(store, err))
		return -1;
	return set_option(store, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, err);
}

/*
 * When all of the log is in the database, SQLite writes it anew from its
 * beginning, and syncs its first bytes, in the middle of a commit: else those
 * of before might come back together with new ones behind them. Cutting the
 * log to nothing first does the same without waiting: no journalling file
 * system shows old bytes of a file beside new ones that were written after it
 * was cut. Nobody reads the log then; SQLite itself cuts it at this point when
 * it is told to truncate.
 */
static int write_log(sqlite3_file *file, const void *data, int len,
		     sqlite3_int64 at)
{
	const struct store_log *log = (const void *)file->pMethods;
	int code = at ? SQLITE_OK : log->real->xTruncate(file, 0);

	return code ? code : log->real->xWrite(file, data, len, at);
}

static int take_log(struct case_store *store, struct err *err)
{
	sqlite3_file *file = NULL;

	/* Reading something opens it. */
	if (db_number(store, &(int64_t){ 0 }, "PRAGMA user_version", NULL,
		      err) < 0)
		return -1;
	if (sqlite3_file_control(store->db, "main",
				 SQLITE_FCNTL_JOURNAL_POINTER, &file) ||
	    !file || !file->pMethods)
		return err_set(err, ERR_BUG, "the record has no log");
	store->log.real = file->pMethods;
	store->log.ours = *file->pMethods;
	store->log.ours.xWrite = write_log;
	file->pMethods = &store->log.ours;
	return 0;
}

/* Also keeps SQLite from emptying the log by itself. */
static int on_commit(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct case_store *store = arg;

	(void)db, (void)name;
	durable_note(store->durable, (unsigned)pages);
	return SQLITE_OK;
}

static int leave_loop(struct case_store *store, struct err *err)
{
	if (take_log(store, err) || run(store, "PRAGMA synchronous = OFF", err))
		return -1;
	store->durable = durable_new(store->dir, store->path);
	sqlite3_wal_hook(store->db, on_commit, store);
	return 0;
}

static int make_empty(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		      0600);
	int ret = -1;

	if (fd >= 0 && !fchmod(fd, 0600))
		ret = 0;
	if (ret)
		err_set(err, ERR_STORE,
			_("cannot make the record '%s': %s; choose another "
			  "directory with --state"),
			path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ret;
}

static int sync_directory(const char *dir, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret = fd < 0 || fsync(fd) ? -1 : 0;

	if (ret)
		err_set(err, ERR_STORE, _("cannot write '%s': %s"), dir,
			strerror(errno));
	if (fd >= 0)
		close(fd);
	return ret;
}

/*
 * The whole schema goes into the main file before the log is switched on: a
 * header without our mark can then only be a foreign one.
 */
static int build_at(struct case_store *store, const char *path, struct err *err)
{
	char sql[64];
	int ret = -1;

	if (make_empty(path, err))
		return -1;
	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d",
		 DB_APPLICATION_ID);
	if (connect_to(store, path, err) || run(store, sql, err) ||
	    set_up(store, err))
		goto out;
	db_forget(store);
	if (sqlite3_close(store->db) == SQLITE_OK) {
		store->db = NULL;
		ret = 0;
	} else {
		db_error(store, err);
	}
out:
	db_forget(store);
	sqlite3_close(store->db);
	store->db = NULL;
	return ret;
}

/* That another process was faster is fine: theirs is as good. */
static int make_file(struct case_store *store, struct err *err)
{
	char key[37];
	char *path = NULL;
	int ret = -1;

	prov_key_new(key);
	path = mem_printf("%s.%s", store->path, key);
	if (build_at(store, path, err))
		goto out;
	if (link(path, store->path) && errno != EEXIST) {
		err_set(err, ERR_STORE,
			_("cannot make the record '%s': %s; choose another "
			  "directory with --state"),
			store->path, strerror(errno));
		goto out;
	}
	ret = 0;
out:
	unlink(path);
	free(path);
	return ret ? -1 : sync_directory(store->dir, err);
}

int case_store_open(struct case_store **out, const char *dir,
		    const char *operator_name, struct err *err)
{
	struct case_store *store = mem_alloc(sizeof(*store));
	int there;

	store->dir = state_dir_make(dir, err);
	if (!store->dir)
		goto fail;
	store->path = mem_printf("%s/%s", store->dir, STORE_FILE);
	store->operator_name = text_clean_new(operator_name);
	there = check_file(store->path, err);
	if (there < 0 || (!there && make_file(store, err)))
		goto fail;
	if (!there && check_file(store->path, err) < 0)
		goto fail;
	if (connect_to(store, store->path, err) || check_version(store, err) ||
	    set_up(store, err) || leave_loop(store, err))
		goto fail;
	*out = store;
	return 0;
fail:
	case_store_close(store);
	return -1;
}

/*
 * The last one to close the record empties its log, with the syncs that this
 * takes. When the disk has failed before, that would say less than the log
 * does: it stays.
 */
static void close_db(struct case_store *store)
{
	struct err ignored = { 0 };
	bool sound = store->durable && !durable_wait(store->durable, &ignored);

	if (sound)
		anchor_keep(store, case_store_mark(store));
	durable_free(store->durable);
	db_forget(store);
	if (store->durable) {
		sqlite3_wal_hook(store->db, NULL, NULL);
		sound = sound &&
			!sqlite3_exec(store->db, "PRAGMA synchronous = NORMAL",
				      NULL, NULL, NULL);
		sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
				  !sound, NULL);
	}
	sqlite3_close(store->db);
}

void case_store_close(struct case_store *store)
{
	if (!store)
		return;
	close_db(store);
	case_claim_free(store->claim);
	anchor_free(store->anchor);
	free(store->dir);
	free(store->path);
	free(store->operator_name);
	free(store);
}

int case_store_begin(struct case_store *store, struct err *err)
{
	/* An inner one can be undone alone; only the outermost is on disk. */
	if (db_run(store,
		   store->depth ? "SAVEPOINT inner_one" : "BEGIN IMMEDIATE",
		   NULL, err))
		return -1;
	store->depth++;
	return 0;
}

int case_store_commit(struct case_store *store, struct err *err)
{
	const char *sql = store->depth > 1 ? "RELEASE inner_one" : "COMMIT";

	if (db_run(store, sql, NULL, err)) {
		case_store_rollback(store);
		return -1;
	}
	store->depth--;
	if (!store->depth && store->durable)
		anchor_note(store, case_store_mark(store));
	return 0;
}

void case_store_rollback(struct case_store *store)
{
	const char *sql = store->depth > 1
				  ? "ROLLBACK TO inner_one; RELEASE inner_one"
				  : "ROLLBACK";

	/* A full or failing disk makes SQLite undo everything by itself; then
	 * there is nothing left to undo and this does nothing. */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, sql, NULL, NULL, NULL);
	if (store->depth)
		store->depth--;
}

uint64_t case_store_mark(const struct case_store *store)
{
	return durable_mark(store->durable);
}

int case_store_durable(struct case_store *store, uint64_t *mark,
		       struct err *err)
{
	if (durable_reached(store->durable, mark, err))
		return -1;
	anchor_keep(store, *mark);
	return 0;
}

int case_store_pump(struct case_store *store, bool at_once, struct err *err)
{
	int64_t due = durable_due(store->durable);

	if (due < 0 || (!at_once && xfer_now() < due))
		return 0;
	return durable_begin(store->durable, err);
}

int64_t case_store_next(const struct case_store *store)
{
	return durable_due(store->durable);
}

int case_store_fd(const struct case_store *store)
{
	return durable_fd(store->durable);
}

int case_store_settle(struct case_store *store, struct err *err)
{
	return durable_wait(store->durable, err);
}
