/* SPDX-License-Identifier: MIT */
/* What calls share: one token for all who wait, renewed in time and after it
 * was turned down, and the pace that a provider asks for. */
#include "providers/session.h"

#include <jansson.h>

#include "providers/call.h"
#include "tests/test.h"
#include "tests/wire_server.h"

#define DEADLINE_MS 20000
#define CALLS	    8

#define TOKEN(text)                                                    \
	DO_HEAD, DO_BODY,                                              \
		DO_SAY("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n" \
		       "{\"token\":\"" text "\"}")
#define DONE DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 204 No Content\r\n\r\n")
#define PACED \
	DO_HEAD, DO_BODY, DO_SAY("HTTP/1.1 204 No Content\r\nX-Left: 0\r\n\r\n")
#define TURNED_DOWN       \
	DO_HEAD, DO_BODY, \
		DO_SAY("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")

static int64_t token_life_ms; /* what the provider of this test says */

static int token_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	(void)err;
	request->method = "POST";
	request->path = mem_dup("/token");
	prov_request_header(request, "Authorization", "Basic %s:%s",
			    ctx->profile->client, ctx->secret);
	prov_request_body(request, "text/plain", mem_dup("in"));
	return 0;
}

static void token_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	json_t *root = json_loads(reply->body ? reply->body : "", 0, NULL);
	const char *text = json_string_value(json_object_get(root, "token"));
	struct prov_token *token = into;

	(void)ctx;
	result->outcome = PROV_DENIED;
	result->code = mem_dup("no");
	result->message = mem_dup("Fake: nobody knows you");
	if (text) {
		result->outcome = PROV_ACCEPTED;
		token->text = mem_dup(text);
		token->life_ms = token_life_ms;
	}
	json_decref(root);
}

static int renew_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	(void)err;
	request->method = "POST";
	request->path = mem_dup("/renew");
	prov_request_header(request, "X-Old", "%s", ctx->token);
	return 0;
}

static int thing_build(const struct prov_ctx *ctx, struct prov_request *request,
		       struct err *err)
{
	(void)err;
	request->method = "POST";
	request->path = mem_dup("/things");
	request->key = mem_dup("k1");
	prov_request_header(request, "Authorization", "Bearer %s", ctx->secret);
	prov_request_header(request, "Nonce", "%s", ctx->nonce);
	prov_request_part(request, "customer", ctx->customer);
	return 0;
}

static void thing_read(const struct prov_reply *reply,
		       const struct prov_ctx *ctx, void *into,
		       struct prov_result *result)
{
	(void)ctx;
	(void)into;
	result->outcome = reply->status < 300	 ? PROV_ACCEPTED
			  : reply->status == 401 ? PROV_DENIED
						 : PROV_REFUSED;
	result->wait_ms = -1;
}

static void pace(const struct prov_reply *reply, int64_t now,
		 struct prov_pace *out)
{
	const char *left = prov_reply_header(reply, "X-Left");

	(void)now;
	if (!left)
		return;
	out->known = true;
	out->left = (unsigned)strtoul(left, NULL, 10);
	out->reset_ms = 300;
}

static const struct provider fake = {
	.name = "fake",
	.title = "Fake",
	.token = { token_build, token_read },
	.pace = pace,
};

static const struct provider renewing = {
	.name = "renewing",
	.title = "Renewing",
	.token = { token_build, token_read },
	.token_renew = { renew_build, token_read },
};

static const struct prov_op thing = { thing_build, thing_read };

/* One profile, its wire and a server that follows a script. */
struct stage {
	struct wire_server *server;
	struct xfer *xfer;
	struct prov_profile profile;
};

struct outcome {
	struct prov_call *cancels; /* another one, when it ends */
	unsigned times;
	enum prov_outcome outcome;
	char message[128];
};

static void open_stage(struct stage *stage, const struct provider *provider,
		       wire_script *scripts, size_t count)
{
	*stage = (struct stage){ 0 };
	stage->server = wire_server_new(scripts, count);
	stage->xfer = xfer_new(1);
	stage->profile.name = mem_dup("p");
	stage->profile.provider = provider;
	stage->profile.endpoint = mem_dup(wire_server_endpoint(stage->server));
	stage->profile.client = mem_dup("me");
	stage->profile.secret = mem_dup("s3cret");
	stage->profile.session = prov_session_new();
}

static void close_stage(struct stage *stage)
{
	xfer_free(stage->xfer);
	prov_session_free(stage->profile.session);
	prov_profile_wipe(&stage->profile);
	wire_server_free(stage->server);
}

static void on_done(void *arg, const struct prov_result *result,
		    const struct prov_reply *reply)
{
	struct outcome *outcome = arg;

	(void)reply;
	outcome->times++;
	outcome->outcome = result->outcome;
	snprintf(outcome->message, sizeof(outcome->message), "%s",
		 result->message ? result->message : "");
	if (outcome->cancels)
		prov_call_cancel(outcome->cancels);
}

static struct prov_call *start(struct stage *stage, struct outcome *outcome)
{
	struct prov_ctx ctx = { .customer = "c1", .key = "k1" };
	struct prov_order order = { .xfer = stage->xfer,
				    .profile = &stage->profile,
				    .op = &thing,
				    .ctx = &ctx };
	struct prov_call *call = NULL;
	struct err err = { 0 };

	if (prov_call_start(&order, on_done, outcome, &call, &err))
		fail_msg("%s", err.text);
	return call;
}

static void finish(struct stage *stage, const struct outcome *outcomes,
		   size_t count)
{
	int64_t end = xfer_now() + DEADLINE_MS;

	for (size_t i = 0; i < count; i++)
		while (!outcomes[i].times) {
			assert_true(xfer_now() < end);
			xfer_wait(stage->xfer, NULL, 0, 1000);
		}
	for (size_t i = 0; i < count; i++)
		assert_int_equal(outcomes[i].times, 1);
}

static bool said(struct stage *stage, size_t i, const char *text)
{
	return strstr(wire_server_seen(stage->server, i)->head, text) != NULL;
}

static void test_one_token_serves_all(void **state)
{
	static wire_script scripts[] = { { TOKEN("t1"), DO_AGAIN } };
	struct outcome outcomes[CALLS] = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	for (size_t i = 0; i < CALLS; i++)
		start(&stage, &outcomes[i]);
	finish(&stage, outcomes, CALLS);
	assert_int_equal(wire_server_requests(stage.server), CALLS + 1);
	assert_true(said(&stage, 0, "POST /token "));
	for (size_t i = 1; i <= CALLS; i++) {
		assert_true(said(&stage, i, "POST /things "));
		assert_true(said(&stage, i, "Bearer t1\r\n"));
		assert_false(said(&stage, i, "s3cret"));
	}
	close_stage(&stage);
}

static void test_token_turned_down_is_replaced_once(void **state)
{
	static wire_script scripts[] = {
		{ TOKEN("t1") }, { TURNED_DOWN }, { TOKEN("t2") }, { DONE }
	};
	const struct wire_seen *first, *second;
	struct outcome outcome = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	assert_int_equal(outcome.outcome, PROV_ACCEPTED);
	assert_int_equal(wire_server_requests(stage.server), 4);
	assert_true(said(&stage, 1, "Bearer t1\r\n"));
	assert_true(said(&stage, 3, "Bearer t2\r\n"));
	first = wire_server_seen(stage.server, 1);
	second = wire_server_seen(stage.server, 3);
	assert_string_equal(first->body, second->body);
	/* But each attempt has a nonce of its own. */
	assert_non_null(strstr(first->head, "\r\nNonce: "));
	assert_memory_not_equal(strstr(first->head, "\r\nNonce: "),
				strstr(second->head, "\r\nNonce: "), 45);
	close_stage(&stage);
}

static void test_two_refusals_in_a_row_are_the_end(void **state)
{
	static wire_script scripts[] = { { TOKEN("t1") },
					 { TURNED_DOWN },
					 { TOKEN("t2") },
					 { TURNED_DOWN } };
	struct outcome outcome = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	assert_int_equal(outcome.outcome, PROV_DENIED);
	assert_int_equal(wire_server_requests(stage.server), 4);
	close_stage(&stage);
}

static void test_wrong_credentials_end_all_who_wait(void **state)
{
	static wire_script scripts[] = { { TURNED_DOWN, DO_AGAIN } };
	struct outcome outcomes[3] = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	for (size_t i = 0; i < 3; i++)
		start(&stage, &outcomes[i]);
	finish(&stage, outcomes, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(outcomes[i].outcome, PROV_DENIED);
		assert_string_equal(outcomes[i].message,
				    "Fake: nobody knows you");
	}
	assert_int_equal(wire_server_requests(stage.server), 1);
	close_stage(&stage);
}

static void test_token_that_expires_is_fetched_anew(void **state)
{
	static wire_script scripts[] = {
		{ TOKEN("t1") }, { DONE }, { TOKEN("t2") }, { DONE }
	};
	struct outcome outcome = { 0 }, again = { 0 };
	struct stage stage;

	(void)state;
	token_life_ms = 1;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	start(&stage, &again);
	finish(&stage, &again, 1);
	token_life_ms = 0;
	assert_true(said(&stage, 2, "POST /token "));
	assert_true(said(&stage, 3, "Bearer t2\r\n"));
	close_stage(&stage);
}

static void test_renewal_comes_before_signing_in(void **state)
{
	static wire_script scripts[] = {
		{ TOKEN("t1") }, { DONE }, { TOKEN("t2") }, { DONE }
	};
	struct outcome outcome = { 0 }, again = { 0 };
	struct stage stage;

	(void)state;
	token_life_ms = 1;
	open_stage(&stage, &renewing, scripts,
		   sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	start(&stage, &again);
	finish(&stage, &again, 1);
	token_life_ms = 0;
	assert_true(said(&stage, 0, "POST /token "));
	assert_true(said(&stage, 2, "POST /renew "));
	assert_true(said(&stage, 2, "X-Old: t1\r\n"));
	assert_true(said(&stage, 3, "Bearer t2\r\n"));
	close_stage(&stage);
}

static void test_failed_renewal_signs_in(void **state)
{
	static wire_script scripts[] = { { TOKEN("t1") },
					 { TURNED_DOWN },
					 { TURNED_DOWN },
					 { TOKEN("t3") },
					 { DONE } };
	struct outcome outcome = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &renewing, scripts,
		   sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	assert_true(said(&stage, 1, "POST /things "));
	assert_true(said(&stage, 2, "POST /renew "));
	assert_true(said(&stage, 3, "POST /token "));
	assert_true(said(&stage, 4, "Bearer t3\r\n"));
	assert_int_equal(outcome.outcome, PROV_ACCEPTED);
	close_stage(&stage);
}

static void test_cancelled_while_it_waits(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_HOLD } };
	struct outcome outcome = { 0 };
	struct prov_call *call;
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	call = start(&stage, &outcome);
	xfer_wait(stage.xfer, NULL, 0, 100);
	prov_call_cancel(call);
	assert_int_equal(outcome.times, 1);
	/* Nothing of it has left. */
	assert_int_equal(outcome.outcome, PROV_AGAIN);
	close_stage(&stage);
}

/* Whom nobody knows leaves, and takes those with him who came after. */
static void test_cancelled_by_one_that_waited_too(void **state)
{
	static wire_script scripts[] = { { TURNED_DOWN, DO_AGAIN } };
	struct outcome outcomes[3] = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcomes[0]);
	outcomes[0].cancels = start(&stage, &outcomes[1]);
	start(&stage, &outcomes[2]);
	finish(&stage, outcomes, 3);
	assert_int_equal(outcomes[0].outcome, PROV_DENIED);
	assert_int_equal(outcomes[1].outcome, PROV_AGAIN);
	assert_int_equal(outcomes[2].outcome, PROV_DENIED);
	close_stage(&stage);
}

static void test_program_ends_while_it_waits(void **state)
{
	static wire_script scripts[] = { { DO_HEAD, DO_HOLD } };
	struct outcome outcome = { 0 };
	struct stage stage;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	xfer_wait(stage.xfer, NULL, 0, 100);
	close_stage(&stage);
	assert_int_equal(outcome.times, 1);
	assert_int_equal(outcome.outcome, PROV_AGAIN);
}

static void test_pace_is_kept_before_a_429(void **state)
{
	static wire_script scripts[] = { { TOKEN("t1") }, { PACED }, { DONE } };
	struct outcome outcome = { 0 }, next = { 0 };
	struct stage stage;
	int64_t since;

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	start(&stage, &outcome);
	finish(&stage, &outcome, 1);
	since = xfer_now();
	start(&stage, &next);
	finish(&stage, &next, 1);
	assert_true(xfer_now() - since >= 290);
	close_stage(&stage);
}

static void test_missing_credentials_say_which(void **state)
{
	static wire_script scripts[] = { { TOKEN("t1"), DO_AGAIN } };
	struct prov_ctx ctx = { .customer = "c1" };
	struct stage stage;
	struct prov_order order;
	struct err err = { 0 };

	(void)state;
	open_stage(&stage, &fake, scripts, sizeof(scripts) / sizeof(*scripts));
	order = (struct prov_order){ .xfer = stage.xfer,
				     .profile = &stage.profile,
				     .op = &thing,
				     .ctx = &ctx };
	mem_replace(&stage.profile.client, NULL);
	assert_int_equal(prov_call_start(&order, on_done, NULL, NULL, &err),
			 -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	assert_non_null(strstr(err.text, "client id"));
	assert_int_equal(wire_server_requests(stage.server), 0);
	close_stage(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_token_serves_all),
		cmocka_unit_test(test_token_turned_down_is_replaced_once),
		cmocka_unit_test(test_two_refusals_in_a_row_are_the_end),
		cmocka_unit_test(test_wrong_credentials_end_all_who_wait),
		cmocka_unit_test(test_token_that_expires_is_fetched_anew),
		cmocka_unit_test(test_renewal_comes_before_signing_in),
		cmocka_unit_test(test_failed_renewal_signs_in),
		cmocka_unit_test(test_cancelled_while_it_waits),
		cmocka_unit_test(test_cancelled_by_one_that_waited_too),
		cmocka_unit_test(test_program_ends_while_it_waits),
		cmocka_unit_test(test_pace_is_kept_before_a_429),
		cmocka_unit_test(test_missing_credentials_say_which),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
