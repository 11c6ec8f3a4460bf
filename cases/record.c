/* SPDX-License-Identifier: MIT */
/* Cases, and what the operator entered into them. */
#include "cases/record.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

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

char *findings_to_text(const struct findings *findings)
{
	struct buf json = { 0 };

	findings_to_json(findings, &json);
	return buf_take(&json);
}

/* A customer that nobody has read yet gets a row: work on it must show. */
static int customer_number(struct case_store *store, const char *profile,
			   const char *customer, int64_t *number,
			   struct err *err)
{
	const char *find = "SELECT number FROM customers"
			   " WHERE profile = ?1 AND id = ?2";
	int64_t in_profile = 0;
	int got;

	if (profile_number(store, profile, &in_profile, err))
		return -1;
	got = db_number(store, number, find,
			DB_ARGS(db_int(in_profile), db_text(customer)), err);
	if (got)
		return got < 0 ? -1 : 0;
	if (customer_put_bare(store, in_profile, customer, err))
		return -1;
	got = db_number(store, number, find,
			DB_ARGS(db_int(in_profile), db_text(customer)), err);
	return got < 0 ? -1 : 0;
}

static int find_or_open(struct case_store *store, const char *profile,
			const char *customer, int64_t *case_id, struct err *err)
{
	const char *find = "SELECT id FROM cases WHERE customer = ?1";
	int64_t number = 0;
	int got;

	if (customer_number(store, profile, customer, &number, err))
		return -1;
	got = db_number(store, case_id, find, DB_ARGS(db_int(number)), err);
	if (got)
		return got < 0 ? -1 : 0;
	if (db_run(store,
		   "INSERT INTO cases (customer, opened_ms) VALUES (?1, ?2)",
		   DB_ARGS(db_int(number), db_int(xfer_now_unix())), err))
		return -1;
	*case_id = sqlite3_last_insert_rowid(store->db);
	return event_addf(store, err, "case_opened", *case_id, 0, "%s %s",
			  profile, customer);
}

int case_open(struct case_store *store, const struct prov_profile *profile,
	      const char *customer, int64_t *case_id, struct err *err)
{
	int64_t id = 0;
	int ret;

	if (!prov_id_valid(customer))
		return err_set(err, ERR_INPUT,
			       _("'%s' cannot be a customer's id"), customer);
	if (case_store_begin(store, err))
		return -1;
	ret = find_or_open(store, profile->name, customer, &id, err);
	ret = db_finish(store, ret, err);
	if (!ret)
		*case_id = id;
	return ret;
}

int case_answer_put(struct case_store *store, int64_t case_id, const char *form,
		    const char *key, const char *value, struct err *err)
{
	int ret = -1;

	if (strlen(value) > VALUE_MAX)
		return err_set(err, ERR_INPUT, _("'%s' is too long"), key);
	if (case_store_begin(store, err))
		return -1;
	/* "" stays as a row: it clears what the provider knows, too. */
	if (db_run(store,
		   "INSERT INTO answers (case_id, form, key, value, set_ms)"
		   " VALUES (?1, ?2, ?3, ?4, ?5)"
		   " ON CONFLICT DO UPDATE SET value = excluded.value,"
		   " set_ms = excluded.set_ms",
		   DB_ARGS(db_int(case_id), db_text(form), db_text(key),
			   db_text(value), db_int(xfer_now_unix())),
		   err) ||
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
