/* SPDX-License-Identifier: MIT */
#include "cases/folders.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "cases/store_private.h"
#include "forms/mem.h"

/* The last rows of each, by number: no index is needed, no table is read. */
static const char newest[] =
	"SELECT path FROM"
	" (SELECT path, chosen_ms AS at FROM"
	"  (SELECT path, chosen_ms FROM documents ORDER BY id DESC LIMIT 200)"
	"  UNION ALL"
	"  SELECT path, queued_ms FROM"
	"  (SELECT path, queued_ms FROM submissions"
	"   ORDER BY id DESC LIMIT 200))"
	" WHERE path LIKE '/%' ORDER BY at DESC";

static bool known(char *const *list, size_t count, const char *folder)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], folder) == 0)
			return true;
	return false;
}

static void add(char **list, size_t *count, const char *path)
{
	size_t len = (size_t)(strrchr(path, '/') - path);
	char *folder = mem_dup_n(path, len ? len : 1);

	if (known(list, *count, folder))
		free(folder);
	else
		list[(*count)++] = folder;
}

int case_folders(struct case_store *store, char **list, size_t most,
		 size_t *count, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = 0;

	*count = 0;
	if (db_query(store, &stmt, newest, NULL, err))
		return -1;
	while (*count < most && (got = db_step(store, stmt, err)) > 0)
		add(list, count, db_column(stmt, 0));
	sqlite3_finalize(stmt);
	if (got >= 0)
		return 0;
	while (*count)
		free(list[--*count]);
	return -1;
}
