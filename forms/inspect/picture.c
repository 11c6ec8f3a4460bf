/* SPDX-License-Identifier: MIT */
/*
 * Pictures: size in pixels, by the libraries' own reading of the header, and
 * whether the end is there, by walking from part to part. Nothing is decoded:
 * a size may lie, and is only reported.
 */
#include "forms/inspect/inspect.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

struct jpeg_reader {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_source_mgr manager;
	struct jpeg_error_mgr errors;
	struct inspect_source *source;
	jmp_buf out;
};

static void jpeg_give_up(j_common_ptr jpeg)
{
	struct jpeg_reader *reader = jpeg->client_data;

	longjmp(reader->out, 1);
}

static void jpeg_be_quiet(j_common_ptr jpeg)
{
	(void)jpeg;
}

static void jpeg_warn_quietly(j_common_ptr jpeg, int level)
{
	(void)jpeg;
	(void)level;
}

static void jpeg_start_or_end(j_decompress_ptr jpeg)
{
	(void)jpeg;
}

static boolean jpeg_fill(j_decompress_ptr jpeg)
{
	struct jpeg_reader *reader = jpeg->client_data;
	size_t len;

	/* Whatever the manager was given is used up. */
	jpeg->src->next_input_byte = inspect_source_view(reader->source, &len);
	jpeg->src->bytes_in_buffer = len;
	if (!len || !inspect_source_skip(reader->source, len))
		jpeg_give_up((j_common_ptr)jpeg);
	return TRUE;
}

static void jpeg_skip(j_decompress_ptr jpeg, long count)
{
	struct jpeg_reader *reader = jpeg->client_data;
	struct jpeg_source_mgr *manager = jpeg->src;
	size_t len = count > 0 ? (size_t)count : 0;

	if (len <= manager->bytes_in_buffer) {
		manager->next_input_byte += len;
		manager->bytes_in_buffer -= len;
		return;
	}
	len -= manager->bytes_in_buffer;
	manager->bytes_in_buffer = 0;
	if (!inspect_source_skip(reader->source, len))
		jpeg_give_up((j_common_ptr)jpeg);
}

static int jpeg_size(struct inspect_source *source, struct doc_facts *facts)
{
	struct jpeg_reader reader = {
		.manager = {
			.init_source = jpeg_start_or_end,
			.fill_input_buffer = jpeg_fill,
			.skip_input_data = jpeg_skip,
			.resync_to_restart = jpeg_resync_to_restart,
			.term_source = jpeg_start_or_end,
		},
		.source = source,
	};
	volatile int ret = -1;

	reader.jpeg.err = jpeg_std_error(&reader.errors);
	reader.errors.error_exit = jpeg_give_up;
	reader.errors.output_message = jpeg_be_quiet;
	reader.errors.emit_message = jpeg_warn_quietly;
	reader.jpeg.client_data = &reader;
	if (setjmp(reader.out))
		goto out;
	jpeg_create_decompress(&reader.jpeg);
	reader.jpeg.client_data = &reader;
	reader.jpeg.src = &reader.manager;
	jpeg_read_header(&reader.jpeg, TRUE);
	facts->width = reader.jpeg.image_width;
	facts->height = reader.jpeg.image_height;
	ret = 0;
out:
	jpeg_destroy_decompress(&reader.jpeg);
	return ret;
}

/* Stand behind the next marker and return its code; -1 at the end. */
static int jpeg_marker(struct inspect_source *source)
{
	const unsigned char *data, *found;
	unsigned char code;
	size_t len;

	for (;;) {
		data = inspect_source_view(source, &len);
		if (!data)
			return -1;
		found = memchr(data, 0xff, len);
		if (!found) {
			source->at += len;
			continue;
		}
		source->at += (size_t)(found - data) + 1;
		do {
			if (!inspect_source_read(source, &code, 1))
				return -1;
		} while (code == 0xff);
		/* A stuffed zero and restarts belong to the pixels. */
		if (code && code != 0x01 && (code < 0xd0 || code > 0xd7))
			return code;
	}
}

/*
 * Is there an end of image after the pixels? Looking at the file's last bytes
 * would not do: cameras append films and other pictures behind the end.
 */
static bool jpeg_is_whole(struct inspect_source *source)
{
	unsigned char size[2];
	bool pixels = false;
	int code;

	inspect_source_skip(source, 2);
	while ((code = jpeg_marker(source)) != 0xd9) {
		if (code < 0)
			return false;
		if (!inspect_source_read(source, size, sizeof(size)))
			return false;
		/* The size counts its own two bytes. */
		if ((size[0] << 8 | size[1]) < 2 ||
		    !inspect_source_skip(source, (size[0] << 8 | size[1]) - 2u))
			return false;
		if (code == 0xda)
			pixels = true;
	}
	return pixels;
}

void inspect_jpeg(struct inspect_source *source, struct doc_facts *facts)
{
	if (jpeg_size(source, facts))
		facts->damaged = true;
	source->at = 0;
	if (!jpeg_is_whole(source))
		facts->damaged = true;
}

static void png_fill(png_structp png, png_bytep out, size_t len)
{
	if (!inspect_source_read(png_get_io_ptr(png), out, len))
		png_error(png, "ends early");
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

static int png_size(struct inspect_source *source, struct doc_facts *facts)
{
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL,
						 png_give_up, png_be_quiet);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	volatile int ret = -1;

	if (!info || setjmp(png_jmpbuf(png)))
		goto out;
	png_set_read_fn(png, source, png_fill);
	png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
	/* Compressed texts and colour profiles unpack to any size. */
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_read_info(png, info);
	facts->width = png_get_image_width(png, info);
	facts->height = png_get_image_height(png, info);
	ret = 0;
out:
	png_destroy_read_struct(&png, &info, NULL);
	return ret;
}

static bool png_is_whole(struct inspect_source *source)
{
	unsigned char head[8];
	bool pixels = false;
	uint64_t len;

	inspect_source_skip(source, 8);
	while (inspect_source_read(source, head, sizeof(head))) {
		len = (uint64_t)head[0] << 24 | (uint64_t)head[1] << 16 |
		      (uint64_t)head[2] << 8 | head[3];
		/* Four more: the check sum. */
		if (!inspect_source_skip(source, len + 4))
			return false;
		if (!memcmp(head + 4, "IDAT", 4))
			pixels = true;
		if (!memcmp(head + 4, "IEND", 4))
			return pixels;
	}
	return false;
}

void inspect_png(struct inspect_source *source, struct doc_facts *facts)
{
	if (png_size(source, facts))
		facts->damaged = true;
	source->at = 0;
	if (!png_is_whole(source))
		facts->damaged = true;
}
