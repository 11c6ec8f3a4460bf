/* SPDX-License-Identifier: MIT */
/* The pictures of a slot: made, and whether the one sent is still there. */
#include "tui/looks.h"

#include <stdlib.h>
#include <string.h>

#include "forms/form.h"

/* The file that was sent. */

static void forget_old(struct looks *looks, const struct tui_wizard *wizard)
{
	if (looks->old.question && wizard->app->looker)
		doc_looker_forget(wizard->app->looker, looks->old.question);
	if (looks->old.submission)
		doc_file_close(&looks->old.file);
	findings_release(&looks->old.findings);
	free(looks->old.path);
	free(looks->old.why);
	memset(&looks->old, 0, sizeof(looks->old));
}

static void cannot(struct looks *looks, const char *why)
{
	looks->old.state = LOOKS_GONE;
	mem_replace(&looks->old.why, why);
}

/* Its digest decides whether it is the same. */
static void begin_old(struct looks *looks, struct tui_wizard *wizard,
		      const struct case_submission *sent)
{
	struct err err = { 0 };

	looks->old.submission = sent->id;
	looks->old.when_ms =
		sent->settled_ms ? sent->settled_ms : sent->queued_ms;
	looks->old.path = mem_dup(sent->path);
	looks->old.file = (struct doc_file)DOC_FILE_NONE;
	if (doc_file_open(&looks->old.file, sent->path, &err)) {
		cannot(looks, err.text);
		return;
	}
	looks->old.question = tui_wizard_look(wizard, &looks->old.file);
	if (!looks->old.question)
		cannot(looks, _("could not be checked"));
}

bool looks_looked(struct looks *looks, const struct tui_wizard *wizard,
		  const struct looks_of *of, uint64_t id,
		  const struct doc_facts *facts)
{
	if (!id || looks->old.question != id)
		return false;
	looks->old.question = 0;
	doc_file_close(&looks->old.file);
	if (!of->sent || of->sent->id != looks->old.submission)
		return true;
	if (doc_looker_broken(wizard->app->looker)) {
		cannot(looks, _("could not be checked"));
		return true;
	}
	looks->old.state = strcmp(facts->sha256, of->sent->sha256) == 0
				   ? LOOKS_SAME
				   : LOOKS_CHANGED;
	looks->old.facts = *facts;
	doc_check_file(of->type, facts, looks->old.path, &looks->old.findings);
	return true;
}

/* Time. */

static const char *chosen_path(const struct looks_of *of)
{
	return of->chosen ? of->chosen->path : NULL;
}

static const char *sent_path(const struct looks *looks)
{
	return looks->old.state == LOOKS_SAME ? looks->old.path : NULL;
}

bool looks_tick(struct looks *looks, struct tui_wizard *wizard,
		const struct looks_of *of)
{
	bool changed = looks->old.submission != (of->sent ? of->sent->id : 0);

	if (changed) {
		forget_old(looks, wizard);
		if (of->sent)
			begin_old(looks, wizard, of->sent);
	}
	changed |= picture_tick(&looks->chosen, chosen_path(of));
	changed |= picture_tick(&looks->sent, sent_path(looks));
	return changed;
}

int looks_tick_in(const struct looks *looks, const struct looks_of *of)
{
	int one = picture_tick_in(&looks->chosen, chosen_path(of));
	int other = picture_tick_in(&looks->sent, sent_path(looks));

	if (looks->old.submission != (of->sent ? of->sent->id : 0))
		return 0;
	return one < 0 || (other >= 0 && other < one) ? other : one;
}

void looks_release(struct looks *looks, struct tui_wizard *wizard)
{
	forget_old(looks, wizard);
	picture_release(&looks->chosen);
	picture_release(&looks->sent);
}

/* Alone. */

bool looks_open(struct looks *looks, const struct looks_of *of)
{
	looks->alone = of->chosen || of->sent;
	looks->other = !of->chosen;
	return looks->alone;
}

bool looks_key(struct looks *looks, const struct tui_input *in)
{
	bool again = in->key == 'v' || in->key == TUI_CTRL('V') ||
		     in->key == TUI_KEY_F3;

	if (in->key == TUI_KEY_HELP || in->key == '?')
		return false;
	if (again && looks->two)
		looks->other = !looks->other;
	else
		looks->alone = false;
	return true;
}

const struct tui_binding looks_bindings[] = {
	{ 'v', "v", N_("the other one"),
	  N_("The new picture, or the one that was sent; from 100 columns on "
	     "they stand side by side. F3 and Ctrl-V are the same.") },
	{ TUI_KEY_F3, NULL, NULL, NULL },
	{ TUI_CTRL('V'), NULL, NULL, NULL },
	{ TUI_KEY_ESC, N_("any key"), N_("back"), N_("Back to the fields.") },
	{ 0 },
};

bool looks_useful(const struct looks *looks, int key)
{
	return key != 'v' || looks->two;
}
