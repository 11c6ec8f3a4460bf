/* SPDX-License-Identifier: MIT */
/* A picker: opened, its folder read, closed. */
#include "tui/files/picker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TAKEN_AT_ONCE 2048 /* sorted in less than a millisecond */
#define TICK_MS	      10
#define PLACES_MOST   20

char *picker_path(const struct picker *picker, const char *name)
{
	bool root = strcmp(picker->folder, "/") == 0;

	return mem_printf("%s/%s", root ? "" : picker->folder, name);
}

/* Read. */

/* Both are in order; from the end, so that nothing is moved twice. */
static void merge(struct picker *picker, struct tui_reader_entry **batch,
		  size_t count)
{
	size_t from = picker->count, to = picker->count + count;

	for (size_t i = 0; i < count; i++)
		picker->all = mem_grow(picker->all, picker->count++,
				       sizeof(struct tui_reader_entry *));
	while (count) {
		if (from && tui_reader_newest_first(&picker->all[from - 1],
						    &batch[count - 1]) > 0)
			picker->all[--to] = picker->all[--from];
		else
			picker->all[--to] = batch[--count];
	}
}

static const struct tui_reader_entry *find(const struct picker *picker,
					   const char *name)
{
	for (size_t i = 0; name && i < picker->count; i++)
		if (strcmp(picker->all[i]->name, name) == 0)
			return picker->all[i];
	return NULL;
}

static void stop_reading(struct picker *picker)
{
	tui_reader_free(picker->reader);
	picker->reader = NULL;
}

static bool read_on(struct picker *picker)
{
	struct tui_reader_entry *batch[TAKEN_AT_ONCE];
	const struct tui_reader_entry *keep = NULL;
	size_t count = 0;

	if (!picker->reader)
		return false;
	count = tui_reader_take(picker->reader, batch, TAKEN_AT_ONCE);
	qsort(batch, count, sizeof(batch[0]), tui_reader_newest_first);
	if (picker->moved)
		keep = picker_entry(picker, picker->list.selected);
	for (size_t i = 0; i < count; i++)
		batch[i]->mark = (int)picker_fit(picker, batch[i]);
	if (count)
		merge(picker, batch, count);
	switch (tui_reader_state(picker->reader, &picker->error)) {
	case TUI_READER_BUSY:
		break;
	case TUI_READER_CUT:
		picker->cut = true;
		stop_reading(picker);
		break;
	case TUI_READER_DONE:
	case TUI_READER_FAILED:
		stop_reading(picker);
		break;
	}
	if (!keep && !picker->moved)
		keep = find(picker, picker->from);
	if (count && !picker->recent)
		picker_show(picker, keep);
	return true;
}

/* The path of the selected file, if a picture of it may be wanted. */
static char *pictured(const struct picker *picker)
{
	const struct tui_reader_entry *entry = NULL;

	if (!picker->open || !picker->type)
		return NULL;
	entry = picker_entry(picker, picker->list.selected);
	return entry && entry->kind == TUI_READER_FILE
		       ? picker_path(picker, entry->name)
		       : NULL;
}

bool picker_tick(struct picker *picker)
{
	char *path = pictured(picker);
	bool read = read_on(picker);
	bool drawn = picture_tick(&picker->picture, path);

	free(path);
	return read || drawn;
}

int picker_tick_in(const struct picker *picker)
{
	char *path = pictured(picker);
	int wait = picker->open ? picture_tick_in(&picker->picture, path) : -1;

	free(path);
	if (picker->open && picker->reader)
		return TICK_MS;
	return wait;
}

bool picker_waits(const struct picker *picker)
{
	return (picker->reader && !picker->count) || picker->picture.asking;
}

/* Go. */

static void forget_entries(struct picker *picker)
{
	stop_reading(picker);
	for (size_t i = 0; i < picker->count; i++)
		tui_reader_entry_free(picker->all[i]);
	free(picker->all);
	free(picker->shown);
	picker->all = NULL;
	picker->shown = NULL;
	picker->count = picker->shown_count = picker->left_out = 0;
	picker->cut = false;
	picker->error = 0;
}

void picker_go(struct picker *picker, const char *folder, const char *from)
{
	char *path = mem_dup(folder), *name = mem_dup(from);
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	forget_entries(picker);
	free(picker->folder);
	free(picker->from);
	picker->folder = path;
	picker->from = name;
	picker->recent = false;
	tui_edit_set(&picker->filter, "");
	picker->reader = tui_reader_start(path);
	if (!picker->reader)
		picker->error = errno;
	picker_filter(picker);
}

void picker_up(struct picker *picker)
{
	char *folder = mem_dup(picker->folder);
	char *slash = strrchr(folder, '/');

	if (slash && slash[1]) {
		*slash = '\0';
		picker_go(picker, folder[0] ? folder : "/", slash + 1);
	}
	free(folder);
}

/* What was typed may be a folder, or a file in one, or nothing yet. */
static char *start_of(const struct picker *picker, const char *typed)
{
	char *path = tui_path_absolute(typed);
	char *slash = strrchr(path, '/');
	struct stat st;

	if (typed[0] && (stat(path, &st) || !S_ISDIR(st.st_mode)))
		slash[slash == path] = '\0';
	if (typed[0] && !stat(path, &st) && S_ISDIR(st.st_mode))
		return path;
	free(path);
	if (picker->places.count)
		return mem_dup(picker->places.list[0]);
	return tui_path_absolute("");
}

static void load_places(struct picker *picker, struct case_store *store)
{
	struct tui_paths *places = &picker->places;
	struct err err = { 0 };

	if (!store)
		return;
	places->list = mem_array(PLACES_MOST, sizeof(char *));
	/* Without them it works as well; what is wrong is said elsewhere. */
	if (case_folders(store, places->list, PLACES_MOST, &places->count,
			 &err))
		places->count = 0;
}

void picker_open(struct picker *picker, const struct doc_type *type,
		 const char *title, const char *typed, struct case_store *store)
{
	char *path = NULL;

	picker_close(picker);
	picker->open = true;
	picker->type = type;
	picker->title = mem_dup(title);
	picker->filter.max = 100;
	load_places(picker, store);
	path = start_of(picker, typed);
	picker_go(picker, path, NULL);
	free(path);
}

void picker_close(struct picker *picker)
{
	forget_entries(picker);
	picture_release(&picker->picture);
	tui_edit_release(&picker->filter);
	tui_paths_release(&picker->places);
	free(picker->title);
	free(picker->folder);
	free(picker->from);
	free(picker->taken);
	free(picker->note);
	*picker = (struct picker){ 0 };
}
