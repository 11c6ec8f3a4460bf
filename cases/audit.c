/* SPDX-License-Identifier: MIT */
/* The audit trail, read and proved. */
#include "cases/audit.h"

#include <stdlib.h>
#include <string.h>

#include "cases/trail.h"
#include "forms/i18n.h"
#include "forms/mem.h"

int trail_begin_reading(struct case_store *store, struct err *err)
{
	if (store->depth)
		return 0;
	return sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL)
		       ? db_error(store, err)
		       : 0;
}

void trail_end_reading(struct case_store *store)
{
	if (!store->depth)
		sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}

int trail_case(struct case_store *store, const char *profile,
	       const char *customer, int64_t *case_id, struct err *err)
{
	*case_id = 0;
	return db_number(store, case_id,
			 "SELECT c.id FROM cases c"
			 " JOIN customers u ON u.number = c.customer"
			 " JOIN profiles p ON p.number = u.profile"
			 " WHERE p.name = ?1 AND u.id = ?2",
			 DB_ARGS(db_text(profile), db_text(customer)), err) < 0
		       ? -1
		       : 0;
}

int case_audit_head(struct case_store *store, struct audit_head *out,
		    struct err *err)
{
	struct audit_head head = { 0 };
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT id, hash FROM events ORDER BY id DESC LIMIT 1",
		      NULL, err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		head.number = sqlite3_column_int64(stmt, 0);
		db_column_copy(stmt, 1, head.hash, sizeof(head.hash));
	}
	db_give_back(store, stmt);
	if (got < 0)
		return -1;
	*out = head;
	return 0;
}

/* One pass over the rows. */
struct proof {
	struct audit_report *report;
	struct audit_head kept; /* audit.head; number 0: there is none */
	const char *asked;	/* the hash that was kept elsewhere, or NULL */
};

static int accuse(const struct proof *proof, enum audit_fault fault,
		  int64_t entry)
{
	proof->report->fault = fault;
	proof->report->entry = entry;
	return 0;
}

/* Are the columns of the kinds that are written, and text up to its end? What
 * stands behind a NUL would be read by nobody, and hashed by nobody. */
static bool is_canonical(sqlite3_stmt *stmt)
{
	static const int kinds[] = {
		SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_TEXT,
		SQLITE_TEXT,	SQLITE_INTEGER, SQLITE_INTEGER,
		SQLITE_TEXT,	SQLITE_TEXT,	SQLITE_TEXT,
	};

	for (int i = 0; i < (int)(sizeof(kinds) / sizeof(*kinds)); i++) {
		if (sqlite3_column_type(stmt, i) != kinds[i])
			return false;
		if (kinds[i] == SQLITE_TEXT &&
		    strlen(db_column(stmt, i)) !=
			    (size_t)sqlite3_column_bytes(stmt, i))
			return false;
	}
	return true;
}

/* Does the entry carry the hash of what it says? */
static bool is_itself(sqlite3_stmt *stmt)
{
	struct case_event event = { 0 };
	char hash[65];

	event_read(stmt, &event);
	event_hash(&event, db_column(stmt, EVENT_COLUMN_COUNT), hash);
	event_release(&event);
	return strcmp(hash, db_column(stmt, EVENT_COLUMN_COUNT + 1)) == 0;
}

/* The next row: 1: it is as it has to be; 0: it is accused. */
static int prove_row(const struct proof *proof, sqlite3_stmt *stmt)
{
	struct audit_report *report = proof->report;
	int64_t want = report->head.number + 1;
	int64_t number = sqlite3_column_int64(stmt, 0);

	if (number != want)
		return accuse(proof, number > want ? AUDIT_GONE : AUDIT_MOVED,
			      number > want ? want : number);
	if (!is_canonical(stmt) || !is_itself(stmt))
		return accuse(proof, AUDIT_CHANGED, number);
	if (strcmp(db_column(stmt, EVENT_COLUMN_COUNT), report->head.hash) != 0)
		return accuse(proof, AUDIT_MOVED, number);
	report->head.number = number;
	db_column_copy(stmt, EVENT_COLUMN_COUNT + 1, report->head.hash, 65);
	if (number == proof->kept.number &&
	    strcmp(proof->kept.hash, report->head.hash) != 0)
		return accuse(proof, AUDIT_REWRITTEN, number);
	if (proof->asked && strcmp(proof->asked, report->head.hash) == 0)
		report->known = number;
	if (strcmp(db_column(stmt, 3), ANCHOR_REMADE) == 0)
		report->remade = number;
	return 1;
}

static int prove_rows(struct case_store *store, const struct proof *proof,
		      struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT " EVENT_COLUMNS ", previous_hash, hash"
		     " FROM events ORDER BY id",
		     NULL, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0)
		if (!prove_row(proof, stmt))
			break;
	sqlite3_finalize(stmt);
	return more < 0 ? -1 : 0;
}

/* Is there more that was there once? SQLite itself counts the entries that
 * were ever made, in a table that nobody thinks of. */
static int prove_end(struct case_store *store, const struct proof *proof,
		     int anchored, struct err *err)
{
	struct audit_report *report = proof->report;
	int64_t end = report->head.number;
	int64_t counted = 0;
	int64_t guards = 0;

	if (db_number(store, &counted,
		      "SELECT seq FROM sqlite_sequence WHERE name = 'events'",
		      NULL, err) < 0 ||
	    db_number(store, &guards,
		      "SELECT count(*) FROM sqlite_schema WHERE type ="
		      " 'trigger' AND tbl_name = 'events' AND name IN"
		      " ('events_stay', 'events_remain') AND sql LIKE"
		      " '%RAISE(ABORT, ''the audit trail cannot be changed'')"
		      "; END'",
		      NULL, err) < 0)
		return -1;
	if (proof->kept.number > end || counted > end)
		return accuse(proof, AUDIT_CUT, end + 1);
	if (proof->asked && !report->known)
		return accuse(proof, AUDIT_UNKNOWN, 0);
	if (anchored < 0 || (!anchored && end && !proof->asked))
		return accuse(proof, AUDIT_NO_HEAD, 0);
	if (guards != 2)
		return accuse(proof, AUDIT_UNGUARDED, 0);
	return 0;
}

static bool is_hash(const char *text)
{
	return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

int case_audit_verify(struct case_store *store, const char *head,
		      struct audit_report *report, struct err *err)
{
	struct proof proof = { .report = report, .asked = head };
	/* First the file: whatever it says was committed before. */
	int anchored = anchor_read(store, &proof.kept);
	int ret = -1;

	*report = (struct audit_report){ .kept = proof.kept.number > 0 };
	if (head && !is_hash(head))
		return err_set(err, ERR_USAGE,
			       _("'%s' is no hash: 64 digits 0 to 9 and a to "
				 "f, as a receipt has it"),
			       head);
	if (trail_begin_reading(store, err))
		return -1;
	ret = prove_rows(store, &proof, err);
	if (!ret && report->fault == AUDIT_FINE)
		ret = prove_end(store, &proof, anchored, err);
	trail_end_reading(store);
	return ret;
}

#define WALK                                                              \
	"SELECT e.id, e.when_ms, e.who, e.what, e.case_id, e.submission," \
	" e.detail, e.previous_hash, e.hash, coalesce(p.name, ''),"       \
	" coalesce(u.id, '') FROM events e"                               \
	" LEFT JOIN cases c ON c.id = e.case_id"                          \
	" LEFT JOIN customers u ON u.number = c.customer"                 \
	" LEFT JOIN profiles p ON p.number = u.profile "

static int visit_row(sqlite3_stmt *stmt, audit_visit *visit, void *arg)
{
	struct case_event event = { 0 };
	const struct audit_entry entry = {
		.event = &event,
		.previous_hash = db_column(stmt, EVENT_COLUMN_COUNT),
		.hash = db_column(stmt, EVENT_COLUMN_COUNT + 1),
		.profile = db_column(stmt, EVENT_COLUMN_COUNT + 2),
		.customer = db_column(stmt, EVENT_COLUMN_COUNT + 3),
	};
	int ret;

	event_read(stmt, &event);
	ret = visit(arg, &entry);
	event_release(&event);
	return ret;
}

int case_audit_walk(struct case_store *store,
		    const struct prov_profile *profile, const char *customer,
		    audit_visit *visit, void *arg, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int64_t case_id = 0;
	int more;

	if (customer &&
	    trail_case(store, profile->name, customer, &case_id, err))
		return -1;
	/* A case is numbered from 1: 0 finds nothing of a customer whom
	 * nobody has worked on. */
	if (db_query(store, &stmt,
		     customer && case_id ? WALK "WHERE e.case_id = ?1"
						" ORDER BY e.id"
		     : customer		 ? WALK "WHERE 0"
					 : WALK "ORDER BY e.id",
		     DB_ARGS(db_int(case_id)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0)
		if (visit_row(stmt, visit, arg))
			break;
	sqlite3_finalize(stmt);
	return more < 0 ? -1 : 0;
}
