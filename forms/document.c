/* SPDX-License-Identifier: MIT */
/* Documents: names of kinds and sides, and what is chosen for a document. The
 * rules on files are in rules.c. */
#include "forms/document.h"

#include <string.h>

#include "forms/country.h"
#include "forms/i18n.h"
#include "forms/text.h"

const struct doc_type *doc_type_find(const struct doc_type *types,
				     const char *code)
{
	for (; types && types->code; types++)
		if (strcmp(types->code, code) == 0)
			return types;
	return NULL;
}

static const char *const side_names[] = {
	[DOC_SIDE_NONE] = "",
	[DOC_SIDE_FRONT] = "front",
	[DOC_SIDE_BACK] = "back",
};

#define SIDES (sizeof(side_names) / sizeof(side_names[0]))

const char *doc_side_name(enum doc_side side)
{
	return (size_t)side < SIDES ? side_names[side] : "";
}

int doc_side_parse(const char *text, enum doc_side *side)
{
	for (size_t i = 0; i < SIDES; i++)
		if (strcmp(text, side_names[i]) == 0) {
			*side = (enum doc_side)i;
			return 0;
		}
	return -1;
}

static const struct kind_names {
	enum doc_kind kind;
	const char *name, *mime, *suffix;
} kind_names[] = {
	{ DOC_JPEG, "JPEG", "image/jpeg", "jpg" },
	{ DOC_PNG, "PNG", "image/png", "png" },
	{ DOC_PDF, "PDF", "application/pdf", "pdf" },
	{ DOC_UNKNOWN, N_("unknown"), "application/octet-stream",
	  "bin" }, /* last */
};

static const struct kind_names *names_of(enum doc_kind kind)
{
	const struct kind_names *names = kind_names;

	while (names->kind != DOC_UNKNOWN && names->kind != kind)
		names++;
	return names;
}

const char *doc_kind_name(enum doc_kind kind)
{
	return names_of(kind)->name;
}

const char *doc_kind_mime(enum doc_kind kind)
{
	return names_of(kind)->mime;
}

const char *doc_kind_suffix(enum doc_kind kind)
{
	return names_of(kind)->suffix;
}

static void check_side(const struct doc_type *type, enum doc_side side,
		       struct findings *findings)
{
	const char *label = _(type->label);

	if ((size_t)side >= SIDES)
		findings_add(findings, FINDING_ERROR, "side_unknown", "side",
			     _("the side of '%s' is not known: give the front "
			       "or the back"),
			     label);
	else if (type->sides == DOC_NO_SIDES && side != DOC_SIDE_NONE)
		findings_add(findings, FINDING_ERROR, "side_not_taken", "side",
			     _("'%s' has no sides: leave the side out"), label);
	else if (type->sides != DOC_NO_SIDES && side == DOC_SIDE_NONE)
		findings_add(findings, FINDING_ERROR, "side_missing", "side",
			     _("no side is given for '%s': say whether this "
			       "is the front or the back"),
			     label);
}

static void check_country(const struct doc_type *type, const char *country,
			  struct findings *findings)
{
	const char *label = _(type->label);

	if (!*country) {
		if (type->country == DOC_NEEDED)
			findings_add(findings, FINDING_ERROR, "country_missing",
				     "country",
				     _("no country is given for '%s': choose "
				       "the one that issued it"),
				     label);
		return;
	}
	if (type->country == DOC_NOT_TAKEN)
		findings_add(findings, FINDING_WARNING, "country_not_taken",
			     "country",
			     _("'%s' is sent without a country: the one given "
			       "is left out"),
			     label);
	else if (!country_find(country))
		findings_add(findings, FINDING_ERROR, "country_unknown",
			     "country",
			     _("'%s' is not a country: write its name or its "
			       "code, for example BRA"),
			     country);
}

void doc_check_choice(const struct doc_type *type, enum doc_side side,
		      const char *country, struct findings *findings)
{
	check_side(type, side, findings);
	check_country(type, country ? country : "", findings);
}
