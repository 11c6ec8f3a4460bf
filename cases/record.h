/* SPDX-License-Identifier: MIT */
/*
 * What the operator entered and what became of it: cases, drafts, documents,
 * submissions. A draft outlives the program when its function returned, and a
 * power cut when its mark is durable (store.h); a submission is made with its
 * key in the transaction that queues it.
 */
#ifndef CASES_RECORD_H
#define CASES_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cases/store.h"
#include "providers/provider.h"

/* The case of CUSTOMER at PROFILE, made if there is none. */
int case_open(struct case_store *store, const struct prov_profile *profile,
	      const char *customer, int64_t *case_id,
	      struct err *err) ERR_CHECKED;

/* What the answers of SCHEMA about PARTY (NULL: the customer) are kept under:
 * a form's name. free() it. */
char *case_form_name(const char *schema, const char *party);

/* One field of a form, as it is left ("" clears it). FORM is a form's name. */
int case_answer_put(struct case_store *store, int64_t case_id, const char *form,
		    const char *key, const char *value,
		    struct err *err) ERR_CHECKED;
/* Set all stored answers of FORM over what ANSWERS holds. */
int case_answers_load(struct case_store *store, int64_t case_id,
		      const char *form, struct form_answers *answers,
		      struct err *err) ERR_CHECKED;

/* The operator has looked at ANSWERS of FORM and stands by them: they count as
 * entered now. */
int case_answers_confirm(struct case_store *store, int64_t case_id,
			 const char *form, const struct form_answers *answers,
			 struct err *err) ERR_CHECKED;

/* Forget all stored answers of FORM. */
int case_answers_clear(struct case_store *store, int64_t case_id,
		       const char *form, struct err *err) ERR_CHECKED;

/* A slot of the checklist with what was chosen for it. One a case, type, side
 * and party: putting another one replaces it. */
struct case_document {
	int64_t id; /* 0: not stored yet */
	int64_t case_id;
	char *type; /* the provider's code */
	enum doc_side side;
	char *party;	 /* NULL: the customer itself */
	char country[4]; /* alpha-3 or "" */
	char *path;	 /* absolute; NULL: no file chosen yet */
	bool checked;	 /* FACTS and FINDINGS are filled */
	struct doc_facts facts;
	struct findings findings;
	struct form_answers *fields; /* extra fields; NULL: none */
	int64_t chosen_ms;	     /* unix */
};

struct case_document_list {
	struct case_document *list;
	size_t count;
};

void case_document_release(struct case_document *document);
void case_document_list_release(struct case_document_list *list);

/* Store DOCUMENT (its id is filled). */
int case_document_put(struct case_store *store, struct case_document *document,
		      struct err *err) ERR_CHECKED;
int case_document_remove(struct case_store *store, int64_t id,
			 struct err *err) ERR_CHECKED;
int case_documents(struct case_store *store, int64_t case_id,
		   struct case_document_list *out, struct err *err) ERR_CHECKED;

/* A step of a draft that was undone, or done again. */
struct case_change {
	char *form;	    /* a form's name; NULL: a slot */
	char *key;	    /* of the answer; NULL: all of FORM. A slot: type */
	enum doc_side side; /* of a slot */
	char *party;	    /* of a slot; NULL: the customer */
	/* The answer, or the path of the file, until now and from now on; ""
	 * where there was none. */
	char *was, *now;
	char was_country[4], now_country[4]; /* of a slot */
};

void case_change_release(struct case_change *change);

/* Undo the last change of what is drafted (case_answer_put, _answers_clear,
 * _document_put, _document_remove), or do again what was undone last. 1: CHANGE
 * tells which; 0: there is none; -1: ERR. What was queued since stays. */
int case_undo(struct case_store *store, int64_t case_id,
	      struct case_change *change, struct err *err) ERR_CHECKED;
int case_redo(struct case_store *store, int64_t case_id,
	      struct case_change *change, struct err *err) ERR_CHECKED;
/* Is there a step to undo? False where that cannot be read. */
bool case_undoable(struct case_store *store, int64_t case_id);

enum case_state {
	CASE_DRAFT, /* zero: nothing was queued */
	CASE_QUEUED,
	CASE_SENDING,
	CASE_ACCEPTED,
	CASE_REFUSED,
	CASE_UNSURE, /* sent, the answer was lost */
	CASE_CANCELLED,
};

const char *case_state_name(enum case_state state); /* "queued", … */

struct case_submission {
	int64_t id;
	int64_t case_id;
	char *customer;
	enum prov_rank rank; /* a form, a document, or the start */
	char *type;	     /* document code; NULL otherwise */
	enum doc_side side;
	char *party;
	char country[4];
	char *path;
	enum doc_kind kind;
	uint64_t bytes;
	char sha256[65];	      /* of the file; "" without one */
	char *schema;		      /* of a form; NULL otherwise */
	struct form_answers *answers; /* of a form, or extra fields */
	char *target;		      /* prov_requirement.target; or NULL */
	/* Goes in one request with others of the same bundle and party; NULL:
	 * alone. LEADER is the submission that speaks for all of them, 0
	 * before they first went. */
	char *bundle;
	int64_t leader;
	char key[37];
	int64_t key_made_ms;  /* unix */
	char body_sha256[65]; /* "" until first sent */
	enum case_state state;
	bool held;	  /* by the operator */
	bool sent_before; /* an attempt under this key may have arrived */
	unsigned attempts;
	/* Unix; waits until then. 0: no wait; INT64_MAX: until asked to. */
	int64_t next_ms;
	char *provider_id;
	char *code;		       /* of the last answer */
	char *message;		       /* sentence for staff */
	struct findings problems;      /* field errors of the last answer */
	int64_t queued_ms, settled_ms; /* unix; settled 0: not yet */
};

struct case_submission_list {
	struct case_submission *list;
	size_t count;
};

void case_submission_release(struct case_submission *submission);
void case_submission_list_release(struct case_submission_list *list);

/*
 * Queue what is drafted, with a new key, in one transaction; *SUBMISSION gets
 * its id. A document keeps its slot. ERR_INPUT when the draft has errors, no
 * file, an unsettled submission of the same thing is there already, the
 * customer takes nothing now, no more files may wait for review, or the
 * provider would refuse a copy. REQUIREMENT is what it is for (its target,
 * bundle and form are noted); NULL: the provider did not ask for it.
 */
int case_submit_document(struct case_store *store,
			 const struct prov_profile *profile, int64_t document,
			 const struct prov_requirement *requirement,
			 int64_t *submission, struct err *err) ERR_CHECKED;
/* A form, about the requirement's party; FORM is the requirement's own, or one
 * that the provider did not ask for (REQUIREMENT NULL, about PARTY). */
int case_submit_form(struct case_store *store,
		     const struct prov_profile *profile, int64_t case_id,
		     const struct prov_form *form,
		     const struct prov_requirement *requirement,
		     const char *party, const struct form_answers *answers,
		     int64_t *submission, struct err *err) ERR_CHECKED;
int case_submit_start(struct case_store *store,
		      const struct prov_profile *profile, int64_t case_id,
		      const struct prov_requirement *requirement,
		      int64_t *submission, struct err *err) ERR_CHECKED;

/* Oldest first. CASE_ID 0: all of PROFILE. UNSETTLED: only those that are not
 * accepted, refused or cancelled. */
int case_submissions(struct case_store *store,
		     const struct prov_profile *profile, int64_t case_id,
		     bool unsettled, struct case_submission_list *out,
		     struct err *err) ERR_CHECKED;
/* 1 filled, 0 no such, -1 ERR. */
int case_submission_load(struct case_store *store, int64_t id,
			 struct case_submission *out,
			 struct err *err) ERR_CHECKED;

/* Was the same thing (customer, type, side, party, digest) accepted already?
 * 1 and *SUBMISSION, 0, or -1 and ERR. */
int case_accepted_before(struct case_store *store,
			 const struct prov_profile *profile,
			 const char *customer, const char *type,
			 enum doc_side side, const char *party,
			 const char *sha256, int64_t *submission,
			 struct err *err) ERR_CHECKED;

/* The same for one that has no answer yet: it need not be queued again. */
int case_waiting_document(struct case_store *store,
			  const struct prov_profile *profile,
			  const char *customer, const char *type,
			  enum doc_side side, const char *party,
			  const char *sha256, int64_t *submission,
			  struct err *err) ERR_CHECKED;
/* Was a form about PARTY accepted already that says all of ANSWERS? Of one that
 * makes no party only the latest counts. */
int case_accepted_form(struct case_store *store, int64_t case_id,
		       const struct prov_form *form, const char *party,
		       const struct form_answers *answers, int64_t *submission,
		       struct err *err) ERR_CHECKED;
/* And for a form about PARTY with just these answers. */
int case_waiting_form(struct case_store *store, int64_t case_id,
		      const struct form_schema *schema, const char *party,
		      const struct form_answers *answers, int64_t *submission,
		      struct err *err) ERR_CHECKED;

#endif
