// SPDX-License-Identifier: MIT
/* Questions of several calls, with an adapter of the test's own whose answers
 * are words: "next=CURSOR", "name=…", "url=…". */
#include "providers/ask.h"

#include <signal.h>

#include "tests/test.h"
#include "tests/wire_server.h"

#define ANSWER(status, body)                                      \
	{                                                         \
		DO_HEAD, DO_SAY("HTTP/1.1 " status " x\r\n"       \
				"Connection: close\r\n\r\n" body) \
	}

enum {
	DEADLINE_MS = 20000,
};

static int build(struct prov_request *request, const char *path)
{
	request->method = "GET";
	request->path = mem_dup(path);
	return 0;
}

static int list_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	char path[64];

	(void)err;
	snprintf(path, sizeof(path), "/list/%s",
		 ctx->cursor ? ctx->cursor : "");
	return build(request, path);
}

static int one_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	(void)err;
	assert_string_equal(ctx->customer, "c1");
	return build(request, "/customer");
}

static int old_build(const struct prov_ctx *ctx, struct prov_request *request,
		     struct err *err)
{
	(void)err;
	assert_int_equal(ctx->kind, PROV_BUSINESS);
	return build(request, "/old-page");
}

static int last_build(const struct prov_ctx *ctx, struct prov_request *request,
		      struct err *err)
{
	(void)ctx, (void)err;
	return build(request, "/last");
}

/* All but 200: what a status means here. */
static bool failed(const struct prov_reply *reply, struct prov_result *result)
{
	result->wait_ms = -1;
	switch (reply->status) {
	case 200:
		result->outcome = PROV_ACCEPTED;
		return false;
	case 202:
		result->outcome = PROV_UNSURE;
		result->most_attempts = 1;
		break;
	case 401:
		result->outcome = PROV_DENIED;
		break;
	case 429:
		result->outcome = PROV_AGAIN;
		result->wait_ms = 30;
		result->message = mem_dup("Fake: too many requests");
		break;
	case 503:
		result->outcome = PROV_AGAIN;
		result->wait_ms = 3600 * 1000;
		break;
	default:
		result->outcome = PROV_REFUSED;
		result->message = mem_dup("there is no such customer");
		break;
	}
	return true;
}

static void list_read(const struct prov_reply *reply,
		      const struct prov_ctx *ctx, void *into,
		      struct prov_result *result)
{
	struct prov_page *page = into;

	if (failed(reply, result))
		return;
	prov_page_add(page)->id =
		strncmp(reply->body, "next=deaf", 9)
			? mem_printf("c%s", ctx->cursor ? ctx->cursor : "")
			: mem_dup("c1");
	if (!strncmp(reply->body, "next=", 5))
		page->next = mem_dup(reply->body + 5);
}

static void one_read(const struct prov_reply *reply, const struct prov_ctx *ctx,
		     void *into, struct prov_result *result)
{
	struct prov_customer *customer = into;

	(void)ctx;
	if (failed(reply, result))
		return;
	mem_replace(&customer->name, reply->body + strlen("name="));
	customer->kind = PROV_BUSINESS;
}

static void terms_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	struct prov_link *link = into;

	(void)ctx;
	if (!failed(reply, result))
		link->url = mem_dup(reply->body + strlen("url="));
}

static bool never(const struct prov_customer *so_far)
{
	(void)so_far;
	return false;
}

static bool is_business(const struct prov_customer *so_far)
{
	return so_far->kind == PROV_BUSINESS;
}

static const struct provider fake = {
	.name = "fake",
	.title = "Fake",
	.customer_list = { list_build, list_read },
	.customer_read = {
		{ .op = { one_build, one_read } },
		{ .op = { last_build, one_read }, .wanted = never },
		{ .op = { old_build, one_read }, .optional = true },
		{ .op = { last_build, one_read }, .wanted = is_business },
	},
	.link = { one_build, terms_read },
};

/* What was said to the asker. */
struct heard {
	struct xfer *xfer;
	struct prov_asking *asking;
	unsigned pages, ends; /* ENDS: a failure or the last page */
	unsigned stop_after;
	bool cancel;
	bool was_more;
	struct err err;
	char text[64];
};

static bool on_page(void *arg, const struct prov_page *page, bool more,
		    const struct err *err)
{
	struct heard *heard = arg;

	if (!page) {
		heard->err = *err;
		heard->ends++;
		return true;
	}
	assert_null(err);
	assert_int_equal(page->count, 1);
	heard->pages++;
	heard->was_more = more;
	heard->ends += !more;
	if (heard->cancel)
		prov_ask_cancel(heard->asking);
	return heard->pages != heard->stop_after;
}

static void on_customer(void *arg, struct prov_customer *customer,
			const struct err *err)
{
	struct heard *heard = arg;

	heard->ends++;
	if (err)
		heard->err = *err;
	else
		snprintf(heard->text, sizeof(heard->text), "%s",
			 customer->name);
}

static void on_link(void *arg, const struct prov_link *link,
		    const struct err *err)
{
	struct heard *heard = arg;

	heard->ends++;
	if (err)
		heard->err = *err;
	else
		snprintf(heard->text, sizeof(heard->text), "%s", link->url);
}

enum what {
	CUSTOMERS,
	CUSTOMER,
	TERMS,
};

static const struct question {
	const char *name;
	enum what what;
	struct wire_step scripts[6][WIRE_STEPS]; /* an answer a call */
	unsigned stop_after;
	bool cancel; /* in the first callback */
	unsigned requests, pages;
	enum err_code code;
	const char *text; /* the sentence, the name or the address */
} questions[] = {
	{ .name = "one page",
	  .scripts = { ANSWER("200", "") },
	  .requests = 1,
	  .pages = 1 },
	{ .name = "three pages",
	  .scripts = { ANSWER("200", "next=a"), ANSWER("200", "next=b"),
		       ANSWER("200", "") },
	  .requests = 3,
	  .pages = 3 },
	{ .name = "a cursor that comes back",
	  .scripts = { ANSWER("200", "next=a"), ANSWER("200", "next=b"),
		       ANSWER("200", "next=a") },
	  .requests = 3,
	  .pages = 3,
	  .code = ERR_NETWORK,
	  .text = "cannot read the customers from Fake: its list does not "
		  "end: the same page came twice" },
	{ .name = "the same page behind another cursor",
	  .scripts = { ANSWER("200", "next=deaf1"), ANSWER("200", "next=deaf2"),
		       ANSWER("200", "next=deaf3") },
	  .requests = 2,
	  .pages = 2,
	  .code = ERR_NETWORK,
	  .text = "cannot read the customers from Fake: its list does not "
		  "end: the same page came twice" },
	{ .name = "enough after two",
	  .scripts = { ANSWER("200", "next=a"), ANSWER("200", "next=b"),
		       ANSWER("200", "") },
	  .stop_after = 2,
	  .requests = 2,
	  .pages = 2 },
	{ .name = "cancelled from inside",
	  .scripts = { ANSWER("200", "next=a"), ANSWER("200", "next=b") },
	  .cancel = true,
	  .requests = 1,
	  .pages = 1 },
	{ .name = "busy, then not",
	  .scripts = { ANSWER("429", ""), ANSWER("429", ""),
		       ANSWER("200", "next=a"), ANSWER("429", ""),
		       ANSWER("200", "") },
	  .requests = 5,
	  .pages = 2 },
	{ .name = "busy for too long",
	  .scripts = { ANSWER("429", ""), ANSWER("429", ""), ANSWER("429", ""),
		       ANSWER("429", ""), ANSWER("200", "") },
	  .requests = 4,
	  .code = ERR_NETWORK,
	  .text = "cannot read the customers from Fake: too many requests" },
	{ .name = "asked to wait an hour",
	  .scripts = { ANSWER("503", "") },
	  .requests = 1,
	  .code = ERR_NETWORK,
	  .text = "cannot read the customers from Fake: it is too busy" },
	{ .name = "denied",
	  .scripts = { ANSWER("401", "") },
	  .requests = 1,
	  .code = ERR_CREDENTIALS,
	  .text = "cannot read the customers from Fake: the API key is not "
		  "accepted" },
	{ .name = "customer in three calls",
	  .what = CUSTOMER,
	  .scripts = { ANSWER("200", "name=A"), ANSWER("200", "name=B"),
		       ANSWER("200", "name=C") },
	  .requests = 3,
	  .text = "C" },
	{ .name = "customer without the old page",
	  .what = CUSTOMER,
	  .scripts = { ANSWER("200", "name=A"), ANSWER("404", ""),
		       ANSWER("200", "name=C") },
	  .requests = 3,
	  .text = "C" },
	{ .name = "customer whose old page is busy",
	  .what = CUSTOMER,
	  .scripts = { ANSWER("200", "name=A"), ANSWER("429", ""),
		       ANSWER("200", "name=B"), ANSWER("200", "name=C") },
	  .requests = 4,
	  .text = "C" },
	{ .name = "no such customer",
	  .what = CUSTOMER,
	  .scripts = { ANSWER("404", "") },
	  .requests = 1,
	  .code = ERR_REFUSED,
	  .text = "cannot read customer 'c1' from Fake: there is no such "
		  "customer" },
	{ .name = "customer that cannot be understood",
	  .what = CUSTOMER,
	  .scripts = { ANSWER("202", "") },
	  .requests = 1,
	  .code = ERR_NETWORK,
	  .text = "cannot read customer 'c1' from Fake: its answer cannot be "
		  "understood" },
	{ .name = "terms",
	  .what = TERMS,
	  .scripts = { ANSWER("429", ""), ANSWER("200", "url=https://x") },
	  .requests = 2,
	  .text = "https://x" },
	{ .name = "no terms",
	  .what = TERMS,
	  .scripts = { ANSWER("404", "") },
	  .requests = 1,
	  .code = ERR_REFUSED,
	  .text = "cannot get a link for customer 'c1' from "
		  "Fake: there is no such customer" },
};

static int ask(enum what what, const struct prov_profile *profile,
	       struct heard *heard, struct err *err)
{
	switch (what) {
	case CUSTOMERS:
		return prov_ask_customers(heard->xfer, profile, on_page, heard,
					  &heard->asking, err);
	case CUSTOMER:
		return prov_ask_customer(heard->xfer, profile, "c1",
					 on_customer, heard, &heard->asking,
					 err);
	case TERMS:
		break;
	}
	return prov_ask_link(heard->xfer, profile, "c1", "TERMS", NULL, on_link,
			     heard, &heard->asking, err);
}

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

static void test_ask(void **state)
{
	const struct question *row = *state;
	struct wire_server *server = wire_server_new(row->scripts, 6);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct heard heard = { .xfer = xfer_new(1),
			       .stop_after = row->stop_after,
			       .cancel = row->cancel };
	struct err err = { 0 };
	int64_t end = xfer_now() + DEADLINE_MS;

	if (ask(row->what, profile, &heard, &err))
		fail_msg("%s", err.text);
	while (xfer_active(heard.xfer)) {
		assert_true(xfer_now() < end);
		xfer_wait(heard.xfer, NULL, 0, 1000);
	}
	assert_int_equal(heard.pages, row->pages);
	assert_int_equal(heard.ends, row->stop_after || row->cancel ? 0 : 1);
	assert_int_equal(heard.err.code, row->code);
	if (row->text)
		assert_string_equal(row->code ? heard.err.text : heard.text,
				    row->text);
	assert_int_equal(wire_server_requests(server), row->requests);
	xfer_free(heard.xfer);
	wire_server_free(server);
	prov_profile_free(profile);
}

static void test_ask_follows_cursors(void **state)
{
	static const struct wire_step scripts[][WIRE_STEPS] = {
		ANSWER("200", "next=abc"), ANSWER("200", "")
	};
	struct wire_server *server = wire_server_new(scripts, 2);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct heard heard = { .xfer = xfer_new(1) };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(ask(CUSTOMERS, profile, &heard, &err), 0);
	while (!heard.ends)
		xfer_wait(heard.xfer, NULL, 0, 1000);
	assert_non_null(
		strstr(wire_server_seen(server, 0)->head, "GET /list/ HTTP"));
	assert_non_null(strstr(wire_server_seen(server, 1)->head,
			       "GET /list/abc HTTP"));
	assert_false(heard.was_more);
	xfer_free(heard.xfer);
	wire_server_free(server);
	prov_profile_free(profile);
}

static void test_ask_cancel(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = { DO_HEAD, DO_HOLD };
	struct wire_server *server = wire_server_new(&script, 1);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct heard heard = { .xfer = xfer_new(1) };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(ask(CUSTOMER, profile, &heard, &err), 0);
	xfer_wait(heard.xfer, NULL, 0, 100);
	prov_ask_cancel(heard.asking);
	assert_int_equal(xfer_active(heard.xfer), 0);
	assert_int_equal(heard.ends, 0);
	xfer_free(heard.xfer);
	wire_server_free(server);
	prov_profile_free(profile);
}

/* The program ends under an open question: it is told so, once. */
static void test_ask_wire_ends(void **state)
{
	static const struct wire_step script[WIRE_STEPS] = { DO_HEAD, DO_HOLD };
	struct wire_server *server = wire_server_new(&script, 1);
	struct prov_profile *profile =
		profile_new(wire_server_endpoint(server), "s3cret");
	struct heard heard = { .xfer = xfer_new(1) };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(ask(CUSTOMERS, profile, &heard, &err), 0);
	xfer_free(heard.xfer);
	assert_int_equal(heard.ends, 1);
	assert_int_equal(heard.err.code, ERR_CANCELLED);
	wire_server_free(server);
	prov_profile_free(profile);
}

static void test_ask_without_key(void **state)
{
	struct prov_profile *profile = profile_new("http://127.0.0.1:9", NULL);
	struct heard heard = { .xfer = xfer_new(1) };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(ask(CUSTOMER, profile, &heard, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	assert_string_equal(err.text, "cannot read customer 'c1' from Fake: "
				      "profile 'p' has no API key");
	assert_int_equal(heard.ends, 0);
	xfer_free(heard.xfer);
	prov_profile_free(profile);
}

int main(void)
{
	struct test_list tests = { 0 };

	signal(SIGPIPE, SIG_IGN);
	TEST_ROWS(&tests, test_ask, questions);
	test_add(&tests, "follows cursors", test_ask_follows_cursors);
	test_add(&tests, "cancel", test_ask_cancel);
	test_add(&tests, "the wire ends", test_ask_wire_ends);
	test_add(&tests, "without a key", test_ask_without_key);
	return test_run(&tests, "providers/ask");
}
