// SPDX-License-Identifier: MIT
/*
 * The wire. A call is queued, then running on an easy handle, then ended; only
 * xfer_wait() and xfer_cancel() call DONE, never a callback of libcurl's.
 *
 * Why a queue of our own, when libcurl has one: a call that waits its turn
 * costs no handle and no buffer, its connect timer does not run, and
 * questions can go before documents.
 */
#include "providers/xfer_private.h"

#include <assert.h>
#include <signal.h>

#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/process.h"
#include "providers/provider.h"

enum {
	FDS_MAX = 16,
};

int64_t xfer_now(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

int64_t xfer_now_unix(void)
{
	return clock_ms(CLOCK_REALTIME);
}

/* Places: one function moves a call between them. */

static void move(struct xfer_call *call, enum place to)
{
	struct xfer *xfer = call->xfer;
	enum place from = call->place;

	if (from < PLACES) {
		*(call->prev ? &call->prev->next : &xfer->first[from]) =
			call->next;
		*(call->next ? &call->next->prev : &xfer->last[from]) =
			call->prev;
		xfer->count[from]--;
	}
	call->place = to;
	if (to == PLACES)
		return;
	call->next = NULL;
	call->prev = xfer->last[to];
	*(call->prev ? &call->prev->next : &xfer->first[to]) = call;
	xfer->last[to] = call;
	xfer->count[to]++;
}

static void drop_easy(struct xfer_call *call)
{
	struct xfer *xfer = call->xfer;

	if (!call->easy)
		return;
	xfer_curl.multi_remove_handle(xfer->multi, call->easy);
	xfer_curl.easy_reset(call->easy);
	if (xfer->spare_count < XFER_MOST_MAX)
		xfer->spare[xfer->spare_count++] = call->easy;
	else
		xfer_curl.easy_cleanup(call->easy);
	call->easy = NULL;
}

void xfer_end(struct xfer_call *call, enum prov_end how)
{
	call->end = how;
	call->sent = xfer_uploaded(call);
	if (how != PROV_END_ANSWER)
		call->sent_whole =
			call->begun && call->sent >= call->body.total;
	drop_easy(call);
	move(call, ENDED);
}

/* Running. */

/* libcurl and its TLS library take longer to make ready than all else at the
 * start: only the first call waits for that, no screen. */
static int make_ready(struct xfer *xfer, struct err *err)
{
	if (xfer->multi)
		return 0;
	if (xfer_curl_load(KYC_LIBCURL, err))
		return -1;
	if (xfer_curl.global_init(CURL_GLOBAL_DEFAULT))
		mem_exhausted();
	xfer->multi = xfer_curl.multi_init();
	if (!xfer->multi)
		mem_exhausted();
	/* One transfer a connection: a stalled one holds up no other, and what
	 * is cancelled is gone from the line. */
	xfer_curl.multi_setopt(xfer->multi, CURLMOPT_PIPELINING,
			       (long)CURLPIPE_NOTHING);
	xfer_set_most(xfer, xfer->most);
	return 0;
}

static void launch(struct xfer_call *call)
{
	struct xfer *xfer = call->xfer;
	struct err err = { 0 };

	if (make_ready(xfer, &err)) {
		snprintf(call->detail, sizeof(call->detail), "%.255s",
			 err.text);
		xfer_end(call, PROV_END_UNREACHED);
		return;
	}
	call->easy = xfer->spare_count ? xfer->spare[--xfer->spare_count]
				       : xfer_curl.easy_init();
	if (!call->easy)
		mem_exhausted();
	call->moved_ms = xfer_now();
	move(call, RUNNING);
	if (xfer_set_up(call) ||
	    xfer_curl.multi_add_handle(xfer->multi, call->easy)) {
		snprintf(call->detail, sizeof(call->detail), "%s",
			 _("the wire cannot be set up"));
		xfer_end(call, PROV_END_UNREACHED);
	}
}

/* The next call whose time has come; those without a file go first. */
static struct xfer_call *next_due(struct xfer *xfer, int64_t now)
{
	struct xfer_call *due = NULL;

	for (struct xfer_call *call = xfer->first[QUEUED]; call;
	     call = call->next) {
		if (call->not_before > now)
			continue;
		if (!call->body.file_count)
			return call;
		if (!due)
			due = call;
	}
	return due;
}

static void launch_due(struct xfer *xfer)
{
	int64_t now = xfer_now();
	struct xfer_call *call;

	while (xfer->count[RUNNING] < xfer->most &&
	       (call = next_due(xfer, now)))
		launch(call);
}

static void collect(struct xfer *xfer)
{
	struct xfer_call *call;
	CURLMsg *message;
	int left;

	while ((message = xfer_curl.multi_info_read(xfer->multi, &left))) {
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		xfer_curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
				       &call);
		xfer_settle(call, code);
	}
}

/* Ending. */

static void release(struct xfer_call *call)
{
	drop_easy(call);
	xfer_free_headers(call->headers);
	body_release(&call->body);
	answer_release(&call->answer);
	free(call->url);
	free(call->ca_file);
	mem_wipe(call, sizeof(*call));
	free(call);
}

static void deliver(struct xfer_call *call)
{
	struct prov_reply reply = { .end = call->end,
				    .sent_whole = call->sent_whole,
				    .repeated = call->repeated,
				    .body = "" };

	if (call->end == PROV_END_ANSWER) {
		reply.status = call->answer.status;
		reply.body = buf_text(&call->answer.body);
		reply.len = call->answer.body.len;
		reply.headers = call->answer.headers;
		reply.header_count = call->answer.header_count;
	}
	snprintf(reply.detail, sizeof(reply.detail), "%s", call->detail);
	move(call, PLACES);
	call->done(call->arg, &reply);
	release(call);
}

/* The door. */

static unsigned within(unsigned most)
{
	return most < 1 ? 1 : most > XFER_MOST_MAX ? XFER_MOST_MAX : most;
}

struct xfer *xfer_new(unsigned most)
{
	struct xfer *xfer = mem_alloc(sizeof(*xfer));

	/* libcurl reads it by itself and would write the session keys out. */
	unsetenv("SSLKEYLOGFILE");
	/* A connection that breaks is an answer to us, not the end: not every
	 * libcurl and TLS library keep the signal away. */
	(void)signal(SIGPIPE, SIG_IGN);
	xfer->hasher = hasher_new();
	xfer->limits = (struct xfer_limits){ 10000, 30000 };
	xfer_set_most(xfer, most);
	return xfer;
}

void xfer_set_most(struct xfer *xfer, unsigned most)
{
	xfer->most = within(most);
	if (!xfer->multi)
		return;
	xfer_curl.multi_setopt(xfer->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
			       (long)xfer->most);
	xfer_curl.multi_setopt(xfer->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
			       (long)xfer->most);
	xfer_curl.multi_setopt(xfer->multi, CURLMOPT_MAXCONNECTS,
			       (long)xfer->most);
}

void xfer_set_limits(struct xfer *xfer, const struct xfer_limits *limits)
{
	if (limits->connect_ms > 0)
		xfer->limits.connect_ms = limits->connect_ms;
	if (limits->stall_ms > 0)
		xfer->limits.stall_ms = limits->stall_ms;
}

void xfer_free(struct xfer *xfer)
{
	if (!xfer)
		return;
	xfer->closing = true;
	for (int place = 0; place < PLACES; place++)
		while (xfer->first[place])
			xfer_cancel(xfer, xfer->first[place]);
	while (xfer->spare_count)
		xfer_curl.easy_cleanup(xfer->spare[--xfer->spare_count]);
	if (xfer->multi) {
		xfer_curl.multi_cleanup(xfer->multi);
		xfer_curl.global_cleanup();
	}
	hasher_free(xfer->hasher);
	free(xfer);
}

int xfer_start(struct xfer *xfer, struct xfer_order *order, xfer_done *done,
	       void *arg, struct xfer_call **out, struct err *err)
{
	struct prov_request *request = order->request;
	struct xfer_call *call;

	if (xfer->closing)
		return err_set(err, ERR_CANCELLED, _("the program is ending"));
	if (prov_endpoint_check(order->endpoint, err) ||
	    xfer_check_request(request, err))
		return -1;
	call = mem_alloc(sizeof(*call));
	call->place = PLACES;
	call->xfer = xfer;
	if (body_init(&call->body, request, order->files, order->file_count,
		      xfer->hasher, err)) {
		release(call);
		return -1;
	}
	call->done = done;
	call->arg = arg;
	call->method = request->method;
	call->repeatable = !strcmp(request->method, "GET");
	call->url = mem_printf("%s%s", order->endpoint, request->path);
	call->ca_file = mem_dup(order->ca_file);
	xfer_make_headers(call, request);
	call->not_before = order->not_before;
	call->started_ms = call->moved_ms = xfer_now();
	prov_request_release(request);
	move(call, QUEUED);
	if (out)
		*out = call;
	return 0;
}

void xfer_cancel(struct xfer *xfer, struct xfer_call *call)
{
	assert(call->xfer == xfer);
	if (call->place != ENDED) {
		snprintf(call->detail, sizeof(call->detail), "%s",
			 _("it was cancelled"));
		xfer_end(call, PROV_END_CANCELLED);
	}
	deliver(call);
}

size_t xfer_active(const struct xfer *xfer)
{
	return xfer->count[QUEUED] + xfer->count[RUNNING] + xfer->count[ENDED];
}

/* Milliseconds to the next thing of ours that has a time, at most LIMIT. */
static int time_left(const struct xfer *xfer, int limit)
{
	int64_t now = xfer_now();
	int64_t left = limit < 0 ? INT32_MAX : limit;
	int64_t tick = xfer->limits.stall_ms / 8 + 1;

	if (xfer->first[ENDED])
		return 0;
	if (tick > 1000)
		tick = 1000;
	if (xfer->first[RUNNING] && left > tick)
		left = tick;
	if (xfer->count[RUNNING] >= xfer->most)
		return (int)left;
	for (const struct xfer_call *call = xfer->first[QUEUED]; call;
	     call = call->next)
		if (call->not_before - now < left)
			left = call->not_before - now;
	return left > 0 ? (int)left : 0;
}

static void poll_all(struct xfer *xfer, struct pollfd *fds, size_t count,
		     int timeout_ms)
{
	struct curl_waitfd extra[FDS_MAX];

	assert(count <= FDS_MAX);
	if (!xfer->multi) {
		(void)poll(fds, count, timeout_ms);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		extra[i].fd = fds[i].fd;
		extra[i].events =
			(short)((fds[i].events & POLLIN ? CURL_WAIT_POLLIN
							: 0) |
				(fds[i].events & POLLPRI ? CURL_WAIT_POLLPRI
							 : 0) |
				(fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT
							 : 0));
		extra[i].revents = 0;
	}
	xfer_curl.multi_poll(xfer->multi, extra, (unsigned)count, timeout_ms,
			     NULL);
	/* libcurl reports no POLLHUP, and a terminal that is gone must not
	 * keep us turning. */
	for (size_t i = 0; i < count; i++)
		fds[i].revents = 0;
	if (count)
		(void)poll(fds, count, 0);
}

void xfer_wait(struct xfer *xfer, struct pollfd *fds, size_t count,
	       int timeout_ms)
{
	int running;

	assert(!xfer->waiting);
	xfer->waiting = true;
	xfer_forgive_absence(xfer);
	launch_due(xfer);
	poll_all(xfer, fds, count, time_left(xfer, timeout_ms));
	if (xfer->multi) {
		xfer_curl.multi_perform(xfer->multi, &running);
		collect(xfer);
	}
	xfer_watch_all(xfer);
	launch_due(xfer);
	xfer->turned_ms = xfer_now();
	while (xfer->first[ENDED])
		deliver(xfer->first[ENDED]);
	xfer->waiting = false;
}
