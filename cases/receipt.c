/* SPDX-License-Identifier: MIT */
/* Receipts: the record, entry by entry against the audit trail. */
#include "cases/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "cases/submission.h"
#include "cases/trail.h"
#include "forms/form.h"

/* Rows of attempts, and whether an entry was found for each. */
struct rows {
	struct receipt_attempt *list;
	size_t count;
	int64_t *submissions; /* whose row it is */
};

static void attempt_release(struct receipt_attempt *attempt)
{
	free(attempt->key);
	free(attempt->body_sha256);
	free(attempt->ended);
	free(attempt->outcome);
	free(attempt->code);
	mem_free_private(attempt->message);
	free(attempt->log_id);
	*attempt = (struct receipt_attempt){ 0 };
}

static void rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		attempt_release(&rows->list[i]);
	free(rows->list);
	free(rows->submissions);
	*rows = (struct rows){ 0 };
}

static void receipt_release(struct receipt *receipt)
{
	case_submission_release(&receipt->sent);
	for (size_t i = 0; i < receipt->attempt_count; i++)
		attempt_release(&receipt->attempts[i]);
	free(receipt->attempts);
	case_event_list_release(&receipt->history);
	free(receipt->profile);
	free(receipt->endpoint);
	free(receipt->operator_name);
	free(receipt->doubt);
	*receipt = (struct receipt){ 0 };
}

void receipt_list_release(struct receipt_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		receipt_release(&list->list[i]);
	free(list->list);
	*list = (struct receipt_list){ 0 };
}

const char *receipt_file(const struct receipt *receipt)
{
	const char *path = receipt->sent.path;
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

static void read_row(sqlite3_stmt *stmt, struct receipt_attempt *row)
{
	row->number = (unsigned)sqlite3_column_int64(stmt, 1);
	row->key = db_column_dup(stmt, 2);
	row->body_sha256 = db_column_dup(stmt, 3);
	row->started_ms = sqlite3_column_int64(stmt, 4);
	row->ended_ms = sqlite3_column_int64(stmt, 5);
	row->ended = db_column_dup(stmt, 6);
	row->status = sqlite3_column_int(stmt, 7);
	row->outcome = db_column_dup(stmt, 8);
	row->code = db_column_dup(stmt, 9);
	row->message = db_column_dup(stmt, 10);
	row->log_id = db_column_dup(stmt, 11);
	row->sent = (uint64_t)sqlite3_column_int64(stmt, 12);
}

/* Of the whole case: what went with others stands where its leader does. */
static int read_rows(struct case_store *store, int64_t case_id,
		     struct rows *rows, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT a.submission, a.number, a.key, a.body_sha256,"
		     " a.started_ms, a.ended_ms, a.ended, a.status, a.outcome,"
		     " a.code, a.message, a.log_id, a.sent"
		     " FROM submissions s JOIN attempts a"
		     " ON a.submission = s.id WHERE s.case_id = ?1"
		     " ORDER BY a.id",
		     DB_ARGS(db_int(case_id)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		rows->list =
			mem_grow(rows->list, rows->count, sizeof(*rows->list));
		rows->submissions = mem_grow(rows->submissions, rows->count,
					     sizeof(*rows->submissions));
		rows->list[rows->count] = (struct receipt_attempt){ 0 };
		read_row(stmt, &rows->list[rows->count]);
		rows->submissions[rows->count++] =
			sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	return more;
}

static int read_history(struct case_store *store, struct receipt *receipt,
			struct err *err)
{
	struct case_event_list *list = &receipt->history;
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT " EVENT_COLUMNS " FROM events"
		     " WHERE case_id = ?1 AND submission = ?2 ORDER BY id",
		     DB_ARGS(db_int(receipt->sent.case_id),
			     db_int(receipt->sent.id)),
		     err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		list->list =
			mem_grow(list->list, list->count, sizeof(*list->list));
		list->list[list->count] = (struct case_event){ 0 };
		event_read(stmt, &list->list[list->count++]);
	}
	sqlite3_finalize(stmt);
	return more;
}

static void doubt(struct receipt *receipt, const char *sentence)
{
	if (!receipt->doubt)
		receipt->doubt = mem_dup(sentence);
}

static struct receipt_attempt *add_attempt(struct receipt *receipt)
{
	struct receipt_attempt *attempt = NULL;

	receipt->attempts = mem_grow(receipt->attempts, receipt->attempt_count,
				     sizeof(*receipt->attempts));
	attempt = &receipt->attempts[receipt->attempt_count++];
	*attempt = (struct receipt_attempt){ 0 };
	return attempt;
}

/* Take what ROW holds; it keeps nothing. */
static void take_row(struct receipt_attempt *attempt,
		     struct receipt_attempt *row)
{
	*attempt = *row;
	*row = (struct receipt_attempt){ 0 };
}

/* As submission.c notes the beginning of an attempt. */
static bool begins(const struct receipt_attempt *row, const char *detail)
{
	char *want = NULL;
	bool same;

	if (!row->key)
		return false;
	want = mem_printf("attempt %u key %s body %s", row->number, row->key,
			  row->body_sha256);
	same = strcmp(want, detail) == 0;
	free(want);
	return same;
}

static void entry_begins(struct receipt *receipt, struct rows *rows,
			 const struct case_event *event)
{
	struct receipt_attempt *attempt = add_attempt(receipt);

	for (size_t i = 0; i < rows->count; i++)
		if (begins(&rows->list[i], event->detail)) {
			take_row(attempt, &rows->list[i]);
			break;
		}
	if (!attempt->key) {
		attempt->started_ms = event->when_ms;
		if (strncmp(event->detail, "attempt ", 8) == 0)
			attempt->number =
				(unsigned)strtoul(event->detail + 8, NULL, 10);
	}
	attempt->began_entry = event->id;
}

/* And its end; what follows is the state that it led to. */
static void entry_ends(struct receipt *receipt, const struct case_event *event)
{
	struct receipt_attempt *last = NULL;
	char *want = NULL;

	if (receipt->attempt_count)
		last = &receipt->attempts[receipt->attempt_count - 1];
	if (!last || last->ended_entry) {
		doubt(receipt,
		      _("the audit trail has the end of an attempt that never "
			"began"));
		return;
	}
	last->ended_entry = event->id;
	want = mem_printf("attempt %u %s http %d %s, now ", last->number,
			  last->ended, last->status, last->outcome);
	if (last->key && strncmp(event->detail, want, strlen(want)) != 0)
		doubt(receipt, _("an attempt ended otherwise than the audit "
				 "trail says"));
	free(want);
}

/* It was noted, and then nothing of it went out; its number, key and body are
 * those of the next. */
static void entry_withdraws(struct receipt *receipt, struct rows *rows)
{
	struct receipt_attempt *last = NULL;

	if (!receipt->attempt_count)
		return;
	last = &receipt->attempts[--receipt->attempt_count];
	for (size_t i = 0; last->key && i < rows->count; i++)
		if (!rows->list[i].key) {
			last->began_entry = 0;
			take_row(&rows->list[i], last);
			break;
		}
	attempt_release(last);
}

static void compare_queued(struct receipt *receipt,
			   const struct case_event *event)
{
	size_t len = strlen(event->detail);
	size_t digest = strlen(receipt->sent.sha256);

	mem_replace(&receipt->operator_name, event->who);
	if (len < digest ||
	    strcmp(event->detail + len - digest, receipt->sent.sha256) != 0)
		doubt(receipt, _("the audit trail has another digest for it"));
}

const char *case_event_state(const struct case_event *event)
{
	const char *now = NULL;

	if (strcmp(event->what, "decided") == 0)
		return event->detail;
	if (strcmp(event->what, "attempt_ended") != 0)
		return NULL;
	now = strstr(event->detail, ", now ");
	return now ? now + 6 : NULL;
}

/* What the provider called it ends the entry, where it is there. */
static bool names_another(const char *said, const char *id)
{
	size_t len = strlen(said);
	size_t id_len = id ? strlen(id) : 0;

	return strstr(said, " id ") &&
	       (len < id_len + 4 ||
		strncmp(said + len - id_len - 4, " id ", 4) != 0 ||
		strcmp(said + len - id_len, id ? id : "") != 0);
}

static void compare_end(struct receipt *receipt)
{
	const char *state = case_state_name(receipt->sent.state);
	const struct case_event_list *history = &receipt->history;
	const char *said = NULL;

	if (!receipt->sent.settled_ms)
		return;
	for (size_t i = 0; i < history->count; i++)
		if (case_event_state(&history->list[i]))
			said = case_event_state(&history->list[i]);
	if (!said || strncmp(said, state, strlen(state)) != 0)
		doubt(receipt, _("the audit trail says another end of it"));
	else if (names_another(said, receipt->sent.provider_id))
		doubt(receipt, _("the audit trail has another id for it"));
}

/* Rows of its own that no entry speaks of, and entries without a row. */
static void compare_rest(struct receipt *receipt, struct rows *rows)
{
	for (size_t i = 0; i < receipt->attempt_count; i++)
		if (!receipt->attempts[i].key)
			doubt(receipt,
			      _("the audit trail has an attempt that the "
				"record does not have so"));
	for (size_t i = 0; i < rows->count; i++)
		if (rows->list[i].key &&
		    rows->submissions[i] == receipt->sent.id) {
			take_row(add_attempt(receipt), &rows->list[i]);
			doubt(receipt, _("the record has an attempt that the "
					 "audit trail does not have so"));
		}
}

static void compare(struct receipt *receipt, struct rows *rows)
{
	const struct case_event_list *history = &receipt->history;

	for (size_t i = 0; i < history->count; i++) {
		const struct case_event *event = &history->list[i];

		if (strcmp(event->what, "queued") == 0)
			compare_queued(receipt, event);
		else if (strcmp(event->what, "attempt_started") == 0)
			entry_begins(receipt, rows, event);
		else if (strcmp(event->what, "attempt_ended") == 0)
			entry_ends(receipt, event);
		else if (strcmp(event->what, "attempt_withdrawn") == 0)
			entry_withdraws(receipt, rows);
	}
	if (!receipt->operator_name)
		doubt(receipt, _("the audit trail does not say who queued it"));
	compare_rest(receipt, rows);
	compare_end(receipt);
}

static int fill(struct case_store *store, const struct prov_profile *profile,
		int64_t id, struct receipt *receipt, struct err *err)
{
	struct submission_extra extra = { 0 };
	struct rows rows = { 0 };
	int ret = -1;

	if (case_submission_load(store, id, &receipt->sent, err) < 0 ||
	    submission_extra(store, id, &extra, err))
		return -1;
	receipt->profile = mem_dup(profile->name);
	receipt->endpoint = mem_dup(extra.endpoint);
	if (read_history(store, receipt, err) ||
	    read_rows(store, receipt->sent.case_id, &rows, err) ||
	    case_audit_head(store, &receipt->head, err))
		goto out;
	compare(receipt, &rows);
	ret = 0;
out:
	rows_release(&rows);
	submission_extra_release(&extra);
	return ret;
}

static int read_all(struct case_store *store,
		    const struct prov_profile *profile, const char *sql,
		    const struct db_arg *args, struct receipt_list *out,
		    struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt, sql, args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		out->list[out->count] = (struct receipt){ 0 };
		if (fill(store, profile, sqlite3_column_int64(stmt, 0),
			 &out->list[out->count++], err)) {
			more = -1;
			break;
		}
	}
	sqlite3_finalize(stmt);
	return more;
}

int case_receipts(struct case_store *store, const struct prov_profile *profile,
		  const char *customer, int64_t submission,
		  struct receipt_list *out, struct err *err)
{
	struct receipt_list list = { 0 };
	int64_t case_id = 0;
	int ret = -1;

	if (trail_begin_reading(store, err))
		return -1;
	if (customer &&
	    trail_case(store, profile->name, customer, &case_id, err))
		goto out;
	ret = read_all(store, profile,
		       submission ? "SELECT id FROM submissions WHERE id = ?2"
				    " AND profile = ?1"
				  : "SELECT id FROM submissions"
				    " WHERE case_id = ?2 AND profile = ?1"
				    " ORDER BY id",
		       DB_ARGS(db_text(profile->name),
			       db_int(submission ? submission : case_id)),
		       &list, err);
	if (!ret && submission && !list.count)
		ret = err_set(err, ERR_INPUT,
			      _("there is no submission %lld of profile '%s'"),
			      (long long)submission, profile->name);
out:
	trail_end_reading(store);
	if (ret) {
		receipt_list_release(&list);
		return -1;
	}
	receipt_list_release(out);
	*out = list;
	return 0;
}
