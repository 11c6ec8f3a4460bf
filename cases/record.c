/* SPDX-License-Identifier: MIT */
/* Cases. What was entered into them: answers.c, paper.c. */
#include "cases/record.h"

#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

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

/* An id of ours has tabs, which no entry shows. */
static int note_opened(struct case_store *store, int64_t case_id,
		       const char *profile, const char *customer,
		       struct err *err)
{
	char *shown = mem_dup(customer);
	int ret;

	for (char *c = shown; *c; c++)
		if (*c == '\t')
			*c = ' ';
	ret = event_addf(store, err, "case_opened", case_id, 0, "%s %s",
			 profile, shown);
	free(shown);
	return ret;
}

int record_open(struct case_store *store, const char *profile,
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
	return note_opened(store, *case_id, profile, customer, err);
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
	ret = record_open(store, profile->name, customer, &id, err);
	ret = db_finish(store, ret, err);
	if (!ret)
		*case_id = id;
	return ret;
}
