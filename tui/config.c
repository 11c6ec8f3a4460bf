/* SPDX-License-Identifier: MIT */
/* The configuration file, read with inih, and where it is. */

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"
#include "tui/config_private.h"

#define LINE_MOST 199 /* inih cuts longer lines in two */
#define FILE_MOST (1 << 20)

static int check_lines(FILE *file, const char *path, struct err *err)
{
	size_t column = 0;
	int line = 1;
	long bytes = 0;

	for (int c = getc(file); c != EOF; c = getc(file)) {
		column = c == '\n' ? 0 : column + 1;
		if (c == '\n')
			line++;
		if (column > LINE_MOST || c == '\0' || ++bytes > FILE_MOST)
			return err_set(
				err, ERR_CONFIG,
				_("%s, line %d: longer than %d bytes, or "
				  "not text"),
				path, line, LINE_MOST);
	}
	rewind(file);
	return 0;
}

static FILE *open_config(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	FILE *file = NULL;

	if (fd < 0) {
		err_set(err, ERR_CONFIG,
			_("cannot read the configuration '%s': %s"), path,
			strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		err_set(err, ERR_CONFIG,
			_("cannot read the configuration '%s': not a file"),
			path);
		close(fd);
		return NULL;
	}
	/* It names commands that are run. */
	if ((st.st_uid != geteuid() && st.st_uid != 0) ||
	    (st.st_mode & (S_IWGRP | S_IWOTH))) {
		err_set(err, ERR_CONFIG,
			_("the configuration '%s' can be changed by others; "
			  "make it yours alone: chmod go-w"),
			path);
		close(fd);
		return NULL;
	}
	file = fdopen(fd, "r");
	if (!file)
		close(fd);
	return file;
}

/* Put VALUE where its provider looks for it. */
static int place_value(const char *path, struct prov_profile *access,
		       struct tui_value *value, struct err *err)
{
	const struct prov_setting *rows = access->provider->settings;

	for (size_t i = 0; rows && rows[i].name && i < PROV_SETTINGS_MOST;
	     i++) {
		if (strcmp(rows[i].name, value->name) != 0)
			continue;
		if (rows[i].valid && !rows[i].valid(value->value))
			return err_set(
				err, ERR_CONFIG,
				_("%s: profile '%s': '%s' is no %s (%s)"), path,
				access->name, value->value, rows[i].name,
				_(rows[i].help));
		free(access->settings[i]);
		access->settings[i] = value->value;
		value->value = NULL;
		return 0;
	}
	return err_set(err, ERR_CONFIG,
		       _("%s: profile '%s': '%s' is no setting of %s"), path,
		       access->name, value->name, access->provider->title);
}

static int check_settings(const char *path, struct tui_profile *profile,
			  struct err *err)
{
	struct prov_profile *access = &profile->access;
	const struct provider *provider = access->provider;
	const struct prov_setting *rows = provider->settings;

	for (size_t i = 0; i < profile->value_count; i++)
		if (place_value(path, access, &profile->values[i], err))
			return -1;
	for (size_t i = 0; rows && rows[i].name; i++)
		if (rows[i].required && !access->settings[i])
			return err_set(err, ERR_CONFIG,
				       _("%s: profile '%s' has no %s (%s)"),
				       path, access->name, rows[i].name,
				       _(rows[i].help));
	if (prov_has_tokens(provider) && !access->client)
		return err_set(err, ERR_CONFIG,
			       _("%s: profile '%s' has no client_id"), path,
			       access->name);
	if (!prov_has_tokens(provider) && access->client)
		return err_set(err, ERR_CONFIG,
			       _("%s: profile '%s': %s has no client ids"),
			       path, access->name, provider->title);
	return 0;
}

static int check_profiles(struct tui_config *config, struct err *err)
{
	if (!config->profile_count)
		return err_set(err, ERR_CONFIG,
			       _("%s: it has no [profile NAME] section"),
			       config->path);
	for (size_t i = 0; i < config->profile_count; i++) {
		struct prov_profile *access = &config->profiles[i].access;

		if (!access->provider)
			return err_set(err, ERR_CONFIG,
				       _("%s: profile '%s' names no provider"),
				       config->path, access->name);
		if (!access->endpoint)
			access->endpoint =
				mem_dup(access->provider->sandbox_endpoint);
		if (check_settings(config->path, &config->profiles[i], err))
			return -1;
	}
	return 0;
}

int tui_config_read(struct tui_config *config, const char *path,
		    struct err *err)
{
	struct tui_config fresh = { .path = mem_dup(path) };
	struct config_reading reading = { .config = &fresh };
	FILE *file = open_config(path, err);
	int line = 0;
	int ret = -1;

	if (!file || check_lines(file, path, err))
		goto out;
	line = ini_parse_file(file, tui_config_take, &reading);
	if (line != 0) {
		err_set(err, ERR_CONFIG, _("%s, line %d: %s"), path, line,
			reading.mistake.code
				? reading.mistake.text
				: "neither [section] nor name = value");
		goto out;
	}
	if (check_profiles(&fresh, err))
		goto out;
	*config = fresh;
	memset(&fresh, 0, sizeof(fresh));
	ret = 0;
out:
	if (file)
		fclose(file);
	tui_config_release(&fresh);
	return ret;
}

void tui_config_release(struct tui_config *config)
{
	for (size_t i = 0; i < config->profile_count; i++) {
		struct tui_profile *profile = &config->profiles[i];

		prov_profile_wipe(&profile->access);
		for (size_t v = 0; v < profile->value_count; v++)
			free(profile->values[v].value);
		free(profile->secret.command);
		free(profile->secret.file);
		free(profile->secret.env);
	}
	free(config->profiles);
	free(config->path);
	free(config->default_profile);
	free(config->operator_name);
	free(config->theme);
	memset(config, 0, sizeof(*config));
}

struct tui_profile *tui_config_called(struct tui_config *config,
				      const char *name)
{
	for (size_t i = 0; i < config->profile_count; i++)
		if (strcmp(config->profiles[i].access.name, name) == 0)
			return &config->profiles[i];
	return NULL;
}

struct tui_profile *tui_config_profile(struct tui_config *config,
				       const char *name, struct err *err)
{
	const char *wanted = name ? name : config->default_profile;
	const char **known = NULL;
	struct tui_profile *profile = NULL;
	const char *near = NULL;

	if (!wanted)
		return &config->profiles[0];
	profile = tui_config_called(config, wanted);
	if (profile)
		return profile;
	known = mem_array(config->profile_count + 1, sizeof(*known));
	for (size_t i = 0; i < config->profile_count; i++)
		known[i] = config->profiles[i].access.name;
	near = text_nearest(wanted, known);
	err_set(err, ERR_CONFIG, _("%s: there is no profile '%s'%s%s%s"),
		config->path, wanted, near ? "; did you mean '" : "",
		near ? near : "", near ? "'?" : "");
	free(known);
	return NULL;
}

static char *home_path(const char *option, const char *own, const char *xdg,
		       const char *below_home, const char *name,
		       struct err *err)
{
	const char *env = getenv(own);
	const char *base = getenv(xdg);
	const char *home = getenv("HOME");
	struct passwd *user = NULL;

	if (option)
		return mem_dup(option);
	if (env && *env)
		return mem_dup(env);
	if (base && *base == '/')
		return mem_printf("%s/%s", base, name);
	if (!home || !*home) {
		user = getpwuid(geteuid());
		home = user ? user->pw_dir : NULL;
	}
	if (!home) {
		err_set(err, ERR_CONFIG,
			_("cannot find your home directory: set $HOME"));
		return NULL;
	}
	return mem_printf("%s/%s/%s", home, below_home, name);
}

char *tui_config_path(const char *option, struct err *err)
{
	return home_path(option, "KYC_CONFIG", "XDG_CONFIG_HOME", ".config",
			 "kyc/config", err);
}

char *tui_state_dir(const char *option, struct err *err)
{
	return home_path(option, "KYC_STATE", "XDG_STATE_HOME", ".local/state",
			 "kyc", err);
}
