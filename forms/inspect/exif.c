/* SPDX-License-Identifier: MIT */
/* Which way up a camera was held. */
#include "forms/inspect/preview.h"

#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"

#define ENTRY_BYTES	12
#define TAG_ORIENTATION 0x0112

struct tiff {
	const unsigned char *data;
	size_t len;
	bool little;
};

/* BYTES (2 or 4) at AT; 0 where there are none. */
static uint32_t number(const struct tiff *tiff, size_t at, size_t bytes)
{
	uint32_t value = 0;

	if (at > tiff->len || tiff->len - at < bytes)
		return 0;
	for (size_t i = 0; i < bytes; i++)
		value = value << 8 |
			tiff->data[at + (tiff->little ? bytes - 1 - i : i)];
	return value;
}

int exif_orientation(const unsigned char *data, size_t len)
{
	struct tiff tiff = { 0 };
	uint32_t first, count, value;

	if (len < 14 || memcmp(data, "Exif\0\0", 6) != 0)
		return 1;
	tiff.data = data + 6;
	tiff.len = len - 6;
	tiff.little = tiff.data[0] == 'I';
	first = number(&tiff, 4, 4);
	count = number(&tiff, first, 2);
	for (uint32_t i = 0; i < count; i++) {
		size_t at = (size_t)first + 2 + (size_t)i * ENTRY_BYTES;

		if (number(&tiff, at, 2) != TAG_ORIENTATION)
			continue;
		value = number(&tiff, at + 8, 2);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

/* Where the pixel X, Y of the upright picture lies in the one given. */
static size_t source_of(const struct pixels *from, int orientation, unsigned x,
			unsigned y)
{
	unsigned right = from->width - 1, bottom = from->height - 1;
	unsigned sx = orientation >= 5 ? y : x;
	unsigned sy = orientation >= 5 ? x : y;

	if (orientation == 2 || orientation == 3 || orientation == 7 ||
	    orientation == 8)
		sx = right - sx;
	if (orientation == 3 || orientation == 4 || orientation == 6 ||
	    orientation == 7)
		sy = bottom - sy;
	return ((size_t)sy * from->width + sx) * 3;
}

void exif_turn(struct pixels *pixels, int orientation)
{
	bool swapped = orientation >= 5;
	struct pixels to = { swapped ? pixels->height : pixels->width,
			     swapped ? pixels->width : pixels->height, NULL };
	unsigned char *out;

	if (orientation <= 1 || orientation > 8)
		return;
	to.rgb = out = mem_array((size_t)to.width * to.height, 3);
	for (unsigned y = 0; y < to.height; y++)
		for (unsigned x = 0; x < to.width; x++, out += 3)
			memcpy(out,
			       pixels->rgb +
				       source_of(pixels, orientation, x, y),
			       3);
	free(pixels->rgb);
	*pixels = to;
}
