/* SPDX-License-Identifier: MIT */
/* Dwolla: documents on their way. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/providers/dwolla_case.h"

#define MEDIA "application/vnd.dwolla.v1.hal+json"

#define PERSON	 DOC_FOR_PERSON
#define BUSINESS DOC_FOR_BUSINESS
#define OWNER	 DOC_FOR_PARTY_PERSON
#define PICTURE	 (DOC_JPEG | DOC_PNG)
#define PAPER	 (DOC_JPEG | DOC_PNG | DOC_PDF)

/* Every type of everybody; the controller's are the business's own. */
static const struct type_row {
	const char *name; /* the code */
	unsigned holder;
	const char *sent;  /* as documentType; NULL: not taken */
	unsigned kinds;	   /* that are taken */
	const char *label; /* what the operator reads */
} type_rows[] = {
	{ "license", PERSON, "license", PICTURE, "Driver's license" },
	{ "idCard", PERSON, "idCard", PICTURE, "Identity card" },
	{ "passport", PERSON, "passport", PICTURE, "US passport" },
	{ "other", PERSON, NULL, 0, NULL },
	{ "other:ein", PERSON, NULL, 0, NULL },
	{ "other:formation", PERSON, NULL, 0, NULL },
	{ "other:dba", PERSON, NULL, 0, NULL },
	{ "other:address", PERSON, NULL, 0, NULL },
	{ "license", BUSINESS, "license", PICTURE, "Driver's license" },
	{ "idCard", BUSINESS, "idCard", PICTURE, "Identity card" },
	{ "passport", BUSINESS, "passport", PICTURE, "Passport" },
	{ "other", BUSINESS, "other", PAPER, "Business document" },
	{ "other:ein", BUSINESS, "other", PAPER, "EIN letter" },
	{ "other:formation", BUSINESS, "other", PAPER, "Formation papers" },
	{ "other:dba", BUSINESS, "other", PAPER, "DBA document" },
	{ "other:address", BUSINESS, "other", PAPER,
	  "Proof of business address" },
	{ "license", OWNER, "license", PICTURE, "Driver's license" },
	{ "idCard", OWNER, "idCard", PICTURE, "Identity card" },
	{ "passport", OWNER, "passport", PICTURE, "Passport" },
	{ "other", OWNER, NULL, 0, NULL },
	{ "other:ein", OWNER, NULL, 0, NULL },
	{ "other:formation", OWNER, NULL, 0, NULL },
	{ "other:dba", OWNER, NULL, 0, NULL },
	{ "other:address", OWNER, NULL, 0, NULL },
};

static struct prov_ctx upload_ctx(const struct prov_document *document,
				  unsigned holder)
{
	struct prov_ctx ctx = dwolla_ctx();

	ctx.kind = holder == PERSON ? PROV_INDIVIDUAL : PROV_BUSINESS;
	ctx.documents = document;
	ctx.document_count = 1;
	ctx.party = document->party;
	return ctx;
}

static void assert_refused(const struct prov_document *document,
			   unsigned holder, const char *says)
{
	struct prov_ctx ctx = upload_ctx(document, holder);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	if (!strstr(err.text, says))
		assert_string_equal(err.text, says);
	prov_request_release(&request);
}

static void assert_sent(const struct prov_document *document, unsigned holder,
			const char *type)
{
	struct prov_ctx ctx = upload_ctx(document, holder);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	if (prov_dwolla.document_send.build(&ctx, &request, &err))
		assert_string_equal(err.text, "");
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.path,
			    holder == OWNER ? "/beneficial-owners/" DWOLLA_OWNER
					      "/documents"
					    : "/customers/" DWOLLA_SELF
					      "/documents");
	assert_string_equal(adapter_header(&request, "Accept"), MEDIA);
	assert_string_equal(adapter_header(&request, "Authorization"),
			    "Bearer " DWOLLA_TOKEN);
	assert_string_equal(adapter_header(&request, "Idempotency-Key"),
			    DWOLLA_KEY);
	assert_string_equal(request.key, DWOLLA_KEY);
	assert_int_equal(request.part_count, 2);
	assert_string_equal(request.parts[0].name, "documentType");
	assert_string_equal(request.parts[0].value, type);
	assert_string_equal(request.parts[1].name, "file");
	assert_null(request.parts[1].value);
	assert_string_equal(request.parts[1].content_type,
			    doc_kind_mime(document->kind));
	assert_string_equal(strrchr(request.parts[1].filename, '.') + 1,
			    doc_kind_suffix(document->kind));
	prov_request_release(&request);
}

static void test_document_goes_by_its_type(void **state)
{
	static const enum doc_kind kinds[] = { DOC_JPEG, DOC_PNG, DOC_PDF };
	const struct type_row *row = *state;
	struct prov_document document = dwolla_document(row->name, row->holder);

	for (size_t i = 0; i < 3; i++) {
		document.kind = kinds[i];
		if (!row->sent)
			assert_refused(&document, row->holder,
				       "not of a person");
		else if (kinds[i] & row->kinds)
			assert_sent(&document, row->holder, row->sent);
		else
			assert_refused(&document, row->holder,
				       "is taken as JPEG or PNG, not as");
	}
	if (!row->sent)
		return;
	assert_int_equal(document.type->kinds, row->kinds);
	assert_string_equal(document.type->label, row->label);
	document.kind = DOC_JPEG;
	document.side = DOC_SIDE_FRONT;
	assert_refused(&document, row->holder, "has no sides");
	document.side = DOC_SIDE_BACK;
	assert_refused(&document, row->holder, "has no sides");
	document.side = DOC_SIDE_NONE;
	document.bytes = 0;
	assert_refused(&document, row->holder, "empty");
}

static void test_document_has_no_fields(void **state)
{
	struct prov_document document = dwolla_document("license", PERSON);
	struct form_answers *fields = form_answers_new();

	(void)state;
	document.fields = fields;
	assert_sent(&document, PERSON, "license");
	form_answer_set(fields, "country", "USA");
	assert_refused(&document, PERSON, "no field 'country'");
	form_answers_free(fields);
}

static void test_one_document_at_a_time(void **state)
{
	struct prov_document two[2] = { dwolla_document("license", PERSON),
					dwolla_document("idCard", PERSON) };
	struct prov_ctx ctx = upload_ctx(two, PERSON);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	(void)state;
	ctx.document_count = 2;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_BUG);
	prov_request_release(&request);
}

static const struct key_row {
	const char *name;
	const char *key;
} key_rows[] = {
	{ "missing", NULL },
	{ "short", "1" },
	{ "with another header", "11111111-2222-4333-8444-5555555\r\nX: " },
};

static void test_nothing_leaves_without_a_key(void **state)
{
	const struct key_row *row = *state;
	struct prov_document document = dwolla_document("license", PERSON);
	struct prov_ctx ctx = upload_ctx(&document, PERSON);
	struct prov_request request = { 0 };
	struct err err = { 0 };

	ctx.key = row->key;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, &err),
			 -1);
	assert_int_equal(err.code, ERR_BUG);
	prov_request_release(&request);
}

static const struct name_row {
	const char *name;
	const char *file;
	enum doc_kind kind;
	const char *sent;
} name_rows[] = {
	/* The sandbox tells its samples by their names. */
	{ "a sample", "test-document-upload-success.png", DOC_PNG,
	  "test-document-upload-success.png" },
	{ "in capitals", "FRONT.JPG", DOC_JPEG, "FRONT.JPG" },
	{ "jpeg", "front.jpeg", DOC_JPEG, "front.jpeg" },
	{ "another suffix", "front.gif", DOC_PNG, "front.png" },
	{ "no suffix", "front", DOC_PDF, "front.pdf" },
	{ "two suffixes", "a.tar.png", DOC_PNG, "a.tar.png" },
	{ "not ASCII",
	  "pasaporte_Mar\xc3\xad"
	  "a.png",
	  DOC_PNG, "pasaporte_Mar_a.png" },
	{ "quotes", "a\"b\\c.png", DOC_PNG, "c.png" },
	{ "a path", "/home/me/front.png", DOC_PNG, "front.png" },
	{ "line ends", "a\r\nb.png", DOC_PNG, "a__b.png" },
	{ "hidden", ".png", DOC_PNG, "document.png" },
	{ "empty", "", DOC_PDF, "document.pdf" },
	{ "missing", NULL, DOC_JPEG, "document.jpg" },
};

static void test_file_has_a_plain_name(void **state)
{
	const struct name_row *row = *state;
	struct prov_document document = dwolla_document("other", BUSINESS);
	struct prov_ctx ctx = upload_ctx(&document, BUSINESS);
	struct prov_request request = { 0 };

	document.name = row->file;
	document.kind = row->kind;
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	assert_string_equal(request.parts[1].filename, row->sent);
	prov_request_release(&request);
}

/* Everything of a request but the file's bytes. */
static size_t frame_of(const struct prov_document *document)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct prov_ctx ctx = upload_ctx(document, BUSINESS);
	struct prov_request request = { 0 };
	struct buf content_type = { 0 };
	size_t total = 0;

	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	prov_multipart_frames(&request, frames, &content_type);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		total += frames[i].len;
		buf_release(&frames[i]);
	}
	buf_release(&content_type);
	prov_request_release(&request);
	return total;
}

#define BODY_MOST ((uint64_t)10 * 1024 * 1024)

/* The limit counts over the whole request. */
static void test_size_counts_all(void **state)
{
	struct prov_document document =
		dwolla_document("other:formation", BUSINESS);
	char name[300];

	(void)state;
	memset(name, 'n', sizeof(name));
	memcpy(name + sizeof(name) - 5, ".png", 5);
	document.name = name;
	document.kind = DOC_PNG;
	document.bytes = BODY_MOST - frame_of(&document);
	assert_sent(&document, BUSINESS, "other");
	document.bytes++;
	assert_refused(&document, BUSINESS, "10 MiB");
	document.bytes = BODY_MOST;
	assert_refused(&document, BUSINESS, "10 MiB");
	document.bytes = UINT64_MAX;
	assert_refused(&document, BUSINESS, "10 MiB");
}

/* What the table lets through before a request is built fits into one. */
static void test_table_leaves_room(void **state)
{
	const struct doc_type *type = prov_dwolla.doctypes;

	(void)state;
	for (; type->code; type++) {
		unsigned holder = type->holders & BUSINESS ? BUSINESS : PERSON;
		struct prov_document document =
			dwolla_document(type->code, holder);
		char name[] = "12345678901234567890123456789012345678901234567"
			      "89012345678901234567890123456789012345678901234"
			      "567.jpg";

		document.type = type;
		document.name = name;
		document.bytes = type->max_bytes;
		assert_sent(&document, holder,
			    strncmp(type->code, "other", 5) == 0 ? "other"
								 : type->code);
		assert_true(type->max_bytes <= BODY_MOST);
		assert_int_equal(type->warn_bytes, 10000000);
	}
}

static char *whole_frame(const char *key)
{
	struct buf frames[PROV_FILES_MOST + 1] = { 0 };
	struct prov_document document = dwolla_document("other:ein", BUSINESS);
	struct prov_ctx ctx = upload_ctx(&document, BUSINESS);
	struct prov_request request = { 0 };
	struct buf all = { 0 };

	ctx.key = key;
	ctx.nonce = key[0] == '1' ? "a" : "b";
	assert_int_equal(prov_dwolla.document_send.build(&ctx, &request, NULL),
			 0);
	prov_multipart_frames(&request, frames, &all);
	for (size_t i = 0; i <= PROV_FILES_MOST; i++) {
		buf_addf(&all, "|%s",
			 frames[i].len ? buf_text(&frames[i]) : "");
		buf_release(&frames[i]);
	}
	prov_request_release(&request);
	return buf_take(&all);
}

/* Under one key the very same bytes go again: the boundary, too. */
static void test_repeat_is_the_same(void **state)
{
	char *first = whole_frame(DWOLLA_KEY);
	char *again = whole_frame(DWOLLA_KEY);
	char *other = whole_frame("21111111-2222-4333-8444-555555555555");

	(void)state;
	assert_string_equal(first, again);
	assert_string_not_equal(first, other);
	assert_non_null(strstr(first, "multipart/form-data; boundary="));
	/* What stands behind the colon is ours. */
	assert_null(strstr(first, "ein"));
	free(first);
	free(again);
	free(other);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed;

	TEST_ROWS(&tests, test_document_goes_by_its_type, type_rows);
	test_add(&tests, "no fields", test_document_has_no_fields);
	test_add(&tests, "one at a time", test_one_document_at_a_time);
	TEST_ROWS(&tests, test_nothing_leaves_without_a_key, key_rows);
	TEST_ROWS(&tests, test_file_has_a_plain_name, name_rows);
	test_add(&tests, "size", test_size_counts_all);
	test_add(&tests, "room", test_table_leaves_room);
	test_add(&tests, "repeat", test_repeat_is_the_same);
	failed = test_run(&tests, "providers/dwolla_upload");
	country_unload();
	return failed;
}
