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

#define MARK	       "\xEF\xBF\xBD" /* U+FFFD */
#define MARK_LEN       3
#define COMBINING_MOST 4

#define ELLIPSIS     "\xE2\x80\xA6" /* U+2026 */
#define ELLIPSIS_LEN 3

/* What a terminal would obey, or hide, or let reorder what is around it. */
static const struct span {
	ucs4_t first, last;
} hostile[] = {
	{ 0x0000, 0x001f },   /* C0 controls */
	{ 0x007f, 0x009f },   /* delete, C1 controls */
	{ 0x00ad, 0x00ad },   /* soft hyphen */
	{ 0x061c, 0x061c },   /* Arabic letter mark */
	{ 0x115f, 0x115f },   /* Hangul filler */
	{ 0x200b, 0x200f },   /* zero width, direction marks */
	{ 0x2028, 0x202e },   /* line ends, direction overrides */
	{ 0x2060, 0x206f },   /* invisible operators, isolates */
	{ 0x3164, 0x3164 },   /* Hangul filler */
	{ 0xfeff, 0xfeff },   /* byte order mark */
	{ 0xffa0, 0xffa0 },   /* Hangul filler */
	{ 0xfff0, 0xfffb },   /* unassigned, interlinear annotation */
	{ 0xfffe, 0xffff },   /* no characters at all */
	{ 0xe0000, 0xe0fff }, /* tags */
};

static bool is_hostile(ucs4_t c)
{
	if (c >= 0x20 && c < 0x7f) /* nearly always */
		return false;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		if (c >= hostile[i].first && c <= hostile[i].last)
			return true;
	return false;
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

/* Is C a byte inside a character, not its first? */
static bool is_inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t text_clean(char *out, size_t size, const char *in)
{
	size_t left = strlen(in);
	size_t used = 0;
	/* A mark with nothing under it would sit on whatever stands before. */
	int combining = COMBINING_MOST;

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

void text_clean_ends(char *out, size_t size, const char *in)
{
	char *clean = text_clean_new(in);
	size_t len = strlen(clean);
	size_t head = 0, tail = 0;

	if (len < size || size < 16) {
		text_clean(out, size, in);
		free(clean);
		return;
	}
	head = (size - 1 - ELLIPSIS_LEN) * 2 / 3;
	tail = len - (size - 1 - ELLIPSIS_LEN - head);
	while (is_inside(clean[head]))
		head--;
	while (is_inside(clean[tail]))
		tail++;
	memcpy(out, clean, head);
	memcpy(out + head, ELLIPSIS, ELLIPSIS_LEN);
	memcpy(out + head + ELLIPSIS_LEN, clean + tail, len - tail + 1);
	free(clean);
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

bool text_plain(const char *text)
{
	const uint8_t *at = (const uint8_t *)text;
	ucs4_t c = 0;
	int len = 0;

	for (; *at; at += len) {
		len = u8_strmbtouc(&c, at);
		if (len <= 0 || c < 0x20 || (c >= 0x7f && c < 0xa0))
			return false;
		/* Line ends, direction overrides and isolates. */
		if ((c >= 0x2028 && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			return false;
	}
	return true;
}

bool text_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

size_t text_count(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

/* Folded and decomposed TEXT; free() it. NULL when it is not UTF-8. */
static uint8_t *decomposed(const char *text, size_t *len)
{
	*len = 0;
	return u8_casefold((const uint8_t *)text, strlen(text), NULL,
			   UNINORM_NFKD, NULL, len);
}

/* Letters that Unicode does not take apart but people type as these. */
static ucs4_t plain_letter(ucs4_t c)
{
	static const struct {
		ucs4_t from, to;
	} letters[] = {
		{ 0x00f8, 'o' },  { 0x0111, 'd' },  { 0x0127, 'h' },
		{ 0x0131, 'i' },  { 0x0142, 'l' },  { 0x0167, 't' },
		{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x02bc, '\'' },
	};

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].from == c)
			return letters[i].to;
	return c;
}

char *text_fold(const char *text)
{
	char *clean = text_valid(text, strlen(text)) ? mem_dup(text)
						     : text_clean_new(text);
	size_t left = 0;
	uint8_t *folded = decomposed(clean, &left);
	const size_t size = left;
	const uint8_t *at = folded;
	struct buf out = { 0 };
	bool blank = true;

	while (at && left > 0) {
		ucs4_t c = 0;
		int len = u8_mbtouc(&c, at, left);
		uint8_t bytes[6];
		int count = u8_uctomb(bytes, plain_letter(c), sizeof(bytes));

		if (uc_is_property_white_space(c)) {
			if (!blank)
				buf_add_char(&out, ' ');
			blank = true;
		} else if (!is_hostile(c) &&
			   !uc_is_general_category(c, UC_NON_SPACING_MARK)) {
			buf_add(&out, bytes, count > 0 ? (size_t)count : 0);
			blank = false;
		}
		at += len;
		left -= (size_t)len;
	}
	if (out.len && out.data[out.len - 1] == ' ')
		out.data[--out.len] = '\0';
	mem_wipe(folded, size);
	free(folded);
	mem_free_private(clean);
	return buf_take(&out);
}

char *text_trim(const char *text)
{
	const uint8_t *from = (const uint8_t *)text;
	const uint8_t *to = from + strlen(text);
	const uint8_t *before = NULL;
	ucs4_t c = 0;
	int len = 0;

	while (*from) {
		len = u8_strmbtouc(&c, from);
		if (len <= 0 || !uc_is_property_white_space(c))
			break;
		from += len;
	}
	while (to > from) {
		before = u8_prev(&c, to, from);
		if (!before || !uc_is_property_white_space(c))
			break;
		to = before;
	}
	return mem_dup_n((const char *)from, (size_t)(to - from));
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Levenshtein distance, whatever the case; at most 63 bytes a side: longer
 * ones are far apart. */
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
			size_t best =
				diagonal + (lower(a[i - 1]) != lower(b[j - 1]));

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
	size_t limit = strlen(word) / 4 + 1;

	for (; *list; list++) {
		size_t d = distance(word, *list);

		/* As many changes as letters: that is another word. */
		if (d <= limit && d < strlen(word)) {
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
	else if (bytes < 999500) /* from there on it would say 1000 kB */
		snprintf(out, size, "%llu kB", (bytes + 500) / 1000);
	else if (bytes < 999950000)
		snprintf(out, size, "%.1f MB", (double)bytes / 1e6);
	else
		snprintf(out, size, "%.1f GB", (double)bytes / 1e9);
}
