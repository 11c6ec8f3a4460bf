/* SPDX-License-Identifier: MIT */
/* Z.ro Bank's practice server: what it refuses, and how it is asked. */
#include <poll.h>
#include <signal.h>

#include "tests/providers/zro_practice.h"

/* Heads as they are: nothing is added to them. */
static const struct head {
	const char *name;
	const char *headers;
	int status;
	const char *code;
} heads[] = {
	{ "no nonce", "", 400, "MISSING_DATA" },
	{ "a nonce that is none", "nonce: 17\r\n", 422, "IS_UUID" },
	{ "a nonce of version 1", "nonce: " UUID_1 "\r\n", 422, "IS_UUID" },
	{ "a nonce, and no token",
	  "nonce: " UUID "\r\nAuthorization: Basic x\r\n", 401,
	  "UNAUTHORIZED" },
	{ "the key instead of a token",
	  "nonce: " UUID "\r\nAuthorization: Bearer kyc-sandbox-key\r\n", 401,
	  "UNAUTHORIZED" },
	{ "another language", "nonce: " UUID "\r\nx-lang: de-DE\r\n", 422,
	  "IS_ENUM" },
	{ "a product that is none", "nonce: " UUID "\r\nx-product-uuid: 1\r\n",
	  422, "IS_UUID" },
	{ "another product", "nonce: " UUID "\r\nx-product-uuid: " UUID "\r\n",
	  403, "FORBIDDEN" },
	{ "a customer without the product",
	  "nonce: " UUID
	  "\r\nx-product-target-user-uuid: " ACCOUNT("01") "\r\n",
	  400, "MISSING_DATA" },
	{ "a customer that is none",
	  "nonce: " UUID "\r\nx-product-uuid: " PRODUCT
	  "\r\nx-product-target-user-uuid: maria\r\n",
	  422, "IS_UUID" },
};

static void test_zro_head(void **state)
{
	const struct head *row = *state;
	struct sandbox_server server;

	start(&server, "");
	expect_code(sandbox_call(&server, "GET", "/v1/users/accounts",
				 row->headers, NULL),
		    row->status, row->code);
	sandbox_stop(&server, SIGTERM);
}

/* Calls that are refused, each on a server of its own. */
static const struct refusal {
	const char *name;
	const char *method, *path;
	int who;
	const char *content;
	const char *from, *to; /* changed in CONTENT before it is sent */
	int status;
	const char *code;
} refusals[] = {
	{ "sign-in: no id", "POST", "/auth/signin", NOBODY,
	  "{\"api_key\":\"x\"}", "", "", 400, "MISSING_DATA" },
	{ "sign-in: an empty key", "POST", "/auth/signin", NOBODY, CREDENTIALS,
	  "kyc-sandbox-key", "", 400, "MISSING_DATA" },
	{ "sign-in: a number", "POST", "/auth/signin", NOBODY,
	  "{\"api_id\":1,\"api_key\":\"x\"}", "", "", 400, "VALIDATION" },
	{ "sign-in: a wrong key", "POST", "/auth/signin", NOBODY, CREDENTIALS,
	  "sandbox-key", "sandbox-kez", 401, "UNAUTHORIZED" },
	{ "sign-in: no JSON", "POST", "/auth/signin", NOBODY,
	  "{\"api_id\":", "", "", 400, "INVALID_FORMAT" },
	{ "an unknown path", "GET", "/v1/users", NOBODY, NULL, "", "", 404,
	  "DEFAULT" },

	{ "accounts: page 0", "GET", "/v1/users/accounts?page=0", NOBODY, NULL,
	  "", "", 422, "VALIDATION" },
	{ "accounts: page x", "GET", "/v1/users/accounts?page=x", NOBODY, NULL,
	  "", "", 422, "VALIDATION" },
	{ "accounts: size 101", "GET", "/v1/users/accounts?size=101", NOBODY,
	  NULL, "", "", 422, "VALIDATION" },
	{ "accounts: sort by", "GET", "/v1/users/accounts?sort=full_name",
	  NOBODY, NULL, "", "", 422, "IS_ENUM" },
	{ "accounts: order", "GET", "/v1/users/accounts?order=ASC", NOBODY,
	  NULL, "", "", 422, "IS_ENUM" },
	{ "accounts: search for nothing", "GET", "/v1/users/accounts?search=",
	  NOBODY, NULL, "", "", 422, "VALIDATION" },
	{ "accounts: a long search", "GET",
	  "/v1/users/accounts?search=aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"
	  "eeeeeeeeeef",
	  NOBODY, NULL, "", "", 422, "VALIDATION" },
	{ "account: no id", "GET", "/v1/users/accounts/17", NOBODY, NULL, "",
	  "", 422, "IS_UUID" },
	{ "account: nobody", "GET", "/v1/users/accounts/" UUID, NOBODY, NULL,
	  "", "", 422, "USER_NOT_FOUND" },

	{ "natural: of the partner", "POST", NATURAL, NOBODY, PERSON_BODY, "",
	  "", 403, "FORBIDDEN" },
	{ "natural: of nobody", "POST", NATURAL, STRANGER, PERSON_BODY, "", "",
	  422, "USER_NOT_FOUND" },
	{ "natural: of a company", "POST", NATURAL, EMPTY_CO, PERSON_BODY, "",
	  "", 403, "FORBIDDEN" },
	{ "natural: no nationality", "POST", NATURAL, MARIA, PERSON_BODY,
	  ",\"nationality\":\"Brasileiro\"", "", 400, "MISSING_DATA" },
	{ "natural: a text for yes or no", "POST", NATURAL, MARIA, PERSON_BODY,
	  "false", "\"false\"", 422, "VALIDATION" },
	{ "natural: an address as a list", "POST", NATURAL, MARIA,
	  "{\"address\":[],\"nationality\":\"x\",\"pep\":true}", "", "", 422,
	  "VALIDATION" },
	{ "natural: no such day", "POST", NATURAL, MARIA, PERSON_BODY,
	  "\"pep\":false", "\"pep\":true,\"pep_since\":\"2023-02-29\"", 422,
	  "INVALID_FORMAT" },
	{ "natural: half a cent", "POST", NATURAL, MARIA, PERSON_BODY,
	  "\"pep\":false", "\"pep\":true,\"patrimony\":0.5", 422,
	  "VALIDATION" },
	{ "natural: while one is pending", "POST", NATURAL, WAITING,
	  PERSON_BODY, "", "", 409, "ONBOARDING_INVALID_STATUS" },
	{ "natural: after a finished one", "POST", NATURAL, 3, PERSON_BODY, "",
	  "", 409, "ONBOARDING_INVALID_STATUS" },
	{ "natural: another's", "GET", NATURAL "/" ONBOARDED("0201"), MARIA,
	  NULL, "", "", 422, "ONBOARDING_NOT_FOUND" },
	{ "natural: a company's", "GET", NATURAL "/" ONBOARDED("2101"), COMPANY,
	  NULL, "", "", 422, "ONBOARDING_NOT_FOUND" },

	{ "legal: of a person", "POST", LEGAL, MARIA, COMPANY_BODY, "", "", 403,
	  "FORBIDDEN" },
	{ "legal: no revenue", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  ",\"company_revenue\":1000", "", 400, "MISSING_DATA" },
	{ "legal: revenue below nothing", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  "1000", "-1", 422, "VALIDATION" },
	{ "legal: a number as text", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  "\"number\":10", "\"number\":\"10\"", 422, "VALIDATION" },
	{ "legal: a zip code with a hyphen", "POST", LEGAL, EMPTY_CO,
	  COMPANY_BODY, "01310100", "01310-100", 422, "MATCHES" },
	{ "legal: a state's name", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  "\"SP\"", "\"sp\"", 422, "MATCHES" },
	{ "legal: no neighborhood", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  "\"neighborhood\":\"Centro\",", "", 400, "MISSING_DATA" },
	{ "legal: an empty city", "POST", LEGAL, EMPTY_CO, COMPANY_BODY,
	  "Santos", "", 400, "MISSING_DATA" },
	{ "legal: terms in the first version", "POST", LEGAL, EMPTY_CO,
	  COMPANY_BODY, "1000", "1000,\"accepted_terms\":true", 422,
	  "VALIDATION" },
	{ "legal: no terms in the second", "POST", LEGAL_2, EMPTY_CO,
	  COMPANY_BODY, "", "", 400, "MISSING_DATA" },
	{ "legal: terms not accepted", "POST", LEGAL_2, EMPTY_CO, COMPANY_BODY,
	  "1000", "1000,\"accepted_terms\":false", 422, "VALIDATION" },
	{ "legal: while one is pending", "POST", LEGAL, COMPANY, COMPANY_BODY,
	  "", "", 409, "ONBOARDING_INVALID_STATUS" },
	{ "legal: while one is under review", "POST", LEGAL, UNDER_CO,
	  COMPANY_BODY, "", "", 409, "ONBOARDING_INVALID_STATUS" },
	{ "legal: after a finished one, second version", "POST", LEGAL_2,
	  DONE_CO, COMPANY_BODY, "1000", "1000,\"accepted_terms\":true", 422,
	  "ONBOARDING_INVALID_STATUS" },
	{ "legal: sorted by another", "GET", LEGAL "?sort=id", COMPANY, NULL,
	  "", "", 422, "IS_ENUM" },
	{ "legal: no id", "GET", LEGAL "/x", COMPANY, NULL, "", "", 422,
	  "IS_UUID" },

	{ "shareholder: before the onboarding", "POST", SHARES, EMPTY_CO,
	  PARTNER, "", "", 422, "ONBOARDING_NOT_FOUND" },
	{ "shareholder: under review", "POST", SHARES, UNDER_CO, PARTNER, "",
	  "", 422, "ONBOARDING_INVALID_STATUS" },
	{ "shareholder: of a person", "POST", SHARES, WAITING, PARTNER, "", "",
	  403, "FORBIDDEN" },
	{ "shareholder: a number that is none", "POST", SHARES, BARE_CO,
	  PARTNER, "52998224725", "529982247251", 422, "IS_CPF_OR_CNPJ" },
	{ "shareholder: dots in it", "POST", SHARES, BARE_CO, PARTNER,
	  "52998224725", "529.982.247-25", 422, "IS_CPF_OR_CNPJ" },
	{ "shareholder: a wrong CPF", "POST", SHARES, BARE_CO, PARTNER,
	  "52998224725", "52998224726", 422, "INVALID_CPF_FORMAT" },
	{ "shareholder: ones alone", "POST", SHARES, BARE_CO, PARTNER,
	  "52998224725", "11111111111", 422, "INVALID_CPF_FORMAT" },
	{ "shareholder: a wrong CNPJ", "POST", SHARES, BARE_CO, PARTNER_CO,
	  "11222333000181", "11222333000182", 422, "INVALID_CNPJ_FORMAT" },
	{ "shareholder: lower case", "POST", SHARES, BARE_CO, PARTNER,
	  "PARTNER", "partner", 422, "IS_ENUM" },
	{ "shareholder: more than all", "POST", SHARES, BARE_CO, PARTNER,
	  "60.5", "100.1", 422, "VALIDATION" },
	{ "shareholder: more than all together", "POST", SHARES, COMPANY,
	  PARTNER, "60.5", "0.1", 422, "VALIDATION" },
	{ "shareholder: something else", "POST", SHARES, BARE_CO, PARTNER,
	  "zip_code", "zip", 422, "VALIDATION" },
	{ "shareholder: nobody", "GET", SHARES "/" UUID, COMPANY, NULL, "", "",
	  422, "SHAREHOLDER_NOT_FOUND" },
	{ "shareholder: another's", "GET", SHARES "/" PARTY("2101"), ALMOST_CO,
	  NULL, "", "", 422, "SHAREHOLDER_NOT_FOUND" },
	{ "shareholder: nothing to change", "PUT", SHARES "/" PARTY("2101"),
	  COMPANY, "{}", "", "", 400, "MISSING_DATA" },
	{ "shareholder: its number never changes", "PUT",
	  SHARES "/" PARTY("2101"), COMPANY, "{\"document\":\"52998224725\"}",
	  "", "", 422, "VALIDATION" },
	{ "shareholder: grown beyond all", "PUT", SHARES "/" PARTY("2101"),
	  COMPANY, "{\"participation_percentage\":60.5}", "", "", 422,
	  "VALIDATION" },

	{ "representative: no mother", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, "\"mother_name\":\"Eva\",", "", 400, "MISSING_DATA" },
	{ "representative: no phone", "POST", PEOPLE_3, COMPANY, REPRESENTATIVE,
	  "\"phone_number\":\"5511955551234\",", "", 400, "MISSING_DATA" },
	{ "representative: a plus", "POST", PEOPLE_3, COMPANY, REPRESENTATIVE,
	  "\"5511", "\"+5511", 422, "MATCHES" },
	{ "representative: no e-mail", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, "a@example.com", "example.com", 422, "MATCHES" },
	{ "representative: a company", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, "52998224725", "11222333000181", 422,
	  "INVALID_CPF_FORMAT" },
	{ "representative: no such day", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, "1984-11-03", "1984-13-03", 422, "INVALID_FORMAT" },
	{ "representative: of nobody", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, PARTY("2101"), UUID, 422, "SHAREHOLDER_NOT_FOUND" },
	{ "representative: linked to no id", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, PARTY("2101"), "17", 422, "IS_UUID" },
	{ "representative: not linked", "POST", PEOPLE_3, COMPANY,
	  REPRESENTATIVE, "\"shareholder_id\":\"" PARTY("2101") "\",", "", 400,
	  "MISSING_DATA" },
	{ "representative: in the second version neither", "POST", PEOPLE_2,
	  COMPANY, REPRESENTATIVE,
	  "\"phone_number\":\"5511955551234\",\"email\":\"a@example.com\",", "",
	  400, "MISSING_DATA" },
	{ "representative: a name in the first", "POST", PEOPLE, COMPANY,
	  REPRESENTATIVE, "", "", 400, "MISSING_DATA" },
	{ "representative: before the onboarding", "POST", PEOPLE_3, EMPTY_CO,
	  REPRESENTATIVE, "", "", 422, "ONBOARDING_NOT_FOUND" },
	{ "representative: nobody changes", "PUT", PEOPLE_2 "/" UUID, COMPANY,
	  "{\"pep\":true}", "", "", 422, "LEGAL_REPRESENTATIVE_NOT_FOUND" },
	{ "representative: nobody goes", "DELETE", PEOPLE "/" UUID, COMPANY,
	  NULL, "", "", 422, "LEGAL_REPRESENTATIVE_NOT_FOUND" },
	{ "representative: goes under review", "DELETE",
	  PEOPLE "/" PARTY("2311"), UNDER_CO, NULL, "", "", 422,
	  "ONBOARDING_INVALID_STATUS" },

	{ "finalize: again", "POST", LEGAL "/" ONBOARDED("2301") "/finalize",
	  UNDER_CO, NULL, "", "", 422, "ONBOARDING_INVALID_STATUS" },
	{ "finalize: nobody", "POST", LEGAL "/" ONBOARDED("3201") "/finalize",
	  BARE_CO, NULL, "", "", 422, "SHAREHOLDERS_REQUIRED" },
	{ "finalize: a company without one", "POST",
	  LEGAL "/" ONBOARDED("3001") "/finalize", LACKING_CO, NULL, "", "",
	  422, "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES" },
	{ "finalize: no files of people", "POST",
	  LEGAL "/" ONBOARDED("2101") "/finalize", COMPANY, NULL, "", "", 422,
	  "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING" },
	{ "finalize: no files of the company", "POST",
	  LEGAL "/" ONBOARDED("2201") "/finalize", ALMOST_CO, NULL, "", "", 422,
	  "ONBOARDING_DOCUMENTS_MISSING" },
	{ "finalize: another's", "POST",
	  LEGAL "/" ONBOARDED("3301") "/finalize", ALMOST_CO, NULL, "", "", 422,
	  "ONBOARDING_NOT_FOUND" },
};

static void test_zro_refuses(void **state)
{
	const struct refusal *row = *state;
	struct sandbox_server server;
	char *content =
		row->content ? changed(row->content, row->from, row->to) : NULL;

	start(&server, "");
	expect_code(ask(&server, row->method, row->path, row->who, content),
		    row->status, row->code);
	sandbox_stop(&server, SIGTERM);
	free(content);
}

/* Calls that name what they make, or change: not without that name. */
static const struct named {
	const char *name;
	const char *method, *path;
	int who;
	const char *content;
	bool optional;
} named[] = {
	{ "natural", "POST", NATURAL, MARIA, PERSON_BODY, false },
	{ "legal", "POST", LEGAL, EMPTY_CO, COMPANY_BODY, false },
	{ "shareholder", "POST", SHARES, BARE_CO, PARTNER, false },
	{ "shareholder, changed", "PUT", SHARES "/" PARTY("2101"), COMPANY,
	  "{\"name\":\"x\"}", false },
	{ "representative", "POST", PEOPLE_3, COMPANY, REPRESENTATIVE, false },
	{ "company's file", "POST", COMPANY_FILES, COMPANY,
	  "type=social_contract&file=@pdf", true },
	{ "company's file, changed", "PATCH",
	  LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3309"), READY_CO,
	  "type=social_contract&file=@pdf", false },
	{ "person's file", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@jpeg", true },
	{ "natural file, changed", "PUT", ONE_FILE A_FILE("0903"), SENT,
	  "type=selfie&document=@jpeg", false },
	{ "finalize", "POST", LEGAL "/" ONBOARDED("3301") "/finalize", READY_CO,
	  NULL, true },
};

static struct sandbox_reply ask_named(const struct sandbox_server *server,
				      const struct named *row, const char *name)
{
	/* A GET's headers have no transaction of their own. */
	char *headers = headers_for("GET", row->who, name, row->content);
	char *body = row->content && *row->content != '{'
			     ? form(row->content)
			     : mem_dup(row->content);
	struct sandbox_reply reply =
		sandbox_call(server, row->method, row->path, headers, body);

	free(headers);
	free(body);
	return reply;
}

static void test_zro_transaction(void **state)
{
	const struct named *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	start(&server, "");
	expect_code(ask_named(&server, row, "x-transaction-uuid: 17\r\n"), 422,
		    "IS_UUID");
	expect_code(
		ask_named(&server, row, "x-transaction-uuid: " UUID_1 "\r\n"),
		422, "IS_UUID");
	reply = ask_named(&server, row, "");
	if (row->optional) {
		assert_true(reply.status < 300);
		sandbox_release(&reply);
	} else {
		expect_code(reply, 400, "MISSING_DATA");
	}
	sandbox_stop(&server, SIGTERM);
}

/* The same transaction makes nothing twice. */
static void test_zro_makes_once(void **state)
{
	static const struct named makers[] = {
		{ "", "POST", LEGAL, EMPTY_CO, COMPANY_BODY, false },
		{ "", "POST", SHARES, BARE_CO, PARTNER, false },
		{ "", "POST", PEOPLE_3, COMPANY, REPRESENTATIVE, false },
		{ "", "POST", LEGAL "/" ONBOARDED("3301") "/documents",
		  READY_CO, "type=social_contract&file=@pdf", false },
		{ "", "POST", PERSON_FILES, COMPANY,
		  "document_type=selfie&file=@jpeg", false },
	};
	static const char name[] = "x-transaction-uuid: " UUID "\r\n";
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		expect(ask_named(&server, &makers[i], name), 201, UUID);
		expect_code(ask_named(&server, &makers[i], name), 409,
			    "REPLAY");
	}
	sandbox_stop(&server, SIGTERM);
}

static void test_zro_nonce_once(void **state)
{
	static const char head[] = "nonce: " UUID "\r\n";
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(sandbox_call(&server, "GET", "/v1/users/accounts", head, NULL),
	       200, "Maria");
	expect_code(
		sandbox_call(&server, "GET", "/v1/users/accounts", head, NULL),
		409, "REPLAY");
	expect_code(sandbox_call(&server, "POST", "/auth/signin",
				 "nonce: " UUID "\r\n"
				 "Content-Type: application/json\r\n",
				 CREDENTIALS),
		    409, "REPLAY");
	sandbox_stop(&server, SIGTERM);
}

static void test_zro_languages(void **state)
{
	static const char path[] = "/v1/users/accounts/17";
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(ask(&server, "GET", path, NOBODY, NULL), 422,
	       "O valor deve ser um UUID no parâmetro id.");
	expect(ask_with(&server, "GET", path, NOBODY, "x-lang: pt-BR\r\n",
			NULL),
	       422, "O valor deve ser um UUID no parâmetro id.");
	expect(ask_with(&server, "GET", path, NOBODY, "x-lang: en-US\r\n",
			NULL),
	       422, "The value must be a UUID in param id.");
	sandbox_stop(&server, SIGTERM);
}

static void test_zro_tokens(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;
	char *old;

	(void)state;
	start(&server, "--token-seconds 1");
	old = mem_printf("x-access-token: %s\r\n",
			 server.signing + strlen("Bearer "));
	/* Three parts, as a JWT has them. */
	assert_non_null(strchr(old, '.'));
	assert_ptr_not_equal(strchr(old, '.'), strrchr(old, '.'));
	for (int i = 0; i < 600; i++) {
		reply = ask(&server, "GET", "/v1/users/accounts", NOBODY, NULL);
		if (reply.status == 401)
			break;
		sandbox_release(&reply);
		poll(NULL, 0, 20);
	}
	expect_code(reply, 401, "UNAUTHORIZED");
	expect_code(ask(&server, "POST", "/auth/refresh-token", NOBODY, NULL),
		    400, "MISSING_DATA");
	expect_code(ask_with(&server, "POST", "/auth/refresh-token", NOBODY,
			     "x-access-token: x.y.z\r\n", NULL),
		    401, "UNAUTHORIZED");
	take_token(&server, ask_with(&server, "POST", "/auth/refresh-token",
				     NOBODY, old, NULL));
	expect(ask(&server, "GET", "/v1/users/accounts", NOBODY, NULL), 200,
	       "Maria");
	expect(ask_with(&server, "POST", "/auth/refresh-token", NOBODY, old,
			NULL),
	       429, "\"success\":false");
	sandbox_stop(&server, SIGTERM);
	free(old);
}

static void test_zro_too_many(void **state)
{
	struct sandbox_server server;

	(void)state;
	/* Signing in counts. */
	start(&server, "--rate-limit 2");
	expect(ask(&server, "GET", "/v1/users/accounts", NOBODY, NULL), 200,
	       "");
	expect(ask(&server, "GET", "/v1/users/accounts", NOBODY, NULL), 429,
	       "\"error\":\"USER\"");
	sandbox_stop(&server, SIGTERM);
}

/* Page through all accounts: each of them once. */
static void test_zro_pages(void **state)
{
	struct sandbox_server server;
	json_t *seen = json_object();
	size_t page = 1;

	(void)state;
	start(&server, "--customers 1000");
	for (;; page++) {
		char *path = mem_printf("/v1/users/accounts?size=100&page=%zu",
					page);
		struct sandbox_reply reply =
			ask(&server, "GET", path, NOBODY, NULL);
		json_t *body = reply.json, *one;
		size_t i;

		/* Each seventh page comes in an envelope. */
		assert_int_equal(json_is_true(dig(body, "success")),
				 page % 7 == 0);
		if (page % 7 == 0)
			body = dig(body, "data");
		assert_int_equal(json_integer_value(dig(body, "page")), page);
		assert_int_equal(json_integer_value(dig(body, "page_size")),
				 100);
		assert_int_equal(json_integer_value(dig(body, "total")), 1038);
		assert_int_equal(json_integer_value(dig(body, "page_total")),
				 11);
		json_array_foreach(dig(body, "data"), i, one)
		{
			const char *id = json_string_value(dig(one, "id"));

			assert_null(json_object_get(seen, id));
			json_object_set_new(seen, id, json_true());
		}
		sandbox_release(&reply);
		free(path);
		if (!i)
			break;
	}
	assert_int_equal(page, 12);
	assert_int_equal(json_object_size(seen), 1038);
	json_decref(seen);
	sandbox_stop(&server, SIGTERM);
}

static void test_zro_searches(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "--customers 10");
	assert_reads(&server, "/v1/users/accounts?search=s%C3%A3o+tiago",
		     NOBODY, "data.0.full_name", "José Ângelo São Tiago");
	assert_reads(&server, "/v1/users/accounts?search=10277040000139",
		     NOBODY, "data.0.id", ACCOUNT("20"));
	assert_reads(&server, "/v1/users/accounts?search=nobody+at+all", NOBODY,
		     "data.0.id", "");
	assert_reads(&server, "/v1/users/accounts?sort=document&order=desc",
		     NOBODY, "data.0.person_type", "LEGAL_PERSON");
	assert_reads(&server,
		     "/v1/users/accounts?sort=created_at&order=asc&size=1",
		     NOBODY, "data.0.id", ACCOUNT("01"));
	assert_reads(&server, "/v1/users/accounts?order=desc&search=souza",
		     NOBODY, "data.0.id", ACCOUNT("01"));
	sandbox_stop(&server, SIGTERM);
}

static void test_zro_practice_page(void **state)
{
	static const char path[] = "/practice/customers/" ACCOUNT("33");
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	assert_arrived(&server, READY_CO, 10, 0);
	/* A token does as well, and there is no nonce in either case. */
	expect(sandbox_call(&server, "GET", path, "", NULL), 200,
	       "\"owner\":\"representative\"");
	expect_code(sandbox_call(&server, "GET", path,
				 "Authorization: Bearer x\r\n", NULL),
		    401, "UNAUTHORIZED");
	expect_code(sandbox_call(&server, "GET", "/practice/customers/" UUID,
				 "", NULL),
		    404, "USER_NOT_FOUND");
	sandbox_stop(&server, SIGTERM);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_zro_head, heads);
	TEST_ROWS(&tests, test_zro_refuses, refusals);
	TEST_ROWS(&tests, test_zro_transaction, named);
	test_add(&tests, "a transaction counts once", test_zro_makes_once);
	test_add(&tests, "a nonce counts once", test_zro_nonce_once);
	test_add(&tests, "two languages", test_zro_languages);
	test_add(&tests, "tokens", test_zro_tokens);
	test_add(&tests, "too many requests", test_zro_too_many);
	test_add(&tests, "every account once", test_zro_pages);
	test_add(&tests, "searches and sorts", test_zro_searches);
	test_add(&tests, "the page for tests", test_zro_practice_page);
	return test_run(&tests, "providers/sandbox_zro");
}
