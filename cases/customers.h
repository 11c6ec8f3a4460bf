/* SPDX-License-Identifier: MIT */
/*
 * Customers seen: a cache of what the provider said, so that the list is there
 * at once and without a network, marked as of when.
 */
#ifndef CASES_CUSTOMERS_H
#define CASES_CUSTOMERS_H

#include <stddef.h>
#include <stdint.h>

#include "cases/store.h"
#include "providers/provider.h"

struct case_customer {
	char *id;
	char *name;
	enum prov_kind kind;
	char country[4];
	enum prov_stage stage;
	char *stage_word;
	int64_t seen_ms;    /* unix; when the provider last said so */
	int64_t touched_ms; /* unix; last work here; 0: never */
	unsigned unsent;    /* drafts with a file, queued, unsure */
	unsigned rejected;  /* requirements the provider rejected */
	int missing;	    /* required and not there; -1: not known */
};

struct case_customer_list {
	struct case_customer *list; /* the rows asked for */
	size_t count;
	size_t matching; /* rows that match, as far as was looked */
	bool more;	 /* there are more */
	size_t total;	 /* rows of this profile */
};

void case_customer_list_release(struct case_customer_list *list);

/* Note COUNT customers of a list page (requirements stay as they were). */
int case_customers_put(struct case_store *store,
		       const struct prov_profile *profile,
		       const struct prov_customer *customers, size_t count,
		       struct err *err) ERR_CHECKED;

/* All pages of the provider's list were noted: *LISTED_MS becomes now, and that
 * is kept. And when that was last, unix; 0: never. */
int case_customers_list_ended(struct case_store *store,
			      const struct prov_profile *profile,
			      int64_t *listed_ms, struct err *err) ERR_CHECKED;
int case_customers_listed(struct case_store *store,
			  const struct prov_profile *profile,
			  int64_t *listed_ms, struct err *err) ERR_CHECKED;

/* Note all that is known of one customer, its counts included. */
int case_customer_put(struct case_store *store,
		      const struct prov_profile *profile,
		      const struct prov_customer *customer,
		      struct err *err) ERR_CHECKED;

/* 1: CUSTOMER is filled as last noted by case_customer_put (or by a list page,
 * then without requirements), and SEEN_MS; 0: never seen; -1: ERR. */
int case_customer_load(struct case_store *store,
		       const struct prov_profile *profile, const char *id,
		       struct prov_customer *customer, int64_t *seen_ms,
		       struct err *err) ERR_CHECKED;

/*
 * Rows OFFSET..OFFSET+ROOM of those that match TEXT; "" matches all. Each
 * word of TEXT must be in the name or the tax id: from the beginning of a word
 * on, or, from three letters on, anywhere; or the first one is the beginning of
 * the id. Case and accents do not matter, nor the punctuation of tax ids and
 * UUIDs.
 *
 * Cases with unsent or rejected work come first, then those whose name begins
 * with TEXT, those touched last, then by name. Of more than 60 that match not
 * all are looked at (search_many.c), and up to 1,000 are counted.
 */
int case_customers_search(struct case_store *store,
			  const struct prov_profile *profile, const char *text,
			  size_t offset, size_t room,
			  struct case_customer_list *out,
			  struct err *err) ERR_CHECKED;

/* The same at a glance, in about two milliseconds among a million: counted up
 * to OFFSET + ROOM, and perhaps not even all of those. */
int case_customers_glance(struct case_store *store,
			  const struct prov_profile *profile, const char *text,
			  size_t offset, size_t room,
			  struct case_customer_list *out,
			  struct err *err) ERR_CHECKED;

/* Which row of all customers that match TEXT is ID: 1 and *PLACE; 0: none, or
 * none of those that are counted or, of all, of the first million; -1: ERR. */
int case_customers_place(struct case_store *store,
			 const struct prov_profile *profile, const char *text,
			 const char *id, size_t *place,
			 struct err *err) ERR_CHECKED;

#endif
