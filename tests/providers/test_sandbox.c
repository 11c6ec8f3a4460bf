/* SPDX-License-Identifier: MIT */
/* The practice server: what it refuses, what it repeats, how it reviews. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "tests/sandbox_server.h"
#include "tests/test.h"

/* Seeds that stand for a state. */
#define MARIA	  "/customers/5eed0000-0000-4000-8000-000000000001"
#define INFORMED  "/customers/5eed0000-0000-4000-8000-000000000009"
#define UNDER	  "/customers/5eed0000-0000-4000-8000-000000000021"
#define APPROVED  "/customers/5eed0000-0000-4000-8000-000000000024"
#define FINAL	  "/customers/5eed0000-0000-4000-8000-000000000027"
#define EMPTY_CO  "/customers/5eed0000-0000-4000-8000-000000000029"
#define COMPANY	  "/customers/5eed0000-0000-4000-8000-000000000031"
#define ALMOST_CO "/customers/5eed0000-0000-4000-8000-000000000034"
#define PARTY	  "5eed0000-0000-4000-9000-000000003101"
#define NOBODY	  "/customers/5eed0000-0000-4000-8000-000000009999"

#define JSON "Content-Type: application/json\r\n"
#define FORM "Content-Type: multipart/form-data; boundary=xyz\r\n"
#define KEY  "Idempotency-Key: 7d444840-9dc0-41d1-b245-5ffdce74fad2\r\n"

#define PERSON                                                       \
	"{\"type\":\"INDIVIDUAL\",\"name\":\"William Default\","     \
	"\"taxId\":\"RG 12.345.67%c\",\"birthDate\":\"1990-01-01\"," \
	"\"country\":\"BRA\",\"email\":\"w@example.com\","           \
	"\"accounts\":[\"BRL\"]}"

#define A_FIRM                                                         \
	"{\"type\":\"BUSINESS\",\"legalName\":\"Padaria Nova Ltda.\"," \
	"\"taxId\":\"%s\",\"incorporationDate\":\"2015-06-01\","       \
	"\"country\":\"BRA\",\"email\":\"p@example.com\","             \
	"\"accounts\":[\"BRL\",\"USD\"]}"

#define ADDRESS                                                    \
	"\"address\":{\"country\":\"BRA\",\"line1\":\"Rua A, 1\"," \
	"\"city\":\"Rio\",\"state\":\"RJ\",\"postalCode\":\"20000-000\"}"

#define ABOUT_BOTH                                                    \
	"\"phone\":\"+5511999999999\"," ADDRESS                       \
	",\"monthlyVolumeInUSD\":\"5000\","                           \
	"\"transactionVolumeInUSD\":\"1000.50\",\"jurisdictions\":"   \
	"[\"BRA\"],\"involvedActivities\":[\"NONE\"],"                \
	"\"transactionCounterparties\":[\"SELF\"],\"sourceOfFunds\":" \
	"\"SAVINGS\","

#define ABOUT_PERSON                                                  \
	"{\"type\":\"INDIVIDUAL\",\"firstName\":\"W\",\"middleName\"" \
	":\"\",\"lastName\":\"Default\"," ABOUT_BOTH                  \
	"\"professionalSituation\":\"EMPLOYEE\","                     \
	"\"professionalOccupation\":\"Baker\"}"

#define ABOUT_COMPANY                                                \
	"{\"type\":\"BUSINESS\"," ABOUT_BOTH                         \
	"\"companyType\":\"TOKEN_PROJECT\",\"annualRevenue\":\"1\"," \
	"\"monthlyTransactionVolume\":\"1\",\"complianceAndAML\":"   \
	"\"x\",\"isRegulatedActivity\":false,"                       \
	"\"regulatedActivityDetails\":\"\",\"website\":"             \
	"\"https://example.com\",\"servicesProvided\":\"x\"}"

#define UBO                                                             \
	"{\"type\":\"INDIVIDUAL\",\"role\":\"UBO\",\"name\":\"Maria\"," \
	"\"birthDate\":\"1985-07-10\",\"email\":\"m@example.com\","     \
	"\"taxId\":\"987.654.321-00\"," ADDRESS ",\"ownershipPercentage\":40}"

/* TEXT with the first FROM replaced by TO; free() it. */
static char *changed(const char *text, const char *from, const char *to)
{
	const char *at = *from ? strstr(text, from) : text;

	if (!at)
		fail_msg("'%s' is not in the body to change", from);
	return mem_printf("%.*s%s%s", (int)(at - text), text, to,
			  at + strlen(from));
}

static void expect(struct sandbox_reply reply, int status, const char *says)
{
	if (reply.status != status || !strstr(reply.text, says))
		fail_msg("wanted %d '%s', got %d '%s'", status, says,
			 reply.status, reply.text);
	sandbox_release(&reply);
}

/* Calls that are refused, each on a server of its own. */
static const struct refusal {
	const char *name;
	const char *method, *path, *headers, *body;
	const char *from, *to; /* changed in BODY before it is sent */
	int status;
	const char *says;
} refusals[] = {
	{ "no key", "GET", "/customers", "Authorization: x\r\n", NULL, "", "",
	  401, "Unauthorized" },
	{ "a wrong key", "GET", "/customers",
	  "Authorization: Bearer kyc-sandbox-kez\r\n", NULL, "", "", 401,
	  "logId" },
	{ "an unknown path", "GET", "/clients", "", NULL, "", "", 404, "" },
	{ "a wrong method", "DELETE", MARIA, "", NULL, "", "", 405, "" },
	{ "an unknown customer", "GET", NOBODY, "", NULL, "", "", 404, "" },
	{ "an id that is none", "GET", "/customers/17", "", NULL, "", "", 400,
	  "id must" },
	{ "size 0", "GET", "/customers?size=0", "", NULL, "", "", 400, "size" },
	{ "size 101", "GET", "/customers?size=101", "", NULL, "", "", 400,
	  "size" },
	{ "size x", "GET", "/customers?size=x", "", NULL, "", "", 400, "size" },
	{ "a bad cursor", "GET", "/customers?cursor=17", "", NULL, "", "", 400,
	  "cursor" },
	{ "an unknown cursor", "GET",
	  "/customers?cursor=7d444840-9dc0-41d1-b245-5ffdce74fad2", "", NULL,
	  "", "", 400, "cursor" },

	{ "create: not JSON by name", "POST", "/customers",
	  "Content-Type: text/plain\r\n", PERSON, "%c", "0", 415, "" },
	{ "create: no type", "POST", "/customers", "", PERSON, "%c", "0", 415,
	  "" },
	{ "create: torn", "POST", "/customers", JSON, "{\"type\":", "", "", 400,
	  "" },
	{ "create: a list", "POST", "/customers", JSON, "[]", "", "", 400, "" },
	{ "create: a field twice", "POST", "/customers", JSON,
	  "{\"type\":\"A\",\"type\":\"B\"}", "", "", 400, "" },
	{ "create: lower case", "POST", "/customers", JSON, PERSON,
	  "INDIVIDUAL", "individual", 400, "type must" },
	{ "create: no name", "POST", "/customers", JSON, PERSON,
	  "\"name\":\"William Default\",", "", 400, "name should not" },
	{ "create: a company's name", "POST", "/customers", JSON, PERSON,
	  "\"name\"", "\"legalName\"", 400, "legalName should not exist" },
	{ "create: two letters", "POST", "/customers", JSON, PERSON, "BRA",
	  "BR", 400, "country must" },
	{ "create: no such day", "POST", "/customers", JSON, PERSON,
	  "1990-01-01", "1990-02-29", 400, "birthDate must" },
	{ "create: born tomorrow", "POST", "/customers", JSON, PERSON,
	  "1990-01-01", "2999-01-01", 400, "birthDate must" },
	{ "create: no email", "POST", "/customers", JSON, PERSON,
	  "w@example.com", "w.example.com", 400, "email must" },
	{ "create: such an account", "POST", "/customers", JSON, PERSON,
	  "[\"BRL\"]", "[\"GBP\"]", 400, "accounts must" },
	{ "create: again", "POST", "/customers", JSON, PERSON, "RG 12.345.67%c",
	  "111.444.777-35", 409, "taxId" },
	{ "create: again, without the marks", "POST", "/customers", JSON,
	  PERSON, "RG 12.345.67%c", "11144477735", 409, "taxId" },
	{ "create: no CPF", "POST", "/customers", JSON, PERSON,
	  "RG 12.345.67%c", "111.444.777-36", 400, "taxId must" },
	{ "create: a person's with a company's", "POST", "/customers", JSON,
	  PERSON, "RG 12.345.67%c", "11.222.333/0001-81", 400, "taxId must" },
	{ "create: a company's with a person's", "POST", "/customers", JSON,
	  A_FIRM, "%s", "111.444.777-35", 400, "taxId must" },
	{ "create: no CNPJ", "POST", "/customers", JSON, A_FIRM, "%s",
	  "11.222.333/0001-80", 400, "taxId must" },
	{ "create: a company of no day", "POST", "/customers", JSON, A_FIRM,
	  "\"incorporationDate\":\"2015-06-01\",", "", 400,
	  "incorporationDate should not" },
	{ "create: accounts in one word", "POST", "/customers", JSON, PERSON,
	  "[\"BRL\"]", "\"BRL\"", 400, "accounts must" },
	{ "create: metadata in one word", "POST", "/customers", JSON, PERSON,
	  "\"accounts\":[\"BRL\"]", "\"metadata\":\"mine\"", 400,
	  "metadata must" },
	{ "a key that is none", "POST", "/customers",
	  JSON "Idempotency-Key: 17\r\n", PERSON, "%c", "0", 400,
	  "Idempotency" },
	{ "a key of version 1", "POST", "/customers",
	  JSON "Idempotency-Key: 7d444840-9dc0-11d1-b245-5ffdce74fad2\r\n",
	  PERSON, "%c", "0", 400, "Idempotency" },

	{ "information: of nobody", "PATCH", NOBODY "/additional-information",
	  JSON, ABOUT_PERSON, "", "", 404, "" },
	{ "information: of the other kind", "PATCH",
	  MARIA "/additional-information", JSON, ABOUT_COMPANY, "", "", 400,
	  "type must" },
	{ "information: no phone", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "+55", "55", 400, "phone must" },
	{ "information: no city", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "\"Rio\"", "\"\"", 400,
	  "\"address.city should not be empty\"" },
	{ "information: a country's name", "PATCH",
	  MARIA "/additional-information", JSON, ABOUT_PERSON,
	  "\"country\":\"BRA\"", "\"country\":\"BRASIL\"", 400,
	  "address.country must" },
	{ "information: amount as number", "PATCH",
	  MARIA "/additional-information", JSON, ABOUT_PERSON, "\"5000\"",
	  "5000", 400, "monthlyVolumeInUSD must" },
	{ "information: amount grouped", "PATCH",
	  MARIA "/additional-information", JSON, ABOUT_PERSON, "5000", "5,000",
	  400, "monthlyVolumeInUSD must" },
	{ "information: nowhere", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "[\"BRA\"]", "[]", 400, "jurisdictions should" },
	{ "information: in France", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "[\"BRA\"]", "[\"FRA\"]", 400,
	  "jurisdictions must" },
	{ "information: none and drugs", "PATCH",
	  MARIA "/additional-information", JSON, ABOUT_PERSON, "\"NONE\"",
	  "\"NONE\",\"DRUGS\"", 400, "involvedActivities must" },
	{ "information: with whom", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "\"SELF\"", "\"ENEMIES\"", 400,
	  "transactionCounterparties must" },
	{ "information: funds", "PATCH", MARIA "/additional-information", JSON,
	  ABOUT_PERSON, "SAVINGS", "LOTTERY", 400, "sourceOfFunds must" },
	{ "information: work", "PATCH", MARIA "/additional-information", JSON,
	  ABOUT_PERSON, "EMPLOYEE", "WORKER", 400,
	  "professionalSituation must" },
	{ "information: no last name", "PATCH", MARIA "/additional-information",
	  JSON, ABOUT_PERSON, "\"lastName\":\"Default\",", "", 400,
	  "lastName should" },
	{ "information: a company's flag as text", "PATCH",
	  EMPTY_CO "/additional-information", JSON, ABOUT_COMPANY, "false",
	  "\"false\"", 400, "isRegulatedActivity must" },
	{ "information: a company's code", "PATCH",
	  EMPTY_CO "/additional-information", JSON, ABOUT_COMPANY,
	  "TOKEN_PROJECT", "token project", 400, "companyType must" },
	{ "information: a company without services", "PATCH",
	  EMPTY_CO "/additional-information", JSON, ABOUT_COMPANY,
	  ",\"servicesProvided\":\"x\"", "", 400, "servicesProvided should" },
	{ "information: under review", "PATCH", UNDER "/additional-information",
	  JSON, ABOUT_PERSON, "", "", 409, "UNDER_VERIFICATION" },
	{ "information: approved", "PATCH", APPROVED "/additional-information",
	  JSON, ABOUT_PERSON, "", "", 409, "APPROVED" },

	{ "party: of a person", "POST", MARIA "/associated-parties", JSON, UBO,
	  "", "", 400, "business" },
	{ "party: no role", "POST", COMPANY "/associated-parties", JSON, UBO,
	  "UBO", "OWNER", 400, "role must" },
	{ "party: a company as UBO", "POST", COMPANY "/associated-parties",
	  JSON, "{\"type\":\"BUSINESS\",\"role\":\"UBO\"}", "", "", 400,
	  "role must" },
	{ "party: more than all", "POST", COMPANY "/associated-parties", JSON,
	  UBO, "40", "140", 400, "ownershipPercentage must" },
	{ "party: no such parent", "POST", COMPANY "/associated-parties", JSON,
	  UBO, "\"ownershipPercentage\":40",
	  "\"parentId\":\"7d444840-9dc0-41d1-b245-5ffdce74fad2\"", 400,
	  "parentId must" },
	{ "party: nobody", "GET",
	  COMPANY "/associated-parties/7d444840-9dc0-41d1-b245-5ffdce74fad2",
	  "", NULL, "", "", 404, "" },

	{ "terms: of nobody", "POST", NOBODY "/tos", "", NULL, "", "", 404,
	  "" },
	{ "terms: no URL", "POST", MARIA "/tos", JSON,
	  "{\"redirectUrl\":\"there\"}", "", "", 400, "redirectUrl" },
	{ "start: nothing is there", "POST", EMPTY_CO "/verifications", "",
	  NULL, "", "", 409, "INCORPORATION_ARTICLES is missing" },
	{ "start: only the terms lack", "POST", ALMOST_CO "/verifications", "",
	  NULL, "", "", 409, "[\"TERMS_OF_SERVICE is missing\"]" },
	{ "start: again", "POST", UNDER "/verifications", "", NULL, "", "", 409,
	  "UNDER_VERIFICATION" },
	{ "start: after the end", "POST", FINAL "/verifications", "", NULL, "",
	  "", 409, "FINAL_REJECTION" },
	{ "start: of parties that are none", "POST",
	  "/customers/5eed0000-0000-4000-8000-000000000036/verifications", JSON,
	  "{\"associatedPartyIds\":[\"x\"]}", "", "", 400,
	  "associatedPartyIds" },
	{ "start: a party that was not sent again", "POST",
	  "/customers/5eed0000-0000-4000-8000-000000000036/verifications", JSON,
	  "{\"associatedPartyIds\":[\"5eed0000-0000-4000-9000-000000003601\"]}",
	  "", "", 409, "PASSPORT was declined" },
};

static void test_sandbox_refuses(void **state)
{
	const struct refusal *row = *state;
	struct sandbox_server server;
	char *body = row->body ? changed(row->body, row->from, row->to) : NULL;

	sandbox_start(&server, "");
	expect(sandbox_call(&server, row->method, row->path, row->headers,
			    body),
	       row->status, row->says);
	sandbox_stop(&server, SIGTERM);
	free(body);
}

/* FIELDS is name=value&...; a FILE of NULL leaves that part out. */
static char *form(const char *fields, const char *file, const char *kind)
{
	char *copy = mem_dup(fields), *next = copy, *field;
	struct buf body = { 0 };
	int bad = 0;

	while ((field = strsep(&next, "&"))) {
		char *value = strchr(field, '=');

		if (!value)
			continue;
		*value++ = '\0';
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"%s\"\r\n\r\n%s\r\n",
				field, value);
	}
	if (file)
		bad |= buf_addf(&body,
				"--xyz\r\nContent-Disposition: form-data; "
				"name=\"file\"; filename=\"a\"\r\n"
				"Content-Type: %s\r\n\r\n%s\r\n",
				kind, file);
	bad |= buf_add_text(&body, "--xyz--\r\n");
	assert_int_equal(bad, 0);
	free(copy);
	return buf_take(&body);
}

#define FRONT "type=PASSPORT&country=BRA&side=FRONT_SIDE"
#define PROOF "type=PROOF_OF_ADDRESS&country=BRA"
#define PDF   "%PDF-1.7 practice", "application/pdf"
#define JPEG  "\xff\xd8\xff\xe0 practice", "image/jpeg"

static const struct upload {
	const char *name;
	const char *customer;
	const char *fields, *file, *kind;
	int status;
	const char *says;
} uploads[] = {
	{ "a passport", INFORMED, FRONT, PDF, 204, "" },
	{ "a picture", INFORMED, FRONT, JPEG, 204, "" },
	{ "a PNG", INFORMED, PROOF, "\x89PNG\r\n", "image/png", 204, "" },
	{ "something else", INFORMED, "type=OTHER&country=DEU", PDF, 204, "" },
	{ "a party's passport", COMPANY, FRONT "&associatedPartyId=" PARTY, PDF,
	  204, "" },
	{ "a party's by another case", COMPANY,
	  FRONT "&associatedPartyId=5EED0000-0000-4000-9000-000000003101", PDF,
	  204, "" },
	{ "of nobody", NOBODY, FRONT, PDF, 404, "" },
	{ "before the information", MARIA, FRONT, PDF, 409, "information" },
	{ "under review", UNDER, FRONT, PDF, 409, "UNDER_VERIFICATION" },
	{ "approved", APPROVED, FRONT, PDF, 409, "APPROVED" },
	{ "rejected", FINAL, FRONT, PDF, 409, "FINAL_REJECTION" },
	{ "no file", INFORMED, FRONT, NULL, NULL, 400, "file should not" },
	{ "an empty file", INFORMED, FRONT, "", "application/pdf", 400,
	  "file is empty" },
	{ "a text", INFORMED, FRONT, "hello", "text/plain", 400, "file must" },
	{ "a GIF as PNG", INFORMED, FRONT, "GIF89a", "image/png", 400,
	  "file must" },
	{ "a PDF as JPEG", INFORMED, FRONT, "%PDF-1.7", "image/jpeg", 400,
	  "Content-Type" },
	{ "no type", INFORMED, "country=BRA&side=FRONT_SIDE", PDF, 400,
	  "type should" },
	{ "an unknown type", INFORMED, "type=UTILITY_BILL&country=BRA", PDF,
	  400, "type must" },
	{ "a type in lower case", INFORMED,
	  "type=passport&country=BRA&side=FRONT_SIDE", PDF, 400, "type must" },
	{ "no country", INFORMED, "type=PROOF_OF_ADDRESS", PDF, 400,
	  "country must" },
	{ "two letters", INFORMED, "type=PROOF_OF_ADDRESS&country=BR", PDF, 400,
	  "country must" },
	{ "no such country", INFORMED, "type=PROOF_OF_ADDRESS&country=XXX", PDF,
	  400, "country must" },
	{ "no side", INFORMED, "type=ID_CARD&country=BRA", PDF, 400,
	  "side should not be empty" },
	{ "an empty side", INFORMED, "type=ID_CARD&country=BRA&side=", PDF, 400,
	  "side must" },
	{ "a third side", INFORMED, "type=ID_CARD&country=BRA&side=LEFT", PDF,
	  400, "side must" },
	{ "a side too many", INFORMED, PROOF "&side=FRONT_SIDE", PDF, 400,
	  "side should not exist" },
	{ "back before front", INFORMED,
	  "type=ID_CARD&country=BRA&side=BACK_SIDE", PDF, 409, "front" },
	{ "a part twice", INFORMED, PROOF "&country=BRA", PDF, 400, "twice" },
	{ "an unknown part", INFORMED, PROOF "&metadata=x", PDF, 400,
	  "should not exist" },
	{ "the file as text", INFORMED, PROOF "&file=x", NULL, NULL, 400,
	  "file must be a file" },
	{ "a party of a person", INFORMED, PROOF "&associatedPartyId=" PARTY,
	  PDF, 400, "associatedPartyId" },
	{ "no such party", COMPANY,
	  PROOF "&associatedPartyId=7d444840-9dc0-41d1-b245-5ffdce74fad2", PDF,
	  404, "party" },
	{ "a party that is no id", COMPANY, PROOF "&associatedPartyId=1", PDF,
	  400, "associatedPartyId must" },
	{ "a company's passport", COMPANY, FRONT, PDF, 400, "person" },
	{ "a person's articles", INFORMED,
	  "type=INCORPORATION_ARTICLES&country=BRA", PDF, 400, "business" },
};

static struct sandbox_reply upload(const struct sandbox_server *server,
				   const char *customer, const char *headers,
				   const char *fields, const char *file,
				   const char *kind)
{
	char *path = mem_printf("%s/documents", customer);
	char *body = form(fields, file, kind);
	char *all = mem_printf("%s%s", FORM, headers);
	struct sandbox_reply reply =
		sandbox_call(server, "POST", path, all, body);

	free(path);
	free(body);
	free(all);
	return reply;
}

static void test_sandbox_upload(void **state)
{
	const struct upload *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	sandbox_start(&server, "");
	reply = upload(&server, row->customer, "", row->fields, row->file,
		       row->kind);
	if (row->status == 204)
		assert_string_equal(reply.text, "");
	expect(reply, row->status, row->says);
	sandbox_stop(&server, SIGTERM);
}

/* Bodies that are no good forms, or were not declared as what they are. */
static const struct broken {
	const char *name;
	const char *headers, *body;
	int status;
} brokens[] = {
	{ "JSON", JSON, "{}", 415 },
	{ "no boundary", "Content-Type: multipart/form-data\r\n", "x", 415 },
	{ "empty", FORM, "", 400 },
	{ "another boundary", FORM, "--abc--\r\n", 400 },
	{ "a preamble", FORM, "hello\r\n--xyz--\r\n", 400 },
	{ "not closed", FORM,
	  "--xyz\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nOTHER"
	  "\r\n--xyz\r\n",
	  400 },
	{ "no name", FORM,
	  "--xyz\r\nContent-Disposition: form-data\r\n\r\nOTHER\r\n--xyz--",
	  400 },
	{ "no header", FORM, "--xyz\r\n\r\nOTHER\r\n--xyz--", 400 },
	{ "more after the end", FORM, "--xyz--\r\nhello", 400 },
};

static void test_sandbox_broken_form(void **state)
{
	const struct broken *row = *state;
	struct sandbox_server server;

	sandbox_start(&server, "");
	expect(sandbox_call(&server, "POST", INFORMED "/documents",
			    row->headers, row->body),
	       row->status, "message");
	sandbox_stop(&server, SIGTERM);
}

/* Send a PDF of SIZE bytes as proof of address, in pieces. */
static struct sandbox_reply send_big(const struct sandbox_server *server,
				     size_t size)
{
	static const char piece[1 << 16] = "%PDF-1.7";
	char *whole = form(PROOF, "", "application/pdf");
	size_t tail = strlen("\r\n--xyz--\r\n"), head = strlen(whole) - tail;
	char *lines = mem_printf(
		"POST " INFORMED "/documents HTTP/1.1\r\nHost: x\r\n"
		"Authorization: Bearer kyc-sandbox-key\r\nConnection: close\r\n" FORM
		"Content-Length: %zu\r\n\r\n",
		head + size + tail);
	int fd = sandbox_connect(server);

	sandbox_send(fd, lines, strlen(lines));
	sandbox_send(fd, whole, head);
	while (size) {
		size_t now = size < sizeof(piece) ? size : sizeof(piece);

		if (sandbox_send(fd, piece, now) < now)
			break;
		size -= now;
	}
	sandbox_send(fd, whole + head, tail);
	free(lines);
	free(whole);
	return sandbox_finish(fd);
}

/* The most memory that the program ever took, in kB. */
static long peak_kb(const struct sandbox_server *server)
{
	char *path = mem_printf("/proc/%d/status", (int)server->pid);
	FILE *file = fopen(path, "re");
	char line[256];
	long kb = -1;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, "VmHWM:", 6))
			kb = strtol(line + 6, NULL, 10);
	fclose(file);
	free(path);
	return kb;
}

static void test_sandbox_big_files(void **state)
{
	struct sandbox_server server;
	long before;

	(void)state;
	sandbox_start(&server, "");
	before = peak_kb(&server);
	expect(send_big(&server, 50000000), 204, "");
#ifndef KYC_SANITIZERS
	assert_in_range(peak_kb(&server) - before, 0, 8000);
#else
	(void)before;
#endif
	expect(send_big(&server, 50000001), 413, "50 MB");
	expect(send_big(&server, 59000000), 413, "50 MB");
	sandbox_stop(&server, SIGTERM);
}

/* A path below the customer in an answer; "a.b" goes down. NULL: not there. */
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

/* The text there in the answer to GET PATH; free() it. "": not there. */
static char *read_text(const struct sandbox_server *server, const char *path,
		       const char *dotted)
{
	struct sandbox_reply reply =
		sandbox_call(server, "GET", path, "", NULL);
	const char *text = json_string_value(dig(reply.json, dotted));
	char *copy = mem_dup(text ? text : "");

	assert_int_equal(reply.status, 200);
	sandbox_release(&reply);
	return copy;
}

static void assert_reads(const struct sandbox_server *server, const char *path,
			 const char *dotted, const char *want)
{
	char *text = read_text(server, path, dotted);

	assert_string_equal(text, want);
	free(text);
}

/* The status of requirement NAME; "": not listed. */
static void assert_requirement(const struct sandbox_server *server,
			       const char *path, const char *name,
			       const char *want)
{
	struct sandbox_reply reply =
		sandbox_call(server, "GET", path, "", NULL);
	const char *found = "";
	json_t *one;
	size_t i;

	json_array_foreach(
		json_object_get(reply.json, "requirements"), i,
		one) if (!strcmp(json_string_value(json_object_get(one,
								   "name")),
				 name)) found =
		json_string_value(json_object_get(one, "status"));
	assert_string_equal(found, want);
	sandbox_release(&reply);
}

/* Create a person whose tax id ends in DIGIT; "/customers/ID", free() it. */
static char *create(const struct sandbox_server *server, char digit)
{
	char last[2] = { digit, '\0' };
	char *body = changed(PERSON, "%c", last), *path;
	struct sandbox_reply reply =
		sandbox_call(server, "POST", "/customers", JSON, body);

	assert_int_equal(reply.status, 201);
	path = mem_printf("/customers/%s",
			  json_string_value(dig(reply.json, "id")));
	assert_string_equal(
		json_string_value(dig(reply.json, "verification.status")),
		"NOT_STARTED");
	sandbox_release(&reply);
	free(body);
	return path;
}

static struct sandbox_reply call_below(const struct sandbox_server *server,
				       const char *method, const char *path,
				       const char *below, const char *body)
{
	char *whole = mem_printf("%s%s", path, below);
	struct sandbox_reply reply =
		sandbox_call(server, method, whole, body ? JSON : "", body);

	free(whole);
	return reply;
}

/* Everything that a person's review wants; the passport holds TEXT. */
static void send_all(const struct sandbox_server *server, const char *path,
		     const char *text)
{
	char *file = mem_printf("%%PDF-1.7 %s", text);

	expect(call_below(server, "PATCH", path, "/additional-information",
			  ABOUT_PERSON),
	       200, "\"ADDITIONAL_INFORMATION\",\"status\":\"SENT\"");
	expect(call_below(server, "POST", path, "/tos", NULL), 200, "/tos/");
	expect(upload(server, path, "", PROOF, PDF), 204, "");
	expect(upload(server, path, "", FRONT, file, "application/pdf"), 204,
	       "");
	free(file);
}

/* What the last digit of the tax id leads to. */
static const struct outcome {
	const char *name;
	char digit;
	const char *mark;
	const char *status;
	const char *comment;
	const char *after; /* once sent again and started again; NULL: end */
} outcomes[] = {
	{ "others are approved", '7', "", "APPROVED", "", NULL },
	{ "1 never starts", '1', "", "NOT_STARTED", "", NULL },
	{ "2 is asked once", '2', "", "RFI", "The photo cannot be read",
	  "APPROVED" },
	{ "3 is rejected", '3', "", "FINAL_REJECTION", "", NULL },
	{ "blurry", '7', "KYC-SAMPLE-REJECT:blurry", "RFI",
	  "The photo cannot be read", "APPROVED" },
	{ "too old", '7', "KYC-SAMPLE-REJECT:too-old.", "RFI",
	  "The document is older than 90 days", "APPROVED" },
	{ "any word", '7', "KYC-SAMPLE-REJECT:torn", "RFI", "torn",
	  "APPROVED" },
	{ "blurry, and rejected then", '3', "KYC-SAMPLE-REJECT:blurry", "RFI",
	  "The photo cannot be read", "FINAL_REJECTION" },
};

static void test_sandbox_review(void **state)
{
	const struct outcome *row = *state;
	struct sandbox_server server;
	char *path;

	sandbox_start(&server, "--review-seconds 0");
	path = create(&server, row->digit);
	send_all(&server, path, row->mark);
	assert_reads(&server, path, "verification.status", row->status);
	assert_reads(&server, path,
		     "verification.statusReason.documents.0.comment",
		     row->comment);
	if (row->after) {
		assert_requirement(&server, path, "PASSPORT", "NOT_SENT");
		assert_requirement(&server, path, "PROOF_OF_ADDRESS", "SENT");
		expect(call_below(&server, "POST", path, "/verifications",
				  NULL),
		       409, "PASSPORT was declined");
		expect(upload(&server, path, "", FRONT, PDF), 204, "");
		/* Sending it alone does not start a review. */
		assert_reads(&server, path, "verification.status", "RFI");
		expect(call_below(&server, "POST", path, "/verifications",
				  NULL),
		       201, "\"id\"");
		assert_reads(&server, path, "verification.status", row->after);
	}
	sandbox_stop(&server, SIGTERM);
	free(path);
}

/* Ask until STATUS is there; a review takes a second. */
static void await(const struct sandbox_server *server, const char *path,
		  const char *status)
{
	for (int i = 0; i < 600; i++) {
		char *now = read_text(server, path, "verification.status");
		bool there = !strcmp(now, status);

		free(now);
		if (there)
			return;
		poll(NULL, 0, 20);
	}
	fail_msg("%s never came", status);
}

static void test_sandbox_review_takes_its_time(void **state)
{
	struct sandbox_server server;
	char *path;

	(void)state;
	sandbox_start(&server, "--review-seconds 1");
	path = create(&server, '8');
	send_all(&server, path, "");
	assert_reads(&server, path, "verification.status", "NOT_STARTED");
	await(&server, path, "UNDER_VERIFICATION");
	expect(upload(&server, path, "", PROOF, PDF), 409, "");
	await(&server, path, "APPROVED");
	assert_reads(&server, path, "wallets.0.blockchain", "POLYGON");
	sandbox_stop(&server, SIGTERM);
	free(path);
}

/* A card has two sides, unless one PDF shows both. */
static void test_sandbox_card_needs_both_sides(void **state)
{
	struct sandbox_server server;

	(void)state;
	sandbox_start(&server, "");
	expect(upload(&server, INFORMED, "",
		      "type=ID_CARD&country=FRA&side=FRONT_SIDE", JPEG),
	       204, "");
	assert_requirement(&server, INFORMED, "ID_CARD", "NOT_SENT");
	expect(upload(&server, INFORMED, "",
		      "type=ID_CARD&country=FRA&side=BACK_SIDE", JPEG),
	       204, "");
	assert_requirement(&server, INFORMED, "ID_CARD", "SENT");
	sandbox_stop(&server, SIGTERM);
}

static void test_sandbox_company(void **state)
{
	static const char part[] = FRONT "&associatedPartyId=" PARTY;
	static const char other[] =
		"&associatedPartyId=5eed0000-0000-4000-9000-000000003102";
	struct sandbox_server server;

	(void)state;
	sandbox_start(&server, "--review-seconds 0");
	expect(call_below(&server, "POST", COMPANY, "/associated-parties",
			  "{\"type\":\"BUSINESS\",\"role\":\"SHAREHOLDER\","
			  "\"legalName\":\"Exemplo S.A.\"}"),
	       201, "NOT_STARTED");
	expect(call_below(&server, "GET", COMPANY, "/associated-parties", NULL),
	       200, "Exemplo S.A.");
	expect(upload(&server, COMPANY, "",
		      "type=INCORPORATION_ARTICLES&country=BRA", PDF),
	       204, "");
	expect(upload(&server, COMPANY, "", PROOF, PDF), 204, "");
	expect(call_below(&server, "POST", COMPANY, "/tos", "{}"), 200, "");
	expect(upload(&server, COMPANY, "", part, PDF), 204, "");
	expect(upload(&server, COMPANY, "", PROOF "&associatedPartyId=" PARTY,
		      PDF),
	       204, "");
	expect(call_below(&server, "POST", COMPANY, "/verifications", NULL),
	       409, "identity document of associated party");
	for (int i = 0; i < 2; i++) {
		char *fields = mem_printf("%s%s", i ? PROOF : FRONT, other);

		expect(upload(&server, COMPANY, "", fields,
			      "%PDF- KYC-SAMPLE-REJECT:expired",
			      "application/pdf"),
		       204, "");
		free(fields);
	}
	expect(call_below(&server, "POST", COMPANY, "/verifications", "{}"),
	       201, "");
	assert_reads(&server, COMPANY,
		     "verification.statusReason.associatedParties.0.id",
		     other + strlen("&associatedPartyId="));
	expect(call_below(&server, "GET", COMPANY, "/verifications", NULL), 200,
	       "The document has expired");
	for (int i = 0; i < 2; i++) {
		char *fields = mem_printf("%s%s", i ? PROOF : FRONT, other);

		expect(upload(&server, COMPANY, "", fields, PDF), 204, "");
		free(fields);
	}
	expect(call_below(&server, "POST", COMPANY, "/verifications",
			  "{\"associatedPartyIds\":[\"5eed0000-0000-4000-9000-"
			  "000000003102\"]}"),
	       201, "");
	assert_reads(&server, COMPANY, "verification.status", "APPROVED");
	sandbox_stop(&server, SIGTERM);
}

/* Only the path of a URL of this server. */
static char *path_of(const char *url)
{
	const char *at = strstr(url, "/tos/");

	assert_non_null(at);
	return mem_dup(at);
}

static void test_sandbox_terms(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;
	char *old, *path;

	(void)state;
	sandbox_start(&server, "--review-seconds 1000");
	assert_requirement(&server, MARIA, "TERMS_OF_SERVICE", "NOT_SENT");
	reply = call_below(&server, "POST", MARIA, "/tos", NULL);
	old = path_of(json_string_value(dig(reply.json, "url")));
	assert_non_null(json_string_value(dig(reply.json, "expiresAt")));
	sandbox_release(&reply);
	reply = call_below(&server, "POST", MARIA, "/tos",
			   "{\"redirectUrl\":\"https://example.com/\"}");
	path = path_of(json_string_value(dig(reply.json, "url")));
	sandbox_release(&reply);

	/* The newest link counts. A browser has no API key. */
	expect(sandbox_call(&server, "GET", old, "Authorization: \r\n", NULL),
	       404, "newer");
	assert_requirement(&server, MARIA, "TERMS_OF_SERVICE", "NOT_SENT");
	expect(sandbox_call(&server, "GET", path, "Authorization: \r\n", NULL),
	       200, "accepted");
	assert_requirement(&server, MARIA, "TERMS_OF_SERVICE", "");
	sandbox_stop(&server, SIGTERM);
	free(old);
	free(path);
}

static void test_sandbox_list(void **state)
{
	struct sandbox_server server;
	json_t *seen = json_object();
	char *path = mem_dup("/customers?size=77"), *back = NULL;

	(void)state;
	sandbox_start(&server, "--customers 1000");
	while (path) {
		struct sandbox_reply reply =
			sandbox_call(&server, "GET", path, "", NULL);
		const char *cursor =
			json_string_value(dig(reply.json, "nextCursor"));
		const char *previous =
			json_string_value(dig(reply.json, "previousCursor"));
		json_t *one;
		size_t i;

		assert_int_equal(reply.status, 200);
		json_array_foreach(dig(reply.json, "data"), i, one)
		{
			const char *id = json_string_value(dig(one, "id"));

			assert_null(json_object_get(seen, id));
			assert_null(json_object_get(one, "requirements"));
			json_object_set_new(seen, id, json_true());
		}
		free(path);
		free(back);
		back = previous ? mem_dup(previous) : NULL;
		path = cursor ? mem_printf("/customers?size=77&cursor=%s",
					   cursor)
			      : NULL;
		sandbox_release(&reply);
	}
	assert_int_equal(json_object_size(seen), 1040);
	assert_non_null(json_object_get(seen, back));
	sandbox_stop(&server, SIGTERM);
	json_decref(seen);
	free(back);
}

static void test_sandbox_replays(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply first, again;
	char *body = changed(PERSON, "%c", "5");

	(void)state;
	sandbox_start(&server, "");
	first = sandbox_call(&server, "POST", "/customers", JSON KEY, body);
	again = sandbox_call(&server, "POST", "/customers", JSON KEY, body);
	assert_int_equal(first.status, 201);
	assert_int_equal(again.status, 201);
	assert_string_equal(first.text, again.text);
	assert_null(strstr(first.head, "X-Idempotency-Cached"));
	assert_non_null(strstr(again.head, "X-Idempotency-Cached: true"));
	expect(sandbox_call(&server, "POST", "/customers", JSON KEY, "{}"), 409,
	       "another body");
	expect(upload(&server, INFORMED, KEY, PROOF, PDF), 409, "another body");
	sandbox_stop(&server, SIGTERM);
	sandbox_release(&first);
	sandbox_release(&again);
	free(body);
}

/* A failure is kept as well: a new attempt needs a new key. */
static void test_sandbox_replays_failures(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply again;

	(void)state;
	sandbox_start(&server, "--fault status=500,count=1,method=POST");
	expect(upload(&server, INFORMED, KEY, PROOF, PDF), 500, "");
	again = upload(&server, INFORMED, KEY, PROOF, PDF);
	assert_non_null(strstr(again.head, "X-Idempotency-Cached: true"));
	expect(again, 500, "");
	expect(upload(&server, INFORMED, "", PROOF, PDF), 204, "");
	sandbox_stop(&server, SIGTERM);
}

static void test_sandbox_key_in_progress(void **state)
{
	struct sandbox_server server;
	char *body = changed(PERSON, "%c", "6");
	char *head = mem_printf(
		"POST /customers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		"Authorization: Bearer kyc-sandbox-key\r\n" JSON KEY
		"Content-Length: %zu\r\n\r\n",
		strlen(body));
	int fd;

	(void)state;
	sandbox_start(&server, "");
	fd = sandbox_connect(&server);
	sandbox_send(fd, head, strlen(head));
	sandbox_send(fd, body, 5);
	expect(sandbox_call(&server, "POST", "/customers", JSON KEY, body), 409,
	       "in progress");
	sandbox_send(fd, body + 5, strlen(body) - 5);
	expect(sandbox_finish(fd), 201, "William");
	sandbox_stop(&server, SIGTERM);
	free(body);
	free(head);
}

static void test_sandbox_loses_answers(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply reply;

	(void)state;
	sandbox_start(&server, "--fault lose=2,path=/customers");
	expect(upload(&server, INFORMED, "", PROOF, PDF), 204, "");
	reply = upload(&server, INFORMED, KEY, FRONT, PDF);
	assert_int_equal(reply.status, 0);
	sandbox_release(&reply);
	/* It was kept, and the same key says so. */
	assert_requirement(&server, INFORMED, "PASSPORT", "SENT");
	reply = upload(&server, INFORMED, KEY, FRONT, PDF);
	assert_non_null(strstr(reply.head, "X-Idempotency-Cached: true"));
	expect(reply, 204, "");
	sandbox_stop(&server, SIGTERM);
}

static const struct misbehaviour {
	const char *name;
	const char *options;
	int status; /* of a document; 0: no answer at all */
	const char *head, *text;
} misbehaviours[] = {
	{ "busy", "--fault status=429,retry-after=7", 429, "Retry-After: 7",
	  "message" },
	{ "only others", "--fault status=503,path=/other", 204, "", "" },
	{ "not the first", "--fault status=503,skip=1", 204, "", "" },
	{ "only the second", "--fault status=503/2", 204, "", "" },
	{ "only reads", "--fault status=503,method=GET", 204, "", "" },
	{ "cut", "--fault cut=20", 0, "", "" },
	{ "late", "--fault delay=30", 204, "", "" },
	{ "slow", "--fault rate=20000", 204, "", "" },
	{ "a page", "--fault status=502,answer=html", 502, "text/html",
	  "<h1>" },
	{ "late and busy", "--fault delay=10 --fault status=503", 503, "",
	  "message" },
};

static void test_sandbox_misbehaves(void **state)
{
	const struct misbehaviour *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	sandbox_start(&server, row->options);
	reply = upload(&server, INFORMED, "", PROOF, PDF);
	assert_non_null(strstr(reply.head, row->head));
	expect(reply, row->status, row->text);
	sandbox_stop(&server, SIGTERM);
}

static void remove_folder(const char *path)
{
	pid_t pid = fork();

	if (!pid) {
		execlp("rm", "rm", "-rf", "--", path, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

static void test_sandbox_survives_a_kill(void **state)
{
	char folder[] = "/tmp/kyc-test-sandbox-XXXXXX";
	char *options, *path,
		*generated = mem_dup(
			"/customers/9e4e0000-0000-4000-8000-000000000000");
	struct sandbox_server server;
	struct sandbox_reply reply;

	(void)state;
	assert_non_null(mkdtemp(folder));
	options = mem_printf("--customers 5 --data %s", folder);
	sandbox_start(&server, options);
	path = create(&server, '9');
	expect(upload(&server, INFORMED, KEY, FRONT, PDF), 204, "");
	expect(call_below(&server, "PATCH", generated,
			  "/additional-information", ABOUT_PERSON),
	       200, "");
	sandbox_stop(&server, SIGKILL);

	sandbox_start(&server, options);
	assert_reads(&server, path, "name", "William Default");
	assert_requirement(&server, INFORMED, "PASSPORT", "SENT");
	assert_requirement(&server, generated, "ADDITIONAL_INFORMATION",
			   "SENT");
	reply = upload(&server, INFORMED, KEY, FRONT, PDF);
	assert_non_null(strstr(reply.head, "X-Idempotency-Cached: true"));
	sandbox_release(&reply);
	reply = sandbox_call(&server, "GET", "/customers?size=100", "", NULL);
	assert_int_equal(json_array_size(dig(reply.json, "data")), 46);
	sandbox_release(&reply);
	sandbox_stop(&server, SIGTERM);
	remove_folder(folder);
	free(options);
	free(path);
	free(generated);
}

static void test_sandbox_seed_file(void **state)
{
	static const char seeds[] =
		"[{\"id\":\"11111111-1111-1111-1111-111111111111\",\"type\":"
		"\"BUSINESS\",\"legalName\":\"Exemplo\",\"taxId\":\"1\","
		"\"country\":\"BRA\",\"email\":\"e@example.com\","
		"\"verification\":{\"status\":\"APPROVED\"},"
		"\"associatedParties\":[{\"id\":"
		"\"22222222-2222-2222-2222-222222222222\",\"type\":"
		"\"INDIVIDUAL\",\"role\":\"UBO\",\"name\":\"Ana\"}]}]";
	char path[] = "/tmp/kyc-test-seeds-XXXXXX";
	struct sandbox_server server;
	char *options;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, seeds, strlen(seeds)), strlen(seeds));
	close(fd);
	options = mem_printf("--seed %s", path);
	sandbox_start(&server, options);
	assert_reads(&server, "/customers", "data.0.legalName", "Exemplo");
	assert_reads(&server, "/customers", "data.1.id", "");
	assert_reads(&server,
		     "/customers/11111111-1111-1111-1111-111111111111"
		     "/associated-parties/22222222-2222-2222-2222-222222222222",
		     "verification.status", "NOT_STARTED");
	sandbox_stop(&server, SIGTERM);
	unlink(path);
	free(options);
}

/* Command lines that end at once. */
static const struct ending {
	const char *name;
	const char *option;
	int status;
} endings[] = {
	{ "help", "--help", 0 },
	{ "version", "--version", 0 },
	{ "an unknown provider", "acme", 2 },
	{ "an unknown option", "--acme", 2 },
	{ "a fault that is none", "--fault=explode=1", 2 },
	{ "a fault without a value", "--fault=cut", 2 },
	{ "a status that is none", "--fault=status=1000", 2 },
	{ "a port that is none", "--port=65536", 2 },
	{ "seeds that are not there", "--seed=/nonexistent/seeds", 6 },
	{ "a folder that cannot be", "--data=/dev/null/x", 6 },
};

static void test_sandbox_ends(void **state)
{
	const struct ending *row = *state;
	char *program = test_build_path("kyc-sandbox");
	int status = 0, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t pid = fork();

	if (!pid) {
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execl(program, program, row->option, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), row->status);
	close(nowhere);
	free(program);
}

/* Whoever started it dies: its end of the pipe closes, because it died too. */
static void test_sandbox_ends_with_its_parent(void **state)
{
	int ends[2], status;
	char byte;
	pid_t parent;
	struct pollfd wait;

	(void)state;
	assert_int_equal(pipe2(ends, 0), 0);
	parent = fork();
	if (!parent) {
		struct sandbox_server server;

		close(ends[0]);
		sandbox_start(&server, "");
		_exit(0);
	}
	close(ends[1]);
	waitpid(parent, &status, 0);
	wait = (struct pollfd){ .fd = ends[0], .events = POLLIN };
	assert_int_equal(poll(&wait, 1, 60000), 1);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_sandbox_refuses, refusals);
	TEST_ROWS(&tests, test_sandbox_upload, uploads);
	TEST_ROWS(&tests, test_sandbox_broken_form, brokens);
	TEST_ROWS(&tests, test_sandbox_review, outcomes);
	TEST_ROWS(&tests, test_sandbox_misbehaves, misbehaviours);
	TEST_ROWS(&tests, test_sandbox_ends, endings);
	test_add(&tests, "big files", test_sandbox_big_files);
	test_add(&tests, "a review takes its time",
		 test_sandbox_review_takes_its_time);
	test_add(&tests, "a card has two sides",
		 test_sandbox_card_needs_both_sides);
	test_add(&tests, "a company", test_sandbox_company);
	test_add(&tests, "terms", test_sandbox_terms);
	test_add(&tests, "every customer once", test_sandbox_list);
	test_add(&tests, "replays", test_sandbox_replays);
	test_add(&tests, "replays failures", test_sandbox_replays_failures);
	test_add(&tests, "a key in progress", test_sandbox_key_in_progress);
	test_add(&tests, "loses answers", test_sandbox_loses_answers);
	test_add(&tests, "survives a kill", test_sandbox_survives_a_kill);
	test_add(&tests, "a seed file", test_sandbox_seed_file);
	test_add(&tests, "ends with its parent",
		 test_sandbox_ends_with_its_parent);
	return test_run(&tests, "providers/sandbox");
}
