/* SPDX-License-Identifier: MIT */
/* A submission's way from state to state. */
#include "cases/submission.h"

#include <stdlib.h>
#include <string.h>

#include "cases/attempt.h"
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

bool submission_asks_first(const struct provider *provider)
{
	return provider->asks_first || !provider->key_life_ms;
}

bool submission_is_asked_about(const struct provider *provider, bool key_used,
			       int64_t key_made_ms, int64_t now)
{
	if (!prov_can(&provider->customer_read[0].op))
		return false;
	return submission_asks_first(provider) || !key_used ||
	       !submission_key_lives(provider, key_made_ms, now);
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
	" sent_before = CASE WHEN body_sha256 = '' OR key <> ?3 THEN 0"
	"  ELSE sent_before END,"
	" key = ?3, body_sha256 = ?4, target = coalesce(target, ?6),"
	" papers = CASE WHEN attempts = 0 THEN ?7 ELSE papers END,"
	" leader = CASE WHEN bundle = '' THEN 0 ELSE id END"
	" WHERE id = ?1 AND state IN ('queued', 'unsure') AND held = 0"
	" AND attempts = ?8 AND NOT EXISTS (SELECT 1 FROM submissions o"
	"  WHERE o.case_id = submissions.case_id AND o.settled_ms = 0"
	"  AND o.rank < submissions.rank)";

/* Those it leads go under its key; their own stays theirs. */
static const char sql_lead[] =
	"UPDATE submissions SET state = 'sending', claim = l.claim,"
	" attempts = submissions.attempts + 1, tries = l.tries, next_ms = 0,"
	" key_made_ms = l.key_made_ms, sent_before = l.sent_before,"
	" body_sha256 = l.body_sha256, leader = l.id,"
	" target = coalesce(submissions.target, l.target),"
	" papers = CASE WHEN submissions.attempts = 0 THEN l.papers"
	"  ELSE submissions.papers END"
	" FROM submissions l WHERE l.id = ?2 AND submissions.id = ?1"
	" AND submissions.state IN ('queued', 'unsure')"
	" AND submissions.held = 0";

/* Is the group what it was when the body was made of it? */
static int same_group(struct case_store *store,
		      const struct submission_group *group, struct err *err)
{
	struct submission_group now = { 0 };
	bool same;

	if (submission_group(store, group->ids[0], false, &now, err))
		return -1;
	same = now.count == group->count &&
	       memcmp(now.ids, group->ids, now.count * sizeof(*now.ids)) == 0;
	submission_group_release(&now);
	return same;
}

static int claim(struct case_store *store, const struct submission_start *start,
		 struct err *err)
{
	const struct submission_group *group = start->group;
	const char *name = case_claim_name(store, err);
	int same = name ? same_group(store, group, err) : -1;

	if (same <= 0)
		return same;
	if (db_run(store, sql_claim,
		   DB_ARGS(db_int(group->ids[0]), db_text(name),
			   db_text(start->key), db_text(start->body_sha256),
			   db_int(xfer_now_unix()), db_text(start->target),
			   db_text(start->papers), db_int(start->attempts)),
		   err))
		return -1;
	if (!sqlite3_changes(store->db))
		return 0;
	for (size_t i = 1; i < group->count; i++) {
		if (db_run(store, sql_lead,
			   DB_ARGS(db_int(group->ids[i]),
				   db_int(group->ids[0])),
			   err))
			return -1;
		if (!sqlite3_changes(store->db))
			return 0;
	}
	return 1;
}

static int note_start(struct case_store *store,
		      const struct submission_start *start, unsigned number,
		      struct err *err)
{
	const struct submission_group *group = start->group;
	int64_t case_id = 0;
	int ret = case_of(store, group->ids[0], &case_id, err);

	for (size_t i = 0; !ret && i < group->count; i++)
		ret = event_addf(store, err, "attempt_started", case_id,
				 group->ids[i], "attempt %u key %s body %s",
				 number, start->key, start->body_sha256);
	return ret;
}

static int begin(struct case_store *store, const struct submission_start *start,
		 unsigned *number, struct err *err)
{
	unsigned attempt = start->attempts + 1;
	int begun = claim(store, start, err);

	if (begun <= 0)
		return begun;
	if (db_run(store,
		   "INSERT INTO attempts (submission, number, key,"
		   " body_sha256, started_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
		   DB_ARGS(db_int(start->group->ids[0]), db_int(attempt),
			   db_text(start->key), db_text(start->body_sha256),
			   db_int(xfer_now_unix())),
		   err) ||
	    note_start(store, start, attempt, err))
		return -1;
	*number = attempt;
	return 1;
}

int submission_begin(struct case_store *store,
		     const struct submission_start *start, unsigned *number,
		     struct err *err)
{
	int begun;

	if (case_store_begin(store, err))
		return -1;
	begun = begin(store, start, number, err);
	if (begun > 0)
		return case_store_commit(store, err) ? -1 : 1;
	case_store_rollback(store);
	return begun;
}

/* Its key stays fixed: it was never used, and may be. */
static int withdraw(struct case_store *store, const struct case_submission *old,
		    unsigned tries, unsigned number, struct err *err)
{
	if (db_run(store,
		   "UPDATE submissions SET state = ?2, claim = '',"
		   " attempts = ?3, tries = ?4, next_ms = ?5, leader = ?6,"
		   " target = ?7 WHERE id = ?1",
		   DB_ARGS(db_int(old->id),
			   db_text(case_state_name(old->state)),
			   db_int(old->attempts), db_int(tries),
			   db_int(old->next_ms), db_int(old->leader),
			   db_text(old->target)),
		   err) ||
	    db_run(store,
		   "DELETE FROM attempts WHERE submission = ?1"
		   " AND number = ?2 AND ended_ms = 0",
		   DB_ARGS(db_int(old->id), db_int(number)), err))
		return -1;
	return event_addf(store, err, "attempt_withdrawn", old->case_id,
			  old->id, "attempt %u, nothing of it was sent",
			  number);
}

int submission_withdraw(struct case_store *store,
			const struct case_submission *old, unsigned tries,
			unsigned number, struct err *err)
{
	if (case_store_begin(store, err))
		return -1;
	return db_finish(store, withdraw(store, old, tries, number, err), err);
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
		     " body_sha256 = CASE WHEN ?11 THEN '' ELSE body_sha256"
		     "  END,"
		     " tries = CASE WHEN ?13 THEN max(tries, ?14)"
		     "  ELSE tries END"
		     " WHERE id = ?1",
		     DB_ARGS(db_int(id), db_text(case_state_name(end->state)),
			     db_int(end->sent_before), db_int(end->next_ms),
			     db_text(end->code), db_text(end->message),
			     db_text(problems), db_text(end->provider_id),
			     db_int(settled(end->state)), db_int(now),
			     db_int(end->new_key), db_text(key),
			     db_int(end->spent), db_int(ATTEMPTS_MOST)),
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

/* What a provider wrote may name a person: the trail gets its code alone, and
 * what it calls the new thing. */
static int note_end(struct case_store *store, int64_t case_id, int64_t id,
		    const struct submission_end *end, struct err *err)
{
	const char *code = end->code ? end->code : "";
	const char *made = end->provider_id ? end->provider_id : "";
	const char *before = *made ? " id " : "";

	if (!end->number)
		return event_addf(store, err, "decided", case_id, id,
				  "%s %s%s%s", case_state_name(end->state),
				  code, before, made);
	return event_addf(store, err, "attempt_ended", case_id, id,
			  "attempt %u %s http %d %s, now %s %s%s%s",
			  end->number, end->ended, end->status, end->outcome,
			  case_state_name(end->state), code, before, made);
}

static int finish_one(struct case_store *store, int64_t case_id, int64_t id,
		      const struct submission_end *end, struct err *err)
{
	return write_state(store, id, end, err) ||
			       note_end(store, case_id, id, end, err)
		       ? -1
		       : 0;
}

/* Those that went with ID have its fate. */
static int finish_led(struct case_store *store, int64_t case_id, int64_t id,
		      const struct submission_end *end, struct err *err)
{
	struct submission_group group = { 0 };
	int64_t leader = 0;
	int ret = -1;

	if (db_number(store, &leader,
		      "SELECT leader FROM submissions WHERE id = ?1",
		      DB_ARGS(db_int(id)), err) < 0 ||
	    (leader && submission_group(store, id, true, &group, err)))
		return -1;
	ret = 0;
	for (size_t i = 0; !ret && i < group.count; i++)
		if (group.ids[i] != id)
			ret = finish_one(store, case_id, group.ids[i], end,
					 err);
	submission_group_release(&group);
	return ret;
}

static int finish(struct case_store *store, int64_t id,
		  const struct submission_end *end, struct err *err)
{
	int64_t case_id = 0;

	if (case_of(store, id, &case_id, err) ||
	    (end->number && write_attempt(store, id, end, err)) ||
	    finish_one(store, case_id, id, end, err) ||
	    (end->state == CASE_ACCEPTED && end->provider_id &&
	     newcomer_made(store, case_id, id, end->provider_id,
			   text_same(end->code, PROV_CODE_EXISTS), err)) ||
	    (!end->alone && finish_led(store, case_id, id, end, err)))
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

/* Each of those that go with ID, itself included, in one transaction. */
static int each_of(struct case_store *store, int64_t id,
		   int (*change)(struct case_store *store, int64_t id,
				 const void *how, struct err *err),
		   const void *how, struct err *err)
{
	struct submission_group group = { 0 };
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = submission_group(store, id, true, &group, err);
	for (size_t i = 0; !ret && i < group.count; i++)
		ret = change(store, group.ids[i], how, err);
	submission_group_release(&group);
	return db_finish(store, ret, err);
}

struct holding {
	bool held;
	const char *code, *message; /* CODE NULL: both stay */
};

static int hold(struct case_store *store, int64_t id, const void *how,
		struct err *err)
{
	const struct holding *to = how;
	int64_t case_id = 0;

	if (case_of(store, id, &case_id, err) ||
	    db_run(store,
		   "UPDATE submissions SET held = ?2,"
		   " code = CASE WHEN ?3 IS NULL THEN code ELSE ?3 END,"
		   " message = CASE WHEN ?3 IS NULL THEN message ELSE ?4 END"
		   " WHERE id = ?1",
		   DB_ARGS(db_int(id), db_int(to->held), db_text(to->code),
			   db_text(to->message)),
		   err))
		return -1;
	return event_addf(store, err, to->held ? "held" : "let_go", case_id, id,
			  "%s", to->code ? to->code : "");
}

int submission_hold(struct case_store *store, int64_t id, bool held,
		    const char *code, const char *message, struct err *err)
{
	const struct holding to = { held, code, message };

	return each_of(store, id, hold, &to, err);
}

static int wake(struct case_store *store, int64_t id, const void *unused,
		struct err *err)
{
	int64_t case_id = 0;

	(void)unused;
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
	return each_of(store, id, wake, NULL, err);
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
