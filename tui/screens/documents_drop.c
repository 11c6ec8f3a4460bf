/* SPDX-License-Identifier: MIT */
/* Files dropped on the checklist: for the selected slot, or a folder of them.
 */
#include "tui/screens/documents.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Give the dropped files to the selected slot (two files: to both sides) and
 * go there, where they are shown and checked. */
static void take_dropped(struct tui_wizard *wizard, void *arg)
{
	struct documents *state = arg;
	const struct tui_row *row = documents_row(state);
	const struct case_item *item = documents_item(state);
	struct tui_paths paths = state->dropped;
	struct tui_draft draft = { 0 };
	char *party = NULL; /* the item goes with the next load */
	enum doc_side sides[TUI_ROW_ITEMS] = { DOC_SIDE_NONE };
	char country[4] = "";
	size_t count = 1;

	if (!item || item->requirement->kind != PROV_REQ_DOCUMENT)
		return;
	state->dropped = (struct tui_paths){ 0 };
	sides[0] = item->side;
	if (row->count == 2 && paths.count == 2) {
		sides[0] = row->items[0]->side;
		sides[1] = row->items[1]->side;
		count = 2;
	}
	draft.type = item->requirement->type;
	party = mem_dup(item->requirement->party);
	draft.party = party;
	tui_draft_country(&wizard->checklist, draft.type, draft.party, country);
	draft.country = country;
	for (size_t i = 0; i < count && i < paths.count; i++) {
		draft.side = sides[i];
		draft.path = paths.list[i];
		tui_draft_put(wizard, &draft);
	}
	tui_slot_open(wizard, &state->checks, draft.type, sides[0], party);
	wizard->slot.given = true;
	tui_paths_release(&paths);
	free(party);
}

void documents_folder(struct tui_wizard *wizard, struct documents *state)
{
	/* The folder's files are looked into first; ours are asked again. */
	tui_checks_release(wizard, &state->checks);
	tui_go(wizard, &tui_screen_folder);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* More than the selected document can take, or nothing for it to go to? */
static bool is_handful(const struct tui_row *row, const struct case_item *item,
		       const struct tui_paths *paths)
{
	if (!item || item->requirement->kind != PROV_REQ_DOCUMENT)
		return true;
	return paths->count > 2 || (paths->count == 2 && row->count != 2) ||
	       is_folder(paths->list[0]);
}

/* Text that was pasted by mistake has many lines and no file. */
static bool any_is_there(const struct tui_paths *paths)
{
	struct stat st;

	for (size_t i = 0; i < paths->count; i++)
		if (stat(paths->list[i], &st) == 0)
			return true;
	return false;
}

void documents_drop(struct tui_wizard *wizard, struct documents *state,
		    const struct tui_input *in)
{
	const struct case_item *item = documents_item(state);
	const struct tui_row *row = documents_row(state);
	const char *label = NULL;
	const char *first = NULL;

	tui_paths_release(&state->dropped);
	tui_paths_parse(in->paste, in->paste_len, &state->dropped);
	if (!state->dropped.count ||
	    (state->dropped.count > 1 && !any_is_there(&state->dropped))) {
		tui_say(wizard, "%s",
			_("There is no path in what was pasted."));
		return;
	}
	if (is_handful(row, item, &state->dropped)) {
		wizard->dropped = state->dropped;
		state->dropped = (struct tui_paths){ 0 };
		documents_folder(wizard, state);
		return;
	}
	label = tui_requirement_label(item->requirement);
	first = tui_base_name(state->dropped.list[0]);
	if (state->dropped.count == 2 && row->count == 2)
		tui_ask(wizard, take_dropped, state,
			_("%s: '%s' as the %s and '%s' as the %s?"), label,
			first, tui_side_word(row->items[0]->side),
			tui_base_name(state->dropped.list[1]),
			tui_side_word(row->items[1]->side));
	else if (item->document && item->document->path)
		tui_ask(wizard, take_dropped, state,
			_("%s %s: put '%s' in place of '%s'?"), label,
			tui_side_word(item->side), first,
			tui_base_name(item->document->path));
	else
		take_dropped(wizard, state);
}
