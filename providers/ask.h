/* SPDX-License-Identifier: MIT */
/*
 * Questions that take several calls: all pages of a customer list, or a
 * customer with its requirements, parties and reasons. Reads are repeated when
 * the provider is busy, three times at most, never sooner than it asks; once
 * where it cannot be reached.
 */
#ifndef PROVIDERS_ASK_H
#define PROVIDERS_ASK_H

#include "providers/call.h"

struct prov_asking; /* lives until its last callback returned */

/* One page of customers. MORE: another will follow. Return false to stop.
 * PAGE is NULL when the question failed: ERR says why; nothing follows. */
typedef bool prov_page_fn(void *arg, const struct prov_page *page, bool more,
			  const struct err *err);

/* Called once: CUSTOMER, or NULL and ERR. CUSTOMER may be swapped out with an
 * empty one (the caller of the callback releases what is left in it). */
typedef void prov_customer_fn(void *arg, struct prov_customer *customer,
			      const struct err *err);

/* A page for the customer alone: CODE and PARTY are the requirement's. */
typedef void prov_link_fn(void *arg, const struct prov_link *link,
			  const struct err *err);

/* XFER and PROFILE must outlive the question. -1 and ERR: it was not asked,
 * no callback follows. ASKING (may be NULL) is for prov_ask_cancel. */
int prov_ask_customers(struct xfer *xfer, const struct prov_profile *profile,
		       prov_page_fn *page, void *arg,
		       struct prov_asking **asking,
		       struct err *err) ERR_CHECKED;
int prov_ask_customer(struct xfer *xfer, const struct prov_profile *profile,
		      const char *id, prov_customer_fn *done, void *arg,
		      struct prov_asking **asking, struct err *err) ERR_CHECKED;
int prov_ask_link(struct xfer *xfer, const struct prov_profile *profile,
		  const char *customer, const char *code, const char *party,
		  prov_link_fn *done, void *arg, struct prov_asking **asking,
		  struct err *err) ERR_CHECKED;

/*
 * Is somebody there whom ANSWERS of CREATION (a constant) are about? DONE gets
 * him as a list shows him, or a customer without an id: nobody is.
 */
int prov_ask_alike(struct xfer *xfer, const struct prov_profile *profile,
		   const struct prov_creation *creation,
		   const struct form_answers *answers, prov_customer_fn *done,
		   void *arg, struct prov_asking **asking,
		   struct err *err) ERR_CHECKED;

/* From now on it is not repeated when the provider is busy. */
void prov_ask_once(struct prov_asking *asking);

/* No callback follows. */
void prov_ask_cancel(struct prov_asking *asking);

#endif
