/* SPDX-License-Identifier: MIT */
/*
 * What was sent from here, compared with what the provider says it has: each
 * difference by name. Pure: it looks at nothing but the checklist. No provider
 * says size or digest of what it has; if one does, a kind for that belongs
 * here.
 */
#ifndef CASES_RECONCILE_H
#define CASES_RECONCILE_H

#include "cases/checklist.h"

enum case_difference_kind {
	CASE_DIFF_NOT_THERE, /* accepted, but the provider does not have it */
	CASE_DIFF_NOT_OURS,  /* it has something that nobody sent from here */
	CASE_DIFF_UNSURE,    /* sent, the answer lost, not decided yet */
};

/* What it is about; all borrowed from the checklist, what does not apply is
 * NULL. */
struct case_difference {
	enum case_difference_kind kind;
	const struct case_submission *submission; /* ours */
	const struct prov_paper *paper;		  /* theirs, where listed */
	const struct prov_requirement *requirement;
	const struct prov_party *party; /* whom it is about; NULL: customer */
	const char *type;		/* document code, or name of a schema */
	enum doc_side side;
	bool beside; /* theirs, and one of ours is there as well */
};

struct case_differences {
	struct case_difference *list;
	size_t count;
};

/* OUT comes in empty; it points into CHECKLIST, which must outlive it. Of a
 * customer that was never read there is nothing to compare. In the order of
 * the submissions, then of what the provider lists. */
void case_reconcile(const struct case_checklist *checklist,
		    struct case_differences *out);
void case_differences_release(struct case_differences *differences);

/* Does LABEL, a provider's own, say which SIDE it is about? */
bool case_label_names_side(const char *label, enum doc_side side);

/* "not_there", "not_ours", "unsure": for JSON, never renamed. */
const char *case_difference_name(enum case_difference_kind kind);

/* A sentence for staff that says what it is and what can be done about it;
 * free() it. */
char *case_difference_words(const struct case_difference *difference,
			    const struct provider *provider);

#endif
