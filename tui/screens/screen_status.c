/* SPDX-License-Identifier: MIT */
/*
 * Step 5: what the provider says of each item, why, and what to do about it;
 * below it the timeline of what was done here. A rejection leads from here to
 * its document or field.
 */
#include <stdlib.h>

#include "forms/form.h"
#include "tui/screens/status.h"
#include "tui/terminal/clipboard.h"
#include "tui/wizard/remedy.h"
#include "tui/words/item_words.h"
#include "tui/words/receipt_words.h"
#include "tui/words/status_words.h"

#define EVENTS_MOST 200

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("what to do"),
	  N_("go to where a rejected item is put right; on the timeline, show "
	     "what was sent") },
	{ 's', "s", N_("review & send"),
	  N_("go on to what is ready, and send it") },
	{ 'y', "y", N_("copy"),
	  N_("copy what the customer may read about the item; Y copies the "
	     "receipt. Both are shown as well, for terminals that copy "
	     "nothing: tmux needs its option set-clipboard on.") },
	{ 'Y', NULL, NULL, NULL },
	{ 'n', "n", N_("next rejected"),
	  N_("the next item that was rejected") },
	{ 't', "t", N_("link"),
	  N_("the link to what only the customer can do") },
	{ 'v', "v", N_("verify"), N_("ask the provider to begin its review") },
	{ 'm', "m", N_("note"),
	  N_("write a line down about this case, with date and name; it stays "
	     "here and is never sent") },
	{ 'd', "d", N_("details"),
	  N_("the whole receipt of an item: when, who, key, digest, answer") },
	{ 0, NULL, NULL, NULL },
};

static const struct tui_binding note_bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("write it down"),
	  N_("keep the note with the case") },
	{ TUI_KEY_ESC, "Esc", N_("no note"), N_("throw it away") },
	{ 0, NULL, NULL, NULL },
};

static int load_record(struct tui_wizard *wizard,
		       struct case_event_list *events,
		       struct case_note_list *notes, struct err *err)
{
	struct case_store *store = wizard->app->store;
	int64_t of = wizard->checklist.case_id;

	if (!of)
		return 0;
	if (case_events(store, of, EVENTS_MOST, events, err))
		return -1;
	if (!case_notes(store, of, notes, err))
		return 0;
	case_event_list_release(events);
	return -1;
}

static void load(struct tui_wizard *wizard, struct status *state)
{
	struct case_event_list events = { 0 };
	struct case_note_list notes = { 0 };
	struct err err = { 0 };

	status_rows_build(&wizard->checklist, state);
	case_differences_release(&state->differences);
	case_reconcile(&wizard->checklist, &state->differences);
	if (load_record(wizard, &events, &notes, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	case_event_list_release(&state->events);
	case_note_list_release(&state->notes);
	state->events = events;
	state->notes = notes;
	tui_list_fit(&state->list, state->item_count + events.count,
		     state->list.rows);
}

static void next_rejected(struct tui_wizard *wizard, struct status *state,
			  bool say)
{
	size_t count = state->item_count;

	for (size_t i = 1; i <= count; i++) {
		size_t at = (state->list.selected + i) % count;

		if (state->items[at]->state == CASE_ITEM_REJECTED) {
			state->list.selected = at;
			return;
		}
	}
	if (say)
		tui_say(wizard, "%s", _("Nothing is rejected."));
}

/* Where one begins, until a key was pressed. */
static void point_at_rejected(struct tui_wizard *wizard, struct status *state)
{
	const struct case_item *first = status_item(state, 0);

	state->list.selected = 0;
	if (first && first->state != CASE_ITEM_REJECTED)
		next_rejected(wizard, state, false);
}

static void *status_enter(struct tui_wizard *wizard)
{
	struct status *state = mem_alloc(sizeof(*state));

	state->list.rows = 1;
	state->note =
		(struct tui_edit){ .max = CASE_NOTE_BYTES, .private = true };
	load(wizard, state);
	point_at_rejected(wizard, state);
	return state;
}

static void status_leave(struct tui_wizard *wizard, void *arg)
{
	struct status *state = arg;

	(void)wizard;
	tui_link_release(&state->link);
	tui_page_release(&state->page);
	case_event_list_release(&state->events);
	case_note_list_release(&state->notes);
	case_differences_release(&state->differences);
	tui_edit_release(&state->note);
	free(state->items);
	free(state);
}

static void status_changed(struct tui_wizard *wizard, void *arg, unsigned what)
{
	struct status *state = arg;

	(void)what;
	load(wizard, state);
	if (!state->moved)
		point_at_rejected(wizard, state);
}

/* Keys. */

static void open_item(struct tui_wizard *wizard, struct status *state,
		      const struct case_item *item)
{
	if (status_stands_for_group(&wizard->checklist, item))
		tui_go(wizard, &tui_screen_documents);
	else if (item->requirement->kind == PROV_REQ_TERMS)
		tui_link_show(&state->link, wizard, item->requirement);
	else if (item->requirement->kind == PROV_REQ_START)
		tui_start_request(wizard);
	else
		tui_remedy_go(wizard, item);
}

/* What there is to tell the customer when ITEM is selected. */
static bool has_words(const struct tui_wizard *wizard,
		      const struct case_item *item)
{
	return item || wizard->checklist.customer.reason.next == PROV_NEXT_STOP;
}

/* Whether the terminal took it cannot be known: nothing stands beside the text,
 * so that it can be marked there. */
static void copy(struct tui_wizard *wizard, const char *title, const char *text)
{
	tui_clipboard_put(text);
	tui_show_bare(wizard, title, text);
	tui_say(wizard, "%s",
		_("Copied, where the terminal allows it; else mark it here."));
}

static void copy_words(struct tui_wizard *wizard, struct status *state)
{
	const struct case_item *item = status_item(state, state->list.selected);
	char *label = NULL;
	char *words = NULL;

	if (!has_words(wizard, item))
		return;
	label = item ? tui_item_label(item) : NULL;
	words = tui_customer_words(item, label);
	copy(wizard, _("For the customer"), words);
	free(words);
	free(label);
}

/* The receipt as `kyc receipt` prints it, below what the provider says. */
static void show_receipt(struct tui_wizard *wizard, const char *item,
			 const struct case_submission *sent, bool copies)
{
	struct receipt_list list = { 0 };
	struct err err = { 0 };
	char *receipt = NULL;
	char *text = NULL;

	if (sent && case_receipts(wizard->app->store, wizard->app->profile,
				  NULL, sent->id, &list, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	if (list.count)
		receipt = tui_receipt_text(&list.list[0],
					   wizard->app->profile->provider);
	text = mem_printf("%s%s%s", item, *item ? "\n" : "",
			  receipt ? receipt : _("Nothing was sent from here."));
	if (copies)
		copy(wizard, _("Receipt"), text);
	else
		tui_show(wizard, _("Receipt"), text);
	mem_free_private(text);
	mem_free_private(receipt);
	receipt_list_release(&list);
}

static void show_details(struct tui_wizard *wizard, struct status *state,
			 bool copies)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_item *item = status_item(state, state->list.selected);
	const struct case_event *event =
		status_event(state, state->list.selected);
	const struct case_submission *sent = NULL;
	char *text = NULL;

	if (item)
		sent = item->submission;
	else if (event)
		sent = tui_submission_of(checklist, event->submission);
	else
		return;
	if (event && !sent) {
		text = tui_event_line(event, checklist, &state->notes,
				      wizard->app->profile, true);
		tui_show(wizard, _("Entry of the audit trail"), text);
	} else {
		text = item ? tui_item_text(checklist, item) : mem_dup("");
		show_receipt(wizard, text, sent, copies);
	}
	mem_free_private(text);
}

static unsigned status_key(struct tui_wizard *wizard, void *arg,
			   const struct tui_input *in)
{
	struct status *state = arg;
	const struct case_item *item = status_item(state, state->list.selected);

	state->moved = true;
	if (state->noting)
		return status_note_key(wizard, state, in);
	switch (in->key) {
	case TUI_KEY_ENTER:
		if (item)
			open_item(wizard, state, item);
		else
			show_details(wizard, state, false);
		return TUI_REDRAW;
	case 'd':
	case 'Y':
		show_details(wizard, state, in->key == 'Y');
		return TUI_REDRAW;
	case 'y':
		copy_words(wizard, state);
		return TUI_REDRAW;
	case 'n':
		next_rejected(wizard, state, true);
		return TUI_REDRAW;
	case 'm':
		state->noting = true;
		return TUI_REDRAW;
	case 's':
		tui_go(wizard, &tui_screen_review);
		return TUI_REDRAW;
	case 't':
		tui_link_show(&state->link, wizard,
			      item && item->requirement->kind == PROV_REQ_TERMS
				      ? item->requirement
				      : tui_link_wanted(&wizard->checklist));
		return TUI_REDRAW;
	case 'v':
		tui_start_request(wizard);
		return TUI_REDRAW;
	default:
		break;
	}
	return tui_list_key(&state->list, in, true) ? TUI_REDRAW : TUI_IGNORED;
}

static bool status_typing(const void *arg)
{
	const struct status *state = arg;

	return state->noting;
}

static const struct tui_binding *status_bindings(const void *arg)
{
	return status_typing(arg) ? note_bindings : bindings;
}

static bool status_useful(const struct tui_wizard *wizard, const void *arg,
			  int key)
{
	const struct case_checklist *list = &wizard->checklist;
	const struct status *state = arg;
	unsigned starts = 0;

	for (size_t i = 0; i < list->count; i++)
		starts += list->items[i].requirement->kind == PROV_REQ_START &&
			  list->items[i].state == CASE_ITEM_MISSING;
	switch (key) {
	case 's':
		return list->ready > 0;
	case 'n':
		return list->rejected > 0;
	case 'y':
		return has_words(wizard,
				 status_item(state, state->list.selected));
	case 't':
		return tui_link_wanted(list) != NULL;
	case 'v':
		return starts > 0;
	default:
		return true;
	}
}

const struct tui_screen tui_screen_status = {
	.name = "status",
	.step = 5,
	.bindings = bindings,
	.bindings_now = status_bindings,
	.typing = status_typing,
	.enter = status_enter,
	.leave = status_leave,
	.layout = status_layout,
	.key = status_key,
	.useful = status_useful,
	.changed = status_changed,
	.draw = status_draw,
};
