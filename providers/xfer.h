/* SPDX-License-Identifier: MIT */
/*
 * The wire: libcurl's multi interface. It owns every handle, streams bodies
 * from a descriptor, keeps the ceilings and time limits, and is the one place
 * where the program waits. It reads nothing of what an answer says.
 *
 * Kept always: no redirect is followed; no proxy, netrc or TLS key log from
 * the environment; TLS is verified; no Expect: 100-continue; exact
 * Content-Length; answers of at most 8 MB, headers 64 kB; 10 s to connect;
 * 30 s without a byte end an attempt; no limit while bytes flow.
 */
#ifndef PROVIDERS_XFER_H
#define PROVIDERS_XFER_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "forms/err.h"
#include "forms/look.h"
#include "providers/request.h"

struct xfer;	  /* the engine */
struct xfer_call; /* one attempt on its way; lives until DONE was called */

enum xfer_phase {
	XFER_WAITING_TURN, /* not before its time, or no free connection */
	XFER_CONNECTING,
	XFER_SENDING,
	XFER_AWAITING, /* all bytes are out; the provider has not answered */
};

/* Numbers only; copied by libcurl's callbacks, read by whoever draws. */
struct xfer_progress {
	enum xfer_phase phase;
	uint64_t sent, total; /* bytes of the body */
	int64_t started_ms;   /* monotonic */
	int64_t last_byte_ms; /* monotonic; when anything last moved */
	uint64_t bytes_per_s; /* over the last seconds */
};

/* What the wire needs beside the request. All borrowed for the call except
 * the files' descriptors, which must stay open until DONE. */
struct xfer_order {
	const char *endpoint;
	const char *ca_file;	       /* NULL: the system's */
	struct prov_request *request;  /* taken: empty after */
	const struct prov_file *files; /* of the parts without a value */
	size_t file_count;
	int64_t not_before; /* monotonic ms; 0: now */
};

/* Called exactly once, from xfer_wait() or xfer_cancel(). REPLY is borrowed
 * for the call; the xfer_call is gone after it. New calls may be started. */
typedef void xfer_done(void *arg, const struct prov_reply *reply);

/* Can the wire trust what PATH says? It has a certificate, as PEM. ERR_CONFIG
 * says why not (xfer_trust.c). */
int xfer_check_trust(const char *path, struct err *err) ERR_CHECKED;

/* MOST connections (1..16) are open at a time. Never NULL. From now on the
 * program ignores SIGPIPE and has no SSLKEYLOGFILE in its environment. */
struct xfer *xfer_new(unsigned most);
void xfer_set_most(struct xfer *xfer, unsigned most);
/* Cancels what is left (DONE is called), then frees. NULL is fine. */
void xfer_free(struct xfer *xfer);

/*
 * Start an attempt. -1 and ERR when it cannot even begin (nothing was sent,
 * DONE will not be called, the request stays the caller's). The body's file
 * bytes are hashed on their way; if their digest differs from what it was, or
 * a file is not what it was when opened, the last bytes are withheld and the
 * end is PROV_END_SOURCE.
 *
 * Calls go in the order they were started, those without a file first: a
 * question does not wait behind documents that have no connection yet.
 */
int xfer_start(struct xfer *xfer, struct xfer_order *order, xfer_done *done,
	       void *arg, struct xfer_call **call, struct err *err) ERR_CHECKED;

/* End an attempt now; DONE is called with PROV_END_CANCELLED (or with the
 * end it had already come to). */
void xfer_cancel(struct xfer *xfer, struct xfer_call *call);

/* May still be asked inside DONE: phase SENDING or later says that bytes may
 * have left. */
void xfer_progress_of(const struct xfer_call *call, struct xfer_progress *out);

size_t xfer_active(const struct xfer *xfer); /* calls not done */

/*
 * Wait until something happens on the wire or on FDS (16 at most; revents are
 * filled), a signal comes or TIMEOUT_MS (-1: no limit) passes; do the wire's
 * work; call DONE for what ended. It may return earlier. This is the program's
 * only waiting place.
 */
void xfer_wait(struct xfer *xfer, struct pollfd *fds, size_t count,
	       int timeout_ms);

/* The time limits, for who cannot wait that long; 0 leaves one as it is. */
struct xfer_limits {
	int connect_ms; /* until a request can be sent: 10,000 */
	int stall_ms;	/* without a byte in either direction: 30,000 */
};

void xfer_set_limits(struct xfer *xfer, const struct xfer_limits *limits);

int64_t xfer_now(void);	     /* monotonic milliseconds */
int64_t xfer_now_unix(void); /* wall clock milliseconds, for the record */

#endif
