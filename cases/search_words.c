/* SPDX-License-Identifier: MIT */
/* The words of a search: what is indexed of a customer, and what was typed. */
#include <stdlib.h>
#include <string.h>

#include "cases/search_private.h"
#include "cases/store_private.h"
#include "forms/form.h"

#define SEARCH_BYTES	200
#define TRIGRAM_LETTERS 3
#define UUID_DIGITS	32
#define PUNCTUATION	".-/" /* of tax ids */
#define LAST_LETTER	"\U0010ffff"

char *search_fold(const char *text)
{
	char *folded = text_fold(text);
	char *to = folded;

	for (const char *from = folded; *from; from++)
		if (!strchr("\"^()", *from))
			*to++ = *from;
	*to = '\0';
	return folded;
}

/* "123.456-7" as "1234567": tax ids are kept and looked for so. */
static char *without_punctuation(const char *word, size_t len)
{
	struct buf plain = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!strchr(PUNCTUATION, word[i]))
			buf_add_char(&plain, word[i]);
	return buf_take(&plain);
}

static void add_marked(struct buf *text, const char *words)
{
	for (const char *word = words; *word;) {
		size_t len = strcspn(word, " ");

		if (len) {
			buf_add_text(text, "^^");
			buf_add(text, word, len);
			buf_add_char(text, ' ');
		}
		word += len + strspn(word + len, " ");
	}
}

char *search_text(const char *folded, const char *tax_id)
{
	char *id = search_fold(tax_id ? tax_id : "");
	char *plain = without_punctuation(id, strlen(id));
	struct buf text = { 0 };
	char *to = plain;

	for (const char *from = plain; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	add_marked(&text, folded);
	add_marked(&text, plain);
	mem_free_private(id);
	mem_free_private(plain);
	return buf_take(&text);
}

/* What was typed. */

static size_t letters(const char *word, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)word[i] & 0xc0) != 0x80;
	return count;
}

static const char *skip(const char *at, size_t count)
{
	for (; count && *at; count--)
		do
			at++;
		while (((unsigned char)*at & 0xc0) == 0x80);
	return at;
}

void search_release(struct search *search)
{
	for (size_t i = 0; i < search->count; i++) {
		free(search->words[i].text);
		free(search->words[i].plain);
	}
	for (size_t i = 0; i < 2; i++) {
		free(search->ids[i].from);
		free(search->ids[i].to);
	}
	free(search->match);
	free(search->loose);
	free(search->start);
	free(search->after);
}

/* Short words are found by their marks: see schema.c. */
static char *marked(const char *word, size_t len)
{
	return mem_printf("%s%.*s",
			  letters(word, len) < TRIGRAM_LETTERS ? "^^" : "",
			  (int)len, word);
}

static void add_word(struct search *search, const char *word, size_t len)
{
	struct search_word *to = &search->words[search->count++];
	char *plain = without_punctuation(word, len);
	size_t plain_len = strlen(plain);

	to->text = marked(word, len);
	if (plain_len && plain_len != len)
		to->plain = marked(plain, plain_len);
	free(plain);
}

static void add_phrase(struct buf *match, const char *word)
{
	buf_addf(match, "\"%s\"", word);
}

/* Every third of its trigrams, and the last: half the work of the phrase, for
 * little that is not meant. */
static void add_trigrams(struct buf *match, const char *word)
{
	const char *from = word;
	const char *last = word;
	size_t left = letters(word, strlen(word));

	for (; left >= TRIGRAM_LETTERS; left--) {
		const char *end = skip(from, TRIGRAM_LETTERS);

		if (from == word || left == TRIGRAM_LETTERS ||
		    from == skip(last, TRIGRAM_LETTERS)) {
			buf_addf(match, "%s\"%.*s\"",
				 from == word ? "" : " AND ", (int)(end - from),
				 from);
			last = from;
		}
		from = skip(from, 1);
	}
}

static char *match_of(const struct search *search,
		      void (*add)(struct buf *match, const char *word))
{
	struct buf match = { 0 };

	for (size_t i = 0; i < search->count; i++) {
		const struct search_word *word = &search->words[i];

		buf_add_text(&match, i ? " AND ((" : "((");
		add(&match, word->text);
		if (word->plain) {
			buf_add_text(&match, ") OR (");
			add(&match, word->plain);
		}
		buf_add_text(&match, "))");
	}
	return buf_take(&match);
}

static void add_words(struct search *search, const char *folded)
{
	for (const char *word = folded; *word;) {
		size_t len = strcspn(word, " ");

		if (len && search->count < SEARCH_WORDS)
			add_word(search, word, len);
		word += len + strspn(word + len, " ");
	}
	if (!search->count)
		return;
	search->match = match_of(search, add_phrase);
	search->loose = match_of(search, add_trigrams);
}

bool search_matches(const struct search *search, const char *text)
{
	for (size_t i = 0; i < search->count; i++) {
		const struct search_word *word = &search->words[i];

		if (!strstr(text, word->text) &&
		    (!word->plain || !strstr(text, word->plain)))
			return false;
	}
	return true;
}

bool search_is_id(const struct search *search, const char *id)
{
	for (size_t i = 0; i < 2; i++)
		if (search->ids[i].from &&
		    strcmp(id, search->ids[i].from) >= 0 &&
		    strcmp(id, search->ids[i].to) < 0)
			return true;
	return false;
}

/* Most texts are no id: then it costs one look. The range ends before the
 * start with its last byte one higher. */
static int find_id(struct case_store *store, int64_t profile, const char *text,
		   struct search_range *range, struct err *err)
{
	char *to = mem_dup(text);
	int got;

	to[strlen(to) - 1]++;
	got = db_number(store, &(int64_t){ 0 },
			"SELECT 1 FROM customers WHERE profile = ?1"
			" AND id >= ?2 AND id < ?3 LIMIT 1",
			DB_ARGS(db_int(profile), db_text(text), db_text(to)),
			err);
	if (got > 0) {
		range->from = mem_dup(text);
		range->to = to;
		return 0;
	}
	free(to);
	return got;
}

/* The digits of a UUID, or of its beginning, with its hyphens in their places;
 * NULL: it is none. */
static char *as_uuid(const char *text)
{
	struct buf uuid = { 0 };
	size_t digits = 0;

	for (; *text && digits < UUID_DIGITS; text++) {
		char c = *text;

		if (c == '-')
			continue;
		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		if (!strchr("0123456789abcdef", c))
			break;
		if (digits == 8 || digits == 12 || digits == 16 || digits == 20)
			buf_add_char(&uuid, '-');
		buf_add_char(&uuid, c);
		digits++;
	}
	if (!*text && digits)
		return buf_take(&uuid);
	buf_release(&uuid);
	return NULL;
}

/* A pasted id, whole or its start. */
static int find_ids(struct case_store *store, struct search *search,
		    const char *text, struct err *err)
{
	char *typed = mem_dup_n(text, strcspn(text, " "));
	char *uuid = as_uuid(typed);
	int ret = find_id(store, search->profile, typed, &search->ids[0], err);

	if (!ret && uuid && strcmp(uuid, typed) != 0)
		ret = find_id(store, search->profile, uuid, &search->ids[1],
			      err);
	free(typed);
	free(uuid);
	return ret;
}

int search_prepare(struct case_store *store, struct search *search,
		   const char *profile, const char *text, struct err *err)
{
	char *cut = NULL;
	int ret = 0;

	if (profile_number(store, profile, &search->profile, err) ||
	    db_number(store, &search->total,
		      "SELECT customers FROM profiles WHERE number = ?1",
		      DB_ARGS(db_int(search->profile)), err) < 0)
		return -1;
	text += strspn(text, " ");
	cut = mem_dup_n(text, strnlen(text, SEARCH_BYTES));
	search->start = search_fold(cut);
	add_words(search, search->start);
	if (search->match) {
		search->after = mem_printf("%s" LAST_LETTER, search->start);
		ret = find_ids(store, search, cut, err);
	}
	free(cut);
	return ret;
}
