/* SPDX-License-Identifier: MIT */
/*
 * sandbox: the practice server. It answers as a provider does, refuses what
 * the provider refuses, and keeps what it was told in memory or in a folder
 * of JSON files. Nothing in it is real: no key, no review, no customer.
 *
 *   main.c           the command line, and the one loop
 *   server.[ch]      listening, and waiting
 *   exchange.c       one request: routes, ceilings, its body, its answer
 *   form_data.[ch]   multipart/form-data, strictly
 *   replay.[ch]      idempotency keys and the answers kept under them
 *   fault.[ch]       misbehaving on request
 *   world.[ch]       the customers, and their files on disk
 *   ids.[ch]         UUIDs and times
 *   lumx.[ch]        Lumx: its routes
 *   lumx_check.c     Lumx: what may be in a body
 *   lumx_record.c    Lumx: what was sent, and what a review still lacks
 *   lumx_review.c    Lumx: when a review begins and how it ends
 *   lumx_show.c      Lumx: what an answer shows
 *   lumx_upload.c    Lumx: taking a document, or refusing it
 *   lumx_seed.c      Lumx: the invented customers it starts with
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
#include "providers/sandbox/world.h"

struct fault;
struct form_data;
struct replay;

enum {
	ROUTE_PUBLIC = 1,	  /* a page for people: no API key, no faults */
	ROUTE_KEYED = 2,	  /* takes an Idempotency-Key */
	ROUTE_JSON = 4,		  /* the body is a JSON object */
	ROUTE_FORM = 8,		  /* the body is multipart/form-data */
	ROUTE_BODY_OPTIONAL = 16, /* with ROUTE_JSON: none at all will do */
};

#define CALL_ARGS 2

/* One request, whole and admitted, and the answer that is being made. */
struct call {
	struct world *world;
	const char *base;	      /* http://127.0.0.1:PORT, for links */
	int64_t now;		      /* unix ms */
	int64_t review_ms;	      /* how long a review takes */
	char args[CALL_ARGS][80];     /* what the {} of the path stood for */
	json_t *body;		      /* NULL when there is none */
	const struct form_data *form; /* with ROUTE_FORM */
	void *connection;	      /* for call_query() */

	int status; /* of the answer; 0 until there is one */
	const char *type;
	char *answer; /* NULL: empty */
};

/* The value of ?NAME= or NULL; borrowed. */
const char *call_query(const struct call *call, const char *name);

/* Answer with BODY, whose reference is taken; with a page; with nothing. */
void call_json(struct call *call, int status, json_t *body);
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

	/* May a caller with this Authorization header (or NULL) come in? */
	bool (*admit)(const char *authorization);

	/* Answer STATUS with MESSAGE the way the provider words errors. */
	void (*refuse)(struct call *call, int status, const char *message);
};

struct server_plan {
	uint16_t port; /* 0: any that is free */
	int64_t review_ms;
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
