/* SPDX-License-Identifier: MIT */
/*
 * kyc-preview: see preview.h. The file is opened here, so that a disk that
 * does not answer keeps nobody else waiting, and mapped; if somebody cuts it
 * short meanwhile this process dies of it, which the other side takes for "no
 * preview", as it does every other end without an answer.
 */
#include "forms/inspect/preview.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chafa.h>

#include "forms/inspect/inspect.h"
#include "forms/look.h"
#include "forms/mem.h"

#define SECONDS	   1
#define BYTES_MOST ((uint64_t)50 << 20) /* they are in memory, too */

struct wish {
	int cols, rows, colours;
	bool ascii;
};

static int argument(const char *text, int least, int most)
{
	char *end = NULL;
	long value = strtol(text, &end, 10);

	if (*end || value < least || value > most)
		exit(2);
	return (int)value;
}

static void limit(int what, rlim_t most)
{
	struct rlimit both = { most, most };

	setrlimit(what, &both);
}

static const char *renderer(void)
{
	static const char *const paths[] = { "/usr/bin/pdftoppm",
					     "/usr/local/bin/pdftoppm" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (!access(paths[i], X_OK))
			return paths[i];
	return NULL;
}

/* In a process of its own: the limits hold there as well, the alarm too; no
 * network where the system lets us leave it. */
static void render(const char *program, int out)
{
	char size[16];
	char *const none[] = { NULL };

	snprintf(size, sizeof(size), "%d", PREVIEW_PIXELS / 2);
	dup2(out, STDOUT_FILENO);
	if (unshare(CLONE_NEWNET))
		(void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
	alarm(SECONDS);
	inspect_guard_limits();
	inspect_guard_program();
	execle(program, "pdftoppm", "-f", "1", "-l", "1", "-scale-to", size,
	       "-", (char *)NULL, none);
	_exit(1);
}

/* The read end of what the renderer writes; -1: there is none. */
static int start_renderer(void)
{
	const char *program = renderer();
	int pair[2];
	pid_t pid;

	if (!program || pipe2(pair, O_CLOEXEC))
		return -1;
	pid = fork();
	if (pid == 0)
		render(program, pair[1]);
	close(pair[1]);
	return pid < 0 ? -1 : pair[0];
}

static ChafaCanvasMode mode_of(int colours)
{
	if (colours >= 256)
		return CHAFA_CANVAS_MODE_INDEXED_240;
	if (colours >= 16)
		return CHAFA_CANVAS_MODE_INDEXED_16;
	return colours >= 8 ? CHAFA_CANVAS_MODE_INDEXED_8
			    : CHAFA_CANVAS_MODE_FGBG;
}

/* Characters that every font has, the Linux console's too. */
static ChafaSymbolMap *symbols(const struct wish *wish)
{
	ChafaSymbolMap *map = chafa_symbol_map_new();

	if (wish->ascii)
		chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_ASCII);
	else
		chafa_symbol_map_add_by_tags(
			map, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_SOLID |
				     CHAFA_SYMBOL_TAG_HALF);
	if (!wish->ascii && !wish->colours)
		chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_STIPPLE);
	return map;
}

/* Rows begin at every fourth byte: libchafa counts them in words. free() it. */
static unsigned char *in_words(const struct pixels *pixels, size_t stride)
{
	unsigned char *rows = mem_array(pixels->height, stride);
	size_t len = (size_t)pixels->width * 3;

	for (unsigned y = 0; y < pixels->height; y++)
		memcpy(rows + y * stride, pixels->rgb + y * len, len);
	return rows;
}

static ChafaCanvas *draw(const struct wish *wish, const struct pixels *pixels,
			 int *cols, int *rows)
{
	size_t stride = ((size_t)pixels->width * 3 + 3) / 4 * 4;
	unsigned char *data = in_words(pixels, stride);
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	ChafaSymbolMap *map = symbols(wish);
	ChafaCanvas *canvas;

	*cols = wish->cols;
	*rows = wish->rows;
	/* A character is about twice as high as wide. */
	chafa_calc_canvas_geometry((gint)pixels->width, (gint)pixels->height,
				   cols, rows, 0.5f, TRUE, FALSE);
	chafa_set_n_threads(1);
	chafa_canvas_config_set_geometry(config, *cols, *rows);
	chafa_canvas_config_set_canvas_mode(config, mode_of(wish->colours));
	chafa_canvas_config_set_symbol_map(config, map);
	if (!wish->colours)
		chafa_canvas_config_set_dither_mode(config,
						    CHAFA_DITHER_MODE_ORDERED);
	canvas = chafa_canvas_new(config);
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, data,
				     (gint)pixels->width, (gint)pixels->height,
				     (gint)stride);
	free(data);
	chafa_symbol_map_unref(map);
	chafa_canvas_config_unref(config);
	return canvas;
}

static int say(const struct wish *wish, const struct pixels *pixels)
{
	struct preview_head head = { .version = PREVIEW_VERSION };
	int cols = 0, rows = 0;
	ChafaCanvas *canvas = draw(wish, pixels, &cols, &rows);

	head.cols = (uint32_t)cols;
	head.rows = (uint32_t)rows;
	fwrite(&head, sizeof(head), 1, stdout);
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++) {
			struct preview_cell cell = {
				.character =
					chafa_canvas_get_char_at(canvas, x, y),
				.fg = -1,
				.bg = -1,
			};

			if (wish->colours)
				chafa_canvas_get_raw_colors_at(
					canvas, x, y, &cell.fg, &cell.bg);
			fwrite(&cell, sizeof(cell), 1, stdout);
		}
	chafa_canvas_unref(canvas);
	return fflush(stdout) ? 1 : 0;
}

static int look(const struct wish *wish, const unsigned char *data, size_t len,
		int page)
{
	struct pixels pixels = { 0 };
	unsigned want = (unsigned)wish->cols * 8;
	int failed = -1;

	if (page >= 0)
		failed = pixels_read_ppm(page, &pixels);
	else if (len > 2 && data[0] == 0xff && data[1] == 0xd8)
		failed = pixels_read_jpeg(data, len, want, &pixels);
	else if (len > 8 && !memcmp(data, "\x89PNG\r\n\x1a\n", 8))
		failed = pixels_read_png(data, len, want, &pixels);
	if (!failed)
		failed = say(wish, &pixels);
	free(pixels.rgb);
	return failed ? 1 : 0;
}

/* Standard input says which file, and becomes that file. */
static int open_file(struct doc_file *file)
{
	char path[PREVIEW_PATH_MOST + 1];
	struct err err = { 0 };
	size_t len = 0;
	ssize_t got = 1;

	while (got > 0 && len < PREVIEW_PATH_MOST) {
		got = read(STDIN_FILENO, path + len, PREVIEW_PATH_MOST - len);
		if (got > 0)
			len += (size_t)got;
	}
	path[len] = '\0';
	if (!len || doc_file_open(file, path, &err) || file->bytes < 8 ||
	    file->bytes > BYTES_MOST)
		return -1;
	return dup2(file->fd, STDIN_FILENO) < 0 ? -1 : 0;
}

static int look_at(const struct wish *wish, const struct doc_file *file)
{
	unsigned char *data =
		mmap(NULL, file->bytes, PROT_READ, MAP_PRIVATE, file->fd, 0);
	int page = -1, ret = 1;

	if (data == MAP_FAILED)
		return 1;
	if (!memcmp(data, "%PDF-", 5)) {
		page = start_renderer();
		if (page < 0)
			return 1;
	}
	inspect_guard_limits();
	inspect_guard_calls();
	ret = look(wish, data, file->bytes, page);
	munmap(data, file->bytes);
	return ret;
}

int main(int argc, char **argv)
{
	struct doc_file file = DOC_FILE_NONE;
	struct wish wish = { 0 };
	struct stat st;

	if (argc != 5 || fstat(STDIN_FILENO, &st) || !S_ISFIFO(st.st_mode)) {
		fputs("kyc-preview: kyc starts this by itself\n", stderr);
		return 2;
	}
	wish.cols = argument(argv[1], 1, PREVIEW_COLS_MOST);
	wish.rows = argument(argv[2], 1, PREVIEW_ROWS_MOST);
	wish.colours = argument(argv[3], 0, 1 << 24);
	wish.ascii = argument(argv[4], 0, 1);
	alarm(SECONDS);
#ifndef KYC_SANITIZERS
	limit(RLIMIT_DATA, PREVIEW_DATA_BYTES);
#endif
	limit(RLIMIT_CPU, SECONDS);
	return open_file(&file) ? 1 : look_at(&wish, &file);
}
