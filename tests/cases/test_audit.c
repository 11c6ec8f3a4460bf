/* SPDX-License-Identifier: MIT */
/* The audit trail: whatever is done to a copy of it behind our back is found,
 * and the first entry that is wrong is named. */
#include "cases/audit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/trail.h"
#include "forms/form.h"
#include "tests/cases/desk.h"

static void note(struct desk *desk, int count)
{
	char detail[32];

	for (int i = 0; i < count; i++) {
		snprintf(detail, sizeof(detail), "number %d", i);
		OK(case_event_add(desk->store, "seen", 0, 0, detail, &err));
	}
}

/* A record with 20 entries, closed and opened again as another run would. */
static void desk_with_trail(struct desk *desk)
{
	desk_open(desk);
	OK(case_store_begin(desk->store, &err));
	note(desk, 20);
	OK(case_store_commit(desk->store, &err));
	desk_reopen(desk);
}

static struct audit_report verify(struct desk *desk, const char *head)
{
	struct audit_report report;

	OK(case_audit_verify(desk->store, head, &report, &err));
	return report;
}

/* As somebody with SQLite would: around the guards, which come back. */
static void tamper(struct desk *desk, const char *sql)
{
	char *path = mem_printf("%s/kyc.db", desk->state);
	sqlite3 *db = NULL;
	char *why = NULL;
	char *all = mem_printf(
		"CREATE TEMP TABLE kept AS SELECT sql AS s FROM sqlite_schema"
		" WHERE type = 'trigger' AND tbl_name = 'events';"
		"DROP TRIGGER events_stay; DROP TRIGGER events_remain; %s;"
		"CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN"
		" SELECT RAISE(ABORT, 'the audit trail cannot be changed');"
		" END;"
		"CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN"
		" SELECT RAISE(ABORT, 'the audit trail cannot be changed');"
		" END;",
		sql);

	case_store_close(desk->store);
	desk->store = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, all, NULL, NULL, &why))
		fail_msg("%s: %s", all, why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	free(all);
	free(path);
	desk_reopen(desk);
}

static const struct crime {
	const char *name;
	const char *sql;
	enum audit_fault fault;
	int64_t entry;
} crimes[] = {
	{ "who", "UPDATE events SET who = 'eve' WHERE id = 7", AUDIT_CHANGED,
	  7 },
	{ "when", "UPDATE events SET when_ms = when_ms - 1 WHERE id = 1",
	  AUDIT_CHANGED, 1 },
	{ "what", "UPDATE events SET what = 'sent' WHERE id = 20",
	  AUDIT_CHANGED, 20 },
	{ "case", "UPDATE events SET case_id = 4 WHERE id = 3", AUDIT_CHANGED,
	  3 },
	{ "submission", "UPDATE events SET submission = 9 WHERE id = 3",
	  AUDIT_CHANGED, 3 },
	{ "detail", "UPDATE events SET detail = detail || ' ' WHERE id = 12",
	  AUDIT_CHANGED, 12 },
	{ "behind a NUL",
	  "UPDATE events SET detail = detail || char(0) || 'x' WHERE id = 12",
	  AUDIT_CHANGED, 12 },
	{ "all of them", "UPDATE events SET who = 'eve'", AUDIT_CHANGED, 1 },
	{ "a hash",
	  "UPDATE events SET hash = replace(hash, 'a', 'b')"
	  " WHERE id = 5",
	  AUDIT_CHANGED, 5 },
	{ "a hash before", "UPDATE events SET previous_hash = '' WHERE id = 9",
	  AUDIT_CHANGED, 9 },
	{ "the first deleted", "DELETE FROM events WHERE id = 1", AUDIT_GONE,
	  1 },
	{ "one deleted", "DELETE FROM events WHERE id = 8", AUDIT_GONE, 8 },
	{ "some deleted", "DELETE FROM events WHERE id IN (8, 9, 15)",
	  AUDIT_GONE, 8 },
	{ "deleted and numbered anew",
	  "DELETE FROM events WHERE id = 8;"
	  "UPDATE events SET id = id - 1 WHERE id > 8;"
	  "UPDATE sqlite_sequence SET seq = 19 WHERE name = 'events'",
	  AUDIT_MOVED, 8 },
	{ "two in each other's place",
	  "UPDATE events SET id = 99 WHERE id = 4;"
	  "UPDATE events SET id = 4 WHERE id = 5;"
	  "UPDATE events SET id = 5 WHERE id = 99",
	  AUDIT_MOVED, 4 },
	{ "one copied in between",
	  "UPDATE events SET id = -id - 1 WHERE id > 10;"
	  "UPDATE events SET id = -id WHERE id < 0;"
	  "INSERT INTO events SELECT 11, when_ms, who, what, case_id,"
	  " submission, detail, previous_hash, hash FROM events WHERE id = 3",
	  AUDIT_MOVED, 11 },
	{ "one added at the end",
	  "INSERT INTO events SELECT 21, when_ms, who, what, case_id,"
	  " submission, detail, hash, hash FROM events WHERE id = 20",
	  AUDIT_CHANGED, 21 },
	{ "one before the first",
	  "INSERT INTO events SELECT 0, when_ms, who, what, case_id,"
	  " submission, detail, '', hash FROM events WHERE id = 1",
	  AUDIT_MOVED, 0 },
	{ "the last cut off", "DELETE FROM events WHERE id = 20", AUDIT_CUT,
	  20 },
	{ "the end cut off, the count as well",
	  "DELETE FROM events WHERE id > 15;"
	  "UPDATE sqlite_sequence SET seq = 15 WHERE name = 'events'",
	  AUDIT_CUT, 16 },
	{ "all cut off", "DELETE FROM events; DELETE FROM sqlite_sequence",
	  AUDIT_CUT, 1 },
};

static void test_verify_finds(void **state)
{
	const struct crime *row = *state;
	struct audit_report report;
	struct desk desk;

	desk_with_trail(&desk);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.head.number, 20);
	assert_true(report.kept);
	tamper(&desk, row->sql);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, row->fault);
	assert_int_equal(report.entry, row->entry);
	desk_close(&desk);
}

/* Hash the entry NUMBER anew, with all that follow, as audit.h says. */
static void forge_from(struct desk *desk, int64_t number)
{
	static const char *const columns[] = { "who", "what", "detail" };
	char *previous = desk_text(
		desk, "SELECT hash FROM events WHERE id = ?1", number - 1);
	int64_t last = desk_number(desk, "SELECT max(id) FROM events");
	struct buf sql = { 0 };

	for (int64_t i = number; i <= last; i++) {
		char *texts[3];
		char *ask = mem_printf("SELECT when_ms FROM events WHERE id ="
				       " %lld",
				       (long long)i);
		struct case_event event = { .when_ms = desk_number(desk, ask) };
		char hash[65];

		for (int c = 0; c < 3; c++) {
			char *one = mem_printf("SELECT %s FROM events WHERE id"
					       " = ?1",
					       columns[c]);

			texts[c] = desk_text(desk, one, i);
			free(one);
		}
		event.who = texts[0];
		event.what = texts[1];
		event.detail = texts[2];
		event_hash(&event, previous, hash);
		buf_addf(&sql,
			 "UPDATE events SET previous_hash = '%s', hash = '%s'"
			 " WHERE id = %lld;",
			 previous, hash, (long long)i);
		mem_replace(&previous, hash);
		event_release(&event);
		free(ask);
	}
	tamper(desk, buf_text(&sql));
	buf_release(&sql);
	free(previous);
}

/* Who computes the chain anew is found by the head that was kept apart. */
static void test_verify_finds_a_new_chain(void **state)
{
	struct audit_report report;
	struct audit_head before;
	struct desk desk;
	char *path;

	(void)state;
	desk_with_trail(&desk);
	OK(case_audit_head(desk.store, &before, &err));
	tamper(&desk, "UPDATE events SET who = 'eve' WHERE id = 13");
	forge_from(&desk, 13);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_REWRITTEN);
	assert_int_equal(report.entry, 20);
	/* With the file written anew, too, only a head kept elsewhere helps. */
	path = mem_printf("%s/" ANCHOR_FILE, desk.state);
	assert_int_equal(unlink(path), 0);
	note(&desk, 1);
	desk_reopen(&desk);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.remade, 21);
	report = verify(&desk, before.hash);
	assert_int_equal(report.fault, AUDIT_UNKNOWN);
	free(path);
	desk_close(&desk);
}

static void test_verify_knows_an_older_head(void **state)
{
	struct audit_report report;
	struct audit_head before;
	struct err why = { 0 };
	struct desk desk;

	(void)state;
	desk_with_trail(&desk);
	OK(case_audit_head(desk.store, &before, &err));
	note(&desk, 5);
	desk_reopen(&desk);
	report = verify(&desk, before.hash);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.known, 20);
	assert_int_equal(report.head.number, 25);
	assert_int_equal(case_audit_verify(desk.store, "20", &report, &why),
			 -1);
	assert_int_equal(why.code, ERR_USAGE);
	desk_close(&desk);
}

/* An older copy of the record in the place of the newer one. */
static void test_verify_finds_an_older_copy(void **state)
{
	struct audit_report report;
	struct desk desk;
	char *copy;

	(void)state;
	desk_with_trail(&desk);
	copy = mem_printf("VACUUM INTO '%s/copy.db'", desk.dir);
	desk_sql(&desk, copy);
	free(copy);
	note(&desk, 3);
	desk_reopen(&desk);
	assert_int_equal(verify(&desk, NULL).head.number, 23);
	case_store_close(desk.store);
	desk.store = NULL;
	copy = mem_printf("%s/copy.db", desk.dir);
	{
		char *path = mem_printf("%s/kyc.db", desk.state);

		assert_int_equal(rename(copy, path), 0);
		free(path);
	}
	desk_reopen(&desk);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_CUT);
	assert_int_equal(report.entry, 21);
	free(copy);
	desk_close(&desk);
}

static const struct missing_head {
	const char *name;
	const char *content; /* NULL: no file */
	enum audit_fault fault;
} missing_heads[] = {
	{ "gone", NULL, AUDIT_NO_HEAD },
	{ "made and never written", "", AUDIT_FINE },
	{ "something else", "hello\n", AUDIT_NO_HEAD },
	{ "an entry that never was",
	  "0000000000000000099 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaa\n",
	  AUDIT_CUT },
	{ "another hash",
	  "0000000000000000012 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaa\n",
	  AUDIT_REWRITTEN },
};

static void test_verify_needs_the_head(void **state)
{
	const struct missing_head *row = *state;
	struct audit_report report;
	struct desk desk;
	char *path;

	desk_with_trail(&desk);
	path = mem_printf("%s/" ANCHOR_FILE, desk.state);
	assert_int_equal(unlink(path), 0);
	if (row->content) {
		FILE *file = fopen(path, "w");

		assert_non_null(file);
		assert_true(fputs(row->content, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, row->fault);
	assert_int_equal(report.kept, row->fault == AUDIT_CUT ||
					      row->fault == AUDIT_REWRITTEN);
	free(path);
	desk_close(&desk);
}

/* That the file was gone stands in the trail from then on. */
static void test_lost_head_is_noted_once(void **state)
{
	struct audit_report report;
	struct desk desk;
	char *path;

	(void)state;
	desk_with_trail(&desk);
	path = mem_printf("%s/" ANCHOR_FILE, desk.state);
	assert_int_equal(unlink(path), 0);
	OK(case_store_begin(desk.store, &err));
	note(&desk, 1);
	case_store_rollback(desk.store);
	note(&desk, 3);
	desk_reopen(&desk);
	note(&desk, 1);
	desk_reopen(&desk);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.remade, 21);
	assert_int_equal(report.head.number, 25);
	assert_int_equal(desk_number(&desk, "SELECT count(*) FROM events WHERE"
					    " what = '" ANCHOR_REMADE "'"),
			 1);
	free(path);
	desk_close(&desk);
}

static void test_verify_misses_the_guards(void **state)
{
	struct audit_report report;
	struct desk desk;

	(void)state;
	desk_with_trail(&desk);
	desk_sql(&desk, "DROP TRIGGER events_stay");
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_UNGUARDED);
	assert_int_equal(report.head.number, 20);
	desk_close(&desk);
}

static void test_empty_trail_is_fine(void **state)
{
	struct audit_report report;
	struct desk desk;

	(void)state;
	desk_open(&desk);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.head.number, 0);
	assert_int_equal(report.known, 0);
	desk_close(&desk);
}

/* What is being added at the same time by others is no reason to doubt. */
static void test_two_at_once_are_fine(void **state)
{
	struct audit_report report;
	struct desk desk;
	pid_t children[3];
	int from[3];

	(void)state;
	desk_open(&desk);
	for (size_t i = 0; i < 3; i++)
		children[i] = desk_child("note", desk.state, NULL, &from[i]);
	for (int i = 0; i < 20; i++) {
		note(&desk, 1);
		report = verify(&desk, NULL);
		assert_int_equal(report.fault, AUDIT_FINE);
	}
	for (size_t i = 0; i < 3; i++) {
		int status = -1;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
		close(from[i]);
	}
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.head.number, 80);
	assert_int_equal(report.remade, 0);
	desk_close(&desk);
}

/* The whole trail is never in memory. */
static void test_verify_reads_ten_thousand(void **state)
{
	struct audit_report report;
	struct desk desk;
	sqlite3_int64 used;

	(void)state;
	desk_open(&desk);
	OK(case_store_begin(desk.store, &err));
	note(&desk, 10000);
	OK(case_store_commit(desk.store, &err));
	desk_reopen(&desk);
	used = sqlite3_memory_used();
	sqlite3_memory_highwater(1);
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_FINE);
	assert_int_equal(report.head.number, 10000);
	/* Pages that SQLite keeps, 2 MB at most by default. */
	assert_true(sqlite3_memory_highwater(0) - used < 3000000);
	tamper(&desk, "UPDATE events SET who = 'eve' WHERE id = 9999");
	report = verify(&desk, NULL);
	assert_int_equal(report.fault, AUDIT_CHANGED);
	assert_int_equal(report.entry, 9999);
	desk_close(&desk);
}

/* The first hash by hand, as audit.h says. */
static void test_hash_is_as_documented(void **state)
{
	struct doc_digest *digest = doc_digest_new();
	struct desk desk;
	char *line, *kept;
	char hash[65];

	(void)state;
	desk_open(&desk);
	OK(case_event_add(desk.store, "seen", 3, 4, "number 0", &err));
	line = mem_printf(
		"\n%lld\n3:ana\n4:seen\n3\n4\n8:number 0\n",
		(long long)desk_number(&desk, "SELECT when_ms FROM events"));
	doc_digest_add(digest, line, strlen(line));
	doc_digest_hex(digest, hash);
	doc_digest_free(digest);
	kept = desk_text(&desk, "SELECT hash FROM events WHERE id = ?1", 1);
	assert_string_equal(hash, kept);
	free(kept);
	free(line);
	desk_close(&desk);
}

struct seen {
	size_t count;
	int64_t last;
	const char *customer;
};

static int visit(void *arg, const struct audit_entry *entry)
{
	struct seen *seen = arg;

	assert_true(entry->event->id > seen->last);
	assert_int_equal(strlen(entry->hash), 64);
	if (seen->customer) {
		assert_string_equal(entry->customer, seen->customer);
		assert_string_equal(entry->profile, "desk");
	}
	seen->last = entry->event->id;
	seen->count++;
	return 0;
}

static void test_walk_shows_a_customer(void **state)
{
	struct seen all = { 0 };
	struct seen one = { .customer = "c2" };
	struct seen none = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	note(&desk, 2);
	desk_customer(&desk, "c1", "Maria");
	desk_document(&desk, desk_customer(&desk, "c2", "Mario"), "SELFIE",
		      DOC_SIDE_NONE, "face");
	OK(case_audit_walk(desk.store, NULL, NULL, visit, &all, &err));
	OK(case_audit_walk(desk.store, &desk.profile, "c2", visit, &one, &err));
	OK(case_audit_walk(desk.store, &desk.profile, "c3", visit, &none,
			   &err));
	assert_int_equal(all.count, 5);
	assert_int_equal(one.count, 2);
	assert_int_equal(none.count, 0);
	desk_close(&desk);
}

/* What a process of its own does. */
static int be_a_child(const char *dir)
{
	struct case_store *store = NULL;
	struct err err = { 0 };
	int ret = 0;

	if (case_store_open(&store, dir, "child", &err))
		return 1;
	for (int i = 0; !ret && i < 20; i++)
		ret = case_event_add(store, "here", 0, 0, "", &err);
	case_store_close(store);
	return ret ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct test_list tests = { 0 };

	if (argc == 3 && strcmp(argv[1], "note") == 0)
		_exit(be_a_child(argv[2]));
	TEST_ROWS(&tests, test_verify_finds, crimes);
	test_add(&tests, "verify finds a new chain",
		 test_verify_finds_a_new_chain);
	test_add(&tests, "verify knows an older head",
		 test_verify_knows_an_older_head);
	test_add(&tests, "verify finds an older copy",
		 test_verify_finds_an_older_copy);
	TEST_ROWS(&tests, test_verify_needs_the_head, missing_heads);
	test_add(&tests, "a lost head is noted once",
		 test_lost_head_is_noted_once);
	test_add(&tests, "verify misses the guards",
		 test_verify_misses_the_guards);
	test_add(&tests, "an empty trail is fine", test_empty_trail_is_fine);
	test_add(&tests, "two at once are fine", test_two_at_once_are_fine);
	test_add(&tests, "verify reads ten thousand",
		 test_verify_reads_ten_thousand);
	test_add(&tests, "the hash is as documented",
		 test_hash_is_as_documented);
	test_add(&tests, "walk shows a customer", test_walk_shows_a_customer);
	return test_run(&tests, "cases/audit");
}
