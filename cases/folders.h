/* SPDX-License-Identifier: MIT */
/* Where the files of this record came from. */
#ifndef CASES_FOLDERS_H
#define CASES_FOLDERS_H

#include <stddef.h>

#include "cases/store.h"

/* The folders that documents were chosen from, last used first, each once, at
 * most MOST of them into LIST; *COUNT how many. free() each. */
int case_folders(struct case_store *store, char **list, size_t most,
		 size_t *count, struct err *err) ERR_CHECKED;

#endif
