/* SPDX-License-Identifier: MIT */
/*
 * The checklist: the provider's requirements merged with what was drafted and
 * sent here. One item a slot: a type with two sides has two. The wizard and
 * `kyc status` show the same one.
 */
#ifndef CASES_CHECKLIST_H
#define CASES_CHECKLIST_H

#include "cases/customers.h"
#include "cases/record.h"

enum case_item_state {
	CASE_ITEM_MISSING,
	CASE_ITEM_DRAFT,  /* chosen or filled in, not queued */
	CASE_ITEM_QUEUED, /* in the outbox, no answer yet */
	CASE_ITEM_SENT,	  /* arrived */
	CASE_ITEM_IN_REVIEW,
	CASE_ITEM_ACCEPTED,
	CASE_ITEM_REJECTED, /* by the provider: refused, or in review */
	CASE_ITEM_UNSURE,
	CASE_ITEM_NOT_NEEDED, /* another one of its group is chosen */
};

/* "missing", "draft", "sent" (also while queued), "in_review", … as
 * `kyc status --json` promises. NOT_NEEDED is "missing" there. */
const char *case_item_state_name(enum case_item_state state);

/* A form of the checklist: its draft over what the provider knows. A form that
 * makes a new party begins empty again once it was sent. */
struct case_form {
	const struct prov_requirement *requirement; /* in the checklist */
	struct form_schema *schema;   /* with the choices that are offered */
	char *name;		      /* case_form_name() */
	struct form_answers *answers; /* never NULL */
	struct findings findings;     /* what is still wrong with them */
	int64_t set_ms; /* unix; when its draft was touched; 0: there is none */
};

/* The customer, or one party: a stretch of the items, with its own counts as
 * for the whole. */
struct case_part {
	const struct prov_party *party; /* NULL: the customer */
	size_t first, count;
	unsigned missing, rejected;
};

struct case_item {
	const struct prov_requirement *requirement; /* in the checklist */
	const struct case_form *form; /* kind INFORMATION; never NULL there */
	enum doc_side side;
	bool side_optional; /* this side may be left out */
	enum case_item_state state;
	const struct case_document *document;	  /* the draft, or NULL */
	const struct case_submission *submission; /* the latest, or NULL */
	const struct prov_reason *reason;	  /* of a rejection, or NULL */
	/* It is ready, but goes only together with others that are not. */
	bool waits;
	/* Chosen or sent here, but the provider does not ask for it: shown,
	 * never counted as rejected, never queued with the rest. */
	bool unasked;
};

/* All-zero is empty. Everything points into the checklist itself. */
struct case_checklist {
	int64_t case_id;
	int64_t seen_ms; /* unix; how old the provider's part is; 0: never */
	struct prov_customer customer;
	struct case_document_list documents;
	/* Of this case, oldest first. */
	struct case_submission_list submissions;
	struct case_form *forms; /* one a requirement of kind INFORMATION */
	size_t form_count;
	struct case_form *gone; /* of those that are not asked for any more */
	size_t gone_count;
	/* Since when each requirement (in their order) is known to be rejected
	 * as it reads now, unix; 0: it is not. NULL: as the stage. */
	int64_t *rejected_ms;
	/* Made up for what was chosen or sent and is not asked for. */
	struct prov_requirement *unasked;
	size_t unasked_count;
	struct case_item *items;     /* customer first, then party by party */
	struct prov_reason *reasons; /* of refused submissions, in their order;
					what items point to; NULL: not merged */
	size_t count;
	struct case_part *parts; /* the customer is the first, always there */
	size_t part_count;
	unsigned missing; /* required and nothing chosen; a group counts once,
			     the start, which is no thing to bring, never */
	unsigned ready;	  /* drafts without errors, not queued */
	unsigned rejected;
	unsigned in_flight; /* queued, sending, unsure */
};

/* From the record alone: never waits for a network. A customer never seen has
 * no items, and no case if none was opened (case_id 0). CHECKLIST comes in
 * empty or loaded before (it is replaced). */
int case_checklist_load(struct case_store *store,
			const struct prov_profile *profile,
			const char *customer, struct case_checklist *checklist,
			struct err *err) ERR_CHECKED;
void case_checklist_release(struct case_checklist *checklist);

/* The same without the record, for tests: all but ITEMS, PARTS and the counts
 * comes in filled. STAGE_SINCE_MS: when the stage was first seen as it is;
 * what was accepted after a rejection was seen counts as sent. */
void case_checklist_merge(struct case_checklist *checklist,
			  int64_t stage_since_ms);

/* The form of SCHEMA about PARTY (NULL: the customer); with SCHEMA NULL the
 * first that is about the customer and makes no party. NULL: not asked for. */
const struct case_form *
case_checklist_form(const struct case_checklist *checklist, const char *schema,
		    const char *party);

/* Is ITEM of LIST a draft without errors? */
bool case_item_ready(const struct case_item *item,
		     const struct case_checklist *list);

/*
 * Queue everything that is ready and need not wait for others of its bundle:
 * forms first, then documents (front before back), and the start where only
 * it is left and AND_START. *QUEUED gets how many. What has errors stays a
 * draft.
 */
int case_checklist_submit(struct case_store *store,
			  const struct prov_profile *profile,
			  const struct case_checklist *checklist,
			  bool and_start, unsigned *queued,
			  struct err *err) ERR_CHECKED;

#endif
