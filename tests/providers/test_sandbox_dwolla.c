/* SPDX-License-Identifier: MIT */
/* Dwolla's practice server: what it refuses, and how it says so. */
#include <poll.h>
#include <signal.h>

#include "forms/mem.h"
#include "tests/providers/dwolla_practice.h"
#include "tests/test.h"

/* Who may come in, before anybody signed in. */
static const struct sign_in {
	const char *name;
	const char *authorization, *type, *body;
	int status;
	const char *says;
} sign_ins[] = {
	{ "a wrong secret", "Basic a3ljOmt5Yw==", "x-www-form-urlencoded",
	  "grant_type=client_credentials", 401,
	  "{\"error\":\"invalid_client\"}" },
	{ "no client", "Bearer kyc-sandbox-key", "x-www-form-urlencoded",
	  "grant_type=client_credentials", 401, "invalid_client" },
	{ "JSON",
	  "Basic a3ljLXNhbmRib3gtY2xpZW50Omt5Yy1zYW5kYm94LWtleQ==", "json",
	  "{\"grant_type\":\"client_credentials\"}", 400, "invalid_request" },
	{ "another grant",
	  "Basic a3ljLXNhbmRib3gtY2xpZW50Omt5Yy1zYW5kYm94LWtleQ==",
	  "x-www-form-urlencoded", "grant_type=password", 400,
	  "unsupported_grant_type" },
	{ "the right one",
	  "Basic a3ljLXNhbmRib3gtY2xpZW50Omt5Yy1zYW5kYm94LWtleQ==",
	  "x-www-form-urlencoded", "grant_type=client_credentials", 200,
	  "\"token_type\":\"Bearer\",\"expires_in\":3600" },
};

static void test_dwolla_signs_in(void **state)
{
	const struct sign_in *row = *state;
	char *headers = mem_printf("Authorization: %s\r\nContent-Type: "
				   "application/%s\r\n",
				   row->authorization, row->type);
	struct sandbox_server server;

	sandbox_start_for(&server, "dwolla", "");
	dwolla_expect(
		sandbox_call(&server, "POST", "/token", headers, row->body),
		row->status, row->says);
	sandbox_stop(&server, SIGTERM);
	free(headers);
}

static void test_dwolla_token_expires(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--token-seconds 1");
	dwolla_expect(dwolla_ask(&server, "GET", CUSTOMER(01), NULL), 200, "");
	for (int i = 0;; i++) {
		struct sandbox_reply reply =
			dwolla_ask(&server, "GET", CUSTOMER(01), NULL);

		if (reply.status == 401) {
			dwolla_expect(reply, 401, "ExpiredAccessToken");
			break;
		}
		sandbox_release(&reply);
		assert_in_range(i, 0, 600);
		poll(NULL, 0, 20);
	}
	sandbox_stop(&server, SIGTERM);
}

/* Calls that are refused, each on a server of its own. */
static const struct refusal {
	const char *name;
	const char *method, *path, *headers, *body;
	const char *from, *to; /* changed in BODY before it is sent */
	int status;
	const char *says;
} refusals[] = {
	{ "no type that is taken back", "GET", "/customers", "", NULL, "", "",
	  406, "\"code\":\"InvalidVersion\"" },
	{ "another type", "GET", "/customers", "Accept: application/json\r\n",
	  NULL, "", "", 406, "InvalidVersion" },
	{ "another version", "GET", "/customers",
	  "Accept: application/vnd.dwolla.v2.hal+json\r\n", NULL, "", "", 406,
	  "InvalidVersion" },
	{ "a token that is none", "GET", "/customers",
	  ACCEPT "Authorization: Bearer x\r\n", NULL, "", "", 401,
	  "\"code\":\"InvalidAccessToken\"" },
	{ "an unknown path", "GET", "/clients", ACCEPT, NULL, "", "", 404,
	  "\"code\":\"NotFound\"" },
	{ "a wrong method", "DELETE", CUSTOMER(01), ACCEPT, NULL, "", "", 405,
	  "\"code\":\"MethodNotAllowed\"" },
	{ "an unknown customer", "GET", NOBODY, ACCEPT, NULL, "", "", 404,
	  "NotFound" },
	{ "an id that is none", "GET", "/customers/17", ACCEPT, NULL, "", "",
	  404, "NotFound" },
	{ "an unknown document", "GET",
	  "/documents/5eed0000-0000-4000-8000-000000000001", ACCEPT, NULL, "",
	  "", 404, "NotFound" },
	{ "an unknown owner", "GET",
	  "/beneficial-owners/5eed0000-0000-4000-8000-000000000001", ACCEPT,
	  NULL, "", "", 404, "NotFound" },
	{ "documents of nobody", "GET", NOBODY "/documents", ACCEPT, NULL, "",
	  "", 404, "NotFound" },
	{ "owners of a person", "GET", CUSTOMER(01) "/beneficial-owners",
	  ACCEPT, NULL, "", "", 404, "NotFound" },
	{ "limit 0", "GET", "/customers?limit=0", ACCEPT, NULL, "", "", 400,
	  "\"code\":\"BadRequest\"" },
	{ "limit 201", "GET", "/customers?limit=201", ACCEPT, NULL, "", "", 400,
	  "limit" },
	{ "offset x", "GET", "/customers?offset=x", ACCEPT, NULL, "", "", 400,
	  "offset" },
	{ "such a status", "GET", "/customers?status=verified&status=open",
	  ACCEPT, NULL, "", "", 400, "status" },

	{ "create: text", "POST", "/customers",
	  ACCEPT "Content-Type: text/plain\r\n", PERSONAL, "", "", 400,
	  "BadRequest" },
	{ "create: another kind of JSON", "POST", "/customers",
	  ACCEPT "Content-Type: application/hal+json\r\n", PERSONAL, "", "",
	  400, "BadRequest" },
	{ "create: torn", "POST", "/customers", ACCEPT JSON, "{\"a\":", "", "",
	  400, "BadRequest" },
	{ "create: no first name", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "\"firstName\":\"Joan\",", "", 400,
	  "\"code\":\"Required\",\"message\":\"FirstName required.\","
	  "\"path\":\"/firstName\",\"_links\":{}" },
	{ "create: a blank name", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "Joan", " ", 400, "\"Required\"" },
	{ "create: 51 letters", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "Joan", "Joanjoanjoanjoanjoanjoanjoanjoanjoanjoanjoanjoanjoa", 400,
	  "/firstName" },
	{ "create: a bracket", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "Joan", "Jo[an", 400, "\"code\":\"Invalid\"" },
	{ "create: a back-quote", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "Joan", "Jo`an", 400, "/firstName" },
	{ "create: a number", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "\"Joan\"", "17", 400, "/firstName" },
	{ "create: no email", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "joan@", "joan", 400, "\"code\":\"InvalidFormat\"" },
	{ "create: an email that is there", "POST", "/customers", ACCEPT JSON,
	  PERSONAL, "joan@", "customer.1@", 400, "\"code\":\"Duplicate\"" },
	{ "create: such a type", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "\"personal\"", "\"robot\"", 400, "/type" },
	{ "create: a PO box", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "99 33rd St", "P.O. Box 12", 400, "/address1" },
	{ "create: a city with digits", "POST", "/customers", ACCEPT JSON,
	  PERSONAL, "Albany", "Albany 2", 400, "/city" },
	{ "create: a state's name", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "\"NY\"", "\"ny\"", 400, "/state" },
	{ "create: a short code", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "12207", "1220", 400, "/postalCode" },
	{ "create: no such day", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "02-28", "02-30", 400, "/dateOfBirth" },
	{ "create: a child", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "1990-", "2024-", 400, "/dateOfBirth" },
	{ "create: born long ago", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "1990-", "1880-", 400, "/dateOfBirth" },
	{ "create: five digits of an ssn", "POST", "/customers", ACCEPT JSON,
	  PERSONAL, "123456789", "12345", 400, "/ssn" },
	{ "create: an unknown field", "POST", "/customers", ACCEPT JSON,
	  PERSONAL, "{", "{\"age\":7,", 400,
	  "\"code\":\"NotAllowed\",\"message\":\"Age is not allowed.\"" },
	{ "create: a short phone", "POST", "/customers", ACCEPT JSON, PERSONAL,
	  "{", "{\"phone\":\"515\",", 400, "/phone" },
	{ "create: no business", "POST", "/customers", ACCEPT JSON, SOLE,
	  "\"businessName\":\"Mirror Works\",", "", 400, "/businessName" },
	{ "create: such a class", "POST", "/customers", ACCEPT JSON, SOLE,
	  "9ed3f670-", "9ed3f670", 400, "/businessClassification" },
	{ "create: no site", "POST", "/customers", ACCEPT JSON, SOLE, "{",
	  "{\"website\":\"example\",", 400, "/website" },
	{ "create: nobody in control", "POST", "/customers", ACCEPT JSON,
	  BUSINESS, "", "", 400, "/controller" },
	{ "create: no EIN", "POST", "/customers", ACCEPT JSON, CONTROLLED,
	  "\"ein\":\"987654321\",", "", 400, "/ein" },
	{ "create: an EIN with a dash", "POST", "/customers", ACCEPT JSON,
	  CONTROLLED, "987654321", "98-7654321", 400, "/ein" },
	{ "create: such a business", "POST", "/customers", ACCEPT JSON,
	  CONTROLLED, "\"llc\"", "\"LLC\"", 400, "/businessType" },
	{ "create: a controller without title", "POST", "/customers",
	  ACCEPT JSON, CONTROLLED, "\"title\":\"CEO\",", "", 400,
	  "/controller/title" },
	{ "create: nowhere", "POST", "/customers", ACCEPT JSON, CONTROLLED,
	  "\"US\"", "\"USA\"", 400, "/controller/address/country" },
	{ "create: a US address without code", "POST", "/customers",
	  ACCEPT JSON, CONTROLLED, ",\"postalCode\":\"50266\"", "", 400,
	  "/controller/address/postalCode" },
	{ "create: no number at all", "POST", "/customers", ACCEPT JSON,
	  CONTROLLED, ",\"ssn\":\"123456789\"", "", 400, "/controller/ssn" },
	{ "create: number and passport", "POST", "/customers", ACCEPT JSON,
	  CONTROLLED, "\"ssn\"",
	  "\"passport\":{\"number\":\"X1\",\"country\":\"CA\"},\"ssn\"", 400,
	  "/controller/passport" },
	{ "create: a passport of no country", "POST", "/customers", ACCEPT JSON,
	  CONTROLLED, "\"ssn\":\"123456789\"",
	  "\"passport\":{\"number\":\"X1\"}", 400,
	  "/controller/passport/country" },

	{ "retry: verified", "POST", CUSTOMER(04), ACCEPT JSON, PERSONAL, "",
	  "", 403, "\"code\":\"InvalidResourceState\"" },
	{ "retry: documents are wanted", "POST", CUSTOMER(01), ACCEPT JSON,
	  PERSONAL, "", "", 403, "InvalidResourceState" },
	{ "retry: kba", "POST", CUSTOMER(05), ACCEPT JSON, PERSONAL, "", "",
	  403, "InvalidResourceState" },
	{ "retry: nobody", "POST", NOBODY, ACCEPT JSON, PERSONAL, "", "", 404,
	  "NotFound" },
	{ "retry: part of it", "POST", CUSTOMER(02), ACCEPT JSON,
	  "{\"firstName\":\"Joan\"}", "", "", 400, "/lastName" },
	{ "retry: four digits", "POST", CUSTOMER(02), ACCEPT JSON, PERSONAL,
	  "123456789", "6789", 400, "/ssn" },
	{ "retry: ZIP+4", "POST", CUSTOMER(02), ACCEPT JSON, PERSONAL, "12207",
	  "12207-1234", 400, "/postalCode" },
	{ "retry: as somebody else", "POST", CUSTOMER(02), ACCEPT JSON, SOLE,
	  "", "", 400, "/type" },
	{ "retry: another kind of business", "POST", CUSTOMER(23), ACCEPT JSON,
	  SOLE, "", "", 400, "/businessType" },
	{ "retry: another's email", "POST", CUSTOMER(02), ACCEPT JSON, PERSONAL,
	  "joan@", "customer.1@", 400, "\"about\"" },
	{ "retry: a business with controller", "POST", CUSTOMER(23),
	  ACCEPT JSON, CONTROLLED, "", "", 400,
	  "\"code\":\"NotAllowed\",\"message\":\"Controller is not allowed" },
	{ "retry: without its controller", "POST", CUSTOMER(24), ACCEPT JSON,
	  BUSINESS, "", "", 400, "/controller" },
	{ "retry: four digits of the controller", "POST", CUSTOMER(24),
	  ACCEPT JSON, CONTROLLED, "123456789", "6789", 400,
	  "/controller/ssn" },
	{ "retry: a sole proprietor unborn", "POST", CUSTOMER(52), ACCEPT JSON,
	  SOLE, "\"dateOfBirth\":\"1990-02-28\",", "", 400, "/dateOfBirth" },

	{ "edit: nothing", "POST", CUSTOMER(03), ACCEPT JSON, "{}", "", "", 400,
	  "ValidationError" },
	{ "edit: the name", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"firstName\":\"Joan\"}", "", "", 400, "/firstName" },
	{ "edit: a person's site", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"website\":\"https://example.com\"}", "", "", 400, "/website" },
	{ "edit: an empty street", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"address1\":\"\"}", "", "", 400, "/address1" },
	{ "status: unheard of", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"status\":\"verified\"}", "", "", 400, "/status" },
	{ "status: not alone", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"status\":\"deactivated\",\"phone\":\"5155550000\"}", "", "", 400,
	  "/status" },
	{ "status: on and on", "POST", CUSTOMER(03), ACCEPT JSON,
	  "{\"status\":\"reactivated\"}", "", "", 403, "InvalidResourceState" },
	{ "status: suspended", "POST", CUSTOMER(04), ACCEPT JSON,
	  "{\"status\":\"deactivated\"}", "", "", 403, "InvalidResourceState" },

	{ "owner: of a person", "POST", CUSTOMER(01) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, "", "", 404, "NotFound" },
	{ "owner: of a sole proprietor", "POST",
	  CUSTOMER(35) "/beneficial-owners", ACCEPT JSON, PERSON_OWNER, "", "",
	  403, "\"code\":\"Forbidden\"" },
	{ "owner: of the suspended", "POST", CUSTOMER(48) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, "", "", 403, "InvalidResourceState" },
	{ "owner: of the deactivated", "POST",
	  CUSTOMER(49) "/beneficial-owners", ACCEPT JSON, PERSON_OWNER, "", "",
	  403, "InvalidResourceState" },
	{ "owner: no address", "POST", CUSTOMER(20) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, ADDRESS, "", 400, "/address" },
	{ "owner: no number", "POST", CUSTOMER(20) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, ",\"ssn\":\"123456789\"", "", 400,
	  "\"/ssn\"" },
	{ "owner: both numbers", "POST", CUSTOMER(20) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, "{",
	  "{\"passport\":{\"number\":\"1\",\"country\":\"FR\"},", 400,
	  "\"/passport\"" },
	{ "owner: four digits", "POST", CUSTOMER(20) "/beneficial-owners",
	  ACCEPT JSON, PERSON_OWNER, "123456789", "6789", 400, "/ssn" },
	{ "owner: corrected while verified", "POST", OWNER(2101), ACCEPT JSON,
	  PERSON_OWNER, "", "", 403, "InvalidResourceState" },
	{ "owner: corrected in part", "POST", OWNER(2002), ACCEPT JSON,
	  "{\"firstName\":\"Theo\"}", "", "", 400, "/lastName" },
	{ "owner: corrected as text", "POST", OWNER(2002),
	  ACCEPT "Content-Type: text/json\r\n", PERSON_OWNER, "", "", 400,
	  "BadRequest" },
	{ "owner: nobody removed", "DELETE",
	  "/beneficial-owners/5eed0000-0000-4000-9000-000000009999", ACCEPT,
	  NULL, "", "", 404, "NotFound" },

	{ "certify: otherwise", "POST", CUSTOMER(36) "/beneficial-ownership",
	  ACCEPT JSON, "{\"status\":\"recertify\"}", "", "", 400, "/status" },
	{ "certify: nothing", "POST", CUSTOMER(36) "/beneficial-ownership",
	  ACCEPT JSON, "{}", "", "", 400, "\"Required\"" },
	{ "certify: the suspended", "POST",
	  CUSTOMER(48) "/beneficial-ownership", ACCEPT JSON,
	  "{\"status\":\"certified\"}", "", "", 403, "InvalidResourceState" },
	{ "certify: a sole proprietor", "POST",
	  CUSTOMER(35) "/beneficial-ownership", ACCEPT JSON,
	  "{\"status\":\"certified\"}", "", "", 403, "Forbidden" },
	{ "ownership of a person", "GET", CUSTOMER(01) "/beneficial-ownership",
	  ACCEPT, NULL, "", "", 404, "NotFound" },

	{ "simulate: another thing", "POST", "/sandbox-simulations",
	  ACCEPT JSON, "{\"type\":\"bank-transfer\"}", "", "", 400, "/type" },
	{ "simulate: such a code", "POST", "/sandbox-simulations", ACCEPT JSON,
	  "{\"type\":\"customer-verification\",\"errorCode\":\"EINMismatch\"}",
	  "", "", 400, "/errorCode" },
	{ "simulate: nobody", "POST", "/sandbox-simulations", ACCEPT JSON,
	  "{\"type\":\"customer-verification\",\"errorCode\":"
	  "\"EINDocumentRequired\"}",
	  "", "", 404, "NotFound" },
	{ "simulate: a person", "POST", "/sandbox-simulations", ACCEPT JSON,
	  "{\"type\":\"customer-verification\",\"errorCode\":"
	  "\"EINDocumentRequired\",\"_links\":{\"customer\":{\"href\":"
	  "\"http://x" CUSTOMER(01) "\"}}}",
	  "", "", 403, "InvalidResourceState" },
	{ "a key that is empty", "POST", "/customers",
	  ACCEPT JSON "Idempotency-Key: \r\n", PERSONAL, "", "", 400,
	  "Idempotency-Key" },
};

static void test_dwolla_refuses(void **state)
{
	const struct refusal *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;
	char *body = row->body ? dwolla_changed(row->body, row->from, row->to)
			       : NULL;

	dwolla_open(&server, "");
	reply = sandbox_call(&server, row->method, row->path, row->headers,
			     body);
	assert_non_null(strstr(reply.head, "X-Request-ID: "));
	assert_non_null(strstr(reply.head, "application/vnd.dwolla.v1.hal"));
	dwolla_expect(reply, row->status, row->says);
	sandbox_stop(&server, SIGTERM);
	free(body);
}

/* Documents that are taken, and others. */
static const struct upload {
	const char *name;
	const char *owner, *type;
	const char *file, *kind, *bytes;
	int status;
	const char *says;
} uploads[] = {
	{ "a passport", CUSTOMER(01), "passport", JPEG("a"), 201, "" },
	{ "a licence", CUSTOMER(01), "license", PNG("a"), 201, "" },
	{ "a card called jpeg", CUSTOMER(01), "idCard", "a.jpeg", "image/jpeg",
	  "\xff\xd8\xff", 201, "" },
	{ "an EIN letter", CUSTOMER(22), "other", PDF("a"), 201, "" },
	{ "a picture of it", CUSTOMER(22), "other", PNG("a"), 201, "" },
	{ "a controller's", CUSTOMER(21), "license", JPEG("a"), 201, "" },
	{ "an owner's", OWNER(2001), "idCard", JPEG("a"), 201, "" },
	{ "again, after a rejection", CUSTOMER(07), "license", JPEG("a"), 201,
	  "" },

	{ "of nobody", NOBODY, "passport", JPEG("a"), 404,
	  "\"code\":\"notFound\"" },
	{ "of no owner", "/beneficial-owners/x", "passport", JPEG("a"), 404,
	  "NotFound" },
	{ "in retry", CUSTOMER(02), "passport", JPEG("a"), 403,
	  "\"code\":\"invalidResourceState\"" },
	{ "verified", CUSTOMER(03), "passport", JPEG("a"), 403,
	  "invalidResourceState" },
	{ "suspended", CUSTOMER(04), "passport", JPEG("a"), 403,
	  "invalidResourceState" },
	{ "in kba", CUSTOMER(05), "passport", JPEG("a"), 403,
	  "invalidResourceState" },
	{ "deactivated", CUSTOMER(06), "passport", JPEG("a"), 403,
	  "invalidResourceState" },
	{ "never verified", CUSTOMER(09), "passport", JPEG("a"), 403,
	  "invalidResourceState" },
	{ "an owner that is verified", OWNER(2101), "passport", JPEG("a"), 403,
	  "\"code\":\"Forbidden\"" },
	{ "an owner to be corrected", OWNER(2002), "passport", JPEG("a"), 403,
	  "Forbidden" },
	{ "a fifth", CUSTOMER(37), "license", JPEG("a"), 400,
	  "\"code\":\"maximumNumberOfResources\"" },
	{ "a passport as PDF", CUSTOMER(01), "passport", PDF("a"), 400,
	  "\"code\":\"invalidFileType\"" },
	{ "a controller's as PDF", CUSTOMER(20), "license", PDF("a"), 400,
	  "invalidFileType" },
	{ "an owner's as PDF", OWNER(2001), "license", PDF("a"), 400,
	  "invalidFileType" },
	{ "a GIF", CUSTOMER(01), "passport", "a.png", "image/png", "GIF89a",
	  400, "invalidFileType" },
	{ "a TIFF", CUSTOMER(22), "other", "a.tif", "image/tiff", "II*", 400,
	  "invalidFileType" },
	{ "a PNG as JPEG", CUSTOMER(01), "passport", "a.jpg", "image/jpeg",
	  "\x89PNG", 400, "invalidFileType" },
	{ "a PNG called JPEG", CUSTOMER(01), "passport", "a.jpg", "image/png",
	  "\x89PNG", 400, "invalidFileType" },
	{ "a PNG called nothing", CUSTOMER(01), "passport", "a", "image/png",
	  "\x89PNG", 400, "invalidFileType" },
	{ "an empty file", CUSTOMER(01), "passport", "a.png", "image/png", "",
	  400, "\"path\":\"/file\"" },
	{ "no file", CUSTOMER(01), "passport", NULL, NULL, NULL, 400,
	  "\"path\":\"/file\"" },
	{ "no type", CUSTOMER(01), NULL, JPEG("a"), 400,
	  "\"code\":\"Required\",\"message\":\"DocumentType required.\"" },
	{ "an empty type", CUSTOMER(01), "", JPEG("a"), 400,
	  "\"code\":\"Required\"" },
	{ "such a type", CUSTOMER(01), "idcard", JPEG("a"), 400,
	  "\"path\":\"/documentType\"" },
	{ "a person's other", CUSTOMER(01), "other", JPEG("a"), 400,
	  "\"path\":\"/documentType\"" },
	{ "an owner's other", OWNER(2001), "other", JPEG("a"), 400,
	  "\"path\":\"/documentType\"" },
};

static void test_dwolla_upload(void **state)
{
	const struct upload *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	dwolla_open(&server, "");
	reply = dwolla_send(&server, row->owner, "", row->type, row->file,
			    row->kind, row->bytes);
	if (row->status == 201) {
		assert_string_equal(reply.text, "");
		assert_non_null(strstr(reply.head, "/documents/"));
	}
	dwolla_expect(reply, row->status, row->says);
	sandbox_stop(&server, SIGTERM);
}

/* Bodies that are no good forms, or were not declared as what they are. */
static const struct broken {
	const char *name;
	const char *headers, *body;
	const char *says;
} brokens[] = {
	{ "JSON", JSON, "{}", "BadRequest" },
	{ "no boundary", "Content-Type: multipart/form-data\r\n", "x",
	  "BadRequest" },
	{ "not closed", FORM,
	  "--xyz\r\nContent-Disposition: form-data; name=\"documentType\""
	  "\r\n\r\nother\r\n",
	  "BadRequest" },
	{ "a side", FORM,
	  "--xyz\r\nContent-Disposition: form-data; name=\"side\""
	  "\r\n\r\nfront\r\n--xyz--\r\n",
	  "\"NotAllowed\"" },
	{ "the file as text", FORM,
	  "--xyz\r\nContent-Disposition: form-data; name=\"file\""
	  "\r\n\r\nfront\r\n--xyz--\r\n",
	  "File must be a file" },
};

static void test_dwolla_broken_form(void **state)
{
	const struct broken *row = *state;
	char *headers = mem_printf(ACCEPT "%s", row->headers);
	struct sandbox_server server;

	dwolla_open(&server, "");
	dwolla_expect(sandbox_call(&server, "POST", CUSTOMER(01) "/documents",
				   headers, row->body),
		      400, row->says);
	sandbox_stop(&server, SIGTERM);
	free(headers);
}

/* A request of SIZE bytes with a PNG in it. */
static struct sandbox_reply send_big(const struct sandbox_server *server,
				     size_t size)
{
	static const char head[] =
		"--xyz\r\nContent-Disposition: form-data; "
		"name=\"documentType\"\r\n\r\nlicense\r\n--xyz\r\n"
		"Content-Disposition: form-data; name=\"file\"; "
		"filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
		"\x89PNG\r\n";
	static const char tail[] = "\r\n--xyz--\r\n";
	char *lines = mem_printf(
		"POST " CUSTOMER(01) "/documents HTTP/1.1\r\nHost: x"
				     "\r\nAuthorization: %s\r\n" ACCEPT FORM
				     "Connection: close\r\nContent-Length: %zu"
				     "\r\n\r\n",
		server->signing, size);
	size_t middle = size - strlen(head) - strlen(tail);
	char *zeros = mem_alloc(middle);
	int fd = sandbox_connect(server);

	sandbox_send(fd, lines, strlen(lines));
	sandbox_send(fd, head, strlen(head));
	sandbox_send(fd, zeros, middle);
	sandbox_send(fd, tail, strlen(tail));
	free(zeros);
	free(lines);
	return sandbox_finish(fd);
}

/* 10 MiB are for the whole request, not for the file. */
static void test_dwolla_big_files(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "");
	dwolla_expect(send_big(&server, 10485760), 201, "");
	dwolla_expect(send_big(&server, 10485761), 413,
		      "\"code\":\"fileTooLarge\"");
	assert_int_equal(dwolla_arrived(&server, CUSTOMER(01)), 1);
	sandbox_stop(&server, SIGTERM);
}

static void test_dwolla_four_at_most(void **state)
{
	static const char *const names[] = { "a.jpg", "b.jpg", "c.jpg",
					     "d.jpg" };
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--review-seconds 60");
	for (size_t i = 0; i < 4; i++) {
		char *bytes = mem_printf("\xff\xd8\xff %zu", i);

		dwolla_expect(dwolla_send(&server, CUSTOMER(01), "", "license",
					  names[i], "image/jpeg", bytes),
			      201, "");
		free(bytes);
	}
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(01), "", "license", JPEG("e")),
		400, "maximumNumberOfResources");
	/* An owner's are counted by themselves. */
	dwolla_expect(
		dwolla_send(&server, OWNER(2001), "", "license", JPEG("e")),
		201, "");
	assert_int_equal(dwolla_arrived(&server, CUSTOMER(01)), 4);
	sandbox_stop(&server, SIGTERM);
}

static void test_dwolla_same_file_twice(void **state)
{
	struct sandbox_server server;
	char *first;

	(void)state;
	dwolla_open(&server, "--review-seconds 60");
	first = dwolla_location(
		dwolla_send(&server, CUSTOMER(20), "", "license", JPEG("a")));
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(20), "", "idCard", JPEG("a")),
		400, first);
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(20), "", "license", JPEG("a")),
		400, "\"code\":\"DuplicateResource\"");
	dwolla_expect(
		dwolla_send(&server, OWNER(2001), "", "license", JPEG("a")),
		201, "");
	assert_int_equal(dwolla_arrived(&server, CUSTOMER(20)), 2);
	sandbox_stop(&server, SIGTERM);
	free(first);
}

/* Idempotency keys. */

static void test_dwolla_repeats_an_answer(void **state)
{
	struct sandbox_server server;
	char *first, *again;

	(void)state;
	dwolla_open(&server, "--review-seconds 60");
	first = dwolla_location(
		dwolla_send(&server, CUSTOMER(01), KEY, "license", JPEG("a")));
	again = dwolla_location(
		dwolla_send(&server, CUSTOMER(01), KEY, "license", JPEG("a")));
	assert_string_equal(first, again);
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(01), KEY, "license", JPEG("b")),
		409, "another body");
	assert_int_equal(dwolla_arrived(&server, CUSTOMER(01)), 1);
	sandbox_stop(&server, SIGTERM);
	free(first);
	free(again);
}

static void test_dwolla_forgets_failures(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--fault status=500,count=1,path=/customers/5");
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(01), KEY, "license", JPEG("a")),
		500, "\"code\":\"ServerError\"");
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(01), KEY, "license", JPEG("a")),
		201, "");
	sandbox_stop(&server, SIGTERM);
}

static void test_dwolla_key_in_progress(void **state)
{
	static const char body[] = PERSONAL;
	struct sandbox_server server;
	char *head;
	int fd;

	(void)state;
	dwolla_open(&server, "");
	head = mem_printf(
		"POST /customers HTTP/1.1\r\nHost: x\r\n"
		"Connection: close\r\nAuthorization: %s\r\n" ACCEPT JSON KEY
		"Content-Length: %zu\r\n\r\n",
		server.signing, strlen(body));
	fd = sandbox_connect(&server);
	sandbox_send(fd, head, strlen(head));
	sandbox_send(fd, body, 5);
	dwolla_expect(sandbox_call(&server, "POST", "/customers",
				   ACCEPT JSON KEY, body),
		      409, "\"code\":\"Conflict\"");
	sandbox_send(fd, body + 5, strlen(body) - 5);
	dwolla_expect(sandbox_finish(fd), 201, "");
	sandbox_stop(&server, SIGTERM);
	free(head);
}

static void test_dwolla_too_many_requests(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--rate-limit 2");
	dwolla_expect(dwolla_ask(&server, "GET", CUSTOMER(01), NULL), 200, "");
	dwolla_expect(dwolla_ask(&server, "GET", CUSTOMER(01), NULL), 429,
		      "\"code\":\"Too Many Requests\"");
	sandbox_stop(&server, SIGTERM);
}

/* The page for tests wants the secret, or a token. */
static void test_dwolla_page(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "");
	dwolla_expect(sandbox_call(&server, "GET", "/practice" CUSTOMER(01),
				   "Authorization: Bearer x\r\n", NULL),
		      401, "");
	dwolla_expect(sandbox_call(&server, "GET", "/practice" CUSTOMER(01), "",
				   NULL),
		      200, "\"documents\":[]");
	dwolla_expect(
		sandbox_call(&server, "GET", "/practice" NOBODY, "", NULL), 404,
		"");
	sandbox_stop(&server, SIGTERM);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_dwolla_signs_in, sign_ins);
	test_add(&tests, "a token expires", test_dwolla_token_expires);
	TEST_ROWS(&tests, test_dwolla_refuses, refusals);
	TEST_ROWS(&tests, test_dwolla_upload, uploads);
	TEST_ROWS(&tests, test_dwolla_broken_form, brokens);
	test_add(&tests, "10 MiB and a byte", test_dwolla_big_files);
	test_add(&tests, "four at most", test_dwolla_four_at_most);
	test_add(&tests, "the same file twice", test_dwolla_same_file_twice);
	test_add(&tests, "a repeated key", test_dwolla_repeats_an_answer);
	test_add(&tests, "a key after a failure", test_dwolla_forgets_failures);
	test_add(&tests, "a key in progress", test_dwolla_key_in_progress);
	test_add(&tests, "too many requests", test_dwolla_too_many_requests);
	test_add(&tests, "the page for tests", test_dwolla_page);
	return test_run(&tests, "providers/sandbox (Dwolla)");
}
