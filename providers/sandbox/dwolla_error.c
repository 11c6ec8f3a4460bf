/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: the shapes of a refusal.
 * https://developers.dwolla.com/docs/balance/api-reference/api-fundamentals/errors
 */
#include "providers/sandbox/dwolla.h"

#include "forms/mem.h"

static const struct trouble {
	int status;
	const char *code, *message; /* NULL: what the caller says */
} troubles[] = {
	{ 400, "BadRequest", NULL },
	{ 401, "InvalidAccessToken", "Invalid access token." },
	{ 403, "Forbidden",
	  "The supplied credentials are not authorized for this resource." },
	{ 404, "NotFound", "The requested resource was not found." },
	{ 405, "MethodNotAllowed",
	  "The requested HTTP method is not allowed for this resource." },
	{ 406, "InvalidVersion", "Missing or invalid API version." },
	{ 409, "Conflict", NULL },
	{ 413, "fileTooLarge", "Document requests are limited to 10 MiB." },
	{ 429, "Too Many Requests",
	  "Please wait a short period of time before re-attempting the "
	  "request." },
	{ 504, "RequestTimeout", "The request took too long." },
	{ 0, "ServerError", NULL },
};

/* ERROR is taken. */
static void refuse_with(struct call *call, int status, json_t *error)
{
	char id[UUID_SIZE];

	uuid_new(id);
	call_answer_header(call, "X-Request-ID", id);
	call_json_as(call, status, DWOLLA_TYPE, error);
}

void dwolla_refuse_code(struct call *call, int status, const char *code,
			const char *message)
{
	refuse_with(call, status,
		    json_pack("{ss ss}", "code", code, "message", message));
}

void dwolla_refuse(struct call *call, int status, const char *message)
{
	const struct trouble *trouble = troubles;
	char id[UUID_SIZE], *said;

	/* No page names 415: a body that is not of a type that is taken is a
	 * bad request like any other. */
	if (status == 415) {
		dwolla_refuse_code(call, 400, "BadRequest",
				   "The Content-Type is not supported.");
		return;
	}
	while (trouble->status && trouble->status != status)
		trouble++;
	if (trouble->status) {
		dwolla_refuse_code(call, status, trouble->code,
				   trouble->message ? trouble->message
						    : message);
		return;
	}
	uuid_new(id);
	said = mem_printf("A server error occurred. Error ID: %s", id);
	dwolla_refuse_code(call, status, trouble->code, said);
	free(said);
}

void dwolla_refuse_state(struct call *call)
{
	dwolla_refuse_code(call, 403, "InvalidResourceState",
			   "Resource cannot be modified.");
}

void dwolla_refuse_about(struct call *call, const char *code,
			 const char *message, const char *about,
			 const char *resource)
{
	json_t *links = json_object();

	dwolla_link(links, "about", resource, call->base, "%s", about);
	refuse_with(call, 400,
		    json_pack("{ss ss so}", "code", code, "message", message,
			      "_links", links));
}

void dwolla_complain(json_t *list, const char *code, const char *path,
		     const char *what)
{
	json_array_append_new(list, json_pack("{ss ss ss s{}}", "code", code,
					      "message", what, "path", path,
					      "_links"));
}

bool dwolla_refuse_list(struct call *call, json_t *list)
{
	bool any = json_array_size(list) > 0;

	if (any)
		refuse_with(call, 400,
			    json_pack("{ss ss s{so}}", "code",
				      "ValidationError", "message",
				      "Validation error(s) present. See "
				      "embedded errors list for more details.",
				      "_embedded", "errors", list));
	else
		json_decref(list);
	return any;
}
