/* SPDX-License-Identifier: MIT */
/* What the fault server saw, and what must always hold of it. */
#ifndef TESTS_FAULTS_LEDGER_H
#define TESTS_FAULTS_LEDGER_H

#include "tests/fault_server.h"

/* One request. */
struct seen {
	unsigned connection;
	bool upload;
	char path[256];
	char key[80];
	char body[65]; /* its digest; "" when it did not come whole */
	char what[65]; /* the same upload has the same one, or "" */
	int status;    /* of the provider; 0: it never got it */
	bool cached;   /* it was kept under the key */
	const struct fault *fault;
	int64_t at_ms;
	int64_t answered_ms; /* 0: not at all */
};

struct ledger {
	struct seen *list;
	size_t count;
	char wrong[400];
};

/* The index of a new entry. */
size_t ledger_add(struct ledger *ledger, const struct seen *seen);
void ledger_release(struct ledger *ledger);

/* The value of header NAME in HEAD, or "". */
void ledger_header(const char *head, const char *name, char *out, size_t size);

/* Fill in the digests of a whole body. */
void ledger_digest(struct seen *seen, const char *head, const char *body,
		   size_t len);

/* Has the provider ever answered a request under KEY? */
bool ledger_answered(const struct ledger *ledger, const char *key);

/* NULL, or what does not hold (borrowed). */
const char *ledger_check(struct ledger *ledger, struct fault_totals *totals);

/* Upload I, in the order in which they came; NULL: there were not so many. */
const struct seen *ledger_upload(const struct ledger *ledger, size_t i);

#endif
