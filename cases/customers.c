/* SPDX-License-Identifier: MIT */
/* Customers seen: noting them and reading them back. Finding: search.c. */
#include "cases/customers.h"

#include <stdlib.h>
#include <string.h>

#include "cases/clocks.h"
#include "cases/rejections.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define NUMBERS_OF_A_PROFILE ((int64_t)1 << 40)

int profile_number(struct case_store *store, const char *profile,
		   int64_t *number, struct err *err)
{
	const struct db_arg *name = DB_ARGS(db_text(profile));
	int got = db_number(store, number,
			    "SELECT number FROM profiles WHERE name = ?1", name,
			    err);

	if (got)
		return got < 0 ? -1 : 0;
	if (db_run(store,
		   "INSERT INTO profiles (name) VALUES (?1)"
		   " ON CONFLICT DO NOTHING",
		   name, err))
		return -1;
	got = db_number(store, number,
			"SELECT number FROM profiles WHERE name = ?1", name,
			err);
	return got < 0 ? -1 : 0;
}

/* The row of a customer, its indexed text and tax id, as they are; 0: none. */
static int find_text(struct case_store *store, int64_t profile,
		     const char *customer, int64_t *number, char **text,
		     char **tax_id, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (db_borrow(store, &stmt,
		      "SELECT number, text, tax_id FROM customers"
		      " WHERE profile = ?1 AND id = ?2",
		      DB_ARGS(db_int(profile), db_text(customer)), err))
		return -1;
	got = db_step(store, stmt, err);
	if (got > 0) {
		*number = sqlite3_column_int64(stmt, 0);
		*text = mem_dup(db_column(stmt, 1));
		*tax_id = db_column_dup(stmt, 2);
	}
	db_give_back(store, stmt);
	return got;
}

/* The index holds no text of its own: it must be told what it forgets. */
int customer_index(struct case_store *store, int64_t number, const char *old,
		   const char *new, struct err *err)
{
	if (old && new &&strcmp(old, new) == 0)
		return 0;
	if (old &&
	    db_run(store,
		   "INSERT INTO customer_text (customer_text, rowid, text)"
		   " VALUES ('delete', ?1, ?2)",
		   DB_ARGS(db_int(number), db_text(old)), err))
		return -1;
	return new ? db_run(store,
			    "INSERT INTO customer_text (rowid, text)"
			    " VALUES (?1, ?2)",
			    DB_ARGS(db_int(number), db_text(new)), err)
		   : 0;
}

int customer_put_basics(struct case_store *store, int64_t profile,
			const struct prov_customer *customer, int64_t seen_ms,
			struct err *err)
{
	const char *name = customer->name ? customer->name : customer->id;
	char *folded = search_fold(name);
	char *tax_id = NULL;
	int64_t number = 0;
	char *text = NULL;
	char *old = NULL;
	int ret = -1;

	if (find_text(store, profile, customer->id, &number, &old, &tax_id,
		      err) < 0)
		goto out;
	/* Not every list repeats it. */
	if (customer->tax_id)
		mem_replace(&tax_id, customer->tax_id);
	text = search_text(folded, tax_id);
	ret = db_run(
		store,
		"INSERT INTO customers (number, profile, id, name, folded,"
		" text, tax_id, email, kind, country, seen_ms)"
		" VALUES (1 + coalesce((SELECT max(number) FROM customers"
		" WHERE number BETWEEN ?1 * ?11 AND (?1 + 1) * ?11 - 1),"
		" ?1 * ?11), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
		" ON CONFLICT (profile, id) DO UPDATE SET name = excluded.name,"
		" folded = excluded.folded, text = excluded.text,"
		" tax_id = coalesce(excluded.tax_id, tax_id),"
		" email = coalesce(excluded.email, email),"
		" kind = excluded.kind, country = excluded.country,"
		" seen_ms = excluded.seen_ms",
		DB_ARGS(db_int(profile), db_text(customer->id), db_text(name),
			db_text(folded), db_text(text), db_text(tax_id),
			db_text(customer->email),
			db_text(prov_kind_name(customer->kind)),
			db_text(customer->country), db_int(seen_ms),
			db_int(NUMBERS_OF_A_PROFILE)),
		err);
	if (!ret && !old)
		number = sqlite3_last_insert_rowid(store->db);
	if (!ret)
		ret = customer_index(store, number, old, text, err);
out:
	mem_free_private(old);
	mem_free_private(text);
	mem_free_private(tax_id);
	free(folded);
	return ret;
}

int customer_put_bare(struct case_store *store, int64_t profile,
		      const char *customer, struct err *err)
{
	struct prov_customer bare = { 0 };
	int ret;

	bare.id = mem_dup(customer);
	ret = customer_put_basics(store, profile, &bare, 0, err);
	prov_customer_release(&bare);
	return ret;
}

static int put(struct case_store *store, int64_t profile,
	       const struct prov_customer *customer, bool whole,
	       struct err *err)
{
	if (!prov_id_valid(customer->id ? customer->id : ""))
		return err_set(err, ERR_INPUT,
			       _("cannot keep a customer whose id is '%s'"),
			       customer->id ? customer->id : "");
	if (customer_put_basics(store, profile, customer, xfer_now_unix(), err))
		return -1;
	return customer_put_stage(store, profile, customer, whole, err);
}

int case_customers_put(struct case_store *store,
		       const struct prov_profile *profile,
		       const struct prov_customer *customers, size_t count,
		       struct err *err)
{
	int64_t number = 0;
	int ret;

	if (case_store_begin(store, err))
		return -1;
	ret = profile_number(store, profile->name, &number, err);
	for (size_t i = 0; !ret && i < count; i++)
		ret = put(store, number, &customers[i], false, err);
	return db_finish(store, ret, err);
}

int case_customers_list_ended(struct case_store *store,
			      const struct prov_profile *profile,
			      int64_t *listed_ms, struct err *err)
{
	int64_t number = 0;

	*listed_ms = xfer_now_unix();
	if (profile_number(store, profile->name, &number, err))
		return -1;
	return db_run(store,
		      "UPDATE profiles SET listed_ms = ?2 WHERE number = ?1",
		      DB_ARGS(db_int(number), db_int(*listed_ms)), err);
}

int case_customers_listed(struct case_store *store,
			  const struct prov_profile *profile,
			  int64_t *listed_ms, struct err *err)
{
	int got;

	*listed_ms = 0;
	got = db_number(store, listed_ms,
			"SELECT listed_ms FROM profiles WHERE name = ?1",
			DB_ARGS(db_text(profile->name)), err);
	return got < 0 ? -1 : 0;
}

static int put_snapshot(struct case_store *store, int64_t profile,
			const struct prov_customer *customer, struct err *err)
{
	struct buf json = { 0 };
	int ret;

	prov_customer_to_json(customer, &json);
	ret = db_run(store,
		     "UPDATE customers SET snapshot = ?3, read_ms = ?4"
		     " WHERE profile = ?1 AND id = ?2",
		     DB_ARGS(db_int(profile), db_text(customer->id),
			     db_text(buf_text(&json)), db_int(xfer_now_unix())),
		     err);
	buf_release(&json);
	return ret;
}

/* The counts of the list are those of the checklist. */
static int put_counts(struct case_store *store,
		      const struct prov_profile *profile, int64_t number,
		      const char *customer, struct err *err)
{
	struct case_checklist list = { 0 };
	int ret = checklist_read(store, profile, customer, &list, err);

	if (!ret)
		ret = db_run(store,
			     "UPDATE customers SET missing = ?3, rejected = ?4,"
			     " rejected_ms = ?5"
			     " WHERE profile = ?1 AND id = ?2",
			     DB_ARGS(db_int(number), db_text(customer),
				     db_int(list.missing),
				     db_int(list.rejected),
				     db_int(case_rejected_since(&list))),
			     err);
	case_checklist_release(&list);
	return ret;
}

int case_customer_put(struct case_store *store,
		      const struct prov_profile *profile,
		      const struct prov_customer *customer, struct err *err)
{
	int64_t number = 0;
	int ret = -1;

	if (case_store_begin(store, err))
		return -1;
	if (profile_number(store, profile->name, &number, err) ||
	    put(store, number, customer, true, err) ||
	    rejections_note(store, number, customer, err) ||
	    put_snapshot(store, number, customer, err) ||
	    submissions_compare(store, profile, customer, err) ||
	    answers_forget_sent(store, profile, customer, err) ||
	    put_counts(store, profile, number, customer->id, err))
		goto out;
	ret = 0;
out:
	return db_finish(store, ret, err);
}

enum prov_kind kind_from_name(const char *name)
{
	return strcmp(name, prov_kind_name(PROV_BUSINESS)) == 0
		       ? PROV_BUSINESS
		       : PROV_INDIVIDUAL;
}

enum prov_stage stage_from_name(const char *name)
{
	for (int i = PROV_STAGE_UNKNOWN; i <= PROV_STAGE_CLOSED; i++)
		if (strcmp(name, prov_stage_name((enum prov_stage)i)) == 0)
			return (enum prov_stage)i;
	return PROV_STAGE_UNKNOWN;
}

/* What a later list page said goes over what an earlier reading said. */
static void read_basics(sqlite3_stmt *stmt, struct prov_customer *customer)
{
	mem_replace(&customer->id, db_column(stmt, 0));
	mem_replace(&customer->name, db_column(stmt, 1));
	customer->kind = kind_from_name(db_column(stmt, 2));
	db_column_copy(stmt, 3, customer->country, sizeof(customer->country));
	customer->stage = stage_from_name(db_column(stmt, 4));
	free(customer->stage_word);
	customer->stage_word = db_column_dup(stmt, 5);
	if (!customer->tax_id)
		customer->tax_id = db_column_dup(stmt, 6);
	if (!customer->email)
		customer->email = db_column_dup(stmt, 7);
}

int case_customer_load(struct case_store *store,
		       const struct prov_profile *profile, const char *id,
		       struct prov_customer *customer, int64_t *seen_ms,
		       struct err *err)
{
	struct prov_customer loaded = { 0 };
	sqlite3_stmt *stmt = NULL;
	int ret;

	if (db_borrow(store, &stmt,
		      "SELECT c.id, c.name, kind, country, stage, stage_word,"
		      " tax_id, email, snapshot, coalesce(nullif(read_ms, 0),"
		      " seen_ms) FROM customers c JOIN profiles p"
		      " ON p.number = c.profile"
		      " WHERE p.name = ?1 AND c.id = ?2 AND seen_ms > 0",
		      DB_ARGS(db_text(profile->name), db_text(id)), err))
		return -1;
	ret = db_step(store, stmt, err);
	if (ret > 0 && sqlite3_column_type(stmt, 8) != SQLITE_NULL &&
	    prov_customer_from_json(&loaded, db_column(stmt, 8),
				    profile->provider, err))
		ret = -1;
	if (ret > 0) {
		read_basics(stmt, &loaded);
		*seen_ms = sqlite3_column_int64(stmt, 9);
		prov_customer_release(customer);
		*customer = loaded;
		loaded = (struct prov_customer){ 0 };
	}
	prov_customer_release(&loaded);
	db_give_back(store, stmt);
	return ret;
}

/* Who is new has something unsent, whatever was filled in. */
#define NEW "(substr(id, 1, 4) = 'new' || char(9))"

int customer_touch(struct case_store *store, int64_t case_id, struct err *err)
{
	return db_run(
		store,
		"UPDATE customers SET touched_ms = ?2 + " NEW " * ?3, unsent ="
		" (SELECT count(*) FROM documents d WHERE d.case_id = ?1"
		"  AND d.path IS NOT NULL AND NOT EXISTS"
		"  (SELECT 1 FROM submissions s WHERE s.case_id = ?1"
		"   AND s.type = d.type AND s.side = d.side"
		"   AND s.party = d.party AND s.state <> 'cancelled'"
		"   AND s.queued_ms >= d.chosen_ms))"
		" + (SELECT count(*) FROM submissions WHERE case_id = ?1"
		"  AND settled_ms = 0) + " NEW
		" WHERE number = (SELECT customer FROM cases WHERE id = ?1)",
		DB_ARGS(db_int(case_id), db_int(xfer_now_unix()),
			db_int(NEWCOMER_FIRST_MS)),
		err);
}
