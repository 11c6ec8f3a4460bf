/* SPDX-License-Identifier: MIT */
/*
 * What the files of the configuration share. Nobody else includes this.
 *
 *   config.c       the file, what it must have, where it is
 *   config_keys.c  its keys
 */
#ifndef TUI_CONFIG_PRIVATE_H
#define TUI_CONFIG_PRIVATE_H

#include "tui/config.h"

/* What a reading has come to; the first mistake stays. */
struct config_reading {
	struct tui_config *config;
	struct err mistake;
};

/* What inih calls for each line, USER a struct config_reading: 1 is fine, 0
 * makes ini_parse_file() answer this line. */
int tui_config_take(void *user, const char *section, const char *name,
		    const char *value);

/* The profile NAME, or NULL. */
struct tui_profile *tui_config_called(struct tui_config *config,
				      const char *name);

#endif
