/* SPDX-License-Identifier: MIT */
/*
 * Two clocks of a case: since when it waits for us, and since when for the
 * provider. Both may run. What only the customer can bring runs neither.
 * Pure: they look at nothing but the checklist.
 */
#ifndef CASES_CLOCKS_H
#define CASES_CLOCKS_H

#include "cases/checklist.h"

struct case_clocks {
	int64_t ours_ms;   /* unix; rejected or chosen, and not sent; 0: not */
	int64_t theirs_ms; /* unix; arrived there, no verdict yet; 0: not */
};

void case_clocks(const struct case_checklist *checklist,
		 struct case_clocks *out);

/* Unix; since when ITEM, rejected, is known to be; 0: that is not known. */
int64_t case_rejected_ms(const struct case_checklist *checklist,
			 const struct case_item *item);

/* The earliest of all that is rejected; 0: nothing is. */
int64_t case_rejected_since(const struct case_checklist *checklist);

/* When DAYS business days (Monday to Friday, in UTC) from FROM_MS are over. */
int64_t case_business_days(int64_t from_ms, unsigned days);

#endif
