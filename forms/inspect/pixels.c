/* SPDX-License-Identifier: MIT */
/*
 * Few pixels out of many: a JPEG is read at an eighth, of a PNG one row
 * and column of several is kept, so that no whole picture is ever held.
 */
#include "forms/inspect/preview.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

#include <jerror.h>
#include <png.h>

#include "forms/mem.h"

#define SIDE_MOST     65500u
#define EXIF_MOST     65533u
#define PNG_ROW_MOST  ((size_t)1 << 20)
#define PNG_BYTES_MAX ((png_alloc_size_t)8 << 20)

struct jpeg_trouble {
	struct jpeg_error_mgr errors; /* first */
	jmp_buf out;
};

static void jpeg_give_up(j_common_ptr jpeg)
{
	struct jpeg_trouble *trouble = (struct jpeg_trouble *)jpeg->err;

	longjmp(trouble->out, 1);
}

/* What ends early would be filled up with grey, over as many pixels as its
 * head likes to claim: that is no picture of it. */
static void jpeg_warn(j_common_ptr jpeg, int level)
{
	int code = jpeg->err->msg_code;

	if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER))
		jpeg_give_up(jpeg);
}

static unsigned step_for(unsigned width, unsigned height)
{
	unsigned most = width > height ? width : height;

	return (most + PREVIEW_PIXELS - 1) / PREVIEW_PIXELS;
}

/* Room for every STEPth of WIDTH by HEIGHT. */
static void make_room(struct pixels *out, unsigned width, unsigned height,
		      unsigned step)
{
	out->width = (width + step - 1) / step;
	out->height = (height + step - 1) / step;
	out->rgb = mem_array((size_t)out->width * out->height, 3);
}

static void keep_row(struct pixels *out, const unsigned char *row, unsigned y,
		     unsigned step)
{
	unsigned char *to = out->rgb + (size_t)(y / step) * out->width * 3;

	if (y % step)
		return;
	for (unsigned x = 0; x < out->width; x++)
		memcpy(to + (size_t)x * 3, row + (size_t)x * step * 3, 3);
}

/* As small as it still has WANT pixels along its longer side. */
static unsigned jpeg_eighths(unsigned width, unsigned height, unsigned want)
{
	unsigned most = width > height ? width : height;
	unsigned denominator = 8;

	while (denominator > 1 && most / denominator < want)
		denominator /= 2;
	return denominator;
}

static void jpeg_rows(struct jpeg_decompress_struct *jpeg, unsigned char *row,
		      struct pixels *out)
{
	unsigned step = step_for(jpeg->output_width, jpeg->output_height);

	make_room(out, jpeg->output_width, jpeg->output_height, step);
	while (jpeg->output_scanline < jpeg->output_height) {
		unsigned y = jpeg->output_scanline;

		jpeg_read_scanlines(jpeg, &row, 1);
		keep_row(out, row, y, step);
	}
}

int pixels_read_jpeg(const unsigned char *data, size_t len, unsigned want,
		     struct pixels *out)
{
	struct jpeg_decompress_struct jpeg = { 0 };
	struct jpeg_trouble trouble;
	/* Too much for the stack, and not to be lost at a jump. */
	static unsigned char row[SIDE_MOST * 3];
	volatile int orientation = 1;

	jpeg.err = jpeg_std_error(&trouble.errors);
	trouble.errors.error_exit = jpeg_give_up;
	trouble.errors.emit_message = jpeg_warn;
	if (setjmp(trouble.out)) {
		jpeg_destroy_decompress(&jpeg);
		return -1;
	}
	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, data, len);
	jpeg_save_markers(&jpeg, JPEG_APP0 + 1, EXIF_MOST);
	jpeg_read_header(&jpeg, TRUE);
	if (jpeg.marker_list)
		orientation = exif_orientation(jpeg.marker_list->data,
					       jpeg.marker_list->data_length);
	jpeg.scale_num = 1;
	jpeg.scale_denom =
		jpeg_eighths(jpeg.image_width, jpeg.image_height, want);
	jpeg.out_color_space = JCS_RGB;
	jpeg.dct_method = JDCT_IFAST;
	jpeg.do_fancy_upsampling = FALSE;
	jpeg_start_decompress(&jpeg);
	if (jpeg.output_width > SIDE_MOST || jpeg.output_components != 3)
		longjmp(trouble.out, 1);
	jpeg_rows(&jpeg, row, out);
	jpeg_destroy_decompress(&jpeg);
	exif_turn(out, orientation);
	return 0;
}

struct memory {
	const unsigned char *data;
	size_t len;
};

static void png_fill(png_structp png, png_bytep out, size_t len)
{
	struct memory *memory = png_get_io_ptr(png);

	if (len > memory->len)
		png_error(png, "ends early");
	memcpy(out, memory->data, len);
	memory->data += len;
	memory->len -= len;
}

static void png_be_quiet(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static PNG_NORETURN void png_give_up(png_structp png, png_const_charp text)
{
	(void)text;
	png_longjmp(png, 1);
}

/* Three bytes a pixel, on white where it is transparent. */
static void png_as_rgb(png_structp png, png_infop info)
{
	png_color_16 white = {
		.red = 255, .green = 255, .blue = 255, .gray = 255
	};

	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	png_read_update_info(png, info);
}

static void png_rows(png_structp png, png_infop info, unsigned char *row,
		     struct pixels *out)
{
	unsigned width = png_get_image_width(png, info);
	unsigned height = png_get_image_height(png, info);
	unsigned step = step_for(width, height);

	make_room(out, width, height, step);
	for (unsigned y = 0; y < height; y++) {
		png_read_row(png, row, NULL);
		keep_row(out, row, y, step);
	}
}

int pixels_read_png(const unsigned char *data, size_t len, unsigned want,
		    struct pixels *out)
{
	struct memory memory = { data, len };
	static unsigned char row[PNG_ROW_MOST]; /* likewise */
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL,
						 png_give_up, png_be_quiet);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	volatile int ret = -1;

	(void)want;
	if (!info || setjmp(png_jmpbuf(png)))
		goto out;
	png_set_read_fn(png, &memory, png_fill);
	png_set_user_limits(png, PNG_ROW_MOST / 4, PNG_ROW_MOST / 4);
	png_set_chunk_malloc_max(png, PNG_BYTES_MAX);
	png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_read_info(png, info);
	/* Rows that come in seven rounds would all have to be held. */
	if (png_get_interlace_type(png, info) != PNG_INTERLACE_NONE)
		goto out;
	png_as_rgb(png, info);
	if (png_get_rowbytes(png, info) > sizeof(row) ||
	    png_get_channels(png, info) != 3)
		goto out;
	png_rows(png, info, row, out);
	ret = 0;
out:
	png_destroy_read_struct(&png, &info, NULL);
	return ret;
}

int pixels_read_ppm(int fd, struct pixels *out)
{
	FILE *in = fdopen(fd, "rb");
	unsigned width = 0, height = 0, most = 0;
	size_t bytes;
	int ret = -1;

	if (!in)
		return -1;
	if (fscanf(in, "P6 %5u %5u %3u", &width, &height, &most) == 3 &&
	    fgetc(in) != EOF && most == 255 && width && height &&
	    width <= PREVIEW_PIXELS && height <= PREVIEW_PIXELS) {
		make_room(out, width, height, 1);
		bytes = (size_t)width * height * 3;
		ret = fread(out->rgb, 1, bytes, in) == bytes ? 0 : -1;
	}
	fclose(in);
	return ret;
}
