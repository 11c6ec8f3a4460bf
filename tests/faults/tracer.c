/* SPDX-License-Identifier: MIT */
/* A program that is killed at a chosen system call. */
#include "tests/faults/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

/* What changes a disk or leaves on a socket. */
static const long leaving[] = {
	SYS_write,    SYS_pwrite64,  SYS_writev,    SYS_sendto, SYS_sendmsg,
	SYS_fsync,    SYS_fdatasync, SYS_ftruncate, SYS_linkat, SYS_unlinkat,
	SYS_renameat, SYS_mkdirat,   SYS_fchmodat,
#ifdef SYS_link
	SYS_link,     SYS_unlink,    SYS_rename,    SYS_mkdir,
#endif
};

static bool leaves(uint64_t number)
{
	for (size_t i = 0; i < sizeof(leaving) / sizeof(*leaving); i++)
		if ((uint64_t)leaving[i] == number)
			return true;
	return false;
}

/* The child that is to be followed; starts KYC once it is. */
static pid_t start(const struct practice *practice, const char *const *argv)
{
	pid_t pid = fork();
	int nothing;

	assert_true(pid >= 0);
	if (pid)
		return pid;
	nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		_exit(126);
	raise(SIGSTOP);
	practice_kyc_exec(practice, argv);
	_exit(127);
}

/* Is this stop the beginning of a call that counts? */
static bool counts(pid_t thread)
{
	struct __ptrace_syscall_info info = { 0 };

	return ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(info), &info) >
		       0 &&
	       info.op == PTRACE_SYSCALL_INFO_ENTRY && leaves(info.entry.nr);
}

/* Follow PID and its threads to the end. */
static int follow(pid_t pid, int nth)
{
	int made = 0;
	int status = 0;
	pid_t thread;

	while ((thread = waitpid(-1, &status, __WALL)) > 0) {
		int number = 0;

		if (WIFEXITED(status) || WIFSIGNALED(status)) {
			if (thread == pid)
				break;
			continue;
		}
		if (!WIFSTOPPED(status))
			continue;
		number = WSTOPSIG(status);
		if (number == (SIGTRAP | 0x80)) {
			number = 0;
			if (counts(thread) && made++ == nth)
				kill(pid, SIGKILL);
		} else if (number == SIGTRAP || number == SIGSTOP) {
			number = 0; /* exec, a new thread */
		}
		ptrace(PTRACE_SYSCALL, thread, NULL, (long)number);
	}
	return made;
}

int tracer_run(const struct practice *practice, const char *const *argv,
	       int nth)
{
	pid_t pid = start(practice, argv);
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFSTOPPED(status))
		return -1;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL,
		   (long)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL |
			  PTRACE_O_TRACECLONE)) ||
	    ptrace(PTRACE_SYSCALL, pid, NULL, NULL)) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return -1;
	}
	return follow(pid, nth);
}
