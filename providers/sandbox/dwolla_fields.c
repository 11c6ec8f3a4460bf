/* SPDX-License-Identifier: MIT */
/*
 * Dwolla: what a field may hold.
 * https://developers.dwolla.com/docs/balance/api-reference/customers/create
 */
#include "providers/sandbox/dwolla.h"

#include <ctype.h>
#include <strings.h>

#include "forms/mem.h"
#include "forms/text.h"

#define TEXT_MOST ((size_t)255)
#define DIGITS	  "0123456789"
/* "none of the characters", as the page prints them, brackets and all. */
#define NAME_NEVER "<>=\"`!?%~${}\\[]"

static bool digits(const char *text, size_t count)
{
	return strlen(text) == count && strspn(text, DIGITS) == count;
}

static bool letters(const char *text, size_t count)
{
	return strlen(text) == count &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == count;
}

static bool email_good(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && at[1] && !strchr(at + 1, '@') &&
	       !strpbrk(text, " \t\r\n");
}

/* "PO Box 12", "P.O. box", "p o box": letters alone count. */
static bool po_box(const char *text)
{
	char squeezed[TEXT_MOST + 1];
	size_t used = 0;

	for (; *text && used < sizeof(squeezed) - 1; text++)
		if (isalnum((unsigned char)*text))
			squeezed[used++] = (char)tolower((unsigned char)*text);
	squeezed[used] = '\0';
	return !strncmp(squeezed, "pobox", 5) ||
	       !strncmp(squeezed, "postofficebox", 13);
}

static bool zip_good(const char *text, bool longer)
{
	size_t len = strspn(text, DIGITS);

	if (len != 5)
		return false;
	return !text[5] || (longer && text[5] == '-' && digits(text + 6, 4));
}

static bool url_good(const char *text)
{
	const char *host = strstr(text, "://");

	return host &&
	       (!strncasecmp(text, "http:", 5) ||
		!strncasecmp(text, "https:", 6)) &&
	       strchr(host + 3, '.') && !strpbrk(text, " \t\r\n");
}

/* From 18 to 125 years old today? */
static bool age_good(const char *day)
{
	char now[MOMENT_SIZE];
	long years;

	moment_text(moment_now(), now);
	years = strtol(now, NULL, 10) - strtol(day, NULL, 10);
	if (strncmp(now + 4, day + 4, 6) < 0)
		years--;
	return years >= 18 && years <= 125;
}

static bool in(const char *const *choices, const char *text)
{
	while (*choices && strcmp(*choices, text))
		choices++;
	return *choices;
}

struct fault_found {
	const char *code, *what;
};

#define FINE	((struct fault_found){ NULL, NULL })
#define BAD(w)	((struct fault_found){ "Invalid", (w) })
#define FORM(w) ((struct fault_found){ "InvalidFormat", (w) })

static struct fault_found wrong_number(const struct dwolla_row *row,
				       const char *text)
{
	switch (row->rule) {
	case DWOLLA_SSN:
		return digits(text, 9) ? FINE : FORM("must be nine digits.");
	case DWOLLA_SSN_SHORT:
		return digits(text, 9) || digits(text, 4)
			       ? FINE
			       : FORM("must be four or nine digits.");
	case DWOLLA_EIN:
		return digits(text, 9) ? FINE : FORM("must be nine digits.");
	case DWOLLA_PHONE:
		return digits(text, 10) ? FINE : FORM("must be ten digits.");
	case DWOLLA_ZIP:
		return zip_good(text, false) ? FINE
					     : FORM("must be five digits.");
	case DWOLLA_ZIP_LONG:
		return zip_good(text, true) ? FINE
					    : FORM("must be a US postal code.");
	default:
		return FINE;
	}
}

static struct fault_found wrong_text(const struct dwolla_row *row,
				     const char *text)
{
	char id[UUID_SIZE];

	switch (row->rule) {
	case DWOLLA_NAME:
		return strpbrk(text, NAME_NEVER)
			       ? BAD("holds characters that are not allowed.")
			       : FINE;
	case DWOLLA_EMAIL:
		return email_good(text) ? FINE : FORM("must be an email.");
	case DWOLLA_CHOICE:
		return in(row->choices, text) ? FINE
					      : BAD("is not a known value.");
	case DWOLLA_STREET:
		return po_box(text) ? BAD("must not be a PO box.") : FINE;
	case DWOLLA_CITY:
		return strpbrk(text, DIGITS) ? BAD("must not hold digits.")
					     : FINE;
	case DWOLLA_STATE:
		return letters(text, 2)
			       ? FINE
			       : FORM("must be two upper-case letters.");
	case DWOLLA_COUNTRY:
		return letters(text, 2)
			       ? FINE
			       : FORM("must be an ISO country code of two "
				      "letters.");
	case DWOLLA_BIRTH:
		if (!day_valid(text))
			return FORM("must be YYYY-MM-DD.");
		return age_good(text) ? FINE
				      : BAD("must be of a person from 18 to "
					    "125 years old.");
	case DWOLLA_UUID:
		return uuid_read(text, id) ? FINE : FORM("must be a UUID.");
	case DWOLLA_URL:
		return url_good(text) ? FINE : FORM("must be a URL.");
	default:
		return wrong_number(row, text);
	}
}

/* Say "FirstName WHAT" of the field at PATH. */
static void complain(json_t *list, const char *code, const char *path,
		     const char *what)
{
	const char *key = strrchr(path, '/') + 1;
	char *said = mem_printf("%c%s %s", toupper((unsigned char)*key),
				*key ? key + 1 : "", what);

	dwolla_complain(list, code, path, said);
	free(said);
}

/* An optional field that may as well be empty. */
static bool may_be_empty(const struct dwolla_row *row)
{
	return row->optional &&
	       (row->rule == DWOLLA_TEXT || row->rule == DWOLLA_PHONE ||
		row->rule == DWOLLA_URL);
}

static void check_text(json_t *list, const char *path,
		       const struct dwolla_row *row, const json_t *value)
{
	const char *text = json_string_value(value);
	size_t most = row->most ? row->most : TEXT_MOST;
	struct fault_found found = FINE;

	/* One field holds no line end and nothing that cannot be seen. */
	if (!text || !text_plain(text))
		found = BAD("must be a line of text.");
	else if (!*text && may_be_empty(row))
		return;
	else if (!text[strspn(text, " ")])
		found = (struct fault_found){ "Required", "required." };
	else if (text_count(text) > most)
		found = BAD("is too long.");
	else
		found = wrong_text(row, text);
	if (found.code)
		complain(list, found.code, path, found.what);
}

static void check_value(json_t *list, const char *path,
			const struct dwolla_row *row, const json_t *value)
{
	if (!row->rows)
		check_text(list, path, row, value);
	else if (json_is_object(value))
		dwolla_check_rows(list, path, row->rows, value);
	else
		complain(list, "Invalid", path, "must be an object.");
}

/* A US address has a postal code. */
static void check_address(json_t *list, const char *path, const json_t *address)
{
	char *code = mem_printf("%s/postalCode", path);

	if (dwolla_is(address, "country", "US") &&
	    !json_object_get(address, "postalCode"))
		complain(list, "Required", code, "required.");
	free(code);
}

void dwolla_check_person(json_t *list, const char *path, const json_t *person)
{
	bool ssn = json_object_get(person, "ssn");
	bool passport = json_object_get(person, "passport");
	char *at = mem_printf("%s/%s", path, ssn ? "passport" : "ssn");

	if (ssn && passport)
		complain(list, "NotAllowed", at, "replaces an ssn.");
	else if (!ssn && !passport)
		complain(list, "Required", at, "required.");
	free(at);
}

void dwolla_check_rows(json_t *list, const char *path,
		       const struct dwolla_row *rows, const json_t *object)
{
	const struct dwolla_row *row;
	const char *key;
	json_t *value;

	for (row = rows; row->key; row++) {
		char *at = mem_printf("%s/%s", path, row->key);

		value = json_object_get(object, row->key);
		if (value)
			check_value(list, at, row, value);
		else if (!row->optional)
			complain(list, "Required", at, "required.");
		if (json_is_object(value) && row->rule == DWOLLA_ADDRESS)
			check_address(list, at, value);
		if (json_is_object(value) && row->rule == DWOLLA_PERSON)
			dwolla_check_person(list, at, value);
		free(at);
	}
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		char *at = mem_printf("%s/%s", path,
				      strlen(key) <= 60 ? key : "something");

		for (row = rows; row->key && strcmp(row->key, key); row++)
			continue;
		if (!row->key)
			complain(list, "NotAllowed", at, "is not allowed.");
		free(at);
	}
}
