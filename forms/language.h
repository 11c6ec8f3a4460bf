/* SPDX-License-Identifier: MIT */
/*
 * The operator's language: which there are, which one _() speaks, and changing
 * it while the program runs. Not for threads: only the one that draws may ask.
 */
#ifndef FORMS_LANGUAGE_H
#define FORMS_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

struct language {
	const char *code; /* as gettext names its catalogs: "pt_BR" */
	const char *name; /* in itself */
};

size_t language_count(void);

/* Take the locale and the language from the environment. CATALOGS: where the
 * translations are (copied). First thing in main(). */
void language_init(const char *catalogs);

/* The one in use; never NULL. */
const struct language *language_now(void);

/* The one that NAME means ("pt_BR", "pt-BR.UTF-8", "pt"), or NULL. */
const struct language *language_find(const char *name);

/*
 * Speak LANGUAGE from now on. Texts that were translated before stay as they
 * are, and names of countries are read anew: what was borrowed of either is
 * not to be used any more.
 */
void language_set(const struct language *language);

/* The one after the one in use, the first after the last. */
const struct language *language_next(void);

#endif
