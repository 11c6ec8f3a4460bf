/* SPDX-License-Identifier: MIT */
/* Dwolla: what every call carries, signing in, documents on their way, and
 * what errors mean. */
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
	assert_string_equal(dwolla_header(&request, "Authorization"),
			    "Bearer " DWOLLA_TOKEN);
	assert_string_equal(dwolla_header(&request, "Accept"), MEDIA);
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

static struct prov_document document_of(const char *code, unsigned holder)
{
	return (struct prov_document){
		.type = prov_type(&prov_dwolla, code, holder),
		.name = "front.jpg",
		.country = "",
		.party = holder == DOC_FOR_PARTY_PERSON ? DWOLLA_OWNER : NULL,
		.kind = DOC_JPEG,
		.bytes = 1000,
	};
}

/* Wherever an id goes into a path, it stays one part of it. */
static void test_id_stays_one_part(void **state)
{
	const struct id_row *row = *state;
	struct prov_document document = document_of("license", DOC_FOR_PERSON);
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
	struct prov_document document = document_of("license", DOC_FOR_PERSON);
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
	assert_string_equal(dwolla_header(&request, "Authorization"),
			    row->authorization);
	assert_string_equal(dwolla_header(&request, "Accept"), MEDIA);
	assert_string_equal(dwolla_header(&request, "Content-Type"),
			    "application/x-www-form-urlencoded");
	assert_string_equal(dwolla_header(&request, "Idempotency-Key"), "");
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

/* Documents on their way. */

#define PERSON	 DOC_FOR_PERSON
#define BUSINESS DOC_FOR_BUSINESS
#define OWNER	 DOC_FOR_PARTY_PERSON
#define PICTURE	 (DOC_JPEG | DOC_PNG)
#define PAPER	 (DOC_JPEG | DOC_PNG | DOC_PDF)

/* Every type of everybody; the controller's are the business's own. */
static const struct type_row {
	const char *name; /* the code */
	unsigned holder;
	const char *sent;  /* as documentType; NULL: not taken */
	unsigned kinds;	   /* that are taken */
	const char *label; /* what the operator reads */
} type_rows[] = {
	{ "license", PERSON, "license", PICTURE, "Driver's license" },
	{ "idCard", PERSON, "idCard", PICTURE, "Identity card" },
	{ "passport", PERSON, "passport", PICTURE, "US passport" },
	{ "other", PERSON, NULL, 0, NULL },
	{ "other:ein", PERSON, NULL, 0, NULL },
	{ "other:formation", PERSON, NULL, 0, NULL },
	{ "other:dba", PERSON, NULL, 0, NULL },
	{ "other:address", PERSON, NULL, 0, NULL },
	{ "license", BUSINESS, "license", PICTURE, "Driver's license" },
	{ "idCard", BUSINESS, "idCard", PICTURE, "Identity card" },
	{ "passport", BUSINESS, "passport", PICTURE, "Passport" },
	{ "other", BUSINESS, "other", PAPER, "Business document" },
	{ "other:ein", BUSINESS, "other", PAPER, "EIN letter" },
	{ "other:formation", BUSINESS, "other", PAPER, "Formation papers" },
	{ "other:dba", BUSINESS, "other", PAPER, "DBA document" },
	{ "other:address", BUSINESS, "other", PAPER,
	  "Proof of business address" },
	{ "license", OWNER, "license", PICTURE, "Driver's license" },
	{ "idCard", OWNER, "idCard", PICTURE, "Identity card" },
	{ "passport", OWNER, "passport", PICTURE, "Passport" },
	{ "other", OWNER, NULL, 0, NULL },
	{ "other:ein", OWNER, NULL, 0, NULL },
	{ "other:formation", OWNER, NULL, 0, NULL },
	{ "other:dba", OWNER, NULL, 0, NULL },
	{ "other:address", OWNER, NULL, 0, NULL },
};

static struct prov_ctx upload_ctx(const struct prov_document *document,
				  unsigned holder)
{
	struct prov_ctx ctx = dwolla_ctx();

	ctx.kind = holder == PERSON ? PROV_INDIVIDUAL : PROV_BUSINESS;
	ctx.documents = document;
	ctx.document_count = 1;
	ctx.party = document->party;
	return ctx;
}

static void assert_refused(const struct prov_document *document,
			   unsigned holder, const char *says)
{
	struct prov_ctx ctx = upload_ctx(document, holder);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	if (!strstr(err.text, says))
		assert_string_equal(err.text, says);
	prov_request_release(&request);
}

static void assert_sent(const struct prov_document *document, unsigned holder,
			const char *type)
{
	struct prov_ctx ctx = upload_ctx(document, holder);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	if (prov_dwolla.document_send.build(&ctx, &request, &err))
		assert_string_equal(err.text, "");
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path,
			    holder == OWNER ? "/beneficial-owners/" DWOLLA_OWNER
					      "/documents"
					    : "/customers/" DWOLLA_SELF
					      "/documents");
	assert_string_equal(dwolla_header(&request, "Accept"), MEDIA);
	assert_string_equal(dwolla_header(&request, "Authorization"),
			    "Bearer " DWOLLA_TOKEN);
	assert_string_equal(dwolla_header(&request, "Idempotency-Key"),
			    DWOLLA_KEY);
	assert_string_equal(request.key, DWOLLA_KEY);
	assert_int_equal(request.part_count, 2);
	assert_string_equal(request.parts[0].name, "documentType");
	assert_string_equal(request.parts[0].value, type);
	assert_string_equal(request.parts[1].name, "file");
	assert_null(request.parts[1].value);
	assert_string_equal(request.parts[1].content_type,
			    doc_kind_mime(document->kind));
	assert_string_equal(strrchr(request.parts[1].filename, '.') + 1,
			    doc_kind_suffix(document->kind));
	prov_request_release(&request);
}

static void test_document_goes_by_its_type(void **state)
{
	static const enum doc_kind kinds[] = { DOC_JPEG, DOC_PNG, DOC_PDF };
	const struct type_row *row = *state;
	struct prov_document document = document_of(row->name, row->holder);

	for (size_t i = 0; i < 3; i++) {
		document.kind = kinds[i];
		if (!row->sent)
			assert_refused(&document, row->holder,
				       "not of a person");
		else if (kinds[i] & row->kinds)
			assert_sent(&document, row->holder, row->sent);
		else
			assert_refused(&document, row->holder,
				       "is taken as JPEG or PNG, not as");
	}
	if (!row->sent)
		return;
	assert_int_equal(document.type->kinds, row->kinds);
	assert_string_equal(document.type->label, row->label);
	document.kind = DOC_JPEG;
	document.side = DOC_SIDE_FRONT;
	assert_refused(&document, row->holder, "has no sides");
	document.side = DOC_SIDE_BACK;
	assert_refused(&document, row->holder, "has no sides");
	document.side = DOC_SIDE_NONE;
	document.bytes = 0;
	assert_refused(&document, row->holder, "empty");
}

static void test_document_has_no_fields(void **state)
{
	struct prov_document document = document_of("license", PERSON);
	struct form_answers *fields = form_answers_new();

	(void)state;
	document.fields = fields;
	assert_sent(&document, PERSON, "license");
	form_answer_set(fields, "country", "USA");
	assert_refused(&document, PERSON, "no field 'country'");
	form_answers_free(fields);
}

static void test_one_document_at_a_time(void **state)
{
	struct prov_document two[2] = { document_of("license", PERSON),
					document_of("idCard", PERSON) };
	struct prov_ctx ctx = upload_ctx(two, PERSON);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	ctx.document_count = 2;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_BUG);
	prov_request_release(&request);
}

static const struct key_row {
	const char *name;
	const char *key;
} key_rows[] = {
	{ "missing", NULL },
	{ "short", "1" },
	{ "with another header", "11111111-2222-4333-8444-5555555\r\nX: " },
};

static void test_nothing_leaves_without_a_key(void **state)
{
	const struct key_row *row = *state;
	struct prov_document document = document_of("license", PERSON);
	struct prov_ctx ctx = upload_ctx(&document, PERSON);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.key = row->key;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_BUG);
	prov_request_release(&request);
}

static const struct name_row {
	const char *name;
	const char *file;
	enum doc_kind kind;
	const char *sent;
} name_rows[] = {
	/* The sandbox tells its samples by their names. */
	{ "a sample", "test-document-upload-success.png", DOC_PNG,
	  "test-document-upload-success.png" },
	{ "in capitals", "FRONT.JPG", DOC_JPEG, "FRONT.JPG" },
	{ "jpeg", "front.jpeg", DOC_JPEG, "front.jpeg" },
	{ "another suffix", "front.gif", DOC_PNG, "front.png" },
	{ "no suffix", "front", DOC_PDF, "front.pdf" },
	{ "two suffixes", "a.tar.png", DOC_PNG, "a.tar.png" },
	{ "not ASCII",
	  "pasaporte_Mar\xc3\xad"
	  "a.png",
	  DOC_PNG, "pasaporte_Mar_a.png" },
	{ "quotes", "a\"b\\c.png", DOC_PNG, "c.png" },
	{ "a path", "/home/me/front.png", DOC_PNG, "front.png" },
	{ "line ends", "a\r\nb.png", DOC_PNG, "a__b.png" },
	{ "hidden", ".png", DOC_PNG, "document.png" },
	{ "empty", "", DOC_PDF, "document.pdf" },
	{ "missing", NULL, DOC_JPEG, "document.jpg" },
};

static void test_file_has_a_plain_name(void **state)
{
	const struct name_row *row = *state;
	struct prov_document document = document_of("other", BUSINESS);
	struct prov_ctx ctx = upload_ctx(&document, BUSINESS);
	struct prov_request request = { 0 };

	document.name = row->file;
	document.kind = row->kind;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.parts[1].filename, row->sent);
	prov_request_release(&request);
}

/* Everything of a request but the file's bytes. */
static size_t frame_of(const struct prov_document *document)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct prov_ctx ctx = upload_ctx(document, BUSINESS);
	struct prov_request request = { 0 };
	struct buf content_type = { 0 };
	size_t total = 0;

	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	prov_multipart_frames(&request, frames, &content_type);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		total += frames[i].len;
		buf_release(&frames[i]);
	}
	buf_release(&content_type);
	prov_request_release(&request);
	return total;
}

#define BODY_MOST ((uint64_t)10 * 1024 * 1024)

/* The limit counts over the whole request. */
static void test_size_counts_all(void **state)
{
	struct prov_document document =
		document_of("other:formation", BUSINESS);
	char name[300];

	(void)state;
	memset(name, 'n', sizeof(name));
	memcpy(name + sizeof(name) - 5, ".png", 5);
	document.name = name;
	document.kind = DOC_PNG;
	document.bytes = BODY_MOST - frame_of(&document);
	assert_sent(&document, BUSINESS, "other");
	document.bytes++;
	assert_refused(&document, BUSINESS, "10 MiB");
	document.bytes = BODY_MOST;
	assert_refused(&document, BUSINESS, "10 MiB");
	document.bytes = UINT64_MAX;
	assert_refused(&document, BUSINESS, "10 MiB");
}

/* What the table lets through before a request is built fits into one. */
static void test_table_leaves_room(void **state)
{
	const struct doc_type *type = prov_dwolla.doctypes;

	(void)state;
	for (; type->code; type++) {
		unsigned holder = type->holders & BUSINESS ? BUSINESS : PERSON;
		struct prov_document document = document_of(type->code, holder);
		char name[] = "12345678901234567890123456789012345678901234567"
			      "89012345678901234567890123456789012345678901234"
			      "567.jpg";

		document.type = type;
		document.name = name;
		document.bytes = type->max_bytes;
		assert_sent(&document, holder,
			    strncmp(type->code, "other", 5) == 0 ? "other"
								 : type->code);
		assert_true(type->max_bytes <= BODY_MOST);
		assert_int_equal(type->warn_bytes, 10000000);
	}
}

static char *whole_frame(const char *key)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct prov_document document = document_of("other:ein", BUSINESS);
	struct prov_ctx ctx = upload_ctx(&document, BUSINESS);
	struct prov_request request = { 0 };
	struct buf all = { 0 };

	ctx.key = key;
	ctx.nonce = key[0] == '1' ? "a" : "b";
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	prov_multipart_frames(&request, frames, &all);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		buf_addf(&all, "|%s",
			 frames[i].len ? buf_text(&frames[i]) : "");
		buf_release(&frames[i]);
	}
	prov_request_release(&request);
	return buf_take(&all);
}

/* Under one key the very same bytes go again: the boundary, too. */
static void test_repeat_is_the_same(void **state)
{
	char *first = whole_frame(DWOLLA_KEY);
	char *again = whole_frame(DWOLLA_KEY);
	char *other = whole_frame("21111111-2222-4333-8444-555555555555");

	(void)state;
	assert_string_equal(first, again);
	assert_string_not_equal(first, other);
	assert_non_null(strstr(first, "multipart/form-data; boundary="));
	/* What stands behind the colon is ours. */
	assert_null(strstr(first, "ein"));
	free(first);
	free(again);
	free(other);
}

/* What is said of a document. */

#define DOC_ID		  "56502f7a-fa59-4a2f-8579-0f8bc9d7b9cc"
#define DOC		  "https://api-sandbox.dwolla.com/documents/" DOC_ID
#define CODE(code, words) "{\"code\":\"" code "\",\"message\":\"" words "\"}"
#define BELOW(code, words, more)                                            \
	"{\"code\":\"ValidationError\",\"message\":\"Validation error(s) "  \
	"present. See embedded errors list for more details.\",\"_embedded" \
	"\":{\"errors\":[{\"code\":\"" code "\",\"message\":\"" words       \
	"\"" more "}]}}"

static const struct said_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome want;
	const char *code;
	const char *words; /* in the message */
	const char *field; /* of the problem; NULL: there is none */
} said_rows[] = {
	{ "four files", 400,
	  CODE("maximumNumberOfResources", "Max of four files upload allowed."),
	  PROV_AGAIN, "maximumNumberOfResources",
	  "Max of four files upload allowed. (four files wait", NULL },
	{ "four files, spelled otherwise", 400,
	  CODE("MaxNumberOfResources", "Max."), PROV_AGAIN,
	  "MaxNumberOfResources", "four files wait", NULL },
	{ "four files, below", 400,
	  BELOW("MaximumNumberOfResources", "Max of four.", ""), PROV_AGAIN,
	  "ValidationError", "Max of four. (four files wait", NULL },
	{ "kind of file", 400,
	  CODE("invalidFileType", "File types supported: Personal IDs"),
	  PROV_REFUSED, "invalidFileType", "this kind of file is not taken",
	  NULL },
	{ "kind of file, below", 400,
	  BELOW("Invalid", "Invalid file type", ",\"path\":\"/file\""),
	  PROV_REFUSED, "ValidationError",
	  "Invalid file type (this kind of file is not taken", "file" },
	{ "type, below", 400,
	  BELOW("Invalid", "DocumentType is not valid.",
		",\"path\":\"/documentType\""),
	  PROV_REFUSED, "ValidationError", "DocumentType is not valid. (",
	  "type" },
	{ "type missing", 400,
	  BELOW("Required", "DocumentType required.",
		",\"path\":\"/documentType\""),
	  PROV_REFUSED, "ValidationError", "DocumentType required.", "type" },
	{ "format", 400,
	  BELOW("InvalidFormat", "File is damaged.", ",\"path\":\"/file\""),
	  PROV_REFUSED, "ValidationError", "File is damaged.", "file" },
	{ "read only", 400, BELOW("ReadOnly", "It cannot be changed.", ""),
	  PROV_REFUSED, "ValidationError", "It cannot be changed.", NULL },
	{ "not allowed", 400, BELOW("NotAllowed", "A part is not allowed.", ""),
	  PROV_REFUSED, "ValidationError", "A part is not allowed.", NULL },
	{ "restricted", 400, BELOW("Restricted", "It is restricted.", ""),
	  PROV_REFUSED, "ValidationError", "It is restricted.", NULL },
	{ "too large, below", 400,
	  BELOW("FileTooLarge", "File size exceeds limit.",
		",\"path\":\"/file\""),
	  PROV_REFUSED, "ValidationError", "10 MiB", "file" },
	{ "bad request", 400,
	  CODE("BadRequest", "The request body contains bad syntax."),
	  PROV_REFUSED, "BadRequest", "bad syntax", NULL },
	{ "400, new code", 400, CODE("SomethingNew", "What they say."),
	  PROV_REFUSED, "SomethingNew", "Dwolla: What they say. (", NULL },
	{ "400, an object below", 400,
	  "{\"code\":\"ValidationError\",\"message\":\"See below.\","
	  "\"_embedded\":{\"code\":\"Invalid\",\"message\":\"No.\"}}",
	  PROV_REFUSED, "ValidationError", "Dwolla: No. (", NULL },
	{ "400, wrong types", 400,
	  "{\"code\":7,\"message\":[],\"_embedded\":{\"errors\":[1,null,{"
	  "\"code\":{},\"message\":7,\"path\":[]}]},\"_links\":3}",
	  PROV_REFUSED, "http_400", "not accepted as it is", NULL },
	{ "credentials", 401, CODE("InvalidCredentials", "No."), PROV_DENIED,
	  "InvalidCredentials", "client id or secret", NULL },
	{ "token", 401, CODE("InvalidAccessToken", "Invalid access token."),
	  PROV_DENIED, "InvalidAccessToken", "access token is not taken",
	  NULL },
	{ "old token", 401, CODE("ExpiredAccessToken", "Expired."), PROV_DENIED,
	  "ExpiredAccessToken", "access token is not taken", NULL },
	{ "account", 401, CODE("InvalidAccountStatus", "No."), PROV_DENIED,
	  "InvalidAccountStatus", "e-mail is not confirmed", NULL },
	{ "application", 401, CODE("InvalidApplicationStatus", "No."),
	  PROV_DENIED, "InvalidApplicationStatus", "application is not active",
	  NULL },
	{ "scopes", 401, CODE("InvalidScopes", "No."), PROV_DENIED,
	  "InvalidScopes", "lack a scope", NULL },
	{ "scopes, 403", 403, CODE("InvalidScopes", "No."), PROV_DENIED,
	  "InvalidScopes", "lack a scope", NULL },
	{ "401, new code", 401, CODE("SomethingNew", "What they say."),
	  PROV_DENIED, "SomethingNew", "What they say.", NULL },
	{ "verified already", 403,
	  CODE("invalidResourceState", "Resource cannot be modified."),
	  PROV_REFUSED, "invalidResourceState", "refresh the customer first",
	  NULL },
	{ "not authorized", 403,
	  CODE("notAuthorized", "Not authorized to create documents."),
	  PROV_REFUSED, "notAuthorized",
	  "Not authorized to create documents. (", NULL },
	{ "forbidden", 403, CODE("Forbidden", "Not authorized."), PROV_REFUSED,
	  "Forbidden", "may not do that here", NULL },
	{ "no customer", 404, CODE("notFound", "Customer not found."),
	  PROV_REFUSED, "notFound", "Customer not found. (unknown there",
	  NULL },
	{ "method", 405, CODE("MethodNotAllowed", "No."), PROV_REFUSED,
	  "MethodNotAllowed", "turned down", NULL },
	{ "version", 406, CODE("InvalidVersion", "No."), PROV_REFUSED,
	  "InvalidVersion", "version of the API", NULL },
	{ "too slow", 408, "", PROV_AGAIN, "http_408", "in time", NULL },
	{ "still running", 409, CODE("Conflict", "In progress."), PROV_UNSURE,
	  "Conflict", "earlier attempt", NULL },
	{ "too large", 413,
	  CODE("fileTooLarge", "The file size exceeds the limit."),
	  PROV_REFUSED, "fileTooLarge", "10 MiB are taken", NULL },
	{ "too large, a proxy's", 413, "Request Entity Too Large", PROV_REFUSED,
	  "http_413", "10 MiB are taken", NULL },
	{ "too many", 429, CODE("TooManyRequests", "Too Many Requests"),
	  PROV_AGAIN, "TooManyRequests", "too many requests", NULL },
	{ "their error", 500,
	  CODE("ServerError", "A server error occurred. Error ID: 123-4."),
	  PROV_AGAIN, "ServerError", "Error ID: 123-4. (something failed",
	  NULL },
	{ "their time", 500, CODE("RequestTimeout", "The request timed out."),
	  PROV_AGAIN, "RequestTimeout", "too long", NULL },
	{ "busy", 503, "<html><h1>Busy</h1></html>", PROV_AGAIN, "http_503",
	  "Busy", NULL },
	{ "of another shape", 422,
	  "{\"type\":\"about:blank\",\"title\":\"Invalid request\",\"status\":"
	  "422,\"detail\":\"Body is no good\"}",
	  PROV_REFUSED, "http_422", "Invalid request: Body is no good", NULL },
	{ "moved", 302, "", PROV_UNSURE, "http_302", "endpoint", NULL },
	{ "taken, but not made", 200, "{}", PROV_UNSURE, "http_200", "promises",
	  NULL },
	{ "made, says a page", 201, "<html>Welcome</html>", PROV_UNSURE,
	  "http_201", "", NULL },
	{ "later", 202, "", PROV_UNSURE, "http_202", "promises", NULL },
};

static void test_error_has_its_outcome(void **state)
{
	const struct said_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	dwolla_answer(&prov_dwolla.document_send, &ctx, row->status, row->body,
		      NULL, &result);
	assert_int_equal(result.outcome, row->want);
	assert_string_equal(result.code, row->code);
	if (!strstr(result.message, row->words))
		assert_string_equal(result.message, row->words);
	assert_int_equal(result.problems.count, row->field ? 1 : 0);
	if (row->field)
		assert_non_null(findings_for(&result.problems, row->field));
	assert_false(result.new_key);
	assert_int_equal(result.may_be_running, row->status == 409);
	assert_null(result.provider_id);
	prov_result_release(&result);
}

static const struct duplicate_row {
	const char *name;
	const char *body;
	const char *id; /* NULL: not told which */
} duplicate_rows[] = {
	{ "at the top",
	  "{\"code\":\"DuplicateResource\",\"message\":\"Document already "
	  "exists.\",\"_links\":{\"about\":{\"href\":\"" DOC "\"}}}",
	  DOC_ID },
	{ "spelled otherwise",
	  "{\"code\":\"duplicate_resource\",\"message\":\"There.\",\"_links\":{"
	  "\"about\":{\"href\":\"/documents/" DOC_ID "?x=1\"}}}",
	  DOC_ID },
	{ "below",
	  BELOW("Duplicate", "It exists.",
		",\"_links\":{\"about\":{\"href\":\"" DOC "\"}}"),
	  DOC_ID },
	{ "below, linked at the top",
	  "{\"code\":\"ValidationError\",\"_links\":{\"about\":{\"href\":\"" DOC
	  "\"}},\"_embedded\":{\"errors\":[{\"code\":\"Required\"},{\"code\":"
	  "\"Duplicate\",\"message\":\"There.\"}]}}",
	  DOC_ID },
	{ "an object below",
	  "{\"code\":\"ValidationError\",\"_embedded\":{\"errors\":{\"code\":"
	  "\"Duplicate\",\"message\":\"There.\",\"_links\":{\"about\":{"
	  "\"href\":\"" DOC "\"}}}}}",
	  DOC_ID },
	/* The sample of the specification. */
	{ "a bank account",
	  "{\"code\":\"DuplicateResource\",\"message\":\"Bank already exists."
	  "\",\"_links\":{\"about\":{\"href\":\"https://api.dwolla.com/"
	  "funding-sources/" DOC_ID "\"}}}",
	  NULL },
	{ "no link", CODE("DuplicateResource", "There."), NULL },
	{ "no id",
	  "{\"code\":\"DuplicateResource\",\"_links\":{\"about\":{\"href\":"
	  "\"/documents/\"}}}",
	  NULL },
	{ "a way up",
	  "{\"code\":\"DuplicateResource\",\"_links\":{\"about\":{\"href\":"
	  "\"/documents/..\"}}}",
	  NULL },
	{ "an escape",
	  "{\"code\":\"DuplicateResource\",\"_links\":{\"about\":{\"href\":"
	  "\"/documents/a\\u001bb\"}}}",
	  NULL },
};

static void test_same_file_is_named(void **state)
{
	const struct duplicate_row *row = *state;
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	dwolla_answer(&prov_dwolla.document_send, &ctx, 400, row->body, NULL,
		      &result);
	assert_int_equal(result.outcome, PROV_REFUSED);
	assert_non_null(strstr(result.message, "there already"));
	assert_int_equal(result.may_be_running, row->id != NULL);
	if (row->id) {
		assert_string_equal(result.provider_id, row->id);
		assert_non_null(strstr(result.message, row->id));
	} else {
		assert_null(result.provider_id);
	}
	prov_result_release(&result);
}

static const struct place_row {
	const char *name;
	const char *location; /* NULL: none */
	const char *id;	      /* NULL: not known */
} place_rows[] = {
	{ "as the page has it", DOC, DOC_ID },
	{ "only a path", "/documents/" DOC_ID, DOC_ID },
	{ "below a base", "http://127.0.0.1:4110/v2/documents/" DOC_ID "/",
	  DOC_ID },
	{ "with a query", "/documents/" DOC_ID "?a=b", DOC_ID },
	{ "missing", NULL, NULL },
	{ "empty", "", NULL },
	{ "of another sort", "/customers/" DOC_ID, NULL },
	{ "a way up", "/documents/../x", NULL },
	{ "an escape", "/documents/a\x1b[2J", NULL },
};

/* Whatever is said of where it is: 201 is 201. */
static void test_taken_document_has_an_id(void **state)
{
	const struct place_row *row = *state;
	char name[] = "location";
	struct prov_header header = { name, (char *)row->location };
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .status = 201,
				    .sent_whole = true,
				    .body = "",
				    .headers = &header,
				    .header_count = row->location ? 1 : 0 };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	prov_dwolla.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_ACCEPTED);
	if (row->id)
		assert_string_equal(result.provider_id, row->id);
	else
		assert_null(result.provider_id);
	/* Answered before all of it had left: of what is that the answer? */
	reply.sent_whole = false;
	prov_dwolla.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_UNSURE);
	prov_result_release(&result);
}

static const struct wait_row {
	const char *name;
	int status;
	const char *header, *value;
	int64_t want_ms;
	unsigned most;
} wait_rows[] = {
	{ "the limit lasts five minutes", 429, "X", "1", 300000, 0 },
	{ "unless it is said", 429, "retry-after", "7", 7000, 0 },
	{ "four files", 400, "X", "1", 300000, 3 },
	{ "their side", 500, "X", "1", -1, 3 },
	{ "their side, said", 503, "Retry-After", "120", 120000, 3 },
	{ "too slow", 408, "X", "1", -1, 3 },
};

static void test_busy_says_when(void **state)
{
	const struct wait_row *row = *state;
	struct prov_header header = { (char *)row->header, (char *)row->value };
	const char *body = CODE("maximumNumberOfResources", "Max.");
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .status = row->status,
				    .sent_whole = true,
				    .body = body,
				    .len = strlen(body),
				    .headers = &header,
				    .header_count = 1 };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	prov_dwolla.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_AGAIN);
	assert_int_equal(result.wait_ms, row->want_ms);
	assert_int_equal(result.most_attempts, row->most);
	prov_result_release(&result);
}

static void test_log_id_is_kept(void **state)
{
	struct prov_header headers[] = {
		{ (char[]){ "x-request-id" }, (char[]){ "req\x1b[2J-1" } },
		{ (char[]){ "CF-RAY" }, (char[]){ "ray" } },
	};
	struct prov_reply reply = { .end = PROV_END_ANSWER,
				    .status = 500,
				    .sent_whole = true,
				    .body = "",
				    .headers = headers,
				    .header_count = 2 };
	struct prov_ctx ctx = dwolla_ctx();
	struct prov_result result = { 0 };

	(void)state;
	prov_dwolla.document_send.read(&reply, &ctx, NULL, &result);
	assert_non_null(strstr(result.log_id, "req"));
	assert_null(strchr(result.log_id, '\x1b'));
	prov_result_release(&result);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	TEST_ROWS(&tests, test_question_is_as_the_page_has_it, call_rows);
	TEST_ROWS(&tests, test_id_stays_one_part, id_rows);
	TEST_ROWS(&tests, test_token_that_is_none_is_not_sent, secret_rows);
	TEST_ROWS(&tests, test_token_is_asked_for, sign_rows);
	test_add(&tests, "endless secret", test_endless_secret_is_not_sent);
	TEST_ROWS(&tests, test_token_is_read, token_rows);
	TEST_ROWS(&tests, test_document_goes_by_its_type, type_rows);
	test_add(&tests, "no fields", test_document_has_no_fields);
	test_add(&tests, "one at a time", test_one_document_at_a_time);
	TEST_ROWS(&tests, test_nothing_leaves_without_a_key, key_rows);
	TEST_ROWS(&tests, test_file_has_a_plain_name, name_rows);
	test_add(&tests, "size", test_size_counts_all);
	test_add(&tests, "room", test_table_leaves_room);
	test_add(&tests, "repeat", test_repeat_is_the_same);
	TEST_ROWS(&tests, test_error_has_its_outcome, said_rows);
	TEST_ROWS(&tests, test_same_file_is_named, duplicate_rows);
	TEST_ROWS(&tests, test_taken_document_has_an_id, place_rows);
	TEST_ROWS(&tests, test_busy_says_when, wait_rows);
	test_add(&tests, "log id", test_log_id_is_kept);
	failed = test_run(&tests, "providers/dwolla");
	country_unload();
	return failed;
}
