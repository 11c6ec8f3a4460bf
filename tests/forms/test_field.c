/* SPDX-License-Identifier: MIT */
/* Every kind of field, right and wrong: parsed, checked and shown. */
#include "tests/test.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/country.h"
#include "forms/field.h"
#include "forms/mem.h"

static const struct form_choice sources[] = {
	{ "SALARY", "Salary or pension", NULL },
	{ "SAVINGS", "Savings", NULL },
	{ "FX", "Brokers, exchanges", NULL },
	{ "OTHER", "Something else", NULL },
	{ NULL, NULL, NULL },
};

static bool source_is_other(const struct form_answers *answers)
{
	return form_answer_is(answers, "choice", "OTHER");
}

static bool is_loud(const struct form_answers *answers)
{
	return form_answer_is(answers, "loud", "!");
}

static const char *rule_loud(const struct form_answers *answers,
			     const char *answer, struct buf *words)
{
	(void)answers;
	if (strcmp(answer, "!!") != 0)
		return NULL;
	buf_add_text(words, "once is enough");
	return "too_loud";
}

static const struct form_field fields[] = {
	{ .key = "text", .kind = FORM_TEXT, .label = "Text" },
	{ .key = "name",
	  .kind = FORM_TEXT,
	  .max = 5,
	  .label = "Name",
	  .flags = FORM_REQUIRED },
	{ .key = "number", .kind = FORM_NUMBER, .label = "Number" },
	{ .key = "money", .kind = FORM_MONEY, .label = "Money" },
	{ .key = "phone", .kind = FORM_PHONE, .label = "phone" },
	{ .key = "date", .kind = FORM_DATE, .label = "Date" },
	{ .key = "email", .kind = FORM_EMAIL, .label = "E-mail" },
	{ .key = "url", .kind = FORM_URL, .label = "Website" },
	{ .key = "choice",
	  .kind = FORM_CHOICE,
	  .choices = sources,
	  .label = "Source" },
	{ .key = "secret",
	  .kind = FORM_CHOICE,
	  .choices = sources,
	  .flags = FORM_PRIVATE,
	  .label = "Secret" },
	{ .key = "open",
	  .kind = FORM_CHOICE,
	  .choices = sources,
	  .flags = FORM_OPEN,
	  .label = "Open" },
	{ .key = "whom",
	  .kind = FORM_CHOICE,
	  .flags = FORM_OPEN,
	  .label = "Whom" },
	{ .key = "multi",
	  .kind = FORM_MULTI,
	  .choices = sources,
	  .alone = "OTHER",
	  .label = "Sources" },
	{ .key = "openmulti",
	  .kind = FORM_MULTI,
	  .choices = sources,
	  .flags = FORM_OPEN,
	  .label = "Open sources" },
	{ .key = "country", .kind = FORM_COUNTRY, .label = "Country" },
	{ .key = "hidden",
	  .kind = FORM_COUNTRY,
	  .flags = FORM_PRIVATE,
	  .label = "Hidden" },
	{ .key = "yesno", .kind = FORM_YES_NO, .label = "Yes or no" },
	{ .key = "note",
	  .kind = FORM_TEXT,
	  .flags = FORM_REQUIRED,
	  .shown = source_is_other,
	  .label = "Note" },
	{ .key = "ident",
	  .kind = FORM_NUMBER,
	  .min = 9,
	  .max = 9,
	  .label = "Identifier" },
	{ .key = "short", .kind = FORM_TEXT, .min = 3, .label = "Short" },
	{ .key = "loud",
	  .kind = FORM_TEXT,
	  .rule = rule_loud,
	  .label = "Loud" },
	{ .key = "if_loud",
	  .kind = FORM_TEXT,
	  .needed = is_loud,
	  .label = "If loud" },
	{ .key = "advised",
	  .kind = FORM_TEXT,
	  .flags = FORM_ADVISED,
	  .label = "Advised" },
	{ .key = NULL },
};

static const struct form_schema schema = {
	.name = "test",
	.title = "Test",
	.fields = fields,
};

/* What was typed, how it is kept, and the code of what is wrong with it. */
static const struct typing {
	const char *name;
	const char *key;
	const char *typed;
	const char *kept;  /* NULL: as typed */
	const char *wrong; /* NULL: nothing */
} typings[] = {
	{ "text: plain", "text", "Rua A, 12", NULL, NULL },
	{ "text: trimmed", "text", "  Rua A \n", "Rua A", NULL },
	{ "text: lines become blanks", "text", "Rua A\r\nAp 3\tB\n\nC",
	  "Rua A Ap 3 B C", NULL },
	{ "text: line separator", "text", "a\xE2\x80\xA8z", "a z", NULL },
	{ "text: accents put together", "text", "Joa\xCC\x83o", "João", NULL },
	{ "text: escape", "text", "a\033[2J", NULL, "not_plain" },
	{ "text: override", "text", "a\xE2\x80\xAE z", NULL, "not_plain" },
	{ "text: broken", "text", "a\xFFz", NULL, "not_plain" },
	{ "text: nothing", "text", "", NULL, NULL },
	{ "name: five letters", "name", "Órgão", NULL, NULL },
	{ "name: six letters", "name", "Órgãos", NULL, "too_long" },
	{ "name: nothing", "name", "", NULL, "missing" },
	{ "name: blanks", "name", " \xC2\xA0 ", "", "missing" },

	{ "number: digits", "number", "0042", NULL, NULL },
	{ "number: blanks", "number", " 12 345 ", "12345", NULL },
	{ "number: Arabic digits", "number", "٤٢", "42", NULL },
	{ "number: letters", "number", "12a", NULL, "not_a_number" },
	{ "number: negative", "number", "-5", NULL, "not_a_number" },
	{ "number: point", "number", "1.5", NULL, "not_a_number" },
	{ "number: very long", "number",
	  "12345678901234567890123456789012345678901", NULL, "too_long" },

	{ "identifier: digits", "ident", "123456789", NULL, NULL },
	{ "identifier: dashes", "ident", "123-45-6789", "123456789", NULL },
	{ "identifier: too few", "ident", "12345678", NULL, "wrong_length" },
	{ "identifier: too many", "ident", "1234567890", NULL, "wrong_length" },
	{ "identifier: letters", "ident", "12345678a", NULL, "not_a_number" },
	{ "short: two", "short", "ab", NULL, "too_short" },
	{ "short: three", "short", "abc", NULL, NULL },
	{ "rule: passed", "loud", "!", NULL, NULL },
	{ "rule: broken", "loud", "!!", NULL, "too_loud" },

	{ "money: whole", "money", "5000", NULL, NULL },
	{ "money: zero", "money", "0", NULL, NULL },
	{ "money: cents", "money", "50000.00", NULL, NULL },
	{ "money: one digit of cents", "money", "1.5", NULL, NULL },
	{ "money: comma cents", "money", "12,34", "12.34", NULL },
	{ "money: Brazilian", "money", "1.234,50", "1234.50", NULL },
	{ "money: English", "money", "1,234.50", "1234.50", NULL },
	{ "money: blanks", "money", "5 000", "5000", NULL },
	{ "money: hard blanks and cents", "money",
	  "1\xE2\x80\xAF"
	  "234\xC2\xA0"
	  "567,8",
	  "1234567.8", NULL },
	{ "money: Swiss", "money", "1’000.50", "1000.50", NULL },
	{ "money: several groups", "money", "1.234.567", "1234567", NULL },
	{ "money: groups and cents", "money", "1,234,567.89", "1234567.89",
	  NULL },
	{ "money: leading zeros", "money", "0050.10", "50.10", NULL },
	{ "money: two readings", "money", "1.234", NULL, "not_an_amount" },
	{ "money: two readings, comma", "money", "1,234", NULL,
	  "not_an_amount" },
	{ "money: three decimals", "money", "1234.567", NULL, "not_an_amount" },
	{ "money: three decimals, comma", "money", "1.234,567", NULL,
	  "not_an_amount" },
	{ "money: odd groups", "money", "12,34.50", NULL, "not_an_amount" },
	{ "money: odd blanks", "money", "5 00", NULL, "not_an_amount" },
	{ "money: mixed groups", "money", "1.234 567,00", NULL,
	  "not_an_amount" },
	{ "money: two decimal marks", "money", "1,2,3", NULL, "not_an_amount" },
	{ "money: point and comma twice", "money", "1.234,567.89", NULL,
	  "not_an_amount" },
	{ "money: long first group", "money", "1234,567.00", NULL,
	  "not_an_amount" },
	{ "money: ends with a point", "money", "5.", NULL, "not_an_amount" },
	{ "money: begins with a point", "money", ".5", NULL, "not_an_amount" },
	{ "money: negative", "money", "-5", NULL, "not_an_amount" },
	{ "money: currency", "money", "R$ 5000", NULL, "not_an_amount" },
	{ "money: exponent", "money", "1e3", NULL, "not_an_amount" },
	{ "money: letters as groups", "money", "1x234", NULL, "not_an_amount" },
	{ "money: words", "money", "a lot", NULL, "not_an_amount" },
	{ "money: a point alone", "money", ".", NULL, "not_an_amount" },

	{ "phone: international", "phone", "+5511999999999", NULL, NULL },
	{ "phone: punctuation", "phone", "+55 (11) 99999-9999",
	  "+5511999999999", NULL },
	{ "phone: dots, slash and dash", "phone", "+49.30/1234–567",
	  "+49301234567", NULL },
	{ "phone: 00", "phone", "0055 11 99999 9999", "+5511999999999", NULL },
	{ "phone: from an address book", "phone",
	  "\xE2\x80\xAA+55 11 99999\xE2\x80\x91"
	  "9999\xE2\x80\xAC",
	  "+5511999999999", NULL },
	{ "phone: zero for dialling at home", "phone", "+44 (0) 20 7946 0958",
	  "+442079460958", NULL },
	{ "phone: shortest", "phone", "+12345678", NULL, NULL },
	{ "phone: longest", "phone", "+123456789012345", NULL, NULL },
	{ "phone: too short", "phone", "+1234567", NULL, "not_a_phone" },
	{ "phone: too many digits", "phone", "+1234567890123456", NULL,
	  "not_a_phone" },
	{ "phone: national", "phone", "(11) 9999", "119999", "not_a_phone" },
	{ "phone: no such country", "phone", "+0123456789", NULL,
	  "not_a_phone" },
	{ "phone: plus inside", "phone", "55+11999999999", NULL,
	  "not_a_phone" },
	{ "phone: letters", "phone", "+1 800 FLOWERS", NULL, "not_a_phone" },
	{ "phone: plus alone", "phone", "+", NULL, "not_a_phone" },
	{ "phone: endless", "phone",
	  "+11111111111111111111111111111111111111111111111111111111111111111"
	  "111",
	  NULL, "too_long" },

	{ "date: ISO", "date", "2026-01-31", NULL, NULL },
	{ "date: day first", "date", "31/01/2026", "2026-01-31", NULL },
	{ "date: dots, short", "date", "1.2.2026", "2026-02-01", NULL },
	{ "date: year first, short", "date", "2026/1/5", "2026-01-05", NULL },
	{ "date: leap day", "date", "29/02/2024", "2024-02-29", NULL },
	{ "date: no leap day", "date", "29/02/2023", NULL, "not_a_date" },
	{ "date: no leap century", "date", "1900-02-29", NULL, "not_a_date" },
	{ "date: leap century", "date", "2000-02-29", NULL, NULL },
	{ "date: no such day", "date", "31/04/2026", NULL, "not_a_date" },
	{ "date: no such month", "date", "2026-13-01", NULL, "not_a_date" },
	{ "date: month first", "date", "01/31/2026", NULL, "not_a_date" },
	{ "date: day zero", "date", "2026-01-00", NULL, "not_a_date" },
	{ "date: two-digit year", "date", "31/01/26", NULL, "not_a_date" },
	{ "date: mixed marks", "date", "31/01-2026", NULL, "not_a_date" },
	{ "date: with a time", "date", "2026-01-31T00:00", NULL, "not_a_date" },
	{ "date: half", "date", "2026-01", NULL, "not_a_date" },
	{ "date: words", "date", "yesterday", NULL, "not_a_date" },
	{ "date: trailing mark", "date", "31/01/2026/", NULL, "not_a_date" },

	{ "email: plain", "email", " maria@example.com ", "maria@example.com",
	  NULL },
	{ "email: tag and accents", "email", "josé+kyc@correio.com.br", NULL,
	  NULL },
	{ "email: no at", "email", "maria.example.com", NULL, "not_an_email" },
	{ "email: two ats", "email", "a@b@example.com", NULL, "not_an_email" },
	{ "email: nobody", "email", "@example.com", NULL, "not_an_email" },
	{ "email: nowhere", "email", "maria@", NULL, "not_an_email" },
	{ "email: no domain", "email", "maria@localhost", NULL,
	  "not_an_email" },
	{ "email: ends with a dot", "email", "maria@example.", NULL,
	  "not_an_email" },
	{ "email: two dots", "email", "maria@example..com", NULL,
	  "not_an_email" },
	{ "email: blank inside", "email", "ma ria@example.com", NULL,
	  "not_an_email" },
	{ "email: with a name", "email", "Maria <maria@example.com>", NULL,
	  "not_an_email" },

	{ "url: https", "url", "https://example.com/a?b#c", NULL, NULL },
	{ "url: http and port", "url", "http://example.com:8080", NULL, NULL },
	{ "url: loud", "url", "HTTPS://Example.com", "https://Example.com",
	  NULL },
	{ "url: no scheme", "url", "www.example.com", NULL, "not_a_url" },
	{ "url: other scheme", "url", "ftp://example.com", NULL, "not_a_url" },
	{ "url: script", "url", "javascript:alert(1)", NULL, "not_a_url" },
	{ "url: no host", "url", "https:///path", NULL, "not_a_url" },
	{ "url: nothing behind", "url", "https://", NULL, "not_a_url" },
	{ "url: a user", "url", "https://user:pw@example.com", NULL,
	  "not_a_url" },
	{ "url: blank inside", "url", "https://exa mple.com", NULL,
	  "not_a_url" },

	{ "choice: code", "choice", "SAVINGS", NULL, NULL },
	{ "choice: code, whatever case", "choice", "savings", "SAVINGS", NULL },
	{ "choice: label", "choice", "salary OR pension", "SALARY", NULL },
	{ "choice: unknown", "choice", "LOTTERY", NULL, "not_a_choice" },
	{ "choice: two", "choice", "SALARY,SAVINGS", NULL, "not_a_choice" },
	{ "open: unlisted code", "open", "NEW_CODE", NULL, NULL },
	{ "open: listed label", "open", "Something else", "OTHER", NULL },
	{ "open: not a code", "open", "new code", NULL, "not_a_choice" },
	{ "open: begins with a line", "open", "_X", NULL, "not_a_choice" },
	{ "open: unlike the others", "open", "lottery", NULL, "not_a_choice" },
	{ "open, nothing listed: an id", "whom", "9a1b-c3", NULL, NULL },
	{ "open, nothing listed: a word", "whom", "member", NULL, NULL },
	{ "open, nothing listed: two", "whom", "a b", NULL, "not_a_choice" },

	{ "multi: in order", "multi", "SAVINGS,SALARY", "SALARY,SAVINGS",
	  NULL },
	{ "multi: labels, blanks, twice", "multi",
	  " savings ; Salary or pension, SAVINGS", "SALARY,SAVINGS", NULL },
	{ "multi: a label with a comma", "multi", "brokers, exchanges, savings",
	  "SAVINGS,FX", NULL },
	{ "multi: stray commas", "multi", ",SALARY,,", "SALARY", NULL },
	{ "multi: one unknown", "multi", "SALARY,LOTTERY", NULL,
	  "not_a_choice" },
	{ "multi: alone", "multi", "OTHER", NULL, NULL },
	{ "multi: alone beside others", "multi", "OTHER,SALARY", "SALARY,OTHER",
	  "not_alone" },
	{ "openmulti: unlisted last", "openmulti", "NEW,SAVINGS,NEW",
	  "SAVINGS,NEW", NULL },

	{ "country: alpha-3", "country", "BRA", NULL, NULL },
	{ "country: alpha-2", "country", "br", "BRA", NULL },
	{ "country: name", "country", "brazil", "BRA", NULL },
	{ "country: unknown", "country", "Atlantis", NULL, "not_a_country" },
	{ "country: nearly", "country", "Brazill", NULL, "not_a_country" },

	{ "yesno: yes", "yesno", "Yes", "true", NULL },
	{ "yesno: y", "yesno", "y", "true", NULL },
	{ "yesno: sim", "yesno", "SIM", "true", NULL },
	{ "yesno: s", "yesno", "s", "true", NULL },
	{ "yesno: true", "yesno", "true", NULL, NULL },
	{ "yesno: no", "yesno", "no", "false", NULL },
	{ "yesno: não", "yesno", "não", "false", NULL },
	{ "yesno: N", "yesno", "N", "false", NULL },
	{ "yesno: false", "yesno", "false", NULL, NULL },
	{ "yesno: perhaps", "yesno", "perhaps", NULL, "not_yes_or_no" },
};

static void test_field_typed(void **state)
{
	const struct typing *row = *state;
	const struct form_field *field = form_field_find(&schema, row->key);
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	char *kept = form_field_parse(field, row->typed);
	char *again = form_field_parse(field, kept);

	assert_string_equal(kept, row->kept ? row->kept : row->typed);
	assert_string_equal(again, kept);
	form_answer_set(answers, row->key, kept);
	form_check_field(field, answers, &findings);
	if (row->wrong) {
		assert_int_equal(findings.count, 1);
		assert_string_equal(findings.list[0].code, row->wrong);
		assert_string_equal(findings.list[0].field, row->key);
		assert_int_equal(findings.list[0].severity, FINDING_ERROR);
		assert_true(strncmp(findings.list[0].text, field->label,
				    strlen(field->label)) == 0);
	} else {
		assert_int_equal(findings.count, 0);
	}
	findings_release(&findings);
	form_answers_free(answers);
	free(again);
	free(kept);
}

/* Answers that never went through form_field_parse, and the exact words. */
static const struct saying {
	const char *name;
	const char *key;
	const char *answer;
	const char *text;
} sayings[] = {
	{ "phone", "phone", "119999",
	  "phone: not an international number, for example "
	  "+5511999999999" },
	{ "money with two readings", "money", "1.234",
	  "Money: can be read in two ways, write it like 1234 or 1234.50" },
	{ "money not canonical", "money", "1,50",
	  "Money: not an amount, write digits like 1234 or 1234.50, without "
	  "a currency" },
	{ "too long", "name", "123456",
	  "Name: too long, 6 characters of at most 5" },
	{ "missing", "name", "", "Name: has no answer yet" },
	{ "a choice nearly", "choice", "SAVING",
	  "Source: 'SAVING' is not one of the choices, did you mean "
	  "'Savings'?" },
	{ "a choice unknown", "choice", "LOTTERY",
	  "Source: 'LOTTERY' is not one of the choices" },
	{ "a private choice is not quoted", "secret", "SAVING",
	  "Secret: not one of the choices" },
	{ "a country nearly", "country", "Brazill",
	  "Country: 'Brazill' is not a country, did you mean 'Brazil'?" },
	{ "a country not canonical", "country", "Atlantis",
	  "Country: not a country, write its name or its code, for example "
	  "BRA" },
	{ "a private country is not quoted", "hidden", "Brazill",
	  "Hidden: not a country, write its name or its code, for example "
	  "BRA" },
	{ "several with one alone", "multi", "SALARY,OTHER",
	  "Sources: 'Something else' cannot stand beside others" },
};

static void test_field_says(void **state)
{
	const struct saying *row = *state;
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };

	form_answer_set(answers, row->key, row->answer);
	form_check_field(form_field_find(&schema, row->key), answers,
			 &findings);
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.list[0].text, row->text);
	findings_release(&findings);
	form_answers_free(answers);
}

static const struct showing {
	const char *name;
	const char *key;
	const char *answer;
	const char *want;
} showings[] = {
	{ "text", "text", "Rua A", "Rua A" },
	{ "hostile text", "text", "a\033[2J", "a\xEF\xBF\xBD[2J" },
	{ "choice", "choice", "SALARY", "Salary or pension" },
	{ "unlisted choice", "open", "NEW_CODE", "NEW_CODE" },
	{ "several", "multi", "SALARY,FX",
	  "Salary or pension, Brokers, exchanges" },
	{ "several with an unknown", "multi", "SALARY,X\033",
	  "Salary or pension, X\xEF\xBF\xBD" },
	{ "country", "country", "BRA", "Brazil" },
	{ "unknown country", "country", "XXX", "XXX" },
	{ "yes", "yesno", "true", "yes" },
	{ "no", "yesno", "false", "no" },
	{ "neither", "yesno", "maybe", "maybe" },
	{ "nothing", "country", "", "" },
};

static void test_field_shows(void **state)
{
	const struct showing *row = *state;
	char *shown = form_field_show(form_field_find(&schema, row->key),
				      row->answer);

	assert_string_equal(shown, row->want);
	free(shown);
}

static void test_field_default_ceiling(void **state)
{
	const struct form_field *field = form_field_find(&schema, "text");
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };
	char *text = mem_alloc(4098);

	(void)state;
	memset(text, 'x', 4097);
	form_answer_set(answers, "text", text);
	form_check_field(field, answers, &findings);
	assert_string_equal(findings_for(&findings, "text")->code, "too_long");
	findings_release(&findings);
	text[4096] = '\0';
	form_answer_set(answers, "text", text);
	form_check_field(field, answers, &findings);
	assert_int_equal(findings.count, 0);
	form_answers_free(answers);
	free(text);
}

static void test_form_check_asks_what_is_shown(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };

	(void)state;
	form_answer_set(answers, "name", "Ana");
	form_check(&schema, answers, &findings);
	assert_int_equal(findings_errors(&findings), 0);
	form_answer_set(answers, "choice", "OTHER");
	form_check(&schema, answers, &findings);
	assert_int_equal(findings_errors(&findings), 1);
	assert_string_equal(findings_for(&findings, "note")->code, "missing");
	findings_release(&findings);
	form_answers_free(answers);
}

static void test_field_needed_and_advised(void **state)
{
	struct form_answers *answers = form_answers_new();
	struct findings findings = { 0 };

	(void)state;
	form_answer_set(answers, "name", "Ana");
	form_answer_set(answers, "loud", "!");
	form_check(&schema, answers, &findings);
	assert_int_equal(findings_errors(&findings), 1);
	assert_string_equal(findings_for(&findings, "if_loud")->code,
			    "missing");
	assert_string_equal(findings_for(&findings, "advised")->code,
			    "advised");
	assert_int_equal(findings_for(&findings, "advised")->severity,
			 FINDING_WARNING);
	findings_release(&findings);
	form_answers_free(answers);
}

static void test_years_since(void **state)
{
	time_t now = time(NULL);
	struct tm today;
	char date[32];

	(void)state;
	gmtime_r(&now, &today);
	strftime(date, sizeof(date), "%Y-01-01", &today);
	assert_int_equal(form_years_since(date), 0);
	assert_int_equal(form_years_since("1900-01-01"), today.tm_year);
	assert_int_equal(form_years_since("1900-12-31"),
			 today.tm_year -
				 !(today.tm_mon == 11 && today.tm_mday == 31));
	assert_int_equal(form_years_since("2999-01-01"), -1);
	assert_int_equal(form_years_since("1900-02-29"), -1);
	assert_int_equal(form_years_since(""), -1);
}

static void test_field_find(void **state)
{
	(void)state;
	assert_string_equal(form_field_find(&schema, "url")->key, "url");
	assert_null(form_field_find(&schema, "URL"));
	assert_string_equal(
		form_choice_find(form_field_find(&schema, "multi"), "FX")
			->label,
		"Brokers, exchanges");
	assert_null(form_choice_find(form_field_find(&schema, "text"), "FX"));
}

/* What is typed may be anything: it is kept, or refused, or read. */
static void test_field_takes_noise(void **state)
{
	static const char letters[] = "0123456789.,+-/ ()'aZ_;@:\xC3\xA3\xE2"
				      "\x80\xAF\xFF\n";
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		const struct form_field *field =
			&fields[(size_t)round %
				(sizeof(fields) / sizeof(fields[0]) - 1)];
		struct form_answers *answers = form_answers_new();
		struct findings findings = { 0 };
		char typed[40] = "";
		char *kept = NULL, *shown = NULL;

		for (size_t i = 0; i < sizeof(typed) - 1; i++) {
			seed = seed * 1103515245 + 12345;
			typed[i] = letters[(seed >> 16) % sizeof(letters)];
		}
		kept = form_field_parse(field, typed);
		shown = form_field_show(field, kept);
		form_answer_set(answers, field->key, kept);
		form_check_field(field, answers, &findings);
		findings_release(&findings);
		form_answers_free(answers);
		free(shown);
		free(kept);
	}
}

/* Where months come first they do in what is typed; files have the day first
 * wherever they are read. */
static void test_field_days_in_the_order_of_the_locale(void **state)
{
	const struct form_field field = { .key = "day", .kind = FORM_DATE };
	char *typed = NULL;
	char *read = NULL;

	(void)state;
	if (!setlocale(LC_TIME, "en_US.UTF-8"))
		skip();
	typed = form_field_typed(&field, "12/31/1980");
	read = form_field_parse(&field, "05/06/1980");
	setlocale(LC_TIME, "C");
	assert_string_equal(typed, "1980-12-31");
	assert_string_equal(read, "1980-06-05");
	free(typed);
	free(read);
	typed = form_field_typed(&field, "31/12/1980");
	assert_string_equal(typed, "1980-12-31");
	free(typed);
}

int main(void)
{
	struct test_list tests = { 0 };
	int failed = 0;

	TEST_ROWS(&tests, test_field_typed, typings);
	TEST_ROWS(&tests, test_field_says, sayings);
	TEST_ROWS(&tests, test_field_shows, showings);
	test_add(&tests, "days in the order of the locale",
		 test_field_days_in_the_order_of_the_locale);
	test_add(&tests, "field default ceiling", test_field_default_ceiling);
	test_add(&tests, "form_check asks what is shown",
		 test_form_check_asks_what_is_shown);
	test_add(&tests, "field needed and advised",
		 test_field_needed_and_advised);
	test_add(&tests, "years since", test_years_since);
	test_add(&tests, "field find", test_field_find);
	test_add(&tests, "field takes noise", test_field_takes_noise);
	failed = test_run(&tests, "forms/field");
	country_unload();
	return failed;
}
