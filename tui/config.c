/* SPDX-License-Identifier: MIT */
/* The configuration file: tables of keys, read with inih. */
#include "tui/config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "forms/form.h"

#define LINE_MOST	 199 /* inih cuts longer lines in two */
#define FILE_MOST	 (1 << 20)
#define PARALLEL_DEFAULT 4
#define PARALLEL_MOST	 16

/* What a reading has come to; the first mistake stays. */
struct reading {
	struct tui_config *config;
	struct err mistake;
};

__attribute__((format(printf, 2, 3))) static int
mistake(struct reading *reading, const char *format, ...)
{
	char text[sizeof(reading->mistake.text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (!reading->mistake.code)
		err_set(&reading->mistake, ERR_CONFIG, "%s", text);
	return -1;
}

static int unknown(struct reading *reading, const char *kind, const char *word,
		   const char *const *known);

static int set_provider(struct reading *reading, struct tui_profile *profile,
			const char *value)
{
	const char *known[16] = { 0 };

	profile->access.provider = prov_find(value);
	if (profile->access.provider)
		return 0;
	for (size_t i = 0; prov_registry[i] && i < 15; i++)
		known[i] = prov_registry[i]->name;
	return unknown(reading, "provider", value, known);
}

static int set_endpoint(struct reading *reading, struct tui_profile *profile,
			const char *value)
{
	struct err err = { 0 };
	size_t len = strlen(value);

	if (prov_endpoint_check(value, &err))
		return mistake(reading, "%s", err.text);
	mem_replace(&profile->access.endpoint, value);
	if (len && value[len - 1] == '/')
		profile->access.endpoint[len - 1] = '\0';
	return 0;
}

static int set_parallel(struct reading *reading, struct tui_profile *profile,
			const char *value)
{
	char *end = NULL;
	unsigned long number = strtoul(value, &end, 10);

	if (!*value || *end || number < 1 || number > PARALLEL_MOST)
		return mistake(reading,
			       _("parallel is a number from 1 to 16, not '%s'"),
			       value);
	profile->access.parallel = (unsigned)number;
	return 0;
}

static int set_command(struct reading *reading, struct tui_profile *profile,
		       const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.command, value);
	return 0;
}

static int set_file(struct reading *reading, struct tui_profile *profile,
		    const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.file, value);
	return 0;
}

static int set_env(struct reading *reading, struct tui_profile *profile,
		   const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.env, value);
	return 0;
}

static int set_ca_file(struct reading *reading, struct tui_profile *profile,
		       const char *value)
{
	(void)reading;
	mem_replace(&profile->access.ca_file, value);
	return 0;
}

static int set_client(struct reading *reading, struct tui_profile *profile,
		      const char *value)
{
	(void)reading;
	mem_replace(&profile->access.client, value);
	return 0;
}

static int set_secret(struct reading *reading, struct tui_profile *profile,
		      const char *value)
{
	(void)profile;
	(void)value;
	return mistake(reading,
		       _("a secret does not belong into the configuration; "
			 "use api_key_command, api_key_file or api_key_env"));
}

static const struct profile_key {
	const char *name;
	int (*set)(struct reading *reading, struct tui_profile *profile,
		   const char *value);
} profile_keys[] = {
	{ "provider", set_provider },
	{ "endpoint", set_endpoint },
	{ "parallel", set_parallel },
	{ "ca_file", set_ca_file },
	{ "api_key_command", set_command },
	{ "api_key_file", set_file },
	{ "api_key_env", set_env },
	{ "api_key", set_secret },
	/* The same where a provider has clients, in the words of its pages. */
	{ "client_id", set_client },
	{ "api_id", set_client },
	{ "client_secret_command", set_command },
	{ "client_secret_file", set_file },
	{ "client_secret_env", set_env },
	{ "client_secret", set_secret },
	{ NULL, NULL },
};

/* The name of a setting as a provider has it, or NULL. */
static const char *setting_called(const struct provider *provider,
				  const char *name)
{
	const struct prov_setting *row = provider->settings;

	for (; row && row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row->name;
	return NULL;
}

/* Kept until it is known which provider the profile has. 1: no such name. */
static int set_value(struct tui_profile *profile, const char *name,
		     const char *value)
{
	struct tui_value *row = NULL;
	const char *known = NULL;

	for (size_t i = 0; prov_registry[i] && !known; i++)
		known = setting_called(prov_registry[i], name);
	if (!known || profile->value_count == PROV_SETTINGS_MOST)
		return 1;
	row = &profile->values[profile->value_count++];
	row->name = known;
	row->value = mem_dup(value);
	return 0;
}

static int unknown(struct reading *reading, const char *kind, const char *word,
		   const char *const *known)
{
	const char *near = text_nearest(word, known);

	if (near)
		return mistake(reading,
			       _("there is no %s '%s'; did you mean '%s'?"),
			       kind, word, near);
	return mistake(reading, _("there is no %s '%s'"), kind, word);
}

static int set_language(struct reading *reading, const char *value)
{
	reading->config->language = language_find(value);
	if (reading->config->language)
		return 0;
	return mistake(reading,
		       _("the language '%s' is not spoken; en and pt_BR "
			 "are"),
		       value);
}

static int set_top(struct reading *reading, const char *name, const char *value)
{
	static const char *const known[] = { "default", "language", "operator",
					     NULL };

	if (strcmp(name, "default") == 0)
		mem_replace(&reading->config->default_profile, value);
	else if (strcmp(name, "operator") == 0)
		mem_replace(&reading->config->operator_name, value);
	else if (strcmp(name, "language") == 0)
		return set_language(reading, value);
	else
		return unknown(reading, "setting", name, known);
	return 0;
}

static struct tui_profile *profile_called(struct tui_config *config,
					  const char *name)
{
	for (size_t i = 0; i < config->profile_count; i++)
		if (strcmp(config->profiles[i].access.name, name) == 0)
			return &config->profiles[i];
	return NULL;
}

static int set_in_profile(struct reading *reading, const char *profile_name,
			  const char *name, const char *value)
{
	struct tui_config *config = reading->config;
	struct tui_profile *profile = profile_called(config, profile_name);
	const char *known[sizeof(profile_keys) / sizeof(*profile_keys)] = { 0 };

	if (!profile) {
		config->profiles =
			mem_grow(config->profiles, config->profile_count,
				 sizeof(*config->profiles));
		profile = &config->profiles[config->profile_count++];
		memset(profile, 0, sizeof(*profile));
		profile->access.name = mem_dup(profile_name);
		profile->access.parallel = PARALLEL_DEFAULT;
	}
	for (size_t i = 0; profile_keys[i].name; i++) {
		if (strcmp(profile_keys[i].name, name) == 0)
			return profile_keys[i].set(reading, profile, value);
		known[i] = profile_keys[i].name;
	}
	if (!set_value(profile, name, value))
		return 0;
	return unknown(reading, "profile setting", name, known);
}

/* inih's handler: 1 is fine, 0 makes ini_parse_file answer this line. */
static int take(void *user, const char *section, const char *name,
		const char *value)
{
	static const char *const known[] = { "profile", "kiosk", NULL };
	struct reading *reading = user;

	if (!*section)
		return !set_top(reading, name, value);
	if (strncmp(section, "profile ", 8) == 0 && section[8])
		return !set_in_profile(reading, section + 8, name, value);
	if (strcmp(section, "kiosk") == 0)
		return 1;
	unknown(reading, "section", section, known);
	return 0;
}

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
	struct reading reading = { .config = &fresh };
	FILE *file = open_config(path, err);
	int line = 0;
	int ret = -1;

	if (!file || check_lines(file, path, err))
		goto out;
	line = ini_parse_file(file, take, &reading);
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
	memset(config, 0, sizeof(*config));
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
	profile = profile_called(config, wanted);
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
