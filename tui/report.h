/* SPDX-License-Identifier: MIT */
/*
 * Line mode: what goes where. Results go to standard output (with --json one
 * object a line and nothing else); messages and progress to standard error.
 */
#ifndef TUI_REPORT_H
#define TUI_REPORT_H

#include <stdbool.h>

#include "cases/case.h"
#include "tui/app.h"

/* "kyc: SENTENCE" and, by its code, what to do next. Returns the exit status
 * of the code. */
int tui_report_err(const struct err *err);

/* At the very end: results that could not be written are a failure (what was
 * sent stays so); nobody there to read them is none. STATUS or worse. */
int tui_report_end(int status);

/* A message to standard error, unless --quiet; cleaned. */
void tui_report(const struct tui_app *app, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Findings as lines "  error: …" on standard error. */
void tui_report_findings(const struct findings *findings);

/* CUSTOMER as others know him; "" of one who is still to be made. */
const char *tui_known_id(const char *customer);

/* What SUBMISSION is called: its type or form, by the provider's code. */
const char *tui_what_of(const struct case_submission *submission);

/*
 * The result of one item. SUBMISSION gives what is known; FINDINGS, if any,
 * are why it was refused here (its state is then CASE_REFUSED). Returns the
 * exit status of this item.
 */
int tui_report_result(const struct tui_app *app,
		      const struct case_submission *submission,
		      const struct findings *findings);

/* The worse of two exit statuses: configuration and credentials first, then
 * interrupted, refused, refused here, not settled. */
int tui_worse(int one, int other);

/* Who drives the outbox, and wants to hear of it. All-zero: a command, which is
 * shown the progress of one item. */
struct tui_driver {
	outbox_changed *changed; /* hears of each submission that moved */
	/* Called at least ten times a second, and shows progress itself;
	 * READABLE: something came on FD. False: that is enough. NULL: the
	 * usual progress, and FD is not looked at. */
	bool (*turn)(void *arg, bool readable);
	int fd; /* -1: none */
	void *arg;
};

/*
 * drive.c. Drive the outbox until SUBMISSION (0: everything) is settled or
 * nothing moves any more, showing progress and what holds it up. Half a minute
 * in which nothing moves is enough for one, two minutes for everything; what
 * has no answer then is kept. -1: the record failed (ERR). 1: a signal ended
 * it.
 */
int tui_drive(struct tui_app *app, int64_t submission,
	      const struct tui_driver *driver, struct err *err) ERR_CHECKED;

#endif
