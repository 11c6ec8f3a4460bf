/* SPDX-License-Identifier: MIT */
/* Linear mode: what was sent and what became of it; receipts, sentences for
 * the customer, notes. */
#include <stdlib.h>
#include <string.h>

#include "cases/notes.h"
#include "tui/linear/linear.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"
#include "tui/words/receipt_words.h"
#include "tui/words/status_words.h"

#define EVENTS_MOST 20

/* Where the provider has something else than was sent. */
static void say_differences(const struct linear *linear)
{
	struct case_differences differences = { 0 };

	case_reconcile(&linear->list, &differences);
	for (size_t i = 0; i < differences.count; i++) {
		char *words = case_difference_words(
			&differences.list[i], linear->app->profile->provider);

		linear_say(_("Difference: %s"), words);
		free(words);
	}
	case_differences_release(&differences);
}

void linear_status(struct linear *linear)
{
	const struct case_checklist *list = &linear->list;

	linear_say("%s: %s", tui_stage_word(list->customer.stage),
		   tui_holder_name(list, NULL));
	for (size_t n = 1; n <= list->count; n++) {
		size_t i = linear_numbered(linear, n);
		const struct case_item *item = &list->items[i];

		if (item->state == CASE_ITEM_MISSING ||
		    item->state == CASE_ITEM_NOT_NEEDED)
			continue;
		linear_say_item(linear, i, true);
		if (item->state == CASE_ITEM_REJECTED)
			linear_say_details(linear, item);
	}
	say_differences(linear);
}

/* Newest first: who hears it may stop when it has been enough. */
void linear_timeline(struct linear *linear)
{
	const struct case_checklist *list = &linear->list;
	struct case_event_list events = { 0 };
	struct case_note_list notes = { 0 };
	struct err err = { 0 };

	if (list->case_id &&
	    (case_notes(linear->app->store, list->case_id, &notes, &err) ||
	     case_events(linear->app->store, list->case_id, EVENTS_MOST,
			 &events, &err)))
		linear_say_err(&err);
	if (!events.count)
		linear_say("%s", _("Nothing was done here yet."));
	for (size_t i = 0; i < events.count; i++) {
		char *line = tui_event_line(&events.list[i], list, &notes,
					    linear->app->profile, false);

		linear_say("%s", line);
		free(line);
	}
	case_note_list_release(&notes);
	case_event_list_release(&events);
}

void linear_receipt(struct linear *linear)
{
	const struct case_item *item =
		linear_which(linear, _("Receipt of which item:"));
	const struct provider *provider = linear->app->profile->provider;
	struct receipt_list list = { 0 };
	struct err err = { 0 };
	char *text = NULL;

	if (!item)
		return;
	linear_say_details(linear, item);
	if (item->submission &&
	    case_receipts(linear->app->store, linear->app->profile, NULL,
			  item->submission->id, &list, &err))
		linear_say_err(&err);
	else if (list.count)
		text = tui_receipt_text(&list.list[0], provider);
	linear_say_table(text ? text : _("Nothing was sent from here."));
	mem_free_private(text);
	receipt_list_release(&list);
}

void linear_sentence(struct linear *linear)
{
	const struct case_item *item =
		linear_which(linear, _("For the customer, about which item:"));
	char *label = item ? tui_item_label(item) : NULL;
	char *words = item ? tui_customer_words(item, label) : NULL;

	if (words)
		linear_say("%s", words);
	free(label);
	free(words);
}

static const struct linear_key note_keys[] = {
	{ N_("text"), N_("writes it down, with date and name."), NULL },
	{ "", N_("writes nothing down."), NULL },
	{ NULL, NULL, NULL },
};

static void say_notes(struct linear *linear)
{
	struct case_note_list notes = { 0 };
	struct err err = { 0 };
	char when[40];

	if (linear->list.case_id &&
	    case_notes(linear->app->store, linear->list.case_id, &notes, &err))
		linear_say_err(&err);
	if (!notes.count)
		linear_say("%s", _("There is no note."));
	for (size_t i = 0; i < notes.count; i++) {
		const struct case_note *note = &notes.list[i];

		tui_receipt_time(when, sizeof(when), note->when_ms);
		linear_say("%.16s, %s: %s", when, note->who, note->text);
	}
	case_note_list_release(&notes);
}

void linear_notes(struct linear *linear)
{
	struct tui_app *app = linear->app;
	int64_t case_id = linear->list.case_id;
	struct err err = { 0 };
	char *answer = NULL;

	say_notes(linear);
	answer = linear_ask(linear, note_keys, _("Another note:"));
	if (answer && *answer &&
	    ((!case_id && case_open(app->store, app->profile, linear->customer,
				    &case_id, &err)) ||
	     case_note_add(app->store, case_id, answer, &err)))
		linear_say_err(&err);
	mem_free_private(answer);
	linear_reload(linear);
}
