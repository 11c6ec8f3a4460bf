/* SPDX-License-Identifier: MIT */
/*
 * Giving up every right that is not needed, before the first stranger's byte
 * is read. What a system does not offer is gone without: the worker is the
 * outer wall of none of the checks, only what keeps a broken reader small.
 */
#include "forms/inspect/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static void guard_limit(int what, rlim_t most)
{
	struct rlimit limit = { 0 };

	if (!getrlimit(what, &limit) && limit.rlim_max < most)
		most = limit.rlim_max;
	limit.rlim_cur = most;
	limit.rlim_max = most;
	setrlimit(what, &limit);
}

void inspect_guard_limits(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	guard_limit(RLIMIT_CORE, 0);
	guard_limit(RLIMIT_FSIZE, 0);
	guard_limit(RLIMIT_NOFILE, 32);
#ifndef KYC_SANITIZERS
	/* The sanitizers want terabytes of room and a process that looks
	 * into this one. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	guard_limit(RLIMIT_AS, (rlim_t)512 << 20);
	guard_limit(RLIMIT_NPROC, 0);
#endif
}

#if defined(__x86_64__)
#define GUARD_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define GUARD_ARCH AUDIT_ARCH_AARCH64
#endif

#if defined(GUARD_ARCH) && !defined(KYC_SANITIZERS)

/* Calls that answer EPERM: nothing here is missed by an honest reader. */
static const unsigned guard_denied[] = {
	/* connections */
	__NR_socket,
	__NR_socketpair,
	__NR_connect,
	__NR_bind,
	__NR_listen,
	__NR_accept,
	__NR_accept4,
	/* changing files */
	__NR_unlinkat,
	__NR_renameat2,
	__NR_linkat,
	__NR_symlinkat,
	__NR_mkdirat,
	__NR_mknodat,
	__NR_fchmod,
	__NR_fchmodat,
	__NR_fchown,
	__NR_fchownat,
	__NR_truncate,
	__NR_ftruncate,
	__NR_utimensat,
	__NR_setxattr,
	__NR_fsetxattr,
	__NR_open_by_handle_at,
	__NR_memfd_create,
	__NR_chroot,
	__NR_mount,
	__NR_umount2,
	__NR_pivot_root,
	/* processes */
	__NR_execveat,
	__NR_clone,
	__NR_kill,
	__NR_tkill,
	__NR_tgkill,
	__NR_ptrace,
	__NR_process_vm_readv,
	__NR_process_vm_writev,
	__NR_unshare,
	__NR_setns,
	__NR_prlimit64,
	/* the kernel's wider doors */
	__NR_ioctl,
	__NR_bpf,
	__NR_perf_event_open,
	__NR_userfaultfd,
	__NR_keyctl,
	__NR_add_key,
	__NR_request_key,
	__NR_shmget,
	__NR_msgget,
	__NR_semget,
	__NR_mq_open,
	__NR_personality,
#ifdef __NR_open /* the older spellings, unknown to younger machines */
	__NR_creat,
	__NR_unlink,
	__NR_rmdir,
	__NR_rename,
	__NR_renameat,
	__NR_link,
	__NR_symlink,
	__NR_mkdir,
	__NR_mknod,
	__NR_chmod,
	__NR_chown,
	__NR_lchown,
	__NR_utime,
	__NR_utimes,
	__NR_fork,
	__NR_vfork,
#endif
#ifdef __NR_io_uring_setup
	__NR_io_uring_setup,
	__NR_io_uring_enter,
	__NR_io_uring_register,
	__NR_pidfd_send_signal,
#endif
#ifdef __NR_clone3
	__NR_clone3,
#endif
#ifdef __NR_openat2
	__NR_openat2,
	__NR_pidfd_getfd,
#endif
};

#define GUARD_DENIED (sizeof(guard_denied) / sizeof(guard_denied[0]))

struct guard {
	struct sock_filter code[2 * GUARD_DENIED + 24];
	unsigned short count;
};

static void guard_step(struct guard *guard, uint16_t op, uint32_t value)
{
	guard->code[guard->count++] = (struct sock_filter)BPF_STMT(op, value);
}

/* Where what was loaded compares so with VALUE: YES steps on, else NO. */
static void guard_jump(struct guard *guard, uint16_t op, uint32_t value,
		       uint8_t yes, uint8_t no)
{
	guard->code[guard->count++] = (struct sock_filter)BPF_JUMP(
		(uint16_t)(BPF_JMP | op | BPF_K), value, yes, no);
}

static void guard_load(struct guard *guard, size_t offset)
{
	guard_step(guard, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

static void guard_deny(struct guard *guard, unsigned call)
{
	guard_jump(guard, BPF_JEQ, call, 0, 1);
	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
}

/* CALL opens by name, with its flags as argument AT: for reading only. */
static void guard_read_only(struct guard *guard, unsigned call, unsigned at)
{
	size_t flags = offsetof(struct seccomp_data, args) + at * 8;

	guard_jump(guard, BPF_JEQ, call, 0, 4);
	guard_load(guard, flags); /* the lower half: little end first */
	guard_jump(guard, BPF_JSET, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, 0,
		   1);
	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
}

static void guard_begin(struct guard *guard)
{
	guard_load(guard, offsetof(struct seccomp_data, arch));
	guard_jump(guard, BPF_JEQ, GUARD_ARCH, 1, 0);
	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	guard_load(guard, offsetof(struct seccomp_data, nr));
	/* Numbers from here on are a second set, x32, with doors of its own. */
	guard_jump(guard, BPF_JGE, 0x40000000, 0, 1);
	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	for (size_t i = 0; i < GUARD_DENIED; i++)
		guard_deny(guard, guard_denied[i]);
}

static void guard_end(struct guard *guard)
{
	struct sock_fprog program = { .filter = guard->code };

	guard_step(guard, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = guard->count;
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

void inspect_guard_calls(void)
{
	struct guard guard = { 0 };

	guard_begin(&guard);
	guard_deny(&guard, __NR_execve);
	guard_deny(&guard, __NR_openat);
#ifdef __NR_open
	guard_deny(&guard, __NR_open);
#endif
	guard_end(&guard);
}

void inspect_guard_program(void)
{
	struct guard guard = { 0 };

	guard_begin(&guard);
	guard_read_only(&guard, __NR_openat, 2);
#ifdef __NR_open
	guard_read_only(&guard, __NR_open, 1);
#endif
	guard_end(&guard);
}

#else

void inspect_guard_calls(void)
{
}

void inspect_guard_program(void)
{
}

#endif
