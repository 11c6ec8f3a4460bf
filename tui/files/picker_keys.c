/* SPDX-License-Identifier: MIT */
/* A picker's keys. Letters always narrow the list. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tui/files/picker.h"

static enum picker_answer take(struct picker *picker, char *path)
{
	free(picker->taken);
	picker->taken = path;
	return PICKER_TAKEN;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* A folder is gone to, a file is the answer. PATH is taken. */
static enum picker_answer follow(struct picker *picker, char *path)
{
	if (!is_folder(path) && picker->type)
		return take(picker, path);
	if (is_folder(path))
		picker_go(picker, path, NULL);
	free(path);
	return PICKER_STAYS;
}

/* What was dropped: several files are for whoever asked. */
static enum picker_answer drop(struct picker *picker,
			       const struct tui_input *in)
{
	struct tui_paths paths = { 0 };
	enum picker_answer answer = PICKER_STAYS;
	char *path = NULL;

	tui_paths_parse(in->paste, in->paste_len, &paths);
	if (paths.count)
		path = tui_path_absolute(paths.list[0]);
	if (paths.count > 1 && picker->type && !is_folder(path)) {
		answer = PICKER_DROPPED;
		free(path);
	} else if (path) {
		answer = follow(picker, path);
	}
	tui_paths_release(&paths);
	return answer;
}

/* Into the selected folder, or back out of this one. */
static enum picker_answer go(struct picker *picker, bool in)
{
	size_t row = picker->list.selected;
	const struct tui_reader_entry *entry = picker_entry(picker, row);
	const char *place = picker_place(picker, row);
	char *path = NULL;

	if (place) {
		path = mem_dup(place);
		picker_go(picker, path, NULL);
	} else if (entry && entry->kind == TUI_READER_FOLDER) {
		path = picker_path(picker, entry->name);
		picker_go(picker, path, NULL);
	} else if (!in && !entry && picker_has_up(picker)) {
		picker_up(picker);
	}
	free(path);
	return PICKER_STAYS;
}

/* The guess by the name does not decide: the checks will look into it. */
static enum picker_answer enter(struct picker *picker)
{
	const struct tui_reader_entry *entry =
		picker_entry(picker, picker->list.selected);

	if (picker_path_typed(picker))
		return follow(picker, tui_path_absolute(
					      tui_edit_text(&picker->filter)));
	if (!entry)
		return go(picker, false);
	switch (picker_fit(picker, entry)) {
	case PICKER_ENTER:
		return go(picker, false);
	case PICKER_LINK:
	case PICKER_ODD:
		return PICKER_STAYS; /* the reason stands below */
	case PICKER_FITS:
	case PICKER_KIND:
	case PICKER_EMPTY:
	case PICKER_LARGE:
		break;
	}
	return take(picker, picker_path(picker, entry->name));
}

static enum picker_answer list_key(struct picker *picker,
				   const struct tui_input *in)
{
	bool changed = false;

	if (tui_list_key(&picker->list, in, false)) {
		picker->moved = true;
		return PICKER_STAYS;
	}
	if (!tui_edit_key(&picker->filter, in, &changed))
		return PICKER_PASSED;
	if (changed)
		picker_filter(picker);
	return PICKER_STAYS;
}

static bool is_file(const struct picker *picker)
{
	const struct tui_reader_entry *entry =
		picker_entry(picker, picker->list.selected);

	return picker->type && entry && entry->kind == TUI_READER_FILE;
}

/* The picture alone: the arrows show others, Enter takes this one, any other
 * key ends it. */
static enum picker_answer full_key(struct picker *picker,
				   const struct tui_input *in)
{
	if (in->key == TUI_KEY_HELP || in->key == '?')
		return PICKER_PASSED;
	if (in->key == TUI_KEY_ENTER)
		return enter(picker);
	if (tui_list_key(&picker->list, in, false)) {
		picker->moved = true;
		picker->full = is_file(picker);
	} else {
		picker->full = false;
	}
	return PICKER_STAYS;
}

enum picker_answer picker_key(struct picker *picker, const struct tui_input *in)
{
	bool typed = tui_edit_text(&picker->filter)[0];

	if (picker->full)
		return full_key(picker, in);
	switch (in->key) {
	case TUI_KEY_ESC:
		return PICKER_LEFT;
	case TUI_KEY_ENTER:
		return enter(picker);
	case TUI_KEY_F2:
		if (picker->type)
			return PICKER_PASSED;
		return take(picker, mem_dup(picker->folder));
	case TUI_KEY_F3:
	case TUI_CTRL('V'):
		if (!picker->type)
			return PICKER_PASSED;
		picker->full = is_file(picker);
		return PICKER_STAYS;
	case TUI_KEY_RIGHT:
		return go(picker, true);
	case TUI_KEY_BACKSPACE:
		if (typed)
			break;
		/* fallthrough */
	case TUI_KEY_LEFT:
		if (!picker->recent)
			picker_up(picker);
		return PICKER_STAYS;
	case TUI_KEY_TAB:
		picker->everything = !picker->everything;
		picker_filter(picker);
		return PICKER_STAYS;
	case TUI_CTRL('R'):
		picker->recent = !picker->recent;
		tui_edit_set(&picker->filter, "");
		picker_filter(picker);
		return PICKER_STAYS;
	case TUI_KEY_PASTE:
		if (tui_paths_likely(in->paste))
			return drop(picker, in);
		break;
	default:
		break;
	}
	return list_key(picker, in);
}

static const struct tui_binding picker_file_bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("take it"),
	  N_("Take this file, or go into this folder. Letters narrow the "
	     "list, or are a path that begins with / or ~; the arrows move "
	     "in the list.") },
	{ TUI_KEY_RIGHT, N_("right"), NULL, N_("Go into this folder.") },
	{ TUI_KEY_LEFT, N_("left"), N_("folder above"),
	  N_("Go to the folder above; Backspace does so, too, where nothing "
	     "is typed.") },
	{ TUI_KEY_F3, "F3", N_("picture"),
	  N_("Show the picture alone, and with the arrows others; Enter takes "
	     "what is shown, any other key goes back. From 100 columns on it "
	     "is beside the list. Ctrl-V is the same.") },
	{ TUI_CTRL('V'), NULL, NULL, NULL },
	{ TUI_KEY_TAB, "Tab", N_("all"),
	  N_("Show also what this document does not take, and hidden files; "
	     "or no more.") },
	{ TUI_CTRL('R'), "Ctrl-R", N_("recent"),
	  N_("The folders that files were chosen from before; or this one "
	     "again.") },
	{ TUI_KEY_PASTE, N_("drop"), NULL,
	  N_("Drop or paste a file to take it, or a folder to go there.") },
	{ TUI_KEY_ESC, "Esc", N_("go back"), N_("Choose no file.") },
	{ 0 },
};

static const struct tui_binding picker_full_bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("take it"), N_("Take this file.") },
	{ TUI_KEY_DOWN, "↑↓", N_("others"),
	  N_("The picture of the file above or below in the list.") },
	{ TUI_KEY_UP, NULL, NULL, NULL },
	{ TUI_KEY_ESC, N_("any key"), N_("back"), N_("Back to the list.") },
	{ 0 },
};

static const struct tui_binding picker_folder_bindings[] = {
	{ TUI_KEY_F2, "F2", N_("take this"),
	  N_("Take the folder that is shown.") },
	{ TUI_KEY_ENTER, "Enter", N_("go in"),
	  N_("Go into this folder. Letters narrow the list; the arrows move "
	     "in it.") },
	{ TUI_KEY_RIGHT, N_("right"), NULL, N_("Go into this folder.") },
	{ TUI_KEY_LEFT, N_("left"), N_("folder above"),
	  N_("Go to the folder above; Backspace does so, too, where nothing "
	     "is typed.") },
	{ TUI_KEY_TAB, "Tab", N_("all"),
	  N_("Show the files as well, and what is hidden; or no more.") },
	{ TUI_CTRL('R'), "Ctrl-R", N_("recent"),
	  N_("The folders that files were chosen from before; or this one "
	     "again.") },
	{ TUI_KEY_ESC, "Esc", N_("go back"), N_("Choose no folder.") },
	{ 0 },
};

const struct tui_binding *picker_bindings(const struct picker *picker)
{
	if (!picker->type)
		return picker_folder_bindings;
	return picker->full ? picker_full_bindings : picker_file_bindings;
}
