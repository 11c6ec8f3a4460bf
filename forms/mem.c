/* SPDX-License-Identifier: MIT */
/* Memory that is there or the program ends. */
#include "forms/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say_and_exit(void)
{
	static const char words[] =
		"kyc: out of memory; everything entered so far is saved\n";

	if (write(STDERR_FILENO, words, sizeof(words) - 1) < 0)
		_exit(6);
	_exit(6);
}

void (*mem_exhausted)(void) = say_and_exit;

static void *or_end(void *memory)
{
	if (!memory) {
		mem_exhausted();
		abort();
	}
	return memory;
}

void *mem_alloc(size_t size)
{
	return or_end(calloc(1, size ? size : 1));
}

void *mem_array(size_t count, size_t size)
{
	return or_end(calloc(count ? count : 1, size ? size : 1));
}

void *mem_grow(void *list, size_t count, size_t size)
{
	/* Room doubles at powers of two, so growing one by one stays cheap. */
	if (count && (count & (count - 1)))
		return list;
	if (count > SIZE_MAX / 2 / size)
		return or_end(NULL);
	return or_end(realloc(list, (count ? count * 2 : 1) * size));
}

char *mem_dup(const char *text)
{
	return text ? mem_dup_n(text, strlen(text)) : NULL;
}

char *mem_dup_n(const char *text, size_t size)
{
	char *copy = mem_alloc(size + 1);

	if (size)
		memcpy(copy, text, size);
	return copy;
}

char *mem_printf(const char *format, ...)
{
	va_list args;
	char *text = NULL;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		return or_end(NULL);
	text = mem_alloc((size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

void mem_replace(char **slot, const char *text)
{
	char *copy = mem_dup(text);

	free(*slot);
	*slot = copy;
}

void mem_wipe(void *memory, size_t size)
{
	if (memory)
		explicit_bzero(memory, size);
}

void mem_free_private(char *text)
{
	if (text)
		mem_wipe(text, strlen(text));
	free(text);
}
