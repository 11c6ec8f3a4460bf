/* SPDX-License-Identifier: MIT */
/* A submission's way from state to state. */
#include "cases/submission.h"

#include <stdlib.h>
#include <string.h>

#include "cases/claim.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

/* A repeat has to arrive while the key is remembered: leave some time. */
#define KEY_MARGIN_PART 24

bool submission_key_lives(const struct provider *provider, int64_t key_made_ms,
			  int64_t now)
{
	int64_t life = provider->key_life_ms;
	int64_t age = now - key_made_ms;

	life -= life / KEY_MARGIN_PART;
	/* A clock that was set back says nothing about the key's age. */
	return life > 0 && age < life && age > -life;
}

static int case_of(struct case_store *store, int64_t id, int64_t *case_id,
		   struct err *err)
{
	int got = db_number(store, case_id,
			    "SELECT case_id FROM submissions WHERE id = ?1",
			    DB_ARGS(db_int(id)), err);

	if (!got)
		err_set(err, ERR_BUG, "there is no submission %lld",
			(long long)id);
	return got > 0 ? 0 : -1;
}

/* The order of ranks is looked at once more: another process may have queued
 * something of a lower rank since this one was picked. */
static const char sql_claim[] =
	"UPDATE submissions SET state = 'sending', claim = ?2,"
	" attempts = attempts + 1, tries = tries + 1, next_ms = 0,"
	" key_made_ms = CASE WHEN body_sha256 = '' OR key <> ?3 THEN ?5"
	"  ELSE key_made_ms END,"
	" key = ?3, body_sha256 = ?4"
	" WHERE id = ?1 AND state IN ('queued', 'unsure') AND held = 0"
	" AND NOT EXISTS (SELECT 1 FROM submissions o"
	"  WHERE o.case_id = submissions.case_id AND o.settled_ms = 0"
	"  AND o.rank < submissions.rank)";

static int begin(struct case_store *store, int64_t id, const char *key,
		 const char *body_sha256, unsigned *number, struct err *err)
{
	const char *claim = case_claim_name(store, err);
	int64_t now = xfer_now_unix();
	int64_t case_id = 0;
	int64_t attempts = 0;

	if (!claim || db_run(store, sql_claim,
			     DB_ARGS(db_int(id), db_text(claim), db_text(key),
				     db_text(body_sha256), db_int(now)),
			     err))
		return -1;
	if (!sqlite3_changes(store->db))
		return 0;
	if (case_of(store, id, &case_id, err) ||
	    db_number(store, &attempts,
		      "SELECT attempts FROM submissions WHERE id = ?1",
		      DB_ARGS(db_int(id)), err) < 0 ||
	    db_run(store,
		   "INSERT INTO attempts (submission, number, key,"
		   " body_sha256, started_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
		   DB_ARGS(db_int(id), db_int(attempts), db_text(key),
			   db_text(body_sha256), db_int(now)),
		   err) ||
	    event_addf(store, err, "attempt_started", case_id, id,
		       "attempt %d key %s body %s", (int)attempts, key,
		       body_sha256))
		return -1;
	*number = (unsigned)attempts;
	return 1;
}

int submission_begin(struct case_store *store, int64_t id, const char *key,
		     const char *body_sha256, unsigned *number, struct err *err)
{
	int begun;

	if (case_store_begin(store, err))
		return -1;
	begun = begin(store, id, key, body_sha256, number, err);
	if (begun < 0) {
		case_store_rollback(store);
		return -1;
	}
	return case_store_commit(store, err) ? -1 : begun;
}

static bool settled(enum case_state state)
{
	return state == CASE_ACCEPTED || state == CASE_REFUSED ||
	       state == CASE_CANCELLED;
}

static int write_state(struct case_store *store, int64_t id,
		       const struct submission_end *end, struct err *err)
{
	static const struct findings none = { 0 };
	char *problems =
		findings_to_text(end->problems ? end->problems : &none);
	int64_t now = xfer_now_unix();
	char key[37];
	int ret;

	prov_key_new(key);
	ret = db_run(store,
		     "UPDATE submissions SET state = ?2, claim = '',"
		     " sent_before = ?3, next_ms = ?4, code = ?5,"
		     " message = ?6, problems = ?7,"
		     " provider_id = coalesce(?8, provider_id),"
		     " settled_ms = CASE WHEN ?9 THEN max(?10, queued_ms, 1)"
		     "  ELSE 0 END,"
		     " key = CASE WHEN ?11 THEN ?12 ELSE key END,"
		     " key_made_ms = CASE WHEN ?11 THEN ?10"
		     "  ELSE key_made_ms END,"
		     " body_sha256 = CASE WHEN ?11 THEN '' ELSE body_sha256 END"
		     " WHERE id = ?1",
		     DB_ARGS(db_int(id), db_text(case_state_name(end->state)),
			     db_int(end->sent_before), db_int(end->next_ms),
			     db_text(end->code), db_text(end->message),
			     db_text(problems), db_text(end->provider_id),
			     db_int(settled(end->state)), db_int(now),
			     db_int(end->new_key), db_text(key)),
		     err);
	free(problems);
	return ret;
}

static int write_attempt(struct case_store *store, int64_t id,
			 const struct submission_end *end, struct err *err)
{
	return db_run(store,
		      "UPDATE attempts SET ended_ms = ?3, ended = ?4,"
		      " status = ?5, outcome = ?6, code = ?7, message = ?8,"
		      " log_id = ?9, sent = ?10"
		      " WHERE submission = ?1 AND number = ?2",
		      DB_ARGS(db_int(id), db_int(end->number),
			      db_int(xfer_now_unix()), db_text(end->ended),
			      db_int(end->status), db_text(end->outcome),
			      db_text(end->code), db_text(end->message),
			      db_text(end->log_id), db_int((int64_t)end->sent)),
		      err);
}

/* What a provider wrote may name a person: the trail gets its code alone. */
static int note_end(struct case_store *store, int64_t case_id, int64_t id,
		    const struct submission_end *end, struct err *err)
{
	const char *code = end->code ? end->code : "";

	if (!end->number)
		return event_addf(store, err, "decided", case_id, id, "%s %s",
				  case_state_name(end->state), code);
	return event_addf(store, err, "attempt_ended", case_id, id,
			  "attempt %u %s http %d %s, now %s %s", end->number,
			  end->ended, end->status, end->outcome,
			  case_state_name(end->state), code);
}

static int finish(struct case_store *store, int64_t id,
		  const struct submission_end *end, struct err *err)
{
	int64_t case_id = 0;

	if (case_of(store, id, &case_id, err) ||
	    write_state(store, id, end, err) ||
	    (end->number && write_attempt(store, id, end, err)) ||
	    note_end(store, case_id, id, end, err))
		return -1;
	return customer_touch(store, case_id, err);
}

int submission_end(struct case_store *store, int64_t id,
		   const struct submission_end *end, struct err *err)
{
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, finish(store, id, end, err), err);
}

static int hold(struct case_store *store, int64_t id, bool held,
		const char *code, const char *message, struct err *err)
{
	int64_t case_id = 0;

	if (case_of(store, id, &case_id, err) ||
	    db_run(store,
		   "UPDATE submissions SET held = ?2,"
		   " code = CASE WHEN ?3 IS NULL THEN code ELSE ?3 END,"
		   " message = CASE WHEN ?3 IS NULL THEN message ELSE ?4 END"
		   " WHERE id = ?1",
		   DB_ARGS(db_int(id), db_int(held), db_text(code),
			   db_text(message)),
		   err))
		return -1;
	return event_addf(store, err, held ? "held" : "let_go", case_id, id,
			  "%s", code ? code : "");
}

int submission_hold(struct case_store *store, int64_t id, bool held,
		    const char *code, const char *message, struct err *err)
{
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, hold(store, id, held, code, message, err), err);
}

static int wake(struct case_store *store, int64_t id, struct err *err)
{
	int64_t case_id = 0;

	if (case_of(store, id, &case_id, err) ||
	    db_run(store,
		   "UPDATE submissions SET next_ms = 0, tries = 0, held = 0"
		   " WHERE id = ?1",
		   DB_ARGS(db_int(id)), err))
		return -1;
	return case_event_add(store, "retry_asked", case_id, id, "", err);
}

int submission_wake(struct case_store *store, int64_t id, struct err *err)
{
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, wake(store, id, err), err);
}

int submission_note(struct case_store *store, int64_t id, const char *code,
		    const char *message, struct err *err)
{
	return db_run(
		store,
		"UPDATE submissions SET code = ?2, message = ?3"
		" WHERE id = ?1 AND (code IS NOT ?2 OR message IS NOT ?3)",
		DB_ARGS(db_int(id), db_text(code), db_text(message)), err);
}

/* One that died while it was sending: bytes may have arrived, nobody knows. */
static int recover(struct case_store *store, int64_t id, unsigned number,
		   struct err *err)
{
	const struct submission_end end = {
		.state = CASE_UNSURE,
		.sent_before = true,
		.code = "interrupted",
		.message = _("the program ended while this was being sent; "
			     "it is not known whether it arrived"),
		.number = number,
		.ended = "lost",
		.outcome = "unsure",
	};

	return submission_end(store, id, &end, err);
}

struct sending {
	int64_t id;
	unsigned number;
	char claim[37];
};

static int list_sending(struct case_store *store, const char *profile,
			struct sending **list, size_t *count, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT id, attempts, claim FROM submissions"
		     " WHERE profile = ?1 AND settled_ms = 0"
		     " AND state = 'sending' ORDER BY id",
		     DB_ARGS(db_text(profile)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct sending *one = NULL;

		*list = mem_grow(*list, *count, sizeof(**list));
		one = &(*list)[(*count)++];
		one->id = sqlite3_column_int64(stmt, 0);
		one->number = (unsigned)sqlite3_column_int64(stmt, 1);
		db_column_copy(stmt, 2, one->claim, sizeof(one->claim));
	}
	sqlite3_finalize(stmt);
	return more;
}

static int recover_all(struct case_store *store, const char *profile,
		       bool own_too, unsigned *others, struct err *err)
{
	const char *mine = case_claim_name(store, err);
	struct sending *list = NULL;
	size_t count = 0;
	int ret = -1;

	*others = 0;
	if (!mine || list_sending(store, profile, &list, &count, err))
		goto out;
	ret = 0;
	for (size_t i = 0; !ret && i < count; i++) {
		bool own = strcmp(list[i].claim, mine) == 0;

		if (own && !own_too)
			continue;
		if (own || case_claim_dead(store, list[i].claim))
			ret = recover(store, list[i].id, list[i].number, err);
		else
			(*others)++;
	}
out:
	free(list);
	return ret;
}

int submissions_recover(struct case_store *store,
			const struct prov_profile *profile, bool own_too,
			unsigned *others, struct err *err)
{
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = recover_all(store, profile->name, own_too, others, err);
	ret = db_finish(store, ret, err);
	if (!ret)
		case_claims_clean(store);
	return ret;
}
