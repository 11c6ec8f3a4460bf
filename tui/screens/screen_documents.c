/* SPDX-License-Identifier: MIT */
/* Step 2: the checklist. What the provider wants, and how each item stands. */
#include "tui/screens/documents.h"

#include <stdlib.h>

#include "tui/wizard/undo.h"
#include "tui/words/form_pick.h"

/* By what its row is found again; free() it. */
static char *name_of(const struct prov_requirement *req)
{
	return mem_dup(req->code   ? req->code
		       : req->form ? req->form->schema->name
		       : req->type ? req->type->code
				   : "");
}

static void select_row(struct documents *state, size_t at, size_t side)
{
	const struct tui_row *row = NULL;

	state->list.selected = at < state->rows.count ? at : 0;
	state->side = side;
	row = documents_row(state);
	if (!row)
		return;
	free(state->code);
	state->code = name_of(row->items[0]->requirement);
	mem_replace(&state->party, row->items[0]->requirement->party);
	state->kind = row->items[0]->requirement->kind;
}

static bool is_named(const struct documents *state, const struct tui_row *row)
{
	const struct prov_requirement *req = NULL;
	char *name = NULL;
	bool named = false;

	if (row->kind != TUI_ROW_SLOTS || !state->code)
		return false;
	req = row->items[0]->requirement;
	name = name_of(req);
	named = req->kind == state->kind &&
		text_same(req->party, state->party) &&
		(text_same(name, state->code) ||
		 (req->type && text_same(req->type->code, state->code)));
	free(name);
	return named;
}

/* After the checklist was loaded: the same item stays selected. */
static void rebuild(struct tui_wizard *wizard, struct documents *state)
{
	size_t at = 0;

	tui_rows_build(&wizard->checklist, &state->rows);
	while (at < state->rows.count &&
	       !is_named(state, &state->rows.list[at]))
		at++;
	if (at < state->rows.count) {
		select_row(state, at, state->side);
		return;
	}
	at = tui_rows_next(&state->rows, 0, true);
	if (at == state->rows.count)
		at = tui_rows_next(&state->rows, 0, false);
	select_row(state, at,
		   at < state->rows.count
			   ? tui_row_open_item(&state->rows.list[at])
			   : 0);
}

static void *documents_enter(struct tui_wizard *wizard)
{
	struct documents *state = mem_alloc(sizeof(*state));
	const struct case_form *form =
		tui_form_named(&wizard->checklist, wizard->last_form);

	/* Coming back from a form, a document, or a rejection. */
	if (form) {
		state->kind = PROV_REQ_INFORMATION;
		state->code = name_of(form->requirement);
		state->party = mem_dup(form->requirement->party);
	} else if (wizard->slot.type) {
		state->kind = PROV_REQ_DOCUMENT;
		state->code = mem_dup(wizard->slot.type->code);
		state->party = mem_dup(wizard->slot.party);
		state->side = wizard->slot.side == DOC_SIDE_BACK;
	}
	rebuild(wizard, state);
	return state;
}

static void documents_leave(struct tui_wizard *wizard, void *arg)
{
	struct documents *state = arg;

	tui_checks_release(wizard, &state->checks);
	tui_link_release(&state->link);
	tui_rows_release(&state->rows);
	tui_paths_release(&state->dropped);
	free(state->code);
	free(state->party);
	free(state);
}

static void documents_changed(struct tui_wizard *wizard, void *arg,
			      unsigned what)
{
	struct documents *state = arg;

	if (!(what & TUI_CHANGED_RECORD))
		return;
	rebuild(wizard, state);
}

static int documents_tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct documents *state = arg;

	return tui_checks_wanted(wizard, &state->checks) ? 0 : -1;
}

static bool documents_tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct documents *state = arg;

	(void)now_ms;
	tui_checks_start(wizard, &state->checks);
	return true;
}

static void documents_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
			     const struct doc_facts *facts)
{
	struct documents *state = arg;

	tui_checks_looked(wizard, &state->checks, id, facts);
}

/* Keys. */

/* A list key may land on a heading: go on in the same direction, or at the
 * ends to the nearest row that can be selected. */
static void step_over_headings(struct documents *state, size_t from)
{
	const struct tui_row *rows = state->rows.list;
	size_t at = state->list.selected;
	size_t count = state->rows.count;

	if (at >= from) {
		while (at < count && rows[at].kind != TUI_ROW_SLOTS)
			at++;
		for (at = at < count ? at : count - 1;
		     at > from && rows[at].kind != TUI_ROW_SLOTS;)
			at--;
	} else {
		while (at > 0 && rows[at].kind != TUI_ROW_SLOTS)
			at--;
		at = tui_rows_next(&state->rows, at, false);
	}
	select_row(state, at,
		   at == from ? state->side : tui_row_open_item(&rows[at]));
}

static unsigned open_item(struct tui_wizard *wizard, struct documents *state)
{
	const struct case_item *item = documents_item(state);
	const struct prov_requirement *req = item ? item->requirement : NULL;
	const struct case_form *form =
		item ? tui_form_for(&wizard->checklist, item) : NULL;

	if (!req)
		return TUI_HANDLED;
	if (form) {
		if (!item->form)
			tui_say(wizard, "%s",
				_("The data are to be corrected; another "
				  "picture will not help."));
		tui_form_open(wizard, form, tui_wrong_field(item->submission));
		return TUI_REDRAW;
	}
	switch (req->kind) {
	case PROV_REQ_DOCUMENT:
		tui_slot_open(wizard, &state->checks, req->type, item->side,
			      req->party);
		break;
	case PROV_REQ_TERMS:
		tui_link_show(&state->link, wizard, req);
		break;
	case PROV_REQ_START:
		tui_start_request(wizard);
		break;
	case PROV_REQ_INFORMATION: /* has a form */
	case PROV_REQ_OTHER:
		tui_say(wizard,
			_("%s is between the customer and %s: nothing "
			  "can be sent for it from here."),
			tui_requirement_label(req),
			wizard->app->profile->provider->title);
		break;
	}
	return TUI_REDRAW;
}

/* Of the selected row, or else of the first that needs one. */
static unsigned show_link(struct tui_wizard *wizard, struct documents *state)
{
	const struct case_item *item = documents_item(state);

	tui_link_show(&state->link, wizard,
		      item && item->requirement->kind == PROV_REQ_TERMS
			      ? item->requirement
			      : tui_link_wanted(&wizard->checklist));
	return TUI_REDRAW;
}

static unsigned next_open(struct tui_wizard *wizard, struct documents *state)
{
	size_t at = state->list.selected < state->rows.count
			    ? tui_rows_after(&state->rows, state->list.selected)
			    : 0;

	at = tui_rows_next(&state->rows, at, true);
	if (at == state->rows.count)
		tui_say(wizard, "%s",
			_("Nothing is missing or rejected. s goes on to "
			  "review and send."));
	else
		select_row(state, at, tui_row_open_item(&state->rows.list[at]));
	return TUI_REDRAW;
}

static void remove_now(struct tui_wizard *wizard, void *arg)
{
	const struct case_item *item = documents_item(arg);

	if (item && item->document)
		tui_draft_remove(wizard, item->document->id);
}

static void clear_now(struct tui_wizard *wizard, void *arg)
{
	const struct case_item *item = documents_item(arg);
	struct err err = { 0 };

	if (!item || !item->form)
		return;
	if (case_answers_clear(wizard->app->store, wizard->checklist.case_id,
			       item->form->name, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, "%s", _("It is forgotten; u brings it back."));
	tui_wizard_reload(wizard);
}

/* Was something filled in that can be taken back? */
static bool has_answers(const struct case_item *item)
{
	return item->form && tui_form_begun(item->form) &&
	       (item->state == CASE_ITEM_MISSING ||
		item->state == CASE_ITEM_DRAFT ||
		item->state == CASE_ITEM_REJECTED);
}

static unsigned ask_remove(struct tui_wizard *wizard, struct documents *state)
{
	const struct case_item *item = documents_item(state);

	if (item && has_answers(item)) {
		tui_ask(wizard, clear_now, state,
			_("Forget what was filled in of '%s'?"),
			tui_requirement_label(item->requirement));
		return TUI_REDRAW;
	}
	if (!item || !item->document || item->state != CASE_ITEM_DRAFT) {
		tui_say(wizard, "%s", _("No file was chosen here."));
		return TUI_REDRAW;
	}
	tui_ask(wizard, remove_now, state,
		_("Take '%s' out of this case? The file itself stays where it "
		  "is."),
		tui_base_name(item->document->path));
	return TUI_REDRAW;
}

static unsigned documents_key(struct tui_wizard *wizard, void *arg,
			      const struct tui_input *in)
{
	struct documents *state = arg;
	const struct tui_row *row = documents_row(state);
	size_t from = state->list.selected;

	switch (in->key) {
	case TUI_KEY_PASTE:
		documents_drop(wizard, state, in);
		return TUI_REDRAW;
	case TUI_KEY_ENTER:
		return open_item(wizard, state);
	case TUI_KEY_ESC:
		return TUI_BACK;
	case 'a':
		documents_folder(wizard, state);
		return TUI_REDRAW;
	case 'n':
		return next_open(wizard, state);
	case 's':
		tui_go(wizard, &tui_screen_review);
		return TUI_REDRAW;
	case 't':
		return show_link(wizard, state);
	case 'x':
		return ask_remove(wizard, state);
	case TUI_KEY_RIGHT:
	case 'l':
		if (row && state->side + 1 < row->count)
			state->side++;
		return TUI_REDRAW;
	case TUI_KEY_LEFT:
	case 'h':
		state->side = 0;
		return TUI_REDRAW;
	default:
		break;
	}
	if (tui_undo_key(in->key, true)) {
		tui_undo_on_list(wizard, tui_undo_key(in->key, true));
		return TUI_REDRAW;
	}
	if (!tui_list_key(&state->list, in, true))
		return TUI_IGNORED;
	if (state->rows.count)
		step_over_headings(state, from);
	return TUI_REDRAW;
}

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, "Enter", N_("open"),
	  N_("Open the selected item: its files, the form, or the link.") },
	{ 'n', "n", N_("next"),
	  N_("Go to the next item that is missing or was rejected.") },
	{ 'a', "a", N_("folder"),
	  N_("A whole folder, or several dropped files: proposes which file "
	     "is which document.") },
	{ 's', "s", N_("review & send"),
	  N_("Go on: see everything that is ready, and send it.") },
	{ 'x', "x", N_("remove"),
	  N_("Take the chosen file out of this case, or forget what was filled "
	     "in, after a question.") },
	{ 'u', "u", N_("undo"),
	  N_("Undo the last change of what is drafted for this customer, of "
	     "forms as well. What was sent or waits to be stays. z and Ctrl-_ "
	     "are the same.") },
	{ 'z', NULL, NULL, NULL },
	{ TUI_CTRL('_'), NULL, NULL, NULL },
	{ TUI_CTRL('R'), "Ctrl-R", NULL,
	  N_("Do again what was undone. Z is the same.") },
	{ 'Z', NULL, NULL, NULL },
	{ 't', "t", NULL, N_("The link for what only the customer can do.") },
	{ TUI_KEY_LEFT, "←→", N_("side"),
	  N_("The other side of the same paper. h and l are the same.") },
	{ TUI_KEY_RIGHT, NULL, NULL, NULL },
	{ 'h', NULL, NULL, NULL },
	{ 'l', NULL, NULL, NULL },
	{ TUI_KEY_PASTE, N_("drop"), NULL,
	  N_("Drop or paste a file for the selected item.") },
	{ 0 },
};

static bool documents_useful(const struct tui_wizard *wizard, const void *arg,
			     int key)
{
	const struct documents *state = arg;
	const struct tui_row *row = documents_row(state);
	const struct case_item *item = documents_item(state);

	switch (key) {
	case 'u':
		return tui_undo_useful(wizard);
	case 'x':
		return item && (has_answers(item) ||
				(item->document && item->document->path &&
				 item->state == CASE_ITEM_DRAFT));
	case TUI_KEY_LEFT:
		return row && row->count > 1;
	default:
		return true;
	}
}

const struct tui_screen tui_screen_documents = {
	.name = "documents",
	.step = 2,
	.bindings = bindings,
	.enter = documents_enter,
	.leave = documents_leave,
	.layout = documents_layout,
	.key = documents_key,
	.useful = documents_useful,
	.changed = documents_changed,
	.tick = documents_tick,
	.tick_in = documents_tick_in,
	.draw = documents_draw,
	.looked = documents_looked,
};
