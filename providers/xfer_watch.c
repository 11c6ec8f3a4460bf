// SPDX-License-Identifier: MIT
/* Progress, and silence that lasts too long. */
#include "providers/xfer_private.h"

#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include "forms/i18n.h"

enum {
	SAMPLE_MS = 250,
	WATCH_MS = 10, /* each look costs some system calls a connection */
};

/* libcurl tells a transfer's socket only when it is over (7.88), but its port
 * when it begins. */
static int socket_of(const struct xfer_call *call)
{
	for (size_t i = 0; i < call->xfer->socket_count; i++) {
		int fd = call->xfer->sockets[i];
		union {
			struct sockaddr any;
			struct sockaddr_in four;
			struct sockaddr_in6 six;
		} at = { 0 };
		socklen_t size = sizeof(at);

		/* The port stands at one place in both families. */
		if (!getsockname(fd, &at.any, &size) &&
		    ntohs(at.four.sin_port) == call->local_port)
			return fd;
	}
	return -1;
}

int xfer_unsent(const struct xfer_call *call)
{
	int bytes = 0;
#ifdef SIOCOUTQ
	int fd = socket_of(call);

	if (fd < 0 || ioctl(fd, SIOCOUTQ, &bytes))
		return 0;
#else
	(void)call;
#endif
	return bytes;
}

static void sample(struct xfer_call *call, int64_t now)
{
	size_t n = call->sample_count;

	if (n && now - call->samples[n - 1].ms < SAMPLE_MS)
		return;
	if (n == XFER_SAMPLES) {
		memmove(&call->samples[0], &call->samples[1],
			(XFER_SAMPLES - 1) * sizeof(call->samples[0]));
		n--;
	}
	call->samples[n].ms = now;
	call->samples[n].sent = call->sent;
	call->sample_count = n + 1;
}

/* Note what moved; end what has not for too long. Connecting has libcurl's
 * own limit. */
static void watch(struct xfer_call *call, int64_t now)
{
	uint64_t sent = xfer_uploaded(call);
	int stall_ms = call->xfer->limits.stall_ms;
	int unsent;

	if (!call->begun)
		return;
	unsent = xfer_unsent(call);
	/* What the kernel holds, megabytes perhaps, is no progress yet. */
	sent -= (uint64_t)unsent < sent ? (uint64_t)unsent : sent;
	if (sent != call->sent || unsent != call->unsent)
		call->moved_ms = now;
	call->sent = sent;
	call->unsent = unsent;
	sample(call, now);
	if (now - call->moved_ms < stall_ms)
		return;
	snprintf(call->detail, sizeof(call->detail),
		 _("no byte moved for %d seconds"), (stall_ms + 999) / 1000);
	xfer_end(call, PROV_END_LOST);
}

void xfer_watch_all(struct xfer *xfer)
{
	int64_t now = xfer_now();
	struct xfer_call *next;

	if (now - xfer->watched_ms < WATCH_MS)
		return;
	xfer->watched_ms = now;
	for (struct xfer_call *call = xfer->first[RUNNING]; call; call = next) {
		next = call->next;
		watch(call, now);
	}
}

/* Time in which nobody looked at the wire (the program was stopped, or had
 * something else to do) is no silence of the provider's. */
void xfer_forgive_absence(struct xfer *xfer)
{
	int64_t away = xfer_now() - xfer->turned_ms;

	if (!xfer->turned_ms || away < 1000)
		return;
	for (struct xfer_call *call = xfer->first[RUNNING]; call;
	     call = call->next)
		call->moved_ms += away;
}

void xfer_progress_of(const struct xfer_call *call, struct xfer_progress *out)
{
	size_t n = call->sample_count;

	*out = (struct xfer_progress){ .phase = XFER_SENDING };
	if (call->begun && call->sent >= call->body.total)
		out->phase = XFER_AWAITING;
	else if (!call->begun)
		out->phase = call->place == QUEUED ? XFER_WAITING_TURN
						   : XFER_CONNECTING;
	out->sent = call->sent;
	out->total = call->body.total;
	out->started_ms = call->started_ms;
	out->last_byte_ms = call->moved_ms;
	if (n > 1 && call->samples[n - 1].sent > call->samples[0].sent)
		out->bytes_per_s =
			(call->samples[n - 1].sent - call->samples[0].sent) *
			1000 /
			(uint64_t)(call->samples[n - 1].ms -
				   call->samples[0].ms);
}
