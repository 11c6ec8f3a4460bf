/* SPDX-License-Identifier: MIT */
/*
 * The first of very many customers that match, in good order, without looking
 * at them all: each index is walked in its own order and left as soon as there
 * are enough.
 *
 * Work that waits comes first, then names that begin with what was typed by
 * the alphabet, then the others as they came; in both, those worked on lately
 * before. What is too far down its index to be met is not lost: it comes with
 * the others.
 */
#include "cases/search_private.h"
#include "cases/store_private.h"

#define URGENT_MOST 500 /* rows looked at, for each key */
#define RECENT_MOST 100
#define LITERAL(x)  #x
#define NUMBER(x)   LITERAL(x)

/* The indexes have the text itself: no row is read. */
#define URGENT                                                           \
	"SELECT number, text, 0 FROM customers"                          \
	" INDEXED BY customers_urgent WHERE profile = ?1 AND urgent = 1" \
	" ORDER BY touched_ms DESC, folded, number LIMIT " NUMBER(URGENT_MOST)
#define RECENT                                                    \
	"SELECT number, text, substr(folded, 1, length(?2)) = ?2" \
	" FROM customers INDEXED BY customers_recent"             \
	" WHERE profile = ?1 AND touched_ms > 0"                  \
	" ORDER BY touched_ms DESC, folded, number LIMIT " NUMBER(RECENT_MOST)
#define NAMED                                                     \
	"SELECT number FROM customers INDEXED BY customers_named" \
	" WHERE profile = ?1 AND folded >= ?2 AND folded < ?3"    \
	" ORDER BY folded, number"

/* Add those rows of SQL that match; with LATER, it gets those whose name does
 * not begin with what was typed. */
static int add_matching(struct case_store *store, const struct search *search,
			const char *sql, struct numbers *numbers,
			struct numbers *later, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more = 0;

	if (numbers->count >= numbers->most)
		return 0;
	if (db_borrow(store, &stmt, sql,
		      DB_ARGS(db_int(search->profile), db_text(search->start)),
		      err))
		return -1;
	while (numbers->count < numbers->most &&
	       (more = db_step(store, stmt, err)) > 0) {
		bool begins = !later || sqlite3_column_int(stmt, 2);

		if (search_matches(search, db_column(stmt, 1)))
			numbers_add(begins ? numbers : later,
				    sqlite3_column_int64(stmt, 0));
	}
	db_give_back(store, stmt);
	return more < 0 ? -1 : 0;
}

int search_many(struct case_store *store, const struct search *search,
		struct numbers *numbers, struct err *err)
{
	struct numbers later = { 0 };
	int ret = -1;

	numbers_init(&later, RECENT_MOST);
	if (add_matching(store, search, URGENT, numbers, NULL, err) ||
	    add_matching(store, search, RECENT, numbers, &later, err) ||
	    numbers_add_all(store, numbers, NAMED,
			    DB_ARGS(db_int(search->profile),
				    db_text(search->start),
				    db_text(search->after)),
			    err))
		goto out;
	for (size_t i = 0; i < later.count; i++)
		numbers_add(numbers, later.list[i]);
	if (search_add_matching(store, search, search->match, numbers, err) <
		    0 ||
	    search_add_ids(store, search, numbers, err))
		goto out;
	ret = 0;
out:
	numbers_release(&later);
	return ret;
}
