/* SPDX-License-Identifier: MIT */
/* What a route's handler sees of its request, and how it answers. */
#include "providers/sandbox/server.h"

#include <openssl/evp.h>

#include "forms/mem.h"

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

const char *call_answered(const struct call *call, const char *name)
{
	for (size_t i = 0; i < CALL_HEADERS && call->headers[i].name; i++)
		if (!strcmp(call->headers[i].name, name))
			return call->headers[i].value;
	return NULL;
}

void call_answer(struct call *call, int status, const char *type, char *text)
{
	free(call->answer);
	call->status = status;
	call->type = type;
	call->answer = text;
}

void call_json_as(struct call *call, int status, const char *type, json_t *body)
{
	call_answer(call, status, type, json_dumps(body, JSON_COMPACT));
	json_decref(body);
}

void call_json(struct call *call, int status, json_t *body)
{
	call_json_as(call, status, "application/json; charset=utf-8", body);
}

void call_page(struct call *call, int status, const char *title,
	       const char *text)
{
	call_answer(call, status, "text/html; charset=utf-8",
		    mem_printf("<!doctype html><meta charset=\"utf-8\">"
			       "<title>%s</title><h1>%s</h1><p>%s</p>\n",
			       title, title, text));
}

void call_empty(struct call *call, int status)
{
	call_answer(call, status, NULL, NULL);
}
