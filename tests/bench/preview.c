/* SPDX-License-Identifier: MIT */
/* How soon a picture of a file is there, from asking for it until its cells are
 * read, by a process that is started for it; and what that takes. */
#include "tests/bench/bench.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

#include "forms/form.h"
#include "forms/preview.h"
#include "tests/test.h"

#define WIDTH	 4000
#define HEIGHT	 3000
#define COLS	 80
#define ROWS	 40
#define LATE_MS	 150
#define LARGE_MB 64

/* A photo of twelve megapixels: shapes, and the noise that a camera adds. */
static void write_photo(const char *path, bool progressive)
{
	struct jpeg_compress_struct jpeg = { 0 };
	struct jpeg_error_mgr errors;
	static unsigned char row[WIDTH * 3];
	unsigned char *rows[] = { row };
	FILE *file = fopen(path, "wbe");
	uint64_t noise = 1;

	assert_non_null(file);
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_stdio_dest(&jpeg, file);
	jpeg.image_width = WIDTH;
	jpeg.image_height = HEIGHT;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, 90, TRUE);
	if (progressive)
		jpeg_simple_progression(&jpeg);
	jpeg_start_compress(&jpeg, TRUE);
	for (unsigned y = 0; y < HEIGHT; y++) {
		for (unsigned x = 0; x < WIDTH * 3; x++) {
			noise = noise * 6364136223846793005u + 1;
			row[x] = (unsigned char)((x / 24 ^ y / 8) % 200 +
						 (noise >> 60));
		}
		jpeg_write_scanlines(&jpeg, rows, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	assert_int_equal(fclose(file), 0);
}

/* How long until there is a picture of PATH. */
static double draw_once(const char *program, const char *path)
{
	double began = bench_now_ms();
	struct preview_asking *asking =
		preview_ask(program, path, COLS, ROWS, 256, false);
	struct preview preview = { 0 };
	double ms = 0;
	int got = 0;

	assert_non_null(asking);
	while (!(got = preview_take(asking, &preview)))
		poll(NULL, 0, 1);
	ms = bench_now_ms() - began;
	preview_forget(asking);
	if (got < 0)
		fail_msg("there is no picture of '%s'", path);
	preview_release(&preview);
	return ms;
}

static double draw_often(const char *program, const char *path)
{
	double ms[BENCH_RUNS_MOST];

	for (unsigned i = 0; i < bench_runs; i++)
		ms[i] = draw_once(program, path);
	return bench_percentile(ms, bench_runs, 50);
}

struct one {
	const char *program, *path;
};

static int draw_one(void *arg)
{
	const struct one *one = arg;

	draw_once(one->program, one->path);
	return 0;
}

/* Below MOST ms; 0: that is not promised. */
static void measure(const char *path, const char *program, const char *what,
		    double most)
{
	struct one one = { program, path };
	char *words = mem_printf("%s, median", what);
	char *memory = mem_printf("%s, peak memory", what);
	double ms = draw_often(program, path);

	if (most > 0)
		bench_promise(words, ms, "ms", most);
	else
		bench_number(words, ms, "ms", "all of it has to be unpacked");
	bench_promise(memory, bench_fork(draw_one, &one).peak_mb, "MB",
		      LARGE_MB);
	free(memory);
	free(words);
}

void bench_preview(void)
{
	const struct practice *practice = NULL;
	char *program = test_build_path("kyc-preview");
	char *pdf = test_source_path("assets/samples/proof-of-address.pdf");
	char *photo = NULL;

	bench_title("A picture of a file, 80 by 40 characters");
	practice = bench_practice("");
	photo = mem_printf("%s/photo.jpg", practice->dir);
	write_photo(photo, false);
	measure(photo, program, "a JPEG of 12 megapixels", LATE_MS);
	write_photo(photo, true);
	measure(photo, program, "the same, progressive", 0);
	if (!access("/usr/bin/pdftoppm", X_OK))
		measure(pdf, program, "the first page of a PDF", LATE_MS);
	bench_practice_stop();
	free(photo);
	free(pdf);
	free(program);
}
