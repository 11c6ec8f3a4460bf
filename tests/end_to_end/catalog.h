/* SPDX-License-Identifier: MIT */
/* The catalog of translations as a test reads it, to find English among what
 * should be in another language. */
#ifndef TESTS_END_TO_END_CATALOG_H
#define TESTS_END_TO_END_CATALOG_H

/* Something in TEXT that the catalog has a translation for, other than the
 * English; NULL: nothing. Words that stand in some translation as well, or are
 * short, are taken for that. Borrowed until catalog_release(). */
const char *catalog_english_in(const char *text);
void catalog_release(void);

#endif
