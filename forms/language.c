/* SPDX-License-Identifier: MIT */
/* The operator's language, by gettext. */
#include "forms/language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "forms/country.h"
#include "forms/i18n.h"

#define DOMAIN "kyc"

/* English is what the code says, and needs no catalog. */
static const struct language languages[] = {
	{ "en", "English" },
	{ "pt_BR", "Português (Brasil)" },
};

static const struct language *now = languages;

size_t language_count(void)
{
	return sizeof(languages) / sizeof(*languages);
}

const struct language *language_now(void)
{
	return now;
}

const struct language *language_next(void)
{
	return &languages[(size_t)(now - languages + 1) % language_count()];
}

/* Two letters decide: somebody from Portugal reads Brazil's before English. */
const struct language *language_find(const char *name)
{
	size_t len = strcspn(name, "_-.@:");

	for (size_t i = 0; len == 2 && i < language_count(); i++)
		if (strncasecmp(name, languages[i].code, 2) == 0)
			return &languages[i];
	return NULL;
}

/* The first of the variables that decide that is not empty; "" for none. */
static const char *wanted(const char *category)
{
	const char *const names[] = { "LC_ALL", category, "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "";
}

static bool is_utf8(const char *locale)
{
	const char *charset = strchr(locale, '.');

	return charset && (strncasecmp(charset, ".utf-8", 6) == 0 ||
			   strncasecmp(charset, ".utf8", 5) == 0);
}

/* What the environment asks for: a list in $LANGUAGE, else the locale; in the
 * locale "C", which scripts set, English. */
static const struct language *asked_for(void)
{
	const char *locale = wanted("LC_MESSAGES");
	const char *list = getenv("LANGUAGE");
	const struct language *found = NULL;

	if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
		return languages;
	while (!found && list && *list) {
		found = language_find(list);
		list += strcspn(list, ":");
		list += *list == ':';
	}
	if (!found)
		found = language_find(locale);
	return found ? found : languages;
}

void language_init(const char *catalogs)
{
	/* A locale that is not installed still says what the terminal takes. */
	if (!setlocale(LC_ALL, "") && is_utf8(wanted("LC_CTYPE")))
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_NUMERIC, "C"); /* numbers on the wire and in JSON */
	bindtextdomain(DOMAIN, catalogs);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	language_set(asked_for());
}

void language_set(const struct language *language)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);

	now = language;
	/* In the locale "C" gettext translates nothing at all. */
	if (!locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	/* It looks at $LANGUAGE before the locale, which need not be there. */
	setenv("LANGUAGE", language->code, 1);
	textdomain(DOMAIN); /* it forgets what it had looked up */
	country_unload();
}
