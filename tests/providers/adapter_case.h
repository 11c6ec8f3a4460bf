/* SPDX-License-Identifier: MIT */
/*
 * What the tests of all adapters share: requests looked into, and answers put
 * into a reader, without a wire. What only one provider's tests share is in
 * dwolla_case.h and zro_case.h.
 */
#ifndef TESTS_PROVIDERS_ADAPTER_CASE_H
#define TESTS_PROVIDERS_ADAPTER_CASE_H

#include "providers/provider.h"

/* The value of the header NAME, in any case; borrowed from REQUEST. NULL: there
 * is none. */
const char *adapter_header(const struct prov_request *request,
			   const char *name);

/* REQUEST asks METHOD of PATH with no body, authorised by TOKEN, and has KEY
 * for its repeats (NULL: it has none). */
void adapter_assert_call(const struct prov_request *request, const char *method,
			 const char *path, const char *token, const char *key);

/* The stored answer PROVIDER/NAME.json beside the tests; free() it. */
char *adapter_stored(const char *provider, const char *name);
/* A row's BODY: "@name" is the stored one, other text is itself. free() it. */
char *adapter_body(const char *provider, const char *body);

/* BODY, which stays the caller's and must live as long, as a whole answer to a
 * request that went out whole. */
struct prov_reply adapter_reply(int status, const char *body);

/* OP reads BODY into INTO; the rest of its result is dropped. Whatever is not
 * accepted must say why. */
enum prov_outcome adapter_read(const struct prov_op *op,
			       const struct prov_ctx *ctx, int status,
			       const char *body, void *into);

/* How lines of requirements name a status. Never NULL. */
const char *adapter_status(const struct prov_requirement *req);

#endif
