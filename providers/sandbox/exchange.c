/* SPDX-License-Identifier: MIT */
/*
 * One request from its head to its answer: which route, who may come in, the
 * body as it streams, idempotency keys, faults.
 */
#include "providers/sandbox/server.h"

#include <openssl/evp.h>

#include "forms/mem.h"

#define BODY_MOST    ((uint64_t)60000000)
#define JSON_MOST    ((size_t)1 << 20)
#define SLOW_STEP_MS 20
#define MINUTE_MS    ((int64_t)60000)

const char *call_query(const struct call *call, const char *name)
{
	return MHD_lookup_connection_value(call->connection,
					   MHD_GET_ARGUMENT_KIND, name);
}

struct values {
	const char *name;
	const char **list;
	size_t room, count;
};

static enum MHD_Result take_value(void *arg, enum MHD_ValueKind kind,
				  const char *key, const char *value)
{
	struct values *values = arg;

	(void)kind;
	if (!strcmp(key, values->name) && values->count < values->room)
		values->list[values->count++] = value ? value : "";
	return MHD_YES;
}

size_t call_query_all(const struct call *call, const char *name,
		      const char **list, size_t room)
{
	struct values values = { name, list, room, 0 };

	MHD_get_connection_values(call->connection, MHD_GET_ARGUMENT_KIND,
				  take_value, &values);
	return values.count;
}

const char *call_header(const struct call *call, const char *name)
{
	return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND,
					   name);
}

bool call_is_client(const struct call *call)
{
	static const char scheme[] = "Basic ";
	const char *given = call_header(call, "Authorization");
	const char *wanted = PRACTICE_CLIENT ":" PRACTICE_SECRET;
	unsigned char signature[128];

	EVP_EncodeBlock(signature, (const unsigned char *)wanted,
			(int)strlen(wanted));
	return given && !strncasecmp(given, scheme, strlen(scheme)) &&
	       !strcmp(given + strlen(scheme), (const char *)signature);
}

const char *call_bearer(const struct call *call)
{
	static const char scheme[] = "Bearer ";
	const char *given = call_header(call, "Authorization");

	return given && !strncasecmp(given, scheme, strlen(scheme))
		       ? given + strlen(scheme)
		       : NULL;
}

void call_answer_header(struct call *call, const char *name, const char *value)
{
	size_t i = 0;

	while (i < CALL_HEADERS && call->headers[i].name &&
	       strcmp(call->headers[i].name, name))
		i++;
	if (i == CALL_HEADERS)
		return;
	call->headers[i].name = name;
	mem_replace(&call->headers[i].value, value);
}

static const char *answer_header(const struct call *call, const char *name)
{
	for (size_t i = 0; i < CALL_HEADERS && call->headers[i].name; i++)
		if (!strcmp(call->headers[i].name, name))
			return call->headers[i].value;
	return NULL;
}

static void answer(struct call *call, int status, const char *type, char *text)
{
	free(call->answer);
	call->status = status;
	call->type = type;
	call->answer = text;
}

void call_json_as(struct call *call, int status, const char *type, json_t *body)
{
	answer(call, status, type, json_dumps(body, JSON_COMPACT));
	json_decref(body);
}

void call_json(struct call *call, int status, json_t *body)
{
	call_json_as(call, status, "application/json; charset=utf-8", body);
}

void call_page(struct call *call, int status, const char *title,
	       const char *text)
{
	answer(call, status, "text/html; charset=utf-8",
	       mem_printf("<!doctype html><meta charset=\"utf-8\">"
			  "<title>%s</title><h1>%s</h1><p>%s</p>\n",
			  title, title, text));
}

void call_empty(struct call *call, int status)
{
	answer(call, status, NULL, NULL);
}

/* The head of a request. */

/* Does PATH fit PATTERN? What {} stands for goes to ARGS. */
static bool path_fits(const char *path, const char *pattern,
		      char args[CALL_ARGS][sizeof(((struct call *)0)->args[0])])
{
	size_t arg = 0, len;

	while (*pattern) {
		if (strncmp(pattern, "{}", 2)) {
			if (*path++ != *pattern++)
				return false;
			continue;
		}
		len = strcspn(path, "/");
		if (!len || len >= sizeof(args[0]) || arg == CALL_ARGS)
			return false;
		memcpy(args[arg], path, len);
		args[arg++][len] = '\0';
		path += len;
		pattern += 2;
	}
	return !*path;
}

static void refuse_later(struct exchange *x, int status, const char *why)
{
	if (x->refused)
		return;
	x->refused = status;
	x->why = why;
}

/* PATH behind the base, which pages for people do not have; NULL: it is not
 * below it. */
static const char *below_base(const struct practice *practice, unsigned flags,
			      const char *path)
{
	size_t len = practice->base ? strlen(practice->base) : 0;

	if (flags & ROUTE_PUBLIC)
		return path;
	return len && strncmp(path, practice->base, len) ? NULL : path + len;
}

static void find_route(struct exchange *x)
{
	const struct practice *practice = x->server->practice;
	const struct route *route = practice->routes;
	bool known = false;

	for (; route->method; route++) {
		const char *path = below_base(practice, route->flags, x->path);

		if (!path || !path_fits(path, route->path, x->call.args))
			continue;
		known = true;
		if (!strcmp(route->method, x->method)) {
			x->route = route;
			return;
		}
	}
	refuse_later(x, known ? 405 : 404,
		     known ? "Method Not Allowed" : "Not Found");
}

static const char *header(const struct exchange *x, const char *name)
{
	return call_header(&x->call, name);
}

static bool is_public(const struct exchange *x)
{
	return x->route && (x->route->flags & ROUTE_PUBLIC);
}

/* Has the head been turned down already, one way or the other? */
static bool is_decided(const struct exchange *x)
{
	return x->refused || x->call.status;
}

static void admit(struct exchange *x)
{
	bool sign_in = x->route && (x->route->flags & ROUTE_SIGN_IN);

	if (!is_public(x) && !x->server->practice->admit(&x->call, sign_in) &&
	    !x->call.status)
		refuse_later(x, 401, "Unauthorized");
}

/* A request more; false when there were too many in this minute. */
static void count_request(struct exchange *x)
{
	struct server *server = x->server;
	const struct practice *practice = server->practice;
	int64_t now = moment_now();
	unsigned left;

	if (!server->minute_most || is_public(x))
		return;
	if (now - server->minute_ms >= MINUTE_MS) {
		server->minute_ms = now;
		server->minute_used = 0;
	}
	left = server->minute_most - server->minute_used;
	if (left)
		server->minute_used++;
	else
		refuse_later(x, 429, "Too Many Requests");
	if (practice->limits)
		practice->limits(&x->call, server->minute_most,
				 left ? left - 1 : 0,
				 (server->minute_ms + MINUTE_MS) / 1000 + 1);
}

static bool key_valid(const struct practice *practice, const char *key,
		      char out[KEY_SIZE])
{
	size_t len = strlen(key);

	if (!practice->key_any_text)
		return uuid_is_v4(key) && uuid_read(key, out);
	if (!len || len >= KEY_SIZE)
		return false;
	memcpy(out, key, len + 1);
	return true;
}

static void take_key(struct exchange *x)
{
	const struct practice *practice = x->server->practice;
	const char *key =
		practice->key_header ? header(x, practice->key_header) : NULL;
	char spelled[KEY_SIZE];

	if (is_decided(x) || !(x->route->flags & ROUTE_KEYED) || !key)
		return;
	if (!key_valid(practice, key, spelled))
		refuse_later(x, 400,
			     practice->key_any_text
				     ? "Idempotency-Key has a wrong length"
				     : "Idempotency-Key must be a UUID v4");
	else if (!replay_begin(x->server->replay, spelled))
		refuse_later(x, 409,
			     "a request with this Idempotency-Key is in "
			     "progress");
	else
		memcpy(x->key, spelled, sizeof(spelled));
}

static uint64_t body_most(const struct exchange *x)
{
	uint64_t most = x->server->practice->body_most;

	return most ? most : BODY_MOST;
}

/* A declared length above the ceiling; one that is not declared is counted. */
static bool too_long(const struct exchange *x)
{
	const char *length = header(x, "Content-Length");

	return length && strtoull(length, NULL, 10) > body_most(x);
}

static bool body_comes(const struct exchange *x)
{
	const char *length = header(x, "Content-Length");

	return header(x, "Transfer-Encoding") ||
	       (length && strcmp(length, "0"));
}

/* application/json, or a kind of it such as application/…+json. */
static bool is_json(const char *type)
{
	size_t len = type ? strcspn(type, "; \t") : 0;

	return len >= 5 && !strncasecmp(type, "application/", 12) &&
	       (!strncasecmp(type + len - 5, "/json", 5) ||
		!strncasecmp(type + len - 5, "+json", 5));
}

static void take_type(struct exchange *x)
{
	const char *type = header(x, "Content-Type");

	if (is_decided(x))
		return;
	if (x->route->flags & ROUTE_FORM) {
		x->form = form_data_new(type);
		if (!x->form)
			refuse_later(x, 415, "Unsupported Media Type");
	}
	if (!(x->route->flags & ROUTE_JSON) || is_json(type))
		return;
	if (body_comes(x) || !(x->route->flags & ROUTE_BODY_OPTIONAL))
		refuse_later(x, 415, "Unsupported Media Type");
}

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
	find_route(x);
	count_request(x);
	if (!x->refused || x->refused == 404 || x->refused == 405)
		admit(x);
	take_key(x);
	take_type(x);
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
	if (x->received > body_most(x))
		refuse_later(x, 413, "Payload Too Large");
	/* The digest goes on: it names the request whatever becomes of it. */
	doc_digest_add(x->digest, data, size);
	if (is_decided(x))
		return;
	if (x->form)
		form_data_feed(x->form, data, size);
	else if (buf_add(&x->body, data, size))
		refuse_later(x, 413, "Payload Too Large");
}

enum MHD_Result exchange_body(struct exchange *x, const char *data,
			      size_t *size)
{
	size_t take = paced(x, *size);

	if (x->fault.cuts && x->received + take >= x->fault.cut)
		return MHD_NO;
	/* Nobody sends this by mistake: no need to hear it out. */
	if (x->received > 4 * body_most(x))
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
	answer(&x->call, kept.status, x->kept_type, mem_dup(kept.body));
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
					      answer_header(call, "Location") };

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
	if (!too_long(x))
		return MHD_YES;
	x->call.now = moment_now();
	refuse(x, 413, "Payload Too Large");
	return send_answer(x, false);
}
