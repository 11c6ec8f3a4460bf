/* SPDX-License-Identifier: MIT */
/* The stage of a customer: since when it stands so, and whether that is another
 * rejection than the one we knew. */
#include <stdlib.h>
#include <string.h>

#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

static void hash_reason(struct doc_digest *digest,
			const struct prov_reason *reason)
{
	const char *words[] = { reason->code, reason->message };

	for (size_t i = 0; i < 2; i++)
		if (words[i])
			doc_digest_add(digest, words[i], strlen(words[i]) + 1);
}

/* "STAGE:" and, once it was read whole, what was rejected and why: a second
 * rejection with other reasons is another one. */
static char *stage_mark(const struct prov_customer *customer, bool whole)
{
	const char *stage = prov_stage_name(customer->stage);
	struct doc_digest *digest = NULL;
	char hash[65] = "";

	if (whole) {
		digest = doc_digest_new();
		hash_reason(digest, &customer->reason);
		for (size_t i = 0; i < customer->requirement_count; i++) {
			const struct prov_requirement *req =
				&customer->requirements[i];

			if (req->status != PROV_REQ_REJECTED)
				continue;
			if (req->code)
				doc_digest_add(digest, req->code,
					       strlen(req->code) + 1);
			hash_reason(digest, &req->reason);
		}
		doc_digest_hex(digest, hash);
		doc_digest_free(digest);
	}
	return mem_printf("%s:%s", stage, hash);
}

/* Is NEW the stage we knew, as far as both say? */
static bool same_stage(const char *old, const char *new)
{
	size_t stage = strcspn(new, ":") + 1;

	return strncmp(old, new, stage) == 0 &&
	       (!old[stage] || !new[stage] || strcmp(old, new) == 0);
}

/* A list that says where a customer stands, but not why, counts for one
 * rejection until the customer is read: it is work. */
int customer_put_stage(struct case_store *store, int64_t profile,
		       const struct prov_customer *customer, bool whole,
		       struct err *err)
{
	char *mark = stage_mark(customer, whole);
	sqlite3_stmt *stmt = NULL;
	bool same = false;
	bool keep = false;
	bool turned = false;
	bool moved = false;
	int ret = -1;

	if (db_borrow(store, &stmt,
		      "SELECT stage_mark FROM customers"
		      " WHERE profile = ?1 AND id = ?2",
		      DB_ARGS(db_int(profile), db_text(customer->id)), err))
		goto out;
	if (db_step(store, stmt, err) < 0)
		goto out;
	same = same_stage(db_column(stmt, 0), mark);
	keep = same && !whole;
	moved = strncmp(db_column(stmt, 0), mark, strcspn(mark, ":") + 1) != 0;
	/* A review that ended badly rejects anew, be it in the same words. */
	turned = customer->stage == PROV_STAGE_ACTION_NEEDED && moved;
	ret = db_run(store,
		     "UPDATE customers SET stage = ?3, stage_word = ?4,"
		     " stage_mark = CASE WHEN ?5 THEN stage_mark ELSE ?6 END,"
		     " stage_since_ms ="
		     " CASE WHEN ?7 THEN stage_since_ms ELSE ?8 END,"
		     " rejections = CASE WHEN ?9 THEN '{}' ELSE rejections END,"
		     " rejected_ms ="
		     " CASE WHEN ?9 THEN 0 ELSE rejected_ms END,"
		     " rejected = CASE WHEN ?10 THEN ?9 ELSE rejected END"
		     " WHERE profile = ?1 AND id = ?2",
		     DB_ARGS(db_int(profile), db_text(customer->id),
			     db_text(prov_stage_name(customer->stage)),
			     db_text(customer->stage_word), db_int(keep),
			     db_text(mark), db_int(same),
			     db_int(xfer_now_unix()), db_int(turned),
			     db_int(moved && !whole)),
		     err);
out:
	db_give_back(store, stmt);
	free(mark);
	return ret;
}
