/* SPDX-License-Identifier: MIT */
/*
 * Drawing for the sample documents: shapes with soft edges, text in a small
 * bitmap font, and the ways into a JPEG or PNG file. Nothing random: the same
 * calls give the same file. Used by make-samples only.
 */
#ifndef ASSETS_DRAW_H
#define ASSETS_DRAW_H

struct colour {
	int red, green, blue;
};

struct canvas {
	int width, height;
	unsigned char *pixels; /* red, green, blue; row by row */
};

struct canvas *canvas_new(int width, int height);
struct canvas *canvas_copy(const struct canvas *from, int width, int height);
void canvas_free(struct canvas *canvas);

/* From TOP to BOTTOM, over a part or all of it. */
void draw_shade(struct canvas *canvas, int x, int y, int width, int height,
		struct colour top, struct colour bottom);
void draw_box(struct canvas *canvas, double x, double y, double width,
	      double height, double radius, struct colour colour, double alpha);
void draw_ellipse(struct canvas *canvas, double x, double y, double half_width,
		  double half_height, struct colour colour, double alpha);

/* Waves of fine lines, as on papers that are hard to copy. */
void draw_waves(struct canvas *canvas, int x, int y, int width, int height,
		struct colour colour, double alpha);

/* SIZE is the height of a capital in pixels. draw_text() answers how wide the
 * text is; _slanted goes up to the right, for marks across a page. */
double draw_text(struct canvas *canvas, double x, double y, double size,
		 struct colour colour, const char *text);
void draw_text_slanted(struct canvas *canvas, double x, double y, double size,
		       struct colour colour, double alpha, const char *text);

void draw_noise(struct canvas *canvas, int amount); /* as a camera has it */
void draw_blur(struct canvas *canvas, int radius);

/* MARKER, if given, goes into the file as a comment, near its beginning. */
void canvas_write_jpeg(const struct canvas *canvas, const char *path,
		       int quality, const char *marker);
void canvas_write_png(const struct canvas *canvas, const char *path);

#endif
