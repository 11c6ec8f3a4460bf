/* SPDX-License-Identifier: MIT */
/*
 * Paths as people give them: dropped, pasted, quoted, half typed. No shell is
 * asked.
 */
#ifndef TUI_PATH_H
#define TUI_PATH_H

#include <stddef.h>

struct tui_paths {
	char **list;
	size_t count;
};

/*
 * Read what a terminal pastes when files are dropped: paths between blanks or
 * line ends, in quotes, with backslashes, as file:// addresses with %XX. A text
 * that is as a whole the name of something that exists counts as that. At
 * most 1,000.
 */
void tui_paths_parse(const char *text, size_t len, struct tui_paths *out);
void tui_paths_release(struct tui_paths *paths);

/* Does TEXT look like a path or several ("/", "~/", "./", "file://", a quote)? */
int tui_paths_likely(const char *text);

/* Absolute form of TYPED ("~" and "~/" understood, against the working
 * directory); malloc'd. Nothing is resolved or followed. */
char *tui_path_absolute(const char *typed);

/*
 * Completion: the names in TYPED's directory that start with its last part
 * (case folded), directories with a '/', newest first, at most ROOM; hidden
 * ones only after a dot. COMMON (malloc'd, may be NULL) is TYPED extended as
 * far as all agree.
 */
void tui_path_complete(const char *typed, size_t room, struct tui_paths *names,
		       char **common);

#endif
