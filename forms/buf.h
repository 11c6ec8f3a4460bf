/* SPDX-License-Identifier: MIT */
/*
 * Bytes that grow, with a ceiling. All-zero is a valid empty buffer. The
 * content is always followed by a NUL, so that text can be read in place.
 */
#ifndef FORMS_BUF_H
#define FORMS_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "forms/err.h"

struct buf {
	char *data; /* NULL while empty */
	size_t len;
	size_t cap;
	size_t max; /* bytes at most; 0 means BUF_MAX */
};

#define BUF_MAX ((size_t)8 << 20)

/* Each returns 0, or -1 when the ceiling would be passed (nothing added).
 * What is added is never part of BUF itself: its content may move. */
int buf_add(struct buf *buf, const void *data, size_t len);
int buf_add_text(struct buf *buf, const char *text); /* NULL adds nothing */
int buf_add_char(struct buf *buf, char c);
int buf_addf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int buf_addv(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

const char *buf_text(const struct buf *buf); /* never NULL */
char *buf_take(struct buf *buf); /* never NULL; free() it; BUF is empty after */
void buf_reset(struct buf *buf); /* empty, keeps the room */
void buf_release(struct buf *buf); /* wiped and freed; empty after */

#endif
