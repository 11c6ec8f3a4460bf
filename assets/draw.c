/* SPDX-License-Identifier: MIT */
/* Drawing for the sample documents. */
#include "assets/draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include "forms/mem.h"

/* Printable ASCII, five columns each, the lowest bit on top. */
static const unsigned char font[95][5] = {
	{ 0x00, 0x00, 0x00, 0x00, 0x00 }, { 0x00, 0x00, 0x5f, 0x00, 0x00 },
	{ 0x00, 0x07, 0x00, 0x07, 0x00 }, { 0x14, 0x7f, 0x14, 0x7f, 0x14 },
	{ 0x24, 0x2a, 0x7f, 0x2a, 0x12 }, { 0x23, 0x13, 0x08, 0x64, 0x62 },
	{ 0x36, 0x49, 0x56, 0x20, 0x50 }, { 0x00, 0x08, 0x07, 0x03, 0x00 },
	{ 0x00, 0x1c, 0x22, 0x41, 0x00 }, { 0x00, 0x41, 0x22, 0x1c, 0x00 },
	{ 0x2a, 0x1c, 0x7f, 0x1c, 0x2a }, { 0x08, 0x08, 0x3e, 0x08, 0x08 },
	{ 0x00, 0x80, 0x70, 0x30, 0x00 }, { 0x08, 0x08, 0x08, 0x08, 0x08 },
	{ 0x00, 0x00, 0x60, 0x60, 0x00 }, { 0x20, 0x10, 0x08, 0x04, 0x02 },
	{ 0x3e, 0x51, 0x49, 0x45, 0x3e }, { 0x00, 0x42, 0x7f, 0x40, 0x00 },
	{ 0x72, 0x49, 0x49, 0x49, 0x46 }, { 0x21, 0x41, 0x49, 0x4d, 0x33 },
	{ 0x18, 0x14, 0x12, 0x7f, 0x10 }, { 0x27, 0x45, 0x45, 0x45, 0x39 },
	{ 0x3c, 0x4a, 0x49, 0x49, 0x31 }, { 0x41, 0x21, 0x11, 0x09, 0x07 },
	{ 0x36, 0x49, 0x49, 0x49, 0x36 }, { 0x46, 0x49, 0x49, 0x29, 0x1e },
	{ 0x00, 0x00, 0x14, 0x00, 0x00 }, { 0x00, 0x40, 0x34, 0x00, 0x00 },
	{ 0x00, 0x08, 0x14, 0x22, 0x41 }, { 0x14, 0x14, 0x14, 0x14, 0x14 },
	{ 0x00, 0x41, 0x22, 0x14, 0x08 }, { 0x02, 0x01, 0x59, 0x09, 0x06 },
	{ 0x3e, 0x41, 0x5d, 0x59, 0x4e }, { 0x7c, 0x12, 0x11, 0x12, 0x7c },
	{ 0x7f, 0x49, 0x49, 0x49, 0x36 }, { 0x3e, 0x41, 0x41, 0x41, 0x22 },
	{ 0x7f, 0x41, 0x41, 0x41, 0x3e }, { 0x7f, 0x49, 0x49, 0x49, 0x41 },
	{ 0x7f, 0x09, 0x09, 0x09, 0x01 }, { 0x3e, 0x41, 0x41, 0x51, 0x73 },
	{ 0x7f, 0x08, 0x08, 0x08, 0x7f }, { 0x00, 0x41, 0x7f, 0x41, 0x00 },
	{ 0x20, 0x40, 0x41, 0x3f, 0x01 }, { 0x7f, 0x08, 0x14, 0x22, 0x41 },
	{ 0x7f, 0x40, 0x40, 0x40, 0x40 }, { 0x7f, 0x02, 0x1c, 0x02, 0x7f },
	{ 0x7f, 0x04, 0x08, 0x10, 0x7f }, { 0x3e, 0x41, 0x41, 0x41, 0x3e },
	{ 0x7f, 0x09, 0x09, 0x09, 0x06 }, { 0x3e, 0x41, 0x51, 0x21, 0x5e },
	{ 0x7f, 0x09, 0x19, 0x29, 0x46 }, { 0x26, 0x49, 0x49, 0x49, 0x32 },
	{ 0x03, 0x01, 0x7f, 0x01, 0x03 }, { 0x3f, 0x40, 0x40, 0x40, 0x3f },
	{ 0x1f, 0x20, 0x40, 0x20, 0x1f }, { 0x3f, 0x40, 0x38, 0x40, 0x3f },
	{ 0x63, 0x14, 0x08, 0x14, 0x63 }, { 0x03, 0x04, 0x78, 0x04, 0x03 },
	{ 0x61, 0x59, 0x49, 0x4d, 0x43 }, { 0x00, 0x7f, 0x41, 0x41, 0x00 },
	{ 0x02, 0x04, 0x08, 0x10, 0x20 }, { 0x00, 0x41, 0x41, 0x7f, 0x00 },
	{ 0x04, 0x02, 0x01, 0x02, 0x04 }, { 0x40, 0x40, 0x40, 0x40, 0x40 },
	{ 0x00, 0x03, 0x07, 0x08, 0x00 }, { 0x20, 0x54, 0x54, 0x78, 0x40 },
	{ 0x7f, 0x28, 0x44, 0x44, 0x38 }, { 0x38, 0x44, 0x44, 0x44, 0x28 },
	{ 0x38, 0x44, 0x44, 0x28, 0x7f }, { 0x38, 0x54, 0x54, 0x54, 0x18 },
	{ 0x00, 0x08, 0x7e, 0x09, 0x02 }, { 0x18, 0xa4, 0xa4, 0x9c, 0x78 },
	{ 0x7f, 0x08, 0x04, 0x04, 0x78 }, { 0x00, 0x44, 0x7d, 0x40, 0x00 },
	{ 0x20, 0x40, 0x40, 0x3d, 0x00 }, { 0x7f, 0x10, 0x28, 0x44, 0x00 },
	{ 0x00, 0x41, 0x7f, 0x40, 0x00 }, { 0x7c, 0x04, 0x78, 0x04, 0x78 },
	{ 0x7c, 0x08, 0x04, 0x04, 0x78 }, { 0x38, 0x44, 0x44, 0x44, 0x38 },
	{ 0xfc, 0x18, 0x24, 0x24, 0x18 }, { 0x18, 0x24, 0x24, 0x18, 0xfc },
	{ 0x7c, 0x08, 0x04, 0x04, 0x08 }, { 0x48, 0x54, 0x54, 0x54, 0x24 },
	{ 0x04, 0x04, 0x3f, 0x44, 0x24 }, { 0x3c, 0x40, 0x40, 0x20, 0x7c },
	{ 0x1c, 0x20, 0x40, 0x20, 0x1c }, { 0x3c, 0x40, 0x30, 0x40, 0x3c },
	{ 0x44, 0x28, 0x10, 0x28, 0x44 }, { 0x4c, 0x90, 0x90, 0x90, 0x7c },
	{ 0x44, 0x64, 0x54, 0x4c, 0x44 }, { 0x00, 0x08, 0x36, 0x41, 0x00 },
	{ 0x00, 0x00, 0x77, 0x00, 0x00 }, { 0x00, 0x41, 0x36, 0x08, 0x00 },
	{ 0x02, 0x01, 0x02, 0x04, 0x02 },
};

struct canvas *canvas_new(int width, int height)
{
	struct canvas *canvas = mem_alloc(sizeof(*canvas));

	canvas->width = width;
	canvas->height = height;
	canvas->pixels = mem_array((size_t)width * (size_t)height, 3);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	free(canvas->pixels);
	free(canvas);
}

static unsigned char *pixel(const struct canvas *canvas, int x, int y)
{
	return canvas->pixels +
	       3 * ((size_t)y * (size_t)canvas->width + (size_t)x);
}

struct canvas *canvas_copy(const struct canvas *from, int width, int height)
{
	struct canvas *canvas = canvas_new(width, height);

	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++)
			memcpy(pixel(canvas, x, y),
			       pixel(from, x * from->width / width,
				     y * from->height / height),
			       3);
	}
	return canvas;
}

static unsigned char mixed(int below, int above, double alpha)
{
	double value = below + (above - below) * alpha + 0.5;

	return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void dot(struct canvas *canvas, int x, int y, struct colour colour,
		double alpha)
{
	unsigned char *at;

	if (alpha <= 0 || x < 0 || y < 0 || x >= canvas->width ||
	    y >= canvas->height)
		return;
	at = pixel(canvas, x, y);
	at[0] = mixed(at[0], colour.red, alpha);
	at[1] = mixed(at[1], colour.green, alpha);
	at[2] = mixed(at[2], colour.blue, alpha);
}

static double within(double value)
{
	return value < 0 ? 0 : value > 1 ? 1 : value;
}

void draw_shade(struct canvas *canvas, int x, int y, int width, int height,
		struct colour top, struct colour bottom)
{
	for (int row = 0; row < height; row++) {
		double part = (double)row / height;
		struct colour colour = {
			mixed(top.red, bottom.red, part),
			mixed(top.green, bottom.green, part),
			mixed(top.blue, bottom.blue, part),
		};

		for (int column = 0; column < width; column++)
			dot(canvas, x + column, y + row, colour, 1);
	}
}

void draw_box(struct canvas *canvas, double x, double y, double width,
	      double height, double radius, struct colour colour, double alpha)
{
	for (int row = (int)y - 1; row <= (int)(y + height) + 1; row++) {
		for (int column = (int)x - 1; column <= (int)(x + width) + 1;
		     column++) {
			/* How far outside the rounded box is its middle? */
			double dx = fabs(column + 0.5 - x - width / 2) -
				    width / 2 + radius;
			double dy = fabs(row + 0.5 - y - height / 2) -
				    height / 2 + radius;
			double far = sqrt((dx > 0 ? dx * dx : 0) +
					  (dy > 0 ? dy * dy : 0)) -
				     radius;

			if (dx <= 0 && dy <= 0)
				far = (dx > dy ? dx : dy) - radius;
			dot(canvas, column, row, colour,
			    alpha * within(0.5 - far));
		}
	}
}

void draw_ellipse(struct canvas *canvas, double x, double y, double half_width,
		  double half_height, struct colour colour, double alpha)
{
	double edge = half_width < half_height ? half_width : half_height;

	for (int row = (int)(y - half_height) - 1; row <= y + half_height + 1;
	     row++) {
		for (int column = (int)(x - half_width) - 1;
		     column <= x + half_width + 1; column++) {
			double dx = (column + 0.5 - x) / half_width;
			double dy = (row + 0.5 - y) / half_height;
			double far = (sqrt(dx * dx + dy * dy) - 1) * edge;

			dot(canvas, column, row, colour,
			    alpha * within(0.5 - far));
		}
	}
}

void draw_waves(struct canvas *canvas, int x, int y, int width, int height,
		struct colour colour, double alpha)
{
	for (int line = 0; line < height / 9; line++) {
		for (int column = 0; column < width; column++) {
			double at = y + 9 * line + 4 +
				    14 * sin(column / 61.0 + line / 5.0) *
					    sin(column / 173.0);
			int row = (int)floor(at);

			if (row < y || row + 1 >= y + height)
				continue;
			dot(canvas, x + column, row, colour,
			    alpha * (1 - (at - row)));
			dot(canvas, x + column, row + 1, colour,
			    alpha * (at - row));
		}
	}
}

static double glyph_bit(const unsigned char *glyph, int column, int row)
{
	if (column < 0 || column > 4 || row < 0 || row > 7)
		return 0;
	return glyph[column] >> row & 1;
}

/* How black is the glyph at a point between its bits? Interpolated and cut
 * steeply, its stairs become curves. */
static double glyph_ink(char c, double x, double y, double scale)
{
	const unsigned char *glyph = font[c < ' ' || c > '~' ? 0 : c - ' '];
	int column = (int)floor(x - 0.5), row = (int)floor(y - 0.5);
	double dx = x - 0.5 - column, dy = y - 0.5 - row;
	double ink = (glyph_bit(glyph, column, row) * (1 - dx) +
		      glyph_bit(glyph, column + 1, row) * dx) *
			     (1 - dy) +
		     (glyph_bit(glyph, column, row + 1) * (1 - dx) +
		      glyph_bit(glyph, column + 1, row + 1) * dx) *
			     dy;

	return within((ink - 0.45) * (scale > 1 ? scale : 1) + 0.5);
}

double draw_text(struct canvas *canvas, double x, double y, double size,
		 struct colour colour, const char *text)
{
	double scale = size / 7;
	double width = (double)strlen(text) * 6 * scale;

	for (int row = (int)y; row <= y + 8 * scale + 1; row++) {
		for (int column = (int)x; column < x + width; column++) {
			double at = (column + 0.5 - x) / scale;
			size_t i = at > 0 ? (size_t)(at / 6) : 0;

			if (i < strlen(text))
				dot(canvas, column, row, colour,
				    glyph_ink(text[i], at - 6 * (double)i,
					      (row + 0.5 - y) / scale, scale));
		}
	}
	return width;
}

void draw_text_slanted(struct canvas *canvas, double x, double y, double size,
		       struct colour colour, double alpha, const char *text)
{
	const double cosine = 0.94, sine = 0.34;
	double scale = size / 7;
	size_t len = strlen(text);

	for (int row = 0; row < canvas->height; row++) {
		for (int column = 0; column < canvas->width; column++) {
			double dx = column - x, dy = row - y;
			double at = (dx * cosine - dy * sine) / scale;
			double down = (dx * sine + dy * cosine) / scale;

			if (at < 0 || down < 0 || down > 8 ||
			    at >= 6 * (double)len)
				continue;
			dot(canvas, column, row, colour,
			    alpha * glyph_ink(text[(size_t)(at / 6)],
					      at - 6 * floor(at / 6), down,
					      scale));
		}
	}
}

void draw_noise(struct canvas *canvas, int amount)
{
	unsigned seed = 20260131;

	for (int y = 0; y < canvas->height; y++) {
		for (int x = 0; x < canvas->width; x++) {
			unsigned char *at = pixel(canvas, x, y);
			int more;

			seed = seed * 1664525u + 1013904223u;
			more = (int)(seed >> 16) % (2 * amount + 1) - amount;
			for (int i = 0; i < 3; i++)
				at[i] = mixed(at[i], at[i] + more, 1);
		}
	}
}

/* One row or column of LEN pixels, STEP bytes apart, averaged. */
static void blur_line(unsigned char *line, int len, int step, int radius)
{
	unsigned char *copy = mem_alloc((size_t)len);
	int sum = 0, count = 0;

	for (int i = 0; i < len; i++)
		copy[i] = line[(size_t)i * (size_t)step];
	for (int i = -radius; i < len; i++) {
		if (i + radius < len) {
			sum += copy[i + radius];
			count++;
		}
		if (i - radius - 1 >= 0) {
			sum -= copy[i - radius - 1];
			count--;
		}
		if (i >= 0)
			line[(size_t)i * (size_t)step] =
				(unsigned char)(sum / count);
	}
	free(copy);
}

void draw_blur(struct canvas *canvas, int radius)
{
	for (int i = 0; i < 3; i++) {
		for (int y = 0; y < canvas->height; y++)
			blur_line(pixel(canvas, 0, y) + i, canvas->width, 3,
				  radius);
		for (int x = 0; x < canvas->width; x++)
			blur_line(pixel(canvas, x, 0) + i, canvas->height,
				  3 * canvas->width, radius);
	}
}

static FILE *open_or_end(const char *path)
{
	FILE *file = fopen(path, "wb");

	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

void canvas_write_jpeg(const struct canvas *canvas, const char *path,
		       int quality, const char *marker)
{
	struct jpeg_compress_struct jpeg = { 0 };
	struct jpeg_error_mgr errors;
	FILE *file = open_or_end(path);

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_stdio_dest(&jpeg, file);
	jpeg.image_width = (JDIMENSION)canvas->width;
	jpeg.image_height = (JDIMENSION)canvas->height;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg.dct_method = JDCT_ISLOW; /* the one that is alike everywhere */
	jpeg_set_quality(&jpeg, quality, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	if (marker)
		jpeg_write_marker(&jpeg, JPEG_COM, (const JOCTET *)marker,
				  (unsigned)strlen(marker));
	for (int y = 0; y < canvas->height; y++) {
		JSAMPROW row = pixel(canvas, 0, y);

		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	fclose(file);
}

void canvas_write_png(const struct canvas *canvas, const char *path)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
						  NULL, NULL);
	png_infop info = png_create_info_struct(png);
	FILE *file = open_or_end(path);

	png_init_io(png, file);
	png_set_IHDR(png, info, (png_uint_32)canvas->width,
		     (png_uint_32)canvas->height, 8, PNG_COLOR_TYPE_RGB,
		     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		     PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (int y = 0; y < canvas->height; y++)
		png_write_row(png, pixel(canvas, 0, y));
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	fclose(file);
}
