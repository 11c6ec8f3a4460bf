/* SPDX-License-Identifier: MIT */
/*
 * Since when each requirement is known to be rejected. A provider repeats a
 * rejection until it has looked again: what arrived after it was first seen
 * answers it. One in other words, about another paper, or that came back, is
 * another one.
 */
#ifndef CASES_REJECTIONS_H
#define CASES_REJECTIONS_H

#include "cases/store.h"
#include "providers/provider.h"

/* Note what CUSTOMER, of the profile with this number, has rejected now. */
int rejections_note(struct case_store *store, int64_t profile,
		    const struct prov_customer *customer,
		    struct err *err) ERR_CHECKED;

/* *SINCE gets one time for each requirement of CUSTOMER, in their order, 0
 * where none is known; free() it. */
int rejections_load(struct case_store *store, const char *profile,
		    const struct prov_customer *customer, int64_t **since,
		    struct err *err) ERR_CHECKED;

#endif
