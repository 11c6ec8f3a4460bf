/* SPDX-License-Identifier: MIT */
/* What the tests of the Dwolla adapter share: calls put together and answers
 * read, without a wire. */
#ifndef TESTS_PROVIDERS_DWOLLA_CASE_H
#define TESTS_PROVIDERS_DWOLLA_CASE_H

#include "providers/provider.h"
#include "tests/providers/adapter_case.h"

#define DWOLLA_TOKEN "practice-token"
#define DWOLLA_KEY   "11111111-2222-4333-8444-555555555555"
#define DWOLLA_SELF  "3c90c3cc-0d44-4b50-8888-8dd25736052a"
#define DWOLLA_OWNER "55469604-40ab-44b6-962f-de2c0837ba98"

/* The steps of reading a customer. */
enum dwolla_step {
	DWOLLA_CUSTOMER,
	DWOLLA_PAPERS,
	DWOLLA_OWNERS,
	DWOLLA_OWNER_PAPERS,
	DWOLLA_CERTIFICATION,
};

struct prov_ctx dwolla_ctx(void);

/* A JPEG as the type CODE of HOLDER (a DOC_FOR_… flag). */
struct prov_document dwolla_document(const char *code, unsigned holder);

/* OP reads BODY. RESULT is the caller's. */
void dwolla_answer(const struct prov_op *op, const struct prov_ctx *ctx,
		   int status, const char *body, void *into,
		   struct prov_result *result);

/* STEP of reading customer ID reads BODY, for PARTY where it is about one. */
enum prov_outcome dwolla_read(enum dwolla_step step, const char *id,
			      const char *party, int status, const char *body,
			      struct prov_customer *customer);
/* The same of a stored answer, which must be understood. */
void dwolla_read_stored(enum dwolla_step step, const char *id,
			const char *party, const char *name,
			struct prov_customer *customer);

/* Reads BODY as customer "c" and settles it. */
void dwolla_read_customer(const char *body, struct prov_customer *customer);

/* A line for each requirement: '*' when it is a party's, its code, status, '?'
 * when it is optional, its group, the form's name, where it leads. free() it.
 */
char *dwolla_lines(const struct prov_customer *customer);
void dwolla_assert_lines(const struct prov_customer *customer,
			 const char *want);

#endif
