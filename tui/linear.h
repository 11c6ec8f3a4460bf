/* SPDX-License-Identifier: MIT */
/*
 * The wizard as plain questions, a line each, append-only: for screen readers,
 * braille lines, serial consoles and pipes. The same model and the same words;
 * nothing is drawn over.
 */
#ifndef TUI_LINEAR_H
#define TUI_LINEAR_H

#include "tui/app.h"
#include "tui/form_view.h"

struct linear {
	struct tui_app *app;
	struct buf typed; /* what came and was not read yet */
	bool ended;	  /* nothing more will come */
	int status;	  /* the worst that happened; the exit status */
	char *customer;	  /* id; NULL: none */
	struct case_checklist list;
};

/* Run until the operator leaves or the input ends. Returns the exit status. */
int tui_linear_run(struct tui_app *app);

/* A line to standard output; cleaned. */
void linear_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void linear_say_err(const struct err *err);
void linear_say_findings(const struct findings *findings);

/* Ask a question and wait for its line, while what is being sent goes on. The
 * answer has no blanks around it; free() it. NULL: the input ended, or a
 * signal came. */
char *linear_ask(struct linear *linear, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Is ANSWER the number of one of COUNT lines, from 1? Its index, or -1. */
int linear_choice(const char *answer, size_t count);

/* Load the checklist from the record again. -1 when that failed (said). */
int linear_reload(struct linear *linear);

/* linear_item.c: what one line of the checklist asks for. */
void linear_item(struct linear *linear, const struct case_item *item);
/* linear_form.c */
void linear_form(struct linear *linear, const struct case_form *form);
/* Record VALUE, the answer of FIELD; -1: that failed (said). */
typedef int linear_keep(struct linear *linear, void *arg,
			const struct form_field *field, const char *value);
/* Ask for each field of VIEW in turn, until the last or a word to stop. */
void linear_fill(struct linear *linear, struct tui_form_view *view,
		 linear_keep *kept, void *arg);
/* linear_create.c: a new customer, or one begun before. The id of who is to be
 * worked on then, free() it; NULL: nobody. */
char *linear_create(struct linear *linear, const char *begun);
/* linear_send.c: what is ready, and how everything stands. */
void linear_send(struct linear *linear);
void linear_status(struct linear *linear);
/* Until SUBMISSION (0: all) has its answer, a line for each step. */
void linear_drive(struct linear *linear, int64_t submission);

#endif
