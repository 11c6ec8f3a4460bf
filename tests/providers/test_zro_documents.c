/* SPDX-License-Identifier: MIT */
/* Z.ro Bank: documents on their way, one by one and all at once. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/zro_case.h"

#define FILE_ID	 "1b2c3d4e-1234-4678-9abc-def012345678"
#define OTHER_ID "2b2c3d4e-1234-4678-9abc-def012345678"

static struct prov_document document_of(const char *code, unsigned holder,
					enum doc_side side)
{
	return (struct prov_document){
		.type = prov_type(&prov_zro, code, holder),
		.side = side,
		.name = "Maria's passport.jpg",
		.country = "",
		.party = holder == DOC_FOR_PARTY_PERSON ? ZRO_REP : NULL,
		.kind = DOC_JPEG,
		.bytes = 1000,
	};
}

/* The parts as lines: "name=value" or "name<filename type". */
static char *parts_of(const struct prov_request *request)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < request->part_count; i++) {
		const struct prov_part *part = &request->parts[i];

		if (part->value)
			buf_addf(&out, "%s=%s\n", part->name, part->value);
		else
			buf_addf(&out, "%s<%s %s\n", part->name, part->filename,
				 part->content_type);
	}
	return buf_take(&out);
}

/* Every type with each side, right and wrong. */

#define REPS  "/v2/users/legal-representatives/" ZRO_REP "/documents"
#define FIRM  "/v1/users/onboardings/legal-person/" ZRO_RECORD "/documents"
#define PARTY DOC_FOR_PARTY_PERSON
#define NONE  DOC_SIDE_NONE
#define FRONT DOC_SIDE_FRONT
#define BACK  DOC_SIDE_BACK

static const struct type_row {
	const char *name; /* the code */
	unsigned holder;
	enum doc_side side;
	const char *path;  /* NULL: refused */
	const char *parts; /* without the type's own part of a company's */
} type_rows[] = {
	{ "identity_document:national_id", PARTY, FRONT, REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=national_id\ndocument_side=front\n"
	  "file<identity_document_front.jpg image/jpeg\n" },
	{ "identity_document:national_id", PARTY, BACK, REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=national_id\ndocument_side=back\n"
	  "file<identity_document_back.jpg image/jpeg\n" },
	{ "identity_document:national_id", PARTY, NONE, NULL, NULL },
	{ "identity_document:driver_license", PARTY, FRONT, REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=driver_license\ndocument_side=front\n"
	  "file<identity_document_front.jpg image/jpeg\n" },
	{ "identity_document:driver_license", PARTY, BACK, REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=driver_license\ndocument_side=back\n"
	  "file<identity_document_back.jpg image/jpeg\n" },
	{ "identity_document:driver_license", PARTY, NONE, NULL, NULL },
	{ "identity_document:passport", PARTY, NONE, REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=passport\n"
	  "file<identity_document.jpg image/jpeg\n" },
	{ "identity_document:passport", PARTY, FRONT, NULL, NULL },
	{ "identity_document:passport", PARTY, BACK, NULL, NULL },
	{ "selfie", PARTY, NONE, REPS,
	  "document_type=selfie\nfile<selfie.jpg image/jpeg\n" },
	{ "selfie", PARTY, FRONT, NULL, NULL },
	{ "qualification_declaration", PARTY, NONE, REPS,
	  "document_type=qualification_declaration\n"
	  "file<qualification_declaration.jpg image/jpeg\n" },
	{ "qualification_declaration", PARTY, BACK, NULL, NULL },
	{ "income_declaration", PARTY, NONE, REPS,
	  "document_type=income_declaration\n"
	  "file<income_declaration.jpg image/jpeg\n" },
	{ "income_declaration", PARTY, FRONT, NULL, NULL },
	{ "address_proof", PARTY, NONE, REPS,
	  "document_type=address_proof\nfile<address_proof.jpg image/jpeg\n" },
	{ "address_proof", PARTY, FRONT, NULL, NULL },
	{ "social_contract", DOC_FOR_BUSINESS, NONE, FIRM,
	  "type=social_contract\nfile<social_contract.jpg image/jpeg\n" },
	{ "social_contract", DOC_FOR_BUSINESS, FRONT, NULL, NULL },
	{ "balance_sheet", DOC_FOR_BUSINESS, NONE, FIRM,
	  "type=balance_sheet\nfile<balance_sheet.jpg image/jpeg\n" },
	{ "balance_sheet", DOC_FOR_BUSINESS, BACK, NULL, NULL },
	{ "revenue_statement", DOC_FOR_BUSINESS, NONE, FIRM,
	  "type=revenue_statement\nfile<revenue_statement.jpg image/jpeg\n" },
	{ "revenue_statement", DOC_FOR_BUSINESS, FRONT, NULL, NULL },
	{ "kyc_aml_policy", DOC_FOR_BUSINESS, NONE, FIRM,
	  "type=kyc_aml_policy\nfile<kyc_aml_policy.jpg image/jpeg\n" },
	{ "kyc_aml_policy", DOC_FOR_BUSINESS, FRONT, NULL, NULL },
};

static void test_document_goes_by_its_type_and_side(void **state)
{
	const struct type_row *row = *state;
	struct prov_document document =
		document_of(row->name, row->holder, row->side);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };
	char *parts = NULL;

	ctx.documents = &document;
	ctx.document_count = 1;
	ctx.target = row->holder == PARTY ? ZRO_REP : ZRO_RECORD;
	if (!row->path) {
		assert_int_equal(
			prov_zro.document_send.build(&ctx, &request, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		prov_request_release(&request);
		return;
	}
	assert_int_equal(prov_zro.document_send.build(&ctx, &request, NULL), 0);
	parts = parts_of(&request);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path, row->path);
	assert_string_equal(parts, row->parts);
	assert_string_equal(request.key, ZRO_KEY);
	assert_int_equal(adapter_header(&request, "x-transaction-uuid") != NULL,
			 row->holder == DOC_FOR_BUSINESS);
	assert_null(strstr(parts, "Maria"));
	free(parts);
	prov_request_release(&request);
}

/* What is there already is replaced. */

static const struct replace_row {
	const char *name; /* the code */
	unsigned holder;
	enum doc_side side;
	const char *target;
	const char *method, *path;
	const char *parts;
	bool keyed;
} replace_rows[] = {
	{ "selfie", PARTY, NONE, ZRO_REP "/" FILE_ID, "PUT",
	  "/v1/users/legal-representatives/" ZRO_REP "/documents/" FILE_ID,
	  "file<selfie.jpg image/jpeg\n", false },
	{ "identity_document:national_id", PARTY, FRONT,
	  ZRO_REP "/" FILE_ID "/" OTHER_ID, "PUT",
	  "/v1/users/legal-representatives/" ZRO_REP "/documents/" FILE_ID,
	  "file<identity_document_front.jpg image/jpeg\n", false },
	{ "identity_document:national_id", PARTY, BACK,
	  ZRO_REP "/" FILE_ID "/" OTHER_ID, "PUT",
	  "/v1/users/legal-representatives/" ZRO_REP "/documents/" OTHER_ID,
	  "file<identity_document_back.jpg image/jpeg\n", false },
	{ "identity_document:national_id", PARTY, BACK, ZRO_REP "//" OTHER_ID,
	  "PUT",
	  "/v1/users/legal-representatives/" ZRO_REP "/documents/" OTHER_ID,
	  "file<identity_document_back.jpg image/jpeg\n", false },
	{ "identity_document:driver_license", PARTY, BACK, ZRO_REP "/" FILE_ID,
	  "POST", REPS,
	  "document_type=identity_document\n"
	  "identity_document_type=driver_license\ndocument_side=back\n"
	  "file<identity_document_back.jpg image/jpeg\n",
	  false },
	{ "selfie", PARTY, NONE, "another/" FILE_ID, "POST", REPS,
	  "document_type=selfie\nfile<selfie.jpg image/jpeg\n", false },
	{ "selfie", PARTY, NONE, NULL, "POST", REPS,
	  "document_type=selfie\nfile<selfie.jpg image/jpeg\n", false },
	{ "balance_sheet", DOC_FOR_BUSINESS, NONE, ZRO_RECORD "/" FILE_ID,
	  "PATCH", FIRM "/" FILE_ID,
	  "type=balance_sheet\nfile<balance_sheet.jpg image/jpeg\n", true },
	{ "selfie", DOC_FOR_PERSON, NONE, ZRO_RECORD "/" FILE_ID, "PUT",
	  "/v1/users/onboardings/" ZRO_RECORD "/documents/" FILE_ID,
	  "type=selfie\ndocument<selfie.jpg image/jpeg\n", true },
	{ "digital_identity:serpro-ekyc", DOC_FOR_PERSON, NONE, ZRO_RECORD,
	  "POST", "/v1/users/onboardings/" ZRO_RECORD "/documents",
	  "document_id=serpro-ekyc\nselfie<selfie.jpg image/jpeg\n", false },
	{ "digital_identity:serpro-ekyc", DOC_FOR_PERSON, NONE,
	  ZRO_RECORD "/" FILE_ID, "PUT",
	  "/v1/users/onboardings/" ZRO_RECORD "/documents/" FILE_ID,
	  "type=selfie\ndocument<selfie.jpg image/jpeg\n", true },
	{ "address_proof", DOC_FOR_PERSON, NONE, ZRO_RECORD "/" FILE_ID, "PUT",
	  "/v1/users/onboardings/" ZRO_RECORD "/documents/" FILE_ID,
	  "type=address_proof\ndocument<address_proof.jpg image/jpeg\n", true },
	{ "physical_document:cnh", DOC_FOR_PERSON, FRONT,
	  ZRO_RECORD "/" FILE_ID "/" OTHER_ID, "PUT",
	  "/v1/users/onboardings/" ZRO_RECORD "/documents/" FILE_ID,
	  "type=document_front\ndocument_file_type=cnh\n"
	  "document<cnh_document_front.jpg image/jpeg\n",
	  true },
	{ "physical_document:rg", DOC_FOR_PERSON, BACK,
	  ZRO_RECORD "/" FILE_ID "/" OTHER_ID, "PUT",
	  "/v1/users/onboardings/" ZRO_RECORD "/documents/" OTHER_ID,
	  "type=document_back\ndocument_file_type=rg\n"
	  "document<rg_document_back.jpg image/jpeg\n",
	  true },
};

static void test_document_that_is_there_is_replaced(void **state)
{
	const struct replace_row *row = *state;
	struct prov_document document =
		document_of(row->name, row->holder, row->side);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	char *parts = NULL;

	ctx.documents = &document;
	ctx.document_count = 1;
	ctx.target = row->target;
	assert_int_equal(prov_zro.document_send.build(&ctx, &request, NULL), 0);
	parts = parts_of(&request);
	assert_string_equal(request.method, row->method);
	assert_string_equal(request.path, row->path);
	assert_string_equal(parts, row->parts);
	assert_int_equal(adapter_header(&request, "x-transaction-uuid") != NULL,
			 row->keyed);
	free(parts);
	prov_request_release(&request);
}

/* What may not leave, though nobody has checked it before. */

static const struct wrong_row {
	const char *name;
	const char *code;
	unsigned holder;
	enum doc_kind kind;
	uint64_t bytes;
	bool lost; /* without its party or onboarding */
	bool good;
} wrong_rows[] = {
	{ "JPEG", "selfie", PARTY, DOC_JPEG, 1, false, true },
	{ "PDF", "selfie", PARTY, DOC_PDF, 1, false, true },
	{ "PNG", "selfie", PARTY, DOC_PNG, 1, false, false },
	{ "unknown", "selfie", PARTY, DOC_UNKNOWN, 1, false, false },
	{ "company's PDF", "social_contract", DOC_FOR_BUSINESS, DOC_PDF, 1,
	  false, true },
	{ "company's PNG", "social_contract", DOC_FOR_BUSINESS, DOC_PNG, 1,
	  false, false },
	{ "empty", "selfie", PARTY, DOC_JPEG, 0, false, false },
	{ "25 MB", "selfie", PARTY, DOC_JPEG, 25000000, false, true },
	{ "above 25 MB", "selfie", PARTY, DOC_JPEG, 25000001, false, false },
	{ "10 MB", "balance_sheet", DOC_FOR_BUSINESS, DOC_JPEG, 10000000, false,
	  true },
	{ "above 10 MB", "balance_sheet", DOC_FOR_BUSINESS, DOC_JPEG, 10000001,
	  false, false },
	{ "of nobody", "selfie", PARTY, DOC_JPEG, 1, true, false },
	{ "without an onboarding", "social_contract", DOC_FOR_BUSINESS,
	  DOC_JPEG, 1, true, false },
};

static void test_document_outside_the_rules_stays(void **state)
{
	const struct wrong_row *row = *state;
	struct prov_document document =
		document_of(row->code, row->holder, DOC_SIDE_NONE);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	document.kind = row->kind;
	document.bytes = row->bytes;
	ctx.documents = &document;
	ctx.document_count = 1;
	ctx.target = ZRO_RECORD;
	if (row->lost) {
		document.party = NULL;
		ctx.target = NULL;
	}
	assert_int_equal(prov_zro.document_send.build(&ctx, &request, &err),
			 row->good ? 0 : -1);
	if (!row->good)
		assert_int_equal(err.code, ERR_INPUT);
	prov_request_release(&request);
}

/* A natural person's documents. */

static const struct bundle_row {
	const char *name;
	const char *set;   /* a letter a document, see bundle_document() */
	const char *parts; /* NULL: refused */
	const char *words; /* of the refusal */
} bundle_rows[] = {
	{ "RG", "fbs",
	  "document_file_type=rg\n"
	  "document_front<rg_document_front.jpg image/jpeg\n"
	  "document_back<rg_document_back.jpg image/jpeg\n"
	  "selfie<selfie.jpg image/jpeg\n",
	  NULL },
	{ "CNH with a proof of address", "FBsa",
	  "document_file_type=cnh\n"
	  "document_front<cnh_document_front.jpg image/jpeg\n"
	  "document_back<cnh_document_back.jpg image/jpeg\n"
	  "selfie<selfie.jpg image/jpeg\n"
	  "address_proof<address_proof.jpg image/jpeg\n",
	  NULL },
	{ "in the order they came", "asbf",
	  "document_file_type=rg\n"
	  "address_proof<address_proof.jpg image/jpeg\n"
	  "selfie<selfie.jpg image/jpeg\n"
	  "document_back<rg_document_back.jpg image/jpeg\n"
	  "document_front<rg_document_front.jpg image/jpeg\n",
	  NULL },
	{ "without the back", "fs", NULL,
	  "missing: the back of the identity document" },
	{ "without the front", "bs", NULL,
	  "missing: the front of the identity document" },
	{ "without the selfie", "fb", NULL, "missing: the selfie" },
	{ "the front alone", "f", NULL,
	  "missing: the back of the identity document, the selfie" },
	{ "no identity document", "sa", NULL, "RG or CNH" },
	{ "front of one, back of the other", "fBs", NULL,
	  "of the same document" },
	{ "two fronts", "ffbs", NULL, "twice" },
	{ "two selfies", "fbss", NULL, "twice" },
};

static struct prov_document bundle_document(char letter)
{
	static const struct {
		char letter;
		const char *code;
		enum doc_side side;
	} rows[] = {
		{ 'f', "physical_document:rg", FRONT },
		{ 'b', "physical_document:rg", BACK },
		{ 'F', "physical_document:cnh", FRONT },
		{ 'B', "physical_document:cnh", BACK },
		{ 's', "selfie", NONE },
		{ 'a', "address_proof", NONE },
	};
	size_t i = 0;

	while (rows[i].letter != letter)
		i++;
	return document_of(rows[i].code, DOC_FOR_PERSON, rows[i].side);
}

static void test_bundle_is_whole_or_does_not_go(void **state)
{
	const struct bundle_row *row = *state;
	struct prov_document documents[PROV_FILES_MOST];
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_PERSON, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };
	char *parts = NULL;

	for (const char *at = row->set; *at; at++)
		documents[ctx.document_count++] = bundle_document(*at);
	ctx.documents = documents;
	ctx.target = ZRO_RECORD;
	if (!row->parts) {
		assert_int_equal(
			prov_zro.document_send.build(&ctx, &request, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, row->words));
		prov_request_release(&request);
		return;
	}
	assert_int_equal(prov_zro.document_send.build(&ctx, &request, NULL), 0);
	parts = parts_of(&request);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path,
			    "/v1/users/onboardings/" ZRO_RECORD "/documents");
	assert_string_equal(parts, row->parts);
	assert_null(adapter_header(&request, "x-transaction-uuid"));
	assert_int_equal(prov_request_files(&request), ctx.document_count);
	free(parts);
	prov_request_release(&request);
}

static void test_bundle_waits_for_its_onboarding(void **state)
{
	struct prov_document documents[] = {
		bundle_document('f'),
		bundle_document('b'),
		bundle_document('s'),
	};
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_PERSON, NULL);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	ctx.documents = documents;
	ctx.document_count = 3;
	assert_int_equal(prov_zro.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.text, "open one first"));
	prov_request_release(&request);
}

/* A selfie of a natural person is a picture; a representative's may be a
 * scan. */
static void test_same_code_has_its_rules_by_holder(void **state)
{
	(void)state;
	assert_int_equal(prov_type(&prov_zro, "selfie", DOC_FOR_PERSON)->kinds,
			 DOC_JPEG);
	assert_int_equal(prov_type(&prov_zro, "selfie", PARTY)->kinds,
			 DOC_JPEG | DOC_PDF);
	for (const struct doc_type *type = prov_zro.doctypes; type->code;
	     type++) {
		assert_int_equal(type->country, DOC_NOT_TAKEN);
		assert_false(type->kinds & DOC_PNG);
		assert_int_equal(type->max_bytes,
				 type->holders == DOC_FOR_BUSINESS ? 10000000
								   : 25000000);
		assert_non_null(type->help);
	}
}

/* Answers. */

static const struct answer_row {
	const char *name;
	unsigned holder;
	const char *target;
	int status;
	const char *body; /* "@name": stored */
	enum prov_outcome outcome;
	const char *id;
} answer_rows[] = {
	{ "representative's, new", PARTY, ZRO_REP, 201, "@representative_paper",
	  PROV_ACCEPTED, FILE_ID },
	{ "representative's, older status", PARTY, ZRO_REP, 200,
	  "@representative_paper", PROV_ACCEPTED, FILE_ID },
	{ "representative's, replaced", PARTY, ZRO_REP "/" FILE_ID, 200,
	  "{\"success\":true,\"data\":{\"id\":\"" FILE_ID "\"}}", PROV_ACCEPTED,
	  FILE_ID },
	{ "company's, new", DOC_FOR_BUSINESS, ZRO_RECORD, 201,
	  "@company_upload", PROV_ACCEPTED, ZRO_COMPANY },
	{ "company's, its id not told", DOC_FOR_BUSINESS, ZRO_RECORD, 201,
	  "{\"id\":\"" ZRO_RECORD "\",\"status\":\"pending\"}", PROV_ACCEPTED,
	  NULL },
	{ "company's, replaced", DOC_FOR_BUSINESS, ZRO_RECORD "/" FILE_ID, 200,
	  "{\"id\":\"" FILE_ID "\"}", PROV_ACCEPTED, FILE_ID },
	{ "person's, no body", DOC_FOR_PERSON, ZRO_RECORD, 200, "",
	  PROV_ACCEPTED, NULL },
	{ "person's, an envelope of nothing", DOC_FOR_PERSON, ZRO_RECORD, 200,
	  "{\"success\":true,\"data\":null,\"error\":null}", PROV_ACCEPTED,
	  NULL },
	{ "an envelope that says no", PARTY, ZRO_REP, 200,
	  "{\"success\":false,\"data\":null,\"error\":\"USER\"}", PROV_UNSURE,
	  NULL },
	{ "a page", PARTY, ZRO_REP, 200, "<html>Welcome</html>", PROV_UNSURE,
	  NULL },
	{ "cut short", PARTY, ZRO_REP, 201, "{\"id\":\"1b", PROV_UNSURE, NULL },
	{ "refused", PARTY, ZRO_REP, 422, "{\"code\":\"IS_ENUM\"}",
	  PROV_REFUSED, NULL },
	{ "of two sides, but this is an old environment", PARTY, ZRO_REP, 404,
	  "{\"message\":\"Cannot POST\"}", PROV_REFUSED, NULL },
	{ "too large for a proxy", PARTY, ZRO_REP, 413, "<html>413</html>",
	  PROV_REFUSED, NULL },
};

static void test_document_answer(void **state)
{
	const struct answer_row *row = *state;
	struct prov_document document = document_of(
		row->holder == DOC_FOR_BUSINESS ? "social_contract" : "selfie",
		row->holder, DOC_SIDE_NONE);
	char *body = adapter_body("zro", row->body);
	struct prov_reply reply = adapter_reply(row->status, body);
	struct prov_profile profile;
	struct prov_ctx ctx = zro_ctx(&profile, ZRO_COMPANY, NULL);
	struct prov_result result = { 0 };

	ctx.documents = &document;
	ctx.document_count = 1;
	ctx.target = row->target;
	prov_zro.document_send.read(&reply, &ctx, NULL, &result);
	assert_int_equal(result.outcome, row->outcome);
	if (row->id)
		assert_string_equal(result.provider_id, row->id);
	else
		assert_null(result.provider_id);
	if (row->status == 404)
		assert_non_null(strstr(result.message, "v2"));
	prov_result_release(&result);
	free(body);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_document_goes_by_its_type_and_side, type_rows);
	TEST_ROWS(&tests, test_document_that_is_there_is_replaced,
		  replace_rows);
	TEST_ROWS(&tests, test_document_outside_the_rules_stays, wrong_rows);
	TEST_ROWS(&tests, test_bundle_is_whole_or_does_not_go, bundle_rows);
	test_add(&tests, "bundle before its onboarding",
		 test_bundle_waits_for_its_onboarding);
	test_add(&tests, "types", test_same_code_has_its_rules_by_holder);
	TEST_ROWS(&tests, test_document_answer, answer_rows);
	return test_run(&tests, "providers/zro_documents");
}
