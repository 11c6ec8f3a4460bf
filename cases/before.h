/* SPDX-License-Identifier: MIT */
/*
 * What a provider had before an attempt: noted for the record, and read back
 * when its answer was lost.
 */
#ifndef CASES_BEFORE_H
#define CASES_BEFORE_H

#include <stdbool.h>

#include "cases/store.h"
#include "forms/document.h"
#include "providers/provider.h"

/* What CUSTOMER is known to have now, for the record (column papers): *TEXT is
 * the caller's, and stays NULL when it was never read. */
int before_note(struct case_store *store, const struct prov_profile *profile,
		const char *customer, char **text, struct err *err) ERR_CHECKED;

struct json_t;

/* All-zero: nothing is known. */
struct before {
	struct json_t *root;
	struct json_t *papers;	/* borrowed; NULL: nobody knew */
	struct json_t *parties; /* likewise */
	int64_t as_of;		/* unix ms */
};

/* From TEXT (NULL: nothing was noted) about an attempt that began at
 * STARTED_MS, unix; before_release() it. */
struct before before_read(const char *text, int64_t started_ms);
void before_release(struct before *before);

/* Was the paper there? *REPLACED: it was, but has changed since. */
bool before_had_paper(const struct before *before,
		      const struct prov_paper *paper, bool *replaced);
bool before_had_party(const struct before *before, const char *id);

/* Where a provider lists no papers: is what CUSTOMER shows for one slot now the
 * same as then? 1: it is; 0: it is another; -1: one of the two is not known. */
int before_shows_same(const struct before *before,
		      const struct prov_customer *customer, const char *type,
		      enum doc_side side, const char *party);

#endif
