/* SPDX-License-Identifier: MIT */
/* What a provider says of one answer lands on the field of that answer,
 * however deep it nests, in every form of every provider. */
#include <string.h>

#include "forms/form.h"
#include "tests/providers/adapter_case.h"
#include "tests/test.h"

#define DWOLLA(path)                                                      \
	"{\"code\":\"ValidationError\",\"message\":\"Validation error(s)" \
	" present.\",\"_embedded\":{\"errors\":[{\"code\":\"Invalid\","   \
	"\"message\":\"Not as it must be.\",\"path\":\"" path "\"}]}}"
#define DINIE(param)                                                   \
	"{\"title\":\"T\",\"code\":\"validation_error\",\"errors\":[{" \
	"\"param\":\"" param "\",\"detail\":\"Not as it must be.\"}]}"
#define ZRO(code, words) \
	"{\"success\":false,\"code\":\"" code "\",\"message\":\"" words "\"}"
#define LUMX(words) "{\"statusCode\":400,\"message\":[\"" words "\"]}"

static const struct landing {
	const char *name;
	const char *provider;
	const char *form;
	int status;
	const char *body;
	const char *field; /* NULL: nothing lands anywhere */
} landings[] = {
	{ "Dwolla: a word", "dwolla", "dwolla.personal_retry", 400,
	  DWOLLA("/firstName"), "firstName" },
	{ "Dwolla: a controller's", "dwolla", "dwolla.controller_retry", 400,
	  DWOLLA("/controller/firstName"), "controller.firstName" },
	{ "Dwolla: of a controller's address", "dwolla",
	  "dwolla.controller_retry", 400, DWOLLA("/controller/address/city"),
	  "controller.address.city" },
	{ "Dwolla: of a controller's passport", "dwolla",
	  "dwolla.controller_retry", 400, DWOLLA("/controller/passport/number"),
	  "controller.passport.number" },
	{ "Dwolla: of an owner's address", "dwolla", "dwolla.owner", 400,
	  DWOLLA("/address/postalCode"), "address.postalCode" },
	{ "Dwolla: of an owner's passport", "dwolla", "dwolla.owner", 400,
	  DWOLLA("/passport/country"), "passport.country" },
	{ "Dwolla: of something else", "dwolla", "dwolla.owner", 400,
	  DWOLLA("/elsewhere"), NULL },
	{ "Dinie: of a correction", "dinie", "dinie_cnpj", 422, DINIE("cnpj"),
	  "cnpj" },
	{ "Dinie: of a new company", "dinie", "dinie_new_business", 422,
	  DINIE("cnpj"), "cnpj" },
	{ "Dinie: of who represents it", "dinie", "dinie_new_business", 422,
	  DINIE("cpf"), "cpf" },
	{ "Dinie: of something else", "dinie", "dinie_new_business", 422,
	  DINIE("status"), NULL },
	{ "Z.ro: a word", "zro", "zro.representative", 422,
	  ZRO("MATCHES", "The value is not accepted in param phone_number"),
	  "phone_number" },
	{ "Z.ro: of an address", "zro", "zro.representative", 422,
	  ZRO("MATCHES", "The value is not accepted in param "
			 "address.zip_code"),
	  "address.zip_code" },
	{ "Z.ro: by its code alone", "zro", "zro.shareholder", 422,
	  ZRO("IS_CPF_OR_CNPJ", "No."), "document" },
	{ "Z.ro: a CPF by its code alone", "zro", "zro.representative", 400,
	  ZRO("INVALID_CPF_FORMAT", "No."), "document" },
	{ "Lumx: a word", "lumx", "lumx.individual", 400,
	  LUMX("phone must be a phone number"), "phone" },
	{ "Lumx: of an address", "lumx", "lumx.business", 400,
	  LUMX("address.postalCode must be shorter"), "address.postalCode" },
	{ "Lumx: of a list", "lumx", "lumx.business", 400,
	  LUMX("each value in involvedActivities must be one of them"),
	  "involvedActivities" },
	{ "Lumx: of an owner", "lumx", "lumx.party", 400,
	  LUMX("birthDate must be a date"), "birthDate" },
	{ "Lumx: of a new customer", "lumx", "lumx.new_individual", 400,
	  LUMX("taxId must be a valid tax id"), "taxId" },
};

static void test_problem_lands(void **state)
{
	const struct landing *row = *state;
	const struct provider *provider = prov_find(row->provider);
	const struct prov_form *form = prov_form_find(provider, row->form);
	struct prov_reply reply = adapter_reply(row->status, row->body);
	struct prov_ctx ctx = { .form = form, .now = 1000 };
	struct prov_result result = { 0 };

	assert_non_null(form);
	form->send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, PROV_REFUSED);
	if (row->field) {
		if (!findings_for(&result.problems, row->field))
			fail_msg("%zu problems, none of '%s': %s",
				 result.problems.count, row->field,
				 result.message);
		assert_non_null(form_field_find(form->schema, row->field));
	} else {
		for (size_t i = 0; i < result.problems.count; i++)
			assert_null(form_field_find(
				form->schema, result.problems.list[i].field));
	}
	prov_result_release(&result);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_problem_lands, landings);
	return test_run(&tests, "providers/landing");
}
