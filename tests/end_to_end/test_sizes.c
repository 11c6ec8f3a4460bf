/* SPDX-License-Identifier: MIT */
/*
 * Every screen at every size, in both languages, with and without UTF-8: one
 * wizard goes from screen to screen, and at each it is resized and spoken to in
 * the other language. What is asked of all of them is in eye.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/end_to_end/catalog.h"
#include "tests/end_to_end/eye.h"
#include "tests/end_to_end/hands.h"
#include "tests/test.h"

#define CTRL_C	"\003"
#define CTRL_F	"\006"
#define CTRL_L	"\014"
#define CTRL_N	"\016"
#define CTRL_U	"\025"
#define ENTER	HANDS_ENTER
#define ESC	"\007" /* its twin: keys may follow at once */
#define BACKTAB "\033[Z"
#define F1	"\033OP"
#define F2	"\033OQ"
#define F3	"\033OR"
#define F9	"\033[20~"

#define SETTLE_MS 10000
#define MOST	  12 /* complaints before it ends */

static const struct eye_place sizes[] = {
	{ 12, 40, false },  { 24, 80, false },	{ 30, 100, false },
	{ 43, 132, false }, { 60, 200, false },
};

/* A screen, and the keys that lead there from the one before; at 24 by 80, in
 * English. */
static const struct view {
	const char *name;
	const char *keys;
	const char *until; /* a pattern: it is there */
	/* In a box or list what is said was said when it was opened: these
	 * open it anew in another language. NULL: it changes by itself. */
	const char *again;
	bool helped; /* F1 shows the keys */
	struct eye_view eye;
} views[] = {
	{ "customers",
	  "",
	  "40 of 40 match",
	  NULL,
	  true,
	  { 1,
	    EYE_FIELD,
	    false,
	    false,
	    { "Björn Åkesson", "Antônio Guimarães" } } },
	{ "rejected inbox",
	  F2,
	  "Pedro Sim",
	  NULL,
	  true,
	  { 1, EYE_ROW, false, true, { "Björn Åkesson", "Pedro Simões" } } },
	{ "help",
	  F1,
	  "─ Keys ─",
	  ESC F1,
	  false,
	  { 1, EYE_NONE, true, false, { "Keys" } } },
	{ "question",
	  ESC CTRL_C,
	  "Leave kyc",
	  ESC CTRL_C,
	  false,
	  { 1, EYE_ROW, true, false, { "No", "Yes" } } },
	{ "profiles",
	  ESC ESC F3,
	  "^Profiles",
	  NULL,
	  true,
	  { 1, EYE_ROW, false, false, { "practice", "Lumx" } } },
	{ "kinds of a new customer",
	  ESC CTRL_N,
	  "A company",
	  NULL,
	  true,
	  { 1, EYE_ROW, false, false, { "A person", "A company" } } },
	{ "new customer",
	  ENTER,
	  "Full name",
	  NULL,
	  true,
	  { 1,
	    EYE_FIELD,
	    false,
	    false,
	    { "Full name", "Date of birth", "Make this customer" } } },
	{ "documents",
	  ESC ESC "pedro" ENTER,
	  "Proof of address .*received",
	  NULL,
	  true,
	  { 2,
	    EYE_ROW,
	    false,
	    false,
	    { "Identity card", "Passport", "Driving licence", "Selfie",
	      "Proof of address", "Bank statement" } } },
	{ "picker",
	  ENTER,
	  "Find:",
	  NULL,
	  true,
	  { 2,
	    EYE_FIELD,
	    false,
	    false,
	    { "passport.jpg", "selfie.jpg", "Passport" } } },
	{ "picture",
	  "passport.jpg" F3,
	  "[▀▄▌▐]{8}",
	  NULL,
	  false,
	  { 2, EYE_NONE, false, false, { NULL } } },
	{ "one document",
	  " " ESC,
	  "\\[ Done \\]",
	  NULL,
	  true,
	  { 2, EYE_FIELD, false, false, { "Country", "Front", "Done" } } },
	{ "countries",
	  BACKTAB " ",
	  "Find:",
	  NULL,
	  false,
	  { 2,
	    EYE_FIELD,
	    true,
	    false,
	    { "Portugal", "Country of the document" } } },
	{ "folder",
	  ESC ESC "a",
	  "A whole folder",
	  NULL,
	  true,
	  { 2, EYE_FIELD, false, false, { "A whole folder", "Folder" } } },
	{ "folder table",
	  ENTER,
	  "id-card-front",
	  NULL,
	  true,
	  { 2, EYE_ROW, false, false, { "passport.jpg", "selfie.jpg" } } },
	{ "place of a file",
	  ENTER,
	  "Find:",
	  ESC ENTER,
	  false,
	  { 2, EYE_FIELD, true, false, { "Selfie" } } },
	{ "information",
	  ESC ESC "3" BACKTAB,
	  "\\[3 Information",
	  NULL,
	  true,
	  { 3,
	    EYE_ROW,
	    false,
	    false,
	    { "Occupation", "Postal code", "Work situation" } } },
	{ "list of an answer",
	  ENTER,
	  "Find:",
	  NULL,
	  false,
	  { 3, EYE_FIELD, true, false, { NULL } } },
	{ "review",
	  ESC ESC "4",
	  "Nothing ready",
	  NULL,
	  true,
	  { 4, EYE_ROW, false, false, { "Nothing ready to send" } } },
	{ "status",
	  "5",
	  "\\[5 Status",
	  NULL,
	  true,
	  { 5,
	    EYE_ROW,
	    false,
	    false,
	    { "Passport", "Proof of address",
	      "What was done here, newest first" } } },
	{ "receipt",
	  "d",
	  "─ Receipt ─",
	  ESC "d",
	  false,
	  { 5, EYE_NONE, true, false, { "Receipt", "DOCUMENT_QUALITY" } } },
	{ "picker for what was refused",
	  ESC ENTER "passport.jpg",
	  "passport.jpg +[0-9]+ kB",
	  NULL,
	  true,
	  { 2, EYE_FIELD, false, false, { "passport.jpg" } } },
	{ "a document with its file",
	  ENTER,
	  "nothing wrong",
	  NULL,
	  true,
	  { 2, EYE_ROW, false, false, { "Country", "Front", "Done" } } },
	{ "review before sending",
	  ESC "4",
	  "Passport .*ready",
	  NULL,
	  true,
	  { 4, EYE_ROW, false, false, { "Passport" } } },
	{ "review while sending",
	  "s",
	  "Passport.* [1-9][0-9]? %",
	  NULL,
	  true,
	  { 4, EYE_ROW, false, false, { "Passport", "Total" } } },
	{ "status while sending",
	  "5",
	  "\\[5 Status",
	  NULL,
	  true,
	  { 5, EYE_ROW, false, false, { "Passport", "Proof of address" } } },
};

#define VIEWS (sizeof(views) / sizeof(*views))
#define SIZES (sizeof(sizes) / sizeof(*sizes))

static struct practice practice;
static unsigned complaints;

/* One more thing that is wrong; the screen as it is goes with it. */
static void note(struct pty *pty, const char *name,
		 const struct eye_place *place, const char *what)
{
	print_error("%s at %dx%d, %s%s: %s\n", name, place->cols, place->rows,
		    language_now()->code, place->ascii ? ", ASCII" : "", what);
	for (int i = 0; i < place->rows; i++) {
		char *row = pty_row(pty, i);

		print_error("|%s\n", row);
		free(row);
	}
	if (++complaints >= MOST)
		fail_msg("%u complaints; that is enough", complaints);
}

static void look(struct pty *pty, const struct view *view,
		 const struct eye_place *place)
{
	char *complaint = NULL;

	pty_resize(pty, place->rows, place->cols);
	complaint = eye_complaint_within(pty, &view->eye, place, SETTLE_MS);
	if (complaint)
		note(pty, view->name, place, complaint);
	free(complaint);
}

static void look_at_all_sizes(struct pty *pty, const struct view *view,
			      bool ascii)
{
	for (size_t i = 0; i < SIZES; i++) {
		struct eye_place place = sizes[i];

		place.ascii = ascii;
		look(pty, view, &place);
	}
}

/* Every key that the last row names is in the help. */
static void look_into_help(struct pty *pty, const struct view *view, bool ascii)
{
	const struct eye_place place = { 60, 200, ascii };
	char *unknown = NULL;

	if (!view->helped)
		return;
	pty_send(pty, F1);
	pty_expect(pty, _("Everywhere"));
	pty_expect(pty, _("draw everything again"));
	unknown = eye_unknown_key(pty, &place);
	if (unknown)
		note(pty, view->name, &place, unknown);
	free(unknown);
	pty_send(pty, ESC);
	pty_expect_gone(pty, _("Everywhere"));
}

static void next_language(struct pty *pty, const struct view *view)
{
	pty_resize(pty, 24, 80);
	/* What it says of the change goes with the next key. */
	pty_send(pty, F9 CTRL_L);
	language_set(language_next());
	pty_expect(pty, _("Documents"));
	if (view->again)
		pty_send(pty, view->again);
}

static char *pattern_of(const struct view *view, bool ascii)
{
	static const char blocks[] = "[▀▄▌▐]{8}";

	if (!ascii)
		return mem_dup(view->until);
	return strcmp(view->until, blocks) == 0 ? mem_dup("passport")
	       : strncmp(view->until, "─ ", 4) == 0
		       ? mem_printf("- %.*s",
				    (int)strcspn(view->until + 4, " "),
				    view->until + 4)
		       : mem_dup(view->until);
}

static void walk(struct pty *pty, bool ascii)
{
	for (size_t i = 0; i < VIEWS; i++) {
		char *until = pattern_of(&views[i], ascii);

		pty_send(pty, views[i].keys);
		pty_expect_match(pty, until);
		free(until);
		for (size_t n = 0; n < language_count(); n++) {
			look_at_all_sizes(pty, &views[i], ascii);
			look_into_help(pty, &views[i], ascii);
			next_language(pty, &views[i]);
		}
	}
}

static const struct charset {
	const char *name;
	const char *locale;
	bool ascii;
} charsets[] = {
	{ "UTF-8", "LC_ALL=C.UTF-8", false },
	{ "ASCII", "LC_ALL=C", true },
};

static void test_sizes(void **state)
{
	const struct charset *row = *state;
	const char *const env[] = { "NO_COLOR", row->locale, NULL };
	struct pty *pty = NULL;

	complaints = 0;
	/* A file takes minutes: the whole walk sees it on its way. */
	practice_start(&practice, "--fault rate=2000,method=POST");
	pty = hands_open_with(&practice, env);
	walk(pty, row->ascii);
	hands_leave(pty);
	if (complaints)
		fail_msg("%u complaints", complaints);
}

static int tear_down(void **state)
{
	(void)state;
	practice_stop(&practice);
	return 0;
}

int main(void)
{
	struct test_list tests = { 0 };
	char *catalogs = test_build_path("assets/locale");
	char *samples = test_source_path("assets/samples");
	int failed = 0;

	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("LANGUAGE", "en", 1);
	language_init(catalogs);
	assert_int_equal(chdir(samples), 0);
	TEST_ROWS(&tests, test_sizes, charsets);
	for (size_t i = 0; i < tests.count; i++)
		tests.tests[i].teardown_func = tear_down;
	failed = test_run(&tests, "end_to_end/sizes");
	catalog_release();
	country_unload();
	free(catalogs);
	free(samples);
	return failed;
}
