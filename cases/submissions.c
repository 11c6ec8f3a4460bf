/* SPDX-License-Identifier: MIT */
/* Submissions as they are read: whole, in lists, and in brief. */
#include <stdlib.h>
#include <string.h>

#include "cases/claim.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"

static const char *const state_names[] = {
	[CASE_DRAFT] = "draft",		[CASE_QUEUED] = "queued",
	[CASE_SENDING] = "sending",	[CASE_ACCEPTED] = "accepted",
	[CASE_REFUSED] = "refused",	[CASE_UNSURE] = "unsure",
	[CASE_CANCELLED] = "cancelled",
};

const char *case_state_name(enum case_state state)
{
	return state_names[state];
}

static enum case_state state_from_name(const char *name)
{
	for (int i = CASE_DRAFT; i <= CASE_CANCELLED; i++)
		if (strcmp(name, state_names[i]) == 0)
			return (enum case_state)i;
	return CASE_UNSURE;
}

void case_submission_release(struct case_submission *submission)
{
	free(submission->customer);
	free(submission->type);
	free(submission->party);
	mem_free_private(submission->path);
	free(submission->schema);
	form_answers_free(submission->answers);
	mem_free_private(submission->target);
	free(submission->bundle);
	free(submission->provider_id);
	free(submission->code);
	mem_free_private(submission->message);
	findings_release(&submission->problems);
	*submission = (struct case_submission){ 0 };
}

void case_submission_list_release(struct case_submission_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		case_submission_release(&list->list[i]);
	free(list->list);
	*list = (struct case_submission_list){ 0 };
}

#define COLUMNS                                                           \
	"SELECT id, case_id, customer, rank, type, side, party, country," \
	" path, kind, bytes, sha256, schema, answers, key, key_made_ms,"  \
	" body_sha256, state, held, sent_before, attempts, next_ms,"      \
	" provider_id, code, message, problems, queued_ms, settled_ms,"   \
	" target, bundle, leader FROM submissions "

static char *dup_unless_empty(sqlite3_stmt *stmt, int column)
{
	return *db_column(stmt, column) ? db_column_dup(stmt, column) : NULL;
}

static void read_what(sqlite3_stmt *stmt, struct case_submission *out)
{
	out->id = sqlite3_column_int64(stmt, 0);
	out->case_id = sqlite3_column_int64(stmt, 1);
	out->customer = db_column_dup(stmt, 2);
	out->rank = (enum prov_rank)sqlite3_column_int(stmt, 3);
	out->schema = db_column_dup(stmt, 12);
	/* Of a form, the name of its schema stands there. */
	out->type = out->schema ? NULL : dup_unless_empty(stmt, 4);
	if (doc_side_parse(db_column(stmt, 5), &out->side))
		out->side = DOC_SIDE_NONE;
	out->party = dup_unless_empty(stmt, 6);
	db_column_copy(stmt, 7, out->country, sizeof(out->country));
	out->path = db_column_dup(stmt, 8);
	out->kind = (enum doc_kind)sqlite3_column_int(stmt, 9);
	out->bytes = (uint64_t)sqlite3_column_int64(stmt, 10);
	db_column_copy(stmt, 11, out->sha256, sizeof(out->sha256));
	out->answers =
		answers_from_text((const char *)sqlite3_column_text(stmt, 13));
	out->target = db_column_dup(stmt, 28);
	out->bundle = dup_unless_empty(stmt, 29);
	out->leader = sqlite3_column_int64(stmt, 30);
}

static int read_fate(sqlite3_stmt *stmt, struct case_submission *out,
		     struct err *err)
{
	db_column_copy(stmt, 14, out->key, sizeof(out->key));
	out->key_made_ms = sqlite3_column_int64(stmt, 15);
	db_column_copy(stmt, 16, out->body_sha256, sizeof(out->body_sha256));
	out->state = state_from_name(db_column(stmt, 17));
	out->held = sqlite3_column_int(stmt, 18);
	out->sent_before = sqlite3_column_int(stmt, 19);
	out->attempts = (unsigned)sqlite3_column_int64(stmt, 20);
	out->next_ms = sqlite3_column_int64(stmt, 21);
	out->provider_id = db_column_dup(stmt, 22);
	out->code = db_column_dup(stmt, 23);
	out->message = db_column_dup(stmt, 24);
	out->queued_ms = sqlite3_column_int64(stmt, 26);
	out->settled_ms = sqlite3_column_int64(stmt, 27);
	return findings_from_json(&out->problems, db_column(stmt, 25), err);
}

static int read_list(struct case_store *store, const char *sql,
		     const struct db_arg *args,
		     struct case_submission_list *out, struct err *err)
{
	struct case_submission_list list = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct case_submission *submission = NULL;

		list.list = mem_grow(list.list, list.count, sizeof(*list.list));
		submission = &list.list[list.count++];
		*submission = (struct case_submission){ 0 };
		read_what(stmt, submission);
		if (read_fate(stmt, submission, err)) {
			more = -1;
			break;
		}
	}
	db_give_back(store, stmt);
	if (more < 0) {
		case_submission_list_release(&list);
		return -1;
	}
	*out = list;
	return 0;
}

int case_submissions(struct case_store *store,
		     const struct prov_profile *profile, int64_t case_id,
		     bool unsettled, struct case_submission_list *out,
		     struct err *err)
{
	const char *sql = NULL;

	if (case_id)
		sql = unsettled ? COLUMNS "WHERE profile = ?1 AND case_id = ?2"
					  " AND settled_ms = 0 ORDER BY id"
				: COLUMNS "WHERE profile = ?1 AND case_id = ?2"
					  " ORDER BY id";
	else
		sql = unsettled ? COLUMNS "WHERE profile = ?1"
					  " AND settled_ms = 0 ORDER BY id"
				: COLUMNS "WHERE profile = ?1 ORDER BY id";
	return read_list(store, sql,
			 DB_ARGS(db_text(profile->name), db_int(case_id)), out,
			 err);
}

int case_submission_load(struct case_store *store, int64_t id,
			 struct case_submission *out, struct err *err)
{
	struct case_submission_list list = { 0 };

	if (read_list(store, COLUMNS "WHERE id = ?1", DB_ARGS(db_int(id)),
		      &list, err))
		return -1;
	if (!list.count)
		return 0;
	*out = list.list[0];
	free(list.list);
	return 1;
}

#define SAME_PAPER                                             \
	"SELECT id FROM submissions WHERE sha256 = ?6"         \
	" AND sha256 <> '' AND profile = ?1 AND customer = ?2" \
	" AND type = ?3 AND side = ?4 AND party = ?5"
#define NEWEST " ORDER BY id DESC LIMIT 1"

static int find_paper(struct case_store *store, const char *sql,
		      const struct prov_profile *profile, const char *customer,
		      const char *type, enum doc_side side, const char *party,
		      const char *sha256, int64_t *submission, struct err *err)
{
	return db_number(store, submission, sql,
			 DB_ARGS(db_text(profile->name), db_text(customer),
				 db_text(type), db_text(doc_side_name(side)),
				 db_text(party ? party : ""), db_text(sha256)),
			 err);
}

int case_accepted_before(struct case_store *store,
			 const struct prov_profile *profile,
			 const char *customer, const char *type,
			 enum doc_side side, const char *party,
			 const char *sha256, int64_t *submission,
			 struct err *err)
{
	return find_paper(store, SAME_PAPER " AND state = 'accepted'" NEWEST,
			  profile, customer, type, side, party, sha256,
			  submission, err);
}

int case_waiting_document(struct case_store *store,
			  const struct prov_profile *profile,
			  const char *customer, const char *type,
			  enum doc_side side, const char *party,
			  const char *sha256, int64_t *submission,
			  struct err *err)
{
	return find_paper(store, SAME_PAPER " AND settled_ms = 0" NEWEST,
			  profile, customer, type, side, party, sha256,
			  submission, err);
}

int case_waiting_form(struct case_store *store, int64_t case_id,
		      const struct form_schema *schema, const char *party,
		      const struct form_answers *answers, int64_t *submission,
		      struct err *err)
{
	char *text = answers_to_text(answers);
	int got = db_number(store, submission,
			    "SELECT id FROM submissions WHERE case_id = ?1"
			    " AND schema = ?2 AND party = ?3 AND answers = ?4"
			    " AND settled_ms = 0 ORDER BY id DESC LIMIT 1",
			    DB_ARGS(db_int(case_id), db_text(schema->name),
				    db_text(party ? party : ""), db_text(text)),
			    err);

	mem_free_private(text);
	return got;
}

bool submission_is_open(const struct submission_brief *brief)
{
	return brief->state == CASE_QUEUED || brief->state == CASE_SENDING ||
	       brief->state == CASE_UNSURE;
}

void submission_briefs_release(struct submission_briefs *briefs)
{
	for (size_t i = 0; i < briefs->count; i++) {
		free(briefs->list[i].type);
		free(briefs->list[i].party);
		free(briefs->list[i].bundle);
	}
	free(briefs->list);
	*briefs = (struct submission_briefs){ 0 };
}

static void read_brief(sqlite3_stmt *stmt, const char *claim,
		       struct submission_brief *brief)
{
	brief->id = sqlite3_column_int64(stmt, 0);
	brief->case_id = sqlite3_column_int64(stmt, 1);
	brief->rank = (enum prov_rank)sqlite3_column_int(stmt, 2);
	brief->type = mem_dup(db_column(stmt, 3));
	if (doc_side_parse(db_column(stmt, 4), &brief->side))
		brief->side = DOC_SIDE_NONE;
	brief->party = mem_dup(db_column(stmt, 5));
	brief->state = state_from_name(db_column(stmt, 6));
	brief->held = sqlite3_column_int(stmt, 7);
	brief->next_ms = sqlite3_column_int64(stmt, 8);
	brief->mine = strcmp(db_column(stmt, 9), claim) == 0;
	brief->queued_ms = sqlite3_column_int64(stmt, 10);
	brief->settled_ms = sqlite3_column_int64(stmt, 11);
	brief->bundle = mem_dup(db_column(stmt, 12));
	brief->leader = sqlite3_column_int64(stmt, 13);
	brief->key_used = sqlite3_column_int(stmt, 14);
	brief->key_made_ms = sqlite3_column_int64(stmt, 15);
	brief->noted_ms = sqlite3_column_int64(stmt, 16);
}

#define BRIEF                                                                 \
	"SELECT id, case_id, rank, type, side, party, state, held, next_ms,"  \
	" claim, queued_ms, settled_ms, bundle, leader,"                      \
	" body_sha256 <> '', key_made_ms,"                                    \
	" CASE WHEN next_ms > 0 AND next_ms < 9223372036854775807 THEN"       \
	"  (SELECT max(max(a.started_ms, a.ended_ms)) FROM attempts a"        \
	"   WHERE a.submission = max(leader, submissions.id * (leader = 0)))" \
	" ELSE 0 END FROM submissions WHERE "

int submission_briefs(struct case_store *store,
		      const struct prov_profile *profile, int64_t after,
		      int64_t only_case, struct submission_briefs *out,
		      struct err *err)
{
	const char *claim = case_claim_name(store, err);
	struct submission_briefs briefs = { 0 };
	sqlite3_stmt *stmt = NULL;
	int more;

	if (!claim)
		return -1;
	if (db_borrow(store, &stmt,
		      only_case ? BRIEF "case_id = ?3 AND profile = ?1"
					" ORDER BY case_id, id"
				: BRIEF "case_id IN (SELECT case_id"
					" FROM submissions WHERE profile = ?1"
					" AND settled_ms = 0 AND id > ?2)"
					" ORDER BY case_id, id",
		      DB_ARGS(db_text(profile->name), db_int(after),
			      db_int(only_case)),
		      err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		briefs.list = mem_grow(briefs.list, briefs.count,
				       sizeof(*briefs.list));
		read_brief(stmt, claim, &briefs.list[briefs.count++]);
	}
	db_give_back(store, stmt);
	if (more < 0) {
		submission_briefs_release(&briefs);
		return -1;
	}
	*out = briefs;
	return 0;
}

int submission_extra(struct case_store *store, int64_t id,
		     struct submission_extra *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT endpoint, holder, tries FROM submissions"
		      " WHERE id = ?1",
		      DB_ARGS(db_int(id)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		out->endpoint = mem_dup(db_column(stmt, 0));
		out->holder = kind_from_name(db_column(stmt, 1));
		out->tries = (unsigned)sqlite3_column_int64(stmt, 2);
	}
	db_give_back(store, stmt);
	return got < 0 ? -1 : 0;
}

void submission_extra_release(struct submission_extra *extra)
{
	free(extra->endpoint);
	*extra = (struct submission_extra){ 0 };
}

int submission_made(struct case_store *store, int64_t case_id,
		    const char *schema, char **made, int64_t *settled_ms,
		    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT provider_id, settled_ms FROM submissions"
		      " WHERE case_id = ?1 AND schema = ?2"
		      " AND state = 'accepted' AND coalesce(provider_id, '')"
		      " <> '' ORDER BY settled_ms DESC, id DESC LIMIT 1",
		      DB_ARGS(db_int(case_id), db_text(schema)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		*made = db_column_dup(stmt, 0);
		*settled_ms = sqlite3_column_int64(stmt, 1);
	}
	db_give_back(store, stmt);
	return got;
}
