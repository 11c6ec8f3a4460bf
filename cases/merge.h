/* SPDX-License-Identifier: MIT */
/*
 * What the files that make the checklist share: merge.c puts the items in
 * order, merge_items.c says how each stands, merge_forms.c the same for forms,
 * merge_counts.c counts. Not for others.
 */
#ifndef CASES_MERGE_H
#define CASES_MERGE_H

#include <string.h>

#include "cases/checklist.h"

struct merge {
	struct case_checklist *list;
	int64_t stage_since_ms;
};

/* merge_items.c */
bool merge_is_about(const struct case_submission *submission,
		    const struct case_item *item);
bool merge_is_unsettled(const struct case_submission *submission);

/* Fill what follows from ITEM's requirement and side. */
void merge_item(const struct merge *merge, struct case_item *item);

/* merge_forms.c. One form a requirement of kind INFORMATION, with what the
 * provider knows of it; nothing is said of their drafts yet. */
void merge_forms_make(struct case_checklist *list);
void merge_forms_release(struct case_checklist *list);
/* And one for REQUIREMENT, which was made up for a form that was sent. */
void merge_form_gone(struct case_checklist *list,
		     const struct prov_requirement *requirement);
/* Do the answers of ITEM's form say something that was not sent, and did the
 * operator say it since? SUB: its latest submission that was not cancelled, or
 * NULL. */
bool merge_form_drafted(const struct merge *merge, const struct case_item *item,
			const struct case_submission *sub);
/* Is what SUB opened over, so that another one is wanted? */
bool merge_opens_again(const struct merge *merge,
		       const struct prov_requirement *requirement,
		       const struct case_submission *sub);

/* unasked.c. Requirements for what was chosen or sent and is not asked for. */
void merge_unasked_make(const struct provider *provider,
			struct case_checklist *list);
void merge_unasked_release(struct case_checklist *list);

/* merge_counts.c. What items mean for each other, and all the counts. */
void merge_count(struct case_checklist *list);
/* Is the form of item AT that of an item before it? It is filled in and sent
 * once, whatever it is asked for. */
bool merge_repeats_form(const struct case_checklist *list, size_t at);

#endif
