/* SPDX-License-Identifier: MIT */
/*
 * Giving up every right that is not needed, before the first stranger's byte
 * is read. What a system does not offer is gone without: the worker is the
 * outer wall of none of the checks, only what keeps a broken reader small.
 */
#include "forms/inspect/inspect.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
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
	/* files, by name */
	__NR_openat,
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
	/* programs and processes */
	__NR_execve,
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
	__NR_open,
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

void inspect_guard_calls(void)
{
	struct sock_filter code[2 * GUARD_DENIED + 8];
	struct sock_fprog program = { .filter = code };
	unsigned short n = 0;

#define GUARD_STEP(op, value) \
	(code[n++] = (struct sock_filter)BPF_STMT(op, value))
#define GUARD_JUMP(op, value, yes, no) \
	(code[n++] = (struct sock_filter)BPF_JUMP(op, value, yes, no))

	GUARD_STEP(BPF_LD | BPF_W | BPF_ABS,
		   offsetof(struct seccomp_data, arch));
	GUARD_JUMP(BPF_JMP | BPF_JEQ | BPF_K, GUARD_ARCH, 1, 0);
	GUARD_STEP(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	GUARD_STEP(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	/* Numbers from here on are a second set, x32, with doors of its own. */
	GUARD_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
	GUARD_STEP(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	for (size_t i = 0; i < GUARD_DENIED; i++) {
		GUARD_JUMP(BPF_JMP | BPF_JEQ | BPF_K, guard_denied[i], 0, 1);
		GUARD_STEP(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	}
	GUARD_STEP(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = n;
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

void inspect_guard_calls(void)
{
}

#endif
