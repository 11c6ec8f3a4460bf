/* SPDX-License-Identifier: MIT */
/* A practice server of one's own, and the program run against it. */
#include "tests/practice.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "forms/buf.h"
#include "forms/mem.h"
#include "providers/provider.h"
#include "tests/test.h"

#define WAIT_MS 60000

const char practice_information[] =
	"{\"phone\":\"+5511987654321\",\"firstName\":\"Maria\","
	"\"lastName\":\"Souza\",\"address\":{\"country\":\"BRA\","
	"\"line1\":\"Rua Augusta 100\",\"city\":\"São Paulo\","
	"\"state\":\"SP\",\"postalCode\":\"01305-000\"},"
	"\"monthlyVolumeInUSD\":\"5000\",\"transactionVolumeInUSD\":\"1000\","
	"\"jurisdictions\":[\"BRA\"],\"involvedActivities\":[\"NONE\"],"
	"\"transactionCounterparties\":[\"FAMILY\"],"
	"\"professionalSituation\":\"EMPLOYEE\","
	"\"professionalOccupation\":\"Teacher\","
	"\"sourceOfFunds\":\"EMPLOYMENT\"}";

static long long now_ms(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (long long)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* Read FD to its end, or until WAIT_MS passed; -1 when they did. */
static int read_all(int fd, struct buf *into)
{
	long long end = now_ms() + WAIT_MS;
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	for (;;) {
		char chunk[4096];
		long long left = end - now_ms();
		ssize_t got = 0;

		if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
			return -1;
		got = read(fd, chunk, sizeof(chunk));
		if (got <= 0)
			return 0;
		buf_add(into, chunk, (size_t)got);
	}
}

static void start_server(struct practice *practice, unsigned port,
			 const char *options)
{
	char *words = mem_printf("--port %u --data %s/server %s", port,
				 practice->dir, options);

	sandbox_start_for(&practice->server, practice->provider, words);
	snprintf(practice->endpoint, sizeof(practice->endpoint),
		 "http://127.0.0.1:%u%s", (unsigned)practice->server.port,
		 practice->server.base);
	free(words);
}

/* The profile "practice", with whatever its provider must know. */
static void write_config(struct practice *practice)
{
	const struct provider *provider = prov_find(practice->provider);
	const struct prov_setting *setting = NULL;
	struct buf text = { 0 };

	assert_non_null(provider);
	buf_addf(&text,
		 "[profile practice]\nprovider = %s\nendpoint = %s\n"
		 "api_key_env = PRACTICE_KEY\n",
		 provider->name, practice->endpoint);
	if (prov_has_tokens(provider))
		buf_add_text(&text, "client_id = kyc-sandbox-client\n");
	setting = provider->settings;
	for (; setting && setting->name; setting++)
		if (setting->practice)
			buf_addf(&text, "%s = %s\n", setting->name,
				 setting->practice);
	practice->config = practice_file(practice, "config", buf_text(&text));
	buf_release(&text);
}

void practice_start_for(struct practice *practice, const char *provider,
			const char *options)
{
	practice->provider = provider;
	practice->dir = mem_dup("/tmp/kyc-test-XXXXXX");
	assert_non_null(mkdtemp(practice->dir));
	start_server(practice, 0, options);
	write_config(practice);
	practice->state = mem_printf("%s/state", practice->dir);
}

void practice_start(struct practice *practice, const char *options)
{
	practice_start_for(practice, "lumx", options);
}

void practice_kill_server(struct practice *practice)
{
	if (practice->server.pid > 0)
		sandbox_stop(&practice->server, SIGKILL);
	practice->server.pid = 0;
}

void practice_restart_server(struct practice *practice)
{
	start_server(practice, practice->server.port, "");
}

void practice_stop(struct practice *practice)
{
	practice_kill_server(practice);
	test_remove_tree(practice->dir);
	free(practice->dir);
	free(practice->config);
	free(practice->state);
	memset(practice, 0, sizeof(*practice));
}

/* In the child: nothing of the tester's own settings may matter. */
void practice_kyc_exec(const struct practice *practice,
		       const char *const *arguments)
{
	char *program = test_build_path("kyc");
	const char *argv[64] = { "kyc" };

	for (size_t i = 0; arguments[i] && i < 62; i++)
		argv[i + 1] = arguments[i];
	if (practice) {
		setenv("KYC_CONFIG", practice->config, 1);
		setenv("KYC_STATE", practice->state, 1);
	}
	setenv("PRACTICE_KEY", "kyc-sandbox-key", 0);
	setenv("LC_ALL", "C.UTF-8", 1);
	execv(program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

pid_t practice_kyc_start(const struct practice *practice,
			 const char *const *argv, int out)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid)
		return pid;
	if (out >= 0) {
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
	}
	practice_kyc_exec(practice, argv);
	return -1;
}

struct practice_run practice_kyc(const struct practice *practice,
				 const char *const *argv)
{
	struct practice_run run = { 0 };
	struct buf out = { 0 };
	struct buf err = { 0 };
	int outs[2], errs[2];
	int status = 0;
	pid_t pid = 0;

	assert_int_equal(pipe2(outs, O_CLOEXEC), 0);
	assert_int_equal(pipe2(errs, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		int nothing = open("/dev/null", O_RDONLY);

		dup2(nothing, STDIN_FILENO);
		dup2(outs[1], STDOUT_FILENO);
		dup2(errs[1], STDERR_FILENO);
		practice_kyc_exec(practice, argv);
	}
	close(outs[1]);
	close(errs[1]);
	if (read_all(outs[0], &out) || read_all(errs[0], &err))
		kill(pid, SIGKILL);
	close(outs[0]);
	close(errs[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	run.status = WIFEXITED(status) ? WEXITSTATUS(status)
				       : 128 + WTERMSIG(status);
	run.out = buf_take(&out);
	run.err = buf_take(&err);
	return run;
}

void practice_expect(const struct practice_run *run, int status)
{
	if (run->status != status)
		fail_msg("exit status %d, wanted %d\nout: %s\nerr: %s",
			 run->status, status, run->out, run->err);
}

void practice_run_release(struct practice_run *run)
{
	free(run->out);
	free(run->err);
	memset(run, 0, sizeof(*run));
}

char *practice_sample(const char *name)
{
	char *relative = mem_printf("assets/samples/%s", name);
	char *path = test_source_path(relative);

	free(relative);
	return path;
}

char *practice_file(const struct practice *practice, const char *name,
		    const char *text)
{
	char *path = mem_printf("%s/%s", practice->dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	return path;
}

/* A record is called by its UUID; some providers spell the id otherwise:
 * "cust_" and the same without dashes. */
static char *record_name(const char *customer)
{
	const char *hex = strrchr(customer, '_');

	if (!hex || strlen(++hex) != 32)
		return mem_dup(customer);
	return mem_printf("%.8s-%.4s-%.4s-%.4s-%s", hex, hex + 8, hex + 12,
			  hex + 16, hex + 20);
}

size_t practice_documents(const struct practice *practice, const char *customer)
{
	char *name = record_name(customer);
	char *path = mem_printf("%s/server/%s/%s.json", practice->dir,
				practice->provider, name);
	json_t *record = json_load_file(path, 0, NULL);
	size_t count = json_array_size(json_object_get(record, "documents"));

	json_decref(record);
	free(path);
	free(name);
	return count;
}
