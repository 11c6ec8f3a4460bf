/* SPDX-License-Identifier: MIT */
/*
 * Which process sends what. A process holds a lock on a file of its own; a
 * submission names that file. The kernel drops the lock however the process
 * ends, so a claim is never left behind by kill -9 or a power cut.
 */
#ifndef CASES_CLAIM_H
#define CASES_CLAIM_H

#include <stdbool.h>

#include "forms/err.h"

struct case_claim;
struct case_store;

/* The name of this store's own claim, made when first asked for. NULL: ERR. */
const char *case_claim_name(struct case_store *store, struct err *err);
void case_claim_free(struct case_claim *claim); /* gives it up; NULL is fine */

/* Is whoever made claim NAME gone? */
bool case_claim_dead(const struct case_store *store, const char *name);

/* Remove the files of those who are gone. */
void case_claims_clean(const struct case_store *store);

#endif
