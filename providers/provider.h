/* SPDX-License-Identifier: MIT */
/*
 * providers: how each provider wants it. An adapter turns the model into a
 * request and a reply into the model, and does nothing else: no socket, file,
 * clock, random number or static variable. Beside the adapters stands the
 * wire. This room must never know the record or the screen.
 *
 *   provider.c     the registry, names, ids, endpoints
 *   request.[ch]   a call and its answer as plain data
 *   multipart.c    multipart/form-data bodies, the same bytes every time
 *   customer.[ch]  what a provider says of a customer
 *   reply.[ch]     what all readers share: sentences and outcomes of errors
 *   lumx*.[ch]     Lumx; lumx.h has the map
 *   call.[ch]      one call: build, send, read
 *   ask.[ch]       questions that take several calls: lists, a customer
 *   xfer*.[ch]     the wire on libcurl; xfer_private.h has the map
 *   body.[ch]      a request's body as a stream, hashed as it goes
 *   answer.[ch]    an answer as it comes in, under its ceilings
 *   sandbox/       the practice server; sandbox/sandbox.h has the map
 */
#ifndef PROVIDERS_PROVIDER_H
#define PROVIDERS_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/form.h"
#include "providers/customer.h"
#include "providers/request.h"

/* Configured access to a provider; filled by who reads the configuration. */
struct prov_profile {
	char *name;
	const struct provider *provider;
	char *endpoint;	   /* "https://host[:port]", no slash at the end */
	char *secret;	   /* API key; NULL: not fetched. Wiped when freed */
	char *ca_file;	   /* a private CA, or NULL */
	unsigned parallel; /* transfers at once, 1..16 */
};

/* What a document is, said without its bytes. All borrowed. */
struct prov_document {
	const struct doc_type *type;
	enum doc_side side;
	const char *country; /* alpha-3 or "" */
	const char *party;   /* party id or NULL */
	enum doc_kind kind;
	uint64_t bytes;
	const struct form_answers *fields; /* -i KEY=VALUE; may be NULL */
};

/* Everything a builder may look at. All borrowed; what an operation does not
 * need may be NULL. */
struct prov_ctx {
	const char *secret;   /* API key or access token */
	const char *customer; /* id */
	enum prov_kind kind;
	const char *key;    /* idempotency key, a UUID v4 */
	const char *cursor; /* of the page wanted; NULL: the first */
	const struct prov_document *document;
	const struct form_schema *schema;
	const struct form_answers *answers;
	const char *language; /* "en", "pt-BR" */
	int64_t now;	      /* unix milliseconds */
};

enum prov_outcome {
	PROV_UNSURE, /* zero: a forgotten assignment can never look accepted */
	PROV_ACCEPTED,
	PROV_REFUSED, /* this item, unchanged, will not be taken */
	PROV_AGAIN,   /* later; see the waiting fields */
	PROV_DENIED,  /* the credentials: nothing of this profile will go */
};

/* What a reader makes of a reply. All-zero is "unsure, no words". */
struct prov_result {
	enum prov_outcome outcome;
	char *code;	   /* machine word: the provider's, or "http_503" */
	char *message;	   /* sentence for staff, cleaned */
	char *provider_id; /* what the provider calls the new thing */
	char *log_id;	   /* to quote to the provider's support */
	struct findings problems; /* field = key in our schema, where known */
	int64_t wait_ms; /* AGAIN: not before; -1: as the caller sees fit */
	bool new_key;	 /* AGAIN: the old key holds the failure */
	/* The provider says that this is the answer it stored under the key:
	 * no attempt under it got another one. */
	bool stored;
	/* REFUSED: perhaps only because an earlier attempt under the key has
	 * not ended there yet. */
	bool may_be_running;
	unsigned most_attempts; /* AGAIN: give up after; 0: the default */
};

void prov_result_release(struct prov_result *result); /* empty after */

/*
 * One thing a provider can do: how to ask, and how to read the answer. Both
 * are pure. READ sees only whole answers (end ANSWER); what happened to the
 * others is the same for every provider and decided in call.c. READ never
 * fails: an answer that cannot be understood is PROV_UNSURE. INTO is what the
 * operation fills: prov_page, prov_customer, prov_link, or NULL.
 */
struct prov_op {
	int (*build)(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err);
	void (*read)(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result);
};

/*
 * A customer may take several calls to read. Calls are numbered from 0; WANTED
 * says whether call NUMBER is needed, given what the earlier ones found, and
 * the question ends at the first number past COUNT. A refused optional call
 * (an old page, a 404) is skipped.
 */
struct prov_read_step {
	struct prov_op op;
	bool (*wanted)(const struct prov_customer *so_far); /* NULL: always */
	bool optional;
};

/* A page that only the customer can open. */
struct prov_link {
	char *url;
	char *expires; /* ISO 8601, as it came; may be NULL */
};

void prov_link_release(struct prov_link *link);

/* Submissions of one case go in this order: none starts before all of a lower
 * rank are settled as accepted. */
enum prov_rank {
	PROV_RANK_INFORMATION,
	PROV_RANK_DOCUMENT,
	PROV_RANK_START,
};

#define PROV_READ_STEPS 6

struct provider {
	const char *name;  /* in configuration and the record; never renamed */
	const char *title; /* what a person reads */
	const char *sandbox_endpoint, *endpoint; /* as documented */
	const struct doc_type *doctypes;	 /* ends with a NULL code */
	const char *const *groups; /* group literals, NULL-terminated */
	/* By prov_kind; NULL: that kind has no form. */
	const struct form_schema *information[2];
	struct prov_op customer_list; /* into prov_page */
	struct prov_read_step customer_read[PROV_READ_STEPS]; /* prov_customer;
							a NULL build ends */
	struct prov_op document_send;
	struct prov_op information_send;
	struct prov_op start;	   /* asks for the review to begin */
	struct prov_op terms_link; /* into prov_link */
	int64_t key_life_ms; /* how long a key is remembered; 0: no keys */
};

/* NULL-terminated; in the order they are offered. */
extern const struct provider *const prov_registry[];
extern const struct provider prov_lumx;

const struct provider *prov_find(const char *name); /* NULL: no such */
bool prov_can(const struct prov_op *op);

/* Is TEXT fit to be an id in a path (printable, no control characters, 1..200
 * bytes, not "." or "..")? */
bool prov_id_valid(const char *text);

/*
 * Is ENDPOINT one that may be used: https, or plain http to a loopback
 * address; no path, query, user or fragment? -1 and ERR_CONFIG if not.
 */
int prov_endpoint_check(const char *endpoint, struct err *err) ERR_CHECKED;

void prov_profile_free(struct prov_profile *profile);

/* A new random UUID v4 in lower case. */
void prov_key_new(char key[37]);

#endif
