/* SPDX-License-Identifier: MIT */
/*
 * Between server.c, which listens and waits, exchange.c, which takes one
 * request from its head to its answer, head.c, which judges the head, and
 * call.c, which shows the request to its handler. Nobody else includes this.
 */
#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include <microhttpd.h>

#include "forms/buf.h"
#include "forms/look.h"
#include "providers/sandbox/fault.h"
#include "providers/sandbox/form_data.h"
#include "providers/sandbox/replay.h"
#include "providers/sandbox/sandbox.h"

#define KEY_SIZE 256

struct server {
	const struct practice *practice;
	struct world *world;
	struct replay *replay;
	struct tokens *tokens;
	struct fault *faults; /* borrowed */
	struct MHD_Daemon *daemon;
	char base[64];
	uint16_t port;
	int64_t review_ms;
	int64_t token_ms;
	unsigned minute_most, minute_used; /* 0: no limit */
	int64_t minute_ms;		   /* when the window began */
	bool verbose;
	struct exchange *waiting; /* suspended until their time */
};

/* One request on its way. */
struct exchange {
	struct server *server;
	struct MHD_Connection *connection;
	char *method, *path;
	const struct route *route; /* NULL: none, and REFUSED says so */
	struct call call;
	struct fault_effect fault;

	int refused; /* decided from the head; said when the body is in */
	const char *why;

	char key[KEY_SIZE]; /* "": none */
	struct doc_digest *digest;
	struct form_data *form;
	struct buf body;
	uint64_t received;
	int64_t body_ms; /* when its first byte came */

	bool delayed;
	bool sent;	 /* the answer was */
	char *kept_type; /* of an answer that is given again; or NULL */
	int64_t wake_ms;
	struct exchange *next; /* among the waiting */
};

struct exchange *exchange_new(struct server *server,
			      struct MHD_Connection *connection,
			      const char *method, const char *path);
void exchange_free(struct exchange *x);

/* The head is in: a body that is far too long is refused unheard. */
enum MHD_Result exchange_begin(struct exchange *x);

/* Some of the body: SIZE comes back with what was left for later. */
enum MHD_Result exchange_body(struct exchange *x, const char *data,
			      size_t *size);

/* There is no more of it: answer. */
enum MHD_Result exchange_end(struct exchange *x);

/* Judge the head (head.c): the route, or why the request is turned down. */
void exchange_head(struct exchange *x);
/* Turn X down once its body is in; the first word counts. WHY is a literal. */
void exchange_refuse(struct exchange *x, int status, const char *why);
/* Has it been turned down already, one way or the other? */
bool exchange_decided(const struct exchange *x);
/* Bytes that a body may have; is the length that was declared above it? One
 * that is not declared is counted. */
uint64_t exchange_body_most(const struct exchange *x);
bool exchange_too_long(const struct exchange *x);

/* Answer CALL (call.c): TYPE is borrowed, or NULL; TEXT is taken, or NULL. */
void call_answer(struct call *call, int status, const char *type, char *text);
/* A header that was set by call_answer_header(), borrowed; NULL: none. */
const char *call_answered(const struct call *call, const char *name);

/* Do nothing for X until then: its last function is called again. */
void server_wait(struct exchange *x, int64_t wake_ms);

#endif
