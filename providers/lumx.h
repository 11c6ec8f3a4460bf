/* SPDX-License-Identifier: MIT */
/*
 * What the files of the Lumx adapter share.
 *
 *   lumx.c          the provider, its builders, and readers of what was sent
 *   lumx_read.c     readers of lists, customers and parties
 *   lumx_wants.c    the requirement list: what Lumx says and what it implies
 *   lumx_reasons.c  why something was rejected, and where that leads
 *   lumx_types.c    document types as rows
 *   lumx_forms.c    the information forms as rows
 *   lumx_party.c    naming a new associated party
 *   lumx_create.c   making a customer
 */
#ifndef PROVIDERS_LUMX_H
#define PROVIDERS_LUMX_H

#include <jansson.h>

#include "providers/provider.h"
#include "providers/reply.h"

#define LUMX_TITLE "Lumx"

/* More of anything than this in one answer is not believed. */
#define LUMX_LIST_MOST 500

extern const struct doc_type lumx_types[];
extern const char *const lumx_groups[];
extern const struct form_schema lumx_individual;
extern const struct form_schema lumx_business;
extern const struct form_schema lumx_party;
extern const struct prov_form lumx_forms[]; /* by prov_kind, then others */

/* What all requests have in common (lumx.c): who asks, and, KEYED, the key for
 * repeats. -1: ERR_CREDENTIALS when the secret fits into no header, ERR_BUG
 * without a key. */
int lumx_headers(const struct prov_ctx *ctx, bool keyed,
		 struct prov_request *request, struct err *err);

/* A new associated party (lumx_party.c). */
int lumx_party_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err);
void lumx_party_sent(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result);

/* New customers (lumx_create.c). */
extern const struct prov_creation lumx_creations[];

/* By code in any case, as older pages have them in lower case; or NULL. */
const struct doc_type *lumx_type_find(const char *code);

/* Readers, as struct prov_op has them. */
void lumx_page_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		    void *into, struct prov_result *result);
void lumx_customer_read(const struct prov_reply *reply,
			const struct prov_ctx *ctx, void *into,
			struct prov_result *result);
void lumx_parties_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result);
void lumx_report_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result);

/* Which of the further calls does a customer need? */
bool lumx_has_parties(const struct prov_customer *so_far);
bool lumx_lacks_reasons(const struct prov_customer *so_far);

/* RESULT of an answer that is no success; words about a field of SCHEMA (may
 * be NULL) become problems. */
void lumx_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
	       const struct form_schema *schema, struct prov_result *result);

/* RESULT of making what SCHEMA (may be NULL) asks for: it has an id then. */
void lumx_made_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		    const struct form_schema *schema,
		    struct prov_result *result);

/* The requirement CODE of PARTY (NULL: the customer), new if it is not there;
 * valid until the next one is added. */
struct prov_requirement *lumx_want(struct prov_customer *customer,
				   const char *code, const char *party);

/* All that Lumx wants of CUSTOMER, whose texts and stage are filled; ROOT is
 * its JSON. Then all that it wants of PARTY. */
void lumx_want_of_customer(struct prov_customer *customer, const json_t *root);
void lumx_want_of_party(struct prov_customer *customer,
			const struct prov_party *party, const json_t *root);
/* When all is known for now: what goes together agrees, and the order is the
 * customer's first, each party's together, the start of the review last. */
void lumx_want_settle(struct prov_customer *customer);

/* Note the statusReason found in HOLDER (or its "verification") about PARTY
 * (NULL: the customer) on its requirements. */
void lumx_reasons(struct prov_customer *customer, const json_t *holder,
		  const char *party);

#endif
