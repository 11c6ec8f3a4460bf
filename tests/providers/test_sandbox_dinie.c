/* SPDX-License-Identifier: MIT */
/* Dinie's practice server: its problems, its requirements, its reviews. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/sandbox_server.h"
#include "tests/test.h"

/* Seeds that stand for a state; the list is in dinie_seed.c. */
#define CUST(n)	  "/customers/cust_5eed00000000400080000000000000" n
#define CARD	  CUST("01")
#define LICENCE	  CUST("02")
#define REJECTED  CUST("03")
#define TO_FIX	  CUST("04")
#define UNDER	  CUST("05")
#define ACTIVE	  CUST("06")
#define UNKNOWN	  CUST("08")
#define WITH_WORD CUST("09")
#define DENIED	  CUST("10")
#define FACE	  CUST("14")
#define COMPANY	  CUST("18")
#define NEW_CNPJ  CUST("20")
#define NOBODY	  CUST("99")

#define JSON	"Content-Type: application/json\r\n"
#define FORM	"Content-Type: multipart/form-data; boundary=xyz\r\n"
#define ENCODED "Content-Type: application/x-www-form-urlencoded\r\n"
#define KEY	"Idempotency-Key: a key of our own\r\n"
/* kyc-sandbox-client:kyc-sandbox-key */
#define BASIC                                        \
	"Authorization: Basic a3ljLXNhbmRib3gtY2xpZ" \
	"W50Omt5Yy1zYW5kYm94LWtleQ==\r\n"
#define GRANT "grant_type=client_credentials"
/* A number of nobody with its two check digits. */
#define CPF "111.444.777-35"

#define PDF  "%PDF-1.7 practice", "application/pdf"
#define JPEG "\xff\xd8\xff\xe0 practice", "image/jpeg"

static json_t *dig(json_t *json, const char *dotted)
{
	char *copy = mem_dup(dotted), *next = copy, *key;

	while (json && (key = strsep(&next, ".")))
		json = json_is_array(json)
			       ? json_array_get(json, strtoul(key, NULL, 10))
			       : json_object_get(json, key);
	free(copy);
	return json;
}

static const char *text_at(const struct sandbox_reply *reply,
			   const char *dotted)
{
	const char *text = json_string_value(dig(reply->json, dotted));

	return text ? text : "";
}

static void expect(struct sandbox_reply reply, int status, const char *says)
{
	if (reply.status != status || !strstr(reply.text, says))
		fail_msg("wanted %d '%s', got %d '%s'", status, says,
			 reply.status, reply.text);
	sandbox_release(&reply);
}

/* A problem of RFC 9457 with CODE ("": none). */
static void expect_problem(struct sandbox_reply reply, int status,
			   const char *code)
{
	if (reply.status != status || strcmp(text_at(&reply, "code"), code))
		fail_msg("wanted %d '%s', got %d '%s'", status, code,
			 reply.status, reply.text);
	assert_non_null(
		strstr(reply.head, "Content-Type: application/problem+json"));
	assert_int_equal(json_integer_value(dig(reply.json, "status")), status);
	assert_true(*text_at(&reply, "type"));
	assert_true(*text_at(&reply, "title"));
	assert_true(*text_at(&reply, "detail"));
	sandbox_release(&reply);
}

static void sign_in(struct sandbox_server *server)
{
	struct sandbox_reply reply = sandbox_call(server, "POST", "/auth/token",
						  BASIC ENCODED, GRANT);

	assert_int_equal(reply.status, 200);
	assert_string_equal(text_at(&reply, "token_type"), "bearer");
	assert_int_equal(
		strncmp(text_at(&reply, "access_token"), "dinie_at_", 9), 0);
	snprintf(server->signing, sizeof(server->signing), "Bearer %s",
		 text_at(&reply, "access_token"));
	sandbox_release(&reply);
}

static void start(struct sandbox_server *server, const char *options)
{
	sandbox_start_for(server, "dinie", options);
	assert_string_equal(server->base, "/v3");
	sign_in(server);
}

/* TYPE NULL and FILE NULL leave their part out. */
static char *form(const char *type, const char *file, const char *kind)
{
	struct buf body = { 0 };
	int bad = 0;

	if (type)
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"type\"\r\n\r\n%s\r\n",
				type);
	if (file)
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"file\"; filename=\"a\"\r\n"
				"Content-Type: %s\r\n\r\n%s\r\n",
				kind, file);
	bad |= buf_add_text(&body, "--xyz--\r\n");
	assert_int_equal(bad, 0);
	return buf_take(&body);
}

static struct sandbox_reply upload(const struct sandbox_server *server,
				   const char *customer, const char *headers,
				   const char *type, const char *file,
				   const char *kind)
{
	char *path = mem_printf("%s/documents", customer);
	char *body = form(type, file, kind);
	char *all = mem_printf("%s%s", FORM, headers);
	struct sandbox_reply reply =
		sandbox_call(server, "POST", path, all, body);

	free(path);
	free(body);
	free(all);
	return reply;
}

/* A line an item of the customer: kind type, and its state by the contract's
 * own rules; the status first. free() it. */
static char *lines_of(const struct sandbox_server *server, const char *customer)
{
	struct sandbox_reply reply =
		sandbox_call(server, "GET", customer, "", NULL);
	struct buf out = { 0 };
	json_t *item;
	size_t i;

	assert_int_equal(reply.status, 200);
	buf_addf(&out, "%s\n", text_at(&reply, "status"));
	json_array_foreach(dig(reply.json, "kyc"), i, item)
	{
		const char *word = json_string_value(dig(item, "status"));

		buf_addf(&out, "%s %s%s%s%s%s\n",
			 json_string_value(dig(item, "kind")),
			 json_string_value(dig(item, "type")),
			 json_is_string(dig(item, "uploaded_at")) ? " sent"
								  : "",
			 json_is_string(dig(item, "message")) ? " message" : "",
			 word ? " " : "", word ? word : "");
		assert_null(dig(item, "review"));
	}
	sandbox_release(&reply);
	return buf_take(&out);
}

static void assert_lines(const struct sandbox_server *server,
			 const char *customer, const char *want)
{
	char *lines = lines_of(server, customer);

	assert_string_equal(lines, want);
	free(lines);
}

static const struct refusal {
	const char *name;
	const char *method, *path, *headers, *body;
	int status;
	const char *code;
} refusals[] = {
	{ "token: a wrong secret", "POST", "/auth/token",
	  "Authorization: Basic eDp5\r\n" ENCODED, GRANT, 401, "" },
	{ "token: a bearer", "POST", "/auth/token", ENCODED, GRANT, 401, "" },
	{ "token: not a form", "POST", "/auth/token", BASIC JSON, "{}", 400,
	  "invalid_content_type" },
	{ "token: another grant", "POST", "/auth/token", BASIC ENCODED,
	  "grant_type=password", 400, "malformed_body" },
	{ "no token", "GET", "/customers", "Authorization: x\r\n", NULL, 401,
	  "missing_token" },
	{ "a wrong token", "GET", "/customers",
	  "Authorization: Bearer dinie_at_x\r\n", NULL, 401, "invalid_token" },
	{ "the secret as a token", "GET", "/customers",
	  "Authorization: Bearer kyc-sandbox-key\r\n", NULL, 401,
	  "invalid_token" },
	{ "an unknown path", "GET", "/clients", "", NULL, 404, "" },
	{ "a wrong method", "DELETE", CARD, "", NULL, 405, "" },
	{ "an unknown customer", "GET", NOBODY, "", NULL, 404, "" },
	{ "an id that is none", "GET", "/customers/17", "", NULL, 404, "" },
	{ "an id with dashes", "GET",
	  "/customers/5eed0000-0000-4000-8000-000000000001", "", NULL, 404,
	  "" },

	{ "list: limit 0", "GET", "/customers?limit=0", "", NULL, 400, "" },
	{ "list: limit 101", "GET", "/customers?limit=101", "", NULL, 400, "" },
	{ "list: limit x", "GET", "/customers?limit=1x", "", NULL, 400, "" },
	{ "list: after nobody", "GET", "/customers?starting_after=x", "", NULL,
	  400, "" },
	{ "list: sorted by age", "GET", "/customers?sort=age", "", NULL, 400,
	  "" },
	{ "list: ordered up", "GET", "/customers?order=up", "", NULL, 400, "" },

	{ "create: no JSON by name", "POST", "/customers", "", "{}", 400,
	  "invalid_content_type" },
	{ "create: torn", "POST", "/customers", JSON, "{\"cpf\":", 400,
	  "malformed_body" },
	{ "create: no cpf", "POST", "/customers", JSON, "{}", 422,
	  "missing_required_field" },
	{ "create: a bad cpf", "POST", "/customers", JSON,
	  "{\"cpf\":\"123.456.789-00\"}", 422, "invalid_cpf" },
	{ "create: one digit all along", "POST", "/customers", JSON,
	  "{\"cpf\":\"111.111.111-11\"}", 422, "invalid_cpf" },
	{ "create: cpf as a number", "POST", "/customers", JSON,
	  "{\"cpf\":11144477735}", 422, "invalid_cpf" },
	{ "create: a bad cnpj", "POST", "/customers", JSON,
	  "{\"cpf\":\"" CPF "\",\"cnpj\":\"11.222.333/0001-80\"}", 422,
	  "invalid_cnpj" },
	{ "create: a bad phone", "POST", "/customers", JSON,
	  "{\"cpf\":\"" CPF "\",\"phone\":\"11 9999\"}", 422, "" },
	{ "create: an unknown field", "POST", "/customers", JSON,
	  "{\"cpf\":\"" CPF "\",\"age\":7}", 422, "" },
	{ "create: another external_id", "POST", "/customers", JSON,
	  "{\"cpf\":\"529.982.247-25\",\"external_id\":\"mine\"}", 409,
	  "customer_already_exists" },

	{ "correct: nobody", "PATCH", NOBODY, JSON, "{}", 404, "" },
	{ "correct: a bad email", "PATCH", TO_FIX, JSON, "{\"email\":\"x\"}",
	  422, "" },
	{ "correct: the cpf", "PATCH", TO_FIX, JSON, "{\"cpf\":\"" CPF "\"}",
	  422, "" },
	{ "correct: the external_id", "PATCH", TO_FIX, JSON,
	  "{\"external_id\":\"x\"}", 422, "" },
	{ "correct: the name away", "PATCH", TO_FIX, JSON, "{\"name\":null}",
	  422, "" },
	{ "correct: a bad cnpj", "PATCH", NEW_CNPJ, JSON, "{\"cnpj\":\"1\"}",
	  422, "invalid_cnpj" },

	{ "biometrics: nobody", "POST", NOBODY "/biometrics", "", NULL, 404,
	  "" },
	{ "biometrics: not asked for", "POST", LICENCE "/biometrics", "", NULL,
	  409, "" },
	{ "a key that is too long", "POST", "/customers",
	  JSON
	  "Idempotency-Key: "
	  "0123456789012345678901234567890123456789012345678901234567890123"
	  "0123456789012345678901234567890123456789012345678901234567890123"
	  "0123456789012345678901234567890123456789012345678901234567890123"
	  "0123456789012345678901234567890123456789012345678901234567890123"
	  "\r\n",
	  "{}", 400, "malformed_body" },
};

static void test_dinie_refuses(void **state)
{
	const struct refusal *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	start(&server, "");
	reply = sandbox_call(&server, row->method, row->path, row->headers,
			     row->body);
	assert_non_null(strstr(reply.head, "X-RateLimit-Reset: "));
	expect_problem(reply, row->status, row->code);
	sandbox_stop(&server, SIGTERM);
}

static const struct sending {
	const char *name;
	const char *customer;
	const char *type, *file, *kind;
	int status;
	const char *code; /* or the status of the document */
} sendings[] = {
	{ "a front", CARD, "identity_card_front", JPEG, 201, "submitted" },
	{ "a back first", CARD, "identity_card_back", PDF, 201, "submitted" },
	{ "a PNG", LICENCE, "cnh", "\x89PNG\r\n", "image/png", 201,
	  "submitted" },
	{ "a rejected one again", REJECTED, "identity_card_back", JPEG, 201,
	  "submitted" },
	{ "a type that nobody knows", UNKNOWN, "vehicle_registration_front",
	  PDF, 201, "submitted" },
	{ "of a partner", COMPANY, "partner_identity_front", PDF, 201,
	  "submitted" },
	{ "of nobody", NOBODY, "cnh", PDF, 404, "" },
	{ "of another's list", LICENCE, "ccmei", PDF, 422, "" },
	{ "a data item", TO_FIX, "email", PDF, 422, "" },
	{ "biometrics", FACE, "biometrics", JPEG, 422, "" },
	{ "without its side", CARD, "identity_card", JPEG, 422, "" },
	{ "in capitals", CARD, "SELFIE", JPEG, 422, "" },
	{ "already submitted", REJECTED, "selfie", JPEG, 409, "" },
	{ "under review", UNDER, "cnh", JPEG, 409, "" },
	{ "active", ACTIVE, "cnh", JPEG, 409, "" },
	{ "denied", DENIED, "cnh", JPEG, 409, "" },
	{ "no type", LICENCE, NULL, JPEG, 422, "missing_required_field" },
	{ "an empty type", LICENCE, "", JPEG, 422, "missing_required_field" },
	{ "no file", LICENCE, "cnh", NULL, NULL, 400, "missing_file" },
	{ "an empty file", LICENCE, "cnh", "", "application/pdf", 422, "" },
	{ "a text", LICENCE, "cnh", "hello", "text/plain", 422, "" },
	{ "a text as PDF", LICENCE, "cnh", "hello", "application/pdf", 422,
	  "" },
	{ "a PDF as JPEG", LICENCE, "cnh", "%PDF-1.7", "image/jpeg", 422, "" },
};

static void test_dinie_upload(void **state)
{
	const struct sending *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	start(&server, "--review-seconds 1000");
	reply = upload(&server, row->customer, "", row->type, row->file,
		       row->kind);
	if (row->status == 201) {
		assert_int_equal(reply.status, 201);
		assert_string_equal(text_at(&reply, "status"), row->code);
		assert_string_equal(text_at(&reply, "type"), row->type);
		assert_true(*text_at(&reply, "id"));
		sandbox_release(&reply);
		/* Nobody has looked at it yet: the same again is too much. */
		expect_problem(upload(&server, row->customer, "", row->type,
				      row->file, row->kind),
			       409, "");
	} else {
		expect_problem(reply, row->status, row->code);
	}
	sandbox_stop(&server, SIGTERM);
}

static const struct broken {
	const char *name;
	const char *headers, *body;
	const char *code;
} brokens[] = {
	{ "JSON", JSON, "{}", "invalid_content_type" },
	{ "empty", FORM, "", "malformed_body" },
	{ "a preamble", FORM, "hello\r\n--xyz--\r\n", "malformed_body" },
	{ "not closed", FORM,
	  "--xyz\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\ncnh"
	  "\r\n--xyz\r\n",
	  "malformed_body" },
};

static void test_dinie_broken_form(void **state)
{
	const struct broken *row = *state;
	struct sandbox_server server;

	start(&server, "");
	expect_problem(sandbox_call(&server, "POST", LICENCE "/documents",
				    row->headers, row->body),
		       400, row->code);
	sandbox_stop(&server, SIGTERM);
}

static const struct seed_row {
	const char *name;
	const char *customer;
	const char *lines;
} seed_rows[] = {
	{ "a card", CARD,
	  "pending_kyc\ndocument identity_card_front\n"
	  "document identity_card_back\ndocument selfie\n"
	  "document proof_of_address\ndocument biometrics\n" },
	{ "a licence", LICENCE,
	  "pending_kyc\ndocument cnh\ndocument selfie\n" },
	{ "rejected", REJECTED,
	  "pending_kyc\ndocument identity_card_front sent\n"
	  "document identity_card_back sent message\ndocument selfie sent\n" },
	{ "to correct", TO_FIX,
	  "pending_kyc\ndata email message\ndata phone\n"
	  "document identity_card_front sent\n"
	  "document identity_card_back sent\n" },
	{ "under review", UNDER,
	  "under_review\ndocument cnh sent\ndocument selfie sent\n"
	  "document proof_of_address sent\n" },
	{ "active", ACTIVE, "active\n" },
	{ "a status that nobody knows", CUST("07"),
	  "awaiting_bureau\ndocument cnh sent\ndocument income_statement\n" },
	{ "types that nobody knows", UNKNOWN,
	  "pending_kyc\ndocument vehicle_registration_front\n"
	  "document vehicle_registration_back\ndata mother_name\n" },
	{ "items with a status", WITH_WORD,
	  "pending_kyc\ndocument identity_card_front sent approved\n"
	  "document identity_card_back sent rejected\n"
	  "document selfie sent message submitted\n"
	  "document proof_of_address pending\n"
	  "data email message pending_correction\n"
	  "document income_statement awaiting_bureau\n" },
	{ "a company", COMPANY,
	  "pending_kyc\ndocument articles_of_association\n"
	  "document proof_of_address\ndocument partner_identity_front\n"
	  "document partner_identity_back\n"
	  "document partner_proof_of_address\n" },
};

static void test_dinie_seed(void **state)
{
	const struct seed_row *row = *state;
	struct sandbox_server server;

	start(&server, "");
	assert_lines(&server, row->customer, row->lines);
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_newer_interface(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(sandbox_call(&server, "GET", CUST("12"), "", NULL), 200,
	       "\"requirement_type\":\"identity\"");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_token_expires(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "--token-seconds 1");
	for (int i = 0; i < 600; i++) {
		struct sandbox_reply reply =
			sandbox_call(&server, "GET", ACTIVE, "", NULL);
		bool over = reply.status != 200;

		if (over) {
			expect_problem(reply, 401, "token_expired");
			break;
		}
		sandbox_release(&reply);
		poll(NULL, 0, 20);
	}
	sign_in(&server);
	expect(sandbox_call(&server, "GET", ACTIVE, "", NULL), 200, "active");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_counts_requests(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;

	(void)state;
	start(&server, "--rate-limit 3");
	reply = sandbox_call(&server, "GET", ACTIVE, "", NULL);
	assert_non_null(strstr(reply.head, "X-RateLimit-Limit: 3\r\n"));
	assert_non_null(strstr(reply.head, "X-RateLimit-Remaining: 1\r\n"));
	assert_non_null(strstr(reply.head, "X-RateLimit-Reset: "));
	expect(reply, 200, "");
	expect(sandbox_call(&server, "GET", ACTIVE, "", NULL), 200, "");
	reply = sandbox_call(&server, "GET", ACTIVE, "", NULL);
	assert_non_null(strstr(reply.head, "X-RateLimit-Remaining: 0\r\n"));
	expect_problem(reply, 429, "rate_limit_exceeded");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_creates(void **state)
{
	static const char body[] = "{\"cpf\":\"" CPF "\",\"cnpj\":null,"
				   "\"external_id\":\"e-1\"}";
	struct sandbox_server server;
	struct sandbox_reply first, again;

	(void)state;
	start(&server, "");
	first = sandbox_call(&server, "POST", "/customers", JSON, body);
	assert_int_equal(first.status, 201);
	assert_string_equal(text_at(&first, "status"), "pending_kyc");
	assert_true(json_is_null(dig(first.json, "name")));
	assert_string_equal(text_at(&first, "kyc.0.type"),
			    "identity_card_front");
	/* The same once more is no conflict, and no second customer. */
	again = sandbox_call(&server, "POST", "/customers", JSON, body);
	assert_int_equal(again.status, 200);
	assert_string_equal(first.text, again.text);
	sandbox_release(&first);
	sandbox_release(&again);
	expect(sandbox_call(&server, "GET",
			    "/customers?cpf=11144477735&external_id=e-1", "",
			    NULL),
	       200, "\"has_more\":false");
	expect(sandbox_call(&server, "POST", "/customers", JSON,
			    "{\"cpf\":\"" CPF
			    "\",\"cnpj\":\"11.222.333/0001-81\"}"),
	       201, "\"ccmei\"");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_list(void **state)
{
	struct sandbox_server server;
	json_t *seen = json_object();
	char *path = mem_dup("/customers?limit=77");
	size_t pages = 0;

	(void)state;
	start(&server, "--customers 1000");
	while (path) {
		struct sandbox_reply reply =
			sandbox_call(&server, "GET", path, "", NULL);
		const char *last = "";
		json_t *one;
		size_t i;

		assert_int_equal(reply.status, 200);
		json_array_foreach(dig(reply.json, "data"), i, one)
		{
			last = json_string_value(dig(one, "id"));
			assert_null(json_object_get(seen, last));
			assert_true(json_is_array(dig(one, "kyc")));
			json_object_set_new(seen, last, json_true());
		}
		free(path);
		path = json_is_true(dig(reply.json, "has_more"))
			       ? mem_printf("/customers?limit=77&"
					    "starting_after=%s",
					    last)
			       : NULL;
		sandbox_release(&reply);
		pages++;
	}
	assert_int_equal(json_object_size(seen), 1024);
	assert_int_equal(pages, 14);
	sandbox_stop(&server, SIGTERM);
	json_decref(seen);
}

static void test_dinie_sorts(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;

	(void)state;
	start(&server, "");
	reply = sandbox_call(&server, "GET",
			     "/customers?sort=name&order=desc&limit=2", "",
			     NULL);
	assert_string_equal(text_at(&reply, "data.1.name"), "Thiago Araújo");
	sandbox_release(&reply);
	reply = sandbox_call(
		&server, "GET",
		"/customers?sort=name&order=desc&limit=1"
		"&starting_after=cust_5eed0000000040008000000000000004",
		"", NULL);
	assert_string_equal(text_at(&reply, "data.0.name"),
			    "Sônia Bittencourt");
	sandbox_release(&reply);
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_replays(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply first, again;

	(void)state;
	start(&server, "--review-seconds 1000");
	first = upload(&server, LICENCE, KEY, "cnh", PDF);
	again = upload(&server, LICENCE, KEY, "cnh", PDF);
	assert_int_equal(first.status, 201);
	assert_int_equal(again.status, 201);
	assert_string_equal(first.text, again.text);
	sandbox_release(&first);
	sandbox_release(&again);
	expect_problem(upload(&server, LICENCE, KEY, "selfie", PDF), 409, "");
	/* A failure stays under its key as well. */
	expect_problem(
		upload(&server, UNKNOWN, "Idempotency-Key: 2\r\n", "cnh", PDF),
		422, "");
	expect_problem(upload(&server, UNKNOWN, "Idempotency-Key: 2\r\n",
			      "vehicle_registration_front", PDF),
		       409, "");
	sandbox_stop(&server, SIGTERM);
}

/* The road of a whole customer: everything is sent, one paper is sent back and
 * sent again, the check is done in a browser. */
static void test_dinie_walks_to_active(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;
	char *page;

	(void)state;
	start(&server, "--review-seconds 0");
	expect(upload(&server, CARD, "", "identity_card_front", JPEG), 201,
	       "approved");
	expect(upload(&server, CARD, "", "identity_card_back",
		      "\xff\xd8\xff KYC-SAMPLE-REJECT:blurry", "image/jpeg"),
	       201, "rejected");
	assert_lines(&server, CARD,
		     "pending_kyc\ndocument identity_card_back sent message\n"
		     "document selfie\ndocument proof_of_address\n"
		     "document biometrics\n");
	expect(sandbox_call(&server, "GET", CARD, "", NULL), 200,
	       "blurred and cannot be read");
	expect(upload(&server, CARD, "", "identity_card_back", JPEG), 201, "");
	expect(upload(&server, CARD, "", "selfie", JPEG), 201, "");
	expect(upload(&server, CARD, "", "proof_of_address", PDF), 201, "");
	reply = sandbox_call(&server, "POST", CARD "/biometrics", KEY, NULL);
	assert_int_equal(reply.status, 200);
	assert_true(*text_at(&reply, "expires_at"));
	page = mem_dup(strstr(text_at(&reply, "session_url"), "/face/"));
	sandbox_release(&reply);
	/* A page for a browser has no base path and takes no token. */
	*server.base = '\0';
	expect(sandbox_call(&server, "GET", page, "Authorization: \r\n", NULL),
	       200, "passed");
	expect(sandbox_call(&server, "GET", page, "Authorization: \r\n", NULL),
	       404, "used");
	expect(sandbox_call(&server, "GET", "/practice" CARD, "", NULL), 200,
	       "\"sha256\":\"");
	snprintf(server.base, sizeof(server.base), "/v3");
	assert_lines(&server, CARD, "active\n");
	sandbox_stop(&server, SIGTERM);
	free(page);
}

static void test_dinie_biometrics_one_at_a_time(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "--review-seconds 1000");
	expect(sandbox_call(&server, "POST", FACE "/biometrics", "", NULL), 200,
	       "session_url");
	expect_problem(
		sandbox_call(&server, "POST", FACE "/biometrics", "", NULL),
		409, "session_already_active");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_corrects(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(sandbox_call(&server, "PATCH", TO_FIX, JSON,
			    "{\"email\":\"new@example.com\"}"),
	       200, "new@example.com");
	assert_lines(&server, TO_FIX,
		     "pending_kyc\ndata phone\n"
		     "document identity_card_front sent\n"
		     "document identity_card_back sent\n");
	expect(sandbox_call(&server, "PATCH", TO_FIX, JSON,
			    "{\"phone\":\"+5511999999999\"}"),
	       200, "under_review");
	/* Whatever is corrected answers a question that nobody knows. */
	expect(sandbox_call(&server, "PATCH", UNKNOWN, JSON,
			    "{\"name\":\"Camila Falcao\"}"),
	       200, "Camila Falcao");
	assert_lines(&server, UNKNOWN,
		     "pending_kyc\ndocument vehicle_registration_front\n"
		     "document vehicle_registration_back\n");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_item_status_follows(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "--review-seconds 1000");
	expect(upload(&server, WITH_WORD, "", "proof_of_address", PDF), 201,
	       "");
	expect(sandbox_call(&server, "GET", WITH_WORD, "", NULL), 200,
	       "\"type\":\"proof_of_address\"");
	assert_lines(&server, WITH_WORD,
		     "pending_kyc\ndocument identity_card_front sent approved\n"
		     "document identity_card_back sent rejected\n"
		     "document selfie sent message submitted\n"
		     "document proof_of_address sent submitted\n"
		     "data email message pending_correction\n"
		     "document income_statement awaiting_bureau\n");
	sandbox_stop(&server, SIGTERM);
}

static void test_dinie_big_file(void **state)
{
	static const char piece[1 << 16] = "%PDF-1.7";
	struct sandbox_server server;
	char *whole = form("cnh", "", "application/pdf"), *lines;
	size_t tail = strlen("\r\n--xyz--\r\n"), head = strlen(whole) - tail;
	size_t left = 25000001;
	int fd;

	(void)state;
	start(&server, "");
	lines = mem_printf("POST /v3" LICENCE "/documents HTTP/1.1\r\n"
			   "Host: x\r\nAuthorization: %s\r\n"
			   "Connection: close\r\n" FORM
			   "Content-Length: %zu\r\n\r\n",
			   server.signing, head + left + tail);
	fd = sandbox_connect(&server);
	sandbox_send(fd, lines, strlen(lines));
	sandbox_send(fd, whole, head);
	while (left) {
		size_t now = left < sizeof(piece) ? left : sizeof(piece);

		if (sandbox_send(fd, piece, now) < now)
			break;
		left -= now;
	}
	sandbox_send(fd, whole + head, tail);
	expect_problem(sandbox_finish(fd), 413, "");
	sandbox_stop(&server, SIGTERM);
	free(lines);
	free(whole);
}

static void test_dinie_seed_file(void **state)
{
	static const char seeds[] =
		"[{\"id\":\"cust_11111111111111111111111111111111\",\"cpf\":"
		"\"" CPF "\",\"name\":\"Ana\",\"status\":\"under_review\","
		"\"kyc\":[{\"kind\":\"document\",\"type\":\"cnh\","
		"\"description\":\"CNH\",\"message\":null,"
		"\"uploaded_at\":\"2026-01-01T00:00:00Z\"}]}]";
	char path[] = "/tmp/kyc-test-seeds-XXXXXX";
	struct sandbox_server server;
	char *options;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, seeds, strlen(seeds)), strlen(seeds));
	close(fd);
	options = mem_printf("--seed %s", path);
	start(&server, options);
	assert_lines(&server,
		     "/customers/cust_11111111111111111111111111111111",
		     "under_review\ndocument cnh sent\n");
	expect(sandbox_call(&server, "GET", "/customers", "", NULL), 200,
	       "\"has_more\":false");
	sandbox_stop(&server, SIGTERM);
	unlink(path);
	free(options);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_dinie_refuses, refusals);
	TEST_ROWS(&tests, test_dinie_upload, sendings);
	TEST_ROWS(&tests, test_dinie_broken_form, brokens);
	TEST_ROWS(&tests, test_dinie_seed, seed_rows);
	test_add(&tests, "the newer interface", test_dinie_newer_interface);
	test_add(&tests, "a token expires", test_dinie_token_expires);
	test_add(&tests, "counts requests", test_dinie_counts_requests);
	test_add(&tests, "creates", test_dinie_creates);
	test_add(&tests, "every customer once", test_dinie_list);
	test_add(&tests, "sorts", test_dinie_sorts);
	test_add(&tests, "replays", test_dinie_replays);
	test_add(&tests, "walks to active", test_dinie_walks_to_active);
	test_add(&tests, "one check at a time",
		 test_dinie_biometrics_one_at_a_time);
	test_add(&tests, "corrects", test_dinie_corrects);
	test_add(&tests, "an item's status follows",
		 test_dinie_item_status_follows);
	test_add(&tests, "a big file", test_dinie_big_file);
	test_add(&tests, "a seed file", test_dinie_seed_file);
	return test_run(&tests, "providers/sandbox_dinie");
}
