/* SPDX-License-Identifier: MIT */
/* Bytes that grow, with a ceiling. */
#include "forms/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/mem.h"

static int buf_room(struct buf *buf, size_t more)
{
	size_t max = buf->max ? buf->max : BUF_MAX;
	size_t cap = buf->cap ? buf->cap : 64;
	char *data = NULL;

	if (more > max || buf->len > max - more)
		return -1;
	while (cap < buf->len + more + 1)
		cap *= 2;
	if (cap == buf->cap)
		return 0;
	/* Not realloc: what moves may be private and is wiped behind it. */
	data = mem_alloc(cap);
	if (buf->len)
		memcpy(data, buf->data, buf->len);
	mem_wipe(buf->data, buf->cap);
	free(buf->data);
	buf->data = data;
	buf->cap = cap;
	return 0;
}

int buf_add(struct buf *buf, const void *data, size_t len)
{
	if (buf_room(buf, len))
		return -1;
	if (len)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
	return 0;
}

int buf_add_text(struct buf *buf, const char *text)
{
	return text ? buf_add(buf, text, strlen(text)) : 0;
}

int buf_add_char(struct buf *buf, char c)
{
	return buf_add(buf, &c, 1);
}

int buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int ret;

	va_start(args, format);
	ret = buf_addv(buf, format, args);
	va_end(args);
	return ret;
}

int buf_addv(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0 || buf_room(buf, (size_t)len))
		return -1;
	vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
	buf->len += (size_t)len;
	return 0;
}

const char *buf_text(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

char *buf_take(struct buf *buf)
{
	char *data = buf->data ? buf->data : mem_dup("");

	buf->data = NULL;
	buf->len = 0;
	buf->cap = 0;
	return data;
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
	mem_wipe(buf->data, buf->cap);
	free(buf->data);
	buf->data = NULL;
	buf->len = 0;
	buf->cap = 0;
}
