// SPDX-License-Identifier: MIT
/*
 * The wire. A call is queued, then running on an easy handle, then ended; only
 * xfer_wait() and xfer_cancel() call DONE, never a callback of libcurl's.
 *
 * Why a queue of our own, when libcurl has one: a call that waits its turn
 * costs no handle and no buffer, its connect timer does not run, and
 * questions can go before documents.
 */
#include "providers/xfer.h"

#include <assert.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <curl/curl.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"
#include "providers/answer.h"
#include "providers/body.h"
#include "providers/provider.h"

enum {
	XFER_MOST_MAX = 16,
	XFER_FDS_MAX = 16,
	SOCKETS_MAX = 64, /* those past it are merely not watched */
	PATH_BYTES_MAX = 8192,
	BIG_BODY = 1 << 20,
	/* Measured against a loopback server: more gains nothing. */
	BUFFER_BIG = 256 << 10,
	BUFFER_SMALL = 64 << 10,
	/* What the kernel may hold unsent. Without it megabytes vanish there
	 * at once and progress tells a lie. */
	UNSENT_MOST = 256 << 10,
	SAMPLES = 16,
	SAMPLE_MS = 250,
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
	} samples[SAMPLES];
	size_t sample_count;
};

struct xfer {
	CURLM *multi;
	unsigned most;
	struct xfer_limits limits;
	struct xfer_call *first[PLACES], *last[PLACES];
	size_t count[PLACES];
	CURL *spare[XFER_MOST_MAX];
	size_t spare_count;
	int sockets[SOCKETS_MAX]; /* that libcurl has open */
	size_t socket_count;
	int64_t turned_ms; /* when the last xfer_wait() ended */
	bool waiting, closing;
};

int64_t xfer_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t xfer_now_unix(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What libcurl calls these is for programmers. */
static const struct {
	CURLcode code;
	const char *words;
	bool more; /* its own words say more, and hold nothing private */
} reasons[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, N_("the server's name cannot be found"),
	  false },
	{ CURLE_COULDNT_CONNECT, N_("the server does not take connections"),
	  false },
	{ CURLE_OPERATION_TIMEDOUT, N_("the server cannot be reached in time"),
	  false },
	{ CURLE_PEER_FAILED_VERIFICATION,
	  N_("the server's certificate is not valid"), true },
	{ CURLE_SSL_CONNECT_ERROR, N_("no encrypted connection came about"),
	  true },
	{ CURLE_SSL_CACERT_BADFILE,
	  N_("the file with the private CA cannot be read"), false },
	{ CURLE_SEND_ERROR, N_("the connection broke while sending"), false },
	{ CURLE_RECV_ERROR, N_("the connection broke before the answer came"),
	  false },
	{ CURLE_GOT_NOTHING,
	  N_("the server closed the connection without an answer"), false },
	{ CURLE_PARTIAL_FILE, N_("the answer was cut off"), false },
	{ CURLE_UNSUPPORTED_PROTOCOL, N_("the answer is not HTTP"), false },
	{ CURLE_WEIRD_SERVER_REPLY, N_("the answer is not HTTP"), false },
	{ CURLE_HTTP2, N_("the connection broke (HTTP/2)"), false },
	{ CURLE_HTTP2_STREAM, N_("the connection broke (HTTP/2)"), false },
};

static void explain(struct xfer_call *call, CURLcode code)
{
	char said[sizeof(call->detail)];

	snprintf(said, sizeof(said), "%s", _("the answer was cut off"));
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].code != code)
			continue;
		if (reasons[i].more && call->words[0])
			snprintf(said, sizeof(said), "%s (%.150s)",
				 _(reasons[i].words), call->words);
		else
			snprintf(said, sizeof(said), "%s", _(reasons[i].words));
		break;
	}
	text_clean(call->detail, sizeof(call->detail), said);
}

static uint64_t uploaded(const struct xfer_call *call)
{
	curl_off_t bytes = 0;

	if (call->easy)
		curl_easy_getinfo(call->easy, CURLINFO_SIZE_UPLOAD_T, &bytes);
	return bytes > 0 ? (uint64_t)bytes : 0;
}

/* Callbacks: they copy and return. */

static int on_begin(void *arg, char *ip, char *local, int port, int local_port)
{
	struct xfer_call *call = arg;

	(void)ip, (void)local, (void)port;
	/* The second time it is libcurl starting over on a new connection,
	 * after one it had kept turned out to be dead. */
	body_rewind(&call->body);
	call->begun = true;
	call->local_port = local_port;
	call->moved_ms = xfer_now();
	return CURL_PREREQFUNC_OK;
}

static size_t on_read(char *to, size_t size, size_t count, void *arg)
{
	struct xfer_call *call = arg;
	size_t got = body_read(&call->body, to, size * count);

	if (got == BODY_FAILED) {
		call->source_failed = true;
		return CURL_READFUNC_ABORT;
	}
	return got;
}

static int on_seek(void *arg, curl_off_t offset, int origin)
{
	struct xfer_call *call = arg;

	if (offset || origin != SEEK_SET)
		return CURL_SEEKFUNC_FAIL;
	body_rewind(&call->body);
	return CURL_SEEKFUNC_OK;
}

static size_t on_head(char *line, size_t size, size_t count, void *arg)
{
	struct xfer_call *call = arg;
	bool had_head = call->answer.whole_head;

	call->moved_ms = xfer_now();
	if (answer_head(&call->answer, line, size * count))
		return 0;
	if (!had_head && call->answer.whole_head)
		call->sent_whole = uploaded(call) >= call->body.total;
	return size * count;
}

static size_t on_body(char *data, size_t size, size_t count, void *arg)
{
	struct xfer_call *call = arg;

	call->moved_ms = xfer_now();
	if (answer_body(&call->answer, data, size * count))
		return 0;
	return size * count;
}

/* The descriptor must not leak into the programs we start. */
static curl_socket_t on_socket(void *arg, curlsocktype purpose,
			       struct curl_sockaddr *address)
{
	struct xfer *xfer = arg;
	int unsent = UNSENT_MOST;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
			address->protocol);

	(void)purpose;
	if (fd < 0)
		return CURL_SOCKET_BAD;
	if (xfer->socket_count < SOCKETS_MAX)
		xfer->sockets[xfer->socket_count++] = fd;
#ifdef TCP_NOTSENT_LOWAT
	/* Only progress suffers without it. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent,
			 sizeof(unsent));
#else
	(void)unsent;
#endif
	return fd;
}

static int on_close(void *arg, curl_socket_t fd)
{
	struct xfer *xfer = arg;

	for (size_t i = 0; i < xfer->socket_count; i++)
		if (xfer->sockets[i] == fd)
			xfer->sockets[i] = xfer->sockets[--xfer->socket_count];
	return close(fd);
}

/* Describing a call. */

static bool printable(const char *text, unsigned char lowest)
{
	for (; *text; text++)
		if ((unsigned char)*text < lowest || *text == 0x7f)
			return false;
	return true;
}

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text);

	return len >= strlen(end) && !strcasecmp(text + len - strlen(end), end);
}

static int check_request(const struct prov_request *request, struct err *err)
{
	if (!request->method || !request->path || request->path[0] != '/' ||
	    strlen(request->path) > PATH_BYTES_MAX ||
	    !printable(request->path, '!'))
		return err_set(err, ERR_BUG, "this is not a request");
	for (size_t i = 0; i < request->header_count; i++) {
		const struct prov_header *header = &request->headers[i];

		/* The value may be a secret and is not quoted. */
		if (!header->name[0] || strchr(header->name, ':') ||
		    !printable(header->name, '!') ||
		    !printable(header->value, ' '))
			return err_set(err, ERR_INPUT,
				       _("the header '%s' holds a character "
					 "that cannot be sent"),
				       header->name);
	}
	return 0;
}

static void add_header(struct xfer_call *call, const char *name,
		       const char *value)
{
	/* libcurl leaves out "Name:" and sends "Name;" without a value. */
	char *line = *value ? mem_printf("%s: %s", name, value)
			    : mem_printf("%s;", name);
	struct curl_slist *list = curl_slist_append(call->headers, line);

	mem_free_private(line);
	if (!list)
		mem_exhausted();
	call->headers = list;
}

static void leave_out(struct xfer_call *call, const char *line)
{
	struct curl_slist *list = curl_slist_append(call->headers, line);

	if (!list)
		mem_exhausted();
	call->headers = list;
}

static void make_headers(struct xfer_call *call,
			 const struct prov_request *request)
{
	bool typed = call->body.content_type.len;

	for (size_t i = 0; i < request->header_count; i++) {
		const struct prov_header *header = &request->headers[i];

		typed = typed || !strcasecmp(header->name, "Content-Type");
		call->repeatable = call->repeatable ||
				   ends_in(header->name, "Idempotency-Key");
		add_header(call, header->name, header->value);
	}
	if (call->body.content_type.len)
		add_header(call, "Content-Type",
			   buf_text(&call->body.content_type));
	/* What libcurl would add of its own to a POST. */
	leave_out(call, "Expect:");
	if (!typed)
		leave_out(call, "Content-Type:");
}

static void free_headers(struct curl_slist *headers)
{
	for (struct curl_slist *at = headers; at; at = at->next)
		mem_wipe(at->data, strlen(at->data));
	curl_slist_free_all(headers);
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
	curl_multi_remove_handle(xfer->multi, call->easy);
	curl_easy_reset(call->easy);
	if (xfer->spare_count < XFER_MOST_MAX)
		xfer->spare[xfer->spare_count++] = call->easy;
	else
		curl_easy_cleanup(call->easy);
	call->easy = NULL;
}

static void end(struct xfer_call *call, enum prov_end how)
{
	call->end = how;
	call->sent = uploaded(call);
	if (how != PROV_END_ANSWER)
		call->sent_whole =
			call->begun && call->sent >= call->body.total;
	drop_easy(call);
	move(call, ENDED);
}

/*
 * Did the answer come whole? With code OK libcurl saw the body's end, but it
 * is content with a head that was cut off, or with a mere 100. With an error
 * the answer may still be whole: a server that refuses early breaks our
 * sending, not its answer.
 */
static bool whole(const struct xfer_call *call, CURLcode code)
{
	const struct answer *answer = &call->answer;
	curl_off_t length = -1;

	if (!answer->whole_head)
		return false;
	if (code == CURLE_OK || answer->status == 204 || answer->status == 304)
		return true;
	curl_easy_getinfo(call->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
			  &length);
	return length >= 0 && answer->body.len == (uint64_t)length;
}

static void settle(struct xfer_call *call, CURLcode code)
{
	if (call->source_failed) {
		text_clean(call->detail, sizeof(call->detail), call->body.why);
		end(call, PROV_END_SOURCE);
	} else if (call->answer.too_large || code == CURLE_OUT_OF_MEMORY) {
		/* libcurl says the latter of one endless header line. */
		snprintf(call->detail, sizeof(call->detail), "%s",
			 _("the answer is too large to be read"));
		end(call,
		    call->begun ? PROV_END_TOO_LARGE : PROV_END_UNREACHED);
	} else if (whole(call, code)) {
		end(call, PROV_END_ANSWER);
	} else {
		explain(call, code);
		end(call, call->begun ? PROV_END_LOST : PROV_END_UNREACHED);
	}
}

/* Running. */

#define SET(option, value) \
	(bad = bad ? bad : curl_easy_setopt(easy, CURLOPT_##option, value))

static CURLcode set_connection(const struct xfer_call *call, CURL *easy)
{
	bool plain = !strncasecmp(call->url, "http://", 7);
	CURLcode bad = CURLE_OK;

	SET(URL, call->url);
	SET(PATH_AS_IS, 1L);
	SET(DISALLOW_USERNAME_IN_URL, 1L);
	SET(PROTOCOLS_STR, plain ? "http" : "https");
	SET(FOLLOWLOCATION, 0L);
	SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	SET(HTTP09_ALLOWED, 0L);
	SET(PIPEWAIT, 0L);
	/* A request that must not arrive twice gets a connection of its own:
	 * libcurl starts over by itself only on one it had kept. */
	SET(FRESH_CONNECT, call->repeatable ? 0L : 1L);
	/* Nothing from the environment, nor from files nobody named. */
	SET(PROXY, "");
	SET(NOPROXY, "*");
	SET(NETRC, (long)CURL_NETRC_IGNORED);
	SET(SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(SSL_VERIFYPEER, 1L);
	SET(SSL_VERIFYHOST, 2L);
	if (call->ca_file) {
		/* Pinned: the system's own must not count beside it. */
		SET(CAINFO, call->ca_file);
		SET(CAPATH, NULL);
	}
	SET(CONNECTTIMEOUT_MS, (long)call->xfer->limits.connect_ms);
	SET(OPENSOCKETFUNCTION, on_socket);
	SET(OPENSOCKETDATA, (void *)call->xfer);
	SET(CLOSESOCKETFUNCTION, on_close);
	SET(CLOSESOCKETDATA, (void *)call->xfer);
	SET(NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
	/* Else ending a call waits for the resolver's thread. */
	SET(QUICK_EXIT, 1L);
#endif
	return bad;
}

static CURLcode set_exchange(struct xfer_call *call, CURL *easy)
{
	uint64_t total = call->body.total;
	CURLcode bad = CURLE_OK;

	SET(USERAGENT, "kyc/" PACKAGE_VERSION);
	SET(HTTPHEADER, call->headers);
	SET(ACCEPT_ENCODING, NULL);
	SET(ERRORBUFFER, call->words);
	SET(PRIVATE, (void *)call);
	SET(PREREQFUNCTION, on_begin);
	SET(PREREQDATA, (void *)call);
	SET(HEADERFUNCTION, on_head);
	SET(HEADERDATA, (void *)call);
	SET(WRITEFUNCTION, on_body);
	SET(WRITEDATA, (void *)call);
	if (!strcmp(call->method, "GET")) {
		SET(HTTPGET, 1L);
		return bad;
	}
	SET(POST, 1L);
	SET(CUSTOMREQUEST, call->method);
	SET(POSTFIELDSIZE_LARGE, (curl_off_t)total);
	SET(READFUNCTION, on_read);
	SET(READDATA, (void *)call);
	SET(SEEKFUNCTION, on_seek);
	SET(SEEKDATA, (void *)call);
	SET(UPLOAD_BUFFERSIZE,
	    total > BIG_BODY ? (long)BUFFER_BIG : (long)BUFFER_SMALL);
	return bad;
}

static void launch(struct xfer_call *call)
{
	struct xfer *xfer = call->xfer;
	CURLcode bad;

	call->easy = xfer->spare_count ? xfer->spare[--xfer->spare_count]
				       : curl_easy_init();
	if (!call->easy)
		mem_exhausted();
	call->moved_ms = xfer_now();
	move(call, RUNNING);
	bad = set_connection(call, call->easy);
	if (!bad)
		bad = set_exchange(call, call->easy);
	if (bad || curl_multi_add_handle(xfer->multi, call->easy)) {
		snprintf(call->detail, sizeof(call->detail), "%s",
			 _("the wire cannot be set up"));
		end(call, PROV_END_UNREACHED);
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
		if (!call->body.has_file)
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

	while ((message = curl_multi_info_read(xfer->multi, &left))) {
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
				  &call);
		settle(call, code);
	}
}

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

/* What the kernel has taken but the other side has not: it shrinks while a
 * slow line drains it, long after the last byte was handed over. */
static int unsent_of(const struct xfer_call *call)
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
	if (n == SAMPLES) {
		memmove(&call->samples[0], &call->samples[1],
			(SAMPLES - 1) * sizeof(call->samples[0]));
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
	uint64_t sent = uploaded(call);
	int stall_ms = call->xfer->limits.stall_ms;
	int unsent;

	if (!call->begun)
		return;
	unsent = unsent_of(call);
	if (sent != call->sent || unsent != call->unsent)
		call->moved_ms = now;
	call->sent = sent;
	call->unsent = unsent;
	sample(call, now);
	if (now - call->moved_ms < stall_ms)
		return;
	snprintf(call->detail, sizeof(call->detail),
		 _("no byte moved for %d seconds"), (stall_ms + 999) / 1000);
	end(call, PROV_END_LOST);
}

static void watch_all(struct xfer *xfer)
{
	int64_t now = xfer_now();
	struct xfer_call *next;

	for (struct xfer_call *call = xfer->first[RUNNING]; call; call = next) {
		next = call->next;
		watch(call, now);
	}
}

/* Time in which nobody looked at the wire (the program was stopped, or had
 * something else to do) is no silence of the provider's. */
static void forgive_absence(struct xfer *xfer)
{
	int64_t away = xfer_now() - xfer->turned_ms;

	if (!xfer->turned_ms || away < 1000)
		return;
	for (struct xfer_call *call = xfer->first[RUNNING]; call;
	     call = call->next)
		call->moved_ms += away;
}

/* Ending. */

static void release(struct xfer_call *call)
{
	drop_easy(call);
	free_headers(call->headers);
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
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		mem_exhausted();
	xfer->multi = curl_multi_init();
	if (!xfer->multi)
		mem_exhausted();
	xfer->limits = (struct xfer_limits){ 10000, 30000 };
	/* One transfer a connection: a stalled one holds up no other, and what
	 * is cancelled is gone from the line. */
	curl_multi_setopt(xfer->multi, CURLMOPT_PIPELINING,
			  (long)CURLPIPE_NOTHING);
	xfer_set_most(xfer, most);
	return xfer;
}

void xfer_set_most(struct xfer *xfer, unsigned most)
{
	xfer->most = within(most);
	curl_multi_setopt(xfer->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
			  (long)xfer->most);
	curl_multi_setopt(xfer->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
			  (long)xfer->most);
	curl_multi_setopt(xfer->multi, CURLMOPT_MAXCONNECTS, (long)xfer->most);
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
		curl_easy_cleanup(xfer->spare[--xfer->spare_count]);
	curl_multi_cleanup(xfer->multi);
	curl_global_cleanup();
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
	    check_request(request, err))
		return -1;
	call = mem_alloc(sizeof(*call));
	call->place = PLACES;
	call->xfer = xfer;
	if (body_init(&call->body, request, order->file, order->sha256, err)) {
		release(call);
		return -1;
	}
	call->done = done;
	call->arg = arg;
	call->method = request->method;
	call->repeatable = !strcmp(request->method, "GET");
	call->url = mem_printf("%s%s", order->endpoint, request->path);
	call->ca_file = mem_dup(order->ca_file);
	make_headers(call, request);
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
		end(call, PROV_END_CANCELLED);
	}
	deliver(call);
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
	struct curl_waitfd extra[XFER_FDS_MAX];

	assert(count <= XFER_FDS_MAX);
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
	curl_multi_poll(xfer->multi, extra, (unsigned)count, timeout_ms, NULL);
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
	forgive_absence(xfer);
	launch_due(xfer);
	poll_all(xfer, fds, count, time_left(xfer, timeout_ms));
	curl_multi_perform(xfer->multi, &running);
	collect(xfer);
	watch_all(xfer);
	launch_due(xfer);
	xfer->turned_ms = xfer_now();
	while (xfer->first[ENDED])
		deliver(xfer->first[ENDED]);
	xfer->waiting = false;
}
