/* SPDX-License-Identifier: MIT */
/*
 * kyc demo: practice server, sample documents and the wizard in one, in a
 * directory of its own that goes with a clean end. A demo that was killed is
 * found again and goes on where it was.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/commands/command.h"
#include "tui/wizard/wizard.h"

/* The key that the practice server accepts; it protects nothing. */
#define PRACTICE_KEY	"kyc-sandbox-key"
#define PRACTICE_CLIENT "kyc-sandbox-client"
#define SERVER_START_MS 10000
/* As slow as a line outside, so that a bar can be seen to move. */
#define SLOW_LINE "rate=250000,method=POST"

extern char **environ;

struct demo {
	const struct provider *provider;
	char *dir;
	int lock;
	pid_t server;
	char endpoint[64];
};

/* A private directory that is ours alone, or -1. */
static int take_directory(struct demo *demo, char *dir, struct err *err)
{
	char *lock = NULL;
	struct stat st;

	if (mkdir(dir, 0700) && errno != EEXIST)
		return err_set(err, ERR_STORE,
			       _("cannot make the demo's directory '%s': %s"),
			       dir, strerror(errno));
	if (lstat(dir, &st) || !S_ISDIR(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & 077))
		return err_set(err, ERR_STORE,
			       _("cannot use '%s' for the demo: it is not a "
				 "directory of yours alone"),
			       dir);
	lock = mem_printf("%s/lock", dir);
	demo->lock =
		open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY,
		     0600);
	free(lock);
	if (demo->lock < 0 || flock(demo->lock, LOCK_EX | LOCK_NB)) {
		if (demo->lock >= 0)
			close(demo->lock);
		demo->lock = -1;
		return err_set(err, ERR_STORE, _("another demo is using '%s'"),
			       dir);
	}
	demo->dir = dir;
	return 0;
}

/* The usual directory, or a fresh one while another demo uses that. */
static int find_directory(struct demo *demo, struct err *err)
{
	const char *run = getenv("XDG_RUNTIME_DIR");
	char *dir = run && *run == '/' ? mem_printf("%s/kyc-demo-%s", run,
						    demo->provider->name)
				       : mem_printf("/tmp/kyc-demo-%s-%u",
						    demo->provider->name,
						    (unsigned)geteuid());

	if (take_directory(demo, dir, err) == 0)
		return 0;
	free(dir);
	dir = mem_dup("/tmp/kyc-demo-XXXXXX");
	if (mkdtemp(dir) && take_directory(demo, dir, err) == 0)
		return 0;
	free(dir);
	return -1;
}

static void read_port(const struct demo *demo, char port[16])
{
	char *path = mem_printf("%s/port", demo->dir);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t len = fd < 0 ? 0 : read(fd, port, 15);

	port[len > 0 ? len : 0] = '\0';
	if (strspn(port, "0123456789") != strlen(port) || !*port)
		memcpy(port, "0", 2);
	if (fd >= 0)
		close(fd);
	free(path);
}

/* Write TEXT to NAME in the demo's directory, for us alone. */
static int write_file(const struct demo *demo, const char *name,
		      const char *text, struct err *err)
{
	char *path = mem_printf("%s/%s", demo->dir, name);
	int fd = open(path,
		      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
		      0600);
	size_t len = strlen(text);
	int ret = 0;

	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		ret = err_set(err, ERR_STORE, _("cannot write '%s': %s"), path,
			      strerror(errno));
	if (fd >= 0)
		close(fd);
	free(path);
	return ret;
}

static int spawn_server(struct demo *demo, const char *port, int out,
			const char *review_seconds, struct err *err)
{
	char *program = tui_program("kyc-sandbox");
	char *data = mem_printf("%s/server", demo->dir);
	char *log = mem_printf("%s/server.log", demo->dir);
	const char *argv[] = { "kyc-sandbox",
			       demo->provider->name,
			       "--port",
			       port,
			       "--data",
			       data,
			       "--with-parent",
			       "--review-seconds",
			       review_seconds ? review_seconds : "6",
			       "--fault",
			       SLOW_LINE,
			       NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int failed = 0;

	/* A group of its own: Ctrl-C in the terminal is for the wizard. */
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
					 O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log,
					 O_WRONLY | O_CREAT | O_APPEND, 0600);
	failed = posix_spawn(&demo->server, program, &actions, &attr,
			     (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	if (failed) {
		demo->server = 0;
		err_set(err, ERR_CONFIG,
			_("cannot start the practice server '%s': %s"), program,
			strerror(failed));
	}
	free(program);
	free(data);
	free(log);
	return failed ? -1 : 0;
}

/* Read "NAME http://127.0.0.1:PORT" from the server's first line. */
static int read_endpoint(struct demo *demo, int fd, struct err *err)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	char line[128] = "";
	size_t len = 0;
	char *space = NULL;

	while (len < sizeof(line) - 1 && !strchr(line, '\n')) {
		ssize_t got = 0;

		if (poll(&wait, 1, SERVER_START_MS) <= 0)
			break;
		got = read(fd, line + len, sizeof(line) - 1 - len);
		if (got <= 0)
			break;
		len += (size_t)got;
		line[len] = '\0';
	}
	space = strchr(line, ' ');
	if (!strchr(line, '\n') || !space)
		return err_set(err, ERR_CONFIG,
			       _("the practice server did not start; see "
				 "'%s/server.log'"),
			       demo->dir);
	space[1 + strcspn(space + 1, " \n")] = '\0';
	snprintf(demo->endpoint, sizeof(demo->endpoint), "%s", space + 1);
	return 0;
}

static int start_server(struct demo *demo, const char *review_seconds,
			struct err *err)
{
	const char *colon = NULL;
	char port[16];
	int ends[2];
	int ret = -1;

	read_port(demo, port);
	if (pipe2(ends, O_CLOEXEC))
		return err_set(err, ERR_CONFIG,
			       _("cannot start the practice server: %s"),
			       strerror(errno));
	if (spawn_server(demo, port, ends[1], review_seconds, err))
		goto out;
	close(ends[1]);
	ends[1] = -1;
	if (read_endpoint(demo, ends[0], err))
		goto out;
	colon = strrchr(demo->endpoint, ':');
	if (colon)
		snprintf(port, sizeof(port), "%.*s",
			 (int)strspn(colon + 1, "0123456789"), colon + 1);
	ret = write_file(demo, "port", port, err);
out:
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	return ret;
}

static void stop_server(struct demo *demo)
{
	if (demo->server <= 0)
		return;
	kill(demo->server, SIGTERM);
	while (waitpid(demo->server, NULL, 0) < 0 && errno == EINTR)
		;
}

static int write_config(const struct demo *demo, struct err *err)
{
	const struct prov_setting *setting = demo->provider->settings;
	struct buf text = { 0 };
	int ret;

	buf_addf(&text,
		 "[profile practice]\nprovider = %s\nendpoint = %s\n"
		 "api_key_env = KYC_PRACTICE_KEY\n",
		 demo->provider->name, demo->endpoint);
	if (prov_has_tokens(demo->provider))
		buf_add_text(&text, "client_id = " PRACTICE_CLIENT "\n");
	for (; setting && setting->name; setting++)
		if (setting->practice)
			buf_addf(&text, "%s = %s\n", setting->name,
				 setting->practice);
	ret = write_file(demo, "config", buf_text(&text), err);
	buf_release(&text);
	setenv("KYC_PRACTICE_KEY", PRACTICE_KEY, 1);
	return ret;
}

/* Stand among the sample documents, so that their names can be typed. */
static void go_to_samples(void)
{
	char *samples = tui_data("samples");

	if (chdir(samples))
		fprintf(stderr, _("kyc: the sample documents are missing; the "
				  "demo starts without them\n"));
	free(samples);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static int run(struct demo *demo, const struct tui_arguments *arguments,
	       struct err *err)
{
	struct tui_options options = arguments->global;
	char *config = mem_printf("%s/config", demo->dir);
	char *state = mem_printf("%s/state", demo->dir);
	int status = -1;

	options.config = config;
	options.state = state;
	options.profile = NULL;
	status = tui_wizard(&options, err);
	free(config);
	free(state);
	return status;
}

int tui_cmd_demo(const struct tui_arguments *arguments)
{
	const char *name = arguments->operand_count ? arguments->operands[0]
						    : prov_registry[0]->name;
	struct demo demo = { .lock = -1, .provider = prov_find(name) };
	struct err err = { 0 };
	int status = -1;

	if (!demo.provider) {
		err_set(&err, ERR_USAGE, _("there is no provider called '%s'"),
			name);
		return tui_report_err(&err);
	}
	if (find_directory(&demo, &err) ||
	    start_server(&demo, arguments->review_seconds, &err) ||
	    write_config(&demo, &err))
		goto out;
	go_to_samples();
	status = run(&demo, arguments, &err);
out:
	stop_server(&demo);
	if (status == 0)
		nftw(demo.dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (demo.lock >= 0)
		close(demo.lock);
	free(demo.dir);
	return status < 0 ? tui_report_err(&err) : status;
}
