/* SPDX-License-Identifier: MIT */
/*
 * Loaded before a program's libraries (LD_PRELOAD): a disk that takes no sync
 * while the file that KYC_STILL_DISK names is there.
 *
 * Built by itself, without the tree's flags: a sanitizer has no place here.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static void stand_still(void)
{
	const char *gate = getenv("KYC_STILL_DISK");

	while (gate && !access(gate, F_OK))
		poll(NULL, 0, 2);
}

int fsync(int fd)
{
	stand_still();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	stand_still();
	return (int)syscall(SYS_fdatasync, fd);
}
