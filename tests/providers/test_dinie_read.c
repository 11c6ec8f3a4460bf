/* SPDX-License-Identifier: MIT */
/* Dinie: what its readers make of lists, customers and their items. The stored
 * answers in dinie/ are written after the samples of dinie.nexaedge.dev. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "providers/provider.h"
#include "tests/providers/adapter_case.h"

#define CUSTOMER "cust_550e8400e29b41d4a716446655440000"
#define WITH_ID	 "{\"id\":\"" CUSTOMER "\","
#define DOCUMENT "\"kind\":\"document\",\"description\":\"D\","
#define DATA	 "\"kind\":\"data\",\"description\":\"D\","

static enum prov_outcome read_body(int status, const char *body,
				   struct prov_customer *customer)
{
	struct prov_ctx ctx = { .secret = "k", .customer = CUSTOMER };

	return adapter_read(&prov_dinie.customer_read[0].op, &ctx, status, body,
			    customer);
}

static void read_stored(const char *name, struct prov_customer *customer)
{
	char *body = adapter_stored("dinie", name);

	assert_int_equal(read_body(200, body, customer), PROV_ACCEPTED);
	free(body);
}

/* What the record keeps must come back as it was. */
static void check_record(const struct prov_customer *customer)
{
	struct prov_customer again = { 0 };
	struct buf first = { 0 }, second = { 0 };

	prov_customer_to_json(customer, &first);
	assert_int_equal(prov_customer_from_json(&again, buf_text(&first),
						 &prov_dinie, NULL),
			 0);
	prov_customer_to_json(&again, &second);
	assert_string_equal(buf_text(&first), buf_text(&second));
	prov_customer_release(&again);
	buf_release(&first);
	buf_release(&second);
}

static const char *kind_of(const struct prov_requirement *req)
{
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		return req->type->code;
	case PROV_REQ_INFORMATION:
		return req->form->schema->name;
	case PROV_REQ_TERMS:
		return "link";
	default:
		return "-";
	}
}

/* A line for each requirement: its code, what it is, its side, its status
 * ('?' when it is optional), where a rejection leads. free() it. */
static char *lines_of(const struct prov_customer *customer)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < customer->requirement_count; i++) {
		const struct prov_requirement *req = &customer->requirements[i];

		buf_addf(&out, "%s %s", req->code, kind_of(req));
		if (req->side != DOC_SIDE_NONE)
			buf_addf(&out, "/%s", doc_side_name(req->side));
		buf_addf(&out, " %s%s", adapter_status(req),
			 req->optional ? "?" : "");
		if (req->reason.next)
			buf_addf(&out, " -> %s",
				 prov_next_name(req->reason.next));
		buf_add_char(&out, '\n');
	}
	return buf_take(&out);
}

static void assert_lines(const struct prov_customer *customer, const char *want)
{
	char *lines = lines_of(customer);

	assert_string_equal(lines, want);
	free(lines);
	check_record(customer);
}

static void test_pending(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("pending", &customer);
	assert_string_equal(customer.id, CUSTOMER);
	assert_string_equal(customer.name, "Joao Silva");
	assert_int_equal(customer.kind, PROV_BUSINESS);
	assert_string_equal(customer.tax_id, "12.345.678/0001-90");
	assert_string_equal(customer.email, "joao@example.com");
	assert_string_equal(customer.country, "");
	assert_int_equal(customer.stage, PROV_STAGE_NOT_STARTED);
	assert_string_equal(customer.stage_word, "pending_kyc");
	assert_null(customer.closed_because);
	assert_lines(&customer,
		     "ccmei ccmei missing\n"
		     "identity_card_front identity_card/front missing\n"
		     "identity_card_back identity_card/back missing\n"
		     "biometrics link missing\n");
	/* Their words are shown, not ours. */
	assert_string_equal(customer.requirements[1].label, "RG");
	assert_ptr_equal(customer.requirements[1].type,
			 customer.requirements[2].type);
	prov_customer_release(&customer);
}

static void test_card_without_a_side(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	assert_int_equal(read_body(200,
				   WITH_ID
				   "\"kyc\":[{" DOCUMENT
				   "\"type\":\"identity_card\"},{" DOCUMENT
				   "\"type\":\"identity_card_back\"}]}",
				   &customer),
			 PROV_ACCEPTED);
	assert_lines(&customer,
		     "identity_card identity_card/front missing\n"
		     "identity_card_back identity_card/back missing\n");
	assert_string_equal(customer.requirements[0].target, "identity_card");
	assert_null(customer.requirements[1].target);
	prov_customer_release(&customer);
}

static void test_rejected(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("rejected", &customer);
	assert_int_equal(customer.kind, PROV_INDIVIDUAL);
	assert_string_equal(customer.tax_id, "123.456.789-00");
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_string_equal(customer.stage_word, "pending_kyc");
	assert_null(customer.closed_because);
	assert_lines(&customer, "ccmei ccmei rejected -> new_picture\n"
				"identity_card_front identity_card/front sent\n"
				"email dinie_email rejected -> correct_data\n");
	assert_string_equal(customer.requirements[0].reason.message,
			    "Documento ilegivel");
	assert_string_equal(customer.requirements[2].reason.message,
			    "E-mail invalido");
	/* Which upload it was that was rejected; not all there ever were. */
	assert_false(customer.lists_papers);
	assert_int_equal(customer.paper_count, 2);
	assert_string_equal(customer.papers[0].type, "ccmei");
	assert_string_equal(customer.papers[0].version, "2026-03-03T15:10:00Z");
	assert_string_equal(customer.requirements[2].known,
			    "{\"email\":\"joao@example.com\"}");
	prov_customer_release(&customer);
}

static void test_under_review(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("under_review", &customer);
	assert_int_equal(customer.stage, PROV_STAGE_IN_REVIEW);
	assert_non_null(strstr(customer.closed_because, "reviewing"));
	assert_lines(&customer, "ccmei ccmei in review\n");
	prov_customer_release(&customer);
}

static void test_active(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("active", &customer);
	assert_int_equal(customer.stage, PROV_STAGE_APPROVED);
	assert_non_null(strstr(customer.closed_because, "approved"));
	assert_lines(&customer, "");
	prov_customer_release(&customer);
}

/* A status that the field list does not have, there all the same. */
static void test_status_words_win(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("words", &customer);
	assert_int_equal(customer.stage, PROV_STAGE_ACTION_NEEDED);
	assert_lines(&customer,
		     "identity_card_front identity_card/front accepted\n"
		     "identity_card_back identity_card/back rejected"
		     " -> new_picture\n"
		     "selfie selfie sent\n"
		     "proof_of_address proof_of_address missing\n"
		     "income_statement income_statement missing\n"
		     "phone dinie_phone rejected -> correct_data\n");
	assert_string_equal(customer.requirements[4].status_word,
			    "awaiting_bureau");
	prov_customer_release(&customer);
}

static void test_newer_interface_is_read_only(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	read_stored("newer", &customer);
	assert_non_null(strstr(customer.closed_because, "newer version"));
	assert_lines(&customer, "company_document - missing\n"
				"identity_sub1 - rejected -> other_paper\n"
				"income_statement - in review?\n");
	assert_string_equal(customer.requirements[0].label, "CCMEI");
	assert_string_equal(customer.requirements[1].label,
			    "Identidade (Ana Prado)");
	assert_string_equal(customer.requirements[1].reason.message,
			    "Documento vencido");
	prov_customer_release(&customer);
}

/* Each row of the table of states, and what is not in it. */
static const struct item_row {
	const char *name;
	const char *status; /* of the customer */
	const char *item;
	const char *line;
	enum prov_stage stage;
} item_rows[] = {
	{ "pending", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":null,"
	  "\"uploaded_at\":null}",
	  "cnh cnh missing\n", PROV_STAGE_NOT_STARTED },
	{ "submitted", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":null,"
	  "\"uploaded_at\":\"2026-03-03T15:10:00Z\"}",
	  "cnh cnh sent\n", PROV_STAGE_NOT_STARTED },
	{ "submitted, as a number", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"uploaded_at\":1772550600}",
	  "cnh cnh sent\n", PROV_STAGE_NOT_STARTED },
	{ "submitted, under review", "under_review",
	  "{" DOCUMENT "\"type\":\"cnh\",\"uploaded_at\":\"x\"}",
	  "cnh cnh in review\n", PROV_STAGE_IN_REVIEW },
	{ "rejected, still uploaded", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"Borrado\","
	  "\"uploaded_at\":\"x\"}",
	  "cnh cnh rejected -> new_picture\n", PROV_STAGE_ACTION_NEEDED },
	{ "rejected, no upload", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"Borrado\","
	  "\"uploaded_at\":null}",
	  "cnh cnh rejected -> new_picture\n", PROV_STAGE_ACTION_NEEDED },
	{ "rejected, under review", "under_review",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"Borrado\","
	  "\"uploaded_at\":\"x\"}",
	  "cnh cnh rejected -> new_picture\n", PROV_STAGE_ACTION_NEEDED },
	{ "rejected, a word that nobody knows", "waiting",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"x\"}",
	  "cnh cnh rejected -> new_picture\n", PROV_STAGE_ACTION_NEEDED },
	{ "an expired one", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"Documento VENCIDO\"}",
	  "cnh cnh rejected -> other_paper\n", PROV_STAGE_ACTION_NEEDED },
	{ "somebody else's", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":"
	  "\"Não pertence ao cliente\"}",
	  "cnh cnh rejected -> other_paper\n", PROV_STAGE_ACTION_NEEDED },
	{ "an empty message", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"\","
	  "\"uploaded_at\":\"\"}",
	  "cnh cnh missing\n", PROV_STAGE_NOT_STARTED },
	{ "active", "active",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"old\"}",
	  "cnh cnh accepted\n", PROV_STAGE_APPROVED },
	{ "denied", "denied",
	  "{" DOCUMENT "\"type\":\"cnh\",\"message\":\"x\"}",
	  "cnh cnh rejected -> new_picture\n", PROV_STAGE_CLOSED },
	{ "creating", "creating", "{" DOCUMENT "\"type\":\"cnh\"}",
	  "cnh cnh missing\n", PROV_STAGE_UNKNOWN },
	{ "a type that nobody knows", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"pet_passport_front\"}",
	  "pet_passport_front pet_passport_front missing\n",
	  PROV_STAGE_NOT_STARTED },
	{ "a type for a screen alone", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"pet passport\"}", "pet passport - missing\n",
	  PROV_STAGE_NOT_STARTED },
	{ "a type that a terminal would obey", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"\\u001b[2J\"}",
	  "\xef\xbf\xbd[2J - missing\n", PROV_STAGE_NOT_STARTED },
	{ "no type", "pending_kyc", "{" DOCUMENT "\"type\":null}",
	  "unknown - missing\n", PROV_STAGE_NOT_STARTED },
	{ "no kind", "pending_kyc", "{\"type\":\"cnh\"}", "cnh - missing\n",
	  PROV_STAGE_NOT_STARTED },
	{ "a kind that nobody knows", "pending_kyc",
	  "{\"kind\":\"visit\",\"type\":\"home\"}", "home - missing\n",
	  PROV_STAGE_NOT_STARTED },
	{ "biometrics", "pending_kyc", "{" DOCUMENT "\"type\":\"biometrics\"}",
	  "biometrics link missing\n", PROV_STAGE_NOT_STARTED },
	{ "biometrics, done", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"biometrics\",\"uploaded_at\":\"x\"}",
	  "biometrics link sent\n", PROV_STAGE_NOT_STARTED },
	{ "data without a message", "pending_kyc",
	  "{" DATA "\"type\":\"cnpj\",\"message\":null,\"uploaded_at\":null}",
	  "cnpj dinie_cnpj rejected -> correct_data\n",
	  PROV_STAGE_ACTION_NEEDED },
	{ "data, corrected and waiting", "pending_kyc",
	  "{" DATA "\"type\":\"name\",\"status\":\"submitted\"}",
	  "name dinie_name sent\n", PROV_STAGE_NOT_STARTED },
	{ "data that is no field", "pending_kyc",
	  "{" DATA "\"type\":\"mother_name\"},{" DATA "\"type\":\"income\"}",
	  "mother_name dinie_data rejected -> correct_data\n",
	  PROV_STAGE_ACTION_NEEDED },
	{ "the same twice", "pending_kyc",
	  "{" DOCUMENT "\"type\":\"cnh\"},{" DOCUMENT "\"type\":\"cnh\"}",
	  "cnh cnh missing\n", PROV_STAGE_NOT_STARTED },
	{ "no items at all", "pending_kyc", "1,null,[],\"x\",true", "",
	  PROV_STAGE_NOT_STARTED },
	{ "members of the wrong type", "pending_kyc",
	  "{\"kind\":7,\"type\":[],\"description\":{},\"message\":1,"
	  "\"uploaded_at\":false,\"status\":null}",
	  "unknown - missing\n", PROV_STAGE_NOT_STARTED },
};

static void test_item(void **state)
{
	const struct item_row *row = *state;
	struct prov_customer customer = { 0 };
	char *body = mem_printf(WITH_ID "\"status\":\"%s\",\"kyc\":[%s]}",
				row->status, row->item);

	assert_int_equal(read_body(200, body, &customer), PROV_ACCEPTED);
	assert_lines(&customer, row->line);
	assert_int_equal(customer.stage, row->stage);
	assert_string_equal(customer.stage_word, row->status);
	assert_int_equal(customer.closed_because != NULL,
			 row->stage == PROV_STAGE_APPROVED ||
				 row->stage == PROV_STAGE_CLOSED ||
				 row->stage == PROV_STAGE_IN_REVIEW);
	prov_customer_release(&customer);
	free(body);
}

static const struct shape_row {
	const char *name;
	int status;
	const char *body;
	enum prov_outcome outcome;
} shape_rows[] = {
	{ "an id alone", 200, WITH_ID "\"x\":1}", PROV_ACCEPTED },
	{ "a kyc list and no id", 200, "{\"kyc\":[]}", PROV_ACCEPTED },
	{ "wrong types everywhere", 200,
	  WITH_ID "\"status\":7,\"cpf\":[],\"cnpj\":{},\"name\":1,\"email\":"
		  "false,\"phone\":null,\"kyc\":{\"a\":1},\"created_at\":[]}",
	  PROV_ACCEPTED },
	{ "somebody else", 200, "{\"id\":\"cust_2\",\"kyc\":[]}", PROV_UNSURE },
	{ "nobody", 200, "{}", PROV_UNSURE },
	{ "a list", 200, "[]", PROV_UNSURE },
	{ "torn", 200, "{\"id\":\"cu", PROV_UNSURE },
	{ "empty", 200, "", PROV_UNSURE },
	{ "a page", 200, "<html>log in</html>", PROV_UNSURE },
	{ "not found", 404, "{\"title\":\"Not Found\"}", PROV_REFUSED },
	{ "busy", 429, "{}", PROV_AGAIN },
};

static void test_shape(void **state)
{
	const struct shape_row *row = *state;
	struct prov_customer customer = { 0 };

	assert_int_equal(read_body(row->status, row->body, &customer),
			 row->outcome);
	if (row->outcome == PROV_ACCEPTED)
		assert_string_equal(customer.id, CUSTOMER);
	else
		assert_null(customer.id);
	check_record(&customer);
	prov_customer_release(&customer);
}

/* Text from outside cannot leave its place on the screen. */
static void test_texts_are_cleaned(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	assert_int_equal(read_body(200,
				   WITH_ID
				   "\"name\":\"A\\u001b[2Jb\\n\",\"status\":"
				   "\"x\\u0007\",\"kyc\":[{" DOCUMENT
				   "\"type\":\"cnh\",\"message\":"
				   "\"\\u001b]0;x\\u0007\"}]}",
				   &customer),
			 PROV_ACCEPTED);
	assert_null(strchr(customer.name, 0x1b));
	assert_null(strchr(customer.name, '\n'));
	assert_null(strchr(customer.stage_word, 7));
	assert_null(strchr(customer.requirements[0].reason.message, 0x1b));
	prov_customer_release(&customer);
}

/* Nobody asks for that many. */
static void test_list_has_a_ceiling(void **state)
{
	struct prov_customer customer = { 0 };
	struct buf body = { 0 };

	(void)state;
	buf_add_text(&body, WITH_ID "\"kyc\":[0");
	for (int i = 0; i < 3000; i++)
		buf_addf(&body, ",{" DOCUMENT "\"type\":\"t%d\"}", i);
	buf_add_text(&body, "]}");
	assert_int_equal(read_body(200, buf_text(&body), &customer),
			 PROV_ACCEPTED);
	assert_int_equal(customer.requirement_count, 499);
	prov_customer_release(&customer);
	buf_release(&body);
}

/* Lists. */

static enum prov_outcome read_page(const char *body, const char *cursor,
				   struct prov_page *page)
{
	struct prov_ctx ctx = { .secret = "k", .cursor = cursor };

	return adapter_read(&prov_dinie.customer_list, &ctx, 200, body, page);
}

static void test_pages(void **state)
{
	struct prov_page page = { 0 };
	char *body = adapter_stored("dinie", "page_first");

	(void)state;
	assert_int_equal(read_page(body, NULL, &page), PROV_ACCEPTED);
	assert_int_equal(page.count, 2);
	assert_string_equal(page.next, "cust_2");
	assert_string_equal(page.customers[1].name, "Ana Prado");
	assert_int_equal(page.customers[1].kind, PROV_BUSINESS);
	assert_int_equal(page.customers[1].stage, PROV_STAGE_ACTION_NEEDED);
	assert_int_equal(page.customers[1].requirement_count, 0);
	free(body);
	body = adapter_stored("dinie", "page_last");
	assert_int_equal(read_page(body, "cust_2", &page), PROV_ACCEPTED);
	assert_int_equal(page.count, 1);
	assert_null(page.next);
	prov_page_release(&page);
	free(body);
}

static const struct page_row {
	const char *name;
	const char *body;
	enum prov_outcome outcome;
	size_t count;
	const char *next; /* NULL: it ends here */
} page_rows[] = {
	{ "more, and nobody", "{\"data\":[],\"has_more\":true}", PROV_ACCEPTED,
	  0, NULL },
	{ "more, and nobody with an id",
	  "{\"data\":[{\"name\":\"A\"},7,null],\"has_more\":true}",
	  PROV_ACCEPTED, 0, NULL },
	/* Who asks sees that it is the same, and says so. */
	{ "more, and the same again",
	  "{\"data\":[{\"id\":\"cust_1\"}],\"has_more\":true}", PROV_ACCEPTED,
	  1, "cust_1" },
	{ "a short page does not end it",
	  "{\"data\":[{\"id\":\"cust_2\"}],\"has_more\":true}", PROV_ACCEPTED,
	  1, "cust_2" },
	{ "has_more missing", "{\"data\":[{\"id\":\"cust_2\"}]}", PROV_ACCEPTED,
	  1, NULL },
	{ "has_more as a text",
	  "{\"data\":[{\"id\":\"cust_2\"}],\"has_more\":\"true\"}",
	  PROV_ACCEPTED, 1, NULL },
	{ "an id for no path",
	  "{\"data\":[{\"id\":\"..\"},{\"id\":\"a\\nb\"}],\"has_more\":true}",
	  PROV_ACCEPTED, 0, NULL },
	{ "no list", "{\"data\":{}}", PROV_UNSURE, 0, NULL },
	{ "a page for people", "<html>", PROV_UNSURE, 0, NULL },
};

static void test_page(void **state)
{
	const struct page_row *row = *state;
	struct prov_page page = { 0 };

	assert_int_equal(read_page(row->body, "cust_1", &page), row->outcome);
	assert_int_equal(page.count, row->count);
	if (row->next)
		assert_string_equal(page.next, row->next);
	else
		assert_null(page.next);
	prov_page_release(&page);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_item, item_rows);
	TEST_ROWS(&tests, test_shape, shape_rows);
	TEST_ROWS(&tests, test_page, page_rows);
	test_add(&tests, "pending", test_pending);
	test_add(&tests, "a card without a side", test_card_without_a_side);
	test_add(&tests, "rejected", test_rejected);
	test_add(&tests, "under review", test_under_review);
	test_add(&tests, "active", test_active);
	test_add(&tests, "status words win", test_status_words_win);
	test_add(&tests, "the newer interface is read only",
		 test_newer_interface_is_read_only);
	test_add(&tests, "texts are cleaned", test_texts_are_cleaned);
	test_add(&tests, "the list has a ceiling", test_list_has_a_ceiling);
	test_add(&tests, "pages", test_pages);
	return test_run(&tests, "providers/dinie_read");
}
