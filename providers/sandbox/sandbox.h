/* SPDX-License-Identifier: MIT */
/*
 * sandbox: the practice server. It answers as a provider does, refuses what
 * the provider refuses, and keeps what it was told in memory or in a folder
 * of JSON files. Nothing in it is real: no key, no review, no customer.
 *
 *   main.c           the command line, and the one loop
 *   server.[ch]      listening, and waiting
 *   exchange.c       one request: its body, its answer
 *   head.c           its head: routes, ceilings, who may come in
 *   call.c           what a handler sees of it
 *   form_data.[ch]   multipart/form-data, strictly
 *   form_part.c      its parts: their text, what a file begins with
 *   replay.[ch]      idempotency keys and the answers kept under them
 *   fault.[ch]       misbehaving on request
 *   world.[ch]       the customers, and their files on disk
 *   ids.[ch]         UUIDs and times
 *   names.[ch]       names of people that do not exist
 *   tokens.[ch]      access tokens: given out, expired, forgotten
 *   lumx.[ch]        Lumx: its routes
 *   lumx_check.c     Lumx: what may be in a body
 *   lumx_customer.c  Lumx: customers, listed, created, informed about
 *   lumx_parties.c   Lumx: a business's associated parties
 *   lumx_verify.c    Lumx: the terms behind their link, a review's start
 *   lumx_record.c    Lumx: what was sent, and what a review still lacks
 *   lumx_review.c    Lumx: when a review begins and how it ends
 *   lumx_show.c      Lumx: what an answer shows
 *   lumx_upload.c    Lumx: taking a document, or refusing it
 *   lumx_seed*.[ch]  Lumx: the invented customers it starts with
 *   dwolla.h         Dwolla: a list of its files
 *   zro.h            Z.ro Bank: a list of its files
 *
 * A provider's counterpart is a const struct practice, listed in main.c.
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/err.h"
#include "providers/sandbox/ids.h"
#include "providers/sandbox/tokens.h"
#include "providers/sandbox/world.h"

struct fault;
struct form_data;
struct replay;

/* What every practice server takes; neither protects anything. */
#define PRACTICE_CLIENT "kyc-sandbox-client"
#define PRACTICE_SECRET "kyc-sandbox-key"

enum {
	ROUTE_PUBLIC = 1, /* a page for people: no key, no faults, no base */
	ROUTE_KEYED = 2,  /* takes an idempotency key */
	ROUTE_JSON = 4,	  /* the body is a JSON object */
	ROUTE_FORM = 8,	  /* the body is multipart/form-data */
	ROUTE_BODY_OPTIONAL = 16, /* with ROUTE_JSON: none at all will do */
	ROUTE_RAW = 32,		  /* the body is call->raw, as it came */
	ROUTE_SIGN_IN = 64,	  /* gives out a token: none is asked for */
};

#define CALL_ARGS    2
#define CALL_HEADERS 8

/* One request, whole and admitted, and the answer that is being made. */
struct call {
	struct world *world;
	const char *base;	      /* http://127.0.0.1:PORT, for links */
	int64_t now;		      /* unix ms */
	int64_t review_ms;	      /* how long a review takes */
	char args[CALL_ARGS][80];     /* what the {} of the path stood for */
	json_t *body;		      /* NULL when there is none */
	const char *raw;	      /* with ROUTE_RAW; never NULL then */
	const struct form_data *form; /* with ROUTE_FORM */
	struct tokens *tokens;	      /* given out by this server */
	int64_t token_ms;	      /* how long a new one lives */
	void *connection;	      /* for call_query(), call_header() */

	int status; /* of the answer; 0 until there is one */
	const char *type;
	char *answer; /* NULL: empty */
	struct {
		const char *name;
		char *value;
	} headers[CALL_HEADERS]; /* of the answer */
};

/* The header NAME of the request, or NULL; borrowed. */
const char *call_header(const struct call *call, const char *name);

/* Is the request signed with "Basic base64(PRACTICE_CLIENT:PRACTICE_SECRET)"?
 */
bool call_is_client(const struct call *call);

/* What follows "Bearer " in its Authorization, or NULL; borrowed. */
const char *call_bearer(const struct call *call);

/* The value of ?NAME= or NULL; borrowed. */
const char *call_query(const struct call *call, const char *name);

/* All values of a ?NAME= that may come several times, borrowed, into LIST, at
 * most ROOM; how many. */
size_t call_query_all(const struct call *call, const char *name,
		      const char **list, size_t room);

/* A header of the answer: NAME must stay, VALUE is copied; set again, the
 * newer one counts. Location is kept with an answer under its key. */
void call_answer_header(struct call *call, const char *name, const char *value);

/* Answer with BODY, whose reference is taken; with a page; with nothing. */
void call_json(struct call *call, int status, json_t *body);
/* The same with another media type than application/json; TYPE must stay. */
void call_json_as(struct call *call, int status, const char *type,
		  json_t *body);
void call_page(struct call *call, int status, const char *title,
	       const char *text);
void call_empty(struct call *call, int status);

struct route {
	const char *method;
	const char *path; /* "/customers/{}/tos" */
	unsigned flags;
	void (*handle)(struct call *call);
};

/* A provider's counterpart. */
struct practice {
	const char *name;
	const struct route *routes; /* ends with a NULL method */
	struct world_maker maker;

	const char *base;     /* before each path: "/v3"; NULL: nothing */
	uint64_t body_most;   /* bytes of a request's body; 0: 60 MB */
	int64_t token_ms;     /* life of a token; 0: it gives out none */
	unsigned minute_most; /* requests a minute; 0: as many as come */

	/* The header with the idempotency key; NULL: there are no keys. */
	const char *key_header;
	bool key_any_text;   /* any text of 1..255 bytes, not a UUID v4 alone */
	bool key_marks;	     /* X-Idempotency-Cached on a repeated answer */
	bool key_keeps_good; /* only successes are kept under a key */
	int key_conflict;    /* status for the same key with another body */

	/*
	 * May the call come in? It has its head only; a route with
	 * ROUTE_PUBLIC is not asked about, one with ROUTE_SIGN_IN is (SIGN_IN
	 * is true then, and no token is due). False: it has been answered.
	 */
	bool (*admit)(struct call *call, bool sign_in);

	/* Answer STATUS with MESSAGE the way the provider words errors. */
	void (*refuse)(struct call *call, int status, const char *message);

	/* Say on an answer how many more requests are taken until RESET_S
	 * (unix seconds); NULL: it does not say. */
	void (*limits)(struct call *call, unsigned limit, unsigned left,
		       int64_t reset_s);
};

struct server_plan {
	uint16_t port; /* 0: any that is free */
	int64_t review_ms;
	int64_t token_ms;     /* 0: as the practice has it */
	unsigned minute_most; /* 0: as the practice has it */
	struct world_plan world;
	struct fault *faults; /* borrowed */
	bool verbose;
};

/* One provider, listening on the loopback address. */
struct server;

/* NULL and ERR when it cannot listen or its world cannot be read. */
struct server *server_new(const struct practice *practice,
			  const struct server_plan *plan, struct err *err);
void server_free(struct server *server);

uint16_t server_port(const struct server *server);
int server_fd(const struct server *server); /* readable: call server_run() */
int server_timeout(struct server *server);  /* ms until it wants to run; -1 */
void server_run(struct server *server);

#endif
