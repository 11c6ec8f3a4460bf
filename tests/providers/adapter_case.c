/* SPDX-License-Identifier: MIT */
/* What the tests of all adapters share. */
#include "tests/providers/adapter_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"

const char *adapter_header(const struct prov_request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (prov_same_word(request->headers[i].name, name))
			return request->headers[i].value;
	return NULL;
}

void adapter_assert_call(const struct prov_request *request, const char *method,
			 const char *path, const char *token, const char *key)
{
	char *bearer = mem_printf("Bearer %s", token);

	assert_string_equal(request->method, method);
	assert_string_equal(request->path, path);
	assert_string_equal(adapter_header(request, "Authorization"), bearer);
	if (key)
		assert_string_equal(adapter_header(request, "Idempotency-Key"),
				    key);
	else
		assert_null(adapter_header(request, "Idempotency-Key"));
	assert_null(request->body);
	assert_int_equal(request->part_count, 0);
	free(bearer);
}

char *adapter_stored(const char *provider, const char *name)
{
	char *relative =
		mem_printf("tests/providers/%s/%s.json", provider, name);
	char *path = test_source_path(relative);
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	int c;

	assert_non_null(file);
	while ((c = fgetc(file)) != EOF)
		buf_add_char(&text, (char)c);
	fclose(file);
	free(path);
	free(relative);
	return buf_take(&text);
}

char *adapter_body(const char *provider, const char *body)
{
	return body[0] == '@' ? adapter_stored(provider, body + 1)
			      : mem_dup(body);
}

struct prov_reply adapter_reply(int status, const char *body)
{
	return (struct prov_reply){
		.end = PROV_END_ANSWER,
		.status = status,
		.sent_whole = true,
		.body = body,
		.len = strlen(body),
	};
}

enum prov_outcome adapter_read(const struct prov_op *op,
			       const struct prov_ctx *ctx, int status,
			       const char *body, void *into)
{
	const struct prov_reply reply = adapter_reply(status, body);
	struct prov_result result = { 0 };
	enum prov_outcome outcome;

	op->read(&reply, ctx, into, &result);
	outcome = result.outcome;
	if (outcome != PROV_ACCEPTED)
		assert_non_null(result.message);
	prov_result_release(&result);
	return outcome;
}

const char *adapter_status(const struct prov_requirement *req)
{
	static const char *const statuses[] = { "missing", "sent", "in review",
						"accepted", "rejected" };

	return statuses[req->status];
}
