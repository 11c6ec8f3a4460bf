/* SPDX-License-Identifier: MIT */
/*
 * Draws the sample documents: invented people of an invented country, marked
 * SPECIMEN in the picture itself. Run by "make samples"; the files are kept in
 * the tree, so that only who changes them needs this program.
 */
#include "assets/make-samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assets/draw.h"

static const struct colour white = { 255, 255, 255 };
static const struct colour ink = { 32, 36, 44 };
static const struct colour faint = { 96, 108, 124 };
static const struct colour shadow = { 20, 16, 12 };
static const struct colour specimen = { 176, 24, 32 };

struct person {
	struct colour hair, skin, clothes;
	int long_hair;
};

static const struct person joana = {
	{ 58, 38, 28 },
	{ 224, 178, 148 },
	{ 44, 84, 128 },
	1,
};
static const struct person pedro = {
	{ 34, 30, 30 },
	{ 188, 140, 108 },
	{ 72, 96, 72 },
	0,
};

static void draw_face(struct canvas *canvas, double x, double y, double size,
		      const struct person *who)
{
	static const struct colour eye = { 44, 34, 30 };
	static const struct colour lips = { 176, 92, 88 };
	struct colour shade = { who->skin.red - 26, who->skin.green - 26,
				who->skin.blue - 24 };

	if (who->long_hair)
		draw_box(canvas, x - 0.72 * size, y - 0.8 * size, 1.44 * size,
			 1.9 * size, 0.66 * size, who->hair, 1);
	draw_box(canvas, x - 0.26 * size, y + 0.6 * size, 0.52 * size,
		 0.7 * size, 0.2 * size, shade, 1);
	draw_ellipse(canvas, x, y - 0.16 * size, 0.68 * size, 0.86 * size,
		     who->hair, 1);
	draw_ellipse(canvas, x - 0.6 * size, y + 0.06 * size, 0.1 * size,
		     0.18 * size, shade, 1);
	draw_ellipse(canvas, x + 0.6 * size, y + 0.06 * size, 0.1 * size,
		     0.18 * size, shade, 1);
	draw_ellipse(canvas, x, y + 0.08 * size, 0.58 * size, 0.78 * size,
		     who->skin, 1);
	for (int side = -1; side <= 1; side += 2) {
		double at = x + side * 0.24 * size;

		draw_box(canvas, at - 0.13 * size, y - 0.2 * size, 0.26 * size,
			 0.05 * size, 0.02 * size, who->hair, 0.9);
		draw_ellipse(canvas, at, y - 0.02 * size, 0.11 * size,
			     0.062 * size, white, 1);
		draw_ellipse(canvas, at, y - 0.02 * size, 0.056 * size,
			     0.058 * size, eye, 1);
		draw_ellipse(canvas, at + side * 0.12 * size, y + 0.28 * size,
			     0.12 * size, 0.09 * size, lips, 0.16);
	}
	draw_box(canvas, x - 0.035 * size, y, 0.07 * size, 0.26 * size,
		 0.035 * size, shade, 0.8);
	draw_ellipse(canvas, x, y + 0.27 * size, 0.1 * size, 0.05 * size, shade,
		     1);
	draw_ellipse(canvas, x, y + 0.5 * size, 0.2 * size, 0.065 * size, lips,
		     1);
	draw_ellipse(canvas, x, y + 0.47 * size, 0.2 * size, 0.05 * size,
		     who->skin, 1);
}

/* Head and shoulders in a frame of their own, so that nothing stands out. */
static void draw_portrait(struct canvas *canvas, int x, int y, int width,
			  int height, const struct person *who)
{
	static const struct colour top = { 214, 222, 230 };
	static const struct colour bottom = { 176, 188, 202 };
	struct canvas *frame = canvas_new(width, height);

	draw_shade(frame, 0, 0, width, height, top, bottom);
	draw_box(frame, 0.04 * width, 0.8 * height, 0.92 * width, 0.6 * height,
		 0.3 * width, who->clothes, 1);
	draw_face(frame, 0.5 * width, 0.42 * height, 0.36 * width, who);
	for (int row = 0; row < height; row++) {
		for (int column = 0; column < width; column++) {
			const unsigned char *from =
				frame->pixels +
				3 * ((size_t)row * (size_t)width +
				     (size_t)column);
			unsigned char *to =
				canvas->pixels +
				3 * ((size_t)(y + row) * (size_t)canvas->width +
				     (size_t)(x + column));

			to[0] = from[0];
			to[1] = from[1];
			to[2] = from[2];
		}
	}
	canvas_free(frame);
}

static void draw_field(struct canvas *canvas, double x, double y,
		       const char *label, const char *value)
{
	draw_text(canvas, x, y, 19, faint, label);
	draw_text(canvas, x, y + 32, 38, ink, value);
}

/* A card or page as photographed on a desk. The margin is 70 all round. */
static struct canvas *desk_with_paper(int width, int height, double radius,
				      struct colour top, struct colour bottom,
				      struct colour waves)
{
	static const struct colour desk_top = { 126, 98, 72 };
	static const struct colour desk_bottom = { 92, 70, 52 };
	struct canvas *canvas = canvas_new(width, height);
	struct canvas *paper = canvas_new(width, height);

	draw_shade(canvas, 0, 0, width, height, desk_top, desk_bottom);
	for (int y = 40; y < height; y += 160)
		draw_box(canvas, 0, y, width, 5, 0, shadow, 0.25);
	for (int i = 0; i < 12; i++)
		draw_box(canvas, 64 + i, 70 + i, width - 132, height - 132,
			 radius + 6, shadow, 0.06);
	draw_box(canvas, 70, 70, width - 140, height - 140, radius, white, 1);
	draw_shade(paper, 0, 0, width, height, top, bottom);
	draw_waves(paper, 0, 0, width, height, waves, 0.35);
	/* The white shape is the stencil. */
	for (size_t i = 0; i < (size_t)width * (size_t)height; i++) {
		unsigned char *to = canvas->pixels + 3 * i;

		if (to[0] == 255 && to[1] == 255 && to[2] == 255) {
			to[0] = paper->pixels[3 * i];
			to[1] = paper->pixels[3 * i + 1];
			to[2] = paper->pixels[3 * i + 2];
		}
	}
	canvas_free(paper);
	return canvas;
}

static void mark_specimen(struct canvas *canvas)
{
	draw_text_slanted(canvas, canvas->width * 0.22, canvas->height * 0.72,
			  canvas->width * 0.11, specimen, 0.30, "SPECIMEN");
}

static struct canvas *id_card_front(const char *expiry)
{
	static const struct colour top = { 226, 236, 242 };
	static const struct colour bottom = { 198, 220, 214 };
	static const struct colour waves = { 120, 164, 170 };
	static const struct colour band = { 28, 78, 112 };
	struct canvas *card =
		desk_with_paper(2022, 1276, 64, top, bottom, waves);

	draw_box(card, 70, 150, 1882, 116, 0, band, 0.92);
	draw_text(card, 130, 182, 46, white, "REPUBLIC OF UTOPIA");
	draw_text(card, 1210, 188, 36, white, "NATIONAL IDENTITY CARD");
	draw_portrait(card, 140, 320, 500, 640, &joana);
	draw_field(card, 720, 320, "Surname", "EXEMPLO DA SILVA");
	draw_field(card, 720, 430, "Given names", "JOANA");
	draw_field(card, 720, 540, "Date of birth", "12 APR 1990");
	draw_field(card, 1240, 540, "Sex", "F");
	draw_field(card, 1500, 540, "Nationality", "UTO");
	draw_field(card, 720, 650, "Card number", "UT-4410-0912-7");
	draw_field(card, 1500, 650, "Height", "1.68 m");
	draw_field(card, 720, 760, "Issued", "03 MAR 2022");
	draw_field(card, 1240, 760, "Expires", expiry);
	draw_text(card, 720, 880, 19, faint, "Signature");
	draw_text_slanted(card, 740, 960, 52, band, 0.9, "J. Exemplo");
	draw_box(card, 1640, 900, 210, 160, 22, (struct colour){ 206, 172, 84 },
		 1);
	for (int i = 1; i < 4; i++)
		draw_box(card, 1640, 900 + 40 * i, 210, 3, 0, shadow, 0.5);
	draw_box(card, 1743, 900, 3, 160, 0, shadow, 0.5);
	draw_text(card, 140, 1010, 30, ink, "UTO 4410 0912");
	draw_text(card, 140, 1110, 28, specimen,
		  "SPECIMEN - NOT A REAL DOCUMENT");
	mark_specimen(card);
	return card;
}

static struct canvas *id_card_back(void)
{
	static const struct colour top = { 216, 230, 232 };
	static const struct colour bottom = { 226, 232, 220 };
	static const struct colour waves = { 132, 168, 160 };
	struct canvas *card =
		desk_with_paper(2022, 1276, 64, top, bottom, waves);
	int x = 1180;

	draw_field(card, 140, 160, "Address", "RUA DAS AMOSTRAS 42, 01000-000");
	draw_field(card, 140, 270, "Place", "PORTO MODELO, UTOPIA");
	draw_field(card, 140, 380, "Place of birth", "VILA TESTE");
	draw_field(card, 140, 490, "Authority", "CIVIL REGISTRY 07");
	for (int i = 0; x < 1850; i++) {
		int width = 4 + (i * 7 + i * i * 3) % 11;

		draw_box(card, x, 380, width, 200, 0, ink, 1);
		x += width + 4 + (i * 5) % 9;
	}
	draw_text(card, 140, 660, 28, specimen,
		  "SPECIMEN - NOT A REAL DOCUMENT");
	draw_box(card, 70, 760, 1882, 360, 0, white, 0.8);
	draw_text(card, 150, 800, 56, ink, "I<UTO4410091277<<<<<<<<<<<<<<<");
	draw_text(card, 150, 900, 56, ink, "9004127F3203032UTO<<<<<<<<<<<6");
	draw_text(card, 150, 1000, 56, ink, "EXEMPLO<DA<SILVA<<JOANA<<<<<<<");
	mark_specimen(card);
	return card;
}

static struct canvas *licence_front(void)
{
	static const struct colour top = { 246, 224, 220 };
	static const struct colour bottom = { 240, 236, 214 };
	static const struct colour waves = { 208, 150, 140 };
	static const struct colour band = { 138, 48, 60 };
	struct canvas *card =
		desk_with_paper(2022, 1276, 64, top, bottom, waves);

	draw_text(card, 140, 150, 64, band, "DRIVING LICENCE");
	draw_text(card, 1300, 164, 40, band, "UTOPIA / UTO");
	draw_portrait(card, 140, 290, 480, 620, &pedro);
	draw_field(card, 700, 290, "1. Surname", "MODELO SANTOS");
	draw_field(card, 700, 400, "2. Given names", "PEDRO");
	draw_field(card, 700, 510, "3. Born", "30 OCT 1985");
	draw_field(card, 1240, 510, "Place", "PORTO MODELO");
	draw_field(card, 700, 620, "4a. Issued", "17 JUN 2023");
	draw_field(card, 1240, 620, "4b. Expires", "17 JUN 2033");
	draw_field(card, 700, 730, "5. Number", "DL 77 0218 365");
	draw_field(card, 1240, 730, "9. Classes", "B, BE, AM");
	draw_text_slanted(card, 720, 980, 56, ink, 0.9, "P. Modelo");
	draw_text(card, 140, 1090, 28, specimen,
		  "SPECIMEN - NOT A REAL DOCUMENT");
	mark_specimen(card);
	return card;
}

static struct canvas *licence_back(void)
{
	static const struct colour top = { 244, 230, 226 };
	static const struct colour bottom = { 240, 236, 222 };
	static const struct colour waves = { 208, 160, 150 };
	static const char *const rows[] = { "AM", "A1", "A",  "B",
					    "C",  "D",	"BE", "CE" };
	struct canvas *card =
		desk_with_paper(2022, 1276, 64, top, bottom, waves);

	draw_text(card, 140, 130, 30, ink, "9.");
	draw_text(card, 420, 130, 30, ink, "10. from");
	draw_text(card, 860, 130, 30, ink, "11. until");
	draw_text(card, 1300, 130, 30, ink, "12. restrictions");
	for (int i = 0; i < 8; i++) {
		int y = 200 + 100 * i;
		int held = i == 0 || i == 3 || i == 6;

		draw_box(card, 130, y - 14, 1760, 3, 0, ink, 0.6);
		draw_text(card, 140, y + 16, 44, ink, rows[i]);
		draw_text(card, 420, y + 16, 38, ink,
			  held ? "17 JUN 2023" : "--------");
		draw_text(card, 860, y + 16, 38, ink,
			  held ? "17 JUN 2033" : "--------");
		draw_text(card, 1300, y + 16, 38, ink, held ? "01" : "--");
	}
	draw_text(card, 140, 1090, 28, specimen,
		  "SPECIMEN - NOT A REAL DOCUMENT");
	mark_specimen(card);
	return card;
}

static struct canvas *passport_page(void)
{
	static const struct colour top = { 240, 232, 244 };
	static const struct colour bottom = { 222, 230, 244 };
	static const struct colour waves = { 168, 150, 190 };
	static const struct colour title = { 84, 52, 112 };
	struct canvas *page =
		desk_with_paper(2100, 1480, 24, top, bottom, waves);

	draw_text(page, 140, 130, 60, title, "PASSPORT");
	draw_text(page, 760, 136, 46, title, "REPUBLIC OF UTOPIA");
	draw_portrait(page, 140, 280, 540, 700, &joana);
	draw_field(page, 760, 250, "Type", "P");
	draw_field(page, 1040, 250, "Country", "UTO");
	draw_field(page, 1420, 250, "Passport No.", "L8988 0137");
	draw_field(page, 760, 370, "Surname", "EXEMPLO DA SILVA");
	draw_field(page, 760, 490, "Given names", "JOANA");
	draw_field(page, 760, 610, "Nationality", "UTOPIAN");
	draw_field(page, 760, 730, "Date of birth", "12 APR 1990");
	draw_field(page, 1420, 730, "Sex", "F");
	draw_field(page, 760, 850, "Date of issue", "21 JAN 2024");
	draw_field(page, 1420, 850, "Date of expiry", "20 JAN 2034");
	draw_field(page, 760, 970, "Authority", "PORTO MODELO");
	draw_text(page, 140, 1040, 24, specimen, "SPECIMEN, NOT REAL");
	draw_box(page, 70, 1130, 1960, 280, 0, white, 0.8);
	draw_text(page, 110, 1180, 50, ink,
		  "P<UTOEXEMPLO<DA<SILVA<<JOANA<<<<<<<<<<<<<<<<");
	draw_text(page, 110, 1290, 50, ink,
		  "L898801370UTO9004127F3401205<<<<<<<<<<<<<<04");
	mark_specimen(page);
	return page;
}

static void draw_centred(struct canvas *canvas, double y, double size,
			 struct colour colour, const char *text)
{
	double width = (double)strlen(text) * 6 * size / 7;

	draw_text(canvas, (canvas->width - width) / 2, y, size, colour, text);
}

static struct canvas *selfie(void)
{
	static const struct colour wall_top = { 206, 204, 196 };
	static const struct colour wall_bottom = { 164, 166, 164 };
	static const struct colour frame = { 122, 140, 156 };
	struct canvas *canvas = canvas_new(1200, 1600);

	draw_shade(canvas, 0, 0, 1200, 1600, wall_top, wall_bottom);
	draw_box(canvas, 60, 120, 260, 420, 8, frame, 0.7);
	draw_box(canvas, 84, 144, 212, 372, 4, white, 0.5);
	draw_box(canvas, 90, 1180, 1020, 800, 300, joana.clothes, 1);
	draw_face(canvas, 600, 680, 400, &joana);
	draw_centred(canvas, 1480, 60, white, "SPECIMEN");
	return canvas;
}

static struct canvas *stamp(void)
{
	static const struct colour blue = { 40, 72, 148 };
	struct canvas *canvas = canvas_new(800, 800);

	draw_shade(canvas, 0, 0, 800, 800, white, white);
	draw_ellipse(canvas, 400, 400, 350, 350, blue, 1);
	draw_ellipse(canvas, 400, 400, 328, 328, white, 1);
	draw_ellipse(canvas, 400, 400, 312, 312, blue, 1);
	draw_ellipse(canvas, 400, 400, 302, 302, white, 1);
	draw_centred(canvas, 260, 50, blue, "MODELO LTDA");
	draw_centred(canvas, 370, 56, blue, "SPECIMEN");
	draw_centred(canvas, 490, 34, blue, "Reg. 00.000.001");
	return canvas;
}

static void write_photo(struct canvas *canvas, const char *path)
{
	draw_noise(canvas, 5);
	canvas_write_jpeg(canvas, path, 80, NULL);
	canvas_free(canvas);
}

/* The first LEN bytes of FROM. */
static void write_part(const char *path, const char *from, size_t len)
{
	FILE *in = fopen(from, "rb"), *out = fopen(path, "wb");

	if (!in || !out) {
		perror(path);
		exit(1);
	}
	for (int c; len > 0 && (c = getc(in)) != EOF; len--)
		putc(c, out);
	fclose(in);
	fclose(out);
}

static void write_text(const char *path, const char *text)
{
	FILE *out = fopen(path, "wb");

	if (!out) {
		perror(path);
		exit(1);
	}
	fputs(text, out);
	fclose(out);
}

static void make_good(void)
{
	struct canvas *canvas = selfie();
	struct canvas *small = canvas_copy(canvas, 600, 800);

	canvas_write_png(small, "selfie.png");
	canvas_free(small);
	write_photo(canvas, "selfie.jpg");
	write_photo(id_card_front("02 MAR 2032"), "id-card-front.jpg");
	write_photo(id_card_back(), "id-card-back.jpg");
	write_photo(licence_front(), "drivers-license-front.jpg");
	write_photo(licence_back(), "drivers-license-back.jpg");
	write_photo(passport_page(), "passport.jpg");
	canvas = stamp();
	canvas_write_png(canvas, "company-stamp.png");
	canvas_free(canvas);
}

static void make_refused(void)
{
	struct canvas *canvas = id_card_front("02 MAR 2032");
	struct canvas *small = canvas_copy(canvas, 200, 126);

	canvas_write_jpeg(small, "refused-too-small.jpg", 80, NULL);
	canvas_free(small);
	canvas_free(canvas);
	write_part("refused-truncated.jpg", "id-card-front.jpg", 150000);
	write_text("refused-empty.jpg", "");
	write_text("refused-text-named.pdf",
		   "This is plain text in a file that is called a PDF.\n"
		   "A provider looks at the content and refuses it.\n"
		   "\nSPECIMEN\n");

	/* Good in every way but one, which only the provider can see. */
	canvas = passport_page();
	draw_blur(canvas, 14);
	draw_blur(canvas, 10);
	draw_noise(canvas, 5);
	canvas_write_jpeg(canvas, "passport-blurry.jpg", 75, REJECT("blurry"));
	canvas_free(canvas);
	canvas = id_card_front("02 MAR 2019");
	draw_noise(canvas, 5);
	canvas_write_jpeg(canvas, "id-card-front-expired.jpg", 75,
			  REJECT("expired"));
	canvas_free(canvas);
}

int main(int argc, char **argv)
{
	if (argc != 2 || chdir(argv[1])) {
		fputs("usage: make-samples DIRECTORY\n", stderr);
		return 2;
	}
	make_good();
	make_refused();
	make_papers();
	return 0;
}
