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
#include "forms/field.h"

struct provider;
struct prov_form;

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
	/* CORRECT_DATA: the field, by its key in a form of the provider's, a
	 * literal; NULL: not said. */
	const char *field;
};

enum prov_req_kind {
	PROV_REQ_OTHER, /* named by the provider, nothing we can send */
	PROV_REQ_DOCUMENT,
	PROV_REQ_INFORMATION, /* a form to be filled in */
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

/* A choice of a form that is known only now: the parties there are. */
struct prov_offer {
	char *field; /* key of a FORM_CHOICE field with FORM_OPEN */
	char *code;
	char *label;
};

struct prov_requirement {
	enum prov_req_kind kind;
	char *code;		     /* the provider's name for it */
	char *label;		     /* what a person reads; NULL: that of its
					type, form or kind */
	const struct doc_type *type; /* kind DOCUMENT; never NULL there */
	/* This side alone; NONE: all sides that its type has. */
	enum doc_side side;
	char *party; /* party id; NULL: the customer itself */
	/* Requirements of one party with the same group: any one of them will
	 * do. A literal, translated when shown; NULL: stands alone. */
	const char *group;
	bool optional;
	/* Offered by the adapter: the provider does not speak of it, so that
	 * its being missing says nothing. */
	bool unlisted;
	enum prov_req_status status;
	char *status_word; /* as the provider spelled it; may be NULL */
	struct prov_reason reason;

	/* Kind INFORMATION: the form; never NULL there. What the provider
	 * knows of it already, as the JSON object that
	 * form_answers_from_json() reads; NULL: nothing. */
	const struct prov_form *form;
	char *known;
	struct prov_offer *offers;
	size_t offer_count;

	/* Where it goes, in the adapter's own words: noted when it was read,
	 * given back as ctx->target when it is sent. NULL: nothing to note, or
	 * what an earlier form (prov_form.opens) will name. */
	char *target;
	/* All of one bundle (and party) go together in one request; NULL: it
	 * goes alone. */
	char *bundle;
};

struct prov_party {
	char *id;
	char *name;
	enum prov_kind kind;
	char *role; /* plain words, cleaned: "owner", "representative" */
	enum prov_stage stage;
	char *stage_word;
	/* Files that wait for review, and how many may; most 0: no limit. */
	unsigned pending, pending_most;
};

/* A document that the provider says it has. */
struct prov_paper {
	char *id;
	char *type; /* code of a doc_type; NULL: not known */
	/* Where the type is none or a guess: what its code begins with, for
	 * certain; NULL: nothing more is known. Not kept in the record. */
	char *begins;
	enum doc_side side;
	char *party; /* party id; NULL: the customer itself */
	/* Changes when it is replaced; compared, never shown. */
	char *version;
	int64_t made_ms; /* unix; 0: not said */
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
	/* The verification under way where that is a thing of its own, for
	 * the adapter; NULL: none. */
	char *record;
	struct prov_requirement *requirements;
	size_t requirement_count;
	struct prov_party *parties;
	size_t party_count;
	/* All documents it has, if it lists them: what is not among them has
	 * not arrived. */
	bool lists_papers;
	struct prov_paper *papers;
	size_t paper_count;
	unsigned pending, pending_most; /* as for a party */
	/* Why nothing can be sent now (a sentence), or NULL: it can. */
	char *closed_because;
};

void prov_customer_release(struct prov_customer *customer); /* empty after */

/* Append an empty one and return it; valid until the next append. */
struct prov_requirement *prov_customer_require(struct prov_customer *customer);
struct prov_party *prov_customer_add_party(struct prov_customer *customer);
struct prov_paper *prov_customer_add_paper(struct prov_customer *customer);

/*
 * Put the requirements in order: the customer's own, each party's in the order
 * of the parties, those of parties that are not listed; what starts the review
 * comes after all. Among those of one, PLACE_OF decides, and where it says the
 * same they stay as they were.
 */
void prov_customer_sort(struct prov_customer *customer,
			size_t (*place_of)(const struct prov_requirement *req));

/* Offer CODE (both copied) for FIELD of the form. */
void prov_requirement_offer(struct prov_requirement *requirement,
			    const char *field, const char *code,
			    const char *label);

/* The party with ID, borrowed; NULL: there is none. */
const struct prov_party *prov_customer_party(const struct prov_customer *c,
					     const char *id);

/* Do two party ids name the same? NULL, the customer itself, is like NULL. */
bool prov_same_party(const char *a, const char *b);

/* A copy of the requirement's form in which fields that have offers have them
 * as their choices; prov_schema_free() it before the requirement. */
struct form_schema *
prov_requirement_schema(const struct prov_requirement *requirement);
void prov_schema_free(struct form_schema *schema); /* NULL is fine */

/* The whole of it as JSON for the record, and back; PROVIDER resolves types,
 * forms and groups. */
void prov_customer_to_json(const struct prov_customer *customer,
			   struct buf *out);
int prov_customer_from_json(struct prov_customer *customer, const char *json,
			    const struct provider *provider,
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
