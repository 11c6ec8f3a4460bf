/* SPDX-License-Identifier: MIT */
/*
 * A terminal for tests: a program in a pseudo-terminal, what it drew as text
 * (libvterm), and keys to type. A small shell stands between, so that the
 * program can be stopped and continued and the line outlives it.
 *
 * Every wait has a deadline and fails the test with the screen as it was.
 */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct pty;

struct pty_options {
	int rows, cols;		/* 0: 24 by 80 */
	const char *const *env; /* "NAME=VALUE" over the test's own, "NAME" to
				   unset, NULL-terminated; or NULL */
	/* Run ARGV (NULL-terminated), or FUNCTION in a fork of the test. */
	const char *const *argv;
	int (*function)(void *arg);
	void *arg;
};

/* TERM is xterm-256color and the locale C.UTF-8 unless ENV says otherwise. */
struct pty *pty_start(const struct pty_options *options);
void pty_free(struct pty *pty); /* killed if it runs; NULL is fine */

void pty_send(struct pty *pty, const char *keys);
void pty_send_bytes(struct pty *pty, const void *bytes, size_t len);

/* Wait until TEXT is on the screen (in one row), or is not any more. */
void pty_expect(struct pty *pty, const char *text);
void pty_expect_gone(struct pty *pty, const char *text);
/* Wait until the extended regular expression matches a row. */
void pty_expect_match(struct pty *pty, const char *regex);
/* Wait until TEXT was sent by the program, drawn or not. */
void pty_expect_bytes(struct pty *pty, const char *bytes);

/* Wait until MET answers true; WHAT says in a failure what was wanted. */
typedef bool pty_condition(struct pty *pty, const void *arg);
void pty_expect_that(struct pty *pty, pty_condition *met, const void *arg,
		     const char *what);
/* The same, but answers false when it did not within MS. */
bool pty_within(struct pty *pty, pty_condition *met, const void *arg, int ms);

bool pty_shows(struct pty *pty, const char *text); /* now */
char *pty_row(struct pty *pty, int row); /* trailing blanks cut; free() it */
char *pty_screen(struct pty *pty);	 /* rows with line ends; free() it */
/* The column, as the terminal counts, from COL on, where TEXT begins in ROW;
 * -1: nowhere. */
int pty_column(struct pty *pty, int row, int col, const char *text);
void pty_cursor(struct pty *pty, int *row, int *col);
void pty_expect_cursor(struct pty *pty, int row, int col);
bool pty_reversed(struct pty *pty, int row, int col); /* reverse video? */
bool pty_alternate(const struct pty *pty); /* on the second screen? */

void pty_resize(struct pty *pty, int rows, int cols);
void pty_modes(const struct pty *pty, struct termios *modes);
/* The same, as they were before the program had the line. */
void pty_first_modes(const struct pty *pty, struct termios *modes);

/* All that the program sent so far (the first megabytes), NUL-terminated. */
const char *pty_bytes(const struct pty *pty, size_t *len);

void pty_signal(struct pty *pty, int number); /* to the program alone */
void pty_expect_stopped(struct pty *pty);
void pty_continue(struct pty *pty); /* as the shell's fg */
void pty_hang_up(struct pty *pty);  /* the terminal goes away */

/* Wait for the end: exit status, or 128 + signal. */
int pty_wait_exit(struct pty *pty);

#endif
