/* SPDX-License-Identifier: MIT */
/* Outside text made safe, and what is built on it: errors and findings. */
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "forms/buf.h"
#include "forms/err.h"
#include "forms/finding.h"
#include "forms/mem.h"
#include "forms/text.h"

#define MARK "\xEF\xBF\xBD"

static const struct pair {
	const char *name;
	const char *in;
	const char *want;
} cleanings[] = {
	{ "plain", "Maria Souza", "Maria Souza" },
	{ "empty", "", "" },
	{ "accents", "São Tomé", "São Tomé" },
	{ "escape sequence", "a\033[2Jb", "a" MARK "[2Jb" },
	{ "line end", "a\nb\r", "a" MARK "b" MARK },
	{ "tab and delete", "a\tb\x7f", "a" MARK "b" MARK },
	{ "C1 control",
	  "a\xC2\x9B"
	  "31m",
	  "a" MARK "31m" },
	{ "right-to-left override",
	  "fdp.\xE2\x80\xAE"
	  "exe",
	  "fdp." MARK "exe" },
	{ "isolate", "\xE2\x81\xA6x\xE2\x81\xA9", MARK "x" MARK },
	{ "zero width space and joiner", "a\xE2\x80\x8B\xE2\x80\x8D",
	  "a" MARK MARK },
	{ "byte order mark", "\xEF\xBB\xBFx", MARK "x" },
	{ "soft hyphen", "a\xC2\xAD", "a" MARK },
	{ "tag characters", "a\xF3\xA0\x81\x81", "a" MARK },
	{ "blank that is a letter", "\xE3\x85\xA4", MARK },
	{ "no character", "\xEF\xBF\xBF", MARK },
	{ "overlong slash", "\xC0\xAF", MARK MARK },
	{ "surrogate", "\xED\xA0\x80", MARK MARK MARK },
	{ "beyond Unicode", "\xF5\x80\x80\x80", MARK MARK MARK MARK },
	{ "cut short", "a\xE2\x82", "a" MARK MARK },
	{ "lone continuation", "\x80x", MARK "x" },
	{ "combining mark", "e\xCC\x81", "e\xCC\x81" },
	{ "combining mark on nothing", "\xCC\x81x", MARK "x" },
	{ "four marks", "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
	  "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81" },
	{ "six marks", "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81x",
	  "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81" MARK "x" },
	{ "wide", "日本", "日本" },
};

static void test_text_clean(void **state)
{
	const struct pair *row = *state;
	char *out = text_clean_new(row->in);

	assert_string_equal(out, row->want);
	free(out);
}

static void test_text_clean_cuts_at_a_character(void **state)
{
	char out[6];

	(void)state;
	assert_int_equal(text_clean(out, sizeof(out), "ab日本"), 5);
	assert_string_equal(out, "ab日");
	assert_int_equal(text_clean(out, 1, "ab"), 0);
	assert_string_equal(out, "");
}

static void test_text_clean_survives_marks_without_end(void **state)
{
	struct buf in = { 0 };
	char *out = NULL;

	(void)state;
	buf_add_char(&in, 'e');
	for (int i = 0; i < 300; i++)
		buf_add_text(&in, "\xCC\x81");
	out = text_clean_new(buf_text(&in));
	assert_int_equal(strlen(out), 1 + 4 * 2 + 3);
	free(out);
	buf_release(&in);
}

/* Any bytes at all come out as UTF-8 that a terminal only shows. */
static void test_text_clean_of_noise(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		char in[64], *out = NULL;

		for (size_t i = 0; i < sizeof(in); i++) {
			seed = seed * 1103515245 + 12345;
			in[i] = (char)(seed >> 16);
		}
		in[sizeof(in) - 1] = '\0';
		out = text_clean_new(in);
		assert_true(text_valid(out, strlen(out)));
		assert_true(text_plain(out));
		assert_int_equal(text_fit(out, text_width(out), NULL),
				 strlen(out));
		free(out);
	}
}

static void test_text_clean_ends_keeps_both(void **state)
{
	char out[32];

	(void)state;
	text_clean_ends(out, sizeof(out), "short");
	assert_string_equal(out, "short");
	text_clean_ends(out, sizeof(out),
			"a very long beginning: no such file");
	assert_string_equal(out, "a very long beginn… such file");
	text_clean_ends(out, sizeof(out), "日本日本日本日本日本日本日本日本");
	assert_true(text_valid(out, strlen(out)));
	assert_true(strlen(out) < sizeof(out));
}

static const struct width {
	const char *name;
	const char *text;
	int width;
	int columns;  /* room there is */
	size_t bytes; /* what fits */
} widths[] = {
	{ "ascii", "abc", 3, 2, 2 },
	{ "wide", "日本", 4, 3, 3 },
	{ "accent apart", "e\xCC\x81x", 2, 1, 3 },
	{ "no room", "abc", 3, 0, 0 },
	{ "less than no room", "abc", 3, -1, 0 },
	{ "all", "São", 3, 80, 4 },
	{ "empty", "", 0, 10, 0 },
};

static void test_text_width(void **state)
{
	const struct width *row = *state;
	int used = 0;

	assert_int_equal(text_width(row->text), row->width);
	assert_int_equal(text_fit(row->text, row->columns, &used), row->bytes);
	assert_true(used <= (row->columns > 0 ? row->columns : 0));
}

/* What people see as one character is one step, and each step goes on. */
static const struct walk {
	const char *name, *in;
	size_t steps;
} walks[] = {
	{ "ascii", "abc", 3 },
	{ "accents", "São", 3 },
	{ "accents apart", "ae\xCC\x81\xCC\x82x", 3 },
	{ "wide", "日本x", 3 },
	{ "mark first", "\xCC\x81\xCC\x81x", 2 },
	{ "emoji", "\xF0\x9F\x98\x80\xEF\xB8\x8Fx", 2 },
	{ "none", "", 0 },
};

static void test_text_next(void **state)
{
	const struct walk *row = *state;
	size_t at = 0, steps = 0;

	for (; row->in[at]; steps++) {
		size_t next = text_next(row->in, at);

		assert_true(next > at);
		at = next;
	}
	assert_int_equal(steps, row->steps);
	assert_int_equal(text_next(row->in, at), at);
}

/* A pasted megabyte: quadratic would be minutes. */
static void test_text_next_through_a_megabyte(void **state)
{
	size_t size = (size_t)1 << 20;
	char *text = mem_alloc(size + 1);
	size_t at = 0, steps = 0;

	(void)state;
	memset(text, 'x', size);
	for (; text[at]; steps++)
		at = text_next(text, at);
	assert_int_equal(steps, size);
	free(text);
}

static const struct pair folds[] = {
	{ "accents", "São Tomé", "sao tome" },
	{ "accents apart", "Sa\xCC\x83o", "sao" },
	{ "blanks", "  a \t b\xC2\xA0 ", "a b" },
	{ "sharp s", "Straße", "strasse" },
	{ "stroke", "Łódź Ørsted", "lodz orsted" },
	{ "dotless i", "Diyarbakır", "diyarbakir" },
	{ "curly apostrophe", "Côte d’Ivoire", "cote d'ivoire" },
	{ "full width", "ＢＲＡ", "bra" },
	{ "greek end of word", "ΟΔΟΣ", "οδοσ" },
	{ "what is not seen", "Bra\xC2\xADsil\xE2\x80\x8B", "brasil" },
	{ "broken", "A\xFF", "a\xEF\xBF\xBD" },
	{ "empty", "", "" },
};

static void test_text_fold(void **state)
{
	const struct pair *row = *state;
	char *out = text_fold(row->in);

	assert_string_equal(out, row->want);
	free(out);
}

static const struct pair trims[] = {
	{ "around", " \t a b \n", "a b" },
	{ "hard blanks", "\xC2\xA0x\xE2\x80\xAF", "x" },
	{ "only blanks", "  \n", "" },
	{ "empty", "", "" },
	{ "broken stays", " \x80 ", "\x80" },
};

static void test_text_trim(void **state)
{
	const struct pair *row = *state;
	char *out = text_trim(row->in);

	assert_string_equal(out, row->want);
	free(out);
}

static const struct plain {
	const char *name;
	const char *text;
	bool plain;
} plains[] = {
	{ "words", "São Paulo, 1º andar", true },
	{ "empty", "", true },
	{ "joiner inside a word", "می\xE2\x80\x8Cخواهم", true },
	{ "line end", "a\nb", false },
	{ "escape", "\033[0m", false },
	{ "C1", "\xC2\x85", false },
	{ "override", "\xE2\x80\xAEx", false },
	{ "isolate", "\xE2\x81\xA7x", false },
	{ "line separator", "a\xE2\x80\xA8", false },
	{ "broken", "\xFF", false },
};

static void test_text_plain(void **state)
{
	const struct plain *row = *state;

	assert_int_equal(text_plain(row->text), row->plain);
}

static const struct pair nearests[] = {
	{ "one letter off", "firstNam", "firstName" },
	{ "case only", "FIRSTNAME", "firstName" },
	{ "exact", "phone", "phone" },
	{ "two letters off", "phnoe", "phone" },
	{ "nothing like it", "zzzzzz", NULL },
	{ "one letter is no hint", "x", NULL },
	{ "empty", "", NULL },
	{ "very long",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaa",
	  NULL },
};

static void test_text_nearest(void **state)
{
	static const char *const list[] = { "lastName", "firstName", "phone",
					    NULL };
	const struct pair *row = *state;
	const char *nearest = text_nearest(row->in, list);

	if (row->want)
		assert_string_equal(nearest, row->want);
	else
		assert_null(nearest);
}

static const struct amount {
	const char *name;
	unsigned long long bytes;
	const char *want;
} amounts[] = {
	{ "none", 0, "0 B" },
	{ "bytes", 999, "999 B" },
	{ "kilo", 640000, "640 kB" },
	{ "just below mega", 999999, "1.0 MB" },
	{ "mega", 2140000, "2.1 MB" },
	{ "limit", 50000000, "50.0 MB" },
	{ "just below giga", 999999999, "1.0 GB" },
	{ "giga", 3500000000ULL, "3.5 GB" },
};

static void test_text_bytes(void **state)
{
	const struct amount *row = *state;
	char out[32];

	text_bytes(out, sizeof(out), row->bytes);
	assert_string_equal(out, row->want);
}

static void test_err_set_cleans_and_keeps_the_reason(void **state)
{
	struct err err = { 0 };
	char *name = mem_alloc(64 * 1024);

	(void)state;
	memset(name, 'x', 64 * 1024 - 1);
	assert_int_equal(err_set(&err, ERR_INPUT,
				 "cannot open '%s': no such file", name),
			 -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_true(strncmp(err.text, "cannot open 'xxx", 16) == 0);
	assert_non_null(strstr(err.text, "x': no such file"));
	err_set(&err, ERR_INPUT, "cannot open '%s'", "a\033]0;x\a\nb");
	assert_string_equal(err.text,
			    "cannot open 'a" MARK "]0;x" MARK MARK "b'");
	assert_int_equal(err_set(NULL, ERR_INPUT, "nobody listens"), -1);
	free(name);
}

static void test_err_prefix_goes_in_front(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_CONFIG, "no such file");
	assert_int_equal(err_prefix(&err, "profile '%s'", "a\nb"), -1);
	assert_string_equal(err.text, "profile 'a" MARK "b': no such file");
	assert_int_equal(err.code, ERR_CONFIG);
	/* The sentence may be part of its own replacement. */
	err_set(&err, ERR_STORE, "again: %s", err.text);
	assert_string_equal(err.text,
			    "again: profile 'a" MARK "b': no such file");
}

static const struct status {
	const char *name;
	enum err_code code;
	int status;
} statuses[] = {
	{ "all is well", ERR_NONE, 0 },
	{ "refused by the provider", ERR_REFUSED, 1 },
	{ "usage", ERR_USAGE, 2 },
	{ "refused here", ERR_INPUT, 3 },
	{ "not settled", ERR_NETWORK, 4 },
	{ "credentials", ERR_CREDENTIALS, 5 },
	{ "configuration", ERR_CONFIG, 6 },
	{ "state", ERR_STORE, 6 },
	{ "interrupted", ERR_CANCELLED, 130 },
	{ "no such code", (enum err_code)99, 6 },
};

static void test_err_exit_status(void **state)
{
	const struct status *row = *state;

	assert_int_equal(err_exit_status(row->code), row->status);
}

static void test_findings_find_errors_first(void **state)
{
	struct findings findings = { 0 };

	(void)state;
	findings_add(&findings, FINDING_WARNING, "w", "phone", "warns");
	findings_add(&findings, FINDING_ERROR, "e", "phone", "stops");
	findings_add(&findings, FINDING_ERROR, "whole", NULL, "all of it");
	assert_string_equal(findings_for(&findings, "phone")->code, "e");
	assert_null(findings_for(&findings, "city"));
	assert_null(findings_for(&findings, NULL));
	assert_int_equal(findings_errors(&findings), 2);
	findings_release(&findings);
	assert_int_equal(findings.count, 0);
}

static void test_findings_let_no_warning_hide_an_error(void **state)
{
	struct findings findings = { 0 };

	(void)state;
	for (int i = 0; i < FINDINGS_MAX + 50; i++)
		findings_add(&findings, FINDING_WARNING, "w", NULL, "%d", i);
	assert_int_equal(findings.count, FINDINGS_MAX);
	findings_add(&findings, FINDING_ERROR, "e", "phone", "stops");
	assert_int_equal(findings.count, FINDINGS_MAX);
	assert_int_equal(findings_errors(&findings), 1);
	assert_string_equal(findings.list[0].text, "0");
	for (int i = 0; i < FINDINGS_MAX + 50; i++)
		findings_add(&findings, FINDING_ERROR, "e", NULL, "%d", i);
	assert_int_equal(findings_errors(&findings), FINDINGS_MAX);
	findings_release(&findings);
}

static void test_findings_survive_json(void **state)
{
	struct findings out = { 0 }, back = { 0 };
	struct err err = { 0 };
	struct buf json = { 0 };

	(void)state;
	findings_add(&out, FINDING_WARNING, "w", NULL, "say \"%s\"", "x\033");
	findings_add(&out, FINDING_ERROR, "e\xFF", "k\ney", "\xFF");
	findings_to_json(&out, &json);
	assert_string_equal(
		buf_text(&json),
		"[{\"code\":\"w\",\"severity\":\"warning\",\"field\":null,"
		"\"message\":\"say \\\"x" MARK "\\\"\"},"
		"{\"code\":\"e" MARK "\",\"severity\":\"error\","
		"\"field\":\"k" MARK "ey\",\"message\":\"" MARK "\"}]");
	assert_int_equal(findings_from_json(&back, buf_text(&json), &err), 0);
	assert_int_equal(back.count, 2);
	assert_int_equal(findings_errors(&back), 1);
	assert_null(back.list[0].field);
	assert_int_equal(findings_from_json(&back, "{}", &err), -1);
	assert_int_equal(findings_from_json(&back, "[1,{\"code\":2}]", &err),
			 0);
	assert_string_equal(back.list[2].code, "unknown");
	findings_release(&out);
	findings_release(&back);
	buf_release(&json);
}

static void test_buf_stops_at_its_ceiling(void **state)
{
	struct buf buf = { .max = 10 };
	char *taken = NULL;

	(void)state;
	assert_string_equal(buf_text(&buf), "");
	assert_int_equal(buf_add_text(&buf, "12345678"), 0);
	assert_int_equal(buf_add_text(&buf, "abc"), -1);
	assert_int_equal(buf_addf(&buf, "%03d", 7), -1);
	assert_string_equal(buf_text(&buf), "12345678");
	assert_int_equal(buf_addf(&buf, "%d", 90), 0);
	taken = buf_take(&buf);
	assert_string_equal(taken, "1234567890");
	assert_string_equal(buf_text(&buf), "");
	free(taken);
	taken = buf_take(&buf);
	assert_string_equal(taken, "");
	free(taken);
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_text_clean, cleanings);
	test_add(&tests, "text_clean cuts at a character",
		 test_text_clean_cuts_at_a_character);
	test_add(&tests, "text_clean survives marks without end",
		 test_text_clean_survives_marks_without_end);
	test_add(&tests, "text_clean of noise", test_text_clean_of_noise);
	test_add(&tests, "text_clean_ends keeps both",
		 test_text_clean_ends_keeps_both);
	TEST_ROWS(&tests, test_text_width, widths);
	TEST_ROWS(&tests, test_text_next, walks);
	test_add(&tests, "text_next through a megabyte",
		 test_text_next_through_a_megabyte);
	TEST_ROWS(&tests, test_text_fold, folds);
	TEST_ROWS(&tests, test_text_trim, trims);
	TEST_ROWS(&tests, test_text_plain, plains);
	TEST_ROWS(&tests, test_text_nearest, nearests);
	TEST_ROWS(&tests, test_text_bytes, amounts);
	test_add(&tests, "err_set cleans and keeps the reason",
		 test_err_set_cleans_and_keeps_the_reason);
	test_add(&tests, "err_prefix goes in front",
		 test_err_prefix_goes_in_front);
	TEST_ROWS(&tests, test_err_exit_status, statuses);
	test_add(&tests, "findings find errors first",
		 test_findings_find_errors_first);
	test_add(&tests, "findings let no warning hide an error",
		 test_findings_let_no_warning_hide_an_error);
	test_add(&tests, "findings survive JSON", test_findings_survive_json);
	test_add(&tests, "buf stops at its ceiling",
		 test_buf_stops_at_its_ceiling);
	return test_run(&tests, "forms/text");
}
