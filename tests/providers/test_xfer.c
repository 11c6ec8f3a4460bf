// SPDX-License-Identifier: MIT
/* The wire against a server that cuts, stalls and lies. */
#include "providers/xfer.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/test.h"
#include "tests/wire_server.h"

#define KEY "11111111-2222-4333-8444-555555555555"
#define MB  ((size_t)1 << 20)

enum {
	DEADLINE_MS = 20000,
};

/* What came of a call. */
struct ended {
	unsigned times;
	enum prov_end end;
	int status;
	bool sent_whole;
	char *body;
	size_t len;
	char *location;
	char detail[256];
};

static void on_done(void *arg, const struct prov_reply *reply)
{
	struct ended *ended = arg;

	ended->times++;
	ended->end = reply->end;
	ended->status = reply->status;
	ended->sent_whole = reply->sent_whole;
	ended->body = mem_dup_n(reply->body, reply->len);
	ended->len = reply->len;
	ended->location = mem_dup(prov_reply_header(reply, "location"));
	memcpy(ended->detail, reply->detail, sizeof(ended->detail));
}

static void ended_release(struct ended *ended)
{
	free(ended->body);
	free(ended->location);
	*ended = (struct ended){ 0 };
}

static void wait_until(struct xfer *xfer, const struct ended *ended)
{
	int64_t end = xfer_now() + DEADLINE_MS;

	while (!ended->times) {
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 1000);
	}
}

static struct prov_request get(void)
{
	struct prov_request request = { .method = "GET" };

	request.path = mem_dup("/customers?size=25");
	return request;
}

static struct prov_request post(size_t bytes)
{
	struct prov_request request = { .method = "POST" };
	char *body = mem_alloc(bytes + 1);

	memset(body, 'x', bytes);
	request.path = mem_dup("/things");
	prov_request_header(&request, "Idempotency-Key", "%s", KEY);
	prov_request_body(&request, "application/json", body);
	return request;
}

static struct prov_request upload(void)
{
	struct prov_request request = { .method = "POST" };

	request.path = mem_dup("/customers/1/documents");
	request.key = mem_dup(KEY);
	prov_request_header(&request, "Idempotency-Key", "%s", KEY);
	prov_request_part(&request, "type", "SELFIE");
	prov_request_file(&request, "file", "document.jpg", "image/jpeg");
	return request;
}

static struct xfer_call *start(struct xfer *xfer, const char *endpoint,
			       struct prov_request request,
			       const struct doc_file *file, const char *sha256,
			       struct ended *ended)
{
	const struct prov_file one = { file, sha256 };
	struct xfer_order order = { .endpoint = endpoint,
				    .request = &request,
				    .files = &one,
				    .file_count = file ? 1 : 0 };
	struct xfer_call *call = NULL;
	struct err err = { 0 };

	if (xfer_start(xfer, &order, on_done, ended, &call, &err))
		fail_msg("%s", err.text);
	assert_null(request.path);
	return call;
}

static void run(struct xfer *xfer, const char *endpoint,
		struct prov_request request, struct ended *ended)
{
	start(xfer, endpoint, request, NULL, NULL, ended);
	wait_until(xfer, ended);
}

/* A file without a name, BYTES long, full of holes. */
static struct doc_file sparse_file(size_t bytes, char path[64])
{
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	int fd;

	snprintf(path, 64, "/tmp/kyc-test-xfer.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)bytes), 0);
	close(fd);
	if (doc_file_open(&file, path, &err))
		fail_msg("%s", err.text);
	return file;
}

static void hash_file(const struct doc_file *file, char hex[65])
{
	struct doc_digest *digest = doc_digest_new();
	char *data = mem_alloc(MB);
	ssize_t got;

	for (off_t at = 0; (got = pread(file->fd, data, MB, at)) > 0; at += got)
		doc_digest_add(digest, data, (size_t)got);
	doc_digest_hex(digest, hex);
	doc_digest_free(digest);
	free(data);
}

/* How attempts end. */

#define OK_204 "HTTP/1.1 204 No Content\r\n\r\n"
#define OK_JSON                                                 \
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" \
	"Content-Length: 2\r\n\r\n{}"
#define GZIP "\x1f\x8b\x08"

static const struct ending {
	const char *name;
	struct wire_step script[WIRE_STEPS];
	size_t post; /* bytes of the body; 0: a GET */
	enum prov_end end;
	int status;
	bool sent_whole, either; /* EITHER: the kernel's timing decides */
	const char *detail;	 /* is part of it */
	bool impatient;		 /* with short time limits */
	int limit_ms;		 /* these; 0: 300 */
	bool encrypted;
} endings[] = {
	{ .name = "JSON",
	  .script = { DO_HEAD, DO_SAY(OK_JSON) },
	  .end = PROV_END_ANSWER,
	  .status = 200,
	  .sent_whole = true },
	{ .name = "204 to a POST",
	  .script = { DO_HEAD, DO_BODY, DO_SAY(OK_204) },
	  .post = 10,
	  .end = PROV_END_ANSWER,
	  .status = 204,
	  .sent_whole = true },
	{ .name = "reset before the head",
	  .script = { DO_RESET },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .detail = "connection",
	  .either = true },
	{ .name = "reset during the body",
	  .script = { DO_HEAD, DO_SOME(1000), DO_RESET },
	  .post = 32 << 20,
	  .end = PROV_END_LOST,
	  .detail = "connection broke" },
	{ .name = "reset after the body",
	  .script = { DO_HEAD, DO_BODY, DO_RESET },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "connection broke" },
	{ .name = "closed without an answer",
	  .script = { DO_HEAD, DO_BODY },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "without an answer" },
	{ .name = "half a status line",
	  .script = { DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 2") },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true },
	{ .name = "status line and nothing more",
	  .script = { DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 204 No Content\r\n") },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true },
	{ .name = "only 100 Continue",
	  .script = { DO_HEAD, DO_BODY,
		      DO_SAY("HTTP/1.1 100 Continue\r\n\r\n") },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true },
	{ .name = "100 Continue, then the answer",
	  .script = { DO_HEAD, DO_BODY,
		      DO_SAY("HTTP/1.1 100 Continue\r\n\r\n" OK_204) },
	  .post = 100,
	  .end = PROV_END_ANSWER,
	  .status = 204,
	  .sent_whole = true },
	{ .name = "a flood of 100 Continue",
	  .script = { DO_HEAD, DO_BODY,
		      DO_REPEAT("HTTP/1.1 100 Continue\r\n\r\n", 5000),
		      DO_SAY(OK_204) },
	  .post = 100,
	  .end = PROV_END_TOO_LARGE,
	  .sent_whole = true },
	{ .name = "HTTP/0.9",
	  .script = { DO_HEAD, DO_SAY("all is well\n") },
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "not HTTP" },
	{ .name = "endless headers",
	  .script = { DO_HEAD, DO_SAY("HTTP/1.1 200 OK\r\n"),
		      DO_REPEAT("X-More: and more and more\r\n", 100000) },
	  .end = PROV_END_TOO_LARGE,
	  .sent_whole = true },
	{ .name = "an endless header",
	  .script = { DO_HEAD, DO_SAY("HTTP/1.1 200 OK\r\nX-More:"),
		      DO_REPEAT(" and more and more", 100000) },
	  .end = PROV_END_TOO_LARGE,
	  .sent_whole = true },
	{ .name = "9 MB of body",
	  .script = { DO_HEAD, DO_SAY("HTTP/1.1 200 OK\r\n\r\n"),
		      DO_REPEAT("123456789\n", 900000) },
	  .end = PROV_END_TOO_LARGE,
	  .sent_whole = true },
	{ .name = "a body cut off",
	  .script = { DO_HEAD,
		      DO_SAY("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}") },
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "cut off" },
	{ .name = "chunks cut off",
	  .script = { DO_HEAD,
		      DO_SAY("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
			     "2\r\n{}\r\n") },
	  .end = PROV_END_LOST,
	  .sent_whole = true },
	{ .name = "413 before the body was read",
	  .script = { DO_HEAD,
		      DO_SAY("HTTP/1.1 413 Too Large\r\n"
			     "Content-Length: 2\r\n\r\n{}"),
		      DO_HOLD },
	  .post = 32 << 20,
	  .end = PROV_END_ANSWER,
	  .status = 413 },
	{ .name = "204 before the body was read, then gone",
	  .script = { DO_HEAD, DO_SAY(OK_204) },
	  .post = 32 << 20,
	  .end = PROV_END_ANSWER,
	  .status = 204 },
	{ .name = "204 before the body was read",
	  .script = { DO_HEAD, DO_SAY(OK_204), DO_BODY },
	  .post = 32 << 20,
	  .end = PROV_END_ANSWER,
	  .status = 204 },
	{ .name = "nobody reads the body",
	  .script = { DO_HEAD, DO_HOLD },
	  .post = 32 << 20,
	  .end = PROV_END_LOST,
	  .detail = "no byte moved",
	  .impatient = true },
	{ .name = "nobody answers",
	  .script = { DO_HEAD, DO_BODY, DO_HOLD },
	  .post = 100,
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "no byte moved",
	  .impatient = true },
	/* libcurl has handed over the last byte long before the line is
	 * through, which takes 1.5 s: that is no silence. A full window opens
	 * again in steps of the kernel's own, up to half a second. */
	{ .name = "a slow line drains",
	  .limit_ms = 1000,
	  .script = { DO_HEAD, DO_DRIP(20), DO_SAY(OK_204) },
	  .post = 600000,
	  .end = PROV_END_ANSWER,
	  .status = 204,
	  .sent_whole = true,
	  .impatient = true },
	{ .name = "an answer that stops",
	  .script = { DO_HEAD,
		      DO_SAY("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}"),
		      DO_HOLD },
	  .end = PROV_END_LOST,
	  .sent_whole = true,
	  .detail = "no byte moved",
	  .impatient = true },
	{ .name = "a server that never says hello",
	  .script = { DO_HOLD },
	  .post = 100,
	  .end = PROV_END_UNREACHED,
	  .detail = "in time",
	  .impatient = true,
	  .encrypted = true },
	{ .name = "a server that speaks no TLS",
	  .script = { DO_SAY("220 mail.example.org\r\n") },
	  .post = 100,
	  .end = PROV_END_UNREACHED,
	  .detail = "encrypted",
	  .encrypted = true },
};

static void check_ending(const struct ending *row, struct ended *ended)
{
	/* A reset may come before the request is on its way, or after. */
	if (row->either && ended->end == PROV_END_UNREACHED)
		assert_false(ended->sent_whole);
	else
		assert_int_equal(ended->end, row->end);
	assert_int_equal(ended->status, row->status);
	if (!row->either)
		assert_int_equal(ended->sent_whole, row->sent_whole);
	if (row->detail && !strstr(ended->detail, row->detail))
		fail_msg("'%s' is not about '%s'", ended->detail, row->detail);
	if (row->end == PROV_END_ANSWER)
		assert_string_equal(ended->detail, "");
	else
		assert_string_not_equal(ended->detail, "");
}

static void test_xfer_ending(void **state)
{
	const struct ending *row = *state;
	struct wire_server *server = wire_server_new(&row->script, 1);
	struct xfer *xfer = xfer_new(1);
	int limit_ms = row->limit_ms ? row->limit_ms : 300;
	struct xfer_limits short_limits = { limit_ms, limit_ms };
	struct doc_file file = DOC_FILE_NONE;
	struct ended ended = { 0 };
	char endpoint[64], path[64] = "";

	if (row->impatient)
		xfer_set_limits(xfer, &short_limits);
	if (row->post > MB)
		file = sparse_file(row->post, path);
	snprintf(endpoint, sizeof(endpoint), "%s://127.0.0.1:%u",
		 row->encrypted ? "https" : "http", wire_server_port(server));
	if (row->post > MB)
		start(xfer, endpoint, upload(), &file, NULL, &ended);
	else
		start(xfer, endpoint, row->post ? post(row->post) : get(), NULL,
		      NULL, &ended);
	wait_until(xfer, &ended);
	check_ending(row, &ended);
	assert_int_equal(wire_server_connections(server), 1);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
	doc_file_close(&file);
	if (path[0])
		unlink(path);
}

/* What is sent. */

static const struct wire_step answer_all[WIRE_STEPS] = {
	DO_HEAD,
	DO_BODY,
	DO_SAY(OK_JSON),
	DO_AGAIN,
};

static void test_xfer_get(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct prov_request request = get();
	struct ended ended = { 0 };
	const char *head;

	(void)state;
	prov_request_header(&request, "Authorization", "Bearer %s", "s3cret");
	run(xfer, wire_server_endpoint(server), request, &ended);
	assert_string_equal(ended.body, "{}");
	xfer_free(xfer);
	head = wire_server_seen(server, 0)->head;
	assert_non_null(strstr(head, "GET /customers?size=25 HTTP/1.1\r\n"));
	assert_non_null(strstr(head, "\r\nAuthorization: Bearer s3cret\r\n"));
	assert_non_null(strstr(head, "\r\nUser-Agent: kyc/"));
	assert_null(strcasestr(head, "accept-encoding"));
	assert_null(strcasestr(head, "content-length"));
	ended_release(&ended);
	wire_server_free(server);
}

static void test_xfer_post_without_body(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct prov_request request = { .method = "POST" };
	struct ended ended = { 0 };
	const char *head;

	(void)state;
	request.path = mem_dup("/tos");
	run(xfer, wire_server_endpoint(server), request, &ended);
	assert_int_equal(ended.status, 200);
	xfer_free(xfer);
	head = wire_server_seen(server, 0)->head;
	assert_non_null(strstr(head, "\r\nContent-Length: 0\r\n"));
	assert_null(strcasestr(head, "content-type"));
	ended_release(&ended);
	wire_server_free(server);
}

/* Twice the same key: twice the same bytes, all of them announced. */
static void test_xfer_upload_same_bytes(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };
	char path[64], hex[65] = "", length[64];
	struct doc_file file = sparse_file(200000, path);
	const struct wire_seen *one, *two;

	(void)state;
	hash_file(&file, hex);
	for (int i = 0; i < 2; i++) {
		ended_release(&ended);
		start(xfer, wire_server_endpoint(server), upload(), &file, hex,
		      &ended);
		wait_until(xfer, &ended);
		assert_int_equal(ended.status, 200);
		assert_true(ended.sent_whole);
	}
	xfer_free(xfer);
	one = wire_server_seen(server, 0);
	two = wire_server_seen(server, 1);
	assert_int_equal(wire_server_connections(server), 1);
	assert_int_equal(one->body_len, two->body_len);
	assert_memory_equal(one->body, two->body, one->body_len);
	assert_string_equal(one->head, two->head);
	assert_true(one->body_len > 200000);
	snprintf(length, sizeof(length), "\r\nContent-Length: %zu\r\n",
		 one->body_len);
	assert_non_null(strstr(one->head, length));
	assert_non_null(strstr(one->head, "multipart/form-data; boundary="));
	assert_null(strcasestr(one->head, "expect:"));
	assert_null(strcasestr(one->head, "transfer-encoding"));
	ended_release(&ended);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

/* A kept connection that dies under a request is replaced behind our back:
 * the body must start from its first byte, and its digest too. */
static const struct death {
	const char *name;
	size_t bytes;
	struct wire_step last; /* of the first connection */
	bool either;	       /* a reset may be told instead of mended */
} deaths[] = {
	{ "closed after a small body", 500, DO_BODY, false },
	{ "closed after a body", 300000, DO_BODY, false },
	{ "closed after a large body", 3000000, DO_BODY, false },
	{ "closed during the body", 300000, DO_SOME(70000), true },
};

static void test_xfer_dead_connection(void **state)
{
	const struct death *row = *state;
	const struct wire_step scripts[][WIRE_STEPS] = {
		{ DO_HEAD, DO_BODY, DO_SAY(OK_JSON), DO_HEAD, row->last },
		{ DO_HEAD, DO_BODY, DO_SAY(OK_JSON) },
	};
	struct wire_server *server = wire_server_new(scripts, 2);
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };
	char path[64], hex[65] = "";
	struct doc_file file = sparse_file(row->bytes, path);
	const struct wire_seen *one, *two;

	hash_file(&file, hex);
	for (int i = 0; i < 2; i++) {
		ended_release(&ended);
		start(xfer, wire_server_endpoint(server), upload(), &file, hex,
		      &ended);
		wait_until(xfer, &ended);
	}
	xfer_free(xfer);
	if (ended.end == PROV_END_ANSWER) {
		one = wire_server_seen(server, 0);
		two = wire_server_seen(server, 2);
		assert_int_equal(ended.status, 200);
		assert_true(ended.sent_whole);
		assert_true(two->whole);
		assert_string_equal(one->head, two->head);
		assert_int_equal(one->body_len, two->body_len);
		assert_memory_equal(one->body, two->body,
				    one->body_len < MB ? one->body_len : MB);
	} else {
		assert_true(row->either);
		assert_int_equal(ended.end, PROV_END_LOST);
	}
	ended_release(&ended);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

/* Without a key a request must not arrive twice: it is not put on a kept
 * connection, the only place where libcurl starts over by itself. */
static void test_xfer_no_key_no_repeat(void **state)
{
	static const struct wire_step scripts[][WIRE_STEPS] = {
		{ DO_HEAD, DO_SAY(OK_JSON), DO_HOLD },
		{ DO_HEAD, DO_BODY },
	};
	struct wire_server *server = wire_server_new(scripts, 2);
	struct xfer *xfer = xfer_new(1);
	struct prov_request request = { .method = "POST" };
	struct ended ended = { 0 };

	(void)state;
	run(xfer, wire_server_endpoint(server), get(), &ended);
	ended_release(&ended);
	request.path = mem_dup("/tos");
	run(xfer, wire_server_endpoint(server), request, &ended);
	assert_int_equal(ended.end, PROV_END_LOST);
	assert_int_equal(wire_server_connections(server), 2);
	assert_int_equal(wire_server_requests(server), 2);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
}

static void test_xfer_one_connection(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(4);
	struct ended ended = { 0 };

	(void)state;
	for (int i = 0; i < 6; i++) {
		run(xfer, wire_server_endpoint(server),
		    i % 2 ? post(50) : get(), &ended);
		assert_int_equal(ended.status, 200);
		ended_release(&ended);
	}
	assert_int_equal(wire_server_connections(server), 1);
	assert_int_equal(wire_server_requests(server), 6);
	xfer_free(xfer);
	wire_server_free(server);
}

static void test_xfer_refused_connection(void **state)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };
	char endpoint[64];
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)state;
	/* Bound but not listening: nobody else can take the port. */
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(fd, (struct sockaddr *)&address, sizeof(address));
	getsockname(fd, (struct sockaddr *)&address, &size);
	snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u",
		 ntohs(address.sin_port));
	run(xfer, endpoint, post(10), &ended);
	assert_int_equal(ended.end, PROV_END_UNREACHED);
	assert_false(ended.sent_whole);
	assert_string_equal(ended.detail,
			    "the server does not take connections");
	ended_release(&ended);
	xfer_free(xfer);
	close(fd);
}

static void test_xfer_redirect(void **state)
{
	struct wire_server *target = wire_server_new(&answer_all, 1);
	struct wire_server *server;
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };
	char *text = mem_printf("HTTP/1.1 302 Found\r\nLocation: %s/stolen\r\n"
				"Content-Length: 0\r\n\r\n",
				wire_server_endpoint(target));
	const struct wire_step script[WIRE_STEPS] = { DO_HEAD, DO_SAY(text) };

	(void)state;
	server = wire_server_new(&script, 1);
	run(xfer, wire_server_endpoint(server), get(), &ended);
	assert_int_equal(ended.end, PROV_END_ANSWER);
	assert_int_equal(ended.status, 302);
	assert_non_null(strstr(ended.location, "/stolen"));
	assert_int_equal(wire_server_connections(target), 0);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
	wire_server_free(target);
	free(text);
}

static void test_xfer_gzip_stays(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = {
		DO_HEAD,
		DO_SAY("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
		       "Content-Length: 3\r\n\r\n" GZIP),
	};
	struct wire_server *server = wire_server_new(&script, 1);
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };

	(void)state;
	run(xfer, wire_server_endpoint(server), get(), &ended);
	assert_int_equal(ended.end, PROV_END_ANSWER);
	assert_int_equal(ended.len, 3);
	assert_memory_equal(ended.body, GZIP, 3);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
}

/* Proxies, netrc and the key log are what an environment may smuggle in. */
static void test_xfer_environment(void **state)
{
	struct wire_server *proxy = wire_server_new(&answer_all, 1);
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer;
	struct ended ended = { 0 };
	char home[] = "/tmp/kyc-test-home.XXXXXX";
	char *netrc;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(home));
	netrc = mem_printf("%s/.netrc", home);
	file = fopen(netrc, "w");
	assert_non_null(file);
	fputs("machine 127.0.0.1 login eve password eve\n", file);
	fclose(file);
	setenv("HOME", home, 1);
	setenv("http_proxy", wire_server_endpoint(proxy), 1);
	setenv("ALL_PROXY", wire_server_endpoint(proxy), 1);
	setenv("SSLKEYLOGFILE", "/tmp/kyc-test-keys", 1);
	xfer = xfer_new(1);
	run(xfer, wire_server_endpoint(server), get(), &ended);
	assert_int_equal(ended.status, 200);
	assert_null(getenv("SSLKEYLOGFILE"));
	xfer_free(xfer);
	assert_int_equal(wire_server_connections(proxy), 0);
	assert_null(
		strcasestr(wire_server_seen(server, 0)->head, "authorization"));
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
	unlink(netrc);
	rmdir(home);
	free(netrc);
	ended_release(&ended);
	wire_server_free(server);
	wire_server_free(proxy);
}

static const struct unfit {
	const char *name, *endpoint, *path, *header, *value;
	enum err_code code;
} unfit[] = {
	{ "plain http to elsewhere", "http://example.org", "/", "A", "b",
	  ERR_CONFIG },
	{ "line end in a header", "http://127.0.0.1:9", "/", "A", "b\r\nC: d",
	  ERR_INPUT },
	{ "line end in a name", "http://127.0.0.1:9", "/", "A\n", "b",
	  ERR_INPUT },
	{ "blank in the path", "http://127.0.0.1:9", "/a b", "A", "b",
	  ERR_BUG },
	{ "path without a slash", "http://127.0.0.1:9", "@x.org/", "A", "b",
	  ERR_BUG },
};

static void test_xfer_unfit(void **state)
{
	const struct unfit *row = *state;
	struct xfer *xfer = xfer_new(1);
	struct prov_request request = { .method = "GET" };
	struct xfer_order order = { .endpoint = row->endpoint,
				    .request = &request };
	struct ended ended = { 0 };
	struct err err = { 0 };

	request.path = mem_dup(row->path);
	prov_request_header(&request, row->header, "%s", row->value);
	assert_int_equal(xfer_start(xfer, &order, on_done, &ended, NULL, &err),
			 -1);
	assert_int_equal(err.code, row->code);
	assert_int_equal(xfer_active(xfer), 0);
	assert_non_null(request.path);
	prov_request_release(&request);
	xfer_free(xfer);
	assert_int_equal(ended.times, 0);
}

/* Files that change on their way. */

static void grow(const char *path)
{
	assert_int_equal(truncate(path, 33 << 20), 0);
}

static void shrink(const char *path)
{
	assert_int_equal(truncate(path, 31 << 20), 0);
}

static void rewrite_end(const char *path)
{
	int fd = open(path, O_WRONLY);

	assert_int_equal(pwrite(fd, "!", 1, (32 << 20) - 1), 1);
	close(fd);
}

static void rewrite_start(const char *path)
{
	int fd = open(path, O_WRONLY);

	assert_int_equal(pwrite(fd, "!", 1, 0), 1);
	close(fd);
}

static const struct change {
	const char *name;
	void (*change)(const char *path);
	bool wrong_digest;
} changes[] = {
	{ "grew", grow, false },
	{ "shrank", shrink, false },
	{ "rewritten ahead of us", rewrite_end, false },
	{ "rewritten behind us", rewrite_start, false },
	{ "was another from the start", NULL, true },
};

static void test_xfer_changed_file(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = {
		DO_HEAD, DO_SOME(1000), DO_GATE, DO_BODY, DO_SAY(OK_204),
	};
	const struct change *row = *state;
	struct wire_server *server = wire_server_new(&script, 1);
	struct xfer *xfer = xfer_new(1);
	struct xfer_progress progress = { 0 };
	struct ended ended = { 0 };
	char path[64], hex[65] = "";
	struct doc_file file = sparse_file(32 << 20, path);
	struct xfer_call *call;
	int64_t end = xfer_now() + DEADLINE_MS;

	hash_file(&file, hex);
	if (row->wrong_digest)
		hex[0] = hex[0] == '0' ? '1' : '0';
	call = start(xfer, wire_server_endpoint(server), upload(), &file, hex,
		     &ended);
	while (row->change && progress.sent < 100000) {
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 100);
		xfer_progress_of(call, &progress);
	}
	if (row->change)
		row->change(path);
	wire_server_open(server);
	wait_until(xfer, &ended);
	assert_int_equal(ended.end, PROV_END_SOURCE);
	assert_false(ended.sent_whole);
	assert_non_null(strstr(ended.detail, "the file "));
	assert_false(wire_server_seen(server, 0)->whole);
	ended_release(&ended);
	xfer_free(xfer);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

/* Many, and large. */

static size_t resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	size_t all = 0, pages = 0;

	if (file && fscanf(file, "%zu %zu", &all, &pages) != 2)
		pages = 0;
	if (file)
		fclose(file);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static const struct load {
	const char *name;
	size_t calls, bytes, most;
} loads[] = {
	{ "one of 50 MB", 1, 50000000, 1 },
	{ "eight of 8 MB over four lines", 8, 8000000, 4 },
	{ "eight of 8 MB at once", 8, 8000000, 8 },
};

static void test_xfer_load(void **state)
{
	const struct load *row = *state;
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new((unsigned)row->most);
	struct ended ended[8] = { 0 };
	char path[64], hex[65] = "";
	struct doc_file file = sparse_file(row->bytes, path);
	size_t before, peak = 0;
	int64_t end = xfer_now() + 6 * DEADLINE_MS;

	hash_file(&file, hex);
	before = resident();
	for (size_t i = 0; i < row->calls; i++)
		start(xfer, wire_server_endpoint(server), upload(), &file, hex,
		      &ended[i]);
	assert_int_equal(xfer_active(xfer), row->calls);
	while (xfer_active(xfer)) {
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 1000);
		peak = resident() > peak ? resident() : peak;
	}
	for (size_t i = 0; i < row->calls; i++) {
		assert_int_equal(ended[i].times, 1);
		assert_int_equal(ended[i].status, 200);
		assert_true(wire_server_seen(server, i)->body_len > row->bytes);
		ended_release(&ended[i]);
	}
	assert_int_equal(wire_server_connections(server), row->most);
	/* Of which the server keeps a MB a request. */
#ifndef KYC_SANITIZERS
	assert_true(peak < before + 20 * MB);
#else
	(void)before;
#endif
	xfer_free(xfer);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

/* Turns, phases, and calls inside of DONE. */

static void wait_for_phase(struct xfer *xfer, const struct xfer_call *call,
			   enum xfer_phase phase)
{
	int64_t end = xfer_now() + DEADLINE_MS;
	struct xfer_progress progress = { 0 };

	while (xfer_progress_of(call, &progress), progress.phase != phase) {
		assert_true(progress.phase < phase);
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 100);
	}
}

static void test_xfer_phases(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = {
		DO_HEAD, DO_SOME(1000), DO_GATE, DO_BODY, DO_HOLD,
	};
	struct wire_server *server = wire_server_new(&script, 1);
	struct xfer *xfer = xfer_new(1);
	struct xfer_progress progress = { 0 };
	struct ended ended = { 0 };
	char path[64];
	struct doc_file file = sparse_file(32 << 20, path);
	struct xfer_call *call = start(xfer, wire_server_endpoint(server),
				       upload(), &file, NULL, &ended);

	(void)state;
	xfer_progress_of(call, &progress);
	assert_int_equal(progress.phase, XFER_WAITING_TURN);
	assert_true(progress.total > file.bytes);
	assert_int_equal(progress.sent, 0);
	wait_for_phase(xfer, call, XFER_SENDING);
	xfer_progress_of(call, &progress);
	assert_true(progress.sent < progress.total);
	wire_server_open(server);
	wait_for_phase(xfer, call, XFER_AWAITING);
	xfer_progress_of(call, &progress);
	assert_int_equal(progress.sent, progress.total);
	assert_true(progress.last_byte_ms >= progress.started_ms);
	xfer_cancel(xfer, call);
	assert_int_equal(ended.times, 1);
	assert_int_equal(ended.end, PROV_END_CANCELLED);
	assert_true(ended.sent_whole);
	assert_int_equal(xfer_active(xfer), 0);
	ended_release(&ended);
	xfer_free(xfer);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

static void test_xfer_cancel_before_turn(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct ended ended = { 0 };
	struct xfer_call *call = start(xfer, wire_server_endpoint(server),
				       post(10), NULL, NULL, &ended);

	(void)state;
	xfer_cancel(xfer, call);
	assert_int_equal(ended.times, 1);
	assert_int_equal(ended.end, PROV_END_CANCELLED);
	assert_int_equal(wire_server_connections(server), 0);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
}

static void test_xfer_free_cancels(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = { DO_HOLD };
	struct wire_server *server = wire_server_new(&script, 1);
	struct xfer *xfer = xfer_new(1);
	struct ended ended[2] = { 0 };
	struct xfer_call *call = start(xfer, wire_server_endpoint(server),
				       get(), NULL, NULL, &ended[0]);

	(void)state;
	start(xfer, wire_server_endpoint(server), get(), NULL, NULL, &ended[1]);
	wait_for_phase(xfer, call, XFER_AWAITING);
	xfer_free(xfer);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(ended[i].times, 1);
		assert_int_equal(ended[i].end, PROV_END_CANCELLED);
		ended_release(&ended[i]);
	}
	wire_server_free(server);
}

struct chain {
	struct xfer *xfer;
	const char *endpoint;
	struct xfer_call *victim;
	struct ended first, victims, next;
};

static void on_first(void *arg, const struct prov_reply *reply)
{
	struct chain *chain = arg;

	on_done(&chain->first, reply);
	xfer_cancel(chain->xfer, chain->victim);
	start(chain->xfer, chain->endpoint, get(), NULL, NULL, &chain->next);
}

static void test_xfer_inside_done(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct chain chain = { .xfer = xfer,
			       .endpoint = wire_server_endpoint(server) };
	struct prov_request request = get();
	struct xfer_order order = { .endpoint = chain.endpoint,
				    .request = &request };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(xfer_start(xfer, &order, on_first, &chain, NULL, &err),
			 0);
	chain.victim =
		start(xfer, chain.endpoint, get(), NULL, NULL, &chain.victims);
	wait_until(xfer, &chain.next);
	assert_int_equal(chain.first.status, 200);
	assert_int_equal(chain.victims.times, 1);
	assert_int_equal(chain.next.status, 200);
	assert_int_equal(xfer_active(xfer), 0);
	ended_release(&chain.first);
	ended_release(&chain.victims);
	ended_release(&chain.next);
	xfer_free(xfer);
	wire_server_free(server);
}

/* A question does not wait behind documents that have no line yet. */
static void test_xfer_questions_first(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct ended ended[3] = { 0 };
	char path[64];
	struct doc_file file = sparse_file(1000, path);
	const char *endpoint = wire_server_endpoint(server);

	(void)state;
	start(xfer, endpoint, upload(), &file, NULL, &ended[0]);
	start(xfer, endpoint, upload(), &file, NULL, &ended[1]);
	start(xfer, endpoint, get(), NULL, NULL, &ended[2]);
	wait_until(xfer, &ended[2]);
	assert_int_equal(ended[0].times + ended[1].times, 0);
	wait_until(xfer, &ended[0]);
	wait_until(xfer, &ended[1]);
	for (int i = 0; i < 3; i++)
		ended_release(&ended[i]);
	xfer_free(xfer);
	doc_file_close(&file);
	unlink(path);
	wire_server_free(server);
}

static void test_xfer_not_before(void **state)
{
	struct wire_server *server = wire_server_new(&answer_all, 1);
	struct xfer *xfer = xfer_new(1);
	struct prov_request request = get();
	int64_t due = xfer_now() + 80;
	struct xfer_order order = { .endpoint = wire_server_endpoint(server),
				    .request = &request,
				    .not_before = due };
	struct ended ended = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(xfer_start(xfer, &order, on_done, &ended, NULL, &err),
			 0);
	xfer_wait(xfer, NULL, 0, 0);
	assert_int_equal(wire_server_connections(server), 0);
	wait_until(xfer, &ended);
	assert_true(xfer_now() >= due);
	assert_int_equal(ended.status, 200);
	ended_release(&ended);
	xfer_free(xfer);
	wire_server_free(server);
}

static void test_xfer_wait_watches(void **state)
{
	struct xfer *xfer = xfer_new(1);
	struct pollfd fd = { .events = POLLIN };
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	fd.fd = ends[0];
	xfer_wait(xfer, &fd, 1, 0);
	assert_int_equal(fd.revents, 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	xfer_wait(xfer, &fd, 1, -1);
	assert_true(fd.revents & POLLIN);
	assert_int_equal(read(ends[0], &(char){ 0 }, 1), 1);
	close(ends[1]);
	xfer_wait(xfer, &fd, 1, -1);
	assert_true(fd.revents & POLLHUP);
	close(ends[0]);
	xfer_free(xfer);
}

int main(void)
{
	struct test_list tests = { 0 };

	signal(SIGPIPE, SIG_IGN);
	TEST_ROWS(&tests, test_xfer_ending, endings);
	test_add(&tests, "get", test_xfer_get);
	test_add(&tests, "post without a body", test_xfer_post_without_body);
	test_add(&tests, "the same bytes twice", test_xfer_upload_same_bytes);
	TEST_ROWS(&tests, test_xfer_dead_connection, deaths);
	test_add(&tests, "no key, no repeat", test_xfer_no_key_no_repeat);
	test_add(&tests, "one connection for many", test_xfer_one_connection);
	test_add(&tests, "refused connection", test_xfer_refused_connection);
	test_add(&tests, "redirect", test_xfer_redirect);
	test_add(&tests, "gzip stays", test_xfer_gzip_stays);
	test_add(&tests, "environment", test_xfer_environment);
	TEST_ROWS(&tests, test_xfer_unfit, unfit);
	TEST_ROWS(&tests, test_xfer_changed_file, changes);
	TEST_ROWS(&tests, test_xfer_load, loads);
	test_add(&tests, "phases", test_xfer_phases);
	test_add(&tests, "cancel before its turn",
		 test_xfer_cancel_before_turn);
	test_add(&tests, "free cancels", test_xfer_free_cancels);
	test_add(&tests, "inside DONE", test_xfer_inside_done);
	test_add(&tests, "questions first", test_xfer_questions_first);
	test_add(&tests, "not before", test_xfer_not_before);
	test_add(&tests, "wait watches", test_xfer_wait_watches);
	return test_run(&tests, "providers/xfer");
}
