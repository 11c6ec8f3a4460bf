/* SPDX-License-Identifier: MIT */
/* A program run to its end: how long it took, how much memory. */
#include "tests/bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tests/test.h"

static void become(const struct practice *practice, const char *const *argv)
{
	char *log = mem_printf("%s/log", practice->dir);
	int out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	setenv("KYC_CONFIG", practice->config, 1);
	setenv("KYC_STATE", practice->state, 1);
	setenv("PRACTICE_KEY", "kyc-sandbox-key", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static double milliseconds(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static struct bench_run await(pid_t pid, double began)
{
	struct bench_run run = { 0 };
	struct rusage used = { 0 };
	int status = 0;

	while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
		;
	run.ms = bench_now_ms() - began;
	run.status = WIFEXITED(status) ? WEXITSTATUS(status)
				       : 128 + WTERMSIG(status);
	run.cpu_ms = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
	run.peak_mb = (double)used.ru_maxrss * 1024 / 1e6;
	return run;
}

struct bench_run bench_run(const struct practice *practice,
			   const char *const *argv)
{
	double began = bench_now_ms();
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid)
		become(practice, argv);
	return await(pid, began);
}

struct bench_run bench_fork(int (*function)(void *arg), void *arg)
{
	double began = bench_now_ms();
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid)
		_exit(function(arg));
	return await(pid, began);
}

char *bench_log(const struct practice *practice)
{
	char *path = mem_printf("%s/log", practice->dir);
	FILE *log = fopen(path, "re");
	struct buf text = { 0 };
	int c = EOF;

	while (log && (c = fgetc(log)) != EOF)
		buf_add_char(&text, (char)c);
	if (log)
		fclose(log);
	free(path);
	return buf_take(&text);
}

struct bench_run bench_kyc(const struct practice *practice, int status,
			   const char *const *arguments)
{
	char *program = test_build_path("kyc");
	const char *argv[32] = { program };
	struct bench_run run;

	for (size_t i = 0; arguments[i] && i + 2 < 32; i++)
		argv[i + 1] = arguments[i];
	run = bench_run(practice, argv);
	if (run.status != status) {
		fail_msg("kyc %s ended with %d: %s", arguments[0], run.status,
			 bench_log(practice));
	}
	free(program);
	return run;
}
