/* SPDX-License-Identifier: MIT */
/* Opening the record, what it refuses, transactions, and the audit trail. */
#include "cases/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/claim.h"
#include "cases/store_private.h"
#include "tests/cases/desk.h"

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static char *record_path(struct desk *desk)
{
	return mem_printf("%s/kyc.db", desk->state);
}

static void test_open_is_closed_to_others(void **state)
{
	static const mode_t umasks[] = { 0, 022, 0777 };

	(void)state;
	for (size_t i = 0; i < sizeof(umasks) / sizeof(*umasks); i++) {
		mode_t before = umask(umasks[i]);
		struct desk desk;
		char *path = NULL;
		char *log = NULL;

		desk_open(&desk);
		umask(before);
		desk_customer(&desk, "c1", "Maria");
		path = record_path(&desk);
		log = mem_printf("%s-wal", path);
		assert_int_equal(mode_of(desk.state), 0700);
		assert_int_equal(mode_of(path), 0600);
		assert_int_equal(mode_of(log), 0600);
		free(path);
		free(log);
		desk_close(&desk);
	}
}

static void test_open_makes_parents(void **state)
{
	struct case_store *store = NULL;
	struct desk desk;
	char *deep = NULL;
	char *parent = NULL;

	(void)state;
	desk_open(&desk);
	deep = mem_printf("%s/a/b/c", desk.dir);
	parent = mem_printf("%s/a/b", desk.dir);
	OK(case_store_open(&store, deep, "ana", &err));
	assert_int_equal(mode_of(parent), 0700);
	case_store_close(store);
	free(deep);
	free(parent);
	desk_close(&desk);
}

static void test_open_tightens_what_others_may_read(void **state)
{
	struct desk desk;
	char *path = NULL;

	(void)state;
	desk_open(&desk);
	path = record_path(&desk);
	case_store_close(desk.store);
	desk.store = NULL;
	assert_int_equal(chmod(desk.state, 0755), 0);
	assert_int_equal(chmod(path, 0644), 0);
	desk_reopen(&desk);
	assert_int_equal(mode_of(desk.state), 0700);
	assert_int_equal(mode_of(path), 0600);
	free(path);
	desk_close(&desk);
}

/* What stands in the record's place, and a word of the refusal. */
static const struct refusal {
	const char *name;
	const char *content; /* NULL: SQL makes it */
	const char *sql;
	const char *says;
} refusals[] = {
	{ "garbage",
	  "this is no database, but long enough to hold a header, "
	  "so that it is its first bytes that tell it apart from "
	  "one of ours",
	  NULL, "not a record" },
	{ "short", "x", NULL, "not a record" },
	{ "empty", "", NULL, "not a record" },
	{ "another program's", NULL, "CREATE TABLE t (a)", "not a record" },
	{ "another mark", NULL, "CREATE TABLE t (a); PRAGMA application_id = 7",
	  "not a record" },
	{ "newer", NULL,
	  "PRAGMA application_id = 0x6b796331; PRAGMA user_version = 9999",
	  "newer version" },
};

static char *slurp(const char *path, size_t *len)
{
	struct buf buf = { 0 };
	FILE *file = fopen(path, "r");
	char piece[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(piece, 1, sizeof(piece), file)))
		assert_int_equal(buf_add(&buf, piece, got), 0);
	fclose(file);
	*len = buf.len;
	return buf_take(&buf);
}

static void put_file(const char *path, const struct refusal *row)
{
	sqlite3 *db = NULL;
	FILE *file = NULL;

	if (row->content) {
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(row->content, file) >= 0);
		fclose(file);
		return;
	}
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, row->sql, NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
}

static void test_open_refuses(void **state)
{
	const struct refusal *row = *state;
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	size_t before_len;
	size_t after_len;
	char *before = NULL;
	char *after = NULL;
	char *path = NULL;

	desk_open(&desk);
	path = mem_printf("%s/kyc.db", desk.dir);
	put_file(path, row);
	before = slurp(path, &before_len);
	assert_int_equal(case_store_open(&store, desk.dir, "ana", &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, row->says));
	assert_non_null(strstr(err.text, path));
	after = slurp(path, &after_len);
	assert_int_equal(before_len, after_len);
	assert_memory_equal(before, after, before_len);
	free(before);
	free(after);
	free(path);
	desk_close(&desk);
}

/* The version that counts may still be in the log alone. */
static void test_open_refuses_newer_in_the_log(void **state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	pid_t child;
	int status;
	int from;

	(void)state;
	desk_open(&desk);
	child = desk_child("age", desk.state, NULL, &from);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(case_store_open(&store, desk.state, "ana", &err), -1);
	assert_non_null(strstr(err.text, "newer version"));
	close(from);
	desk_close(&desk);
}

static void test_open_refuses_a_link(void **state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	char *path = NULL;
	char *link = NULL;

	(void)state;
	desk_open(&desk);
	path = record_path(&desk);
	link = mem_printf("%s/kyc.db", desk.dir);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(case_store_open(&store, desk.dir, "ana", &err), -1);
	assert_non_null(strstr(err.text, "symbolic link"));
	free(path);
	free(link);
	desk_close(&desk);
}

/* A record that was cut off, and one with a page of rubbish. */
static void cut_off(const char *path)
{
	assert_int_equal(truncate(path, 8192), 0);
}

static void scribble(const char *path)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, 100, SEEK_SET), 0);
	for (int i = 0; i < 3996; i++)
		assert_true(fputc(0xa5, file) != EOF);
	assert_int_equal(fclose(file), 0);
}

static const struct damage {
	const char *name;
	void (*harm)(const char *path);
} damages[] = { { "cut off", cut_off }, { "scribbled on", scribble } };

static void test_open_leaves_a_damaged_file_alone(void **state)
{
	const struct damage *row = *state;
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	size_t before_len, after_len;
	char *before = NULL;
	char *after = NULL;
	char *path = NULL;

	desk_open(&desk);
	path = record_path(&desk);
	case_store_close(desk.store);
	desk.store = NULL;
	row->harm(path);
	before = slurp(path, &before_len);
	assert_int_equal(case_store_open(&store, desk.state, "ana", &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_int_equal(err_exit_status(err.code), 6);
	assert_non_null(strstr(err.text, "damaged"));
	after = slurp(path, &after_len);
	assert_int_equal(before_len, after_len);
	assert_memory_equal(before, after, before_len);
	free(before);
	free(after);
	free(path);
	desk_close(&desk);
}

/* Another is there already, and whoever runs this may only read it. */
static void test_open_says_that_it_may_only_read(void **state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	size_t before_len, after_len;
	char *before = NULL;
	char *after = NULL;
	char *path = NULL;
	bool root = !geteuid();

	(void)state;
	if (root)
		assert_int_equal(seteuid(65534), 0);
	desk_open(&desk);
	path = record_path(&desk);
	case_store_close(desk.store);
	desk.store = NULL;
	before = slurp(path, &before_len);
	assert_int_equal(chmod(path, 0400), 0);
	assert_int_equal(case_store_open(&store, desk.state, "ana", &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, path));
	after = slurp(path, &after_len);
	assert_int_equal(before_len, after_len);
	assert_memory_equal(before, after, before_len);
	free(before);
	free(after);
	free(path);
	desk_close(&desk);
	if (root)
		assert_int_equal(seteuid(0), 0);
}

static void test_open_says_what_cannot_be_written(void **state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	char *inner = NULL;
	bool root = !geteuid();

	(void)state;
	/* Root may write anywhere: be nobody for a while. */
	if (root)
		assert_int_equal(seteuid(65534), 0);
	desk_open(&desk);
	inner = mem_printf("%s/shut/state", desk.dir);
	*strrchr(inner, '/') = '\0';
	assert_int_equal(mkdir(inner, 0500), 0);
	inner[strlen(inner)] = '/';
	assert_int_equal(case_store_open(&store, inner, "ana", &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, inner));
	assert_non_null(strstr(err.text, "--state"));
	free(inner);
	desk_close(&desk);
	if (root)
		assert_int_equal(seteuid(0), 0);
}

static void test_open_refuses_a_file_for_a_directory(void **state)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	struct desk desk;
	char *path = NULL;

	(void)state;
	desk_open(&desk);
	path = desk_file(&desk, "plain", "x");
	assert_int_equal(case_store_open(&store, path, "ana", &err), -1);
	assert_non_null(strstr(err.text, path));
	free(path);
	desk_close(&desk);
}

static void test_open_migrates_from_nothing(void **state)
{
	struct case_store *store = NULL;
	struct desk desk;
	char *path = NULL;
	sqlite3 *db = NULL;

	(void)state;
	desk_open(&desk);
	path = mem_printf("%s/kyc.db", desk.dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "PRAGMA application_id = 0x6b796331;"
				      "CREATE TABLE z (a); DROP TABLE z",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	OK(case_store_open(&store, desk.dir, "ana", &err));
	OK(case_event_add(store, "tried", 0, 0, "", &err));
	case_store_close(store);
	free(path);
	desk_close(&desk);
}

static void test_two_processes_make_one_record(void **state)
{
	struct desk desk;
	char *dir = NULL;
	pid_t children[4];
	int from[4];

	(void)state;
	desk_open(&desk);
	dir = mem_printf("%s/new", desk.dir);
	for (size_t i = 0; i < 4; i++)
		children[i] = desk_child("note", dir, NULL, &from[i]);
	for (size_t i = 0; i < 4; i++) {
		int status = -1;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
		close(from[i]);
	}
	case_store_close(desk.store);
	desk.store = NULL;
	OK(case_store_open(&desk.store, dir, "ana", &err));
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM events"), 4);
	free(dir);
	desk_close(&desk);
}

static int64_t events(struct desk *desk)
{
	return desk_number(desk, "SELECT count(*) FROM events");
}

static void test_transactions_nest(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	OK(case_store_begin(desk.store, &err));
	OK(case_event_add(desk.store, "outer", 0, 0, "", &err));
	OK(case_store_begin(desk.store, &err));
	OK(case_event_add(desk.store, "inner", 0, 0, "", &err));
	case_store_rollback(desk.store);
	assert_int_equal(events(&desk), 1);
	OK(case_store_begin(desk.store, &err));
	OK(case_event_add(desk.store, "kept", 0, 0, "", &err));
	OK(case_store_commit(desk.store, &err));
	OK(case_store_commit(desk.store, &err));
	desk_reopen(&desk);
	assert_int_equal(events(&desk), 2);
	OK(case_store_begin(desk.store, &err));
	OK(case_event_add(desk.store, "gone", 0, 0, "", &err));
	case_store_rollback(desk.store);
	assert_int_equal(events(&desk), 2);
	desk_close(&desk);
}

/* What a doctored file would make SQLite run on its own stays powerless. */
static void test_schema_is_not_trusted(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	assert_int_equal(desk_number(&desk, "PRAGMA trusted_schema"), 0);
	assert_int_equal(desk_number(&desk, "PRAGMA foreign_keys"), 1);
	assert_int_equal(desk_number(&desk, "PRAGMA secure_delete"), 1);
	/* Not by SQLite, on the loop: see durable.c. */
	assert_int_equal(desk_number(&desk, "PRAGMA synchronous"), 0);
	desk_close(&desk);
}

static void test_events_stay(void **state)
{
	struct case_event_list list = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	for (int i = 0; i < 3; i++)
		OK(case_event_add(desk.store, "seen", i, 0, "a\nb\x1b[2J",
				  &err));
	desk_sql(&desk, "UPDATE events SET who = 'eve'");
	desk_sql(&desk, "DELETE FROM events");
	assert_int_equal(events(&desk), 3);
	OK(case_events(desk.store, 0, 2, &list, &err));
	assert_int_equal(list.count, 2);
	assert_int_equal(list.list[0].case_id, 2);
	assert_string_equal(list.list[0].who, "ana");
	assert_null(strchr(list.list[0].detail, '\x1b'));
	case_event_list_release(&list);
	OK(case_events(desk.store, 1, 10, &list, &err));
	assert_int_equal(list.count, 1);
	case_event_list_release(&list);
	desk_close(&desk);
}

static void test_events_are_chained(void **state)
{
	struct desk desk;

	(void)state;
	desk_open(&desk);
	for (int i = 0; i < 5; i++)
		OK(case_event_add(desk.store, "seen", 0, 0, "same", &err));
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM events a"
					    " JOIN events b ON b.id = a.id + 1"
					    " AND b.previous_hash = a.hash"),
			 4);
	assert_int_equal(desk_number(&desk, "SELECT count(DISTINCT hash)"
					    " FROM events"
					    " WHERE length(hash) = 64"),
			 5);
	desk_close(&desk);
}

static void test_claims_end_with_their_process(void **state)
{
	struct err err = { 0 };
	struct desk desk;
	char name[64] = "";
	int from;
	pid_t child;
	int status;

	(void)state;
	desk_open(&desk);
	child = desk_child("claim", desk.state, NULL, &from);
	assert_int_equal(read(from, name, 37), 37);
	assert_false(case_claim_dead(desk.store, name));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(case_claim_dead(desk.store, name));
	assert_true(case_claim_dead(desk.store, "../../etc/passwd"));
	assert_non_null(case_claim_name(desk.store, &err));
	assert_false(
		case_claim_dead(desk.store, case_claim_name(desk.store, &err)));
	close(from);
	desk_close(&desk);
}

/* What a process of its own does; each ends without closing the record. */
static int be_a_child(const char *what, const char *dir)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	const char *name = NULL;

	if (case_store_open(&store, dir, "child", &err))
		return 1;
	if (strcmp(what, "note") == 0)
		return case_event_add(store, "here", 0, 0, "", &err) ? 1 : 0;
	if (strcmp(what, "age") == 0)
		return sqlite3_exec(store->db, "PRAGMA user_version = 9999",
				    NULL, NULL, NULL);
	name = case_claim_name(store, &err);
	if (!name || write(STDOUT_FILENO, name, 37) != 37)
		return 1;
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 3)
		_exit(be_a_child(argv[1], argv[2]));
	test_add(&tests, "open is closed to others",
		 test_open_is_closed_to_others);
	test_add(&tests, "open makes parents", test_open_makes_parents);
	test_add(&tests, "open tightens what others may read",
		 test_open_tightens_what_others_may_read);
	TEST_ROWS(&tests, test_open_refuses, refusals);
	test_add(&tests, "open refuses newer in the log",
		 test_open_refuses_newer_in_the_log);
	test_add(&tests, "open refuses a link", test_open_refuses_a_link);
	TEST_ROWS(&tests, test_open_leaves_a_damaged_file_alone, damages);
	test_add(&tests, "open says that it may only read",
		 test_open_says_that_it_may_only_read);
	test_add(&tests, "open says what cannot be written",
		 test_open_says_what_cannot_be_written);
	test_add(&tests, "open refuses a file for a directory",
		 test_open_refuses_a_file_for_a_directory);
	test_add(&tests, "open migrates from nothing",
		 test_open_migrates_from_nothing);
	test_add(&tests, "two processes make one record",
		 test_two_processes_make_one_record);
	test_add(&tests, "transactions nest", test_transactions_nest);
	test_add(&tests, "schema is not trusted", test_schema_is_not_trusted);
	test_add(&tests, "events stay", test_events_stay);
	test_add(&tests, "events are chained", test_events_are_chained);
	test_add(&tests, "claims end with their process",
		 test_claims_end_with_their_process);
	return test_run(&tests, "cases/store");
}
