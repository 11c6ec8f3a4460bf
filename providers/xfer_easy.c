// SPDX-License-Identifier: MIT
/* A call put into libcurl's words: headers, options, callbacks. */
#include "providers/xfer_private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forms/i18n.h"
#include "forms/mem.h"

enum {
	PATH_BYTES_MAX = 8192,
	BIG_BODY = 1 << 20,
	/* libcurl fills its buffer once for each turn of the loop, and turns
	 * are what large files cost. Measured against a loopback server: more
	 * than these gains nothing. */
	BUFFER_BIG = 256 << 10,
	BUFFER_SMALL = 128 << 10,
	/* What the kernel may hold unsent. Without it megabytes vanish there
	 * at once: progress tells a lie, and who refuses early and hangs up
	 * is not heard any more. */
	UNSENT_MOST = 256 << 10,
	UNSENT_FRAMES = 1024,
};

uint64_t xfer_uploaded(const struct xfer_call *call)
{
	curl_off_t bytes = 0;

	if (call->easy)
		xfer_curl.easy_getinfo(call->easy, CURLINFO_SIZE_UPLOAD_T,
				       &bytes);
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
	call->repeated = call->begun;
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

/*
 * Has the other side got it all? What was handed over may still be in our own
 * kernel: who has read the whole body has also confirmed it, at the latest
 * with the answer. Small frames of the protocol itself may be on their way.
 */
static bool is_out(const struct xfer_call *call)
{
	return xfer_uploaded(call) >= call->body.total &&
	       xfer_unsent(call) <= UNSENT_FRAMES;
}

static size_t on_head(char *line, size_t size, size_t count, void *arg)
{
	struct xfer_call *call = arg;
	bool had_head = call->answer.whole_head;

	call->moved_ms = xfer_now();
	if (answer_head(&call->answer, line, size * count))
		return 0;
	if (!had_head && call->answer.whole_head)
		call->sent_whole = is_out(call);
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
	if (xfer->socket_count < XFER_SOCKETS_MAX)
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

int xfer_check_request(const struct prov_request *request, struct err *err)
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

/* LINE is taken. */
static void add_line(struct xfer_call *call, char *line)
{
	struct curl_slist **end = &call->headers;

	while (*end)
		end = &(*end)->next;
	*end = mem_alloc(sizeof(**end));
	(*end)->data = line;
}

static void add_header(struct xfer_call *call, const char *name,
		       const char *value)
{
	/* libcurl leaves out "Name:" and sends "Name;" without a value. */
	add_line(call, *value ? mem_printf("%s: %s", name, value)
			      : mem_printf("%s;", name));
}

void xfer_make_headers(struct xfer_call *call,
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
	add_line(call, mem_dup("Expect:"));
	if (!typed)
		add_line(call, mem_dup("Content-Type:"));
}

void xfer_free_headers(struct curl_slist *headers)
{
	while (headers) {
		struct curl_slist *next = headers->next;

		mem_free_private(headers->data);
		free(headers);
		headers = next;
	}
}

/* Looked at by the header's own checks of types, and then called. */
#define SET(option, value)                                              \
	((void)sizeof(curl_easy_setopt(easy, CURLOPT_##option, value)), \
	 bad = bad ? bad                                                \
		   : xfer_curl.easy_setopt(easy, CURLOPT_##option, value))

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

CURLcode xfer_set_up(struct xfer_call *call)
{
	CURLcode bad = set_connection(call, call->easy);

	return bad ? bad : set_exchange(call, call->easy);
}
