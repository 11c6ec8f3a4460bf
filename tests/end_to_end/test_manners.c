/* SPDX-License-Identifier: MIT */
/*
 * How the wizard behaves in a terminal, whatever that is: what it sends to one
 * without colours or UTF-8, keys that come in pieces, the mouse when it is
 * wanted, themes, and a window that changes or goes to sleep in the middle of
 * an upload.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define ENTER	 HANDS_ENTER
#define DOWN	 HANDS_DOWN
#define CTRL_L	 "\014"
#define CTRL_X	 "\030"
#define CTRL_Z	 "\032"
#define F7	 "\033[18~"
#define F8	 "\033[19~"
#define MOUSE_ON "\033[?1000h"

/* The information of this one is in, so its documents are taken. */
#define READY "5eed0000-0000-4000-8000-000000000010"

static struct practice practice;

static bool pointed_at(struct pty *pty, const void *arg)
{
	int wanted = *(const int *)arg;
	int row = 0, col = 0;
	char *text = NULL;
	bool here = false;

	pty_cursor(pty, &row, &col);
	text = pty_row(pty, wanted);
	here = (strncmp(text, "▸ ", strlen("▸ ")) == 0 ||
		strncmp(text, "> ", 2) == 0) &&
	       row == wanted && pty_reversed(pty, row, 2);
	free(text);
	return here;
}

/* The list of customers begins in this row. */
#define FIRST 5

static void expect_pointer(struct pty *pty, int row)
{
	pty_expect_that(pty, pointed_at, &row, "the pointer in its row");
}

struct later {
	size_t before;
	const char *bytes;
};

static bool was_sent(struct pty *pty, const void *arg)
{
	const struct later *later = arg;

	return strstr(pty_bytes(pty, NULL) + later->before, later->bytes);
}

/* Wait until BYTES were sent behind what was there BEFORE. */
static void expect_later(struct pty *pty, size_t before, const char *bytes)
{
	const struct later later = { before, bytes };

	pty_expect_that(pty, was_sent, &later, "what is sent then");
}

static const struct kind {
	const char *name;
	const char *env[4];
	bool colours;
	bool ascii;
} kinds[] = {
	{ "xterm, 256 colours", { "TERM=xterm-256color" }, true, false },
	{ "xterm, eight", { "TERM=xterm" }, true, false },
	{ "tmux", { "TERM=tmux-256color" }, true, false },
	{ "screen", { "TERM=screen" }, true, false },
	{ "the console", { "TERM=linux" }, true, false },
	{ "vt100", { "TERM=vt100" }, false, false },
	{ "vt100, ASCII", { "TERM=vt100", "LC_ALL=C" }, false, true },
	{ "xterm, ASCII", { "TERM=xterm", "LC_ALL=C" }, true, true },
	{ "no colours wanted",
	  { "TERM=xterm-256color", "NO_COLOR=1" },
	  false,
	  false },
	{ "no colours wanted, a theme of colours",
	  { "TERM=xterm-256color", "NO_COLOR=1", "KYC_THEME=high-contrast" },
	  false,
	  false },
};

/* Is there one that sets a colour, but for the terminal's own? */
static bool has_colours(const char *bytes)
{
	while ((bytes = strstr(bytes, "\033["))) {
		bytes += 2;
		if ((bytes[0] == '3' || bytes[0] == '4') && bytes[1] >= '0' &&
		    bytes[1] <= '8' && (bytes[2] == 'm' || bytes[2] == ';'))
			return true;
	}
	return false;
}

static void test_manners_in_terminal(void **state)
{
	const struct kind *kind = *state;
	struct pty *pty = hands_open_with(&practice, kind->env);
	const char *bytes = NULL;

	pty_expect(pty, "40 of 40 match");
	expect_pointer(pty, FIRST);
	pty_send(pty, DOWN);
	expect_pointer(pty, FIRST + 1);
	bytes = pty_bytes(pty, NULL);
	assert_int_equal(has_colours(bytes), kind->colours);
	if (kind->ascii)
		for (; *bytes; bytes++)
			assert_true((unsigned char)*bytes < 0x80);
	hands_leave(pty);
}

static const struct theme_row {
	const char *name;
	const char *env[3];
	const char *sends; /* a colour of its own */
} theme_rows[] = {
	{ "built in", { "KYC_THEME=default" }, "38;5;130m" },
	{ "high contrast", { "KYC_THEME=high-contrast" }, "48;5;226m" },
	{ "colour-blind", { "KYC_THEME=colour-blind" }, "38;5;172m" },
	{ "eight colours",
	  { "KYC_THEME=colour-blind", "TERM=xterm" },
	  "\033[33m" },
};

static void test_manners_with_theme(void **state)
{
	const struct theme_row *row = *state;
	struct pty *pty = hands_open_with(&practice, row->env);

	pty_expect(pty, "40 of 40 match");
	pty_expect_bytes(pty, row->sends);
	hands_leave(pty);
}

static void test_manners_change_themes(void **state)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	(void)state;
	pty_expect(pty, "40 of 40 match");
	pty_send(pty, F8);
	pty_expect(pty, "high contrast");
	pty_expect_bytes(pty, "48;5;226m");
	pty_send(pty, F8);
	pty_expect(pty, "colours for the colour-blind");
	pty_send(pty, "\031"); /* Ctrl-Y */
	pty_expect(pty, "the built-in colours");
	hands_leave(pty);
}

static void test_manners_name_a_theme_s_mistake(void **state)
{
	char *path = practice_file(&practice, "wrong.theme",
				   "ok = green\nerror = purple\n");
	char *setting = mem_printf("KYC_THEME=%s", path);
	const char *env[] = { setting, NULL };
	struct pty *pty = hands_open_with(&practice, env);

	(void)state;
	pty_expect(pty, "line 2: 'purple' is no look");
	pty_expect(pty, "40 of 40 match");
	pty_expect_bytes(pty, "38;5;130m"); /* the built-in one */
	hands_leave(pty);
	free(setting);
	free(path);
}

static const struct piece_row {
	const char *name;
	const char *env[2];
	const char *pieces[4];
} piece_rows[] = {
	{ "an arrow", { NULL }, { "\033[", "B" } },
	{ "one with a modifier", { NULL }, { "\033[1;", "2", "B" } },
	{ "from its first byte", { "ESCDELAY=2000" }, { "\033", "[", "B" } },
	{ "of the keypad", { "ESCDELAY=2000" }, { "\033", "O", "B" } },
};

/* A slow line cuts what keys send wherever it likes. */
static void test_manners_take_keys_in_pieces(void **state)
{
	const struct piece_row *row = *state;
	struct pty *pty = hands_open_with(&practice, row->env);

	pty_expect(pty, "40 of 40 match");
	expect_pointer(pty, FIRST);
	for (size_t i = 0; row->pieces[i]; i++) {
		pty_send(pty, row->pieces[i]);
		pty_shows(pty, "");
	}
	expect_pointer(pty, FIRST + 1);
	pty_expect(pty, "40 of 40 match"); /* nothing of it was typed */
	hands_leave(pty);
}

static void test_manners_leave_the_mouse_alone(void **state)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	(void)state;
	pty_expect(pty, "40 of 40 match");
	assert_null(strstr(pty_bytes(pty, NULL), MOUSE_ON));
	hands_leave(pty);
}

static void test_manners_take_the_mouse(void **state)
{
	struct pty *pty = hands_open_with(&practice, NULL);
	size_t before = 0;

	(void)state;
	pty_expect(pty, "40 of 40 match");
	pty_send(pty, F7);
	pty_expect(pty, "A click chooses");
	pty_expect_bytes(pty, MOUSE_ON);
	pty_send(pty, "\033[<0;10;12M\033[<0;10;12m"); /* from 1 */
	expect_pointer(pty, 11);
	pty_send(pty, "\033[<0;10;8M\033[<0;10;8m");
	expect_pointer(pty, 7);
	pty_send(pty, "\033[<65;10;8M");
	expect_pointer(pty, 10);
	pty_send(pty, "\033[<64;10;8M");
	expect_pointer(pty, 7);

	pty_bytes(pty, &before);
	pty_send(pty, CTRL_L);
	expect_later(pty, before, MOUSE_ON);
	expect_later(pty, before, "\033[?2004h");
	expect_pointer(pty, 7);

	pty_send(pty, "\033[<0;10;8M"); /* where the focus is: Enter */
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "\033[<0;4;2M"); /* a step of the road */
	pty_expect(pty, "[1 Customer");
	pty_send(pty, CTRL_X);
	pty_expect(pty, "it copies");
	expect_later(pty, before, "\033[?1000l");
	hands_leave(pty);
}

static void test_manners_take_the_mouse_as_configured(void **state)
{
	char *config = NULL, *old = NULL;
	struct buf text = { 0 };
	struct pty *pty = NULL;
	FILE *file = fopen(practice.config, "r");

	(void)state;
	assert_non_null(file);
	buf_addf(&text, "mouse = yes\ntheme = colour-blind\n");
	for (int c = getc(file); c != EOF; c = getc(file))
		buf_add_char(&text, (char)c);
	fclose(file);
	old = practice.config;
	config = practice_file(&practice, "config-mouse", buf_text(&text));
	practice.config = config;
	pty = hands_open_with(&practice, NULL);
	pty_expect_bytes(pty, MOUSE_ON);
	pty_expect_bytes(pty, "38;5;172m");
	pty_expect(pty, "40 of 40 match");
	hands_leave(pty);
	practice.config = old;
	free(config);
	buf_release(&text);
}

static void test_manners_when_there_is_no_room(void **state)
{
	struct pty *pty = hands_open_with(&practice, NULL);

	(void)state;
	pty_expect(pty, "40 of 40 match");
	pty_send(pty, "pedr");
	pty_expect(pty, "1 of 40 match");
	pty_resize(pty, 6, 39);
	pty_expect(pty, "This window is 39 columns by 6");
	pty_resize(pty, 1, 1);
	pty_expect_gone(pty, "This window");
	pty_send(pty, "o");
	pty_resize(pty, 24, 80);
	pty_expect(pty, "1 of 40 match");
	pty_expect(pty, "/ pedro");
	hands_leave(pty);
}

/* A document that takes a few seconds, on its way in the wizard. */
static struct pty *open_while_sending(struct practice *slow)
{
	char *sample = test_source_path("assets/samples/passport.jpg");
	struct practice_run run = { 0 };
	struct pty *pty = NULL;

	practice_start(slow, "--review-seconds 600 "
			     "--fault rate=120000,method=POST");
	run = KYC(slow, "upload", "--no-wait", "-c", READY, "-t", "PASSPORT",
		  "-s", "front", "-C", "BRA", sample);
	practice_expect(&run, 4);
	practice_run_release(&run);
	free(sample);
	pty = hands_open_with(slow, NULL);
	pty_expect(pty, "1 sending");
	pty_send(pty, "ant");
	pty_expect(pty, "1 of 40 match");
	pty_send(pty, ENTER);
	pty_expect(pty, "[2 Documents");
	pty_send(pty, "4");
	pty_expect(pty, "[4 Review");
	pty_expect(pty, " % ");
	return pty;
}

static void expect_arrived(struct practice *slow, struct pty *pty)
{
	pty_expect(pty, "received");
	pty_expect(pty, "[4 Review");
	assert_int_equal(practice_documents(slow, READY), 1);
	hands_leave(pty);
	practice_stop(slow);
}

static void test_manners_in_a_storm_of_sizes(void **state)
{
	static const int sizes[][2] = {
		{ 4, 80 },   { 200, 80 }, { 1, 1 },	{ 4, 200 },
		{ 200, 60 }, { 2, 300 },  { 500, 300 }, { 12, 40 },
		{ 11, 40 },  { 60, 200 }, { 1, 500 },	{ 24, 80 },
	};
	const size_t count = sizeof(sizes) / sizeof(*sizes);
	struct practice slow = { 0 };
	struct pty *pty = open_while_sending(&slow);

	(void)state;
	for (size_t i = 0; i < 20 * count; i++)
		pty_resize(pty, sizes[i % count][0], sizes[i % count][1]);
	/* And slowly, each drawn. */
	for (size_t i = 0; i < count; i++) {
		pty_resize(pty, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] >= 12 && sizes[i][1] >= 40)
			pty_expect(pty, "[4 ");
	}
	expect_arrived(&slow, pty);
}

static void test_manners_asleep_while_sending(void **state)
{
	struct practice slow = { 0 };
	struct pty *pty = open_while_sending(&slow);

	(void)state;
	pty_send(pty, CTRL_Z);
	pty_expect_stopped(pty);
	assert_false(pty_alternate(pty));
	assert_false(pty_shows(pty, "[4 Review"));
	pty_resize(pty, 30, 100);
	pty_continue(pty);
	pty_expect(pty, "[4 Review");
	assert_true(pty_alternate(pty));
	expect_arrived(&slow, pty);
}

int main(void)
{
	struct test_list tests = { 0 };
	int status = 0;

	TEST_ROWS(&tests, test_manners_in_terminal, kinds);
	TEST_ROWS(&tests, test_manners_with_theme, theme_rows);
	test_add(&tests, "test_manners_change_themes",
		 test_manners_change_themes);
	test_add(&tests, "test_manners_name_a_theme_s_mistake",
		 test_manners_name_a_theme_s_mistake);
	TEST_ROWS(&tests, test_manners_take_keys_in_pieces, piece_rows);
	test_add(&tests, "test_manners_leave_the_mouse_alone",
		 test_manners_leave_the_mouse_alone);
	test_add(&tests, "test_manners_take_the_mouse",
		 test_manners_take_the_mouse);
	test_add(&tests, "test_manners_take_the_mouse_as_configured",
		 test_manners_take_the_mouse_as_configured);
	test_add(&tests, "test_manners_when_there_is_no_room",
		 test_manners_when_there_is_no_room);
	test_add(&tests, "test_manners_in_a_storm_of_sizes",
		 test_manners_in_a_storm_of_sizes);
	test_add(&tests, "test_manners_asleep_while_sending",
		 test_manners_asleep_while_sending);
	practice_start(&practice, "");
	status = test_run(&tests, "end_to_end/manners");
	practice_stop(&practice);
	return status;
}
