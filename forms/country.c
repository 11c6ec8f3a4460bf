/* SPDX-License-Identifier: MIT */
/* Countries of ISO 3166-1, from iso-codes and its translations. */
#include "forms/country.h"

#include <jansson.h>
#include <libintl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "forms/buf.h"
#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"

#define DOMAIN	      "iso_3166-1"
#define COUNTRIES_MAX 1000
#define SOUGHT_MAX    200 /* bytes; no name is longer */

/* Read when first asked for, then only looked at. */
static struct {
	struct country *list; /* sorted by name */
	size_t count;
} countries;

static void country_release(struct country *country)
{
	free((char *)country->name);
	free((char *)country->english);
	free((char *)country->folded);
}

/* Names side by side, a line each: a search never matches across a line,
 * because nothing folded has one. */
static char *folded_names(const char *name, const char *english,
			  const char *formal)
{
	const char *names[] = { name, english, formal };
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *folded = text_fold(names[i]);

		if (i)
			buf_add_char(&out, '\n');
		buf_add_text(&out, folded);
		free(folded);
	}
	return buf_take(&out);
}

static const char *member(const json_t *entry, const char *key)
{
	return json_string_value(json_object_get(entry, key));
}

/* Fill COUNTRY from ENTRY; false when ENTRY is not what it should be. */
static bool country_read(struct country *country, const json_t *entry)
{
	const char *alpha2 = member(entry, "alpha_2");
	const char *alpha3 = member(entry, "alpha_3");
	const char *formal = member(entry, "name");
	const char *english = member(entry, "common_name");

	if (!alpha2 || strlen(alpha2) != 2 || !alpha3 || strlen(alpha3) != 3 ||
	    !formal || !*formal)
		return false;
	if (!english)
		english = formal;
	memcpy(country->alpha2, alpha2, 3);
	memcpy(country->alpha3, alpha3, 4);
	country->name = text_clean_new(dgettext(DOMAIN, english));
	country->english = text_clean_new(english);
	country->folded = folded_names(country->name, country->english, formal);
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct country *one = a, *other = b;

	return strcmp(one->folded, other->folded);
}

/* iso-codes keeps its translations beside its data. */
static void bind_translations(void)
{
	static const char data[] = KYC_ISO_CODES;
	static const char below[] = "/share/iso-codes/";
	const char *at = strstr(data, below);
	char *locales = NULL;

	if (at)
		locales =
			mem_printf("%.*s/share/locale", (int)(at - data), data);
	bindtextdomain(DOMAIN, locales ? locales : "/usr/share/locale");
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	free(locales);
}

int country_load(struct err *err)
{
	json_error_t error;
	json_t *root = NULL;
	json_t *entry = NULL;
	const json_t *list = NULL;
	size_t i = 0;

	if (countries.count)
		return 0;
	root = json_load_file(KYC_ISO_CODES, 0, &error);
	if (!root)
		return err_set(err, ERR_CONFIG,
			       _("cannot read the list of countries '%s': %s"),
			       KYC_ISO_CODES, error.text);
	bind_translations();
	list = json_object_get(root, "3166-1");
	countries.list = mem_array(COUNTRIES_MAX, sizeof(*countries.list));
	json_array_foreach(list, i, entry)
	{
		if (countries.count < COUNTRIES_MAX &&
		    country_read(&countries.list[countries.count], entry))
			countries.count++;
	}
	json_decref(root);
	if (!countries.count) {
		country_unload();
		return err_set(err, ERR_CONFIG,
			       _("cannot read the list of countries '%s': "
				 "it has none"),
			       KYC_ISO_CODES);
	}
	qsort(countries.list, countries.count, sizeof(*countries.list),
	      by_name);
	return 0;
}

void country_unload(void)
{
	for (size_t i = 0; i < countries.count; i++)
		country_release(&countries.list[i]);
	free(countries.list);
	countries.list = NULL;
	countries.count = 0;
}

/* How many there are, once they were tried to be read. */
static size_t loaded(void)
{
	if (country_load(NULL))
		return 0;
	return countries.count;
}

size_t country_count(void)
{
	return countries.count;
}

const struct country *country_at(size_t i)
{
	return i < countries.count ? &countries.list[i] : NULL;
}

/* Is the letters-only FOLDED the code of COUNTRY? */
static bool has_code(const struct country *country, const char *folded)
{
	const char *code =
		strlen(folded) == 2 ? country->alpha2 : country->alpha3;

	for (; *code && *folded; code++, folded++)
		if (*code - 'A' + 'a' != *folded)
			return false;
	return !*code && !*folded;
}

static bool has_name(const struct country *country, const char *folded)
{
	const char *line = country->folded;
	size_t len = strlen(folded);

	while (line && (strncmp(line, folded, len) != 0 ||
			(line[len] && line[len] != '\n'))) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return line != NULL;
}

const struct country *country_find(const char *text)
{
	char *folded = NULL;
	const struct country *found = NULL;
	size_t count = loaded();

	if (strlen(text) > SOUGHT_MAX)
		return NULL;
	folded = text_fold(text);
	/* Codes before names, lest a name be somebody else's code. */
	for (size_t i = 0; *folded && !found && i < count; i++)
		if (has_code(&countries.list[i], folded))
			found = &countries.list[i];
	for (size_t i = 0; *folded && !found && i < count; i++)
		if (has_name(&countries.list[i], folded))
			found = &countries.list[i];
	mem_free_private(folded);
	return found;
}

enum match {
	MATCH_NONE,
	MATCH_INSIDE,
	MATCH_WORD,
	MATCH_START,
	MATCH_CODE,
};

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9');
}

static enum match match_of(const struct country *country, const char *folded)
{
	const char *at = country->folded;
	enum match best = MATCH_NONE;

	if (!*folded)
		return MATCH_START;
	if (has_code(country, folded))
		return MATCH_CODE;
	for (; (at = strstr(at, folded)); at++) {
		enum match match = MATCH_INSIDE;

		if (at == country->folded || at[-1] == '\n')
			match = MATCH_START;
		else if (!is_letter(at[-1]))
			match = MATCH_WORD;
		if (match > best)
			best = match;
	}
	return best;
}

size_t country_search(const char *text, const struct country **list,
		      size_t room)
{
	enum match matches[COUNTRIES_MAX];
	char *folded = NULL;
	size_t count = loaded();
	size_t found = 0;

	if (strlen(text) > SOUGHT_MAX)
		return 0;
	folded = text_fold(text);
	for (size_t i = 0; i < count; i++)
		matches[i] = match_of(&countries.list[i], folded);
	for (int match = MATCH_CODE; match > MATCH_NONE; match--)
		for (size_t i = 0; i < count && found < room; i++)
			if ((int)matches[i] == match)
				list[found++] = &countries.list[i];
	mem_free_private(folded);
	return found;
}
