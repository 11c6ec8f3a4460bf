/* SPDX-License-Identifier: MIT */
/* The rows of a picker: those that were asked for, and where the selection
 * stays while more of them come in. */
#include "tui/files/picker.h"

#include <stdlib.h>
#include <string.h>

bool picker_path_typed(const struct picker *picker)
{
	char first = tui_edit_text(&picker->filter)[0];

	return !picker->recent && !picker->shown_count &&
	       (first == '/' || first == '~');
}

bool picker_has_up(const struct picker *picker)
{
	return !picker->recent && !tui_edit_text(&picker->filter)[0] &&
	       strcmp(picker->folder, "/") != 0;
}

const struct tui_reader_entry *picker_entry(const struct picker *picker,
					    size_t row)
{
	size_t up = picker_has_up(picker);

	if (picker->recent || row < up || row - up >= picker->shown_count)
		return NULL;
	return picker->all[picker->shown[row - up]];
}

const char *picker_place(const struct picker *picker, size_t row)
{
	if (!picker->recent || row >= picker->shown_count)
		return NULL;
	return picker->places.list[picker->shown[row]];
}

static bool is_wanted(struct picker *picker,
		      const struct tui_reader_entry *entry, const char *typed)
{
	enum picker_fit fit = (enum picker_fit)entry->mark;

	if (typed[0] && !strstr(entry->folded, typed))
		return false;
	if (entry->name[0] == '.' && typed[0] != '.' && !picker->everything)
		return false;
	if (picker->everything || fit == PICKER_FITS || fit == PICKER_ENTER)
		return true;
	picker->left_out++;
	return false;
}

static void show_places(struct picker *picker, const char *typed)
{
	for (size_t i = 0; i < picker->places.count; i++) {
		char *folded = text_fold(picker->places.list[i]);

		if (strstr(folded, typed))
			picker->shown[picker->shown_count++] = i;
		free(folded);
	}
}

static void show_entries(struct picker *picker, const char *typed)
{
	for (size_t i = 0; i < picker->count; i++)
		if (is_wanted(picker, picker->all[i], typed))
			picker->shown[picker->shown_count++] = i;
}

/* The row of ENTRY, or the first that is not "..". */
static size_t row_of(const struct picker *picker,
		     const struct tui_reader_entry *entry)
{
	size_t up = picker_has_up(picker);

	for (size_t i = 0; entry && i < picker->shown_count; i++)
		if (picker->all[picker->shown[i]] == entry)
			return up + i;
	return picker->shown_count ? up : 0;
}

void picker_show(struct picker *picker, const struct tui_reader_entry *keep)
{
	size_t most = picker->recent ? picker->places.count : picker->count;
	char *typed = text_fold(tui_edit_text(&picker->filter));
	size_t count = 0;

	free(picker->shown);
	picker->shown = mem_array(most + 1, sizeof(*picker->shown));
	picker->shown_count = picker->left_out = 0;
	if (picker->recent)
		show_places(picker, typed);
	else
		show_entries(picker, typed);
	free(typed);
	count = picker->shown_count + picker_has_up(picker);
	/* ".." is no entry, and stays where it was. */
	if (keep || !picker->moved)
		picker->list.selected = row_of(picker, keep);
	tui_list_fit(&picker->list, count,
		     picker->list.rows > 0 ? picker->list.rows : 1);
}

void picker_filter(struct picker *picker)
{
	picker->moved = false;
	picker->list.top = 0;
	picker_show(picker, NULL);
}
