/* SPDX-License-Identifier: MIT */
/*
 * A submission's way from state to state. Each function is one transaction
 * that ends with a line in the audit trail; nothing else writes the table.
 */
#ifndef CASES_SUBMISSION_H
#define CASES_SUBMISSION_H

#include "cases/record.h"

/* next_ms of what goes on only when somebody asks. */
#define SUBMISSION_PARKED INT64_MAX

/* What the outbox must know of each, without its content. */
struct submission_brief {
	int64_t id;
	int64_t case_id;
	enum prov_rank rank;
	char *type; /* document code, or the schema of a form */
	enum doc_side side;
	char *party;
	char *bundle;	/* "": goes alone */
	int64_t leader; /* of its bundle; 0: it did not go yet */
	enum case_state state;
	bool held;
	bool mine; /* claimed by this process */
	int64_t next_ms;
	int64_t queued_ms, settled_ms;
};

struct submission_briefs {
	struct submission_brief *list;
	size_t count;
};

void submission_briefs_release(struct submission_briefs *briefs);

/*
 * All submissions, settled ones too, of each case in which one of PROFILE is
 * unsettled, by case and oldest first. AFTER: only cases that have unsettled
 * ones with a higher id; ONLY_CASE: that case alone; 0: no such limit.
 */
int submission_briefs(struct case_store *store,
		      const struct prov_profile *profile, int64_t after,
		      int64_t only_case, struct submission_briefs *out,
		      struct err *err) ERR_CHECKED;

/* What the record keeps and struct case_submission does not show. */
struct submission_extra {
	char *endpoint;
	enum prov_kind holder;
	unsigned tries; /* automatic ones, since it was last woken */
};

/* OUT comes in empty and stays so when there is no such submission. */
int submission_extra(struct case_store *store, int64_t id,
		     struct submission_extra *out, struct err *err) ERR_CHECKED;
void submission_extra_release(struct submission_extra *extra);

/*
 * Claim ID and note that an attempt with KEY and the body BODY_SHA256 begins,
 * before anything is sent. *NUMBER is the attempt's. 1: begun; 0: another
 * process has it, or it is not waiting to be sent any more; -1: ERR.
 */
int submission_begin(struct case_store *store, int64_t id, const char *key,
		     const char *body_sha256, unsigned *number,
		     struct err *err) ERR_CHECKED;

/* How an attempt ended, or what was decided without one. All borrowed. */
struct submission_end {
	enum case_state state;
	bool sent_before;
	bool new_key;
	int64_t next_ms;
	const char *code;
	const char *message;
	const char *provider_id;
	const struct findings *problems; /* NULL: none */
	/* Of the attempt; number 0: there was none. */
	unsigned number;
	const char *ended; /* "answer", "lost", … */
	const char *outcome;
	const char *log_id;
	int status;
	uint64_t sent;
};

/* Write END down: the submission, its attempt and an event, in one go. */
int submission_end(struct case_store *store, int64_t id,
		   const struct submission_end *end,
		   struct err *err) ERR_CHECKED;

/* Keep ID back until somebody asks, or let it go again. MESSAGE (with CODE;
 * may be NULL: nothing new is said) goes with it. */
int submission_hold(struct case_store *store, int64_t id, bool held,
		    const char *code, const char *message,
		    struct err *err) ERR_CHECKED;
/* Due now, and all automatic tries given back. */
int submission_wake(struct case_store *store, int64_t id,
		    struct err *err) ERR_CHECKED;
/* Say why it waits; no line in the trail, and nothing if it says so now. */
int submission_note(struct case_store *store, int64_t id, const char *code,
		    const char *message, struct err *err) ERR_CHECKED;

/* What processes that are gone left as sending becomes unsure; OWN_TOO: and
 * what this one has, who knows of none on the wire. *OTHERS: how many are
 * being sent by processes that live. */
int submissions_recover(struct case_store *store,
			const struct prov_profile *profile, bool own_too,
			unsigned *others, struct err *err) ERR_CHECKED;

/* Drop the drafted answers that the provider now holds as they were sent:
 * kept, they would hide what is changed over there. */
int answers_forget_sent(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer,
			struct err *err) ERR_CHECKED;

/* Settle what is unsure by what the provider says it has. */
int submissions_compare(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer,
			struct err *err) ERR_CHECKED;

/* How the provider said the thing stands, one word for the record: a
 * requirement's status, or for the start the stage. "" when not known. */
const char *submission_standing(const struct prov_customer *customer,
				enum prov_rank rank, const char *type,
				const char *party);

/* Does the provider still remember KEY_MADE_MS's key now? */
bool submission_key_lives(const struct provider *provider, int64_t key_made_ms,
			  int64_t now);

/* cases/paper.c */
int document_load(struct case_store *store, int64_t id,
		  struct case_document *out, struct err *err) ERR_CHECKED;

#endif
