/* SPDX-License-Identifier: MIT */
/*
 * What the files of the wire share. Nobody else includes this, nor libcurl.
 *
 *   xfer.c         the queue, the places of a call, waiting
 *   xfer_curl.[ch] libcurl, loaded late
 *   xfer_easy.c    a call put into libcurl's words: options and callbacks
 *   xfer_settle.c  how an attempt ended, and the sentence about it
 *   xfer_trust.c   a private CA, looked into
 *   xfer_watch.c   progress, and silence that lasts too long
 */
#ifndef PROVIDERS_XFER_PRIVATE_H
#define PROVIDERS_XFER_PRIVATE_H

#include "providers/answer.h"
#include "providers/body.h"
#include "providers/xfer.h"
#include "providers/xfer_curl.h"

enum {
	XFER_MOST_MAX = 16,
	XFER_SOCKETS_MAX = 64, /* those past it are merely not watched */
	XFER_SAMPLES = 16,
};

enum place {
	QUEUED,
	RUNNING,
	ENDED,
	PLACES,
};

struct xfer_call {
	struct xfer_call *prev, *next;
	enum place place;
	struct xfer *xfer;
	xfer_done *done;
	void *arg;
	const char *method; /* a literal */
	char *url, *ca_file;
	struct curl_slist *headers;
	struct body body;
	struct answer answer;
	bool repeatable; /* libcurl may send it twice and no harm is done */
	int64_t not_before;

	CURL *easy;
	char words[CURL_ERROR_SIZE];
	bool begun;	/* from here on bytes may have left */
	bool repeated;	/* more than once */
	int local_port; /* of its connection, once begun */
	bool source_failed;
	bool sent_whole;
	enum prov_end end;
	char detail[256];

	int64_t started_ms, moved_ms;
	uint64_t sent;
	int unsent; /* in the kernel, not acknowledged */
	struct {
		int64_t ms;
		uint64_t sent;
	} samples[XFER_SAMPLES];
	size_t sample_count;
};

struct xfer {
	CURLM *multi;
	struct hasher *hasher;
	unsigned most;
	struct xfer_limits limits;
	struct xfer_call *first[PLACES], *last[PLACES];
	size_t count[PLACES];
	CURL *spare[XFER_MOST_MAX];
	size_t spare_count;
	int sockets[XFER_SOCKETS_MAX]; /* that libcurl has open */
	size_t socket_count;
	int64_t turned_ms; /* when the last xfer_wait() ended */
	int64_t watched_ms;
	bool waiting, closing;
};

/* Move CALL out of libcurl's hands: it ended like that. */
void xfer_end(struct xfer_call *call, enum prov_end how);

/* Is REQUEST one that can be sent? Its secrets stay out of ERR. */
int xfer_check_request(const struct prov_request *request,
		       struct err *err) ERR_CHECKED;
void xfer_make_headers(struct xfer_call *call,
		       const struct prov_request *request);
void xfer_free_headers(struct curl_slist *headers); /* wiped */
CURLcode xfer_set_up(struct xfer_call *call); /* all options of its handle */
uint64_t xfer_uploaded(const struct xfer_call *call);

/* libcurl is done with CALL and says CODE. */
void xfer_settle(struct xfer_call *call, CURLcode code);

/* What the kernel has taken but the other side has not confirmed: it shrinks
 * while a slow line drains it, long after the last byte was handed over. 0
 * where that cannot be known. */
int xfer_unsent(const struct xfer_call *call);

/* Note what moved, and end what has not for too long. */
void xfer_watch_all(struct xfer *xfer);
void xfer_forgive_absence(struct xfer *xfer);

#endif
