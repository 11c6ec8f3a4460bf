/* SPDX-License-Identifier: MIT */
/* Dwolla's practice server: the ways to verified, and what is met on them. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/mem.h"
#include "tests/providers/dwolla_practice.h"
#include "tests/test.h"

#define STATUS(s)   "\"status\":\"" s "\""
#define OWNER_IS(s) "\"verificationStatus\":\"" s "\""
#define CERTIFY	    "{\"status\":\"certified\"}"

/* What the words in names lead to. */
static const struct judgement {
	const char *name;
	const char *body, *from, *to;
	const char *status, *says;
} judgements[] = {
	{ "a person", PERSONAL, "", "", "verified", "\"edit\"" },
	{ "a person verified", PERSONAL, "Joan", "verified", "verified", "" },
	{ "a person in retry", PERSONAL, "Joan", "retry", "retry",
	  "\"retry-verification\"" },
	{ "a person in kba", PERSONAL, "Joan", "kba", "kba", "" },
	{ "a person with document", PERSONAL, "Joan", "Document", "document",
	  "\"verify-with-document\"" },
	{ "a person suspended", PERSONAL, "Joan", "suspended", "suspended",
	  "" },
	{ "only part of a word", PERSONAL, "Joan", "Retrya", "verified", "" },
	{ "short of an ssn", PERSONAL, "123456789", "6789", "verified", "" },
	{ "no type", PERSONAL, PLACE "\"type\":\"personal\"," BORN,
	  "\"businessName\":\"x\"", "unverified", "\"type\":\"unverified\"" },
	{ "a receiver", PERSONAL, PLACE "\"type\":\"personal\"," BORN,
	  "\"type\":\"receive-only\"", "unverified",
	  "\"type\":\"receive-only\"" },
	{ "a business", CONTROLLED, "", "", "verified",
	  "\"certify-beneficial-ownership\"" },
	{ "a business in retry", CONTROLLED, "Mirror", "retry", "retry",
	  "\"retry-verification\"" },
	{ "its controller in retry", CONTROLLED, "Ines", "retry", "retry",
	  "\"retry-with-full-ssn\"" },
	{ "a business with document", CONTROLLED, "Mirror", "document",
	  "document", "\"verify-business-with-document\"" },
	{ "its controller with document", CONTROLLED, "Ines", "document",
	  "document", "\"verify-with-document\"" },
	{ "its controller suspended", CONTROLLED, "Ines", "suspended",
	  "suspended", "" },
	{ "a foreign controller", CONTROLLED, "\"ssn\":\"123456789\"",
	  "\"passport\":{\"number\":\"X1\",\"country\":\"CA\"}", "verified",
	  "" },
	{ "a sole proprietor", SOLE, "", "", "verified", "\"edit\"" },
	{ "a sole proprietor in retry", SOLE, "Joan", "retry", "retry",
	  "\"retry-verification\"" },
	{ "a sole proprietor with document", SOLE, "Joan", "document",
	  "document", "\"verify-with-document\"" },
};

static void test_dwolla_judges(void **state)
{
	const struct judgement *row = *state;
	char *status = mem_printf(STATUS("%s"), row->status), *path;
	struct sandbox_server server;

	dwolla_open(&server, "");
	path = dwolla_created(&server, row->body, row->from, row->to);
	dwolla_shows(&server, path, status, "\"ssn\"");
	dwolla_shows(&server, path, row->says, "dateOfBirth");
	dwolla_shows(&server, path, "", "passport");
	sandbox_stop(&server, SIGTERM);
	free(path);
	free(status);
}

/* One attempt in retry. */
static const struct attempt {
	const char *name;
	const char *created, *from, *to;
	const char *body; /* of the attempt */
	const char *corrected_from, *corrected_to;
	const char *says;
} attempts[] = {
	{ "a person", PERSONAL, "Joan", "retry", PERSONAL, "", "",
	  STATUS("verified") },
	{ "a person as before", PERSONAL, "Joan", "retry", PERSONAL, "Joan",
	  "retry", "\"verify-with-document\"" },
	{ "a person to document", PERSONAL, "Joan", "retry", PERSONAL, "Joan",
	  "document", "\"verify-with-document\"" },
	{ "a person to kba", PERSONAL, "Joan", "retry", PERSONAL, "Joan", "kba",
	  STATUS("kba") },
	{ "a person to suspended", PERSONAL, "Joan", "retry", PERSONAL, "Joan",
	  "suspended", STATUS("suspended") },
	{ "a sole proprietor", SOLE, "Joan", "retry", SOLE, "", "",
	  STATUS("verified") },
	{ "a business", CONTROLLED, "Mirror", "retry", BUSINESS, "", "",
	  STATUS("verified") },
	{ "a business as before", CONTROLLED, "Mirror", "retry", BUSINESS,
	  "Mirror", "retry", "\"verify-business-with-document\"" },
	{ "a controller", CONTROLLED, "Ines", "retry", CONTROLLED, "", "",
	  STATUS("verified") },
	{ "a controller as before", CONTROLLED, "Ines", "retry", CONTROLLED,
	  "Ines", "retry", "\"verify-controller-and-business-with-document\"" },
	{ "a controller from abroad", CONTROLLED, "Ines", "retry", CONTROLLED,
	  "\"ssn\":\"123456789\"",
	  "\"passport\":{\"number\":\"X1\",\"country\":\"CA\"}",
	  STATUS("verified") },
};

static void test_dwolla_retries(void **state)
{
	const struct attempt *row = *state;
	char *body = dwolla_changed(row->body, row->corrected_from,
				    row->corrected_to);
	struct sandbox_server server;
	char *path;

	dwolla_open(&server, "");
	path = dwolla_created(&server, row->created, row->from, row->to);
	dwolla_expect(dwolla_ask(&server, "POST", path, body), 200, row->says);
	/* There is no second one. */
	dwolla_shows(&server, path, row->says, STATUS("retry"));
	if (!strstr(row->says, "verified\""))
		dwolla_expect(dwolla_ask(&server, "POST", path, body), 403,
			      "InvalidResourceState");
	sandbox_stop(&server, SIGTERM);
	free(path);
	free(body);
}

/* What was filed of seed N is sent once more, with FROM changed to TO. */
static const struct correction {
	const char *name;
	const char *path;
	const char *drop; /* a key that may not be sent, or NULL */
	const char *key;  /* of a text that is changed; NULL: none */
	const char *value;
	const char *says, *lacks;
} corrections[] = {
	{ "nothing new of a person", CUSTOMER(02), NULL, NULL, NULL,
	  STATUS("document"), STATUS("retry") },
	{ "a person's new name", CUSTOMER(02), NULL, "firstName", "Retha Ann",
	  STATUS("verified"), "" },
	{ "a new phone is nothing new", CUSTOMER(02), NULL, "phone",
	  "5155559999", STATUS("document"), "" },
	{ "the birthday that was wrong", CUSTOMER(14), NULL, "dateOfBirth",
	  "1971-07-07", STATUS("verified"), "" },
	{ "a name when the birthday was wrong", CUSTOMER(14), NULL, "firstName",
	  "Doris", STATUS("document"), "" },
	{ "the name that was wrong", CUSTOMER(15), NULL, "lastName", "Amis",
	  STATUS("verified"), "" },
	{ "a business", CUSTOMER(23), "controller", "businessName",
	  "Fenn Bakeries LLC", STATUS("verified"), "" },
	{ "nothing new of a business", CUSTOMER(23), "controller", NULL, NULL,
	  "\"verify-business-with-document\"", STATUS("retry") },
	{ "another street", CUSTOMER(26), "controller", "address1",
	  "1 New Street", STATUS("verified"), "_embedded" },
	{ "another city instead", CUSTOMER(26), "controller", "city", "Ames",
	  STATUS("document"), "_embedded" },
	{ "another agent's street", CUSTOMER(27), "controller", "address1",
	  "1 New Street", STATUS("verified"), "_embedded" },
	{ "another state", CUSTOMER(28), "controller", "state", "MN",
	  STATUS("verified"), "_embedded" },
	{ "another EIN", CUSTOMER(33), "controller", "ein", "123123123",
	  STATUS("verified"), "_embedded" },
	{ "another DBA", CUSTOMER(40), "controller", "doingBusinessAs", "Walsh",
	  STATUS("verified"), "_embedded" },
	{ "and another", CUSTOMER(41), "controller", "doingBusinessAs", "Young",
	  STATUS("verified"), "_embedded" },
	{ "another name", CUSTOMER(42), "controller", "businessName",
	  "Abbott Inc.", STATUS("verified"), "_embedded" },
	{ "anything", CUSTOMER(43), "controller", "address1", "1 New Street",
	  STATUS("verified"), "_embedded" },
	{ "the business that was wrong", CUSTOMER(55), "controller",
	  "businessName", "Raines Inc.", STATUS("verified"), "" },
	{ "a sole proprietor's name", CUSTOMER(52), NULL, "lastName", "Olson",
	  STATUS("verified"), "" },
};

static json_t *filed_of(const struct sandbox_server *server, const char *path)
{
	char *page = mem_printf("/practice%s", path);
	struct sandbox_reply reply =
		sandbox_call(server, "GET", page, "", NULL);
	json_t *filed = json_deep_copy(json_object_get(reply.json, "filed"));

	assert_non_null(filed);
	sandbox_release(&reply);
	free(page);
	return filed;
}

static void send_filed(const struct sandbox_server *server, const char *path,
		       json_t *filed, const char *says)
{
	char *body = json_dumps(filed, 0);

	dwolla_expect(dwolla_ask(server, "POST", path, body), 200, says);
	json_decref(filed);
	free(body);
}

static void test_dwolla_corrects(void **state)
{
	const struct correction *row = *state;
	struct sandbox_server server;
	json_t *filed;

	dwolla_open(&server, "");
	filed = filed_of(&server, row->path);
	if (row->drop)
		json_object_del(filed, row->drop);
	if (row->key)
		json_object_set_new(filed, row->key, json_string(row->value));
	send_filed(&server, row->path, filed, row->says);
	dwolla_shows(&server, row->path, row->says, row->lacks);
	sandbox_stop(&server, SIGTERM);
}

/* Corrections of a controller are below it. */
static const struct full_retry {
	const char *name, *path, *key, *value; /* JSON */
	const char *drop;
} full_retries[] = {
	{ "a full number", CUSTOMER(24), "ssn", "\"912345678\"", NULL },
	{ "a full number alone", CUSTOMER(46), "ssn", "\"912345678\"", NULL },
	{ "a passport for a number", CUSTOMER(46), "passport",
	  "{\"number\":\"X1\",\"country\":\"CA\"}", "ssn" },
	{ "a passport's number", CUSTOMER(44), "passport",
	  "{\"number\":\"X1\",\"country\":\"HU\"}", "ssn" },
	{ "a home", CUSTOMER(31), "address",
	  "{\"address1\":\"1 Elm St\",\"city\":\"Ames\","
	  "\"stateProvinceRegion\":\"IA\",\"country\":\"US\","
	  "\"postalCode\":\"50010\"}",
	  NULL },
};

static void test_dwolla_retries_in_full(void **state)
{
	const struct full_retry *row = *state;
	struct sandbox_server server;
	json_t *filed, *controller;

	dwolla_open(&server, "");
	filed = filed_of(&server, row->path);
	controller = json_object_get(filed, "controller");
	json_object_set_new(controller, row->key,
			    json_loads(row->value, JSON_DECODE_ANY, NULL));
	if (row->drop)
		json_object_del(controller, row->drop);
	send_filed(&server, row->path, filed, STATUS("verified"));
	dwolla_shows(&server, row->path, STATUS("verified"), "_embedded");
	sandbox_stop(&server, SIGTERM);
}

/* What a file leads to, reviewed at once. */
static const struct review {
	const char *name;
	const char *path, *type;
	const char *file, *kind, *bytes;
	const char *document; /* what is said of it */
	const char *says;     /* and of its owner */
} reviews[] = {
	{ "good", CUSTOMER(01), "passport", JPEG("a"),
	  "\"documentVerificationStatus\":\"accepted\"", STATUS("verified") },
	{ "the provider's good sample", CUSTOMER(01), "license",
	  "test-document-upload-success.png", "image/png", "\x89PNG",
	  "accepted", STATUS("verified") },
	{ "the provider's bad sample", CUSTOMER(01), "license",
	  "test-document-upload-fail.png", "image/png", "\x89PNG",
	  "\"failureReason\":\"ScanNotReadable\"", STATUS("document") },
	{ "blurry", CUSTOMER(01), "license", JPEG("KYC-SAMPLE-REJECT:blurry."),
	  "\"ScanNotReadable\"", "\"verify-with-document\"" },
	{ "expired", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:expired."), "\"ScanIdExpired\"",
	  STATUS("document") },
	{ "too old", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:too-old."), "\"ScanIdExpired\"",
	  STATUS("document") },
	{ "any word", CUSTOMER(01), "license", JPEG("KYC-SAMPLE-REJECT:torn."),
	  "\"ScanFailedOther\"", STATUS("document") },
	{ "a code", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanIdUnrecognized."),
	  "\"ScanIdUnrecognized\"", STATUS("document") },
	{ "two codes", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanNotUploaded-ScanIdExpired."),
	  "\"failureReason\":\"ScanNotUploaded\",\"allFailureReasons\":[{"
	  "\"reason\":\"ScanNotUploaded\"",
	  STATUS("document") },
	{ "another's name", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanNameMismatch."), "ScanNameMismatch",
	  STATUS("retry") },
	{ "another's birthday", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanDobMismatch."), "ScanDobMismatch",
	  "\"retry-verification\"" },
	{ "a controller's birthday", CUSTOMER(21), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanDobMismatch."), "ScanDobMismatch",
	  "\"retry-with-full-ssn\"" },
	{ "another business", CUSTOMER(22), "other",
	  PDF("KYC-SAMPLE-REJECT:BusinessNameMismatch."),
	  "BusinessNameMismatch", "\"retry-verification\"" },
	{ "another kind of business", CUSTOMER(22), "other",
	  PDF("KYC-SAMPLE-REJECT:BusinessTypeMismatch."),
	  "BusinessTypeMismatch", STATUS("retry") },
	{ "no business of a person's", CUSTOMER(01), "license",
	  JPEG("KYC-SAMPLE-REJECT:BusinessNameMismatch."),
	  "BusinessNameMismatch", STATUS("document") },
	{ "a paper", CUSTOMER(22), "other", PDF("KYC-SAMPLE-REJECT:torn."),
	  "BusinessDocNotSupported", STATUS("document") },
	{ "a business's", CUSTOMER(22), "other", PDF("a"), "accepted",
	  STATUS("verified") },
	{ "a DBA's", CUSTOMER(25), "other", PDF("a"), "accepted",
	  STATUS("verified") },
	{ "a letter", CUSTOMER(34), "other", PDF("a"), "accepted",
	  STATUS("verified") },
	{ "an ID that a directive wants", CUSTOMER(39), "license", JPEG("a"),
	  "accepted", STATUS("verified") },
	{ "a paper of a controller", CUSTOMER(21), "other", PDF("a"),
	  "accepted", "\"verify-with-document\"" },
	{ "half of both", CUSTOMER(20), "license", JPEG("a"), "accepted",
	  "\"verify-business-with-document\"" },
	{ "the other half", CUSTOMER(20), "other", JPEG("a"), "accepted",
	  "\"verify-with-document\"" },
	{ "an owner's", OWNER(2001), "license", JPEG("a"), "accepted",
	  OWNER_IS("verified") },
	{ "an owner's, blurry", OWNER(2001), "license",
	  JPEG("KYC-SAMPLE-REJECT:blurry."), "ScanNotReadable",
	  OWNER_IS("document") },
	{ "an owner's, another's", OWNER(2001), "license",
	  JPEG("KYC-SAMPLE-REJECT:ScanNameMismatch."), "ScanNameMismatch",
	  OWNER_IS("incomplete") },
};

static void test_dwolla_reviews(void **state)
{
	const struct review *row = *state;
	struct sandbox_server server;
	char *document, *list = mem_printf("%s/documents", row->path);

	dwolla_open(&server, "--review-seconds 0");
	document =
		dwolla_location(dwolla_send(&server, row->path, "", row->type,
					    row->file, row->kind, row->bytes));
	dwolla_shows(&server, document, row->document, "sha256");
	dwolla_shows(&server, document, STATUS("reviewed"), "");
	dwolla_shows(&server, list, row->document, "");
	dwolla_shows(&server, row->path, row->says, "");
	sandbox_stop(&server, SIGTERM);
	free(document);
	free(list);
}

/* Ask until GET PATH says so; a review takes a second. */
static void await(const struct sandbox_server *server, const char *path,
		  const char *says)
{
	for (int i = 0; i < 600; i++) {
		struct sandbox_reply reply =
			dwolla_ask(server, "GET", path, NULL);
		bool there = strstr(reply.text, says);

		sandbox_release(&reply);
		if (there)
			return;
		poll(NULL, 0, 20);
	}
	fail_msg("%s never came", says);
}

static void test_dwolla_person_walks(void **state)
{
	struct sandbox_server server;
	char *path, *first, *second;

	(void)state;
	dwolla_open(&server, "--review-seconds 1");
	path = dwolla_created(&server, PERSONAL, "Joan", "document");
	dwolla_shows(&server, path, "\"verify-with-document\"", "\"edit\"");
	first = dwolla_location(
		dwolla_send(&server, path, "", "license",
			    JPEG("KYC-SAMPLE-REJECT:ScanNotReadable.")));
	dwolla_shows(&server, first, STATUS("pending"), "failureReason");
	await(&server, first, "\"failureReason\":\"ScanNotReadable\"");
	dwolla_shows(&server, path, STATUS("document"), "");
	second = dwolla_location(
		dwolla_send(&server, path, "", "license", JPEG("again")));
	dwolla_shows(&server, path, STATUS("document"), "");
	await(&server, second, "\"accepted\"");
	dwolla_shows(&server, path, STATUS("verified"), "with-document");
	assert_int_equal(dwolla_arrived(&server, path), 2);
	dwolla_shows(&server, "/events?limit=1",
		     "\"topic\":\"customer_verified\"", "customer_created");
	dwolla_shows(&server, "/events",
		     "\"topic\":\"customer_verification_document_failed\"", "");
	sandbox_stop(&server, SIGTERM);
	free(second);
	free(first);
	free(path);
}

/* An owner of the business at PATH; free() what comes back. */
static char *add_owner(const struct sandbox_server *server, const char *path,
		       const char *name)
{
	char *list = mem_printf("%s/beneficial-owners", path);
	char *body = dwolla_changed(PERSON_OWNER, "Joan", name);
	char *owner = dwolla_location(dwolla_ask(server, "POST", list, body));

	dwolla_shows(server, list, name, "\"ssn\"");
	free(body);
	free(list);
	return owner;
}

static void test_dwolla_business_walks(void **state)
{
	struct sandbox_server server;
	char *one_down, *path, *two, *one, *ownership;

	(void)state;
	dwolla_open(&server, "--review-seconds 0");
	one_down = dwolla_changed(CONTROLLED, "Ines", "document");
	path = dwolla_created(&server, one_down, "Mirror", "document");
	ownership = mem_printf("%s/beneficial-ownership", path);
	dwolla_shows(&server, path,
		     "\"verify-controller-and-business-with-document\"", "");
	dwolla_shows(&server, ownership, STATUS("uncertified"), "");
	one = add_owner(&server, path, "incomplete");
	two = add_owner(&server, path, "document");
	dwolla_shows(&server, path, "\"verify-beneficial-owners\"", "");

	dwolla_expect(dwolla_send(&server, path, "", "license", JPEG("a")), 201,
		      "");
	dwolla_expect(dwolla_send(&server, path, "", "other", PDF("b")), 201,
		      "");
	dwolla_shows(&server, path, STATUS("verified"), "with-document");
	dwolla_shows(&server, path, "\"verify-beneficial-owners\"", "");

	dwolla_shows(&server, one, "\"retry-verification\"", "");
	dwolla_expect(dwolla_ask(&server, "POST", one, PERSON_OWNER), 200,
		      OWNER_IS("verified"));
	dwolla_shows(&server, two, "\"verify-with-document\"", "");
	dwolla_expect(dwolla_send(&server, two, "", "passport", PNG("c")), 201,
		      "");
	dwolla_shows(&server, two, OWNER_IS("verified"), "with-document");
	dwolla_shows(&server, path, "\"certify-beneficial-ownership\"",
		     "verify-beneficial-owners");
	dwolla_expect(dwolla_ask(&server, "POST", ownership, CERTIFY), 200,
		      STATUS("certified"));
	dwolla_shows(&server, path, STATUS("verified"), "certify");
	assert_int_equal(dwolla_arrived(&server, path), 3);
	sandbox_stop(&server, SIGTERM);
	free(ownership);
	free(two);
	free(one);
	free(path);
	free(one_down);
}

/* A second failure of an owner asks for a paper; a change asks to certify
 * anew. */
static void test_dwolla_owner_fails_twice(void **state)
{
	struct sandbox_server server;
	char *body = dwolla_changed(PERSON_OWNER, "Joan", "incomplete");
	char *owner;

	(void)state;
	dwolla_open(&server, "");
	dwolla_shows(&server, CUSTOMER(50) "/beneficial-ownership",
		     STATUS("certified"), "");
	owner = add_owner(&server, CUSTOMER(50), "incomplete");
	dwolla_shows(&server, CUSTOMER(50) "/beneficial-ownership",
		     STATUS("recertify"), "");
	dwolla_expect(dwolla_ask(&server, "POST", owner, body), 200,
		      OWNER_IS("document"));
	dwolla_expect(dwolla_ask(&server, "POST", owner, body), 403,
		      "InvalidResourceState");
	dwolla_expect(dwolla_ask(&server, "DELETE", owner, NULL), 200,
		      OWNER_IS("document"));
	dwolla_expect(dwolla_ask(&server, "GET", owner, NULL), 404, "");
	dwolla_shows(&server, CUSTOMER(50) "/beneficial-owners", "\"total\":2",
		     "incomplete");
	sandbox_stop(&server, SIGTERM);
	free(owner);
	free(body);
}

/* The way through retry after a mismatch, with a business paper still due. */
static void test_dwolla_mismatch_walks(void **state)
{
	struct sandbox_server server;
	json_t *filed;

	(void)state;
	dwolla_open(&server, "--review-seconds 0");
	dwolla_expect(dwolla_send(&server, CUSTOMER(20), "", "license",
				  JPEG("KYC-SAMPLE-REJECT:ScanDobMismatch.")),
		      201, "");
	dwolla_shows(&server, CUSTOMER(20), "\"retry-with-full-ssn\"",
		     "with-document");
	filed = filed_of(&server, CUSTOMER(20));
	json_object_set_new(json_object_get(filed, "controller"), "dateOfBirth",
			    json_string("1971-07-07"));
	send_filed(&server, CUSTOMER(20), filed,
		   "\"verify-business-with-document\"");
	dwolla_expect(dwolla_send(&server, CUSTOMER(20), "", "other", PDF("b")),
		      201, "");
	dwolla_shows(&server, CUSTOMER(20), STATUS("verified"), "");
	sandbox_stop(&server, SIGTERM);
}

/* A wrong kind of business may become another. */
static void test_dwolla_business_becomes_sole(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--review-seconds 0");
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(22), "", "other",
			    PDF("KYC-SAMPLE-REJECT:BusinessTypeMismatch.")),
		201, "");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(22), SOLE), 200,
		      "\"soleProprietorship\"");
	dwolla_shows(&server, CUSTOMER(22), STATUS("verified"), "beneficial");
	dwolla_shows(&server, CUSTOMER(22), "Mirror Works", "controller");
	sandbox_stop(&server, SIGTERM);
}

/* All that directives ask for must be there. */
static void test_dwolla_directives_walk(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "--review-seconds 0");
	dwolla_shows(&server, CUSTOMER(47), "\"upload-ein-document\"", "");
	dwolla_expect(dwolla_send(&server, CUSTOMER(47), "", "other", PDF("a")),
		      201, "");
	dwolla_shows(&server, CUSTOMER(47), "PersonalIDRequired",
		     "EINDocumentRequired");
	dwolla_expect(dwolla_send(&server, CUSTOMER(47), "", "other", PDF("b")),
		      201, "");
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(47), "", "idCard", PNG("c")), 201,
		"");
	dwolla_shows(&server, CUSTOMER(47), STATUS("verified"), "_embedded");
	sandbox_stop(&server, SIGTERM);
}

/* An address may be corrected where the directive has a link for it. */
static void test_dwolla_edits(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(29),
				 "{\"phone\":\"5155550000\"}"),
		      200, STATUS("document"));
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(29),
				 "{\"address1\":\"2 New Street\"}"),
		      200, STATUS("verified"));
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(20),
				 "{\"address1\":\"2 New Street\"}"),
		      403, "InvalidResourceState");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(36),
				 "{\"website\":\"https://sims.example\"}"),
		      200, "sims.example");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(03),
				 "{\"email\":\"vera@example.com\"}"),
		      200, "vera@example.com");
	sandbox_stop(&server, SIGTERM);
}

static void test_dwolla_switches(void **state)
{
	struct sandbox_server server;

	(void)state;
	dwolla_open(&server, "");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(01),
				 "{\"status\":\"deactivated\"}"),
		      200, STATUS("deactivated"));
	dwolla_expect(
		dwolla_send(&server, CUSTOMER(01), "", "license", JPEG("a")),
		403, "invalidResourceState");
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(01),
				 "{\"status\":\"reactivated\"}"),
		      200, STATUS("document"));
	dwolla_expect(dwolla_ask(&server, "POST", CUSTOMER(06),
				 "{\"status\":\"reactivated\"}"),
		      200, STATUS("verified"));
	sandbox_stop(&server, SIGTERM);
}

static const struct simulation {
	const char *name; /* the code */
	const char *status, *link;
} simulations[] = {
	{ "ControllerNonResidential", "retry", "retry-with-full-ssn" },
	{ "POBoxNotAllowed", "retry", "retry-verification" },
	{ "AddressNotAssociatedWithBusiness", "document", "update-customer" },
	{ "EINDocumentRequired", "document", "upload-ein-document" },
};

static void test_dwolla_simulates(void **state)
{
	const struct simulation *row = *state;
	char *status = mem_printf(STATUS("%s"), row->status);
	char *body = mem_printf(
		"{\"type\":\"customer-verification\","
		"\"_links\":{\"customer\":{\"href\":"
		"\"https://x" CUSTOMER(36) "\"}},\"errorCode\":\"%s\"}",
		row->name);
	struct sandbox_server server;

	dwolla_open(&server, "");
	dwolla_expect(dwolla_ask(&server, "POST", "/sandbox-simulations", body),
		      202, "");
	dwolla_shows(&server, CUSTOMER(36), status, "");
	dwolla_shows(&server, CUSTOMER(36), row->name, "");
	dwolla_shows(&server, CUSTOMER(36), row->link, "");
	sandbox_stop(&server, SIGTERM);
	free(body);
	free(status);
}

/* The links that a seed's state is told by. */
static const struct seed {
	const char *name, *path, *says, *lacks;
} seeds[] = {
	{ "a person's document", CUSTOMER(01), "\"verify-with-document\"",
	  "business" },
	{ "a person's retry", CUSTOMER(02), "\"retry-verification\"",
	  "full-ssn" },
	{ "verified", CUSTOMER(03), STATUS("verified"), "verify" },
	{ "suspended", CUSTOMER(04), STATUS("suspended"), "documents" },
	{ "kba", CUSTOMER(05), STATUS("kba"), "documents" },
	{ "deactivated", CUSTOMER(06), STATUS("deactivated"), "documents" },
	{ "rejected", CUSTOMER(07) "/documents",
	  "\"failureReason\":\"ScanNotReadable\"", "pending" },
	{ "several reasons", CUSTOMER(08) "/documents", "ScanFailedOther",
	  "pending" },
	{ "unverified", CUSTOMER(09), STATUS("unverified"), "address1" },
	{ "a reason apart", CUSTOMER(16) "/documents",
	  "\"failureReason\":\"ScanIdTypeNotSupported\","
	  "\"allFailureReasons\":[{\"reason\":\"ScanIdExpired\"",
	  "" },
	{ "both", CUSTOMER(20),
	  "\"verify-controller-and-business-with-document\"", "_embedded" },
	{ "its owners", CUSTOMER(20) "/beneficial-owners", "\"total\":2",
	  "\"ssn\"" },
	{ "a controller", CUSTOMER(21), "\"verify-with-document\"",
	  "and-business" },
	{ "a business", CUSTOMER(22), "\"verify-business-with-document\"",
	  "controller-and" },
	{ "a business's retry", CUSTOMER(23), "\"retry-verification\"",
	  "full-ssn" },
	{ "a controller's retry", CUSTOMER(24), "\"retry-with-full-ssn\"",
	  "document" },
	{ "a DBA", CUSTOMER(25), "\"upload-dba-document\"", "verify-business" },
	{ "a sole proprietor", CUSTOMER(35), STATUS("document"), "beneficial" },
	{ "uncertified", CUSTOMER(36), "\"certify-beneficial-ownership\"",
	  "verify-beneficial" },
	{ "four pending", CUSTOMER(37) "/documents", "\"total\":4",
	  "reviewed" },
	{ "under review", CUSTOMER(45), "AdditionalReviewRequired", "retry" },
	{ "the full number alone", CUSTOMER(46), "\"Full SSN required\"",
	  "retry-verification" },
	{ "two owners", OWNER(2001), OWNER_IS("document"), "retry" },
	{ "the second", OWNER(2002), "\"retry-verification\"",
	  "with-document" },
	{ "an owner's documents", OWNER(5801) "/documents",
	  "\"failureReason\":\"ScanNotReadable\"", "" },
};

static void test_dwolla_seed(void **state)
{
	const struct seed *row = *state;
	struct sandbox_server server;

	dwolla_open(&server, "");
	dwolla_shows(&server, row->path, row->says, row->lacks);
	sandbox_stop(&server, SIGTERM);
}

/* Lists. */

static const struct page {
	const char *name, *path;
	size_t count, total;
	const char *says, *lacks;
} pages[] = {
	{ "the first", "/customers", 25, 1060, "\"next\"", "\"prev\"" },
	{ "a middle one", "/customers?limit=200&offset=200", 200, 1060,
	  "limit=200&offset=1000", "" },
	{ "the last", "/customers?limit=200&offset=1000", 60, 1060, "\"prev\"",
	  "\"next\"" },
	{ "behind it", "/customers?offset=2000", 0, 1060, "\"prev\"",
	  "\"next\"" },
	{ "one status", "/customers?status=kba", 1, 1, "Kendra", "\"next\"" },
	{ "two of them", "/customers?status=kba&status=suspended", 5, 5,
	  "status=kba&status=suspended", "" },
	{ "by name", "/customers?search=delgado%20rosa", 1, 1, "Rosa", "" },
	{ "without its accents", "/customers?search=nandu", 1, 1, "Ñandú", "" },
	{ "by business", "/customers?search=Lovell%20Trading", 1, 1,
	  "search=Lovell%20Trading", "" },
	{ "by email", "/customers?email=customer.1%40example.com", 1, 1,
	  "email=customer.1%40example.com", "Retha" },
	{ "by both", "/customers?search=rosa&status=verified", 0, 0, "", "" },
	{ "of many", "/customers?search=works&limit=3", 3, 286, "\"next\"",
	  "" },
	{ "of events", "/events?limit=1", 0, 0, "\"self\"", "\"next\"" },
};

static void test_dwolla_pages(void **state)
{
	const struct page *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;
	json_t *embedded;

	dwolla_open(&server, "--customers 1000");
	reply = dwolla_ask(&server, "GET", row->path, NULL);
	embedded = json_object_get(reply.json, "_embedded");
	assert_int_equal(
		json_array_size(json_object_get(
			embedded,
			strstr(row->path, "events") ? "events" : "customers")),
		row->count);
	assert_int_equal(
		json_integer_value(json_object_get(reply.json, "total")),
		row->total);
	if (*row->lacks)
		assert_null(strstr(reply.text, row->lacks));
	dwolla_expect(reply, 200, row->says);
	sandbox_stop(&server, SIGTERM);
}

/* Following the links leads past everybody, once. */
static void test_dwolla_pages_follow(void **state)
{
	char *next = mem_dup("/customers?limit=150");
	struct sandbox_server server;
	size_t count = 0;

	(void)state;
	dwolla_open(&server, "--customers 1000");
	while (next) {
		struct sandbox_reply reply =
			dwolla_ask(&server, "GET", next, NULL);
		const json_t *links = json_object_get(reply.json, "_links");

		free(next);
		next = mem_dup(json_string_value(json_object_get(
			json_object_get(links, "next"), "href")));
		count += json_array_size(json_object_get(
			json_object_get(reply.json, "_embedded"), "customers"));
		assert_in_range(count, 1, 1060);
		sandbox_release(&reply);
	}
	assert_int_equal(count, 1060);
	sandbox_stop(&server, SIGTERM);
}

/* The seed file of a test: one business, as the API shows it and more. */
static const char seed_file[] =
	"[{\"id\":\"11111111-1111-1111-1111-111111111111\","
	"\"firstName\":\"Ex\",\"lastName\":\"Ample\","
	"\"email\":\"ex@example.com\",\"type\":\"business\","
	"\"businessType\":\"llc\",\"status\":\"document\","
	"\"needs\":[\"person\"],\"directives\":[\"EINDocumentRequired\"],"
	"\"certification\":\"recertify\",\"owners\":[{\"id\":"
	"\"22222222-2222-2222-2222-222222222222\",\"firstName\":\"O\","
	"\"lastName\":\"Wner\",\"verificationStatus\":\"incomplete\"}]}]";

static void test_dwolla_seed_file(void **state)
{
	static const char path[] =
		"/customers/11111111-1111-1111-1111-111111111111";
	char file[] = "/tmp/kyc-test-dwolla-XXXXXX";
	int fd = mkstemp(file);
	struct sandbox_server server;
	char *options = mem_printf("--seed %s", file);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, seed_file, strlen(seed_file)),
			 strlen(seed_file));
	close(fd);
	dwolla_open(&server, options);
	dwolla_shows(&server, "/customers", "\"total\":1", "");
	dwolla_shows(&server, path, "upload-ein-document", "needs");
	dwolla_shows(&server, path,
		     "verify-controller-and-business-with-document", "");
	dwolla_shows(&server,
		     "/beneficial-owners/22222222-2222-2222-2222-222222222222",
		     OWNER_IS("incomplete"), "filed");
	sandbox_stop(&server, SIGTERM);
	unlink(file);
	free(options);
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

static void test_dwolla_survives_a_kill(void **state)
{
	char folder[] = "/tmp/kyc-test-dwolla-XXXXXX";
	static const char generated[] =
		"/customers/9e4e0000-0000-4000-8000-000000000001";
	struct sandbox_server server;
	char *options, *path, *first, *again;

	(void)state;
	assert_non_null(mkdtemp(folder));
	options = mem_printf("--customers 5 --review-seconds 0 --data %s",
			     folder);
	dwolla_open(&server, options);
	path = dwolla_created(&server, PERSONAL, "", "");
	first = dwolla_location(
		dwolla_send(&server, generated, KEY, "license", JPEG("a")));
	dwolla_expect(
		dwolla_send(&server, OWNER(2001), "", "license", JPEG("a")),
		201, "");
	sandbox_stop(&server, SIGKILL);

	dwolla_open(&server, options);
	dwolla_shows(&server, path, STATUS("verified"), "");
	dwolla_shows(&server, first, "accepted", "");
	dwolla_shows(&server, generated, STATUS("verified"), "");
	dwolla_shows(&server, OWNER(2001), OWNER_IS("verified"), "");
	again = dwolla_location(
		dwolla_send(&server, generated, KEY, "license", JPEG("a")));
	assert_string_equal(first, again);
	dwolla_shows(&server, "/customers?limit=1", "\"total\":66", "");
	dwolla_shows(&server, "/events", "document_approved", "");
	sandbox_stop(&server, SIGTERM);
	remove_folder(folder);
	free(again);
	free(first);
	free(path);
	free(options);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_dwolla_judges, judgements);
	TEST_ROWS(&tests, test_dwolla_retries, attempts);
	TEST_ROWS(&tests, test_dwolla_corrects, corrections);
	TEST_ROWS(&tests, test_dwolla_retries_in_full, full_retries);
	TEST_ROWS(&tests, test_dwolla_reviews, reviews);
	test_add(&tests, "a person walks", test_dwolla_person_walks);
	test_add(&tests, "a business walks", test_dwolla_business_walks);
	test_add(&tests, "an owner fails twice", test_dwolla_owner_fails_twice);
	test_add(&tests, "a mismatch", test_dwolla_mismatch_walks);
	test_add(&tests, "another kind of business",
		 test_dwolla_business_becomes_sole);
	test_add(&tests, "directives", test_dwolla_directives_walk);
	test_add(&tests, "edits", test_dwolla_edits);
	test_add(&tests, "off and on", test_dwolla_switches);
	TEST_ROWS(&tests, test_dwolla_simulates, simulations);
	TEST_ROWS(&tests, test_dwolla_seed, seeds);
	TEST_ROWS(&tests, test_dwolla_pages, pages);
	test_add(&tests, "all pages", test_dwolla_pages_follow);
	test_add(&tests, "a seed file", test_dwolla_seed_file);
	test_add(&tests, "a kill", test_dwolla_survives_a_kill);
	return test_run(&tests, "providers/sandbox (Dwolla, walks)");
}
