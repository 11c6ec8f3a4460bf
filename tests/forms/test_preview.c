/* SPDX-License-Identifier: MIT */
/* Pictures of files as characters; forged ones have none, soon. */
#include "tests/test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "forms/preview.h"

/* PNG heads: of 4 by 4, cut; of 200,000 by 200,000; in seven rounds. */
#define PNG(width, height, rounds)                                           \
	"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" width height "\x08\x02\0\0" rounds \
	"\0\0\0\0\0\0\0\x01IDAT\x78"

static const struct drawing {
	const char *name;
	const char *sample; /* below assets/samples; or */
	const char *bytes;
	size_t len;
	int colours;
	bool ascii;
	bool drawn;
} drawings[] = {
	{ "a JPEG", "passport.jpg", NULL, 0, 256, false, true },
	{ "a PNG", "selfie.png", NULL, 0, 256, false, true },
	{ "in 16 colours", "passport.jpg", NULL, 0, 16, false, true },
	{ "in 8 colours", "passport.jpg", NULL, 0, 8, false, true },
	{ "without colours", "passport.jpg", NULL, 0, 0, false, true },
	{ "in ASCII", "passport.jpg", NULL, 0, 0, true, true },
	{ "an empty file", "refused-empty.jpg", NULL, 0, 256, false, false },
	{ "a text", "README.txt", NULL, 0, 256, false, false },
	{ "a locked PDF", "refused-encrypted.pdf", NULL, 0, 256, false, false },
#define BYTES(text) NULL, text, sizeof(text) - 1
	{ "a PNG that is cut", BYTES(PNG("\0\0\0\4", "\0\0\0\4", "\0")), 256,
	  false, false },
	{ "a PNG that lies", BYTES(PNG("\0\3\x0d\x40", "\0\3\x0d\x40", "\0")),
	  256, false, false },
	{ "a PNG in rounds", BYTES(PNG("\0\0\x20\0", "\0\0\x20\0", "\1")), 256,
	  false, false },
	{ "a JPEG that ends at once",
	  BYTES("\xff\xd8\xff\xe1\xff\xff"
		"Exif"),
	  256, false, false },
	{ "a PDF that is none", BYTES("%PDF-1.7\n%%EOF\n"), 256, false, false },
};

static int open_row(const struct drawing *row)
{
	char *name = row->sample ? mem_printf("assets/samples/%s", row->sample)
				 : mem_dup("/tmp/kyc-preview-XXXXXX");
	char *path = row->sample ? test_source_path(name) : NULL;
	int fd = row->sample ? open(path, O_RDONLY | O_CLOEXEC) : mkstemp(name);

	assert_true(fd >= 0);
	if (!row->sample) {
		unlink(name);
		assert_int_equal(write(fd, row->bytes, row->len), row->len);
	}
	free(path);
	free(name);
	return fd;
}

static int wait_for(struct preview_asking *asking, struct preview *preview)
{
	int got = 0;

	/* It ends by itself in a second. */
	for (int i = 0; i < 1000 && !got; i++) {
		got = preview_take(asking, preview);
		if (!got)
			poll(NULL, 0, 5);
	}
	preview_forget(asking);
	return got;
}

static void test_drawing(void **state)
{
	const struct drawing *row = *state;
	char *program = test_build_path("kyc-preview");
	struct preview preview = { 0 };
	int fd = open_row(row);
	struct preview_asking *asking =
		preview_ask(program, fd, 40, 20, row->colours, row->ascii);
	int kinds = 0;

	close(fd);
	free(program);
	assert_non_null(asking);
	assert_int_equal(wait_for(asking, &preview), row->drawn ? 1 : -1);
	assert_int_equal(preview.cells != NULL, row->drawn);
	for (int i = 0; i < preview.cols * preview.rows; i++) {
		const struct preview_cell *cell = &preview.cells[i];

		if (row->ascii)
			assert_in_range(cell->character, ' ', '~');
		assert_true(cell->fg < (row->colours ? row->colours : 1));
		kinds += i > 0 && memcmp(cell, cell - 1, sizeof(*cell)) != 0;
	}
	/* It is a picture, not a blank. */
	assert_true(!row->drawn || kinds > 20);
	assert_true(preview.cols <= 40 && preview.rows <= 20);
	preview_release(&preview);
}

static const struct turn {
	const char *name;
	const char *exif;
	size_t len;
	const char *want; /* of "ab" over "cd" over "ef"; rows of it */
} turns[] = {
#define EXIF(start, count, entry) \
	"Exif\0\0" start count entry, sizeof("Exif\0\0" start count entry) - 1
#define BIG(value)                        \
	EXIF("MM\0*\0\0\0\x08", "\0\x01", \
	     "\x01\x12\0\x03\0\0\0\x01\0" value "\0\0")
	{ "upright", BIG("\x01"), "ab cd ef" },
	{ "mirrored", BIG("\x02"), "ba dc fe" },
	{ "upside down", BIG("\x03"), "fe dc ba" },
	{ "flipped", BIG("\x04"), "ef cd ab" },
	{ "transposed", BIG("\x05"), "ace bdf" },
	{ "to the right", BIG("\x06"), "eca fdb" },
	{ "transversed", BIG("\x07"), "fdb eca" },
	{ "to the left", BIG("\x08"), "bdf ace" },
	{ "out of range", BIG("\x09"), "ab cd ef" },
	{ "little end first",
	  EXIF("II*\0\x08\0\0\0", "\x01\0",
	       "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"),
	  "eca fdb" },
	{ "cut", EXIF("MM\0*\0\0\0\x08", "\xff\xff", ""), "ab cd ef" },
	{ "pointing away", EXIF("MM\0*\xff\xff\xff\xff", "\0\x01", ""),
	  "ab cd ef" },
};

static void test_turn(void **state)
{
	const struct turn *row = *state;
	struct pixels pixels = { 2, 3, mem_alloc(18) };
	struct buf got = { 0 };

	for (int i = 0; i < 6; i++)
		memset(pixels.rgb + (size_t)i * 3, 'a' + i, 3);
	exif_turn(&pixels,
		  exif_orientation((const unsigned char *)row->exif, row->len));
	for (unsigned y = 0; y < pixels.height; y++) {
		if (y)
			buf_add_char(&got, ' ');
		for (unsigned x = 0; x < pixels.width; x++)
			buf_add_char(
				&got,
				(char)pixels.rgb[(y * pixels.width + x) * 3]);
	}
	assert_string_equal(buf_text(&got), row->want);
	buf_release(&got);
	free(pixels.rgb);
}

static void test_preview_may_be_forgotten(void **state)
{
	char *program = test_build_path("kyc-preview");
	int fd = open_row(&drawings[0]);

	(void)state;
	for (int i = 0; i < 5; i++)
		preview_forget(preview_ask(program, fd, 40, 20, 256, false));
	close(fd);
	free(program);
}

static void test_preview_needs_its_program(void **state)
{
	(void)state;
	assert_null(preview_ask("/nowhere/kyc-preview", 0, 40, 20, 0, true));
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_drawing, drawings);
	TEST_ROWS(&tests, test_turn, turns);
	test_add(&tests, "may be forgotten", test_preview_may_be_forgotten);
	test_add(&tests, "needs its program", test_preview_needs_its_program);
	return test_run(&tests, "forms/preview");
}
