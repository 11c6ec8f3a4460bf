/* SPDX-License-Identifier: MIT */
/* The fault server, for the files that it is made of. */
#ifndef TESTS_FAULTS_LINE_H
#define TESTS_FAULTS_LINE_H

#include <pthread.h>

#include "forms/buf.h"
#include "tests/faults/ledger.h"

#define LINE_HEAD_MOST ((size_t)16 << 10)
#define LINE_BACKLOG   64

struct kept {
	char key[80];
	const struct fault *fault;
	struct kept *next;
};

struct tried {
	char *path;
	unsigned times;
};

struct fault_server {
	struct fault_clock *clock;
	unsigned upstream;
	int listener, other; /* sockets */
	unsigned port, other_port;
	int stop[2];
	bool deaf, deafened; /* asked for; so it is */
	bool keeps_none;
	int filling[LINE_BACKLOG * 2]; /* connections that nobody takes */
	size_t filling_count;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned open, connections, elsewhere;
	struct ledger ledger;
	struct kept *kept;
	/* The plan. */
	const struct fault *script, *chance;
	size_t script_count, chance_count, turn;
	unsigned percent, seed;
	struct tried *tried;
	size_t tried_count;
};

/* One connection, and the request that is being read on it. */
struct line {
	struct fault_server *server;
	unsigned number;
	int fd;
	bool busy;
	char head[LINE_HEAD_MOST];
	size_t head_len;
	struct buf body;
	size_t promised;
	const struct fault *fault;
	size_t seen; /* its place in the ledger */
	struct seen entry;
	struct buf answer; /* the provider's */
};

/* While somebody is at work for the client, its time does not leap. */
void line_busy(struct line *line, bool busy);

/* Wait until FD has EVENTS. False: the server is ending. */
bool line_wait(struct fault_server *server, int fd, short events);

/* Send all of TEXT; each byte when PAUSE_MS more have passed for the client.
 * False: nobody takes it. */
bool line_put(struct line *line, const char *text, size_t len);
bool line_drip(struct line *line, const char *text, unsigned pause_ms);

/* The request's first line, without taking it from the socket; all of its
 * head; up to MOST bytes of its body. False: they do not come. */
bool line_peek(struct line *line, char *out, size_t size);
bool line_read_head(struct line *line);
bool line_read_body(struct line *line, size_t most);
size_t line_length(const char *head); /* Content-Length */

/* The provider gets it; false: it gave no answer. */
bool line_ask_provider(struct line *line);
int line_connect(unsigned port, int flags); /* a socket, or -1 */

/* Put LINE's entry into the ledger. */
void line_note(struct line *line);

/* Answer as the fault says, or as the provider keeps it under the key; then
 * whether more may follow on this connection. */
bool line_answer(struct line *line);
bool line_say_kept(struct line *line, const struct fault *fault);
bool line_end(struct line *line);

/* Under the lock: which fault a request gets, as its first line tells; and
 * what the provider keeps under KEY, or NULL. */
const struct fault *plan_choose(struct fault_server *server,
				const struct seen *entry);
const struct fault *plan_kept(struct fault_server *server, const char *key);
void plan_keep(struct fault_server *server, const char *key,
	       const struct fault *fault);
void plan_release(struct fault_server *server);

#endif
