/* SPDX-License-Identifier: MIT */
/*
 * A small HTTP server that does what its script says: answers, cuts, stalls
 * and lies. It speaks on a loopback port from threads of its own and keeps a
 * ledger of what it saw. It is no HTTP server: it knows just enough of a
 * request to find its end.
 *
 *	static const struct wire_step steps[WIRE_STEPS] = {
 *		DO_HEAD, DO_BODY,
 *		DO_SAY("HTTP/1.1 204 No Content\r\n\r\n"), DO_AGAIN,
 *	};
 *	struct wire_server *server = wire_server_new(&steps, 1);
 */
#ifndef TESTS_WIRE_SERVER_H
#define TESTS_WIRE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

enum wire_act {
	WIRE_END,   /* zero: close the connection in order */
	WIRE_HEAD,  /* read a request's head */
	WIRE_BODY,  /* read its body, as Content-Length says */
	WIRE_SOME,  /* read COUNT bytes of the body */
	WIRE_DRIP,  /* read the body as over a slow line: COUNT ms a piece */
	WIRE_SAY,   /* send TEXT, COUNT times (0: once) */
	WIRE_RESET, /* break the connection: the other side gets a reset */
	WIRE_HOLD,  /* do nothing until the other side or the server ends */
	WIRE_GATE,  /* wait for wire_server_open() */
	WIRE_AGAIN, /* from the first step, on the same connection */
};

struct wire_step {
	enum wire_act act;
	const char *text;
	size_t count;
};

/* clang-format off */
#define DO_HEAD		   { .act = WIRE_HEAD }
#define DO_BODY		   { .act = WIRE_BODY }
#define DO_SOME(n)	   { .act = WIRE_SOME, .count = (n) }
#define DO_DRIP(ms)	   { .act = WIRE_DRIP, .count = (ms) }
#define DO_SAY(what)	   { .act = WIRE_SAY, .text = (what) }
#define DO_REPEAT(what, n) { .act = WIRE_SAY, .text = (what), .count = (n) }
#define DO_RESET	   { .act = WIRE_RESET }
#define DO_HOLD		   { .act = WIRE_HOLD }
#define DO_GATE		   { .act = WIRE_GATE }
#define DO_AGAIN	   { .act = WIRE_AGAIN }
/* clang-format on */

#define WIRE_STEPS 12
typedef const struct wire_step wire_script[WIRE_STEPS];

/* One request as it was seen. */
struct wire_seen {
	unsigned connection; /* from 0 */
	char *head;	     /* with its blank line */
	char *body;	     /* the first MB, NUL-terminated */
	size_t body_len;     /* of all that came */
	bool whole;	     /* as many as Content-Length promised */
};

struct wire_server;

/* Connection number I gets script I, those past COUNT the last one. */
struct wire_server *wire_server_new(wire_script *scripts, size_t count);
void wire_server_free(struct wire_server *server);

unsigned wire_server_port(const struct wire_server *server);
const char *wire_server_endpoint(const struct wire_server *server);

/* The ledger; ask when the transfer is over. What is seen last may still be
 * on its way: wire_server_seen() waits until request I has ended, or fails
 * the test after 10 s. */
unsigned wire_server_connections(struct wire_server *server);
unsigned wire_server_requests(struct wire_server *server);
const struct wire_seen *wire_server_seen(struct wire_server *server, size_t i);

/* Let all that wait at a WIRE_GATE go on, now and from now on. */
void wire_server_open(struct wire_server *server);

#endif
