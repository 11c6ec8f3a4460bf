/* SPDX-License-Identifier: MIT */
/* What processes that are gone left in the middle of sending. */
#include <stdlib.h>
#include <string.h>

#include "cases/claim.h"
#include "cases/store_private.h"
#include "cases/submission.h"
#include "forms/i18n.h"
#include "forms/mem.h"

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
		     " AND state = 'sending' AND leader IN (0, id)"
		     " ORDER BY id",
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
