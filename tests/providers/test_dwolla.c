/* SPDX-License-Identifier: MIT */
/* Dwolla: what every call carries, and signing in. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"

#define MEDIA "application/vnd.dwolla.v1.hal+json"

/* The questions. */

static const struct call_row {
	const char *name;
	const struct prov_op *op;
	const char *cursor;
	const char *party;
	const char *path;
} call_rows[] = {
	{ "customers", &prov_dwolla.customer_list, NULL, NULL,
	  "/customers?limit=200" },
	{ "customers, from the start", &prov_dwolla.customer_list, "", NULL,
	  "/customers?limit=200" },
	{ "customers, the next page", &prov_dwolla.customer_list,
	  "limit=200&offset=400", NULL, "/customers?limit=200&offset=400" },
	{ "customer", &prov_dwolla.customer_read[DWOLLA_CUSTOMER].op, NULL,
	  NULL, "/customers/" DWOLLA_SELF },
	{ "documents", &prov_dwolla.customer_read[DWOLLA_PAPERS].op, NULL, NULL,
	  "/customers/" DWOLLA_SELF "/documents" },
	{ "owners", &prov_dwolla.customer_read[DWOLLA_OWNERS].op, NULL, NULL,
	  "/customers/" DWOLLA_SELF "/beneficial-owners" },
	{ "an owner's documents",
	  &prov_dwolla.customer_read[DWOLLA_OWNER_PAPERS].op, NULL,
	  DWOLLA_OWNER, "/beneficial-owners/" DWOLLA_OWNER "/documents" },
	{ "certification", &prov_dwolla.customer_read[DWOLLA_CERTIFICATION].op,
	  NULL, NULL, "/customers/" DWOLLA_SELF "/beneficial-ownership" },
};

static void test_question_is_as_the_page_has_it(void **state)
{
	const struct call_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_request request = { 0 };

	ctx.cursor = row->cursor;
	ctx.party = row->party;
	assert_int_equal(row->op->build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "GET");
	assert_string_equal(request.path, row->path);
	assert_string_equal(adapter_header(&request, "Authorization"),
			    "Bearer " DWOLLA_TOKEN);
	assert_string_equal(adapter_header(&request, "Accept"), MEDIA);
	assert_int_equal(request.header_count, 2);
	assert_null(request.body);
	assert_int_equal(request.part_count, 0);
	prov_request_release(&request);
}

static const struct id_row {
	const char *name;
	const char *id;
	const char *spelled; /* NULL: refused */
} id_rows[] = {
	{ "plain", DWOLLA_SELF, DWOLLA_SELF },
	{ "with a slash", "a/b", "a%2Fb" },
	{ "with a way up", "../b", "..%2Fb" },
	{ "with a question", "a?b=c", "a%3Fb%3Dc" },
	{ "with a fragment", "a#b", "a%23b" },
	{ "with a blank", "a b", "a%20b" },
	{ "encoded before", "%2e%2e", "%252e%252e" },
	{ "a way up", "..", NULL },
	{ "a stop", ".", NULL },
	{ "nothing", "", NULL },
	{ "a new line", "a\nb", NULL },
	{ "a return", "a\rb", NULL },
	{ "an escape", "a\x1b[2Jb", NULL },
	{ "a delete", "a\x7f", NULL },
	{ "missing", NULL, NULL },
};

static void assert_path(const struct prov_op *op, const struct prov_ctx *ctx,
			const char *format, const char *spelled)
{
	struct prov_request request = { 0 };
	struct err err = { 0 };

	if (spelled) {
		const char *at = strstr(format, "ID");
		char *path = mem_printf("%.*s%s%s", (int)(at - format), format,
					spelled, at + strlen("ID"));

		assert_int_equal(op->build(ctx, &request, &err), 0);
		assert_string_equal(request.path, path);
		free(path);
	} else {
		assert_int_equal(op->build(ctx, &request, &err), -1);
		assert_true(err.code == ERR_INPUT || err.code == ERR_BUG);
	}
	prov_request_release(&request);
}
/* Wherever an id goes into a path, it stays one part of it. */
static void test_id_stays_one_part(void **state)
{
	const struct id_row *row = *state;
	struct prov_document document =
		dwolla_document("license", DOC_FOR_PERSON);
	struct prov_ctx ctx = dwolla_ctx();

	ctx.customer = row->id;
	ctx.documents = &document;
	ctx.document_count = 1;
	assert_path(&prov_dwolla.customer_read[DWOLLA_CUSTOMER].op, &ctx,
		    "/customers/ID", row->spelled);
	assert_path(&prov_dwolla.customer_read[DWOLLA_PAPERS].op, &ctx,
		    "/customers/ID/documents", row->spelled);
	assert_path(&prov_dwolla.customer_read[DWOLLA_OWNERS].op, &ctx,
		    "/customers/ID/beneficial-owners", row->spelled);
	assert_path(&prov_dwolla.customer_read[DWOLLA_CERTIFICATION].op, &ctx,
		    "/customers/ID/beneficial-ownership", row->spelled);
	assert_path(&prov_dwolla.document_send, &ctx, "/customers/ID/documents",
		    row->spelled);
	if (!row->id)
		return;
	ctx.customer = DWOLLA_SELF;
	ctx.party = row->id;
	document.type =
		prov_type(&prov_dwolla, "license", DOC_FOR_PARTY_PERSON);
	document.party = row->id;
	assert_path(&prov_dwolla.customer_read[DWOLLA_OWNER_PAPERS].op, &ctx,
		    "/beneficial-owners/ID/documents", row->spelled);
	assert_path(&prov_dwolla.document_send, &ctx,
		    "/beneficial-owners/ID/documents", row->spelled);
}

static const struct secret_row {
	const char *name;
	const char *secret;
} secret_rows[] = {
	{ "missing", NULL },
	{ "empty", "" },
	{ "with a blank", "a b" },
	{ "with another header", "a\r\nX-Other: 1" },
	{ "with an escape", "a\x1b" },
};

static void test_token_that_is_none_is_not_sent(void **state)
{
	const struct secret_row *row = *state;
	struct prov_document document =
		dwolla_document("license", DOC_FOR_PERSON);
	struct prov_request upload = { 0 };
	struct err upload_err = { 0 };
	struct prov_ctx ctx = dwolla_ctx();

	ctx.secret = row->secret;
	ctx.documents = &document;
	ctx.document_count = 1;
	for (size_t i = 0; i < sizeof(call_rows) / sizeof(call_rows[0]); i++) {
		struct prov_request request = { 0 };
		struct err err = { 0 };

		ctx.party = call_rows[i].party;
		assert_int_equal(call_rows[i].op->build(&ctx, &request, &err),
				 -1);
		assert_int_equal(err.code, ERR_CREDENTIALS);
		if (row->secret && *row->secret)
			assert_null(strstr(err.text, row->secret));
		prov_request_release(&request);
	}
	assert_int_equal(
		prov_dwolla.document_send.build(&ctx, &upload, &upload_err),
		-1);
	assert_int_equal(upload_err.code, ERR_CREDENTIALS);
	prov_request_release(&upload);
}

/* Signing in. */

static const struct sign_row {
	const char *name;
	const char *client, *secret;
	const char *authorization; /* NULL: refused */
} sign_rows[] = {
	{ "a pair", "client-1", "s3cret", "Basic Y2xpZW50LTE6czNjcmV0" },
	{ "a colon in the secret", "c", "a:b", "Basic YzphOmI=" },
	{ "a colon in the client", "a:b", "c", NULL },
	{ "no client", NULL, "s3cret", NULL },
	{ "an empty client", "", "s3cret", NULL },
	{ "no secret", "client-1", NULL, NULL },
	{ "an empty secret", "client-1", "", NULL },
	{ "a line end in the secret", "client-1", "a\r\nb", NULL },
	{ "a blank in the client", "a b", "c", NULL },
};

static void test_token_is_asked_for(void **state)
{
	const struct sign_row *row = *state;
	struct prov_profile profile = { .provider = &prov_dwolla,
					.client = (char *)row->client };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.profile = &profile;
	ctx.secret = row->secret;
	if (!row->authorization) {
		assert_int_equal(prov_dwolla.token.build(&ctx, &request, &err),
				 -1);
		assert_int_equal(err.code, ERR_CREDENTIALS);
		prov_request_release(&request);
		return;
	}
	assert_int_equal(prov_dwolla.token.build(&ctx, &request, &err), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/token");
	assert_string_equal(adapter_header(&request, "Authorization"),
			    row->authorization);
	assert_string_equal(adapter_header(&request, "Accept"), MEDIA);
	assert_string_equal(adapter_header(&request, "Content-Type"),
			    "application/x-www-form-urlencoded");
	assert_null(adapter_header(&request, "Idempotency-Key"));
	assert_string_equal(request.body, "grant_type=client_credentials");
	prov_request_release(&request);
}

static void test_endless_secret_is_not_sent(void **state)
{
	char secret[5000];
	struct prov_profile profile = { .provider = &prov_dwolla,
					.client = (char[]){ "c" } };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	memset(secret, 'a', sizeof(secret));
	secret[sizeof(secret) - 1] = '\0';
	ctx.profile = &profile;
	ctx.secret = secret;
	assert_int_equal(prov_dwolla.token.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	prov_request_release(&request);
}

static const struct token_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome want;
	int64_t life_ms;
	const char *words; /* in the message; NULL: there is none */
} token_rows[] = {
	{ "as the page has it", 200,
	  "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":"
	  "3600}",
	  PROV_ACCEPTED, 3600000, NULL },
	{ "a second less, small", 200,
	  "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":"
	  "3599,\"new\":[]}",
	  PROV_ACCEPTED, 3599000, NULL },
	{ "no life", 200, "{\"access_token\":\"t\"}", PROV_ACCEPTED, 0, NULL },
	{ "a life in words", 200,
	  "{\"access_token\":\"t\",\"expires_in\":\"3600\"}", PROV_ACCEPTED, 0,
	  NULL },
	{ "a life before", 200, "{\"access_token\":\"t\",\"expires_in\":-1}",
	  PROV_ACCEPTED, 0, NULL },
	{ "for ever", 200,
	  "{\"access_token\":\"t\",\"expires_in\":9223372036854775807}",
	  PROV_ACCEPTED, 0, NULL },
	{ "of another sort", 200,
	  "{\"access_token\":\"t\",\"token_type\":\"mac\"}", PROV_UNSURE, 0,
	  "promises" },
	{ "empty", 200, "{\"access_token\":\"\"}", PROV_UNSURE, 0, "promises" },
	{ "missing", 200, "{\"expires_in\":3600}", PROV_UNSURE, 0, "promises" },
	{ "a number", 200, "{\"access_token\":7}", PROV_UNSURE, 0, "promises" },
	{ "with another header", 200,
	  "{\"access_token\":\"t\\r\\nX-Other: 1\"}", PROV_UNSURE, 0,
	  "promises" },
	{ "a page", 200, "<html>Welcome</html>", PROV_UNSURE, 0, "" },
	{ "a list", 200, "[]", PROV_UNSURE, 0, "promises" },
	{ "nothing", 200, "", PROV_UNSURE, 0, "promises" },
	{ "wrong pair", 401,
	  "{\"error\":\"invalid_client\",\"error_description\":\"Invalid "
	  "client credentials.\"}",
	  PROV_DENIED, 0, "client id or secret" },
	{ "e-mail not confirmed", 401,
	  "{\"code\":\"InvalidAccountStatus\",\"message\":\"No.\"}",
	  PROV_DENIED, 0, "e-mail is not confirmed" },
	{ "too many", 429, "{\"code\":\"TooManyRequests\"}", PROV_AGAIN, 0,
	  "too many" },
	{ "their side", 500, "", PROV_AGAIN, 0, "their side" },
	{ "a proxy", 502, "<html>Bad gateway</html>", PROV_AGAIN, 0,
	  "Bad gateway" },
};

static void test_token_is_read(void **state)
{
	const struct token_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };
	struct prov_token token = { 0 };

	dwolla_answer(&prov_dwolla.token, &ctx, row->status, row->body, &token,
		      &result);
	assert_int_equal(result.outcome, row->want);
	assert_int_equal(token.life_ms, row->life_ms);
	if (row->want == PROV_ACCEPTED)
		assert_string_equal(token.text, "t");
	else
		assert_null(token.text);
	if (!row->words)
		assert_null(result.message);
	else if (!strstr(result.message, row->words))
		assert_string_equal(result.message, row->words);
	if (strstr(row->body, "invalid_client"))
		assert_string_equal(result.code, "invalid_client");
	prov_token_release(&token);
	prov_result_release(&result);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_question_is_as_the_page_has_it, call_rows);
	TEST_ROWS(&tests, test_id_stays_one_part, id_rows);
	TEST_ROWS(&tests, test_token_that_is_none_is_not_sent, secret_rows);
	TEST_ROWS(&tests, test_token_is_asked_for, sign_rows);
	test_add(&tests, "endless secret", test_endless_secret_is_not_sent);
	TEST_ROWS(&tests, test_token_is_read, token_rows);
	return test_run(&tests, "providers/dwolla");
}
