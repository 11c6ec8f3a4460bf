/* SPDX-License-Identifier: MIT */
/*
 * Dinie: errors are application/problem+json (RFC 9457).
 * https://dinie.nexaedge.dev/apis/concepts/errors
 */
#include "providers/sandbox/dinie.h"

#include "forms/mem.h"

#define TYPE_BASE "https://api.dinie.com.br/errors/"

static const struct category {
	int status;
	const char *name; /* of the type, where there is no code */
	const char *title;
} categories[] = {
	{ 400, "invalid-request", "Bad Request" },
	{ 401, "authentication-failed", "Unauthorized" },
	{ 403, "forbidden", "Forbidden" },
	{ 404, "not-found", "Not Found" },
	{ 405, "method-not-allowed", "Method Not Allowed" },
	{ 409, "conflict", "Conflict" },
	{ 413, "payload-too-large", "Payload Too Large" },
	{ 422, "validation-failed", "Validation Error" },
	{ 429, "rate-limit-exceeded", "Too Many Requests" },
	{ 0, "internal", "Internal Server Error" },
};

void dinie_problem(struct call *call, int status, const char *code,
		   const char *param, const char *detail, json_t *errors)
{
	const struct category *category = categories;

	while (category->status && category->status != status)
		category++;
	call_json_as(call, status, DINIE_PROBLEM_TYPE,
		     json_pack("{ss+ ss si ss ss ss* ss* so*}", "type",
			       TYPE_BASE, code ? code : category->name, "title",
			       category->title, "status", status, "detail",
			       detail, "instance", "/v3", "code", code, "param",
			       param, "errors", errors));
}

/* What the frame of the server turns down, in Dinie's words. */
void dinie_refuse(struct call *call, int status, const char *message)
{
	static const struct {
		int status, as;
		const char *code;
	} codes[] = {
		{ 400, 400, "malformed_body" },
		{ 401, 401, "invalid_token" },
		{ 403, 403, "forbidden" },
		{ 415, 400, "invalid_content_type" },
		{ 429, 429, "rate_limit_exceeded" },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].status == status) {
			dinie_problem(call, codes[i].as, codes[i].code, NULL,
				      message, NULL);
			return;
		}
	dinie_problem(call, status, NULL, NULL, message, NULL);
}

void dinie_refuse_field(struct call *call, const char *param, const char *code,
			const char *detail)
{
	dinie_refuse_list(call, json_pack("[{ss ss ss}]", "param", param,
					  "detail", detail, "code",
					  code ? code : "invalid_format"));
}

bool dinie_refuse_list(struct call *call, json_t *list)
{
	static const char *const above[] = { "missing_required_field",
					     "invalid_cpf", "invalid_cnpj" };
	const json_t *first = json_array_get(list, 0);
	const char *code = NULL;

	if (!first) {
		json_decref(list);
		return false;
	}
	/* Other codes are known of single fields alone. */
	for (size_t i = 0; i < sizeof(above) / sizeof(above[0]); i++)
		if (dinie_is(first, "code", above[i]))
			code = above[i];
	dinie_problem(call, 422, code, dinie_text(first, "param"),
		      dinie_text(first, "detail"), list);
	return true;
}
