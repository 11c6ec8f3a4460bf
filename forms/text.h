/* SPDX-License-Identifier: MIT */
/*
 * Text from outside made safe to show, measured in columns, and folded for
 * searching. All text in the model is UTF-8.
 */
#ifndef FORMS_TEXT_H
#define FORMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copy IN to OUT (SIZE bytes with the NUL) so that a terminal obeys nothing of
 * it: control characters, line ends, bidi and zero-width marks and broken
 * UTF-8 each become one visible mark (U+FFFD); more than 4 combining marks on
 * one character likewise. Cut at a character's edge. Returns the length.
 */
size_t text_clean(char *out, size_t size, const char *in);
char *text_clean_new(const char *in); /* the same, allocated; free() it */

/* The same, but what does not fit is left out of the middle, with U+2026 in
 * its place: the end of a sentence says why. */
void text_clean_ends(char *out, size_t size, const char *in);

/* Columns that TEXT (clean) takes on a terminal, whatever the locale. */
int text_width(const char *text);

/*
 * Bytes of TEXT (clean) that fit into COLUMNS, whole characters with their
 * combining marks; *USED, if given, gets the columns they take.
 */
size_t text_fit(const char *text, int columns, int *used);

/* The byte after the character at AT: where a cursor may stand. AT is such a
 * place itself. */
size_t text_next(const char *text, size_t at);

bool text_valid(const char *text, size_t len); /* is it UTF-8, no NUL */

/* Is it one line of UTF-8, with no control characters and nothing that turns
 * the direction of writing round? An answer must be. */
bool text_plain(const char *text);

/* Are the two the same bytes? NULL is "". */
bool text_same(const char *a, const char *b);

size_t text_count(const char *text); /* in characters */
char *text_trim(const char *text);   /* without the blanks around; free() it */

/* For searching: case folded, accents removed, blanks squeezed; free() it. */
char *text_fold(const char *text);

/* The entry of the NULL-terminated LIST nearest to WORD by spelling, for "did
 * you mean"; NULL when none is near. */
const char *text_nearest(const char *word, const char *const *list);

/* "2.1 MB", "640 kB", "12 B": powers of ten, as providers state limits. */
void text_bytes(char *out, size_t size, unsigned long long bytes);

#endif
