/* SPDX-License-Identifier: MIT */
/* Lumx's whole roads through the line-mode commands, against its practice
 * server; what single commands say stands in test_commands.c. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/road.h"

#define CUSTOMER(n)  "5eed0000-0000-4000-8000-0000000000" n
#define PARTY(n, mm) "5eed0000-0000-4000-9000-00000000" n mm
#define PERSON	     CUSTOMER("02")
#define BLURRED	     CUSTOMER("17") /* an identity document is */
#define UNDER	     CUSTOMER("21")
#define FINAL	     CUSTOMER("27")
#define COMPANY	     CUSTOMER("29") /* nobody is named */
#define TWO_PARTIES  CUSTOMER("31")

#define QUEUED "\"state\":\"queued\""

#define ADDRESS                                                           \
	"\"address\":{\"country\":\"BRA\",\"line1\":\"Rua Augusta 100\"," \
	"\"city\":\"São Paulo\",\"state\":\"SP\","                       \
	"\"postalCode\":\"01305-000\"}"
#define INFORMATION                                                            \
	"{\"phone\":\"+5511987654321\"," ADDRESS ","                           \
	"\"monthlyVolumeInUSD\":\"5000\",\"transactionVolumeInUSD\":\"1000\"," \
	"\"jurisdictions\":[\"BRA\"],\"involvedActivities\":[\"NONE\"],"       \
	"\"transactionCounterparties\":[\"CUSTOMERS\"],"                       \
	"\"companyType\":\"PAYMENT_GATEWAY\","                                 \
	"\"servicesProvided\":\"Bread\",\"website\":\"https://example.com\","  \
	"\"isRegulatedActivity\":true,"                                        \
	"\"regulatedActivityDetails\":\"Licence 1\","                          \
	"\"complianceAndAML\":\"A person looks after it\","                    \
	"\"annualRevenue\":\"100000\",\"monthlyTransactionVolume\":\"5000\","  \
	"\"sourceOfFunds\":\"COMPANY_CAPITAL\"}"
#define OWNER(name)                                                               \
	"{\"type\":\"INDIVIDUAL\",\"role\":\"UBO\",\"name\":\"" name "\","        \
	"\"birthDate\":\"1979-03-14\",\"taxId\":\"311.904.225-08\","              \
	"\"email\":\"owner@example.com\",\"ownershipPercentage\":\"60\"," ADDRESS \
	"}"
#define SPEAKER(name)                                                         \
	"{\"type\":\"INDIVIDUAL\",\"role\":\"REPRESENTATIVE\","               \
	"\"name\":\"" name "\",\"birthDate\":\"1984-11-02\","                 \
	"\"taxId\":\"408.551.730-16\",\"email\":\"rep@example.com\"," ADDRESS \
	"}"
#define HOLDING                                                               \
	"{\"type\":\"BUSINESS\",\"role\":\"SHAREHOLDER\","                    \
	"\"legalName\":\"Três Irmãos Ltda.\","                              \
	"\"incorporationDate\":\"2001-02-03\","                               \
	"\"taxId\":\"11.444.777/0001-61\",\"email\":\"holding@example.com\"," \
	"\"ownershipPercentage\":\"40\"," ADDRESS "}"

static const struct walk_paper papers[] = {
	{ .customer = CUSTOMER("10"),
	  .type = "SELFIE",
	  .country = "BRA",
	  .sample = "selfie.jpg" },
	{ .customer = CUSTOMER("11"),
	  .type = "SELFIE",
	  .country = "BRA",
	  .sample = "selfie.jpg" },
	{ .customer = TWO_PARTIES,
	  .type = "POWER_OF_ATTORNEY",
	  .country = "BRA",
	  .sample = "bank-statement.pdf" },
	{ .type = NULL },
};

const struct road road = {
	.provider = "lumx",
	.options = "--review-seconds 0",
	.country = "BRA",
	.customers = 40,
	.papers = papers,
};

static void upload(const char *customer, const char *party, const char *type,
		   const char *side, const char *sample, int status,
		   const char *says)
{
	road_upload(&(struct road_paper){ NULL, customer, party, type, side,
					  sample, status, says });
}

/* What only the customer may do: open the page, which accepts the terms. */
static void accept_terms(const char *customer)
{
	struct practice_run run =
		KYC(&practice, "link", "--json", "-c", customer);
	json_t *line = json_loads(run.out, 0, NULL);
	const char *url = json_string_value(json_object_get(line, "url"));
	const char *host = url ? strstr(url, "://") : NULL;
	const char *path = host ? strchr(host + 3, '/') : NULL;
	struct sandbox_reply reply = { 0 };

	if (run.status || !path)
		fail_msg("no page: %s %s", run.out, run.err);
	reply = sandbox_call(&practice.server, "GET", path, "", NULL);
	assert_int_equal(reply.status, 200);
	sandbox_release(&reply);
	json_decref(line);
	practice_run_release(&run);
}

static void expect_stage(const char *customer, const char *stage)
{
	char *says = mem_printf("· %s\n", stage);

	WALK(&practice, 0, says, "status", "-c", customer);
	free(says);
}

static void test_a_person_is_approved(void **state)
{
	(void)state;
	walk_form(&practice, PERSON, NULL, NULL, practice_information, 0,
		  ACCEPTED);
	walk_form(&practice, PERSON, NULL, "lumx.business", INFORMATION, 3,
		  "not for");
	upload(PERSON, NULL, "DRIVERS_LICENSE", "front",
	       "drivers-license-front.jpg", 0, ACCEPTED);
	upload(PERSON, NULL, "DRIVERS_LICENSE", "back",
	       "drivers-license-back.jpg", 0, ACCEPTED);
	upload(PERSON, NULL, "PROOF_OF_ADDRESS", NULL, "proof-of-address.pdf",
	       0, ACCEPTED);
	upload(PERSON, NULL, "SELFIE", NULL, "selfie.jpg", 0, ACCEPTED);
	/* It begins by itself, with the last thing that is wanted. */
	WALK(&practice, 3, "by itself", "start", "-c", PERSON);
	WALK(&practice, 3, "\"event\":\"result\"", "start", "--json", "-c",
	     PERSON);
	accept_terms(PERSON);
	expect_stage(PERSON, "approved");
	upload(PERSON, NULL, "SELFIE", NULL, "selfie.png", 3, "");
}

static void test_a_rejected_paper_is_replaced(void **state)
{
	(void)state;
	walk_expect_item(&practice, BLURRED, "PASSPORT/front", NULL, "status",
			 "rejected");
	walk_expect_item(&practice, BLURRED, "PASSPORT/front", NULL,
			 "reason.next", "new_picture");
	upload(BLURRED, NULL, "PASSPORT", "front", "passport.jpg", 0, ACCEPTED);
	walk_expect_item(&practice, BLURRED, "PASSPORT/front", NULL, "status",
			 "sent");
	WALK(&practice, 0, "", "start", "-c", BLURRED);
	expect_stage(BLURRED, "approved");
}

/* Two people are named, and each shows who they are. */
static void test_a_company_is_approved(void **state)
{
	char *owner = NULL, *speaker = NULL;

	(void)state;
	WALK(&practice, 3, "dditional information", "start", "-c", COMPANY);
	walk_form(&practice, COMPANY, NULL, NULL, INFORMATION, 0, ACCEPTED);
	walk_form(&practice, COMPANY, NULL, "lumx.party", OWNER("Ana Exemplo"),
		  0, ACCEPTED);
	walk_form(&practice, COMPANY, NULL, "lumx.party",
		  SPEAKER("João Peçanha"), 0, ACCEPTED);
	owner = walk_party(&practice, COMPANY, "PASSPORT/front", 0);
	speaker = walk_party(&practice, COMPANY, "PASSPORT/front", 1);
	upload(COMPANY, owner, "PASSPORT", "front", "passport.jpg", 0,
	       ACCEPTED);
	upload(COMPANY, owner, "PROOF_OF_ADDRESS", NULL, "proof-of-address.pdf",
	       0, ACCEPTED);
	walk_expect_item(&practice, COMPANY, "PASSPORT/front", speaker,
			 "status", "missing");
	upload(COMPANY, "joao", "ID_CARD", "front", "id-card-front.jpg", 0,
	       ACCEPTED);
	upload(COMPANY, "João Peçanha", "ID_CARD", "back", "id-card-back.jpg",
	       0, ACCEPTED);
	upload(COMPANY, speaker, "PROOF_OF_ADDRESS", NULL, "bank-statement.pdf",
	       0, ACCEPTED);
	upload(COMPANY, NULL, "PROOF_OF_ADDRESS", NULL, "proof-of-address.pdf",
	       0, ACCEPTED);
	WALK(&practice, 3, "Articles of incorporation", "start", "-c", COMPANY);
	upload(COMPANY, NULL, "INCORPORATION_ARTICLES", NULL,
	       "incorporation-articles.pdf", 0, ACCEPTED);
	/* It said that it is regulated. */
	WALK(&practice, 3, "Licence for a regulated activity", "start", "-c",
	     COMPANY);
	upload(COMPANY, NULL, "REGULATED_ACTIVITY_DOCUMENT", NULL,
	       "bank-statement.pdf", 0, ACCEPTED);
	WALK(&practice, 3, "Terms of service", "start", "-c", COMPANY);
	accept_terms(COMPANY);
	WALK(&practice, 0, "\"type\":\"start\"", "start", "--json", "-c",
	     COMPANY);
	expect_stage(COMPANY, "approved");
	free(owner);
	free(speaker);
}

static void test_a_company_owns_it(void **state)
{
	char *party = NULL;

	(void)state;
	walk_form(&practice, TWO_PARTIES, NULL, "lumx.party", HOLDING, 0,
		  ACCEPTED);
	party = walk_party(&practice, TWO_PARTIES, "PROOF_OF_ADDRESS", 2);
	upload(TWO_PARTIES, "tres irmaos", "PROOF_OF_ADDRESS", NULL,
	       "proof-of-address.pdf", 0, party);
	walk_expect_item(&practice, TWO_PARTIES, "PROOF_OF_ADDRESS", party,
			 "status", "sent");
	free(party);
}

static const struct road_paper paper_rows[] = {
	{ "an income tax return", CUSTOMER("10"), NULL, "INCOME_TAX_RETURN",
	  NULL, "bank-statement.pdf", 0, ACCEPTED },
	{ "a delivery receipt", CUSTOMER("10"), NULL, "DELIVERY_RECEIPT", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a bank statement", CUSTOMER("10"), NULL, "BANK_STATEMENT", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "another paper", CUSTOMER("10"), NULL, "OTHER", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a register of shareholders", TWO_PARTIES, NULL,
	  "SHAREHOLDER_REGISTRY", NULL, "bank-statement.pdf", 0, ACCEPTED },
	{ "one of directors", TWO_PARTIES, NULL, "DIRECTORS_REGISTRY", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a chart", TWO_PARTIES, NULL, "SIGNED_CORPORATE_STRUCTURE_CHART",
	  NULL, "bank-statement.pdf", 0, ACCEPTED },
	{ "a power of attorney", TWO_PARTIES, NULL, "POWER_OF_ATTORNEY", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a licence", TWO_PARTIES, NULL, "REGULATED_ACTIVITY_DOCUMENT", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "a balance sheet", TWO_PARTIES, NULL, "SIGNED_BALANCE_SHEET", NULL,
	  "bank-statement.pdf", 0, ACCEPTED },
	{ "an income statement", TWO_PARTIES, NULL, "SIGNED_INCOME_STATEMENT",
	  NULL, "bank-statement.pdf", 0, ACCEPTED },
	{ "a party's license", TWO_PARTIES, PARTY("31", "02"),
	  "DRIVERS_LICENSE", "front", "drivers-license-front.jpg", 0,
	  ACCEPTED },
	{ "a paper of a company, for a person", CUSTOMER("10"), NULL,
	  "POWER_OF_ATTORNEY", NULL, "bank-statement.pdf", 1,
	  "is for a business" },
	{ "a customer under review", UNDER, NULL, "SELFIE", NULL, "selfie.jpg",
	  3, "" },
	{ "one who is rejected for good", FINAL, NULL, "SELFIE", NULL,
	  "selfie.jpg", 3, "" },
};

static const struct road_trouble trouble_rows[] = {
	{ "pages", "--customers 1000" },
	{ "too many requests, with a wait",
	  "--customers 1000 --fault status=429,retry-after=1,method=GET,"
	  "skip=1,count=1" },
	{ "a moment's trouble",
	  "--customers 1000 "
	  "--fault status=503,method=GET,skip=1,count=1" },
};

/* Prism finds nothing wrong with whatever is said on these roads. */
static void test_contract(void **state)
{
	prism = prism_beside(&practice);
	if (!prism)
		skip();
	prism_expect_refused(prism, "POST", "/customers", "", "{}");
	for (size_t i = 0; i < sizeof(paper_rows) / sizeof(*paper_rows); i++)
		road_paper(&(void *){ (void *)(uintptr_t)&paper_rows[i] });
	test_a_person_is_approved(state);
	test_a_rejected_paper_is_replaced(state);
	test_a_company_is_approved(state);
	test_a_company_owns_it(state);
	WALK(&practice, 0, "", "customers");
	prism_expect_content(prism, 100, NULL);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "a person is approved", test_a_person_is_approved);
	test_add(&tests, "a rejected paper is replaced",
		 test_a_rejected_paper_is_replaced);
	test_add(&tests, "a company is approved", test_a_company_is_approved);
	test_add(&tests, "a company owns it", test_a_company_owns_it);
	TEST_ROWS(&tests, road_paper, paper_rows);
	prism_add(&tests, "contract", test_contract);
	road_add(&tests);
	TEST_ROWS(&tests, road_trouble, trouble_rows);
	return road_run(&tests, "end_to_end/lumx");
}
