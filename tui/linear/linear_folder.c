/* SPDX-License-Identifier: MIT */
/* Linear mode: a whole folder for the checklist, confirmed line by line. */
#include <stdlib.h>
#include <string.h>

#include "tui/linear/linear.h"
#include "tui/screens/folder.h"
#include "tui/wizard/draft.h"

#define READ_MS 20000 /* of a disk that does not answer */

static const struct linear_key path_keys[] = {
	{ N_("text"), N_("a folder, or the paths of several files."), NULL },
	{ "", N_("takes the folder that kyc was started in."), NULL },
	{ "b", N_("goes back; nothing is taken."), NULL },
	{ NULL, NULL, NULL },
};

/* Until the folder was read; what is sent goes on meanwhile. */
static int await_files(struct linear *linear, struct folder *folder,
		       struct err *err)
{
	int64_t until_ms = xfer_now() + READ_MS;
	bool changed = false;

	while (folder->reader) {
		if (folder_read(folder, &changed, err))
			return -1;
		if (xfer_now() >= until_ms)
			return err_set(err, ERR_INPUT,
				       _("the folder could not be read within "
					 "%d s"),
				       READ_MS / 1000);
		if (folder->reader &&
		    tui_app_turn(linear->app, NULL, 0, 20, err))
			return -1;
	}
	return 0;
}

/* List what the operator names; false: nothing. */
static bool ask_files(struct linear *linear, struct folder *folder)
{
	char *answer =
		linear_ask(linear, path_keys, _("Folder, or files [.]:"));
	struct tui_paths paths = { 0 };
	struct err err = { 0 };
	int ret = -1;

	if (!answer || strcmp(answer, "b") == 0) {
		free(answer);
		return false;
	}
	tui_paths_parse(answer, strlen(answer), &paths);
	ret = folder_list(folder, &paths, &err);
	if (!ret)
		ret = await_files(linear, folder, &err);
	tui_paths_release(&paths);
	free(answer);
	if (ret)
		linear_say_err(&err);
	return !ret;
}

static void look_at(struct linear *linear, struct folder_file *file)
{
	struct doc_file opened = DOC_FILE_NONE;
	struct err err = { 0 };

	if (doc_file_open(&opened, file->path, &err) ||
	    doc_look(linear->app->looker, &opened, &file->facts, &err))
		file->failed = mem_dup(err.text);
	else
		file->looked = true;
	doc_file_close(&opened);
}

static void say_places(const struct folder *folder)
{
	for (size_t i = 0; i < folder->place_count; i++) {
		char *words = folder_place_words(&folder->places[i]);

		linear_say("%zu. %s", i + 1, words);
		free(words);
	}
}

static const struct linear_key file_keys[] = {
	{ "", N_("yes: that is what this file is."), NULL },
	{ "n", N_("no: the file is left out."), NULL },
	{ "1, 2, …", N_("a number of the places makes it that."), NULL },
	{ "p", N_("says the places."), NULL },
	{ "t", N_("takes this one and all that follow as proposed."), NULL },
	{ "b", N_("stops; no file is taken."), NULL },
	{ NULL, NULL, NULL },
};

enum decision {
	DECISION_AGAIN,
	DECISION_MADE,
	DECISION_ALL, /* and so for all that follow */
	DECISION_STOP,
};

static enum decision decide(struct folder *folder, size_t at,
			    const char *answer)
{
	int place = linear_choice(answer, folder->place_count);

	if (strcmp(answer, "b") == 0)
		return DECISION_STOP;
	if (strcmp(answer, "t") == 0)
		return DECISION_ALL;
	if (strcmp(answer, "p") == 0) {
		say_places(folder);
		return DECISION_AGAIN;
	}
	/* What was said stays, whatever is proposed for the next ones. */
	if (!*answer || strchr("yYsS", *answer)) {
		folder_put(folder, at, folder->files[at].place);
	} else if (strcmp(answer, "n") == 0) {
		folder_put(folder, at, MATCH_NONE);
	} else if (place >= 0) {
		folder_put(folder, at, (size_t)place);
	} else {
		linear_no_answer(answer);
		return DECISION_AGAIN;
	}
	return DECISION_MADE;
}

static void say_file(const struct folder *folder, size_t at)
{
	const struct folder_file *file = &folder->files[at];
	char *why = folder_why_words(folder, file);
	char *where =
		file->place == MATCH_NONE
			? mem_dup(_("nothing"))
			: folder_place_words(&folder->places[file->place]);

	linear_say(_("File %zu of %zu: %s"), at + 1, folder->count,
		   tui_base_name(file->path));
	linear_say(_("Proposed: %s"), where);
	linear_say(_("Because: %s"), why);
	free(where);
	free(why);
}

/* One file until it is decided. */
static enum decision confirm(struct linear *linear, struct folder *folder,
			     size_t at)
{
	enum decision decision = DECISION_AGAIN;

	say_file(folder, at);
	while (decision == DECISION_AGAIN) {
		char *answer = linear_ask(linear, file_keys,
					  _("Right? Enter, n or a number:"));

		decision = answer ? decide(folder, at, answer) : DECISION_STOP;
		free(answer);
	}
	return decision;
}

static unsigned take(struct linear *linear, const struct folder *folder)
{
	const struct provider *provider = linear->app->profile->provider;
	unsigned taken = 0;

	for (size_t i = 0; i < folder->count; i++) {
		const struct folder_file *file = &folder->files[i];
		const struct folder_place *place = NULL;
		const struct doc_type *type = NULL;
		char country[4] = "";

		if (file->place == MATCH_NONE)
			continue;
		place = &folder->places[file->place];
		type = prov_type(
			provider, place->code,
			prov_holder(&linear->list.customer, place->party));
		if (!type)
			continue;
		tui_draft_country(&linear->list, type, place->party, country);
		linear_draft(linear, type, place->side, place->party, country,
			     file->path);
		taken++;
	}
	return taken;
}

void linear_folder(struct linear *linear)
{
	struct folder folder = { 0 };
	enum decision decision = DECISION_MADE;
	unsigned taken = 0;

	folder_init(&folder);
	if (!ask_files(linear, &folder))
		goto out;
	for (size_t i = 0; i < folder.count; i++)
		look_at(linear, &folder.files[i]);
	folder_places(&folder, &linear->list);
	linear_say(P_("%zu file, %zu with a place",
		      "%zu files, %zu with a place", folder.count),
		   folder.count, folder_placed(&folder));
	if (folder.cut || folder.seen > folder.count)
		linear_say(_("There are more files; the newest %zu were "
			     "taken."),
			   folder.count);
	for (size_t i = 0; decision == DECISION_MADE && i < folder.count; i++)
		decision = confirm(linear, &folder, i);
	if (decision == DECISION_STOP)
		goto out;
	taken = take(linear, &folder);
	linear_say(P_("%u file was taken. s sends what is ready.",
		      "%u files were taken. s sends what is ready.", taken),
		   taken);
out:
	folder_release(&folder);
}
