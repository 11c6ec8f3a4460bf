/* SPDX-License-Identifier: MIT */
/*
 * A line to the practice server on which things go wrong, and a ledger of what
 * was seen on it. It reads a request, asks the practice server or not, and
 * answers as the fault says; so each provider's own rules about keys, copies
 * and lists hold behind it.
 *
 * What an upload is stands in its path (it ends in "/documents"); which one it
 * is, in its path and its body without the boundary.
 */
#ifndef TESTS_FAULT_SERVER_H
#define TESTS_FAULT_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/faults/clock.h"

enum fault_when {
	FAULT_AFTER_BODY,  /* zero: the whole request was read */
	FAULT_BEFORE_HEAD, /* the connection is there, nothing is read */
	FAULT_IN_BODY,	   /* BYTES of the body were read */
};

enum fault_end {
	FAULT_KEEP, /* zero: the connection stays open for more */
	FAULT_CLOSE,
	FAULT_RESET,
	FAULT_STALL, /* neither read nor written until the other side leaves */
};

/* What becomes of one request. In this order: it is read up to WHEN, the
 * provider gets it, SAY goes out, the provider's own answer goes out, END. */
struct fault {
	const char *name;
	enum fault_when when;
	size_t bytes;	   /* of FAULT_IN_BODY */
	bool stores;	   /* the provider gets it */
	bool keeps;	   /* and SAY is the answer it keeps under the key */
	const char *opens; /* goes out before SAY, once */
	const char *say;   /* "OTHER": another server's port; "DATE+N": then */
	size_t times;	   /* SAY so often; 0: once */
	unsigned pause_ms; /* of the client's time, before each byte */
	bool answers;	   /* what the provider said follows */
	size_t cut;	   /* only so many bytes of it; 0: all */
	enum fault_end end;
	/* The same upload must not come again before so many ms. */
	int64_t wait_ms;
	int64_t wall_ms; /* the wall clock jumps, once it has been said */
};

struct fault_server;

/* To the practice server at PORT; CLOCK (borrowed) is the client's. */
struct fault_server *fault_server_new(unsigned port, struct fault_clock *clock);
void fault_server_free(struct fault_server *server); /* NULL is fine */
unsigned fault_server_port(const struct fault_server *server);

/* The next COUNT uploads get FAULTS in their turn, later ones none. */
void fault_server_script(struct fault_server *server,
			 const struct fault *faults, size_t count);
/* Of a hundred requests of any kind, PERCENT get one of FAULTS; always the
 * same ones for the same SEED. 0: no more. */
void fault_server_random(struct fault_server *server,
			 const struct fault *faults, size_t count,
			 unsigned percent, unsigned seed);

/* Close each connection once it has had its answer, without a word. */
void fault_server_keep_none(struct fault_server *server);

/* The provider's server is another one by now. */
void fault_server_move(struct fault_server *server, unsigned port);

/* Take no connection any more: they wait in vain. */
void fault_server_deafen(struct fault_server *server);

struct fault_totals {
	size_t requests;
	size_t uploads; /* of them */
	size_t faulted; /* of all requests */
	size_t stored;	/* different uploads that the provider took */
	size_t connections;
	size_t elsewhere; /* connections to the other server */
};

/* The ledger. Also checks what must always hold, and fails the test: each
 * upload stored once; never under another key once it is stored; bodies of one
 * key identical; no wait undercut; no credential anywhere else. */
struct fault_totals fault_server_check(struct fault_server *server);

/* The key of upload I and, to compare, the digest of its body; "" if it was
 * not read whole. Borrowed until the server is freed. */
const char *fault_server_key(struct fault_server *server, size_t i);
const char *fault_server_body(struct fault_server *server, size_t i);

/* A clock for everybody, at PATH; NULL and errno. */
struct fault_clock *fault_clock_new(const char *path);
void fault_clock_free(struct fault_clock *clock);
int64_t fault_clock_now(const struct fault_clock *clock); /* monotonic ms */

#endif
