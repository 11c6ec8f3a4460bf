/* SPDX-License-Identifier: MIT */
/*
 * What somebody who looks at the wizard would call wrong, whichever screen it
 * is: something stands outside its place, the road names another step, a row
 * is cut and nothing says so, English among Portuguese.
 *
 * The words expected are English as in the code; they are looked for in the
 * language that is spoken, which is the test's own (language_set()).
 */
#ifndef TESTS_END_TO_END_EYE_H
#define TESTS_END_TO_END_EYE_H

#include <stdbool.h>

#include "tests/pty.h"

enum eye_focus {
	EYE_ROW,   /* a row: marked, reversed, the cursor on it */
	EYE_FIELD, /* text: the cursor in it, a row marked and reversed or not
		    */
	EYE_NONE,  /* something to look at, or to read */
};

#define EYE_WORDS 6

struct eye_view {
	int step; /* that the road marks */
	enum eye_focus focus;
	bool box;     /* over the screen, with a border that is whole */
	bool repeats; /* a row may stand there twice */
	/* Each is in view, cut with a sign, or a sign says that there is more.
	 */
	const char *words[EYE_WORDS];
};

struct eye_place {
	int rows, cols;
	bool ascii; /* a locale without more */
};

/* What is wrong with the screen as it is now; NULL: nothing. free() it. */
char *eye_complaint(struct pty *pty, const struct eye_view *view,
		    const struct eye_place *place);

/* The same when it has come to rest, or after MS. */
char *eye_complaint_within(struct pty *pty, const struct eye_view *view,
			   const struct eye_place *place, int ms);

/* A box of help is open: the name of a key on the bottom line that it does not
 * know; NULL: none. free() it. */
char *eye_unknown_key(struct pty *pty, const struct eye_place *place);

#endif
