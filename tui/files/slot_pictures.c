/* SPDX-License-Identifier: MIT */
/* The pictures of a slot: made, and whether the one sent is still there. */
#include "tui/files/slot_pictures.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"

/* The file that was sent. */

static void forget_old(struct slot_pictures *pictures,
		       const struct tui_wizard *wizard)
{
	if (pictures->old.question && wizard->app->looker)
		doc_looker_forget(wizard->app->looker, pictures->old.question);
	if (pictures->old.submission)
		doc_file_close(&pictures->old.file);
	findings_release(&pictures->old.findings);
	free(pictures->old.path);
	free(pictures->old.why);
	memset(&pictures->old, 0, sizeof(pictures->old));
}

static void cannot(struct slot_pictures *pictures, const char *why)
{
	pictures->old.state = SENT_FILE_GONE;
	mem_replace(&pictures->old.why, why);
}

/* Its digest decides whether it is the same. */
static void begin_old(struct slot_pictures *pictures, struct tui_wizard *wizard,
		      const struct case_submission *sent)
{
	struct err err = { 0 };

	pictures->old.submission = sent->id;
	pictures->old.when_ms =
		sent->settled_ms ? sent->settled_ms : sent->queued_ms;
	pictures->old.path = mem_dup(sent->path);
	pictures->old.file = (struct doc_file)DOC_FILE_NONE;
	if (doc_file_open(&pictures->old.file, sent->path, &err)) {
		cannot(pictures, err.text);
		return;
	}
	pictures->old.question = tui_wizard_look(wizard, &pictures->old.file);
	if (!pictures->old.question)
		cannot(pictures, _("could not be checked"));
}

bool slot_pictures_looked(struct slot_pictures *pictures,
			  const struct tui_wizard *wizard,
			  const struct slot_files *files, uint64_t id,
			  const struct doc_facts *facts)
{
	if (!id || pictures->old.question != id)
		return false;
	pictures->old.question = 0;
	doc_file_close(&pictures->old.file);
	if (!files->sent || files->sent->id != pictures->old.submission)
		return true;
	if (doc_looker_broken(wizard->app->looker)) {
		cannot(pictures, _("could not be checked"));
		return true;
	}
	pictures->old.state = strcmp(facts->sha256, files->sent->sha256) == 0
				      ? SENT_FILE_SAME
				      : SENT_FILE_CHANGED;
	pictures->old.facts = *facts;
	doc_check_file(files->type, facts, pictures->old.path,
		       &pictures->old.findings);
	return true;
}

/* Time. */

static const char *chosen_path(const struct slot_files *files)
{
	return files->chosen ? files->chosen->path : NULL;
}

static const char *sent_path(const struct slot_pictures *pictures)
{
	return pictures->old.state == SENT_FILE_SAME ? pictures->old.path
						     : NULL;
}

bool slot_pictures_tick(struct slot_pictures *pictures,
			struct tui_wizard *wizard,
			const struct slot_files *files)
{
	bool changed =
		pictures->old.submission != (files->sent ? files->sent->id : 0);

	if (changed) {
		forget_old(pictures, wizard);
		if (files->sent)
			begin_old(pictures, wizard, files->sent);
	}
	changed |= picture_tick(&pictures->chosen, chosen_path(files));
	changed |= picture_tick(&pictures->sent, sent_path(pictures));
	return changed;
}

int slot_pictures_tick_in(const struct slot_pictures *pictures,
			  const struct slot_files *files)
{
	int one = picture_tick_in(&pictures->chosen, chosen_path(files));
	int other = picture_tick_in(&pictures->sent, sent_path(pictures));

	if (pictures->old.submission != (files->sent ? files->sent->id : 0))
		return 0;
	return one < 0 || (other >= 0 && other < one) ? other : one;
}

void slot_pictures_release(struct slot_pictures *pictures,
			   struct tui_wizard *wizard)
{
	forget_old(pictures, wizard);
	picture_release(&pictures->chosen);
	picture_release(&pictures->sent);
}

/* Alone. */

bool slot_pictures_open(struct slot_pictures *pictures,
			const struct slot_files *files)
{
	pictures->alone = files->chosen || files->sent;
	pictures->other = !files->chosen;
	return pictures->alone;
}

bool slot_pictures_key(struct slot_pictures *pictures,
		       const struct tui_input *in)
{
	bool again = in->key == 'v' || in->key == TUI_CTRL('V') ||
		     in->key == TUI_KEY_F3;

	if (in->key == TUI_KEY_HELP || in->key == '?')
		return false;
	if (again && pictures->two)
		pictures->other = !pictures->other;
	else
		pictures->alone = false;
	return true;
}

const struct tui_binding slot_pictures_bindings[] = {
	{ 'v', "v", N_("the other one"),
	  N_("The new picture, or the one that was sent; from 100 columns on "
	     "they stand side by side. F3 and Ctrl-V are the same.") },
	{ TUI_KEY_F3, NULL, NULL, NULL },
	{ TUI_CTRL('V'), NULL, NULL, NULL },
	{ TUI_KEY_ESC, N_("any key"), N_("back"), N_("Back to the fields.") },
	{ 0 },
};

bool slot_pictures_useful(const struct slot_pictures *pictures, int key)
{
	return key != 'v' || pictures->two;
}
