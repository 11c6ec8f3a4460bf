/* SPDX-License-Identifier: MIT */
/*
 * Finding customers, a million of them, at each key.
 *
 * The text index says which match, so far as is asked: nobody is counted or put
 * in order whom nobody will see. A few matches are all looked at and sorted;
 * the first of many are met by walking what is in order already: search_many.c.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/customers.h"
#include "cases/search_private.h"
#include "cases/store_private.h"
#include "forms/form.h"
#include "providers/xfer.h"

#define SEARCH_FEW     60 /* are sorted */
#define SEARCH_COUNTED 1000
#define SEARCH_ROOM    100000
#define SLICES	       4 /* of the text index: time is looked at between */
#define SLICE_LEAST    10000
#define NUMBER_BITS    40
#define GLANCE_MS      2
#define WALK_MOST      1000000

#define COLUMNS                                                       \
	"SELECT id, name, kind, country, stage, stage_word, seen_ms," \
	" touched_ms, unsent, rejected, missing"
#define FROM " FROM customers "

void numbers_init(struct numbers *numbers, size_t most)
{
	*numbers = (struct numbers){ .most = most, .place_count = 64 };
	while (numbers->place_count < 2 * most)
		numbers->place_count *= 2;
	numbers->list = mem_array(most ? most : 1, sizeof(*numbers->list));
	numbers->places =
		mem_array(numbers->place_count, sizeof(*numbers->places));
}

void numbers_release(struct numbers *numbers)
{
	free(numbers->list);
	free(numbers->places);
	*numbers = (struct numbers){ 0 };
}

bool numbers_add(struct numbers *numbers, int64_t number)
{
	size_t at = (size_t)number * 0x9e3779b97f4a7c15u;

	if (numbers->count >= numbers->most)
		return false;
	for (at >>= 20;; at++) {
		uint32_t *place = &numbers->places[at % numbers->place_count];

		if (!*place) {
			numbers->list[numbers->count++] = number;
			*place = (uint32_t)numbers->count;
			break;
		}
		if (numbers->list[*place - 1] == number)
			break;
	}
	return numbers->count < numbers->most;
}

int numbers_add_all(struct case_store *store, struct numbers *numbers,
		    const char *sql, const struct db_arg *args, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more = 0;

	if (numbers->count >= numbers->most)
		return 0;
	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0 &&
	       numbers_add(numbers, sqlite3_column_int64(stmt, 0)))
		;
	db_give_back(store, stmt);
	return more < 0 ? -1 : 0;
}

/* Who matches, and in which order. */

int search_add_ids(struct case_store *store, const struct search *search,
		   struct numbers *numbers, struct err *err)
{
	for (size_t i = 0; i < 2; i++)
		if (search->ids[i].from &&
		    numbers_add_all(store, numbers,
				    "SELECT number FROM customers WHERE"
				    " profile = ?1 AND id >= ?2 AND id < ?3",
				    DB_ARGS(db_int(search->profile),
					    db_text(search->ids[i].from),
					    db_text(search->ids[i].to)),
				    err))
			return -1;
	return 0;
}

int search_add_matching(struct case_store *store, const struct search *search,
			const char *match, struct numbers *numbers,
			struct err *err)
{
	int64_t from = search->profile << NUMBER_BITS;
	int64_t end = (search->profile + 1) << NUMBER_BITS;
	int64_t slice = search->total / SLICES + SLICE_LEAST;

	while (from < end && numbers->count < numbers->most) {
		/* The last one has whoever came meanwhile. */
		int64_t to = from + slice;

		if (to - (search->profile << NUMBER_BITS) > search->total)
			to = end;
		if (numbers_add_all(store, numbers,
				    "SELECT rowid FROM customer_text WHERE"
				    " customer_text MATCH ?1"
				    " AND rowid BETWEEN ?2 AND ?3",
				    DB_ARGS(db_text(match), db_int(from),
					    db_int(to - 1)),
				    err))
			return -1;
		from = to;
		if (search->until_ms && xfer_now() > search->until_ms)
			break;
	}
	return from < end && numbers->count < numbers->most;
}

static char *json_of(const struct numbers *numbers)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < numbers->count; i++)
		buf_addf(&list, "%c%lld", i ? ',' : '[',
			 (long long)numbers->list[i]);
	buf_add_text(&list, numbers->count ? "]" : "[]");
	return buf_take(&list);
}

/* Those of NUMBERS that do match; the order is told where it is promised:
 * case_customers_search(). */
static int sort(struct case_store *store, const struct search *search,
		struct numbers *numbers, struct err *err)
{
	struct numbers sorted = { 0 };
	char *list = json_of(numbers);
	sqlite3_stmt *stmt = NULL;
	int more = -1;

	numbers_init(&sorted, numbers->count);
	if (db_borrow(store, &stmt,
		      "SELECT number, id, text FROM customers WHERE number IN"
		      " (SELECT value FROM json_each(?1)) ORDER BY urgent DESC,"
		      " substr(folded, 1, length(?2)) = ?2 DESC,"
		      " touched_ms DESC, folded, number",
		      DB_ARGS(db_text(list), db_text(search->start)), err))
		goto out;
	while ((more = db_step(store, stmt, err)) > 0)
		if (search_matches(search, db_column(stmt, 2)) ||
		    search_is_id(search, db_column(stmt, 1)))
			numbers_add(&sorted, sqlite3_column_int64(stmt, 0));
out:
	db_give_back(store, stmt);
	free(list);
	numbers_release(numbers);
	*numbers = sorted;
	return more;
}

/* All that match, in order; or, with MORE, MOST of them, or those that there
 * was time for. */
static int collect(struct case_store *store, const struct search *search,
		   size_t most, struct numbers *numbers, bool *more,
		   struct err *err)
{
	int late;

	numbers_init(numbers, SEARCH_FEW + 1);
	late = search_add_matching(store, search, search->loose, numbers, err);
	if (late < 0 || search_add_ids(store, search, numbers, err))
		return -1;
	*more = late;
	if (numbers->count <= SEARCH_FEW)
		return sort(store, search, numbers, err);
	numbers_release(numbers);
	numbers_init(numbers, most + 1);
	if (search_many(store, search, numbers, err))
		return -1;
	*more = numbers->count > most;
	numbers->count -= *more;
	return 0;
}

/* Rows. */

static void read_row(sqlite3_stmt *stmt, struct case_customer *customer)
{
	customer->id = db_column_dup(stmt, 0);
	customer->name = db_column_dup(stmt, 1);
	customer->kind = kind_from_name(db_column(stmt, 2));
	db_column_copy(stmt, 3, customer->country, sizeof(customer->country));
	customer->stage = stage_from_name(db_column(stmt, 4));
	customer->stage_word = db_column_dup(stmt, 5);
	customer->seen_ms = sqlite3_column_int64(stmt, 6);
	customer->touched_ms =
		sqlite3_column_int64(stmt, 7) % NEWCOMER_FIRST_MS;
	customer->unsent = (unsigned)sqlite3_column_int(stmt, 8);
	customer->rejected = (unsigned)sqlite3_column_int(stmt, 9);
	customer->missing = sqlite3_column_int(stmt, 10);
}

static int read_rows(struct case_store *store, const char *sql,
		     const struct db_arg *args, struct case_customer_list *out,
		     struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (db_borrow(store, &stmt, sql, args, err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		memset(&out->list[out->count], 0, sizeof(*out->list));
		read_row(stmt, &out->list[out->count++]);
	}
	db_give_back(store, stmt);
	return more;
}

static int find(struct case_store *store, const struct search *search,
		size_t offset, size_t room, struct case_customer_list *out,
		struct err *err)
{
	size_t most = offset + room;
	struct numbers numbers = { 0 };
	int ret;

	if (!search->until_ms && most < SEARCH_COUNTED)
		most = SEARCH_COUNTED;
	ret = collect(store, search, most, &numbers, &out->more, err);
	for (size_t i = offset; !ret && i < numbers.count && i < offset + room;
	     i++)
		ret = read_rows(store, COLUMNS FROM "WHERE number = ?1",
				DB_ARGS(db_int(numbers.list[i])), out, err);
	out->matching = numbers.count;
	numbers_release(&numbers);
	return ret;
}

#define ALL COLUMNS FROM "WHERE profile = ?1 ORDER BY "

/* Of all, the second half is met from the end. */
static int window(struct case_store *store, const struct search *search,
		  size_t offset, size_t room, struct case_customer_list *out,
		  struct err *err)
{
	size_t end;

	if (offset >= out->total)
		return 0;
	end = room < out->total - offset ? offset + room : out->total;
	if (offset <= out->total / 2)
		return read_rows(store,
				 ALL
				 "urgent DESC, touched_ms DESC, folded, number"
				 " LIMIT ?2 OFFSET ?3",
				 DB_ARGS(db_int(search->profile),
					 db_int((int64_t)(end - offset)),
					 db_int((int64_t)offset)),
				 out, err);
	if (read_rows(store,
		      ALL "urgent, touched_ms, folded DESC, number DESC"
			  " LIMIT ?2 OFFSET ?3",
		      DB_ARGS(db_int(search->profile),
			      db_int((int64_t)(end - offset)),
			      db_int((int64_t)(out->total - end))),
		      out, err))
		return -1;
	for (size_t i = 0, k = out->count; i + 1 < k; i++) {
		struct case_customer row = out->list[i];

		out->list[i] = out->list[--k];
		out->list[k] = row;
	}
	return 0;
}

static int search_for(struct case_store *store,
		      const struct prov_profile *profile, const char *text,
		      int64_t until_ms, size_t offset, size_t room,
		      struct case_customer_list *out, struct err *err)
{
	struct case_customer_list found = { 0 };
	struct search search = { .until_ms = until_ms };
	int ret = -1;

	if (room > SEARCH_ROOM)
		room = SEARCH_ROOM;
	if (search_prepare(store, &search, profile->name, text, err))
		goto out;
	found.matching = found.total = (size_t)search.total;
	if ((search.match ? find : window)(store, &search, offset, room, &found,
					   err))
		goto out;
	*out = found;
	found = (struct case_customer_list){ 0 };
	ret = 0;
out:
	case_customer_list_release(&found);
	search_release(&search);
	return ret;
}

int case_customers_search(struct case_store *store,
			  const struct prov_profile *profile, const char *text,
			  size_t offset, size_t room,
			  struct case_customer_list *out, struct err *err)
{
	return search_for(store, profile, text, 0, offset, room, out, err);
}

int case_customers_glance(struct case_store *store,
			  const struct prov_profile *profile, const char *text,
			  size_t offset, size_t room,
			  struct case_customer_list *out, struct err *err)
{
	return search_for(store, profile, text, xfer_now() + GLANCE_MS, offset,
			  room, out, err);
}

/* All in order, until NUMBER is met. */
static int walk_to(struct case_store *store, const struct search *search,
		   int64_t number, size_t *place, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	size_t at = 0;
	int more;

	if (db_borrow(store, &stmt,
		      "SELECT number FROM customers WHERE profile = ?1"
		      " ORDER BY urgent DESC, touched_ms DESC, folded, number"
		      " LIMIT ?2",
		      DB_ARGS(db_int(search->profile), db_int(WALK_MOST)), err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0 &&
	       sqlite3_column_int64(stmt, 0) != number)
		at++;
	db_give_back(store, stmt);
	if (more > 0)
		*place = at;
	return more;
}

static int place_among(struct case_store *store, const struct search *search,
		       int64_t number, size_t *place, struct err *err)
{
	struct numbers numbers = { 0 };
	bool more = false;
	int found =
		collect(store, search, SEARCH_COUNTED, &numbers, &more, err);

	for (size_t i = 0; found == 0 && i < numbers.count; i++) {
		if (numbers.list[i] != number)
			continue;
		*place = i;
		found = 1;
	}
	numbers_release(&numbers);
	return found;
}

int case_customers_place(struct case_store *store,
			 const struct prov_profile *profile, const char *text,
			 const char *id, size_t *place, struct err *err)
{
	struct search search = { 0 };
	int64_t number = 0;
	int got = search_prepare(store, &search, profile->name, text, err);

	if (!got)
		got = db_number(store, &number,
				"SELECT number FROM customers"
				" WHERE profile = ?1 AND id = ?2",
				DB_ARGS(db_int(search.profile), db_text(id)),
				err);
	if (got > 0)
		got = (search.match ? place_among : walk_to)(
			store, &search, number, place, err);
	search_release(&search);
	return got;
}

void case_customer_list_release(struct case_customer_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->list[i].id);
		free(list->list[i].name);
		free(list->list[i].stage_word);
	}
	free(list->list);
	*list = (struct case_customer_list){ 0 };
}
