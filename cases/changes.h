/* SPDX-License-Identifier: MIT */
/*
 * What was changed of a case's draft, step by step, so that it can be undone
 * and done again: one answer, one slot, or all answers of a form. Whoever
 * writes a draft notes before it what is there now; nothing else has to be
 * done for it to be undone. The steps are kept in the record, and forgotten
 * with what they tell of: a queued form or slot leaves none, nor do answers
 * that the provider holds by now.
 */
#ifndef CASES_CHANGES_H
#define CASES_CHANGES_H

#include "cases/record.h"

#define CHANGES_MOST 200 /* steps of a case that are kept */

/* Where a step changes something. All borrowed. */
struct change_place {
	int64_t case_id;
	const char *form;   /* its name; NULL: a slot */
	const char *key;    /* of an answer; NULL: all of FORM. A slot: type */
	enum doc_side side; /* of a slot */
	const char *party;  /* of a slot; NULL: the customer */
};

/* PLACE will be changed: a step, and what was undone before is done for. */
int change_note(struct case_store *store, const struct change_place *place,
		struct err *err) ERR_CHECKED;

/* PLACE (a slot, or all of a form) was queued: its steps are no more. */
int changes_drop(struct case_store *store, const struct change_place *place,
		 struct err *err) ERR_CHECKED;

/* The same for what its steps tell of answers set until UNTIL_MS. */
int changes_forget(struct case_store *store, int64_t case_id, const char *form,
		   int64_t until_ms, struct err *err) ERR_CHECKED;

#endif
