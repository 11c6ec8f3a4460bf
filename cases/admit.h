/* SPDX-License-Identifier: MIT */
/*
 * What can be known to be refused before a document is queued: that its draft
 * is not sound, that too much waits for review, that the provider has the very
 * same file. Each -1 is ERR_INPUT unless the record failed.
 */
#ifndef CASES_ADMIT_H
#define CASES_ADMIT_H

#include "cases/checklist.h"

/* Is DOCUMENT sound, for somebody of CUSTOMER? */
int admit_draft(const struct prov_profile *profile,
		const struct prov_customer *customer,
		const struct case_document *document,
		struct err *err) ERR_CHECKED;

/* May one more file of PARTY (NULL: the customer itself) wait for review? What
 * was sent after SEEN_MS, the provider did not count yet. 1: yes; 0: no, and
 * ERR says why. */
int admit_room(struct case_store *store, const struct prov_profile *profile,
	       const struct prov_customer *customer, int64_t seen_ms,
	       int64_t case_id, const char *party, struct err *err) ERR_CHECKED;

/* Would the provider take DOCUMENT for a copy? */
int admit_copy(struct case_store *store, const struct prov_profile *profile,
	       const struct prov_customer *customer,
	       const struct case_document *document,
	       struct err *err) ERR_CHECKED;

/* Say so beforehand: an error at each drafted document of LIST that is a copy
 * of one sent or drafted before. */
void admit_mark_copies(const struct prov_profile *profile,
		       struct case_checklist *list);

/* Such a mark is of its moment: one that came into the record with a later
 * check of the file means nothing there. */
void admit_unmark(struct findings *findings);

/* The first error of FINDINGS as the reason why WHAT is not queued. */
int admit_findings(const struct findings *findings, const char *what,
		   struct err *err) ERR_CHECKED;

#endif
