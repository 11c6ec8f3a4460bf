/* SPDX-License-Identifier: MIT */
/*
 * Hands on the wizard: it runs in a terminal against a practice server, and
 * keys are pressed as a person would. Every wait has a deadline.
 */
#ifndef TESTS_END_TO_END_HANDS_H
#define TESTS_END_TO_END_HANDS_H

#include "tests/practice.h"
#include "tests/pty.h"

#define HANDS_UP     "\033OA"
#define HANDS_DOWN   "\033OB"
#define HANDS_ENTER  "\r"
#define HANDS_ESC    "\033"
#define HANDS_CTRL_U "\025"

/* The wizard in a terminal of that size, without colour. */
struct pty *hands_open(const struct practice *practice, int rows, int cols);
/* The same at 24 by 80, with ENV (as in pty_options; NULL: none) beside what it
 * needs to find PRACTICE. */
struct pty *hands_open_with(const struct practice *practice,
			    const char *const *env);
/* Leave it by Ctrl-C, twice where it asks; PTY is freed. */
void hands_leave(struct pty *pty);

/* From the complete list of customers, by what is TYPED, to the checklist of
 * the one called NAME, as the provider has answered it. */
void hands_choose(struct pty *pty, const char *typed, const char *name);

/* Move until the pointer stands before LABEL, one row at a time. */
void hands_point_at(struct pty *pty, const char *label);

/* On the checklist: open the document LABEL, which has no file yet. */
void hands_open_slot(struct pty *pty, const char *label);

/* On the document screen: type the sample's path into the field with the
 * focus, and go back to where it was opened; or stay (for the other side). */
void hands_give(struct pty *pty, const char *sample);
void hands_give_side(struct pty *pty, const char *sample);

/* On the checklist: open the selected item, which is called LABEL, give it
 * the sample, and go to the next one that is missing. */
void hands_give_next(struct pty *pty, const char *label, const char *sample);

/* Ask the provider until a line of kyc status matches REGEX, or none does. */
void hands_await(const struct practice *practice, const char *customer,
		 const char *regex);
void hands_await_gone(const struct practice *practice, const char *customer,
		      const char *regex);

#endif
