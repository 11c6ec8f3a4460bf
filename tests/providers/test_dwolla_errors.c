/* SPDX-License-Identifier: MIT */
/* Dwolla: what is said of a document that was sent, and what that means. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"

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

	TEST_ROWS(&tests, test_error_has_its_outcome, said_rows);
	TEST_ROWS(&tests, test_same_file_is_named, duplicate_rows);
	TEST_ROWS(&tests, test_taken_document_has_an_id, place_rows);
	TEST_ROWS(&tests, test_busy_says_when, wait_rows);
	test_add(&tests, "log id", test_log_id_is_kept);
	return test_run(&tests, "providers/dwolla_errors");
}
