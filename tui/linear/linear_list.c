/* SPDX-License-Identifier: MIT */
/* Linear mode: the checklist, and what can be done from it. */
#include <stdlib.h>
#include <string.h>

#include "tui/linear/linear.h"
#include "tui/wizard/undo.h"
#include "tui/words/item_words.h"
#include "tui/words/part_words.h"

static int load(struct linear *linear)
{
	struct err err = { 0 };

	if (!case_checklist_load(linear->app->store, linear->app->profile,
				 linear->customer, &linear->list, &err))
		return 0;
	linear_say_err(&err);
	return -1;
}

int linear_reload(struct linear *linear)
{
	if (load(linear) || (linear_check(linear) && load(linear)))
		return -1;
	tui_rows_build(&linear->list, &linear->rows);
	linear->stale = false;
	return 0;
}

size_t linear_number(const struct linear *linear, size_t at)
{
	size_t number = 0;

	for (size_t i = 0; i < linear->rows.count; i++)
		for (size_t j = 0; j < linear->rows.list[i].count; j++) {
			number++;
			if (linear->rows.list[i].items[j] ==
			    &linear->list.items[at])
				return number;
		}
	return 0;
}

size_t linear_numbered(const struct linear *linear, size_t number)
{
	for (size_t i = 0; i < linear->list.count; i++)
		if (linear_number(linear, i) == number)
			return i;
	return linear->list.count;
}

static void say_row(const struct linear *linear, const struct tui_row *row)
{
	switch (row->kind) {
	case TUI_ROW_HOLDER:
	case TUI_ROW_BUDGET:
	case TUI_ROW_HEADING:
		linear_say("%s%s%s", row->text,
			   row->counts && *row->counts ? ": " : "",
			   row->counts ? row->counts : "");
		break;
	case TUI_ROW_SLOTS:
		for (size_t i = 0; i < row->count; i++)
			linear_say_item(
				linear,
				(size_t)(row->items[i] - linear->list.items),
				false);
		break;
	case TUI_ROW_NOTE: /* said when the item is opened */
		break;
	}
}

static void list(struct linear *linear)
{
	const struct case_checklist *checklist = &linear->list;
	const struct prov_customer *customer = &checklist->customer;
	char *counts = checklist->part_count
			       ? tui_part_counts(&checklist->parts[0])
			       : mem_dup("");

	linear_say("%s: %s", tui_stage_word(customer->stage),
		   tui_holder_name(checklist, NULL));
	linear_say("%s%s%s", tui_kind_word(customer->kind),
		   *customer->country ? ", " : "", customer->country);
	if (customer->closed_because)
		linear_say("%s", customer->closed_because);
	if (checklist->part_count == 1 && *counts)
		linear_say("%s", counts);
	for (size_t i = 0; i < linear->rows.count; i++)
		say_row(linear, &linear->rows.list[i]);
	free(counts);
}

static void open_next(struct linear *linear)
{
	size_t row = tui_rows_next(&linear->rows, 0, true);
	const struct tui_row *found = NULL;

	if (row >= linear->rows.count) {
		linear_say("%s", _("Nothing is missing and nothing is "
				   "rejected."));
		return;
	}
	found = &linear->rows.list[row];
	linear_item(linear, (size_t)(found->items[tui_row_open_item(found)] -
				     linear->list.items));
}

static void change_back(struct linear *linear, enum tui_undo what)
{
	struct tui_app *app = linear->app;
	struct case_change change = { 0 };
	struct err err = { 0 };
	char *words = NULL;

	if (tui_undo_step(app->store, linear->list.case_id, what, &change,
			  &err)) {
		linear_say_err(&err);
		return;
	}
	if (!linear_reload(linear)) {
		words = tui_undo_words(app->profile->provider, &linear->list,
				       what, &change);
		linear_say("%s", words);
	}
	mem_free_private(words);
	case_change_release(&change);
}

static void undo(struct linear *linear)
{
	change_back(linear, TUI_UNDO);
}

static void redo(struct linear *linear)
{
	change_back(linear, TUI_REDO);
}

static const struct linear_key keys[] = {
	{ "1, 2, …", N_("a number of the list opens that item."), NULL },
	{ "", N_("lists the items again."), list },
	{ "n", N_("opens the next one that is missing or rejected."),
	  open_next },
	{ "a", N_("takes a whole folder, and asks which file is what."),
	  linear_folder },
	{ "s", N_("sends what is ready."), linear_send },
	{ "t", N_("tells how what was sent stands."), linear_status },
	{ "p", N_("tells how far what is being sent has come."),
	  linear_progress },
	{ "r", N_("asks the provider for news."), linear_refresh },
	{ "w", N_("waits until the provider has decided."), linear_wait },
	{ "u", N_("undoes the last change."), undo },
	{ "Z", N_("does again what was undone."), redo },
	{ "y", N_("says what the customer may read about an item."),
	  linear_sentence },
	{ "d", N_("says the receipt of an item."), linear_receipt },
	{ "h", N_("says what was done here, and when."), linear_timeline },
	{ "m", N_("notes: says them, and takes another one."), linear_notes },
	{ "l", N_("speaks the next language."), linear_next_language },
	{ "b", N_("goes back to the customers."), NULL },
	{ "q", N_("leaves; everything is kept."), NULL },
	{ NULL, NULL, NULL },
};

static void obey(struct linear *linear, const char *answer)
{
	const struct linear_key *key = linear_key(keys, answer);
	int at;

	if (linear->stale && linear_reload(linear))
		return;
	at = linear_choice(answer, linear->list.count);
	if (at >= 0)
		linear_item(linear, linear_numbered(linear, (size_t)at + 1));
	else if (key && key->run)
		key->run(linear);
	else
		linear_no_answer(answer);
}

bool linear_work(struct linear *linear)
{
	char *answer = NULL;
	bool back = false;

	list(linear);
	while ((answer = linear_ask(linear, keys, _("What next:")))) {
		if (strcmp(answer, "q") == 0 || strcmp(answer, "b") == 0)
			break;
		obey(linear, answer);
		free(answer);
	}
	back = answer && *answer == 'b';
	free(answer);
	return back;
}

static const struct linear_key which_keys[] = {
	{ "1, 2, …", N_("the number of an item in the list."), NULL },
	{ "b", N_("goes back. Enter is the same."), NULL },
	{ NULL, NULL, NULL },
};

const struct case_item *linear_which(struct linear *linear, const char *what)
{
	char *answer = NULL;
	int at;

	if (linear->list.count == 1)
		return &linear->list.items[0];
	answer = linear_ask(linear, which_keys, "%s", what);
	at = answer ? linear_choice(answer, linear->list.count) : -1;
	if (answer && *answer && at < 0 && strcmp(answer, "b") != 0)
		linear_say(_("Error: '%.40s' is no number of the list."),
			   answer);
	free(answer);
	return at < 0 ? NULL
		      : &linear->list.items[linear_numbered(linear,
							    (size_t)at + 1)];
}
