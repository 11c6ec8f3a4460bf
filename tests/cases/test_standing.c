/* SPDX-License-Identifier: MIT */
/* How the provider said a thing stands: by its side, and only if it did. */
#include "cases/submission.h"

#include <stdlib.h>

#include "tests/cases/desk.h"

static void want(struct prov_customer *customer, const char *type,
		 enum doc_side side, enum prov_req_status status)
{
	struct prov_requirement *req =
		desk_want(customer, PROV_REQ_DOCUMENT, type);

	req->side = side;
	req->status = status;
}

static const char *of(const struct prov_customer *customer, const char *type,
		      enum doc_side side)
{
	return submission_standing(customer, PROV_RANK_DOCUMENT, type, side,
				   "");
}

static void test_standing_goes_by_side(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	want(&customer, "ID", DOC_SIDE_FRONT, PROV_REQ_SENT);
	want(&customer, "ID", DOC_SIDE_BACK, PROV_REQ_MISSING);
	want(&customer, "PASS", DOC_SIDE_NONE, PROV_REQ_SENT);
	assert_string_equal(of(&customer, "ID", DOC_SIDE_FRONT), "sent");
	assert_string_equal(of(&customer, "ID", DOC_SIDE_BACK), "missing");
	assert_string_equal(of(&customer, "PASS", DOC_SIDE_FRONT), "sent");
	assert_string_equal(of(&customer, "SELFIE", DOC_SIDE_NONE), "");
	prov_customer_release(&customer);
}

static void test_standing_of_what_is_not_spoken_of(void **state)
{
	struct prov_customer customer = { 0 };

	(void)state;
	want(&customer, "PROOF", DOC_SIDE_NONE, PROV_REQ_MISSING);
	customer.requirements[0].unlisted = true;
	assert_string_equal(of(&customer, "PROOF", DOC_SIDE_NONE), "");
	customer.requirements[0].status = PROV_REQ_REJECTED;
	assert_string_equal(of(&customer, "PROOF", DOC_SIDE_NONE), "rejected");
	prov_customer_release(&customer);
}

int main(void)
{
	struct test_list tests = { 0 };

	test_add(&tests, "goes by side", test_standing_goes_by_side);
	test_add(&tests, "of what is not spoken of",
		 test_standing_of_what_is_not_spoken_of);
	return test_run(&tests, "cases/standing");
}
