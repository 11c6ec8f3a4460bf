/* SPDX-License-Identifier: MIT */
/*
 * What a provider says of a customer, in our words: state, requirements,
 * parties, reasons. Adapters fill it; everybody above reads it.
 */
#ifndef PROVIDERS_CUSTOMER_H
#define PROVIDERS_CUSTOMER_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/buf.h"
#include "forms/document.h"
#include "forms/err.h"

enum prov_kind {
	PROV_INDIVIDUAL,
	PROV_BUSINESS,
};

/* The whole verification; words in prov_stage_name(). */
enum prov_stage {
	PROV_STAGE_UNKNOWN,
	PROV_STAGE_NOT_STARTED,
	PROV_STAGE_IN_REVIEW,
	PROV_STAGE_ACTION_NEEDED, /* something is wrong or missing */
	PROV_STAGE_APPROVED,
	PROV_STAGE_CLOSED, /* rejected for good: takes nothing any more */
};

/* Where a rejection leads. */
enum prov_next {
	PROV_NEXT_NONE,
	PROV_NEXT_NEW_PICTURE,
	PROV_NEXT_CORRECT_DATA,
	PROV_NEXT_OTHER_PAPER,
	PROV_NEXT_WAIT,
	PROV_NEXT_STOP,
};

/* All-zero: no reason. Texts are cleaned. */
struct prov_reason {
	char *code;    /* the provider's own; NULL: none */
	char *message; /* for staff: the provider's words */
	enum prov_next next;
};

enum prov_req_kind {
	PROV_REQ_OTHER, /* named by the provider, nothing we can send */
	PROV_REQ_DOCUMENT,
	PROV_REQ_INFORMATION, /* the additional-information form */
	PROV_REQ_TERMS,	      /* only the customer can do it, behind a link */
	PROV_REQ_START,	      /* asks the provider to begin its review */
};

enum prov_req_status {
	PROV_REQ_MISSING,
	PROV_REQ_SENT, /* arrived; nobody has said more */
	PROV_REQ_IN_REVIEW,
	PROV_REQ_ACCEPTED,
	PROV_REQ_REJECTED,
};

struct prov_requirement {
	enum prov_req_kind kind;
	char *code;		     /* the provider's name for it */
	const struct doc_type *type; /* kind DOCUMENT; never NULL there */
	char *party;		     /* party id; NULL: the customer itself */
	/* Requirements of one party with the same group: any one of them will
	 * do. A literal, translated when shown; NULL: stands alone. */
	const char *group;
	bool optional;
	enum prov_req_status status;
	char *status_word; /* as the provider spelled it; may be NULL */
	struct prov_reason reason;
};

struct prov_party {
	char *id;
	char *name;
	enum prov_kind kind;
	char *role; /* plain words, cleaned: "owner", "representative" */
	enum prov_stage stage;
	char *stage_word;
};

/* All-zero is a valid empty customer. All texts are cleaned of control bytes
 * but private: never log them. */
struct prov_customer {
	char *id;
	char *name;
	enum prov_kind kind;
	char country[4]; /* alpha-3 or "" */
	char *tax_id;
	char *email;
	enum prov_stage stage;
	char *stage_word;	   /* as the provider spelled it */
	struct prov_reason reason; /* of the whole verification */
	char *link;		   /* a hosted page for the customer, or NULL */
	/* What the provider already knows of the information form, as the
	 * JSON object that form_answers_from_json() reads; NULL: nothing. */
	char *information;
	struct prov_requirement *requirements;
	size_t requirement_count;
	struct prov_party *parties;
	size_t party_count;
	/* Why nothing can be sent now (a sentence), or NULL: it can. */
	char *closed_because;
};

void prov_customer_release(struct prov_customer *customer); /* empty after */

/* Append an empty one and return it; valid until the next append. */
struct prov_requirement *prov_customer_require(struct prov_customer *customer);
struct prov_party *prov_customer_add_party(struct prov_customer *customer);

/* The party with ID, borrowed; NULL: there is none. */
const struct prov_party *prov_customer_party(const struct prov_customer *c,
					     const char *id);

/* The whole of it as JSON for the record, and back; TYPES resolves document
 * types and GROUPS (NULL-terminated) resolves group literals. */
void prov_customer_to_json(const struct prov_customer *customer,
			   struct buf *out);
int prov_customer_from_json(struct prov_customer *customer, const char *json,
			    const struct doc_type *types,
			    const char *const *groups,
			    struct err *err) ERR_CHECKED;

/* One page of a customer list. Its customers have no requirements yet. */
struct prov_page {
	struct prov_customer *customers;
	size_t count;
	char *next; /* cursor of the next page; NULL: this was the last */
};

/* Append an empty customer and return it; valid until the next append. */
struct prov_customer *prov_page_add(struct prov_page *page);
void prov_page_release(struct prov_page *page);

/* As they stand in the record and in JSON; never renamed. */
const char *prov_kind_name(enum prov_kind kind);    /* "individual" … */
const char *prov_stage_name(enum prov_stage stage); /* "action_needed" … */
const char *prov_next_name(enum prov_next next);    /* "new_picture" … */

#endif
