/* SPDX-License-Identifier: MIT */
/*
 * Step 4: review and send. What is ready, what stops an item, and the truth
 * about what is on its way. Leaving the screen stops nothing.
 */
#include <stdlib.h>

#include "tui/draft.h"
#include "tui/item_words.h"
#include "tui/requests.h"
#include "tui/review.h"
#include "tui/wizard.h"

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

static const struct tui_send_row *selected_row(const struct review *state)
{
	return state->list.selected < state->rows.count
		       ? &state->rows.list[state->list.selected]
		       : NULL;
}

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
	const struct tui_send_row *row = selected_row(state);

	if (row)
		open_row(wizard, state, row);
	else if (state->rows.ready)
		send_all(wizard, state);
	else if (tui_start_possible(&wizard->checklist))
		tui_start_request(wizard);
	else if (review_all_answered(state))
		tui_go(wizard, &tui_screen_status);
	else if (!to_blocked(state))
		tui_say(wizard, "%s", _("There is nothing ready to send."));
	return TUI_REDRAW;
}

/* What a key is about: the row selected, or from the button the only one that
 * is on its way. NULL and a word why not. */
static const struct tui_send_row *moving_row(struct tui_wizard *wizard,
					     const struct review *state)
{
	const struct tui_send_row *row = selected_row(state);
	const struct tui_send_row *only = NULL;
	size_t count = 0;

	for (size_t i = 0; !row && i < state->rows.count; i++) {
		if (state->rows.list[i].state != TUI_SEND_MOVING)
			continue;
		only = &state->rows.list[i];
		count++;
	}
	if (count == 1)
		row = only;
	if (row && row->state == TUI_SEND_MOVING)
		return row;
	tui_say(wizard, "%s",
		_("Select an item that is on its way (and not answered "
		  "yet)."));
	return NULL;
}

static void cancel_now(struct tui_wizard *wizard, void *arg)
{
	struct review *state = arg;
	struct err err = { 0 };

	if (outbox_cancel(wizard->app->outbox, state->asked, &err))
		tui_say_err(wizard, &err);
	tui_wizard_reload(wizard);
}

static void ask_cancel(struct tui_wizard *wizard, struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	const struct case_submission *sub = row ? row->submission : NULL;
	struct xfer_progress moving;

	if (!sub)
		return;
	state->asked = sub->id;
	if (sub->sent_before ||
	    outbox_progress(wizard->app->outbox, sub->id, &moving))
		tui_ask(wizard, cancel_now, state,
			_("Cancel %s? It may have arrived already; then it "
			  "stays unsure until %s has been asked."),
			row->label, wizard->app->profile->provider->title);
	else
		tui_ask(wizard, cancel_now, state,
			_("Cancel %s? Nothing of it was sent yet."),
			row->label);
}

static void retry(struct tui_wizard *wizard, const struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	struct err err = { 0 };

	if (!row)
		return;
	outbox_go_on(wizard->app->outbox);
	if (outbox_retry(wizard->app->outbox, row->submission->id, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, "%s", _("It is tried again now."));
	tui_wizard_reload(wizard);
}

static void hold(struct tui_wizard *wizard, const struct review *state)
{
	const struct tui_send_row *row = moving_row(wizard, state);
	const struct case_submission *sub = row ? row->submission : NULL;
	struct err err = { 0 };
	bool held = sub && !sub->held;
	struct xfer_progress moving;
	bool wire =
		sub && outbox_progress(wizard->app->outbox, sub->id, &moving);

	if (!sub)
		return;
	if (outbox_hold(wizard->app->outbox, sub->id, held, &err))
		tui_say_err(wizard, &err);
	else
		tui_say(wizard, "%s",
			!held  ? _("It goes on.")
			: wire ? _("This attempt goes on to its end; what "
				   "would follow is held until h is pressed "
				   "again.")
			       : _("It is held until h lets it go on."));
	tui_wizard_reload(wizard);
}

/* All that is on its way, by id: what is done to one may change the rows. */
static size_t moving_rows(struct tui_wizard *wizard, const struct review *state,
			  int64_t **ids)
{
	size_t count = 0;

	*ids = mem_array(state->rows.count + 1, sizeof(**ids));
	for (size_t i = 0; i < state->rows.count; i++)
		if (state->rows.list[i].state == TUI_SEND_MOVING)
			(*ids)[count++] = state->rows.list[i].submission->id;
	if (!count)
		tui_say(wizard, "%s", _("Nothing is on its way."));
	return count;
}

/* What has its answer meanwhile, or shared the fate of another one, is no
 * failure; any other is said. True when none was. */
static bool all_went(struct tui_wizard *wizard, const struct err *err)
{
	tui_wizard_reload(wizard);
	if (err->code && err->code != ERR_INPUT) {
		tui_say_err(wizard, err);
		return false;
	}
	return true;
}

static void cancel_all_now(struct tui_wizard *wizard, void *arg)
{
	struct review *state = arg;
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);

	for (size_t i = 0; i < count; i++)
		if (outbox_cancel(wizard->app->outbox, ids[i], &err) &&
		    err.code != ERR_INPUT)
			break;
	all_went(wizard, &err);
	free(ids);
}

static void ask_cancel_all(struct tui_wizard *wizard, struct review *state)
{
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);

	if (count)
		tui_ask(wizard, cancel_all_now, state,
			P_("Cancel %zu item on its way? What may have arrived "
			   "already stays unsure until %s has been asked.",
			   "Cancel %zu items on their way? What may have "
			   "arrived already stays unsure until %s has been "
			   "asked.",
			   count),
			count, wizard->app->profile->provider->title);
	free(ids);
}

static void retry_all(struct tui_wizard *wizard, const struct review *state)
{
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);
	size_t tried = 0;

	if (count)
		outbox_go_on(wizard->app->outbox);
	for (size_t i = 0; i < count; i++) {
		bool failed = outbox_retry(wizard->app->outbox, ids[i], &err);

		tried += !failed;
		if (failed && err.code != ERR_INPUT)
			break;
	}
	if (count && all_went(wizard, &err)) {
		/* Where none was, ERR says why: it is on the wire already. */
		if (tried)
			tui_say(wizard, "%s",
				_("All of it is tried again now."));
		else
			tui_say_err(wizard, &err);
	}
	free(ids);
}

/* While one is not held, all are to be; else all go on. */
static void hold_all(struct tui_wizard *wizard, const struct review *state)
{
	struct err err = { 0 };
	int64_t *ids = NULL;
	size_t count = moving_rows(wizard, state, &ids);
	bool held = false;

	for (size_t i = 0; i < state->rows.count; i++)
		held = held || (state->rows.list[i].state == TUI_SEND_MOVING &&
				!state->rows.list[i].submission->held);
	for (size_t i = 0; i < count; i++)
		if (outbox_hold(wizard->app->outbox, ids[i], held, &err) &&
		    err.code != ERR_INPUT)
			break;
	if (count && all_went(wizard, &err))
		tui_say(wizard, "%s",
			held ? _("All of it is held until H lets it go on.")
			     : _("All of it goes on."));
	free(ids);
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
		ask_cancel(wizard, state);
		return TUI_REDRAW;
	case 't':
		retry(wizard, state);
		return TUI_REDRAW;
	case 'h':
		hold(wizard, state);
		return TUI_REDRAW;
	case 'C':
		ask_cancel_all(wizard, state);
		return TUI_REDRAW;
	case 'T':
		retry_all(wizard, state);
		return TUI_REDRAW;
	case 'H':
		hold_all(wizard, state);
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
