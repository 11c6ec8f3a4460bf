/* SPDX-License-Identifier: MIT */
/* Records that older versions made are brought up to date, and go on. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "tests/cases/bench.h"

/* A customer whose form and card wait, and a start behind them; what was sent
 * before is there, too. ?: the card's file, its size, its digest. */
static const char old_rows[] =
	"INSERT INTO profiles (number, name) VALUES (1, 'desk');"
	"INSERT INTO customers (number, profile, id, name, folded, seen_ms,"
	" read_ms, snapshot) VALUES (1099511627776, 1, 'c1', 'Maria', 'maria',"
	" 5, 5, '{\"id\":\"c1\",\"name\":\"Maria\",\"kind\":\"individual\","
	"\"stage\":\"not_started\",\"information\":\"{}\",\"requirements\":["
	"{\"kind\":\"information\",\"code\":\"FORM\",\"status\":\"missing\"},"
	"{\"kind\":\"document\",\"code\":\"ID\",\"type\":\"ID_CARD\","
	"\"status\":\"missing\"}],\"parties\":[]}');"
	"INSERT INTO cases (id, customer, opened_ms)"
	" VALUES (1, 1099511627776, 5);"
	"INSERT INTO submissions (id, case_id, profile, endpoint, customer,"
	" holder, standing, rank, type, side, party, country, path, kind,"
	" bytes, sha256, schema, answers, key, key_made_ms, state, queued_ms,"
	" settled_ms) VALUES"
	" (1, 1, 'desk', 'http://127.0.0.1:1', 'c1', 'individual', 'missing',"
	"  1, 'PASSPORT', 'front', '', 'BRA', '/gone.jpg', 1, 4, 'x', NULL,"
	"  NULL, '00000000-0000-4000-8000-000000000001', 5, 'refused', 5, 6),"
	" (2, 1, 'desk', 'http://127.0.0.1:1', 'c1', 'individual', 'missing',"
	"  0, '', '', '', '', NULL, 0, 0, '', 'lumx.individual',"
	"  '{\"firstName\":\"Maria\"}',"
	"  '00000000-0000-4000-8000-000000000002', 5, 'queued', 7, 0),"
	" (3, 1, 'desk', 'http://127.0.0.1:1', 'c1', 'individual', 'missing',"
	"  1, 'ID_CARD', 'front', '', 'BRA', '%s', %d, %d, '%s', NULL, NULL,"
	"  '00000000-0000-4000-8000-000000000003', 5, 'queued', 7, 0),"
	" (4, 1, 'desk', 'http://127.0.0.1:1', 'c1', 'individual',"
	"  'not_started', 2, '', '', '', '', NULL, 0, 0, '', NULL, NULL,"
	"  '00000000-0000-4000-8000-000000000004', 5, 'queued', 7, 0);";

static char *slurp(const char *path)
{
	char *all = NULL;
	size_t len;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	all = mem_alloc(65536);
	len = fread(all, 1, 65535, file);
	assert_true(len > 0 && len < 65535);
	fclose(file);
	return all;
}

static void run(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why))
		fail_msg("%s", why);
}

/* Put a record of version 4 in the place of the desk's own. */
static void make_old(struct desk *desk)
{
	static const char face[] = "a card";
	char *schema_path = test_source_path("tests/cases/record_4.sql");
	char *schema = slurp(schema_path);
	char *card = desk_file(desk, "card.jpg", face);
	char *path = mem_printf("%s/old/kyc.db", desk->dir);
	struct doc_digest *digest = doc_digest_new();
	char sha256[65];
	char *rows = NULL;
	sqlite3 *db = NULL;

	doc_digest_add(digest, face, strlen(face));
	doc_digest_hex(digest, sha256);
	doc_digest_free(digest);
	rows = mem_printf(old_rows, card, DOC_JPEG, (int)strlen(face), sha256);
	mem_replace(&desk->state, NULL);
	desk->state = mem_printf("%s/old", desk->dir);
	assert_int_equal(mkdir(desk->state, 0700), 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	run(db, schema);
	run(db, rows);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	free(rows);
	free(schema);
	free(schema_path);
	free(path);
	free(card);
}

static void test_schema_brings_old_records_on(void **state)
{
	static const int64_t ranks[] = { PROV_RANK_DOCUMENT,
					 PROV_RANK_INFORMATION,
					 PROV_RANK_DOCUMENT, PROV_RANK_START };
	struct case_submission sub = { 0 };
	struct prov_customer customer = { 0 };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	desk.profile.provider = &prov_lumx;
	make_old(&desk);
	desk_reopen(&desk);
	assert_int_equal(desk_number(&desk, "PRAGMA user_version"),
			 schema_newest());
	for (int64_t id = 1; id <= 4; id++) {
		sub = desk_read(&desk, id);
		assert_int_equal(sub.rank, ranks[id - 1]);
		assert_null(sub.bundle);
		assert_null(sub.target);
		assert_int_equal(sub.leader, 0);
		case_submission_release(&sub);
	}
	sub = desk_read(&desk, 2);
	assert_null(sub.type);
	assert_string_equal(sub.schema, "lumx.individual");
	case_submission_release(&sub);
	assert_int_equal(desk_number(&desk, "SELECT type = 'lumx.individual'"
					    " FROM submissions WHERE id = 2"),
			 1);
	desk_load(&desk, "c1", &customer);
	assert_int_equal(customer.requirement_count, 2);
	prov_customer_release(&customer);
	desk_close(&desk);
}

/* Old rows are in the new indexes. */
static void test_schema_finds_who_was_there(void **state)
{
	static const char *const indexes[] = { "named", "recent" };
	struct desk desk;

	(void)state;
	desk_open(&desk);
	make_old(&desk);
	desk_reopen(&desk);
	desk_sql(&desk, "UPDATE customers SET touched_ms = 7");
	for (size_t i = 0; i < sizeof(indexes) / sizeof(*indexes); i++) {
		char *sql = mem_printf("SELECT count(*) FROM customers"
				       " INDEXED BY customers_%s WHERE"
				       " profile = 1 AND folded = 'maria'"
				       " AND touched_ms > 0",
				       indexes[i]);

		assert_int_equal(desk_number(&desk, sql), 1);
		free(sql);
	}
	desk_close(&desk);
}

/* What waited in them is sent, in its order. */
static void test_schema_sends_what_waited(void **state)
{
	static wire_script scripts[] = {
		{ DO_HEAD, DO_BODY,
		  DO_SAY("HTTP/1.1 200 X\r\nContent-Type: application/json"
			 "\r\nConnection: close\r\n\r\n{\"id\":\"c1\"}") },
		ANSWERS("204")
	};
	static const char *const wanted[] = { "firstName", "a card" };
	struct bench bench;

	(void)state;
	bench_open(&bench, &prov_lumx, scripts, 1);
	bench_stop(&bench);
	make_old(&bench.desk);
	desk_reopen(&bench.desk);
	bench_start(&bench);
	while (wire_server_requests(bench.server) < 2)
		bench_turn(&bench);
	for (size_t i = 0; i < 2; i++)
		assert_non_null(strstr(wire_server_seen(bench.server, i)->body,
				       wanted[i]));
	bench_drive_to(&bench, 2, CASE_ACCEPTED);
	bench_drive_to(&bench, 3, CASE_ACCEPTED);
	bench_close(&bench);
}

/* COUNT papers, all of them sent. */
static void send_papers(struct desk *desk, int64_t case_id, int count)
{
	char *sql = mem_printf(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
		" SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO documents (case_id, type, side, party, country,"
		" path, checked, kind, mime, bytes, sha256, width, height,"
		" pages, encrypted, damaged, findings, chosen_ms)"
		" SELECT %lld, 'PASS', 'front', 'p' || i, 'BRA', '/x', 1, 1,"
		" '', 1, 's', 1, 1, 1, 0, 0, '[]', 5 FROM n",
		count, (long long)case_id);

	desk_sql(desk, sql);
	free(sql);
	desk_sql(desk,
		 "INSERT INTO submissions (case_id, profile, endpoint,"
		 " customer, holder, standing, rank, type, side, party,"
		 " country, path, kind, bytes, sha256, key, key_made_ms,"
		 " state, queued_ms, settled_ms) SELECT case_id, 'desk', 'e',"
		 " 'c', 'individual', '', 20, type, side, party, country,"
		 " path, kind, bytes, sha256, case_id || party, 5, 'accepted',"
		 " 6, 7 FROM documents d WHERE NOT EXISTS (SELECT 1"
		 " FROM submissions s WHERE s.case_id = d.case_id)");
}

static int count_work(void *arg)
{
	++*(unsigned *)arg;
	return 0;
}

static unsigned work_of_touching(struct desk *desk, int64_t case_id)
{
	unsigned work = 0;

	sqlite3_progress_handler(desk->store->db, 10, count_work, &work);
	OK(customer_touch(desk->store, case_id, &err));
	sqlite3_progress_handler(desk->store->db, 0, NULL, NULL);
	return work;
}

/* Eight times the papers are eight times the work, not sixty-four times. */
static void test_schema_counts_cheaply(void **state)
{
	struct desk desk;
	unsigned few;
	unsigned many;
	int64_t id;

	(void)state;
	desk_open(&desk);
	id = desk_customer(&desk, "c1", "Maria");
	send_papers(&desk, id, 50);
	few = work_of_touching(&desk, id);
	assert_int_equal(desk_number(&desk, "SELECT unsent FROM customers"), 0);
	id = desk_customer(&desk, "c2", "Ana");
	send_papers(&desk, id, 400);
	many = work_of_touching(&desk, id);
	assert_true(few > 0);
	assert_true(many < few * 12);
	desk_close(&desk);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "brings old records on",
		 test_schema_brings_old_records_on);
	test_add(&tests, "finds who was there",
		 test_schema_finds_who_was_there);
	test_add(&tests, "sends what waited", test_schema_sends_what_waited);
	test_add(&tests, "counts cheaply", test_schema_counts_cheaply);
	return test_run(&tests, "cases/schema");
}
