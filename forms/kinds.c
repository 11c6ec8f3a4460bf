/* SPDX-License-Identifier: MIT */
/* The table of field kinds, and the kinds that are plain text, an address on
 * the net, a country, or yes and no. */
#include "forms/kinds.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "forms/country.h"
#include "forms/i18n.h"
#include "forms/mem.h"
#include "forms/text.h"

/* Accents as one character where there is one: a name typed on one system
 * must equal the same name pasted from another. */
static char *composed(const char *text)
{
	size_t len = strlen(text);
	uint8_t *out = NULL;
	char *copy = NULL;

	/* What is broken stays so, to be complained about. */
	if (text_valid(text, len))
		out = u8_normalize(UNINORM_NFC, (const uint8_t *)text, len,
				   NULL, &len);
	if (!out)
		return mem_dup(text);
	copy = mem_dup_n((char *)out, len);
	mem_wipe(out, len);
	free(out);
	return copy;
}

/* Lines, tabs and the like become one blank; other blanks stay. */
static char *text_parse(const struct form_field *field, const char *typed)
{
	const uint8_t *at = (const uint8_t *)typed;
	struct buf out = { 0 };
	bool blank = false;
	char *result = NULL;

	(void)field;
	while (*at) {
		ucs4_t c = 0;
		int len = u8_strmbtouc(&c, at);
		bool line =
			len > 0 && uc_is_property_white_space(c) &&
			(c < 0x20 || c == 0x85 || c == 0x2028 || c == 0x2029);

		if (line && !blank)
			buf_add_char(&out, ' ');
		if (!line)
			buf_add(&out, at, len > 0 ? (size_t)len : 1);
		blank = line;
		at += len > 0 ? len : 1;
	}
	result = composed(buf_text(&out));
	buf_release(&out);
	return result;
}

static const char *text_check(const struct form_field *field,
			      const char *answer, struct buf *words)
{
	(void)field;
	(void)answer;
	(void)words;
	return NULL;
}

static bool has_blank(const char *text)
{
	return strpbrk(text, " \t") != NULL;
}

/* The obvious form only: who knows better is the one who sends mail there. */
static const char *email_check(const struct form_field *field,
			       const char *answer, struct buf *words)
{
	const char *at = strchr(answer, '@');
	const char *host = at ? at + 1 : "";
	size_t len = strlen(host);

	(void)field;
	if (at && at > answer && at - answer <= 64 && !strchr(host, '@') &&
	    !has_blank(answer) && strchr(host, '.') && !strstr(host, "..") &&
	    host[0] != '.' && host[len - 1] != '.' &&
	    !strpbrk(answer, "<>()[],;:\\\""))
		return NULL;
	buf_add_text(words, _("not an e-mail address, for example "
			      "maria@example.com"));
	return "not_an_email";
}

/* Length of "https://" or "http://" at the start of TEXT; 0: neither. */
static size_t scheme_len(const char *text)
{
	if (strncasecmp(text, "https://", 8) == 0)
		return 8;
	return strncasecmp(text, "http://", 7) == 0 ? 7 : 0;
}

static char *url_parse(const struct form_field *field, const char *typed)
{
	size_t len = scheme_len(typed);

	(void)field;
	return len ? mem_printf("%s%s", len == 8 ? "https://" : "http://",
				typed + len)
		   : NULL;
}

static const char *url_check(const struct form_field *field, const char *answer,
			     struct buf *words)
{
	size_t scheme = scheme_len(answer);
	const char *host = answer + scheme;
	size_t len = strcspn(host, "/?#"); /* with the port, if any */

	(void)field;
	if (scheme && len > 0 && !has_blank(answer) &&
	    !strchr(".-:@", host[0]) && strcspn(host, "@<>\"'\\^`{|}") >= len)
		return NULL;
	buf_add_text(words, _("not a web address, for example "
			      "https://example.com"));
	return "not_a_url";
}

static char *country_parse(const struct form_field *field, const char *typed)
{
	const struct country *country = country_find(typed);

	(void)field;
	return country ? mem_dup(country->alpha3) : NULL;
}

/* The country whose name is spelled nearest, or NULL. */
static const char *country_nearest(const char *text)
{
	size_t count = country_count();
	const char **names = mem_array(2 * count + 1, sizeof(*names));
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		names[2 * i] = country_at(i)->name;
		names[2 * i + 1] = country_at(i)->english;
	}
	nearest = text_nearest(text, names);
	free(names);
	return nearest;
}

static const char *country_check(const struct form_field *field,
				 const char *answer, struct buf *words)
{
	const struct country *country = country_find(answer);
	const char *nearest = NULL;

	if (country && strcmp(country->alpha3, answer) == 0)
		return NULL;
	if (!(field->flags & FORM_PRIVATE))
		nearest = country_nearest(answer);
	if (nearest)
		buf_addf(words, _("'%s' is not a country, did you mean '%s'?"),
			 answer, nearest);
	else
		buf_add_text(words, _("not a country, write its name or its "
				      "code, for example BRA"));
	return "not_a_country";
}

static char *country_show(const struct form_field *field, const char *answer)
{
	const struct country *country = country_find(answer);

	(void)field;
	return country ? mem_dup(country->name) : NULL;
}

/* Both languages of the program, whatever the locale: a manifest written by
 * one operator is read by another. */
static char *yes_no_parse(const struct form_field *field, const char *typed)
{
	static const char *const yes[] = { "true", "yes", "y", "sim", "s" };
	static const char *const no[] = { "false", "no", "n", "nao" };
	char *folded = text_fold(typed);
	const char *answer = NULL;

	(void)field;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (strcmp(folded, yes[i]) == 0)
			answer = "true";
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (strcmp(folded, no[i]) == 0)
			answer = "false";
	mem_free_private(folded);
	return mem_dup(answer);
}

static const char *yes_no_check(const struct form_field *field,
				const char *answer, struct buf *words)
{
	(void)field;
	if (strcmp(answer, "true") == 0 || strcmp(answer, "false") == 0)
		return NULL;
	buf_add_text(words, _("answer yes or no"));
	return "not_yes_or_no";
}

static char *yes_no_show(const struct form_field *field, const char *answer)
{
	(void)field;
	if (strcmp(answer, "true") == 0)
		return mem_dup(_("yes"));
	return strcmp(answer, "false") == 0 ? mem_dup(_("no")) : NULL;
}

static const struct form_kind_ops kinds[] = {
	[FORM_TEXT] = { .parse = text_parse, .check = text_check, .max = 4096 },
	[FORM_NUMBER] = {
		.parse = form_number_parse,
		.check = form_number_check,
		.max = 40,
	},
	[FORM_MONEY] = {
		.parse = form_money_parse,
		.check = form_money_check,
		.max = 24,
		.help = N_("For example 1234 or 1234.50, without a currency."),
	},
	[FORM_PHONE] = {
		.parse = form_phone_parse,
		.check = form_phone_check,
		.max = 40,
		.help = N_("With country code, for example +5511999999999."),
	},
	[FORM_DATE] = {
		.parse = form_date_parse,
		.typed = form_date_typed,
		.check = form_date_check,
		.max = 40,
		.help_now = form_date_help,
	},
	[FORM_TAX_ID] = {
		.parse = form_tax_id_parse,
		.check = form_tax_id_check,
		.show = form_tax_id_show,
		.max = 40,
	},
	[FORM_EMAIL] = {
		.check = email_check,
		.max = 254,
		.help = N_("For example maria@example.com."),
	},
	[FORM_URL] = {
		.parse = url_parse,
		.check = url_check,
		.max = 2048,
		.help = N_("For example https://example.com."),
	},
	[FORM_CHOICE] = {
		.parse = form_choice_parse,
		.check = form_choice_check,
		.show = form_choice_show,
		.max = 200,
	},
	[FORM_MULTI] = {
		.parse = form_multi_parse,
		.check = form_multi_check,
		.show = form_multi_show,
		.max = 4096,
		.help = N_("All that apply."),
	},
	[FORM_COUNTRY] = {
		.parse = country_parse,
		.check = country_check,
		.show = country_show,
		.max = 200,
		.help = N_("Name or code, for example Brazil or BRA."),
	},
	[FORM_YES_NO] = {
		.parse = yes_no_parse,
		.check = yes_no_check,
		.show = yes_no_show,
		.max = 40,
	},
};

const struct form_kind_ops *form_kind_ops(enum form_kind kind)
{
	return &kinds[kind];
}
