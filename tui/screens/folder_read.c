/* SPDX-License-Identifier: MIT */
/* Which files there are: those that were given, or the newest of a folder, as
 * a thread reads it. */
#include "tui/screens/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TAKEN_AT_ONCE 2048

static void forget_file(struct folder_file *file)
{
	free(file->path);
	free(file->failed);
}

void folder_forget(struct folder *folder)
{
	tui_reader_free(folder->reader);
	folder->reader = NULL;
	for (size_t i = 0; i < folder->count; i++)
		forget_file(&folder->files[i]);
	free(folder->files);
	free(folder->from);
	folder->files = NULL;
	folder->from = NULL;
	folder->count = folder->seen = 0;
	folder->error = 0;
	folder->cut = false;
}

static struct folder_file new_file(char *path, int64_t modified_ms)
{
	struct folder_file file = {
		.path = path,
		.modified_ms = modified_ms,
		.place = MATCH_NONE,
	};

	file.match.slot = MATCH_NONE;
	return file;
}

/* What the operator said about a file stays, however old it is. */
static size_t oldest(const struct folder *folder)
{
	size_t found = MATCH_NONE;

	for (size_t i = 0; i < folder->count; i++)
		if (!folder->files[i].by_hand &&
		    (found == MATCH_NONE ||
		     folder->files[i].modified_ms <
			     folder->files[found].modified_ms))
			found = i;
	return found;
}

/* Of too many the newest stay. PATH is taken. */
static void add_file(struct folder *folder, char *path, int64_t modified_ms)
{
	size_t at = folder->count;

	folder->seen++;
	if (folder->count == FOLDER_FILES_MOST) {
		at = oldest(folder);
		if (at == MATCH_NONE ||
		    folder->files[at].modified_ms >= modified_ms) {
			free(path);
			return;
		}
		forget_file(&folder->files[at]);
	} else {
		folder->files = mem_grow(folder->files, folder->count++,
					 sizeof(*folder->files));
	}
	folder->files[at] = new_file(path, modified_ms);
}

static int by_name(const void *a, const void *b)
{
	const struct folder_file *one = a, *other = b;

	return strcmp(one->path, other->path);
}

/* By name, and SELECTED (taken; NULL: the first) selected if it still is there.
 */
static void sort(struct folder *folder, char *selected)
{
	if (folder->count)
		qsort(folder->files, folder->count, sizeof(*folder->files),
		      by_name);
	for (size_t i = 0; selected && i < folder->count; i++)
		if (strcmp(folder->files[i].path, selected) == 0)
			folder->list.selected = i;
	free(selected);
}

/* Of the first nobody knows yet whether it is what is wanted. */
static char *selected_path(const struct folder *folder)
{
	size_t at = folder->list.selected;

	return at && at < folder->count ? mem_dup(folder->files[at].path)
					: NULL;
}

static bool take(struct folder *folder)
{
	const char *slash =
		folder->from[strlen(folder->from) - 1] == '/' ? "" : "/";
	struct tui_reader_entry *batch[TAKEN_AT_ONCE];
	size_t count = tui_reader_take(folder->reader, batch, TAKEN_AT_ONCE);

	for (size_t i = 0; i < count; i++) {
		if (batch[i]->kind == TUI_READER_FILE &&
		    batch[i]->name[0] != '.')
			add_file(folder,
				 mem_printf("%s%s%s", folder->from, slash,
					    batch[i]->name),
				 batch[i]->modified_ms);
		tui_reader_entry_free(batch[i]);
	}
	return count > 0;
}

static int nothing(struct folder *folder, struct err *err)
{
	if (folder->error)
		return err_set(err, ERR_INPUT,
			       _("cannot read the folder '%s': %s"),
			       folder->from, strerror(folder->error));
	return err_set(err, ERR_INPUT, _("there is no file in '%s'"),
		       folder->from);
}

int folder_read(struct folder *folder, bool *changed, struct err *err)
{
	enum tui_reader_state state;
	char *selected = NULL;

	*changed = false;
	if (!folder->reader)
		return 0;
	selected = selected_path(folder);
	*changed = take(folder);
	state = tui_reader_state(folder->reader, &folder->error);
	if (state != TUI_READER_BUSY) {
		folder->cut = state == TUI_READER_CUT;
		tui_reader_free(folder->reader);
		folder->reader = NULL;
		*changed = true;
	}
	if (folder->error == ENOTDIR) { /* a file was named */
		folder->error = 0;
		add_file(folder, mem_dup(folder->from), 0);
	}
	sort(folder, selected);
	return folder->reader || folder->count ? 0 : nothing(folder, err);
}

static int begin(struct folder *folder, const char *path, struct err *err)
{
	folder->from = tui_path_absolute(path);
	folder->reader = tui_reader_start(folder->from);
	if (folder->reader)
		return 0;
	folder->error = errno;
	return nothing(folder, err);
}

int folder_list(struct folder *folder, const struct tui_paths *paths,
		struct err *err)
{
	int ret = 0;

	folder_forget(folder);
	folder->list = (struct tui_list){ .rows = folder->list.rows };
	if (paths->count < 2)
		ret = begin(folder, paths->count ? paths->list[0] : "", err);
	else
		for (size_t i = 0; i < paths->count; i++)
			add_file(folder, tui_path_absolute(paths->list[i]), 0);
	if (folder->count)
		sort(folder, NULL);
	folder->listed = !ret;
	return ret;
}
