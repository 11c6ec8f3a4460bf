/* SPDX-License-Identifier: MIT */
/*
 * Which submissions go together: those of one bundle and party. Until they
 * first go it is whoever waits; from then on exactly those that went, led by
 * the lowest of them.
 */
#include <stdlib.h>

#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/mem.h"

/* ?2: also those that are held. */
static const char sql_group[] =
	"SELECT o.id FROM submissions s JOIN submissions o"
	" ON o.case_id = s.case_id WHERE s.id = ?1 AND (o.id = s.id"
	" OR (s.bundle <> '' AND o.bundle = s.bundle AND o.party = s.party"
	"  AND o.leader = s.leader AND (s.leader <> 0 OR (o.settled_ms = 0"
	"   AND (?2 OR o.held = 0))))) ORDER BY o.id";

int submission_group(struct case_store *store, int64_t id, bool held_too,
		     struct submission_group *out, struct err *err)
{
	struct submission_group group = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt, sql_group,
		      DB_ARGS(db_int(id), db_int(held_too)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		group.ids =
			mem_grow(group.ids, group.count, sizeof(*group.ids));
		group.ids[group.count++] = sqlite3_column_int64(stmt, 0);
	}
	db_give_back(store, stmt);
	if (more < 0) {
		submission_group_release(&group);
		return -1;
	}
	*out = group;
	return 0;
}

void submission_group_release(struct submission_group *group)
{
	free(group->ids);
	*group = (struct submission_group){ 0 };
}

/* All that wait with ID wait for others to join them. */
int bundle_park(struct case_store *store, int64_t id, const char *message,
		struct err *err)
{
	struct submission_group group = { 0 };
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = submission_group(store, id, false, &group, err);
	for (size_t i = 0; !ret && i < group.count; i++)
		ret = db_run(store,
			     "UPDATE submissions SET next_ms = ?2, leader = 0,"
			     " code = 'waits', message = ?3 WHERE id = ?1"
			     " AND state = 'queued' AND sent_before = 0",
			     DB_ARGS(db_int(group.ids[i]),
				     db_int(SUBMISSION_PARKED),
				     db_text(message)),
			     err);
	submission_group_release(&group);
	return db_finish(store, ret, err);
}

int bundle_wake(struct case_store *store, int64_t id, struct err *err)
{
	if (db_run(store,
		   "UPDATE submissions SET next_ms = 0, code = NULL,"
		   " message = NULL WHERE id = ?1 AND state = 'queued'"
		   " AND leader = 0 AND code = 'waits' AND next_ms = ?2",
		   DB_ARGS(db_int(id), db_int(SUBMISSION_PARKED)), err))
		return -1;
	return sqlite3_changes(store->db) > 0;
}

int bundle_dissolve(struct case_store *store, int64_t leader, struct err *err)
{
	return db_run(store,
		      "UPDATE submissions SET leader = 0 WHERE leader = ?1"
		      " AND state = 'queued' AND sent_before = 0",
		      DB_ARGS(db_int(leader)), err);
}
