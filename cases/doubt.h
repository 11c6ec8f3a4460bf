/* SPDX-License-Identifier: MIT */
/* All that is unsure about one customer, as the files see it that decide what
 * becomes of it. */
#ifndef CASES_DOUBT_H
#define CASES_DOUBT_H

#include "cases/evidence.h"

struct doubts {
	struct doubt *list;
	size_t count;
	struct case_submission_list of_case;
};

/* OUT must not move while it is used: its parts point at each other. */
int doubts_load(struct case_store *store, const struct prov_profile *profile,
		const char *customer, struct doubts *out,
		struct err *err) ERR_CHECKED;
void doubts_release(struct doubts *doubts);

/* Did both go in one request; and does this one speak for all of its? */
bool doubt_same_request(const struct doubt *a, const struct doubt *b);
bool doubt_leads(const struct doubt *doubt);

/* Is it waiting for what the provider says, and not for the operator? */
bool doubt_waits_for_word(const struct doubt *doubt);

/* One verdict for all that went with LEADER: found and absent only where that
 * is true of each. */
enum evidence doubts_weigh(const struct doubts *doubts,
			   const struct doubt *leader,
			   const struct provider *provider,
			   const struct prov_customer *customer);

#endif
