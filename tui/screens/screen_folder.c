/* SPDX-License-Identifier: MIT */
/* Over step 2: a whole folder for the open items of the checklist. */
#include <stdlib.h>
#include <string.h>

#include "tui/screens/folder.h"
#include "tui/words/item_words.h"

#define READ_MS 10

/* Show what was listed; what could not be is said, and the path is typed
 * again. */
static void show(struct tui_wizard *wizard, struct folder *folder, int failed,
		 const struct err *err)
{
	if (failed) {
		folder->listed = false;
		tui_say_err(wizard, err);
		return;
	}
	folder_places(folder, &wizard->checklist);
	if (!folder->reader)
		folder_look(wizard, folder);
}

static void list(struct tui_wizard *wizard, struct folder *folder,
		 const struct tui_paths *paths)
{
	struct err err = { 0 };

	folder_look_no_more(wizard, folder);
	show(wizard, folder, folder_list(folder, paths, &err), &err);
}

static void list_typed(struct tui_wizard *wizard, struct folder *folder)
{
	const char *typed = tui_edit_text(&folder->path);
	struct tui_paths paths = { 0 };

	tui_paths_parse(typed, strlen(typed), &paths);
	if (!paths.count && folder->last)
		paths = (struct tui_paths){ &folder->last, 1 };
	list(wizard, folder, &paths);
	if (paths.list != &folder->last)
		tui_paths_release(&paths);
}

/* What was put right in the meantime is there again. */
static void recall_last(struct tui_wizard *wizard, struct folder *folder)
{
	struct err err = { 0 };
	size_t count = 0;

	if (case_folders(wizard->app->store, &folder->last, 1, &count, &err))
		tui_say_err(wizard, &err);
}

static void offer_names(struct folder *folder)
{
	char *here = tui_path_absolute("");

	tui_names_offer(&folder->names, here);
	free(here);
}

static void *enter(struct tui_wizard *wizard)
{
	struct folder *folder = mem_alloc(sizeof(*folder));
	struct tui_paths dropped = wizard->dropped;

	folder_init(folder);
	recall_last(wizard, folder);
	wizard->dropped = (struct tui_paths){ 0 };
	if (dropped.count)
		list(wizard, folder, &dropped);
	if (!folder->listed)
		offer_names(folder);
	tui_paths_release(&dropped);
	return folder;
}

static void leave(struct tui_wizard *wizard, void *arg)
{
	folder_look_no_more(wizard, arg);
	folder_release(arg);
	free(arg);
}

static bool typing(const void *arg)
{
	const struct folder *folder = arg;

	return !folder->listed || folder->chooser.open;
}

static void changed(struct tui_wizard *wizard, void *arg, unsigned what)
{
	struct folder *folder = arg;

	if ((what & (TUI_CHANGED_RECORD | TUI_CHANGED_LANGUAGE)) &&
	    folder->listed && !folder->taking)
		folder_places(folder, &wizard->checklist);
}

static void complete(struct tui_wizard *wizard, struct folder *folder)
{
	const char *typed = tui_edit_text(&folder->path);
	struct tui_paths names = { 0 };
	char *common = NULL;

	tui_path_complete(typed, TUI_NAMES_MOST, &names, &common);
	tui_names_set(&folder->names, &names);
	if (!folder->names.paths.count)
		tui_say(wizard, "%s", _("No file begins like this."));
	else if (common)
		tui_edit_set(&folder->path, common);
	free(common);
}

static unsigned picker_pressed(struct tui_wizard *wizard, struct folder *folder,
			       const struct tui_input *in)
{
	switch (picker_key(&folder->picker, in)) {
	case PICKER_TAKEN: {
		struct tui_paths paths = { &folder->picker.taken, 1 };

		tui_edit_set(&folder->path, folder->picker.taken);
		list(wizard, folder, &paths);
		picker_close(&folder->picker);
		break;
	}
	case PICKER_LEFT:
		picker_close(&folder->picker);
		break;
	case PICKER_PASSED:
		return TUI_IGNORED;
	case PICKER_DROPPED: /* none of a folder */
	case PICKER_STAYS:
		break;
	}
	return TUI_REDRAW;
}

/* The path of the selected file, while its picture is wanted. */
static const char *pictured(const struct folder *folder)
{
	return folder->alone && folder->count
		       ? folder->files[folder->list.selected].path
		       : NULL;
}

static bool tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct folder *folder = arg;
	bool waiting = picker_waits(&folder->picker) || !folder->count ||
		       folder->picture.asking;
	struct err err = { 0 };
	bool more = false;
	int failed = folder_read(folder, &more, &err);

	(void)now_ms;
	if (more || failed)
		show(wizard, folder, failed, &err);
	more |= picker_tick(&folder->picker);
	more |= tui_names_tick(&folder->names);
	more |= picture_tick(&folder->picture, pictured(folder));
	if (more && waiting)
		tui_wizard_at_once(wizard);
	return more;
}

static int tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct folder *folder = arg;
	int wait = picture_tick_in(&folder->picture, pictured(folder));

	(void)wizard;
	if (folder->reader || folder->names.reader)
		return READ_MS;
	return folder->picker.open ? picker_tick_in(&folder->picker) : wait;
}

static unsigned path_key(struct tui_wizard *wizard, struct folder *folder,
			 const struct tui_input *in)
{
	bool other = false;

	switch (in->key) {
	case TUI_KEY_ESC:
		return TUI_BACK;
	case TUI_KEY_TAB:
		complete(wizard, folder);
		return TUI_REDRAW;
	case TUI_KEY_ENTER:
		list_typed(wizard, folder);
		return TUI_REDRAW;
	case TUI_CTRL('F'):
		picker_open(&folder->picker, NULL, _("Folder"),
			    tui_edit_text(&folder->path), wizard->app->store);
		return TUI_REDRAW;
	default:
		break;
	}
	if (tui_names_key(&folder->names, in))
		return TUI_REDRAW;
	if (!tui_edit_key(&folder->path, in, &other))
		return TUI_IGNORED;
	if (other)
		tui_names_release(&folder->names);
	if (in->key == TUI_KEY_PASTE && tui_paths_likely(in->paste))
		list_typed(wizard, folder);
	else if (in->key == TUI_KEY_PASTE && tui_edit_notice(&folder->path))
		tui_say(wizard, "%s", tui_edit_notice(&folder->path));
	return TUI_REDRAW;
}

static void open_chooser(struct folder *folder)
{
	const struct folder_file *file = &folder->files[folder->list.selected];

	folder_choices(folder);
	tui_chooser_open(
		&folder->chooser, tui_base_name(file->path), folder->choices,
		TUI_CHOOSER_NUMBERED,
		file->place == MATCH_NONE ? NULL : folder->codes[file->place]);
}

static unsigned chooser_key(struct tui_wizard *wizard, struct folder *folder,
			    const struct tui_input *in)
{
	switch (tui_chooser_key(&folder->chooser, in)) {
	case TUI_CHOOSER_TAKEN:
		folder_put(
			folder, folder->list.selected,
			strtoul(tui_chooser_taken(&folder->chooser), NULL, 10));
		tui_chooser_close(&folder->chooser);
		break;
	case TUI_CHOOSER_LEFT:
		tui_chooser_close(&folder->chooser);
		break;
	default:
		break;
	}
	if (folder->stale && !folder->chooser.open)
		folder_places(folder, &wizard->checklist);
	return TUI_REDRAW;
}

/* What was left is easily forgotten: it may be what is still missing. */
static void say_taken(struct tui_wizard *wizard, unsigned taken, size_t left)
{
	char *first = mem_printf(P_("%u file was taken. s shows what will be "
				    "sent.",
				    "%u files were taken. s shows what will be "
				    "sent.",
				    taken),
				 taken);

	if (left)
		tui_say(wizard,
			P_("%s %zu has no place: a lists it again, and why.",
			   "%s %zu have no place: a lists them again, and why.",
			   left),
			first, left);
	else
		tui_say(wizard, "%s", first);
	free(first);
}

static unsigned take(struct tui_wizard *wizard, struct folder *folder)
{
	unsigned taken = 0;

	if (!folder_placed(folder)) {
		tui_say(wizard, "%s",
			_("No file has a place yet. Enter chooses one."));
		return TUI_REDRAW;
	}
	taken = folder_take(folder, wizard);
	if (!taken) { /* why was said */
		folder_places(folder, &wizard->checklist);
		return TUI_REDRAW;
	}
	say_taken(wizard, taken, folder_left(folder));
	return TUI_BACK;
}

/* The picture alone: the arrows show others, x leaves this one out, any other
 * key ends it. */
static unsigned alone_key(struct folder *folder, const struct tui_input *in)
{
	if (in->key == TUI_KEY_HELP || in->key == '?')
		return TUI_IGNORED;
	if (in->key == 'x' || in->key == TUI_KEY_DELETE)
		folder_put(folder, folder->list.selected, MATCH_NONE);
	else
		folder->alone = tui_list_key(&folder->list, in, true);
	return TUI_REDRAW;
}

static unsigned key(struct tui_wizard *wizard, void *arg,
		    const struct tui_input *in)
{
	struct folder *folder = arg;

	if (folder->chooser.open)
		return chooser_key(wizard, folder, in);
	if (folder->picker.open)
		return picker_pressed(wizard, folder, in);
	if (!folder->listed)
		return path_key(wizard, folder, in);
	if (folder->alone)
		return alone_key(folder, in);
	if (in->key == TUI_KEY_ESC)
		return TUI_BACK;
	if (!folder->count) /* none was read yet */
		return TUI_IGNORED;
	switch (in->key) {
	case TUI_KEY_ENTER:
	case TUI_KEY_RIGHT:
	case 'l':
		open_chooser(folder);
		return TUI_REDRAW;
	case TUI_KEY_DELETE:
	case 'x':
		folder_put(folder, folder->list.selected, MATCH_NONE);
		return TUI_REDRAW;
	case 'v':
	case TUI_KEY_F3:
	case TUI_CTRL('V'):
		folder->alone = true;
		return TUI_REDRAW;
	case 's':
	case TUI_KEY_F2:
		return take(wizard, folder);
	default:
		return tui_list_key(&folder->list, in, true) ? TUI_REDRAW
							     : TUI_IGNORED;
	}
}

static const struct tui_binding path_bindings[] = {
	{ TUI_KEY_TAB, "Tab", N_("complete it"),
	  N_("Complete the path, or show what begins like it.") },
	{ TUI_KEY_ENTER, "Enter", N_("list"),
	  N_("List the files of this folder; nothing typed is the folder that "
	     "kyc was started in. A dropped folder is listed at once.") },
	{ TUI_KEY_PAGE_DOWN, "PgDn", NULL,
	  N_("More of the names below the path; PgUp goes back.") },
	{ TUI_KEY_PAGE_UP, NULL, NULL, NULL },
	{ TUI_CTRL('F'), "Ctrl-F", N_("look for it"),
	  N_("Go to the folder through those above it.") },
	{ TUI_KEY_ESC, "Esc", N_("go back"), N_("Back to the list.") },
	{ 0 },
};

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("change"),
	  N_("Choose what this file is. → is the same.") },
	{ TUI_KEY_RIGHT, NULL, NULL, NULL },
	{ 'l', NULL, NULL, NULL },
	{ 's', "s", N_("take them"),
	  N_("Take every file that has a place, and go back to the list. F2 is "
	     "the same.") },
	{ TUI_KEY_F2, NULL, NULL, NULL },
	{ 'x', "x", N_("leave out"),
	  N_("Leave this file out. Delete is the same.") },
	{ TUI_KEY_DELETE, NULL, NULL, NULL },
	{ 'v', "v", N_("picture"),
	  N_("Show the picture of this file alone, and with the arrows others. "
	     "F3 and Ctrl-V are the same.") },
	{ TUI_KEY_F3, NULL, NULL, NULL },
	{ TUI_CTRL('V'), NULL, NULL, NULL },
	{ TUI_KEY_ESC, "Esc", N_("go back"),
	  N_("Back to the list; no file is taken.") },
	{ 0 },
};

static const struct tui_binding alone_bindings[] = {
	{ TUI_KEY_DOWN, "↑↓", N_("others"),
	  N_("The picture of the file above or below in the list.") },
	{ TUI_KEY_UP, NULL, NULL, NULL },
	{ 'x', "x", N_("leave out"),
	  N_("Leave this file out. Delete is the same.") },
	{ TUI_KEY_DELETE, NULL, NULL, NULL },
	{ TUI_KEY_ESC, N_("any key"), N_("back"), N_("Back to the list.") },
	{ 0 },
};

static const struct tui_binding *bindings_now(const void *arg)
{
	const struct folder *folder = arg;

	if (folder->picker.open)
		return picker_bindings(&folder->picker);
	if (folder->alone)
		return alone_bindings;
	return folder->listed ? bindings : path_bindings;
}

const struct tui_screen tui_screen_folder = {
	.name = "folder",
	.bindings = bindings,
	.bindings_now = bindings_now,
	.enter = enter,
	.leave = leave,
	.layout = folder_layout,
	.key = key,
	.typing = typing,
	.changed = changed,
	.tick = tick,
	.tick_in = tick_in,
	.draw = folder_draw,
	.looked = folder_looked,
};
