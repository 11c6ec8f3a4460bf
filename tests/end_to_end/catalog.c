/* SPDX-License-Identifier: MIT */
#include "tests/end_to_end/catalog.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/test.h"

#define PROFILE	   "practice" /* what it is called in tests */
#define WORD_LEAST 5	      /* bytes: shorter ones mean something in both */

/* What cannot be but English; read once. */
static struct {
	char **list;
	size_t count;
	bool read;
} words;

/* Of a quoted line of the catalog, what is between the quotes. */
static void add_quoted(struct buf *to, const char *line)
{
	const char *at = strchr(line, '"');

	if (!at)
		return;
	for (at++; *at && *at != '"'; at++) {
		if (*at != '\\') {
			buf_add_char(to, *at);
			continue;
		}
		at++;
		buf_add_char(to, *at == 'n' ? '\n' : *at == 't' ? '\t' : *at);
	}
}

/* As in a word, in the name of a file or in a provider's code. */
static bool joins(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || c == '_' || c == '-';
}

/* The longest part of TEXT between its conversions and line ends. */
static char *longest_part(const char *text)
{
	const char *best = "";
	size_t most = 0;

	while (*text) {
		size_t len = strcspn(text, "%\n\t");

		if (len > most) {
			best = text;
			most = len;
		}
		text += len;
		if (*text == '%')
			text += 1 + strcspn(text + 1, "sducx%");
		text += *text != '\0';
	}
	while (most && !isalnum((unsigned char)*best))
		best++, most--;
	while (most && !isalnum((unsigned char)best[most - 1]))
		most--;
	return mem_dup_n(best, most);
}

/* ENGLISH is kept when its translation does not have it and it is no name of
 * something. */
static void keep(const char *english, const char *other)
{
	char *part = longest_part(english);

	if (!*other || strlen(part) < WORD_LEAST || strstr(other, part) ||
	    strcmp(part, PROFILE) == 0) {
		free(part);
		return;
	}
	words.list = mem_grow(words.list, words.count, sizeof(*words.list));
	words.list[words.count++] = part;
}

static bool is_part_of_a_word(const char *text, const char *at, size_t len)
{
	return (at > text && joins(at[-1])) || joins(at[len]);
}

/* Without those that some translation uses. */
static void drop_shared(const char *translations)
{
	size_t kept = 0;

	for (size_t i = 0; i < words.count; i++) {
		char *word = words.list[i];

		if (strstr(translations, word))
			free(word);
		else
			words.list[kept++] = word;
	}
	words.count = kept;
}

static void read_catalog(void)
{
	char *path = test_source_path("assets/pt_BR.po");
	FILE *file = fopen(path, "r");
	struct buf texts[2] = { 0 }, all = { 0 };
	char *line = NULL;
	size_t size = 0;
	int into = 0;

	assert_non_null(file);
	while (getline(&line, &size, file) >= 0) {
		if (strncmp(line, "msgid ", 6) == 0) {
			keep(buf_text(&texts[0]), buf_text(&texts[1]));
			buf_reset(&texts[0]);
			buf_reset(&texts[1]);
			into = 0;
		} else if (strncmp(line, "msgstr", 6) == 0) {
			into = 1;
		} else if (*line != '"') {
			continue;
		}
		add_quoted(&texts[into], line);
		if (into)
			add_quoted(&all, line);
	}
	keep(buf_text(&texts[0]), buf_text(&texts[1]));
	drop_shared(buf_text(&all));
	buf_release(&texts[0]);
	buf_release(&texts[1]);
	buf_release(&all);
	free(line);
	fclose(file);
	free(path);
	words.read = true;
}

const char *catalog_english_in(const char *text)
{
	if (!words.read)
		read_catalog();
	for (size_t i = 0; i < words.count; i++) {
		size_t len = strlen(words.list[i]);
		const char *at = text;

		while ((at = strstr(at, words.list[i]))) {
			if (!is_part_of_a_word(text, at, len))
				return words.list[i];
			at += len;
		}
	}
	return NULL;
}

void catalog_release(void)
{
	for (size_t i = 0; i < words.count; i++)
		free(words.list[i]);
	free(words.list);
	memset(&words, 0, sizeof(words));
}
