/* SPDX-License-Identifier: MIT */
/* All that is unsure about one customer. */
#include "cases/doubt.h"

#include <stdlib.h>
#include <string.h>

#include "cases/attempt.h"
#include "cases/store_private.h"
#include "forms/form.h"

void doubts_release(struct doubts *doubts)
{
	for (size_t i = 0; i < doubts->count; i++) {
		free(doubts->list[i].standing);
		mem_free_private(doubts->list[i].papers);
	}
	free(doubts->list);
	case_submission_list_release(&doubts->of_case);
	*doubts = (struct doubts){ 0 };
}

static const struct case_submission *
find_submission(const struct case_submission_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->list[i].id == id)
			return &list->list[i];
	return NULL;
}

/* The attempts of all that went together are their leader's. */
static const char sql_doubts[] =
	"SELECT id, standing, papers, tries,"
	" (SELECT min(started_ms) FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))),"
	" (SELECT max(max(started_ms, ended_ms)) FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))),"
	" (SELECT outcome FROM attempts"
	"  WHERE submission = max(s.leader, s.id * (s.leader = 0))"
	"  ORDER BY number DESC LIMIT 1)"
	" FROM submissions s WHERE case_id = ?1 AND settled_ms = 0"
	" AND state = 'unsure' ORDER BY id";

static int read_doubts(struct case_store *store, int64_t case_id,
		       struct doubts *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt, sql_doubts, DB_ARGS(db_int(case_id)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct doubt *doubt = NULL;

		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		doubt = &out->list[out->count++];
		*doubt = (struct doubt){
			.submission = find_submission(
				&out->of_case, sqlite3_column_int64(stmt, 0)),
			.of_case = &out->of_case,
			.standing = mem_dup(db_column(stmt, 1)),
			.papers = db_column_dup(stmt, 2),
			.tries = (unsigned)sqlite3_column_int64(stmt, 3),
			.started_ms = sqlite3_column_int64(stmt, 4),
			.ended_ms = sqlite3_column_int64(stmt, 5),
			.refused =
				strcmp(db_column(stmt, 6),
				       attempt_outcome_name(PROV_REFUSED)) == 0,
		};
	}
	sqlite3_finalize(stmt);
	return more;
}

int doubts_load(struct case_store *store, const struct prov_profile *profile,
		const char *customer, struct doubts *out, struct err *err)
{
	int64_t case_id = 0;
	int got = db_number(store, &case_id,
			    "SELECT case_id FROM submissions"
			    " WHERE profile = ?1 AND settled_ms = 0"
			    " AND customer = ?2 AND state = 'unsure' LIMIT 1",
			    DB_ARGS(db_text(profile->name), db_text(customer)),
			    err);

	*out = (struct doubts){ 0 };
	if (got <= 0)
		return got;
	if (case_submissions(store, profile, case_id, false, &out->of_case,
			     err) ||
	    read_doubts(store, case_id, out, err)) {
		doubts_release(out);
		return -1;
	}
	return 0;
}

bool doubt_same_request(const struct doubt *a, const struct doubt *b)
{
	return a == b || (a->submission->leader &&
			  a->submission->leader == b->submission->leader);
}

bool doubt_leads(const struct doubt *doubt)
{
	const struct case_submission *sub = doubt->submission;

	return !sub->leader || sub->leader == sub->id;
}

bool doubt_waits_for_word(const struct doubt *doubt)
{
	return doubt_leads(doubt) && !doubt->submission->held &&
	       doubt->submission->next_ms != SUBMISSION_PARKED;
}

enum evidence doubts_weigh(const struct doubts *doubts,
			   const struct doubt *leader,
			   const struct provider *provider,
			   const struct prov_customer *customer)
{
	enum evidence all = EVIDENCE_NONE;

	for (size_t i = 0; i < doubts->count; i++) {
		const struct doubt *doubt = &doubts->list[i];
		const char *id = NULL;
		enum evidence one;

		if (!doubt_same_request(doubt, leader))
			continue;
		one = evidence_of(doubt, provider, customer, &id);
		if (doubt != leader && one != all)
			return EVIDENCE_NONE;
		all = one;
	}
	return all;
}
