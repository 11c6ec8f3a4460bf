/* SPDX-License-Identifier: MIT */
/*
 * The head of a request: which route, who may come in, how often, idempotency
 * keys, types of bodies. What it turns down is said when the body is in.
 */
#include "providers/sandbox/server.h"

#include "forms/mem.h"

#define BODY_MOST ((uint64_t)60000000)
#define MINUTE_MS ((int64_t)60000)

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

void exchange_refuse(struct exchange *x, int status, const char *why)
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
	exchange_refuse(x, known ? 405 : 404,
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

bool exchange_decided(const struct exchange *x)
{
	return x->refused || x->call.status;
}

static void admit(struct exchange *x)
{
	bool sign_in = x->route && (x->route->flags & ROUTE_SIGN_IN);

	if (!is_public(x) && !x->server->practice->admit(&x->call, sign_in) &&
	    !x->call.status)
		exchange_refuse(x, 401, "Unauthorized");
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
		exchange_refuse(x, 429, "Too Many Requests");
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

	if (exchange_decided(x) || !(x->route->flags & ROUTE_KEYED) || !key)
		return;
	if (!key_valid(practice, key, spelled))
		exchange_refuse(x, 400,
				practice->key_any_text
					? "Idempotency-Key has a wrong length"
					: "Idempotency-Key must be a UUID v4");
	else if (!replay_begin(x->server->replay, spelled))
		exchange_refuse(x, 409,
				"a request with this Idempotency-Key is in "
				"progress");
	else
		memcpy(x->key, spelled, sizeof(spelled));
}

uint64_t exchange_body_most(const struct exchange *x)
{
	uint64_t most = x->server->practice->body_most;

	return most ? most : BODY_MOST;
}

bool exchange_too_long(const struct exchange *x)
{
	const char *length = header(x, "Content-Length");

	return length && strtoull(length, NULL, 10) > exchange_body_most(x);
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

	if (exchange_decided(x))
		return;
	if (x->route->flags & ROUTE_FORM) {
		x->form = form_data_new(type);
		if (!x->form)
			exchange_refuse(x, 415, "Unsupported Media Type");
	}
	if (!(x->route->flags & ROUTE_JSON) || is_json(type))
		return;
	if (body_comes(x) || !(x->route->flags & ROUTE_BODY_OPTIONAL))
		exchange_refuse(x, 415, "Unsupported Media Type");
}

void exchange_head(struct exchange *x)
{
	find_route(x);
	count_request(x);
	if (!x->refused || x->refused == 404 || x->refused == 405)
		admit(x);
	take_key(x);
	take_type(x);
}
