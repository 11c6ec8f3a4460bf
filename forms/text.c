/* SPDX-License-Identifier: MIT */
/* Outside text: cleaned, measured in columns, folded. libunistring knows the
 * tables; the locale is never asked. */
#include "forms/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "forms/buf.h"
#include "forms/mem.h"

#define MARK "\xEF\xBF\xBD" /* U+FFFD */
#define MARK_LEN 3
#define COMBINING_MOST 4

/* Would a terminal obey it, or hide it, or let it reorder what is around? */
static bool is_hostile(ucs4_t c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return true;
	if (c == 0x00ad || c == 0x061c || c == 0xfeff)
		return true;
	if ((c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f))
		return true;
	return (c >= 0xe0000 && c <= 0xe0fff) || (c >= 0xfff9 && c <= 0xfffb);
}

static bool is_combining(ucs4_t c)
{
	return c >= 0x300 && uc_width(c, "UTF-8") == 0;
}

/* What may stand for the LEN bytes at AT, whose character is C (or broken). */
static const char *shown_as(const char *at, ucs4_t c, int len, int *combining,
			    size_t *out_len)
{
	*out_len = MARK_LEN;
	if (len <= 0 || is_hostile(c)) {
		*combining = 0;
		return MARK;
	}
	if (is_combining(c)) {
		(*combining)++;
		if (*combining == COMBINING_MOST + 1)
			return MARK;
		if (*combining > COMBINING_MOST) {
			*out_len = 0;
			return "";
		}
	} else {
		*combining = 0;
	}
	*out_len = (size_t)len;
	return at;
}

size_t text_clean(char *out, size_t size, const char *in)
{
	size_t left = strlen(in);
	size_t used = 0;
	int combining = 0;

	while (left > 0) {
		ucs4_t c = 0;
		int len = u8_mbtoucr(&c, (const uint8_t *)in, left);
		size_t shown_len = 0;
		const char *shown =
			shown_as(in, c, len, &combining, &shown_len);

		if (used + shown_len + 1 > size)
			break;
		memcpy(out + used, shown, shown_len);
		used += shown_len;
		in += len > 0 ? len : 1;
		left -= len > 0 ? (size_t)len : 1;
	}
	if (size)
		out[used] = '\0';
	return used;
}

char *text_clean_new(const char *in)
{
	size_t size = strlen(in) * MARK_LEN + 1;
	char *out = mem_alloc(size);

	text_clean(out, size, in);
	return out;
}

size_t text_next(const char *text, size_t at)
{
	const uint8_t *from = (const uint8_t *)text + at;
	ucs4_t c = 0;
	int len = 0;

	if (!*from)
		return at;
	len = u8_strmbtouc(&c, from);
	at += len > 0 ? (size_t)len : 1;
	/* Combining marks belong to the character before them. */
	while (text[at]) {
		len = u8_strmbtouc(&c, (const uint8_t *)text + at);
		if (len <= 0 || !is_combining(c))
			break;
		at += (size_t)len;
	}
	return at;
}

size_t text_previous(const char *text, size_t at)
{
	size_t here = 0;

	for (;;) {
		size_t next = text_next(text, here);

		if (next >= at || next == here)
			return here;
		here = next;
	}
}

/* Columns of the one character with its marks in text[from..to). */
static int columns_between(const char *text, size_t from, size_t to)
{
	int width = u8_width((const uint8_t *)text + from, to - from, "UTF-8");

	return width < 0 ? 1 : width;
}

int text_width(const char *text)
{
	int width = 0;

	text_fit(text, INT32_MAX, &width);
	return width;
}

size_t text_fit(const char *text, int columns, int *used)
{
	size_t at = 0;
	int width = 0;

	while (text[at]) {
		size_t next = text_next(text, at);
		int more = columns_between(text, at, next);

		if (more > columns - width)
			break;
		width += more;
		at = next;
	}
	if (used)
		*used = width;
	return at;
}

bool text_valid(const char *text, size_t len)
{
	return !memchr(text, '\0', len) &&
	       !u8_check((const uint8_t *)text, len);
}

/* Folded and decomposed TEXT; free() it. NULL when it is not UTF-8. */
static uint8_t *decomposed(const char *text, size_t *len)
{
	uint8_t *folded = NULL;

	*len = 0;
	folded = u8_casefold((const uint8_t *)text, strlen(text), NULL,
			     UNINORM_NFKD, NULL, len);
	return folded;
}

char *text_fold(const char *text)
{
	char *clean = text_clean_new(text);
	size_t left = 0;
	uint8_t *folded = decomposed(clean, &left);
	const uint8_t *at = folded;
	struct buf out = { 0 };
	bool blank = true;

	while (at && left > 0) {
		ucs4_t c = 0;
		int len = u8_mbtouc(&c, at, left);

		if (uc_is_property_white_space(c)) {
			if (!blank)
				buf_add_char(&out, ' ');
			blank = true;
		} else if (!uc_is_general_category(c, UC_NON_SPACING_MARK)) {
			buf_add(&out, at, (size_t)len);
			blank = false;
		}
		at += len;
		left -= (size_t)len;
	}
	if (out.len && out.data[out.len - 1] == ' ')
		out.data[--out.len] = '\0';
	free(folded);
	free(clean);
	return buf_take(&out);
}

/* Levenshtein distance, at most 63 bytes a side; longer ones are far apart. */
static size_t distance(const char *a, const char *b)
{
	size_t row[64];
	size_t la = strlen(a), lb = strlen(b);

	if (la >= 64 || lb >= 64)
		return 64;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[lb];
}

const char *text_nearest(const char *word, const char *const *list)
{
	const char *nearest = NULL;
	size_t limit = strlen(word) / 3 + 1;

	for (; *list; list++) {
		size_t d = distance(word, *list);

		if (d <= limit) {
			limit = d;
			nearest = *list;
			if (d == 0)
				break;
			limit--;
		}
	}
	return nearest;
}

void text_bytes(char *out, size_t size, unsigned long long bytes)
{
	if (bytes < 1000)
		snprintf(out, size, "%llu B", bytes);
	else if (bytes < 1000000)
		snprintf(out, size, "%llu kB", (bytes + 500) / 1000);
	else if (bytes < 1000000000)
		snprintf(out, size, "%.1f MB", (double)bytes / 1e6);
	else
		snprintf(out, size, "%.1f GB", (double)bytes / 1e9);
}
