/* SPDX-License-Identifier: MIT */
/*
 * What comes all at once, at any screen: a window dragged to and fro while
 * something is typed or open, and a megabyte pasted by mistake. What was typed
 * and the focus stay, and nothing of a paste is taken for keys.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define CTRL_C	"\003"
#define CTRL_F	"\006"
#define CTRL_U	"\025"
#define ENTER	HANDS_ENTER
#define ESC	"\007" /* its twin: keys may follow at once */
#define BACKTAB "\033[Z"
#define DOWN	"\033OB"
#define F1	"\033OP"
#define F3	"\033OR"
#define F9	"\033[20~"

#define NO_ROOM "There is no room for all that was pasted"
#define NOWHERE "Nothing can be pasted here."

#define PASTE_MOST ((size_t)1 << 20)
#define SOON_S	   10 /* from the last byte of a paste to the next key's deed */

static struct practice practice;

/* Places with something that must not get lost; one leads to the next. */
static const struct place {
	const char *name;
	const char *keys, *until;
	const char *stays; /* whatever is typed */
	/* Typed in three parts, a storm between them, and what is then seen.
	 * NULL: nothing is typed there. */
	const char *parts[3];
	const char *then;
	const char *clear; /* and away with it */
	const char *said;  /* of what was pasted; NULL: nothing */
} places[] = {
	{ "customers",
	  "",
	  "40 of 40 match",
	  "\\[1 Customer\\]",
	  { "ped", "r", "o" },
	  "^/ pedro .*1 of 40 match",
	  CTRL_U,
	  NO_ROOM },
	{ "help", F1, "─ Keys ─", "─ Keys ─", { NULL }, "─ Keys ─", ESC, NULL },
	{ "question",
	  CTRL_C,
	  "▸ No",
	  "▸ No",
	  { NULL },
	  "Leave kyc",
	  ESC,
	  NULL },
	{ "profiles",
	  F3,
	  "^Profiles",
	  "▸ ●",
	  { NULL },
	  "practice",
	  ESC,
	  NOWHERE },
	{ "documents",
	  "beatriz" ENTER,
	  "^▸ ○ Identity card",
	  "^▸ ○ Identity card",
	  { NULL },
	  "Beatriz",
	  "",
	  "There is no path in what was pasted." },
	{ "folder",
	  "a",
	  "A whole folder",
	  "A whole folder",
	  { "nosuch", "th", "ing" },
	  "Folder +nosuchthing",
	  ESC,
	  NO_ROOM },
	{ "one document",
	  ENTER,
	  "\\[ Done \\]",
	  "\\[ Done \\]",
	  { "nosuch", "th", "ing" },
	  "▸ Front +nosuchthing",
	  CTRL_U,
	  NULL },
	{ "countries",
	  BACKTAB " ",
	  "Find:",
	  "Find:",
	  { "portu", "g", "al" },
	  "Find: portugal",
	  ESC,
	  NULL },
	{ "picker",
	  CTRL_F,
	  "^▸ .* kB ",
	  "Find:",
	  { "PASSP", "O", "RT" },
	  "Find: PASSPORT",
	  ESC ESC,
	  NULL },
	{ "information",
	  "3",
	  "\\[3 Information",
	  "\\[3 Information",
	  { "Zul", "mi", "ra" },
	  "First name +Zulmira",
	  CTRL_U,
	  NO_ROOM },
	{ "review",
	  ESC "4",
	  "\\[4 Review",
	  "\\[4 Review",
	  { NULL },
	  "Nothing ready",
	  "",
	  NOWHERE },
	{ "status",
	  "5",
	  "\\[5 Status",
	  "\\[5 Status",
	  { NULL },
	  "Beatriz",
	  "",
	  NOWHERE },
};

#define PLACES (sizeof(places) / sizeof(*places))

static void go(struct pty *pty, const struct place *place)
{
	pty_send(pty, place->keys);
	pty_expect_match(pty, place->until);
	pty_expect_gone(pty, "asking");
}

/* Many sizes at once, also some that nothing fits into. */
static void storm(struct pty *pty)
{
	static const int sizes[][2] = {
		{ 4, 20 },  { 60, 200 }, { 12, 40 }, { 200, 80 }, { 1, 1 },
		{ 24, 39 }, { 11, 80 },	 { 13, 41 }, { 50, 300 }, { 24, 80 },
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		pty_resize(pty, sizes[i][0], sizes[i][1]);
}

static void test_storms_of_sizes(void **state)
{
	struct pty *pty = hands_open(&practice, 24, 80);

	(void)state;
	for (size_t i = 0; i < PLACES; i++) {
		const struct place *place = &places[i];

		go(pty, place);
		for (size_t n = 0; n < 3; n++) {
			storm(pty);
			if (place->parts[n])
				pty_send(pty, place->parts[n]);
		}
		pty_expect_match(pty, place->then);
		pty_expect_match(pty, place->stays);
		pty_send(pty, place->clear);
	}
	hands_leave(pty);
}

/* What would send, leave, remove and agree, if it were typed. */
static char *a_paste(void)
{
	struct buf text = { 0 };

	buf_add_text(&text, "\033[200~");
	while (text.len < PASTE_MOST + PASTE_MOST / 4)
		buf_add_text(&text, "q\ny\nx\r4\ns\n\003");
	buf_add_text(&text, "\033[201~");
	return buf_take(&text);
}

static double now_s(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void test_storms_of_paste(void **state)
{
	struct pty *pty = hands_open(&practice, 24, 80);
	char *paste = a_paste();

	(void)state;
	for (size_t i = 0; i < PLACES; i++) {
		double start = 0;

		go(pty, &places[i]);
		pty_send(pty, paste);
		start = now_s();
		if (places[i].said)
			pty_expect(pty, places[i].said);
		/* Works everywhere, so what came before is through. */
		pty_send(pty, F9);
		pty_expect(pty, "2 Documentos");
		assert_true(now_s() - start < SOON_S);
		pty_send(pty, F9);
		pty_expect(pty, "2 Documents");
		pty_expect_match(pty, places[i].stays);
		pty_send(pty, places[i].clear);
	}
	hands_leave(pty);
	free(paste);
}

int main(void)
{
	struct test_list tests = { 0 };
	char *samples = test_source_path("assets/samples");
	int failed = 0;

	assert_int_equal(chdir(samples), 0);
	test_add(&tests, "of sizes", test_storms_of_sizes);
	test_add(&tests, "of paste", test_storms_of_paste);
	practice_start(&practice, "");
	failed = test_run(&tests, "end_to_end/storms");
	practice_stop(&practice);
	free(samples);
	return failed;
}
