/* SPDX-License-Identifier: MIT */
/*
 * The practice server as a test starts, asks and ends it: the program itself,
 * over plain sockets, so that nothing between hides what was said. Whatever
 * goes wrong here fails the test.
 */
#ifndef TESTS_SANDBOX_SERVER_H
#define TESTS_SANDBOX_SERVER_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sandbox_server {
	pid_t pid;
	uint16_t port;
	int out;	   /* its standard output, after the first line */
	char base[16];	   /* what it says comes before each path; or "" */
	char signing[512]; /* Authorization of sandbox_call(); may be set */
};

/* OPTIONS (blank-separated, may be "") follow "PROVIDER --with-parent". */
void sandbox_start_for(struct sandbox_server *server, const char *provider,
		       const char *options);
/* The same for the first provider there is. */
void sandbox_start(struct sandbox_server *server, const char *options);
void sandbox_stop(struct sandbox_server *server, int signal);

/* What came back. */
struct sandbox_reply {
	int status;   /* 0: closed without an answer */
	char *head;   /* never NULL */
	char *text;   /* the body, never NULL */
	json_t *json; /* the same, when it is JSON */
};

void sandbox_release(struct sandbox_reply *reply);

/* One call to PATH below the base, signed. HEADERS ("" or lines that end in CR
 * LF) and BODY (NULL: none) go out as they are. */
struct sandbox_reply sandbox_call(const struct sandbox_server *server,
				  const char *method, const char *path,
				  const char *headers, const char *body);

/* The same in steps: connect, send some bytes, read to the end and close. */
int sandbox_connect(const struct sandbox_server *server);
/* Returns how many went out before the other side closed. */
size_t sandbox_send(int fd, const void *data, size_t len);
struct sandbox_reply sandbox_finish(int fd);

#endif
