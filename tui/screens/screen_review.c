/* SPDX-License-Identifier: MIT */
/*
 * Step 4: review and send. What is ready, what stops an item, and the truth
 * about what is on its way. Leaving the screen stops nothing.
 */
#include <stdlib.h>

#include "tui/screens/review.h"
#include "tui/wizard/draft.h"
#include "tui/wizard/requests.h"
#include "tui/wizard/wizard.h"
#include "tui/words/item_words.h"

#define MOTION_MS 250 /* between frames of bars that move */

static void *review_enter(struct tui_wizard *wizard)
{
	struct review *state = mem_alloc(sizeof(*state));

	review_rebuild(wizard, state);
	/* Enter does what one came for. */
	state->list.selected = state->rows.count;
	return state;
}

static void review_leave(struct tui_wizard *wizard, void *arg)
{
	struct review *state = arg;

	tui_checks_release(wizard, &state->checks);
	tui_send_rows_release(&state->rows);
	tui_page_release(&state->page);
	free(state);
}

static void review_changed(struct tui_wizard *wizard, void *arg, unsigned what)
{
	struct review *state = arg;
	bool on_button = state->list.selected >= state->rows.count;

	review_rebuild(wizard, state);
	/* That it is on its way would not be true any more. */
	if (what & TUI_CHANGED_TRANSFER && !wizard->checklist.in_flight)
		tui_say_no_more(wizard);
	if (on_button || state->list.selected > state->rows.count)
		state->list.selected = state->rows.count;
}

static bool review_tick(struct tui_wizard *wizard, void *arg, int64_t now_ms)
{
	struct review *state = arg;

	if (tui_checks_wanted(wizard, &state->checks))
		tui_checks_start(wizard, &state->checks);
	state->now_ms = now_ms;
	state->now_unix_ms = xfer_now_unix();
	return true;
}

/* Four times a second while bytes move, once a second while something counts
 * down, else not at all. */
static int review_tick_in(const struct tui_wizard *wizard, const void *arg)
{
	const struct review *state = arg;
	int ret = -1;

	if (tui_checks_wanted(wizard, &state->checks))
		return 0;
	for (size_t i = 0; i < state->rows.count; i++) {
		const struct tui_send_row *row = &state->rows.list[i];
		struct xfer_progress moving;

		if (row->state != TUI_SEND_MOVING)
			continue;
		if (outbox_progress(wizard->app->outbox, row->submission->id,
				    &moving))
			return MOTION_MS;
		if ((row->submission->next_ms ||
		     outbox_paused(wizard->app->outbox) > 0) &&
		    !row->submission->held)
			ret = 1000;
	}
	return ret;
}

/* Keys. */

static void send_now(struct tui_wizard *wizard, void *arg)
{
	struct tui_app *app = wizard->app;
	struct err err = { 0 };
	unsigned queued = 0;

	(void)arg;
	outbox_go_on(app->outbox);
	if (case_checklist_submit(app->store, app->profile, &wizard->checklist,
				  false, &queued, &err))
		tui_say_err(wizard, &err);
	else if (queued)
		tui_say(wizard,
			P_("%u item was handed over for sending. You can go "
			   "on working.",
			   "%u items were handed over for sending. You can go "
			   "on working.",
			   queued),
			queued);
	else
		tui_say(wizard, "%s", _("There is nothing ready to send."));
	tui_wizard_reload(wizard);
}

/* The form that goes before something that is ready, and is not ready itself:
 * all else would go without it. NULL: there is none. */
static const struct tui_send_row *lacking(const struct review *state)
{
	for (size_t i = 0; i < state->rows.count; i++) {
		const struct tui_send_row *row = &state->rows.list[i];

		if (row->state != TUI_SEND_BLOCKED ||
		    row->kind != PROV_REQ_INFORMATION ||
		    (row->item && row->item->requirement->optional))
			continue;
		for (size_t j = 0; j < state->rows.count; j++)
			if (state->rows.list[j].state == TUI_SEND_READY &&
			    state->rows.list[j].rank > row->rank)
				return row;
	}
	return NULL;
}

static void send_all(struct tui_wizard *wizard, const struct review *state)
{
	const struct tui_send_row *row = lacking(state);

	if (row)
		tui_ask(wizard, send_now, NULL,
			_("%s is not complete, and %s may refuse what comes "
			  "without it. Send the rest all the same?"),
			row->label, wizard->app->profile->provider->title);
	else
		send_now(wizard, NULL);
}

/* A file chosen just now is ready in a moment: who types faster than that has
 * said what is wanted. */
static void send_soon(struct tui_wizard *wizard, struct review *state)
{
	state->soon = state->checks.count ||
		      tui_checks_wanted(wizard, &state->checks);
	if (state->soon)
		tui_say(wizard, "%s",
			_("It is sent as soon as the file is checked."));
	else
		send_all(wizard, state);
}

static void open_document(struct tui_wizard *wizard, struct review *state,
			  const struct tui_send_row *row)
{
	const struct case_submission *sub = row->submission;
	const char *party = sub ? sub->party : row->document->party;
	enum doc_side side = sub ? sub->side : row->document->side;
	const struct doc_type *type = NULL;

	if (row->item && row->item->requirement->type)
		type = row->item->requirement->type;
	else if (sub && sub->type)
		type = tui_type_of(wizard, sub->type, party);
	if (type)
		tui_slot_open(wizard, &state->checks, type, side, party);
}

/* To where a row can be put right. */
static void open_row(struct tui_wizard *wizard, struct review *state,
		     const struct tui_send_row *row)
{
	const struct case_submission *sub = row->submission;
	const struct case_form *form = NULL;

	if (row->state == TUI_SEND_MOVING ||
	    (sub && sub->state == CASE_ACCEPTED) ||
	    row->kind == PROV_REQ_START) {
		review_show(wizard, state, row);
	} else if (row->kind == PROV_REQ_INFORMATION) {
		form = row->item ? row->item->form
		       : sub	 ? case_checklist_form(&wizard->checklist,
						       sub->schema, sub->party)
				 : NULL;
		if (form)
			tui_form_open(wizard, form, tui_wrong_field(sub));
		else
			review_show(wizard, state, row);
	} else {
		open_document(wizard, state, row);
	}
}

/* To the first row that cannot be sent as it is; false: there is none. */
static bool to_blocked(struct review *state)
{
	for (size_t i = 0; i < state->rows.count; i++) {
		if (state->rows.list[i].state != TUI_SEND_BLOCKED)
			continue;
		state->list.selected = i;
		return true;
	}
	return false;
}

static unsigned enter_key(struct tui_wizard *wizard, struct review *state)
{
	const struct tui_send_row *row = review_selected(state);

	if (row)
		open_row(wizard, state, row);
	else if (state->rows.ready)
		send_all(wizard, state);
	else if (tui_start_possible(&wizard->checklist))
		tui_start_request(wizard);
	else if (review_all_answered(state))
		tui_go(wizard, &tui_screen_status);
	else if (outbox_stopped(wizard->app->outbox))
		review_retry_all(wizard, state);
	else if (!to_blocked(state))
		tui_say(wizard, "%s", _("There is nothing ready to send."));
	return TUI_REDRAW;
}

static void review_looked(struct tui_wizard *wizard, void *arg, uint64_t id,
			  const struct doc_facts *facts)
{
	struct review *state = arg;

	if (tui_checks_looked(wizard, &state->checks, id, facts) && state->soon)
		send_soon(wizard, state);
}

static unsigned review_key(struct tui_wizard *wizard, void *arg,
			   const struct tui_input *in)
{
	struct review *state = arg;

	state->soon = false;
	switch (in->key) {
	case TUI_KEY_ENTER:
		return enter_key(wizard, state);
	case 's':
		send_soon(wizard, state);
		return TUI_REDRAW;
	case 'v':
		tui_start_request(wizard);
		return TUI_REDRAW;
	case 'c':
		review_ask_cancel(wizard, state);
		return TUI_REDRAW;
	case 't':
		review_retry(wizard, state);
		return TUI_REDRAW;
	case 'h':
		review_hold(wizard, state);
		return TUI_REDRAW;
	case 'C':
		review_ask_cancel_all(wizard, state);
		return TUI_REDRAW;
	case 'T':
		review_retry_all(wizard, state);
		return TUI_REDRAW;
	case 'H':
		review_hold_all(wizard, state);
		return TUI_REDRAW;
	case TUI_KEY_ESC:
		return TUI_BACK;
	default:
		break;
	}
	/* One row more than there are items: the button. */
	state->list.count = state->rows.count + 1;
	return tui_list_key(&state->list, in, true) ? TUI_REDRAW : TUI_IGNORED;
}

static const struct tui_binding bindings[] = {
	{ 's', "s", N_("send"),
	  N_("Send everything that is ready: forms first, then "
	     "documents.") },
	{ 'v', "v", N_("request review"),
	  N_("Ask the provider to begin its review, once all has arrived.") },
	{ TUI_KEY_ENTER, "Enter", N_("open"),
	  N_("On an item that is wrong or was refused: go where it can be put "
	     "right. On one that is on its way: what is known of it.") },
	{ 'c', "c", N_("cancel"), N_("Cancel the selected item.") },
	{ 't', "t", N_("retry now"),
	  N_("Try the selected item now, without waiting.") },
	{ 'h', "h", N_("hold"),
	  N_("Hold the selected item, or let it go on.") },
	{ 'C', "C", N_("cancel all"), N_("Cancel all that is on its way.") },
	{ 'T', "T", N_("retry all"),
	  N_("Try all that is on its way now, without waiting.") },
	{ 'H', "H", N_("hold all"),
	  N_("Hold all that is on its way, or let it go on.") },
	{ 0 },
};

static bool review_useful(const struct tui_wizard *wizard, const void *arg,
			  int key)
{
	const struct review *state = arg;

	switch (key) {
	case 's':
		return state->rows.ready > 0;
	case 'v':
		return tui_start_possible(&wizard->checklist);
	case 'c':
	case 't':
	case 'h':
	case 'C':
	case 'T':
	case 'H':
		return wizard->checklist.in_flight > 0;
	default:
		return true;
	}
}

const struct tui_screen tui_screen_review = {
	.name = "review",
	.step = 4,
	.bindings = bindings,
	.enter = review_enter,
	.leave = review_leave,
	.layout = review_layout,
	.key = review_key,
	.useful = review_useful,
	.changed = review_changed,
	.tick = review_tick,
	.tick_in = review_tick_in,
	.draw = review_draw,
	.looked = review_looked,
};
