/* SPDX-License-Identifier: MIT */
/*
 * Step 5: what the provider says of each item, why, and what to do about it;
 * below it the timeline of what was done here. A rejection leads from here to
 * its document or field.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/form.h"
#include "tui/item_words.h"
#include "tui/page.h"
#include "tui/requests.h"
#include "tui/status_words.h"
#include "tui/wizard.h"

#define EVENTS_MOST 200

/* The page's fields: the items of the checklist that count, then events. */
struct status {
	struct tui_list list;
	struct tui_page page;
	struct case_event_list events;
	struct tui_terms terms;
};

static const struct tui_binding bindings[] = {
	{ TUI_KEY_ENTER, N_("Enter"), N_("what to do"),
	  N_("go to where a rejected item is put right; on the timeline, show "
	     "what was sent") },
	{ 'd', "d", N_("details"),
	  N_("the whole receipt of an item: when, who, key, digest, answer") },
	{ 'n', "n", N_("next rejected"),
	  N_("the next item that was rejected") },
	{ 't', "t", N_("terms"),
	  N_("the link where the customer accepts the terms of service") },
	{ 'v', "v", N_("verify"), N_("ask the provider to begin its review") },
	{ 'R', "R", N_("refresh"), N_("ask the provider for news") },
	{ 0, NULL, NULL, NULL },
};

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Does another one of its group have something to tell? */
static bool has_better(const struct case_checklist *checklist,
		       const struct prov_requirement *req)
{
	for (size_t i = 0; req->group && i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (same(other->requirement->group, req->group) &&
		    same(other->requirement->party, req->party) &&
		    other->requirement != req &&
		    other->state != CASE_ITEM_MISSING &&
		    other->state != CASE_ITEM_NOT_NEEDED)
			return true;
	}
	return false;
}

/* Another requirement of ITEM's group, before it or (LATER) anywhere. */
static bool has_other(const struct case_checklist *checklist,
		      const struct case_item *item, bool later)
{
	const struct prov_requirement *req = item->requirement;

	for (size_t i = 0; req->group && i < checklist->count; i++) {
		const struct case_item *other = &checklist->items[i];

		if (other == item && !later)
			return false;
		if (same(other->requirement->group, req->group) &&
		    same(other->requirement->party, req->party) &&
		    other->requirement != req)
			return true;
	}
	return false;
}

/* Of a group with nothing chosen, the first item stands for all. */
static bool stands_for_group(const struct case_checklist *checklist,
			     const struct case_item *item)
{
	return item->state == CASE_ITEM_MISSING &&
	       has_other(checklist, item, true);
}

/* What may be left out and was is not worth a line here. */
static bool counts(const struct case_checklist *checklist,
		   const struct case_item *item)
{
	if (item->state == CASE_ITEM_MISSING)
		return !item->requirement->optional && !item->side_optional &&
		       !has_better(checklist, item->requirement) &&
		       !has_other(checklist, item, false);
	return item->state != CASE_ITEM_NOT_NEEDED;
}

static size_t item_count(const struct case_checklist *checklist)
{
	size_t count = 0;

	for (size_t i = 0; i < checklist->count; i++)
		count += counts(checklist, &checklist->items[i]);
	return count;
}

/* The item of FIELD, or NULL: an event's. */
static const struct case_item *item_at(const struct case_checklist *checklist,
				       size_t field)
{
	for (size_t i = 0; i < checklist->count; i++)
		if (counts(checklist, &checklist->items[i]) && field-- == 0)
			return &checklist->items[i];
	return NULL;
}

static const struct case_event *event_at(const struct tui_wizard *wizard,
					 const struct status *state,
					 size_t field)
{
	size_t items = item_count(&wizard->checklist);

	return field >= items && field - items < state->events.count
		       ? &state->events.list[field - items]
		       : NULL;
}

static void load(struct tui_wizard *wizard, struct status *state)
{
	struct case_event_list events = { 0 };
	struct err err = { 0 };

	if (wizard->checklist.case_id &&
	    case_events(wizard->app->store, wizard->checklist.case_id,
			EVENTS_MOST, &events, &err)) {
		tui_say_err(wizard, &err);
		return;
	}
	case_event_list_release(&state->events);
	state->events = events;
	tui_list_fit(&state->list,
		     item_count(&wizard->checklist) + events.count,
		     state->list.rows);
}

static void next_rejected(struct tui_wizard *wizard, struct status *state,
			  bool say)
{
	size_t count = item_count(&wizard->checklist);

	for (size_t i = 1; i <= count; i++) {
		size_t at = (state->list.selected + i) % count;

		if (item_at(&wizard->checklist, at)->state ==
		    CASE_ITEM_REJECTED) {
			state->list.selected = at;
			return;
		}
	}
	if (say)
		tui_say(wizard, "%s", _("Nothing is rejected."));
}

static void *status_enter(struct tui_wizard *wizard)
{
	struct status *state = mem_alloc(sizeof(*state));
	const struct case_item *first;

	state->list.rows = 1;
	load(wizard, state);
	first = item_at(&wizard->checklist, 0);
	if (first && first->state != CASE_ITEM_REJECTED)
		next_rejected(wizard, state, false);
	return state;
}

static void status_leave(struct tui_wizard *wizard, void *arg)
{
	struct status *state = arg;

	(void)wizard;
	tui_terms_release(&state->terms);
	tui_page_release(&state->page);
	case_event_list_release(&state->events);
	free(state);
}

static void status_layout(struct tui_wizard *wizard, void *arg,
			  const struct tui_area *area)
{
	struct status *state = arg;

	(void)wizard;
	tui_list_fit(&state->list, state->list.count, area->rows - 1);
}

static void status_changed(struct tui_wizard *wizard, void *arg, unsigned what)
{
	(void)what;
	load(wizard, arg);
}

/* Keys. */

/* The field that a refusal or a rejection is about; NULL: not said. */
static const char *wrong_field(const struct case_item *item)
{
	const struct case_submission *sent = item->submission;

	for (size_t i = 0; sent && i < sent->problems.count; i++)
		if (sent->problems.list[i].field)
			return sent->problems.list[i].field;
	return NULL;
}

static void go_to_document(struct tui_wizard *wizard,
			   const struct case_item *item)
{
	char *party = mem_dup(item->requirement->party);

	wizard->slot.type = item->requirement->type;
	wizard->slot.side = item->side;
	mem_replace(&wizard->slot.party, party);
	free(party);
	if (stands_for_group(&wizard->checklist, item) ||
	    (item->reason && item->reason->next == PROV_NEXT_OTHER_PAPER))
		tui_go(wizard, &tui_screen_documents);
	else
		tui_go(wizard, &tui_screen_document);
}

static void go_to_data(struct tui_wizard *wizard, const struct case_item *item)
{
	char *field = mem_dup(wrong_field(item));

	mem_replace(&wizard->field, field);
	free(field);
	tui_go(wizard, &tui_screen_information);
}

static bool has_form(const struct tui_wizard *wizard)
{
	const struct provider *provider = wizard->app->profile->provider;

	return provider->information[wizard->checklist.customer.kind] != NULL;
}

static void open_item(struct tui_wizard *wizard, struct status *state,
		      const struct case_item *item)
{
	enum prov_next next =
		item->reason ? item->reason->next : PROV_NEXT_NONE;

	if (item->state == CASE_ITEM_REJECTED && next == PROV_NEXT_STOP) {
		tui_say(wizard, "%s", tui_next_words(next));
		return;
	}
	switch (item->requirement->kind) {
	case PROV_REQ_DOCUMENT:
		if (next == PROV_NEXT_CORRECT_DATA && has_form(wizard))
			go_to_data(wizard, item);
		else
			go_to_document(wizard, item);
		break;
	case PROV_REQ_INFORMATION:
		go_to_data(wizard, item);
		break;
	case PROV_REQ_TERMS:
		tui_terms_show(&state->terms, wizard);
		break;
	case PROV_REQ_START:
		tui_start_request(wizard);
		break;
	case PROV_REQ_OTHER:
		tui_say(wizard, _("%s is between the customer and %s."),
			tui_requirement_label(item->requirement),
			wizard->app->profile->provider->title);
		break;
	}
}

static void show_details(struct tui_wizard *wizard, struct status *state)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct case_item *item = item_at(checklist, state->list.selected);
	const struct case_event *event =
		event_at(wizard, state, state->list.selected);
	const struct case_submission *sent = NULL;
	char *text;

	if (item)
		sent = item->submission;
	else if (event)
		sent = tui_submission_of(checklist, event->submission);
	else
		return;
	if (event && !sent)
		text = tui_event_line(event, checklist, wizard->app->profile,
				      true);
	else
		text = tui_receipt(item, sent, &state->events,
				   wizard->app->profile);
	tui_show(wizard, _("Receipt"), text);
	free(text);
}

static unsigned status_key(struct tui_wizard *wizard, void *arg,
			   const struct tui_input *in)
{
	struct status *state = arg;
	const struct case_item *item =
		item_at(&wizard->checklist, state->list.selected);

	switch (in->key) {
	case TUI_KEY_ENTER:
		if (item)
			open_item(wizard, state, item);
		else
			show_details(wizard, state);
		return TUI_REDRAW;
	case 'd':
		show_details(wizard, state);
		return TUI_REDRAW;
	case 'n':
		next_rejected(wizard, state, true);
		return TUI_REDRAW;
	case 't':
		tui_terms_show(&state->terms, wizard);
		return TUI_REDRAW;
	case 'v':
		tui_start_request(wizard);
		return TUI_REDRAW;
	default:
		break;
	}
	return tui_list_key(&state->list, in, true) ? TUI_REDRAW : TUI_IGNORED;
}

/* Drawing. */

static const char *stage_words(enum prov_stage stage)
{
	switch (stage) {
	case PROV_STAGE_NOT_STARTED:
		return _("not started");
	case PROV_STAGE_IN_REVIEW:
		return _("in review");
	case PROV_STAGE_ACTION_NEEDED:
		return _("something is wrong or missing");
	case PROV_STAGE_APPROVED:
		return _("approved");
	case PROV_STAGE_CLOSED:
		return _("closed");
	case PROV_STAGE_UNKNOWN:
		break;
	}
	return _("not known");
}

static enum tui_style stage_style(enum prov_stage stage)
{
	switch (stage) {
	case PROV_STAGE_APPROVED:
		return TUI_GOOD;
	case PROV_STAGE_ACTION_NEEDED:
		return TUI_WARN;
	case PROV_STAGE_CLOSED:
		return TUI_BAD;
	default:
		return TUI_STRONG;
	}
}

static void add_verification(const struct case_checklist *checklist,
			     struct tui_page *page)
{
	const struct prov_customer *customer = &checklist->customer;
	char *text = mem_printf(
		_("Verification: %s%s%s%s"), stage_words(customer->stage),
		customer->stage_word ? " (" : "",
		customer->stage_word ? customer->stage_word : "",
		customer->stage_word ? ")" : "");

	tui_page_text(page, stage_style(customer->stage), 2, text);
	free(text);
	if (customer->reason.message)
		tui_page_text(page, TUI_PLAIN, 4, customer->reason.message);
	if (customer->reason.next != PROV_NEXT_NONE)
		tui_page_text(page, TUI_STRONG, 4,
			      tui_next_words(customer->reason.next));
	if (customer->closed_because)
		tui_page_text(page, TUI_PLAIN, 4, customer->closed_because);
}

static void add_reason(const struct case_item *item, struct tui_page *page)
{
	const char *why = tui_item_why(item);
	const char *next = "";

	if (item->state != CASE_ITEM_REJECTED) {
		if (item->requirement->kind == PROV_REQ_TERMS &&
		    item->state == CASE_ITEM_MISSING)
			tui_page_text(page, TUI_DIM, 4,
				      _("t shows the link for the customer."));
		return;
	}
	if (why)
		tui_page_text(page, TUI_PLAIN, 4, why);
	if (item->submission)
		for (size_t i = 0; i < item->submission->problems.count; i++)
			tui_page_text(page, TUI_PLAIN, 4,
				      item->submission->problems.list[i].text);
	if (item->reason)
		next = tui_next_words(item->reason->next);
	tui_page_text(page, TUI_STRONG, 4,
		      *next ? next : _("Enter opens it to be put right."));
}

static void build(const struct tui_wizard *wizard, struct status *state,
		  int cols)
{
	const struct case_checklist *checklist = &wizard->checklist;
	size_t items = item_count(checklist);
	const char *holder = NULL;

	tui_page_begin(&state->page, cols);
	add_verification(checklist, &state->page);
	if (!items)
		tui_page_text(&state->page, TUI_PLAIN, 2,
			      wizard->refreshing
				      ? _("Asking the provider…")
				      : _("Nothing is known of this customer "
					  "yet. R asks the provider."));
	for (size_t i = 0; i < items; i++) {
		const struct case_item *item = item_at(checklist, i);
		const char *party = item->requirement->party;

		if (party && !same(party, holder))
			tui_page_text(&state->page, TUI_STRONG, 2,
				      tui_holder_name(checklist, party));
		holder = party;
		tui_page_field(&state->page, i);
		add_reason(item, &state->page);
	}
	if (state->events.count) {
		tui_page_text(&state->page, TUI_DIM, 0, " ");
		tui_page_text(&state->page, TUI_STRONG, 2,
			      _("What was done here, newest first"));
	}
	for (size_t i = 0; i < state->events.count; i++)
		tui_page_field(&state->page, items + i);
}

struct drawing {
	const struct tui_wizard *wizard;
	const struct status *state;
};

static void draw_item(const struct drawing *drawing,
		      const struct tui_area *area, int row,
		      const struct case_item *item, bool selected)
{
	const struct case_checklist *checklist = &drawing->wizard->checklist;
	const struct prov_requirement *req = item->requirement;
	const char *side = tui_side_word(item->side);
	char *label = stands_for_group(checklist, item)
			      ? mem_printf(_("%s: any one of"), _(req->group))
			      : mem_printf("%s%s%s", tui_requirement_label(req),
					   *side ? " · " : "", side);
	int label_cols = area->cols >= 60 ? 36 : area->cols / 2;
	char words[256], when[32] = "";
	char *state;

	tui_item_words(checklist, item, false, xfer_now_unix(), words,
		       sizeof(words));
	if (item->submission && item->submission->settled_ms)
		tui_ago(when, sizeof(when), item->submission->settled_ms,
			xfer_now_unix());
	state = mem_printf(
		"%s %s%s%s%s%s", tui_symbol(tui_item_symbol(item)), words,
		*when ? _(" · sent ") : "", when,
		req->status_word && area->cols >= 100 ? " · " : "",
		req->status_word && area->cols >= 100 ? req->status_word : "");
	tui_text(area, row, 2, label_cols - 1, selected ? TUI_FOCUS : TUI_PLAIN,
		 label);
	tui_text(area, row, 2 + label_cols, -1,
		 selected ? TUI_FOCUS : tui_item_style(item), state);
	free(label);
	free(state);
}

static void draw_field(void *arg, const struct tui_area *area, int row,
		       size_t field)
{
	const struct drawing *drawing = arg;
	const struct tui_wizard *wizard = drawing->wizard;
	const struct case_item *item = item_at(&wizard->checklist, field);
	const struct case_event *event =
		event_at(wizard, drawing->state, field);
	bool selected = field == drawing->state->list.selected;

	tui_text(area, row, 0, 2, selected ? TUI_FOCUS : TUI_PLAIN,
		 selected ? tui_symbol(TUI_SYMBOL_POINTER) : "");
	if (item) {
		draw_item(drawing, area, row, item, selected);
	} else if (event) {
		char *line =
			tui_event_line(event, &wizard->checklist,
				       wizard->app->profile, area->cols >= 100);

		tui_text(area, row, 2, -1, selected ? TUI_FOCUS : TUI_DIM,
			 line);
		free(line);
	}
	if (selected)
		tui_cursor(area, row, 0);
}

static void draw_title(const struct tui_wizard *wizard,
		       const struct tui_area *area)
{
	const struct case_checklist *checklist = &wizard->checklist;
	const struct prov_customer *customer = &checklist->customer;
	char ago[32];
	char *title = mem_printf(
		"%s · %s%s%s", tui_holder_name(checklist, NULL),
		tui_kind_word(customer->kind),
		customer->country[0] ? " · " : "", customer->country);
	char *age;
	int width;

	tui_ago(ago, sizeof(ago), checklist->seen_ms, xfer_now_unix());
	age = mem_printf(wizard->offline && area->cols >= 60
				 ? _("as of %s (not reachable)")
				 : _("as of %s"),
			 ago);
	width = text_width(age);
	if (width > area->cols / 2)
		width = area->cols / 2;
	tui_text(area, 0, 2, area->cols - width - 3, TUI_STRONG, title);
	tui_text(area, 0, area->cols - width - 1, width, TUI_PLAIN, age);
	free(age);
	free(title);
}

static void status_draw(const struct tui_wizard *wizard, void *arg,
			const struct tui_area *area)
{
	struct status *state = arg;
	struct drawing drawing = { wizard, state };
	struct tui_area below = { area->top + 1, area->left, area->rows - 1,
				  area->cols };

	draw_title(wizard, area);
	build(wizard, state, area->cols);
	tui_page_fit(&state->page, below.rows, state->list.selected);
	tui_page_draw(&state->page, &below, draw_field, &drawing);
}

const struct tui_screen tui_screen_status = {
	.name = "status",
	.step = 5,
	.bindings = bindings,
	.enter = status_enter,
	.leave = status_leave,
	.layout = status_layout,
	.key = status_key,
	.changed = status_changed,
	.draw = status_draw,
};
