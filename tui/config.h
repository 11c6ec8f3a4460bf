/* SPDX-License-Identifier: MIT */
/*
 * The configuration: an INI file of profiles. Secrets are never in it; it says
 * where they come from.
 */
#ifndef TUI_CONFIG_H
#define TUI_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "forms/err.h"
#include "providers/provider.h"

/* Where a profile's secret comes from; one of the three is set. */
struct tui_secret {
	char *command; /* run by /bin/sh; its first line of output */
	char *file;    /* its first line; must not be readable by others */
	char *env;     /* name of an environment variable */
};

struct tui_profile {
	struct prov_profile access; /* without its secret */
	struct tui_secret secret;
	/* Settings that one provider alone has, while they are read. */
	struct tui_value {
		const char *name; /* in that provider's table */
		char *value;
	} values[PROV_SETTINGS_MOST];
	size_t value_count;
};

struct tui_config {
	char *path;
	char *default_profile; /* NULL: the first */
	char *operator_name;   /* NULL: who runs the program */
	const struct language *language; /* NULL: as the locale says */
	char *theme;			 /* NULL: the built-in one */
	bool mouse;
	struct tui_profile *profiles;
	size_t profile_count;
};

/* Read PATH. ERR_CONFIG names the line and, for a typo, the nearest known
 * word. CONFIG comes in empty and stays so on failure. */
int tui_config_read(struct tui_config *config, const char *path,
		    struct err *err) ERR_CHECKED;
void tui_config_release(struct tui_config *config);

/* The profile NAME, or the default one for NULL; NULL and ERR if none. */
struct tui_profile *tui_config_profile(struct tui_config *config,
				       const char *name, struct err *err);

/* --config, $KYC_CONFIG, $XDG_CONFIG_HOME/kyc/config, ~/.config/kyc/config;
 * --state and its kin likewise. malloc'd; NULL and ERR without a home. */
char *tui_config_path(const char *option, struct err *err);
char *tui_state_dir(const char *option, struct err *err);

/* Fetch the secret of PROFILE (malloc'd, wiped by its owner) or NULL and
 * ERR_CREDENTIALS, which never quotes it. */
char *tui_secret_fetch(const struct tui_profile *profile, struct err *err);

#endif
