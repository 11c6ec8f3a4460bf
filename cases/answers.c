/* SPDX-License-Identifier: MIT */
/* Answers as they stand in the record, and the drafts that they make. */
#include "cases/answers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cases/changes.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define VALUE_MAX 65536

char *answers_to_text(const struct form_answers *answers)
{
	json_t *object = NULL;
	char *text = NULL;

	if (!answers)
		return NULL;
	object = json_object();
	for (size_t i = 0; i < form_answers_count(answers); i++) {
		const char *key = form_answers_key(answers, i);

		json_object_set_new(object, key,
				    json_string(form_answer(answers, key)));
	}
	text = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	return text ? text : mem_dup("{}");
}

struct form_answers *answers_from_text(const char *text)
{
	struct form_answers *answers = NULL;
	json_t *object = NULL;
	json_t *value = NULL;
	const char *key = NULL;

	if (!text)
		return NULL;
	answers = form_answers_new();
	object = json_loads(text, 0, NULL);
	json_object_foreach(object, key, value)
		form_answer_set(answers, key, json_string_value(value));
	json_decref(object);
	return answers;
}

char *case_form_name(const char *schema, const char *party)
{
	return party ? mem_printf("%s@%s", schema, party) : mem_dup(schema);
}

/* "" stays as a row: it clears what the provider knows, too. What is entered
 * now is newer than all that was queued, whatever the clock says. */
static int put(struct case_store *store, int64_t case_id, const char *form,
	       const char *key, const char *value, struct err *err)
{
	if (strlen(value) > VALUE_MAX)
		return err_set(err, ERR_INPUT, _("'%s' is too long"), key);
	return db_run(store,
		      "INSERT INTO answers (case_id, form, key, value, set_ms)"
		      " VALUES (?1, ?2, ?3, ?4, max(?5,"
		      " (SELECT coalesce(max(queued_ms), 0) + 1"
		      "  FROM submissions WHERE case_id = ?1)))"
		      " ON CONFLICT DO UPDATE SET value = excluded.value,"
		      " set_ms = excluded.set_ms",
		      DB_ARGS(db_int(case_id), db_text(form), db_text(key),
			      db_text(value), db_int(xfer_now_unix())),
		      err);
}

int case_answers_confirm(struct case_store *store, int64_t case_id,
			 const char *form, const struct form_answers *answers,
			 struct err *err)
{
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = customer_touch(store, case_id, err);
	for (size_t i = 0; !ret && i < form_answers_count(answers); i++) {
		const char *key = form_answers_key(answers, i);

		ret = put(store, case_id, form, key, form_answer(answers, key),
			  err);
	}
	return db_finish(store, ret, err);
}

int answers_set_ms(struct case_store *store, int64_t case_id, const char *form,
		   int64_t *set_ms, struct err *err)
{
	return db_number(store, set_ms,
			 "SELECT coalesce(max(set_ms), 0) FROM answers"
			 " WHERE case_id = ?1 AND form = ?2",
			 DB_ARGS(db_int(case_id), db_text(form)), err) < 0
		       ? -1
		       : 0;
}

/* A step, unless KEY of FORM says VALUE already. */
static int note(struct case_store *store, int64_t case_id, const char *form,
		const char *key, const char *value, struct err *err)
{
	int same = db_number(store, &(int64_t){ 0 },
			     "SELECT 1 FROM answers WHERE case_id = ?1"
			     " AND form = ?2 AND key = ?3 AND value = ?4",
			     DB_ARGS(db_int(case_id), db_text(form),
				     db_text(key), db_text(value)),
			     err);

	if (same)
		return same < 0 ? -1 : 0;
	return change_note(store,
			   &(struct change_place){ .case_id = case_id,
						   .form = form,
						   .key = key },
			   err);
}

int case_answer_put(struct case_store *store, int64_t case_id, const char *form,
		    const char *key, const char *value, struct err *err)
{
	int ret = -1;

	if (case_store_begin(store, err))
		return -1;
	if (note(store, case_id, form, key, value, err) ||
	    put(store, case_id, form, key, value, err) ||
	    customer_touch(store, case_id, err))
		goto out;
	ret = 0;
out:
	return db_finish(store, ret, err);
}

int case_answers_load(struct case_store *store, int64_t case_id,
		      const char *form, struct form_answers *answers,
		      struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_query(store, &stmt,
		     "SELECT key, value FROM answers"
		     " WHERE case_id = ?1 AND form = ?2 ORDER BY key",
		     DB_ARGS(db_int(case_id), db_text(form)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0)
		form_answer_set(answers, db_column(stmt, 0),
				db_column(stmt, 1));
	sqlite3_finalize(stmt);
	return more;
}

static int delete_all(struct case_store *store, int64_t case_id,
		      const char *form, struct err *err)
{
	return db_run(store,
		      "DELETE FROM answers WHERE case_id = ?1 AND form = ?2",
		      DB_ARGS(db_int(case_id), db_text(form)), err);
}

int case_answers_clear(struct case_store *store, int64_t case_id,
		       const char *form, struct err *err)
{
	const struct change_place all = { .case_id = case_id, .form = form };
	int ret = -1;

	if (case_store_begin(store, err))
		return -1;
	if (!change_note(store, &all, err) &&
	    !delete_all(store, case_id, form, err) &&
	    !customer_touch(store, case_id, err))
		ret = 0;
	return db_finish(store, ret, err);
}

int case_accepted_form(struct case_store *store, int64_t case_id,
		       const struct prov_form *form, const char *party,
		       const struct form_answers *answers, int64_t *submission,
		       struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	bool found = false;
	int more;

	if (db_query(store, &stmt,
		     "SELECT id, answers FROM submissions WHERE case_id = ?1"
		     " AND schema = ?2 AND party = ?3 AND state = 'accepted'"
		     " ORDER BY id DESC",
		     DB_ARGS(db_int(case_id), db_text(form->schema->name),
			     db_text(party ? party : "")),
		     err))
		return -1;
	while (!found && (more = db_step(store, stmt, err)) > 0) {
		struct form_answers *sent =
			answers_from_text(db_column(stmt, 1));

		found = sent && form_answers_say(sent, answers);
		if (found)
			*submission = sqlite3_column_int64(stmt, 0);
		form_answers_free(sent);
		if (form->use != PROV_FORM_PARTY)
			break;
	}
	sqlite3_finalize(stmt);
	return more < 0 ? -1 : found;
}

/* Does SENT say all that the draft says? */
static int says_all(struct case_store *store, int64_t case_id, const char *name,
		    const struct form_answers *sent, struct err *err)
{
	struct form_answers *draft = form_answers_new();
	int ret = case_answers_load(store, case_id, name, draft, err) ? -1 : 1;

	if (ret > 0)
		ret = form_answers_say(sent, draft);
	form_answers_free(draft);
	return ret;
}

/* As the record does by itself where no other draft is in the way. */
static int bring_back(struct case_store *store, int64_t case_id,
		      const char *name, struct err *err)
{
	int64_t id = 0;
	int got = db_number(store, &id,
			    "SELECT id FROM submissions WHERE case_id = ?1"
			    " AND returns = ?2 AND (state = 'refused'"
			    "  OR state = 'cancelled'"
			    "  AND code IS NOT 'superseded')"
			    " ORDER BY id LIMIT 1",
			    DB_ARGS(db_int(case_id), db_text(name)), err);

	if (got <= 0)
		return got;
	if (db_run(store,
		   "INSERT INTO answers (case_id, form, key, value, set_ms)"
		   " SELECT s.case_id, s.returns, j.key, j.value, ?2"
		   " FROM submissions s, json_each(s.answers) j"
		   " WHERE s.id = ?1",
		   DB_ARGS(db_int(id), db_int(xfer_now_unix())), err))
		return -1;
	return db_run(store,
		      "UPDATE submissions SET returns = NULL WHERE id = ?1",
		      DB_ARGS(db_int(id)), err);
}

int answers_leave(struct case_store *store, int64_t case_id, const char *name,
		  const struct form_answers *sent, struct err *err)
{
	int all = says_all(store, case_id, name, sent, err);

	if (all <= 0)
		return all;
	if (delete_all(store, case_id, name, err))
		return -1;
	return bring_back(store, case_id, name, err);
}
