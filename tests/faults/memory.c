/* SPDX-License-Identifier: MIT */
/*
 * Loaded before a program's libraries (LD_PRELOAD): memory that runs out, once
 * or for good. Beside preload.c, as a sanitizer has an allocator of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/faults/clock.h"

static struct fault_clock *shared; /* NULL: nothing fails */
static unsigned nth;
static bool ever_after;

/* The way to the real ones: dlsym() itself allocates. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv(FAULT_CLOCK_FILE);
	const char *failure = getenv(FAULT_FAIL);
	char *end = NULL;
	void *map;
	int fd;

	if (!path || !failure || strncmp(failure, "malloc:", 7) ||
	    strcmp(program_invocation_short_name, "kyc"))
		return;
	fd = open(path, O_RDWR | O_CLOEXEC);
	map = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED,
		   fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return;
	nth = (unsigned)strtoul(failure + 7, &end, 10);
	ever_after = *end == '+';
	shared = map;
}

static bool fails(void)
{
	unsigned call;

	if (!shared)
		return false;
	call = ++shared->calls;
	if (call != nth && !(ever_after && call > nth))
		return false;
	shared->fired++;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return fails() ? NULL : __libc_realloc(memory, size);
}
