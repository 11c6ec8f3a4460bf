/* SPDX-License-Identifier: MIT */
/*
 * Countries of ISO 3166-1, from iso-codes, read when first asked for. Names
 * are in the operator's language (iso-codes' own translations).
 */
#ifndef FORMS_COUNTRY_H
#define FORMS_COUNTRY_H

#include <stddef.h>

#include "forms/err.h"

struct country {
	char alpha2[3];
	char alpha3[4];
	const char *name; /* in the operator's language */
	const char *english;
	const char *folded; /* its names, text_fold()ed, a line each */
};

/* Loaded once; later calls answer at once. Only a broken installation fails.
 * Finding and searching load by themselves, and find nothing if that fails. */
int country_load(struct err *err) ERR_CHECKED;
void country_unload(void); /* for a change of language, and the end */

/* All, sorted by name in the operator's language; 0 when not loaded. */
size_t country_count(void);
const struct country *country_at(size_t i);

/* By alpha-3, alpha-2 or whole name, case and accents folded; else NULL. */
const struct country *country_find(const char *text);

/*
 * Type-ahead: fills LIST with at most ROOM countries: exact codes first, then
 * names that start with TEXT, then names with a word that starts with it, then
 * names that contain it.
 * "" matches all. Returns how many.
 */
size_t country_search(const char *text, const struct country **list,
		      size_t room);

/* What a call to ALPHA3 begins with after its "+", or NULL. */
const char *country_dial(const char *alpha3);

#endif
