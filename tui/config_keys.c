/* SPDX-License-Identifier: MIT */
/* The configuration's keys as a table, and what each may be. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/config_private.h"

#define PARALLEL_DEFAULT 4
#define PARALLEL_MOST	 16

__attribute__((format(printf, 2, 3))) static int
mistake(struct config_reading *reading, const char *format, ...)
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

static int unknown(struct config_reading *reading, const char *kind,
		   const char *word, const char *const *known);

static int set_provider(struct config_reading *reading,
			struct tui_profile *profile, const char *value)
{
	const char *known[16] = { 0 };

	profile->access.provider = prov_find(value);
	if (profile->access.provider)
		return 0;
	for (size_t i = 0; prov_registry[i] && i < 15; i++)
		known[i] = prov_registry[i]->name;
	return unknown(reading, "provider", value, known);
}

static int set_endpoint(struct config_reading *reading,
			struct tui_profile *profile, const char *value)
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

static int set_parallel(struct config_reading *reading,
			struct tui_profile *profile, const char *value)
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

static int set_command(struct config_reading *reading,
		       struct tui_profile *profile, const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.command, value);
	return 0;
}

static int set_file(struct config_reading *reading, struct tui_profile *profile,
		    const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.file, value);
	return 0;
}

static int set_env(struct config_reading *reading, struct tui_profile *profile,
		   const char *value)
{
	(void)reading;
	mem_replace(&profile->secret.env, value);
	return 0;
}

static int set_ca_file(struct config_reading *reading,
		       struct tui_profile *profile, const char *value)
{
	(void)reading;
	mem_replace(&profile->access.ca_file, value);
	return 0;
}

static int set_client(struct config_reading *reading,
		      struct tui_profile *profile, const char *value)
{
	(void)reading;
	mem_replace(&profile->access.client, value);
	return 0;
}

static int set_secret(struct config_reading *reading,
		      struct tui_profile *profile, const char *value)
{
	(void)profile;
	(void)value;
	return mistake(reading,
		       _("a secret does not belong into the configuration; "
			 "use api_key_command, api_key_file or api_key_env"));
}

static const struct profile_key {
	const char *name;
	int (*set)(struct config_reading *reading, struct tui_profile *profile,
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

static int unknown(struct config_reading *reading, const char *kind,
		   const char *word, const char *const *known)
{
	const char *near = text_nearest(word, known);

	if (near)
		return mistake(reading,
			       _("there is no %s '%s'; did you mean '%s'?"),
			       kind, word, near);
	return mistake(reading, _("there is no %s '%s'"), kind, word);
}

static int set_language(struct config_reading *reading, const char *value)
{
	reading->config->language = language_find(value);
	if (reading->config->language)
		return 0;
	return mistake(reading,
		       _("the language '%s' is not spoken; en and pt_BR "
			 "are"),
		       value);
}

static int set_mouse(struct config_reading *reading, const char *value)
{
	reading->config->mouse = strcmp(value, "yes") == 0;
	if (reading->config->mouse || strcmp(value, "no") == 0)
		return 0;
	return mistake(reading, _("mouse is yes or no, not '%s'"), value);
}

static int set_top(struct config_reading *reading, const char *name,
		   const char *value)
{
	static const char *const known[] = { "default",	 "language", "mouse",
					     "operator", "theme",    NULL };

	if (strcmp(name, "default") == 0)
		mem_replace(&reading->config->default_profile, value);
	else if (strcmp(name, "operator") == 0)
		mem_replace(&reading->config->operator_name, value);
	else if (strcmp(name, "theme") == 0)
		mem_replace(&reading->config->theme, value);
	else if (strcmp(name, "language") == 0)
		return set_language(reading, value);
	else if (strcmp(name, "mouse") == 0)
		return set_mouse(reading, value);
	else
		return unknown(reading, "setting", name, known);
	return 0;
}

static int set_in_profile(struct config_reading *reading,
			  const char *profile_name, const char *name,
			  const char *value)
{
	struct tui_config *config = reading->config;
	struct tui_profile *profile = tui_config_called(config, profile_name);
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

int tui_config_take(void *user, const char *section, const char *name,
		    const char *value)
{
	static const char *const known[] = { "profile", "kiosk", NULL };
	struct config_reading *reading = user;

	if (!*section)
		return !set_top(reading, name, value);
	if (strncmp(section, "profile ", 8) == 0 && section[8])
		return !set_in_profile(reading, section + 8, name, value);
	if (strcmp(section, "kiosk") == 0)
		return 1;
	unknown(reading, "section", section, known);
	return 0;
}
