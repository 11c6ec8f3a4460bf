/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: what every call carries, signing in, and what errors mean. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/zro_case.h"

/* The questions. */

static const struct call_row {
	const char *name;
	const struct prov_op *op;
	const char *path;
	bool of_customer;
} call_rows[] = {
	{ "accounts", &prov_zro.customer_list,
	  "/v1/users/accounts?page=1&size=100&sort=created_at&order=asc",
	  false },
	{ "account", &prov_zro.customer_read[0].op,
	  "/v1/users/accounts/" ZRO_COMPANY, true },
	{ "a person's onboardings", &prov_zro.customer_read[1].op,
	  "/v1/users/onboardings?page=1&size=100&sort=created_at&order=desc",
	  true },
	{ "a company's onboardings", &prov_zro.customer_read[2].op,
	  "/v1/users/onboardings/legal-person?page=1&size=100"
	  "&sort=created_at&order=desc",
	  true },
	{ "a person's onboarding", &prov_zro.customer_read[3].op,
	  "/v1/users/onboardings/" ZRO_RECORD, true },
	{ "a company's onboarding", &prov_zro.customer_read[4].op,
	  "/v1/users/onboardings/legal-person/" ZRO_RECORD, true },
	{ "shareholders", &prov_zro.customer_read[5].op,
	  "/v1/users/shareholders?page=1&size=100&sort=created_at&order=desc",
	  true },
	{ "representatives", &prov_zro.customer_read[6].op,
	  "/v1/users/legal-representatives", true },
	{ "a representative's documents", &prov_zro.customer_read[7].op,
	  "/v1/users/legal-representatives/" ZRO_REP "/documents", true },
	{ "a company's documents", &prov_zro.customer_read[8].op,
	  "/v1/users/onboardings/legal-person/" ZRO_RECORD "/documents", true },
	{ "a person's documents", &prov_zro.customer_read[9].op,
	  "/v1/users/onboardings/" ZRO_RECORD "/documents", true },
};

static void test_question_is_as_the_page_has_it(void **state)
{
	const struct call_row *row = *state;
	struct prov_customer so_far = { .record = (char[]){ ZRO_RECORD } };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };

	ctx.so_far = &so_far;
	ctx.party = ZRO_REP;
	assert_int_equal(row->op->build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "GET");
	assert_string_equal(request.path, row->path);
	assert_string_equal(adapter_header(&request, "Authorization"),
			    "Bearer " ZRO_TOKEN);
	assert_string_equal(adapter_header(&request, "nonce"), ZRO_NONCE);
	assert_string_equal(adapter_header(&request, "x-lang"), "en-US");
	assert_string_equal(adapter_header(&request, "x-product-uuid"),
			    ZRO_PRODUCT);
	assert_null(adapter_header(&request, "x-transaction-uuid"));
	if (row->of_customer)
		assert_string_equal(
			adapter_header(&request, "x-product-target-user-uuid"),
			ZRO_COMPANY);
	else
		assert_null(
			adapter_header(&request, "x-product-target-user-uuid"));
	assert_null(request.body);
	prov_request_release(&request);
}

/* A target without its product would act on somebody else. */
static void test_customer_is_never_named_without_product(void **state)
{
	const struct call_row *row = *state;
	struct prov_customer so_far = { .record = (char[]){ ZRO_RECORD } };
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.so_far = &so_far;
	ctx.party = ZRO_REP;
	profile.settings[0] = NULL;
	assert_int_equal(row->op->build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_null(adapter_header(&request, "x-product-target-user-uuid"));
	prov_request_release(&request);
}

static const struct bad_row {
	const char *name;
	const char *secret, *nonce, *customer;
	enum err_code code;
} bad_rows[] = {
	{ "no token", NULL, ZRO_NONCE, ZRO_COMPANY, ERR_CREDENTIALS },
	{ "empty token", "", ZRO_NONCE, ZRO_COMPANY, ERR_CREDENTIALS },
	{ "token with a line end", "a\r\nb: c", ZRO_NONCE, ZRO_COMPANY,
	  ERR_CREDENTIALS },
	{ "no nonce", ZRO_TOKEN, NULL, ZRO_COMPANY, ERR_BUG },
	{ "no customer", ZRO_TOKEN, ZRO_NONCE, NULL, ERR_INPUT },
	{ "customer of dots", ZRO_TOKEN, ZRO_NONCE, "..", ERR_INPUT },
	{ "customer with a line end", ZRO_TOKEN, ZRO_NONCE, "a\nb", ERR_INPUT },
	{ "customer that is no header", ZRO_TOKEN, ZRO_NONCE, "São",
	  ERR_INPUT },
};

static void test_question_that_cannot_be_is_not_asked(void **state)
{
	const struct bad_row *row = *state;
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, row->customer, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.secret = row->secret;
	ctx.nonce = row->nonce;
	assert_int_equal(
		prov_zro.customer_read[0].op.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, row->code);
	if (row->secret && *row->secret)
		assert_null(strstr(err.text, row->secret));
	prov_request_release(&request);
}

static const struct language_row {
	const char *name;
	const char *language, *sent;
} language_rows[] = {
	{ "Portuguese of Brazil", "pt-BR", "pt-BR" },
	{ "Portuguese", "pt", "pt-BR" },
	{ "English", "en", "en-US" },
	{ "another", "de-DE", "en-US" },
	{ "none", NULL, "en-US" },
};

static void test_language_is_one_of_the_two(void **state)
{
	const struct language_row *row = *state;
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_request request = { 0 };

	ctx.language = row->language;
	assert_int_equal(prov_zro.customer_list.build(&ctx, &request, NULL), 0);
	assert_string_equal(adapter_header(&request, "x-lang"), row->sent);
	prov_request_release(&request);
}

static const struct setting_row {
	const char *name;
	size_t setting;
	const char *value;
	bool valid;
} setting_rows[] = {
	{ "product", 0, ZRO_PRODUCT, true },
	{ "product in capitals", 0, "5EED0000-0000-4000-B000-000000000001",
	  true },
	{ "product, short", 0, "5eed0000", false },
	{ "product without dashes", 0, "5eed0000000004000b000000000000000001",
	  false },
	{ "version 1", 1, "v1", true },
	{ "version 2", 1, "v2", true },
	{ "version 3", 1, "v3", false },
	{ "path", 2, "/v1/auth/sign-in", true },
	{ "path without slash", 2, "auth", false },
	{ "path with a query", 2, "/auth?a=b", false },
	{ "path that is a host", 2, "https://example.com/", false },
	{ "path with a line end", 2, "/a\nb", false },
};

static void test_setting_is_checked(void **state)
{
	const struct setting_row *row = *state;

	assert_int_equal(prov_zro.settings[row->setting].valid(row->value),
			 row->valid);
}

/* Signing in. */

static void test_sign_in_sends_both_halves(void **state)
{
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_request request = { 0 };

	(void)state;
	ctx.secret = "practice \"key\"";
	assert_int_equal(prov_zro.token.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/auth/signin");
	assert_string_equal(adapter_header(&request, "nonce"), ZRO_NONCE);
	assert_null(adapter_header(&request, "Authorization"));
	assert_null(adapter_header(&request, "x-product-uuid"));
	assert_string_equal(request.body,
			    "{\"api_id\":\"practice-client\","
			    "\"api_key\":\"practice \\\"key\\\"\"}");
	prov_request_release(&request);
}

static void test_sign_in_goes_where_the_profile_says(void **state)
{
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	profile.settings[2] = (char *)(uintptr_t) "/v2/auth/token";
	assert_int_equal(prov_zro.token.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.path, "/v2/auth/token");
	prov_request_release(&request);
	profile.client = NULL;
	assert_int_equal(prov_zro.token.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	prov_request_release(&request);
}

static void test_renewal_needs_an_old_token(void **state)
{
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(prov_zro.token_renew.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_CREDENTIALS);
	prov_request_release(&request);
	ctx.token = "old.token";
	assert_int_equal(prov_zro.token_renew.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, "/auth/refresh-token");
	assert_string_equal(adapter_header(&request, "x-access-token"),
			    "old.token");
	assert_string_equal(adapter_header(&request, "nonce"), ZRO_NONCE);
	assert_null(adapter_header(&request, "Authorization"));
	assert_null(request.body);
	prov_request_release(&request);
}

/* Claims are {"exp":1777640400}, an hour from now, and others. */
static const struct token_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
	const char *text;
	int64_t life_ms;
} token_rows[] = {
	{ "bare", 200, "{\"access_token\":\"a.b.c\"}", PROV_ACCEPTED, "a.b.c",
	  0 },
	{ "enveloped", 200,
	  "{\"success\":true,\"data\":{\"access_token\":\"abc\"},"
	  "\"error\":null}",
	  PROV_ACCEPTED, "abc", 0 },
	{ "says how long", 200,
	  "{\"access_token\":\"e30.eyJleHAiOjE3Nzc2NDA0MDB9.x\"}",
	  PROV_ACCEPTED, "e30.eyJleHAiOjE3Nzc2NDA0MDB9.x", 3600000 },
	{ "has expired", 200, "{\"access_token\":\"e30.eyJleHAiOjEwfQ.x\"}",
	  PROV_ACCEPTED, "e30.eyJleHAiOjEwfQ.x", 0 },
	{ "expires never", 200, "{\"access_token\":\"e30.eyJleHAiOjFlOTl9.x\"}",
	  PROV_ACCEPTED, "e30.eyJleHAiOjFlOTl9.x", 0 },
	{ "claims that are none", 200, "{\"access_token\":\"a.%%%%.c\"}",
	  PROV_ACCEPTED, "a.%%%%.c", 0 },
	{ "with a line end", 200, "{\"access_token\":\"a\\nb\"}", PROV_UNSURE,
	  NULL, 0 },
	{ "none", 200, "{}", PROV_UNSURE, NULL, 0 },
	{ "a page", 200, "<html>hello</html>", PROV_UNSURE, NULL, 0 },
	{ "wrong key", 401,
	  "{\"success\":false,\"data\":null,\"error\":\"AUTH\","
	  "\"message\":\"Access is denied.\",\"code\":\"UNAUTHORIZED\"}",
	  PROV_DENIED, NULL, 0 },
	{ "malformed", 400, "{\"code\":\"MISSING_DATA\"}", PROV_REFUSED, NULL,
	  0 },
	{ "too often", 429, "", PROV_AGAIN, NULL, 0 },
	{ "broken", 502, "<html>Bad gateway</html>", PROV_AGAIN, NULL, 0 },
};

static void test_token_is_read(void **state)
{
	const struct token_row *row = *state;
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, NULL, NULL);
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_token token = { 0 };
	struct prov_result result = { 0 };

	prov_zro.token.read(&reply, &ctx, &token, &result);
	assert_int_equal(result.outcome, row->outcome);
	if (row->text)
		assert_string_equal(token.text, row->text);
	else
		assert_null(token.text);
	assert_int_equal(token.life_ms, row->life_ms);
	prov_token_release(&token);
	prov_result_release(&result);
}

/* Errors, of what was asked and of what was sent. */

static const struct error_row {
	const char *name; /* the code */
	int status;
	enum prov_outcome asked, sent;
	const char *place; /* where to go; NULL: nowhere */
	bool running;
	const char *words; /* of ours, in the sentence */
} error_rows[] = {
	{ "MISSING_DATA", 400, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "missing" },
	{ "VALIDATION", 422, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "not valid" },
	{ "IS_UUID", 422, PROV_REFUSED, PROV_REFUSED, NULL, false, "UUID" },
	{ "IS_ENUM", 422, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "none of those" },
	{ "IS_CPF_OR_CNPJ", 422, PROV_REFUSED, PROV_REFUSED, "document", false,
	  "neither a CPF nor a CNPJ" },
	{ "MATCHES", 422, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "not written" },
	{ "INVALID_FORMAT", 422, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "not written" },
	{ "INVALID_CPF_FORMAT", 422, PROV_REFUSED, PROV_REFUSED, "document",
	  false, "not a CPF" },
	{ "INVALID_CNPJ_FORMAT", 422, PROV_REFUSED, PROV_REFUSED, "document",
	  false, "not a CNPJ" },
	{ "INVALID_DOCUMENT_FORMAT", 422, PROV_REFUSED, PROV_REFUSED,
	  "document", false, "document" },
	{ "USER_NOT_FOUND", 422, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "not known there" },
	{ "ONBOARDING_NOT_FOUND", 422, PROV_REFUSED, PROV_REFUSED, "onboarding",
	  false, "open one first" },
	{ "ONBOARDING_EXPIRED", 422, PROV_REFUSED, PROV_REFUSED, "onboarding",
	  false, "open a new one" },
	{ "REPLAY", 409, PROV_REFUSED, PROV_REFUSED, NULL, true,
	  "sent before" },
	{ "REPLAY", 422, PROV_REFUSED, PROV_REFUSED, NULL, true,
	  "sent before" },
	{ "ONBOARDING_INVALID_STATUS", 422, PROV_REFUSED, PROV_REFUSED, NULL,
	  true, "not open any more" },
	{ "SHAREHOLDERS_REQUIRED", 422, PROV_REFUSED, PROV_REFUSED,
	  "shareholder", false, "add a shareholder" },
	{ "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES", 422, PROV_REFUSED,
	  PROV_REFUSED, "legal_representative", false,
	  "no legal representative" },
	{ "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING", 422, PROV_REFUSED,
	  PROV_REFUSED, "identity_document:national_id", false,
	  "documents of a legal representative" },
	{ "ONBOARDING_DOCUMENTS_MISSING", 422, PROV_REFUSED, PROV_REFUSED,
	  "social_contract", false, "documents of the company" },
	{ "DEFAULT", 422, PROV_REFUSED, PROV_REFUSED, NULL, false, "rule" },
	{ "NEVER_SEEN", 409, PROV_REFUSED, PROV_REFUSED, NULL, true,
	  "already" },
	{ "UNAUTHORIZED", 401, PROV_DENIED, PROV_DENIED, NULL, false,
	  "not signed in" },
	{ "FORBIDDEN", 403, PROV_DENIED, PROV_DENIED, NULL, false,
	  "may not do that" },
	{ "SHAREHOLDERS_REQUIRED", 403, PROV_DENIED, PROV_DENIED, NULL, false,
	  "may not do that" },
	{ "DEFAULT", 404, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "unknown there" },
	{ "DEFAULT", 413, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "too large" },
	{ "DEFAULT", 415, PROV_REFUSED, PROV_REFUSED, NULL, false,
	  "kind of content" },
	{ "DEFAULT", 429, PROV_AGAIN, PROV_AGAIN, NULL, false, "too many" },
	{ "DEFAULT", 500, PROV_AGAIN, PROV_UNSURE, NULL, false, "their side" },
	{ "DEFAULT", 502, PROV_AGAIN, PROV_UNSURE, NULL, false, "their side" },
	{ "DEFAULT", 503, PROV_AGAIN, PROV_AGAIN, NULL, false,
	  "not available" },
	{ "DEFAULT", 302, PROV_UNSURE, PROV_UNSURE, NULL, false,
	  "not expected" },
};

static void test_error_says_what_to_do(void **state)
{
	const struct error_row *row = *state;
	char *body = mem_printf("{\"success\":false,\"data\":null,"
				"\"error\":\"USER\",\"message\":\"Não.\","
				"\"code\":\"%s\"}",
				row->name);
	struct prov_reply reply = adapter_reply(row->status, body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_customer customer = { 0 };
	struct prov_result asked = { 0 }, sent = { 0 };

	prov_zro.customer_read[0].op.read(&reply, &ctx, &customer, &asked);
	prov_zro.start.read(&reply, &ctx, NULL, &sent);
	assert_int_equal(asked.outcome, row->asked);
	assert_int_equal(sent.outcome, row->sent);
	assert_string_equal(sent.code, row->name);
	assert_int_equal(sent.may_be_running, row->running);
	assert_non_null(strstr(sent.message, "Z.ro Bank: Não."));
	assert_non_null(strstr(sent.message, row->words));
	assert_int_equal(findings_for(&sent.problems, row->place) != NULL,
			 row->place != NULL);
	assert_false(sent.new_key);
	prov_result_release(&asked);
	prov_result_release(&sent);
	prov_customer_release(&customer);
	free(body);
}

/* A proxy's page is shown without what a terminal would obey. */
static void test_error_of_a_proxy_is_cleaned(void **state)
{
	struct prov_reply reply =
		adapter_reply(502, "<html><b>Bad\x1b[2J gateway</b></html>");
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	(void)state;
	prov_zro.start.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_UNSURE);
	assert_null(strchr(result.message, '\x1b'));
	assert_non_null(strstr(result.message, "gateway"));
	assert_string_equal(result.code, "http_502");
	prov_result_release(&result);
}

/* Asking for the review. */

static void test_finalize_names_the_onboarding(void **state)
{
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(prov_zro.start.build(&ctx, &request, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	prov_request_release(&request);
	ctx.target = ZRO_RECORD;
	assert_int_equal(prov_zro.start.build(&ctx, &request, NULL), 0);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path,
			    "/v1/users/onboardings/legal-person/" ZRO_RECORD
			    "/finalize");
	assert_string_equal(adapter_header(&request, "x-transaction-uuid"),
			    ZRO_KEY);
	assert_null(request.body);
	prov_request_release(&request);
}

static const struct finalize_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
} finalize_rows[] = {
	{ "bare", 200, "{\"id\":\"" ZRO_RECORD "\",\"status\":\"in_process\"}",
	  PROV_ACCEPTED },
	{ "enveloped", 200,
	  "{\"success\":true,\"data\":{\"id\":\"" ZRO_RECORD
	  "\",\"status\":\"in_process\"},\"error\":null}",
	  PROV_ACCEPTED },
	{ "empty", 200, "", PROV_UNSURE },
	{ "an envelope that says no", 200,
	  "{\"success\":false,\"data\":null,\"error\":\"USER\"}", PROV_UNSURE },
	{ "a page", 200, "<html></html>", PROV_UNSURE },
	{ "cut short", 200, "{\"id\":\"8f", PROV_UNSURE },
};

static void test_finalize_answer(void **state)
{
	const struct finalize_row *row = *state;
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	prov_zro.start.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	prov_result_release(&result);
}

static void test_provider_is_listed_and_whole(void **state)
{
	(void)state;
	assert_ptr_equal(prov_find("zro"), &prov_zro);
	assert_true(prov_has_tokens(&prov_zro));
	assert_int_equal(prov_endpoint_check(prov_zro.sandbox_endpoint, NULL),
			 0);
	for (size_t i = 0; prov_zro.settings[i].name; i++)
		if (prov_zro.settings[i].practice)
			assert_true(prov_zro.settings[i].valid(
				prov_zro.settings[i].practice));
	assert_false(prov_can(&prov_zro.link));
	assert_int_equal(prov_zro.minute_most, 400);
	assert_true(prov_zro.asks_first);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_question_is_as_the_page_has_it, call_rows);
	TEST_ROWS(&tests, test_customer_is_never_named_without_product,
		  call_rows);
	TEST_ROWS(&tests, test_question_that_cannot_be_is_not_asked, bad_rows);
	TEST_ROWS(&tests, test_language_is_one_of_the_two, language_rows);
	TEST_ROWS(&tests, test_setting_is_checked, setting_rows);
	test_add(&tests, "sign in", test_sign_in_sends_both_halves);
	test_add(&tests, "sign-in path",
		 test_sign_in_goes_where_the_profile_says);
	test_add(&tests, "renewal", test_renewal_needs_an_old_token);
	TEST_ROWS(&tests, test_token_is_read, token_rows);
	TEST_ROWS(&tests, test_error_says_what_to_do, error_rows);
	test_add(&tests, "proxy", test_error_of_a_proxy_is_cleaned);
	test_add(&tests, "finalize", test_finalize_names_the_onboarding);
	TEST_ROWS(&tests, test_finalize_answer, finalize_rows);
	test_add(&tests, "provider", test_provider_is_listed_and_whole);
	return test_run(&tests, "providers/zro");
}
