/* SPDX-License-Identifier: MIT */
/*
 * New customers: people who are not at the provider yet. Each is a row among
 * the customers, under an id of ours that can be no provider's, with a case of
 * his own: what is filled in stays there field by field, and goes through the
 * outbox like all else. When the provider has made him, row and case get his
 * id there in the transaction that says so; where somebody of that id is in
 * the record already, they become his.
 */
#ifndef CASES_NEWCOMER_H
#define CASES_NEWCOMER_H

#include "cases/record.h"

struct case_newcomer {
	char *id;
	int64_t case_id;
	const struct prov_creation *creation;
	struct form_answers *answers;
	struct case_submission last; /* id 0: he was never queued */
};

/* Is CUSTOMER an id of ours? */
bool case_newcomer_is(const char *customer);

/* Begin one with ANSWERS (may be empty). OUT is filled. */
int case_newcomer_begin(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_creation *creation,
			const struct form_answers *answers,
			struct case_newcomer *out, struct err *err) ERR_CHECKED;
/* OUT, which is released first: 1; there is none called ID (any more): 0; -1:
 * ERR. */
int case_newcomer_load(struct case_store *store,
		       const struct prov_profile *profile, const char *id,
		       struct case_newcomer *out, struct err *err) ERR_CHECKED;
void case_newcomer_release(struct case_newcomer *newcomer); /* empty after */

/* Has his latest submission no answer yet? Then nothing of him may change. */
bool case_newcomer_waits(const struct case_newcomer *newcomer);

/* Is what is filled in what was sent last? */
bool case_newcomer_is_as_sent(const struct case_newcomer *newcomer);

/* One answer as it is left, and what the list shows of it. NEWCOMER has it even
 * where the record fails: it is what is on the screen. ERR_INPUT while he
 * waits. */
int case_newcomer_put(struct case_store *store,
		      const struct prov_profile *profile,
		      struct case_newcomer *newcomer, const char *key,
		      const char *value, struct err *err) ERR_CHECKED;

/* case_undo(), or REDO: case_redo(), of what was filled in; NEWCOMER follows.
 */
int case_newcomer_undo(struct case_store *store,
		       const struct prov_profile *profile,
		       struct case_newcomer *newcomer, bool redo,
		       struct case_change *change, struct err *err) ERR_CHECKED;

/* Queue him; as case_submit_form(). */
int case_newcomer_submit(struct case_store *store,
			 const struct prov_profile *profile,
			 const struct case_newcomer *newcomer,
			 int64_t *submission, struct err *err) ERR_CHECKED;

/*
 * The same for who has all answers at once. What was asked for before with
 * these very answers is not asked for again: *SUBMISSION is that of then. 1:
 * queued, or it waits; 0: accepted before; -1: ERR.
 */
int case_newcomer_queue(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_creation *creation,
			const struct form_answers *answers, int64_t *submission,
			struct err *err) ERR_CHECKED;

/* Forget him: what was filled in, noted and put aside, and what was refused of
 * it, receipts included; that it was tried stays in the trail alone. ERR_INPUT
 * while he waits. */
int case_newcomer_discard(struct case_store *store,
			  const struct prov_profile *profile, const char *id,
			  struct err *err) ERR_CHECKED;

#endif
