/* SPDX-License-Identifier: MIT */
#include "tests/test.h"

#include <string.h>

#include "forms/form.h"
#include "forms/match.h"

static const struct doc_type id_card = {
	.code = "ID_CARD",
	.label = "Identity card",
	.sides = DOC_FRONT_AND_BACK,
	.kinds = DOC_JPEG | DOC_PNG,
};
static const struct doc_type passport = {
	.code = "PASSPORT",
	.label = "Passport",
	.kinds = DOC_JPEG | DOC_PNG | DOC_PDF,
};
static const struct doc_type licence = {
	.code = "DRIVERS_LICENSE",
	.label = "Driving licence",
	.sides = DOC_FRONT_AND_BACK,
	.kinds = DOC_JPEG | DOC_PNG,
};
static const struct doc_type address = {
	.code = "PROOF_OF_ADDRESS",
	.label = "Proof of address",
	.kinds = DOC_JPEG | DOC_PDF,
	.max_bytes = 1000,
};
static const struct doc_type income = {
	.code = "proof_of_income",
	.label = "Proof of income",
	.kinds = DOC_PDF,
};
static const struct doc_type result = {
	.code = "INCOME_STATEMENT",
	.label = "Income statement, signed",
	.kinds = DOC_PDF,
};
static const struct doc_type articles = {
	.code = "INCORPORATION_ARTICLES",
	.label = "Articles of incorporation",
	.kinds = DOC_PDF,
};
static const struct doc_type other = {
	.code = "OTHER",
	.label = "Another document",
	.kinds = DOC_JPEG | DOC_PDF,
};

static const struct match_slot slots[] = {
	{ &id_card, NULL, DOC_SIDE_FRONT, NULL },
	{ &id_card, NULL, DOC_SIDE_BACK, NULL },
	{ &passport, NULL, DOC_SIDE_NONE, NULL },
	{ &licence, NULL, DOC_SIDE_FRONT, NULL },
	{ &licence, NULL, DOC_SIDE_BACK, NULL },
	{ &address, NULL, DOC_SIDE_NONE, NULL },
	{ &income, NULL, DOC_SIDE_NONE, NULL },
	{ &result, NULL, DOC_SIDE_NONE, NULL },
	{ &articles, NULL, DOC_SIDE_NONE, NULL },
	{ &other, NULL, DOC_SIDE_NONE, NULL },
};
#define SLOTS (sizeof(slots) / sizeof(*slots))

/* One file alone: what it is taken for; code NULL: nothing. */
static const struct named {
	const char *name;
	const char *code;
	const char *side;
} names[] = {
	{ "rg_frente.jpg", "ID_CARD", "front" },
	{ "RG-verso.JPG", "ID_CARD", "back" },
	{ "rgFrente.jpg", "ID_CARD", "front" },
	{ "identidade 2.png", "ID_CARD", "back" },
	{ "Cédula frontal.jpg", "ID_CARD", "front" },
	{ "dni-reverso.jpg", "ID_CARD", "back" },
	{ "id.jpg", "ID_CARD", "front" },
	{ "CNH_verso.jpg", "DRIVERS_LICENSE", "back" },
	{ "drivers-license-front.jpg", "DRIVERS_LICENSE", "front" },
	{ "carteira de motorista.jpg", "DRIVERS_LICENSE", "front" },
	{ "passaporte maria.jpg", "PASSPORT", "" },
	{ "pasaporte.pdf", "PASSPORT", "" },
	{ "Comprovante de residência.pdf", "PROOF_OF_ADDRESS", "" },
	{ "conta_de_luz_2026.pdf", "PROOF_OF_ADDRESS", "" },
	{ "comprovante de renda.pdf", "proof_of_income", "" },
	{ "income statement 2025.pdf", "INCOME_STATEMENT", "" },
	{ "DRE 2025.pdf", "INCOME_STATEMENT", "" },
	{ "Contrato Social - Acme.pdf", "INCORPORATION_ARTICLES", "" },
	{ "IMG_20260101_1234.jpg", NULL, NULL },
	{ "social.pdf", NULL, NULL },
	{ "", NULL, NULL },
	{ "video.pdf", NULL, NULL }, /* "id" is a word, not a piece of one */
	{ "\xff\xfe", NULL, NULL },
};

static void test_match_names(void **state)
{
	const struct named *row = *state;
	const struct match_file file = { .name = row->name };
	struct match out;

	match_files(slots, SLOTS, &file, 1, &out);
	if (!row->code) {
		assert_int_equal(out.slot, MATCH_NONE);
		return;
	}
	assert_int_equal(out.why, MATCH_NAME);
	assert_string_equal(slots[out.slot].type->code, row->code);
	assert_string_equal(doc_side_name(slots[out.slot].side), row->side);
	assert_true(out.words[0] != '\0');
}

static void test_match_gives_each_slot_once(void **state)
{
	const struct match_file files[] = {
		{ .name = "rg a.jpg" },
		{ .name = "rg b.jpg" },
		{ .name = "rg c.jpg" },
	};
	struct match out[3];

	(void)state;
	match_files(slots, SLOTS, files, 3, out);
	assert_int_equal(out[0].slot, 0); /* the first is the front */
	assert_int_equal(out[1].slot, 1);
	assert_int_equal(out[2].slot, MATCH_NONE);
	assert_int_equal(out[2].why, MATCH_TAKEN);
}

static void test_match_prefers_the_better_name(void **state)
{
	const struct match_file files[] = {
		{ .name = "comprovante endereco velho.pdf" },
		{ .name = "luz.pdf" },
	};
	struct match out[2];

	(void)state;
	match_files(slots, SLOTS, files, 2, out);
	assert_int_equal(out[0].slot, 5);
	assert_int_equal(out[1].why, MATCH_TAKEN);
}

static void test_match_tells_parties_by_name(void **state)
{
	const struct match_slot two[] = {
		{ &passport, NULL, DOC_SIDE_NONE, "João da Silva" },
		{ &passport, NULL, DOC_SIDE_NONE, "Maria de Souza" },
	};
	const struct match_file files[] = {
		{ .name = "passaporte-maria-souza.jpg" },
		{ .name = "passaporte de joao.jpg" },
	};
	struct match out[2];

	(void)state;
	match_files(two, 2, files, 2, out);
	assert_int_equal(out[0].slot, 1);
	assert_int_equal(out[1].slot, 0);
}

static void test_match_says_when_a_file_is_not_taken(void **state)
{
	const struct doc_facts pdf = { .kind = DOC_PDF, .bytes = 10 };
	const struct doc_facts large = { .kind = DOC_PDF, .bytes = 1001 };
	const struct doc_facts broken = { .kind = DOC_JPEG,
					  .bytes = 10,
					  .damaged = true };
	const struct match_file files[] = {
		{ .name = "rg frente.pdf", .facts = &pdf },
		{ .name = "endereco.pdf", .facts = &large },
		{ .name = "passport.jpg", .facts = &broken },
	};
	struct match out[3];

	(void)state;
	match_files(slots, SLOTS, files, 3, out);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(out[i].slot, MATCH_NONE);
		assert_int_equal(out[i].why, MATCH_UNFIT);
	}
}

static void test_match_says_when_a_file_is_a_copy(void **state)
{
	const struct doc_facts one = { .kind = DOC_JPEG, .sha256 = "aa" };
	const struct doc_facts two = { .kind = DOC_JPEG, .sha256 = "bb" };
	const struct match_file files[] = {
		{ .name = "rg frente.jpg", .facts = &one },
		{ .name = "passport.jpg", .facts = &two },
		{ .name = "rg verso.jpg", .facts = &one },
	};
	struct match out[3];

	(void)state;
	match_files(slots, SLOTS, files, 3, out);
	assert_int_equal(out[0].slot, 0);
	assert_int_equal(out[1].slot, 2);
	assert_int_equal(out[2].slot, MATCH_NONE);
	assert_int_equal(out[2].why, MATCH_COPY);
	assert_int_equal(out[2].other, 0);
}

/* Nothing in the name, but only one place is open, and it takes the file. */
static void test_match_proposes_what_remains(void **state)
{
	const struct doc_facts jpeg = { .kind = DOC_JPEG, .bytes = 10 };
	const struct doc_facts pdf = { .kind = DOC_PDF, .bytes = 10 };
	const struct match_slot one[] = { { &id_card, NULL, DOC_SIDE_FRONT,
					    NULL } };
	const struct match_file files[] = {
		{ .name = "IMG_1.jpg", .facts = &jpeg },
		{ .name = "IMG_2.pdf", .facts = &pdf },
	};
	struct match out[2];

	(void)state;
	match_files(one, 1, files, 1, out);
	assert_int_equal(out[0].why, MATCH_REMAINS);
	assert_int_equal(out[0].slot, 0);
	match_files(one, 1, files + 1, 1, out);
	assert_int_equal(out[0].why, MATCH_UNKNOWN);
	match_files(one, 1, files, 2, out); /* which of the two? */
	assert_int_equal(out[0].why, MATCH_UNKNOWN);
	assert_int_equal(out[1].why, MATCH_UNKNOWN);
}

/* A book is no scan of a card, whatever it is called. */
static void test_match_counts_pages(void **state)
{
	static const struct doc_type card = {
		.code = "ID_CARD",
		.label = "Identity card",
		.sides = DOC_FRONT_AND_BACK,
		.kinds = DOC_PDF,
	};
	const struct match_slot one[] = { { &card, NULL, DOC_SIDE_FRONT,
					    NULL } };
	struct doc_facts facts = { .kind = DOC_PDF, .pages = 2 };
	const struct match_file file = { .name = "id.pdf", .facts = &facts };
	struct match out;

	(void)state;
	match_files(one, 1, &file, 1, &out);
	assert_int_equal(out.why, MATCH_NAME);
	facts.pages = 40;
	match_files(one, 1, &file, 1, &out);
	assert_int_equal(out.why, MATCH_UNFIT);
}

static void test_match_takes_nothing_from_nothing(void **state)
{
	const struct match_file file = { .name = "rg.jpg" };
	struct match out;

	(void)state;
	match_files(NULL, 0, &file, 1, &out);
	assert_int_equal(out.why, MATCH_CLOSED);
	match_files(slots, SLOTS, NULL, 0, NULL);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_match_names, names);
	test_add(&tests, "each slot once", test_match_gives_each_slot_once);
	test_add(&tests, "the better name", test_match_prefers_the_better_name);
	test_add(&tests, "parties by name", test_match_tells_parties_by_name);
	test_add(&tests, "not taken", test_match_says_when_a_file_is_not_taken);
	test_add(&tests, "a copy", test_match_says_when_a_file_is_a_copy);
	test_add(&tests, "what remains", test_match_proposes_what_remains);
	test_add(&tests, "pages", test_match_counts_pages);
	test_add(&tests, "nothing", test_match_takes_nothing_from_nothing);
	return test_run(&tests, "forms/match");
}
