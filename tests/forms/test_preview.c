/* SPDX-License-Identifier: MIT */
/* Pictures of files as characters; forged ones have none, soon. */
#include "tests/test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "forms/preview.h"

#define SLACK_MS 800 /* for a machine that is busy */

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
	{ "a JPEG that is cut", "refused-truncated.jpg", NULL, 0, 256, false,
	  false },
	{ "a PDF", "proof-of-address.pdf", NULL, 0, 256, false, true },
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

/* Where the file of ROW is; free() it. It is written if it is no sample. */
static char *path_of(const struct drawing *row)
{
	char *name = row->sample ? mem_printf("assets/samples/%s", row->sample)
				 : mem_dup("/tmp/kyc-preview-XXXXXX");
	char *path = row->sample ? test_source_path(name) : mem_dup(name);
	int fd = -1;

	if (!row->sample) {
		fd = mkstemp(path);
		assert_true(fd >= 0);
		assert_int_equal(write(fd, row->bytes, row->len), row->len);
		close(fd);
	}
	free(name);
	return path;
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
	char *path = path_of(row);
	struct preview_asking *asking = NULL;
	int kinds = 0;

	if (row->drawn && strstr(path, ".pdf") &&
	    access("/usr/bin/pdftoppm", X_OK))
		skip(); /* what draws pages is not installed */
	asking = preview_ask(program, path, 40, 20, row->colours, row->ascii);
	free(program);
	assert_non_null(asking);
	assert_int_equal(wait_for(asking, &preview), row->drawn ? 1 : -1);
	if (!row->sample)
		unlink(path);
	free(path);
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

/*
 * Files that would take all memory and time there is. Each is written to FILE.
 */

/* The passport, whose head claims 60,000 pixels by 60,000. */
static void write_lying_jpeg(FILE *file)
{
	char *path = test_source_path("assets/samples/passport.jpg");
	FILE *in = fopen(path, "rb");
	static unsigned char bytes[1 << 20];
	size_t len = 0, at = 0;

	assert_non_null(in);
	len = fread(bytes, 1, sizeof(bytes), in);
	while (at + 9 < len && !(bytes[at] == 0xff && bytes[at + 1] == 0xc0))
		at++;
	memcpy(bytes + at + 5, "\xea\x60\xea\x60", 4);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(in);
	free(path);
}

/* 60,000 by 60,000 pixels, all of them black, as far as 24 MB last: four
 * gigabytes when unpacked. No check sum is right, and none is asked for. */
static void write_png_bomb(FILE *file)
{
	static const char head[] =
		"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60"
		"\x08\x02\0\0\0\0\0\0\0\x7f\xff\xff\xffIDAT\x78\x01\x62\x18";
	/* Eight times "258 bytes more like the last one". */
	static const char same[] = "\x05\xa3\x60\x14\x8c\x82\x51\x30\x0a"
				   "\x46\xc1\x28\x18";

	fwrite(head, 1, sizeof(head) - 1, file);
	for (int i = 0; i < 2000000; i++)
		fwrite(same, 1, sizeof(same) - 1, file);
}

/* PAGE draws drawing 0, which draws drawing 1 ten times, and so on: a thousand
 * million strokes. */
static void write_pdf_bomb(FILE *file)
{
	fputs("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
	      "/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>endobj\n"
	      "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n",
	      file);
	for (int i = 5; i < 14; i++) {
		fprintf(file,
			"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]"
			"/Resources<</XObject<</X %d 0 R>>>>/Length 60>>stream",
			i, i + 1);
		for (int n = 0; n < 10; n++)
			fputs("\n/X Do", file);
		fputs("\nendstream endobj\n", file);
	}
	fputs("14 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]"
	      "/Length 21>>stream\n0 0 m 595 842 l S    \nendstream endobj\n"
	      "trailer<</Size 15/Root 1 0 R>>\n%%EOF\n",
	      file);
}

/* Whatever it is, by its name: larger than any that is looked at. */
static void write_huge(FILE *file)
{
	fputs("\xff\xd8\xff\xe0", file);
	assert_int_equal(fseek(file, 3L << 30, SEEK_SET), 0);
	putc(0, file);
}

static const struct hostile {
	const char *name;
	void (*write)(FILE *file);
} hostiles[] = {
	{ "a JPEG that lies about its size", write_lying_jpeg },
	{ "a PNG bomb", write_png_bomb },
	{ "a PDF bomb", write_pdf_bomb },
	{ "three gigabytes", write_huge },
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* There is none, and that is known in a second. */
static void test_hostile(void **state)
{
	const struct hostile *row = *state;
	char *program = test_build_path("kyc-preview");
	char path[] = "/tmp/kyc-preview-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "wb");
	struct preview preview = { 0 };
	struct preview_asking *asking = NULL;
	int64_t since = 0;

	assert_non_null(file);
	row->write(file);
	assert_int_equal(fclose(file), 0);
	since = now_ms();
	asking = preview_ask(program, path, 40, 20, 256, false);
	assert_non_null(asking);
	assert_int_equal(wait_for(asking, &preview), -1);
	assert_true(now_ms() - since < 1000 + SLACK_MS);
	unlink(path);
	free(program);
}

/* A pipe that nobody writes to: opening it must not wait. */
static void test_preview_takes_files_only(void **state)
{
	char *program = test_build_path("kyc-preview");
	char name[] = "/tmp/kyc-preview-XXXXXX";
	struct preview preview = { 0 };
	char *path = NULL;

	(void)state;
	assert_non_null(mkdtemp(name));
	path = mem_printf("%s/pipe", name);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(
		wait_for(preview_ask(program, path, 40, 20, 0, true), &preview),
		-1);
	assert_int_equal(
		wait_for(preview_ask(program, name, 40, 20, 0, true), &preview),
		-1);
	unlink(path);
	rmdir(name);
	free(path);
	free(program);
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

/* Of a colour in the palette of 256, in sixths. */
static int lightness(int32_t colour)
{
	assert_in_range(colour, 16, 255);
	if (colour >= 232)
		return (colour - 232) / 4;
	colour -= 16;
	return (colour / 36 + 2 * (colour / 6 % 6) + colour % 6) / 4;
}

/* A picture on dark wood, whose rows as they are read are no whole number of
 * words: its edge stays where it is from the top to the bottom. */
static void test_preview_is_not_slanted(void **state)
{
	char *program = test_build_path("kyc-preview");
	char *path = test_source_path("assets/samples/passport-blurry.jpg");
	struct preview preview = { 0 };

	(void)state;
	assert_int_equal(
		wait_for(preview_ask(program, path, 40, 20, 256, false),
			 &preview),
		1);
	for (int row = 0; row < preview.rows; row++)
		assert_in_range(lightness(preview.cells[row * preview.cols].bg),
				0, 3);
	preview_release(&preview);
	free(path);
	free(program);
}

static void test_preview_may_be_forgotten(void **state)
{
	char *program = test_build_path("kyc-preview");
	char *path = path_of(&drawings[0]);

	(void)state;
	for (int i = 0; i < 5; i++)
		preview_forget(preview_ask(program, path, 40, 20, 256, false));
	free(path);
	free(program);
}

static void test_preview_needs_its_program(void **state)
{
	(void)state;
	assert_null(preview_ask("/nowhere/kyc-preview", "/", 40, 20, 0, true));
}

int main(void)
{
	struct test_list tests = { 0 };

	TEST_ROWS(&tests, test_drawing, drawings);
	TEST_ROWS(&tests, test_hostile, hostiles);
	test_add(&tests, "takes files only", test_preview_takes_files_only);
	test_add(&tests, "is not slanted", test_preview_is_not_slanted);
	TEST_ROWS(&tests, test_turn, turns);
	test_add(&tests, "may be forgotten", test_preview_may_be_forgotten);
	test_add(&tests, "needs its program", test_preview_needs_its_program);
	return test_run(&tests, "forms/preview");
}
