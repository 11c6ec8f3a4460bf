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
	int64_t noted_ms; /* unix; its last attempt, while it waits; or 0 */
	bool key_used;	  /* something went under its key */
	int64_t key_made_ms;
	int64_t queued_ms, settled_ms;
};

bool submission_is_open(const struct submission_brief *brief); /* unsettled */

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

/* What the provider called what the latest accepted submission of SCHEMA in
 * CASE_ID made, and when that was settled: 1; there is none: 0; -1: ERR. */
int submission_made(struct case_store *store, int64_t case_id,
		    const char *schema, char **made, int64_t *settled_ms,
		    struct err *err) ERR_CHECKED;

/* Those that go in one request, lowest id first. */
struct submission_group {
	int64_t *ids;
	size_t count;
};

/*
 * Who goes with ID: once it went, all that went with it; before, all of its
 * bundle and party that wait and are not held (HELD_TOO: those as well);
 * without a bundle, itself.
 */
int submission_group(struct case_store *store, int64_t id, bool held_too,
		     struct submission_group *out, struct err *err) ERR_CHECKED;
void submission_group_release(struct submission_group *group);

/* They cannot go without others: parked, and MESSAGE says for whom they wait.
 * bundle_wake(): one that waits so is due again, as another has come; 1: it
 * is; 0: it does not wait so; -1: ERR. */
int bundle_park(struct case_store *store, int64_t id, const char *message,
		struct err *err) ERR_CHECKED;
int bundle_wake(struct case_store *store, int64_t id,
		struct err *err) ERR_CHECKED;
/* What LEADER led and cannot have arrived may go with others. */
int bundle_dissolve(struct case_store *store, int64_t leader,
		    struct err *err) ERR_CHECKED;

/* What is fixed before the first byte leaves. All borrowed. */
struct submission_start {
	const struct submission_group *group; /* the first one leads */
	unsigned attempts; /* the leader's, when it was looked at */
	const char *key;
	const char *body_sha256;
	const char *target; /* where it goes; NULL: as it stands */
	const char *papers; /* evidence_before(); counts the first time */
};

/*
 * Claim all of START's group and note that an attempt begins, before anything
 * is sent. *NUMBER is the attempt's. 1: begun; 0: another process has it, or
 * it is not what it was; -1: ERR.
 */
int submission_begin(struct case_store *store,
		     const struct submission_start *start, unsigned *number,
		     struct err *err) ERR_CHECKED;

/* Attempt NUMBER of OLD was begun, and no byte of it has left: it waits again,
 * as it was when it was loaded, with TRIES. */
int submission_withdraw(struct case_store *store,
			const struct case_submission *old, unsigned tries,
			unsigned number, struct err *err) ERR_CHECKED;

/* How an attempt ended, or what was decided without one. All borrowed. */
struct submission_end {
	enum case_state state;
	bool sent_before;
	bool new_key;
	bool alone; /* nothing of this is about those it leads */
	bool spent; /* it may not be tried again by itself */
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

/* Write END down for ID and all it leads: the submissions, the attempt and an
 * event for each, in one go. */
int submission_end(struct case_store *store, int64_t id,
		   const struct submission_end *end,
		   struct err *err) ERR_CHECKED;

/* Keep ID and who goes with it back until somebody asks, or let them go again.
 * MESSAGE (with CODE; may be NULL: nothing new is said) goes with it. */
int submission_hold(struct case_store *store, int64_t id, bool held,
		    const char *code, const char *message,
		    struct err *err) ERR_CHECKED;
/* Due now, with who goes with it, and all automatic tries given back. */
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

/* Settle what is unsure by what the provider says it has, as far as that can
 * be told at any time. */
int submissions_compare(struct case_store *store,
			const struct prov_profile *profile,
			const struct prov_customer *customer,
			struct err *err) ERR_CHECKED;

/* CUSTOMER was asked for at ASKED_MS (unix) because of what is unsure: decide
 * what becomes of that. */
int doubts_answered(struct case_store *store,
		    const struct prov_profile *profile,
		    const struct prov_customer *customer, int64_t asked_ms,
		    struct err *err) ERR_CHECKED;
/* It could not be asked for, and WHY: later again, a few times. */
int doubts_unanswered(struct case_store *store,
		      const struct prov_profile *profile, const char *customer,
		      const char *why, struct err *err) ERR_CHECKED;

/* How the provider said the thing stands, one word for the record: a
 * requirement's status, or for the start that is no form the stage. "" when
 * not known. TYPE is a document's code or the name of a form's schema. */
const char *submission_standing(const struct prov_customer *customer,
				enum prov_rank rank, const char *type,
				enum doc_side side, const char *party);

/* Does STANDING say that it is still wanted; or that it is there? */
bool standing_wants(enum prov_rank rank, const char *type,
		    const char *standing);
bool standing_is_there(enum prov_rank rank, const char *type,
		       const char *standing);

/* Is PROVIDER asked what it has before anything is sent there again? */
bool submission_asks_first(const struct provider *provider);

/*
 * Is what became of something unsure found out by asking PROVIDER what it has,
 * and not by sending it once more under its key? So where the provider is
 * asked first, and where the key is forgotten or holds a failure (nothing went
 * under the new one: KEY_USED). False where it cannot be asked.
 */
bool submission_is_asked_about(const struct provider *provider, bool key_used,
			       int64_t key_made_ms, int64_t now);

/* Does the provider still remember KEY_MADE_MS's key now? */
bool submission_key_lives(const struct provider *provider, int64_t key_made_ms,
			  int64_t now);

/* cases/paper.c */
int document_load(struct case_store *store, int64_t id,
		  struct case_document *out, struct err *err) ERR_CHECKED;

#endif
