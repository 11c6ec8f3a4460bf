/* SPDX-License-Identifier: MIT */
/*
 * Loaded before a program's libraries (LD_PRELOAD): the shared clock, and a
 * disk that fails. The program itself stays as it is shipped.
 *
 * Built by itself, without the tree's flags: a sanitizer has no place here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "tests/faults/clock.h"

/* A leap every so often, so long at most: what is alive and merely slow has
 * many of them before anybody's patience ends. */
#define IDLE_MS 4
#define LEAP_MS 250

#define REAL(name) ((__typeof__(&name))next_of(#name))

static void *next_of(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static struct fault_clock *shared; /* NULL: nothing is changed */
static bool leaps;		   /* it is the program under test */

/* Failing. */

enum group {
	DISK_WRITE = 1,
	DISK_SYNC = 2,
	DISK_OPEN = 4,
	DISK_CUT = 8,
	DISK_LINK = 16,
	DISK_MAKE = 32,
};

static const struct {
	const char *name;
	unsigned groups;
} groups[] = {
	{ "pwrite", DISK_WRITE },
	{ "fsync", DISK_SYNC },
	{ "open", DISK_OPEN },
	{ "ftruncate", DISK_CUT },
	{ "link", DISK_LINK },
	{ "mkdir", DISK_MAKE },
	{ "disk", DISK_WRITE | DISK_SYNC | DISK_OPEN | DISK_CUT | DISK_LINK |
			  DISK_MAKE },
};

static unsigned failing; /* groups */
static unsigned nth;
static bool ever_after;
static int why;

static void read_failure(const char *text)
{
	size_t len = strcspn(text, ":");
	char *end = NULL;

	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (strlen(groups[i].name) == len &&
		    !strncmp(groups[i].name, text, len))
			failing = groups[i].groups;
	nth = text[len] ? (unsigned)strtoul(text + len + 1, &end, 10) : 0;
	ever_after = end && *end == '+';
	end = end ? strchr(end, ':') : NULL;
	why = end ? atoi(end + 1) : EIO;
}

static bool fails(unsigned group)
{
	unsigned call;

	if (!(failing & group))
		return false;
	call = ++shared->calls;
	if (call != nth && !(ever_after && call > nth))
		return false;
	shared->fired++;
	errno = why;
	return true;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv(FAULT_CLOCK_FILE);
	const char *failure = getenv(FAULT_FAIL);
	int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map = MAP_FAILED;

	if (fd >= 0) {
		map = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			   MAP_SHARED, fd, 0);
		close(fd);
	}
	if (map == MAP_FAILED)
		return;
	shared = map;
	leaps = !strcmp(program_invocation_short_name, "kyc");
	if (failure && leaps)
		read_failure(failure);
}

/* The clock. */

static int64_t ahead_of(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
		return shared->ahead_ms + shared->wall_ms;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_BOOTTIME:
		return shared->ahead_ms;
	default:
		return 0;
	}
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	static __typeof__(&clock_gettime) real;
	int64_t ahead;

	if (!real)
		real = REAL(clock_gettime);
	if (real(clock, now))
		return -1;
	if (!shared)
		return 0;
	ahead = ahead_of(clock);
	now->tv_sec += ahead / 1000;
	now->tv_nsec += ahead % 1000 * 1000000;
	if (now->tv_nsec >= 1000000000) {
		now->tv_nsec -= 1000000000;
		now->tv_sec++;
	}
	return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec at;

	(void)zone;
	if (clock_gettime(CLOCK_REALTIME, &at))
		return -1;
	now->tv_sec = at.tv_sec;
	now->tv_usec = at.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *out)
{
	struct timespec at = { 0 };

	clock_gettime(CLOCK_REALTIME, &at);
	if (out)
		*out = at.tv_sec;
	return at.tv_sec;
}

/* Only who waits for the wire leaps, with its own descriptors and libcurl's: a
 * file that is being looked at, alone, takes the time that it takes. It may
 * oversleep: whoever wakes up ten times for nothing is not kept from
 * leaping by that. */
static int wait_for(struct pollfd *fds, nfds_t count, int timeout)
{
	static __typeof__(&poll) real;
	static int idle;
	int ready = 0;

	if (!real)
		real = REAL(poll);
	if (!shared || !leaps || count < 2 || !timeout)
		return real(fds, count, timeout);
	while (!ready && timeout) {
		int piece =
			timeout < 0 || timeout > IDLE_MS ? IDLE_MS : timeout;

		ready = real(fds, count, piece);
		idle = ready ? 0 : idle + piece;
		timeout -= timeout < 0 ? 0 : piece;
		if (idle < IDLE_MS)
			continue;
		idle = 0;
		if (shared->busy)
			continue;
		shared->ahead_ms += LEAP_MS;
		if (timeout > 0)
			timeout = timeout > LEAP_MS ? timeout - LEAP_MS : 0;
	}
	return ready;
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
	return wait_for(fds, count, timeout);
}

int __poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size);
int __poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size)
{
	(void)size;
	return wait_for(fds, count, timeout);
}

/* The disk. What is said on the terminal is no disk. */

static bool is_file(int fd)
{
	struct stat st;
	int saved = errno;
	bool regular = !fstat(fd, &st) && S_ISREG(st.st_mode);

	errno = saved;
	return regular;
}

#define WRAP(group, type, name, declared, passed, test) \
	type name declared                              \
	{                                               \
		static __typeof__(&name) real;          \
                                                        \
		if (!real)                              \
			real = REAL(name);              \
		if (failing && (test) && fails(group))  \
			return -1;                      \
		return real passed;                     \
	}

WRAP(DISK_WRITE, ssize_t, pwrite64,
     (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at),
     true)
WRAP(DISK_WRITE, ssize_t, write, (int fd, const void *data, size_t size),
     (fd, data, size), is_file(fd))
WRAP(DISK_SYNC, int, fsync, (int fd), (fd), true)
WRAP(DISK_SYNC, int, fdatasync, (int fd), (fd), true)
WRAP(DISK_CUT, int, ftruncate64, (int fd, off64_t size), (fd, size), true)
WRAP(DISK_LINK, int, link, (const char *from, const char *to), (from, to), true)
WRAP(DISK_MAKE, int, mkdir, (const char *path, mode_t mode), (path, mode), true)

/* Opening for writing: reading is what libraries do all the time. */
#define WRAP_OPEN(name)                                            \
	int name(const char *path, int flags, ...)                 \
	{                                                          \
		static __typeof__(&name) real;                     \
		mode_t mode = 0;                                   \
		va_list args;                                      \
                                                                   \
		if (!real)                                         \
			real = REAL(name);                         \
		if (flags & (O_CREAT | __O_TMPFILE)) {             \
			va_start(args, flags);                     \
			mode = va_arg(args, mode_t);               \
			va_end(args);                              \
		}                                                  \
		if (failing && (flags & (O_WRONLY | O_RDWR)) &&    \
		    strncmp(path, "/dev/", 5) && fails(DISK_OPEN)) \
			return -1;                                 \
		return real(path, flags, mode);                    \
	}

WRAP_OPEN(open)
WRAP_OPEN(open64)
