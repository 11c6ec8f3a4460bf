/* SPDX-License-Identifier: MIT */
/* A whole folder: how it is drawn. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/folder.h"
#include "tui/widgets/page.h"
#include "tui/words/item_words.h"

#define HEAD_ROWS  2
#define WORDS_ROWS 2 /* of the selected file */
#define FOOT_ROWS  (WORDS_ROWS + 1)

void folder_layout(struct tui_wizard *wizard, void *arg,
		   const struct tui_area *area)
{
	struct folder *folder = arg;
	int rows = area->rows - HEAD_ROWS - FOOT_ROWS;

	(void)wizard;
	tui_list_fit(&folder->list, folder->count,
		     tui_more_rows(folder->count, rows > 1 ? rows : 1));
}

/* Why it could not be sent from where the operator put it, who may not know
 * that it is locked; free() it. NULL: it could. */
static char *refusal(const struct folder *folder,
		     const struct folder_file *file)
{
	struct findings findings = { 0 };
	char *why = NULL;

	if (!file->by_hand || file->place == MATCH_NONE || !file->looked)
		return NULL;
	doc_check_file(folder->places[file->place].type, &file->facts,
		       tui_base_name(file->path), &findings);
	for (size_t i = 0; i < findings.count && !why; i++)
		if (findings.list[i].severity == FINDING_ERROR)
			why = mem_dup(findings.list[i].text);
	findings_release(&findings);
	return why;
}

static char *by_hand_words(const struct folder *folder,
			   const struct folder_file *file)
{
	char *why = refusal(folder, file);

	if (why)
		return why;
	return mem_dup(file->place == MATCH_NONE ? _("left out by you")
						 : _("put there by you"));
}

char *folder_why_words(const struct folder *folder,
		       const struct folder_file *file)
{
	const struct match *match = &file->match;

	if (file->failed)
		return mem_dup(file->failed);
	if (file->by_hand)
		return by_hand_words(folder, file);
	if (file->known)
		return mem_dup(_("this case has it already"));
	if (file->spare)
		return mem_dup(_("not needed: another paper is there"));
	switch (match->why) {
	case MATCH_NAME:
		return mem_printf(_("named '%s'"), match->words);
	case MATCH_REMAINS:
		return mem_dup(_("the only one left"));
	case MATCH_CLOSED:
		return mem_dup(_("nothing like that is open"));
	case MATCH_COPY:
		return mem_printf(
			_("the same as '%s'"),
			tui_base_name(folder->files[match->other].path));
	case MATCH_TAKEN:
		return mem_dup(_("another one fits better"));
	case MATCH_UNFIT:
		return mem_dup(_("such a file is not taken there"));
	case MATCH_UNKNOWN:
		break;
	}
	return mem_dup(file->looked ? _("its name says nothing")
				    : _("looking into the file…"));
}

static void draw_file(const struct folder *folder, const struct tui_area *area,
		      int row, size_t at)
{
	const struct folder_file *file = &folder->files[at];
	bool selected = at == folder->list.selected;
	bool placed = file->place != MATCH_NONE;
	int name = (area->cols - 4) * 36 / 100;
	int place = (area->cols - 4) * 38 / 100;
	char *where = placed ? folder_place_words(&folder->places[file->place])
			     : NULL;
	char *why = folder_why_words(folder, file);
	char *refused = refusal(folder, file);

	tui_text(area, row, 0, 2, TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	tui_text(area, row, 2, 2,
		 refused  ? TUI_BAD
		 : placed ? TUI_GOOD
			  : TUI_DIM,
		 tui_symbol(refused  ? TUI_SYMBOL_BAD
			    : placed ? TUI_SYMBOL_CHOSEN
				     : TUI_SYMBOL_OPEN));
	tui_text(area, row, 4, name - 1, selected ? TUI_FOCUS : TUI_PLAIN,
		 tui_base_name(file->path));
	tui_text(area, row, 4 + name, place - 1, placed ? TUI_STRONG : TUI_DIM,
		 placed ? where : tui_symbol(TUI_SYMBOL_DASH));
	tui_text(area, row, 4 + name + place, -1,
		 file->failed || refused ? TUI_BAD : TUI_DIM, why);
	if (selected)
		tui_cursor(area, row, 4);
	free(where);
	free(why);
	free(refused);
}

/* The selected file in full, as its row may have no room for it. */
static void draw_selected(const struct folder *folder,
			  const struct tui_area *area)
{
	const struct folder_file *file = &folder->files[folder->list.selected];
	bool placed = file->place != MATCH_NONE;
	char *where = placed ? folder_place_words(&folder->places[file->place])
			     : NULL;
	char *why = folder_why_words(folder, file);
	struct buf text = { 0 };

	buf_addf(&text, "%s: %s%s%s", tui_base_name(file->path),
		 placed ? where : _("goes nowhere"), " · ", why);
	if (file->looked) {
		char bytes[32];

		text_bytes(bytes, sizeof(bytes), file->facts.bytes);
		buf_addf(&text, " · %s, %s", _(doc_kind_name(file->facts.kind)),
			 bytes);
	}
	tui_paragraph(area, 0, 2, area->cols - 3, area->rows, TUI_DIM,
		      buf_text(&text));
	buf_release(&text);
	free(where);
	free(why);
}

/* What is to be known of the listing itself; NULL: nothing. free() it. */
static char *state_words(const struct folder *folder)
{
	if (folder->reader)
		return mem_printf(P_("reading… %zu so far",
				     "reading… %zu so far", folder->seen),
				  folder->seen);
	if (folder->error == ENOENT)
		return mem_dup(_("This folder is not there any more."));
	if (folder->error)
		return mem_printf(_("This folder cannot be read: %s"),
				  strerror(folder->error));
	if (folder->seen > folder->count)
		return mem_printf(_("The newest %zu of %zu files were looked "
				    "at%s; all others stay out of this."),
				  folder->count, folder->seen,
				  folder->cut ? ", …" : "");
	return NULL;
}

static void draw_files(const struct tui_wizard *wizard, struct folder *folder,
		       const struct tui_area *area)
{
	size_t placed = folder_placed(folder);
	char *state = NULL;
	struct tui_area foot = *area;

	tui_textf(area, 0, 2, -1, TUI_STRONG,
		  P_("%s · %zu file, %zu with a place",
		     "%s · %zu files, %zu with a place", folder->count),
		  tui_holder_name(&wizard->checklist, NULL), folder->count,
		  placed);
	state = state_words(folder);
	if (state)
		tui_text(area, 1, 2, -1, folder->error ? TUI_BAD : TUI_WARN,
			 state);
	free(state);
	folder_layout(NULL, folder, area);
	for (int i = 0; i < folder->list.rows; i++) {
		size_t at = folder->list.top + (size_t)i;

		if (at < folder->count)
			draw_file(folder, area, HEAD_ROWS + i, at);
	}
	tui_more_line(area, HEAD_ROWS + folder->list.rows,
		      tui_list_above(&folder->list),
		      tui_list_below(&folder->list));
	foot.top += area->rows - WORDS_ROWS;
	foot.rows = WORDS_ROWS;
	tui_rule(area, area->rows - FOOT_ROWS, NULL);
	if (folder->count)
		draw_selected(folder, &foot);
}

/* The picture of the selected file, and where it goes. */
static void draw_alone(struct folder *folder, const struct tui_area *area)
{
	struct tui_area top = *area, rest = *area;

	top.rows = WORDS_ROWS;
	rest.top += WORDS_ROWS;
	rest.rows -= WORDS_ROWS;
	draw_selected(folder, &top);
	picture_draw(&folder->picture, &rest);
	tui_cursor(area, 0, 0);
}

static void draw_names(struct folder *folder, const struct tui_area *area)
{
	struct tui_page page = { 0 };
	char *text = tui_names_page(&folder->names, "", area->cols - 6,
				    area->rows > 1 ? area->rows : 1);

	tui_page_begin(&page, area->cols - 1);
	if (text[0])
		tui_page_text(&page, TUI_PLAIN, 4, text);
	tui_page_draw(&page, area, NULL, NULL);
	tui_page_release(&page);
	free(text);
}

static void draw_path(struct folder *folder, const struct tui_area *area)
{
	struct tui_area rest = *area;
	int used = 0;

	tui_text(area, 0, 2, -1, TUI_STRONG, _("A whole folder"));
	used = tui_paragraph(
		area, 2, 2, area->cols - 3, 4, TUI_PLAIN,
		_("Every file in it is proposed for what is still open, by the "
		  "words in its name. Nothing is taken before you say so."));
	tui_label(area, 3 + used, 2, 10,
		  folder->chooser.open ? TUI_STRONG : TUI_FOCUS, _("Folder"));
	tui_edit_draw(&folder->path, area, 3 + used, 13, area->cols - 14,
		      !folder->chooser.open);
	if (folder->last && !*tui_edit_text(&folder->path)) {
		tui_textf(area, 4 + used, 13, -1, TUI_DIM,
			  _("Enter alone: %s, as last time"), folder->last);
		used++;
	}
	rest.top += 5 + used;
	rest.rows -= 5 + used;
	draw_names(folder, &rest);
}

void folder_draw(const struct tui_wizard *wizard, void *arg,
		 const struct tui_area *area)
{
	struct folder *folder = arg;

	folder->picture.cols = 0;
	if (folder->picker.open)
		picker_draw(&folder->picker, area);
	else if (folder->alone && folder->count)
		draw_alone(folder, area);
	else if (folder->listed)
		draw_files(wizard, folder, area);
	else
		draw_path(folder, area);
	if (folder->chooser.open)
		tui_chooser_draw(&folder->chooser, area, NULL);
}
