/* SPDX-License-Identifier: MIT */
/*
 * What the files of the Dinie adapter share.
 *
 *   dinie.c         the provider, its builders, and readers of what was sent
 *   dinie_errors.c  what a failure means: statuses, codes, waiting, pace
 *   dinie_read.c    readers of lists and customers
 *   dinie_wants.c   the kyc array: what is wanted, sent, or to be corrected
 *   dinie_create.c  making a customer, and finding one
 *   dinie_types.c   document types, and the forms for single fields, as rows
 *
 * A side is part of a type's name at Dinie ("identity_card_front"); here it is
 * a side of the type without it, wherever that type is known to have sides.
 */
#ifndef PROVIDERS_DINIE_H
#define PROVIDERS_DINIE_H

#include <jansson.h>

#include "providers/provider.h"
#include "providers/reply.h"

#define DINIE_TITLE	 "Dinie"
#define DINIE_BIOMETRICS "biometrics"

/* The calls, in one place: another label of the API has others. */
#define DINIE_TOKEN	 "/auth/token"
#define DINIE_CUSTOMERS	 "/customers"
#define DINIE_CUSTOMER	 "/customers/%s"
#define DINIE_DOCUMENTS	 "/customers/%s/documents"
#define DINIE_SESSION	 "/customers/%s/biometrics"
#define DINIE_KEY_HEADER "Idempotency-Key"

/* More items than this of one customer are not believed. */
#define DINIE_LIST_MOST 500

extern const struct doc_type dinie_types[];
extern const struct doc_type dinie_open_type;
extern const struct prov_form dinie_forms[]; /* the last: all fields */

/*
 * The type that Dinie calls NAME, and the side that NAME says; NULL when it is
 * no name of a type. And back: what Dinie calls SIDE of TYPE; free() it. Where
 * that is not NAME again, NAME is the target of the requirement.
 */
const struct doc_type *dinie_type(const char *name, enum doc_side *side);
char *dinie_type_name(const struct doc_type *type, enum doc_side side);

/* The form for the field that Dinie calls NAME; all fields if it is none. */
const struct prov_form *dinie_form(const char *name);

/* What every call carries (dinie.c); KEYED: and the key, which must be there:
 * it makes something new. */
int dinie_headers(const struct prov_ctx *ctx, bool keyed,
		  struct prov_request *request, struct err *err);

/* New customers (dinie_create.c), and those who may be the same. */
extern const struct prov_creation dinie_creations[];
int dinie_find_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err);

/* As struct prov_op has them. */
int dinie_correction_build(const struct prov_ctx *ctx,
			   struct prov_request *request, struct err *err);
void dinie_correction_read(const struct prov_reply *reply,
			   const struct prov_ctx *ctx, void *into,
			   struct prov_result *result);
void dinie_page_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result);
void dinie_customer_read(const struct prov_reply *reply,
			 const struct prov_ctx *ctx, void *into,
			 struct prov_result *result);

/* RESULT of an answer that is no success; errors about a field of SCHEMA or
 * NAMES (each may be NULL) become problems. */
void dinie_fail(const struct prov_reply *reply, const struct prov_ctx *ctx,
		const struct form_schema *schema,
		const struct prov_field_name *names,
		struct prov_result *result);

/* Of every answer: https://dinie.nexaedge.dev/errors/rate-limit-exceeded */
void dinie_pace(const struct prov_reply *reply, int64_t now,
		struct prov_pace *pace);

/* What CUSTOMER, whose stage is that of its status word, still needs; ROOT is
 * its JSON. The stage follows: a rejected item calls for action. */
void dinie_want(struct prov_customer *customer, const json_t *root);

/* Is ROOT a customer of the newer interface, which this one cannot send to?
 * https://github.com/dinie-tech/sdk-js */
bool dinie_is_newer(const json_t *root);

#endif
