/* SPDX-License-Identifier: MIT */
/*
 * Prism, which knows a provider's contract from tests/contracts, as the judge
 * of what was said to a practice server: every request goes to it as well,
 * byte for byte, and what the contract has no room for it refuses. (As a proxy
 * it would not hand a picture on unharmed.) It comes with npm; tests/run puts
 * it where there is one, and names it in $KYC_PRISM.
 * https://github.com/stoplightio/prism
 */
#ifndef TESTS_END_TO_END_PRISM_H
#define TESTS_END_TO_END_PRISM_H

#include "tests/practice.h"
#include "tests/test.h"

/* A test that wants Prism: left out where $KYC_PRISM is empty, because another
 * build has it. */
void prism_add(struct test_list *list, const char *name,
	       CMUnitTestFunction function);

/* Where the contract as it was written down for machines says less, or other
 * things, than the provider's pages do. Rows end with a NULL method. */
struct prism_known {
	const char *method, *path; /* its beginning, without what is a base */
	const char *says;	   /* of Prism's refusal */
	const char *because;
};

struct prism;

/* From now on all that is said to PRACTICE is kept. NULL: Prism is not there,
 * and the test has to be skipped. */
struct prism *prism_beside(struct practice *practice);
void prism_free(struct prism *prism); /* NULL is fine */

/* A request that the contract has no room for is refused: else the rest would
 * prove nothing. */
void prism_expect_refused(struct prism *prism, const char *method,
			  const char *path, const char *headers,
			  const char *body);

/* Of all that was said, LEAST requests or more, it refuses nothing but what is
 * KNOWN (may be NULL); and of each row there was something. */
void prism_expect_content(struct prism *prism, size_t least,
			  const struct prism_known *known);

#endif
