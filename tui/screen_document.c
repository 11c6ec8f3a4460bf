/* SPDX-License-Identifier: MIT */
/*
 * Step 2a: one document: its country and a file for each side, and what the
 * checks found. Every field is recorded the moment it is left.
 */
#include "tui/document_view.h"
#include "tui/form_pick.h"
#include "tui/undo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Before anything is typed: what there is here. */
static void offer_names(struct document_view *view)
{
	size_t side = 0;

	tui_paths_release(&view->names);
	if (document_view_side(view, &side) &&
	    !tui_edit_text(&view->paths[side])[0])
		tui_path_complete("", DOCUMENT_OFFERED, &view->names, NULL);
}

static void *document_enter(struct tui_wizard *wizard)
{
	struct document_view *view = mem_alloc(sizeof(*view));

	document_view_init(view, wizard);
	offer_names(view);
	return view;
}

/* Record SIDE with PATH and the country as they are now. */
static void put(struct tui_wizard *wizard, struct document_view *view,
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
		put(wizard, view, side, path);
	}
	free(path);
	tui_paths_release(&view->names);
}

/* Leave the focused field, whatever is in it. */
static void accept(struct tui_wizard *wizard, struct document_view *view)
{
	size_t side = 0;

	if (document_view_side(view, &side))
		accept_path(wizard, view, side);
}

static void document_leave(struct tui_wizard *wizard, void *arg)
{
	struct document_view *view = arg;

	accept(wizard, view);
	tui_checks_release(wizard, &view->checks);
	document_view_release(view);
	free(view);
}

/* What the picker is open for. */
static char *picker_title(const struct document_view *view, size_t side)
{
	enum doc_side named = view->sides[side];

	return mem_printf("%s%s%s", _(view->type->label),
			  named == DOC_SIDE_NONE ? "" : " · ",
			  tui_side_word(named));
}

static void translate(struct document_view *view)
{
	size_t side = 0;

	tui_chooser_translate(&view->chooser, _("Country of the document"));
	if (!view->picker.open || !document_view_side(view, &side))
		return;
	free(view->picker.title);
	view->picker.title = picker_title(view, side);
}

static void document_changed(struct tui_wizard *wizard, void *arg,
			     unsigned what)
{
	struct document_view *view = arg;

	if (what & TUI_CHANGED_LANGUAGE)
		translate(view);
	if (!(what & TUI_CHANGED_RECORD))
		return;
	document_view_refresh(view, wizard);
}

static int document_tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct document_view *view = arg;

	return tui_checks_wanted(wizard, &view->checks)
		       ? 0
		       : picker_tick_in(&view->picker);
}

static bool document_tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct document_view *view = arg;

	(void)now_ms;
	tui_checks_start(wizard, &view->checks);
	picker_tick(&view->picker);
	return true;
}

static void document_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
			    const struct doc_facts *facts)
{
	struct document_view *view = arg;

	tui_checks_looked(wizard, &view->checks, id, facts);
}

static bool document_typing(const void *arg)
{
	const struct document_view *view = arg;
	size_t side = 0;

	return view->chooser.open || view->picker.open ||
	       document_view_side(view, &side);
}

/* Keys. */

static void move(struct tui_wizard *wizard, struct document_view *view,
		 int direction)
{
	accept(wizard, view);
	if (direction > 0 && view->focus + 1 < document_view_fields(view))
		view->focus++;
	else if (direction < 0 && view->focus > 0)
		view->focus--;
	offer_names(view);
}

/* The country goes to both sides, and to the slot when there is no file. */
static void take_country(struct tui_wizard *wizard, struct document_view *view)
{
	const char *code = tui_chooser_taken(&view->chooser);

	if (strcmp(view->country, code) == 0)
		return;
	snprintf(view->country, sizeof(view->country), "%s", code);
	for (size_t side = 0; side < view->side_count; side++) {
		const struct case_document *document =
			document_view_draft(view, wizard, side);

		if (document || side == 0)
			put(wizard, view, side,
			    document ? document->path : NULL);
	}
}

static unsigned chooser_key(struct tui_wizard *wizard,
			    struct document_view *view,
			    const struct tui_input *in)
{
	switch (tui_chooser_key(&view->chooser, in)) {
	case TUI_CHOOSER_TAKEN:
		take_country(wizard, view);
		tui_chooser_close(&view->chooser);
		move(wizard, view, 1);
		break;
	case TUI_CHOOSER_LEFT:
		tui_chooser_close(&view->chooser);
		break;
	case TUI_CHOOSER_STAYS:
	case TUI_CHOOSER_MARKED:
		break;
	}
	return TUI_REDRAW;
}

/* For the side with the focus, else for the first. */
static unsigned open_picker(struct tui_wizard *wizard,
			    struct document_view *view)
{
	size_t side = 0;
	char *title = NULL;

	for (size_t i = 0; !document_view_side(view, &side); i++)
		view->focus = i;
	title = picker_title(view, side);
	picker_open(&view->picker, view->type, title,
		    tui_edit_text(&view->paths[side]), wizard->app->store);
	free(title);
	return TUI_REDRAW;
}

static unsigned picker_pressed(struct tui_wizard *wizard,
			       struct document_view *view,
			       const struct tui_input *in)
{
	size_t side = 0;

	switch (picker_key(&view->picker, in)) {
	case PICKER_TAKEN:
		if (document_view_side(view, &side))
			tui_edit_set(&view->paths[side], view->picker.taken);
		picker_close(&view->picker);
		move(wizard, view, 1);
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
static void complete(struct tui_wizard *wizard, struct document_view *view,
		     size_t side)
{
	struct tui_edit *edit = &view->paths[side];
	const char *typed = tui_edit_text(edit);
	struct tui_paths names = { 0 };
	char *common = NULL;

	if (!typed[0] || is_file(typed)) {
		move(wizard, view, 1);
		return;
	}
	tui_path_complete(typed, DOCUMENT_NAMES, &names, &common);
	tui_paths_release(&view->names);
	if (!names.count) {
		tui_say(wizard, "%s", _("No file begins like this."));
	} else if (common && strcmp(common, typed) != 0) {
		tui_edit_set(edit, common);
		if (names.count > 1)
			view->names = names;
	} else {
		view->names = names;
		tui_say(wizard, "%s",
			_("Type more of the name, or go on with the arrows."));
	}
	if (view->names.list != names.list)
		tui_paths_release(&names);
	free(common);
}

/* Dropped files: one for this side; two where there are two sides. */
static unsigned paste(struct tui_wizard *wizard, struct document_view *view,
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
	tui_edit_set(&view->paths[side], paths.list[0]);
	accept_path(wizard, view, side);
	if (paths.count == 2 && view->side_count == 2) {
		tui_edit_set(&view->paths[other], paths.list[1]);
		accept_path(wizard, view, other);
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
	return TUI_REDRAW;
}

static unsigned path_key(struct tui_wizard *wizard, struct document_view *view,
			 const struct tui_input *in, size_t side)
{
	bool changed = false;

	if (in->key == TUI_KEY_TAB) {
		complete(wizard, view, side);
		return TUI_REDRAW;
	}
	if (in->key == TUI_KEY_PASTE &&
	    paste(wizard, view, in, side) != TUI_IGNORED)
		return TUI_REDRAW;
	if (!tui_edit_key(&view->paths[side], in, &changed))
		return TUI_IGNORED;
	if (changed)
		tui_paths_release(&view->names);
	return TUI_REDRAW;
}

static unsigned open_countries(struct document_view *view)
{
	tui_chooser_open(&view->chooser, _("Country of the document"), NULL, 0,
			 view->country);
	return TUI_REDRAW;
}

static unsigned enter_key(struct tui_wizard *wizard, struct document_view *view)
{
	size_t fields = document_view_fields(view);

	if (document_view_on_country(view))
		return open_countries(view);
	if (view->focus + 1 < fields) {
		move(wizard, view, 1);
		return TUI_REDRAW;
	}
	return TUI_BACK;
}

/* A step of this paper is shown at once, one of a form is gone to. */
static unsigned undo(struct tui_wizard *wizard, struct document_view *view,
		     enum tui_undo what)
{
	const struct case_form *form = NULL;
	struct case_change change = { 0 };

	accept(wizard, view);
	if (!tui_undo(wizard, what, &change))
		return TUI_REDRAW;
	form = tui_form_named(&wizard->checklist, change.form);
	if (form) {
		tui_form_open(wizard, form, change.key);
	} else if (text_same(change.key, view->type->code) &&
		   text_same(change.party, wizard->slot.party)) {
		wizard->slot.side = change.side;
		tui_checks_release(wizard, &view->checks);
		document_view_release(view);
		*view = (struct document_view){ 0 };
		document_view_init(view, wizard);
		offer_names(view);
	}
	case_change_release(&change);
	return TUI_REDRAW;
}

static unsigned document_key(struct tui_wizard *wizard, void *arg,
			     const struct tui_input *in)
{
	struct document_view *view = arg;
	unsigned ret = TUI_IGNORED;
	size_t side = 0;

	if (view->chooser.open)
		return chooser_key(wizard, view, in);
	if (view->picker.open)
		return picker_pressed(wizard, view, in);
	if (in->key == TUI_CTRL('F'))
		return open_picker(wizard, view);
	if (document_view_side(view, &side))
		ret = path_key(wizard, view, in, side);
	if (ret != TUI_IGNORED)
		return ret;
	if (tui_undo_key(in->key, false))
		return undo(wizard, view, tui_undo_key(in->key, false));
	switch (in->key) {
	case TUI_KEY_ENTER:
		return enter_key(wizard, view);
	case TUI_KEY_TAB:
	case TUI_KEY_DOWN:
	case TUI_CTRL('N'):
		move(wizard, view, 1);
		return TUI_REDRAW;
	case TUI_KEY_BACKTAB:
	case TUI_KEY_UP:
	case TUI_CTRL('P'):
		move(wizard, view, -1);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
	case TUI_KEY_F2:
		accept(wizard, view);
		return TUI_BACK;
	case TUI_KEY_PASTE:
		/* Dropped while the focus is elsewhere: the first side. */
		return paste(wizard, view, in, 0) | TUI_REDRAW;
	case ' ':
		return document_view_on_country(view) ? enter_key(wizard, view)
						      : TUI_IGNORED;
	default:
		if (!document_view_on_country(view) || !tui_input_is_typed(in))
			return TUI_IGNORED;
		/* A country, not another step of the road. */
		open_countries(view);
		return chooser_key(wizard, view, in);
	}
}

static const struct tui_binding bindings[] = {
	{ TUI_KEY_TAB, "Tab", N_("complete, next"),
	  N_("Complete the path; where it is complete, go to the next "
	     "field.") },
	{ TUI_KEY_BACKTAB, "Shift-Tab", NULL,
	  N_("The field before. The arrows up and down move as well.") },
	{ TUI_KEY_ENTER, "Enter", N_("accept"),
	  N_("Take what was typed and check the file; on the country: choose "
	     "it. Letters typed there open the list as well.") },
	{ TUI_CTRL('F'), "Ctrl-F", N_("look for it"),
	  N_("Choose the file from a folder; the newest is the first.") },
	{ TUI_KEY_PASTE, N_("drop"), N_("a file"),
	  N_("Drop or paste a file. Two files go to the two sides.") },
	{ TUI_CTRL('_'), "Ctrl-_", N_("undo"),
	  N_("Undo typing; then the last change of what is drafted for this "
	     "customer, of forms as well. Ctrl-R does it again.") },
	{ TUI_CTRL('R'), NULL, NULL, NULL },
	{ TUI_KEY_F2, "F2", N_("done"),
	  N_("Back to the list. Everything is kept.") },
	{ TUI_KEY_ESC, "Esc", NULL,
	  N_("Back to the list. What was typed is kept.") },
	{ 0 },
};

static const struct tui_binding *bindings_now(const void *arg)
{
	const struct document_view *view = arg;

	return view->picker.open ? picker_file_bindings : bindings;
}

const struct tui_screen tui_screen_document = {
	.name = "document",
	.step = 2,
	.bindings = bindings,
	.bindings_now = bindings_now,
	.enter = document_enter,
	.leave = document_leave,
	.layout = document_layout,
	.key = document_key,
	.typing = document_typing,
	.changed = document_changed,
	.tick = document_tick,
	.tick_in = document_tick_in,
	.draw = document_draw,
	.looked = document_looked,
};
