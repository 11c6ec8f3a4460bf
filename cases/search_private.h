/* SPDX-License-Identifier: MIT */
/* What the files of the search share: search.c, search_many.c, search_words.c.
 */
#ifndef CASES_SEARCH_PRIVATE_H
#define CASES_SEARCH_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/err.h"

struct case_store;

#define SEARCH_WORDS 8

/* A word that was typed, as it stands in customers.text; PLAIN: the same as a
 * tax id, without its punctuation, or NULL. */
struct search_word {
	char *text;
	char *plain;
};

/* Ids from FROM on, before TO. */
struct search_range {
	char *from;
	char *to;
};

struct search {
	int64_t profile;
	int64_t total;	  /* its customers */
	int64_t until_ms; /* monotonic: when to give up; 0: never */
	struct search_word words[SEARCH_WORDS];
	size_t count;
	char *match; /* the same for the text index; NULL: all match */
	char *loose; /* and in half the time, with some that do not match */
	char *start; /* of a name, folded; NULL as MATCH */
	char *after; /* comes after all names that begin so */
	struct search_range ids[2]; /* as typed, as a UUID; NULL: none is so */
};

/* TEXT, as it was typed, becomes a search of PROFILE; release it in any case.
 */
int search_prepare(struct case_store *store, struct search *search,
		   const char *profile, const char *text,
		   struct err *err) ERR_CHECKED;
void search_release(struct search *search);

/* Does a customer's text have every word? Or is it ID that was typed? */
bool search_matches(const struct search *search, const char *text);
bool search_is_id(const struct search *search, const char *id);

/* Numbers of customers in their order, none twice, up to MOST. */
struct numbers {
	int64_t *list;
	size_t count, most;
	uint32_t *places; /* by hash: 1 + where it is in LIST */
	size_t place_count;
};

void numbers_init(struct numbers *numbers, size_t most);
void numbers_release(struct numbers *numbers);
/* False: it is full. */
bool numbers_add(struct numbers *numbers, int64_t number);

/* Add what SQL, with its ARGS, says, until NUMBERS are full. */
struct db_arg;
int numbers_add_all(struct case_store *store, struct numbers *numbers,
		    const char *sql, const struct db_arg *args,
		    struct err *err) ERR_CHECKED;

/* Add who matches by the text index, asked with MATCH, as they come; 1: there
 * was no time for all. */
int search_add_matching(struct case_store *store, const struct search *search,
			const char *match, struct numbers *numbers,
			struct err *err) ERR_CHECKED;
/* The same by id. */
int search_add_ids(struct case_store *store, const struct search *search,
		   struct numbers *numbers, struct err *err) ERR_CHECKED;

/* search_many.c: fill NUMBERS, for so many that not all are looked at. */
int search_many(struct case_store *store, const struct search *search,
		struct numbers *numbers, struct err *err) ERR_CHECKED;

#endif
