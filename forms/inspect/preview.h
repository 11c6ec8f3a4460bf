/* SPDX-License-Identifier: MIT */
/*
 * The program kyc-preview: one picture, or the first page of a PDF, as
 * characters. It is started for one file, whose path is all of its standard
 * input (a pipe: arguments are seen by everybody), with COLS ROWS COLOURS ASCII
 * as arguments, and writes one head and its cells.
 * Forged files end it within its limits, and nothing else.
 *
 *   preview.c   the program; pixels as characters, by libchafa
 *   pixels.c    pixels out of JPEG, PNG and what pdftoppm writes
 *   exif.c      which way up
 */
#ifndef FORMS_INSPECT_PREVIEW_H
#define FORMS_INSPECT_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PREVIEW_VERSION	   1
#define PREVIEW_COLS_MOST  250
#define PREVIEW_ROWS_MOST  120
#define PREVIEW_PIXELS	   1200 /* a side as it is drawn from; at most */
#define PREVIEW_DATA_BYTES ((size_t)64 << 20)
#define PREVIEW_PATH_MOST  4096 /* never more than a pipe takes at once */

struct preview_head {
	uint32_t version, cols, rows;
};

/* A colour is its number in the terminal's palette; -1: the terminal's own. */
struct preview_cell {
	uint32_t character;
	int32_t fg, bg;
};

/* Three bytes each, from the top left. */
struct pixels {
	unsigned width, height;
	unsigned char *rgb; /* NULL: none */
};

/* -1: it cannot be read. WANT: about as many pixels a side are of use. */
int pixels_read_jpeg(const unsigned char *data, size_t len, unsigned want,
		     struct pixels *out);
int pixels_read_png(const unsigned char *data, size_t len, unsigned want,
		    struct pixels *out);
int pixels_read_ppm(int fd, struct pixels *out);

/* 1..8 as EXIF counts them, 1 when nothing is said; and turned by it. */
int exif_orientation(const unsigned char *data, size_t len);
void exif_turn(struct pixels *pixels, int orientation);

#endif
