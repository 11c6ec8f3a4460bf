/* SPDX-License-Identifier: MIT */
/* One request from its head to its answer: the body as it streams, answers
 * that are given again, faults. */
#include "providers/sandbox/server.h"

#include "forms/mem.h"

#define JSON_MOST    ((size_t)1 << 20)
#define SLOW_STEP_MS 20

struct exchange *exchange_new(struct server *server,
			      struct MHD_Connection *connection,
			      const char *method, const char *path)
{
	struct exchange *x = mem_alloc(sizeof(*x));

	x->server = server;
	x->connection = connection;
	x->method = mem_dup(method);
	x->path = mem_dup(path);
	x->body.max = JSON_MOST;
	x->call = (struct call){
		.world = server->world,
		.base = server->base,
		.now = moment_now(),
		.review_ms = server->review_ms,
		.tokens = server->tokens,
		.token_ms = server->token_ms,
		.connection = connection,
	};
	x->fault.retry_after = -1;
	exchange_head(x);
	if (!x->route || !(x->route->flags & ROUTE_PUBLIC))
		x->fault = fault_on(server->faults, method, path);
	x->digest = doc_digest_new();
	doc_digest_add(x->digest, method, strlen(method) + 1);
	doc_digest_add(x->digest, path, strlen(path) + 1);
	return x;
}

void exchange_free(struct exchange *x)
{
	if (*x->key)
		replay_end(x->server->replay, x->key);
	doc_digest_free(x->digest);
	form_data_free(x->form);
	buf_release(&x->body);
	json_decref(x->call.body);
	free(x->call.answer);
	for (size_t i = 0; i < CALL_HEADERS; i++)
		free(x->call.headers[i].value);
	free(x->kept_type);
	free(x->method);
	free(x->path);
	free(x);
}

/* The body of a request. */

/* How many of SIZE bytes may be read now; when fewer, X is suspended. */
static size_t paced(struct exchange *x, size_t size)
{
	int64_t now = moment_now();
	uint64_t due;

	if (!x->fault.rate)
		return size;
	if (!x->body_ms)
		x->body_ms = now;
	due = x->fault.rate * (uint64_t)(now - x->body_ms + SLOW_STEP_MS) /
	      1000;
	due = due > x->received ? due - x->received : 0;
	if (due >= size)
		return size;
	server_wait(x, now + SLOW_STEP_MS);
	return (size_t)due;
}

static void swallow(struct exchange *x, const char *data, size_t size)
{
	x->received += size;
	if (x->received > exchange_body_most(x))
		exchange_refuse(x, 413, "Payload Too Large");
	/* The digest goes on: it names the request whatever becomes of it. */
	doc_digest_add(x->digest, data, size);
	if (exchange_decided(x))
		return;
	if (x->form)
		form_data_feed(x->form, data, size);
	else if (buf_add(&x->body, data, size))
		exchange_refuse(x, 413, "Payload Too Large");
}

enum MHD_Result exchange_body(struct exchange *x, const char *data,
			      size_t *size)
{
	size_t take = paced(x, *size);

	if (x->fault.cuts && x->received + take >= x->fault.cut)
		return MHD_NO;
	/* Nobody sends this by mistake: no need to hear it out. */
	if (x->received > 4 * exchange_body_most(x))
		return MHD_NO;
	swallow(x, data, take);
	*size -= take;
	return MHD_YES;
}

/* The answer. */

static enum MHD_Result send_answer(struct exchange *x, bool cached)
{
	struct call *call = &x->call;
	const char *body = call->answer ? call->answer : "";
	size_t len = strlen(body);
	struct MHD_Response *response;
	enum MHD_Result sent;
	char seconds[16];

	if (x->fault.answer == FAULT_ANSWER_HALF)
		len /= 2;
	if (x->fault.answer == FAULT_ANSWER_EMPTY)
		len = 0;
	response = MHD_create_response_from_buffer(len, (void *)(uintptr_t)body,
						   MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	if (call->type)
		MHD_add_response_header(response, "Content-Type", call->type);
	if (cached && x->server->practice->key_marks)
		MHD_add_response_header(response, "X-Idempotency-Cached",
					"true");
	for (size_t i = 0; i < CALL_HEADERS && call->headers[i].name; i++)
		MHD_add_response_header(response, call->headers[i].name,
					call->headers[i].value);
	if (x->fault.status == call->status && x->fault.retry_after >= 0) {
		snprintf(seconds, sizeof(seconds), "%d", x->fault.retry_after);
		MHD_add_response_header(response, "Retry-After", seconds);
	}
	sent = MHD_queue_response(x->connection, (unsigned)call->status,
				  response);
	MHD_destroy_response(response);
	x->sent = true;
	if (x->server->verbose)
		fprintf(stderr, "%s %s %s %d\n", x->server->practice->name,
			x->method, x->path, call->status);
	return sent;
}

static void refuse(struct exchange *x, int status, const char *why)
{
	x->server->practice->refuse(&x->call, status, why);
}

/* Is there something under the key of X already? Then it is the answer. */
static bool answer_again(struct exchange *x, const char *digest, bool *cached)
{
	struct replay_answer kept;

	if (!*x->key ||
	    !replay_find(x->server->replay, x->key, x->call.now, &kept))
		return false;
	if (strcmp(kept.digest, digest)) {
		int status = x->server->practice->key_conflict;

		refuse(x, status ? status : 409,
		       "this Idempotency-Key was used with another body");
		return true;
	}
	mem_replace(&x->kept_type, kept.type);
	call_answer(&x->call, kept.status, x->kept_type, mem_dup(kept.body));
	if (kept.location)
		call_answer_header(&x->call, "Location", kept.location);
	*cached = true;
	return true;
}

static bool parse_json(struct exchange *x)
{
	unsigned flags = x->route->flags;
	json_error_t why;

	if (flags & ROUTE_RAW)
		x->call.raw = buf_text(&x->body);
	if (!(flags & ROUTE_JSON))
		return true;
	if (!x->body.len && (flags & ROUTE_BODY_OPTIONAL))
		return true;
	x->call.body = json_loadb(buf_text(&x->body), x->body.len,
				  JSON_REJECT_DUPLICATES, &why);
	if (json_is_object(x->call.body))
		return true;
	refuse(x, 400, "the body is not a JSON object");
	return false;
}

static void handle(struct exchange *x)
{
	struct err err = { 0 };

	x->call.form = x->form;
	if (x->refused)
		refuse(x, x->refused, x->why);
	else if (x->call.status)
		return;
	else if (x->form && form_data_end(x->form, &err))
		refuse(x, 400, err.text);
	else if (parse_json(x))
		x->route->handle(&x->call);
	if (!x->call.status)
		refuse(x, 500, "Internal Server Error");
}

/* What goes wrong instead of the work. */
static void misbehave(struct exchange *x)
{
	if (x->fault.answer == FAULT_ANSWER_HTML)
		call_page(&x->call, x->fault.status, "Gateway", "Try later.");
	else
		refuse(x, x->fault.status, "the practice server was told to");
}

enum MHD_Result exchange_end(struct exchange *x)
{
	struct call *call = &x->call;
	bool cached = false;
	char digest[65];

	if (x->fault.delay_ms && !x->delayed) {
		x->delayed = true;
		server_wait(x, moment_now() + x->fault.delay_ms);
		return MHD_YES;
	}
	if (x->sent) /* what is left of a refused long body */
		return MHD_YES;
	call->now = moment_now();
	doc_digest_hex(x->digest, digest);
	if (x->fault.status)
		misbehave(x);
	else if (!answer_again(x, digest, &cached))
		handle(x);
	if (*x->key && !cached &&
	    (call->status < 300 || !x->server->practice->key_keeps_good)) {
		struct replay_answer kept = { digest, call->status, call->type,
					      call->answer,
					      call_answered(call, "Location") };

		replay_keep(x->server->replay, x->key, call->now, &kept);
	}
	if (x->fault.lose)
		return MHD_NO;
	if (x->fault.answer == FAULT_ANSWER_HTML && !x->fault.status)
		call_page(call, call->status, "Gateway", "Please log in.");
	return send_answer(x, cached);
}

enum MHD_Result exchange_begin(struct exchange *x)
{
	if (!exchange_too_long(x))
		return MHD_YES;
	x->call.now = moment_now();
	refuse(x, 413, "Payload Too Large");
	return send_answer(x, false);
}
