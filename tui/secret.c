/* SPDX-License-Identifier: MIT */
/* Secrets from a command, a file or the environment. They are never quoted in
 * an error, never on a command line, and wiped by whoever gets them. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/config.h"

#define SECRET_MOST 4096

extern char **environ;

/* The first line of what FD gives, or NULL when there is none. */
static char *first_line(int fd)
{
	char text[SECRET_MOST + 1];
	size_t len = 0;
	char *line = NULL;
	char *end = NULL;

	while (len < SECRET_MOST) {
		ssize_t got = read(fd, text + len, SECRET_MOST - len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	text[len] = '\0';
	end = strpbrk(text, "\r\n");
	if (end)
		*end = '\0';
	if (*text && len < SECRET_MOST)
		line = mem_dup(text);
	mem_wipe(text, sizeof(text));
	return line;
}

static char *from_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	char *secret = NULL;

	if (fd < 0) {
		err_set(err, ERR_CREDENTIALS,
			_("cannot read the key file '%s': %s"), path,
			strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) || (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		err_set(err, ERR_CREDENTIALS,
			_("the key file '%s' is open to others; make it yours "
			  "alone: chmod 600"),
			path);
	else if (!(secret = first_line(fd)))
		err_set(err, ERR_CREDENTIALS, _("the key file '%s' is empty"),
			path);
	close(fd);
	return secret;
}

static char *from_command(const char *command, struct err *err)
{
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" },
			       (char *)(uintptr_t)command, NULL };
	posix_spawn_file_actions_t actions;
	char *secret = NULL;
	int ends[2];
	int status = 0;
	pid_t pid = 0;

	if (pipe2(ends, O_CLOEXEC)) {
		err_set(err, ERR_CREDENTIALS,
			_("cannot run the key command: %s"), strerror(errno));
		return NULL;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	errno = posix_spawn(&pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (errno) {
		err_set(err, ERR_CREDENTIALS,
			_("cannot run the key command: %s"), strerror(errno));
		close(ends[0]);
		return NULL;
	}
	secret = first_line(ends[0]);
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !secret) {
		mem_free_private(secret);
		err_set(err, ERR_CREDENTIALS,
			_("the key command gave no key (exit status %d)"),
			WIFEXITED(status) ? WEXITSTATUS(status) : 128);
		return NULL;
	}
	return secret;
}

char *tui_secret_fetch(const struct tui_profile *profile, struct err *err)
{
	const struct tui_secret *from = &profile->secret;
	const char *value = NULL;
	char *secret = NULL;

	if (from->command)
		secret = from_command(from->command, err);
	else if (from->file)
		secret = from_file(from->file, err);
	else if (from->env) {
		value = getenv(from->env);
		if (value && *value)
			secret = mem_dup(value);
		else
			err_set(err, ERR_CREDENTIALS,
				_("the environment variable '%s' with the key "
				  "is not set"),
				from->env);
	} else {
		err_set(err, ERR_CREDENTIALS,
			_("profile '%s' does not say where its key comes from: "
			  "set api_key_command, api_key_file or api_key_env"),
			profile->access.name);
	}
	return secret;
}
