/* SPDX-License-Identifier: MIT */
/*
 * How a function says that it failed: a code to branch on and a sentence to
 * show. Success leaves the struct alone. The sentence starts lower case, ends
 * without a stop, says what failed first and quotes its subject:
 * cannot open 'x.pdf': no such file. What to do next is the screen's business.
 */
#ifndef FORMS_ERR_H
#define FORMS_ERR_H

#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_USAGE,	 /* the command line cannot be understood */
	ERR_INPUT,	 /* a file, a field or a rule, refused here */
	ERR_REFUSED,	 /* the provider said no */
	ERR_NETWORK,	 /* no answer; it may work later */
	ERR_CREDENTIALS, /* missing, wrong or expired */
	ERR_CONFIG,	 /* the configuration, or the installation */
	ERR_STORE,	 /* the durable record */
	ERR_CANCELLED,	 /* the operator stopped it */
	ERR_BUG,	 /* our own mistake */
};

struct err {
	enum err_code code;
	char text[512];
};

#define ERR_CHECKED __attribute__((warn_unused_result))

/*
 * Fill ERR (which may be NULL) and return -1, so that a caller can write
 * return err_set(...). Text that came from outside may be passed: the
 * sentence is cleaned of anything a terminal would obey.
 */
int err_set(struct err *err, enum err_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "PREFIX: " in front of the sentence of ERR; returns -1 as well. */
int err_prefix(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The exit status that design promises for CODE: 0..6 or 130. */
int err_exit_status(enum err_code code);

#endif
