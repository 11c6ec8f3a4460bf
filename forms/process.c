/* SPDX-License-Identifier: MIT */
#include "forms/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

static void give(posix_spawn_file_actions_t *actions, int fd, int as)
{
	if (fd >= 0)
		posix_spawn_file_actions_adddup2(actions, fd, as);
	else
		posix_spawn_file_actions_addopen(actions, as, "/dev/null",
						 O_RDWR, 0);
}

int process_start(pid_t *pid, const char *program, char *const *arguments,
		  int in, int out, int error)
{
	static char *const no_environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int ret;

	/* Asked first: not every system tells what became of a spawn. */
	if (access(program, X_OK))
		return errno;
	posix_spawn_file_actions_init(&actions);
	give(&actions, in, STDIN_FILENO);
	give(&actions, out, STDOUT_FILENO);
	give(&actions, error, STDERR_FILENO);
	posix_spawnattr_init(&attributes);
	sigemptyset(&signals);
	posix_spawnattr_setsigmask(&attributes, &signals);
	sigfillset(&signals);
	posix_spawnattr_setsigdefault(&attributes, &signals);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP |
						      POSIX_SPAWN_SETSIGMASK |
						      POSIX_SPAWN_SETSIGDEF);
	ret = posix_spawn(pid, program, &actions, &attributes, arguments,
			  no_environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return ret;
}

int64_t clock_ms(clockid_t clock)
{
	struct timespec at = { 0 };

	clock_gettime(clock, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}
