/* SPDX-License-Identifier: MIT */
/*
 * Finding customers, a million of them, at each key.
 *
 * The text index answers which rows match. There are two ways to put them in
 * order: few matches are looked up and sorted; many are met soon by walking
 * the index that is in order already.
 */
#include <stdlib.h>
#include <string.h>

#include "cases/customers.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define SEARCH_WORDS	8
#define SEARCH_BYTES	200
#define SEARCH_FEW	5000
#define SEARCH_ROOM	100000
#define NUMBER_BITS	"40"
#define TRIGRAM_LETTERS 3

/* ?1: profile, ?2: words for the text index, ?3 and ?4: range of ids */
#define MATCHING                                                       \
	"SELECT rowid FROM customer_text WHERE customer_text MATCH ?2" \
	" AND rowid BETWEEN ?1 << " NUMBER_BITS " AND"                 \
	" ((?1 + 1) << " NUMBER_BITS ") - 1"
#define MATCHING_ID                                              \
	" UNION SELECT number FROM customers WHERE profile = ?1" \
	" AND id >= ?3 AND id < ?4"
#define COLUMNS                                                       \
	"SELECT id, name, kind, country, stage, stage_word, seen_ms," \
	" touched_ms, unsent, rejected, missing"
#define FROM   " FROM customers "
#define WINDOW " LIMIT ?5 OFFSET ?6"
#define ORDER  " ORDER BY urgent DESC, touched_ms DESC, folded, number" WINDOW
/* ?7: what a name begins with */
#define ORDER_NAMED                                 \
	" ORDER BY urgent DESC,"                    \
	" substr(folded, 1, length(?7)) = ?7 DESC," \
	" touched_ms DESC, folded, number" WINDOW
/* A rejection that only a list told of is as old as the stage. */
#define WAITING                                                       \
	", coalesce((SELECT min(json_extract(value, '$.seen_ms'))"    \
	"  FROM json_each(rejections)),"                              \
	" CASE WHEN rejected > 0 THEN nullif(stage_since_ms, 0) END," \
	" (SELECT min(s.queued_ms) FROM cases c JOIN submissions s"   \
	"  ON s.case_id = c.id WHERE c.customer = customers.number"   \
	"  AND s.settled_ms = 0), nullif(touched_ms, 0), seen_ms)"
#define ORDER_WAITING " ORDER BY 12, folded, number" WINDOW

struct search {
	int64_t profile;
	char *match; /* for the text index; NULL: everything matches */
	char *from;  /* range of ids; NULL: none is there */
	char *to;
	char *start; /* of a name, folded; NULL as MATCH */
	bool inbox;  /* only what has work */
};

static void search_release(struct search *search)
{
	free(search->match);
	free(search->from);
	free(search->to);
	free(search->start);
}

char *search_fold(const char *text)
{
	char *folded = text_fold(text);
	char *to = folded;

	for (const char *from = folded; *from; from++)
		if (!strchr("\"^()", *from))
			*to++ = *from;
	*to = '\0';
	return folded;
}

static size_t letters(const char *word, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)word[i] & 0xc0) != 0x80;
	return count;
}

/* One phrase of the text index, quoted; short words by their marks. */
static void add_phrase(struct buf *match, const char *word, size_t len)
{
	buf_add_char(match, '"');
	if (letters(word, len) < TRIGRAM_LETTERS)
		buf_add_text(match, "^^");
	buf_add(match, word, len);
	buf_add_char(match, '"');
}

/* "123.456-7" is also looked for as "1234567": tax ids are kept so. */
static void add_word(struct buf *match, const char *word, size_t len)
{
	struct buf plain = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!strchr(".-/", word[i]))
			buf_add_char(&plain, word[i]);
	buf_add_text(match, match->len ? " AND (" : "(");
	add_phrase(match, word, len);
	if (plain.len && plain.len != len) {
		buf_add_text(match, " OR ");
		add_phrase(match, buf_text(&plain), plain.len);
	}
	buf_add_char(match, ')');
	buf_release(&plain);
}

static char *match_of(const char *text)
{
	char *folded = search_fold(text);
	struct buf match = { 0 };
	size_t words = 0;

	for (const char *word = folded; *word && words < SEARCH_WORDS;) {
		size_t len = strcspn(word, " ");

		if (len) {
			add_word(&match, word, len);
			words++;
		}
		word += len + strspn(word + len, " ");
	}
	free(folded);
	return words ? buf_take(&match) : NULL;
}

/* A pasted id, whole or its start. Most texts are none: then it costs one
 * look. The range ends before the start with its last byte one higher. */
static int find_id(struct case_store *store, struct search *search,
		   const char *text, struct err *err)
{
	char *from = mem_dup(text);
	char *to = NULL;
	int got;

	from[strcspn(from, " ")] = '\0';
	to = mem_dup(from);
	if (*to)
		to[strlen(to) - 1]++;
	got = db_number(
		store, &(int64_t){ 0 },
		"SELECT 1 FROM customers WHERE profile = ?1"
		" AND id >= ?2 AND id < ?3 LIMIT 1",
		DB_ARGS(db_int(search->profile), db_text(from), db_text(to)),
		err);
	if (got > 0) {
		search->from = from;
		search->to = to;
		return 0;
	}
	free(from);
	free(to);
	return got;
}

static int search_prepare(struct case_store *store, struct search *search,
			  const char *profile, const char *text,
			  struct err *err)
{
	char *cut = NULL;
	int ret = 0;

	if (profile_number(store, profile, &search->profile, err))
		return -1;
	text += strspn(text, " ");
	cut = mem_dup_n(text, strnlen(text, SEARCH_BYTES));
	search->match = match_of(cut);
	if (search->match)
		search->start = search_fold(cut);
	if (search->match)
		ret = find_id(store, search, cut, err);
	free(cut);
	return ret;
}

/* Rows with work, as SELECT has them. */
#define INBOX_WHERE "WHERE profile = ?1 AND urgent = 1"
#define INBOX(select, tail)                                                   \
	(!search->match ? select FROM INBOX_WHERE tail                        \
	 : search->from ? select FROM INBOX_WHERE                             \
		 " AND number IN (" MATCHING MATCHING_ID ")" tail             \
			: select FROM INBOX_WHERE " AND number IN (" MATCHING \
						  ")" tail)

static const char *inbox_count(const struct search *search)
{
	return INBOX("SELECT count(*)", "");
}

static int count(struct case_store *store, const struct search *search,
		 struct case_customer_list *out, struct err *err)
{
	const struct db_arg *args =
		DB_ARGS(db_int(search->profile), db_text(search->match),
			db_text(search->from), db_text(search->to));
	int64_t total = 0;
	int64_t matching = 0;

	if (db_number(store, &total,
		      "SELECT customers FROM profiles WHERE number = ?1",
		      DB_ARGS(db_int(search->profile)), err) < 0)
		return -1;
	matching = total;
	if (search->inbox) {
		if (db_number(store, &matching, inbox_count(search), args,
			      err) < 0)
			return -1;
	} else if (search->match &&
		   db_number(store, &matching,
			     search->from ? "SELECT count(*) FROM (" MATCHING
						    MATCHING_ID ")"
					  : "SELECT count(*) FROM (" MATCHING
					    ")",
			     args, err) < 0) {
		return -1;
	}
	out->total = (size_t)total;
	out->matching = (size_t)matching;
	return 0;
}

static const char *sql_for(const struct search *search, size_t matching)
{
	if (search->inbox)
		return INBOX(COLUMNS WAITING, ORDER_WAITING);
	if (!search->match)
		return COLUMNS FROM "WHERE profile = ?1" ORDER;
	if (search->from)
		return COLUMNS FROM "WHERE number IN (" MATCHING MATCHING_ID
				    ")" ORDER_NAMED;
	if (matching <= SEARCH_FEW)
		return COLUMNS FROM "WHERE number IN (" MATCHING
				    ")" ORDER_NAMED;
	return COLUMNS FROM "INDEXED BY customers_order WHERE profile = ?1"
			    " AND +number IN (" MATCHING ")" ORDER;
}

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
	if (sqlite3_column_count(stmt) > 11)
		customer->waiting_ms = sqlite3_column_int64(stmt, 11);
}

static int read_rows(struct case_store *store, const struct search *search,
		     size_t offset, size_t room, struct case_customer_list *out,
		     struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int more;

	if (room > SEARCH_ROOM)
		room = SEARCH_ROOM;
	if (db_query(store, &stmt, sql_for(search, out->matching),
		     DB_ARGS(db_int(search->profile), db_text(search->match),
			     db_text(search->from), db_text(search->to),
			     db_int((int64_t)room), db_int((int64_t)offset),
			     db_text(search->start)),
		     err))
		return -1;
	while ((more = db_step(store, stmt, err)) > 0) {
		out->list = mem_grow(out->list, out->count, sizeof(*out->list));
		memset(&out->list[out->count], 0, sizeof(*out->list));
		read_row(stmt, &out->list[out->count++]);
	}
	sqlite3_finalize(stmt);
	return more;
}

static int find(struct case_store *store, const struct prov_profile *profile,
		const char *text, size_t offset, size_t room, bool inbox,
		struct case_customer_list *out, struct err *err)
{
	struct case_customer_list found = { 0 };
	struct search search = { .inbox = inbox };
	int ret = -1;

	if (search_prepare(store, &search, profile->name, text, err) ||
	    count(store, &search, &found, err) ||
	    read_rows(store, &search, offset, room, &found, err))
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
	return find(store, profile, text, offset, room, false, out, err);
}

int case_customers_inbox(struct case_store *store,
			 const struct prov_profile *profile, const char *text,
			 size_t offset, size_t room,
			 struct case_customer_list *out, struct err *err)
{
	return find(store, profile, text, offset, room, true, out, err);
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
