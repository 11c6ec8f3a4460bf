// SPDX-License-Identifier: MIT
/* One call with an adapter of the test's own: what becomes of attempts that
 * got no whole answer, and the digest for the record. */
#include "providers/call.h"

#include <signal.h>
#include <unistd.h>

#include "tests/test.h"
#include "tests/wire_server.h"

enum {
	DEADLINE_MS = 20000,
};

static int tell_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	if (!ctx->key)
		return err_set(err, ERR_INPUT, "a key is needed");
	request->method = "POST";
	request->path = mem_dup("/things");
	request->key = mem_dup(ctx->key);
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	prov_request_header(request, "Idempotency-Key", "%s", ctx->key);
	prov_request_part(request, "customer", ctx->customer);
	if (ctx->document_count)
		prov_request_file(request, "file", "document.jpg",
				  "image/jpeg");
	return 0;
}

static int ask_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	(void)err;
	request->method = "GET";
	request->path = mem_dup("/things");
	prov_request_header(request, "Accept-Language", "%s", ctx->language);
	return 0;
}

/* Trusting on purpose: what it may get wrong, the call must mend. */
static void read_any(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	(void)into;
	assert_string_equal(ctx->customer, "c1");
	assert_true(ctx->now > 0);
	assert_null(ctx->secret);
	result->outcome = reply->status < 300 ? PROV_ACCEPTED : PROV_REFUSED;
}

static const struct prov_op tell = { tell_build, read_any };
static const struct prov_op ask = { ask_build, read_any };
static const struct prov_op nothing = { NULL, NULL };

static const struct provider fake = { .name = "fake", .title = "Fake" };

struct outcome {
	unsigned times;
	enum prov_outcome outcome;
	enum prov_end end;
	char code[64];
	char message[256];
};

static void on_done(void *arg, const struct prov_result *result,
		    const struct prov_reply *reply)
{
	struct outcome *outcome = arg;

	outcome->times++;
	outcome->outcome = result->outcome;
	outcome->end = reply->end;
	snprintf(outcome->code, sizeof(outcome->code), "%s",
		 result->code ? result->code : "");
	snprintf(outcome->message, sizeof(outcome->message), "%s",
		 result->message ? result->message : "");
}

static const struct doc_type type = { .code = "SELFIE" };
static const struct prov_document document = { .type = &type };

static const struct fate {
	const char *name;
	struct wire_step script[WIRE_STEPS];
	bool asks;
	size_t file; /* bytes; with a digest that is not its own: LIES */
	bool lies;
	enum prov_outcome outcome;
	const char *code;
} fates[] = {
	{ .name = "accepted",
	  .script = { DO_HEAD, DO_BODY,
		      DO_SAY("HTTP/1.1 204 No Content\r\n\r\n") },
	  .outcome = PROV_ACCEPTED,
	  .code = "" },
	{ .name = "refused",
	  .script = { DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 400 No\r\n\r\n") },
	  .outcome = PROV_REFUSED,
	  .code = "" },
	{ .name = "telling, no answer",
	  .script = { DO_HEAD, DO_BODY },
	  .outcome = PROV_UNSURE,
	  .code = "no_answer" },
	{ .name = "asking, no answer",
	  .script = { DO_HEAD },
	  .asks = true,
	  .outcome = PROV_AGAIN,
	  .code = "no_answer" },
	{ .name = "telling, too large",
	  .script = { DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 200 OK\r\n\r\n"),
		      DO_REPEAT("123456789\n", 900000) },
	  .outcome = PROV_UNSURE,
	  .code = "answer_too_large" },
	{ .name = "asking, too large",
	  .script = { DO_HEAD, DO_SAY("HTTP/1.1 200 OK\r\n\r\n"),
		      DO_REPEAT("123456789\n", 900000) },
	  .asks = true,
	  .outcome = PROV_AGAIN,
	  .code = "answer_too_large" },
	{ .name = "another file than was checked",
	  .script = { DO_HEAD, DO_BODY,
		      DO_SAY("HTTP/1.1 204 No Content\r\n\r\n") },
	  .file = 1000,
	  .lies = true,
	  .outcome = PROV_REFUSED,
	  .code = "file_changed" },
	{ .name = "success before all was sent",
	  .script = { DO_HEAD, DO_SAY("HTTP/1.1 204 No Content\r\n\r\n") },
	  .file = 32 << 20,
	  .outcome = PROV_UNSURE,
	  .code = "answered_early" },
};

static struct prov_profile *profile_new(const char *endpoint,
					const char *secret)
{
	struct prov_profile *profile = mem_alloc(sizeof(*profile));

	profile->name = mem_dup("p");
	profile->provider = &fake;
	profile->endpoint = mem_dup(endpoint);
	profile->secret = mem_dup(secret);
	profile->parallel = 1;
	return profile;
}

static struct doc_file sparse_file(size_t bytes, char path[64])
{
	struct doc_file file = DOC_FILE_NONE;
	struct err err = { 0 };
	int fd;

	snprintf(path, 64, "/tmp/kyc-test-call.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)bytes), 0);
	close(fd);
	assert_int_equal(doc_file_open(&file, path, &err), 0);
	return file;
}

static void wait_until(struct xfer *xfer, const struct outcome *outcome)
{
	int64_t end = xfer_now() + DEADLINE_MS;

	while (!outcome->times) {
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 1000);
	}
}

static void test_call_outcome(void **state)
{
	const struct fate *row = *state;
	struct wire_server *server = wire_server_new(&row->script, 1);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct xfer *xfer = xfer_new(1);
	struct doc_file file = DOC_FILE_NONE;
	struct prov_ctx ctx = { .customer = "c1", .key = "k1" };
	struct prov_order order = { .xfer = xfer,
				    .profile = profile,
				    .op = row->asks ? &ask : &tell,
				    .ctx = &ctx };
	struct outcome outcome = { 0 };
	struct err err = { 0 };
	struct prov_file one = { NULL, NULL };
	char path[64] = "", wrong[65];

	memset(wrong, 'a', 64);
	wrong[64] = '\0';
	if (row->file) {
		file = sparse_file(row->file, path);
		ctx.documents = &document;
		ctx.document_count = 1;
		one = (struct prov_file){ &file, row->lies ? wrong : NULL };
		order.files = &one;
		order.file_count = 1;
	}
	if (prov_call_start(&order, on_done, &outcome, NULL, &err))
		fail_msg("%s", err.text);
	/* It may be gone from here on. */
	memset(&ctx, 0xee, sizeof(ctx));
	wait_until(xfer, &outcome);
	assert_int_equal(outcome.outcome, row->outcome);
	assert_string_equal(outcome.code, row->code);
	if (row->code[0])
		assert_true(outcome.message[0]);
	xfer_free(xfer);
	wire_server_free(server);
	doc_file_close(&file);
	if (path[0])
		unlink(path);
	assert_int_equal(outcome.times, 1);
	prov_profile_free(profile);
}

static void test_call_unreachable(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = { DO_RESET };
	struct wire_server *server = wire_server_new(&script, 1);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct xfer *xfer = xfer_new(1);
	struct prov_ctx ctx = { .customer = "c1", .key = "k1" };
	struct prov_order order = {
		.xfer = xfer, .profile = profile, .op = &tell, .ctx = &ctx
	};
	struct outcome outcome = { 0 };
	struct err err = { 0 };
	char endpoint[64];

	(void)state;
	snprintf(endpoint, sizeof(endpoint), "https://127.0.0.1:%u",
		 wire_server_port(server));
	mem_replace(&profile->endpoint, endpoint);
	assert_int_equal(prov_call_start(&order, on_done, &outcome, NULL, &err),
			 0);
	wait_until(xfer, &outcome);
	assert_int_equal(outcome.outcome, PROV_AGAIN);
	assert_string_equal(outcome.code, "unreachable");
	xfer_free(xfer);
	wire_server_free(server);
	prov_profile_free(profile);
}

static void test_call_cancel(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = { DO_HEAD, DO_HOLD };
	struct wire_server *server = wire_server_new(&script, 1);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct xfer *xfer = xfer_new(1);
	struct prov_ctx ctx = { .customer = "c1", .key = "k1" };
	struct prov_order order = {
		.xfer = xfer, .profile = profile, .op = &tell, .ctx = &ctx
	};
	struct xfer_progress progress = { 0 };
	struct outcome outcome = { 0 };
	struct prov_call *call = NULL;
	struct err err = { 0 };
	int64_t end = xfer_now() + DEADLINE_MS;

	(void)state;
	assert_int_equal(
		prov_call_start(&order, on_done, &outcome, &call, &err), 0);
	prov_call_cancel(call);
	assert_int_equal(outcome.times, 1);
	assert_int_equal(outcome.outcome, PROV_AGAIN);
	assert_string_equal(outcome.code, "cancelled");

	assert_int_equal(
		prov_call_start(&order, on_done, &outcome, &call, &err), 0);
	while (progress.phase < XFER_SENDING) {
		assert_true(xfer_now() < end);
		xfer_wait(xfer, NULL, 0, 100);
		prov_call_progress(call, &progress);
	}
	prov_call_cancel(call);
	assert_int_equal(outcome.times, 2);
	assert_int_equal(outcome.outcome, PROV_UNSURE);
	assert_string_equal(outcome.code, "cancelled");
	xfer_free(xfer);
	wire_server_free(server);
	prov_profile_free(profile);
}

static void test_call_not_made(void **state)
{
	struct prov_profile *profile = profile_new("http://127.0.0.1:9", NULL);
	struct xfer *xfer = xfer_new(1);
	struct prov_ctx ctx = { .customer = "c1" };
	struct prov_order order = {
		.xfer = xfer, .profile = profile, .op = &tell, .ctx = &ctx
	};
	struct outcome outcome = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(prov_call_start(&order, on_done, &outcome, NULL, &err),
			 -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	assert_string_equal(err.text, "profile 'p' has no API key");
	mem_replace(&profile->secret, "s3cret");
	assert_int_equal(prov_call_start(&order, on_done, &outcome, NULL, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	order.op = &nothing;
	assert_int_equal(prov_call_start(&order, on_done, &outcome, NULL, &err),
			 -1);
	assert_int_equal(err.code, ERR_BUG);
	/* A key that was pasted with its line end must not split headers. */
	order.op = &tell;
	ctx.key = "k1";
	mem_replace(&profile->secret, "s3cret\r\nX-Evil: 1");
	assert_int_equal(prov_call_start(&order, on_done, &outcome, NULL, &err),
			 -1);
	assert_null(strstr(err.text, "s3cret"));
	assert_int_equal(outcome.times, 0);
	xfer_free(xfer);
	prov_profile_free(profile);
}

static void test_call_digest(void **state)
{
	struct prov_profile *profile = profile_new("http://127.0.0.1:9", NULL);
	struct prov_ctx ctx = { .customer = "c1",
				.key = "k1",
				.documents = &document,
				.document_count = 1 };
	struct prov_file file = { NULL, "aa" };
	struct prov_order order = { .profile = profile,
				    .op = &tell,
				    .ctx = &ctx,
				    .files = &file,
				    .file_count = 1 };
	char one[65], two[65];
	struct err err = { 0 };

	(void)state;
	assert_int_equal(prov_call_digest(&order, one, &err), 0);
	mem_replace(&profile->secret, "s3cret");
	assert_int_equal(prov_call_digest(&order, two, &err), 0);
	assert_string_equal(one, two);
	assert_int_equal(strlen(one), 64);
	file.sha256 = "ab";
	assert_int_equal(prov_call_digest(&order, two, &err), 0);
	assert_string_not_equal(one, two);
	file.sha256 = "aa";
	ctx.customer = "c2";
	assert_int_equal(prov_call_digest(&order, two, &err), 0);
	assert_string_not_equal(one, two);
	ctx.key = NULL;
	assert_int_equal(prov_call_digest(&order, two, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	prov_profile_free(profile);
}

int main(void)
{
	struct test_list tests = { 0 };

	signal(SIGPIPE, SIG_IGN);
	TEST_ROWS(&tests, test_call_outcome, fates);
	test_add(&tests, "unreachable", test_call_unreachable);
	test_add(&tests, "cancel", test_call_cancel);
	test_add(&tests, "not made", test_call_not_made);
	test_add(&tests, "digest", test_call_digest);
	return test_run(&tests, "providers/call");
}
