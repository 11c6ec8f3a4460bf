/* SPDX-License-Identifier: MIT */
/*
 * Settling what is unsure by what the provider says it has. Only a change
 * that nothing else explains counts as arrived; only what is still missing
 * when a repeat is no longer possible counts as not arrived. All else stays
 * unsure, for the operator.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/xfer.h"

static const char *const status_names[] = {
	[PROV_REQ_MISSING] = "missing",	    [PROV_REQ_SENT] = "sent",
	[PROV_REQ_IN_REVIEW] = "in_review", [PROV_REQ_ACCEPTED] = "accepted",
	[PROV_REQ_REJECTED] = "rejected",
};

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_about(const struct prov_requirement *requirement,
		     enum prov_rank rank, const char *type, const char *party)
{
	if (rank == PROV_RANK_INFORMATION)
		return requirement->kind == PROV_REQ_INFORMATION;
	return requirement->kind == PROV_REQ_DOCUMENT &&
	       same_text(requirement->type->code, type) &&
	       same_text(requirement->party, party);
}

const char *submission_standing(const struct prov_customer *customer,
				enum prov_rank rank, const char *type,
				const char *party)
{
	if (rank == PROV_RANK_START)
		return prov_stage_name(customer->stage);
	for (size_t i = 0; i < customer->requirement_count; i++)
		if (is_about(&customer->requirements[i], rank, type, party))
			return status_names[customer->requirements[i].status];
	return "";
}

static bool is_wanting(enum prov_rank rank, const char *standing)
{
	if (rank == PROV_RANK_START)
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_NOT_STARTED)) == 0 ||
		       strcmp(standing,
			      prov_stage_name(PROV_STAGE_ACTION_NEEDED)) == 0;
	return strcmp(standing, "missing") == 0 ||
	       strcmp(standing, "rejected") == 0;
}

static bool is_there(enum prov_rank rank, const char *standing)
{
	if (rank == PROV_RANK_START)
		return strcmp(standing,
			      prov_stage_name(PROV_STAGE_IN_REVIEW)) == 0 ||
		       strcmp(standing, prov_stage_name(PROV_STAGE_APPROVED)) ==
			       0;
	return *standing && !is_wanting(rank, standing);
}

struct doubt {
	int64_t id;
	int64_t key_made_ms;
	enum prov_rank rank;
	char *type;
	char *party;
	char *standing;
	bool explained; /* another one that arrived would look the same */
};

static void doubts_free(struct doubt *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(list[i].type);
		free(list[i].party);
		free(list[i].standing);
	}
	free(list);
}

static int list_doubts(struct case_store *store, const char *profile,
		       const char *customer, struct doubt **list, size_t *count,
		       struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT id, key_made_ms, rank, type, party, standing,"
		     " EXISTS (SELECT 1 FROM submissions o"
		     "  WHERE o.case_id = s.case_id AND o.id <> s.id"
		     "  AND o.rank = s.rank AND o.type = s.type"
		     "  AND o.party = s.party AND o.state <> 'cancelled'"
		     "  AND (o.settled_ms = 0 OR o.settled_ms >= s.queued_ms))"
		     " FROM submissions s WHERE profile = ?1"
		     " AND settled_ms = 0 AND customer = ?2"
		     " AND state = 'unsure' ORDER BY id",
		     DB_ARGS(db_text(profile), db_text(customer)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		struct doubt *doubt = NULL;

		*list = mem_grow(*list, *count, sizeof(**list));
		doubt = &(*list)[(*count)++];
		doubt->id = sqlite3_column_int64(stmt, 0);
		doubt->key_made_ms = sqlite3_column_int64(stmt, 1);
		doubt->rank = (enum prov_rank)sqlite3_column_int(stmt, 2);
		doubt->type = mem_dup(db_column(stmt, 3));
		doubt->party = mem_dup(db_column(stmt, 4));
		doubt->standing = mem_dup(db_column(stmt, 5));
		doubt->explained = sqlite3_column_int(stmt, 6);
	}
	sqlite3_finalize(stmt);
	return more;
}

static int settle(struct case_store *store, const struct provider *provider,
		  const struct prov_customer *customer,
		  const struct doubt *doubt, struct err *err)
{
	const char *now = submission_standing(customer, doubt->rank,
					      doubt->type, doubt->party);
	struct submission_end end = { 0 };

	if (is_there(doubt->rank, now) &&
	    is_wanting(doubt->rank, doubt->standing) && !doubt->explained) {
		end.state = CASE_ACCEPTED;
		end.code = "found";
		end.message = _("the answer was lost, but the provider says "
				"that it has it");
	} else if (is_wanting(doubt->rank, now) && !doubt->explained &&
		   !submission_key_lives(provider, doubt->key_made_ms,
					 xfer_now_unix())) {
		end.state = CASE_REFUSED;
		end.code = "not_arrived";
		end.message = _("the answer was lost, and the provider says "
				"that it does not have it; send it again");
	} else {
		return 0;
	}
	return submission_end(store, doubt->id, &end, err);
}

int submissions_compare(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer, struct err *err)
{
	struct doubt *list = NULL;
	size_t count = 0;
	int ret = list_doubts(store, profile->name, customer->id, &list, &count,
			      err);

	for (size_t i = 0; !ret && i < count; i++)
		ret = settle(store, profile->provider, customer, &list[i], err);
	doubts_free(list, count);
	return ret;
}

/* Are the answers of SUB what the provider says it knows? */
static bool is_known(const struct form_schema *schema,
		     const struct case_submission *sub, const char *information)
{
	struct form_answers *known = form_answers_new();
	struct findings ignored = { 0 };
	struct buf sent = { 0 };
	struct buf there = { 0 };
	bool same = false;

	if (!form_answers_from_json(schema, information, known, &ignored,
				    &(struct err){ 0 })) {
		form_answers_to_json(schema, sub->answers, NULL, &sent);
		form_answers_to_json(schema, known, NULL, &there);
		same = strcmp(buf_text(&sent), buf_text(&there)) == 0;
	}
	buf_release(&sent);
	buf_release(&there);
	findings_release(&ignored);
	form_answers_free(known);
	return same;
}

int answers_forget_sent(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer, struct err *err)
{
	const struct form_schema *schema =
		profile->provider->information[customer->kind];
	struct case_submission sub = { 0 };
	int64_t id = 0;
	int got = 0;

	if (!schema || !customer->information)
		return 0;
	got = db_number(store, &id,
			"SELECT max(id) FROM submissions WHERE profile = ?1"
			" AND customer = ?2 AND rank = ?3"
			" AND state = 'accepted' AND schema = ?4",
			DB_ARGS(db_text(profile->name), db_text(customer->id),
				db_int(PROV_RANK_INFORMATION),
				db_text(schema->name)),
			err);
	if (got > 0 && id)
		got = case_submission_load(store, id, &sub, err);
	if (got > 0 && sub.answers &&
	    is_known(schema, &sub, customer->information))
		got = db_run(store,
			     "DELETE FROM answers WHERE case_id = ?1"
			     " AND form = ?2 AND set_ms <= ?3",
			     DB_ARGS(db_int(sub.case_id), db_text(schema->name),
				     db_int(sub.queued_ms)),
			     err);
	case_submission_release(&sub);
	return got < 0 ? -1 : 0;
}
