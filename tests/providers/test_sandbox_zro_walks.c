/* SPDX-License-Identifier: MIT */
/* Z.ro Bank's practice server: files, and the two flows to their ends. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "tests/providers/zro_practice.h"

/* Files that come to the seeds as they are; CODE "" with a good one. */
static const struct upload {
	const char *name;
	const char *method, *path;
	int who;
	const char *form;
	int status;
	const char *code;
} uploads[] = {
	{ "selfie", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@jpeg", 201, "" },
	{ "selfie, image/jpg", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@jpg", 201, "" },
	{ "a card's back", "POST", PERSON_FILES, COMPANY,
	  CARD "driver_license&document_side=back&file=@pdf", 201, "" },
	{ "a passport", "POST", PERSON_FILES, COMPANY,
	  CARD "passport&file=@pdf", 201, "" },
	{ "no type", "POST", PERSON_FILES, COMPANY, "file=@jpeg", 400,
	  "MISSING_DATA" },
	{ "no file", "POST", PERSON_FILES, COMPANY, "document_type=selfie", 400,
	  "MISSING_DATA" },
	{ "an empty file", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@empty", 400, "MISSING_DATA" },
	{ "a PNG", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@png", 422, "INVALID_DOCUMENT_FORMAT" },
	{ "a PDF as JPEG", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=@liar", 422, "INVALID_DOCUMENT_FORMAT" },
	{ "a file as text", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&file=jpeg", 422, "VALIDATION" },
	{ "a text as file", "POST", PERSON_FILES, COMPANY,
	  "document_type=@jpeg&file=@jpeg", 422, "VALIDATION" },
	{ "the file first", "POST", PERSON_FILES, COMPANY,
	  "file=@jpeg&document_type=selfie", 422, "VALIDATION" },
	{ "one part more", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&country=BRA&file=@jpeg", 422, "VALIDATION" },
	{ "an unknown type", "POST", PERSON_FILES, COMPANY,
	  "document_type=passport&file=@jpeg", 422, "IS_ENUM" },
	{ "a card of no kind", "POST", PERSON_FILES, COMPANY,
	  "document_type=identity_document&file=@jpeg", 400, "MISSING_DATA" },
	{ "a card in old words", "POST", PERSON_FILES, COMPANY,
	  CARD "cnh&document_side=front&file=@jpeg", 422, "IS_ENUM" },
	{ "a card without a side", "POST", PERSON_FILES, COMPANY,
	  CARD "national_id&file=@jpeg", 400, "MISSING_DATA" },
	{ "a third side", "POST", PERSON_FILES, COMPANY,
	  CARD "national_id&document_side=left&file=@jpeg", 422, "IS_ENUM" },
	{ "a passport's side", "POST", PERSON_FILES, COMPANY,
	  CARD "passport&document_side=front&file=@jpeg", 422, "VALIDATION" },
	{ "a selfie's side", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&document_side=front&file=@jpeg", 422,
	  "VALIDATION" },
	{ "a selfie of a card", "POST", PERSON_FILES, COMPANY,
	  "document_type=selfie&identity_document_type=passport&file=@jpeg",
	  422, "VALIDATION" },
	{ "of nobody", "POST", PEOPLE_2 "/" UUID "/documents", COMPANY,
	  "document_type=selfie&file=@jpeg", 422,
	  "LEGAL_REPRESENTATIVE_NOT_FOUND" },
	{ "under review", "POST", PEOPLE_2 "/" PARTY("2311") "/documents",
	  UNDER_CO, "document_type=selfie&file=@jpeg", 422,
	  "ONBOARDING_INVALID_STATUS" },
	{ "where there is no second version", "POST",
	  PEOPLE_2 "/" PARTY("3711") "/documents", OLDER_CO,
	  "document_type=selfie&file=@jpeg", 404, "DEFAULT" },

	{ "all at once", "POST", ALL_FILES, COMPANY,
	  "identity_document_type=cnh&selfie=@jpeg&identity_document=@pdf&"
	  "qualification_declaration=@pdf&address_proof=@pdf",
	  201, "" },
	{ "all at once but one", "POST", ALL_FILES, COMPANY,
	  "identity_document_type=cnh&selfie=@jpeg&identity_document=@pdf", 400,
	  "MISSING_DATA" },
	{ "all at once in new words", "POST", ALL_FILES, COMPANY,
	  "identity_document_type=national_id&selfie=@jpeg&"
	  "identity_document=@pdf&qualification_declaration=@pdf",
	  422, "IS_ENUM" },

	{ "a replacement", "PUT",
	  PEOPLE "/" PARTY("2211") "/documents/" DOCUMENT("2201"), ALMOST_CO,
	  "file=@jpeg", 200, "" },
	{ "a replacement by another name", "PUT",
	  PEOPLE "/" PARTY("2211") "/documents/" DOCUMENT("2201"), ALMOST_CO,
	  "document=@jpeg", 422, "VALIDATION" },
	{ "a replacement by that name in the older one", "PUT",
	  PEOPLE "/" PARTY("3811") "/documents/" DOCUMENT("3801"),
	  OLDER_READY_CO, "document=@jpeg", 200, "" },
	{ "a replacement of nothing", "PUT",
	  PEOPLE "/" PARTY("2211") "/documents/" UUID, ALMOST_CO, "file=@jpeg",
	  422, "DOCUMENT_NOT_FOUND" },
	{ "a replacement of another's", "PUT",
	  PEOPLE "/" PARTY("2212") "/documents/" DOCUMENT("2201"), ALMOST_CO,
	  "file=@jpeg", 422, "DOCUMENT_NOT_FOUND" },

	{ "the articles", "POST", COMPANY_FILES, COMPANY,
	  "type=social_contract&file=@pdf", 201, "" },
	{ "the articles in Portuguese", "POST", COMPANY_FILES, COMPANY,
	  "type=contrato_social&file=@pdf", 422, "IS_ENUM" },
	{ "the articles in capitals", "POST", COMPANY_FILES, COMPANY,
	  "type=SOCIAL_CONTRACT&file=@pdf", 422, "IS_ENUM" },
	{ "the articles as PNG", "POST", COMPANY_FILES, COMPANY,
	  "type=social_contract&file=@png", 422, "INVALID_DOCUMENT_FORMAT" },
	{ "a company's file of no type", "POST", COMPANY_FILES, COMPANY,
	  "file=@pdf", 400, "MISSING_DATA" },
	{ "a company's file to another's", "POST", COMPANY_FILES, ALMOST_CO,
	  "type=social_contract&file=@pdf", 422, "ONBOARDING_NOT_FOUND" },
	{ "a company's file under review", "POST",
	  LEGAL "/" ONBOARDED("2301") "/documents", UNDER_CO,
	  "type=balance_sheet&file=@pdf", 422, "ONBOARDING_INVALID_STATUS" },
	{ "other articles", "PATCH",
	  LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3309"), READY_CO,
	  "type=social_contract&file=@jpeg", 200, "" },
	{ "a balance for articles", "PATCH",
	  LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3309"), READY_CO,
	  "type=balance_sheet&file=@jpeg", 422, "VALIDATION" },
	{ "a company's file that is a person's", "PATCH",
	  LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3301"), READY_CO,
	  "type=social_contract&file=@jpeg", 422, "DOCUMENT_NOT_FOUND" },

	{ "a card and a face", "POST", NATURAL_FILES, WAITING,
	  "document_file_type=rg" BOTH_SIDES "&selfie=@jpeg", 200, "" },
	{ "a digital identity", "POST", NATURAL_FILES, WAITING,
	  "document_id=serpro-ekyc&selfie=@jpeg&address_proof=@pdf", 200, "" },
	{ "both methods", "POST", NATURAL_FILES, WAITING,
	  "document_id=serpro-ekyc&document_file_type=rg" BOTH_SIDES
	  "&selfie=@jpeg",
	  422, "VALIDATION" },
	{ "a digital identity and a side", "POST", NATURAL_FILES, WAITING,
	  "document_id=serpro-ekyc&document_front=@jpeg&selfie=@jpeg", 422,
	  "VALIDATION" },
	{ "neither", "POST", NATURAL_FILES, WAITING, "selfie=@jpeg", 400,
	  "MISSING_DATA" },
	{ "no back", "POST", NATURAL_FILES, WAITING,
	  "document_file_type=rg&document_front=@jpeg&selfie=@jpeg", 400,
	  "MISSING_DATA" },
	{ "no face", "POST", NATURAL_FILES, WAITING,
	  "document_file_type=rg" BOTH_SIDES, 400, "MISSING_DATA" },
	{ "a face as PDF", "POST", NATURAL_FILES, WAITING,
	  "document_file_type=rg" BOTH_SIDES "&selfie=@pdf", 422,
	  "INVALID_DOCUMENT_FORMAT" },
	{ "a passport for a card", "POST", NATURAL_FILES, WAITING,
	  "document_file_type=passport" BOTH_SIDES "&selfie=@jpeg", 422,
	  "IS_ENUM" },
	{ "to one that was sent", "POST",
	  NATURAL "/" ONBOARDED("0901") "/documents", SENT,
	  "document_id=serpro-ekyc&selfie=@jpeg", 422,
	  "ONBOARDING_INVALID_STATUS" },
	{ "to a finished one", "POST",
	  NATURAL "/" ONBOARDED("0301") "/documents", 3,
	  "document_id=serpro-ekyc&selfie=@jpeg", 422,
	  "ONBOARDING_INVALID_STATUS" },
	{ "another front", "PUT", ONE_FILE A_FILE("0901"), SENT,
	  "type=document_front&document_file_type=cnh&document=@jpeg", 200,
	  "" },
	{ "another front of no card", "PUT", ONE_FILE A_FILE("0901"), SENT,
	  "type=document_front&document=@jpeg", 400, "MISSING_DATA" },
	{ "another face of a card", "PUT", ONE_FILE A_FILE("0903"), SENT,
	  "type=selfie&document_file_type=rg&document=@jpeg", 422,
	  "VALIDATION" },
	{ "another face for a front", "PUT", ONE_FILE A_FILE("0901"), SENT,
	  "type=selfie&document=@jpeg", 422, "VALIDATION" },
	{ "another file by its own id", "PUT", ONE_FILE DOCUMENT("0903"), SENT,
	  "type=selfie&document=@jpeg", 422, "DOCUMENT_NOT_FOUND" },
	{ "another file by another name", "PUT", ONE_FILE A_FILE("0903"), SENT,
	  "type=selfie&file=@jpeg", 422, "VALIDATION" },
};

static void test_zro_upload(void **state)
{
	const struct upload *row = *state;
	struct sandbox_server server;
	struct sandbox_reply reply;

	start(&server, "--review-seconds 60");
	reply = ask(&server, row->method, row->path, row->who, row->form);
	if (*row->code)
		expect_code(reply, row->status, row->code);
	else
		expect(reply, row->status, "");
	sandbox_stop(&server, SIGTERM);
}

/* How the onboarding of a natural person ends, by the mark in a file. */
static const struct ending {
	const char *name;
	const char *front;
	const char *status, *code, *message;
} endings[] = {
	{ "finished", "@jpeg", "finished", "", "" },
	{ "rejected", "@too-old", "rejected", "DOCUMENT_TOO_OLD",
	  "O documento não foi aceito (document_front): too-old." },
	{ "failed", "@FAILED", "failed", "ONBOARDING_FAILED",
	  "O documento não foi aceito (document_front): FAILED." },
	{ "expired", "@EXPIRED", "expired", "ONBOARDING_EXPIRED",
	  "O onboarding expirou" },
};

static void test_zro_natural_ends(void **state)
{
	const struct ending *row = *state;
	struct sandbox_server server;
	char *id, *path, *files, *content;

	start(&server, "--review-seconds 0");
	id = make(&server, NATURAL, MARIA, PERSON_BODY);
	path = mem_printf(NATURAL "/%s", id);
	files = mem_printf("%s/documents", path);
	content = mem_printf("document_file_type=rg&document_front=%s&"
			     "document_back=@jpeg&selfie=@jpeg",
			     row->front);
	assert_reads(&server, path, MARIA, "status", "pending");
	expect(ask(&server, "POST", files, MARIA, content), 200, "");
	assert_reads(&server, path, MARIA, "status", row->status);
	assert_reads(&server, path, MARIA, "failed_code", row->code);
	assert_reads(&server, path, MARIA, "failed_message", row->message);
	assert_reads(&server, files, MARIA, "0.file_name", "RG - Front.");
	assert_arrived(&server, MARIA, 3, 0);
	if (strcmp(row->status, "finished"))
		expect(ask(&server, "POST", NATURAL, MARIA, PERSON_BODY), 201,
		       "pending");
	else
		assert_reads(&server, "/v1/users/accounts/" ACCOUNT("01"),
			     MARIA, "state", "active");
	sandbox_stop(&server, SIGTERM);
	free(id);
	free(path);
	free(files);
	free(content);
}

/* The files of PERSON, second version. */
static void send_person(const struct sandbox_server *server, int who,
			const char *person, const char *selfie)
{
	static const char *const forms[] = {
		"document_type=qualification_declaration&file=@pdf",
		CARD "national_id&document_side=front&file=@jpeg",
		CARD "national_id&document_side=back&file=@jpeg",
	};
	char *path = mem_printf(PEOPLE_2 "/%s/documents", person);
	char *first = mem_printf("document_type=selfie&file=%s", selfie);

	free(make(server, path, who, first));
	for (size_t i = 0; i < 3; i++)
		free(make(server, path, who, forms[i]));
	free(path);
	free(first);
}

/* A shareholder as in SHARE and its representative with the CPF; the
 * representative's id; free() it. */
static char *add_party(const struct sandbox_server *server, int who,
		       const char *share, const char *cpf)
{
	char *id = make(server, SHARES, who, share);
	char *linked = changed(REPRESENTATIVE, PARTY("2101"), id);
	char *body = changed(linked, "52998224725", cpf);
	char *person = make(server, PEOPLE_3, who, body);

	free(id);
	free(linked);
	free(body);
	return person;
}

/* From nothing to the end of a company's review, with two parties. */
static void walk(const struct sandbox_server *server, int who,
		 const char *second_selfie, const char *status)
{
	char *id = make(server, LEGAL, who, COMPANY_BODY);
	char *path = mem_printf(LEGAL "/%s", id);
	char *finalize = mem_printf("%s/finalize", path);
	char *files = mem_printf("%s/documents", path);
	char *one, *two;

	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "SHAREHOLDERS_REQUIRED");
	one = add_party(server, who, PARTNER, "52998224725");
	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING");
	send_person(server, who, one, "@jpeg");
	two = add_party(server, who, PARTNER_CO, "11144477735");
	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING");
	send_person(server, who, two, second_selfie);
	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "ONBOARDING_DOCUMENTS_MISSING");
	free(make(server, files, who, "type=social_contract&file=@pdf"));
	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "ONBOARDING_DOCUMENTS_MISSING");
	free(make(server, files, who, "type=revenue_statement&file=@pdf"));
	expect(ask(server, "POST", finalize, who, NULL), 200, "in_process");
	assert_reads(server, path, who, "status", status);
	expect_code(ask(server, "POST", finalize, who, NULL), 422,
		    "ONBOARDING_INVALID_STATUS");
	assert_arrived(server, who, 10, 0);
	free(id);
	free(path);
	free(finalize);
	free(files);
	free(one);
	free(two);
}

static void test_zro_company_finished(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "--review-seconds 0");
	walk(&server, EMPTY_CO, "@jpeg", "finished");
	assert_reads(&server, SHARES "?order=asc", EMPTY_CO, "data.0.name",
		     "Ana");
	assert_reads(&server, SHARES, EMPTY_CO, "data.0.person_type",
		     "LEGAL_PERSON");
	assert_reads(&server, PEOPLE, EMPTY_CO, "data.1.document.number",
		     "11144477735");
	assert_reads(&server, LEGAL, EMPTY_CO, "data.0.legal_person_name",
		     "Padaria São João Ltda.");
	sandbox_stop(&server, SIGTERM);
}

/* A rejected company begins another record: its people and their files are
 * still there, its own files are not. */
static void test_zro_company_rejected(void **state)
{
	struct sandbox_server server;
	struct sandbox_reply list;
	char *id, *people, *path;

	(void)state;
	start(&server, "--review-seconds 0");
	walk(&server, EMPTY_CO, "@blurry", "rejected");
	assert_reads(&server, LEGAL, EMPTY_CO, "data.0.failed_code",
		     "DOCUMENT_BLURRY");
	id = make(&server, LEGAL_2, EMPTY_CO,
		  "{" ADDRESS
		  ",\"company_revenue\":1,\"accepted_terms\":true}");
	path = mem_printf(LEGAL "/%s/documents", id);
	assert_reads(&server, path, EMPTY_CO, "documents.0.id", "");
	free(make(&server, path, EMPTY_CO, "type=social_contract&file=@pdf"));
	free(make(&server, path, EMPTY_CO, "type=balance_sheet&file=@pdf"));
	free(path);

	/* Only what was declined is sent again, in its place. */
	list = ask(&server, "GET", PEOPLE, EMPTY_CO, NULL);
	people =
		mem_printf(PEOPLE "/%s/documents", text_at(&list, "data.1.id"));
	sandbox_release(&list);
	list = ask(&server, "GET", people, EMPTY_CO, NULL);
	assert_string_equal(text_at(&list, "0.type"), "selfie");
	path = mem_printf("%s/%s", people, text_at(&list, "0.id"));
	sandbox_release(&list);
	expect(ask(&server, "PUT", path, EMPTY_CO, "file=@jpeg"), 200, "");
	free(path);
	assert_arrived(&server, EMPTY_CO, 13, 1);

	path = mem_printf(LEGAL "/%s/finalize", id);
	expect(ask(&server, "POST", path, EMPTY_CO, NULL), 200, "in_process");
	assert_reads(&server, LEGAL, EMPTY_CO, "data.0.status", "finished");
	assert_reads(&server, LEGAL "?order=asc", EMPTY_CO, "data.0.status",
		     "rejected");
	free(path);
	free(people);
	free(id);
	sandbox_stop(&server, SIGTERM);
}

/* Ask until STATUS is there; a review takes a second. */
static void await(const struct sandbox_server *server, const char *path,
		  int who, const char *status)
{
	for (int i = 0; i < 600; i++) {
		char *now = read_text(server, path, who, "status");
		bool there = !strcmp(now, status);

		free(now);
		if (there)
			return;
		poll(NULL, 0, 20);
	}
	fail_msg("%s never came", status);
}

static void test_zro_review_takes_its_time(void **state)
{
	static const char path[] = LEGAL "/" ONBOARDED("3301");
	struct sandbox_server server;

	(void)state;
	start(&server, "--review-seconds 1 --rate-limit 100000");
	expect(ask(&server, "PATCH",
		   LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3309"),
		   READY_CO, "type=social_contract&file=@DELAYED"),
	       200, "");
	expect(ask(&server, "POST", LEGAL "/" ONBOARDED("3301") "/finalize",
		   READY_CO, NULL),
	       200, "in_process");
	assert_reads(&server, path, READY_CO, "status", "in_process");
	await(&server, path, READY_CO, "in_process_delayed");
	await(&server, path, READY_CO, "approved");
	await(&server, path, READY_CO, "finished");
	sandbox_stop(&server, SIGTERM);
}

/* A replaced file keeps its id and its place, and its times tell. */
static void test_zro_replaced(void **state)
{
	static const char company[] =
		LEGAL "/" ONBOARDED("3301") "/documents/" DOCUMENT("3309");
	static const char person[] =
		PEOPLE "/" PARTY("3311") "/documents/" DOCUMENT("3301");
	static const char natural[] = ONE_FILE A_FILE("0903");
	struct sandbox_server server;
	struct sandbox_reply before, after;

	(void)state;
	start(&server, "--review-seconds 60");
	before = ask(&server, "GET", company, READY_CO, NULL);
	expect(ask(&server, "PATCH", company, READY_CO,
		   "type=social_contract&file=@pdf"),
	       200, DOCUMENT("3309"));
	after = ask(&server, "GET", company, READY_CO, NULL);
	assert_string_equal(text_at(&before, "created_at"),
			    text_at(&after, "created_at"));
	assert_string_not_equal(text_at(&before, "updated_at"),
				text_at(&after, "updated_at"));
	assert_string_not_equal(text_at(&before, "file_id"),
				text_at(&after, "file_id"));
	sandbox_release(&before);
	sandbox_release(&after);

	before = ask(&server, "GET", person, READY_CO, NULL);
	expect(ask(&server, "PUT", person, READY_CO, "file=@jpeg"), 200,
	       DOCUMENT("3301"));
	after = ask(&server, "GET", person, READY_CO, NULL);
	assert_string_not_equal(text_at(&before, "updated_at"),
				text_at(&after, "updated_at"));
	assert_string_equal(text_at(&after, "file_name"), "jpeg.jpg");
	assert_string_equal(text_at(&after, "type"), "selfie");
	sandbox_release(&before);
	sandbox_release(&after);
	assert_arrived(&server, READY_CO, 12, 2);

	expect(ask(&server, "PUT", natural, SENT, "type=selfie&document=@jpeg"),
	       200, "");
	assert_reads(&server, NATURAL "/" ONBOARDED("0901") "/documents", SENT,
		     "2.file_id", A_FILE("0903"));
	assert_arrived(&server, SENT, 4, 1);
	sandbox_stop(&server, SIGTERM);
}

/* Parties change, lose their link, and go. */
static void test_zro_parties_change(void **state)
{
	static const char finalize[] = LEGAL "/" ONBOARDED("3301") "/finalize";
	static const char person[] = PEOPLE_2 "/" PARTY("3311");
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(ask(&server, "PUT", SHARES "/" PARTY("3301"), READY_CO,
		   "{\"participation_percentage\":59.5,\"type\":\"OTHER\"}"),
	       200, "59.5");
	assert_reads(&server, SHARES "/" PARTY("3301"), READY_CO, "type",
		     "OTHER");
	expect(ask(&server, "PUT", person, READY_CO,
		   "{\"pep\":true,\"phone_number\":\"5521999998888\"}"),
	       200, PARTY("3301"));
	expect(ask(&server, "PUT", person, READY_CO,
		   "{\"shareholder_id\":null}"),
	       200, "5521999998888");
	expect_code(ask(&server, "POST", finalize, READY_CO, NULL), 422,
		    "SHAREHOLDER_MISSING_LEGAL_REPRESENTATIVES");
	/* It is not needed: a person among shareholders may go without. */
	expect(ask(&server, "DELETE", PEOPLE "/" PARTY("3311"), READY_CO, NULL),
	       200, "");
	expect_code(ask(&server, "GET", PEOPLE "/" PARTY("3311") "/documents",
			READY_CO, NULL),
		    422, "LEGAL_REPRESENTATIVE_NOT_FOUND");
	assert_reads(&server, PEOPLE, READY_CO, "data.0.id", PARTY("3312"));
	expect(ask(&server, "POST", finalize, READY_CO, NULL), 200,
	       "in_process");
	sandbox_stop(&server, SIGTERM);
}

/* Sides of two different cards are no identity. */
static void test_zro_sides_of_one_card(void **state)
{
	static const char finalize[] = LEGAL "/" ONBOARDED("2101") "/finalize";
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	send_person(&server, COMPANY, PARTY("2112"), "@jpeg");
	free(make(&server, PERSON_FILES, COMPANY,
		  "document_type=selfie&file=@jpeg"));
	free(make(&server, PERSON_FILES, COMPANY,
		  "document_type=qualification_declaration&file=@pdf"));
	free(make(&server, PERSON_FILES, COMPANY,
		  CARD "national_id&document_side=front&file=@jpeg"));
	free(make(&server, PERSON_FILES, COMPANY,
		  CARD "driver_license&document_side=back&file=@jpeg"));
	expect_code(ask(&server, "POST", finalize, COMPANY, NULL), 422,
		    "LEGAL_REPRESENTATIVE_DOCUMENTS_MISSING");
	free(make(&server, PERSON_FILES, COMPANY,
		  CARD "driver_license&document_side=front&file=@jpeg"));
	expect_code(ask(&server, "POST", finalize, COMPANY, NULL), 422,
		    "ONBOARDING_DOCUMENTS_MISSING");
	sandbox_stop(&server, SIGTERM);
}

/* Accounts that answer in an envelope, and as the older revisions did. */
static const struct dress {
	const char *name;
	const char *path;
	int who;
	const char *dotted, *want;
} dresses[] = {
	{ "an account, bare", "/v1/users/accounts/" ACCOUNT("01"), NOBODY, "id",
	  ACCOUNT("01") },
	{ "an account in an envelope", "/v1/users/accounts/" ACCOUNT("07"),
	  NOBODY, "data.id", ACCOUNT("07") },
	{ "a page in an envelope", SHARES, COMPANY, "data.data.0.id",
	  PARTY("2102") },
	{ "representatives in an envelope", PEOPLE, COMPANY,
	  "data.data.0.shareholder_id", PARTY("2101") },
	{ "a list in an envelope", NATURAL "/" ONBOARDED("1401") "/documents",
	  14, "data.0.file_name", "RG - Front." },
	{ "nothing yet", NATURAL, MARIA, "data.0.id", "" },
	{ "nothing of the partner's own", NATURAL, NOBODY, "data.0.id", "" },
	{ "no company's among a person's", LEGAL, WAITING, "data.0.id", "" },
	{ "an address", NATURAL "/" ONBOARDED("0201"), WAITING,
	  "address.zip_code", "01310100" },
	{ "an address in a list", NATURAL "/" ONBOARDED("0801"), OLDER,
	  "address.0.zip_code", "01310100" },
	{ "an older paper", LEGAL "/" ONBOARDED("3801") "/documents",
	  OLDER_READY_CO, "documents.0.type", "contrato_social" },
	{ "a newer paper", LEGAL "/" ONBOARDED("3301") "/documents", READY_CO,
	  "documents.0.type", "social_contract" },
	{ "an older card", PEOPLE "/" PARTY("3811") "/documents",
	  OLDER_READY_CO, "2.identity_document_type", "cnh" },
	{ "a newer card", PEOPLE "/" PARTY("3311") "/documents", READY_CO,
	  "2.type", "identity_document_front" },
	{ "the newest onboarding first", NATURAL, 16, "data.0.status",
	  "pending" },
	{ "why it was rejected", NATURAL, 4, "data.0.failed_code",
	  "DOCUMENT_BLURRY" },
	{ "why it was rejected is not said", LEGAL, REJECTED_CO,
	  "data.0.failed_code", "" },
};

static void test_zro_dress(void **state)
{
	const struct dress *row = *state;
	struct sandbox_server server;

	start(&server, "");
	assert_reads(&server, row->path, row->who, row->dotted, row->want);
	sandbox_stop(&server, SIGTERM);
}

/* A file of SIZE bytes, sent in pieces. */
static struct sandbox_reply send_big(const struct sandbox_server *server,
				     const char *path, int who,
				     const char *fields, size_t size)
{
	static const char tail[] = "\r\n--xyz--\r\n";
	char *head = form(fields), *headers, *first, *zeros;
	size_t left, piece = 1 << 20;
	int fd = sandbox_connect(server);

	/* The last part is a PDF without its end. */
	*strstr(head, tail) = '\0';
	left = size - strlen("%PDF-1.7 practice");
	headers = headers_for("POST", who, "", fields);
	first = mem_printf("POST %s HTTP/1.1\r\nHost: x\r\nConnection: close"
			   "\r\nAuthorization: %s\r\n%sContent-Length: %zu"
			   "\r\n\r\n%s",
			   path, server->signing, headers,
			   strlen(head) + left + strlen(tail), head);
	zeros = mem_alloc(piece);
	sandbox_send(fd, first, strlen(first));
	while (left) {
		size_t now = left < piece ? left : piece;

		if (sandbox_send(fd, zeros, now) < now)
			break;
		left -= now;
	}
	sandbox_send(fd, tail, strlen(tail));
	free(head);
	free(headers);
	free(first);
	free(zeros);
	return sandbox_finish(fd);
}

static void test_zro_big_files(void **state)
{
	struct sandbox_server server;

	(void)state;
	start(&server, "");
	expect(send_big(&server, COMPANY_FILES, COMPANY,
			"type=social_contract&file=@pdf", 10000000),
	       201, "social_contract");
	expect(send_big(&server, COMPANY_FILES, COMPANY,
			"type=social_contract&file=@pdf", 10000001),
	       413, "\"success\":false");
	expect(send_big(&server, PERSON_FILES, COMPANY,
			"document_type=address_proof&file=@pdf", 25000000),
	       201, "address_proof");
	expect(send_big(&server, PERSON_FILES, COMPANY,
			"document_type=address_proof&file=@pdf", 25000001),
	       413, "\"error\":\"USER\"");
	sandbox_stop(&server, SIGTERM);
}

/* What was done is there after the server was killed; its token is not. */
static void test_zro_survives_a_kill(void **state)
{
	char folder[] = "/tmp/kyc-zro-XXXXXX";
	struct sandbox_server server;
	char *options, *id, *path, *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	options = mem_printf("--data %s", folder);
	start(&server, options);
	id = make(&server, LEGAL, EMPTY_CO, COMPANY_BODY);
	sandbox_stop(&server, SIGKILL);

	sandbox_start_for(&server, "zro", options);
	expect_code(ask(&server, "GET", LEGAL, EMPTY_CO, NULL), 401,
		    "UNAUTHORIZED");
	take_token(&server,
		   ask(&server, "POST", "/auth/signin", NOBODY, CREDENTIALS));
	assert_reads(&server, LEGAL, EMPTY_CO, "data.0.id", id);
	sandbox_stop(&server, SIGTERM);

	path = mem_printf("%s/zro", folder);
	file = mem_printf("%s/" ACCOUNT("20") ".json", path);
	assert_int_equal(unlink(file), 0);
	free(file);
	file = mem_printf("%s/replay.jsonl", path);
	unlink(file);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(folder), 0);
	free(file);
	free(path);
	free(id);
	free(options);
}

static void test_zro_seed_file(void **state)
{
	static const char seeds[] = "[{\"id\":\"" ACCOUNT(
		"01") "\",\"person_type\":"
		      "\"NATURAL_PERSON\",\"full_name\":\"Exemplo\",\"document\":"
		      "\"52998224725\",\"envelope\":true}]";
	char path[] = "/tmp/kyc-zro-XXXXXX";
	int fd = mkstemp(path);
	struct sandbox_server server;
	char *options = mem_printf("--seed %s", path);

	(void)state;
	assert_int_equal(write(fd, seeds, strlen(seeds)), strlen(seeds));
	close(fd);
	start(&server, options);
	assert_reads(&server, "/v1/users/accounts", NOBODY, "data.0.full_name",
		     "Exemplo");
	expect(ask(&server, "POST", NATURAL, MARIA, PERSON_BODY), 201,
	       "{\"success\":true,\"data\":{");
	sandbox_stop(&server, SIGTERM);
	unlink(path);
	free(options);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_zro_upload, uploads);
	TEST_ROWS(&tests, test_zro_natural_ends, endings);
	TEST_ROWS(&tests, test_zro_dress, dresses);
	test_add(&tests, "a company, finished", test_zro_company_finished);
	test_add(&tests, "a company, rejected", test_zro_company_rejected);
	test_add(&tests, "a review takes its time",
		 test_zro_review_takes_its_time);
	test_add(&tests, "a file in the place of another", test_zro_replaced);
	test_add(&tests, "parties change", test_zro_parties_change);
	test_add(&tests, "sides of one card", test_zro_sides_of_one_card);
	test_add(&tests, "big files", test_zro_big_files);
	test_add(&tests, "survives a kill", test_zro_survives_a_kill);
	test_add(&tests, "a seed file", test_zro_seed_file);
	return test_run(&tests, "providers/sandbox_zro_walks");
}
