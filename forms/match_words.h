/* SPDX-License-Identifier: MIT */
/* The words by which people name files of documents. For match.c alone. */
#ifndef FORMS_MATCH_WORDS_H
#define FORMS_MATCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/document.h"

/* The words of a name, folded; numbers are words of their own. */
struct match_words {
	char **list;
	size_t count;
};

/* "RG_Frente-2.jpg" gives rg, frente, 2, jpg. At most 64. */
void match_words_split(const char *text, struct match_words *out);
void match_words_release(struct match_words *words);
bool match_words_have(const struct match_words *words, const char *word);

/* What a document is about; 0: nothing that is known. */
unsigned match_subject_best(const struct match_words *words);

/* How many words fit SUBJECT; 0: they do not speak of it, or rather of
 * something else. */
int match_subject_fits(const struct match_words *words, unsigned subject);

/* Those words, joined by ", ". */
void match_subject_words(const struct match_words *words, unsigned subject,
			 char *out, size_t size);

/* The side that a word names, *WORD (static) gets which; NONE: none, or both.
 */
enum doc_side match_side(const struct match_words *words, const char **word);

#endif
