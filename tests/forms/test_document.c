/* SPDX-License-Identifier: MIT */
/* Documents: names, rules on files, rules on what is chosen. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "forms/buf.h"
#include "forms/country.h"
#include "forms/document.h"

static const struct doc_type card = {
	.code = "ID_CARD",
	.label = "ID card",
	.holders = DOC_FOR_ANY_PERSON,
	.sides = DOC_FRONT_AND_BACK,
	.country = DOC_NEEDED,
	.kinds = DOC_JPEG | DOC_PNG | DOC_PDF,
	.max_bytes = 50000000,
};

static const struct doc_type passport = {
	.code = "PASSPORT",
	.label = "Passport",
	.sides = DOC_FRONT_ONLY,
	.country = DOC_OPTIONAL,
	.kinds = DOC_JPEG | DOC_PNG,
};

static const struct doc_type bill = {
	.code = "BILL",
	.label = "Bill",
	.sides = DOC_NO_SIDES,
	.country = DOC_NOT_TAKEN,
	.kinds = DOC_PDF,
	.max_bytes = 1000,
};

/* "ID_CARD" is another type than "id_card". */
static void test_doc_type_find(void **state)
{
	const struct doc_type types[] = { card, bill, { .code = NULL } };

	(void)state;
	assert_ptr_equal(doc_type_find(types, "BILL"), &types[1]);
	assert_null(doc_type_find(types, "bill"));
	assert_null(doc_type_find(types, ""));
	assert_null(doc_type_find(NULL, "BILL"));
}

static void test_doc_side_names(void **state)
{
	enum doc_side side = DOC_SIDE_NONE;

	(void)state;
	for (int i = DOC_SIDE_NONE; i <= DOC_SIDE_BACK; i++) {
		const char *name = doc_side_name((enum doc_side)i);

		assert_int_equal(doc_side_parse(name, &side), 0);
		assert_int_equal(side, i);
	}
	assert_int_equal(doc_side_parse("back", &side), 0);
	assert_int_equal(doc_side_parse("left", &side), -1);
	assert_int_equal(side, DOC_SIDE_BACK);
	assert_string_equal(doc_side_name((enum doc_side)9), "");
}

static void test_doc_kind_names(void **state)
{
	(void)state;
	assert_string_equal(doc_kind_name(DOC_JPEG), "JPEG");
	assert_string_equal(doc_kind_mime(DOC_PDF), "application/pdf");
	assert_string_equal(doc_kind_suffix(DOC_PNG), "png");
	assert_string_equal(doc_kind_name(DOC_UNKNOWN), "unknown");
	assert_string_equal(doc_kind_mime((enum doc_kind)64),
			    "application/octet-stream");
	assert_string_equal(doc_kind_suffix(DOC_UNKNOWN), "bin");
}

#define PHOTO                                                     \
	.kind = DOC_JPEG, .mime = "image/jpeg", .bytes = 2000000, \
	.width = 3000, .height = 2000
#define SCAN .kind = DOC_PDF, .mime = "application/pdf", .pages = 2

static const struct file_row {
	const char *name;
	const struct doc_type *type;
	struct doc_facts facts;
	const char *file;
	const char *found; /* codes, joined by blanks */
	const char *text;  /* of the first; NULL: whatever */
} files[] = {
	{ "a good photo", &card, { PHOTO }, "front.jpg", "", NULL },
	{ "a good scan", &card, { SCAN, .bytes = 90000 }, "x.pdf", "", NULL },
	{ "no name", &card, { PHOTO }, NULL, "", NULL },
	{ "no limit", &passport, { PHOTO }, "x.jpg", "", NULL },
	{ "just as large as may be",
	  &bill,
	  { SCAN, .bytes = 1000 },
	  "x.pdf",
	  "",
	  NULL },

	{ "empty",
	  &card,
	  { .mime = "inode/x-empty" },
	  "front.jpg",
	  "empty_file",
	  "'front.jpg' is empty, so there is nothing to send: copy or scan "
	  "it again" },
	{ "empty, no name",
	  &card,
	  { .bytes = 0 },
	  "",
	  "empty_file",
	  "'this file' is empty, so there is nothing to send: copy or scan "
	  "it again" },
	{ "too large",
	  &card,
	  { .kind = DOC_JPEG,
	    .mime = "image/jpeg",
	    .bytes = 61200000,
	    .width = 3000,
	    .height = 2000 },
	  "front.jpg",
	  "too_large",
	  "'front.jpg' has 61.2 MB and at most 50.0 MB is taken: save it "
	  "smaller, or scan it at a lower resolution" },
	{ "one byte too large",
	  &card,
	  { SCAN, .bytes = 50000001 },
	  "front.pdf",
	  "too_large",
	  "'front.pdf' has 50000001 bytes and at most 50000000 are taken: "
	  "save it smaller, or scan it at a lower resolution" },
	{ "a kind that is taken elsewhere",
	  &bill,
	  { .kind = DOC_JPEG, .mime = "image/jpeg", .bytes = 900 },
	  "x.jpg",
	  "wrong_kind tiny_file",
	  "'x.jpg' is a JPEG file, and 'Bill' is taken as PDF only: choose "
	  "another file" },
	{ "HEIC",
	  &card,
	  { .mime = "image/heic", .bytes = 900000 },
	  "IMG_1.HEIC",
	  "wrong_kind",
	  "'IMG_1.HEIC' is a HEIC photo, and only JPEG, PNG or PDF is taken: "
	  "export it as JPEG (on an iPhone: Settings, Camera, Formats, Most "
	  "Compatible)" },
	{ "HEIC named jpg",
	  &passport,
	  { .mime = "image/heic", .bytes = 900000 },
	  "a.jpg",
	  "wrong_kind",
	  "'a.jpg' is a HEIC photo, and only JPEG or PNG is taken: export it "
	  "as JPEG (on an iPhone: Settings, Camera, Formats, Most "
	  "Compatible)" },
	{ "WebP",
	  &card,
	  { .mime = "image/webp", .bytes = 9 },
	  "a.webp",
	  "wrong_kind",
	  "'a.webp' is a WebP picture, and only JPEG, PNG or PDF is taken: "
	  "export it as JPEG, or ask for the original photo" },
	{ "GIF",
	  &card,
	  { .mime = "image/gif", .bytes = 9 },
	  "a.gif",
	  "wrong_kind",
	  "'a.gif' is a GIF picture, and only JPEG, PNG or PDF is taken: "
	  "export it as PNG or JPEG" },
	{ "TIFF",
	  &card,
	  { .mime = "image/tiff", .bytes = 9 },
	  "a.tif",
	  "wrong_kind",
	  "'a.tif' is a TIFF scan, and only JPEG, PNG or PDF is taken: save "
	  "the scan as PDF or JPEG" },
	{ "Word",
	  &bill,
	  { .mime = "application/"
		    "vnd.openxmlformats-officedocument.wordprocessingm",
	    .bytes = 9 },
	  "a.docx",
	  "wrong_kind",
	  "'a.docx' is an Office document, and only PDF is taken: print it "
	  "to a PDF" },
	{ "some other picture",
	  &card,
	  { .mime = "image/x-portable", .bytes = 9 },
	  "a",
	  "wrong_kind",
	  "'a' is another kind of picture, and only JPEG, PNG or PDF is "
	  "taken: export it as JPEG" },
	{ "nobody knows",
	  &card,
	  { .mime = "application/octet-stream", .bytes = 9 },
	  "a",
	  "wrong_kind",
	  "'a' is of a kind that cannot be told, and only JPEG, PNG or PDF "
	  "is taken: choose a photo or a scan" },
	{ "asks for a password",
	  &card,
	  { SCAN, .bytes = 9, .encrypted = true, .damaged = true },
	  "a.pdf",
	  "encrypted_pdf",
	  "'a.pdf' asks for a password, so nobody could review it: open it, "
	  "print it to a new PDF and choose that" },
	{ "cut short",
	  &card,
	  { PHOTO, .damaged = true },
	  "a.jpg",
	  "damaged_file",
	  "'a.jpg' is damaged or cut short and cannot be read to its end: "
	  "copy or scan it again" },
	{ "broke its reader",
	  &card,
	  { .damaged = true },
	  "a.jpg",
	  "damaged_file",
	  NULL },
	{ "broke its reader, size known",
	  &card,
	  { .damaged = true, .bytes = 9 },
	  "a.jpg",
	  "damaged_file",
	  NULL },

	{ "named otherwise",
	  &card,
	  { PHOTO },
	  "front.PDF",
	  "extension_differs",
	  "'front.PDF' is named .pdf but is a JPEG file: it is sent as what "
	  "it is" },
	{ "the other spelling", &card, { PHOTO }, "front.JPEG", "", NULL },
	{ "no suffix", &card, { PHOTO }, "front", "", NULL },
	{ "a dot that is no suffix",
	  &card,
	  { PHOTO },
	  "maria.souza",
	  "",
	  NULL },
	{ "a suffix in a folder's name",
	  &card,
	  { PHOTO },
	  "/x.pdf/front",
	  "",
	  NULL },
	{ "small",
	  &card,
	  { .kind = DOC_PNG,
	    .mime = "image/png",
	    .bytes = 90000,
	    .width = 800,
	    .height = 599 },
	  "a.png",
	  "small_picture",
	  "'a.png' has only 800 x 599 pixels and may be refused as "
	  "unreadable: 600 on the shorter side are safer" },
	{ "not small",
	  &card,
	  { .kind = DOC_PNG,
	    .mime = "image/png",
	    .bytes = 90000,
	    .width = 600,
	    .height = 800 },
	  "a.png",
	  "",
	  NULL },
	{ "size in pixels not known",
	  &card,
	  { .kind = DOC_PNG, .mime = "image/png", .bytes = 90000 },
	  "a.png",
	  "",
	  NULL },
	{ "tiny",
	  &card,
	  { .kind = DOC_PNG,
	    .mime = "image/png",
	    .bytes = 9999,
	    .width = 900,
	    .height = 900 },
	  "a.png",
	  "tiny_file",
	  "'a.png' has only 10 kB, so it may be a preview: look for the "
	  "original photo" },
	{ "huge",
	  &card,
	  { .kind = DOC_PNG,
	    .mime = "image/png",
	    .bytes = 90000,
	    .width = 4000000000U,
	    .height = 4000000000U },
	  "a.png",
	  "huge_picture",
	  "'a.png' has 4000000000 x 4000000000 pixels, more than some "
	  "viewers can open: save it smaller" },
	{ "a book",
	  &card,
	  { .kind = DOC_PDF,
	    .mime = "application/pdf",
	    .bytes = 90000,
	    .pages = 21 },
	  "a.pdf",
	  "many_pages",
	  "'a.pdf' has 21 pages and may take long to review: send only those "
	  "that are asked for" },
	{ "a hostile name",
	  &card,
	  { .bytes = 0 },
	  "/x/a\033[2J\n.jpg",
	  "empty_file",
	  "'a\xEF\xBF\xBD[2J\xEF\xBF\xBD.jpg' is empty, so there is nothing "
	  "to send: copy or scan it again" },
	{ "a long name",
	  &card,
	  { .bytes = 0 },
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-front.jpg",
	  "empty_file",
	  "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "…aaaaaaaaaaaaaaaaaaa-front.jpg' is empty, so there is nothing to "
	  "send: copy or scan it again" },
};

/* Codes of FINDINGS, joined by blanks; errors must come before warnings. */
static char *codes_of(const struct findings *findings)
{
	struct buf out = { 0 };
	size_t errors = findings_errors(findings);

	for (size_t i = 0; i < findings->count; i++) {
		if (i)
			buf_add_char(&out, ' ');
		buf_add_text(&out, findings->list[i].code);
		assert_int_equal(findings->list[i].severity,
				 i < errors ? FINDING_ERROR : FINDING_WARNING);
	}
	return buf_take(&out);
}

static void test_doc_check_file(void **state)
{
	const struct file_row *row = *state;
	struct findings findings = { 0 };
	char *codes = NULL;

	doc_check_file(row->type, &row->facts, row->file, &findings);
	codes = codes_of(&findings);
	assert_string_equal(codes, row->found);
	if (row->text)
		assert_string_equal(findings.list[0].text, row->text);
	free(codes);
	findings_release(&findings);
}

static const struct choice_row {
	const char *name;
	const struct doc_type *type;
	enum doc_side side;
	const char *country;
	const char *found;
} choices[] = {
	{ "card, front", &card, DOC_SIDE_FRONT, "BRA", "" },
	{ "card, back, two letters", &card, DOC_SIDE_BACK, "br", "" },
	{ "card, no side", &card, DOC_SIDE_NONE, "BRA", "side_missing" },
	{ "card, a third side", &card, (enum doc_side)7, "BRA",
	  "side_unknown" },
	{ "card, no country", &card, DOC_SIDE_FRONT, "", "country_missing" },
	{ "card, no country at all", &card, DOC_SIDE_FRONT, NULL,
	  "country_missing" },
	{ "card, no such country", &card, DOC_SIDE_FRONT, "XXX",
	  "country_unknown" },
	{ "card, nothing", &card, DOC_SIDE_NONE, "",
	  "side_missing country_missing" },
	{ "passport, front", &passport, DOC_SIDE_FRONT, "", "" },
	{ "passport, back", &passport, DOC_SIDE_BACK, "PRT", "" },
	{ "passport, no side", &passport, DOC_SIDE_NONE, "", "side_missing" },
	{ "passport, no such country", &passport, DOC_SIDE_FRONT, "Atlantis",
	  "country_unknown" },
	{ "bill", &bill, DOC_SIDE_NONE, "", "" },
	{ "bill, front", &bill, DOC_SIDE_FRONT, "", "side_not_taken" },
	{ "bill, country", &bill, DOC_SIDE_NONE, "BRA", "country_not_taken" },
};

static void test_doc_check_choice(void **state)
{
	const struct choice_row *row = *state;
	struct findings findings = { 0 };
	char *codes = NULL;

	doc_check_choice(row->type, row->side, row->country, &findings);
	codes = codes_of(&findings);
	assert_string_equal(codes, row->found);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.list[i];

		assert_true(strncmp(finding->code, finding->field,
				    strlen(finding->field)) == 0);
	}
	free(codes);
	findings_release(&findings);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	test_add(&tests, "doc_type_find", test_doc_type_find);
	test_add(&tests, "doc_side names", test_doc_side_names);
	test_add(&tests, "doc_kind names", test_doc_kind_names);
	TEST_ROWS(&tests, test_doc_check_file, files);
	TEST_ROWS(&tests, test_doc_check_choice, choices);
	failed = test_run(&tests, "forms/document");
	country_unload();
	return failed;
}
