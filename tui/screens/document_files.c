/* SPDX-License-Identifier: MIT */
/* The files of the document screen: typed, completed, dropped or picked, and
 * recorded the moment they are. */
#include "tui/screens/document_view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Before anything is typed: what there is here. */
void document_offer(struct document_view *view)
{
	size_t side = 0;
	char *here = NULL;

	tui_names_release(&view->names);
	if (!document_view_side(view, &side) ||
	    tui_edit_text(&view->paths[side])[0])
		return;
	here = tui_path_absolute("");
	tui_names_offer(&view->names, here);
	free(here);
}

/* Record SIDE with PATH and the country as they are now. */
void document_put(struct tui_wizard *wizard, struct document_view *view,
		  size_t side, const char *path)
{
	char *copy = mem_dup(path);
	char *party = mem_dup(wizard->slot.party);
	struct tui_draft draft = {
		.type = view->type,
		.side = view->sides[side],
		.party = party,
		.country = view->country,
		.path = copy,
	};

	/* Loading the checklist again fills the lines from the record. */
	tui_draft_put(wizard, &draft);
	free(copy);
	free(party);
}

/* As typed or dropped where the terminal knows no pastes: quotes, backslashes
 * and file:// addresses are undone, blanks around it dropped. */
static char *path_of(const char *typed)
{
	struct tui_paths paths = { 0 };
	struct stat st;
	char *path = NULL;

	typed += strspn(typed, " ");
	if (!typed[0])
		return mem_dup("");
	path = tui_path_absolute(typed);
	if (stat(path, &st) == 0 ||
	    !(typed[0] == '\'' || typed[0] == '"' || strchr(typed, '\\') ||
	      strncmp(typed, "file://", 7) == 0 ||
	      typed[strlen(typed) - 1] == ' '))
		return path;
	tui_paths_parse(typed, strlen(typed), &paths);
	if (paths.count) {
		free(path);
		path = tui_path_absolute(paths.list[0]);
	}
	tui_paths_release(&paths);
	return path;
}

/* Record the path of SIDE if it is another one than before. */
static void accept_path(struct tui_wizard *wizard, struct document_view *view,
			size_t side)
{
	const struct case_document *document =
		document_view_draft(view, wizard, side);
	char *path = path_of(tui_edit_text(&view->paths[side]));
	const char *recorded = document && document->path ? document->path : "";

	if (strcmp(path, recorded) != 0) {
		tui_edit_set(&view->paths[side], path);
		document_put(wizard, view, side, path);
	}
	free(path);
	tui_names_release(&view->names);
}

/* The same for what was picked or dropped, also when its name is the one of
 * before: it may be another picture by now. */
static void take(struct tui_wizard *wizard, struct document_view *view,
		 size_t side, const char *given)
{
	char *path = path_of(given);

	tui_edit_set(&view->paths[side], path);
	document_put(wizard, view, side, path);
	tui_names_release(&view->names);
	free(path);
}

/* Leave the focused field, whatever is in it. */
void document_accept(struct tui_wizard *wizard, struct document_view *view)
{
	size_t side = 0;

	if (document_view_side(view, &side))
		accept_path(wizard, view, side);
}

void document_move(struct tui_wizard *wizard, struct document_view *view,
		   int direction)
{
	document_accept(wizard, view);
	if (direction > 0 && view->focus + 1 < document_view_fields(view))
		view->focus++;
	else if (direction < 0 && view->focus > 0)
		view->focus--;
	document_view_side(view, &view->side);
	document_offer(view);
}

static bool is_file(const char *typed)
{
	char *path = tui_path_absolute(typed);
	struct stat st;
	bool ret = stat(path, &st) == 0 && !S_ISDIR(st.st_mode);

	free(path);
	return ret;
}

/* Tab in a path: as far as all names agree; where that is a whole file, or
 * there is nothing to complete, Tab moves on. */
void document_complete(struct tui_wizard *wizard, struct document_view *view,
		       size_t side)
{
	struct tui_edit *edit = &view->paths[side];
	const char *typed = tui_edit_text(edit);
	struct tui_paths names = { 0 };
	char *common = NULL;

	if (!typed[0] || is_file(typed)) {
		document_move(wizard, view, 1);
		return;
	}
	tui_path_complete(typed, TUI_NAMES_MOST, &names, &common);
	tui_names_release(&view->names);
	if (!names.count) {
		tui_say(wizard, "%s", _("No file begins like this."));
	} else if (common && strcmp(common, typed) != 0) {
		tui_edit_set(edit, common);
		if (names.count > 1)
			tui_names_set(&view->names, &names);
	} else {
		tui_names_set(&view->names, &names);
		tui_say(wizard, "%s",
			_("Type more of the name, or go on with the arrows."));
	}
	tui_paths_release(&names);
	free(common);
}

/* What is not there is known before it was looked into. */
static bool wants_file(const struct document_view *view,
		       const struct tui_wizard *wizard, size_t side)
{
	const struct case_document *document =
		document_view_draft(view, wizard, side);

	return document_view_asks(view, wizard, side) ||
	       (document && document->path && !is_file(document->path));
}

/* To the next side, from the field FOCUS on, that wants a file, else to the
 * button; where the file of that side was rejected, straight to choosing
 * another. */
static void go_on(struct tui_wizard *wizard, struct document_view *view,
		  size_t focus)
{
	size_t last = document_view_fields(view) - 1;

	for (view->focus = focus; view->focus < last; view->focus++) {
		document_view_side(view, &view->side);
		if (wants_file(view, wizard, view->side))
			break;
	}
	document_offer(view);
	if (view->focus < last &&
	    document_view_rejected(view, wizard, view->side))
		document_pick(wizard, view);
}

void document_go_on(struct tui_wizard *wizard, struct document_view *view)
{
	go_on(wizard, view, document_view_first(view));
}

/* Dropped files: one for this side; two where there are two sides. */
unsigned document_paste(struct tui_wizard *wizard, struct document_view *view,
			const struct tui_input *in, size_t side)
{
	struct tui_paths paths = { 0 };
	size_t other = side == 0 ? 1 : 0;

	/* Part of a name, pasted into what is being typed. */
	if (tui_edit_text(&view->paths[side])[0] &&
	    !tui_paths_likely(in->paste))
		return TUI_IGNORED;
	tui_paths_parse(in->paste, in->paste_len, &paths);
	if (!paths.count)
		return TUI_IGNORED;
	take(wizard, view, side, paths.list[0]);
	if (paths.count == 2 && view->side_count == 2) {
		take(wizard, view, other, paths.list[1]);
		tui_say(wizard, _("'%s' is the %s, '%s' the %s."),
			tui_base_name(paths.list[0]),
			tui_side_word(view->sides[side]),
			tui_base_name(paths.list[1]),
			tui_side_word(view->sides[other]));
	} else if (paths.count > 1) {
		tui_say(wizard,
			P_("Only '%s' was taken: there is one more file in "
			   "what was dropped (%zu).",
			   "Only '%s' was taken: there are more files in what "
			   "was dropped (%zu).",
			   paths.count - 1),
			tui_base_name(paths.list[0]), paths.count - 1);
	}
	tui_paths_release(&paths);
	document_go_on(wizard, view);
	return TUI_REDRAW;
}

/* The picker. */

static void draw_sent(void *arg, const struct tui_area *area)
{
	slot_pictures_draw_sent(arg, area);
}

/* Why another file is wanted; free() it. NULL: there was none. */
static char *note_of(const struct document_view *view,
		     const struct tui_wizard *wizard)
{
	const char *why = document_view_why(view, wizard, view->side);

	return why ? mem_printf("%s %s: %s", tui_symbol(TUI_SYMBOL_BAD),
				_("rejected"), why)
		   : NULL;
}

static char *title_of(const struct document_view *view,
		      const struct tui_wizard *wizard)
{
	enum doc_side named = view->sides[view->side];

	return mem_printf("%s%s%s", document_view_label(view, wizard),
			  named == DOC_SIDE_NONE ? "" : " · ",
			  tui_side_word(named));
}

void document_pick_words(const struct tui_wizard *wizard,
			 struct document_view *view)
{
	free(view->picker.title);
	free(view->picker.note);
	view->picker.title = title_of(view, wizard);
	view->picker.note = note_of(view, wizard);
}

void document_pick(struct tui_wizard *wizard, struct document_view *view)
{
	struct slot_files files;
	const char *from = NULL;
	size_t side = 0;
	char *title = NULL;

	for (size_t i = 0; !document_view_side(view, &side); i++)
		view->focus = i;
	view->side = side;
	files = document_view_files(view, wizard);
	from = tui_edit_text(&view->paths[side]);
	if (!from[0] && files.sent)
		from = files.sent->path;
	title = title_of(view, wizard);
	picker_open(&view->picker, view->type, title, from, wizard->app->store);
	view->picker.note = note_of(view, wizard);
	if (files.sent) {
		view->picker.beside = draw_sent;
		view->picker.beside_arg = &view->pictures;
	}
	free(title);
}

unsigned document_picked(struct tui_wizard *wizard, struct document_view *view,
			 const struct tui_input *in)
{
	size_t side = 0;

	switch (picker_key(&view->picker, in)) {
	case PICKER_TAKEN:
		if (document_view_side(view, &side))
			take(wizard, view, side, view->picker.taken);
		picker_close(&view->picker);
		document_accept(wizard, view);
		go_on(wizard, view, view->focus + 1);
		break;
	case PICKER_DROPPED:
		picker_close(&view->picker);
		document_paste(wizard, view, in, view->side);
		break;
	case PICKER_LEFT:
		picker_close(&view->picker);
		break;
	case PICKER_PASSED:
		return TUI_IGNORED;
	case PICKER_STAYS:
		break;
	}
	return TUI_REDRAW;
}
