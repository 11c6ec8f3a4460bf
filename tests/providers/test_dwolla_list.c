/* SPDX-License-Identifier: MIT */
/* Dwolla: lists, as they come over the wire and as they are counted: all
 * customers, the files that wait for review, what arrived without an answer. */
#include "tests/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "providers/ask.h"
#include "providers/session.h"
#include "tests/providers/dwolla_case.h"
#include "tests/sandbox_server.h"
#include "tests/wire_server.h"

enum {
	DEADLINE_MS = 60000,
	THOUSAND = 1000,
};

/* One who asks for all customers. */
struct asker {
	struct prov_profile profile;
	struct xfer *xfer;
	char *ids[2 * THOUSAND];
	size_t count;
	unsigned pages, ends;
	struct err err;
};

static void asker_open(struct asker *asker, const char *endpoint,
		       const char *path)
{
	*asker = (struct asker){ 0 };
	asker->xfer = xfer_new(1);
	asker->profile = (struct prov_profile){
		.name = mem_dup("p"),
		.provider = &prov_dwolla,
		.endpoint = mem_printf("%s%s", endpoint, path),
		.client = mem_dup("kyc-sandbox-client"),
		.secret = mem_dup("kyc-sandbox-key"),
		.parallel = 1,
		.session = prov_session_new(),
	};
}

static void asker_close(struct asker *asker)
{
	for (size_t i = 0; i < asker->count; i++)
		free(asker->ids[i]);
	xfer_free(asker->xfer);
	prov_session_free(asker->profile.session);
	prov_profile_wipe(&asker->profile);
}

static bool on_page(void *arg, const struct prov_page *page, bool more,
		    const struct err *err)
{
	struct asker *asker = arg;

	if (err) {
		asker->err = *err;
		asker->ends++;
		return false;
	}
	asker->pages++;
	asker->ends += !more;
	for (size_t i = 0; i < page->count && asker->count < 2 * THOUSAND; i++)
		asker->ids[asker->count++] = mem_dup(page->customers[i].id);
	return true;
}

static void ask(struct asker *asker)
{
	int64_t end = xfer_now() + DEADLINE_MS;
	struct err err = { 0 };

	if (prov_ask_customers(asker->xfer, &asker->profile, on_page, asker,
			       NULL, &err))
		fail_msg("%s", err.text);
	while (xfer_active(asker->xfer)) {
		assert_true(xfer_now() < end);
		xfer_wait(asker->xfer, NULL, 0, 1000);
	}
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A thousand invented ones beside those of the seeds: each of them once. */
static void test_thousand_customers(void **state)
{
	struct sandbox_server server = { 0 };
	struct asker asker;
	char endpoint[64];

	(void)state;
	sandbox_start_for(&server, "dwolla", "--customers 1000");
	snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u",
		 (unsigned)server.port);
	asker_open(&asker, endpoint, server.base);
	ask(&asker);
	assert_string_equal(asker.err.text, "");
	assert_int_equal(asker.ends, 1);
	assert_true(asker.count >= THOUSAND);
	/* 200 a page is the most that is given. */
	assert_int_equal(asker.pages, (asker.count + 199) / 200);
	qsort(asker.ids, asker.count, sizeof(asker.ids[0]), compare_ids);
	for (size_t i = 1; i < asker.count; i++)
		assert_string_not_equal(asker.ids[i - 1], asker.ids[i]);
	asker_close(&asker);
	sandbox_stop(&server, SIGTERM);
}

#define ANSWER(body)                                                    \
	{                                                               \
		DO_HEAD, DO_BODY,                                       \
			DO_SAY("HTTP/1.1 200 OK\r\nConnection: close"   \
			       "\r\nContent-Type: application/json\r\n" \
			       "\r\n" body)                             \
	}
#define TOKEN ANSWER("{\"access_token\":\"t\",\"expires_in\":3600}")
#define PAGE(id, next)                                                  \
	ANSWER("{\"_links\":{" next "},\"_embedded\":{\"customers\":[{" \
	       "\"id\":\"" id "\",\"type\":\"personal\",\"status\":"    \
	       "\"document\"}]}}")
#define NEXT(href) "\"next\":{\"href\":\"" href "\"}"
#define HERE	   "https://api-sandbox.dwolla.com/customers?limit=1&offset="

static const struct way_row {
	const char *name;
	const char *base;
	struct wire_step scripts[5][WIRE_STEPS];
	unsigned requests; /* without the token's */
	const char *last;  /* the request's line */
	const char *says;  /* NULL: all were read */
} way_rows[] = {
	{ .name = "three pages",
	  .base = "",
	  .scripts = { TOKEN, PAGE("a", NEXT(HERE "1")),
		       PAGE("b", NEXT(HERE "2")), PAGE("c", "") },
	  .requests = 3,
	  .last = "GET /customers?limit=1&offset=2 HTTP" },
	{ .name = "below a base",
	  .base = "/v2/x",
	  .scripts = { TOKEN, PAGE("a", NEXT(HERE "1")), PAGE("b", "") },
	  .requests = 2,
	  .last = "GET /v2/x/customers?limit=1&offset=1 HTTP" },
	{ .name = "to another host",
	  .base = "",
	  .scripts = { TOKEN,
		       PAGE("a", NEXT("http://192.0.2.1/steal?offset=1")),
		       PAGE("b", "") },
	  .requests = 2,
	  .last = "GET /customers?offset=1 HTTP" },
	{ .name = "to itself",
	  .base = "",
	  .scripts = { TOKEN, PAGE("a", NEXT(HERE "1")),
		       PAGE("b", NEXT(HERE "1")), PAGE("c", NEXT(HERE "1")) },
	  .requests = 2,
	  .last = "GET /customers?limit=1&offset=1 HTTP",
	  .says = "the same page came twice" },
	{ .name = "round and round",
	  .base = "",
	  .scripts = { TOKEN, PAGE("a", NEXT(HERE "1")),
		       PAGE("b", NEXT(HERE "2")), PAGE("c", NEXT(HERE "1")),
		       PAGE("d", "") },
	  .requests = 3,
	  .last = "GET /customers?limit=1&offset=2 HTTP",
	  .says = "the same page came twice" },
	{ .name = "on, to the same page",
	  .base = "",
	  .scripts = { TOKEN, PAGE("a", NEXT(HERE "1")),
		       PAGE("a", NEXT(HERE "2")), PAGE("a", NEXT(HERE "3")) },
	  .requests = 2,
	  .last = "GET /customers?limit=1&offset=1 HTTP",
	  .says = "the same page came twice" },
};

static void test_next_link_leads(void **state)
{
	const struct way_row *row = *state;
	struct wire_server *server = wire_server_new(row->scripts, 5);
	const char *head = NULL;
	struct asker asker;

	asker_open(&asker, wire_server_endpoint(server), row->base);
	ask(&asker);
	assert_int_equal(asker.ends, 1);
	if (!row->says)
		assert_string_equal(asker.err.text, "");
	else if (!strstr(asker.err.text, row->says))
		assert_string_equal(asker.err.text, row->says);
	assert_int_equal(wire_server_requests(server), row->requests + 1);
	head = wire_server_seen(server, row->requests)->head;
	if (strncmp(head, row->last, strlen(row->last)) != 0)
		assert_string_equal(head, row->last);
	assert_non_null(strstr(head, "Authorization: Bearer t\r\n"));
	assert_non_null(strstr(head, "Accept: application/"
				     "vnd.dwolla.v1.hal+json\r\n"));
	asker_close(&asker);
	wire_server_free(server);
}

/* Files that wait for review are a budget of four, each owner's apart. */

#define LINKS(name) "\"_links\":{\"" name "\":{\"href\":\"/x\"}}"
#define LLC(links)                                                      \
	"{\"id\":\"c\",\"type\":\"business\",\"businessType\":\"llc\"," \
	"\"status\":\"document\"," links "}"
#define WAITS "{\"id\":\"w\",\"type\":\"other\",\"status\":\"pending\"}"
#define DONE                                                                  \
	"{\"id\":\"r\",\"type\":\"other\",\"status\":\"reviewed\",\"document" \
	"VerificationStatus\":\"rejected\"}"
#define OWNERS                                                           \
	"{\"_embedded\":{\"beneficial-owners\":[{\"id\":\"" DWOLLA_OWNER \
	"\",\"firstName\":\"Joe\",\"lastName\":\"Owner\",\"verification" \
	"Status\":\"document\"},{\"id\":\"o2\",\"verificationStatus\":"  \
	"\"document\"}]}}"

static const struct budget_row {
	const char *name;
	const char *documents;
	unsigned pending;
} budget_rows[] = {
	{ "none", "", 0 },
	{ "one", WAITS, 1 },
	{ "four", WAITS "," WAITS "," WAITS "," WAITS, 4 },
	{ "five, for whatever reason",
	  WAITS "," WAITS "," WAITS "," WAITS "," WAITS, 5 },
	{ "four, one of them reviewed", WAITS "," DONE "," WAITS "," WAITS, 3 },
	{ "all reviewed", DONE "," DONE "," DONE "," DONE "," DONE, 0 },
	{ "without an id", "{\"type\":\"other\",\"status\":\"pending\"}", 1 },
	{ "loud", "{\"type\":\"other\",\"status\":\"PENDING\"}", 1 },
	{ "a new word", "{\"type\":\"other\",\"status\":\"queued\"}", 0 },
};

static void test_four_files_wait(void **state)
{
	const struct budget_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body = mem_printf("{\"_embedded\":{\"documents\":[%s]}}",
				row->documents);

	assert_int_equal(
		dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200,
			    LLC(LINKS("verify-business-with-document")),
			    &customer),
		PROV_ACCEPTED);
	assert_int_equal(
		dwolla_read(DWOLLA_OWNERS, "c", NULL, 200, OWNERS, &customer),
		PROV_ACCEPTED);
	assert_int_equal(
		dwolla_read(DWOLLA_PAPERS, "c", NULL, 200, body, &customer),
		PROV_ACCEPTED);
	assert_int_equal(customer.pending, row->pending);
	assert_int_equal(customer.pending_most, 4);
	assert_int_equal(customer.parties[0].pending, 0);
	assert_int_equal(dwolla_read(DWOLLA_OWNER_PAPERS, "c", DWOLLA_OWNER,
				     200, body, &customer),
			 PROV_ACCEPTED);
	assert_int_equal(customer.parties[0].pending, row->pending);
	assert_int_equal(customer.parties[0].pending_most, 4);
	assert_int_equal(customer.parties[1].pending, 0);
	assert_int_equal(customer.parties[1].pending_most, 4);
	assert_int_equal(customer.pending, row->pending);
	free(body);
	prov_customer_release(&customer);
}

/* The answer was lost: whether it arrived stands in the list, under the type
 * that it was sent as. */

#define MADE(id, type)                                                     \
	"{\"id\":\"" id "\",\"type\":\"" type "\",\"status\":\"pending\"," \
	"\"created\":\"2025-02-01T21:42:16.000Z\"}"

static const struct lost_row {
	const char *name;
	const char *links;
	const char *errors;
	bool owner;
	const char *made;
	const char *type; /* NULL: any purpose of "other" would do */
} lost_rows[] = {
	{ "license", LINKS("verify-with-document"), "", false,
	  MADE("new", "license"), "license" },
	{ "idCard", LINKS("verify-with-document"), "", false,
	  MADE("new", "idCard"), "idCard" },
	{ "passport", LINKS("verify-with-document"), "", false,
	  MADE("new", "passport"), "passport" },
	{ "an owner's license", LINKS("verify-business-with-document"), "",
	  true, MADE("new", "license"), "license" },
	{ "an owner's passport", LINKS("verify-business-with-document"), "",
	  true, MADE("new", "passport"), "passport" },
	{ "business", LINKS("verify-business-with-document"), "", false,
	  MADE("new", "other"), "other" },
	{ "controller and business",
	  LINKS("verify-controller-and-business-with-document"), "", false,
	  MADE("new", "other"), "other" },
	{ "DBA", LINKS("upload-dba-document"), "", false, MADE("new", "other"),
	  "other:dba" },
	{ "EIN letter", LINKS("verify-business-with-document"),
	  "{\"code\":\"EINDocumentRequired\"}", false, MADE("new", "other"),
	  "other:ein" },
	{ "formation", LINKS("verify-business-with-document"),
	  "{\"code\":\"BusinessFormationDocRequired\"}", false,
	  MADE("new", "other"), "other:formation" },
	{ "address", LINKS("verify-business-with-document"),
	  "{\"code\":\"BusinessAddressDocRequired\"}", false,
	  MADE("new", "other"), "other:address" },
	{ "one of two", LINKS("verify-business-with-document"),
	  "{\"code\":\"EINDocumentRequired\"},{\"code\":"
	  "\"BusinessAddressDocRequired\"}",
	  false, MADE("new", "other"), NULL },
	{ "nothing asked by name", LINKS("send"), "", false,
	  MADE("new", "OTHER"), "other" },
	{ "an ID asked by now", LINKS("verify-with-document"), "", false,
	  MADE("new", "other"), NULL },
};

static const struct prov_paper *paper_of(const struct prov_customer *customer,
					 const char *id)
{
	for (size_t i = 0; i < customer->paper_count; i++)
		if (strcmp(customer->papers[i].id, id) == 0)
			return &customer->papers[i];
	return NULL;
}

static void read_again(const struct lost_row *row, bool arrived,
		       struct prov_customer *customer)
{
	const char *party = row->owner ? DWOLLA_OWNER : NULL;
	char *body = mem_printf(
		"{\"id\":\"c\",\"type\":\"business\",\"businessType\":\"llc\","
		"\"status\":\"document\",%s,\"_embedded\":{\"errors\":[%s]}}",
		row->links, row->errors);
	char *list = mem_printf("{\"_embedded\":{\"documents\":[%s%s%s]}}",
				MADE("old", "selfie"), arrived ? "," : "",
				arrived ? row->made : "");

	prov_customer_release(customer);
	assert_int_equal(
		dwolla_read(DWOLLA_CUSTOMER, "c", NULL, 200, body, customer),
		PROV_ACCEPTED);
	assert_int_equal(
		dwolla_read(DWOLLA_OWNERS, "c", NULL, 200, OWNERS, customer),
		PROV_ACCEPTED);
	assert_int_equal(dwolla_read(DWOLLA_PAPERS, "c", NULL, 200,
				     party ? "{}" : list, customer),
			 PROV_ACCEPTED);
	if (party)
		assert_int_equal(dwolla_read(DWOLLA_OWNER_PAPERS, "c", party,
					     200, list, customer),
				 PROV_ACCEPTED);
	prov_dwolla.customer_settle(customer);
	free(body);
	free(list);
}

static void test_lost_upload_is_listed(void **state)
{
	const struct lost_row *row = *state;
	struct prov_customer customer = { 0 };
	const struct prov_paper *paper = NULL;

	assert_true(prov_dwolla.asks_first);
	read_again(row, false, &customer);
	assert_true(customer.lists_papers);
	assert_int_equal(customer.paper_count, 1);
	assert_null(paper_of(&customer, "new"));
	read_again(row, true, &customer);
	assert_true(customer.lists_papers);
	assert_int_equal(customer.paper_count, 2);
	paper = paper_of(&customer, "new");
	assert_non_null(paper);
	assert_int_equal(paper->made_ms, 1738446136000);
	assert_int_equal(paper->side, DOC_SIDE_NONE);
	if (row->owner)
		assert_string_equal(paper->party, DWOLLA_OWNER);
	else
		assert_null(paper->party);
	if (row->type)
		assert_string_equal(paper->type, row->type);
	else
		assert_null(paper->type);
	/* What it was sent for is a guess: that it is an "other" is none. */
	if (!row->type || strncmp(row->type, "other", 5) == 0)
		assert_string_equal(paper->begins, "other");
	else
		assert_null(paper->begins);
	/* Nothing that is sent from here begins so. */
	assert_string_equal(paper_of(&customer, "old")->begins, "selfie");
	prov_customer_release(&customer);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "thousand", test_thousand_customers);
	TEST_ROWS(&tests, test_next_link_leads, way_rows);
	TEST_ROWS(&tests, test_four_files_wait, budget_rows);
	TEST_ROWS(&tests, test_lost_upload_is_listed, lost_rows);
	return test_run(&tests, "providers/dwolla_list");
}
