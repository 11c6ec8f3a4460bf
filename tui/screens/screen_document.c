/* SPDX-License-Identifier: MIT */
/*
 * Step 2a: one document: its country and a file for each side, and what the
 * checks found. Every field is recorded the moment it is left.
 */
#include "tui/screens/document_view.h"
#include "tui/wizard/undo.h"
#include "tui/words/form_pick.h"

#include <stdlib.h>
#include <string.h>

static void *document_enter(struct tui_wizard *wizard)
{
	struct document_view *view = mem_alloc(sizeof(*view));
	size_t side = 0;

	document_view_init(view, wizard);
	document_offer(view);
	if (wizard->slot.given)
		document_go_on(wizard, view);
	else if (document_view_side(view, &side) &&
		 document_view_rejected(view, wizard, side))
		document_pick(wizard, view);
	wizard->slot.given = false;
	return view;
}

static void document_leave(struct tui_wizard *wizard, void *arg)
{
	struct document_view *view = arg;

	document_accept(wizard, view);
	tui_checks_release(wizard, &view->checks);
	slot_pictures_release(&view->pictures, wizard);
	document_view_release(view);
	free(view);
}

static void translate(const struct tui_wizard *wizard,
		      struct document_view *view)
{
	tui_chooser_translate(&view->chooser, _("Country of the document"));
	if (view->picker.open)
		document_pick_words(wizard, view);
}

static void document_changed(struct tui_wizard *wizard, void *arg,
			     unsigned what)
{
	struct document_view *view = arg;

	if (what & TUI_CHANGED_LANGUAGE)
		translate(wizard, view);
	if (!(what & TUI_CHANGED_RECORD))
		return;
	document_view_refresh(view, wizard);
}

static int sooner(int one, int other)
{
	return one < 0 || (other >= 0 && other < one) ? other : one;
}

static int document_tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct document_view *view = arg;
	struct slot_files files = document_view_files(view, wizard);

	return tui_checks_wanted(wizard, &view->checks)
		       ? 0
		       : sooner(tui_names_tick_in(&view->names),
				sooner(picker_tick_in(&view->picker),
				       slot_pictures_tick_in(&view->pictures,
							     &files)));
}

static bool document_tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct document_view *view = arg;
	bool waiting = picker_waits(&view->picker);
	struct slot_files files = { 0 };
	bool drawn = false;

	(void)now_ms;
	tui_checks_start(wizard, &view->checks);
	picker_tick(&view->picker);
	files = document_view_files(view, wizard);
	drawn = slot_pictures_tick(&view->pictures, wizard, &files);
	drawn |= tui_names_tick(&view->names);
	if (drawn || (waiting && !picker_waits(&view->picker)))
		tui_wizard_at_once(wizard);
	return true;
}

static void document_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
			    const struct doc_facts *facts)
{
	struct document_view *view = arg;
	struct slot_files files = document_view_files(view, wizard);

	if (!slot_pictures_looked(&view->pictures, wizard, &files, id, facts))
		tui_checks_looked(wizard, &view->checks, id, facts);
}

static bool document_typing(const void *arg)
{
	const struct document_view *view = arg;
	size_t side = 0;

	return !view->pictures.alone && !view->picker.full &&
	       (view->chooser.open || view->picker.open ||
		document_view_side(view, &side));
}

/* Keys. */

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
			document_put(wizard, view, side,
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
		document_move(wizard, view, 1);
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

static unsigned path_key(struct tui_wizard *wizard, struct document_view *view,
			 const struct tui_input *in, size_t side)
{
	bool changed = false;

	if (in->key == TUI_KEY_TAB) {
		document_complete(wizard, view, side);
		return TUI_REDRAW;
	}
	if (tui_names_key(&view->names, in))
		return TUI_REDRAW;
	if (in->key == TUI_KEY_PASTE &&
	    document_paste(wizard, view, in, side) != TUI_IGNORED)
		return TUI_REDRAW;
	if (!tui_edit_key(&view->paths[side], in, &changed))
		return TUI_IGNORED;
	if (changed)
		tui_names_release(&view->names);
	return TUI_REDRAW;
}

static unsigned open_countries(struct document_view *view)
{
	tui_chooser_open(&view->chooser, _("Country of the document"), NULL, 0,
			 view->country);
	return TUI_REDRAW;
}

static unsigned open_pictures(struct tui_wizard *wizard,
			      struct document_view *view)
{
	struct slot_files files = { 0 };

	document_accept(wizard, view);
	files = document_view_files(view, wizard);
	if (!slot_pictures_open(&view->pictures, &files))
		tui_say(wizard, "%s", _("No file was chosen here."));
	return TUI_REDRAW;
}

static unsigned send_key(struct tui_wizard *wizard, struct document_view *view)
{
	document_accept(wizard, view);
	tui_go(wizard, &tui_screen_review);
	return TUI_REDRAW;
}

/* Letters are keys where none can be typed. */
static unsigned button_key(struct tui_wizard *wizard,
			   struct document_view *view, int key)
{
	switch (key) {
	case 's':
		return send_key(wizard, view);
	case 'v':
		return open_pictures(wizard, view);
	default:
		return TUI_IGNORED;
	}
}

static unsigned enter_key(struct tui_wizard *wizard, struct document_view *view)
{
	size_t fields = document_view_fields(view);

	if (document_view_on_country(view))
		return open_countries(view);
	if (view->focus + 1 < fields) {
		document_move(wizard, view, 1);
		return TUI_REDRAW;
	}
	return TUI_BACK;
}

/* Another paper, or this one anew, on the side that CHANGE was about. */
static void show_changed(struct tui_wizard *wizard, struct document_view *view,
			 const struct case_change *change)
{
	const struct doc_type *type =
		tui_type_of(wizard, change->key, change->party);

	if (!type)
		return;
	tui_checks_release(wizard, &view->checks);
	slot_pictures_release(&view->pictures, wizard);
	document_view_release(view);
	*view = (struct document_view){ 0 };
	wizard->slot.type = type;
	wizard->slot.side = change->side;
	mem_replace(&wizard->slot.party, change->party);
	document_view_init(view, wizard);
	document_offer(view);
}

/* What was changed is shown at once, wherever it is. */
static unsigned undo(struct tui_wizard *wizard, struct document_view *view,
		     enum tui_undo what)
{
	const struct case_form *form = NULL;
	struct case_change change = { 0 };

	document_accept(wizard, view);
	if (!tui_undo(wizard, what, &change))
		return TUI_REDRAW;
	form = tui_form_named(&wizard->checklist, change.form);
	if (form)
		tui_form_open(wizard, form, change.key);
	else if (!change.form)
		show_changed(wizard, view, &change);
	case_change_release(&change);
	return TUI_REDRAW;
}

/* On the country, a path or the button, with nothing in front of them. */
static unsigned fields_key(struct tui_wizard *wizard,
			   struct document_view *view,
			   const struct tui_input *in)
{
	unsigned ret = TUI_IGNORED;
	size_t side = 0;

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
		document_move(wizard, view, 1);
		return TUI_REDRAW;
	case TUI_KEY_BACKTAB:
	case TUI_KEY_UP:
	case TUI_CTRL('P'):
		document_move(wizard, view, -1);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
	case TUI_KEY_F2:
		document_accept(wizard, view);
		return TUI_BACK;
	case TUI_KEY_PASTE:
		/* Dropped while the focus is elsewhere. */
		side = document_view_wanting(view, wizard);
		return document_paste(wizard, view, in, side) | TUI_REDRAW;
	case ' ':
		return document_view_on_country(view) ? enter_key(wizard, view)
						      : TUI_IGNORED;
	default:
		if (!document_view_on_country(view))
			return button_key(wizard, view, in->key);
		if (!tui_input_is_typed(in))
			return TUI_IGNORED;
		/* A country, not another step of the road. */
		open_countries(view);
		return chooser_key(wizard, view, in);
	}
}

static unsigned document_key(struct tui_wizard *wizard, void *arg,
			     const struct tui_input *in)
{
	struct document_view *view = arg;

	if (in->key == TUI_KEY_PASTE && tui_paths_likely(in->paste)) {
		/* A file is meant, whatever is in front of the fields. */
		view->pictures.alone = false;
		tui_chooser_close(&view->chooser);
	}
	if (view->pictures.alone)
		return slot_pictures_key(&view->pictures, in) ? TUI_REDRAW
							      : TUI_IGNORED;
	if (view->chooser.open)
		return chooser_key(wizard, view, in);
	if (view->picker.open)
		return document_picked(wizard, view, in);
	switch (in->key) {
	case TUI_CTRL('F'):
		document_pick(wizard, view);
		return TUI_REDRAW;
	case TUI_KEY_F3:
	case TUI_CTRL('V'):
		return open_pictures(wizard, view);
	default:
		return fields_key(wizard, view, in);
	}
}

static const struct tui_binding bindings[] = {
	{ TUI_KEY_TAB, "Tab", N_("next"),
	  N_("Complete the path; where it is complete, go to the next "
	     "field.") },
	{ TUI_KEY_BACKTAB, "Shift-Tab", NULL,
	  N_("The field before. The arrows up and down move as well, and so "
	     "do Ctrl-P and Ctrl-N.") },
	{ TUI_CTRL('P'), NULL, NULL, NULL },
	{ TUI_CTRL('N'), NULL, NULL, NULL },
	{ TUI_KEY_ENTER, "Enter", N_("accept"),
	  N_("Take what was typed and check the file; on the country: choose "
	     "it. Letters typed there open the list as well.") },
	{ 's', "s", N_("review & send"),
	  N_("On [ Done ]: see everything that is ready, and send it.") },
	{ TUI_KEY_PAGE_DOWN, "PgDn", NULL,
	  N_("More of the names below the path; PgUp goes back.") },
	{ TUI_KEY_PAGE_UP, NULL, NULL, NULL },
	{ TUI_CTRL('F'), "Ctrl-F", N_("choose"),
	  N_("Choose the file from a folder; the newest is the first.") },
	{ TUI_KEY_F3, "F3", N_("picture"),
	  N_("Show the picture alone, beside it the one that was rejected; any "
	     "key goes back. From 100 columns on it is beside the fields. "
	     "Ctrl-V is the same, and v on [ Done ].") },
	{ TUI_CTRL('V'), NULL, NULL, NULL },
	{ 'v', NULL, NULL, NULL },
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

	if (view->pictures.alone)
		return slot_pictures_bindings;
	return view->picker.open ? picker_bindings(&view->picker) : bindings;
}

static bool document_useful(const struct tui_wizard *wizard, const void *arg,
			    int key)
{
	const struct document_view *view = arg;
	struct slot_files files = document_view_files(view, wizard);
	bool done = view->focus + 1 == document_view_fields(view);

	if (view->pictures.alone)
		return slot_pictures_useful(&view->pictures, key);
	if (view->picker.open)
		return true;
	switch (key) {
	case 's':
		return done;
	case TUI_CTRL('_'):
		return tui_undo_useful(wizard);
	case TUI_KEY_TAB:
	case TUI_KEY_PASTE:
		return !done;
	case TUI_KEY_F3:
		return files.chosen || files.sent;
	default:
		return true;
	}
}

const struct tui_screen tui_screen_document = {
	.name = "document",
	.step = 2,
	.bindings = bindings,
	.bindings_now = bindings_now,
	.useful = document_useful,
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
